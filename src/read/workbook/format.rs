//! Number formats: what a stored value looks like on the sheet (ECMA-376 part 1, 18.8.30 and 18.8.31).
//!
//! A format is up to four sections: for positive numbers, negative ones, zero, and text. Values are exact decimals and are
//! rounded half up, as Excel does on the 15 digits that it keeps; no floats.

use rust_decimal::{Decimal, RoundingStrategy};

use super::calendar::{self, Stamp};
use super::places::{self, Digits, Places};

/// A compiled format.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
    /// What is put around text; `None`: text is shown as it is.
    text: Option<Section>,
}

/// The part of a format for some of the values.
#[derive(Clone, Debug, Default)]
struct Section {
    tokens: Vec<Token>,
    condition: Option<(Comparison, Decimal)>,
    kind: Kind,
    places: Places,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

/// What a section shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    /// Its literals only.
    #[default]
    Literal,
    /// A number by digit places.
    Number,
    /// A number as `General` shows it.
    General,
    /// A date or a time.
    Date,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// Text that is shown as it is.
    Literal(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma: between digits a thousands separator, behind them a division by 1,000.
    Comma,
    /// A percent sign, which multiplies by 100.
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    /// `General`.
    General,
    /// The cell's text.
    At,
    /// A run of a letter of dates and times: `yyyy`, `m`, `ss`; `[h]` is `H`.
    Date(char, usize),
    /// `AM/PM`.
    Half,
}

impl NumberFormat {
    /// The format of a cell that has none: numbers and text as they are.
    pub const GENERAL: Self = Self { sections: Vec::new(), text: None };

    /// Compiles a format. Whatever it does not understand is shown as it stands.
    pub fn new(code: &str) -> Self {
        let code = if code.is_empty() { "General" } else { code };
        let mut sections: Vec<_> = split(code).into_iter().take(4).map(section).collect();
        let holds_text = |section: &Section| section.tokens.contains(&Token::At);
        let last_is_text = sections.len() == 4 || sections.len() > 1 && sections.last().is_some_and(holds_text);
        let text = if last_is_text { sections.pop() } else { sections.first().filter(|&s| holds_text(s)).cloned() };
        Self { sections, text }
    }

    /// How a number is shown; `since_1904` says from which day on days are counted.
    pub fn number(&self, value: Decimal, since_1904: bool) -> String {
        let Some((section, unsigned)) = self.section_for(value) else { return general(value) };
        let shown = if unsigned { value.abs() } else { value };
        let text = match section.kind {
            Kind::Literal if section.tokens.contains(&Token::At) => general(shown),
            Kind::Literal => literals(&section.tokens),
            Kind::General if !section.tokens.contains(&Token::General) => general(shown),
            Kind::General => around(&section.tokens, &general(shown)),
            Kind::Number => places::number(&section.tokens, &section.places, shown),
            Kind::Date => {
                let stamp = Stamp::of_serial(value, since_1904);
                stamp.map_or_else(|| general(value), |stamp| calendar::show(&section.tokens, &stamp))
            }
        };
        let trimmed = text.trim();
        if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
    }

    /// Whether a number written like this is shown as it is written: in `General`, with few digits and none to spare.
    pub fn shows_as_written(&self, text: &str) -> bool {
        let [Section { tokens, condition: None, .. }] = &self.sections[..] else { return false };
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "1"));
        let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        tokens[..] == [Token::General]
            && (1..=10).contains(&unsigned.len())
            && are_digits(whole)
            && are_digits(fraction)
            && !fraction.ends_with('0')
            && !fraction.is_empty()
            && (whole.starts_with(|c| c != '0') || whole == "0" && unsigned.len() > 1 && !fraction.starts_with("0000"))
    }

    /// How text is shown.
    pub fn text<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        match &self.text {
            Some(section) if section.tokens != [Token::At] => around(&section.tokens, text).into(),
            _ => text.into(),
        }
    }

    /// The section for a value, and whether it shows the sign itself.
    fn section_for(&self, value: Decimal) -> Option<(&Section, bool)> {
        let negative = value.is_sign_negative() && !value.is_zero();
        if self.sections.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.is_none_or(|(how, limit)| how.holds(value, limit));
            let section = self.sections.iter().find(fits).or(self.sections.last())?;
            let below_zero = |(how, limit): (Comparison, Decimal)| {
                matches!(how, Comparison::Less | Comparison::LessOrEqual) && limit <= Decimal::ZERO
            };
            return Some((section, negative && section.condition.is_some_and(below_zero)));
        }
        let second = self.sections.get(1).filter(|_| negative);
        let third = self.sections.get(2).filter(|_| value.is_zero());
        Some((second.or(third).or(self.sections.first())?, second.is_some()))
    }
}

impl Comparison {
    fn holds(self, value: Decimal, limit: Decimal) -> bool {
        match self {
            Comparison::Less => value < limit,
            Comparison::LessOrEqual => value <= limit,
            Comparison::Greater => value > limit,
            Comparison::GreaterOrEqual => value >= limit,
            Comparison::Equal => value == limit,
            Comparison::Unequal => value != limit,
        }
    }
}

/// A number as `General` shows it in a column that is wide enough: up to 11 characters, the sign not counted. Whole numbers
/// are written out, where Excel turns to powers of ten from 12 digits on.
pub(super) fn general(value: Decimal) -> String {
    let whole = Digits::of(&value.trunc()).whole().len() as u32;
    let rounded = if value.abs() < Decimal::new(1, 4) {
        to_digits(value, 6)
    } else {
        value.round_dp_with_strategy(10u32.saturating_sub(whole), HALF_UP)
    };
    let text = rounded.normalize().to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// So many significant digits a spreadsheet program keeps.
pub(super) const KEPT_DIGITS: u32 = 15;

pub(super) const HALF_UP: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// A value rounded to so many significant digits; one that has no more is left as it is, since padding it with noughts takes its
/// scale beyond what a decimal holds.
pub(super) fn to_digits(value: Decimal, digits: u32) -> Decimal {
    let has_more = value.mantissa().unsigned_abs().checked_ilog10().is_some_and(|last| last >= digits);
    if has_more { value.round_sf_with_strategy(digits, HALF_UP).unwrap_or(value) } else { value }
}

/// A value times a power of ten; `None` where it cannot be held.
pub(super) fn times_ten(value: Decimal, shift: i64) -> Option<Decimal> {
    if shift == 0 {
        return Some(value);
    }
    let power =
        Decimal::try_from_i128_with_scale(10i128.checked_pow(shift.unsigned_abs().try_into().ok()?)?, 0).ok()?;
    if shift >= 0 { value.checked_mul(power) } else { value.checked_div(power) }
}

/// A number in powers of ten, with one digit before the point.
pub(super) fn scientific(tokens: &[Token], value: Decimal, decimals: u32) -> String {
    let rounded = to_digits(value, decimals + 1);
    let digits = rounded.mantissa().unsigned_abs().to_string();
    let digits = digits.trim_start_matches('0');
    let exponent = if digits.is_empty() { 0 } else { digits.len() as i64 - 1 - i64::from(rounded.scale()) };
    let digit = |at: usize| digits.as_bytes().get(at).map_or('0', |&b| char::from(b));
    let mut shown = String::from(if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" });
    shown.push(digit(0));
    if decimals > 0 {
        shown.push('.');
        shown.extend((1..=decimals as usize).map(digit));
    }
    let plus = tokens.contains(&Token::Exponent(true));
    shown.push_str(if exponent < 0 {
        "E-"
    } else if plus {
        "E+"
    } else {
        "E"
    });
    shown + &format!("{:02}", exponent.unsigned_abs())
}

fn literals(tokens: &[Token]) -> String {
    around(tokens, "")
}

/// The literals of a section with `middle` in the place of `General` or `@`.
fn around(tokens: &[Token], middle: &str) -> String {
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::General | Token::At => shown.push_str(middle),
            Token::Percent => shown.push('%'),
            _ => {}
        }
    }
    shown
}

/// The sections of a format: parts between semicolons that stand outside quotes and brackets and behind no backslash.
fn split(code: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut bracketed, mut escaped) = (Vec::new(), 0, false, false, false);
    for (at, c) in code.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            ';' if !bracketed => {
                parts.push(&code[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&code[start..]);
    parts
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        rest = token(rest, c, &mut section);
    }
    let holds = |wanted: fn(&Token) -> bool| section.tokens.iter().any(wanted);
    section.kind = if holds(|token| matches!(token, Token::Date(..))) {
        Kind::Date
    } else if holds(|token| *token == Token::General) || is_fraction(&section.tokens) {
        Kind::General
    } else if holds(|token| matches!(token, Token::Digit(_))) {
        Kind::Number
    } else {
        Kind::Literal
    };
    section.places = Places::of(&section.tokens);
    section
}

/// Halves and thirds (`# ?/?`) are shown as decimals.
fn is_fraction(tokens: &[Token]) -> bool {
    let slash = tokens.iter().position(|token| *token == Token::Literal("/".to_owned()));
    slash.is_some_and(|at| tokens[..at].iter().any(|token| matches!(token, Token::Digit(_))))
}

/// Reads one token at the start of `code`; gives what is left.
fn token<'c>(code: &'c str, c: char, section: &mut Section) -> &'c str {
    let rest = &code[c.len_utf8()..];
    let literal = |text: &str| Token::Literal(text.to_owned());
    let (token, rest) = match c {
        '"' => {
            let (quoted, rest) = rest.split_once('"').unwrap_or((rest, ""));
            (literal(quoted), rest)
        }
        '\\' | '_' | '*' => {
            let (next, rest) = rest.split_at(rest.chars().next().map_or(0, char::len_utf8));
            // The room that a character takes, or one that fills the cell: neither is text.
            let shown = match c {
                '\\' => next,
                '_' => " ",
                _ => "",
            };
            (literal(shown), rest)
        }
        '[' => {
            let (inner, rest) = rest.split_once(']').unwrap_or((rest, ""));
            let token = bracket(inner, section);
            section.tokens.extend(token);
            return rest;
        }
        '0' | '#' | '?' => (Token::Digit(c), rest),
        '.' => (Token::Point, rest),
        ',' => (Token::Comma, rest),
        '%' => (Token::Percent, rest),
        '@' => (Token::At, rest),
        'E' | 'e' if rest.starts_with(['+', '-']) => (Token::Exponent(rest.starts_with('+')), &rest[1..]),
        c => word(code).unwrap_or_else(|| (literal(c.encode_utf8(&mut [0; 4])), rest)),
    };
    section.tokens.push(token);
    rest
}

/// A word that stands for something, at the start of `code`, and what is left.
fn word(code: &str) -> Option<(Token, &str)> {
    const WORDS: [(&str, Token); 4] =
        [("general", Token::General), ("am/pm", Token::Half), ("a/p", Token::Half), ("上午/下午", Token::Half)];
    let known = WORDS.iter().find(|(word, _)| code.get(..word.len()).is_some_and(|c| c.eq_ignore_ascii_case(word)));
    if let Some((word, token)) = known {
        return Some((token.clone(), &code[word.len()..]));
    }
    let letter = code.chars().next()?.to_ascii_lowercase();
    let run = code.chars().take_while(|other| other.eq_ignore_ascii_case(&letter)).count();
    matches!(letter, 'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'a' | 'b').then(|| (Token::Date(letter, run), &code[run..]))
}

/// What a bracket says: a condition, elapsed time, a currency (`[$€-407]`); colours and languages say nothing.
fn bracket(inner: &str, section: &mut Section) -> Option<Token> {
    if let Some(currency) = inner.strip_prefix('$') {
        let sign = currency.rsplit_once('-').map_or(currency, |(sign, _)| sign);
        return (!sign.is_empty()).then(|| Token::Literal(sign.to_owned()));
    }
    let first = inner.chars().next()?.to_ascii_lowercase();
    if matches!(first, 'h' | 'm' | 's') && inner.chars().all(|c| c.eq_ignore_ascii_case(&first)) {
        return Some(Token::Date(first.to_ascii_uppercase(), inner.len()));
    }
    const SIGNS: [(&str, Comparison); 6] = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<>", Comparison::Unequal),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    let condition = SIGNS.iter().find_map(|&(sign, how)| Some((how, inner.strip_prefix(sign)?.trim().parse().ok()?)));
    section.condition = condition.or(section.condition);
    None
}
