//! What a page consists of as it is kept between the passes: a page may have a cell for every five of its bytes.

use super::page::{Item, Paragraph, ParagraphKind, Part, RawCell, Run, RunKind};
use crate::compact::{Compact, Small, halves, joined};
use crate::span::Span;

impl Compact for Run {
    type Small = ShortRun;
}

impl Compact for Paragraph {
    type Small = ShortParagraph;
}

impl Compact for Item {
    type Small = ShortItem;
}

impl Compact for RawCell {
    type Small = ShortCell;
}

/// A piece of text of less than 64 KiB, near those before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShortRun {
    /// From the base on; of one that is kept whole the lower half of its place.
    start: u16,
    /// Or the upper half of the place.
    length: u16,
    /// The character (14 bits), and what it is: [`TEXT`] and so on.
    kind: u16,
}

const TEXT: u16 = 0;
const CHAR: u16 = 1;
const SPACE: u16 = 2;
const WHOLE: u16 = 3;
const CHARACTER_BITS: u32 = 14;

impl Small<Run> for ShortRun {
    /// A place in the source.
    type Base = u32;

    fn base(run: &Run, _: Option<&u32>) -> u32 {
        run.span.start
    }

    fn of(run: &Run, base: &u32) -> Option<Self> {
        let (kind, character) = match run.kind {
            RunKind::Text => (TEXT, 0),
            RunKind::Char(c) => (CHAR, u32::from(c)),
            RunKind::Space(c) => (SPACE, u32::from(c)),
        };
        let fits = character >> CHARACTER_BITS == 0;
        Some(Self {
            start: run.span.start.checked_sub(*base)?.try_into().ok()?,
            length: run.span.len().try_into().ok()?,
            kind: fits.then_some(kind << CHARACTER_BITS | character as u16)?,
        })
    }

    fn reference(place: u32) -> Self {
        let [start, length] = halves(place);
        Self { start, length, kind: WHOLE << CHARACTER_BITS }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.kind >> CHARACTER_BITS == WHOLE).then_some(joined([self.start, self.length]))
    }

    #[inline]
    fn item(&self, base: &u32) -> Run {
        let character = u32::from(self.kind & ((1 << CHARACTER_BITS) - 1));
        let character = char::from_u32(character).unwrap_or_default();
        let kind = match self.kind >> CHARACTER_BITS {
            CHAR => RunKind::Char(character),
            SPACE => RunKind::Space(character),
            _ => RunKind::Text,
        };
        let start = base + u32::from(self.start);
        Run { span: Span { start, end: start + u32::from(self.length) }, kind }
    }
}

/// A paragraph of few pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShortParagraph {
    /// Its first piece, from the base on; of one that is kept whole the lower half of its place.
    first: u16,
    /// Or the upper half of the place.
    indent: i16,
    /// How many pieces it has.
    count: u8,
    /// From the lowest bit: whether it is preformatted, whether it is bold, and what it is (6 bits): [`PLAIN`] and so on.
    looks: u8,
}

const PLAIN: u8 = 0;
const CODE: u8 = 1;
const WHOLE_PARAGRAPH: u8 = 2;
/// Level 0.
const HEADINGS: u8 = 3;

impl Small<Paragraph> for ShortParagraph {
    /// A piece.
    type Base = u32;

    fn base(paragraph: &Paragraph, _: Option<&u32>) -> u32 {
        paragraph.runs.first
    }

    fn of(paragraph: &Paragraph, base: &u32) -> Option<Self> {
        let kind = match paragraph.kind {
            ParagraphKind::Plain => PLAIN,
            ParagraphKind::Code => CODE,
            ParagraphKind::Heading(level) => HEADINGS.checked_add(level).filter(|kind| kind >> 6 == 0)?,
        };
        Some(Self {
            first: paragraph.runs.first.checked_sub(*base)?.try_into().ok()?,
            indent: paragraph.indent.try_into().ok()?,
            count: paragraph.runs.range().len().try_into().ok()?,
            looks: u8::from(paragraph.preformatted) | u8::from(paragraph.bold) << 1 | kind << 2,
        })
    }

    fn reference(place: u32) -> Self {
        let [first, indent] = halves(place);
        Self { first, indent: indent as i16, count: 0, looks: WHOLE_PARAGRAPH << 2 }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.looks >> 2 == WHOLE_PARAGRAPH).then_some(joined([self.first, self.indent as u16]))
    }

    #[inline]
    fn item(&self, base: &u32) -> Paragraph {
        let first = base + u32::from(self.first);
        let kind = match self.looks >> 2 {
            PLAIN | WHOLE_PARAGRAPH => ParagraphKind::Plain,
            CODE => ParagraphKind::Code,
            heading => ParagraphKind::Heading(heading - HEADINGS),
        };
        Paragraph {
            runs: Part { first, after: first + u32::from(self.count) },
            kind,
            preformatted: self.looks & 1 > 0,
            bold: self.looks & 2 > 0,
            indent: self.indent.into(),
        }
    }
}

/// What stands in a cell: its number (30 bits), and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShortItem(u32);

const PARAGRAPH: u32 = 0;
const TABLE: u32 = 1;
const WHOLE_ITEM: u32 = 2;

impl Small<Item> for ShortItem {
    type Base = ();

    fn base(_: &Item, _: Option<&()>) {}

    fn of(item: &Item, (): &()) -> Option<Self> {
        let (number, kind) = match *item {
            Item::Paragraph(number) => (number, PARAGRAPH),
            Item::Table(number) => (number, TABLE),
        };
        (number >> 30 == 0).then_some(Self(number << 2 | kind))
    }

    fn reference(place: u32) -> Self {
        Self(place << 2 | WHOLE_ITEM)
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.0 & 3 == WHOLE_ITEM).then_some(self.0 >> 2)
    }

    #[inline]
    fn item(&self, (): &()) -> Item {
        let number = self.0 >> 2;
        if self.0 & 3 == TABLE { Item::Table(number) } else { Item::Paragraph(number) }
    }
}

/// A cell that covers few rows and columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShortCell {
    /// Its first item, from the base on; of one that is kept whole the lower half of its place.
    first: u16,
    /// How many items stand in it (7 bits), and whether it is a header; [`WHOLE_CELL`] of one that is kept whole.
    count: u8,
    row_span: u8,
    column_span: u8,
    /// Of one that is kept whole the upper parts of the place are `row_span` and `column_span`.
    header: bool,
}

const WHOLE_CELL: u8 = u8::MAX;

impl Small<RawCell> for ShortCell {
    /// An item.
    type Base = u32;

    fn base(cell: &RawCell, _: Option<&u32>) -> u32 {
        cell.items.first
    }

    fn of(cell: &RawCell, base: &u32) -> Option<Self> {
        Some(Self {
            first: cell.items.first.checked_sub(*base)?.try_into().ok()?,
            count: u8::try_from(cell.items.range().len()).ok().filter(|&count| count != WHOLE_CELL)?,
            row_span: cell.row_span.try_into().ok()?,
            column_span: cell.column_span.try_into().ok()?,
            header: cell.header,
        })
    }

    fn reference(place: u32) -> Self {
        let [first, upper] = halves(place);
        let [row_span, column_span] = upper.to_le_bytes();
        Self { first, count: WHOLE_CELL, row_span, column_span, header: false }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        let upper = u16::from_le_bytes([self.row_span, self.column_span]);
        (self.count == WHOLE_CELL).then_some(joined([self.first, upper]))
    }

    #[inline]
    fn item(&self, base: &u32) -> RawCell {
        let first = base + u32::from(self.first);
        RawCell {
            items: Part { first, after: first + u32::from(self.count) },
            row_span: self.row_span.into(),
            column_span: self.column_span.into(),
            header: self.header,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::List;
    use proptest::prelude::*;

    /// Small numbers, and some at the bounds of 8, 16 and 32 bits.
    fn number() -> impl Strategy<Value = u32> {
        prop_oneof![6 => 0..9u32, 2 => 250..260u32, 1 => 65_530..65_540u32, 1 => 131_000..131_080u32]
    }

    fn part() -> impl Strategy<Value = Part> {
        (number(), number()).prop_map(|(first, count)| Part { first, after: first + count })
    }

    fn run() -> impl Strategy<Value = Run> {
        let c = || prop_oneof![4 => Just(' '), 1 => any::<char>()];
        let kind = prop_oneof![Just(RunKind::Text), c().prop_map(RunKind::Char), c().prop_map(RunKind::Space)];
        let run = |(part, kind): (Part, _)| Run { span: Span { start: part.first, end: part.after }, kind };
        (part(), kind).prop_map(run)
    }

    fn paragraph() -> impl Strategy<Value = Paragraph> {
        let heading = prop_oneof![1..7u8, any::<u8>()];
        let kind = prop_oneof![
            Just(ParagraphKind::Plain),
            Just(ParagraphKind::Code),
            heading.prop_map(ParagraphKind::Heading)
        ];
        let indent = prop_oneof![4 => -200..200i32, 1 => 32_760..32_775i32, 1 => any::<i32>()];
        (part(), kind, any::<bool>(), any::<bool>(), indent)
            .prop_map(|(runs, kind, preformatted, bold, indent)| Paragraph { runs, kind, preformatted, bold, indent })
    }

    fn item() -> impl Strategy<Value = Item> {
        let number = || prop_oneof![0..9u32, (1 << 30) - 2..(1 << 30) + 2u32, any::<u32>()];
        prop_oneof![number().prop_map(Item::Paragraph), number().prop_map(Item::Table)]
    }

    fn cell() -> impl Strategy<Value = RawCell> {
        let span = || prop_oneof![4 => 0..3u16, 1 => 250..260u16, 1 => any::<u16>()];
        (part(), span(), span(), any::<bool>()).prop_map(|(items, row_span, column_span, header)| RawCell {
            items,
            row_span,
            column_span,
            header,
        })
    }

    /// What comes out of a list of these.
    fn kept<T: Compact + std::fmt::Debug>(items: &[T]) -> String {
        let list: List<T> = items.iter().copied().collect();
        format!("{:?}", list.iter().collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn all_comes_out_as_it_went_in(
            runs in prop::collection::vec(run(), 1..150),
            paragraphs in prop::collection::vec(paragraph(), 1..150),
            items in prop::collection::vec(item(), 1..9),
            cells in prop::collection::vec(cell(), 1..150),
        ) {
            prop_assert_eq!(kept(&runs), format!("{runs:?}"));
            prop_assert_eq!(kept(&paragraphs), format!("{paragraphs:?}"));
            prop_assert_eq!(kept(&items), format!("{items:?}"));
            prop_assert_eq!(kept(&cells), format!("{cells:?}"));
        }
    }

    #[test]
    fn they_are_small() {
        let sizes =
            [size_of::<ShortRun>(), size_of::<ShortParagraph>(), size_of::<ShortItem>(), size_of::<ShortCell>()];
        assert_eq!(sizes, [6, 6, 4, 6]);
    }
}
