//! Baselines: what is known stays known when the report is edited elsewhere, wrapped anew or moved to another format; what is
//! new is told; and no baseline is lost.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn figlint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("figlint runs")
}

/// Exit status and all that was printed.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = figlint(folder, arguments);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a status"), String::from_utf8(text).expect("text"))
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(path, text).expect("it is written");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("it is read")
}

const REPORT: &str = "# 年报\n\n全年受理群众来信528件，其中办结510件，未办结17件。各项工作平稳。\n\n\
                      | 科目 | 2024年 |\n| --- | --- |\n| 教育 | 215 |\n| 卫生 | 137 |\n| 合计 | 325 |\n";

#[test]
fn edits_elsewhere_and_new_lines_change_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "r.md", REPORT);
    assert_eq!(run(folder.path(), &["r.md"]).0, 1);
    assert_eq!(run(folder.path(), &["r.md", "--write-baseline", "b.jsonl"]).0, 0);
    let edits = [
        REPORT.replace("# 年报", "# 年报\n\n新增一段，共3人。"),
        REPORT.replace("其中办结", "其\n中办结").replace("，未", "，\n未"),
        REPORT.replace("| 教育 | 215 |", "| 教育      | 215    |"),
        REPORT.replace("平稳。", "平稳，另有9件。"),
        REPORT.replace('，', "， "),
    ];
    for edited in edits {
        write(folder.path(), "r.md", &edited);
        let (status, text) = run(folder.path(), &["r.md", "--baseline", "b.jsonl"]);
        assert_eq!(status, 0, "{edited}\n{text}");
        assert!(!text.contains("stale"), "{text}");
    }
    write(folder.path(), "r.md", REPORT.replace("325", "362"));
    let (status, text) = run(folder.path(), &["r.md", "--baseline", "b.jsonl", "--format", "concise"]);
    assert_eq!(status, 1, "another figure is another finding: {text}");
    assert!(text.contains("stale: r.md no longer has 325 = 215 + 137 [table-total]"), "{text}");
    let (_, text) = run(folder.path(), &["r.md", "--baseline", "b.jsonl", "--format", "concise", "--lang", "zh"]);
    assert!(text.contains("已过时：r.md 不再有 325 = 215 + 137 [table-total]"), "{text}");
}

#[test]
fn a_report_keeps_its_findings_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/renderings");
    let copy = |name: &str| fs::copy(fixtures.join(name), folder.path().join(name)).expect("it is copied");
    copy("settlement.figlint.toml");
    let formats = ["docx", "pdf", "md", "html", "xlsx"];
    formats.iter().for_each(|format| _ = copy(&format!("settlement.{format}")));
    for from in formats {
        let from = format!("settlement.{from}");
        assert_eq!(run(folder.path(), &[&from, "--write-baseline", "b.jsonl"]).0, 0);
        assert!(read(folder.path(), "b.jsonl").lines().count() > 3);
        for to in formats {
            let to = format!("settlement.{to}");
            let (status, text) = run(folder.path(), &[&to, "--baseline", "b.jsonl", "--format", "concise"]);
            assert_eq!(status, 0, "{from} → {to}: {text}");
        }
        fs::remove_file(folder.path().join("b.jsonl")).expect("it is removed");
    }
}

#[test]
fn a_baseline_serves_from_every_folder_and_keeps_what_was_not_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a/r.md", REPORT);
    write(folder.path(), "b/r.md", REPORT.replace("325", "3250"));
    assert_eq!(run(folder.path(), &[".", "--write-baseline", "b.jsonl"]).0, 0);
    let all = read(folder.path(), "b.jsonl");
    assert!(all.contains(r#"{"report":"a/r.md","#) && all.contains(r#"{"report":"b/r.md","#), "{all}");
    let inner = folder.path().join("a");
    assert_eq!(run(&inner, &["r.md", "--baseline", "../b.jsonl"]).0, 0);
    // One report is mended; the other's entries stay.
    write(folder.path(), "a/r.md", "nothing\n");
    let (status, text) = run(&inner, &["r.md", "--baseline", "../b.jsonl", "--format", "concise"]);
    assert!(status == 0 && text.contains("stale: a/r.md"), "{text}");
    assert_eq!(run(&inner, &["r.md", "--write-baseline", "../b.jsonl"]).0, 0);
    let left = read(folder.path(), "b.jsonl");
    assert!(!left.contains("a/r.md") && left.contains("b/r.md"), "{left}");
    // What cannot be read keeps its entries too.
    fs::remove_file(folder.path().join("b/r.md")).expect("it is removed");
    fs::create_dir(folder.path().join("b/r.md")).expect("it is made");
    assert_eq!(run(folder.path(), &["b/r.md", "--write-baseline", "b.jsonl"]).0, 2);
    assert_eq!(read(folder.path(), "b.jsonl"), left);
}

#[test]
fn lines_are_sorted_and_merge() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "r.md", REPORT);
    write(folder.path(), "q.md", REPORT.replace("325", "3250"));
    run(folder.path(), &["r.md", "q.md", "--write-baseline", "b.jsonl"]);
    let text = read(folder.path(), "b.jsonl");
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[1..].is_sorted() && lines.len() > 3, "{text}");
    // Both sides of a merge that takes all lines, as `merge=union` does.
    write(folder.path(), "b.jsonl", format!("{text}{text}"));
    let (status, told) = run(folder.path(), &["r.md", "q.md", "--baseline", "b.jsonl"]);
    assert!(status == 0 && told.contains("stale"), "{told}");
    run(folder.path(), &["q.md", "r.md", "--write-baseline", "b.jsonl"]);
    assert_eq!(read(folder.path(), "b.jsonl"), text);
}

#[test]
fn what_is_no_baseline_is_told_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "r.md", REPORT);
    let entry = r#"{"report":"r.md","rule":"x","text":"1 = 2","fingerprint":"0"}"#;
    let cases: [(&[u8], &str); 6] = [
        (b"", "is no baseline of figlint"),
        (b"\xff\xfe\x00", "is no baseline of figlint"),
        (b"# a report\n", "is no baseline of figlint"),
        (b"{\"figlint-baseline\":2}\n", "has version 2, and this figlint reads 1"),
        (b"{\"figlint-baseline\":1}\n{\"report\":\"r.md\",", "line 2 is damaged"),
        (b"{\"figlint-baseline\":1}\n<<<<<<< ours\n", "line 2: a merge is unfinished"),
    ];
    for (bytes, why) in cases {
        write(folder.path(), "b.jsonl", bytes);
        for option in ["--baseline", "--write-baseline"] {
            let (status, text) = run(folder.path(), &["r.md", option, "b.jsonl"]);
            assert_eq!(status, 2, "{why}");
            assert!(text.contains(&format!("{option} b.jsonl: ")) && text.contains(why), "{text}");
            assert_eq!(fs::read(folder.path().join("b.jsonl")).expect("it is there"), bytes, "{option}");
        }
    }
    write(folder.path(), "b.jsonl", format!("\u{feff}{{\"figlint-baseline\":1}}\r\n{entry}\r\n"));
    assert!(run(folder.path(), &["r.md", "--baseline", "b.jsonl"]).1.contains("stale"), "line ends make no difference");
    // A folder, and nothing at all.
    for name in [".", "no/b.jsonl", "no.jsonl"] {
        let (status, text) = run(folder.path(), &["r.md", "--baseline", name]);
        assert!(status == 2 && text.contains(&format!("--baseline {name}: ")), "{text}");
    }
    let (status, text) = run(folder.path(), &["r.md", "--write-baseline", "no/b.jsonl"]);
    assert!(status == 2 && text.contains("--write-baseline no/b.jsonl: ") && text.contains("table-total"), "{text}");
}
