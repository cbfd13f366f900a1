//! Values as keys, by which the figures that may be terms of equations are found.

use crate::figure::Quantity;

/// A value: its digits with its sign and divisor, and its power of ten.
pub type Key = (u128, i32);

/// A value as a key: its digits without trailing zeros, its power of ten, and its sign.
pub fn value_key(quantity: &Quantity) -> Key {
    let mut mantissa = quantity.numerator.mantissa().unsigned_abs();
    let mut exponent = -(quantity.numerator.scale() as i32);
    // Nearly all figures fit 64 bits, where a division is many times cheaper.
    match u64::try_from(mantissa) {
        Ok(small) if quantity.divisor == 1 && !quantity.numerator.is_sign_negative() => {
            return plain_key(small, exponent);
        }
        _ => {
            while mantissa != 0 && mantissa.is_multiple_of(10) {
                mantissa /= 10;
                exponent += 1;
            }
        }
    }
    let sign = u128::from(quantity.numerator.is_sign_negative() && mantissa != 0) << 127;
    (mantissa ^ sign ^ u128::from(quantity.divisor) << 96, if mantissa == 0 { 0 } else { exponent })
}

/// The key of `mantissa * 10^exponent`.
pub fn plain_key(mut mantissa: u64, mut exponent: i32) -> Key {
    while mantissa != 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        exponent += 1;
    }
    (u128::from(mantissa) ^ 1 << 96, if mantissa == 0 { 0 } else { exponent })
}
