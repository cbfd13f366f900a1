//! Dates and times: days counted from a start, with the time as a fraction of a day.

use std::fmt::Write;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::format::Token;
use crate::calendar::{self, CHINESE_WEEKDAYS, MONTHS, WEEKDAYS};

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    year: i64,
    month: i64,
    day: i64,
    /// 0 is Monday.
    weekday: usize,
    /// Seconds since the day's start.
    seconds: i64,
    /// Seconds since the count's start.
    elapsed: i64,
}

impl Stamp {
    /// The time that a count of days since 1900 (or 1904) means; `None` before the start or after the year 9999.
    pub fn of_serial(serial: Decimal, since_1904: bool) -> Option<Stamp> {
        let seconds = (serial.checked_mul(DAY.into())?)
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            .to_i64()?;
        if !(0..2_958_466 * DAY).contains(&seconds) {
            return None;
        }
        let days = seconds / DAY;
        // Days from 1970-01-01. Excel counts a 29 February 1900 that never was.
        let start = if since_1904 { -24_107 } else { -25_569 + i64::from(days < 60) };
        let (year, month, day) = calendar::date_of(days + start);
        let weekday = calendar::weekday_of(days + start);
        Some(Stamp { year, month, day, weekday, seconds: seconds % DAY, elapsed: seconds })
    }
}

const DAY: i64 = 86_400;

/// A point in time by the tokens of a section.
pub(super) fn show(tokens: &[Token], stamp: &Stamp) -> String {
    let mut shown = String::new();
    let twelve = tokens.contains(&Token::Half);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Date(letter, run) => {
                let letter = if *letter == 'm' && is_minute(tokens, at) { 'n' } else { *letter };
                push(&mut shown, stamp, (letter, *run), twelve);
            }
            Token::Half => shown.push_str(if stamp.seconds < DAY / 2 { "AM" } else { "PM" }),
            Token::Literal(text) => shown.push_str(text),
            Token::Comma => shown.push(','),
            Token::Percent => shown.push('%'),
            // Parts of a second are not shown: seconds are rounded.
            Token::Point if !matches!(tokens.get(at + 1), Some(Token::Digit(_))) => shown.push('.'),
            _ => {}
        }
    }
    shown
}

/// `m` is a minute behind an hour or before a second.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Date(letter, _) => Some(*letter),
        _ => None,
    };
    let before = tokens[..at].iter().rev().find_map(letter);
    let behind = tokens[at + 1..].iter().find_map(letter);
    matches!(before, Some('h' | 'H')) || matches!(behind, Some('s' | 'S'))
}

fn push(shown: &mut String, stamp: &Stamp, (letter, run): (char, usize), twelve: bool) {
    let hour = stamp.seconds / 3600;
    let number = match letter {
        'y' | 'e' if run <= 2 && letter == 'y' => stamp.year % 100,
        'y' | 'e' => stamp.year,
        'm' if run >= 3 => return shown.push_str(name(MONTHS[stamp.month as usize - 1], run)),
        'd' if run >= 3 => return shown.push_str(name(WEEKDAYS[stamp.weekday], run)),
        'a' => return shown.extend(['星', '期', CHINESE_WEEKDAYS[stamp.weekday]]),
        'm' => stamp.month,
        'd' => stamp.day,
        'h' if twelve => (hour + 11) % 12 + 1,
        'h' => hour,
        'n' => stamp.seconds / 60 % 60,
        's' => stamp.seconds % 60,
        'H' => stamp.elapsed / 3600,
        'M' => stamp.elapsed / 60,
        'S' => stamp.elapsed,
        _ => return,
    };
    _ = if run >= 2 { write!(shown, "{number:02}") } else { write!(shown, "{number}") };
}

/// A name of a month or a day as a run of three, four or five letters shows it.
fn name(name: &'static str, run: usize) -> &'static str {
    match run {
        3 => &name[..3],
        5 => &name[..1],
        _ => name,
    }
}
