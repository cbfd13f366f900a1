//! Repairs: the values with which a figure would make its failing checks hold and break no other.

use std::sync::Arc;

use super::likelihood::{Likelihood, Setting};
use super::solve::{Solutions, Unknown, solve};
use super::{Report, relation, reprinted};
use crate::check::evaluate::{self, Operand, Value, evaluate};
use crate::check::printed;
use crate::check::slip::{Slip, Stated, origins};
use crate::diagnostic::Verdict;
use crate::exact::{Range, Rational};
use crate::figure::quantity::{Hedge, Rounding};
use crate::rule::Expr;

/// The most values of a figure that are tried.
const MAX_TRIED: i128 = 64;

/// The most values among which a slip is looked for: among many, some look like one.
const MAX_SLIPPED: usize = 3;

/// Of longer results fewer look like a slip by chance: so many values for one of four digits, ten times as many for each further one.
const SLIPPED: usize = 12;

/// What is known of a figure's repairs.
#[derive(Debug)]
pub struct Repair {
    /// The values that repair it, as printed; there may be others.
    pub values: Vec<Rational>,
    /// The slip that explains it.
    pub slip: Option<Slip>,
    /// The value that was meant: the only one that repairs it, or the only one of few from which a telling slip leads to what
    /// is stated.
    pub meant: Option<Rational>,
    /// How likely it is that the figure is wrong, a slip or not.
    pub likelihood: Likelihood,
    /// The figure is what the others make.
    pub is_result: bool,
}

impl Repair {
    /// That the figure may well be repaired, though nothing can be told of how: it can be neither named nor left out.
    pub fn unknown() -> Self {
        Self { values: Vec::new(), slip: None, meant: None, likelihood: Likelihood::unknown(), is_result: false }
    }

    /// Whether something is known that speaks for it.
    pub fn is_known(&self) -> bool {
        !self.values.is_empty() || self.slip.is_some()
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
        if candidate != stated.value && keeps_sign && all_hold(report, figure, &taken, &candidate, &stated.step)? {
            values.push(candidate);
        }
    }
    let setting = setting(report, figure, failing);
    let is_result = setting.is_result;
    let slip = slip(&stated, &values, (open, is_result), &solutions, computed.as_ref());
    let possible = match solutions.boundary {
        true => Vec::new(),
        false => origins(&stated, setting.decimals, &solutions.range, computed.as_ref(), unsigned),
    };
    let mut holding = Vec::new();
    for origin in possible {
        if all_hold(report, figure, &taken, &origin.value, &origin.step)? {
            holding.push(origin);
        }
    }
    let likelihood = Likelihood::new(&stated, &solutions, &holding, &setting);
    if values.is_empty() && slip.is_none() {
        return Ok(open.then(|| Repair { likelihood, is_result, ..Repair::unknown() }));
    }
    let meant = if open { None } else { meant(&stated, &values) };
    Ok(Some(Repair { values, slip, meant, likelihood, is_result }))
}

/// What stands around a figure in its failing cases.
fn setting(report: &Report<'_>, figure: usize, failing: &[usize]) -> Setting {
    let is = |place: fn(&Expr) -> Option<usize>| {
        failing.iter().all(|&case| {
            let case = &report.cases[case];
            place(case.check).is_some_and(|name| case.slots.get(name).is_some_and(|slot| slot == &[figure]))
        })
    };
    let form = |figure: usize| printed::form(report.figures[figure].text, &report.figures[figure].quantity);
    let (decimals, scale) = form(figure);
    let (is_result, is_part) = (is(relation::stated), is(relation::part_of_whole));
    let is_share = is_result && failing.iter().all(|&case| relation::part_of_whole(report.cases[case].check).is_some());
    let all = failing.iter().flat_map(|&case| report.cases[case].slots.iter().flatten().copied());
    let others = all.filter(|&other| other != figure && other < report.figures.len()).map(form);
    let others = others.filter(|(_, other)| *other == scale).map(|(decimals, _)| decimals).collect();
    Setting { is_result, is_part, is_share, decimals, others }
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

/// Whether all checks in which a figure stands hold with another value, printed to multiples of `step`; those that could not be
/// tested are left out.
fn all_hold(
    report: &mut Report<'_>,
    figure: usize,
    taken: &[Taken],
    value: &Rational,
    step: &Rational,
) -> Result<bool, ()> {
    for (index, factor) in taken {
        let index = *index;
        let case = report.cases[index];
        if case.evaluation.verdict == Verdict::Untestable {
            continue;
        }
        report.spend(2 * report.size(index)).ok_or(())?;
        let values = with_value(report, index, figure, factor, (value, step));
        if matches!(evaluate(case.check, &values).verdict, Verdict::Fails | Verdict::Untestable) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The values of a case with another value for one figure, and the worth of its last digit.
fn with_value(
    report: &Report<'_>,
    index: usize,
    figure: usize,
    factor: &Rational,
    (value, step): (&Rational, &Rational),
) -> Vec<Value> {
    let case = &report.cases[index];
    let range = report.figures[figure].rounding.range(value.clone(), step.clone());
    let replace = |name: usize, item: usize, operand: &Arc<Operand>| {
        let is_it = case.slots.get(name).and_then(|slot| slot.get(item)) == Some(&figure);
        if is_it { Arc::new(reprinted(operand, &range, factor, value)) } else { operand.clone() }
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
    (open, is_result): (bool, bool),
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
    let among_few = few.iter().find_map(|right| stated.slip_from(right, computed));
    let among_many = || {
        let length = stated.length();
        let most = if length < 4 || open || !is_result {
            0
        } else {
            SLIPPED.saturating_mul(10usize.pow(length.min(8) as u32 - 4))
        };
        let many = if values.len() <= most { values } else { &[] };
        // Where values are as far apart as they are from what is stated, one of them is a digit away from it nearly always.
        let width = &stated.step * &Rational::from(10 * values.len() as i64);
        let is_far = |right: &&Rational| (*right - &stated.value).abs() > width;
        many.iter()
            .filter(is_far)
            .filter_map(|right| stated.slip_from(right, None))
            .find(|&slip| is_telling(slip, length))
    };
    among_few.or_else(among_many).or_else(|| stated.power_slip(&solutions.range))
}
