//! Figures in tables: what the labels, the headers and the caption say of the figures in the cells.

mod label;
mod shape;

#[cfg(test)]
mod tests;

pub use label::clean_label;
pub use shape::{LineKind, TableShape};

use rust_decimal::Decimal;

use super::{DeclaredUnit, Figure, Scale, Unit};
use crate::document::{BlockKind, Document, Table};
use crate::span::Span;
use label::{Says, declared};

/// Gives the figures in cells the unit and scale that their tables tell, and the tables' shapes, one for each of
/// [`Document::tables`].
///
/// The unit and scale come from the cell itself, the row's label, the column's header, and the caption (the corner of the
/// header, the lines above, the heading), in this order. Rates, per-share amounts and counts take none from a
/// caption. Numbers that only number or name the rows (序号, 科目编码, years) lose the class of quantities.
pub fn apply(document: &Document, figures: &mut [Figure]) -> Vec<TableShape> {
    let mut of_tables: Vec<Vec<(u32, usize)>> = vec![Vec::new(); document.tables.len()];
    for (index, figure) in figures.iter().enumerate() {
        let block = document.blocks.get(figure.block as usize).map(|block| block.kind);
        if let Some(BlockKind::Cell { table, cell }) = block {
            of_tables[table as usize].push((cell, index));
        }
    }
    let tables = document.tables.iter().zip(of_tables);
    tables.map(|(table, figures_of_cells)| shape_table(document, table, &figures_of_cells, figures)).collect()
}

fn shape_table(document: &Document, table: &Table, of_cells: &[(u32, usize)], figures: &mut [Figure]) -> TableShape {
    let values = shape::values(document, table, of_cells, figures);
    let mut shape = TableShape::new(document, table, values, figures);
    let units = Units::new(document, table, &shape, figures);
    for (row, column, figure) in shape.body() {
        units.apply(document, &mut figures[figure], &shape, row, column);
    }
    shape.find_kinds(figures, |row, column| {
        units.rows[row as usize].per_share || units.columns[column as usize].per_share
    });
    shape
}

/// What the labels of a table say of the figures beside and below them.
struct Units {
    rows: Vec<Says>,
    columns: Vec<Says>,
    caption: Option<DeclaredUnit>,
}

impl Units {
    fn new(document: &Document, table: &Table, shape: &TableShape, figures: &[Figure]) -> Self {
        let mut above = table.captions.iter().rev().chain(&table.heading);
        let caption = shape.corner.as_deref().and_then(declared);
        let mut units = Self {
            rows: shape.row_labels.iter().map(|label| Says::of(label)).collect(),
            columns: shape.column_labels.iter().map(|label| Says::of(label)).collect(),
            caption: caption.or_else(|| above.find_map(|&span| declared(document.slice(span)))),
        };
        if let Some(column) = shape.units_column {
            for row in shape.header_rows..shape.rows() {
                let text = shape.cell(row, column).map_or("", |cell| document.slice(table.cells[cell].span));
                let says = &mut units.rows[row as usize];
                says.unit = says.unit.or_else(|| declared(text));
            }
        }
        for (row, column, figure) in shape.body() {
            let large = figures[figure].quantity.numerator.abs() > Decimal::ONE;
            units.rows[row as usize].large |= large;
            units.columns[column as usize].large |= large;
        }
        units
    }

    fn apply(&self, document: &Document, figure: &mut Figure, shape: &TableShape, row: u32, column: u32) {
        if is_measured(document, figure) {
            return;
        }
        let inner = shape.inner_label(row, column).map(Says::of);
        let (row, column) = (inner.as_ref().unwrap_or(&self.rows[row as usize]), &self.columns[column as usize]);
        let unit = match row.unit.or_else(|| column.unit.filter(|unit| row.takes(unit))) {
            Some(unit) => Some(unit),
            None if row.rate => row.large.then_some(PERCENT),
            None if column.rate => column.large.then_some(PERCENT),
            None => self.caption.filter(|unit| row.takes(unit) && column.takes(unit)),
        };
        if let Some(unit) = unit {
            declare(figure, unit);
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

/// Gives a figure the unit and scale that its table declares. A figure of another currency, or one that cannot hold the
/// scaled value, stays as it is.
pub fn declare(figure: &mut Figure, declared: DeclaredUnit) {
    let unit = match (figure.unit, declared.unit) {
        (Unit::Unknown, Unit::Noun(_)) => Unit::Unknown,
        (Unit::Unknown, unit) => unit,
        (unit, declared) if unit == declared || declared == Unit::Unknown => unit,
        (unit, declared) if unit.entry().map(|e| e.base) == declared.entry().map(|e| e.base) => unit,
        _ => return,
    };
    let quantity = figure.quantity;
    let upper = quantity.upper.map(|upper| times_ten(upper, declared.exponent));
    let place = quantity.place.checked_add(declared.exponent);
    if let (Some(numerator), Some(place), None | Some(Some(_))) =
        (times_ten(quantity.numerator, declared.exponent), place, upper)
    {
        figure.unit = unit;
        figure.quantity.numerator = numerator;
        figure.quantity.upper = upper.flatten();
        figure.quantity.place = place;
        figure.quantity.scale = declared.scale;
        figure.quantity.whole &= declared.exponent == 0 && declared.scale == Scale::Plain;
    }
}

/// The value times a power of ten, exactly; `None` if it cannot be held.
fn times_ten(value: Decimal, exponent: i8) -> Option<Decimal> {
    let scale = i32::try_from(value.scale()).ok()? - i32::from(exponent);
    let up = u32::try_from(scale.min(0).unsigned_abs()).ok()?;
    let mantissa = value.mantissa().checked_mul(10i128.checked_pow(up)?)?;
    Decimal::try_from_i128_with_scale(mantissa, scale.max(0).unsigned_abs()).ok()
}
