//! Evaluation: the verdict of a check over the ranges of its figures.

use crate::diagnostic::Verdict;
use crate::exact::{Range, Rational};
use crate::figure::Dimension;
use crate::rule::Expr;

/// What a name of a rule stands for at one place.
#[derive(Clone, Debug)]
pub enum Value {
    /// One figure.
    One(Operand),
    /// A list of figures.
    List(Vec<Operand>),
    /// A list of words: only its length.
    Words(usize),
}

/// A figure as an expression sees it.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The true values that would print so.
    pub range: Range,
    /// The printed value; `None` if it is hedged.
    pub nominal: Option<Rational>,
    /// The printed value, hedged or not: what `where` sees.
    pub printed: Rational,
    /// What it measures.
    pub dimension: Dimension,
    /// Tells units of one dimension that do not fit one another apart (currencies); 0: fits all.
    pub kind: u16,
}

/// The outcome of a check.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is untestable.
    pub reason: Option<Reason>,
    /// It fails only at an end that a range leaves out (then a failure is a note).
    pub excluded_end: bool,
}

/// Why nothing could be concluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A divisor's range holds zero.
    DivisionByZero,
    /// Units that cannot be added or compared.
    Dimensions,
    /// The ranges are so wide that no value could fail.
    TooWide,
    /// The rate or mean says nothing about so many things (GRIM).
    NoPower,
}

/// Judges an expression (a check) over the values of its names, as `docs/figures.md` says.
pub fn evaluate(_check: &Expr, _values: &[Value]) -> Evaluation {
    todo!()
}
