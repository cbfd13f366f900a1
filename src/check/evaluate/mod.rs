//! Evaluation: the verdict of a check over the ranges of its figures.
//!
//! `truth` judges comparisons over ranges, `interval` and `corners` give the range of an expression, `point` its value
//! at one point, `dimension` tells whether what is added and compared can be.

mod corners;
mod dimension;
mod interval;
mod point;
mod truth;

use std::sync::Arc;

use crate::diagnostic::Verdict;
use crate::exact::{Range, Rational};
use crate::figure::Dimension;
use crate::rule::Expr;
use truth::{Judge, Truth};

/// What a name of a rule stands for at one place.
#[derive(Clone, Debug)]
pub enum Value {
    /// One figure.
    One(Arc<Operand>),
    /// A list of figures.
    List(Vec<Arc<Operand>>),
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
pub fn evaluate(check: &Expr, values: &[Value]) -> Evaluation {
    let judged = dimension::of(check, values).and_then(|_| Judge::new(values).truth(check));
    match judged {
        Err(reason) => Evaluation { verdict: Verdict::Untestable, reason: Some(reason), excluded_end: false },
        Ok(Truth::False) => {
            let excluded_end = passes_with_closed_ends(check, values);
            Evaluation { verdict: Verdict::Fails, reason: None, excluded_end }
        }
        Ok(Truth::True) => passed(true),
        Ok(Truth::Open) => passed(Judge::new(values).holds(check)),
    }
}

/// Whether a check passes, whatever its verdict is: for who tries many values, whose units are known to fit.
pub fn passes(check: &Expr, values: &[Value]) -> bool {
    Judge::new(values).truth(check).is_ok_and(Truth::may)
}

/// The truth of an expression (`where`) for the values as printed; `None` where a divisor is 0.
pub fn truth(expr: &Expr, values: &[Value]) -> Option<bool> {
    point::truth(expr, values, point::printed)
}

/// The range of an expression that has a value: exact where that can be had, and never narrower.
pub fn range(expr: &Expr, values: &[Value]) -> Result<Range, Reason> {
    Judge::new(values).range(expr)
}

/// The value of an expression for the figures' nominal values; `None` where one is hedged or a divisor is 0.
pub fn nominal(expr: &Expr, values: &[Value]) -> Option<Rational> {
    point::value(expr, values, point::nominal)
}

fn passed(holds: bool) -> Evaluation {
    let verdict = if holds { Verdict::Holds } else { Verdict::WithinRounding };
    Evaluation { verdict, reason: None, excluded_end: false }
}

fn passes_with_closed_ends(check: &Expr, values: &[Value]) -> bool {
    let has_open =
        |operand: &Operand| [&operand.range.low, &operand.range.high].into_iter().flatten().any(|end| end.open);
    if !values.iter().any(|value| value.operands().iter().any(|operand| has_open(operand))) {
        return false;
    }
    let close = |operand: &Operand| Operand { range: operand.range.closed(), ..operand.clone() };
    let closed: Vec<Value> = values.iter().map(|value| value.map(close)).collect();
    Judge::new(&closed).truth(check).is_ok_and(|truth| truth != Truth::False)
}

impl Value {
    /// The figures in it.
    pub fn operands(&self) -> &[Arc<Operand>] {
        match self {
            Value::One(operand) => std::slice::from_ref(operand),
            Value::List(operands) => operands,
            Value::Words(_) => &[],
        }
    }

    /// How many items it has.
    pub fn count(&self) -> usize {
        match self {
            Value::Words(count) => *count,
            _ => self.operands().len(),
        }
    }

    fn map(&self, change: impl Fn(&Operand) -> Operand) -> Value {
        match self {
            Value::One(operand) => Value::One(Arc::new(change(operand))),
            Value::List(operands) => Value::List(operands.iter().map(|operand| Arc::new(change(operand))).collect()),
            Value::Words(count) => Value::Words(*count),
        }
    }
}

/// An argument of a function, lists taken apart.
#[derive(Clone, Copy)]
enum Item<'a> {
    Figure(&'a Operand),
    Value(&'a Expr),
}

/// The arguments of a function, lists taken apart.
fn items<'a>(arguments: &'a [Expr], values: &'a [Value]) -> impl Iterator<Item = Item<'a>> {
    arguments.iter().flat_map(move |argument| {
        let list = match argument {
            Expr::Name(name) => values.get(*name).map(Value::operands),
            _ => None,
        };
        let single = if list.is_none() { Some(Item::Value(argument)) } else { None };
        list.unwrap_or_default().iter().map(|operand| Item::Figure(operand)).chain(single)
    })
}

/// How many items the arguments have, words included.
fn count(arguments: &[Expr], values: &[Value]) -> usize {
    let size = |argument: &Expr| match argument {
        Expr::Name(name) => values.get(*name).map_or(0, Value::count),
        _ => 1,
    };
    arguments.iter().map(size).sum()
}

#[cfg(test)]
mod tests;
