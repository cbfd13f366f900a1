//! The server's state: what the client has open, what is known of it, and what is to be done next.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use figlint::span::Units;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::actions;
use super::client::Client;
use super::documents::{Document, Documents, Kind};
use super::protocol::{DidChange, DidOpen, Notification, OfDocument, PublishDiagnostics};
use super::published::Published;
use super::request::{self, Query};
use super::transport::{self, INVALID_REQUEST, Message, answer};
use super::worker::{Checked, Done, Explained, Job, Task, Worker};
use super::workspace::{Opened, Workspace};
use crate::texts::Texts;

/// Something that the server is to look at.
#[derive(Debug)]
pub enum Event {
    /// The client says something.
    Message(Message),
    /// The client is gone.
    Gone,
    /// The worker has done what it was given.
    Done(Done),
}

/// The protocol's codes for what cannot be answered.
pub const INVALID_PARAMS: i32 = -32602;
const METHOD_NOT_FOUND: i32 = -32601;
const NOT_INITIALIZED: i32 = -32002;
const CANCELLED: i32 = -32800;

/// How far the client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

/// The server.
pub struct Server {
    out: Box<dyn Write>,
    events: Sender<Event>,
    phase: Phase,
    /// Set when the client has left: whether it said that it would.
    pub ended: Option<bool>,
    /// Reads rules and checks reports.
    checker: Option<Worker>,
    /// Tells all of a report's figures, which takes longer: what is asked must not hold up what is typed.
    explainer: Option<Worker>,
    /// Whether the rules were asked for since they changed last.
    rules_asked: bool,
    /// The reports to be checked, the one that changed last at the end.
    changed: Vec<PathBuf>,
    /// Requests that cannot be answered yet.
    waiting: Vec<Query>,
    published: Published,
    /// What requests are answered from.
    pub known: State,
}

/// What requests are answered from.
#[derive(Debug, Default)]
pub struct State {
    pub client: Client,
    pub documents: Documents,
    /// The rules.
    pub workspace: Arc<Workspace>,
    /// Whether the rules are those of the texts as they are now.
    pub rules_current: bool,
    /// The last check of each open report.
    pub checked: HashMap<PathBuf, Checked>,
    /// All that is known of a report's figures, where somebody asked.
    pub explained: HashMap<PathBuf, Explained>,
}

impl Server {
    /// A server that writes to `out`; the worker it starts sends to `events`.
    pub fn new(out: Box<dyn Write>, events: Sender<Event>) -> Self {
        Self {
            out,
            events,
            phase: Phase::New,
            ended: None,
            checker: None,
            explainer: None,
            rules_asked: true,
            changed: Vec::new(),
            waiting: Vec::new(),
            published: Published::default(),
            known: State::default(),
        }
    }

    /// Takes an event.
    ///
    /// # Errors
    /// The client cannot be written to.
    pub fn take(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Gone => self.ended = self.ended.or(Some(self.phase == Phase::ShutDown)),
            Event::Done(done) => self.take_done(done)?,
            Event::Message(Message::Request { id, method, params }) => self.request(id, &method, params)?,
            Event::Message(Message::Notification { method, params }) => self.notification(&method, params)?,
            Event::Message(Message::Response { error: Some(error), .. }) => {
                self.log(&format!("the client refused a request: {error}"))?;
            }
            Event::Message(Message::Response { .. }) => {}
            Event::Message(Message::Nonsense { id, code, why }) => self.send(&answer(&id, Err((code, why))))?,
        }
        Ok(())
    }

    /// Answers what can be answered, and gives the worker what is most urgent.
    ///
    /// # Errors
    /// The client cannot be written to.
    pub fn go_on(&mut self) -> io::Result<()> {
        for query in std::mem::take(&mut self.waiting) {
            match request::answered(&self.known, &query) {
                Some(result) => self.send(&answer(&query.id, result))?,
                None => self.waiting.push(query),
            }
        }
        if self.checker.as_ref().is_some_and(Worker::is_free)
            && let (Some(task), Some(checker)) = (self.next_task(), &mut self.checker)
        {
            checker.give(task);
        }
        if self.explainer.as_ref().is_some_and(Worker::is_free)
            && let (Some(task), Some(explainer)) = (self.next_question(), &mut self.explainer)
        {
            explainer.give(task);
        }
        Ok(())
    }

    fn next_task(&mut self) -> Option<Task> {
        if !self.rules_asked {
            self.rules_asked = true;
            return Some(Task::Rules(self.opened()));
        }
        // The reports are checked when the rules are there.
        while let Some(path) = self.changed.pop_if(|_| self.known.rules_current) {
            if let Some(job) = self.job(&path) {
                return Some(Task::Check(self.known.workspace.clone(), job));
            }
        }
        None
    }

    fn next_question(&self) -> Option<Task> {
        let jobs = self.waiting.iter().filter(|query| query.needs_figures(&self.known));
        let job = jobs.filter(|_| self.known.rules_current).find_map(|query| self.job(&query.path))?;
        Some(Task::Explain(self.known.workspace.clone(), job))
    }

    /// A report as it is now, to be checked; `None`: it is closed or no report, or its text is not known.
    fn job(&self, path: &Path) -> Option<Job> {
        let document = self.known.documents.get(path).filter(|document| document.in_step)?;
        let Kind::Report(format) = document.kind else { return None };
        let (path, uri, snapshot) = (path.to_path_buf(), document.uri.clone(), document.snapshot.clone());
        Some(Job { path, uri, revision: document.revision, format, snapshot })
    }

    /// What rules depend on.
    fn opened(&self) -> Opened {
        let documents = || self.known.documents.iter().filter(|(_, document)| document.in_step);
        let tomls = || documents().filter(|(_, document)| document.is_toml());
        let texts = tomls().map(|(path, document)| (path.clone(), document.snapshot.text.clone()));
        let mut reports: Vec<_> = documents()
            .filter(|(_, document)| matches!(document.kind, Kind::Report(_)))
            .map(|(path, _)| path.clone())
            .collect();
        reports.sort_unstable();
        let sure = |(path, document): (&PathBuf, &Document)| (path.clone(), document.kind != Kind::Toml);
        Opened { texts: Texts::new(texts), reports, tomls: tomls().map(sure).collect() }
    }

    fn request(&mut self, id: Value, method: &str, params: Value) -> io::Result<()> {
        let refused = |code, why: &str| Err((code, why.to_owned()));
        let result = match (self.phase, method) {
            (Phase::New, "initialize") => self.initialize(&params),
            (Phase::New, _) => refused(NOT_INITIALIZED, "`initialize` comes first"),
            (Phase::Running, "initialize") => refused(INVALID_REQUEST, "it is initialized already"),
            (Phase::ShutDown, _) => refused(INVALID_REQUEST, "it is shut down"),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                self.changed.clear();
                let waiting = std::mem::take(&mut self.waiting);
                waiting.iter().try_for_each(|query| self.cancel(&query.id))?;
                Ok(Value::Null)
            }
            (Phase::Running, "workspace/executeCommand") => self.execute(&params)?,
            (Phase::Running, _) => match request::parse(&self.known, id.clone(), method, params) {
                Some(Ok(query)) => {
                    self.waiting.push(query);
                    return Ok(());
                }
                Some(Err(why)) => Err((INVALID_PARAMS, why)),
                None => refused(METHOD_NOT_FOUND, &format!("`{method}` is not known here")),
            },
        };
        self.send(&answer(&id, result))
    }

    fn initialize(&mut self, params: &Value) -> Result<Value, (i32, String)> {
        self.known.client = Client::new(params);
        self.known.documents.root = self.known.client.root();
        let start = |name| {
            let events = self.events.clone();
            let tell = move |done| events.send(Event::Done(done)).is_ok();
            let told = |error| (INVALID_REQUEST, format!("no thread can be started: {error}"));
            Worker::start(name, self.units(), tell).map_err(told)
        };
        (self.checker, self.explainer) = (Some(start("check")?), Some(start("explain")?));
        self.phase = Phase::Running;
        self.read_rules(true);
        Ok(self.known.client.answer())
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        match (self.phase, method) {
            (phase, "exit") => self.ended = Some(phase == Phase::ShutDown),
            (Phase::Running, "initialized") => self.watch()?,
            (Phase::Running, "textDocument/didOpen") => self.with(method, params, Self::did_open)?,
            (Phase::Running, "textDocument/didChange") => self.with(method, params, Self::did_change)?,
            (Phase::Running, "textDocument/didClose") => self.with(method, params, Self::did_close)?,
            // A rule may take figures from any file that is saved.
            (Phase::Running, "textDocument/didSave" | "workspace/didChangeWatchedFiles") => self.read_rules(true),
            (_, "$/cancelRequest") => self.with(method, params, Self::did_cancel)?,
            (Phase::Running, "workspace/didChangeConfiguration" | "workspace/didChangeWorkspaceFolders") => {}
            (Phase::Running, _) if !method.starts_with("$/") => self.log(&format!("`{method}` is not known here"))?,
            // Before `initialize` and after `shutdown` nothing else counts.
            _ => {}
        }
        Ok(())
    }

    fn with<T: DeserializeOwned>(
        &mut self,
        method: &str,
        params: Value,
        then: fn(&mut Self, T) -> io::Result<()>,
    ) -> io::Result<()> {
        match serde_json::from_value(params) {
            Ok(params) => then(self, params),
            Err(error) => self.log(&format!("`{method}` cannot be read, and was left out: {error}")),
        }
    }

    fn did_open(&mut self, params: DidOpen) -> io::Result<()> {
        let path = self.known.documents.open(params.text_document);
        self.known.checked.remove(&path);
        self.known.explained.remove(&path);
        // The rules beside it, and the figlint.toml above it, may be met for the first time.
        let matters = self.known.documents.get(&path).is_some_and(|document| document.kind != Kind::Other);
        self.read_rules(matters);
        Ok(())
    }

    fn did_change(&mut self, params: DidChange) -> io::Result<()> {
        let units = self.units();
        let path = self.known.documents.path(&params.text_document.uri);
        let Some(document) = self.known.documents.changing(&path) else {
            return self.log(&format!("{} changed, but was never opened; it is left out", params.text_document.uri));
        };
        let changed = document.change(params.text_document.version, params.content_changes, units);
        if document.is_toml() {
            self.read_rules(true);
        } else {
            self.check_soon(path);
        }
        match changed {
            Err(why) => {
                self.warn(&format!("{why}; it is not checked until its whole text comes again (close and open it)"))
            }
            Ok(()) => Ok(()),
        }
    }

    fn did_close(&mut self, params: OfDocument) -> io::Result<()> {
        let path = self.known.documents.path(&params.text_document.uri);
        let Some(document) = self.known.documents.close(&path) else {
            return self.log(&format!("{} was closed, but never opened", params.text_document.uri));
        };
        self.read_rules(document.kind != Kind::Other);
        self.known.checked.remove(&path);
        self.known.explained.remove(&path);
        let files = self.published.forget(&path);
        self.publish(files)
    }

    fn did_cancel(&mut self, params: Cancel) -> io::Result<()> {
        let Some(at) = self.waiting.iter().position(|query| query.id == params.id) else { return Ok(()) };
        let query = self.waiting.remove(at);
        self.cancel(&query.id)
    }

    fn cancel(&mut self, id: &Value) -> io::Result<()> {
        self.send(&answer(id, Err((CANCELLED, "cancelled".to_owned()))))
    }

    fn take_done(&mut self, done: Done) -> io::Result<()> {
        let worker = if matches!(done, Done::Explained(_)) { &mut self.explainer } else { &mut self.checker };
        worker.iter_mut().for_each(Worker::has_told);
        match done {
            // What changed since is read anew, and then told.
            Done::Rules(..) if !self.rules_asked => Ok(()),
            Done::Rules(workspace, diagnostics) => {
                self.known.workspace = workspace;
                self.known.rules_current = true;
                self.known.explained.clear();
                let files = self.published.set_rules(diagnostics);
                self.publish(files)?;
                let reports = self.known.documents.iter().filter(|(_, one)| matches!(one.kind, Kind::Report(_)));
                reports
                    .map(|(path, _)| path.clone())
                    .collect::<Vec<_>>()
                    .into_iter()
                    .for_each(|path| self.check_soon(path));
                Ok(())
            }
            // What the client has changed since is checked anew, and then told.
            Done::Checked(checked) if !self.is_current(&checked.job) => Ok(()),
            Done::Checked(mut checked) => {
                let path = checked.job.path.clone();
                let files = self.published.set_report(&path, std::mem::take(&mut checked.diagnostics));
                self.known.checked.insert(path, *checked);
                self.publish(files)
            }
            Done::Explained(explained) => {
                // Told by rules that have changed since, it is asked for again.
                if self.known.rules_current && self.is_current(&explained.job) {
                    self.known.explained.insert(explained.job.path.clone(), *explained);
                }
                Ok(())
            }
        }
    }

    fn is_current(&self, job: &Job) -> bool {
        self.known.documents.get(&job.path).is_some_and(|document| document.revision == job.revision)
    }

    /// Has the rules read anew, if that matters.
    fn read_rules(&mut self, matters: bool) {
        if matters {
            (self.rules_asked, self.known.rules_current) = (false, false);
        }
    }

    fn check_soon(&mut self, path: PathBuf) {
        self.changed.retain(|other| *other != path);
        self.changed.push(path);
    }

    fn publish(&mut self, files: HashSet<PathBuf>) -> io::Result<()> {
        for file in files {
            let document = self.known.documents.get(&file);
            if !self.known.rules_current && document.is_some_and(Document::is_toml) {
                continue;
            }
            let Some(diagnostics) = self.published.of(&file, document.is_some()) else { continue };
            let version = document.map(|document| document.version);
            let params = PublishDiagnostics { uri: self.known.documents.uri(&file), version, diagnostics };
            let method = "textDocument/publishDiagnostics";
            transport::write(&mut self.out, &Notification { jsonrpc: "2.0", method, params })?;
        }
        Ok(())
    }

    /// Asks the client to tell of rule files that change on disk.
    fn watch(&mut self) -> io::Result<()> {
        match self.known.client.registration() {
            Some(params) => self.send(
                &json!({ "jsonrpc": "2.0", "id": "watch", "method": "client/registerCapability", "params": params }),
            ),
            None => Ok(()),
        }
    }

    /// Shows where the person goes on writing after a code action, which is all that there is to be executed.
    fn execute(&mut self, params: &Value) -> io::Result<Result<Value, (i32, String)>> {
        let shown = actions::shown(&params["arguments"]).filter(|_| params["command"] == actions::SHOW);
        let Some(shown) = shown else {
            return Ok(Err((INVALID_PARAMS, format!("there is no such command: {}", params["command"]))));
        };
        self.send(&json!({ "jsonrpc": "2.0", "id": "show", "method": "window/showDocument", "params": shown }))?;
        Ok(Ok(Value::Null))
    }

    fn units(&self) -> Units {
        self.known.client.units
    }

    fn log(&mut self, message: &str) -> io::Result<()> {
        self.notify("window/logMessage", json!({ "type": 2, "message": format!("figlint: {message}") }))
    }

    fn warn(&mut self, message: &str) -> io::Result<()> {
        self.notify("window/showMessage", json!({ "type": 2, "message": format!("figlint: {message}") }))
    }

    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        transport::write(&mut self.out, &Notification { jsonrpc: "2.0", method, params })
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        transport::write(&mut self.out, message)
    }
}

/// `$/cancelRequest`.
#[derive(Deserialize)]
struct Cancel {
    id: Value,
}
