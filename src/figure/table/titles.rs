//! What the lines of a table are called: a table may have a million lines, most of them without a name.

use std::ops::Index;

/// Texts in a row, kept in one.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    text: String,
    ends: Vec<u32>,
}

impl Titles {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
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
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[index] as usize]
    }
}

impl<T: AsRef<str>> FromIterator<T> for Titles {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut titles = Self::default();
        for text in texts {
            let text = text.as_ref();
            // All together may be longer than the report, where cells cover many lines; what does not fit is left out.
            if u32::try_from(titles.text.len() + text.len()).is_ok() {
                titles.text.push_str(text);
            }
            titles.ends.push(titles.text.len() as u32);
        }
        titles
    }
}
