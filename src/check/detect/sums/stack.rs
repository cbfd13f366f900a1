//! The lines that wait for their total while a table is gone through.

use super::weigh::Part;

/// What is no part of a sum is sought among so many of the nearest lines.
const NEAR: usize = 1 << 12;

/// Signs are tried in windows up to this.
pub const SIGNED: usize = 6;

/// The lines before a line that may be parts of it, nearest last, and what bounds them.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// Lines that no total has used up.
    pub lines: Vec<usize>,
    /// How many of them stand before the last heading whose total is not found yet.
    pub head: usize,
    /// The same for headings further back.
    heads: Vec<usize>,
    /// How many of them there were up to the last total.
    pub closed: usize,
}

impl Stack {
    /// A heading.
    pub fn open(&mut self) {
        if self.head != self.lines.len() {
            self.heads.push(self.head);
            self.head = self.lines.len();
        }
    }

    /// A total took the nearest lines, down to the furthest of its parts: it waits in their place. Headings among them are done,
    /// and the last one if its lines are all taken.
    pub fn use_up(&mut self, parts: &[Part]) {
        let is_part = |line: &usize| parts.iter().any(|(part, _)| part == line);
        let keep = self.lines.iter().position(is_part).unwrap_or(self.lines.len());
        self.lines.truncate(keep);
        while self.head >= keep && self.head > 0 {
            self.head = self.heads.pop().unwrap_or(0);
        }
    }

    /// Whether one of the nearest lines is such as is told.
    pub fn has_near(&self, is_such: impl Fn(usize) -> bool) -> bool {
        self.lines.iter().rev().take(NEAR).any(|&line| is_such(line))
    }

    /// The same without some lines.
    pub fn without(&self, is_left_out: impl Fn(usize) -> bool) -> Self {
        let keeps = |&line: &usize| !is_left_out(line);
        let count = |end: usize| self.lines[..end.min(self.lines.len())].iter().filter(|&line| keeps(line)).count();
        let heads = self.heads.iter().map(|&head| count(head)).collect();
        let lines = self.lines.iter().copied().filter(keeps).collect();
        Self { lines, head: count(self.head), heads, closed: count(self.closed) }
    }

    /// A line waits for its total.
    pub fn push(&mut self, line: usize, closes: bool) {
        self.lines.push(line);
        if closes {
            self.closed = self.lines.len();
        }
    }

    /// What a total may be the sum of by its label alone: the lines since the last total, or since the last heading, which may be an item
    /// of which there is nothing.
    pub fn blocks(&self) -> Vec<&[usize]> {
        let (head, closed) = (self.head.min(self.lines.len()), self.closed.min(self.lines.len()));
        let mut blocks = vec![&self.lines[head.max(closed)..], &self.lines[head.min(closed)..], &self.lines[..]];
        blocks.retain(|block| block.len() > 1);
        blocks.dedup_by_key(|block| block.len());
        blocks
    }

    /// How many lines are looked at to find the readings of one more: a window of them at each probe, signs, and, where the
    /// label asks for them, whole blocks.
    pub fn cost(&self, probes: usize, window: usize, whole: bool) -> usize {
        let window = self.lines.len().min(window) * probes + (1 << self.lines.len().min(SIGNED));
        let blocks: usize = if whole { self.blocks().iter().map(|block| block.len()).sum() } else { 0 };
        window + blocks
    }

    pub fn is_before(&self, line: usize) -> bool {
        self.lines.last().is_some_and(|&last| last < line)
    }

    /// The lines behind the nearest `depth`.
    pub fn beyond(&self, depth: usize) -> Vec<usize> {
        self.lines.iter().rev().skip(depth).take(2).copied().collect()
    }
}
