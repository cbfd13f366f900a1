//! Rows that head others: what they are found by, and what they say of the figures below them.

use super::super::super::{Figures, lex};
use super::super::TableShape;
use super::document_in;
use crate::document::{Document, Format};

/// A page with a table; each row has the indent of its label, the label and its figure.
fn read(rows: &[(u32, &str, &str)]) -> (Document, Figures, Vec<TableShape>) {
    let rows: String = rows
        .iter()
        .map(|(indent, label, figure)| {
            format!(
                "<tr><td style=\"padding-left:{}pt\">{label}</td><td>{figure}</td><td>{figure}</td></tr>",
                9 * indent
            )
        })
        .collect();
    let page = format!(
        "<html><body><p>(in millions)</p><table><tr><td></td><td>2024</td><td>2023</td></tr>{rows}</table></body></html>"
    );
    let document = document_in(Format::Html, &page);
    let (figures, shapes) = lex(&document);
    (document, figures, shapes)
}

/// What heads each row, from the outermost on, and the row's own label.
fn groups(rows: &[(u32, &str, &str)]) -> Vec<String> {
    let (.., shapes) = read(rows);
    let label = |row: usize| shapes[0].row_labels[row].to_string();
    let path = |row: usize| {
        let mut path: Vec<String> = shapes[0].headings_of(row).map(label).collect();
        path.reverse();
        path.push(label(row));
        path.join("/")
    };
    (1..shapes[0].rows()).map(path).collect()
}

#[test]
fn groups_are_told_by_indents() {
    let rows = [
        (0, "Assets", ""),
        (1, "Current", ""),
        (2, "Cash", "5"),
        (2, "Total current", "5"),
        (1, "Land", "7"),
        (2, "Total assets", "12"),
        (0, "Debts", "3"),
    ];
    let expected = [
        "assets",
        "assets/current",
        "assets/current/cash",
        "assets/current/totalcurrent",
        "assets/land",
        "assets/totalassets",
        "debts",
    ];
    assert_eq!(groups(&rows), expected);
}

#[test]
fn a_heading_that_stands_out_heads_those_below_it() {
    let rows = [
        (0, "ASSETS", ""),
        (0, "Current:", ""),
        (1, "Cash", "5"),
        (0, "Land", "7"),
        (0, "Other:", ""),
        (1, "Rights", "4"),
        (0, "DEBTS", ""),
        (0, "Loans:", ""),
        (1, "Bonds", "2"),
    ];
    let expected = [
        "assets",
        "assets/current",
        "assets/current/cash",
        "land",
        "assets/other",
        "assets/other/rights",
        "debts",
        "debts/loans",
        "debts/loans/bonds",
    ];
    assert_eq!(groups(&rows), expected);
    // Where nothing tells levels, none is guessed.
    let flat = [(0, "Sales", ""), (0, "Ships", "5"), (0, "Boats", "4"), (0, "Staff", "30")];
    assert_eq!(groups(&flat), ["sales", "ships", "boats", "staff"]);
    // What has figures heads nothing.
    assert_eq!(groups(&[(0, "Sales", "9"), (1, "Ships", "5"), (1, "Boats", "4")]), ["sales", "ships", "boats"]);
}

#[test]
fn what_heads_a_row_says_what_it_is_printed_in() {
    let rows = [
        (0, "Sales", "412"),
        (0, "Earnings per share:", ""),
        (1, "From ships", "2.36"),
        (0, "Ages in %", ""),
        (1, "Below 20", "19.5"),
        (0, "Guests (in thousands)", ""),
        (1, "By sea", "31"),
        (0, "Visits in 1000", "77"),
    ];
    let (document, figures, shapes) = read(&rows);
    let value = |row: usize| {
        let figure = figures.at(shapes[0].figure_at(row, 1).unwrap());
        format!("{} {}", document.slice(figure.span), figure.quantity.numerator.normalize())
    };
    let expected = ["412 412000000", "2.36 2.36", "19.5 0.195", "31 31000", "77 77000"];
    assert_eq!([1, 3, 5, 7, 8].map(value), expected);
}
