//! The figures of a report as they were read, for `figlint figures`.

use super::bind::Reading;
use super::present::{Presenter, decimal, place_view};
use crate::diagnostic::{FigureList, FigureRow};
use crate::document::{BlockKind, Document, Language, Table};
use crate::figure::table::{TableShape, is_total};
use crate::figure::{self, Class, Figure, Hedge, Rounding};

/// Lists every figure of a report, and what was recognised as none, in reading order. `rounding` is how the report rounds;
/// `language` that of messages, the report's own where it is `None`.
pub fn figures(document: &Document, rounding: Rounding, language: Option<Language>) -> FigureList {
    let reading = Reading::new(document);
    let listed = reading.figures.iter().filter(|figure| figure.class != Class::Word);
    let rows = listed.map(|figure| row(&reading, &figure, rounding)).collect();
    let presenter = Presenter { reading: &reading, language: language.unwrap_or(document.language), earlier: None };
    FigureList {
        path: document.source.path.display().to_string(),
        language: document.language,
        rows,
        problems: presenter.problems_of(document),
    }
}

pub(super) fn row(reading: &Reading, figure: &Figure, rounding: Rounding) -> FigureRow {
    let document = reading.document;
    let mut row = FigureRow {
        text: document.printed(figure.span).to_owned(),
        class: class_name(figure.class),
        place: place_view(document, figure.span),
        ..FigureRow::default()
    };
    if figure.class == Class::Quantity {
        let range = figure.quantity.range(figure.is_exact(), rounding);
        row.value = figure.quantity.nominal().as_ref().map(decimal);
        row.low = range.low.as_ref().map(|end| decimal(&end.value));
        row.high = range.high.as_ref().map(|end| decimal(&end.value));
        row.unit = figure.unit_name(document.text());
        row.hedge = hedge_name(figure.quantity.hedge).map(str::to_owned);
        row.label = label(reading, figure);
    }
    row
}

/// The words that name a figure: in a table its row's and its column's labels, elsewhere those before it.
fn label(reading: &Reading, figure: &Figure) -> Option<String> {
    let document = reading.document;
    let block = document.blocks.get(figure.block as usize)?;
    if let BlockKind::Cell { table, cell } = block.kind {
        let (shape, cell) =
            (reading.shapes.get(table as usize)?, document.tables.get(table as usize)?.cells.at(cell as usize));
        let (row, column) = (cell.row as usize, cell.column as usize);
        let headings = Rows { document, table: &document.tables[table as usize], shape, column }.headings(row);
        let own = [shape.row_labels_of(column).get(row), shape.column_labels.get(column)].into_iter().flatten();
        let labels: Vec<_> = headings.into_iter().chain(own).filter(|label| !label.is_empty()).collect();
        return (!labels.is_empty()).then(|| labels.join(" / "));
    }
    figure::label(document.text(), block.span, figure).map(|span| document.printed(span).to_owned())
}

/// The rows of a table, as the labels before a column name them.
struct Rows<'a> {
    document: &'a Document,
    table: &'a Table,
    shape: &'a TableShape,
    column: usize,
}

/// Headings are sought so many rows further up, and in so many columns.
const REACH: usize = 40;

impl<'a> Rows<'a> {
    /// The labels of the rows that head a row, from the outermost to the nearest.
    fn headings(&self, row: usize) -> Vec<&'a str> {
        let labels = self.shape.row_labels_of(self.column);
        let told = |row: usize| self.shape.headings_of(row).take_while(|_| self.has_leading_labels());
        let nearest = self.heading(row).filter(|&heading| told(row).next().is_none_or(|told| told < heading));
        let mut headings: Vec<_> = match nearest {
            Some(heading) => std::iter::once(heading).chain(told(heading)).map(|row| &labels[row]).collect(),
            None => told(row).map(|row| &labels[row]).collect(),
        };
        headings.reverse();
        headings
    }

    /// Whether the labels of the column are those that lead the rows.
    fn has_leading_labels(&self) -> bool {
        std::ptr::eq(self.shape.row_labels_of(self.column), &self.shape.row_labels)
    }

    /// The row that heads a row, if others near it have the same label below other such rows: Current year, below Wage tax and below
    /// Sales tax.
    fn heading(&self, row: usize) -> Option<usize> {
        let labels = self.shape.row_labels_of(self.column);
        let own = labels.get(row).filter(|own| !own.is_empty())?;
        let heading = self.heading_above(row)?;
        let is_other = |other: usize| labels[other] != labels[heading];
        let is_elsewhere = |at: usize| &labels[at] == own && self.heading_above(at).is_some_and(is_other);
        (row.saturating_sub(REACH)..labels.len().min(row + REACH)).any(is_elsewhere).then_some(heading)
    }

    /// The nearest row above a row of figures that has nothing but its label, unless a total stands between.
    fn heading_above(&self, row: usize) -> Option<usize> {
        let labels = self.shape.row_labels_of(self.column);
        let is_end = |at: &usize| self.is_bare(*at) && !labels[*at].is_empty() || is_total(&labels[*at]);
        let heading = (self.shape.header_rows.max(row.saturating_sub(REACH))..row).rev().find(is_end)?;
        (!self.is_bare(row) && !is_total(&labels[heading])).then_some(heading)
    }

    /// Whether a row has nothing but its label; a dash is a figure of nought.
    fn is_bare(&self, row: usize) -> bool {
        let (first, cells) = (self.shape.label_columns, &self.table.cells);
        let own = (first..self.shape.columns().min(first + REACH)).filter_map(|column| self.shape.cell(row, column));
        let mut own = own.filter(|&cell| cell < cells.len()).map(|cell| cells.at(cell));
        own.all(|cell| (cell.column as usize) < first || self.document.slice(cell.span).trim().is_empty())
    }
}

/// A class as JSON names it.
fn class_name(class: Class) -> &'static str {
    match class {
        Class::Quantity => "quantity",
        Class::Date => "date",
        Class::Time => "time",
        Class::Ordinal => "ordinal",
        Class::Reference => "reference",
        Class::Range => "range",
        Class::Phrase | Class::Word => "phrase",
    }
}

/// A hedge as JSON names it.
fn hedge_name(hedge: Hedge) -> Option<&'static str> {
    Some(match hedge {
        Hedge::None => return None,
        Hedge::Odd => "odd",
        Hedge::AtLeast => "at-least",
        Hedge::Over => "over",
        Hedge::AtMost => "at-most",
        Hedge::Under => "under",
        Hedge::Nearly => "nearly",
        Hedge::About => "about",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn figures_are_listed_as_they_were_read() {
        let text = "2020年受理1,338件,办结率94.1%,培训近30人。".as_bytes().to_vec();
        let document = read::bytes(std::path::Path::new("r.txt"), text, &read::Options::default()).unwrap();
        let list = figures(&document, Rounding::Nearest, None);
        let shown: Vec<_> = list
            .rows
            .iter()
            .map(|row| (row.class, row.text.as_str(), row.value.as_deref(), row.hedge.as_deref(), row.label.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("date", "2020年", None, None, None),
                ("quantity", "1,338件", Some("1338"), None, Some("受理")),
                ("quantity", "94.1%", Some("0.941"), None, Some("办结率")),
                ("quantity", "近30人", None, Some("nearly"), Some("培训")),
            ]
        );
    }

    #[test]
    fn a_row_of_dashes_heads_no_others() {
        let text = "| unit | 2024 | 2023 |\n|---|---|---|\n| Services | - | - |\n| Materials | 44 | 54 |\n| Grants | - | - |\n| Materials | 12 | 22 |\n";
        let document =
            read::bytes(std::path::Path::new("r.md"), text.as_bytes().to_vec(), &read::Options::default()).unwrap();
        let list = figures(&document, Rounding::Nearest, None);
        let labels: Vec<_> = list.rows.iter().filter_map(|row| row.label.as_deref()).collect();
        let own = ["materials / 2024", "materials / 2023"];
        assert_eq!(labels, [own, own].concat());
    }

    #[test]
    fn rows_of_one_name_are_told_by_the_row_that_heads_them() {
        let text = "tax,2024,2023\nWage tax,,\nThis year,7,8\nEarlier,5,6\nTotal wage tax,12,14\nThis year,2,2\nSales tax,,\nThis year,3,4\nLate fees,2,1\n";
        let document =
            read::bytes(std::path::Path::new("r.csv"), text.as_bytes().to_vec(), &read::Options::default()).unwrap();
        let list = figures(&document, Rounding::Nearest, None);
        let labels: Vec<_> = list.rows.iter().filter_map(|row| row.label.as_deref()).step_by(2).collect();
        let expected = [
            "wagetax / thisyear / 2024",
            "earlier / 2024",
            "totalwagetax / 2024",
            "thisyear / 2024",
            "salestax / thisyear / 2024",
            "latefees / 2024",
        ];
        assert_eq!(labels, expected);
    }

    #[test]
    fn rows_are_told_by_all_that_head_them() {
        let rows = [(0, "Assets", ""), (1, "Current", ""), (2, "Cash", "5"), (1, "Land", "7")];
        let rows: String = rows
            .iter()
            .map(|(indent, label, figure)| {
                let blanks = "&nbsp;".repeat(2 * indent);
                format!("<tr><td>{blanks}{label}</td><td>{figure}</td><td>{figure}</td></tr>")
            })
            .collect();
        let page = format!("<html><table><tr><td></td><td>2024</td><td>2023</td></tr>{rows}</table></html>");
        let document =
            read::bytes(std::path::Path::new("r.html"), page.into_bytes(), &read::Options::default()).unwrap();
        let list = figures(&document, Rounding::Nearest, None);
        let labels: Vec<_> = list.rows.iter().filter_map(|row| row.label.as_deref()).step_by(2).collect();
        assert_eq!(labels, ["assets / current / cash / 2024", "assets / land / 2024"]);
    }
}
