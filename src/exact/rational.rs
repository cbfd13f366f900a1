//! Rationals that are quick while they are small and never overflow.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use rust_decimal::Decimal;

/// An exact rational number.
///
/// Figures are short decimals, so nearly all values fit a pair of machine words; those are kept as a fraction that is only
/// reduced when it would overflow. What fits no longer goes over to big integers, and comes back where it can.
#[derive(Clone)]
pub struct Rational(Form);

#[derive(Clone)]
enum Form {
    /// The denominator is never zero. Not necessarily in lowest terms.
    Small(i128, u64),
    Big(Box<RBig>),
}

impl Rational {
    /// 0.
    pub const ZERO: Rational = Rational(Form::Small(0, 1));
    /// 1.
    pub const ONE: Rational = Rational(Form::Small(1, 1));

    /// `numerator / denominator`, for known denominators: one of 0 is read as 1.
    pub const fn ratio(numerator: i64, denominator: i64) -> Self {
        let top = if denominator < 0 { -(numerator as i128) } else { numerator as i128 };
        let below = denominator.unsigned_abs();
        Rational(Form::Small(top, if below == 0 { 1 } else { below }))
    }

    /// `10^exponent`.
    pub fn power_of_ten(exponent: i32) -> Self {
        Self::scaled(1, exponent)
    }

    /// `mantissa * 10^exponent`.
    pub fn scaled(mantissa: i128, exponent: i32) -> Self {
        let size = exponent.unsigned_abs();
        let small = if exponent < 0 {
            10u64.checked_pow(size).map(|below| Form::Small(mantissa, below))
        } else {
            10i128.checked_pow(size).and_then(|power| mantissa.checked_mul(power)).map(|top| Form::Small(top, 1))
        };
        small.map(Rational).unwrap_or_else(|| {
            let power = UBig::from(10u8).pow(size as usize);
            if exponent < 0 {
                Self::from(RBig::from_parts(IBig::from(mantissa), power))
            } else {
                Self::from(RBig::from(IBig::from(mantissa) * IBig::from(power)))
            }
        })
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Form::Small(top, below) => *below == 1 || top % i128::from(*below) == 0,
            Form::Big(big) => big.is_int(),
        }
    }

    /// The value without its sign.
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The quotient; `None` where the divisor is 0.
    pub fn checked_div(&self, divisor: &Rational) -> Option<Rational> {
        if divisor.is_zero() {
            return None;
        }
        let quotient = small(self, divisor, |a, b| {
            let top = a.0.checked_mul(i128::from(b.1))?;
            let below = u64::try_from(b.0.unsigned_abs()).ok()?.checked_mul(a.1)?;
            Some(Form::Small(if b.0 < 0 { top.checked_neg()? } else { top }, below))
        });
        Some(quotient.unwrap_or_else(|| Self::from(self.to_big() / divisor.to_big())))
    }

    /// The largest whole number that is not above the value.
    pub fn floor(&self) -> Rational {
        match &self.0 {
            Form::Small(top, below) => Rational(Form::Small(top.div_euclid(i128::from(*below)), 1)),
            Form::Big(big) => Self::from(RBig::from(big.floor())),
        }
    }

    /// The smallest whole number that is not below the value.
    pub fn ceil(&self) -> Rational {
        -(-self).floor()
    }

    /// The whole part, digits after the point cut off.
    pub fn trunc(&self) -> Rational {
        if self.is_negative() { self.ceil() } else { self.floor() }
    }

    /// The nearest multiple of `step` (above 0), halves away from zero, as reports round.
    pub fn round_to(&self, step: &Rational) -> Rational {
        let Some(steps) = self.abs().checked_div(step) else { return self.clone() };
        let nearest = &(&steps + &Rational::ratio(1, 2)).floor() * step;
        if self.is_negative() { -nearest } else { nearest }
    }

    /// The nearest multiple of `step` (above 0) towards zero: digits cut off.
    pub fn cut_to(&self, step: &Rational) -> Rational {
        self.checked_div(step).map_or_else(|| self.clone(), |steps| &steps.trunc() * step)
    }

    /// The value as big integers, in lowest terms.
    pub fn to_big(&self) -> RBig {
        match &self.0 {
            Form::Small(top, below) => RBig::from_parts(IBig::from(*top), UBig::from(*below)),
            Form::Big(big) => (**big).clone(),
        }
    }

    /// The value as a small whole number, where it is one.
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Form::Small(top, below) => (top % i128::from(*below) == 0).then(|| top / i128::from(*below)),
            Form::Big(_) => None,
        }
    }

    fn signum(&self) -> i32 {
        match &self.0 {
            Form::Small(top, _) => top.signum() as i32,
            Form::Big(big) => big.numerator().cmp(&IBig::ZERO) as i32,
        }
    }

    pub(super) fn reduced(&self) -> Option<(i128, u64)> {
        let Form::Small(top, below) = self.0 else { return None };
        let (mut a, mut b) = ((top.unsigned_abs() % u128::from(below)) as u64, below);
        while a != 0 {
            (a, b) = (b % a, a);
        }
        Some((top / i128::from(b), below / b))
    }
}

/// Tries an operation on the small forms: as they are, then in lowest terms.
fn small(a: &Rational, b: &Rational, operation: impl Fn((i128, u64), (i128, u64)) -> Option<Form>) -> Option<Rational> {
    let (Form::Small(top, below), Form::Small(other, under)) = (&a.0, &b.0) else { return None };
    let done = operation((*top, *below), (*other, *under)).or_else(|| operation(a.reduced()?, b.reduced()?));
    done.map(Rational)
}

/// Both numerators over one denominator.
fn common(a: (i128, u64), b: (i128, u64)) -> Option<(i128, i128, u64)> {
    if a.1 == b.1 {
        Some((a.0, b.0, a.1))
    } else if a.1.is_multiple_of(b.1) {
        Some((a.0, b.0.checked_mul(i128::from(a.1 / b.1))?, a.1))
    } else if b.1.is_multiple_of(a.1) {
        Some((a.0.checked_mul(i128::from(b.1 / a.1))?, b.0, b.1))
    } else {
        let (top, other) = (a.0.checked_mul(i128::from(b.1))?, b.0.checked_mul(i128::from(a.1))?);
        Some((top, other, a.1.checked_mul(b.1)?))
    }
}

impl Add for &Rational {
    type Output = Rational;

    fn add(self, other: &Rational) -> Rational {
        let sum = small(self, other, |a, b| {
            let (a, b, below) = common(a, b)?;
            Some(Form::Small(a.checked_add(b)?, below))
        });
        sum.unwrap_or_else(|| Rational::from(self.to_big() + other.to_big()))
    }
}

impl Sub for &Rational {
    type Output = Rational;

    fn sub(self, other: &Rational) -> Rational {
        let difference = small(self, other, |a, b| {
            let (a, b, below) = common(a, b)?;
            Some(Form::Small(a.checked_sub(b)?, below))
        });
        difference.unwrap_or_else(|| Rational::from(self.to_big() - other.to_big()))
    }
}

impl Mul for &Rational {
    type Output = Rational;

    fn mul(self, other: &Rational) -> Rational {
        let product = small(self, other, |a, b| Some(Form::Small(a.0.checked_mul(b.0)?, a.1.checked_mul(b.1)?)));
        product.unwrap_or_else(|| Rational::from(self.to_big() * other.to_big()))
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        if let Form::Small(top, below) = &self.0
            && let Some(top) = top.checked_neg()
        {
            return Rational(Form::Small(top, *below));
        }
        Rational::from(-self.to_big())
    }
}

impl Neg for Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        -&self
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        if let (Form::Small(top, below), Form::Small(over, under)) = (&self.0, &other.0) {
            if below == under {
                return top.cmp(over);
            }
            if let (Some(a), Some(b)) = (top.checked_mul(i128::from(*under)), over.checked_mul(i128::from(*below))) {
                return a.cmp(&b);
            }
        }
        self.to_big().cmp(&other.to_big())
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rational {
    fn eq(&self, other: &Rational) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rational {}

impl From<RBig> for Rational {
    fn from(big: RBig) -> Self {
        match (i128::try_from(big.numerator()), u64::try_from(big.denominator())) {
            (Ok(top), Ok(below)) => Rational(Form::Small(top, below)),
            _ => Rational(Form::Big(Box::new(big))),
        }
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Rational(Form::Small(i128::from(value), 1))
    }
}

impl From<Decimal> for Rational {
    fn from(value: Decimal) -> Self {
        Self::scaled(value.mantissa(), -(value.scale() as i32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_leaves_the_small_form_and_comes_back() {
        let huge = Rational::power_of_ten(40);
        assert!(matches!(huge.0, Form::Big(_)));
        assert_eq!(huge.checked_div(&huge), Some(Rational::ONE));
        assert!(matches!((&huge - &huge).0, Form::Small(0, 1)));
        let tiny = Rational::power_of_ten(-25);
        assert_eq!(&tiny * &Rational::power_of_ten(25), Rational::ONE);
        assert!(tiny.is_positive() && (-&tiny).is_negative() && tiny < huge);
    }

    #[test]
    fn a_third_times_three_is_one() {
        let third = Rational::ONE.checked_div(&Rational::from(3)).unwrap();
        assert_eq!(&third * &Rational::from(3), Rational::ONE);
        assert_eq!(Rational::ONE.checked_div(&Rational::ZERO), None);
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        let step = Rational::power_of_ten(-1);
        for (value, rounded, cut) in [(25, 3, 2), (-25, -3, -2), (24, 2, 2), (-26, -3, -2), (0, 0, 0)] {
            let value = Rational::scaled(value, -2);
            assert_eq!(value.round_to(&step), Rational::scaled(rounded, -1), "{value}");
            assert_eq!(value.cut_to(&step), Rational::scaled(cut, -1), "{value}");
        }
    }

    #[test]
    fn floors_and_ceilings_meet_at_whole_numbers() {
        assert_eq!(Rational::ratio(-7, 2).floor(), Rational::from(-4));
        assert_eq!(Rational::ratio(-7, 2).ceil(), Rational::from(-3));
        assert_eq!(Rational::ratio(6, 2).floor(), Rational::ratio(6, 2).ceil());
        assert!(Rational::ratio(6, 2).is_whole() && !Rational::ratio(7, 2).is_whole());
        assert_eq!(Rational::ratio(6, -2).to_i128(), Some(-3));
    }
}
