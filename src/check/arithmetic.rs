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
            Expr::Name(name) => self.name(*name, ", ", out),
            Expr::Negate(inner) => {
                out.push('-');
                self.expr(inner, strength::NEGATE, out);
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

    fn name(&self, name: usize, between: &str, out: &mut String) {
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
            if item > 0 {
                out.push_str(between);
            }
            out.push_str(&(self.text)(name, item));
        }
        if count > WRITTEN_ITEMS {
            _ = write!(out, "{between}… ({count})");
        }
    }

    fn chain(&self, parts: &[Part], signs: [&str; 2], own: u8, out: &mut String) {
        for (i, part) in parts.iter().enumerate().take(WRITTEN_ITEMS) {
            match (i, part.inverse) {
                (0, false) => {}
                (0, true) => _ = write!(out, "{} ", signs[1]),
                _ => _ = write!(out, " {} ", signs[usize::from(part.inverse)]),
            }
            self.expr(&part.expr, if part.inverse { own + 1 } else { own }, out);
        }
        if parts.len() > WRITTEN_ITEMS {
            _ = write!(out, " {} … ({})", signs[0], parts.len());
        }
    }

    fn sum(&self, arguments: &[Expr], out: &mut String) {
        for (i, argument) in arguments.iter().enumerate() {
            if i > 0 {
                out.push_str(" + ");
            }
            match argument {
                Expr::Name(name) => self.name(*name, " + ", out),
                other => self.expr(other, strength::SUM, out),
            }
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
