//! Likely slips: how a wrong figure came about.

mod origin;

pub use origin::{Origin, origins};

use crate::document::Language;
use crate::exact::{Range, Rational};
use crate::figure::quantity::{Quantity, Rounding};

/// How a wrong figure came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Digits were cut off instead of rounded.
    CutOff,
    /// Two digits are swapped.
    Swapped,
    /// One digit is wrong.
    WrongDigit,
    /// A digit is missing.
    DroppedDigit,
    /// A digit stands twice.
    DoubledDigit,
    /// The sign is wrong.
    Sign,
    /// Wrong by this power of ten.
    PowerOfTen(i32),
    /// A part was left out of the sum.
    LeftOut,
    /// A part was counted twice.
    CountedTwice,
    /// A difference of percentages stands where a rate of change is meant, or the other way round.
    PercentagePoints,
    /// Base and result are swapped.
    Base,
}

/// The powers of ten by which figures are wrong: a place, thousand, 万, million, 亿, billion and their inverses.
const POWERS: [i32; 10] = [1, -1, 4, -4, 3, -3, 6, -6, 8, -8];
/// How many of them are one place.
const PLACES: usize = 2;
/// A figure with fewer digits fits nearly anything on some scale, if all is taken that it may stand for.
const TELLING: usize = 3;

/// A figure as it is printed, without hedge, as a slip sees it.
pub struct Stated {
    /// The printed value.
    pub value: Rational,
    /// The worth of one unit in its last digit.
    pub step: Rational,
    /// How it is rounded.
    pub rounding: Rounding,
}

impl Stated {
    /// A quantity that is printed with the given rounding.
    pub fn new(quantity: &Quantity, rounding: Rounding) -> Self {
        Self { value: quantity.value(), step: quantity.place(), rounding }
    }

    /// The likely slip that makes of `right` what is stated. Both are multiples of the last digit.
    /// `computed` is the value that `right` was rounded from, where it is known.
    pub fn slip_from(&self, right: &Rational, computed: Option<&Rational>) -> Option<Slip> {
        if *right == self.value {
            return None;
        }
        if computed.is_some_and(|computed| self.rounded_instead_of_cut(computed).as_ref() == Some(right)) {
            return Some(Slip::CutOff);
        }
        if *right == -&self.value {
            return Some(Slip::Sign);
        }
        if right.is_negative() != self.value.is_negative() {
            return None;
        }
        // A power of ten looks like a digit dropped or doubled, but says more.
        let leads = |power: &i32| &self.value * &Rational::power_of_ten(*power) == *right;
        let powers = if self.length() < 2 { &POWERS[..PLACES] } else { &POWERS };
        if let Some(&power) = powers.iter().find(|power| leads(power)) {
            return Some(Slip::PowerOfTen(power));
        }
        between(&self.digits(&self.value)?, &self.digits(right)?)
    }

    /// What a value would be printed as, if it is stated with its further digits cut off instead of rounded.
    fn rounded_instead_of_cut(&self, computed: &Rational) -> Option<Rational> {
        let is_cut = self.rounding == Rounding::Nearest && computed.cut_to(&self.step) == self.value;
        is_cut.then(|| computed.round_to(&self.step)).filter(|rounded| *rounded != self.value)
    }

    /// The power of ten by which the stated value is wrong, where the solutions allow one: 2.5万 where 2.5亿 is meant. A figure of one
    /// digit tells too little, and one of two must fit narrow solutions to three digits.
    pub fn power_slip(&self, solutions: &Range) -> Option<Slip> {
        let length = self.length();
        if length < 2 || length < TELLING && !is_narrow(solutions) {
            return None;
        }
        let tenth = || &self.step * &Rational::ratio(1, 10);
        let step = if length < TELLING { tenth() } else { self.step.clone() };
        let range = self.rounding.range(self.value.clone(), step);
        // Near nought any figure fits, made small enough.
        if self.value.is_zero() || solutions.contains_zero() {
            return None;
        }
        let meets = |&power: &i32| {
            let scaled = &range * &Range::exact(Rational::power_of_ten(power));
            scaled.intersection(solutions).is_some()
        };
        POWERS.into_iter().find(meets).map(Slip::PowerOfTen)
    }

    /// How many digits it has.
    pub fn length(&self) -> usize {
        self.digits(&self.value).map_or(0, |digits| digits.len())
    }

    fn digits(&self, value: &Rational) -> Option<Vec<u8>> {
        let units = value.abs().checked_div(&self.step)?.to_i128()?;
        Some(units.to_string().into_bytes())
    }
}

/// Whether a range tells its value to three digits.
fn is_narrow(range: &Range) -> bool {
    let size = range.low.as_ref().map(|low| low.value.abs());
    range.width().zip(size).is_some_and(|(width, size)| &width * &Rational::from(100) <= size)
}

impl Slip {
    /// The slip in words.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english(),
            Language::Chinese => self.chinese(),
        }
    }

    fn english(self) -> &'static str {
        match self {
            Slip::CutOff => "digits cut off instead of rounded",
            Slip::Swapped => "two digits swapped",
            Slip::WrongDigit => "one digit wrong",
            Slip::DroppedDigit => "a digit dropped",
            Slip::DoubledDigit => "a digit doubled",
            Slip::Sign => "the sign is wrong",
            Slip::PowerOfTen(1 | -1) => "off by a factor of 10",
            Slip::PowerOfTen(3 | -3) => "off by a factor of a thousand",
            Slip::PowerOfTen(4 | -4) => "off by a factor of 10,000",
            Slip::PowerOfTen(6 | -6) => "off by a factor of a million",
            Slip::PowerOfTen(_) => "off by a factor of 100 million",
            Slip::LeftOut => "a part left out",
            Slip::CountedTwice => "a part counted twice",
            Slip::PercentagePoints => "percent and percentage points confused",
            Slip::Base => "base and result swapped",
        }
    }

    fn chinese(self) -> &'static str {
        match self {
            Slip::CutOff => "截尾未四舍五入",
            Slip::Swapped => "两位数字颠倒",
            Slip::WrongDigit => "一位数字有误",
            Slip::DroppedDigit => "漏写一位数字",
            Slip::DoubledDigit => "多写一位数字",
            Slip::Sign => "正负号有误",
            Slip::PowerOfTen(1 | -1) => "相差十倍",
            Slip::PowerOfTen(3 | -3) => "相差一千倍",
            Slip::PowerOfTen(4 | -4) => "相差一万倍（万）",
            Slip::PowerOfTen(6 | -6) => "相差一百万倍",
            Slip::PowerOfTen(_) => "相差一亿倍（亿）",
            Slip::LeftOut => "漏计一项",
            Slip::CountedTwice => "重复计入一项",
            Slip::PercentagePoints => "百分比与百分点混淆",
            Slip::Base => "基数与结果颠倒",
        }
    }
}

/// Figures with more digits are copied, not typed.
const LONGEST: usize = 18;

/// The slip that makes `wrong` of `right`.
fn between(wrong: &[u8], right: &[u8]) -> Option<Slip> {
    let longest = wrong.len().max(right.len());
    let padded = |digits: &[u8]| [vec![b'0'; longest - digits.len()], digits.to_vec()].concat();
    let (a, b) = (padded(wrong), padded(right));
    let unlike: Vec<usize> = (0..longest).filter(|&at| a[at] != b[at]).collect();
    match unlike[..] {
        [first, second] if a[first] == b[second] && a[second] == b[first] => return Some(Slip::Swapped),
        [_] if wrong.len() == right.len() => return Some(Slip::WrongDigit),
        _ => {}
    }
    if without_one(right, wrong) {
        return Some(Slip::DroppedDigit);
    }
    doubled(wrong, right).then_some(Slip::DoubledDigit)
}

/// Whether `short` is `long` with one digit left out.
fn without_one(long: &[u8], short: &[u8]) -> bool {
    long.len() == short.len() + 1
        && (0..long.len()).any(|at| long[..at] == short[..at] && long[at + 1..] == short[at..])
}

/// Whether `wrong` is `right` with one digit written twice.
fn doubled(wrong: &[u8], right: &[u8]) -> bool {
    wrong.len() == right.len() + 1
        && (1..wrong.len())
            .any(|at| wrong[at] == wrong[at - 1] && wrong[..at] == right[..at] && wrong[at + 1..] == right[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(units: i64) -> Stated {
        Stated { value: Rational::ratio(units, 10), step: Rational::ratio(1, 10), rounding: Rounding::Nearest }
    }

    #[test]
    fn slips_are_told_apart() {
        for (wrong, right, expected) in [
            (1383, 1338, Some(Slip::Swapped)),
            (3381, 1338, None),
            (8331, 1338, Some(Slip::Swapped)),
            (1339, 1338, Some(Slip::WrongDigit)),
            (138, 1338, Some(Slip::DroppedDigit)),
            (13338, 1338, Some(Slip::DoubledDigit)),
            (13398, 1338, None),
            (-1338, 1338, Some(Slip::Sign)),
            (13380, 1338, Some(Slip::PowerOfTen(-1))),
            (1338, 13_380_000, Some(Slip::PowerOfTen(4))),
            (1338, 1338, None),
            (510, 51, Some(Slip::PowerOfTen(-1))),
            (99, 101, None),
        ] {
            assert_eq!(stated(wrong).slip_from(&Rational::ratio(right, 10), None), expected, "{wrong} for {right}");
        }
    }

    #[test]
    fn cut_digits_are_known_by_the_computed_value() {
        let computed = Rational::ratio(51000, 528);
        assert_eq!(stated(965).slip_from(&Rational::ratio(966, 10), Some(&computed)), Some(Slip::CutOff));
        assert_eq!(stated(967).slip_from(&Rational::ratio(966, 10), Some(&computed)), Some(Slip::WrongDigit));
    }

    #[test]
    fn powers_of_ten_meet_the_solutions() {
        let solutions = Range::exact(Rational::from(25_004));
        let stated =
            Stated { value: Rational::ratio(25, 10), step: Rational::ratio(1, 10), rounding: Rounding::Nearest };
        assert_eq!(stated.power_slip(&solutions), Some(Slip::PowerOfTen(4)));
        assert_eq!(stated.power_slip(&Range::exact(Rational::from(26_000))), None);
    }

    #[test]
    fn few_digits_fit_no_scale_by_their_width() {
        let few = Stated { value: Rational::ratio(1, 10), step: Rational::ratio(1, 10), rounding: Rounding::Nearest };
        for value in [1135, 1000] {
            assert_eq!(few.power_slip(&Range::exact(Rational::from(value))), None, "{value}");
        }
        assert_eq!(stated(25).power_slip(&Range::exact(Rational::from(25_200))), None);
        assert_eq!(stated(250).power_slip(&Range::exact(Rational::from(250_010))), Some(Slip::PowerOfTen(4)));
    }
}
