//! Lines for the parts of a year, one after the other, and the line behind them for the whole: its total, though it is not called so.

use super::name::Name;
use crate::calendar::{MONTHS, years_in};
use crate::text::folded;

/// What the parts of a year may be called, all of them in order.
const PARTS: [&[&[&str]]; 2] = [
    &[&["上半年", "h1", "1h", "firsthalf"], &["下半年", "h2", "2h", "secondhalf"]],
    &[
        &["一季度", "第一季度", "1季度", "q1", "1q", "firstquarter"],
        &["二季度", "第二季度", "2季度", "q2", "2q", "secondquarter"],
        &["三季度", "第三季度", "3季度", "q3", "3q", "thirdquarter"],
        &["四季度", "第四季度", "4季度", "q4", "4q", "fourthquarter"],
    ],
];
/// What the whole may be called.
const WHOLE: [&str; 8] = ["全年", "全年数", "年度", "full", "fullyear", "year", "fy", "fiscalyear"];

/// Longer titles name more than a year.
const LONGEST: usize = 40;

/// Names the lines behind all parts of a year as totals.
pub fn name_totals<'t>(names: &mut [Name], title: impl Fn(usize) -> &'t str) {
    let called = |line: usize| without_year(title(line));
    for line in 2..names.len() {
        let own = title(line);
        if names[line].rate || own.is_empty() || own.len() > LONGEST || !is_whole(own) {
            continue;
        }
        let before = |count: usize| line.checked_sub(count);
        let has_parts = |parts: &&[&[&str]]| {
            let first = before(parts.len());
            first.is_some_and(|first| (first..).zip(*parts).all(|(part, names)| names.contains(&&*called(part))))
        };
        let has_months =
            || before(MONTHS.len()).is_some_and(|first| (0..MONTHS.len()).all(|at| is_month(&called(first + at), at)));
        if PARTS.iter().any(has_parts) || has_months() {
            (names[line].total, names[line].result) = (true, true);
        }
    }
}

/// Whether a title names a whole year: 全年, 2023.
fn is_whole(title: &str) -> bool {
    let rest = without_year(title);
    WHOLE.contains(&&*rest) || rest.is_empty() && years_in(title).count() == 1
}

/// A title without its year: 2023年一季度, Q1 2023.
fn without_year(title: &str) -> String {
    let year = years_in(title).next().map(|year| year.to_string());
    let rest = year.map(|year| title.replacen(&format!("{year}年"), "", 1).replacen(&year, "", 1));
    folded(rest.as_deref().unwrap_or(title))
}

fn is_month(title: &str, month: usize) -> bool {
    let name = MONTHS[month].to_lowercase();
    title == name || title == &name[..3] || *title == format!("{}月", month + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_all_parts_of_a_year_is_its_total() {
        let totals = |titles: &[&'static str]| {
            let mut names: Vec<Name> = titles.iter().map(|title| Name::of(title)).collect();
            name_totals(&mut names, |line| titles[line]);
            titles.iter().zip(&names).filter(|(_, name)| name.total).map(|(title, _)| *title).collect::<Vec<_>>()
        };
        assert_eq!(totals(&["一季度", "二季度", "三季度", "四季度", "全年"]), ["全年"]);
        assert_eq!(totals(&["Q1 2023", "Q2 2023", "Q3 2023", "Q4 2023", "2023"]), ["2023"]);
        assert_eq!(totals(&["项目", "上半年", "下半年", "全年"]), ["全年"]);
        assert!(totals(&["二季度", "三季度", "四季度", "全年"]).is_empty());
        assert!(totals(&["2021", "2022", "2023"]).is_empty());
        let months: Vec<&str> = MONTHS.iter().copied().chain(["Full year"]).collect();
        assert_eq!(totals(&months), ["Full year"]);
    }
}
