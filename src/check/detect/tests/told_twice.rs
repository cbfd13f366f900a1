//! Tables in which one figure is wrong and the rest of the table tells so twice: by rows that repeat each other, by a sign that a label
//! gives, by a subtotal and the total above it.

use super::{an_error, one_error, said, silent};

#[test]
fn a_single_item_and_its_total_print_the_same() {
    let table = "项目 | 期初余额 | 本期增加 | 本期减少 | 期末余额
        补助 | 61,204,518.37 | 7,315,902.44 | 12,648,330.95 | 55,872,089.86
        合计 | 61,204,518.37 | 7,315,902.44 | 12,648,330.95 | 55,872,089.86";
    assert!(said(table).0.is_empty());
    an_error(&table.replacen("7,315,902.44", "315,902.44", 1), "table-total");
    an_error(&table.replacen("12,648,330.95", "12,468,330.95", 1), "table-total");
}

#[test]
fn an_item_of_which_there_is_nothing_heads_no_block() {
    let table = "项目 | 本期 | 上期
        借款收到的现金 | 5,000,000.00 | 83,000,000.00
        其他收到的现金 | 2,150,400.00 | 1,480,200.00
        现金流入小计 | 7,150,400.00 | 84,480,200.00
        偿还借款支付的现金 | 26,000,000.00 |
        分配股利支付的现金 | 1,603,847.52 | 290,418.61
        其中：付给少数股东的股利 |  |
        其他支付的现金 |  | 63,518,207.00
        现金流出小计 | 27,603,847.52 | 63,808,625.61";
    assert!(said(table).0.is_empty());
    an_error(&table.replace("1,603,847.52", "1,603,874.52"), "table-total");
}

#[test]
fn a_difference_that_rounding_may_make_tells_nothing() {
    let table = "项目 | 甲公司 | 乙公司 | 丙公司
        利润分配 | -8,461,053.28 | -9,310,440.16 | -5,120,388.91
        分给股东 | -8,461,053.28 | -9,310,440.16 | -5,120,388.91
        其他 | 0.01 | 0.01 | -0.02";
    assert!(said(table).0.is_empty());
}

#[test]
fn shares_of_a_whole_are_no_other_currency() {
    let table = "单位名称 | 期末余额 | 占期末余额合计数的比例 | 坏账准备
        甲公司 | 48,215,630.42 | 41.95% | 9,643,126.08
        乙公司 | 21,507,384.19 | 18.71% | 4,301,476.84
        丙公司 | 6,038,217.55 | 5.25% | 1,207,643.51
        合计 | 75,761,232.16 | 65.91% | 15,152,246.43";
    silent(table, 7);
    an_error(&table.replace("75,761,232.16", "75,761,322.16"), "table-");
}

#[test]
fn a_label_that_names_both_directions_tells_the_sign() {
    let table = "$ millions | 2031 | 2030 | Increase/(decrease)
        Games | 6,204 | 7,318 | (1,114)
        Films | 2,417 | 2,106 | 311
        Books | 874 | 951 | (77)";
    silent(table, 3);
    an_error(&table.replace("(1,114)", "1,114"), "table-difference");
    // Changes that are better or worse have any sign.
    silent(&table.replace("Increase/(decrease)", "Change").replace("(1,114)", "1,114"), 3);
    let growth = "项目 | 本报告期末 | 上年度末 | 本报告期末比上年度末增减变动幅度（%）
        总资产 | 8,214,503,617.20 | 8,397,126,044.51 | -2.17
        所有者权益 | 5,106,338,920.75 | 5,041,207,316.88 | 1.29";
    silent(growth, 2);
    an_error(&growth.replace("-2.17", "2.17"), "table-growth");
    silent(&growth.replace("-2.17", "下降2.17"), 1);
}

#[test]
fn the_only_pair_that_a_change_may_be_of_takes_few_digits() {
    let table = "Years ended | 2031 | 2030 | Increase / (Decrease)
        Administrative | $41.7 | $53.2 | $(11.5)
        Depreciation | 0.2 | 0.2 | —
        Loss from operations | $(41.9) | $(53.4) | $11.5";
    silent(table, 3);
    an_error(&table.replace("$11.5", "$11.8"), "table-difference");
}

#[test]
fn the_first_row_alone_prints_the_sign_of_all() {
    let table = "$ millions | 2031 | 2030 | Percent change
        Interest expense | 1,582 | 814 | 94.3%
        Adjustments | (310) | — | NM
        Operating interest expense | 1,272 | 814 | 56.3";
    silent(table, 2);
    an_error(&table.replace("1,272", "1,372"), "table-growth");
}

#[test]
fn a_note_on_another_basis_explains_the_column_that_says_so() {
    let table = "$ millions | 2031 | 2030 | % change | % change excluding currency changes
        Shoes | 28,410 | 32,296 | -12 | -11
        Shirts | 12,574 | 13,118 | -4 | -3
        Balls | 2,306 | 2,095 | 10 | 11
        Stores | 17,902 | 20,655 | -13 | -12";
    let note = "\n\nThe % change excluding currency changes stands on constant currency.\n";
    let said =
        |table: &str| super::said_of(format!("{}{note}", super::grid(table)), crate::document::Format::Markdown).0;
    assert!(said(table).is_empty(), "{:?}", said(table));
    assert!(!said(&table.replace("-13 |", "-31 |")).is_empty());
}

#[test]
fn a_balance_lies_among_what_was_there_and_what_came() {
    let table = " | Shares | Stock | Capital | Deficit | Equity
        Balance as of January 1, 2031 | 3,216 | 3,104 | 38,411 | 22,507 | 64,022
        Issued | 8 | 62 | 415 | — | 477
        Net income | — | — | — | 1,183 | 1,183
        Balance as of June 30, 2031 | 3,224 | 3,166 | 38,826 | 23,690 | 65,682";
    assert!(said(table).0.is_empty());
    an_error(&table.replace("3,216", "3,316"), "table-total");
    // The last digits of figures that were wrapped in narrow cells are no balance.
    assert!(said(&table.replace("3,216", "41.50").replace("3,224", "94")).0.is_empty());
}

#[test]
fn a_subtotal_breaks_its_own_sum_and_the_one_above() {
    let table = "$ millions | Q2 2031 | Q2 2030 | H1 2031 | H1 2030
        Net income | 1,612 | 1,387 | 3,108 | 2,846
        Translation | 48 | (71) | 86 | (305)
        Gain on investments | 7 | 4 | (8) | —
        Total other income | 55 | (67) | 78 | (305)
        Comprehensive income | 1,667 | 1,320 | 3,186 | 2,541";
    assert!(said(table).0.is_empty());
    an_error(&table.replace("(67)", "(7)"), "table-total");
}

#[test]
fn columns_of_gains_are_added() {
    let table = "Bonds | Cost | Unrealized gain | Unrealized loss | Lent | Pledged
        Notes | 15,409 | 51 | (5) | 1,846 | 612
        Bills | 9,318 | 42 | (22) | 903 | 458
        Paper | 6,127 | 7 | (9) | 5,514 | 230
        Deposits | 4,471 | — | — | 377 | 119
        Total | 35,325 | 100 | (36) | 8,640 | 1,419";
    assert!(said(table).0.is_empty());
    an_error(&table.replace("| 42 |", "| 422 |"), "table-total");
}

#[test]
fn small_figures_tell_no_rate_of_exchange() {
    let table = "Plants | North | East | South | West | Total
        Complete | 7 | 8 | 9 | 7 | 31
        Packing | 3 | — | 1 | 2 | 6
        Other | 3 | 1 | 3 | 2 | 9
        Total | 13 | 9 | 13 | 11 | 46";
    assert!(said(table).0.is_empty());
    one_error(&table.replacen("| 7 | 31", "| 4 | 31", 1), "table-total", "4");
}

#[test]
fn the_rest_of_a_wrapped_figure_is_none() {
    let table = "项目 | 期初余额 | 本期增加 | 本期减少 | 期末余额
        房屋 | 6,120,414 | 731,905 | 264,830 | 6,587,489
        机器 | 4,318,070.25 | 1,206,440.31 | 95,170.14 | 5,429,340.42
        车辆 | 2,754,628.19 | 88,350.77 | 310,060.52 | 2,532,918.44
        工具 | 1,093,284.06 | 47,502.93 | 62,190.38 | 1,078,596.61
        家具 | 318,451.72 | 20,116.40 | 11,893.05 | 326,675.07
        其他 | 59 | .87 | .50 | 96";
    silent(table, 5);
    an_error(&table.replace("59 | .87 | .50", "59 | 0.87 | 0.50"), "table-total");
}
