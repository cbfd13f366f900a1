//! `breakdown`: parts named after a total, in sentences.

use super::clause::{Role, Sentence, UnitKey};
use super::settle::Outcome;
use super::whole::{alike, is_closed, is_netted, is_open, is_uniform};
use super::{Claim, Context, kinds, sum_behind};
use crate::diagnostic::Severity;
use crate::exact::Rational;
use crate::figure::Quantity;

/// The checks of the rule, by index.
pub const SUM: usize = 0;
const BOUND: usize = 1;

/// The breakdowns of a sentence.
pub fn claims(context: &Context, sentence: &Sentence, _before: Option<&Sentence>) -> Vec<Claim> {
    let cued = |first: usize| cue(sentence, first).and_then(|cue| list(context, sentence, first, cue));
    let mut claims: Vec<Claim> = (1..sentence.said.len()).filter_map(cued).collect();
    claims.extend(sum_behind::claims(context, sentence));
    claims.extend(kinds::claims(context, sentence));
    claims
}

/// What announces a list of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    /// 包括, "including": examples, more often than not.
    Examples,
    /// 其中, "of which": parts, perhaps not all.
    Some,
    /// 分别为: likely all parts.
    Likely,
    /// A bracket directly behind the total: all parts, or some of its attributes.
    Bracket,
    /// "consisting of", 主要用于以下方面: all parts.
    All,
}

/// The cue in the gap before a figure, if the figure is the first of a list.
fn cue(sentence: &Sentence, first: usize) -> Option<Cue> {
    let gap = &sentence.said[first].gap;
    if !sentence.chinese {
        return english_cue(gap);
    }
    let bracket = sentence.said[first].bracket;
    if gap.starts_with('(') && bracket != sentence.said[first - 1].bracket {
        let inside = &gap[1..];
        let other = ["含", "不含", "约", "折", "占", "同比", "比", "较", "增", "其余", "另"]
            .iter()
            .any(|word| inside.starts_with(word));
        return Some(if other || inside.contains("不含") { Cue::Some } else { Cue::Bracket });
    }
    if gap.contains("主要用于以下方面") || gap.contains("具体包括") || gap.contains("具体为") {
        return Some(Cue::All);
    }
    if gap.contains("其中") {
        return Some(Cue::Some);
    }
    if gap.contains("包括") {
        return Some(Cue::Examples);
    }
    gap.contains("分别").then_some(Cue::Likely)
}

fn english_cue(gap: &str) -> Option<Cue> {
    const ALL: [&str; 8] = [
        "consisting of",
        "consisted of",
        "consists of",
        "comprising",
        "comprised of",
        "comprises",
        "composed of",
        "made up of",
    ];
    let partly = ["primarily", "mainly", "principally", "partly", "largely"].iter().any(|word| gap.contains(word));
    if ALL.iter().any(|word| gap.contains(word)) && !partly {
        return Some(Cue::All);
    }
    if gap.contains("of which") || gap.contains("of whom") {
        return Some(Cue::Some);
    }
    gap.contains("including").then_some(Cue::Examples)
}

/// A list of parts behind a cue.
fn list(context: &Context, sentence: &Sentence, first: usize, cue: Cue) -> Option<Claim> {
    let said = &sentence.said;
    let unit = &said.iter().skip(first).find(|said| said.is_amount())?.unit;
    if *unit == UnitKey::None {
        return None;
    }
    let totals: Vec<usize> = sentence.levels_before(first, unit).take(3).collect();
    let ends = ends(sentence, first);
    // Whatever reading holds is the one that is meant.
    for &total in &totals {
        for &end in ends.iter().rev() {
            for parts in [parts(sentence, first, end, false), parts(sentence, first, end, true)] {
                let Some(parts) = parts.filter(|parts| parts.len() > 1) else { continue };
                let claim = sum(context, sentence, total, &parts);
                if context.holds(&claim) && is_some(context, sentence, total) {
                    return Some(claim);
                }
            }
        }
    }
    let total = *totals.first()?;
    if first - total > 4 || said[total].bracket != 0 && said[total].bracket != said[first].bracket {
        return None;
    }
    let parts = parts(sentence, first, *ends.last()?, true)?;
    accuse(context, sentence, total, &parts, cue)
}

fn sum(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> Claim {
    let figures = parts.iter().map(|&part| sentence.said[part].figure);
    context.claim(SUM, vec![("total", context.one(sentence.said[total].figure)), ("parts", context.list(figures))])
}

/// Zeros add up to zero, which teaches nothing.
fn is_some(context: &Context, sentence: &Sentence, total: usize) -> bool {
    !context.reading.figures.at(sentence.said[total].figure).quantity.value().is_zero()
}

/// Where a list may end: at the end of an item, before the next cue, where the bracket closes, at the end of the sentence.
/// The last is the likeliest.
fn ends(sentence: &Sentence, first: usize) -> Vec<usize> {
    let said = &sentence.said;
    let bracket = said[first].bracket;
    let closes = |at: usize| bracket != 0 && said[at].bracket != bracket && !is_inside(sentence, at, bracket);
    let close = (first + 1..said.len()).find(|&at| closes(at)).unwrap_or(said.len());
    let mut ends: Vec<usize> = (first + 1..close)
        .filter(|&at| {
            said[at].item != said[at - 1].item || cue(sentence, at).is_some() || said[at].gap.contains("其余")
        })
        .collect();
    let itemised = (first + 1..close)
        .filter(|&at| said[at].is_amount() && said[at].unit == said[first].unit && said[at].bracket == bracket);
    let all_items = itemised.clone().count() > 0
        && itemised.clone().all(|at| said[at].item != said[at - 1].item || !own_item(sentence, at));
    let likeliest = if all_items { None } else { ends.iter().copied().find(|&at| said[at].item != said[at - 1].item) };
    ends.push(close);
    if let Some(likeliest) = likeliest {
        ends.retain(|&at| at != likeliest);
        ends.push(likeliest);
    }
    ends
}

/// Whether a figure stands in brackets inside of the list's bracket. Numbers of brackets grow as they open.
fn is_inside(sentence: &Sentence, at: usize, bracket: u32) -> bool {
    sentence.said[at].bracket > bracket
}

/// Whether an item holds another amount of the unit before this one: then semicolons do not separate the parts.
fn own_item(sentence: &Sentence, at: usize) -> bool {
    let said = &sentence.said;
    (0..at)
        .rev()
        .take_while(|&i| said[i].item == said[at].item)
        .any(|i| said[i].is_amount() && said[i].unit == said[at].unit)
}

/// The parts of a list: amounts of one unit, at the level of its first. `nested`: what a further cue inside announces is left
/// out up to the end of its item. `None` if a figure of the unit is hedged or a change, so that the list cannot be added.
fn parts(sentence: &Sentence, first: usize, end: usize, nested: bool) -> Option<Vec<usize>> {
    let said = &sentence.said;
    let start = said.iter().enumerate().skip(first).find(|(_, said)| said.is_amount())?.0;
    let (unit, bracket) = (&said[start].unit, said[first].bracket);
    let mut parts = Vec::new();
    let mut skip_item = None;
    for (at, one) in said.iter().enumerate().take(end).skip(start) {
        if at > first && nested && cue(sentence, at).is_some_and(|cue| cue != Cue::Likely) {
            skip_item = Some(one.item);
        }
        if skip_item == Some(one.item) || one.bracket != bracket || one.unit != *unit || !one.is_amount() {
            continue;
        }
        if one.hedged {
            return None;
        }
        parts.push(at);
    }
    Some(parts)
}

/// What fails of a list that adds up in no reading: said only where its words leave little doubt that it is whole.
fn accuse(context: &Context, sentence: &Sentence, total: usize, parts: &[usize], cue: Cue) -> Option<Claim> {
    if parts.len() < 2 || !is_uniform(sentence, parts) || is_netted(sentence, parts) {
        return bound(context, sentence, total, parts, cue);
    }
    // Parts that add up before the list ends: what follows looks at them from another side.
    let whole = (2..parts.len()).map(|end| sum(context, sentence, total, &parts[..end]));
    if let Some(claim) = whole.into_iter().find(|claim| context.holds(claim)) {
        return Some(claim);
    }
    if is_open(sentence, parts) {
        return bound(context, sentence, total, parts, cue);
    }
    let claim = sum(context, sentence, total, parts);
    let cue = if is_closed(sentence, total, parts) { Cue::All } else { cue };
    if context.outcome(&claim) == Outcome::Far {
        let whole = matches!(cue, Cue::All | Cue::Bracket);
        return if whole { Some(claim.nearly()) } else { bound(context, sentence, total, parts, cue) };
    }
    let short = falls_short(context, sentence, total, parts);
    let (error, warning) = believed(cue, alike(sentence, parts), short, parts.len());
    let severity = match chance(context, sentence, total, parts) {
        chance if chance <= error => Severity::Error,
        chance if chance <= warning => Severity::Warning,
        _ => return bound(context, sentence, total, parts, cue),
    };
    Some(claim.at_most(severity))
}

/// How likely a slip by chance may be, in percent, so that the failure is an error or a warning all the same: the likelier that
/// the list is whole, the more. Chance matters only where the list is not whole. Behind 其中 a list that falls short of its total
/// most often names some parts only, so that chance must be next to none.
fn believed(cue: Cue, alike: bool, short: bool, parts: usize) -> (i128, i128) {
    match (cue, alike) {
        (Cue::All, _) | (Cue::Bracket, true) => (60, 100),
        (Cue::Bracket, false) => (15, 25),
        (Cue::Some | Cue::Examples, true) if short => (1, 3),
        (Cue::Some | Cue::Examples, false) if short => (0, 1),
        (Cue::Likely | Cue::Some, true) => (25, 85),
        (Cue::Likely, false) if parts > 2 => (15, 50),
        (Cue::Some, false) if parts > 2 => (5, 25),
        (Cue::Examples, true) => (5, 15),
        _ => (4, 12),
    }
}

/// Whether the parts come to less than the total.
pub fn falls_short(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> bool {
    let value = |at: usize| context.reading.figures.at(sentence.said[at].figure).quantity.value();
    parts.iter().fold(Rational::ZERO, |sum, &part| &sum + &value(part)) < value(total)
}

/// Whether another figure of the sentence is just what the parts and their total are apart by.
pub fn explains_gap(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> bool {
    let value = |at: usize| context.figure(sentence.said[at].figure).quantity.value();
    let sum = parts.iter().fold(Rational::ZERO, |sum, &part| &sum + &value(part));
    let gap = (&sum - &value(total)).abs();
    (0..sentence.said.len()).any(|at| at != total && !parts.contains(&at) && value(at) == gap)
}

/// A part is no larger than its whole: claimed only where it holds, and where the part stands right behind the whole.
fn bound(context: &Context, sentence: &Sentence, total: usize, parts: &[usize], cue: Cue) -> Option<Claim> {
    let next = *parts.first()?;
    let between = &sentence.said[total + 1..next];
    if cue != Cue::Some
        || !is_some(context, sentence, total)
        || !between.iter().all(|said| matches!(said.role, Role::Growth(_) | Role::Share))
    {
        return None;
    }
    let first = parts.first().map(|&part| sentence.said[part].figure);
    let names = vec![("total", context.one(sentence.said[total].figure)), ("parts", context.list(first))];
    let claim = context.claim(BOUND, names);
    (!parts.is_empty() && context.holds(&claim)).then_some(claim)
}

/// The chance, in percent, that figures which have nothing to do with each other look like a slip: how many sums one slip in
/// one of them can make, against all sums that the total leaves room for. Of round numbers only the digits before the zeros
/// count: sums of hundreds miss each other by hundreds.
pub fn chance(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> i128 {
    let quantity = |at: usize| context.reading.figures.at(sentence.said[at].figure).quantity;
    let figures = || parts.iter().copied().chain([total]).filter(|&at| !quantity(at).value().is_zero());
    let Some(finest) = figures().map(|at| step(&quantity(at))).min() else { return 100 };
    let digits = |at: usize| {
        units(&quantity(at).value(), &step(&quantity(at))).map_or(1, |units| units.to_string().len() as i128)
    };
    let slips: i128 = figures().map(|at| 12 * digits(at)).sum();
    let room = units(&quantity(total).value(), &finest).unwrap_or(1).max(1);
    (100 * slips / room).min(100)
}

/// The place of a figure's last digit that is no zero.
fn step(quantity: &Quantity) -> Rational {
    let place = quantity.place();
    let mut units = units(&quantity.value(), &place).unwrap_or(0);
    let mut step = place;
    while units != 0 && units % 10 == 0 {
        units /= 10;
        step = &step * &Rational::power_of_ten(1);
    }
    step
}

fn units(value: &Rational, step: &Rational) -> Option<i128> {
    value.abs().checked_div(step)?.trunc().to_i128()
}
