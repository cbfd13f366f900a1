//! Repairs: the values with which a figure would make its failing checks hold and break no other.

use std::sync::Arc;

use super::solve::{Solutions, Unknown, solve};
use super::{Figure, Report, reprinted};
use crate::check::evaluate::{self, Operand, Value, evaluate};
use crate::check::slip::{Slip, Stated};
use crate::diagnostic::Verdict;
use crate::exact::{Range, Rational};
use crate::figure::quantity::{Hedge, Rounding};
use crate::rule::Expr;

/// The most values of a figure that are tried.
const MAX_TRIED: i128 = 64;

/// The most values among which a slip is looked for: among many, some look like one.
const MAX_SLIPPED: usize = 3;

/// Solutions lie close together whose range is this part of their size: of the figures that one slip may have made one of, some thirty
/// are of about its size.
const CLOSE: i64 = 2000;

/// What is known of a figure's repairs.
#[derive(Debug)]
pub struct Repair {
    /// The values that repair it, as printed; there may be others.
    pub values: Vec<Rational>,
    /// The slip that explains it.
    pub slip: Option<Slip>,
    /// Whether some slip would explain it, though many values would do.
    pub may_slip: bool,
    /// The value that was meant: the only one that repairs it, or the only one of few from which a telling slip leads to what
    /// is stated.
    pub meant: Option<Rational>,
}

impl Repair {
    /// That the figure may well be repaired, though nothing can be told of how: it can be neither named nor left out.
    pub fn unknown() -> Self {
        Self { values: Vec::new(), slip: None, may_slip: false, meant: None }
    }

    /// Whether something is known that speaks for it.
    pub fn is_known(&self) -> bool {
        !self.values.is_empty() || self.slip.is_some()
    }

    /// Whether its slip says so much that chance hardly explains it, for a figure of so many digits.
    pub fn is_telling(&self, length: usize) -> bool {
        self.slip.is_some_and(|slip| is_telling(slip, length))
    }
}

fn is_telling(slip: Slip, length: usize) -> bool {
    match slip {
        Slip::WrongDigit | Slip::DroppedDigit | Slip::DoubledDigit => length >= 4,
        Slip::Swapped => length >= 3,
        _ => length >= 2,
    }
}

/// The nominal value of the unknown with which a check holds for the nominal values of the others.
pub fn nominal_solution(check: &Expr, values: &[Value], unknown: Unknown<'_>) -> Option<Rational> {
    let mut nominal = Vec::with_capacity(values.len());
    for (name, value) in values.iter().enumerate() {
        let mut operands = Vec::with_capacity(value.operands().len());
        for (item, operand) in value.operands().iter().enumerate() {
            let own = match &operand.nominal {
                Some(own) => own,
                None if unknown(name, item).is_some() => &operand.printed,
                None => return None,
            };
            operands.push(Arc::new(Operand { range: Range::exact(own.clone()), ..(**operand).clone() }));
        }
        nominal.push(match value {
            Value::One(_) => Value::One(operands.pop()?),
            Value::List(_) => Value::List(operands),
            Value::Words(count) => Value::Words(*count),
        });
    }
    let solutions = solve(check, &nominal, unknown)?;
    solutions.range.single().cloned()
}

/// The repairs of a figure over the failing cases in which it stands: `Err` when the budget is used up, `Ok(None)` where there
/// is none.
pub fn repairs(report: &mut Report<'_>, figure: usize, failing: &[usize]) -> Result<Option<Repair>, ()> {
    let printed = report.figures[figure];
    let Some(taken) = taken(report, figure) else { return Ok(Some(Repair::unknown())) };
    let Some((solutions, computed)) = solutions(report, figure, failing, &taken)? else {
        return Ok(Some(Repair::unknown()));
    };
    let Some(solutions) = solutions else { return Ok(None) };
    let stated = Stated::new(&printed.quantity, printed.rounding);
    let (candidates, open) = candidates(&stated, &solutions);
    let unsigned = failing.iter().any(|&case| report.cases[case].unsigned);
    let mut values = Vec::new();
    for candidate in candidates {
        let turned = candidate == -&stated.value && !unsigned;
        let keeps_sign = stated.value.is_negative() || !candidate.is_negative() || turned;
        if candidate != stated.value && keeps_sign && all_hold(report, figure, &taken, &candidate)? {
            values.push(candidate);
        }
    }
    let slip = slip(&stated, &values, open, &solutions, computed.as_ref());
    if slip.is_none()
        && (open || values.len() > MAX_SLIPPED)
        && let Some((meant, found)) = only_slip(report, figure, &taken, &stated, &solutions)?
    {
        return Ok(Some(Repair { values: vec![meant.clone()], slip: Some(found), may_slip: true, meant: Some(meant) }));
    }
    let may_slip = slip.is_some() || (open || values.len() > MAX_SLIPPED) && stated.may_slip_from(&solutions.range);
    if values.is_empty() && slip.is_none() {
        return Ok(open.then(|| Repair { may_slip, ..Repair::unknown() }));
    }
    let meant = if open { None } else { meant(&stated, &values) };
    Ok(Some(Repair { values, slip, may_slip, meant }))
}

/// Of many solutions that lie so close together that chance hardly brings a slip among them, the only one from which a slip leads to
/// what is stated, and the slip.
fn only_slip(
    report: &mut Report<'_>,
    figure: usize,
    taken: &[Taken],
    stated: &Stated,
    solutions: &Solutions,
) -> Result<Option<(Rational, Slip)>, ()> {
    let size = solutions.range.low.as_ref().map(|low| low.value.abs());
    let is_close =
        solutions.range.width().zip(size).is_some_and(|(width, size)| &width * &Rational::from(CLOSE) <= size);
    if solutions.boundary || !is_close {
        return Ok(None);
    }
    let mut only = None;
    for value in stated.slipped_from(&solutions.range) {
        if all_hold(report, figure, taken, &value)? && only.replace(value).is_some() {
            return Ok(None);
        }
    }
    Ok(only.and_then(|value| Some((value.clone(), stated.slip_from(&value, None)?))))
}

/// A case in which a figure stands, and the factor by which it takes it: -1 for a decrease, a power of ten where the rule
/// declares a scale, otherwise 1.
type Taken = (usize, Rational);

/// How the cases of a figure take it; `None` where it can take no other value (hedges, fractions), or a case takes it
/// in some other way.
fn taken(report: &Report<'_>, figure: usize) -> Option<Vec<Taken>> {
    let quantity = &report.figures[figure].quantity;
    if quantity.hedge != Hedge::None || quantity.upper.is_some() || quantity.divisor != 1 {
        return None;
    }
    report.cases_of[figure].iter().map(|&index| Some((index, factor(report, index, figure)?))).collect()
}

/// The factor by which a case takes a figure; `None` where it takes it in some other way.
pub fn factor(report: &Report<'_>, index: usize, figure: usize) -> Option<Rational> {
    let (case, own) = (&report.cases[index], report.figures[figure].quantity.value());
    let operand = case.slots.iter().enumerate().find_map(|(name, slot)| {
        let item = slot.iter().position(|&other| other == figure)?;
        case.values.get(name)?.operands().get(item)
    })?;
    let factor = operand.printed.checked_div(&own).unwrap_or(Rational::ONE);
    (operand.printed == &own * &factor && !factor.is_zero()).then_some(factor)
}

/// What [`solutions`] tells: where all solutions lie (`None`: there is none) and the value computed from the first case.
type Solved = (Option<Solutions>, Option<Rational>);

/// The solutions for a figure that all failing cases have in common; `None` where one cannot be solved.
fn solutions(report: &mut Report<'_>, figure: usize, failing: &[usize], taken: &[Taken]) -> Result<Option<Solved>, ()> {
    let (mut all, mut computed): (Option<Solutions>, Option<Rational>) = (None, None);
    for &index in failing {
        report.spend(3 * report.size(index)).ok_or(())?;
        let case = report.cases[index];
        let Some((_, factor)) = taken.iter().find(|(case, _)| *case == index) else { return Ok(None) };
        let unknown =
            |name: usize, item: usize| (case.slots.get(name)?.get(item) == Some(&figure)).then(|| factor.clone());
        let Some(own) = solve(case.check, case.values, &unknown) else { return Ok(None) };
        computed = computed.or_else(|| nominal_solution(case.check, case.values, &unknown));
        all = Some(match all {
            None => own,
            Some(before) => match before.range.intersection(&own.range) {
                Some(range) => Solutions { range, boundary: before.boundary || own.boundary },
                None => return Ok(Some((None, None))),
            },
        });
    }
    Ok(all.map(|all| (Some(all), computed)))
}

/// The printed values that may solve the checks, and whether there may be others.
fn candidates(stated: &Stated, solutions: &Solutions) -> (Vec<Rational>, bool) {
    let (Some(low), Some(high)) = (&solutions.range.low, &solutions.range.high) else { return (Vec::new(), true) };
    let units = |value: &Rational| value.checked_div(&stated.step);
    let (Some(low), Some(high)) = (units(&low.value), units(&high.value)) else { return (Vec::new(), true) };
    // A whole figure stands for itself alone; a rounded one also for what lies up to a unit away.
    let (low, high) = match (stated.rounding, solutions.boundary) {
        (Rounding::Exact, false) => (low.ceil(), high.floor()),
        _ => (&low.floor() - &Rational::ONE, &high.ceil() + &Rational::ONE),
    };
    let (Some(first), Some(last)) = (low.to_i128(), high.to_i128()) else { return (Vec::new(), true) };
    let value = |units: i128| &Rational::scaled(units, 0) * &stated.step;
    if last - first > MAX_TRIED {
        return (vec![value(first + (last - first) / 2)], true);
    }
    ((first..=last).map(value).collect(), solutions.boundary)
}

/// Whether all checks in which a figure stands hold with another value, those that could not be tested left out.
fn all_hold(report: &mut Report<'_>, figure: usize, taken: &[Taken], value: &Rational) -> Result<bool, ()> {
    for (index, factor) in taken {
        let index = *index;
        let case = report.cases[index];
        if case.evaluation.verdict == Verdict::Untestable {
            continue;
        }
        report.spend(2 * report.size(index)).ok_or(())?;
        let values = with_value(report, index, figure, factor, value);
        if matches!(evaluate(case.check, &values).verdict, Verdict::Fails | Verdict::Untestable) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The values of a case with another value for one figure.
fn with_value(report: &Report<'_>, index: usize, figure: usize, factor: &Rational, value: &Rational) -> Vec<Value> {
    let (case, printed): (_, &Figure<'_>) = (&report.cases[index], &report.figures[figure]);
    let replace = |name: usize, item: usize, operand: &Arc<Operand>| {
        let is_it = case.slots.get(name).and_then(|slot| slot.get(item)) == Some(&figure);
        if is_it { Arc::new(reprinted(operand, printed, factor, value)) } else { operand.clone() }
    };
    let changed = |(name, value): (usize, &Value)| match value {
        Value::One(operand) => Value::One(replace(name, 0, operand)),
        Value::List(list) => {
            Value::List(list.iter().enumerate().map(|(item, operand)| replace(name, item, operand)).collect())
        }
        evaluate::Value::Words(count) => Value::Words(*count),
    };
    case.values.iter().enumerate().map(changed).collect()
}

/// The value that was meant, among all that would do.
fn meant(stated: &Stated, values: &[Rational]) -> Option<Rational> {
    if let [only] = values {
        return Some(only.clone());
    }
    let telling =
        |right: &&Rational| stated.slip_from(right, None).is_some_and(|slip| is_telling(slip, stated.length()));
    let mut likely = values.iter().filter(telling);
    likely.next().filter(|_| likely.next().is_none()).cloned()
}

fn slip(
    stated: &Stated,
    values: &[Rational],
    open: bool,
    solutions: &Solutions,
    computed: Option<&Rational>,
) -> Option<Slip> {
    if solutions.boundary {
        return None;
    }
    // Among many values some look like a slip by chance; then only the one that the printed figures make counts. Where it has to be
    // rounded it tells less: a figure of two digits looks like a fifth of all others with one digit wrong.
    let is_long = |printed: &Rational| Some(printed) == computed || stated.length() >= 3;
    let printed = computed.and_then(|computed| stated.rounding.printed(computed, &stated.step));
    let few: &[Rational] = match &printed {
        _ if open => &[],
        _ if values.len() <= MAX_SLIPPED => values,
        Some(printed) if values.contains(printed) && is_long(printed) => std::slice::from_ref(printed),
        _ => &[],
    };
    few.iter().find_map(|right| stated.slip_from(right, computed)).or_else(|| stated.power_slip(&solutions.range))
}
