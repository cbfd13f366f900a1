//! A report as it was read: its text in reading order, the blocks and tables in it, and where everything stands on disk.

mod message;
mod place;
mod short;

pub use message::Message;
pub use place::{Part, Place, Places};

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::compact::List;
use crate::span::{LineColumn, LineIndex, OffsetMap, Span};
use crate::text;

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
    /// The text as it is printed, where it is read in other characters: as long, byte for byte. `None`: it is read as it is printed.
    pub printed_text: Option<String>,
    /// The blocks in reading order; they do not overlap.
    pub blocks: List<Block>,
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
    pub remarks: Vec<Message>,
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
    pub cells: List<Cell>,
    /// Where lines with figures were left out.
    pub gaps: Gaps,
}

/// Where lines of a table were left out, because they are hidden or could not be read, or may stand in another table, on the page
/// before: what is there need not add up.
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
    pub message: Message,
    /// Where it stands in the *source's* text, if somewhere.
    pub source_span: Option<Span>,
    /// Where it stands in a container, if somewhere.
    pub place: Option<Place>,
    /// Whether it means that something was not checked (exit status 2); otherwise it is only told.
    pub unchecked: bool,
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
            printed_text: None,
            blocks: List::default(),
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

    /// The text of a span as it is printed: for people, where [`Document::slice`] is for reading.
    pub fn printed(&self, span: Span) -> &str {
        &self.printed_text.as_deref().unwrap_or_else(|| self.text())[span.range()]
    }

    /// Leaves nothing to be read, and tells why.
    pub fn refuse(&mut self, why: Message) {
        let problem = Problem { message: why, source_span: None, place: None, unchecked: true };
        (self.blocks, self.tables) = (List::default(), Vec::new());
        self.ordinals.clear();
        self.comments.clear();
        self.problems.push(problem);
    }

    /// A text that takes the place of a part of a span, in the characters that the span is printed in.
    pub fn in_print(&self, text: String, span: Span) -> String {
        let pairs = self.slice(span).chars().zip(self.printed(span).chars());
        let pairs: Vec<(char, char)> = pairs.filter(|(read, printed)| read != printed).collect();
        let printed = |c: char| pairs.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
        if pairs.is_empty() { text } else { text.chars().map(printed).collect() }
    }

    /// Has the text read in simplified characters where it is printed in traditional ones.
    pub fn simplify(&mut self) {
        let Cow::Owned(simplified) = text::simplified(self.text()) else { return };
        self.printed_text = Some(self.own_text.replace(simplified).unwrap_or_else(|| self.source.text.clone()));
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
            let place = places.at(span.start).map(|place| place.to_string());
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
