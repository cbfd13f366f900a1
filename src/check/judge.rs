//! Judging: every check at every place of its rule, and what a table that is exact elsewhere teaches.

use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::bind::{Bound, BoundRule, Place, Reading};
use super::detect::{Claim, Trust};
use super::evaluate::{self, Evaluation, Operand, Value};
use super::{blame, culprit};
use crate::diagnostic::Verdict;
use crate::exact::Range;
use crate::figure::Rounding;
use crate::parallel;
use crate::rule::expression::{Expr, Relation};
use crate::rule::{Rule, RuleSet};

/// A check at a place, judged.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The rule file and the rule.
    pub id: (u32, u32),
    /// The rule.
    pub rule: &'a Rule,
    /// The check's index in the rule.
    pub check: usize,
    /// What the names stand for.
    pub place: &'a Place,
    /// How the report rounds its figures.
    pub rounding: Rounding,
    /// The verdict.
    pub evaluation: Evaluation,
    /// It fails because the other totals of its table are exact.
    pub learned: bool,
    /// What a built-in check's detector says of it; `None` for rules that say themselves where their figures stand.
    pub claim: Option<&'a Claim>,
    /// It fails, and nothing in it looks like a slip: more likely the figures are not what the detector took them for.
    pub odd: bool,
}

impl Judged<'_> {
    /// What expressions see of the place.
    pub fn values(&self, reading: &Reading) -> Vec<Value> {
        let values = self.place.values(&self.plainly(reading));
        if self.learned { values.iter().map(taken_exactly).collect() } else { values }
    }

    /// What figures of the report mean to the check where nothing says more.
    pub fn plainly(&self, reading: &Reading) -> impl Fn(u32) -> Operand {
        |figure| reading.plainly(figure, self.rounding)
    }

    /// The check's expression.
    pub fn expr(&self) -> &Expr {
        &self.rule.checks[self.check].expr
    }

    /// The figure that a detector says follows from the others.
    fn derived(&self) -> Option<u32> {
        let bound = self.claim.filter(|claim| claim.derived)?.place.bound.first()?;
        bound.as_ref()?.cited().first()?.here()
    }

    /// Whether no figure of it is to be named as the culprit.
    pub fn is_unblamed(&self) -> bool {
        self.claim.is_some_and(|claim| claim.unblamed)
    }

    /// Whether none of its figures is to be negative that is not printed so.
    pub fn is_unsigned(&self) -> bool {
        self.claim.is_some_and(|claim| claim.unsigned)
    }

    /// Whether a check uses a name, or a detector gives it only to be shown: no check of the rule uses it.
    fn shows(&self, name: usize) -> bool {
        let unused = || self.rule.checks.iter().all(|check| !uses(&check.expr, name));
        uses(self.expr(), name) || self.claim.is_some() && self.place.bound[name].is_some() && unused()
    }
}

/// Exactness is learned from at least this many totals that are exact, none of which needs rounding.
const TEACHERS: usize = 3;

/// Judges all checks of the bound rules.
pub fn judge<'a>(reading: &Reading, rules: &'a RuleSet, bound: &'a [BoundRule]) -> Vec<Judged<'a>> {
    let mut judged = Vec::new();
    for found in bound {
        let rule = &rules.files[found.id.0 as usize].rules[found.id.1 as usize];
        let start = judged.len();
        let size = found.places.iter().map(Place::size).sum();
        judged.extend(parallel::over(&found.places, size, |places| judge_places(reading, found, rule, places)));
        if rule.table.is_some() {
            learn(reading, rule, &mut judged[start..]);
        }
    }
    judged
}

fn judge_places<'a>(reading: &Reading, found: &BoundRule, rule: &'a Rule, places: &'a [Place]) -> Vec<Judged<'a>> {
    let mut judged = Vec::with_capacity(places.len() * rule.checks.len());
    for place in places {
        let values = place.values(&|figure| reading.plainly(figure, found.rounding));
        for check in 0..rule.checks.len() {
            judged.push(Judged {
                id: found.id,
                rule,
                check,
                place,
                rounding: found.rounding,
                evaluation: judge_one(rule, check, place, &values),
                learned: false,
                claim: None,
                odd: false,
            });
        }
    }
    judged
}

/// Judges what the detectors claim, after the rules: a claim on the very figures of an earlier check is that check.
pub fn judge_claims<'a>(reading: &Reading, rules: &'a RuleSet, claims: &'a [Claim], judged: &mut Vec<Judged<'a>>) {
    if claims.is_empty() {
        return;
    }
    let figures = |one: &Judged| {
        let mut figures: Vec<u32> = figures_of(one).filter_map(|(.., cited)| cited.here()).collect();
        figures.sort_unstable();
        figures.dedup();
        figures
    };
    let mut known = FxHashSet::with_capacity_and_hasher(judged.len() + claims.len(), FxBuildHasher);
    known.extend(judged.iter().map(figures));
    let size = claims.iter().map(|claim| claim.place.size()).sum();
    let judge_all = |claims: &'a [Claim]| claims.iter().map(|claim| judge_claim(reading, rules, claim)).collect();
    for one in parallel::over(claims, size, judge_all) {
        if known.insert(figures(&one)) {
            judged.push(one);
        }
    }
    let follow: FxHashSet<u32> =
        judged.iter().filter(|one| one.evaluation.verdict.passes()).filter_map(Judged::derived).collect();
    let mut budget = blame::Budget::default();
    for one in judged.iter_mut().filter(|one| one.evaluation.verdict == Verdict::Fails) {
        let is_doubtful = one.claim.is_some_and(|claim| claim.trust == Trust::Nearly);
        let follows = one.derived().is_some_and(|figure| follow.contains(&figure));
        one.odd = follows || is_doubtful && !culprit::has_slip(reading, one, &mut budget);
    }
}

fn judge_claim<'a>(reading: &Reading, rules: &'a RuleSet, claim: &'a Claim) -> Judged<'a> {
    let rule = &rules.files[claim.id.0 as usize].rules[claim.id.1 as usize];
    let values = || claim.place.values(&|figure| reading.plainly(figure, claim.rounding));
    let evaluation = claim.evaluation.clone();
    let mut one = Judged {
        id: claim.id,
        rule,
        check: claim.check,
        place: &claim.place,
        evaluation: evaluation.unwrap_or_else(|| judge_one(rule, claim.check, &claim.place, &values())),
        rounding: claim.rounding,
        learned: false,
        claim: Some(claim),
        odd: false,
    };
    if claim.exactly {
        take_exactly(&mut one, &values());
    }
    one
}

/// How a check of a rule comes out at a place.
pub fn judge_one(rule: &Rule, check: usize, place: &Place, values: &[Value]) -> Evaluation {
    let expr = &rule.checks[check].expr;
    let absent = place.bound.iter().enumerate().any(|(name, bound)| bound.is_none() && uses(expr, name));
    if absent {
        // An equation whose number is printed nowhere fails; a part of a pattern that is not there leaves its check open.
        let verdict = if place.missing.is_some() { Verdict::Fails } else { Verdict::Untestable };
        return Evaluation { verdict, reason: None, excluded_end: false };
    }
    evaluate::evaluate(expr, values)
}

/// Whether an expression uses a name.
pub fn uses(expr: &Expr, name: usize) -> bool {
    match expr {
        Expr::Number(_) => false,
        Expr::Name(other) => *other == name,
        Expr::Negate(inner) | Expr::Not(inner) => uses(inner, name),
        Expr::Sum(parts) | Expr::Product(parts) => parts.iter().any(|part| uses(&part.expr, name)),
        Expr::Call(_, all) | Expr::And(all) | Expr::Or(all) => all.iter().any(|inner| uses(inner, name)),
        Expr::Compare(first, links) => {
            let link_uses = |tolerance: &Option<Expr>| tolerance.as_ref().is_some_and(|t| uses(t, name));
            uses(first, name) || links.iter().any(|link| uses(&link.right, name) || link_uses(&link.tolerance))
        }
    }
}

/// Whether an expression ties figures by an equality (and does not only bound them).
pub fn is_equality(expr: &Expr) -> bool {
    match expr {
        Expr::Compare(_, links) => links.iter().any(|link| link.relation == Relation::Equal),
        Expr::And(all) => all.iter().any(is_equality),
        _ => false,
    }
}

/// Learned exactness: where at least three totals of whole numbers are exact and none but one needs rounding, that one
/// fails.
fn learn(reading: &Reading, rule: &Rule, judged: &mut [Judged]) {
    for check in 0..rule.checks.len() {
        let own: Vec<usize> = (0..judged.len()).filter(|&i| judged[i].check == check).collect();
        let with =
            |verdict| own.iter().copied().filter(|&i| judged[i].evaluation.verdict == verdict).collect::<Vec<_>>();
        let (exact, rounded) = (with(Verdict::Holds), with(Verdict::WithinRounding));
        let whole = own.iter().all(|&i| judged[i].values(reading).iter().all(is_whole));
        let [odd] = rounded[..] else { continue };
        if exact.len() >= TEACHERS && whole && is_equality(&rule.checks[check].expr) {
            let values = judged[odd].values(reading);
            take_exactly(&mut judged[odd], &values);
        }
    }
}

/// Lets a check that holds only within rounding fail where its figures are exact.
fn take_exactly(one: &mut Judged, values: &[Value]) {
    if one.evaluation.verdict == Verdict::WithinRounding {
        let exactly: Vec<Value> = values.iter().map(taken_exactly).collect();
        let evaluation = evaluate::evaluate(one.expr(), &exactly);
        if evaluation.verdict == Verdict::Fails {
            one.evaluation = evaluation;
            one.learned = true;
        }
    }
}

fn is_whole(value: &Value) -> bool {
    value.operands().iter().all(|operand| operand.nominal.as_ref().is_some_and(|nominal| nominal.is_whole()))
}

fn taken_exactly(value: &Value) -> Value {
    let mut value = value.clone();
    let operands = match &mut value {
        Value::One(operand) => std::slice::from_mut(operand),
        Value::List(list) => list,
        Value::Words(_) => return value,
    };
    for operand in operands {
        if let Some(nominal) = &operand.nominal {
            let exact = Range::exact(nominal.clone());
            Arc::make_mut(operand).range = exact;
        }
    }
    value
}

/// The figures of a place that a check uses or a detector shows: the name's index, the item in a list, and the figure.
pub fn figures_of<'a>(judged: &Judged<'a>) -> impl Iterator<Item = (usize, usize, &'a super::bind::Cited)> + use<'a> {
    let used: Vec<usize> = (0..judged.place.bound.len()).filter(|&name| judged.shows(name)).collect();
    let place: &'a Place = judged.place;
    used.into_iter().flat_map(move |name| {
        let cited = place.bound[name].as_ref().map_or(&[][..], Bound::cited);
        cited.iter().enumerate().map(move |(item, cited)| (name, item, cited))
    })
}
