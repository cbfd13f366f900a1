//! Where tables start and end, and what goes on over lines and pages.

use super::cells::{row, table};
use super::*;

#[test]
fn a_row_of_dashes_tears_no_table() {
    let long = "Prior service credits of the period - benefits before retirement";
    let lines = [
        row(700, "Gains of the period - pensions", &[(430, "5"), (530, "62")]),
        row(686, long, &[(430, "-"), (530, "-")]),
        row(672, "Others", &[(430, "158"), (530, "1,507")]),
        row(658, "Left", &[(430, "163"), (530, "1,569")]),
    ];
    let expected =
        ["Gains of the period - pensions|5|62", &format!("{long}|-|-"), "Others|158|1,507", "Left|163|1,569"];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_long_label_before_the_figures_tears_no_table() {
    let long = "Fixed-to-floating notes (4.42% in the fixed period and a rate plus 1.76% in";
    let lines = [
        row(700, "Fixed rate notes", &[(540, "10.2")]),
        row(680, "Floating rate notes", &[(540, "1.0")]),
        row(660, &long.replace('(', r"\("), &[]),
        row(649, r"the floating period\)", &[(540, "1.2")]),
        row(629, "Total", &[(540, "12.4")]),
    ];
    let expected =
        ["Fixed rate notes|10.2", "Floating rate notes|1.0", &format!("{long} the floating period)|1.2"), "Total|12.4"];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_label_over_the_figures_tears_no_table() {
    let long = "Fixed-to-floating notes (4.42% in the fixed period and a rate plus 1.76% in the time behind";
    let lines = [
        row(700, "Fixed rate notes", &[(440, "10.2")]),
        row(686, "Floating rate notes", &[(440, "1.0")]),
        row(672, &long.replace('(', r"\("), &[]),
        row(661, r"that\)", &[(440, "1.2")]),
        row(647, "Total", &[(440, "12.4")]),
    ];
    let rows = table(&lines);
    assert_eq!(rows.first().map(String::as_str), Some("Fixed rate notes|10.2"));
    assert_eq!(rows.last().map(String::as_str), Some("Total|12.4"));
}

#[test]
fn figures_below_their_labels_start_a_table() {
    let lines = [
        row(740, "Weaker currency", &[]),
        row(731, "", &[(530, r"\(30\)")]),
        row(712, "Lower rates", &[]),
        row(703, "", &[(530, r"\(8\)")]),
        row(684, "Lower prices", &[(530, r"\(23\)")]),
        row(660, "Fuel", &[(530, "7")]),
        row(636, "Total", &[(530, r"\(54\)")]),
    ];
    let expected = ["Weaker currency|(30)", "Lower rates|(8)", "Lower prices|(23)", "Fuel|7", "Total|(54)"];
    assert_eq!(table(&lines), expected);
}

#[test]
fn the_mark_of_a_note_below_a_label_is_no_figure() {
    let lines = [
        row(700, r"Companies \(1\)", &[(330, "$1"), (430, "$3")]),
        row(686, "The state and its agencies", &[]),
        row(675, r"\(1\)", &[(330, "1"), (430, "1")]),
        row(661, "Mortgages and other", &[]),
        row(650, r"backed loans \(1\)", &[(330, "611"), (430, "448")]),
        row(636, "Total", &[(330, "$613"), (430, "$452")]),
    ];
    let rows = table(&lines);
    assert_eq!(rows.first().map(String::as_str), Some("Companies (1)|$1|$3"));
    assert_eq!(rows.last().map(String::as_str), Some("Total|$613|$452"));
    assert!(rows.iter().any(|row| row.ends_with("(1)|1|1")), "{rows:?}");
}

#[test]
fn a_box_around_dashes_is_no_table() {
    let boxed = [712, 682, 668].map(|y| format!("300 {y} m 336 {y} l S\n")).concat()
        + &[300, 336].map(|x| format!("{x} 668 m {x} 712 l S\n")).concat();
    let lines = [
        row(715, "Funds", &[(330, "5"), (430, "714"), (530, "719")]),
        row(700, "Loans", &[(330, "-"), (430, "569"), (530, "569")]),
        row(686, "Shares", &[(330, "-"), (430, "128"), (530, "128")]),
        row(672, "Left", &[(330, "5"), (430, "1,411"), (530, "1,416")]),
    ];
    let expected = ["Funds|5|714|719", "Loans|-|569|569", "Shares|-|128|128", "Left|5|1,411|1,416"];
    assert_eq!(rows(&read_pages(&[&(boxed + &lines.concat())]), 0), expected);
}

#[test]
fn a_unit_in_the_middle_is_that_of_all_columns() {
    let lines = [
        row(730, "", &[(340, "Money"), (440, "Loans"), (540, "Total")]),
        row(719, "", &[(452, r"\(in thousands\)")]),
        row(700, "Cash", &[(340, "4,071"), (440, "19"), (540, "4,090")]),
        row(686, "Funds", &[(340, "569"), (440, "122"), (540, "691")]),
    ];
    let document = read_pages(&[&lines.concat()]);
    let cells = &document.tables[0].cells;
    let note = cells.iter().find(|cell| document.slice(cell.span) == "(in thousands)");
    assert_eq!(note.map(|cell| (cell.column, cell.column_span)), Some((1, 3)));
}

#[test]
fn years_behind_a_unit_head_another_table() {
    let lines = [
        row(730, r"\(in millions\)", &[(340, "Bonds"), (440, "Shares"), (540, "Total")]),
        row(716, "Fees", &[(340, "229"), (440, "15"), (540, "244")]),
        row(702, "Sales", &[(340, "425"), (440, "1,535"), (540, "1,960")]),
        row(688, r"\(in millions\)", &[(340, "2022"), (440, "2021"), (540, "Change")]),
        row(674, "Kept", &[(340, "14,025"), (440, "15,799"), (540, r"\(11\)%")]),
        row(660, "Held", &[(340, "9,767"), (440, "12,276"), (540, r"\(20\)%")]),
    ];
    assert_eq!(read_pages(&[&lines.concat()]).tables.len(), 2);
}

#[test]
fn a_figure_is_broken_over_lines() {
    let filler = "words that fill the line up to its end so that it is as long as they come, and so on";
    let lines: String = (0..9).map(|i| at(50, 700 - 12 * i, filler)).collect();
    let page = lines
        + &at(50, 580, r"\(1\) The charge of $340 million was $100 million of payments and $240")
        + &at(70, 568, "million of shares.")
        + &at(50, 540, r"\(2\) The amount is paid in equal annual parts over a period of from two")
        + &at(50, 528, r"\(2\) up to fifteen years.")
        + &at(50, 500, r"\(3\) Companies are no such as are told of in the Section 881\(c\)")
        + &at(50, 488, r"\(3\)\(C\) of the Code.");
    let document = read_pages(&[&page]);
    let text = paragraphs(&document).join("\n");
    assert!(text.contains("$240 million") && text.contains("two (2) up to"), "{text}");
    assert!(text.contains("881(c) (3)(C)"), "{text}");
}

#[test]
fn a_table_may_go_on_from_the_page_before() {
    let header = |x: i32| row(740, "Project", &[(x, "2024"), (540, "2025")]) + &row(726, "number", &[(x, "plan")]);
    let body = |x: i32, first: i32| {
        let line = |i: i32| {
            let label = format!("Road {}", ["one", "two", "three", "four", "five"][i as usize]);
            row(700 - 14 * i, &label, &[(x, &format!("{}", 37 * i + first)), (540, "17")])
        };
        (0..5).map(line).collect::<String>()
    };
    let gaps = |pages: &[&str]| {
        let document = read_pages(pages);
        document.tables.iter().map(|table| (table.rows, table.gaps.rows.clone())).collect::<Vec<_>>()
    };
    // The columns of the second page stand elsewhere: it is no part of the same table, as far as can be told.
    let (first, second) = (header(330) + &body(330, 1000), header(380) + &body(380, 2000));
    let title = at(50, 770, "Changes to the budget");
    assert_eq!(gaps(&[&first, &(title + &second)]), [(7, vec![7]), (7, vec![2])]);
    assert_eq!(gaps(&[&first, &body(380, 2000)]), [(7, vec![7]), (5, vec![0])]);
    let other = row(714, "Bridges", &[(380, "length"), (540, "width")]) + &body(380, 2000);
    assert_eq!(gaps(&[&first, &other]), [(7, vec![]), (6, vec![])]);
}

#[test]
fn what_stands_above_in_the_same_columns_may_belong_to_a_table() {
    let lines = [
        row(760, "Fees", &[(340, "1,483"), (540, "1,474")]),
        row(746, "Rents", &[(340, "273"), (540, "271")]),
        row(732, "All others of this year and of last year", &[]),
        row(720, "as far as they are known", &[]),
        row(708, "of ports", &[]),
        row(696, "and of ships", &[]),
        row(684, "and of boats", &[]),
        row(672, "in the town", &[]),
        row(660, "which are listed", &[]),
        row(646, "Gifts", &[(340, "179"), (540, "178")]),
        row(632, "Sales", &[(340, "52"), (540, "51")]),
        row(618, "Total", &[(340, "1,987"), (540, "1,974")]),
    ];
    let gaps = |lines: &[String]| -> Vec<_> {
        let document = read_pages(&[&lines.concat()]);
        document.tables.iter().map(|table| (table.rows, table.gaps.rows.clone())).collect()
    };
    assert_eq!(gaps(&lines), [(2, vec![]), (3, vec![0])]);
    let sentence = row(708, "These are the others that are known of ports and of ships at the end of the year.", &[]);
    assert_eq!(gaps(&[&lines[..2], &[sentence], &lines[9..]].concat()), [(2, vec![]), (3, vec![])]);
}

#[test]
fn a_frame_around_figures_is_no_table() {
    let frame = "300 655 80 40 re S\n";
    let lines = [
        frame.to_string() + &row(710, "Contracts", &[(350, "70"), (450, "4")]),
        row(684, "Rents", &[(350, "-"), (450, "4")]),
        row(670, "Gifts", &[(350, "714"), (450, "704")]),
        row(640, "Total", &[(350, "784"), (450, "712")]),
    ];
    assert_eq!(table(&lines), ["Contracts|70|4", "Rents|-|4", "Gifts|714|704", "Total|784|712"]);
}

#[test]
fn a_line_that_announces_a_table_ends_the_one_above() {
    let lines = [
        row(700, "Prior service cost", &[(430, "61"), (530, "48")]),
        row(686, "Total", &[(430, "61"), (530, "182")]),
        row(672, "The rates of the plan are as follows:", &[]),
        row(658, "Discount rate", &[(430, "2.60"), (530, "3.30")]),
        row(644, "Rate of increases", &[(430, "3.00"), (530, "3.00")]),
    ];
    assert_eq!(table(&lines), ["Prior service cost|61|48", "Total|61|182"]);
}

#[test]
fn two_amounts_with_their_currency_far_before_them_are_a_table() {
    let lines = |start: i32| {
        row(686, "Rents of the town", &[(start, "$"), (270, "4,100")])
            + &row(672, "Boats:", &[])
            + &row(658, "Gifts of the town", &[(start, "$"), (270, "39,917")])
    };
    assert_eq!(
        rows(&read_pages(&[&lines(200)]), 0),
        ["Rents of the town|$ 4,100", "Boats:", "Gifts of the town|$ 39,917"]
    );
    assert!(read_pages(&[&lines(238)]).tables.is_empty());
    // Figures above a single column head none.
    let above = row(710, "Boats", &[(250, "33,000")]) + &row(698, "Rate", &[(280, "6.5%")]);
    let found = rows(&read_pages(&[&(above + &lines(200))]), 0);
    assert_eq!(found[0], "Rents of the town|$ 4,100");
}

#[test]
fn a_single_row_below_a_title_over_each_of_its_columns_is_a_table() {
    let titles = row(714, "Port", &[(230, "2024"), (330, "2023")]);
    let figures = row(700, "Fees", &[(230, "410"), (330, "390")]);
    assert_eq!(table(&[titles.clone(), figures.clone()]), ["Port|2024|2023", "Fees|410|390"]);
    let count = |lines: &[String]| read_pages(&[&lines.concat()]).tables.len();
    // One title is missing, or stands elsewhere, or there is no title but a sentence.
    assert_eq!(count(&[row(714, "Port", &[(330, "2023")]), figures.clone()]), 0);
    assert_eq!(count(&[row(714, "Port", &[(180, "2024"), (330, "2023")]), figures.clone()]), 0);
    assert_eq!(count(&[at(50, 714, "Fees of the port in the years to the end of 2024"), figures]), 0);
}

#[test]
fn a_reference_broken_behind_its_hyphen_is_one() {
    let filler = "words that fill the line up to its end so that it is as long as they come";
    let text = |last: &str, next: &str| {
        let page = at(50, 714, filler)
            + &at(50, 700, &format!("the controls that are told in the Rule that is named 13{last}"))
            + &at(50, 686, next);
        read_pages(&[&page]).text().replace('\n', "|")
    };
    assert!(text("a-", "15 and others that are named beside it in that list").contains("13a-15 and"));
    assert!(text("a -", "15 and others that are named beside it in that list").contains("13a - 15 and"));
    assert!(text(" of non-", "15 and others that are named beside it in that list").contains("non- 15 and"));
}
