//! The figures of a table as whole numbers on a grid, for detectors that try many combinations of them.

use crate::check::bind::Reading;
use crate::document::Table;
use crate::figure::table::{LineKind, TableShape};
use crate::figure::{Dimension, Figure, Hedge, Rounding, Scale};
use crate::text::is_currency_sign;

/// A table's body: what each place holds.
pub struct Grid<'a> {
    /// The table's shape.
    pub shape: &'a TableShape,
    /// How many half units of percentages make 1; `None` where there are none, or they are too fine.
    pub percent_unit: Option<i128>,
    /// The same for amounts.
    pub amount_unit: Option<i128>,
    rows: usize,
    columns: usize,
    cells: Vec<Cell>,
}

/// What a place of a table's body holds.
#[derive(Clone, Copy, Debug, Default)]
pub enum Cell {
    /// Nothing, or a mark for nothing: nought in sums.
    #[default]
    Empty,
    /// Words, several figures, or one that stands for no single value: what it counts as is not known.
    Blocked,
    /// A figure.
    Value(Value),
}

/// A figure as a whole number: of half units of the last digit that any figure of its kind in the table has.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// A number of 64 bits, so that sums and products of a few with small factors fit into what [`Value::units`] gives. Its bytes: a
    /// large table has a million places, in which the number itself would take 4 more to stand at a whole word.
    units: [u8; 8],
    /// The power of ten of its own last digit (6 bits), and how far the true value may be from it in halves of that digit (2).
    last: u8,
    /// How many bits its digits tell (6 bits), and the [step](STEPS) to which the table's figures are rounded (2).
    worth: u8,
    /// What may be added to it.
    pub kind: Kind,
    /// What it measures.
    pub dimension: Dimension,
}

/// What may be added to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Amounts and counts.
    Amount,
    /// Percentages and the like.
    Percent,
    /// Amounts for one share.
    PerShare,
}

/// No table that people write is wider: spreadsheets have 16,384 columns.
const MOST_COLUMNS: usize = 1 << 18;

/// The steps of the last digit to which the figures of a table may be rounded; nought: to that digit.
const STEPS: [u8; 3] = [0, 5, 10];

/// The powers of ten that a last digit can stand for.
const POWERS: [i128; 26] = {
    let mut powers = [1; 26];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

impl<'a> Grid<'a> {
    /// Whether a table is not too large for a grid: ragged ones have far more places than cells.
    pub fn fits(reading: &Reading, table: usize) -> bool {
        let (shape, cells) = (&reading.shapes[table], reading.document.tables[table].cells.len());
        let places = shape.rows().checked_mul(shape.columns());
        shape.columns() <= MOST_COLUMNS && places.is_some_and(|places| places <= cells.saturating_mul(4).max(1 << 20))
    }

    /// The grid of a table; `None` if it has no body with figures, or does not fit.
    pub fn new(reading: &'a Reading, rounding: Rounding, table: usize) -> Option<Self> {
        let (shape, document) = (&reading.shapes[table], reading.document);
        let (rows, columns) = (shape.rows(), shape.columns());
        let own = &document.tables[table];
        let exponents = Exponents::of(reading, rounding, shape)?;
        if !Self::fits(reading, table) {
            return None;
        }
        let mut cells = vec![Cell::Empty; rows * columns];
        for (index, cell) in own.cells.iter().enumerate() {
            let (row, column) = (cell.row as usize, cell.column as usize);
            if row < shape.header_rows || row >= rows || column >= columns || shape.cell(row, column) != Some(index) {
                continue;
            }
            cells[row * columns + column] = match shape.figure_at(row, column) {
                Some(figure) => exponents.cell(reading, shape, (row, column), figure),
                None if is_nothing(document.slice(own.cells.at(index).span)) => Cell::Empty,
                None => Cell::Blocked,
            };
        }
        // What has decimals is no count.
        if exponents.amount >= 0 {
            take_coarse(&mut cells);
        }
        let (percent_unit, amount_unit) = (half_units(exponents.percent), half_units(exponents.amount));
        Some(Self { shape, percent_unit, amount_unit, rows, columns, cells })
    }

    /// How many rows the table has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns the table has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// What a place holds.
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        &self.cells[row * self.columns + column]
    }

    /// Whether there is a figure in one of the columns.
    pub fn has_figures(&self, columns: &[usize]) -> bool {
        (0..self.rows).any(|row| columns.iter().any(|&column| self.cell(row, column).value().is_some()))
    }

    /// The cells of a row that hold its labels and codes, as indices into the table's.
    pub fn labels_of(&self, table: &Table, row: usize) -> impl Iterator<Item = usize> + '_ {
        let count = table.cells.len();
        (0..self.shape.label_columns).filter_map(move |column| self.shape.cell(row, column)).filter(move |&c| c < count)
    }
}

impl Cell {
    /// The figure that it holds.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Cell::Value(value) => Some(value),
            _ => None,
        }
    }
}

impl Value {
    /// The value.
    pub fn units(&self) -> i128 {
        i64::from_ne_bytes(self.units).into()
    }

    /// The worth of one unit of its own last digit.
    pub fn place(&self) -> i128 {
        2 * self.half()
    }

    /// How far the true value may be from it.
    pub fn slack(&self) -> i128 {
        self.half() * i128::from(self.last >> 6)
    }

    /// How far it may be from it, if the table's figures are rounded to fives or tens: then more than the slack, otherwise nought.
    pub fn coarse(&self) -> i128 {
        self.half() * i128::from(STEPS[usize::from(self.worth >> 6)])
    }

    /// How many bits its digits tell.
    pub fn bits(&self) -> u32 {
        u32::from(self.worth & 0x3f)
    }

    /// Half of a unit of its own last digit.
    fn half(&self) -> i128 {
        POWERS[usize::from(self.last & 0x3f)]
    }
}

/// The exponent of ten of the last digits of a table's figures, by kind.
struct Exponents {
    amount: i32,
    percent: i32,
    rounding: Rounding,
}

impl Exponents {
    fn of(reading: &Reading, rounding: Rounding, shape: &TableShape) -> Option<Self> {
        let mut exponents = Self { amount: i32::MAX, percent: i32::MAX, rounding };
        for (.., figure) in shape.body() {
            let figure = reading.figures.at(figure);
            let own = exponents.for_kind(is_percent(&figure));
            *own = (*own).min(figure.quantity.place.into());
        }
        (exponents.amount.min(exponents.percent) < i32::MAX).then_some(exponents)
    }

    fn for_kind(&mut self, percent: bool) -> &mut i32 {
        if percent { &mut self.percent } else { &mut self.amount }
    }

    fn cell(&self, reading: &Reading, shape: &TableShape, (row, column): (usize, usize), index: usize) -> Cell {
        let figure = reading.figures.at(index);
        let per_share = [shape.row_kinds[row], shape.column_kinds[column]].contains(&LineKind::PerShare);
        let kind = match is_percent(&figure) {
            true => Kind::Percent,
            false if per_share => Kind::PerShare,
            false => Kind::Amount,
        };
        let value = || {
            let exponent = if kind == Kind::Percent { self.percent } else { self.amount };
            let units = i64::try_from(scaled(&figure, exponent)?.checked_mul(2)?).ok()?;
            let power = u8::try_from(i32::from(figure.quantity.place) - exponent).ok()?;
            let half = *POWERS.get(usize::from(power))?;
            let slack: u8 = match self.rounding {
                _ if figure.is_exact() => 0,
                Rounding::Exact => 0,
                Rounding::Nearest => 1,
                Rounding::Down | Rounding::Either => 2,
            };
            let (last, worth) = (power | slack << 6, bits(i128::from(units).abs(), 2 * half));
            Some(Value { units: units.to_ne_bytes(), last, worth, kind, dimension: figure.unit.dimension() })
        };
        value().map_or(Cell::Blocked, Cell::Value)
    }
}

/// How many half units of a power of ten make 1.
fn half_units(exponent: i32) -> Option<i128> {
    let finer = if exponent <= 0 { exponent.unsigned_abs() } else { return None };
    (finer <= 12).then(|| 2 * 10i128.pow(finer))
}

/// The bits of the quotient of two numbers, the second of which is not nought.
fn bits(units: i128, place: i128) -> u8 {
    let quotient = match (u64::try_from(units), u64::try_from(place)) {
        (Ok(units), Ok(place)) => i128::from(units / place),
        _ => units / place,
    };
    quotient.max(1).ilog2() as u8
}

/// The value of a figure in units of a power of ten, if it is a whole number of them and stands for itself.
fn scaled(figure: &Figure, exponent: i32) -> Option<i128> {
    let quantity = &figure.quantity;
    if quantity.hedge != Hedge::None || quantity.divisor != 1 || quantity.upper.is_some() {
        return None;
    }
    let (mantissa, up) = (quantity.numerator.mantissa(), -(quantity.numerator.scale() as i32) - exponent);
    let factor = 10i128.checked_pow(up.unsigned_abs())?;
    match up >= 0 {
        true => mantissa.checked_mul(factor),
        false => (mantissa % factor == 0).then_some(mantissa / factor),
    }
}

fn is_percent(figure: &Figure) -> bool {
    !matches!(figure.quantity.scale, Scale::Plain | Scale::Ratio)
}

/// So many figures tell whether a table's are rounded to fives or tens.
const COARSE: usize = 12;

/// Notes how far amounts may be off where nearly all of them are multiples of five or ten.
fn take_coarse(cells: &mut [Cell]) {
    let amounts =
        || cells.iter().filter_map(Cell::value).filter(|value| value.kind == Kind::Amount && value.units() != 0);
    let count = amounts().count();
    let nearly_all = |step: u8| {
        amounts().filter(|value| value.units() % (value.place() * i128::from(step)) == 0).count() * 20 >= count * 19
    };
    let step = [2, 1].into_iter().find(|&step| count >= COARSE && nearly_all(STEPS[usize::from(step)]));
    if let Some(step) = step {
        for cell in cells {
            match cell {
                Cell::Value(value) if value.kind == Kind::Amount => value.worth |= step << 6,
                _ => {}
            }
        }
    }
}

/// Whether a cell says that there is nothing.
fn is_nothing(text: &str) -> bool {
    let text = text.trim().trim_matches(|c| is_currency_sign(c) || matches!(c, '%' | '(' | ')' | ' ' | '\u{a0}'));
    text.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '−' | '－' | '─' | '…' | '.' | '/' | '*'))
        || matches!(text.to_ascii_lowercase().as_str(), "nil" | "none" | "n/a" | "na" | "n.a." | "nm" | "n/m" | "无")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_small() {
        // A large table has a million.
        assert_eq!(size_of::<Cell>(), 12);
    }
}
