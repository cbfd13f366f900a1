//! How likely it is that the figures of a list, which have nothing to do with each other, look like a slip.

use super::super::Context;
use super::super::clause::Sentence;
use super::Cue;
use crate::exact::Rational;
use crate::figure::Quantity;

/// How likely a slip by chance may be, in thousandths, so that the failure is an error or a warning all the same: the likelier
/// that the list is whole, the more. Chance matters only where the list is not whole. Behind 其中 a list that falls short of its
/// total most often names some parts only, so that chance must be next to none; where the parts are called alike and nothing goes on behind
/// them (`ends`), nine lists in ten are whole, and of those with four parts nearly all (of 1,064 lists in real reports).
pub fn believed(cue: Cue, alike: bool, short: bool, parts: usize, ends: bool) -> (i128, i128) {
    match (cue, alike) {
        (Cue::All, _) | (Cue::Bracket, true) => (600, 1000),
        (Cue::Bracket, false) => (150, 250),
        (Cue::Some, true) if short && ends && parts > 3 => (3, 50),
        (Cue::Some, true) if short && ends => (3, 20),
        (Cue::Some | Cue::Examples, true) if short => (3, 10),
        (Cue::Some | Cue::Examples, false) if short => (2, 6),
        (Cue::Likely, true) => (250, 850),
        (Cue::Likely, false) if parts > 2 => (150, 500),
        // Of persons trained some are counted in several parts. Two parts called alike are all in three lists of four, others in one of two:
        // what follows may be told for itself.
        (Cue::Some, true) if parts > 3 => (30, 300),
        (Cue::Some, true) => (10, 150),
        (Cue::Some, false) if parts > 2 => (5, 40),
        (Cue::Examples, true) => (10, 60),
        _ => (3, 30),
    }
}

/// How many sums of rounded figures are as good as the one that is right, counted in the finest of all last digits: one in whole
/// thousands leaves others much room. Rounded alike, they leave as much as there are of them, if the list may name some parts only.
pub fn missed_by_rounding(context: &Context, sentence: &Sentence, total: usize, parts: &[usize], short: bool) -> i128 {
    let figure = |at: usize| context.figure(sentence.said[at].figure);
    let finest = finest(context, sentence, total, parts).unwrap_or(Rational::ONE);
    let rounded = parts.iter().chain([&total]).map(|&at| figure(at)).filter(|figure| !figure.is_exact());
    // A figure that is rounded more finely (300.00 beside 25) leaves none.
    let places = rounded.map(|figure| units(&figure.quantity.place(), &finest).unwrap_or(1));
    let misses: i128 = if short { places.sum() } else { places.max().unwrap_or(1) };
    misses.max(1)
}

/// The chance, in percent, that figures which have nothing to do with each other look like a slip: how many sums one slip in
/// one of them can make, against all sums that the total leaves room for. Of round numbers only the digits before the zeros
/// count: sums of hundreds miss each other by hundreds.
pub fn chance(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> i128 {
    chance_of(context, sentence, total, parts, 1) / 10
}

/// The same in thousandths, where so many sums (`misses`) are as good as the one that is right.
pub fn chance_of(context: &Context, sentence: &Sentence, total: usize, parts: &[usize], misses: i128) -> i128 {
    let quantity = |at: usize| context.reading.figures.at(sentence.said[at].figure).quantity;
    let figures = || parts.iter().copied().chain([total]).filter(|&at| !quantity(at).value().is_zero());
    let Some(finest) = finest(context, sentence, total, parts) else { return 1000 };
    let digits = |at: usize| {
        units(&quantity(at).value(), &step(&quantity(at))).map_or(1, |units| units.to_string().len() as i128)
    };
    let slips: i128 = figures().map(|at| 12 * digits(at)).sum();
    let room = units(&quantity(total).value(), &finest).unwrap_or(1).max(1);
    (1000 * misses * slips / room).min(1000)
}

/// The finest place at which a total or one of its parts has a digit that is no zero.
fn finest(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> Option<Rational> {
    let quantities = parts.iter().chain([&total]).map(|&at| context.figure(sentence.said[at].figure).quantity);
    quantities.filter(|quantity| !quantity.value().is_zero()).map(|quantity| step(&quantity)).min()
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
