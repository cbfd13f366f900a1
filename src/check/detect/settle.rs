//! Several readings of one sentence: which of them is claimed, and when none is.

use super::{Claim, Context, slips};
use crate::check::evaluate;
use crate::diagnostic::Verdict;
use crate::rule::expression::Expr;

/// How a reading comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds, or holds within rounding.
    Holds,
    /// It fails by what one slip in one figure explains.
    Near,
    /// It fails by more, or nothing can be concluded.
    Far,
}

impl Context<'_> {
    /// Whether a claim holds.
    pub fn holds(&self, claim: &Claim) -> bool {
        self.verdict(claim).passes()
    }

    /// How a claim comes out.
    pub fn outcome(&self, claim: &Claim) -> Outcome {
        match self.verdict(claim) {
            Verdict::Holds | Verdict::WithinRounding => Outcome::Holds,
            Verdict::Fails if slips::explain(self, claim) => Outcome::Near,
            _ => Outcome::Far,
        }
    }

    /// A claim whose words are plain: a failure that a slip explains is an error, any other a note.
    pub fn plainly(&self, claim: Claim) -> Claim {
        if self.outcome(&claim) == Outcome::Far { claim.nearly() } else { claim }
    }

    /// What a claim says.
    pub fn expr(&self, claim: &Claim) -> &Expr {
        &self.rule.checks[claim.check].expr
    }

    fn verdict(&self, claim: &Claim) -> Verdict {
        evaluate::evaluate(self.expr(claim), &self.values(claim)).verdict
    }
}
