//! The truth of comparisons over the ranges of their figures, and Kleene's logic over those.

use super::corners::{self, Uses};
use super::{Reason, Value, interval, point};
use crate::exact::{End, Range, Rational};
use crate::rule::Expr;
use crate::rule::expression::{Comparison, Function, Relation};

/// The longest chain of comparisons in which each value is compared with each; beyond it, only neighbours are and the last
/// with the first.
const MAX_PAIRED: usize = 32;

/// The most whole numbers tried for a count that is not known exactly.
const MAX_COUNTS: i128 = 1000;

/// Truth over ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    /// For no values.
    False,
    /// For some.
    Open,
    /// For all.
    True,
}

impl Truth {
    /// Whether some values satisfy it.
    pub(super) fn may(self) -> bool {
        self != Truth::False
    }

    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Open => Truth::Open,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Truth::True } else { Truth::False }
    }
}

/// Judges expressions over the values of their names.
pub(super) struct Judge<'a> {
    values: &'a [Value],
}

impl<'a> Judge<'a> {
    pub(super) fn new(values: &'a [Value]) -> Self {
        Self { values }
    }

    /// The truth of a condition over the ranges.
    pub(super) fn truth(&self, expr: &Expr) -> Result<Truth, Reason> {
        match expr {
            Expr::Compare(first, links) => self.chain(first, links),
            Expr::And(branches) => decided(branches.iter().map(|branch| self.truth(branch)), Truth::False),
            Expr::Or(branches) => decided(branches.iter().map(|branch| self.truth(branch)), Truth::True),
            Expr::Not(inner) => Ok(self.truth(inner)?.not()),
            Expr::Call(Function::Possible, arguments) => possible(arguments, self.values),
            _ => Ok(Truth::Open),
        }
    }

    /// Whether a condition that passes holds without the rounding of its inputs: it is true of the nominal values, or one
    /// side is a single figure in whose range the other side's nominal value lies.
    pub(super) fn holds(&self, expr: &Expr) -> bool {
        if point::truth(expr, self.values, point::nominal) == Some(true) {
            return true;
        }
        match expr {
            Expr::Compare(first, links) => {
                let lefts = std::iter::once(&**first).chain(links.iter().map(|link| &link.right));
                lefts.zip(links).all(|(left, link)| self.link_holds(left, link))
            }
            Expr::And(branches) => branches.iter().all(|branch| self.holds(branch)),
            Expr::Or(branches) => branches.iter().any(|branch| self.holds(branch)),
            _ => self.truth(expr) == Ok(Truth::True),
        }
    }

    /// The range of an expression that has a value.
    pub(super) fn range(&self, expr: &Expr) -> Result<Range, Reason> {
        let mut uses = Uses::default();
        uses.add(expr, self.values);
        let exact = if uses.repeat() { corners::difference(expr, None, uses, self.values) } else { None };
        exact.map_or_else(|| interval::range(expr, self.values), Ok)
    }

    fn difference(&self, left: &Expr, right: &Expr) -> Result<Range, Reason> {
        let mut uses = Uses::default();
        uses.add(left, self.values);
        uses.add(right, self.values);
        if uses.repeat()
            && let Some(exact) = corners::difference(left, Some(right), uses, self.values)
        {
            return Ok(exact);
        }
        Ok(&interval::range(left, self.values)? - &interval::range(right, self.values)?)
    }

    /// A chain is true if every link is, and false if any two of its values cannot stand as the links between them say:
    /// `a = b = c` needs one common value.
    fn chain(&self, first: &Expr, links: &[Comparison]) -> Result<Truth, Reason> {
        let lefts = std::iter::once(first).chain(links.iter().map(|link| &link.right));
        let neighbours = lefts
            .zip(links)
            .map(|(left, link)| self.compare(left, &link.right, link.relation, link.tolerance.as_ref()));
        let all = decided(neighbours, Truth::False);
        if links.len() < 2 || all == Ok(Truth::False) {
            return all;
        }
        if self.distant_pairs_may(first, links) { all } else { Ok(Truth::False) }
    }

    fn distant_pairs_may(&self, first: &Expr, links: &[Comparison]) -> bool {
        let starts = if links.len() < MAX_PAIRED { links.len() } else { 1 };
        (0..starts).all(|start| {
            let left = if start == 0 { first } else { &links[start - 1].right };
            let mut across = Some(links[start].relation);
            links.iter().enumerate().skip(start + 1).all(|(at, link)| {
                let tolerant = link.tolerance.is_some() || links[start].tolerance.is_some();
                across = across.filter(|_| !tolerant).and_then(|so_far| combined(so_far, link.relation));
                let wanted = links.len() < MAX_PAIRED || at + 1 == links.len();
                match across {
                    Some(relation) if wanted => {
                        !matches!(self.compare(left, &link.right, relation, None), Ok(Truth::False))
                    }
                    _ => true,
                }
            })
        })
    }

    fn compare(
        &self,
        left: &Expr,
        right: &Expr,
        relation: Relation,
        tolerance: Option<&Expr>,
    ) -> Result<Truth, Reason> {
        let difference = self.difference(left, right)?;
        let truth = match (relation, tolerance) {
            (Relation::Equal, Some(tolerance)) => self.near_zero(&difference, tolerance)?,
            (Relation::Equal, None) => is_zero(&difference),
            (Relation::NotEqual, _) => is_zero(&difference).not(),
            (Relation::Less, _) => is_below(&difference, true),
            (Relation::LessOrEqual, _) => is_below(&difference, false),
            (Relation::Greater, _) => is_below(&-&difference, true),
            (Relation::GreaterOrEqual, _) => is_below(&-&difference, false),
        };
        if truth == Truth::Open && never_fails(&difference, relation) { Err(Reason::TooWide) } else { Ok(truth) }
    }

    fn near_zero(&self, difference: &Range, tolerance: &Expr) -> Result<Truth, Reason> {
        let tolerance = self.range(tolerance)?;
        let within = |end: &Option<End>| match end {
            None => Some(Range::ALL),
            Some(high) => {
                let low = End { value: -&high.value, open: high.open };
                Range::between(low, high.clone())
            }
        };
        let Some(widest) = within(&tolerance.high) else { return Ok(Truth::False) };
        let Some(common) = difference.intersection(&widest) else { return Ok(Truth::False) };
        let narrowest = tolerance
            .low
            .as_ref()
            .and_then(|low| Range::between(End::closed(-&low.value), End::closed(low.value.clone())));
        let inside =
            narrowest.is_some_and(|narrowest| difference.intersection(&narrowest).as_ref() == Some(difference));
        Ok(if inside && common == *difference { Truth::True } else { Truth::Open })
    }

    fn link_holds(&self, left: &Expr, link: &Comparison) -> bool {
        self.nominal_holds(left, link)
            || self.compare(left, &link.right, link.relation, link.tolerance.as_ref()) == Ok(Truth::True)
    }

    /// Whether a link is true of the nominal values, or one side prints as the other.
    fn nominal_holds(&self, left: &Expr, link: &Comparison) -> bool {
        let nominal = |expr| point::value(expr, self.values, point::nominal);
        let (a, b) = (nominal(left), nominal(&link.right));
        let tolerance = link.tolerance.as_ref().and_then(nominal);
        if link.tolerance.is_some() && tolerance.is_none() {
            return false;
        }
        if let (Some(a), Some(b)) = (&a, &b)
            && point::relates(&(a - b), link.relation, tolerance.as_ref())
        {
            return true;
        }
        link.relation == Relation::Equal
            && (self.prints_as(left, b.as_ref(), tolerance.as_ref())
                || self.prints_as(&link.right, a.as_ref(), tolerance.as_ref()))
    }

    /// Whether an expression is a single figure that a value prints as.
    fn prints_as(&self, figure: &Expr, value: Option<&Rational>, tolerance: Option<&Rational>) -> bool {
        let (Expr::Name(name), Some(value)) = (figure, value) else { return false };
        let Some(Value::One(operand)) = self.values.get(*name) else { return false };
        tolerance.map_or_else(
            || operand.range.contains(value),
            |tolerance| !tolerance.is_negative() && operand.range.widen(tolerance).contains(value),
        )
    }
}

/// GRIM: whether some whole number of n things gives a rate or mean that prints so.
pub(super) fn possible(arguments: &[Expr], values: &[Value]) -> Result<Truth, Reason> {
    let [rate, size] = arguments else { return Ok(Truth::Open) };
    let judge = Judge::new(values);
    let (rate, size) = (judge.range(rate)?, judge.range(size)?);
    let (Some(low), Some(high)) = (&rate.low, &rate.high) else { return Err(Reason::NoPower) };
    let (Some(least), Some(most)) = (size.low.as_ref(), size.high.as_ref()) else { return Err(Reason::NoPower) };
    if !most.value.is_positive() || size.contains_zero() {
        return Err(Reason::DivisionByZero);
    }
    let width = &high.value - &low.value;
    if &width * &most.value >= Rational::ONE {
        return Err(Reason::NoPower);
    }
    if let Some(size) = size.single() {
        return Ok(Truth::from(holds_whole(&(&rate * &Range::exact(size.clone())))));
    }
    let (Some(first), Some(last)) = (least.value.ceil().to_i128(), most.value.floor().to_i128()) else {
        return Err(Reason::NoPower);
    };
    if last - first > MAX_COUNTS {
        return Err(Reason::NoPower);
    }
    let some = (first..=last)
        .map(|size| Rational::scaled(size, 0))
        .any(|whole| size.contains(&whole) && holds_whole(&(&rate * &Range::exact(whole))));
    Ok(if some { Truth::Open } else { Truth::False })
}

/// Whether a whole number lies in a bounded range.
fn holds_whole(range: &Range) -> bool {
    range.low.as_ref().is_none_or(|low| {
        let first = low.value.ceil();
        range.contains(&first) || range.contains(&(&first + &Rational::ONE))
    })
}

/// Kleene's `and` (decided by `False`) or `or` (decided by `True`): a branch that cannot be tested makes the whole
/// untestable unless another one decides it.
fn decided(branches: impl Iterator<Item = Result<Truth, Reason>>, decider: Truth) -> Result<Truth, Reason> {
    let mut all = Ok(decider.not());
    for branch in branches {
        match branch {
            Ok(truth) if truth == decider => return Ok(decider),
            Ok(Truth::Open) => all = all.map(|_| Truth::Open),
            Ok(_) => {}
            Err(reason) => all = all.and(Err(reason)),
        }
    }
    all
}

/// What two links in a row say of their outer values.
fn combined(first: Relation, second: Relation) -> Option<Relation> {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    match (first, second) {
        (NotEqual, _) | (_, NotEqual) => None,
        (Equal, other) | (other, Equal) => Some(other),
        (Less | LessOrEqual, Less | LessOrEqual) => {
            Some(if (first, second) == (LessOrEqual, LessOrEqual) { LessOrEqual } else { Less })
        }
        (Greater | GreaterOrEqual, Greater | GreaterOrEqual) => {
            Some(if (first, second) == (GreaterOrEqual, GreaterOrEqual) { GreaterOrEqual } else { Greater })
        }
        _ => None,
    }
}

fn is_zero(difference: &Range) -> Truth {
    match difference.single() {
        Some(value) => Truth::from(value.is_zero()),
        None if difference.contains_zero() => Truth::Open,
        None => Truth::False,
    }
}

/// Whether a range lies below 0, or at it where `strictly` does not forbid that.
fn is_below(range: &Range, strictly: bool) -> Truth {
    let ends_below = range
        .high
        .as_ref()
        .is_some_and(|high| high.value.is_negative() || high.value.is_zero() && (high.open || !strictly));
    let starts_above =
        range.low.as_ref().is_some_and(|low| low.value.is_positive() || low.value.is_zero() && (low.open || strictly));
    match (ends_below, starts_above) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Open,
    }
}

/// Whether the difference of two sides is unbounded to where the relation would have to fail.
fn never_fails(difference: &Range, relation: Relation) -> bool {
    match relation {
        Relation::Equal | Relation::NotEqual => *difference == Range::ALL,
        Relation::Less | Relation::LessOrEqual => difference.low.is_none(),
        Relation::Greater | Relation::GreaterOrEqual => difference.high.is_none(),
    }
}
