//! Which rows of a table are headers, and what its columns are for.

mod groups;
mod headers;
mod names;
mod pages;
mod uses;
mod years;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::super::{Figure, Figures};
use super::grid::{Grid, NONE, Values, is_year};
use super::label::clean_label;
use super::shape::{InnerLabels, LineKind, TableShape};
use super::titles::Titles;
use crate::document::{Document, Table};
use uses::Use;

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

    /// The header that stands next to the body.
    fn last_header(&self, column: usize) -> &str {
        let rows = (0..self.header_rows).rev();
        rows.map(|row| self.text_at(row, column)).find(|text| !text.is_empty()).unwrap_or("")
    }

    fn finish(self) -> TableShape {
        let column_titles = self.column_titles();
        let label_columns = self.uses.iter().take_while(|&&u| u != Use::Values).count();
        let row_titles = self.row_titles(label_columns);
        let inner = self.inner_labels(label_columns);
        let corner = column_titles.iter().take(label_columns).collect::<Vec<_>>().join(" ");
        let titles = (0..self.header_rows).filter_map(|row| self.title_in(row)).map(str::to_string).collect();
        TableShape {
            titles,
            header_rows: self.header_rows,
            label_columns,
            column_labels: cleaned(&column_titles),
            row_labels: cleaned(&row_titles),
            inner,
            corner: Some(corner.trim().to_string()).filter(|text| !text.is_empty()),
            column_kinds: vec![LineKind::Empty; column_titles.len()],
            row_kinds: vec![LineKind::Empty; row_titles.len()],
            first: 0,
            number: None,
            heads: self.groups(label_columns),
            units_column: self.uses.iter().position(|&u| u == Use::Units),
            column_titles,
            row_titles,
            grid: self.grid,
            values: self.values,
        }
    }

    /// The columns of labels behind the leading ones. Where such a column is empty beside figures, their row has one label for all (Total).
    fn inner_labels(&self, label_columns: usize) -> Vec<InnerLabels> {
        let columns = label_columns..self.uses.len();
        let columns: Vec<usize> = columns.filter(|&column| self.uses[column] == Use::Label).collect();
        let ends = columns.iter().skip(1).copied().chain([self.uses.len()]);
        let first = self.naming_columns(label_columns).first().copied();
        let labels = columns.iter().zip(ends).map(|(&column, end)| {
            let has_values = |row: usize| {
                let mut cells = (column + 1..end).filter_map(|column| self.grid.cell(row, column));
                cells.any(|cell| self.values[cell] != NONE)
            };
            let title = |row: usize| {
                let title = self.title(row, [column].into_iter());
                if title.is_empty() && has_values(row) { self.title(row, first.into_iter()) } else { title }
            };
            let titles = (0..self.grid.rows()).map(title).collect();
            InnerLabels { column, labels: cleaned(&titles), titles }
        });
        labels.collect()
    }

    /// The leading columns that name the rows: labels, and if there are none, the first numbers and codes that stand side by side.
    fn naming_columns(&self, end: usize) -> Vec<usize> {
        let is = |wanted: Use| move |column: &usize| self.uses[*column] == wanted;
        let labels: Vec<usize> = (0..end).filter(is(Use::Label)).collect();
        let is_index = is(Use::Index);
        let codes = (0..end).skip_while(|column| !is_index(column)).take_while(|column| is_index(column));
        if labels.is_empty() { codes.collect() } else { labels }
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
}

/// What a line is called is cut off behind so many bytes: it is read, and told, for each figure of the line.
const LONGEST_TITLE: usize = 1000;

fn append(title: &mut String, text: &str) {
    let room = LONGEST_TITLE.saturating_sub(title.len());
    if room > 0 {
        title.push_str(if title.is_empty() { "" } else { " " });
        title.push_str(&text[..text.floor_char_boundary(room)]);
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
