//! Numbers of pages: a page printed from a document with pages holds them as paragraphs of their own.

use rustc_hash::FxHashMap;

use crate::document::{Block, BlockKind, Document};
use crate::span::Span;

/// So many numbers that count up by one, behind the same words, number pages.
const FEWEST: usize = 3;

/// A longer text is no line at the end of a page, in bytes.
const LONGEST: usize = 160;

/// Finds page numbers, in order: the last word of short paragraphs (`Annual report | 12`) or of single-row tables, where these
/// count up by one behind the same words.
pub(super) fn of_pages(document: &Document) -> Vec<Span> {
    // By words: the numbers that count up to the last that was met. A table with a single row may have a million that do not.
    let mut series: FxHashMap<&str, Vec<(u32, Span)>> = FxHashMap::default();
    let mut spans = Vec::new();
    let mut end = |run: &mut Vec<(u32, Span)>| {
        let spans_of = run.drain(..).map(|(_, span)| span);
        if spans_of.len() >= FEWEST {
            spans.extend(spans_of);
        }
    };
    for block in document.blocks.iter() {
        if let Some((words, number, span)) = numbered(document, &block) {
            let run = series.entry(words).or_default();
            if run.last().is_some_and(|last| last.0 + 1 != number) {
                end(run);
            }
            run.push((number, span));
        }
    }
    series.values_mut().for_each(end);
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

/// The words of a line that ends in a number of at most four digits, the number, and where it stands.
fn numbered<'d>(document: &'d Document, block: &Block) -> Option<(&'d str, u32, Span)> {
    let may_end_a_page = match block.kind {
        BlockKind::Paragraph => true,
        BlockKind::Cell { table, .. } => document.tables[table as usize].rows == 1,
        _ => false,
    };
    if !may_end_a_page || block.span.len() > LONGEST {
        return None;
    }
    let text = document.slice(block.span);
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &text[words.len()..];
    let stands_apart = words.is_empty() || words.ends_with(|c: char| c.is_whitespace() || c == '|');
    if !(1..=4).contains(&digits.len()) || !stands_apart {
        return None;
    }
    let span = Span::new(block.span.start as usize + words.len(), block.span.end as usize);
    Some((words.trim_end(), digits.parse().ok()?, span))
}
