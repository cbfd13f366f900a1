//! Markdown: the text without its markup, block by block, every character with its place in the source.

mod parts;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Tag, TagEnd};

use crate::compact::List;
use crate::document::{Block, BlockKind, Cell, Comment, Document, Format, Message, Problem, Source, Table};
use crate::span::Span;

use super::builder::Builder;
use super::captions;
use super::inline_html::{self, Piece};
use super::raised::{self, Raised};
use super::tag::Tag as Element;

/// Reads CommonMark with GFM tables, strikethrough, footnotes and front matter.
pub(super) fn read(source: Source) -> Document {
    let mut reader = Reader::new(&source.text);
    parts::parse(&source.text, options(), |event, range| reader.event(event, range));
    reader.flush();
    reader.tell_beyond_header();
    let Reader { builder, blocks, tables, comments, problems, .. } = reader;
    let (text, map) = builder.finish();
    let own_text = Some(text);
    let mut document =
        Document { own_text, map, blocks, tables, comments, problems, ..Document::new(source, Format::Markdown) };
    captions::name_tables(&mut document);
    document
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

struct Reader<'a> {
    builder: Builder<'a>,
    blocks: List<Block>,
    tables: Vec<Table>,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
    /// Where the open block's text starts.
    block_start: usize,
    /// What the text being read is.
    kind: BlockKind,
    /// How many enclosing elements there are whose text is left out (images, front matter).
    hidden: u32,
    /// Whether the text is superscript.
    raised: bool,
    /// The range of the HTML block being read.
    html: Option<Range<usize>>,
    /// The next cell's row and column.
    row: u32,
    column: u32,
    /// Where the last cell ends in the source.
    cell_end: usize,
    /// The first cells that the header of their table has no columns for, and how many rows have such.
    beyond: Option<(Span, u32)>,
    /// The report that stands in a fence.
    fenced: Fenced,
}

/// A report that stands in a fence, as one that was copied from a chat does.
#[derive(PartialEq)]
enum Fenced {
    /// None was met so far.
    None,
    /// It is gone over: its lines so far.
    Open(Range<usize>),
    /// It is read, or was.
    Read,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            builder: Builder::new(source),
            blocks: List::default(),
            tables: Vec::new(),
            comments: Vec::new(),
            problems: Vec::new(),
            block_start: 0,
            kind: BlockKind::Paragraph,
            hidden: 0,
            raised: false,
            html: None,
            row: 0,
            column: 0,
            cell_end: 0,
            beyond: None,
            fenced: Fenced::None,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        if let Fenced::Open(lines) = &mut self.fenced {
            match event {
                Event::End(_) => self.read_fenced(),
                _ if lines.start == lines.end => *lines = range,
                _ => lines.end = range.end,
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(_) => {
                let start = self.html.as_ref().map_or(range.start, |html| html.start);
                self.html = Some(start..range.end);
            }
            _ if self.hidden > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.builder.align(&text, inside_ticks(self.builder.source(), range)),
            Event::InlineHtml(_) => self.html(range),
            Event::SoftBreak | Event::HardBreak => self.builder.replace("\n", range),
            // A footnote's mark is no figure; rules and task boxes hold no text. Mathematics is not switched on.
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => {}
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Strikethrough | Tag::Emphasis => self.mark(range.start..range.start + 1, &range),
            Tag::Strong | Tag::Link { .. } | Tag::Superscript | Tag::Subscript => {}
            Tag::Image { .. } => self.hidden += 1,
            Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::Table(_) => {
                self.flush();
                self.tables.push(Table { declared_header_rows: 1, ..Table::default() });
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => self.begin(BlockKind::Cell { table: self.tables.len() as u32 - 1, cell: 0 }),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(*level as u8)),
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
                self.begin(BlockKind::Code);
                if self.fenced == Fenced::None && self.is_report(language, &range) {
                    self.fenced = Fenced::Open(0..0);
                }
            }
            _ => self.begin(BlockKind::Paragraph),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strikethrough | TagEnd::Emphasis => self.mark(range.end - 1..range.end, &range),
            TagEnd::Strong | TagEnd::Link | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Image | TagEnd::MetadataBlock(_) => self.hidden -= 1,
            TagEnd::TableCell => self.cell(range),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html(html);
                }
                self.begin(BlockKind::Paragraph);
            }
            _ => self.begin(BlockKind::Paragraph),
        }
    }

    /// Whether a fence holds the report: it says that it is Markdown, it stands in no list or quotation, and there is less outside. In
    /// shorter ones the text shows what Markdown looks like.
    fn is_report(&self, language: &str, range: &Range<usize>) -> bool {
        let source = self.builder.source();
        let line = source[..range.start].rfind('\n').map_or(0, |end| end + 1);
        let says_so = ["markdown", "md", "gfm"].iter().any(|name| language.trim().eq_ignore_ascii_case(name));
        says_so && source[line..range.start].trim().is_empty() && 2 * range.len() > source.len()
    }

    fn read_fenced(&mut self) {
        let Fenced::Open(lines) = std::mem::replace(&mut self.fenced, Fenced::Read) else { return };
        self.begin(BlockKind::Paragraph);
        let text = &self.builder.source()[lines.clone()];
        parts::parse(text, options(), |event, range| {
            self.event(event, lines.start + range.start..lines.start + range.end);
        });
        self.begin(BlockKind::Paragraph);
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let source = &self.builder.source()[range.clone()];
        if self.raised {
            return self.superscript(text, range);
        }
        if source.starts_with('&') && source != text {
            return self.builder.replace(text, range);
        }
        self.builder.align(text, range);
        // Indented text is code to CommonMark; in reports it is text that somebody indented, a line a block.
        if text.ends_with('\n') && self.kind == BlockKind::Paragraph {
            self.flush();
        }
    }

    /// Superscript is no part of the digits before it: marks of notes are left out, exponents keep raised characters.
    fn superscript(&mut self, text: &str, range: Range<usize>) {
        match raised::raised(&self.builder.text()[self.block_start..], text) {
            Raised::Exponent => {
                let raised: String = text.chars().map(raised::superscript).collect();
                self.builder.replace(&raised, range);
            }
            Raised::Text => self.builder.align(text, range),
            Raised::Mark => {}
        }
    }

    /// A single `~` or `*` between two digits stays in the text: 3~5 and 2*3 must not become one number.
    fn mark(&mut self, mark: Range<usize>, element: &Range<usize>) {
        let source = self.builder.source();
        let doubled = source[element.clone()].starts_with("~~");
        let digit = |text: Option<char>| text.is_some_and(char::is_numeric);
        let between = digit(source[..mark.start].chars().next_back()) && digit(source[mark.end..].chars().next());
        let tilde = source[mark.clone()] == *"~" && !doubled;
        if self.hidden == 0 && (tilde || between && !doubled) {
            self.builder.copy(mark);
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let source = self.builder.source();
        inline_html::pieces(&source[range.clone()], range.start, |piece| match piece {
            Piece::Text(range) if self.raised => self.superscript(&source[range.clone()], range),
            Piece::Text(range) => self.builder.copy(range),
            Piece::Reference(reference, range) => {
                self.builder.replace(&reference.characters().collect::<String>(), range);
            }
            Piece::Comment(range) => self.comment(range),
            Piece::Start(Element::Break, range) => self.builder.replace(" ", range),
            Piece::Start(element, _) | Piece::End(element) if element.is_block() => {
                if !matches!(self.kind, BlockKind::Cell { .. }) {
                    self.flush();
                }
            }
            Piece::Start(Element::Raised, _) => self.raised = true,
            Piece::End(Element::Raised) => self.raised = false,
            Piece::Start(..) | Piece::End(_) => {}
        });
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = self.builder.source()[range.clone()].trim_start_matches("<!--").trim_end_matches("-->").trim();
        if Comment::is_meant(text) {
            let source_span = Span::new(range.start, range.end);
            self.comments.push(Comment { text: text.to_string(), source_span, block: self.blocks.len() });
        }
    }

    /// Ends the open block; text from here on is of the kind said.
    fn begin(&mut self, kind: BlockKind) {
        self.flush();
        self.kind = kind;
    }

    /// Ends the open block, and keeps it if it holds text.
    fn flush(&mut self) {
        let span = self.builder.trimmed_from(self.block_start);
        if !span.is_empty() {
            self.blocks.push(Block { span, kind: self.kind });
        }
        if self.builder.len() > self.block_start {
            self.builder.separate();
        }
        self.raised = false;
        self.block_start = self.builder.len();
    }

    /// Ends a cell: unlike other blocks it counts when it is empty, too.
    fn cell(&mut self, range: Range<usize>) {
        let Some(table) = self.tables.last_mut() else { return };
        let mut span = self.builder.trimmed_from(self.block_start);
        if let BlockKind::Cell { cell, .. } = &mut self.kind {
            *cell = table.cells.len() as u32;
        }
        if span.is_empty() {
            // An empty cell has a place of its own: the blank after its bar.
            span = Span::new(self.builder.len(), self.builder.len());
            self.builder.separate_at(range.start);
            self.block_start = self.builder.len();
        }
        self.cell_end = range.end;
        table.cells.push(Cell {
            span,
            row: self.row,
            column: self.column,
            row_span: 1,
            column_span: 1,
            ..Cell::default()
        });
        self.column += 1;
        self.begin(BlockKind::Paragraph);
    }

    fn end_row(&mut self, range: Range<usize>) {
        self.read_beyond_header(self.cell_end.min(range.end)..range.end);
        self.row += 1;
        let Some(table) = self.tables.last_mut() else { return };
        table.rows = self.row;
        table.columns = table.columns.max(self.column);
    }

    fn tell_beyond_header(&mut self) {
        let Some((first, count)) = self.beyond.take() else { return };
        let (english, chinese) = match count {
            1 => ("this row has".to_string(), "此行".to_string()),
            _ => (format!("this row and {} others have", count - 1), format!("此行及另外 {} 行", count - 1)),
        };
        self.problems.push(Problem {
            message: Message::new(
                format!(
                    "{english} more cells than their table's header: they are read, but left out where Markdown is shown"
                ),
                format!("{chinese}的单元格多于表头：多出的已读取，但显示 Markdown 时会略去"),
            ),
            source_span: Some(first),
            place: None,
            unchecked: false,
        });
    }

    /// Reads the cells of a row that the table's header has no columns for: what shows Markdown leaves them out, who wrote them did not.
    fn read_beyond_header(&mut self, rest: Range<usize>) {
        let source = self.builder.source();
        if !source[rest.clone()].contains(|c: char| c != '|' && !c.is_whitespace()) {
            return;
        }
        let (_, count) = self.beyond.get_or_insert((Span::new(rest.start, rest.end), 0));
        *count += 1;
        if source[rest.clone()].contains(parts::MARKS) {
            return parts::parse_row(source, options(), rest, |event, range| self.event(event, range));
        }
        let mut start = rest.start;
        let cells = source[rest].trim_end();
        let cells = cells.strip_prefix('|').unwrap_or(cells);
        for cell in cells.strip_suffix('|').unwrap_or(cells).split('|') {
            start += 1;
            self.begin(BlockKind::Cell { table: self.tables.len() as u32 - 1, cell: 0 });
            self.builder.copy(start..start + cell.len());
            self.cell(start..start + cell.len());
            start += cell.len();
        }
    }
}

/// What stands between the backticks of a code span.
fn inside_ticks(source: &str, range: Range<usize>) -> Range<usize> {
    let ticks = source[range.clone()].bytes().take_while(|&b| b == b'`').count();
    range.start + ticks..(range.end - ticks).max(range.start + ticks)
}
