//! Choosing patterns by the text around a figure: the cost of a report hardly grows with the number of rules.

use rustc_hash::FxHashMap;

use crate::text::{self, CharSet};

/// How many folded characters of a literal take part in its key.
const KEY_CHARS: usize = 8;

/// Patterns by the literal that stands right before (or after) one of their figures.
#[derive(Debug, Default)]
pub struct Index {
    patterns: FxHashMap<u64, Vec<u32>>,
    /// The characters that keys start with: most look-ups end at the first one.
    firsts: CharSet,
    /// A bit for every key and everything that a key starts with: the other look-ups end at the second or third.
    filter: Vec<u64>,
    /// Bit n: there is a key of n characters.
    lengths: u32,
}

impl Index {
    /// Adds a pattern under a literal, the character nearest to the figure first.
    pub fn add(&mut self, literal: impl Iterator<Item = char>, pattern: u32) {
        let mut key = Key::default();
        self.filter.resize(FILTER_WORDS, 0);
        for c in literal.take(KEY_CHARS) {
            if key.length == 0 {
                self.firsts.insert(c);
            }
            key.push(c);
            self.filter[key.word()] |= key.bit();
        }
        self.lengths |= 1 << key.length;
        self.patterns.entry(key.finish()).or_default().push(pattern);
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.lengths == 0
    }

    /// The patterns whose key fits the characters of a text, the one nearest to the figure first. That their whole literal
    /// stands there is for the matcher to see.
    pub fn look_up(&self, text: impl Iterator<Item = char>, mut found: impl FnMut(u32)) {
        if self.is_empty() {
            return;
        }
        let mut key = Key::default();
        for c in text.filter_map(text::fold).take(KEY_CHARS) {
            key.push(c);
            if self.filter[key.word()] & key.bit() == 0 {
                return;
            }
            if self.lengths >> key.length & 1 == 1
                && let Some(patterns) = self.patterns.get(&key.finish())
            {
                patterns.iter().copied().for_each(&mut found);
            }
        }
    }

    /// Whether a key may start with the character at byte `at` of a text, and that character's length; to be asked before
    /// [`Index::look_up`], which costs more.
    #[inline]
    pub fn may_start_at(&self, text: &str, at: usize) -> (bool, usize) {
        match text.as_bytes()[at..] {
            [a @ FIRST_HAN..=LAST_HAN, b, c, ..] => (self.firsts.contains_three(a, b, c), 3),
            _ => text[at..].chars().next().map_or((false, 1), |c| (self.may_start(c), c.len_utf8())),
        }
    }

    /// Whether a key may start with the character that ends a text.
    #[inline]
    pub fn may_start_before(&self, text: &str) -> bool {
        match *text.as_bytes() {
            [.., a @ FIRST_HAN..=LAST_HAN, b, c] => self.firsts.contains_three(a, b, c),
            _ => text.chars().next_back().is_some_and(|c| self.may_start(c)),
        }
    }

    fn may_start(&self, c: char) -> bool {
        text::fold(c).map_or(!self.is_empty(), |c| self.firsts.contains(c) || c as u32 > 0xffff)
    }
}

const FILTER_WORDS: usize = 1024;

/// The first bytes of Chinese characters; all characters that start with one of these have three bytes and fold to themselves.
const FIRST_HAN: u8 = 0xe4;
const LAST_HAN: u8 = 0xe9;

/// A hash that grows by a character at a time.
#[derive(Default)]
struct Key {
    hash: u64,
    length: u32,
}

impl Key {
    fn push(&mut self, c: char) {
        self.hash = (self.hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.length += 1;
    }

    fn finish(&self) -> u64 {
        self.hash ^ u64::from(self.length)
    }

    fn word(&self) -> usize {
        (self.hash >> 32) as usize % FILTER_WORDS
    }

    fn bit(&self) -> u64 {
        1 << (self.hash >> 58)
    }
}
