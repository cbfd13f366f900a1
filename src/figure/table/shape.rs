//! The shape of a table: which rows and columns are headers and labels, and which figure stands in which cell.

use super::super::{Class, Dimension, Figure, Scale};
use super::label::{clean_label, names_index, names_units};
use crate::document::{Document, Table};
use crate::span::Span;

/// A table as the figures in it tell: what is header, label and body, and what each line is called.
#[derive(Clone, Debug, Default)]
pub struct TableShape {
    /// How many rows at the top are headers.
    pub header_rows: u32,
    /// How many columns at the left hold labels.
    pub label_columns: u32,
    /// By column: the header, from all header rows, joined by blanks.
    pub column_labels: Vec<String>,
    /// By column: the header as [`clean_label`] leaves it.
    pub column_keys: Vec<String>,
    /// By row: the label, from all label columns, joined by blanks.
    pub row_labels: Vec<String>,
    /// By row: the label as [`clean_label`] leaves it.
    pub row_keys: Vec<String>,
    /// By column: what its body holds.
    pub column_kinds: Vec<LineKind>,
    /// By row: what it holds; header rows are empty.
    pub row_kinds: Vec<LineKind>,
    /// What the header says above the labels (项目, "(in millions)").
    pub corner: Option<String>,
    /// The column that holds the rows' units, if there is one.
    pub(super) units_column: Option<u32>,
    /// Labels in the middle of the table, for the columns at their right (资产 … 负债 …).
    inner: Vec<InnerLabels>,
    grid: Grid,
    /// By cell: the index of its only quantity, or [`NONE`].
    values: Vec<u32>,
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

const NONE: u32 = u32::MAX;

/// A table has no more header rows than this.
const MOST_HEADERS: u32 = 5;

impl TableShape {
    /// How many rows the table has.
    pub fn rows(&self) -> u32 {
        self.row_labels.len() as u32
    }

    /// How many columns the table has.
    pub fn columns(&self) -> u32 {
        self.column_labels.len() as u32
    }

    /// The cell at a place of the grid, as an index into [`Table::cells`]; one that covers several places is found at each.
    pub fn cell(&self, row: u32, column: u32) -> Option<usize> {
        self.grid.cell(row, column)
    }

    /// The quantity that a cell of the table's body consists of, as an index into the document's figures. `None` if it holds
    /// none, several, or other words as well.
    pub fn figure_at(&self, row: u32, column: u32) -> Option<usize> {
        let value = self.values[self.cell(row, column)?];
        (value != NONE).then_some(value as usize)
    }

    /// The label of a row as the figure in `column` has it: the nearest label at its left.
    pub fn row_label(&self, row: u32, column: u32) -> &str {
        self.inner_labels(column).map_or(&self.row_labels, |inner| &inner.labels).get(row as usize).map_or("", |l| l)
    }

    /// The same, as [`clean_label`] leaves it.
    pub fn row_key(&self, row: u32, column: u32) -> &str {
        self.inner_labels(column).map_or(&self.row_keys, |inner| &inner.keys).get(row as usize).map_or("", |l| l)
    }

    /// The label inside the table that `column` has for `row`, if its labels are not the leading ones.
    pub(super) fn inner_label(&self, row: u32, column: u32) -> Option<&str> {
        self.inner_labels(column).and_then(|inner| inner.labels.get(row as usize)).map(String::as_str)
    }

    fn inner_labels(&self, column: u32) -> Option<&InnerLabels> {
        self.inner.iter().rev().find(|inner| inner.column < column)
    }

    /// Finds the shape of a table. Numbers that only number or name its lines lose the class of quantities.
    pub(super) fn new(document: &Document, table: &Table, values: Vec<u32>, figures: &mut [Figure]) -> Self {
        let grid = Grid::new(table);
        let mut builder = Builder { document, table, grid, values, header_rows: 0, uses: Vec::new() };
        builder.find_headers(figures);
        builder.find_uses(figures);
        builder.finish()
    }

    /// The places of the body that hold a quantity: row, column and the figure's index, by rows.
    pub fn body(&self) -> impl Iterator<Item = (u32, u32, usize)> + '_ {
        let rows = self.header_rows..self.rows();
        let places = rows.flat_map(|row| self.grid.row(row).iter().map(move |&(column, cell)| (row, column, cell)));
        places.filter_map(|(row, column, cell)| {
            let value = self.values[cell as usize];
            (value != NONE).then_some((row, column, value as usize))
        })
    }

    /// Finds what each line holds, once the figures have their units.
    pub(super) fn find_kinds(&mut self, figures: &[Figure], per_share: impl Fn(u32, u32) -> bool) {
        let (mut rows, mut columns) = (std::mem::take(&mut self.row_kinds), std::mem::take(&mut self.column_kinds));
        for (row, column, figure) in self.body() {
            let kind = match figures[figure].quantity.scale {
                _ if per_share(row, column) => LineKind::PerShare,
                Scale::Plain => LineKind::Amounts,
                _ => LineKind::Percent,
            };
            rows[row as usize] = rows[row as usize].with(kind);
            columns[column as usize] = columns[column as usize].with(kind);
        }
        (self.row_kinds, self.column_kinds) = (rows, columns);
    }
}

/// Labels that stand in a column in the middle.
#[derive(Clone, Debug)]
struct InnerLabels {
    column: u32,
    labels: Vec<String>,
    keys: Vec<String>,
}

/// Which cell covers a place of the grid, by rows. Tables may be ragged, so that no room is taken for places without a cell.
#[derive(Clone, Debug, Default)]
struct Grid {
    /// Where each row starts in `places`; one more at the end.
    starts: Vec<u32>,
    /// Column and cell, in order.
    places: Vec<(u32, u32)>,
}

impl Grid {
    fn new(table: &Table) -> Self {
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

    fn rows(&self) -> u32 {
        (self.starts.len() as u32).saturating_sub(1)
    }

    /// The places of a row: column and cell.
    fn row(&self, row: u32) -> &[(u32, u32)] {
        let row = row as usize;
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(&start), Some(&end)) => &self.places[start as usize..end as usize],
            _ => &[],
        }
    }

    fn cell(&self, row: u32, column: u32) -> Option<usize> {
        let places = self.row(row);
        // Rows without gaps have each column at its own index.
        let at = match places.get(column as usize) {
            Some(place) if place.0 == column => column as usize,
            _ => places.binary_search_by_key(&column, |place| place.0).ok()?,
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

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Figures.
    Values,
    /// Labels of rows.
    Label,
    /// Numbers or codes of rows.
    Index,
    /// Units of rows.
    Units,
    /// Nothing, or remarks.
    Other,
}

/// What is counted of a column's body.
#[derive(Clone, Copy, Default)]
struct Column {
    values: u32,
    texts: u32,
    years: u32,
    /// Values that go on counting from the first, which is 1.
    consecutive: u32,
    /// Values printed with digits alone.
    plain: u32,
    /// Whether there are codes: numbers with leading zeros, or a name for them in a cell (类, 款, 项).
    code: bool,
}

struct Builder<'a> {
    document: &'a Document,
    table: &'a Table,
    grid: Grid,
    values: Vec<u32>,
    header_rows: u32,
    uses: Vec<Use>,
}

impl Builder<'_> {
    fn text(&self, cell: u32) -> &str {
        self.document.slice(self.table.cells[cell as usize].span)
    }

    fn text_at(&self, row: u32, column: u32) -> &str {
        self.grid.cell(row, column).map_or("", |cell| self.text(cell as u32))
    }

    /// Rows at the top without quantities, years not counted; from the second on they must name more than the row.
    fn find_headers(&mut self, figures: &mut [Figure]) {
        let most = MOST_HEADERS.min(self.grid.rows().saturating_sub(1));
        while self.header_rows < most && self.is_header(self.header_rows, figures) {
            for place in self.grid.row(self.header_rows) {
                let value = std::mem::replace(&mut self.values[place.1 as usize], NONE);
                if let Some(figure) = figures.get_mut(value as usize) {
                    figure.class = Class::Date;
                }
            }
            self.header_rows += 1;
        }
    }

    fn is_header(&self, row: u32, figures: &[Figure]) -> bool {
        let places = self.grid.row(row);
        let figure = |cell: u32| figures.get(self.values[cell as usize] as usize);
        let mut spans_of_time = false;
        for figure in places.iter().filter_map(|&(_, cell)| figure(cell)) {
            let is_time = figure.unit.dimension() == Dimension::Time;
            spans_of_time |= is_time;
            if !is_time && !is_year(self.document, figure) {
                return false;
            }
        }
        // A row with a single cell heads a part of the body.
        let filled = places.iter().filter(|&&(_, cell)| !self.text(cell).is_empty()).count();
        let single = row > 0 && filled == 1 && self.table.columns > 2 && !names_index(self.text_at(row, 0));
        // Rows of the body may start with "5 years", too: then a header has words besides.
        let words = |&(column, cell): &(u32, u32)| {
            (column > 0 || names_index(self.text(cell)))
                && is_name(self.text(cell))
                && (!spans_of_time || figure(cell).is_none())
        };
        !single && (places.iter().any(words) || row == 0 && !spans_of_time)
    }

    fn find_uses(&mut self, figures: &mut [Figure]) {
        let counted = self.count(figures);
        let mut uses: Vec<_> = (0..).zip(&counted).map(|(column, counted)| self.use_of(column, counted)).collect();
        // Codes in several columns (类, 款, 项): the first may look like numbers.
        for column in (1..uses.len()).rev() {
            let is_code = counted[column].code && uses[column] == Use::Index;
            if is_code && uses[column - 1] == Use::Values && counted[column - 1].plain == counted[column - 1].values {
                uses[column - 1] = Use::Index;
            }
        }
        for column in 0..uses.len() {
            if uses[column] == Use::Other && counted[column].texts > 0 && self.is_label(column, &uses) {
                uses[column] = Use::Label;
            }
        }
        self.uses = uses;
        self.forget_index(figures);
    }

    fn count(&self, figures: &[Figure]) -> Vec<Column> {
        let mut columns = vec![Column::default(); self.table.columns as usize];
        for row in self.header_rows..self.grid.rows() {
            for &(column, cell) in self.grid.row(row) {
                let text = self.text(cell);
                let column = &mut columns[column as usize];
                let digits = text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit());
                column.code |= digits && text.starts_with('0') || row < self.header_rows + 2 && names_index(text);
                match figures.get(self.values[cell as usize] as usize) {
                    Some(figure) => {
                        column.values += 1;
                        column.years += u32::from(is_year(self.document, figure));
                        column.plain += u32::from(digits);
                        column.consecutive += u32::from(figure.quantity.numerator == (column.consecutive + 1).into());
                    }
                    None => column.texts += u32::from(is_name(text)),
                }
            }
        }
        columns
    }

    fn use_of(&self, column: u32, counted: &Column) -> Use {
        let header = self.last_header(column);
        let all = |count: u32| count > 0 && count == counted.values;
        let counts_rows = column == 0 && counted.values > 2 && all(counted.consecutive) && counted.texts == 0;
        let is_index = names_index(header) || counted.code || counts_rows || column == 0 && all(counted.years);
        match counted.values {
            0 if names_units(header) => Use::Units,
            _ if is_index => Use::Index,
            0 => Use::Other,
            _ => Use::Values,
        }
    }

    /// Whether a column of words holds labels: before the first values, or where the headers start over (项目, 金额, 项目,
    /// 金额).
    fn is_label(&self, column: usize, uses: &[Use]) -> bool {
        let Some(first_values) = uses.iter().position(|&u| u == Use::Values) else { return column == 0 };
        if column < first_values {
            return true;
        }
        let starts_over = |at: usize, like: usize| {
            let header = self.last_header(at as u32);
            !header.is_empty() && header == self.last_header(like as u32)
        };
        let before = uses[..first_values].iter().rposition(|&u| u == Use::Label);
        let values_follow = uses.get(column + 1) == Some(&Use::Values);
        values_follow
            && (starts_over(column + 1, first_values) || before.is_some_and(|label| starts_over(column, label)))
    }

    /// The header that stands next to the body.
    fn last_header(&self, column: u32) -> &str {
        let rows = (0..self.header_rows).rev();
        rows.map(|row| self.text_at(row, column)).find(|text| !text.is_empty()).unwrap_or("")
    }

    /// Numbers and codes of rows are no quantities.
    fn forget_index(&mut self, figures: &mut [Figure]) {
        for row in self.header_rows..self.grid.rows() {
            for &(column, cell) in self.grid.row(row) {
                if self.uses[column as usize] != Use::Index {
                    continue;
                }
                let value = std::mem::replace(&mut self.values[cell as usize], NONE);
                if let Some(figure) = figures.get_mut(value as usize) {
                    figure.class = if is_year(self.document, figure) { Class::Date } else { Class::Ordinal };
                }
            }
        }
    }

    fn finish(self) -> TableShape {
        let column_labels: Vec<_> = (0..self.table.columns).map(|column| self.column_label(column)).collect();
        let label_columns = self.uses.iter().take_while(|&&u| u != Use::Values).count() as u32;
        let leading = self.named_columns(0, label_columns);
        let mut row_labels = self.labels(&leading);
        self.add_names_among_codes(&mut row_labels, label_columns);
        let inner = (label_columns..self.table.columns).filter(|&column| self.uses[column as usize] == Use::Label);
        let inner = inner.map(|column| {
            let labels = self.labels(&[column]);
            InnerLabels { column, keys: keys(&labels), labels }
        });
        let corner = (0..label_columns).map(|column| self.column_label(column)).collect::<Vec<_>>().join(" ");
        TableShape {
            header_rows: self.header_rows,
            label_columns,
            column_keys: keys(&column_labels),
            row_keys: keys(&row_labels),
            inner: inner.collect(),
            corner: Some(corner.trim().to_string()).filter(|text| !text.is_empty()),
            column_kinds: vec![LineKind::Empty; column_labels.len()],
            row_kinds: vec![LineKind::Empty; row_labels.len()],
            units_column: self.uses.iter().position(|&u| u == Use::Units).map(|column| column as u32),
            column_labels,
            row_labels,
            grid: self.grid,
            values: self.values,
        }
    }

    /// The columns that name the rows: labels, and if there are none, numbers and codes.
    fn named_columns(&self, start: u32, end: u32) -> Vec<u32> {
        let of = |wanted: Use| (start..end).filter(|&c| self.uses[c as usize] == wanted).collect::<Vec<_>>();
        let labels = of(Use::Label);
        if labels.is_empty() { of(Use::Index) } else { labels }
    }

    fn labels(&self, columns: &[u32]) -> Vec<String> {
        (0..self.grid.rows()).map(|row| self.label(row, columns.iter().copied())).collect()
    }

    fn label(&self, row: u32, columns: impl Iterator<Item = u32>) -> String {
        let texts = columns.map(|column| self.text_at(row, column)).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ")
    }

    /// Names of rows that stand in the column of numbers and codes (合计).
    fn add_names_among_codes(&self, labels: &mut [String], label_columns: u32) {
        for (row, label) in (0..).zip(labels).filter(|(_, label)| label.is_empty()) {
            let named = |&column: &u32| self.text_at(row, column).contains(char::is_alphabetic);
            *label = self.label(row, (0..label_columns).filter(named));
        }
    }

    /// The header cells of a column from top to bottom; an empty one goes on with the group at its left.
    fn column_label(&self, column: u32) -> String {
        let mut label = String::new();
        for row in 0..self.header_rows {
            let mut text = self.text_at(row, column);
            if text.is_empty() && self.has_header_below(row, column) {
                let group = (0..column).rev().find(|&left| !self.text_at(row, left).is_empty());
                text =
                    group.filter(|&left| self.has_header_below(row, left)).map_or("", |left| self.text_at(row, left));
            }
            if !text.is_empty() && !label.ends_with(text) {
                label.push_str(if label.is_empty() { "" } else { " " });
                label.push_str(text);
            }
        }
        label
    }

    fn has_header_below(&self, row: u32, column: u32) -> bool {
        (row + 1..self.header_rows).any(|below| !self.text_at(below, column).is_empty())
    }
}

fn keys(labels: &[String]) -> Vec<String> {
    labels.iter().map(|label| clean_label(label)).collect()
}

/// Whether a cell holds a name and not a mark for nothing (—, n/a).
fn is_name(text: &str) -> bool {
    let nothing =
        matches!(text.to_ascii_lowercase().as_str(), "n/a" | "na" | "nm" | "n.m." | "n.a." | "nil" | "无" | "不适用");
    !nothing && text.contains(char::is_alphanumeric)
}

/// Whether a quantity is printed as a year is: four digits, from 1900 to 2100.
fn is_year(document: &Document, figure: &Figure) -> bool {
    let digits = document.slice(figure.span);
    digits.len() == 4 && digits.parse().is_ok_and(|year: u32| (1900..=2100).contains(&year))
}
