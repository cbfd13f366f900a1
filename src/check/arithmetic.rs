//! Writing a check out with the printed figures in place of its names: `96.5% = 510 / 528`.

use std::fmt::Write;

use super::bind::{Bound, Place};
use crate::rule::expression::{Comparison, Expr, Function, Part, Relation};

/// How many items of a list are written out; the rest is told by its count.
const WRITTEN_ITEMS: usize = 24;

/// Writes `expr` with figures as printed; `text` gives a cited figure's text by the name's index and the item in a list.
pub fn written_out(expr: &Expr, place: &Place, text: &dyn Fn(usize, usize) -> String) -> String {
    let mut out = String::new();
    Writer { place, text }.expr(expr, 0, &mut out);
    out
}

struct Writer<'a> {
    place: &'a Place,
    text: &'a dyn Fn(usize, usize) -> String,
}

/// How tightly operators bind; a part that binds less tightly than its surroundings stands in parentheses.
mod strength {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const COMPARE: u8 = 3;
    pub const SUM: u8 = 4;
    pub const PRODUCT: u8 = 5;
    pub const NEGATE: u8 = 6;
}

impl Writer<'_> {
    fn expr(&self, expr: &Expr, around: u8, out: &mut String) {
        let own = own_strength(expr, self.place);
        let enclosed = own < around;
        if enclosed {
            out.push('(');
        }
        match expr {
            Expr::Number(number) => _ = write!(out, "{number}"),
            Expr::Name(name) => self.name(*name, false, out),
            Expr::Negate(inner) => {
                let mut text = String::new();
                self.expr(inner, strength::NEGATE, &mut text);
                out.push('-');
                out.push_str(&enclosed_if_signed(&text));
            }
            Expr::Sum(parts) => self.chain(parts, ["+", "-"], strength::SUM, out),
            Expr::Product(parts) => self.chain(parts, ["*", "/"], strength::PRODUCT, out),
            Expr::Call(Function::Sum, arguments) => self.sum(arguments, out),
            Expr::Call(function, arguments) => self.call(*function, arguments, out),
            Expr::Compare(first, links) => self.compare(first, links, out),
            Expr::And(all) => self.joined(all, " and ", strength::AND, out),
            Expr::Or(all) => self.joined(all, " or ", strength::OR, out),
            Expr::Not(inner) => {
                out.push_str("not ");
                self.expr(inner, strength::COMPARE, out);
            }
        }
        if enclosed {
            out.push(')');
        }
    }

    /// The figures of a name, as items or as terms of a sum.
    fn name(&self, name: usize, added: bool, out: &mut String) {
        let count = match &self.place.bound[name] {
            Some(Bound::One(_)) => 1,
            Some(Bound::List(list)) => list.len(),
            Some(Bound::Words(count)) => {
                _ = write!(out, "{count}");
                return;
            }
            None => return out.push('?'),
        };
        for item in 0..count.min(WRITTEN_ITEMS) {
            let text = (self.text)(name, item);
            match (item, added) {
                (0, _) => out.push_str(if count > 1 && added { without_plus(&text) } else { &text }),
                (_, true) => out.push_str(&term(&text, false)),
                (_, false) => _ = write!(out, ", {text}"),
            }
        }
        if count > WRITTEN_ITEMS {
            _ = write!(out, "{}… ({count})", if added { " + " } else { ", " });
        }
    }

    fn chain(&self, parts: &[Part], signs: [&str; 2], own: u8, out: &mut String) {
        for (i, part) in parts.iter().enumerate().take(WRITTEN_ITEMS) {
            let mut text = String::new();
            self.expr(&part.expr, if part.inverse { own + 1 } else { own }, &mut text);
            match (i, part.inverse) {
                (0, false) => out.push_str(&text),
                (0, true) => _ = write!(out, "{} {}", signs[1], enclosed_if_signed(&text)),
                _ if own == strength::SUM => out.push_str(&term(&text, part.inverse)),
                _ => _ = write!(out, " {} {}", signs[usize::from(part.inverse)], enclosed_if_signed(&text)),
            }
        }
        if parts.len() > WRITTEN_ITEMS {
            _ = write!(out, " {} … ({})", signs[0], parts.len());
        }
    }

    fn sum(&self, arguments: &[Expr], out: &mut String) {
        for (i, argument) in arguments.iter().enumerate() {
            let mut text = String::new();
            match argument {
                Expr::Name(name) => self.name(*name, true, &mut text),
                other => self.expr(other, strength::SUM, &mut text),
            }
            out.push_str(&if i > 0 { term(&text, false) } else { text });
        }
    }

    fn call(&self, function: Function, arguments: &[Expr], out: &mut String) {
        out.push_str(function.name());
        out.push('(');
        for (i, argument) in arguments.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            self.expr(argument, 0, out);
        }
        out.push(')');
    }

    fn compare(&self, first: &Expr, links: &[Comparison], out: &mut String) {
        self.expr(first, strength::SUM, out);
        for link in links {
            _ = write!(out, " {} ", symbol(link.relation));
            self.expr(&link.right, strength::SUM, out);
            if let Some(tolerance) = &link.tolerance {
                out.push_str(" ± ");
                self.expr(tolerance, strength::SUM, out);
            }
        }
    }

    fn joined(&self, all: &[Expr], between: &str, own: u8, out: &mut String) {
        for (i, expr) in all.iter().enumerate() {
            if i > 0 {
                out.push_str(between);
            }
            self.expr(expr, own + 1, out);
        }
    }
}

/// A further term of a sum with the sign before it: figures may be printed with signs of their own.
fn term(text: &str, taken_off: bool) -> String {
    match (text.strip_prefix(MINUS), taken_off) {
        (Some(rest), false) => format!(" - {rest}"),
        (Some(_), true) => format!(" - ({text})"),
        (None, false) => format!(" + {}", without_plus(text)),
        (None, true) => format!(" - {}", without_plus(text)),
    }
}

const MINUS: [char; 4] = ['-', '−', '–', '－'];

fn without_plus(text: &str) -> &str {
    text.strip_prefix(['+', '＋']).unwrap_or(text)
}

fn enclosed_if_signed(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(MINUS) { format!("({text})").into() } else { without_plus(text).into() }
}

fn own_strength(expr: &Expr, place: &Place) -> u8 {
    match expr {
        Expr::Or(_) => strength::OR,
        Expr::And(_) => strength::AND,
        Expr::Compare(..) | Expr::Not(_) => strength::COMPARE,
        Expr::Sum(_) => strength::SUM,
        Expr::Call(Function::Sum, arguments) => match &arguments[..] {
            [Expr::Name(name)] if place.bound[*name].as_ref().is_some_and(|b| b.cited().len() < 2) => u8::MAX,
            _ => strength::SUM,
        },
        Expr::Product(_) => strength::PRODUCT,
        Expr::Negate(_) => strength::NEGATE,
        Expr::Number(_) | Expr::Name(_) | Expr::Call(..) => u8::MAX,
    }
}

fn symbol(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
        Relation::Less => "<",
        Relation::LessOrEqual => "≤",
        Relation::Greater => ">",
        Relation::GreaterOrEqual => "≥",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_figures_stand_once() {
        let terms = |taken_off: bool| ["4.4", "-4.4", "+4.0", "(22)", "−8"].map(|text| term(text, taken_off));
        assert_eq!(terms(false), [" + 4.4", " - 4.4", " + 4.0", " + (22)", " - 8"]);
        assert_eq!(terms(true), [" - 4.4", " - (-4.4)", " - 4.0", " - (22)", " - (−8)"]);
        assert_eq!(["-2", "+2", "2"].map(enclosed_if_signed), ["(-2)", "2", "2"]);
    }
}
