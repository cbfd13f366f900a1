//! Which cell covers which place of a table, and which quantity a cell consists of.

use std::ops::Range;

use super::super::{Class, Figure, Figures};
use crate::document::{BlockKind, Document, Table};
use crate::span::Span;
use crate::text::is_currency_sign;

/// In place of a figure's index: none.
pub(super) const NONE: u32 = u32::MAX;

/// Which cell covers a place of the grid, by rows. Tables may be ragged, so that no room is taken for places without a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Where each row's places start; one more at the end.
    starts: Vec<u32>,
    /// Column and cell, in order. `None`: each cell covers the place that its number in the table says, as in nearly all large ones.
    places: Option<Vec<(u32, u32)>>,
}

impl Grid {
    pub fn new(table: &Table) -> Self {
        plain_starts(table).map_or_else(|| Self::listed(table), |starts| Self { starts, places: None })
    }

    fn listed(table: &Table) -> Self {
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
        Self { starts, places: Some(places.into_iter().map(|(_, column, cell)| (column, cell)).collect()) }
    }

    /// Whether a cell may cover several places.
    pub fn has_spans(&self) -> bool {
        self.places.is_some()
    }

    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The places of a row: column and cell.
    pub fn row(&self, row: usize) -> impl DoubleEndedIterator<Item = (u32, u32)> + ExactSizeIterator + Clone + '_ {
        let bounds = self.bounds(row).unwrap_or_default();
        let start = bounds.start;
        bounds.map(move |at| match &self.places {
            Some(places) => places[at],
            None => ((at - start) as u32, at as u32),
        })
    }

    pub fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let bounds = self.bounds(row)?;
        let Some(places) = &self.places else { return (column < bounds.len()).then_some(bounds.start + column) };
        let places = &places[bounds];
        // Rows without gaps have each column at its own index.
        let at = match places.get(column) {
            Some(place) if place.0 as usize == column => column,
            _ => places.binary_search_by_key(&column, |place| place.0 as usize).ok()?,
        };
        Some(places[at].1 as usize)
    }

    fn bounds(&self, row: usize) -> Option<Range<usize>> {
        Some(*self.starts.get(row)? as usize..*self.starts.get(row + 1)? as usize)
    }
}

/// Where the rows start in a table whose cells cover one place each, in order and from the first column on without gaps.
fn plain_starts(table: &Table) -> Option<Vec<u32>> {
    let mut starts = vec![0];
    for (index, cell) in (0..).zip(table.cells.iter()) {
        while (starts.len() as u32) <= cell.row {
            starts.push(index);
        }
        let is_next = starts.last().is_some_and(|start| start + cell.column == index);
        let is_last_row = starts.len() as u32 == cell.row + 1;
        let is_within = cell.row < table.rows && cell.column < table.columns;
        if !is_next || !is_last_row || !is_within || cell.row_span > 1 || cell.column_span > 1 {
            return None;
        }
    }
    starts.resize(table.rows as usize + 1, table.cells.len() as u32);
    Some(starts)
}

/// What the cells of a table consist of.
pub(super) struct Values {
    /// By cell: the index of the quantity that it consists of, or [`NONE`].
    pub values: Vec<u32>,
    /// The cells that hold a lone year, or what looks like one, and the figure's index.
    pub years: Vec<(u32, u32)>,
}

/// What the cells consist of; `runs` are the figures in them, in order.
pub(super) fn values(document: &Document, table: &Table, runs: &[Range<usize>], figures: &Figures) -> Values {
    let mut found = Values { values: vec![NONE; table.cells.len()], years: Vec::new() };
    let cell_of = |figure: usize| match document.blocks.at(figures.block(figure) as usize).kind {
        BlockKind::Cell { cell, .. } => Some(cell),
        _ => None,
    };
    let mut all = runs.iter().cloned().flatten().peekable();
    let mut group = Vec::new();
    while let Some(first) = all.next() {
        let Some(cell) = cell_of(first) else { continue };
        group.clear();
        group.push(first);
        group.extend(std::iter::from_fn(|| all.next_if(|&figure| cell_of(figure) == Some(cell))));
        let has_words = || {
            let spans = group.iter().map(|&figure| figures.span(figure));
            has_words_between(document, table.cells.at(cell as usize).span, spans)
        };
        let mut quantities = group.iter().filter(|&&figure| figures.class(figure) == Class::Quantity);
        match (quantities.next(), quantities.next()) {
            (Some(&figure), None)
                if !has_words() && !is_cut_off(document.slice(table.cells.at(cell as usize).span)) =>
            {
                found.values[cell as usize] = figure as u32
            }
            (None, _) if group.len() == 1 && is_year(document, &figures.at(first)) && !has_words() => {
                found.years.push((cell, first as u32));
            }
            _ => {}
        }
    }
    found
}

/// Whether a cell's figure is not all that it holds, or some of it is not there: "92,"; "$ 9 )", whose bracket opens elsewhere; "(199", cut
/// off at the edge of a page; and "$ (292) $ —", which are two cells. "25 1)" has a note's mark.
fn is_cut_off(cell: &str) -> bool {
    let ends_in_digit = |rest: &str| rest.ends_with(|c: char| c.is_ascii_digit());
    let opened = cell.strip_prefix(['(', '（']).filter(|rest| !rest.contains([')', '）']));
    let closed = cell.strip_suffix([')', '）']).filter(|rest| !rest.contains(['(', '（']));
    let is_single = |rest: &str| {
        rest.split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').filter(|part| !part.is_empty()).count() == 1
    };
    let currencies = cell.chars().filter(|&c| is_currency_sign(c)).count();
    currencies > 1 || cell.strip_suffix(',').is_some_and(ends_in_digit) || closed.or(opened).is_some_and(is_single)
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
