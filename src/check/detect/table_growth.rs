//! `table-growth`: rows and columns that tell a rate of change.

use std::sync::LazyLock;

use regex::Regex;

use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context, pattern};
use crate::text::{self, folded};

/// The rates of change of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Growth], of_total: false, named, unnamed: true };
    let mut claims = rates::claims(context, sought, claim);
    claims.retain(|claim| claim.place.table.is_none_or(|table| !is_rebased_table(context, table as usize)));
    claims
}

/// Words of a header or caption that say on which other basis its rates stand than the values that are printed.
static BASIS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)constant[ -](?:currenc|exchange|price|perimeter)|\borganic|\bin real terms|\breal (?:growth|change|increase|terms)|\(real\)|\bcomparable|like[ -]for[ -]like|\bunderlying|\bcurrency[ -](?:adjusted|neutral)|可比|实际增|不变价|同口径|同比口径|(?:增长|增幅|增速|增减)[^，。]{0,4}实际",
    )
});

/// Whether a header or caption says that its rates stand on another basis.
fn is_rebased(text: &str) -> bool {
    BASIS.as_ref().is_none_or(|basis| basis.is_match(text))
}

/// Whether the captions of a table say so of all its rates.
fn is_rebased_table(context: &Context, table: usize) -> bool {
    let document = context.reading.document;
    let table = &document.tables[table];
    table.captions.iter().chain(&table.heading).any(|&span| is_rebased(document.slice(span)))
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    if is_rebased(lines.title(derived.line)) {
        return None;
    }
    let figure = |line: usize| lines.value(line, at).map(|value| context.one(value.figure()));
    let names =
        vec![("rate", figure(derived.line)?), ("now", figure(derived.first)?), ("before", figure(derived.second)?)];
    match derived.outcomes[at]? {
        Some(follows) => {
            let check = match follows.manner {
                Manner::Straight => 0,
                Manner::OfSize => 1,
                Manner::Turned => 2,
                Manner::Points => 3,
            };
            Some(context.claim(check, names))
        }
        None if derived.ground == Ground::Hint => None,
        None => {
            let because = context.say(
                format!(
                    "it is the rate of change of the same two in {} other place{}",
                    derived.holds,
                    text::plural(derived.holds)
                ),
                format!("在另外{}处均为该两数的变动幅度", derived.holds),
            );
            let check = if derived.is_turned(lines, at) { 2 } else { 0 };
            let claim = context.claim(check, names).because(because);
            Some(if derived.ground == Ground::Many { claim } else { claim.nearly() })
        }
    }
}

fn named(title: &str) -> bool {
    let label = folded(title);
    const NAMES: &[&str] =
        &["change", "growth", "increase", "decrease", "variance", "增减", "增长", "幅度", "同比", "变动", "增速"];
    NAMES.iter().any(|name| label.contains(name))
}
