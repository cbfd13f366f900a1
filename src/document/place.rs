//! Where the parts of a container's text stand.

use std::fmt;
use std::sync::Arc;

use crate::compact::{Compact, List, Small};

/// Where parts of a container's text stand.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// In order; each part reaches to the next one.
    parts: List<Start>,
    /// Places whose last numbers are nought: what many parts share.
    shared: Vec<Place>,
}

/// Where a part of a text starts, and its place: its last numbers, and the rest among [`Places::shared`].
#[derive(Clone, Copy, Debug)]
struct Start {
    at: u32,
    shared: u32,
    numbers: [u32; 2],
}

impl Compact for Start {
    type Small = ShortStart;
}

/// A start near those before it.
#[derive(Clone, Copy, Debug)]
struct ShortStart {
    /// From the base's on; [`WHOLE`] of one that is kept whole.
    at: u16,
    /// How far the numbers are behind the base's; or the halves of the place, the lower first.
    numbers: [i16; 2],
}

const WHOLE: u16 = u16::MAX;

impl Small<Start> for ShortStart {
    type Base = Start;

    fn base(start: &Start, _: Option<&Start>) -> Start {
        *start
    }

    fn of(start: &Start, base: &Start) -> Option<Self> {
        let near = |at: usize| i16::try_from(i64::from(start.numbers[at]) - i64::from(base.numbers[at])).ok();
        let at = u16::try_from(start.at.checked_sub(base.at)?).ok().filter(|&at| at != WHOLE)?;
        (start.shared == base.shared).then_some(Self { at, numbers: [near(0)?, near(1)?] })
    }

    fn reference(place: u32) -> Self {
        Self { at: WHOLE, numbers: [place as u16 as i16, (place >> 16) as u16 as i16] }
    }

    fn place(&self) -> Option<u32> {
        let [lower, upper] = self.numbers.map(|half| u32::from(half as u16));
        (self.at == WHOLE).then_some(lower | upper << 16)
    }

    fn item(&self, base: &Start) -> Start {
        let number = |at: usize| base.numbers[at].wrapping_add_signed(self.numbers[at].into());
        Start { at: base.at + u32::from(self.at), shared: base.shared, numbers: [number(0), number(1)] }
    }
}

/// A place in a container. All numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cell of a sheet, by its name in A1 notation: `Sheet1!B7`.
    Sheet {
        /// The sheet's name.
        sheet: Arc<str>,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A line of a page: `page 3, line 12`.
    Page {
        /// The page.
        page: u32,
        /// The line on it; 0: the page as a whole.
        line: u32,
    },
    /// A part of a word processor's document: `paragraph 12 (Revenue)`, `table 2, row 4, column 3 (Revenue)`.
    Part {
        /// What it is.
        part: Part,
        /// The nearest heading above.
        heading: Option<Arc<str>>,
    },
}

/// A part of a word processor's document. All numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph of the body.
    Paragraph(u32),
    /// A cell of a table: table, row, column.
    Cell(u32, u32, u32),
    /// A footnote.
    Footnote(u32),
    /// An endnote.
    Endnote(u32),
    /// A text box.
    TextBox(u32),
    /// A page header.
    Header(u32),
    /// A page footer.
    Footer(u32),
}

impl Places {
    /// Says where the text from offset `start` on stands. Starts never go backwards.
    pub fn push(&mut self, start: usize, place: Place) {
        let (place, numbers) = place.split();
        if self.shared.last() != Some(&place) {
            self.shared.push(place);
        }
        let part = Start { at: start as u32, shared: self.shared.len() as u32 - 1, numbers };
        match self.parts.last() {
            Some(last) if last.at == part.at => self.parts.change(self.parts.len() - 1, |last| *last = part),
            Some(last) if (last.shared, last.numbers) == (part.shared, numbers) => {}
            _ => self.parts.push(part),
        }
    }

    /// Where an offset of the text stands.
    pub fn at(&self, offset: u32) -> Option<Place> {
        let after = self.parts.partition_point(|part| part.at <= offset);
        let part = self.parts.at(after.checked_sub(1)?);
        Some(self.shared[part.shared as usize].clone().with(part.numbers))
    }
}

impl Place {
    /// The place with nought for its last numbers, and those.
    fn split(mut self) -> (Self, [u32; 2]) {
        let numbers = self.last_numbers().map(|number| number.map_or(0, std::mem::take));
        (self, numbers)
    }

    fn with(mut self, numbers: [u32; 2]) -> Self {
        for (own, number) in self.last_numbers().into_iter().zip(numbers) {
            own.into_iter().for_each(|own| *own = number);
        }
        self
    }

    fn last_numbers(&mut self) -> [Option<&mut u32>; 2] {
        match self {
            Place::Sheet { row, column, .. } => [Some(row), Some(column)],
            Place::Page { line, .. } => [Some(line), None],
            Place::Part { part: Part::Cell(_, row, column), .. } => [Some(row), Some(column)],
            Place::Part { part: Part::Paragraph(number), .. } => [Some(number), None],
            Place::Part { .. } => [None, None],
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sheet { sheet, row, column } => write!(f, "{sheet}!{}{row}", column_letters(*column)),
            Place::Page { page, line: 0 } => write!(f, "page {page}"),
            Place::Page { page, line } => write!(f, "page {page}, line {line}"),
            Place::Part { part, heading: Some(heading) } => write!(f, "{part} ({heading})"),
            Place::Part { part, heading: None } => write!(f, "{part}"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Paragraph(number) => write!(f, "paragraph {number}"),
            Part::Cell(table, row, column) => write!(f, "table {table}, row {row}, column {column}"),
            Part::Footnote(number) => write!(f, "footnote {number}"),
            Part::Endnote(number) => write!(f, "endnote {number}"),
            Part::TextBox(number) => write!(f, "text box {number}"),
            Part::Header(number) => write!(f, "header {number}"),
            Part::Footer(number) => write!(f, "footer {number}"),
        }
    }
}

/// A column's letters in A1 notation: 1 is A, 28 is AB.
fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 0..200u32, 1 => 32_760..32_775u32, 1 => 65_530..65_540u32, 1 => any::<u32>()]
    }

    proptest! {
        #[test]
        fn starts_come_out_as_they_went_in(
            starts in prop::collection::vec((number(), 0..2u32, prop::array::uniform2(number())), 1..150),
        ) {
            let starts: Vec<Start> = starts.into_iter().map(|(at, shared, numbers)| Start { at, shared, numbers }).collect();
            let list: List<Start> = starts.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{starts:?}"));
        }
    }

    #[test]
    fn starts_are_small() {
        assert_eq!(size_of::<ShortStart>(), 6);
    }

    #[test]
    fn columns_are_lettered() {
        let letters = [1, 26, 27, 28, 52, 53, 702, 703, 16384].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_place_reaches_to_the_next() {
        let mut places = Places::default();
        assert_eq!(places.at(0), None);
        for (start, line) in [(0, 1), (5, 2), (5, 3), (9, 3), (12, 4)] {
            places.push(start, Place::Page { page: 2, line });
        }
        let told = [0, 4, 5, 11, 12, 99].map(|at| places.at(at).unwrap().to_string());
        assert_eq!(told.map(|place| place.replace("page 2, line ", "")), ["1", "1", "3", "3", "4", "4"]);
    }
}
