//! What the fuzz targets and `tests/fuzz.rs` run: bytes in; no panic and no endless work may come of them.

use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

use figlint::check::{Options, Reach, Session};
use figlint::document::Format;
use figlint::{read, rule};

const RULES: &str = include_str!("../rules/examples/jingzhou-2020.toml");

/// A small report with sentences, a table, and figures of many kinds.
const REPORT: &str = "\
# 2020年\n\n全年受理528件，办结510件，办结率96.5%。共认领发布事项256项(区级35项、镇级221项)，约2.5亿元。\n\n\
| 项目 | 2023年 | 2024年 |\n|---|---|---|\n| 合计 | 1,234.5 | (20) |\n| 其中：甲 | 1,000 | — |\n\n\
Revenue rose 3.5% to $1.2 million, from about 34 cases.\n";

/// A report of any format, checked against a real rule file.
pub fn report(bytes: &[u8]) {
    static SESSION: OnceLock<Session> = OnceLock::new();
    let session = SESSION.get_or_init(|| session(RULES));
    for format in [Format::Text, Format::Markdown, Format::Csv, Format::Html] {
        check(session, bytes, format);
    }
}

/// A PDF, checked against a real rule file.
pub fn pdf(bytes: &[u8]) {
    static SESSION: OnceLock<Session> = OnceLock::new();
    check(SESSION.get_or_init(|| session(RULES)), bytes, Format::Pdf);
}

/// A rule file, then run on a report.
pub fn rule_file(bytes: &[u8]) {
    let session = session(&String::from_utf8_lossy(bytes));
    check(&session, REPORT.as_bytes(), Format::Markdown);
    session.finish();
}

/// A figlint.toml.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (_, errors) = rule::config::parse(Path::new("figlint.toml"), &text);
    errors.iter().for_each(|error| drop(error.problem(&text)));
}

/// A table of delimited text, checked against a rule for rows and one for columns.
pub fn csv(bytes: &[u8]) {
    const TABLES: &str = r#"
        [[rule]]
        id    = "rows"
        rows  = { total = "合计", parts = ["…"] }
        check = "total = sum(parts)"
        [[rule]]
        id      = "columns"
        columns = { total = "合计", rate = "增长", part = "其中…" }
        check   = "total = rate * part"
    "#;
    static SESSION: OnceLock<Session> = OnceLock::new();
    let session = SESSION.get_or_init(|| session(TABLES));
    check(session, bytes, Format::Csv);
    check(session, bytes, Format::Tsv);
}

/// A spreadsheet of any kind, checked against a rule for rows.
pub fn workbook(bytes: &[u8]) {
    const TOTALS: &str =
        "[[rule]]\nid = \"a\"\nrows = { total = \"Total…\", parts = [\"…\"] }\ncheck = \"total = sum(parts)\"\n";
    static SESSION: OnceLock<Session> = OnceLock::new();
    check(SESSION.get_or_init(|| session(TOTALS)), bytes, Format::Workbook);
}

/// A page: what is read of it lies in it, and in order.
pub fn page(bytes: &[u8]) {
    let options = read::Options { format: Some(Format::Html), ..read::Options::default() };
    let Ok(document) = read::bytes(Path::new("page.html"), bytes.to_vec(), &options) else { return };
    let mut place = 0;
    for block in document.blocks.iter() {
        let origin = document.origin(block.span).file.expect("a page has places");
        assert!(origin.start >= place && origin.end as usize <= bytes.len());
        assert!(!document.slice(block.span).is_empty());
        place = origin.start;
    }
    figlint::figure::lex(&document);
}

/// A pattern (the first line) in a text (the rest).
pub fn pattern(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (pattern, text) = text.split_once('\n').unwrap_or((&text, REPORT));
    let quoted: String = pattern.chars().map(|c| format!("\\U{:08X}", c as u32)).collect();
    for key in ["find", "regex"] {
        let rule = format!("[[rule]]\nid = \"a\"\n{key} = \"{quoted}\"\ncheck = \"a = 1\"\n");
        check(&session(&rule), text.as_bytes(), Format::Text);
    }
}

/// A word processor's document, or an archive, as the bytes of the file.
pub fn word(bytes: &[u8]) {
    static SESSION: OnceLock<Session> = OnceLock::new();
    check(SESSION.get_or_init(|| session(RULES)), bytes, Format::Word);
    if let Some(archive) = read::Archive::open(bytes.to_vec(), &read::Options::default()) {
        for entry in archive.entries() {
            assert!(entry.path.is_relative() && !entry.path.to_string_lossy().contains("../"));
            drop(archive.read(&entry));
        }
    }
}

/// A word processor's document, as the XML of its parts: the body, then after lines that name them the others.
pub fn word_xml(bytes: &[u8]) {
    const PARTS: [&str; 5] = ["document", "styles", "numbering", "footnotes", "_rels/document.xml.rels"];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.into_iter().zip(bytes.split(|&b| b == 0x1e)) {
        let name = if name.contains('/') { format!("word/{name}") } else { format!("word/{name}.xml") };
        zip.start_file(name, stored).unwrap();
        zip.write_all(part).unwrap();
    }
    word(&zip.finish().unwrap().into_inner());
}

/// A session with one rule file; its errors are made into problems, as the program would.
fn session(rules: &str) -> Session {
    let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
    errors.iter().for_each(|error| drop(error.problem(rules)));
    // A file named by a rule would be read from the disk.
    let elsewhere = file.names.iter().any(|named| {
        matches!(named.place, rule::NamedPlace::FindIn(..) | rule::NamedPlace::Cell { file: Some(_), .. })
    });
    let files = if elsewhere { Vec::new() } else { vec![(file, Reach::Every)] };
    Session::new(files, Options { show_holds: true, ..Options::default() })
}

fn check(session: &Session, bytes: &[u8], format: Format) {
    let options = read::Options { format: Some(format), ..read::Options::default() };
    if let Ok(document) = read::bytes(Path::new("report"), bytes.to_vec(), &options) {
        let report = session.check(&document);
        let run = figlint::diagnostic::Run { reports: vec![report], ..Default::default() };
        let mut out = Vec::new();
        figlint::output::concise::write(&mut out, &run, &figlint::output::TextOptions::default()).unwrap();
        figlint::output::pretty::write(&mut out, &run, &figlint::output::TextOptions::default()).unwrap();
        figlint::output::json::write(&mut out, &run).unwrap();
    }
}
