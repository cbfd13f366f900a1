//! Several readings of one sentence: which of them is claimed, and when none is.

use std::sync::Arc;

use super::{Claim, Context, slips};
use crate::check::bind::{Bound, operand};
use crate::check::evaluate::{self, Value};
use crate::diagnostic::Verdict;
use crate::exact::Rational;
use crate::figure::{Figure, Scale};
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

    /// The same, unless round figures are the cause of its failure: $400,000 beside $6.3 million may be $370,000.
    pub fn plainly_unless_round(&self, claim: Claim) -> Option<Claim> {
        (self.holds(&claim) || !self.holds_roughly(&claim)).then(|| self.plainly(claim))
    }

    /// Whether a claim holds if figures that end in noughts are rounded to them.
    fn holds_roughly(&self, claim: &Claim) -> bool {
        let mut values = self.values(claim);
        let mut found = false;
        // 较150亿美元增加130%，达350亿美元: estimates all, the rate in tens.
        let are_estimates = claim.figures().all(|figure| self.is_estimate(&self.figure(figure)));
        for (value, bound) in values.iter_mut().zip(&claim.place.bound) {
            let (Value::One(value), Some(Bound::One(cited))) = (value, bound) else { continue };
            let Some(mut figure) = cited.here().map(|figure| self.figure(figure as usize)) else { continue };
            let is_rate = figure.quantity.scale == Scale::Percent && figure.quantity.value().abs() > Rational::ONE;
            let noughts = if are_estimates && is_rate { figure.quantity.place + 1 } else { noughts(&figure) };
            // What is read on the scale of another is left.
            if (noughts >= ROUND || are_estimates && is_rate) && figure.quantity.value() == value.printed {
                figure.quantity.place = noughts;
                figure.quantity.whole = false;
                *value = Arc::new(operand(&figure, claim.rounding, false));
                found = true;
            }
        }
        found && evaluate::passes(self.expr(claim), &values)
    }

    /// Whether a measured figure is printed without a point and ends in a nought: 350亿美元.
    fn is_estimate(&self, figure: &Figure) -> bool {
        let place = figure.quantity.place();
        let units = figure.quantity.value().checked_div(&place).and_then(|units| units.to_i128());
        !figure.is_exact()
            && units.is_some_and(|units| units % 10 == 0)
            && !self.reading.document.slice(figure.digits).contains(['.', '．'])
    }

    /// What a claim says.
    pub fn expr(&self, claim: &Claim) -> &Expr {
        &self.rule.checks[claim.check].expr
    }

    fn verdict(&self, claim: &Claim) -> Verdict {
        evaluate::evaluate(self.expr(claim), &self.values(claim)).verdict
    }
}

/// An amount in full that ends in so many noughts is a round one.
const ROUND: i8 = 3;

/// How many noughts an amount ends in that is printed in full, without a scale.
fn noughts(figure: &Figure) -> i8 {
    let quantity = &figure.quantity;
    let is_full = quantity.place == 0 && quantity.scale == Scale::Plain;
    let Some(mut units) = quantity.value().to_i128().filter(|&units| units != 0 && is_full) else { return 0 };
    let mut count = 0;
    while units % 10 == 0 {
        units /= 10;
        count += 1;
    }
    count
}
