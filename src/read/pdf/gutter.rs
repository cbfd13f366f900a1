//! Gutters: the strips between columns of prose, clear of words over many lines.

use super::super::marks;
use super::lines::{Line, is_wide};
use super::measure::{Area, Length, POINT};
use super::pieces;
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

    /// The words of a line at both sides; `None`: some stand in its midst, or one of the `grids` of tables goes across it there.
    pub fn sides<'l>(&self, line: &'l Line, grids: &[Area]) -> Option<[&'l [Word]; 2]> {
        let height = line.y - line.size / 3;
        let is_over =
            |grid: &Area| (grid.y0..=grid.y1).contains(&height) && grid.x0 < self.middle() && self.middle() < grid.x1;
        if line.words.iter().any(|word| self.is_crossed(word)) || grids.iter().any(is_over) {
            return None;
        }
        let (left, right) = line.words.split_at(line.words.partition_point(|word| word.middle() < self.middle()));
        Some([left, right])
    }
}

/// The strips that may be gutters of some lines, those that most lines keep clear of first.
pub(super) fn strips(lines: &[Line]) -> Vec<Gutter> {
    const MOST: usize = 24;
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
        let strip = Gutter { x0: place(first), x1: place(last) };
        clear[first..last].fill(0);
        // At the edge hang the numbers of items.
        let least = (end - start) / 10;
        if strip.x0 - start >= least && end - strip.x1 >= least {
            strips.push(strip);
        }
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

/// The words of a line and of those at nearly the same height, such as lines of another column; from left to right.
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

/// What stands at one side of a strip, by lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// What may be the cells of a table.
    Cells,
    /// Lines set on their own, at other heights than those beside them: a note in the margin.
    Apart,
    /// A block of lines that go on in each other.
    Prose,
}

/// What lines hold at the left of a strip, and what at the right.
pub(super) fn sets(lines: &[Line], gutter: &Gutter, grids: &[Area]) -> [Vec<Set>; 2] {
    let sides: Vec<_> = lines.iter().map(|line| gutter.sides(line, grids)).collect();
    [0, 1].map(|side| {
        let mut sets = vec![Set::Cells; lines.len()];
        let words = |at: usize| sides[at].map_or(&[][..], |sides| sides[side]);
        let beside = |at: usize| sides[at].map_or(&[][..], |sides| sides[1 - side]);
        // Labels that go over several lines stand beside figures.
        let are_labels =
            |block: &[usize]| 4 * block.iter().filter(|&&at| are_values(beside(at))).count() >= block.len();
        let is_near = |a: &usize, b: &usize| lines[*b].y - lines[*a].y <= 2 * lines[*a].size.max(lines[*b].size);
        let filled: Vec<usize> = (0..lines.len()).filter(|&at| sides[at].is_none() || !words(at).is_empty()).collect();
        let blocks = filled.split(|&at| sides[at].is_none()).flat_map(|run| run.chunk_by(is_near));
        for block in blocks {
            if are_apart(block, lines, words, beside) && !are_labels(block) {
                block.iter().for_each(|&at| sets[at] = Set::Apart);
            }
            // A line that is no text may end a paragraph.
            for part in block.chunk_by(|&a, _| is_text(words(a))) {
                if is_prose(part, words) && !are_labels(part) && !are_labels(block) {
                    part.iter().for_each(|&at| sets[at] = Set::Prose);
                }
            }
        }
        sets
    })
}

/// Whether the lines of a block stand at other heights than the words beside them.
fn are_apart<'w>(
    block: &[usize],
    lines: &[Line],
    words: impl Fn(usize) -> &'w [Word],
    beside: impl Fn(usize) -> &'w [Word],
) -> bool {
    let height = |words: &[Word]| words.first().map(|word| word.y);
    let is_aligned = |&&at: &&usize| {
        let slack = lines[at].size / 20;
        height(words(at)).zip(height(beside(at))).is_some_and(|(own, other)| (own - other).abs() <= slack)
    };
    // Something stands beside it, above its last line and below its first.
    let around = block.first().zip(block.last()).map_or(0..0, |(&first, &last)| first..last + 1);
    let count = around.filter(|&at| !beside(at).is_empty()).count();
    let has_words =
        |&&at: &&usize| words(at).iter().any(|word| word.text.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let worded = block.iter().filter(has_words).count();
    let aligned = block.iter().filter(is_aligned).count();
    let is_set = block.len() >= FEWEST && are_flush(block, &words);
    is_set && count >= FEWEST && worded * 4 >= block.len() * 3 && aligned * 3 <= block.len()
}

/// Whether words are figures, and nothing else.
pub(super) fn are_values(words: &[Word]) -> bool {
    let line = Line::of(words.to_vec());
    !words.is_empty() && pieces::pieces(&line, &[]).iter().all(|piece| piece.is_value())
}

/// Whether a block of lines is prose: in a good part of its lines, the words go on with those of the line before, and sentences have
/// their commas and stops.
fn is_prose<'w>(block: &[usize], words: impl Fn(usize) -> &'w [Word]) -> bool {
    let end = block.iter().filter_map(|&at| words(at).last()).map(|word| word.x1).max().unwrap_or(0);
    let goes_on = |pair: &&[usize]| {
        let (Some(last), Some(first)) = (words(pair[0]).last(), words(pair[1]).first()) else { return false };
        // Where letters have no case, a full line alone tells.
        let is_full = last.x1 + 2 * last.size >= end && !last.text.ends_with(['。', '.', '；', '：', ':']);
        let is_numbered = || marks::mark(&first.text).is_some();
        let first_letter = first.text.chars().next().unwrap_or(' ');
        let is_caseless = first_letter.is_alphabetic() && !first_letter.is_uppercase();
        first_letter.is_lowercase() || is_full && is_caseless && !is_numbered()
    };
    let is_stopped = |word: &Word| {
        word.text.ends_with([',', '.', ';', ':', '?', '!']) || word.text.contains(['，', '。', '；', '：', '？', '！'])
    };
    let running = block.windows(2).filter(goes_on).count();
    let stopped = block.iter().filter(|&&at| words(at).iter().any(is_stopped)).count();
    // Lists of works have a comma or a stop in most lines.
    let is_running = running * 10 >= (block.len() - 1) * 3 && stopped * 4 >= block.len();
    block.len() >= FEWEST
        && are_flush(block, &words)
        && (is_running || running * 10 >= block.len() - 1 && stopped * 3 >= block.len() * 2)
}

/// Whether most lines of a block start below each other, as those of titles in the middle of a column do not.
fn are_flush<'w>(block: &[usize], words: impl Fn(usize) -> &'w [Word]) -> bool {
    let mut starts: Vec<(Length, Length)> =
        block.iter().filter_map(|&at| words(at).first()).map(|word| (word.x0, word.size)).collect();
    starts.sort_unstable();
    let aligned = starts.chunk_by(|a, b| b.0 - a.0 <= a.1 / 5).map(<[_]>::len).max().unwrap_or(0);
    aligned * 2 >= block.len()
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

/// Whether some lines may be set in columns: prose stands at one side of a strip.
pub(super) fn may_part(lines: &[Line]) -> bool {
    strips(lines).iter().any(|strip| sets(lines, strip, &[]).iter().any(|side| side.contains(&Set::Prose)))
}
