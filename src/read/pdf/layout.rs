//! Lines and lattices of a page become tables and paragraphs, in reading order.

use super::columns;
use super::glyph::Rule;
use super::lattice::Lattice;
use super::lines::Line;
use super::measure::{Area, Length, POINT};
use super::paragraphs::{LEVEL_OF_BOLD, Paragraph, Setting, paragraphs};
use super::parts;
use super::pieces::{self, Piece};
use super::sections::{self, Section, Shared};
use super::sheet::Sheet;
use super::table::{self, PageTable, Ruled};
use crate::text::is_currency_sign;

/// A part of a page.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Paragraph(Paragraph),
    Table(PageTable),
}

/// A section of a page as it is read: its parts from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The number of the page.
    pub number: u32,
    pub items: Vec<Item>,
    pub setting: Setting,
    /// Whether what ends the layout before it may go on in this one.
    pub follows: bool,
}

impl Layout {
    /// The layouts of a page, one for each of its sections.
    pub fn of(mut sheet: Sheet, shared: &Shared) -> Vec<Self> {
        let sections = sections::sections(&mut sheet, shared);
        let parted: Vec<_> = sections.into_iter().map(|section| Parted::of(section, &sheet)).collect();
        let setting = Setting::of(parted.iter().flat_map(|part| &part.lines));
        let of = |(at, part): (usize, Parted)| {
            let setting = if part.is_column { setting.within(&part.lines) } else { setting };
            let items = items(part.lines, part.tables, &setting);
            Self { number: sheet.number, items, setting, follows: at == 0 || part.follows }
        };
        parted.into_iter().enumerate().map(of).collect()
    }
}

/// A section whose tables were found.
struct Parted {
    tables: Vec<PageTable>,
    /// The lines beside the tables.
    lines: Vec<Line>,
    is_column: bool,
    follows: bool,
}

impl Parted {
    fn of(section: Section, sheet: &Sheet) -> Self {
        let Section { lines, is_column, follows } = section;
        let rules = rules_of(&lines, sheet, is_column);
        let (mut tables, mut lines, mut walls) = (Vec::new(), lines, Vec::new());
        for lattice in &sheet.lattices {
            let (inside, outside) = part(lines, &lattice.area());
            if is_frame(&inside, &outside) || is_header(&inside) || is_row(lattice, &inside, &outside) {
                lines = rejoined(outside, inside);
                continue;
            }
            lines = match table::ruled(lattice, inside) {
                Ruled::Table(table, back) => {
                    tables.extend(parts::parts(table));
                    rejoined(outside, back)
                }
                Ruled::Open(inside) => {
                    walls.extend(walls_of(lattice));
                    rejoined(outside, inside)
                }
                Ruled::None(inside) => rejoined(outside, inside),
            };
        }
        let mut rest = Vec::new();
        for run in between(lines, &tables) {
            let (found, left) = columns::tables(run, &rules, &walls);
            tables.extend(found);
            rest.extend(left);
        }
        rest.sort_by_key(|line| (line.y, line.x0()));
        tables.sort_by_key(|table| (table.area.y0, table.area.x0));
        Self { tables, lines: rest, is_column, follows }
    }
}

/// The lines drawn from side to side beside, above and below some lines of text: not those in other columns.
fn rules_of(lines: &[Line], sheet: &Sheet, is_column: bool) -> Vec<Rule> {
    let (x0, x1) = (lines.iter().map(Line::x0).min(), lines.iter().map(Line::x1).max());
    let (x0, x1) = (x0.unwrap_or(0), x1.unwrap_or(0));
    let is_near = |rule: &&Rule| !is_column || rule.from < x1 && x0 < rule.to;
    sheet.rules.iter().filter(is_near).copied().collect()
}

/// The words of lines that stand in an area, and those that do not, by lines.
fn part(lines: Vec<Line>, area: &Area) -> (Vec<Line>, Vec<Line>) {
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for line in lines {
        let middle = line.y - line.size / 3;
        if middle < area.y0 || middle > area.y1 {
            outside.push(line);
            continue;
        }
        let is_in = |x: Length| (area.x0 - POINT..=area.x1 + POINT).contains(&x);
        let (in_words, out_words): (Vec<_>, Vec<_>) = line.words.iter().cloned().partition(|word| is_in(word.middle()));
        for (words, lines) in [(in_words, &mut inside), (out_words, &mut outside)] {
            if !words.is_empty() {
                lines.push(Line { words, ..line.clone() });
            }
        }
    }
    (inside, outside)
}

/// Whether what encloses some of a page's words is no table but a frame around figures of one: their labels stand beside it.
fn is_frame(inside: &[Line], outside: &[Line]) -> bool {
    let figures = || inside.iter().flat_map(|line| pieces::pieces(line, &[])).all(|piece| piece.is_value());
    let is_beside = |line: &Line| outside.iter().any(|other| other.number == line.number);
    inside.iter().any(is_beside) && figures()
}

/// Whether what encloses a single line is no table but a frame around one of its rows: a total. Where each of its figures has a cell of
/// its own and no other row of figures is near, it is all that a page holds of its table.
fn is_row(lattice: &Lattice, inside: &[Line], outside: &[Line]) -> bool {
    const NEAR: Length = 3;
    let [line] = inside else { return false };
    let values = |line: &Line| pieces::pieces(line, &[]).into_iter().filter(Piece::is_value).collect::<Vec<_>>();
    let is_near = |other: &&Line| (other.y - line.y).abs() <= NEAR * line.size.max(other.size);
    let own = values(line);
    let column = |piece: &Piece| lattice.place(piece.middle(), line.y).1;
    let are_apart = || own.windows(2).all(|pair| column(&pair[0]) < column(&pair[1]));
    let is_in_table = || outside.iter().filter(is_near).any(|other| !values(other).is_empty());
    lattice.rows() == 1 && own.len() > 1 && (!are_apart() || is_in_table())
}

/// Whether what encloses some words is no table but a frame around the years that head one, with their currency or not.
fn is_header(inside: &[Line]) -> bool {
    let mut pieces = inside.iter().flat_map(|line| pieces::pieces(line, &[])).peekable();
    let is_currency = |piece: &Piece| piece.text().chars().all(is_currency_sign);
    let mut years = 0;
    pieces.peek().is_some()
        && pieces.all(|piece| {
            let is_year = piece.is_year();
            years += usize::from(is_year);
            is_year || is_currency(&piece)
        })
        && years > 1
}

/// Lines from parts of them.
fn rejoined(mut lines: Vec<Line>, parts: Vec<Line>) -> Vec<Line> {
    lines.extend(parts);
    lines.sort_by_key(|line| (line.number, line.x0()));
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if last.number == line.number => last.words.extend(line.words),
            _ => joined.push(line),
        }
    }
    joined.iter_mut().for_each(|line| line.words.sort_by_key(|word| word.x0));
    joined.sort_by_key(|line| (line.y, line.x0()));
    joined
}

/// The lines between columns that go through most of a lattice's rows.
fn walls_of(lattice: &Lattice) -> Vec<Rule> {
    let area = lattice.area();
    let goes_through = |&column: &usize| {
        let rows = (0..lattice.rows()).filter(|&row| lattice.has_left(row, column));
        let height: Length = rows.map(|row| lattice.ys[row + 1] - lattice.ys[row]).sum();
        height * 2 > area.height()
    };
    let wall = |column| Rule { upright: true, at: lattice.xs[column], from: area.y0, to: area.y1 };
    (0..=lattice.columns()).filter(goes_through).map(wall).collect()
}

/// The lines before, between and after tables.
fn between(lines: Vec<Line>, tables: &[PageTable]) -> Vec<Vec<Line>> {
    let place = |line: &Line| tables.iter().filter(|table| table.area.y0 < line.y).count();
    let mut runs: Vec<Vec<Line>> = Vec::new();
    let mut last = None;
    for line in lines {
        let place = place(&line);
        if last != Some(place) {
            runs.push(Vec::new());
        }
        last = Some(place);
        if let Some(run) = runs.last_mut() {
            run.push(line);
        }
    }
    runs
}

fn items(lines: Vec<Line>, tables: Vec<PageTable>, setting: &Setting) -> Vec<Item> {
    let mut items = Vec::new();
    let mut tables = tables.into_iter().peekable();
    let mut run = Vec::new();
    let flush = |run: &mut Vec<Line>, below: Option<&PageTable>, items: &mut Vec<Item>| {
        let mut found = paragraphs(std::mem::take(run), setting);
        if let Some(table) = below {
            head_columns(&mut found, table);
        }
        items.extend(found.into_iter().map(Item::Paragraph));
    };
    for line in lines {
        while let Some(table) = tables.next_if(|table| table.area.y0 < line.y) {
            flush(&mut run, Some(&table), &mut items);
            items.push(Item::Table(table));
        }
        run.push(line);
    }
    flush(&mut run, tables.peek(), &mut items);
    items.extend(tables.map(Item::Table));
    items
}

/// Bold lines above a table that stand beside its labels head columns (Year ended December 31) and are no headings: what stands
/// above them speaks of the table, too.
fn head_columns(paragraphs: &mut [Paragraph], below: &PageTable) {
    const MOST: usize = 3;
    let Some(&labels) = below.edges.get(1) else { return };
    let mut top = below.area.y0;
    for paragraph in paragraphs.iter_mut().rev().take(MOST) {
        let [line] = &paragraph.lines[..] else { break };
        let area = line.area();
        let near = top - area.y1 <= 2 * line.size;
        if !near || area.x0 < labels || area.x1 > below.area.x1 + line.size {
            break;
        }
        paragraph.heading = paragraph.heading.filter(|&level| level < LEVEL_OF_BOLD);
        top = area.y0;
    }
}
