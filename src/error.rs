//! One opaque error for the library: what went wrong, on which path.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::document::Message;

/// An error of the library. Its text says what could not be done, with the path, and what to do where that helps.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: Option<PathBuf>,
}

#[derive(Debug)]
enum Kind {
    Io(std::io::Error),
    Message(Message),
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error told in words, in English and in Chinese.
    pub fn message(english: impl Into<Cow<'static, str>>, chinese: impl Into<Cow<'static, str>>) -> Self {
        Message::new(english, chinese).into()
    }

    /// The same error, said of a path.
    pub fn on(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_path_buf());
        self
    }

    /// What went wrong, with the path.
    pub fn told(&self) -> Message {
        let reason = self.reason();
        let Some(path) = &self.path else { return reason };
        let on_path = |reason: &str| format!("{}: {reason}", path.display()).into();
        Message { english: on_path(&reason.english), chinese: on_path(&reason.chinese) }
    }

    /// What went wrong, without the path.
    pub fn reason(&self) -> Message {
        match &self.kind {
            Kind::Io(error) => Message::of_io(error),
            Kind::Message(message) => message.clone(),
        }
    }
}

impl From<Message> for Error {
    fn from(message: Message) -> Self {
        Self { kind: Kind::Message(message), path: None }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self { kind: Kind::Io(error), path: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told().english)
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
