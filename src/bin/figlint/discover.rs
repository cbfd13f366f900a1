//! Which rules run: those of `--rules`, those beside reports.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use figlint::check::Reach;
use figlint::diagnostic::Problem;
use figlint::rule::{self, RuleFile};
use figlint::span::LineIndex;
use ignore::WalkBuilder;

use crate::arguments::RuleOptions;

/// The rule files of a run, and what is wrong in them.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The rule files, each once, and the reports they are for.
    pub files: Vec<(RuleFile, Reach)>,
    /// Errors in them, and files that cannot be read.
    pub problems: Vec<Problem>,
    /// Where a file stands in `files`, by its canonical path.
    known: HashMap<PathBuf, usize>,
}

/// Finds the rule files for these reports.
pub fn rules(options: &RuleOptions, reports: &[&Path]) -> Discovered {
    let mut discovered = Discovered::default();
    for path in &options.rule_files {
        discovered.add(path, Reach::Every);
    }
    if !options.no_config {
        for report in reports {
            let sidecar = report.with_extension("figlint.toml");
            if sidecar.is_file() {
                discovered.add(&sidecar, Reach::Only(report.to_path_buf()));
            }
        }
    }
    discovered
}

impl Discovered {
    /// Adds a rule file, or those in a folder and the folders in it.
    pub fn add(&mut self, path: &Path, reach: Reach) {
        if !path.is_dir() {
            return self.add_file(path, reach);
        }
        let before = self.files.len();
        for entry in WalkBuilder::new(path).require_git(false).sort_by_file_name(Ord::cmp).build() {
            match entry {
                Ok(entry) if is_rule_file(entry.path()) => self.add_file(entry.path(), reach.clone()),
                Ok(_) => {}
                Err(error) => self.problems.push(Problem::of_file(&path.display().to_string(), error.to_string())),
            }
        }
        if self.files.len() == before && self.problems.is_empty() {
            self.problems.push(Problem::of_file(&path.display().to_string(), "holds no rule file (.toml)"));
        }
    }

    fn add_file(&mut self, path: &Path, reach: Reach) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if let Some(&at) = self.known.get(&canonical) {
            // `--rules` comes first and reaches furthest; a rule file is parsed once.
            if self.files[at].1 == Reach::Every || self.files[at].1 == reach {
                return;
            }
        }
        let text = match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => return self.refuse(path, "a rule file must be UTF-8"),
            Err(error) => return self.refuse(path, &error.to_string()),
        };
        let (file, errors) = rule::parse(path, text.trim_start_matches('\u{feff}'));
        let lines = LineIndex::new(&file.source.text);
        self.problems.extend(errors.iter().map(|error| error.problem_in(&file.source.text, &lines)));
        self.known.insert(canonical, self.files.len());
        self.files.push((file, reach));
    }

    fn refuse(&mut self, path: &Path, why: &str) {
        self.problems.push(Problem::of_file(&path.display().to_string(), why));
    }
}

/// Whether a file met in a folder holds rules.
fn is_rule_file(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == "toml") && !path.ends_with("figlint.toml")
}
