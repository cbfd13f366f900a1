//! What the headings of a table's rows say of all rows below them.

use super::name::Name;
use crate::check::detect::grid::{Cell, Grid};
use crate::text::folded;

/// Below a heading that says per cent, or growth, rows need not add up, though their figures print no sign: (% YoY), 同比（%）.
pub(super) fn loosen(grid: &Grid, columns: &[usize], rows: &mut [Name]) {
    let titles = grid.shape.row_titles_of(columns[0]);
    let is_heading = |row: usize| {
        !titles[row].is_empty() && columns.iter().all(|&column| matches!(grid.cell(row, column), Cell::Empty))
    };
    let (mut says_percent, mut goes_on) = (false, false);
    for row in 0..rows.len() {
        if is_heading(row) {
            says_percent = (goes_on && says_percent) || names_rates(&titles[row]);
            goes_on = true;
        } else {
            rows[row].loose |= says_percent;
            goes_on = false;
        }
    }
}

/// Whether a heading says that what stands below it is per cent.
fn names_rates(heading: &str) -> bool {
    let heading = folded(heading);
    heading.contains('%') || ["yoy", "同比"].iter().any(|word| heading == *word || heading == format!("({word})"))
}
