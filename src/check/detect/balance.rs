//! `balance`: what was there, what came, what went, what is left, in sentences.

use super::clause::Sentence;
use super::{Claim, Context};

/// The checks of the rule, by index.
const CARRIED: usize = 0;
const PLAIN: usize = 1;

/// The balance of a sentence.
pub fn claims(context: &Context, sentence: &Sentence, _before: Option<&Sentence>) -> Vec<Claim> {
    let may = sentence.chinese && sentence.said.len() > 2;
    may.then(|| balance(context, sentence)).flatten().into_iter().collect()
}

/// The parts of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// 上年结转, 旧存.
    Opening,
    /// 受理, 新收.
    Received,
    /// 办结, 答复, 审结.
    Closed,
    /// 结转下年度, 未结.
    Closing,
}

fn balance(context: &Context, sentence: &Sentence) -> Option<Claim> {
    let said = &sentence.said;
    let mut found: [Option<usize>; 4] = [None; 4];
    for (at, one) in said.iter().enumerate() {
        if !one.is_amount() || one.hedged {
            continue;
        }
        let Some(part) = part(sentence, at) else { continue };
        let place = &mut found[part as usize];
        // Two of one kind: several balances in one sentence, or something else.
        if place.is_some() {
            return None;
        }
        *place = Some(at);
    }
    let [opening, Some(received), Some(closed), Some(closing)] = found else { return None };
    let unit = &said[received].unit;
    if [closed, closing].into_iter().chain(opening).any(|at| said[at].unit != *unit) {
        return None;
    }
    let figure = |at: usize| context.one(said[at].figure);
    let mut names = vec![("received", figure(received)), ("closed", figure(closed)), ("closing", figure(closing))];
    match opening {
        Some(opening) => {
            names.push(("opening", figure(opening)));
            let carried = context.claim(CARRIED, names.clone());
            let plain = context.claim(PLAIN, names);
            // 受理 may count what was carried over already.
            if context.holds(&plain) {
                return Some(plain);
            }
            let fails = !context.holds(&carried);
            (!fails || !has_fifth(sentence, &found)).then(|| context.plainly(carried))
        }
        None => {
            let plain = context.claim(PLAIN, names);
            context.holds(&plain).then_some(plain)
        }
    }
}

/// Another amount of the unit beside the four, 撤回 1 件 or 移送 1 件, may be what the balance lacks. What 其中 announces is none.
fn has_fifth(sentence: &Sentence, found: &[Option<usize>; 4]) -> bool {
    let unit = found[Part::Received as usize].map(|at| &sentence.said[at].unit);
    sentence.said.iter().enumerate().any(|(at, said)| {
        Some(&said.unit) == unit && said.is_amount() && !found.contains(&Some(at)) && !said.words().starts_with("其中")
    })
}

/// Which part of a balance a figure is, by the words before it in its clause or directly behind it.
fn part(sentence: &Sentence, at: usize) -> Option<Part> {
    let words = sentence.said[at].words();
    let noun = sentence.noun(at);
    let before = |all: &[&str]| all.iter().any(|word| words.contains(word));
    let behind = |all: &[&str]| all.iter().any(|word| noun.starts_with(word));
    let opening = ["上年结转", "上年度结转", "上期结转", "上年末结转", "旧存", "年初存", "期初", "上年旧存"];
    let closing = ["结转下年", "结转至下年", "顺延到下年", "结转下年度", "转入下年", "结转到下年"];
    if before(&opening) || behind(&["上年结转", "上年度结转"]) {
        return Some(Part::Opening);
    }
    if before(&closing)
        || behind(&closing)
        || before(&["未结", "未办结", "尚未审结", "期末", "年末结转"])
        || behind(&["未结", "未办结"])
    {
        return Some(Part::Closing);
    }
    if before(&["办结", "答复", "审结", "结案", "处理完毕"]) {
        return Some(Part::Closed);
    }
    before(&["受理", "新收", "收到", "接收"]).then_some(Part::Received)
}
