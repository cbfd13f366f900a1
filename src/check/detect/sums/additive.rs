//! Whether the figures at a position of a table are added as those at others are.
//!
//! That four columns add up does not say that the fifth does: it may hold averages, rates, points, or people who are counted once
//! in the total and twice in the parts. One slip makes a sum of almost any few small figures, so that such a position is accused
//! only where more speaks for it: a sum of its own, the kind of figures that those have which add up, or so many digits that chance
//! hardly brings them so near.

use super::find::{Ground, Taught};
use super::lines::Lines;
use super::weigh::Outcome;
use crate::check::detect::grid::Value;

/// The sums of a table by its rows or columns, and those the other way.
pub struct Table<'a> {
    /// The lines that are added.
    pub lines: &'a Lines<'a>,
    /// Their sums.
    pub sums: &'a [Taught],
    /// The lines across: the positions.
    pub across: &'a Lines<'a>,
    /// The sums of these.
    pub across_sums: &'a [Taught],
}

/// A position whose total and parts differ by more than this factor from another's is of another kind.
const ALIKE: i128 = 16;

/// So unlikely chance must be where nothing else speaks for a position, in bits.
const UNLIKELY: u32 = 7;

impl Table<'_> {
    /// Whether a sum that is taught at other positions may be asked of one.
    pub fn is_added(&self, taught: &Taught, at: usize) -> bool {
        let Some(total) = self.lines.value(taught.total, at) else { return false };
        // What differs by as much in every line adds up if they do; its signs may be those of better and worse.
        if self.lines.is_difference(at) {
            return false;
        }
        if self.keeps_sums(taught, at) || self.is_named_alike(taught, at) {
            return true;
        }
        let parts: Vec<&Value> = self.parts(taught, at).collect();
        // Stocks go through, from the first to the last.
        let is_stock = parts.iter().any(|part| part.units == total.units);
        let across_adds = self.adds_across(at);
        if is_stock || !across_adds && is_among(total, &parts) {
            return false;
        }
        let by_label = taught.weight.holds == 0 && !self.lines.across[at].change;
        by_label || across_adds || self.is_alike(taught, at) || is_telling(total, parts.len())
    }

    fn parts<'s>(&'s self, taught: &'s Taught, at: usize) -> impl Iterator<Item = &'s Value> + 's {
        taught.parts.iter().filter_map(move |&(line, _)| self.lines.value(line, at)).filter(|value| value.units != 0)
    }

    /// Whether another sum holds at the position.
    fn keeps_sums(&self, taught: &Taught, at: usize) -> bool {
        self.sums.iter().any(|other| {
            other.total != taught.total
                && other.ground >= Ground::Digits
                && matches!(other.weight.outcomes[at], Outcome::Holds { bits: 5.., .. })
        })
    }

    /// Whether the line across is part of a sum, or is one.
    fn adds_across(&self, at: usize) -> bool {
        let takes = |one: &Taught| one.total == at || one.parts.iter().any(|&(line, _)| line == at);
        self.across_sums.iter().any(|one| one.ground >= Ground::Digits && one.weight.holds > 1 && takes(one))
    }

    /// The other positions where the sum holds.
    fn teachers(taught: &Taught, at: usize) -> impl Iterator<Item = usize> + '_ {
        let holds = |outcome: &Outcome| matches!(outcome, Outcome::Holds { bits: 1.., .. });
        let outcomes = taught.weight.outcomes.iter().enumerate();
        outcomes.filter(move |&(other, outcome)| other != at && holds(outcome)).map(|(other, _)| other)
    }

    /// Whether the position is called as one is where the sum holds, but for the time.
    fn is_named_alike(&self, taught: &Taught, at: usize) -> bool {
        let own = bare(self.across.title(at));
        Self::teachers(taught, at).any(|other| bare(self.across.title(other)) == own)
    }

    /// Whether its figures are like those at a position where the sum holds: printed as finely, of the same unit and of like size.
    fn is_alike(&self, taught: &Taught, at: usize) -> bool {
        let own = self.looks(taught, at);
        Self::teachers(taught, at).map(|other| self.looks(taught, other)).any(|other| {
            let near = |a: i128, b: i128| a <= b.saturating_mul(ALIKE) && b <= a.saturating_mul(ALIKE);
            own.place == other.place
                && own.dimension == other.dimension
                && (other.negative || !own.negative)
                && near(own.total, other.total)
                && near(own.parts, other.parts)
        })
    }

    fn looks(&self, taught: &Taught, at: usize) -> Looks {
        let total = self.lines.value(taught.total, at);
        let all = || self.parts(taught, at).chain(total);
        Looks {
            place: all().map(Value::place).min().unwrap_or(0),
            dimension: total.map(|value| value.dimension),
            negative: all().any(|value| value.units < 0),
            total: total.map_or(0, |value| value.units.abs()),
            parts: self.parts(taught, at).map(|value| value.units.abs()).sum(),
        }
    }
}

/// How the figures at a position look.
struct Looks {
    place: i128,
    dimension: Option<crate::figure::Dimension>,
    negative: bool,
    total: i128,
    parts: i128,
}

/// Whether a total is none of its parts' sum, but lies among them, as an average does.
pub fn is_among(total: &Value, parts: &[&Value]) -> bool {
    let units = || parts.iter().map(|part| part.units);
    let (Some(least), Some(most)) = (units().min(), units().max()) else { return false };
    parts.len() > 1 && (least..=most).contains(&total.units)
}

/// Whether chance hardly brings a figure so near to the sum of others that one slip explains it: each of them might be the wrong one
/// in some twenty ways for each of its digits, of all the numbers with as many digits.
fn is_telling(total: &Value, parts: usize) -> bool {
    let bits = total.bits();
    let ways = (parts + 1) as u32 * 6 * bits.max(1);
    bits >= UNLIKELY + ways.ilog2()
}

/// A title without what tells the time.
fn bare(title: &str) -> String {
    title.chars().filter(|c| c.is_alphabetic() && !"年月日".contains(*c)).flat_map(char::to_lowercase).collect()
}
