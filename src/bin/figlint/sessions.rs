//! The sessions of a run: one for each figlint.toml, since rules, suppressions and what fails go with it.

use std::collections::HashSet;
use std::path::Path;

use figlint::check::{Options, Session, Suppressions};
use figlint::diagnostic::{Problem, Report, Rule, Severity};
use figlint::document::{Document, Language, Message};
use figlint::rule::RuleFile;

use crate::discover::Group;
use crate::settings::{self, Settings};

/// Everything that reports are checked with.
#[derive(Debug)]
pub struct Sessions {
    sessions: Vec<Configured>,
    problems: Vec<Problem>,
}

/// A session with what its figlint.toml says.
#[derive(Debug)]
struct Configured {
    config: Option<usize>,
    session: Session,
    /// From which severity on findings fail, where the file says it; `Some(None)`: none do.
    fail_on: Option<Option<Severity>>,
}

impl Sessions {
    /// Prepares a session for each group of rules.
    pub fn new(groups: Vec<Group>, settings: &mut Settings, options: &Options) -> Self {
        let mut problems = settings.problems().to_vec();
        let mut sessions = Vec::new();
        for group in groups {
            problems.extend(group.problems);
            let mut options = options.clone();
            let mut suppressions = Suppressions::default();
            let mut fail_on = None;
            if let Some(config) = group.config.map(|config| settings.get_mut(config)) {
                options.default_rounding = config.rounding.map(|setting| setting.value).or(options.default_rounding);
                fail_on = config.fail_on.map(|setting| setting.value);
                suppressions = Suppressions::new(config, settings::today());
            }
            let session = Session::new(group.files, options).with_suppressions(suppressions);
            problems.extend(session.problems().iter().cloned());
            sessions.push(Configured { config: group.config, session, fail_on });
        }
        Self { sessions, problems }
    }

    /// Checks a report whose figlint.toml is `config`.
    pub fn check(&self, config: Option<usize>, document: &Document) -> Report {
        self.of(config).session.check(document)
    }

    /// Checks a report and tells what its figures were, as far as that can be read.
    pub fn check_since(&self, config: Option<usize>, document: &Document, old: Result<Document, Message>) -> Report {
        let session = &self.of(config).session;
        let path = document.source.path.display().to_string();
        match old {
            Ok(old) => {
                let mut report = session.check_since(document, &old);
                let (then, now) = (old.source.encoding, document.source.encoding);
                if then != now {
                    report.remarks.push(match report.told_in {
                        Language::English => format!("was {then} then, and is {now} now"),
                        Language::Chinese => format!("当时为 {then} 编码，现为 {now}"),
                    });
                }
                report
            }
            Err(why) => {
                let mut report = session.check(document);
                let why = why.in_language(report.told_in);
                report.problems.push(Problem { fatal: false, ..Problem::of_file(&path, why) });
                report
            }
        }
    }

    /// From which severity on a report's findings fail, where its figlint.toml says it.
    pub fn fail_on(&self, config: Option<usize>) -> Option<Option<Severity>> {
        self.of(config).fail_on
    }

    /// What is wrong with the rules whatever the reports say; each may be told by several sessions.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The rule files of all sessions; one may be in several.
    pub fn files(&self) -> impl Iterator<Item = &RuleFile> {
        self.sessions.iter().flat_map(|one| &one.session.rules().files)
    }

    /// The rules that run, each once.
    pub fn rules(&self) -> Vec<Rule> {
        let (mut rules, mut seen) = (Vec::new(), HashSet::new());
        for rule in self.files().flat_map(|file| &file.rules) {
            if seen.insert(rule.id.as_str()) {
                let checks = || rule.checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join("; ");
                let about = rule.message.clone().unwrap_or_else(checks);
                rules.push(Rule { id: rule.id.clone(), about, help: rule.about.clone(), severity: rule.severity });
            }
        }
        rules
    }

    /// What belongs to no report; to be asked when all are checked. Each problem is told once, though a rule file may be in
    /// several sessions; and what is missed, such as a rule that was found in no report, only if all of them miss it, and if all
    /// reports were checked (`whole`).
    pub fn finish(&self, whole: bool) -> Vec<Problem> {
        let mut problems = self.problems.clone();
        let sessions = self.sessions.iter().filter(|_| whole);
        let finished: Vec<Vec<Problem>> = sessions.map(|one| one.session.finish()).collect();
        for problem in finished.iter().flatten() {
            let holds = |one: &&Configured| {
                let mut files = one.session.rules().files.iter();
                problem.path.as_deref().is_some_and(|path| files.any(|file| file.source.path == Path::new(path)))
            };
            let holders = self.sessions.iter().filter(holds).count();
            let told = finished.iter().flatten().filter(|other| same(other, problem)).count();
            if told >= holders {
                problems.push(problem.clone());
            }
        }
        let mut kept: Vec<Problem> = Vec::new();
        for problem in problems {
            if !kept.iter().any(|other| same(other, &problem)) {
                kept.push(problem);
            }
        }
        kept
    }

    fn of(&self, config: Option<usize>) -> &Configured {
        let own = self.sessions.iter().find(|one| one.config == config);
        own.unwrap_or(&self.sessions[0])
    }
}

fn same(a: &Problem, b: &Problem) -> bool {
    a.path == b.path && a.place == b.place && a.message == b.message
}
