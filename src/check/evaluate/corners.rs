//! The exact range of an expression that uses figures more than once, as `(new - old) / old` does.
//!
//! Where every figure has degree at most one in the numerator and in the denominator, and the denominator keeps its sign, the
//! expression is monotone in each figure, so its extremes lie at corners of the box that the figures' ranges span.

use super::{Item, Reason, Value, count, interval, items};
use crate::exact::{End, Range, Rational};
use crate::rule::Expr;
use crate::rule::expression::{Function, Part};

/// The most variables: 2^12 = 4,096 corners.
const MAX_VARIABLES: usize = 12;

/// The names an expression uses, as bits; names beyond the 63rd share one bit, and so count as used more than once.
#[derive(Clone, Copy, Default)]
pub(super) struct Uses {
    once: u64,
    again: u64,
}

impl Uses {
    /// Adds the uses of figures in an expression that may vary.
    pub(super) fn add(&mut self, expr: &Expr, values: &[Value]) {
        match expr {
            Expr::Number(_) | Expr::Call(Function::Count, _) => {}
            Expr::Name(name) => self.add_name(*name, values),
            Expr::Negate(inner) | Expr::Not(inner) => self.add(inner, values),
            Expr::Sum(parts) | Expr::Product(parts) => parts.iter().for_each(|part| self.add(&part.expr, values)),
            Expr::Call(_, list) | Expr::And(list) | Expr::Or(list) => {
                list.iter().for_each(|expr| self.add(expr, values))
            }
            Expr::Compare(first, links) => {
                self.add(first, values);
                links.iter().for_each(|link| self.add(&link.right, values));
            }
        }
    }

    /// Whether a figure is used more than once.
    pub(super) fn repeat(self) -> bool {
        self.again != 0
    }

    fn add_name(&mut self, name: usize, values: &[Value]) {
        let operands = values.get(name).map(Value::operands).unwrap_or_default();
        if operands.iter().all(|operand| operand.range.single().is_some()) {
            return;
        }
        let bit = 1 << name.min(63);
        self.again |= self.once & bit;
        self.once |= bit;
    }
}

/// The exact range of `left - right`; `None` where its extremes need not lie at corners, or there are too many.
pub(super) fn difference(left: &Expr, right: Option<&Expr>, uses: Uses, values: &[Value]) -> Option<Range> {
    let mut builder = Builder { values, shared: uses.again, variables: Vec::new(), names: Vec::new() };
    let mut terms = vec![(false, builder.term(left)?)];
    if let Some(right) = right {
        terms.push((true, builder.term(right)?));
    }
    let term = Term::Sum(terms);
    let affine = |variable| {
        let (above, below) = term.degree(variable);
        above <= 1 && below <= 1
    };
    if !(0..builder.variables.len()).all(affine) {
        return None;
    }
    extremes(&term, &builder.variables)
}

/// An expression over variables that are independent of one another.
enum Term {
    Constant(Rational),
    Variable(usize),
    Sum(Vec<(bool, Term)>),
    Product(Vec<(bool, Term)>),
}

/// The variables: figures used more than once, and parts of the expression whose figures are used nowhere else.
struct Builder<'a> {
    values: &'a [Value],
    shared: u64,
    variables: Vec<Range>,
    /// Name, item of its list, variable.
    names: Vec<(usize, usize, usize)>,
}

impl Builder<'_> {
    fn term(&mut self, expr: &Expr) -> Option<Term> {
        if !self.is_shared(expr) {
            return self.variable(interval::range(expr, self.values).ok()?);
        }
        match expr {
            Expr::Name(name) => match self.values.get(*name)? {
                Value::One(_) => self.figure(*name, 0),
                _ => None,
            },
            Expr::Negate(inner) => Some(Term::Sum(vec![(true, self.term(inner)?)])),
            Expr::Sum(parts) => self.parts(parts, |parts, values| interval::sum(parts, values)).map(Term::Sum),
            Expr::Product(parts) => {
                self.parts(parts, |parts, values| interval::product(parts, values)).map(Term::Product)
            }
            Expr::Call(Function::Sum, arguments) => self.total(arguments),
            Expr::Call(Function::Mean, arguments) => {
                let size = Term::Constant(Rational::from(count(arguments, self.values) as i64));
                Some(Term::Product(vec![(false, self.total(arguments)?), (true, size)]))
            }
            Expr::Call(Function::Abs, arguments) => self.absolute(arguments.first()?),
            _ => None,
        }
    }

    /// Each part that holds a shared figure for itself, the others as one variable.
    fn parts(
        &mut self,
        parts: &[Part],
        join: fn(std::vec::IntoIter<&Part>, &[Value]) -> Result<Range, Reason>,
    ) -> Option<Vec<(bool, Term)>> {
        let (shared, alone): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(|part| self.is_shared(&part.expr));
        let mut terms = Vec::with_capacity(shared.len() + 1);
        if !alone.is_empty() {
            terms.push((false, self.variable(join(alone.into_iter(), self.values).ok()?)?));
        }
        for part in shared {
            terms.push((part.inverse, self.term(&part.expr)?));
        }
        Some(terms)
    }

    fn total(&mut self, arguments: &[Expr]) -> Option<Term> {
        let mut terms = Vec::new();
        for argument in arguments {
            match argument {
                Expr::Name(name) if self.is_shared(argument) => {
                    for item in 0..self.values.get(*name)?.operands().len() {
                        terms.push((false, self.figure(*name, item)?));
                    }
                }
                Expr::Name(_) => {
                    let whole = items(std::slice::from_ref(argument), self.values).fold(
                        Range::exact(Rational::ZERO),
                        |sum, item| match item {
                            Item::Figure(operand) => &sum + &operand.range,
                            Item::Value(_) => sum,
                        },
                    );
                    terms.push((false, self.variable(whole)?));
                }
                _ => terms.push((false, self.term(argument)?)),
            }
        }
        Some(Term::Sum(terms))
    }

    /// An absolute value, where the sign is known.
    fn absolute(&mut self, inner: &Expr) -> Option<Term> {
        let range = interval::range(inner, self.values).ok()?;
        let keeps_sign = range.abs() == range;
        let turns_sign = range.abs() == -&range;
        if !keeps_sign && !turns_sign {
            return None;
        }
        Some(Term::Sum(vec![(!keeps_sign, self.term(inner)?)]))
    }

    fn figure(&mut self, name: usize, item: usize) -> Option<Term> {
        if let Some(known) = self.names.iter().find(|known| (known.0, known.1) == (name, item)) {
            return Some(Term::Variable(known.2));
        }
        let range = self.values.get(name)?.operands().get(item)?.range.clone();
        let term = self.variable(range)?;
        if let Term::Variable(variable) = term {
            self.names.push((name, item, variable));
        }
        Some(term)
    }

    fn variable(&mut self, range: Range) -> Option<Term> {
        if let Some(value) = range.single() {
            return Some(Term::Constant(value.clone()));
        }
        if self.variables.len() == MAX_VARIABLES || range.low.is_none() || range.high.is_none() {
            return None;
        }
        self.variables.push(range);
        Some(Term::Variable(self.variables.len() - 1))
    }

    fn is_shared(&self, expr: &Expr) -> bool {
        let mut uses = Uses::default();
        uses.add(expr, self.values);
        uses.once & self.shared != 0
    }
}

impl Term {
    /// The degree of a variable in the numerator and in the denominator, nothing cancelled.
    fn degree(&self, variable: usize) -> (u32, u32) {
        match self {
            Term::Constant(_) => (0, 0),
            Term::Variable(own) => (u32::from(*own == variable), 0),
            Term::Sum(terms) => terms.iter().fold((0, 0), |(above, below), (_, term)| {
                let (top, under) = term.degree(variable);
                ((above + under).max(top + below), below + under)
            }),
            Term::Product(terms) => terms.iter().fold((0, 0), |(above, below), (inverse, term)| {
                let (top, under) = term.degree(variable);
                if *inverse { (above + under, below + top) } else { (above + top, below + under) }
            }),
        }
    }

    /// The value where each variable is at the end its bit of `corner` tells (0 low, 1 high); with the sign of every divisor
    /// folded into `signs`. `None` where a divisor is 0.
    fn at(&self, corner: usize, variables: &[Range], signs: &mut Vec<bool>) -> Option<Rational> {
        match self {
            Term::Constant(value) => Some(value.clone()),
            Term::Variable(variable) => end(&variables[*variable], corner >> variable & 1).map(|end| end.value.clone()),
            Term::Sum(terms) => terms.iter().try_fold(Rational::ZERO, |sum, (inverse, term)| {
                let value = term.at(corner, variables, signs)?;
                Some(if *inverse { &sum - &value } else { &sum + &value })
            }),
            Term::Product(terms) => terms.iter().try_fold(Rational::ONE, |product, (inverse, term)| {
                let value = term.at(corner, variables, signs)?;
                if !inverse {
                    return Some(&product * &value);
                }
                signs.push(value.is_negative());
                product.checked_div(&value)
            }),
        }
    }
}

fn end(range: &Range, high: usize) -> Option<&End> {
    if high == 1 { range.high.as_ref() } else { range.low.as_ref() }
}

/// The range between the smallest and the largest corner; `None` where a divisor changes its sign or is 0 at one.
fn extremes(term: &Term, variables: &[Range]) -> Option<Range> {
    let mut corners = Vec::with_capacity(1 << variables.len());
    let (mut first, mut signs) = (Vec::new(), Vec::new());
    for corner in 0..1usize << variables.len() {
        signs.clear();
        corners.push(term.at(corner, variables, &mut signs)?);
        if corner == 0 {
            first.clone_from(&signs);
        } else if first != signs {
            return None;
        }
    }
    let end = |value: &Rational| End { value: value.clone(), open: !attained(value, &corners, variables) };
    Some(Range { low: corners.iter().min().map(end), high: corners.iter().max().map(end) })
}

/// Whether an extreme is attained inside the ranges. The points at which it is attained on the closed box are the faces all
/// of whose corners are extreme; one of those must have no variable fixed at an open end.
fn attained(extreme: &Rational, corners: &[Rational], variables: &[Range]) -> bool {
    // A variable open at both ends must be free; one that is closed at one end only is fixed there.
    let is_open = |range: &Range, high| end(range, high).is_none_or(|end| end.open);
    let mask = |test: &dyn Fn(&Range) -> bool| {
        variables.iter().enumerate().filter(|(_, range)| test(range)).map(|(bit, _)| 1usize << bit).sum::<usize>()
    };
    let free = mask(&|range| is_open(range, 0) && is_open(range, 1));
    let low_open = mask(&|range| is_open(range, 0) && !is_open(range, 1));
    let high_open = mask(&|range| !is_open(range, 0) && is_open(range, 1));
    let stands = |corner: usize| corner & low_open == low_open && corner & (high_open | free) == 0;
    (0..corners.len())
        .filter(|&corner| stands(corner))
        .any(|corner| submasks(free).all(|inside| corners[corner | inside] == *extreme))
}

/// All bit sets within `mask`.
fn submasks(mask: usize) -> impl Iterator<Item = usize> {
    let mut next = Some(mask);
    std::iter::from_fn(move || {
        let current = next?;
        next = (current != 0).then(|| (current - 1) & mask);
        Some(current)
    })
}
