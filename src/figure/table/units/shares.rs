//! Numbers of shares that labels count: "Common stock, $0.01 par value; 6,000 shares authorized; 3,224 shares issued".

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::grid::NONE;
use super::Units;
use super::header::SCALED;
use crate::document::{BlockKind, Document, Table};
use crate::figure::table::declare;
use crate::figure::table::shape::TableShape;
use crate::figure::{Class, DeclaredUnit, Dimension, Figure, Figures, Scale, Unit};

/// So many numbers of a label are looked at, and amounts beside it.
const MOST_NUMBERS: usize = 32;
const MOST_AMOUNTS: usize = 8;

/// What a label counts.
struct Counted {
    row: usize,
    /// The amount of money that it names first: the value that is printed on a share.
    par: Option<Decimal>,
    /// The numbers of shares, by the indexes of their figures.
    numbers: Vec<usize>,
}

impl Units {
    /// Gives the numbers of shares in labels the scale that is told of shares, or that of the table where they are printed in it.
    pub(super) fn apply_to_shares_in_labels(
        &self,
        document: &Document,
        table: &Table,
        runs: &[Range<usize>],
        shape: &TableShape,
        figures: &mut Figures,
    ) {
        let counted = counted_in_labels(document, table, runs, shape, figures);
        let exponent = match self.shares {
            Some(exponent) => exponent,
            None => self.scale_of_counted(&counted, shape, figures).unwrap_or(0),
        };
        if exponent < SCALED {
            return;
        }
        let unit = DeclaredUnit { unit: Unit::Unknown, exponent, scale: Scale::Plain };
        let least = if self.shares.is_some() { Decimal::ONE_THOUSAND } else { Decimal::ONE };
        let numbers = counted.iter().flat_map(|counted| &counted.numbers);
        for &index in numbers {
            if figures.at(index).quantity.numerator >= least {
                figures.change(index, |figure| *figure = declare(figure, &unit));
            }
        }
    }

    /// The table's scale, if the numbers of shares in its labels are printed in it: as their worth shows, which stands beside them; or,
    /// where nothing shows it, if the statement is said of all but what comes to one share, and numbers that are not round are too small
    /// for all shares of a company that tells what comes to one.
    fn scale_of_counted(&self, counted: &[Counted], shape: &TableShape, figures: &Figures) -> Option<i8> {
        let caption = self.caption.filter(|caption| caption.exponent >= SCALED && caption.scale == Scale::Plain)?;
        let scale = power(caption.exponent)?;
        let (mut is_scaled, mut is_plain) = (false, false);
        for label in counted {
            let amounts = (0..shape.columns()).filter_map(|column| shape.figure_at(label.row, column));
            let worth = amounts.take(MOST_AMOUNTS).map(|figure| figures.at(figure).quantity.numerator);
            let Some(par) = label.par.filter(|&par| par < Decimal::ONE_THOUSAND) else { continue };
            for worth in worth.filter(|&worth| worth >= scale) {
                let all = |&index: &usize| figures.at(index).quantity.numerator.checked_mul(par);
                let in_scale = |index: &usize| all(index)?.checked_mul(scale);
                let is_worth = |of_all: Option<Decimal>, rounded: Decimal| {
                    let gap = of_all.and_then(|all| all.checked_sub(worth));
                    gap.is_some_and(|gap| gap.abs() <= rounded / Decimal::TWO)
                };
                // The amount is rounded; the number of shares is, too, if it is printed in a scale.
                is_plain |= label.numbers.iter().any(|index| is_worth(all(index), scale));
                is_scaled |= label.numbers.iter().any(|index| is_worth(in_scale(index), scale + scale * par));
            }
        }
        let numbers =
            || counted.iter().flat_map(|label| &label.numbers).map(|&index| figures.at(index).quantity.numerator);
        let looks_scaled = || {
            let too_many = Decimal::from(if caption.exponent == SCALED { 1_000_000 } else { 100_000 });
            let is_said_of_all = caption.unit == Unit::Unknown && self.except_of_one;
            is_said_of_all && numbers().all(|number| number < too_many) && numbers().any(is_odd)
        };
        (!is_plain && (is_scaled || looks_scaled())).then_some(caption.exponent)
    }
}

/// The numbers of shares in the labels of a table.
fn counted_in_labels(
    document: &Document,
    table: &Table,
    runs: &[Range<usize>],
    shape: &TableShape,
    figures: &Figures,
) -> Vec<Counted> {
    let mut found: Vec<(u32, Counted)> = Vec::new();
    let says = |span| document.slice(span).to_lowercase().contains("shares");
    // A label may hold many figures.
    let mut said = (NONE, false);
    for index in runs.iter().cloned().flatten() {
        let block = document.blocks.get(figures.block(index) as usize).map(|block| block.kind);
        let Some(BlockKind::Cell { cell, .. }) = block else { continue };
        if shape.holds_value(cell as usize) || figures.class(index) != Class::Quantity {
            continue;
        }
        let (figure, place) = (figures.at(index), table.cells.at(cell as usize));
        let is_money = figure.unit.dimension() == Dimension::Money;
        let is_number = || !is_money && is_number_of_shares(document, &figure);
        if said.0 != cell {
            said = (cell, says(place.span));
        }
        if !said.1 || !is_money && !is_number() {
            continue;
        }
        let is_first = found.last().is_none_or(|(last, _)| *last != cell);
        if is_first {
            found.push((cell, Counted { row: place.row as usize, par: None, numbers: Vec::new() }));
        }
        let Some((_, label)) = found.last_mut() else { continue };
        match is_money {
            true => label.par = label.par.or(Some(figure.quantity.numerator)),
            false if label.numbers.len() < MOST_NUMBERS => label.numbers.push(index),
            false => {}
        }
    }
    found.into_iter().map(|(_, counted)| counted).collect()
}

/// Whether a figure is a plain number, and named as shares or as nothing else.
fn is_number_of_shares(document: &Document, figure: &Figure) -> bool {
    const LEAST_UNNAMED: u32 = 100;
    let name = figure.unit_name(document.text());
    let least = if name.is_some() { Decimal::ONE } else { LEAST_UNNAMED.into() };
    name.as_ref().is_none_or(|name| name.starts_with("share"))
        && figure.quantity.scale == Scale::Plain
        && figure.quantity.place > -2
        && figure.quantity.numerator >= least
}

/// Whether a number of three digits or more is not round: 2,771, and not 11,000.
fn is_odd(number: Decimal) -> bool {
    let digits = number.trunc().normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() >= 3
}

fn power(exponent: i8) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10i128.checked_pow(u32::try_from(exponent).ok()?)?, 0).ok()
}
