//! What the labels of all lines of a table say: it may have a million lines, of which few say something of their own.

use std::ops::Index;

use rustc_hash::FxHashMap;

use super::label::Says;
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
        let (mut different, mut known) = (Vec::new(), FxHashMap::default());
        let of = titles.iter().map(|title| {
            let says = Says::of(title);
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
