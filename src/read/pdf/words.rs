//! Glyphs become words: what is printed without a gap.

use rustc_hash::FxHashMap;

use super::super::raised;
use super::glyph::Glyph;
use super::lines::is_wide;
use super::measure::Length;
use crate::text::is_currency_sign;

/// Glyphs without a gap between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub x0: Length,
    pub x1: Length,
    /// The baseline.
    pub y: Length,
    /// The size of the font.
    pub size: Length,
    pub bold: bool,
    /// Where it may be parted, because two texts of the page meet there: bytes of `text`, and places.
    pub joints: Vec<(usize, Length)>,
    /// The number of its line on the page, once lines are known.
    pub line: u32,
    /// Which text of the page its last glyph came with.
    show: u32,
    /// How much further away than its width its last glyph set the next one, if that only spaces letters out.
    space: Length,
}

/// The words of a page, in the order in which they were printed.
pub(super) fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut printed = Printed::default();
    for glyph in glyphs.iter().filter(|glyph| glyph.size > 0) {
        if printed.is_again(glyph) {
            continue;
        }
        match words.last_mut() {
            Some(word) if word.goes_on(glyph) => word.add(glyph),
            _ => words.push(Word::of(glyph)),
        }
    }
    words
}

/// A gap that is wider parts words, in hundredths of the font's size. A blank is wider than 20 in every font, and kerning
/// is narrower than 10.
const GAP: Length = 12;

/// The space that the text leaves behind a glyph, if it only spaces its letters out. What is set further apart stands in columns.
fn spaced_out(glyph: &Glyph) -> Length {
    let most = if is_wide(glyph.c) { 130 } else { 60 };
    if glyph.space <= hundredths(glyph.size, most) { glyph.space.max(0) } else { 0 }
}

/// `part` hundredths of a length.
pub(super) fn hundredths(length: Length, part: Length) -> Length {
    length / 100 * part + length % 100 * part / 100
}

impl Word {
    /// A word of ten points that stands between two places.
    #[cfg(test)]
    pub fn between(text: &str, x0: Length, x1: Length) -> Self {
        Word { text: text.into(), x0, x1, size: 1000, ..Word::default() }
    }

    fn of(glyph: &Glyph) -> Self {
        let &Glyph { c, x0, x1, y, size, bold, show, .. } = glyph;
        Word { text: c.into(), x0, x1, y, size, bold, joints: Vec::new(), line: 0, show, space: spaced_out(glyph) }
    }

    fn goes_on(&self, glyph: &Glyph) -> bool {
        const STEP: Length = 8;
        const BACK: Length = -35;
        let size = self.size.min(glyph.size);
        let part = |part: Length| hundredths(size, part);
        (self.y - glyph.y).abs() <= part(STEP)
            && hundredths(self.size.max(glyph.size), 85) <= size
            && (part(BACK)..=part(GAP) + self.space).contains(&(glyph.x0 - self.x1))
            && !self.ends_before(glyph.c)
    }

    fn add(&mut self, glyph: &Glyph) {
        if glyph.show != self.show {
            self.joints.push((self.text.len(), (self.x1 + glyph.x0) / 2));
        }
        self.text.push(glyph.c);
        self.x1 = self.x1.max(glyph.x1);
        self.bold &= glyph.bold;
        (self.show, self.space) = (glyph.show, spaced_out(glyph));
    }

    /// Whether a character starts a word however close it stands: a currency behind a figure or a dash, an amount behind dots that lead
    /// to it.
    fn ends_before(&self, c: char) -> bool {
        let currency = is_currency_sign(c);
        let behind = |last: char| last.is_ascii_digit() || matches!(last, ')' | '）' | '%' | '—' | '─');
        currency && self.text.ends_with(behind)
            || (currency || c == '(' || c.is_ascii_digit()) && self.text.ends_with("..")
    }

    /// Whether something printed at `x` would follow without a gap.
    pub fn touches(&self, x: Length) -> bool {
        x - self.x1 <= hundredths(self.size, GAP)
    }

    /// Adds a further part of its figure, the thousands of which are kept apart by blanks; a blank that breaks no figure stands for these.
    pub fn append(&mut self, part: Word) {
        self.text.push('\u{a0}');
        self.text.push_str(&part.text);
        self.x1 = part.x1;
        self.joints.clear();
    }

    /// Adds the rest of its text, which stands behind a gap or at the start of the next line.
    pub fn take_rest(&mut self, rest: &Word) {
        self.text.push_str(&rest.text);
        self.x1 = rest.x1.max(self.x0);
        self.joints.clear();
    }

    /// Makes its digits raised ones, which are no figure's.
    pub fn raise(&mut self) {
        self.text = self.text.chars().map(raised::superscript).collect();
        self.joints.clear();
    }

    /// The middle of its width.
    pub fn middle(&self) -> Length {
        (self.x0 + self.x1) / 2
    }

    /// Parts it at the joint next to the place `x`, if there is one within `slack`.
    pub fn parted(&self, x: Length, slack: Length) -> Option<(Word, Word)> {
        let near = |joint: &&(usize, Length)| (joint.1 - x).abs();
        let &(at, place) = self.joints.iter().min_by_key(near).filter(|joint| near(joint) <= slack)?;
        let mut left = Word { text: self.text[..at].into(), x1: place, ..self.clone() };
        let mut right = Word { text: self.text[at..].into(), x0: place, ..self.clone() };
        left.joints.retain(|joint| joint.0 < at);
        right.joints = self.joints.iter().filter(|joint| joint.0 > at).map(|&(b, x)| (b - at, x)).collect();
        Some((left, right))
    }
}

/// What was printed already: bold letters are sometimes made by printing them twice, a little apart.
#[derive(Default)]
struct Printed {
    /// By character and place, in squares of two points.
    places: FxHashMap<(char, Length, Length), (Length, Length)>,
}

impl Printed {
    fn is_again(&mut self, glyph: &Glyph) -> bool {
        const SQUARE: Length = 200;
        let slack = hundredths(glyph.size, 10);
        let (x, y) = (glyph.x0.div_euclid(SQUARE), glyph.y.div_euclid(SQUARE));
        let near = [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (glyph.c, x + dx, y + dy)));
        let is_there = |place: (char, Length, Length)| {
            let there = self.places.get(&place);
            there.is_some_and(|&(x, y)| (x - glyph.x0).abs() <= slack && (y - glyph.y).abs() <= slack)
        };
        let again = near.into_iter().any(is_there);
        self.places.insert((glyph.c, x, y), (glyph.x0, glyph.y));
        again
    }
}
