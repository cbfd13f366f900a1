//! `--watch`: checks again whenever a report or a rule file changes on disk.

use std::collections::HashSet;
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use figlint::read;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::arguments::{Check, Format};
use crate::check::{self, Round};
use crate::memory::Memory;
use crate::terminal;
use crate::write::Target;
use crate::{Outcome, Status};

/// Programs save in several steps (beside, rename): so long nothing more must come.
const QUIET: Duration = Duration::from_millis(15);

/// If changes go on and on, this is waited at most.
const LONGEST: Duration = Duration::from_millis(200);

/// Checks, shows, and waits for changes, until the program is ended or nobody reads what it writes.
pub fn run(arguments: &Check, targets: &[Target]) -> Outcome {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        return Err("--watch: standard input cannot be watched; name files or folders".into());
    }
    let mut memory = Memory::keeping();
    let mut watch = Watch::new()?;
    watch.start(arguments)?;
    // A mistake on the command line ends the program before it waits for anything.
    let mut round = check::once(arguments, targets, &mut memory)?;
    loop {
        watch.add(&round);
        if memory.changed && !show(&round, arguments, targets)? {
            return Ok(Status::Clean);
        }
        watch.wait(targets)?;
        match check::once(arguments, targets, &mut memory) {
            Ok(next) => round = next,
            // What is wrong now may be mended by the next change.
            Err(error) => {
                eprintln!("figlint: {error}");
                memory = Memory::keeping();
            }
        }
    }
}

/// Shows a round in place of the last one; `false`: nobody reads it any more.
fn show(round: &Round, arguments: &Check, targets: &[Target]) -> Result<bool, Box<dyn Error>> {
    let is_text = matches!(arguments.format, Format::Pretty | Format::Concise);
    let start = match terminal::is_shown() {
        true => "\u{1b}[H\u{1b}[2J\u{1b}[3J",
        false if is_text => "--- figlint ---\n",
        false => "",
    };
    let mut out = io::stdout().lock();
    match out.write_all(start.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(false),
        written => written?,
    }
    drop(out);
    check::print(&round.run, arguments, targets)?;
    if !arguments.quiet {
        let reports = round.run.reports.len();
        let s = if reports == 1 { "" } else { "s" };
        eprintln!("figlint: watching {reports} report{s}; Ctrl-C ends");
    }
    Ok(true)
}

/// What is watched on disk.
struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Folders that are watched with all that is in them.
    whole: Vec<PathBuf>,
    /// Folders that cannot be watched, each told once.
    unwatched: HashSet<PathBuf>,
    /// Files that count whatever they are called.
    files: HashSet<PathBuf>,
}

impl Watch {
    fn new() -> Result<Self, Box<dyn Error>> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender).map_err(|error| told(&error))?;
        Ok(Self { watcher, events, whole: Vec::new(), unwatched: HashSet::new(), files: HashSet::new() })
    }

    /// Watches what the command line names, before anything is read, so that no change is missed: folders with all in them,
    /// and the folders of files, because many programs replace a file when they save it.
    fn start(&mut self, arguments: &Check) -> Result<(), Box<dyn Error>> {
        let current = [PathBuf::from(".")];
        let paths = if arguments.paths.is_empty() { &current } else { &arguments.paths[..] };
        for path in paths.iter().chain(&arguments.rules.rule_files) {
            // A glob is watched from where its stars begin, what is not there from the folder that is.
            let is_whole = path.is_dir() || path.to_string_lossy().contains("**");
            let folder = path.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
            let mode = if is_whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if is_whole {
                self.whole.push(settled(folder));
            }
            self.watcher.watch(folder, mode).map_err(|error| told(&error))?;
        }
        Ok(())
    }

    /// Watches the folders of what a round met. They are added each time, because one that was replaced is another one; but not
    /// those that are watched as parts of others, which would be watched alone from then on.
    fn add(&mut self, round: &Round) {
        let reports = round.run.reports.iter().map(|report| PathBuf::from(&report.path));
        self.files = reports.chain(round.sources.iter().cloned()).map(|path| settled(&path)).collect();
        let folders: HashSet<&Path> = self.files.iter().filter_map(|file| file.parent()).collect();
        let is_part = |folder: &Path| self.whole.iter().any(|whole| folder.starts_with(whole));
        for folder in folders.into_iter().filter(|folder| folder.is_dir() && !is_part(folder)) {
            if let Err(error) = self.watcher.watch(folder, RecursiveMode::NonRecursive)
                && self.unwatched.insert(folder.to_path_buf())
            {
                eprintln!("figlint: {}", told(&error));
            }
        }
    }

    /// Waits for a change that may matter, and until no more come.
    fn wait(&mut self, targets: &[Target]) -> Result<(), Box<dyn Error>> {
        while !self.matters(self.events.recv()?, targets) {}
        let first = Instant::now();
        while first.elapsed() < LONGEST && self.events.recv_timeout(QUIET).is_ok() {}
        Ok(())
    }

    fn matters(&self, event: notify::Result<Event>, targets: &[Target]) -> bool {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                eprintln!("figlint: {}", told(&error));
                return true;
            }
        };
        match event.kind {
            // Whoever reads the reports, figlint too, opens and closes them.
            EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write) => return false,
            _ if event.need_rescan() => return true,
            _ => {}
        }
        let is_own = |path: &Path| targets.iter().any(|target| settled(&target.path) == path);
        let counts = |path: &PathBuf| {
            let is_rules = path.extension().is_some_and(|extension| extension == "toml" || extension == "zip");
            // What has no extension may be a folder that came or went.
            self.files.contains(path) || read::supports(path) || is_rules || path.extension().is_none()
        };
        event.paths.iter().map(|path| settled(path)).any(|path| counts(&path) && !is_own(&path))
    }
}

/// One path for a file that can be reached by several; where it is gone, its folder tells.
fn settled(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if absolute.is_dir() {
        return absolute.canonicalize().unwrap_or(absolute);
    }
    let folder = absolute.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// What keeps a folder from being watched, and what to do about it.
fn told(error: &notify::Error) -> String {
    let paths: Vec<_> = error.paths.iter().map(|path| path.display().to_string()).collect();
    let limit = matches!(error.kind, notify::ErrorKind::MaxFilesWatch);
    let help = if limit { " (sysctl fs.inotify.max_user_watches sets how many there can be)" } else { "" };
    format!("--watch: {}{}{help}", paths.iter().map(|path| format!("{path}: ")).collect::<String>(), kind(error))
}

fn kind(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::Generic(why) => why.clone(),
        notify::ErrorKind::Io(error) => error.to_string(),
        notify::ErrorKind::PathNotFound => "there is no such path".to_owned(),
        notify::ErrorKind::WatchNotFound => "is not watched".to_owned(),
        notify::ErrorKind::InvalidConfig(_) => "cannot be watched like this".to_owned(),
        notify::ErrorKind::MaxFilesWatch => "more cannot be watched".to_owned(),
    }
}
