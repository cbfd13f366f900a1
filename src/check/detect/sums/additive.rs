//! Whether the figures at a position of a table are added as those at others are.
//!
//! That four columns add up does not say that the fifth does: it may hold averages, rates, points, or people who are counted once
//! in the total and twice in the parts. One slip makes a sum of almost any few small figures, so that such a position is accused
//! only where more speaks for it: a sum of its own, the kind of figures that those have which add up, or so many digits that chance
//! hardly brings them so near.

use super::find::{Ground, Taught};
use super::lines::Lines;
use super::weigh::{Outcome, Part, lone};
use crate::calendar::MONTHS;
use crate::check::detect::grid::{Kind, Value};
use crate::figure::Dimension;

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

/// More positions than this where a sum holds leave little doubt of one more.
const MANY: usize = 5;

/// The shares of what stands at a position are printed no further away.
const NEAR: usize = 8;

/// So many shares must say so, and tell so many bits.
const SHARES: usize = 3;
const SHARED: u32 = 10;

/// So many positions tell that a balance is carried on.
const CARRIED: usize = 4;

/// So many other rows tell that a table's rows come to their totals.
const ROWS: usize = 3;

/// So many bits make a figure long.
const LONG: u32 = 11;

/// So unlikely chance must be where nothing else speaks for a position, in bits.
const UNLIKELY: u32 = 7;

impl Table<'_> {
    /// Whether a sum that is taught at other positions may be asked of one.
    pub fn is_added(&self, taught: &Taught, at: usize) -> bool {
        let Some((total, parts)) = whole(self.lines, taught.total, &taught.parts, at) else { return false };
        if self.lines.is_growth(at) {
            return false;
        }
        // Codes, prices and rates stay as they are in all lines.
        if parts.len() > 1 && parts.iter().all(|part| part.units() == total.units()) {
            return false;
        }
        // Percentages are asked only where they are the shares of a whole.
        if total.kind == Kind::Percent {
            let is_whole = self.lines.percent_unit() == Some(total.units());
            return is_whole || !is_among(total, &parts) || self.has_shares(taught, at);
        }
        // What differs by as much in every line adds up if they do; its signs may be those of better and worse.
        if self.lines.is_difference(at) {
            return false;
        }
        if self.keeps_sums(taught, at)
            || self.is_named_alike(taught, at)
            || is_telling(total, parts.len())
            || self.has_shares(taught, at)
        {
            return true;
        }
        if self.is_carried(taught, at) {
            return true;
        }
        let (across_adds, many) =
            (self.adds_across(at), self.is_one_of_many(taught, at) || self.is_long_row(taught, at));
        // Stocks go through, from the first to the last; an average lies among what it is of.
        let is_stock = parts.iter().any(|part| part.units() == total.units());
        let adds = across_adds || says_that_it_adds(self.across.title(at));
        if is_stock || is_among(total, &parts) && !adds && (self.lines.are_rows() || !many) {
            return false;
        }
        let by_label = taught.weight.holds == 0 && !self.lines.across[at].change;
        by_label || across_adds || many || self.is_alike(taught, at)
    }

    /// Whether the sum carries one balance on to the next at several positions and fails at this alone: a balance always lies among what was
    /// there and what came. One that is printed less finely, or more, may be the rest of a figure that was wrapped.
    fn is_carried(&self, taught: &Taught, at: usize) -> bool {
        let name = |line: usize| self.lines.all[line].name;
        let place = |line: usize, at: usize| self.lines.value(line, at).map(Value::place);
        let lines = || taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let is_as_fine = |line: usize| {
            place(line, at).is_none() || Self::teachers(taught, at).any(|other| place(line, other) == place(line, at))
        };
        taught.weight.exact >= CARRIED
            && taught.weight.fails == 1
            && name(taught.total).end
            && taught.parts.iter().any(|&(line, _)| name(line).start)
            && lines().all(is_as_fine)
    }

    /// Whether the sum holds at many positions and fails at this alone, which is printed as they are.
    fn is_one_of_many(&self, taught: &Taught, at: usize) -> bool {
        let own = self.looks(taught, at);
        let exact = |&other: &usize| matches!(taught.weight.outcomes[other], Outcome::Holds { exact: true, .. });
        let others = (0..taught.weight.outcomes.len()).filter(exact).map(|other| self.looks(taught, other));
        let alike = others.filter(|other| other.total != 0 && own.is_printed_as(other)).count();
        alike > MANY && 4 * taught.weight.fails <= alike
    }

    /// Whether a row fails alone to come to its total in a table whose other rows do, in figures so long that an average would hardly be a
    /// slip away from their sum.
    fn is_long_row(&self, taught: &Taught, at: usize) -> bool {
        let total = self.lines.value(taught.total, at);
        !self.lines.are_rows()
            && self.lines.all[taught.total].name.total
            && taught.weight.fails == 1
            && taught.weight.exact >= ROWS
            && total.is_some_and(|total| total.bits() >= LONG)
            && self.is_alike(taught, at)
    }

    /// Whether another sum holds at the position.
    fn keeps_sums(&self, taught: &Taught, at: usize) -> bool {
        self.sums.iter().any(|other| {
            other.total != taught.total
                && other.ground >= Ground::Digits
                && matches!(other.weight.outcomes[at], Outcome::Holds { bits: 5.., .. })
        })
    }

    /// Whether percentages at another position say what share each part has of what the parts come to at this one, or those at this one
    /// of another; or most of them what share of the total.
    fn has_shares(&self, taught: &Taught, at: usize) -> bool {
        let mut near = at.saturating_sub(NEAR)..self.lines.positions().min(at + NEAR + 1);
        let sum = |at: usize| {
            let parts = taught.parts.iter().filter_map(|&(line, _)| self.lines.value(line, at));
            parts.map(Value::units).sum::<i128>()
        };
        let total = self.lines.value(taught.total, at).map_or(0, Value::units);
        near.any(|other| {
            self.are_shares(taught, (at, sum(at)), other, 0)
                || self.are_shares(taught, (other, sum(other)), at, 0)
                || self.are_shares(taught, (at, total), other, 1)
        })
    }

    /// Whether percentages at a position are what share of a whole each part has at another, but for so many.
    fn are_shares(&self, taught: &Taught, (of, whole): (usize, i128), at: usize, but_for: usize) -> bool {
        let Some(unit) = self.lines.percent_unit().filter(|_| taught.parts.iter().all(|part| part.1 > 0)) else {
            return false;
        };
        let parts = || taught.parts.iter().filter_map(|&(line, _)| self.lines.value(line, of).map(|part| (line, part)));
        let shares = || parts().filter_map(|(line, part)| Some((part, self.lines.value(line, at)?)));
        let are_kinds = shares().all(|(part, share)| share.kind == Kind::Percent && part.kind != Kind::Percent);
        let is_share = |(part, share): &(&Value, &Value)| {
            let gap = share.units().checked_mul(whole)?.checked_sub(part.units().checked_mul(unit)?)?;
            Some(gap.abs() <= share.slack().checked_mul(whole)?)
        };
        let holding = || shares().filter(|two| is_share(two) == Some(true));
        are_kinds
            && holding().count() >= SHARES
            && holding().count() + but_for >= shares().count()
            && holding().map(|(_, share)| share.bits()).sum::<u32>() >= SHARED
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
        // Of columns without a header any may hold averages.
        let is_named = !self.lines.are_rows() || !self.across.title(at).trim().is_empty();
        is_named && Self::teachers(taught, at).any(|other| bare(self.across.title(other)) == own)
    }

    /// Whether its figures are like those at a position where the sum holds: printed as finely, of the same unit and of like size.
    fn is_alike(&self, taught: &Taught, at: usize) -> bool {
        let own = self.looks(taught, at);
        Self::teachers(taught, at).map(|other| self.looks(taught, other)).any(|other| {
            let near = |a: i128, b: i128| a <= b.saturating_mul(ALIKE) && b <= a.saturating_mul(ALIKE);
            own.is_printed_as(&other) && near(own.parts, other.parts)
        })
    }

    fn looks(&self, taught: &Taught, at: usize) -> Looks {
        let (total, parts) = whole(self.lines, taught.total, &taught.parts, at).unzip();
        let parts = parts.unwrap_or_default();
        let all = || parts.iter().copied().chain(total);
        Looks {
            place: all().map(Value::place).min().unwrap_or(0),
            dimension: total.map(|value| value.dimension),
            mixed: all().any(|value| value.units() < 0) && all().any(|value| value.units() > 0),
            total: total.map_or(0, |value| value.units().abs()),
            parts: parts.iter().map(|value| value.units().abs()).sum(),
        }
    }
}

/// How the figures at a position look.
struct Looks {
    place: i128,
    dimension: Option<Dimension>,
    /// Some are above nought and some below.
    mixed: bool,
    total: i128,
    parts: i128,
}

impl Looks {
    fn is_printed_as(&self, other: &Looks) -> bool {
        self.place == other.place && self.dimension == other.dimension && (other.mixed || !self.mixed)
    }
}

/// What is the sum at a position, and what is added, noughts left out: where one line is another less the rest, that other is the
/// sum.
pub fn whole<'a>(lines: &'a Lines, total: usize, parts: &[Part], at: usize) -> Option<(&'a Value, Vec<&'a Value>)> {
    let sum = lone(parts).unwrap_or(total);
    let added = parts.iter().map(|&(line, _)| line).chain([total]).filter(|&line| line != sum);
    let added = added.filter_map(|line| lines.value(line, at)).filter(|value| value.units() != 0).collect();
    Some((lines.value(sum, at)?, added))
}

/// Whether a total is none of its parts' sum, but lies among them, as an average does. What goes up and down may come to anything.
pub fn is_among(total: &Value, parts: &[&Value]) -> bool {
    let units = || parts.iter().map(|part| part.units());
    let (Some(least), Some(most)) = (units().min(), units().max()) else { return false };
    parts.len() > 1 && (least < 0) == (most < 0) && (least..=most).contains(&total.units())
}

/// Whether chance hardly brings a figure so near to the sum of others that one slip explains it: each of them might be the wrong one
/// in some twenty ways for each of its digits, of all the numbers with as many digits.
pub fn is_telling(total: &Value, parts: usize) -> bool {
    let bits = total.bits();
    let ways = (parts + 1) as u32 * 6 * bits.max(1);
    bits >= UNLIKELY + ways.ilog2()
}

/// Whether a title says that numbers or amounts stand below it, which no average does.
fn says_that_it_adds(title: &str) -> bool {
    const NAMES: [&str; 12] = [
        "number of",
        "no. of",
        "amount",
        "quantity",
        "unrealized gain",
        "unrealized loss",
        "数量",
        "金额",
        "余额",
        "人数",
        "件数",
        "户数",
    ];
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    NAMES.iter().any(|name| title.contains(name)) && !title.contains('均')
}

/// A title without what tells the time.
pub fn bare(title: &str) -> String {
    const TIME: &[&str] = &[
        "fiscal", "year", "years", "quarter", "quarters", "month", "months", "week", "weeks", "ended", "ending", "as",
        "of", "at", "the", "for", "three", "six", "nine", "twelve",
    ];
    let is_time = |word: &str| word.contains(|c: char| c.is_ascii_digit()) || TIME.contains(&word) || is_month(word);
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let left = words.map(|word| if word.is_ascii() { if is_time(word) { "" } else { word } } else { word });
    left.flat_map(str::chars).filter(|c| c.is_alphabetic() && !"年月日".contains(*c)).collect()
}

fn is_month(word: &str) -> bool {
    word.len() > 2 && MONTHS.iter().any(|month| month.to_ascii_lowercase().starts_with(word))
}
