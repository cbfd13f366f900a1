//! Sums in tables: which lines add up to which others, at every level.
//!
//! The lines are gone through once from the first to the last and once back (totals stand below their parts or above them).
//! Lines that no total has used up wait on a stack; a total takes its parts from there and waits in their place, so that a
//! total of totals finds those and not their parts again. What a line is the sum of is taught by the figures: by the reading that
//! holds at most positions, if the digits that agree are more than chance explains among so many readings.

mod additive;
mod between;
mod blocks;
mod derived;
mod find;
mod lines;
mod name;
mod outline;
mod stack;
mod statement;
mod weigh;
mod year;

pub use additive::Table;
pub use find::{Ground, Taught, all_taken_off};
pub use lines::Lines;
pub use weigh::{Outcome, Part, is_loose, outcome, round};

use find::find;
use name::Name;
use stack::Stack;

use rustc_hash::FxHashMap;

use crate::check::detect::grid::Kind;

/// All sums that the lines teach or claim; each with the lines that stood behind its parts.
pub fn all(lines: &Lines) -> Vec<Taught> {
    let mut forward = lines.first..lines.all.len();
    let mut taught = pass(lines, forward.clone(), true);
    let back = pass(lines, forward.clone().rev(), false);
    // A label alone says that the parts stand before their total, unless it is the first line.
    let first = forward.find(|&line| lines.all[line].kind.is_some());
    let claims =
        |one: &Taught| one.ground > Ground::Label || Some(one.total) == first && lines.all[one.total].name.total;
    let back: Vec<Taught> = back.into_iter().filter(claims).filter(|one| !is_made_before(one, &taught)).collect();
    taught.extend(back);
    doubt_double_counts(lines, &mut taught);
    // A label alone tells more of rows than of columns, unless there is a single row.
    let is_single = lines.has_one_position();
    let by_label = |one: &Taught| lines.are_rows() || is_single && Name::is_bare_total(lines.title(one.total));
    taught.retain(|one| one.ground > Ground::Label || by_label(one));
    for claimed in outline::all(lines).into_iter().chain(statement::all(lines)) {
        let is_other = |one: &Taught| one.total != claimed.total || one.forward != claimed.forward;
        if taught.iter().all(|one| is_other(one) || one.ground < Ground::Digits.min(claimed.ground)) {
            taught.retain(is_other);
            taught.push(claimed);
        }
    }
    taught
}

fn pass(lines: &Lines, order: impl Iterator<Item = usize>, forward: bool) -> Vec<Taught> {
    let mut stacks: [Stack; 3] = Default::default();
    let mut taught = Vec::new();
    for at in order {
        let line = &lines.all[at];
        let Some(kind) = line.kind else {
            if forward && line.labelled && lines.are_rows() && !line.name.among {
                stacks.iter_mut().for_each(Stack::open);
            }
            continue;
        };
        if line.name.among {
            continue;
        }
        let stack = &mut stacks[kind as usize];
        // Averages and rates are no part of a sum; but business rates are, and the effect of exchange rates.
        if line.name.rate && kind == Kind::Amount {
            stack.push(at, false);
            continue;
        }
        if forward && stack.lines.last().is_some_and(|&last| is_below(lines, at, last) && repeats(lines, at, last, 3)) {
            continue;
        }
        let found = find(lines, at, stack);
        let closes = found.is_some() || line.name.total || line.name.end;
        if let Some(found) = found {
            stack.use_up(&found.parts);
            taught.push(found);
        } else if !forward && stack.lines.last().is_some_and(|&last| is_repeated(lines, at, last)) {
            stack.lines.pop();
        }
        stack.push(at, closes);
    }
    taught
}

/// So many bits of a sum that fails elsewhere may be chance where its total is the sum of other lines throughout.
const CHANCE: u32 = 10;

/// Whether the total of a sum is the sum of the lines before it wherever it has something, and too little says that it is this one too.
fn is_made_before(one: &Taught, before: &[Taught]) -> bool {
    let is_surer =
        |other: &Taught| other.total == one.total && other.weight.fails == 0 && other.weight.holds > one.weight.holds;
    one.weight.fails > 0 && one.weight.bits < CHANCE && before.iter().any(is_surer)
}

/// A sum that counts both another total and what that is made of holds by chance, if the other is surer. What is a rest of others, and is not
/// called one, is no total: where a table prints the same total twice, each part is the one less the other parts of the other.
fn doubt_double_counts(table: &Lines, taught: &mut [Taught]) {
    let is_rest = |one: &Taught| !table.all[one.total].name.result && one.parts.iter().any(|&(_, sign)| sign < 0);
    let lines = |one: &Taught| {
        let mut lines: Vec<usize> = one.parts.iter().map(|&(line, _)| line).chain([one.total]).collect();
        lines.sort_unstable();
        lines
    };
    let sure: FxHashMap<usize, (u32, Vec<usize>)> = taught
        .iter()
        .filter(|one| one.ground > Ground::Hint && one.weight.holds > 0 && !is_rest(one))
        .map(|one| (one.total, (one.weight.bits, lines(one))))
        .collect();
    for one in taught.iter_mut() {
        let own = lines(one);
        let counts_twice =
            one.parts.iter().filter_map(|(part, _)| Some((part, sure.get(part)?))).any(|(part, (bits, all))| {
                let shares = |line: &&usize| *line != part && own.binary_search(line).is_ok();
                *bits > one.weight.bits && own != *all && all.iter().any(|line| shares(&line))
            });
        if counts_twice {
            one.ground = one.ground.min(Ground::Hint);
        }
    }
}

/// Whether a line prints again what the one below it says: the total of a single part.
fn is_repeated(lines: &Lines, at: usize, below: usize) -> bool {
    repeats(lines, at, below, 16) || is_below(lines, below, at) && repeats(lines, at, below, 3)
}

/// Whether two lines print the same, and so many bits of it.
fn repeats(lines: &Lines, at: usize, last: usize, bits: u32) -> bool {
    let mut digits = 0;
    for position in 0..lines.positions() {
        match (lines.value(at, position), lines.value(last, position)) {
            (Some(own), Some(other)) if own.units() == other.units() => digits += own.bits(),
            (None, None) => {}
            _ => return false,
        }
    }
    digits >= bits
}

/// Whether a line's label is marked as one below another's: (1) below 2.
fn is_below(lines: &Lines, line: usize, above: usize) -> bool {
    let is_bracketed = |line: usize| lines.title(line).trim_start().starts_with(['(', '（']);
    let is_numbered =
        || lines.title(above).trim_start().starts_with(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    is_bracketed(line) && !is_bracketed(above) && is_numbered()
}
