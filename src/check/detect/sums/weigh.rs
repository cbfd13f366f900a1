//! How much the figures of a table speak for a sum: where it holds, and how unlikely that is by chance.

use rustc_hash::FxHashSet;

use super::additive::{is_among, whole};
use super::lines::Lines;
use crate::check::detect::grid::{Cell, Kind, Value};
use crate::check::slip::Stated;
use crate::exact::Rational;
use crate::figure::{Dimension, Rounding};

/// A line and the sign with which it is added.
pub type Part = (usize, i8);

/// What a sum comes to at one position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing: something is missing, or is of another kind.
    Untestable,
    /// It holds, as far as rounding goes. `bits`: how many digits agree that need not, in bits.
    Holds {
        /// Evidence.
        bits: u32,
        /// Without any rounding.
        exact: bool,
    },
    /// It does not.
    Fails,
}

/// What the positions say of a sum.
#[derive(Clone, Debug, Default)]
pub struct Weight {
    /// By position.
    pub outcomes: Vec<Outcome>,
    /// The bits of the positions where it holds, each value of the total once.
    pub bits: u32,
    /// At how many positions it holds with some evidence.
    pub holds: usize,
    /// At how many it holds with evidence and no rounding.
    pub exact: usize,
    /// At how many it fails that should add up.
    pub fails: usize,
}

/// Weighs a sum at all positions.
pub fn weigh(lines: &Lines, total: usize, parts: &[Part]) -> Weight {
    let mut weight = Weight::default();
    let mut seen = FxHashSet::default();
    for at in 0..lines.positions() {
        let outcome = outcome(lines, total, parts, at);
        match outcome {
            Outcome::Holds { bits, exact } if bits > 0 => {
                weight.holds += 1;
                weight.exact += usize::from(exact);
                let units = lines.value(total, at).map_or(0, |value| value.units());
                if seen.insert(units) {
                    weight.bits = weight.bits.saturating_add(bits);
                }
            }
            Outcome::Fails if !is_loose(lines, total, parts, at) => weight.fails += 1,
            _ => {}
        }
        weight.outcomes.push(outcome);
    }
    weight
}

/// What a sum comes to at a position.
pub fn outcome(lines: &Lines, total: usize, parts: &[Part], at: usize) -> Outcome {
    let Some(result) = lines.value(total, at) else { return Outcome::Untestable };
    // What the others are taken off is a total itself: a blank one claims nothing, and is not nought.
    if lone(parts).is_some_and(|whole| lines.value(whole, at).is_none()) {
        return Outcome::Untestable;
    }
    let mut sum = Sum::default();
    for &(line, sign) in parts {
        if !sum.add(lines.cell(line, at), sign, result.kind) {
            return Outcome::Untestable;
        }
    }
    let outcome = match sum.against(result) {
        // 500 and 500 make 1,000 by more than chance: round numbers tell less than their digits.
        Outcome::Holds { bits: 1.., exact: true } => {
            let values = parts.iter().filter_map(|&(line, _)| Some(lines.value(line, at)?.units()));
            let step = round(values.chain([result.units()]), sum.place.max(result.place()));
            Outcome::Holds { bits: ((sum.all - sum.largest) / step).max(1).ilog2(), exact: true }
        }
        outcome => outcome,
    };
    match outcome {
        Outcome::Holds { bits, exact } => {
            let most = apart(lines, result, parts, at);
            Outcome::Holds { bits: bits.min(most), exact }
        }
        outcome => outcome,
    }
}

/// The only part that is added, where others are taken off it.
pub fn lone(parts: &[Part]) -> Option<usize> {
    let mut added = parts.iter().filter(|&&(_, sign)| sign > 0);
    let (Some(&(whole, _)), None) = (added.next(), added.next()) else { return None };
    (parts.len() > 1).then_some(whole)
}

/// How much a sum with signs can tell, in bits: how far the result is from the nearest part that is added. The bounds of like
/// intervals differ by little, so that 131 + 61 - 65 comes near 124 without meaning anything, in however many rows: what tells
/// less than [`TELLING`] tells nothing. A group less its only member comes to nought, whatever stands there.
fn apart(lines: &Lines, result: &Value, parts: &[Part], at: usize) -> u32 {
    if parts.iter().all(|&(_, sign)| sign > 0) {
        return u32::MAX;
    }
    let units = |&(line, _): &Part| lines.value(line, at).map(Value::units).filter(|&units| units != 0);
    let (added, taken): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|(_, sign)| *sign > 0);
    if added.iter().any(|part| units(part).is_some_and(|value| taken.iter().any(|other| units(other) == Some(value)))) {
        return 0;
    }
    let added = added.into_iter();
    let gaps = added.filter_map(|&(line, _)| Some((lines.value(line, at)?.units() - result.units()).abs()));
    let bits = gaps.min().map_or(u32::MAX, |gap| (gap / result.place().max(1)).max(1).ilog2());
    if bits < TELLING { 0 } else { bits }
}

/// The least bits of a sum with signs that count.
const TELLING: u32 = 4;

/// Whether what stands at a position of a line need not add up: an average, a share that is none of the whole.
pub fn is_loose(lines: &Lines, line: usize, parts: &[Part], at: usize) -> bool {
    let Some(value) = lines.value(line, at) else { return true };
    if value.kind == Kind::Percent {
        let unit = lines.percent_unit();
        let shares: i128 =
            parts.iter().filter_map(|&(part, sign)| Some(lines.value(part, at)?.units() * i128::from(sign))).sum();
        return lines.across[at].change || ![Some(shares), Some(value.units())].contains(&unit);
    }
    let is_average = || whole(lines, line, parts, at).is_some_and(|(total, parts)| is_among(total, &parts));
    lines.across[at].loose
        || repeats(lines, value, parts, at)
        || value.kind != Kind::Amount && lines.all[line].kind == Some(Kind::Amount)
        || is_average() && lines.is_quotient(at)
}

/// Whether every part is the total again: a code, a percentage that is the same in each quarter and in the year, or the same things that went
/// through all parts and are counted once.
fn repeats(lines: &Lines, total: &Value, parts: &[Part], at: usize) -> bool {
    let units = |&(line, _): &Part| lines.value(line, at).map(Value::units);
    parts.len() > 1 && parts.iter().all(|part| units(part) == Some(total.units()))
}

/// Whether one slip in one figure explains why a sum does not hold at a position.
pub fn nearly(lines: &Lines, total: usize, parts: &[Part], at: usize) -> bool {
    let Some(result) = lines.value(total, at) else { return false };
    let values = parts.iter().filter_map(|&(line, sign)| Some((lines.value(line, at)?, i128::from(sign))));
    let gap = result.units() - values.clone().map(|(value, sign)| value.units() * sign).sum::<i128>();
    let slips = |value: &Value, right: i128| {
        let step = Rational::scaled(value.place().max(1), 0);
        let stated = Stated { value: Rational::scaled(value.units(), 0), step, rounding: Rounding::Nearest };
        stated.slip_from(&Rational::scaled(right, 0), None).is_some()
    };
    slips(result, result.units() - gap)
        || values.into_iter().any(|(value, sign)| slips(value, value.units() + gap * sign))
}

/// How round numbers are: the largest of `place`, ten times it and so on that all are multiples of.
pub fn round(numbers: impl Iterator<Item = i128> + Clone, place: i128) -> i128 {
    let mut step = place.max(1);
    while step < i128::MAX / 10
        && numbers.clone().any(|number| number != 0)
        && numbers.clone().all(|n| n % (step * 10) == 0)
    {
        step *= 10;
    }
    step
}

/// A sum at one position, while lines are added to it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    units: i128,
    slack: i128,
    coarse: i128,
    place: i128,
    /// How many parts are not nought.
    filled: u32,
    /// The largest part, and all of them without their signs.
    largest: i128,
    all: i128,
    dimension: Option<Dimension>,
    broken: bool,
}

impl Sum {
    /// Adds what a place holds; says whether that could be done. Sums of figures of another kind stay broken.
    pub fn add(&mut self, cell: &Cell, sign: i8, kind: Kind) -> bool {
        match cell {
            Cell::Empty => {}
            Cell::Blocked => self.broken = true,
            Cell::Value(value) if value.kind != kind => self.broken = true,
            Cell::Value(value) => {
                self.units += value.units() * i128::from(sign);
                self.slack += value.slack();
                self.coarse += value.coarse();
                self.place = self.place.max(value.place());
                self.take_size(value.units().abs());
                if value.dimension != Dimension::Unknown {
                    self.broken |= self.dimension.is_some_and(|own| own != value.dimension);
                    self.dimension = Some(value.dimension);
                }
            }
        }
        !self.broken
    }

    /// What it comes to against a total.
    pub fn against(&self, total: &Value) -> Outcome {
        let clash = |own: Dimension| total.dimension != Dimension::Unknown && own != total.dimension;
        if self.broken || self.filled == 0 || self.dimension.is_some_and(clash) {
            return Outcome::Untestable;
        }
        let gap = (self.units - total.units()).abs();
        let slack = self.slack + total.slack();
        if gap > slack {
            // Counts of people are published rounded to fives and tens.
            let within = gap <= self.coarse + total.coarse();
            return if within { Outcome::Untestable } else { Outcome::Fails };
        }
        // One part alone repeats the total, which says nothing of a sum.
        let place = self.place.max(total.place()).max(1);
        let tells = if gap == 0 { place } else { place + 2 * slack };
        // The largest part alone may be near the total, as a balance is near the one before it.
        let mut agrees = ((self.all - self.largest) / tells).max(1).ilog2();
        // What is printed more finely than its parts says no more than their rounding leaves of it: 7.37 and 4,089 less 4,084.
        if gap > 0 && self.place > total.place() {
            agrees = agrees.min((total.units().abs() / tells).max(1).ilog2());
        }
        // Nor does a total that rounding alone may come to.
        let tells = self.filled > 1 && total.units() != 0 && (gap == 0 || total.units().abs() > slack);
        Outcome::Holds { bits: if tells { agrees } else { 0 }, exact: gap == 0 }
    }

    fn take_size(&mut self, size: i128) {
        self.filled += u32::from(size > 0);
        self.all += size;
        self.largest = self.largest.max(size);
    }
}
