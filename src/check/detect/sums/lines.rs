//! The lines of a table, rows or columns.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::blocks;
use super::name::Name;
use super::year;
use crate::check::detect::grid::{Cell, Grid, Kind, Value};
use crate::document::{Document, Table};

/// A table seen by its rows or by its columns.
pub struct Lines<'a> {
    grid: &'a Grid<'a>,
    by_rows: bool,
    /// By position or line: the column.
    columns: Vec<usize>,
    /// The first line of the body.
    pub first: usize,
    /// What is known of each line.
    pub all: Vec<Line>,
    /// By position in the lines: what the line across is called.
    pub across: Vec<Name>,
    /// By position in the lines: whether any figure there is below nought.
    pub has_negative: Vec<bool>,
    /// How far off the coarsest figure may be.
    pub most_slack: i128,
    /// The lines before which others were left out.
    gaps: Vec<usize>,
    /// A list printed in several columns, with one total for all: no total is that of its own column.
    pub wrapped: bool,
    pub(super) search: Search,
}

/// How far the search for what a table teaches has come.
pub(super) struct Search {
    /// How many of its figures may still be looked at, and one more; 0: the limit was met.
    left: AtomicUsize,
    /// By position, once it was asked: whether its figures are quotients of two others.
    pub quotients: Vec<OnceLock<bool>>,
    /// Whether any line is called a rate, once that was asked.
    has_rates: OnceLock<bool>,
}

impl Search {
    fn new(positions: usize) -> Self {
        let quotients = vec![OnceLock::new(); positions];
        Self { left: AtomicUsize::new(100_000_001), quotients, has_rates: OnceLock::new() }
    }
}

/// A row or a column.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is called.
    pub name: Name,
    /// What most of its figures are; `None` if it has none.
    pub kind: Option<Kind>,
    /// Whether it has a label.
    pub labelled: bool,
    /// How far its label is indented.
    pub indent: u16,
    /// Its code, where codes name the rows (2010601): digits that start with those of the line it is a part of.
    pub code: String,
}

impl<'a> Lines<'a> {
    /// A table by its rows and by its columns; one with labels in the middle (资产 … 负债 …) as several tables.
    pub fn all_of(document: &Document, table: usize, grid: &'a Grid<'a>) -> Vec<Self> {
        let shape = grid.shape;
        let columns: Vec<usize> = (shape.label_columns..grid.columns()).collect();
        let same = |a: &usize, b: &usize| shape.have_same_labels(*a, *b);
        let groups = columns.chunk_by(same).filter(|group| grid.has_figures(group));
        let lines = groups.flat_map(|group| {
            let titles = shape.row_titles_of(group[0]);
            let mut rows: Vec<Name> = titles.iter().map(Name::of).collect();
            blocks::loosen(grid, group, &mut rows);
            year::name_totals(&mut rows, |row| &titles[row]);
            let title = |column: usize| &shape.column_titles[group[column]];
            let mut columns: Vec<Name> = (0..group.len()).map(|column| Name::of(title(column))).collect();
            year::name_totals(&mut columns, title);
            [
                Self::rows(document, table, grid, group, (&rows, &columns)),
                Self::columns(&document.tables[table], grid, group, (&columns, &rows)),
            ]
        });
        let mut all: Vec<Self> = lines.collect();
        let is_total = |line: &Line| line.kind.is_some() && line.name.total;
        let have_total = all.iter().step_by(2).filter(|rows| rows.all.iter().any(is_total)).count();
        let wrapped = all.len() > 2 && 2 * have_total < all.len();
        all.iter_mut().for_each(|lines| lines.wrapped = wrapped);
        all
    }

    fn rows(
        document: &Document,
        table: usize,
        grid: &'a Grid<'a>,
        columns: &[usize],
        (names, across): (&[Name], &[Name]),
    ) -> Self {
        let own = &document.tables[table];
        let titles = grid.shape.row_titles_of(columns[0]);
        let line = |row: usize| {
            let mut line = Line::called(&titles[row], names[row]);
            for cell in grid.labels_of(own, row).map(|cell| own.cells.at(cell)) {
                let text = document.slice(cell.span);
                if text.bytes().all(|b| b.is_ascii_digit()) && cell.row as usize == row {
                    line.code.push_str(text);
                } else if !text.is_empty() && line.indent == 0 {
                    line.indent = cell.indent;
                }
            }
            line
        };
        let all = (0..grid.rows()).map(line).collect();
        let gaps = own.gaps.rows.iter().map(|&row| row as usize).collect();
        Self::new(grid, true, columns, all, across, gaps)
    }

    fn columns(own: &Table, grid: &'a Grid<'a>, columns: &[usize], (names, across): (&[Name], &[Name])) -> Self {
        let titles = columns.iter().map(|&column| &grid.shape.column_titles[column]);
        let all = titles.zip(names).map(|(title, &name)| Line::called(title, name)).collect();
        let line = |&gap: &u32| columns.partition_point(|&column| column < gap as usize);
        let gaps = own.gaps.columns.iter().map(line).collect();
        Self::new(grid, false, columns, all, across, gaps)
    }

    /// Takes so many figures off those that may still be looked at; `None` where the limit is met.
    pub fn spend(&self, figures: usize) -> Option<()> {
        // One thread goes through the lines of a table.
        let left = self.search.left.load(Ordering::Relaxed).saturating_sub(figures);
        self.search.left.store(left, Ordering::Relaxed);
        (left > 0).then_some(())
    }

    /// Whether the limit was met: then not all was found.
    pub fn is_exhausted(&self) -> bool {
        self.search.left.load(Ordering::Relaxed) == 0
    }

    /// Whether any line is called an average, a rate or a price.
    pub fn has_rates(&self) -> bool {
        *self.search.has_rates.get_or_init(|| self.all.iter().any(|line| line.name.rate))
    }

    /// The title of a line.
    pub fn title(&self, line: usize) -> &str {
        let shape = self.grid.shape;
        match self.by_rows {
            true => &shape.row_titles_of(self.columns[0])[line],
            false => &shape.column_titles[self.columns[line]],
        }
    }

    /// What the other lines say of a position: the column of a row's figure, the row of a column's.
    pub fn title_across(&self, at: usize) -> &str {
        let shape = self.grid.shape;
        match self.by_rows {
            true => &shape.column_titles[self.columns[at]],
            false => &shape.row_titles_of(self.columns[0])[at],
        }
    }

    /// Whether the lines are rows.
    pub fn are_rows(&self) -> bool {
        self.by_rows
    }

    /// How many positions a line has.
    pub fn positions(&self) -> usize {
        if self.by_rows { self.columns.len() } else { self.grid.rows() }
    }

    /// Whether there are figures at one position only, and that in all lines.
    pub fn has_one_position(&self) -> bool {
        let is_filled = |&at: &usize| (0..self.all.len()).any(|line| self.value(line, at).is_some());
        let mut filled = (0..self.positions()).filter(is_filled);
        let (Some(at), None) = (filled.next(), filled.next()) else { return false };
        (self.first..self.all.len()).all(|line| self.value(line, at).is_some())
    }

    /// What stands in a line at a position.
    pub fn cell(&self, line: usize, at: usize) -> &Cell {
        let (row, column) = self.place(line, at);
        self.grid.cell(row, column)
    }

    /// The cell of the table in a line at a position, by its index.
    pub fn cell_index(&self, line: usize, at: usize) -> Option<usize> {
        let (row, column) = self.place(line, at);
        self.grid.shape.cell(row, column)
    }

    /// What the figure in a line at a position counts as.
    pub fn value(&self, line: usize, at: usize) -> Option<&Value> {
        self.cell(line, at).value()
    }

    /// The same figure, as an index into the reading's.
    pub fn figure(&self, line: usize, at: usize) -> Option<usize> {
        let (row, column) = self.place(line, at);
        self.value(line, at).and_then(|_| self.grid.shape.figure_at(row, column))
    }

    /// The row and the column of a position in a line.
    fn place(&self, line: usize, at: usize) -> (usize, usize) {
        if self.by_rows { (line, self.columns[at]) } else { (at, self.columns[line]) }
    }

    /// Whether no lines were left out among those of a sum, nor beside them on the side away from the total.
    pub fn are_all_there(&self, total: usize, parts: &[(usize, i8)]) -> bool {
        let lines = || parts.iter().map(|&(line, _)| line);
        let first = lines().min().map_or(total, |first| if first > total { total + 1 } else { first });
        let last = lines().max().map_or(total, |last| if last < total { total } else { last + 1 });
        !self.gaps.iter().any(|gap| (first..=last).contains(gap))
    }

    /// How many half units of percentages make 1; `None` where there are none.
    pub fn percent_unit(&self) -> Option<i128> {
        self.grid.percent_unit
    }

    /// How many half units of amounts make 1; `None` where there are none.
    pub fn amount_unit(&self) -> Option<i128> {
        self.grid.amount_unit
    }

    fn new(
        grid: &'a Grid<'a>,
        by_rows: bool,
        columns: &[usize],
        all: Vec<Line>,
        across: &[Name],
        gaps: Vec<usize>,
    ) -> Self {
        let (columns, across) = (columns.to_vec(), across.to_vec());
        let first = if by_rows { grid.shape.header_rows } else { 0 };
        let positions = across.len();
        let search = Search::new(positions);
        let (has_negative, most_slack, wrapped) = (vec![false; positions], 0, false);
        let mut lines =
            Self { grid, by_rows, columns, first, all, across, has_negative, most_slack, gaps, wrapped, search };
        lines.look_through();
        lines.take_labels();
        lines
    }

    /// Finds what the lines' figures are. What stands in columns of percentages says nothing of a row, unless it has nothing else.
    fn look_through(&mut self) {
        let mut across = vec![[0u32; 3]; self.positions()];
        for line in self.first..self.all.len() {
            for (at, counts) in across.iter_mut().enumerate() {
                let Cell::Value(value) = *self.cell(line, at) else { continue };
                counts[value.kind as usize] += 1;
                self.has_negative[at] |= value.units() < 0;
                self.most_slack = self.most_slack.max(value.slack());
            }
        }
        let percents: Vec<bool> = across.iter().map(|counts| most(counts) == Some(Kind::Percent)).collect();
        for line in self.first..self.all.len() {
            let (mut counts, mut of_percents) = ([0u32; 3], [0u32; 3]);
            for (at, &is_percent) in percents.iter().enumerate() {
                let Cell::Value(value) = *self.cell(line, at) else { continue };
                let counts = if is_percent && self.by_rows { &mut of_percents } else { &mut counts };
                counts[value.kind as usize] += 1;
            }
            self.all[line].kind = most(&counts).or_else(|| most(&of_percents));
        }
    }

    /// A line without a label stands out only among lines that have some.
    fn take_labels(&mut self) {
        let filled = |line: &&Line| line.kind.is_some();
        let labelled = self.all.iter().filter(filled).filter(|line| line.labelled).count();
        let none = labelled * 2 < self.all.iter().filter(filled).count();
        self.all.iter_mut().for_each(|line| line.labelled |= none);
    }
}

/// The commonest of the kinds that are counted.
fn most(counts: &[u32; 3]) -> Option<Kind> {
    let kinds = [Kind::Amount, Kind::Percent, Kind::PerShare];
    let most = kinds.into_iter().max_by_key(|&kind| (counts[kind as usize], std::cmp::Reverse(kind)));
    most.filter(|&kind| counts[kind as usize] > 0)
}

impl Line {
    fn called(title: &str, name: Name) -> Self {
        Self { name, labelled: !title.trim().is_empty(), ..Self::default() }
    }
}
