//! What the lines of a table are called: a table may have a million lines, most of them without a name.

use std::ops::Index;

/// Texts in a row, kept in one.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    text: String,
    /// How many are empty before the first that is not: often all of them.
    empty: usize,
    /// Where the others end.
    ends: Vec<u32>,
}

impl Titles {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.empty + self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text at an index, if there is one.
    pub fn get(&self, index: usize) -> Option<&str> {
        (index < self.len()).then(|| &self[index])
    }

    /// All texts.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len()).map(|index| &self[index])
    }
}

impl Index<usize> for Titles {
    type Output = str;

    fn index(&self, index: usize) -> &str {
        let Some(at) = index.checked_sub(self.empty) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }
}

impl<T: AsRef<str>> FromIterator<T> for Titles {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut titles = Self::default();
        for text in texts {
            let text = text.as_ref();
            if text.is_empty() && titles.ends.is_empty() {
                titles.empty += 1;
                continue;
            }
            // All together may be longer than the report, where cells cover many lines; what does not fit is left out.
            if u32::try_from(titles.text.len() + text.len()).is_ok() {
                titles.text.push_str(text);
            }
            titles.ends.push(titles.text.len() as u32);
        }
        titles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_out_as_they_went_in(texts in prop::collection::vec("[ab]{0,2}", 0..9), empty in 0..3usize) {
            let texts: Vec<String> = vec![String::new(); empty].into_iter().chain(texts).collect();
            let titles: Titles = texts.iter().collect();
            prop_assert_eq!(titles.iter().collect::<Vec<_>>(), texts.iter().collect::<Vec<_>>());
            prop_assert_eq!((titles.len(), titles.is_empty()), (texts.len(), texts.is_empty()));
            prop_assert_eq!(titles.get(texts.len()), None);
        }
    }
}
