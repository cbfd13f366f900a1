//! Which places of its table's grid a cell covers.

use std::collections::HashMap;

use super::flow::{Cell, Row};

/// The cells of a table on its grid.
#[derive(Debug, Default)]
pub(super) struct Grid<'a> {
    pub rows: u32,
    pub columns: u32,
    /// By rows. Cells that go on with another one are not among them.
    pub cells: Vec<Placed<'a>>,
    /// Whether some cover fewer columns than they say.
    pub cut: bool,
}

/// A cell at its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub cell: &'a Cell,
    pub row: u32,
    pub column: u32,
    pub row_span: u32,
    pub column_span: u32,
}

/// A table covers no more places than these, and some for each of its cells; beyond, a cell covers one column.
const PLACES: u64 = 65_536;
const PLACES_OF_CELL: u64 = 16;

/// No grid is wider than this but by cells that are there. Word processors end at 63 columns.
const WIDEST: u32 = 4096;

/// Places the cells of a table.
pub(super) fn place(rows: &[Row]) -> Grid<'_> {
    let mut room: u64 = PLACES + PLACES_OF_CELL * rows.iter().map(|row| row.cells.len() as u64).sum::<u64>();
    let mut grid = Grid { rows: rows.len() as u32, ..Grid::default() };
    // By column: the cell above that cells which join it go on with.
    let mut above: HashMap<u32, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let mut column = row.skipped.min(WIDEST);
        grid.cut |= column < row.skipped;
        let mut here = HashMap::new();
        for cell in row.cells.iter().filter(|cell| !cell.deleted) {
            let most = cell.columns.clamp(1, WIDEST.saturating_sub(column).max(1));
            let span = if u64::from(most) <= room { most } else { 1 };
            grid.cut |= span < cell.columns;
            room = room.saturating_sub(span.into());
            let joined = if cell.joins_above { above.get(&column).copied() } else { None };
            let joined = joined.filter(|&joined| grid.cells[joined].column_span == span);
            let last = grid.cells.last_mut().filter(|last| cell.joins_left && last.row as usize == at);
            if let Some(joined) = joined {
                grid.cells[joined].row_span = at as u32 + 1 - grid.cells[joined].row;
                here.insert(column, joined);
            } else if let Some(last) = last {
                last.column_span = last.column_span.saturating_add(span);
            } else {
                here.insert(column, grid.cells.len());
                grid.cells.push(Placed { cell, row: at as u32, column, row_span: 1, column_span: span });
            }
            column += span;
            grid.columns = grid.columns.max(column);
        }
        above = here;
    }
    grid
}
