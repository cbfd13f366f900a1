//! Cross-footing: a figure that breaks the sum of its row and that of its column, and with one other value breaks neither; or a
//! subtotal that breaks its own sum and the one that it is part of.
//!
//! Two sums that come to the same value each for itself leave little room for another reading of one of them.

use super::Sums;
use crate::check::detect::sums::{Ground, Lines, Outcome, Taught};

/// Where rounding leaves the two values apart, the figure is further from both by this factor.
const FAR: i128 = 8;

impl Sums<'_> {
    /// Whether a figure of a sum that fails is the only one that breaks a sum across, too, and the same value mends both.
    pub(super) fn is_crossed(&self, taught: &Taught, at: usize) -> bool {
        let lines = taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let across = || {
            let sure = |across: &&Taught| across.ground >= Ground::Digits && across.weight.fails == 1;
            self.tables.across_sums.iter().filter(sure).filter(move |across| has(across, at))
        };
        let is_broken = |line: usize| {
            let fails = |across: &&Taught| across.weight.outcomes[line] == Outcome::Fails;
            let Some(own) = Needed::of(self.lines, taught, line, at) else { return false };
            if own.is_turned() && (self.lines.all[line].name.change || self.lines.across[at].change) {
                return false;
            }
            let others = across().filter(fails).filter_map(|other| Needed::of(self.tables.across, other, at, line));
            others.into_iter().any(|other| own.is_that(&other))
        };
        taught.weight.fails == 1 && taught.weight.holds > 0 && lines.into_iter().any(is_broken)
    }

    /// Whether the total is a part of another sum that fails, and that one comes out to the last digit with what the parts come to in its place.
    pub(super) fn is_chained(&self, taught: &Taught, at: usize) -> bool {
        let is_upper = |upper: &&Taught| {
            let weight = &upper.weight;
            upper.ground >= Ground::Digits
                && upper.forward == taught.forward
                && (weight.fails, weight.outcomes[at]) == (1, Outcome::Fails)
                && weight.holds > 0
        };
        let comes_out = |upper: &Taught| {
            let Some(index) = upper.parts.iter().position(|part| part.0 == taught.total) else { return false };
            let (mut parts, sign) = (upper.parts.clone(), upper.parts[index].1);
            parts.splice(index..=index, taught.parts.iter().map(|&(line, own)| (line, own * sign)));
            self.holds_exactly(upper.total, &parts, at)
        };
        taught.weight.fails == 1
            && taught.parts.len() > 1
            && self.lines.all[taught.total].name.total
            && self.tables.sums.iter().filter(is_upper).any(comes_out)
    }
}

fn has(taught: &Taught, line: usize) -> bool {
    taught.total == line || taught.parts.iter().any(|part| part.0 == line)
}

/// What a figure should be for a sum to hold.
struct Needed {
    units: i128,
    /// How far rounding may bring it from that.
    slack: i128,
    /// How far the figure is from it.
    gap: i128,
}

impl Needed {
    fn of(lines: &Lines, taught: &Taught, line: usize, at: usize) -> Option<Self> {
        let own = lines.value(line, at).filter(|value| value.units() != 0)?;
        let total = lines.value(taught.total, at)?;
        let (mut gap, mut slack, mut sign) = (total.units(), total.slack(), -1);
        for &(part, as_part) in &taught.parts {
            let Some(value) = lines.value(part, at) else { continue };
            gap -= value.units() * i128::from(as_part);
            slack += value.slack();
            sign = if part == line { i128::from(as_part) } else { sign };
        }
        Some(Self { units: own.units() + gap * sign, slack, gap: gap.abs() })
    }

    /// Whether the figure has only another sign than it should: of a cost a column of changes may tell by how much it rose, not what that does
    /// to the rest.
    fn is_turned(&self) -> bool {
        2 * self.units.abs() == self.gap
    }

    fn is_that(&self, other: &Self) -> bool {
        let room = self.slack + other.slack;
        let apart = (self.units - other.units).abs();
        apart == 0 || apart <= room && self.gap.min(other.gap) > FAR * room
    }
}
