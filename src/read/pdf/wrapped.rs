//! Figures that are wrapped within a narrow cell: 116,450,78 above 4.10 is 116,450,784.10.

use std::collections::BTreeMap;

use super::lattice::{Enclosed, Lattice};
use super::lines::Line;
use super::measure::Length;
use super::pieces;
use super::sound::is_grouped;
use super::table::{PageCell, PageTable};
use super::words::hundredths;

/// Puts the lines of each cell of a lattice together that are parts of one figure, for which the cell has no room in one line.
pub(super) fn join(lattice: &Lattice, cells: &[Enclosed], contents: &mut [Vec<Line>]) {
    let room = |cell: &Enclosed| lattice.xs[cell.column + cell.columns] - lattice.xs[cell.column];
    let wrapped: Vec<_> = (0..cells.len()).filter(|&at| is_wrapped(&contents[at], room(&cells[at]))).collect();
    if wrapped.is_empty() {
        return;
    }
    let join = |decimals: &Decimals, contents: &mut [Vec<Line>]| {
        for &at in &wrapped {
            if let Some(line) = joined(&contents[at], decimals.of(cells[at].column)) {
                contents[at] = vec![line];
            }
        }
    };
    join(&Decimals::default(), contents);
    // Those that tell by themselves that they go on tell of the others, too.
    join(&Decimals::told(cells, contents), contents);
}

/// Puts the ends of figures in the row of a table with which the next page starts together with their beginnings at the end of the page before.
/// Tells whether nothing is left in that row.
pub(super) fn join_over_pages(table: &mut PageTable, next: &mut PageTable, row: usize) -> bool {
    let (end, edges) = (table.rows, &table.edges);
    let ends = |cell: &&mut PageCell| cell.row + cell.rows == end;
    let mut begun: BTreeMap<_, _> =
        table.cells.iter_mut().filter(ends).map(|cell| ((cell.column, cell.columns), cell)).collect();
    // A dash alone is a value of its own.
    let has_digit =
        |own: &&mut &mut PageCell| own.lines.iter().any(|line| line.text().contains(|c: char| c.is_ascii_digit()));
    let mut joins = false;
    for cell in next.cells.iter_mut().filter(|cell| cell.row == row && !cell.lines.is_empty()) {
        let Some(own) = begun.get_mut(&(cell.column, cell.columns)).filter(|own| has_digit(own)) else {
            continue;
        };
        let lines = [&own.lines[..], &cell.lines[..]].concat();
        let room = edges[cell.column + cell.columns] - edges[cell.column];
        if let Some(line) = joined(&lines, None).filter(|_| is_wrapped(&lines, room)) {
            own.lines = vec![line];
            cell.lines.clear();
            joins = true;
        }
    }
    joins && next.cells.iter().all(|cell| cell.row != row || cell.lines.is_empty())
}

/// Whether lines are wrapped in the room that their cell has: all but the last are so long that no further digit has room, or a sign has none
/// that stands in a line of its own.
fn is_wrapped(lines: &[Line], room: Length) -> bool {
    /// A digit and the room that cells leave beside their text, in hundredths of the font's size.
    const LEFT: Length = 200;
    let is_full = |line: &Line| line.x1() - line.x0() + hundredths(line.size, LEFT) > room;
    let is_sign = |line: &Line| line.text().chars().all(pieces::is_opening);
    match lines {
        [] | [_] => false,
        [sign, figure] if is_sign(sign) => is_full(figure),
        [sign, before @ .., _] if is_sign(sign) => before.iter().all(is_full),
        [before @ .., _] => before.iter().all(is_full),
    }
}

/// The line that several lines make, if they are parts of one figure. `decimals` tells how many others of its column have.
fn joined(lines: &[Line], decimals: Option<usize>) -> Option<Line> {
    let parts = digits(lines)?;
    let mut whole = String::new();
    for part in parts {
        if !whole.is_empty() && !goes_on(&whole, &part, decimals) {
            return None;
        }
        whole.push_str(&part);
    }
    let (first, rest) = lines.split_first().filter(|_| is_grouped(&whole))?;
    let mut line = first.clone();
    rest.iter().for_each(|next| line.wrap_on(next));
    Some(line)
}

/// Whether the digits of a line are not all of their figure, so that those of the next line belong to it.
fn goes_on(before: &str, next: &str, decimals: Option<usize>) -> bool {
    let is_cut = || {
        let count = decimals_of(before).zip(decimals);
        let digits = next.bytes().all(|byte| byte.is_ascii_digit());
        digits && count.is_some_and(|(own, all)| own < all && own + next.len() == all)
    };
    !is_grouped(before) || next.starts_with([',', '.']) || is_cut()
}

fn decimals_of(figure: &str) -> Option<usize> {
    figure.split_once('.').map(|(_, decimals)| decimals.len())
}

/// The digits, commas and points of lines that hold nothing else but signs before the first and behind the last; the sign may stand in a line
/// of its own.
fn digits(lines: &[Line]) -> Option<Vec<String>> {
    let last = lines.len().checked_sub(1)?;
    let part = |(at, line): (usize, &Line)| {
        let text = line.text();
        let text = if at == 0 { text.trim_start_matches(pieces::is_opening) } else { &text };
        let text = if at == last { text.trim_end_matches(pieces::is_closing) } else { text };
        let is_figure = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        (is_figure && (!text.is_empty() || at < last.min(1))).then(|| text.to_string())
    };
    lines.iter().enumerate().map(part).collect()
}

/// How many decimals the figures of each column have.
#[derive(Default)]
struct Decimals(BTreeMap<usize, Vec<usize>>);

impl Decimals {
    /// As the cells tell that hold a figure in a single line.
    fn told(cells: &[Enclosed], contents: &[Vec<Line>]) -> Self {
        let mut told = Self::default();
        for (cell, lines) in cells.iter().zip(contents).filter(|(_, lines)| lines.len() == 1) {
            let figure = digits(lines).map(|parts| parts.concat()).filter(|figure| is_grouped(figure));
            if let Some(count) = figure.and_then(|figure| decimals_of(&figure)) {
                told.0.entry(cell.column).or_default().push(count);
            }
        }
        told
    }

    /// How many those of a column have, if several have some and all as many.
    fn of(&self, column: usize) -> Option<usize> {
        let all = self.0.get(&column).filter(|all| all.len() > 1)?;
        all.iter().all(|count| *count == all[0]).then_some(all[0])
    }
}
