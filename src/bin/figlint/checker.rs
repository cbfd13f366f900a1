//! Checking one report of a run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use figlint::diagnostic::{Problem, Report};
use figlint::document::Message;
use figlint::error::Result;
use figlint::read;

use crate::arguments::Check;
use crate::mend::Stamp;
use crate::sessions::Sessions;
use crate::since::Since;
use crate::walk::Found;

/// A report to check, what it is called, and its figlint.toml.
#[derive(Debug)]
pub struct Input {
    /// What it is read from.
    pub found: Found,
    /// What it is called.
    pub path: PathBuf,
    /// Its figlint.toml, as [`crate::settings::Settings`] counts them.
    pub config: Option<usize>,
}

/// A report that was checked.
#[derive(Debug)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The file it was read from, as it was then; `None` for what could not be read.
    pub stamp: Option<Stamp>,
}

/// What is told of a report on which figlint does what it must not.
pub fn failed() -> Message {
    Message::new(
        "figlint itself failed on this report; please tell its authors",
        "figlint 检查这份报告时自身出错；请告知其作者",
    )
}

/// What reports are checked with.
pub struct Checker<'a> {
    /// The rules.
    pub sessions: &'a Sessions,
    /// What the reports were, where that is asked for.
    pub since: Option<&'a Since>,
    /// The command line.
    pub arguments: &'a Check,
}

impl Checker<'_> {
    /// Checks a report. Whatever goes wrong is a problem of that report alone.
    pub fn check(&self, input: &Input) -> Checked {
        if let Found::Nothing(_, why) = &input.found {
            return self.unread(&input.path, why);
        }
        match catch_unwind(AssertUnwindSafe(|| self.check_bytes(input))) {
            Ok(Ok(checked)) => checked,
            Ok(Err(error)) => self.unread(&input.path, &error.reason()),
            Err(_) => self.unread(&input.path, &failed()),
        }
    }

    fn check_bytes(&self, input: &Input) -> Result<Checked> {
        let options = self.arguments.reading.options();
        let bytes = input.found.read(&options)?;
        let wants_stamp = self.arguments.fix || self.arguments.diff;
        let mut stamp = wants_stamp.then(|| Stamp::new(&input.path, &input.found, &bytes));
        let document = read::bytes(&input.path, bytes, &options)?;
        if let Some(stamp) = &mut stamp {
            stamp.encoding = document.source.encoding;
            stamp.container = document.places.is_some();
        }
        let report = match self.since.and_then(|since| since.earlier(&input.path, &options)) {
            Some(earlier) => self.sessions.check_since(input.config, &document, earlier),
            None => self.sessions.check(input.config, &document),
        };
        Ok(Checked { report, stamp })
    }

    fn unread(&self, path: &Path, why: &Message) -> Checked {
        let path = path.display().to_string();
        let language = self.arguments.lang.language().unwrap_or_default();
        let problems = vec![Problem::of_file(&path, why.in_language(language))];
        Checked { report: Report { path, language, told_in: language, problems, ..Report::default() }, stamp: None }
    }
}
