//! JSON, for programs. The shape is frozen as `schema: 1`: what follows only adds keys. The structs here are that shape and
//! nothing else; [`super::schema()`] describes it.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic as view;

/// The version of the shape.
pub const SCHEMA: u32 = 1;

/// Writes a run as one JSON object, indented, with a line break at its end.
pub fn write(out: &mut dyn Write, run: &view::Run) -> io::Result<()> {
    let summary = run.summary();
    let output = Output {
        figlint: env!("CARGO_PKG_VERSION"),
        schema: SCHEMA,
        reports: run.reports.iter().map(Report::from).collect(),
        problems: problems(&run.problems),
        summary: Summary {
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            reports: summary.reports,
        },
    };
    write_pretty(out, &output)
}

/// Writes one `reports` element a line. What belongs to no report is not in it.
pub fn write_lines(out: &mut dyn Write, run: &view::Run) -> io::Result<()> {
    for report in &run.reports {
        serde_json::to_writer(&mut *out, &Report::from(report))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes a value indented, with a line break at its end.
pub(super) fn write_pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Output<'a> {
    figlint: &'static str,
    schema: u32,
    reports: Vec<Report<'a>>,
    problems: Vec<Problem<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    reports: usize,
}

#[derive(Serialize)]
struct Report<'a> {
    path: &'a str,
    figures: FigureCounts,
    checks: CheckCounts,
    findings: Vec<Finding<'a>>,
    problems: Vec<Problem<'a>>,
    /// Only with `--coverage`.
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Coverage<'a>>,
}

#[derive(Serialize)]
struct Coverage<'a> {
    sections: Vec<Section<'a>>,
    unchecked: Vec<Unchecked<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    heading: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    figures: FigureCounts,
}

#[derive(Serialize)]
struct Unchecked<'a> {
    text: &'a str,
    label: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct FigureCounts {
    total: usize,
    tied: usize,
    bound: usize,
    failing: usize,
    unchecked: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CheckCounts {
    holds: usize,
    within_rounding: usize,
    fails: usize,
    untestable: usize,
    unbound: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: Option<String>,
    verdict: &'static str,
    message: &'a str,
    check: Option<&'a str>,
    figures: Vec<Figure<'a>>,
    computed: Option<Computed<'a>>,
    off: Option<&'a str>,
    slip: Option<&'a str>,
    culprits: Vec<Culprit<'a>>,
    suggestion: Option<Suggestion<'a>>,
    fingerprint: &'a str,
    /// Only with `--baseline`: new or unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'static str>,
}

#[derive(Serialize)]
struct Figure<'a> {
    name: &'a str,
    text: &'a str,
    value: Option<&'a str>,
    low: Option<&'a str>,
    high: Option<&'a str>,
    open: &'static str,
    #[serde(flatten)]
    place: Place<'a>,
    /// Only for a figure of another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// Only with `--since`, where that revision printed another figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<&'a str>,
}

/// Where a thing stands; flattened into what holds it.
#[derive(Serialize)]
pub(super) struct Place<'a> {
    start: Option<u64>,
    end: Option<u64>,
    line: Option<u32>,
    column: Option<u32>,
    place: Option<&'a str>,
}

#[derive(Serialize)]
struct Computed<'a> {
    value: &'a str,
    shown: &'a str,
}

#[derive(Serialize)]
struct Culprit<'a> {
    name: &'a str,
    start: Option<u64>,
    end: Option<u64>,
    place: Option<&'a str>,
    /// Only for a figure of another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    start: Option<u64>,
    end: Option<u64>,
    text: &'a str,
}

/// What could not be read or run.
#[derive(Serialize)]
pub(super) struct Problem<'a> {
    path: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
    /// Whether something was not checked because of it.
    fatal: bool,
    #[serde(flatten)]
    place: Place<'a>,
}

pub(super) fn problems(problems: &[view::Problem]) -> Vec<Problem<'_>> {
    problems.iter().map(Problem::from).collect()
}

impl<'a> From<&'a view::Report> for Report<'a> {
    fn from(report: &'a view::Report) -> Self {
        Self {
            path: &report.path,
            figures: FigureCounts::from(report.figures),
            checks: CheckCounts::from(report.checks),
            findings: report.findings.iter().map(Finding::from).collect(),
            problems: problems(&report.problems),
            coverage: report.coverage.as_ref().map(Coverage::from),
        }
    }
}

impl<'a> From<&'a view::Coverage> for Coverage<'a> {
    fn from(coverage: &'a view::Coverage) -> Self {
        let section = |section: &'a view::SectionCoverage| Section {
            heading: section.heading.as_deref(),
            place: Place::from(&section.place),
            figures: FigureCounts::from(section.figures),
        };
        let unchecked = |row: &'a view::FigureRow| Unchecked {
            text: &row.text,
            label: row.label.as_deref(),
            place: Place::from(&row.place),
        };
        Self {
            sections: coverage.sections.iter().map(section).collect(),
            unchecked: coverage.unchecked.iter().map(unchecked).collect(),
        }
    }
}

impl From<view::FigureCounts> for FigureCounts {
    fn from(counts: view::FigureCounts) -> Self {
        let view::FigureCounts { total, tied, bound, failing, unchecked } = counts;
        Self { total, tied, bound, failing, unchecked }
    }
}

impl From<view::CheckCounts> for CheckCounts {
    fn from(counts: view::CheckCounts) -> Self {
        let view::CheckCounts { holds, within_rounding, fails, untestable, unbound } = counts;
        Self { holds, within_rounding, fails, untestable, unbound }
    }
}

impl<'a> From<&'a view::Finding> for Finding<'a> {
    fn from(finding: &'a view::Finding) -> Self {
        Self {
            rule: &finding.rule,
            severity: finding.severity.map(|severity| severity.to_string()),
            verdict: finding.verdict.name(),
            message: &finding.message,
            check: finding.check.as_deref(),
            figures: finding.figures.iter().map(Figure::from).collect(),
            computed: finding.computed.as_ref().map(|c| Computed { value: &c.value, shown: &c.shown }),
            off: finding.off.as_deref(),
            slip: finding.slip.as_deref(),
            culprits: finding.culprits.iter().map(Culprit::from).collect(),
            suggestion: finding.suggestion.as_ref().map(Suggestion::from),
            fingerprint: &finding.fingerprint,
            baseline: finding.known.map(|known| if known { "unchanged" } else { "new" }),
        }
    }
}

impl<'a> From<&'a view::FigureView> for Figure<'a> {
    fn from(figure: &'a view::FigureView) -> Self {
        Self {
            name: &figure.name,
            text: &figure.text,
            value: figure.value.as_deref(),
            low: figure.low.as_deref(),
            high: figure.high.as_deref(),
            open: figure.open,
            place: Place::from(&figure.place),
            path: figure.path.as_deref(),
            earlier: figure.earlier.as_deref(),
        }
    }
}

impl<'a> From<&'a view::PlaceView> for Place<'a> {
    fn from(place: &'a view::PlaceView) -> Self {
        let (start, end) = place.bytes.unzip();
        let (line, column) = place.line_column.unzip();
        Self { start, end, line, column, place: place.place.as_deref() }
    }
}

impl<'a> From<&'a view::FigureView> for Culprit<'a> {
    fn from(figure: &'a view::FigureView) -> Self {
        let (start, end) = figure.place.bytes.unzip();
        Self { name: &figure.name, start, end, place: figure.place.place.as_deref(), path: figure.path.as_deref() }
    }
}

impl<'a> From<&'a view::Suggestion> for Suggestion<'a> {
    fn from(suggestion: &'a view::Suggestion) -> Self {
        let (start, end) = suggestion.bytes.unzip();
        Self { start, end, text: &suggestion.text }
    }
}

impl<'a> From<&'a view::Problem> for Problem<'a> {
    fn from(problem: &'a view::Problem) -> Self {
        Self {
            path: problem.path.as_deref(),
            message: &problem.message,
            help: problem.help.as_deref(),
            fatal: problem.fatal,
            place: Place::from(&problem.place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_run_is_one_object() {
        let mut out = Vec::new();
        write(&mut out, &sample::run()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        {
          "figlint": "0.1.0",
          "schema": 1,
          "reports": [
            {
              "path": "fixtures/text/mediation.txt",
              "figures": {
                "total": 47,
                "tied": 31,
                "bound": 4,
                "failing": 2,
                "unchecked": 10
              },
              "checks": {
                "holds": 14,
                "within-rounding": 2,
                "fails": 1,
                "untestable": 0,
                "unbound": 0
              },
              "findings": [
                {
                  "rule": "performance-rate",
                  "severity": "error",
                  "verdict": "fails",
                  "message": "调解协议履行率应为成功履行数与调处成功数之比",
                  "check": "rate = performed / settled",
                  "figures": [
                    {
                      "name": "rate",
                      "text": "96.5%",
                      "value": "0.965",
                      "low": "0.9645",
                      "high": "0.9655",
                      "open": "",
                      "start": 14310,
                      "end": 14315,
                      "line": 57,
                      "column": 96,
                      "place": null
                    },
                    {
                      "name": "performed",
                      "text": "510",
                      "value": "510",
                      "low": "510",
                      "high": "510",
                      "open": "",
                      "start": 14280,
                      "end": 14283,
                      "line": 57,
                      "column": 75,
                      "place": null
                    },
                    {
                      "name": "settled",
                      "text": "528",
                      "value": "528",
                      "low": "528",
                      "high": "528",
                      "open": "",
                      "start": 14100,
                      "end": 14103,
                      "line": 57,
                      "column": 23,
                      "place": null
                    }
                  ],
                  "computed": {
                    "value": "96.590…%",
                    "shown": "96.6%"
                  },
                  "off": "0.1 个百分点",
                  "slip": "截去了尾数，没有四舍五入",
                  "culprits": [
                    {
                      "name": "rate",
                      "start": 14310,
                      "end": 14315,
                      "place": null
                    }
                  ],
                  "suggestion": {
                    "start": 14310,
                    "end": 14315,
                    "text": "96.6%"
                  },
                  "fingerprint": "4f1d0c7a"
                },
                {
                  "rule": "count",
                  "severity": "note",
                  "verdict": "untestable",
                  "message": "招聘次数无从核对",
                  "check": null,
                  "figures": [
                    {
                      "name": "times",
                      "text": "3次",
                      "value": "3",
                      "low": "3",
                      "high": "3",
                      "open": "",
                      "start": 300,
                      "end": 304,
                      "line": 9,
                      "column": 120,
                      "place": null
                    }
                  ],
                  "computed": null,
                  "off": null,
                  "slip": null,
                  "culprits": [],
                  "suggestion": null,
                  "fingerprint": "00aa11bb"
                },
                {
                  "rule": "94.1% = 528 / 561",
                  "severity": null,
                  "verdict": "holds",
                  "message": "勾稽相符",
                  "check": "94.1% = 528 / 561",
                  "figures": [
                    {
                      "name": "1",
                      "text": "94.1%",
                      "value": "0.941",
                      "low": "0.9405",
                      "high": "0.9415",
                      "open": "",
                      "start": 14290,
                      "end": 14295,
                      "line": 57,
                      "column": 84,
                      "place": null
                    }
                  ],
                  "computed": null,
                  "off": null,
                  "slip": null,
                  "culprits": [],
                  "suggestion": null,
                  "fingerprint": "77ee"
                }
              ],
              "problems": []
            },
            {
              "path": "reports/missing.txt",
              "figures": {
                "total": 0,
                "tied": 0,
                "bound": 0,
                "failing": 0,
                "unchecked": 0
              },
              "checks": {
                "holds": 0,
                "within-rounding": 0,
                "fails": 0,
                "untestable": 0,
                "unbound": 0
              },
              "findings": [],
              "problems": [
                {
                  "path": "reports/missing.txt",
                  "message": "No such file or directory (os error 2)",
                  "help": null,
                  "fatal": true,
                  "start": null,
                  "end": null,
                  "line": null,
                  "column": null,
                  "place": null
                }
              ]
            }
          ],
          "problems": [
            {
              "path": "rules/mediation.toml",
              "message": "unknown name `preformed`",
              "help": "did you mean `performed`?",
              "fatal": true,
              "start": 512,
              "end": 521,
              "line": 31,
              "column": 17,
              "place": null
            }
          ],
          "summary": {
            "errors": 1,
            "warnings": 0,
            "notes": 1,
            "reports": 2
          }
        }
        "#);
    }

    #[test]
    fn lines_hold_a_report_each() {
        let (mut whole, mut lines) = (Vec::new(), Vec::new());
        write(&mut whole, &sample::run()).unwrap();
        write_lines(&mut lines, &sample::run()).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&whole).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(whole["reports"].as_array().unwrap(), &lines);
    }
}
