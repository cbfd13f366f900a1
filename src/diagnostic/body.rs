//! A whole report as it reads: its blocks, its figures with their states, and all its checks, those that hold too.

use std::fmt;
use std::ops::Range;

use super::{Computed, FigureRow, FigureView, PlaceView, Severity, Verdict};

/// A report as it reads, for who shows all of it (a page, an editor).
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Paragraphs, headings, tables and code in reading order.
    pub blocks: Vec<BodyBlock>,
    /// Every figure and what was recognised as none, by passages in reading order, in a passage by where they start. Some
    /// overlap: a date, and the day in it that a check uses.
    pub figures: Vec<BodyFigure>,
    /// Every check that was judged; what else is said of figures stands behind them.
    pub checks: Vec<BodyCheck>,
}

/// A block of a report.
#[derive(Clone, Debug)]
pub enum BodyBlock {
    /// A paragraph, also one in a list or a quotation.
    Paragraph(Passage),
    /// A line that names the table after it (or before it).
    Caption(Passage),
    /// A heading of level 1 to 6.
    Heading(u8, Passage),
    /// Text whose figures are not read.
    Code(Passage),
    /// A table.
    Table(BodyTable),
}

/// A text of a report with its figures.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The text; may hold line breaks.
    pub text: String,
    /// Where it stands.
    pub place: PlaceView,
    /// Its figures, as indices into [`Body::figures`].
    pub figures: Range<usize>,
}

/// A table of a report.
#[derive(Clone, Debug, Default)]
pub struct BodyTable {
    /// How many rows the grid has.
    pub rows: u32,
    /// How many columns the grid has.
    pub columns: u32,
    /// How many rows at the top are headers.
    pub header_rows: u32,
    /// How many columns at the left hold labels.
    pub label_columns: u32,
    /// The cells, by rows.
    pub cells: Vec<BodyCell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub struct BodyCell {
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// How many rows it covers.
    pub row_span: u32,
    /// How many columns it covers.
    pub column_span: u32,
    /// How far its text is indented, in steps of about one character.
    pub indent: u16,
    /// Whether its whole text is bold.
    pub bold: bool,
    /// Its text.
    pub passage: Passage,
}

/// A figure of a report, with the checks it stands in.
#[derive(Clone, Debug, Default)]
pub struct BodyFigure {
    /// How it was read, and where it stands.
    pub row: FigureRow,
    /// Which ends of its range are left out: "", "low", "high", "low high".
    pub open: &'static str,
    /// Where it stands in its passage's text, in bytes.
    pub span: Range<usize>,
    /// Where it stands in the file's decoded text, in bytes; `None` in containers.
    pub source: Option<Range<usize>>,
    /// How it is covered.
    pub state: FigureState,
    /// The checks it stands in, as indices into [`Body::checks`].
    pub checks: Vec<usize>,
}

/// A check at its figures, whether it holds or not.
#[derive(Clone, Debug, Default)]
pub struct BodyCheck {
    /// The rule's id.
    pub rule: String,
    /// The verdict.
    pub verdict: Verdict,
    /// What it counts as; `None`: it passes.
    pub severity: Option<Severity>,
    /// What is said of it, in a sentence.
    pub message: String,
    /// The check as written; `None` for what is said of figures without one.
    pub check: Option<String>,
    /// The check with the figures in place of the names: `96.5% = 510 / 528`.
    pub arithmetic: Option<String>,
    /// What its stated figure comes to, where it is one side of an equality.
    pub computed: Option<Computed>,
    /// The figure that the check is about, as an index into [`Body::figures`]: the one that alone is a side of the comparison.
    pub stated: Option<usize>,
    /// Its figures in the report, in the order of its names.
    pub parts: Vec<BodyPart>,
    /// Its figures in other files, and values that are printed nowhere, such as how many items a list has.
    pub elsewhere: Vec<FigureView>,
    /// Its finding, as an index into [`super::Report::findings`]; `None`: it has none, or that was suppressed.
    pub finding: Option<usize>,
    /// Whether its finding was suppressed.
    pub suppressed: bool,
}

/// A figure as a check uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyPart {
    /// The rule's name for it; in a list with its number: `parts[2]`.
    pub name: String,
    /// The same in the report's language, to be shown.
    pub role: String,
    /// The figure, as an index into [`Body::figures`].
    pub figure: usize,
}

/// How a figure is covered; one in several checks has the greatest of their states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureState {
    /// In no check.
    #[default]
    Unchecked,
    /// In an inequality that holds.
    Bound,
    /// In equalities that hold only for other values that print so.
    WithinRounding,
    /// In an equality that holds.
    Holds,
    /// In a check that fails.
    Failing,
}

impl fmt::Display for FigureState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FigureState::Unchecked => "unchecked",
            FigureState::Bound => "bound",
            FigureState::WithinRounding => "within-rounding",
            FigureState::Holds => "holds",
            FigureState::Failing => "failing",
        })
    }
}

impl BodyBlock {
    /// The passages in it: one, or a table's cells.
    pub fn passages(&self) -> Box<dyn Iterator<Item = &Passage> + '_> {
        match self {
            Self::Paragraph(one) | Self::Caption(one) | Self::Heading(_, one) | Self::Code(one) => {
                Box::new(std::iter::once(one))
            }
            Self::Table(table) => Box::new(table.cells.iter().map(|cell| &cell.passage)),
        }
    }
}

impl Body {
    /// The figure at a byte of the file's decoded text: of those that cover it the smallest, one that is checked before others.
    pub fn figure_at(&self, offset: usize) -> Option<&BodyFigure> {
        let covers = |source: &Range<usize>| source.start <= offset && offset < source.end;
        let here = self.figures.iter().filter(|figure| figure.source.as_ref().is_some_and(covers));
        here.min_by_key(|figure| (figure.checks.is_empty(), figure.span.len()))
    }
}
