//! The flows of a document become one text with blocks, tables and places.

use std::sync::Arc;

use super::flow::{Flow, Item, Paragraph, Role, Row};
use super::grid;
use crate::compact::List;
use crate::document::{self, Block, BlockKind, Part, Place, Places, Table};
use crate::span::Span;

/// Where a flow stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Body,
    Footnote(u32),
    Endnote(u32),
    TextBox(u32),
    Header(u32),
    Footer(u32),
}

/// The text that is being laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub text: String,
    pub blocks: List<Block>,
    pub tables: Vec<Table>,
    pub places: Places,
    pub ordinals: Vec<Span>,
    /// The blocks that are captions by their style.
    pub captions: Vec<usize>,
    /// Whether cells of a table cover fewer columns than they say.
    pub cut: bool,
    heading: Option<Arc<str>>,
    paragraphs: u32,
    boxes: u32,
}

/// A heading is not told longer than this in a place, in characters.
const HEADING: usize = 40;

impl Layout {
    /// Lays a flow out after what is there.
    pub fn flow(&mut self, flow: &Flow, at: Where) {
        for item in flow {
            match item {
                Item::Paragraph(paragraph) => self.paragraph(paragraph, at),
                Item::Table(rows) => self.table(rows, at),
                Item::Box(flow) => {
                    self.boxes += 1;
                    self.flow(flow, Where::TextBox(self.boxes));
                }
            }
        }
    }

    /// What follows the body has no heading of the body.
    pub fn end_body(&mut self) {
        self.heading = None;
    }

    fn paragraph(&mut self, paragraph: &Paragraph, at: Where) {
        let text = paragraph.text.trim();
        if text.is_empty() {
            return;
        }
        self.paragraphs += u32::from(at == Where::Body);
        let kind = match paragraph.role {
            Role::Heading(level) if at == Where::Body => {
                self.heading = Some(text.chars().take(HEADING).collect::<String>().into());
                BlockKind::Heading(level)
            }
            _ => BlockKind::Paragraph,
        };
        if paragraph.role == Role::Caption {
            self.captions.push(self.blocks.len());
        }
        self.mark(part_of(at, self.paragraphs));
        let start = self.text.len();
        self.write(paragraph);
        let span = Span::new(start, self.text.len());
        self.blocks.push(Block { span, kind });
        self.text.push('\n');
    }

    /// Says where the text from here on stands.
    fn mark(&mut self, part: Part) {
        self.places.push(self.text.len(), Place::Part { part, heading: self.heading.clone() });
    }

    /// Writes a paragraph's text, trimmed, and its ordinals.
    fn write(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text.trim();
        let leading = paragraph.text.len() - paragraph.text.trim_start().len();
        let at = self.text.len();
        for ordinal in &paragraph.ordinals {
            let start = ordinal.start.clamp(leading, leading + text.len()) - leading;
            let end = ordinal.end.clamp(leading, leading + text.len()) - leading;
            if start < end {
                self.ordinals.push(Span::new(at + start, at + end));
            }
        }
        self.text.push_str(text);
    }

    fn table(&mut self, rows: &[Row], at: Where) {
        // A table of a single cell is a frame around text.
        if let [Row { cells, .. }] = rows
            && let [cell] = &cells[..]
        {
            return self.flow(&cell.flow, at);
        }
        let grid = grid::place(rows);
        self.cut |= grid.cut;
        if grid.cells.is_empty() {
            return;
        }
        let number = self.tables.len() as u32;
        let leading = rows.iter().take_while(|row| row.header).count();
        self.tables.push(Table {
            rows: grid.rows,
            columns: grid.columns,
            declared_header_rows: if leading < rows.len() { leading as u32 } else { 0 },
            ..Table::default()
        });
        for placed in &grid.cells {
            self.cell(number, placed);
        }
        for placed in &grid.cells {
            for item in &placed.cell.flow {
                if let Item::Table(rows) = item {
                    self.table(rows, at);
                }
            }
        }
    }

    fn cell(&mut self, table: u32, placed: &grid::Placed) {
        self.mark(Part::Cell(table + 1, placed.row + 1, placed.column + 1));
        let start = self.text.len();
        let mut shown: Option<&Paragraph> = None;
        let mut bold = true;
        for paragraph in placed.cell.flow.iter().filter_map(paragraph_of) {
            if shown.is_some() {
                self.text.push('\n');
            }
            self.write(paragraph);
            shown = shown.or(Some(paragraph));
            bold &= paragraph.bold;
        }
        let span = Span::new(start, self.text.len());
        let Some(table_at) = self.tables.get_mut(table as usize) else { return };
        if !span.is_empty() {
            let kind = BlockKind::Cell { table, cell: table_at.cells.len() as u32 };
            self.blocks.push(Block { span, kind });
        }
        table_at.cells.push(document::Cell {
            span,
            row: placed.row,
            column: placed.column,
            row_span: placed.row_span,
            column_span: placed.column_span,
            indent: shown.map_or(0, |paragraph| paragraph.indent.saturating_add(blanks(&paragraph.text))),
            bold: bold && shown.is_some(),
        });
        self.text.push('\n');
    }
}

fn paragraph_of(item: &Item) -> Option<&Paragraph> {
    match item {
        Item::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    }
}

/// The blanks that a text starts with, in steps of about one character.
fn blanks(text: &str) -> u16 {
    let blanks = text.chars().take_while(|c| c.is_whitespace());
    let halves: usize = blanks.take(1000).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    halves.div_ceil(2) as u16
}

fn part_of(at: Where, paragraph: u32) -> Part {
    match at {
        Where::Body => Part::Paragraph(paragraph),
        Where::Footnote(number) => Part::Footnote(number),
        Where::Endnote(number) => Part::Endnote(number),
        Where::TextBox(number) => Part::TextBox(number),
        Where::Header(number) => Part::Header(number),
        Where::Footer(number) => Part::Footer(number),
    }
}
