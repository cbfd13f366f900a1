//! Lines of plain text: paragraphs, wrapped lines, headings and aligned tables, found by the ends of lines.

use std::ops::Range;

use crate::compact::List;
use crate::document::{Block, BlockKind, Table};
use crate::span::Span;

use super::aligned;
use super::marks::{self, Mark};

/// What lines make.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// The blocks, in order.
    pub blocks: List<Block>,
    /// The tables that their cells stand in.
    pub tables: Vec<Table>,
}

/// The structure of a text from the byte `start` on. Lines are one block each unless they look wrapped, or are rows of a table;
/// a blank line ends a block always.
pub(super) fn structure(text: &str, start: usize) -> Structure {
    let mut reader = Reader { text, run: Vec::new(), blocks: List::default(), tables: Vec::new() };
    let bytes = text.as_bytes();
    let mut line_start = start;
    for end in memchr::memchr2_iter(b'\n', b'\r', &bytes[start..]).map(|at| start + at) {
        // A `\r\n` gives an empty line between the two, which must not end the paragraph.
        let inside_end_mark = bytes[end] == b'\n' && end > start && bytes[end - 1] == b'\r';
        if !inside_end_mark {
            reader.line(line_start, end);
        }
        line_start = end + 1;
    }
    reader.line(line_start, text.len());
    reader.close();
    Structure { blocks: reader.blocks, tables: reader.tables }
}

/// Wrapped text has lines no shorter and no longer than these, in terminal cells.
const NARROWEST: usize = 40;
const WIDEST: usize = 200;

/// A line that is longer is no heading, in terminal cells.
const LONGEST_HEADING: usize = 80;
const LONGEST_UNMARKED_HEADING: usize = 40;

struct Line {
    /// Without white space around it.
    span: Span,
    /// How much white space stands before it, in terminal cells.
    indent: usize,
}

struct Reader<'a> {
    text: &'a str,
    /// The lines since the last blank one.
    run: Vec<Line>,
    blocks: List<Block>,
    tables: Vec<Table>,
}

impl Reader<'_> {
    fn line(&mut self, start: usize, end: usize) {
        let line = &self.text[start..end];
        let trimmed = line.trim_start();
        if trimmed.is_empty() {
            return self.close();
        }
        let indent = line.len() - trimmed.len();
        let span = Span::new(start + indent, start + indent + trimmed.trim_end().len());
        self.run.push(Line { span, indent: marks::width(&line[..indent]) });
    }

    /// Makes blocks and tables of the lines since the last blank one.
    fn close(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        let mut start = 0;
        let tables = if run.len() < aligned::FEWEST_ROWS { Vec::new() } else { self.tables_in(&run) };
        for (rows, table) in tables {
            self.paragraphs(&run[start..rows.start], false);
            self.table(table);
            start = rows.end;
        }
        self.paragraphs(&run[start..], run.len() == 1);
        run.clear();
        self.run = run;
    }

    fn tables_in(&self, run: &[Line]) -> Vec<(Range<usize>, Table)> {
        let lines: Vec<_> = run.iter().map(|line| (line.span, line.indent)).collect();
        aligned::tables(self.text, &lines)
    }

    fn table(&mut self, table: Table) {
        let index = self.tables.len() as u32;
        let cells = (0..).zip(table.cells.iter());
        self.blocks
            .extend(cells.map(|(cell, at)| Block { span: at.span, kind: BlockKind::Cell { table: index, cell } }));
        self.tables.push(table);
    }

    /// Makes blocks of lines; `alone`: it is one, and blank lines stand around it.
    fn paragraphs(&mut self, run: &[Line], alone: bool) {
        let mut widest = None;
        let mut first = 0;
        for i in 0..run.len() {
            let next = run.get(i + 1);
            if next.is_some_and(|next| self.goes_on(&run[i], next, || *widest.get_or_insert_with(|| self.widest(run))))
            {
                continue;
            }
            let span = run[first].span.to(run[i].span);
            let level = if first == i { self.heading(span, alone) } else { None };
            self.blocks.push(Block { span, kind: level.map_or(BlockKind::Paragraph, BlockKind::Heading) });
            first = i + 1;
        }
    }

    fn widest(&self, run: &[Line]) -> usize {
        run.iter().map(|line| line.indent + marks::width(self.slice(line))).max().unwrap_or(0)
    }

    /// Whether `next` goes on with the paragraph of `line`: the line is left open, and the next word would not have fitted
    /// into the widest line of the run.
    fn goes_on(&self, line: &Line, next: &Line, widest: impl FnOnce() -> usize) -> bool {
        let (text, following) = (self.slice(line), self.slice(next));
        let open = !marks::closes(text) || text.ends_with('.') && following.starts_with(char::is_lowercase);
        if !open || next.indent > line.indent || marks::mark(following).is_some() {
            return false;
        }
        let widest = widest();
        if !(NARROWEST..=WIDEST).contains(&widest) || is_tabular(text) || is_tabular(following) {
            return false;
        }
        line.indent + marks::width(text) + first_word(following) > widest
    }

    /// The level of a line as a heading. `alone`: blank lines stand around it.
    fn heading(&self, span: Span, alone: bool) -> Option<u8> {
        if span.len() > 3 * LONGEST_HEADING {
            return None;
        }
        let text = &self.text[span.range()];
        if marks::closes(text) || text.contains(['。', '；']) || is_tabular(text) {
            return None;
        }
        let width = marks::width(text);
        match marks::mark(text) {
            Some(Mark::Level(level)) => (width <= LONGEST_HEADING).then_some(level),
            Some(Mark::Item) => None,
            None if !alone || width > LONGEST_UNMARKED_HEADING || text.contains(['，', ',', ':', '：', '|']) => None,
            None if self.blocks.is_empty() => Some(1),
            None => text.chars().all(|c| c.is_alphabetic() || c == ' ').then_some(6),
        }
    }

    fn slice(&self, line: &Line) -> &str {
        &self.text[line.span.range()]
    }
}

/// Whether a line holds columns: tabs, wide gaps, or two numbers at its end.
fn is_tabular(line: &str) -> bool {
    let bytes = line.as_bytes();
    let is_gap = |at: usize| bytes[at] == b'\t' || bytes.get(at + 1) == Some(&b' ');
    let is_number = |word: &str| word.contains(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic);
    let mut words = line.rsplit(' ');
    memchr::memchr2_iter(b' ', b'\t', bytes).any(is_gap)
        || words.next().is_some_and(is_number) && words.next().is_some_and(is_number)
}

/// How many cells the first word takes with the space before it: what did not fit into the line before. A Chinese line
/// breaks after any character, but keeps closing marks with what stands before them.
fn first_word(line: &str) -> usize {
    const KEPT_TOGETHER: usize = 4;
    const LONGEST_WORD: usize = 30;
    let end = line.find(|c: char| c == ' ' || !c.is_ascii()).unwrap_or(line.len());
    1 + end.clamp(KEPT_TOGETHER, LONGEST_WORD)
}
