//! Rules: where figures stand and what must hold between them. As written (TOML) → compiled [`RuleSet`].

pub mod config;
mod equation;
mod error;
pub mod expression;
mod expression_parser;
mod fields;
mod file;
mod keys;
mod names;
mod number;
mod operands;
mod operators;
pub mod pattern;
mod pattern_parser;
mod regex_parser;
mod rule_parser;
mod schema;
mod sections;
mod set;
mod toml_text;

pub use config::Config;
pub(crate) use error::nearest;
pub use error::{MAX_ERRORS, RuleError};
pub use expression::Expr;
pub use file::{MAX_FILE, parse, parse_builtin};
pub use names::MAX_NAMES;
pub use number::MAX_DIGITS;
pub use pattern::Pattern;
pub use pattern_parser::MAX_PATTERN_DEPTH;
pub use regex_parser::MAX_REGEX;
pub use schema::{config_schema, rule_file_schema};
pub use set::RuleSet;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Severity;
use crate::figure::{DeclaredUnit, Quantity, Rounding, Unit};
use crate::span::{LineColumn, LineIndex, Span};

/// A rule file's text.
#[derive(Clone, Debug)]
pub struct RuleSource {
    /// Its path, as given.
    pub path: PathBuf,
    /// Its text; all spans of rules are byte offsets into it.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl RuleSource {
    /// The text of a rule file, and its path as given.
    pub fn new(path: &Path, text: &str) -> Self {
        Self { path: path.to_path_buf(), text: Arc::from(text), lines: OnceLock::new() }
    }

    /// The line and column of an offset in the text.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.lines().line_column(&self.text, offset)
    }

    /// The span of a line, its end mark left out.
    pub fn line_span(&self, line: u32) -> Span {
        self.lines().line_span(&self.text, line)
    }

    /// A rule file may have a finding for each of its lines, so they are counted once.
    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// A compiled rule file.
#[derive(Debug)]
pub struct RuleFile {
    /// Its text.
    pub source: RuleSource,
    /// The title, if any.
    pub title: Option<String>,
    /// The reports it is for, as globs relative to its folder; `None`: every report it is run on.
    pub files: Option<globset::GlobSet>,
    /// How the reports round.
    pub rounding: Option<Rounding>,
    /// `[figures]`: names for the whole report.
    pub names: Vec<NamedFigure>,
    /// The rules; equations come first.
    pub rules: Vec<Rule>,
}

impl RuleFile {
    /// Whether it is a built-in check.
    pub fn is_built_in(&self) -> bool {
        self.rules.iter().any(|rule| rule.detected)
    }

    /// The other files that its named figures come from.
    pub fn sources(&self) -> impl Iterator<Item = &Path> {
        self.names.iter().filter_map(|name| match &name.place {
            NamedPlace::FindIn(path, _) | NamedPlace::Cell { file: Some(path), .. } => Some(path.as_path()),
            NamedPlace::Find(_) | NamedPlace::Cell { file: None, .. } => None,
        })
    }
}

/// A figure named once for the whole report.
#[derive(Debug)]
pub struct NamedFigure {
    /// The name.
    pub name: String,
    /// Where the entry stands in the rule file.
    pub span: Span,
    /// Where the figure stands.
    pub place: NamedPlace,
}

/// Where a named figure stands.
#[derive(Debug)]
pub enum NamedPlace {
    /// In the report, by a pattern with one figure.
    Find(Pattern),
    /// In another report, by a pattern with one figure. The path is resolved against the rule file's folder.
    FindIn(PathBuf, Pattern),
    /// In a table of this report (`file` is `None`) or of another file.
    Cell {
        /// The other file.
        file: Option<PathBuf>,
        /// Which table; `None`: the only one that has the row and the column.
        table: Option<String>,
        /// The row's label.
        row: Label,
        /// The column's label.
        column: Label,
    },
}

/// A label of a row or a column as a rule names it.
#[derive(Clone, Debug)]
pub struct Label {
    /// As written; `…` stands for any text.
    pub text: String,
    /// Where it stands in the rule file.
    pub span: Span,
}

/// A rule, compiled.
#[derive(Debug)]
pub struct Rule {
    /// Its id, unique across a run.
    pub id: String,
    /// The id (or the equation) in the rule file.
    pub id_span: Span,
    /// `find` or `regex`; several must each be found once in every `scope`.
    pub finds: Vec<Pattern>,
    /// Where several patterns are sought together.
    pub scope: Scope,
    /// The table part.
    pub table: Option<TableRule>,
    /// Set for rules made of an entry of `equations`.
    pub equation: Option<Equation>,
    /// The names of its checks; [`Expr::Name`] holds indices into this.
    pub names: Vec<Name>,
    /// `where`.
    pub filter: Option<Expr>,
    /// Its checks, each with a verdict of its own.
    pub checks: Vec<Check>,
    /// How many places are expected.
    pub expect: Expect,
    /// `unit`: the unit and scale of figures whose report does not say it.
    pub unit: Option<DeclaredUnit>,
    /// How the figures are rounded, where the rule says so itself.
    pub rounding: Option<Rounding>,
    /// What a failure counts as.
    pub severity: Severity,
    /// Whether who uses the rule set its severity: failures that would count as less then count as that all the same, but for
    /// those that are merely odd.
    pub severity_set: bool,
    /// What a failure says.
    pub message: Option<String>,
    /// The same in Chinese.
    pub message_zh: Option<String>,
    /// What is checked and why.
    pub about: Option<String>,
    /// Whether a detector of the program finds the figures of its names.
    pub detected: bool,
    /// Its tests.
    pub examples: Vec<Example>,
}

impl Rule {
    /// What a failure says, in a language where the rule says it in that.
    pub fn message_in(&self, language: crate::document::Language) -> Option<&str> {
        let own = self.message_zh.as_deref().filter(|_| language == crate::document::Language::Chinese);
        own.or(self.message.as_deref())
    }
}

/// Where several patterns are sought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
    /// In one section.
    Section,
    /// In the whole report.
    Report,
}

/// A check of a rule.
#[derive(Debug)]
pub struct Check {
    /// The expression.
    pub expr: Expr,
    /// As written.
    pub text: String,
    /// Where the expression stands in the rule file (inside the quotes).
    pub span: Span,
}

/// A name that a rule's expressions use.
#[derive(Clone, Debug)]
pub struct Name {
    /// As written.
    pub name: String,
    /// The same in Chinese, for reports in Chinese; names of built-in checks have one.
    pub name_zh: Option<String>,
    /// What it stands for.
    pub kind: NameKind,
    /// Where its value comes from.
    pub from: NameFrom,
}

impl Name {
    /// The name in a report's language.
    pub fn said(&self, language: crate::document::Language) -> &str {
        let own = self.name_zh.as_deref().filter(|_| language == crate::document::Language::Chinese);
        own.unwrap_or(&self.name)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// One figure.
    Figure,
    /// A list of figures.
    List,
    /// A list of words: only its length counts.
    Words,
    /// One figure or a list: a row or column name with `…`.
    Either,
}

/// Where a name's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFrom {
    /// A slot of `finds[i]`.
    Find(usize),
    /// `table.selectors[i]`.
    Table(usize),
    /// `RuleFile::names[i]`.
    Report(usize),
    /// `equation.terms[i]`.
    Term(usize),
    /// The detector of a built-in check.
    Detector,
}

/// How many places a rule is expected to be found at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expect {
    /// At least.
    pub min: usize,
    /// At most.
    pub max: Option<usize>,
}

/// The table part of a rule.
#[derive(Debug)]
pub struct TableRule {
    /// What the caption, the heading above or a header cell holds; `None`: every table.
    pub name: Option<Label>,
    /// What the selectors select.
    pub axis: Axis,
    /// The named rows, columns or cells.
    pub selectors: Vec<Selector>,
}

/// What a table rule names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Rows: the check runs once for every column of amounts.
    Rows,
    /// Columns: the check runs once for every row.
    Columns,
    /// Cells: the check runs once for the table.
    Cells,
}

/// A named row, column or cell.
#[derive(Debug)]
pub struct Selector {
    /// The index of its name in [`Rule::names`].
    pub name: usize,
    /// The labels: several for a list of names. For a cell: the row's labels.
    pub labels: Vec<Label>,
    /// For a cell: the column's label.
    pub column: Option<Label>,
    /// Whether it was written as a list of names.
    pub list: bool,
}

/// An equation in the report's own numbers.
#[derive(Debug)]
pub struct Equation {
    /// Its numbers, in the order in which they are written.
    pub terms: Vec<Term>,
}

/// A number of an equation.
#[derive(Clone, Debug)]
pub struct Term {
    /// As written (`94.1%`, `16起`).
    pub text: String,
    /// Where it stands in the rule file.
    pub span: Span,
    /// What it means.
    pub quantity: Quantity,
    /// The unit written after it; a `Noun` span is an offset into the rule file.
    pub unit: Unit,
}

/// A test of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// The report text.
    pub text: String,
    /// What must come out.
    pub outcome: Outcome,
    /// Where the text stands in the rule file.
    pub span: Span,
}

/// What an example must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Found, and every check passes.
    Holds,
    /// Found, and at least one check fails.
    Fails,
    /// Not found.
    None,
}

#[cfg(test)]
mod tests;
