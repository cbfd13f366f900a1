//! What detectors found in the parts of a report, kept until its next check.

use super::paragraphs::Paragraph;
use super::{Claim, tables};
use crate::check::culprit;
use crate::document::Language;
use crate::figure::{Rounding, table};
use crate::kept::Store;

/// What was found in a report at its last check.
#[derive(Debug, Default)]
pub struct Kept {
    given: Option<Given>,
    /// What was read of its tables.
    pub read: table::Kept,
    /// Its paragraphs.
    pub paragraphs: Store<Paragraph>,
    /// Its tables.
    pub tables: Store<tables::Known>,
    /// Whom its checks blame.
    pub blames: culprit::Kept,
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

/// What detectors found in a part of a report, and where it stood then.
#[derive(Debug)]
pub struct Found {
    /// The index of its first figure.
    figure: usize,
    /// Its first byte in the document's text.
    start: u32,
    /// What they claim.
    claims: Vec<Claim>,
    /// Whether it was too large to be gone through whole.
    pub too_large: bool,
}

impl Kept {
    /// Forgets everything where not the same is given as at the last check.
    pub fn expect(&mut self, given: &Given) {
        if self.given.as_ref() != Some(given) {
            let read = std::mem::take(&mut self.read);
            *self = Self { given: Some(given.clone()), read, ..Self::default() };
        }
    }
}

impl Found {
    /// What was claimed of a part that is known by a number.
    pub fn new(figure: usize, start: u32, claims: Vec<Claim>, too_large: bool, number: Option<u64>) -> Self {
        let kept = |(at, claim)| Claim { kept: number.map(|number| (number, at)), ..claim };
        Self { figure, start, claims: (0..).zip(claims).map(kept).collect(), too_large }
    }

    /// What was found of a rule, where the part's first figure and its first byte are these now.
    pub fn claims(&self, rule: (u32, u32), figure: usize, start: u32) -> impl Iterator<Item = Claim> + '_ {
        let figures = (figure as u32).wrapping_sub(self.figure as u32);
        let bytes = start.wrapping_sub(self.start);
        let own = self.claims.iter().filter(move |claim| claim.id == rule);
        own.map(move |claim| claim.clone().moved(figures, bytes))
    }
}
