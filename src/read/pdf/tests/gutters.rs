//! Pages set in columns of prose.

use super::*;

/// Lines of prose of ten points, from a height down, twelve points apart.
fn column(x: i32, y: i32, lines: &[&str]) -> String {
    (0..).zip(lines).map(|(i, line)| at(x, y - 12 * i, line)).collect()
}

const LEFT: [&str; 6] = [
    "The harbour was deepened in the spring, and",
    "the larger ships now lie at the new quay. Of",
    "the boats that were counted, most were small",
    "and kept by families of the town. The office",
    "asked them for their plans, and most of them",
    "answered that they wish to stay for the next",
];
const RIGHT: [&str; 6] = [
    "ten years. The ferry went to the island on all",
    "days but two, when the storm kept it at home,",
    "and carried more people than in the years that",
    "came before. The fare is still the same, which",
    "the council means to keep, since the ferry is",
    "paid for by the tax on the berths of visitors.",
];

fn joined(parts: &[&[&str]]) -> String {
    parts.concat().join(" ")
}

#[test]
fn columns_are_read_one_after_the_other() {
    for step in [0, 5] {
        // Lines of columns stand at the same heights, or at others.
        let page = column(50, 700, &LEFT) + &column(320, 700 - step, &RIGHT);
        let document = read_pages(&[&page]);
        assert_eq!(paragraphs(&document), [joined(&[&LEFT, &RIGHT])], "{step}");
    }
    let page = column(50, 700, &LEFT) + &column(320, 700, &RIGHT);
    let document = read_pages(&[&page]);
    let end = document.blocks.at(0).span.end;
    let last = document.places.as_ref().and_then(|places| places.at(end - 1));
    assert_eq!(last, Some(crate::document::Place::Page { page: 1, line: 12 }));
}

#[test]
fn three_columns_are_read_one_after_the_other() {
    let first = [
        "the ships that are lying here,",
        "the smaller boats and rafts",
        "of the town were counted",
        "by the office, and all are told.",
    ];
    let second = [
        "the nets that are hanging here,",
        "the longer ropes and sails",
        "of the town were counted",
        "by the office, and all are told.",
    ];
    let third = [
        "the oars that are standing here,",
        "the masts and their hooks",
        "of the town were counted",
        "by the office, and all are told.",
    ];
    let page = column(50, 700, &first) + &column(230, 700, &second) + &column(410, 700, &third);
    assert_eq!(paragraphs(&read_pages(&[&page])).join(" "), joined(&[&first, &second, &third]));
}

#[test]
fn what_stands_over_both_columns_stays_there() {
    let title = "BT /F2 16 Tf 120 740 Td (The harbour and the ferry of the town in the year) Tj ET\n";
    let middle =
        "All berths, boats and ferries of the harbour are told of in the next part, with what they cost the town";
    let page = title.to_string()
        + &column(50, 700, &LEFT)
        + &column(320, 700, &RIGHT)
        + &at(50, 600, middle)
        + &column(50, 570, &LEFT)
        + &column(320, 570, &RIGHT);
    let document = read_pages(&[&page]);
    let columns = joined(&[&LEFT, &RIGHT]);
    let expected = ["The harbour and the ferry of the town in the year", &columns, middle, &columns];
    assert_eq!(paragraphs(&document), expected);
}

#[test]
fn a_table_in_a_column_and_one_over_both_stay_tables() {
    let rows_at = |places: [i32; 3], y: i32| -> String {
        let rows = [("Berths", "1,100", "2,100"), ("Boats", "1,200", "2,200"), ("Total", "2,300", "4,300")];
        let row = |(i, (label, a, b)): (i32, (&str, &str, &str))| {
            at(places[0], y - 12 * i, label) + &at(places[1], y - 12 * i, a) + &at(places[2], y - 12 * i, b)
        };
        (0..).zip(rows).map(row).collect()
    };
    let expected = ["Berths|1,100|2,100", "Boats|1,200|2,200", "Total|2,300|4,300"];
    // Beside prose.
    let page =
        column(50, 700, &LEFT) + &column(50, 628, &LEFT) + &rows_at([320, 420, 500], 700) + &column(320, 640, &RIGHT);
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(rows(&document, 0), expected);
    // Over both columns, which the gutter would part between its labels and figures.
    let page = column(50, 700, &LEFT)
        + &column(320, 700, &RIGHT)
        + &rows_at([50, 330, 500], 600)
        + &column(50, 540, &LEFT)
        + &column(320, 540, &RIGHT);
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.len(), 1, "{:#?}", paragraphs(&document));
    assert_eq!(rows(&document, 0), expected);
}

#[test]
fn labels_and_what_is_told_of_them_are_no_columns() {
    let item = |y: i32, label: &str, told: [&str; 2]| at(50, y, label) + &column(220, y, &told);
    let page = item(700, "Berths", ["are let for a year, and those", "who leave are paid the rest."])
        + &item(670, "Boats", ["are counted in the spring, and", "again when the year is over."])
        + &item(640, "Nets", ["are hung at the quay, where", "they do not stand in the way."])
        + &item(610, "Ropes", ["are sold by the harbour, if", "there are more than it needs."]);
    let document = read_pages(&[&page]);
    assert_eq!(paragraphs(&document)[0], "Berths are let for a year, and those");
}

#[test]
fn labels_over_several_lines_beside_figures_are_no_columns() {
    let labels = [
        "Fees that were paid by the boats of the town,",
        "of the harbour and of the ferry, less those",
        "that were paid back to the boats of visitors,",
        "to the ferry and to others who had left it",
    ];
    let page = column(50, 700, &labels)
        + &column(330, 700, &["1,100", "1,200", "1,300", "1,400"])
        + &column(420, 700, &["2,100", "2,200", "2,300", "2,400"]);
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(rows(&document, 0)[0], format!("{}|1,100|2,100", labels[0]));
}

#[test]
fn notes_in_the_margin_are_read_apart() {
    let note = ["Harbour Office", "12 Ferry Road", "Old Quay", "Open on Mondays", "Closed in June"];
    let page = column(50, 695, &note) + &column(200, 700, &LEFT) + &column(200, 628, &LEFT);
    let document = read_pages(&[&page]);
    let prose = joined(&[&LEFT, &LEFT]);
    assert_eq!(paragraphs(&document).last(), Some(&&*prose));
}

#[test]
fn a_gutter_of_other_pages_parts_a_page_with_little_prose() {
    let full = column(50, 700, &LEFT) + &column(320, 700, &RIGHT);
    let rest = column(50, 700, &LEFT) + &column(320, 700, &["Old Quay, in June", "Harbour Office"]);
    let read = |pages: &[&str]| paragraphs(&read_pages(pages)).iter().any(|text| text.contains(&LEFT.join(" ")));
    assert!(read(&[&full, &full, &rest]));
    assert!(!read(&[&rest]));
}
