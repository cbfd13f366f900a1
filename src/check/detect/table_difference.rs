//! `table-difference`: rows and columns that tell by how much two others differ.

use super::grid::{Kind, Value};
use super::rates::{self, Derived, Form, Ground, Manner, Sought, Terms};
use super::sums::{Lines, round};
use super::{Claim, Context};
use crate::text::{self, folded};

/// Figures that all end in so many zeros are rounded to them.
const ZEROS: i128 = 100;

/// Lines further away are no amounts of a percentage.
const NEAR: usize = 8;

/// So many others tell in which direction a difference is taken.
const SIGNED: usize = 2;

/// So many rows that are called changes are a list of them.
const LISTED: usize = 4;

/// The differences of a table.
pub fn claims(context: &Context, table: usize, all: &[Lines]) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Difference], of_total: false, named, unnamed: false };
    rates::claims(context, all, sought, claim).into_iter().map(|claim| claim.in_table(table)).collect()
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    let figure = |line: usize| lines.figure(line, at).map(|figure| context.one(figure));
    // What is taken from is the later one, unless the column tells decreases.
    let swapped = derived.is_mostly_turned() != is_decrease(lines.title(derived.line));
    let (now, before) = if swapped { (derived.second, derived.first) } else { (derived.first, derived.second) };
    let names = vec![("change", figure(derived.line)?), ("now", figure(now)?), ("before", figure(before)?)];
    let because = |count: usize| {
        let english = format!("it is the difference of the same two in {count} other place{}", text::plural(count));
        context.say(english, format!("在另外{count}处均为该两数之差"))
    };
    match derived.outcomes[at]? {
        Some(follows) if derived.has_wrong_sign(context, lines, at, SIGNED) => {
            let turned = (follows.manner != Manner::Turned) != swapped;
            Some(context.claim(usize::from(turned), names).because(because(derived.holds - 1)).nearly())
        }
        Some(follows) => {
            let turned = (follows.manner == Manner::Turned) != swapped;
            Some(context.claim(usize::from(turned), names))
        }
        None if derived.ground == Ground::Hint || is_rounded_to_zeros(lines, derived) || is_of_a_list(lines) => None,
        None if is_doubled(lines, derived, at) || is_repeated(lines, derived, at) => None,
        None if is_growth_of_others(lines, derived, at) || has_more(lines, derived, at) => None,
        None => {
            let turned = derived.is_turned(lines, at) != swapped;
            let claim = context.claim(usize::from(turned), names).because(because(derived.holds));
            Some(if derived.ground == Ground::Many { claim } else { claim.nearly() })
        }
    }
}

/// Whether the differences that fail do so at several places, each by one unit of the zeros that its figures end in: 10 000 - 6 000
/// for 5 000 are thousands, rounded.
fn is_rounded_to_zeros(lines: &Lines, derived: &Derived) -> bool {
    let units = |line: usize, at: usize| lines.value(line, at).map_or(0, |value| value.units());
    let is_so = |at: usize| {
        let (first, second, own) = (units(derived.first, at), units(derived.second, at), units(derived.line, at));
        let place = lines.value(derived.line, at).map_or(1, |value| value.place());
        let step = round([first, second, own].into_iter(), place);
        step >= ZEROS * place && ((first - second).abs() - own.abs()).abs() == step
    };
    let mut failing = (0..lines.positions()).filter(|&at| derived.outcomes[at] == Some(None));
    derived.fails > 1 && failing.all(is_so)
}

/// Whether rows list changes of this and that, as statements of cash flows do: none of them is the change of two others.
fn is_of_a_list(lines: &Lines) -> bool {
    let names_change = |line: usize| {
        let label = folded(lines.title(line));
        ["increase", "decrease", "change"]
            .iter()
            .any(|word| label.starts_with(word) || label.starts_with(&format!("({word}")))
    };
    lines.are_rows() && (lines.first..lines.all.len()).filter(|&line| names_change(line)).count() >= LISTED
}

/// Whether the two are the same with the other sign, so that their difference is the double of a rounded figure, and is off by no more
/// than that makes: what ±5% change, and ±10%.
fn is_doubled(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let value = |line: usize| lines.value(line, at);
    let (Some(own), Some(first), Some(second)) = (value(derived.line), value(derived.first), value(derived.second))
    else {
        return false;
    };
    let gap = own.units().abs() - (first.units() - second.units()).abs();
    first.units() == -second.units() && gap.abs() <= 2 * own.place()
}

/// Whether the three are the same: the number of a note, a code.
fn is_repeated(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let units = |line: usize| lines.value(line, at).map(|value| value.units());
    units(derived.line) == units(derived.first) && units(derived.line) == units(derived.second)
}

/// Whether a percentage is the growth of two amounts beside it: where all is 100% in both years, the column of the shares' changes tells that of
/// the amounts.
fn is_growth_of_others(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let (Some(own), Some(unit)) = (lines.value(derived.line, at), lines.percent_unit()) else { return false };
    let near = derived.line.saturating_sub(NEAR).max(lines.first)..lines.all.len().min(derived.line + NEAR + 1);
    let amounts: Vec<&Value> =
        near.filter_map(|line| lines.value(line, at)).filter(|value| value.kind == Kind::Amount).collect();
    let mut pairs = amounts.iter().flat_map(|&first| amounts.iter().map(move |&second| (first, second)));
    own.kind == Kind::Percent
        && pairs.any(|(first, second)| {
            let growth = Form::Growth.test(own, Terms { first, second }, unit);
            matches!(growth, Some(Some(follows)) if follows.bits > 0)
        })
}

/// Whether a line beside the three has something here, and nothing wherever the difference holds: it takes part in it.
fn has_more(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let three = [derived.line, derived.first, derived.second];
    let first = three.iter().min().map_or(0, |&line| line.saturating_sub(1).max(lines.first));
    let last = three.iter().max().map_or(0, |&line| (line + 1).min(lines.all.len() - 1));
    let is_filled = |line: usize, at: usize| lines.value(line, at).is_some_and(|value| value.units() != 0);
    let holds = |&other: &usize| matches!(derived.outcomes[other], Some(Some(follows)) if follows.bits > 0);
    let mut beside = (first..=last).filter(|line| !three.contains(line) && is_filled(*line, at));
    beside.any(|line| (0..lines.positions()).filter(holds).all(|other| !is_filled(line, other)))
}

/// Whether a title tells decreases alone.
fn is_decrease(title: &str) -> bool {
    let label = folded(title);
    let holds = |words: &[&str]| words.iter().any(|word| label.contains(word));
    holds(&["减少", "下降", "降幅", "decrease", "decline"]) && !holds(&["增", "上升", "increase", "change"])
}

fn named(title: &str) -> bool {
    let label = folded(title);
    // A rate of increase is a rate.
    if label.starts_with("rate") {
        return false;
    }
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
