//! Figures in tables: what the labels, the headers and the caption say of the figures in the cells.

mod grid;
mod label;
mod lines;
mod shape;
mod titles;

#[cfg(test)]
mod tests;

pub use label::{bare_label, clean_label, is_per_share};
pub use shape::{LineKind, TableShape};
pub use titles::Titles;

use std::ops::Range;

use rust_decimal::Decimal;

use super::{DeclaredUnit, Figure, Figures, Quantity, Scale, Unit};
use crate::document::{BlockKind, Document, Table};
use crate::span::Span;
use label::{Says, declared, declared_in_corner};

/// Gives the figures in cells the unit and scale that their tables tell, and the tables' shapes, one for each of
/// [`Document::tables`].
///
/// The unit and scale come from the cell itself, the row's label, the column's header, and the caption (the corner of the
/// header, the lines above, the heading), in this order. Rates, per-share amounts and counts take none from a
/// caption. Numbers that only number or name the rows (序号, 科目编码, years) lose the class of quantities.
pub fn apply(document: &Document, figures: &mut Figures) -> Vec<TableShape> {
    let mut of_tables: Vec<Vec<Range<usize>>> = vec![Vec::new(); document.tables.len()];
    for index in 0..figures.len() {
        let block = document.blocks.get(figures.block(index) as usize).map(|block| block.kind);
        let Some(BlockKind::Cell { table, .. }) = block else { continue };
        match of_tables[table as usize].last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => of_tables[table as usize].push(index..index + 1),
        }
    }
    let tables = document.tables.iter().zip(of_tables);
    tables.map(|(table, runs)| shape_table(document, table, &runs, figures)).collect()
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

fn shape_table(document: &Document, table: &Table, runs: &[Range<usize>], figures: &mut Figures) -> TableShape {
    let values = grid::values(document, table, runs, figures);
    let mut shape = lines::shape(document, table, values, figures);
    let units = Units::new(document, table, &shape, figures);
    for (row, column, figure) in shape.body() {
        figures.change(figure, |figure| units.apply(document, figure, &shape, row, column));
    }
    units.apply_points(document, &shape, figures);
    shape.find_kinds(figures, |row, column| units.rows[row].per_share || units.columns[column].per_share);
    shape
}

/// What the labels of a table say of the figures beside and below them.
struct Units {
    rows: Vec<Says>,
    columns: Vec<Says>,
    caption: Option<DeclaredUnit>,
}

impl Units {
    fn new(document: &Document, table: &Table, shape: &TableShape, figures: &Figures) -> Self {
        let mut above = table.captions.iter().rev().chain(&table.heading);
        let caption = shape.corner.as_deref().and_then(declared_in_corner);
        let mut units = Self {
            rows: shape.row_titles.iter().map(Says::of).collect(),
            columns: shape.column_titles.iter().map(Says::of).collect(),
            caption: caption.or_else(|| above.find_map(|&span| declared(document.slice(span)))),
        };
        if let Some(column) = shape.units_column {
            for row in shape.header_rows..shape.rows() {
                let text = shape.cell(row, column).map_or("", |cell| document.slice(table.cells.at(cell).span));
                let says = &mut units.rows[row];
                says.unit = says.unit.or_else(|| declared(text));
            }
        }
        for (row, column, figure) in shape.body() {
            let large = figures.at(figure).quantity.numerator.abs() > Decimal::ONE;
            units.rows[row].large |= large;
            units.columns[column].large |= large;
        }
        units
    }

    fn apply(&self, document: &Document, figure: &mut Figure, shape: &TableShape, row: usize, column: usize) {
        if is_measured(document, figure) {
            return;
        }
        let inner = shape.inner_title(row, column).map(Says::of);
        let (row, column) = (inner.as_ref().unwrap_or(&self.rows[row]), &self.columns[column]);
        // Under "Change (%)" even a row of cents holds percentages.
        let percent = column.unit.or_else(|| column.percent.then_some(PERCENT));
        let percent = percent.filter(|unit| unit.scale == Scale::Percent && !row.rate);
        let unit = match percent.or(row.unit).or_else(|| column.unit.filter(|unit| row.takes(unit))) {
            Some(unit) => Some(unit),
            None if row.rate => row.large.then_some(PERCENT),
            None if column.rate => column.large.then_some(PERCENT),
            None => self.caption.filter(|unit| row.takes(unit) && column.takes(unit)),
        };
        if let Some(unit) = unit {
            *figure = declare(figure, &unit);
        }
    }
}

impl Units {
    /// In a row of percentages what a column says that they changed by are points, where neither says what it is.
    fn apply_points(&self, document: &Document, shape: &TableShape, figures: &mut Figures) {
        if !self.columns.iter().any(|column| column.change) {
            return;
        }
        let is_percent = |figure: usize| !matches!(figures.at(figure).quantity.scale, Scale::Plain | Scale::Ratio);
        let mut rows = vec![(0u32, 0u32); shape.rows()];
        for (row, _, figure) in shape.body().filter(|&(_, column, _)| !self.columns[column].change) {
            rows[row].0 += 1;
            rows[row].1 += u32::from(is_percent(figure));
        }
        let changes = shape.body().filter(|&(row, column, _)| {
            let (figures, percent) = rows[row];
            self.columns[column].change && figures > 0 && figures == percent
        });
        for (.., figure) in changes {
            figures.change(figure, |figure| {
                let is_points = figure.unit.entry().is_some_and(|unit| unit.name == "points");
                if (figure.unit == Unit::Unknown || is_points) && !is_measured(document, figure) {
                    *figure = declare(&Figure { unit: Unit::Unknown, ..*figure }, &PERCENT);
                }
            });
        }
    }
}

/// What a rate is printed in that says nothing, unless all such figures are 1 at most: then they may be ratios.
const PERCENT: DeclaredUnit = DeclaredUnit { unit: Unit::Unknown, exponent: -2, scale: Scale::Percent };

/// Whether a figure says itself what it measures: by a scale, or by a unit behind its digits. A currency before them says
/// nothing of the scale.
fn is_measured(document: &Document, figure: &Figure) -> bool {
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
