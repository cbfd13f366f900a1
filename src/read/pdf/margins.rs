//! Page headers, page footers and page numbers: what stands at the edge of page after page.

mod numbering;

use rustc_hash::FxHashMap;

use super::lines::Line;
use super::measure::Length;
use super::paragraphs::declares_unit;
use super::sheet::Sheet;
use super::words::hundredths;

/// Takes the headers, footers and page numbers out of the pages; gives how many lines it took.
pub(super) fn set_apart(sheets: &mut [Sheet]) -> usize {
    numbering::take_numbers(sheets) + take_edges(sheets)
}

fn take_edges(sheets: &mut [Sheet]) -> usize {
    let edges: Vec<_> = sheets.iter().map(|sheet| [true, false].map(|top| edge(sheet, top))).collect();
    let repeated = repeated(sheets, &edges);
    let mut taken = 0;
    for (sheet, edges) in sheets.iter_mut().zip(&edges) {
        let count = sheet.lines.len();
        let numbers: Vec<u32> = edges
            .iter()
            .flatten()
            .filter(|&&i| {
                let text = key(&sheet.lines[i].text());
                repeated.contains_key(&text) || is_page_number(&sheet.lines[i].text(), count)
            })
            .map(|&i| sheet.lines[i].number)
            .collect();
        sheet.lines.retain(|line| !numbers.contains(&line.number));
        taken += numbers.len();
    }
    taken
}

/// The lines at an edge of a page that may be a header or footer, the outermost first.
fn edge(sheet: &Sheet, top: bool) -> Vec<usize> {
    const MOST: usize = 3;
    let depth = sheet.area.height() / 9;
    let is_near = |line: &Line| match top {
        true => line.y < sheet.area.y0 + depth,
        false => line.y > sheet.area.y1 - depth && line.y <= sheet.area.y1,
    };
    let is_free = |line: &Line| {
        let middle = line.y - line.size / 3;
        let holds = |area: super::measure::Area| area.y0 <= middle && middle <= area.y1;
        !sheet.lattices.iter().any(|lattice| holds(lattice.area()))
    };
    let order: Box<dyn Iterator<Item = usize>> =
        if top { Box::new(0..sheet.lines.len()) } else { Box::new((0..sheet.lines.len()).rev()) };
    let near = order.filter(|&i| is_near(&sheet.lines[i]) || top && sheet.lines[i].y < sheet.area.y0);
    let mut found: Vec<usize> = near.take(MOST + 1).take_while(|&i| is_free(&sheet.lines[i])).collect();
    // What stands close to the body belongs to it.
    while let Some(&last) = found.last() {
        let inner = if top { last.checked_add(1) } else { last.checked_sub(1) };
        let inner = inner.and_then(|inner| sheet.lines.get(inner));
        let line = &sheet.lines[last];
        let apart = inner.is_none_or(|inner| (inner.y - line.y).abs() >= hundredths(line.size, 170));
        if apart && found.len() <= MOST && !declares_unit(&line.text()) {
            break;
        }
        found.pop();
    }
    found
}

/// A line's text with its numbers made alike: as many as it has.
fn key(text: &str) -> String {
    let mut key = String::new();
    let mut in_number = false;
    for c in text.chars() {
        let is_digit = c.is_ascii_digit();
        match c {
            _ if is_digit && !in_number => key.push('#'),
            _ if is_digit || c.is_whitespace() => {}
            _ => key.push(c),
        }
        in_number = is_digit;
    }
    key
}

/// The texts that stand at about the same height on page after page.
fn repeated(sheets: &[Sheet], edges: &[[Vec<usize>; 2]]) -> FxHashMap<String, usize> {
    const SLACK: Length = 600;
    let mut places: FxHashMap<String, Vec<Length>> = FxHashMap::default();
    for (sheet, edges) in sheets.iter().zip(edges) {
        for &i in edges.iter().flatten() {
            places.entry(key(&sheet.lines[i].text())).or_default().push(sheet.lines[i].y);
        }
    }
    let read = sheets.iter().filter(|sheet| !sheet.lines.is_empty()).count();
    let counted = places.into_iter().map(|(key, mut heights)| {
        heights.sort_unstable();
        let middle = heights[heights.len() / 2];
        let count = heights.iter().filter(|&&y| (y - middle).abs() <= SLACK).count();
        (key, count)
    });
    counted.filter(|(key, count)| *count >= 3 && *count * 4 >= read && !key.is_empty()).collect()
}

/// Whether a line is the number of a page: 2, - 2 -, Page 2 of 9, 第2页.
fn is_page_number(text: &str, lines: usize) -> bool {
    let text = key(text).to_lowercase();
    let bare = text.trim_matches(['-', '–', '—', '·', '~', '|', '/']);
    let named =
        ["page#", "page#of#", "p.#", "第#页", "第#页共#页", "第#页,共#页", "第#页，共#页", "#/#", "第#页/共#页"];
    // A page with nothing else on it may be about that number.
    lines > 2 && (bare == "#" || named.contains(&bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_years_are_no_page_numbers() {
        for number in ["2", "- 2 -", "Page 2 of 9", "第2页", "128"] {
            assert!(is_page_number(number, 20), "{number}");
        }
        for years in ["2019 2018 2017", "2019 2018", "2 3"] {
            assert!(!is_page_number(years, 20), "{years}");
        }
    }
}
