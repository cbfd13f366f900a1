//! Lines become paragraphs and headings.

use super::super::marks::{self, Mark};
use super::lines::{Line, is_wide};
use super::measure::Length;
use super::words::hundredths;
use crate::text::is_in_brackets;

/// Lines that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub lines: Vec<Line>,
    /// The level of a heading; `None`: it is none.
    pub heading: Option<u8>,
    /// Whether it may go on on the next page, or from the page before.
    pub open: bool,
    pub starts: bool,
}

impl Paragraph {
    /// Whether a line is numbered as this paragraph is: the next of its kind.
    pub fn is_numbered_like(&self, line: &Line) -> bool {
        let own = self.lines.first().and_then(|first| marks::mark(&first.text()));
        own.is_some() && own == marks::mark(&line.text())
    }

    /// Whether it is a line that neither ends a sentence nor announces what follows: a title, or its number (IV.).
    pub fn is_title(&self) -> bool {
        const NUMBER: usize = 4;
        let [line] = &self.lines[..] else { return false };
        let text = line.text();
        text.chars().count() <= NUMBER || !marks::closes(&text)
    }
}

/// How the text of a page is set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// Where lines start, and where they end.
    pub left: Length,
    right: Length,
    /// The size of most letters.
    pub size: Length,
    /// The usual distance of baselines.
    leading: Length,
}

impl Setting {
    /// How lines are set.
    pub fn of<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Self {
        let lines: Vec<&Line> = lines.into_iter().collect();
        let letters = |line: &Line| line.words.iter().map(|word| word.text.len()).sum::<usize>();
        let mut sizes: Vec<_> = lines.iter().map(|line| (line.size, letters(line))).collect();
        sizes.sort_unstable();
        let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
        let mut passed = 0;
        let middle = sizes.iter().find(|(_, count)| {
            passed += count;
            passed > half
        });
        let size = middle.map_or(0, |&(size, _)| size);
        let body = body(lines.iter().copied(), size);
        let mut steps: Vec<_> = body.windows(2).map(|pair| pair[1].y - pair[0].y).filter(|&step| step > 0).collect();
        steps.sort_unstable();
        let (left, right) = margins(&body);
        // The smaller steps are those within paragraphs.
        Self { left, right, size, leading: steps.get(steps.len() / 3).copied().unwrap_or(size * 2) }
    }

    /// How the lines of a column of its page are set: between margins of their own.
    pub fn within(self, lines: &[Line]) -> Self {
        let own = body(lines, self.size);
        let (left, right) = if own.is_empty() { margins(&lines.iter().collect::<Vec<_>>()) } else { margins(&own) };
        Self { left, right, ..self }
    }

    /// Whether a line leaves room for the first word of the next.
    fn is_short(&self, line: &Line, next: &Line) -> bool {
        let Some(word) = next.words.first() else { return true };
        let first = word.text.chars().next().unwrap_or(' ');
        // Some Chinese characters may not start a line, brackets may not end one: then more room is left.
        let needed = match first {
            '（' | '《' | '“' | '(' => next.size * 4,
            first if is_wide(first) => next.size * 3,
            _ => word.x1 - word.x0 + hundredths(next.size, 30),
        };
        line.x1() + needed.min(next.size * 12) < self.right
    }

    fn is_indented(&self, line: &Line) -> bool {
        line.x0() > self.left + hundredths(self.size, 80)
    }

    /// Whether a line goes on in the next one.
    pub fn goes_on(&self, line: &Line, next: &Line) -> bool {
        let sizes = (line.size.min(next.size), line.size.max(next.size));
        let alike = hundredths(sizes.1, 88) <= sizes.0 && line.is_bold() == next.is_bold();
        if alike && is_broken(&line.text(), &next.text()) {
            return true;
        }
        let mark = marks::mark(&next.text());
        let hanging = next.x0() > line.x0() && marks::mark(&line.text()).is_some();
        // A bold mark below another is that of a heading below another.
        let is_heading = || line.is_bold() && marks::mark(&line.text()).is_some();
        let closes = || marks::closes(&line.text());
        let starts = mark.is_some() && (self.is_indented(next) || closes() || mark == Some(Mark::Item) || is_heading());
        let indents = next.x0() > line.x0() + hundredths(self.size, 80) && !hanging || self.starts_chinese(next);
        let text = next.text();
        let is_remark = is_in_brackets(&text) && (next.is_bold() || declares_unit(&text));
        alike && !starts && !indents && !is_remark && !self.is_short(line, next)
    }

    /// Whether a line is indented by two Chinese characters, as the first of a paragraph is.
    fn starts_chinese(&self, line: &Line) -> bool {
        let indent = line.x0() - self.left;
        let first = line.words.first().and_then(|word| word.text.chars().next());
        (hundredths(self.size, 160)..=hundredths(self.size, 260)).contains(&indent) && first.is_some_and(is_wide)
    }

    fn is_near(&self, line: &Line, next: &Line) -> bool {
        let near = hundredths(self.leading, 135).min(hundredths(line.size, 280));
        next.y - line.y <= near.max(hundredths(line.size, 130))
    }
}

/// The lines in letters of about a size.
fn body<'l>(lines: impl IntoIterator<Item = &'l Line>, size: Length) -> Vec<&'l Line> {
    lines.into_iter().filter(|line| (line.size - size).abs() <= hundredths(size, 12)).collect()
}

/// Where lines start and end for the most part.
fn margins(body: &[&Line]) -> (Length, Length) {
    let mut rights: Vec<_> = body.iter().map(|line| line.x1()).collect();
    rights.sort_unstable();
    let left = body.iter().map(|line| line.x0()).min().unwrap_or(0);
    // A line that hangs over the margin does not move it.
    (left, rights.get(rights.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0))
}

/// Whether a figure is broken over two lines: its digits and its scale ($240 / million), its word and its digits (two / (2)), or the parts of
/// a reference (881(c) / (3)(C)).
fn is_broken(line: &str, next: &str) -> bool {
    const SCALES: [&str; 6] = ["thousand", "million", "billion", "trillion", "percent", "per cent"];
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let is_scale =
        || line.ends_with(|c: char| c.is_ascii_digit()) && SCALES.iter().any(|scale| next.starts_with(scale));
    let last = line.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let count = || WORDS.iter().position(|word| last.eq_ignore_ascii_case(word));
    let is_reference = || {
        let behind = next.strip_prefix('(').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        line.ends_with(')') && behind.is_some_and(|behind| behind.starts_with(")("))
    };
    is_scale() || is_reference() || count().is_some_and(|at| next.starts_with(&format!("({})", at + 1)))
}

/// The paragraphs and headings that lines make.
pub(super) fn paragraphs(lines: Vec<Line>, setting: &Setting) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for line in lines {
        let last = paragraphs.last_mut();
        let goes_on = |last: &&mut Paragraph| {
            let before = last.lines.last().filter(|before| setting.is_near(before, &line));
            before.is_some_and(|before| {
                setting.goes_on(before, &line)
                    && (is_broken(&before.text(), &line.text()) || !last.is_numbered_like(&line))
            })
        };
        match last.filter(goes_on) {
            Some(last) => last.lines.push(line),
            None => paragraphs.push(Paragraph { lines: vec![line], ..Paragraph::default() }),
        }
    }
    for paragraph in &mut paragraphs {
        paragraph.heading = heading(paragraph, setting);
        let whole = paragraph.heading.is_none();
        let first = paragraph.lines.first();
        let last = paragraph.lines.last();
        paragraph.starts = !whole || first.is_none_or(|line| setting.is_indented(line));
        paragraph.open = whole && last.is_some_and(|line| line.x1() + setting.size * 3 >= setting.right);
    }
    paragraphs
}

/// Whether a line tells the unit of a table.
pub(super) fn declares_unit(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    marks::says_unit(text) || ["in thousand", "in million", "in billion"].iter().any(|unit| lower.contains(unit))
}

/// The level of a heading that is no larger than the text, but bold.
pub(super) const LEVEL_OF_BOLD: u8 = 4;

/// The level of a heading: short, without an end of a sentence, and larger, bold or numbered.
fn heading(paragraph: &Paragraph, setting: &Setting) -> Option<u8> {
    const LONGEST: usize = 80;
    let first = paragraph.lines.first()?;
    let text: String = paragraph.lines.iter().map(Line::text).collect();
    if marks::width(&text) > LONGEST || paragraph.lines.len() > 3 || marks::closes(&text) {
        return None;
    }
    if is_in_brackets(&text)
        || !text.contains(char::is_alphabetic)
        || marks::says_unit(&text) && text.contains(['：', ':'])
    {
        return None;
    }
    let level = match marks::mark(&text) {
        Some(Mark::Level(level)) => Some(level),
        _ => None,
    };
    let larger = first.size.saturating_mul(100) / setting.size.max(1);
    let bold = paragraph.lines.iter().all(Line::is_bold);
    match larger {
        155.. => Some(level.unwrap_or(1)),
        128.. => Some(level.unwrap_or(2)),
        113.. => Some(level.unwrap_or(3)),
        _ if bold => Some(level.unwrap_or(LEVEL_OF_BOLD)),
        _ => level.filter(|_| marks::width(&text) <= LONGEST / 2),
    }
}

/// What stands between two lines that belong together: nothing, or a blank. A hyphen that parts a word is dropped from
/// `text`.
pub(super) fn join(text: &mut String, next: &str) {
    let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else { return };
    if last == '\u{ad}' || last == '-' && first.is_lowercase() && text[..text.len() - 1].ends_with(char::is_lowercase) {
        text.pop();
        return;
    }
    // What goes on with digits behind a hyphen is one reference or range: 13a-15, S-8, 2019–2020. Words are not.
    let hyphened = text.strip_suffix(['-', '–', '‑']).and_then(|before| before.rsplit(' ').next());
    let is_number = |part: &str| part.contains(|c: char| c.is_ascii_digit()) && part.ends_with(char::is_alphanumeric);
    let is_form = |part: &str| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase());
    if first.is_ascii_digit() && hyphened.is_some_and(|part| is_number(part) || is_form(part)) {
        return;
    }
    // Chinese text breaks its figures, too, where a line ends.
    let chinese = |text: &str, back: bool| {
        let wide = |c: &char| is_wide(*c);
        let near = 12;
        if back { text.chars().rev().take(near).any(|c| wide(&c)) } else { text.chars().take(near).any(|c| wide(&c)) }
    };
    let digits = last.is_ascii_digit() && first.is_ascii_digit();
    let close = is_wide(last) || is_wide(first) || digits && chinese(text, true) && chinese(next, false);
    if !close {
        text.push(' ');
    }
}
