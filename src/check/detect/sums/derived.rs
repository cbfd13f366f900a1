//! Positions whose figures follow from two others in the same line: a change, a price, a density.

use super::lines::Lines;
use crate::check::detect::grid::{Cell, Kind, Value};

/// Positions further away are not tried.
const REACH: usize = 8;

/// In a table with more positions none is looked at: they are its rows, which follow from one another where they are few.
const MANY: usize = 1000;

/// At so many lines it must hold.
const LEAST: usize = 3;

/// At so many lines growth of what is above nought holds where it fails at none: it only keeps a sum from being asked.
const FEW: usize = 2;

/// At so many lines it holds where it fails at one.
const SEVERAL: usize = 6;

/// So many bits the quotients must tell.
const BITS: u32 = 12;

/// So many bits differences and growth must tell, and those of the number of pairs that are tried: small numbers differ by small numbers.
const CLOSE: u32 = 3;

impl Lines<'_> {
    /// Whether the figures at a position are the difference of those at two others, with whichever sign, in all lines.
    pub fn is_difference(&self, at: usize) -> bool {
        let pairs = self.pairs(at);
        let needed = needed(&pairs);
        pairs.into_iter().filter(|(first, second)| first < second).any(|(first, second)| {
            let (mut count, mut bits) = (0, 0);
            for line in self.first..self.all.len() {
                let Some([own, first, second]) = self.terms(line, [at, first, second]) else { continue };
                let (gap, slack) = ((first.0 - second.0).abs() - own.0.abs(), own.1 + first.1 + second.1);
                if gap.abs() > slack {
                    return false;
                }
                count += usize::from(own.0 != 0);
                bits += told(own.0, slack);
            }
            count >= LEAST && bits >= needed
        })
    }

    /// Whether the figures at a position are by how many per cent those at two others differ, whatever their signs, in all lines, or in
    /// all but one of many; what is blank or is words there tells nothing.
    pub fn is_growth(&self, at: usize) -> bool {
        let differ = |[own, first, second]: [&Value; 3]| {
            let percent = match own.kind {
                Kind::Percent => self.percent_unit()? / 100,
                _ => self.amount_unit()?,
            };
            let base = second.units().abs();
            let change = (first.units() - second.units()).abs().checked_mul(100 * percent)?;
            let slack = (first.slack() + second.slack()).checked_mul(100 * percent)?;
            let slack = slack.checked_add((base + second.slack()).checked_mul(own.slack())?)?;
            let slack = slack.checked_add(own.units().abs().checked_mul(second.slack())?)?;
            let own = own.units().abs().checked_mul(base)?;
            ((own - change).abs() <= slack).then(|| told(own, slack))
        };
        let pairs = self.pairs(at);
        let needed = needed(&pairs);
        pairs.into_iter().any(|(first, second)| {
            let (mut holds, mut fails, mut grow, mut bits) = (0, 0, true, 0);
            for line in self.first..self.all.len() {
                let Some(three) = self.three(line, [at, first, second]) else { continue };
                grow &= three[1].units() > 0 && three[2].units() > 0;
                if three[0].units() == 0 || three[2].units() == 0 {
                    continue;
                }
                match differ(three) {
                    Some(told) => (holds, bits) = (holds + 1, bits + told),
                    None => fails += 1,
                }
                if fails > 1 {
                    return false;
                }
            }
            let least = if grow { FEW } else { LEAST };
            bits >= needed && holds >= if fails == 0 { least } else { SEVERAL }
        })
    }

    /// Three figures of a line and how far each may be off, blanks being nought; `None` where words stand, or nothing.
    fn terms(&self, line: usize, positions: [usize; 3]) -> Option<[(i128, i128); 3]> {
        let mut terms = [(0, 0); 3];
        for (term, at) in terms.iter_mut().zip(positions) {
            match self.cell(line, at) {
                Cell::Value(value) => *term = (value.units(), value.slack()),
                Cell::Empty => {}
                Cell::Blocked => return None,
            }
        }
        terms.iter().any(|term| term.0 != 0).then_some(terms)
    }

    /// Whether the figures at a position are the quotient of those at two others, in whichever unit, in nearly all lines.
    pub fn is_quotient(&self, at: usize) -> bool {
        *self.search.quotients[at].get_or_init(|| self.relations(at, false).any(|(_, fails)| fails < 2))
    }

    /// Whether the figures at a position are the product of those at two others in all lines but one.
    pub fn is_product_but_once(&self, at: usize) -> bool {
        let products = || self.relations(at, true);
        products().any(|(_, fails)| fails == 1) && !products().any(|(_, fails)| fails == 0)
    }

    /// For pairs of other positions of which one is the quotient, or the product, in more lines than by chance: in how many, and in
    /// how many it is not. Factors are taken for exact.
    fn relations(&self, at: usize, product: bool) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pairs(at).into_iter().filter_map(move |(first, second)| {
            let (mut power, mut holds, mut fails, mut bits) = (None, 0, 0, 0);
            for line in self.first..self.all.len() {
                let Some(three) = self.three(line, [at, first, second]).filter(|three| three[0].units() != 0) else {
                    continue;
                };
                let [own, first, second] = three;
                let told = if product { own.bits() } else { own.bits().min(first.bits()).min(second.bits()) };
                let three = if product { [first, own, second] } else { three };
                let powers = power.map_or_else(|| powers(three), |power| power..=power);
                match powers.into_iter().find(|&power| is_quotient(three, power, product)) {
                    Some(found) => {
                        bits += if power.is_none() { 0 } else { told };
                        power = Some(found);
                        holds += 1;
                    }
                    None => fails += 1,
                }
                if fails > 1 {
                    return None;
                }
            }
            (holds >= LEAST && bits >= BITS).then_some((holds, fails))
        })
    }

    /// The pairs of other positions nearby; none where too much was looked at already.
    fn pairs(&self, at: usize) -> Vec<(usize, usize)> {
        let near: Vec<usize> =
            (at.saturating_sub(REACH)..self.positions().min(at + REACH + 1)).filter(|&other| other != at).collect();
        if self.positions() > MANY || self.spend(near.len() * near.len() * LEAST).is_none() {
            return Vec::new();
        }
        let others =
            |&first: &usize| near.iter().filter(move |&&second| second != first).map(move |&second| (first, second));
        near.iter().flat_map(others).collect()
    }

    fn three(&self, line: usize, [own, first, second]: [usize; 3]) -> Option<[&Value; 3]> {
        Some([self.value(line, own)?, self.value(line, first)?, self.value(line, second)?])
    }
}

/// How many bits a figure tells that something comes to, within a slack.
fn told(units: i128, slack: i128) -> u32 {
    (units.abs() / slack.max(1)).max(1).ilog2()
}

/// How many bits differences or growth must tell to be no chance among so many pairs.
fn needed(pairs: &[(usize, usize)]) -> u32 {
    pairs.len().max(1).ilog2() + CLOSE
}

/// The powers of ten by which units may differ so that one figure is the quotient of two others.
fn powers([own, first, second]: [&Value; 3]) -> std::ops::RangeInclusive<i32> {
    let size = |value: &Value| value.units().unsigned_abs().max(1).ilog10() as i32;
    let near = size(own) + size(second) - size(first);
    // Each size is less than a digit too small, and values are in half units.
    near - 1..=near + 1
}

/// Whether a figure is the quotient of two others times a power of ten, within rounding. Values are in half units, hence the two.
/// `exact`: only the first is rounded.
fn is_quotient([own, first, second]: [&Value; 3], power: i32, exact: bool) -> bool {
    let product = |sign: i128| {
        let end = |value: &Value| value.units().abs() + if exact { 0 } else { sign * value.slack() };
        end(own).checked_mul(end(second))
    };
    let scaled = |value: i128, power: i32| value.checked_mul(10i128.checked_pow(power.max(0).unsigned_abs())?);
    let within = || {
        let (low, high) = (scaled(product(-1)?, -power)?, scaled(product(1)?, -power)?);
        let (least, most) = (first.units().abs() - first.slack(), first.units().abs() + first.slack());
        Some(low <= scaled(2 * most, power)? && high >= scaled(2 * least, power)?)
    };
    (own.units() < 0) == ((first.units() < 0) != (second.units() < 0)) && within().unwrap_or(false)
}
