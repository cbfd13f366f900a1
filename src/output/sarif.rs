//! SARIF 2.1.0, as code-scanning services read it. The structs here are the part of the standard that is written (OASIS, Static
//! Analysis Results Interchange Format 2.1.0); columns count Unicode code points.

use std::io::{self, Write};

use serde::Serialize;

use super::json::write_pretty;
use super::machine::{level, message, uri};
use crate::diagnostic::{Absent, FigureView, Finding, PlaceView, Problem, Report, Rule, Run, Suggestion};

/// Writes a run as one SARIF log.
pub fn write(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    let results = run.reports.iter().flat_map(|report| report.findings.iter().map(move |one| result(run, report, one)));
    let results = results.chain(run.absent.iter().map(|one| absent(run, one)));
    let problems = run.reports.iter().flat_map(|report| &report.problems).chain(&run.problems);
    let notifications: Vec<_> = problems.map(notification).collect();
    let successful = !run.reports.iter().flat_map(|report| &report.problems).chain(&run.problems).any(|p| p.fatal);
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool { driver: Driver::of(&run.rules) },
            column_kind: "unicodeCodePoints",
            invocations: [Invocation { execution_successful: successful, tool_execution_notifications: notifications }],
            results: results.collect(),
        }],
    };
    write_pretty(out, &log)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Text<'a>,
    help: Text<'a>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<'static>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Text<'static>,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "figlint/v1")]
    own: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'static>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Text<'static>,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

impl<'a> Driver<'a> {
    fn of(rules: &'a [Rule]) -> Self {
        let descriptor = |rule: &'a Rule| Descriptor {
            id: &rule.id,
            short_description: text(&rule.about),
            // Services show the help beside a finding and refuse rules without one.
            help: text(rule.help.as_deref().unwrap_or(&rule.about)),
            default_configuration: Configuration { level: level(Some(rule.severity)) },
        };
        let rules = rules.iter().map(descriptor).collect();
        Self { name: "figlint", semantic_version: env!("CARGO_PKG_VERSION"), rules }
    }
}

fn result<'a>(run: &'a Run, report: &'a Report, finding: &'a Finding) -> SarifResult<'a> {
    let main = finding.main();
    let own = main.map(|figure| location(report, figure, None));
    // A bound such as 100% stands nowhere.
    let placed = |figure: &&FigureView| figure.place != PlaceView::default();
    let others = finding.figures.iter().filter(placed).filter(|figure| Some(*figure) != main);
    let related = others.enumerate().map(|(id, figure)| location(report, figure, Some(id + 1)));
    SarifResult {
        rule_id: &finding.rule,
        rule_index: run.rules.iter().position(|rule| rule.id == finding.rule),
        kind: if finding.severity.is_some() { "fail" } else { "pass" },
        level: level(finding.severity),
        message: owned(message(finding, report.told_in)),
        locations: vec![own.unwrap_or_else(|| whole(&report.path))],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { own: &finding.fingerprint },
        baseline_state: finding.known.map(|known| if known { "unchanged" } else { "new" }),
        fixes: finding.suggestion.iter().filter_map(|suggestion| fix(report, suggestion)).collect(),
    }
}

/// What a baseline has and the report no longer: a service closes it.
fn absent<'a>(run: &Run, absent: &'a Absent) -> SarifResult<'a> {
    SarifResult {
        rule_id: &absent.rule,
        rule_index: run.rules.iter().position(|rule| rule.id == absent.rule),
        kind: "pass",
        level: "none",
        message: owned(absent.text.clone()),
        locations: vec![whole(&absent.report)],
        related_locations: Vec::new(),
        partial_fingerprints: Fingerprints { own: &absent.fingerprint },
        baseline_state: Some("absent"),
        fixes: Vec::new(),
    }
}

fn fix<'a>(report: &Report, suggestion: &'a Suggestion) -> Option<Fix<'a>> {
    let place = PlaceView { line_column: suggestion.line_column, ..PlaceView::default() };
    let replacements =
        [Replacement { deleted_region: region(&place, &suggestion.old)?, inserted_content: text(&suggestion.text) }];
    Some(Fix {
        description: owned(format!("{} → {}", suggestion.old, suggestion.text)),
        artifact_changes: [Change { artifact_location: artifact(&report.path), replacements }],
    })
}

fn location(report: &Report, figure: &FigureView, id: Option<usize>) -> Location {
    let path = figure.path.as_deref().unwrap_or(&report.path);
    let message = Some(owned(format!("{}: {}", figure.role, figure.text)));
    Location { id, message, ..placed(path, &figure.place, &figure.text) }
}

/// A place in a file: a region where it has lines, else a name within the container.
fn placed(path: &str, place: &PlaceView, text: &str) -> Location {
    let logical = place.place.iter().map(|name| Logical { fully_qualified_name: name.clone() });
    let physical_location = Physical { artifact_location: artifact(path), region: region(place, text) };
    Location { id: None, physical_location, logical_locations: logical.collect(), message: None }
}

fn whole(path: &str) -> Location {
    placed(path, &PlaceView::default(), "")
}

fn artifact(path: &str) -> Artifact {
    Artifact { uri: uri(path) }
}

/// The characters from a place to its end; to the end of the text that stands there, where its end is not known.
fn region(place: &PlaceView, text: &str) -> Option<Region> {
    let (start_line, start_column) = place.line_column?;
    let (end_line, end_column) = place.end.unwrap_or((start_line, start_column + text.chars().count().max(1) as u32));
    Some(Region { start_line, start_column, end_line: Some(end_line).filter(|end| *end != start_line), end_column })
}

fn notification(problem: &Problem) -> Notification {
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    Notification {
        level: if problem.fatal { "error" } else { "warning" },
        message: owned(format!("{}{help}", problem.message)),
        locations: problem.path.iter().map(|path| placed(path, &problem.place, "")).collect(),
    }
}

fn text(text: &str) -> Text<'_> {
    Text { text: text.trim().into() }
}

fn owned(text: String) -> Text<'static> {
    Text { text: text.into() }
}
