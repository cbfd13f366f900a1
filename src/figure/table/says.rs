//! What the labels of all lines of a table say: it may have a million lines, of which few say something of their own.

use std::cell::RefCell;
use std::ops::Index;

use rustc_hash::FxHashMap;

use super::label::{Says, clean_label};
use super::shape::TableShape;
use super::titles::Titles;

/// What the label of each line says, kept once for all lines that say the same.
pub(super) struct AllSays {
    /// What any of them says.
    pub different: Vec<Says>,
    /// By line: which of these.
    of: Vec<u32>,
}

impl AllSays {
    /// What all titles say.
    pub fn of(titles: &Titles) -> Self {
        Self::all(titles.iter().map(Says::of))
    }

    /// What the labels of a table's rows say. "Basic" and "Diluted" below "Earnings per share:" are amounts for one share, too.
    pub fn of_rows(shape: &TableShape) -> Self {
        let is_kind = |title: &str| {
            let label = clean_label(title);
            ["basic", "diluted", "assumingdilution"].iter().any(|kind| label.starts_with(kind))
        };
        let headings = Headings::default();
        Self::all(shape.row_titles.iter().enumerate().map(|(row, title)| {
            let says = Says::of(title);
            // Nearly no label is one of these, and all are short.
            let heading = if title.len() < 40 && is_kind(title) { shape.heading_above(row, is_kind) } else { None };
            let says = heading.map(Says::of).map_or(says, |above| says.below(&above));
            shape.headings_of(row).fold(says, |says, heading| says.below(&headings.say(shape, heading)))
        }))
    }

    fn all(says: impl Iterator<Item = Says>) -> Self {
        let (mut different, mut known) = (Vec::new(), FxHashMap::default());
        let of = says.map(|says| {
            *known.entry(says).or_insert_with(|| {
                different.push(says);
                different.len() as u32 - 1
            })
        });
        let of = of.collect();
        Self { different, of }
    }

    /// By line: what its label says.
    pub fn iter(&self) -> impl Iterator<Item = &Says> {
        self.of.iter().map(|&which| &self.different[which as usize])
    }
}

/// What rows say that head others: one heads many.
#[derive(Default)]
struct Headings {
    known: RefCell<FxHashMap<usize, Says>>,
}

impl Headings {
    fn say(&self, shape: &TableShape, row: usize) -> Says {
        *self.known.borrow_mut().entry(row).or_insert_with(|| Says::of(&shape.row_titles[row]))
    }
}

impl Index<usize> for AllSays {
    type Output = Says;

    fn index(&self, line: usize) -> &Says {
        &self.different[self.of[line] as usize]
    }
}
