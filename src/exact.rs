//! Exact numbers: rationals, and ranges of them with open and closed ends. No float is used near figures.

/// An exact rational number.
pub type Rational = dashu_ratio::RBig;

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub value: Rational,
    /// Whether the value itself is left out.
    pub open: bool,
}

/// An interval of rationals; an absent end is infinite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}
