//! What stands close together in the rows of tables.

use super::*;

/// A row of a table: its label, and amounts by where they end.
pub(super) fn row(y: i32, label: &str, amounts: &[(i32, &str)]) -> String {
    let width = |text: &str| {
        let widths = text.chars().map(|c| match c {
            '0'..='9' | '$' => 556,
            ',' | '.' | ' ' => 278,
            '\\' => 0,
            _ => 333,
        });
        widths.sum::<i32>() / 100
    };
    let amount = |&(end, text): &(i32, &str)| at(end - width(text), y, text);
    at(50, y, label) + &amounts.iter().map(amount).collect::<String>()
}

pub(super) fn table(lines: &[String]) -> Vec<String> {
    rows(&read_pages(&[&lines.concat()]), 0)
}

#[test]
fn a_currency_belongs_to_the_figure_behind_it() {
    let lines = [
        row(700, "Fees", &[(80, "$"), (230, r"\(4,100 \)"), (240, "$"), (330, r"\(3,900 \)")]),
        row(686, "Rents", &[(213, r"\("), (230, "900"), (233, r"\)"), (240, "$"), (330, "-")]),
        row(672, "Gifts", &[(230, "95"), (330, "70")]),
        row(658, "Left", &[(80, "$"), (230, "3,950"), (236, "$"), (330, "3,650")]),
    ];
    let expected = ["Fees|$ (4,100 )|$ (3,900 )", "Rents|(900)|$ -", "Gifts|95|70", "Left|$ 3,950|$ 3,650"];
    assert_eq!(table(&lines), expected);
}

#[test]
fn an_amount_close_to_its_label_stands_in_its_column() {
    let lines = [
        row(700, "Fees.........", &[(125, "$"), (140, r"\(4\)"), (330, "70")]),
        row(686, "Rents . . . . . .", &[(140, "190"), (330, "1,670")]),
        row(672, "Gifts of all friends", &[(140, "1,900"), (330, "1,600")]),
        row(658, "Left", &[(140, "2,086"), (330, "3,340")]),
    ];
    let expected = [
        "Fees.........|$ (4)|70",
        "Rents . . . . . .|190|1,670",
        "Gifts of all friends|1,900|1,600",
        "Left|2,086|3,340",
    ];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_dash_before_a_currency_is_that_of_the_column_before() {
    let dash = |y| format!("BT /F1 10 Tf 200 {y} Td (\\227$1,400) Tj ET\n");
    let lines = [
        row(700, "Fees", &[]) + &dash(700) + &row(700, "", &[(330, "70")]),
        row(686, "Rents", &[(210, "20"), (244, "190"), (330, "80")]),
        row(672, "Left", &[(210, "20"), (244, "1,590"), (330, "150")]),
    ];
    assert_eq!(table(&lines), ["Fees|—|$1,400|70", "Rents|20|190|80", "Left|20|1,590|150"]);
}

#[test]
fn a_minus_may_stand_a_blank_before_its_figure_and_a_dash_in_a_column_of_its_own() {
    let lines = [
        row(700, "Fees", &[(230, r"\226 4,100"), (330, "70"), (357, "5,200")]),
        row(686, "Rents", &[(230, r"\226 15"), (330, r"\226"), (357, "4,100")]),
        row(672, "Gifts", &[(230, "312"), (330, "35"), (357, "90")]),
    ];
    let broken = lines.map(|line| line.replace(r"(\226 ", r"(\226) Tj 8.3 0 Td ("));
    assert_eq!(table(&broken), ["Fees|– 4,100|70|5,200", "Rents|– 15|–|4,100", "Gifts|312|35|90"]);
}

#[test]
fn the_mark_of_a_note_behind_an_amount_is_no_amount() {
    let lines = [
        row(700, "Shares of the town", &[(230, r"1,440 \(3\)"), (330, "1,440")]),
        row(686, "Shares of others", &[(230, "5,440"), (330, "5,440")]),
        row(672, "Shares of the staff", &[(230, "90"), (330, "90")]),
        row(658, "All shares", &[(230, "6,970"), (330, "6,970")]),
    ];
    assert_eq!(table(&lines)[0], "Shares of the town|1,440 (³)|1,440");
    // Numbers in brackets behind most figures are figures.
    let lines = lines.map(|line| line.replace("440)", r"440 \(12\))").replace("(90)", r"(90 \(4\))"));
    assert!(table(&lines)[1].starts_with("Shares of others|5,440|(12)"), "{:?}", table(&lines));
}

#[test]
fn a_raised_mark_is_no_amount_wherever_it_stands() {
    let mark = "BT /F1 6 Tf 240 703 Td (\\(3\\)) Tj ET\n";
    let lines = [
        row(700, "Shares of the town", &[(230, "1,440"), (330, "1,440")]) + mark,
        row(686, "Shares of others", &[(230, "5,440"), (330, "5,440")]),
        row(672, "Shares of the staff", &[(230, "90"), (330, "90")]),
    ];
    assert!(!table(&lines)[0].contains("(3)"), "{:?}", table(&lines));
}

#[test]
fn marks_on_a_line_of_their_own_are_those_of_the_line_below() {
    let mark = |x: i32| format!("BT /F1 6 Tf {x} 690 Td (\\(2\\)) Tj ET\n");
    let lines = [
        row(700, "Shares of the town", &[(230, "1,440"), (330, "1,440")]),
        [mark(225), mark(325)].concat() + &row(682, "Shares of others", &[(230, "5,440"), (330, "5,440")]),
        row(664, "Shares of the staff", &[(230, "90"), (330, "90")]),
    ];
    assert!(!table(&lines).concat().contains("(2)"), "{:?}", table(&lines));
}

#[test]
fn a_figure_close_to_the_text_of_the_next_column_stands_in_its_own() {
    let lines = [
        row(700, "Swaps", &[(230, "14"), (330, "9")]) + &at(336, 700, "Cost of sales"),
        row(686, "Options", &[(230, "25"), (330, "16")]) + &at(336, 686, "Other income"),
        row(676, "Forwards", &[(230, "61"), (325, "28")]) + &at(336, 676, "Other income"),
        row(665, "Rights", &[(230, "31"), (325, "37")]) + &at(336, 665, "Cost of sales"),
    ];
    let expected = [
        "Swaps|14|9|Cost of sales",
        "Options|25|16|Other income",
        "Forwards|61|28|Other income",
        "Rights|31|37|Cost of sales",
    ];
    assert_eq!(table(&lines), expected);
}

#[test]
fn a_text_behind_figures_may_be_wrapped() {
    let lines = [
        row(700, "Plant one", &[(230, "100"), (330, "2018")]) + &at(360, 700, "Town of Lee and"),
        at(360, 689, "its neighbours"),
        row(676, "Plant two", &[(230, "10"), (330, "2019")]) + &at(360, 676, "Harbour"),
        row(662, "Plant three", &[(230, "13"), (330, "2020")]) + &at(360, 662, "Harbour"),
        row(648, "Total", &[(230, "123")]),
    ];
    let rows = table(&lines);
    assert_eq!(rows[0], "Plant one|100|2018|Town of Lee and", "{rows:?}");
    assert_eq!(rows.len(), 5, "{rows:?}");
}

#[test]
fn points_belong_to_the_figure_before_them() {
    let lines = [
        row(700, "Margin", &[(230, "56.8 %"), (330, "110")]) + &at(350, 700, "bps"),
        row(686, "Rate", &[(230, "2.7 %"), (330, "60")]) + &at(350, 686, "bps"),
    ];
    assert_eq!(table(&lines), ["Margin|56.8 %|110 bps", "Rate|2.7 %|60 bps"]);
}

#[test]
fn the_ends_of_a_range_stand_in_one_cell() {
    let range = |y, low: &str, high: &str| at(200, y, low) + &at(222, y, r"\226") + &at(230, y, high);
    let lines = [
        range(700, "0.85", "5.51") + &row(700, "Notes", &[(330, "17,936")]),
        range(686, "1.38", "7.75") + &row(686, "Bonds", &[(330, "35,423")]),
        row(672, "Loans", &[(219, "8.75"), (330, "141")]),
    ];
    assert_eq!(table(&lines), ["Notes|0.85 – 5.51|17,936", "Bonds|1.38 – 7.75|35,423", "Loans|8.75|141"]);
}

#[test]
fn figures_that_one_text_sets_far_apart_stand_in_their_columns() {
    let apart = |y, text: &str| format!("BT /F1 10 Tf 94.44 Tc 224.44 {y} Td ({text}) Tj 0 Tc ET\n");
    let lines = [
        row(700, "Price", &[(230, "1.30"), (330, "1.80"), (430, "1.45")]),
        at(50, 686, "Years") + &apart(686, "555"),
        row(672, "Spot", &[(230, "0.83"), (330, "0.83"), (430, "0.75")]),
    ];
    assert_eq!(table(&lines), ["Price|1.30|1.80|1.45", "Years|5|5|5", "Spot|0.83|0.83|0.75"]);
}

#[test]
fn a_space_that_is_taken_back_leaves_a_figure_whole() {
    let whole = |y| format!("BT /F1 10 Tf 5 Tc 218.88 {y} Td [(3)500(9)] TJ 0 Tc ET\n");
    let lines = [
        row(700, "Price", &[(230, "27"), (330, "66")]),
        at(50, 686, "Losses") + &whole(686) + &row(686, "", &[(330, "12")]),
        row(672, "Spot", &[(230, "83"), (330, "75")]),
    ];
    assert_eq!(table(&lines), ["Price|27|66", "Losses|39|12", "Spot|83|75"]);
}
