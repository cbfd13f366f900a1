//! Thousands kept apart by blanks.

use super::cells::row;
use super::*;

#[test]
fn groups_of_three_digits_in_a_column_are_one_figure() {
    let page = |last: &str| {
        row(728, "Port", &[(230, "2023"), (330, "2024")])
            + &row(714, "North", &[(230, "15 455"), (330, "13 951")])
            + &row(700, "South", &[(230, "1 035 190"), (330, "962")])
            + &row(686, "Isles", &[(230, "527"), (330, "20 922")])
            + &row(672, "Left", &[(230, "4 012"), (330, last)])
    };
    let read = |last: &str| rows(&read_pages(&[&page(last)]), 0).join("\n").replace('\u{a0}', "_");
    let expected = "Port|2023|2024\nNorth|15_455|13_951\nSouth|1_035_190|962\nIsles|527|20_922\nLeft|4_012|7_040";
    assert_eq!(read("7 040"), expected);
    // A figure whose thousands stand together tells that the others may be several figures.
    assert!(read("7,040").contains("North|15_455|13"));
    assert!(!read("7,040").contains("13_951"));
}

#[test]
fn figures_beside_each_other_in_sentences_stay_apart() {
    let page: String = (0..4)
        .map(|i| at(50 + 13 * i, 700 - 14 * i, &format!("In {} there were rooms for {} 200 guests", i, i + 3)))
        .collect();
    assert!(!read_pages(&[&page]).text().contains('\u{a0}'));
}
