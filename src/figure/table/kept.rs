//! What was read of the tables of a report, kept until it is read again: a table whose content is the same has the same figures and
//! the same shape, wherever it stands.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::TableShape;
use crate::document::{BlockKind, Document, Table};
use crate::figure::Figures;
use crate::figure::statement::Statements;
use crate::kept::Store;
use crate::span::Span;

/// What was read of a report's tables.
#[derive(Debug, Default)]
pub struct Kept {
    tables: Store<OnceLock<Read>>,
}

/// A table whose blocks stand together, with what is kept of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// What its content is known by.
    pub number: u64,
    /// Its blocks.
    pub blocks: Range<usize>,
    /// Where the first of them begins.
    start: u32,
    /// Whether it was read at an earlier check.
    is_read: bool,
    read: Arc<OnceLock<Read>>,
}

/// What was read of a table, and where it stood then.
#[derive(Debug)]
struct Read {
    block: usize,
    start: u32,
    figures: Figures,
    shape: TableShape,
}

impl Kept {
    /// What is known of each table of a document; `None`: it has no blocks, or other blocks stand between them.
    pub fn of(&mut self, document: &Document, stated: &Statements) -> Vec<Option<Known>> {
        let mut content = Content::default();
        let tables = blocks_of_tables(document).into_iter().enumerate();
        let known = tables.map(|(table, blocks)| {
            let blocks = blocks?;
            let start = document.blocks.at(blocks.start).span.start;
            content.write(document, &document.tables[table], blocks.clone(), start)?;
            content.texts(document, stated.of_table(table).map(|stated| stated.span).as_slice());
            let (number, read) = self.tables.numbered(&content.0);
            Some(Known { number, blocks, start, is_read: read.get().is_some(), read })
        });
        let known = known.collect();
        self.tables.forget_others();
        known
    }
}

impl Known {
    /// Adds its figures to those of a document, where they are known already.
    pub fn add_figures(&self, figures: &mut Figures) {
        let Some(read) = self.known() else { return };
        let blocks = (self.blocks.start as u32).wrapping_sub(read.block as u32);
        figures.extend_moved(&read.figures, 0..read.figures.len(), blocks, self.start.wrapping_sub(read.start));
    }

    /// How many figures it has, where they are known already.
    pub fn count(&self) -> usize {
        self.known().map_or(0, |read| read.figures.len())
    }

    /// Its shape, if that is known already; its first figure has this index.
    pub fn shape(&self, first: usize) -> Option<TableShape> {
        self.known().map(|read| TableShape { number: Some(self.number), ..read.shape.moved(first) })
    }

    /// Takes what was read of it.
    pub fn keep(&self, figures: &Figures, shape: &TableShape, runs: &[Range<usize>]) {
        let mut own = Figures::default();
        runs.iter().for_each(|run| own.extend_moved(figures, run.clone(), 0, 0));
        // Where the same table stands twice, the first to be read is kept.
        let (block, shape) = (self.blocks.start, shape.clone());
        let _ = self.read.set(Read { block, start: self.start, figures: own, shape });
    }

    /// Whether it need not be read again.
    pub fn is_read(&self) -> bool {
        self.is_read
    }

    /// What was read of it at an earlier check: that of a table with the same content, which was read just now, counts for this
    /// one only once it is read, too.
    fn known(&self) -> Option<&Read> {
        self.read.get().filter(|_| self.is_read)
    }
}

/// The blocks of each table, where they stand together.
fn blocks_of_tables(document: &Document) -> Vec<Option<Range<usize>>> {
    let mut found: Vec<Option<Range<usize>>> = vec![None; document.tables.len()];
    let mut is_parted = vec![false; document.tables.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::Cell { table, .. } = block.kind else { continue };
        let own = found[table as usize].get_or_insert(index..index);
        is_parted[table as usize] |= own.end != index;
        own.end = index + 1;
    }
    found.into_iter().zip(is_parted).map(|(blocks, is_parted)| blocks.filter(|_| !is_parted)).collect()
}

/// All that is read of a table.
#[derive(Default)]
struct Content(Vec<u8>);

impl Content {
    /// Writes it; `None`: a cell has text outside of the table's blocks. Places count from `start`.
    fn write(&mut self, document: &Document, table: &Table, blocks: Range<usize>, start: u32) -> Option<()> {
        self.0.clear();
        self.numbers([table.rows, table.columns, table.declared_header_rows, document.decimal_comma.into()]);
        for gaps in [&table.gaps.rows, &table.gaps.columns] {
            self.numbers([gaps.len() as u32]);
            gaps.iter().for_each(|&line| self.numbers([line]));
        }
        let mut end = start;
        self.numbers([blocks.len() as u32, table.cells.len() as u32]);
        for block in document.blocks.range(blocks) {
            let BlockKind::Cell { cell, .. } = block.kind else { return None };
            self.numbers([cell, block.span.start.wrapping_sub(start), block.span.len() as u32]);
            end = end.max(block.span.end);
        }
        let whole = Span { start, end };
        for cell in table.cells.iter() {
            if !cell.span.is_empty() && !whole.contains(cell.span) {
                return None;
            }
            let looks = u32::from(cell.indent) << 1 | u32::from(cell.bold);
            let (at, length) = (cell.span.start.wrapping_sub(start), cell.span.len() as u32);
            self.numbers([cell.row, cell.column, cell.row_span, cell.column_span, looks, at, length]);
        }
        // What the format says that it only numbers.
        let ordinals = document.ordinals.partition_point(|ordinal| ordinal.end <= start);
        for ordinal in document.ordinals[ordinals..].iter().take_while(|ordinal| ordinal.start < end) {
            self.numbers([ordinal.start.wrapping_sub(start), ordinal.end.wrapping_sub(start)]);
        }
        for texts in [&[whole], &table.captions[..], table.heading.as_slice()] {
            self.texts(document, texts);
        }
        Some(())
    }

    fn texts(&mut self, document: &Document, texts: &[Span]) {
        self.numbers([u32::MAX, texts.len() as u32]);
        for &span in texts {
            self.numbers([span.len() as u32]);
            self.0.extend(document.slice(span).as_bytes());
        }
    }

    fn numbers<const N: usize>(&mut self, numbers: [u32; N]) {
        self.0.extend_from_slice(numbers.map(u32::to_le_bytes).as_flattened());
    }
}
