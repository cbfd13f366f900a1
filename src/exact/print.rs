//! Rationals as decimals.

use std::fmt;

use super::Rational;

impl Rational {
    /// The value in digits, rounded half away from zero to `places` digits after the point, all of them printed: `96.60`.
    pub fn fixed(&self, places: u32) -> String {
        let step = Rational::power_of_ten(-(places as i32));
        with_point(&self.round_to(&step), places)
    }

    /// The value in digits, cut after `places` digits behind the point: `96.590…`; without `…`, and without zeros at the
    /// end, where nothing is lost: `96.5`.
    pub fn expansion(&self, places: u32) -> String {
        let cut = self.cut_to(&Rational::power_of_ten(-(places as i32)));
        let digits = with_point(&cut, places);
        if cut == *self {
            return without_zeros(&digits).to_owned();
        }
        let sign = if self.is_negative() && cut.is_zero() { "-" } else { "" };
        format!("{sign}{digits}…")
    }

    /// The value as an exact decimal; `None` where its digits never end.
    pub fn exact_decimal(&self) -> Option<String> {
        match self.reduced() {
            Some((_, below)) => Some(with_point(self, places_of(below)?)),
            None => self.exact_big_decimal(),
        }
    }

    fn exact_big_decimal(&self) -> Option<String> {
        let mut below = self.to_big().denominator().clone();
        let (mut twos, mut fives) = (0u32, 0u32);
        let (two, five) = (dashu_int::UBig::from(2u8), dashu_int::UBig::from(5u8));
        while (&below % &two).is_zero() {
            below /= &two;
            twos += 1;
        }
        while (&below % &five).is_zero() {
            below /= &five;
            fives += 1;
        }
        below.is_one().then(|| with_point(self, twos.max(fives)))
    }
}

impl fmt::Display for Rational {
    /// An exact decimal, or else a fraction in lowest terms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exact_decimal() {
            Some(decimal) => f.write_str(&decimal),
            None => write!(f, "{}", self.to_big()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How many digits behind the point a fraction in lowest terms has, by its denominator; `None` where they never end.
fn places_of(mut below: u64) -> Option<u32> {
    let twos = below.trailing_zeros();
    below >>= twos;
    let mut fives = 0;
    while below.is_multiple_of(5) {
        below /= 5;
        fives += 1;
    }
    (below == 1).then_some(twos.max(fives))
}

/// A multiple of `10^-places` in digits.
fn with_point(value: &Rational, places: u32) -> String {
    let whole = &value.abs() * &Rational::power_of_ten(places as i32);
    let digits = whole.to_i128().map_or_else(|| whole.to_big().numerator().to_string(), |whole| whole.to_string());
    if places == 0 && !value.is_negative() {
        return digits;
    }
    let digits = format!("{digits:0>width$}", width = places as usize + 1);
    let (before, after) = digits.split_at(digits.len() - places as usize);
    let sign = if value.is_negative() { "-" } else { "" };
    let point = if after.is_empty() { "" } else { "." };
    format!("{sign}{before}{point}{after}")
}

fn without_zeros(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_printed_as_decimals() {
        let rate = Rational::ratio(51000, 528);
        assert_eq!(rate.fixed(1), "96.6");
        assert_eq!(rate.expansion(3), "96.590…");
        assert_eq!(rate.to_string(), "2125/22");
        assert_eq!(Rational::ratio(-1, 300).expansion(2), "-0.00…");
        assert_eq!(Rational::ratio(1930, 20).expansion(3), "96.5");
        assert_eq!(Rational::from(1200).expansion(2), "1200");
        assert_eq!(Rational::from(1200).expansion(0), "1200");
        assert_eq!(Rational::ratio(-1, 8).to_string(), "-0.125");
        assert_eq!(Rational::power_of_ten(25).to_string(), format!("1{}", "0".repeat(25)));
        assert_eq!(Rational::ratio(-1, 300).fixed(1), "0.0");
        assert_eq!(Rational::ratio(-7, 80).to_string(), "-0.0875");
        assert_eq!(Rational::ratio(1, 1250).to_string(), "0.0008");
        assert_eq!(Rational::ratio(30, 4).to_string(), "7.5");
        let large = &Rational::power_of_ten(40) + &Rational::ratio(1, 4);
        assert_eq!(large.to_string(), format!("1{}.25", "0".repeat(40)));
    }
}
