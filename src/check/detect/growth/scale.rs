//! A scale that is printed for one of several figures: "from $155.5 to $172.2 million".

use super::super::Context;
use super::super::clause::Said;
use crate::check::bind::Bound;
use crate::exact::Rational;
use crate::figure::{DeclaredUnit, Figure, Scale, Unit};

/// The scales that the figures of a change are read on.
#[derive(Debug, Default)]
pub struct Scales {
    /// The figures that print no scale.
    bare: Vec<usize>,
    /// The scale of the others, as a power of ten.
    exponent: i8,
    /// Whether the levels are of one size then.
    alike: bool,
}

/// A figure that prints no scale and is smaller than this may be on that of its neighbour.
const SMALL: i64 = 100_000;
/// Levels of one thing seldom differ by more than this factor.
const APART: i64 = 30;

impl Scales {
    /// Each figure on its own scale.
    pub fn as_printed() -> Self {
        Self::default()
    }

    /// Small figures that print no scale on that of the others; `None` where each has its own.
    pub fn new<'a>(
        context: &Context,
        levels: impl Iterator<Item = &'a Said>,
        change: Option<&'a Said>,
    ) -> Option<Self> {
        let levels: Vec<&Said> = levels.collect();
        let all = levels.iter().copied().chain(change);
        let all: Vec<(usize, i8)> = all.map(|said| (said.figure, exponent(context, said.figure))).collect();
        let exponent = all.iter().map(|&(_, exponent)| exponent).filter(|&exponent| exponent >= 3).min()?;
        let is_bare = |figure: usize, own: i8| own <= 0 && is_small(&context.figure(figure));
        let bare: Vec<usize> =
            all.into_iter().filter(|&(figure, own)| is_bare(figure, own)).map(|(figure, _)| figure).collect();
        let mut scales = Self { bare, exponent, alike: true };
        let value = |said: &Said| scales.read(context, said.figure).quantity.value().abs();
        let values: Vec<Rational> = levels.iter().map(|said| value(said)).collect();
        let factor = Rational::from(APART);
        let is_near = |one: &Rational| values.iter().all(|other| *one < other * &factor);
        scales.alike = values.iter().all(is_near) && change.is_none_or(|said| is_near(&value(said)));
        (!scales.bare.is_empty()).then_some(scales)
    }

    /// Whether the levels are of one size.
    pub fn are_alike(&self) -> bool {
        self.alike
    }

    /// A figure on its scale.
    pub fn cite(&self, context: &Context, figure: usize) -> Bound {
        if self.bare.contains(&figure) {
            context.one_as(figure, &self.read(context, figure))
        } else {
            context.one(figure)
        }
    }

    fn read(&self, context: &Context, figure: usize) -> Figure {
        let printed = context.figure(figure);
        let declared = DeclaredUnit { unit: Unit::Unknown, exponent: self.exponent, scale: Scale::Plain };
        if self.bare.contains(&figure) { crate::figure::declare(&printed, &declared) } else { printed }
    }
}

/// The power of ten that a figure prints behind its digits.
fn exponent(context: &Context, figure: usize) -> i8 {
    let figure = context.figure(figure);
    let digits = context.reading.document.slice(figure.digits);
    let number = digits.split(|c: char| c != '.' && c != ',' && !c.is_ascii_digit()).next().unwrap_or("");
    let decimals = number.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len().min(9) as i8);
    figure.quantity.place.saturating_add(decimals)
}

fn is_small(figure: &Figure) -> bool {
    figure.quantity.scale == Scale::Plain && figure.quantity.value().abs() < Rational::from(SMALL)
}
