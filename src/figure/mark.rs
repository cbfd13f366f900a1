//! List marks: 1. 1、 1) (1) 3.2, and where the figure behind one begins that touches it (4．2025年, 2．3.5万元).

use super::Class;
use super::amount::{ends_cell, is_note_mark, is_signed_outside};
use super::class::{Classed, classed};
use super::numeral::{self, Form, Numeral, Script};
use super::unit;
use super::view::{View, digit, is_han};

/// 1. 1、 1) (1) at the start of a line or a clause; 3.2 before a heading's words.
pub(super) fn read(view: &View, number: &Numeral) -> Option<Classed> {
    if number.script != Script::Arabic || number.digits > 3 || number.form == Form::Grouped {
        return None;
    }
    let open = matches!(view.char_before(number.start), '(' | '（');
    let start = if open { view.before(number.start) } else { number.start };
    let close = view.char_at(number.end);
    let small = number.decimals == 0 && number.digits <= 2;
    let is_mark = || small && !fills_cell(view, start, number.end) && !is_signed_outside(view, start, number.end);
    if open && matches!(close, ')' | '）') && is_mark() {
        return classed(Class::Ordinal, number, number.end);
    }
    let line = view.is_line_start(start);
    let clause = is_clause_start(view, start);
    let after = view.after(number.end);
    let words = view.char_at(view.skip_blanks(after));
    let mark = match close {
        '.' | '．' => {
            let is_free = digit(view.char_at(after)).is_none();
            line && after < view.end && is_free || clause && is_han(words) || !is_free && is_cut(view, number)
        }
        '、' => {
            line && digit(words).is_none()
                || clause && is_han(words)
                || (line || clause) && is_before_digits(view, number, line)
        }
        ')' | '）' => (line || clause) && !open,
        ' ' => line && number.decimals > 0 && number.digits <= 3 && (words.is_uppercase() && !has_unit(view, number)),
        _ => false,
    };
    (mark && (small || close == ' ')).then_some(Classed { class: Class::Ordinal, start: number.start, end: number.end })
}

/// Where the number ends that a heading begins with, as 1.3 股权结构 does: whatever its words are, that is no amount of them.
pub(super) fn heading_number(heading: &str) -> Option<usize> {
    let end = heading.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(heading.len());
    let mut parts = heading[..end].split('.');
    let is_part = |part: &str| (1..=2).contains(&part.len());
    let are_parts = parts.clone().count() > 1 && parts.all(is_part);
    let behind = heading[end..].trim_start();
    let is_apart = behind.is_empty() || behind.len() < heading.len() - end;
    (are_parts && is_apart && !behind.starts_with(|c: char| c.is_ascii_lowercase() || c == '%')).then_some(end)
}

/// The number without what stands behind its point, where that point is a list mark's: the 6 of 6.1至4月, the 4 of 4．2025年.
#[inline]
pub(super) fn cut(view: &View, number: Numeral) -> Numeral {
    if number.decimals == 0 || !matches!(number.form, Form::Plain | Form::Dotted) {
        return number;
    }
    Parts::of(view, &number).filter(|parts| parts.are_mark_and_figure(view, &number)).map_or(number, |parts| parts.mark)
}

/// Whether a number was cut from the digits behind the point that stands there.
fn is_cut(view: &View, number: &Numeral) -> bool {
    numeral::read(view, number.start).is_some_and(|whole| whole.end > number.end)
}

/// What stands before and behind the first point of a number.
struct Parts {
    mark: Numeral,
    rest: Numeral,
}

impl Parts {
    fn of(view: &View, number: &Numeral) -> Option<Self> {
        let mark = digits(view, number.start);
        let rest = numeral::read(view, view.after(mark.end)).filter(|_| mark.digits > 0)?;
        Some(Self { mark, rest })
    }

    fn are_mark_and_figure(&self, view: &View, number: &Numeral) -> bool {
        let is_small = self.mark.digits <= 2 && digit(view.char_at(self.mark.start)) != Some(0);
        if is_small && is_calendar_year(view, &self.rest) {
            return true;
        }
        let line = view.is_line_start(number.start);
        line && number.form == Form::Plain && is_in_months(view, number.end)
            || is_small && (line || is_clause_start(view, number.start)) && self.is_wide_mark(view)
    }

    /// Whether the point is a full-width one between half-width digits, as decimal points are rarely printed, and more says that it
    /// is a list mark's: what stands behind it is a date, or has a point or groups of its own; the number begins a
    /// paragraph; or it counts on from another mark, or another from it.
    fn is_wide_mark(&self, view: &View) -> bool {
        let Self { mark, rest } = self;
        let wide =
            view.char_at(mark.end) == '．' && view.byte(mark.start).is_ascii() && view.byte(rest.start).is_ascii();
        if !wide || rest.form == Form::Dotted || view.byte(rest.start) == b'0' {
            return false;
        }
        let limit = [("月", 12), ("日", 31)].into_iter().find(|(word, _)| view.starts(rest.end, word));
        let is_date = rest.decimals == 0 && limit.is_some_and(|(_, limit)| (1..=limit).contains(&rest.mantissa));
        let behind = view.any(rest.end, &["%", "％"]).unwrap_or(rest.end);
        let begins = mark.start == view.start && !view.cell && is_han(view.char_at(behind));
        is_date || is_whole_amount(view, rest) || begins || is_counted_on(view, mark)
    }
}

/// 4、2025年, 2、3.5万元; 1、3 where the list goes on with 2、: whether the mark of a list stands before digits. 1、3 alone may
/// be both.
fn is_before_digits(view: &View, number: &Numeral, line: bool) -> bool {
    let rest = numeral::read(view, view.skip_blanks(view.after(number.end)));
    number.is_plain_integer()
        && rest.is_some_and(|rest| {
            is_calendar_year(view, &rest)
                || line && !view.cell && is_whole_amount(view, &rest)
                || is_counted_on(view, number)
        })
}

/// Whether a number is the year before 年.
fn is_calendar_year(view: &View, number: &Numeral) -> bool {
    number.is_year() && view.starts(number.end, "年")
}

/// Whether digits have a decimal point or separators of their own.
fn is_whole_amount(view: &View, number: &Numeral) -> bool {
    number.form == Form::Grouped
        || number.form == Form::Plain && number.decimals > 0 && view.text[number.start..number.end].contains('.')
}

/// Whether a month, a year or a span of months ends at `end` or goes on there.
fn is_in_months(view: &View, end: usize) -> bool {
    let dated = |i: usize| matches!(view.char_at(i), '月' | '年');
    let second = || numeral::read(view, view.after(end)).is_some_and(|second| dated(second.end));
    dated(end) || matches!(view.char_at(end), '至' | '—' | '-') && second()
}

/// Whether a clause starts at `i`, and not a line.
fn is_clause_start(view: &View, i: usize) -> bool {
    matches!(view.char_before(i), '。' | '；' | ';' | '：' | ':' | '！')
}

/// How far from a mark its neighbours are sought, in bytes.
const REACH: usize = 1_000;

/// Whether the mark with the number before it or with the next one stands near, written alike.
fn is_counted_on(view: &View, mark: &Numeral) -> bool {
    let point = view.char_at(mark.end);
    let low = view.text.ceil_char_boundary(mark.start.saturating_sub(REACH).max(view.start));
    let high = view.text.floor_char_boundary((mark.end + REACH).min(view.end));
    let stands = |end: usize, value: u128| {
        let mut start = end;
        while digit(view.char_before(start)).is_some() && end - start < 2 {
            start = view.before(start);
        }
        start < end
            && digits(view, start).mantissa == value
            && (view.is_line_start(start) || is_clause_start(view, start))
    };
    let mut before = view.text[low..mark.start].match_indices(point);
    let mut behind = view.text[mark.end..high].match_indices(point);
    before.any(|(at, _)| stands(low + at, mark.mantissa.saturating_sub(1)))
        || behind.any(|(at, _)| stands(mark.end + at, mark.mantissa + 1))
}

/// The digits at `start`.
fn digits(view: &View, start: usize) -> Numeral {
    let mut number = Numeral::new(start, Script::Arabic);
    while let Some(value) = digit(view.char_at(number.end)) {
        number.push(value);
        number.end = view.after(number.end);
    }
    number
}

fn has_unit(view: &View, number: &Numeral) -> bool {
    unit::read(view, number.end).is_some()
}

/// Whether a bracketed number is all that a cell holds.
fn fills_cell(view: &View, open: usize, close: usize) -> bool {
    let before = view.skip_blanks_back(open);
    let before = unit::currency_before(view, before).map_or(before, |(_, start)| view.skip_blanks_back(start));
    view.cell && before == view.start && view.skip_blanks(view.after(close)) <= view.end && {
        let after = view.skip_blanks(view.after(close));
        let next = view.char_at(after);
        matches!(next, '%' | '[' | '‰') || is_note_mark(next) || ends_cell(view, after)
    }
}

#[cfg(test)]
mod tests {
    use super::heading_number;

    #[test]
    fn headings_begin_with_their_number() {
        for (heading, number) in [
            ("1.3 股权结构", "1.3"),
            ("1.4 万科集团", "1.4"),
            ("2.10.1 Results", "2.10.1"),
            ("3.2", "3.2"),
            ("4.1　概述", "4.1"),
        ] {
            assert_eq!(heading_number(heading), Some(number.len()), "{heading}");
        }
        for heading in ["1.5 million homes", "1.3万亿元投资", "2024 年", "3.5% growth", "3.5 %", "1. 概况", "概况"]
        {
            assert_eq!(heading_number(heading), None, "{heading}");
        }
    }
}
