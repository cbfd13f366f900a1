//! Which columns the titles of a header stand over.

use super::cells::{row, table};
use super::*;

/// A line of texts by where they start.
fn line(y: i32, texts: &[(i32, &str)]) -> String {
    texts.iter().map(|&(x, text)| at(x, y, text)).collect()
}

/// A line drawn from side to side.
fn rule(y: i32, from: i32, to: i32) -> String {
    format!("{from} {y} m {to} {y} l S\n")
}

/// Three rows of figures that end at `ends`.
fn body(y: i32, ends: &[i32]) -> String {
    let amounts =
        |figures: &'static [&'static str]| ends.iter().copied().zip(figures.iter().copied()).collect::<Vec<_>>();
    row(y, "Fees", &amounts(&["410", "190", "220", "390", "180", "210"]))
        + &row(y - 14, "Rents", &amounts(&["140", "100", "40", "130", "90", "40"]))
        + &row(y - 28, "Total", &amounts(&["550", "290", "260", "520", "270", "250"]))
}

/// The columns of the cells in the first rows of a page's only table: their text, the first column, how many.
fn spans(page: &str, rows: u32) -> Vec<(String, u32, u32)> {
    let document = read_pages(&[page]);
    let cells = document.tables[0].cells.iter().filter(|cell| cell.row < rows);
    cells.map(|cell| (document.slice(cell.span).to_string(), cell.column, cell.column_span)).collect()
}

const SIX: [i32; 6] = [220, 280, 340, 420, 480, 540];

#[test]
fn a_line_drawn_below_a_title_tells_its_columns() {
    let titles = line(714, &[(200, "Total"), (258, "Town"), (310, "Port"), (400, "All"), (458, "Town"), (520, "Port")]);
    let groups = line(730, &[(258, "Spring"), (440, "Autumn")]);
    let drawn = rule(726, 190, 342) + &rule(726, 390, 545);
    let found = spans(&(groups.clone() + &drawn + &titles + &body(700, &SIX)), 1);
    assert_eq!(found, [("Spring".into(), 1, 3), ("Autumn".into(), 4, 3)]);
    // The line may go below the labels, too; one as long as a title underlines its words.
    let drawn = rule(726, 50, 342) + &rule(726, 440, 474);
    let found = spans(&(groups + &drawn + &titles + &body(700, &SIX)), 1);
    assert_eq!(found, [("Spring".into(), 1, 3), ("Autumn".into(), 5, 1)]);
}

#[test]
fn titles_that_start_over_stand_below_their_groups() {
    let titles =
        line(714, &[(200, "Total"), (258, "Town"), (310, "Port"), (400, "Total"), (458, "Town"), (520, "Port")]);
    let found = spans(&(line(730, &[(258, "Spring"), (440, "Autumn")]) + &titles + &body(700, &SIX)), 1);
    assert_eq!(found, [("Spring".into(), 1, 3), ("Autumn".into(), 4, 3)]);
}

#[test]
fn years_go_on_below_their_group() {
    let years =
        line(714, &[(200, "2023"), (258, "2022"), (318, "2021"), (400, "Change"), (458, "Share"), (510, "Rank")]);
    let found = spans(&(line(730, &[(200, "Year ended in May"), (460, "Of all")]) + &years + &body(700, &SIX)), 1);
    assert_eq!(found[0], ("Year ended in May".into(), 1, 3));
}

#[test]
fn groups_above_a_line_over_all_of_the_table_are_of_its_header() {
    let page = line(730, &[(205, "Spring of 2024"), (425, "Autumn of 2024")])
        + &rule(726, 50, 560)
        + &line(714, &[(200, "Town"), (258, "Port"), (400, "Town"), (458, "Port")])
        + &body(700, &[220, 280, 420, 480]);
    assert_eq!(spans(&page, 1), [("Spring of 2024".into(), 1, 2), ("Autumn of 2024".into(), 3, 2)]);
}

#[test]
fn the_number_of_a_table_starts_its_title() {
    let page = line(730, &[(50, "Table 3: Dues of all towns"), (400, "Harbour office of the town")])
        + &line(714, &[(200, "Town"), (258, "Port"), (400, "Ships"), (458, "Boats")])
        + &body(700, &[220, 280, 420, 480]);
    assert_eq!(spans(&page, 1)[0], ("Town".into(), 1, 1));
}

#[test]
fn a_year_above_labels_heads_rows_and_makes_no_column() {
    let page = [
        line(714, &[(200, "Town"), (258, "Port")]),
        at(50, 700, "2023"),
        body(686, &[220, 280]),
        at(50, 640, "2022"),
        body(626, &[220, 280]),
    ];
    assert_eq!(table(&page)[..3], ["Town|Port", "2023", "Fees|410|190"]);
    let shape = read_pages(&[&page.concat()]);
    assert_eq!(shape.tables[0].columns, 3);
}

#[test]
fn years_without_a_label_head_another_table() {
    let page = line(730, &[(200, "2023"), (260, "2022"), (320, "2021")])
        + &body(716, &[220, 280, 340])
        + &line(670, &[(260, "2023"), (320, "2022")])
        + &row(656, "Ships", &[(280, "40"), (340, "30")])
        + &row(642, "Boats", &[(280, "60"), (340, "50")]);
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.len(), 2);
    assert_eq!(rows(&document, 1), ["2023|2022", "Ships|40|30", "Boats|60|50"]);
}

#[test]
fn years_in_a_frame_head_the_table_below_it() {
    let frame = "180 710 170 16 re S\n";
    let page = frame.to_string() + &line(714, &[(200, "2023 $"), (258, "2022 $")]) + &body(696, &[225, 285]);
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(rows(&document, 0)[..2], ["2023 $|2022 $", "Fees|410|190"]);
}

#[test]
fn figures_a_little_below_the_first_label_are_its_own() {
    let page = line(730, &[(200, "Town"), (258, "Port")])
        + &at(50, 708, "Left from May")
        + &row(703, "", &[(220, "410"), (280, "190")])
        + &row(680, "Rents", &[(220, "140"), (280, "100")])
        + &row(660, "Total", &[(220, "550"), (280, "290")]);
    assert_eq!(table(&[page])[1], "Left from May|410|190");
}

#[test]
fn labels_of_many_lines_tear_no_table_and_are_put_together() {
    let page = [
        line(730, &[(300, "2023"), (360, "2022")]),
        row(716, "Fees", &[(320, "410"), (380, "390")]),
        at(50, 702, "Other income of the town") + &at(50, 674, "Changes in all rents:"),
        line(660, &[(55, "Rents of the year, less those")]),
        line(648, &[(55, "of the port and of all its")]),
        line(636, &[(55, "ships and boats of the town, net")]),
        row(624, "of dues", &[(320, "140"), (380, "130")]),
        row(610, "Total", &[(320, "550"), (380, "520")]),
    ];
    let expected = [
        "2023|2022",
        "Fees|410|390",
        "Other income of the town",
        "Changes in all rents:",
        "Rents of the year, less those of the port and of all its ships and boats of the town, net of dues|140|130",
        "Total|550|520",
    ];
    assert_eq!(table(&page), expected);
}

#[test]
fn a_unit_below_each_year_is_of_the_header() {
    let page = line(730, &[(210, "2023"), (270, "2022")])
        + &line(716, &[(205, "$\\222000"), (265, "$\\222000")])
        + &body(702, &[240, 300]);
    let found = table(&[page]);
    assert_eq!(found[..3], ["2023|2022", "$’000|$’000", "Fees|410|190"]);
}

#[test]
fn a_title_may_reach_beyond_the_figures_below_it() {
    let page = line(744, &[(200, "Value"), (310, "Average"), (380, "Useful life of a ship of the town")])
        + &line(730, &[(200, "in all"), (310, "in all"), (390, "in years")])
        + &body(716, &[220, 330, 400]);
    assert_eq!(table(&[page])[0], "Value in all|Average in all|Useful life of a ship of the town in years");
}

#[test]
fn a_title_stands_in_the_middle_of_its_columns_wherever_the_line_below_it_ends() {
    let titles =
        line(714, &[(200, "2023"), (258, "2022"), (310, "Total"), (400, "Town"), (458, "Port"), (520, "Rank")]);
    let page = line(730, &[(390, "Change"), (515, "Of all")]) + &rule(726, 190, 485) + &titles + &body(700, &SIX);
    assert_eq!(spans(&page, 1), [("Change".into(), 3, 3), ("Of all".into(), 6, 1)]);
}

#[test]
fn a_title_that_stands_again_has_as_many_columns() {
    let titles =
        line(714, &[(200, "2023"), (260, "Total"), (320, "Port"), (400, "2022"), (460, "Total"), (520, "Port")]);
    let page = line(730, &[(50, "Of all"), (260, "Change"), (478, "Change")])
        + &rule(726, 455, 545)
        + &titles
        + &body(700, &SIX);
    assert_eq!(spans(&page, 1)[1..], [("Change".into(), 2, 2), ("Change".into(), 5, 2)]);
}

#[test]
fn titles_closer_than_columns_stand_over_one_each() {
    let page = line(728, &[(150, "Town"), (180, "Port"), (206, "Ships"), (305, "Boats")])
        + &line(714, &[(145, "Dues"), (173, "Rents"), (204, "Gifts"), (305, "Fines")])
        + &body(700, &[168, 198, 228, 330]);
    assert_eq!(table(&[page])[0], "Town Dues|Port Rents|Ships Gifts|Boats Fines");
}

#[test]
fn a_header_may_start_before_labels_that_stand_in_the_middle() {
    let page = line(714, &[(20, "Change of all"), (200, "Town"), (258, "Port"), (310, "Ships")])
        + &row(700, "   Fees", &[(220, "410"), (280, "190"), (340, "220")])
        + &row(686, "   Rents", &[(220, "140"), (280, "100"), (340, "40")]);
    let page = page.replace("50 700 Td", "90 700 Td").replace("50 686 Td", "90 686 Td");
    assert_eq!(table(&[page])[0], "Change of all|Town|Port|Ships");
}

#[test]
fn titles_that_go_on_by_number_stand_below_their_group() {
    let titles =
        line(714, &[(200, "Town"), (256, "Port"), (312, "Qtr 4"), (392, "Qtr 3"), (452, "Qtr 2"), (520, "Rank")]);
    let page = line(730, &[(200, "Dues"), (375, "Change by"), (520, "Place")]) + &titles + &body(700, &SIX);
    assert_eq!(spans(&page, 1)[1], ("Change by".into(), 3, 3));
}

#[test]
fn a_remark_beside_the_first_label_parts_no_table_from_its_years() {
    let page = line(742, &[(200, "2023"), (260, "2022"), (320, "2021")])
        + &line(728, &[(240, r"\(in thousands\)")])
        + &line(714, &[(50, "Dues of the town"), (245, r"\(unaudited\)")])
        + &body(700, &[220, 280, 340]);
    let expected = ["2023|2022|2021", "Dues of the town|(in thousands) (unaudited)", "Fees|410|190|220"];
    assert_eq!(table(&[page])[..3], expected);
}

#[test]
fn a_line_below_a_title_alone_makes_it_one_of_the_header() {
    let titles = line(714, &[(200, "2023"), (258, "2022"), (318, "All"), (400, "Town"), (458, "Port"), (510, "Rank")]);
    let page = line(732, &[(395, "Change")]) + &rule(728, 310, 485) + &titles + &body(700, &SIX);
    assert_eq!(spans(&page, 1), [("Change".into(), 3, 3)]);
}

#[test]
fn groups_may_stand_further_away() {
    let page = line(750, &[(205, "Spring of 2024"), (425, "Autumn of 2024")])
        + &line(714, &[(50, "Dues"), (200, "Town"), (258, "Port"), (400, "Town"), (458, "Port")])
        + &body(700, &[220, 280, 420, 480]);
    assert_eq!(spans(&page, 1), [("Spring of 2024".into(), 1, 2), ("Autumn of 2024".into(), 3, 2)]);
}

#[test]
fn close_titles_that_end_with_their_columns_are_two() {
    let page = line(728, &[(50, "Dues"), (203, "May to June to")])
        + &line(714, &[(200, "May"), (246, "June"), (318, "All")])
        + &body(700, &[231, 266, 340]);
    assert_eq!(table(&[page])[0], "Dues|May to May|June to June|All");
}

#[test]
fn years_beside_a_time_head_another_table() {
    let page = line(730, &[(50, "Ended in May"), (200, "2023"), (260, "2022"), (320, "2021")])
        + &body(716, &[220, 280, 340])
        + &at(50, 670, "What is left")
        + &line(656, &[(50, "As of December 31"), (260, "2023"), (320, "2022")])
        + &row(642, "Ships", &[(280, "40"), (340, "30")])
        + &row(628, "Boats", &[(280, "60"), (340, "50")]);
    let document = read_pages(&[&page]);
    assert_eq!(rows(&document, 1), ["As of December 31|2023|2022", "Ships|40|30", "Boats|60|50"]);
}

#[test]
fn a_unit_over_two_lines_is_one() {
    let years = row(726, "", &[(230, "2024"), (330, "2023")]);
    let unit = line(714, &[(180, r"\(in millions, except per share")]) + &line(702, &[(260, r"amounts\)")]);
    let found = spans(&(years + &unit + &body(686, &[230, 330])), 2);
    assert_eq!(found[2..], [("(in millions, except per share amounts)".to_string(), 1, 2)]);
}

#[test]
fn a_unit_above_rows_of_years_is_that_of_all_columns() {
    let titles = line(714, &[(50, "Year:"), (200, "Rent"), (300, "Dues"), (400, "Fees")]);
    let unit = line(700, &[(260, r"\(in thousands\)")]);
    let rows = row(686, "2025", &[(220, "27"), (320, "2,528"), (420, "13,589")])
        + &row(672, "2026", &[(220, "4"), (320, "2,579"), (420, "9,946")]);
    let found = spans(&(titles + &unit + &rows), 2);
    assert_eq!(found.last(), Some(&("(in thousands)".to_string(), 1, 3)));
}

#[test]
fn years_beside_titles_of_other_columns_head_a_table() {
    // Figures of the second year stand further right than its group.
    let groups = line(726, &[(130, "ALL"), (248, "THE YEAR TO DATE"), (400, "TO BE")]);
    let years = line(710, &[(130, "PAST"), (244, "2024"), (340, "2023"), (400, "LEFT")]);
    let figures =
        |y: i32, label: &str| row(y, label, &[(160, "8,100"), (282, "1,410,000"), (376, "1,390,000"), (430, "190")]);
    let page = groups + &years + &figures(690, "Fees") + &figures(676, "Rents") + &figures(662, "Total");
    let found = spans(&page, 1);
    assert_eq!(found[1], ("THE YEAR TO DATE".to_string(), 2, 2));
}

#[test]
fn what_stands_below_years_is_not_their_rest() {
    let lines = [
        line(726, &[(150, "Note"), (208, "2024"), (308, "2023")]),
        line(714, &[(204, "$'000"), (304, "$'000")]),
        row(690, "Fees", &[(162, "6"), (230, "410"), (330, "390")]),
        row(676, "Rents", &[(162, "7"), (230, "140"), (330, "130")]),
        row(662, "Total", &[(230, "550"), (330, "520")]),
    ];
    assert_eq!(table(&lines)[..3], ["Note|2024|2023", "$'000|$'000", "Fees|6|410|390"]);
}

#[test]
fn a_line_below_the_header_parts_it_not_from_a_label_that_heads_the_first_rows() {
    let titles = line(730, &[(50, r"\(in thousands\)"), (200, "Town"), (258, "Port"), (318, "Ships"), (400, "Isles")]);
    let page = titles + &rule(726, 50, 545) + &at(50, 714, "Paid by:") + &body(700, &SIX[..4]);
    let document = read_pages(&[&page]);
    assert_eq!(rows(&document, 0)[..3], [r"(in thousands)|Town|Port|Ships|Isles", "Paid by:", "Fees|410|190|220|390"]);
}

#[test]
fn further_titles_stand_below_years() {
    let lines = [
        rule(725, 205, 332) + &rule(725, 375, 502),
        row(728, "", &[(280, "2024"), (450, "2023")]),
        row(714, "", &[(330, "Part of"), (500, "Part of")]),
        row(700, "Port", &[(230, "Fees"), (330, "all"), (400, "Fees"), (500, "all")]),
        row(686, "North", &[(230, "410"), (330, "41%"), (400, "390"), (500, "39%")]),
        row(672, "South", &[(230, "590"), (330, "59%"), (400, "610"), (500, "61%")]),
    ];
    assert_eq!(table(&lines)[1], "Port|Fees|Part of all|Fees|Part of all");
}
