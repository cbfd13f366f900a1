//! Lines become pieces: words that stand together, as the cells of a table do.

use super::lines::{Line, is_parted};
use super::measure::Length;
use super::words::{Word, hundredths};
use crate::calendar;
use crate::text::is_currency_sign;

/// Words of a line that stand together.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub words: Vec<Word>,
    pub kind: Kind,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A figure, with its signs.
    Figure,
    /// A mark in place of a figure: a dash, n/a.
    Nothing,
    /// Words.
    Text,
}

/// A wider gap parts pieces, in hundredths of the font's size.
const GAP: Length = 90;

/// What stands no further apart may belong together, in hundredths of the font's size: a blank.
const BLANK: Length = 45;

/// How far a currency sign may stand before its figure, and a bracket that closes behind it.
const FAR: Length = 2000;

impl Piece {
    /// All words of a line.
    pub fn of(line: &Line) -> Self {
        Piece { words: line.words.clone(), kind: kind(&line.text()) }
    }

    pub fn x0(&self) -> Length {
        self.words.first().map_or(0, |word| word.x0)
    }

    pub fn x1(&self) -> Length {
        self.words.iter().map(|word| word.x1).max().unwrap_or(0)
    }

    pub fn width(&self) -> Length {
        self.x1() - self.x0()
    }

    /// The baseline of its first word, and the size of its letters.
    pub fn y(&self) -> Length {
        self.words.first().map_or(0, |word| word.y)
    }

    pub fn size(&self) -> Length {
        self.words.first().map_or(0, |word| word.size)
    }

    pub fn middle(&self) -> Length {
        (self.x0() + self.x1()) / 2
    }

    pub fn text(&self) -> String {
        Line::of(self.words.clone()).text()
    }

    /// Whether it is a number of one or two digits in brackets, as the marks of notes are: (3).
    pub fn is_small_number(&self) -> bool {
        is_small_number(&self.text())
    }

    /// Whether it is a year, as headers have them: with a currency behind it or not.
    pub fn is_year(&self) -> bool {
        let text = self.text();
        let text = text.trim_end_matches(|c| c == ' ' || is_currency_sign(c));
        calendar::is_year(text)
    }

    /// Whether it is a word in brackets: (unaudited).
    pub fn is_remark(&self) -> bool {
        let text = self.text();
        let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        inner.is_some_and(|inner| inner.len() > 2 && inner.chars().all(char::is_alphabetic))
    }

    /// Whether it tells the unit of a table: (in millions), (dollars in thousands).
    pub fn is_unit(&self) -> bool {
        let text = self.text().to_ascii_lowercase();
        text.starts_with('(') && (text.starts_with("(in ") || text.contains(" in "))
    }

    /// Whether it stands where figures stand.
    pub fn is_value(&self) -> bool {
        self.kind != Kind::Text
    }

    /// Whether its currency stands far before its figure.
    pub fn is_spread(&self) -> bool {
        let [sign, figure, ..] = &self.words[..] else { return false };
        sign.text.chars().all(is_currency_sign) && figure.x0 - sign.x1 > 2 * sign.size
    }

    /// Whether it is a dash that may be a minus, or stand between the ends of a range.
    pub fn is_dash(&self) -> bool {
        matches!(self.text().as_str(), "-" | "–" | "−")
    }

    /// Whether the next piece stands no further away than a blank.
    pub fn is_close(&self, next: &Piece) -> bool {
        let size = self.words.iter().chain(&next.words).map(|word| word.size).min().unwrap_or(0);
        next.x0() - self.x1() <= hundredths(size, BLANK)
    }
}

/// The pieces of a line. They end at each of the places `walls`, too.
pub(super) fn pieces(line: &Line, walls: &[Length]) -> Vec<Piece> {
    let words = &line.words;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let value = Value::at(words, at, walls);
        let end = value.as_ref().map_or(at + 1, |value| value.end);
        let kind = value.as_ref().map_or(Kind::Text, |value| value.kind);
        let goes_on = |last: &&mut Piece| !is_between(&words[at - 1..=at], walls) && last.goes_on(&words[at], &value);
        match pieces.last_mut().filter(goes_on) {
            Some(last) => last.append(&words[at..end]),
            None => pieces.push(Piece { words: words[at..end].to_vec(), kind }),
        }
        at = end;
    }
    join_ranges(pieces)
}

/// Puts together the ends of a range, 0.85 – 5.51: a dash no further than a blank from the figures on both sides is no sign of the
/// second, and no value of its own.
fn join_ranges(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        joined.push(piece);
        let [.., low, dash, high] = &joined[..] else { continue };
        let figures = [low.kind, dash.kind, high.kind] == [Kind::Figure, Kind::Nothing, Kind::Figure];
        if figures && low.is_close(dash) && dash.is_close(high) && dash.is_dash() && !low.text().contains(['–', '-'])
        {
            let words = joined.drain(joined.len() - 2..).flat_map(|piece| piece.words).collect::<Vec<_>>();
            if let Some(low) = joined.last_mut() {
                low.words.extend(words);
            }
        }
    }
    joined
}

/// Whether one of the places `walls` is between two words.
fn is_between(pair: &[Word], walls: &[Length]) -> bool {
    walls.iter().any(|&wall| pair[0].middle() < wall && wall <= pair[1].middle())
}

/// A figure with its signs, or a mark in its place, among the words of a line.
struct Value {
    /// Behind its last word.
    end: usize,
    kind: Kind,
    /// Whether its currency stands so far before it that they are parts of a column.
    far: bool,
}

/// No value is printed in more words: signs, digits and a unit that stand apart.
const MOST_WORDS: usize = 16;

impl Value {
    /// The value that starts with the word `start`.
    fn at(words: &[Word], start: usize, walls: &[Length]) -> Option<Self> {
        let (mut text, mut found, mut far) = (String::new(), None, false);
        for at in start..words.len().min(start + MOST_WORDS) {
            let word = &words[at];
            if !may_be_of_value(&word.text) {
                break;
            }
            if at > start {
                let before = &words[at - 1];
                let parted = is_parted(before, word);
                let opened = found.is_none() && may_go_on(&text);
                let gap = word.x0 - before.x1;
                let goes_on = opened || closes(&word.text) || !parted && !starts_with_currency(&word.text);
                if !goes_on || gap > hundredths(word.size, FAR) || is_between(&words[at - 1..=at], walls) {
                    break;
                }
                far |= opened && gap > hundredths(word.size, GAP);
                text.extend(parted.then_some(' '));
            }
            text.push_str(&word.text);
            match kind(&text) {
                Kind::Text if !may_go_on(&text) => break,
                Kind::Text => {}
                kind => found = Some(Value { end: at + 1, kind, far }),
            }
        }
        found
    }
}

impl Piece {
    /// Whether the words that start with `next` go on with it; `value`: they are a value.
    fn goes_on(&self, next: &Word, value: &Option<Value>) -> bool {
        let Some(last) = self.words.last() else { return false };
        let near = next.x0 - last.x1 <= hundredths(last.size.min(next.size), GAP);
        match value {
            // Two figures with a blank between them are two, and so are those of which the second has a currency.
            Some(value) if self.is_value() => {
                let figures = [self.kind, value.kind] == [Kind::Figure; 2];
                figures && !is_parted(last, next) && !starts_with_currency(&next.text)
            }
            Some(value) => near && !value.far && !self.leads(),
            None => near,
        }
    }

    /// Whether it ends with the dots that lead to what stands at their right.
    fn leads(&self) -> bool {
        let dots = |word: &Word| word.text.chars().all(|c| c == '.');
        match &self.words[..] {
            [.., before, last] if dots(last) => last.text.len() > 1 || dots(before),
            [.., last] => last.text.ends_with(".."),
            [] => false,
        }
    }

    /// Adds words behind it.
    pub fn append(&mut self, words: &[Word]) {
        self.words.extend_from_slice(words);
        self.kind = if self.is_value() { kind(&self.text()) } else { Kind::Text };
    }

    /// Parts words from the amount behind them, if the piece ends with one that is printed as amounts are: more than a few digits.
    pub fn parted(&self) -> Option<(Piece, Piece)> {
        let start = (1..self.words.len()).find(|&at| {
            let value = Value::at(&self.words, at, &[]).filter(|value| value.end == self.words.len());
            value.is_some_and(|value| value.kind == Kind::Figure)
        })?;
        let (label, amount) = self.words.split_at(start);
        let label = Piece { words: label.to_vec(), kind: Kind::Text };
        let amount = Piece { words: amount.to_vec(), kind: Kind::Figure };
        amount.text().contains(|c| is_currency_sign(c) || matches!(c, ',' | '.' | '(')).then_some((label, amount))
    }
}

impl Piece {
    /// Parts the figure that it starts with from the words behind it.
    pub fn parted_behind(&self) -> Option<(Piece, Piece)> {
        let value =
            Value::at(&self.words, 0, &[]).filter(|value| self.kind == Kind::Text && value.end < self.words.len())?;
        let (figure, text) = self.words.split_at(value.end);
        Some((Piece { words: figure.to_vec(), kind: value.kind }, Piece { words: text.to_vec(), kind: Kind::Text }))
    }
}

/// Whether a text is a number of one or two digits in brackets: (3).
pub(super) fn is_small_number(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.is_some_and(|inner| (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word may be part of a value: letters are none but for those of a currency.
fn may_be_of_value(text: &str) -> bool {
    let first = text.chars().next().unwrap_or('a');
    let word = || kind(text) != Kind::Text || text.ends_with(is_currency_sign) || POINTS.contains(&text);
    !first.is_alphabetic() || text.len() <= 4 && word()
}

/// Whether a text that is no value may become one with what follows: signs before a figure, or a bracket that closes later.
fn may_go_on(text: &str) -> bool {
    let inner = text.strip_prefix("US").unwrap_or(text);
    let rest = inner.trim_start_matches(is_opening);
    let open = text.contains(['(', '（']) && !text.contains([')', '）']);
    let closed = || kind(&format!("{text})")) == Kind::Figure;
    if rest.is_empty() { text.contains(is_sign) } else { open && closed() }
}

fn closes(text: &str) -> bool {
    matches!(text, ")" | "%" | ")%" | "）") || POINTS.contains(&text)
}

/// What points are printed in.
const POINTS: [&str; 4] = ["bps", "bp", "pts", "pp"];

/// Whether a character may stand far before its figure: a dash is a value of its own.
fn is_sign(c: char) -> bool {
    is_currency_sign(c) || matches!(c, '(' | '（' | '△' | '▲')
}

fn starts_with_currency(text: &str) -> bool {
    text.strip_prefix("US").unwrap_or(text).starts_with(is_currency_sign)
}

/// Whether a character may stand before the digits of a figure.
pub(super) fn is_opening(c: char) -> bool {
    is_sign(c) || matches!(c, '-' | '−' | '–' | '+' | ' ')
}

/// Whether a character may stand behind the digits of a figure.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, ')' | '）' | '%' | '％' | '‰' | '*' | ' ' | '⁰'..='⁹' | '¹' | '²' | '³')
}

/// What a text is.
pub(super) fn kind(text: &str) -> Kind {
    if is_nothing(text) {
        return Kind::Nothing;
    }
    let text = POINTS.iter().find_map(|points| text.strip_suffix(points)).unwrap_or(text);
    let inner = text.strip_prefix("US").unwrap_or(text).trim_start_matches(is_opening);
    let inner = inner.trim_end_matches(is_closing);
    let brackets = |open: [char; 2]| text.matches(open).count();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_number = inner.chars().all(|c| is_digit(c) || matches!(c, ',' | '.' | '，' | '\u{a0}'))
        && inner.starts_with(|c: char| is_digit(c) || c == '.')
        && inner.ends_with(is_digit);
    // 1) numbers an item.
    if is_number && brackets(['(', '（']) == brackets([')', '）']) { Kind::Figure } else { Kind::Text }
}

fn is_nothing(text: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '─' | '$' | ' ' | '%');
    !text.is_empty() && text.chars().all(is_dash) && text.contains(['-', '–', '—', '−', '─'])
        || ["n/a", "na", "nm", "n.m.", "n.a."].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_notes_are_numbers_in_brackets() {
        let told = ["(1)", "(12)", "()", "(123)", "(a)", "1)", "（1）"].map(is_small_number);
        assert_eq!(told, [true, true, false, false, false, false, false]);
    }

    #[test]
    fn a_value_has_few_words() {
        // They touch, so that they are digits of one figure as far as their places tell.
        let word = |at: Length| Word::between("1", 500 * at, 500 * at + 500);
        let line = Line::of((0..40).map(word).collect());
        assert_eq!(pieces(&line, &[]).iter().map(|piece| piece.kind).collect::<Vec<_>>(), [Kind::Figure; 1]);
        assert_eq!(Value::at(&line.words, 0, &[]).map(|value| value.end), Some(MOST_WORDS));
    }
}
