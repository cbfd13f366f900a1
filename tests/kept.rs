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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

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
