//! `table-difference`: rows and columns that tell by how much two others differ.

use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context};
use crate::text::{self, folded};

/// The differences of a table.
pub fn claims(context: &Context, table: usize, all: &[Lines]) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Difference], of_total: false, named, unnamed: false };
    rates::claims(context, all, sought, claim).into_iter().map(|claim| claim.in_table(table)).collect()
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    let figure = |line: usize| lines.value(line, at).map(|value| context.one(value.figure()));
    // What is taken from is the later one, unless the column tells decreases.
    let swapped = derived.is_mostly_turned() != is_decrease(lines.title(derived.line));
    let (now, before) = if swapped { (derived.second, derived.first) } else { (derived.first, derived.second) };
    let names = vec![("change", figure(derived.line)?), ("now", figure(now)?), ("before", figure(before)?)];
    match derived.outcomes[at]? {
        Some(follows) => {
            let turned = (follows.manner == Manner::Turned) != swapped;
            Some(context.claim(usize::from(turned), names))
        }
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
            let turned = derived.is_turned(lines, at) != swapped;
            let claim = context.claim(usize::from(turned), names).because(because);
            Some(if derived.ground == Ground::Many { claim } else { claim.nearly() })
        }
    }
}

/// Whether a title tells decreases alone.
fn is_decrease(title: &str) -> bool {
    let label = folded(title);
    let holds = |words: &[&str]| words.iter().any(|word| label.contains(word));
    holds(&["减少", "下降", "降幅", "decrease", "decline"]) && !holds(&["增", "上升", "increase", "change"])
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
