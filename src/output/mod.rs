//! Outputs: a function over a writer and what a run gave each. They know the views of [`crate::diagnostic`] and nothing of
//! figures, rules or readers.
//!
//! [`json`] is for programs, [`concise`] for grep, [`pretty`] for people; [`figures`] lists figures; [`schema()`] says what the
//! JSON looks like.

mod clean;
pub mod concise;
mod coverage;
mod excerpt;
pub mod figures;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod machine;
pub mod page;
pub mod pretty;
pub mod sarif;
pub mod schema;
mod words;

#[cfg(test)]
mod sample;

pub use clean::{line as clean_line, wrapped};
pub use machine::{message, uri};
pub use schema::schema;

use crate::diagnostic::{Finding, Run, Severity};
use crate::document::Language;

/// How text is written for people.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The terminal's width in columns.
    pub width: usize,
    /// Whether colours are used.
    pub color: bool,
    /// Whether only ASCII is drawn with; the report's own text stays as it is.
    pub ascii: bool,
    /// Whether notes are shown.
    pub notes: bool,
    /// Whether what is only good to know is told (the encoding that was detected, what was suppressed).
    pub remarks: bool,
    /// Whether a closing line counts.
    pub summary: bool,
    /// The language of messages; `None`: the report's own.
    pub language: Option<Language>,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { width: 80, color: false, ascii: false, notes: false, remarks: false, summary: true, language: None }
    }
}

impl TextOptions {
    /// Whether a finding is shown: notes only on request, and what a baseline has never. (What passes is a finding only where it was asked for.)
    fn shows(&self, finding: &Finding) -> bool {
        finding.known != Some(true) && (self.notes || finding.severity != Some(Severity::Note))
    }

    /// The language of what belongs to no report: the one asked for, else the first report's.
    fn run_language(&self, run: &Run) -> Language {
        self.language.or(run.reports.first().map(|report| report.language)).unwrap_or_default()
    }

    /// A text in a colour, if colours are used.
    fn paint(&self, color: Color, text: &str) -> String {
        if self.color { format!("\u{1b}[{}m{text}\u{1b}[0m", color as u8) } else { text.to_owned() }
    }
}

/// ANSI colours by their number.
#[derive(Clone, Copy)]
enum Color {
    Bold = 1,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
}

impl Color {
    /// The colour of a severity; of what passes: green.
    fn of(severity: Option<Severity>) -> Self {
        match severity {
            Some(Severity::Error) => Color::Red,
            Some(Severity::Warning) => Color::Yellow,
            Some(Severity::Note) => Color::Cyan,
            None => Color::Green,
        }
    }
}
