//! Paths of content streams: which of them are ruling lines.

use super::glyph::Rule;
use super::measure::{Area, Point};

/// The path that is being built, in the page's coordinates.
#[derive(Default)]
pub(super) struct Path {
    pieces: Vec<Piece>,
    /// Where the current subpath starts, and which one it is.
    start: Point,
    number: u32,
    last: Point,
    /// The area that it reaches over, however long it is.
    pub area: Option<Area>,
    /// Whether it becomes the clip once it is painted.
    pub clips: bool,
}

struct Piece {
    p: Point,
    q: Point,
    straight: bool,
    subpath: u32,
}

/// Longer paths are drawings: no ruling lines are sought in what is beyond.
const LONGEST: usize = 50_000;

impl Path {
    pub fn move_to(&mut self, p: Point) {
        (self.start, self.last) = (p, p);
        self.number += 1;
    }

    pub fn line_to(&mut self, q: Point) {
        self.go(q, true);
    }

    /// A curve that ends at `q`.
    pub fn curve_to(&mut self, q: Point) {
        self.go(q, false);
    }

    pub fn close(&mut self) {
        if self.last != self.start {
            self.go(self.start, true);
        }
    }

    pub fn rectangle(&mut self, corners: [Point; 4]) {
        self.move_to(corners[0]);
        corners[1..].iter().for_each(|&corner| self.line_to(corner));
        self.close();
    }

    fn go(&mut self, q: Point, straight: bool) {
        if self.pieces.len() < LONGEST {
            self.pieces.push(Piece { p: self.last, q, straight, subpath: self.number });
        }
        let corners = self.area.iter().flat_map(|area| [(area.x0, area.y0), (area.x1, area.y1)]);
        self.area = Area::around(corners.map(|(x, y)| Point { x, y }).chain([self.last, q]));
        self.last = q;
    }

    /// The rules that its stroke draws.
    pub fn strokes(&self) -> impl Iterator<Item = Rule> + '_ {
        let straight = self.pieces.iter().filter(|piece| piece.straight);
        straight.filter_map(|piece| Rule::between(piece.p, piece.q))
    }

    /// The rules that its filling draws: thin rectangles.
    pub fn fills(&self) -> impl Iterator<Item = Rule> + '_ {
        self.pieces.chunk_by(|a, b| a.subpath == b.subpath).filter_map(|subpath| {
            let straight = subpath.iter().all(|piece| piece.straight);
            let area = Area::around(subpath.iter().flat_map(|piece| [piece.p, piece.q]));
            area.filter(|_| straight).and_then(|area| Rule::thin(&area))
        })
    }
}
