//! Figures named once for the whole report: found several times, they must agree, each at its own precision.

use std::sync::Arc;

use super::scan::Found;
use super::{At, Book, Meant, Operands, Reading, cell_figure};
use crate::check::evaluate::Operand;
use crate::figure::Rounding;
use crate::rule::{NamedPlace, RuleFile};

/// A name whose places do not agree.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// The name's index in [`RuleFile::names`].
    pub name: usize,
    /// The figures that are at odds: indices into [`Reading::figures`].
    pub figures: Vec<u32>,
}

/// What a named figure came to.
#[derive(Clone, Debug)]
pub enum Named {
    /// It was found.
    Found(Meant),
    /// It was not.
    Absent,
    /// It was found more than once, with values that cannot be one.
    AtOdds,
}

impl Book {
    /// The named figures of a rule file in a report, and those that are at odds. What stands in other files is given as
    /// `elsewhere`, by name.
    pub fn named(
        &self,
        number: usize,
        file: &RuleFile,
        reading: &mut Reading,
        found: &Found,
        rounding: Rounding,
        elsewhere: &[Option<Meant>],
    ) -> (Vec<Named>, Vec<Disagreement>) {
        let mut odds = Vec::new();
        let operands = Operands { rounding: file.rounding.unwrap_or(rounding), unit: None };
        let named = (0..file.names.len()).map(|name| {
            let meant: Vec<Meant> = match (self.files[number].names[name], &file.names[name].place) {
                (Some(pattern), _) => all_meant(&operands, reading, found, pattern),
                (None, NamedPlace::Cell { file: None, table, row, column }) => {
                    cell_figure(reading, table.as_deref(), row, column, operands.rounding).into_iter().collect()
                }
                (None, _) => elsewhere.get(name).cloned().flatten().into_iter().collect(),
            };
            agree(meant).unwrap_or_else(|figures| {
                odds.push(Disagreement { name, figures });
                Named::AtOdds
            })
        });
        (named.collect(), odds)
    }
}

/// All figures that a pattern found, with what they mean.
pub fn all_meant(operands: &Operands, reading: &mut Reading, found: &Found, pattern: u32) -> Vec<Meant> {
    let captures = found.of(pattern).iter().filter_map(|hit| hit.found.captures.first());
    let slots = captures.flat_map(|(_, capture, signed)| capture.slots().iter().map(|&slot| (slot, *signed)));
    slots.map(|(slot, signed)| operands.mean(reading, slot, signed)).collect()
}

/// One figure out of all places: the ranges meet. `Err`: they do not, with the figures.
pub fn agree(meant: Vec<Meant>) -> Result<Named, Vec<u32>> {
    let mut rest = meant.into_iter();
    let Some(mut all) = rest.next() else { return Ok(Named::Absent) };
    let mut places: Vec<u32> = all.here().into_iter().collect();
    let mut at_odds = false;
    for other in rest {
        places.extend(other.here());
        match all.operand.range.intersection(&other.operand.range) {
            Some(range) => all.operand = Arc::new(meet(&all.operand, &other.operand, range)),
            None => at_odds = true,
        }
    }
    if at_odds {
        return Err(places);
    }
    if places.len() > 1 {
        all.at = At::Here(places);
    }
    Ok(Named::Found(all))
}

/// The tighter of two operands that agree gives the printed value.
fn meet(a: &Operand, b: &Operand, range: crate::exact::Range) -> Operand {
    let b_is_tighter = b.range == range && a.range != range || a.nominal.is_none() && b.nominal.is_some();
    Operand { range, ..if b_is_tighter { b.clone() } else { a.clone() } }
}
