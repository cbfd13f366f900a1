//! Exact numbers: rationals, and ranges of them with open and closed ends. No float is used near figures.

mod print;
mod range;
mod rational;

pub use range::{End, Range};
pub use rational::Rational;
