//! The quantities that tables tell: a line's label names what is measured, the label of the line across names the period.

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::tables::Placed;
use super::qualifiers;
use super::told::{Report, Told, is_told, is_year};
use super::words::{self, Beside, Words};
use crate::document::Document;
use crate::figure::table::{TableShape, Titles, bare_label, tells_only_time};

/// The largest table, in cells, that restated figures are looked for in.
const LARGEST: usize = 20_000;

/// What the labels of a table say of its figures: it follows from them and from what stands above the table.
#[derive(Debug)]
pub struct Labels {
    above: Above,
    /// By the first of the columns that have the same labels of rows.
    rows: Vec<(usize, Lines)>,
    columns: Lines,
}

impl Labels {
    fn of(document: &Document, table: usize, shape: &TableShape) -> Self {
        let above = Above::of(document, table);
        let columns = Lines::of(&shape.column_titles, &shape.column_labels, 0, above.year.as_ref());
        let is_first = |&column: &usize| column == 0 || !shape.have_same_labels(column, column - 1);
        let rows = (0..shape.columns()).filter(is_first).map(|column| {
            let (titles, labels) = (shape.row_titles_of(column), shape.row_labels_of(column));
            (column, Lines::of(titles, labels, shape.header_rows, above.year.as_ref()))
        });
        Self { rows: rows.collect(), above, columns }
    }

    /// What they say of the figure at a place.
    fn at(&self, row: usize, column: usize) -> Option<Words> {
        let Self { above, columns, .. } = self;
        let (_, rows) = &self.rows[self.rows.partition_point(|(first, _)| *first <= column).checked_sub(1)?];
        match (&rows.names[row], &columns.periods[column], &rows.periods[row], &columns.names[column]) {
            (Some(name), Some(period), _, _) | (_, _, Some(period), Some(name)) => Some(joined(name, period, above)),
            _ => None,
        }
    }
}

/// The figures of all tables whose labels tell enough.
pub fn told(context: &Context, report: &Report) -> Vec<Told> {
    let mut all = Vec::new();
    for placed in context.tables {
        let shape = &context.reading.shapes[placed.table];
        if shape.rows() * shape.columns() <= LARGEST {
            in_table(context, report, placed, &mut all);
        }
    }
    all
}

fn in_table(context: &Context, report: &Report, placed: &Placed, all: &mut Vec<Told>) {
    let (document, shape) = (context.reading.document, &context.reading.shapes[placed.table]);
    let labels = placed.known.labels.get_or_init(|| Labels::of(document, placed.table, shape));
    let sections = sections(context, placed.table, shape);
    for (row, column, index) in shape.body() {
        let figure = &context.reading.figures.at(index);
        let Some(words) = is_told(figure).then(|| labels.at(row, column)).flatten() else { continue };
        let key = report.key(context, figure, words);
        let section = sections[row].or_else(|| report.section_at(figure.span.start));
        all.extend(key.map(|key| Told {
            figure: index,
            key,
            table: Some(placed.table as u32),
            beside: Beside::nothing(),
            section,
        }));
    }
}

/// By row: where the last label begins that stands above it alone in its row, as a heading of what follows.
fn sections(context: &Context, table: usize, shape: &TableShape) -> Vec<Option<u32>> {
    let cells = &context.reading.document.tables[table].cells;
    let has_figure = |row: usize| (0..shape.columns()).any(|column| shape.figure_at(row, column).is_some());
    let mut last = None;
    let section = |row: usize| {
        if row >= shape.header_rows && !shape.row_titles[row].is_empty() && !has_figure(row) {
            last = shape.cell(row, 0).map(|cell| cells.at(cell).span.start);
        }
        last
    };
    (0..shape.rows()).map(section).collect()
}

fn joined(name: &Words, period: &Words, above: &Above) -> Words {
    let mut words = name.clone();
    words.periods.clone_from(&period.periods);
    words.owners.extend(above.owners.iter().cloned());
    words.qualifiers.extend(period.qualifiers.iter().chain(&above.qualifiers));
    words.owners.sort();
    words.owners.dedup();
    words.qualifiers.sort_unstable();
    words.qualifiers.dedup();
    words
}

/// The lines of a table in one direction: what each names, and the period that it is of.
#[derive(Debug)]
struct Lines {
    names: Vec<Option<Words>>,
    periods: Vec<Option<Words>>,
}

impl Lines {
    /// Lines by their labels, as they are printed and as they are compared. `year` is that of a line that names nothing.
    fn of(titles: &Titles, labels: &Titles, first: usize, year: Option<&String>) -> Self {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for label in labels.iter() {
            *counts.entry(label).or_default() += 1;
        }
        let name = |(title, label): (&str, &str)| name(title).filter(|_| counts[label] == 1);
        let names = titles.iter().zip(labels.iter()).map(name).collect();
        let mut periods: Vec<Option<Words>> = titles.iter().map(period).collect();
        let is_nothing = |title: &str| !title.is_empty() && is_plain(title);
        let mut nothing = (first..titles.len()).filter(|&line| is_nothing(&titles[line]));
        if let (Some(year), Some(line), None) = (year, nothing.next(), nothing.next())
            && periods.iter().all(Option::is_none)
        {
            periods[line] = Some(Words { periods: vec![year.clone()], ..Words::default() });
        }
        Self { names, periods }
    }
}

/// A label that names one period and nothing that is measured.
fn period(title: &str) -> Option<Words> {
    // A unit may stand below the year: 2022 (In thousands).
    let title = bare_label(title);
    let title = year_ended(title).unwrap_or(title);
    let mut words = words::lowered(title);
    let mut periods = Vec::new();
    let plain = is_plain(&words::without_periods(title, &mut periods));
    words.owners.clear();
    (plain && periods.len() == 1).then_some(words)
}

/// The year of a label that names the year up to a day of it: Year Ended December 31, 2020.
fn year_ended(title: &str) -> Option<&str> {
    let title = title.trim();
    let ended = ["year ended ", "years ended "];
    let lower = title.to_ascii_lowercase();
    let lower = lower.trim_start_matches("for the ").trim_start_matches("fiscal ");
    let year = title.get(title.len().saturating_sub(4)..)?;
    let is_year =
        ["19", "20"].iter().any(|century| year.starts_with(century)) && year.bytes().all(|b| b.is_ascii_digit());
    (is_year && ended.iter().any(|ended| lower.starts_with(ended))).then_some(year)
}

/// Whether a label says no more than that a number stands there.
fn is_plain(label: &str) -> bool {
    let rest: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    rest.is_empty()
        || ["金额", "数", "数量", "数值", "amount", "total", "number", "value", "合计", "绝对数"]
            .contains(&rest.to_lowercase().as_str())
}

/// A label that names what is measured, and no period.
fn name(title: &str) -> Option<Words> {
    let label = bare_label(title);
    let words = words::lowered(label);
    let measure = words::name(label).filter(|_| words.periods.is_empty() && !is_plain(label))?;
    Some(Words { measure, ..words })
}

/// What stands above a table and holds for all its figures.
#[derive(Debug, Default)]
struct Above {
    owners: Vec<String>,
    qualifiers: Vec<&'static str>,
    /// The only year that is named.
    year: Option<String>,
}

impl Above {
    fn of(document: &Document, table: usize) -> Self {
        let table = &document.tables[table];
        let mut above = Self::default();
        let mut periods = Vec::new();
        for &span in table.captions.iter().chain(&table.heading) {
            let text = document.slice(span);
            let words = words::of_heading(text);
            // What goes over the columns, such as "Year Ended December 31,", is of no one.
            let owners = if tells_only_time(text) { Vec::new() } else { words.owners };
            above.owners.extend(owners);
            above.qualifiers.extend(qualifiers::of_caption(text));
            periods.extend(words.periods);
        }
        periods.dedup();
        above.year = if let [year] = &periods[..] { Some(year.clone()).filter(|year| is_year(year)) } else { None };
        above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_up_to_its_last_day_is_that_year() {
        let periods = |title: &str| period(title).map(|words| words.periods);
        assert_eq!(periods("Year Ended December 31, 2020"), periods("2020"));
        assert_eq!(periods("For the fiscal years ended June 30, 2020"), periods("2020"));
        assert_eq!(periods("2020 (In thousands)"), periods("2020"));
        assert_eq!(periods("2020 (Restated)"), None);
        assert_eq!(periods("Three Months Ended June 30, 2020"), None);
    }
}
