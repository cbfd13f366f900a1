//! Numbers of pages that stand first or last on them, wherever that is: of pages that are longer than what is printed on them, the last
//! line is not at the edge. They go up by one from page to page, as nothing else does that stands there.

use rustc_hash::FxHashMap;

use super::super::lines::Line;
use super::super::sheet::Sheet;
use super::key;

/// So many pages tell that a number goes up with them.
const LEAST: usize = 3;

/// Takes the lines out that number the pages; gives how many it took.
pub(super) fn take_numbers(sheets: &mut [Sheet]) -> usize {
    let mut found: FxHashMap<Numbering, usize> = FxHashMap::default();
    for sheet in sheets.iter() {
        ends(sheet).into_iter().flat_map(numberings).for_each(|numbering| *found.entry(numbering).or_default() += 1);
    }
    let mut taken = 0;
    for sheet in sheets {
        let is_number = |end: &End| numberings(*end).any(|numbering| found[&numbering] >= LEAST);
        let numbers: Vec<u32> = ends(sheet).into_iter().filter(is_number).map(|end| end.line.number).collect();
        sheet.lines.retain(|line| !numbers.contains(&line.number));
        taken += numbers.len();
    }
    taken
}

/// The first or the last line of a page.
#[derive(Clone, Copy)]
struct End<'s> {
    line: &'s Line,
    is_top: bool,
    page: u32,
}

/// How lines number their pages.
#[derive(PartialEq, Eq, Hash)]
struct Numbering {
    is_top: bool,
    /// What they say, without the numbers in it, and which of these goes up.
    key: String,
    place: usize,
    /// How much higher it is than the page's own number.
    offset: i64,
}

fn ends(sheet: &Sheet) -> Vec<End<'_>> {
    let page = sheet.number;
    let upright = || sheet.lines.iter().filter(|line| line.y <= sheet.area.y1);
    let ends = [(upright().next(), true), (upright().next_back(), false)];
    ends.into_iter().filter_map(|(line, is_top)| Some(End { line: line?, is_top, page })).collect()
}

/// The ways in which a line may number its page. At the top, words beside the number may be a heading's (Table 3).
fn numberings(end: End) -> impl Iterator<Item = Numbering> {
    const LONGEST: usize = 80;
    let text = end.line.text();
    let key = key(&text);
    let may_number = text.len() <= LONGEST && !(end.is_top && key.contains(char::is_alphabetic));
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let numbers: Vec<Option<i64>> = numbers.map(|digits| digits.parse().ok()).filter(|_| may_number).collect();
    numbers.into_iter().enumerate().filter_map(move |(place, number)| {
        let offset = number? - i64::from(end.page);
        Some(Numbering { is_top: end.is_top, key: key.clone(), place, offset })
    })
}
