//! The thread that reads rules and checks reports, so that the client never waits for an answer because of a check.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;

use figlint::diagnostic::{Body, Problem, Report};
use figlint::document::{Format, Language};
use figlint::read;
use figlint::span::Units;

use super::findings;
use super::protocol::{Diagnostic, Snapshot};
use super::workspace::{Known, Opened, Workspace};

/// The thread's stack, in bytes; the main thread's on most systems.
const STACK: usize = 8 << 20;

/// What is to be done.
#[derive(Debug)]
pub enum Task {
    /// The rules are read anew.
    Rules(Opened),
    /// A report is checked.
    Check(Job),
    /// A report is checked, and all is told of its figures.
    Explain(Job),
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
    Rules { rules: Arc<Vec<Known>>, tomls: Vec<PathBuf>, diagnostics: HashMap<PathBuf, Vec<Diagnostic>> },
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

/// Starts the thread; it ends when no task can come any more, or `tell` says that nobody listens.
pub fn start(
    units: Units,
    tasks: Receiver<Task>,
    tell: impl Fn(Done) -> bool + Send + 'static,
) -> std::io::Result<thread::JoinHandle<()>> {
    thread::Builder::new().name("check".to_owned()).stack_size(STACK).spawn(move || {
        let mut worker = Worker { units, workspace: Workspace::new(Opened::default(), units) };
        while let Ok(task) = tasks.recv() {
            if !tell(worker.does(task)) {
                break;
            }
        }
    })
}

struct Worker {
    units: Units,
    workspace: Workspace,
}

impl Worker {
    fn does(&mut self, task: Task) -> Done {
        match task {
            Task::Rules(opened) => {
                self.workspace = Workspace::new(opened, self.units);
                let workspace = &self.workspace;
                Done::Rules {
                    rules: Arc::new(workspace.rules.clone()),
                    tomls: workspace.tomls.iter().cloned().collect(),
                    diagnostics: workspace.diagnostics(),
                }
            }
            Task::Check(job) => Done::Checked(Box::new(self.check(job))),
            Task::Explain(job) => Done::Explained(Box::new(self.explain(job))),
        }
    }

    fn check(&self, job: Job) -> Checked {
        let report = if self.workspace.wants(&job.path) { self.report(&job, false) } else { Report::default() };
        let own = findings::of_report(&report, &job, &self.workspace, self.units);
        let mut diagnostics = HashMap::from([(job.path.clone(), own)]);
        let elsewhere: Vec<Problem> =
            report.problems.iter().filter(|problem| !findings::is_own(problem, &report)).cloned().collect();
        self.workspace.sort(&elsewhere, &mut diagnostics);
        Checked { job, report, diagnostics }
    }

    fn explain(&self, job: Job) -> Explained {
        let report = if self.workspace.wants(&job.path) { self.report(&job, true) } else { Report::default() };
        Explained { job, language: report.language, body: report.body.unwrap_or_default() }
    }

    /// Checks a report. Whatever goes wrong is a problem of that report alone.
    fn report(&self, job: &Job, all: bool) -> Report {
        let checked = guarded(|| document(job).map(|document| self.workspace.check(&document, all)));
        checked.unwrap_or_else(|why| {
            let path = job.path.display().to_string();
            Report { problems: vec![Problem::of_file(&path, why)], path, ..Report::default() }
        })
    }
}

/// Reads a report as the client has it: in UTF-8, whatever it is on disk.
fn document(job: &Job) -> Result<figlint::document::Document, String> {
    // Bytes of text without NUL are never taken for another encoding.
    let holds_nul = job.snapshot.text.contains('\0');
    let encoding = holds_nul.then(|| "utf-8".to_owned());
    let options = read::Options { format: job.format, encoding, ..read::Options::default() };
    read::bytes(&job.path, job.snapshot.text.as_bytes().to_vec(), &options).map_err(|error| error.reason())
}

fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let failed = |_| Err("figlint itself failed on this report; please tell its authors".to_owned());
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(failed)
}
