//! What a printed quantity means: its exact value, the worth of its last digit, its hedge and its range.

use rust_decimal::Decimal;

/// A printed quantity. The value is `numerator / divisor` exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The value with sign and scale applied (94.1% is 0.941); for fractions (三分之二) the numerator.
    pub numerator: Decimal,
    /// 1, or the denominator of a printed fraction.
    pub divisor: u32,
    /// The worth of one unit in the last printed digit is `10^place / divisor`: 94.1% → -3, 2.5358亿 → 4.
    pub place: i8,
    /// The words that widen it.
    pub hedge: Hedge,
    /// The direction that words or marks give it (下降, decrease).
    pub direction: Direction,
    /// The kind of pure number, where it is one.
    pub scale: Scale,
    /// Whether it is printed as a whole number without a scale, so that with a counting unit it stands for that value alone.
    pub whole: bool,
    /// For a figure read as a range (3—5个) by a rule's brace: the upper end; the numerator is then the lower.
    pub upper: Option<Decimal>,
}

/// The words around a number that widen what it may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hedge {
    /// None.
    #[default]
    None,
    /// N余, N多: more than N, less than the next value of its last non-zero digit.
    Odd,
    /// 至少, 以上, at least, +: N or more.
    AtLeast,
    /// 超过, 逾, 突破, over, more than: more than N.
    Over,
    /// 至多, 以下, 以内, at most, up to: N or less.
    AtMost,
    /// 不足, 不到, under, fewer than: less than N.
    Under,
    /// 近, nearly, almost: a little less than N.
    Nearly,
    /// 约, 左右, about, around: about N.
    About,
}

/// The direction of a change, as words or marks say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Nothing is said.
    #[default]
    None,
    /// 增长, 上升, an increase of.
    Up,
    /// 下降, 减少, a decrease of.
    Down,
}

/// How a quantity was scaled, as far as it matters to what it can be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scale {
    /// As printed, or by a power of ten (万, million).
    #[default]
    Plain,
    /// %, per cent.
    Percent,
    /// ‰.
    Permille,
    /// 个百分点, percentage points.
    PercentagePoint,
    /// Basis points.
    BasisPoint,
    /// 成 (tenths).
    Tenth,
    /// 倍, times, or a printed fraction.
    Ratio,
}

/// How a report rounds what it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Rounding {
    /// To the nearest.
    #[default]
    Nearest,
    /// Digits are cut off.
    Down,
    /// Nothing is rounded: each figure is exact.
    Exact,
}
