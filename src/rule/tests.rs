//! Rule files as a whole: what is read, and what is told of what is wrong.

use std::path::Path;

use super::*;
use proptest::prelude::*;

use crate::span::LineIndex;

const CONTRACT: &str = r##"
title    = "法治政府建设工作报告"
files    = ["**/jingzhou-2020.*"]
rounding = "nearest"
equations = ["17660 = 1338 + 2723 + 13599", "94.1% = 528 / 561"]

[figures]
disputes  = "调处各类矛盾纠纷{}件"
settled   = "调处成功{}件"
performed = "成功履行{}件"
booked    = { file = "data/cases.csv", row = "合计", column = "受理" }
carried   = { file = "report-2019.md", find = "结转下年度{}件" }

[[rule]]
id       = "performance-rate"
find     = "调解协议履行率{rate}"
check    = "rate = performed / settled"
message  = "调解协议履行率应为成功履行数与调处成功数之比"
severity = "error"

[[rule]]
id     = "items-in-brackets"
find   = "{total}([其中]{parts...})"
where  = "count(parts) >= 3"
check  = ["total = sum(parts)", "max(parts) <= total"]
expect = "any"
[[rule.example]]
holds = "认领10项(区级1项,镇级2项,村级7项)"
[[rule.example]]
fails = "认领10项(区级1项,镇级2项,村级8项)"
[[rule.example]]
none  = "认领10项,其中网办7项"

[[rule]]
id    = "revenue"
table = "一般公共预算收入"
unit  = "万元"
rows  = { total = "合计", tax = "税收收入", other = "非税收入" }
check = "total = tax + other"

[[rule]]
id      = "revenue-growth"
table   = "一般公共预算收入"
columns = { now = "2020年", before = "2019年", rate = "增长…" }
check   = "rate = (now - before) / before"

[[rule]]
id    = "text-and-table-agree"
table = "一般公共预算收入"
cells = { tabled = ["合计", "2020年"] }
find  = "全年一般公共预算收入{stated}"
check = "stated = tabled"
"##;

#[test]
fn the_language_by_example_is_read() {
    let (file, errors) = parse(Path::new("rules/r.toml"), CONTRACT);
    assert_eq!(errors, []);
    let ids: Vec<_> = file.rules.iter().map(|rule| rule.id.as_str()).collect();
    let expected = [
        "17660 = 1338 + 2723 + 13599",
        "94.1% = 528 / 561",
        "performance-rate",
        "items-in-brackets",
        "revenue",
        "revenue-growth",
        "text-and-table-agree",
    ];
    assert_eq!(ids, expected);
    assert!(
        matches!(&file.names[3].place, NamedPlace::Cell { file: Some(path), .. } if path == Path::new("rules/data/cases.csv"))
    );
    let rule = &file.rules[3];
    assert_eq!((rule.expect, rule.checks.len(), rule.examples.len()), (Expect { min: 0, max: None }, 2, 3));
    let growth = file.rules[5].table.as_ref().unwrap();
    assert_eq!((growth.axis, growth.selectors.len()), (Axis::Columns, 3));
    assert_eq!(file.rules[5].names.iter().filter(|name| name.kind == NameKind::Either).count(), 1);
    let cell = &file.rules[6].table.as_ref().unwrap().selectors[0];
    assert_eq!((cell.labels[0].text.as_str(), cell.column.as_ref().unwrap().text.as_str()), ("合计", "2020年"));
    assert!(file.files.unwrap().is_match("a/jingzhou-2020.md"));
}

/// An error as line:column, the marked text, and what is said.
fn told(text: &str) -> Vec<String> {
    let (file, errors) = parse(Path::new("r.toml"), text);
    assert!(file.rules.is_empty(), "a rule with an error must be left out: {text}");
    let lines = LineIndex::new(text);
    let tell = |error: &RuleError| {
        let at = lines.line_column(text, error.span.start);
        let help = error.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}:{} [{}] {}{help}", at.line, at.column, &text[error.span.range()], error.message)
    };
    errors.iter().map(tell).collect()
}

/// `errors.txt` holds rule files, separated by empty lines, each followed by what must be told of it, in lines that start with `!`.
#[test]
fn errors_are_told_at_their_place() {
    let expected = include_str!("errors.txt");
    let mut found = Vec::new();
    for case in expected.trim_end().split("\n\n") {
        let lines: Vec<_> = case.lines().filter(|line| !line.starts_with("! ")).collect();
        let told = told(&(lines.join("\n") + "\n")).into_iter().map(|line| format!("! {line}"));
        found.push([lines.join("\n"), told.collect::<Vec<_>>().join("\n")].join("\n"));
    }
    let found = found.join("\n\n") + "\n";
    if found != expected {
        let path = std::env::temp_dir().join("figlint-errors.txt");
        std::fs::write(&path, found).unwrap();
        panic!("not as in errors.txt; what is told now was written to {}", path.display());
    }
}

#[test]
fn good_rules_survive_the_errors_of_others() {
    let text = "equations = ['1 = 2 +', '5 = 2 + 3']\n[figures]\nx = '甲'\ny = '乙{}'\n\
        [[rule]]\nid = 'a'\nfind = '丙{c}'\ncheck = 'c = y'\n[[rule]]\nid = 'b'\nfind = '丙{c}\ncheck = 'c = y'\n\
        [[rule]]\nid = 'c'\ncheck = 'x = y'\n[[rule]]\nid = 'd'\nregex = '丁(?<e>{figure})'\ncheck = 'e = y'\n";
    let (file, errors) = parse(Path::new("r.toml"), text);
    let ids: Vec<_> = file.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["5 = 2 + 3", "a", "d"]);
    let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    let expected = [
        "a number is missing at the end",
        "a `{}` is missing: where does the figure stand?",
        "TOML: invalid literal string, expected `'`",
    ];
    assert_eq!(messages, expected);
}

#[test]
fn no_rule_runs_under_settings_that_cannot_be_read() {
    let rules = "[figures]\nb = '乙{}'\n[[rule]]\nid = 'a'\nfind = '甲{a}'\ncheck = 'a = 1'\n[[rule]]\nid = 'b'\ncheck = 'b = 1'\n";
    let count = |text: &str| parse(Path::new("r.toml"), text).0.rules.len();
    assert_eq!(count(rules), 2);
    assert_eq!(count(&format!("rounding = 'dwn'\n{rules}")), 0);
    assert_eq!(count(&format!("files = ['a[']\n{rules}")), 0);
    assert_eq!(count(&format!("files = ['a'\n{rules}")), 0);
    assert_eq!(count(&rules.replace("'乙{}'", "'乙{}")), 1);
}

#[test]
fn ids_are_unique_across_a_run() {
    let mut set = RuleSet::default();
    let file = |path: &str, ids: &[&str]| {
        let rules = ids.iter().map(|id| format!("[[rule]]\nid = '{id}'\nfind = '甲{{a}}'\ncheck = 'a = 1'\n"));
        parse(Path::new(path), &rules.collect::<String>()).0
    };
    let built_in = "[[rule]]\nid = 'share'\ndetect = ['rate', 'part', 'whole']\ncheck = 'rate = part / whole'\n";
    assert_eq!(set.add(parse_builtin(Path::new("rules/builtin/share.toml"), built_in).0), []);
    assert_eq!(set.add(file("one.toml", &["a", "b"])), []);
    let errors = set.add(file("two.toml", &["c", "a", "share", "c", "d"]));
    let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    let expected = [
        "the id `a` is taken: a rule of one.toml has it",
        "the id `share` is taken: a built-in check has it",
        "the id `c` is taken: an earlier rule of two.toml has it",
    ];
    assert_eq!(messages, expected);
    assert_eq!(
        set.rule("d").map(|(file, rule)| (file.source.path.clone(), rule.id.as_str())),
        Some(("two.toml".into(), "d"))
    );
    assert_eq!((set.nearest("shar"), set.has("share"), set.files[1].rules.len()), (Some("share"), true, 2));
}

#[test]
fn figlint_toml_is_read_with_its_places() {
    let text = "rules = ['rules/*.toml']\ninclude = ['reports/**']\nrounding = 'down'\nfail-on = 'never'\n\
        [checks]\nrestated = 'off'\ngrowth = 'error'\n\
        [[suppress]]\nfile = 'reports/2020.md'\nrule = 'r'\ntext = '履行率96.5%'\nreason = '已签发'\nuntil = 2027-06-30\n";
    let (config, errors) = config::parse(Path::new("figlint.toml"), text);
    assert_eq!(errors, []);
    assert!(config.include.unwrap().set.is_match("reports/a/b.md"));
    assert!(!config.rules.unwrap().set.is_match("rules/a/b.toml"));
    assert_eq!(config.fail_on.map(|setting| setting.value), Some(None));
    assert_eq!(config.rounding.map(|setting| &text[setting.span.range()]), Some("'down'"));
    assert_eq!(config.checks.iter().map(|check| check.level).collect::<Vec<_>>(), [None, Some(Severity::Error)]);
    let suppression = &config.suppressions[0];
    assert!(suppression.file.as_ref().unwrap().is_match("reports/2020.md"));
    assert_eq!((suppression.reason.as_str(), suppression.until), ("已签发", Some((2027, 6, 30))));
}

#[test]
fn errors_of_figlint_toml_are_told_at_their_place() {
    let cases = [
        ("rule = ['a']", "1:1 rule: unknown key `rule`"),
        ("rules = 'a'", "1:9 'a': a list of strings is expected here, not a string"),
        ("fail-on = 'eror'", "1:12 eror: `eror` is not one of error, warning, note, never"),
        ("[checks]\na = 'of'", "2:6 of: `of` is not one of off, note, warning, error"),
        ("[[suppress]]\nrule = 'a'", "1:1 [[suppress]]: `reason` is missing"),
        ("[[suppress]]\nreason = 'a'", "1:1 [[suppress]]: this would accept every finding there is"),
        ("[[suppress]]\nrule = 'a'\nreason = ' '", "3:10 ' ': `reason` is empty"),
        (
            "[[suppress]]\nrule = 'a'\nreason = 'b'\nuntil = '2027-06-30'",
            "4:9 '2027-06-30': a date is expected here, not a string",
        ),
        (
            "[[suppress]]\nrule = 'a'\nreason = 'b'\nuntil = 2027-06-30T10:00:00",
            "4:9 2027-06-30T10:00:00: a date without a time is expected here",
        ),
    ];
    for (text, expected) in cases {
        let (config, errors) = config::parse(Path::new("figlint.toml"), text);
        let lines = LineIndex::new(text);
        let tell = |error: &RuleError| {
            let at = lines.line_column(text, error.span.start);
            format!("{}:{} {}: {}", at.line, at.column, &text[error.span.range()], error.message)
        };
        assert_eq!(errors.iter().map(tell).collect::<Vec<_>>(), [expected]);
        assert!(config.suppressions.is_empty() && config.checks.is_empty());
    }
}

#[test]
fn an_error_shows_its_line() {
    let text = "title = 'x'\nrounding = 'up'\n";
    let (_, errors) = parse(Path::new("r.toml"), text);
    let problem = errors[0].problem(text);
    assert_eq!((problem.place.line_column, problem.excerpts[0].text.as_str()), (Some((2, 13)), "rounding = 'up'"));
    let label = &problem.excerpts[0].labels[0];
    assert_eq!(&problem.excerpts[0].text[label.start..label.end], "up");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text, and any mutation of a good file, is read without a panic, and every span lies on characters of the file.
    #[test]
    fn no_text_breaks_the_reader(text in any_file()) {
        let (file, errors) = parse(Path::new("r.toml"), &text);
        let (_, config_errors) = config::parse(Path::new("figlint.toml"), &text);
        let spans = errors.iter().chain(&config_errors).map(|error| error.span);
        let checks = file.rules.iter().flat_map(|rule| rule.checks.iter().map(|check| check.span));
        let terms = file.rules.iter().filter_map(|rule| rule.equation.as_ref()).flat_map(|equation| &equation.terms);
        for span in spans.chain(checks).chain(terms.map(|term| term.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{:?}", span);
        }
        for error in errors.iter().take(3) {
            let problem = error.problem(&text);
            let excerpt = &problem.excerpts[0];
            prop_assert!(excerpt.text.get(excerpt.labels[0].start..excerpt.labels[0].end).is_some());
        }
    }
}

fn any_file() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[\\[\\]{}()|…±\"'\\\\=+*/<>~&#a-c0-9,. \n\r总件％亿万]{0,12}",
        ".{0,6}",
        proptest::sample::select(vec![
            "[[rule]]\n",
            "check = '",
            "find = \"",
            "\\u0041",
            "'''",
            "\"\"\"\n",
            "{a...}",
            "1,338",
            "`12`"
        ])
        .prop_map(str::to_owned),
    ];
    let mutations = proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..8, piece), 0..6);
    mutations.prop_map(|mutations| {
        let mut text = CONTRACT.to_owned();
        for (at, remove, insert) in mutations {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + remove).min(text.len()));
            text.replace_range(start..end, &insert);
        }
        text
    })
}

#[test]
fn limits_are_told_as_limits() {
    let long = format!("title = '{}'", "x".repeat(MAX_FILE));
    assert_eq!(told(&long), ["1:1 [] a rule file can have 16 MB at most"]);
    let many = |count: usize| format!("equations = ['1 = {}1']", "1 + ".repeat(count));
    let (file, errors) = parse(Path::new("r.toml"), &many(10_000));
    assert_eq!((errors.len(), file.rules[0].names.len()), (0, 10_002));
    assert!(told(&many(MAX_NAMES))[0].ends_with("an equation can have 20000 numbers at most"));
    let slots: String = (0..=MAX_NAMES).map(|at| format!("{{a{at}}},")).collect();
    assert!(told(&rule(&slots))[0].contains("a rule can have 20000 names at most"));
    let wrong = "[[rule]]\nx = 1\n".repeat(300);
    assert_eq!(told(&wrong).len(), MAX_ERRORS + 1);
    assert!(told(&wrong)[MAX_ERRORS].ends_with("700 further errors in this file are not shown"));
}

/// A rule with one pattern.
fn rule(find: &str) -> String {
    format!("[[rule]]\nid = 'r'\nfind = '{find}'\ncheck = 'a0 = 1'\n")
}
