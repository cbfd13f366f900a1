//! Figures that are wrapped within the narrow cells of ruled tables.

use super::pages::ruled;
use super::*;

/// A page with a table of four columns of 50 points, its cells by rows; bars part cells, and slashes their lines, which end 4 points before the
/// cell does.
fn page(texts: &[&str]) -> String {
    let top = |row: usize| 700 - 40 * row as i32;
    let heights: Vec<i32> = (0..=texts.len()).map(top).collect();
    let mut page = ruled(&[50, 100, 150, 200, 250], &heights);
    for (row, cells) in texts.iter().enumerate() {
        for (end, cell) in (96..).step_by(50).zip(cells.split('|')) {
            let lines: Vec<&str> = cell.split('/').collect();
            let first = top(row) - 23 + 6 * (lines.len() as i32 - 1);
            for (at, line) in (0..).zip(lines) {
                page += &cells::row(first - 12 * at, "", &[(end, line)]);
            }
        }
    }
    page
}

fn table(texts: &[&str]) -> Document {
    read_pages(&[&page(texts)])
}

fn read_rows(texts: &[&str]) -> Vec<String> {
    rows(&table(texts), 0)
}

#[test]
fn a_figure_that_is_wrapped_in_its_cell_is_one() {
    let texts = [
        "Port|2022|2023|2024",
        "North|6,450,78/4.10|12,188,482/.45|7,635,289./79",
        r"South|\(1,234,5/67.89\)|-/1,234,5/67.89|- 618,5/62.10",
        "Isles|830.25|1,234,567/,890,123/.45|3,330.00",
    ];
    let expected = [
        "Port|2022|2023|2024",
        "North|6,450,784.10|12,188,482.45|7,635,289.79",
        "South|(1,234,567.89)|-1,234,567.89|- 618,562.10",
        "Isles|830.25|1,234,567,890,123.45|3,330.00",
    ];
    let document = table(&texts);
    assert_eq!(rows(&document, 0), expected);
    let whole = document.tables[0].cells.iter().find(|cell| document.slice(cell.span) == "6,450,784.10").unwrap();
    assert_eq!(document.origin(whole.span).place.as_deref(), Some("page 1, line 2"));
}

#[test]
fn decimals_that_others_of_the_column_have_are_wrapped_too() {
    let wrapped = |other: &str| {
        let last = format!("West|3|{other}|2");
        read_rows(&["Port|2022|2023|2024", "North|4|958,845.9/9|5", "Isles|6|676,443.80|7", "South|5|330.00|8", &last])
    };
    assert_eq!(wrapped("17.16")[1], "North|4|958,845.99|5");
    assert!(wrapped("17.1").iter().any(|row| row.contains("958,845.9|") || row.contains("958,845.9 9")));
}

#[test]
fn figures_below_each_other_in_a_cell_are_several() {
    for two in ["1,234,567/8,901.25", "12/.45", "1,234/5,678", "5,/202", "1,234,5/67.8.9", "1,234,567/.45 a"] {
        let read = read_rows(&["Port|2022|2023|2024", &format!("North|4|{two}|5"), "South|5|330|8"]).join("\n");
        let (first, second) = two.split_once('/').unwrap();
        assert!(!read.contains(&format!("{first}{second}")), "{read}");
    }
}

#[test]
fn a_figure_that_goes_on_behind_the_page_is_one() {
    let first = page(&["Port|2022|2023|2024", "North|4.10|3.20|5.30", "Inner|6,450,78|-|12,188,482"]);
    let read = |next: &str| rows(&read_pages(&[&first, &page(&[next, "West|1.10|2.20|3.30"])]), 0);
    assert_eq!(read("|4.10||.45")[2..], ["Inner|6,450,784.10|-|12,188,482.45", "West|1.10|2.20|3.30"]);
    assert_eq!(read("isles|4.10||.45")[2..4], ["Inner|6,450,784.10|-|12,188,482.45", "isles|||"]);
    assert_eq!(read("isles|450.78|1,188,482.10|3.45")[3], "isles|450.78|1,188,482.10|3.45");
}
