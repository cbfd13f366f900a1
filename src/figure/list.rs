//! A report's figures, kept in few bytes: a large table has a million.

use std::ops::Range;

use rust_decimal::Decimal;

use super::quantity::{Direction, Hedge, Quantity, Scale};
use super::{Class, Figure, Unit};
use crate::compact::{Compact, List, Small};
use crate::span::Span;

/// Figures in a row.
pub type Figures = List<Figure>;

impl Compact for Figure {
    type Small = Packed;
}

impl List<Figure> {
    /// The block that a figure stands in, by the figure's index.
    pub fn block(&self, index: usize) -> u32 {
        self.unpacked(index).block
    }

    /// What a figure is, by its index.
    pub fn class(&self, index: usize) -> Class {
        self.unpacked(index).class
    }

    /// Where a figure stands, by its index.
    pub fn span(&self, index: usize) -> Span {
        self.unpacked(index).span
    }

    /// The kind of number that a figure is, by its index.
    pub fn scale(&self, index: usize) -> Scale {
        self.unpacked(index).quantity.scale
    }

    /// Adds a range of other figures, as they are so many blocks and bytes further on, modulo 2³² where that is further back.
    pub fn extend_moved(&mut self, other: &Self, range: Range<usize>, blocks: u32, bytes: u32) {
        self.extend(other.range(range).map(|figure| figure.moved(blocks, bytes)));
    }

    /// The figures of a block, as indices. They are in order of their blocks up to `end`.
    pub fn of_block(&self, block: u32, end: usize) -> Range<usize> {
        let first = self.partition_point_below(end, |figure| figure.block < block);
        first..first + (first..end).take_while(|&index| self.block(index) == block).count()
    }
}

/// A figure as nearly all are: short, of a decimal value that 48 bits hold, near those before it.
#[derive(Clone, Copy, Debug)]
pub struct Packed {
    /// The value's digits, from the lowest 16 bits; of a wide one its place among those.
    mantissa: [u16; 3],
    /// From the base's on.
    start: u16,
    /// From the base's on.
    block: u16,
    length: u8,
    /// How far behind the start the digits begin.
    digits_at: u8,
    digits_length: u8,
    place: i8,
    /// Nought: unknown. With the highest bit: a noun, how far behind the digits it begins (7 bits) and its length (8 bits).
    /// Otherwise the number of the known one, and one.
    unit: u16,
    /// From the lowest bit: the class (3 bits), the hedge (3), the direction (2), the scale (3), whether it is whole (1), and how
    /// many decimals the value has (4): [`WIDE`] of a wide one.
    marks: u16,
}

/// From where a page's figures are counted.
#[derive(Clone, Copy, Debug)]
pub struct FigureBase {
    start: u32,
    block: u32,
}

const WIDE: u16 = 15;
const NOUN: u16 = 1 << 15;

const CLASSES: [Class; 8] = [
    Class::Quantity,
    Class::Date,
    Class::Time,
    Class::Ordinal,
    Class::Reference,
    Class::Range,
    Class::Phrase,
    Class::Word,
];

const HEDGES: [Hedge; 8] =
    [Hedge::None, Hedge::Odd, Hedge::AtLeast, Hedge::Over, Hedge::AtMost, Hedge::Under, Hedge::Nearly, Hedge::About];

/// The last stands for nothing, as that of the scales does.
const DIRECTIONS: [Direction; 4] = [Direction::None, Direction::Up, Direction::Down, Direction::None];

const SCALES: [Scale; 8] = [
    Scale::Plain,
    Scale::Percent,
    Scale::Permille,
    Scale::PercentagePoint,
    Scale::BasisPoint,
    Scale::Tenth,
    Scale::Ratio,
    Scale::Plain,
];

impl Small<Figure> for Packed {
    type Base = FigureBase;

    fn base(figure: &Figure, _: Option<&FigureBase>) -> FigureBase {
        FigureBase { start: figure.span.start, block: figure.block }
    }

    fn of(figure: &Figure, base: &FigureBase) -> Option<Self> {
        let quantity = &figure.quantity;
        let (value, decimals) = (quantity.numerator, quantity.numerator.scale() as u16);
        let is_negative_zero = value.is_zero() && value.is_sign_negative();
        if quantity.divisor != 1 || quantity.upper.is_some() || decimals >= WIDE || is_negative_zero {
            return None;
        }
        let Figure { span, digits, .. } = *figure;
        let marks = figure.class as u16
            | (quantity.hedge as u16) << 3
            | (quantity.direction as u16) << 6
            | (quantity.scale as u16) << 8
            | u16::from(quantity.whole) << 11
            | decimals << 12;
        Some(Self {
            mantissa: packed_mantissa(value.mantissa())?,
            start: span.start.checked_sub(base.start)?.try_into().ok()?,
            block: figure.block.checked_sub(base.block)?.try_into().ok()?,
            length: span.len().try_into().ok()?,
            digits_at: digits.start.checked_sub(span.start)?.try_into().ok()?,
            digits_length: digits.len().try_into().ok()?,
            place: quantity.place,
            unit: packed_unit(figure.unit, digits.end)?,
            marks,
        })
    }

    fn reference(place: u32) -> Self {
        Self {
            mantissa: [place as u16, (place >> 16) as u16, 0],
            start: 0,
            block: 0,
            length: 0,
            digits_at: 0,
            digits_length: 0,
            place: 0,
            unit: 0,
            marks: WIDE << 12,
        }
    }

    #[inline]
    fn place(&self) -> Option<u32> {
        (self.decimals() == WIDE).then_some(self.mantissa() as u32)
    }

    #[inline]
    fn item(&self, base: &FigureBase) -> Figure {
        let start = base.start + u32::from(self.start);
        let digits = start + u32::from(self.digits_at);
        let digits = Span { start: digits, end: digits + u32::from(self.digits_length) };
        let bits = |from: u32, count: u32| usize::from(self.marks >> from & ((1 << count) - 1));
        let quantity = Quantity {
            numerator: self.value(),
            divisor: 1,
            place: self.place,
            hedge: HEDGES[bits(3, 3)],
            direction: DIRECTIONS[bits(6, 2)],
            scale: SCALES[bits(8, 3)],
            whole: bits(11, 1) == 1,
            upper: None,
        };
        Figure {
            span: Span { start, end: start + u32::from(self.length) },
            digits,
            block: base.block + u32::from(self.block),
            class: CLASSES[bits(0, 3)],
            quantity,
            unit: unpacked_unit(self.unit, digits.end),
        }
    }
}

impl Packed {
    fn decimals(&self) -> u16 {
        self.marks >> 12
    }

    #[inline]
    fn value(&self) -> Decimal {
        let (mantissa, digits) = (self.mantissa(), self.mantissa().unsigned_abs());
        Decimal::from_parts(digits as u32, (digits >> 32) as u32, 0, mantissa < 0, self.decimals().into())
    }

    #[inline]
    fn mantissa(&self) -> i64 {
        let [low, middle, high] = self.mantissa.map(i64::from);
        low | middle << 16 | high << 48 >> 16
    }
}

/// `None`: it does not fit.
fn packed_mantissa(mantissa: i128) -> Option<[u16; 3]> {
    let mantissa = i64::try_from(mantissa).ok().filter(|mantissa| mantissa << 16 >> 16 == *mantissa)?;
    Some([mantissa as u16, (mantissa >> 16) as u16, (mantissa >> 32) as u16])
}

/// `None`: it does not fit. `end` is where the digits end.
fn packed_unit(unit: Unit, end: u32) -> Option<u16> {
    match unit {
        Unit::Unknown => Some(0),
        Unit::Known(number) => number.checked_add(1).filter(|number| number & NOUN == 0),
        Unit::Noun(noun) => {
            let (gap, length) = (noun.start.checked_sub(end)?, u8::try_from(noun.len()).ok()?);
            (gap < 1 << 7).then_some(NOUN | (gap as u16) << 8 | u16::from(length))
        }
    }
}

#[inline]
fn unpacked_unit(packed: u16, end: u32) -> Unit {
    match packed {
        0 => Unit::Unknown,
        _ if packed & NOUN == 0 => Unit::Known(packed - 1),
        _ => {
            let start = end + u32::from(packed >> 8 & 0x7f);
            Unit::Noun(Span { start, end: start + u32::from(packed & 0xff) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_in_order() {
        assert!(CLASSES.iter().enumerate().all(|(at, class)| *class as usize == at));
        assert!(HEDGES.iter().enumerate().all(|(at, hedge)| *hedge as usize == at));
        assert!(DIRECTIONS[..3].iter().enumerate().all(|(at, direction)| *direction as usize == at));
        assert!(SCALES[..7].iter().enumerate().all(|(at, scale)| *scale as usize == at));
        assert_eq!(size_of::<Packed>(), 18);
    }

    fn span(from: u32) -> impl Strategy<Value = Span> {
        let length = prop_oneof![0..20u32, 250..260u32];
        (from..from + 300, length).prop_map(|(start, length)| Span { start, end: start + length })
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        let mantissa = prop_oneof![
            -100..100i128,
            (1i128 << 47) - 2..(1 << 47) + 2,
            -(1i128 << 47) - 2..2 - (1 << 47),
            Just(-1 << 90)
        ];
        (mantissa, 0..20u32, any::<bool>()).prop_map(|(mantissa, decimals, negative)| {
            let mut value = Decimal::from_i128_with_scale(mantissa, decimals);
            value.set_sign_negative(negative);
            value
        })
    }

    fn quantity() -> impl Strategy<Value = Quantity> {
        let (hedge, direction, scale) = (0..8usize, 0..3usize, 0..7usize);
        let upper = prop_oneof![9 => Just(None), 1 => decimal().prop_map(Some)];
        let divisor = prop_oneof![9 => Just(1), 1 => 2..9u32];
        (decimal(), divisor, any::<i8>(), hedge, direction, scale, any::<bool>(), upper).prop_map(
            |(numerator, divisor, place, hedge, direction, scale, whole, upper)| Quantity {
                numerator,
                divisor,
                place,
                hedge: HEDGES[hedge],
                direction: DIRECTIONS[direction],
                scale: SCALES[scale],
                whole,
                upper,
            },
        )
    }

    fn figure() -> impl Strategy<Value = Figure> {
        let unit = prop_oneof![Just(Unit::Unknown), any::<u16>().prop_map(Unit::Known), span(500).prop_map(Unit::Noun)];
        let block = prop_oneof![4 => 0..300u32, 1 => 65_530..65_540u32, 1 => any::<u32>()];
        (prop_oneof![4 => span(500), 1 => span(66_000)], span(500), block, 0..8usize, quantity(), unit).prop_map(
            |(span, digits, block, class, quantity, unit)| Figure {
                span,
                digits,
                block,
                class: CLASSES[class],
                quantity,
                unit,
            },
        )
    }

    proptest! {
        #[test]
        fn figures_come_out_as_they_went_in(figures in prop::collection::vec(figure(), 1..150), new in prop::collection::vec((0..150usize, figure()), 0..9)) {
            let mut expected = figures.clone();
            let mut list: Figures = figures.into_iter().collect();
            for (at, figure) in new {
                let at = at % expected.len();
                expected[at] = figure;
                list.change(at, |old| *old = figure);
            }
            prop_assert_eq!(format!("{:?}", list.iter().collect::<Vec<_>>()), format!("{expected:?}"));
        }
    }
}
