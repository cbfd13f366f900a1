//! Columns of percentages that print their sign once, or never: reports of the US print it in the first row only, and a table
//! that goes on behind a page break has no header either.

use rust_decimal::Decimal;

use super::super::{Figure, Figures, Quantity, Scale, Unit};
use super::label::{Says, names_rate};
use super::says::AllSays;
use super::shape::TableShape;

/// By column whether its figures without a sign are percentages, and the figures of other columns that are some.
#[derive(Debug, Default)]
pub(super) struct Percentages {
    pub columns: Vec<bool>,
    pub figures: Vec<usize>,
}

/// Learns where figures without a sign are percentages: in columns whose first figure alone has it, beside amounts in the same
/// row or in a table that divides everything by one line (100); in columns whose first and last figure have it, all with as many
/// decimals (from the statutory rate to the effective one); in columns that tell what the two before them changed by; and beside a
/// change in points, below a percentage.
pub(super) fn learn<'t>(
    shape: &TableShape,
    figures: &Figures,
    rows: &AllSays,
    text: impl Fn(usize, usize) -> &'t str,
) -> Percentages {
    let table = Lines::of(shape, figures, text);
    let divides = table.divides_by_one_line(shape.header_rows, rows);
    let is_percent = |column: usize| {
        let line = &table.columns[column];
        line.bare > 0
            && !line.other
            && match line.first {
                Some((row, true)) => {
                    let row = row as usize;
                    let is_alone = || table.differs(row) && !names_rate(&shape.row_titles[row]);
                    !line.is_large && (divides || line.is_framed() || is_alone())
                }
                _ => !line.signed && tells_change(shape, figures, column),
            }
    };
    Percentages {
        columns: (0..shape.columns()).map(is_percent).collect(),
        figures: beside_points(shape, figures, &table.rows),
    }
}

/// What a figure says itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Nothing.
    Bare,
    /// That it is a percentage.
    Percent,
    /// That it is a change of percentages: points, basis points.
    Points,
    /// A currency, a unit, or something else.
    Other,
}

fn sign(figure: &Figure) -> Sign {
    match (figure.quantity.scale, figure.unit) {
        (Scale::Percent, _) => Sign::Percent,
        (Scale::PercentagePoint | Scale::BasisPoint, _) => Sign::Points,
        (Scale::Plain, Unit::Unknown) => Sign::Bare,
        _ if figure.unit.entry().is_some_and(|unit| unit.name == "points") => Sign::Points,
        _ => Sign::Other,
    }
}

/// Percentages are smaller as a rule; where one is not, too little is known of the column.
const LARGE: Decimal = Decimal::ONE_THOUSAND;

/// What is counted of a column, of which a table may have a million.
#[derive(Clone, Copy, Default)]
struct Column {
    /// The row of its first figure, and whether that is a percentage.
    first: Option<(u32, bool)>,
    /// How many say nothing; what is more than a byte holds is not counted.
    bare: u8,
    signed: bool,
    points: bool,
    other: bool,
    /// Whether a bare figure is too large for a percentage.
    is_large: bool,
    /// Whether a figure is the whole of 100.
    has_whole: bool,
    /// Whether the last figure is a percentage.
    ends_signed: bool,
    /// The place of the last digit of its figures, a percentage's as it is printed.
    place: Printed,
}

/// Where the last digits of figures are printed. A table may have a million columns: it takes one byte.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Printed(i8);

impl Printed {
    /// They are not all at one place.
    const DIFFERENT: Self = Self(i8::MAX);

    /// Counts another one; places count from 1 here, since 0 stands for no figure.
    fn take(&mut self, place: i8) {
        let own = Self(place.saturating_sub(1).min(-1));
        *self = if *self == Self::default() || *self == own { own } else { Self::DIFFERENT };
    }
}

/// What is counted of a row, of which a table may have a million.
#[derive(Clone, Copy, Default)]
struct Row {
    percentages: u16,
    points: u16,
    others: u16,
}

impl Row {
    fn take(&mut self, sign: Sign) {
        let count = match sign {
            Sign::Percent => &mut self.percentages,
            Sign::Points => &mut self.points,
            Sign::Bare | Sign::Other => &mut self.others,
        };
        *count = count.saturating_add(1);
    }
}

struct Lines {
    rows: Vec<Row>,
    columns: Vec<Column>,
}

impl Lines {
    fn of<'t>(shape: &TableShape, figures: &Figures, text: impl Fn(usize, usize) -> &'t str) -> Self {
        let mut lines =
            Self { rows: vec![Row::default(); shape.rows()], columns: vec![Column::default(); shape.columns()] };
        // A dash has the sign as a figure would: — %.
        let is_nothing = |text: &str| text.contains('%') && !text.contains(char::is_alphanumeric);
        for (column, line) in lines.columns.iter_mut().enumerate() {
            let first = (shape.header_rows..shape.rows()).find(|&row| !text(row, column).is_empty());
            line.first = first.filter(|&row| is_nothing(text(row, column))).map(|row| (row as u32, true));
        }
        for (row, column, figure) in shape.body() {
            let figure = figures.at(figure);
            lines.rows[row].take(sign(&figure));
            lines.columns[column].take(row, sign(&figure), &figure.quantity);
        }
        lines
    }

    /// Whether a row has no fewer amounts than percentages, so that a percentage in it says what its column holds.
    fn differs(&self, row: usize) -> bool {
        let row = &self.rows[row];
        row.others >= row.percentages
    }

    /// Whether all columns start with a percentage and hold the 100 that the others are parts of, and no row says that it is
    /// anything else.
    fn divides_by_one_line(&self, header_rows: usize, rows: &AllSays) -> bool {
        const LEAST: u8 = 2;
        let fits = |line: &Column| {
            matches!(line.first, Some((_, true))) && line.bare >= LEAST && line.has_whole && !line.other && !line.points
        };
        let mut filled = self.columns.iter().filter(|line| line.first.is_some()).peekable();
        let says_other =
            |says: &Says| says.count || says.per_share || says.unit.is_some_and(|unit| unit.scale == Scale::Plain);
        filled.peek().is_some() && filled.all(fits) && !rows.iter().skip(header_rows).any(says_other)
    }
}

impl Column {
    /// Whether the first and the last of several figures are percentages and all are printed alike.
    fn is_framed(&self) -> bool {
        matches!(self.first, Some((_, true))) && self.ends_signed && self.place != Printed::DIFFERENT && !self.points
    }

    fn take(&mut self, row: usize, sign: Sign, quantity: &Quantity) {
        match sign {
            Sign::Bare => self.bare = self.bare.saturating_add(1),
            Sign::Percent => self.signed = true,
            Sign::Points => self.points = true,
            Sign::Other => self.other = true,
        }
        self.first.get_or_insert((row as u32, sign == Sign::Percent));
        self.ends_signed = sign == Sign::Percent;
        let percent = if sign == Sign::Percent { 2 } else { 0 };
        self.place.take(quantity.place.saturating_add(percent));
        let is_whole = |whole: Decimal| quantity.numerator == whole;
        self.has_whole |=
            sign == Sign::Bare && is_whole(Decimal::ONE_HUNDRED) || sign == Sign::Percent && is_whole(Decimal::ONE);
        self.is_large |= sign == Sign::Bare && quantity.numerator.abs() >= LARGE;
    }
}

/// So many rows more that do not fit than that do are enough.
const SOON: usize = 32;

/// So many rows tell what a column says of those before it; fewer may fit by chance.
const LEAST_ROWS: usize = 5;

/// Whether the figures of a column, without signs, are what two amounts before it changed by, in percent.
fn tells_change(shape: &TableShape, figures: &Figures, column: usize) -> bool {
    // The newer and the older of the two, seen from the column: 2024, 2023, change; 2023, 2024, change; and an amount of the
    // change between.
    const PAIRS: [(usize, usize); 3] = [(2, 1), (1, 2), (3, 2)];
    PAIRS.iter().any(|&(new, old)| {
        let amount = |row: usize, back: usize| {
            let quantity = figures.at(shape.figure_at(row, column.checked_sub(back)?)?).quantity;
            (quantity.scale == Scale::Plain).then_some(quantity)
        };
        let (mut met, mut missed, mut changes) = (0usize, 0usize, 0usize);
        for row in shape.header_rows..shape.rows() {
            let Some(figure) = shape.figure_at(row, column).map(|figure| figures.at(figure)) else { continue };
            let (Some(new), Some(old)) = (amount(row, new), amount(row, old)) else { continue };
            let Some(fits) = is_change(&figure.quantity, &new, &old) else { continue };
            (met, missed) = if fits { (met + 1, missed) } else { (met, missed + 1) };
            changes += usize::from(fits && !figure.quantity.numerator.is_zero());
            // A long column shows soon that it tells no changes.
            if missed > 1 + shape.rows() / 4 || missed > met + SOON {
                return false;
            }
        }
        changes >= LEAST_ROWS && met >= 4 * missed
    })
}

/// So many times what it may be off by an amount must be to tell what it changed by.
const FINE: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Whether a percentage may be the change from `old` to `new`, as they are rounded; `None` where that cannot be told.
fn is_change(percentage: &Quantity, new: &Quantity, old: &Quantity) -> Option<bool> {
    let half = |quantity: &Quantity| {
        let exponent = u32::try_from(i32::from(-quantity.place)).ok()?;
        Decimal::try_from_i128_with_scale(5, exponent.checked_add(1)?).ok()
    };
    let (part, upper, lower) = (half(percentage)?, half(new)?, half(old)?);
    // Of amounts of one digit nearly any percentage may be the change.
    if new.numerator <= upper || old.numerator <= lower * FINE {
        return None;
    }
    let grown = percentage.numerator + Decimal::ONE_HUNDRED;
    let least = (grown - part).checked_mul(old.numerator - lower)?;
    let most = (grown + part).checked_mul(old.numerator + lower)?;
    let of = |amount: Decimal| amount.checked_mul(Decimal::ONE_HUNDRED);
    Some(of(new.numerator + upper)? >= least && of(new.numerator - upper)? <= most)
}

/// The figures without a sign in rows with a change in points, below a percentage in their column.
fn beside_points(shape: &TableShape, figures: &Figures, rows: &[Row]) -> Vec<usize> {
    let mut found = Vec::new();
    if rows.iter().all(|row| row.points == 0) {
        return found;
    }
    let mut follows_percent = vec![false; shape.columns()];
    for (row, column, figure) in shape.body() {
        let sign = sign(&figures.at(figure));
        let is_percent = follows_percent[column] && sign == Sign::Bare && rows[row].points > 0;
        if is_percent {
            found.push(figure);
        }
        follows_percent[column] = is_percent || sign == Sign::Percent;
    }
    found
}
