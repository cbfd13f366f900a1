//! The rules of the open reports, found as the command line finds them, and what is wrong with them.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use figlint::check::{Options, detect};
use figlint::diagnostic::{Problem, Report, Severity};
use figlint::document::Document;
use figlint::rule::{self, RuleFile, config};
use figlint::span::{LineIndex, Units};

use super::protocol::{Diagnostic, Location, Snapshot};
use super::{findings, uri};
use crate::arguments::RuleOptions;
use crate::discover;
use crate::sessions::Sessions;
use crate::settings::Settings;
use crate::texts::Texts;

/// The open documents, as far as rules depend on them.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    /// The texts of rule files and figlint.toml as the client has them.
    pub texts: Texts,
    /// The open reports.
    pub reports: Vec<PathBuf>,
    /// The open rule files and figlint.toml, and whether their names alone say that they are.
    pub tomls: Vec<(PathBuf, bool)>,
}

/// The rules of the open reports.
#[derive(Debug)]
pub struct Workspace {
    opened: Opened,
    /// The open reports that are to be checked, and their figlint.toml.
    wanted: HashMap<PathBuf, Option<usize>>,
    sessions: Sessions,
    /// The same, made to give the bodies of reports.
    telling: OnceLock<Sessions>,
    /// The rules, each once.
    pub rules: Vec<Known>,
    /// Errors in rule files and figlint.toml.
    problems: Vec<Problem>,
    /// The open TOML files that turned out to be rule files or figlint.toml.
    pub tomls: HashSet<PathBuf>,
    units: Units,
}

/// A rule as editors are told of it.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: String,
    pub severity: Severity,
    pub message: Option<String>,
    pub about: Option<String>,
    /// Whether it is built in.
    pub builtin: bool,
    /// Its checks as written, and where they stand.
    pub checks: Vec<(String, Option<Location>)>,
    /// Where its id stands; `None`: it is built in.
    pub place: Option<Location>,
}

impl Default for Workspace {
    /// Where nothing is open.
    fn default() -> Self {
        Self::new(Opened::default(), Units::Utf16)
    }
}

impl Workspace {
    /// Reads all rules anew.
    pub fn new(opened: Opened, units: Units) -> Self {
        let mut settings = Settings::new(false).with_texts(opened.texts.clone());
        let wanted: HashMap<PathBuf, Option<usize>> = opened
            .reports
            .iter()
            .filter(|report| settings.wants(report))
            .cloned()
            .collect::<Vec<_>>()
            .into_iter()
            .map(|report| (report.clone(), settings.of(&report)))
            .collect();
        let sessions = sessions(&wanted, &mut settings, &Options { keep: true, ..Options::default() });
        let mut problems = sessions.problems().to_vec();
        let mut tomls = HashSet::new();
        for (path, is_sure) in &opened.tomls {
            if *is_sure || is_named(path, &mut settings) || sessions.files().any(|file| file.source.path == *path) {
                problems.extend(own_problems(path, &opened.texts));
                tomls.insert(path.clone());
            }
        }
        let rules = known(&sessions, units);
        Self { opened, wanted, sessions, telling: OnceLock::new(), rules, problems: once(problems), tomls, units }
    }

    /// Whether a report is checked at all: figlint.toml may leave it out.
    pub fn wants(&self, report: &Path) -> bool {
        self.wanted.contains_key(report)
    }

    /// Checks a report; `all`: with its body, which tells of all its figures and checks.
    pub fn check(&self, document: &Document, all: bool) -> Report {
        let config = self.wanted.get(&document.source.path).copied().flatten();
        if !all {
            return self.sessions.check(config, document);
        }
        let telling = self.telling.get_or_init(|| {
            let mut settings = Settings::new(false).with_texts(self.opened.texts.clone());
            sessions(&self.wanted, &mut settings, &Options { body: true, ..Options::default() })
        });
        telling.check(config, document)
    }

    /// What is wrong in rule files and figlint.toml, by file; the open ones are there even if nothing is.
    pub fn diagnostics(&self) -> HashMap<PathBuf, Vec<Diagnostic>> {
        let mut by_file: HashMap<PathBuf, Vec<Diagnostic>> =
            self.tomls.iter().map(|path| (path.clone(), Vec::new())).collect();
        self.sort(&self.problems, &mut by_file);
        by_file
    }

    /// Adds problems to their files' diagnostics; those of no file are left out.
    pub fn sort(&self, problems: &[Problem], by_file: &mut HashMap<PathBuf, Vec<Diagnostic>>) {
        let mut snapshots: HashMap<PathBuf, Option<Snapshot>> = HashMap::new();
        for problem in problems {
            let Some(path) = problem.path.as_ref().and_then(|path| std::path::absolute(path).ok()) else { continue };
            let read = || self.opened.texts.read(&path).ok().map(Snapshot::new);
            let snapshot = snapshots.entry(path.clone()).or_insert_with(read);
            let diagnostic = findings::of_problem(problem, snapshot.as_ref(), self.units);
            by_file.entry(path).or_default().push(diagnostic);
        }
    }

    /// The rule with an id.
    pub fn rule(&self, id: &str) -> Option<&Known> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

fn sessions(wanted: &HashMap<PathBuf, Option<usize>>, settings: &mut Settings, options: &Options) -> Sessions {
    let mut reports: Vec<&Path> = wanted.keys().map(PathBuf::as_path).collect();
    reports.sort_unstable();
    let none = RuleOptions { rule_files: Vec::new(), no_config: false };
    let groups = discover::groups(&none, &|_| true, &reports, settings);
    Sessions::new(groups, settings, options)
}

/// Whether the nearest figlint.toml names a rule file.
fn is_named(path: &Path, settings: &mut Settings) -> bool {
    let Some(config) = settings.of(path) else { return false };
    let (files, _) = settings.get(config).rule_files();
    files.iter().any(|file| std::path::absolute(file).is_ok_and(|file| file == path))
}

/// Errors in an open file, whether any report uses it or not.
fn own_problems(path: &Path, texts: &Texts) -> Vec<Problem> {
    let Ok(text) = texts.read(path) else { return Vec::new() };
    let is_config = path.file_name().is_some_and(|name| name == crate::settings::NAME);
    let errors = if is_config { config::parse(path, &text).1 } else { rule::parse(path, &text).1 };
    let lines = LineIndex::new(&text);
    errors.iter().map(|error| error.problem_in(&text, &lines)).collect()
}

/// Each problem once: paths may be told relative and absolute.
fn once(problems: Vec<Problem>) -> Vec<Problem> {
    let absolute = |problem: &Problem| problem.path.as_ref().and_then(|path| std::path::absolute(path).ok());
    let mut seen = HashSet::new();
    let key = |problem: &Problem| (absolute(problem), problem.place.line_column, problem.message.clone());
    problems.into_iter().filter(|problem| seen.insert(key(problem))).collect()
}

/// The rules that run, each once, and the built-in checks that are switched off.
fn known(sessions: &Sessions, units: Units) -> Vec<Known> {
    let (mut known, mut seen) = (Vec::new(), HashSet::new());
    let builtin: HashSet<&str> = detect::ids().collect();
    let all = detect::rule_files(|_| true);
    for file in sessions.files().chain(&all) {
        let snapshot = Snapshot::new(file.source.text.to_string());
        for rule in &file.rules {
            if seen.insert(rule.id.clone()) {
                known.push(known_rule(file, rule, &snapshot, builtin.contains(rule.id.as_str()), units));
            }
        }
    }
    known
}

fn known_rule(file: &RuleFile, rule: &rule::Rule, snapshot: &Snapshot, builtin: bool, units: Units) -> Known {
    let at = |span| {
        let range = snapshot.range(span, units);
        (!builtin).then(|| Location { uri: uri::of_path(&file.source.path), range })
    };
    Known {
        id: rule.id.clone(),
        severity: rule.severity,
        message: rule.message.clone(),
        about: rule.about.clone(),
        builtin,
        checks: rule.checks.iter().map(|check| (check.text.clone(), at(check.span))).collect(),
        place: at(rule.id_span),
    }
}
