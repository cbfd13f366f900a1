//! How a figure follows from two others, over all values that the printed ones may stand for.

use crate::check::detect::grid::{Kind, Value};
use crate::check::detect::sums::round;

/// How a figure follows from two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// first / second.
    Ratio,
    /// (first - second) / second; of a negative base, with or without its sign.
    Growth,
    /// first - second.
    Difference,
    /// first / second, printed as an amount: per head, an average, a price.
    Quotient,
    /// 100 first / second, printed as an amount: an index.
    Index,
    /// (second - first) / second: a margin.
    Margin,
}

/// The two figures.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The part, or the later value.
    pub first: &'a Value,
    /// The whole, or the earlier value.
    pub second: &'a Value,
}

/// That a figure follows from two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follows {
    /// How many digits agree that need not, in bits.
    pub bits: u32,
    /// In which of the ways that tables print it.
    pub manner: Manner,
    /// Without any rounding; quotients are never told to be.
    pub exact: bool,
}

/// How a table prints what follows from two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As the form says.
    Straight,
    /// With the other sign: a fall without a sign, costs that grow as something bad.
    Turned,
    /// Of a negative base as if it had no sign.
    OfSize,
    /// As the difference of two percentages.
    Points,
}

impl Form {
    /// Whether `result` follows from the terms; `None` where that cannot be told, `Some(None)` where it does not. `unit` is how
    /// many half units of `result` make 1.
    pub fn test(self, result: &Value, terms: Terms, unit: i128) -> Option<Option<Follows>> {
        let follows = |bits: Option<u32>, manner| bits.map(|bits| Follows { bits, manner, exact: false });
        match self {
            Form::Difference => Some(difference(result, terms)),
            Form::Quotient | Form::Index => {
                Some(follows(rate(result.units(), 0, result, terms, unit)?, Manner::Straight))
            }
            Form::Margin => Some(follows(rate(-result.units(), unit, result, terms, unit)?, Manner::Straight)),
            Form::Ratio => {
                let straight = follows(rate(result.units(), 0, result, terms, unit)?, Manner::Straight);
                let of_size = || follows(rate(-result.units(), 0, result, terms, unit)?, Manner::OfSize);
                // A part below nought is often told as a share without its sign.
                if straight.is_none() && terms.first.units() < 0 && terms.second.units() > 0 && of_size().is_some() {
                    return None;
                }
                // A loss that shrinks grows by its part of what it was.
                Some(straight.or_else(|| (terms.second.units() < 0).then(of_size).flatten()))
            }
            // Percentages change by points; what is said of their rate of change is not sure enough to accuse.
            Form::Growth if terms.second.kind == Kind::Percent => {
                let points = difference(result, terms).filter(|follows| follows.manner == Manner::Straight);
                Some(Some(Follows { manner: Manner::Points, ..points? }))
            }
            Form::Growth => {
                let other = if terms.second.units() < 0 { Manner::OfSize } else { Manner::Turned };
                let straight = follows(rate(result.units(), unit, result, terms, unit)?, Manner::Straight);
                Some(straight.or(follows(rate(-result.units(), unit, result, terms, unit)?, other)))
            }
        }
    }
}

fn difference(result: &Value, terms: Terms) -> Option<Follows> {
    let gap = terms.first.units() - terms.second.units();
    let slack = result.slack() + terms.first.slack() + terms.second.slack();
    let place = result.place().max(terms.first.place()).max(terms.second.place()).max(1);
    let turned = (gap - result.units()).abs() > slack;
    if turned && (gap + result.units()).abs() > slack {
        return None;
    }
    let exact = gap.abs() == result.units().abs();
    let step = round([terms.first.units(), terms.second.units()].into_iter(), place);
    let tells = if exact { step } else { place + 2 * slack };
    let manner = if turned { Manner::Turned } else { Manner::Straight };
    Some(Follows { bits: (result.units().abs() / tells).max(1).ilog2(), manner, exact })
}

/// Whether `stated` and `more` (in half units, `unit` of which make 1) is the ratio of the terms, each within its slack; the bits
/// of it. The outer `None`: the second may be nought, the numbers are too large, or it
/// fails by less than the rounding of the terms leaves open.
fn rate(stated: i128, more: i128, result: &Value, terms: Terms, unit: i128) -> Option<Option<u32>> {
    let (mut x, mut y) = (terms.first.units(), terms.second.units());
    if y < 0 {
        (x, y) = (-x, -y);
    }
    let (least, most) = (y - terms.second.slack(), y + terms.second.slack());
    if least <= 0 {
        return None;
    }
    let (low, high) = (x - terms.first.slack(), x + terms.first.slack());
    // The smallest and the largest ratio, each as numerator and denominator.
    let low = (low.checked_mul(unit)?, if low >= 0 { most } else { least });
    let high = (high.checked_mul(unit)?, if high >= 0 { least } else { most });
    let (from, to) = (stated + more - result.slack(), stated + more + result.slack());
    if low.0 > to.checked_mul(low.1)? || high.0 < from.checked_mul(high.1)? {
        // Less than their own rounding leaves open: it was made of figures that are rounded otherwise.
        let (least, most) = (low.0 / low.1, high.0 / high.1);
        let gap = (least - to).max(from - most);
        return if gap < most - least { None } else { Some(None) };
    }
    let width = (2 * result.slack() + high.0 / high.1 - low.0 / low.1).max(result.place()).max(1);
    let size = stated.abs().min(if more == 0 { (stated - unit).abs() } else { i128::MAX });
    Some(Some((size / width).max(1).ilog2()))
}
