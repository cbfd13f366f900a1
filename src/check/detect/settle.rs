//! Several readings of one sentence: which of them is claimed, and when none is.

use super::{Claim, Context};
use crate::check::culprit;
use crate::check::judge::{self, Judged};
use crate::diagnostic::Verdict;

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

/// Work that one reading may cost, in operands looked at.
const BUDGET: usize = 20_000;

impl Context<'_> {
    /// Whether a claim holds.
    pub fn holds(&self, claim: &Claim) -> bool {
        matches!(self.judged(claim).evaluation.verdict, Verdict::Holds | Verdict::WithinRounding)
    }

    /// How a claim comes out.
    pub fn outcome(&self, claim: &Claim) -> Outcome {
        let judged = self.judged(claim);
        match judged.evaluation.verdict {
            Verdict::Holds | Verdict::WithinRounding => Outcome::Holds,
            Verdict::Fails if culprit::has_slip(self.reading, &judged, &mut BUDGET.clone()) => Outcome::Near,
            _ => Outcome::Far,
        }
    }

    /// Of several readings of one sentence the one to claim: one that holds, the first of them; if none does, the one that a
    /// slip explains, if it is the only one. Otherwise none: the sentence may mean something else.
    pub fn settle(&self, readings: Vec<Claim>) -> Option<Claim> {
        if let Some(at) = readings.iter().position(|claim| self.holds(claim)) {
            return readings.into_iter().nth(at);
        }
        let mut near = readings.into_iter().filter(|claim| self.outcome(claim) == Outcome::Near);
        let first = near.next()?;
        near.next().is_none().then(|| first.nearly())
    }

    fn judged<'b>(&'b self, claim: &'b Claim) -> Judged<'b> {
        judge::judge_claim(self.rules, claim)
    }
}
