//! Splits a ruled table where a row repeats the first header cell with other column titles: each part has a header, and perhaps columns,
//! of its own.

use super::lines::Line;
use super::measure::Length;
use super::pieces::{self, Kind};
use super::table::{PageCell, PageTable};

/// The parts of a table, each with its header.
pub(super) fn parts(table: PageTable) -> Vec<PageTable> {
    let starts = starts(&table);
    if starts.is_empty() {
        return vec![table];
    }
    let ends = starts.iter().copied().chain([table.rows]);
    let bounds = [0].into_iter().chain(starts.iter().copied()).zip(ends);
    bounds.map(|(start, end)| part(&table, start, end)).collect()
}

/// The rows with which further parts start: their headers, or a title above one that goes over all columns.
fn starts(table: &PageTable) -> Vec<usize> {
    let mut rows: Vec<Vec<&PageCell>> = vec![Vec::new(); table.rows];
    table.cells.iter().for_each(|cell| rows[cell.row].push(cell));
    let has_figure = |row: &Vec<&PageCell>| row.iter().skip(1).any(|cell| kind(cell) == Kind::Figure);
    let is_title = |cell: &&PageCell| cell.rows == 1 && kind(cell) == Kind::Text && !text(cell).is_empty();
    let is_header = |row: &Vec<&PageCell>| {
        let width: usize = row.iter().map(|cell| cell.columns).sum();
        row.len() > 1 && width == table.columns() && row.iter().all(is_title)
    };
    let mut starts = Vec::new();
    let mut header: Option<&Vec<&PageCell>> = None;
    let mut has_body = false;
    for at in 0..rows.len() {
        let row = &rows[at];
        let heads = is_header(row) && rows.get(at + 1).is_some_and(has_figure);
        match header {
            None if heads => header = Some(row),
            Some(own) if heads && has_body && starts_over(own, row) => {
                let is_title = matches!(rows[at - 1][..], [title] if title.columns == table.columns());
                starts.push(at - usize::from(is_title));
                (header, has_body) = (Some(row), false);
            }
            _ => has_body |= has_figure(row),
        }
    }
    starts
}

/// Whether a row has the first title of a header, and others besides.
fn starts_over(header: &[&PageCell], row: &[&PageCell]) -> bool {
    let titles = |row: &[&PageCell]| row.iter().map(|cell| text(cell)).collect::<Vec<_>>();
    let (own, other) = (titles(header), titles(row));
    own.first() == other.first() && own != other
}

/// The rows of a table from `start` on, in the columns that they have.
fn part(table: &PageTable, start: usize, end: usize) -> PageTable {
    let cells: Vec<&PageCell> = table.cells.iter().filter(|cell| (start..end).contains(&cell.row)).collect();
    let bounds = cells.iter().flat_map(|cell| [cell.column, cell.column + cell.columns]);
    let mut used: Vec<usize> = bounds.collect();
    used.sort_unstable();
    used.dedup();
    let place = |column: usize| used.partition_point(|&other| other < column);
    let edges: Vec<Length> = used.iter().filter_map(|&column| table.edges.get(column).copied()).collect();
    let moved = |cell: &&PageCell| {
        let (column, end) = (place(cell.column), place(cell.column + cell.columns));
        PageCell { row: cell.row - start, column, columns: end - column, ..(*cell).clone() }
    };
    let mut area = table.area;
    if start > 0 {
        let tops = cells.iter().flat_map(|cell| &cell.lines).map(|line| line.area().y0);
        area.y0 = tops.min().unwrap_or(area.y0);
    }
    let cells = cells.iter().map(moved).collect();
    PageTable { area, edges, rows: end - start, cells, torn: table.torn, goes_on: start > 0 }
}

fn text(cell: &PageCell) -> String {
    cell.lines.iter().map(Line::text).collect()
}

fn kind(cell: &PageCell) -> Kind {
    pieces::kind(&text(cell))
}
