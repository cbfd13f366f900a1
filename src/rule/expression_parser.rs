//! The syntax of `check` and `where`, and of `equations`: a Pratt parser.

use std::ops::Range;

use crate::exact::Rational;
use crate::span::Span;

use super::NameKind;
use super::error::{Fault, nearest};
use super::expression::{Comparison, Expr, Function, MAX_DEPTH, Part, Relation};
use super::names::{KEYWORDS, Resolved, RuleNames, continues_name, starts_name};
use super::number;

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

/// Parses an expression that must be true or false. `place` turns ranges of `text` into spans of the file.
pub(super) fn parse(
    text: &str,
    operands: &mut dyn Operands,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Result<Expr, Vec<Fault>> {
    let mut parser = Parser { text, at: 0, depth: 0, operands, place, faults: Vec::new() };
    match parser.whole() {
        Ok(expr) if parser.faults.is_empty() => Ok(expr),
        Ok(_) => Err(parser.faults),
        Err(fault) => {
            parser.faults.push(fault);
            Err(parser.faults)
        }
    }
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
            return Err(unexpected(text, at, "a name or number"));
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
                let fault = Fault { help: self.names.listing(), ..fault }.suggest(self.names.nearest(name));
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
    fn of(kind: NameKind) -> Self {
        match kind {
            NameKind::Figure => Kind::Value,
            NameKind::List => Kind::List,
            NameKind::Words => Kind::Words,
            NameKind::Either => Kind::Either,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Kind::Value | Kind::Either => "a value",
            Kind::List => "a list",
            Kind::Words => "a list of words",
            Kind::Truth => "a comparison",
        }
    }
}

/// How tightly operators bind, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
}

/// An operator between two operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Infix {
    Or,
    And,
    Relation(Relation),
    /// `+`, or `-` where true.
    Sum(bool),
    /// `*`, or `/` where true.
    Product(bool),
}

impl Infix {
    fn level(self) -> Level {
        match self {
            Infix::Or => Level::Or,
            Infix::And => Level::And,
            Infix::Relation(_) => Level::Compare,
            Infix::Sum(_) => Level::Sum,
            Infix::Product(_) => Level::Product,
        }
    }
}

/// An expression with what it stands for and where it is written.
struct Typed {
    expr: Expr,
    kind: Kind,
    range: Range<usize>,
}

struct Parser<'p> {
    text: &'p str,
    at: usize,
    depth: usize,
    operands: &'p mut dyn Operands,
    place: &'p dyn Fn(Range<usize>) -> Span,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Expr, Fault> {
        let whole = self.expression(Level::Or)?;
        self.skip_space();
        if self.at < self.text.len() {
            return Err(self.after_operand());
        }
        if whole.kind != Kind::Truth && whole.kind != Kind::Either {
            let message = "a check must compare something";
            return Err(Fault::new(whole.range, message).help("such as `total = sum(parts)` or `part <= total`"));
        }
        if whole.kind == Kind::Either && self.faults.is_empty() {
            return Err(Fault::new(whole.range, "a check must compare something"));
        }
        Ok(whole.expr)
    }

    /// An expression whose operators bind at least as tightly as `level`.
    fn expression(&mut self, level: Level) -> Result<Typed, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let end = self.text.ceil_char_boundary(self.at + 1);
            let message = format!("expressions nested more than {MAX_DEPTH} deep are not supported");
            return Err(Fault::new(self.at.min(end)..end, message));
        }
        let mut left = self.prefix()?;
        while let Some((infix, end)) = self.infix()?.filter(|(infix, _)| infix.level() >= level) {
            left = match infix {
                Infix::Or | Infix::And => self.logic(left, infix)?,
                Infix::Relation(_) => self.comparisons(left)?,
                Infix::Sum(_) | Infix::Product(_) => self.chain(left, infix.level())?,
            };
            debug_assert!(self.at >= end);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Typed, Fault> {
        self.skip_space();
        let start = self.at;
        match self.peek() {
            Some('-' | '−' | '－') => self.sign(start),
            Some('(' | '（') => self.parenthesis(start),
            _ if self.operands.has_words() && self.eat_word("not") => self.negation(start),
            _ => match self.function_name() {
                Some(end) => self.call(start..end),
                None => self.operand(start),
            },
        }
    }

    fn operand(&mut self, start: usize) -> Result<Typed, Fault> {
        if let Some(word) = self.word().filter(|word| self.operands.has_words() && KEYWORDS.contains(word)) {
            return Err(Fault::new(start..start + word.len(), format!("a value is missing before `{word}`")));
        }
        let (operand, end) = self.operands.operand(self.text, start)?;
        self.faults.extend(operand.fault);
        self.at = end;
        Ok(Typed { expr: operand.expr, kind: operand.kind, range: start..end })
    }

    fn sign(&mut self, start: usize) -> Result<Typed, Fault> {
        self.take();
        let inner = self.expression(Level::Sign)?;
        self.value(&inner);
        let expr = Expr::Negate(Box::new(inner.expr));
        Ok(Typed { expr, kind: Kind::Value, range: start..inner.range.end })
    }

    fn negation(&mut self, start: usize) -> Result<Typed, Fault> {
        let inner = self.expression(Level::Not)?;
        self.truth(&inner);
        Ok(Typed { expr: Expr::Not(Box::new(inner.expr)), kind: Kind::Truth, range: start..inner.range.end })
    }

    fn parenthesis(&mut self, start: usize) -> Result<Typed, Fault> {
        self.take();
        let inner = self.expression(Level::Or)?;
        self.close(start)?;
        Ok(Typed { range: start..self.at, ..inner })
    }

    fn close(&mut self, open: usize) -> Result<(), Fault> {
        self.skip_space();
        match self.peek() {
            Some(')' | '）') => {
                self.take();
                Ok(())
            }
            None => {
                let end = self.text.ceil_char_boundary(open + 1);
                Err(Fault::new(open..end, "this `(` is not closed"))
            }
            Some(_) => Err(self.after_operand()),
        }
    }

    /// A sum or product: all its parts at one level, so that a long one is not deep.
    fn chain(&mut self, first: Typed, level: Level) -> Result<Typed, Fault> {
        self.value(&first);
        let mut range = first.range;
        let mut parts = vec![Part { inverse: false, expr: first.expr }];
        while let Some((Infix::Sum(inverse) | Infix::Product(inverse), end)) =
            self.infix()?.filter(|(infix, _)| infix.level() == level)
        {
            self.at = end;
            let part = self.expression(if level == Level::Sum { Level::Product } else { Level::Sign })?;
            self.value(&part);
            range.end = part.range.end;
            parts.push(Part { inverse, expr: part.expr });
        }
        let expr = if level == Level::Sum { Expr::Sum(parts) } else { Expr::Product(parts) };
        Ok(Typed { expr, kind: Kind::Value, range })
    }

    fn logic(&mut self, first: Typed, infix: Infix) -> Result<Typed, Fault> {
        self.truth(&first);
        let mut range = first.range;
        let mut parts = vec![first.expr];
        while let Some((_, end)) = self.infix()?.filter(|&(next, _)| next == infix) {
            self.at = end;
            let part = self.expression(if infix == Infix::Or { Level::And } else { Level::Not })?;
            self.truth(&part);
            range.end = part.range.end;
            parts.push(part.expr);
        }
        let expr = if infix == Infix::Or { Expr::Or(parts) } else { Expr::And(parts) };
        Ok(Typed { expr, kind: Kind::Truth, range })
    }

    fn comparisons(&mut self, first: Typed) -> Result<Typed, Fault> {
        self.value(&first);
        let mut range = first.range;
        let mut links = Vec::new();
        while let Some((Infix::Relation(relation), end)) = self.infix()? {
            let start = self.at;
            self.at = end;
            let right = self.expression(Level::Sum)?;
            self.value(&right);
            let tolerance = self.tolerance(relation)?;
            range.end = self.at;
            let span = (self.place)(start..self.at);
            links.push(Comparison { relation, right: right.expr, tolerance, span });
        }
        Ok(Typed { expr: Expr::Compare(Box::new(first.expr), links), kind: Kind::Truth, range })
    }

    /// `± t` after the right side of `=`.
    fn tolerance(&mut self, relation: Relation) -> Result<Option<Expr>, Fault> {
        self.skip_space();
        let start = self.at;
        if self.peek() != Some('±') {
            return Ok(None);
        }
        self.take();
        if relation != Relation::Equal {
            return Err(Fault::new(start..self.at, "`±` goes with `=` only").help("such as `a = b ± 0.1`"));
        }
        let tolerance = self.expression(Level::Sum)?;
        self.value(&tolerance);
        Ok(Some(tolerance.expr))
    }

    fn call(&mut self, name: Range<usize>) -> Result<Typed, Fault> {
        let text = &self.text[name.clone()];
        self.at = name.end;
        self.skip_space();
        let open = self.at;
        self.take();
        let function = FUNCTIONS.iter().find(|(known, _)| *known == text).map(|&(_, function)| function);
        if function.is_none() {
            let fault = Fault::new(name.clone(), format!("unknown function `{text}`"))
                .help("the functions are sum, count, min, max, mean, abs, round and possible");
            self.faults.push(fault.suggest(nearest(text, FUNCTIONS.iter().map(|(known, _)| *known))));
        }
        let arguments = self.arguments(open)?;
        let range = name.start..self.at;
        let Some(function) = function else {
            return Ok(Typed { expr: Expr::Number(Rational::ZERO), kind: Kind::Either, range });
        };
        self.check_arguments(function, text, &arguments, &range);
        let expr = Expr::Call(function, arguments.into_iter().map(|argument| argument.expr).collect());
        Ok(Typed { expr, kind: Kind::Value, range })
    }

    fn arguments(&mut self, open: usize) -> Result<Vec<Typed>, Fault> {
        let mut arguments = Vec::new();
        self.skip_space();
        if matches!(self.peek(), Some(')' | '）')) {
            self.take();
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(Level::Or)?);
            self.skip_space();
            if !matches!(self.peek(), Some(',' | '，')) {
                self.close(open)?;
                return Ok(arguments);
            }
            self.take();
        }
    }

    fn check_arguments(&mut self, function: Function, name: &str, arguments: &[Typed], range: &Range<usize>) {
        let wanted = match function {
            Function::Abs => 1,
            Function::Round | Function::Possible => 2,
            _ => return self.check_lists(function, name, arguments, range),
        };
        if arguments.len() != wanted {
            let help = if function == Function::Round { "round(x, places)" } else { "possible(rate, n)" };
            let plural = if wanted == 1 { "value" } else { "values" };
            let message = format!("`{name}` takes {wanted} {plural}, not {}", arguments.len());
            let fault = Fault::new(range.clone(), message);
            return self.faults.push(if wanted == 2 { fault.help(help) } else { fault });
        }
        arguments.iter().for_each(|argument| self.value(argument));
        if function == Function::Round && !is_whole(&arguments[1].expr) {
            let message = "the places to round to must be a whole number, written out";
            self.faults.push(Fault::new(arguments[1].range.clone(), message).help("such as `round(x, 1)`"));
        }
    }

    /// The arguments of the functions over lists: lists and values mixed, but not a single value by mistake.
    fn check_lists(&mut self, function: Function, name: &str, arguments: &[Typed], range: &Range<usize>) {
        if arguments.is_empty() {
            return self.faults.push(Fault::new(range.clone(), format!("`{name}` takes at least one list or value")));
        }
        for argument in arguments {
            match argument.kind {
                Kind::Truth => self.value(argument),
                Kind::Words if function != Function::Count => self.value(argument),
                Kind::Value if arguments.len() == 1 => {
                    let message = format!("`{name}` takes a list, and this is one value");
                    self.faults.push(
                        Fault::new(argument.range.clone(), message).help("`{name...}` in the pattern makes a list"),
                    );
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, typed: &Typed) {
        let help = match typed.kind {
            Kind::Value | Kind::Either => return,
            Kind::List => "say what of it: sum(…), count(…), min(…), max(…) or mean(…)",
            Kind::Words => "of a list of words only `count(…)` is known",
            Kind::Truth => "join comparisons with `and` or `or`",
        };
        let message = format!("a value is needed here, and this is {}", typed.kind.describe());
        self.faults.push(Fault::new(typed.range.clone(), message).help(help));
    }

    fn truth(&mut self, typed: &Typed) {
        if !matches!(typed.kind, Kind::Truth | Kind::Either) {
            let message = format!("a comparison is needed here, and this is {}", typed.kind.describe());
            self.faults.push(Fault::new(typed.range.clone(), message).help("such as `a = b`"));
        }
    }

    /// The operator ahead and where it ends; nothing is taken.
    fn infix(&mut self) -> Result<Option<(Infix, usize)>, Fault> {
        self.skip_space();
        let rest = &self.text[self.at..];
        if let Some((written, meant)) = MISTAKEN.iter().find(|(written, _)| rest.starts_with(written)) {
            let place = self.at..self.at + written.len();
            return Err(Fault::new(place, format!("`{written}` is no operator here")).help(*meant));
        }
        if let Some(&(written, infix)) = INFIXES.iter().find(|(written, _)| rest.starts_with(written)) {
            return Ok(Some((infix, self.at + written.len())));
        }
        let word = self.word().filter(|_| self.operands.has_words());
        Ok(match word {
            Some("and") => Some((Infix::And, self.at + 3)),
            Some("or") => Some((Infix::Or, self.at + 2)),
            _ => None,
        })
    }

    /// What to say of text that stands where an operator should.
    fn after_operand(&self) -> Fault {
        let fault = unexpected(self.text, self.at, "an operator");
        match self.text[self.at..].chars().next() {
            Some(')' | '）') => Fault { message: "this `)` closes nothing".into(), ..fault },
            Some('±') => Fault { message: "`±` belongs after the right side of `=`".into(), ..fault },
            Some(',' | '，') => Fault { message: "a comma separates the arguments of functions only".into(), ..fault },
            Some(c) if starts_name(c) => {
                let word = self.word().unwrap_or_default();
                fault.suggest(nearest(word, KEYWORDS[..2].iter().copied()))
            }
            _ => fault,
        }
    }

    fn function_name(&self) -> Option<usize> {
        let word = self.word().filter(|word| self.operands.has_words() && !KEYWORDS.contains(word))?;
        let end = self.at + word.len();
        self.text[end..].trim_start().starts_with(['(', '（']).then_some(end)
    }

    fn word(&self) -> Option<&str> {
        let end = word_end(self.text, self.at);
        (end > self.at && self.peek().is_some_and(starts_name)).then(|| &self.text[self.at..end])
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let found = self.word() == Some(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.text[self.at..].trim_start().len();
    }
}

/// The functions.
const FUNCTIONS: [(&str, Function); 8] = [
    ("sum", Function::Sum),
    ("count", Function::Count),
    ("min", Function::Min),
    ("max", Function::Max),
    ("mean", Function::Mean),
    ("abs", Function::Abs),
    ("round", Function::Round),
    ("possible", Function::Possible),
];

/// The operators between operands that are signs; the longer of two that start alike comes first.
const INFIXES: [(&str, Infix); 27] = [
    ("<=", Infix::Relation(Relation::LessOrEqual)),
    (">=", Infix::Relation(Relation::GreaterOrEqual)),
    ("!=", Infix::Relation(Relation::NotEqual)),
    ("≤", Infix::Relation(Relation::LessOrEqual)),
    ("⩽", Infix::Relation(Relation::LessOrEqual)),
    ("≦", Infix::Relation(Relation::LessOrEqual)),
    ("≥", Infix::Relation(Relation::GreaterOrEqual)),
    ("⩾", Infix::Relation(Relation::GreaterOrEqual)),
    ("≧", Infix::Relation(Relation::GreaterOrEqual)),
    ("≠", Infix::Relation(Relation::NotEqual)),
    ("=", Infix::Relation(Relation::Equal)),
    ("＝", Infix::Relation(Relation::Equal)),
    ("<", Infix::Relation(Relation::Less)),
    ("＜", Infix::Relation(Relation::Less)),
    (">", Infix::Relation(Relation::Greater)),
    ("＞", Infix::Relation(Relation::Greater)),
    ("+", Infix::Sum(false)),
    ("＋", Infix::Sum(false)),
    ("-", Infix::Sum(true)),
    ("−", Infix::Sum(true)),
    ("－", Infix::Sum(true)),
    ("*", Infix::Product(false)),
    ("×", Infix::Product(false)),
    ("＊", Infix::Product(false)),
    ("/", Infix::Product(true)),
    ("÷", Infix::Product(true)),
    ("／", Infix::Product(true)),
];

/// Operators of other languages, and what to write here.
const MISTAKEN: [(&str, &str); 11] = [
    ("==", "equality is written `=`"),
    ("=<", "write `<=`"),
    ("=>", "write `>=`"),
    ("<>", "write `!=`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("**", "there are no powers; write the product out"),
    ("^", "there are no powers; write the product out"),
    ("≈", "`=` already allows for rounding; for more write `a = b ± t`"),
    ("~", "`=` already allows for rounding; for more write `a = b ± t`"),
    ("+/-", "a tolerance is written `±`"),
];

/// Where the word that starts at `at` ends.
fn word_end(text: &str, at: usize) -> usize {
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

/// Whether an expression is a whole number written out.
fn is_whole(expr: &Expr) -> bool {
    match expr {
        Expr::Number(value) => value.is_whole(),
        Expr::Negate(inner) => matches!(&**inner, Expr::Number(value) if value.is_whole()),
        _ => false,
    }
}
