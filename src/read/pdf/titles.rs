//! Which columns the titles in the header of a table stand over.
//!
//! The title of a group of columns may be narrower than they are. A line drawn below it tells how far they go; else the titles of
//! the columns themselves do.

use rustc_hash::FxHashMap;

use super::columns::Places;
use super::glyph::Rule;
use super::lines::Line;
use super::measure::Length;
use super::pieces::Piece;
use super::words::hundredths;

/// A line of a header and its titles.
type Titled = (Line, Vec<Piece>);

/// Columns: the first, and how many.
pub(super) type Span = (usize, usize);

/// The columns of each title, by the lines of a header; `first` is the first line below it, `rules` are the lines drawn on the page
/// from side to side.
pub(super) fn spans(header: &[Titled], first: Option<&Line>, places: &Places, rules: &[Rule]) -> Vec<Vec<Span>> {
    let mut spans: Vec<Vec<Span>> = Vec::with_capacity(header.len());
    // The next title below each column.
    let mut lower: Vec<(&Piece, Span)> = Vec::new();
    for at in (0..header.len()).rev() {
        let (line, pieces) = &header[at];
        let below = header.get(at + 1).map(|(line, _)| line).or(first);
        let drawn = |piece: &Piece| drawn(piece, (line, below), pieces, places, rules);
        let own = |piece: &Piece| drawn(piece).unwrap_or_else(|| places.span(piece));
        let mut own: Vec<Span> = pieces.iter().map(own).collect();
        go_on(pieces, &mut own, &lower, places);
        take_again(pieces, &mut own, &lower);
        widen(pieces, &mut own, &lower, places);
        lower.retain(|(_, span)| !own.iter().any(|&own| overlap(own, *span)));
        lower.extend(pieces.iter().zip(own.iter().copied()));
        spans.push(own);
    }
    spans.reverse();
    spans
}

/// The columns above which a line is drawn below a title and no other one of its line; `below` is the line of text that follows.
fn drawn(
    piece: &Piece,
    (line, below): (&Line, Option<&Line>),
    others: &[Piece],
    places: &Places,
    rules: &[Rule],
) -> Option<Span> {
    let slack = hundredths(line.size, 20);
    let floor = below.map_or(line.y + line.size, |below| below.y - below.size / 2);
    let holds = |rule: &Rule, piece: &Piece| rule.from < piece.x1() && piece.x0() < rule.to;
    let is_below = |rule: &&Rule| {
        let whole = rule.from <= piece.x0() + slack && piece.x1() <= rule.to + slack;
        // A line as long as the title underlines its words.
        let longer = rule.to - rule.from > piece.width() + 2 * slack;
        !rule.upright && (line.y - slack..=floor).contains(&rule.at) && whole && longer
    };
    let rule = rules.iter().filter(is_below).min_by_key(|rule| rule.at)?;
    let titles = others.iter().filter(|other| !places.is_lead(places.span(other).0));
    let is_alone = titles.filter(|other| holds(rule, other)).count() == 1;
    // A line below all of the table tells nothing.
    let is_whole = |span: &Span| *span == places.values() && rule.from <= places.left() + slack;
    let span = places.within(rule.from, rule.to).filter(|span| is_alone && !is_whole(span))?;
    places.centred(piece, span)
}

/// Gives titles the columns of those that go on with them not far below: their middle is the same.
fn go_on(pieces: &[Piece], own: &mut [Span], lower: &[(&Piece, Span)], places: &Places) {
    for at in 0..own.len() {
        let piece = &pieces[at];
        let goes_on = |(next, span): &&(&Piece, Span)| {
            let is_centred = (next.middle() - piece.middle()).abs() <= hundredths(piece.size(), 60);
            let is_near = next.y() - piece.y() <= hundredths(piece.size().max(next.size()), 260);
            is_centred && is_near && span.1 > own[at].1 && !places.is_lead(span.0)
        };
        let Some(&(_, wider)) = lower.iter().find(goes_on) else { continue };
        if (0..own.len()).all(|other| other == at || !overlap(own[other], wider)) {
            own[at] = wider;
        }
    }
}

/// Gives a title that its line prints twice the same number of columns both times, where the titles below are the same.
fn take_again(pieces: &[Piece], own: &mut [Span], lower: &[(&Piece, Span)]) {
    const MOST: usize = 40;
    let titles = |(first, count): Span| -> Vec<String> {
        let title = |column| {
            lower.iter().find(|(_, span)| *span == (column, 1)).map_or(String::new(), |(piece, _)| piece.text())
        };
        (first..first + count).map(title).collect()
    };
    for at in 0..own.len().min(MOST) {
        let text = pieces[at].text();
        let wider = (0..own.len().min(MOST)).find(|&other| own[other].1 > own[at].1 && pieces[other].text() == text);
        let Some(wide) = wider.map(|other| own[other]).filter(|wide| wide.1 <= MOST) else { continue };
        let starts = (own[at].0 + own[at].1).saturating_sub(wide.1)..=own[at].0;
        let is_free = |span: Span| (0..own.len()).all(|other| other == at || !overlap(own[other], span));
        let found = starts.map(|start| (start, wide.1)).find(|&span| is_free(span) && titles(span) == titles(wide));
        own[at] = found.unwrap_or(own[at]);
    }
}

/// Widens groups to the columns that their titles tell to be of them, too: years that go on, and titles that start over below each
/// group.
fn widen(pieces: &[Piece], own: &mut [Span], lower: &[(&Piece, Span)], places: &Places) {
    let texts: FxHashMap<usize, String> = lower.iter().rev().map(|(piece, span)| (span.0, piece.text())).collect();
    let (_, count) = places.values();
    let title = |column: usize| texts.get(&column).map_or("", String::as_str);
    let single = lower.iter().filter(|(_, span)| span.1 == 1 && !places.is_lead(span.0));
    if single.count() == count {
        start_over(pieces, own, places, title);
    }
    go_on_by_number(pieces, own, places, title);
}

/// Where the titles of all columns are those of a few, again and again, each group above is over all of these.
fn start_over<'t>(pieces: &[Piece], own: &mut [Span], places: &Places, title: impl Fn(usize) -> &'t str) {
    let (first, count) = places.values();
    let repeats = |size: &usize| {
        let again = (first + size..first + count).all(|column| title(column) == title(column - size));
        count % size == 0 && again
    };
    let Some(size) = (2..=count / 2).find(repeats) else { return };
    let groups: Vec<usize> = (0..own.len()).filter(|&at| own[at].0 >= first).collect();
    let is_over = |(number, &at): (usize, &usize)| {
        let group = (first + number * size, size);
        group.0 <= own[at].0 && own[at].0 + own[at].1 <= group.0 + size && places.is_centred(&pieces[at], group)
    };
    if groups.len() == count / size && groups.iter().enumerate().all(is_over) {
        groups.into_iter().enumerate().for_each(|(number, at)| own[at] = (first + number * size, size));
    }
}

/// Columns whose titles go on by number (2023, 2022; Qtr 4, Qtr 3) with those of a group, and that have no title above, are of that
/// group.
fn go_on_by_number<'t>(pieces: &[Piece], own: &mut [Span], places: &Places, title: impl Fn(usize) -> &'t str) {
    let (first, count) = places.values();
    let step = |column: usize| -> Option<i32> {
        let before = Some(column).filter(|&column| column > first && column < first + count)? - 1;
        let ((name, number), (other, last)) = (numbered(title(column))?, numbered(title(before))?);
        Some(number - last).filter(|step| name == other && step.abs() == 1)
    };
    let free = |own: &[Span], column: usize| own.iter().all(|&span| !overlap(span, (column, 1)));
    for at in 0..own.len() {
        let (mut start, mut end) = (own[at].0, own[at].0 + own[at].1);
        if start < first {
            continue;
        }
        let kind = (start + 1..=end).find_map(step);
        while kind.is_some() && step(end) == kind && free(own, end) {
            end += 1;
        }
        while kind.is_some() && step(start) == kind && free(own, start - 1) {
            start -= 1;
        }
        let wide = (start, end - start);
        if own[at].1 > 1 && start == own[at].0 || places.is_near(&pieces[at], wide) {
            own[at] = wide;
        }
    }
}

/// The name and the number of a title: Qtr 4; a year has no name.
fn numbered(title: &str) -> Option<(&str, i32)> {
    let name = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &title[name.len()..];
    let is_year = crate::calendar::is_year(number);
    let is_number = is_year || !name.trim().is_empty() && number.len() < 3;
    number.parse().ok().filter(|_| is_number).map(|number| (name, number))
}

fn overlap(a: Span, b: Span) -> bool {
    a.0 < b.0 + b.1 && b.0 < a.0 + a.1
}

impl Places {
    /// The columns of figures that stand between two places: those whose middle is there.
    fn within(&self, from: Length, to: Length) -> Option<Span> {
        let (first, count) = self.values();
        let inside = |&column: &usize| (from..=to).contains(&middle(self.extent((column, 1))));
        let columns: Vec<usize> = (first..first + count).filter(inside).collect();
        columns.first().map(|&start| (start, columns.len()))
    }

    /// Of the columns above which a title stands alone, all, or the most that it stands in the middle of.
    fn centred(&self, piece: &Piece, all: Span) -> Option<Span> {
        const MOST: usize = 40;
        if self.is_centred(piece, all) {
            return Some(all);
        }
        let (own, count) = self.span(piece);
        let ends = (own + count..all.0 + all.1 + 1).take(MOST);
        let runs = ends.flat_map(|end| (all.0..=own).rev().take(MOST).map(move |start| (start, end - start)));
        runs.filter(|&run| self.is_near(piece, run)).max_by_key(|run| run.1)
    }

    /// Whether the middle of a title is that of some columns.
    fn is_near(&self, piece: &Piece, columns: Span) -> bool {
        (middle(self.extent(columns)) - piece.middle()).abs() <= hundredths(piece.size(), 150)
    }

    /// Whether a title stands about in the middle of some columns: figures may fill these at one side.
    fn is_centred(&self, piece: &Piece, columns: Span) -> bool {
        let (start, end) = self.extent(columns);
        ((start + end) / 2 - piece.middle()).abs() <= (end - start) / 8 + 2 * piece.size()
    }
}

fn middle((start, end): (Length, Length)) -> Length {
    (start + end) / 2
}
