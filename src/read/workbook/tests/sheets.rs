//! Cells of .xlsx, and the tables that they make.

use super::*;
use crate::document::{Gaps, Message, Table};

#[test]
fn cells_of_all_kinds() {
    let document = read(&xlsx(
        r#"<cols><col min="5" max="5" hidden="1"/></cols><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.12345</v></c><c r="C1" s="2"><v>1234567</v></c>
        <c r="D1" t="b"><v>1</v></c><c r="E1"><v>77</v></c></row>
        <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="2"/><c r="C2"><f>1/0</f></c><c r="D2" t="e"><f>A1</f><v>#REF!</v></c></row>
        <row r="3" hidden="1"><c r="A3"><v>3</v></c></row>
        <row><c t="str"><f>A1</f><v>a&lt;b</v></c><c><v>0.30000000000000004</v></c><c t="s"><v>99</v></c></row>
        </sheetData><mergeCells><mergeCell ref="C2:C4"/></mergeCells>"#,
    ));
    assert_eq!(
        blocks(&document),
        [
            "Sheet1!A1 0:0,0 Total & rest",
            "Sheet1!B1 0:0,1 12.35%",
            "Sheet1!C1 0:0,2 1,234.6 k",
            "Sheet1!D1 0:0,3 TRUE",
            "Sheet1!A2 0:1,0 Rich",
            "Sheet1!A4 0:2,0 a<b",
            "Sheet1!B4 0:2,1 0.3",
        ]
    );
    let cell = document.tables[0].cells.at(1);
    assert_eq!((cell.bold, cell.indent), (true, 4));
    assert_eq!(document.tables[0].gaps, Gaps { rows: vec![2], columns: vec![4] });
    let told: Vec<_> = document.problems.iter().map(|p| (p.place.as_ref().unwrap().to_string(), p.unchecked)).collect();
    assert_eq!(told, [("Sheet1!C2".to_owned(), true), ("Sheet1!D2".to_owned(), false)]);
    let hidden = Message::new(
        "sheet Sheet1: 2 cells in hidden rows or columns left out",
        "工作表“Sheet1”：隐藏行列中的 2 个单元格未读取",
    );
    let old = Message::new("sheet Old left out: it is hidden", "工作表“Old”已隐藏，未读取");
    assert_eq!(document.remarks, [hidden, old]);
    let [unvalued, error] = &document.problems[..] else { panic!("{:?}", document.problems) };
    assert!(unvalued.message.chinese.starts_with("公式没有存下结果：Sheet1!C2；"), "{unvalued:?}");
    assert!(error.message.chinese.starts_with("单元格为错误值：Sheet1!D2（"), "{error:?}");
}

#[test]
fn entities_are_not_expanded_and_join_nothing() {
    let document = read(&xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>5&x;6</t></is></c><c r="B1" t="str"><v>7&x;8</v></c></row></sheetData>"#,
    ));
    assert_eq!(blocks(&document), ["Sheet1!A1 0:0,0 5\u{fffd}6", "Sheet1!B1 0:0,1 7\u{fffd}8"]);
}

#[test]
fn text_of_any_kind_is_read() {
    let document = read(&xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a<]]>b</t></is></c><c r="B1" t="str"><v><![CDATA[7]]>8</v></c></row></sheetData>"#,
    ));
    assert_eq!(blocks(&document), ["Sheet1!A1 0:0,0 a<b", "Sheet1!B1 0:0,1 78"]);
    let content = r#"<x:document-content><table:table table:name="a"><table:table-row><table:table-cell>
        <text:p><![CDATA[7]]>8</text:p></table:table-cell></table:table-row></table:table></x:document-content>"#;
    let document =
        read_workbook(Path::new("a.ods"), &package(&[("content.xml", content.as_bytes())]), 1 << 20).unwrap();
    assert_eq!(blocks(&document), ["a!A1 # a", "a!A1 78"]);
}

#[test]
fn a_table_goes_on_over_blank_rows() {
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "Outlays")]),
        (2, &[('A', "(in thousands)")]),
        (4, &[('A', "Item"), ('B', "2023"), ('C', "2024")]),
        (5, &[('A', "Roads"), ('B', "5"), ('C', "6")]),
        (7, &[('A', "Schools")]),
        (8, &[('A', "Meals"), ('B', "7"), ('C', "8")]),
        (10, &[('A', "Total"), ('B', "12"), ('C', "14")]),
        (11, &[('A', "Source: own accounts")]),
        (13, &[('A', "Staff"), ('B', "Full"), ('C', "Part")]),
        (14, &[('A', "Roads"), ('B', "3"), ('C', "1")]),
    ])));
    assert_eq!(
        blocks(&document),
        [
            "Sheet1!A1 Outlays",
            "Sheet1!A2 (in thousands)",
            "Sheet1!A4 0:0,0 Item",
            "Sheet1!B4 0:0,1 2023",
            "Sheet1!C4 0:0,2 2024",
            "Sheet1!A5 0:1,0 Roads",
            "Sheet1!B5 0:1,1 5",
            "Sheet1!C5 0:1,2 6",
            "Sheet1!A7 0:2,0 Schools",
            "Sheet1!A8 0:3,0 Meals",
            "Sheet1!B8 0:3,1 7",
            "Sheet1!C8 0:3,2 8",
            "Sheet1!A10 0:4,0 Total",
            "Sheet1!B10 0:4,1 12",
            "Sheet1!C10 0:4,2 14",
            "Sheet1!A11 Source: own accounts",
            "Sheet1!A13 1:0,0 Staff",
            "Sheet1!B13 1:0,1 Full",
            "Sheet1!C13 1:0,2 Part",
            "Sheet1!A14 1:1,0 Roads",
            "Sheet1!B14 1:1,1 3",
            "Sheet1!C14 1:1,2 1",
        ]
    );
    let captions =
        |table: usize| document.tables[table].captions.iter().map(|&span| document.slice(span)).collect::<Vec<_>>();
    assert_eq!((captions(0), captions(1)), (vec!["Outlays", "(in thousands)"], vec![]));
}

#[test]
fn a_header_stands_over_a_blank_row_and_beside_a_title_with_a_currency() {
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "In millions of CHF")]),
        (2, &[('B', "Sales"), ('C', "Profit")]),
        (4, &[('A', "North"), ('B', "553"), ('C', "13")]),
        (5, &[('A', "South"), ('B', "467"), ('C', "70")]),
    ])));
    let rows_of = |document: &Document| document.tables.iter().map(|table| table.rows).collect::<Vec<_>>();
    assert_eq!((rows_of(&document), document.tables[0].captions.len()), (vec![3], 1));
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "Balance sheets - USD ($) $ in Millions"), ('B', "Apr. 30, 2020"), ('C', "Jan. 31, 2020")]),
        (2, &[('A', "Cash"), ('B', "930"), ('C', "465")]),
    ])));
    assert_eq!(rows_of(&document), [2]);
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "编制单位：某局"), ('C', "单位：元")]),
        (2, &[('A', "项目"), ('B', "2020年"), ('C', "2019年")]),
        (3, &[('A', "收入"), ('B', "930"), ('C', "465")]),
    ])));
    assert_eq!(rows_of(&document), [2]);
}

#[test]
fn tables_side_by_side_share_their_titles() {
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "Budget")]),
        (2, &[('A', "Revenue"), ('B', "Amount"), ('D', "Outlay"), ('E', "Amount")]),
        (3, &[('A', "Tax"), ('B', "5"), ('D', "Roads"), ('E', "6")]),
        (4, &[('A', "Fees"), ('B', "3"), ('D', "Parks"), ('E', "2")]),
        (5, &[('D', "Total"), ('E', "8")]),
    ])));
    let shape = |table: &Table| (table.rows, table.columns, table.captions.len());
    assert_eq!(document.tables.iter().map(shape).collect::<Vec<_>>(), [(3, 2, 1), (4, 2, 1)]);
    // A blank column between the figures of one table does not part it.
    let document = read(&xlsx(&rows(&[
        (2, &[('A', "Revenue"), ('B', "2023"), ('D', "2024")]),
        (3, &[('A', "Tax"), ('B', "5"), ('D', "6")]),
        (4, &[('A', "Fees"), ('B', "3"), ('D', "2")]),
    ])));
    assert_eq!(document.tables.iter().map(shape).collect::<Vec<_>>(), [(3, 3, 0)]);
}

#[test]
fn a_section_with_its_year_left_of_all_figures_goes_on_with_the_table() {
    let document = read(&xlsx(&rows(&[
        (1, &[('B', "Year"), ('C', "North"), ('D', "South")]),
        (3, &[('A', "Guests"), ('B', "2017"), ('C', "41"), ('D', "38")]),
        (5, &[('A', "Languages in %"), ('B', "2017")]),
        (6, &[('A', "Welsh"), ('C', "19"), ('D', "55")]),
        (8, &[('A', "Office"), ('C', "East"), ('D', "West")]),
        (9, &[('A', "Staff"), ('C', "7"), ('D', "9")]),
    ])));
    let sizes: Vec<_> = document.tables.iter().map(|table| (table.rows, table.columns)).collect();
    assert_eq!(sizes, [(4, 4), (2, 3)]);
}

#[test]
fn a_number_beside_a_title_is_that_of_the_table() {
    let shown = |first: &str| {
        blocks(&read(&xlsx(&rows(&[
            (1, &[('A', "7"), ('B', "Guests by month")]),
            (2, &[('C', "North"), ('D', "South")]),
            (3, &[('A', first), ('B', "Jan"), ('C', "41"), ('D', "38")]),
            (4, &[('B', "Feb"), ('C', "19"), ('D', "55")]),
        ]))))
    };
    assert_eq!(shown("2012")[..3], ["Sheet1!A1 7", "Sheet1!B1 Guests by month", "Sheet1!C2 0:0,2 North"]);
    assert_eq!(shown("8")[..2], ["Sheet1!A1 0:0,0 7", "Sheet1!B1 0:0,1 Guests by month"]);
}
