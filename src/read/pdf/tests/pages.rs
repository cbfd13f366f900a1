//! What goes on from page to page: numbers of pages, tables.

use super::*;

/// Lines drawn around the cells of rows between heights and columns between places.
pub(super) fn ruled(xs: &[i32], ys: &[i32]) -> String {
    let ([left, .., right], [top, .., bottom]) = (xs, ys) else { return String::new() };
    ys.iter().map(|y| format!("{left} {y} m {right} {y} l S\n")).collect::<String>()
        + &xs.iter().map(|x| format!("{x} {bottom} m {x} {top} l S\n")).collect::<String>()
}

fn cells(y: i32, texts: &[(i32, &str)]) -> String {
    texts.iter().map(|&(x, text)| at(x, y, text)).collect()
}

#[test]
fn numbers_of_pages_end_them_wherever_that_is() {
    let page = |height: i32, last: &str| at(50, 700, "The town keeps ships.") + &at(50, height, last);
    let read = |last: [&str; 3]| {
        let pages = [page(500, last[0]), page(300, last[1]), page(410, last[2])];
        let document = read_pages(&pages.each_ref().map(String::as_str));
        paragraphs(&document).iter().filter(|text| !text.starts_with("The town")).count()
    };
    assert_eq!(read(["7", "8", "9"]), 0);
    assert_eq!(read(["- 7 -", "- 8 -", "- 9 -"]), 0);
    assert_eq!(read(["7 Harbour Office", "8 Harbour Office", "9 Harbour Office"]), 0);
    assert_eq!(read(["Page 7 of 30", "Page 8 of 30", "Page 9 of 30"]), 0);
    // They go up by one from page to page.
    assert_eq!(read(["7", "18", "9"]), 3);
    assert_eq!(read(["7 ships", "8 boats", "9 rafts"]), 3);
}

#[test]
fn headings_with_numbers_number_no_pages() {
    let page = |number: i32| at(50, 700, &format!("Table {number}")) + &at(50, 600, "Ships are kept.");
    let document = read_pages(&[&page(1), &page(2), &page(3)]);
    assert_eq!(paragraphs(&document).iter().filter(|text| text.starts_with("Table")).count(), 3);
}

#[test]
fn a_total_alone_on_the_next_page_is_a_row_of_its_table() {
    let xs = [50, 90, 200, 300, 400];
    let first = ruled(&xs, &[140, 120, 100, 80])
        + &cells(125, &[(55, "No."), (100, "Item"), (240, "2023"), (340, "2024")])
        + &cells(105, &[(55, "1"), (100, "Roads"), (240, "40"), (340, "50")])
        + &cells(85, &[(55, "2"), (100, "Parks"), (240, "16"), (340, "18")]);
    let total = [(100, "Total"), (240, "56"), (340, "68")];
    let second = ruled(&[50, 200, 300, 400], &[740, 720]) + &cells(725, &total);
    let document = read_pages(&[&first, &second]);
    assert_eq!(rows(&document, 0).last().map(String::as_str), Some("Total|56|68"));
    let table = &document.tables[0];
    let places = table.cells.iter().filter(|cell| cell.row == 3).map(|cell| (cell.column, cell.column_span));
    assert_eq!(places.collect::<Vec<_>>(), [(0, 2), (2, 1), (3, 1)]);
    // Other columns are those of another table.
    let second = ruled(&[50, 230, 320, 400], &[740, 720]) + &cells(725, &total);
    assert_eq!(read_pages(&[&first, &second]).tables.len(), 2);
}

#[test]
fn a_header_with_the_same_first_title_starts_a_part_with_its_own_columns() {
    let xs = [50, 200, 300, 400];
    let wide = |y: i32| format!("50 {y} m 50 {0} l S 400 {y} m 400 {0} l S 50 {y} m 400 {y} l S\n", y + 20);
    let two = |y: i32| wide(y) + &format!("200 {y} m 200 {} l S\n", y + 20);
    let page = |title: &str| {
        at(50, 690, "(in thousands)")
            + &ruled(&xs, &[680, 660, 640, 620])
            + &cells(665, &[(55, "Item"), (220, "Made"), (320, "Sold")])
            + &cells(645, &[(55, "Ships"), (220, "8"), (320, "6")])
            + &cells(625, &[(55, "Boats"), (220, "9"), (320, "5")])
            + &wide(600)
            + &at(55, 605, "Part two")
            + &two(580)
            + &cells(585, &[(55, title), (220, "Repaired")])
            + &two(560)
            + &cells(565, &[(55, "Rafts"), (220, "13")])
    };
    let document = read_pages(&[&page("Item")]);
    assert_eq!(rows(&document, 0), ["Item|Made|Sold", "Ships|8|6", "Boats|9|5"]);
    assert_eq!(rows(&document, 1), ["Part two", "Item|Repaired", "Rafts|13"]);
    assert_eq!(document.tables[1].columns, 2);
    assert_eq!(document.tables[1].captions, document.tables[0].captions);
    assert_eq!(document.tables[1].captions.len(), 1);
    assert_eq!(read_pages(&[&page("Kind")]).tables.len(), 1);
}

#[test]
fn a_heading_below_a_heading_is_one_of_its_own() {
    let bold = |y: i32, text: &str| at(50, y, text).replace("/F1", "/F2");
    let page = bold(700, "26. Ships") + &bold(686, r"\(1\) Ships at sea");
    assert_eq!(paragraphs(&read_pages(&[&page])), ["26. Ships", "(1) Ships at sea"]);
}

#[test]
fn a_line_of_more_words_than_paper_holds_is_told() {
    let row = |y: i32, count: i32| (0..count).map(|i| at(50 + 14 * i, y, "1")).collect::<String>();
    let page =
        |count: i32| "0.03 0 0 0.03 0 400 cm\n".to_owned() + &row(700, count) + &row(686, count) + &row(672, count);
    let document = read_pages(&[&page(1000), &page(1001)]);
    assert_eq!(
        document.tables.iter().map(|table| table.columns).collect::<Vec<_>>(),
        [1000],
        "{:?}",
        document.problems
    );
    let told: Vec<_> = document.problems.iter().map(|problem| problem.message.chinese.as_ref()).collect();
    assert_eq!(told, ["本页未检查：页上有一行超过 1000 个词"]);
}

#[test]
fn a_table_ends_where_it_has_more_columns_than_paper_holds() {
    // Each row has columns of its own.
    let row = |y: i32| (0..900).map(|i| at(50 + 24 * i + y % 2 * 12, y, "1")).collect::<String>();
    let page = "0.02 0 0 0.02 0 0 cm\n".to_owned() + &[701, 687, 674, 660, 646].map(row).concat();
    let document = read_pages(&[&page]);
    assert_eq!(document.tables.iter().map(|table| table.columns).collect::<Vec<_>>(), [1800, 900]);
    assert!(document.problems.is_empty());
}

#[test]
fn pages_are_read_here_where_no_thread_can_read_them() {
    assert_eq!(joined(Err(std::io::ErrorKind::WouldBlock.into()), || 5), 5);
    std::thread::scope(|scope| {
        let thread = |result: Option<u32>| Ok(scope.spawn(move || result.expect("it fails")));
        assert_eq!(joined(thread(None), || 5), 5);
        assert_eq!(joined(thread(Some(4)), || 5), 4);
    });
}

#[test]
fn a_clip_of_any_length_leaves_out_nothing_in_it() {
    let clip = "0 600 m ".to_owned() + &"9 700 l 0 600 l ".repeat(25_000) + "600 600 l W n\n";
    assert_eq!(paragraphs(&read_pages(&[&(clip + &at(300, 650, "Cost 12"))])), ["Cost 12"]);
}

#[test]
fn a_page_that_asks_for_a_state_that_is_not_kept_is_told() {
    let page = |end: &str| "q 1 0 0 1 .1 0 cm ".repeat(600) + &at(50, 700, "Cost 12") + end;
    let document = read_pages(&[&page(""), &page("Q")]);
    assert_eq!(paragraphs(&document), ["Cost 12"]);
    let told: Vec<_> = document.problems.iter().map(|problem| problem.place.as_ref().unwrap().to_string()).collect();
    assert_eq!(told, ["page 2"]);
}

#[test]
fn a_page_of_more_annotations_than_are_read_is_told() {
    let told = |count: usize| {
        let text = at(50, 700, "Cost 12");
        let page = format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[{}]>>", "<</Subtype/Link>>".repeat(count));
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
            page,
            format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        read(Path::new("report.pdf"), file(&objects)).unwrap().problems.len()
    };
    assert_eq!([told(10_000), told(10_001)], [0, 1]);
}
