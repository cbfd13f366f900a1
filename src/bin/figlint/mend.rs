//! `--fix` and `--diff`: the suggestions of the findings, written into the reports or shown.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use figlint::diagnostic::{Report, Severity, Suggestion};
use figlint::fix::{self, Fixed};
use figlint::output;

use crate::Status;
use crate::checker::Checked;
use crate::terminal;
use crate::walk::Found;

/// What a file was when it was checked.
#[derive(Clone, Debug)]
pub struct Stamp {
    path: PathBuf,
    hash: u64,
    /// The content itself, for what cannot be read again.
    kept: Option<Vec<u8>>,
    /// Why it cannot be written to.
    sealed: Option<&'static str>,
    /// It is of a format that suggestions cannot be written into.
    pub container: bool,
    /// The encoding it was decoded from.
    pub encoding: &'static str,
}

impl Stamp {
    /// A stamp of content that was read.
    pub fn new(path: &Path, found: &Found, bytes: &[u8]) -> Self {
        let sealed = match found {
            Found::Stdin => Some("standard input cannot be written to; --diff shows what would change"),
            Found::Inner(..) => Some("is inside an archive, which is not written to; --diff shows what would change"),
            _ => None,
        };
        let kept = sealed.map(|_| bytes.to_vec());
        Self { path: path.to_path_buf(), hash: hash(bytes), kept, sealed, container: false, encoding: "UTF-8" }
    }

    /// The content again, if it is still the same.
    fn reread(&self) -> Result<Vec<u8>, String> {
        let bytes = match &self.kept {
            Some(bytes) => bytes.clone(),
            None => std::fs::read(&self.path).map_err(|error| error.to_string())?,
        };
        if hash(&bytes) == self.hash {
            Ok(bytes)
        } else {
            Err("has changed since it was checked; nothing was written".to_owned())
        }
    }
}

/// Prints what the suggestions would change as unified diffs.
pub fn print_diffs(checked: &[Checked]) -> io::Result<Status> {
    let mut status = Status::Clean;
    let mut out = io::stdout().lock();
    checked.iter().for_each(tell_containers);
    checked.iter().for_each(tell_left);
    for (checked, stamp, suggestions) in mendable(checked) {
        match stamp.reread() {
            Ok(old) => {
                let fixed = fix::apply(&old, stamp.encoding, &suggestions);
                tell_refused(&checked.report, &fixed);
                let diff = fix::unified_diff(&checked.report.path, stamp.encoding, &old, &fixed.bytes);
                write_diff(&mut out, &diff)?;
            }
            Err(why) => status = tell(&checked.report, &why),
        }
    }
    out.flush()?;
    Ok(status)
}

/// Writes the suggestions into the reports, and checks again what was written.
pub fn write(checked: &mut [Checked], check: impl Fn(usize) -> Checked) -> io::Result<Status> {
    let mut status = Status::Clean;
    let mut again = Vec::new();
    checked.iter().for_each(tell_containers);
    checked.iter().for_each(tell_left);
    for (at, (checked, stamp, suggestions)) in all_mendable(checked) {
        match mend(stamp, &suggestions) {
            Ok(fixed) => {
                tell_refused(&checked.report, &fixed);
                eprintln!("figlint: {}: {} corrected", checked.report.path, figures(fixed.applied));
                again.push(at);
            }
            Err(why) => status = tell(&checked.report, &why),
        }
    }
    for at in again {
        checked[at] = check(at);
    }
    Ok(status)
}

fn mend(stamp: &Stamp, suggestions: &[Suggestion]) -> Result<Fixed, String> {
    if let Some(why) = stamp.sealed {
        return Err(why.to_owned());
    }
    let old = stamp.reread()?;
    let fixed = fix::apply(&old, stamp.encoding, suggestions);
    if fixed.applied > 0 {
        fix::replace(&stamp.path, &old, &fixed.bytes).map_err(|error| error.reason().english)?;
    }
    Ok(fixed)
}

type Mendable<'a> = (&'a Checked, &'a Stamp, Vec<Suggestion>);

fn mendable(checked: &[Checked]) -> impl Iterator<Item = Mendable<'_>> {
    all_mendable(checked).map(|(_, mendable)| mendable)
}

/// The reports that have suggestions, with their index.
fn all_mendable(checked: &[Checked]) -> impl Iterator<Item = (usize, Mendable<'_>)> {
    checked.iter().enumerate().filter_map(|(at, checked)| {
        let suggestions = suggestions(&checked.report);
        let stamp = checked.stamp.as_ref().filter(|stamp| !suggestions.is_empty() && !stamp.container)?;
        Some((at, (checked, stamp, suggestions)))
    })
}

/// The suggestions for the report itself, not for figures of other files.
fn suggestions(report: &Report) -> Vec<Suggestion> {
    let own = report.findings.iter().filter(|finding| finding.culprit().is_some_and(|figure| figure.path.is_none()));
    own.filter_map(|finding| finding.suggestion.clone()).collect()
}

/// A diff is shown as it is to programs, and without control characters to people.
fn write_diff(out: &mut dyn Write, diff: &str) -> io::Result<()> {
    if !terminal::is_shown() {
        return out.write_all(diff.as_bytes());
    }
    diff.lines().try_for_each(|line| writeln!(out, "{}", output::clean_line(line)))
}

/// Tells what is to be changed by hand in a report of a format that is not written.
fn tell_containers(checked: &Checked) {
    if !checked.stamp.as_ref().is_some_and(|stamp| stamp.container) {
        return;
    }
    // Several findings may blame the same figure.
    let mut told = HashSet::new();
    for finding in &checked.report.findings {
        let culprit = finding.culprit().filter(|figure| figure.path.is_none());
        if let (Some(figure), Some(suggestion)) = (culprit, &finding.suggestion) {
            let place = figure.place.place.as_deref().unwrap_or_default();
            let (old, new) = (&figure.text, &suggestion.text);
            let line =
                format!("{}: {place}: {old} should be {new}; this format is not written to", checked.report.path);
            if !told.contains(&line) {
                eprintln!("figlint: {}", output::clean_line(&line));
                told.insert(line);
            }
        }
    }
}

/// Tells how many findings say nothing that could be written.
fn tell_left(checked: &Checked) {
    let fails = checked.report.findings.iter().filter(|finding| finding.severity > Some(Severity::Note));
    let left = fails.filter(|finding| finding.suggestion.is_none()).count();
    if left > 0 {
        let them = if left == 1 { "1 finding has" } else { &format!("{left} findings have") };
        let why = "no suggestion, since the wrong figure or its right value cannot be told for certain";
        eprintln!("figlint: {}: {them} {why}", checked.report.path);
    }
}

fn tell(report: &Report, why: &str) -> Status {
    eprintln!("figlint: {}: {why}", report.path);
    Status::Trouble
}

fn tell_refused(report: &Report, fixed: &Fixed) {
    if !fixed.refused.is_empty() {
        let count = figures(fixed.refused.len());
        eprintln!("figlint: {}: {count} left alone: suggestions that overlap or cannot be written", report.path);
    }
}

fn figures(count: usize) -> String {
    format!("{count} figure{}", if count == 1 { "" } else { "s" })
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
