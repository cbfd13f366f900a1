//! A unit that a column's header says, and that is meant for all of the table.

use super::super::difference;
use super::super::label::{Says, declared, names_only_period};
use super::super::shape::TableShape;
use super::Units;
use crate::figure::{DeclaredUnit, Dimension, Figures};
use crate::text::is_in_brackets;

/// The power of ten of a scale that is declared for a table rather than for a column alone: thousands, or more.
pub(super) const SCALED: i8 = 3;

/// Whether a header says a unit and nothing else: (In millions).
fn is_only_unit(text: &str) -> bool {
    is_in_brackets(text) || text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("in "))
}

impl Units {
    /// A unit above the middle of columns that all hold money is that of all of them: it stands alone in its row, or in the
    /// header's only bracket. So is one above a column that is the difference of others, or one of the two, and one of
    /// columns that are called by nothing but their periods.
    pub(super) fn take_unit_for_all<'t>(
        &mut self,
        shape: &TableShape,
        figures: &Figures,
        text: impl Fn(usize, usize) -> &'t str,
    ) {
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
        if let Some(unit) = of_groups(shape, &text).filter(|_| self.caption.is_none()) {
            self.take_for_all(unit);
            return;
        }
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
            self.take_for_all(unit);
        }
    }

    /// What columns said is said of the whole table.
    fn take_for_all(&mut self, unit: DeclaredUnit) {
        self.caption = Some(unit);
        self.columns.different.iter_mut().filter(|says| says.unit == Some(unit)).for_each(|says| says.unit = None);
    }
}

/// The unit that stands once below each title of a group of columns, in the same row of the header, where every column is of such a group:
/// it is that of the group, not of the column that it happens to stand over.
fn of_groups<'t>(shape: &TableShape, text: impl Fn(usize, usize) -> &'t str) -> Option<DeclaredUnit> {
    let columns = shape.label_columns..shape.columns();
    (1..shape.header_rows).find_map(|row| {
        let group = |column: usize| {
            let covers = |above: &usize| {
                let cell = shape.cell(*above, column);
                let beside = [column.checked_sub(1), Some(column + 1)];
                cell.is_some() && beside.into_iter().flatten().any(|beside| shape.cell(*above, beside) == cell)
            };
            (0..row).find(covers).and_then(|above| shape.cell(above, column))
        };
        let groups: Vec<Option<usize>> = columns.clone().map(group).collect();
        let said = || columns.clone().zip(&groups).filter(|&(column, _)| !text(row, column).is_empty());
        let mut units = said().map(|(column, group)| {
            let unit = declared(text(row, column)).filter(|unit| unit.exponent >= SCALED)?;
            (group.is_some() && is_only_unit(text(row, column))).then_some(unit)
        });
        let unit = units.next()??;
        let is_one = units.all(|other| other == Some(unit));
        let mut of = said().map(|(_, &group)| group).collect::<Vec<_>>();
        let cells = of.len();
        of.dedup();
        let is_of_each = of.len() == cells && groups.iter().all(|group| of.contains(group));
        (is_one && is_of_each && cells > 1).then_some(unit)
    })
}
