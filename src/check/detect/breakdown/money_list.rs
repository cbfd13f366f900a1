//! English lists of money behind a colon: "Total revenue was $1,254.3 million: product revenue $812.4 million, service revenue $301.2
//! million and licence revenue $140.7 million".

use super::super::clause::{Role, Sentence, UnitKey};
use super::super::settle::Outcome;
use super::super::{Claim, Context};
use super::chance::chance;
use super::part_shares;
use super::{explains_gap, falls_short, sum};
use crate::diagnostic::Severity;
use crate::figure::Dimension;

/// Words after which a figure is no further part, or the list not whole.
const OPEN: [&str; 20] = [
    "including",
    "of which",
    "excluding",
    "less",
    "net of",
    "offset",
    "etc",
    "other than",
    "compared",
    "versus",
    "from",
    "than",
    "up",
    "down",
    "increase",
    "decrease",
    "about",
    "average",
    "per",
    "such as",
];
/// How likely a slip by chance may be, in percent, in a list that "and" closes.
const CHANCE: i128 = 10;

/// The list that begins at a figure behind a colon.
pub fn list(context: &Context, sentence: &Sentence, first: usize) -> Option<Claim> {
    let said = &sentence.said;
    let total = first - 1;
    let is_money = |at: usize| {
        let unit = &said[at].unit;
        matches!(unit, UnitKey::Measure(Dimension::Money, _)) && said[at].is_amount() && *unit == said[total].unit
    };
    if !said[first].gap.starts_with(':') || !is_money(total) || said[total].hedged {
        return None;
    }
    let parts: Vec<usize> = (first..said.len()).filter(|&at| is_money(at)).collect();
    let claim = sum(context, sentence, total, &parts);
    let is_list = parts.len() > 1 && (first..said.len()).all(|at| parts.contains(&at) || is_share(sentence, at));
    if !is_list || parts.iter().any(|&part| said[part].hedged || !names_one(&said[part].gap)) {
        return None;
    }
    if context.holds(&claim) {
        return Some(claim);
    }
    let last = &said[parts[parts.len() - 1]].gap;
    let is_closed = last.trim_start_matches([')', ',', ' ']).starts_with("and ") && is_end(&sentence.tail);
    let short = falls_short(context, sentence, total, &parts);
    // Short of its total a list may name the largest only, unless it ends with the rest.
    let is_whole = !short || last.split([' ', ',']).any(|word| word == "other");
    let is_told = is_closed
        && is_whole
        && !explains_gap(context, sentence, total, &parts)
        && context.outcome(&claim) == Outcome::Near
        && (!short || part_shares::leave_room(context, sentence, total, &parts, &claim));
    let severity = if short { Severity::Warning } else { Severity::Error };
    (is_told && chance(context, sentence, total, &parts) <= CHANCE).then(|| claim.at_most(severity))
}

/// "(12%)" behind a part.
fn is_share(sentence: &Sentence, at: usize) -> bool {
    sentence.said[at].role == Role::Share && sentence.said[at].gap.trim() == "("
}

/// Whether the words before a part name it and say nothing else.
fn names_one(gap: &str) -> bool {
    let words = gap.trim_start_matches([')', ',', ';', ':', ' ']);
    let words = words.strip_prefix("and ").unwrap_or(words);
    let tells = |word: &&str| words.split(|c: char| !c.is_alphabetic()).any(|own| own == *word);
    !words.is_empty()
        && words.len() < 60
        && !words.contains([',', ';', '(', ':'])
        && !OPEN.iter().any(|word| if word.contains(' ') { words.contains(word) } else { tells(word) })
}

/// Nothing but the end of the sentence.
fn is_end(tail: &str) -> bool {
    tail.chars().all(|c| matches!(c, ')' | '.' | ' '))
}
