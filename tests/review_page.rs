//! The review page in a real browser: tests/browser/review.mjs clicks and types, over pages made here.

#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::path::Path;
use std::process::Command;

/// Writes the page of some reports, as the command line does.
fn page(reports: &[&str], rules: Option<&str>, to: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("check").args(reports).arg("--no-config");
    if let Some(rules) = rules {
        command.args(["--rules", rules]);
    }
    let output = command.arg("--output").arg(to).output().expect("figlint runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(to.is_file(), "{told}");
}

const LETTERS: &str = "# Letters\n\nIn 2024 the office received 561 letters; 528 letters were settled, a rate of 94.1%. \
                       Of these, 510 letters (96.5% of the 528 letters) were carried out.\n";

const HOSTILE: &str = "# <script>alert(1)</script>\n\n\\</script>\\<img src=x onerror=alert(2)> 12 cases &lt;b> \"quoted\" \
                       ' 10 cases\n\n| \\<script>alert(1)\\</script> | n |\n| --- | --- |\n| \\<img src=x onerror=alert(3)> | 5 \
                       |\n| Total | 6 |\n";

fn pages(folder: &Path) {
    let own = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("it is written");
        path.display().to_string()
    };
    let letters = own("letters.md", LETTERS);
    let hostile = own("hostile.md", HOSTILE);
    let clean = own("clean.md", "# Clean\n\nOf 38 cases, 20 cases were settled.\n");
    let missing = folder.join("missing.md").display().to_string();
    let (settlement, rules) = ("fixtures/renderings/settlement.md", "fixtures/renderings/settlement.figlint.toml");
    page(
        &["fixtures/text/jingzhou-2020.txt"],
        Some("rules/examples/jingzhou-2020.toml"),
        &folder.join("mediation.html"),
    );
    page(&[settlement], Some(rules), &folder.join("settlement.html"));
    page(&[&letters], None, &folder.join("letters.html"));
    page(&[&hostile], None, &folder.join("hostile.html"));
    page(&[&clean, settlement, &letters, &missing], Some(rules), &folder.join("several.html"));
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(chromium) = programs::find("chromium|chromium-browser|google-chrome") else { return };
    let Some(node) = programs::find("node|nodejs") else { return };
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !driver.join("node_modules/playwright-core").is_dir() || !driver.join("node_modules/axe-core").is_dir() {
        return programs::missing("`npm ci` was not run in tests/browser");
    }
    let folder = tempfile::tempdir().expect("a folder");
    pages(folder.path());
    let output = Command::new(node).arg(driver.join("review.mjs")).arg(chromium).arg(folder.path()).output();
    let output = output.expect("node runs");
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.matches("ok: ").count() > 10, "{told}");
}
