//! `table-growth`: rows and columns that tell a rate of change.

use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context};
use crate::text::folded;

/// The rates of change of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Growth], of_total: false, named, unnamed: true };
    rates::claims(context, sought, claim)
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
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
                format!("it is the rate of change of the same two in {} other places", derived.holds),
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
