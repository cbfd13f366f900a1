//! The tables of a report, with what was found in each: it follows from what stands in the table, above it and beside it.

use std::sync::{Arc, OnceLock};

use super::kept::{Found, Store};
use super::restated::Labels;
use super::{Claim, table_growth};
use crate::check::bind::Reading;

/// A table of a report, with what was found in it.
#[derive(Debug)]
pub struct Placed {
    /// The table, by its index.
    pub table: usize,
    /// The first of its figures, as an index into the reading's.
    figure: usize,
    /// What was found in it.
    pub known: Arc<Known>,
}

/// What was found in a table.
#[derive(Debug, Default)]
pub struct Known {
    /// What its labels say of its figures.
    pub labels: OnceLock<Labels>,
    found: OnceLock<Found>,
}

/// The tables of a report, with what is known of them.
pub fn all(reading: &Reading, mut known: Option<&mut Store<Known>>) -> Vec<Placed> {
    let mut content = Content::default();
    let placed = |table: usize| {
        let figures = reading.shapes[table].body().map(|(.., figure)| figure);
        let figure = figures.min().unwrap_or_default();
        let own = match &mut known {
            Some(known) => {
                content.write(reading, table, figure);
                known.of(&content.0)
            }
            None => Arc::default(),
        };
        Placed { table, figure, known: own }
    };
    (0..reading.shapes.len()).map(placed).collect()
}

/// All that is read of a table.
#[derive(Default)]
struct Content(Vec<u8>);

impl Content {
    fn write(&mut self, reading: &Reading, table: usize, first: usize) {
        let document = reading.document;
        let own = &document.tables[table];
        self.0.clear();
        self.numbers([own.rows, own.columns, own.declared_header_rows, document.decimal_comma.into()]);
        for gaps in [&own.gaps.rows, &own.gaps.columns] {
            self.numbers([gaps.len() as u32]);
            self.numbers(gaps.iter().copied());
        }
        for cell in own.cells.iter() {
            self.numbers([
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                cell.indent.into(),
                cell.bold.into(),
            ]);
            self.text(document.slice(cell.span));
            // What the format says that it only numbers.
            let ordinals = document.ordinals.partition_point(|ordinal| ordinal.end <= cell.span.start);
            let inside = document.ordinals[ordinals..].iter().take_while(|ordinal| ordinal.start < cell.span.end);
            self.numbers(
                inside.flat_map(|ordinal| [ordinal.start, ordinal.end].map(|at| at.wrapping_sub(cell.span.start))),
            );
        }
        // Claims tell figures by their index, counted from the first: whatever else stands between them counts as well.
        self.numbers(reading.shapes[table].body().map(|(.., figure)| (figure - first) as u32));
        let beside = table_growth::notes(document, table);
        for spans in [&own.captions[..], own.heading.as_slice(), &beside[..]] {
            self.numbers([spans.len() as u32]);
            spans.iter().for_each(|&span| self.text(document.slice(span)));
        }
    }

    fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) {
        numbers.into_iter().for_each(|number| self.0.extend(number.to_le_bytes()));
    }

    fn text(&mut self, text: &str) {
        self.numbers([text.len() as u32]);
        self.0.extend(text.as_bytes());
    }
}

impl Placed {
    /// Whether it has not been looked at yet.
    pub fn is_new(&self) -> bool {
        self.known.found.get().is_none()
    }

    /// Takes what was found, and whether it was too large to be gone through whole.
    pub fn find(&self, claims: Vec<Claim>, too_large: bool) {
        // Where the same table stands twice, the first to be looked at is kept.
        let _ = self.known.found.set(Found { figure: self.figure, start: 0, claims, too_large });
    }

    /// What was found of a rule.
    pub fn claims(&self, rule: (u32, u32)) -> impl Iterator<Item = Claim> + '_ {
        let found = self.known.found.get().into_iter();
        found.flat_map(move |found| found.claims(rule, self.figure, 0)).map(|claim| claim.in_table(self.table))
    }

    /// Whether it was too large to be gone through whole.
    pub fn is_too_large(&self) -> bool {
        self.known.found.get().is_some_and(|found| found.too_large)
    }
}
