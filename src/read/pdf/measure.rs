//! Measures on a page. PDF measures in floating-point numbers; here they become whole hundredths of a point, so that all
//! else compares and sorts exactly. No figure of a report ever comes through here.

use hayro_syntax::object::Number;

/// A length or a place on a page, in hundredths of a point.
pub(super) type Length = i32;

/// A number as content streams have it.
pub(super) type Real = f64;

/// One point.
pub(super) const POINT: Length = 100;

/// Lengths beyond 100 metres are no lengths on paper. Sums of a few of them stay far from overflowing.
const LONGEST: Real = 3e7;

/// A length from a number of points; what is no number is 0.
pub(super) fn length(points: Real) -> Length {
    (points * Real::from(POINT)).clamp(-LONGEST, LONGEST) as Length
}

/// The value of a number in a content stream.
pub(super) fn real(number: &Number) -> Real {
    number.as_f64()
}

/// A point on a page, from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub x: Length,
    pub y: Length,
}

/// A rectangle; `x0 <= x1` and `y0 <= y1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub x0: Length,
    pub y0: Length,
    pub x1: Length,
    pub y1: Length,
}

impl Area {
    /// The area that points reach over; `None`: there are none.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        points.into_iter().fold(None, |area: Option<Self>, p| {
            let old = area.unwrap_or(Self { x0: p.x, y0: p.y, x1: p.x, y1: p.y });
            Some(Self { x0: old.x0.min(p.x), y0: old.y0.min(p.y), x1: old.x1.max(p.x), y1: old.y1.max(p.y) })
        })
    }

    pub fn width(&self) -> Length {
        self.x1 - self.x0
    }

    pub fn height(&self) -> Length {
        self.y1 - self.y0
    }

    /// What both have in common; empty areas have no height or width left.
    pub fn within(&self, other: &Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    pub fn holds(&self, p: Point, slack: Length) -> bool {
        (self.x0 - slack..=self.x1 + slack).contains(&p.x) && (self.y0 - slack..=self.y1 + slack).contains(&p.y)
    }
}

/// A change of coordinates, as PDF writes it: a b c d e f.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix(pub [Real; 6]);

impl Matrix {
    pub const NONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: Real, y: Real) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This change first, then `next`.
    pub fn then(&self, next: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Matrix([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// The change that shows an annotation, whose appearance this changes and `bounds` bounds, in the rectangle `into`.
    pub fn fitted(&self, bounds: [Real; 4], into: [Real; 4]) -> Matrix {
        let [x0, y0, x1, y1] = bounds;
        let places = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| self.place(x, y));
        let Some(area) = Area::around(places) else { return Matrix::NONE };
        let points = |length: Length| Real::from(length) / Real::from(POINT);
        let scale = |room: Real, length: Length| if length == 0 { 1.0 } else { room.abs() / points(length) };
        let (x, y) = (scale(into[2] - into[0], area.width()), scale(into[3] - into[1], area.height()));
        let (left, bottom) = (into[0].min(into[2]), into[1].min(into[3]));
        Matrix([x, 0.0, 0.0, y, left - points(area.x0) * x, bottom - points(area.y0) * y])
    }

    /// Where a point comes to stand.
    pub fn place(&self, x: Real, y: Real) -> Point {
        let [a, b, c, d, e, f] = self.0;
        Point { x: length(a * x + c * y + e), y: length(b * x + d * y + f) }
    }

    /// How long something that is `height` high becomes.
    pub fn height(&self, height: Real) -> Length {
        length((self.0[2].powi(2) + self.0[3].powi(2)).sqrt() * height.abs())
    }

    /// The direction in which text runs.
    pub fn direction(&self) -> Direction {
        let [a, b, ..] = self.0;
        // Slopes below one in fifty come from scans that are not quite straight.
        match (a.abs(), b.abs()) {
            (along, across) if across <= along * 0.02 => {
                if a > 0.0 {
                    Direction::Right
                } else {
                    Direction::Left
                }
            }
            (along, across) if along <= across * 0.02 => {
                if b > 0.0 {
                    Direction::Down
                } else {
                    Direction::Up
                }
            }
            _ => Direction::Askew,
        }
    }
}

/// The direction in which text runs on the page as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Right,
    Down,
    Left,
    Up,
    Askew,
}

impl Direction {
    pub const STRAIGHT: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];

    /// The place of a point once the page is turned so that such text runs to the right. Places may become negative.
    pub fn turned(self, p: Point) -> Point {
        match self {
            Direction::Right | Direction::Askew => p,
            Direction::Down => Point { x: p.y, y: -p.x },
            Direction::Left => Point { x: -p.x, y: -p.y },
            Direction::Up => Point { x: -p.y, y: p.x },
        }
    }
}
