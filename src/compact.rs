//! Lists of what a large report has a million of, in few bytes each: items are kept by pages, nearly all of them as what they
//! differ in from their page's base; others are kept whole.

use std::fmt::Debug;
use std::ops::Range;

/// What is kept of an item.
pub trait Small<T>: Copy + Debug {
    /// What the items of a page have in common, such as a place in the text from which theirs are counted.
    type Base: Copy + Debug;
    /// The base of the page that an item is the first of; `before` is that of the page before.
    fn base(item: &T, before: Option<&Self::Base>) -> Self::Base;
    /// The item in short; `None`: it does not fit.
    fn of(item: &T, base: &Self::Base) -> Option<Self>;
    /// Stands for an item that is kept whole.
    fn reference(place: u32) -> Self;
    /// The place of an item that is kept whole; `None`: this is all of it.
    fn place(&self) -> Option<u32>;
    /// The item, where this is all of it.
    fn item(&self, base: &Self::Base) -> T;
}

/// Items that can be kept in short.
pub trait Compact: Copy {
    /// What is kept of nearly all of them.
    type Small: Small<Self>;
}

/// How many items have a base in common.
const PAGE: usize = 64;

/// Items in a row. What is read of it is a copy.
#[derive(Clone, Debug)]
pub struct List<T: Compact> {
    /// Each has room of its own: a list that grows, or is joined to another, copies nothing.
    pages: Vec<Page<T>>,
    len: usize,
    /// Where lists were joined: the first item behind it and the first page. All pages before the last and before these are full.
    joints: Vec<(usize, usize)>,
    whole: Vec<T>,
}

#[derive(Clone, Debug)]
struct Page<T: Compact> {
    base: <T::Small as Small<T>>::Base,
    items: Vec<T::Small>,
}

impl<T: Compact> List<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item at an index below [`List::len`].
    pub fn at(&self, index: usize) -> T {
        self.unpacked(index)
    }

    /// The same, for what is asked of one part of it a million times: the others are not even unpacked.
    #[inline(always)]
    pub fn unpacked(&self, index: usize) -> T {
        let (page, at) = self.place(index);
        let page = &self.pages[page];
        let small = &page.items[at];
        small.place().map_or_else(|| small.item(&page.base), |place| self.whole[place as usize])
    }

    /// The item at an index, if there is one.
    #[inline]
    pub fn get(&self, index: usize) -> Option<T> {
        (index < self.len).then(|| self.at(index))
    }

    /// The first item.
    pub fn first(&self) -> Option<T> {
        self.get(0)
    }

    /// The last item.
    pub fn last(&self) -> Option<T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All items.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + Clone + '_ {
        self.range(0..self.len)
    }

    /// All items. The room of those that were given is free for others.
    pub fn into_items(self) -> impl Iterator<Item = T> {
        let whole = self.whole;
        self.pages.into_iter().flat_map(move |Page { base, items }| {
            let item =
                |small: &T::Small| small.place().map_or_else(|| small.item(&base), |place| whole[place as usize]);
            items.iter().map(item).collect::<Vec<T>>()
        })
    }

    /// The items at a range of indices.
    pub fn range(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + Clone + '_ {
        range.map(|index| self.at(index))
    }

    /// The index of the first item for which `is_before` is false; those for which it is true are the first ones.
    pub fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        self.partition_point_below(self.len, is_before)
    }

    /// The same of the first items, so many as `end` says.
    pub fn partition_point_below(&self, end: usize, is_before: impl Fn(&T) -> bool) -> usize {
        let (mut from, mut end) = (0, end);
        while from < end {
            let middle = from.midpoint(end);
            match is_before(&self.unpacked(middle)) {
                true => from = middle + 1,
                false => end = middle,
            }
        }
        from
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        let is_full = |page: &Page<T>| page.items.len() == PAGE;
        if self.pages.last().is_none_or(is_full) {
            let base = T::Small::base(&item, self.pages.last().map(|page| &page.base));
            self.pages.push(Page { base, items: Vec::with_capacity(PAGE) });
        }
        let page = self.pages.len() - 1;
        let small = self.shortened(page, &item, None);
        self.pages[page].items.push(small);
        self.len += 1;
    }

    /// Adds the items of another list.
    pub fn append(&mut self, mut other: Self) {
        if self.is_empty() || other.is_empty() {
            return if self.is_empty() {
                *self = other
            };
        }
        let (items, pages, whole) = (self.len, self.pages.len(), self.whole.len() as u32);
        if whole > 0 && !other.whole.is_empty() {
            let all = other.pages.iter_mut().flat_map(|page| &mut page.items);
            all.filter_map(|small| Some((small.place()?, small)))
                .for_each(|(place, small)| *small = T::Small::reference(whole + place));
        }
        self.joints.push((items, pages));
        self.joints.extend(other.joints.iter().map(|(item, page)| (items + item, pages + page)));
        self.pages.append(&mut other.pages);
        self.whole.append(&mut other.whole);
        self.len += other.len;
    }

    /// Changes the item at an index below [`List::len`].
    pub fn change(&mut self, index: usize, change: impl FnOnce(&mut T)) {
        let mut item = self.at(index);
        change(&mut item);
        let (page, at) = self.place(index);
        let place = self.pages[page].items[at].place();
        self.pages[page].items[at] = self.shortened(page, &item, place);
    }

    fn shortened(&mut self, page: usize, item: &T, place: Option<u32>) -> T::Small {
        T::Small::of(item, &self.pages[page].base).unwrap_or_else(|| {
            let place = place.unwrap_or(self.whole.len() as u32);
            match self.whole.get_mut(place as usize) {
                Some(old) => *old = *item,
                None => self.whole.push(*item),
            }
            T::Small::reference(place)
        })
    }

    /// The page of an item, and where in it the item stands.
    #[inline]
    fn place(&self, index: usize) -> (usize, usize) {
        // Most lists were never joined.
        let joint = if self.joints.is_empty() { None } else { self.joints.iter().rev().find(|joint| joint.0 <= index) };
        let (first, page) = joint.copied().unwrap_or_default();
        let at = index - first;
        (page + at / PAGE, at % PAGE)
    }
}

impl<T: Compact> Default for List<T> {
    fn default() -> Self {
        Self { pages: Vec::new(), len: 0, joints: Vec::new(), whole: Vec::new() }
    }
}

impl<T: Compact> Extend<T> for List<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T: Compact> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Self::default();
        list.extend(items);
        list
    }
}

/// The lower and the upper half of a place, for items that keep it in two fields.
pub fn halves(place: u32) -> [u16; 2] {
    [place as u16, (place >> 16) as u16]
}

/// A place from its lower and its upper half.
#[inline]
pub fn joined([lower, upper]: [u16; 2]) -> u32 {
    u32::from(lower) | u32::from(upper) << 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    impl Compact for u32 {
        type Small = u8;
    }

    /// A number of less than 255 more than the base.
    impl Small<u32> for u8 {
        type Base = u32;

        fn base(item: &u32, _: Option<&u32>) -> u32 {
            *item
        }

        fn of(item: &u32, base: &u32) -> Option<u8> {
            item.checked_sub(*base)?.try_into().ok().filter(|&small| small < 200)
        }

        fn reference(place: u32) -> u8 {
            200 + place as u8
        }

        fn place(&self) -> Option<u32> {
            self.checked_sub(200).map(u32::from)
        }

        fn item(&self, base: &u32) -> u32 {
            base + u32::from(*self)
        }
    }

    fn numbers() -> impl Strategy<Value = Vec<u32>> {
        // Fewer than 56 are kept whole in all.
        (prop::collection::vec(0..200u32, 0..200), prop::collection::vec(any::<u32>(), 0..8)).prop_map(
            |(mut small, large)| {
                small.sort_unstable();
                small.extend(large);
                small
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_joined_comes_out_in_order(
            parts in prop::collection::vec(numbers(), 1..5),
            more in prop::collection::vec(0..200u32, 0..3),
            changes in prop::collection::vec((any::<usize>(), 0..300u32), 0..5),
        ) {
            let mut list: List<u32> = List::default();
            parts.iter().for_each(|part| list.append(part.iter().copied().collect()));
            list.extend(more.iter().copied());
            let mut expected: Vec<u32> = parts.concat();
            expected.extend(more);
            for (at, new) in changes {
                if let Some(at) = at.checked_rem(expected.len()) {
                    expected[at] = new;
                    list.change(at, |old| *old = new);
                }
            }
            prop_assert_eq!(list.len(), expected.len());
            prop_assert_eq!(list.last(), expected.last().copied());
            prop_assert_eq!(list.iter().collect::<Vec<_>>(), &expected[..]);
            prop_assert_eq!(list.into_items().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn the_first_that_is_not_before_is_found(mut numbers in prop::collection::vec(0..200u32, 0..200), sought in 0..200u32) {
            numbers.sort_unstable();
            let list: List<u32> = numbers.iter().copied().collect();
            let expected = numbers.partition_point(|&number| number < sought);
            prop_assert_eq!(list.partition_point(|&number| number < sought), expected);
        }
    }
}
