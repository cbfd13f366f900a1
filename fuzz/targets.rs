//! What the fuzzers call, and tests/fuzz.rs with a bounded number of inputs. Nothing here may panic on any bytes.
#![allow(dead_code)]

use std::path::Path;
use std::sync::OnceLock;

use figlint::check::{Options, Reach, Session};
use figlint::document::Format;
use figlint::read;
use figlint::rule;

const RULES: &str = include_str!("../rules/examples/jingzhou-2020.toml");

/// Bytes as a report in every format, checked with a real rule file; every figure's place must lie in the file.
pub fn report(bytes: &[u8]) {
    static SESSION: OnceLock<Session> = OnceLock::new();
    let session = SESSION.get_or_init(|| session(RULES, true));
    for format in [Format::Text, Format::Markdown, Format::Csv, Format::Tsv] {
        let options = read::Options { format: Some(format), ..read::Options::default() };
        let Ok(document) = read::bytes(Path::new("report"), bytes.to_vec(), &options) else { continue };
        let report = session.check(&document);
        let figures = report.findings.iter().flat_map(|finding| &finding.figures);
        for (start, end) in figures.filter_map(|figure| figure.place.bytes) {
            assert!(start <= end && end <= bytes.len() as u64);
        }
    }
}

/// Bytes as a rule file, run on a small report.
pub fn rule_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let session = session(&text, false);
    let report =
        "全年受理528件,办结510件,办结率96.5%(其中A类3项、B类7项)。\n\n| 项目 | 2020年 |\n|---|---|\n| 合计 | 5 |\n";
    let options = read::Options { format: Some(Format::Markdown), ..read::Options::default() };
    if let Ok(document) = read::bytes(Path::new("report.md"), report.into(), &options) {
        session.check(&document);
        session.finish();
    }
}

/// Bytes as a figlint.toml.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (_, errors) = rule::config::parse(Path::new("figlint.toml"), &text);
    errors.iter().for_each(|error| _ = error.problem(&text));
}

/// The first line as a pattern, the rest as the report that it is sought in.
pub fn pattern(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (pattern, report) = text.split_once('\n').unwrap_or((&text, "受理5件,办结3件。"));
    let pattern = pattern.replace("'''", "");
    let rules =
        format!("[[rule]]\nid = 'p'\nfind = '''{pattern}'''\ncheck = 'a <= 5'\n[figures]\nb = '''{pattern}'''\n");
    let session = session(&rules, false);
    if let Ok(document) = read::bytes(Path::new("report.txt"), report.into(), &read::Options::default()) {
        session.check(&document);
    }
}

/// A session over one rule file; the errors of a file that is not `sound` are shown, so that their places are looked up.
fn session(text: &str, sound: bool) -> Session {
    let (file, errors) = rule::parse(Path::new("rules.toml"), text);
    assert!(!sound || errors.is_empty());
    errors.iter().for_each(|error| _ = error.problem(text));
    Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() })
}
