//! figlint.toml: the nearest one upward from each report's folder.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use figlint::check::Day;
use figlint::diagnostic::Problem;
use figlint::rule::config::{self, Config, Globs};
use figlint::rule::{RuleError, RuleFile};
use figlint::span::{LineIndex, Span};
use ignore::WalkBuilder;

use crate::discover::meant;
use crate::texts::Texts;

/// The file's name.
pub const NAME: &str = "figlint.toml";

/// The figlint.toml files of a run, each read once.
#[derive(Debug, Default)]
pub struct Settings {
    /// They are left out (`--no-config`).
    off: bool,
    texts: Texts,
    configs: Vec<Placed>,
    /// The one for each folder that was asked for, as an index into `configs`.
    by_folder: HashMap<PathBuf, Option<usize>>,
    problems: Vec<Problem>,
}

/// A figlint.toml and its folder.
#[derive(Debug)]
pub struct Placed {
    config: Config,
    /// The folder, absolute.
    folder: PathBuf,
}

impl Settings {
    /// No file is read yet; with `off` none will be.
    pub fn new(off: bool) -> Self {
        Self { off, ..Self::default() }
    }

    /// The same with texts that go before what is on disk: those that are being edited.
    pub fn with_texts(mut self, texts: Texts) -> Self {
        self.texts = texts;
        self
    }

    /// Where rule files are read.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The file for a report, as an index.
    pub fn of(&mut self, report: &Path) -> Option<usize> {
        if self.off {
            return None;
        }
        let report = std::path::absolute(report).ok()?;
        self.of_folder(report.parent()?)
    }

    /// A file, by what [`Settings::of`] gave.
    pub fn get(&self, at: usize) -> &Placed {
        &self.configs[at]
    }

    /// What a file says, by what [`Settings::of`] gave.
    pub fn get_mut(&mut self, at: usize) -> &mut Config {
        &mut self.configs[at].config
    }

    /// Whether a report met in a folder is to be checked.
    pub fn wants(&mut self, report: &Path) -> bool {
        let Some(at) = self.of(report) else { return true };
        let placed = &self.configs[at];
        let Ok(absolute) = std::path::absolute(report) else { return true };
        let path = absolute.strip_prefix(&placed.folder).unwrap_or(&absolute);
        let fits = |globs: &Globs| globs.set.is_match(path);
        placed.config.include.as_ref().is_none_or(fits) && !placed.config.exclude.as_ref().is_some_and(fits)
    }

    /// Errors in the files.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    fn of_folder(&mut self, folder: &Path) -> Option<usize> {
        if let Some(&known) = self.by_folder.get(folder) {
            return known;
        }
        let path = folder.join(NAME);
        let found = if self.texts.is_file(&path) {
            self.load(&path, folder)
        } else {
            folder.parent().and_then(|up| self.of_folder(up))
        };
        self.by_folder.insert(folder.to_path_buf(), found);
        found
    }

    fn load(&mut self, path: &Path, folder: &Path) -> Option<usize> {
        let shown = shown(path);
        let text = match self.texts.read(path) {
            Ok(text) => text,
            Err(why) => {
                self.problems.push(Problem::of_file(&shown.display().to_string(), why));
                return None;
            }
        };
        let (config, errors) = config::parse(&shown, &text);
        let lines = LineIndex::new(&text);
        self.problems.extend(errors.iter().map(|error| error.problem_in(&text, &lines)));
        self.configs.push(Placed { config, folder: folder.to_path_buf() });
        Some(self.configs.len() - 1)
    }
}

impl Placed {
    /// Where the file stands.
    pub fn path(&self) -> PathBuf {
        self.folder.join(NAME)
    }

    /// The rule files it names, and a problem for each name that names none.
    pub fn rule_files(&self) -> (Vec<PathBuf>, Vec<Problem>) {
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        let Some(globs) = &self.config.rules else { return (files, problems) };
        for (at, pattern) in globs.patterns.iter().enumerate() {
            let before = files.len();
            files.extend(self.matching(globs, at));
            if files.len() == before {
                problems.push(self.problem(pattern.span, "no rule file has such a name".to_owned(), None));
            }
        }
        (files, problems)
    }

    /// The file's path and its text.
    pub fn source(&self) -> (PathBuf, &str) {
        (self.folder.join(NAME), &self.config.source.text)
    }

    /// Sets what `[checks]` says of rules; gives the ids among them that it names.
    pub fn adjust<'a>(&'a self, file: &mut RuleFile) -> Vec<&'a str> {
        let mut met = Vec::new();
        for setting in &self.config.checks {
            for rule in file.rules.iter_mut().filter(|rule| rule.id == setting.id) {
                met.push(setting.id.as_str());
                if let Some(level) = setting.level {
                    (rule.severity, rule.severity_set) = (level, true);
                }
            }
            if setting.level.is_none() {
                file.rules.retain(|rule| rule.id != setting.id);
            }
        }
        if let Some(rounding) = self.config.rounding {
            file.rounding.get_or_insert(rounding.value);
        }
        met
    }

    /// Problems for what `[checks]` says of rules that there are not; `met` are those it says that of, `ids`
    /// the rules that run.
    pub fn unknown_checks(&self, met: &HashSet<String>, ids: &[&str]) -> Vec<Problem> {
        let unknown = self.config.checks.iter().filter(|setting| !met.contains(&setting.id));
        let problems = unknown.map(|setting| {
            self.problem(setting.id_span, format!("there is no rule `{}`", setting.id), meant(&setting.id, ids))
        });
        problems.collect()
    }

    /// A problem of the file, at a place in it.
    fn problem(&self, span: Span, message: String, help: Option<String>) -> Problem {
        RuleError { path: self.config.source.path.clone(), span, message, help }.problem(&self.config.source.text)
    }

    /// The files that one of the globs fits, in the order of their names.
    fn matching(&self, globs: &Globs, at: usize) -> Vec<PathBuf> {
        let pattern = Path::new(&globs.patterns[at].text);
        let is_plain = |part: &std::path::Component| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
        let base: PathBuf = pattern.components().take_while(is_plain).collect();
        if base == pattern {
            let file = self.folder.join(pattern);
            return if file.is_file() { vec![shown(&file)] } else { Vec::new() };
        }
        let walk = WalkBuilder::new(self.folder.join(base)).require_git(false).sort_by_file_name(Ord::cmp).build();
        let paths = walk.filter_map(Result::ok).map(ignore::DirEntry::into_path).filter(|path| path.is_file());
        let fits = |path: &PathBuf| {
            let relative = path.strip_prefix(&self.folder).unwrap_or(path);
            globs.set.matches(relative).contains(&at)
        };
        paths.filter(fits).map(|path| shown(&path)).collect()
    }
}

/// Today, in UTC.
pub fn today() -> Day {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    day(since.as_secs() / 86_400)
}

/// The day that comes so many days after 1 January 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn day(since_1970: u64) -> Day {
    // Years that start in March have their leap day at their end.
    let days = since_1970 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year as i32, month as u8, day as u8)
}

/// A path as it is shown: relative to the current folder where it lies in it.
fn shown(path: &Path) -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).unwrap_or(path).to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_upward_counts() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(NAME, "exclude = [\"drafts/**\"]\nrounding = \"down\"\nrules = [\"rules/*.toml\", \"no/*.toml\"]\n");
        write("rules/a.toml", "");
        write("rules/b.toml", "");
        write("inner/figlint.toml", "fail-on = \"never\"\nnonsense = 1\n");
        let mut settings = Settings::new(false);
        let report = |name: &str| folder.path().join(name);
        assert!(settings.wants(&report("a.txt")));
        assert!(!settings.wants(&report("drafts/deep/a.txt")));
        assert!(settings.wants(&report("inner/drafts/a.txt")));
        assert_eq!(settings.configs.len(), 2);
        assert_eq!(settings.get(1).config.fail_on.map(|setting| setting.value), Some(None));
        assert_eq!(settings.problems().len(), 1);
        let (files, problems) = settings.get(0).rule_files();
        assert_eq!(files, [report("rules/a.toml"), report("rules/b.toml")]);
        assert_eq!(problems[0].place.line_column, Some((3, 27)));
        assert!(Settings::new(true).of(&report("a.txt")).is_none());
    }

    #[test]
    fn days_are_counted() {
        let days = [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (18_321, (2020, 2, 29)), (20_999, (2027, 6, 30))];
        for (since, expected) in days {
            assert_eq!(day(since), expected);
        }
    }
}
