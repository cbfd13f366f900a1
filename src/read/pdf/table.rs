//! Tables of a page, before they become part of a document.

use super::lattice::{Enclosed, Lattice};
use super::lines::Line;
use super::measure::{Area, Length, POINT};
use super::pieces::{self, Kind};
use super::words::Word;
use super::wrapped;

/// A table on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct PageTable {
    pub area: Area,
    /// Where its columns start and end.
    pub edges: Vec<Length>,
    pub rows: usize,
    pub cells: Vec<PageCell>,
    /// Whether figures above it that stand in its columns are no part of it, though it has no header of its own.
    pub torn: bool,
    /// Whether it is a further part of the table before, so that what stands above that speaks of it, too.
    pub goes_on: bool,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct PageCell {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub lines: Vec<Line>,
    /// How far its text is indented, in steps of about one character.
    pub indent: u16,
}

impl PageCell {
    /// Whether both stand over one of the columns.
    pub fn overlaps(&self, other: &PageCell) -> bool {
        self.column < other.column + other.columns && other.column < self.column + self.columns
    }
}

impl PageTable {
    pub fn columns(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    /// How many rows at the top of `next` repeat this table's top rows: its header, printed again, in whichever columns it is read.
    pub fn header_again(&self, next: &PageTable) -> usize {
        let printed = |table: &PageTable, row: usize| {
            table.row(row).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ")
        };
        let same = |row: usize| {
            let other = printed(next, row);
            !other.trim().is_empty() && printed(self, row) == other
        };
        (0..self.rows.min(next.rows).saturating_sub(1)).take_while(|&row| same(row)).count()
    }

    /// The table with `edges` as its columns, if they match its own; its first may take several of them, as the label of a total stands
    /// below codes and names.
    pub fn in_columns(&self, edges: &[Length]) -> Option<PageTable> {
        const SLACK: Length = 6 * POINT;
        let merged = edges.len().checked_sub(self.edges.len())?;
        let own = edges.first().into_iter().chain(edges.iter().skip(merged + 1));
        let are_same = own.zip(&self.edges).all(|(edge, own)| (edge - own).abs() <= SLACK);
        let place = |column: usize| if column == 0 { 0 } else { column + merged };
        let moved = |cell: &PageCell| {
            let (column, end) = (place(cell.column), place(cell.column + cell.columns));
            PageCell { column, columns: end - column, ..cell.clone() }
        };
        let cells = || self.cells.iter().map(moved).collect();
        are_same.then(|| PageTable { edges: edges.to_vec(), cells: cells(), ..self.clone() })
    }

    /// Whether its first row is none of a header: it holds figures, or leaves cells empty.
    pub fn starts_in_body(&self) -> bool {
        let is_body = |text: &str| text.is_empty() || pieces::kind(text) == Kind::Figure;
        self.columns() > 1 && self.row(0).iter().any(|(column, text)| *column > 0 && is_body(text))
    }

    /// The cells of a row, from left to right: where they start, and their text.
    fn row(&self, row: usize) -> Vec<(usize, String)> {
        let cells = self.cells.iter().filter(|cell| cell.row == row);
        cells.map(|cell| (cell.column, cell.lines.iter().map(Line::text).collect())).collect()
    }
}

/// What the words within a lattice make.
pub(super) enum Ruled {
    /// A table, each cell enclosed by lines; and lines that are not part of it.
    Table(PageTable, Vec<Line>),
    /// A table with too few lines, which must be found by how the words stand. The words are given back.
    Open(Vec<Line>),
    /// No table.
    None(Vec<Line>),
}

/// Puts words into the cells of a lattice.
pub(super) fn ruled(lattice: &Lattice, lines: Vec<Line>) -> Ruled {
    let (rows, columns) = (lattice.rows(), lattice.columns());
    if rows * columns < 2 {
        return Ruled::None(lines);
    }
    let cells = lattice.cells();
    let mut owner = vec![0; rows * columns];
    for (i, cell) in cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.rows {
            owner[row * columns + cell.column..row * columns + cell.column + cell.columns].fill(i);
        }
    }
    let mut words: Vec<Vec<Word>> = vec![Vec::new(); cells.len()];
    for word in lines.iter().flat_map(|line| &line.words) {
        for part in parted(lattice, word.clone()) {
            let (row, column) = lattice.place(part.middle(), part.y - part.size / 3);
            words[owner[row * columns + column]].push(part);
        }
    }
    let mut contents: Vec<_> = words.into_iter().map(cell_lines).collect();
    wrapped::join(lattice, &cells, &mut contents);
    let filled = contents.iter().filter(|lines| !lines.is_empty()).count();
    if filled < 2 {
        return Ruled::None(lines);
    }
    let scale = scale(&cells, &contents);
    let mut back = Vec::new();
    for (_, lines) in cells.iter().zip(&mut contents).filter(|(cell, _)| cell.row < scale) {
        back.append(lines);
    }
    let crowded = contents.iter().filter(|lines| is_crowded(lines)).count();
    // A drawing: the scale of a chart beside its empty grid.
    if crowded > 0 && filled * 8 < cells.len() {
        return Ruled::None(lines);
    }
    if crowded > 1 || crowded == 1 && filled <= 6 {
        return Ruled::Open(lines);
    }
    let below = cells.iter().zip(contents).filter(|(cell, _)| cell.row + cell.rows > scale);
    let table_cells = below.map(|(cell, lines)| PageCell {
        row: cell.row.saturating_sub(scale),
        column: cell.column,
        rows: cell.row + cell.rows - scale.max(cell.row),
        columns: cell.columns,
        indent: 0,
        lines,
    });
    let area = Area { y0: lattice.ys[scale], ..lattice.area() };
    let (edges, cells) = (lattice.xs.clone(), table_cells.collect());
    let mut table = PageTable { area, edges, rows: rows - scale, cells, ..PageTable::default() };
    set_indents(&mut table);
    Ruled::Table(table, back)
}

/// How many rows at the top are a chart with its scale, drawn above the table of its figures.
fn scale(cells: &[Enclosed], contents: &[Vec<Line>]) -> usize {
    let is_scale = |(cell, lines): &(&Enclosed, &Vec<Line>)| cell.row == 0 && cell.rows > 2 && is_crowded(lines);
    let Some((scale, _)) = cells.iter().zip(contents).find(is_scale) else { return 0 };
    let others = cells.iter().zip(contents).filter(|(cell, lines)| !std::ptr::eq(*cell, scale) && !lines.is_empty());
    others.map(|(cell, _)| cell.row).min().filter(|&first| first > 2 && first <= scale.rows).unwrap_or(0)
}

/// Parts a word where it runs over lines between columns, if two texts meet there.
fn parted(lattice: &Lattice, word: Word) -> Vec<Word> {
    const SLACK: Length = 4 * POINT;
    let mut parts = vec![word];
    for &x in &lattice.xs[1..lattice.xs.len() - 1] {
        let Some(last) = parts.last() else { break };
        if last.x0 < x - POINT && x + POINT < last.x1 {
            let (row, column) = lattice.place(x, last.y - last.size / 3);
            if let Some((left, right)) = last.parted(x, SLACK).filter(|_| lattice.has_left(row, column)) {
                parts.pop();
                parts.extend([left, right]);
            }
        }
    }
    parts
}

/// The lines of a cell.
fn cell_lines(words: Vec<Word>) -> Vec<Line> {
    let numbers: Vec<_> = words.iter().map(|word| word.line).collect();
    let mut lines: Vec<Line> = Vec::new();
    let mut words: Vec<_> = words.into_iter().zip(numbers).collect();
    words.sort_by_key(|(word, number)| (*number, word.x0));
    for group in words.chunk_by(|a, b| a.1 == b.1) {
        lines.push(Line::of(group.iter().map(|(word, _)| word.clone()).collect()));
    }
    lines.sort_by_key(|line| line.y);
    lines
}

/// Whether a cell holds several figures, or marks in their place, and no words, as one does that stands for several; or several
/// labels with figures beside them.
fn is_crowded(lines: &[Line]) -> bool {
    let rows: Vec<Vec<Kind>> =
        lines.iter().map(|line| pieces::pieces(line, &[]).iter().map(|piece| piece.kind).collect()).collect();
    let count: usize = rows.iter().map(Vec::len).sum();
    let labelled = rows.iter().filter(|row| row.first() == Some(&Kind::Text) && row.contains(&Kind::Figure)).count();
    count > 1 && !rows.iter().flatten().any(|kind| *kind == Kind::Text) || labelled > 1
}

/// Whether the text of a cell stands in its middle.
fn is_centred(cell: &PageCell, edges: &[Length]) -> bool {
    let (Some(left), Some(right)) = (edges.get(cell.column), edges.get(cell.column + cell.columns)) else {
        return false;
    };
    let x0 = cell.lines.iter().map(Line::x0).min().unwrap_or(*left);
    let x1 = cell.lines.iter().map(Line::x1).max().unwrap_or(*right);
    let (before, after) = (x0 - left, right - x1);
    (before - after).abs() <= 3 * POINT && before > 8 * POINT
}

/// Tells how far the texts of each column are indented against the leftmost.
pub(super) fn set_indents(table: &mut PageTable) {
    let mut left = vec![Length::MAX; table.columns()];
    let start = |cell: &PageCell| cell.lines.iter().map(Line::x0).min();
    let edges = table.edges.clone();
    let is_text = |cell: &PageCell| {
        let text = cell.lines.iter().any(|line| pieces::kind(&line.text()) == Kind::Text);
        cell.columns == 1 && text && !is_centred(cell, &edges)
    };
    for cell in table.cells.iter().filter(|cell| is_text(cell)) {
        if let (Some(x), Some(left)) = (start(cell), left.get_mut(cell.column)) {
            *left = x.min(*left);
        }
    }
    for cell in table.cells.iter_mut().filter(|cell| is_text(cell)) {
        let (Some(x), Some(&left)) = (start(cell), left.get(cell.column)) else { continue };
        let step = cell.lines.iter().map(|line| line.size).max().unwrap_or(POINT).max(POINT) / 2;
        cell.indent = ((x - left + step / 2) / step).clamp(0, 100) as u16;
    }
}
