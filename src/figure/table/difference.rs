//! Columns that tell by how much two others differ, as their digits stand.

use rust_decimal::Decimal;

use super::super::{Figures, Scale};
use super::shape::TableShape;

/// In tables with more columns none is sought.
const MOST_COLUMNS: usize = 8;

/// In so many rows it must hold that differs from nought.
const LEAST: usize = 3;

/// Whether `column` and two others of the columns `values` are two amounts and their difference, in all rows that have all three.
pub(super) fn is_one_of_difference(shape: &TableShape, figures: &Figures, column: usize, values: &[usize]) -> bool {
    if values.len() > MOST_COLUMNS || !values.contains(&column) {
        return false;
    }
    let others = || values.iter().copied().filter(|&other| other != column);
    let mut pairs =
        others().flat_map(|first| others().filter(move |&second| second > first).map(move |second| (first, second)));
    pairs.any(|(first, second)| {
        [[column, first, second], [first, column, second], [second, column, first]]
            .iter()
            .any(|&columns| is_difference(shape, figures, columns))
    })
}

/// Whether the figures of the first column are those of the two others less each other, with whichever sign.
fn is_difference(shape: &TableShape, figures: &Figures, columns: [usize; 3]) -> bool {
    let amount = |row: usize, column: usize| {
        let quantity = figures.at(shape.figure_at(row, column)?).quantity;
        (quantity.scale == Scale::Plain).then_some(quantity.numerator)
    };
    let mut count = 0;
    for row in shape.header_rows..shape.rows() {
        let [Some(own), Some(first), Some(second)] = columns.map(|column| amount(row, column)) else { continue };
        let differs =
            |(first, second): (Decimal, Decimal)| first.checked_sub(second).map(|gap| gap.abs()) == Some(own.abs());
        if !differs((first, second)) {
            return false;
        }
        count += usize::from(!own.is_zero());
    }
    count >= LEAST
}
