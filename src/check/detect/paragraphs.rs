//! The paragraphs of a report, with what was found in each: what the words of a paragraph say follows from its text alone, wherever
//! it stands.

use std::num::NonZero;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::kept::Found;
use super::restated::Names;
use super::{Claim, clause};
use crate::check::bind::Reading;
use crate::document::{BlockKind, Document};
use crate::figure::{Class, Figure, Scale, Unit};
use crate::kept::Store;
use crate::span::Span;

/// What was found in a paragraph.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// What its words say of the figures behind them.
    pub names: OnceLock<Names>,
    /// What the detectors of sentences found.
    pub found: OnceLock<Found>,
}

/// A paragraph or a heading of a report, with what was found in it. A page may have a million.
#[derive(Debug)]
pub struct Placed<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where that starts in the document's.
    pub start: u32,
    block: u32,
    figures: Range<u32>,
    /// What was found in it; `None`: it holds no quantity, or nothing but a number.
    pub paragraph: Option<Arc<Paragraph>>,
    /// What it is known by, where it is kept.
    number: Option<NonZero<u64>>,
}

/// The paragraphs and headings of a report, with what is known of them.
pub fn all<'a>(reading: &Reading<'a>, mut known: Option<&mut Store<Paragraph>>) -> Vec<Placed<'a>> {
    let document = reading.document;
    let mut all = Vec::new();
    let (mut next, mut content) = (0, Vec::new());
    for (index, block) in document.blocks.iter().enumerate() {
        let start = next;
        while next < reading.lexed && reading.figures.block(next) as usize == index {
            next += 1;
        }
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            continue;
        }
        let says = |figure: Figure| figure.class == Class::Quantity && !is_bare(&figure, block.span);
        let paragraph = reading.figures.range(start..next).any(says).then(|| match &mut known {
            Some(known) => {
                write(document, block.span, &mut content);
                let (number, paragraph) = known.numbered(&content);
                (Some(number), paragraph)
            }
            None => (None, Arc::default()),
        });
        let (number, paragraph) = paragraph.map_or((None, None), |(number, paragraph)| (number, Some(paragraph)));
        all.push(Placed {
            text: document.slice(block.span),
            start: block.span.start,
            block: index as u32,
            figures: start as u32..next as u32,
            paragraph,
            number: number.and_then(NonZero::new),
        });
    }
    all
}

/// Whether a paragraph is a number without words, sign and unit: it says nothing of others. Pages and sheets may have a million.
fn is_bare(figure: &Figure, paragraph: Span) -> bool {
    figure.digits == paragraph && figure.unit == Unit::Unknown && figure.quantity.scale == Scale::Plain
}

/// All that is read of a paragraph: its text, and the parts of it that only number.
fn write(document: &Document, paragraph: Span, content: &mut Vec<u8>) {
    content.clear();
    let Span { start, end } = paragraph;
    let first = document.ordinals.partition_point(|ordinal| ordinal.end <= start);
    for ordinal in document.ordinals[first..].iter().take_while(|ordinal| ordinal.start < end) {
        content.extend(ordinal.start.saturating_sub(start).to_le_bytes());
        content.extend((ordinal.end - start).to_le_bytes());
    }
    // No ordinal begins so, and what follows is text.
    content.extend(u32::MAX.to_le_bytes());
    content.extend(document.slice(paragraph).as_bytes());
}

impl Placed<'_> {
    /// Its block.
    pub fn block(&self) -> usize {
        self.block as usize
    }

    /// Its figures, as indices into the reading's.
    pub fn figures(&self) -> Range<usize> {
        self.figures.start as usize..self.figures.end as usize
    }

    /// Whether its sentences have not been looked at yet.
    pub fn is_new(&self) -> bool {
        self.paragraph.as_ref().is_some_and(|paragraph| paragraph.found.get().is_none())
    }

    /// Its sentences.
    pub fn sentences(&self, reading: &Reading) -> Vec<clause::Sentence> {
        let span = Span { start: self.start, end: self.start + self.text.len() as u32 };
        clause::sentences(reading, span, self.figures())
    }

    /// Takes what the detectors of sentences found.
    pub fn find(&self, claims: Vec<Claim>) {
        if let Some(paragraph) = &self.paragraph {
            let found = Found::new(self.figures().start, self.start, claims, false, self.number.map(NonZero::get));
            // Where the same text stands twice, the first to be looked at is kept.
            let _ = paragraph.found.set(found);
        }
    }

    /// What they found of a rule.
    pub fn claims(&self, rule: (u32, u32)) -> impl Iterator<Item = Claim> + '_ {
        let found = self.paragraph.as_ref().and_then(|paragraph| paragraph.found.get());
        found.into_iter().flat_map(move |found| found.claims(rule, self.figures().start, self.start))
    }
}
