//! HTML inside Markdown, cut into text, character references and tags, each with its place.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as TokenSpan, Tokenizer};

use super::entity::{self, Reference};
use super::tag::Tag;

/// A piece of HTML, with its place.
pub(super) enum Piece {
    /// Text to take over.
    Text(Range<usize>),
    /// A character reference.
    Reference(Reference, Range<usize>),
    /// A start tag.
    Start(Tag, Range<usize>),
    /// An end tag.
    End(Tag),
    /// A comment; the range covers its marks too.
    Comment(Range<usize>),
}

/// The pieces of `html`, in order; `offset` is added to their places. What is not shown (scripts, styles) is left out.
pub(super) fn pieces(html: &str, offset: usize, each: impl FnMut(Piece)) {
    let mut cutter = Cutter { html, offset, each, start: (0, Tag::Inline), hidden: None, name: Vec::new(), end: 0 };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: TokenSpan<usize>| -> Option<Infallible> {
        cutter.event(event, span);
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    // A tag that is never closed is none.
    cutter.text(cutter.end..html.len());
}

struct Cutter<'a, F> {
    html: &'a str,
    offset: usize,
    each: F,
    /// Where the open start tag begins, and what its element is.
    start: (usize, Tag),
    /// The name of the element whose text is not shown.
    hidden: Option<Vec<u8>>,
    /// The name in the open start tag, if its text will not be.
    name: Vec<u8>,
    /// Where the last token ends.
    end: usize,
}

impl<F: FnMut(Piece)> Cutter<'_, F> {
    fn event(&mut self, event: CallbackEvent, span: TokenSpan<usize>) {
        match event {
            CallbackEvent::String { .. } => self.text(span.start..span.end),
            CallbackEvent::OpenStartTag { name } => {
                self.start = (span.start, Tag::of(name));
                self.name.clear();
                self.name.extend_from_slice(name);
                return;
            }
            CallbackEvent::AttributeName { .. } | CallbackEvent::AttributeValue { .. } => return,
            CallbackEvent::CloseStartTag { .. } => self.start_tag(span.end),
            CallbackEvent::EndTag { name } if self.hidden.as_deref() == Some(name) => self.hidden = None,
            CallbackEvent::EndTag { name } => self.give(Piece::End(Tag::of(name))),
            CallbackEvent::Comment { .. } if self.html[span.start..].starts_with("<!--") => {
                self.give(Piece::Comment(self.place(span.start..span.end)));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {}
            CallbackEvent::Error(_) => return,
        }
        self.end = span.end;
    }

    fn start_tag(&mut self, end: usize) {
        let (start, tag) = self.start;
        self.give(Piece::Start(tag, self.place(start..end)));
        if matches!(tag, Tag::Hidden | Tag::Style) {
            self.hidden.get_or_insert_with(|| std::mem::take(&mut self.name));
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let mut from = range.start;
        let mut at = from;
        while let Some(found) = memchr::memchr(b'&', &self.html.as_bytes()[at..range.end]) {
            at += found;
            let Some(reference) = entity::decode(&self.html[at..range.end]) else {
                at += 1;
                continue;
            };
            self.plain(from..at);
            self.give(Piece::Reference(reference, self.place(at..at + reference.length)));
            at += reference.length;
            from = at;
        }
        self.plain(from..range.end);
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.give(Piece::Text(self.place(range)));
        }
    }

    fn give(&mut self, piece: Piece) {
        if self.hidden.is_none() {
            (self.each)(piece);
        }
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.offset..range.end + self.offset
    }
}
