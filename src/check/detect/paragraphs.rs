//! The paragraphs of a report, with what was found in each.
//!
//! What the words of a paragraph say follows from its text alone, wherever it stands. So it is kept for the next check of the
//! report, in which nearly all paragraphs are as they were, and only those that changed are looked at anew.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::restated::Names;
use super::{Claim, clause};
use crate::check::bind::Reading;
use crate::document::{Block, BlockKind, Document, Language};
use crate::figure::{Class, Figure, Rounding};
use crate::span::Span;

/// What was found in the paragraphs of a report at its last check.
#[derive(Debug, Default)]
pub struct Kept {
    given: Option<Given>,
    checks: u64,
    paragraphs: FxHashMap<Box<str>, Known>,
}

/// What findings follow from beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// By rule file: whether it is wanted.
    pub files: Vec<bool>,
    /// How the report rounds.
    pub rounding: Rounding,
    /// The language of messages.
    pub language: Language,
}

/// A paragraph that is kept.
#[derive(Debug)]
struct Known {
    /// The parts of its text that the format marks as mere numbers.
    ordinals: Vec<Span>,
    paragraph: Arc<Paragraph>,
    /// The last check in which it was there.
    check: u64,
}

/// What was found in a paragraph.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// What its words say of the figures behind them.
    pub names: OnceLock<Names>,
    found: OnceLock<Found>,
}

/// What the detectors of sentences found, and where the paragraph stood then.
#[derive(Debug)]
struct Found {
    figure: usize,
    start: u32,
    claims: Vec<Claim>,
}

/// A paragraph or a heading of a report, with what was found in it.
#[derive(Debug)]
pub struct Placed<'a> {
    /// Its block.
    pub block: usize,
    /// Its place in the document's text.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// Its figures, as indices into the reading's.
    pub figures: Range<usize>,
    /// What was found in it; `None`: it holds no quantity.
    pub paragraph: Option<Arc<Paragraph>>,
}

impl Kept {
    /// The paragraphs of a report as it is now. Forgotten are those that it has no more, and all where not the same is given.
    pub fn paragraphs<'a>(&mut self, reading: &Reading<'a>, given: &Given) -> Vec<Placed<'a>> {
        if self.given.as_ref() != Some(given) {
            *self = Self { given: Some(given.clone()), ..Self::default() };
        }
        self.checks += 1;
        let all = paragraphs(reading, |text, ordinals| self.paragraph(text, ordinals));
        self.paragraphs.retain(|_, known| known.check == self.checks);
        all
    }

    fn paragraph(&mut self, text: &str, ordinals: Vec<Span>) -> Arc<Paragraph> {
        let check = self.checks;
        if let Some(known) = self.paragraphs.get_mut(text).filter(|known| known.ordinals == ordinals) {
            known.check = check;
            return known.paragraph.clone();
        }
        let paragraph = Arc::<Paragraph>::default();
        self.paragraphs.insert(text.into(), Known { ordinals, paragraph: paragraph.clone(), check });
        paragraph
    }
}

/// The paragraphs and headings of a report. `known` gives what is known of one by its text and the parts of it that only number.
pub fn paragraphs<'a>(
    reading: &Reading<'a>,
    mut known: impl FnMut(&str, Vec<Span>) -> Arc<Paragraph>,
) -> Vec<Placed<'a>> {
    let document = reading.document;
    let mut all = Vec::new();
    let mut next = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        let start = next;
        while next < reading.lexed && reading.figures.block(next) as usize == index {
            next += 1;
        }
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            continue;
        }
        let is_quantity = |figure: Figure| figure.class == Class::Quantity;
        let text = document.slice(block.span);
        let paragraph =
            reading.figures.range(start..next).any(is_quantity).then(|| known(text, ordinals(document, block)));
        all.push(Placed { block: index, span: block.span, text, figures: start..next, paragraph });
    }
    all
}

/// The parts of a block that only number, counted from its start.
fn ordinals(document: &Document, block: &Block) -> Vec<Span> {
    let Span { start, end } = block.span;
    let first = document.ordinals.partition_point(|ordinal| ordinal.end <= start);
    let own = document.ordinals[first..].iter().take_while(|ordinal| ordinal.start < end);
    own.map(|ordinal| Span { start: ordinal.start.saturating_sub(start), end: ordinal.end - start }).collect()
}

impl Placed<'_> {
    /// Whether its sentences have not been looked at yet.
    pub fn is_new(&self) -> bool {
        self.paragraph.as_ref().is_some_and(|paragraph| paragraph.found.get().is_none())
    }

    /// Its sentences.
    pub fn sentences(&self, reading: &Reading) -> Vec<clause::Sentence> {
        clause::sentences(reading, self.span, self.figures.clone())
    }

    /// Takes what the detectors of sentences found.
    pub fn find(&self, claims: Vec<Claim>) {
        if let Some(paragraph) = &self.paragraph {
            // Where the same text stands twice, the first to be looked at is kept.
            let _ = paragraph.found.set(Found { figure: self.figures.start, start: self.span.start, claims });
        }
    }

    /// What they found of a rule.
    pub fn claims(&self, rule: (u32, u32)) -> impl Iterator<Item = Claim> + '_ {
        let found = self.paragraph.as_ref().and_then(|paragraph| paragraph.found.get());
        found.into_iter().flat_map(move |found| {
            let figures = (self.figures.start as u32).wrapping_sub(found.figure as u32);
            let bytes = self.span.start.wrapping_sub(found.start);
            let own = found.claims.iter().filter(move |claim| claim.id == rule);
            own.map(move |claim| claim.clone().moved(figures, bytes))
        })
    }
}
