//! The tables of a sheet, found by blank rows and columns.
//!
//! A region of a sheet is cut at blank columns where both sides have figures and labels of their own, and at blank rows
//! unless the rows below go on with the table above: no header of their own, and figures in the same columns. Rows with a
//! single text at the top of a table are its titles, at its end its notes.

use std::collections::BTreeSet;

use super::sheet::{Content, Filled};

/// What a sheet consists of, in reading order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Cells that are paragraphs; they stand directly above a table that they may name, or are notes.
    Prose {
        /// The cells, as indices.
        cells: Vec<u32>,
        /// Whether they may name the tables after them.
        titles: bool,
    },
    /// The cells of a table, by rows.
    Table {
        cells: Vec<u32>,
        /// Whether it stands beside the one before, under the same titles.
        beside: bool,
    },
}

/// Finds the pieces of a sheet; `cells` are by rows.
pub(super) fn pieces(cells: &[Filled]) -> Vec<Piece> {
    let mut layout = Layout { cells, pieces: Vec::new() };
    layout.region((0..cells.len() as u32).collect(), false, 0);
    layout.pieces
}

/// Blank rows between a table and rows that go on with it, at most.
const SPACER: u32 = 2;
/// Regions inside regions, at most; what is deeper stays one table.
const DEPTH: usize = 12;
/// Blank columns that are tried, at most: a sheet with more uses them for spacing.
const CUTS: usize = 24;

struct Layout<'c> {
    cells: &'c [Filled<'c>],
    pieces: Vec<Piece>,
}

/// A row of a region, as indices of its cells.
type Row<'r> = &'r [u32];

impl Layout<'_> {
    fn region(&mut self, region: Vec<u32>, beside: bool, depth: usize) {
        let (titles, rest) = self.titles(&region);
        if depth < DEPTH
            && let Some((left, right)) = self.cut(rest)
        {
            self.prose(titles.to_vec(), true);
            self.region(left, beside, depth + 1);
            return self.region(right, true, depth + 1);
        }
        let chunks = self.chunks(&region);
        if chunks.len() == 1 {
            drop(chunks);
            return self.table(&region, beside);
        }
        for (at, chunk) in chunks.into_iter().enumerate() {
            self.region(chunk, beside && at == 0, depth + 1);
        }
    }

    /// A region without blank rows that end it: its titles, the table, its notes.
    fn table(&mut self, region: &[u32], beside: bool) {
        let (titles, rest) = self.titles(region);
        let notes = self.rows(rest).rev().take_while(|row| self.is_note(row)).map(<[u32]>::len).sum::<usize>();
        let (body, notes) = rest.split_at(rest.len() - notes);
        if self.is_table(body) {
            self.prose(titles.to_vec(), true);
            self.pieces.push(Piece::Table { cells: body.to_vec(), beside: beside && titles.is_empty() });
            self.prose(notes.to_vec(), false);
        } else {
            let has_notes = self.rows(region).any(|row| self.is_note(row));
            self.prose(region.to_vec(), !has_notes);
        }
    }

    fn prose(&mut self, cells: Vec<u32>, titles: bool) {
        if !cells.is_empty() {
            self.pieces.push(Piece::Prose { cells, titles });
        }
    }

    /// The rows of a region without the blank ones.
    fn rows<'r>(&self, region: &'r [u32]) -> impl DoubleEndedIterator<Item = Row<'r>> + use<'r, '_> {
        region.chunk_by(|&a, &b| self.cells[a as usize].row == self.cells[b as usize].row)
    }

    /// Figures, or words in two rows and columns at least.
    fn is_table(&self, body: &[u32]) -> bool {
        let has_numbers = body.iter().any(|&cell| self.cells[cell as usize].content == Content::Number);
        body.len() > 1 && has_numbers || self.rows(body).filter(|row| row.len() > 1).count() > 1
    }

    /// The title rows at the top of a region, and the rest.
    fn titles<'r>(&self, region: &'r [u32]) -> (Row<'r>, Row<'r>) {
        let first_column = region.iter().map(|&cell| self.cells[cell as usize].column).min().unwrap_or(0);
        let numbered = self.rows(region).next().is_some_and(|row| self.is_numbered_title(row, region));
        let mut rows = self.rows(region).enumerate();
        let titles = rows
            .by_ref()
            .map_while(|(at, row)| (at == 0 && numbered || self.is_title(row, first_column)).then_some(row));
        let count = titles.map(<[u32]>::len).sum::<usize>();
        // Where there is nothing else, they are no titles.
        if count == region.len() { (&[], region) } else { region.split_at(count) }
    }

    fn is_title(&self, row: Row, first_column: u32) -> bool {
        let cells = || row.iter().map(|&cell| &self.cells[cell as usize]);
        let says_unit = || cells().any(|cell| names_unit(cell.text));
        if !cells().all(|cell| cell.content == Content::Text) {
            return false;
        }
        match row {
            // A cell over some of the columns is a header for them.
            [cell] => {
                let cell = &self.cells[*cell as usize];
                cell.column == first_column || cell.last_column() == cell.column || says_unit()
            }
            // 编制单位：某局 | 单位：元. Beside "Balance sheets - USD ($)" days head the columns.
            _ => {
                let has_year = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
                let heads = cells().skip(1).all(|cell| has_year(cell.text) && !names_unit(cell.text));
                row.len() <= 3 && says_unit() && !heads
            }
        }
    }

    /// Whether a row is the number of a table, which no other row has in its column, and its title: 1 | Visits by month.
    fn is_numbered_title(&self, row: Row, region: &[u32]) -> bool {
        const MOST_DIGITS: usize = 3;
        let [number, title] = row else { return false };
        let (number, title) = (&self.cells[*number as usize], &self.cells[*title as usize]);
        let is_number =
            number.text.len() <= MOST_DIGITS && number.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let mut below = region.iter().map(|&cell| &self.cells[cell as usize]).filter(|cell| cell.row > number.row);
        let is_right = |cell: &Filled| cell.content != Content::Number || cell.column > title.column;
        is_number
            && number.content == Content::Number
            && title.content == Content::Text
            && title.column == number.column + 1
            && below.all(is_right)
    }

    fn is_note(&self, row: Row) -> bool {
        let [cell] = row else { return false };
        let cell = &self.cells[*cell as usize];
        cell.content == Content::Text && (is_long(cell.text) || starts_note(cell.text))
    }

    /// Parts of a region between blank rows, those that go on with a table joined to it.
    fn chunks(&self, region: &[u32]) -> Vec<Vec<u32>> {
        let groups = self.groups(region);
        let mut chunks: Vec<(Vec<u32>, Profile)> = Vec::new();
        let mut at = 0;
        while at < groups.len() {
            let own = Profile::new(self, groups[at]);
            // A heading of a section stands between its rows and those before.
            let joined = match chunks.last() {
                Some((_, table)) if table.is_continued_by(&own) || table.is_header_of(&own) => 1,
                Some((_, table)) if table.is_near(&own) && self.is_section(groups[at]) && at + 1 < groups.len() => {
                    let next = Profile::new(self, groups[at + 1]);
                    if own.is_near(&next) && table.fits(&next) { 2 } else { 0 }
                }
                _ => 0,
            };
            if joined == 0 {
                chunks.push((groups[at].to_vec(), own));
                at += 1;
            } else if let Some((cells, profile)) = chunks.last_mut() {
                for group in &groups[at..at + joined] {
                    cells.extend_from_slice(group);
                    profile.extend(Profile::new(self, group));
                }
                at += joined;
            }
        }
        chunks.into_iter().map(|(cells, _)| cells).collect()
    }

    /// Parts of a region between blank rows.
    fn groups<'r>(&self, region: &'r [u32]) -> Vec<Row<'r>> {
        let mut groups = Vec::new();
        let (mut start, mut at, mut end_row) = (0, 0, 0);
        for row in self.rows(region) {
            let first = self.cells[row[0] as usize].row;
            if at > start && first > end_row + 1 {
                groups.push(&region[start..at]);
                start = at;
            }
            at += row.len();
            end_row = row.iter().map(|&cell| self.cells[cell as usize].last_row()).max().unwrap_or(first).max(end_row);
        }
        groups.push(&region[start..]);
        groups
    }

    /// A single row with a single short text.
    fn is_section(&self, group: Row) -> bool {
        let [cell] = group else { return false };
        self.cells[*cell as usize].content == Content::Text && !self.is_note(group)
    }

    /// Cuts a region at the first blank columns beside which both sides are tables of their own.
    fn cut(&self, region: &[u32]) -> Option<(Vec<u32>, Vec<u32>)> {
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for row in self.rows(region).filter(|row| row.len() > 1) {
            covered.extend(
                row.iter().map(|&cell| (self.cells[cell as usize].column, self.cells[cell as usize].last_column())),
            );
        }
        covered.sort_unstable();
        let mut cuts = Vec::new();
        let mut end = covered.first()?.1;
        for (first, last) in covered {
            if first > end.saturating_add(1) {
                cuts.push(first);
            }
            end = end.max(last);
        }
        let cuts = if cuts.len() > CUTS { &[][..] } else { &cuts };
        cuts.iter().find_map(|&column| {
            let (left, right): (Vec<_>, Vec<_>) =
                region.iter().partition(|&&cell| self.cells[cell as usize].column < column);
            (self.stands_alone(&left, &right)).then_some((left, right))
        })
    }

    /// Whether what stands on the right of blank columns is a table of its own: in other rows, or with labels of its own.
    fn stands_alone(&self, left: &[u32], right: &[u32]) -> bool {
        let is_number = |cell: &u32| self.cells[*cell as usize].content == Content::Number;
        let rows = |side: &[u32]| side.iter().map(|&cell| self.cells[cell as usize].row).collect::<BTreeSet<_>>();
        if rows(left).is_disjoint(&rows(right)) {
            return true;
        }
        if !left.iter().any(is_number) {
            return false;
        }
        let Some(first_column) = right.iter().map(|&cell| self.cells[cell as usize].column).min() else { return false };
        let with_numbers = self.rows(right).filter(|row| row.iter().any(is_number));
        let (mut labelled, mut all) = (0, 0);
        for row in with_numbers {
            let first = &self.cells[row[0] as usize];
            all += 1;
            labelled += usize::from(first.column == first_column && first.content == Content::Text);
        }
        labelled >= 2 && labelled * 2 >= all
    }
}

/// Where a part of a table has its figures.
#[derive(Debug)]
struct Profile {
    first_row: u32,
    last_row: u32,
    first_column: u32,
    /// The columns that hold figures.
    numbers: BTreeSet<u32>,
    /// The columns of its rows with several cells.
    columns: BTreeSet<u32>,
    has_header: bool,
}

impl Profile {
    fn new(layout: &Layout, group: Row) -> Self {
        let cells = || group.iter().map(|&cell| &layout.cells[cell as usize]);
        let numbers: BTreeSet<u32> =
            cells().filter(|cell| cell.content == Content::Number).map(|cell| cell.column).collect();
        let is_number = |&cell: &u32| layout.cells[cell as usize].content == Content::Number;
        let leading = layout.rows(group).take_while(|row| !row.iter().any(is_number));
        // "Main language in %" | 2017, left of all figures, is a section.
        let heads = |row: Row| {
            row.iter().map(|&cell| &layout.cells[cell as usize]).any(|cell| match numbers.is_empty() {
                true => row.len() > 1,
                false => numbers.range(cell.column..=cell.last_column()).next().is_some(),
            })
        };
        Self {
            first_row: cells().map(|cell| cell.row).min().unwrap_or(0),
            last_row: cells().map(|cell| cell.last_row()).max().unwrap_or(0),
            first_column: cells().map(|cell| cell.column).min().unwrap_or(0),
            has_header: leading.into_iter().any(heads),
            columns: layout
                .rows(group)
                .filter(|row| row.len() > 1)
                .flatten()
                .map(|&cell| layout.cells[cell as usize].column)
                .collect(),
            numbers,
        }
    }

    fn is_near(&self, below: &Profile) -> bool {
        below.first_row.saturating_sub(self.last_row) <= SPACER + 1
    }

    fn is_continued_by(&self, below: &Profile) -> bool {
        self.is_near(below) && self.fits(below)
    }

    /// Whether it is nothing but the header of figures further down, which have none.
    fn is_header_of(&self, below: &Profile) -> bool {
        self.is_near(below)
            && self.numbers.is_empty()
            && !below.has_header
            && below.numbers.len() > 1
            && below.numbers.is_subset(&self.columns)
    }

    /// Whether rows further down have their figures where this table has its own, and no header of theirs.
    fn fits(&self, below: &Profile) -> bool {
        !below.has_header
            && !below.numbers.is_empty()
            && below.numbers.is_subset(&self.numbers)
            && below.numbers.len() * 2 >= self.numbers.len()
            && below.first_column >= self.first_column
            && self.numbers.first() > Some(&below.first_column)
    }

    fn extend(&mut self, below: Profile) {
        self.first_column = self.first_column.min(below.first_column);
        self.last_row = self.last_row.max(below.last_row);
        self.numbers.extend(below.numbers);
    }
}

/// Whether a title says in what the figures are counted.
fn names_unit(text: &str) -> bool {
    let lower = text.to_lowercase();
    crate::read::marks::says_unit(text)
        || lower.starts_with("unit")
        || lower.starts_with("(in ")
        || lower.contains("($")
}

/// Whether a text is a sentence or longer than labels are.
fn is_long(text: &str) -> bool {
    crate::read::marks::width(text) > 60 || text.ends_with(['。', '.']) && text.contains(char::is_whitespace)
}

fn starts_note(text: &str) -> bool {
    const WORDS: [&str; 10] = ["note", "source", "footnote", "注", "备注", "说明", "资料来源", "数据来源", "来源", "*"];
    let lower = text.to_lowercase();
    let mark = lower.trim_start_matches(['(', '（', '[']);
    let numbered = mark.len() < lower.len() && mark.starts_with(|c: char| c.is_ascii_digit());
    numbered || WORDS.iter().any(|word| lower.starts_with(word))
}
