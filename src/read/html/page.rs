//! A page as its tags nest: paragraphs and tables in reading order, their text still in the source.

use std::ops::Range;

use crate::compact::List;
use crate::span::Span;

/// A page between the two passes over it: its tags are resolved, its tables not yet laid out.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The text of all paragraphs.
    pub runs: List<Run>,
    /// All paragraphs, in reading order.
    pub paragraphs: List<Paragraph>,
    /// All tables, inner ones before those around them.
    pub tables: Vec<RawTable>,
    /// What stands in cells.
    pub items: List<Item>,
    /// What stands outside of tables, and the outermost tables.
    pub flow: Vec<Item>,
    /// Comments for figlint: the text and the whole, in the source.
    pub comments: Vec<(Range<usize>, Span)>,
    /// How many texts with digits are not shown.
    pub hidden: usize,
    /// Whether tables were nested too deep to be kept apart.
    pub too_deep: bool,
}

impl Page {
    /// What follows on what in a cell.
    pub fn flow_of(&self, cell: RawCell) -> impl Iterator<Item = Item> + Clone + '_ {
        self.items.range(cell.items.range())
    }

    /// The pieces of a paragraph.
    pub fn runs_of(&self, paragraph: Paragraph) -> impl Iterator<Item = Run> + '_ {
        self.runs.range(paragraph.runs.range())
    }
}

/// A part of a list, by the indexes of its first item and the one after its last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub first: u32,
    pub after: u32,
}

impl Part {
    pub fn new(range: Range<usize>) -> Self {
        Self { first: range.start as u32, after: range.end as u32 }
    }

    pub fn range(self) -> Range<usize> {
        self.first as usize..self.after as usize
    }

    pub fn is_empty(self) -> bool {
        self.first == self.after
    }
}

/// A piece of text, with its place in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub span: Span,
    pub kind: RunKind,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunKind {
    /// The source's own characters.
    Text,
    /// A character that the source writes otherwise.
    Char(char),
    /// White space, which counts between other pieces only.
    Space(char),
}

/// Text that belongs together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// Its pieces, in [`Page::runs`].
    pub runs: Part,
    pub kind: ParagraphKind,
    /// Its line breaks and blanks count.
    pub preformatted: bool,
    /// Whether all of it is bold.
    pub bold: bool,
    /// How far it is indented, in tenths of a point.
    pub indent: i32,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    Plain,
    /// A heading of this level.
    Heading(u8),
    Code,
}

/// What follows on what in a page or a cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    /// An index into [`Page::paragraphs`].
    Paragraph(u32),
    /// An index into [`Page::tables`].
    Table(u32),
}

/// A table as its tags say.
#[derive(Debug, Default)]
pub(super) struct RawTable {
    pub rows: Vec<RawRow>,
    /// The cells of all rows, in the order of the source.
    pub cells: List<RawCell>,
    pub captions: Vec<Item>,
    /// Whether rows of the foot were put below others that stand behind them in the source.
    pub moved: bool,
    /// The page itself says that it only places things.
    pub layout: bool,
    /// The rows before which rows with digits are not shown, in order.
    pub hidden_rows: Vec<usize>,
    /// Whether cells with digits are not shown in rows that are.
    pub hidden_cells: bool,
}

impl RawTable {
    /// The cells of a row.
    pub fn cells_of(&self, row: &RawRow) -> impl Iterator<Item = RawCell> + Clone + '_ {
        self.cells.range(row.cells.range())
    }

    /// All cells in the order of the rows.
    pub fn by_rows(&self) -> impl Iterator<Item = RawCell> + '_ {
        self.rows.iter().flat_map(|row| self.cells_of(row))
    }

    /// Rows of the foot are shown below the others, wherever they stand.
    pub fn put_foot_last(&mut self) {
        let is_above = |pair: &[RawRow]| pair[0].foot && !pair[1].foot;
        if self.rows.windows(2).any(is_above) {
            self.rows.sort_by_key(|row| row.foot);
            self.moved = true;
            if !self.hidden_rows.is_empty() {
                self.hidden_rows = (0..=self.rows.len()).collect();
            }
        }
    }
}

/// A row as its tags say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawRow {
    /// Its cells, in [`RawTable::cells`].
    pub cells: Part,
    /// It stands in the table's foot.
    pub foot: bool,
}

/// A cell as its tags say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawCell {
    /// What stands in it, in [`Page::items`].
    pub items: Part,
    /// 0: to the end of the table.
    pub row_span: u16,
    pub column_span: u16,
    /// It is a header, or stands in the table's head.
    pub header: bool,
}
