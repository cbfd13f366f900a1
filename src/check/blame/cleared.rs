//! Which figures the checks that hold clear.
//!
//! An equality that holds clears its figures: had one of them a slip, it would not hold. That of a rate clears less: with two
//! digits it holds for hundreds of values of an amount with five, the right one and the wrong one alike.

use super::repair::factor;
use super::solve::solve;
use super::{Case, Report};
use crate::exact::Rational;
use crate::rule::Expr;
use crate::rule::expression::{Function, Part, Relation};

/// How many of its last units a rate may leave to a figure and still clear it: a slip in any digit but the last would show.
const MAX_UNITS: i64 = 2;

/// For each figure whether a case that holds clears it. Only of figures in failing cases is asked whether rates clear them.
pub fn figures(report: &mut Report<'_>) -> Vec<bool> {
    let mut cleared = vec![false; report.figures.len()];
    let cases = report.cases;
    let holding = || cases.iter().enumerate().filter(|(_, case)| case.evaluation.verdict.passes());
    for (_, case) in holding() {
        in_equalities(case, false, &mut |figure| {
            if let Some(cleared) = cleared.get_mut(figure) {
                *cleared = true;
            }
        });
    }
    for (index, case) in holding() {
        let mut asked = Vec::new();
        in_equalities(case, true, &mut |figure| asked.push(figure));
        for figure in asked {
            let is_suspect =
                cleared.get(figure) == Some(&false) && report.cases_of[figure].iter().any(|&case| report.fails(case));
            if is_suspect {
                cleared[figure] = is_fixed(report, index, figure);
            }
        }
    }
    cleared
}

/// Whether a case leaves so few values to a figure that a slip would show; also where that cannot be told.
fn is_fixed(report: &mut Report<'_>, index: usize, figure: usize) -> bool {
    let Some(factor) = factor(report, index, figure) else { return true };
    if report.spend(3 * report.size(index)).is_none() {
        return true;
    }
    let case = &report.cases[index];
    let unknown = |name: usize, item: usize| (case.slots.get(name)?.get(item) == Some(&figure)).then(|| factor.clone());
    let Some(solutions) = solve(case.check, case.values, &unknown) else { return true };
    let most = &Rational::from(MAX_UNITS) * &report.figures[figure].quantity.place();
    solutions.range.width().is_some_and(|width| width <= most)
}

/// Tells the figures in the equalities of a case, those of rates or the others.
fn in_equalities(case: &Case<'_>, of_rates: bool, tell: &mut dyn FnMut(usize)) {
    equalities(case.check, &mut |sides| {
        if sides.iter().any(|side| is_rate(side)) == of_rates {
            let mut told = |name: usize| case.slots.get(name).into_iter().flatten().for_each(|&figure| tell(figure));
            sides.iter().for_each(|side| names(side, &mut told));
        }
    });
}

fn equalities<'a>(check: &'a Expr, tell: &mut dyn FnMut([&'a Expr; 2])) {
    match check {
        Expr::And(branches) => branches.iter().for_each(|branch| equalities(branch, tell)),
        Expr::Compare(first, links) => {
            let lefts = std::iter::once(&**first).chain(links.iter().map(|link| &link.right));
            let equal = lefts.zip(links).filter(|(_, link)| link.relation == Relation::Equal);
            equal.for_each(|(left, link)| tell([left, &link.right]));
        }
        _ => {}
    }
}

/// Whether figures are multiplied or divided.
fn is_rate(expr: &Expr) -> bool {
    match expr {
        Expr::Product(parts) => {
            let is_number = |part: &&Part| matches!(part.expr, Expr::Number(_));
            parts.iter().filter(|part| !is_number(part)).count() > 1
        }
        Expr::Negate(inner) => is_rate(inner),
        Expr::Sum(parts) => parts.iter().any(|part| is_rate(&part.expr)),
        _ => false,
    }
}

fn names(expr: &Expr, tell: &mut dyn FnMut(usize)) {
    match expr {
        Expr::Name(name) => tell(*name),
        Expr::Negate(inner) => names(inner, tell),
        Expr::Sum(parts) | Expr::Product(parts) => parts.iter().for_each(|part| names(&part.expr, tell)),
        // The smallest and the largest clear no other item.
        Expr::Call(function, arguments) if !matches!(function, Function::Min | Function::Max) => {
            arguments.iter().for_each(|argument| names(argument, tell));
        }
        _ => {}
    }
}
