//! English lists of the kinds that a count is of: "600 pupils: 310 girls and 290 boys", "12,400 students (7,100 women, 5,300 men)".

use super::super::clause::{Sentence, UnitKey};
use super::super::settle::Outcome;
use super::super::{Claim, Context};
use super::{explains_gap, falls_short, sum};
use crate::diagnostic::Severity;

/// Nouns of persons, of whom each is one of two kinds: a team of women is none.
const PERSONS: [&str; 22] = [
    "pupil",
    "student",
    "people",
    "person",
    "employee",
    "participant",
    "patient",
    "respondent",
    "adult",
    "children",
    "member",
    "worker",
    "candidate",
    "resident",
    "inmate",
    "teacher",
    "applicant",
    "subject",
    "volunteer",
    "delegate",
    "graduate",
    "victim",
];
/// Kinds that have no further one beside them, as nouns behind a number end.
const COMPLETE: [[&str; 2]; 5] =
    [["girl", "boy"], ["women", "men"], ["female", "male"], ["adult", "children"], ["woman", "man"]];
/// The least total that a list makes up by more than chance.
const LEAST: i64 = 20;

/// The list that begins at a figure, directly behind its total.
pub fn list(context: &Context, sentence: &Sentence, first: usize) -> Option<Claim> {
    let said = &sentence.said;
    let total = first - 1;
    if !matches!(said[first].gap.as_str(), ":" | "(" | ", of whom" | "of whom" | ", comprising" | "comprising") {
        return None;
    }
    let is_count = |at: usize| {
        let counts = matches!(said[at].unit, UnitKey::Noun(_) | UnitKey::Counted(_));
        counts && said[at].is_amount() && !said[at].hedged
    };
    let goes_on = |at: &usize| is_count(*at) && matches!(said[*at].gap.as_str(), "," | "and" | ", and");
    let parts: Vec<usize> = std::iter::once(first).chain((first + 1..said.len()).take_while(goes_on)).collect();
    if parts.len() < 2 || !is_count(total) || !is_count(first) {
        return None;
    }
    let claim = sum(context, sentence, total, &parts);
    if context.holds(&claim) {
        let value = context.figure(said[total].figure).quantity.value();
        return (value >= crate::exact::Rational::from(LEAST)).then_some(claim);
    }
    let persons = matches!(&said[total].unit, UnitKey::Noun(noun) if PERSONS.contains(&noun.as_str()));
    let may = persons
        && !explains_gap(context, sentence, total, &parts)
        && is_complete(sentence, &parts)
        && ends(sentence, first, &parts)
        && context.outcome(&claim) == Outcome::Near;
    // Some may not have said which they are; nobody is both.
    let short = falls_short(context, sentence, total, &parts);
    may.then(|| claim.at_most(if short { Severity::Warning } else { Severity::Error }))
}

/// Girls and boys: there is no third kind.
fn is_complete(sentence: &Sentence, parts: &[usize]) -> bool {
    let [one, other] = parts else { return false };
    let is = |at: usize, kind: &str| matches!(&sentence.said[at].unit, UnitKey::Noun(noun) if noun == kind);
    COMPLETE.iter().any(|[a, b]| is(*one, a) && is(*other, b) || is(*one, b) && is(*other, a))
}

/// Whether the list ends where its bracket or its sentence does.
fn ends(sentence: &Sentence, first: usize, parts: &[usize]) -> bool {
    let behind = sentence.after(parts[parts.len() - 1]).trim();
    if sentence.said[first].gap == "(" {
        behind.starts_with(')')
    } else {
        behind.is_empty() || behind.starts_with(['.', ';'])
    }
}
