//! Lines of a table without ruling become its rows: labels that are wrapped, or stand above their figures, are put together.

use super::super::affix::is_open;
use super::columns::Places;
use super::glyph::Rule;
use super::lines::{Line, is_wide};
use super::measure::Length;
use super::pieces::{Kind, Piece};
use super::table::PageCell;
use super::titles::{self, Span};
use super::words::{Word, hundredths};

/// The cells of each row. The first `headers` lines are the header; `rules` are the lines drawn from side to side.
pub(super) fn rows(
    mut lines: Vec<(Line, Vec<Piece>)>,
    headers: usize,
    places: &Places,
    rules: &[Rule],
) -> Vec<Vec<PageCell>> {
    let pitch = pitch(&lines);
    for (_, pieces) in &mut lines[..headers] {
        *pieces = part_titles(std::mem::take(pieces), places);
    }
    let first = lines.get(headers).map(|(line, _)| line);
    let near: Vec<_> = (0..lines.len()).map(|at| (ends_row(&lines, at), is_nearer_below(&lines, at))).collect();
    let mut spans = titles::spans(&lines[..headers], first, places, rules).into_iter();
    let mut rows: Vec<Built> = Vec::new();
    for ((line, pieces), (ends_row, leads_row)) in lines.into_iter().zip(near) {
        let row = Built { ends_row, leads_row, ..Built::of(line, pieces, spans.next(), places) };
        match rows.last_mut() {
            Some(last) if last.takes_rest_of_unit(&row) => last.merge_unit(row),
            Some(last) if last.takes(&row, pitch) => last.merge(row),
            _ => rows.push(row),
        }
    }
    rows.into_iter().map(|row| row.cells).collect()
}

/// Whether a line without figures may belong to the row above it: it does not lead on, as closely, to the figures of the next one.
fn ends_row(lines: &[(Line, Vec<Piece>)], at: usize) -> bool {
    const REACH: usize = 8;
    let step = |below: usize| Some(lines.get(below)?.0.y - lines[below.checked_sub(1)?].0.y);
    let Some(own) = step(at) else { return true };
    let follows = (at + 1..lines.len())
        .take(REACH)
        .take_while(|&below| step(below).is_some_and(|step| step <= hundredths(own, 115)));
    follows.into_iter().all(|below| !lines[below].1.iter().any(Piece::is_value))
}

/// Whether the line below a line is much nearer than the one above it.
fn is_nearer_below(lines: &[(Line, Vec<Piece>)], at: usize) -> bool {
    let y = |at: usize| lines.get(at).map(|(line, _)| line.y);
    let steps = at
        .checked_sub(1)
        .and_then(y)
        .zip(y(at + 1))
        .map(|(above, below)| (lines[at].0.y - above, below - lines[at].0.y));
    steps.is_some_and(|(above, below)| 2 * below < above)
}

/// How far apart rows with figures are, for the most part; 0 where nothing tells.
fn pitch(lines: &[(Line, Vec<Piece>)]) -> Length {
    let with_values = lines.iter().filter(|(_, pieces)| pieces.iter().any(Piece::is_value));
    let heights: Vec<_> = with_values.map(|(line, _)| line.y).collect();
    let mut steps: Vec<_> = heights.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).copied().unwrap_or(0)
}

/// Parts the titles of columns that stand close to each other: the gap between them is wider than all others, and above that of their
/// columns.
fn part_titles(pieces: Vec<Piece>, places: &Places) -> Vec<Piece> {
    let part = |piece: Piece| {
        let parts = parted_by_columns(&piece, places);
        if parts.len() > 2 {
            return parts;
        }
        let Some((left, right)) = parted(&piece, places.columns()) else { return vec![piece] };
        let ((own, count), (next, _)) = (places.span(&left), places.span(&right));
        if own + count == next && !places.is_lead(own) { vec![left, right] } else { vec![piece] }
    };
    pieces.into_iter().flat_map(part).collect()
}

/// The parts of a piece at its widest gap, if that is wider than all others and than a blank, or both are alike and stand over
/// columns of their own.
pub(super) fn parted(piece: &Piece, columns: &[(Length, Length)]) -> Option<(Piece, Piece)> {
    const LEAST: Length = 45;
    let gap = |at: usize| piece.words[at].x0 - piece.words[at - 1].x1;
    let part = |at: usize| {
        let (left, right) = piece.words.split_at(at);
        (Piece { words: left.to_vec(), kind: Kind::Text }, Piece { words: right.to_vec(), kind: Kind::Text })
    };
    let widest = (1..piece.words.len()).map(gap).max()?;
    let at_widest = || (1..piece.words.len()).filter(|&at| hundredths(gap(at), 105) >= widest);
    let single = at_widest().next().filter(|_| at_widest().count() == 1);
    let is_wide = |at: &usize| {
        let others = (1..piece.words.len()).filter(|other| other != at).map(gap).max().unwrap_or(0);
        widest >= hundredths(piece.words[0].size, LEAST).max(2 * others)
    };
    let parts = single.filter(is_wide).map(part);
    parts.or_else(|| at_widest().map(part).find(|(left, right)| are_aligned(left, right, columns)))
}

/// Whether two pieces are titles of the same form (2022 to / 2021 to) and aligned with one column each: both end where it does, or have
/// its middle.
fn are_aligned(left: &Piece, right: &Piece, columns: &[(Length, Length)]) -> bool {
    let slack = hundredths(left.size(), 40);
    let near = |a: Length, b: Length| (a - b).abs() <= slack;
    let ends = |piece: &Piece| columns.iter().position(|column| near(column.1, piece.x1()));
    let middles = |piece: &Piece| columns.iter().position(|column| near((column.0 + column.1) / 2, piece.middle()));
    let apart =
        |left: Option<usize>, right: Option<usize>| left.zip(right).is_some_and(|(left, right)| left + 1 == right);
    let alike = left.words.len() == right.words.len()
        && left.words.iter().zip(&right.words).any(|(left, right)| left.text == right.text);
    alike && (apart(ends(left), ends(right)) || apart(middles(left), middles(right)))
}

/// The parts of a piece between gaps that are wider than blanks, if each stands over a column of its own.
fn parted_by_columns(piece: &Piece, places: &Places) -> Vec<Piece> {
    const LEAST: Length = 40;
    let is_near = |a: &Word, b: &Word| b.x0 - a.x1 < hundredths(a.size, LEAST);
    let parts = piece.words.chunk_by(is_near).map(|words| Piece { words: words.to_vec(), kind: Kind::Text });
    let parts: Vec<Piece> = parts.collect();
    let spans: Vec<_> = parts.iter().map(|part| places.span(part)).collect();
    let apart = spans.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0) && spans.iter().all(|span| span.1 == 1);
    if apart && spans.first().is_some_and(|first| !places.is_lead(first.0)) { parts } else { Vec::new() }
}

/// The only piece above the value columns, if it states a unit or period, and the columns it covers: (in millions), Year ended June 30,.
/// One in the middle of all columns, or over a single inner one, covers all.
fn note(pieces: &[Piece], places: &Places) -> Option<(usize, (usize, usize))> {
    let (first, count) = places.values();
    let mut over = pieces.iter().enumerate().filter(|(_, piece)| !places.is_lead(places.span(piece).0));
    let (Some((at, piece)), None) = (over.next(), over.next()) else { return None };
    let text = piece.text();
    let is_time = text.ends_with(',') || text.to_ascii_lowercase().contains(" ended");
    let (column, columns) = places.span(piece);
    let is_inner = first < column && column + 1 < first + count;
    let is_centred = (piece.middle() - places.middle()).abs() <= piece.width() / 4;
    let of = if columns == 1 && is_inner || is_centred { (first, count) } else { (column, columns) };
    (piece.is_unit() || piece.is_remark() || is_time).then_some((at, of))
}

/// Whether a label goes on in what follows.
pub(super) fn is_unfinished(label: &str) -> bool {
    const WORDS: [&str; 5] = ["and", "of", "or", "for", "the"];
    let last = label.rsplit(' ').next().unwrap_or_default();
    WORDS.contains(&last) || label.ends_with([',', '&', '-', '–', '、', '，', '/'])
}

/// Whether words tell that a label goes on in the next line: it does not close its bracket or end with "of", or the next line starts with
/// "and" or with a remark on it (net of taxes).
pub(super) fn is_continued(label: &str, next: &str) -> bool {
    const WORDS: [&str; 14] =
        ["and", "or", "of", "in", "at", "to", "for", "by", "from", "with", "on", "under", "that", "which"];
    let (last, first) = (label.rsplit(' ').next().unwrap_or_default(), next.split(' ').next().unwrap_or_default());
    // A comma may end a time that heads the rows: Year ended May 31,
    let is_unfinished = is_unfinished(label) && (!label.ends_with([',', '，']) || next.starts_with(char::is_lowercase));
    let is_remark = next.strip_prefix('(').is_some_and(|inner| inner.starts_with(char::is_lowercase));
    is_unfinished || is_remark || is_open(label) || [last, first].iter().any(|word| WORDS.contains(word))
}

/// Whether a line is a note below a table or tells where its figures come from, and no part of a label: * without fees, (1) Includes
/// rents, Source: Town Office.
pub(super) fn is_note(text: &str) -> bool {
    let marked = text.trim_start_matches(['*', '†', '‡', '§', '¹', '²', '³']);
    let numbered = text.strip_prefix(['(', '（']).and_then(|text| text.split_once([')', '）']));
    let is_mark = |mark: &str| (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let names = ["source:", "sources:", "note:", "notes:", "注：", "注:", "来源：", "资料来源", "数据来源"];
    let small = text.to_lowercase();
    marked.len() < text.len() && marked.contains(char::is_alphabetic)
        || numbered.is_some_and(|(mark, rest)| is_mark(mark) && rest.trim_start().starts_with(char::is_uppercase))
        || names.iter().any(|name| small.starts_with(name))
}

/// A row while it is built.
struct Built {
    cells: Vec<PageCell>,
    /// The baseline of its last line, and the size of its letters.
    y: Length,
    size: Length,
    header: bool,
    /// Whether it holds figures, and whether it has a label.
    values: bool,
    labelled: bool,
    /// Where the labels of the table start and end.
    room: (Length, Length),
    /// Whether nothing leads on from it to figures below, and whether it is much nearer to what stands below than
    /// to what stands above.
    ends_row: bool,
    leads_row: bool,
}

impl Built {
    /// The row of a line; `titles` are the columns of its pieces, if it is one of the header.
    fn of(line: Line, pieces: Vec<Piece>, titles: Option<Vec<Span>>, places: &Places) -> Self {
        let values = pieces.iter().any(Piece::is_value);
        let mut cells: Vec<PageCell> = Vec::new();
        let header = titles.is_some();
        let note = if header || !values { note(&pieces, places) } else { None };
        for (at, piece) in pieces.into_iter().enumerate() {
            let (column, columns) = match note {
                Some((note, columns)) if note == at => columns,
                _ => titles.as_ref().map_or_else(|| (places.column(&piece), 1), |titles| titles[at]),
            };
            let part = Line { number: line.number, ..Line::of(piece.words) };
            match cells.last_mut() {
                Some(cell) if cell.column + cell.columns > column => cell.lines[0].words.extend(part.words),
                _ => cells.push(PageCell { column, columns, lines: vec![part], ..PageCell::default() }),
            }
        }
        let labelled = cells.iter().any(|cell| places.is_lead(cell.column));
        let (room, ends_row, leads_row) = (places.lead_room(), true, false);
        Self { cells, y: line.y, size: line.size, header, values, labelled, room, ends_row, leads_row }
    }

    /// Whether the next line belongs to this row.
    fn takes(&self, next: &Built, pitch: Length) -> bool {
        let step = next.y - self.y;
        let near = |part: Length| step <= hundredths(self.size.max(next.size), part);
        // As far away as rows are, words must tell that the label goes on.
        let goes_on = || {
            let is_open = || step <= hundredths(pitch, 105) && self.is_open(next);
            near(140) && self.goes_on(next) || is_open()
        };
        let only_label = |row: &Built| !row.values && row.labelled && row.cells.len() == 1;
        let has_none = only_label(self) && next.values && !next.labelled;
        if self.header != next.header || !near(if has_none { 320 } else { 160 }) {
            return false;
        }
        if self.header {
            return self.takes_title(next);
        }
        match (self.values, next.values) {
            // Figures that stand a little below their label.
            (false, true) if has_none => !next.leads_row,
            // Or above it.
            (true, false) if !self.labelled && only_label(next) => near(60),
            (false, true) => only_label(self) && (goes_on() || near(140) && self.is_full(next, pitch)),
            (false, false) => only_label(self) && only_label(next) && goes_on(),
            (true, false) => {
                // What follows much more closely than rows do, in letters of the same kind, belongs to the row before.
                let bold = |row: &Built| row.label().is_some_and(Line::is_bold);
                let close = next.y - self.y <= pitch / 2 && next.ends_row && bold(self) == bold(next);
                let is_noted = next.label().is_some_and(|label| is_note(&label.text()));
                self.labelled
                    && only_label(next)
                    && !is_noted
                    && near(160)
                    && (close || near(140) && self.goes_on(next))
            }
            // Figures that stand a little above the others of their row.
            (true, true) => {
                let free = |cell: &PageCell| next.cells.iter().all(|other| other.column != cell.column);
                !self.labelled && next.labelled && next.cells.len() > 1 && self.cells.iter().all(free)
            }
        }
    }

    /// Whether the next line of a header goes on with the titles of this one: groups of columns stand above the names of these.
    fn takes_title(&self, next: &Built) -> bool {
        let is_lone = |row: &Built| row.labelled && row.cells.len() == 1;
        let is_year = |cell: &PageCell| cell.lines.len() == 1 && Piece::of(&cell.lines[0]).is_year();
        // What stands below years is not their rest.
        let goes_below = |cell: &PageCell| next.cells.iter().any(|below| cell.overlaps(below));
        if self.cells.len() > 1 && self.cells.iter().any(|cell| cell.column > 0 && is_year(cell) && goes_below(cell)) {
            return false;
        }
        if is_lone(next) {
            // A label alone below the names of columns heads the rows below it.
            return is_lone(self) && self.goes_on(next);
        }
        // One that reaches over columns is a title of the table.
        if is_lone(self) && self.cells.iter().any(|cell| cell.columns > 1) {
            return false;
        }
        let apart = |a: &PageCell, b: &PageCell| (a.column, a.columns) == (b.column, b.columns) || !a.overlaps(b);
        self.cells.iter().all(|a| next.cells.iter().all(|b| apart(a, b)))
    }

    /// Whether the next line is the rest of a unit that this one begins: (in millions, except / per share).
    fn takes_rest_of_unit(&self, next: &Built) -> bool {
        let ([own], [rest]) = (&self.cells[..], &next.cells[..]) else { return false };
        let (Some(last), Some(line)) = (own.lines.last(), rest.lines.first()) else { return false };
        let text = own.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
        let is_open = !text.contains(')') && Piece::of(&own.lines[0]).is_unit();
        let is_near = next.y - self.y <= hundredths(self.size.max(next.size), 160);
        let is_below = line.x0() < last.x1() && last.x0() < line.x1();
        self.header && next.header && is_open && is_near && is_below && line.text().ends_with(')')
    }

    fn merge_unit(&mut self, next: Built) {
        let rest = next.cells.into_iter().flat_map(|cell| cell.lines);
        self.cells[0].lines.extend(rest);
        self.y = next.y;
    }

    /// Whether this line leaves no room for the first word of the next line's label, which stands closer to it than rows do.
    fn is_full(&self, next: &Built, pitch: Length) -> bool {
        let (Some(last), Some(first)) = (self.label(), next.label()) else { return false };
        let word = first.words.first().map_or(0, |word| word.x1 - word.x0);
        let is_close = next.y - self.y <= hundredths(pitch, 90) && last.is_bold() == first.is_bold();
        let is_aligned = (first.x0() - last.x0()).abs() <= hundredths(first.size, 20);
        let is_full = last.x1() + word + hundredths(first.size, 20) > self.room.1;
        is_close && is_aligned && is_full && !last.text().ends_with([':', '：'])
    }

    /// Whether the label of the next line goes on with this one's.
    fn goes_on(&self, next: &Built) -> bool {
        let (Some(last), Some(first)) = (self.label(), next.label()) else { return false };
        let (text, follows) = (last.text(), first.text());
        let wide = text.ends_with(is_wide) && last.x1() - last.x0() >= hundredths(self.room.1 - self.room.0, 85);
        follows.starts_with(char::is_lowercase)
            || Piece::of(first).is_small_number()
            || is_unfinished(&text)
            || is_open(&text)
            || wide && !self.values && first.x0() <= last.x0()
    }

    /// Whether the words of this line's label tell that it goes on with the next one's.
    fn is_open(&self, next: &Built) -> bool {
        let labels = self.label().zip(next.label());
        labels.is_some_and(|(last, first)| is_continued(&last.text(), &first.text()))
    }

    fn label(&self) -> Option<&Line> {
        self.cells.first().filter(|_| self.labelled)?.lines.last()
    }

    fn merge(&mut self, next: Built) {
        for cell in next.cells {
            match self.cells.iter_mut().find(|own| own.column == cell.column) {
                Some(own) => own.lines.extend(cell.lines),
                None => self.cells.push(cell),
            }
        }
        self.cells.sort_by_key(|cell| cell.column);
        self.y = next.y;
        self.values |= next.values;
        self.labelled |= next.labelled;
    }
}
