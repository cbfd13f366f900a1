//! Text between tags: entities decoded, white space set apart.

use std::ops::Range;

use super::page::{Run, RunKind};
use crate::read::entity;
use crate::span::Span;

/// Splits text into runs, in order. White space never starts or ends a run of text, nor stands in it doubled.
pub(super) fn split(source: &str, range: Range<usize>, keep_lines: bool, runs: &mut Vec<Run>) {
    let bytes = &source.as_bytes()[..range.end];
    let (mut at, mut start) = (range.start, range.start);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'&' {
            push_text(source, start..at, runs);
            at = reference(source, at..range.end, runs);
            start = at;
        } else if byte.is_ascii_whitespace() && (byte != b' ' || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace))
        {
            push_text(source, start..at, runs);
            let length = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            let breaks = keep_lines && bytes[at..at + length].iter().any(|b| matches!(b, b'\n' | b'\r'));
            push(runs, at..at + length, RunKind::Space(if breaks { '\n' } else { ' ' }));
            at += length;
            start = at;
        } else {
            at += 1;
        }
    }
    push_text(source, start..range.end, runs);
}

/// The text of runs.
pub(super) fn of(source: &str, runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run.kind {
            RunKind::Text => text.push_str(&source[run.span.range()]),
            RunKind::Char(c) | RunKind::Space(c) => text.push(c),
        }
    }
    text
}

/// The last characters of the text of runs, at most `most`.
pub(super) fn tail(source: &str, runs: &[Run], most: usize) -> String {
    // Each run has a character at least.
    let text = of(source, &runs[runs.len().saturating_sub(most)..]);
    let start = text.char_indices().rev().take(most).last().map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// Writes each character of the runs from `from` on as `respelled` says.
pub(super) fn respell(source: &str, runs: &mut Vec<Run>, from: usize, mut respelled: impl FnMut(char) -> char) {
    for run in runs.split_off(from) {
        match run.kind {
            RunKind::Text => {
                let start = run.span.start as usize;
                for (at, c) in source[run.span.range()].char_indices() {
                    push(runs, start + at..start + at + c.len_utf8(), RunKind::Char(respelled(c)));
                }
            }
            RunKind::Char(c) => runs.push(Run { kind: RunKind::Char(respelled(c)), ..run }),
            RunKind::Space(_) => runs.push(run),
        }
    }
}

fn push(runs: &mut Vec<Run>, range: Range<usize>, kind: RunKind) {
    runs.push(Run { span: Span::new(range.start, range.end), kind });
}

fn push_text(source: &str, range: Range<usize>, runs: &mut Vec<Run>) {
    let text = &source[range.clone()];
    let inner = text.trim_matches(is_space);
    let start = range.start + (text.len() - text.trim_start_matches(is_space).len());
    let end = start + inner.len();
    let space = |text: &str| {
        let shown = text.chars().find(|c| c.is_whitespace()).or(text.chars().next());
        shown.map(|c| RunKind::Space(if c.is_ascii() { ' ' } else { c }))
    };
    if let Some(kind) = space(&source[range.start..start]) {
        push(runs, range.start..start, kind);
    }
    if start < end {
        push(runs, start..end, RunKind::Text);
    }
    if let Some(kind) = space(&source[end.min(range.end)..range.end]).filter(|_| start < range.end) {
        push(runs, end..range.end, kind);
    }
}

/// Takes the character reference at the start of `range`; gives where it ends. A lone `&` is text.
fn reference(source: &str, range: Range<usize>, runs: &mut Vec<Run>) -> usize {
    let Some(reference) = entity::decode(&source[range.clone()]) else {
        push(runs, range.start..range.start + 1, RunKind::Text);
        return range.start + 1;
    };
    let end = range.start + reference.length;
    let mut place = range.start..end;
    for c in reference.characters() {
        push_char(runs, c, place);
        place = end..end;
    }
    end
}

/// Whether a character is white space, or nothing but a place where a line may break.
fn is_space(c: char) -> bool {
    c.is_whitespace() || takes_no_room(c)
}

/// Whether a character is shown as nothing at all.
pub(super) fn takes_no_room(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}')
}

fn push_char(runs: &mut Vec<Run>, c: char, place: Range<usize>) {
    let kind = match c {
        _ if c.is_ascii_whitespace() => RunKind::Space(' '),
        _ if is_space(c) => RunKind::Space(c),
        _ => RunKind::Char(c),
    };
    push(runs, place, kind);
}
