//! Patterns: the report's own words with names in braces where figures stand.

use crate::span::Span;

/// What `{figure}` stands for in a `regex`: a printed number with sign, currency, scale and percent sign. It is only where a
/// group's figure is looked for; what it means is settled by the figures' own reader. It has no groups of its own, no white
/// space and no `#`, so that it can stand in any expression, verbose ones included.
pub const FIGURE_REGEX: &str = "(?:[-−－+△▲]?[$€£¥￥]?(?:[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?|\
[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+(?:点[零〇一二三四五六七八九]+)?)\
(?:[十百千万亿萬億]+)?(?:[%％‰]|个百分点)?)";

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
