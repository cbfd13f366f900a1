//! The value of an expression at one point: for the printed or the nominal values of its figures.

use super::{Item, Operand, Value, count, items};
use crate::exact::Rational;
use crate::rule::Expr;
use crate::rule::expression::{Comparison, Function, Part, Relation};

/// The most places a number is rounded to, before or behind the point: more than any report prints.
const MAX_PLACES: i128 = 60;

/// Which value of a figure is meant.
pub(super) type Choose = fn(&Operand) -> Option<&Rational>;

/// The printed value, hedged or not.
pub(super) fn printed(operand: &Operand) -> Option<&Rational> {
    Some(&operand.printed)
}

/// The nominal value; a hedged figure has none.
pub(super) fn nominal(operand: &Operand) -> Option<&Rational> {
    operand.nominal.as_ref()
}

/// The value of an expression; `None` where a figure has none or a divisor is 0.
pub(super) fn value(expr: &Expr, values: &[Value], choose: Choose) -> Option<Rational> {
    match expr {
        Expr::Number(number) => Some(number.clone()),
        Expr::Name(name) => match values.get(*name)? {
            Value::One(operand) => choose(operand).cloned(),
            _ => None,
        },
        Expr::Negate(inner) => Some(-value(inner, values, choose)?),
        Expr::Sum(parts) => sum(parts, values, choose),
        Expr::Product(parts) => product(parts, values, choose),
        Expr::Call(function, arguments) => call(*function, arguments, values, choose),
        _ => None,
    }
}

/// The truth of a condition; `None` where a value in it is missing and matters.
pub(super) fn truth(expr: &Expr, values: &[Value], choose: Choose) -> Option<bool> {
    match expr {
        Expr::Compare(first, links) => chain(first, links, values, choose),
        Expr::And(branches) => deciding(branches, values, choose, false),
        Expr::Or(branches) => deciding(branches, values, choose, true),
        Expr::Not(inner) => Some(!truth(inner, values, choose)?),
        Expr::Call(Function::Possible, arguments) => {
            super::truth::possible(arguments, values).ok().map(|truth| truth.may())
        }
        _ => None,
    }
}

/// The step that `round(x, places)` rounds to; `None` where the places are no small whole number.
pub(super) fn rounding_step(places: &Rational) -> Option<Rational> {
    let places = places.to_i128().filter(|places| places.abs() <= MAX_PLACES)?;
    Some(Rational::power_of_ten(-(places as i32)))
}

/// Whether `difference` (left minus right) is as the relation says, up to a tolerance.
pub(super) fn relates(difference: &Rational, relation: Relation, tolerance: Option<&Rational>) -> bool {
    let zero = &Rational::ZERO;
    match relation {
        Relation::Equal => difference.abs() <= *tolerance.unwrap_or(zero),
        Relation::NotEqual => difference != zero,
        Relation::Less => difference < zero,
        Relation::LessOrEqual => difference <= zero,
        Relation::Greater => difference > zero,
        Relation::GreaterOrEqual => difference >= zero,
    }
}

fn sum(parts: &[Part], values: &[Value], choose: Choose) -> Option<Rational> {
    parts.iter().try_fold(Rational::ZERO, |sum, part| {
        let value = value(&part.expr, values, choose)?;
        Some(if part.inverse { &sum - &value } else { &sum + &value })
    })
}

fn product(parts: &[Part], values: &[Value], choose: Choose) -> Option<Rational> {
    parts.iter().try_fold(Rational::ONE, |product, part| {
        let value = value(&part.expr, values, choose)?;
        if part.inverse { product.checked_div(&value) } else { Some(&product * &value) }
    })
}

fn call(function: Function, arguments: &[Expr], values: &[Value], choose: Choose) -> Option<Rational> {
    let mut all = items(arguments, values).map(|item| match item {
        Item::Figure(operand) => choose(operand).cloned(),
        Item::Value(expr) => value(expr, values, choose),
    });
    match function {
        Function::Count => Some(Rational::from(count(arguments, values) as i64)),
        Function::Sum => all.try_fold(Rational::ZERO, |sum, value| Some(&sum + &value?)),
        Function::Mean => {
            let sum = all.try_fold(Rational::ZERO, |sum, value| Some(&sum + &value?))?;
            sum.checked_div(&Rational::from(count(arguments, values) as i64))
        }
        Function::Min => all.reduce(|a, b| Some(a?.min(b?)))?,
        Function::Max => all.reduce(|a, b| Some(a?.max(b?)))?,
        Function::Abs => Some(all.next()??.abs()),
        Function::Round => {
            let (value, places) = (all.next()??, all.next().unwrap_or(Some(Rational::ZERO))?);
            Some(value.round_to(&rounding_step(&places)?))
        }
        Function::Possible => None,
    }
}

fn chain(first: &Expr, links: &[Comparison], values: &[Value], choose: Choose) -> Option<bool> {
    let mut left = value(first, values, choose)?;
    for link in links {
        let right = value(&link.right, values, choose)?;
        let tolerance = match &link.tolerance {
            Some(tolerance) => Some(value(tolerance, values, choose)?),
            None => None,
        };
        if !relates(&(&left - &right), link.relation, tolerance.as_ref()) {
            return Some(false);
        }
        left = right;
    }
    Some(true)
}

/// A chain of `and` (decided by a false branch) or `or` (decided by a true one).
fn deciding(branches: &[Expr], values: &[Value], choose: Choose, decider: bool) -> Option<bool> {
    let mut known = true;
    for branch in branches {
        match truth(branch, values, choose) {
            Some(truth) if truth == decider => return Some(decider),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decider)
}
