//! Numbers in expressions: digits with a scale or percent, exact.

use std::ops::Range;

use crate::exact::Rational;

use super::error::Fault;
use super::names::{continues_name, starts_name};

/// How many digits a number in an expression may have.
pub const MAX_DIGITS: usize = 36;

/// Reads the number that starts at byte `at`, with its scale; gives the number and where it ends.
pub(super) fn read(text: &str, at: usize) -> Result<(Rational, usize), Fault> {
    let (digits, decimals, end) = read_digits(text, at);
    if digits.len() > MAX_DIGITS {
        return Err(Fault::new(at..end, format!("a number can have {MAX_DIGITS} digits at most")));
    }
    if let Some(separated) = separators(text, at, end) {
        let plain: String = text[separated.clone()].chars().filter(|&c| c != ',' && c != '，').collect();
        return Err(Fault::new(separated, "a number in an expression takes no thousands separators")
            .help(format!("write {plain}, or put a space after a comma that separates arguments")));
    }
    let (exponent, end) = read_scale(text, at, end)?;
    let value = Rational::scaled(digits.parse().unwrap_or_default(), exponent - decimals as i32);
    Ok((value, end))
}

/// The digits from `at` on without their point, how many of them are decimals, and where they end.
fn read_digits(text: &str, at: usize) -> (String, usize, usize) {
    let (mut digits, mut decimals, mut end, mut point) = (String::new(), 0, at, false);
    let mut rest = text[at..].chars().peekable();
    while let Some(c) = rest.next() {
        if let Some(digit) = digit(c) {
            digits.push(digit);
            decimals += usize::from(point);
        } else if matches!(c, '.' | '．') && !point && rest.peek().is_some_and(|&next| digit_of(next)) {
            point = true;
        } else {
            break;
        }
        end += c.len_utf8();
    }
    (digits, decimals, end)
}

/// An ASCII or full-width digit as an ASCII one.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}

fn digit_of(c: char) -> bool {
    digit(c).is_some()
}

/// The whole number if it is followed, without a space, by a comma and exactly three digits.
fn separators(text: &str, at: usize, end: usize) -> Option<Range<usize>> {
    let rest = text[end..].strip_prefix([',', '，'])?;
    let three = rest.chars().take_while(|&c| digit_of(c)).count() == 3;
    let length: usize = text[at..].chars().take_while(|&c| digit_of(c) || ",，.".contains(c)).map(char::len_utf8).sum();
    three.then_some(at..at + length)
}

/// The scales and their powers of ten. Those in letters may stand after a space.
const SCALES: [(&str, i32); 25] = [
    ("%", -2),
    ("％", -2),
    ("‰", -3),
    ("个百分点", -2),
    ("成", -1),
    ("十", 1),
    ("百", 2),
    ("千", 3),
    ("十万", 5),
    ("百万", 6),
    ("千万", 7),
    ("万", 4),
    ("萬", 4),
    ("万亿", 12),
    ("亿", 8),
    ("億", 8),
    ("十亿", 9),
    ("百亿", 10),
    ("千亿", 11),
    ("percent", -2),
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("hundred", 2),
];

/// The power of ten of the scale that follows the digits `start..end` (0 if none does), and where it ends.
fn read_scale(text: &str, start: usize, end: usize) -> Result<(i32, usize), Fault> {
    let rest = &text[end..];
    if let Some(&(sign, exponent)) = SCALES[..3].iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((exponent, end + sign.len()));
    }
    let spaced = rest.len() - rest.trim_start().len();
    let word: usize = rest[spaced..].chars().take_while(|&c| continues_name(c)).map(char::len_utf8).sum();
    let place = end + spaced..end + spaced + word;
    let word = text[place.clone()].to_lowercase();
    match SCALES.iter().find(|(scale, _)| *scale == word) {
        Some(&(_, exponent)) => Ok((exponent, place.end)),
        None if spaced == 0 && word.starts_with(starts_name) => {
            let message = format!("`{word}` after a number is no scale");
            let help = match word.is_ascii() {
                true => {
                    format!("a scale is %, thousand, million …; a unit is not written here, nor a name: {}", "`2 * x`")
                }
                false => format!("a scale is 万, 亿, 成, %, ‰ …; a unit is not written here: {}", &text[start..end]),
            };
            Err(Fault::new(place, message).help(help))
        }
        None => Ok((0, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_with_their_scales() {
        let cases = [
            ("12", "12"),
            ("０.10", "1/10"),
            ("30%", "3/10"),
            ("3.5万", "35000"),
            ("1.2 million", "1200000"),
            ("2亿", "200000000"),
            ("5‰", "1/200"),
            ("3成", "3/10"),
            ("7 thousand", "7000"),
            ("1 billion", "1000000000"),
            (
                "0.333333333333333333333333333333333",
                "333333333333333333333333333333333/1000000000000000000000000000000000",
            ),
        ];
        for (text, expected) in cases {
            let (value, end) = read(text, 0).unwrap();
            assert_eq!((value.to_big().to_string().as_str(), end), (expected, text.len()), "{text}");
        }
    }
}
