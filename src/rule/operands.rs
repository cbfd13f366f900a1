//! What stands between the operators of an expression.

use crate::exact::Rational;

use super::error::Fault;
use super::names::{Resolved, RuleNames, continues_name, starts_name};
use super::{Expr, NameKind, number};

/// Where the operands of an expression come from.
pub(super) trait Operands {
    /// Reads the operand at byte `at`, which is no bracket, sign or function; gives it and where it ends.
    fn operand(&mut self, text: &str, at: usize) -> Result<(Operand, usize), Fault>;

    /// Whether words can be functions and keywords.
    fn has_words(&self) -> bool;
}

/// An operand.
pub(super) struct Operand {
    pub expr: Expr,
    pub kind: Kind,
    /// The fault, where reading can go on as if the operand were good.
    pub fault: Option<Fault>,
}

/// What an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value.
    Value,
    /// A list of values.
    List,
    /// A list of words.
    Words,
    /// A value or a list, or not known for an error told already.
    Either,
    /// True or false.
    Truth,
}

/// The names of a rule as operands.
pub(super) struct NamedOperands<'r, 'f> {
    pub names: &'r mut RuleNames<'f>,
    /// Whether a name was used.
    pub used: bool,
}

impl Operands for NamedOperands<'_, '_> {
    fn operand(&mut self, text: &str, at: usize) -> Result<(Operand, usize), Fault> {
        let Some(c) = text[at..].chars().next().filter(|&c| starts_name(c) || number::digit(c).is_some()) else {
            let fault = unexpected(text, at, "a name or number");
            return Err(if text[at..].starts_with('`') {
                fault.help("backquotes mark constants in `equations`; here every number is one")
            } else {
                fault
            });
        };
        if number::digit(c).is_some() {
            let (value, end) = number::read(text, at)?;
            return Ok((Operand { expr: Expr::Number(value), kind: Kind::Value, fault: None }, end));
        }
        let end = word_end(text, at);
        let name = &text[at..end];
        self.used = true;
        let (expr, kind, fault) = match self.names.resolve(name) {
            Resolved::Known(index, kind) => (Expr::Name(index), Kind::of(kind), None),
            Resolved::Broken => (Expr::Number(Rational::ZERO), Kind::Either, None),
            Resolved::Unknown => {
                let fault = Fault::new(at..end, format!("unknown name `{name}`"));
                let fault = Fault { help: self.names.help(name), ..fault };
                (Expr::Number(Rational::ZERO), Kind::Either, Some(fault))
            }
        };
        Ok((Operand { expr, kind, fault }, end))
    }

    fn has_words(&self) -> bool {
        true
    }
}

impl Kind {
    pub fn of(kind: NameKind) -> Self {
        match kind {
            NameKind::Figure => Kind::Value,
            NameKind::List => Kind::List,
            NameKind::Words => Kind::Words,
            NameKind::Either => Kind::Either,
        }
    }

    pub fn describe(self) -> &'static str {
        match self {
            Kind::Value | Kind::Either => "a value",
            Kind::List => "a list",
            Kind::Words => "a list of words",
            Kind::Truth => "a condition",
        }
    }
}

/// Where the word that starts at `at` ends.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(|c| !continues_name(c)).map_or(text.len(), |length| at + length)
}

/// The fault that something else was expected at `at`.
pub(super) fn unexpected(text: &str, at: usize, expected: &str) -> Fault {
    match text[at..].chars().next() {
        Some(c) => {
            Fault::new(at..at + c.len_utf8(), format!("{expected} is expected here, not `{}`", c.escape_debug()))
        }
        None => Fault::new(at..at, format!("{expected} is missing at the end")),
    }
}
