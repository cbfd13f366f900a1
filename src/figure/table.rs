//! Figures in tables: what the labels, the headers and the caption say of the figures in the cells.

mod difference;
mod grid;
mod kept;
mod label;
mod lines;
mod naming;
mod percent;
mod says;
mod shape;
mod titles;
mod units;

#[cfg(test)]
mod tests;

pub use kept::{Kept, Known};
pub use label::{bare_label, clean_label, declared, is_per_share, is_total, tells_only_time};
pub use shape::{LineKind, TableShape};
pub use titles::Titles;

use std::ops::Range;

use rust_decimal::Decimal;

use super::statement::{Stated, Statements};
use super::{DeclaredUnit, Figure, Figures, Quantity, Scale, Unit};
use crate::document::{BlockKind, Document, Table};
use crate::span::Span;
use units::Units;

/// Gives the figures in cells the unit and scale that their tables tell, and the tables' shapes, one for each of
/// [`Document::tables`].
///
/// The unit and scale come from the cell itself, the row's label, the column's header, and the caption (the corner of the
/// header, the lines above, the heading), in this order. Rates, per-share amounts and counts take none from a
/// caption. Last comes what is stated for several tables (`stated`). Numbers that only number or name the rows (序号, 科目编码,
/// years) lose the class of quantities.
///
/// `known` tells for each table what is kept of it; what is not known yet is kept then.
pub fn apply(
    document: &Document,
    figures: &mut Figures,
    known: &[Option<Known>],
    stated: &Statements,
) -> Vec<TableShape> {
    let mut of_tables: Vec<Vec<Range<usize>>> = vec![Vec::new(); document.tables.len()];
    let mut index = 0;
    while index < figures.len() {
        let block = document.blocks.get(figures.block(index) as usize).map(|block| block.kind);
        let Some(BlockKind::Cell { table, .. }) = block else {
            index += 1;
            continue;
        };
        let known = known.get(table as usize).and_then(Option::as_ref);
        let end = index + known.map_or(0, Known::count).max(1);
        match of_tables[table as usize].last_mut() {
            Some(run) if run.end == index => run.end = end,
            _ => of_tables[table as usize].push(index..end),
        }
        index = end;
    }
    let tables = document.tables.iter().zip(of_tables).enumerate();
    let shape = |(at, (table, runs)): (usize, (&Table, Vec<Range<usize>>))| {
        let first = runs.first().map_or(0, |run| run.start);
        let known = known.get(at).and_then(Option::as_ref);
        known.and_then(|known| known.shape(first)).unwrap_or_else(|| {
            let shape = TableShape { first, ..shape_table(document, table, stated.of_table(at), &runs, figures) };
            known.iter().for_each(|known| known.keep(figures, &shape, &runs));
            TableShape { number: known.map(|known| known.number), ..shape }
        })
    };
    tables.map(shape).collect()
}

/// A figure with the unit and scale that a label, a caption or a rule declares. One of another currency, or one that cannot
/// hold the scaled value, stays as it is; a counted noun declares no unit.
pub fn declare(figure: &Figure, declared: &DeclaredUnit) -> Figure {
    let base = |unit: Unit| unit.entry().map(|entry| entry.base);
    let unit = match (figure.unit, declared.unit) {
        (unit, Unit::Unknown | Unit::Noun(_)) => unit,
        (Unit::Unknown, unit) => unit,
        (unit, declared) if base(unit).is_some() && base(unit) == base(declared) => unit,
        _ => return *figure,
    };
    let quantity = &figure.quantity;
    let scaled = quantity.upper.map(|upper| times_ten(upper, declared.exponent));
    let (Some(numerator), Some(place), None | Some(Some(_))) =
        (times_ten(quantity.numerator, declared.exponent), quantity.place.checked_add(declared.exponent), scaled)
    else {
        return *figure;
    };
    let scale = if declared.scale == Scale::Plain { quantity.scale } else { declared.scale };
    let whole = quantity.whole && declared.exponent == 0 && scale == Scale::Plain;
    let quantity = Quantity { numerator, place, scale, whole, upper: scaled.flatten(), ..*quantity };
    Figure { unit, quantity, ..*figure }
}

fn shape_table(
    document: &Document,
    table: &Table,
    stated: Option<Stated>,
    runs: &[Range<usize>],
    figures: &mut Figures,
) -> TableShape {
    let values = grid::values(document, table, runs, figures);
    let mut shape = lines::shape(document, table, values, figures);
    let units = Units::new(document, table, stated, &shape, figures);
    units.apply(document, table, runs, &shape, figures);
    shape.find_kinds(figures, |row, column| units.are_per_share(row, column));
    shape
}

/// Whether a figure says itself what it measures: by a scale, or by a unit behind its digits. A currency before them says
/// nothing of the scale.
pub(super) fn is_measured(document: &Document, figure: &Figure) -> bool {
    let scaled = || document.slice(figure.digits).contains(|c: char| c.is_alphabetic() || c == '%');
    let behind = || Span { start: figure.digits.end, end: figure.span.end.max(figure.digits.end) };
    figure.quantity.scale != Scale::Plain || scaled() || document.slice(behind()).contains(char::is_alphabetic)
}

/// The value times a power of ten, exactly; `None` if it cannot be held.
fn times_ten(value: Decimal, exponent: i8) -> Option<Decimal> {
    let scale = i32::try_from(value.scale()).ok()? - i32::from(exponent);
    let up = scale.min(0).unsigned_abs();
    let mantissa = value.mantissa().checked_mul(10i128.checked_pow(up)?)?;
    Decimal::try_from_i128_with_scale(mantissa, scale.max(0).unsigned_abs()).ok()
}
