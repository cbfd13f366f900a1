//! The sessions of a run: one for each figlint.toml, since rules, suppressions and what fails go with it.

use std::collections::HashSet;
use std::path::Path;

use figlint::check::{Options, Session, Suppressions};
use figlint::diagnostic::{Problem, Report, Rule, Severity};
use figlint::document::Document;

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
                options.default_rounding = config.rounding.map_or(options.default_rounding, |setting| setting.value);
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

    /// From which severity on a report's findings fail, where its figlint.toml says it.
    pub fn fail_on(&self, config: Option<usize>) -> Option<Option<Severity>> {
        self.of(config).fail_on
    }

    /// The rules that run, each once.
    pub fn rules(&self) -> Vec<Rule> {
        let (mut rules, mut seen) = (Vec::new(), HashSet::new());
        let files = self.sessions.iter().flat_map(|one| &one.session.rules().files);
        for rule in files.flat_map(|file| &file.rules) {
            if seen.insert(rule.id.as_str()) {
                let checks = || rule.checks.iter().map(|check| check.text.as_str()).collect::<Vec<_>>().join("; ");
                let about = rule.message.clone().unwrap_or_else(checks);
                rules.push(Rule { id: rule.id.clone(), about, help: rule.about.clone(), severity: rule.severity });
            }
        }
        rules
    }

    /// What belongs to no report; to be asked when all are checked. Each problem is told once, though a rule file may be in
    /// several sessions; and what is missed, such as a rule that was found in no report, only if all of them miss it.
    pub fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems;
        let finished: Vec<Vec<Problem>> = self.sessions.iter().map(|one| one.session.finish()).collect();
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
