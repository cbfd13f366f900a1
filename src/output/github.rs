//! GitHub Actions workflow commands: each finding is an annotation at its line.

use std::io::{self, Write};

use super::machine::{line_column, message, relative};
use crate::diagnostic::{Finding, Problem, Report, Run, Severity};

/// Writes a command for each finding and each problem.
pub fn write(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    for report in &run.reports {
        report.problems.iter().try_for_each(|problem| write_problem(out, problem, Some(&report.path)))?;
        let fresh = report.findings.iter().filter(|finding| finding.known != Some(true));
        fresh.into_iter().try_for_each(|finding| write_finding(out, report, finding))?;
    }
    run.problems.iter().try_for_each(|problem| write_problem(out, problem, None))
}

fn write_finding(out: &mut dyn Write, report: &Report, finding: &Finding) -> io::Result<()> {
    let command = match finding.severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "notice",
        None => return Ok(()),
    };
    write!(out, "::{command} file={}", property(&relative(&report.path)))?;
    if let (Some((line, column)), Some(figure)) = (line_column(finding), finding.main()) {
        let (end_line, end) = figure.place.end.unwrap_or((line, column + figure.text.chars().count().max(1) as u32));
        write!(out, ",line={line},endLine={end_line}")?;
        // Columns are taken only of annotations on one line.
        if end_line == line {
            write!(out, ",col={column},endColumn={end}")?;
        }
    }
    let place = finding.main().and_then(|figure| figure.place.place.as_deref());
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    let title = property(&format!("figlint {}", finding.rule));
    writeln!(out, ",title={title}::{}", data(&format!("{place}{}", message(finding, report.told_in))))
}

fn write_problem(out: &mut dyn Write, problem: &Problem, path: Option<&str>) -> io::Result<()> {
    let command = if problem.fatal { "error" } else { "warning" };
    write!(out, "::{command} title=figlint")?;
    if let Some(path) = problem.path.as_deref().or(path) {
        write!(out, ",file={}", property(&relative(path)))?;
    }
    if let Some((line, column)) = problem.place.line_column {
        write!(out, ",line={line},col={column}")?;
    }
    let help = problem.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    writeln!(out, "::{}", data(&format!("{}{help}", problem.message)))
}

/// Escaped as the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn annotations_stand_at_the_culprit() {
        let mut out = Vec::new();
        write(&mut out, &sample::run()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
