//! Reports in traditional characters are read as those in simplified ones, and shown as they are printed.

use std::path::Path;

use figlint::check::{Options, Reach, Session, detect};
use figlint::diagnostic::Report;
use figlint::document::Document;
use figlint::{read, rule};

const REPORT: &str = "\
# 某市統計公報

全年總收入達12.5億元，其中服務收入3.2億元。共受理案件528件，辦結510件，辦結率96.5%，參加會議者約三十餘人，約3萬個家庭。

單位：億元

| 項目 | 2023年 | 2024年 |
|---|---|---|
| 稅收收入 | 110.5 | 121.0 |
| 非稅收入 | 37.2 | 39.4 |
| 合計 | 147.7 | 164.0 |
";

fn document(text: &str) -> Document {
    read::bytes(Path::new("report.md"), text.as_bytes().to_vec(), &read::Options::default()).unwrap()
}

fn check(rules: &str, text: &str) -> Report {
    let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
    assert!(errors.is_empty(), "{errors:?}");
    let built_in = detect::rule_files(|_| true).into_iter().map(|file| (file, Reach::Every));
    let files = built_in.chain([(file, Reach::Every)]).collect();
    Session::new(files, Options { show_holds: true, ..Options::default() }).check(&document(text))
}

fn told(report: &Report, rule: &str) -> Vec<(bool, Vec<String>)> {
    let of_rule = report.findings.iter().filter(|finding| finding.rule == rule);
    let figures = of_rule.map(|finding| {
        let fails = finding.verdict == figlint::diagnostic::Verdict::Fails;
        (fails, finding.figures.iter().map(|figure| figure.text.clone()).collect())
    });
    figures.collect()
}

#[test]
fn built_in_checks_find_what_they_find_in_simplified_characters() {
    let report = check("", REPORT);
    let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(told(&report, "share"), [(true, strings(&["96.5%", "510件", "528件"]))]);
    let totals = told(&report, "table-total");
    assert!(totals.contains(&(true, strings(&["164.0", "121.0", "39.4"]))), "{totals:?}");
    assert!(totals.contains(&(false, strings(&["147.7", "110.5", "37.2"]))), "{totals:?}");
}

#[test]
fn figures_and_excerpts_are_shown_as_they_are_printed() {
    let report = check("", REPORT);
    let share = report.findings.iter().find(|finding| finding.rule == "share").unwrap();
    assert!(share.excerpts.iter().any(|excerpt| excerpt.text.contains("辦結率96.5%")));
    let own = document(REPORT);
    let start = own.text().find("约3万个").unwrap() as u32;
    let span = figlint::span::Span { start, end: start + "約3萬個".len() as u32 };
    assert_eq!(own.text().len(), own.printed_text.as_ref().unwrap().len());
    assert_eq!((own.printed(span), own.slice(span)), ("約3萬個", "约3万个"));
}

#[test]
fn rules_in_either_characters_are_found_in_both() {
    let simplified = figlint::text::simplified(REPORT).into_owned();
    for words in ["受理案件{received}件，辦結{closed}件", "受理案件{received}件，办结{closed}件"] {
        let rules = format!("[[rule]]\nid = \"closed\"\nfind = \"{words}\"\ncheck = \"closed <= received\"\n");
        for text in [REPORT, &simplified] {
            assert_eq!(told(&check(&rules, text), "closed").len(), 1, "{words}");
        }
    }
}

#[test]
fn suggestions_are_written_as_the_report_is() {
    let report = check("", "共受理案件五百二十八件，辦結五百一十件，辦結率百分之九十六點五。");
    let share = report.findings.iter().find(|finding| finding.rule == "share").unwrap();
    let suggestion = share.suggestion.as_ref().unwrap();
    assert_eq!((&suggestion.old[..], &suggestion.text[..]), ("百分之九十六點五", "百分之九十六點六"));
    let total = check("", "全年辦理案件12.5萬件，其中民事7.2萬件、刑事5.1萬件。");
    let total = total.findings.iter().find(|finding| finding.off.is_some()).unwrap();
    assert_eq!((&total.computed.as_ref().unwrap().shown[..], total.off.as_deref()), ("12.3萬", Some("0.2萬件")));
}
