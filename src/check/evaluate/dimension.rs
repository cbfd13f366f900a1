//! Dimensions: whether what is added and compared can be.

use super::{Item, Operand, Reason, Value, items};
use crate::figure::Dimension;
use crate::rule::Expr;
use crate::rule::expression::{Comparison, Function, Part};

/// What an expression measures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A number of the rule: fits everything. It has the unit that makes the check possible (528 in `rate = done / 528`), or none
    /// (12 in `month = year / 12`).
    Number,
    /// Not known: fits everything.
    Unknown,
    /// A dimension and its kind (0: any).
    Known(Dimension, u16),
    /// A dimension and its kind over a number of the rule: the same, or a rate.
    Divided(Dimension, u16),
}

/// The measure of an expression; an error where something in it is added to or compared with what does not fit.
pub(super) fn of(expr: &Expr, values: &[Value]) -> Result<Measure, Reason> {
    match expr {
        Expr::Number(_) => Ok(Measure::Number),
        Expr::Name(name) => of_value(values.get(*name)),
        Expr::Negate(inner) | Expr::Not(inner) => of(inner, values),
        Expr::Sum(parts) => joined(parts.iter().map(|part| of(&part.expr, values))),
        Expr::Product(parts) => of_product(parts, values),
        Expr::Call(function, arguments) => of_call(*function, arguments, values),
        Expr::Compare(first, links) => of_chain(first, links, values),
        Expr::And(branches) | Expr::Or(branches) => {
            branches.iter().try_for_each(|branch| of(branch, values).map(drop))?;
            Ok(Measure::Number)
        }
    }
}

fn of_value(value: Option<&Value>) -> Result<Measure, Reason> {
    joined(value.map(Value::operands).unwrap_or_default().iter().map(|operand| Ok(of_operand(operand))))
}

fn of_operand(operand: &Operand) -> Measure {
    match operand.dimension {
        Dimension::Unknown => Measure::Unknown,
        // All counting units fit one another.
        Dimension::Count => Measure::Known(Dimension::Count, 0),
        dimension => Measure::Known(dimension, operand.kind),
    }
}

fn of_chain(first: &Expr, links: &[Comparison], values: &[Value]) -> Result<Measure, Reason> {
    let mut before = of(first, values)?;
    for link in links {
        let right = of(&link.right, values)?;
        let both = join(before, right)?;
        if let Some(tolerance) = &link.tolerance {
            join(both, of(tolerance, values)?)?;
        }
        before = right;
    }
    Ok(Measure::Number)
}

fn of_call(function: Function, arguments: &[Expr], values: &[Value]) -> Result<Measure, Reason> {
    match function {
        Function::Count => Ok(Measure::Number),
        Function::Round => arguments.first().map_or(Ok(Measure::Number), |value| of(value, values)),
        Function::Possible => {
            arguments.iter().try_for_each(|argument| of(argument, values).map(drop))?;
            Ok(Measure::Number)
        }
        Function::Sum | Function::Min | Function::Max | Function::Mean | Function::Abs => {
            joined(items(arguments, values).map(|item| match item {
                Item::Figure(operand) => Ok(of_operand(operand)),
                Item::Value(expr) => of(expr, values),
            }))
        }
    }
}

fn of_product(parts: &[Part], values: &[Value]) -> Result<Measure, Reason> {
    parts.iter().try_fold(Measure::Number, |product, part| {
        let factor = of(&part.expr, values)?;
        Ok(if part.inverse { quotient(product, factor) } else { times(product, factor) })
    })
}

fn times(a: Measure, b: Measure) -> Measure {
    use Dimension::Pure;
    match (a, b) {
        // The number may be the whole that a rate is of.
        (Measure::Number, Measure::Known(Pure, _)) | (Measure::Known(Pure, _), Measure::Number) => Measure::Unknown,
        (Measure::Number, other) | (other, Measure::Number) => other,
        (Measure::Known(Pure, _), other) | (other, Measure::Known(Pure, _)) => other,
        _ => Measure::Unknown,
    }
}

fn quotient(a: Measure, b: Measure) -> Measure {
    match (a, b) {
        (Measure::Known(dimension, kind), Measure::Number) if dimension != Dimension::Pure => {
            Measure::Divided(dimension, kind)
        }
        (_, Measure::Number | Measure::Known(Dimension::Pure, _)) => a,
        (Measure::Known(..), Measure::Known(..)) if join(a, b).is_ok() => Measure::Known(Dimension::Pure, 0),
        _ => Measure::Unknown,
    }
}

fn joined(mut measures: impl Iterator<Item = Result<Measure, Reason>>) -> Result<Measure, Reason> {
    measures.try_fold(Measure::Number, |all, measure| join(all, measure?))
}

fn join(a: Measure, b: Measure) -> Result<Measure, Reason> {
    match (a, b) {
        (Measure::Number, other) | (other, Measure::Number) => Ok(other),
        (Measure::Unknown, other) | (other, Measure::Unknown) => Ok(other),
        (Measure::Known(Dimension::Pure, _), Measure::Divided(..))
        | (Measure::Divided(..), Measure::Known(Dimension::Pure, _)) => Ok(Measure::Known(Dimension::Pure, 0)),
        (Measure::Divided(dimension, kind), Measure::Divided(other, of)) if fits((dimension, kind), (other, of)) => {
            Ok(Measure::Divided(dimension, kind.max(of)))
        }
        // Each may be a rate.
        (Measure::Divided(..), Measure::Divided(..)) => Ok(Measure::Known(Dimension::Pure, 0)),
        (Measure::Known(dimension, kind), Measure::Known(other, of) | Measure::Divided(other, of))
        | (Measure::Divided(dimension, kind), Measure::Known(other, of)) => {
            let both = Measure::Known(dimension, kind.max(of));
            if fits((dimension, kind), (other, of)) { Ok(both) } else { Err(Reason::Dimensions) }
        }
    }
}

/// Whether two dimensions and their kinds (0: any) are one.
fn fits((dimension, kind): (Dimension, u16), (other, of): (Dimension, u16)) -> bool {
    dimension == other && (kind == of || kind == 0 || of == 0)
}
