//! Which lines of a page are the rows of one table.

use super::super::affix::is_open;
use super::columns::Columns;
use super::glyph::Rule;
use super::lines::Line;
use super::measure::Length;
use super::pieces::{self, Kind, Piece};
use super::rows::{is_continued, is_note, is_unfinished};
use super::words::hundredths;
use crate::calendar::MONTHS;

/// A line with its pieces.
pub(super) struct Row {
    pub line: Line,
    pub pieces: Vec<Piece>,
}

/// The lines of a page as rows; `walls` are the lines drawn between columns.
pub(super) fn rows(lines: Vec<Line>, walls: &[Rule]) -> Vec<Row> {
    let row = |line: Line| {
        let beside = walls.iter().filter(|wall| wall.from <= line.y && line.y <= wall.to).map(|wall| wall.at);
        Row { pieces: pieces::pieces(&line, &beside.collect::<Vec<_>>()), line }
    };
    let mut rows: Vec<Row> = lines.into_iter().map(row).collect();
    for at in 1..rows.len() {
        if let ([label], [mark, _, ..]) = (&rows[at - 1].pieces[..], &rows[at].pieces[..])
            && (is_mark_below(mark, label) || goes_on_label(mark, label))
        {
            rows[at].pieces[0].kind = Kind::Text;
        }
        if heads_labels(&rows[at - 1], &rows[at]) {
            rows[at - 1].pieces[0].kind = Kind::Text;
        }
    }
    rows
}

/// Whether a line is a year that stands above a label, as what heads some rows does.
fn heads_labels(row: &Row, below: &Row) -> bool {
    let ([year], Some(label)) = (&row.pieces[..], below.pieces.first()) else { return false };
    let size = row.line.size.max(below.line.size);
    year.is_year() && label.kind == Kind::Text && (label.x0() - year.x0()).abs() <= 2 * size && !is_far(row, below)
}

/// Whether a piece is the mark of a note, (1), that ends the label which it stands below.
fn is_mark_below(mark: &Piece, label: &Piece) -> bool {
    let is_label = label.kind == Kind::Text && label.x0() <= mark.x1() && mark.x1() <= label.x1();
    is_label && mark.is_small_number()
}

/// Whether a figure goes on with the label that it stands below: net of tax of / $53.
fn goes_on_label(piece: &Piece, label: &Piece) -> bool {
    let size = label.size();
    let is_near = piece.y() - label.y() <= hundredths(size, 140);
    let is_below = is_near && (label.x0() - size..=label.x1() + size).contains(&piece.x0());
    label.kind == Kind::Text && is_below && is_unfinished(&label.text())
}

/// A table ends below the row with which it has more columns of figures.
const MOST_COLUMNS: usize = 1000;

/// So many lines without figures may stand between two rows.
const MOST_BETWEEN: usize = 7;

/// Whether a line looks like a row of a table: a figure that is not the first piece, or several.
fn is_row(row: &Row) -> bool {
    let figures = row.pieces.iter().filter(|piece| piece.kind == Kind::Figure).count();
    let leads = row.pieces.first().is_some_and(|piece| piece.kind == Kind::Figure);
    row.pieces.len() > 1 && figures > usize::from(leads)
}

/// Where the run of rows that starts at `start` ends; `None`: there is none.
pub(super) fn end(rows: &[Row], start: usize) -> Option<usize> {
    if !is_row(&rows[start]) {
        return None;
    }
    let (mut end, mut found) = (start + 1, 1);
    let mut columns = Columns::default();
    columns.add(&rows[start]);
    let mut aligned = 0;
    for at in start + 1..rows.len() {
        let (last, row) = (&rows[at - 1], &rows[at]);
        let sizes = (row.line.size.min(last.line.size), row.line.size.max(last.line.size));
        if is_far(last, row) || is_new_header(row) || at - end >= MOST_BETWEEN || sizes.1 > hundredths(sizes.0, 180) {
            break;
        }
        if columns.values.len() > MOST_COLUMNS {
            break;
        }
        if is_row(row) || is_lone(row, &columns) || has_nothing(row, &columns) {
            aligned += row.pieces.iter().filter(|piece| piece.is_value() && columns.fits(piece)).count();
            columns.add(row);
            (end, found) = (at + 1, found + 1);
        } else if !may_stand_between(row, &columns) && !is_wrapped(last, row) {
            let goes_on = rows.get(at + 1).is_some_and(|next| is_label_of(row, next, &columns));
            if !goes_on {
                break;
            }
        }
    }
    // The last label may be wrapped: its second line follows more closely than rows do.
    let pitch = (rows[end - 1].line.y - rows[start].line.y) / (found as Length - 1).max(1);
    let wraps = |row: &Row| {
        let beside = row.pieces.len() == 1 && may_stand_between(row, &columns) && !is_note(&row.line.text());
        beside && row.line.y - rows[end - 1].line.y <= pitch / 2
    };
    let end = if rows.get(end).is_some_and(wraps) { end + 1 } else { end };
    // Two figures below each other may stand in sentences, unless each has its currency far before it.
    let enough = if found > 2 || rows[start..end].iter().all(is_spread) { found - 1 } else { 2 };
    (found > 1 && aligned >= enough && !is_contents(&rows[start..end])).then_some(end)
}

/// Where a row of figures ends that is the only one of its table: right above it stands a title over each of its columns, and no more
/// than one over its label.
pub(super) fn end_of_single(rows: &[Row], floor: usize, at: usize) -> Option<usize> {
    const FEWEST: usize = 2;
    const REACH: Length = 260;
    let (row, above) = (&rows[at], rows[floor..at].last()?);
    let mut columns = Columns::default();
    columns.add(row);
    let (labels, values) = row.pieces.split_at(row.pieces.iter().position(Piece::is_value)?);
    let figures = values.iter().filter(|piece| piece.kind == Kind::Figure && !piece.is_year()).count();
    let are_titled = |row: &Row| {
        let is_stub = |piece: &&Piece| columns.is_left(piece) && !columns.reaches(piece);
        columns.are_titled(&row.pieces[usize::from(row.pieces.first().filter(is_stub).is_some())..])
    };
    let is_near = row.line.y - above.line.y <= hundredths(row.line.size.max(above.line.size), REACH);
    let is_plain = labels.len() < 2 && values.iter().all(Piece::is_value) && columns.values.len() == values.len();
    // Further rows of figures in these columns are of the same table, however far below, unless they have titles of their own.
    let is_of_table = |row: &Row| is_row(row) && row.pieces.iter().any(|piece| piece.is_value() && columns.fits(piece));
    let below = || rows[at + 1..].iter().take(MOST_BETWEEN).take_while(|row| !are_titled(row));
    (figures >= FEWEST && is_near && is_plain && are_titled(above) && !below().any(is_of_table)).then_some(at + 1)
}

/// Where the run whose rows stand at `start..end` starts: figures above it that stand in one of its columns, each below its
/// label, are rows of it, too.
pub(super) fn start(rows: &[Row], floor: usize, start: usize, end: usize) -> usize {
    let mut columns = Columns::default();
    rows[start..end].iter().for_each(|row| columns.add(row));
    let mut first = start;
    for at in (floor..start).rev() {
        let (row, below) = (&rows[at], &rows[at + 1]);
        if is_far(row, below) || first - at > MOST_BETWEEN {
            break;
        }
        if is_lone(row, &columns) && !row.pieces[0].is_year() {
            first = at;
        } else if row.pieces.len() > 1 || !may_stand_between(row, &columns) {
            break;
        }
    }
    // The label of the first figure stands above it.
    let is_label = |at: usize| rows[at].pieces.len() == 1 && may_stand_between(&rows[at], &columns);
    if first < start && first > floor && is_label(first - 1) { first - 1 } else { first }
}

/// Whether the run whose rows stand at `start..end` may be the rest of a table: figures stand in its columns not far above it, and
/// no sentence between.
pub(super) fn is_rest(rows: &[Row], start: usize, end: usize) -> bool {
    const REACH: usize = 8;
    let mut columns = Columns::default();
    rows[start..end].iter().for_each(|row| columns.add(row));
    let above = (start.saturating_sub(REACH)..start).rev();
    let near = above.take_while(|&at| {
        let is_sentence = || rows[at].pieces.len() == 1 && !may_stand_between(&rows[at], &columns);
        !is_far(&rows[at], &rows[at + 1]) && (is_lone(&rows[at], &columns) || !is_sentence())
    });
    let has_figure = |row: &Row| {
        row.pieces.iter().any(|piece| piece.kind == Kind::Figure && columns.fits(piece) && !piece.is_year())
    };
    near.into_iter().any(|at| has_figure(&rows[at]))
}

/// Where the figures of the run whose rows stand at `start..end` start: below the years that head its columns, alone or beside titles of
/// other columns, and the units or further titles that stand below these.
pub(super) fn body(rows: &[Row], start: usize, end: usize) -> usize {
    let mut columns = Columns::default();
    rows[start + 1..end].iter().for_each(|row| columns.add(row));
    let is_label = |piece: &Piece| columns.values.first().is_none_or(|first| piece.middle() <= first.0);
    let is_title = |piece: &Piece| piece.is_value() || columns.reaches(piece) && !is_label(piece);
    let heads = |row: &&Row| {
        let mut figures = row.pieces.iter().filter(|piece| piece.is_value()).peekable();
        let are_titles = row.pieces[0].kind == Kind::Figure || row.pieces.iter().all(is_title);
        figures.peek().is_some() && figures.all(Piece::is_year) && are_titles
    };
    let years = rows[start..end - 1].iter().take_while(heads).count();
    let is_unit = |row: &Row| row.pieces.iter().all(|piece| piece.text() == row.pieces[0].text());
    let are_titles = |row: &Row| row.pieces.iter().filter(|piece| is_title(piece)).count() > 1;
    let heads_further = |row: &&Row| {
        let is_text = row.pieces.len() > 1 && row.pieces.iter().all(|piece| piece.kind == Kind::Text);
        is_text && (is_unit(row) || are_titles(row))
    };
    let below = if years > 0 { start + years..end - 1 } else { end..end };
    start + years + rows[below].iter().take_while(heads_further).count()
}

/// Where the figures start if those of the line `body` have no label: with the line above it, if that is one, set a little higher or as
/// far as other labels stand above their figures; or where the label starts that goes on in this line.
pub(super) fn with_label(rows: &[Row], floor: usize, body: usize, end: usize) -> usize {
    let mut columns = Columns::default();
    rows[body..end].iter().for_each(|row| columns.add(row));
    let step = |at: usize| rows[at].line.y - rows[at - 1].line.y;
    let is_labelled_above = |at: usize| {
        let (label, figures) = (&rows[at - 1], &rows[at]);
        let is_label =
            label.pieces.len() == 1 && label.pieces[0].kind == Kind::Text && may_stand_between(label, &columns);
        is_label && !label.pieces[0].is_unit() && figures.pieces.iter().all(Piece::is_value)
    };
    let starts_label = |&at: &usize| {
        let ([start], Some(label)) = (&rows[at].pieces[..], rows[at + 1].pieces.first()) else { return false };
        let is_near = step(at + 1) <= hundredths(rows[at + 1].line.size, 160);
        let are_labels = [start, label].iter().all(|piece| piece.kind == Kind::Text && columns.is_left(piece));
        is_near && are_labels && !start.is_unit() && is_continued(&start.text(), &label.text())
    };
    if body <= floor || !is_labelled_above(body) {
        return body - (floor..body).rev().take_while(starts_label).count();
    }
    let is_alike = |at: usize| is_labelled_above(at) && (step(at) - step(body)).abs() <= hundredths(step(body), 10);
    let is_near = step(body) <= rows[body].line.size;
    if is_near || (body + 1..end).any(is_alike) { body - 1 } else { body }
}

/// Whether a line heads another table: its figures are years, which go on one by one, and its label tells their unit or their time, (in
/// millions), As of December 31, or there is none.
fn is_new_header(row: &Row) -> bool {
    let (label, years) = match &row.pieces[..] {
        [label, years @ ..] if label.kind == Kind::Text => (label.text().to_ascii_lowercase(), years),
        years => (String::new(), years),
    };
    let figures: Vec<&Piece> = years.iter().filter(|piece| piece.is_value()).collect();
    let year = |piece: &Piece| piece.text().get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
    let is_unit = label.starts_with("(in ");
    let names_month = || {
        let mut words = label.split_whitespace();
        words.any(|word| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word)))
            && label.split_whitespace().count() < 5
    };
    let is_time = ["ended ", "ending ", "as of "].iter().any(|time| label.contains(time)) || names_month();
    let go_on = figures.len() > 1 && figures.windows(2).all(|pair| (year(pair[0]) - year(pair[1])).abs() == 1);
    let are_all = is_unit || years.len() == figures.len() && (label.is_empty() || is_time);
    are_all && !figures.is_empty() && (is_unit || go_on) && figures.into_iter().all(Piece::is_year)
}

/// Whether the figures of a line have their currency far before them, as those of columns do.
fn is_spread(row: &Row) -> bool {
    row.pieces.iter().filter(|piece| piece.is_value()).all(Piece::is_spread)
}

/// Whether a line is a single figure in one of the columns.
fn is_lone(row: &Row, columns: &Columns) -> bool {
    matches!(&row.pieces[..], [piece] if piece.kind == Kind::Figure && columns.fits(piece))
}

/// Whether a line is a label and marks in place of all its figures.
fn has_nothing(row: &Row, columns: &Columns) -> bool {
    let [label, marks @ ..] = &row.pieces[..] else { return false };
    let is_mark = |piece: &Piece| piece.kind == Kind::Nothing && columns.fits(piece);
    label.kind == Kind::Text && !marks.is_empty() && marks.iter().all(is_mark)
}

/// Whether two lines stand too far from each other to be rows of one table.
fn is_far(above: &Row, below: &Row) -> bool {
    below.line.y - above.line.y > hundredths(below.line.size.max(above.line.size), 420)
}

/// Whether a line without figures may stand between rows: a label, not a paragraph that goes beside or below.
fn may_stand_between(row: &Row, columns: &Columns) -> bool {
    let figures = columns.values.iter().map(|column| column.0).min().unwrap_or(0);
    match &row.pieces[..] {
        [piece] => {
            let text = piece.text();
            // What ends before the figures is a label, however long it is.
            let is_short = piece.x1() <= figures || text.chars().count() <= 70;
            piece.x0() < figures && is_short && !text.ends_with(['.', '。']) && !announces(&text)
        }
        pieces => {
            let is_name = |piece: &Piece| piece.kind == Kind::Text && piece.text().contains(char::is_alphabetic);
            let heads = pieces.iter().filter(|piece| is_name(piece) && columns.reaches(piece)).count();
            // The header of another table stands over most columns.
            let is_header = heads > 2 && heads * 2 >= columns.values.len();
            !is_header && pieces.iter().all(|piece| piece.text().chars().count() <= 40)
        }
    }
}

/// Whether a line is the start of the next one's label, though it runs over the figures' columns.
fn is_label_of(row: &Row, next: &Row, columns: &Columns) -> bool {
    let ([start], [label, values @ ..]) = (&row.pieces[..], &next.pieces[..]) else { return false };
    let near = next.line.y - row.line.y <= hundredths(next.line.size, 140);
    let text = start.text();
    let goes_on = is_open(&text) || label.text().starts_with(char::is_lowercase);
    let is_value = |piece: &Piece| piece.is_value() && columns.fits(piece);
    near && label.kind == Kind::Text && goes_on && !values.is_empty() && values.iter().all(is_value)
}

/// Whether a line announces another table: the parts are as follows.
fn announces(text: &str) -> bool {
    ["follow:", "follows:", "following:", "如下：", "如下:"].iter().any(|end| text.ends_with(end))
}

/// Whether a line is the rest of a text in a column behind figures.
fn is_wrapped(above: &Row, row: &Row) -> bool {
    let [rest] = &row.pieces[..] else { return false };
    let is_above = |piece: &Piece| piece.kind == Kind::Text && piece.x0() < rest.x1() && rest.x0() < piece.x1();
    let near = row.line.y - above.line.y <= hundredths(row.line.size, 140);
    near && is_row(above) && above.pieces.iter().skip(1).any(is_above)
}

/// Whether lines are a table of contents: leaders, and whole numbers that go up.
fn is_contents(rows: &[Row]) -> bool {
    let led = |row: &&Row| {
        row.line.words.iter().any(|w| w.text.contains("....") || w.text.contains("……") || w.text.contains("⋯⋯"))
    };
    let led = rows.iter().filter(led).count();
    let page =
        |row: &Row| row.pieces.last().and_then(|piece| piece.text().trim_matches(['-', ' ']).parse::<u32>().ok());
    let pages: Vec<_> = rows.iter().filter_map(page).collect();
    let values = rows.iter().flat_map(|row| &row.pieces).filter(|piece| piece.kind == Kind::Figure).count();
    led * 2 > rows.len() && pages.len() + 1 >= values.min(rows.len()) && pages.is_sorted()
}
