//! Archives of reports, and reports in formats that suggestions are not written into.

use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use zip::write::SimpleFileOptions;

const RULES: &str = r#"
[[rule]]
id    = "closed"
find  = "受理{received}件，办结{closed}件，办结率{rate}"
check = "rate = closed / received"
"#;

const RIGHT: &str = "受理528件，办结510件，办结率96.6%。";
const WRONG: &str = "受理528件，办结510件，办结率96.5%。";

fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(text: &str) -> Vec<u8> {
    let xml = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    pack(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

/// The exit status and what was printed for files in a folder of their own; `look` sees the folder afterwards.
fn run(files: &[(&str, &[u8])], arguments: &[&str], look: impl FnOnce(&Path)) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rules.toml"), RULES).unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.current_dir(folder.path()).args(["--no-config", "--lang", "en", "--format", "concise", "--select", "none"]);
    let output = command.args(["--rules", "rules.toml"]).args(arguments).output().unwrap();
    look(folder.path());
    let text = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
    (output.status.code().expect("ended by a signal"), text)
}

#[test]
fn an_archive_is_checked_as_its_files() {
    let inner = pack(&[("x.txt", WRONG.as_bytes())]);
    let archive = pack(&[
        ("甲/b.md", WRONG.as_bytes()),
        ("../../up.txt", RIGHT.as_bytes()),
        ("r.docx", &document(WRONG)),
        ("inner.zip", &inner),
        ("picture.png", b"\x89PNG"),
        ("__MACOSX/._b.md", b"\0\x01"),
    ]);
    let (status, text) = run(&[("a.zip", &archive)], &["a.zip"], |_| {});
    assert_eq!(status, 2, "the archive inside is not opened: {text}");
    assert!(text.contains("a.zip/甲/b.md:1:18: error[closed]"), "{text}");
    assert!(text.contains("a.zip/r.docx:paragraph 1: error[closed]"), "{text}");
    assert!(text.contains("a.zip/inner.zip: error: is an archive inside an archive"), "{text}");
    assert!(!text.contains("MACOSX") && !text.contains("png") && !text.contains("../"), "{text}");
}

#[test]
fn names_of_archives_may_be_in_gbk() {
    let name = encoding_rs::GBK.encode("报告.txt").0.into_owned();
    // The same length, so that it can be put in place of the other.
    let stand_in = "q".repeat(name.len() - 4) + ".txt";
    let mut archive = pack(&[(&stand_in, WRONG.as_bytes())]);
    for at in 0..archive.len() - name.len() {
        if archive[at..].starts_with(stand_in.as_bytes()) {
            archive[at..at + name.len()].copy_from_slice(&name);
        }
    }
    let (status, text) = run(&[("a.zip", &archive)], &["a.zip"], |_| {});
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("a.zip/报告.txt:1:18: error[closed]"), "{text}");
}

#[test]
fn what_an_archive_unpacks_to_is_bounded() {
    let large = " ".repeat(700 << 10) + WRONG;
    let archive = pack(&[("1.txt", large.as_bytes()), ("2.txt", large.as_bytes())]);
    let (status, text) = run(&[("a.zip", &archive)], &["--max-size", "1", "a.zip"], |_| {});
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("a.zip/1.txt:1:") && text.contains("error[closed]"), "{text}");
    assert!(text.contains("a.zip/2.txt: error:") && text.contains("--max-size raises it"), "{text}");
    let (status, text) = run(&[("a.zip", &archive)], &["--max-size", "2", "a.zip"], |_| {});
    assert_eq!(status, 1, "{text}");
}

#[test]
fn an_archive_without_reports_or_cut_off_is_told() {
    let (status, text) = run(&[("a.zip", &pack(&[("x.png", b"x")]))], &["a.zip"], |_| {});
    assert!(status == 2 && text.contains("holds no report"), "{text}");
    let whole = pack(&[("x.txt", WRONG.as_bytes())]);
    let (status, text) = run(&[("a.zip", &whole[..whole.len() - 30])], &["a.zip"], |_| {});
    assert!(status == 2 && text.contains("damaged or was cut off"), "{text}");
}

#[test]
fn nothing_is_written_into_archives_and_containers() {
    let archive = pack(&[("b.txt", WRONG.as_bytes())]);
    let files: [(&str, &[u8]); 2] = [("a.zip", &archive), ("r.docx", &document(WRONG))];
    let unchanged = |folder: &Path| {
        for (name, content) in files {
            assert_eq!(std::fs::read(folder.join(name)).unwrap(), content, "{name}");
        }
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 3);
    };
    let (status, text) = run(&files, &["--fix", "a.zip", "r.docx"], unchanged);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("a.zip/b.txt: is inside an archive, which is not written to"), "{text}");
    assert!(text.contains("r.docx: paragraph 1: 96.5% should be 96.6%; this format is not written to"), "{text}");
    let (status, text) = run(&files, &["--diff", "a.zip", "r.docx"], unchanged);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("+受理528件，办结510件，办结率96.6%。"), "{text}");
    assert!(text.contains("r.docx: paragraph 1: 96.5% should be 96.6%; this format is not written to"), "{text}");
}
