//! Equations in the report's own numbers: `17660 = 1338 + 2723 + 13599`.

use std::ops::Range;

use crate::figure::{self, Figure};
use crate::span::Span;

use super::error::Fault;
use super::expression_parser::parse;
use super::names::MAX_NAMES;
use super::operands::{Kind, Operand, Operands, unexpected};
use super::toml_text::Text;
use super::{Check, Equation, Expr, Name, NameFrom, NameKind, Term, number};

/// An equation, parsed: its numbers, a name for each, and what must hold between them.
pub(super) struct Parsed {
    pub equation: Equation,
    pub names: Vec<Name>,
    pub check: Check,
}

/// Parses an entry of `equations`. The faults' ranges lie in its text.
pub(super) fn parse_equation(text: &Text) -> Result<Parsed, Vec<Fault>> {
    let mut numbers = Numbers { text, terms: Vec::new() };
    let expr = parse(&text.value, &mut numbers, &|range| text.place(range))?;
    let terms = numbers.terms;
    if terms.is_empty() {
        let help = "a number in backquotes is a constant that the report does not print";
        return Err(vec![
            Fault::new(0..text.value.len(), "no number of the report stands in this equation").help(help),
        ]);
    }
    let name = |(at, term): (usize, &Term)| {
        let (name, from) = (term.text.clone(), NameFrom::Term(at));
        Name { name, name_zh: None, kind: NameKind::Figure, from }
    };
    let names = terms.iter().enumerate().map(name).collect();
    let check = Check { expr, text: text.value.clone(), span: text.span };
    Ok(Parsed { equation: Equation { terms }, names, check })
}

/// Printed numbers as operands.
struct Numbers<'t> {
    text: &'t Text,
    terms: Vec<Term>,
}

impl Operands for Numbers<'_> {
    fn operand(&mut self, text: &str, at: usize) -> Result<(Operand, usize), Fault> {
        if text[at..].starts_with('`') {
            return constant(text, at);
        }
        let range = operand_range(text, at);
        let term = self.term(text, range.clone())?;
        if self.terms.len() >= MAX_NAMES {
            return Err(Fault::new(range, format!("an equation can have {MAX_NAMES} numbers at most")));
        }
        self.terms.push(term);
        let expr = Expr::Name(self.terms.len() - 1);
        Ok((Operand { expr, kind: Kind::Value, fault: None }, range.end))
    }

    fn has_words(&self) -> bool {
        false
    }
}

impl Numbers<'_> {
    /// The printed number that is all of a range.
    fn term(&self, text: &str, range: Range<usize>) -> Result<Term, Fault> {
        if range.is_empty() {
            return Err(unexpected(text, range.start, "a number"));
        }
        let written = &text[range.clone()];
        let figure = read_figure(written).ok_or_else(|| {
            Fault::new(range.clone(), format!("`{}` is not a number as a report prints it", shorten(written)))
                .help("an equation holds numbers with their units, no words; a constant goes in backquotes")
        })?;
        let span = self.text.place(range.clone());
        let unit = match figure.unit {
            figure::Unit::Noun(noun) => {
                figure::Unit::Noun(self.text.place(range.start + noun.start as usize..range.start + noun.end as usize))
            }
            unit => unit,
        };
        Ok(Term { text: written.to_owned(), span, quantity: figure.quantity, unit })
    }
}

/// A constant in backquotes.
fn constant(text: &str, at: usize) -> Result<(Operand, usize), Fault> {
    let Some(length) = text[at + 1..].find('`') else {
        return Err(Fault::new(at..at + 1, "this backquote is not closed"));
    };
    let end = at + 1 + length;
    let inside = &text[at + 1..end];
    let start = at + 1 + (inside.len() - inside.trim_start().len());
    if !text[start..].starts_with(|c| number::digit(c).is_some()) {
        return Err(Fault::new(at..end + 1, "a number is expected in backquotes").help("such as `12` or `0.5%`"));
    }
    let (value, number_end) = number::read(&text[..end], start)?;
    if !text[number_end..end].trim().is_empty() {
        return Err(Fault::new(number_end..end, "only a number may stand in backquotes"));
    }
    Ok((Operand { expr: Expr::Number(value), kind: Kind::Value, fault: None }, end + 1))
}

/// From `at` up to the next operator, bracket or backquote, without the white space before that. A number's own commas stay.
fn operand_range(text: &str, at: usize) -> Range<usize> {
    let operator = |c: char| "+＋-−－*＊×/／÷=＝<＜>＞≤≥⩽⩾≦≧≠≈!()（）±`^~|&".contains(c);
    let end = text[at..].find(operator).map_or(text.len(), |length| at + length);
    at..at + text[at..end].trim_end().len()
}

/// The figure that is all of `written`.
fn read_figure(written: &str) -> Option<Figure> {
    let block = Span::new(0, written.len());
    figure::read_at(written, block, 0).filter(|figure| figure.span == block)
}

/// The start of a text, for a message.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(24).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Hedge, Scale};

    fn parsed(text: &str) -> Result<Parsed, Vec<Fault>> {
        parse_equation(&Text::new(text, 0..text.len(), text))
    }

    #[test]
    fn the_numbers_of_an_equation_are_read_as_a_report_prints_them() {
        let cases: &[(&str, &[&str])] = &[
            ("17660 = 1338 + 2,723 + 13599", &["17660", "1338", "2,723", "13599"]),
            ("17660-1338=16322", &["17660", "1338", "16322"]),
            ("16起 = 2起 + 14起", &["16起", "2起", "14起"]),
            ("94.1% = 528 / 561", &["94.1%", "528", "561"]),
            ("30%以上 <= 14件 ÷ 34件", &["30%以上", "14件", "34件"]),
            ("（2.5358亿元 + 60余万） ≥ 约3 × `12`", &["2.5358亿元", "60余万", "约3"]),
            ("$1.2 million = $1,200,000", &["$1.2 million", "$1,200,000"]),
            ("34 cases = `0.5` * 68 cases", &["34 cases", "68 cases"]),
            ("3 < 4 = 4 ± `0.5`", &["3", "4", "4"]),
        ];
        for (text, expected) in cases {
            let parsed = parsed(text).map_err(|faults| format!("{text}: {faults:?}")).unwrap();
            let terms: Vec<_> = parsed.equation.terms.iter().map(|term| term.text.as_str()).collect();
            assert_eq!(&terms, expected);
            assert!(parsed.equation.terms.iter().all(|term| text[term.span.range()] == term.text));
            assert_eq!(parsed.names.len(), terms.len());
        }
        let terms = parsed("60余万 = 30%以上").unwrap().equation.terms;
        assert_eq!((terms[0].quantity.hedge, terms[1].quantity.hedge), (Hedge::Odd, Hedge::AtLeast));
        assert_eq!(terms[1].quantity.scale, Scale::Percent);
    }
}
