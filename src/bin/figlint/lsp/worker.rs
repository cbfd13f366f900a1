//! The threads that read rules and check reports, so that the client never waits for an answer because of a check.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use figlint::diagnostic::{Body, Problem, Report};
use figlint::document::{Format, Language};
use figlint::read;
use figlint::span::Units;

use super::findings;
use super::protocol::{Diagnostic, Snapshot};
use super::workspace::{Opened, Workspace};
use crate::checker::failed;

/// The thread's stack, in bytes; the main thread's on most systems.
const STACK: usize = 8 << 20;

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// The rules are read anew.
    Rules(Opened),
    /// A report is checked.
    Check(Arc<Workspace>, Job),
    /// A report is checked, and all is told of its figures.
    Explain(Arc<Workspace>, Job),
}

/// A report to be checked.
#[derive(Clone, Debug)]
pub struct Job {
    pub path: PathBuf,
    pub uri: String,
    pub revision: u64,
    pub format: Option<Format>,
    pub snapshot: Snapshot,
}

/// What was done.
#[derive(Debug)]
pub enum Done {
    /// The rules were read.
    Rules(Arc<Workspace>, HashMap<PathBuf, Vec<Diagnostic>>),
    /// A report was checked.
    Checked(Box<Checked>),
    /// All was told of a report's figures.
    Explained(Box<Explained>),
}

/// A report that was checked.
#[derive(Debug)]
pub struct Checked {
    pub job: Job,
    pub report: Report,
    /// By file: what the report's check says of the report, and of rule files.
    pub diagnostics: HashMap<PathBuf, Vec<Diagnostic>>,
}

/// All that is known of a report's figures.
#[derive(Debug)]
pub struct Explained {
    pub job: Job,
    pub language: Language,
    pub body: Body,
}

/// A thread that does one task after the other.
#[derive(Debug)]
pub struct Worker {
    tasks: Sender<Task>,
    busy: bool,
}

impl Worker {
    /// Starts the thread; it ends when no task can come any more, or `tell` says that nobody listens.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(name: &str, units: Units, tell: impl Fn(Done) -> bool + Send + 'static) -> std::io::Result<Self> {
        let (tasks, inbox) = mpsc::channel();
        let work = move || while inbox.recv().is_ok_and(|task| tell(done(task, units))) {};
        thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work)?;
        Ok(Self { tasks, busy: false })
    }

    /// Whether it has nothing to do.
    pub fn is_free(&self) -> bool {
        !self.busy
    }

    /// Gives it something to do.
    pub fn give(&mut self, task: Task) {
        self.busy = self.tasks.send(task).is_ok();
    }

    /// Notes that it has told what it did.
    pub fn has_told(&mut self) {
        self.busy = false;
    }
}

fn done(task: Task, units: Units) -> Done {
    match task {
        Task::Rules(opened) => {
            let workspace = Workspace::new(opened, units);
            let diagnostics = workspace.diagnostics();
            Done::Rules(Arc::new(workspace), diagnostics)
        }
        Task::Check(workspace, job) => Done::Checked(Box::new(check(&workspace, job, units))),
        Task::Explain(workspace, job) => {
            let report = report(&workspace, &job, true);
            let (language, body) = (report.language, report.body.unwrap_or_default());
            Done::Explained(Box::new(Explained { job, language, body }))
        }
    }
}

fn check(workspace: &Workspace, job: Job, units: Units) -> Checked {
    let report = report(workspace, &job, false);
    let own = findings::of_report(&report, &job, workspace, units);
    let mut diagnostics = HashMap::from([(job.path.clone(), own)]);
    let elsewhere: Vec<Problem> =
        report.problems.iter().filter(|problem| !findings::is_own(problem, &report)).cloned().collect();
    workspace.sort(&elsewhere, &mut diagnostics);
    Checked { job, report, diagnostics }
}

/// Checks a report, unless figlint.toml leaves it out. Whatever goes wrong is a problem of that report alone.
fn report(workspace: &Workspace, job: &Job, all: bool) -> Report {
    if !workspace.wants(&job.path) {
        return Report::default();
    }
    guarded(|| document(job).map(|document| workspace.check(&document, all))).unwrap_or_else(|why| {
        let path = job.path.display().to_string();
        Report { problems: vec![Problem::of_file(&path, why)], path, ..Report::default() }
    })
}

/// Reads a report as the client has it: in UTF-8, whatever it is on disk.
fn document(job: &Job) -> Result<figlint::document::Document, String> {
    // Bytes of text without NUL are never taken for another encoding.
    let holds_nul = job.snapshot.text.contains('\0');
    let encoding = holds_nul.then(|| "utf-8".to_owned());
    let options = read::Options { format: job.format, encoding, ..read::Options::default() };
    read::bytes(&job.path, job.snapshot.text.as_bytes().to_vec(), &options)
        .map_err(|error| error.reason().english.into_owned())
}

fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let told = |_| Err(failed().english.into_owned());
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(told)
}
