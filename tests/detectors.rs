//! Labelled cases for detectors, in the words that reports use: `tests/cases/<id>.txt`.
//!
//! A case starts with a line `=== ` and what comes of it: `error`, `warning` (and nothing worse), `holds` (something is checked,
//! and nothing reported) or `silent` (nothing is reported). Its text, in Markdown, goes to the next such line.

use std::fs;
use std::path::{Path, PathBuf};

use figlint::check::{Options, Reach, Session, detect};
use figlint::diagnostic::{Severity, Verdict};
use figlint::read;

fn case_files() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let all = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
    all.map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path)).collect()
}

/// The cases of a file: what is expected, and the text.
fn cases(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("=== ").skip(1);
    parts
        .map(|part| part.split_once('\n').expect("a text"))
        .map(|(expected, text)| (expected.trim(), text.trim()))
        .collect()
}

/// What comes of a text under one check.
fn outcome(session: &Session, text: &str) -> (&'static str, String) {
    let options = read::Options { format: Some(figlint::document::Format::Markdown), ..read::Options::default() };
    let document = read::bytes(Path::new("case"), text.as_bytes().to_vec(), &options).expect("it is text");
    let findings = session.check(&document).findings;
    let worst = findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Fails)
        .filter_map(|finding| finding.severity)
        .max();
    let told: Vec<String> =
        findings.iter().map(|one| format!("{:?} {:?} {:?}", one.verdict, one.severity, one.arithmetic)).collect();
    let holds = findings.iter().any(|one| matches!(one.verdict, Verdict::Holds | Verdict::WithinRounding));
    let outcome = match worst {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        _ if holds => "holds",
        _ => "silent",
    };
    (outcome, told.join("; "))
}

#[test]
fn the_cases_come_out_as_labelled() {
    let mut wrong = Vec::new();
    for (id, path) in case_files() {
        let files = detect::rule_files(|other| other == id).into_iter().map(|file| (file, Reach::Every)).collect();
        let session = Session::new(files, Options { show_holds: true, ..Options::default() });
        assert_eq!(session.rules().files.len(), 1, "{id} is no check");
        let text = fs::read_to_string(path).expect("it is text");
        for (expected, text) in cases(&text) {
            let (outcome, told) = outcome(&session, text);
            let fits = outcome == expected || expected == "silent" && outcome == "holds";
            if !fits {
                wrong.push(format!("{id}: {outcome}, not {expected}: {text}\n    {told}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_has_thirty_cases_half_of_them_silent() {
    for (id, path) in case_files() {
        let text = fs::read_to_string(path).expect("it is text");
        let cases = cases(&text);
        let quiet = cases.iter().filter(|(expected, _)| matches!(*expected, "silent" | "holds")).count();
        let known = cases.iter().all(|(expected, _)| ["error", "warning", "holds", "silent"].contains(expected));
        assert!(
            known && cases.len() >= 30 && quiet * 2 >= cases.len() && quiet < cases.len(),
            "{id}: {quiet} of {}",
            cases.len()
        );
    }
}
