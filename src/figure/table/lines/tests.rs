//! What rows and columns are called.

use std::path::Path;

use super::super::super::{Class, lex};
use crate::document::{Document, Format};
use crate::read::{self, Options};

/// A page with one table: its rows apart by `/`, its cells by `|`, those over several columns by their number (`2*Loans`).
fn table(rows: &str) -> Document {
    let cell = |cell: &str| match cell.trim().split_once('*') {
        Some((span, text)) => format!("<td colspan={span}>{text}"),
        None => format!("<td>{}", cell.trim()),
    };
    let row = |row: &str| format!("<tr>{}", row.split('|').map(cell).collect::<String>());
    page(&format!("<table>{}</table>", rows.split(" / ").map(row).collect::<String>()))
}

fn page(html: &str) -> Document {
    let options = Options { format: Some(Format::Html), ..Options::default() };
    read::bytes(Path::new("report"), html.as_bytes().to_vec(), &options).unwrap()
}

/// The figures of the body with the titles of their rows and columns: `5: Loans, 2024`.
fn named(document: &Document) -> Vec<String> {
    let (figures, shapes) = lex(document);
    let shape = &shapes[0];
    let name = |(row, column, figure): (usize, usize, usize)| {
        let text = document.slice(figures.span(figure));
        format!("{text}: {}, {}", &shape.row_titles_of(column)[row], &shape.column_titles[column])
    };
    shape.body().map(name).collect()
}

#[test]
fn rows_may_be_named_by_spans_of_time_days_and_numbers() {
    let terms = table("|2024|2023 / Less than 1 year|7|8 / 1 to 3 years|5|6 / 3 years or more|3|4 / Total|15|18");
    let expected = ["7: Less than 1 year, 2024", "8: Less than 1 year, 2023", "5: 1 to 3 years, 2024"];
    assert_eq!(named(&terms)[..3], expected);
    let days = table("Period|Bought|Price / May 1-31, 2024|51|7.5 / June 1 - 30, 2024|62|7.7 / Total|113|7.6");
    assert_eq!(
        named(&days)[2..5],
        ["62: June 1 - 30, 2024, Bought", "7.7: June 1 - 30, 2024, Price", "113: Total, Bought"]
    );
    let numbers = table("|2024|2023 / Loans|7|8 / 2019 - 2,257,116|| / Bonds|5|6 / 12|3|4 / Total|15|18");
    assert_eq!(named(&numbers)[4..6], ["3: 12, 2024", "4: 12, 2023"]);
    // Amounts that are no names stay in the table.
    let amounts = table("North|South / 7|8 / none|6 / 9|4");
    assert_eq!(named(&amounts)[0], "7: , North");
}

#[test]
fn rates_and_terms_without_a_header_of_their_own_name_rows() {
    let rates = table("|Due|2024|2023 / Senior notes:||| / 2.25%|May 2030|70|80 / 3.10%|June 2031|50|60");
    assert_eq!(named(&rates)[..2], ["70: 2.25% May 2030, 2024", "80: 2.25% May 2030, 2023"]);
    let notes = table("|||2024|2023 / New notes|4.5%|Notes due 2030|70|80 / |4.9%|Notes due 2031|50|60");
    assert_eq!(named(&notes)[2], "50: 4.9% Notes due 2031, 2024");
    let terms = table("|Due|2024|2023 / Parent|< 5 years|70|80 / |5-10 years|50|60 / |> 10 years|3|4");
    assert_eq!(named(&terms)[4], "3: > 10 years, 2024");
    let lives = table("|Life|2024|2023 / Land|20 years|70|80 / Ships|30 years|50|60");
    assert_eq!(named(&lives)[..2], ["20 years: Land, Life", "70: Land, 2024"]);
}

#[test]
fn headers_may_be_spans_of_time() {
    let months = table("|2*Three Months|2*Nine Months / (in millions)|2024|2023|2024|2023 / North|7|8|17|18");
    assert_eq!(named(&months)[2], "17: North, Nine Months 2024");
    let months = table("|2*Less than 12 months|2*12 months or more / |Value|Loss|Value|Loss / Bonds|7|(1)|17|(3)");
    assert_eq!(named(&months)[3], "(3): Bonds, 12 months or more Loss");
    let years = table("Returns|1 year|5 years|10 years / Fund|6.5%|5.2%|4.6%");
    assert_eq!(named(&years)[1], "5.2%: Fund, 5 years");
    // Those of a row with a label are figures otherwise.
    let terms = table("Term left|5 years|4 years / Rate|2.5%|2.7%");
    assert_eq!(named(&terms).len(), 4);
}

#[test]
fn a_key_before_a_part_or_over_two_rows_is_no_key() {
    let parts = table("At May 31:|Level 1|Total / Securities:|| / Bonds|7|8 / Shares|5|6");
    assert_eq!(named(&parts)[..2], ["7: Bonds, Level 1", "8: Bonds, Total"]);
    let rows =
        page("<table><tr><td rowspan=2>Data:<td>Fiscal<td>Fiscal<tr><td>2024<td>2023<tr><td>Sales<td>7<td>8</table>");
    assert_eq!(named(&rows), ["7: Sales, Fiscal 2024", "8: Sales, Fiscal 2023"]);
}

#[test]
fn titles_above_a_header_are_none_of_its_columns() {
    let titles = table("REVENUES|| / Dollars in thousands|| / Years ended May 31,|2024|2023 / Home|| / Shops|7|8");
    assert_eq!(named(&titles), ["7: Shops, 2024", "8: Shops, 2023"]);
    let titles = table("REVENUES|| / 3*Dollars in thousands / Years ended May 31,|2024|2023 / Home|| / Shops|7|8");
    assert_eq!(named(&titles), ["7: Shops, 2024", "8: Shops, 2023"]);
    let last = lex(&titles).0.iter().last().map(|figure| figure.quantity.numerator.to_string());
    assert_eq!(last, Some("8000".to_string()));
}

#[test]
fn a_header_may_have_a_row_for_each_line() {
    let lines = table("||Mean / ||Exercise / |Count of|Price / |Options|Paid / Opening|510|1.5 / Lapsed|21|1.2");
    assert_eq!(named(&lines)[..2], ["510: Opening, Count of Options", "1.5: Opening, Mean Exercise Price Paid"]);
    // Above the middle of all figures a line belongs to all of them, beside it to none but its own.
    let middle = table("||Year ended| / |2024|2023|2022 / Sales|7|8|9");
    let expected = ["7: Sales, Year ended 2024", "8: Sales, Year ended 2023", "9: Sales, Year ended 2022"];
    assert_eq!(named(&middle), expected);
    let other = table("|||Change| / |2024|Actual|Constant|2023 / Sales|7|8%|9%|6");
    assert_eq!(named(&other)[2..], ["9%: Sales, Change Constant", "6: Sales, 2023"]);
}

#[test]
fn cells_of_what_takes_no_room_are_empty() {
    let rows = table("&#8203;|Count|&#8203;|Price / Opening|510|$|1.5 / Lapsed|(21)|&#xFEFF;|1.2 / Closing|489|$|1.6");
    assert_eq!(named(&rows)[..2], ["510: Opening, Count", "$1.5: Opening, Price"]);
}

#[test]
fn ranges_and_marks_of_notes_between_figures_name_no_rows() {
    let rates = table("|Amount|Rate|Amount|Rate / Notes|70|1% – 2%|80|1% – 3% / Total|70||80| / Net|69||78|");
    assert_eq!(
        named(&rates)[..4],
        ["70: Notes, Amount", "80: Notes, Amount", "70: Total, Amount", "80: Total, Amount"]
    );
    let places = table(
        "|Place|Value|Place|Value / Swaps|Assets|7|Debts|8 / Options|Other assets|5|Other debts|6 / Total||12||14",
    );
    assert_eq!(named(&places)[1], "8: Debts, Value");
    assert_eq!(named(&places)[5], "14: Total, Value");
}

#[test]
fn pages_below_a_title_or_in_roman_numerals_are_no_quantities() {
    let quantities = |document: &Document| quantities(document).len();
    let rows = " / Outlook|3 / Business|3 / Risks|9 / Staff|12 / Property|14 / Notes|40 / Signatures|77";
    assert_eq!(quantities(&table(&format!("2*Page{rows}"))), 0);
    assert_eq!(quantities(&table(&format!("2*People{rows}"))), 7);
    let notes = (1..8).map(|at| format!("|Note {at}. Matters|{}", 3 * at)).collect::<Vec<_>>().join(" / ");
    assert_eq!(quantities(&table(&format!("Item 1.|Statements|1 / {notes}"))), 0);
    let exhibits = table("Exhibit|Of what|Pages / Number||Count / 2.1|Plan|5 / 3.2|Lease|7");
    assert_eq!(named(&exhibits), ["5: Plan, Pages Count", "7: Lease, Pages Count"]);
    let rows = table("Terms|ii|5 / Outlook|iii|7 / Business|iv|8");
    assert_eq!(named(&rows).len(), 3);
}

#[test]
fn numbers_further_right_name_no_rows() {
    let exhibits = table(
        "Exhibit Number|Description|Form|Exhibit / 4.3|Notes due in 2026|8-K|4.1 / 4.4|Notes due in 2027|8-K|4.2",
    );
    let shape = &lex(&exhibits).1[0];
    assert_eq!(&shape.row_titles_of(1)[1], "4.3");
}

/// The figures of a document that are quantities.
fn quantities(document: &Document) -> Vec<String> {
    let figures = lex(document).0;
    let all = figures.iter().filter(|figure| figure.class == Class::Quantity);
    all.map(|figure| document.slice(figure.span).to_string()).collect()
}

#[test]
fn numbers_below_a_group_name_columns_again_and_again() {
    let models = "|3*Model / At 6/30/2025|410|520|612X / Ordered|70|80|90 / Left|7|8|9";
    assert_eq!(
        named(&table(models))[..3],
        ["70: Ordered, Model 410", "80: Ordered, Model 520", "90: Ordered, Model 612X"]
    );
    let again = table(&format!("{models} / At 12/31/2024|410|520|612X / Ordered|71|81|91"));
    assert_eq!(named(&again).len(), 9);
    assert_eq!(quantities(&again).len(), 9);
    // Rows of days, small numbers and numbers below titles of single columns are amounts.
    for rows in [
        "|3*Balance / At 6/30/2025|410|520|Level 2 / At 6/30/2024|70|80|90",
        "|3*Balance / At 6/30/2025|41|52|Level 2 / Ordered|70|80|90",
        "|North|South|Rest / At 6/30/2025|410|520|Level 2 / Ordered|70|80|90",
    ] {
        assert_eq!(named(&table(rows)).len(), 5, "{rows}");
    }
}

#[test]
fn numbers_by_which_something_is_known_are_no_quantities() {
    let keys = table("Sentence id:|44 / Text:|Sold 12 ships / Order ID|45 / 合同编号|46 / Ships|47");
    assert_eq!(named(&keys), ["47: Ships, "]);
    let counts = table("State|Members / GA|45 / ID|47 / No|48 / Student no.|49 / 固定电话|50 / Order ID|$51");
    assert_eq!(named(&counts).len(), 6);
}

#[test]
fn labels_with_colons_are_keys_though_some_have_nothing_beside_them() {
    let keys = table("Sentence:|Ships are 98.4% of all / Rest:| / Part:|98.4% / Words:|2015 / Answer:|15");
    assert_eq!(named(&keys), ["98.4%: Part:, ", "15: Answer:, "]);
}

#[test]
fn marks_of_notes_in_brackets_are_no_negative_amounts() {
    let marks = |header: &str| quantities(&table(&format!("Ships|2024|{header} / Large|51|(5) / Small|62|(8)"))).len();
    assert_eq!(["†", "Ref", "Footnote", "Change"].map(marks), [2, 2, 2, 4]);
}

#[test]
fn numbers_of_exhibits_without_a_header_are_no_quantities() {
    let rows = "<tr><td>3.1<td>Articles<tr><td>10.12<td>Lease<tr><td>104<td>Pages<tr><td>101.INS<td>Data";
    let list = |title: &str, rows: &str| quantities(&page(&format!("<h2>{title}</h2><table>{rows}</table>"))).len();
    assert_eq!(list("Item 6. Exhibits", rows), 0);
    assert_eq!(list("Item 6. Rates", rows), 3);
    assert_eq!(list("Exhibits", "<tr><td>3.1<td>Articles<td>5<tr><td>10.12<td>Lease<td>6"), 4);
}
