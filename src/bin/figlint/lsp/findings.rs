//! Findings and problems as editors show them.

use std::path::Path;

use figlint::diagnostic::{FigureView, Finding, PlaceView, Problem, Report, Severity};
use figlint::document::Language;
use figlint::output;
use figlint::span::{Position, Span, Units};

use super::protocol::{CodeDescription, Diagnostic, Location, Range, Related, Snapshot, severity};
use super::uri;
use super::worker::Job;
use super::workspace::{Known, Workspace};

/// Who says it.
pub const SOURCE: &str = "figlint";

/// The diagnostics of a report: its findings, and the problems that are its own.
pub fn of_report(report: &Report, job: &Job, workspace: &Workspace, units: Units) -> Vec<Diagnostic> {
    let finding = |finding: &Finding| of_finding(report, finding, job, workspace.rule(&finding.rule), units);
    let findings = report.findings.iter().filter_map(finding);
    let own = report.problems.iter().filter(|problem| is_own(problem, report));
    let problems = own.map(|problem| of_problem(problem, Some(&job.snapshot), units));
    let mut all: Vec<Diagnostic> = findings.chain(problems).collect();
    if all.len() > MOST {
        let left_out = all.len() - MOST;
        all.truncate(MOST);
        let message = match report.language {
            Language::English => format!("{left_out} more are not shown here; `figlint check` tells all"),
            Language::Chinese => format!("另有 {left_out} 处未在此显示；`figlint check` 会全部列出"),
        };
        let range = all.last().map(|last| last.range).unwrap_or_default();
        let warning = severity(Severity::Warning);
        all.push(Diagnostic { range, message, severity: warning, source: SOURCE, ..Diagnostic::default() });
    }
    all
}

/// More findings of one report are only counted: with each keystroke the client gets all of them.
const MOST: usize = 1000;

/// A problem at its place in its file; `snapshot` is the file's text.
pub fn of_problem(problem: &Problem, snapshot: Option<&Snapshot>, units: Units) -> Diagnostic {
    let help = problem.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    Diagnostic {
        range: snapshot.map(|snapshot| range(&problem.place, snapshot, units)).unwrap_or_default(),
        severity: severity(if problem.fatal { Severity::Error } else { Severity::Warning }),
        code: None,
        code_description: None,
        source: SOURCE,
        message: format!("{}{help}", problem.message),
        related_information: Vec::new(),
    }
}

/// Whether a problem that a report told is one of the report itself, and not of a rule file.
pub fn is_own(problem: &Problem, report: &Report) -> bool {
    problem.path.as_ref().is_none_or(|path| *path == report.path)
}

/// The range of a place in a text: its bytes, or its line.
pub fn range(place: &PlaceView, snapshot: &Snapshot, units: Units) -> Range {
    match (place.bytes, place.line_column) {
        (Some((start, end)), _) => snapshot.range(span(start, end), units),
        (None, Some((line, _))) => snapshot.range(snapshot.line(line), units),
        (None, None) => Range::default(),
    }
}

/// A span of bytes as views tell them.
pub fn span(start: u64, end: u64) -> Span {
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Span { start, end: u32::try_from(end).unwrap_or(u32::MAX).max(start) }
}

fn of_finding(report: &Report, finding: &Finding, job: &Job, rule: Option<&Known>, units: Units) -> Option<Diagnostic> {
    let here = |figure: &&FigureView| figure.path.is_none() && figure.place.bytes.is_some();
    let main = finding.main().filter(here).or_else(|| finding.figures.iter().find(here));
    let others = finding.figures.iter().filter(|figure| Some(*figure) != main);
    let mut related: Vec<_> = others.filter_map(|figure| related(figure, job, units)).take(MOST_RELATED).collect();
    let place = rule.and_then(|rule| place_of(rule, finding.check.as_deref()));
    related.extend(place.map(|location| Related {
        location: location.clone(),
        message: finding.check.clone().unwrap_or_else(|| finding.rule.clone()),
    }));
    Some(Diagnostic {
        range: main.map(|figure| range(&figure.place, &job.snapshot, units)).unwrap_or_default(),
        severity: severity(finding.severity?),
        code: Some(finding.rule.clone()),
        code_description: place.map(|location| CodeDescription { href: line_href(location) }),
        source: SOURCE,
        message: output::message(finding, report.language),
        related_information: related,
    })
}

/// More other figures of a check are not listed: a column of a thousand cells helps nobody, and with each keystroke the client gets
/// all of them.
const MOST_RELATED: usize = 12;

/// Where a check of a rule stands in its rule file, by how it is written there.
pub fn place_of<'r>(rule: &'r Known, check: Option<&str>) -> Option<&'r Location> {
    let check = rule.checks.iter().find(|(text, _)| check == Some(text));
    check.and_then(|(_, place)| place.as_ref()).or(rule.place.as_ref())
}

/// A location as a link, with its line.
fn line_href(location: &Location) -> String {
    format!("{}#L{}", location.uri, location.range.start.line + 1)
}

fn related(figure: &FigureView, job: &Job, units: Units) -> Option<Related> {
    let message = format!("{}: {}", figure.role, figure.text);
    Some(Related { location: location(&figure.place, figure.path.as_deref(), job, units)?, message })
}

/// Where a figure stands: in the report, or in the file at `path`, of which only the line is known.
pub fn location(place: &PlaceView, path: Option<&str>, job: &Job, units: Units) -> Option<Location> {
    let Some(path) = path else {
        place.bytes?;
        return Some(Location { uri: job.uri.clone(), range: range(place, &job.snapshot, units) });
    };
    let (line, _) = place.line_column?;
    let at = Position { line: line.saturating_sub(1), character: 0 };
    Some(Location { uri: uri::of_path(Path::new(path)), range: Range { start: at, end: at } })
}
