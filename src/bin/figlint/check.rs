//! `figlint check`: reads reports, checks them, writes what was found.

use std::cell::RefCell;
use std::error::Error;
use std::path::{Path, PathBuf};

use figlint::check::{Options, detect};
use figlint::diagnostic::{FigureCounts, Run, Severity, Summary};
use figlint::output::{self, TextOptions};
use rust_decimal::Decimal;

use crate::arguments::{Check, FailOn, Format, Show};
use crate::baseline::Baseline;
use crate::checker::{Checker, Input};
use crate::discover::{self, Group};
use crate::memory::{self, Memory};
use crate::mend;
use crate::run;
use crate::settings::Settings;
use crate::since::Since;
use crate::terminal;
use crate::walk::{self, Found};
use crate::watch;
use crate::write::{self, Target};
use crate::{Outcome, Status};

/// Runs the command.
pub fn run(arguments: &Check) -> Outcome {
    let targets: Vec<_> =
        arguments.output.iter().map(|text| Target::parse(text, arguments.format)).collect::<Result<_, _>>()?;
    for id in arguments.select.iter().chain(&arguments.ignore) {
        known(id)?;
    }
    if arguments.watch {
        return watch::run(arguments, &targets);
    }
    let round = once(arguments, &targets, &mut Memory::default())?;
    Ok(round.status.max(print(&round.run, arguments, &targets)?))
}

/// What checking all reports once gave.
pub struct Round {
    /// What was found.
    pub run: Run,
    /// What that makes of the exit status.
    pub status: Status,
    /// The rule files, figlint.toml files and others that it depends on besides the reports.
    pub sources: Vec<PathBuf>,
}

/// Checks all reports, but those that `memory` knows as they are.
pub fn once(arguments: &Check, targets: &[Target], memory: &mut Memory) -> Result<Round, Box<dyn Error>> {
    let mut baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let to_renew = arguments.write_baseline.as_deref().map(Baseline::to_renew).transpose()?;
    let mut settings = Settings::new(arguments.rules.no_config);
    let mut found = inputs(arguments, &mut settings);
    if arguments.fix && found.iter().any(|input| matches!(input.found, Found::Stdin)) {
        return Err("--fix cannot write to standard input; --diff shows what it would change".into());
    }
    // Who watches a folder meets what the last round wrote into it.
    found.retain(|input| !arguments.watch || !targets.iter().any(|target| target.path == input.path));
    let settings = &mut settings;
    let files = found.iter().filter(|input| matches!(input.found, Found::File(_)));
    write::refuse(targets, &files.map(|input| input.path.as_path()).collect::<Vec<_>>())?;
    let groups = discover::groups(&arguments.rules, &|id| wants(arguments, id), &paths(&found), settings);
    if !arguments.quiet && groups.iter().all(|group| group.files.is_empty() && group.problems.is_empty()) {
        eprintln!(
            "figlint: no rules: there is no --rules, figlint.toml or report.figlint.toml (`figlint init` starts some)"
        );
    }
    let since = arguments.since.as_deref().map(|revision| Since::new(revision, &paths(&found))).transpose()?;
    let found = match &since {
        Some(since) => changed(found, since, &groups, settings, arguments.quiet),
        None => found,
    };
    let sources = memory::sources(&groups, settings);
    let sessions = memory.sessions(groups, settings, &found, &options(arguments, targets));
    let checker = Checker { sessions: &sessions, since: since.as_ref(), arguments };

    let checked = run::in_order(&found, arguments.jobs, |input| memory.check(&checker, input));
    let (mut checked, fresh): (Vec<_>, Vec<_>) = checked.into_iter().unzip();
    memory.keep(&found, &checked, fresh);
    let mut status = Status::Clean;
    let told = arguments.fail_on.map(FailOn::severity);
    if arguments.diff {
        status = mend::print_diffs(&checked)?;
    } else if arguments.fix {
        status = mend::write(&mut checked, |at| checker.check(&found[at]))?;
    }
    if let Some(baseline) = &mut baseline {
        baseline.mark(checked.iter_mut().map(|checked| &mut checked.report));
    }
    for (checked, input) in checked.iter().zip(&found) {
        status = status.max(status_of(&checked.report.summary(), told.or(sessions.fail_on(input.config))));
    }
    let rules = sessions.rules();
    let mut problems = sessions.finish(since.is_none());
    let language = arguments.lang.language().unwrap_or_default();
    let absent = baseline.as_ref().map_or_else(Vec::new, |baseline| baseline.stale(&paths(&found)));
    problems.extend(baseline.iter().flat_map(|baseline| absent.iter().map(|one| baseline.problem(one, language))));
    status = status.max(status_of(&Run { problems: problems.clone(), ..Run::default() }.summary(), told));
    let run = Run { reports: checked.into_iter().map(|checked| checked.report).collect(), problems, rules, absent };
    if let Some(old) = &to_renew {
        status = match old.renew(&run.reports) {
            // What is written into the baseline is no longer new.
            Ok(()) if status != Status::Trouble && run.summary().fatal == 0 => Status::Clean,
            Ok(()) => Status::Trouble,
            Err(why) => {
                eprintln!("figlint: {why}");
                Status::Trouble
            }
        };
    }
    status = status.max(coverage_status(&run.summary().figures, arguments));
    Ok(Round { run, status, sources })
}

/// The reports to check.
fn inputs(arguments: &Check, settings: &mut Settings) -> Vec<Input> {
    let settings = RefCell::new(settings);
    let options = arguments.reading.options();
    let wants = |path: &Path| {
        let wanted = settings.borrow_mut().wants(path);
        if wanted && arguments.verbose && walk::is_review_page(path) {
            let path = output::clean_line(&path.display().to_string());
            eprintln!("figlint: {path} is a review page that figlint wrote, and not checked unless it is named");
        }
        wanted
    };
    let found = walk::find(&arguments.paths, &wants, &options);
    let input = |found: Found| {
        let path = found.path(arguments.reading.stdin_name.as_deref());
        let config = settings.borrow_mut().of(&path);
        Input { found, path, config }
    };
    found.into_iter().map(input).collect()
}

fn paths(found: &[Input]) -> Vec<&Path> {
    found.iter().map(|input| input.path.as_path()).collect()
}

/// The reports that `--since` wants, what is not there, and standard input, which is not what lies on the disk.
fn changed(found: Vec<Input>, since: &Since, groups: &[Group], settings: &mut Settings, quiet: bool) -> Vec<Input> {
    let (all, rules) = (found.len(), since.changed_rules(groups));
    let wanted = |input: &Input| {
        matches!(input.found, Found::Nothing(..) | Found::Stdin) || since.wants(&input.path, &rules, settings)
    };
    let left: Vec<Input> = found.into_iter().filter(wanted).collect();
    if !quiet {
        eprintln!("figlint: {} of {all} reports changed since {}", left.len(), since.revision());
    }
    left
}

fn options(arguments: &Check, targets: &[Target]) -> Options {
    let formats = targets.iter().map(|target| target.format).chain([arguments.format]);
    Options {
        rounding: arguments.rounding.map(Into::into),
        language: arguments.lang.language(),
        show_holds: arguments.show.contains(&Show::Holds),
        coverage: arguments.coverage,
        body: { formats }.any(|format| format == Format::Html),
        ..Options::default()
    }
}

/// Whether a built-in check runs, by `--select` and `--ignore`.
fn wants(arguments: &Check, id: &str) -> bool {
    let names = |list: &[String]| list.iter().any(|one| one == id || one == "all");
    (arguments.select.is_empty() || names(&arguments.select)) && !names(&arguments.ignore)
}

/// An id of a built-in check, or `all` or `none`.
fn known(id: &str) -> Result<(), String> {
    let words: Vec<&str> = detect::ids().chain(["all", "none"]).collect();
    if words.contains(&id) {
        return Ok(());
    }
    let hint = discover::meant(id, &words).map(|hint| format!(" ({hint})")).unwrap_or_default();
    Err(format!("there is no built-in check `{id}`{hint}"))
}

/// Writes results. A file that cannot be written is told, and the others are written all the same.
pub fn print(run: &Run, arguments: &Check, targets: &[Target]) -> Result<Status, Box<dyn Error>> {
    let options = TextOptions {
        width: terminal::width(),
        color: terminal::color(arguments.terminal.color),
        ascii: arguments.terminal.ascii,
        notes: arguments.show.contains(&Show::Notes),
        remarks: arguments.verbose,
        summary: !arguments.quiet,
        language: arguments.lang.language(),
    };
    let mut status = Status::Clean;
    for target in targets {
        if let Err(error) = write::to_file(run, target, &options) {
            eprintln!("figlint: --output {}: {error}", target.path.display());
            status = Status::Trouble;
        }
    }
    if !arguments.diff {
        match write::to_stdout(run, arguments.format, &options) {
            // Who reads the output has seen enough; what was found stays found.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            written => written?,
        }
    }
    if arguments.format == Format::Jsonl || arguments.diff {
        let rest = Run { problems: run.problems.clone(), ..Run::default() };
        let options = TextOptions { summary: false, color: false, ..options };
        output::concise::write(&mut std::io::stderr().lock(), &rest, &options)?;
    }
    Ok(status)
}

/// Whether enough figures are checked for `--min-coverage`; told where they are not.
fn coverage_status(figures: &FigureCounts, arguments: &Check) -> Status {
    let Some(least) = arguments.min_coverage else { return Status::Clean };
    let (checked, total) = (Decimal::from(figures.checked()), Decimal::from(figures.total));
    if checked * Decimal::ONE_HUNDRED >= least * total {
        return Status::Clean;
    }
    let percent = figures.percent().unwrap_or_default();
    eprintln!("figlint: {checked} of {total} figures ({percent}%) are checked, less than {}%", least.normalize());
    Status::Findings
}

/// What findings and problems make of the exit status. `least` is the severity from which on findings fail: errors, unless
/// told.
fn status_of(sum: &Summary, least: Option<Option<Severity>>) -> Status {
    let count = match least.unwrap_or(Some(Severity::Error)) {
        Some(Severity::Error) => sum.errors,
        Some(Severity::Warning) => sum.errors + sum.warnings,
        Some(Severity::Note) => sum.errors + sum.warnings + sum.notes,
        None => 0,
    };
    match (sum.fatal, count) {
        (0, 0) => Status::Clean,
        (0, _) => Status::Findings,
        _ => Status::Trouble,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_checks_are_refused() {
        assert_eq!(known("all"), Ok(()));
        assert_eq!(known("al"), Err("there is no built-in check `al` (did you mean `all`?)".into()));
        assert_eq!(known("sums"), Err("there is no built-in check `sums`".into()));
    }
}
