//! Checking: rules are bound to figures, evaluated, and what fails is explained.

pub mod blame;
pub mod evaluate;
mod numerals;
pub mod printed;
pub mod slip;
