//! Results on standard output and in files.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use figlint::diagnostic::Run;
use figlint::output::{self, TextOptions};

use crate::arguments::Format;

/// A file to write results to.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    pub format: Format,
    pub path: PathBuf,
}

impl Target {
    /// Reads `[FORMAT=]FILE`. Without a format the extension tells it, else it is the one that `--format` asks
    /// for; what neither tells is refused.
    pub fn parse(text: &str, default: Format) -> Result<Self, String> {
        let named = text.split_once('=').filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase()));
        if let Some((name, path)) = named {
            let format = Format::from_str(name, false)
                .map_err(|_| format!("--output {text}: there is no format `{name}` ({})", formats()))?;
            if path.is_empty() {
                return Err(format!("--output {text}: no file is named behind `=`"));
            }
            return Ok(Self { format, path: path.into() });
        }
        let path = PathBuf::from(text);
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Format::Json,
            Some("jsonl") => Format::Jsonl,
            Some("sarif") => Format::Sarif,
            Some("html") => Format::Html,
            Some("txt") => default,
            // A device or pipe takes what standard output would.
            _ if default != Format::Pretty || path.metadata().is_ok_and(|metadata| !metadata.is_file()) => default,
            _ => {
                return Err(format!("--output {text}: its name tells no format; write FORMAT={text} ({})", formats()));
            }
        };
        Ok(Self { format, path })
    }
}

/// The names of all formats.
fn formats() -> String {
    let all: Vec<_> = Format::value_variants().iter().filter_map(Format::to_possible_value).collect();
    all.iter().map(|value| value.get_name()).collect::<Vec<_>>().join(", ")
}

/// Writes results to standard output.
pub fn to_stdout(run: &Run, format: Format, options: &TextOptions) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out, run, format, options)?;
    out.flush()
}

/// Refuses what would overwrite a report that is to be checked, or one result with another.
pub fn refuse(targets: &[Target], reports: &[&Path]) -> Result<(), String> {
    let canonical = |path: &Path| path.canonicalize().ok().filter(|file| file.is_file());
    for (at, target) in targets.iter().enumerate() {
        let (path, file) = (&target.path, canonical(&target.path));
        if file.is_some() && reports.iter().any(|report| canonical(report) == file) {
            return Err(format!("--output {}: is a report that is to be checked", path.display()));
        }
        let is_device = || path.metadata().is_ok_and(|metadata| !metadata.is_file());
        if targets[..at].iter().any(|other| other.path == *path) && !is_device() {
            return Err(format!("--output {}: is named twice", path.display()));
        }
    }
    Ok(())
}

/// Writes a text to a file.
pub fn text_to_file(text: &str, path: &Path) -> io::Result<()> {
    replace(path, |out| out.write_all(text.as_bytes()))
}

/// Writes results to a file.
pub fn to_file(run: &Run, target: &Target, options: &TextOptions) -> io::Result<()> {
    let options = TextOptions { color: false, ..*options };
    replace(&target.path, |out| write(out, run, target.format, &options))
}

/// Writes a file: beside it first, then renamed, so that it is never half written and stays as it was if that fails.
fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let path = behind_links(path);
    if let Ok(metadata) = path.metadata() {
        let file = std::fs::OpenOptions::new().write(true).open(&path)?;
        // Devices and pipes are written to as they are: renaming would put a file in their place.
        if !metadata.is_file() {
            let mut out = BufWriter::new(file);
            write(&mut out)?;
            return out.flush();
        }
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = new_file(folder)?;
    let mut out = BufWriter::new(&mut beside);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    beside.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// The file that a link points at, be it there or not: the link goes on pointing at it.
fn behind_links(path: &Path) -> PathBuf {
    let target = || {
        let target = path.read_link().ok()?;
        Some(path.parent().unwrap_or(Path::new("")).join(target))
    };
    path.canonicalize().ok().or_else(target).unwrap_or_else(|| path.to_path_buf())
}

fn write(out: &mut dyn Write, run: &Run, format: Format, options: &TextOptions) -> io::Result<()> {
    match format {
        Format::Pretty => output::pretty::write(out, run, options),
        Format::Concise => output::concise::write(out, run, options),
        Format::Json => output::json::write(out, run),
        Format::Jsonl => output::json::write_lines(out, run),
        Format::Sarif => output::sarif::write(out, run),
        Format::Github => output::github::write(out, run),
        Format::Gitlab => output::gitlab::write(out, run),
        Format::Junit => output::junit::write(out, run),
        Format::Html => output::page::write(out, run, options),
    }
}

/// A new file with the permissions that new files have, not the narrow ones of temporary files.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|error| without_name(&error))
}

/// An error of the system alone: the name of a temporary file tells nobody anything.
fn without_name(error: &io::Error) -> io::Error {
    let told = error.to_string();
    io::Error::new(error.kind(), told.split(" at path ").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.json");
        let fails = |out: &mut dyn Write| {
            out.write_all(&[b'x'; 100_000])?;
            Err(io::Error::other("the disk is full"))
        };
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        assert!(replace(&path, fails).is_err() && files() == 0);
        text_to_file("old", &path).unwrap();
        assert!(replace(&path, fails).is_err() && files() == 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        #[cfg(unix)]
        for target in ["out.json", "new.json"] {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(target, &link).unwrap();
            text_to_file("new", &link).unwrap();
            assert!(link.is_symlink() && std::fs::read_to_string(folder.path().join(target)).unwrap() == "new");
            std::fs::remove_file(link).unwrap();
        }
    }

    #[test]
    fn targets_tell_their_format() {
        let target = |text| Target::parse(text, Format::Pretty).map(|target| (target.format, target.path));
        assert_eq!(target("json=a.txt"), Ok((Format::Json, "a.txt".into())));
        assert_eq!(target("a.jsonl"), Ok((Format::Jsonl, "a.jsonl".into())));
        assert_eq!(target("a.txt"), Ok((Format::Pretty, "a.txt".into())));
        assert_eq!(target("./a=b.txt"), Ok((Format::Pretty, "./a=b.txt".into())));
        assert!(target("odt=a").unwrap_err().contains("no format `odt`"));
        assert!(target("a.xyz").unwrap_err().contains("FORMAT=a.xyz (pretty,"));
        assert!(target("a").is_err() && target("html=").unwrap_err().contains("no file is named"));
        assert_eq!(Target::parse("a.xml", Format::Junit).map(|target| target.format), Ok(Format::Junit));
    }

    #[test]
    fn errors_do_not_tell_of_temporary_files() {
        let error = text_to_file("x", Path::new("no-such-folder/x")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(!error.to_string().contains("no-such-folder"), "{error}");
    }
}
