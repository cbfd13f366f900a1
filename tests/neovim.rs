//! The language server with a real client: Neovim, without a screen.

#[path = "support/programs.rs"]
mod programs;

use std::process::Command;

const RULES: &str = r#"[[rule]]
id    = "carried-out"
find  = ["{settled} letters were settled", "of these, {done} cases ({rate}) were carried out"]
scope = "paragraph"
check = "rate = done / settled"
"#;
const REPORT: &str = "# Letters\n\n信件𝟗: 528 letters were settled; of these, 510 cases (96.5%) were carried out.\n";

#[test]
fn neovim_shows_explains_and_mends() {
    let Some(neovim) = programs::find("nvim") else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letters.figlint.toml"), RULES).unwrap();
    std::fs::write(folder.path().join("letters.md"), REPORT).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/editors/neovim.lua");
    let mut command = Command::new(neovim);
    command.args(["--headless", "-u", "NONE", "-n", "-i", "NONE", "-S", script]).current_dir(folder.path());
    // What the editor keeps of its own goes into the folder, not into the home of who runs the test.
    for variable in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
        command.env(variable, folder.path());
    }
    let output = command.env("FIGLINT", env!("CARGO_BIN_EXE_figlint")).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && said.contains("all is well"), "{said}");
}
