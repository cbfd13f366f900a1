//! Baselines: findings that were there when the baseline was written; only new ones fail.
//!
//! The file holds one JSON object a line, sorted, so that it reads and merges well: first its version, then an entry for each
//! finding. An entry is matched by its fingerprint, which is made of the rule and the words around the figures, and by the
//! figures that its text prints: who writes another wrong figure into the same sentence has made a new finding. The report is
//! told relative to the file's folder, and decides only where several reports have the same finding.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use figlint::diagnostic::{Absent, Finding, Problem, Report, Severity};
use figlint::document::{Language, Message};
use serde::{Deserialize, Serialize};

use crate::write;

/// The version of the file's form.
const VERSION: u32 = 1;

/// A baseline that findings are compared with.
#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    entries: Vec<Entry>,
    /// The entries that no finding was matched with yet, by what they are matched by, as indices.
    unused: HashMap<Key, Vec<usize>>,
}

/// Fingerprint and figures.
type Key = (String, String);

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    #[serde(rename = "figlint-baseline")]
    version: u32,
}

/// A finding as the baseline tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    report: String,
    rule: String,
    text: String,
    fingerprint: String,
}

impl Baseline {
    /// Reads the baseline of `--baseline`.
    pub fn read(path: &Path) -> Result<Self, String> {
        Self::load(path).map_err(|why| format!("--baseline {}: {why}", path.display()))
    }

    /// What `--write-baseline` is to renew: the file as it is, or an empty one where there is none. What is no baseline is
    /// not written over.
    pub fn to_renew(path: &Path) -> Result<Self, String> {
        let empty = || Self { path: path.to_path_buf(), entries: Vec::new(), unused: HashMap::new() };
        let old = if path.symlink_metadata().is_ok() { Self::load(path) } else { Ok(empty()) };
        old.map_err(|why| format!("--write-baseline {}: {why}; nothing was written", path.display()))
    }

    /// Marks the findings of reports as known or new. An entry goes to a finding of its own report before one of another.
    pub fn mark<'r>(&mut self, reports: impl Iterator<Item = &'r mut Report>) {
        let mut reports: Vec<_> = reports.collect();
        for own in [true, false] {
            for report in &mut reports {
                let named = named(&self.path, &report.path);
                for finding in report.findings.iter_mut().filter(|finding| counts(finding)) {
                    if finding.known != Some(true) {
                        finding.known = Some(self.take(finding, own.then_some(&named)));
                    }
                }
            }
        }
    }

    /// The entries that no finding fits any more, of reports that were checked or are gone.
    pub fn stale(&self, checked: &[&Path]) -> Vec<Absent> {
        let checked: Vec<String> = checked.iter().map(|path| named(&self.path, &path.to_string_lossy())).collect();
        let mut stale: Vec<usize> = self.unused.values().flatten().copied().collect();
        stale.sort_unstable();
        let entries = stale.into_iter().map(|at| &self.entries[at]);
        let gone = entries.filter(|entry| checked.contains(&entry.report) || !self.is_there(&entry.report));
        gone.map(Entry::absent).collect()
    }

    /// A problem for a stale entry.
    pub fn problem(&self, absent: &Absent, language: Language) -> Problem {
        let Absent { report, text, rule, .. } = absent;
        let message = Message::new(
            format!("stale: {report} no longer has {text} [{rule}]"),
            format!("已过时：{report} 不再有 {text} [{rule}]"),
        );
        let help = Message::new(
            "--write-baseline writes it anew without such entries",
            "用 --write-baseline 重写基线，可去掉这类条目",
        );
        Problem {
            fatal: false,
            help: Some(help.in_language(language).to_owned()),
            ..Problem::of_file(&self.path.display().to_string(), message.in_language(language))
        }
    }

    /// The text of a baseline with all findings of these reports. Of reports that are not among them, or that could not be
    /// read, it keeps what this one has.
    fn renewed(&self, reports: &[&Report]) -> String {
        let read = |report: &&&Report| !report.problems.iter().any(|problem| problem.fatal);
        let checked: Vec<String> = reports.iter().filter(read).map(|report| named(&self.path, &report.path)).collect();
        let kept = |entry: &&Entry| !checked.contains(&entry.report) && self.is_there(&entry.report);
        let mut entries: Vec<Entry> = self.entries.iter().filter(kept).cloned().collect();
        for report in reports.iter().filter(read) {
            entries
                .extend(report.findings.iter().filter(|one| counts(one)).map(|one| Entry::of(&self.path, report, one)));
        }
        written(entries)
    }

    /// Writes [`Baseline::renewed`] to its file.
    pub fn renew(&self, reports: &[Report]) -> Result<(), String> {
        let text = self.renewed(&reports.iter().collect::<Vec<_>>());
        write::text_to_file(&text, &self.path)
            .map_err(|error| format!("--write-baseline {}: {error}", self.path.display()))
    }

    fn load(path: &Path) -> Result<Self, String> {
        let text = std::fs::read(path).map_err(|error| Message::of_io(&error).english.into_owned())?;
        let text = String::from_utf8(text).map_err(|_| NONE.to_owned())?;
        Self::parse(path, text.strip_prefix('\u{feff}').unwrap_or(&text))
    }

    /// Whether a report that was not checked is still there, be it in an archive.
    fn is_there(&self, report: &str) -> bool {
        let path = folder(&self.path).join(report);
        path.exists() || path.ancestors().skip(1).any(Path::is_file)
    }

    fn take(&mut self, finding: &Finding, report: Option<&String>) -> bool {
        let Some(at) = self.unused.get_mut(&(finding.fingerprint.clone(), figures(&told(finding)))) else {
            return false;
        };
        let own = |&entry: &usize| report.is_none_or(|report| self.entries[entry].report == *report);
        let found = at.iter().position(own).map(|place| at.remove(place));
        found.is_some()
    }

    fn parse(path: &Path, text: &str) -> Result<Self, String> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        match lines.next().and_then(|(_, line)| serde_json::from_str::<Head>(line).ok()) {
            None => return Err(NONE.to_owned()),
            Some(Head { version: VERSION }) => {}
            Some(Head { version }) => {
                return Err(format!(
                    "has version {version}, and this figlint reads {VERSION}: use the figlint that wrote it, or remove it and write it anew"
                ));
            }
        }
        let mut baseline = Self { path: path.to_path_buf(), entries: Vec::new(), unused: HashMap::new() };
        for (number, line) in lines {
            // A merge that takes the lines of both sides may double the first one.
            if serde_json::from_str::<Head>(line).is_ok_and(|head| head.version == VERSION) {
                continue;
            }
            let entry: Entry = serde_json::from_str(line).map_err(|error| damaged(number + 1, line, &error))?;
            baseline.unused.entry(entry.key()).or_default().push(baseline.entries.len());
            baseline.entries.push(entry);
        }
        Ok(baseline)
    }
}

impl Entry {
    fn of(baseline: &Path, report: &Report, finding: &Finding) -> Self {
        let (rule, fingerprint) = (finding.rule.clone(), finding.fingerprint.clone());
        Self { report: named(baseline, &report.path), rule, text: told(finding), fingerprint }
    }

    fn key(&self) -> Key {
        (self.fingerprint.clone(), figures(&self.text))
    }

    fn absent(&self) -> Absent {
        let Self { report, rule, text, fingerprint } = self.clone();
        Absent { report, rule, text, fingerprint }
    }
}

const NONE: &str = "is no baseline of figlint; --write-baseline writes one";

fn damaged(number: usize, line: &str, error: &serde_json::Error) -> String {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return format!("line {number}: a merge is unfinished; keep the lines of both sides");
    }
    format!("line {number} is damaged: {error}")
}

fn written(entries: Vec<Entry>) -> String {
    // Equal entries are several findings, and each is kept.
    let sorted: BTreeSet<(Entry, usize)> = entries.into_iter().enumerate().map(|(at, entry)| (entry, at)).collect();
    let mut out = format!("{{\"figlint-baseline\":{VERSION}}}\n");
    for (entry, _) in &sorted {
        _ = writeln!(out, "{}", serde_json::to_string(entry).unwrap_or_default());
    }
    out
}

/// What is told of a finding: its arithmetic, else its message.
fn told(finding: &Finding) -> String {
    finding.arithmetic.clone().unwrap_or_else(|| finding.message.clone())
}

/// The digits of a text, so that units and separators, which formats print differently, make no difference.
fn figures(text: &str) -> String {
    let joined = text.replace([',', '，', '\u{a0}', '\u{202f}', '\u{2009}'], "");
    let parts = joined
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()));
    parts.collect::<Vec<_>>().join(" ")
}

/// A report's path as a baseline tells it: relative to its folder with `/` between its parts where it lies in there.
fn named(baseline: &Path, report: &str) -> String {
    let inside = || {
        let report = resolved(Path::new(report))?;
        let folder = folder(baseline).canonicalize().ok()?;
        let parts = report.strip_prefix(folder).ok()?.iter().map(|part| part.to_string_lossy().into_owned());
        Some(parts.collect::<Vec<_>>().join("/"))
    };
    inside().unwrap_or_else(|| report.to_owned())
}

/// A path without links and dots in the folders before its name, as far as there are any.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().skip(1).find_map(|up| Some((up.canonicalize().ok()?, up)));
    there.and_then(|(real, up)| Some(real.join(path.strip_prefix(up).ok()?)))
}

fn folder(baseline: &Path) -> &Path {
    baseline.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a finding is one that a baseline keeps: errors and warnings.
fn counts(finding: &Finding) -> bool {
    finding.severity.is_some_and(|severity| severity >= Severity::Warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(path: &str, fingerprints: &[&str]) -> Report {
        let finding = |fingerprint: &&str| Finding {
            severity: Some(Severity::Error),
            fingerprint: (*fingerprint).to_owned(),
            message: "wrong".to_owned(),
            ..Finding::default()
        };
        Report { path: path.into(), findings: fingerprints.iter().map(finding).collect(), ..Report::default() }
    }

    fn baseline_of(reports: &[&Report]) -> Baseline {
        let text = Baseline::to_renew(Path::new("no-such-baseline")).unwrap().renewed(reports);
        Baseline::parse(Path::new("b"), &text).unwrap()
    }

    fn known(report: &Report) -> Vec<bool> {
        report.findings.iter().map(|finding| finding.known.unwrap()).collect()
    }

    #[test]
    fn only_what_is_new_is_new() {
        let mut baseline = baseline_of(&[&report("r.md", &["a", "a", "b"])]);
        let mut now = report("r.md", &["a", "c", "a", "a"]);
        baseline.mark([&mut now].into_iter());
        assert_eq!(known(&now), [true, false, true, false]);
        assert_eq!(baseline.stale(&[Path::new("./r.md")]).len(), 1);
        assert!(baseline.stale(&[Path::new("other.md")]).len() == 1, "r.md is gone");
        assert!(baseline.stale(&[Path::new("other.md")])[0].fingerprint == "b");
    }

    #[test]
    fn an_entry_goes_to_its_own_report_first() {
        let mut baseline = baseline_of(&[&report("z.md", &["a"])]);
        let (mut first, mut last) = (report("a.md", &["a"]), report("z.md", &["a"]));
        baseline.mark([&mut first, &mut last].into_iter());
        assert_eq!((known(&first), known(&last)), (vec![false], vec![true]));
        // A report that was moved or renamed keeps its findings.
        let mut baseline = baseline_of(&[&report("z.md", &["a"])]);
        let mut moved = report("b.pdf", &["a"]);
        baseline.mark([&mut moved].into_iter());
        assert_eq!((known(&moved), baseline.stale(&[]).len()), (vec![true], 0));
    }

    #[test]
    fn another_figure_is_another_finding() {
        let of = |arithmetic: &str| {
            let mut report = report("r.md", &["a"]);
            report.findings[0].arithmetic = Some(arithmetic.to_owned());
            report
        };
        for (then, now, same) in [
            ("1,325 = 988 + 337", "1325件 = 988件 + 337件", true),
            ("325 = 215 + 137", "352 = 215 + 137", false),
            ("1.5% = 3 / 200", "15% = 3 / 200", false),
        ] {
            let mut baseline = baseline_of(&[&of(then)]);
            let mut now = of(now);
            baseline.mark([&mut now].into_iter());
            assert_eq!(known(&now), [same], "{then}");
        }
    }

    #[test]
    fn what_was_not_checked_is_kept() {
        let old =
            baseline_of(&[&report("Cargo.toml", &["a"]), &report("README.md", &["b"]), &report("gone.md", &["c"])]);
        let mut unread = report("README.md", &[]);
        unread.problems.push(Problem::of_file("README.md", "no"));
        let text = old.renewed(&[&unread, &report("LICENSE", &["d"])]);
        let prints: Vec<_> = ["\"a\"", "\"b\"", "\"c\"", "\"d\""].iter().map(|print| text.contains(print)).collect();
        assert_eq!(prints, [true, true, false, true]);
    }

    #[test]
    fn other_files_are_told() {
        for (text, why) in [
            ("", "is no baseline"),
            ("[]", "is no baseline"),
            ("{\"figlint-baseline\":9}\n", "has version 9"),
            ("{\"figlint-baseline\":1}\n{\"rule\":1}\n", "line 2 is damaged"),
            ("{\"figlint-baseline\":1}\n<<<<<<< HEAD\n", "line 2: a merge is unfinished"),
        ] {
            assert!(Baseline::parse(Path::new("b"), text).unwrap_err().contains(why), "{text}");
        }
        assert!(Baseline::parse(Path::new("b"), "{\"figlint-baseline\":1}\n\n{\"figlint-baseline\":1}\n").is_ok());
    }
}
