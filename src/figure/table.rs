//! Figures in tables: what the labels, the headers and the caption say of the figures in the cells.

mod difference;
mod grid;
mod kept;
mod label;
mod lines;
mod percent;
mod says;
mod shape;
mod titles;

#[cfg(test)]
mod tests;

pub use kept::{Kept, Known};
pub use label::{bare_label, clean_label, declared, is_per_share, tells_only_time};
pub use shape::{LineKind, TableShape};
pub use titles::Titles;

use std::ops::Range;

use rust_decimal::Decimal;

use super::statement::Statements;
use super::{DeclaredUnit, Dimension, Figure, Figures, Quantity, Scale, Unit, declared_of_shares};
use crate::document::{BlockKind, Cell, Document, Table};
use crate::span::Span;
use label::{Says, declared_in_corner, excepts_of_one, names_only_period};
use percent::Percentages;
use says::AllSays;

/// Gives the figures in cells the unit and scale that their tables tell, and the tables' shapes, one for each of
/// [`Document::tables`].
///
/// The unit and scale come from the cell itself, the row's label, the column's header, and the caption (the corner of the
/// header, the lines above, the heading), in this order. Rates, per-share amounts and counts take none from a
/// caption. Last comes what is stated for several tables (`stated`). Numbers that only number or name the rows (序号, 科目编码, years) lose the class of quantities.
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
    stated: Option<Span>,
    runs: &[Range<usize>],
    figures: &mut Figures,
) -> TableShape {
    let values = grid::values(document, table, runs, figures);
    let mut shape = lines::shape(document, table, values, figures);
    let units = Units::new(document, table, stated, &shape, figures);
    for (row, column, index) in shape.body() {
        // A cell that covers several places is met at each of them.
        let starts = |cell: &Cell| (cell.row as usize, cell.column as usize) == (row, column);
        if shape.has_spans() && !shape.cell(row, column).is_some_and(|cell| starts(&table.cells.at(cell))) {
            continue;
        }
        let figure = figures.at(index);
        if let Some(unit) = units.declared(document, &figure, &shape, row, column) {
            figures.change(index, |figure| *figure = declare(figure, &unit));
        }
    }
    for &figure in &units.percentages.figures {
        figures.change(figure, |figure| *figure = declare(figure, &PERCENT));
    }
    units.apply_points(document, &shape, figures);
    shape.find_kinds(figures, |row, column| units.rows[row].per_share || units.columns[column].per_share);
    shape
}

/// What the labels of a table say of the figures beside and below them.
struct Units {
    rows: AllSays,
    columns: AllSays,
    /// The lines in which a figure is larger than 1.
    large_rows: Vec<bool>,
    large_columns: Vec<bool>,
    /// By row: what its cell in the column of units says; empty without such a column.
    of_rows: Vec<Named>,
    caption: Option<DeclaredUnit>,
    /// The power of ten in which numbers of shares are printed, where the caption tells it apart.
    shares: Option<i8>,
    /// Whether the caption is not meant for what comes to one of something.
    except_of_one: bool,
    /// Whether amounts of one share are told by their cents: few figures have any.
    has_few_cents: bool,
    percentages: Percentages,
}

/// What a cell of a column of units says of its row.
#[derive(Clone, Copy, Default)]
enum Named {
    /// Nothing: it is empty, or there is no such column.
    #[default]
    Nothing,
    /// A unit.
    Unit(DeclaredUnit),
    /// Something that is not understood: 元/人, 上年=100.
    Other,
}

impl Units {
    fn new(document: &Document, table: &Table, stated: Option<Span>, shape: &TableShape, figures: &Figures) -> Self {
        let text = |row: usize, column: usize| {
            shape.cell(row, column).map_or("", |cell| document.slice(table.cells.at(cell).span))
        };
        let rows = AllSays::of_rows(shape);
        // First: what is counted of each column for it takes as much room as what the columns say.
        let percentages = percent::learn(shape, figures, &rows, text);
        // What is stated for all tables is said of amounts of money.
        let has_money = || shape.body().any(|(.., figure)| figures.at(figure).unit.dimension() == Dimension::Money);
        let stated = stated.filter(|_| has_money());
        let above = table.captions.iter().rev().chain(&table.heading).chain(&stated).map(|&span| document.slice(span));
        let corners = || shape.corner.iter().map(String::as_str).chain(shape.titles_of_labels());
        let caption = corners().find_map(|corner| Some((corner, declared_in_corner(corner)?)));
        let caption = caption.or_else(|| above.clone().find_map(|text| Some((text, declared(text)?))));
        let mut units = Self {
            rows,
            columns: AllSays::of(&shape.column_titles),
            large_rows: vec![false; shape.rows()],
            large_columns: vec![false; shape.columns()],
            of_rows: Vec::new(),
            caption: caption.map(|(_, unit)| unit),
            shares: caption.and_then(|(text, _)| declared_of_shares(text)),
            except_of_one: caption.is_some_and(|(text, _)| excepts_of_one(text)),
            has_few_cents: has_few_cents(shape, figures),
            percentages,
        };
        if let Some(column) = shape.units_column {
            let named = |row: usize| match declared(text(row, column)) {
                Some(unit) => Named::Unit(unit),
                None if text(row, column).contains(char::is_alphanumeric) => Named::Other,
                None => Named::Nothing,
            };
            units.of_rows = (0..shape.rows()).map(named).collect();
        }
        units.take_unit_for_all(shape, figures, text);
        for (row, column, figure) in shape.body() {
            let large = figures.at(figure).quantity.numerator.abs() > Decimal::ONE;
            units.large_rows[row] |= large;
            units.large_columns[column] |= large;
        }
        units
    }

    /// The unit that the table declares for a figure of its body.
    fn declared(
        &self,
        document: &Document,
        figure: &Figure,
        shape: &TableShape,
        row: usize,
        column: usize,
    ) -> Option<DeclaredUnit> {
        let inner = shape.inner_title(row, column).map(Says::of);
        let is_percent = self.percentages.columns[column];
        let named = if inner.is_none() { self.of_row(row, column) } else { Named::Nothing };
        let (is_large_row, is_large_column) = (inner.is_none() && self.large_rows[row], self.large_columns[column]);
        let (row, column) = (inner.as_ref().unwrap_or(&self.rows[row]), &self.columns[column]);
        // Under "Change (%)" even a row of cents holds percentages.
        let percent = column.unit.or_else(|| column.percent.then_some(PERCENT));
        let percent = percent.filter(|unit| unit.scale == Scale::Percent && !row.rate);
        let percent = if is_percent { Some(PERCENT) } else { percent };
        let base = |unit: Unit| unit.entry().map(|entry| entry.base);
        // What is held in a currency is printed in that of the report.
        let is_own = |unit: &DeclaredUnit| {
            !(row.bare_currency && base(figure.unit).is_some() && base(figure.unit) != base(unit.unit))
        };
        let of_row = row.unit.filter(is_own).or(if let Named::Unit(unit) = named { Some(unit) } else { None });
        let are_shares =
            (row.shares || column.shares_below && !row.per_share) && figure.unit.dimension() != Dimension::Money;
        let of_shares = |exponent| DeclaredUnit { unit: Unit::Unknown, exponent, scale: Scale::Plain };
        let has_own_cents = || self.has_few_cents && has_cents(&figure.quantity);
        let declared = match percent.or(of_row).or_else(|| column.unit.filter(|unit| row.takes(unit))) {
            Some(unit) if row.unit == Some(unit) && row.bare_currency => {
                Some(self.with_scale(unit, column.unit.or(self.caption)))
            }
            Some(unit) if column.unit == Some(unit) && (column.bare_currency || self.are_shares_in_scale(column)) => {
                Some(self.with_scale(unit, self.caption))
            }
            Some(unit) if column.unit == Some(unit) && column.excepts_of_one && (row.of_one || has_own_cents()) => None,
            Some(unit) => Some(unit),
            None if are_shares && self.shares.is_some() => self.shares.map(of_shares),
            None if row.rate => is_large_row.then_some(PERCENT),
            None if column.rate => is_large_column.then_some(PERCENT),
            None if matches!(named, Named::Other) => None,
            None if self.except_of_one && (row.of_one || column.of_one || has_own_cents()) => None,
            None => self.caption.filter(|unit| row.takes(unit) && column.takes(unit)),
        };
        declared.filter(|_| !is_measured(document, figure))
    }

    /// Whether a column holds numbers of shares in the scale of the caption, which is said of no currency: "In millions, except per share
    /// data".
    fn are_shares_in_scale(&self, column: &Says) -> bool {
        let is_said_of_all = |unit: &DeclaredUnit| unit.unit == Unit::Unknown;
        column.shares_below && self.shares.is_none() && self.caption.as_ref().is_some_and(is_said_of_all)
    }

    /// What the row's cell in the column of units says of a column. Where the header names money, a unit that counts (台, 项) is
    /// that of another column.
    fn of_row(&self, row: usize, column: usize) -> Named {
        let is_money = |unit: &DeclaredUnit| unit.unit.dimension() == Dimension::Money;
        let says = &self.columns[column];
        let of_money = says.unit.as_ref().is_some_and(is_money) || says.money;
        match self.of_rows.get(row).copied().unwrap_or_default() {
            Named::Unit(unit) if of_money && !is_money(&unit) => Named::Nothing,
            Named::Unit(unit) if says.unit.as_ref().is_some_and(is_money) && unit.exponent == 0 => Named::Nothing,
            Named::Other if of_money => Named::Nothing,
            named => named,
        }
    }

    /// The currency of a label that ends in its sign, which stands there for the figures beside or below it, in the scale that is told
    /// further away.
    fn with_scale(&self, unit: DeclaredUnit, told: Option<DeclaredUnit>) -> DeclaredUnit {
        let base = |unit: Unit| unit.entry().map(|entry| entry.base);
        let fits = |told: &DeclaredUnit| {
            told.scale == Scale::Plain && (told.unit == Unit::Unknown || base(told.unit) == base(unit.unit))
        };
        let told = told.filter(fits);
        DeclaredUnit { exponent: told.map_or(0, |told| told.exponent), ..unit }
    }
}

impl Units {
    /// A unit above the middle of columns that all hold money is that of all of them: it stands alone in its row, or in the
    /// header's only bracket. So is one above a column that is the difference of others, or one of the two, and one of
    /// columns that are called by nothing but their periods.
    fn take_unit_for_all<'t>(&mut self, shape: &TableShape, figures: &Figures, text: impl Fn(usize, usize) -> &'t str) {
        let alone = (0..=shape.header_rows.min(shape.rows().saturating_sub(1))).find_map(|row| {
            let mut columns = (0..shape.columns()).filter(|&column| !text(row, column).is_empty());
            let (Some(column), None) = (columns.next(), columns.next()) else { return None };
            let unit = declared(text(row, column)).filter(|_| is_only_unit(text(row, column)))?;
            Some((column, unit))
        });
        let in_header = || {
            let scaled = |says: &Says| says.unit.filter(|unit| unit.exponent >= SCALED);
            let mut declared =
                (0..).zip(self.columns.iter()).filter_map(|(column, says)| Some((column, scaled(says)?)));
            let found = declared.next()?;
            (self.caption.is_none() && declared.all(|(_, unit)| unit == found.1)).then_some(found)
        };
        let Some((place, unit)) = alone.or_else(in_header).filter(|(_, unit)| unit.exponent >= SCALED) else { return };
        let mut has_values = vec![false; shape.columns()];
        let mut has_money = vec![false; shape.columns()];
        for (_, column, figure) in shape.body() {
            has_values[column] = true;
            has_money[column] |= figures.at(figure).unit.dimension() == Dimension::Money;
        }
        let values: Vec<usize> = (0..shape.columns()).filter(|&column| has_values[column]).collect();
        let is_middle = values.len() >= 5 && values.get(values.len() / 2) == Some(&place) && values.len() % 2 == 1;
        let declaring = self.columns.iter().filter(|says| says.unit.is_some()).count();
        let in_middle = is_middle && declaring <= 1 && values.iter().all(|&column| has_money[column]);
        let are_periods = || values.iter().all(|&column| names_only_period(&shape.column_titles[column]));
        if in_middle || are_periods() || difference::is_one_of_difference(shape, figures, place, &values) {
            self.caption = Some(unit);
            self.columns.different.iter_mut().filter(|says| says.unit == Some(unit)).for_each(|says| says.unit = None);
        }
    }
}

/// Whether an amount is printed with cents, as those of one share are: 3.98.
fn has_cents(quantity: &Quantity) -> bool {
    quantity.place == -2 && quantity.scale == Scale::Plain && quantity.numerator.abs() < Decimal::ONE_THOUSAND
}

/// Whether not one in three figures of a table is printed with cents.
fn has_few_cents(shape: &TableShape, figures: &Figures) -> bool {
    let (mut cents, mut all) = (0usize, 0usize);
    for (.., figure) in shape.body() {
        all += 1;
        cents += usize::from(has_cents(&figures.at(figure).quantity));
    }
    3 * cents < all
}

/// The power of ten of a scale that is declared for a table rather than for a column alone: thousands, or more.
const SCALED: i8 = 3;

/// Whether a header says a unit and nothing else: (In millions).
fn is_only_unit(text: &str) -> bool {
    text.starts_with(['(', '（']) && text.ends_with([')', '）'])
        || text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("in "))
}

impl Units {
    /// In a row of percentages what a column says that they changed by are points, where neither says what it is.
    fn apply_points(&self, document: &Document, shape: &TableShape, figures: &mut Figures) {
        if !self.columns.different.iter().any(|column| column.change) {
            return;
        }
        let is_percent = |figure: usize| !matches!(figures.scale(figure), Scale::Plain | Scale::Ratio);
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
