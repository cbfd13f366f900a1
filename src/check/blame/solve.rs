//! Solving a check for one of its figures.
//!
//! In nearly all checks each figure stands linearly in numerator and denominator: both sides of an equation are then
//! `(a + b x) / (c + d x)` with ranges for `a` to `d`, and the solutions lie in `-a / b` of their difference. What stands
//! otherwise (`min`, `abs`, a square) is not solved.

use crate::check::evaluate::{self, Value};
use crate::exact::{End, Range, Rational};
use crate::rule::Expr;
use crate::rule::expression::{Comparison, Function, Part, Relation};

/// Where the unknown stands: by name and item the factor (-1, or a power of ten) by which a figure is taken that is the
/// unknown, `None` where it is another.
pub type Unknown<'a> = &'a dyn Fn(usize, usize) -> Option<Rational>;

/// Where a check's solutions lie.
#[derive(Clone, Debug)]
pub struct Solutions {
    /// Holds all true values of the unknown with which the check can hold, as far as the checks are equations.
    pub range: Range,
    /// The unknown stands in an inequality: the range holds its boundary only.
    pub boundary: bool,
}

/// The solutions of a check for an unknown; `None` where they cannot be told, or the unknown does not stand in it.
pub fn solve(check: &Expr, values: &[Value], unknown: Unknown<'_>) -> Option<Solutions> {
    let solver = Solver { values, unknown };
    let mut all = Solutions { range: Range::ALL, boundary: false };
    let mut found = false;
    solver.conditions(check, &mut |solutions| {
        found = true;
        let common = all.range.intersection(&solutions.range)?;
        all = Solutions { range: common, boundary: all.boundary || solutions.boundary };
        Some(())
    })?;
    found.then_some(all)
}

struct Solver<'a> {
    values: &'a [Value],
    unknown: Unknown<'a>,
}

/// `rest + slope * x`.
#[derive(Clone)]
struct Line {
    rest: Range,
    slope: Range,
}

/// `top / below`.
#[derive(Clone)]
struct Fraction {
    top: Line,
    below: Line,
}

impl Solver<'_> {
    /// Tells the solutions of every comparison in which the unknown stands; `None` where one cannot be solved.
    fn conditions(&self, check: &Expr, tell: &mut dyn FnMut(Solutions) -> Option<()>) -> Option<()> {
        match check {
            Expr::And(branches) => branches.iter().try_for_each(|branch| self.conditions(branch, tell)),
            Expr::Compare(first, links) => {
                let lefts = std::iter::once(&**first).chain(links.iter().map(|link| &link.right));
                lefts.zip(links).try_for_each(|(left, link)| self.link(left, link, tell))
            }
            other if self.stands_in(other) => None,
            _ => Some(()),
        }
    }

    fn link(&self, left: &Expr, link: &Comparison, tell: &mut dyn FnMut(Solutions) -> Option<()>) -> Option<()> {
        if !self.stands_in(left) && !self.stands_in(&link.right) {
            return Some(());
        }
        let mut difference = self.fraction(left)?.plus(&self.fraction(&link.right)?.negated())?;
        if let Some(tolerance) = &link.tolerance {
            let by = evaluate::range(tolerance, self.values).ok()?.high?;
            let around = Range { low: Some(End { value: -&by.value, open: by.open }), high: Some(by) };
            difference = difference.plus(&Fraction::constant(around))?;
        }
        tell(Solutions { range: difference.top.zero(), boundary: link.relation != Relation::Equal })
    }

    fn stands_in(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Number(_) | Expr::Call(Function::Count, _) => false,
            Expr::Name(name) => {
                let count = self.values.get(*name).map_or(0, |value| value.operands().len());
                (0..count).any(|item| (self.unknown)(*name, item).is_some())
            }
            Expr::Negate(inner) | Expr::Not(inner) => self.stands_in(inner),
            Expr::Sum(parts) | Expr::Product(parts) => parts.iter().any(|part| self.stands_in(&part.expr)),
            Expr::Call(_, list) | Expr::And(list) | Expr::Or(list) => list.iter().any(|expr| self.stands_in(expr)),
            Expr::Compare(first, links) => {
                self.stands_in(first) || links.iter().any(|link| self.stands_in(&link.right))
            }
        }
    }

    fn fraction(&self, expr: &Expr) -> Option<Fraction> {
        if !self.stands_in(expr) {
            return evaluate::range(expr, self.values).ok().map(Fraction::constant);
        }
        match expr {
            Expr::Name(name) => {
                let slope = (self.unknown)(*name, 0)?;
                matches!(self.values.get(*name), Some(Value::One(_))).then(|| Fraction::unknown(slope))
            }
            Expr::Negate(inner) => Some(self.fraction(inner)?.negated()),
            Expr::Sum(parts) => self.sum(parts),
            Expr::Product(parts) => self.product(parts),
            Expr::Call(Function::Sum, arguments) => self.total(arguments),
            Expr::Call(Function::Mean, arguments) => {
                let size = evaluate::range(&Expr::Call(Function::Count, arguments.clone()), self.values).ok()?;
                self.total(arguments)?.times(&Fraction::constant(size).inverted())
            }
            _ => None,
        }
    }

    /// The parts without the unknown are added up first, so that long sums cost little.
    fn sum(&self, parts: &[Part]) -> Option<Fraction> {
        let (with, without): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| self.stands_in(&part.expr));
        let rest = without.into_iter().try_fold(zero(), |sum, part| {
            let next = evaluate::range(&part.expr, self.values).ok()?;
            Some(if part.inverse { &sum - &next } else { &sum + &next })
        })?;
        with.into_iter().try_fold(Fraction::constant(rest), |sum, part| {
            let next = self.fraction(&part.expr)?;
            sum.plus(&if part.inverse { next.negated() } else { next })
        })
    }

    fn product(&self, parts: &[Part]) -> Option<Fraction> {
        parts.iter().try_fold(Fraction::constant(one()), |product, part| {
            let next = self.fraction(&part.expr)?;
            product.times(&if part.inverse { next.inverted() } else { next })
        })
    }

    fn total(&self, arguments: &[Expr]) -> Option<Fraction> {
        arguments.iter().try_fold(Fraction::constant(zero()), |sum, argument| match argument {
            Expr::Name(name) => {
                let items = self.values.get(*name)?.operands().iter().enumerate();
                let mut line = sum.top;
                for (item, operand) in items {
                    match (self.unknown)(*name, item) {
                        Some(slope) => line.slope = &line.slope + &Range::exact(slope),
                        None => line.rest = &line.rest + &operand.range,
                    }
                }
                Some(Fraction { top: line, below: sum.below })
            }
            _ => sum.plus(&self.fraction(argument)?),
        })
    }
}

impl Line {
    fn constant(rest: Range) -> Self {
        Self { rest, slope: zero() }
    }

    fn is_constant(&self) -> bool {
        self.slope.single().is_some_and(Rational::is_zero)
    }

    fn plus(&self, other: &Line) -> Line {
        Line { rest: &self.rest + &other.rest, slope: &self.slope + &other.slope }
    }

    /// A product in which one factor is constant.
    fn times(&self, other: &Line) -> Option<Line> {
        if other.is_constant() {
            return Some(Line { rest: &self.rest * &other.rest, slope: &self.slope * &other.rest });
        }
        self.is_constant().then(|| other.times(self)).flatten()
    }

    /// Where the line is 0.
    fn zero(&self) -> Range {
        (-&self.rest).checked_div(&self.slope).unwrap_or(Range::ALL)
    }
}

impl Fraction {
    fn constant(value: Range) -> Self {
        Self { top: Line::constant(value), below: Line::constant(one()) }
    }

    fn unknown(slope: Rational) -> Self {
        let line = Line { rest: zero(), slope: Range::exact(slope) };
        Self { top: line, below: Line::constant(one()) }
    }

    fn negated(self) -> Self {
        Self { top: Line { rest: -&self.top.rest, slope: -&self.top.slope }, below: self.below }
    }

    fn inverted(self) -> Self {
        Self { top: self.below, below: self.top }
    }

    fn plus(&self, other: &Fraction) -> Option<Fraction> {
        let top = self.top.times(&other.below)?.plus(&other.top.times(&self.below)?);
        Some(Fraction { top, below: self.below.times(&other.below)? })
    }

    fn times(&self, other: &Fraction) -> Option<Fraction> {
        Some(Fraction { top: self.top.times(&other.top)?, below: self.below.times(&other.below)? })
    }
}

fn zero() -> Range {
    Range::exact(Rational::ZERO)
}

fn one() -> Range {
    Range::exact(Rational::ONE)
}
