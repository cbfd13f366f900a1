//! What of the Language Server Protocol 3.17 is spoken here. Its own structs, because those of lsp-types refuse a URI with
//! characters beyond ASCII in it, which clients do send.

use figlint::diagnostic::Severity;
use figlint::span::{LineIndex, Position, Span, Units};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A part of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub start: Position,
    pub end: Position,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    pub uri: String,
    pub range: Range,
}

/// What an editor shows at a place.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    pub range: Range,
    pub severity: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_description: Option<CodeDescription>,
    pub source: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_information: Vec<Related>,
}

/// Where a code is described.
#[derive(Clone, Debug, Serialize)]
pub struct CodeDescription {
    pub href: String,
}

/// Another place that a diagnostic is about.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    pub location: Location,
    pub message: String,
}

/// A message that wants no answer.
#[derive(Debug, Serialize)]
pub struct Notification<'a, T> {
    pub jsonrpc: &'a str,
    pub method: &'a str,
    pub params: T,
}

/// `textDocument/publishDiagnostics`: written as it is, since there may be a megabyte of it with each keystroke.
#[derive(Debug, Serialize)]
pub struct PublishDiagnostics<'a> {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    pub diagnostics: Vec<&'a Diagnostic>,
}

/// A place asked about: the params of most requests.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    pub text_document: Identifier,
    pub position: Position,
}

/// A document.
#[derive(Debug, Deserialize)]
pub struct Identifier {
    pub uri: String,
}

/// `textDocument/didOpen`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidOpen {
    pub text_document: Item,
}

/// A document that was opened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub uri: String,
    #[serde(default)]
    pub language_id: String,
    #[serde(default)]
    pub version: i64,
    pub text: String,
}

/// `textDocument/didChange`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidChange {
    pub text_document: Versioned,
    pub content_changes: Vec<Change>,
}

/// A document and its version after a change.
#[derive(Debug, Deserialize)]
pub struct Versioned {
    pub uri: String,
    #[serde(default)]
    pub version: Option<i64>,
}

/// A change: of a range, or without one of the whole text.
#[derive(Clone, Debug, Deserialize)]
pub struct Change {
    #[serde(default)]
    pub range: Option<Range>,
    pub text: String,
}

/// `textDocument/didClose`, `didSave`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfDocument {
    pub text_document: Identifier,
}

/// `textDocument/codeAction`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OfRange {
    pub text_document: Identifier,
    pub range: Range,
}

/// A text with its lines, as a version of a document had it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub text: Arc<String>,
    pub lines: Arc<LineIndex>,
}

impl Snapshot {
    /// Takes a text.
    pub fn new(text: String) -> Self {
        let lines = Arc::new(LineIndex::new(&text));
        Self { text: Arc::new(text), lines }
    }

    /// The range of a span of bytes; where it lies beyond the text or in a character, the nearest there is before it.
    pub fn range(&self, span: Span, units: Units) -> Range {
        let at = |offset: u32| self.lines.position(&self.text, self.boundary(offset), units);
        Range { start: at(span.start), end: at(span.end) }
    }

    /// The offset of a position.
    pub fn offset(&self, position: Position, units: Units) -> u32 {
        self.lines.offset(&self.text, position, units)
    }

    /// The span of a line by its number from 1, without blanks around its text.
    pub fn line(&self, line: u32) -> Span {
        let last = self.lines.line_column(&self.text, self.text.len() as u32).line;
        let span = self.lines.line_span(&self.text, line.clamp(1, last));
        let text = &self.text[span.range()];
        let start = span.start as usize + (text.len() - text.trim_start().len());
        Span::new(start.min(span.end as usize), (start + text.trim().len()).max(start))
    }

    fn boundary(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0) as u32
    }
}

/// A severity as the protocol counts them. Notes, which the command line hides, are hints.
pub fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 4,
    }
}
