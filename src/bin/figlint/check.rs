//! `figlint check`: reads reports, checks them, writes what was found.

use std::cell::RefCell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use figlint::check::{Options, Session};
use figlint::diagnostic::{Problem, Report, Run, Severity};
use figlint::output::TextOptions;
use figlint::{output, read};

use crate::arguments::{Check, FailOn, Format, Show};
use crate::discover;
use crate::mend::{self, Stamp};
use crate::run;
use crate::settings::Settings;
use crate::terminal;
use crate::walk::{self, Found};
use crate::write::{self, Target};
use crate::{Outcome, Status};

/// Runs the command.
pub fn run(arguments: &Check) -> Outcome {
    let targets: Vec<_> =
        arguments.output.iter().map(|text| Target::parse(text, arguments.format)).collect::<Result<_, _>>()?;
    for id in arguments.select.iter().chain(&arguments.ignore) {
        known(id)?;
    }
    let settings = RefCell::new(Settings::new(arguments.rules.no_config));
    let found = walk::find(&arguments.paths, &|path| settings.borrow_mut().wants(path));
    let mut settings = settings.into_inner();
    refuse_overwriting(&targets, &found)?;
    let reports: Vec<_> = found.iter().filter_map(|found| shown_path(found, arguments)).collect();
    let discovered = discover::rules(&arguments.rules, &reports, &mut settings);
    let session = Session::new(discovered.files, options(arguments, &settings));
    let checker = Checker { session: &session, arguments };

    let mut checked = run::in_order(&found, arguments.jobs, |found| checker.check(found));
    let mut mended = Status::Clean;
    if arguments.diff {
        mended = mend::print_diffs(&checked)?;
    } else if arguments.fix {
        mended = mend::write(&mut checked, |path| checker.check(&Found::File(path.to_path_buf())))?;
    }
    let mut problems = discovered.problems;
    problems.extend(session.problems().iter().cloned());
    problems.extend(session.finish());
    let run = Run { reports: checked.into_iter().map(|checked| checked.report).collect(), problems };
    Ok(print(&run, arguments, &targets)?.max(mended).max(status(&run, arguments, &settings)))
}

/// A report that was checked.
#[derive(Debug)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The file it was read from, as it was then; `None` for what could not be read.
    pub stamp: Option<Stamp>,
}

struct Checker<'a> {
    session: &'a Session,
    arguments: &'a Check,
}

impl Checker<'_> {
    /// Checks what was found. Whatever goes wrong is a problem of that report alone.
    fn check(&self, found: &Found) -> Checked {
        let path = match found {
            Found::Nothing(path, why) => return self.unread(path, why.clone()),
            Found::File(path) => path.clone(),
            Found::Stdin => stdin_name(self.arguments),
        };
        let checked = catch_unwind(AssertUnwindSafe(|| self.check_bytes(found, &path)));
        match checked {
            Ok(Ok(checked)) => checked,
            Ok(Err(why)) => self.unread(&path, why),
            Err(_) => self.unread(&path, "figlint itself failed on this report; please tell its authors".to_owned()),
        }
    }

    fn check_bytes(&self, found: &Found, path: &Path) -> Result<Checked, String> {
        let bytes = bytes_of(found, path).map_err(|error| error.to_string())?;
        let wants_stamp = self.arguments.fix || self.arguments.diff;
        let mut stamp = wants_stamp.then(|| Stamp::new(path, found, &bytes));
        let options = read::Options { encoding: self.arguments.reading.encoding.clone(), ..read::Options::default() };
        let document = read::bytes(path, bytes, &options).map_err(|error| error.reason())?;
        if let Some(stamp) = &mut stamp {
            stamp.encoding = document.source.encoding;
        }
        Ok(Checked { report: self.session.check(&document), stamp })
    }

    fn unread(&self, path: &Path, why: String) -> Checked {
        let path = path.display().to_string();
        let language = self.arguments.lang.language().unwrap_or_default();
        let problems = vec![Problem::of_file(&path, why)];
        Checked { report: Report { path, language, problems, ..Report::default() }, stamp: None }
    }
}

/// What standard input is called.
fn stdin_name(arguments: &Check) -> PathBuf {
    arguments.reading.stdin_name.clone().unwrap_or_else(|| PathBuf::from("<stdin>"))
}

fn bytes_of(found: &Found, path: &Path) -> std::io::Result<Vec<u8>> {
    if !matches!(found, Found::Stdin) {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn shown_path<'a>(found: &'a Found, arguments: &'a Check) -> Option<&'a Path> {
    match found {
        Found::File(path) => Some(path),
        Found::Stdin => arguments.reading.stdin_name.as_deref(),
        Found::Nothing(..) => None,
    }
}

fn options(arguments: &Check, settings: &Settings) -> Options {
    Options {
        default_rounding: settings.rounding().unwrap_or_default(),
        rounding: arguments.rounding.map(Into::into),
        language: arguments.lang.language(),
        show_holds: arguments.show.contains(&Show::Holds),
    }
}

/// An id of a built-in check, or `all` or `none`.
fn known(id: &str) -> Result<(), String> {
    const WORDS: [&str; 2] = ["all", "none"];
    if WORDS.contains(&id) {
        return Ok(());
    }
    let near = WORDS.iter().find(|word| strsim::damerau_levenshtein(word, id) <= 1);
    let hint = near.map(|word| format!(" (did you mean `{word}`?)")).unwrap_or_default();
    Err(format!("there is no built-in check `{id}`{hint}"))
}

/// A report that is checked is never overwritten with results.
fn refuse_overwriting(targets: &[Target], found: &[Found]) -> Result<(), String> {
    let canonical = |path: &Path| path.canonicalize().ok();
    for target in targets {
        let file = canonical(&target.path).filter(|file| file.is_file());
        let is_target =
            |found: &&Found| matches!(found, Found::File(path) if file.is_some() && canonical(path) == file);
        if found.iter().find(is_target).is_some() {
            return Err(format!("--output {}: is a report that is to be checked", target.path.display()));
        }
    }
    Ok(())
}

/// Writes results. A file that cannot be written is told, and the others are written all the same.
fn print(run: &Run, arguments: &Check, targets: &[Target]) -> Result<Status, Box<dyn std::error::Error>> {
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
        write::to_stdout(run, arguments.format, &options)?;
    }
    if arguments.format == Format::Jsonl || arguments.diff {
        let rest = Run { reports: Vec::new(), problems: run.problems.clone() };
        let options = TextOptions { summary: false, color: false, ..options };
        output::concise::write(&mut std::io::stderr().lock(), &rest, &options)?;
    }
    Ok(status)
}

fn status(run: &Run, arguments: &Check, settings: &Settings) -> Status {
    let sum = run.summary();
    let counts = |severity| match severity {
        Severity::Error => sum.errors,
        Severity::Warning => sum.errors + sum.warnings,
        Severity::Note => sum.errors + sum.warnings + sum.notes,
    };
    let told = arguments.fail_on.map(FailOn::severity).or(settings.fail_on());
    let least = told.unwrap_or(Some(Severity::Error));
    if sum.fatal > 0 {
        Status::Trouble
    } else if least.is_some_and(|least| counts(least) > 0) {
        Status::Findings
    } else {
        Status::Clean
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
