//! Trials: a rule is offered only if, run on the report it was made from, it finds the figures it was made of and holds.

use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

use super::pattern::quoted;
use crate::check::example::{self, Outcome};
use crate::check::{Options, Reach, Session};
use crate::diagnostic::{Finding, PlaceView};
use crate::document::Document;
use crate::rule;

/// A rule that may be offered, in several forms, the best first.
#[derive(Debug, Default)]
pub struct Candidate {
    /// Where it stands, for the order: an offset into the text.
    pub at: u32,
    /// How many relations it tells.
    pub relations: usize,
    /// The figures of these.
    pub figures: Vec<u32>,
    /// Where they stand.
    pub places: Vec<PlaceView>,
    /// What speaks for them, a line each.
    pub evidence: Vec<String>,
    /// How it can be written; those before the first were tried and found wanting.
    pub forms: Vec<Form>,
    /// What is tried where no form will do: the relations one by one.
    pub instead: Vec<Candidate>,
}

/// A way to write a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A rule: its id, and the rest of its table.
    Rule {
        /// The id, made unique among all.
        id: String,
        /// The rest, id and examples left out.
        toml: String,
        /// A text in which it holds.
        example: Option<String>,
    },
    /// An entry of `equations`.
    Equation(String),
}

/// What came of the trials.
#[derive(Debug, Default)]
pub struct Made {
    /// What can be offered, each in its first form.
    pub kept: Vec<Candidate>,
}

impl Candidate {
    /// How it is written: the first of its forms, rendered whole.
    pub fn form(&self) -> &Form {
        &self.forms[0]
    }
}

/// Tries all forms of all candidates on the report.
pub fn run(document: &Document, candidates: Vec<Candidate>) -> Made {
    let mut made = Made::default();
    let mut written = FxHashSet::default();
    let mut ids = FxHashSet::default();
    let mut waiting = candidates;
    while !waiting.is_empty() {
        let mut trial = Vec::new();
        for mut candidate in std::mem::take(&mut waiting) {
            match candidate.forms.first_mut() {
                None => waiting.append(&mut candidate.instead),
                Some(form) => {
                    make_unique(form, &mut ids);
                    trial.push(candidate);
                }
            }
        }
        // The same equation may be made of two places; one entry tells both.
        trial.retain(|candidate| match candidate.form() {
            Form::Equation(text) => written.insert(text.clone()),
            Form::Rule { .. } => true,
        });
        try_out(document, trial, &mut made.kept, &mut waiting);
    }
    made.kept.sort_by_key(|candidate| candidate.at);
    made
}

fn try_out(document: &Document, trial: Vec<Candidate>, kept: &mut Vec<Candidate>, waiting: &mut Vec<Candidate>) {
    let text: String = trial.iter().map(|candidate| toml_of(candidate.form())).collect();
    let equations: Vec<String> = trial.iter().filter_map(|candidate| equation_of(candidate.form())).collect();
    let text = format!("equations = [{}]\n{text}", equations.join(", "));
    let (file, _) = rule::parse(Path::new("suggested.toml"), &text);
    let session = Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() });
    let report = session.check(document);
    let mut by_rule: FxHashMap<&str, Vec<&Finding>> = FxHashMap::default();
    report.findings.iter().for_each(|finding| by_rule.entry(&finding.rule).or_default().push(finding));
    for mut candidate in trial {
        let id = match candidate.form() {
            Form::Rule { id, .. } => id.clone(),
            Form::Equation(text) => text.clone(),
        };
        let found = by_rule.get(&*id).map_or(&[][..], Vec::as_slice);
        if holds(found, &candidate.places) {
            finish(&session, &id, &mut candidate.forms[0]);
            kept.push(candidate);
        } else {
            candidate.forms.remove(0);
            waiting.push(candidate);
        }
    }
}

/// Whether a rule's findings all pass, and stand at all the places they should.
fn holds(found: &[&Finding], places: &[PlaceView]) -> bool {
    let passes = |finding: &&Finding| finding.verdict.passes();
    let stands = |place: &PlaceView| found.iter().any(|one| one.figures.iter().any(|figure| figure.place == *place));
    !found.is_empty() && found.iter().all(passes) && places.iter().all(stands)
}

/// Adds the example to a rule that was kept, if it comes out as it says.
fn finish(session: &Session, id: &str, form: &mut Form) {
    let whole = toml_of(form);
    let Form::Rule { toml, example, .. } = form else { return };
    let own = session.rules().rule(id).map(|(_, rule)| rule);
    let example = example.take().filter(|text| {
        let one =
            rule::Example { text: text.clone(), outcome: rule::Outcome::Holds, span: crate::span::Span::default() };
        own.is_some_and(|rule| example::run(session, rule, &one) == Outcome::Validated)
    });
    let own = whole.trim_start_matches("\n[[rule]]\n");
    *toml = match example {
        Some(text) => format!("{own}[[rule.example]]\nholds = {}\n", quoted(&text)),
        None => own.to_owned(),
    };
}

fn toml_of(form: &Form) -> String {
    match form {
        Form::Rule { id, toml, .. } => format!("\n[[rule]]\nid    = {}\n{toml}", quoted(id)),
        Form::Equation(_) => String::new(),
    }
}

fn equation_of(form: &Form) -> Option<String> {
    match form {
        Form::Equation(text) => Some(quoted(text)),
        Form::Rule { .. } => None,
    }
}

fn make_unique(form: &mut Form, ids: &mut FxHashSet<String>) {
    let Form::Rule { id, .. } = form else { return };
    let base = id.clone();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        *id = format!("{base}-{number}");
        number += 1;
    }
}
