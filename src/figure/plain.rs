//! The common figure of a Chinese report, read at once: digits between a Chinese character and a measure word, a scale or a
//! percent sign; and the common cell of a table, which is a number and nothing else. Whatever might be more than that is left to the
//! full reading, which gives the same for these.

use super::amount::{Amount, may_negate};
use super::numeral::decimal;
use super::view::{View, is_han};
use super::{Dimension, Hedge, Quantity, Scale, Unit, direction, hedge, unit};
use crate::span::Span;
use crate::text::CharSet;

/// What stands behind the digits of a plain count: no date, ordinal or name is written so.
pub(super) static COUNTED: CharSet = CharSet::new(&[
    '件', '项', '人', '户', '名', '家', '个', '起', '次', '位', '份', '条', '元', '万', '亿', '余', '多', '%', '亩',
    '种', '场', '公', '吨', '辆', '座', '所', '倍',
]);

/// What may go on with a figure behind its unit or scale: hedges, marks of ranges, further scales and digits, blanks.
static GOES_ON: CharSet = CharSet::new(&[
    '余', '多', '几', '来', '以', '及', '之', '左', '上', '+', '＋', '-', '－', '—', '–', '─', '―', '~', '～', '至',
    '到', '/', '／', '十', '百', '千', '万', '萬', '亿', '億', '基', ' ', '\u{a0}', '\u{2009}', '\u{202f}',
])
.with('0', '9')
.with('０', '９');

/// The measure words among [`COUNTED`] of which it is enough to see that nothing goes on behind them.
static MEASURES: CharSet = CharSet::new(&[
    '件', '项', '人', '户', '名', '家', '起', '次', '位', '份', '条', '元', '亩', '种', '场', '吨', '辆', '座', '所',
]);

/// What goes on with one of [`MEASURES`] as a longer unit, 次 aside.
static LONGER: CharSet = CharSet::new(&['人', '标', '(', '（']);

/// The most digits that are read here: they and any scale fit 64 bits, or are left to the full reading.
const DIGITS: usize = 18;

/// The plain figure whose digits start at `start`; `None`: it may be another kind of figure.
#[inline]
pub(super) fn read(view: &View, start: usize) -> Option<Amount> {
    let before = view.char_before(start);
    if !is_han(before) || may_negate(before) || before == '第' {
        return None;
    }
    let digits = Digits::read(view, start)?;
    let first = view.char_at(digits.end);
    if !COUNTED.contains(first) || hedge::may_end_in(before) && hedge::before(view, start).is_some() {
        return None;
    }
    let behind = Behind::read(view, digits.end, first)?;
    if GOES_ON.contains(view.char_at(behind.end)) || has_hedge_in_brackets(view, behind.end) {
        return None;
    }
    let place = behind.exponent - digits.decimals as i32;
    let quantity = Quantity {
        numerator: decimal(digits.mantissa, place)?,
        divisor: 1,
        place: place as i8,
        hedge: behind.hedge,
        direction: direction::chinese(view, start),
        scale: behind.scale,
        whole: place == 0 && behind.exponent == 0 && behind.scale == Scale::Plain,
        upper: None,
    };
    let span = Span::new(start, behind.end);
    Some(Amount { span, digits: Span::new(start, behind.digits_end), quantity, unit: behind.unit, bare: false })
}

/// The amount that fills a cell; `None`: the cell may hold something else: a year, a date, a code.
pub(super) fn cell(view: &View) -> Option<Amount> {
    let (mut mantissa, mut count) = (0u64, 0usize);
    // How many digits stand before the point, and before the last separator of thousands.
    let (mut point, mut comma) = (None, None);
    let bytes = &view.bytes[view.start..view.end];
    for &byte in bytes {
        let is_after_group = comma.is_none_or(|before| count == before + 3);
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                count += 1;
            }
            b',' if point.is_none() && is_after_group && (comma.is_some() || matches!(count, 1..=3)) => {
                comma = Some(count);
            }
            b'.' if point.is_none() && is_after_group && count > 0 => point = Some(count),
            _ => return None,
        }
    }
    let whole = point.unwrap_or(count);
    let is_grouped = comma.is_some_and(|before| whole == before + 3);
    let may_be_other = bytes.first()? == &b'0' && count > 1
        || matches!(count, 6 | 8..) && !is_grouped
        || (1_000..3_000).contains(&mantissa) && count == 4;
    let is_amount = if point.is_some() { count > whole } else { !may_be_other };
    if !is_amount || comma.is_some() && (!is_grouped || bytes[0] == b'0') || count > CELL_DIGITS {
        return None;
    }
    let decimals = count - whole;
    let place = -(decimals as i32);
    let quantity = Quantity {
        numerator: decimal(mantissa, place)?,
        divisor: 1,
        place: place as i8,
        whole: decimals == 0,
        ..Quantity::default()
    };
    let span = Span::new(view.start, view.end);
    Some(Amount { span, digits: span, quantity, unit: Unit::Unknown, bare: false })
}

/// The most digits of a cell that are read here.
const CELL_DIGITS: usize = 15;

/// A plain figure at first sight: a quantity whose value and extent are known, but not its unit.
#[derive(Clone, Copy, Debug)]
pub struct Glimpse {
    /// Where its digits start.
    pub start: usize,
    /// Where they end.
    pub digits_end: usize,
    /// Where it ends, or a character later.
    pub end: usize,
    /// Its value is `mantissa * 10^exponent`.
    pub mantissa: u64,
    /// The power of ten.
    pub exponent: i32,
}

/// The plain figure whose digits start at `start`, at a third of what [`read`] costs; `None` where that takes a closer look.
#[inline]
pub(super) fn glimpse(view: &View, start: usize) -> Option<Glimpse> {
    let before = view.char_before(start);
    if !is_han(before) || before == '第' || may_negate(before) || hedge::may_end_in(before) {
        return None;
    }
    let digits = Digits::read(view, start)?;
    let (mut end, mut exponent) = (digits.end, -(digits.decimals as i32));
    let mut next = || {
        let c = view.char_at(end);
        end += c.len_utf8();
        c
    };
    let mut c = next();
    if c == '%' {
        exponent -= 2;
        c = next();
        end -= c.len_utf8();
        let goes_on = c == '个' || GOES_ON.contains(c) || has_hedge_in_brackets(view, end);
        return (!goes_on).then_some(Glimpse {
            start,
            digits_end: digits.end,
            end,
            mantissa: digits.mantissa,
            exponent,
        });
    }
    if c == '余' {
        c = next();
    }
    if matches!(c, '万' | '亿') {
        exponent += if c == '万' { 4 } else { 8 };
        c = next();
    }
    if !MEASURES.contains(c) {
        return None;
    }
    c = next();
    if c == '次' {
        c = next();
    }
    end -= c.len_utf8();
    let goes_on = GOES_ON.contains(c) || LONGER.contains(c);
    (!goes_on).then_some(Glimpse { start, digits_end: digits.end, end, mantissa: digits.mantissa, exponent })
}

/// Whether a hedge that starts with a bracket stands at `end`: （含）以上.
#[inline]
fn has_hedge_in_brackets(view: &View, end: usize) -> bool {
    matches!(view.char_at(end), '(' | '（') && hedge::after(view, end).is_some()
}

/// Digits with at most one point among them.
struct Digits {
    mantissa: u64,
    decimals: usize,
    end: usize,
}

impl Digits {
    #[inline]
    fn read(view: &View, start: usize) -> Option<Self> {
        let mut digits = Self { mantissa: 0, decimals: 0, end: start };
        digits.run(view);
        let mut count = digits.end - start;
        if count == 0 {
            return None;
        }
        if view.byte(digits.end) == b'.' {
            digits.end += 1;
            let point = digits.end;
            digits.run(view);
            digits.decimals = digits.end - point;
            count += digits.decimals;
            if digits.decimals == 0 {
                return None;
            }
        }
        (count <= DIGITS).then_some(digits)
    }

    /// Takes the digits from the end on. Of more than are read here the value is wrong, and not used.
    #[inline]
    fn run(&mut self, view: &View) {
        while let byte @ b'0'..=b'9' = view.byte(self.end) {
            self.mantissa = self.mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.end += 1;
        }
    }
}

/// Scale, hedge and unit behind the digits.
struct Behind {
    exponent: i32,
    scale: Scale,
    hedge: Hedge,
    unit: Unit,
    /// The end of digits and scale.
    digits_end: usize,
    end: usize,
}

impl Behind {
    /// Reads what stands behind digits that end at `end`, with `first` there.
    #[inline]
    fn read(view: &View, end: usize, first: char) -> Option<Self> {
        let mut behind =
            Self { exponent: 0, scale: Scale::Plain, hedge: Hedge::None, unit: Unit::Unknown, digits_end: end, end };
        if first == '%' {
            (behind.exponent, behind.scale) = (-2, Scale::Percent);
            (behind.end, behind.digits_end) = (end + 1, end + 1);
            return (view.char_at(end + 1) != '个').then_some(behind);
        }
        let mut c = behind.odd(view, first)?;
        behind.exponent = match c {
            '万' => 4,
            '亿' => 8,
            _ => 0,
        };
        if behind.exponent > 0 {
            behind.end += c.len_utf8();
            behind.digits_end = behind.end;
            c = behind.odd(view, view.char_at(behind.end))?;
            if GOES_ON.contains(c) || c.is_ascii_alphabetic() {
                return None;
            }
        } else if !COUNTED.contains(c) || c == '%' {
            return None;
        }
        if let Some((unit, end)) = unit::spelled(view, behind.end, c) {
            (behind.unit, behind.end) = (unit, end);
            // 增长2倍 means three times as much.
            if unit.dimension() == Dimension::Pure {
                return None;
            }
        }
        Some(behind)
    }

    /// Takes 余 or 多 where `c` is one; gives the character after it. `None`: it is the start of another word, or a second one.
    #[inline]
    fn odd(&mut self, view: &View, c: char) -> Option<char> {
        if !matches!(c, '余' | '多') {
            return Some(c);
        }
        let (hedge, end) = hedge::inside(view, self.end).filter(|_| self.hedge == Hedge::None)?;
        (self.hedge, self.end) = (hedge, end);
        Some(view.char_at(end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::numeral::{Numeral, Script};
    use super::super::{amount, class, numeral, range};
    use super::*;

    const BEFORE: [&str; 12] =
        ["共有", "增长", "下降了", "约", "不足", "近", "第", "了", "一", "达到", "(", "比上年增"];
    const DIGITS: [&str; 10] =
        ["5", "12", "3.5", "0.05", "2020", "007", "0", "123456789012345678", "1234567890123456789", "1.2.3"];
    const BEHIND: [&str; 41] = [
        "（含）以上",
        "余",
        "多",
        "万",
        "亿",
        "千",
        "百",
        "十",
        "元",
        "件",
        "项",
        "人",
        "个",
        "家",
        "公里",
        "公",
        "倍",
        "番",
        "%",
        "百分点",
        "基点",
        "成",
        "以上",
        "左右",
        "至",
        "到",
        "—",
        "-",
        "~",
        "7",
        "５",
        "+",
        " ",
        ",",
        "，",
        "月",
        "民",
        "要",
        "平方米",
        "/",
        "kg",
    ];

    /// What the full reading makes of the digits at `start`, unless it takes them for something else.
    fn in_full(view: &View, start: usize) -> Option<Amount> {
        let number = numeral::read(view, start)?;
        if class::arabic(view, &number, None).is_some() {
            return None;
        }
        let amount = amount::read(view, &number, view.start)?;
        (range::read(view, &number, &amount).is_none() && range::score_end(view, &number, &amount).is_none())
            .then_some(amount)
    }

    fn is_same(before: &str, digits: &str, behind: &str) -> Result<bool, TestCaseError> {
        let text = format!("{before}{digits}{behind}");
        for cell in [false, true] {
            let view = View::new(&text, Span::new(0, text.len()), cell);
            if let Some(seen) = glimpse(&view, before.len()) {
                let full = in_full(&view, before.len()).expect("a glimpse is of a quantity");
                let value = Numeral { mantissa: seen.mantissa.into(), ..Numeral::new(0, Script::Arabic) }
                    .scaled(seen.mantissa.into(), seen.exponent);
                prop_assert_eq!(
                    value.map(|value| value.normalize()),
                    Some(full.quantity.numerator.normalize()),
                    "{}",
                    text
                );
                let end = full.span.end as usize;
                prop_assert!(
                    full.span.start as usize == seen.start && (seen.digits_end..=seen.end).contains(&end),
                    "{}",
                    text
                );
            }
            let Some(plain) = read(&view, before.len()) else { return Ok(false) };
            let full = in_full(&view, before.len());
            let all = |amount: Amount| (amount.span, amount.digits, amount.quantity, amount.unit);
            prop_assert_eq!(Some(all(plain)), full.map(all), "{}", text);
        }
        Ok(true)
    }

    #[test]
    fn what_is_read_at_once_is_read_the_same_in_full() {
        let mut plain = 0;
        for before in BEFORE {
            for digits in DIGITS {
                for behind in BEHIND.iter().flat_map(|a| BEHIND.map(|b| format!("{a}{b}"))) {
                    plain += usize::from(is_same(before, digits, &behind).unwrap());
                }
            }
        }
        assert!(plain > 10_000, "{plain}");
    }

    proptest! {
        #[test]
        fn longer_ones_too(
            before in prop::sample::select(&BEFORE[..]),
            digits in "[0-9]{1,20}(\\.[0-9]{1,4})?",
            behind in prop::collection::vec(prop::sample::select(&BEHIND[..]), 0..6),
        ) {
            is_same(before, &digits, &behind.concat())?;
        }
    }
}
