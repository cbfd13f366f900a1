//! The cells of a table of a page as they are kept while its columns are found.

use super::{Place, Seen};
use crate::compact::{Compact, Small, halves, joined};

impl Compact for Seen {
    type Small = ShortSeen;
}

/// A cell near those before it: a page may have one for every five of its bytes.
#[derive(Clone, Copy, Debug)]
pub struct ShortSeen {
    /// From the base on; of one that is kept whole the lower half of its place.
    first: u16,
    /// Or the upper half of the place.
    start: i16,
    column: i16,
    /// From the base on.
    row: u8,
    count: u8,
    rows: u8,
    columns: u8,
    /// How far it reaches.
    width: u8,
    /// [`APART`] and so on.
    looks: u8,
}

const APART: u8 = 1;
const NUMERIC: u8 = 2;
const DIGITS: u8 = 4;
const LETTERS: u8 = 8;
const WHOLE: u8 = 16;

impl Small<Seen> for ShortSeen {
    /// First index, row and start; columns are counted from the start.
    type Base = (u32, u32, u32);

    fn base(cell: &Seen, _: Option<&Self::Base>) -> Self::Base {
        (cell.first, cell.row, cell.start)
    }

    fn of(cell: &Seen, &(first, row, start): &Self::Base) -> Option<Self> {
        let near = |column: u32| i16::try_from(i64::from(column) - i64::from(start)).ok();
        let looks =
            [(cell.apart, APART), (cell.is_numeric, NUMERIC), (cell.has_digits, DIGITS), (cell.has_letters, LETTERS)];
        Some(Self {
            first: cell.first.checked_sub(first)?.try_into().ok()?,
            start: near(cell.start)?,
            column: near(cell.column)?,
            row: cell.row.checked_sub(row)?.try_into().ok()?,
            count: cell.count.try_into().ok()?,
            rows: cell.rows.try_into().ok()?,
            columns: cell.columns.try_into().ok()?,
            width: cell.end.checked_sub(cell.start)?.try_into().ok()?,
            looks: looks.into_iter().map(|(is, look)| if is { look } else { 0 }).sum(),
        })
    }

    fn reference(place: u32) -> Self {
        let [first, start] = halves(place);
        Self { first, start: start as i16, column: 0, row: 0, count: 0, rows: 0, columns: 0, width: 0, looks: WHOLE }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.looks == WHOLE).then_some(joined([self.first, self.start as u16]))
    }

    #[inline]
    fn item(&self, &(first, row, start): &Self::Base) -> Seen {
        let column = |near: i16| start.wrapping_add_signed(near.into());
        Seen {
            first: first + u32::from(self.first),
            count: self.count.into(),
            apart: self.looks & APART > 0,
            row: row + u32::from(self.row),
            rows: self.rows.into(),
            column: column(self.column),
            columns: self.columns.into(),
            is_numeric: self.looks & NUMERIC > 0,
            has_digits: self.looks & DIGITS > 0,
            has_letters: self.looks & LETTERS > 0,
            start: column(self.start),
            end: column(self.start) + u32::from(self.width),
        }
    }
}

impl Compact for Place {
    type Small = ShortPlace;
}

/// A place near those before it.
#[derive(Clone, Copy, Debug)]
pub struct ShortPlace {
    /// How far behind the base it starts; of one that is kept whole the lower half of its number.
    start: i16,
    /// How far it reaches; or the upper half of the number.
    width: u16,
    /// From the base on.
    row: u8,
    /// Nought of one that is kept whole.
    rows: u8,
}

impl Small<Place> for ShortPlace {
    /// Row and start.
    type Base = (u32, u32);

    fn base(place: &Place, _: Option<&Self::Base>) -> Self::Base {
        (place.row, place.start)
    }

    fn of(place: &Place, &(row, start): &Self::Base) -> Option<Self> {
        Some(Self {
            start: i16::try_from(i64::from(place.start) - i64::from(start)).ok()?,
            width: place.end.checked_sub(place.start)?.try_into().ok()?,
            row: place.row.checked_sub(row)?.try_into().ok()?,
            rows: u8::try_from(place.rows).ok().filter(|&rows| rows > 0)?,
        })
    }

    fn reference(place: u32) -> Self {
        let [start, width] = halves(place);
        Self { start: start as i16, width, row: 0, rows: 0 }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.rows == 0).then_some(joined([self.start as u16, self.width]))
    }

    #[inline]
    fn item(&self, &(row, start): &Self::Base) -> Place {
        let start = start.wrapping_add_signed(self.start.into());
        Place { row: row + u32::from(self.row), rows: self.rows.into(), start, end: start + u32::from(self.width) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::List;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = u32> {
        prop_oneof![8 => 0..9u32, 1 => 250..260u32, 1 => 32_760..32_775u32, 1 => 65_530..65_540u32]
    }

    fn cell() -> impl Strategy<Value = Seen> {
        let places = (number(), number(), number(), number(), number(), number(), number(), number());
        (places, prop::array::uniform4(any::<bool>())).prop_map(
            |(
                (first, count, row, rows, column, columns, start, width),
                [apart, is_numeric, has_digits, has_letters],
            )| {
                let end = start + width;
                Seen {
                    first,
                    count,
                    apart,
                    row,
                    rows,
                    column,
                    columns,
                    is_numeric,
                    has_digits,
                    has_letters,
                    start,
                    end,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn cells_come_out_as_they_went_in(cells in prop::collection::vec(cell(), 1..150)) {
            let list: List<Seen> = cells.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{cells:?}"));
            let places: Vec<Place> =
                cells.iter().map(|&Seen { row, rows, start, end, .. }| Place { row, rows, start, end }).collect();
            let list: List<Place> = places.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{places:?}"));
        }
    }

    #[test]
    fn they_are_small() {
        assert_eq!([size_of::<ShortSeen>(), size_of::<ShortPlace>()], [12, 6]);
    }
}
