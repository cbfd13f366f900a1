//! A report is read for its rules alone unless more is asked for: what it is told must be the same.

use std::path::Path;

use figlint::check::{Options, Reach, Session};
use figlint::diagnostic::Run;
use figlint::figure::{self, Class, Seen};
use figlint::span::Span;
use figlint::{output, read, rule};
use proptest::prelude::*;

const RULES: &str = r#"
equations = ["30 = 10 + 20", "7 = 3 + 4"]

[figures]
all = "共{}件"

[[rule]]
id = "led"
find = "其中{a}件"
check = "a <= all"
expect = "any"

[[rule]]
id = "list"
find = "包括{parts...}等"
check = "sum(parts) <= 30"
expect = "any"

[[rule]]
id = "after"
find = "{a}项属实"
check = "a < 20"
expect = "any"

[[rule]]
id = "anywhere"
regex = "(?<n>[0-9]+)户"
check = "n > 3"
expect = "any"

[[rule]]
id = "gap"
find = "总数…达到{b}"
check = "b > 1"
expect = "any"
"#;

const PIECES: &[&str] = &[
    "有20人",
    "增长7%",
    "为3万元",
    "授信10余名",
    "共7件",
    "计4项",
    "占3户",
    "有1亿元",
    "得20项",
    "属实",
    "共30件",
    "共10件",
    "其中10件",
    "其中40件",
    "包括",
    "3人、4人",
    "等",
    "20项属实",
    "7项",
    "属实",
    "5户",
    "2户",
    "总数",
    "有了",
    "达到",
    "25%",
    "一项",
    "三个",
    "2020年",
    "第3次",
    "30",
    "10",
    "20",
    "为",
    "，",
    "。",
    "\n\n",
    "和",
    "7",
    "3、4",
    "1—8月",
    "〔2019〕3号",
    "：4．2025年",
    "；2．3.5万元",
    "5、2024年",
    "约",
    "超过",
];

fn told(text: &str, coverage: bool) -> String {
    let (file, errors) = rule::parse(Path::new("rules.toml"), RULES);
    assert!(errors.is_empty(), "{errors:?}");
    let options = Options { coverage, show_holds: true, ..Options::default() };
    let session = Session::new(vec![(file, Reach::Every)], options);
    let document = read::bytes(Path::new("report.txt"), text.as_bytes().to_vec(), &read::Options::default()).unwrap();
    let mut report = session.check(&document);
    assert_eq!(report.coverage.take().is_some(), coverage);
    let mut out = Vec::new();
    output::json::write(&mut out, &Run { reports: vec![report], ..Run::default() }).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #[test]
    fn asking_for_all_figures_changes_no_verdict(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        prop_assert_eq!(told(&text, false), told(&text, true));
    }
}

/// Two rules for the same words: the pattern of the first starts with its figure and runs from there alone, that of the second may
/// start with something else and is sought in the whole paragraph.
const TWICE: &str = r#"
[[rule]]
id = "at-its-figure"
find = "{a}项属实[和{b}项]"
check = "a >= 0"

[[rule]]
id = "sought"
find = "[竟]{a}项属实[和{b}项]"
check = "a >= 0"
"#;

/// What may stand at such a figure.
const AT_FIGURES: &[&str] = &["12项属实", "和3项", "减少2项属实", "近十余项属实", " ", "12", "多", "十", "1.5"];

/// What a rule of [`TWICE`] was found on.
fn found_on(text: &str, rules: &str) -> Vec<(String, String)> {
    let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
    assert!(errors.is_empty(), "{errors:?}");
    let session = Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() });
    let document = read::bytes(Path::new("report.txt"), text.as_bytes().to_vec(), &read::Options::default()).unwrap();
    let report = session.check(&document);
    let told = |finding: figlint::diagnostic::Finding| (finding.rule, format!("{:?}", finding.figures));
    report.findings.into_iter().map(told).collect()
}

proptest! {
    #[test]
    fn a_pattern_runs_at_its_figure_as_it_is_sought(
        pieces in prop::collection::vec(prop::sample::select([PIECES, AT_FIGURES].concat()), 0..60)
    ) {
        let text = pieces.concat();
        let of = |id: &str| {
            found_on(&text, TWICE).into_iter().filter(|(rule, _)| rule == id).map(|(_, figures)| figures).collect::<Vec<_>>()
        };
        prop_assert_eq!(of("at-its-figure"), of("sought"));
    }
}

#[test]
fn figures_where_no_rule_is_found_are_counted() {
    let told = told("共30件，其中10件。\n\n另有5人、6人。", false);
    assert!(told.contains("\"total\": 4") && told.contains("\"unchecked\": 2"), "{told}");
}

/// The first look over a text must see what the full reading does: the same figures, as many quantities.
#[track_caller]
fn assert_seen_in_full(text: &str) {
    let block = Span::new(0, text.len());
    let (mut full, mut seen) = (Vec::new(), Vec::new());
    figure::lex_block(text, block, 0, false, &mut full);
    let count = figure::look_over(text, block, |figure| {
        seen.push(match figure {
            Seen::Plain(plain) => (Class::Quantity, plain.start as u32),
            Seen::Other { class, span, .. } => (class, span.start),
        });
        true
    });
    let expected = full.iter().filter(|figure| figure.class == Class::Quantity).count();
    assert_eq!(count, Some(expected), "{text}");
    let all = full.iter().map(|figure| (figure.class, figure.span.start));
    assert_eq!(seen, all.collect::<Vec<_>>(), "{text}");
}

#[test]
fn a_first_look_sees_the_figures_of_the_fixtures() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/text");
    let texts =
        std::fs::read_dir(fixtures).unwrap().filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
    let looked_at = texts.inspect(|text| text.lines().for_each(assert_seen_in_full)).count();
    assert!(looked_at > 0);
}

proptest! {
    #[test]
    fn a_first_look_sees_what_the_full_reading_does(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        assert_seen_in_full(&pieces.concat());
    }
}
