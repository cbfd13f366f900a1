//! From paths on the command line to reports: files as they are, folders walked, globs expanded.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use figlint::document::Message;
use figlint::error::{Error, Result};
use figlint::read::{self, Archive, Entry};
use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;

use crate::arguments::Arguments;

/// What a path on the command line stands for.
#[derive(Debug)]
pub enum Found {
    /// A report.
    File(PathBuf),
    /// A report in an archive, and the path it is shown at: the archive's, then its own.
    Inner(Arc<Archive>, Entry, PathBuf),
    /// Standard input.
    Stdin,
    /// A path at which there is nothing to check, and why.
    Nothing(PathBuf, Message),
}

impl Found {
    /// What a path stands for that is to be a single report.
    pub fn named(path: &Path) -> Self {
        match path.metadata() {
            _ if path == Path::new("-") => Found::Stdin,
            Err(error) => Found::Nothing(path.to_path_buf(), Message::of_io(&error)),
            Ok(_) => Found::File(path.to_path_buf()),
        }
    }

    /// The path, or what standard input is called.
    pub fn path(&self, stdin_name: Option<&Path>) -> PathBuf {
        match self {
            Found::File(path) | Found::Inner(_, _, path) | Found::Nothing(path, _) => path.clone(),
            Found::Stdin => stdin_name.unwrap_or(Path::new("<stdin>")).to_path_buf(),
        }
    }

    /// The content.
    ///
    /// # Errors
    /// It cannot be read, or there is none.
    pub fn read(&self, options: &read::Options) -> Result<Vec<u8>> {
        // One byte past the limit is enough to see that it is met.
        let most = options.max_size().saturating_add(1);
        match self {
            Found::File(path) => {
                let file = std::fs::File::open(path).map_err(gone)?;
                let size = file.metadata()?.len().min(most);
                let mut bytes = Vec::with_capacity(size as usize + 1);
                file.take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Found::Inner(archive, entry, _) => archive.read(entry),
            Found::Stdin => {
                let mut bytes = Vec::new();
                io::stdin().lock().take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Found::Nothing(_, why) => Err(why.clone().into()),
        }
    }
}

/// Finds the reports under the paths given, in their order, those in folders and archives sorted, each once. Files that are
/// named are taken as they are; in folders only those that can be read, that no .gitignore leaves out, and that `wanted`
/// wants.
pub fn find(paths: &[PathBuf], wanted: &dyn Fn(&Path) -> bool, options: &read::Options) -> Vec<Found> {
    let current = [PathBuf::from(".")];
    let mut finder = Finder { wanted, options, found: Vec::new(), seen: HashSet::new() };
    for path in if paths.is_empty() { &current } else { paths } {
        finder.add(path);
    }
    finder.found
}

/// A report that was found and cannot be opened any more is told as that.
fn gone(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Error::message("it was there when the reports were looked for, and is gone", "查找报告时还在，现已不见")
        }
        _ => error.into(),
    }
}

/// Why there is nothing at a path; a word that is nearly a command's name may have been meant as one.
fn why_missing(path: &Path, error: &io::Error) -> Message {
    if error.kind() != io::ErrorKind::NotFound {
        return Message::of_io(error);
    }
    let word = path.to_str().unwrap_or_default();
    let arguments = Arguments::command();
    let mut names = arguments.get_subcommands().map(clap::Command::get_name);
    match names.find(|name| strsim::damerau_levenshtein(name, word) <= name.len() / 3) {
        Some(name) => Message::new(
            format!("there is no such file or folder, and no command of this name; did you mean `figlint {name}`?"),
            format!("没有这个文件或文件夹，也没有这个命令；是否要写 `figlint {name}`？"),
        ),
        None => Message::of_io(error),
    }
}

/// What reports are called, for messages.
const KNOWN: &str = ".txt, .md, .csv, .tsv, .html, .docx, .xlsx …";

/// Why there is nothing to check in a folder or an archive.
fn no_report() -> Message {
    Message::new(format!("holds no report ({KNOWN}) that is not left out"), format!("其中没有要检查的报告（{KNOWN}）"))
}

struct Finder<'a> {
    wanted: &'a dyn Fn(&Path) -> bool,
    options: &'a read::Options,
    found: Vec<Found>,
    seen: HashSet<PathBuf>,
}

impl Finder<'_> {
    fn add(&mut self, path: &Path) {
        if path == Path::new("-") {
            return self.push(path, Found::Stdin);
        }
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => self.add_folder(path),
            Ok(_) if is_zip(path) => self.add_zip(path),
            Ok(_) => self.push(path, Found::File(path.to_path_buf())),
            Err(error) => match glob(path) {
                Some(glob) => self.add_glob(path, &glob),
                None => self.found.push(Found::Nothing(path.to_path_buf(), why_missing(path, &error))),
            },
        }
    }

    /// Adds the reports in an archive; a zip that is a document is a file as others are.
    fn add_zip(&mut self, path: &Path) {
        let file = Found::File(path.to_path_buf());
        let Some(archive) = file.read(self.options).ok().and_then(|bytes| Archive::open(bytes, self.options)) else {
            // Reading it tells what it is, or what is wrong with it.
            return self.push(path, file);
        };
        let archive = Arc::new(archive);
        let mut empty = true;
        for entry in archive.entries() {
            let inner = path.join(&entry.path);
            if (self.wanted)(&inner) {
                empty = false;
                self.push(&inner, Found::Inner(archive.clone(), entry, inner.clone()));
            }
        }
        if empty {
            self.found.push(Found::Nothing(path.to_path_buf(), no_report()));
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let before = self.found.len();
        let mut builder = WalkBuilder::new(folder);
        builder.require_git(false).sort_by_file_name(Ord::cmp);
        let wanted = self.wanted;
        self.walk(builder, |path| read::supports(path) && wanted(path) && !is_review_page(path));
        if self.found.len() == before && !self.seen_below(folder) {
            self.found.push(Found::Nothing(folder.to_path_buf(), no_report()));
        }
    }

    /// Whether a report in the folder was found before.
    fn seen_below(&self, folder: &Path) -> bool {
        folder.canonicalize().is_ok_and(|folder| self.seen.iter().any(|seen| seen.starts_with(&folder)))
    }

    fn add_glob(&mut self, pattern: &Path, glob: &GlobMatcher) {
        let before = self.found.len();
        let fixed = pattern.components().take_while(|part| !is_glob(Path::new(part)));
        let base: PathBuf = fixed.collect();
        let mut builder = WalkBuilder::new(if base.as_os_str().is_empty() { Path::new(".") } else { &base });
        // What is named is taken, as a shell would: only hidden files are left out.
        builder.git_ignore(false).git_exclude(false).git_global(false).ignore(false).sort_by_file_name(Ord::cmp);
        if !pattern.to_string_lossy().contains("**") {
            let deep = pattern.components().count() - base.components().count();
            builder.max_depth(Some(deep));
        }
        if base.as_os_str().is_empty() || base.exists() {
            self.walk(builder, |path| glob.is_match(path));
        }
        if self.found.len() == before {
            let why = Message::new("no file has such a name", "没有名称相符的文件");
            self.found.push(Found::Nothing(pattern.to_path_buf(), why));
        }
    }

    fn walk(&mut self, builder: WalkBuilder, takes: impl Fn(&Path) -> bool) {
        for entry in builder.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => {
                    let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
                    if !takes(path) {
                        continue;
                    }
                    if path.is_file() {
                        self.push(path, Found::File(path.to_path_buf()));
                    } else if !path.exists() {
                        let why = Message::new(
                            "is a link to a file that is not there, or is gone",
                            "链接所指的文件不存在，或已不见",
                        );
                        self.found.push(Found::Nothing(path.to_path_buf(), why));
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let (path, why) = told(&error);
                    self.found.push(Found::Nothing(path, Message::verbatim(why)));
                }
            }
        }
    }

    fn push(&mut self, path: &Path, found: Found) {
        if self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf())) {
            self.found.push(found);
        }
    }
}

/// Whether a file is a review page that figlint wrote: the figures in it are those of other reports.
pub fn is_review_page(path: &Path) -> bool {
    // It says so after few other things.
    const HEAD: u64 = 2048;
    let is_page = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    let mut head = Vec::new();
    let read = || std::fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    is_page && { read }().is_ok() && memchr::memmem::find(&head, GENERATOR).is_some()
}

/// What a review page says of who made it.
const GENERATOR: &[u8] = b"<meta name=\"generator\" content=\"figlint ";

/// Whether a file starts as a zip archive does.
fn is_zip(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && &start == b"PK\x03\x04"
}

/// The path an error of the walk is about, and the error without it.
fn told(error: &ignore::Error) -> (PathBuf, String) {
    match error {
        ignore::Error::WithPath { path, err } => (path.clone(), told(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => told(err),
        ignore::Error::Io(error) => (PathBuf::new(), error.to_string()),
        other => (PathBuf::new(), other.to_string()),
    }
}

/// The path as a glob, if it is one.
fn glob(path: &Path) -> Option<GlobMatcher> {
    let text = path.to_str().filter(|_| is_glob(path))?;
    let text = text.strip_prefix("./").unwrap_or(text);
    GlobBuilder::new(text).literal_separator(true).build().ok().map(|glob| glob.compile_matcher())
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, and what is found for paths in it, without the folder's own name.
    fn found(files: &[&str], paths: &[&str]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, if file.ends_with(".gitignore") { "left/\n" } else { "" }).unwrap();
        }
        let paths: Vec<_> = paths.iter().map(|path| folder.path().join(path)).collect();
        let name = |path: &Path| path.strip_prefix(folder.path()).unwrap_or(path).display().to_string();
        find(&paths, &|path| !path.ends_with("unwanted.txt"), &read::Options::default())
            .iter()
            .map(|found| match found {
                Found::File(path) | Found::Inner(_, _, path) => name(path),
                Found::Stdin => "-".into(),
                Found::Nothing(path, _) => format!("!{}", name(path)),
            })
            .collect()
    }

    const FILES: [&str; 8] =
        ["b.md", "a/2.txt", "a/10.csv", "a/x.rs", ".gitignore", "left/c.txt", "a/unwanted.txt", "a/.hidden.txt"];

    #[test]
    fn folders_are_walked_in_order() {
        assert_eq!(found(&FILES, &["."]), ["a/10.csv", "a/2.txt", "b.md"]);
        assert_eq!(found(&FILES, &["b.md", "."]), ["b.md", "a/10.csv", "a/2.txt"]);
    }

    #[test]
    fn review_pages_are_found_only_where_they_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let (page, report) = (folder.path().join("review.html"), folder.path().join("report.html"));
        let mut written = Vec::new();
        figlint::output::page::write(&mut written, &Default::default(), &Default::default()).unwrap();
        std::fs::write(&page, written).unwrap();
        std::fs::write(&report, "<p>5 cases</p>").unwrap();
        let options = read::Options::default();
        let paths = |path: &Path| -> Vec<PathBuf> {
            find(&[path.to_path_buf()], &|_| true, &options).iter().map(|found| found.path(None)).collect()
        };
        assert_eq!(paths(folder.path()), [report]);
        assert_eq!(paths(&page), [page]);
    }

    #[test]
    fn a_report_that_disappears_is_told_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let options = read::Options::default();
        let found = find(&[folder.path().to_path_buf()], &|_| true, &options);
        std::fs::remove_file(folder.path().join("b.txt")).unwrap();
        let read = |found: &Found| found.read(&options).map_err(|error| error.to_string());
        let [a, b, c] = &found[..] else { panic!("{found:?}") };
        assert_eq!((read(a), read(c)), (Ok(b"a.txt".to_vec()), Ok(b"c.txt".to_vec())));
        assert!(read(b).unwrap_err().ends_with("is gone"));
    }

    #[test]
    fn what_is_named_is_taken() {
        let paths = ["a/x.rs", "left/c.txt", "a/unwanted.txt", "a/x.rs", "a/../b.md"];
        assert_eq!(found(&FILES, &paths), ["a/x.rs", "left/c.txt", "a/unwanted.txt", "a/../b.md"]);
    }

    #[test]
    fn globs_are_expanded() {
        assert_eq!(found(&FILES, &["a/*.txt"]), ["a/2.txt", "a/unwanted.txt"]);
        assert_eq!(found(&FILES, &["**/*.{md,csv}"]), ["a/10.csv", "b.md"]);
        assert_eq!(found(&FILES, &["*/c.txt"]), ["left/c.txt"]);
    }

    #[test]
    fn nothing_is_told() {
        assert_eq!(found(&FILES, &["no.txt", "*.pdf", "b.md"]), ["!no.txt", "!*.pdf", "b.md"]);
        assert_eq!(found(&["x.rs"], &["."]), ["!"]);
        assert_eq!(found(&FILES, &["a", "a"]), ["a/10.csv", "a/2.txt"]);
    }
}
