//! The shape of a table: which rows and columns are headers and labels, and which figure stands in which cell.

use super::super::{Figures, Scale};
use super::grid::{Grid, NONE};
#[cfg(doc)]
use super::label::clean_label;
use super::titles::Titles;
#[cfg(doc)]
use crate::document::Table;

/// A table as the figures in it tell: what is header, label and body, and what each line is called.
#[derive(Clone, Debug, Default)]
pub struct TableShape {
    /// How many rows at the top are headers.
    pub header_rows: usize,
    /// How many columns at the left hold labels.
    pub label_columns: usize,
    /// By column: the header from all header rows, joined by blanks, as [`clean_label`] leaves it.
    pub column_labels: Titles,
    /// By row: the label from all label columns, joined by blanks, as [`clean_label`] leaves it.
    pub row_labels: Titles,
    /// By column: the header as it is printed.
    pub column_titles: Titles,
    /// By row: the label as it is printed.
    pub row_titles: Titles,
    /// By column: what its body holds.
    pub column_kinds: Vec<LineKind>,
    /// By row: what it holds; header rows are empty.
    pub row_kinds: Vec<LineKind>,
    /// The index of its first figure; its own are the next ones, where nothing else stands between its cells.
    pub first: usize,
    /// What its content is known by as long as it is kept, which no other content has.
    pub number: Option<u64>,
    /// What the header says above the labels (项目, "(in millions)").
    pub corner: Option<String>,
    /// What rows of the header say that are titles of all below them.
    pub(super) titles: Vec<String>,
    /// The column that holds the rows' units, if there is one.
    pub(super) units_column: Option<usize>,
    /// By row: the row that heads it, or [`NONE`]; nothing if no row heads another.
    pub(super) heads: Vec<u32>,
    /// Labels in the middle of the table, for the columns at their right (资产 … 负债 …).
    pub(super) inner: Vec<InnerLabels>,
    pub(super) grid: Grid,
    /// By cell: the index of its only quantity, or [`NONE`].
    pub(super) values: Vec<u32>,
}

/// What a row or a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// No quantities.
    #[default]
    Empty,
    /// Amounts and counts, which may be added.
    Amounts,
    /// Percentages, basis points and the like.
    Percent,
    /// Amounts for one share.
    PerShare,
    /// Some of these.
    Mixed,
}

impl LineKind {
    fn with(self, other: LineKind) -> LineKind {
        if self == LineKind::Empty || self == other { other } else { LineKind::Mixed }
    }
}

impl TableShape {
    /// The same of the same table elsewhere, whose first figure has another index.
    pub(super) fn moved(&self, first: usize) -> Self {
        let by = (first as u32).wrapping_sub(self.first as u32);
        let values = self.values.iter().map(|&value| if value == NONE { NONE } else { value.wrapping_add(by) });
        Self { first, values: values.collect(), ..self.clone() }
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.row_labels.len()
    }

    /// How many columns the table has.
    pub fn columns(&self) -> usize {
        self.column_labels.len()
    }

    /// The cell at a place of the grid, as an index into [`Table::cells`]; one that covers several places is found at each.
    pub fn cell(&self, row: usize, column: usize) -> Option<usize> {
        self.grid.cell(row, column)
    }

    /// The label of the nearest row above whose label is none of some kinds, if it stands near and has no figures: it heads them.
    pub(super) fn heading_above(&self, row: usize, is_kind: impl Fn(&str) -> bool) -> Option<&str> {
        const NEAR: usize = 4;
        let above = (row.saturating_sub(NEAR)..row).rev().find(|&above| !is_kind(&self.row_titles[above]))?;
        let is_bare = (0..self.columns()).all(|column| self.figure_at(above, column).is_none());
        is_bare.then(|| &self.row_titles[above])
    }

    /// The rows that head a row, the nearest first, as columns, indents and looks of the leading labels tell: Current assets, Assets.
    pub fn headings_of(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let head = |row: usize| self.heads.get(row).filter(|&&head| head != NONE).map(|&head| head as usize);
        std::iter::successors(head(row), move |&row| head(row))
    }

    /// What the header says above each column of labels.
    pub(super) fn titles_of_labels(&self) -> impl Iterator<Item = &str> {
        self.column_titles.iter().take(self.label_columns)
    }

    /// Whether a cell of the body is nothing but a quantity.
    pub(super) fn holds_value(&self, cell: usize) -> bool {
        self.values.get(cell).is_some_and(|&value| value != NONE)
    }

    /// Whether a cell may cover several places.
    pub(super) fn has_spans(&self) -> bool {
        self.grid.has_spans()
    }

    /// The quantity that a cell of the table's body consists of, as an index into the document's figures. `None` if it holds
    /// none, several, or other words as well.
    pub fn figure_at(&self, row: usize, column: usize) -> Option<usize> {
        let value = self.values[self.cell(row, column)?];
        (value != NONE).then_some(value as usize)
    }

    /// The labels of all rows as the figures in `column` have them: [`TableShape::row_labels`], but for columns with nearer
    /// labels at their left (资产 … 负债 …).
    pub fn row_labels_of(&self, column: usize) -> &Titles {
        self.inner_of(column).map_or(&self.row_labels, |inner| &inner.labels)
    }

    /// The same, as they are printed.
    pub fn row_titles_of(&self, column: usize) -> &Titles {
        self.inner_of(column).map_or(&self.row_titles, |inner| &inner.titles)
    }

    /// Whether two columns have the same labels of rows.
    pub fn have_same_labels(&self, a: usize, b: usize) -> bool {
        std::ptr::eq(self.row_titles_of(a), self.row_titles_of(b))
    }

    /// The places of the body that hold a quantity: row, column and the figure's index, by rows.
    pub fn body(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let rows = self.header_rows..self.rows();
        let places = rows.flat_map(|row| self.grid.row(row).map(move |(column, cell)| (row, column, cell)));
        places.filter_map(|(row, column, cell)| {
            let value = self.values[cell as usize];
            (value != NONE).then_some((row, column as usize, value as usize))
        })
    }

    /// The label inside the table that `column` has for `row`, if its labels are not the leading ones.
    pub(super) fn inner_title(&self, row: usize, column: usize) -> Option<&str> {
        self.inner_of(column).and_then(|inner| inner.titles.get(row))
    }

    /// Finds what each line holds, once the figures have their units.
    pub(super) fn find_kinds(&mut self, figures: &Figures, per_share: impl Fn(usize, usize) -> bool) {
        let (mut rows, mut columns) = (std::mem::take(&mut self.row_kinds), std::mem::take(&mut self.column_kinds));
        for (row, column, figure) in self.body() {
            let kind = match figures.scale(figure) {
                _ if per_share(row, column) => LineKind::PerShare,
                Scale::Plain => LineKind::Amounts,
                _ => LineKind::Percent,
            };
            rows[row] = rows[row].with(kind);
            columns[column] = columns[column].with(kind);
        }
        (self.row_kinds, self.column_kinds) = (rows, columns);
    }

    fn inner_of(&self, column: usize) -> Option<&InnerLabels> {
        let after = self.inner.partition_point(|inner| inner.column < column);
        after.checked_sub(1).map(|at| &self.inner[at])
    }
}

/// Labels that stand in a column in the middle.
#[derive(Clone, Debug)]
pub(super) struct InnerLabels {
    pub column: usize,
    pub labels: Titles,
    pub titles: Titles,
}
