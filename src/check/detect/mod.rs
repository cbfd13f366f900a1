//! Detectors: where figures stand that must obey a built-in check, though no rule of the user says so.
//!
//! A built-in check is a rule file under `rules/builtin`, built into the program whole: its message, its severity, what must
//! hold, its examples. Where the rule language cannot say where its figures stand, a detector finds them (the key `detect`
//! names the figures it gives). What a detector claims is judged, blamed and shown as any rule's check is.

mod balance;
mod breakdown;
mod catalog;
mod claim;
pub mod clause;
mod grid;
mod growth;
mod growth_english;
mod items;
mod rates;
mod settle;
mod share;
mod share_english;
mod slips;
mod sums;
mod table_difference;
mod table_growth;
mod table_share;
mod table_total;
mod words;

#[cfg(test)]
mod tests;

pub use catalog::{ids, rule_files};
pub use claim::{Claim, Trust};

use clause::Sentence;

use super::bind::{At, Bound, Cited, Place, Reading, operand};
use super::evaluate::Operand;
use crate::diagnostic::{FigureView, Severity};
use crate::document::Language;
use crate::exact::{Range, Rational};
use crate::figure::{Dimension, Rounding};
use crate::rule::{Rule, RuleSet};

/// Finds the places of a built-in check in a report and says what must hold there.
type Detector = fn(&Context) -> Vec<Claim>;

/// The detectors by the ids of their checks.
const DETECTORS: &[(&str, Detector)] = &[
    ("balance", balance::claims),
    ("breakdown", breakdown::claims),
    ("growth", growth::claims),
    ("share", share::claims),
    ("table-difference", table_difference::claims),
    ("table-growth", table_growth::claims),
    ("table-share", table_share::claims),
    ("table-total", table_total::claims),
];

/// The checks whose detectors read sentences.
const PROSE: &[&str] = &["balance", "breakdown", "growth", "share"];

/// What a detector sees.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The report with its figures and the shapes of its tables.
    pub reading: &'a Reading<'a>,
    /// How the report rounds.
    pub rounding: Rounding,
    /// The language of messages.
    pub language: Language,
    /// The sentences of the report that hold figures.
    pub sentences: &'a [Sentence],
    /// The check's rule: its names and checks.
    rule: &'a Rule,
    id: (u32, u32),
}

/// All that the detectors of the wanted rule files (by index) claim of a report.
pub fn claims(
    reading: &Reading,
    rules: &RuleSet,
    files: &[bool],
    rounding: Rounding,
    language: Language,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let reads_prose = |rule: &Rule| PROSE.contains(&rule.id.as_str());
    let wanted = rules.files.iter().zip(files).any(|(file, wanted)| *wanted && file.rules.iter().any(reads_prose));
    let sentences = if wanted { clause::sentences(reading) } else { Vec::new() };
    for (at, file) in rules.files.iter().enumerate().filter(|(at, _)| files[*at]) {
        for (index, rule) in file.rules.iter().enumerate().filter(|(_, rule)| rule.detected) {
            if let Some((_, detector)) = DETECTORS.iter().find(|(id, _)| *id == rule.id) {
                let context =
                    Context { reading, rounding, language, sentences: &sentences, rule, id: (at as u32, index as u32) };
                claims.extend(detector(&context));
            }
        }
    }
    claims
}

/// A claim that the first check of a rule holds of figures that no detector found.
pub fn claim_on(reading: &Reading, rules: &RuleSet, id: &str, names: &[(&str, Vec<u32>)]) -> Option<Claim> {
    let all = rules.files.iter().enumerate();
    let mut all = all.flat_map(|(at, file)| file.rules.iter().enumerate().map(move |(index, rule)| (at, index, rule)));
    let (at, index, rule) = all.find(|(.., rule)| rule.id == id)?;
    let (rounding, language) = (Rounding::Nearest, reading.document.language);
    let id = (at as u32, index as u32);
    let context = Context { reading, rounding, language, sentences: &[], rule, id };
    let bound = names.iter().map(|(name, figures)| {
        let bound = match figures[..] {
            [one] => context.one(one as usize),
            _ => context.list(figures.iter().map(|&figure| figure as usize)),
        };
        (*name, bound)
    });
    Some(context.claim(0, bound.collect()))
}

impl Context<'_> {
    /// A claim that a check of the rule (by its index) holds of what the names stand for. Names left out stand for nothing:
    /// the check must not use them.
    pub fn claim(&self, check: usize, names: Vec<(&str, Bound)>) -> Claim {
        let mut bound = vec![None; self.rule.names.len()];
        for (name, value) in names {
            let index = self.rule.names.iter().position(|own| own.name == name);
            debug_assert!(index.is_some(), "{} has no name {name}", self.rule.id);
            if let Some(index) = index {
                bound[index] = Some(value);
            }
        }
        let cited = bound.iter().flatten().flat_map(Bound::cited).filter_map(|cited| cited.at.here());
        let at = cited.map(|figure| self.reading.figures[figure as usize].span.start).min().unwrap_or_default();
        Claim {
            id: self.id,
            check,
            place: Place { bound, at, table: None, missing: None },
            rounding: self.rounding,
            severity: self.rule.severity,
            trust: Trust::Certain,
            exactly: false,
            evidence: None,
        }
    }

    /// A figure of the report, by its index in [`Reading::figures`].
    pub fn one(&self, figure: usize) -> Bound {
        Bound::One(self.cite(figure, false))
    }

    /// A figure that takes its sign from the words beside it: a decrease is negative.
    pub fn signed(&self, figure: usize) -> Bound {
        Bound::One(self.cite(figure, true))
    }

    /// Figures of the report.
    pub fn list(&self, figures: impl IntoIterator<Item = usize>) -> Bound {
        Bound::List(figures.into_iter().map(|figure| self.cite(figure, false)).collect())
    }

    /// A value that the report does not print, such as a number of items counted or a probability computed: all values in
    /// `range`. `text` is how it is shown.
    pub fn computed(&self, range: Range, text: impl Into<String>) -> Bound {
        let nominal = range.single().cloned();
        let printed = nominal.clone().or_else(|| range.low.as_ref().map(|end| end.value.clone()));
        let operand = Operand {
            range,
            printed: printed.unwrap_or_else(|| Rational::from(0)),
            nominal,
            dimension: Dimension::Unknown,
            kind: 0,
        };
        let view = FigureView { text: text.into(), ..FigureView::default() };
        Bound::One(Cited { operand, at: At::There(std::sync::Arc::new(view)) })
    }

    /// The severity of the check, as it is set.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// One of two texts, by the language of messages.
    pub fn say(&self, english: impl Into<String>, chinese: impl Into<String>) -> String {
        if self.language == Language::Chinese { chinese.into() } else { english.into() }
    }

    fn cite(&self, figure: usize, signed: bool) -> Cited {
        let operand = operand(&self.reading.figures[figure], self.rounding, signed);
        Cited { operand, at: At::Here(figure as u32) }
    }
}
