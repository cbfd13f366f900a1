//! Shares in English sentences: "510 of 528 letters (96.6%)", "$4.1 million, or 25%, of revenue of $16.2 million".

use super::clause::{Role, Said, Sentence};
use super::{Claim, Context};

/// What must hold of the shares of a sentence.
pub fn claims(context: &Context, sentence: &Sentence) -> Vec<Claim> {
    (0..sentence.said.len()).filter_map(|at| share(context, sentence, at)).collect()
}

fn share(context: &Context, sentence: &Sentence, at: usize) -> Option<Claim> {
    let said = &sentence.said;
    let rate = &said[at];
    let before = at.checked_sub(1)?;
    if rate.role != Role::Share || !is_told_again(&rate.gap) || sentence.tail.contains("respectively") {
        return None;
    }
    let claim = |part: usize, whole: usize, closed: bool| {
        let figure = |at: usize| context.one(said[at].figure);
        let names = vec![("rate", figure(at)), ("part", figure(part)), ("whole", figure(whole))];
        let claim = context.claim(0, names);
        let plain = !said[part].hedged && !said[whole].hedged && !rate.hedged;
        let may = plain && (context.holds(&claim) || closed);
        may.then(|| context.plainly(claim))
    };
    // 510 of 528 letters (96.6%)
    if let Some(part) = before.checked_sub(1)
        && is_of(&said[before].gap)
        && fits(&said[part], &said[before])
    {
        return claim(part, before, is_closed(sentence, at));
    }
    // 510 (96.6%) of 528 letters
    let next = said.get(at + 1)?;
    let behind = next.gap.trim_start_matches([')', ',', ' ']);
    (is_of(behind) && fits(&said[before], next)).then(|| claim(before, at + 1, true)).flatten()
}

/// Whether nothing behind a percentage says that it is of something else: "(95% CI", "(60% of the population)", "or 10% more than"
/// do; "(96.5%) were carried out" does not.
fn is_closed(sentence: &Sentence, rate: usize) -> bool {
    let behind = sentence.after(rate).trim_start();
    if sentence.said[rate].gap.ends_with('(') {
        return behind.starts_with(')');
    }
    behind.is_empty()
        || behind.starts_with([',', '.', ';', ':'])
        || ["of the total", "were ", "was ", "are ", "is "].iter().any(|word| behind.starts_with(word))
}

/// "(", ", or": the figure before it, told as a share.
fn is_told_again(gap: &str) -> bool {
    let open = gap.rfind('(').map(|i| &gap[i + 1..]);
    let words = gap.trim_matches([',', ' ']);
    open == Some("") && gap.len() < 40 && !gap.contains([')', ';']) || matches!(words, "or" | "(or" | "i.e.")
}

fn is_of(gap: &str) -> bool {
    let words = gap.trim();
    matches!(
        words,
        "of" | "of the"
            | "out of"
            | "out of the"
            | "of a total of"
            | "of all"
            | "of our"
            | "of these"
            | "out of a total of"
    )
}

fn fits(part: &Said, whole: &Said) -> bool {
    use super::clause::UnitKey;
    part.is_amount() && whole.is_amount() && (part.unit == whole.unit || matches!(part.unit, UnitKey::None))
}
