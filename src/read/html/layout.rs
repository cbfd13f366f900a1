//! The second pass: paragraphs and tables written as a document, every character with its place.

use super::grid::{self, Grid};
use super::joined::{self, Profile};
use super::page::{Item, Page, Paragraph, ParagraphKind, RawCell, RawTable, Run, RunKind};
use super::text::takes_no_room;
use crate::compact::List;
use crate::document::{Block, BlockKind, Cell, Comment, Document, Gaps, Message, Problem, Table};
use crate::read::builder::Builder;
use crate::read::columns::{self, Seen, SeenTable};
use crate::read::lines::{self, Structure};
use crate::read::marks;
use crate::span::Span;
use crate::text::is_currency_sign;

/// Writes a page; the source is taken out of the document and put back.
pub(super) fn fill(document: &mut Document, page: &Page) {
    let mut writer = Writer::new(page, Builder::new(&document.source.text));
    writer.flow(page.flow.iter().copied());
    let Writer { builder, blocks, tables, cut, .. } = writer;
    let (text, map) = builder.finish();
    (document.own_text, document.map) = (Some(text), map);
    (document.blocks, document.tables) = (blocks, tables);
    document.comments = comments(document, page);
    let told = |english, chinese| Problem {
        message: Message::new(english, chinese),
        source_span: None,
        place: None,
        unchecked: false,
    };
    if page.too_deep {
        document.problems.push(told(
            "tables are nested more than 32 deep; the inner ones were read as parts of the outer",
            "表格嵌套超过 32 层，更深的并入外层读取",
        ));
    }
    if cut {
        document.problems.push(told(
            "cells of a table cover too many rows or columns; they were read as covering one",
            "表格单元格所跨的行列过多，按只占一行一列读取",
        ));
    }
    if page.hidden > 0 {
        document.remarks.push(Message::new(
            format!("{} texts with digits are not displayed, and were not read", page.hidden),
            format!("{} 处含数字的文字在页面上不显示，未读取", page.hidden),
        ));
    }
}

/// What a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// Rows and columns.
    Data,
    /// It only places things: its cells are read one after the other.
    Layout,
    /// Its rows are items of a list, the marks in cells of their own.
    List,
}

struct Writer<'a> {
    page: &'a Page,
    builder: Builder<'a>,
    /// What each table of the page is for.
    purposes: Vec<Purpose>,
    blocks: List<Block>,
    tables: Vec<Table>,
    /// What is known of the last table of data, and how many blocks there were at its end.
    last: Option<(Profile, usize)>,
    cut: bool,
}

/// How many empty columns stand between a figure and its sign at most.
const SIGN_GAP: u32 = 1;

/// A cell of data has no more paragraphs than this.
const MOST_LINES: usize = 8;

impl<'a> Writer<'a> {
    fn new(page: &'a Page, builder: Builder<'a>) -> Self {
        let mut writer = Self {
            page,
            builder,
            purposes: Vec::new(),
            blocks: List::default(),
            tables: Vec::new(),
            last: None,
            cut: false,
        };
        // Inner tables come before those around them.
        for table in &page.tables {
            let purpose = writer.purpose(table);
            writer.purposes.push(purpose);
        }
        writer
    }

    fn purpose(&self, table: &RawTable) -> Purpose {
        if table.layout || table.cells.iter().any(|cell| self.holds_blocks(cell)) {
            return Purpose::Layout;
        }
        let mut most = 0;
        let (mut list, mut marks) = (true, 0);
        for row in &table.rows {
            let mut filled = table.cells_of(row).filter(|cell| !cell.items.is_empty());
            let first = [filled.next(), filled.next()];
            let count = first.iter().flatten().count() + filled.count();
            most = most.max(count);
            list &= match first {
                _ if count > 2 => false,
                [Some(mark), Some(text)] => {
                    is_list_mark(&self.text(mark)) && self.text(text).contains(char::is_alphabetic)
                }
                _ => true,
            };
            marks += usize::from(count == 2);
        }
        match most {
            0 | 1 => Purpose::Layout,
            _ if list && marks > 0 => Purpose::List,
            _ => Purpose::Data,
        }
    }

    /// Whether a cell holds a table of data, a section with its heading, or many paragraphs.
    fn holds_blocks(&self, cell: RawCell) -> bool {
        let data = |item: Item| matches!(item, Item::Table(table) if self.purposes[table as usize] == Purpose::Data);
        let flow = self.page.flow_of(cell);
        if flow.clone().any(data) {
            return true;
        }
        let paragraphs = self.paragraphs(flow);
        let is_heading = |paragraph: &Paragraph| matches!(paragraph.kind, ParagraphKind::Heading(_));
        paragraphs.len() > MOST_LINES || paragraphs.len() > 1 && paragraphs.iter().any(is_heading)
    }

    /// The paragraphs of a flow, those in tables that only place them included.
    fn paragraphs(&self, flow: impl Iterator<Item = Item>) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        for item in flow {
            match item {
                Item::Paragraph(paragraph) => paragraphs.push(self.page.paragraphs.at(paragraph as usize)),
                Item::Table(table) => self.paragraphs_of(&self.page.tables[table as usize], &mut paragraphs),
            }
        }
        paragraphs
    }

    fn paragraphs_of(&self, table: &RawTable, paragraphs: &mut Vec<Paragraph>) {
        paragraphs.extend(self.paragraphs(table.captions.iter().copied()));
        table.by_rows().for_each(|cell| paragraphs.extend(self.paragraphs(self.page.flow_of(cell))));
    }

    /// A cell's text, to look at.
    fn text(&self, cell: RawCell) -> String {
        let mut text = String::new();
        for paragraph in self.paragraphs(self.page.flow_of(cell)) {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            shown(self.page.runs_of(paragraph), |run| match run.kind {
                RunKind::Text => text.push_str(&self.builder.source()[run.span.range()]),
                RunKind::Char(c) | RunKind::Space(c) => text.push(c),
            });
        }
        text
    }

    fn flow(&mut self, flow: impl Iterator<Item = Item>) {
        for item in flow {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(self.page.paragraphs.at(paragraph as usize)),
                Item::Table(index) => {
                    let table = &self.page.tables[index as usize];
                    match self.purposes[index as usize] {
                        Purpose::Data => self.data(table),
                        Purpose::Layout => self.layout(table),
                        Purpose::List => self.list(table),
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        let kind = match paragraph.kind {
            ParagraphKind::Plain if paragraph.preformatted => return self.lines(paragraph),
            ParagraphKind::Plain => BlockKind::Paragraph,
            ParagraphKind::Heading(level) => BlockKind::Heading(level),
            ParagraphKind::Code => BlockKind::Code,
        };
        let start = self.builder.len();
        self.write(self.page.runs_of(paragraph));
        self.end_block(start, kind);
    }

    /// Preformatted text is read as plain text is: its blanks and line breaks tell tables and paragraphs.
    fn lines(&mut self, paragraph: Paragraph) {
        let start = self.builder.len();
        for run in self.page.runs_of(paragraph) {
            let source = &self.builder.source()[run.span.range()];
            match run.kind {
                RunKind::Char(c) => self.builder.replace(c.encode_utf8(&mut [0; 4]), run.span.range()),
                // White space as it stands, unless the source writes it otherwise (`&nbsp;`, `<br>`).
                RunKind::Space(c) if source.is_empty() || !source.trim().is_empty() => {
                    self.builder.replace(c.encode_utf8(&mut [0; 4]), run.span.range());
                }
                RunKind::Text | RunKind::Space(_) => self.builder.copy(run.span.range()),
            }
        }
        let Structure { blocks, tables } = lines::structure(self.builder.text(), start);
        let before = self.tables.len() as u32;
        self.blocks.extend(blocks.iter().map(|block| match block.kind {
            BlockKind::Cell { table, cell } => Block { kind: BlockKind::Cell { table: before + table, cell }, ..block },
            _ => block,
        }));
        self.tables.extend(tables);
        self.builder.separate();
    }

    fn write(&mut self, runs: impl Iterator<Item = Run>) {
        let builder = &mut self.builder;
        shown(runs, |run| match run.kind {
            RunKind::Text => builder.copy(run.span.range()),
            RunKind::Char(c) | RunKind::Space(c) => builder.replace(c.encode_utf8(&mut [0; 4]), run.span.range()),
        });
    }

    /// Ends a block whose text starts at `start`; without text there is none. Gives its text's place.
    fn end_block(&mut self, start: usize, kind: BlockKind) -> Option<Span> {
        let span = self.builder.trimmed_from(start);
        if self.builder.len() > start {
            self.builder.separate();
        }
        if span.is_empty() {
            return None;
        }
        self.blocks.push(Block { span, kind });
        Some(span)
    }

    fn layout(&mut self, table: &RawTable) {
        self.flow(table.captions.iter().copied());
        for cell in table.by_rows() {
            self.flow(self.page.flow_of(cell));
        }
    }

    /// A row is a block: its mark and its text. What stands alone in a row stands alone.
    fn list(&mut self, table: &RawTable) {
        self.flow(table.captions.iter().copied());
        for row in &table.rows {
            let cells = table.cells_of(row);
            let mut filled = cells.clone().filter(|cell| !cell.items.is_empty());
            if let (Some(only), None) = (filled.next(), filled.next()) {
                self.flow(self.page.flow_of(only));
                continue;
            }
            let start = self.builder.len();
            for cell in cells {
                self.cell_text(cell, start, " ");
            }
            self.end_block(start, BlockKind::Paragraph);
        }
    }

    /// Writes a cell's paragraphs, `between` before the first unless the text starts there.
    fn cell_text(&mut self, cell: RawCell, start: usize, between: &str) {
        let mut between = between;
        for paragraph in self.paragraphs(self.page.flow_of(cell)) {
            if self.builder.len() > start {
                self.builder.insert(between);
            }
            self.write(self.page.runs_of(paragraph));
            between = "\n";
        }
    }

    fn data(&mut self, raw: &RawTable) {
        let before = self.blocks.len();
        self.flow(raw.captions.iter().copied());
        let mut captions: Vec<Span> = self.blocks.range(before..self.blocks.len()).map(|block| block.span).collect();
        let mut grid = grid::place(raw);
        let places = std::mem::take(&mut grid.places);
        let cell_of = |at: usize| raw.cells.at(grid.raw[at] as usize);
        let mut seen = columns::find(places, SIGN_GAP, |at| self.text(cell_of(at)));
        self.cut |= grid.cut | cut_columns(&mut seen);
        let titles = titles(&seen);
        let profile = Profile::of(&seen.cells, seen.columns, |cell| {
            cell.parts().map(|part| self.text(cell_of(part))).collect::<String>()
        });
        let goes_on = self.last.take().is_some_and(|(last, end)| {
            let is_plain = titles == 0 && captions.is_empty() && !raw.moved && seen.aligned;
            is_plain && end == self.blocks.len() && last.is_continued_by(&profile)
        });
        for cell in seen.cells.range(0..titles) {
            let start = self.builder.len();
            cell.parts().for_each(|part| self.cell_text(cell_of(part), start, " "));
            captions.extend(self.end_block(start, BlockKind::Paragraph));
        }
        let first_row = titles as u32;
        let mut table = Table {
            captions,
            rows: grid.rows - first_row,
            columns: seen.columns,
            declared_header_rows: declared_headers(raw, &grid, &seen, titles),
            gaps: gaps(raw, &grid, first_row, seen.columns),
            ..Table::default()
        };
        let (index, first_cell) = match self.tables.last().filter(|_| goes_on) {
            Some(last) => (self.tables.len() as u32 - 1, last.cells.len() as u32),
            None => (self.tables.len() as u32, 0),
        };
        let mut body: Box<dyn Iterator<Item = (u32, Seen)>> = Box::new((0..).zip(seen.cells.into_items().skip(titles)));
        let mut moved: Vec<Cell> = Vec::new();
        // Text is written in the order of the source, which a foot above its body is not in.
        if raw.moved {
            let mut all: Vec<(u32, Seen)> = body.collect();
            moved.resize(all.len(), Cell::default());
            all.sort_by_key(|(_, cell)| grid.raw[cell.first as usize]);
            body = Box::new(all.into_iter());
        }
        for (number, cell) in body {
            let start = self.builder.len();
            for part in cell.parts() {
                self.cell_text(cell_of(part), start, if cell.apart { " " } else { "" });
            }
            let span = self.end_block(start, BlockKind::Cell { table: index, cell: first_cell + number });
            let paragraphs: Vec<_> =
                cell.parts().flat_map(|part| self.paragraphs(self.page.flow_of(cell_of(part)))).collect();
            let cell = Cell {
                span: span.unwrap_or_default(),
                row: cell.row - first_row,
                column: cell.column,
                row_span: cell.rows,
                column_span: cell.columns,
                indent: paragraphs.first().map_or(0, |first| characters(first.indent)),
                bold: paragraphs.iter().all(|paragraph| paragraph.bold),
            };
            match moved.get_mut(number as usize) {
                Some(own) => *own = cell,
                None => table.cells.push(cell),
            }
        }
        table.cells.extend(moved);
        match self.tables.last_mut().filter(|_| goes_on) {
            Some(last) => joined::append(last, table),
            None => self.tables.push(table),
        }
        self.last = (!raw.moved).then_some((profile, self.blocks.len()));
    }
}

/// The pieces that are shown: white space between others only, and once; a line break goes before blanks.
fn shown(runs: impl Iterator<Item = Run>, mut each: impl FnMut(Run)) {
    let mut space: Option<Run> = None;
    let mut any = false;
    for run in runs {
        if let RunKind::Space(c) = run.kind {
            let counts = match space {
                None => true,
                Some(Run { kind: RunKind::Space(before), .. }) => {
                    let is_wider = before == ' ' && c != ' ' && !takes_no_room(c);
                    c == '\n' && before != '\n' || is_wider || takes_no_room(before) && !takes_no_room(c)
                }
                Some(_) => false,
            };
            if counts {
                space = Some(run);
            }
            continue;
        }
        if let Some(space) = space.take().filter(|_| any) {
            each(space);
        }
        each(run);
        any = true;
    }
}

/// The number of leading title cells: alone in their row, starting in the first column, spanning several, with rows below.
fn titles(seen: &SeenTable) -> usize {
    let cells = &seen.cells;
    let is_title = |at: usize| {
        let cell = cells.at(at);
        let alone = cells.get(at + 1).is_some_and(|next| next.row > cell.row);
        alone && cell.row == at as u32 && cell.rows == 1 && cell.column == 0 && cell.columns > 1
    };
    (0..cells.len()).take_while(|&at| is_title(at)).count()
}

/// How many rows below the titles the page marks as headers.
fn declared_headers(raw: &RawTable, grid: &Grid, seen: &SeenTable, titles: usize) -> u32 {
    let is_header = |cell: &Seen| raw.cells.at(grid.raw[cell.first as usize] as usize).header;
    let body = || seen.cells.range(titles..seen.cells.len());
    let first_other = body().find(|cell| !is_header(cell)).map(|cell| cell.row);
    let mut row = None;
    let headers = body().take_while(|cell| Some(cell.row) != first_other);
    headers.filter(|cell| row.replace(cell.row) != Some(cell.row)).count() as u32
}

/// Where rows and cells are not shown. Cells that are not shown may be those of any column.
fn gaps(raw: &RawTable, grid: &Grid, titles: u32, columns: u32) -> Gaps {
    let mut rows: Vec<u32> = raw.hidden_rows.iter().map(|&row| grid.rows_before[row].saturating_sub(titles)).collect();
    rows.dedup();
    Gaps { rows, columns: if raw.hidden_cells { (0..=columns).collect() } else { Vec::new() } }
}

/// Cuts cells that cover too many columns all together.
fn cut_columns(seen: &mut SeenTable) -> bool {
    let mut room = grid::room(seen.cells.len());
    let mut cut = false;
    for at in 0..seen.cells.len() {
        let cell = seen.cells.at(at);
        let more = (cell.columns as usize - 1).saturating_mul(cell.rows as usize);
        if more > room {
            seen.cells.change(at, |cell| cell.columns = 1);
            cut = true;
        } else {
            room -= more;
        }
    }
    cut
}

/// A length in characters, from tenths of a point.
fn characters(length: i32) -> u16 {
    const WIDTH: i32 = 45;
    u16::try_from((length + WIDTH / 2) / WIDTH).unwrap_or(0)
}

/// Whether a cell holds only the mark of a list's item: •, (1), a., ☒.
fn is_list_mark(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => !c.is_alphanumeric() && !is_currency_sign(c) && !matches!(c, '%' | '+'),
        _ => {
            let inner = text.trim_matches(['(', ')', '[', ']', '.', '（', '）']);
            inner.len() < text.len()
                && inner.len() <= 4
                && inner.chars().all(char::is_alphanumeric)
                && marks::width(text) <= 6
        }
    }
}

/// The comments with the blocks after them.
fn comments(document: &Document, page: &Page) -> Vec<Comment> {
    let place = |block: &Block| document.source_span(block.span).start;
    page.comments
        .iter()
        .map(|(text, whole)| Comment {
            text: document.source.text[text.clone()].trim().to_owned(),
            source_span: *whole,
            block: document.blocks.partition_point(|block| place(block) < whole.start),
        })
        .collect()
}
