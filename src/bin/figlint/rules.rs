//! `figlint rules`: the rules that would run.

use std::cell::RefCell;
use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use figlint::diagnostic::Problem;
use figlint::output;
use figlint::rule::{Rule, RuleFile};
use figlint::span::LineIndex;
use serde::Serialize;

use crate::arguments::{RuleOptions, Rules, RulesFormat};
use crate::discover::{self, Discovered};
use crate::settings::Settings;
use crate::walk::{self, Found};
use crate::{Outcome, Status};

/// Runs the command.
pub fn run(arguments: &Rules) -> Outcome {
    let discovered = discovered(&arguments.paths, &arguments.rules);
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        RulesFormat::Text => print_text(&mut out, &discovered)?,
        RulesFormat::Json => print_json(&mut out, &discovered)?,
    }
    out.flush()?;
    tell(&discovered.problems)
}

/// The rules that would run on the reports under these paths.
pub fn discovered(paths: &[PathBuf], options: &RuleOptions) -> Discovered {
    let settings = RefCell::new(Settings::new(options.no_config));
    let found = walk::find(paths, &|path| settings.borrow_mut().wants(path));
    let reports: Vec<PathBuf> = found.into_iter().filter_map(report).collect();
    let reports: Vec<&Path> = reports.iter().map(PathBuf::as_path).collect();
    discover::rules(options, &reports, &mut settings.into_inner())
}

/// Where a rule stands: `path:line`.
pub fn place(file: &RuleFile, rule: &Rule) -> String {
    let line = LineIndex::new(&file.source.text).line_column(&file.source.text, rule.id_span.start).line;
    format!("{}:{line}", file.source.path.display())
}

/// Tells problems on standard error, a line each.
pub fn tell(problems: &[Problem]) -> Result<Status, Box<dyn Error>> {
    let run = figlint::diagnostic::Run { reports: Vec::new(), problems: problems.to_vec() };
    let options = output::TextOptions { summary: false, ..output::TextOptions::default() };
    output::concise::write(&mut io::stderr().lock(), &run, &options)?;
    Ok(if problems.iter().any(|problem| problem.fatal) { Status::Trouble } else { Status::Clean })
}

fn report(found: Found) -> Option<PathBuf> {
    match found {
        Found::File(path) => Some(path),
        Found::Stdin | Found::Nothing(..) => None,
    }
}

/// A line that says what a rule is about: its message, or its checks.
fn description(rule: &Rule) -> String {
    let checks = || rule.checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join("; ");
    rule.message.clone().unwrap_or_else(checks)
}

fn rules(discovered: &Discovered) -> impl Iterator<Item = (&RuleFile, &Rule)> {
    discovered.files.iter().flat_map(|(file, _)| file.rules.iter().map(move |rule| (file, rule)))
}

fn print_text(out: &mut dyn Write, discovered: &Discovered) -> io::Result<()> {
    for (file, rule) in rules(discovered) {
        let (place, about) = (place(file, rule), description(rule));
        let line = if about == rule.id {
            format!("{}  {}  {place}", rule.id, rule.severity)
        } else {
            format!("{}  {}  {place}  {about}", rule.id, rule.severity)
        };
        writeln!(out, "{}", output::clean_line(&line))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Listed {
    id: String,
    severity: String,
    path: String,
    line: u32,
    description: String,
}

fn print_json(out: &mut dyn Write, discovered: &Discovered) -> io::Result<()> {
    let listed: Vec<_> = rules(discovered)
        .map(|(file, rule)| Listed {
            id: rule.id.clone(),
            severity: rule.severity.to_string(),
            path: file.source.path.display().to_string(),
            line: LineIndex::new(&file.source.text).line_column(&file.source.text, rule.id_span.start).line,
            description: description(rule),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &serde_json::json!({ "rules": listed }))?;
    writeln!(out)
}
