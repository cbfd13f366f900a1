//! The texts of rule files and figlint.toml: what is on disk, or what an editor holds of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use figlint::document::Message;

/// Texts that go before what is on disk; none for the command line.
#[derive(Clone, Debug, Default)]
pub struct Texts(Arc<HashMap<PathBuf, Arc<String>>>);

impl Texts {
    /// Texts by the paths of their files.
    pub fn new(texts: impl IntoIterator<Item = (PathBuf, Arc<String>)>) -> Self {
        Self(Arc::new(texts.into_iter().map(|(path, text)| (settled(&path), text)).collect()))
    }

    /// The text of a rule file or figlint.toml, a byte order mark left out; an error says what keeps it from being read.
    pub fn read(&self, path: &Path) -> Result<String, String> {
        let text = match self.get(path) {
            Some(text) => text.to_string(),
            None => {
                let bytes = std::fs::read(path).map_err(|error| Message::of_io(&error).english.into_owned())?;
                String::from_utf8(bytes).map_err(|_| "is not UTF-8, as TOML must be".to_owned())?
            }
        };
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Whether there is such a file, on disk or in an editor.
    pub fn is_file(&self, path: &Path) -> bool {
        self.get(path).is_some() || path.is_file()
    }

    fn get(&self, path: &Path) -> Option<&Arc<String>> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&settled(path))
    }
}

/// One path for a file that can be reached by several.
fn settled(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.canonicalize().unwrap_or_else(|_| absolute())
}
