//! Lists of what a large report has a million of, in few bytes each: nearly all are small, and kept so; others are kept whole.

use std::ops::Range;

/// What is kept of an item.
pub trait Small<T>: Copy {
    /// The item in short; `None`: it does not fit.
    fn of(item: &T) -> Option<Self>;
    /// Stands for an item that is kept whole.
    fn reference(item: &T, place: u32) -> Self;
    /// The place of an item that is kept whole; `None`: this is all of it.
    fn place(&self) -> Option<u32>;
    /// The item, where this is all of it.
    fn item(&self) -> T;
}

/// Items that can be kept in short.
pub trait Compact: Copy {
    /// What is kept of nearly all of them.
    type Small: Small<Self>;
}

/// Items in a row. What is read of it is a copy.
#[derive(Clone, Debug)]
pub struct List<T: Compact> {
    pub(crate) small: Vec<T::Small>,
    whole: Vec<T>,
}

impl<T: Compact> List<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.small.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.small.is_empty()
    }

    /// The item at an index below [`List::len`].
    #[inline]
    pub fn at(&self, index: usize) -> T {
        self.item(&self.small[index])
    }

    /// The item at an index, if there is one.
    #[inline]
    pub fn get(&self, index: usize) -> Option<T> {
        self.small.get(index).map(|small| self.item(small))
    }

    /// The first item.
    pub fn first(&self) -> Option<T> {
        self.get(0)
    }

    /// The last item.
    pub fn last(&self) -> Option<T> {
        self.small.last().map(|small| self.item(small))
    }

    /// All items.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + Clone + '_ {
        self.range(0..self.len())
    }

    /// The items at a range of indices.
    pub fn range(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + Clone + '_ {
        self.small[range].iter().map(|small| self.item(small))
    }

    /// The index of the first item for which `is_before` is false; those for which it is true are the first ones.
    pub fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        self.partition_point_below(self.len(), is_before)
    }

    /// The same of the first items, so many as `end` says.
    pub fn partition_point_below(&self, end: usize, is_before: impl Fn(&T) -> bool) -> usize {
        self.small[..end].partition_point(|small| is_before(&self.item(small)))
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        let small = self.shortened(&item, None);
        self.small.push(small);
    }

    /// Changes the item at an index below [`List::len`].
    pub fn change(&mut self, index: usize, change: impl FnOnce(&mut T)) {
        let mut item = self.at(index);
        change(&mut item);
        self.small[index] = self.shortened(&item, self.small[index].place());
    }

    fn shortened(&mut self, item: &T, place: Option<u32>) -> T::Small {
        T::Small::of(item).unwrap_or_else(|| {
            let place = place.unwrap_or(self.whole.len() as u32);
            match self.whole.get_mut(place as usize) {
                Some(old) => *old = *item,
                None => self.whole.push(*item),
            }
            T::Small::reference(item, place)
        })
    }

    #[inline]
    fn item(&self, small: &T::Small) -> T {
        small.place().map_or_else(|| small.item(), |place| self.whole[place as usize])
    }
}

impl<T: Compact> Default for List<T> {
    fn default() -> Self {
        Self { small: Vec::new(), whole: Vec::new() }
    }
}

impl<T: Compact> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        let items = items.into_iter();
        self.small.reserve(items.size_hint().0);
        items.for_each(|item| self.push(item));
    }
}

impl<T: Compact> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::default();
        list.extend(items);
        list
    }
}
