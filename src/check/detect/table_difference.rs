//! `table-difference`: rows and columns that tell by how much two others differ.

use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context};
use crate::text::{self, folded};

/// The differences of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Difference], of_total: false, named, unnamed: false };
    rates::claims(context, sought, claim)
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    let figure = |line: usize| lines.value(line, at).map(|value| context.one(value.figure()));
    let names =
        vec![("change", figure(derived.line)?), ("now", figure(derived.first)?), ("before", figure(derived.second)?)];
    match derived.outcomes[at]? {
        Some(follows) => Some(context.claim(usize::from(follows.manner == Manner::Turned), names)),
        None if derived.ground == Ground::Hint => None,
        None => {
            let because = context.say(
                format!(
                    "it is the difference of the same two in {} other place{}",
                    derived.holds,
                    text::plural(derived.holds)
                ),
                format!("在另外{}处均为该两数之差", derived.holds),
            );
            let claim = context.claim(usize::from(derived.is_turned(lines, at)), names).because(because);
            Some(if derived.ground == Ground::Many { claim } else { claim.nearly() })
        }
    }
}

fn named(title: &str) -> bool {
    let label = folded(title);
    const NAMES: &[&str] = &[
        "change",
        "increase",
        "decrease",
        "variance",
        "differ",
        "over(under)",
        "增减",
        "变动",
        "增加",
        "减少",
        "差额",
        "相差",
    ];
    NAMES.iter().any(|name| label.contains(name))
}
