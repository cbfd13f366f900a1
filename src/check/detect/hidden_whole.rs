//! Shares in a table of a whole that it does not print, or does not call one: 占年度销售总额比例, "% of net sales". Each amount and its share
//! tell the whole; where all but one tell the same, that one is wrong.

use rustc_hash::FxHashSet;

use super::grid::{Kind, Value};
use super::sums::Lines;
use super::{Claim, Context};
use crate::exact::{End, Range, Rational};
use crate::text;

/// The part of a share stands so near to it.
const REACH: usize = 3;
/// So many positions are tried as those that tell the whole.
const SEEDS: usize = 3;
/// So many positions, and so many bits, tell a whole where the line is called a share.
const NAMED: (usize, u32) = (3, 16);
/// And so many where it is not.
const UNNAMED: (usize, u32) = (5, 32);
/// A share of fewer bits, or of a part of fewer, accuses nothing.
const SHORT: u32 = 4;

/// A share line with the line of its parts, and what the whole is by most positions.
struct Whole {
    share: usize,
    part: usize,
    within: Ratio,
    /// By position: whether it tells this whole; `None` where nothing can be told.
    outcomes: Vec<Option<bool>>,
    holds: usize,
    bits: u32,
}

/// The least and the most a whole can be for one percent unit, each as numerator and denominator.
#[derive(Clone, Copy)]
struct Ratio {
    low: (i128, i128),
    high: (i128, i128),
}

/// The shares of a table whose whole is told by no other check; `told` says whether a figure is one that is.
pub fn claims(
    context: &Context,
    lines: &Lines,
    is_share: impl Fn(&str) -> bool,
    told: impl Fn(usize) -> bool,
) -> Vec<Claim> {
    let is_known = |line: usize| (0..lines.positions()).any(|at| lines.figure(line, at).is_some_and(&told));
    let shares = (lines.first..lines.all.len()).filter(|&line| {
        let own = &lines.all[line];
        own.kind == Some(Kind::Percent) && !own.name.change
    });
    let found = shares.filter_map(|share| find(lines, share, is_share(lines.title(share))));
    found.filter(|whole| !is_known(whole.share)).flat_map(|whole| whole.claims(context, lines)).collect()
}

/// The parts of a share line and their whole, if most positions tell one.
fn find(lines: &Lines, share: usize, named: bool) -> Option<Whole> {
    let near = share.saturating_sub(REACH).max(lines.first)..lines.all.len().min(share + REACH + 1);
    let mut best: Option<Whole> = None;
    for part in near.filter(|&part| part != share && lines.all[part].kind == Some(Kind::Amount)) {
        lines.spend(lines.positions() * (SEEDS + 1))?;
        for seed in seeds(lines, share, part) {
            let whole = weigh(lines, share, part, seed);
            if best.as_ref().is_none_or(|best| (whole.holds, whole.bits) > (best.holds, best.bits)) {
                best = Some(whole);
            }
        }
    }
    let (least, bits) = if named { NAMED } else { UNNAMED };
    best.filter(|best| best.holds >= least && best.bits >= bits)
}

/// The positions whose shares tell most.
fn seeds(lines: &Lines, share: usize, part: usize) -> Vec<usize> {
    let is_told = |&at: &usize| ratio(lines, share, part, at).is_some();
    let mut all: Vec<usize> = (0..lines.positions()).filter(is_told).collect();
    all.sort_unstable_by_key(|&at| (std::cmp::Reverse(tells(lines, share, part, at)), at));
    all.truncate(SEEDS);
    all
}

/// How many bits a position tells of the whole: no more than the shorter of part and share.
fn tells(lines: &Lines, share: usize, part: usize, at: usize) -> u32 {
    let bits = |line: usize| lines.value(line, at).map_or(0, Value::bits);
    bits(share).min(bits(part))
}

/// What one position tells of the whole.
fn ratio(lines: &Lines, share: usize, part: usize, at: usize) -> Option<Ratio> {
    let (rate, part) = (lines.value(share, at)?, lines.value(part, at)?);
    let is_plain = rate.kind == Kind::Percent && part.kind == Kind::Amount;
    let (own, other) = (rate.units().abs(), part.units().abs());
    let same = (rate.units() < 0) == (part.units() < 0);
    if !is_plain || !same || own <= rate.slack() || other <= part.slack() || Some(own) == lines.percent_unit() {
        return None;
    }
    let low = (other - part.slack(), own + rate.slack());
    let high = (other + part.slack(), own - rate.slack());
    Some(Ratio { low, high })
}

fn weigh(lines: &Lines, share: usize, part: usize, seed: usize) -> Whole {
    let mut whole = Whole {
        share,
        part,
        within: Ratio { low: (0, 1), high: (1, 0) },
        outcomes: vec![None; lines.positions()],
        holds: 0,
        bits: 0,
    };
    let mut seen: FxHashSet<(i128, i128)> = FxHashSet::default();
    let others = (0..lines.positions()).filter(|&at| at != seed);
    for at in std::iter::once(seed).chain(others) {
        let Some(own) = ratio(lines, share, part, at) else { continue };
        let meets = whole.within.and(own);
        whole.outcomes[at] = Some(meets.is_some());
        let Some(meets) = meets else { continue };
        whole.within = meets;
        let units = |line: usize| lines.value(line, at).map_or(0, Value::units);
        if seen.insert((units(share), units(part))) {
            whole.holds += 1;
            // The first tells the whole, the others tell it again.
            whole.bits += if at == seed { 0 } else { tells(lines, share, part, at) };
        }
    }
    whole
}

impl Ratio {
    /// What both leave possible.
    fn and(self, other: Ratio) -> Option<Ratio> {
        let is_less = |a: (i128, i128), b: (i128, i128)| Some(a.0.checked_mul(b.1)? < b.0.checked_mul(a.1)?);
        let low = if is_less(self.low, other.low)? { other.low } else { self.low };
        let high = if is_less(other.high, self.high)? { other.high } else { self.high };
        (!is_less(high, low)?).then_some(Ratio { low, high })
    }
}

impl Whole {
    fn claims(&self, context: &Context, lines: &Lines) -> Vec<Claim> {
        let Some((low, high)) = self.range(context, lines) else { return Vec::new() };
        let fails = self.outcomes.iter().filter(|outcome| **outcome == Some(false)).count();
        let printed = (0..lines.positions()).find(|&at| {
            let value = |line: usize| lines.value(line, at);
            let is_whole = value(self.share).is_none_or(|share| Some(share.units()) == lines.percent_unit());
            let part = lines.figure(self.part, at).map(|part| context.figure(part).quantity.value().abs());
            is_whole && part.is_some_and(|part| low <= part && part <= high)
        });
        let places = (0..self.outcomes.len()).filter(|&at| match self.outcomes[at] {
            Some(true) => true,
            Some(false) => {
                fails == 1 && tells(lines, self.share, self.part, at) >= SHORT && !self.reads_otherwise(lines, at)
            }
            None => false,
        });
        places.filter_map(|at| self.claim(context, lines, (&low, &high), printed, at)).collect()
    }

    /// The whole as an amount, least and most.
    fn range(&self, context: &Context, lines: &Lines) -> Option<(Rational, Rational)> {
        let at = self.outcomes.iter().position(|outcome| *outcome == Some(true))?;
        let unit = |line: usize| {
            let value = lines.value(line, at)?;
            let quantity = context.figure(lines.figure(line, at)?).quantity.value();
            quantity.checked_div(&Rational::scaled(value.units(), 0))
        };
        let scale = unit(self.part)?.checked_div(&unit(self.share)?)?;
        let of = |(part, share): (i128, i128)| {
            Some(&Rational::scaled(part, 0).checked_div(&Rational::scaled(share, 0))? * &scale)
        };
        Some((of(self.within.low)?, of(self.within.high)?))
    }

    fn claim(
        &self,
        context: &Context,
        lines: &Lines,
        (low, high): (&Rational, &Rational),
        printed: Option<usize>,
        at: usize,
    ) -> Option<Claim> {
        let figure = |line: usize, at: usize| lines.figure(line, at).map(|figure| context.one(figure));
        let estimated = || {
            let nominal = (low + high).checked_div(&Rational::from(2))?;
            let range = Range::between(End::closed(low.clone()), End::closed(high.clone()))?;
            Some(context.estimated(range, nominal, context.say("the whole of the other shares", "其余各占比的整体")))
        };
        let total = match printed {
            Some(whole) => figure(self.part, whole)?,
            None => estimated()?,
        };
        let names = vec![("rate", figure(self.share, at)?), ("part", figure(self.part, at)?), ("total", total)];
        let others = self.holds - usize::from(self.outcomes[at] == Some(true));
        let because = context.say(
            format!("{others} other share{} are of the same whole", text::plural(others)),
            format!("另外{others}处占比均为同一整体的"),
        );
        Some(Claim { derived: true, ..context.claim(super::table_share::RATIO, names).nearly().because(because) })
    }

    /// Whether a share that fails is one of another figure of the table, is off by no more than a unit, or is that of another amount.
    fn reads_otherwise(&self, lines: &Lines, at: usize) -> bool {
        let reads = || {
            let (rate, part) = (lines.value(self.share, at)?, lines.value(self.part, at)?);
            let unit = lines.percent_unit()?;
            let slack = rate.slack() + rate.place();
            let is_of = |whole: i128| {
                let off = (rate.units() * whole).abs_diff(part.units() * unit);
                whole != 0 && off <= (slack * whole).unsigned_abs()
            };
            let all = (0..lines.positions()).filter(|&other| other != at);
            let of_another = all.filter_map(|other| lines.value(self.part, other)).any(|whole| is_of(whole.units()));
            let (low, high) = (self.within.low, self.within.high);
            let near = |part: &Value| {
                let least =
                    part.units().abs().checked_mul(high.1)? <= (rate.units().abs() + slack).checked_mul(high.0)?;
                let most = part.units().abs().checked_mul(low.1)? >= (rate.units().abs() - slack).checked_mul(low.0)?;
                Some(least && most)
            };
            let amounts = (lines.first..lines.all.len()).filter_map(|line| lines.value(line, at));
            let of_amounts = amounts.filter(|value| value.kind == Kind::Amount).any(|value| near(value) == Some(true));
            Some(of_another || of_amounts)
        };
        reads().unwrap_or(true)
    }
}
