//! Which units fit one another, and what a rule may leave unsaid around a figure.

use super::view::View;
use super::{Dimension, Unit, hedge};
use crate::span::Span;

impl Unit {
    /// Tells units of one dimension that cannot be added or compared apart (currencies, 公里 and 米); 0 where they all fit.
    pub fn kind(&self) -> u16 {
        match (self, self.entry()) {
            (Unit::Known(at), Some(entry)) if entry.dimension != Dimension::Count => match entry.factor {
                (1, 1) => super::units::index_of(entry.base).unwrap_or(*at) + 1,
                _ => at + 1,
            },
            _ => 0,
        }
    }

    /// Whether figures of the two units may be items of one list: the same unit, or one of them is not printed.
    pub fn fits(&self, other: &Unit) -> bool {
        match (self, other) {
            (Unit::Unknown, _) | (_, Unit::Unknown) => true,
            (Unit::Known(a), Unit::Known(b)) => a == b || self.kind() != 0 && self.kind() == other.kind(),
            (Unit::Noun(_), b) => b.dimension() == Dimension::Count,
            (a, Unit::Noun(_)) => a.dimension() == Dimension::Count,
        }
    }
}

/// Whether a text is nothing but a hedge that stands behind a number (余, 以上, 左右, "or more").
pub fn is_hedge_suffix(text: &str) -> bool {
    let view = View::new(text, Span::new(0, text.len()), false);
    let whole = |found: Option<(super::Hedge, usize)>| found.is_some_and(|(_, end)| end == text.len());
    !text.is_empty() && (whole(hedge::inside(&view, 0)) || whole(hedge::after(&view, 0)))
}
