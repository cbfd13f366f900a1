//! Parts of a list that print their own shares of the total: 一般贸易789.0亿元，增长6.7%，占63.9%. Where these agree with the figures, a
//! slip in one of them would have broken its share.

use super::super::clause::{Role, Sentence};
use super::super::{Claim, Context, slips};
use crate::exact::Rational;
use crate::figure::Figure;

/// A share that a part prints.
struct Share {
    /// The part and its total, as figures of the report.
    part: usize,
    total: usize,
    rate: Rational,
    place: Rational,
}

/// Whether one slip explains that a list does not make up its total, and leaves the shares that its parts print true.
pub fn leave_room(context: &Context, sentence: &Sentence, total: usize, parts: &[usize], claim: &Claim) -> bool {
    let shares = parts.iter().filter_map(|&part| told(context, sentence, total, part));
    let value = |figure: usize| context.figure(figure).quantity.value();
    let shares: Vec<Share> = shares.filter(|share| share.agrees(&value(share.part), &value(share.total))).collect();
    let keeps = |figure: usize, meant: &Figure| {
        let meant = meant.quantity.value();
        let taken = |other: usize| if other == figure { meant.clone() } else { value(other) };
        shares.iter().all(|share| share.agrees(&taken(share.part), &taken(share.total)))
    };
    shares.is_empty() || slips::explain_where(context, claim, keeps)
}

/// The share that is told of a part: behind it, after a rate of growth at most.
fn told(context: &Context, sentence: &Sentence, total: usize, part: usize) -> Option<Share> {
    let behind = sentence.said.iter().skip(part + 1).take(3);
    let mut rates = behind.take_while(|said| !said.is_amount()).filter(|said| said.role == Role::Share && !said.hedged);
    let rate = context.figure(rates.next()?.figure).quantity;
    let (part, total) = (sentence.said[part].figure, sentence.said[total].figure);
    Some(Share { part, total, rate: rate.value(), place: rate.place() })
}

impl Share {
    /// Whether it is the share of a part in a total, to within one of its last digit.
    fn agrees(&self, part: &Rational, total: &Rational) -> bool {
        part.checked_div(total).is_some_and(|share| (&share - &self.rate).abs() <= self.place)
    }
}
