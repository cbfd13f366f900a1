//! What a printed quantity means: its exact value, the worth of its last digit, its hedge and its range.

use rust_decimal::Decimal;

use crate::exact::{End, Range, Rational};

/// A printed quantity. The value is `numerator / divisor` exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The value with sign and scale applied (94.1% is 0.941); for fractions (三分之二) the numerator.
    pub numerator: Decimal,
    /// 1, or the denominator of a printed fraction.
    pub divisor: u32,
    /// The worth of one unit in the last printed digit is `10^place / divisor`: 94.1% → -3, 2.5358亿 → 4.
    pub place: i8,
    /// The words that widen it.
    pub hedge: Hedge,
    /// The direction that words or marks give it (下降, decrease).
    pub direction: Direction,
    /// The kind of pure number, where it is one.
    pub scale: Scale,
    /// Whether it is printed as a whole number without a scale, so that with a counting unit it stands for that value alone.
    pub whole: bool,
    /// For a figure read as a range (3—5个) by a rule's brace: the upper end; the numerator is then the lower.
    pub upper: Option<Decimal>,
}

/// The words around a number that widen what it may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hedge {
    /// None.
    #[default]
    None,
    /// N余, N多: more than N, less than the next value of its last non-zero digit.
    Odd,
    /// 至少, 以上, at least, +: N or more.
    AtLeast,
    /// 超过, 逾, 突破, over, more than: more than N.
    Over,
    /// 至多, 以下, 以内, at most, up to: N or less.
    AtMost,
    /// 不足, 不到, under, fewer than: less than N.
    Under,
    /// 近, nearly, almost: a little less than N.
    Nearly,
    /// 约, 左右, about, around: about N.
    About,
}

impl Hedge {
    /// The hedge of the negative of a hedged number.
    pub(super) fn mirrored(self) -> Hedge {
        match self {
            Hedge::AtLeast => Hedge::AtMost,
            Hedge::Over => Hedge::Under,
            Hedge::AtMost => Hedge::AtLeast,
            Hedge::Under => Hedge::Over,
            hedge => hedge,
        }
    }
}

/// The direction of a change, as words or marks say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Nothing is said.
    #[default]
    None,
    /// 增长, 上升, an increase of.
    Up,
    /// 下降, 减少, a decrease of.
    Down,
}

/// How a quantity was scaled, as far as it matters to what it can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Scale {
    /// As printed, or by a power of ten (万, million).
    #[default]
    Plain,
    /// %, per cent.
    Percent,
    /// ‰.
    Permille,
    /// 个百分点, percentage points.
    PercentagePoint,
    /// Basis points.
    BasisPoint,
    /// 成 (tenths).
    Tenth,
    /// 倍, times, or a printed fraction.
    Ratio,
}

/// How a report rounds what it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Rounding {
    /// To the nearest.
    #[default]
    Nearest,
    /// Digits are cut off.
    Down,
    /// To the nearest or cut off: a report that cuts off amounts below its unit computes its rates from the true ones.
    Either,
    /// Nothing is rounded: each figure is exact.
    Exact,
}

impl Default for Quantity {
    fn default() -> Self {
        Self {
            numerator: Decimal::ZERO,
            divisor: 1,
            place: 0,
            hedge: Hedge::None,
            direction: Direction::None,
            scale: Scale::Plain,
            whole: true,
            upper: None,
        }
    }
}

impl Rounding {
    /// The true values that are printed as `shown`, without a hedge, where a unit in the last digit is worth `place`.
    pub fn range(self, shown: Rational, place: Rational) -> Range {
        match self {
            Rounding::Exact => closed(shown.clone(), shown),
            Rounding::Down => cut_off(shown, place),
            Rounding::Either => around(shown.clone(), place.clone()).hull(&cut_off(shown, place)),
            Rounding::Nearest => around(shown, place),
        }
    }

    /// What a true value is printed as, where a unit in the last digit is worth `place`; `None` where it would have to be
    /// rounded and is not.
    pub fn printed(self, value: &Rational, place: &Rational) -> Option<Rational> {
        match self {
            Rounding::Nearest | Rounding::Either => Some(value.round_to(place)),
            Rounding::Down => Some(value.cut_to(place)),
            Rounding::Exact => (value.cut_to(place) == *value).then(|| value.clone()),
        }
    }
}

impl Quantity {
    /// The printed value, hedged or not; of a range the lower end.
    pub fn value(&self) -> Rational {
        self.divided(self.numerator)
    }

    /// The worth of one unit in the last printed digit: 94.1% gives 1/1000.
    pub fn place(&self) -> Rational {
        self.shared(Rational::power_of_ten(i32::from(self.place)))
    }

    /// The printed value; `None` where it is hedged or a range, so that no single value is printed.
    pub fn nominal(&self) -> Option<Rational> {
        self.is_single().then(|| self.value())
    }

    /// Whether it is printed as a single value, neither hedged nor a range.
    pub fn is_single(&self) -> bool {
        self.hedge == Hedge::None && self.upper.is_none()
    }

    /// The true values that would be printed so, as section 2 of `docs/figures.md` says. `exact` says that an unhedged figure
    /// stands for its value alone ([`super::Figure::is_exact`]). Below zero the hedges of size (余, 近, 约) mirror.
    pub fn range(&self, exact: bool, rounding: Rounding) -> Range {
        let value = self.value();
        if let Some(upper) = self.upper {
            return closed(value, self.divided(upper));
        }
        match self.hedge {
            Hedge::None if exact => closed(value.clone(), value),
            Hedge::None => rounding.range(value, self.place()),
            Hedge::About => around(value, self.last_worth()),
            Hedge::Odd => away(value, self.last_worth(), false),
            Hedge::Nearly => away(value, self.last_worth(), true),
            Hedge::AtLeast => Range { low: end(value, false), high: None },
            Hedge::Over => Range { low: end(value, true), high: None },
            Hedge::AtMost => Range { low: None, high: end(value, false) },
            Hedge::Under => Range { low: None, high: end(value, true) },
        }
    }

    /// The worth of the last digit that is not zero: 4500 gives 100; of zero that of its last digit.
    fn last_worth(&self) -> Rational {
        let mut mantissa = self.numerator.mantissa().unsigned_abs();
        if mantissa == 0 {
            return self.place();
        }
        let mut power = -i32::try_from(self.numerator.scale()).unwrap_or(0);
        while mantissa.is_multiple_of(10) {
            mantissa /= 10;
            power += 1;
        }
        self.shared(Rational::power_of_ten(power))
    }

    fn divided(&self, decimal: Decimal) -> Rational {
        self.shared(Rational::from(decimal))
    }

    /// A value over the denominator of a printed fraction.
    fn shared(&self, value: Rational) -> Rational {
        if self.divisor == 1 {
            return value;
        }
        &value * &Rational::ratio(1, i64::from(self.divisor))
    }
}

fn end(value: Rational, open: bool) -> Option<End> {
    Some(End { value, open })
}

fn closed(low: Rational, high: Rational) -> Range {
    Range { low: end(low, false), high: end(high, false) }
}

/// The value and half of `width` to either side.
fn around(value: Rational, width: Rational) -> Range {
    let half = &width * &Rational::ratio(1, 2);
    closed(&value - &half, &value + &half)
}

/// What is cut off to give the value: away from zero, up to the next one.
fn cut_off(value: Rational, place: Rational) -> Range {
    if value.is_zero() {
        Range { low: end(-&place, true), high: end(place, true) }
    } else if value.is_positive() {
        Range { high: end(&value + &place, true), low: end(value, false) }
    } else {
        Range { low: end(&value - &place, true), high: end(value, false) }
    }
}

/// From the value to a `worth` further from zero, or (`inward`) nearer to it; both ends open.
fn away(value: Rational, worth: Rational, inward: bool) -> Range {
    let (low, high) = match value.is_negative() == inward {
        true => (value.clone(), &value + &worth),
        false => (&value - &worth, value),
    };
    Range { low: end(low, true), high: end(high, true) }
}
