//! `table-share`: rows and columns that tell what part of others the figures are.

use rustc_hash::FxHashSet;

use super::grid::Kind;
use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context, hidden_whole};
use crate::exact::Rational;
use crate::text::{self, folded};

/// The shares of a table, and what is printed for one of something.
pub fn claims(context: &Context, table: usize, all: &[Lines]) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Ratio], of_total: true, named, unnamed: true };
    let mut claims = rates::claims(context, all, sought, |context, lines, derived, at| {
        // The change over the earlier value is table-growth's.
        let is_change = lines.all[derived.line].name.change;
        (!is_change).then(|| claim(context, RATIO, lines, derived, at)).flatten()
    });
    let quotients = Sought { forms: &[Form::Quotient], of_total: false, named: names_quotient, unnamed: false };
    let quotient = context.say("an amount for one must be the quotient of the two values", "单位数额应等于两数之商");
    let indices = Sought { forms: &[Form::Index], of_total: true, named: names_index, unnamed: false };
    let index = context.say("an index must follow from the value of its base", "指数应由基期数得出");
    for (check, sought, message) in [(RATIO, quotients, quotient), (INDEX, indices, index)] {
        claims.extend(rates::claims(context, all, sought, |context, lines, derived, at| {
            // Averages are often of figures that are not printed.
            let is_sure = derived.holds >= 3 && derived.fails <= 1 && derived.told >= SURE;
            let claim = is_sure.then(|| claim(context, check, lines, derived, at)).flatten()?;
            Some(claim.nearly().saying(message.clone()))
        }));
    }
    let told: FxHashSet<usize> = claims.iter().flat_map(Claim::figures).collect();
    let margins = Sought { forms: &[Form::Margin], of_total: false, named: names_margin, unnamed: false };
    let margin = context.say("a margin must follow from the two values", "毛利率应由收入与成本得出");
    claims.extend(rates::claims(context, all, margins, |context, lines, derived, at| {
        let is_new = lines.figure(derived.line, at).is_some_and(|figure| !told.contains(&figure));
        let is_sure = is_new && derived.holds >= 2 && derived.fails <= 1 && derived.told >= SURE;
        let claim = is_sure.then(|| claim(context, MARGIN, lines, derived, at)).flatten()?;
        Some(claim.nearly().saying(margin.clone()))
    }));
    let told: FxHashSet<usize> = claims.iter().flat_map(Claim::figures).collect();
    let is_told = |figure: usize| told.contains(&figure);
    let hidden = all.iter().flat_map(|lines| {
        hidden_whole::claims(context, lines, |title| is_share(&folded(title)) || is_percent_sign(title), is_told)
    });
    let hidden: Vec<Claim> = hidden.collect();
    claims.extend(hidden);
    claims.into_iter().map(|claim| claim.in_table(table)).collect()
}

/// The checks of the rule, by their index.
pub const RATIO: usize = 0;
const OF_SIZE: usize = 1;
pub const INDEX: usize = 2;
const MARGIN: usize = 3;

/// So many bits leave no doubt that an average is that of the two lines that it follows from.
const SURE: u32 = 12;

/// At so many positions a ratio holds where it is asked of one more, though its rate has few digits.
const SEVERAL: usize = 3;

/// A rate of so many bits seldom follows from other lines by chance.
const LONG: u32 = 5;

fn claim(context: &Context, check: usize, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    let figure = |line: usize, at: usize| lines.figure(line, at).map(|figure| context.one(figure));
    let names = vec![
        ("rate", figure(derived.line, at)?),
        ("part", figure(derived.first, at)?),
        ("total", figure(derived.second, derived.whole_at.unwrap_or(at))?),
    ];
    match derived.outcomes[at]? {
        Some(follows) => {
            let of_size = follows.manner == Manner::OfSize;
            Some(context.claim(if of_size { OF_SIZE } else { check }, names))
        }
        None if derived.ground == Ground::Hint || is_adjusted(context, lines, derived, at) => None,
        None if reads_otherwise(lines, derived, at) || is_of_two_parts(lines, derived, at) => None,
        None if derived.whole_at.is_some_and(|whole| is_of_another_block(lines, derived, whole, at)) => None,
        // A rate that is another one in several places is a rate of something else: 按期办结率, where most are in time.
        None if derived.fails > 1 && !is_share(&folded(lines.title(derived.line))) => None,
        // What a rate is lowered by in a table that leads from one rate to another is no part of anything.
        None if check == RATIO && is_of_other_sign(context, lines, derived, at) => None,
        // What is more than the whole is no part of it: the turnout below the votes.
        None if check != INDEX && derived.whole_at.is_some_and(|whole| is_larger(lines, derived.first, at, whole)) => {
            None
        }
        None => {
            let because = context.say(
                format!("it is the same ratio in {} other place{}", derived.holds, text::plural(derived.holds)),
                format!("在另外{}处均为同样的比率", derived.holds),
            );
            let claim = context.claim(check, names).because(because);
            let is_called = is_share(&folded(lines.title(derived.line)));
            Some(match derived.ground {
                Ground::Many if is_called => claim,
                // A rate of few digits leaves many values for what it is of: whether one of them is a slip away, blame does not tell.
                _ if is_called && derived.fails == 1 && (derived.is_said || derived.holds >= SEVERAL) => {
                    context.plainly(claim)
                }
                _ => claim.nearly(),
            })
        }
    }
}

fn is_larger(lines: &Lines, line: usize, at: usize, whole: usize) -> bool {
    let size = |at: usize| lines.value(line, at).map_or(0, |value| value.units().abs());
    size(at) > size(whole)
}

/// Whether a share is off by one in its last digit, or two where all along the line come to 100%, as one is that was adjusted so
/// that they do.
fn is_adjusted(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> bool {
    let come_to_all = || {
        let title = lines.title(derived.line);
        let alike = (lines.first..lines.all.len()).filter(|&line| lines.title(line) == title);
        let shares: Vec<i128> = alike.filter_map(|line| Some(lines.value(line, at)?.units())).collect();
        shares.len() > 1 && lines.percent_unit() == Some(shares.iter().sum())
    };
    let value =
        |line: usize, at: usize| lines.figure(line, at).map(|figure| context.reading.figures.at(figure).quantity);
    let shares = || {
        let place = value(derived.line, at)?.place();
        let whole_at = derived.whole_at.or_else(|| come_to_all().then_some(at))?;
        let total = value(derived.second, whole_at)?.value();
        let share = value(derived.first, at)?.value().checked_div(&total)?.round_to(&place);
        let off = &share - &value(derived.line, at)?.value();
        if derived.whole_at.is_some_and(|whole| completes(lines, derived.line, whole, &off)) {
            return Some(false);
        }
        let off = off.abs();
        let most = if derived.whole_at.is_some_and(|whole| adds_up(lines, derived.line, whole)) { 2 } else { 1 };
        Some(off <= &place * &Rational::from(most))
    };
    shares().unwrap_or(false)
}

/// Whether a share follows from other lines of its position: the part from two of them, the second being nought where the share
/// follows from the first alone, or the whole from another.
fn reads_otherwise(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let value = |line: usize, at: usize| lines.value(line, at).filter(|value| value.kind == Kind::Amount);
    let reads = || {
        let (own, part) = (lines.value(derived.line, at)?, value(derived.first, at)?);
        let unit = lines.percent_unit()?;
        let near = derived.first.saturating_sub(1)..=derived.first + 1;
        let beside = near.filter(|&line| line < lines.all.len() && line != derived.first && line != derived.second);
        let beside = beside.filter_map(|line| value(line, at)).map(|value| value.units()).chain([0]);
        let wholes: Vec<i128> = (lines.first..lines.all.len())
            .filter(|&line| line != derived.first)
            .filter_map(|line| value(line, at))
            .map(|value| value.units())
            .collect();
        let follows = |part: i128, whole: i128| {
            let off = (own.units() * whole).abs_diff(part * unit);
            whole > part && off <= (own.slack() * whole).unsigned_abs()
        };
        Some(beside.into_iter().any(|more| wholes.iter().any(|&whole| follows(part.units() + more, whole))))
    };
    let digits = lines.value(derived.line, at).map_or(0, |value| value.bits());
    derived.whole_at.is_none() && digits >= LONG && reads().unwrap_or(false)
}

/// Whether the share follows at another position, where it does not from the part alone, from the part and a line beside it that has
/// something here, too: then that line belongs to the part.
fn is_of_two_parts(lines: &Lines, derived: &Derived, at: usize) -> bool {
    let units = |line: usize, at: usize| lines.value(line, at).map_or(0, |value| value.units());
    let follows = |more: usize, at: usize| {
        let (Some(own), Some(unit)) = (lines.value(derived.line, at), lines.percent_unit()) else { return false };
        let (part, whole) = (units(derived.first, at) + units(more, at), units(derived.second, at));
        let off = (own.units() * whole).abs_diff(part * unit);
        units(more, at) != 0 && off <= (own.slack() * whole).unsigned_abs()
    };
    let near = derived.first.saturating_sub(1)..=(derived.first + 1).min(lines.all.len() - 1);
    let mut beside = near.filter(|&line| ![derived.first, derived.second, derived.line].contains(&line));
    let holds = |at: usize| matches!(derived.outcomes[at], Some(Some(_)));
    let others = || (0..lines.positions()).filter(|&other| other != at && !holds(other));
    derived.whole_at.is_none() && beside.any(|more| units(more, at) != 0 && others().any(|other| follows(more, other)))
}

/// Whether a line without a figure stands between the whole and a position behind it, and nothing beside that is a share of the whole: then
/// the whole is that of the block before.
fn is_of_another_block(lines: &Lines, derived: &Derived, whole: usize, at: usize) -> bool {
    let is_empty = |at: &usize| (0..lines.all.len()).all(|line| lines.value(line, *at).is_none());
    let Some(start) = (whole..at).rev().find(is_empty) else { return false };
    let end = (at..lines.positions()).find(is_empty).unwrap_or(lines.positions());
    let is_share = |at: usize| matches!(derived.outcomes[at], Some(Some(follows)) if follows.bits > 0);
    !(start..end).any(is_share)
}

/// Whether the figures of a line come to the one at a position of it.
fn adds_up(lines: &Lines, line: usize, whole: usize) -> bool {
    let units = |at: usize| lines.value(line, at).map_or(0, |value| value.units());
    let others: i128 = (0..lines.positions()).filter(|&at| at != whole).map(units).sum();
    others != 0 && others == units(whole)
}

/// Whether the shares of a line come to 100% with what one of them is off by, and do not without: then that one was not adjusted.
fn completes(lines: &Lines, line: usize, whole: usize, off: &Rational) -> bool {
    let Some(unit) = lines.percent_unit().map(|unit| Rational::scaled(unit, 0)) else { return false };
    let units = |at: usize| lines.value(line, at).map_or(0, |value| value.units());
    let others: i128 = (0..lines.positions()).filter(|&at| at != whole).map(units).sum();
    !off.is_zero() && &Rational::scaled(others, 0) + &(off * &unit) == unit
}

/// Whether a share has another sign than the quotient, and other digits, too.
fn is_of_other_sign(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> bool {
    let value =
        |line: usize, at: usize| lines.figure(line, at).map(|figure| context.reading.figures.at(figure).quantity);
    let differs = || {
        let share = value(derived.line, at)?;
        let total = value(derived.second, derived.whole_at.unwrap_or(at))?.value();
        let computed = value(derived.first, at)?.value().checked_div(&total)?.round_to(&share.place());
        let sum = &computed + &share.value();
        Some(sum.abs() > share.place() && sum.abs() < (&computed - &share.value()).abs())
    };
    differs().unwrap_or(false)
}

/// Whether a line is called a share or a rate.
fn named(title: &str) -> bool {
    let label = folded(title);
    const ENDS: &[&str] = &["率", "rate", "rate%", "rate(%)", "率%", "率(%)"];
    is_share(&label) || is_percent_sign(title) || ENDS.iter().any(|end| label.ends_with(end))
}

/// Whether a line is called by a percent sign alone, and perhaps a year.
fn is_percent_sign(title: &str) -> bool {
    folded(title).trim_start_matches(|c: char| c.is_ascii_digit()) == "%"
}

/// Whether a line is called a margin, and no change of one.
fn names_margin(title: &str) -> bool {
    let label = folded(title);
    let label = label.trim_end_matches("(%)").trim_end_matches('%');
    ["毛利率", "grossmargin", "grossprofitmargin", "grossprofit", "grossmarginpercentage", "grossmarginpercent"]
        .iter()
        .any(|name| label.ends_with(name))
}

/// Whether a folded label says that the line tells shares, so that one among many cannot be another kind of rate.
fn is_share(label: &str) -> bool {
    const NAMES: &[&str] = &["%of", "percentof", "percentageof", "share", "占", "比重", "比例", "完成"];
    NAMES.iter().any(|name| label.contains(name))
}

/// Whether a line is called an amount for one of something, or an average.
fn names_quotient(title: &str) -> bool {
    const WORDS: &[&str] = &["per", "average", "avg", "mean", "price"];
    const CHINESE: &[&str] = &["人均", "户均", "亩均", "件均", "次均", "平均", "均价", "单价"];
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word)) || CHINESE.iter().any(|name| title.contains(name))
}

/// Whether a line is called an index.
fn names_index(title: &str) -> bool {
    let label = folded(title);
    label.contains("index") || label.contains("指数") || label.contains("=100")
}
