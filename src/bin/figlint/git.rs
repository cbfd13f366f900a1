//! The `git` program: what changed since a revision, and what files were then.
//!
//! A program and no library: where there is a repository there is git, and it alone knows all of its settings (line ends,
//! filters, partial clones, work trees). Nothing is fetched, no index is refreshed on disk, no program of the repository's
//! choice is run.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use figlint::document::Message;

/// A repository as it differs from a revision. All paths in it are relative to its top folder.
#[derive(Debug)]
pub struct Repository {
    /// The top folder of its work tree, canonical.
    top: PathBuf,
    /// The commit that it is compared with.
    base: String,
    /// The files of that commit.
    then: HashSet<PathBuf>,
    /// Files that were changed, added or renamed since, with their old path where they have one.
    changed: HashMap<PathBuf, Option<PathBuf>>,
    /// Files that are gone since.
    gone: HashSet<PathBuf>,
}

/// The top folder of the repository around a folder; `None`: there is none.
pub fn top(folder: &Path) -> Result<Option<PathBuf>, String> {
    match run(folder, ["rev-parse", "--show-toplevel"]) {
        Ok(out) => {
            Ok(Some(path(out.strip_suffix(b"\n").unwrap_or(&out)).canonicalize().map_err(|error| error.to_string())?))
        }
        Err(Failure::Said(why)) if why.contains("not a git repository") => Ok(None),
        Err(failure) => Err(failure.to_string()),
    }
}

impl Repository {
    /// Compares a repository's work tree, what is not committed included, with a revision: with the commit at which the current
    /// branch left it, so that what others did there since is not taken for a change here.
    pub fn compare(top: PathBuf, revision: &str) -> Result<Self, String> {
        let commit = format!("{revision}^{{commit}}");
        if revision.is_empty() || revision.starts_with('-') {
            return Err(format!("`{revision}` is no revision"));
        }
        let commit = match run(&top, ["rev-parse", "--verify", "--quiet", &commit]) {
            Err(Failure::Said(why)) if why.is_empty() => {
                return Err(format!(
                    "there is no revision `{revision}` here; a shallow clone lacks those that were not fetched"
                ));
            }
            out => line(out.map_err(|failure| failure.to_string())?),
        };
        let base = run(&top, ["merge-base", &commit, "HEAD"]).map_or(commit, line);
        let told = |failure: Failure| failure.to_string();
        let then = run(&top, ["ls-tree", "-r", "-z", "--name-only", &base]).map_err(told)?;
        let diff = ["diff", "--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv", &base, "--"];
        let (changed, gone) = differences(&run(&top, diff).map_err(told)?);
        Ok(Self { top, base, then: fields(&then).map(path).collect(), changed, gone })
    }

    /// Whether a file (a canonical path) differs from the revision, or is unknown to it.
    pub fn is_changed(&self, file: &Path) -> bool {
        self.inside(file).is_none_or(|file| self.changed.contains_key(file) || !self.then.contains(file))
    }

    /// Whether a file (a canonical path) is gone since.
    pub fn is_gone(&self, file: &Path) -> bool {
        self.inside(file).is_some_and(|file| self.gone.contains(file))
    }

    /// What a file was; `None`: it was not there. Never more than `most` bytes are read.
    pub fn earlier(&self, file: &Path, most: u64) -> Option<Result<Vec<u8>, Message>> {
        let file = self.inside(file)?;
        let old = self.changed.get(file).and_then(Option::as_deref).unwrap_or(file);
        self.then.contains(old).then(|| self.read(old, most))
    }

    fn read(&self, old: &Path, most: u64) -> Result<Vec<u8>, Message> {
        let mut name = OsString::from(format!("{}:", self.base));
        name.push(old);
        // Line ends and encodings come out as in the work tree.
        let mut child = command(&self.top, [OsStr::new("cat-file"), OsStr::new("--filters"), &name])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Message::verbatim(Failure::of(error).to_string()))?;
        let mut bytes = Vec::new();
        let read = child.stdout.take().map_or(Ok(0), |out| out.take(most + 1).read_to_end(&mut bytes));
        if bytes.len() as u64 > most {
            _ = child.kill();
        }
        let status = child.wait().and_then(|status| read.map(|_| status));
        let status = status.map_err(|error| Message::verbatim(error.to_string()))?;
        match bytes.len() as u64 > most {
            true => Err(Message::new("it is larger than --max-size", "大于 --max-size")),
            false if !status.success() => Err(Message::new("git cannot show it", "git 无法给出它")),
            false if bytes.starts_with(b"version https://git-lfs.github.com/spec/") => {
                Err(Message::new("Git LFS keeps it elsewhere", "它由 Git LFS 存放在别处"))
            }
            false => Ok(bytes),
        }
    }

    /// Whether a file (a canonical path) lies in its work tree.
    pub fn holds(&self, file: &Path) -> bool {
        self.inside(file).is_some()
    }

    fn inside<'p>(&self, file: &'p Path) -> Option<&'p Path> {
        file.strip_prefix(&self.top).ok()
    }
}

/// Why git gave nothing.
enum Failure {
    /// It could not be started.
    Missing(String),
    /// What it said.
    Said(String),
}

impl Failure {
    fn of(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing("git is needed for it, and is not there".to_owned()),
            _ => Self::Missing(format!("git cannot be run: {error}")),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(why) => f.write_str(why),
            Self::Said(why) => write!(f, "git says: {}", why.lines().next().unwrap_or("nothing")),
        }
    }
}

fn command(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]).args(arguments);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    // No network: neither missing objects nor large files are fetched.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_LFS_SKIP_SMUDGE", "1");
    command
}

fn run<A: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>, Failure> {
    let output = command(folder, arguments).stderr(Stdio::piped()).output().map_err(Failure::of)?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(Failure::Said(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
    }
}

type Changed = HashMap<PathBuf, Option<PathBuf>>;

/// Reads `git diff --name-status -z`: a letter, then a path, or the old and the new one.
fn differences(out: &[u8]) -> (Changed, HashSet<PathBuf>) {
    let (mut changed, mut gone) = (HashMap::new(), HashSet::new());
    let mut fields = fields(out);
    while let (Some(state), Some(first)) = (fields.next(), fields.next()) {
        match state[0] {
            b'R' | b'C' => {
                if state[0] == b'R' {
                    gone.insert(path(first));
                }
                fields.next().and_then(|new| changed.insert(path(new), Some(path(first))));
            }
            b'D' => _ = gone.insert(path(first)),
            _ => _ = changed.insert(path(first), None),
        }
    }
    (changed, gone)
}

fn fields(out: &[u8]) -> impl Iterator<Item = &[u8]> {
    out.split(|&byte| byte == 0).filter(|field| !field.is_empty())
}

fn line(out: Vec<u8>) -> String {
    String::from_utf8_lossy(&out).trim().to_owned()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_read() {
        let (changed, gone) =
            differences("M\0a b.md\0R087\0old.md\0年报.md\0D\0x.md\0A\0new.md\0C100\0a\0b\0".as_bytes());
        let old = |name: &str| changed.get(Path::new(name)).cloned();
        assert_eq!(old("a b.md"), Some(None));
        assert_eq!(old("年报.md"), Some(Some("old.md".into())));
        assert_eq!(old("new.md"), Some(None));
        assert_eq!(old("b"), Some(Some("a".into())));
        assert_eq!((changed.len(), gone), (4, ["old.md", "x.md"].map(PathBuf::from).into()));
        assert!(differences(b"").0.is_empty());
    }
}
