//! Baselines: findings that were there when the baseline was written; only new ones fail.
//!
//! The file holds one JSON object a line, sorted, so that it reads and merges well: first its version, then an entry for each
//! finding. Entries are matched by fingerprint, which is made of the rule and the words around the figures; report and
//! text are for people.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use figlint::diagnostic::{Finding, Problem, Report, Severity};
use serde::{Deserialize, Serialize};

/// The version of the file's form.
const VERSION: u32 = 1;

/// A baseline that findings are compared with.
#[derive(Debug)]
pub struct Baseline {
    path: PathBuf,
    entries: Vec<Entry>,
    /// The entries by fingerprint that no finding was matched with yet.
    unused: HashMap<String, Vec<usize>>,
}

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
    /// Reads a baseline.
    pub fn read(path: &Path) -> Result<Self, String> {
        let told = |why: String| format!("--baseline {}: {why}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
        Self::parse(path, &text).map_err(told)
    }

    /// Marks the findings of reports as known or new.
    pub fn mark<'r>(&mut self, reports: impl Iterator<Item = &'r mut Report>) {
        for finding in reports.flat_map(|report| &mut report.findings).filter(|finding| counts(finding)) {
            let entry = self.unused.get_mut(&finding.fingerprint).and_then(Vec::pop);
            finding.known = Some(entry.is_some());
        }
    }

    /// The entries that no finding fits any more, of reports that were checked or are gone.
    pub fn stale(&self, checked: &[&Path]) -> Vec<Problem> {
        let mut stale: Vec<usize> = self.unused.values().flatten().copied().collect();
        stale.sort_unstable();
        let entries = stale.into_iter().map(|at| &self.entries[at]);
        let gone = entries.filter(|entry| {
            let report = Path::new(&entry.report);
            checked.contains(&report) || !report.exists()
        });
        let problem = |entry: &Entry| Problem {
            fatal: false,
            help: Some("--write-baseline writes it anew without such entries".to_owned()),
            ..Problem::of_file(
                &self.path.display().to_string(),
                format!("stale: {} no longer has {} [{}]", entry.report, entry.text, entry.rule),
            )
        };
        gone.map(problem).collect()
    }

    fn parse(path: &Path, text: &str) -> Result<Self, String> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let head = lines.next().and_then(|(_, line)| serde_json::from_str::<Head>(line).ok());
        match head {
            None => return Err("is no baseline of figlint; --write-baseline writes one".to_owned()),
            Some(Head { version: VERSION }) => {}
            Some(Head { version }) => {
                return Err(format!("has version {version}, and this figlint reads {VERSION}; write it anew"));
            }
        }
        let mut baseline = Self { path: path.to_path_buf(), entries: Vec::new(), unused: HashMap::new() };
        for (number, line) in lines {
            let entry: Entry = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
            baseline.unused.entry(entry.fingerprint.clone()).or_default().push(baseline.entries.len());
            baseline.entries.push(entry);
        }
        Ok(baseline)
    }
}

/// The text of a baseline with all findings of these reports.
pub fn text<'r>(reports: impl Iterator<Item = &'r Report>) -> String {
    let mut entries: BTreeSet<(Entry, usize)> = BTreeSet::new();
    for report in reports {
        for (number, finding) in report.findings.iter().filter(|finding| counts(finding)).enumerate() {
            let text = finding.arithmetic.clone().unwrap_or_else(|| finding.message.clone());
            let (rule, fingerprint) = (finding.rule.clone(), finding.fingerprint.clone());
            entries.insert((Entry { report: report.path.clone(), rule, text, fingerprint }, number));
        }
    }
    let mut out = format!("{{\"figlint-baseline\":{VERSION}}}\n");
    for (entry, _) in &entries {
        _ = writeln!(out, "{}", serde_json::to_string(entry).unwrap_or_default());
    }
    out
}

/// Whether a finding is one that a baseline keeps: errors and warnings.
fn counts(finding: &Finding) -> bool {
    finding.severity.is_some_and(|severity| severity >= Severity::Warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(fingerprints: &[&str]) -> Report {
        let finding = |fingerprint: &&str| Finding {
            severity: Some(Severity::Error),
            fingerprint: (*fingerprint).to_owned(),
            message: "wrong".to_owned(),
            ..Finding::default()
        };
        Report { path: "r.md".into(), findings: fingerprints.iter().map(finding).collect(), ..Report::default() }
    }

    #[test]
    fn only_what_is_new_is_new() {
        let text = text([report(&["a", "a", "b"])].iter());
        let mut baseline = Baseline::parse(Path::new("b"), &text).unwrap();
        let mut now = report(&["a", "c", "a", "a"]);
        baseline.mark(std::iter::once(&mut now));
        let known: Vec<_> = now.findings.iter().map(|finding| finding.known).collect();
        assert_eq!(known, [Some(true), Some(false), Some(true), Some(false)]);
        assert_eq!(baseline.stale(&[Path::new("r.md")]).len(), 1);
        assert!(baseline.stale(&[Path::new("other.md")]).len() == 1, "r.md is gone");
    }

    #[test]
    fn other_files_are_told() {
        for (text, why) in [
            ("", "is no baseline"),
            ("[]", "is no baseline"),
            ("{\"figlint-baseline\":9}\n", "has version 9"),
            ("{\"figlint-baseline\":1}\n{\"rule\":1}\n", "line 2"),
        ] {
            assert!(Baseline::parse(Path::new("b"), text).unwrap_err().contains(why), "{text}");
        }
    }
}
