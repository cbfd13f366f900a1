//! `figlint test`: the rules' own examples.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use figlint::check::example::{self, Outcome as Result};
use figlint::check::{Options, Reach, Session};
use figlint::output::clean_line;
use figlint::rule::{Example, Rule, RuleFile};
use figlint::span::LineIndex;
use figlint::text::plural;

use crate::arguments::Test;
use crate::discover::{self, Group};
use crate::settings::Settings;
use crate::{Outcome, Status, rules};

/// Runs the command.
pub fn run(arguments: &Test) -> Outcome {
    let mut counts = Counts::default();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = Status::Clean;
    let group = group(&arguments.paths);
    status = status.max(rules::tell(&group.problems)?);
    let options = Options { show_holds: true, ..Options::default() };
    let session = Session::new(group.files, options);
    for file in &session.rules().files {
        test_file(&mut out, &session, file, &mut counts)?;
    }
    writeln!(out, "{counts}")?;
    out.flush()?;
    let failed = counts.noisy + counts.missing + counts.undecided > 0;
    Ok(status.max(if failed { Status::Findings } else { Status::Clean }))
}

/// The rule files under these paths; without paths those that figlint.toml names, or those in `rules`, and the sidecars of the
/// reports in this folder.
fn group(paths: &[PathBuf]) -> Group {
    let mut group = Group::default();
    let mut settings = Settings::new(false);
    let config = settings.of(Path::new("report"));
    let configured = config.is_some();
    let named = match config {
        Some(config) if paths.is_empty() => {
            let (files, problems) = settings.get(config).rule_files();
            group.problems.extend(problems);
            files
        }
        None if paths.is_empty() && Path::new("rules").exists() => vec![PathBuf::from("rules")],
        _ => paths.to_vec(),
    };
    let sidecars = if paths.is_empty() { discover::sidecars(Path::new(".")) } else { Vec::new() };
    // Without any the folder that was looked for is told.
    let named = match named.is_empty() && sidecars.is_empty() && group.problems.is_empty() && !configured {
        true => vec![PathBuf::from("rules")],
        false => named.into_iter().chain(sidecars).collect(),
    };
    named.iter().for_each(|path| group.add(path, &Reach::Every, None));
    group
}

#[derive(Debug, Default)]
struct Counts {
    rules: usize,
    without: usize,
    validated: usize,
    noisy: usize,
    missing: usize,
    undecided: usize,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let examples = self.validated + self.noisy + self.missing + self.undecided;
        write!(f, "{} rule{}, {} without examples · ", self.rules, plural(self.rules), self.without)?;
        write!(f, "{examples} example{}: ", plural(examples))?;
        write!(f, "{} validated, {} noisy, {} missing", self.validated, self.noisy, self.missing)?;
        if self.undecided > 0 {
            write!(f, ", {} undecided", self.undecided)?;
        }
        Ok(())
    }
}

fn test_file(out: &mut dyn Write, session: &Session, file: &RuleFile, counts: &mut Counts) -> io::Result<()> {
    for rule in &file.rules {
        counts.rules += 1;
        counts.without += usize::from(rule.examples.is_empty());
        for example in &rule.examples {
            let result = example::run(session, rule, example);
            counts.add(result);
            if result != Result::Validated {
                write_failure(out, file, rule, example, result)?;
            }
        }
    }
    Ok(())
}

impl Counts {
    fn add(&mut self, result: Result) {
        *match result {
            Result::Validated => &mut self.validated,
            Result::Noisy => &mut self.noisy,
            Result::Missing => &mut self.missing,
            Result::Undecided => &mut self.undecided,
        } += 1;
    }
}

fn write_failure(
    out: &mut dyn Write,
    file: &RuleFile,
    rule: &Rule,
    example: &Example,
    result: Result,
) -> io::Result<()> {
    let place = LineIndex::new(&file.source.text).line_column(&file.source.text, example.span.start);
    let name = match result {
        Result::Validated => "validated",
        Result::Noisy => "noisy",
        Result::Missing => "missing",
        Result::Undecided => "undecided",
    };
    let path = file.source.path.display();
    let line = format!("{path}:{}:{}: {name}[{}] {}", place.line, place.column, rule.id, example.text);
    writeln!(out, "{}", clean_line(&line))
}
