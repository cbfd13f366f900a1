//! A printed figure as an expression sees it: with the rounding and the unit that rule and report give it.

use std::sync::Arc;

use super::{At, Bound, Cited, Meant, Reading};
use crate::check::evaluate::Operand;
use crate::figure::{self, Dimension, Direction, Figure, Rounding, Scale, Unit};
use crate::rule::Rule;

use super::matcher::{Capture, Slot};

/// Turns figures into operands under a rule's rounding and unit.
#[derive(Clone, Copy, Debug)]
pub struct Operands {
    /// How the report rounds what this rule reads.
    pub rounding: Rounding,
    /// The unit that the rule declares.
    pub unit: Option<figure::DeclaredUnit>,
}

impl Operands {
    /// For a rule whose file and run round as said; a rule's own word goes before its file's.
    pub fn new(rule: &Rule, rounding: Rounding) -> Self {
        Self { rounding, unit: rule.unit }
    }

    /// A figure of the report, cited.
    pub fn cite(&self, reading: &mut Reading, slot: Slot, signed: bool) -> Cited {
        match slot {
            Slot::Read(figure) if self.unit.is_none() && !signed => Cited::Plain(figure as u32),
            _ => Cited::Meant(Arc::new(self.mean(reading, slot, signed))),
        }
    }

    /// A figure of the report with what it means.
    pub fn mean(&self, reading: &mut Reading, slot: Slot, signed: bool) -> Meant {
        let index = match slot {
            Slot::Read(index) => index,
            Slot::Forced(mut figure) => {
                // It was read from the text alone, which does not tell the block's number.
                let after = reading.document.blocks.partition_point(|block| block.span.start <= figure.span.start);
                figure.block = after.saturating_sub(1) as u32;
                reading.figures.push(figure);
                reading.figures.len() - 1
            }
        };
        let figure = self.with_unit(reading, reading.figures.at(index));
        Meant { operand: Arc::new(operand(&figure, self.rounding, signed)), at: At::Here(vec![index as u32]) }
    }

    /// A pattern's capture, cited.
    pub fn bind(&self, reading: &mut Reading, capture: &Capture, signed: bool) -> Bound {
        match capture {
            Capture::Figure(slot) => Bound::One(self.cite(reading, *slot, signed)),
            Capture::List(slots) => Bound::List(slots.iter().map(|&slot| self.cite(reading, slot, signed)).collect()),
            Capture::Words(count) => Bound::Words(*count),
        }
    }

    /// The figure with the rule's unit, where the figure itself does not print one: what a header or caption says gives way.
    fn with_unit(&self, reading: &Reading, figure: Figure) -> Figure {
        let Some(declared) = self.unit else { return figure };
        let block = &reading.document.blocks.at(figure.block as usize);
        let printed = figure::printed_at(reading.document, block, figure.span.start as usize).unwrap_or(figure);
        if printed.unit != Unit::Unknown || printed.quantity.scale != Scale::Plain {
            return printed;
        }
        figure::declare(&printed, &declared)
    }
}

/// A figure as an operand.
pub fn operand(figure: &Figure, rounding: Rounding, signed: bool) -> Operand {
    let quantity = &figure.quantity;
    let printed = quantity.value();
    let operand = Operand {
        range: quantity.range(figure.is_exact(), rounding),
        nominal: quantity.is_single().then(|| printed.clone()),
        printed,
        dimension: dimension(figure),
        kind: figure.unit.kind(),
    };
    if signed && quantity.direction == Direction::Down && !operand.printed.is_negative() {
        return Operand {
            range: -&operand.range,
            nominal: operand.nominal.map(|value| -value),
            printed: -operand.printed,
            ..operand
        };
    }
    operand
}

fn dimension(figure: &Figure) -> Dimension {
    match figure.quantity.scale {
        Scale::Plain => figure.unit.dimension(),
        _ => Dimension::Pure,
    }
}
