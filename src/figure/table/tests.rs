//! What tables say of the figures in them.

mod groups;
mod scales;

use std::path::Path;

use super::super::{Class, lex};
use super::*;
use crate::document::Format;
use crate::read::{self, Options};

fn document(markdown: &str) -> Document {
    document_in(Format::Markdown, markdown)
}

fn document_in(format: Format, text: &str) -> Document {
    let options = Options { format: Some(format), ..Options::default() };
    read::bytes(Path::new("report"), text.as_bytes().to_vec(), &options).unwrap()
}

/// The value, place and unit of a cell.
fn value(markdown: &str, row: usize, column: usize) -> String {
    let document = document(markdown);
    let (figures, shapes) = lex(&document);
    let Some(figure) = shapes[0].figure_at(row, column) else { return "none".to_string() };
    let figure = figures.at(figure);
    let unit = figure.unit.name(document.text()).unwrap_or_default();
    format!("{} e{} {unit}", figure.quantity.numerator.normalize(), figure.quantity.place).trim().to_string()
}

fn all(titles: &Titles) -> Vec<&str> {
    titles.iter().collect()
}

#[test]
fn units_come_from_the_nearest_place() {
    let table = "单位：万元\n\n| 项目 | 金额 | 户数（户） | 占比(%) |\n|---|---|---|---|\n| 合计 | 1.5 | 30 | 12.5 |\n| 其中（元） | 7 | 3亿 | 5% |\n";
    for (row, column, expected) in [
        (1, 1, "15000 e3 元"),
        (1, 2, "30 e0 户"),
        (1, 3, "0.125 e-3"),
        (2, 1, "7 e0 元"),
        (2, 2, "300000000 e8"),
        (2, 3, "0.05 e-2"),
    ] {
        assert_eq!(value(table, row, column), expected, "{row} {column}");
    }
    let table = "| (in millions) | 2020 | 2019 |\n|---|---|---|\n| Revenue | $ 1,234 | (5) |\n| Diluted earnings per share | $1.25 | 0.5 |\n";
    assert_eq!(value(table, 1, 1), "1234000000 e6 $");
    assert_eq!(value(table, 1, 2), "-5000000 e6");
    assert_eq!(value(table, 2, 1), "1.25 e-2 $");
    assert_eq!(value(table, 2, 2), "0.5 e-1");
}

#[test]
fn statements_leave_out_what_comes_to_one_and_scale_shares_where_they_do_not() {
    let table = "(in thousands, except revenue per member)\n\n| Year | 2020 | 2019 |\n|---|---|---|\n| Revenue | 1,234 | 1,100 |\n| Revenue per member | 7.48 | 7.31 |\n";
    assert_eq!(value(table, 1, 1), "1234000 e3");
    assert_eq!(value(table, 2, 1), "7.48 e-2");
    let shares = |caption: &str| {
        let table = format!(
            "{caption}\n\n| | Shares | Amount |\n|---|---|---|\n| Issued | 754.6 | 75.5 |\n| Held | 120.4 | 13.1 |\n"
        );
        value(&table, 1, 1)
    };
    assert!(shares("(In millions, except per share data)").starts_with("754600000 "));
    assert!(shares("(In millions, except share and per share data)").starts_with("754.6 "));
}

#[test]
fn pages_of_contents_are_no_quantities() {
    let rows = |mark: &str| {
        let row = |at: usize| format!("| {mark} {at}. Matters | {} |\n", 3 * at);
        document(&format!("| | |\n|---|---|\n{}", (1..8).map(row).collect::<String>()))
    };
    let classes = |document: &Document| lex(document).0.iter().filter(|figure| figure.class == Class::Quantity).count();
    assert_eq!(classes(&rows("Item")), 0);
    assert_eq!(classes(&rows("Ward")), 14);
}

#[test]
fn rates_are_percent_unless_they_may_be_ratios() {
    let table = "单位：亿元\n\n| 项目 | 数额 | 增长率 | 比重 |\n|---|---|---|---|\n| a | 5 | 3.2 | 0.4 |\n| b | 2 | 0.5 | 0.6 |\n";
    assert_eq!(value(table, 1, 2), "0.032 e-3");
    assert_eq!(value(table, 2, 2), "0.005 e-3");
    assert_eq!(value(table, 1, 3), "0.4 e-1");
}

#[test]
fn numbers_with_separators_of_thousands_number_no_rows() {
    let table = |second: &str| {
        format!("| Town | No. | Rate |\n|---|---|---|\n| North | 95 | 1.4 |\n| South | {second} | 2.1 |\n")
    };
    assert_eq!(value(&table("1,915"), 1, 1), "95 e0");
    assert_eq!(value(&table("96"), 1, 1), "none");
}

#[test]
fn counts_beside_a_rate_with_its_sign_are_none() {
    let table = "| 指标 | 分子 | 分母 | 比率 |\n|---|---|---|---|\n| 测试通过率 | 1052 | 1938 | 54.3% |\n| 合格率 | 97 | 98 | 99 |\n";
    assert_eq!((value(table, 1, 1), value(table, 1, 3)), ("1052 e0".to_owned(), "0.543 e-3".to_owned()));
    assert_eq!(value(table, 2, 1), "0.97 e-2");
}

#[test]
fn amounts_are_no_percentages() {
    let table = "| Harbour | 2021 percent amount | percent of sales |\n|---|---|---|\n| North | 17 | $568 |\n| South | 12 | 31 |\n";
    assert_eq!(value(table, 1, 1), "17 e0");
    assert_eq!(value(table, 1, 2), "568 e0 $");
    assert_eq!(value(table, 2, 2), "0.31 e-2");
}

#[test]
fn a_year_before_percent_is_no_number_of_it() {
    let table = |header: &str| format!("| Harbour | {header} | 2021 ships |\n|---|---|---|\n| North | 17 | 568 |\n");
    assert_eq!(value(&table("2021 % of all berths"), 1, 1), "0.17 e-2");
    assert_eq!(value(&table("2021 % Chg"), 1, 1), "17 e0");
    assert_eq!(value(&table("4.5% notes"), 1, 1), "17 e0");
    assert_eq!(value(&table("120 % notes"), 1, 1), "17 e0");
    assert_eq!(value(&table("2021 % of all berths"), 1, 2), "568 e0");
}

#[test]
fn a_column_of_percentages_goes_before_the_unit_of_a_row() {
    let table = "| 指标 | 单位 | 绝对数 | 比上年增长% |\n|---|---|---|---|\n| 粮食总产量 | 万吨 | 1234.5 | 2.1 |\n";
    assert_eq!(value(table, 1, 2), "12345000 e3 吨");
    assert_eq!(value(table, 1, 3), "0.021 e-3");
    let table = "| $ million | 2019 | 2018 | Change (%) |\n|---|---|---|---|\n| Earnings per share (cents) | 12.79 | 9.14 | 39.9 |\n| Tax rate (%) | 13.0 | 15.4 | (2.4) |\n";
    assert_eq!(value(table, 1, 3), "0.399 e-3");
    assert_eq!(value(table, 1, 1), "12.79 e-2 cents");
    assert_eq!(value(table, 2, 3), "-0.024 e-3");
}

#[test]
fn names_of_rows_are_no_rates() {
    let table = "| (in millions) | 2020 |\n|---|---|\n| 5% Senior Notes due 2030 | 500 |\n| Notes (b) | 20 |\n| Sales in the U.S. | 7 |\n";
    assert_eq!(value(table, 1, 1), "500000000 e6");
    assert_eq!(value(table, 2, 1), "20000000 e6");
    assert_eq!(value(table, 3, 1), "7000000 e6");
}

#[test]
fn headers_in_two_rows_are_joined() {
    let document = document(
        "| 项目 | 2020年 |  | 2019年 |  |\n|---|---|---|---|---|\n|  | 金额 | 占比 | 金额 | 占比 |\n| 一、收入 |  |  |  |  |\n| 其中：税收 | 5 | 10% | 4 | 8% |\n",
    );
    let (_, shapes) = lex(&document);
    let shape = &shapes[0];
    assert_eq!((shape.header_rows, shape.label_columns), (2, 1));
    assert_eq!(all(&shape.column_titles), ["项目", "2020年 金额", "2020年 占比", "2019年 金额", "2019年 占比"]);
    assert_eq!(all(&shape.row_labels), ["项目", "", "收入", "税收"]);
    use LineKind::{Amounts, Empty, Mixed, Percent};
    assert_eq!(shape.column_kinds, [Empty, Amounts, Percent, Amounts, Percent]);
    assert_eq!(shape.row_kinds, [Empty, Empty, Empty, Mixed]);
}

#[test]
fn groups_of_columns_and_parts_of_the_body_are_told_apart() {
    let html = "<table><tr><td><td colspan=2>June 30<td>Change<tr><td>(in millions)<td>2024<td>2023<td>\
        <tr><td colspan=4>Assets<tr><td>Cash<td>5<td>6<td>(1)<tr><td>Stock<td>7<td>4<td>3\
        <tr><td colspan=4>Debts<tr><td>Loans<td>1<td>2<td>(1)</table>";
    let document = document_in(Format::Html, html);
    let (figures, shapes) = lex(&document);
    let shape = &shapes[0];
    assert_eq!((shape.header_rows, shape.label_columns), (2, 1));
    assert_eq!(all(&shape.column_titles), ["(in millions)", "June 30 2024", "June 30 2023", "Change"]);
    assert_eq!(all(&shape.row_titles)[2..], ["Assets", "Cash", "Stock", "Debts", "Loans"]);
    let figure = figures.at(shape.figure_at(3, 3).unwrap());
    assert_eq!(figure.quantity.numerator.to_string(), "-1000000");
    let html = "<table><tr><td><td colspan=2>2024<td>Notes<tr><td><td>Men<td>Women<td><tr><td>A<td>5<td>6<td>7</table>";
    let (_, shapes) = lex(&document_in(Format::Html, html));
    assert_eq!(all(&shapes[0].column_titles), ["", "2024 Men", "2024 Women", "Notes"]);
}

#[test]
fn numbers_that_name_rows_are_no_quantities() {
    let document = document(
        "| 序号 | 科目编码 | 项目 | 2020 |\n|---|---|---|---|\n| 1 | 201 | a | 10 |\n| 2 | 20101 | b | 20 |\n",
    );
    let (figures, shapes) = lex(&document);
    assert_eq!((shapes[0].header_rows, shapes[0].label_columns), (1, 3));
    assert_eq!(all(&shapes[0].row_labels), ["项目", "a", "b"]);
    assert_eq!(figures.iter().filter(|figure| figure.class == Class::Quantity).count(), 2);
    let document = self::document("| 年份 | 收入 |\n|---|---|\n| 2019 | 10 |\n| 2020 | 20 |\n");
    let (figures, shapes) = lex(&document);
    assert_eq!(all(&shapes[0].row_labels), ["年份", "2019", "2020"]);
    assert_eq!(figures.iter().filter(|figure| figure.class == Class::Quantity).count(), 2);
}

#[test]
fn amounts_may_look_like_years() {
    for (table, row, column, expected) in [
        // Other amounts stand in the column and the row.
        ("| Item | 2024 | 2023 |\n|---|---|---|\n| Wages | 1944 | 947 |\n| Rent | 1069 | 962 |\n", 1, 1, "1944 e0"),
        ("| 项目 | 金额 |\n|---|---|\n| 工资 | 2079 |\n| 合计 | 3755 |\n", 1, 1, "2079 e0"),
        ("| Item | Net |\n|---|---|\n| Wages | (2051) |\n| Rent | 365 |\n", 1, 1, "-2051 e0"),
        (
            "单位：万元\n\n| 项目 | 本年 | 上年 |\n|---|---|---|\n| 工资 | 1998 | 870 |\n| 租金 | 410 | 390 |\n",
            1,
            1,
            "19980000 e4 元",
        ),
        // A row of amounts that are far from the years in the header.
        ("| Item | 2024 | 2023 |\n|---|---|---|\n| Wages | 1944 | 2051 |\n| Rent | 106 | 962 |\n", 1, 2, "2051 e0"),
        // The years of another part of the table.
        (
            "| Item | 2024 | 2023 |\n|---|---|---|\n| Rent | 106 | 962 |\n| Americas | 2022 | 2021 |\n| Wages | 194 | 205 |\n",
            2,
            1,
            "none",
        ),
        ("| Item | Amount |\n|---|---|\n| Rent | 106 |\n| Year ended | 2022 |\n| Wages | 194 |\n", 2, 1, "none"),
        ("| Item | Amount |\n|---|---|\n| Rent | 106 |\n| | 2022 |\n| Wages | 194 |\n", 2, 1, "none"),
        // What its label or header says to be years.
        ("| Facts | |\n|---|---|\n| Staff | 106 |\n| Founded | 1998 |\n| Offices | 19 |\n", 2, 1, "none"),
        ("| Plant | Opened | Staff |\n|---|---|---|\n| North | 1998 | 210 |\n| South | 2004 | 95 |\n", 1, 1, "none"),
        ("| Notes | Due | Rate |\n|---|---|---|\n| A | 2031 | 4.5% |\n| B | 12 | 3.1% |\n", 1, 1, "none"),
    ] {
        assert_eq!(value(table, row, column), expected, "{table}");
    }
}

#[test]
fn a_first_row_of_amounts_is_no_header() {
    let shape_of = |table: &str| {
        let document = document(table);
        lex(&document).1[0].header_rows
    };
    assert_eq!(shape_of("| Item | 2024 | 2023 |\n|---|---|---|\n| Wages | 1944 | 2051 |\n| Rent | 106 | 962 |\n"), 1);
    assert_eq!(shape_of("| Item | 2024 | 2023 |\n|---|---|---|\n| | 2024 | 2023 |\n| Rent | 106 | 962 |\n"), 2);
    assert_eq!(
        shape_of("| Item | Group | Parent |\n|---|---|---|\n| (in $) | 2024 | 2024 |\n| Rent | 106 | 962 |\n"),
        2
    );
}

#[test]
fn changes_of_percentages_are_points() {
    let table = "| Region | 2024 | 2023 | Change |\n|---|---|---|---|\n| a | 92.4% | 90.1% | 2.3 |\n| b | 924 | 901 | 23 |\n| c | 92.4% | 901 | 4 |\n";
    assert_eq!(value(table, 1, 3), "0.023 e-3");
    assert_eq!(value(table, 2, 3), "23 e0");
    assert_eq!(value(table, 3, 3), "4 e0");
    assert_eq!(value(&table.replace("Change", "Change (points)"), 1, 3), "0.023 e-3");
    assert_eq!(value(&table.replace("Change", "Change (points)"), 2, 3), "23 e0 points");
}

#[test]
fn what_labels_are_is_no_unit() {
    for (corner, expected) in
        [("Year", "7 e0"), ("部门", "7 e0"), ("(km)", "7 e0 公里"), ("万元", "70000 e4 元"), ("$", "7 e0 $")]
    {
        let table = format!("| {corner} | a | b |\n|---|---|---|\n| x | 7 | 6 |\n| y | 8 | 5 |\n");
        assert_eq!(value(&table, 1, 1), expected, "{corner}");
    }
}

#[test]
fn offices_are_no_units() {
    let table = "| 单位 | 收入 | 支出 |\n|---|---|---|\n| 城东 | 12 | 9 |\n| 城西 | 7 | 6 |\n";
    let document = document(table);
    assert_eq!(all(&lex(&document).1[0].row_labels), ["单位", "城东", "城西"]);
    let table = "| 指标 | 单位 | 数值 |\n|---|---|---|\n| 收入 | 万元 | 12 |\n| 人口 | 万人 | 7 |\n";
    assert_eq!(value(table, 1, 2), "120000 e4 元");
}

#[test]
fn periods_in_digits_alone_name_lines() {
    let rows = "Month,Orders\n202401,1240\n202402,1310\n202412,20240131\nTotal,3952\n";
    let document = document_in(Format::Csv, rows);
    let (figures, shapes) = lex(&document);
    assert_eq!(all(&shapes[0].row_titles), ["Month", "202401", "202402", "202412", "Total"]);
    let dates = figures.iter().filter(|figure| figure.class == Class::Date).map(|figure| document.slice(figure.span));
    assert_eq!(dates.collect::<Vec<_>>(), ["202401", "202402", "202412"]);
    let columns = document_in(Format::Csv, "Item,20240131,20240229\nOrders,1240,1310\n");
    assert_eq!(all(&lex(&columns).1[0].column_titles), ["Item", "20240131", "20240229"]);
    for others in ["Amount,Orders\n202401,1240\n202413,1310\n", "Amount,Orders\n1.5亿,1240\n2.5亿,1310\n"] {
        assert!(lex(&document_in(Format::Csv, others)).1[0].figure_at(1, 0).is_some(), "{others}");
    }
}

#[test]
fn long_labels_are_cut_off() {
    // A label is told with each figure of its line.
    let long = "名称".repeat(1_000);
    let document = document_in(Format::Csv, &format!("Item,{long},{long}\n{long},5,6\nOther,7,8\n"));
    let (_, shapes) = lex(&document);
    let titles = [&shapes[0].column_titles[1], &shapes[0].row_titles[1]];
    assert_eq!(titles.map(|title| (title.len(), long.starts_with(title))), [(999, true); 2]);
    let headed = |words: usize| {
        let text = format!("# {}\n\n| a | b |\n|---|---|\n| c | 5 |\n", "Sales ".repeat(words));
        document_in(Format::Markdown, &text).tables[0].heading.is_some()
    };
    assert!(headed(5) && !headed(400));
}

#[test]
fn labels_may_stand_in_the_middle() {
    let document = document(
        "| 收入 |  | 支出 |  |\n|---|---|---|---|\n| 项目 | 决算数 | 项目 | 决算数 |\n| 一、税收 | 5 | 一、公共服务 | 6 |\n| 本年收入合计 | 5 | 本年支出合计 | 6 |\n",
    );
    let (_, shapes) = lex(&document);
    let shape = &shapes[0];
    assert_eq!(all(&shape.column_titles), ["收入 项目", "收入 决算数", "支出 项目", "支出 决算数"]);
    assert_eq!((&shape.row_labels_of(1)[2], &shape.row_labels_of(3)[2]), ("税收", "公共服务"));
    assert_eq!(&shape.row_titles_of(3)[3], "本年支出合计");
}

#[test]
fn a_cell_with_other_words_is_no_value() {
    let table = "| a | b | c |\n|---|---|---|\n| x | see note 5 | — |\n| y | 5 | 1 |\n| z | 3 of 4 | 2 |\n";
    assert_eq!(value(table, 1, 1), "none");
    assert_eq!(value(table, 1, 2), "none");
    assert_eq!(value(table, 3, 1), "none");
    assert_eq!(value(table, 2, 1), "5 e0");
}

proptest::proptest! {
    #[test]
    fn any_table_has_a_shape(cells in proptest::collection::vec("[0-9a年,.%$()|（）、一-]{0,6}", 1..30), columns in 1..6usize) {
        let rows: Vec<_> = cells.chunks(columns).map(|row| row.join(",")).collect();
        let options = Options { format: Some(Format::Csv), ..Options::default() };
        let document = read::bytes(Path::new("report"), rows.join("\n").into_bytes(), &options).unwrap();
        let (figures, shapes) = lex(&document);
        for (shape, table) in shapes.iter().zip(&document.tables) {
            proptest::prop_assert_eq!((shape.rows(), shape.columns()), (table.rows as usize, table.columns as usize));
            for (row, column, figure) in shape.body() {
                proptest::prop_assert_eq!(shape.figure_at(row, column), Some(figure));
                proptest::prop_assert_eq!(figures.class(figure), Class::Quantity);
            }
        }
    }
}

/// The values of the cells, by rows, at the places of `cells`.
fn values<const N: usize>(markdown: &str, cells: [(usize, usize); N]) -> [String; N] {
    cells.map(|(row, column)| value(markdown, row, column))
}

#[test]
fn a_percent_sign_in_the_first_row_is_that_of_its_column() {
    let table = "| (in millions) | 2023 | 2022 | Change | |\n|---|---|---|---|---|\n| Postpaid | 93,850 | 91,856 | 1,994 | 2.2% |\n| Prepaid | 21,122 | 22,664 | (1,542) | (6.8) |\n| Total | 114,972 | 114,520 | 452 | >(0.4) |\n";
    assert_eq!(values(table, [(2, 4), (3, 4), (2, 3)]), ["-0.068 e-3", "-0.004 e-3", "-1542000000 e6"]);
    let table = table.replace("2.2%", "— %");
    assert_eq!(values(&table, [(2, 4), (3, 4)]), ["-0.068 e-3", "-0.004 e-3"]);
    // A table that divides everything by its first line.
    let table = "| Year | 2024 | 2023 |\n|---|---|---|\n| Revenue | 100% | 100% |\n| Cost | 19 | 18 |\n| Research | 29 | 30 |\n| Loss on debt | — | (1) |\n| Income | 52% | 51 |\n";
    assert_eq!(values(table, [(2, 1), (4, 2), (5, 2)]), ["0.19 e-2", "-0.01 e-2", "0.51 e-2"]);
    // Rows of rates among rows of amounts.
    for (table, cells) in [
        (
            "| Year | 2024 | 2023 |\n|---|---|---|\n| Occupancy | 95% | 94% |\n| Beds | 120 | 115 |\n| Wards | 8 | 9 |\n",
            [(2, 1), (3, 1)],
        ),
        (
            "| Year | 2024 | 2023 | Change |\n|---|---|---|---|\n| Margin | 45% | 44% | 1 |\n| Stores | 56 | 50 | 6 |\n| Staff | 900 | 850 | 50 |\n",
            [(2, 1), (3, 2)],
        ),
        (
            "| Item | Now | Goal |\n|---|---|---|\n| Operating margin | 45% | 50 |\n| Stores | 56 | 60 |\n| Staff | 900 | 950 |\n",
            [(2, 1), (3, 1)],
        ),
        (
            "| Item | Now | Goal |\n|---|---|---|\n| On time | 95% | 97 |\n| Stores | $56 | 60 |\n| Staff | 900 | 950 |\n",
            [(2, 2), (3, 1)],
        ),
        (
            "| Item | Now | Goal |\n|---|---|---|\n| On time | 95% | 97 |\n| Trips | 1,560 | 60 |\n| Staff | 900 | 950 |\n",
            [(2, 1), (3, 1)],
        ),
    ] {
        for (row, column) in cells {
            assert!(value(table, row, column).contains(" e0"), "{table}{row} {column}: {}", value(table, row, column));
        }
    }
}

#[test]
fn a_column_without_a_header_is_known_by_what_it_tells_of_those_before() {
    let rows = |changes: [&str; 7]| {
        let amounts = ["513 | 645", "281 | 629", "794 | 1,274", "808 | 666", "644 | 119", "1,452 | 785", "226 | 0"];
        let rows = amounts.iter().zip(changes).map(|(amounts, change)| format!("| a | {amounts} | {change} |\n"));
        format!("| Sites | | | |\n|---|---|---|---|\n{}", rows.collect::<String>())
    };
    let table = rows(["(20.5)", "(55.3)", "(37.7)", "21.3", "441.2", "85.0", "*"]);
    assert_eq!(values(&table, [(1, 3), (5, 3), (1, 1)]), ["-0.205 e-3", "4.412 e-3", "513 e0"]);
    // One of them may be wrong, or be computed from finer amounts.
    let table = rows(["(20.5)", "(55.3)", "(37.7)", "12.3", "441.2", "85.0", "7.0"]);
    assert_eq!(values(&table, [(4, 3), (7, 3)]), ["0.123 e-3", "0.07 e-3"]);
    let table = rows(["(20.5)", "(55.3)", "(37.7)", "12.3", "41.2", "85.0", "7.0"]);
    assert_eq!(value(&table, 1, 3), "-20.5 e-1");
}

#[test]
fn beside_a_change_in_points_stand_percentages() {
    let table = "| | 2023 | 2022 | Change |\n|---|---|---|---|\n| Sales | $ 1,322 | $ 1,263 | 4.7% |\n| Margin, homes | 38.9% | 37.1% | 180 bps |\n| Margin, shops | 57.7 | 57.3 | 40 bps |\n| Stores | 56 | 50 | |\n";
    assert_eq!(values(table, [(3, 1), (3, 2), (4, 1)]), ["0.577 e-3", "0.573 e-3", "56 e0"]);
}

#[test]
fn what_is_said_of_a_cell_over_several_columns_is_said_once() {
    let html = "<p>(in millions)<table><tr><td>Item<td colspan=2>2023<td colspan=2>2022\
        <tr><td>A<td colspan=2>145<td>7<td>*<tr><td>B<td rowspan=2>45<td>x<td>8<td>y<tr><td>C<td>z<td>9<td></table>";
    let document = document_in(Format::Html, html);
    let (figures, shapes) = lex(&document);
    let values: Vec<_> =
        shapes[0].body().map(|(.., figure)| figures.at(figure).quantity.numerator.to_string()).collect();
    assert!(values.len() > 4 && values.iter().all(|value| value.len() < 10), "{values:?}");
}

#[test]
fn a_currency_sign_at_the_end_of_a_label_leaves_the_scale() {
    let table =
        "(Millions)\n\n| Item | Cost of staff |\n|---|---|\n| Safety | 45 |\n| Total $ | 99 |\n| Fees ($) | 7 |\n";
    assert_eq!(values(table, [(2, 1), (3, 1)]), ["99000000 e6 $", "7 e0 $"]);
}

#[test]
fn what_is_held_in_a_currency_is_printed_in_that_of_the_report() {
    let table = "(In millions)\n\n| Currency | 2015 |\n|---|---|\n| Euro | $2,190 |\n| Other | 674 |\n| Yen | 12 |\n";
    assert_eq!(values(table, [(1, 1), (2, 1), (3, 1)]), ["2190000000 e6 $", "674000000 e6", "12000000 e6 日元"]);
}

#[test]
fn what_is_held_in_a_currency_is_printed_in_that_of_the_column() {
    let table = "| | Fixed | Floating |\n|---|---|---|\n| 2031 | £m | £m |\n| Sterling | 28.4 | 0.3 |\n| Euro | 97.2 | 16.1 |\n| Other | 31.5 | 2.8 |\n";
    assert_eq!(values(table, [(2, 1), (3, 1), (4, 1)]), ["28400000 e5 £", "97200000 e5 £", "31500000 e5 £"]);
}

#[test]
fn units_of_things_leave_amounts_of_money_alone() {
    let table = "| 序号 | 设备 | 单位 | 数量 | 单价（元） | 金额 |\n|---|---|---|---|---|---|\n| 1 | 电脑 | 台 | 12 | 4500.00 | 54000.00 |\n| 2 | 软件 | 套 | 2 | 8800.00 | 17600.00 |\n| 合计 |  |  | 14 |  | 71600.00 |\n";
    assert_eq!(values(table, [(1, 3), (1, 4), (2, 5)]), ["12 e0 台", "4500 e-2 元", "17600 e-2"]);
    let captioned = format!("单位：万元\n\n{table}");
    assert_eq!(values(&captioned, [(1, 4), (2, 5)]), ["4500 e-2 元", "176000000 e2 元"]);
    let table = "单位：万元、人\n\n| 指标 | 单位 | 2023年 |\n|---|---|---|\n| 人均产值 | 元/人 | 98,765 |\n| 价格指数 | 上年=100 | 100.2 |\n| 产值 | 万元 | 5 |\n| 税收 | | 6 |\n";
    assert_eq!(
        values(table, [(1, 2), (2, 2), (3, 2), (4, 2)]),
        ["98765 e0", "100.2 e-1", "50000 e4 元", "60000 e4 元"]
    );
}

#[test]
fn small_numbers_are_no_changes_of_one_another() {
    let row = "| a | 5 | 5 | 5 |\n";
    let table = format!("| | x | y | z |\n|---|---|---|---|\n{}", row.repeat(10));
    assert_eq!(values(&table, [(1, 3), (9, 3)]), ["5 e0", "5 e0"]);
}

#[test]
fn a_scale_above_one_of_two_amounts_or_their_difference_is_that_of_all() {
    let table = |header: &str, last: &str| {
        format!(
            "| Item | {header} |\n|---|---|---|---|\n| Wages | 540 | 460 | 80 |\n| Rents | 90 | 130 | (40) |\n| Fees | 65 | 55 | {last} |\n"
        )
    };
    let scaled = ["540000 e3", "460000 e3", "80000 e3"];
    let cells = [(1, 1), (1, 2), (1, 3)];
    assert_eq!(values(&table("2024 | 2023 | Change (in thousands)", "10"), cells), scaled);
    assert_eq!(values(&table("2024 | 2023 (in thousands) | Change", "10"), cells), scaled);
    assert_eq!(values(&table("2024 | 2023 | Others (in thousands)", "12"), cells), ["540 e0", "460 e0", "80000 e3"]);
    let money = table("2024 | 2023 (in thousands) | Change $", "10");
    assert_eq!(values(&money, cells), ["540000 e3", "460000 e3", "80000 e3 $"]);
}

#[test]
fn a_label_may_be_all_figure() {
    let table =
        "| Rates | 2024 |\n|---|---|\n| A | 1 |\n| B | 2 |\n| C | 3 |\n| D | 4 |\n| E | 5 |\n| 3 years | 76 |\n";
    let (_, shapes) = lex(&document(table));
    assert_eq!((shapes[0].label_columns, &shapes[0].row_titles[1], &shapes[0].row_titles[6]), (1, "A", "3 years"));
}

#[test]
fn numbers_of_notes_and_cut_off_digits_are_no_amounts() {
    let table = "| Item | Notes | 2024 |\n|---|---|---|\n| Wages | (9) | 540 |\n| Rents | (12) | 92, |\n| Fees | (13) | (92 |\n";
    let (_, shapes) = lex(&document(table));
    let held: Vec<_> = shapes[0].body().map(|(row, column, _)| (row, column)).collect();
    assert_eq!(held, [(1, 2)]);
    let notes = "| Item | Notes | Loans |\n|---|---|---|\n| Banks | 540 | 25 |\n| Others | 77 | 12 |\n";
    let (_, shapes) = lex(&document(notes));
    assert_eq!(shapes[0].body().count(), 4);
}

#[test]
fn a_loss_in_brackets_may_have_the_mark_of_a_note() {
    let table = "| Item | 2024 |\n|---|---|\n| Wages | (69) ¹ |\n| Rents | (12)† |\n";
    assert_eq!(values(table, [(1, 1), (2, 1)]), ["-69 e0", "-12 e0"]);
}

#[test]
fn scales_are_told_in_many_ways() {
    let table = |above: &str, header: &str, rows: &str| {
        let marks = "|---".repeat(header.matches('|').count() - 1);
        format!("{above}\n\n{header}\n{marks}|\n{rows}\n")
    };
    let announced = format!("{} What is due is as follows (in millions):", "The plan is as it was.".repeat(20));
    let years = "|  | 2019 | 2018 |";
    let (sales, shares) = ("| Sales | 5 | 6 |", "| Basic shares outstanding | 5 | 6 |");
    let sides = "shares in thousands, dollars in millions";
    for (markdown, expected) in [
        (table(&announced, years, sales), "5000000 e6"),
        (table("Sales in the U.S. are as follows (in millions):", years, sales), "5000000 e6"),
        (table("(In millions - except per share amounts)", years, sales), "5000000 e6"),
        (table("(in millions, except share and per share data)", years, sales), "5000000 e6"),
        (table("(in millions, except share and per share data)", years, shares), "5 e0"),
        (table("(In millions, except number of shares, which are in thousands)", years, shares), "5000 e3"),
        (
            table("(in thousands, except share data)", years, "| Stock: 7 shares authorized and outstanding | 5 | 6 |"),
            "5000 e3",
        ),
        (table("(in millions)", years, "| Shares used to find earnings per share | 5 | 6 |"), "5000000 e6"),
        (table("(in millions)", "|  | Average exercise price |", "| Granted | 5 |"), "5 e0"),
        (table("", &format!("| {sides} | Intrinsic value |"), "| Outstanding | 5 |"), "5000000 e6 $"),
        (table("", &format!("| {sides} | Number of shares |"), "| Outstanding | 5 |"), "5000 e3"),
        (table("", "| Item | 2018 Value '000 $ CAN |", "| Mushrooms | 5 |"), "5000 e3 加元"),
        (table("", "|  | 2019 | 2018 (in thousands) | 2017 |", "| Sales | 5 | 6 | 7 |"), "5000 e3"),
        (table("", "|  | Parent | Other (in thousands) | Price |", "| Sales | 5 | 6 | 7 |"), "5 e0"),
    ] {
        assert_eq!(value(&markdown, 1, 1), expected, "{markdown}");
    }
    let headed = table(
        "(in millions, except share data)",
        years,
        "| Sales | 5 | 6 |\n| Earnings per share: |  |  |\n| Basic | 1.5 | 2.5 |\n| Diluted | 1.4 | 2.4 |\n| Number of shares: |  |  |\n| Basic | 70 | 80 |",
    );
    let in_rows = |rows: [usize; 4]| rows.map(|row| value(&headed, row, 1)).join(", ");
    assert_eq!(in_rows([1, 3, 4, 6]), "5000000 e6, 1.5 e-1, 1.4 e-1, 70 e0");
    let change =
        table("(in millions, shares in thousands)", "|  | 2019 | Change |", "| Basic shares outstanding | 5 | 1.5% |");
    assert_eq!((value(&change, 1, 1), value(&change, 1, 2)), ("5000 e3".to_owned(), "0.015 e-3".to_owned()));
    let worded = table("", "| in millions | Shown as | 2019 |", "| Rent | Assets | 6 |");
    assert_eq!(value(&worded, 1, 2), "6000000 e6");
}

#[test]
fn keys_are_no_headers_and_models_are() {
    let keys = "Phrase:,the percentage of reporters,x\nQuestion:,how many times,y\nAnswer:,2.5,z\n";
    let (figures, _) = lex(&document_in(Format::Csv, keys));
    assert_eq!(figures.at(0).quantity.scale, Scale::Plain);
    let years = "CASH PROVIDED BY:,2024,2023\nOPERATIONS:,,\nNet income,13,9\n";
    let (_, shapes) = lex(&document_in(Format::Csv, years));
    assert_eq!(all(&shapes[0].column_titles), ["CASH PROVIDED BY:", "2024", "2023"]);
    let (_, shapes) = lex(&document_in(Format::Csv, ",737,767,Total\nDelivered,209,14,223\n"));
    assert_eq!((shapes[0].header_rows, all(&shapes[0].column_titles)), (1, vec!["", "737", "767", "Total"]));
    let exhibits = "| Exhibit Number | Description |\n|---|---|\n| 3.1 | Articles |\n| 10.2 | Form |\n";
    let (figures, _) = lex(&document(exhibits));
    assert!(figures.iter().all(|figure| figure.class == Class::Ordinal));
    let covered = "<table><tr><td>Item<td>Of<td>2024<tr><td>Sales<td>Notes<td>8<tr><td colspan=2>Index<td>36</table>";
    let (_, shapes) = lex(&document_in(Format::Html, covered));
    assert_eq!(&shapes[0].row_titles[2], "Index");
    let pages = "| Item | Page |\n|---|---|\n| Notes | 8 |\n| Index | 36 |\n";
    assert_eq!(value(pages, 1, 1), "none");
}

#[test]
fn codes_below_no_header_are_no_quantities() {
    let table = |codes: [&str; 3]| {
        let [a, b, c] = codes;
        let text = format!(
            "| | | 2024 | 2023 |\n|---|---|---|---|\n| {a} | Taxes | 120 | 110 |\n| {b} | Fees | 30 | 25 |\n| {c} | Grants | 40 | 50 |\n"
        );
        let document = document(&text);
        let (figures, shapes) = lex(&document);
        let codes = figures.iter().filter(|figure| codes.contains(&document.slice(figure.span)));
        (codes.map(|figure| figure.class).collect::<Vec<_>>(), shapes[0].row_labels[2].to_string())
    };
    assert_eq!(table(["101", "104", "109"]), (vec![Class::Ordinal; 3], "fees".to_owned()));
    assert_eq!(table(["101", "94", "109"]), (vec![Class::Quantity; 3], "94fees".to_owned()));
}
