//! `count`: a stated number of items against the items that follow, and list marks without a gap.

mod bracket;
mod enumeration;
mod mark;

use super::{Claim, Context};

/// The checks of the rule file, by their index.
mod check {
    pub const COUNT: usize = 0;
    pub const MARK: usize = 1;
}

/// All lists whose number is told, and all marks that miss one.
pub fn claims(context: &Context) -> Vec<Claim> {
    let marks = mark::all(context);
    let mut claims = enumeration::claims(context, &marks);
    claims.extend(mark::claims(context, &marks));
    claims.extend(bracket::claims(context));
    claims
}
