//! Tables in which one figure is wrong, that were once taken for tables of another kind.

use super::{an_error, one_error, said, silent};

#[test]
fn a_row_of_the_same_things_counted_once_says_nothing_of_the_others() {
    let table = "Step | North | South | Total
        Letters read | 4,512 | 4,512 | 4,512
        Answers drafted | 3,208 | 1,117 | 4,325
        Answers signed | 2,946 | 1,064 | 4,010
        Answers sent | 2,871 | 1,002 | 3,873";
    silent(table, 3);
    an_error(&table.replace("3,873", "3,783"), "table-total");
}

#[test]
fn blank_lines_of_a_block_are_parts_of_its_total() {
    let table = "Plan | 2031 | 2030 | 2029
        Plan of 2031 | 28,418 | — | —
        Plan of 2030 | 515 | 10,254 | —
        Plan of 2029 | 898 | 7,307 | 33,927
        Other charges | 6,083 | 4,806 | 15,838
        Total | 35,914 | 22,367 | 49,765";
    silent(table, 3);
    an_error(&table.replace("898", "988"), "table-total");
    let balance = "Number | 2031 | 2030
        Outstanding at the beginning of the period | 318,412 | -
        Granted during the period | - | 402,761
        Forfeited during the period | (81,205) | (84,349)
        Outstanding at the end of the period | 237,207 | 318,412";
    silent(balance, 2);
    an_error(&balance.replace("(81,205)", "(8,205)"), "table-total");
}

#[test]
fn a_moved_point_makes_no_finer_total() {
    let table = "项目 |  | 合计 | 基本支出 | 项目支出
        201 | 一般公共服务支出 | 264.97 | 62.63 | 202.34
        20139 | 社会工作事务 | 264.97 | 62.63 | 202.34
        208 | 社会保障支出 | 10.92 | 10.92 |
        210 | 卫生健康支出 | 2.81 | 2.81 | ";
    silent(table, 4);
    one_error(&table.replacen("264.97", "26.497", 1), "table-total", "26.497");
}

#[test]
fn a_figure_that_breaks_row_and_column_alike_is_wrong() {
    let table = "Bonds | Cost | Gains | Losses | Fair value
        Municipal | 44,812 | 13 | (112) | 44,713
        Corporate | 48,599 | 23 | (228) | 48,394
        Total | 93,411 | 36 | (340) | 93,107";
    silent(table, 7);
    one_error(&table.replace("(228)", "228"), "table-total", "228");
}

#[test]
fn a_line_that_prints_both_signs_means_them() {
    let table = "Income | 2031 | 2030 | 2029
        Home | 22,310 | (55,187) | (7,238)
        Abroad | (48,214) | 8,540 | 9,814
        Total | (25,904) | (46,647) | 2,576";
    silent(table, 3);
    one_error(&table.replace("(46,647)", "46,647"), "table-total", "46,647");
}

#[test]
fn parts_that_come_to_their_subtotal_add_no_room() {
    let table = "Revenue | 2031 | 2030
        East | 5,412 | 5,503
        West | 3,604 | 3,331
        North | 1,731 | 1,652
        South | 1,568 | 1,529
        Ships | 13 | 14
        Total stores | 12,328 | 12,029
        Online | 586 | 641
        Head office | (2) | (4)
        Total revenue | 12,912 | 12,666";
    silent(table, 4);
    an_error(&table.replace("(2)", "2"), "table-total");
}

#[test]
fn a_long_total_is_a_slip_away_from_one_of_several_values() {
    let table = "Revenue | 2031 | 2030
        Cloud | 1,812 | 1,561
        Automation | 1,874 | 1,633
        Data | 1,487 | 1,369
        Processing | 2,213 | 2,186
        Total | 7,387 | 6,749";
    silent(table, 2);
    one_error(&table.replace("7,387", "7,837"), "table-total", "7,837");
}

#[test]
fn a_label_names_what_a_share_is_of() {
    let table = "$ millions | 2031 | 2030
        Net sales | 11,998 | 11,792
        Net earnings | 2,440 | 2,257
        % of net sales | 20.3% | 19.1%";
    silent(table, 2);
    one_error(&table.replace("19.1%", "91.1%"), "table-share", "91.1%");
    // The same figures below another label, which may be a share of anything.
    silent(&table.replace("% of net sales", "Rate").replace("19.1%", "91.1%"), 1);
}

#[test]
fn what_a_rate_of_two_digits_is_of_may_be_wrong() {
    let table = "Amounts in millions | Q2 2031 | Q2 2030 | H1 2031 | H1 2030
        Net sales | 98,412 | 95,307 | 201,366 | 190,118
        Operating income | 5,314 | 5,051 | 10,270 | 9,505
        Operating income as a percentage of net sales | 5.4% | 5.3% | 5.1% | 5.0%";
    silent(table, 4);
    an_error(&table.replace("10,270", "110,270"), "table-share");
    let growth = "Operating data | 2031 | 2030 | Change
        Revenue per line | 480 | 506 | (5.1)%
        Revenue per call | 1,155 | 1,239 | (6.8)%
        Customers | 71,340 | 64,812 | 10.1%";
    silent(growth, 3);
    an_error(&growth.replace("71,340", "771,340"), "table-growth");
}

#[test]
fn shares_of_one_whole_stand_in_several_blocks() {
    let table = "项目 | 金额（万元） | 占营业收入比重
        营业收入合计 | 2,940.41 | 100%
        分行业 |  |
        医药 | 1,609.86 | 54.75%
        染料 | 1,330.55 | 45.25%
        分地区 |  |
        国内 | 1,512.86 | 51.45%
        国外 | 1,427.55 | 48.55%";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
    an_error(&table.replace("51.45%", "1.45%"), "table-share");
}

#[test]
fn a_long_part_may_exceed_its_total_by_a_slip() {
    let table = "Step | North | South | Total
        Letters read | 4,512 | 1,433 | 5,945
        Answers drafted | 3,208 | 1,117 | 4,325
        Answers signed | 2,946 | 1,064 | 4,010
        Answers sent | 2,871 | 1,002 | 3,873";
    silent(table, 4);
    an_error(&table.replace("1,064", "10,644"), "table-total");
}

#[test]
fn a_total_that_is_printed_twice_is_that_of_each_block() {
    let table = "Earnings | Q2 2031 | Q2 2030 | H1 2031 | H1 2030
        As reported |  |  |  |
        United States | 374 | 233 | 825 | 479
        Elsewhere | 297 | 184 | 620 | 414
        Total | 671 | 417 | 1,445 | 893
        Without one-off items |  |  |  |
        United States | 374 | 233 | 825 | 479
        Elsewhere | 297 | 184 | 620 | 414
        Total | 671 | 417 | 1,445 | 893";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
    an_error(&table.replacen("479", "49", 1), "table-total");
}

#[test]
fn a_group_less_its_only_member_comes_to_nought() {
    let table = "项目 | 未分配利润 | 小计 | 所有者权益合计
        （三）利润分配 | -1,146,278,453.99 | -1,146,278,453.99 | -1,146,278,453.99
        1. 对所有者的分配 | -1,146,278,453.99 | -1,146,278,453.99 | -1,146,278,453.99
        （六）其他 | -0.01 | -0.01 | -0.02";
    let (shown, _) = said(table);
    assert!(shown.is_empty(), "{shown:?}");
}
