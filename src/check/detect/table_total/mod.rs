//! `table-total`: rows and columns that are the sum of others.

mod crossed;
mod doubts;
mod gaps;

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grid::Kind;
use super::sums::{self, Ground, Lines, Outcome, Part, Table, Taught, is_loose, outcome};
use super::{Claim, Context, exactness};
use crate::figure::Rounding;
use crate::{parallel, text};

/// The totals of a table.
pub fn claims(context: &Context, table: usize, all: &[Lines]) -> Vec<Claim> {
    let mut claims = Vec::new();
    // By rows and by columns: what stands across is one line of the other.
    for pair in all.chunks_exact(2) {
        let places = pair[0].all.len().saturating_mul(pair[0].positions());
        let taught = parallel::tasks(places, pair, sums::all);
        let tied = (places > LARGE).then(|| RefCell::new(vec![false; context.reading.lexed]));
        for (own, other) in [(0, 1), (1, 0)] {
            let (lines, own, across_sums) = (&pair[own], &taught[own], &taught[other][..]);
            let tables = Table { lines, sums: own, across: &pair[other], across_sums };
            let made_of = [made_of(own, false), made_of(own, true)];
            let exact = exactness::is_learned(context.reading, table, lines, own);
            let never_keeps = never_keeping(lines, own);
            let sums = Sums { context, table, lines, tables, made_of, exact, never_keeps, tied: tied.as_ref() };
            own.iter().for_each(|taught| sums.claim(taught, &mut claims));
        }
    }
    claims
}

/// In tables with more places a sum that holds is claimed only if it ties a figure that no other sum of the table ties: further ones
/// would tell nothing new, and cost as much as all the rest.
const LARGE: usize = 100_000;

/// By total: its parts, where they are all added.
fn made_of(taught: &[Taught], forward: bool) -> FxHashMap<usize, &[Part]> {
    let plain = |one: &&Taught| one.parts.len() > 1 && one.parts.iter().all(|&(_, sign)| sign > 0);
    let wanted = taught.iter().filter(|one| one.forward == forward).filter(plain);
    wanted.map(|one| (one.total, &one.parts[..])).collect()
}

/// The positions at which sums of unlike lines fail that no words say are sums, and none holds: what stands there is not added as the rest
/// is (numbers of holdings beside their areas).
fn never_keeping(lines: &Lines, sums: &[Taught]) -> FxHashSet<usize> {
    let unnamed = || sums.iter().filter(|taught| taught.parts.len() > 1 && !lines.all[taught.total].name.total);
    let lines_of =
        |taught: &Taught| -> Vec<usize> { taught.parts.iter().map(|&(line, _)| line).chain([taught.total]).collect() };
    // By position the first that fails, and whether one of other lines does.
    let mut failing: FxHashMap<usize, (&Taught, bool)> = FxHashMap::default();
    for taught in unnamed().filter(|taught| taught.ground != Ground::Hint) {
        let fails = |(_, outcome): &(usize, &Outcome)| matches!(outcome, Outcome::Fails);
        for (at, _) in taught.weight.outcomes.iter().enumerate().filter(fails) {
            let (first, several) = failing.entry(at).or_insert((taught, false));
            if !*several {
                let own = lines_of(first);
                *several = !lines_of(taught).iter().any(|line| own.contains(line));
            }
        }
    }
    let holds =
        |at: usize| unnamed().any(|taught| matches!(taught.weight.outcomes[at], Outcome::Holds { bits: 1.., .. }));
    failing.into_iter().filter(|(_, (_, several))| *several).map(|(at, _)| at).filter(|&at| !holds(at)).collect()
}

/// The sums of a table by its rows or columns.
struct Sums<'a> {
    context: &'a Context<'a>,
    table: usize,
    lines: &'a Lines<'a>,
    tables: Table<'a>,
    made_of: [FxHashMap<usize, &'a [Part]>; 2],
    exact: bool,
    /// The positions at which none of several sums holds.
    never_keeps: FxHashSet<usize>,
    /// Of a large table the figures that claimed sums tie, by their index.
    tied: Option<&'a RefCell<Vec<bool>>>,
}

impl Sums<'_> {
    fn claim(&self, taught: &Taught, claims: &mut Vec<Claim>) {
        for (at, &found) in taught.weight.outcomes.iter().enumerate() {
            let claim = match found {
                Outcome::Untestable => None,
                // Where digits are cut off, the verdict is stricter than what is asked here, and may be that it fails.
                Outcome::Holds { exact: false, .. } if self.cuts_off() && self.is_doubtful(taught, at) => None,
                Outcome::Holds { exact, .. } => {
                    let is_new = self.ties_more(taught, at);
                    let claim = if is_new { self.of(taught.total, &taught.parts, at) } else { None };
                    let name = self.lines.all[taught.total].name;
                    let is_sure = taught.weight.exact > 1 && name.result || name.total;
                    claim.map(|claim| Claim { exactly: self.exact && !exact && is_sure, ..claim })
                }
                Outcome::Fails
                    if taught.ground == Ground::Hint && !self.is_chained(taught, at)
                        || is_loose(self.lines, taught.total, &taught.parts, at)
                        || !self.lines.are_all_there(taught.total, &taught.parts) =>
                {
                    None
                }
                Outcome::Fails => self.accuse(taught, at),
            };
            claims.extend(claim);
        }
    }

    /// Whether the report cuts digits off instead of rounding.
    fn cuts_off(&self) -> bool {
        !matches!(self.context.rounding, Rounding::Nearest | Rounding::Exact)
    }

    /// Whether a sum that holds ties a figure that no sum before it ties.
    fn ties_more(&self, taught: &Taught, at: usize) -> bool {
        let Some(tied) = self.tied else { return true };
        let lines = taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let figures = lines.filter_map(|line| self.lines.figure(line, at));
        let mut tied = tied.borrow_mut();
        figures.filter(|&figure| !std::mem::replace(&mut tied[figure], true)).count() > 0
    }

    /// A sum that fails at a position: another reading that holds there goes before it, unless another sum says the same of one figure.
    fn accuse(&self, taught: &Taught, at: usize) -> Option<Claim> {
        let is_agreed = self.is_crossed(taught, at) || self.is_chained(taught, at);
        if !is_agreed || self.may_be_rounding(taught, at) {
            if let Some(parts) = self.other_reading(taught, at) {
                return self.holds(taught.total, &parts, at).then(|| self.of(taught.total, &parts, at)).flatten();
            }
            if self.is_doubtful(taught, at) || !self.tables.is_added(taught, at) {
                return None;
            }
        }
        let mut claim = self.of(taught.total, &taught.parts, at)?;
        claim.unsigned = self.is_unsigned(taught, at);
        // Amounts are also quantities times prices: where one is not, it is more likely wrong than their sum.
        claim.unblamed = taught.weight.holds == 0 && self.lines.is_product_but_once(at);
        let is_called = self.lines.all[taught.total].name.result || taught.parts.iter().all(|&(_, sign)| sign > 0);
        let is_amount = self.lines.value(taught.total, at).is_some_and(|value| value.kind == Kind::Amount);
        let certain = taught.ground == Ground::Many && is_called && is_amount && self.is_like_others(taught, at);
        let claim = if certain { claim } else { claim.nearly() };
        Some(claim.because(self.evidence(taught)))
    }

    /// Another reading of a sum that holds at a position where it fails.
    fn other_reading(&self, taught: &Taught, at: usize) -> Option<Vec<Part>> {
        for index in 0..taught.parts.len() {
            let Some(&inner) = self.made_of[usize::from(taught.forward)].get(&taught.parts[index].0) else { continue };
            // Parts that come to just what is printed for them leave the same gap.
            if matches!(outcome(self.lines, taught.parts[index].0, inner, at), Outcome::Holds { exact: true, .. }) {
                continue;
            }
            let sign = taught.parts[index].1;
            let mut parts = taught.parts.clone();
            parts.splice(index..=index, inner.iter().map(|&(line, own)| (line, own * sign)));
            if self.holds(taught.total, &parts, at) {
                return Some(parts);
            }
        }
        if taught.parts.iter().all(|part| part.1 > 0) {
            return None;
        }
        // What was taken off may be printed with its sign here, or all with the other sign, as columns of changes do.
        let added = taught.parts.iter().map(|&(line, _)| (line, 1)).collect();
        let turned = taught.parts.iter().map(|&(line, sign)| (line, -sign)).collect();
        let readings = [Some(added), Some(turned), sums::all_taken_off(self.lines, &taught.parts)];
        let holds = |parts: &Vec<Part>| matches!(outcome(self.lines, taught.total, parts, at), Outcome::Holds { .. });
        readings.into_iter().flatten().find(holds)
    }

    /// Whether no figure is negative at the position, nor in the lines of the sum.
    fn is_unsigned(&self, taught: &Taught, at: usize) -> bool {
        let is_negative = |line: usize, at: usize| self.lines.value(line, at).is_some_and(|value| value.units() < 0);
        let in_line = |line: usize| (0..self.lines.positions()).any(|at| is_negative(line, at));
        let in_sum = taught.parts.iter().any(|&(line, _)| in_line(line)) || in_line(taught.total);
        !in_sum && !(0..self.lines.all.len()).any(|line| is_negative(line, at))
    }

    /// Whether a position has figures in all lines that have some where the sum holds.
    fn is_like_others(&self, taught: &Taught, at: usize) -> bool {
        let filled = |line: usize, at: usize| self.lines.value(line, at).is_some();
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        taught.parts.iter().all(|&(line, _)| {
            filled(line, at) || (0..self.lines.positions()).filter(holds).all(|other| !filled(line, other))
        })
    }

    fn of(&self, total: usize, parts: &[Part], at: usize) -> Option<Claim> {
        let figure = |line: usize| self.lines.figure(line, at);
        let signed = |sign: i8| {
            let mut figures: Vec<usize> =
                parts.iter().filter(|part| part.1 == sign).filter_map(|&(line, _)| figure(line)).collect();
            figures.sort_unstable();
            figures
        };
        let (parts, less) = (signed(1), signed(-1));
        let total = ("total", self.context.one(figure(total)?));
        let claim = match (parts.is_empty(), less.is_empty()) {
            (true, true) => return None,
            (_, true) => self.context.claim(0, vec![total, ("parts", self.context.list(parts))]),
            (false, false) => {
                let (parts, less) = (self.context.list(parts), self.context.list(less));
                self.context.claim(1, vec![total, ("parts", parts), ("less", less)])
            }
            (true, false) => self.context.claim(2, vec![total, ("less", self.context.list(less))]),
        };
        Some(claim.in_table(self.table))
    }

    fn evidence(&self, taught: &Taught) -> String {
        let (english, chinese) = match (taught.weight.holds, self.lines.are_rows()) {
            (0, _) => ("the label says that it is a total".to_owned(), "标签表明这是合计".to_owned()),
            (count, true) => (
                format!("the same rows add up in {count} other column{}", text::plural(count)),
                format!("同样各行在另外{count}列中相加相符"),
            ),
            (count, false) => (
                format!("the same columns add up in {count} other row{}", text::plural(count)),
                format!("同样各列在另外{count}行中相加相符"),
            ),
        };
        self.context.say(english, chinese)
    }
}
