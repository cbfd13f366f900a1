//! Names of figures: how they are written, and which a rule's expressions can use.

use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::error::{Fault, MAX_ERRORS, nearest};
use super::{Name, NameFrom, NameKind};

/// How many names one rule, or one file's `[figures]`, may have.
pub const MAX_NAMES: usize = 20_000;

/// The words of expressions, which cannot be names.
pub(super) const KEYWORDS: [&str; 3] = ["and", "or", "not"];

/// Whether a name may start with this character: a letter of any script, or `_`.
pub(super) fn starts_name(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

/// Whether this character may stand in a name.
pub(super) fn continues_name(c: char) -> bool {
    starts_name(c) || c.is_alphanumeric()
}

/// Checks how a name is written. The fault's range lies in the name.
pub(super) fn check_name(name: &str) -> Result<(), Fault> {
    let bad = name.char_indices().find(|&(at, c)| if at == 0 { !starts_name(c) } else { !continues_name(c) });
    if name.is_empty() {
        return Err(Fault::new(0..0, "a name is missing").help("names are letters of any script, digits and `_`"));
    }
    if let Some((at, c)) = bad {
        let message = if at == 0 { "a name cannot start with" } else { "a name cannot hold" };
        let fault = Fault::new(at..at + c.len_utf8(), format!("{message} `{}`", c.escape_debug()));
        return Err(fault.help("names are letters of any script, digits and `_`, and do not start with a digit"));
    }
    if KEYWORDS.contains(&name) {
        let message = format!("`{name}` is a word of expressions and cannot be a name");
        return Err(Fault::new(0..name.len(), message));
    }
    Ok(())
}

/// What a name in an expression turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// A name of the rule.
    Known(usize, NameKind),
    /// Its definition has an error that was told already.
    Broken,
    /// None.
    Unknown,
}

/// The names of `[figures]`, for all rules of a file.
#[derive(Default)]
pub(super) struct FileNames {
    /// The good ones, and their indices in `RuleFile::names`.
    pub known: FxHashMap<String, usize>,
    /// Those whose definition has an error.
    pub broken: FxHashSet<String>,
    /// Whether definitions may have been lost to a syntax error.
    pub uncertain: bool,
    /// Whether the file is built into the program.
    pub builtin: bool,
    /// How often names were suggested for unknown ones. No more errors than [`MAX_ERRORS`] are told, and suggestions are dear.
    suggested: Cell<usize>,
}

/// The names of one rule while it is read.
pub(super) struct RuleNames<'f> {
    /// The names so far.
    pub names: Vec<Name>,
    /// Whether a definition of this rule has an error, so that unknown names may be its.
    pub uncertain: bool,
    /// Whether a name was used whose definition has an error: the rule cannot run, and why was told there.
    pub used_broken: bool,
    index: FxHashMap<String, usize>,
    file: &'f FileNames,
}

impl<'f> RuleNames<'f> {
    pub fn new(file: &'f FileNames) -> Self {
        Self { names: Vec::new(), uncertain: file.uncertain, used_broken: false, index: FxHashMap::default(), file }
    }

    /// Whether the rule is built into the program.
    pub fn is_builtin(&self) -> bool {
        self.file.builtin
    }

    /// Adds a name of the rule's own. The fault's range lies in the name.
    pub fn define(&mut self, name: &str, kind: NameKind, from: NameFrom) -> Result<usize, Fault> {
        check_name(name)?;
        let whole = 0..name.len();
        if self.index.contains_key(name) {
            let help = "each figure needs a name of its own; say that two are equal in `check`";
            return Err(Fault::new(whole, format!("the name `{name}` is used twice in this rule")).help(help));
        }
        if self.file.known.contains_key(name) || self.file.broken.contains(name) {
            let message = format!("`{name}` is ambiguous: [figures] of this file has that name too");
            return Err(Fault::new(whole, message).help("rename one of them"));
        }
        if self.names.len() >= MAX_NAMES {
            return Err(Fault::new(whole, format!("a rule can have {MAX_NAMES} names at most")));
        }
        Ok(self.push(name, kind, from))
    }

    /// Looks up a name of an expression; one of `[figures]` becomes a name of the rule with its first use.
    pub fn resolve(&mut self, name: &str) -> Resolved {
        if let Some(&at) = self.index.get(name) {
            return Resolved::Known(at, self.names[at].kind);
        }
        if let Some(&at) = self.file.known.get(name) {
            return Resolved::Known(self.push(name, NameKind::Figure, NameFrom::Report(at)), NameKind::Figure);
        }
        if self.uncertain || self.file.broken.contains(name) {
            self.used_broken = true;
            return Resolved::Broken;
        }
        Resolved::Unknown
    }

    /// What to say of an unknown name: the known one that was most likely meant, or some that there are.
    pub fn help(&self, unknown: &str) -> Option<String> {
        self.file.suggested.set(self.file.suggested.get() + 1);
        if self.file.suggested.get() > MAX_ERRORS {
            return None;
        }
        let mut all: Vec<&str> = self.index.keys().chain(self.file.known.keys()).map(String::as_str).collect();
        // A map's order is arbitrary; the same file must give the same message every time.
        all.sort_unstable();
        all.dedup();
        if let Some(meant) = nearest(unknown, all.iter().copied()) {
            return Some(format!("did you mean `{meant}`?"));
        }
        let more = if all.len() > 8 { ", …" } else { "" };
        all.truncate(8);
        (!all.is_empty()).then(|| format!("the names here are {}{more}", all.join(", ")))
    }

    /// Gives the names their Chinese ones, in order.
    pub fn say_in_chinese(&mut self, chinese: impl Iterator<Item = String>) {
        self.names.iter_mut().zip(chinese).for_each(|(name, chinese)| name.name_zh = Some(chinese));
    }

    fn push(&mut self, name: &str, kind: NameKind, from: NameFrom) -> usize {
        self.names.push(Name { name: name.to_owned(), name_zh: None, kind, from });
        self.index.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}
