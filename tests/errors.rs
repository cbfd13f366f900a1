//! What goes wrong outside of reports is told, the rest is done, and no file is lost or left half written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const WRONG: &str = "| item | 2024 |\n| --- | --- |\n| roads | 215 |\n| parks | 137 |\n| Total | 325 |\n";

/// Exit status, standard output and standard error.
fn figlint(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    let output = command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("figlint runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("a status"), text(output.stdout), text(output.stderr))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("it is there").map(|entry| entry.expect("an entry").file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("r.md"), WRONG).expect("it is written");
    folder
}

#[test]
fn an_output_that_cannot_be_written_is_told_and_the_others_are_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("taken.sarif")).expect("it is made");
    let before = names(folder.path());
    for (target, path) in [
        ("no/such.sarif", "no/such.sarif"),
        ("r.md/out.sarif", "r.md/out.sarif"),
        ("taken.sarif", "taken.sarif"),
        ("json=/dev/full", "/dev/full"),
    ] {
        let arguments = ["r.md", "--output", target, "--output", "good.json", "--format", "concise"];
        let (status, out, err) = figlint(folder.path(), &arguments);
        assert_eq!(status, 2, "{target}");
        assert!(err.starts_with(&format!("figlint: --output {path}: ")) && err.lines().count() == 1, "{err}");
        assert!(out.contains("table-total"), "{target}: what was found is printed: {out}");
        let good = fs::read_to_string(folder.path().join("good.json")).expect("the other output is written");
        serde_json::from_str::<serde_json::Value>(&good).expect("it is whole");
        fs::remove_file(folder.path().join("good.json")).expect("it is removed");
        assert_eq!(names(folder.path()), before, "nothing is left over");
    }
}

#[test]
fn an_output_that_makes_no_sense_is_refused_before_anything_is_done() {
    let folder = folder();
    for (arguments, why) in [
        (&["--output", "odt=x", "r.md"][..], "there is no format `odt`"),
        (&["--output", "r.md"][..], "its name tells no format"),
        (&["--output", "json=", "r.md"][..], "no file is named"),
        (&["--output", "json=r.md", "r.md"][..], "is a report that is to be checked"),
        (&["--output", "json=x", "--output", "sarif=x", "r.md"][..], "--output x: is named twice"),
    ] {
        let (status, out, err) = figlint(folder.path(), arguments);
        assert!(status == 2 && out.is_empty() && err.contains(why), "{err}");
        assert_eq!(names(folder.path()), ["r.md".to_owned()].into());
        assert_eq!(fs::read_to_string(folder.path().join("r.md")).expect("it is there"), WRONG);
    }
}

#[cfg(unix)]
#[test]
fn a_report_that_is_gone_or_cannot_be_read_is_told_and_the_others_are_checked() {
    let folder = folder();
    std::os::unix::fs::symlink("nowhere.md", folder.path().join("gone.md")).expect("it is linked");
    let (status, out, _) = figlint(folder.path(), &["--format", "concise"]);
    assert_eq!(status, 2);
    assert!(
        out.contains("gone.md: error: is a link to a file that is not there") && out.contains("table-total"),
        "{out}"
    );
    fs::remove_file(folder.path().join("gone.md")).expect("it is removed");
    // A file that can be opened and not read, whoever reads it.
    if cfg!(target_os = "linux") {
        std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("mem.txt")).expect("it is linked");
        let (status, out, _) = figlint(folder.path(), &["--format", "concise"]);
        assert_eq!(status, 2);
        assert!(out.contains("mem.txt: error: ") && out.contains("table-total"), "{out}");
    }
    let (status, out, _) = figlint(folder.path(), &["r.md", "no.md", "--format", "concise"]);
    assert!(status == 2 && out.contains("no.md: error: ") && out.contains("table-total"), "{out}");
}

/// Where a report was found a folder stands when it is read, or the other way round.
#[test]
fn what_changes_under_the_hands_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("s.md")).expect("it is made");
    let (status, out, _) = figlint(folder.path(), &["s.md", "r.md", "--format", "concise"]);
    assert!(status == 2 && out.contains("s.md: error: holds no report") && out.contains("table-total"), "{out}");
    fs::create_dir(folder.path().join("rules.toml")).expect("it is made");
    let (status, out, _) = figlint(folder.path(), &["r.md", "--rules", "rules.toml", "--format", "concise"]);
    assert!(
        status == 2 && out.contains("rules.toml: error: holds no rule file") && out.contains("table-total"),
        "{out}"
    );
    let (status, out, _) = figlint(folder.path(), &["r.md", "--rules", "none.toml", "--format", "concise"]);
    assert!(status == 2 && out.contains("none.toml: error: ") && out.contains("table-total"), "{out}");
}

#[test]
fn every_output_shows_a_finding_at_the_same_place() {
    let table = "| item | 2024 | 2023 | % change |\n| --- | --- | --- | --- |\n| roads | 1210 | 1150 | 5.2% |\n| parks | 340 | 377 | (9.8)% |\n| pools | 2205 | 1890 | 17.6% |\n";
    let page = "<table><tr><td>item<td>2024</tr>\n<tr><td>roads<td>215</tr><tr><td>parks<td>137</tr>\n<tr><td><b>Total</b><td><b>325</b></tr></table>\n";
    for (name, text, (line, column)) in [
        ("p.md", "Revenue rose 9.1% from $200 million to $220 million.\n", (1, 14)),
        ("t.md", table, (5, 25)),
        ("t.html", page, (3, 28)),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), text).expect("it is written");
        let out = |format: &str| figlint(folder.path(), &["--format", format, name]).1;
        let place = format!("{name}:{line}:{column}");
        assert!(out("concise").starts_with(&format!("{place}: error")), "{}", out("concise"));
        assert!(out("pretty").contains(&format!("[{place}]")), "{}", out("pretty"));
        assert!(out("junit").contains(&format!("{place}:")), "{}", out("junit"));
        let github = out("github");
        assert!(github.contains(&format!("line={line},")) && github.contains(&format!(",col={column},")), "{github}");
    }
}

#[test]
fn standard_input_cannot_be_mended() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    let output = command.args(["check", "--fix", "-"]).stdin(std::process::Stdio::null()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--fix cannot write to standard input"));
}

#[test]
fn the_examples_of_sidecars_are_run() {
    let folder = folder();
    let rule =
        "[[rule]]\nid = \"a\"\nfind = \"{a} parts\"\ncheck = \"a = 3\"\n\n[[rule.example]]\nholds = \"3 parts\"\n";
    fs::write(folder.path().join("r.figlint.toml"), rule).expect("it is written");
    let (status, out, err) = figlint(folder.path(), &["test"]);
    assert!(status == 0 && out.starts_with("1 rule, 0 without examples · 1 example: 1 validated"), "{out}{err}");
}
