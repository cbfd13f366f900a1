//! A report as it was read: its text in reading order, the blocks and tables in it, and where everything stands on disk.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::span::{LineColumn, LineIndex, OffsetMap, Span};

/// The bytes of a text file, decoded. For containers (docx, xlsx, pdf) the text is empty.
#[derive(Debug)]
pub struct Source {
    /// The path as it was given; `<stdin>` or the `--stdin-name` for standard input.
    pub path: PathBuf,
    /// The decoded text, a byte order mark left out.
    pub text: String,
    /// From offsets in `text` to byte offsets in the file.
    pub map: OffsetMap,
    /// The name of the encoding the file was decoded from (WHATWG names: UTF-8, GB18030, UTF-16LE …).
    pub encoding: &'static str,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// A source from decoded text and its map to the file.
    pub fn new(path: &Path, text: String, map: OffsetMap, encoding: &'static str) -> Self {
        Self { path: path.to_path_buf(), text, map, encoding, lines: OnceLock::new() }
    }

    /// The line and column of an offset in the decoded text.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.lines.get_or_init(|| LineIndex::new(&self.text)).line_column(&self.text, offset)
    }
}

/// What a report was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown (CommonMark with GFM tables).
    Markdown,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// HTML, XHTML and inline XBRL.
    Html,
    /// A word processor's document (.docx).
    Word,
    /// A spreadsheet (.xlsx, .xlsm, .xls, .xlsb, .ods).
    Workbook,
    /// PDF.
    Pdf,
}

/// A report as it was read. All spans in it are byte offsets into [`Document::text`].
#[derive(Debug)]
pub struct Document {
    /// The file behind it.
    pub source: Source,
    /// Its format.
    pub format: Format,
    /// The text in reading order where it differs from the source's (markup left out); `None`: it is the source's.
    pub own_text: Option<String>,
    /// From offsets in the document's text to offsets in the source's text. Identity where `own_text` is `None`.
    pub map: OffsetMap,
    /// The blocks in reading order; they do not overlap.
    pub blocks: Vec<Block>,
    /// The tables in reading order.
    pub tables: Vec<Table>,
    /// Parts of the text that only number something and that the format itself marks as such, in order: the marks of
    /// lists, numbers of pages. Figures in them are ordinals, and none reaches out of them.
    pub ordinals: Vec<Span>,
    /// `<!-- figlint: off … -->` comments, in reading order.
    pub comments: Vec<Comment>,
    /// What could not be read, each with its place.
    pub problems: Vec<Problem>,
    /// The report's main language.
    pub language: Language,
    /// In containers, whose text has no place on disk: where each part of the text stands. `None` in text formats.
    pub places: Option<Places>,
    /// What is worth telling only to those who ask (`-v`): hidden sheets that were left out, and the like.
    pub remarks: Vec<String>,
    /// Whether numbers in cells are printed with a comma before their decimals and points between thousands.
    pub decimal_comma: bool,
}

/// The language of a report or of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese.
    Chinese,
}

/// A run of text that belongs together: figures and patterns never reach from one block into another.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Its text. May hold line breaks, where a paragraph goes over several lines.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph, also one in a list or a quotation.
    Paragraph,
    /// A heading of level 1 to 6; it starts a section that ends at the next heading of its level or a higher one.
    Heading(u8),
    /// A cell: an index into [`Document::tables`] and one into its cells.
    Cell {
        /// The table.
        table: u32,
        /// The cell.
        cell: u32,
    },
    /// Text whose figures are not read (code).
    Code,
}

/// A table: cells on a grid.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The caption, or the paragraph directly above that is only a caption (or a unit line such as 单位:万元).
    pub captions: Vec<Span>,
    /// The nearest heading above.
    pub heading: Option<Span>,
    /// How many rows the grid has.
    pub rows: u32,
    /// How many columns the grid has.
    pub columns: u32,
    /// How many leading rows the format itself marks as header rows (1 in GFM tables, 0 in CSV).
    pub declared_header_rows: u32,
    /// The cells in reading order.
    pub cells: Vec<Cell>,
    /// Where lines with figures were left out.
    pub gaps: Gaps,
}

/// Where lines of a table were left out, because they are hidden or could not be read: what is there need not add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// The rows before which some were, in order; the number of rows stands for the end of the table.
    pub rows: Vec<u32>,
    /// The same for columns.
    pub columns: Vec<u32>,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    /// Its text, trimmed; may be empty.
    pub span: Span,
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// How many rows it covers.
    pub row_span: u32,
    /// How many columns it covers.
    pub column_span: u32,
    /// How far its text is indented, in steps of about one character (a format's own indent, padding, leading blanks).
    pub indent: u16,
    /// Whether its whole text is bold.
    pub bold: bool,
}

/// A comment that switches rules off for the block after it.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its text between `<!--` and `-->`, trimmed.
    pub text: String,
    /// Where it stands in the *source's* text.
    pub source_span: Span,
    /// The index of the block after it.
    pub block: usize,
}

impl Comment {
    /// Whether a comment's text is meant for figlint, rightly written or not; whoever looks at it tells what is wrong with it.
    pub fn is_meant(text: &str) -> bool {
        let Some(rest) = text.trim_start().strip_prefix("figlint") else { return false };
        let said = rest.trim_start_matches([' ', '-', '_']);
        said.starts_with([':', '：'])
            || ["off", "ignore", "disable", "suppress"].iter().any(|word| said.starts_with(word))
    }
}

/// Something that could not be read, matched or decided, at its place.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What it is, and what to do about it.
    pub message: String,
    /// Where it stands in the *source's* text, if somewhere.
    pub source_span: Option<Span>,
    /// Where it stands in a container, if somewhere.
    pub place: Option<Place>,
    /// Whether it means that something was not checked (exit status 2); otherwise it is only told.
    pub unchecked: bool,
}

/// Where parts of a container's text stand.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Each part's first byte in the document's text, in order; it reaches to the next one's.
    starts: Vec<(u32, Place)>,
}

/// A place in a container. All numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cell of a sheet, by its name in A1 notation: `Sheet1!B7`.
    Sheet {
        /// The sheet's name.
        sheet: Arc<str>,
        /// The row.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A line of a page: `page 3, line 12`.
    Page {
        /// The page.
        page: u32,
        /// The line on it; 0: the page as a whole.
        line: u32,
    },
    /// A part of a word processor's document: `paragraph 12 (Revenue)`, `table 2, row 4, column 3 (Revenue)`.
    Part {
        /// What it is.
        part: Part,
        /// The nearest heading above.
        heading: Option<Arc<str>>,
    },
}

/// A part of a word processor's document. All numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph of the body.
    Paragraph(u32),
    /// A cell of a table: table, row, column.
    Cell(u32, u32, u32),
    /// A footnote.
    Footnote(u32),
    /// An endnote.
    Endnote(u32),
    /// A text box.
    TextBox(u32),
    /// A page header.
    Header(u32),
    /// A page footer.
    Footer(u32),
}

impl Places {
    /// Says where the text from offset `start` on stands. Starts never go backwards.
    pub fn push(&mut self, start: usize, place: Place) {
        let start = start as u32;
        match self.starts.last_mut() {
            Some((last, old)) if *last == start => *old = place,
            Some((_, old)) if *old == place => {}
            _ => self.starts.push((start, place)),
        }
    }

    /// Where an offset of the text stands.
    pub fn at(&self, offset: u32) -> Option<&Place> {
        let after = self.starts.partition_point(|(start, _)| *start <= offset);
        after.checked_sub(1).map(|at| &self.starts[at].1)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sheet { sheet, row, column } => write!(f, "{sheet}!{}{row}", column_letters(*column)),
            Place::Page { page, line: 0 } => write!(f, "page {page}"),
            Place::Page { page, line } => write!(f, "page {page}, line {line}"),
            Place::Part { part, heading: Some(heading) } => write!(f, "{part} ({heading})"),
            Place::Part { part, heading: None } => write!(f, "{part}"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Paragraph(number) => write!(f, "paragraph {number}"),
            Part::Cell(table, row, column) => write!(f, "table {table}, row {row}, column {column}"),
            Part::Footnote(number) => write!(f, "footnote {number}"),
            Part::Endnote(number) => write!(f, "endnote {number}"),
            Part::TextBox(number) => write!(f, "text box {number}"),
            Part::Header(number) => write!(f, "header {number}"),
            Part::Footer(number) => write!(f, "footer {number}"),
        }
    }
}

/// A column's letters in A1 notation: 1 is A, 28 is AB.
fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

/// Where a thing stands, for people and machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Byte offsets in the file as it is on disk; `None` in containers.
    pub file: Option<Span>,
    /// Line and column; `None` in containers.
    pub line_column: Option<LineColumn>,
    /// The place in containers, or the cell in a table: `Sheet1!B7`, `page 3, line 12`.
    pub place: Option<String>,
}

impl Document {
    /// A text format's report before anything is read of it: it has the source's text and no blocks.
    pub fn new(source: Source, format: Format) -> Self {
        Self {
            source,
            format,
            own_text: None,
            map: OffsetMap::identity(),
            blocks: Vec::new(),
            tables: Vec::new(),
            ordinals: Vec::new(),
            comments: Vec::new(),
            problems: Vec::new(),
            language: Language::default(),
            places: None,
            remarks: Vec::new(),
            decimal_comma: false,
        }
    }

    /// A report read out of a container: its text, and where the parts of it stand.
    pub fn in_container(path: &Path, format: Format, text: String, places: Places) -> Self {
        let source = Source::new(path, String::new(), OffsetMap::identity(), "UTF-8");
        Self { own_text: Some(text), places: Some(places), ..Self::new(source, format) }
    }

    /// The text in reading order.
    pub fn text(&self) -> &str {
        self.own_text.as_deref().unwrap_or(&self.source.text)
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text()[span.range()]
    }

    /// Where a span of the text stands in the source's text.
    pub fn source_span(&self, span: Span) -> Span {
        self.map.to_origin(span)
    }

    /// Whether tags stand between the characters of a span on disk.
    pub fn holds_markup(&self, span: Span) -> bool {
        self.format == Format::Html && self.source.text[self.source_span(span).range()].contains('<')
    }

    /// Where a span of the text stands.
    pub fn origin(&self, span: Span) -> Origin {
        if let Some(places) = &self.places {
            let place = places.at(span.start).map(Place::to_string);
            return Origin { file: None, line_column: None, place };
        }
        let source = self.source_span(span);
        Origin {
            file: Some(self.source.map.to_origin(source)),
            line_column: Some(self.source.line_column(source.start)),
            place: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered() {
        let letters = [1, 26, 27, 28, 52, 53, 702, 703, 16384].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_place_reaches_to_the_next() {
        let mut places = Places::default();
        assert_eq!(places.at(0), None);
        for (start, line) in [(0, 1), (5, 2), (5, 3), (9, 3), (12, 4)] {
            places.push(start, Place::Page { page: 2, line });
        }
        let told = [0, 4, 5, 11, 12, 99].map(|at| places.at(at).unwrap().to_string());
        assert_eq!(told.map(|place| place.replace("page 2, line ", "")), ["1", "1", "3", "3", "4", "4"]);
    }
}
