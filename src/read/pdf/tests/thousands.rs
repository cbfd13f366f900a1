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
fn thousands_are_told_however_many_figures_a_page_has() {
    let of = |y: i32, figure: &str| row(y, "Port", &[(230, figure)]);
    let page = of(714, "15 455") + &of(700, "13 951") + &of(686, "20 922");
    let dense: String =
        (0..30).map(|i| format!("BT /F1 2 Tf 300 {} Td ({}) Tj ET\n", 100 + 3 * i, "12345 ".repeat(40))).collect();
    let document = read_pages(&[&(page + &dense)]);
    assert!(document.text().contains("15\u{a0}455") && document.text().matches("12345").count() == 1200);
}

#[test]
fn figures_beside_each_other_in_sentences_stay_apart() {
    let page: String = (0..4)
        .map(|i| at(50 + 13 * i, 700 - 14 * i, &format!("In {} there were rooms for {} 200 guests", i, i + 3)))
        .collect();
    assert!(!read_pages(&[&page]).text().contains('\u{a0}'));
}

/// The text of a page that holds a line, the parts of which are set apart by these parts of a thousand of the font's size; `None` if it is
/// refused.
fn line(parts: &str) -> Option<String> {
    let document = read_pages(&[&format!("BT /F1 10 Tf 50 700 Td [{parts}] TJ ET")]);
    document.problems.is_empty().then(|| document.text().trim().to_string())
}

#[test]
fn gaps_in_figures_without_room_for_a_digit_are_closed() {
    assert_eq!(line("(They paid 1,2)-250(07.40 crowns)").as_deref(), Some("They paid 1,207.40 crowns"));
    assert_eq!(line("(They paid 220,219)-230(,247.12 crowns)").as_deref(), Some("They paid 220,219,247.12 crowns"));
    // A digit may be missing, or the parts make no figure.
    assert_eq!(line("(They paid 1,2)-500(07.40 crowns)"), None);
    assert_eq!(line("(They paid 8,52)-250(6,81 crowns)"), None);
    // All figures of the line fell apart.
    assert_eq!(line("(They paid 8)-250(3)-250(8)-250(,433 crowns)"), None);
}

#[test]
fn narrow_blanks_of_a_line_part_its_figures() {
    let list =
        |blank: i32| format!("(They)-{blank}(sold)-{blank}(12,202,988,)-{blank}(122,029,877)-{blank}(and)-{blank}(3)");
    assert!(line(&list(160)).is_some());
    assert_eq!(line(&list(300).replace("988,)-300", "988,)-160")), None);
}

#[test]
fn points_without_digits_are_no_part_of_a_figure() {
    for parts in ["(March 31,2021)-200(......)", "(x)-200(. 0,)-300(y)", "(. ,)", "(In 2020.)-380(1, 3)"] {
        assert!(line(parts).is_some(), "{parts}");
    }
}
