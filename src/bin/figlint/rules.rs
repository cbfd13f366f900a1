//! `figlint rules`: the rules that would run.

use std::cell::RefCell;
use std::collections::HashSet;
use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use figlint::diagnostic::Problem;
use figlint::output;
use figlint::rule::{Rule, RuleFile};
use serde::Serialize;

use crate::arguments::{RuleOptions, Rules, RulesFormat};
use crate::discover::{self, Group};
use crate::settings::Settings;
use crate::walk;
use crate::{Outcome, Status};

/// Runs the command.
pub fn run(arguments: &Rules) -> Outcome {
    let (groups, problems) = discovered(&arguments.paths, &arguments.rules);
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        RulesFormat::Text => print_text(&mut out, &groups)?,
        RulesFormat::Json => print_json(&mut out, &groups)?,
    }
    out.flush()?;
    tell(&problems)
}

/// The rules that would run on the reports under these paths, and what is wrong with them.
pub fn discovered(paths: &[PathBuf], options: &RuleOptions) -> (Vec<Group>, Vec<Problem>) {
    let settings = RefCell::new(Settings::new(options.no_config));
    let reading = figlint::read::Options::default();
    let found = walk::find(paths, &|path| settings.borrow_mut().wants(path), &reading);
    let reports: Vec<PathBuf> = found.iter().map(|found| found.path(None)).collect();
    let reports: Vec<&Path> = reports.iter().map(PathBuf::as_path).collect();
    let mut settings = settings.into_inner();
    let groups = discover::groups(options, &|_| true, &reports, &mut settings);
    let problems = settings.problems().iter().chain(groups.iter().flat_map(|group| &group.problems)).cloned().collect();
    (groups, problems)
}

/// Where a rule stands: `path:line`.
pub fn place(file: &RuleFile, rule: &Rule) -> String {
    if rule.detected {
        return "built in".to_owned();
    }
    let line = file.source.line_column(rule.id_span.start).line;
    format!("{}:{line}", file.source.path.display())
}

/// Tells problems on standard error, a line each.
pub fn tell(problems: &[Problem]) -> Result<Status, Box<dyn Error>> {
    let run = figlint::diagnostic::Run { problems: problems.to_vec(), ..Default::default() };
    let options = output::TextOptions { summary: false, ..output::TextOptions::default() };
    output::concise::write(&mut io::stderr().lock(), &run, &options)?;
    Ok(if problems.iter().any(|problem| problem.fatal) { Status::Trouble } else { Status::Clean })
}

/// A line that says what a rule is about: its message, or its checks.
fn description(rule: &Rule) -> String {
    let checks = || rule.checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join("; ");
    rule.message.clone().unwrap_or_else(checks)
}

/// The rules of all groups, each once.
fn rules(groups: &[Group]) -> impl Iterator<Item = (&RuleFile, &Rule)> {
    let mut seen = HashSet::new();
    let files = groups.iter().flat_map(|group| &group.files).map(|(file, _)| file);
    let files = files.filter(move |file| seen.insert(&file.source.path));
    files.flat_map(|file| file.rules.iter().map(move |rule| (file, rule)))
}

fn print_text(out: &mut dyn Write, groups: &[Group]) -> io::Result<()> {
    for (file, rule) in rules(groups) {
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
struct Listing {
    rules: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    severity: String,
    path: String,
    line: u32,
    description: String,
}

fn print_json(out: &mut dyn Write, groups: &[Group]) -> io::Result<()> {
    let rules = rules(groups)
        .map(|(file, rule)| Listed {
            id: rule.id.clone(),
            severity: rule.severity.to_string(),
            path: file.source.path.display().to_string(),
            line: file.source.line_column(rule.id_span.start).line,
            description: description(rule),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &Listing { rules })?;
    writeln!(out)
}
