//! The paragraphs of a report, with what was found in each: what the words of a paragraph say follows from its text alone, wherever
//! it stands.

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
    /// What was found in it; `None`: it holds no quantity, or nothing but a number.
    pub paragraph: Option<Arc<Paragraph>>,
    /// What it is known by, where it is kept.
    number: Option<u64>,
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
        let text = document.slice(block.span);
        all.push(Placed { block: index, span: block.span, text, figures: start..next, paragraph, number });
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
            let found = Found::new(self.figures.start, self.span.start, claims, false, self.number);
            // Where the same text stands twice, the first to be looked at is kept.
            let _ = paragraph.found.set(found);
        }
    }

    /// What they found of a rule.
    pub fn claims(&self, rule: (u32, u32)) -> impl Iterator<Item = Claim> + '_ {
        let found = self.paragraph.as_ref().and_then(|paragraph| paragraph.found.get());
        found.into_iter().flat_map(move |found| found.claims(rule, self.figures.start, self.span.start))
    }
}
