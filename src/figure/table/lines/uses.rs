//! What the columns of a table are for.

use rust_decimal::Decimal;

use super::super::super::{Class, Dimension, Figure, Figures};
use super::super::grid::NONE;
use super::super::label::{declared, names_units};
use super::super::naming::{names_identifier, names_index, names_notes};
use super::{Builder, is_name, is_period};

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Figures.
    Values,
    /// Labels of rows.
    Label,
    /// Numbers or codes of rows.
    Index,
    /// Units of rows.
    Units,
    /// Nothing, or remarks.
    Other,
}

/// What is counted of a column's body.
#[derive(Clone, Copy)]
struct Column {
    values: u32,
    texts: u32,
    /// Texts that are words, and no ranges or marks of notes.
    names: u32,
    /// Values that are spans of time; what is more than fits is not counted. A table may have a million columns.
    spans: u16,
    /// Texts that are units, or are written as some are (元/人, 上年=100); the same holds for them.
    units: u16,
    /// Whether all values are printed as years, months or days are.
    periods: bool,
    /// Whether they count from 1.
    consecutive: bool,
    /// Whether none is less than the one before; told of the first column only.
    rising: bool,
    /// Whether they are printed with digits alone.
    plain: bool,
    /// Whether one is printed with separators of thousands, as no number of a row is.
    grouped: bool,
    /// Whether they have one or two digits, in brackets or not, as the numbers of notes have.
    small: bool,
    /// Whether there are codes: numbers with leading zeros, or a name for them in a cell (类, 款, 项).
    code: bool,
}

impl Column {
    const EMPTY: Self = Self {
        values: 0,
        texts: 0,
        names: 0,
        spans: 0,
        units: 0,
        periods: true,
        consecutive: true,
        rising: true,
        plain: true,
        grouped: false,
        small: true,
        code: false,
    };

    /// Whether half of its texts are units.
    fn holds_units(&self) -> bool {
        self.units == u16::MAX || 2 * u32::from(self.units) >= self.texts
    }
}

impl Builder<'_> {
    pub(super) fn find_uses(&mut self, figures: &mut Figures) {
        let counted = self.count(figures);
        let mut uses: Vec<_> = (0..).zip(&counted).map(|(column, counted)| self.use_of(column, counted)).collect();
        if self.numbers_names(&counted) {
            uses[0] = Use::Index;
        }
        // Codes in several columns (类, 款, 项): the first may look like numbers.
        for column in (1..uses.len()).rev() {
            let is_code = counted[column].code && uses[column] == Use::Index;
            if is_code && uses[column - 1] == Use::Values && counted[column - 1].plain {
                uses[column - 1] = Use::Index;
            }
        }
        if let Some(column) = self.column_of_pages(&uses, figures) {
            uses[column] = Use::Index;
        }
        if let Some(column) = self.values_that_name(&uses, &counted) {
            uses[column] = Use::Other;
        }
        for column in 0..uses.len() {
            if uses[column] == Use::Other
                && (counted[column].texts > 0 || counted[column].values > 0)
                && self.is_label(column, &uses, &counted)
            {
                uses[column] = Use::Label;
            }
        }
        self.uses = uses;
        self.forget_names(figures);
    }

    fn count(&self, figures: &Figures) -> Vec<Column> {
        let mut columns = vec![Column::EMPTY; self.table.columns as usize];
        let mut last = Decimal::ZERO;
        for row in self.header_rows..self.grid.rows() {
            for (at, cell) in self.grid.row(row) {
                let text = self.text(cell);
                let column = &mut columns[at as usize];
                let digits = text.len() > 1 && text.bytes().all(|b| b.is_ascii_digit());
                column.code |= digits && text.starts_with('0') || row < self.header_rows + 2 && names_index(text);
                match figures.get(self.values[cell as usize] as usize) {
                    Some(figure) => {
                        column.values += 1;
                        let is_span = figure.unit.dimension() == Dimension::Time;
                        column.spans = column.spans.saturating_add(is_span.into());
                        column.periods &= is_period(self.document, &figure);
                        column.plain &= digits;
                        column.grouped |= text.contains(',');
                        column.small &= text.trim_matches(['(', ')', '（', '）']).len() <= 2;
                        if at == 0 {
                            column.rising &= figure.quantity.numerator >= last;
                            last = figure.quantity.numerator;
                        }
                        column.consecutive &= figure.quantity.numerator == column.values.into();
                    }
                    None if is_name(text) => {
                        column.texts += 1;
                        column.names += u32::from(is_word(text));
                        let is_unit = declared(text).is_some() || text.contains(['/', '=']);
                        column.units = column.units.saturating_add(is_unit.into());
                    }
                    None => {}
                }
            }
        }
        columns
    }

    fn use_of(&self, column: usize, counted: &Column) -> Use {
        let header = self.last_header(column);
        // "Exhibit", and "Number" below it.
        let last_two =
            || [self.text_at(self.header_rows - 2, column), self.text_at(self.header_rows - 1, column)].join(" ");
        let names_index = |header: &str| names_index(header) || self.header_rows > 1 && names_index(&last_two());
        let counts_rows = column == 0 && counted.values > 2 && counted.consecutive && counted.texts == 0;
        let are_periods = || counted.values > 0 && counted.periods;
        let is_index =
            names_index(header) && !counted.grouped || counted.code || counts_rows || column == 0 && are_periods();
        let is_index = is_index || names_notes(header) && counted.values > 0 && counted.small;
        let is_index = is_index || column == 0 && counted.values > 0 && self.numbers_exhibits();
        match counted.values {
            // 单位 is also an office: such a column holds names.
            0 if names_units(header) && counted.holds_units() => Use::Units,
            _ if is_index => Use::Index,
            0 => Use::Other,
            _ => Use::Values,
        }
    }

    /// Whether the first column has codes of the names beside it: numbers in digits alone that do not fall, below no header while others
    /// have one.
    fn numbers_names(&self, counted: &[Column]) -> bool {
        let [codes, names, others @ ..] = counted else { return false };
        let are_codes = codes.values > 1 && codes.texts == 0 && codes.plain && codes.rising;
        are_codes
            && (names.values, names.names >= codes.values) == (0, true)
            && self.last_header(0).is_empty()
            && others.iter().zip(2..).any(|(other, column)| other.values > 0 && !self.last_header(column).is_empty())
    }

    /// Whether a column of words holds labels: before the first values, or where the headers start over (项目, 金额, 项目,
    /// 金额), if there are names for most of the figures at its right.
    fn is_label(&self, column: usize, uses: &[Use], counted: &[Column]) -> bool {
        let Some(first_values) = uses.iter().position(|&u| u == Use::Values) else { return column == 0 };
        if column < first_values {
            return true;
        }
        let starts_over = |at: usize, like: usize| {
            let header = self.last_header(at);
            !header.is_empty() && header == self.last_header(like)
        };
        let before = uses[..first_values].iter().rposition(|&u| u == Use::Label);
        let names_values =
            uses.get(column + 1) == Some(&Use::Values) && 2 * counted[column].names >= counted[column + 1].values;
        names_values
            && (starts_over(column + 1, first_values) || before.is_some_and(|label| starts_over(column, label)))
    }

    /// Numbers and codes of rows are no quantities, and what a row is called by (1 to 3 years) is none of its values.
    fn forget_names(&mut self, figures: &mut Figures) {
        for row in self.header_rows..self.grid.rows() {
            let is_named = self.has_identifiers(row);
            for (column, cell) in self.grid.row(row) {
                let used = if is_named { Use::Index } else { self.uses[column as usize] };
                if !matches!(used, Use::Index | Use::Label) {
                    continue;
                }
                let value = std::mem::replace(&mut self.values[cell as usize], NONE);
                if value != NONE && used == Use::Index {
                    let class = |figure: &Figure| match is_period(self.document, figure) {
                        true => Class::Date,
                        false => Class::Ordinal,
                    };
                    figures.change(value as usize, |figure| figure.class = class(figure));
                }
            }
        }
    }

    /// Whether a row tells by which number something is known (Order ID | 44): all of its values are digits alone.
    fn has_identifiers(&self, row: usize) -> bool {
        let mut places = self.grid.row(row);
        let Some((_, label)) = places.find(|&(_, cell)| !self.text(cell).is_empty()) else { return false };
        let is_digits = |cell: u32| self.text(cell).bytes().all(|byte| byte.is_ascii_digit());
        let mut values = places.map(|(_, cell)| cell).filter(|&cell| self.values[cell as usize] != NONE).peekable();
        values.peek().is_some() && names_identifier(self.text(label)) && values.all(is_digits)
    }

    /// The first column of values, if it names the rows of others: most of what stands in it are names, or spans of time (Less than 1
    /// year, 1 to 3 years, Total); or it has no header of its own as the others do, and names parts too, or has names beside it (4.9% |
    /// Notes due 2033); or its spans of time tell rows apart that have one label.
    fn values_that_name(&self, uses: &[Use], counted: &[Column]) -> Option<usize> {
        let first = uses.iter().position(|&u| u == Use::Values)?;
        let column = &counted[first];
        let has_title = |column: usize| {
            let header = self.last_header(column);
            !(header.is_empty() || header.starts_with(['(', '（']) && declared(header).is_some())
        };
        let mut others = (first + 1..uses.len()).filter(|&other| uses[other] == Use::Values).peekable();
        others.peek()?;
        let leads = !has_title(first) && others.any(has_title);
        let is_first = counted[..first].iter().all(|column| column.texts == 0);
        let has_names_beside = || {
            let beside = &counted[first + 1];
            uses[first + 1] == Use::Other && beside.names >= column.values && !has_title(first + 1)
        };
        let spans = u32::from(column.spans);
        let are_names = column.texts + spans > column.values - spans || leads && column.texts > 0;
        let tells_apart = || spans == column.values && self.tells_rows_apart(first);
        (is_first && are_names || leads && has_names_beside() || !is_first && tells_apart()).then_some(first)
    }

    /// Whether most of what stands in a column has no label before it.
    fn tells_rows_apart(&self, column: usize) -> bool {
        let rows = self.header_rows..self.grid.rows();
        let filled: Vec<usize> = rows.filter(|&row| !self.text_at(row, column).is_empty()).collect();
        let is_bare = |row: usize| (0..column).all(|before| self.text_at(row, before).is_empty());
        2 * filled.iter().filter(|&&row| is_bare(row)).count() > filled.len()
    }
}

/// Whether a text is a word, and no range or mark of a note.
fn is_word(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(2).map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>() >= 2
}
