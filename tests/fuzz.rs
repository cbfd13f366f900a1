//! The fuzzers' targets over a bounded number of inputs: bytes at large, words that figlint knows, and mutations of real files.

#[path = "../fuzz/targets.rs"]
mod targets;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: &[&str] = &[
    "受理",
    "件",
    "项",
    "其中",
    "(",
    ")",
    "（",
    "）",
    ",",
    "，",
    "、",
    "；",
    "。",
    ".",
    "%",
    "5",
    "12",
    "1,338",
    "2.5358亿",
    "六十",
    "百",
    "千",
    "万",
    "余",
    "以上",
    "约",
    "近",
    "超过",
    "年",
    "月",
    "日",
    "2020",
    "第",
    "一",
    "三分之二",
    "翻一番",
    "$",
    "million",
    "about ",
    "at least ",
    " and ",
    "one in four",
    "twelve ",
    "|",
    "|---|",
    "\n",
    "\r\n",
    "\t",
    "#",
    "<!-- figlint: off a: b -->",
    "&amp;",
    "\"",
    "合计",
    "单位：万元",
    "元",
    "-",
    "—",
    "～",
    "△",
    "{a}",
    "{a...}",
    "{a*}",
    "{±a}",
    "{}",
    "…",
    "[",
    "]",
    "[甲|乙]",
    "[[rule]]\n",
    "id = \"p\"\n",
    "find = \"受理{a}件\"\n",
    "check = \"a <= 5\"\n",
    "table = \"合计\"\n",
    "rows = { a = \"合计\" }\n",
    "equations = [\"528 = 510 + 18\"]\n",
    "[figures]\n",
    "expect = \"2..\"\n",
    "where = \"a > 1\"\n",
    "sum(a)",
    "=",
    "+",
    "/",
    "１７",
    "\u{202e}",
    "\u{0}",
    "é",
    "𝟙",
    "①",
    "²",
];

fn worded() -> impl Strategy<Value = Vec<u8>> {
    vec(select(WORDS), 0..60).prop_map(|words| words.concat().into_bytes())
}

/// A real file with a few bytes changed, and perhaps cut short.
fn mutated(file: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    (vec((0..file.len(), any::<u8>()), 1..6), 0..=file.len()).prop_map(|(changes, length)| {
        let mut bytes = file.to_vec();
        changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
        bytes.truncate(length.max(1));
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..300)) {
        targets::report(&bytes);
        targets::rule_file(&bytes);
        targets::config(&bytes);
        targets::pattern(&bytes);
    }

    #[test]
    fn any_words(bytes in worded()) {
        targets::report(&bytes);
        targets::rule_file(&bytes);
        targets::config(&bytes);
        targets::pattern(&bytes);
    }

    #[test]
    fn changed_reports(bytes in prop_oneof![
        mutated(include_bytes!("../fixtures/markdown/city-budget.md")),
        mutated(include_bytes!("../fixtures/text/letters-gb18030.txt")),
        mutated(include_bytes!("../fixtures/csv/cases.csv")),
        mutated(include_bytes!("../fixtures/markdown/rounded-totals.md")),
    ]) {
        targets::report(&bytes);
    }

    #[test]
    fn changed_rule_files(bytes in prop_oneof![
        mutated(include_bytes!("../rules/examples/city-budget.toml")),
        mutated(include_bytes!("../rules/examples/jingzhou-2020.toml")),
    ]) {
        targets::rule_file(&bytes);
        targets::config(&bytes);
    }
}
