//! What stands above a table.

use super::*;

/// A text of ten points in bold at a place.
fn bold(x: i32, y: i32, text: &str) -> String {
    at(x, y, text).replace("/F1", "/F2")
}

/// The captions of a table and its heading.
fn above(document: &Document, table: usize) -> (Vec<&str>, Option<&str>) {
    let table = &document.tables[table];
    let captions = table.captions.iter().map(|&caption| document.slice(caption)).collect();
    (captions, table.heading.map(|heading| document.slice(heading)))
}

/// A table of two years whose first line stands at `y`.
fn years(y: i32) -> String {
    let row = |y, label: &str, a: &str, b: &str| at(50, y, label) + &at(350, y, a) + &at(430, y, b);
    bold(350, y, "2023")
        + &bold(430, y, "2024")
        + &row(y - 14, "Harbour dues", "4,100", "4,300")
        + &row(y - 28, "Rents", "1,900", "2,100")
        + &row(y - 42, "Total", "6,000", "6,400")
}

#[test]
fn a_bold_line_over_columns_is_no_heading() {
    let caption = at(50, 700, r"Dues were as follows \(in millions\):");
    let page = bold(50, 730, "Revenue") + &caption + &bold(340, 680, "Year Ended December 31,") + &years(664);
    let document = read_pages(&[&page]);
    let captions = vec!["Dues were as follows (in millions):", "Year Ended December 31,"];
    assert_eq!(above(&document, 0), (captions, Some("Revenue")));
    // One above the labels is a heading.
    let document = read_pages(&[&(caption + &bold(50, 680, "Revenue of the year") + &years(664))]);
    assert_eq!(above(&document, 0), (vec![], Some("Revenue of the year")));
}

#[test]
fn a_bold_remark_in_brackets_is_no_heading() {
    let page = bold(220, 700, "Statement of Dues") + &bold(200, 686, r"\(in millions, unaudited\)") + &years(664);
    assert_eq!(above(&read_pages(&[&page]), 0), (vec!["(in millions, unaudited)"], Some("Statement of Dues")));
}
