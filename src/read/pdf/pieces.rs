//! Lines become pieces: words that stand together, as the cells of a table do.

use super::lines::{Line, is_parted};
use super::measure::Length;
use super::words::{Word, hundredths};

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

/// How far a currency sign may stand before its figure.
const FAR: Length = 1200;

impl Piece {
    pub fn x0(&self) -> Length {
        self.words.first().map_or(0, |word| word.x0)
    }

    pub fn x1(&self) -> Length {
        self.words.iter().map(|word| word.x1).max().unwrap_or(0)
    }

    pub fn width(&self) -> Length {
        self.x1() - self.x0()
    }

    pub fn middle(&self) -> Length {
        (self.x0() + self.x1()) / 2
    }

    pub fn text(&self) -> String {
        Line::of(self.words.clone()).text()
    }

    /// Whether it stands where figures stand.
    pub fn is_value(&self) -> bool {
        self.kind != Kind::Text
    }

    fn of(words: Vec<Word>) -> Self {
        let mut piece = Piece { words, kind: Kind::Text };
        piece.kind = kind(&piece.text());
        piece
    }
}

/// The pieces of a line. They end at each of the places `walls`, too.
pub(super) fn pieces(line: &Line, walls: &[Length]) -> Vec<Piece> {
    let mut pieces: Vec<Vec<Word>> = Vec::new();
    for (i, word) in line.words.iter().enumerate() {
        let goes_on = i > 0 && go_together(&line.words, i, walls);
        match pieces.last_mut() {
            Some(piece) if goes_on => piece.push(word.clone()),
            _ => pieces.push(vec![word.clone()]),
        }
    }
    pieces.into_iter().map(Piece::of).collect()
}

/// Whether the word `i` of a line goes on with the one before it.
fn go_together(words: &[Word], i: usize, walls: &[Length]) -> bool {
    let (a, b) = (&words[i - 1], &words[i]);
    let gap = b.x0 - a.x1;
    let size = a.size.min(b.size);
    if walls.iter().any(|&wall| a.middle() < wall && wall <= b.middle()) {
        return false;
    }
    let is_sign =
        |text: &str| matches!(text, "$" | "€" | "£" | "¥" | "￥" | "(" | "($" | "-$" | "$(" | "US$" | "△" | "▲");
    let ends = |text: &str| matches!(text, ")" | "%" | ")%" | "）");
    let (left, right) = (kind(&a.text), kind(&b.text));
    if is_sign(&a.text) && right == Kind::Figure || ends(&b.text) && left == Kind::Figure {
        return gap <= hundredths(size, FAR);
    }
    if is_sign(&b.text) && words.get(i + 1).is_some_and(|next| kind(&next.text) == Kind::Figure) {
        return !is_parted(a, b) || kind(&a.text) == Kind::Text && gap <= hundredths(size, GAP);
    }
    // Two figures with a blank between them are two.
    let values = left != Kind::Text && right != Kind::Text;
    if values && is_parted(a, b) {
        return false;
    }
    gap <= hundredths(size, GAP)
}

/// What a text is.
pub(super) fn kind(text: &str) -> Kind {
    if is_nothing(text) {
        return Kind::Nothing;
    }
    let opening =
        |c: char| matches!(c, '$' | '€' | '£' | '¥' | '￥' | '(' | '（' | '-' | '−' | '–' | '+' | '△' | '▲' | ' ');
    let inner = text.strip_prefix("US").unwrap_or(text).trim_start_matches(opening);
    let closing = |c: char| matches!(c, ')' | '）' | '%' | '％' | '‰' | '*' | ' ' | '⁰'..='⁹' | '¹' | '²' | '³');
    let inner = inner.trim_end_matches(closing);
    let brackets = |open: [char; 2]| text.matches(open).count();
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_number = inner.chars().all(|c| is_digit(c) || matches!(c, ',' | '.' | '，'))
        && inner.starts_with(|c: char| is_digit(c) || c == '.')
        && inner.ends_with(is_digit);
    // 1) numbers an item.
    if is_number && brackets(['(', '（']) == brackets([')', '）']) { Kind::Figure } else { Kind::Text }
}

fn is_nothing(text: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '─' | '$' | ' ' | '%');
    !text.is_empty() && text.chars().all(is_dash) && text.contains(['-', '–', '—', '−', '─'])
        || matches!(text.to_ascii_lowercase().as_str(), "n/a" | "na" | "nm" | "n.m." | "n.a.")
}
