//! Pages set in columns of prose: their lines as they are read, one column after the other.

use std::ops::Range;

use super::gutter::{self, Gutter, Set};
use super::lattice::Lattice;
use super::lines::{self, Line};
use super::measure::{Area, Length, POINT};
use super::pieces::{self, Piece};
use super::sheet::Sheet;
use super::words::Word;

/// A part of a page that is read before the next: a column of prose, or what stands over all columns.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub lines: Vec<Line>,
    /// Whether it is a column, with margins of its own.
    pub is_column: bool,
    /// Whether what ends the section before it may go on in this one: it is the next column.
    pub follows: bool,
}

/// The gutters that several pages have at the same place.
pub(super) struct Shared(Vec<Gutter>);

impl Shared {
    /// The gutters of some pages.
    pub fn of(sheets: &[Sheet]) -> Self {
        const FEWEST: usize = 2;
        const SAME: Length = 2 * POINT;
        let mut gutters: Vec<Gutter> = sheets.iter().filter_map(|sheet| own(&sheet.loose, &grids(sheet))).collect();
        gutters.sort_unstable_by_key(Gutter::middle);
        let groups = gutters.chunk_by(|a, b| b.middle() - a.middle() <= SAME);
        Shared(groups.filter(|group| group.len() >= FEWEST).map(|group| group[group.len() / 2]).collect())
    }
}

/// The grids of tables that are drawn on a page.
fn grids(sheet: &Sheet) -> Vec<Area> {
    let are_cells = |lattice: &&Lattice| lattice.rows() > 1 && lattice.columns() > 1;
    sheet.lattices.iter().filter(are_cells).map(Lattice::area).collect()
}

/// The gutter that lines show by themselves: prose stands at one side, and prose or lines set on their own at the other. It is the first
/// strip that may be one, unless another has clearly more prose beside it and fewer lines across it.
fn own(lines: &[Line], grids: &[Area]) -> Option<Gutter> {
    const MORE: usize = 4;
    let weight = |strip: &Gutter| {
        let sets = gutter::sets(lines, strip, grids);
        let is_own = sets.iter().all(|side| side.iter().any(|&set| set != Set::Cells));
        let prose = sets.iter().flatten().filter(|&&set| set == Set::Prose).count();
        let across = lines.iter().filter(|line| strip.sides(line, grids).is_none()).count();
        (is_own && prose > 0).then_some(prose.saturating_sub(across))
    };
    let found = gutter::strips(lines).into_iter().filter_map(|strip| Some((weight(&strip)?, strip)));
    let better = found.reduce(|best, other| if other.0 > best.0 + best.0 / MORE { other } else { best });
    better.map(|(_, strip)| strip)
}

/// The gutter of some lines: their own, or one that further pages have, with prose at one side of it and words at the other.
fn gutter(lines: &[Line], shared: &Shared, grids: &[Area]) -> Option<Gutter> {
    let is_here = |gutter: &&Gutter| {
        let sets = gutter::sets(lines, gutter, grids);
        let sides = || lines.iter().filter_map(|line| gutter.sides(line, grids));
        let has_both = [0, 1].iter().all(|&side| sides().any(|sides| !sides[side].is_empty()));
        has_both && sets.iter().any(|side| side.contains(&Set::Prose))
    };
    own(lines, grids).or_else(|| shared.0.iter().find(is_here).copied())
}

/// The sections of a page in the order in which they are read.
pub(super) fn sections(sheet: &mut Sheet, shared: &Shared) -> Vec<Section> {
    let numbers: Vec<u32> = sheet.lines.iter().map(|line| line.number).collect();
    let mut loose = std::mem::take(&mut sheet.loose);
    loose.retain(|line| numbers.binary_search(&line.number).is_ok());
    let first = loose.iter().map(|line| line.number).min().unwrap_or(1);
    let upright = loose.partition_point(|line| line.y <= sheet.area.y1);
    let turned = loose.split_off(upright);
    let mut sections = parted(loose, shared, &grids(sheet), DEEPEST);
    if sections.len() < 2 {
        let lines = std::mem::take(&mut sheet.lines);
        return vec![Section { lines, ..Section::default() }];
    }
    if !turned.is_empty() {
        sections.push(Section { lines: turned, ..Section::default() });
    }
    let mut number = first;
    for section in &mut sections {
        lines::number(&mut section.lines, number);
        lines::settle(&mut section.lines);
        number += section.lines.len() as u32;
    }
    sections
}

/// Columns stand within columns no deeper.
const DEEPEST: usize = 3;

/// Lines as sections, one column after the other.
fn parted(lines: Vec<Line>, shared: &Shared, grids: &[Area], depth: usize) -> Vec<Section> {
    let found = if depth == 0 { None } else { gutter(&lines, shared, grids) };
    let Some(gutter) = found else { return vec![Section { lines, ..Section::default() }] };
    let sets = gutter::sets(&lines, &gutter, grids);
    let whole = whole(&lines, &sets, &gutter, grids);
    // A note beside prose does not go on in it.
    let are_columns = sets.iter().all(|side| side.contains(&Set::Prose));
    let mut sections = Vec::new();
    let mut lines = lines.into_iter().zip(whole).peekable();
    while let Some(&(_, is_whole)) = lines.peek() {
        let mut band = Vec::new();
        while let Some((line, _)) = lines.next_if(|&(_, other)| other == is_whole) {
            band.push(line);
        }
        if is_whole {
            sections.extend(parted(band, shared, grids, depth - 1));
            continue;
        }
        for (at, column) in columns(band, &gutter).into_iter().enumerate() {
            let mut parts = parted(column, shared, grids, depth - 1);
            parts.iter_mut().for_each(|part| part.is_column = true);
            parts[0].follows = at > 0 && are_columns;
            sections.extend(parts);
        }
    }
    sections
}

/// The lines at the left of a gutter, and those at the right.
fn columns(band: Vec<Line>, gutter: &Gutter) -> Vec<Vec<Line>> {
    let words = band.into_iter().flat_map(|line| line.words);
    let (left, right): (Vec<Word>, Vec<Word>) = words.partition(|word| word.middle() < gutter.middle());
    [left, right].into_iter().map(lines::lines).filter(|lines| !lines.is_empty()).collect()
}

/// Which lines stand over both columns: some of their words in the midst of the gutter, no prose between two such lines, or they are rows of
/// a table over both.
fn whole(lines: &[Line], sets: &[Vec<Set>; 2], gutter: &Gutter, grids: &[Area]) -> Vec<bool> {
    let is_set = |at: usize| sets.iter().any(|side| side[at] != Set::Cells);
    let mut whole: Vec<bool> = lines.iter().map(|line| gutter.sides(line, grids).is_none()).collect();
    let all: Vec<usize> = (0..lines.len()).collect();
    for run in all.chunk_by(|&a, &b| whole[a] == whole[b]).map(<[_]>::to_vec).collect::<Vec<_>>() {
        if !run.iter().any(|&at| is_set(at)) {
            run.iter().for_each(|&at| whole[at] = true);
        }
    }
    for part in all.chunk_by(|&a, &b| is_set(a) == is_set(b)).filter(|part| !is_set(part[0])) {
        for rows in near(lines, part) {
            if are_rows(&lines[rows.clone()], gutter, grids) {
                whole[rows].fill(true);
            }
        }
    }
    whole
}

/// Parts of some lines: between them is much more room than within.
fn near(lines: &[Line], part: &[usize]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let step = |at: usize| lines[at].y - lines[at - 1].y;
    for &at in part {
        let size = lines[at].size;
        let is_near = |part: &&mut Range<usize>| {
            let usual = if part.len() > 1 { step(at - 1) } else { 2 * size };
            step(at) <= (5 * size / 2).max(usual + usual / 2)
        };
        match parts.last_mut().filter(is_near) {
            Some(last) => last.end = at + 1,
            None => parts.push(at..at + 1),
        }
    }
    parts
}

/// Whether lines that stand close are rows of a table over both columns: most of them have words at both sides, and some figures; a single
/// one of these, if others go across the gutter.
fn are_rows(lines: &[Line], gutter: &Gutter, grids: &[Area]) -> bool {
    let is_value = |piece: &Piece| {
        let text = piece.text();
        piece.is_value() || text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
    };
    // The first of several may number an item.
    let has_values = |words: &[Word]| {
        let pieces = pieces::pieces(&Line::of(words.to_vec()), &[]);
        pieces.iter().skip(usize::from(pieces.len() > 1)).any(is_value)
    };
    let open: Vec<_> = lines.iter().filter_map(|line| gutter.sides(line, grids)).collect();
    let both = || open.iter().filter(|sides| sides.iter().all(|side| !side.is_empty()));
    let valued = both().filter(|sides| sides.iter().any(|side| has_values(side))).count();
    let fewest = if open.len() < lines.len() { 1 } else { 2 };
    valued >= fewest && both().count() * 2 >= open.len()
}
