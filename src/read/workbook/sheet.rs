//! A sheet as the readers of all formats give it: the cells that show something, at their places.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::hidden::LeftOut;
use crate::read::affix;

/// A visible sheet while it is read.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name.
    pub name: Arc<str>,
    /// Rows that are not shown.
    pub hidden_rows: Lines,
    /// Columns that are not shown.
    pub hidden_columns: Lines,
    /// Where formulas stand that have no stored value.
    pub unvalued: Vec<Position>,
    /// Where errors stand (`#REF!`), and which.
    pub errors: Vec<(Position, String)>,
    text: String,
    cells: Vec<Raw>,
    merges: Vec<Area>,
    /// Whether there are more merged areas than are kept.
    pub cut: bool,
}

/// A cell's row and column, from 0.
pub(super) type Position = (u32, u32);

/// Cells that are merged: first and last row, first and last column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub first: Position,
    pub last: Position,
}

#[derive(Clone, Debug)]
struct Raw {
    at: Position,
    text: Range<u32>,
    look: Look,
    content: Content,
}

/// How a cell looks, as far as that says something of what it means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub bold: bool,
    pub indent: u16,
}

/// A cell that shows something.
#[derive(Clone, Debug)]
pub(super) struct Filled<'s> {
    /// Where it stands on the sheet, from 0.
    pub at: Position,
    /// The row and the column as they are seen: hidden ones are not counted.
    pub row: u32,
    pub column: u32,
    /// How many more rows and columns it covers, seen in the same way; no more are told than 16 bits hold.
    more_rows: u16,
    more_columns: u16,
    /// What it shows, without white space around it.
    pub text: &'s str,
    pub bold: bool,
    pub indent: u16,
    pub content: Content,
}

/// What a cell shows, judged by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A number, with signs and separators at most.
    Number,
    /// A number that may be a year.
    Year,
    /// A dash or another mark for nothing.
    Mark,
    /// Words.
    Text,
    /// An error (`#DIV/0!`), whose digits are no figures.
    Error,
}

impl Filled<'_> {
    /// The last row that it covers.
    pub fn last_row(&self) -> u32 {
        self.row + u32::from(self.more_rows)
    }

    /// The last column that it covers.
    pub fn last_column(&self) -> u32 {
        self.column + u32::from(self.more_columns)
    }
}

/// The merged areas beyond this number are read as single cells.
const MOST_MERGES: usize = 1 << 16;

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            hidden_rows: Lines::default(),
            hidden_columns: Lines::default(),
            unvalued: Vec::new(),
            errors: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            merges: Vec::new(),
            cut: false,
        }
    }

    /// Adds a cell with what it shows.
    pub fn push(&mut self, at: Position, text: &str, look: Look) {
        let shown = text.trim();
        if shown.is_empty() {
            return;
        }
        // Blanks before a number keep a place for a bracket.
        let content = content(shown);
        let is_name = content == Content::Text && text.starts_with(char::is_whitespace);
        let blanks = text.chars().take_while(|c| is_name && c.is_whitespace());
        let leading = blanks.map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum::<usize>();
        let indent = look.indent.saturating_add(leading.min(500) as u16);
        let start = self.text.len();
        self.text.push_str(shown);
        let text = start as u32..self.text.len() as u32;
        self.cells.push(Raw { at, text, look: Look { indent, ..look }, content });
    }

    /// Adds a cell that shows an error.
    pub fn push_error(&mut self, at: Position, error: &str, look: Look) {
        let count = self.cells.len();
        self.push(at, error, look);
        if let Some(cell) = self.cells.get_mut(count) {
            cell.content = Content::Error;
            self.errors.push((at, error.to_owned()));
        }
    }

    pub fn merge(&mut self, area: Area) {
        self.cut |= self.merges.len() == MOST_MERGES;
        if !self.cut && area.first.0 <= area.last.0 && area.first.1 <= area.last.1 {
            self.merges.push(area);
        }
    }

    /// How much room it takes, in bytes: its text, and something for each cell.
    pub fn size(&self) -> usize {
        self.text.len() + self.cells.len() * 32
    }

    /// Takes the cells that are seen, by rows, of merged ones the first; and those that are not, because their row or column is
    /// hidden.
    pub fn filled(&mut self) -> (Vec<Filled<'_>>, LeftOut) {
        self.hidden_rows.settle();
        self.hidden_columns.settle();
        self.cells.sort_by_key(|cell| cell.at);
        // Of cells with the same address the first stays.
        self.cells.dedup_by_key(|cell| cell.at);
        join_brackets(&self.text, &mut self.cells);
        self.merges.sort_unstable();
        let mut merged = Merged { areas: &self.merges, open: BTreeMap::new() };
        let more = |after: u32, line: u32| u16::try_from(after.saturating_sub(line + 1)).unwrap_or(u16::MAX);
        let mut filled = Vec::with_capacity(self.cells.len());
        let mut left_out = LeftOut::default();
        // They are not needed any more, and take as much room again.
        for cell in std::mem::take(&mut self.cells) {
            let area = merged.of(cell.at);
            let shown_at = area.map_or(cell.at, |area| area.first);
            if shown_at != cell.at {
                continue;
            }
            let last = area.map_or(cell.at, |area| area.last);
            let row = self.hidden_rows.first_seen(cell.at.0, last.0);
            let column = self.hidden_columns.first_seen(cell.at.1, last.1);
            let text = &self.text[cell.text.start as usize..cell.text.end as usize];
            let (Some(row), Some(column)) = (row, column) else {
                let at = (self.hidden_rows.seen_before(cell.at.0), self.hidden_columns.seen_before(cell.at.1));
                let is_figure = matches!(cell.content, Content::Number | Content::Year);
                left_out.push(at, row.is_none(), column.is_none(), is_figure);
                continue;
            };
            filled.push(Filled {
                at: cell.at,
                row,
                column,
                more_rows: more(self.hidden_rows.seen_before(last.0.saturating_add(1)), row),
                more_columns: more(self.hidden_columns.seen_before(last.1.saturating_add(1)), column),
                text,
                bold: cell.look.bold,
                indent: cell.look.indent,
                content: cell.content,
            });
        }
        left_out.settle();
        (filled, left_out)
    }
}

/// Puts the bracket that closes a figure to it, where it stands in the next cell: (12 | ).
fn join_brackets(text: &str, cells: &mut Vec<Raw>) {
    let shown = |cell: &Raw| &text[cell.text.start as usize..cell.text.end as usize];
    cells.dedup_by(|cell, before| {
        let closes = matches!(shown(cell), ")" | "）") && affix::is_open(shown(before));
        // Cells that were read one after the other have their texts so.
        let follows = cell.at == (before.at.0, before.at.1 + 1) && cell.text.start == before.text.end;
        let joins = closes && follows && before.content == Content::Number;
        if joins {
            before.text.end = cell.text.end;
        }
        joins
    });
}

/// Merged areas while the cells go by in order.
struct Merged<'m> {
    /// Those that have not started.
    areas: &'m [Area],
    /// Those that have, by their first column. Areas do not overlap.
    open: BTreeMap<u32, Area>,
}

impl Merged<'_> {
    fn of(&mut self, at: Position) -> Option<Area> {
        while let Some((area, rest)) = self.areas.split_first().filter(|(area, _)| area.first.0 <= at.0) {
            self.open.insert(area.first.1, *area);
            self.areas = rest;
        }
        let (_, area) = self.open.range(..=at.1).next_back()?;
        (area.first.0 <= at.0 && at.0 <= area.last.0 && at.1 <= area.last.1).then_some(*area)
    }
}

/// Rows or columns, as ranges.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// First and last, in any order while they are collected, then in order and apart.
    ranges: Vec<(u32, u32)>,
    /// By range: how many lines the ranges before it have.
    before: Vec<u32>,
}

impl Lines {
    pub fn push(&mut self, first: u32, last: u32) {
        match self.ranges.last_mut() {
            Some(range) if range.1.checked_add(1) == Some(first) => range.1 = last.max(first),
            _ if first <= last => self.ranges.push((first, last)),
            _ => {}
        }
    }

    fn settle(&mut self) {
        self.ranges.sort_unstable();
        let mut apart: Vec<(u32, u32)> = Vec::with_capacity(self.ranges.len());
        for &(first, last) in &self.ranges {
            match apart.last_mut() {
                Some(range) if first <= range.1.saturating_add(1) => range.1 = range.1.max(last),
                _ => apart.push((first, last)),
            }
        }
        self.before = Vec::with_capacity(apart.len());
        let mut count = 0u32;
        for &(first, last) in &apart {
            self.before.push(count);
            count = count.saturating_add((last - first).saturating_add(1));
        }
        self.ranges = apart;
    }

    /// The number of the first line of these that is not in the ranges, among all that are not; `None` if all are.
    fn first_seen(&self, first: u32, last: u32) -> Option<u32> {
        let before = self.seen_before(first);
        (self.seen_before(last.saturating_add(1)) > before).then_some(before)
    }

    /// How many of the lines before this one are not in the ranges.
    fn seen_before(&self, line: u32) -> u32 {
        let after = self.ranges.partition_point(|range| range.0 < line);
        let Some(at) = after.checked_sub(1) else { return line };
        let (first, last) = self.ranges[at];
        line - self.before[at] - (last.min(line - 1) - first + 1)
    }
}

fn content(text: &str) -> Content {
    let mut digits = 0;
    let mut joined = false;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => digits += 1,
            c if c.is_alphabetic() => return Content::Text,
            // 2024-01-31, 3/4, 12:30: no numbers.
            '-' | '/' | ':' | '–' if digits > 0 && at + c.len_utf8() < text.len() => joined = true,
            _ => {}
        }
    }
    match digits {
        0 => Content::Mark,
        _ if joined => Content::Text,
        4 if crate::calendar::is_year(text) => Content::Year,
        _ => Content::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_small() {
        // A large sheet has a million.
        assert_eq!((size_of::<Raw>(), size_of::<Filled>()), (24, 40));
    }

    #[test]
    fn cells_are_told_by_their_characters() {
        for (text, expected) in [
            ("1,234.5", Content::Number),
            ("$(20)", Content::Number),
            ("-5%", Content::Number),
            ("2024", Content::Year),
            ("2024-01-31", Content::Text),
            ("—", Content::Mark),
            ("合计", Content::Text),
            ("35件", Content::Text),
        ] {
            assert_eq!(content(text), expected, "{text}");
        }
    }

    #[test]
    fn a_bracket_in_the_next_cell_is_the_figures() {
        let mut sheet = Sheet::new("a");
        let cells = [
            ((0, 0), "(12"),
            ((0, 1), ")"),
            ((0, 2), "3"),
            ((1, 0), "(4"),
            ((1, 2), ")"),
            ((2, 0), "(a"),
            ((2, 1), ")"),
        ];
        cells.iter().for_each(|&(at, text)| sheet.push(at, text, Look::default()));
        let (filled, _) = sheet.filled();
        let shown: Vec<_> = filled.iter().map(|cell| cell.text).collect();
        assert_eq!(shown, ["(12)", "3", "(4", ")", "(a", ")"]);
    }

    #[test]
    fn hidden_lines_are_not_counted() {
        let mut lines = Lines::default();
        for (first, last) in [(7, 8), (2, 3), (3, 4), (9, 9)] {
            lines.push(first, last);
        }
        lines.settle();
        assert_eq!(
            [0, 1, 2, 4, 5, 6, 7, 9, 10].map(|line| lines.first_seen(line, line)),
            [Some(0), Some(1), None, None, Some(2), Some(3), None, None, Some(4)]
        );
        assert_eq!([0, 2, 3, 5, 7, 8, 10, 11].map(|line| lines.seen_before(line)), [0, 2, 2, 2, 4, 4, 4, 5]);
    }

    #[test]
    fn merged_cells_show_their_first() {
        let mut sheet = Sheet::new("a");
        for at in [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0)] {
            sheet.push(at, &format!("{at:?}"), Look::default());
        }
        sheet.merge(Area { first: (0, 0), last: (1, 1) });
        sheet.hidden_columns.push(1, 1);
        let (filled, _) = sheet.filled();
        let shown: Vec<_> =
            filled.iter().map(|cell| (cell.at, cell.row, cell.column, cell.last_row(), cell.last_column())).collect();
        assert_eq!(shown, [((0, 0), 0, 0, 1, 0), ((1, 2), 1, 1, 1, 1), ((2, 0), 2, 0, 2, 0)]);
    }
}
