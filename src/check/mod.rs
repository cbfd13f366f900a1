//! Checking: rules are bound to figures, evaluated, and what fails is explained.

pub mod evaluate;
mod numerals;
pub mod printed;
