//! The body of a report: its text, figures and checks as views, tied to the findings.

use std::collections::BTreeMap;
use std::path::Path;

use figlint::check::{Options, Reach, Session, detect};
use figlint::diagnostic::{Body, BodyBlock, BodyFigure, FigureState, Passage, Report, Run, Verdict};
use figlint::document::Document;
use figlint::{output, read, rule};
use proptest::prelude::*;

fn session(rules: &str, builtin: bool) -> Session {
    let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
    assert!(errors.is_empty(), "{errors:?}");
    let mut files = vec![(file, Reach::Every)];
    if builtin {
        files.extend(detect::rule_files(|_| true).into_iter().map(|file| (file, Reach::Every)));
    }
    Session::new(files, Options { body: true, ..Options::default() })
}

fn document(name: &str, text: &str) -> Document {
    read::bytes(Path::new(name), text.as_bytes().to_vec(), &read::Options::default()).unwrap()
}

fn passages(body: &Body) -> Vec<&Passage> {
    body.blocks.iter().flat_map(BodyBlock::passages).collect()
}

/// What must hold of every body.
fn assert_whole(document: &Document, report: &Report) {
    let body = report.body.as_ref().expect("it was asked for");
    let mut seen = 0;
    for passage in passages(body) {
        for (number, figure) in passage.figures.clone().zip(&body.figures[passage.figures.clone()]) {
            assert_eq!(passage.text[figure.span.clone()], figure.row.text);
            assert_eq!(figure.source.is_none(), document.places.is_some());
            if let Some(source) = figure.source.clone().filter(|_| document.own_text.is_none()) {
                assert_eq!(document.source.text[source], figure.row.text);
            }
            let cites = |check: &usize| body.checks[*check].parts.iter().any(|part| part.figure == number);
            assert!(figure.checks.iter().all(cites), "{figure:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, body.figures.len(), "every figure stands in one passage");
    let count = |state: &[FigureState]| {
        let is_counted = |figure: &&BodyFigure| figure.row.class == "quantity" && state.contains(&figure.state);
        body.figures.iter().filter(is_counted).count()
    };
    let told = report.figures;
    // What only a check reads as a figure is shown and not counted.
    assert!(count(&[FigureState::Failing]) >= told.failing && count(&[FigureState::Bound]) >= told.bound);
    assert!(count(&[FigureState::Holds, FigureState::WithinRounding]) >= told.tied);
    assert_eq!(count(&[FigureState::Unchecked]), told.unchecked);
    for (number, finding) in report.findings.iter().enumerate() {
        let check = finding.body_check.map(|check| &body.checks[check]);
        assert_eq!(check.map(|check| check.finding), Some(Some(number)), "{finding:?}");
    }
}

#[test]
fn the_body_is_the_same_in_every_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/renderings");
    let rules = std::fs::read_to_string(folder.join("settlement.figlint.toml")).unwrap();
    let session = session(&rules, false);
    let mut told = BTreeMap::new();
    for format in ["md", "html", "docx", "pdf"] {
        let document =
            read::file(&folder.join("settlement").with_extension(format), &read::Options::default()).unwrap();
        let report = session.check(&document);
        assert_whole(&document, &report);
        let body = report.body.unwrap();
        let states: Vec<String> = body
            .figures
            .iter()
            .filter(|figure| !figure.checks.is_empty())
            .map(|figure| format!("{} {} {:?}", figure.row.text, figure.state, figure.checks))
            .collect();
        let tables: Vec<_> = body.blocks.iter().filter(|block| matches!(block, BodyBlock::Table(_))).collect();
        let [BodyBlock::Table(table)] = tables[..] else { panic!("{format}: {} tables", tables.len()) };
        assert_eq!((table.rows, table.columns, table.header_rows, table.label_columns), (7, 5, 1, 1), "{format}");
        assert_eq!(table.cells.last().map(|cell| cell.passage.text.as_str()), Some("6.7%"), "{format}");
        told.insert(format, states);
    }
    assert!(told["md"].len() > 30);
    assert!(told.values().all(|states| states == &told["md"]), "{told:#?}");
}

const RULES: &str = r#"
[[rule]]
id    = "parts"
find  = "共{all}，其中甲{first}、乙{second}"
check = ["all = first + second", "first <= all"]
"#;

#[test]
fn states_tell_what_holds_only_within_rounding() {
    let text =
        "## 一、来信\n\n2024年共0.7亿元，其中甲0.3亿元、乙0.3亿元。\n\n共0.7亿元，其中甲0.4亿元、乙0.3亿元。另7件。";
    let document = document("r.md", text);
    let report = session(RULES, false).check(&document);
    assert_whole(&document, &report);
    let body = report.body.unwrap();
    let told: Vec<_> = body.figures.iter().map(|figure| format!("{} {}", figure.row.text, figure.state)).collect();
    let expected = [
        "一 unchecked",
        "2024年 unchecked",
        "0.7亿元 within-rounding",
        "0.3亿元 within-rounding",
        "0.3亿元 within-rounding",
        "0.7亿元 holds",
        "0.4亿元 holds",
        "0.3亿元 holds",
        "7件 unchecked",
    ];
    assert_eq!(told, expected);
    assert!(matches!(&body.blocks[0], BodyBlock::Heading(2, passage) if passage.text == "一、来信"));
    let check = &body.checks[0];
    assert_eq!(check.verdict, Verdict::WithinRounding);
    assert_eq!(check.arithmetic.as_deref(), Some("0.7亿元 = 0.3亿元 + 0.3亿元"));
    assert_eq!(check.computed.as_ref().map(|computed| computed.shown.as_str()), Some("0.6亿"));
    let names: Vec<_> =
        check.parts.iter().map(|part| (part.name.as_str(), body.figures[part.figure].row.text.as_str())).collect();
    assert_eq!(names, [("all", "0.7亿元"), ("first", "0.3亿元"), ("second", "0.3亿元")]);
}

#[test]
fn suppressed_findings_are_told_from_others() {
    let sentence = "共0.9亿元，其中甲0.3亿元、乙0.3亿元。";
    let text = format!("<!-- figlint: off parts: known -->\n\n{sentence}\n\n{sentence}\n");
    let document = document("r.md", &text);
    let report = session(RULES, false).check(&document);
    assert_whole(&document, &report);
    let body = report.body.as_ref().unwrap();
    let failing = body.checks.iter().filter(|check| check.verdict == Verdict::Fails);
    let told: Vec<_> = failing.map(|check| (check.suppressed, check.finding)).collect();
    assert_eq!(told, [(true, None), (false, Some(0))]);
    assert_eq!(report.findings.len(), 1);
}

#[test]
fn what_is_told_without_a_check_is_at_its_figures_too() {
    let rules = "[figures.people]\nfind = \"社工{}人\"\n";
    let document = document("r.txt", "有社工34人。\n\n全区社工36人。\n");
    let report = session(rules, false).check(&document);
    assert_whole(&document, &report);
    let body = report.body.unwrap();
    let own: Vec<_> = body.figures.iter().map(|figure| (figure.row.text.as_str(), figure.checks.as_slice())).collect();
    assert_eq!(own, [("34人", &[0][..]), ("36人", &[0])]);
}

#[test]
fn a_figure_is_found_at_its_place() {
    let document = document("r.txt", "2021年2月29日收38件。");
    let report = session("", true).check(&document);
    assert_whole(&document, &report);
    let body = report.body.unwrap();
    let at = |text: &str| body.figure_at(document.source.text.find(text).unwrap()).map(|figure| &*figure.row.text);
    assert_eq!(at("38"), Some("38件"));
    assert_eq!(at("收"), None);
    // The day does not exist: what the check uses is found before the date.
    assert!(!body.figure_at(document.source.text.find("29").unwrap()).unwrap().checks.is_empty());
}

const PIECES: &[&str] = &[
    "收入",
    "100万元",
    "其中",
    "60万元",
    "40万元",
    "30万元",
    "，",
    "、",
    "。",
    "\n\n",
    "| ",
    " |\n",
    "合计",
    "占",
    "30%",
    "12件",
    "分别",
    "比上年增长",
    "共",
    "2021年2月30日",
    "项：",
    "一是",
    "二是",
    "# ",
    "近30人",
    "3—5个",
    "第2季度",
    "三",
];

proptest! {
    #[test]
    fn every_body_is_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let session = session("", true);
        for name in ["r.md", "r.txt", "r.csv"] {
            let document = document(name, &pieces.concat());
            let report = session.check(&document);
            assert_whole(&document, &report);
            let mut page = Vec::new();
            let run = Run { reports: vec![report], ..Run::default() };
            output::page::write(&mut page, &run, &output::TextOptions::default()).unwrap();
            let page = String::from_utf8(page).unwrap();
            for tag in ["div", "span", "td", "th", "tr", "p"] {
                let opened = page.matches(&format!("<{tag} ")).count() + page.matches(&format!("<{tag}>")).count();
                let closed = page.matches(&format!("</{tag}>")).count();
                prop_assert_eq!(opened, closed, "{}", tag);
            }
        }
    }
}
