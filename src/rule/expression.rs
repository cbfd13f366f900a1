//! Expressions: what must hold between figures.

use crate::exact::Rational;
use crate::span::Span;

/// How deep parentheses, signs and functions may be nested in an expression.
pub const MAX_DEPTH: usize = 256;

/// An expression of a check or of `where`, names resolved. Its depth is bounded by the parser ([`MAX_DEPTH`]), so that walking
/// and dropping it may recurse; chains of any length are flat.
#[derive(Clone, Debug)]
pub enum Expr {
    /// A number with its scale applied (`30%` is 3/10).
    Number(Rational),
    /// A name: an index into [`super::Rule::names`].
    Name(usize),
    /// `-a`.
    Negate(Box<Expr>),
    /// `a + b - c`: a chain of additions and subtractions, one part each, so that a long one is not a deep one.
    Sum(Vec<Part>),
    /// `a * b / c`: a chain of multiplications and divisions, in the order of writing.
    Product(Vec<Part>),
    /// `sum(parts)` and the like.
    Call(Function, Vec<Expr>),
    /// `a = b ± t <= c`: chained comparisons.
    Compare(Box<Expr>, Vec<Comparison>),
    /// `a and b`.
    And(Vec<Expr>),
    /// `a or b`.
    Or(Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
}

/// One link of a chain of comparisons.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The relation to the expression before.
    pub relation: Relation,
    /// The expression.
    pub right: Expr,
    /// `± t`, for `=` only.
    pub tolerance: Option<Expr>,
    /// Where the link stands in the rule file.
    pub span: Span,
}

/// A part of a sum or product.
#[derive(Clone, Debug)]
pub struct Part {
    /// Whether it is subtracted (in a sum) or divides (in a product).
    pub inverse: bool,
    /// The part.
    pub expr: Expr,
}

/// A relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A function. Lists and single values may be mixed as arguments of the first five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The sum of lists and values.
    Sum,
    /// How many items a list (of figures or words) has.
    Count,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The mean.
    Mean,
    /// The absolute value.
    Abs,
    /// `round(x, places)`: half away from zero, as reports round.
    Round,
    /// `possible(rate, n)`: GRIM: some whole number of n things gives that rate or mean.
    Possible,
}
