//! The operators and functions of expressions, as they are written.

use super::expression::{Function, Relation};

/// How tightly operators bind, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
}

/// An operator between two operands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Infix {
    Or,
    And,
    Relation(Relation),
    /// `+`, or `-` where true.
    Sum(bool),
    /// `*`, or `/` where true.
    Product(bool),
}

impl Infix {
    pub fn level(self) -> Level {
        match self {
            Infix::Or => Level::Or,
            Infix::And => Level::And,
            Infix::Relation(_) => Level::Compare,
            Infix::Sum(_) => Level::Sum,
            Infix::Product(_) => Level::Product,
        }
    }
}

/// The functions.
pub(super) const FUNCTIONS: [(&str, Function); 8] = [
    ("sum", Function::Sum),
    ("count", Function::Count),
    ("min", Function::Min),
    ("max", Function::Max),
    ("mean", Function::Mean),
    ("abs", Function::Abs),
    ("round", Function::Round),
    ("possible", Function::Possible),
];

impl Function {
    /// Its name in rules.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }
}

/// The operators between operands that are signs; the longer of two that start alike comes first.
pub(super) const INFIXES: [(&str, Infix); 27] = [
    ("<=", Infix::Relation(Relation::LessOrEqual)),
    (">=", Infix::Relation(Relation::GreaterOrEqual)),
    ("!=", Infix::Relation(Relation::NotEqual)),
    ("≤", Infix::Relation(Relation::LessOrEqual)),
    ("⩽", Infix::Relation(Relation::LessOrEqual)),
    ("≦", Infix::Relation(Relation::LessOrEqual)),
    ("≥", Infix::Relation(Relation::GreaterOrEqual)),
    ("⩾", Infix::Relation(Relation::GreaterOrEqual)),
    ("≧", Infix::Relation(Relation::GreaterOrEqual)),
    ("≠", Infix::Relation(Relation::NotEqual)),
    ("=", Infix::Relation(Relation::Equal)),
    ("＝", Infix::Relation(Relation::Equal)),
    ("<", Infix::Relation(Relation::Less)),
    ("＜", Infix::Relation(Relation::Less)),
    (">", Infix::Relation(Relation::Greater)),
    ("＞", Infix::Relation(Relation::Greater)),
    ("+", Infix::Sum(false)),
    ("＋", Infix::Sum(false)),
    ("-", Infix::Sum(true)),
    ("−", Infix::Sum(true)),
    ("－", Infix::Sum(true)),
    ("*", Infix::Product(false)),
    ("×", Infix::Product(false)),
    ("＊", Infix::Product(false)),
    ("/", Infix::Product(true)),
    ("÷", Infix::Product(true)),
    ("／", Infix::Product(true)),
];

/// Operators of other languages, and what to write here.
pub(super) const MISTAKEN: [(&str, &str); 11] = [
    ("==", "equality is written `=`"),
    ("=<", "write `<=`"),
    ("=>", "write `>=`"),
    ("<>", "write `!=`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("**", "there are no powers; write the product out"),
    ("^", "there are no powers; write the product out"),
    ("≈", "`=` already allows for rounding; for more write `a = b ± t`"),
    ("~", "`=` already allows for rounding; for more write `a = b ± t`"),
    ("+/-", "a tolerance is written `±`"),
];
