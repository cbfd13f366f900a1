//! `restated` and `scale`: the same quantity told in several places.
//!
//! Words decide whether two figures are the same quantity: the period, what is measured, whose it is, and what qualifies it
//! must be the same, and so must the unit. A slip between two such figures is one; where they are far apart the words did not
//! tell enough, and nothing is said of any figure under those words.

mod cells;
mod names;
mod qualifiers;
mod told;
mod words;

use rustc_hash::FxHashMap;

use super::{Claim, Context};
use crate::check::slip::{Slip, Stated};
use crate::document::BlockKind;
use crate::exact::Range;
use crate::figure::{self, Figure, Hedge, Scale};
use crate::text;
use told::{Key, Told};

pub use cells::Labels;
pub use names::Names;

/// How two figures of the same quantity stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    /// They print values that can be the same.
    Same,
    /// A slip of digits lies between them.
    Slip,
    /// A power of ten lies between them.
    Scale,
    /// They print the same number, and of one nobody says in which scale: a header that was not understood.
    Unscaled,
    /// A slip or a power of ten lies between them, but the words leave open whether they are of one quantity.
    Open,
    /// Nothing explains the difference.
    Far,
}

/// The most places at which one quantity is looked at.
const MOST: usize = 200;

/// A slip is only told from another quantity's figure by so many digits.
const DIGITS: usize = 3;

/// The same, where not all is said that tells one quantity from another: of two figures of one size, one in so many comes by
/// chance as near another as a slip does.
const DIGITS_OPEN: usize = 4;

/// The same, where they may well be of different things: they stand in different sections, or behind other sentences.
const DIGITS_APART: usize = 5;

/// Two figures that tell the same quantity.
#[derive(Debug)]
pub struct Pair {
    /// The words of both, as a message shows them.
    words: String,
    /// The figures in order of place, as indices into the reading's.
    figures: (usize, usize),
    /// The tables that they stand in, if both do, in order.
    tables: Option<(u32, u32)>,
    matched: Match,
}

/// Restated figures that agree, or that a slip of digits explains.
pub fn claims(context: &Context) -> Vec<Claim> {
    let wanted = pairs(context).iter().filter(|pair| matches!(pair.matched, Match::Same | Match::Slip));
    wanted.map(|pair| claim(context, pair)).collect()
}

/// Figures restated in another scale that agree, and those that a power of ten lies between.
pub fn scales(context: &Context) -> Vec<Claim> {
    let number = |index: usize| number(context, &context.reading.figures.at(index));
    let value = |index: usize| context.reading.figures.at(index).quantity.value();
    let is_scaled = |(a, b): (usize, usize)| number(a) != number(b) || value(a) != value(b);
    let wanted = pairs(context).iter().filter(|pair| matches!(pair.matched, Match::Same | Match::Scale));
    let wanted = wanted.filter(|pair| is_scaled(pair.figures) && !is_unsaid(context, pair));
    wanted.map(|pair| claim(context, pair)).collect()
}

/// Whether one of two figures stands in a table that says nothing of its scale, and the other fits on one that tables have: thousands
/// and millions are often told once for all tables of a report.
fn is_unsaid(context: &Context, pair: &Pair) -> bool {
    let [a, b] = [pair.figures.0, pair.figures.1].map(|index| context.reading.figures.at(index));
    let is_plain_cell = |figure: &Figure| {
        let kind = context.reading.document.blocks.at(figure.block as usize).kind;
        matches!(kind, BlockKind::Cell { .. }) && figure.quantity.scale == Scale::Plain && figure.quantity.place <= 0
    };
    let power = power_between(&range(context, &a), &range(context, &b)).map(i32::abs);
    matches!(power, Some(3 | 4 | 6 | 8)) && is_plain_cell(&a) != is_plain_cell(&b)
}

fn claim(context: &Context, pair: &Pair) -> Claim {
    let Pair { words, figures: (a, b), .. } = pair;
    let mut evidence = context.say(format!("both are said of {words}"), format!("两处所述均为“{words}”"));
    let range = |index: usize| range(context, &context.reading.figures.at(index));
    if pair.matched == Match::Scale && power_between(&range(*a), &range(*b)) == Some(2) {
        evidence += &context.say(", off by a factor of 100", "，相差一百倍");
    }
    let names = vec![("told", context.one(*a)), ("again", context.one(*b))];
    context.claim(0, names).because(evidence)
}

fn range(context: &Context, figure: &Figure) -> Range {
    figure.quantity.range(figure.is_exact(), context.rounding)
}

/// The pairs of figures that tell the same quantity: each place with the first.
fn pairs<'a>(context: &Context<'a>) -> &'a [Pair] {
    context.shared.told.get_or_init(|| {
        let told = told::all(context);
        let mut numbers: FxHashMap<&Key, usize> = FxHashMap::default();
        let mut groups: Vec<Vec<&Told>> = Vec::new();
        for one in &told {
            let number = *numbers.entry(&one.key).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            if groups[number].len() < MOST {
                groups[number].push(one);
            }
        }
        let mut pairs: Vec<Pair> = groups.iter().flat_map(|group| pairs_of(context, group)).collect();
        open_unlike_tables(&mut pairs);
        pairs
    })
}

/// So many figures must agree for each that does not, where two tables are held against each other.
const AGREEING: usize = 3;

/// Opens what differs between tables that do not tell the same: statements of a company and of its daughter, or two blocks of one
/// table, have all labels in common and hardly a figure.
fn open_unlike_tables(pairs: &mut [Pair]) {
    let mut counts: FxHashMap<(u32, u32), (usize, usize)> = FxHashMap::default();
    for pair in pairs.iter() {
        if let Some(tables) = pair.tables {
            let (same, other) = counts.entry(tables).or_default();
            *if pair.matched == Match::Same { same } else { other } += 1;
        }
    }
    for pair in pairs {
        let Some(tables) = pair.tables else { continue };
        let (same, other) = counts.get(&tables).copied().unwrap_or_default();
        if pair.matched != Match::Same && (tables.0 == tables.1 || same < AGREEING * other) {
            pair.matched = Match::Open;
        }
    }
}

fn pairs_of(context: &Context, group: &[&Told]) -> Vec<Pair> {
    if group.len() < 2 {
        return Vec::new();
    }
    let figure = |told: &Told| context.reading.figures.at(told.figure);
    // Where most places agree, theirs is the value that others are held against.
    let same = |a: &Told, b: &Told| compare(context, &figure(a), &figure(b)) == Match::Same;
    let votes = |told: &Told| group.iter().take(8).filter(|other| same(told, other)).count();
    let Some(first) = group.iter().take(8).rev().max_by_key(|told| votes(told)) else { return Vec::new() };
    let others: Vec<&&Told> = group.iter().filter(|told| told.figure != first.figure).collect();
    let mut matches: Vec<Match> = others.iter().map(|told| weighed(context, first, told)).collect();
    // Figures far apart under the same words: the words do not tell enough.
    if matches.contains(&Match::Far) {
        matches.fill(Match::Open);
    }
    let words = first.key.shown();
    let pair = |(told, matched): (&&&Told, Match)| Pair {
        words: words.clone(),
        figures: (first.figure.min(told.figure), first.figure.max(told.figure)),
        tables: first.table.zip(told.table).map(|(a, b)| (a.min(b), a.max(b))),
        matched,
    };
    others.iter().zip(matches).map(pair).collect()
}

/// How two figures match. What a sentence says before the figure's clause must be the same, and a sentence is held against a table
/// only where it is plain. The less is said of what a figure is of, the more digits it takes to tell a slip from another quantity
/// under the same words; rates are near one another by nature.
fn weighed(context: &Context, a: &Told, b: &Told) -> Match {
    let figures = [a, b].map(|told| context.reading.figures.at(told.figure));
    let matched = compare(context, &figures[0], &figures[1]);
    let rate = usize::from(figures[0].quantity.scale != Scale::Plain);
    let digits = figures.iter().map(digits).min().unwrap_or(0);
    let is_across = a.table.is_some() != b.table.is_some();
    match matched {
        Match::Slip if !may_be_one(a, b) || digits < needed(a, b) + rate => Match::Open,
        // The same digits say more than digits that are nearly the same.
        Match::Scale if !may_be_one(a, b) || is_across && digits < needed(a, b) => Match::Open,
        matched => matched,
    }
}

/// Whether nothing speaks against two figures being of one quantity.
fn may_be_one(a: &Told, b: &Told) -> bool {
    let is_across = a.table.is_some() != b.table.is_some();
    a.beside.lead == b.beside.lead && (!is_across || a.beside.plain && b.beside.plain)
}

/// How many digits two figures must have for a slip between them to be told from chance.
fn needed(a: &Told, b: &Told) -> usize {
    let is_apart = a.section.is_some() && b.section.is_some() && a.section != b.section;
    let are_bare = a.beside.bare && b.beside.bare;
    let are_explicit = a.beside.explicit && b.beside.explicit;
    match (a.table, b.table) {
        (None, None) if !are_bare => DIGITS_APART,
        (None, None) => {
            if are_explicit {
                DIGITS
            } else {
                DIGITS_OPEN
            }
        }
        _ if is_apart => DIGITS_APART,
        (Some(_), Some(_)) => DIGITS_OPEN,
        _ => {
            if are_bare {
                DIGITS
            } else {
                DIGITS_OPEN
            }
        }
    }
}

fn compare(context: &Context, a: &Figure, b: &Figure) -> Match {
    let range = |figure: &Figure| range(context, figure);
    if range(a).intersection(&range(b)).is_some() {
        return Match::Same;
    }
    if a.quantity.hedge != Hedge::None || b.quantity.hedge != Hedge::None {
        return Match::Far;
    }
    let digits = digits(a).min(digits(b));
    if let Some(power) = power_between(&range(a), &range(b)) {
        // RMB138.5 million is RMB138,483 in notes to accounts in thousands.
        let may_lack_scale = number(context, a) == number(context, b) || matches!(power, 3 | 6);
        if may_lack_scale && (is_unscaled(context, a) || is_unscaled(context, b)) {
            return Match::Unscaled;
        }
        let enough = if matches!(power, 1 | 2) { DIGITS } else { DIGITS - 1 };
        return if digits >= enough { Match::Scale } else { Match::Far };
    }
    if digits < DIGITS || is_amended(context, a, b) {
        return Match::Far;
    }
    if slip(context, a, b) || slip(context, b, a) { Match::Slip } else { Match::Far }
}

/// 将“注册资本为6,710,526元”修改为“注册资本为7,610,526元”: the second is what the first is changed to.
fn is_amended(context: &Context, a: &Figure, b: &Figure) -> bool {
    const WORDS: [&str; 8] =
        ["修改为", "变更为", "修订为", "更正为", "调整为", "amended to", "corrected to", "changed to"];
    let (first, second) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    let text = context.reading.document.text();
    let between = text.get(first.span.end as usize..second.span.start as usize).unwrap_or_default();
    between.len() <= AMENDED && WORDS.iter().any(|word| between.contains(word))
}

/// How far apart, in bytes, an amended figure and the new one stand.
const AMENDED: usize = 600;

/// The digits of a figure as printed, without a scale behind them.
fn number<'a>(context: &'a Context, figure: &Figure) -> &'a str {
    context.reading.document.slice(figure.digits).trim_end_matches(|c: char| !c.is_ascii_digit())
}

/// What a report says of the scale of its figures, folded.
const SCALES: [&str; 7] =
    ["inmillions", "inthousands", "inbillions", "单位:万元", "单位:亿元", "单位:千元", "单位:百万元"];

/// Whether a figure has no scale, neither printed nor from labels and captions, where one may be meant: in a table, and in the
/// sentences of a report that states a scale for all ("dollars in millions"), as notes to accounts do.
fn is_unscaled(context: &Context, figure: &Figure) -> bool {
    let document = context.reading.document;
    let block = document.blocks.at(figure.block as usize);
    let raw = figure::printed_at(document, &block, figure.span.start as usize);
    let as_printed = raw.is_some_and(|raw| raw.quantity.numerator == figure.quantity.numerator);
    let bare = number(context, figure).len() == figure.digits.len();
    let is_stated = || {
        let folded = text::folded(document.text());
        SCALES.iter().any(|scale| folded.contains(scale))
    };
    as_printed && bare && (matches!(block.kind, BlockKind::Cell { .. }) || is_stated())
}

/// Whether one slip makes of `right` what is printed as `wrong`, at the precision of `wrong`.
fn slip(context: &Context, wrong: &Figure, right: &Figure) -> bool {
    let stated = Stated::new(&wrong.quantity, context.rounding);
    let value = right.quantity.value();
    let printed = context.rounding.printed(&value, &wrong.quantity.place());
    let slip = printed.and_then(|printed| stated.slip_from(&printed, Some(&value)));
    slip.is_some_and(|slip| !matches!(slip, Slip::Sign | Slip::PowerOfTen(_)))
}

/// The power of ten, without its sign, that lies between two ranges.
fn power_between(a: &Range, b: &Range) -> Option<i32> {
    let meets = |power: i32| {
        let factor = Range::exact(crate::exact::Rational::power_of_ten(power));
        (a * &factor).intersection(b).is_some()
    };
    [1, 2, 3, 4, 6, 8].into_iter().find(|&power| meets(power) || meets(-power))
}

/// How many digits a figure is told by, zeros at its ends left out.
fn digits(figure: &Figure) -> usize {
    let mantissa = figure.quantity.numerator.mantissa().unsigned_abs().to_string();
    mantissa.trim_end_matches('0').len()
}
