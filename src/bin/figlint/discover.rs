//! Which rules run: those of `--rules`, those beside reports, those that figlint.toml names.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use figlint::check::Reach;
use figlint::diagnostic::Problem;
use figlint::rule::{self, RuleFile};
use figlint::span::LineIndex;
use ignore::WalkBuilder;

use crate::arguments::RuleOptions;
use crate::settings::{self, Settings};

/// The rule files of a run, and what is wrong in them.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The rule files, each once, and the reports they are for.
    pub files: Vec<(RuleFile, Reach)>,
    /// Errors in them, and files that cannot be read.
    pub problems: Vec<Problem>,
    /// Those already in `files`, by their canonical path.
    known: HashMap<PathBuf, Reach>,
}

/// Finds the rule files for these reports. What reaches furthest comes first, so that it is not narrowed by what follows.
pub fn rules(options: &RuleOptions, reports: &[&Path], settings: &mut Settings) -> Discovered {
    let mut discovered = Discovered::default();
    for path in &options.rule_files {
        discovered.add(path, &Reach::Every);
    }
    reports.iter().for_each(|report| _ = settings.of(report));
    let mut adjusted: HashSet<String> = HashSet::new();
    for placed in settings.all() {
        let (files, problems) = placed.rule_files();
        discovered.problems.extend(problems);
        let first = discovered.files.len();
        files.iter().for_each(|file| discovered.add(file, &Reach::Named));
        for (file, _) in &mut discovered.files[first..] {
            adjusted.extend(placed.adjust(file).into_iter().map(str::to_owned));
        }
    }
    if !options.no_config {
        reports.iter().for_each(|report| discovered.add_sidecar(report, settings, &mut adjusted));
    }
    discovered.problems.extend(settings.problems().iter().cloned());
    discovered.problems.extend(unknown_checks(settings, &adjusted));
    discovered
}

impl Discovered {
    /// Adds a rule file, or those in a folder and the folders in it.
    pub fn add(&mut self, path: &Path, reach: &Reach) {
        if !path.is_dir() {
            return self.add_file(path, reach);
        }
        let mut empty = true;
        for entry in WalkBuilder::new(path).require_git(false).sort_by_file_name(Ord::cmp).build() {
            match entry {
                Ok(entry) if is_rule_file(entry.path()) => {
                    empty = false;
                    self.add_file(entry.path(), reach);
                }
                Ok(_) => {}
                Err(error) => self.refuse(path, error.to_string()),
            }
        }
        if empty {
            self.refuse(path, "holds no rule file (.toml)");
        }
    }

    fn add_sidecar(&mut self, report: &Path, settings: &mut Settings, adjusted: &mut HashSet<String>) {
        let sidecar = report.with_extension("figlint.toml");
        if !sidecar.is_file() {
            return;
        }
        let first = self.files.len();
        self.add(&sidecar, &Reach::Only(report.to_path_buf()));
        if let (Some(placed), Some((file, _))) = (settings.of(report), self.files.get_mut(first)) {
            adjusted.extend(placed.adjust(file).into_iter().map(str::to_owned));
        }
    }

    fn add_file(&mut self, path: &Path, reach: &Reach) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if self.known.get(&canonical).is_some_and(|known| *known == Reach::Every || known == reach) {
            return;
        }
        let text = match settings::read_text(path) {
            Ok(text) => text,
            Err(why) => return self.refuse(path, why),
        };
        let (file, errors) = rule::parse(path, &text);
        let lines = LineIndex::new(&text);
        self.problems.extend(errors.iter().map(|error| error.problem_in(&text, &lines)));
        self.known.insert(canonical, reach.clone());
        self.files.push((file, reach.clone()));
    }

    fn refuse(&mut self, path: &Path, why: impl Into<String>) {
        self.problems.push(Problem::of_file(&path.display().to_string(), why));
    }
}

/// The checks that figlint.toml sets and that there are not.
fn unknown_checks(settings: &Settings, known: &HashSet<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for placed in settings.all() {
        for setting in placed.config.checks.iter().filter(|setting| !known.contains(&setting.id)) {
            let near = known.iter().filter(|id| strsim::damerau_levenshtein(id, &setting.id) <= 2).min();
            let help = near.map(|id| format!("did you mean `{id}`?"));
            problems.push(placed.problem(setting.id_span, format!("there is no rule `{}`", setting.id), help));
        }
    }
    problems
}

/// Whether a file met in a folder holds rules.
fn is_rule_file(path: &Path) -> bool {
    path.is_file()
        && path.extension().is_some_and(|extension| extension == "toml")
        && path.file_name().is_some_and(|name| name != settings::NAME)
}
