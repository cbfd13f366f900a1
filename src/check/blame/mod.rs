//! Blame: which figure of a failing check is wrong, and what it should be.
//!
//! A figure can be *repaired* if another value, printed in its form, makes all failing checks in which it stands hold and
//! breaks none that holds. One that an equality clears (`cleared`) is left out. Of failing checks that share figures the
//! smallest set of repairs is sought; where several figures could be repaired alike, it is weighed how likely a slip made each what
//! it is (`likelihood`); and where nothing singles one out, none is named.

mod cleared;
mod group;
mod likelihood;
mod relation;
mod repair;
mod solve;

use crate::check::evaluate::{Evaluation, Operand, Value};
use crate::check::slip::Slip;
use crate::diagnostic::Verdict;
use crate::exact::{Range, Rational};
use crate::figure::quantity::{Quantity, Rounding};
use crate::rule::Expr;
use repair::Repair;

/// A check at one place.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The check.
    pub check: &'a Expr,
    /// The values of its names.
    pub values: &'a [Value],
    /// For each name the figures that its value is made of, as indices into the figures given to [`blame`]; empty for words.
    pub slots: &'a [Vec<usize>],
    /// How it came out.
    pub evaluation: &'a Evaluation,
    /// Values of figures near this check's, which take no part in it: one may be a part left out.
    pub nearby: &'a [Rational],
    /// None of its figures is to be negative that is not printed so.
    pub unsigned: bool,
}

/// A figure as it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// Digits and scale, without hedge, currency and unit.
    pub text: &'a str,
    /// What it means.
    pub quantity: Quantity,
    /// How it is rounded; [`Rounding::Exact`] for counts, which stand for one value alone.
    pub rounding: Rounding,
}

/// What a failing check tells about its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blame {
    /// The figures to blame, likeliest first. One: it is named; several: one of them; none: nothing singles one out.
    pub culprits: Vec<usize>,
    /// The likely slip.
    pub slip: Option<Slip>,
    /// What the only culprit should be printed as, in the place of [`Figure::text`]: told only where one value makes its
    /// checks hold, or one of few by a telling slip, breaks no other, and can be printed in its form.
    pub replacement: Option<String>,
}

/// Whom the failing checks among `cases` blame; `None` for those that do not fail. The work is bounded: where there is too much
/// of it, nothing is told.
pub fn blame(cases: &[Case<'_>], figures: &[Figure<'_>], budget: &mut Budget) -> Vec<Option<Blame>> {
    let fails = |case: &Case<'_>| case.evaluation.verdict == Verdict::Fails;
    let mut told: Vec<Option<Blame>> = cases.iter().map(|case| fails(case).then(Blame::default)).collect();
    let mut report = Report::new(cases, figures, *budget);
    for group in group::groups(&report) {
        for (case, blame) in group::blamed(&mut report, &group) {
            told[case] = Some(blame);
        }
    }
    for (case, blame) in cases.iter().zip(&mut told) {
        if let Some(blame) = blame {
            consider_relation(case, blame);
        }
    }
    *budget = report.budget;
    told
}

/// Whether one slip in one of its figures explains a failing check, whatever other checks say. When the budget is used
/// up, nothing is explained.
pub fn has_slip(case: Case<'_>, figures: &[Figure<'_>], budget: &mut Budget) -> bool {
    let cases = [case];
    let mut report = Report::new(&cases, figures, *budget);
    let found = (0..figures.len())
        .any(|figure| matches!(repair::repairs(&mut report, figure, &[0]), Ok(Some(Repair { slip: Some(_), .. }))));
    *budget = report.budget;
    found
}

/// The slip in what was computed that makes a check hold.
fn relation_slip(case: &Case<'_>) -> Option<Slip> {
    relation::slip(case.check, case.values, case.nearby)
}

/// A slip in what was computed is told where no figure's own slip is; it speaks for no single figure, unless other checks do.
fn consider_relation(case: &Case<'_>, blame: &mut Blame) {
    if blame.slip.is_none()
        && let Some(slip) = relation_slip(case)
    {
        blame.slip = Some(slip);
        if matches!(slip, Slip::LeftOut | Slip::CountedTwice) {
            blame.culprits.clear();
            blame.replacement = None;
        }
    }
}

/// The checks and figures of a report, and what is known of them.
struct Report<'a> {
    cases: &'a [Case<'a>],
    figures: &'a [Figure<'a>],
    /// For each figure the cases in which it stands, each once.
    cases_of: Vec<Vec<usize>>,
    /// For each figure, whether an equality that holds clears it.
    cleared: Vec<bool>,
    budget: Budget,
}

/// How many operands may still be looked at in a report.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    left: usize,
    is_exceeded: bool,
}

impl Default for Budget {
    /// About a second's work.
    fn default() -> Self {
        Self { left: 5_000_000, is_exceeded: false }
    }
}

impl Budget {
    /// Takes so many; `None`: so many are not left.
    pub fn spend(&mut self, operands: usize) -> Option<()> {
        let left = self.left.checked_sub(operands);
        self.is_exceeded |= left.is_none();
        self.left = left?;
        Some(())
    }

    /// How many were taken since it was so; `None`: more were asked for than were left, then or before.
    pub fn spent_since(&self, before: &Budget) -> Option<usize> {
        (!self.is_exceeded).then_some(before.left - self.left)
    }
}

impl<'a> Report<'a> {
    fn new(cases: &'a [Case<'a>], figures: &'a [Figure<'a>], budget: Budget) -> Self {
        let mut cases_of = vec![Vec::new(); figures.len()];
        for (index, case) in cases.iter().enumerate() {
            for &figure in case.slots.iter().flatten().filter(|&&figure| figure < figures.len()) {
                if cases_of[figure].last() != Some(&index) {
                    cases_of[figure].push(index);
                }
            }
        }
        let mut report = Self { cases, figures, cases_of, cleared: Vec::new(), budget };
        report.cleared = cleared::figures(&mut report);
        report
    }

    fn fails(&self, case: usize) -> bool {
        self.cases[case].evaluation.verdict == Verdict::Fails
    }

    /// The figures of a case that no equality clears, each once, in the order of the names.
    fn suspects(&self, case: usize) -> Vec<usize> {
        let mut suspects: Vec<usize> = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        let all = self.cases[case].slots.iter().flatten().copied();
        suspects
            .extend(all.filter(|&figure| figure < self.figures.len() && !self.cleared[figure] && seen.insert(figure)));
        suspects
    }

    /// Takes `operands` from the budget; `None` when it is used up.
    fn spend(&mut self, operands: usize) -> Option<()> {
        self.budget.spend(operands)
    }

    /// How many operands a case has.
    fn size(&self, case: usize) -> usize {
        1 + self.cases[case].slots.iter().map(Vec::len).sum::<usize>()
    }
}

/// A figure of a case printed with another value, that stands for a range; the case takes both times `factor`.
fn reprinted(operand: &Operand, range: &Range, factor: &Rational, value: &Rational) -> Operand {
    let printed = value * factor;
    Operand { range: range * &Range::exact(factor.clone()), nominal: Some(printed.clone()), printed, ..operand.clone() }
}

#[cfg(test)]
mod tests;
