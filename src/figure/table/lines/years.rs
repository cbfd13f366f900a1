//! Numbers from 1900 to 2100 in the body of a table: amounts that only look like years, or years.

use super::super::super::{Class, Figure, Figures, read_at};
use super::super::grid::NONE;
use super::super::label::{names_dates, names_period};
use super::{Builder, Use};
use crate::calendar::years_in;

/// A number under a year that is no further away from it may be one itself.
const NEAR: u32 = 10;

impl Builder<'_> {
    /// Whether a row that might be a header is one of the body: all that it has besides a label are numbers like years, below headers
    /// that name other years already, or a single one below all that the format says to be headers.
    pub(super) fn has_amounts_for_years(&self, row: usize) -> bool {
        let rest = || self.grid.row(row).filter(|&(column, cell)| column > 0 && !self.text(cell).is_empty());
        let names_other_years = |column: u32, own: Option<u32>| {
            let mut years = (0..row).flat_map(|above| years_in(self.text_at(above, column as usize))).peekable();
            years.peek().is_some() && years.all(|year| Some(year) != own)
        };
        let declared = self.table.declared_header_rows as usize;
        let is_single = declared > 0 && row >= declared && rest().count() == 1;
        let is_amount = |(column, cell): (u32, u32)| {
            self.year_of(cell).is_some() && (is_single || names_other_years(column, years_in(self.text(cell)).next()))
        };
        row > 0 && is_name_of_amounts(self.text_at(row, 0)) && rest().next().is_some() && rest().all(is_amount)
    }

    /// Takes what looks like a year for an amount where its column and its row hold amounts.
    pub(super) fn take_years_for_amounts(&mut self, figures: &mut Figures) {
        let mut counts = vec![(0u32, 0u32); self.uses.len()];
        // Beside keys each cell tells something else.
        if self.years.is_empty() || self.header_rows == 0 && self.are_all_keys(0) {
            return;
        }
        for (row, column, cell) in self.body() {
            counts[column].0 += u32::from(self.values[cell as usize] != NONE);
            counts[column].1 += u32::from(row >= self.header_rows && self.year_of(cell).is_some());
        }
        let columns: Vec<bool> =
            (0..self.uses.len()).map(|column| self.holds_amounts(column, counts[column])).collect();
        let rows = (self.header_rows..self.grid.rows()).filter(|&row| self.takes_amounts(row, &columns));
        let places = rows.flat_map(|row| self.grid.row(row)).filter(|&(column, _)| columns[column as usize]);
        let cells: Vec<u32> = places.map(|(_, cell)| cell).collect();
        for cell in cells {
            let Some(figure) = self.year_of(cell) else { continue };
            let span = self.table.cells.at(cell as usize).span;
            if let Some(read) = read_at(self.document.text(), span, span.start as usize) {
                figures.change(figure, |old| *old = Figure { block: old.block, class: Class::Quantity, ..read });
                self.values[cell as usize] = figure as u32;
            }
        }
    }

    /// The places of the body: row, column and cell.
    fn body(&self) -> impl Iterator<Item = (usize, usize, u32)> + '_ {
        let rows = self.header_rows..self.grid.rows();
        rows.flat_map(|row| self.grid.row(row).map(move |(column, cell)| (row, column as usize, cell)))
    }

    /// Whether a column holds amounts: `quantities` are no fewer than what looks like `years`, and its header names no dates.
    fn holds_amounts(&self, column: usize, (quantities, years): (u32, u32)) -> bool {
        self.uses[column] == Use::Values && quantities >= years && !names_dates(self.last_header(column))
    }

    /// Whether a row's numbers like years are amounts: others are beside them, or its label names amounts and they are no years
    /// near those of the headers, as a row with the years of another part of the table has them.
    fn takes_amounts(&self, row: usize, columns: &[bool]) -> bool {
        let places = || self.grid.row(row).filter(|&(column, _)| columns[column as usize]);
        if places().any(|(_, cell)| self.values[cell as usize] != NONE) {
            return true;
        }
        let years = || places().filter_map(|(column, cell)| Some((column as usize, self.year_of(cell).map(|_| cell)?)));
        let distance = |(column, cell): (usize, u32)| {
            let own = years_in(self.text(cell)).next()?;
            (0..self.header_rows)
                .flat_map(|above| years_in(self.text_at(above, column)))
                .map(|year| year.abs_diff(own))
                .min()
        };
        let is_far = match years().filter_map(distance).max() {
            Some(distance) => distance > NEAR,
            None => years().count() == 1,
        };
        is_far && is_name_of_amounts(self.text_at(row, 0))
    }

    /// The figure of a cell that is printed as a year is.
    fn year_of(&self, cell: u32) -> Option<usize> {
        let at = self.years.binary_search_by_key(&cell, |year| year.0).ok()?;
        Some(self.years[at].1 as usize)
    }
}

/// Whether a row's label can be that of amounts: it has words, not those of a date, a period or a unit alone.
fn is_name_of_amounts(label: &str) -> bool {
    label.contains(char::is_alphabetic)
        && !label.starts_with(['(', '（'])
        && !names_dates(label)
        && !names_period(label)
}
