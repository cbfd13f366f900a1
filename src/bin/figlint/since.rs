//! `--since`: which reports are to be checked, and what they were.
//!
//! A report is checked if it differs from the revision, if the revision does not know it, or if what it is checked by differs:
//! a rule file that reaches it, a file that such rules take figures from, its figlint.toml.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use figlint::check::{Reach, is_named};
use figlint::document::{Document, Message};
use figlint::read;
use figlint::rule::RuleFile;

use crate::discover::Group;
use crate::git::{self, Repository};
use crate::settings::{self, Settings};

/// The repositories of a run's reports, compared with a revision.
#[derive(Debug)]
pub struct Since {
    revision: String,
    repositories: Vec<Repository>,
    /// The repository around a folder, as an index.
    by_folder: HashMap<PathBuf, Option<usize>>,
}

/// A rule file that changed: its figlint.toml, the file, and the reports it is run on.
type ChangedRules<'g> = (Option<usize>, &'g RuleFile, &'g Reach);

impl Since {
    /// Compares the repositories of these reports with a revision. That none of them is in one is an error; one that is not
    /// is checked, as everything is that the revision does not know.
    pub fn new(revision: &str, reports: &[&Path]) -> Result<Self, String> {
        let told = |why: String| format!("--since {revision}: {why}");
        let mut since = Self { revision: revision.to_owned(), repositories: Vec::new(), by_folder: HashMap::new() };
        let mut tops: HashMap<PathBuf, usize> = HashMap::new();
        for folder in reports.iter().filter_map(|report| folder_of(&on_disk(report))) {
            if since.by_folder.contains_key(&folder) {
                continue;
            }
            let at = match git::top(&folder).map_err(told)? {
                Some(top) if tops.contains_key(&top) => Some(tops[&top]),
                Some(top) => {
                    since.repositories.push(Repository::compare(top.clone(), revision).map_err(told)?);
                    tops.insert(top, since.repositories.len() - 1);
                    Some(since.repositories.len() - 1)
                }
                None => None,
            };
            since.by_folder.insert(folder, at);
        }
        if since.repositories.is_empty() && !since.by_folder.is_empty() {
            return Err(told("there is no git repository here".to_owned()));
        }
        Ok(since)
    }

    /// The rule files that differ from the revision, or take figures from files that do.
    pub fn changed_rules<'g>(&self, groups: &'g [Group]) -> Vec<ChangedRules<'g>> {
        let of_group = |group: &'g Group| group.files.iter().map(|(file, reach)| (group.config, file, reach));
        groups.iter().flat_map(of_group).filter(|(_, file, _)| self.rules_changed(file)).collect()
    }

    /// Whether a report is to be checked; `rules` are those of [`Since::changed_rules`].
    pub fn wants(&self, report: &Path, rules: &[ChangedRules], settings: &mut Settings) -> bool {
        let config = settings.of(report);
        self.is_changed(&on_disk(report))
            || config.is_some_and(|at| self.is_changed(&settings.get(at).path()))
            || rules.iter().any(|(of, file, reach)| *of == config && reaches(file, reach, report))
            || self.lost_rules(report)
    }

    /// What a report was; `None`: it was not there. `Err`: it cannot be read, and why.
    pub fn earlier(&self, report: &Path, options: &read::Options) -> Option<Result<Document, Message>> {
        // What is inside an archive has no history of its own.
        let path = resolved(report)?;
        let bytes = self.repository(&path)?.earlier(&path, options.max_size())?;
        let document = |bytes: Vec<u8>| {
            // It may have been in another encoding than the one told for today's.
            let as_told = options.encoding.as_ref().map(|_| read::bytes(report, bytes.clone(), options));
            let as_told = as_told.and_then(Result::ok).filter(|document| document.problems.is_empty());
            let detected = read::Options { encoding: None, ..options.clone() };
            as_told.map_or_else(|| read::bytes(report, bytes, &detected).map_err(|error| error.reason()), Ok)
        };
        let untold = |why: Message| {
            Message::new(
                format!("what it printed at {} is not told: {}", self.revision, why.english),
                format!("无法给出它在 {} 时的内容：{}", self.revision, why.chinese),
            )
        };
        Some(bytes.and_then(document).map_err(untold))
    }

    /// The revision as it was given.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    fn rules_changed(&self, file: &RuleFile) -> bool {
        // The built-in rules stand in no file.
        let paths = [file.source.path.as_path()].into_iter().chain(file.sources()).filter(|path| path.is_file());
        paths.into_iter().any(|path| self.is_changed(path))
    }

    /// Whether rules or settings that the report had are gone.
    fn lost_rules(&self, report: &Path) -> bool {
        let Some(path) = resolved(report) else { return false };
        let Some(repository) = self.repository(&path) else { return false };
        let configs = path.ancestors().skip(1).map(|folder| folder.join(settings::NAME));
        configs.chain([path.with_extension("figlint.toml")]).any(|file| repository.is_gone(&file))
    }

    fn is_changed(&self, path: &Path) -> bool {
        let Some(path) = resolved(path) else { return true };
        self.repository(&path).is_none_or(|repository| repository.is_changed(&path))
    }

    /// The repository that holds a file (a resolved path); that of a folder above it, where its own was not asked for.
    fn repository(&self, path: &Path) -> Option<&Repository> {
        let at = path.ancestors().skip(1).find_map(|folder| self.by_folder.get(folder).copied());
        at.flatten()
            .map(|at| &self.repositories[at])
            .or_else(|| self.repositories.iter().find(|repository| repository.holds(path)))
    }
}

/// Whether a rule file is run on a report.
fn reaches(file: &RuleFile, reach: &Reach, report: &Path) -> bool {
    match reach {
        Reach::Every => true,
        Reach::Named => std::path::absolute(report).is_ok_and(|report| is_named(file, &report)),
        Reach::Only(only) => only.iter().any(|only| only == report),
    }
}

/// The file that holds a report: itself, or the archive it is in.
fn on_disk(report: &Path) -> PathBuf {
    report.ancestors().find(|path| path.is_file()).unwrap_or(report).to_path_buf()
}

fn folder_of(path: &Path) -> Option<PathBuf> {
    resolved(path)?.parent().map(Path::to_path_buf)
}

/// A path without links; of a file that is not there, its folder's.
fn resolved(path: &Path) -> Option<PathBuf> {
    let there = path.canonicalize().ok();
    there.or_else(|| {
        let path = std::path::absolute(path).ok()?;
        Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?))
    })
}
