//! Patterns: the report's own words with names in braces where figures stand.

use crate::span::Span;

/// A parsed pattern. Slots name variables by their index in [`super::Rule::names`] (0 for a `[figures]` entry).
#[derive(Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    /// Where it stands in the rule file.
    pub span: Span,
    /// Words or a regular expression.
    pub kind: PatternKind,
}

/// The two ways to write a pattern.
#[derive(Debug)]
pub enum PatternKind {
    /// The report's words.
    Words(Vec<Node>),
    /// A regular expression of the regex crate, `{figure}` already replaced; `slots` are its named groups that are names of
    /// the rule. Compiled when it is first needed.
    Regex {
        /// The expression.
        regex: String,
        /// Group name and variable.
        slots: Vec<(String, usize)>,
    },
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text that must stand there, as written (not yet folded).
    Literal(String),
    /// `{name}`, or `{±name}` where `signed`.
    Figure {
        /// The variable.
        name: usize,
        /// Takes its sign from the words.
        signed: bool,
    },
    /// `{name...}`: a list of labelled figures.
    List {
        /// The variable.
        name: usize,
    },
    /// `{name*}`: a list of words.
    Words {
        /// The variable.
        name: usize,
    },
    /// `…`: any text inside the sentence, as short as can be.
    Gap,
    /// `[甲|乙]`; `[甲]` is optional.
    Choice {
        /// The alternatives.
        branches: Vec<Vec<Node>>,
        /// Whether none of them may stand there too.
        optional: bool,
    },
}
