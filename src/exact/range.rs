//! Ranges: intervals of rationals whose ends are open, closed or infinite.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use super::Rational;

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub value: Rational,
    /// Whether the value itself is left out.
    pub open: bool,
}

/// An interval of rationals, never empty; an absent end is infinite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

/// Which end of a range is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

impl End {
    /// An end that belongs to the range.
    pub fn closed(value: Rational) -> Self {
        Self { value, open: false }
    }

    /// An end that is left out of the range.
    pub fn open(value: Rational) -> Self {
        Self { value, open: true }
    }
}

impl Range {
    /// All numbers.
    pub const ALL: Range = Range { low: None, high: None };

    /// A single value.
    pub fn exact(value: Rational) -> Self {
        Self { low: Some(End::closed(value.clone())), high: Some(End::closed(value)) }
    }

    /// From one end to the other; `None` where nothing lies between them.
    pub fn between(low: End, high: End) -> Option<Self> {
        let range = Self { low: Some(low), high: Some(high) };
        (!range.is_empty()).then_some(range)
    }

    /// From an end upwards.
    pub fn from_low(low: End) -> Self {
        Self { low: Some(low), high: None }
    }

    /// The value, where there is only one.
    pub fn single(&self) -> Option<&Rational> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.value == high.value => Some(&low.value),
            _ => None,
        }
    }

    /// How far its ends lie apart; `None` where one is missing.
    pub fn width(&self) -> Option<Rational> {
        Some(&self.high.as_ref()?.value - &self.low.as_ref()?.value)
    }

    /// Whether a value lies in the range.
    pub fn contains(&self, value: &Rational) -> bool {
        self.low.as_ref().is_none_or(|low| if low.open { low.value < *value } else { low.value <= *value })
            && self.high.as_ref().is_none_or(|high| if high.open { *value < high.value } else { *value <= high.value })
    }

    /// Whether 0 lies in the range.
    pub fn contains_zero(&self) -> bool {
        self.contains(&Rational::ZERO)
    }

    /// The range with both ends closed.
    pub fn closed(&self) -> Range {
        let close = |end: &Option<End>| end.as_ref().map(|end| End::closed(end.value.clone()));
        Range { low: close(&self.low), high: close(&self.high) }
    }

    /// What lies in both ranges: the tighter end wins, and on a tie the open one. `None` where nothing does.
    pub fn intersection(&self, other: &Range) -> Option<Range> {
        let range = Range {
            low: tighter(&self.low, &other.low, Side::Low).clone(),
            high: tighter(&self.high, &other.high, Side::High).clone(),
        };
        (!range.is_empty()).then_some(range)
    }

    /// The smallest range that holds both.
    pub fn hull(&self, other: &Range) -> Range {
        Range {
            low: wider(&self.low, &other.low, Side::Low).clone(),
            high: wider(&self.high, &other.high, Side::High).clone(),
        }
    }

    /// The smaller of a value of this range and one of the other.
    pub fn min(&self, other: &Range) -> Range {
        Range {
            low: wider(&self.low, &other.low, Side::Low).clone(),
            high: tighter(&self.high, &other.high, Side::High).clone(),
        }
    }

    /// The larger of a value of this range and one of the other.
    pub fn max(&self, other: &Range) -> Range {
        Range {
            low: tighter(&self.low, &other.low, Side::Low).clone(),
            high: wider(&self.high, &other.high, Side::High).clone(),
        }
    }

    /// The values without their signs.
    pub fn abs(&self) -> Range {
        let mirrored = -self;
        if !self.reaches_below_zero() {
            return self.clone();
        }
        if !mirrored.reaches_below_zero() {
            return mirrored;
        }
        Range { low: Some(End::closed(Rational::ZERO)), high: self.hull(&mirrored).high }
    }

    /// The range with both ends moved outwards by `by` (not below 0), their marks kept.
    pub fn widen(&self, by: &Rational) -> Range {
        Range {
            low: self.low.as_ref().map(|low| End { value: &low.value - by, open: low.open }),
            high: self.high.as_ref().map(|high| End { value: &high.value + by, open: high.open }),
        }
    }

    /// The quotients; `None` where the divisor's range holds 0.
    pub fn checked_div(&self, divisor: &Range) -> Option<Range> {
        Some(self * &divisor.reciprocal()?)
    }

    /// The values rounded to multiples of `step`, halves away from zero: a step function, whose ends are attained.
    pub fn round_to(&self, step: &Rational) -> Range {
        let half = step * &Rational::ratio(1, 2);
        let past = |end: &End, away: i64| {
            let rounded = end.value.round_to(step);
            // At an open end that is a half, the values inside are rounded to the other side.
            let over = &rounded.abs() - &end.value.abs() == half && end.value.is_negative() == (away > 0);
            let inside = if end.open && over { &rounded + &(&Rational::from(away) * step) } else { rounded };
            End::closed(inside)
        };
        Range { low: self.low.as_ref().map(|low| past(low, 1)), high: self.high.as_ref().map(|high| past(high, -1)) }
    }

    fn is_empty(&self) -> bool {
        let (Some(low), Some(high)) = (&self.low, &self.high) else { return false };
        match low.value.cmp(&high.value) {
            Ordering::Less => false,
            Ordering::Equal => low.open || high.open,
            Ordering::Greater => true,
        }
    }

    fn reaches_below_zero(&self) -> bool {
        self.low.as_ref().is_none_or(|low| low.value.is_negative())
    }

    fn reciprocal(&self) -> Option<Range> {
        if self.contains_zero() {
            return None;
        }
        // Where the range does not hold 0, an end at 0 is open and its reciprocal infinite; an infinite one's is an open 0.
        let turned = |end: &Option<End>| match end {
            None => Some(End::open(Rational::ZERO)),
            Some(end) => Rational::ONE.checked_div(&end.value).map(|value| End { value, open: end.open }),
        };
        Some(Range { low: turned(&self.high), high: turned(&self.low) })
    }
}

/// The end that leaves more out.
fn tighter<'a>(a: &'a Option<End>, b: &'a Option<End>, side: Side) -> &'a Option<End> {
    if order(a, b, side) == Ordering::Greater { a } else { b }
}

/// The end that leaves less out.
fn wider<'a>(a: &'a Option<End>, b: &'a Option<End>, side: Side) -> &'a Option<End> {
    if order(a, b, side) == Ordering::Greater { b } else { a }
}

/// Orders ends by how much they leave out.
fn order(a: &Option<End>, b: &Option<End>, side: Side) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => {
            let inwards = a.value.cmp(&b.value);
            (if side == Side::Low { inwards } else { inwards.reverse() }).then(a.open.cmp(&b.open))
        }
    }
}

impl Add for &Range {
    type Output = Range;

    fn add(self, other: &Range) -> Range {
        let sum = |a: &Option<End>, b: &Option<End>| {
            let (a, b) = (a.as_ref()?, b.as_ref()?);
            Some(End { value: &a.value + &b.value, open: a.open || b.open })
        };
        Range { low: sum(&self.low, &other.low), high: sum(&self.high, &other.high) }
    }
}

impl Sub for &Range {
    type Output = Range;

    fn sub(self, other: &Range) -> Range {
        let difference = |a: &Option<End>, b: &Option<End>| {
            let (a, b) = (a.as_ref()?, b.as_ref()?);
            Some(End { value: &a.value - &b.value, open: a.open || b.open })
        };
        Range { low: difference(&self.low, &other.high), high: difference(&self.high, &other.low) }
    }
}

impl Neg for &Range {
    type Output = Range;

    fn neg(self) -> Range {
        let turned = |end: &Option<End>| end.as_ref().map(|end| End { value: -&end.value, open: end.open });
        Range { low: turned(&self.high), high: turned(&self.low) }
    }
}

impl Mul for &Range {
    type Output = Range;

    fn mul(self, other: &Range) -> Range {
        if let Some(factor) = self.single() {
            return scaled(other, factor);
        }
        if let Some(factor) = other.single() {
            return scaled(self, factor);
        }
        let corners = [
            corner(&self.low, -1, &other.low, -1),
            corner(&self.low, -1, &other.high, 1),
            corner(&self.high, 1, &other.low, -1),
            corner(&self.high, 1, &other.high, 1),
        ];
        extremes(corners)
    }
}

/// A range times a value.
fn scaled(range: &Range, factor: &Rational) -> Range {
    if factor.is_zero() {
        return Range::exact(Rational::ZERO);
    }
    let times = |end: &Option<End>| end.as_ref().map(|end| End { value: &end.value * factor, open: end.open });
    let (low, high) = (times(&range.low), times(&range.high));
    if factor.is_negative() { Range { low: high, high: low } } else { Range { low, high } }
}

/// A product of ends: a value, or infinite with a sign.
enum Corner {
    Finite(End),
    Infinite(i32),
}

fn corner(a: &Option<End>, a_sign: i32, b: &Option<End>, b_sign: i32) -> Corner {
    let sign = |end: &Option<End>, infinite: i32| match end {
        None => infinite,
        Some(end) => i32::from(end.value.is_positive()) - i32::from(end.value.is_negative()),
    };
    // A closed end at 0 makes the product 0, whatever the other factor is; so 0 is attained.
    let zero = |end: &Option<End>| end.as_ref().is_some_and(|end| end.value.is_zero() && !end.open);
    match (a, b) {
        (Some(x), Some(y)) => {
            let open = (x.open || y.open) && !zero(a) && !zero(b);
            Corner::Finite(End { value: &x.value * &y.value, open })
        }
        _ => match sign(a, a_sign) * sign(b, b_sign) {
            0 => Corner::Finite(End { value: Rational::ZERO, open: !(zero(a) || zero(b)) }),
            infinite => Corner::Infinite(infinite),
        },
    }
}

fn extremes(corners: [Corner; 4]) -> Range {
    let below = corners.iter().any(|corner| matches!(corner, Corner::Infinite(-1)));
    let above = corners.iter().any(|corner| matches!(corner, Corner::Infinite(1)));
    let ends: [Option<End>; 4] = corners.map(|corner| match corner {
        Corner::Finite(end) => Some(end),
        Corner::Infinite(_) => None,
    });
    let pick = |side| ends.iter().filter(|end| end.is_some()).reduce(|a, b| wider(a, b, side)).cloned().flatten();
    Range { low: if below { None } else { pick(Side::Low) }, high: if above { None } else { pick(Side::High) } }
}
