//! Blocks and cells as a document keeps them: a large table has a million of both.

use super::{Block, BlockKind, Cell};
use crate::compact::{Compact, Small};
use crate::span::Span;

impl Compact for Block {
    type Small = ShortBlock;
}

impl Compact for Cell {
    type Small = ShortCell;
}

/// A block of less than 64 KiB.
#[derive(Clone, Copy, Debug)]
pub struct ShortBlock {
    start: u32,
    length: u16,
    /// [`PARAGRAPH`] and so on; from [`TABLES`] on a cell of the table so many further on.
    kind: u16,
    /// The cell, or the place of a block that is kept whole.
    number: u32,
}

const PARAGRAPH: u16 = 0;
const CODE: u16 = 1;
const WHOLE: u16 = 2;
/// Level 0.
const HEADINGS: u16 = 3;
const TABLES: u16 = 16;

impl Small<Block> for ShortBlock {
    fn of(block: &Block) -> Option<Self> {
        let (kind, number) = match block.kind {
            BlockKind::Paragraph => (PARAGRAPH, 0),
            BlockKind::Code => (CODE, 0),
            BlockKind::Heading(level) => (Some(HEADINGS + u16::from(level)).filter(|&kind| kind < TABLES)?, 0),
            BlockKind::Cell { table, cell } => (u16::try_from(table).ok()?.checked_add(TABLES)?, cell),
        };
        Some(Self { start: block.span.start, length: block.span.len().try_into().ok()?, kind, number })
    }

    fn reference(block: &Block, place: u32) -> Self {
        Self { start: block.span.start, length: 0, kind: WHOLE, number: place }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.kind == WHOLE).then_some(self.number)
    }

    #[inline]
    fn item(&self) -> Block {
        let kind = match self.kind {
            PARAGRAPH | WHOLE => BlockKind::Paragraph,
            CODE => BlockKind::Code,
            HEADINGS..TABLES => BlockKind::Heading((self.kind - HEADINGS) as u8),
            TABLES.. => BlockKind::Cell { table: u32::from(self.kind - TABLES), cell: self.number },
        };
        Block { span: span(self.start, u32::from(self.length)), kind }
    }
}

/// A cell of less than 16 KiB that covers few rows and columns.
#[derive(Clone, Copy, Debug)]
pub struct ShortCell {
    /// Of a cell that is kept whole its place.
    start: u32,
    row: u32,
    column: u32,
    /// From the lowest bit: the length (14 bits), the rows (4) and columns (5) that it covers, the indent (6), whether it is bold,
    /// whether it is kept whole.
    rest: u32,
}

impl Small<Cell> for ShortCell {
    fn of(cell: &Cell) -> Option<Self> {
        let mut rest = 0;
        let parts = [
            (cell.span.len() as u32, LENGTH),
            (cell.row_span, ROWS),
            (cell.column_span, COLUMNS),
            (cell.indent.into(), INDENT),
            (cell.bold.into(), BOLD),
        ];
        for (value, (shift, bits)) in parts {
            if value >> bits > 0 {
                return None;
            }
            rest |= value << shift;
        }
        Some(Self { start: cell.span.start, row: cell.row, column: cell.column, rest })
    }

    fn reference(cell: &Cell, place: u32) -> Self {
        Self { start: place, row: cell.row, column: cell.column, rest: 1 << WHOLE_CELL }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.rest >> WHOLE_CELL > 0).then_some(self.start)
    }

    #[inline]
    fn item(&self) -> Cell {
        let part = |(shift, bits): (u32, u32)| self.rest >> shift & ((1 << bits) - 1);
        Cell {
            span: span(self.start, part(LENGTH)),
            row: self.row,
            column: self.column,
            row_span: part(ROWS),
            column_span: part(COLUMNS),
            indent: part(INDENT) as u16,
            bold: part(BOLD) == 1,
        }
    }
}

/// Where a part of [`ShortCell::rest`] begins, and how many bits it has.
type Bits = (u32, u32);

const LENGTH: Bits = (0, 14);
const ROWS: Bits = (14, 4);
const COLUMNS: Bits = (18, 5);
const INDENT: Bits = (23, 6);
const BOLD: Bits = (29, 1);
const WHOLE_CELL: u32 = 30;

fn span(start: u32, length: u32) -> Span {
    Span { start, end: start + length }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::List;
    use proptest::prelude::*;

    fn any_span() -> impl Strategy<Value = Span> {
        let length = prop_oneof![0..20u32, 16_380..16_390u32, 65_530..65_540u32];
        (any::<u16>(), length).prop_map(|(start, length)| span(start.into(), length))
    }

    fn kind() -> impl Strategy<Value = BlockKind> {
        let table = prop_oneof![0..9u32, 65_510..65_540u32];
        prop_oneof![
            Just(BlockKind::Paragraph),
            Just(BlockKind::Code),
            any::<u8>().prop_map(BlockKind::Heading),
            (table, any::<u32>()).prop_map(|(table, cell)| BlockKind::Cell { table, cell }),
        ]
    }

    proptest! {
        #[test]
        fn blocks_come_out_as_they_went_in(blocks in prop::collection::vec((any_span(), kind()), 1..9)) {
            let blocks: Vec<Block> = blocks.into_iter().map(|(span, kind)| Block { span, kind }).collect();
            let list: List<Block> = blocks.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{blocks:?}"));
        }

        #[test]
        fn cells_come_out_as_they_went_in(
            cells in prop::collection::vec((any_span(), any::<u32>(), 0..20u32, 0..40u32, 0..70u16, any::<bool>()), 1..9),
        ) {
            let cell = |(span, row, row_span, column_span, indent, bold)| {
                Cell { span, row, column: row_span ^ row, row_span, column_span, indent, bold }
            };
            let cells: Vec<Cell> = cells.into_iter().map(cell).collect();
            let list: List<Cell> = cells.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{cells:?}"));
        }
    }

    #[test]
    fn they_are_small() {
        assert_eq!((size_of::<ShortBlock>(), size_of::<ShortCell>()), (12, 16));
    }
}
