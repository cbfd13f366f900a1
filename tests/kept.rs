//! What is kept of a report from check to check changes nothing: after every edit it is told what a check from nothing tells.

use std::path::Path;

use figlint::check::{Options, Reach, Session, detect};
use figlint::document::Format;
use figlint::read;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What is written into a report, beside the examples of the built-in checks.
const PIECES: &[&str] = &[
    "",
    "",
    "5",
    "0",
    "，",
    "。",
    "年",
    "\n\n",
    "\n\n",
    "\n",
    "# ",
    "\n\n## 2022年\n\n",
    "\n\n一、2020年全县情况\n\n",
    "- ",
    "1. ",
    "1\\. ",
    "|",
    "`",
    "其中",
    "万",
    "2020年，",
    "财政拨款支出300万元，主要内容如下：\n\n1\\. 教育10万元。\n\n2\\. 卫生20万元。\n\n3\\. 农业270万元。\n\n",
    "数据均截尾，不四舍五入。",
    "In 2024 the number of visitors was 12,345. ",
    "全县粮食总产量达到12354吨。",
    "2020年全县粮食总产量达到12345吨。",
];

/// An edit of a report: the text from one place to another gives way to a piece, an example, or what stands at a third place.
#[derive(Clone, Debug)]
struct Edit {
    at: Index,
    length: usize,
    new: New,
}

#[derive(Clone, Debug)]
enum New {
    Text(String),
    Copied(Index, usize),
}

impl Edit {
    fn make(&self, text: &mut String) {
        let new = match &self.new {
            New::Text(text) => text.clone(),
            New::Copied(at, length) => text[range(text, at, *length)].to_owned(),
        };
        text.replace_range(range(text, &self.at, self.length), &new);
    }
}

/// A part of a text, in whole characters.
fn range(text: &str, at: &Index, length: usize) -> std::ops::Range<usize> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = at.index(text.len() + 1);
    boundary(start)..boundary(start + length)
}

fn edit() -> impl Strategy<Value = Edit> {
    let length = prop_oneof![6 => 0usize..4, 1 => 0usize..300];
    let new = prop_oneof![
        4 => select(PIECES).prop_map(|piece| New::Text(piece.to_owned())),
        1 => select(examples()).prop_map(New::Text),
        1 => (any::<Index>(), 0usize..400).prop_map(|(at, length)| New::Copied(at, length)),
    ];
    (any::<Index>(), length, new).prop_map(|(at, length, new)| Edit { at, length, new })
}

/// The examples of all built-in checks: there is something right, wrong and neither for each.
fn examples() -> Vec<String> {
    let files = detect::rule_files(|_| true);
    let rules = files.iter().flat_map(|file| &file.rules);
    rules.flat_map(|rule| &rule.examples).map(|example| format!("\n\n{}\n\n", example.text)).collect()
}

fn session(keep: bool) -> Session {
    let files = detect::rule_files(|_| true).into_iter().map(|file| (file, Reach::Every)).collect();
    Session::new(files, Options { keep, show_holds: true, coverage: true, body: true, ..Options::default() })
}

/// All that a session tells of a report.
fn told(session: &Session, text: &str, format: Format) -> String {
    let options = read::Options { format: Some(format), ..read::Options::default() };
    let document = read::bytes(Path::new("report"), text.as_bytes().to_vec(), &options).unwrap();
    format!("{:#?}", session.check(&document))
}

/// An edit of a report whose tables have a row on each line.
#[derive(Clone, Debug)]
enum Rows {
    /// A cell, or another word of a line, gives way to something else.
    Change(Index, Index, &'static str),
    /// So many lines stand elsewhere, too: rows, headers, a whole table.
    Copy(Index, usize, Index),
    /// So many lines fall away.
    Remove(Index, usize),
}

const CELLS: &[&str] = &[
    "",
    "5",
    "1,234",
    "12.5%",
    "2024",
    "—",
    "(3)",
    "$ 7",
    "Total",
    "其中：",
    "万元",
    "2 of 3",
    "1.5亿元",
    "x",
    "5 |",
    "\"7",
];

impl Rows {
    fn make(&self, text: &mut String) {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let part = |at: &Index, count: usize| at.index(lines.len())..(at.index(lines.len()) + count).min(lines.len());
        match self {
            Rows::Change(line, at, new) => {
                let at_line = line.index(lines.len());
                let line = &mut lines[at_line];
                let is_part = |c: char| !matches!(c, '|' | '<' | '>' | ' ') && (c != ',' || line.contains(['|', '<']));
                let words: Vec<&str> = line.split(|c| !is_part(c)).filter(|word| !word.is_empty()).collect();
                if !words.is_empty() {
                    let start = at.get(&words).as_ptr() as usize - line.as_ptr() as usize;
                    line.replace_range(start..start + at.get(&words).len(), new);
                }
            }
            Rows::Copy(from, count, to) => {
                let copied = lines[part(from, *count)].to_vec();
                let to = to.index(lines.len() + 1);
                lines.splice(to..to, copied);
            }
            Rows::Remove(at, count) => drop(lines.drain(part(at, *count))),
        }
        *text = lines.join("\n");
    }
}

fn rows() -> impl Strategy<Value = Rows> {
    let count = || prop_oneof![4 => 1usize..3, 1 => 1usize..16];
    prop_oneof![
        6 => (any::<Index>(), any::<Index>(), select(CELLS)).prop_map(|(line, at, new)| Rows::Change(line, at, new)),
        2 => (any::<Index>(), count(), any::<Index>()).prop_map(|(from, count, to)| Rows::Copy(from, count, to)),
        1 => (any::<Index>(), count()).prop_map(|(at, count)| Rows::Remove(at, count)),
    ]
}

/// A table whose last column and row are sums, below what is said of it.
fn table() -> impl Strategy<Value = (&'static str, Vec<Vec<String>>)> {
    let above = select(
        &[
            "Table 1: costs by office, 2023 and 2024",
            "Table 2 ($ in millions)",
            "表3 收支总表（单位：万元）",
            "2024 costs were:",
        ][..],
    );
    let amounts = proptest::collection::vec(proptest::collection::vec(100u64..99_999, 2..5), 2..7);
    let table =
        (amounts, select(&["2023,2024,Change,Growth (%)", "North,South,East,West", "金额,占比,件数,比上年增减"][..]));
    let table = table.prop_map(|(amounts, headers)| {
        let columns = amounts[0].len();
        let mut rows =
            vec![[&["Item"][..], &headers.split(',').take(columns).collect::<Vec<_>>(), &["Total"]].concat()];
        let mut rows: Vec<Vec<String>> =
            rows.drain(..).map(|row| row.into_iter().map(str::to_owned).collect()).collect();
        let amount = |row: &Vec<u64>, column: usize| row.get(column).copied().unwrap_or_default();
        let named = |name: String, mut amounts: Vec<u64>| {
            amounts.push(amounts.iter().sum());
            [name].into_iter().chain(amounts.iter().map(u64::to_string)).collect::<Vec<String>>()
        };
        for (at, row) in amounts.iter().enumerate() {
            let own = (0..columns).map(|column| amount(row, column)).collect();
            rows.push(named(format!("Office of district {at}"), own));
        }
        let sums = (0..columns).map(|column| amounts.iter().map(|row| amount(row, column)).sum::<u64>());
        rows.push(named("Total".to_owned(), sums.collect()));
        rows
    });
    (above, table)
}

/// Tables as a report of a format has them.
fn written(tables: &[(&str, Vec<Vec<String>>)], format: Format) -> String {
    let mut text = String::new();
    for (above, rows) in tables {
        match format {
            Format::Csv => rows.iter().for_each(|row| text += &format!("{}\n", row.join(","))),
            Format::Html => {
                let row = |row: &Vec<String>| format!("<tr><td>{}</td></tr>\n", row.join("</td><td>"));
                let rows: String = rows.iter().map(row).collect();
                text += &format!("<p>{above}</p>\n<table>\n{rows}</table>\n<p>Note: as of 2024.</p>\n");
            }
            _ => {
                let mut lines = rows.iter().map(|row| format!("| {} |\n", row.join(" | ")));
                let head = lines.next().unwrap_or_default();
                let marks = format!("|{}\n", "---|".repeat(rows[0].len()));
                text += &format!("{above}\n\n{head}{marks}{}\nNote: as of 2024.\n\n", lines.collect::<String>());
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn edited_tables_are_told_as_new_ones(
        tables in proptest::collection::vec(table(), 1..6),
        edits in proptest::collection::vec(prop_oneof![4 => rows().prop_map(Ok), 1 => edit().prop_map(Err)], 1..10),
        format in select(&[Format::Markdown, Format::Csv, Format::Html][..]),
    ) {
        let (kept, fresh) = (session(true), session(false));
        let mut text = written(&tables, format);
        told(&kept, &text, format);
        for edit in &edits {
            match edit {
                Ok(rows) => rows.make(&mut text),
                Err(edit) => edit.make(&mut text),
            }
            let (now, new) = (told(&kept, &text, format), told(&fresh, &text, format));
            prop_assert!(now == new, "{}\n{text}", similar::TextDiff::from_lines(&new, &now).unified_diff());
        }
    }

    #[test]
    fn an_edited_report_is_told_as_a_new_one(
        parts in proptest::collection::vec(select(examples()), 1..25),
        edits in proptest::collection::vec(edit(), 1..8),
        format in select(&[Format::Markdown, Format::Text][..]),
    ) {
        let (kept, fresh) = (session(true), session(false));
        let mut text = parts.concat();
        told(&kept, &text, format);
        for edit in &edits {
            edit.make(&mut text);
            let (now, new) = (told(&kept, &text, format), told(&fresh, &text, format));
            prop_assert!(now == new, "{}\n{text}", similar::TextDiff::from_lines(&new, &now).unified_diff());
        }
    }
}
