//! Chinese numerals: 六十, 二百零五, 壹佰贰拾, 一点五, 二〇二〇, 七八, 百分之十二, 三分之二.

use super::numeral::{Form, Numeral, Script};
use super::view::View;
use crate::text::CharSet;

/// What a Chinese character does in a numeral.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Digit(u8),
    /// 十, 百, 千: a power of ten inside a section of four digits.
    Small(u8),
    /// 万, 亿: a power of ten that closes a section.
    Large(u8),
}

/// What `c` does in a numeral, if it stands in one.
pub(super) fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '零' | '〇' => Sign::Digit(0),
        '一' | '壹' => Sign::Digit(1),
        '二' | '两' | '贰' | '兩' => Sign::Digit(2),
        '三' | '叁' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陆' => Sign::Digit(6),
        '七' | '柒' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '十' | '拾' => Sign::Small(1),
        '百' | '佰' => Sign::Small(2),
        '千' | '仟' => Sign::Small(3),
        '万' | '萬' => Sign::Large(4),
        '亿' | '億' => Sign::Large(8),
        _ => return None,
    })
}

/// The powers of ten up to 万亿亿, the largest that signs in a row name.
const POWERS: [u128; 21] = {
    let mut powers = [1; 21];
    let mut k = 1;
    while k < powers.len() {
        powers[k] = powers[k - 1] * 10;
        k += 1;
    }
    powers
};

/// All characters that [`sign`] knows.
pub(super) const SIGNS: &[char] = &[
    '零', '〇', '一', '壹', '二', '两', '贰', '兩', '三', '叁', '四', '肆', '五', '伍', '六', '陆', '七', '柒', '八',
    '捌', '九', '玖', '十', '拾', '百', '佰', '千', '仟', '万', '萬', '亿', '億',
];

/// What goes on with a numeral: further signs, 分之, 点, 半.
static GOES_ON: CharSet = CharSet::new(SIGNS).and(&['分', '份', '点', '半']);

/// Reads the numeral at `i`, fractions and percentages included.
pub(super) fn read(view: &View, i: usize) -> Option<Numeral> {
    let alone =
        single(view, i).filter(|number| number.form == Form::Plain && !GOES_ON.contains(view.char_at(number.end)));
    if alone.is_some() {
        return alone;
    }
    let number = whole(view, i)?;
    let part = ["分之", "份之"].into_iter().find(|words| view.starts(number.end, words));
    match part {
        Some(words) => fraction(view, &number, number.end + words.len()).or(Some(number)),
        None => Some(with_half(view, number)),
    }
}

/// The numeral's sign at `i` alone, whatever follows; 万 and 亿 are none.
pub(super) fn single(view: &View, i: usize) -> Option<Numeral> {
    let (mantissa, form) = match sign(view.char_at(i))? {
        Sign::Digit(value) => (value.into(), Form::Plain),
        Sign::Small(power) => (POWERS[usize::from(power)], if power == 1 { Form::Plain } else { Form::Bare }),
        Sign::Large(_) => return None,
    };
    let number = Numeral::new(i, Script::Chinese);
    Some(Numeral { end: view.after(i), mantissa, digits: 1, form, ..number })
}

/// A number without fraction words: digits side by side, or digits with powers of ten.
fn whole(view: &View, i: usize) -> Option<Numeral> {
    let first = sign(view.char_at(i))?;
    let second = sign(view.char_at(view.after(i)));
    match (first, second) {
        (Sign::Digit(a), Some(Sign::Digit(b))) if a != 0 || b != 0 => side_by_side(view, i, a, b),
        _ => Some(counted(view, i)),
    }
}

/// Digits side by side: two neighbours (七八个, 两三百, 三五年), a year (二〇二〇), or no number (九一八).
fn side_by_side(view: &View, start: usize, a: u8, b: u8) -> Option<Numeral> {
    let next = view.after(start);
    let third = sign(view.char_at(view.after(next)));
    if let (Some(Sign::Digit(_)), _) | (_, 0) = (third, b) {
        return Some(positional(view, start));
    }
    let mut number = counted(view, next);
    number.start = start;
    if b > a && a > 0 && (b - a == 1 || (a, b) == (3, 5)) {
        let step = number.mantissa / u128::from(b);
        number.upper = Some(number.mantissa);
        number.mantissa = step * u128::from(a);
    } else {
        number.form = Form::Word;
    }
    Some(number)
}

fn positional(view: &View, start: usize) -> Numeral {
    let mut number = Numeral::new(start, Script::Chinese);
    let mut zero = false;
    while let Some(Sign::Digit(value)) = sign(view.char_at(number.end)) {
        zero |= value == 0;
        number.digits = number.digits.saturating_add(1);
        if !number.is_overlong() {
            number.mantissa = number.mantissa * 10 + u128::from(value);
        }
        number.end = view.after(number.end);
    }
    number.form = if zero || number.digits == 4 { Form::Positional } else { Form::Word };
    number
}

/// Digits with powers of ten: 三万五千, 二百零五; powers fall inside a section, and sections fall.
fn counted(view: &View, start: usize) -> Numeral {
    let mut sum = Sum { bare: true, ..Sum::default() };
    let mut number = Numeral::new(start, Script::Chinese);
    while let Some(next) = sign(view.char_at(number.end)) {
        if !sum.push(next) {
            break;
        }
        number.digits += 1;
        number.end = view.after(number.end);
        if number.is_overlong() {
            break;
        }
    }
    let value = sum.value();
    number.form = if sum.bare { Form::Bare } else { Form::Plain };
    number.mantissa = value;
    if value > 0 && sum.last > 0 {
        number.exponent = sum.last;
        number.mantissa = value / POWERS[usize::from(sum.last)];
    }
    decimals(view, &mut number);
    number
}

/// The value of a numeral as it is read from the left.
#[derive(Default)]
struct Sum {
    total: u128,
    section: u128,
    digit: Option<u8>,
    /// The power of ten of the last sign, if that ends the numeral with 百 or more.
    last: u8,
    /// The power below which the next ones must be.
    small: Option<u8>,
    large: Option<u8>,
    bare: bool,
    zero: bool,
}

impl Sum {
    /// Takes the next sign; false if it is no part of the numeral.
    fn push(&mut self, sign: Sign) -> bool {
        match sign {
            Sign::Digit(0) => {
                let first = self.digit.is_none() && self.total == 0 && self.section == 0;
                if self.zero || (self.digit.is_some() && self.last == 0) {
                    return false;
                }
                self.zero = !first;
                self.digit = first.then_some(0);
            }
            Sign::Digit(value) => {
                if self.digit.is_some() {
                    return false;
                }
                self.digit = Some(value);
            }
            Sign::Small(power) => return self.small(power),
            Sign::Large(power) => return self.large(power),
        }
        self.bare = false;
        self.last = 0;
        true
    }

    fn small(&mut self, power: u8) -> bool {
        // 万千, 百千: a multiplier takes a digit unless it starts the numeral (十二, 百) or is 十 (一百十).
        let starts = self.total == 0 && self.section == 0;
        if self.small.is_some_and(|last| last <= power) || (self.digit.is_none() && !starts && power > 1) {
            return false;
        }
        self.section += u128::from(self.digit.take().unwrap_or(1)) * POWERS[usize::from(power)];
        self.small = Some(power);
        self.last = if power > 1 { power } else { 0 };
        self.bare &= power > 1;
        self.zero = false;
        true
    }

    fn large(&mut self, power: u8) -> bool {
        // 一百亿亿, directly behind each other and once.
        if power == 8 && self.large == Some(8) && matches!(self.last, 8..=12) {
            self.total *= POWERS[8];
            self.last += 8;
            return true;
        }
        let section = self.section + u128::from(self.digit.unwrap_or(0));
        if self.large.is_some_and(|last| last <= power)
            && !(power == 8 && self.large == Some(4) && matches!(self.last, 4..8))
        {
            return false;
        }
        let both = self.total + section;
        self.total = match power {
            8 => both.max(1) * 100_000_000,
            _ => self.total + section.max(1) * 10_000,
        };
        (self.section, self.digit, self.small, self.zero) = (0, None, None, false);
        // 二千万, 万亿: the power that the last digit stands for in all.
        self.last = match self.last {
            inside @ (2 | 3) => power + inside,
            before @ 4..8 if power == 8 => power + before,
            _ => power,
        };
        self.large = Some(power);
        true
    }

    /// The value; a digit directly after 百 or more counts its tenth (一百二, 三万五).
    fn value(&self) -> u128 {
        let digit = u128::from(self.digit.unwrap_or(0));
        let tens = match (self.small, self.large) {
            (Some(power @ 2..), _) | (None, Some(power)) if !self.zero => POWERS[usize::from(power) - 1],
            _ => 1,
        };
        self.total + self.section + digit * tens
    }
}

/// 一点五: 点 and digits side by side.
fn decimals(view: &View, number: &mut Numeral) {
    let first = number.end + '点'.len_utf8();
    if !view.starts(number.end, "点") || number.exponent != 0 {
        return;
    }
    let mut i = first;
    while let Some(Sign::Digit(value)) = sign(view.char_at(i)) {
        number.digits += 1;
        if number.is_overlong() {
            return;
        }
        number.mantissa = number.mantissa * 10 + u128::from(value);
        number.decimals += 1;
        i = view.after(i);
        number.end = i;
    }
}

/// 三分之二, 百分之十二, 百分之3.5: the part after 分之 at `i`.
fn fraction(view: &View, whole: &Numeral, i: usize) -> Option<Numeral> {
    let part = super::numeral::read(view, i).or_else(|| counted_at(view, i))?;
    let divisor = whole.scaled(whole.mantissa, 0)?;
    let divisor = u32::try_from(divisor).ok().filter(|&divisor| divisor > 0)?;
    let (form, exponent, divisor) = match divisor {
        100 => (Form::Percent, 0, 1),
        1000 => (Form::Permille, 0, 1),
        _ => (Form::Ratio, 0, divisor),
    };
    // 百分之百 is a hundred hundredths: the scale in the words is taken into the mantissa.
    let mantissa = part.mantissa.checked_mul(10u128.checked_pow(u32::from(part.exponent))?)?;
    Some(Numeral { start: whole.start, mantissa, exponent, divisor, form, script: Script::Chinese, ..part })
}

fn counted_at(view: &View, i: usize) -> Option<Numeral> {
    sign(view.char_at(i)).map(|_| counted(view, i))
}

/// 一半 is a half.
fn with_half(view: &View, number: Numeral) -> Numeral {
    if number.mantissa == 1 && number.digits == 1 && view.starts(number.end, "半") {
        let end = number.end + '半'.len_utf8();
        return Numeral { end, divisor: 2, form: Form::Ratio, ..number };
    }
    number
}
