//! Words that are sought together, in one pass over a text.

use aho_corasick::{AhoCorasick, MatchKind};

/// Words that are sought together. Looking for all of them costs hardly more than looking for one.
#[derive(Debug)]
pub struct Needles {
    /// `None` is never met: building fails only beyond some billion words.
    first: Option<AhoCorasick>,
    every: Option<AhoCorasick>,
}

impl Needles {
    /// These words; where one starts with another, the one named first is found.
    pub fn new(words: &[&str]) -> Self {
        let first = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words);
        debug_assert!(first.is_ok());
        Self { first: first.ok(), every: None }
    }

    /// These words, each to be found wherever it stands, inside of others too ([`Needles::every`]).
    pub fn overlapping(words: &[&str]) -> Self {
        let every = AhoCorasick::new(words);
        debug_assert!(every.is_ok());
        Self { first: None, every: every.ok() }
    }

    /// Whether any of the words stands in a text.
    pub fn any(&self, text: &str) -> bool {
        self.first.as_ref().is_some_and(|words| words.is_match(text))
    }

    /// Where the words stand in a text, in order: each with its index and its first byte. They do not overlap.
    pub fn found<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let all = self.first.iter().flat_map(move |words| words.find_iter(text));
        all.map(|found| (found.pattern().as_usize(), found.start()))
    }

    /// The indices of the words that stand in a text, each once, in the order in which they were given.
    pub fn every(&self, text: &str) -> Vec<usize> {
        let all = self.every.iter().flat_map(|words| words.find_overlapping_iter(text));
        let mut all: Vec<usize> = all.map(|found| found.pattern().as_usize()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_together() {
        let words = Needles::new(&["一是", "第一", "("]);
        assert!(words.any("其一是"));
        assert!(!words.any("第二是"));
        assert_eq!(words.found("第一(a)，一是").collect::<Vec<_>>(), [(1, 0), (2, 6), (0, 12)]);
    }

    #[test]
    fn words_inside_of_others_are_found() {
        let words = Needles::overlapping(&["同比", "比", "累计"]);
        assert_eq!(words.every("累计同比"), [0, 1, 2]);
        assert_eq!(words.every("计"), [0; 0]);
    }
}
