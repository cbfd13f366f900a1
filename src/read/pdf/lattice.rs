//! Ruling lines become lattices: the cells that they enclose.

use std::collections::BTreeMap;

use super::glyph::Rule;
use super::measure::{Area, Length, POINT};

/// Ruling lines that cross, and the cells between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Lattice {
    /// Where the columns start and end.
    pub xs: Vec<Length>,
    /// Where the rows start and end.
    pub ys: Vec<Length>,
    /// Whether there is a line at the left of each cell, by rows; one more at the end of each.
    upright: Vec<bool>,
    /// Whether there is a line above each cell, by rows; one row more.
    level: Vec<bool>,
}

/// A cell of a lattice, by the columns and rows that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enclosed {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

/// Lines that are nearer to each other are one.
const SAME: Length = 5 * POINT / 2;

/// Lines that end this near to another one meet it.
const REACH: Length = 5 * POINT / 2;

/// More lines make a drawing.
const MOST_LINES: usize = 3000;
const MOST_CELLS: usize = 50_000;

/// The lattices of a page, from top to bottom.
pub(super) fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    let [level, upright] = [false, true].map(|upright| joined(rules, upright));
    if level.len().max(upright.len()) > MOST_LINES {
        return Vec::new();
    }
    let mut groups = Groups::new(level.len() + upright.len());
    for (i, h) in level.iter().enumerate() {
        for (j, v) in upright.iter().enumerate() {
            let meets = |rule: &Rule, at: Length| (rule.from - REACH..=rule.to + REACH).contains(&at);
            if meets(h, v.at) && meets(v, h.at) {
                groups.join(i, level.len() + j);
            }
        }
    }
    let mut members: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for (i, &rule) in level.iter().enumerate() {
        members.entry(groups.root(i)).or_default().0.push(rule);
    }
    for (j, &rule) in upright.iter().enumerate() {
        members.entry(groups.root(level.len() + j)).or_default().1.push(rule);
    }
    let mut lattices: Vec<_> = members.into_values().filter_map(|(h, v)| Lattice::of(&h, &v)).collect();
    lattices.sort_by_key(|lattice| (lattice.ys[0], lattice.xs[0]));
    lattices
}

/// The lines from side to side that are long enough to stand below the title of a column.
pub(super) fn level(rules: &[Rule]) -> Vec<Rule> {
    const LONG: Length = 20 * POINT;
    let joined = joined(rules, false);
    joined.into_iter().filter(|rule| rule.to - rule.from >= LONG).take(MOST_LINES).collect()
}

/// The lines of one direction; pieces of one line joined.
fn joined(rules: &[Rule], upright: bool) -> Vec<Rule> {
    let mut rules: Vec<_> = rules.iter().copied().filter(|rule| rule.upright == upright).collect();
    rules.sort_by_key(|rule| (rule.at, rule.from));
    let mut joined = Vec::new();
    let mut start = 0;
    for end in 1..=rules.len() {
        if rules
            .get(end)
            .is_some_and(|rule| rule.at - rules[end - 1].at <= SAME / 2 && rule.at - rules[start].at <= SAME)
        {
            continue;
        }
        let same = &mut rules[start..end];
        same.sort_by_key(|rule| rule.from);
        let at = same[same.len() / 2].at;
        for rule in same.iter() {
            match joined.last_mut() {
                Some(Rule { to, at: last, .. }) if *last == at && rule.from <= *to + REACH => *to = rule.to.max(*to),
                _ => joined.push(Rule { at, ..*rule }),
            }
        }
        start = end;
    }
    joined.retain(|rule| rule.to - rule.from >= 4 * POINT);
    joined
}

impl Lattice {
    /// The lattice that lines which meet make; `None` if they enclose nothing.
    fn of(level: &[Rule], upright: &[Rule]) -> Option<Self> {
        let ends = |rules: &[Rule]| rules.iter().flat_map(|rule| [rule.from, rule.to]).collect::<Vec<_>>();
        // Where the outermost lines are missing, the others' ends show where they would be.
        let xs = places(upright, &ends(level));
        let ys = places(level, &ends(upright));
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MOST_CELLS {
            return None;
        }
        let mut lattice =
            Lattice { upright: vec![false; rows * (columns + 1)], level: vec![false; (rows + 1) * columns], xs, ys };
        for rule in upright {
            let column = nearest(&lattice.xs, rule.at);
            for row in covered(&lattice.ys, rule) {
                lattice.upright[row * (columns + 1) + column] = true;
            }
        }
        for rule in level {
            let row = nearest(&lattice.ys, rule.at);
            for column in covered(&lattice.xs, rule) {
                lattice.level[row * columns + column] = true;
            }
        }
        Some(lattice)
    }

    pub fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    pub fn rows(&self) -> usize {
        self.ys.len() - 1
    }

    pub fn area(&self) -> Area {
        let (rows, columns) = (self.rows(), self.columns());
        Area { x0: self.xs[0], y0: self.ys[0], x1: self.xs[columns], y1: self.ys[rows] }
    }

    /// Whether there is a line at the left of a cell.
    pub fn has_left(&self, row: usize, column: usize) -> bool {
        column == 0 || column == self.columns() || self.upright[row * (self.columns() + 1) + column]
    }

    fn has_top(&self, row: usize, column: usize) -> bool {
        row == 0 || row == self.rows() || self.level[row * self.columns() + column]
    }

    /// Its cells, by rows.
    pub fn cells(&self) -> Vec<Enclosed> {
        let (rows, columns) = (self.rows(), self.columns());
        let mut taken = vec![false; rows * columns];
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if taken[row * columns + column] {
                    continue;
                }
                let cell = self.cell(row, column, &taken);
                for r in row..row + cell.rows {
                    taken[r * columns + column..r * columns + column + cell.columns].fill(true);
                }
                cells.push(cell);
            }
        }
        cells
    }

    fn cell(&self, row: usize, column: usize, taken: &[bool]) -> Enclosed {
        let mut end = column + 1;
        while end < self.columns() && !self.has_left(row, end) && !taken[row * self.columns() + end] {
            end += 1;
        }
        let mut bottom = row + 1;
        let open = |bottom: usize| {
            (column..end).all(|c| !self.has_top(bottom, c)) && (column + 1..end).all(|c| !self.has_left(bottom, c))
        };
        while bottom < self.rows() && open(bottom) {
            bottom += 1;
        }
        Enclosed { row, column, rows: bottom - row, columns: end - column }
    }

    /// The column and row of a point.
    pub fn place(&self, x: Length, y: Length) -> (usize, usize) {
        let at = |edges: &[Length], value: Length| {
            edges.partition_point(|&edge| edge <= value).saturating_sub(1).min(edges.len() - 2)
        };
        (at(&self.ys, y), at(&self.xs, x))
    }
}

/// The places of lines, in order, and those of the outermost ends that no line is near to.
fn places(rules: &[Rule], ends: &[Length]) -> Vec<Length> {
    const FAR: Length = 8 * POINT;
    let mut places: Vec<_> = rules.iter().map(|rule| rule.at).collect();
    places.sort_unstable();
    places.dedup_by(|b, a| *b - *a <= SAME);
    let low = ends.iter().min().copied().filter(|low| places.first().is_some_and(|first| first - low > FAR));
    let high = ends.iter().max().copied().filter(|high| places.last().is_some_and(|last| high - last > FAR));
    places.splice(0..0, low);
    places.extend(high);
    places
}

fn nearest(places: &[Length], at: Length) -> usize {
    let after = places.partition_point(|&place| place < at);
    let near = [after.saturating_sub(1), after.min(places.len() - 1)];
    near.into_iter().min_by_key(|&i| (places[i] - at).abs()).unwrap_or(0)
}

/// Which of the rooms between `edges` a line goes along for the most part.
fn covered(edges: &[Length], rule: &Rule) -> std::ops::Range<usize> {
    let start = edges.windows(2).position(|pair| rule.from <= (pair[0] + pair[1]) / 2).unwrap_or(edges.len() - 1);
    let end = edges.windows(2).rposition(|pair| rule.to >= (pair[0] + pair[1]) / 2).map_or(0, |last| last + 1);
    start..end.max(start)
}

/// Which lines belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
