//! Thousands that are printed apart by a blank: 12 345 678. The words of such a figure become one where a column tells that they are:
//! several figures of it are printed so, are aligned, and none has thousands that are not kept apart.

use super::lines::Line;
use super::measure::Length;
use super::words::{Word, hundredths};
use crate::calendar::is_year;
use crate::text::is_currency_sign;

/// So many figures of a column are printed so at least.
const LEAST: usize = 3;

/// Puts the words together that are parts of one figure.
pub(super) fn join(lines: &mut [Line]) {
    let found: Vec<Vec<Chain>> = lines.iter().map(|line| chains(&line.words)).collect();
    let all = || found.iter().flatten();
    let [starts, middles, ends] = PLACES.map(|place| {
        let mut places: Vec<Length> = all().filter(|chain| chain.count > 1).map(|chain| chain.place(place)).collect();
        places.sort_unstable();
        places
    });
    let unparted = Unparted::of(all());
    for (line, chains) in lines.iter_mut().zip(&found) {
        let slack = hundredths(line.size, 25);
        for chain in chains.iter().rev().filter(|chain| chain.count > 1) {
            let is_aligned = PLACES
                .iter()
                .zip([&starts, &middles, &ends])
                .any(|(&place, places)| near(places, chain.place(place), slack) >= LEAST);
            if is_aligned && !unparted.are_over(chain) {
                let parts = line.words.drain(chain.start + 1..chain.start + chain.count).collect::<Vec<_>>();
                parts.into_iter().for_each(|part| line.words[chain.start].append(part));
            }
        }
    }
}

/// Where figures below each other may be aligned.
#[derive(Clone, Copy)]
enum Aligned {
    Start,
    Middle,
    End,
}

const PLACES: [Aligned; 3] = [Aligned::Start, Aligned::Middle, Aligned::End];

/// How many of these places, in order, are near to one.
fn near(places: &[Length], place: Length, slack: Length) -> usize {
    places.partition_point(|&other| other <= place + slack) - places.partition_point(|&other| other < place - slack)
}

/// Figures of thousands that are not kept apart, by where they start: that, and how far those up to it reach.
struct Unparted(Vec<(Length, Length)>);

impl Unparted {
    fn of<'c>(chains: impl Iterator<Item = &'c Chain>) -> Self {
        let mut places: Vec<_> = chains.filter(|chain| chain.count == 1).map(|chain| (chain.x0, chain.x1)).collect();
        places.sort_unstable();
        let mut reach = Length::MIN;
        for place in &mut places {
            reach = reach.max(place.1);
            place.1 = reach;
        }
        Self(places)
    }

    /// Whether one of them stands above or below a figure.
    fn are_over(&self, chain: &Chain) -> bool {
        let before = self.0.partition_point(|place| place.0 < chain.x1);
        before > 0 && chain.x0 < self.0[before - 1].1
    }
}

/// Words that may be one figure of thousands: the first, how many, and where they start and end. A single one does not keep its thousands
/// apart.
struct Chain {
    start: usize,
    count: usize,
    x0: Length,
    x1: Length,
}

impl Chain {
    fn place(&self, place: Aligned) -> Length {
        match place {
            Aligned::Start => self.x0,
            Aligned::Middle => (self.x0 + self.x1) / 2,
            Aligned::End => self.x1,
        }
    }
}

/// The figures among the words of a line.
fn chains(words: &[Word]) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let more = words[start..].windows(2).take_while(|pair| goes_on(&pair[0], &pair[1]));
        let count = if is_first(&words[start].text) { 1 + more.count() } else { 1 };
        if count > 1 || is_long(&words[start].text) {
            chains.push(Chain { start, count, x0: words[start].x0, x1: words[start + count - 1].x1 });
        }
        start += count;
    }
    chains
}

/// Whether a word holds the first digits of a figure, up to three, behind what may stand before them.
fn is_first(text: &str) -> bool {
    let digits = text.trim_start_matches(|c| is_currency_sign(c) || matches!(c, '-' | '−' | '–' | '+' | '('));
    (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}

/// Whether a word holds the next three digits of a figure, a blank behind the others; more may follow if nothing else stands there.
fn goes_on(before: &Word, word: &Word) -> bool {
    const BLANK: (Length, Length) = (15, 40);
    let gap = word.x0 - before.x1;
    let size = before.size.min(word.size);
    let is_blank = (hundredths(size, BLANK.0)..=hundredths(size, BLANK.1)).contains(&gap);
    let digits = word.text.trim_end_matches([')', '%']);
    let whole = digits.split(['.', ',']).next().unwrap_or_default();
    let rest = &digits[whole.len()..];
    let is_group = whole.len() == 3 && whole.bytes().all(|byte| byte.is_ascii_digit());
    let has_decimals =
        rest.is_empty() || (2..=3).contains(&rest.len()) && rest[1..].bytes().all(|b| b.is_ascii_digit());
    let is_open = before.text.ends_with(|c: char| c.is_ascii_digit());
    is_blank && is_group && has_decimals && is_open && before.size == word.size
}

/// Whether a figure of thousands is printed without blanks, and is no year.
fn is_long(text: &str) -> bool {
    let whole: String = text.chars().take_while(|&c| c != '.').filter(char::is_ascii_digit).collect();
    let is_plain =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ')' | '-' | '−' | '–' | '%'));
    is_plain && whole.len() > 3 && (text.contains(',') || !is_year(&whole))
}
