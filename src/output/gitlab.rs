//! GitLab Code Quality: a JSON array of issues, each with a fingerprint of its own.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::json::write_pretty;
use super::machine::{line_column, message, relative};
use crate::diagnostic::{Finding, Problem, Report, Run, Severity};

/// Writes the findings and problems of a run.
pub fn write(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    let mut seen = FxHashMap::default();
    let mut issues = Vec::new();
    for report in &run.reports {
        issues.extend(report.problems.iter().map(|problem| of_problem(problem, Some(&report.path))));
        let fresh = report.findings.iter().filter(|finding| finding.known != Some(true));
        issues.extend(fresh.filter_map(|finding| of_finding(report, finding)));
    }
    issues.extend(run.problems.iter().map(|problem| of_problem(problem, None)));
    for issue in &mut issues {
        // Two findings with the same words around them are two issues.
        let count: &mut usize = seen.entry(issue.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            issue.fingerprint = format!("{}-{count}", issue.fingerprint);
        }
    }
    write_pretty(out, &issues)
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

fn of_finding(report: &Report, finding: &Finding) -> Option<Issue> {
    let severity = match finding.severity? {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let place = finding.main().and_then(|figure| figure.place.place.as_deref());
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    Some(Issue {
        description: format!("{place}{}", message(finding, report.told_in).replace('\n', "; ")),
        check_name: finding.rule.clone(),
        fingerprint: finding.fingerprint.clone(),
        severity,
        location: at(&report.path, line_column(finding)),
    })
}

fn of_problem(problem: &Problem, path: Option<&str>) -> Issue {
    let path = problem.path.as_deref().or(path).unwrap_or("figlint.toml");
    Issue {
        description: problem.message.clone(),
        check_name: "figlint".to_owned(),
        fingerprint: format!("{path}: {}", problem.message),
        severity: if problem.fatal { "critical" } else { "minor" },
        location: at(path, problem.place.line_column),
    }
}

fn at(path: &str, at: Option<(u32, u32)>) -> Location {
    Location { path: relative(path), lines: Lines { begin: at.map_or(1, |(line, _)| line) } }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn issues_have_fingerprints_of_their_own() {
        let mut run = sample::run();
        run.reports.push(run.reports[0].clone());
        let mut out = Vec::new();
        write(&mut out, &run).unwrap();
        let issues: Vec<serde_json::Value> = serde_json::from_slice(&out).unwrap();
        let mut prints: Vec<_> = issues.iter().map(|issue| issue["fingerprint"].to_string()).collect();
        assert_eq!(issues.len(), 6);
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), 6);
        insta::assert_snapshot!(serde_json::to_string_pretty(&issues[0]).unwrap());
    }
}
