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

/// By cell: the index of the quantity that the cell consists of, or [`NONE`]. `of_cells` holds cells and figures in order.
pub(super) fn values(document: &Document, table: &Table, of_cells: &[(u32, usize)], figures: &[Figure]) -> Vec<u32> {
    let mut values = vec![NONE; table.cells.len()];
    for group in of_cells.chunk_by(|a, b| a.0 == b.0) {
        let mut quantities = group.iter().filter(|(_, figure)| figures[*figure].class == Class::Quantity);
        let (Some(&(cell, figure)), None) = (quantities.next(), quantities.next()) else { continue };
        let spans = group.iter().map(|&(_, figure)| figures[figure].span);
        if !has_words_between(document, table.cells[cell as usize].span, spans) {
            values[cell as usize] = figure as u32;
        }
    }
    values
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
