//! The lines of a table, rows or columns, and what their labels say of sums.

use crate::check::detect::Context;
use crate::check::detect::grid::{Cell, Grid, Kind, Value};
use crate::text::folded;

/// A table seen by its rows or by its columns.
pub struct Lines<'a> {
    grid: &'a Grid<'a>,
    by_rows: bool,
    /// By position or line: the column.
    columns: Vec<usize>,
    /// The first line of the body.
    pub first: usize,
    /// What is known of each line.
    pub all: Vec<Line>,
    /// By position in the lines: what the line across is called.
    pub across: Vec<Name>,
}

/// A row or a column.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is called.
    pub name: Name,
    /// What most of its figures are; `None` if it has none.
    pub kind: Option<Kind>,
    /// Whether it has a label.
    pub labelled: bool,
    /// How far its label is indented.
    pub indent: u16,
    /// Its code, where codes name the rows (2010601): digits that start with those of the line it is a part of.
    pub code: String,
}

/// What a label says of a line's place in sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// It is called a total and nothing else.
    pub total: bool,
    /// Its words fit a result: net, balance, profit.
    pub result: bool,
    /// A balance, with which what follows may start.
    pub start: bool,
    /// A balance after changes.
    pub end: bool,
    /// It is taken off, though printed without a sign.
    pub less: bool,
    /// It only says what another line holds (其中, of which).
    pub among: bool,
    /// An average, a rate, a price: never a part of a sum.
    pub rate: bool,
    /// It may well be such: it need not add up.
    pub loose: bool,
    /// It tells by how much others differ.
    pub change: bool,
}

impl<'a> Lines<'a> {
    /// A table by its rows and by its columns; one with labels in the middle (资产 … 负债 …) as several tables.
    pub fn all_of(context: &Context, table: usize, grid: &'a Grid<'a>) -> Vec<Self> {
        let shape = grid.shape;
        let columns: Vec<usize> = (shape.label_columns..grid.columns()).collect();
        let same = |a: &usize, b: &usize| std::ptr::eq(shape.row_titles_of(*a), shape.row_titles_of(*b));
        let groups = columns.chunk_by(same).filter(|group| grid.has_figures(group));
        groups.flat_map(|group| [Self::rows(context, table, grid, group), Self::columns(grid, group)]).collect()
    }

    fn rows(context: &Context, table: usize, grid: &'a Grid<'a>, columns: &[usize]) -> Self {
        let own = &context.reading.document.tables[table];
        let titles = grid.shape.row_titles_of(columns[0]);
        let name = |row: usize| {
            let mut line = Line::called(&titles[row]);
            for cell in grid.labels_of(own, row).map(|cell| own.cells[cell]) {
                let text = context.reading.document.slice(cell.span);
                if text.bytes().all(|b| b.is_ascii_digit()) && cell.row as usize == row {
                    line.code.push_str(text);
                } else if !text.is_empty() && line.indent == 0 {
                    line.indent = cell.indent;
                }
            }
            line
        };
        let all = (0..grid.rows()).map(name).collect();
        let across = columns.iter().map(|&column| Name::of(&grid.shape.column_titles[column])).collect();
        Self { grid, by_rows: true, columns: columns.to_vec(), first: grid.shape.header_rows, all, across }.with_kinds()
    }

    fn columns(grid: &'a Grid<'a>, columns: &[usize]) -> Self {
        let all = columns.iter().map(|&column| Line::called(&grid.shape.column_titles[column])).collect();
        let across = grid.shape.row_titles_of(columns[0]).iter().map(|title| Name::of(title)).collect();
        Self { grid, by_rows: false, columns: columns.to_vec(), first: 0, all, across }.with_kinds()
    }

    /// The title of a line.
    pub fn title(&self, line: usize) -> &str {
        let shape = self.grid.shape;
        match self.by_rows {
            true => &shape.row_titles_of(self.columns[0])[line],
            false => &shape.column_titles[self.columns[line]],
        }
    }

    /// Whether the lines are rows.
    pub fn are_rows(&self) -> bool {
        self.by_rows
    }

    /// How many positions a line has.
    pub fn positions(&self) -> usize {
        if self.by_rows { self.columns.len() } else { self.grid.rows() }
    }

    /// What stands in a line at a position.
    pub fn cell(&self, line: usize, at: usize) -> &Cell {
        if self.by_rows { self.grid.cell(line, self.columns[at]) } else { self.grid.cell(at, self.columns[line]) }
    }

    /// The figure in a line at a position.
    pub fn value(&self, line: usize, at: usize) -> Option<&Value> {
        self.cell(line, at).value()
    }

    /// How many half units of percentages make 1; `None` where there are none.
    pub fn percent_unit(&self) -> Option<i128> {
        self.grid.percent_unit
    }

    fn with_kinds(mut self) -> Self {
        for line in self.first..self.all.len() {
            let mut counts = [0u32; 3];
            for at in 0..self.positions() {
                if let Some(value) = self.value(line, at) {
                    counts[value.kind as usize] += 1;
                }
            }
            let kinds = [Kind::Amount, Kind::Percent, Kind::PerShare];
            let most = kinds.into_iter().max_by_key(|&kind| (counts[kind as usize], std::cmp::Reverse(kind)));
            self.all[line].kind = most.filter(|&kind| counts[kind as usize] > 0);
        }
        self
    }
}

impl Line {
    fn called(title: &str) -> Self {
        Self { name: Name::of(title), labelled: !title.trim().is_empty(), ..Self::default() }
    }
}

const TOTALS: &[&str] = &["total", "subtotal", "sub-total", "grandtotal", "合计", "总计", "小计", "共计", "总额"];

/// Words for what is never a part of a sum.
const RATES: &[&str] =
    &["average", "averages", "ratio", "ratios", "weighted", "每股", "比例", "比率", "单价", "均价", "平均"];

/// Words for what need not add up.
const LOOSE: &[&str] = &["price", "prices", "yield", "percent", "percentage", "index", "rate", "rates", "%", "率"];

const CHANGES: &[&str] = &["change", "increase", "decrease", "variance", "differ", "增减", "变动", "差额"];

const ENDS: &[&str] = &["ending", "endof", "closing", "atend", "期末", "年末", "月末", "期末余额", "结转下年"];

const STARTS: &[&str] = &["beginning", "opening", "startof", "期初", "年初", "月初", "上年结转"];

const BALANCES: &[&str] = &["balance", "outstandingat", "outstanding,", "unvestedat", "nonvestedat", "余额"];

const RESULTS: &[&str] =
    &["netassets", "grossprofit", "grossmargin", "profit", "incomebefore", "incomefrom", "ebitda", "净额"];

impl Name {
    /// What a label says.
    pub fn of(title: &str) -> Self {
        let label = folded(title);
        let lower = title.to_lowercase();
        let words = || lower.split(|c: char| !c.is_alphanumeric());
        let starts = |all: &[&str]| all.iter().any(|word| label.starts_with(word));
        let holds = |all: &[&str]| all.iter().any(|word| label.contains(word));
        let clean = label.trim_start_matches(|c: char| !c.is_alphanumeric());
        let total = TOTALS.iter().any(|word| clean.starts_with(word) || clean.ends_with(word));
        let names_total = words().any(|word| matches!(word, "total" | "totals" | "subtotal")) || holds(&TOTALS[4..]);
        // English words whole: operations are no ratio.
        let says = |all: &[&str]| {
            let (english, others): (Vec<&str>, Vec<&str>) =
                all.iter().partition(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
            others.iter().any(|word| label.contains(word)) || words().any(|word| english.contains(&word))
        };
        let per_share = label.contains("pershare");
        let rate = says(RATES) || per_share || ["rate", "rates", "率"].iter().any(|word| label.ends_with(word));
        let balance = holds(BALANCES);
        let (start, end) = (holds(STARTS), holds(ENDS));
        Self {
            total: total && !rate,
            result: (names_total || words().any(|word| word == "net") || balance || end || holds(RESULTS)) && !rate,
            start: start || balance && !end,
            end: end || balance && !start,
            less: starts(&["less", "减", "deduct", "minus"]) || label.contains("(deduct"),
            loose: rate || says(LOOSE),
            change: holds(CHANGES),
            among: starts(&["其中", "ofwhich", "includ", "thereof", "包括"]),
            rate,
        }
    }
}
