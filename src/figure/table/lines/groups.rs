//! Which rows head others: Assets, below it Current assets, below it Cash. Columns, indents and looks alone tell it.

use super::super::grid::NONE;
use super::super::label::{clean_label, declared, is_total, tells_only_time};
use super::Builder;

/// How far from the left a label starts: its column, counted from 1, then its indent; 0 for what stands over all figures.
type Level = (u32, u16);

/// A row's label.
struct Label {
    row: usize,
    level: Level,
    /// `None`: the row has more than its label, or this is a sentence.
    heading: Option<Rank>,
    is_total: bool,
}

/// How much a heading stands out among others of its level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Plain,
    /// It ends in a colon.
    Announcing,
    /// It is bold, or in capitals.
    Strong,
}

/// A row that may head those below it.
struct Heading {
    row: usize,
    level: Level,
    rank: Rank,
    /// Whether it heads headings of its own level that stand out less: ASSETS, and below it "Current assets:".
    is_outer: bool,
}

impl Heading {
    /// Whether it may still head rows from a label on.
    fn reaches(&self, label: &Label) -> bool {
        let reaches_beside = || match label.heading {
            Some(rank) => rank < self.rank,
            None => self.rank == Rank::Strong && !label.is_total,
        };
        self.level < label.level || self.level == label.level && self.is_outer && reaches_beside()
    }
}

/// What is longer is no heading, in bytes.
const LONGEST: usize = 160;

/// No more levels are told apart.
const MOST_LEVELS: usize = 16;

impl Builder<'_> {
    /// By row: the row that heads it, or [`NONE`]; nothing if no row heads another.
    pub(super) fn groups(&self, label_columns: usize) -> Vec<u32> {
        let naming = self.naming_columns(label_columns);
        let rows = self.header_rows..self.grid.rows();
        let mut labels = rows.filter_map(|row| self.label(row, &naming, label_columns)).peekable();
        let mut heads = Vec::new();
        let mut open: Vec<Heading> = Vec::new();
        while let Some(label) = labels.next() {
            open.retain(|heading| heading.reaches(&label));
            if let Some(whole) = open.iter().position(|heading| self.is_total_of(&label, heading, &naming)) {
                open.truncate(whole + 1);
            }
            let mut above = open.iter().rev();
            if let Some(head) = above.find(|heading| heading.level < label.level || label.heading.is_some()) {
                heads.resize(self.grid.rows(), NONE);
                heads[label.row] = head.row as u32;
            }
            let Some(rank) = label.heading else { continue };
            let is_weaker = |next: &Label| next.level == label.level && next.heading.is_some_and(|below| below < rank);
            let is_outer = labels.peek().is_some_and(is_weaker);
            if open.len() == MOST_LEVELS {
                open.remove(0);
            }
            open.push(Heading { row: label.row, level: label.level, rank, is_outer });
        }
        heads
    }

    /// Whether a row has the total of all that a heading heads: Total assets, of Assets.
    fn is_total_of(&self, label: &Label, heading: &Heading, naming: &[usize]) -> bool {
        let name = |row: usize| clean_label(&self.title(row, naming.iter().copied()));
        label.is_total && {
            let (total, name) = (name(label.row), name(heading.row));
            total.strip_prefix("total") == Some(&*name) || total.strip_suffix("合计") == Some(&*name)
        }
    }

    fn label(&self, row: usize, naming: &[usize], label_columns: usize) -> Option<Label> {
        let mut cells = naming.iter().filter_map(|&column| self.grid.cell(row, column));
        let cell = cells.find(|&cell| !self.text(cell as u32).is_empty())?;
        let (text, looks) = (self.text(cell as u32), self.table.cells.at(cell));
        let is_own = |other: u32| (self.table.cells.at(other as usize).column as usize) < label_columns;
        let is_bare = || self.grid.row(row).all(|(_, other)| is_own(other) || self.text(other).is_empty());
        let is_heading = text.len() <= LONGEST && text.contains(char::is_alphabetic) && is_bare();
        let is_over_all = || {
            label_columns + 1 < self.uses.len()
                && (looks.column + looks.column_span) as usize >= self.uses.len()
                && (declared(text).is_some() || tells_only_time(text))
        };
        let rank = || match text {
            _ if looks.bold || is_in_capitals(text) => Rank::Strong,
            _ if text.ends_with([':', '：']) => Rank::Announcing,
            _ => Rank::Plain,
        };
        Some(Label {
            row,
            level: if is_heading && is_over_all() { (0, 0) } else { (looks.column + 1, looks.indent) },
            heading: is_heading.then(rank),
            is_total: is_total(text),
        })
    }
}

fn is_in_capitals(text: &str) -> bool {
    const LEAST: usize = 3;
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals >= LEAST && !text.contains(char::is_lowercase)
}
