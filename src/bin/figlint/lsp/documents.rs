//! The documents that the client has open, kept as the client has them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use figlint::document::Format;
use figlint::read;
use figlint::span::{LineIndex, Units};

use super::protocol::{Change, Item, Snapshot};
use super::uri;
use crate::settings;

/// The open documents, by their paths.
#[derive(Debug, Default)]
pub struct Documents {
    open: HashMap<PathBuf, Document>,
    /// The folder in which what has no file is taken to lie.
    pub root: PathBuf,
    revisions: u64,
}

/// An open document.
#[derive(Debug)]
pub struct Document {
    /// Its URI as the client writes it.
    pub uri: String,
    /// Its version by the client's count.
    pub version: i64,
    /// Counts the changes of all documents, so that no two texts have the same number, whatever the client counts.
    pub revision: u64,
    /// Its text.
    pub snapshot: Snapshot,
    /// What it is.
    pub kind: Kind,
    /// Whether its text is known to be the client's; after a change that could not be made it is not.
    pub in_step: bool,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A report; without a format its extension tells.
    Report(Option<Format>),
    /// A figlint.toml.
    Config,
    /// A rule file.
    Rules,
    /// TOML that is a rule file only if a figlint.toml names it.
    Toml,
    /// Something else, which is left alone.
    Other,
}

impl Documents {
    /// The path of a document: its file's, or one in the root folder for what has no file.
    pub fn path(&self, uri: &str) -> PathBuf {
        uri::path(uri).unwrap_or_else(|| self.root.join(uri::name(uri)))
    }

    /// Takes a document that was opened, and gives its path.
    pub fn open(&mut self, item: Item) -> PathBuf {
        let path = self.path(&item.uri);
        let kind = kind(&path, &item.language_id, uri::path(&item.uri).is_some());
        let snapshot = Snapshot::new(item.text);
        self.revisions += 1;
        let (uri, version, revision) = (item.uri, item.version, self.revisions);
        let document = Document { uri, version, revision, snapshot, kind, in_step: true };
        self.open.insert(path.clone(), document);
        path
    }

    /// Forgets a document that was closed.
    pub fn close(&mut self, path: &Path) -> Option<Document> {
        self.open.remove(path)
    }

    /// An open document.
    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    /// An open document that is about to be changed.
    pub fn changing(&mut self, path: &Path) -> Option<&mut Document> {
        self.revisions += 1;
        let document = self.open.get_mut(path)?;
        document.revision = self.revisions;
        Some(document)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&PathBuf, &Document)> {
        self.open.iter()
    }

    /// The URI of a path: as the client wrote it, where it has it open.
    pub fn uri(&self, path: &Path) -> String {
        self.open.get(path).map_or_else(|| uri::of_path(path), |document| document.uri.clone())
    }
}

impl Document {
    /// Makes changes, in their order.
    ///
    /// # Errors
    /// One cannot be made: its range ends before it starts. The text is no longer the client's then.
    pub fn change(&mut self, version: Option<i64>, changes: Vec<Change>, units: Units) -> Result<(), String> {
        self.version = version.unwrap_or(self.version + 1);
        for change in changes {
            let Some(range) = change.range else {
                self.snapshot = Snapshot::new(change.text);
                self.in_step = true;
                continue;
            };
            let (start, end) = (self.snapshot.offset(range.start, units), self.snapshot.offset(range.end, units));
            if start > end {
                self.in_step = false;
                return Err(format!("a change of {} ends before it starts", self.uri));
            }
            let text = Arc::make_mut(&mut self.snapshot.text);
            text.replace_range(start as usize..end as usize, &change.text);
            self.snapshot.lines = Arc::new(LineIndex::new(text));
        }
        Ok(())
    }

    /// Whether it is a rule file or a figlint.toml, or may be.
    pub fn is_toml(&self) -> bool {
        matches!(self.kind, Kind::Config | Kind::Rules | Kind::Toml)
    }
}

/// What a document is, by its name and by what the editor calls its language.
fn kind(path: &Path, language: &str, is_file: bool) -> Kind {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if name == settings::NAME {
        return Kind::Config;
    }
    if name.ends_with(".figlint.toml") {
        return Kind::Rules;
    }
    let is_toml = path.extension().is_some_and(|extension| extension == "toml");
    if is_toml || language == "toml" {
        return Kind::Toml;
    }
    if read::supports(path) {
        return Kind::Report(None);
    }
    match language {
        "markdown" => Kind::Report(Some(Format::Markdown)),
        "html" | "xhtml" => Kind::Report(Some(Format::Html)),
        "csv" => Kind::Report(Some(Format::Csv)),
        "tsv" => Kind::Report(Some(Format::Tsv)),
        // Editors call every file plain text that they know nothing of, a licence or a lock file too.
        "plaintext" | "text" if !is_file => Kind::Report(Some(Format::Text)),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use figlint::span::Position;
    use proptest::prelude::*;

    use super::super::protocol::Range;
    use super::*;

    fn document(text: &str) -> Document {
        let snapshot = Snapshot::new(text.to_owned());
        let (uri, kind) = ("file:///r.txt".into(), Kind::Report(None));
        Document { uri, version: 1, revision: 1, snapshot, kind, in_step: true }
    }

    fn range(start: (u32, u32), end: (u32, u32)) -> Option<Range> {
        let at = |(line, character)| Position { line, character };
        Some(Range { start: at(start), end: at(end) })
    }

    #[test]
    fn changes_are_made_in_their_order() {
        let mut one = document("受理𝟗件\r\n办结8件");
        let changes = vec![
            Change { range: range((0, 2), (0, 4)), text: "510".into() },
            Change { range: range((1, 2), (1, 3)), text: "528".into() },
            Change { range: range((7, 0), (9, 9)), text: "。".into() },
        ];
        one.change(Some(2), changes, Units::Utf16).unwrap();
        assert_eq!((one.snapshot.text.as_str(), one.version), ("受理510件\r\n办结528件。", 2));
        let wrong = vec![Change { range: range((1, 0), (0, 0)), text: String::new() }];
        assert!(one.change(None, wrong, Units::Utf16).is_err() && !one.in_step);
        one.change(None, vec![Change { range: None, text: "新".into() }], Units::Utf16).unwrap();
        assert!(one.in_step && one.snapshot.text.as_str() == "新");
    }

    #[test]
    fn names_and_languages_tell_what_a_document_is() {
        let cases = [
            ("/a/figlint.toml", "toml", true, Kind::Config),
            ("/a/r.figlint.toml", "", true, Kind::Rules),
            ("/a/Cargo.toml", "plaintext", true, Kind::Toml),
            ("/a/r.md", "", true, Kind::Report(None)),
            ("/a/Untitled-1", "markdown", false, Kind::Report(Some(Format::Markdown))),
            ("/a/Untitled-1", "plaintext", false, Kind::Report(Some(Format::Text))),
            ("/a/LICENSE", "plaintext", true, Kind::Other),
            ("/a/main.rs", "rust", true, Kind::Other),
        ];
        for (path, language, is_file, expected) in cases {
            assert_eq!(kind(Path::new(path), language, is_file), expected, "{path}");
        }
    }

    /// The text as a client holds it: lines of UTF-16 units, changed as editors change them.
    fn by_the_client(text: &str, range: Range, new: &str) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let at = |position: Position| {
            let mut starts = vec![0];
            for (i, &unit) in units.iter().enumerate() {
                let lone = unit == 13 && units.get(i + 1) != Some(&10);
                if unit == 10 || lone {
                    starts.push(i + 1);
                }
            }
            let Some(&start) = starts.get(position.line as usize) else { return units.len() };
            let next = starts.get(position.line as usize + 1).copied().unwrap_or(units.len());
            let end = (start..next).find(|&i| units[i] == 10 || units[i] == 13).unwrap_or(next);
            (start + position.character as usize).min(end)
        };
        let (start, end) = (at(range.start), at(range.end));
        let changed: Vec<u16> =
            units[..start].iter().copied().chain(new.encode_utf16()).chain(units[end..].iter().copied()).collect();
        String::from_utf16(&changed).unwrap()
    }

    proptest! {
        #[test]
        fn the_text_stays_the_clients(
            text in "[a数\n\r5]{0,30}",
            edits in proptest::collection::vec(((0u32..6, 0u32..9), (0u32..6, 0u32..9), "[b额\n\r𝟗]{0,4}"), 1..8),
        ) {
            let (mut one, mut client) = (document(&text), text);
            for (a, b, new) in edits {
                let (from, to) = if a <= b { (a, b) } else { (b, a) };
                let range = range(from, to).unwrap();
                // A place inside a character of two units is none that a client sends.
                let whole = |position: Position| {
                    let snapshot = &one.snapshot;
                    let offset = snapshot.offset(position, Units::Utf16);
                    snapshot.lines.position(&snapshot.text, offset, Units::Utf16)
                };
                let range = Range { start: whole(range.start), end: whole(range.end) };
                client = by_the_client(&client, range, &new);
                one.change(None, vec![Change { range: Some(range), text: new }], Units::Utf16).unwrap();
                prop_assert_eq!(one.snapshot.text.as_str(), client.as_str());
                prop_assert_eq!(format!("{:?}", one.snapshot.lines), format!("{:?}", LineIndex::new(&client)));
            }
        }
    }
}
