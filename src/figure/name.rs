//! Numbers that are names, or parts of names: of programmes, roads, lines, machines.

use super::class::{Classed, classed, is_counted};
use super::numeral::{self, Numeral};
use super::view::{View, is_han};
use super::{Class, unit};

/// The class of a number that is a name.
pub(super) fn read(view: &View, number: &Numeral) -> Option<Classed> {
    formula(view, number)
        .or_else(|| slogan(view, number))
        .or_else(|| road(view, number))
        .or_else(|| numbered(view, number))
        .or_else(|| hotline(view, number))
}

/// 国道307: a road, unless its length is told.
fn road(view: &View, number: &Numeral) -> Option<Classed> {
    let named = ["国道", "省道", "县道"].iter().any(|word| view.ends(number.start, word));
    if named && number.is_plain_integer() && !is_counted(view, number) {
        return classed(Class::Reference, number, number.end);
    }
    None
}

/// 1、2号机组: the 1 is a number of a machine too.
fn numbered(view: &View, number: &Numeral) -> Option<Classed> {
    let joined = matches!(view.char_at(number.end), '、' | '和' | '及');
    if !joined || !number.is_plain_integer() || number.digits > 3 {
        return None;
    }
    let second = numeral::read(view, view.after(number.end))?;
    let named = second.is_plain_integer() && view.starts(second.end, "号") && !view.starts(second.end, "号召");
    if named { classed(Class::Reference, number, number.end) } else { None }
}

/// 12345便民热线.
fn hotline(view: &View, number: &Numeral) -> Option<Classed> {
    let service = number.is_plain_integer() && (12_300..12_400).contains(&number.mantissa);
    if !service {
        return None;
    }
    let mut i = number.end;
    for _ in 0..5 {
        if view.starts(i, "热线") {
            return classed(Class::Reference, number, number.end);
        }
        if !is_han(view.char_at(i)) {
            return None;
        }
        i = view.after(i);
    }
    None
}

/// Whether a number follows a sign of multiplication at `i` (“4×4”).
fn is_times(view: &View, i: usize) -> bool {
    view.char_at(i) == '×' && view.char_at(view.after(i)).is_ascii_digit()
}

/// Whether a quotation is opened in the few characters before `i`.
fn is_opened(view: &View, mut i: usize) -> bool {
    for _ in 0..8 {
        match view.char_before(i) {
            '“' | '「' | '《' => return true,
            '”' | '」' | '》' | '\0' => return false,
            _ => i = view.before(i),
        }
    }
    false
}

/// “622”联农带农, “365展贸网”, “415X”: a bare number that a quotation starts with, or ends with, is a name.
fn slogan(view: &View, number: &Numeral) -> Option<Classed> {
    if !number.is_plain_integer() {
        return None;
    }
    let before = view.char_before(number.start);
    let next = view.char_at(number.end);
    let closes = matches!(next, '”' | '」' | '》');
    let starts = matches!(before, '“' | '「' | '《')
        && (is_han(next) || closes || next.is_ascii_uppercase() || is_times(view, number.end))
        && !is_counted(view, number);
    // “科创100”, “双一流196”: a count in quotation marks has its unit there.
    let ends = closes && (is_han(before) || before == '×') && number.digits <= 4 && is_opened(view, number.start);
    (starts || ends).then_some(Classed { class: Class::Phrase, start: number.start, end: number.end })
}

/// 1+2+N, 5+2, 1(社会工作者)+2(…)+N: numbers of a slogan, joined by + without blanks.
fn formula(view: &View, number: &Numeral) -> Option<Classed> {
    if !number.is_plain_integer() {
        return None;
    }
    let led = matches!(view.char_before(number.start), '+' | '＋') && {
        let before = view.char_before(view.before(number.start));
        before.is_ascii_alphanumeric()
            || matches!(before, ')' | '）' | '”' | '"')
            || is_han(before) && unit::known(view, number.end).is_none()
    };
    let joins = |i: usize| {
        let next = view.char_at(view.after(i));
        matches!(view.char_at(i), '+' | '＋') && (next.is_ascii_digit() || next.is_ascii_uppercase() || next == 'n')
    };
    let follows = joins(number.end) || bracket_end(view, number.end).is_some_and(joins);
    (led || follows).then_some(Classed { class: Class::Phrase, start: number.start, end: number.end })
}

/// The end of the bracket that opens at `i`, if it is a short one.
fn bracket_end(view: &View, i: usize) -> Option<usize> {
    if !matches!(view.char_at(i), '(' | '（') {
        return None;
    }
    let mut at = view.after(i);
    for _ in 0..40 {
        match view.char_at(at) {
            ')' | '）' => return Some(view.after(at)),
            '\0' | '(' | '（' | '\n' => return None,
            _ => at = view.after(at),
        }
    }
    None
}
