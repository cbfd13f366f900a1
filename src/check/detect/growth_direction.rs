//! Levels that went the other way than their words say: 从54万亿元增加到52.7万亿元, "rose from $30.2 million to $28.1 million".

use super::clause::{Role, Said, Sentence};
use super::growth::{FELL, ROSE, is_above_zero, reached};
use super::growth_english::moves_from;
use super::{Claim, Context};
use crate::figure::{Dimension, Direction};

/// What is wrong with a level and the one before it, if the words say from which to which it went, and in which direction.
pub fn claim(context: &Context, sentence: &Sentence, now: usize) -> Option<Claim> {
    let (before, now) = (&sentence.said[now - 1], &sentence.said[now]);
    let is_share = |said: &Said| said.role == Role::Share;
    let is_counted = |said: &Said| {
        let unit = context.figure(said.figure).unit;
        said.is_amount() && matches!(unit.dimension(), Dimension::Money | Dimension::Count)
    };
    let is_level = is_counted(before) && is_counted(now) || is_share(before) && is_share(now);
    let is_plain = !before.hedged && !now.hedged && before.bracket == now.bracket && before.unit == now.unit;
    if !is_level || !is_plain || is_inverse(context, sentence, now) {
        return None;
    }
    let direction = match sentence.chinese {
        // What is raised or lowered may be a standard.
        true if !is_share(now) && ["提", "降低", "级"].iter().any(|word| now.gap.contains(word)) => return None,
        true => reached(&now.gap).filter(|_| ["由", "从"].iter().any(|word| before.words().contains(word)))?,
        false => moves_from(&before.gap).filter(|_| now.gap == "to")?,
    };
    let check = if direction == Direction::Up { ROSE } else { FELL };
    let names = [("now", now), ("before", before)];
    let claim = context.claim(check, names.map(|(name, said)| (name, context.one(said.figure))).into());
    if context.holds(&claim) || !is_above_zero(context, sentence, &[before, now]) {
        return None;
    }
    let told = context.say("the words say the other direction than the values", "数值变化与所述方向相反");
    Some(claim.saying(told))
}

/// Whether a sentence tells of what gets better as its number falls: ranks, classes, currencies by their price, losses.
fn is_inverse(context: &Context, sentence: &Sentence, now: &Said) -> bool {
    const WORDS: [&str; 10] = ["汇率", "排", "位次", "名次", "第", "rank", "loss", "deficit", "improv", "negative"];
    const UNITS: [&str; 6] = ["位", "名", "级", "等", "类", "档"];
    let unit = context.figure(now.figure).unit.name(context.reading.document.text());
    unit.as_deref().is_some_and(|unit| UNITS.contains(&unit))
        || sentence.said.iter().any(|said| WORDS.iter().any(|word| said.gap.contains(word)))
}
