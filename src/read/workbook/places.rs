//! Numbers by the digit places of a format: `#,##0.00`, `0%`, `0.0,,`.

use rust_decimal::Decimal;

use super::format::{HALF_UP, Token, general, scientific, times_ten};

/// What the tokens of a section say of all numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    /// Places before the point, and behind it.
    whole: usize,
    decimals: u32,
    /// Where the tokens before the point end.
    whole_end: usize,
    /// The power of ten that percent signs and commas behind the digits multiply by.
    shift: i64,
    thousands: bool,
    exponent: bool,
}

impl Places {
    pub fn of(tokens: &[Token]) -> Self {
        let last_digit = tokens.iter().rposition(|token| matches!(token, Token::Digit(_))).unwrap_or(0);
        let point = tokens.iter().position(|token| *token == Token::Point);
        let exponent = tokens.iter().position(|token| matches!(token, Token::Exponent(_)));
        let whole_end = point.or(exponent).unwrap_or(tokens.len());
        let digits = |tokens: &[Token]| tokens.iter().filter(|token| matches!(token, Token::Digit(_))).count();
        // A point behind the exponent is no decimal point.
        let end = exponent.unwrap_or(tokens.len());
        let decimals = point.map_or(0, |point| digits(tokens.get(point..end).unwrap_or_default()));
        let last_whole = tokens[..whole_end].iter().rposition(|token| matches!(token, Token::Digit(_)));
        let is_scale = |at: usize| last_whole.is_some_and(|last| at > last) && at < whole_end || at > last_digit;
        let commas = || tokens.iter().enumerate().filter(|(_, token)| **token == Token::Comma).map(|(at, _)| at);
        let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
        Self {
            whole: digits(&tokens[..whole_end]),
            decimals: decimals as u32,
            whole_end,
            shift: 2 * percents as i64 - 3 * commas().filter(|&at| is_scale(at)).count() as i64,
            thousands: commas().any(|at| !is_scale(at)),
            exponent: exponent.is_some(),
        }
    }
}

/// A number by the digit places of a section.
pub(super) fn number(tokens: &[Token], places: &Places, value: Decimal) -> String {
    if places.exponent {
        return scientific(tokens, value, places.decimals);
    }
    let Some(value) = times_ten(value, places.shift) else { return general(value) };
    let rounded = value.round_dp_with_strategy(places.decimals, HALF_UP);
    let digits = Digits::of(&rounded);
    let mut shown = String::with_capacity(24);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        shown.push('-');
    }
    let mut whole = WholePlaces::new(digits.whole(), places);
    let mut fraction = FractionPlaces { digits: digits.fraction(), at: 0 };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Digit(place) if at < places.whole_end => whole.push(*place, &mut shown),
            Token::Digit(place) => fraction.push(*place, &mut shown),
            Token::Point => {
                if places.whole == 0 && digits.whole() != "0" {
                    shown.push_str(digits.whole());
                }
                shown.push('.');
            }
            Token::Literal(text) => shown.push_str(text),
            Token::Percent => shown.push('%'),
            _ => {}
        }
    }
    // `0.#` of a whole number ends in its point, as on the sheet; the point says nothing there.
    shown.truncate(shown.trim_end_matches('.').len());
    shown
}

/// The digits of a number without its sign: every cell is written out, so that this allocates nothing.
pub(super) struct Digits {
    /// At the end; a number of 96 bits has 29 digits at most, or 28 behind its point.
    buffer: [u8; 32],
    start: usize,
    scale: usize,
}

impl Digits {
    pub fn of(number: &Decimal) -> Self {
        let mut digits = Self { buffer: [b'0'; 32], start: 32, scale: number.scale() as usize };
        let mut rest = number.mantissa().unsigned_abs();
        // Most numbers fit a machine word, whose division is far quicker.
        while rest > u128::from(u64::MAX) {
            digits.push((rest % 10) as u8);
            rest /= 10;
        }
        let mut rest = rest as u64;
        while rest > 0 {
            digits.push((rest % 10) as u8);
            rest /= 10;
        }
        digits.start = digits.start.min(32 - digits.scale - 1);
        digits
    }

    fn push(&mut self, digit: u8) {
        self.start -= 1;
        self.buffer[self.start] = b'0' + digit;
    }

    pub fn whole(&self) -> &str {
        self.text(self.start, 32 - self.scale)
    }

    fn fraction(&self) -> &str {
        self.text(32 - self.scale, 32)
    }

    fn text(&self, start: usize, end: usize) -> &str {
        std::str::from_utf8(&self.buffer[start..end]).unwrap_or_default()
    }
}

/// The digits before the point, handed out to the places from left to right: the first place takes all that are over.
struct WholePlaces<'t> {
    digits: &'t str,
    /// How many places stand before the first digit.
    padding: usize,
    places: usize,
    at: usize,
    thousands: bool,
    /// From the place on at which a `0` was met, every place shows a digit.
    filled: bool,
}

impl<'t> WholePlaces<'t> {
    fn new(whole: &'t str, places: &Places) -> Self {
        // A zero has no digit of its own: `#` shows nothing for it.
        let digits = if whole == "0" { "" } else { whole };
        let padding = places.whole.saturating_sub(digits.len());
        Self { digits, padding, places: places.whole, at: 0, thousands: places.thousands, filled: false }
    }

    fn push(&mut self, place: char, shown: &mut String) {
        let all = self.padding + self.digits.len();
        let count = if self.at == 0 { all + 1 - self.places } else { 1 };
        for _ in 0..count {
            let digit = self.at.checked_sub(self.padding).and_then(|at| self.digits.as_bytes().get(at));
            self.at += 1;
            let left = all.saturating_sub(self.at);
            self.filled |= place == '0';
            match digit {
                None if self.filled => shown.push('0'),
                None if place == '?' => shown.push(' '),
                None => continue,
                Some(&digit) => {
                    self.filled = true;
                    shown.push(char::from(digit));
                }
            }
            if self.thousands && self.filled && left > 0 && left.is_multiple_of(3) {
                shown.push(',');
            }
        }
    }
}

/// The digits behind the point.
struct FractionPlaces<'t> {
    digits: &'t str,
    at: usize,
}

impl FractionPlaces<'_> {
    fn push(&mut self, place: char, shown: &mut String) {
        let rest = self.digits.get(self.at..).unwrap_or("");
        let digit = rest.chars().next().unwrap_or('0');
        self.at += 1;
        let nothing_follows = rest.bytes().all(|b| b == b'0');
        match place {
            '#' if nothing_follows => {}
            '?' if nothing_follows => shown.push(' '),
            _ => shown.push(digit),
        }
    }
}
