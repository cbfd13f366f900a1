//! What was found in the parts of a report, kept until its next check by all that is read of each part: nearly all of them are as
//! they were then.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// What was found in each part, by its content, as long as every check meets it again.
#[derive(Debug)]
pub struct Store<T> {
    known: FxHashMap<Box<[u8]>, Entry<T>>,
    check: u64,
    /// How many contents were met so far.
    count: u64,
}

#[derive(Debug)]
struct Entry<T> {
    /// Counts all contents, so that no two have the same.
    number: u64,
    /// The last check in which it was met.
    check: u64,
    found: Arc<T>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), check: 0, count: 0 }
    }
}

impl<T: Default> Store<T> {
    /// What is known of a part with this content; nothing yet, where the last check did not meet it.
    pub fn of(&mut self, content: &[u8]) -> Arc<T> {
        self.numbered(content).1
    }

    /// The same, and the number that stands for this content alone.
    pub fn numbered(&mut self, content: &[u8]) -> (u64, Arc<T>) {
        if let Some(entry) = self.known.get_mut(content) {
            entry.check = self.check;
            return (entry.number, entry.found.clone());
        }
        self.count += 1;
        let (number, found) = (self.count, Arc::<T>::default());
        self.known.insert(content.into(), Entry { number, check: self.check, found: found.clone() });
        (number, found)
    }

    /// Forgets what was not met since this was called last.
    pub fn forget_others(&mut self) {
        let now = self.check;
        self.known.retain(|_, entry| entry.check == now);
        self.check += 1;
    }
}
