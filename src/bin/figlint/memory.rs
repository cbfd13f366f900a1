//! What is kept from one round of checks to the next, so that only what changed is read and checked again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use figlint::check::Options;
use figlint::diagnostic::Report;

use crate::checker::{Checked, Checker, Input};
use crate::discover::Group;
use crate::sessions::Sessions;
use crate::settings::{self, Settings};
use crate::walk::Found;

/// The rules and the reports of the last round. By default nothing is kept.
#[derive(Default)]
pub struct Memory {
    keeps: bool,
    /// What the rules were made of, and the rules.
    rules: Option<(u64, Arc<Sessions>)>,
    reports: HashMap<PathBuf, (Stamp, Report)>,
    /// Whether something was checked in the last round, or fell away.
    pub changed: bool,
}

/// By what a file on disk is known to be as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// On Unix its number, and when anything about it changed: a program may set the other time as it likes.
    #[cfg(unix)]
    unix: (u64, i64, i64),
}

impl Memory {
    /// One that keeps what it can.
    pub fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// The sessions for these groups: those of the last round, unless rules, settings or the list of reports differ.
    pub fn sessions(
        &mut self,
        groups: Vec<Group>,
        settings: &mut Settings,
        found: &[Input],
        options: &Options,
    ) -> Arc<Sessions> {
        let key = if self.keeps { key(&groups, settings, found) } else { 0 };
        self.changed = true;
        match &self.rules {
            Some((known, sessions)) if *known == key => {
                self.changed = false;
                sessions.clone()
            }
            _ => {
                let sessions = Arc::new(Sessions::new(groups, settings, options));
                self.reports.clear();
                self.rules = self.keeps.then(|| (key, sessions.clone()));
                sessions
            }
        }
    }

    /// Checks a report, unless it is as it was in the last round.
    pub fn check(&self, checker: &Checker, input: &Input) -> (Checked, Fresh) {
        // What a report was at a revision is not known to be the same still. The stamp is taken before the report is read: a
        // change between the two is seen in the next round.
        let stamp = stamp_of(input).filter(|_| self.keeps && checker.since.is_none());
        match self.reports.get(&input.path).filter(|(known, _)| Some(known) == stamp.as_ref()) {
            Some((_, report)) => (Checked { report: report.clone(), stamp: None }, Fresh::No),
            None => (checker.check(input), Fresh::Yes(stamp)),
        }
    }

    /// Keeps what was checked in this round.
    pub fn keep(&mut self, found: &[Input], checked: &[Checked], fresh: Vec<Fresh>) {
        for ((input, checked), fresh) in found.iter().zip(checked).zip(fresh) {
            self.changed |= matches!(fresh, Fresh::Yes(_));
            if let Fresh::Yes(Some(stamp)) = fresh {
                self.reports.insert(input.path.clone(), (stamp, checked.report.clone()));
            }
        }
    }
}

/// Whether a report was checked in this round, and what it was then, where that can be kept.
pub enum Fresh {
    No,
    Yes(Option<Stamp>),
}

/// The rule files, the figlint.toml files, and the files that rules take figures from.
pub fn sources(groups: &[Group], settings: &Settings) -> Vec<PathBuf> {
    let files = || groups.iter().flat_map(|group| &group.files).map(|(file, _)| file);
    let on_disk = files().map(|file| file.source.path.clone()).filter(|path| path.is_file());
    let others = files().flat_map(|file| file.sources()).map(Path::to_path_buf);
    let configs = groups.iter().filter_map(|group| Some(settings.get(group.config?).source().0));
    on_disk.chain(others).chain(configs).collect()
}

/// What sessions are made of, as a number: a change in any of it gives another.
fn key(groups: &[Group], settings: &Settings, found: &[Input]) -> u64 {
    let mut hasher = DefaultHasher::new();
    settings::today().hash(&mut hasher);
    for input in found {
        (&input.path, input.config).hash(&mut hasher);
    }
    for group in groups {
        group.config.map(|config| settings.get(config).source()).hash(&mut hasher);
        for (file, reach) in &group.files {
            (&file.source.path, &file.source.text, format!("{reach:?}")).hash(&mut hasher);
            file.sources().for_each(|path| (path, stamp(path)).hash(&mut hasher));
        }
        group.problems.iter().for_each(|problem| (&problem.path, &problem.message).hash(&mut hasher));
    }
    hasher.finish()
}

fn stamp_of(input: &Input) -> Option<Stamp> {
    match &input.found {
        Found::File(path) => stamp(path),
        Found::Inner(..) | Found::Stdin | Found::Nothing(..) => None,
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = path.metadata().ok()?;
    Some(Stamp {
        size: metadata.len(),
        modified: metadata.modified().ok(),
        #[cfg(unix)]
        unix: {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        },
    })
}
