//! Tables of changes, rates and shares.

use super::{one_error, said, silent};

#[test]
fn changes_differences_and_their_signs() {
    let table = "
        item | 2024 | 2023 | $ Change | % Change
        Sales | 93,662 | 103,350 | (9,688) | (9.4)%
        Cost of goods | 68,367 | 74,646 | 6,279 | 8.4%
        Depreciation | 3,146 | 2,846 | (300) | (10.5)%
        Rent | 12,828 | 13,616 | 788 | 5.8%
        Staff | 9,350 | 9,911 | 561 | 5.7%";
    silent(table, 10);
    one_error(&table.replace("788", "878"), "table-difference", "878");
    one_error(&table.replace("8.4%", "4.8%"), "table-growth", "4.8%");
    let (shown, _) = said(&table.replace("74,646", "74,466"));
    assert_eq!(shown, ["error table-difference: 74,466", "error table-growth: 74,466"]);
}

#[test]
fn percentages_change_by_points() {
    silent(
        "
        item | 2019 | 2018 | Change (%)
        Orders | 532.0 | 470.0 | 13.2
        Revenue | 503.6 | 476.9 | 5.6
        Gross margin (%) | 73.2 | 72.2 | 1.0
        Tax rate (%) | 13.0 | 15.4 | (2.4)
        Profit | 88.6 | 57.5 | 54.1",
        5,
    );
}

#[test]
fn shares_adjusted_to_a_hundred_are_let_be() {
    silent(
        "
        region | sales | % of Total
        Asia | 479,987 | 40.0%
        Europe | 277,898 | 23.1%
        Americas | 259,105 | 21.6%
        Japan | 183,191 | 15.3%
        Total | 1,200,181 | 100.0%",
        5,
    );
}

#[test]
fn a_ratio_of_two_rows() {
    let table = "
        item | 2022 | 2023 | 2024
        Net sales | 8,279 | 6,207 | 5,742
        Cost of sales | 6,020 | 4,499 | 4,139
        Gross margin | 2,259 | 1,708 | 1,603
        Gross margin percentage | 27.3% | 27.5% | 27.9%";
    silent(table, 6);
    one_error(&table.replace("27.3%", "23.7%"), "table-share", "23.7%");
}

#[test]
fn small_counts_are_no_growth_of_one_another_by_chance() {
    let table = "
        申请结果 | 个人 | 企业 | 其他 | 总计
        本年新收 | 3001 | 53 | 65 | 3119
        予以公开 | 1288 | 21 | 53 | 1362
        部分公开 | 447 | 7 | 0 | 454
        国家秘密 | 2 | 0 | 0 | 2
        第三方权益 | 30 | 1 | 0 | 31
        内部事务 | 7 | 1 | 0 | 8
        执法案卷 | 5 | 0 | 0 | 5
        不掌握 | 746 | 12 | 11 | 769";
    silent(table, 8);
    one_error(&table.replace("| 30 | 1 |", "| 39 | 1 |"), "table-total", "?");
    one_error(&table.replace("3001 |", "33001 |"), "table-total", "33001");
    // All others are exact, so that this is, though it tells little itself.
    let (shown, _) = said(&table.replace("| 30 | 1 |", "| 30 | 3 |"));
    assert_eq!(shown, ["warning table-total: ?"]);
}

#[test]
fn a_share_that_keeps_the_others_from_a_hundred_was_not_adjusted() {
    let table = "
        region | Net sales | % of total
        Asia | 533,340 | 38.6%
        Europe | 315,535 | 22.8%
        America | 337,842 | 24.4%
        Japan | 196,101 | 14.2%
        Total | 1,382,818 |";
    silent(table, 5);
    one_error(&table.replace("22.8%", "22.9%"), "table-share", "22.9%");
    // 21.34% was made 21.4% so that all come to 100%.
    silent(
        "
        region | Net sales | % of total
        Asia | 213,400 | 21.4%
        Europe | 333,400 | 33.3%
        America | 193,400 | 19.3%
        Japan | 259,800 | 26.0%
        Total | 1,000,000 |",
        4,
    );
}

#[test]
fn output_grows_at_constant_prices_in_a_table_of_amounts() {
    let table = "指标|2031年|2030年|增长（%）
        财政收入|125.6|112.3|11.8
        存款余额|3480.5|3120.7|11.5
        贷款余额|2860.4|2650.2|7.9
        发电量|96.5|90.2|7.0
        人均地区生产总值|124080|117300|5.9";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
    assert!(!said(&table.replace("人均地区生产总值", "人均消费")).0.is_empty());
}
