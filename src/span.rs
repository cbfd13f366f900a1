//! Byte spans, the map from text to file offsets, and the line index: the only place that converts positions.

use serde::{Deserialize, Serialize};

use crate::compact::{Compact, List, Small};

/// A half-open range of byte offsets into a text (a document's, a source's or a rule file's; the owner says which).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `usize` offsets. Texts are limited to 4 GiB when they are read, so the conversion cannot fail there.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A map from byte offsets in one text to byte offsets in what it was made of: decoded text to bytes on disk, or a
/// document's text to its source's text. Without pieces it is the identity.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    pieces: List<Piece>,
}

/// From `text` on, every step of `text_step` bytes of text stands for `origin_step` bytes of the origin, until the next
/// piece starts. `origin_step` 0: text that has no counterpart (inserted by the reader).
#[derive(Clone, Copy, Debug)]
struct Piece {
    text: u32,
    origin: u32,
    text_step: u16,
    origin_step: u16,
}

impl OffsetMap {
    /// The map under which every offset stays what it is.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Whether every offset stays what it is.
    pub fn is_identity(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Starts a piece at offset `text` that stands for offset `origin` and steps as said. Pieces are pushed in text order; one
    /// that only continues the last is merged into it.
    pub fn push(&mut self, text: usize, origin: usize, text_step: u16, origin_step: u16) {
        let piece = Piece { text: text as u32, origin: origin as u32, text_step, origin_step };
        if let Some(last) = self.pieces.last() {
            let same = last.text_step == text_step && last.origin_step == origin_step;
            if same && last.at(piece.text) == piece.origin {
                return;
            }
            if last.text == piece.text {
                return self.pieces.change(self.pieces.len() - 1, |last| *last = piece);
            }
        }
        self.pieces.push(piece);
    }

    /// Whether a byte of text at offset `text`, behind all pieces, stands for the one at offset `origin` without a piece of its own.
    pub fn goes_on(&self, text: usize, origin: usize) -> bool {
        let is_next =
            |last: Piece| (last.text_step, last.origin_step) == (1, 1) && last.at(text as u32) as usize == origin;
        self.pieces.last().is_some_and(is_next)
    }

    /// The origin of a span: from the origin of its first byte to the end of the origin of its last.
    pub fn to_origin(&self, span: Span) -> Span {
        if self.is_identity() {
            return span;
        }
        let index = self.pieces.partition_point(|p| p.text <= span.start).saturating_sub(1);
        let first = self.pieces.at(index);
        let start = first.at(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        // Nearly all spans end in the piece in which they start.
        let ends_there = self.pieces.get(index + 1).is_none_or(|next| next.text >= span.end);
        let last = if ends_there { first } else { self.piece(span.end - 1) };
        Span { start, end: last.end_of(span.end - 1).max(start) }
    }

    fn piece(&self, text: u32) -> Piece {
        let after = self.pieces.partition_point(|p| p.text <= text);
        self.pieces.at(after.saturating_sub(1))
    }
}

impl Compact for Piece {
    type Small = ShortPiece;
}

/// A piece near those before it, of short steps.
#[derive(Clone, Copy, Debug)]
struct ShortPiece {
    /// From the base's on; of a piece that is kept whole the lower half of its place.
    text: u16,
    /// The same; or the upper half of the place.
    origin: u16,
    text_step: u8,
    /// [`WHOLE`] of a piece that is kept whole.
    origin_step: u8,
}

const WHOLE: u8 = u8::MAX;

impl Small<Piece> for ShortPiece {
    /// Offsets in the text and in the origin.
    type Base = (u32, u32);

    fn base(piece: &Piece, _: Option<&(u32, u32)>) -> (u32, u32) {
        (piece.text, piece.origin)
    }

    fn of(piece: &Piece, &(text, origin): &(u32, u32)) -> Option<Self> {
        Some(Self {
            text: piece.text.checked_sub(text)?.try_into().ok()?,
            origin: piece.origin.checked_sub(origin)?.try_into().ok()?,
            text_step: piece.text_step.try_into().ok()?,
            origin_step: piece.origin_step.try_into().ok().filter(|&step| step != WHOLE)?,
        })
    }

    fn reference(place: u32) -> Self {
        Self { text: place as u16, origin: (place >> 16) as u16, text_step: 0, origin_step: WHOLE }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.origin_step == WHOLE).then_some(u32::from(self.text) | u32::from(self.origin) << 16)
    }

    #[inline]
    fn item(&self, &(text, origin): &(u32, u32)) -> Piece {
        Piece {
            text: text + u32::from(self.text),
            origin: origin + u32::from(self.origin),
            text_step: self.text_step.into(),
            origin_step: self.origin_step.into(),
        }
    }
}

impl Piece {
    fn steps(&self, text: u32) -> u32 {
        text.saturating_sub(self.text) / u32::from(self.text_step.max(1))
    }

    fn at(&self, text: u32) -> u32 {
        self.origin + self.steps(text) * u32::from(self.origin_step)
    }

    fn end_of(&self, text: u32) -> u32 {
        self.origin + (self.steps(text) + 1) * u32::from(self.origin_step)
    }
}

/// Where lines start in a text; `\n`, `\r\n` and a lone `\r` each end a line.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// In lines that are longer than [`STRIDE`]: an offset about every so many bytes, and what stands before it in its line.
    /// Pages of the web may be a single line of some megabytes.
    marks: Vec<Mark>,
}

/// A place in a long line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// The offset in the text.
    at: u32,
    /// How many characters stand before it in its line.
    characters: u32,
    /// How many of these take two units in UTF-16.
    wide: u32,
}

/// How many bytes of a line are counted through at most.
const STRIDE: usize = 1024;

/// A place for people: line and column count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A place as editors count: line and character count from 0, characters in the units of an encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// How many units stand before it in its line.
    pub character: u32,
}

/// The units in which editors count the characters of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// 16-bit units of UTF-16: two for characters beyond U+FFFF.
    Utf16,
}

impl LineIndex {
    /// Indexes a text in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at as u32 + 1);
        let starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
        let mut marks = Vec::new();
        for (line, &start) in starts.iter().enumerate() {
            let end = starts.get(line + 1).map_or(text.len(), |&next| next as usize);
            mark_line(text, start as usize..end, &mut marks);
        }
        Self { starts, marks }
    }

    /// The line and column of a byte offset of `text`, the text that was indexed.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.starts.partition_point(|&start| start <= offset);
        let mark = self.mark(line - 1, |mark| mark.at <= offset);
        let column = mark.characters as usize + text[mark.at as usize..offset as usize].chars().count() + 1;
        LineColumn { line: line as u32, column: column as u32 }
    }

    /// The place of a byte offset of `text`, the text that was indexed, as editors count.
    pub fn position(&self, text: &str, offset: u32, units: Units) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset) - 1;
        let character = match units {
            Units::Utf8 => offset - self.starts[line],
            Units::Utf16 => {
                let mark = self.mark(line, |mark| mark.at <= offset);
                let rest = &text[mark.at as usize..offset as usize];
                mark.units() + rest.encode_utf16().count() as u32
            }
        };
        Position { line: line as u32, character }
    }

    /// The byte offset in `text`, the text that was indexed, of a place as editors count. Past a line's end it is the line's
    /// end, past the last line the text's; inside a character it is the character's start.
    pub fn offset(&self, text: &str, position: Position, units: Units) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else { return text.len() as u32 };
        let line = self.line_span(text, position.line + 1);
        match units {
            Units::Utf8 => {
                let at = start.saturating_add(position.character).min(line.end) as usize;
                (start as usize..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(start as usize) as u32
            }
            Units::Utf16 => {
                let mark = self.mark(position.line as usize, |mark| mark.units() <= position.character);
                let (mut at, mut units) = (mark.at.min(line.end), mark.units());
                for c in text[at as usize..line.end as usize].chars() {
                    units += c.len_utf16() as u32;
                    if units > position.character {
                        break;
                    }
                    at += c.len_utf8() as u32;
                }
                at
            }
        }
    }

    /// The last mark of a line that fits, or the line's start. `fits` is true of a line's first marks only.
    fn mark(&self, line: usize, fits: impl Fn(&Mark) -> bool) -> Mark {
        let start = self.starts[line];
        let first = self.marks.partition_point(|mark| mark.at < start);
        let own = self.starts.get(line + 1).map_or(&self.marks[first..], |&next| {
            let end = self.marks.partition_point(|mark| mark.at < next);
            &self.marks[first..end]
        });
        let before = own.partition_point(fits);
        before.checked_sub(1).map_or(Mark { at: start, characters: 0, wide: 0 }, |at| own[at])
    }

    /// The span of a line, its end mark left out.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let start = self.starts[line as usize - 1] as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |&next| next as usize);
        Span::new(start, start + text[start..end].trim_end_matches(['\n', '\r']).len())
    }
}

impl Mark {
    /// How many units of UTF-16 stand before it in its line.
    fn units(&self) -> u32 {
        self.characters + self.wide
    }
}

/// Marks a long line.
fn mark_line(text: &str, line: std::ops::Range<usize>, marks: &mut Vec<Mark>) {
    let (mut at, mut characters, mut wide) = (line.start, 0, 0);
    while line.end - at > STRIDE {
        let next = (at + STRIDE..).find(|&next| text.is_char_boundary(next)).unwrap_or(line.end);
        characters += text[at..next].chars().count() as u32;
        // Only characters beyond U+FFFF start with such a byte.
        wide += text.as_bytes()[at..next].iter().filter(|&&byte| byte >= 0xf0).count() as u32;
        marks.push(Mark { at: next as u32, characters, wide });
        at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn offset() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 0..200u32, 1 => 65_530..65_540u32, 1 => any::<u32>()]
    }

    proptest! {
        #[test]
        fn pieces_come_out_as_they_went_in(pieces in prop::collection::vec((offset(), offset(), 0..300u16, 0..300u16), 1..150)) {
            let piece = |(text, origin, text_step, origin_step)| Piece { text, origin, text_step, origin_step };
            let pieces: Vec<Piece> = pieces.into_iter().map(piece).collect();
            let list: List<Piece> = pieces.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{pieces:?}"));
        }
    }

    #[test]
    fn pieces_are_small() {
        assert_eq!(size_of::<ShortPiece>(), 6);
    }

    #[test]
    fn columns_of_long_lines_are_counted_from_near() {
        let text = format!("short\n{}\r\n{}x", "数字5".repeat(900), "é".repeat(STRIDE));
        let lines = LineIndex::new(&text);
        assert!(lines.marks.len() > 6);
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(lines.line_column(&text, at as u32), LineColumn { line, column }, "{at}");
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }

    #[test]
    fn editors_count_in_their_own_units() {
        let text = format!("a数𝟗b\r\n\n{}\rx", "数𝟗5".repeat(700));
        let lines = LineIndex::new(&text);
        let (mut line, mut utf8, mut utf16) = (0, 0, 0);
        for (at, c) in text.char_indices() {
            let at = at as u32;
            for (units, character) in [(Units::Utf8, utf8), (Units::Utf16, utf16)] {
                assert_eq!(lines.position(&text, at, units), Position { line, character }, "{at}");
                // A place after `\r` of `\r\n` is no place of its own.
                if c != '\n' || text.as_bytes()[at as usize - 1] != b'\r' {
                    assert_eq!(lines.offset(&text, Position { line, character }, units), at, "{at}");
                    let inside = Position { line, character: character + 1 };
                    assert!(c.len_utf16() == 1 || lines.offset(&text, inside, units) == at, "{at}");
                }
            }
            let ends = c == '\n' || c == '\r' && text.as_bytes().get(at as usize + 1) != Some(&b'\n');
            (utf8, utf16) = (utf8 + c.len_utf8() as u32, utf16 + c.len_utf16() as u32);
            if ends {
                (line, utf8, utf16) = (line + 1, 0, 0);
            }
        }
        for units in [Units::Utf8, Units::Utf16] {
            let end = text.len() as u32;
            let beyond = [(0, 99, 9), (1, 5, 11), (3, 7, end), (4, 0, end), (u32::MAX, u32::MAX, end)];
            for (line, character, expected) in beyond {
                assert_eq!(lines.offset(&text, Position { line, character }, units), expected, "{line}:{character}");
            }
        }
    }
}
