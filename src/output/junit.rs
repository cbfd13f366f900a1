//! JUnit XML, as test reporters read it: a suite for each report, a case for each finding.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::machine::message;
use super::{clean, concise};
use crate::diagnostic::{Finding, Problem, Report, Run, Severity};

/// Writes a run as `testsuites`.
pub fn write(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut suites: Vec<Suite> = run.reports.iter().map(Suite::of).collect();
    if !run.problems.is_empty() {
        suites.push(Suite { name: "figlint", cases: run.problems.iter().map(Case::of_problem).collect() });
    }
    let counts = Counts::of(suites.iter().flat_map(|suite| &suite.cases));
    xml.write_event(Event::Start(counts.element("testsuites", "figlint")))?;
    suites.iter().try_for_each(|suite| suite.write(&mut xml))?;
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    out.write_all(&xml.into_inner())?;
    writeln!(out)
}

/// A report.
struct Suite<'a> {
    name: &'a str,
    cases: Vec<Case>,
}

/// A finding, or that there is none.
struct Case {
    name: String,
    class: String,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Failed { kind: &'static str, message: String, text: String },
    Error { message: String },
}

/// Cases by outcome.
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl<'a> Suite<'a> {
    fn of(report: &'a Report) -> Self {
        let problems = report.problems.iter().map(Case::of_problem);
        let findings = report.findings.iter().filter(|finding| finding.known != Some(true));
        let mut cases: Vec<Case> = problems.chain(findings.map(|finding| Case::of_finding(report, finding))).collect();
        if cases.is_empty() {
            cases.push(Case { name: "figures".into(), class: "figlint".into(), outcome: Outcome::Passed });
        }
        Self { name: &report.path, cases }
    }

    fn write(&self, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        xml.write_event(Event::Start(Counts::of(self.cases.iter()).element("testsuite", self.name)))?;
        self.cases.iter().try_for_each(|case| case.write(xml))?;
        xml.write_event(Event::End(BytesEnd::new("testsuite")))
    }
}

impl Case {
    fn of_finding(report: &Report, finding: &Finding) -> Self {
        let place = finding.main().map(|figure| concise::place(&report.path, &figure.place)).unwrap_or_default();
        let outcome = match finding.severity {
            // Notes and what holds are no failures of a test.
            None | Some(Severity::Note) => Outcome::Passed,
            Some(severity) => Outcome::Failed {
                kind: if severity == Severity::Error { "error" } else { "warning" },
                message: finding.message.clone(),
                text: format!("{place}\n{}", message(finding, report.told_in)),
            },
        };
        Self { name: format!("{} {place}", finding.rule), class: finding.rule.clone(), outcome }
    }

    fn of_problem(problem: &Problem) -> Self {
        let outcome = match problem.fatal {
            true => Outcome::Error { message: problem.message.clone() },
            false => {
                Outcome::Failed { kind: "warning", message: problem.message.clone(), text: problem.message.clone() }
            }
        };
        Self { name: problem.message.clone(), class: "figlint".into(), outcome }
    }

    fn write(&self, xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let (name, class) = (clean::line(&self.name), clean::line(&self.class));
        let case =
            BytesStart::new("testcase").with_attributes([("name", name.as_str()), ("classname", class.as_str())]);
        let (element, kind, message, text) = match &self.outcome {
            Outcome::Passed => return xml.write_event(Event::Empty(case)),
            Outcome::Failed { kind, message, text } => ("failure", *kind, message, text),
            Outcome::Error { message } => ("error", "error", message, message),
        };
        xml.write_event(Event::Start(case))?;
        let message = clean::line(message);
        let start = BytesStart::new(element).with_attributes([("type", kind), ("message", message.as_str())]);
        xml.write_event(Event::Start(start))?;
        let lines: Vec<String> = text.lines().map(clean::line).collect();
        xml.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
        xml.write_event(Event::End(BytesEnd::new(element)))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))
    }
}

impl Counts {
    fn of<'c>(cases: impl Iterator<Item = &'c Case>) -> Self {
        let mut counts = Self { tests: 0, failures: 0, errors: 0 };
        for case in cases {
            counts.tests += 1;
            counts.failures += usize::from(matches!(case.outcome, Outcome::Failed { .. }));
            counts.errors += usize::from(matches!(case.outcome, Outcome::Error { .. }));
        }
        counts
    }

    fn element(&self, element: &'static str, name: &str) -> BytesStart<'static> {
        let (tests, failures, errors) = (self.tests.to_string(), self.failures.to_string(), self.errors.to_string());
        let mut start = BytesStart::new(element);
        let name = clean::line(name);
        for (key, value) in [("name", &name), ("tests", &tests), ("failures", &failures), ("errors", &errors)] {
            start.push_attribute((key, value.as_str()));
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn findings_are_failures_and_what_is_unread_an_error() {
        let mut out = Vec::new();
        write(&mut out, &sample::run()).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
