//! Checking: rules are bound to the figures of a report, every check is judged, and what fails is explained.

mod arithmetic;
pub mod bind;
pub mod blame;
mod body;
mod coverage;
mod culprit;
pub mod detect;
mod earlier;
mod elsewhere;
pub mod evaluate;
pub mod example;
mod expectation;
mod judge;
pub mod listing;
mod numerals;
mod present;
pub mod printed;
mod relation;
pub mod slip;
mod stated;
mod suppress;
mod trouble;

pub use present::{decimal, open_ends, place_view};
pub use relation::Relation;
pub use suppress::{Day, Suppressions};

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diagnostic::{CheckCounts, Problem, Report, Verdict};
use crate::document::{Document, Language};
use crate::figure::{self, Rounding};
use crate::parallel;
use crate::rule::{Rule, RuleFile, RuleSet};
use bind::{Absent, Binder, Book, Meant, Trouble};
use detect::{Given, Kept};
use earlier::Earlier;
use judge::Judged;
use present::Presenter;
use rustc_hash::FxHashMap;
use suppress::Applied;

/// How reports are checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The rounding that goes before what rules and rule files say.
    pub rounding: Option<Rounding>,
    /// The rounding where rules and rule files say nothing; `None`: as the report says, else to the nearest.
    pub default_rounding: Option<Rounding>,
    /// The language of messages; `None`: each report's own.
    pub language: Option<Language>,
    /// Whether checks that pass become findings too.
    pub show_holds: bool,
    /// Whether reports tell which of their figures are checked ([`Report::coverage`]).
    pub coverage: bool,
    /// Whether reports come with the whole of their text, figures and checks ([`Report::body`]).
    pub body: bool,
    /// Whether what is found in the parts of a report is kept, so that its next check looks only at those that changed. It tells
    /// the same then, and takes memory for as long as the session lasts.
    pub keep: bool,
}

/// Which reports a rule file is run on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Every report.
    Every,
    /// The reports that its `files` names; every report where it names none.
    Named,
    /// These reports, as their paths were given (a sidecar's).
    Only(Vec<PathBuf>),
}

/// Rules ready to be run on reports. One session serves all reports of a run, from any number of threads.
///
/// ```
/// use std::path::Path;
/// use figlint::check::{Options, Reach, Session};
///
/// let (file, errors) = figlint::rule::parse(Path::new("rules.toml"), r#"
///     [[rule]]
///     id    = "closed"
///     find  = "受理{received}件,办结{closed}件,办结率{rate}"
///     check = "rate = closed / received"
/// "#);
/// assert!(errors.is_empty());
/// let session = Session::new(vec![(file, Reach::Every)], Options::default());
/// let text = "全年受理528件，办结510件，办结率96.5%。".as_bytes().to_vec();
/// let document = figlint::read::bytes(Path::new("report.txt"), text, &Default::default()).unwrap();
/// let report = session.check(&document);
/// assert_eq!(report.findings[0].computed.as_ref().unwrap().shown, "96.6%");
/// ```
#[derive(Debug)]
pub struct Session {
    rules: RuleSet,
    reach: Vec<Reach>,
    book: Book,
    elsewhere: Vec<Vec<Option<Meant>>>,
    problems: Vec<Problem>,
    /// By report: what only all of them together can tell. A report that is checked again is seen anew.
    seen: Mutex<FxHashMap<PathBuf, Seen>>,
    /// By report: what was found in its parts ([`Options::keep`]).
    kept: Mutex<FxHashMap<PathBuf, Kept>>,
    /// By rule file: how many rules expect to be found.
    expecting: Vec<usize>,
    suppressions: Suppressions,
    options: Options,
}

/// What was seen in a report.
#[derive(Debug)]
struct Seen {
    /// By rule file: whether it was run on it.
    files: Vec<bool>,
    /// The rules that were found in it, by file and rule.
    found: Vec<(u32, u32)>,
    /// What of the others no table of it has.
    absent: Vec<((u32, u32), Absent)>,
    /// What the suppressions did.
    applied: Applied,
}

impl Session {
    /// Prepares rule files. Figures that they take from other files are read here; what cannot be read becomes a problem of
    /// the session ([`Session::problems`]).
    /// So do ids that were given before.
    pub fn new(files: Vec<(RuleFile, Reach)>, options: Options) -> Self {
        let mut rules = RuleSet::default();
        let mut reach = Vec::new();
        let mut problems = Vec::new();
        for (file, own_reach) in files {
            let text = file.source.text.clone();
            problems.extend(rules.add(file).iter().map(|error| error.problem(&text)));
            reach.push(own_reach);
        }
        let book = Book::new(&rules);
        let (rounding, language) = (options.default_rounding.unwrap_or_default(), options.language.unwrap_or_default());
        let (elsewhere, unread) = elsewhere::load(&rules, rounding, language);
        problems.extend(unread);
        let (seen, kept) = (Mutex::default(), Mutex::default());
        let suppressions = Suppressions::default();
        let expecting = rules.files.iter().map(expectation::expecting).collect();
        Self { rules, reach, book, elsewhere, problems, seen, kept, expecting, suppressions, options }
    }

    /// The same with findings that are to be suppressed.
    pub fn with_suppressions(mut self, suppressions: Suppressions) -> Self {
        self.suppressions = suppressions;
        self
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What could not be read when the session was made.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The language of messages about a report.
    fn language_of(&self, document: &Document) -> Language {
        self.options.language.unwrap_or(document.language)
    }

    /// Checks a report.
    pub fn check(&self, document: &Document) -> Report {
        self.check_with(document, None)
    }

    /// Checks a report; its figures tell what an earlier version of it printed in their place
    /// ([`FigureView::earlier`](crate::diagnostic::FigureView)).
    pub fn check_since(&self, document: &Document, old: &Document) -> Report {
        self.check_with(document, Some(&Earlier::new(old, document)))
    }

    fn check_with(&self, document: &Document, earlier: Option<&Earlier>) -> Report {
        let files = self.files_for(&document.source.path);
        let said = figure::said_rounding(document.text());
        let default_rounding = self.options.default_rounding.or(said).unwrap_or_default();
        let binder = Binder {
            rules: &self.rules,
            book: &self.book,
            rounding: default_rounding,
            forced_rounding: self.options.rounding,
            elsewhere: &self.elsewhere,
        };
        let mut kept = self.options.keep.then(|| self.take_kept(document));
        let read = kept.as_mut().map(|kept| &mut kept.read);
        let (mut reading, found) = binder.read(document, &files, self.needs_all_figures(&files), read);
        let binding = binder.bind(&mut reading, found, &files);
        let detected = {
            let rounding = self.options.rounding.unwrap_or(default_rounding);
            let language = self.language_of(document);
            let given = Given { files: files.clone(), rounding, language };
            detect::claims(&reading, &self.rules, &given, kept.as_mut())
        };
        reading.figures.extend(detected.forced);
        let mut judged = judge::judge(&reading, &self.rules, &binding.rules);
        judge::judge_claims(&reading, &self.rules, &detected.claims, &mut judged);
        let presenter = Presenter { reading: &reading, language: self.language_of(document), earlier };
        let states = coverage::states(&reading, &judged);
        let mut report = Report {
            path: document.source.path.display().to_string(),
            language: document.language,
            told_in: presenter.language,
            figures: coverage::count(&reading, &states),
            coverage: self.options.coverage.then(|| coverage::by_section(&reading, &states)),
            checks: count_checks(&judged),
            ..Report::default()
        };
        report.problems = presenter.problems_of(document);
        report.remarks = presenter.remarks(document, said);
        self.add_findings(&presenter, &judged, kept.as_mut().map(|kept| &mut kept.blames), &mut report);
        if self.options.body {
            let rounding = self.options.rounding.unwrap_or(default_rounding);
            report.body = Some(body::build(&presenter, &judged, rounding));
        }
        trouble::report(self, &presenter, &binding, &mut report);
        trouble::too_large(&presenter, &detected.too_large, &mut report);
        expectation::report(self, &presenter, &binding.rules, &files, &mut report);
        let applied = self.suppressions.apply(document, presenter.language, &mut report);
        let found = binding.rules.iter().filter(|rule| expectation::found(rule)).map(|rule| rule.id).collect();
        let absent = binding.rules.into_iter().filter_map(|rule| match rule.trouble {
            Some(Trouble::NotInTable(absent)) => Some((rule.id, absent)),
            _ => None,
        });
        let absent = absent.collect();
        report.findings.sort_by_key(|finding| finding.at);
        body::link(&mut report);
        kept.into_iter().for_each(|kept| self.keep(document, kept));
        self.seen().insert(document.source.path.clone(), Seen { files, found, absent, applied });
        report
    }

    /// What only the whole run can tell: rules that were found in no report, suppressions that fit nothing.
    pub fn finish(&self) -> Vec<Problem> {
        let seen = self.seen();
        let seen: Vec<&Seen> = seen.values().collect();
        let mut problems = expectation::never_found(self, &seen);
        let applied: Vec<&Applied> = seen.iter().map(|one| &one.applied).collect();
        problems.extend(self.suppressions.stale(&applied, self.options.language.unwrap_or_default()));
        problems
    }

    fn seen(&self) -> MutexGuard<'_, FxHashMap<PathBuf, Seen>> {
        // A report whose check failed half-way holds no lock; what others saw stays true.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept of a report. Another thread that checks it meanwhile finds nothing.
    fn take_kept(&self, document: &Document) -> Kept {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&document.source.path).unwrap_or_default()
    }

    fn keep(&self, document: &Document, kept: Kept) {
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(document.source.path.clone(), kept);
    }

    /// A rule and its file.
    fn rule(&self, id: (u32, u32)) -> (&RuleFile, &Rule) {
        let file = &self.rules.files[id.0 as usize];
        (file, &file.rules[id.1 as usize])
    }

    /// By rule file: whether it is run on a report.
    fn files_for(&self, path: &Path) -> Vec<bool> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let is_wanted = |(file, reach): (&RuleFile, &Reach)| match reach {
            Reach::Every => true,
            Reach::Named => is_named(file, &absolute),
            Reach::Only(only) => only.iter().any(|only| only == path),
        };
        self.rules.files.iter().zip(&self.reach).map(is_wanted).collect()
    }

    /// Whether more than the figures that rules find is looked at: by detectors of the wanted files, or by who asks what is
    /// unchecked.
    fn needs_all_figures(&self, files: &[bool]) -> bool {
        let wanted = self.rules.files.iter().zip(files).filter(|(_, wanted)| **wanted);
        self.options.coverage || self.options.body || wanted.flat_map(|(file, _)| &file.rules).any(|rule| rule.detected)
    }

    fn add_findings(
        &self,
        presenter: &Presenter,
        judged: &[Judged],
        kept: Option<&mut culprit::Kept>,
        report: &mut Report,
    ) {
        let blame = culprit::of(presenter.reading, judged, kept);
        let is_shown = |one: &Judged| !one.evaluation.verdict.passes() || self.options.show_holds;
        let shown: Vec<(usize, &Judged)> = judged.iter().enumerate().filter(|(_, one)| is_shown(one)).collect();
        let finding = |&(index, one): &(usize, &Judged)| {
            let mut finding = presenter.finding(&self.rules.files[one.id.0 as usize], one);
            if let Some(blame) = blame.get(&index).filter(|_| !one.evaluation.excluded_end && !one.is_unblamed()) {
                presenter.add_blame(one, blame, &mut finding);
            }
            finding.body_check = self.options.body.then_some(index);
            finding
        };
        let size: usize = shown.iter().map(|(_, one)| one.place.size()).sum();
        report.findings = parallel::over(&shown, SHOWING * size, |part| part.iter().map(finding).collect());
    }
}

/// Showing a figure takes so many times what it takes to look at it.
const SHOWING: usize = 5;

/// Whether a rule file's `files` names a report (an absolute path): its globs are relative to its folder, or fit the whole path.
pub fn is_named(file: &RuleFile, report: &Path) -> bool {
    let Some(globs) = &file.files else { return true };
    // The folder of a file in the current one is the empty path, which nothing can make absolute: the file itself can be.
    let own = std::path::absolute(&file.source.path).ok();
    let folder = own.as_deref().and_then(Path::parent);
    let inside = folder.and_then(|folder| report.strip_prefix(folder).ok());
    globs.is_match(report) || inside.is_some_and(|inside| globs.is_match(inside))
}

fn count_checks(judged: &[Judged]) -> CheckCounts {
    let mut counts = CheckCounts::default();
    for one in judged.iter().filter(|one| !one.odd) {
        match one.evaluation.verdict {
            Verdict::Holds => counts.holds += 1,
            Verdict::WithinRounding => counts.within_rounding += 1,
            Verdict::Fails => counts.fails += 1,
            Verdict::Untestable => counts.untestable += 1,
            Verdict::Unbound => counts.unbound += 1,
        }
    }
    counts
}
