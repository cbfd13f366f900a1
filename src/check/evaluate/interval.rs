//! Interval arithmetic: exact where each figure is used once, and wider than the truth otherwise.

use super::{Item, Reason, Value, count, items, point};
use crate::exact::{Range, Rational};
use crate::rule::Expr;
use crate::rule::expression::{Function, Part};

/// A range that an expression stays in.
pub(super) fn range(expr: &Expr, values: &[Value]) -> Result<Range, Reason> {
    match expr {
        Expr::Number(number) => Ok(Range::exact(number.clone())),
        Expr::Name(name) => Ok(match values.get(*name) {
            Some(Value::One(operand)) => operand.range.clone(),
            _ => Range::ALL,
        }),
        Expr::Negate(inner) => Ok(-&range(inner, values)?),
        Expr::Sum(parts) => sum(parts.iter(), values),
        Expr::Product(parts) => product(parts.iter(), values),
        Expr::Call(function, arguments) => call(*function, arguments, values),
        Expr::Compare(..) | Expr::And(_) | Expr::Or(_) | Expr::Not(_) => Ok(Range::ALL),
    }
}

/// The range of a sum of parts.
pub(super) fn sum<'a>(parts: impl Iterator<Item = &'a Part>, values: &[Value]) -> Result<Range, Reason> {
    folded(parts, values, Rational::ZERO, |sum, part, inverse| Ok(if inverse { sum - part } else { sum + part }))
}

/// The range of a product of parts.
pub(super) fn product<'a>(parts: impl Iterator<Item = &'a Part>, values: &[Value]) -> Result<Range, Reason> {
    folded(parts, values, Rational::ONE, |product, part, inverse| {
        if inverse { product.checked_div(part).ok_or(Reason::DivisionByZero) } else { Ok(product * part) }
    })
}

fn folded<'a>(
    parts: impl Iterator<Item = &'a Part>,
    values: &[Value],
    neutral: Rational,
    step: impl Fn(&Range, &Range, bool) -> Result<Range, Reason>,
) -> Result<Range, Reason> {
    let mut all: Option<Range> = None;
    for part in parts {
        let next = range(&part.expr, values)?;
        all = Some(match all {
            None if !part.inverse => next,
            before => step(&before.unwrap_or_else(|| Range::exact(neutral.clone())), &next, part.inverse)?,
        });
    }
    Ok(all.unwrap_or_else(|| Range::exact(neutral)))
}

fn call(function: Function, arguments: &[Expr], values: &[Value]) -> Result<Range, Reason> {
    match function {
        Function::Count => Ok(Range::exact(Rational::from(count(arguments, values) as i64))),
        Function::Sum => reduced(arguments, values, |a, b| a + b),
        Function::Mean => {
            let size = Range::exact(Rational::from(count(arguments, values) as i64));
            reduced(arguments, values, |a, b| a + b)?.checked_div(&size).ok_or(Reason::DivisionByZero)
        }
        Function::Min => reduced(arguments, values, Range::min),
        Function::Max => reduced(arguments, values, Range::max),
        Function::Abs => Ok(argument(arguments, 0, values)?.abs()),
        Function::Round => {
            let places =
                if arguments.len() > 1 { argument(arguments, 1, values)? } else { Range::exact(Rational::ZERO) };
            let step = places.single().and_then(point::rounding_step).ok_or(Reason::TooWide)?;
            Ok(argument(arguments, 0, values)?.round_to(&step))
        }
        Function::Possible => Ok(Range::ALL),
    }
}

fn argument(arguments: &[Expr], index: usize, values: &[Value]) -> Result<Range, Reason> {
    arguments.get(index).map_or(Ok(Range::ALL), |argument| range(argument, values))
}

fn reduced(arguments: &[Expr], values: &[Value], step: impl Fn(&Range, &Range) -> Range) -> Result<Range, Reason> {
    let mut all: Option<Range> = None;
    for item in items(arguments, values) {
        let owned;
        let next = match item {
            Item::Figure(operand) => &operand.range,
            Item::Value(expr) => {
                owned = range(expr, values)?;
                &owned
            }
        };
        all = Some(all.map_or_else(|| next.clone(), |all| step(&all, next)));
    }
    Ok(all.unwrap_or_else(|| Range::exact(Rational::ZERO)))
}
