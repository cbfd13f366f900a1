//! Lines of a table that follow from two others at each position: rates, shares and differences.
//!
//! Which two lines they follow from is taught by the figures, as with sums: all pairs of lines nearby are tried, and the one that
//! holds at most positions is it, if the digits that agree are more than chance explains among so many pairs.

mod form;
mod said;
mod sign;
mod teach;

pub use form::{Follows, Form, Manner, Terms};
pub use teach::{Derived, Ground};

use super::grid::Kind;
use super::sums::Lines;
use super::{Claim, Context};
use teach::Teacher;

/// What is sought: which lines, and what they may be.
#[derive(Clone, Copy)]
pub struct Sought {
    /// The forms that are tried.
    pub forms: &'static [Form],
    /// Whether the base may be one figure for all positions: the total that shares are of.
    pub of_total: bool,
    /// Whether a line's title says that it is such a line.
    pub named: fn(&str) -> bool,
    /// Whether lines that are not named so may be found.
    pub unnamed: bool,
}

/// Goes through the rows and the columns of a table; what is taught becomes claims, one for each position.
pub fn claims(
    context: &Context,
    all: &[Lines],
    sought: Sought,
    claim: impl Fn(&Context, &Lines, &Derived, usize) -> Option<Claim>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    for lines in all {
        let derived = derived(lines, sought);
        for one in &derived {
            let doubtful = derived.iter().any(|other| one.yields_to(other));
            let is_open = |at: usize| {
                one.outcomes[at] == Some(None) && (doubtful || lines.across[at].average || one.is_bridged(lines, at))
            };
            let places = (0..one.outcomes.len()).filter(|&at| !is_open(at));
            let claim = |at: usize| Some(Claim { derived: true, ..claim(context, lines, one, at)? });
            claims.extend(places.filter_map(claim));
        }
    }
    claims
}

/// The lines that follow from two others.
fn derived(lines: &Lines, sought: Sought) -> Vec<Derived> {
    let teacher = Teacher { lines, sought };
    let find = |at: usize| {
        let named = (sought.named)(lines.title(at));
        let wanted = lines.all[at].kind.is_some_and(|kind| sought.forms.iter().any(|form| form.fits(kind)));
        (wanted && (named || sought.unnamed)).then(|| teacher.find(at, named)).flatten()
    };
    (lines.first..lines.all.len()).filter_map(find).collect()
}

impl Form {
    /// Whether a line of such figures can have this form.
    fn fits(self, kind: Kind) -> bool {
        match self {
            Form::Difference => true,
            Form::Ratio | Form::Growth | Form::Margin => kind == Kind::Percent,
            Form::Quotient | Form::Index => kind == Kind::Amount,
        }
    }
}
