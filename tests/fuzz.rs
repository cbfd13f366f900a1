//! The fuzz targets over fixed inputs: bytes, tokens that mean something to figlint, and fixtures with bytes changed.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[path = "../fuzz/targets.rs"]
mod targets;

#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "0", "1", "9", "12", "528", "3.5", "1,234", "12,34", "96.5%", "1‰", "０", "５．２", "99999999999999999999999999999",
    "一", "二十", "两", "百", "千", "万", "亿", "零", "〇", "点", "半", "三分之一", "壹佰", "余", "约", "近", "超过", "以上",
    "不足", "about", "more than", "nearly", "(", ")", "（", "）", "[", "]", "【", "】", "{", "}", "{}", "{a}", "{a...}", "{b}",
    "{±a}", "…", "...", "|", "||", "|---|", "---", "\n", "\n\n", "\r\n", "\r", "\t", " ", "\u{3000}", "\u{a0}", "\u{feff}",
    "\0", "。", "，", "、", "；", ";", ",", ".", ":", "：", "和", "以及", " and ", "件", "元", "万元", "亿元", "个百分点", "人",
    "平方米", "km", "$", "¥", "€", "million", "billion", "-", "−", "—", "–", "+", "△", "▲", "*", "**", "_", "`", "```", "#", "# ",
    ">", "<br>", "<b>", "</b>", "<!--", "-->", "&amp;", "&#x30;", "&", "\\", "\"", "\"\"", "'", "\"\"\"", "=", "==", "!=", "<",
    "<=", ">", ">=", "~", "±", "/", "^", "合计", "其中", "其中：", "小计", "增长", "占", "同比", "单位：万元", "年", "月", "日",
    "2020年", "2019-2020", "第", "表1", "受理", "办结率", "共认领发布事项", "调处成功", "成功率", "[[rule]]\n", "[figures]\n",
    "[checks]\n", "[[suppress]]\n", "id = ", "find = ", "regex = ", "check = ", "where = ", "table = ", "rows = ", "columns = ",
    "cells = ", "examples = ", "expect = ", "unit = ", "rounding = ", "severity = ", "equations = [", "files = [", "rules = ",
    "until = 2027-06-30\n", "reason = ", "sum(", "max(", "min(", "mean(", "round(", "abs(", "count(", "not ", " or ", "(?P<a>",
    "(?<a>", "\\d+", ".*", "|", "?", "(a|b)", "[办结]", "🙂", "\u{301}", "\u{202e}", "\u{10ffff}",
];

const FIXTURES: &[&[u8]] = &[
    include_bytes!("../fixtures/text/jingzhou-2020.txt"),
    include_bytes!("../fixtures/text/letters-gb18030.txt"),
    include_bytes!("../fixtures/markdown/city-budget.md"),
    include_bytes!("../fixtures/markdown/rounded-totals.md"),
    include_bytes!("../fixtures/csv/cases.csv"),
    include_bytes!("../rules/examples/cases.toml"),
    include_bytes!("../rules/examples/city-budget.toml"),
    include_bytes!("../rules/examples/rounded-totals.toml"),
    include_bytes!("../rules/examples/jingzhou-2020.toml"),
    include_bytes!("../tests/cmd/check.in/letters.figlint.toml"),
    b"find {a}\nfind {a...}, {b}",
];

const PDFS: &[&[u8]] = &[include_bytes!("../fixtures/pdf/harbour.pdf")];

const WORKBOOKS: &[&[u8]] = &[
    include_bytes!("../fixtures/workbook/harbour.xlsx"),
    include_bytes!("../fixtures/workbook/harbour.xls"),
    include_bytes!("../fixtures/workbook/harbour.ods"),
];

fn tokens() -> impl Strategy<Value = Vec<u8>> {
    let token = prop::sample::select(TOKENS);
    prop::collection::vec(token, 0..80).prop_map(|tokens| tokens.concat().into_bytes())
}

/// A fixture, or a part of it, with some bytes replaced, left out, doubled, or tokens put in.
fn mutated(fixtures: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0u8..5, prop::sample::select(TOKENS));
    (prop::sample::select(fixtures), prop::collection::vec(change, 1..12)).prop_map(|(fixture, changes)| {
        let mut bytes = fixture.to_vec();
        for (at, byte, how, token) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + usize::from(byte % 32)).min(bytes.len());
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let copy = bytes[at..end].to_vec();
                    bytes.splice(at..at, copy);
                }
                3 if byte < 16 => bytes.truncate(at),
                _ => drop(bytes.splice(at..at, token.bytes())),
            }
        }
        bytes
    })
}

fn input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..300),
        3 => tokens(),
        3 => mutated(FIXTURES),
    ]
}

/// The same cases in every run; `PROPTEST_CASES` makes them more.
fn fixed() -> ProptestConfig {
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if more { ProptestConfig::default().cases } else { 300 };
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(2020), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(fixed())]

    #[test]
    fn reports(bytes in input()) {
        targets::report(&bytes);
    }

    #[test]
    fn rule_files(bytes in input()) {
        targets::rule_file(&bytes);
    }

    #[test]
    fn configs(bytes in input()) {
        targets::config(&bytes);
    }

    #[test]
    fn tables(bytes in input()) {
        targets::csv(&bytes);
    }

    #[test]
    fn pdfs(bytes in mutated(PDFS)) {
        targets::pdf(&bytes);
    }

    #[test]
    fn workbooks(bytes in mutated(WORKBOOKS)) {
        targets::workbook(&bytes);
    }

    #[test]
    fn patterns(bytes in input()) {
        targets::pattern(&bytes);
    }
}
