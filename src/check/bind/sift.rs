//! Reading a report for its rules alone: of paragraphs in which no rule is found the figures are only counted.
//!
//! A report has far more figures than rules look at, and keeping them all costs more memory than the report itself.

use std::ops::Range;

use super::Reading;
use super::scan::{Found, Here, Patterns, Scratch, Wanted};
use crate::document::{BlockKind, Document};
use crate::figure::{self, Class, Figures};
use crate::parallel;

/// What was kept of a part of a report.
#[derive(Default)]
struct Sifted {
    figures: Figures,
    found: Found,
    passed_over: usize,
}

impl Patterns {
    /// Reads a document without tables and looks for all patterns that `wanted` names.
    pub fn sift<'d>(&self, document: &'d Document, wanted: &Wanted) -> (Reading<'d>, Found) {
        let mut parts = parallel::by_blocks(document, |blocks| self.sift_blocks(document, wanted, blocks)).into_iter();
        let mut whole = parts.next().unwrap_or_default();
        parts.for_each(|part| whole.extend(part));
        let Sifted { figures, mut found, passed_over } = whole;
        found.put_in_order();
        (Reading { document, lexed: figures.len(), figures, passed_over, shapes: Vec::new() }, found)
    }

    fn sift_blocks(&self, document: &Document, wanted: &Wanted, blocks: Range<usize>) -> Sifted {
        let mut kept = Sifted::default();
        let (mut scratch, mut figures) = (Scratch::default(), Vec::new());
        for number in blocks {
            let block = document.blocks.at(number);
            if block.kind == BlockKind::Code {
                continue;
            }
            // Parts that are marked as mere numbers, and the numbers of headings, are told apart by the full reading only.
            let is_plain = document.ordinals.is_empty() && !matches!(block.kind, BlockKind::Heading(_));
            let count =
                if is_plain { self.count_if_passed_over(document.text(), block.span, &mut scratch) } else { None };
            if let Some(count) = count {
                kept.passed_over += count;
                continue;
            }
            figures.clear();
            figure::lex_block_of(document, number, &mut figures);
            let (first, before) = (kept.figures.len(), kept.found.len());
            let here = Here { document, figures: &figures, first, block: number as u32, span: block.span };
            self.scan_block(&here, wanted, &mut scratch, &mut kept.found);
            match kept.found.len() == before {
                true => kept.passed_over += figures.iter().filter(|f| f.class == Class::Quantity).count(),
                false => kept.figures.extend(figures.drain(..)),
            }
        }
        kept
    }
}

impl Sifted {
    fn extend(&mut self, mut part: Sifted) {
        part.found.rebase(self.figures.len());
        self.found.extend(part.found);
        self.figures.append(part.figures);
        self.passed_over += part.passed_over;
    }
}
