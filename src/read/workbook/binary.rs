//! What binary workbooks are made of: little-endian numbers, doubles as decimals, codes of errors.

use dashu_int::UBig;
use rust_decimal::Decimal;

use super::format::{KEPT_DIGITS, to_digits};

/// Bytes that are taken from the front; nothing is given where they do not suffice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    /// Characters of 16 bits.
    pub fn wide(&mut self, count: usize) -> Option<String> {
        let bytes = self.take(count.checked_mul(2)?)?;
        let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}

/// A double, by its bits, as the decimal of 15 digits that a spreadsheet program shows of it; `None` if it is no number or
/// cannot be held.
pub(super) fn double(bits: u64) -> Option<Decimal> {
    let exponent = (bits >> 52 & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    if exponent == 0x7ff {
        return None;
    }
    // Numbers too small for a leading one are zero to anybody who reads a sheet.
    if exponent == 0 {
        return Some(Decimal::ZERO);
    }
    let (mantissa, exponent) = (fraction | 1 << 52, exponent - 1075);
    let zeros = i64::from(mantissa.trailing_zeros()).min(-exponent.min(0));
    let (mantissa, exponent) = (mantissa >> zeros, exponent + zeros);
    // The mantissa times a power of two is a whole number, or one over a power of ten.
    let power = exponent.unsigned_abs() as usize;
    let (whole, mut scale) = if exponent >= 0 {
        (UBig::from(mantissa) << power, 0)
    } else {
        (UBig::from(mantissa) * UBig::from(5u8).pow(power), power)
    };
    let mut digits = whole.to_string();
    // More than 20 digits decide nothing, and no more than 28 decimals can be held.
    let over = digits.len().saturating_sub(20).min(scale).max(scale.saturating_sub(28)).min(digits.len());
    digits.truncate(digits.len() - over);
    scale -= over;
    if scale > 28 {
        return Some(Decimal::ZERO);
    }
    let number: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let number = Decimal::try_from_i128_with_scale(number, scale as u32).ok()?;
    let mut rounded = to_digits(number, KEPT_DIGITS).normalize();
    rounded.set_sign_negative(bits >> 63 == 1);
    Some(rounded)
}

/// A number in 32 bits: a whole number or the upper half of a double, divided by 100 or not.
pub(super) fn packed(rk: u32) -> Option<Decimal> {
    let number = if rk & 2 != 0 { Decimal::from(rk as i32 >> 2) } else { double(u64::from(rk & !3) << 32)? };
    if rk & 1 != 0 { number.checked_div(Decimal::ONE_HUNDRED) } else { Some(number) }
}

/// What a cell with an error shows.
pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_decimals() {
        for value in [
            0.1f64,
            0.1 + 0.2,
            1234.56,
            -2.5,
            1e15,
            123456789.123456,
            0.965,
            1e-10,
            2e22,
            5e-324,
            33.333333333333336,
            0.0,
        ] {
            let expected = crate::read::workbook::xlsx::decimal(&format!("{value:?}"));
            assert_eq!(double(value.to_bits()), expected, "{value:?}");
        }
        assert_eq!(double(f64::NAN.to_bits()), None);
        assert_eq!(double(1e300f64.to_bits()), None);
    }

    #[test]
    fn packed_numbers() {
        assert_eq!(packed(100 << 2 | 2), Some(Decimal::from(100)));
        assert_eq!(packed((-7i32 as u32) << 2 | 2), Some(Decimal::from(-7)));
        assert_eq!(packed(12345 << 2 | 3), Some(Decimal::new(12345, 2)));
        assert_eq!(packed((1.5f64.to_bits() >> 32) as u32), Some(Decimal::new(15, 1)));
    }

    proptest::proptest! {
        #[test]
        fn any_bits_are_a_number_or_none(bits in proptest::num::u64::ANY, rk in proptest::num::u32::ANY) {
            double(bits);
            packed(rk);
        }
    }
}
