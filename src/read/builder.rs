//! A document's text while it is built out of a source's text, with the map between the two.

use std::ops::Range;

use crate::span::{OffsetMap, Span};

/// Collects text, each piece with the place in the source that it stands for. Places never go backwards.
pub(super) struct Builder<'a> {
    source: &'a str,
    text: String,
    map: OffsetMap,
    /// Where in the source the text ends so far.
    origin_end: usize,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, text: String::with_capacity(source.len()), map: OffsetMap::identity(), origin_end: 0 }
    }

    /// The source's text.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The length of the text so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Takes over a part of the source as it is.
    pub fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.map.push(self.text.len(), range.start, 1, 1);
            self.origin_end = range.end;
            self.text.push_str(&self.source[range]);
        }
    }

    /// Writes `text` for a part of the source as one unit: an entity, a line break with the marks after it.
    pub fn replace(&mut self, text: &str, range: Range<usize>) {
        let (Ok(step), length) = (u16::try_from(text.len()), range.len().min(u16::MAX.into())) else { return };
        if step > 0 {
            self.map.push(self.text.len(), range.start, step, length as u16);
            self.origin_end = range.end;
            self.text.push_str(text);
        }
    }

    /// Writes a line break that the source does not have, after what was written last.
    pub fn separate(&mut self) {
        self.separate_at(self.origin_end);
    }

    /// Writes text that the source does not have, after what was written last.
    pub fn insert(&mut self, text: &str) {
        self.replace(text, self.origin_end..self.origin_end);
    }

    /// Writes a line break that the source does not have, at the place `at`.
    pub fn separate_at(&mut self, at: usize) {
        // It stands for the mark-up behind what it ends, which nothing else does: that saves a piece of the map for each cell.
        let is_marked = self.source.as_bytes().get(at).is_some_and(u8::is_ascii);
        match is_marked && self.map.goes_on(self.text.len(), at) {
            true => self.text.push('\n'),
            false => self.replace("\n", at..at),
        }
    }

    /// Writes `text`, whose characters stand in `range` in the same order with some marks between them (a code span, an
    /// escape); white space may have become blanks.
    pub fn align(&mut self, text: &str, range: Range<usize>) {
        // More marks than this never stand between two characters; the bound keeps the search linear.
        const MARKS: usize = 64;
        if self.source[range.clone()] == *text {
            return self.copy(range);
        }
        let mut at = range.start;
        for c in text.chars() {
            let fits = |&(_, s): &(usize, char)| s == c || c == ' ' && s.is_whitespace();
            let found = self.source[at..range.end].char_indices().take(MARKS).find(fits);
            let (skipped, length) = found.map_or((0, 0), |(skipped, s)| (skipped, s.len_utf8()));
            at += skipped;
            self.replace(c.encode_utf8(&mut [0; 4]), at..at + length);
            at += length;
        }
    }

    /// The text from `start` on, without white space around it.
    pub fn trimmed_from(&self, start: usize) -> Span {
        let text = self.text[start..].trim_start();
        let start = self.text.len() - text.len();
        Span::new(start, start + text.trim_end().len())
    }

    pub fn finish(self) -> (String, OffsetMap) {
        (self.text, self.map)
    }
}
