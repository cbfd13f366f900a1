//! The report that figlint was born from: one error is in it, and every other figure of an equality is guarded.

use std::collections::BTreeMap;
use std::path::Path;

use figlint::check::{Options, Reach, Session};
use figlint::diagnostic::{Report, Severity, Verdict};
use figlint::{read, rule};

const REPORT: &str = include_str!("../fixtures/text/jingzhou-2020.txt");
const RULES: &str = include_str!("../rules/examples/jingzhou-2020.toml");

fn session() -> Session {
    let (file, errors) = rule::parse(Path::new("jingzhou-2020.toml"), RULES);
    assert!(errors.is_empty(), "{errors:?}");
    Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() })
}

fn check(session: &Session, text: &str) -> Report {
    let document = read::bytes(Path::new("report.txt"), text.into(), &read::Options::default()).expect("it is text");
    session.check(&document)
}

#[test]
fn one_error_and_every_other_relation_holds() {
    let report = check(&session(), REPORT);
    let told: Vec<_> = report.findings.iter().filter(|finding| finding.severity.is_some()).collect();
    let [error] = &told[..] else { panic!("{told:#?}") };
    assert_eq!((error.rule.as_str(), error.severity), ("performance-rate", Some(Severity::Error)));
    let computed = error.computed.as_ref().expect("the rate is computed");
    assert!(computed.value.starts_with("96.59"), "{computed:?}");
    assert_eq!(computed.shown, "96.6%");
    assert_eq!(error.slip.as_deref(), Some("截尾未四舍五入"));
    assert_eq!(error.culprits.iter().map(|culprit| culprit.text.as_str()).collect::<Vec<_>>(), ["96.5%"]);
    assert_eq!(error.suggestion.as_ref().map(|suggestion| suggestion.text.as_str()), Some("96.6%"));
    assert_eq!(report.checks.fails, 1);
    assert!(report.checks.holds >= 25, "{:?}", report.checks);
    assert_eq!((report.checks.within_rounding, report.checks.untestable, report.checks.unbound), (0, 0, 0));
}

/// Every digit of every figure that stands in an equality that holds, changed to every other digit: a check fails that names
/// the figure. The equality with a hedged figure is left out: 30%以上 is true of many counts.
#[test]
fn a_changed_digit_of_an_equality_is_found() {
    let session = session();
    let mut guarded: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in check(&session, REPORT).findings {
        let equality = finding.check.as_deref().is_some_and(|check| check.contains(" = "));
        let exact = finding.figures.iter().all(|figure| figure.value.is_some());
        if finding.verdict == Verdict::Holds && equality && exact {
            let places = finding.figures.iter().filter_map(|figure| figure.place.bytes);
            guarded.extend(places.map(|(start, end)| (start as usize, end as usize)));
        }
    }
    assert!(guarded.len() > 25, "{guarded:?}");
    let mut missed = Vec::new();
    for (&start, &end) in &guarded {
        let digits = (start..end).filter(|&at| REPORT.as_bytes()[at].is_ascii_digit());
        let changes = digits
            .flat_map(|at| (b'0'..=b'9').filter(move |&new| new != REPORT.as_bytes()[at]).map(move |new| (at, new)));
        for (at, new) in changes {
            let mut bytes = REPORT.as_bytes().to_vec();
            bytes[at] = new;
            let text = String::from_utf8(bytes).expect("a digit was replaced");
            let named = check(&session, &text).findings.iter().any(|finding| {
                let failing = finding.verdict == Verdict::Fails && finding.severity == Some(Severity::Error);
                failing
                    && finding
                        .figures
                        .iter()
                        .any(|f| f.place.bytes.is_some_and(|(s, e)| s < end as u64 && e > start as u64))
            });
            if !named {
                missed.push(format!("{} → {}", &REPORT[start..end], &text[start..end]));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
