//! What the labels of all lines of a table say: it may have a million lines, of which few say something of their own.

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
        Self::all(shape.row_titles.iter().enumerate().map(|(row, title)| {
            let says = Says::of(title);
            // Nearly no label is one of these, and all are short.
            let heading = if title.len() < 40 && is_kind(title) { shape.heading_above(row, is_kind) } else { None };
            let Some(above) = heading.map(Says::of) else { return says };
            Says { per_share: says.per_share || above.per_share, shares: says.shares || above.shares, ..says }
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

impl Index<usize> for AllSays {
    type Output = Says;

    fn index(&self, line: usize) -> &Says {
        &self.different[self.of[line] as usize]
    }
}
