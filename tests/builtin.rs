//! The built-in checks: the examples in their rule files come out as they say, each with that check alone.

use std::path::Path;

use figlint::check::example::{self, Outcome};
use figlint::check::{Options, Reach, Session, detect};
use figlint::figure::Rounding;

#[test]
fn the_examples_of_the_built_in_checks_come_out_as_they_say() {
    let mut wrong = Vec::new();
    for id in detect::ids() {
        let files = detect::rule_files(|other| other == id);
        let files = files.into_iter().map(|file| (file, Reach::Every)).collect();
        let session = Session::new(files, Options { show_holds: true, ..Options::default() });
        for rule in session.rules().files.iter().flat_map(|file| &file.rules) {
            for one in &rule.examples {
                let outcome = example::run(&session, rule, one);
                if outcome != Outcome::Validated {
                    wrong.push(format!("{id} {:?} is {outcome:?}:\n{}", one.outcome, one.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A report that says itself that it cuts digits off is believed, unless a setting says otherwise.
#[test]
fn what_a_report_says_of_its_rounding_counts() {
    let checked = |text: &str, default_rounding: Option<Rounding>| {
        let files = detect::rule_files(|id| id == "share").into_iter().map(|file| (file, Reach::Every)).collect();
        let session = Session::new(files, Options { default_rounding, ..Options::default() });
        let options = figlint::read::Options::default();
        let document = figlint::read::bytes(Path::new("a.txt"), text.as_bytes().to_vec(), &options).unwrap();
        let report = session.check(&document);
        let told = report.remarks.iter().any(|remark| remark.contains("截尾"));
        (report.checks.fails, report.checks.holds, told)
    };
    let report = "全年受理案件528件，办结510件，办结率96.5%。";
    let cut = format!("{report}\n\n注：本报告百分比保留一位小数，尾数舍去。");
    assert_eq!(checked(report, None), (1, 0, false));
    assert_eq!(checked(&cut, None), (0, 1, true));
    assert_eq!(checked(&cut, Some(Rounding::Nearest)), (1, 0, true));
    assert_eq!(checked(report, Some(Rounding::Down)), (0, 1, false));
}
