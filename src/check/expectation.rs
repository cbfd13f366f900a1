//! Expectation: rules that were found nowhere, or at more or fewer places than they expect.

use rustc_hash::FxHashSet;

use super::bind::{Absent, BoundRule, Trouble};
use super::present::{Presenter, excerpt, rule_excerpt};
use super::{Reach, Seen, Session};
use crate::diagnostic::{Finding, PlaceView, Problem, Report, Severity, Verdict};
use crate::document::Language;
use crate::rule::{Expect, Rule, RuleFile};
use crate::span::Span;

/// Adds what the rules of the wanted files expected and did not find in this report. A rule that is unbound is told here only
/// if its file names the report; what was found in no report at all is told once, by [`never_found`].
pub fn report(session: &Session, presenter: &Presenter, bound: &[BoundRule], files: &[bool], report: &mut Report) {
    for rule in bound {
        let (file, own) = session.rule(rule.id);
        if let Some(expected) = miscounted(&own.expect, rule) {
            report.findings.push(miscount(presenter, file, own, rule, &expected));
        }
    }
    for (number, file) in session.rules.files.iter().enumerate().filter(|(number, _)| files[*number]) {
        let is_found = |rule: u32| bound.iter().any(|b| b.id == (number as u32, rule) && found(b));
        let names_report = session.reach[number] != Reach::Every && file.files.is_some()
            || matches!(session.reach[number], Reach::Only(_));
        let found_rules =
            bound.iter().filter(|b| b.id.0 as usize == number && found(b) && expects_one(session.rule(b.id).1));
        let expecting = session.expecting[number];
        let missing = expecting - found_rules.count();
        report.checks.unbound += missing;
        if missing == 0 || !names_report {
            continue;
        }
        for (index, rule) in file.rules.iter().enumerate() {
            if expects_one(rule) && !is_found(index as u32) {
                let why = bound.iter().find(|b| b.id == (number as u32, index as u32)).and_then(|b| b.trouble.as_ref());
                report.findings.push(unbound(presenter.language, file, rule, why));
            }
        }
    }
}

/// Rules whose file names no reports and that were found in none of those seen.
pub fn never_found(session: &Session, seen: &[&Seen]) -> Vec<Problem> {
    let all: FxHashSet<(u32, u32)> = seen.iter().flat_map(|one| one.found.iter().copied()).collect();
    let mut problems = Vec::new();
    for (number, file) in session.rules.files.iter().enumerate() {
        let told_per_report = matches!(session.reach[number], Reach::Only(_))
            || session.reach[number] == Reach::Named && file.files.is_some();
        if told_per_report || !seen.iter().any(|one| one.files[number]) {
            continue;
        }
        for (index, rule) in file.rules.iter().enumerate() {
            if expects_one(rule) && !all.contains(&(number as u32, index as u32)) {
                let id = (number as u32, index as u32);
                let absent =
                    seen.iter().flat_map(|one| &one.absent).filter(|(rule, _)| *rule == id).map(|(_, absent)| absent);
                // A table without the label tells more than a report without the table.
                let absent =
                    absent.min_by_key(|absent| (absent.table, absent.nearest.is_none(), absent.nearest.as_deref()));
                problems.push(never(session.options.language.unwrap_or_default(), file, rule, absent));
            }
        }
    }
    problems
}

/// How many rules of a file expect to be found at least once.
pub fn expecting(file: &RuleFile) -> usize {
    file.rules.iter().filter(|rule| expects_one(rule)).count()
}

fn expects_one(rule: &Rule) -> bool {
    rule.expect.min > 0
}

/// Whether a rule was found in a report, be it at places that do not count.
pub fn found(bound: &BoundRule) -> bool {
    !bound.places.is_empty() || bound.trouble.as_ref().is_some_and(|trouble| !trouble.is_absence())
}

fn unbound(language: Language, file: &RuleFile, rule: &Rule, why: Option<&Trouble>) -> Finding {
    let message = match language {
        Language::English => "the rule found no figures in this report",
        Language::Chinese => "规则在本报告中没有找到数字",
    };
    let mut notes = Vec::new();
    if let Some(Trouble::NameAbsent(name)) = why
        && let Some(name) = file.names.get(*name)
    {
        notes.push(match language {
            Language::English => format!("`{}` of [figures] was not found", name.name),
            Language::Chinese => format!("[figures] 中的 `{}` 没有找到", name.name),
        });
    }
    if let Some(Trouble::NotInTable(absent)) = why {
        notes.push(not_in_table(language, absent));
    }
    bare(file, rule, Verdict::Unbound, Severity::Error, message.to_owned(), notes)
}

/// What of a rule no table has, and what may be meant.
fn not_in_table(language: Language, absent: &Absent) -> String {
    let Absent { label, table, nearest } = absent;
    let told = match (language, table) {
        (Language::English, true) => format!("no table is called `{label}`"),
        (Language::English, false) => format!("the table has no `{label}`"),
        (Language::Chinese, true) => format!("没有名为“{label}”的表"),
        (Language::Chinese, false) => format!("表中没有“{label}”"),
    };
    match (nearest, language) {
        (None, _) => told,
        (Some(meant), Language::English) => format!("{told}; did you mean `{meant}`?"),
        (Some(meant), Language::Chinese) => format!("{told}，是否应为“{meant}”？"),
    }
}

fn never(language: Language, file: &RuleFile, rule: &Rule, absent: Option<&Absent>) -> Problem {
    let message = match language {
        Language::English => format!("rule `{}` found no figures in any report", rule.id),
        Language::Chinese => format!("规则 `{}` 在所有报告中都没有找到数字", rule.id),
    };
    let at = file.source.line_column(rule.id_span.start);
    Problem {
        path: Some(file.source.path.display().to_string()),
        place: PlaceView {
            bytes: Some((u64::from(rule.id_span.start), u64::from(rule.id_span.end))),
            line_column: Some((at.line, at.column)),
            ..PlaceView::default()
        },
        excerpts: vec![rule_excerpt(&file.source, rule.id_span)],
        fatal: false,
        help: absent.map(|absent| not_in_table(language, absent)),
        ..Problem::new(message)
    }
}

/// The expectation in words, if the number of places is not the expected one.
fn miscounted(expect: &Expect, bound: &BoundRule) -> Option<String> {
    let places = bound.places.len();
    if places == 0 || places >= expect.min && expect.max.is_none_or(|max| places <= max) {
        return None;
    }
    Some(match expect.max {
        Some(max) if max == expect.min => max.to_string(),
        Some(max) => format!("{}..{max}", expect.min),
        None => format!("{}..", expect.min),
    })
}

fn miscount(presenter: &Presenter, file: &RuleFile, rule: &Rule, bound: &BoundRule, expected: &str) -> Finding {
    let places = bound.places.len();
    let message = match presenter.language {
        Language::English => format!("the rule was found at {places} places, expected {expected}"),
        Language::Chinese => format!("规则在 {places} 处找到，应为 {expected} 处"),
    };
    let mut finding = bare(file, rule, Verdict::Untestable, Severity::Warning, message, Vec::new());
    let document = presenter.reading.document;
    let shown = bound.places.iter().take(4).map(|place| {
        let at = Span { start: place.at, end: place.at };
        excerpt(document, presenter.sentence_at(place.at), vec![(at, String::new(), true)])
    });
    finding.excerpts.splice(0..0, shown);
    finding
}

/// A finding about a rule as a whole, without figures.
pub fn bare(
    file: &RuleFile,
    rule: &Rule,
    verdict: Verdict,
    severity: Severity,
    message: String,
    notes: Vec<String>,
) -> Finding {
    Finding {
        rule: rule.id.clone(),
        severity: Some(severity),
        verdict,
        message,
        check: None,
        arithmetic: None,
        figures: Vec::new(),
        computed: None,
        off: None,
        slip: None,
        culprits: Vec::new(),
        suggestion: None,
        notes,
        fingerprint: super::present::fingerprint_of(&[&rule.id, verdict.name()]),
        known: None,
        body_check: None,
        at: None,
        excerpts: vec![rule_excerpt(&file.source, rule.id_span)],
    }
}
