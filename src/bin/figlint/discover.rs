//! Which rules run on which reports: those of `--rules`, those that the nearest figlint.toml names, those beside reports.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use figlint::check::{Reach, detect};
use figlint::diagnostic::Problem;
use figlint::rule::{self, RuleFile};
use figlint::span::LineIndex;
use ignore::WalkBuilder;

use crate::arguments::RuleOptions;
use crate::settings::{self, Placed, Settings};
use crate::texts::Texts;

/// The rules of the reports that share a figlint.toml, or that have none.
#[derive(Debug, Default)]
pub struct Group {
    /// The figlint.toml, as [`Settings`] counts them.
    pub config: Option<usize>,
    /// The rule files, each once, and the reports that they are run on.
    pub files: Vec<(RuleFile, Reach)>,
    /// Errors in the rule files, and files that cannot be read.
    pub problems: Vec<Problem>,
    /// The rule files that were added, by their canonical path, as indices into `files`.
    known: HashMap<PathBuf, usize>,
    /// The rules that figlint.toml says something of.
    adjusted: HashSet<String>,
    texts: Texts,
}

/// Finds the rules for these reports, a group for each figlint.toml; without reports for the current folder.
/// `builtin` says which built-in checks run.
pub fn groups(
    options: &RuleOptions,
    builtin: &dyn Fn(&str) -> bool,
    reports: &[&Path],
    settings: &mut Settings,
) -> Vec<Group> {
    let mut by_config: BTreeMap<Option<usize>, Vec<&Path>> = BTreeMap::new();
    for report in reports {
        by_config.entry(settings.of(report)).or_default().push(report);
    }
    if by_config.is_empty() {
        by_config.insert(settings.of(Path::new("report")), Vec::new());
    }
    let new = |(config, reports): (_, Vec<&Path>)| Group::new(options, builtin, config, &reports, settings);
    by_config.into_iter().map(new).collect()
}

impl Group {
    fn new(
        options: &RuleOptions,
        builtin: &dyn Fn(&str) -> bool,
        config: Option<usize>,
        reports: &[&Path],
        settings: &Settings,
    ) -> Self {
        let mut group = Self { config, texts: settings.texts().clone(), ..Self::default() };
        let placed = config.map(|config| settings.get(config));
        group.add_builtin(builtin, placed);
        for path in &options.rule_files {
            group.add(path, &Reach::Every, placed);
        }
        if let Some(placed) = placed {
            let (files, problems) = placed.rule_files();
            group.problems.extend(problems);
            files.iter().for_each(|file| group.add(file, &Reach::Named, Some(placed)));
        }
        if !options.no_config {
            reports.iter().for_each(|report| group.add_sidecar(report, placed));
        }
        if let Some(placed) = placed {
            group.problems.extend(placed.unknown_checks(&group.adjusted, &group.ids()));
        }
        group
    }

    /// The ids of the rules.
    pub fn ids(&self) -> Vec<&str> {
        self.files.iter().flat_map(|(file, _)| &file.rules).map(|rule| rule.id.as_str()).collect()
    }

    /// Adds the built-in checks that are wanted, as figlint.toml sets them.
    pub fn add_builtin(&mut self, wanted: &dyn Fn(&str) -> bool, placed: Option<&Placed>) {
        for mut file in detect::rule_files(wanted) {
            if let Some(placed) = placed {
                self.adjusted.extend(placed.adjust(&mut file).into_iter().map(str::to_owned));
            }
            self.files.push((file, Reach::Every));
        }
        // What is switched off on the command line is still a check that figlint.toml may name.
        self.adjusted.extend(detect::ids().filter(|id| !wanted(id)).map(str::to_owned));
    }

    /// Adds a rule file, or those in a folder and the folders in it.
    pub fn add(&mut self, path: &Path, reach: &Reach, placed: Option<&Placed>) {
        if !path.is_dir() {
            return self.add_file(path, reach, placed);
        }
        let mut empty = true;
        for entry in WalkBuilder::new(path).require_git(false).sort_by_file_name(Ord::cmp).build() {
            match entry {
                Ok(entry) if is_rule_file(entry.path()) => {
                    empty = false;
                    self.add_file(entry.path(), reach, placed);
                }
                Ok(_) => {}
                Err(error) => self.refuse(path, error.to_string()),
            }
        }
        if empty {
            self.refuse(path, "holds no rule file (.toml)");
        }
    }

    fn add_sidecar(&mut self, report: &Path, placed: Option<&Placed>) {
        let sidecar = report.with_extension("figlint.toml");
        if self.texts.is_file(&sidecar) {
            self.add_file(&sidecar, &Reach::Only(vec![report.to_path_buf()]), placed);
        }
    }

    /// Adds a rule file. One that was added before is not read again: what reaches further was added first, and a sidecar
    /// may serve several reports.
    fn add_file(&mut self, path: &Path, reach: &Reach, placed: Option<&Placed>) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if let Some(&at) = self.known.get(&canonical) {
            if let (Reach::Only(all), Reach::Only(more)) = (&mut self.files[at].1, reach) {
                all.extend_from_slice(more);
            }
            return;
        }
        let text = match self.texts.read(path) {
            Ok(text) => text,
            Err(why) => return self.refuse(path, why),
        };
        let (mut file, errors) = rule::parse(path, &text);
        if let Some(placed) = placed {
            self.adjusted.extend(placed.adjust(&mut file).into_iter().map(str::to_owned));
        }
        let lines = LineIndex::new(&text);
        self.problems.extend(errors.iter().map(|error| error.problem_in(&text, &lines)));
        self.known.insert(canonical, self.files.len());
        self.files.push((file, reach.clone()));
    }

    fn refuse(&mut self, path: &Path, why: impl Into<String>) {
        self.problems.push(Problem::of_file(&path.display().to_string(), why));
    }
}

/// What an unknown id was most likely meant to be, as a hint.
pub fn meant(id: &str, ids: &[&str]) -> Option<String> {
    let near = ids.iter().map(|other| (strsim::damerau_levenshtein(other, id), other)).min()?;
    let close = near.0 <= (id.chars().count() / 3).max(1);
    close.then(|| format!("did you mean `{}`?", near.1))
}

/// The sidecars of the reports in a folder and the folders in it, in order.
pub fn sidecars(folder: &Path) -> Vec<PathBuf> {
    let all = WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build().flatten();
    let sidecar = |path: &Path| path.to_string_lossy().ends_with(".figlint.toml") && is_rule_file(path);
    all.map(|entry| entry.path().strip_prefix(".").unwrap_or(entry.path()).to_path_buf())
        .filter(|path| sidecar(path))
        .collect()
}

/// Whether a file met in a folder holds rules.
fn is_rule_file(path: &Path) -> bool {
    path.is_file()
        && path.extension().is_some_and(|extension| extension == "toml")
        && path.file_name().is_some_and(|name| name != settings::NAME)
}
