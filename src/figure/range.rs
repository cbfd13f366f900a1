//! Ranges of numbers: 3—5个, 10%-15%, 5至7天, "5 to 7 days", "aged 5 to 7", "between 5% and 7%".

use super::amount::{self, Amount};
use super::numeral::{self, Form, Numeral};
use super::view::View;
use super::{Hedge, Scale, Unit, english};
use crate::text::is_currency_sign;

/// The range that `first` (its digits `number`) starts, as one amount with an upper end.
pub(super) fn read(view: &View, number: &Numeral, first: &Amount) -> Option<Amount> {
    let (at, words) = second_at(view, number, first)?;
    // $1.2-$1.4 billion; a dash with blanks may be the sentence's.
    let has_sign = !words && at <= first.span.end as usize + '–'.len_utf8() && is_currency_sign(view.char_at(at));
    let second_number = super::amount::number_at(view, if has_sign { view.after(at) } else { at })
        .or_else(|| english::read(view, at).filter(|_| words))
        .filter(|second| !second.is_overlong() && !matches!(second.form, Form::Ratio | Form::Dotted | Form::Word))?;
    if second_number.upper.is_some() || number.upper.is_some() || second_number.is_year() && first.bare && words {
        return None;
    }
    let second = amount::read(view, &second_number, at)?;
    if words
        && !(first.bare && (second.unit != Unit::Unknown || second.quantity.scale != Scale::Plain)
            || same(first, &second)
            || first.bare && is_age(view, first))
    {
        return None;
    }
    joined(number, first, &second_number, &second)
}

/// The range between two amounts that a sentence names so: between $151.0 billion and $155.5 billion. Of bare numbers it is not told
/// what lies between them, and a difference is none of all that does.
pub(super) fn between(view: &View, number: &Numeral, first: &Amount) -> Option<Amount> {
    const OF_BOTH: [&str; 8] =
        ["difference", "differences", "differential", "gap", "ratio", "spread", "relationship", "split"];
    let word = view.word_before(first.span.start as usize);
    if word.text() != "between" || OF_BOTH.contains(&view.word_before(word.start).text()) {
        return None;
    }
    let and = view.word_at(view.skip_one_blank(first.span.end as usize));
    let at = view.skip_one_blank(and.end);
    let at_digits = if is_currency_sign(view.char_at(at)) { view.after(at) } else { at };
    if and.text() != "and" {
        return None;
    }
    let second_number = numeral::read(view, at_digits).or_else(|| english::read(view, at_digits))?;
    if second_number.is_overlong() {
        return None;
    }
    let second = amount::read(view, &second_number, at)?;
    let is_bare = second.bare && second.unit == Unit::Unknown;
    if is_bare
        || matches!(second_number.form, Form::Dotted | Form::Ratio)
        || number.upper.is_some()
        || !fits(first, &second)
    {
        return None;
    }
    joined(number, first, &second_number, &second)
}

/// Whether the first amount is measured as the second one, or says nothing of it.
fn fits(first: &Amount, second: &Amount) -> bool {
    let says_nothing = first.unit == Unit::Unknown && first.quantity.scale == Scale::Plain;
    says_nothing || first.unit == second.unit && first.quantity.scale == second.quantity.scale
}

/// Two amounts as one with an upper end.
fn joined(number: &Numeral, first: &Amount, second_number: &Numeral, second: &Amount) -> Option<Amount> {
    let mut quantity = second.quantity;
    let exponent = i32::from(quantity.place) + i32::from(second_number.decimals) - i32::from(second_number.exponent);
    let unscaled = first.quantity.scale == Scale::Plain && first.quantity.whole || first.quantity.place < 0;
    let low = if unscaled && first.quantity.scale == Scale::Plain && !has_unit(first) {
        number.scaled(number.mantissa, exponent)?
    } else {
        first.quantity.numerator
    };
    if low >= quantity.numerator || !compatible(first, second) {
        return None;
    }
    (quantity.upper, quantity.numerator) = (Some(quantity.numerator), low);
    quantity.hedge = if first.quantity.hedge == Hedge::None { quantity.hedge } else { first.quantity.hedge };
    let unit = if second.unit == Unit::Unknown { first.unit } else { second.unit };
    Some(Amount {
        span: first.span.to(second.span),
        digits: first.digits.to(second.digits),
        quantity,
        unit,
        bare: false,
    })
}

/// Where a score or another pair joined by a hyphen ends, that is no range: 3-2, 5-3.
pub(super) fn score_end(view: &View, number: &Numeral, first: &Amount) -> Option<usize> {
    let plain = first.bare && number.is_plain_integer() && view.byte(number.end) == b'-';
    let second = if plain { super::numeral::read(view, number.end + 1)? } else { return None };
    second.is_plain_integer().then_some(second.end)
}

/// Where the second number stands, and whether a word joins the two.
fn second_at(view: &View, number: &Numeral, first: &Amount) -> Option<(usize, bool)> {
    let end = if first.bare { number.end } else { first.span.end as usize };
    let mark = view.skip_one_blank(end);
    let after = match view.char_at(mark) {
        '—' | '–' | '~' | '～' | '－' | '-' | '─' | '―' => {
            let after = view.after(mark);
            let after = if view.char_at(after) == '—' { view.after(after) } else { after };
            let spaced_hyphen = mark > end && view.byte(mark) == b'-' && view.byte(after) != b' ';
            return (!spaced_hyphen).then(|| (view.skip_one_blank(after), false));
        }
        '至' | '到' if !is_from(view, first) => mark + 3,
        't' if view.starts(mark, "to ") && mark > end && !is_from(view, first) => mark + 3,
        _ => return None,
    };
    Some((view.skip_one_blank(after), true))
}

/// 从5件到7件, "from 5 to 7": a change, whose two figures stay apart.
fn is_from(view: &View, first: &Amount) -> bool {
    let start = first.span.start as usize;
    let word = view.word_before(start);
    // "ranges from 30 to 60 days" tells no change, nor does "range in terms from one to five years".
    const RANGES: [&str; 7] = ["range", "ranges", "ranged", "ranging", "vary", "varies", "varying"];
    if word.text() == "from" {
        let before = view.word_before(word.start);
        let within = view.word_before(before.start);
        let is_within = || within.text() == "in" && RANGES.contains(&view.word_before(within.start).text());
        if RANGES.contains(&before.text()) || is_within() {
            return false;
        }
    }
    view.ends(start, "从")
        || view.ends(start, "由")
        || view.ends(start, "的")
        || matches!(word.text(), "from" | "between")
        || matches!(first.quantity.direction, super::Direction::Up | super::Direction::Down)
}

/// Whether a number is an age: aged 2 to 18.
fn is_age(view: &View, first: &Amount) -> bool {
    matches!(view.word_before(first.span.start as usize).text(), "age" | "aged" | "ages")
}

fn has_unit(amount: &Amount) -> bool {
    amount.unit.entry().is_some_and(|entry| entry.dimension != super::Dimension::Money)
}

fn same(first: &Amount, second: &Amount) -> bool {
    first.unit == second.unit && first.quantity.scale == second.quantity.scale && !first.bare
}

/// Whether both ends are of one unit and kind, as far as they say so.
fn compatible(first: &Amount, second: &Amount) -> bool {
    let units = first.unit == Unit::Unknown || second.unit == Unit::Unknown || first.unit == second.unit;
    let scales = first.quantity.scale == Scale::Plain || first.quantity.scale == second.quantity.scale;
    units && scales
}
