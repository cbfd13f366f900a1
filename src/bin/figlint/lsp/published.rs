//! What the client was told of each file, put together from what the rules and the checks of reports say of it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::protocol::Diagnostic;

type ByFile = HashMap<PathBuf, Vec<Diagnostic>>;

/// Diagnostics by where they come from.
#[derive(Debug, Default)]
pub struct Published {
    /// From reading the rules.
    rules: ByFile,
    /// From checking each report.
    reports: HashMap<PathBuf, ByFile>,
    /// The files of which something was told last.
    told: HashSet<PathBuf>,
}

impl Published {
    /// Takes what is wrong with the rules; gives the files of which something else is to be told now.
    pub fn set_rules(&mut self, rules: ByFile) -> HashSet<PathBuf> {
        let old = std::mem::replace(&mut self.rules, rules);
        old.into_keys().chain(self.rules.keys().cloned()).collect()
    }

    /// Takes what the check of a report says, of it and of others; gives the files to be told of.
    pub fn set_report(&mut self, report: &Path, diagnostics: ByFile) -> HashSet<PathBuf> {
        let mut files: HashSet<PathBuf> = diagnostics.keys().cloned().collect();
        files.extend(self.reports.insert(report.to_path_buf(), diagnostics).unwrap_or_default().into_keys());
        files
    }

    /// Forgets a report that was closed; gives the files to be told of.
    pub fn forget(&mut self, report: &Path) -> HashSet<PathBuf> {
        self.reports.remove(report).unwrap_or_default().into_keys().chain([report.to_path_buf()]).collect()
    }

    /// All that is to be told of a file, each thing once; `None`: nothing is, and nothing was. `open` files are always
    /// told of.
    pub fn of(&mut self, file: &Path, open: bool) -> Option<Vec<&Diagnostic>> {
        let reports = self.reports.values().filter_map(|files| files.get(file));
        let mut all: Vec<&Diagnostic> = Vec::new();
        for diagnostic in self.rules.get(file).into_iter().chain(reports).flatten() {
            let same = |other: &&Diagnostic| other.message == diagnostic.message && other.range == diagnostic.range;
            // Only rule files are told of from several sides; a report's own findings are many, and each is its own.
            let is_new = self.reports.contains_key(file) || !all.iter().any(same);
            if is_new {
                all.push(diagnostic);
            }
        }
        let was_told = if all.is_empty() { self.told.remove(file) } else { !self.told.insert(file.to_path_buf()) };
        (!all.is_empty() || was_told || open).then_some(all)
    }
}
