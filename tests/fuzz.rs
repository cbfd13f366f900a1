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
    "<table>", "</table>", "<tr>", "<td>", "<td colspan=9>", "<td rowspan=0>", "<th>", "<caption>", "<p>", "<p hidden>", "<li>",
    "<sup>", "<script>", "</script>", "<?xml ?>", "<td/>", "<![CDATA[", "<div style='display:none;padding-left:9pt'>", "</div>",
    "(?<a>", "\\d+", ".*", "|", "?", "(a|b)", "[办结]", "🙂", "\u{301}", "\u{202e}", "\u{10ffff}",
];

const FIXTURES: &[&[u8]] = &[
    include_bytes!("../fixtures/text/jingzhou-2020.txt"),
    include_bytes!("../fixtures/text/letters-gb18030.txt"),
    include_bytes!("../fixtures/markdown/city-budget.md"),
    include_bytes!("../fixtures/markdown/rounded-totals.md"),
    include_bytes!("../fixtures/csv/cases.csv"),
    include_bytes!("cmd/html.in/sales.html"),
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

const WORD: &[u8] = include_bytes!("../fixtures/renderings/settlement.docx");

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "p", "r", "t", "rPr", "pPr", "tbl", "tr", "tc", "trPr", "tcPr", "gridSpan w:val=\"3\"", "gridSpan w:val=\"4000000000\"",
    "vMerge", "vMerge w:val=\"restart\"", "hMerge", "gridBefore w:val=\"2\"", "del", "ins", "moveFrom", "rPrChange", "sdt", "sdtPr",
    "txbxContent", "AlternateContent", "Choice", "Fallback", "fldSimple w:instr=\"PAGE\"", "instrText", "oMath", "den", "sup", "d",
    "fldChar w:fldCharType=\"begin\"", "fldChar w:fldCharType=\"separate\"", "fldChar w:fldCharType=\"end\"", "tab", "br",
    "pStyle w:val=\"1\"", "numPr", "numId w:val=\"1\"", "ilvl w:val=\"8\"", "outlineLvl w:val=\"2\"", "vanish", "b", "sym w:char=\"F08C\"",
    "footnoteReference w:id=\"2\"", "footnote w:id=\"2\"", "sectPr", "headerReference r:id=\"h\"", "vertAlign w:val=\"superscript\"",
    "style w:styleId=\"1\"", "basedOn w:val=\"1\"", "name w:val=\"heading 3\"", "abstractNum w:abstractNumId=\"0\"", "num w:numId=\"1\"",
    "abstractNumId w:val=\"0\"", "lvl w:ilvl=\"8\"", "lvlText w:val=\"%1.%9\"", "numFmt w:val=\"chineseCounting\"", "start w:val=\"4294967295\"",
    "Relationship Id=\"h\" Type=\"header\" Target=\"document.xml\"", "tblHeader", "ind w:left=\"-99999999999999999999\"",
];

/// Elements of word processors' documents, opened and closed at random, with text between.
fn xml() -> impl Strategy<Value = Vec<u8>> {
    let piece = (0u8..8, prop::sample::select(ELEMENTS), prop::sample::select(TOKENS));
    prop::collection::vec(piece, 0..120).prop_map(|pieces| {
        let pieces = pieces.into_iter().map(|(how, element, token)| match how {
            0..3 => format!("<w:{element}>"),
            3 => format!("<w:{element}/>"),
            4 | 5 => format!("</w:{}>", element.split(' ').next().unwrap_or_default()),
            6 => format!("<w:t>{token}</w:t>"),
            _ => format!("{token}{}", if element.len() > 40 { "\u{1e}" } else { "" }),
        });
        pieces.collect::<String>().into_bytes()
    })
}

/// A real document with bytes changed, or cut off.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    (prop::collection::vec(change, 0..6), prop::option::of(any::<prop::sample::Index>())).prop_map(|(changes, cut)| {
        let mut bytes = WORD.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
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
    fn pages(bytes in input()) {
        targets::page(&bytes);
    }

    #[test]
    fn patterns(bytes in input()) {
        targets::pattern(&bytes);
    }

    #[test]
    fn words(bytes in prop_oneof![damaged(), input()]) {
        targets::word(&bytes);
    }

    #[test]
    fn parts_of_words(bytes in prop_oneof![xml(), tokens()]) {
        targets::word_xml(&bytes);
    }
}

/// Cut off anywhere, a document is refused, since the list of its parts stands at its end.
#[test]
fn a_document_cut_off_anywhere_is_refused() {
    for end in 0..WORD.len() {
        let refused = figlint::read::bytes("r.docx".as_ref(), WORD[..end].to_vec(), &Default::default()).unwrap_err();
        let told = refused.to_string();
        assert!(["damaged", "is no .docx"].iter().any(|words| told.contains(words)), "{end}: {told}");
    }
}
