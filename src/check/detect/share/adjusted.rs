//! Shares of one whole that were adjusted so that together they come to 100%.

use super::super::{Claim, Context};
use crate::exact::Rational;
use crate::figure::{Figure, Scale};

/// The claims without those of shares that are off by one in their last digit, where all shares of the whole come to just 100% with
/// them: 占86.05%, 占3.52%, 占0.88% and, of 9.557%, 占9.55%.
pub fn left_out(context: &Context, claims: Vec<Claim>) -> Vec<Claim> {
    let is_adjusted = |claim: &Claim| {
        let Some(share) = Share::of(context, claim).filter(|share| share.is_off_by_one()) else { return false };
        let alike =
            claims.iter().filter_map(|other| Share::of(context, other)).filter(|other| other.whole == share.whole);
        let (mut rates, mut parts) = (Rational::ZERO, Vec::new());
        for other in alike.filter(|other| other.rate.quantity.place() == share.rate.quantity.place()) {
            if !parts.contains(&other.part.digits) {
                rates = &rates + &other.rate.quantity.value();
                parts.push(other.part.digits);
            }
        }
        parts.len() > 2 && rates == Rational::ONE && !context.holds(claim)
    };
    let adjusted: Vec<bool> = claims.iter().map(is_adjusted).collect();
    claims.into_iter().zip(adjusted).filter(|(_, adjusted)| !adjusted).map(|(claim, _)| claim).collect()
}

/// A percentage, the part and the whole it is said of.
struct Share {
    rate: Figure,
    part: Figure,
    /// The value of the whole, printed or made up of all parts.
    whole: Rational,
}

impl Share {
    fn of(context: &Context, claim: &Claim) -> Option<Self> {
        let figures = |name: &str| context.named(claim, name);
        let one = |name: &str| figures(name).and_then(|figures| figures.first().copied());
        let (rate, part) = (one("rate").filter(|rate| rate.quantity.scale == Scale::Percent)?, one("part")?);
        let whole = match (one("whole"), figures("rest")) {
            (Some(whole), _) => whole.quantity.value(),
            (None, Some(rest)) => rest.iter().fold(part.quantity.value(), |sum, rest| &sum + &rest.quantity.value()),
            (None, None) => return None,
        };
        Some(Self { rate, part, whole })
    }

    /// Whether the percentage is one off in its last digit from what it should be.
    fn is_off_by_one(&self) -> bool {
        let place = self.rate.quantity.place();
        let share = self.part.quantity.value().checked_div(&self.whole);
        let rounded = share.map(|share| share.round_to(&place));
        rounded.is_some_and(|rounded| (&rounded - &self.rate.quantity.value()).abs() == place)
    }
}
