//! Which rows at the top are headers.

use super::super::super::{Class, Dimension, Figures};
use super::super::grid::{NONE, is_year};
use super::super::label::{declared, tells_only_time};
use super::super::naming::names_index;
use super::{Builder, is_name, is_period};
use crate::text::is_in_brackets;

/// A table has no more header rows than this.
const MOST_HEADERS: usize = 5;

impl Builder<'_> {
    /// Rows at the top without quantities, years not counted; from the second on they must name more than the row, or lead to those that do.
    pub(super) fn find_headers(&mut self, figures: &mut Figures) {
        let most = MOST_HEADERS.min(self.grid.rows().saturating_sub(1));
        while self.header_rows < most
            && (self.is_header(self.header_rows, figures) || self.leads_to_header(self.header_rows, figures))
        {
            if self.forget_values(self.header_rows, figures) {
                self.forget_repeated(self.header_rows, figures);
            }
            self.header_rows += 1;
        }
    }

    /// Takes what looks like values in a row of names for times or names; whether there are names.
    fn forget_values(&mut self, row: usize, figures: &mut Figures) -> bool {
        let mut names = false;
        for (_, cell) in self.grid.row(row) {
            let value = std::mem::replace(&mut self.values[cell as usize], NONE);
            let Some(figure) = figures.get(value as usize) else { continue };
            let is_time = figure.unit.dimension() == Dimension::Time || is_period(self.document, &figure);
            names |= !is_time;
            let class = if is_time { Class::Date } else { Class::Ordinal };
            figures.change(value as usize, |figure| figure.class = class);
        }
        names
    }

    /// A row further down that names the same columns by the same numbers heads another part of the table.
    fn forget_repeated(&mut self, header: usize, figures: &mut Figures) {
        for row in header + 1..self.grid.rows() {
            let is_same = (1..self.table.columns as usize)
                .all(|column| self.text_at(row, column) == self.text_at(header, column));
            if is_same {
                self.forget_values(row, figures);
            }
        }
    }

    fn is_header(&self, row: usize, figures: &Figures) -> bool {
        if row == 0 && self.numbers_columns() || self.names_columns_by_numbers(row, figures) || self.is_of_signs(row) {
            return true;
        }
        // "Phrase:", "Question:", "Answer:": each row says what stands beside it.
        let places = self.grid.row(row);
        let holds_year = |cell: u32| self.years.binary_search_by_key(&cell, |year| year.0).is_ok();
        let names_years = || places.clone().any(|(column, cell)| column > 0 && holds_year(cell));
        let are_keys = || self.is_key(row) && (self.is_key(row + 1) || self.are_all_keys(row));
        if are_keys() && !names_years() || self.tells_pages(row) {
            return false;
        }
        let figure = |cell: u32| figures.get(self.values[cell as usize] as usize);
        let filled = || places.clone().filter_map(|(_, cell)| figure(cell));
        // A single amount may look like a month by chance.
        let are_periods = filled().filter(|figure| is_period(self.document, figure)).count() > 1;
        let mut spans_of_time = false;
        for figure in filled() {
            let is_time = figure.unit.dimension() == Dimension::Time;
            spans_of_time |= is_time;
            let names = is_year(self.document, &figure) || are_periods && is_period(self.document, &figure);
            if !is_time && !names {
                return false;
            }
        }
        if spans_of_time && (self.names_spans(row) || row == 0 && self.names_longer_spans(figures)) {
            return true;
        }
        let single =
            row > 0 && self.is_single(row) && !names_index(self.text_at(row, 0)) && !self.is_unit_of_column(row);
        // Rows of the body may start with "5 years", too: then a header has words besides.
        let words = |(column, cell): (u32, u32)| {
            (self.table.cells.at(cell as usize).column > 0 && column > 0 || names_index(self.text(cell)))
                && is_name(self.text(cell))
                && (!spans_of_time || figure(cell).is_none())
        };
        !single && (places.clone().any(words) || row == 0 && !spans_of_time) && !self.has_amounts_for_years(row)
    }

    /// Whether a row below a header gives columns the signs of their units, and names none but all of them: "(in thousands of dollars)", $, $, %.
    fn is_of_signs(&self, row: usize) -> bool {
        const SIGNS: [&str; 9] = ["$", "€", "£", "¥", "￥", "%", "％", "US$", "RMB"];
        let stub = self.text_at(row, 0);
        let filled = || self.grid.row(row).filter(|&(column, cell)| column > 0 && !self.text(cell).is_empty());
        row > 0
            && (stub.is_empty() || declared(stub).is_some())
            && filled().count() > 1
            && filled().all(|(_, cell)| SIGNS.contains(&self.text(cell)))
    }

    /// Whether all that a row has is a unit in brackets, below the header of the first column: "Fair value", and below it
    /// "(In millions)".
    fn is_unit_of_column(&self, row: usize) -> bool {
        let mut filled = self.grid.row(row).filter(|&(column, cell)| column > 0 && !self.text(cell).is_empty());
        filled.next().is_some_and(|(column, cell)| {
            let text = self.text(cell);
            // Further right it may be meant for all, above their middle.
            let first = (1..self.table.columns as usize).find(|&column| !self.text_at(row - 1, column).is_empty());
            is_in_brackets(text) && declared(text).is_some() && first == Some(column as usize)
        })
    }

    /// Whether a row's first cell is the key to what stands beside it.
    fn is_key(&self, row: usize) -> bool {
        let Some(cell) = self.grid.cell(row, 0) else { return false };
        let starts = self.table.cells.at(cell).row as usize == row;
        let is_beside = |(_, other): (u32, u32)| other as usize != cell && !self.text(other).is_empty();
        starts && self.text(cell as u32).ends_with([':', '：']) && self.grid.row(row).any(is_beside)
    }

    /// Whether all labels from a row on are keys, of which some have nothing beside them.
    pub(super) fn are_all_keys(&self, row: usize) -> bool {
        const LEAST: usize = 3;
        let labels = (row..self.grid.rows()).map(|row| self.text_at(row, 0)).filter(|label| !label.is_empty());
        let (mut count, mut are_keys) = (0, true);
        labels.for_each(|label| (count, are_keys) = (count + 1, are_keys && label.ends_with([':', '：'])));
        are_keys && count >= LEAST
    }

    /// Whether all that a row has besides a label are pages in Roman numerals: iv.
    fn tells_pages(&self, row: usize) -> bool {
        let is_numeral = |text: &str| text.len() < 6 && text.bytes().all(|byte| b"ivxl".contains(&byte));
        let starts_behind = |cell: u32| self.table.cells.at(cell as usize).column > 0;
        let filled = self.grid.row(row).filter(|&(_, cell)| !self.text(cell).is_empty());
        let mut rest = filled.filter(|&(_, cell)| starts_behind(cell)).peekable();
        rest.peek().is_some() && rest.all(|(_, cell)| is_numeral(self.text(cell)))
    }

    /// Whether a row that stands alone is followed by a row of headers, with no others between: a title inside the table where it names
    /// columns no more than those above it, or the line of a header that has more of them than those beside it.
    fn leads_to_header(&self, row: usize, figures: &Figures) -> bool {
        const MOST_BETWEEN: usize = 3;
        let is_title = (0..row).all(|above| self.is_single(above));
        if !self.is_single(row) || !is_title && !self.text_at(row, 0).is_empty() {
            return false;
        }
        let next =
            (row + 1..self.grid.rows().saturating_sub(1)).take(MOST_BETWEEN).find(|&below| !self.is_single(below));
        next.is_some_and(|below| self.is_header(below, figures))
    }

    /// Whether a row names columns by spans of time (Three Months, Less than 12 months) and no row by a label.
    fn names_spans(&self, row: usize) -> bool {
        let stub = self.text_at(row, 0);
        let mut filled =
            self.grid.row(row).filter(|&(column, cell)| column > 0 && !self.text(cell).is_empty()).peekable();
        let is_named =
            |(_, cell): (u32, u32)| self.text(cell).contains(char::is_alphabetic) && !self.text(cell).contains('.');
        (stub.is_empty() || declared(stub).is_some()) && filled.peek().is_some() && filled.all(is_named)
    }

    /// Whether the first row has longer and longer spans of time beside its label, which the next row has not: 1 year, 5 years, 10 years.
    fn names_longer_spans(&self, figures: &Figures) -> bool {
        const LEAST: usize = 3;
        let spans = |row: usize| {
            let figure = |cell: u32| figures.get(self.values[cell as usize] as usize);
            let all: Vec<_> = self.grid.row(row).filter_map(|(_, cell)| figure(cell)).collect();
            all.into_iter().filter(|figure| figure.unit.dimension() == Dimension::Time).map(|figure| figure.quantity)
        };
        let lengths: Vec<_> = spans(0).map(|quantity| quantity.numerator).collect();
        lengths.len() >= LEAST && lengths.is_sorted_by(|a, b| a < b) && spans(1).next().is_none()
    }

    /// Whether the first row does nothing but count the columns, as programs write it that know no names of them: 0, 1, 2, ….
    fn numbers_columns(&self) -> bool {
        const LEAST: usize = 5;
        let places = self.grid.row(0);
        let number = |cell: u32| self.text(cell).parse::<usize>().ok();
        let Some(first @ 0..=1) = places.clone().next().and_then(|(_, cell)| number(cell)) else { return false };
        places.len() >= LEAST && places.zip(first..).all(|((_, cell), count)| number(cell) == Some(count))
    }

    /// Whether a row names some columns by words and the others by numbers, as those of models (737 | 767 | Total), and no row by a
    /// label, as the next one does. It is the first one, or stands below groups of columns: then it may tell a day before them.
    fn names_columns_by_numbers(&self, row: usize, figures: &Figures) -> bool {
        let (mut words, mut numbers) = (0, 0);
        let is_below_groups = row > 0 && (0..row).all(|above| self.groups_columns(above));
        let is_day =
            |text: &str| is_below_groups && text.contains(|c: char| c.is_ascii_digit()) && tells_only_time(text);
        let least = if row == 0 { 1 } else { 3 };
        for (column, cell) in self.grid.row(row) {
            let text = self.text(cell);
            let is_number = figures.get(self.values[cell as usize] as usize).is_some();
            match is_number {
                _ if column == 0 && !text.is_empty() && !is_day(text) => return false,
                true if (least..5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                    numbers += 1
                }
                true => return false,
                false => words += u32::from(column > 0 && is_name(text)),
            }
        }
        let next = self.text_at(row + 1, 0);
        (row == 0 || is_below_groups)
            && words > 0
            && numbers > 1
            && is_name(next)
            && (row == 0 || !tells_only_time(next))
    }

    /// Whether a row is empty, or has nothing but words over several columns behind the first.
    fn groups_columns(&self, row: usize) -> bool {
        self.grid.row(row).filter(|&(_, cell)| !self.text(cell).is_empty()).all(|(_, cell)| {
            let at = self.table.cells.at(cell as usize);
            at.column > 0 && at.column_span > 1 && self.values[cell as usize] == NONE
        })
    }

    /// Whether a row has a single cell, or one from the first column on: it heads a part of the body. One that covers other
    /// columns only is a group of them.
    fn is_single(&self, row: usize) -> bool {
        let mut filled: Vec<u32> = self.grid.row(row).map(|(_, cell)| cell).collect();
        filled.retain(|&cell| !self.text(cell).is_empty());
        filled.dedup();
        let [cell] = filled[..] else { return false };
        let cell = &self.table.cells.at(cell as usize);
        self.table.columns > 2 && (cell.column == 0 || cell.column_span < 2)
    }
}
