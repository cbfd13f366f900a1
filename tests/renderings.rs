//! One report in several formats under one rule file: the verdicts are the same. fixtures/renderings/make.py makes them.

use std::path::Path;

use figlint::check::{Options, Reach, Session};
use figlint::diagnostic::Report;
use figlint::{read, rule};

const FOLDER: &str = "fixtures/renderings";

/// The formats that are read.
const FORMATS: &[&str] = &["md", "html", "docx", "xlsx", "pdf"];

fn check(format: &str) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let rules = std::fs::read_to_string(folder.join("settlement.figlint.toml")).expect("the rule file is there");
    let (file, errors) = rule::parse(Path::new("settlement.figlint.toml"), &rules);
    assert!(errors.is_empty(), "{errors:?}");
    let session = Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() });
    let document = read::file(&folder.join("settlement").with_extension(format), &read::Options::default());
    session.check(&document.unwrap_or_else(|error| panic!("{error}")))
}

/// Everything that was concluded, without the places: rule, verdict, figures, culprit, suggestion.
fn concluded(report: &Report) -> Vec<String> {
    let findings = report.findings.iter().map(|finding| {
        let figures: Vec<_> = finding.figures.iter().map(|figure| format!("{}={}", figure.name, figure.text)).collect();
        let culprit = finding.culprit().map(|figure| figure.text.as_str()).unwrap_or_default();
        let suggestion = finding.suggestion.as_ref().map(|suggestion| suggestion.text.as_str()).unwrap_or_default();
        let check = finding.check.as_deref().unwrap_or_default();
        format!("{} {check} {:?} {} [{culprit} → {suggestion}]", finding.rule, finding.verdict, figures.join(" "))
    });
    let mut concluded: Vec<_> = findings.collect();
    concluded.sort();
    concluded
}

#[test]
fn the_same_verdicts_in_every_format() {
    let of_markdown = concluded(&check("md"));
    let failing: Vec<_> = of_markdown.iter().filter(|line| line.contains(" Fails ")).collect();
    assert_eq!(failing.len(), 4, "{failing:#?}");
    assert!(failing.iter().any(|line| line.contains("settlement-in-time") && line.ends_with("[95.5% → 95.6%]")));
    assert_eq!(failing.iter().filter(|line| line.ends_with("[658.5 → 655.8]")).count(), 3, "{failing:#?}");
    assert!(of_markdown.len() > 20, "{of_markdown:#?}");
    for format in FORMATS {
        let report = check(format);
        assert!(report.problems.is_empty(), "{format}: {:?}", report.problems);
        assert_eq!(concluded(&report), of_markdown, "{format}");
    }
}

#[test]
fn every_format_tells_its_places() {
    let place = |format: &str| {
        let report = check(format);
        let culprits = report.findings.iter().filter_map(|finding| finding.culprit());
        let swapped = culprits.into_iter().find(|figure| figure.text == "658.5").expect("it is found").place.clone();
        swapped.place.unwrap_or_else(|| format!("{:?}", swapped.line_column.expect("a line")))
    };
    assert_eq!(place("md"), "(21, 16)");
    assert_eq!(place("docx"), "table 1, row 4, column 3 (二、支出情况)");
    assert_eq!(place("xlsx"), "决算!C15");
    assert!(place("pdf").starts_with("page 1, line "));
}
