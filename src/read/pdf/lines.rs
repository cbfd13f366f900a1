//! Words become lines.

use super::super::raised;
use super::measure::{Area, Length};
use super::pieces;
use super::sound;
use super::thousands;
use super::words::{Word, hundredths};

/// A line: words from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub words: Vec<Word>,
    /// The baseline.
    pub y: Length,
    /// The size of its letters.
    pub size: Length,
    /// Its number on the page, from 1.
    pub number: u32,
}

/// The lines that words make, from top to bottom; what is raised in them is not told yet.
pub(super) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by_key(|word| (word.y, word.x0));
    let same = |a: &Word, b: &Word| b.y - a.y <= hundredths(a.size.min(b.size), 10);
    let mut lines: Vec<Line> = Vec::new();
    let mut group: Vec<Word> = Vec::new();
    for word in words {
        if group.first().is_some_and(|first| !same(first, &word)) {
            add(&mut lines, std::mem::take(&mut group));
        }
        group.push(word);
    }
    add(&mut lines, group);
    lines.sort_by_key(|line| (line.y, line.x0()));
    lines
}

/// Numbers the lines of a page, from `first` on.
pub(super) fn number(lines: &mut [Line], first: u32) {
    for (number, line) in (first..).zip(lines) {
        line.number = number;
        line.words.iter_mut().for_each(|word| word.line = number);
    }
}

/// Makes figures of lines what they are: raised marks and exponents are none, parts of one figure are put together.
pub(super) fn settle(lines: &mut [Line]) {
    raise_marks(lines);
    lines.iter_mut().for_each(Line::raise);
    sound::mend(lines);
    thousands::join(lines);
}

/// Makes lines of nothing but small numbers in brackets what they are: marks of notes, raised above the words that they belong to.
fn raise_marks(lines: &mut [Line]) {
    for at in 1..lines.len() {
        let (before, rest) = lines.split_at_mut(at);
        let [line, after, ..] = rest else { return };
        let size = before[at - 1].size.min(after.size);
        if line.size <= hundredths(size, 80) && after.y - before[at - 1].y <= 3 * size && line.words.iter().all(is_mark)
        {
            line.words.iter_mut().for_each(Word::raise);
        }
    }
}

fn is_mark(word: &Word) -> bool {
    pieces::is_small_number(&word.text)
}

/// Adds words with one baseline to the line that they belong to.
fn add(lines: &mut Vec<Line>, words: Vec<Word>) {
    for part in without_overlaps(words) {
        let new = Line::of(part);
        // Lines further up are too far away.
        let near = lines.iter_mut().rev().take(4);
        let fitting = near.filter(|line| line.takes(&new)).min_by_key(|line| (line.y - new.y).abs());
        match fitting {
            Some(line) => line.merge(new),
            None => lines.push(new),
        }
    }
}

/// Words of one baseline that are printed over one another belong to lines of their own.
fn without_overlaps(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.sort_by_key(|word| word.x0);
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for word in words {
        // Text is not printed more than a few times over the same place.
        let free = parts.iter_mut().rev().take(8).find(|part| part.last().is_some_and(|last| !overlap(last, &word)));
        match free {
            Some(part) => part.push(word),
            None => parts.push(vec![word]),
        }
    }
    parts
}

/// Whether two words take more of the same room than letters that lean over do.
fn overlap(a: &Word, b: &Word) -> bool {
    a.x1.min(b.x1) - a.x0.max(b.x0) > hundredths(a.size.min(b.size), 35)
}

impl Line {
    /// A line of words that stand in order.
    pub fn of(words: Vec<Word>) -> Self {
        let longest = words.iter().max_by_key(|word| word.text.len());
        let (y, size, number) = longest.map_or((0, 0, 0), |word| (word.y, word.size, word.line));
        Line { words, y, size, number }
    }

    pub fn x0(&self) -> Length {
        self.words.first().map_or(0, |word| word.x0)
    }

    pub fn x1(&self) -> Length {
        self.words.iter().map(|word| word.x1).max().unwrap_or(0)
    }

    /// The same line further to the right.
    pub fn shifted(&self, by: Length) -> Self {
        let mut shifted = self.clone();
        for word in &mut shifted.words {
            (word.x0, word.x1) = (word.x0 + by, word.x1 + by);
        }
        shifted
    }

    /// The room that it takes.
    pub fn area(&self) -> Area {
        let top = self.y - hundredths(self.size, 80);
        Area { x0: self.x0(), y0: top, x1: self.x1().max(self.x0()), y1: self.y + hundredths(self.size, 20) }
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.len()).sum()
    }

    /// Whether words of another baseline belong to this line: they stand a little higher or lower, or are raised marks.
    fn takes(&self, other: &Line) -> bool {
        let (small, large) = (self.size.min(other.size), self.size.max(other.size));
        let far = (self.y - other.y).abs();
        let is_near = far <= hundredths(small, 35) || small <= hundredths(large, 80) && far <= hundredths(large, 50);
        is_near && !self.overlaps(other)
    }

    fn overlaps(&self, other: &Line) -> bool {
        let (mut a, mut b) = (0, 0);
        while let (Some(left), Some(right)) = (self.words.get(a), other.words.get(b)) {
            if overlap(left, right) {
                return true;
            }
            if left.x1 <= right.x1 { a += 1 } else { b += 1 }
        }
        false
    }

    fn merge(&mut self, other: Line) {
        if other.letters() > self.letters() {
            (self.y, self.size) = (other.y, other.size);
        }
        self.words.extend(other.words);
        self.words.sort_by_key(|word| word.x0);
    }

    /// Adds a line on which its last word is wrapped.
    pub fn wrap_on(&mut self, next: &Line) {
        let Some((rest, further)) = next.words.split_first() else { return };
        if let Some(last) = self.words.last_mut() {
            last.take_rest(rest);
        }
        self.words.extend_from_slice(further);
    }

    /// Whether all of it is bold.
    pub fn is_bold(&self) -> bool {
        self.words.iter().all(|word| word.bold)
    }

    /// Its text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 && is_parted(&self.words[i - 1], word) {
                text.push(' ');
            }
            self.push_word(&mut text, word);
        }
        text
    }

    /// Marks raised digits and small note marks, so they never join a figure.
    fn raise(&mut self) {
        let (y, size) = (self.y, self.size);
        let is_raised = |word: &&mut Word| {
            let rise = y - word.y;
            word.size <= hundredths(size, 80) && (rise > hundredths(size, 15) || rise >= 0 && is_mark(word))
        };
        for word in self.words.iter_mut().filter(is_raised) {
            word.raise();
        }
    }

    /// Lowered digits must not become digits of the figure before them.
    fn push_word(&self, text: &mut String, word: &Word) {
        let is_small = word.size <= hundredths(self.size, 80);
        let rise = self.y - word.y;
        if is_small && -rise > hundredths(self.size, 8) {
            for c in word.text.chars() {
                text.push(raised::subscript(text.chars().next_back().unwrap_or(' '), c));
            }
        } else {
            text.push_str(&word.text);
        }
    }
}

/// Whether a blank stands between two words of a line.
pub(super) fn is_parted(a: &Word, b: &Word) -> bool {
    if a.touches(b.x0) {
        return false;
    }
    let (last, first) = (a.text.chars().next_back(), b.text.chars().next());
    let wide = [last, first].into_iter().flatten().filter(|&c| is_wide(c)).count();
    // Chinese characters are set apart without a blank being meant.
    let allowed = [0, 45, 130][wide];
    b.x0 - a.x1 > hundredths(a.size.min(b.size), allowed)
}

/// Whether a character is as wide as it is high: Chinese characters and their punctuation.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}
