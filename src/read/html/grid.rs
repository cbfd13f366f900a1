//! Where the cells of a table stand: colspan, rowspan and rows without text resolved.

use super::page::RawTable;
use crate::compact::List;
use crate::read::columns::Place;

/// The cells with text of a table, by rows; rows without text are not counted.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Where each stands.
    pub places: List<Place>,
    /// Which of the raw table's cells each is.
    pub raw: Vec<u32>,
    pub rows: u32,
    /// By row of the raw table: how many rows that are counted stand before it.
    pub rows_before: Vec<u32>,
    /// Whether some spans were too many to be kept.
    pub cut: bool,
}

/// How often a cell that reaches down is met in the rows below.
const MOST_STEPS: usize = 4_000_000;

/// How many more places so many cells may cover than their own.
pub(super) fn room(cells: usize) -> usize {
    const PLACES: usize = 100_000;
    const PLACES_OF_A_CELL: usize = 8;
    PLACES + PLACES_OF_A_CELL * cells
}

/// Places the cells of a table.
pub(super) fn place(table: &RawTable) -> Grid {
    let mut placer = Placer { rows: table.rows.len() as u32, ..Placer::default() };
    for (row, raw) in table.rows.iter().enumerate() {
        placer.start_row(row as u32);
        for number in raw.cells.range() {
            let cell = table.cells.at(number);
            let filled = (!cell.items.is_empty()).then_some(number as u32);
            placer.place(cell.column_span.max(1).into(), cell.row_span.into(), filled);
        }
    }
    placer.finish()
}

#[derive(Default)]
struct Placer {
    grid: Grid,
    rows: u32,
    /// Cells that reach into the row: columns and the row after their last; in the order of columns.
    above: Vec<(u32, u32, u32)>,
    next_above: usize,
    here: Vec<(u32, u32, u32)>,
    row: u32,
    column: u32,
    steps: usize,
}

impl Placer {
    fn start_row(&mut self, row: u32) {
        self.above.append(&mut self.here);
        self.steps += self.above.len();
        if self.steps > MOST_STEPS {
            self.above.clear();
            self.grid.cut = true;
        }
        self.above.retain(|&(.., until)| until > row);
        self.above.sort_unstable();
        (self.row, self.column, self.next_above) = (row, 0, 0);
    }

    /// Places the next cell of the row; `filled` is its number in the table if it holds text.
    fn place(&mut self, columns: u32, rows: u32, filled: Option<u32>) {
        while let Some(&(start, end, _)) = self.above.get(self.next_above).filter(|above| above.0 < self.column + 1) {
            self.column = self.column.max(end.max(start));
            self.next_above += 1;
        }
        let left = self.rows - self.row;
        let rows = if rows == 0 { left } else { rows.min(left) };
        let (start, end) = (self.column, self.column.saturating_add(columns));
        if rows > 1 {
            self.here.push((start, end, self.row + rows));
        }
        if let Some(number) = filled {
            self.grid.places.push(Place { row: self.row, rows, start, end });
            self.grid.raw.push(number);
        }
        self.column = end;
    }

    /// Leaves out the rows in which no cell with text starts.
    fn finish(self) -> Grid {
        let mut grid = self.grid;
        let mut kept = vec![0u32; self.rows as usize + 1];
        grid.places.iter().for_each(|cell| kept[cell.row as usize + 1] = 1);
        for row in 1..kept.len() {
            kept[row] += kept[row - 1];
        }
        for at in 0..grid.places.len() {
            grid.places.change(at, |cell| {
                let (first, after) = (kept[cell.row as usize], kept[(cell.row + cell.rows) as usize]);
                (cell.row, cell.rows) = (first, after.saturating_sub(first).max(1));
            });
        }
        grid.rows = kept.last().copied().unwrap_or(0);
        grid.cut |= cut_rows(&mut grid.places);
        grid.rows_before = kept;
        grid
    }
}

/// Cuts cells that cover too many rows all together.
fn cut_rows(cells: &mut List<Place>) -> bool {
    let mut room = room(cells.len());
    let mut cut = false;
    for at in 0..cells.len() {
        let rows = cells.at(at).rows as usize;
        if rows > room {
            cells.change(at, |cell| cell.rows = 1);
            cut = true;
        } else {
            room -= rows - 1;
        }
    }
    cut
}
