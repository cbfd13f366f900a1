//! What is printed on a page: glyphs and rules (ruling lines), with their places.

use super::font::Text;
use super::measure::{Area, Direction, Length, Point};

/// A glyph, or a character of a ligature, in the page turned so that its text runs to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character; [`UNKNOWN`]: nobody knows.
    pub c: char,
    /// Where it starts and where it ends.
    pub x0: Length,
    pub x1: Length,
    /// How much further away the text sets the next one.
    pub space: Length,
    /// The baseline.
    pub y: Length,
    /// The size of its font on the page.
    pub size: Length,
    pub bold: bool,
    /// Which of the texts of the page it came with: glyphs of one are printed together.
    pub show: u32,
}

/// In place of a character that nobody knows.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// The most glyphs that are kept of a page.
const MOST_GLYPHS: usize = 300_000;

/// A ruling line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Whether it runs from top to bottom.
    pub upright: bool,
    /// Its x if it is upright, and its y otherwise.
    pub at: Length,
    pub from: Length,
    pub to: Length,
}

impl Rule {
    /// The line between two points; `None` if it is askew, or no longer than a dot.
    pub fn between(p: Point, q: Point) -> Option<Self> {
        const SLACK: Length = 60;
        let (dx, dy) = ((p.x - q.x).abs(), (p.y - q.y).abs());
        let upright = dx < dy;
        if dx.min(dy) > SLACK || dx.max(dy) == 0 {
            return None;
        }
        let (a, b, at) = if upright { (p.y, q.y, (p.x + q.x) / 2) } else { (p.x, q.x, (p.y + q.y) / 2) };
        Some(Self { upright, at, from: a.min(b), to: a.max(b) })
    }

    /// The line that a thin rectangle is; `None` if it is none.
    pub fn thin(area: &Area) -> Option<Self> {
        const THICKEST: Length = 300;
        let (x, y) = ((area.x0 + area.x1) / 2, (area.y0 + area.y1) / 2);
        let upright = area.width() < area.height();
        let is_thin = area.width().min(area.height()) <= THICKEST;
        let (p, q) = match upright {
            true => (Point { x, y: area.y0 }, Point { x, y: area.y1 }),
            false => (Point { x: area.x0, y }, Point { x: area.x1, y }),
        };
        is_thin.then(|| Self::between(p, q)).flatten()
    }

    /// The part of it that is in an area.
    pub fn within(self, area: &Area) -> Option<Self> {
        const SLACK: Length = 100;
        let (across, along) = match self.upright {
            true => ((area.x0, area.x1), (area.y0, area.y1)),
            false => ((area.y0, area.y1), (area.x0, area.x1)),
        };
        let (from, to) = (self.from.max(along.0), self.to.min(along.1));
        let inside = (across.0 - SLACK..=across.1 + SLACK).contains(&self.at);
        (inside && from < to).then_some(Self { from, to, ..self })
    }

    fn turned(self, direction: Direction) -> Option<Self> {
        let ends = match self.upright {
            true => [(self.at, self.from), (self.at, self.to)],
            false => [(self.from, self.at), (self.to, self.at)],
        };
        let [p, q] = ends.map(|(x, y)| direction.turned(Point { x, y }));
        Self::between(p, q)
    }
}

/// All that is printed on a page.
#[derive(Debug, Default)]
pub(super) struct Print {
    /// Glyphs by the direction of their text: to the right, down, to the left, up.
    pub glyphs: [Vec<Glyph>; 4],
    /// How many glyphs are neither: stamps across the page.
    pub askew: usize,
    /// How many glyphs are not visible: the layer of text under a scanned picture.
    pub invisible: usize,
    /// How many glyphs were not readable at all: the font was not, or the text runs down.
    pub lost: usize,
    pub rules: Vec<Rule>,
    /// The share of the page that pictures cover, in percent.
    pub pictures: u32,
    /// Whether anything is drawn besides.
    pub drawn: bool,
    /// Whether the page was given up half-way: too much on it.
    pub given_up: bool,
    /// The page's own box, as it is shown.
    pub area: Area,
}

impl Print {
    /// Keeps a glyph whose text runs in the direction `turn`; the characters of a ligature share its width. Blanks are not
    /// kept: the gap that they leave says as much.
    pub fn push(&mut self, turn: usize, glyph: Glyph, text: &Text) {
        let glyphs = &mut self.glyphs[turn];
        match text {
            Text::One(c) if c.is_whitespace() => {}
            Text::One(c) => glyphs.push(Glyph { c: *c, ..glyph }),
            Text::Unknown => glyphs.push(glyph),
            Text::Several(text) => {
                let parts = text.chars().count() as Length;
                for (i, c) in (0..).zip(text.trim().chars()) {
                    let x = |i: Length| glyph.x0 + (glyph.x1 - glyph.x0) / parts * i;
                    glyphs.push(Glyph { c, x0: x(i), x1: x(i + 1), ..glyph });
                }
            }
        }
        self.given_up |= glyphs.len() > MOST_GLYPHS;
    }

    /// The glyphs of the direction that most text has, with rules and box turned in the same way, and the other glyphs.
    pub fn turned(self) -> (Vec<Glyph>, Vec<Rule>, Area, Vec<Vec<Glyph>>) {
        let longest = |&i: &usize| (self.glyphs[i].len(), std::cmp::Reverse(i));
        let main = (0..4).max_by_key(longest).unwrap_or(0);
        let direction = Direction::STRAIGHT[main];
        let rules = self.rules.into_iter().filter_map(|rule| rule.turned(direction)).collect();
        let corners = [(self.area.x0, self.area.y0), (self.area.x1, self.area.y1)];
        let corners = corners.map(|(x, y)| direction.turned(Point { x, y }));
        let area = Area::around(corners).unwrap_or_default();
        let mut glyphs: Vec<_> = self.glyphs.into();
        let upright = glyphs.swap_remove(main);
        glyphs.retain(|others| !others.is_empty());
        (upright, rules, area, glyphs)
    }
}
