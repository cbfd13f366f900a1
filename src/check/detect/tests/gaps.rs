//! Sums that fail: what else than a slip makes the gap, and which lines a table adds up at all.

use super::{one_error, said, said_of, silent};
use crate::document::Format;

#[test]
fn what_no_sum_keeps_in_a_column_is_not_added_there() {
    let table = "
        size | farms | wheat | other | all fields
        small | | | |
        own | 3905 | 1214 | 332 | 1546
        let | 742 | 208 | 156 | 364
        both | 4649 | 1422 | 488 | 1910
        large | | | |
        own | 2034 | 1668 | 163 | 1831
        let | 685 | 459 | 188 | 647
        both | 2721 | 2127 | 351 | 2478";
    assert_eq!(said(table).0, Vec::<String>::new());
    // One of two is a slip.
    one_error(&table.replace("2721", "2719").replace("4649", "4467"), "table-total", "4467");
}

#[test]
fn figures_rounded_in_one_column_alone_are_not_accused() {
    let table = "
        region | 2021 | 2022 | 2023 | 2024
        All | 98,141 | 96,321 | 94,287 | 96,910
        north | 37,541 | 38,419 | 34,968 | 38,120
        south | 13,151 | 14,350 | 14,093 | 13,970
        west | 47,449 | 43,552 | 45,226 | 44,830";
    silent(table, 3);
    one_error(&table.replace("44,830", "44,820").replace("45,226", "45,236"), "table-total", "?");
}

#[test]
fn numbers_of_columns_are_not_added() {
    let rows = "mills,19043,4285,5974,8784\nmines,12483,575,7728,4180\nshops,5572,949,2669,1954\nports,18115,6191,7785,4139\n\
        docks,17116,6338,9008,1770\nfarms,14002,9503,4185,314\nwoods,15116,3650,6787,4679\n";
    assert_eq!(said_of(format!(",2,3,4,5\n{rows}"), Format::Csv), (Vec::new(), 7));
    assert_eq!(said_of(format!(",2,3,4,6\n{rows}"), Format::Csv).0.len(), 1);
}

#[test]
fn a_difference_that_no_words_tell_lacks_nothing() {
    let table = "
        offence,all,young,grown,men,young men,grown men,women,young women,grown women
        theft,1061.3,175.2,886.1,785.4,115.4,670.0,275.9,59.8,216.1
        fraud,173.6,5.1,168.5,98.3,3.3,95.0,75.3,1.8,73.5
        forgery,68.9,1.7,67.2,42.9,1.2,41.7,26.0,0.5,25.5
        arson,17.5,2.6,14.9,17.2,2.5,14.7,–,–,–";
    let text: String = table.lines().map(|line| line.trim().to_owned() + "\n").collect();
    assert_eq!(said_of(text.trim_start().to_owned(), Format::Csv).0, Vec::<String>::new());
}

#[test]
fn a_total_of_all_lines_below_its_heading_is_none_of_the_last() {
    let lines = "item,amount\nChile,\ndues,1988.97\nrefund,-1988.97\ndues,20.00\ndues,20.00\ndues,20.00\ndues,38.00\ndues,16.00\n\
        dues,2000.00\nrefund,-1392.00\ndues,138.00\ndues,56.00\ndues,20.00\ndues,58.00\ngrant,1000.00\ngrant,0.00\n\
        grant,2000.00\nTotal Chile,3994.00\n";
    assert_eq!(said_of(lines.to_owned(), Format::Csv).0, Vec::<String>::new());
}

#[test]
fn shares_say_that_a_column_adds_up() {
    let table = "
        segment | 2013 | % | 2012 | %
        wafers | 1,295 | 55% | 705 | 44%
        services | 591 | 25% | 580 | 36%
        display | 361 | 15% | 206 | 13%
        energy | 125 | 5% | 115 | 7%
        Total | 2,372 | 100% | 1,606 | 100%";
    one_error(&table.replace("1,606", "606"), "table-total", "606");
    one_error(&table.replacen("100%", "10%", 1), "table-total", "10%");
    // An average among its parts.
    let prices = table.replace("| 44%", "| 41%").replace("1,606", "606");
    assert_eq!(said(&prices).0, [""; 0]);
}

#[test]
fn deductions_in_brackets_are_taken_off_once() {
    let table = "
        Balance, 1 January 2022 | $450,697
        Additions during period | 68,125
        Deductions during period | (4,645)
        Balance, 31 December 2022 | 514,177
        Additions during period | 82,551
        Deductions during period | (1,390)
        Balance, 31 December 2023 | 595,338
        Additions during period | 83,656
        Deductions during period | (15,244)
        Balance, 31 December 2024 | $663,750";
    silent(table, 3);
    one_error(&table.replace("82,551", "82,155"), "table-total", "?");
}

#[test]
fn a_line_closes_a_gap_to_the_unit_only() {
    let table = "
        Balance at December 31, 2012 | $4,065
        Increases of the current period | 51
        Increases of prior periods | 267
        Decreases of prior periods | (141)
        Settlements with authorities | (146)
        Balance at December 31, 2013 | $4,096
        Increases of the current period | 135
        Increases of prior periods | 100
        Decreases of prior periods | (2,080)
        Settlements with authorities | (19)
        Lapse of statutes | (4)
        Balance at December 31, 2014 | $2,228";
    silent(table, 2);
    // 132 is missing, and 135 stands beside it.
    assert_eq!(said(&table.replace("(146)", "(14)")).0, ["error table-total: ?"]);
}

#[test]
fn the_grand_total_is_the_total_and_what_was_left_over() {
    let table = "
        收入 | 决算数
        一、财政拨款收入 | 2,940.05
        二、其他收入 | 6.20
        本年收入合计 | 2,946.25
        年初结转和结余 | 21.63
        一、财政拨款结转 | 21.63
        二、其他结转 |
        总计 | 2,967.88";
    silent(table, 2);
    one_error(&table.replace("总计 | 2,967.88", "总计 | 2,976.88"), "table-total", "2,976.88");
    one_error(&table.replace("结余 | 21.63", "结余 | 27.63"), "table-total", "27.63");
}

#[test]
fn shares_of_the_total_say_that_a_column_with_a_wrong_part_adds_up() {
    let table = "
        segment | 2013 | 2012 | | (In millions)
        wafers | 1,295 | 55% | 7005 | 44%
        services | 591 | 25% | 580 | 36%
        display | 361 | 15% | 206 | 13%
        energy | 125 | 5% | 115 | 7%
        Total | 2,372 | 100% | 1,606 | 100%";
    one_error(table, "table-total", "7005");
}

#[test]
fn what_parts_are_made_of_closes_no_gap() {
    let table = "
        shares | M | $M | M | $M
        Balance at start of period | 1,313.3 | 6,201 | 1,294.4 | 5,719
        Buy-back | (58.7) | (282) | – | –
        Issue | 4.1 | 114 | 18.9 | 482
        Balance at end of period | 1,258.7 | 6,033 | 1,313.3 | 6,201
        SHARES HELD IN TRUST | | | |
        Balance at start of period | (4.9) | (146) | (3.4) | (104)
        Issue for plans | 0.2 | 6 | 0.6 | 21
        Issue for dividends | (0.2) | (5) | (0.1) | (3)
        Purchase | (2.0) | (60) | (2.0) | (60)
        Balance at end of period | (6.9) | (205) | (4.9) | (146)
        Contributed equity at end of period | 1,251.8 | 5,828 | 1,308.4 | 6,055";
    silent(table, 12);
    one_error(&table.replace("5,828", "5,821"), "table-total", "5,821");
}

#[test]
fn numbers_of_something_are_no_averages() {
    let table = "
        period | Number of shares | Average price
        January | 262 | 64.77
        February | 3,380 | 65.53
        March | 3,608 | 72.49
        Total | 7,250 | 68.97";
    silent(table, 1);
    one_error(&table.replace("3,380", "33,800"), "table-total", "33,800");
    silent(&table.replace("3,380", "33,800").replace("Number of shares", "Yield of shares"), 0);
}

#[test]
fn columns_of_percentages_make_no_row_one() {
    let table = "
        notes | rate | 2023 | rate | 2022
        loans due 2023 | 5.07% | — | 2.45% | 1,000
        notes due 2024 | 2.69% | 3,750 | 2.69% | 3,750
        notes due 2025 | 2.07% | 1,032 | 2.07% | 1,543
        notes due 2026 | 3.02% | 4,021 | 3.02% | 4,388
        Total | | 8,803 | | 10,681";
    silent(table, 2);
}

#[test]
fn three_estimates_that_end_in_noughts_are_rounded() {
    let table = "
        tokens | in | out | total
        first | 10,100,000 | 190,000 | 10,290,000
        second | 9,030,000 | 2,110,000 | 11,140,000
        third | 7,421,000 | 1,300,000 | 8,721,000
        fourth | 6,200,000 | 2,500,000 | 8,700,000";
    silent(table, 4);
    silent(&table.replace("11,140,000", "11,150,000"), 3);
    one_error(&table.replace("8,721,000", "8,731,000"), "table-total", "?");
}

#[test]
fn a_total_of_the_rows_above_it_is_none_of_those_below_by_chance() {
    let table = "
        items | start | end
        loans | 600,000 | 500,000
        payables | 400,000 | 400,000
        Total liabilities | 1,000,000 | 900,000
        capital | 500,000 | 500,000
        reserve | 100,000 | 100,000
        funds | 160,000 | 40,000
        earnings | 240,000 | 240,000";
    silent(table, 2);
}

#[test]
fn amounts_with_decimals_are_not_rounded_to_tens() {
    let table = "
        编码 | 科目 | 合计 | 基本支出 | 项目支出
        301 | 公共服务 | 22,186,440.80 | 16,093,326.00 | 6,093,114.80
        30106 | 财政事务 | 22,186,440.80 | 16,093,326.00 | 6,093,114.80
        3010601 | 行政运行 | 16,231,840.80 | 16,093,326.00 | 138,514.80
        3010602 | 一般事务 | 100,000.00 | | 100,000.00
        3010607 | 信息化 | 1,666,600.00 | | 1,666,600.00
        3010608 | 委托业务 | 4,188,000.00 | | 4,188,000.00
        308 | 社会保障 | 3,508,644.00 | 3,508,644.00 |
        30805 | 养老 | 3,508,644.00 | 3,508,644.00 |";
    silent(table, 16);
    let (shown, _) = said(&table.replace("138,514.80", "138,514.90"));
    assert_eq!(shown[0], "error table-total: 138,514.90");
}

#[test]
fn exact_sums_have_no_readings_that_need_rounding() {
    let table = "
        结果 | 个人 | 商业 | 法律 | 其他 | 总计
        新收 | 3001 | 53 | 61 | 4 | 3119
        公开 | 1288 | 21 | 50 | 3 | 1362
        部分 | 447 | 57 | 20 | 13 | 537
        没有 | 746 | 12 | 10 | 51 | 819";
    silent(table, 4);
    // 3126 - 2 * 4 is 3118.
    one_error(&table.replace("| 61 |", "| 68 |"), "table-total", "?");
}

#[test]
fn a_row_that_stands_one_column_off_breaks_no_sum() {
    let table = "项目|期末|期初
        存货|1,346,095,602.51|1,104,807,484.80
        长期股权投资|注三|1,187,438,457.84|1,182,438,457.84
        固定资产|974,314,736.09|1,000,669,910.77
        资产合计|3,507,848,796.44|3,287,915,853.41";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
    one_error(
        &table.replace("3,287,915,853.41", "3,287,915,835.41").replace("注三|", ""),
        "table-total",
        "3,287,915,835.41",
    );
}

#[test]
fn a_total_of_shares_has_the_growth_of_its_amounts_beside_it() {
    let table = "|金额|占比|上年金额|上年占比|增减
        收入合计|327,825|100%|347,843|100%|-5.75%
        药品|265,751|81.06%|285,754|82.15%|-1.09%
        食品|33,665|10.27%|32,658|9.39%|0.88%
        化妆品|24,217|7.39%|24,382|7.01%|0.38%
        其他|4,192|1.28%|5,049|1.45%|-0.17%";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
    assert!(!said(&table.replace("0.88%", "0.98%")).0.is_empty());
}
