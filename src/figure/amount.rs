//! A numeral with everything around it that belongs to it: hedges, sign, currency, scale and unit.

use rust_decimal::Decimal;

use super::numeral::{Form, Numeral, Script};
use super::scale::{self, Scaled};
use super::view::{View, digit, is_han};
use super::{Direction, Hedge, Quantity, Scale, Unit, chinese, direction, hedge, numeral, unit};
use crate::span::Span;
use crate::text::is_currency_sign;

/// A quantity as it was read.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    /// All of it.
    pub span: Span,
    /// Digits and scale.
    pub digits: Span,
    pub quantity: Quantity,
    pub unit: Unit,
    /// Whether nothing stands behind the digits, and no currency before them.
    pub bare: bool,
}

/// What stands before the digits.
struct Before {
    start: usize,
    currency: Option<Unit>,
    negative: bool,
    /// An opening bracket that makes a cell's number negative.
    bracket: bool,
}

/// Reads what belongs to `number`; nothing before `floor` is taken. `None` if the value cannot be held.
pub(super) fn read(view: &View, number: &Numeral, floor: usize) -> Option<Amount> {
    let before = before(view, number, floor);
    let inner = hedge::inside(view, number.end);
    let scale_at = inner.map_or(number.end, |(_, end)| end);
    let mut scaled = scale_of(view, number, scale_at, before.currency.is_some());
    let closed = before.bracket.then(|| close_bracket(view, &mut scaled));
    let (value, digits_end) = compound(view, number, &mut scaled)?;
    let after_at = closed.unwrap_or(scaled.end);
    let after = After::read(view, &scaled, after_at, inner.map(|(hedge, _)| hedge), before.currency);
    let (hedge_before, start) = match hedge::before(view, before.start) {
        Some((hedge, start)) if start >= floor && !is_recent(view, &after, hedge) => (hedge, start),
        _ => (Hedge::None, before.start),
    };
    let hedge = if hedge_before == Hedge::None { after.hedge } else { hedge_before };
    // More than a negative amount in brackets is one further from nought.
    let hedge = if before.bracket { hedge.mirrored() } else { hedge };
    let mut quantity = value.quantity(number, &scaled, hedge, before.negative)?;
    multiples(view, &mut quantity, after.unit, start);
    let plain = after.unit == Unit::Unknown && quantity.whole && number.form != Form::Grouped;
    let bare = plain && after.end == number.end;
    quantity.direction = direction::read(view, start, after.end);
    let scale_end = if scaled.end > scale_at { digits_end } else { number.end };
    let digits = Span::new(number.start, scale_end);
    Some(Amount { span: Span::new(start, after.end.max(digits_end)), digits, quantity, unit: after.unit, bare })
}

/// The end of the bracket behind a negative number; a percent sign or a scale outside of it is the number's too: (1.2)%, $(12.7) billion.
fn close_bracket(view: &View, scaled: &mut Scaled) -> usize {
    let closed = view.after(view.skip_blanks(scaled.end));
    match scale::behind_bracket(view, closed).filter(|_| scaled.scale == Scale::Plain && scaled.exponent == 0) {
        Some(outside) => {
            (scaled.exponent, scaled.scale) = (outside.exponent, outside.scale);
            outside.end
        }
        None => closed,
    }
}

/// 近 before a few years or days means the latest ones, not nearly so many.
fn is_recent(view: &View, after: &After, hedge: Hedge) -> bool {
    hedge == Hedge::Nearly && after.unit.dimension() == super::Dimension::Time && !view.ends(after.end, "小时")
}

fn scale_of(view: &View, number: &Numeral, at: usize, currency: bool) -> Scaled {
    let none = |scale, exponent| Scaled { exponent, scale, end: at };
    match number.form {
        Form::Percent => none(Scale::Percent, -2),
        Form::Permille => none(Scale::Permille, -3),
        Form::Ratio => none(Scale::Ratio, 0),
        Form::Plain if at == number.end && !currency && is_joint(view.char_at(at)) => {
            shared_points(view, number).unwrap_or_else(|| scale::read(view, at, number, currency))
        }
        _ => scale::read(view, at, number, currency),
    }
}

/// The value of digits and scale, before sign.
struct Value {
    value: Decimal,
    upper: Option<Decimal>,
    place: i32,
}

/// The value under its scale; 1亿2000万 and 3万5千 are one number. Gives the end of all digits and scales.
fn compound(view: &View, number: &Numeral, scaled: &mut Scaled) -> Option<(Value, usize)> {
    let mut value = number.scaled(number.mantissa, scaled.exponent)?;
    let upper = match number.upper {
        Some(upper) => Some(number.scaled(upper, scaled.exponent)?),
        None => None,
    };
    let mut place = scaled.exponent + i32::from(number.exponent) - i32::from(number.decimals);
    let mut end = scaled.end;
    if let Some((part, tail_place, tail_end)) = tail(view, number, scaled) {
        value = value.checked_add(part)?;
        (place, end, scaled.end) = (tail_place, tail_end, tail_end);
    }
    Some((Value { value, upper, place }, end))
}

/// The second part of 1亿2000万: its value, place and end.
fn tail(view: &View, number: &Numeral, scaled: &Scaled) -> Option<(Decimal, i32, usize)> {
    let whole = number.decimals == 0 && number.script == Script::Arabic && scaled.scale == Scale::Plain;
    if !whole || scaled.exponent < 4 || digit(view.char_at(scaled.end)).is_none() {
        return None;
    }
    let next = numeral::read(view, scaled.end).filter(|next| next.digits <= 5)?;
    let tail = scale::read(view, next.end, &next, false);
    let smaller = tail.scale == Scale::Plain && tail.exponent > 0 && tail.exponent < scaled.exponent;
    let part = next.scaled(next.mantissa, tail.exponent)?;
    smaller.then_some((part, tail.exponent - i32::from(next.decimals), tail.end))
}

impl Value {
    fn quantity(&self, number: &Numeral, scaled: &Scaled, hedge: Hedge, negative: bool) -> Option<Quantity> {
        let sign = |value: Decimal| if negative { -value } else { value };
        // Of minus two or three, minus three is the lower end.
        let (lower, upper) = match self.upper {
            Some(upper) if negative => (upper, Some(self.value)),
            upper => (self.value, upper),
        };
        Some(Quantity {
            numerator: sign(lower),
            divisor: number.divisor,
            place: i8::try_from(self.place).ok()?,
            hedge,
            direction: Direction::None,
            scale: scaled.scale,
            whole: self.place == 0 && scaled.scale == Scale::Plain && scaled.exponent == 0 && number.divisor == 1,
            upper: upper.map(sign),
        })
    }
}

/// 增长2倍 is three times as much, 翻两番 four times; a number of 倍 is a ratio.
fn multiples(view: &View, quantity: &mut Quantity, unit: Unit, start: usize) {
    let pure = unit.entry().filter(|entry| entry.dimension == super::Dimension::Pure);
    let name = pure.map(|entry| entry.name);
    if name == Some("番") {
        quantity.numerator = power_of_two(quantity.numerator);
        quantity.upper = quantity.upper.map(power_of_two);
        (quantity.scale, quantity.whole) = (Scale::Ratio, false);
    } else if name == Some("倍") {
        (quantity.scale, quantity.whole) = (Scale::Ratio, false);
        if says_more(view, start) {
            quantity.numerator += Decimal::ONE;
            quantity.upper = quantity.upper.map(|upper| upper + Decimal::ONE);
        }
    }
}

/// Whether the multiple that starts at `end` is an increase: the word for it stands before it, or before the first of several
/// (分别增长1.2倍、2.3倍和4倍).
fn says_more(view: &View, mut end: usize) -> bool {
    let more = ["增长", "增加", "提高", "上升", "扩大", "提升", "上涨", "增", "涨"];
    for _ in 0..LONGEST_LIST {
        let word_end = if view.ends(end, "了") { end - 3 } else { end };
        if more.iter().any(|word| view.ends(word_end, word)) {
            return true;
        }
        let joint = ["倍、", "倍和", "倍与", "倍及"].into_iter().find(|joint| view.ends(end, joint));
        let Some(joint) = joint else { return false };
        let number = |c: char| digit(c).is_some() || c == '.' || c == '点' || chinese::sign(c).is_some();
        end -= joint.len();
        while number(view.char_before(end)) {
            end = view.before(end);
        }
    }
    false
}

/// Lists of figures that share a word or a unit have no more items.
const LONGEST_LIST: usize = 8;

fn is_joint(c: char) -> bool {
    matches!(c, '、' | '和' | '与' | '及')
}

/// The percentage points that stand behind the last of several bare numbers only (分别提高11.1、11.2个百分点).
fn shared_points(view: &View, number: &Numeral) -> Option<Scaled> {
    let mut end = number.end;
    for _ in 0..LONGEST_LIST {
        let joint = ["、", "和", "与", "及"].into_iter().find(|joint| view.starts(end, joint))?;
        let next = numeral::read(view, end + joint.len()).filter(|next| next.form == Form::Plain)?;
        let found = scale::pure(view, next.end).filter(|found| found.scale == Scale::PercentagePoint);
        if let Some(found) = found {
            return Some(Scaled { end: number.end, ..found });
        }
        end = next.end;
    }
    None
}

/// How many times as much after so many doublings (at most thirty: no report doubles more often).
fn power_of_two(doublings: Decimal) -> Decimal {
    let doublings = u32::try_from(doublings.trunc().mantissa()).unwrap_or(0);
    Decimal::from(1u64 << doublings.min(30))
}

/// What stands behind the digits.
struct After {
    unit: Unit,
    hedge: Hedge,
    end: usize,
}

impl After {
    fn read(view: &View, scaled: &Scaled, at: usize, inner: Option<Hedge>, currency: Option<Unit>) -> After {
        let unit = currency.unwrap_or(Unit::Unknown);
        let mut after = After { unit, hedge: inner.unwrap_or(Hedge::None), end: at };
        after.take(hedge::inside(view, at));
        if scaled.scale == Scale::Plain {
            after.take(plus(view, after.end));
            after.take_unit(view, currency);
        }
        after.take(hedge::after(view, after.end));
        after
    }

    /// Takes a hedge; the first one counts.
    fn take(&mut self, found: hedge::Found) {
        if let Some((hedge, end)) = found {
            self.end = end;
            if self.hedge == Hedge::None {
                self.hedge = hedge;
            }
        }
    }

    fn take_unit(&mut self, view: &View, currency: Option<Unit>) {
        let Some((unit, end)) = unit::read(view, self.end).filter(|(unit, _)| fits(currency, *unit)) else { return };
        self.end = end;
        self.unit = currency.unwrap_or(unit);
        if let Some((unit, end)) = months(view, self.end) {
            self.unit = unit;
            self.take(Some((Hedge::Odd, end)));
        }
    }
}

/// A plus sign between digits and unit (`100+家`).
fn plus(view: &View, i: usize) -> hedge::Found {
    if matches!(view.char_at(i), '+' | '＋') { hedge::after(view, i) } else { None }
}

/// Behind a currency sign only a word for the same money is a unit of the number ($5 US dollars, ¥3元).
fn fits(currency: Option<Unit>, found: Unit) -> bool {
    let base = |unit: Unit| unit.entry().map(|entry| entry.base);
    currency.is_none_or(|currency| base(currency) == base(found))
}

/// 3个多月, 两个多小时: the hedge stands inside the unit; `i` is after 个.
fn months(view: &View, i: usize) -> Option<(Unit, usize)> {
    if !view.ends(i, "个") || !view.starts(i, "多") {
        return None;
    }
    let at = i + '多'.len_utf8();
    [("月", "个月"), ("小时", "小时"), ("星期", "周")]
        .iter()
        .find(|(word, _)| view.starts(at, word))
        .map(|(word, name)| (Unit::named(name), at + word.len()))
}

/// Currency, sign and a cell's bracket before the digits, in any order.
fn before(view: &View, number: &Numeral, floor: usize) -> Before {
    let mut found = Before { start: number.start, currency: None, negative: false, bracket: false };
    let before = view.char_before(number.start);
    if is_han(before) {
        if let Some(start) = negating_word(view, number).filter(|&start| may_negate(before) && start >= floor) {
            (found.start, found.negative) = (start, true);
        }
        return found;
    }
    for _ in 0..4 {
        let at = view.skip_blanks_back(found.start);
        let currency = if found.currency.is_none() { unit::currency_before(view, at) } else { None };
        if let Some((unit, start)) = currency.filter(|&(_, start)| start >= floor) {
            (found.currency, found.start) = (Some(unit), start);
            continue;
        }
        let touching = at == found.start || (view.cell && at == view.start + view.char_before(at).len_utf8());
        let start = view.before(at);
        if start < floor || at == view.start {
            break;
        }
        let c = view.char_before(at);
        let is_sign = || is_sign(view, c, start, floor) || is_minus_of_value(view, c, start, floor, number);
        if touching && !found.negative && is_sign() {
            found.negative = !matches!(c, '+' | '＋');
        } else if !found.bracket && matches!(c, '(' | '（') && is_negative_bracket(view, start, number) {
            (found.negative, found.bracket) = (true, true);
        } else {
            break;
        }
        found.start = start;
    }
    found
}

/// Whether a word that makes a number negative may end in a character.
pub(super) fn may_negate(c: char) -> bool {
    matches!(c, '负' | '下')
}

/// 负2.5%, 零下3度: where the word before a value starts that makes it negative. 胜5负3 counts, and so is none.
fn negating_word(view: &View, number: &Numeral) -> Option<usize> {
    let word = ["零下", "负"].into_iter().find(|word| view.ends(number.start, word))?;
    let start = number.start - word.len();
    (is_value(view, number) && digit(view.char_before(start)).is_none()).then_some(start)
}

/// 净利润-1.2亿元: a hyphen between a word and a value is a minus; one behind a numeral (三-5万元) or a figure (`floor`) is
/// not.
fn is_minus_of_value(view: &View, c: char, start: usize, floor: usize, number: &Numeral) -> bool {
    let before = view.char_before(start);
    let is_word = is_han(before) && !"一二三四五六七八九十百千万亿〇零两几年月日号第".contains(before);
    matches!(c, '-' | '−' | '－') && start > floor && is_word && is_value(view, number)
}

/// Whether a number is one of money, of a share or of a temperature, which can be negative.
fn is_value(view: &View, number: &Numeral) -> bool {
    // 净利润-2.37 亿元; lines of a paragraph may break there.
    let mut end = view.skip_blanks(number.end);
    let start = end;
    while let Some(next) = view.any(end, &["万", "亿", "千", "百"]) {
        end = next;
    }
    let unit = ["元", "美元", "港元", "欧元", "%", "％", "‰", "℃", "°C", "度", "摄氏度", "个百分点"];
    view.any(end, &unit).is_some() || end > start && view.starts(start, "亿")
}

/// Whether a currency's sign follows a mark.
fn is_before_currency(view: &View, mark: usize) -> bool {
    is_currency_sign(view.char_at(view.skip_blanks(view.after(mark))))
}

/// Whether the mark `c` at `start` is a sign of the number behind it, not a dash of a range or a hyphen.
fn is_sign(view: &View, c: char, start: usize, floor: usize) -> bool {
    let before = view.char_before(start);
    let opens = matches!(
        before,
        '\0' | ' '
            | '\n'
            | '\t'
            | '\u{3000}'
            | '\u{a0}'
            | '('
            | '（'
            | ','
            | '，'
            | '、'
            | ':'
            | '：'
            | '|'
            | '/'
            | '='
            | '<'
            | '>'
            | '$'
            | '€'
            | '£'
    );
    match c {
        '△' | '▲' | '▼' => view.cell && start == view.start,
        // In sentences an en dash that touches its number and nothing before it (was –3.5%) is a minus.
        '–' if !view.cell => {
            let free = matches!(before, ' ' | '(' | '（' | '为' | '率' | '幅');
            free && digit(view.char_before(view.skip_blanks_back(start))).is_none()
        }
        '–' | '—' if !view.cell || start != view.start => false,
        // A long dash before a currency stands for nothing: that of the column before, which came too near.
        '—' if is_before_currency(view, start) => false,
        '-' | '−' | '－' | '–' | '—' | '+' | '＋' => {
            opens
                || start > floor
                    && matches!(
                        before,
                        '长' | '为'
                            | '率'
                            | '降'
                            | '升'
                            | '值'
                            | '幅'
                            | '减'
                            | '增'
                            | '是'
                            | '由'
                            | '从'
                            | '到'
                            | '至'
                    )
        }
        _ => false,
    }
}

/// Whether the bracket at `start` makes the number negative: it closes behind it and both fill a cell (`(1,234)`, `$ (5)`, `(1.2)%`),
/// or its currency, its percent sign or its scale stands outside (`$(12.7) billion`, `(32.6)%`, `($61) million`).
fn is_negative_bracket(view: &View, start: usize, number: &Numeral) -> bool {
    if is_signed_outside(view, start, number.end) {
        return true;
    }
    if !view.cell {
        return false;
    }
    let mut end = view.skip_blanks(number.end);
    if matches!(view.char_at(end), '%' | '％') {
        end = view.skip_blanks(view.after(end));
    }
    if !matches!(view.char_at(end), ')' | '）') {
        return false;
    }
    let after = view.skip_blanks(view.after(end));
    let before = view.skip_blanks_back(start);
    let before = unit::currency_before(view, before).map_or(before, |(_, start)| view.skip_blanks_back(start));
    let is_hedged = matches!(view.char_before(before), '>' | '<' | '≥' | '≤' | '~' | '≈');
    let before = if is_hedged { view.skip_blanks_back(view.before(before)) } else { before };
    before == view.start
        && (matches!(view.char_at(after), '%' | '％' | '[' | '(' | '‰')
            || is_note_mark(view.char_at(after))
            || ends_cell(view, after))
}

/// Whether what a number measures stands outside of the brackets that hold nothing but its digits.
pub(super) fn is_signed_outside(view: &View, open: usize, end: usize) -> bool {
    let closes = matches!(view.byte(end), b')') && view.byte(open) == b'(';
    let is_scaled = || scale::behind_bracket(view, end + 1).is_some_and(|scaled| scaled.exponent > 0);
    closes && (is_currency_sign(view.char_before(open)) || view.byte(end + 1) == b'%' || is_scaled())
}

/// Whether a character marks a note behind a figure.
pub(super) fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁰'..='⁹')
}

/// Whether a cell ends at `i`, or behind the word there for what its number is: (0.3)x, (12) bps.
pub(super) fn ends_cell(view: &View, i: usize) -> bool {
    let word = view.word_at(i);
    let names = matches!(word.text(), "" | "x" | "pp" | "ppt" | "ppts" | "pts" | "bp" | "bps");
    let end = if word.text() == "pts" && view.byte(word.end) == b'.' { word.end + 1 } else { word.end };
    names && view.skip_blanks(end) >= view.end
}

/// The number that starts at `i`, in digits or Chinese characters.
pub(super) fn number_at(view: &View, i: usize) -> Option<Numeral> {
    numeral::read(view, i).or_else(|| chinese::read(view, i))
}
