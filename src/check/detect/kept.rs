//! What was found in the parts of a report, kept until its next check by all that is read of each part: nearly all of them are as
//! they were then.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::paragraphs::Paragraph;
use super::{Claim, tables};
use crate::document::Language;
use crate::figure::Rounding;

/// What was found in a report at its last check.
#[derive(Debug, Default)]
pub struct Kept {
    given: Option<Given>,
    /// Its paragraphs.
    pub paragraphs: Store<Paragraph>,
    /// Its tables.
    pub tables: Store<tables::Known>,
}

/// What findings follow from beside the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// By rule file: whether it is wanted.
    pub files: Vec<bool>,
    /// How the report rounds.
    pub rounding: Rounding,
    /// The language of messages.
    pub language: Language,
}

/// What was found in each part, by its content, as long as every check meets it again.
#[derive(Debug)]
pub struct Store<T> {
    /// With the last check in which it was met.
    known: FxHashMap<Box<[u8]>, (u64, Arc<T>)>,
    check: u64,
}

/// What detectors found in a part of a report, and where it stood then.
#[derive(Debug)]
pub struct Found {
    /// The index of its first figure.
    pub figure: usize,
    /// Its first byte in the document's text.
    pub start: u32,
    /// What they claim.
    pub claims: Vec<Claim>,
    /// Whether it was too large to be gone through whole.
    pub too_large: bool,
}

impl Kept {
    /// Forgets everything where not the same is given as at the last check.
    pub fn expect(&mut self, given: &Given) {
        if self.given.as_ref() != Some(given) {
            *self = Self { given: Some(given.clone()), ..Self::default() };
        }
    }
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), check: 0 }
    }
}

impl<T: Default> Store<T> {
    /// What is known of a part with this content; nothing yet, where the last check did not meet it.
    pub fn of(&mut self, content: &[u8]) -> Arc<T> {
        if let Some((check, known)) = self.known.get_mut(content) {
            *check = self.check;
            return known.clone();
        }
        let new = Arc::<T>::default();
        self.known.insert(content.into(), (self.check, new.clone()));
        new
    }

    /// Forgets what was not met since this was called last.
    pub fn forget_others(&mut self) {
        let now = self.check;
        self.known.retain(|_, (check, _)| *check == now);
        self.check += 1;
    }
}

impl Found {
    /// What was found of a rule, where the part's first figure and its first byte are these now.
    pub fn claims(&self, rule: (u32, u32), figure: usize, start: u32) -> impl Iterator<Item = Claim> + '_ {
        let figures = (figure as u32).wrapping_sub(self.figure as u32);
        let bytes = start.wrapping_sub(self.start);
        let own = self.claims.iter().filter(move |claim| claim.id == rule);
        own.map(move |claim| claim.clone().moved(figures, bytes))
    }
}
