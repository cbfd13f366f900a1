//! Tables without ruling: figures that stand below each other make the columns.

use std::ops::Range;

use super::super::marks;
use super::glyph::Rule;
use super::lines::Line;
use super::measure::{Area, Length};
use super::pieces::{Kind, Piece};
use super::rows;
use super::runs::{self, Row};
use super::settle::{Close, part_texts, text_starts};
use super::table::{PageCell, PageTable, set_indents};
use super::words::hundredths;

/// Finds tables among the lines of a page; gives what is left, too.
/// `rules` are the lines drawn on it from side to side, `walls` those drawn between columns.
pub(super) fn tables(lines: Vec<Line>, rules: &[Rule], walls: &[Rule]) -> (Vec<PageTable>, Vec<Line>) {
    let rows = runs::rows(lines, walls);
    let mut spans = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let floor = spans.last().map_or(0, |&(_, _, end, _)| end);
        match runs::end(&rows, at).or_else(|| runs::end_of_single(&rows, floor, at)) {
            Some(end) => {
                let start = runs::start(&rows, floor, at, end);
                let body = runs::body(&rows, start, end);
                let body = runs::with_label(&rows, floor, body, end);
                let header = headers(&rows, floor, body, end, rules).min(start);
                spans.push((header, body, end, header == body && runs::is_rest(&rows, body, end)));
                at = end;
            }
            None => at += 1,
        }
    }
    let (mut tables, mut rest) = (Vec::new(), Vec::new());
    let mut rows = rows.into_iter().enumerate().peekable();
    for (start, body, end, torn) in spans {
        while let Some((_, row)) = rows.next_if(|(i, _)| *i < start) {
            rest.push(row.line);
        }
        let mut members = Vec::new();
        while let Some((_, row)) = rows.next_if(|(i, _)| *i < end) {
            members.push(row);
        }
        tables.push(PageTable { torn, ..table(members, body - start, rules) });
    }
    rest.extend(rows.map(|(_, row)| row.line));
    (tables, rest)
}

/// Where the header above the rows from `body` on starts.
fn headers(rows: &[Row], floor: usize, body: usize, end: usize, rules: &[Rule]) -> usize {
    const MOST: usize = 8;
    let mut columns = Columns::default();
    rows[body..end].iter().for_each(|row| columns.add(row));
    let (left, right) = rows[body..end]
        .iter()
        .fold((Length::MAX, Length::MIN), |(left, right), row| (left.min(row.line.x0()), right.max(row.line.x1())));
    let mut start = body;
    let above =
        |body: usize, is: &dyn Fn(&Row) -> bool| rows[floor..body].iter().rev().take_while(|row| is(row)).count();
    // What heads the first rows alone belongs to them.
    let first = body - above(body, &|row| matches!(&row.pieces[..], [label] if columns.is_before(label)));
    let first = first - above(first, &is_unit);
    for at in (floor..body).rev().take(MOST) {
        let (row, below) = (&rows[at], &rows[at + 1]);
        let over: usize = row.pieces.iter().map(|piece| columns.titles(piece)).sum();
        let count = columns.values.len();
        // A line that heads most columns may stand further away.
        let heads = over > 2 && over * 2 >= count && row.pieces.len() <= over + 1;
        let step = below.line.y - row.line.y;
        let lines = |part: Length| hundredths(row.line.size.max(below.line.size), part);
        let size = hundredths(right - left, 6);
        let is_title = row.pieces.last().is_some_and(|last| columns.reaches(last));
        let outside =
            row.line.x0() < left - size && !heads && !is_unit(row) || row.line.x1() > right + size && !is_title;
        // Above a rule over the whole table stand titles, unless it is the one above the figures, or above their unit, or groups of
        // columns stand above it.
        let are_groups = over > 1 && over >= row.pieces.len() && row.pieces.iter().all(|piece| columns.reaches(piece));
        let ruled = at + 1 < first && !are_groups && rules.iter().any(|rule| is_over(rule, row, below, right - left));
        let reach = if columns.are_titled(&row.pieces) {
            800
        } else if heads {
            500
        } else if are_groups {
            400
        } else {
            260
        };
        if step > lines(reach) || outside || ruled {
            break;
        }
        // Any line with a figure stands over a single column.
        if count == 1 && row.pieces.iter().any(|piece| piece.kind == Kind::Figure && !piece.is_year()) {
            break;
        }
        match &row.pieces[..] {
            // A line over the page is a title or a paragraph.
            [piece] if piece.width() > hundredths(right - left, 60) => break,
            // The first line of a wrapped header. A unit above all speaks of all.
            [piece] => {
                let is_near = at + 1 == start && start < body;
                let is_group = rules.iter().any(|rule| columns.is_group(piece, rule, below));
                if is_near && !piece.is_unit() && (is_group || step <= lines(140) && columns.fits(piece)) {
                    start = at;
                }
            }
            [first, ..] if marks::names_table(&first.text()) => break,
            pieces if over >= count.min(2) && pieces.iter().all(|piece| piece.text().chars().count() <= 60) => {
                start = at
            }
            [_, _] if is_unit(row) => start = at,
            _ => break,
        }
    }
    start
}

/// Whether a line tells the unit of the figures below it, or a remark on them, (unaudited), and at most the name of their labels.
fn is_unit(row: &Row) -> bool {
    row.pieces.len() <= 2
        && row.pieces.last().is_some_and(|piece| piece.is_unit() || row.pieces.len() > 1 && piece.is_remark())
}

/// Whether a rule goes between two lines, over most of a width.
fn is_over(rule: &Rule, above: &Row, below: &Row, width: Length) -> bool {
    let between = above.line.y < rule.at && rule.at < below.line.y;
    !rule.upright && between && rule.to - rule.from >= hundredths(width, 80)
}

/// Where the columns of a table are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Columns of figures, from left to right, none over another: where they start and end.
    pub values: Vec<(Length, Length)>,
}

/// Which of the columns, from left to right, a piece overlaps.
fn overlapped(columns: &[(Length, Length)], piece: &Piece) -> Range<usize> {
    let first = columns.partition_point(|column| column.1 <= piece.x0());
    let after = columns.partition_point(|column| column.0 < piece.x1());
    first..after.max(first)
}

/// The column that most of a piece stands in, or that it is nearest to.
fn nearest(columns: &[(Length, Length)], piece: &Piece) -> Option<usize> {
    let over = overlapped(columns, piece);
    let near = over.start.saturating_sub(1)..columns.len().min(over.end + 1);
    near.max_by_key(|&i| shared(columns[i], piece))
}

/// How much of a piece stands in a column; less than nothing: how far away it is.
fn shared(column: (Length, Length), piece: &Piece) -> Length {
    column.1.min(piece.x1()) - column.0.max(piece.x0())
}

impl Columns {
    /// Adds the values of a row.
    pub fn add(&mut self, row: &Row) {
        row.pieces.iter().filter(|piece| piece.is_value()).for_each(|piece| self.put(piece));
    }

    /// Widens the only column that a piece overlaps, or adds one.
    fn put(&mut self, piece: &Piece) {
        let (x0, x1) = (piece.x0(), piece.x1());
        let over = overlapped(&self.values, piece);
        match self.values[over.clone()] {
            [] => self.values.insert(over.start, (x0, x1)),
            [ref mut column] => *column = (column.0.min(x0), column.1.max(x1)),
            _ => {}
        }
    }

    /// The column that most of a piece stands in.
    pub fn of(&self, piece: &Piece) -> Option<usize> {
        let share = |&i: &usize| shared(self.values[i], piece);
        overlapped(&self.values, piece).filter(|i| share(i) > 0).max_by_key(share)
    }

    /// Whether a piece stands over or below a column.
    pub fn reaches(&self, piece: &Piece) -> bool {
        self.of(piece).is_some()
    }

    /// How many titles of columns a piece is: two that stand close are two.
    fn titles(&self, piece: &Piece) -> usize {
        let parts = rows::parted(piece, &self.values).filter(|(left, right)| {
            let (left, right) = (self.of(left), self.of(right));
            left.is_some() && right.is_some() && left != right
        });
        if parts.is_some() { 2 } else { usize::from(self.reaches(piece)) }
    }

    /// Whether pieces are the titles of all columns, each aligned with its own; below such a header some room may be left.
    pub fn are_titled(&self, pieces: &[Piece]) -> bool {
        let is_title = |(at, piece): (usize, &Piece)| {
            (piece.kind == Kind::Text || piece.is_year()) && self.fits(piece) && self.of(piece) == Some(at)
        };
        pieces.len() > 1 && pieces.len() == self.values.len() && pieces.iter().enumerate().all(is_title)
    }

    /// Whether a piece is the title of several columns, as the line tells that is drawn below it and above the line of text `below`.
    fn is_group(&self, piece: &Piece, rule: &Rule, below: &Row) -> bool {
        let is_below = !rule.upright && (piece.y()..below.line.y).contains(&rule.at);
        let holds =
            rule.from <= piece.x0() && piece.x1() <= rule.to && rule.to - rule.from > piece.width() + piece.size();
        let is_under = |column: &&(Length, Length)| (rule.from..=rule.to).contains(&((column.0 + column.1) / 2));
        let starts = self.values.first().is_some_and(|first| rule.from >= first.0 - 6 * piece.size());
        is_below && holds && starts && self.values.iter().filter(is_under).count() > 1
    }

    /// Whether a piece starts at the left of all columns of figures.
    pub fn is_left(&self, piece: &Piece) -> bool {
        self.values.first().is_some_and(|first| piece.x0() < first.0)
    }

    /// Whether words stand at the left of all columns of figures, and below none of their titles.
    fn is_before(&self, piece: &Piece) -> bool {
        piece.kind == Kind::Text && self.is_left(piece) && !self.reaches(piece) && !piece.is_unit()
    }

    /// Whether a piece is aligned with a column: both end, start or have their middle at about the same place.
    pub fn fits(&self, piece: &Piece) -> bool {
        let slack = hundredths(piece.words.first().map_or(0, |word| word.size), 60);
        let near = |a: Length, b: Length| (a - b).abs() <= slack;
        self.of(piece).is_some_and(|i| {
            let (x0, x1) = self.values[i];
            near(x1, piece.x1()) || near(x0, piece.x0()) || near((x0 + x1) / 2, piece.middle())
        })
    }
}

/// Makes a table of rows, the first `headers` of which are its header; `rules` are the lines drawn from side to side.
fn table(mut rows: Vec<Row>, headers: usize, rules: &[Rule]) -> PageTable {
    settle(&mut rows[headers..]);
    let body = &rows[headers..];
    let mut columns = Columns::default();
    let mut order: Vec<_> = body.iter().collect();
    // The fullest rows show best where the columns are.
    order.sort_by_key(|row| std::cmp::Reverse(row.pieces.iter().filter(|piece| piece.is_value()).count()));
    order.iter().for_each(|row| columns.add(row));
    let first = columns.values.first().map_or(Length::MAX, |column| column.0);
    let is_lead = |piece: &&Piece| piece.kind == Kind::Text && piece.x0() < first;
    for piece in order.iter().flat_map(|row| &row.pieces) {
        if piece.kind == Kind::Text && piece.x0() >= first {
            columns.put(piece);
        }
    }
    let mut leads = lead_columns(body, is_lead);
    // Labels may run over the figures' column where it is empty.
    if let Some(last) = leads.last_mut() {
        last.1 = last.1.min(first).max(last.0);
    }
    let named_by_years = leads.is_empty() && are_named_by_years(body, &columns);
    let grid =
        Places { leads: leads.len(), named_by_years, columns: leads.into_iter().chain(columns.values).collect() };
    let area = rows.iter().map(|row| row.line.area());
    let area =
        area.reduce(|a, b| Area { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) });
    let mut table = PageTable { area: area.unwrap_or_default(), edges: grid.edges(), ..PageTable::default() };
    let rows = rows.into_iter().map(|row| (row.line, row.pieces)).collect::<Vec<_>>();
    for mut cells in rows::rows(rows, headers, &grid, rules) {
        cells.sort_by_key(|cell| cell.column);
        let row = table.rows;
        table.cells.extend(cells.into_iter().map(|cell| PageCell { row, rows: 1, ..cell }));
        table.rows += 1;
    }
    set_indents(&mut table);
    table
}

/// Puts together and parts what stands close to a figure, as the columns of all other values tell.
fn settle(body: &mut [Row]) {
    let close = Close::of(body.iter().map(|row| &row.pieces));
    let mut columns = Columns::default();
    let mut order: Vec<Vec<&Piece>> = body.iter().map(|row| close.clear(&row.pieces).collect()).collect();
    order.sort_by_key(|values| std::cmp::Reverse(values.len()));
    order.into_iter().flatten().for_each(|piece| columns.put(piece));
    let starts = text_starts(body.iter().map(|row| &row.pieces));
    for row in body {
        row.pieces = close.settle(std::mem::take(&mut row.pieces), &columns);
        part_texts(&mut row.pieces, &columns, &starts);
    }
}

/// Whether the first column holds years, and words, that name the rows.
fn are_named_by_years(rows: &[Row], columns: &Columns) -> bool {
    let first = rows.iter().filter_map(|row| row.pieces.first()).filter(|piece| columns.of(piece) == Some(0));
    let mut figures = first.filter(|piece| piece.is_value()).peekable();
    columns.values.len() > 1 && figures.peek().is_some() && figures.all(Piece::is_year)
}

/// The columns of words before the first figures: one, unless many rows have several.
fn lead_columns(rows: &[Row], is_lead: impl Fn(&&Piece) -> bool) -> Vec<(Length, Length)> {
    let leads: Vec<Vec<&Piece>> = rows.iter().map(|row| row.pieces.iter().filter(&is_lead).collect()).collect();
    let several = leads.iter().filter(|leads| leads.len() > 1).count();
    let mut columns = Columns::default();
    if several >= 3 && several * 3 >= leads.len() {
        let mut order: Vec<_> = leads.iter().filter(|leads| !leads.is_empty()).collect();
        order.sort_by_key(|leads| std::cmp::Reverse(leads.len()));
        order.iter().flat_map(|leads| leads.iter()).for_each(|piece| columns.put(piece));
        return columns.values;
    }
    let all = || leads.iter().flatten();
    let start = all().map(|piece| piece.x0()).min();
    let end = all().map(|piece| piece.x1()).max();
    start.zip(end).into_iter().collect()
}

/// Where all columns of a table are.
pub(super) struct Places {
    /// How many hold words before the first figures.
    leads: usize,
    /// Whether none does, and the first holds years that name the rows.
    named_by_years: bool,
    columns: Vec<(Length, Length)>,
}

impl Places {
    fn edges(&self) -> Vec<Length> {
        let first = self.columns.first().map(|column| column.0);
        let between = self.columns.windows(2).map(|pair| (pair[0].1.min(pair[1].0) + pair[1].0) / 2);
        let last = self.columns.last().map(|column| column.1);
        first.into_iter().chain(between).chain(last).collect()
    }

    /// Whether a column holds the labels of rows.
    pub fn is_lead(&self, column: usize) -> bool {
        column < self.leads
    }

    /// Where the columns start and end.
    pub fn columns(&self) -> &[(Length, Length)] {
        &self.columns
    }

    /// The columns that hold no labels: the first, and how many.
    pub fn values(&self) -> (usize, usize) {
        let names = self.leads + usize::from(self.named_by_years);
        (names, self.columns.len() - names)
    }

    /// Where the first column starts.
    pub fn left(&self) -> Length {
        self.columns.first().map_or(0, |column| column.0)
    }

    /// Where some columns start and end: the first, and how many.
    pub fn extent(&self, (first, count): (usize, usize)) -> (Length, Length) {
        (self.columns[first].0, self.columns[first + count - 1].1)
    }

    /// The middle of all columns that hold no labels.
    pub fn middle(&self) -> Length {
        let values = &self.columns[self.values().0..];
        let (start, end) = (values.first().map_or(0, |first| first.0), values.last().map_or(0, |last| last.1));
        (start + end) / 2
    }

    /// Where the column of labels starts and ends.
    pub fn lead_room(&self) -> (Length, Length) {
        self.columns[..self.leads].first().copied().unwrap_or_default()
    }

    /// The column of a piece of the body.
    pub fn column(&self, piece: &Piece) -> usize {
        let (leads, values) = self.columns.split_at(self.leads);
        let first = values.first();
        // A header that is wider than the figures below it starts a little before them.
        let slack = hundredths(piece.words.first().map_or(0, |word| word.size), 200);
        let over = first.is_some_and(|&first| shared(first, piece) * 2 > piece.width());
        let start = first.map_or(Length::MAX, |first| first.0);
        let before = piece.x0() < start - slack || !over && piece.x0() < start;
        if self.leads > 0 && piece.kind == Kind::Text && before {
            return nearest(leads, piece).unwrap_or(0);
        }
        nearest(values, piece).map_or(0, |column| self.leads + column)
    }

    /// The columns that a piece of the header stands over: the first, and how many.
    pub fn span(&self, piece: &Piece) -> (usize, usize) {
        let best = nearest(&self.columns, piece).unwrap_or(0);
        let covers = |&column: &usize| {
            let (x0, x1) = self.columns[column];
            column >= self.leads && shared((x0, x1), piece) * 5 >= (x1 - x0) * 2
        };
        let covered = overlapped(&self.columns, piece).filter(covers);
        let (first, last) = covered.fold((best, best), |(first, last), column| (first.min(column), last.max(column)));
        (first, last - first + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::Word;
    use super::*;

    fn piece(start: Length, width: Length) -> Piece {
        Piece { words: vec![Word::between("1", start, start + width)], kind: Kind::Figure }
    }

    proptest! {
        /// The columns that a search of the ordered ones finds are those that are found one by one.
        #[test]
        fn columns_are_found_as_one_by_one(
            places in prop::collection::vec((0..400, 1..40), 1..40),
            sought in prop::collection::vec((0..400, 1..80), 1..20),
        ) {
            let mut columns = Columns::default();
            let mut one_by_one: Vec<(Length, Length)> = Vec::new();
            for piece in places.into_iter().map(|(start, width)| piece(start, width)) {
                columns.put(&piece);
                let over: Vec<usize> =
                    (0..one_by_one.len()).filter(|&at| shared(one_by_one[at], &piece) > 0).collect();
                match over[..] {
                    [] => one_by_one.push((piece.x0(), piece.x1())),
                    [at] => one_by_one[at] = (one_by_one[at].0.min(piece.x0()), one_by_one[at].1.max(piece.x1())),
                    _ => {}
                }
                one_by_one.sort_unstable();
                prop_assert_eq!(&columns.values, &one_by_one);
            }
            for piece in sought.into_iter().map(|(start, width)| piece(start, width)) {
                let share = |&at: &usize| shared(one_by_one[at], &piece);
                let all = || 0..one_by_one.len();
                prop_assert_eq!(columns.of(&piece), all().filter(|at| share(at) > 0).max_by_key(share));
                prop_assert_eq!(nearest(&one_by_one, &piece), all().max_by_key(share));
            }
        }
    }
}
