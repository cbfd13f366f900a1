//! Rule files as a whole: what is read, and what is told of what is wrong.

use std::path::Path;

use super::*;
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

/// One rule around the lines of a test.
fn rule(lines: &str) -> String {
    format!("[[rule]]\nid = \"r\"\n{lines}\n")
}

/// An error as line:column, the marked text, and what is said.
fn told(text: &str) -> Vec<String> {
    let (_, errors) = parse(Path::new("r.toml"), text);
    let lines = LineIndex::new(text);
    let tell = |error: &RuleError| {
        let at = lines.line_column(text, error.span.start);
        let help = error.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}:{} [{}] {}{help}", at.line, at.column, &text[error.span.range()], error.message)
    };
    errors.iter().map(tell).collect()
}

#[test]
fn errors_are_told_at_their_place() {
    let cases: &[(&str, &[&str])] = &[(
        "find = \"甲{settled}\"\ncheck = \"setled > 1\"",
        &["4:10 [setled] unknown name `setled` (did you mean `settled`?)"],
    )];
    let mut wrong = Vec::new();
    for (lines, expected) in cases {
        let told = told(&rule(lines));
        if told != *expected {
            wrong.push(format!("{lines}\n    {}", told.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
