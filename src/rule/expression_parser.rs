//! The syntax of `check` and `where`, and of `equations`: a Pratt parser.

use std::ops::Range;

use crate::exact::Rational;
use crate::span::Span;

use super::error::{Fault, nearest};
use super::expression::{Comparison, Expr, Function, MAX_DEPTH, Part, Relation};
use super::names::{KEYWORDS, starts_name};
use super::operands::{Kind, Operands, unexpected, word_end};
use super::operators::{FUNCTIONS, INFIXES, Infix, Level, MISTAKEN};

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
            let end = self.at + self.peek().map_or(0, char::len_utf8);
            let message = format!("expressions nested more than {MAX_DEPTH} deep are not supported");
            return Err(Fault::new(self.at..end, message));
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
                let end = open + self.text[open..].chars().next().map_or(0, char::len_utf8);
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
        let kind = if function == Function::Possible { Kind::Truth } else { Kind::Value };
        let expr = Expr::Call(function, arguments.into_iter().map(|argument| argument.expr).collect());
        Ok(Typed { expr, kind, range })
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
            Kind::Truth => "conditions are joined by `and` and `or`",
        };
        let message = format!("a value is needed here, and this is {}", typed.kind.describe());
        self.faults.push(Fault::new(typed.range.clone(), message).help(help));
    }

    fn truth(&mut self, typed: &Typed) {
        if !matches!(typed.kind, Kind::Truth | Kind::Either) {
            let message = format!("a condition is needed here, and this is {}", typed.kind.describe());
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
                let message = format!("an operator is expected here, not `{word}`");
                Fault::new(self.at..self.at + word.len(), message).suggest(nearest(word, KEYWORDS[..2].iter().copied()))
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

/// Whether an expression is a whole number written out.
fn is_whole(expr: &Expr) -> bool {
    match expr {
        Expr::Number(value) => value.is_whole(),
        Expr::Negate(inner) => matches!(&**inner, Expr::Number(value) if value.is_whole()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::{FileNames, RuleNames};
    use super::super::operands::NamedOperands;
    use super::super::{NameFrom, NameKind};
    use super::*;

    /// Parses with the names a, b, c, `总数`, and the list `parts`.
    fn parsed(text: &str) -> Result<Expr, Vec<Fault>> {
        let file = FileNames::default();
        let mut names = RuleNames::new(&file);
        for name in ["a", "b", "c", "总数"] {
            names.define(name, NameKind::Figure, NameFrom::Find(0)).unwrap();
        }
        names.define("parts", NameKind::List, NameFrom::Find(0)).unwrap();
        let mut operands = NamedOperands { names: &mut names, used: false };
        parse(text, &mut operands, &|range| Span::new(range.start, range.end))
    }

    /// An expression as fully bracketed text, names as `#0`.
    fn shown(expr: &Expr) -> String {
        let list = |parts: &[Expr]| parts.iter().map(shown).collect::<Vec<_>>().join(", ");
        let parts = |parts: &[Part], plain: &str, inverse: &str| {
            let part = |part: &Part| format!("{}{}", if part.inverse { inverse } else { plain }, shown(&part.expr));
            parts.iter().map(part).collect::<String>()
        };
        match expr {
            Expr::Number(value) => value.to_big().to_string(),
            Expr::Name(index) => format!("#{index}"),
            Expr::Negate(inner) => format!("neg({})", shown(inner)),
            Expr::Sum(of) => format!("({})", parts(of, "+", "-")),
            Expr::Product(of) => format!("({})", parts(of, "*", "/")),
            Expr::Call(function, arguments) => format!("{function:?}({})", list(arguments)),
            Expr::And(of) => format!("And({})", list(of)),
            Expr::Or(of) => format!("Or({})", list(of)),
            Expr::Not(inner) => format!("Not({})", shown(inner)),
            Expr::Compare(left, links) => {
                let link = |link: &Comparison| {
                    let tolerance = link.tolerance.as_ref().map(|t| format!(" ± {}", shown(t))).unwrap_or_default();
                    format!(" {:?} {}{tolerance}", link.relation, shown(&link.right))
                };
                format!("[{}{}]", shown(left), links.iter().map(link).collect::<String>())
            }
        }
    }

    #[test]
    fn each_construct_is_parsed() {
        let cases = [
            ("a = b + c - 总数", "[#0 Equal (+#1+#2-#3)]"),
            ("a = b + c * 2 / 3 - 1", "[#0 Equal (+#1+(*#2*2/3)-1)]"),
            ("a × b ÷ c − 1 ≠ 0", "[(+(*#0*#1/#2)-1) NotEqual 0]"),
            ("a=(b-c)/c", "[#0 Equal (*(+#1-#2)/#2)]"),
            ("a - (b - c) = -c * -(2)", "[(+#0-(+#1-#2)) Equal (*neg(#2)*neg(2))]"),
            ("a <= b < c >= 1 > 0 != 2", "[#0 LessOrEqual #1 Less #2 GreaterOrEqual 1 Greater 0 NotEqual 2]"),
            ("a ≤ b ≥ c", "[#0 LessOrEqual #1 GreaterOrEqual #2]"),
            ("a = b ± 0.1% + 1 = c", "[#0 Equal #1 ± (+1/1000+1) Equal #2]"),
            (
                "a = 1 or b = 1 and not c = 1 or a < b",
                "Or([#0 Equal 1], And([#1 Equal 1], Not([#2 Equal 1])), [#0 Less #1])",
            ),
            ("not (a = 1 or b = 2)", "Not(Or([#0 Equal 1], [#1 Equal 2]))"),
            ("sum(parts, a) = max(parts) + abs(b)", "[Sum(#4, #0) Equal (+Max(#4)+Abs(#1))]"),
            (
                "round(a, -1) = mean(parts) and possible(a, b)",
                "And([Round(#0, neg(1)) Equal Mean(#4)], Possible(#0, #1))",
            ),
            ("a = 1.2 million", "[#0 Equal 1200000]"),
            ("a = 3.5万 * 30%", "[#0 Equal (*35000*3/10)]"),
            ("a＝（b＋１）×２", "[#0 Equal (*(+#1+1)*2)]"),
        ];
        for (text, expected) in cases {
            let found = parsed(text).map(|expr| shown(&expr));
            assert_eq!(found.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn long_chains_are_flat_and_deep_nesting_is_told() {
        let sum = format!("a = {}1", "b + ".repeat(10_000));
        let Expr::Compare(_, links) = parsed(&sum).unwrap() else { panic!() };
        assert!(matches!(&links[0].right, Expr::Sum(parts) if parts.len() == 10_001));
        for (many, open, close) in
            [(10_000, "(", ")"), (10_000, "-", ""), (100_000, "abs(", ")"), (10_000, "1 + (2 * (", "))")]
        {
            let told = parsed(&format!("a = {}1{}", open.repeat(many), close.repeat(many))).unwrap_err();
            assert_eq!(told.len(), 1);
            assert!(told[0].message.contains("nested more than 256 deep"), "{told:?}");
        }
        assert!(parsed(&format!("{}a = 1", "not ".repeat(10_000))).is_err());
        assert!(parsed(&format!("a = {}1{}", "(".repeat(200), ")".repeat(200))).is_ok());
        assert!(parsed(&format!("{}a = 1", "a = 1 and ".repeat(10_000))).is_ok());
        assert!(parsed(&format!("a{}", " <= b".repeat(10_000))).is_ok());
    }
}
