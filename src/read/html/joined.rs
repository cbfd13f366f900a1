//! Tables that go on with the one before: a statement whose lower half stands in a table of its own, without a header.

use crate::calendar::is_year;
use crate::compact::List;
use crate::document::Table;
use crate::read::columns::Seen;

/// What is to be known of a table in order to tell whether the next goes on with it.
#[derive(Debug)]
pub(super) struct Profile {
    columns: u32,
    has_header: bool,
    /// The columns with figures, in order.
    values: Vec<u32>,
}

impl Profile {
    /// That of a table by its cells, in the order of the rows; `text` gives a cell's text.
    pub fn of(cells: &List<Seen>, columns: u32, text: impl Fn(&Seen) -> String) -> Self {
        let mut values = Vec::new();
        let (mut has_header, mut is_settled) = (false, false);
        let mut first_row = None;
        for cell in cells.iter().filter(|cell| cell.column > 0) {
            let is_figure = cell.is_numeric && !is_year(&text(&cell));
            if !is_settled {
                // Up to the first row with figures.
                is_settled = first_row.is_some_and(|row| row != cell.row) || !is_figure;
                has_header |= !is_figure;
                first_row = first_row.or(Some(cell.row));
            }
            if is_figure {
                values.push(cell.column);
            }
        }
        values.sort_unstable();
        values.dedup();
        Self { columns, has_header, values }
    }

    /// Whether a table directly below goes on with this one: it has the same columns, and no header of its own.
    pub fn is_continued_by(&self, below: &Profile) -> bool {
        const LEAST: usize = 2;
        self.has_header
            && !below.has_header
            && self.columns == below.columns
            && below.values.len() >= LEAST
            && below.values == self.values
    }
}

/// Puts a table at the end of the one that it goes on with. Sums over the place where they meet may be those of two tables.
pub(super) fn append(table: &mut Table, below: Table) {
    let rows = table.rows;
    table.gaps.rows.push(rows);
    table.gaps.rows.extend(below.gaps.rows.iter().map(|row| row + rows));
    table.gaps.rows.dedup();
    if !below.gaps.columns.is_empty() {
        table.gaps.columns = below.gaps.columns;
    }
    for mut cell in below.cells.iter() {
        cell.row += rows;
        table.cells.push(cell);
    }
    table.rows += below.rows;
}
