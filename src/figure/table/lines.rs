//! Which rows of a table are headers, and what its columns are for.

mod pages;
mod years;

use std::ops::Range;

use super::super::{Class, Dimension, Figure, Figures};
use super::grid::{Grid, NONE, Values, is_year};
use super::label::{clean_label, declared, names_index, names_notes, names_units};
use super::shape::{InnerLabels, LineKind, TableShape};
use super::titles::Titles;
use crate::document::{Document, Table};
use crate::text::boundary;

/// Finds the shape of a table; `values` tells what its cells consist of. Numbers that only number or name the lines lose the
/// class of quantities, and what looks like a year among amounts gets it.
pub(super) fn shape(document: &Document, table: &Table, values: Values, figures: &mut Figures) -> TableShape {
    let grid = Grid::new(table);
    let Values { values, years } = values;
    let mut builder = Builder { document, table, grid, values, years, header_rows: 0, uses: Vec::new() };
    builder.find_headers(figures);
    builder.find_uses(figures);
    builder.take_years_for_amounts(figures);
    builder.finish()
}

/// A table has no more header rows than this.
const MOST_HEADERS: usize = 5;

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
#[derive(Clone, Copy)]
struct Column {
    values: u32,
    texts: u32,
    /// Texts that are units, or are written as some are (元/人, 上年=100).
    units: u32,
    /// Whether all values are printed as years, months or days are.
    periods: bool,
    /// Whether they count from 1.
    consecutive: bool,
    /// Whether they are printed with digits alone.
    plain: bool,
    /// Whether they have one or two digits, in brackets or not, as the numbers of notes have.
    small: bool,
    /// Whether there are codes: numbers with leading zeros, or a name for them in a cell (类, 款, 项).
    code: bool,
}

impl Column {
    const EMPTY: Self =
        Self { values: 0, texts: 0, units: 0, periods: true, consecutive: true, plain: true, small: true, code: false };
}

struct Builder<'a> {
    document: &'a Document,
    table: &'a Table,
    grid: Grid,
    values: Vec<u32>,
    /// Cells that are printed as a year is, in order, with the figure's index.
    years: Vec<(u32, u32)>,
    header_rows: usize,
    uses: Vec<Use>,
}

impl Builder<'_> {
    fn text(&self, cell: u32) -> &str {
        self.document.slice(self.table.cells.at(cell as usize).span)
    }

    fn text_at(&self, row: usize, column: usize) -> &str {
        self.grid.cell(row, column).map_or("", |cell| self.text(cell as u32))
    }

    /// Rows at the top without quantities, years not counted; from the second on they must name more than the row.
    fn find_headers(&mut self, figures: &mut Figures) {
        let most = MOST_HEADERS.min(self.grid.rows().saturating_sub(1));
        while self.header_rows < most && self.is_header(self.header_rows, figures) {
            for place in self.grid.row(self.header_rows) {
                let value = std::mem::replace(&mut self.values[place.1 as usize], NONE);
                if value != NONE {
                    figures.change(value as usize, |figure| figure.class = Class::Date);
                }
            }
            self.header_rows += 1;
        }
    }

    fn is_header(&self, row: usize, figures: &Figures) -> bool {
        if row == 0 && (self.numbers_columns() || self.names_columns_by_numbers(figures)) {
            return true;
        }
        // "Phrase:", "Question:", "Answer:": each row says what stands beside it.
        let is_key = |row: usize| self.text_at(row, 0).ends_with([':', '：']);
        let places = self.grid.row(row);
        let holds_year = |cell: u32| self.years.binary_search_by_key(&cell, |year| year.0).is_ok();
        let names_years = places.clone().any(|(column, cell)| column > 0 && holds_year(cell));
        if is_key(row) && is_key(row + 1) && !names_years {
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
        let single = row > 0 && self.is_single(row) && !names_index(self.text_at(row, 0));
        // Rows of the body may start with "5 years", too: then a header has words besides.
        let words = |(column, cell): (u32, u32)| {
            (self.table.cells.at(cell as usize).column > 0 && column > 0 || names_index(self.text(cell)))
                && is_name(self.text(cell))
                && (!spans_of_time || figure(cell).is_none())
        };
        !single && (places.clone().any(words) || row == 0 && !spans_of_time) && !self.has_amounts_for_years(row)
    }

    /// Whether the first row does nothing but count the columns, as programs write it that know no names of them: 0, 1, 2, ….
    fn numbers_columns(&self) -> bool {
        const LEAST: usize = 5;
        let places = self.grid.row(0);
        let number = |cell: u32| self.text(cell).parse::<usize>().ok();
        let Some(first @ 0..=1) = places.clone().next().and_then(|(_, cell)| number(cell)) else { return false };
        places.len() >= LEAST && places.zip(first..).all(|((_, cell), count)| number(cell) == Some(count))
    }

    /// Whether the first row names some columns by words and the others by numbers, as those of models (737 | 767 | Total), and no row
    /// by a label, as the next one does.
    fn names_columns_by_numbers(&self, figures: &Figures) -> bool {
        let (mut words, mut numbers) = (0, 0);
        for (column, cell) in self.grid.row(0) {
            let text = self.text(cell);
            let is_number = figures.get(self.values[cell as usize] as usize).is_some();
            match is_number {
                _ if column == 0 && !text.is_empty() => return false,
                true if text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit()) => numbers += 1,
                true => return false,
                false => words += u32::from(is_name(text)),
            }
        }
        words > 0 && numbers > 1 && is_name(self.text_at(1, 0))
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

    fn find_uses(&mut self, figures: &mut Figures) {
        let counted = self.count(figures);
        let mut uses: Vec<_> = (0..).zip(&counted).map(|(column, counted)| self.use_of(column, counted)).collect();
        // Codes in several columns (类, 款, 项): the first may look like numbers.
        for column in (1..uses.len()).rev() {
            let is_code = counted[column].code && uses[column] == Use::Index;
            if is_code && uses[column - 1] == Use::Values && counted[column - 1].plain {
                uses[column - 1] = Use::Index;
            }
        }
        if let Some(column) = self.column_of_pages(&uses, figures) {
            uses[column] = Use::Index;
        }
        for column in 0..uses.len() {
            if uses[column] == Use::Other && counted[column].texts > 0 && self.is_label(column, &uses) {
                uses[column] = Use::Label;
            }
        }
        self.uses = uses;
        self.forget_index(figures);
    }

    fn count(&self, figures: &Figures) -> Vec<Column> {
        let mut columns = vec![Column::EMPTY; self.table.columns as usize];
        for row in self.header_rows..self.grid.rows() {
            for (column, cell) in self.grid.row(row) {
                let text = self.text(cell);
                let column = &mut columns[column as usize];
                let digits = text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit());
                column.code |= digits && text.starts_with('0') || row < self.header_rows + 2 && names_index(text);
                match figures.get(self.values[cell as usize] as usize) {
                    Some(figure) => {
                        column.values += 1;
                        column.periods &= is_period(self.document, &figure);
                        column.plain &= digits;
                        column.small &= text.trim_matches(['(', ')', '（', '）']).len() <= 2;
                        column.consecutive &= figure.quantity.numerator == column.values.into();
                    }
                    None if is_name(text) => {
                        column.texts += 1;
                        column.units += u32::from(declared(text).is_some() || text.contains(['/', '=']));
                    }
                    None => {}
                }
            }
        }
        columns
    }

    fn use_of(&self, column: usize, counted: &Column) -> Use {
        const FEW: u32 = 4;
        let header = self.last_header(column);
        let counts_rows = column == 0 && counted.values > 2 && counted.consecutive && counted.texts == 0;
        let are_periods = || counted.values > 0 && counted.periods;
        let is_index = names_index(header) || counted.code || counts_rows || column == 0 && are_periods();
        let is_index = is_index || names_notes(header) && counted.values > 0 && counted.small;
        match counted.values {
            // 单位 is also an office: such a column holds names.
            0 if names_units(header) && counted.units * 2 >= counted.texts => Use::Units,
            _ if is_index => Use::Index,
            0 => Use::Other,
            // Some labels are all figures: 3 years.
            values if column == 0 && counted.texts > FEW * values => Use::Other,
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
            let header = self.last_header(at);
            !header.is_empty() && header == self.last_header(like)
        };
        let before = uses[..first_values].iter().rposition(|&u| u == Use::Label);
        let values_follow = uses.get(column + 1) == Some(&Use::Values);
        values_follow
            && (starts_over(column + 1, first_values) || before.is_some_and(|label| starts_over(column, label)))
    }

    /// The header that stands next to the body.
    fn last_header(&self, column: usize) -> &str {
        let rows = (0..self.header_rows).rev();
        rows.map(|row| self.text_at(row, column)).find(|text| !text.is_empty()).unwrap_or("")
    }

    /// Numbers and codes of rows are no quantities.
    fn forget_index(&mut self, figures: &mut Figures) {
        for row in self.header_rows..self.grid.rows() {
            for (column, cell) in self.grid.row(row) {
                if self.uses[column as usize] != Use::Index {
                    continue;
                }
                let value = std::mem::replace(&mut self.values[cell as usize], NONE);
                if value != NONE {
                    let class = |figure: &Figure| match is_period(self.document, figure) {
                        true => Class::Date,
                        false => Class::Ordinal,
                    };
                    figures.change(value as usize, |figure| figure.class = class(figure));
                }
            }
        }
    }

    fn finish(self) -> TableShape {
        let column_titles = self.column_titles();
        let label_columns = self.uses.iter().take_while(|&&u| u != Use::Values).count();
        let row_titles = self.row_titles(label_columns);
        let inner = (label_columns..self.uses.len()).filter(|&column| self.uses[column] == Use::Label);
        let inner = inner.map(|column| {
            let titles = (0..self.grid.rows()).map(|row| self.title(row, [column].into_iter())).collect();
            InnerLabels { column, labels: cleaned(&titles), titles }
        });
        let corner = column_titles.iter().take(label_columns).collect::<Vec<_>>().join(" ");
        TableShape {
            header_rows: self.header_rows,
            label_columns,
            column_labels: cleaned(&column_titles),
            row_labels: cleaned(&row_titles),
            inner: inner.collect(),
            corner: Some(corner.trim().to_string()).filter(|text| !text.is_empty()),
            column_kinds: vec![LineKind::Empty; column_titles.len()],
            row_kinds: vec![LineKind::Empty; row_titles.len()],
            first: 0,
            number: None,
            units_column: self.uses.iter().position(|&u| u == Use::Units),
            column_titles,
            row_titles,
            grid: self.grid,
            values: self.values,
        }
    }

    /// The leading columns that name the rows: labels, and if there are none, numbers and codes.
    fn naming_columns(&self, end: usize) -> Vec<usize> {
        let of = |wanted: Use| (0..end).filter(|&column| self.uses[column] == wanted).collect::<Vec<_>>();
        let labels = of(Use::Label);
        if labels.is_empty() { of(Use::Index) } else { labels }
    }

    fn row_titles(&self, label_columns: usize) -> Titles {
        let naming = self.naming_columns(label_columns);
        let title = |row: usize| {
            let title = self.title(row, naming.iter().copied());
            if !title.is_empty() {
                return title;
            }
            // Names of rows may stand in the column of numbers and codes (合计).
            let named = |&column: &usize| self.text_at(row, column).contains(char::is_alphabetic);
            self.title(row, (0..label_columns).filter(named))
        };
        (0..self.grid.rows()).map(title).collect()
    }

    fn title(&self, row: usize, columns: impl Iterator<Item = usize>) -> String {
        let mut title = String::new();
        let mut last = None;
        for cell in columns.filter_map(|column| self.grid.cell(row, column)) {
            // A cell that covers several columns is met at each of them.
            if last != Some(cell) && !self.text(cell as u32).is_empty() {
                append(&mut title, self.text(cell as u32));
            }
            last = Some(cell);
        }
        title
    }

    /// By column: the header cells from top to bottom. An empty one goes on with the group at its left, unless cells of its row
    /// say what they cover.
    fn column_titles(&self) -> Titles {
        let columns = self.uses.len();
        // Whether a column has a header below the row; known from the bottom up.
        let mut below = vec![vec![false; columns]; self.header_rows];
        for row in (1..self.header_rows).rev() {
            let filled = |column: usize| !self.text_at(row, column).is_empty();
            below[row - 1] = (0..columns).map(|column| below[row][column] || filled(column)).collect();
        }
        let has_groups: Vec<bool> = (0..self.header_rows).map(|row| self.has_groups(row)).collect();
        let mut groups = vec![""; self.header_rows];
        let title = |column: usize| {
            let mut title = String::new();
            for row in 0..self.header_rows {
                let (text, below) = (self.text_at(row, column), below[row][column]);
                if !text.is_empty() {
                    groups[row] = if below { text } else { "" };
                }
                let goes_on = text.is_empty() && below && !has_groups[row];
                add_to_title(&mut title, if goes_on { groups[row] } else { text });
            }
            title
        };
        (0..columns).map(title).collect()
    }

    /// Whether a row says itself which columns its groups cover.
    fn has_groups(&self, row: usize) -> bool {
        self.grid.row(row).any(|(_, cell)| self.table.cells.at(cell as usize).column_span > 1)
    }
}

/// What a line is called is cut off behind so many bytes: it is read, and told, for each figure of the line.
const LONGEST_TITLE: usize = 1000;

fn append(title: &mut String, text: &str) {
    let room = LONGEST_TITLE.saturating_sub(title.len());
    if room > 0 {
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(&text[..boundary(text, room)]);
    }
}

fn add_to_title(title: &mut String, text: &str) {
    if !text.is_empty() && !title.ends_with(text) {
        append(title, text);
    }
}

fn cleaned(titles: &Titles) -> Titles {
    titles.iter().map(clean_label).collect()
}

/// Whether a cell holds a name and not a mark for nothing (—, n/a).
fn is_name(text: &str) -> bool {
    let nothing =
        matches!(text.to_ascii_lowercase().as_str(), "n/a" | "na" | "nm" | "n.m." | "n.a." | "nil" | "无" | "不适用");
    !nothing && text.contains(char::is_alphanumeric)
}

/// Whether a quantity is printed as a year, a month or a day is in digits alone: 2024, 202401, 20240131.
fn is_period(document: &Document, figure: &Figure) -> bool {
    let digits = document.slice(figure.span);
    let within = |part: Range<usize>, least: u32, most: u32| {
        digits.get(part).is_none_or(|part| part.parse().is_ok_and(|number: u32| (least..=most).contains(&number)))
    };
    let is_plain = matches!(digits.len(), 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_year(document, figure) || is_plain && within(0..4, 1900, 2100) && within(4..6, 1, 12) && within(6..8, 1, 31)
}
