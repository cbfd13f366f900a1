//! The columns that one sees in a table of a page or of aligned text: signs joined to their figures, columns that only keep distance left out.

mod short;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::affix::{is_numeric, is_open, is_prefix, is_suffix};
use crate::compact::List;

/// Where a cell stands: its rows, and the columns of the page or of the text that it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The first of its rows.
    pub row: u32,
    /// How many rows it covers.
    pub rows: u32,
    /// The first column.
    pub start: u32,
    /// The one after the last.
    pub end: u32,
}

/// A cell as a reader sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// The cells that it is made of, as indexes of places: the first, and how many follow on each other.
    pub first: u32,
    pub count: u32,
    /// Whether the parts are words beside each other, and no figure with its signs.
    pub apart: bool,
    pub row: u32,
    pub rows: u32,
    pub column: u32,
    pub columns: u32,
    /// Whether it holds a figure or a dash in its place, and no words.
    pub is_numeric: bool,
    /// Whether it holds digits.
    pub has_digits: bool,
    /// Whether it holds letters.
    pub has_letters: bool,
    /// The columns of the page or of the text that it covers.
    pub start: u32,
    pub end: u32,
}

/// A table as a reader sees it.
#[derive(Debug)]
pub(super) struct SeenTable {
    pub cells: List<Seen>,
    pub columns: u32,
    /// Whether what stands above each other is in one column everywhere.
    pub aligned: bool,
}

/// Finds the columns of a table; `places` are those of its cells by rows, and `text` gives a cell's text by its index there.
/// No more than `gap` columns stand between a figure and its sign.
pub(super) fn find(places: List<Place>, gap: u32, text: impl Fn(usize) -> String) -> SeenTable {
    let mut cells = joined(&places, gap, text);
    drop(places);
    // Where none reaches over several columns, each is one of its own. Clusters of a wide table would take more than the table.
    if cells.iter().all(|cell| cell.end - cell.start == 1) {
        let columns = by_starts(&mut cells);
        return SeenTable { cells, columns, aligned: true };
    }
    let columns = by_clusters(&mut cells);
    if let Some(cells) = kept_apart(&cells) {
        return SeenTable { cells, columns, aligned: true };
    }
    let columns = by_starts(&mut cells);
    SeenTable { cells, columns, aligned: false }
}

/// Joins signs to the figures beside them.
fn joined(places: &List<Place>, gap: u32, text: impl Fn(usize) -> String) -> List<Seen> {
    // Where figures start, a sign is the header of a column and belongs to nothing at its left.
    let numeric: Vec<bool> = (0..places.len()).map(|index| is_numeric(&text(index))).collect();
    let with_figures = places.iter().zip(&numeric).filter(|(_, is_numeric)| **is_numeric);
    let figures: FxHashSet<u32> = with_figures.map(|(place, _)| place.start).collect();
    let mut joined: List<Seen> = List::default();
    let mut last_text = String::new();
    for (index, place) in places.iter().enumerate() {
        let own_text = text(index);
        let cell = seen(index as u32, &place, numeric[index], &own_text);
        let fits = joined.last().is_some_and(|last| {
            last.row == cell.row
                && last.rows == cell.rows
                && cell.start <= last.end + gap
                && follows((&last, &last_text), (&cell, &own_text), &figures)
        });
        if fits {
            last_text.push_str(&own_text);
            joined.change(joined.len() - 1, |last| {
                last.append(&cell);
                last.take_looks(&last_text);
            });
        } else {
            joined.push(cell);
            last_text = own_text;
        }
    }
    joined
}

fn seen(index: u32, place: &Place, is_numeric: bool, text: &str) -> Seen {
    Seen {
        first: index,
        count: 1,
        apart: false,
        row: place.row,
        rows: place.rows,
        // Until that is known; what is near its start is kept in short.
        column: place.start,
        columns: 1,
        is_numeric,
        has_digits: has_digits(text),
        has_letters: has_letters(text),
        start: place.start,
        end: place.end,
    }
}

fn has_digits(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

fn follows((last, last_text): (&Seen, &str), (cell, text): (&Seen, &str), figures: &FxHashSet<u32>) -> bool {
    if is_prefix(last_text) {
        return cell.is_numeric;
    }
    let closes = is_open(last_text) && text.starts_with([')', '）']);
    last.is_numeric && is_suffix(text) && (closes || !figures.contains(&cell.start))
}

impl Seen {
    /// The cells that it is made of, as indexes of places.
    pub fn parts(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }

    fn append(&mut self, other: &Seen) {
        self.count += other.count;
        self.end = self.end.max(other.end);
    }

    fn take_looks(&mut self, text: &str) {
        (self.is_numeric, self.has_digits, self.has_letters) = (is_numeric(text), has_digits(text), has_letters(text));
    }
}

/// Clusters cells that overlap vertically: figures before words, narrow before wide. A cell over two filled columns forms none.
/// Gives the number of columns.
fn by_clusters(cells: &mut List<Seen>) -> u32 {
    let mut order: Vec<u32> = (0..cells.len() as u32).collect();
    let rank = |cell: &Seen| (!cell.is_numeric, cell.end - cell.start);
    order.sort_by_key(|&at| rank(&cells.at(at as usize)));
    let mut clusters = Clusters { steps: MOST_STEPS + 16 * cells.len(), ..Clusters::default() };
    for at in order {
        let cell = cells.at(at as usize);
        clusters.add(cell.start..cell.end, cell.row..cell.row + cell.rows);
    }
    let bounds: Vec<(u32, u32)> = clusters.by_start.iter().map(|(&start, cluster)| (start, cluster.end)).collect();
    drop(clusters);
    for at in 0..cells.len() {
        cells.change(at, |cell| {
            let first = bounds.partition_point(|&(_, end)| end <= cell.start);
            let after = bounds.partition_point(|&(start, _)| start < cell.end).max(first + 1);
            (cell.column, cell.columns) = (first as u32, (after - first) as u32);
        });
    }
    bounds.len() as u32
}

/// The cells, where it is settled which column is whose if two of a row reach into the same; `None` if two figures of a row would
/// come into one.
fn kept_apart(cells: &List<Seen>) -> Option<List<Seen>> {
    let mut kept = List::default();
    let mut last: Option<Seen> = None;
    for mut cell in cells.iter() {
        if let Some(last) =
            last.as_mut().filter(|last| last.row == cell.row && last.column + last.columns > cell.column)
        {
            let (last_end, end) = (last.column + last.columns, cell.column + cell.columns);
            if last.column < cell.column {
                last.columns = cell.column - last.column;
            } else if end > last_end {
                (cell.column, cell.columns) = (last_end, end - last_end);
            } else if last.is_numeric && cell.is_numeric {
                return None;
            } else {
                last.apart = true;
                last.append(&cell);
                last.is_numeric = false;
                last.has_digits |= cell.has_digits;
                last.has_letters |= cell.has_letters;
                continue;
            }
        }
        kept.extend(last.replace(cell));
    }
    kept.extend(last);
    Some(kept)
}

/// Makes a column of every place in which a cell starts. Gives the number of columns.
fn by_starts(cells: &mut List<Seen>) -> u32 {
    let mut starts: Vec<u32> = cells.iter().map(|cell| cell.start).collect();
    starts.sort_unstable();
    starts.dedup();
    for at in 0..cells.len() {
        cells.change(at, |cell| {
            let first = starts.partition_point(|&start| start < cell.start);
            let after = starts.partition_point(|&start| start < cell.end).max(first + 1);
            (cell.column, cell.columns) = (first as u32, (after - first) as u32);
        });
    }
    starts.len() as u32
}

/// The rows compared in all before clusters are no longer merged; 16 more for each cell.
const MOST_STEPS: usize = 1_000_000;

/// So many clusters are made one at most, because a cell reaches over them.
const MOST_MERGED: usize = 8;

/// Columns of a grid that belong together, by the first.
#[derive(Default)]
struct Clusters {
    by_start: BTreeMap<u32, Cluster>,
    /// The filled rows of all clusters, each with the place of its cluster's next. A list for each cluster would be most of what a
    /// wide table takes, whose clusters have few rows.
    rows: Vec<(u32, u32)>,
    steps: usize,
}

struct Cluster {
    end: u32,
    rows: Chain,
}

/// The places of a first and a last row in [`Clusters::rows`], and how many there are from one to the other.
#[derive(Clone, Copy)]
struct Chain {
    first: u32,
    last: u32,
    count: u32,
}

impl Clusters {
    fn add(&mut self, columns: std::ops::Range<u32>, rows: std::ops::Range<u32>) {
        let met = self.by_start.range(..columns.end).rev().take_while(|(_, cluster)| cluster.end > columns.start);
        let met: Vec<u32> = met.map(|(&start, _)| start).take(MOST_MERGED + 1).collect();
        match met[..] {
            [] => {
                let rows = self.chain(rows);
                self.by_start.insert(columns.start, Cluster { end: columns.end, rows });
            }
            [start] => {
                let rows = self.chain(rows);
                let Some(cluster) = self.by_start.get_mut(&start) else { return };
                cluster.rows = join(&mut self.rows, cluster.rows, rows);
            }
            _ if met.len() <= MOST_MERGED && self.never_together(&met, &rows) => self.merge(&met, rows),
            _ => {}
        }
    }

    /// Puts rows, of which there is one at least, into the list.
    fn chain(&mut self, rows: std::ops::Range<u32>) -> Chain {
        let (first, count) = (self.rows.len() as u32, rows.len() as u32);
        self.rows.extend((first + 1..).zip(rows).map(|(next, row)| (row, next)));
        Chain { first, last: first + count - 1, count }
    }

    fn rows_of(&self, chain: Chain) -> impl Iterator<Item = u32> {
        let mut at = chain.first;
        (0..chain.count).map(move |_| {
            let (row, next) = self.rows[at as usize];
            at = next;
            row
        })
    }

    /// Whether no row has two of these clusters filled.
    fn never_together(&mut self, starts: &[u32], rows: &std::ops::Range<u32>) -> bool {
        let chains = || starts.iter().filter_map(|start| self.by_start.get(start)).map(|cluster| cluster.rows);
        let count = rows.len() + chains().map(|chain| chain.count as usize).sum::<usize>();
        if count > self.steps {
            return false;
        }
        let mut all: Vec<u32> = rows.clone().collect();
        all.extend(chains().flat_map(|chain| self.rows_of(chain)));
        self.steps -= count;
        all.sort_unstable();
        all.dedup();
        all.len() == count
    }

    fn merge(&mut self, starts: &[u32], rows: std::ops::Range<u32>) {
        let mut whole = Cluster { end: 0, rows: self.chain(rows) };
        for start in starts {
            if let Some(cluster) = self.by_start.remove(start) {
                whole.end = whole.end.max(cluster.end);
                whole.rows = join(&mut self.rows, whole.rows, cluster.rows);
            }
        }
        self.by_start.insert(starts.iter().copied().min().unwrap_or(0), whole);
    }
}

fn join(rows: &mut [(u32, u32)], before: Chain, after: Chain) -> Chain {
    rows[before.last as usize].1 = after.first;
    Chain { first: before.first, last: after.last, count: before.count + after.count }
}
