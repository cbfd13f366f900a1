//! Tables in plain text, as tools make them of PDF files: columns kept apart by two or more blanks, over several lines with
//! figures.

use std::ops::Range;

use super::columns::{self, Place, Seen};
use super::marks;
use crate::compact::List;
use crate::document::{Cell, Table};
use crate::span::Span;

/// The tables among consecutive lines, each with the lines that it takes. `lines` are without white space around them, in
/// `text`; `indents` say how much stands before each, in terminal cells.
///
/// Only what is plainly a table is taken: at least three lines with figures behind their labels, the figures of a column under
/// each other, and nothing that reaches over from one column into another.
pub(super) fn tables(text: &str, lines: &[(Span, usize)]) -> Vec<(Range<usize>, Table)> {
    if lines.len() < FEWEST_ROWS || lines.iter().filter(|(line, _)| has_gap(&text[line.range()])).count() < FEWEST_ROWS
    {
        return Vec::new();
    }
    let rows: Vec<Vec<Segment>> = lines.iter().map(|&(line, indent)| segments(text, line, indent)).collect();
    let mut tables = Vec::new();
    let mut start = 0;
    while start < rows.len() {
        let end = stretch(&rows, start);
        if let Some(table) = table(text, &rows[start..end]) {
            tables.push((start..end, table));
        }
        start = end.max(start + 1);
    }
    tables
}

/// A table has no fewer lines with figures.
pub(super) const FEWEST_ROWS: usize = 3;

/// How far from its figure a currency stands at most, in terminal cells.
const SIGN_GAP: u32 = 12;

/// No more lines without columns stand between others (names of parts, first lines of long labels).
const MOST_SINGLE: usize = 2;

/// A piece of a line between wide gaps.
#[derive(Clone, Copy, Debug)]
struct Segment {
    span: Span,
    /// Where it starts and ends on the line, in terminal cells.
    start: u32,
    end: u32,
}

fn has_gap(line: &str) -> bool {
    line.contains('\t') || line.contains("  ") || line.contains('\u{3000}')
}

fn segments(text: &str, line: Span, indent: usize) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut column = indent as u32;
    let mut blanks = usize::MAX;
    for (at, c) in text[line.range()].char_indices() {
        let start = line.start as usize + at;
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            blanks = blanks.saturating_add(if matches!(c, '\t' | '\u{3000}') { 2 } else { 1 });
            column = if c == '\t' { column / 8 * 8 + 8 } else { column + marks::width(&text[start..end]) as u32 };
            continue;
        }
        let after = column + marks::width(&text[start..end]) as u32;
        match segments.last_mut().filter(|_| blanks < 2) {
            Some(last) => (last.span.end, last.end) = (end as u32, after),
            None => segments.push(Segment { span: Span::new(start, end), start: column, end: after }),
        }
        (column, blanks) = (after, 0);
    }
    segments
}

/// Where the lines end that may be one table, from `start` on: lines with columns, few others between them.
fn stretch(rows: &[Vec<Segment>], start: usize) -> usize {
    let mut end = start;
    for (at, row) in rows.iter().enumerate().skip(start) {
        if row.len() > 1 {
            end = at + 1;
        } else if end == start || at - end >= MOST_SINGLE {
            break;
        }
    }
    end
}

fn table(text: &str, rows: &[Vec<Segment>]) -> Option<Table> {
    if rows.len() < FEWEST_ROWS {
        return None;
    }
    let segments: Vec<&Segment> = rows.iter().flatten().collect();
    let rows_of = rows.iter().enumerate().flat_map(|(row, segments)| segments.iter().map(move |_| row as u32));
    let places: List<Place> = (segments.iter().zip(rows_of))
        .map(|(segment, row)| Place { row, rows: 1, start: segment.start, end: segment.end })
        .collect();
    let seen = columns::find(places, SIGN_GAP, |at| text[segments[at].span.range()].to_owned());
    let cells: Vec<Seen> = seen.cells.iter().collect();
    let plain = seen.aligned && cells.iter().all(|cell| !cell.apart) && is_table(&cells, seen.columns);
    plain.then(|| {
        let left = cells.iter().map(|cell| cell.start).min().unwrap_or(0);
        let cells = cells.iter().map(|cell| {
            let parts = &segments[cell.parts()];
            Cell {
                span: parts[0].span.to(parts[parts.len() - 1].span),
                row: cell.row,
                column: cell.column,
                row_span: 1,
                column_span: cell.columns,
                indent: if cell.column == 0 { u16::try_from(cell.start - left).unwrap_or(0) } else { 0 },
                bold: false,
            }
        });
        Table { rows: rows.len() as u32, columns: seen.columns, cells: cells.collect(), ..Table::default() }
    })
}

/// Whether cells are plainly a table: labels first, enough rows with figures behind them, and figures that end or start
/// under each other.
fn is_table(cells: &[Seen], columns: u32) -> bool {
    let mut of_columns: Vec<Vec<&Seen>> = vec![Vec::new(); columns as usize];
    for cell in cells {
        if let Some(column) = of_columns.get_mut(cell.column as usize) {
            column.push(cell);
        }
    }
    let Some((labels, values)) = of_columns.split_first() else { return false };
    // A line that is no row of columns must end before the figures do.
    let alone = |row: &&[Seen]| matches!(row, [cell] if cell.columns > 1);
    let figures = |column: &[&Seen]| column.iter().filter(|cell| has_figure(cell)).count();
    let filled =
        cells.chunk_by(|a, b| a.row == b.row).filter(|row| row.iter().any(|cell| cell.column > 0 && has_figure(cell)));
    labels.iter().any(|cell| cell.has_letters)
        && filled.count() >= FEWEST_ROWS
        && values.iter().all(|column| figures(column) < 2 || is_straight(column))
        && values.iter().any(|column| figures(column) >= FEWEST_ROWS)
        && !cells.chunk_by(|a, b| a.row == b.row).any(|row| alone(&row))
}

fn has_figure(cell: &Seen) -> bool {
    cell.is_numeric && cell.has_digits
}

/// Whether the figures of a column end, or start, under each other: nearly all within two cells (brackets and percent signs
/// stand outside).
fn is_straight(column: &[&Seen]) -> bool {
    const LEEWAY: u32 = 2;
    let mut edges: [Vec<u32>; 2] = Default::default();
    for cell in column.iter().filter(|cell| has_figure(cell)) {
        edges[0].push(cell.start);
        edges[1].push(cell.end);
    }
    edges.iter_mut().any(|edges| {
        edges.sort_unstable();
        let middle = edges[edges.len() / 2];
        edges.iter().filter(|edge| edge.abs_diff(middle) <= LEEWAY).count() * 10 >= edges.len() * 9
    })
}
