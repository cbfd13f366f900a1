//! Pages become a document: paragraphs and tables that go over several pages are put together.

use super::super::captions;
use super::layout::{Item, Layout};
use super::lines::Line;
use super::paragraphs::{Paragraph, Setting, join};
use super::table::{PageCell, PageTable};
use super::wrapped;
use crate::compact::List;
use crate::document::{Block, BlockKind, Cell, Document, Format, Place, Places, Table};
use crate::span::Span;

/// A document from the layouts of its pages; those with the numbers `unread` could not be read.
pub(super) fn document(path: &std::path::Path, layouts: Vec<Layout>, unread: &[u32]) -> Document {
    let mut builder = Builder::default();
    let mut parts: Vec<Part> = Vec::new();
    let mut last = 0;
    for (index, layout) in layouts.into_iter().enumerate() {
        let number = layout.number;
        let before = parts.len();
        add(&mut parts, layout, index);
        let is_first = last != number;
        if let Some(first) = parts.get_mut(before).filter(|_| is_first && unread.contains(&(number - 1))) {
            first.gap_before = Some(0);
        }
        last = number;
        if let Some(last) = parts.last_mut().filter(|last| last.page == number) {
            last.gap_after = unread.contains(&(number + 1));
        }
    }
    parts.iter().for_each(|part| builder.part(part));
    let Builder { text, places, blocks, tables, further } = builder;
    let mut document = Document::in_container(path, Format::Pdf, text, places);
    (document.blocks, document.tables) = (blocks, tables);
    captions::name_tables(&mut document);
    drop_captions_of_other_pages(&mut document);
    for table in further {
        document.tables[table].captions = document.tables[table - 1].captions.clone();
    }
    document
}

/// What stands at the end of a page names no table on the next.
fn drop_captions_of_other_pages(document: &mut Document) {
    let Some(places) = &document.places else { return };
    let page = |span: Span| match places.at(span.start) {
        Some(Place::Page { page, .. }) => page,
        _ => 0,
    };
    for table in &mut document.tables {
        let own = table.cells.iter().find(|cell| !cell.span.is_empty()).map(|cell| page(cell.span));
        table.captions.retain(|&caption| own == Some(page(caption)));
    }
}

/// A part of the document: the page it starts on is that of its lines.
struct Part {
    /// By line of a paragraph, or row of a table: the page that it stands on.
    pages: Vec<u32>,
    item: Item,
    page: u32,
    /// Which of the layouts it stands in.
    layout: usize,
    setting: Setting,
    /// The row of a table before which rows may be missing: the page before could not be read, or its table has other columns.
    gap_before: Option<usize>,
    /// Whether rows may be missing after its last one, for the same reasons.
    gap_after: bool,
}

/// Adds what stands in a layout; `index` tells which one it is.
fn add(parts: &mut Vec<Part>, page: Layout, index: usize) {
    let before = parts.len();
    // What a page or column starts with may go on with the one before: titles above it are printed on every page.
    let mut top = page.follows;
    for (i, item) in page.items.into_iter().enumerate() {
        let open = parts.last_mut().filter(|last| i == 0 && page.follows && last.layout + 1 == index);
        let item = match (open, item) {
            (Some(last), Item::Paragraph(next)) if last.continues(&next, &page.setting, page.number) => {
                last.append(next, page.number, index);
                continue;
            }
            (Some(last), Item::Table(next)) => match last.continued(&next) {
                Some(rest) => {
                    last.append_table(rest, page.number, index);
                    top = false;
                    continue;
                }
                None => Item::Table(next),
            },
            (_, item) => item,
        };
        let gap_before = match &item {
            Item::Table(table) if table.torn => Some(0),
            Item::Table(table) if top => gap(&mut parts[..before], table, index),
            _ => None,
        };
        top &= matches!(&item, Item::Paragraph(paragraph) if paragraph.is_title());
        let lines = match &item {
            Item::Paragraph(paragraph) => paragraph.lines.len(),
            Item::Table(table) => table.rows,
        };
        let (pages, page, setting) = (vec![page.number; lines], page.number, page.setting);
        parts.push(Part { pages, item, page, layout: index, setting, gap_before, gap_after: false });
    }
}

/// The row before which the first table of a page or column may have rows in the layout before: the first one if it has no header, the
/// one below the header if that repeats one of a table there.
fn gap(before: &mut [Part], table: &PageTable, index: usize) -> Option<usize> {
    let on_page = before.iter().rev().take_while(|part| part.layout + 1 == index);
    let again = on_page.map(|part| part.header_again(table)).max().unwrap_or(0);
    if again == 0 && (index == 0 || !table.starts_in_body()) {
        return None;
    }
    if let Some(last) = before.last_mut().filter(|last| last.layout + 1 == index) {
        last.gap_after = true;
    }
    Some(again)
}

impl Part {
    /// Whether a paragraph at the top of the next page or column goes on with this part.
    fn continues(&self, next: &Paragraph, setting: &Setting, page: u32) -> bool {
        let Item::Paragraph(own) = &self.item else { return false };
        let (Some(last), Some(first)) = (own.lines.last(), next.lines.first()) else { return false };
        let closed = super::super::marks::closes(&last.text());
        // Columns beside each other start at other places.
        let shift = if self.page == page { self.setting.left - setting.left } else { 0 };
        own.open && !next.starts && !closed && self.setting.goes_on(last, &first.shifted(shift)) && setting.size > 0
    }

    /// The table at the top of the next page in the columns of this one, if it goes on with it: its columns are the same, some of them
    /// taken together, and it has no header of its own, or the same one.
    fn continued(&self, next: &PageTable) -> Option<PageTable> {
        let Item::Table(own) = &self.item else { return None };
        let rest = next.in_columns(&own.edges)?;
        (own.header_again(&rest) > 0 || rest.starts_in_body()).then_some(rest)
    }

    /// How many rows at the top of `next` repeat this table's header; none, if it is no table.
    fn header_again(&self, next: &PageTable) -> usize {
        match &self.item {
            Item::Table(own) => own.header_again(next),
            Item::Paragraph(_) => 0,
        }
    }

    fn append_table(&mut self, mut next: PageTable, page: u32, layout: usize) {
        if let Item::Table(own) = &mut self.item {
            let mut again = own.header_again(&next);
            again += usize::from(wrapped::join_over_pages(own, &mut next, again));
            let shift = own.rows - again;
            self.pages.extend(std::iter::repeat_n(page, next.rows - again));
            own.rows += next.rows - again;
            let rest = next.cells.into_iter().filter(|cell| cell.row >= again);
            own.cells.extend(rest.map(|cell| PageCell { row: cell.row + shift, ..cell }));
            (self.page, self.layout) = (page, layout);
        }
    }

    fn append(&mut self, next: Paragraph, page: u32, layout: usize) {
        if let Item::Paragraph(own) = &mut self.item {
            self.pages.extend(std::iter::repeat_n(page, next.lines.len()));
            own.lines.extend(next.lines);
            (own.open, self.page, self.layout) = (next.open, page, layout);
        }
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    places: Places,
    blocks: List<Block>,
    tables: Vec<Table>,
    /// The tables that are further parts of those before them.
    further: Vec<usize>,
}

impl Builder {
    fn part(&mut self, part: &Part) {
        match &part.item {
            Item::Paragraph(paragraph) => {
                let lines = paragraph.lines.iter().zip(part.pages.iter().copied());
                let span = self.lines(lines);
                let kind = paragraph.heading.map_or(BlockKind::Paragraph, BlockKind::Heading);
                self.block(span, kind);
            }
            Item::Table(table) => {
                self.table(table, &part.pages);
                if let Some(own) = self.tables.last_mut() {
                    own.gaps.rows.extend(part.gap_before.map(|row| row as u32));
                    own.gaps.rows.extend(part.gap_after.then_some(own.rows));
                }
            }
        }
    }

    fn block(&mut self, span: Span, kind: BlockKind) {
        if !span.is_empty() {
            self.blocks.push(Block { span, kind });
        }
        self.text.push('\n');
    }

    /// Writes lines one after the other; gives the span of their text.
    fn lines<'l>(&mut self, lines: impl Iterator<Item = (&'l Line, u32)>) -> Span {
        let start = self.text.len();
        let mut text = String::new();
        for (line, page) in lines {
            let next = line.text();
            let next = next.trim();
            if !text.is_empty() {
                join(&mut text, next);
            }
            self.places.push(start + text.len(), Place::Page { page, line: line.number });
            text.push_str(next);
        }
        self.text.push_str(text.trim_end());
        Span::new(start, self.text.len())
    }

    fn table(&mut self, table: &PageTable, pages: &[u32]) {
        let index = self.tables.len() as u32;
        self.further.extend(Some(self.tables.len()).filter(|&index| table.goes_on && index > 0));
        let (rows, columns) = (table.rows as u32, table.columns() as u32);
        let mut own = Table { rows, columns, ..Table::default() };
        for cell in table.cells.iter() {
            let number = own.cells.len() as u32;
            let page = pages.get(cell.row).copied().unwrap_or(0);
            let span = self.lines(cell.lines.iter().map(|line| (line, page)));
            own.cells.push(document_cell(cell, span));
            self.block(span, BlockKind::Cell { table: index, cell: number });
        }
        self.tables.push(own);
    }
}

fn document_cell(cell: &PageCell, span: Span) -> Cell {
    Cell {
        span,
        row: cell.row as u32,
        column: cell.column as u32,
        row_span: cell.rows as u32,
        column_span: cell.columns as u32,
        indent: cell.indent,
        bold: !cell.lines.is_empty() && cell.lines.iter().all(Line::is_bold),
    }
}
