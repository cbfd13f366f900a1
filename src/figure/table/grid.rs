//! Which cell covers which place of a table, and which quantity a cell consists of.

use super::super::{Class, Figure};
use crate::document::{Document, Table};
use crate::span::Span;

/// In place of a figure's index: none.
pub(super) const NONE: u32 = u32::MAX;

/// Which cell covers a place of the grid, by rows. Tables may be ragged, so that no room is taken for places without a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Where each row starts in `places`; one more at the end.
    starts: Vec<u32>,
    /// Column and cell, in order.
    places: Vec<(u32, u32)>,
}

impl Grid {
    pub fn new(table: &Table) -> Self {
        let mut places = Vec::with_capacity(table.cells.len());
        for (index, cell) in table.cells.iter().enumerate() {
            for row in cell.row..cell.row.saturating_add(cell.row_span.max(1)).min(table.rows) {
                for column in cell.column..cell.column.saturating_add(cell.column_span.max(1)).min(table.columns) {
                    places.push((row, column, index as u32));
                }
            }
        }
        places.sort_unstable();
        places.dedup_by_key(|&mut (row, column, _)| (row, column));
        let starts = (0..=table.rows).map(|row| places.partition_point(|place| place.0 < row) as u32).collect();
        Self { starts, places: places.into_iter().map(|(_, column, cell)| (column, cell)).collect() }
    }

    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The places of a row: column and cell.
    pub fn row(&self, row: usize) -> &[(u32, u32)] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(&start), Some(&end)) => &self.places[start as usize..end as usize],
            _ => &[],
        }
    }

    pub fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let places = self.row(row);
        // Rows without gaps have each column at its own index.
        let at = match places.get(column) {
            Some(place) if place.0 as usize == column => column,
            _ => places.binary_search_by_key(&column, |place| place.0 as usize).ok()?,
        };
        Some(places[at].1 as usize)
    }
}

/// What the cells of a table consist of.
pub(super) struct Values {
    /// By cell: the index of the quantity that it consists of, or [`NONE`].
    pub values: Vec<u32>,
    /// The cells that hold a lone year, or what looks like one, and the figure's index.
    pub years: Vec<(u32, u32)>,
}

/// What the cells consist of; `of_cells` holds cells and figures in order.
pub(super) fn values(document: &Document, table: &Table, of_cells: &[(u32, usize)], figures: &[Figure]) -> Values {
    let mut found = Values { values: vec![NONE; table.cells.len()], years: Vec::new() };
    for group in of_cells.chunk_by(|a, b| a.0 == b.0) {
        let (cell, first) = group[0];
        let has_words = || {
            let spans = group.iter().map(|&(_, figure)| figures[figure].span);
            has_words_between(document, table.cells[cell as usize].span, spans)
        };
        let mut quantities = group.iter().filter(|(_, figure)| figures[*figure].class == Class::Quantity);
        match (quantities.next(), quantities.next()) {
            (Some(&(_, figure)), None) if !has_words() => found.values[cell as usize] = figure as u32,
            (None, _) if group.len() == 1 && is_year(document, &figures[first]) && !has_words() => {
                found.years.push((cell, first as u32));
            }
            _ => {}
        }
    }
    found
}

/// Whether a figure is printed as a year is: four digits, from 1900 to 2100.
pub(super) fn is_year(document: &Document, figure: &Figure) -> bool {
    let digits = document.slice(figure.span);
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year))
}

fn has_words_between(document: &Document, cell: Span, figures: impl Iterator<Item = Span>) -> bool {
    let words = |start: u32, end: u32| start < end && document.slice(Span { start, end }).contains(char::is_alphabetic);
    let mut start = cell.start;
    for figure in figures {
        if words(start, figure.start) {
            return true;
        }
        start = figure.end;
    }
    words(start, cell.end)
}
