//! `impossible`: rates over 100%, parts larger than their whole, days that no calendar has, shares of one whole that miss it.

mod date;
mod part;
mod rate;
mod shares;
mod structure;

pub use part::OTHERS;

use super::{Claim, Context};
use crate::check::bind::Bound;
use crate::exact::{Range, Rational};

/// The checks of the rule file, by their index.
mod check {
    pub const RATE: usize = 0;
    pub const PART: usize = 1;
    pub const DAY: usize = 2;
    pub const MONTH: usize = 3;
    pub const WEEKDAY: usize = 4;
    pub const SHARES: usize = 5;
    pub const SHARE: usize = 6;
}

/// All that must be possible.
pub fn claims(context: &Context) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (block, span, text) in context.prose() {
        rate::claims(context, block, &mut claims);
        part::claims(context, block, span, text, &mut claims);
        shares::claims(context, block, span, text, &mut claims);
    }
    rate::claims_of_tables(context, &mut claims);
    date::claims(context, &mut claims);
    claims
}

/// 100%, as it is shown.
fn limit(context: &Context) -> Bound {
    context.computed(Range::exact(Rational::ONE), "100%")
}
