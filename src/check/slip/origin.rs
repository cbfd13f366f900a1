//! What may have been meant: all that one slip of the pen may have made a printed figure of.

use super::{LONGEST, PLACES, POWERS, Slip, Stated};
use crate::exact::{Range, Rational};
use crate::figure::quantity::Rounding;

/// A value that may have been meant, and the slip that made of it what is printed.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The value.
    pub value: Rational,
    /// The worth of one unit in its last digit.
    pub step: Rational,
    /// How many more digits it has after the point than what is printed; fewer, if negative.
    pub finer: i32,
    /// The slip.
    pub slip: Slip,
}

/// All origins of a figure that lie among these solutions, each value once. `decimals` are its printed digits after the point,
/// `computed` is the value that the other figures make, where it is known.
pub fn origins(
    stated: &Stated,
    decimals: u32,
    solutions: &Range,
    computed: Option<&Rational>,
    unsigned: bool,
) -> Vec<Origin> {
    let mut all: Vec<Origin> = Vec::new();
    let mut add = |origin: Origin| {
        let is_known = || all.iter().any(|known| known.value == origin.value);
        if is_possible(stated, &origin, solutions) && !is_known() {
            all.push(origin);
        }
    };
    let like_stated = |value: Rational, slip: Slip| Origin { value, step: stated.step.clone(), finer: 0, slip };
    if let Some(right) = computed.and_then(|computed| stated.rounded_instead_of_cut(computed)) {
        add(like_stated(right, Slip::CutOff));
    }
    if !unsigned {
        add(like_stated(-&stated.value, Slip::Sign));
    }
    let powers = if stated.length() < 2 { &POWERS[..PLACES] } else { &POWERS };
    powers.iter().for_each(|&power| add(scaled(stated, decimals as i32, power)));
    if let Some(digits) = digits(stated, decimals as usize) {
        let within = Within::new(stated, solutions);
        each_neighbour(&digits, digits.len() - decimals as usize, &mut |digits, finer, slip| {
            let before_point = digits.len().saturating_add_signed(-finer as isize) - decimals as usize;
            if (digits[0] != b'0' || before_point == 1)
                && let Some(origin) = within.origin(digits, finer, slip)
            {
                add(origin);
            }
        });
    }
    all
}

fn is_possible(stated: &Stated, origin: &Origin, solutions: &Range) -> bool {
    let Origin { value, step, .. } = origin;
    !value.is_zero()
        && *value != stated.value
        && (stated.rounding != Rounding::Exact || value.cut_to(&stated.step) == *value)
        && stated.rounding.range(value.clone(), step.clone()).intersection(solutions).is_some()
}

/// What was meant if the stated figure has to be multiplied by a power of ten: its point stands elsewhere, or zeros are missing.
fn scaled(stated: &Stated, decimals: i32, power: i32) -> Origin {
    let moved = power.min(decimals);
    Origin {
        value: &stated.value * &Rational::power_of_ten(power),
        step: &stated.step * &Rational::power_of_ten(moved),
        finer: -moved,
        slip: Slip::PowerOfTen(power),
    }
}

/// All printed digits, a zero before the point included.
fn digits(stated: &Stated, decimals: usize) -> Option<Vec<u8>> {
    let digits = stated.digits(&stated.value)?;
    let missing = (decimals + 1).saturating_sub(digits.len());
    let all = [vec![b'0'; missing], digits].concat();
    (all.len() <= LONGEST).then_some(all)
}

/// Shows all digits of which one slip may have made these, how many more they have after the point, and the slip. The point stands
/// before the digit `point`.
fn each_neighbour(digits: &[u8], point: usize, show: &mut impl FnMut(&[u8], i32, Slip)) {
    let mut other = digits.to_vec();
    for at in 1..digits.len() {
        if digits[at] != digits[at - 1] {
            other.swap(at, at - 1);
            show(&other, 0, Slip::Swapped);
            other.swap(at, at - 1);
        }
    }
    for at in 0..digits.len() {
        for digit in (b'0'..=b'9').filter(|&digit| digit != digits[at]) {
            other[at] = digit;
            show(&other, 0, Slip::WrongDigit);
        }
        other[at] = digits[at];
    }
    for at in 1..digits.len() {
        if digits[at] == digits[at - 1] {
            other.remove(at);
            // Of 3.3 the digit before or after the point may be too much; the point itself stays.
            if at >= point && digits.len() > point {
                show(&other, -1, Slip::DoubledDigit);
            }
            if at < point || at == point && point > 1 {
                show(&other, 0, Slip::DoubledDigit);
            }
            other.insert(at, digits[at]);
        }
    }
    for at in 0..=digits.len() {
        for digit in b'0'..=b'9' {
            other.insert(at, digit);
            if at <= point {
                show(&other, 0, Slip::DroppedDigit);
            }
            if at >= point && digits.len() > point {
                show(&other, 1, Slip::DroppedDigit);
            }
            other.remove(at);
        }
    }
}

/// The solutions in tenths of the last digit: most neighbours lie far away from them.
struct Within<'s> {
    stated: &'s Stated,
    low: i128,
    high: i128,
}

impl<'s> Within<'s> {
    fn new(stated: &'s Stated, solutions: &Range) -> Self {
        let tenth = &stated.step * &Rational::ratio(1, 10);
        let tenths = |value: &Rational| value.checked_div(&tenth)?.floor().to_i128();
        let low = solutions.low.as_ref().and_then(|low| tenths(&low.value)).map_or(i128::MIN, |low| low - ABOUT);
        let high = solutions.high.as_ref().and_then(|high| tenths(&high.value)).map_or(i128::MAX, |high| high + ABOUT);
        Self { stated, low, high }
    }

    fn origin(&self, digits: &[u8], finer: i32, slip: Slip) -> Option<Origin> {
        let units = digits.iter().fold(0i128, |units, digit| units * 10 + i128::from(digit - b'0'));
        let units = if self.stated.value.is_negative() { -units } else { units };
        let tenths = units * 10i128.pow((1 - finer).unsigned_abs());
        if !(self.low..=self.high).contains(&tenths) {
            return None;
        }
        let step = &self.stated.step * &Rational::power_of_ten(-finer);
        Some(Origin { value: &Rational::scaled(units, 0) * &step, step, finer, slip })
    }
}

/// More tenths than rounding moves a figure by.
const ABOUT: i128 = 200;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All origins of a figure in tenths, as printed, with their slips.
    fn all(value: &Rational, decimals: u32, low: i64, high: i64) -> Vec<(String, Slip)> {
        let step = Rational::power_of_ten(-(decimals as i32));
        let stated = Stated { value: value.clone(), step, rounding: Rounding::Nearest };
        let solutions = Range::exact(Rational::ratio(low, 1000)).hull(&Range::exact(Rational::ratio(high, 1000)));
        let found = origins(&stated, decimals, &solutions, None, false).into_iter();
        found.map(|origin| (origin.value.fixed((decimals as i32 + origin.finer) as u32), origin.slip)).collect()
    }

    #[test]
    fn slips_happen_on_both_sides_of_the_point() {
        let is = |text: &str, slip| vec![(text.to_owned(), slip)];
        assert_eq!(all(&Rational::ratio(1882, 1000), 3, 1819, 1821), is("1.82", Slip::DoubledDigit));
        assert_eq!(all(&Rational::ratio(204_988, 10), 1, 20_498_979, 20_498_981), is("20498.98", Slip::DroppedDigit));
        assert_eq!(all(&Rational::ratio(213, 1000), 3, 2132, 2133), is("2.13", Slip::PowerOfTen(1)));
        assert_eq!(all(&Rational::ratio(86, 10), 1, 859, 861), is("0.86", Slip::PowerOfTen(-1)));
        assert_eq!(all(&Rational::ratio(443, 10), 1, 4300, 4301), is("4.3", Slip::DoubledDigit));
        assert_eq!(all(&Rational::ratio(25, 10), 1, 5200, 5200), is("5.2", Slip::Swapped));
        assert_eq!(all(&Rational::from(-1338), 0, 1_338_000, 1_338_000), is("1338", Slip::Sign));
        assert_eq!(all(&Rational::ratio(5, 100), 2, 150, 150), is("0.15", Slip::WrongDigit));
        assert_eq!(all(&Rational::from(17_660), 0, 1_000, 1_000), vec![]);
    }

    /// What a slip makes of printed digits.
    fn slipped(text: &str, kind: usize, at: usize, digit: char) -> String {
        let mut all: Vec<char> = text.chars().collect();
        let at = at % all.len();
        match kind {
            0 => all[at] = if all[at] == '.' { '.' } else { digit },
            1 => _ = all.remove(at),
            2 => all.insert(at, all[at]),
            3 if at > 0 => all.swap(at, at - 1),
            _ => {}
        }
        all.into_iter().collect()
    }

    proptest! {
        #[test]
        fn what_a_slip_was_made_of_is_among_the_origins(
            text in "[1-9][0-9]{0,5}(\\.[0-9]{1,3})?", kind in 0usize..4, at in 0usize..12, digit in "[0-9]",
        ) {
            let wrong = slipped(&text, kind, at, digit.chars().next().unwrap());
            let is_number = |text: &str| {
                let (whole, after) = text.split_once('.').unwrap_or((text, "0"));
                !whole.is_empty() && !after.is_empty() && !after.contains('.') && (whole == "0" || !whole.starts_with('0'))
            };
            prop_assume!(is_number(&wrong) && wrong != text && wrong.contains('.') == text.contains('.'));
            let value = |text: &str| Rational::from(rust_decimal::Decimal::from_str_exact(text).unwrap());
            let decimals = wrong.split_once('.').map_or(0, |(_, after)| after.len() as u32);
            let stated = Stated {
                value: value(&wrong),
                step: Rational::power_of_ten(-(decimals as i32)),
                rounding: Rounding::Nearest,
            };
            let found = origins(&stated, decimals, &Range::exact(value(&text)), None, false);
            // 1.30 for 1.3 is no slip.
            prop_assert!(
                value(&wrong) == value(&text) || found.iter().any(|origin| origin.value == value(&text)),
                "{} for {}", wrong, text
            );
        }
    }
}
