//! Blocks and cells as a document keeps them: a large table has a million of both.

use super::{Block, BlockKind, Cell};
use crate::compact::{Compact, Small, halves, joined};
use crate::span::Span;

impl Compact for Block {
    type Small = ShortBlock;
}

impl Compact for Cell {
    type Small = ShortCell;
}

/// A block of less than 64 KiB, near those before it.
#[derive(Clone, Copy, Debug)]
pub struct ShortBlock {
    /// From the base's on; of a block that is kept whole the lower half of its place.
    start: u16,
    /// Or the upper half of the place.
    length: u16,
    /// [`PARAGRAPH`] and so on; from [`TABLES`] on a cell of the table so many behind the base's.
    kind: u8,
    /// The cell: in the base's table from the base's number on.
    number: u8,
}

/// From where a page's blocks are counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct BlockBase {
    start: u32,
    table: u32,
    cell: u32,
}

const PARAGRAPH: u8 = 0;
const CODE: u8 = 1;
const WHOLE: u8 = 2;
/// Level 0.
const HEADINGS: u8 = 3;
const TABLES: u8 = 16;

impl Small<Block> for ShortBlock {
    type Base = BlockBase;

    fn base(block: &Block, before: Option<&BlockBase>) -> BlockBase {
        let BlockBase { table, cell, .. } = before.copied().unwrap_or_default();
        let (table, cell) =
            if let BlockKind::Cell { table, cell } = block.kind { (table, cell) } else { (table, cell) };
        BlockBase { start: block.span.start, table, cell }
    }

    fn of(block: &Block, base: &BlockBase) -> Option<Self> {
        let (kind, number) = match block.kind {
            BlockKind::Paragraph => (PARAGRAPH, 0),
            BlockKind::Code => (CODE, 0),
            BlockKind::Heading(level) => (HEADINGS.checked_add(level).filter(|&kind| kind < TABLES)?, 0),
            BlockKind::Cell { table, cell } => {
                let tables = table.checked_sub(base.table)?;
                (u8::try_from(tables).ok()?.checked_add(TABLES)?, cell.checked_sub(base.first_cell(tables))?)
            }
        };
        let start = block.span.start.checked_sub(base.start)?;
        Some(Self {
            start: start.try_into().ok()?,
            length: block.span.len().try_into().ok()?,
            kind,
            number: number.try_into().ok()?,
        })
    }

    fn reference(place: u32) -> Self {
        let [start, length] = halves(place);
        Self { start, length, kind: WHOLE, number: 0 }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.kind == WHOLE).then_some(joined([self.start, self.length]))
    }

    #[inline]
    fn item(&self, base: &BlockBase) -> Block {
        let kind = match self.kind {
            PARAGRAPH | WHOLE => BlockKind::Paragraph,
            CODE => BlockKind::Code,
            HEADINGS..TABLES => BlockKind::Heading(self.kind - HEADINGS),
            TABLES.. => {
                let tables = u32::from(self.kind - TABLES);
                let cell = base.first_cell(tables) + u32::from(self.number);
                BlockKind::Cell { table: base.table + tables, cell }
            }
        };
        Block { span: span(base.start + u32::from(self.start), u32::from(self.length)), kind }
    }
}

impl BlockBase {
    /// From where the cells are counted of a table so many behind the base's: those behind it start in the page.
    fn first_cell(&self, tables: u32) -> u32 {
        if tables == 0 { self.cell } else { 0 }
    }
}

/// A cell of less than 1 KiB that covers few rows and columns, near those before it.
#[derive(Clone, Copy, Debug)]
pub struct ShortCell {
    /// From the base's on, or [`NOWHERE`]; of a cell that is kept whole the lower half of its place.
    start: u16,
    /// How far behind the base's it is; or the upper half of the place.
    column: i16,
    /// From the lowest bit: the length (10 bits), the row from the base's on (6), the rows (4) and columns (4) that it covers, the
    /// indent (6), whether it is bold, whether it is kept whole.
    rest: u32,
}

/// From where a page's cells are counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct CellBase {
    start: u32,
    row: u32,
    column: u32,
}

/// Empty cells may have no place in the text.
const NOWHERE: u16 = u16::MAX;

impl Small<Cell> for ShortCell {
    type Base = CellBase;

    fn base(cell: &Cell, before: Option<&CellBase>) -> CellBase {
        let nowhere = before.filter(|_| cell.span == Span::default());
        CellBase { start: nowhere.map_or(cell.span.start, |before| before.start), row: cell.row, column: cell.column }
    }

    fn of(cell: &Cell, base: &CellBase) -> Option<Self> {
        let mut rest = 0;
        let parts = [
            (cell.span.len() as u32, LENGTH),
            (cell.row.checked_sub(base.row)?, ROW),
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
        let start = match cell.span == Span::default() {
            true => NOWHERE,
            false => u16::try_from(cell.span.start.checked_sub(base.start)?).ok().filter(|&start| start != NOWHERE)?,
        };
        let column = i64::from(cell.column) - i64::from(base.column);
        Some(Self { start, column: column.try_into().ok()?, rest })
    }

    fn reference(place: u32) -> Self {
        let [start, column] = halves(place);
        Self { start, column: column as i16, rest: 1 << WHOLE_CELL }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.rest >> WHOLE_CELL > 0).then_some(joined([self.start, self.column as u16]))
    }

    #[inline]
    fn item(&self, base: &CellBase) -> Cell {
        let part = |(shift, bits): (u32, u32)| self.rest >> shift & ((1 << bits) - 1);
        let start = if self.start == NOWHERE { 0 } else { base.start + u32::from(self.start) };
        Cell {
            span: span(start, part(LENGTH)),
            row: base.row + part(ROW),
            column: base.column.wrapping_add_signed(self.column.into()),
            row_span: part(ROWS),
            column_span: part(COLUMNS),
            indent: part(INDENT) as u16,
            bold: part(BOLD) == 1,
        }
    }
}

/// Where a part of [`ShortCell::rest`] begins, and how many bits it has.
type Bits = (u32, u32);

const LENGTH: Bits = (0, 10);
const ROW: Bits = (10, 6);
const ROWS: Bits = (16, 4);
const COLUMNS: Bits = (20, 4);
const INDENT: Bits = (24, 6);
const BOLD: Bits = (30, 1);
const WHOLE_CELL: u32 = 31;

fn span(start: u32, length: u32) -> Span {
    Span { start, end: start + length }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::List;
    use proptest::prelude::*;

    fn any_span() -> impl Strategy<Value = Span> {
        let length = prop_oneof![4 => 0..20u32, 1 => 1_020..1_030u32, 1 => 65_530..65_540u32];
        let start = prop_oneof![1 => Just(0), 4 => 0..200u32, 1 => 65_530..65_540u32, 1 => 131_060..131_080u32];
        (start, length).prop_map(|(start, length)| span(start, length))
    }

    fn kind() -> impl Strategy<Value = BlockKind> {
        let table = prop_oneof![0..4u32, 235..245u32, any::<u32>()];
        let cell = prop_oneof![4 => 0..300u32, 1 => any::<u32>()];
        prop_oneof![
            Just(BlockKind::Paragraph),
            Just(BlockKind::Code),
            any::<u8>().prop_map(BlockKind::Heading),
            (table, cell).prop_map(|(table, cell)| BlockKind::Cell { table, cell }),
        ]
    }

    fn places() -> impl Strategy<Value = (u32, u32)> {
        let number = || prop_oneof![4 => 0..70u32, 1 => 32_760..32_780u32, 1 => any::<u32>()];
        (number(), number())
    }

    proptest! {
        #[test]
        fn blocks_come_out_as_they_went_in(blocks in prop::collection::vec((any_span(), kind()), 1..200)) {
            let blocks: Vec<Block> = blocks.into_iter().map(|(span, kind)| Block { span, kind }).collect();
            let list: List<Block> = blocks.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{blocks:?}"));
        }

        #[test]
        fn cells_come_out_as_they_went_in(
            cells in prop::collection::vec((any_span(), places(), 0..20u32, 0..20u32, 0..70u16, any::<bool>()), 1..200),
        ) {
            let cell = |(span, (row, column), row_span, column_span, indent, bold)| {
                Cell { span, row, column, row_span, column_span, indent, bold }
            };
            let cells: Vec<Cell> = cells.into_iter().map(cell).collect();
            let list: List<Cell> = cells.iter().copied().collect();
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{cells:?}"));
        }
    }

    #[test]
    fn they_are_small() {
        assert_eq!((size_of::<ShortBlock>(), size_of::<ShortCell>()), (6, 8));
    }
}
