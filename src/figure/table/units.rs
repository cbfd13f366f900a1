//! Units and scales: what the labels, the headers and the captions of a table say of each of its figures.

mod header;
mod shares;

use std::ops::Range;

use rust_decimal::Decimal;

use super::grid::NONE;
use super::label::{Says, declared, declared_in_corner, excepts_of_one};
use super::percent::{self, Percentages};
use super::says::AllSays;
use super::shape::TableShape;
use super::{declare, is_measured};
use crate::document::{BlockKind, Cell, Document, Table};
use crate::figure::statement::Stated;
use crate::figure::{Class, DeclaredUnit, Dimension, Figure, Figures, Quantity, Scale, Unit, declared_of_shares};

/// What the labels of a table say of the figures beside and below them.
pub(super) struct Units {
    rows: AllSays,
    columns: AllSays,
    /// The lines in which a figure is larger than 1.
    large_rows: Vec<bool>,
    /// Rows in which percentages are printed with their sign.
    signed_rows: Vec<bool>,
    large_columns: Vec<bool>,
    /// The columns in which a figure has decimals.
    columns_of_decimals: Vec<bool>,
    /// By row: what its cell in the column of units says; empty without such a column.
    of_rows: Vec<Named>,
    caption: Option<DeclaredUnit>,
    /// The power of ten in which numbers of shares are printed, where the caption tells it apart.
    shares: Option<i8>,
    /// Whether numbers of shares are printed in another scale than the caption's: in that, one would be more than there are.
    are_shares_apart: bool,
    /// Whether the caption is not meant for what comes to one of something.
    except_of_one: bool,
    /// Whether amounts of one share are told by their cents: not one in three figures has any.
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
    pub(super) fn new(
        document: &Document,
        table: &Table,
        stated: Option<Stated>,
        shape: &TableShape,
        figures: &Figures,
    ) -> Self {
        let text = |row: usize, column: usize| {
            shape.cell(row, column).map_or("", |cell| document.slice(table.cells.at(cell).span))
        };
        let rows = AllSays::of_rows(shape);
        // First: what is counted of each column for it takes as much room as what the columns say.
        let percentages = percent::learn(shape, figures, &rows, text);
        // What is stated for tables further away is said of amounts of money.
        let has_money = || shape.body().any(|(.., figure)| figures.at(figure).unit.dimension() == Dimension::Money);
        let stated = stated.filter(|stated| stated.is_near || has_money()).map(|stated| stated.span);
        let above = table.captions.iter().rev().chain(&table.heading).chain(&stated).map(|&span| document.slice(span));
        let corners = || shape.corner.iter().chain(&shape.titles).map(String::as_str).chain(shape.titles_of_labels());
        let caption = corners().find_map(|corner| Some((corner, declared_in_corner(corner)?)));
        let caption = caption.or_else(|| above.clone().find_map(|text| Some((text, declared(text)?))));
        let mut units = Self {
            rows,
            columns: AllSays::of(&shape.column_titles),
            large_rows: vec![false; shape.rows()],
            signed_rows: vec![false; shape.rows()],
            large_columns: vec![false; shape.columns()],
            columns_of_decimals: vec![false; shape.columns()],
            of_rows: Vec::new(),
            caption: caption.map(|(_, unit)| unit),
            shares: caption.and_then(|(text, _)| declared_of_shares(text)),
            are_shares_apart: false,
            except_of_one: caption.is_some_and(|(text, _)| excepts_of_one(text)),
            has_few_cents: false,
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
        let (mut cents, mut all) = (0usize, 0usize);
        for (row, column, figure) in shape.body() {
            let figure = figures.at(figure);
            let large = figure.quantity.numerator.abs() > Decimal::ONE;
            units.columns_of_decimals[column] |= figure.quantity.place < 0;
            units.are_shares_apart |= units.is_beyond_shares(row, column, &figure);
            units.large_rows[row] |= large;
            units.signed_rows[row] |= figure.quantity.scale == Scale::Percent;
            units.large_columns[column] |= large;
            (cents, all) = (cents + usize::from(has_cents(&figure.quantity)), all + 1);
        }
        units.has_few_cents = 3 * cents < all;
        units
    }

    /// Gives the figures of a table what is said of them.
    pub(super) fn apply(
        &self,
        document: &Document,
        table: &Table,
        runs: &[Range<usize>],
        shape: &TableShape,
        figures: &mut Figures,
    ) {
        for (row, column, index) in shape.body() {
            // A cell that covers several places is met at each of them.
            let starts = |cell: &Cell| (cell.row as usize, cell.column as usize) == (row, column);
            if shape.has_spans() && !shape.cell(row, column).is_some_and(|cell| starts(&table.cells.at(cell))) {
                continue;
            }
            let figure = figures.at(index);
            if let Some(unit) = self.declared(document, &figure, shape, row, column) {
                figures.change(index, |figure| *figure = declare(figure, &unit));
            }
        }
        for &figure in &self.percentages.figures {
            figures.change(figure, |figure| *figure = declare(figure, &PERCENT));
        }
        self.apply_points(document, shape, figures);
        self.apply_in_labels(document, table, runs, shape, figures);
        self.apply_to_shares_in_labels(document, table, runs, shape, figures);
    }

    /// Whether the labels of a place say that amounts of one share stand there.
    pub(super) fn are_per_share(&self, row: usize, column: usize) -> bool {
        self.rows[row].per_share || self.columns[column].per_share
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
        let has_decimals = self.columns_of_decimals[column];
        // Beside a rate with its sign stand the counts that it is of.
        let is_count = self.signed_rows[row] && figure.quantity.whole;
        let (row, column) = (inner.as_ref().unwrap_or(&self.rows[row]), &self.columns[column]);
        // Under "Change (%)" even a row of cents holds percentages.
        let percent = column.unit.or_else(|| column.percent.then_some(PERCENT));
        let percent = percent.filter(|unit| unit.scale == Scale::Percent && !row.rate);
        let percent = if is_percent { Some(PERCENT) } else { percent };
        let base = |unit: Unit| unit.entry().map(|entry| entry.base);
        // What is held in a currency is printed in that of the report, or of the column.
        let of_column = column.unit.filter(|_| !column.bare_currency).map(|unit| unit.unit);
        let is_own = |unit: &DeclaredUnit| {
            let mut printed_in = [Some(figure.unit), of_column].into_iter().flatten().filter_map(base);
            !(row.bare_currency && printed_in.any(|own| Some(own) != base(unit.unit)))
        };
        let of_row = row.unit.filter(is_own).or(if let Named::Unit(unit) = named { Some(unit) } else { None });
        // "In millions" says less than a caption that names the currency as well.
        let says_more = |unit: &DeclaredUnit| {
            unit.unit != Unit::Unknown || self.caption.is_none_or(|caption| caption.exponent != unit.exponent)
        };
        let of_group = row.of_group.filter(|unit| says_more(unit) && row.takes(unit) && column.takes(unit));
        let of_row = of_row.or(of_group);
        let are_shares = Self::tells_shares(row, column, figure);
        let of_shares = |exponent| DeclaredUnit { unit: Unit::Unknown, exponent, scale: Scale::Plain };
        let has_own_cents = || self.has_few_cents && has_cents(&figure.quantity);
        let is_excepted = || row.of_one || row.per_share || column.per_share || has_own_cents();
        let declared = match percent.or(of_row).or_else(|| column.unit.filter(|unit| row.takes(unit))) {
            Some(unit) if row.unit == Some(unit) && row.bare_currency => {
                Some(self.with_scale(unit, column.unit.or(self.caption)))
            }
            Some(unit) if column.unit == Some(unit) && (column.bare_currency || self.are_shares_in_scale(column)) => {
                Some(self.with_scale(unit, self.caption))
            }
            Some(unit) if column.unit == Some(unit) && column.excepts_of_one && is_excepted() => None,
            Some(unit) => Some(unit),
            None if are_shares && self.shares.is_some() => self.shares.map(of_shares),
            None if row.rate => (is_large_row && !is_count).then_some(PERCENT),
            None if column.rate => is_large_column.then_some(PERCENT),
            None if matches!(named, Named::Other) => None,
            None if are_shares && self.are_shares_apart && (row.shares || !has_decimals) => None,
            None if self.except_of_one && (row.of_one || column.of_one || has_own_cents()) => None,
            None => {
                let told = self.caption.filter(|unit| row.takes(unit) && column.takes(unit));
                // Shares in a table of dollars are printed in its scale, and are no dollars.
                told.map(|unit| if are_shares { of_shares(unit.exponent) } else { unit })
            }
        };
        // An amount that is printed with its currency is no percentage, whatever stands above it.
        let is_money = figure.unit.dimension() == Dimension::Money;
        declared.filter(|unit| !(is_measured(document, figure) || is_money && unit.scale == Scale::Percent))
    }

    /// Whether a place tells numbers of shares, by its labels; `row` and `column` say so, and the figure is no money.
    fn tells_shares(row: &Says, column: &Says, figure: &Figure) -> bool {
        (row.shares || column.shares_below && !row.per_share) && figure.unit.dimension() != Dimension::Money
    }

    /// Whether a number of shares would be larger in the scale of the caption than any there is.
    fn is_beyond_shares(&self, row: usize, column: usize, figure: &Figure) -> bool {
        const MOST_DIGITS: u32 = 11;
        let Some(caption) = &self.caption else { return false };
        let value = figure.quantity.numerator.abs().trunc().mantissa();
        let digits = value.checked_ilog10().map_or(0, |digits| digits + 1);
        digits + u32::try_from(caption.exponent).unwrap_or(0) > MOST_DIGITS
            && Self::tells_shares(&self.rows[row], &self.columns[column], figure)
    }

    /// Whether a column holds numbers of shares in the scale of the caption, which is said of no currency: "In millions, except per share
    /// data".
    fn are_shares_in_scale(&self, column: &Says) -> bool {
        let is_said_of_all = |unit: &DeclaredUnit| unit.unit == Unit::Unknown;
        column.shares_below
            && self.shares.is_none()
            && !self.are_shares_apart
            && self.caption.as_ref().is_some_and(is_said_of_all)
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

/// Whether an amount is printed with cents, as those of one share are: 3.98.
fn has_cents(quantity: &Quantity) -> bool {
    quantity.place == -2 && quantity.scale == Scale::Plain && quantity.numerator.abs() < Decimal::ONE_THOUSAND
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

impl Units {
    /// Amounts that a label takes off what stands beside it (net of tax of $100, net of accumulated depreciation of $22,925 and $21,540),
    /// or counts among that, are printed in its scale.
    fn apply_in_labels(
        &self,
        document: &Document,
        table: &Table,
        runs: &[Range<usize>],
        shape: &TableShape,
        figures: &mut Figures,
    ) {
        const TAKEN_OFF: [&str; 6] =
            ["net of", "less allowance", "less accumulated", "reserves of", "includes", "including"];
        let Some(unit) = self.caption.filter(|unit| unit.exponent >= 2) else { return };
        let says = |cell: u32| {
            let label = document.slice(table.cells.at(cell as usize).span).to_lowercase();
            TAKEN_OFF.iter().any(|words| label.contains(words))
        };
        // A label may hold many figures.
        let mut said = (NONE, false);
        for index in runs.iter().cloned().flatten() {
            let block = figures.block(index) as usize;
            let Some(BlockKind::Cell { cell, .. }) = document.blocks.get(block).map(|block| block.kind) else {
                continue;
            };
            if shape.holds_value(cell as usize) {
                continue;
            }
            let figure = figures.at(index);
            let is_money = figure.unit.dimension() == Dimension::Money;
            if figure.class != Class::Quantity || figure.quantity.place <= -2 {
                continue;
            }
            if !is_money || is_measured(document, &figure) {
                continue;
            }
            if said.0 != cell {
                said = (cell, says(cell));
            }
            if said.1 {
                figures.change(index, |figure| *figure = declare(figure, &unit));
            }
        }
    }
}

/// What a rate is printed in that says nothing, unless all such figures are 1 at most: then they may be ratios.
const PERCENT: DeclaredUnit = DeclaredUnit { unit: Unit::Unknown, exponent: -2, scale: Scale::Percent };
