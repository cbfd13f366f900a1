//! What is wrong in a rule file, at its place.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Excerpt, Label, PlaceView, Problem};
use crate::span::{LineIndex, Span};

/// How many errors of one file are kept; who has more sees the rest after mending these.
pub const MAX_ERRORS: usize = 200;

/// An error in a rule file or in figlint.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The file, as given.
    pub path: PathBuf,
    /// Where: byte offsets in the file's text, on character boundaries.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What was meant, or what to do.
    pub help: Option<String>,
}

impl RuleError {
    /// The error as it is shown. `text` is the file's text.
    pub fn problem(&self, text: &str) -> Problem {
        self.problem_in(text, &LineIndex::new(text))
    }

    /// The same for a text whose lines were indexed before; for files with many errors.
    pub fn problem_in(&self, text: &str, lines: &LineIndex) -> Problem {
        let at = lines.line_column(text, self.span.start);
        let shown = window(text, lines.line_span(text, at.line), self.span);
        let start = self.span.start.min(shown.end);
        let end = self.span.end.clamp(start, shown.end);
        let label = Label {
            start: (start - shown.start) as usize,
            end: (end - shown.start) as usize,
            text: String::new(),
            primary: true,
            at: None,
        };
        let before = text[shown.start as usize..start as usize].chars().count() as u32;
        let path = self.path.display().to_string();
        Problem {
            message: self.message.clone(),
            path: Some(path.clone()),
            place: PlaceView {
                bytes: Some((self.span.start.into(), self.span.end.into())),
                line_column: Some((at.line, at.column)),
                ..PlaceView::default()
            },
            help: self.help.clone(),
            excerpts: vec![Excerpt {
                path,
                place: None,
                line: at.line,
                column: at.column.saturating_sub(before).max(1),
                text: text[shown.range()].to_owned(),
                labels: vec![label],
            }],
            fatal: true,
        }
    }
}

/// How much of a line is shown before and after an error, in bytes. A rule file may be one line of megabytes.
const SHOWN: usize = 2000;

/// The part of a line around an error: all of it, unless it is very long.
fn window(text: &str, line: Span, error: Span) -> Span {
    let start = character_start(text, (error.start as usize).saturating_sub(SHOWN)).max(line.start as usize);
    let end = character_start(text, error.start as usize + SHOWN).min(line.end as usize);
    Span::new(start.min(end), end)
}

/// An error inside a string of a rule file: a range of the string's own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With "did you mean" as help, where something was found that may be meant.
    pub fn suggest(mut self, meant: Option<&str>) -> Self {
        self.help = meant.map(|name| format!("did you mean `{name}`?")).or(self.help);
        self
    }
}

/// Collects the errors of one file.
pub(super) struct Sink<'a> {
    path: &'a Path,
    text: &'a str,
    errors: Vec<RuleError>,
    total: usize,
    muted: bool,
    unheard: usize,
}

impl<'a> Sink<'a> {
    pub fn new(path: &'a Path, text: &'a str) -> Self {
        Self { path, text, errors: Vec::new(), total: 0, muted: false, unheard: 0 }
    }

    /// Records a fault whose range lies in the file's text.
    pub fn push(&mut self, fault: Fault) {
        if self.muted {
            self.unheard += 1;
            return;
        }
        self.total += 1;
        if self.errors.len() < MAX_ERRORS {
            let start = character_start(self.text, fault.range.start);
            let end = character_start(self.text, fault.range.end).max(start);
            let (message, help) = (fault.message, fault.help);
            let span = Span::new(start, end);
            self.errors.push(RuleError { path: self.path.to_path_buf(), span, message, help });
        }
    }

    /// From now on errors are counted but not told, or told again.
    pub fn mute(&mut self, muted: bool) {
        self.muted = muted;
    }

    /// Whether further errors would only be counted, so that advice for them is not worth its time.
    pub fn is_full(&self) -> bool {
        self.muted || self.errors.len() >= MAX_ERRORS
    }

    /// How many errors there were so far, those not told included.
    pub fn total(&self) -> usize {
        self.total + self.unheard
    }

    /// The errors in order of place; one at the end tells how many were left out.
    pub fn finish(mut self) -> Vec<RuleError> {
        self.errors.sort_by_key(|error| error.span);
        let left_out = self.total - self.errors.len();
        if left_out > 0 {
            self.errors.push(RuleError {
                path: self.path.to_path_buf(),
                span: self.errors.last().map_or(Span::default(), |last| last.span),
                message: format!("{left_out} further errors in this file are not shown"),
                help: None,
            });
        }
        self.errors
    }
}

/// The start of the character that holds the byte `at`. What the TOML library calls a place may lie inside one.
fn character_start(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The candidate that `name` was most likely meant to be, if one is near enough.
pub(crate) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    if length > MAX_SUGGESTED {
        return None;
    }
    let far = (length / 3).max(1);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(|candidate| candidate.len() <= 4 * MAX_SUGGESTED && candidate.chars().count().abs_diff(length) <= far)
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|&(distance, candidate)| distance <= far && (length > 1 || candidate.eq_ignore_ascii_case(name)))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Names longer than this (in characters) get no suggestion, and no more candidates than this are looked at, so that a large
/// broken file stays cheap.
const MAX_SUGGESTED: usize = 64;
const MAX_CANDIDATES: usize = 2000;
