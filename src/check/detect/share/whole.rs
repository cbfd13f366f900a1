//! Chinese shares whose whole does not stand among the figures before the part: 完成预算数60999万元的40.4% names it in the middle, or the
//! sentence before tells it (占一般公共预算收入的).

use super::super::clause::{Role, Said, Sentence, UnitKey};
use super::super::growth::basis;
use super::super::{Claim, Context};

/// The check of the rule, by index.
const OF_WHOLE: usize = 0;

/// Words at the end of a label that only lead over to its figure.
const ENDS: &[&str] = &[
    "人民币",
    "累计完成",
    "完成",
    "实现",
    "累计",
    "总数",
    "总量",
    "总额",
    "金额",
    "合计",
    "共有",
    "已",
    "为",
    "达",
    "共",
    "有",
    "是",
    "到",
    "的",
];

/// 完成24627万元，完成年初预算数60999万元的40.4%: at the rate, behind the base that its words name.
pub fn of_base(context: &Context, sentence: &Sentence, at: usize) -> Option<Claim> {
    let (part, base, rate) = (sentence.said.get(at.checked_sub(2)?)?, &sentence.said[at - 1], &sentence.said[at]);
    let words = base.words().trim_start_matches(['已', '共', '其', '仅', '约']);
    let is_planned = || ["预算", "计划", "目标", "任务"].iter().any(|word| words.contains(word));
    let is_done = ["完成", "为"].iter().any(|verb| words.starts_with(verb)) && is_planned();
    let is_named = words.starts_with('占') || is_done;
    let plain = [part, base].iter().all(|said| said.is_amount() && !said.hedged && !said.is_duration());
    let is_told = rate.gap == "的" && rate.role == Role::Share && !rate.hedged && base.clause == part.clause + 1;
    if !plain || !is_told || !is_named || part.unit != base.unit || part.bracket != rate.bracket {
        return None;
    }
    let claim = of_whole(context, part, rate, base);
    let is_part = is_done || value(context, part) <= value(context, base);
    is_part.then(|| context.plainly(claim))
}

/// 一般公共预算收入28583万元。税收收入11136万元，占一般公共预算收入的38.96%: `named` are the words behind 占, none where the sentence opens
/// with 一般公共预算收入中.
pub fn of_before(context: &Context, sentence: &Sentence, before: &Sentence, at: usize, named: &str) -> Option<Claim> {
    let (part, rate) = (&sentence.said[part_of(sentence, at)?], &sentence.said[at]);
    if !part.is_amount() || part.hedged || rate.hedged || part.unit == UnitKey::None || part.clause + 2 < rate.clause {
        return None;
    }
    let named = if named.is_empty() { lead(sentence)? } else { named };
    let named = without_end(named);
    let is_meant = |said: &&Said| {
        said.is_amount() && !said.hedged && said.unit == part.unit && is_name_of(named, without_end(said.words()))
    };
    let mut wholes = before.said.iter().filter(is_meant);
    let (Some(whole), None) = (wholes.next(), wholes.next()) else { return None };
    let is_part = value(context, part) <= value(context, whole);
    is_part.then(|| context.plainly(of_whole(context, part, rate, whole)))
}

/// The figure directly before a share; another share of it or its growth may stand between: 占调整预算100.93%，占一般公共预算收入的48.51%.
pub fn part_of(sentence: &Sentence, rate: usize) -> Option<usize> {
    let before = rate.checked_sub(1)?;
    let said = &sentence.said[before];
    let is_other_share = said.role == Role::Share && said.words().starts_with('占');
    if is_other_share || basis::is_plain(said) { before.checked_sub(1) } else { Some(before) }
}

/// 第一产业增加值占国内生产总值比重为7.3%，第二产业增加值比重为39.9%: part and whole are named, and told in the sentence before.
pub fn of_names(context: &Context, sentence: &Sentence, before: &Sentence, at: usize) -> Option<Claim> {
    let rate = &sentence.said[at];
    let (part, own) = named_share(rate)?;
    let named = own.or_else(|| (0..at).rev().find_map(|other| named_share(&sentence.said[other])?.1))?;
    let only = |name: &str| {
        let is_meant = |said: &&Said| said.is_amount() && !said.hedged && is_name_of(name, without_end(said.words()));
        let mut all = before.said.iter().filter(is_meant);
        all.next().filter(|_| all.next().is_none())
    };
    let (part, whole) = (only(part)?, only(named)?);
    let is_part = part.unit == whole.unit && value(context, part) <= value(context, whole);
    is_part.then(|| context.plainly(of_whole(context, part, rate, whole)))
}

/// The names of part and whole in the words of a share; the whole is left out behind the first.
fn named_share(rate: &Said) -> Option<(&str, Option<&str>)> {
    if rate.role != Role::Share || rate.hedged {
        return None;
    }
    let words = rate.words().trim_end_matches(['为', '达', '到', '是']);
    let words = ["的比重", "的比例", "比重", "比例"].iter().find_map(|end| words.strip_suffix(end))?;
    let (part, whole) = words.split_once('占').map_or((words, None), |(part, whole)| (part, Some(whole)));
    (!part.is_empty()).then_some((part, whole))
}

fn of_whole(context: &Context, part: &Said, rate: &Said, whole: &Said) -> Claim {
    let names = [("rate", rate), ("part", part), ("whole", whole)];
    context.claim(OF_WHOLE, names.map(|(name, said)| (name, context.one(said.figure))).into())
}

fn value(context: &Context, said: &Said) -> crate::exact::Rational {
    context.figure(said.figure).quantity.value()
}

/// 全区常住人口中，: what the sentence says its parts are of.
fn lead(sentence: &Sentence) -> Option<&str> {
    let opening = sentence.said.first()?.gap.split(',').next()?;
    opening.strip_prefix('在').unwrap_or(opening).strip_suffix('中').filter(|words| words.chars().count() > 2)
}

/// Whether words name what a label is of: the label is their end, or they are the label's, at least three characters of them.
fn is_name_of(words: &str, label: &str) -> bool {
    let (words, label) = (plain_name(words), plain_name(label));
    let shorter = words.chars().count().min(label.chars().count());
    shorter > 2 && (label.ends_with(&words) || words == label)
}

/// A name without words that only count (全国共有幼儿园), the public budget called by one of its names.
pub fn plain_name(name: &str) -> String {
    const BUDGET: [&str; 4] = ["一般公共预算", "公共财政预算", "公共预算", "一般预算"];
    let name = name.replace("共有", "").trim_start_matches('到').to_owned();
    BUDGET.iter().fold(name, |name, other| name.replace(other, "财政"))
}

/// Words without what only leads over to a figure.
pub fn without_end(mut words: &str) -> &str {
    while let Some(end) = ENDS.iter().find(|end| words.ends_with(*end)) {
        words = &words[..words.len() - end.len()];
    }
    words
}
