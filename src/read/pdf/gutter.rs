//! Gutters: the strips between columns of prose, clear of words over many lines.

use super::lines::{Line, is_wide};
use super::measure::{Length, POINT};
use super::words::{Word, hundredths};

/// A strip of a page that words keep clear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gutter {
    pub x0: Length,
    pub x1: Length,
}

/// So many lines leave a strip clear that may be a gutter, and so many make a block of prose.
const FEWEST: usize = 4;

impl Gutter {
    pub fn middle(&self) -> Length {
        (self.x0 + self.x1) / 2
    }

    /// Whether a word stands in its midst.
    fn is_crossed(&self, word: &Word) -> bool {
        let edge = (self.x1 - self.x0) / 4;
        word.x0 < self.x1 - edge && word.x1 > self.x0 + edge
    }

    /// The words of a line at both sides; `None`: some stand in its midst.
    pub fn sides<'l>(&self, line: &'l Line) -> Option<[&'l [Word]; 2]> {
        if line.words.iter().any(|word| self.is_crossed(word)) {
            return None;
        }
        let (left, right) = line.words.split_at(line.words.partition_point(|word| word.middle() < self.middle()));
        Some([left, right])
    }
}

/// The strips that may be gutters of some lines, those that most lines keep clear of first.
pub(super) fn strips(lines: &[Line]) -> Vec<Gutter> {
    const MOST: usize = 8;
    let start = lines.iter().map(Line::x0).min().unwrap_or(0);
    let end = lines.iter().map(Line::x1).max().unwrap_or(0);
    let mut clear = clear(lines, start, end);
    let mut strips = Vec::new();
    while strips.len() < MOST {
        let Some((best, &most)) = clear.iter().enumerate().rev().max_by_key(|(_, count)| **count) else { break };
        if most < FEWEST {
            break;
        }
        let is_clear = |count: &&usize| **count * 10 >= most * 9;
        let first = best - clear[..best].iter().rev().take_while(is_clear).count();
        let last = best + clear[best..].iter().take_while(is_clear).count();
        let place = |at: usize| start + at as Length * POINT;
        strips.push(Gutter { x0: place(first), x1: place(last) });
        clear[first..last].fill(0);
    }
    strips
}

/// How many lines have a gap at each place between two others, by points.
fn clear(lines: &[Line], start: Length, end: Length) -> Vec<usize> {
    const WIDEST: Length = 5000 * POINT;
    const LEAST: Length = 60;
    let places = ((end - start).clamp(0, WIDEST) / POINT) as usize + 1;
    let mut changes = vec![0isize; places + 1];
    for (at, line) in lines.iter().enumerate() {
        let mut reach = None;
        for word in beside(lines, at) {
            if let Some(reach) = reach.filter(|&reach| word.x0 - reach >= hundredths(line.size, LEAST)) {
                let place = |x: Length| (((x - start) / POINT).max(0) as usize).min(places);
                let (first, last) = (place(reach + POINT - 1), place(word.x0));
                if first < last {
                    changes[first] += 1;
                    changes[last] -= 1;
                }
            }
            reach = Some(reach.unwrap_or(Length::MIN).max(word.x1));
        }
    }
    let mut count = 0;
    let counts = changes[..places].iter().map(|change| {
        count += change;
        count.max(0) as usize
    });
    counts.collect()
}

/// The words of a line, and those that stand beside it a little higher or lower, as those of another column do; from left to right.
fn beside(lines: &[Line], at: usize) -> Vec<&Word> {
    const NEAR: Length = 70;
    let line = &lines[at];
    let is_near = |other: &&Line| (other.y - line.y).abs() < hundredths(line.size, NEAR);
    let above = lines[..at].iter().rev().take_while(is_near);
    let below = lines[at..].iter().take_while(is_near);
    let mut words: Vec<&Word> = above.chain(below).flat_map(|line| &line.words).collect();
    words.sort_by_key(|word| word.x0);
    words
}

/// Which of some lines hold prose at the left of a strip, and which at the right: they belong to blocks of lines that go on in each other.
pub(super) fn prose(lines: &[Line], gutter: &Gutter) -> [Vec<bool>; 2] {
    let sides: Vec<_> = lines.iter().map(|line| gutter.sides(line)).collect();
    [0, 1].map(|side| {
        let mut is_prose = vec![false; lines.len()];
        let mut block: Vec<usize> = Vec::new();
        let words = |at: usize| sides[at].map_or(&[][..], |sides| sides[side]);
        for (at, line) in lines.iter().enumerate() {
            if sides[at].is_some() && words(at).is_empty() {
                continue;
            }
            let goes_on = block.last().is_some_and(|&last| {
                let is_near = line.y - lines[last].y <= 2 * line.size.max(lines[last].size);
                is_near && is_text(words(last))
            });
            if !goes_on || sides[at].is_none() {
                mark(&std::mem::take(&mut block), words, &mut is_prose);
            }
            if sides[at].is_some() && (goes_on || is_text(words(at))) {
                block.push(at);
            }
        }
        mark(&block, words, &mut is_prose);
        is_prose
    })
}

/// Marks the lines of a block that is prose: of a good part of its lines, the words go on with those of the line before.
fn mark<'w>(block: &[usize], words: impl Fn(usize) -> &'w [Word], is_prose: &mut [bool]) {
    let end = block.iter().filter_map(|&at| words(at).last()).map(|word| word.x1).max().unwrap_or(0);
    let goes_on = |pair: &&[usize]| {
        let (Some(last), Some(first)) = (words(pair[0]).last(), words(pair[1]).first()) else { return false };
        let is_full = last.x1 + 5 * last.size / 2 >= end;
        let first = first.text.chars().next().unwrap_or(' ');
        first.is_lowercase() || is_full && first.is_alphabetic() && !first.is_uppercase()
    };
    let count = block.windows(2).filter(goes_on).count();
    if block.len() >= FEWEST && count * 10 >= (block.len() - 1) * 3 {
        block.iter().for_each(|&at| is_prose[at] = true);
    }
}

/// Whether words may be a line of prose: some of them stand together, most of their characters are letters.
fn is_text(words: &[Word]) -> bool {
    const LEAST: usize = 20;
    const GAP: Length = 150;
    let is_near = |a: &Word, b: &Word| b.x0 - a.x1 <= hundredths(a.size.max(b.size), GAP);
    words.chunk_by(is_near).any(|words| {
        let chars = || words.iter().flat_map(|word| word.text.chars());
        let width = |c: char| if is_wide(c) { 2 } else { 1 };
        let letters: usize = chars().filter(|c| c.is_alphabetic()).map(width).sum();
        let all: usize = chars().map(width).sum();
        letters >= LEAST && letters * 3 >= all * 2 && (words.len() > 2 || chars().any(is_wide))
    })
}
