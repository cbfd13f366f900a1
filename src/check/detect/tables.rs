//! The tables of a report, with what was found in each: it follows from what stands in the table, above it and beside it.

use std::sync::{Arc, OnceLock};

use super::kept::Found;
use super::restated::Labels;
use super::{Claim, table_growth};
use crate::check::bind::Reading;
use crate::document::Document;
use crate::figure::table::TableShape;
use crate::kept::Store;

/// A table of a report, with what was found in it.
#[derive(Debug)]
pub struct Placed {
    /// The table, by its index.
    pub table: usize,
    /// The first of its figures, as an index into the reading's.
    figure: usize,
    /// What it is known by, where it is kept.
    number: Option<u64>,
    /// What was found in it.
    pub known: Arc<Known>,
}

/// What was found in a table.
#[derive(Debug, Default)]
pub struct Known {
    /// What its labels say of its figures.
    pub labels: OnceLock<Labels>,
    /// How its labels end, where they name something.
    pub endings: OnceLock<Vec<u64>>,
    found: OnceLock<Found>,
}

/// The tables of a report, with what is known of them.
pub fn all(reading: &Reading, mut known: Option<&mut Store<Known>>) -> Vec<Placed> {
    let mut content = Vec::new();
    let placed = |(table, shape): (usize, &TableShape)| {
        let (number, own) = match (&mut known, shape.number) {
            (Some(known), Some(number)) => {
                write(reading.document, table, number, &mut content);
                let (number, own) = known.numbered(&content);
                (Some(number), own)
            }
            _ => (None, Arc::default()),
        };
        Placed { table, figure: shape.first, number, known: own }
    };
    reading.shapes.iter().enumerate().map(placed).collect()
}

/// All that is read of a table: what its shape follows from, for which its number stands, and the notes beside it.
fn write(document: &Document, table: usize, number: u64, content: &mut Vec<u8>) {
    content.clear();
    content.extend(number.to_le_bytes());
    for note in table_growth::notes(document, table) {
        content.extend((note.len() as u32).to_le_bytes());
        content.extend(document.slice(note).as_bytes());
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
        let _ = self.known.found.set(Found::new(self.figure, 0, claims, too_large, self.number));
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
