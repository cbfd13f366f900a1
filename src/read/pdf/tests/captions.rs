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

#[test]
fn the_scale_of_a_chart_parts_no_table_from_its_unit() {
    let marks: String = (0..5).map(|i| at(60, 660 - 30 * i, &format!("${}", 180 - 10 * i))).collect();
    let title = at(50, 700, "Dues by month")
        + &at(400, 700, "Harbour office of the town")
        + &at(50, 687, r"\(In Millions of Dollars\)");
    let row = |y, year: &str, a: &str, b: &str| at(50, y, year) + &at(200, y, a) + &at(300, y, b);
    let rows = row(500, "2011", "$155", "$115") + &row(486, "2012", "$144", "$121") + &row(472, "2013", "$164", "$118");
    assert_eq!(
        above(&read_pages(&[&(title + &marks + &rows)]), 0).0,
        ["Dues by month Harbour office of the town", "(In Millions of Dollars)"]
    );
}

/// A line of texts by where they start.
fn line(y: i32, texts: &[(i32, &str)]) -> String {
    texts.iter().map(|&(x, text)| at(x, y, text)).collect()
}

#[test]
fn years_head_columns_wherever_they_stand_among_the_lines_of_the_header() {
    let page = line(710, &[(395, "Growth of the year"), (510, "Change")])
        + &line(704, &[(50, "Sector"), (200, "Feb 2016"), (300, "Feb 2015")])
        + &line(698, &[(400, "2016"), (460, "2015"), (510, "Feb to Feb")])
        + &line(
            684,
            &[(50, "Building"), (200, "6,209"), (300, "5,051"), (400, "22.9%"), (460, "33.2%"), (510, "1,158")],
        )
        + &line(670, &[(50, "Trade"), (200, "9,478"), (300, "9,254"), (400, "2.4%"), (460, "9.7%"), (510, "224")]);
    let found = rows(&read_pages(&[&page]), 0);
    assert_eq!(found[..2], ["Sector|Feb 2016|Feb 2015|Growth of the year|Change", "2016|2015|Feb to Feb"]);
}

#[test]
fn lines_of_a_header_are_put_together_above_groups_too() {
    let page = line(728, &[(200, "July to"), (500, "Needed for")])
        + &line(717, &[(310, "Month of January"), (500, "the plan")])
        + &line(706, &[(200, "June"), (310, "2024"), (370, "2023")])
        + &line(690, &[(50, "Fees"), (200, "72,743"), (310, "5,912"), (370, "5,622"), (500, "29,349")])
        + &line(676, &[(50, "Fines"), (200, "41,672"), (310, "1,325"), (370, "1,404"), (500, "31,490")]);
    let expected = [
        "July to|Month of January|Needed for the plan",
        "June|2024|2023",
        "Fees|72,743|5,912|5,622|29,349",
        "Fines|41,672|1,325|1,404|31,490",
    ];
    assert_eq!(rows(&read_pages(&[&page]), 0), expected);
}

#[test]
fn titles_of_columns_that_stand_close_are_two() {
    let page = line(710, &[(50, "Sector"), (300, "Rate of a quarter"), (386, "Quarter to quarter")])
        + &line(690, &[(50, "Fees"), (330, "9.1%"), (430, "543,149")])
        + &line(676, &[(50, "Fines"), (330, "3.3%"), (430, "687,192")]);
    assert_eq!(rows(&read_pages(&[&page]), 0)[0], "Sector|Rate of a quarter|Quarter to quarter");
}

#[test]
fn years_at_the_top_of_a_page_are_no_page_number() {
    let row = |y, label: &str, a: &str, b: &str| at(50, y, label) + &at(350, y, a) + &at(430, y, b);
    let page = at(350, 770, "2023")
        + &at(430, 770, "2024")
        + &row(740, "Dues", "4,100", "4,300")
        + &row(726, "Rents", "1,900", "2,100");
    assert_eq!(rows(&read_pages(&[&page]), 0), ["2023|2024", "Dues|4,100|4,300", "Rents|1,900|2,100"]);
}

#[test]
fn a_unit_below_the_years_stands_over_all_of_them() {
    let rule = "50 665 m 470 665 l S\n";
    let row = |y, label: &str, a: &str, b: &str| at(50, y, label) + &at(350, y, a) + &at(430, y, b);
    let page = at(350, 670, "2023")
        + &at(430, 670, "2024")
        + rule
        + &at(370, 656, r"\(In thousands\)")
        + &row(640, "Dues", "4,100", "4,300")
        + &row(626, "Rents", "1,900", "2,100");
    let document = read_pages(&[&page]);
    assert_eq!(rows(&document, 0)[..2], ["2023|2024", "(In thousands)"]);
    let unit = document.tables[0].cells.iter().find(|cell| cell.row == 1).unwrap();
    assert_eq!((unit.column, unit.column_span), (1, 2));
}

#[test]
fn a_unit_above_the_years_is_that_of_all() {
    let row = |y, label: &str, a: &str, b: &str| at(50, y, label) + &at(350, y, a) + &at(430, y, b);
    let page = at(370, 684, r"\(dollars in thousands\)")
        + &(at(350, 670, "2023") + &at(430, 670, "2024"))
        + &row(656, "Dues", "4,100", "4,300")
        + &row(642, "Rents", "1,900", "2,100");
    let document = read_pages(&[&page]);
    assert_eq!(above(&document, 0).0, ["(dollars in thousands)"]);
    assert_eq!(rows(&document, 0)[0], "2023|2024");
}
