//! Slips in what was computed, not in a figure's digits: a part left out or counted twice, the wrong base, percentage points.

use crate::check::evaluate::{self, Value};
use crate::check::slip::Slip;
use crate::exact::{Range, Rational};
use crate::figure::Dimension;
use crate::rule::Expr;
use crate::rule::expression::{Function, Part, Relation};

/// The slip that makes a failing equation hold. `nearby` are values that stand near its figures and take no part in it.
pub fn slip(check: &Expr, values: &[Value], nearby: &[Rational]) -> Option<Slip> {
    let (left, right) = equation(check)?;
    let (stated, result) = if is_figure(left) { (left, right) } else { (right, left) };
    gap(stated, result, values, nearby).or_else(|| wrong_relation(stated, result, values))
}

/// The name that stands alone on a side of a check that is one equation: what is stated, in contrast to what it is computed from.
pub fn stated(check: &Expr) -> Option<usize> {
    let (left, right) = equation(check)?;
    match (left, right) {
        (&Expr::Name(name), _) | (_, &Expr::Name(name)) => Some(name),
        _ => None,
    }
}

/// The name of what is divided by a whole, where a check is one equation of a share: the one stated name is the quotient of two others.
pub fn part_of_whole(check: &Expr) -> Option<usize> {
    let (left, right) = equation(check)?;
    let (_, result) = if is_figure(left) { (left, right) } else { (right, left) };
    match quotient(result)? {
        (&Expr::Name(part), &Expr::Name(_)) => Some(part),
        _ => None,
    }
}

/// The sides of a check that is one equation.
fn equation(check: &Expr) -> Option<(&Expr, &Expr)> {
    match check {
        Expr::Compare(left, links) if links.len() == 1 && links[0].relation == Relation::Equal => {
            Some((left, &links[0].right))
        }
        _ => None,
    }
}

fn is_figure(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(_))
}

/// A part left out of a sum or counted twice: the gap between the sides is a figure nearby, or one of the parts. Gaps of one
/// digit equal too many figures to say anything.
fn gap(stated: &Expr, result: &Expr, values: &[Value], nearby: &[Rational]) -> Option<Slip> {
    let parts = parts(result, values)?;
    let gap = &evaluate::nominal(stated, values)? - &evaluate::nominal(result, values)?;
    if gap.abs() < Rational::from(10) {
        return None;
    }
    if nearby.contains(&gap) {
        return Some(Slip::LeftOut);
    }
    if parts.contains(&gap) {
        return Some(Slip::CountedTwice);
    }
    parts.contains(&-&gap).then_some(Slip::LeftOut)
}

/// The values that a sum adds; `None` where it is no sum.
fn parts(expr: &Expr, values: &[Value]) -> Option<Vec<Rational>> {
    match expr {
        Expr::Sum(parts) => parts
            .iter()
            .map(|part| {
                let value = evaluate::nominal(&part.expr, values)?;
                Some(if part.inverse { -value } else { value })
            })
            .collect(),
        Expr::Call(Function::Sum, arguments) => {
            let lists = arguments.iter().map(|argument| match argument {
                Expr::Name(name) => Some(values.get(*name)?.operands()),
                _ => None,
            });
            let lists: Option<Vec<_>> = lists.collect();
            lists?.into_iter().flatten().map(|operand| operand.nominal.clone()).collect()
        }
        _ => None,
    }
}

/// Base and result swapped, or a change in percentage points where one in percent is meant.
fn wrong_relation(stated: &Expr, result: &Expr, values: &[Value]) -> Option<Slip> {
    let prints = |range: &Range| evaluate::range(stated, values).is_ok_and(|own| own.intersection(range).is_some());
    let range = |expr: &Expr| evaluate::range(expr, values).ok();
    let (top, below) = quotient(result)?;
    if let Some((new, old)) = change(top, below) {
        let percentages = measures_pure(new, values) && measures_pure(old, values);
        if percentages && prints(&range(top)?) {
            return Some(Slip::PercentagePoints);
        }
        let swapped = product(top, new);
        return prints(&range(&swapped)?).then_some(Slip::Base);
    }
    prints(&range(&product(below, top))?).then_some(Slip::Base)
}

/// `a / b`.
fn product(a: &Expr, b: &Expr) -> Expr {
    Expr::Product(vec![Part { inverse: false, expr: a.clone() }, Part { inverse: true, expr: b.clone() }])
}

fn quotient(expr: &Expr) -> Option<(&Expr, &Expr)> {
    match expr {
        Expr::Product(parts) => match &parts[..] {
            [top, below] if !top.inverse && below.inverse => Some((&top.expr, &below.expr)),
            _ => None,
        },
        _ => None,
    }
}

/// New and old value, where `top` is `new - old` and `below` is `old`.
fn change<'a>(top: &'a Expr, below: &Expr) -> Option<(&'a Expr, &'a Expr)> {
    let Expr::Sum(parts) = top else { return None };
    let [new, old] = &parts[..] else { return None };
    match (&old.expr, below) {
        (Expr::Name(subtracted), Expr::Name(base)) if subtracted == base && old.inverse && !new.inverse => {
            Some((&new.expr, &old.expr))
        }
        _ => None,
    }
}

fn measures_pure(expr: &Expr, values: &[Value]) -> bool {
    match expr {
        Expr::Name(name) => values
            .get(*name)
            .is_some_and(|value| value.operands().iter().all(|operand| operand.dimension == Dimension::Pure)),
        _ => false,
    }
}
