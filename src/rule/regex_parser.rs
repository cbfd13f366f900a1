//! Regular expressions as patterns (`regex`).

use std::ops::Range;

use super::NameKind;
use super::error::Fault;
use super::pattern::{FIGURE_REGEX, PatternKind};
use super::pattern_parser::Declare;

/// How long a regular expression may be, in bytes.
pub const MAX_REGEX: usize = 64 << 10;

/// How large a compiled regular expression may be, in bytes.
const REGEX_SIZE: usize = 4 << 20;

/// Parses a regular expression: `{figure}` replaced, and its named groups with the indices that `declare` gives them.
pub(super) fn parse_regex(text: &str, declare: &mut Declare) -> Result<PatternKind, Vec<Fault>> {
    if text.len() > MAX_REGEX {
        return Err(vec![Fault::new(
            0..text.len(),
            format!("a regular expression can have {MAX_REGEX} bytes at most"),
        )]);
    }
    let regex = text.replace("{figure}", FIGURE_REGEX);
    let compiled = regex::RegexBuilder::new(&regex).size_limit(REGEX_SIZE).build();
    let compiled = compiled.map_err(|error| vec![regex_fault(text, &regex, &error)])?;
    let (mut slots, mut faults) = (Vec::new(), Vec::new());
    for group in compiled.capture_names().flatten() {
        let start = group_place(text, group);
        match declare(group, NameKind::Figure, start..start + group.len()) {
            Ok(at) => slots.push((group.to_owned(), at)),
            Err(fault) => faults.push(fault),
        }
    }
    if compiled.is_match("") {
        faults
            .push(Fault::new(0..text.len(), "this regular expression fits an empty text, so it would fit everywhere"));
    }
    if faults.is_empty() { Ok(PatternKind::Regex { regex, slots }) } else { Err(faults) }
}

/// Where a group's name is written.
fn group_place(text: &str, group: &str) -> usize {
    text.find(&format!("<{group}>")).map_or(0, |at| at + 1)
}

/// The regex crate tells the place of a syntax error only as a caret below the expression, with four spaces before both.
fn regex_fault(text: &str, regex: &str, error: &regex::Error) -> Fault {
    if let regex::Error::CompiledTooBig(limit) = error {
        let message = format!("this regular expression needs more than the limit of {} MB", limit >> 20);
        return Fault::new(0..text.len(), message);
    }
    let told = error.to_string();
    let message = told.lines().rev().find_map(|line| line.strip_prefix("error: ")).unwrap_or("it cannot be read");
    let caret = told.lines().rev().find(|line| !regex.contains('\n') && line.trim_start().starts_with('^'));
    let place = caret.and_then(|line| line.find('^')).and_then(|column| column.checked_sub(4));
    let range = place.map_or(0..text.len(), |column| unreplaced(text, column));
    Fault::new(range, format!("regular expression: {message}"))
}

/// The character of `text` that stands at `column` (in characters) once every `{figure}` is replaced.
fn unreplaced(text: &str, column: usize) -> Range<usize> {
    let (mut at, mut left) = (0, column);
    while let Some(c) = text[at..].chars().next() {
        let (length, width) = match text[at..].starts_with("{figure}") {
            true => ("{figure}".len(), FIGURE_REGEX.chars().count()),
            false => (c.len_utf8(), 1),
        };
        if left < width {
            return at..at + length;
        }
        left -= width;
        at += length;
    }
    text.len()..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_groups_of_a_regex_are_its_slots() {
        let mut declared = Vec::new();
        let kind = parse_regex("甲(?<总数>{figure})乙(?P<b>{figure})(丙)?", &mut |name, _, range| {
            declared.push((name.to_owned(), range));
            Ok(declared.len() - 1)
        })
        .unwrap();
        let PatternKind::Regex { slots, .. } = kind else { panic!("{kind:?}") };
        assert_eq!(slots, [("总数".to_owned(), 0), ("b".to_owned(), 1)]);
        assert_eq!(declared[1], ("b".to_owned(), 29..30));
        let figure = regex::Regex::new(&format!("^{FIGURE_REGEX}$")).unwrap();
        for text in ["17,660", "94.1%", "2.5358亿", "六十", "-3", "１２", "3个百分点", "$1,234.5"] {
            assert!(figure.is_match(text), "{text}");
        }
    }
}
