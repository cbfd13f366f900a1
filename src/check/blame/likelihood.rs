//! How likely it is that a figure is the wrong one: by one slip of the pen, or in any other way.
//!
//! Before anything is known figures of all sizes are alike, so that a value is the less likely the larger it is (as first digits are,
//! by Benford's law). If one figure is wrong and the others are right, its true value lies among the solutions of its checks. What is
//! printed came of it by a slip, which leads to few others (three digits have two pairs to swap, and 27 neighbours with one digit
//! wrong), or is just any figure. Only proportions between the figures of one check count.

use super::solve::Solutions;
use crate::check::slip::{Origin, Slip, Stated};
use crate::exact::Rational;

/// How many times likelier than all slips in other figures a slip must be for its figure to be named.
const NAMED: i64 = 9;

/// How many times likelier than that any of the figures is wrong in another way.
const NAMED_IN_ALL: i64 = 1;

/// How likely it is that a figure is wrong, in proportion to others.
#[derive(Clone, Debug)]
pub struct Likelihood {
    slip: Rational,
    other: Rational,
    /// The likeliest origin, and how likely it is.
    best: Option<(Rational, Origin)>,
}

impl Likelihood {
    /// Of a figure of which no more can be told.
    pub fn unknown() -> Self {
        Self { slip: Rational::ZERO, other: Rational::ONE, best: None }
    }

    /// Of a figure whose slips have these origins.
    pub fn new(stated: &Stated, solutions: &Solutions, origins: &[Origin], setting: &Setting) -> Self {
        let mut likelihood = Self { other: of_anything(stated, solutions, setting), ..Self::unknown() };
        for origin in origins {
            let likely = &chance(origin.slip, stated.length()) * &setting.weight(stated, origin);
            likelihood.slip = &likelihood.slip + &likely;
            if likelihood.best.as_ref().is_none_or(|(most, _)| likely > *most) {
                likelihood.best = Some((likely, origin.clone()));
            }
        }
        likelihood
    }

    /// All in all.
    pub fn whole(&self) -> Rational {
        &self.slip + &self.other
    }

    /// That it is a slip.
    pub fn of_a_slip(&self) -> &Rational {
        &self.slip
    }

    /// The origin that is the likeliest by far.
    pub fn only_origin(&self) -> Option<&Origin> {
        let (likely, origin) = self.best.as_ref()?;
        (&self.slip * &Rational::ratio(NAMED, NAMED + 1) <= *likely).then_some(origin)
    }

    /// How far a slip in this figure stands out among all that this and the other figures may be.
    pub fn compared<'l>(&self, others: impl Iterator<Item = &'l Likelihood>) -> Evidence {
        let (mut slips, mut anything) = (Rational::ZERO, self.other.clone());
        for other in others {
            slips = &slips + &other.slip;
            anything = &anything + &other.other;
        }
        let exceeds =
            |by: i64, in_all: i64| self.slip > &(&slips * &Rational::from(by)) + &(&anything * &Rational::from(in_all));
        if exceeds(NAMED, NAMED_IN_ALL) {
            Evidence::Clear
        } else if exceeds(1, 1) {
            Evidence::Some
        } else {
            Evidence::None
        }
    }
}

/// What speaks for one figure being the wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing that others do not have as well.
    None,
    /// Its slip is likelier than all else.
    Some,
    /// Its slip is so much likelier than all else that it may be named.
    Clear,
}

/// What stands around a figure in its failing checks.
#[derive(Debug)]
pub struct Setting {
    /// It is what the others make, whose sizes alone count.
    pub is_result: bool,
    /// It is a part of a whole, of which all parts are alike: small ones are no likelier.
    pub is_part: bool,
    /// It is the share that a part has of its whole.
    pub is_share: bool,
    /// Its digits after the point.
    pub decimals: u32,
    /// The digits after the point of the others that are printed on its scale.
    pub others: Vec<u32>,
}

impl Setting {
    /// How likely a true value is before it is known what it became, in proportion to the printed one.
    fn weight(&self, stated: &Stated, origin: &Origin) -> Rational {
        let per_digit = |step: &Rational, value: &Rational| step.checked_div(&value.abs()).unwrap_or(Rational::ONE);
        // The point, or the scale, that goes wrong takes the place of the last digit with it.
        let is_moved = matches!(origin.slip, Slip::PowerOfTen(_));
        let size = match self.is_result || self.is_part || is_moved {
            true => Rational::ONE,
            false => per_digit(&origin.step, &origin.value)
                .checked_div(&per_digit(&stated.step, &stated.value))
                .unwrap_or(Rational::ONE),
        };
        let decimals = self.decimals.saturating_add_signed(origin.finer);
        let is_alike = self.others.iter().all(|&others| others == decimals);
        let is_whole = !self.is_share || origin.value.abs() <= Rational::ONE || stated.value.abs() > Rational::ONE;
        let odd = |is_usual: bool| if is_usual { Rational::ONE } else { Rational::ratio(1, ODD) };
        &(&size * &odd(is_alike)) * &odd(is_whole)
    }
}

/// How much less likely it is that figures of one scale have unlike numbers of decimals, or that a share exceeds its whole.
const ODD: i64 = 5;

/// That any figure was printed in place of one of the solutions.
fn of_anything(stated: &Stated, solutions: &Solutions, setting: &Setting) -> Rational {
    let range = &solutions.range;
    let share = range.low.as_ref().zip(range.high.as_ref()).and_then(|(low, high)| {
        let spread = (&high.value - &low.value).max(stated.step.clone());
        match setting.is_result {
            true => stated.step.checked_div(&stated.value.abs()),
            false => spread.checked_div(&low.value.abs().max(high.value.abs())),
        }
    });
    share.unwrap_or(Rational::ONE).min(Rational::ONE)
}

/// How likely a slip is that leads to just this figure of so many digits.
fn chance(slip: Slip, digits: usize) -> Rational {
    let digits = digits.max(1) as i64;
    let (percent, ways) = match slip {
        Slip::WrongDigit => (30, 9 * digits),
        Slip::Swapped => (20, (digits - 1).max(1)),
        Slip::DroppedDigit => (15, digits + 1),
        Slip::DoubledDigit => (15, (digits - 1).max(1)),
        Slip::PowerOfTen(1 | -1) => (10, 2),
        Slip::CutOff => (10, 1),
        Slip::Sign => (5, 1),
        Slip::PowerOfTen(_) => (5, 8),
        Slip::LeftOut | Slip::CountedTwice | Slip::PercentagePoints | Slip::Base => (0, 1),
    };
    Rational::ratio(percent, 100 * ways)
}
