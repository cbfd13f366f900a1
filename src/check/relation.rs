//! Relations: what the built-in checks found between figures of a report, for those who make rules of it.

use super::bind::{Bound, Cited, Place, Reading};
use super::detect::Given;
use super::judge::{self, Judged, figures_of};
use super::{Session, arithmetic, detect};
use crate::diagnostic::Verdict;
use crate::document::Language;
use crate::figure::Rounding;
use crate::rule::Expr;

/// A check that a built-in rule makes of figures of a report.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The built-in check's id.
    pub id: String,
    /// How it came out.
    pub verdict: Verdict,
    /// By name: what it is called in the check, and the figures it stands for, as indices into [`Reading::figures`].
    pub names: Vec<(String, Vec<u32>)>,
    /// Why the figures are taken for what they are.
    pub evidence: Option<String>,
    expr: Expr,
    place: Place,
}

impl Session {
    /// What the built-in checks of this session find in a report. Left out are checks of what is not printed (counts of
    /// items, probabilities), and odd ones.
    pub fn relations(&self, reading: &Reading, language: Language) -> Vec<Relation> {
        let files = vec![true; self.rules.files.len()];
        let given = Given { files, rounding: Rounding::Nearest, language };
        let mut claims = detect::claims(reading, &self.rules, &given, None).claims;
        // No rule can be made of what only a detector reads as a figure (the marks of a list, the day of a date).
        let lexed = |cited: &Cited| cited.here().is_none_or(|at| (at as usize) < reading.figures.len());
        claims.retain(|claim| claim.place.bound.iter().flatten().flat_map(Bound::cited).all(lexed));
        let mut judged = Vec::new();
        judge::judge_claims(reading, &self.rules, &claims, &mut judged);
        judged.iter().filter(|one| !one.odd).filter_map(Relation::of).collect()
    }
}

impl Session {
    /// The relation that a built-in check of this session would find between these figures.
    pub fn relation(&self, reading: &Reading, id: &str, names: &[(&str, Vec<u32>)]) -> Option<Relation> {
        let claim = [detect::claim_on(reading, &self.rules, id, names)?];
        let mut judged = Vec::new();
        judge::judge_claims(reading, &self.rules, &claim, &mut judged);
        judged.first().and_then(Relation::of)
    }
}

impl Relation {
    /// The check with names as `name` gives them, by the index of the name and of the item in its list.
    pub fn written(&self, name: &dyn Fn(usize, usize) -> String) -> String {
        arithmetic::written_out(&self.expr, &self.place, name)
    }

    /// All its figures, in the order of the names.
    pub fn figures(&self) -> impl Iterator<Item = u32> + '_ {
        self.names.iter().flat_map(|(_, figures)| figures.iter().copied())
    }

    fn of(judged: &Judged) -> Option<Self> {
        let mut names: Vec<_> = judged.rule.names.iter().map(|name| (name.name.clone(), Vec::new())).collect();
        for (name, _, cited) in figures_of(judged) {
            names[name].1.push(cited.here()?);
        }
        Some(Self {
            id: judged.rule.id.clone(),
            verdict: judged.evaluation.verdict,
            names,
            evidence: judged.claim.and_then(|claim| claim.evidence.clone()),
            expr: judged.expr().clone(),
            place: judged.place.clone(),
        })
    }
}
