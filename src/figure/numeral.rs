//! Numerals of Arabic digits, and what every kind of numeral gives.

use rust_decimal::Decimal;

use super::view::{View, digit};

/// The most digits whose value is kept; a longer number is no quantity that a report prints.
const DIGITS: u32 = 28;

/// What a numeral is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Chinese,
    English,
}

/// A numeral: `mantissa * 10^(exponent - decimals) / divisor`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    pub start: usize,
    pub end: usize,
    pub mantissa: u128,
    pub decimals: u8,
    /// The scale that its words hold (三千万 is 3000 * 10^4); 0 for digits.
    pub exponent: u8,
    /// The denominator of a fraction.
    pub divisor: u32,
    /// The upper mantissa of a numeral that names two neighbours (七八).
    pub upper: Option<u128>,
    pub script: Script,
    /// How many digits are printed.
    pub digits: u32,
    /// How it is written, as far as that tells what it is.
    pub form: Form,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    /// With separators of thousands.
    Grouped,
    /// Chinese digits side by side, as in years (二〇二〇).
    Positional,
    /// A Chinese multiplier without a digit (百, 千, 万).
    Bare,
    /// Several points (3.2.1); the end is after the last part.
    Dotted,
    /// Fraction words (三分之二, half), or a multiple (doubled).
    Ratio,
    /// 百分之, 千分之.
    Percent,
    Permille,
    /// Chinese digits side by side that are no number (九一八).
    Word,
}

impl Numeral {
    pub fn new(start: usize, script: Script) -> Self {
        let (mantissa, decimals, exponent, divisor, upper, digits) = (0, 0, 0, 1, None, 0);
        Self { start, end: start, mantissa, decimals, exponent, divisor, upper, script, digits, form: Form::Plain }
    }

    /// Whether it has more digits than a value can.
    pub fn is_overlong(&self) -> bool {
        self.digits > DIGITS
    }

    /// A whole number of Arabic digits, without separators.
    pub fn is_plain_integer(&self) -> bool {
        self.form == Form::Plain && self.decimals == 0 && self.script == Script::Arabic
    }

    /// A four-digit number that can be a year.
    pub fn is_year(&self) -> bool {
        self.is_plain_integer() && self.digits == 4 && (1900..2100).contains(&self.mantissa)
    }

    /// The value of a mantissa under this numeral's decimals and `exponent` more; `None` if it cannot be held.
    pub fn scaled(&self, mantissa: u128, exponent: i32) -> Option<Decimal> {
        let shift = i32::from(self.exponent) + exponent - i32::from(self.decimals);
        if let Some(small) = u64::try_from(mantissa).ok().and_then(|mantissa| decimal(mantissa, shift)) {
            return Some(small);
        }
        let mantissa = i128::try_from(mantissa).ok()?;
        if shift <= 0 {
            return Decimal::try_from_i128_with_scale(mantissa, shift.unsigned_abs()).ok();
        }
        let factor = 10i128.checked_pow(shift.unsigned_abs())?;
        Decimal::try_from_i128_with_scale(mantissa.checked_mul(factor)?, 0).ok()
    }

    pub fn push(&mut self, digit: u8) {
        self.digits = self.digits.saturating_add(1);
        if !self.is_overlong() {
            self.mantissa = self.mantissa * 10 + u128::from(digit);
        }
    }
}

/// `mantissa * 10^shift`, where that is no more than 64 bits of digits and at most 28 decimals.
#[inline]
pub(super) fn decimal(mantissa: u64, shift: i32) -> Option<Decimal> {
    let size = shift.unsigned_abs();
    let (digits, decimals) = match shift {
        ..=0 => (mantissa, size),
        _ => (mantissa.checked_mul(10u64.checked_pow(size)?)?, 0),
    };
    (decimals <= DIGITS).then(|| Decimal::from_parts(digits as u32, (digits >> 32) as u32, 0, false, decimals))
}

/// Reads the digits at `i`, with separators of thousands and decimals. A point without a digit before it (`.05`) may start it.
pub(super) fn read(view: &View, i: usize) -> Option<Numeral> {
    let mut number = Numeral::new(i, Script::Arabic);
    number.end = digits(view, &mut number, i);
    if number.digits == 0 && !matches!(view.char_at(i), '.') {
        return None;
    }
    if (1..=3).contains(&number.digits) && (number.mantissa != 0) {
        groups(view, &mut number);
    }
    decimals(view, &mut number);
    (number.digits > 0).then_some(number)
}

fn digits(view: &View, number: &mut Numeral, mut i: usize) -> usize {
    // Most figures have few digits: those fit a machine word.
    if let Ok(mut value @ ..1_000_000) = u64::try_from(number.mantissa) {
        let start = i;
        while view.byte(i).is_ascii_digit() && i - start < 12 {
            value = value * 10 + u64::from(view.byte(i) - b'0');
            i += 1;
        }
        number.mantissa = value.into();
        number.digits = number.digits.saturating_add((i - start) as u32);
    }
    while view.byte(i).is_ascii_digit() {
        number.push(view.byte(i) - b'0');
        i += 1;
    }
    while let Some(value) = digit(view.char_at(i)) {
        number.push(value);
        i = view.after(i);
    }
    i
}

/// Separators of thousands: a comma, or one blank where nothing else can be meant; then exactly three digits.
fn groups(view: &View, number: &mut Numeral) {
    let separator = view.char_at(number.end);
    if !matches!(separator, ',' | ' ' | '，' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '’' | '\'') {
        return;
    }
    // A full-width comma joins full-width digits only: otherwise it is the sentence's own.
    if separator == '，' && view.byte(number.start) < 0x80 {
        return;
    }
    let mut grouped = *number;
    // 12,34,567: in India all groups but the last have two digits.
    while let Some(end) = pair(view, grouped.end).filter(|_| number.digits <= 2 && !grouped.is_overlong()) {
        let next = view.after(grouped.end);
        digits(view, &mut grouped, next);
        grouped.end = end;
    }
    if grouped.end > number.end && group(view, grouped.end, ',').is_none() {
        grouped = *number;
    }
    while let Some(end) = group(view, grouped.end, separator).filter(|_| !grouped.is_overlong()) {
        let next = view.after(grouped.end);
        digits(view, &mut grouped, next);
        grouped.end = end;
        grouped.form = Form::Grouped;
    }
    if grouped.form == Form::Grouped && (separator != ' ' || stands_alone(view, &grouped)) {
        *number = grouped;
    }
}

/// Where a comma and its two digits at `i` end, if another comma follows.
fn pair(view: &View, i: usize) -> Option<usize> {
    let is_digit = |i: usize| view.byte(i).is_ascii_digit();
    (view.byte(i) == b',' && is_digit(i + 1) && is_digit(i + 2) && view.byte(i + 3) == b',').then_some(i + 3)
}

/// Where a separator and its three digits at `i` end.
fn group(view: &View, i: usize, separator: char) -> Option<usize> {
    if view.char_at(i) != separator {
        return None;
    }
    let mut i = view.after(i);
    for _ in 0..3 {
        digit(view.char_at(i))?;
        i = view.after(i);
    }
    digit(view.char_at(i)).is_none().then_some(i)
}

/// Whether digits with plain blanks between them are clearly one number: the whole cell, or a scale or unit follows, and no
/// other number stands directly before.
fn stands_alone(view: &View, number: &Numeral) -> bool {
    let before = view.skip_blanks_back(number.start);
    let mut whole = *number;
    decimals(view, &mut whole);
    let after = view.skip_blanks(whole.end);
    if view.cell && before == view.start && after == view.end {
        return true;
    }
    let blank_and_digit = before < number.start && digit(view.char_before(before)).is_some();
    let follows = view.char_at(after);
    // A $800 364-day facility: the hyphen joins the last group alone to what follows.
    !(blank_and_digit || follows == '-')
        && (matches!(follows, '%' | '万' | '亿' | '‰' | '余' | '多') || super::unit::read(view, whole.end).is_some())
}

fn decimals(view: &View, number: &mut Numeral) {
    let mut points = 0;
    while matches!(view.char_at(number.end), '.' | '．') {
        let next = view.after(number.end);
        if digit(view.char_at(next)).is_none() {
            break;
        }
        points += 1;
        let before = number.digits;
        number.end = digits(view, number, next);
        number.decimals = u8::try_from(number.digits - before).unwrap_or(u8::MAX);
    }
    if points > 1 {
        number.form = Form::Dotted;
    }
}
