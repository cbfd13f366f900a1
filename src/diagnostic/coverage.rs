//! Counts: how the figures of a report are covered, and how its checks came out.

use super::{FigureRow, PlaceView};

/// Which figures of a report are checked.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By section, in reading order; sections without figures are left out.
    pub sections: Vec<SectionCoverage>,
    /// The figures that take part in no check.
    pub unchecked: Vec<FigureRow>,
}

/// The figures between one heading and the next.
#[derive(Clone, Debug, Default)]
pub struct SectionCoverage {
    /// The heading; `None` for what stands before the first.
    pub heading: Option<String>,
    /// Where it stands.
    pub place: PlaceView,
    /// Its figures.
    pub figures: FigureCounts,
}

/// How figures are covered by checks; each counts once, in the first of these that applies: failing, tied, bound, unchecked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureCounts {
    /// All quantities.
    pub total: usize,
    /// In an equality that holds.
    pub tied: usize,
    /// In an inequality that holds.
    pub bound: usize,
    /// In a check that fails.
    pub failing: usize,
    /// In none.
    pub unchecked: usize,
}

impl FigureCounts {
    /// How many take part in some check.
    pub fn checked(&self) -> usize {
        self.total - self.unchecked
    }

    /// The share that takes part in some check, in whole percent, cut off: 100 only if all do. Without figures: `None`.
    pub fn percent(&self) -> Option<usize> {
        (self.checked() * 100).checked_div(self.total)
    }

    /// Adds the counts of another report.
    pub fn add(&mut self, other: Self) {
        self.total += other.total;
        self.tied += other.tied;
        self.bound += other.bound;
        self.failing += other.failing;
        self.unchecked += other.unchecked;
    }
}

/// How checks came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckCounts {
    /// True of the figures as printed.
    pub holds: usize,
    /// True of some values that print so.
    pub within_rounding: usize,
    /// True of none.
    pub fails: usize,
    /// Nothing could be concluded.
    pub untestable: usize,
    /// The rule found nothing.
    pub unbound: usize,
}

impl CheckCounts {
    /// Adds the counts of another report.
    pub fn add(&mut self, other: Self) {
        self.holds += other.holds;
        self.within_rounding += other.within_rounding;
        self.fails += other.fails;
        self.untestable += other.untestable;
        self.unbound += other.unbound;
    }
}
