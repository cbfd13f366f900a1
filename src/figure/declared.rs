//! Units that a caption, a header or a row's label declares: 单位:万元, （亿元）, "$ in millions", "(%)".

use std::borrow::Cow;

use super::view::{View, is_han};
use super::{DeclaredUnit, Dimension, Scale, Unit, scale, unit};
use crate::calendar;
use crate::span::Span;
use crate::text::is_currency_sign;

/// The unit that `text` declares: behind 单位 or Unit, in brackets, behind "in", as its last word (`2019 £m`), or as all of
/// it. `None` where nothing is clearly a unit.
pub fn declared_unit(text: &str) -> Option<DeclaredUnit> {
    let plain = with_plain_blanks(text);
    let block = Span::new(0, plain.len().min(u32::MAX as usize));
    let view = View::new(&plain, block, true);
    whole(&view, 0, plain.len())
        .or_else(|| behind_unit(&view))
        .or_else(|| in_brackets(&view).map(|unit| with_scale(&view, unit)))
        .or_else(|| behind_in(&view))
        .or_else(|| last_words(&view))
}

/// The power of ten in which a statement of units says that numbers of shares are printed, where it tells it apart from that of amounts:
/// "in millions, except number of shares, which are reflected in thousands"; "except share and per share data", which are
/// printed in full; "dollars in millions, shares in thousands".
pub fn declared_of_shares(text: &str) -> Option<i8> {
    const SCALES: [(&str, i8); 4] = [("in hundreds", 2), ("in thousands", 3), ("in millions", 6), ("in billions", 9)];
    let text = with_plain_blanks(text).to_ascii_lowercase().replace("per-share", "").replace("per share", "");
    let excepted = text.find("except").map(|at| &text[at..]).filter(|excepted| excepted.contains("share"));
    let said = excepted.unwrap_or(&text);
    // "Balance Sheets - USD ($) $ in Thousands", as EDGAR writes it, which would tell "shares in Thousands".
    let is_of_dollars = text.contains("- usd ($)") && text.contains("$ in ");
    let Some(share) = said.find("share") else { return is_of_dollars.then_some(0) };
    let behind = &said[share..];
    // Another subject ends what is said of them: "shares and dollars in millions".
    let own = behind.split([',', ';']).take(2).find_map(|part| SCALES.iter().find(|(words, _)| part.contains(words)));
    match own {
        Some(&(_, exponent)) => Some(exponent),
        None => (excepted.is_some() || is_of_dollars).then_some(0),
    }
}

/// A text whose no-break spaces are blanks.
pub(super) fn with_plain_blanks(text: &str) -> Cow<'_, str> {
    if text.contains('\u{a0}') { Cow::Owned(text.replace('\u{a0}', " ")) } else { Cow::Borrowed(text) }
}

/// 单位：万元; Unit: million yuan.
fn behind_unit(view: &View) -> Option<DeclaredUnit> {
    if !view.text.contains([':', '：']) {
        return None;
    }
    ["单位", "Unit", "Units", "unit", "UNIT", "计量单位"].iter().find_map(|word| {
        let at = view.text.find(word)? + word.len();
        let at = if view.byte(at) == b's' { at + 1 } else { at };
        let at = view.skip_blanks(at);
        let start = match view.char_at(at) {
            ':' | '：' => view.skip_blanks(view.after(at)),
            _ => return None,
        };
        let end = view.text[start..].find([')', '）', '\n', ';', '；', '|']).map_or(view.end, |length| start + length);
        whole(view, start, end).or_else(|| prefix(view, start, end))
    })
}

/// Every bracket, the last first: headers end in their unit. One with a scale counts more than "useful lives (in years)" behind it.
fn in_brackets(view: &View) -> Option<DeclaredUnit> {
    let (mut end, mut unscaled) = (view.end, None);
    for _ in 0..8 {
        let Some(close) = view.text[..end].rfind([')', '）', ']', '］']) else { break };
        let Some(open) = view.text[..close].rfind(['(', '（', '[', '［']) else { break };
        let start = view.after(open);
        // 401(k) is a name.
        let is_name = view.byte_before(open).is_ascii_digit() && close == start + 1;
        if is_name {
            end = open;
            continue;
        }
        let found = whole(view, start, close).or_else(|| with_more(view, start, close));
        match found.or_else(|| statement(view, start, close)) {
            Some(found) if found.unit.dimension() == Dimension::Time && found.exponent == 0 => {
                unscaled = unscaled.or(Some(found))
            }
            Some(found) => return Some(found),
            None => {}
        }
        end = open;
    }
    unscaled
}

/// A currency in brackets with the scale that the words behind it tell: "USD ($) $ in Millions".
fn with_scale(view: &View, unit: DeclaredUnit) -> DeclaredUnit {
    let is_bare = unit.unit.dimension() == Dimension::Money && unit.exponent == 0 && unit.scale == Scale::Plain;
    let scaled = if is_bare { behind_in(view) } else { None };
    match scaled.filter(|scaled| scaled.exponent >= 2 && (scaled.unit == Unit::Unknown || scaled.unit.fits(&unit.unit)))
    {
        Some(scaled) => DeclaredUnit { unit: unit.unit, ..scaled },
        None => unit,
    }
}

/// "in thousands of dollars, except per share": the start of a bracket or of the text.
fn statement(view: &View, start: usize, end: usize) -> Option<DeclaredUnit> {
    let word = view.word_at(start);
    match word.text() {
        "in" => prefix(view, view.skip_blanks(word.end), end),
        _ if view.starts(start, "单位") => None,
        _ => {
            let found: Vec<DeclaredUnit> = ins(&view.text[start..end])
                .take(MOST_STATEMENTS)
                .filter_map(|at| {
                    let found = prefix(view, start + at + " in ".len(), end)?;
                    // "Change over previous year in %" tells no spans of time.
                    let before = subject_before(view, start, start + at)
                        .filter(|unit| found.scale == Scale::Plain && unit.dimension() != Dimension::Time);
                    let unit = if found.unit == Unit::Unknown { before.unwrap_or(found.unit) } else { found.unit };
                    Some(DeclaredUnit { unit, ..found })
                })
                .collect();
            // "Shares in thousands, dollars in millions" says of a table what its amounts are.
            let is_money = |found: &&DeclaredUnit| found.unit.dimension() == Dimension::Money;
            found.iter().find(is_money).or(found.first()).copied()
        }
    }
}

/// Where " in " stands in a text, in capitals or not.
fn ins(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_in = |at: &usize| bytes[*at..].get(..4).is_some_and(|four| four.eq_ignore_ascii_case(b" in "));
    text.match_indices(' ').map(|(at, _)| at).filter(is_in)
}

/// What is said to be in a scale: "dollars". Of "dollars and shares" it is all.
fn subject_before(view: &View, start: usize, end: usize) -> Option<Unit> {
    let unit = unit_before(view, start, end)?;
    let joined = view.word_before(end);
    let word = view.word_before(joined.start);
    let is_joined = word.text() == "and" || view.byte_before(view.skip_blanks_back(joined.start)) == b'&';
    (!is_joined).then_some(unit)
}

/// "millions, except per share data", "USD million, shares in thousands": a scale with what it is not said of.
fn with_more(view: &View, start: usize, end: usize) -> Option<DeclaredUnit> {
    let mark = start + view.text[start..end].find([',', ';'])?;
    let found = whole(view, start, mark).filter(|found| found.exponent >= 2)?;
    let word = view.word_at(view.skip_blanks(mark + 1));
    matches!(word.text(), "except" | "unless" | "other" | "excluding" | "unaudited" | "shares").then_some(found)
}

/// So many statements a bracket holds at most.
const MOST_STATEMENTS: usize = 4;

/// "$ in millions", "Amounts expressed in thousands of U.S. dollars" without brackets.
fn behind_in(view: &View) -> Option<DeclaredUnit> {
    let found = statement(view, 0, view.end)?;
    (found.exponent >= 2 || found.scale != Scale::Plain).then_some(found)
}

/// `2019 £m`, `2018 US$'000`, `Quantity '000 kg`: the last word, a currency sign and a scale, or all from printed noughts on.
fn last_words(view: &View) -> Option<DeclaredUnit> {
    let noughts = ["'000", "’000", "‘000"].into_iter().find_map(|noughts| view.text.rfind(noughts));
    if let Some(at) = noughts.filter(|&at| matches!(view.byte_before(at), 0 | b' ')) {
        let found = whole(view, at, view.end)?;
        let unit = if found.unit == Unit::Unknown { unit_before(view, 0, at) } else { None };
        return Some(DeclaredUnit { unit: unit.unwrap_or(found.unit), ..found });
    }
    let start = view.text.rfind(' ')? + 1;
    let sign = is_currency_sign(view.char_at(start)) || view.starts(start, "US$") || view.starts(start, "RMB");
    if sign || view.byte(start) == b'%' { whole(view, start, view.end) } else { None }
}

/// The currency or unit that ends before `end`: "$ in", "Dollars in".
fn unit_before(view: &View, start: usize, end: usize) -> Option<Unit> {
    let end = view.skip_blanks_back(end);
    let currency = unit::currency_before(view, end).filter(|&(_, at)| at >= start).map(|(unit, _)| unit);
    currency.or_else(|| {
        let word = view.word_before(end);
        unit::known(view, word.start).filter(|&(_, after)| after == end && word.start >= start).map(|(unit, _)| unit)
    })
}

/// All of `start..end` as a unit with its scale.
fn whole(view: &View, start: usize, end: usize) -> Option<DeclaredUnit> {
    let mut parser = Parser::new(view, start, end);
    let all = parser.run();
    if all { parser.done() } else { None }
}

/// The unit that `start..end` starts with, up to a comma, "except" and the like.
fn prefix(view: &View, start: usize, end: usize) -> Option<DeclaredUnit> {
    let mut parser = Parser::new(view, start, end);
    let all = parser.run();
    let stopped = all
        || matches!(view.char_at(parser.at), ',' | '，' | ')' | '）' | '(' | ';' | '、' | '.' | '-' | '–' | '—')
        || matches!(view.word_at(parser.at).text(), "except" | "unless" | "and" | "as" | "for" | "other");
    // "Residents in 1000 2017": the column beside it tells the year.
    if stopped || is_year(view, parser.at) { parser.done() } else { None }
}

fn is_year(view: &View, at: usize) -> bool {
    let digits = view.text[at..].bytes().take_while(u8::is_ascii_digit).count();
    calendar::is_year(&view.text[at..at + digits])
}

/// Reads the words of a unit statement.
struct Parser<'v, 't> {
    view: &'v View<'t>,
    at: usize,
    end: usize,
    unit: Unit,
    exponent: i32,
    scale: Scale,
}

impl<'v, 't> Parser<'v, 't> {
    fn new(view: &'v View<'t>, start: usize, end: usize) -> Self {
        Self {
            view,
            at: start,
            end: view.skip_blanks_back(end).max(start),
            unit: Unit::Unknown,
            exponent: 0,
            scale: Scale::Plain,
        }
    }

    /// Takes words as long as they are of a unit; whether all were.
    fn run(&mut self) -> bool {
        for _ in 0..10 {
            self.at = self.view.skip_blanks(self.at);
            if self.at >= self.end {
                return true;
            }
            let Some(next) = self.step() else { return false };
            self.at = next;
        }
        false
    }

    fn done(self) -> Option<DeclaredUnit> {
        let said = self.unit != Unit::Unknown || self.exponent != 0;
        let exponent = i8::try_from(self.exponent).ok()?;
        said.then_some(DeclaredUnit { unit: self.unit, exponent, scale: self.scale })
    }

    fn step(&mut self) -> Option<usize> {
        let view = self.view;
        if let Some(pure) = scale::pure(view, self.at).filter(|_| self.exponent == 0 && self.unit == Unit::Unknown) {
            (self.exponent, self.scale) = (pure.exponent, pure.scale);
            return Some(pure.end);
        }
        if let Some((found, after)) = unit::known(view, self.at).filter(|&(unit, after)| self.takes(unit, after)) {
            let country = view.word_at(view.skip_one_blank(after));
            if found == Unit::named("$") && matches!(country.text(), "can" | "cdn" | "cad") {
                self.unit = Unit::named("加元");
                return Some(country.end);
            }
            self.unit = found;
            return Some(after);
        }
        let c = view.char_at(self.at);
        if is_han(c) {
            return self.chinese(c);
        }
        self.english(c)
    }

    /// Whether a unit may be taken: the first, to the end of a Chinese word; "m" behind a currency is a scale.
    fn takes(&self, unit: Unit, after: usize) -> bool {
        let same = unit == self.unit || self.unit == Unit::Unknown || base(unit) == base(self.unit);
        let lone_letter = after == self.at + 1 && self.view.byte(self.at).is_ascii_alphabetic();
        same && after <= self.end && !(lone_letter && self.unit != Unit::Unknown)
    }

    fn chinese(&mut self, c: char) -> Option<usize> {
        let power = match c {
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' | '萬' => 4,
            '亿' | '億' => 8,
            _ => return None,
        };
        if self.scale != Scale::Plain {
            return None;
        }
        self.exponent += power;
        Some(self.view.after(self.at))
    }

    fn english(&mut self, c: char) -> Option<usize> {
        let view = self.view;
        if matches!(c, '\'' | '’' | '‘' | '0') {
            let zeros = if c == '0' { self.at } else { view.after(self.at) };
            if !view.starts(zeros, "000") || view.byte(zeros + 3).is_ascii_digit() {
                return None;
            }
            self.exponent += 3;
            let end = zeros + 3;
            return Some(view.any(end, &["'s", "’s", "s", "'", "’"]).unwrap_or(end));
        }
        if c == '1' && view.word_before(view.skip_blanks_back(self.at)).text() == "in" {
            const SCALES: [(&str, i32); 6] =
                [("1,000,000", 6), ("1000000", 6), ("1000", 3), ("1,000", 3), ("1 000", 3), ("1'000", 3)];
            let said = |(digits, _): &&(&str, i32)| {
                view.starts(self.at, digits) && !view.byte(self.at + digits.len()).is_ascii_digit()
            };
            let (digits, power) = SCALES.iter().find(said)?;
            self.exponent += power;
            return Some(self.at + digits.len());
        }
        if is_currency_sign(c) {
            let after = view.after(self.at);
            self.unit = unit::currency_before(view, after)?.0;
            return Some(after);
        }
        let word = view.word_at(self.at);
        self.exponent += match word.text() {
            "hundred" | "hundreds" => 2,
            "thousand" | "thousands" | "k" => 3,
            "million" | "millions" | "mn" | "mm" | "mln" | "m" => 6,
            "billion" | "billions" | "bn" => 9,
            // Alone it is the mark of a note.
            "b" if self.unit != Unit::Unknown => 9,
            "trillion" | "trillions" | "tn" => 12,
            "in" | "of" | "the" | "all" | "amounts" | "expressed" | "stated" => 0,
            "percent" | "percentage" | "pct" if self.exponent == 0 => {
                self.scale = Scale::Percent;
                -2
            }
            "per" if view.starts(self.at, "per cent") => {
                (self.exponent, self.scale) = (-2, Scale::Percent);
                return Some(self.at + "per cent".len());
            }
            "rmb" | "cny" | "usd" | "eur" | "gbp" | "hkd" => {
                self.unit = unit::currency_before(view, word.end)?.0;
                0
            }
            "us" | "u" if view.starts(word.end, "$") || view.starts(word.end, ".S.") => {
                self.unit = Unit::named("$");
                return Some(if view.byte(word.end) == b'$' { word.end + 1 } else { word.end + 3 });
            }
            "hk" | "nt" | "a" | "c" if view.byte(word.end) == b'$' => {
                self.unit = unit::currency_before(view, word.end + 1)?.0;
                return Some(word.end + 1);
            }
            _ => return None,
        };
        Some(word.end)
    }
}

fn base(unit: Unit) -> Option<&'static str> {
    unit.entry().map(|entry| entry.base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_shares_have_a_scale_of_their_own() {
        for (text, exponent) in [
            ("(in millions, except share and per share data)", Some(0)),
            (
                "(In millions, except number of shares, which are reflected in thousands, and per-share amounts)",
                Some(3),
            ),
            ("(net income in millions and shares in thousands)", Some(3)),
            ("shares in thousands, dollars in millions, except for per share amounts", Some(3)),
            ("Dollars in millions, except per share data", None),
            ("(In millions)", None),
        ] {
            assert_eq!(declared_of_shares(text), exponent, "{text}");
        }
    }

    #[test]
    fn a_scale_may_be_told_in_digits() {
        let exponent = |text: &str| declared_unit(text).map(|unit| unit.exponent);
        for (text, expected) in [
            ("Households in 1000", Some(3)),
            ("Households in 1,000 2017", Some(3)),
            ("Income in 1'000 CHF", Some(3)),
            ("Beds per 1000 inhabitants", None),
            ("Ships built in 1000 yards", None),
            ("Change over previous year in %", Some(-2)),
        ] {
            assert_eq!(exponent(text), expected, "{text}");
        }
        let change = declared_unit("Change over previous year in %, at current prices");
        assert_eq!(change.map(|unit| unit.unit), Some(Unit::Unknown));
        assert_eq!(declared_of_shares("Balance Sheets - USD ($) $ in Thousands"), Some(0));
        assert_eq!(declared_of_shares("Balance Sheets - USD ($) shares in Millions, $ in Thousands"), Some(6));
    }

    #[test]
    fn statements_of_units_are_read() {
        let said = |text: &str| declared_unit(text).map(|unit| (unit.unit, unit.exponent));
        for (text, unit, exponent) in [
            ("shares in thousands, dollars in millions", "$", 6),
            ("Quantity '000 kg", "公斤", 3),
            ("Value '000 $", "$", 3),
            ("2015 Value '000 $ CAN", "加元", 3),
            ("Value ('000 $ CAN)", "加元", 3),
            ("(C$ millions)", "加元", 6),
            ("(USD million, shares in thousands)", "$", 6),
            ("($ In Thousands, Except Per Share Amounts)", "$", 3),
            ("tables are presented in U.S. dollars in millions", "$", 6),
            ("amounts in this report are stated in thousands of U.S. Dollars except for prices", "$", 3),
            ("(C$ millions, unless otherwise noted)", "加元", 6),
        ] {
            assert_eq!(said(text), Some((Unit::named(unit), exponent)), "{text}");
        }
        for text in [
            "(In millions - except per share amounts)",
            "(millions, except per share data)",
            "(Millions, unaudited)",
            "In millions (Unaudited)",
            "Net sales by region In millions",
            "(dollars and shares in millions, except per share data)",
            "(Dollars & Shares in Millions Except Per Share Amounts)",
            "Amounts in\u{a0}millions except per share amounts or as otherwise specified.",
            "lines (in millions) and useful lives (in years):",
            "Unless otherwise noted, tabular amounts are presented in millions, except per share amounts.",
            "All amounts in the statements and tables in these notes, except prices, are presented in millions.",
            "Tabular amounts are presented in millions, except per share amounts.",
        ] {
            assert_eq!(said(text), Some((Unit::Unknown, 6)), "{text}");
        }
        assert_eq!(said("(millions, tonnes and litres)"), None);
        assert_eq!(said("(Ford, except trucks)"), None);
    }
}
