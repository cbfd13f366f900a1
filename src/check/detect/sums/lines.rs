//! The lines of a table, rows or columns, and what their labels say of sums.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::blocks;
use crate::check::detect::grid::{Cell, Grid, Kind, Value};
use crate::document::{Document, Table};
use crate::figure::table::is_per_share;
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
    /// By position in the lines: whether any figure there is below nought.
    pub has_negative: Vec<bool>,
    /// How far off the coarsest figure may be.
    pub most_slack: i128,
    /// The lines before which others were left out.
    gaps: Vec<usize>,
    /// A list printed in several columns, with one total for all: no total is that of its own column.
    pub wrapped: bool,
    pub(super) search: Search,
}

/// How far the search for what a table teaches has come.
pub(super) struct Search {
    /// How many of its figures may still be looked at, and one more; 0: the limit was met.
    left: AtomicUsize,
    /// By position, once it was asked: whether its figures are quotients of two others.
    pub quotients: Vec<OnceLock<bool>>,
    /// Whether any line is called a rate, once that was asked.
    has_rates: OnceLock<bool>,
}

impl Search {
    fn new(positions: usize) -> Self {
        let quotients = vec![OnceLock::new(); positions];
        Self { left: AtomicUsize::new(100_000_001), quotients, has_rates: OnceLock::new() }
    }
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
    /// Its figures are averages over those of others, each for itself: a rate there does not follow from the values beside it.
    pub average: bool,
}

impl<'a> Lines<'a> {
    /// A table by its rows and by its columns; one with labels in the middle (资产 … 负债 …) as several tables.
    pub fn all_of(document: &Document, table: usize, grid: &'a Grid<'a>) -> Vec<Self> {
        let shape = grid.shape;
        let columns: Vec<usize> = (shape.label_columns..grid.columns()).collect();
        let same = |a: &usize, b: &usize| shape.have_same_labels(*a, *b);
        let groups = columns.chunk_by(same).filter(|group| grid.has_figures(group));
        let lines = groups.flat_map(|group| {
            let mut rows: Vec<Name> = shape.row_titles_of(group[0]).iter().map(Name::of).collect();
            blocks::loosen(grid, group, &mut rows);
            let columns: Vec<Name> = group.iter().map(|&column| Name::of(&shape.column_titles[column])).collect();
            [
                Self::rows(document, table, grid, group, (&rows, &columns)),
                Self::columns(&document.tables[table], grid, group, (&columns, &rows)),
            ]
        });
        let mut all: Vec<Self> = lines.collect();
        let is_total = |line: &Line| line.kind.is_some() && line.name.total;
        let have_total = all.iter().step_by(2).filter(|rows| rows.all.iter().any(is_total)).count();
        let wrapped = all.len() > 2 && 2 * have_total < all.len();
        all.iter_mut().for_each(|lines| lines.wrapped = wrapped);
        all
    }

    fn rows(
        document: &Document,
        table: usize,
        grid: &'a Grid<'a>,
        columns: &[usize],
        (names, across): (&[Name], &[Name]),
    ) -> Self {
        let own = &document.tables[table];
        let titles = grid.shape.row_titles_of(columns[0]);
        let line = |row: usize| {
            let mut line = Line::called(&titles[row], names[row]);
            for cell in grid.labels_of(own, row).map(|cell| own.cells.at(cell)) {
                let text = document.slice(cell.span);
                if text.bytes().all(|b| b.is_ascii_digit()) && cell.row as usize == row {
                    line.code.push_str(text);
                } else if !text.is_empty() && line.indent == 0 {
                    line.indent = cell.indent;
                }
            }
            line
        };
        let all = (0..grid.rows()).map(line).collect();
        let gaps = own.gaps.rows.iter().map(|&row| row as usize).collect();
        Self::new(grid, true, columns, all, across, gaps)
    }

    fn columns(own: &Table, grid: &'a Grid<'a>, columns: &[usize], (names, across): (&[Name], &[Name])) -> Self {
        let titles = columns.iter().map(|&column| &grid.shape.column_titles[column]);
        let all = titles.zip(names).map(|(title, &name)| Line::called(title, name)).collect();
        let line = |&gap: &u32| columns.partition_point(|&column| column < gap as usize);
        let gaps = own.gaps.columns.iter().map(line).collect();
        Self::new(grid, false, columns, all, across, gaps)
    }

    /// Takes so many figures off those that may still be looked at; `None` where the limit is met.
    pub fn spend(&self, figures: usize) -> Option<()> {
        // One thread goes through the lines of a table.
        let left = self.search.left.load(Ordering::Relaxed).saturating_sub(figures);
        self.search.left.store(left, Ordering::Relaxed);
        (left > 0).then_some(())
    }

    /// Whether the limit was met: then not all was found.
    pub fn is_exhausted(&self) -> bool {
        self.search.left.load(Ordering::Relaxed) == 0
    }

    /// Whether any line is called an average, a rate or a price.
    pub fn has_rates(&self) -> bool {
        *self.search.has_rates.get_or_init(|| self.all.iter().any(|line| line.name.rate))
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

    /// Whether a title says that a line is a total, and of nothing in particular.
    pub fn is_bare_total(title: &str) -> bool {
        let label = folded(title);
        TOTALS.english.iter().any(|word| label == *word) || TOTALS.chinese.iter().any(|word| label == *word)
    }

    /// Whether there are figures at one position only, and that in all lines.
    pub fn has_one_position(&self) -> bool {
        let is_filled = |&at: &usize| (0..self.all.len()).any(|line| self.value(line, at).is_some());
        let mut filled = (0..self.positions()).filter(is_filled);
        let (Some(at), None) = (filled.next(), filled.next()) else { return false };
        (self.first..self.all.len()).all(|line| self.value(line, at).is_some())
    }

    /// What stands in a line at a position.
    pub fn cell(&self, line: usize, at: usize) -> &Cell {
        let (row, column) = self.place(line, at);
        self.grid.cell(row, column)
    }

    /// The cell of the table in a line at a position, by its index.
    pub fn cell_index(&self, line: usize, at: usize) -> Option<usize> {
        let (row, column) = self.place(line, at);
        self.grid.shape.cell(row, column)
    }

    /// What the figure in a line at a position counts as.
    pub fn value(&self, line: usize, at: usize) -> Option<&Value> {
        self.cell(line, at).value()
    }

    /// The same figure, as an index into the reading's.
    pub fn figure(&self, line: usize, at: usize) -> Option<usize> {
        let (row, column) = self.place(line, at);
        self.value(line, at).and_then(|_| self.grid.shape.figure_at(row, column))
    }

    /// The row and the column of a position in a line.
    fn place(&self, line: usize, at: usize) -> (usize, usize) {
        if self.by_rows { (line, self.columns[at]) } else { (at, self.columns[line]) }
    }

    /// Whether no lines were left out among those of a sum, nor beside them on the side away from the total.
    pub fn are_all_there(&self, total: usize, parts: &[(usize, i8)]) -> bool {
        let lines = || parts.iter().map(|&(line, _)| line);
        let first = lines().min().map_or(total, |first| if first > total { total + 1 } else { first });
        let last = lines().max().map_or(total, |last| if last < total { total } else { last + 1 });
        !self.gaps.iter().any(|gap| (first..=last).contains(gap))
    }

    /// How many half units of percentages make 1; `None` where there are none.
    pub fn percent_unit(&self) -> Option<i128> {
        self.grid.percent_unit
    }

    /// How many half units of amounts make 1; `None` where there are none.
    pub fn amount_unit(&self) -> Option<i128> {
        self.grid.amount_unit
    }

    fn new(
        grid: &'a Grid<'a>,
        by_rows: bool,
        columns: &[usize],
        all: Vec<Line>,
        across: &[Name],
        gaps: Vec<usize>,
    ) -> Self {
        let (columns, across) = (columns.to_vec(), across.to_vec());
        let first = if by_rows { grid.shape.header_rows } else { 0 };
        let positions = across.len();
        let search = Search::new(positions);
        let (has_negative, most_slack, wrapped) = (vec![false; positions], 0, false);
        let mut lines =
            Self { grid, by_rows, columns, first, all, across, has_negative, most_slack, gaps, wrapped, search };
        lines.look_through();
        lines.take_labels();
        lines
    }

    /// Finds what the lines' figures are. What stands in columns of percentages says nothing of a row, unless it has nothing else.
    fn look_through(&mut self) {
        let mut across = vec![[0u32; 3]; self.positions()];
        for line in self.first..self.all.len() {
            for (at, counts) in across.iter_mut().enumerate() {
                let Cell::Value(value) = *self.cell(line, at) else { continue };
                counts[value.kind as usize] += 1;
                self.has_negative[at] |= value.units() < 0;
                self.most_slack = self.most_slack.max(value.slack());
            }
        }
        let percents: Vec<bool> = across.iter().map(|counts| most(counts) == Some(Kind::Percent)).collect();
        for line in self.first..self.all.len() {
            let (mut counts, mut of_percents) = ([0u32; 3], [0u32; 3]);
            for (at, &is_percent) in percents.iter().enumerate() {
                let Cell::Value(value) = *self.cell(line, at) else { continue };
                let counts = if is_percent && self.by_rows { &mut of_percents } else { &mut counts };
                counts[value.kind as usize] += 1;
            }
            self.all[line].kind = most(&counts).or_else(|| most(&of_percents));
        }
    }

    /// A line without a label stands out only among lines that have some.
    fn take_labels(&mut self) {
        let filled = |line: &&Line| line.kind.is_some();
        let labelled = self.all.iter().filter(filled).filter(|line| line.labelled).count();
        let none = labelled * 2 < self.all.iter().filter(filled).count();
        self.all.iter_mut().for_each(|line| line.labelled |= none);
    }
}

/// The commonest of the kinds that are counted.
fn most(counts: &[u32; 3]) -> Option<Kind> {
    let kinds = [Kind::Amount, Kind::Percent, Kind::PerShare];
    let most = kinds.into_iter().max_by_key(|&kind| (counts[kind as usize], std::cmp::Reverse(kind)));
    most.filter(|&kind| counts[kind as usize] > 0)
}

impl Line {
    fn called(title: &str, name: Name) -> Self {
        Self { name, labelled: !title.trim().is_empty(), ..Self::default() }
    }
}

/// What a label may say. English words stand whole, Chinese ones anywhere.
struct Words {
    english: &'static [&'static str],
    chinese: &'static [&'static str],
}

const TOTALS: Words = Words {
    english: &["total", "totals", "subtotal", "sub total", "grand total"],
    chinese: &["合计", "总计", "小计", "共计", "总额"],
};

/// What is never a part of a sum.
const RATES: Words = Words {
    english: &["average", "averages", "ratio", "ratios", "weighted"],
    chinese: &["比例", "比率", "单价", "均价", "平均"],
};

/// What counts each but once, in however many parts it is.
const ONCE: Words = Words { english: &["unduplicated", "unique", "distinct"], chinese: &["去重"] };

/// What need not add up. Of a consensus each figure is an average of its own.
const LOOSE: Words = Words {
    english: &["price", "prices", "yield", "percent", "percentage", "index", "rate", "rates", "consensus", "cons"],
    chinese: &["%", "率", "一致预期"],
};

const CONSENSUS: Words = Words { english: &["consensus", "cons"], chinese: &["一致预期"] };

/// Lines of averages over others.
const AVERAGES: Words = Words {
    english: &["average", "averages", "mean", "median"],
    chinese: &["平均", "平均值", "均值", "中位数", "中值"],
};

const CHANGES: Words = Words {
    english: &["change", "changes", "increase", "decrease", "variance", "difference", "growth"],
    chinese: &["增减", "变动", "差额", "增长", "同比"],
};

const ENDS: Words = Words {
    english: &["ending", "end of", "at end", "closing"],
    chinese: &["期末", "年末", "月末", "结转下年"],
};

const STARTS: Words =
    Words { english: &["beginning", "opening", "start of"], chinese: &["期初", "年初", "月初", "上年结转"] };

const BALANCES: Words = Words {
    english: &["balance", "balances", "outstanding at", "outstanding as of", "unvested at", "nonvested at"],
    chinese: &["余额"],
};

const RESULTS: Words = Words {
    english: &["net", "profit", "gross margin", "income before", "income from", "ebitda"],
    chinese: &["净额"],
};

const LESS: Words = Words { english: &["less", "deduct", "deductions", "minus"], chinese: &["减"] };

const AMONG: Words =
    Words { english: &["of which", "including", "includes", "thereof"], chinese: &["其中", "包括"] };

/// What a line counts that others count too.
const INCLUDED: Words =
    Words { english: &["included above", "included in above", "already included"], chinese: &["已含在"] };

impl Name {
    /// What a label says.
    pub fn of(title: &str) -> Self {
        let label = Label::new(title);
        let per_share = is_per_share(&label.folded);
        let rate = label.says(&RATES) || per_share || label.ends_in_rate() || label.says(&ONCE);
        let balance = label.says(&BALANCES) && !label.folded.contains("balancesheet");
        let (start, end) = (label.says(&STARTS), label.says(&ENDS));
        Self {
            total: !rate && (label.starts(&TOTALS) || label.ends(&TOTALS)),
            result: !rate && (label.says(&TOTALS) || label.says(&RESULTS) || balance || end),
            start: start || balance && !end,
            end: end || balance && !start,
            less: label.starts(&LESS),
            loose: rate || label.says(&LOOSE),
            change: label.says(&CHANGES),
            average: label.ends(&AVERAGES) || label.says(&CONSENSUS),
            among: label.starts(&AMONG) || label.says(&INCLUDED),
            rate,
        }
    }
}

/// A label made ready to look for words.
struct Label {
    folded: String,
    /// Its words in lower case, each between blanks.
    words: String,
    /// Whether it may hold Chinese words, or a sign among them.
    wide: bool,
}

impl Label {
    fn new(title: &str) -> Self {
        let mut words = String::from(" ");
        for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.push_str(&word.to_lowercase());
            words.push(' ');
        }
        let wide = title.contains(|c: char| !c.is_ascii() || c == '%');
        Self { folded: folded(title), words, wide }
    }

    fn says(&self, words: &Words) -> bool {
        // Every label is asked for all words: where none can start, it is not searched.
        let starts = self.words.bytes().enumerate().filter(|&(_, byte)| byte == b' ').map(|(at, _)| at + 1);
        let english = starts.take_while(|&at| at < self.words.len()).any(|at| {
            let rest = &self.words[at..];
            let same = |word: &&&str| word.as_bytes()[0] == rest.as_bytes()[0];
            words.english.iter().filter(same).any(|word| rest.starts_with(word) && self.is_whole(at, word))
        });
        english || self.wide && words.chinese.iter().any(|word| self.folded.contains(word))
    }

    fn starts(&self, words: &Words) -> bool {
        let clean = self.folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        let english = words.english.iter().any(|word| self.words[1..].starts_with(word) && self.is_whole(1, word));
        english || words.chinese.iter().any(|word| clean.starts_with(word))
    }

    fn ends(&self, words: &Words) -> bool {
        let tail = self.words.trim_end();
        let whole = |word: &str| tail.ends_with(word) && self.is_whole(tail.len() - word.len(), word);
        words.english.iter().any(|word| whole(word)) || words.chinese.iter().any(|word| self.folded.ends_with(word))
    }

    fn ends_in_rate(&self) -> bool {
        self.words.ends_with(" rate ") || self.words.ends_with(" rates ") || self.folded.ends_with('率')
    }

    fn is_whole(&self, at: usize, word: &str) -> bool {
        let bytes = self.words.as_bytes();
        at > 0 && bytes[at - 1] == b' ' && bytes.get(at + word.len()) == Some(&b' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_lines_are() {
        let says = |title: &str| {
            let name = Name::of(title);
            let all = [
                (name.total, "total"),
                (name.result, "result"),
                (name.start, "start"),
                (name.end, "end"),
                (name.less, "less"),
                (name.among, "among"),
                (name.rate, "rate"),
                (name.loose, "loose"),
                (name.change, "change"),
                (name.average, "average"),
            ];
            all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
        };
        for (title, expected) in [
            ("Total current assets", "total result"),
            ("Research and development - total", "total result"),
            ("Total tax rate", "rate loose"),
            ("合计", "total result"),
            ("  小计：", "total result"),
            ("Discontinued Operations(B)", ""),
            ("Form of amended award", ""),
            ("Less: interest", "less"),
            ("Lessor costs", ""),
            ("Balance at January 1", "result start end"),
            ("Ending balance", "result end"),
            ("Consolidated Balance Sheets", ""),
            ("Total (unduplicated)", "rate loose"),
            ("Online orders (included above)", "among"),
            ("Balance, beginning of year", "result start"),
            ("其中：政府性基金", "among"),
            ("of which: rents", "among"),
            ("% Change", "loose change"),
            ("2-5 Years", ""),
            ("Operating Leases", ""),
            ("增长率", "rate loose change"),
            ("Sector average", "rate loose average"),
            ("行业平均", "rate loose average"),
            ("Average price", "rate loose"),
            ("Median", "average"),
            ("Consensus 2026E", "loose average"),
        ] {
            assert_eq!(says(title), expected, "{title}");
        }
    }
}
