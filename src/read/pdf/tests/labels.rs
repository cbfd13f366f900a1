//! Labels of rows that are wrapped.

use super::at;
use super::cells::{row, table};

#[test]
fn a_figure_may_be_the_rest_of_a_label() {
    let lines = [
        row(700, "Fees", &[(230, "410"), (330, "390")]),
        row(686, "Rents, net of dues of", &[]),
        row(674, r"$\(30\)", &[(230, "140"), (330, "130")]),
        row(660, "Gifts of the year that were not paid", &[]),
        row(648, r"\(2\)", &[(230, "20"), (330, "10")]),
        row(634, "Total", &[(230, "570"), (330, "530")]),
    ];
    let expected = [
        "Fees|410|390",
        "Rents, net of dues of $(30)|140|130",
        "Gifts of the year that were not paid (2)|20|10",
        "Total|570|530",
    ];
    assert_eq!(table(&lines), expected);
}

#[test]
fn lines_that_lead_on_to_figures_below_belong_to_those() {
    let lines = [
        row(700, "Fees", &[(230, "410"), (330, "390")]),
        row(688, "Direct rents", &[]),
        row(676, "and all gifts of the", &[]),
        row(664, "town", &[(230, "140"), (330, "130")]),
        row(652, "Stock of", &[]),
        row(640, "ships", &[(230, "30"), (330, "20")]),
        row(600, "Total", &[(230, "580"), (330, "540")]),
        row(560, "Boats", &[(230, "8"), (330, "4")]),
    ];
    let expected = [
        "Fees|410|390",
        "Direct rents and all gifts of the town|140|130",
        "Stock of ships|30|20",
        "Total|580|540",
        "Boats|8|4",
    ];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_label_that_fills_its_column_goes_on() {
    let lines = [
        row(700, "Fees", &[(330, "410"), (430, "390")]),
        row(680, "Rents of the year of all towns of Ships", &[]),
        row(668, "Holding Ltd", &[(330, "140"), (430, "130")]),
        row(648, "Assets", &[]),
        row(636, "Ships Ltd", &[(330, "30"), (430, "20")]),
        row(616, "Total", &[(330, "580"), (430, "540")]),
    ];
    let expected = [
        "Fees|410|390",
        "Rents of the year of all towns of Ships Holding Ltd|140|130",
        "Assets",
        "Ships Ltd|30|20",
        "Total|580|540",
    ];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_wall_alone_makes_no_cells_of_the_rows_beside_it() {
    let walls = "250 600 m 250 720 l S\n50 600 m 450 600 l S\n50 720 m 450 720 l S\n".to_string();
    let lines = [
        walls,
        row(700, "Fees", &[(230, "410"), (330, "390")]),
        row(680, "Rents", &[(230, "140"), (330, "130")]),
        row(660, "Total", &[(230, "550"), (330, "520")]),
    ];
    assert_eq!(table(&lines), ["Fees|410|390", "Rents|140|130", "Total|550|520"]);
}

#[test]
fn figures_belong_to_the_nearer_label() {
    let lines = [
        row(700, "Fees of the year", &[]),
        row(688, "", &[(330, "410"), (430, "390")]),
        row(684, "Dues", &[]),
        row(670, "", &[(330, "140"), (430, "130")]),
        row(666, "Rents", &[]),
        row(650, "Total", &[(330, "550"), (430, "520")]),
    ];
    assert_eq!(table(&lines), ["Dues|410|390", "Rents|140|130", "Total|550|520"]);
}

#[test]
fn a_frame_around_a_row_leaves_it_in_its_table() {
    let frame = "45 682 400 14 re S\n200 682 m 200 696 l S\n".to_string();
    let lines = [
        frame,
        row(700, "Fees", &[(330, "410"), (430, "390")]),
        row(686, "Left in May", &[(330, "140"), (430, "130")]),
        row(672, "Total", &[(330, "550"), (430, "520")]),
    ];
    assert_eq!(table(&lines), ["Fees|410|390", "Left in May|140|130", "Total|550|520"]);
}

#[test]
fn figures_two_lines_below_their_label_are_its_own() {
    let lines = [
        row(700, "Fees", &[(330, "410"), (430, "390")]),
        row(680, "Rents", &[]),
        row(656, "", &[(330, "140"), (430, "130")]),
        row(632, "Total", &[(330, "550"), (430, "520")]),
    ];
    assert_eq!(table(&lines), ["Fees|410|390", "Rents|140|130", "Total|550|520"]);
}

#[test]
fn figures_between_the_lines_of_a_label_are_its_own() {
    let lines = [
        row(700, "Fees", &[(330, "410"), (430, "390")]),
        row(680, "Rents that arise from", &[]),
        row(674, "", &[(330, "140"), (430, "130")]),
        row(669, "ships and boats", &[]),
        row(650, "Total", &[(330, "550"), (430, "520")]),
    ];
    assert_eq!(table(&lines), ["Fees|410|390", "Rents that arise from ships and boats|140|130", "Total|550|520"]);
}

/// Years, and labels above their figures, the first so far below the years.
fn labels_above(gap: i32, foot: &str) -> Vec<String> {
    let top = 700 - gap;
    vec![
        row(700, "", &[(230, "2024"), (330, "2023")]),
        row(top, "Fees", &[]),
        row(top - 11, "", &[(230, "410"), (330, "390")]),
        row(top - 33, "Rents", &[]),
        row(top - 44, "", &[(230, "140"), (330, "130")]),
        row(top - 66, "Total *", &[]),
        row(top - 77, "", &[(230, "550"), (330, "520")]),
        foot.to_string(),
    ]
}

#[test]
fn the_first_label_stands_above_its_figures_as_others_do() {
    for gap in [20, 30, 70] {
        let expected = ["2024|2023", "Fees|410|390", "Rents|140|130", "Total *|550|520"];
        assert_eq!(table(&labels_above(gap, "")), expected, "{gap}");
    }
    // Further away is no header.
    assert_eq!(table(&labels_above(90, ""))[0], "Fees|410|390");
}

#[test]
fn notes_go_on_with_no_label() {
    for note in ["* without dues", "Source: Town Office", r"\(1\) Includes rents"] {
        let found = table(&labels_above(30, &at(50, 581, note)));
        assert_eq!(found[3..], ["Total *|550|520"], "{note}");
    }
    let below = at(50, 581, "of the town");
    assert_eq!(table(&labels_above(30, &below))[3], "Total * of the town|550|520");
}

#[test]
fn a_label_that_goes_on_at_the_distance_of_rows_is_one() {
    let lines = [
        row(732, "", &[(330, "2024"), (430, "2023")]),
        row(716, "Year ended May 31,", &[]),
        row(700, "Berths", &[(330, "41"), (430, "39")]),
        row(684, "Dues of the year, those of the dockers", &[]),
        row(668, "and of their guests", &[(330, "410"), (430, "390")]),
        row(652, r"Rents \(net of", &[]),
        row(636, r"taxes\)", &[(330, "140"), (430, "130")]),
        row(620, "Paid by", &[]),
        row(604, "Guests", &[(330, "550"), (430, "520")]),
        row(588, "Gifts", &[]),
        row(572, r"\(less costs\)", &[(330, "10"), (430, "20")]),
        row(556, "Others", &[]),
        row(540, "Total", &[(330, "1,100"), (430, "1,040")]),
    ];
    let expected = [
        "2024|2023",
        "Year ended May 31,",
        "Berths|41|39",
        "Dues of the year, those of the dockers and of their guests|410|390",
        "Rents (net of taxes)|140|130",
        "Paid by Guests|550|520",
        "Gifts (less costs)|10|20",
        "Others",
        "Total|1,100|1,040",
    ];
    assert_eq!(table(&lines), expected);
}
