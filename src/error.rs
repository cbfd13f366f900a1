//! One opaque error for the library: what went wrong, on which path.

use std::fmt;
use std::path::{Path, PathBuf};

/// An error of the library. Its text says what could not be done, with the path, and what to do where that helps.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: Option<PathBuf>,
}

#[derive(Debug)]
enum Kind {
    Io(std::io::Error),
    Message(String),
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error told in words.
    pub fn message(text: impl Into<String>) -> Self {
        Self { kind: Kind::Message(text.into()), path: None }
    }

    /// The same error, said of a path.
    pub fn on(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_path_buf());
        self
    }

    /// What went wrong, without the path.
    pub fn reason(&self) -> String {
        match &self.kind {
            Kind::Io(error) => error.to_string(),
            Kind::Message(text) => text.clone(),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self { kind: Kind::Io(error), path: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.reason())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Io(error) => Some(error),
            Kind::Message(_) => None,
        }
    }
}
