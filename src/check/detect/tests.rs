//! Small tables, and what the table checks say of them.

mod gaps;
mod prose;
mod rates;
mod slips;
mod told_twice;

use std::path::Path;

use super::rule_files;
use crate::check::{Options, Reach, Session};
use crate::diagnostic::{Finding, Severity, Verdict};
use crate::document::Format;
use crate::read;

/// What is said of a Markdown table: the errors and warnings with their only culprit, then the number of checks that hold.
fn said(table: &str) -> (Vec<String>, u32) {
    said_of(grid(table), Format::Markdown)
}

fn said_of(text: String, format: Format) -> (Vec<String>, u32) {
    let files = rule_files(|id| id.starts_with("table-")).into_iter().map(|file| (file, Reach::Every)).collect();
    let session = Session::new(files, Options { show_holds: true, ..Options::default() });
    let options = read::Options { format: Some(format), ..read::Options::default() };
    let document = read::bytes(Path::new("report"), text.into_bytes(), &options).unwrap();
    let report = session.check(&document);
    let mut shown = Vec::new();
    let mut holds = 0;
    for finding in &report.findings {
        holds += u32::from(finding.verdict.passes());
        if finding.verdict == Verdict::Fails && finding.severity > Some(Severity::Note) {
            let culprit = match &finding.culprits[..] {
                [one] => one.text.as_str(),
                _ => "?",
            };
            let severity = format!("{:?}", finding.severity.unwrap()).to_lowercase();
            shown.push(format!("{severity} {}: {culprit}", finding.rule));
        }
    }
    (shown, holds)
}

/// A GFM table from lines whose cells are parted by `|`; the first is the header.
fn grid(lines: &str) -> String {
    let mut text = String::new();
    for (index, line) in lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        text.push_str(&format!("| {line} |\n"));
        if index == 0 {
            text.push_str(&format!("|{}\n", " --- |".repeat(line.split('|').count())));
        }
    }
    text
}

#[track_caller]
fn silent(table: &str, holds: u32) {
    assert_eq!(said(table), (Vec::new(), holds));
}

/// There is an error, though no figure need be singled out.
#[track_caller]
fn an_error(table: &str, rule: &str) {
    let (shown, _) = said(table);
    assert!(!shown.is_empty(), "nothing is said of\n{table}");
    assert!(shown.iter().all(|one| one.starts_with(&format!("error {rule}"))), "{shown:?}");
}

#[track_caller]
fn one_error(table: &str, rule: &str, culprit: &str) {
    let (shown, _) = said(table);
    assert!(!shown.is_empty(), "nothing is said of\n{table}");
    for one in &shown {
        assert_eq!(*one, format!("error {rule}: {culprit}"));
    }
}

#[test]
fn two_levels_of_totals() {
    let table = "
        item | 2022 | 2023 | 2024
        roads | 1,150 | 1,210 | 1,304
        bridges | 377 | 340 | 412
        Total works | 1,527 | 1,550 | 1,716
        schools | 2,205 | 1,900 | 2,011
        nurseries | 618 | 733 | 691
        Total education | 2,823 | 2,633 | 2,702
        Total | 4,350 | 4,183 | 4,418";
    silent(table, 9);
    one_error(&table.replace("1,716", "1,761"), "table-total", "1,761");
    one_error(&table.replace("2,011", "2,101"), "table-total", "?");
    one_error(&table.replace("4,418", "4,148"), "table-total", "4,148");
}

#[test]
fn totals_over_lines_that_are_left_out_are_not_accused() {
    let page = |hidden: &str| {
        let row = |label: &str, cells: [&str; 3], hidden: &str| {
            format!("<tr {hidden}><td>{label}<td>{}<td>{}<td>{}</tr>", cells[0], cells[1], cells[2])
        };
        let rows = [
            row("item", ["2022", "2023", "2024"], ""),
            row("roads", ["1,150", "1,210", "1,304"], ""),
            row("bridges", ["377", "340", "412"], ""),
            row("ferries", ["0", "0", "45"], hidden),
            row("Total works", ["1,527", "1,550", "1,761"], ""),
            row("schools", ["2,205", "1,900", "2,011"], ""),
            row("nurseries", ["618", "733", "691"], ""),
            row("Total education", ["2,823", "2,633", "2,730"], ""),
        ];
        said_of(format!("<table>{}</table>", rows.concat()), Format::Html)
    };
    let wrong = vec!["error table-total: 2,730".to_owned()];
    assert_eq!(page(""), (wrong.clone(), 5));
    // What still adds up still counts, and the totals beside the gap are checked.
    assert_eq!(page("style='display:none'"), (wrong.clone(), 4));
    assert_eq!(page("class=x").0, wrong);
}

#[test]
fn a_cell_between_two_totals_is_named() {
    let table = "
        item | north | south | Total
        roads | 1,150 | 377 | 1,527
        parks | 2,205 | 618 | 2,823
        pools | 731 | 209 | 940
        Total | 4,086 | 1,204 | 5,290";
    silent(table, 7);
    one_error(&table.replace("2,205", "2,250"), "table-total", "2,250");
}

#[test]
fn a_column_without_words_is_taught_by_the_others() {
    let table = "
        item | 2022 | 2023 | 2024
        sales | 8,279 | 6,207 | 5,742
        cost of sales | 6,020 | 4,499 | 4,139
        left over | 2,259 | 1,708 | 1,603";
    silent(table, 3);
    one_error(&table.replace("4,139", "4,193"), "table-total", "4,193");
}

#[test]
fn a_balance_goes_on_from_the_one_before() {
    let table = "
        shares | 2023 | 2024
        Balance at 1 January | 690,791 | 620,872
        Awarded | 4,518 | 9,778
        Forfeited | (9,275) | (5,986)
        Released | (65,162) | (19,046)
        Balance at 31 December | 620,872 | 605,618";
    silent(table, 2);
    let (shown, _) = said(&table.replace("(19,046)", "(19,406)"));
    assert_eq!(shown.len(), 1);
}

#[test]
fn totals_may_stand_on_top_and_codes_tell_the_levels() {
    let table = "
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        201 | 一般公共服务 | 2,106.66 | 1,503.52 | 603.14
        20106 | 财政事务 | 2,106.66 | 1,503.52 | 603.14
        2010601 | 行政运行 | 1,511.89 | 1,503.52 | 8.37
        2010602 | 管理事务 | 594.77 | | 594.77
        208 | 社会保障 | 326.72 | 326.72 |
        20805 | 养老支出 | 326.72 | 326.72 |
        2080501 | 离退休 | 165.97 | 165.97 |
        2080505 | 养老保险 | 160.75 | 160.75 |
         | 合计 | 2,433.38 | 1,830.24 | 603.14";
    let (shown, holds) = said(table);
    assert_eq!(shown, Vec::<String>::new());
    assert!(holds >= 12, "{holds}");
    one_error(&table.replace("594.77 | |", "549.77 | |"), "table-total", "549.77");
    one_error(&table.replace("1,830.24", "1,380.24"), "table-total", "1,380.24");
}

#[test]
fn averages_and_other_kinds_do_not_add_up() {
    silent(
        "
        month | shares | average price per share
        January | 262 | $64.77
        February | 3,380 | $65.53
        March | 3,608 | $72.49
        Total | 7,250 | $68.97",
        1,
    );
    silent(
        "
        index | 2012 | 2013 | 2014
        we | 100.00 | 108.00 | 97.26
        all | 100.00 | 104.24 | 65.70",
        0,
    );
}

#[test]
fn rounded_totals_may_be_off() {
    silent(
        "
        in millions | 2022 | 2023 | 2024
        a | 11 | 21 | 34
        b | 12 | 22 | 35
        c | 13 | 24 | 37
        d | 14 | 26 | 38
        Total | 51 | 92 | 145",
        3,
    );
}

#[test]
fn a_total_that_is_no_sum_of_the_lines_above_is_let_be() {
    silent(
        "
        region | staff
        north | 1,204
        south | 877
        Total, with those abroad | 9,350",
        0,
    );
}

#[test]
fn what_is_not_distributed_by_line_is_not_in_the_total_either() {
    silent(
        "
        item | Total | 2024 | 2025 | later
        debt | 1,650.4 | 420.1 | 610.2 | 620.1
        leases | 390.5 | 120.5 | 130.1 | 139.9
        rents | 288.7 | 90.2 | 88.4 | 110.1
        interest | 431.3 | 150.7 | 140.2 | 140.4
        other | 130.4 | - | - | -
        Total | 2,891.3 | 781.5 | 968.9 | 1,010.5",
        8,
    );
}

#[test]
fn hostile_tables_say_nothing() {
    let table = |cell: &str, rows: usize, columns: usize| {
        let row = vec![cell; columns].join(" | ");
        let header = (0..columns).map(|at| format!("c{at}")).collect::<Vec<_>>().join(" | ");
        let rows: Vec<String> = (0..rows).map(|at| format!("Total {at} | {row}")).collect();
        format!("x | {header}\n{}", rows.join("\n"))
    };
    for (cell, rows, columns) in [("0", 60, 8), ("7", 60, 8), ("1", 2_000, 1), ("100%", 40, 6)] {
        let (shown, _) = said(&table(cell, rows, columns));
        assert_eq!(shown, Vec::<String>::new(), "{cell} {rows} {columns}");
    }
}

/// What is said of a report: each failing check with its figures.
fn findings(text: &str) -> Vec<String> {
    let files = rule_files(|_| true).into_iter().map(|file| (file, Reach::Every)).collect();
    let session = Session::new(files, Options::default());
    let document = read::bytes(Path::new("report.txt"), text.into(), &read::Options::default()).unwrap();
    let report = session.check(&document);
    let figures = |finding: &Finding| finding.figures.iter().map(|figure| figure.text.clone()).collect::<Vec<_>>();
    report.findings.iter().map(|finding| format!("{} {:?}", finding.rule, figures(finding))).collect()
}

#[test]
fn long_reports_are_judged_as_short_ones() {
    // Figures that only their detectors read as such, of two detectors.
    let slips =
        "会议于2024年2月30日召开。抓好以下三项工作：一是办结信件；二是整改。共立案561件，其中刑事413件、民事184件。";
    let short = findings(slips);
    for rule in ["impossible", "count", "breakdown"] {
        assert!(short.iter().any(|finding| finding.starts_with(rule)), "{rule}: {short:#?}");
    }
    let filler = "其余工作如常。\n".repeat(20_000);
    assert_eq!(findings(&format!("{slips}\n{filler}")), short);
}
