//! The first pass: tags resolved as browsers resolve them, text collected into paragraphs, cells into tables.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as TokenSpan, Tokenizer};

use super::page::{Item, Page, Paragraph, ParagraphKind, Part, RawCell, RawRow, RawTable, Run, RunKind};
use super::sheet::{self, Names, StyleSheet, hash};
use super::style::Style;
use super::text;
use crate::document::Comment;
use crate::read::raised::{self, Raised};
use crate::read::tag::Tag;
use crate::span::Span;

/// Reads the tags of a page. In XHTML an element may end in its own tag (`<div/>`).
pub(super) fn parse(source: &str, xml: bool) -> Page {
    let mut parser = Parser { source, xml, ..Parser::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: TokenSpan<usize>| -> Option<Infallible> {
        parser.event(event, span);
        None
    });
    // In XHTML scripts and titles are tokenized as other elements, or `<script/>` would swallow the rest.
    emitter.naively_switch_states(!xml);
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    parser.finish()
}

/// How deep tables are kept apart.
const DEEPEST_TABLE: usize = 32;

/// How far outward the element is sought that an end tag ends.
const REACH: usize = 256;

/// What the open elements say of the text in them.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    hidden: bool,
    /// It is hidden because it is no text of the page at all (scripts).
    foreign: bool,
    /// The part of a table that is hidden.
    hidden_part: Option<HiddenPart>,
    bold: bool,
    raised: bool,
    lowered: bool,
    preformatted: bool,
    code: bool,
    heading: Option<u8>,
    indent: i32,
}

/// What is hidden of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HiddenPart {
    Row,
    Cell,
}

/// An element whose end has not come.
struct Open {
    tag: Tag,
    /// A hash of its name.
    name: u64,
    /// Whether it has a place in a table that is kept.
    live: bool,
    /// It is a block.
    block: bool,
    /// What held before it.
    before: State,
}

/// A start tag while its attributes are read.
#[derive(Default)]
struct Start {
    name: u64,
    tag: Option<Tag>,
    attribute: Attribute,
    style: Style,
    row_span: Option<u16>,
    column_span: Option<u16>,
    layout: bool,
    /// What style sheets may know it by; nothing while there are none.
    names: Names,
    /// Its style sheet is not for screens.
    not_for_screens: bool,
}

#[derive(Clone, Copy, Default)]
enum Attribute {
    #[default]
    Other,
    Style,
    RowSpan,
    ColumnSpan,
    Role,
    Class,
    Id,
    Media,
}

/// A table whose end has not come.
#[derive(Default)]
struct OpenTable {
    table: RawTable,
    /// Whether the row group is a head or a foot.
    head: bool,
    foot: bool,
    /// The row and the cell that are open.
    row: Option<OpenRow>,
    cell: Option<RawCell>,
    caption: bool,
}

/// A row whose end has not come.
#[derive(Clone, Copy)]
struct OpenRow {
    /// The number of its first cell in the table.
    first_cell: usize,
    head: bool,
    foot: bool,
}

#[derive(Default)]
struct Parser<'a> {
    source: &'a str,
    xml: bool,
    page: Page,
    sheet: StyleSheet,
    stack: Vec<Open>,
    /// Where in the stack tables are open.
    table_places: Vec<usize>,
    tables: Vec<OpenTable>,
    /// What is collected for the open cells and captions, the outermost first, and where in it what is collected for each starts.
    collected: Vec<Item>,
    flows: Vec<usize>,
    start: Start,
    state: State,
    /// The paragraph being read: its runs, whether all of it is bold so far, its indent (`None`: it has no text yet), whether it
    /// is code.
    runs: Vec<Run>,
    bold: bool,
    indent: Option<i32>,
    code: bool,
    preformatted: bool,
}

impl Parser<'_> {
    fn event(&mut self, event: CallbackEvent, span: TokenSpan<usize>) {
        match event {
            CallbackEvent::String { .. } => self.text(span.start, span.end),
            CallbackEvent::OpenStartTag { name } => {
                self.start = Start { name: hash(name), tag: Some(Tag::of(name)), ..Start::default() };
            }
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.start.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing, span.end),
            CallbackEvent::EndTag { name } => self.end_tag(Tag::of(name), hash(name)),
            CallbackEvent::Comment { .. } => self.comment(span.start, span.end),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.start.attribute = match name {
            b"style" => Attribute::Style,
            b"colspan" => Attribute::ColumnSpan,
            b"rowspan" => Attribute::RowSpan,
            b"role" => Attribute::Role,
            b"class" if !self.sheet.is_empty() => Attribute::Class,
            b"id" if !self.sheet.is_empty() => Attribute::Id,
            b"media" => Attribute::Media,
            b"hidden" => {
                self.start.style.hidden = true;
                Attribute::Other
            }
            _ => Attribute::Other,
        };
    }

    fn start_tag(&mut self, self_closing: bool, end: usize) {
        let mut start = std::mem::take(&mut self.start);
        let Some(tag) = start.tag else { return };
        if !self.sheet.is_empty() && !start.style.displayed {
            start.names.tag = start.name;
            start.style.hidden |= self.sheet.hides(&start.names) == Some(true);
        }
        self.end_implied(tag);
        match tag {
            Tag::Break => return self.line_break(end),
            Tag::Void => return,
            Tag::Rule => return self.flush(),
            _ => {}
        }
        let block = start.style.block.unwrap_or(tag.is_block()) || matches!(tag, Tag::Table | Tag::Cell { .. });
        if block {
            self.flush();
        }
        let live = !self.state.hidden && !start.style.hidden && self.open_live(tag, &start);
        self.stack.push(Open { tag, name: start.name, live, block, before: self.state });
        if tag == Tag::Table {
            self.table_places.push(self.stack.len() - 1);
        }
        self.state = self.state.inside(tag, &start.style);
        if self_closing && self.xml {
            self.pop_to(self.stack.len() - 1);
        }
    }

    /// Opens what has a place in a table. Gives whether it does.
    fn open_live(&mut self, tag: Tag, start: &Start) -> bool {
        match tag {
            Tag::Table if self.tables.len() < DEEPEST_TABLE => {
                let table = RawTable { layout: start.layout, ..RawTable::default() };
                self.tables.push(OpenTable { table, ..OpenTable::default() });
            }
            Tag::Table => {
                self.page.too_deep = true;
                return false;
            }
            Tag::RowGroup { head, foot } => {
                self.tables.last_mut().into_iter().for_each(|table| (table.head, table.foot) = (head, foot));
            }
            // Its text is a style sheet, not a part of the table.
            Tag::Style => return !start.not_for_screens,
            Tag::Row => self.open_row(),
            Tag::Cell { header } => self.open_cell(header, start.row_span, start.column_span),
            Tag::Caption => self.open_caption(),
            _ => return false,
        }
        true
    }

    fn open_row(&mut self) {
        self.close_row();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(table.new_row());
        }
    }

    fn open_cell(&mut self, header: bool, row_span: Option<u16>, column_span: Option<u16>) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        let row = *table.row.get_or_insert(table.new_row());
        let (row_span, column_span) = (row_span.unwrap_or(1), column_span.unwrap_or(1));
        table.cell = Some(RawCell { items: Part::default(), row_span, column_span, header: header || row.head });
        self.flows.push(self.collected.len());
    }

    fn open_caption(&mut self) {
        self.close_row();
        match self.tables.last_mut() {
            Some(table) if table.table.rows.is_empty() => {
                table.caption = true;
                self.flows.push(self.collected.len());
            }
            // Below rows it is read where it stands.
            _ => self.open_cell(false, None, None),
        }
    }

    /// Ends the open cell or caption of the innermost table.
    fn close_cell(&mut self) {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return };
        if let Some(cell) = table.cell.take() {
            let first = self.page.items.len();
            self.page.items.extend(self.collected.drain(self.flows.pop().unwrap_or_default()..));
            let items = Part::new(first..self.page.items.len());
            table.table.cells.push(RawCell { items, ..cell });
        } else if std::mem::take(&mut table.caption) {
            table.table.captions.extend(self.collected.drain(self.flows.pop().unwrap_or_default()..));
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        if let Some(open) = self.tables.last_mut()
            && let Some(row) = open.row.take()
        {
            let cells = Part::new(row.first_cell..open.table.cells.len());
            open.table.rows.push(RawRow { cells, foot: row.foot });
        }
    }

    fn close_table(&mut self) {
        self.close_row();
        if let Some(mut open) = self.tables.pop() {
            open.table.put_foot_last();
            self.page.tables.push(open.table);
            self.collect(Item::Table(self.page.tables.len() as u32 - 1));
        }
    }

    fn collect(&mut self, item: Item) {
        let flow = if self.flows.is_empty() { &mut self.page.flow } else { &mut self.collected };
        flow.push(item);
    }

    /// Ends what a start tag ends without saying so.
    fn end_implied(&mut self, tag: Tag) {
        match tag {
            Tag::Row | Tag::RowGroup { .. } | Tag::Caption => {
                let keeps_group = tag == Tag::Row;
                if let Some(&table) = self.table_places.last() {
                    let in_group =
                        matches!(self.stack.get(table + 1), Some(open) if matches!(open.tag, Tag::RowGroup { .. }));
                    self.pop_to(table + 1 + usize::from(keeps_group && in_group));
                }
            }
            Tag::Cell { .. } => {
                if let Some(&table) = self.table_places.last() {
                    let row = (table + 1..self.stack.len().min(table + 3)).find(|&at| self.stack[at].tag == Tag::Row);
                    let group =
                        matches!(self.stack.get(table + 1), Some(open) if matches!(open.tag, Tag::RowGroup { .. }));
                    self.pop_to(row.map_or(table + 1 + usize::from(group), |row| row + 1));
                }
            }
            Tag::Item => self.end_within(|open| open.tag == Tag::Item, |open| open.tag == Tag::List),
            _ if tag.is_block() => self.end_within(|open| open.tag == Tag::Paragraph, |open| open.tag == Tag::List),
            _ => {}
        }
    }

    /// Ends the innermost element that is sought, if it stands within the nearest `limit`, table or cell.
    fn end_within(&mut self, sought: impl Fn(&Open) -> bool, limit: impl Fn(&Open) -> bool) {
        let near = self.stack.iter().enumerate().rev().take(REACH);
        let mut inside = near.take_while(|(_, open)| !open.tag.is_barrier() && !limit(open));
        if let Some((at, _)) = inside.find(|(_, open)| sought(open)) {
            self.pop_to(at);
        }
    }

    fn end_tag(&mut self, tag: Tag, name: u64) {
        let table = self.table_places.last().copied();
        match (tag, table) {
            (Tag::Table, Some(table)) => return self.pop_to(table),
            (Tag::Row | Tag::RowGroup { .. } | Tag::Cell { .. } | Tag::Caption, Some(table)) => {
                let near = (table + 1..self.stack.len()).take(3);
                if let Some(at) = { near }.find(|&at| self.stack[at].name == name) {
                    self.pop_to(at);
                }
                return;
            }
            (Tag::Break | Tag::Paragraph, _) => self.flush(),
            _ => {}
        }
        self.end_within(|open| open.name == name, |_| false);
    }

    /// Ends elements until so many are open.
    fn pop_to(&mut self, length: usize) {
        while self.stack.len() > length {
            let Some(open) = self.stack.pop() else { return };
            if open.block {
                self.flush();
            }
            match open.tag {
                Tag::Cell { .. } | Tag::Caption if open.live => self.close_cell(),
                Tag::Row if open.live => self.close_row(),
                Tag::RowGroup { .. } if open.live => {
                    self.close_row();
                    self.tables.last_mut().into_iter().for_each(|table| (table.head, table.foot) = (false, false));
                }
                Tag::Table => {
                    self.table_places.pop();
                    if open.live {
                        self.close_table();
                    }
                }
                _ => {}
            }
            self.state = open.before;
        }
    }

    fn line_break(&mut self, end: usize) {
        if !self.state.hidden && !self.runs.is_empty() {
            let span = Span::new(end, end);
            self.runs.push(Run { span, kind: RunKind::Space('\n') });
        }
    }

    fn text(&mut self, start: usize, end: usize) {
        let source = self.source;
        let Some(text) = source.get(start..end) else { return };
        if self.state.hidden {
            if self.stack.last().is_some_and(|open| open.tag == Tag::Style && open.live) {
                self.sheet.read(text);
            }
            if !self.state.foreign && text.bytes().any(|b| b.is_ascii_digit()) {
                self.page.hidden += 1;
                self.note_gap();
            }
            return;
        }
        let outside_cells = self.tables.last().is_some_and(|table| table.cell.is_none() && !table.caption);
        if outside_cells {
            if text.trim().is_empty() {
                return;
            }
            // Text between cells has a cell of its own, as style sheets would have it.
            self.open_cell(false, None, None);
        }
        let before = self.runs.len();
        text::split(source, start..end, self.state.preformatted, &mut self.runs);
        if self.state.raised || self.state.lowered {
            self.shift(before);
        }
        self.look_at(before);
    }

    /// Raised or lowered text is no part of the digits before it: marks of notes are left out, and the digits of exponents
    /// and indices become raised or lowered characters.
    fn shift(&mut self, from: usize) {
        let mut before = text::tail(self.source, &self.runs[..from], raised::LOOK_BACK);
        let whole = text::of(self.source, &self.runs[from..]);
        if self.state.raised {
            match raised::raised(&before, &whole) {
                // At the start of a paragraph it is the mark of the note itself, which tells it from the next.
                Raised::Mark
                    if before.is_empty() && whole.trim_start().starts_with(['(', '[']) && self.tables.is_empty() => {}
                Raised::Mark => self.runs.truncate(from),
                Raised::Text => {}
                Raised::Exponent => text::respell(self.source, &mut self.runs, from, raised::superscript),
            }
        } else if before.ends_with(|c: char| c.is_ascii_digit()) {
            text::respell(self.source, &mut self.runs, from, |c| {
                let lowered = raised::subscript(before.chars().next_back().unwrap_or(' '), c);
                before.push(lowered);
                lowered
            });
        }
    }

    /// Notes that a part of the open table with digits is not shown.
    fn note_gap(&mut self) {
        let Some(open) = self.tables.last_mut() else { return };
        let table = &mut open.table;
        match self.state.hidden_part {
            Some(HiddenPart::Row) => {
                let row = table.rows.len() + usize::from(open.row.is_some());
                if table.hidden_rows.last() != Some(&row) {
                    table.hidden_rows.push(row);
                }
            }
            Some(HiddenPart::Cell) => table.hidden_cells = true,
            None => {}
        }
    }

    /// Notes boldness and indent of the paragraph at new runs.
    fn look_at(&mut self, before: usize) {
        for run in &self.runs[before..] {
            match run.kind {
                RunKind::Space(c) if self.indent.is_none() && !c.is_ascii() && !text::takes_no_room(c) => {
                    self.state.indent = (self.state.indent + BLANK).min(MOST_INDENT);
                }
                RunKind::Space(_) => {}
                RunKind::Text | RunKind::Char(_) => {
                    self.bold = self.state.bold && (self.bold || self.indent.is_none());
                    if self.indent.is_none() {
                        self.indent = Some(self.state.indent);
                        self.preformatted = self.state.preformatted;
                        self.code = self.state.preformatted && self.state.code;
                    }
                }
            }
        }
    }

    fn comment(&mut self, start: usize, end: usize) {
        let Some(whole) = self.source.get(start..end) else { return };
        if let Some(text) = whole.strip_prefix("<![CDATA[").filter(|_| self.xml) {
            let length = text.find("]]").unwrap_or(text.len());
            return self.text(start + 9, start + 9 + length);
        }
        let inner = whole.trim_start_matches("<!--").trim_end_matches("-->");
        let from = start + (whole.len() - whole.trim_start_matches("<!--").len());
        if !self.state.hidden && Comment::is_meant(inner) {
            self.page.comments.push((from..from + inner.len(), Span::new(start, end)));
        }
    }

    /// Ends the paragraph, and keeps it if it holds text.
    fn flush(&mut self) {
        match self.indent.take() {
            Some(indent) => {
                let first = self.page.runs.len();
                self.page.runs.extend(self.runs.drain(..));
                let runs = Part::new(first..self.page.runs.len());
                let kind = match self.state.heading {
                    _ if self.code => ParagraphKind::Code,
                    Some(level) => ParagraphKind::Heading(level),
                    None => ParagraphKind::Plain,
                };
                let (preformatted, bold) = (self.preformatted, self.bold);
                self.page.paragraphs.push(Paragraph { runs, kind, preformatted, bold, indent });
                self.collect(Item::Paragraph(self.page.paragraphs.len() as u32 - 1));
            }
            None => self.runs.clear(),
        }
        self.bold = false;
    }

    fn finish(mut self) -> Page {
        self.pop_to(0);
        self.flush();
        self.page
    }
}

/// A paragraph is indented no further, in tenths of a point.
const MOST_INDENT: i32 = 100_000;

/// How wide a leading blank counts, in tenths of a point.
const BLANK: i32 = 45;

impl OpenTable {
    fn new_row(&self) -> OpenRow {
        OpenRow { first_cell: self.table.cells.len(), head: self.head, foot: self.foot }
    }
}

impl State {
    fn inside(mut self, tag: Tag, style: &Style) -> State {
        match tag {
            Tag::Hidden | Tag::Style => (self.hidden, self.foreign) = (true, true),
            Tag::Bold => self.bold = true,
            Tag::Raised => self.raised = true,
            Tag::Lowered => self.lowered = true,
            Tag::Preformatted => self.preformatted = true,
            Tag::Code => self.code = true,
            Tag::Heading(level) => self.heading = Some(level),
            Tag::Table => (self.bold, self.indent) = (false, 0),
            Tag::Cell { header } => (self.bold, self.indent) = (self.bold || header, 0),
            _ => {}
        }
        if style.hidden && !self.hidden {
            self.hidden_part = match tag {
                Tag::Row | Tag::RowGroup { .. } => Some(HiddenPart::Row),
                Tag::Cell { .. } => Some(HiddenPart::Cell),
                _ => None,
            };
        }
        self.hidden |= style.hidden;
        self.bold = style.bold.unwrap_or(self.bold);
        self.raised |= style.raised;
        self.lowered |= style.lowered;
        self.indent = (self.indent + style.indent).clamp(-MOST_INDENT, MOST_INDENT);
        self
    }
}

impl Start {
    fn value(&mut self, value: &[u8]) {
        match self.attribute {
            Attribute::Style => {
                let hidden = self.style.hidden;
                self.style = Style::of(value);
                self.style.hidden |= hidden;
            }
            Attribute::RowSpan => self.row_span = number(value, 65_534),
            Attribute::ColumnSpan => self.column_span = number(value, 1000).map(|span| span.max(1)),
            Attribute::Role => self.layout = matches!(value.trim_ascii(), b"presentation" | b"none"),
            Attribute::Class => {
                let classes = value.split(u8::is_ascii_whitespace).filter(|class| !class.is_empty());
                self.names.classes.extend(classes.take(sheet::MOST_CLASSES).map(hash));
            }
            Attribute::Id => self.names.id = hash(value),
            Attribute::Media => {
                let media = value.to_ascii_lowercase();
                let has = |name: &[u8]| memchr::memmem::find(&media, name).is_some();
                self.not_for_screens = !media.is_empty() && !has(b"screen") && !has(b"all");
            }
            Attribute::Other => {}
        }
    }
}

/// A whole number at the start of an attribute's value, cut to the most that HTML allows.
fn number(value: &[u8], most: u16) -> Option<u16> {
    let digits = value.trim_ascii_start();
    let digits = &digits[..digits.iter().take_while(|b| b.is_ascii_digit()).count()];
    let most = u32::from(most);
    let number = digits.iter().fold(0u32, |number, digit| (number * 10 + u32::from(digit - b'0')).min(most));
    (!digits.is_empty()).then_some(number as u16)
}
