//! Breakdowns whose total stands behind its parts: 男生320人，女生290人，共计610人; 三项合计510亿元.

use super::super::clause::{Role, Said, Sentence, UnitKey};
use super::super::settle::Outcome;
use super::super::{Claim, Context};
use super::chance::chance;
use super::whole::{is_closed, is_netted, is_open};
use super::{SUM, explains_gap, falls_short, sum as sum_of};
use crate::diagnostic::Severity;

/// Words that say that a figure is the sum of those before it.
const SUMS: [&str; 6] = ["总计", "合计", "共计", "总共", "一共", "共"];
/// The totals of a sentence that stand behind their parts.
pub fn claims(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    if !sentence.chinese {
        return Vec::new();
    }
    let mut claims: Vec<Claim> =
        (2..sentence.said.len()).filter_map(|total| behind(context, sentence, total)).collect();
    claims.extend(before.and_then(|before| added(context, sentence, before)));
    claims
}

/// 收入完成147.1亿元，增长7.2%。加上转移性收入49.2亿元，收入合计196.3亿元: what is added to, the first amount of the sentence before, is a part.
fn added(context: &Context, sentence: &Sentence, before: &Sentence) -> Option<Claim> {
    let said = &sentence.said;
    let total = (1..said.len()).find(|&at| is_account_total(said[at].words()))?;
    let is_level = |said: &Said| said.is_amount() && !said.hedged && said.unit == sentence.said[total].unit;
    let first = before.said.iter().find(|said| said.is_amount())?;
    let opens = said[0].gap.trim_start_matches(['.', ',']).starts_with("加上");
    if !opens || !is_level(first) || !said[..=total].iter().all(is_level) {
        return None;
    }
    let parts = std::iter::once(first).chain(&said[..total]).map(|said| said.figure);
    let names = vec![("total", context.one(said[total].figure)), ("parts", context.list(parts))];
    let claim = context.claim(SUM, names);
    (context.outcome(&claim) != Outcome::Far).then_some(claim)
}

/// Whether words name what an account comes to.
fn is_account_total(words: &str) -> bool {
    let words = words.trim_end_matches(['为', '达', '了', '是']);
    ["收入总计", "支出总计", "收入合计", "支出合计"].iter().any(|name| words.ends_with(name))
}

fn behind(context: &Context, sentence: &Sentence, total: usize) -> Option<Claim> {
    let said = &sentence.said;
    let sum = said[total].words().trim_end_matches(['为', '达', '了', '是']);
    let names_sum = SUMS[..5].iter().any(|word| sum.contains(word)) || SUMS.contains(&sum);
    if !said[total].is_amount() || said[total].hedged || said[total].unit == UnitKey::None || !names_sum {
        return None;
    }
    let counted = counted(context, sentence, total);
    let run = run_before(sentence, total, if counted.is_some() { total - 1 } else { total });
    let parts = account(sentence, sum, &run).unwrap_or(run);
    let claim = |parts: &[usize]| sum_of(context, sentence, total, parts);
    let suffixes = (0..parts.len().saturating_sub(1)).map(|start| claim(&parts[start..]));
    if let Some(holding) = suffixes.into_iter().find(|claim| context.holds(claim)) {
        return Some(holding);
    }
    // Only what the words name is accused: so many before it, or all of the sentence.
    let parts = match counted {
        Some(count) => parts.get(parts.len().checked_sub(count)?..)?,
        None if parts.len() > 1 && (parts[0] == 0 || account(sentence, sum, &parts).is_some()) => &parts[..],
        None => return None,
    };
    let is_bare = SUMS.contains(&sum) && said[total].gap.trim_start_matches([',', ';']) == said[total].words();
    let is_account = is_account(sentence, sum, parts);
    let is_told = explains_gap(context, sentence, total, parts);
    if !is_bare && !is_account
        || is_told
        || !is_list(sentence, parts)
        || context.outcome(&claim(parts)) != Outcome::Near
    {
        return None;
    }
    let severity = severity(context, sentence, total, parts, counted.is_some() || is_account, sum)?;
    Some(claim(parts).at_most(severity))
}

/// 收入12亿元，加上上级补助3亿元，收入总计15亿元: an account that names what is carried over or added, and closes.
fn is_account(sentence: &Sentence, sum: &str, parts: &[usize]) -> bool {
    let is_closed = is_account_total(sum);
    let adds = |&part: &usize| {
        let gap = &sentence.said[part].gap;
        ["加上", "上年结转", "上年结余", "结转下年"].iter().any(|word| gap.contains(word))
    };
    is_closed && parts.iter().any(adds)
}

/// 预算数15.4亿元，实际完成15.5亿元，比上年决算数14.9亿元增长3.0%，加上上级补助13.4亿元: what an account begins with stands before 加上, and what
/// it is compared with is no part of it.
fn account(sentence: &Sentence, sum: &str, run: &[usize]) -> Option<Vec<usize>> {
    let is_part = |&&at: &&usize| !sentence.said[at].words().starts_with(['比', '较']);
    let parts: Vec<usize> = run.iter().filter(is_part).copied().collect();
    let added = parts.iter().rposition(|&part| sentence.said[part].gap.contains("加上"))?;
    let parts = parts[added.checked_sub(1)?..].to_vec();
    is_account(sentence, sum, &parts).then_some(parts)
}

/// How much a sum that fails counts: 合计 names a sum of what stands before, 共 and 共计 only how many there are. Parts that fall short
/// of it may be some of them, and who is counted among two parts (党员, 团员) is one of them only; money is not spent twice.
fn severity(
    context: &Context,
    sentence: &Sentence,
    total: usize,
    parts: &[usize],
    is_counted: bool,
    sum: &str,
) -> Option<Severity> {
    let is_short = falls_short(context, sentence, total, parts);
    let is_likely = chance(context, sentence, total, parts) > 60;
    let is_money = matches!(sentence.said[total].unit, UnitKey::Measure(..));
    match () {
        () if is_counted || is_closed(sentence, total, parts) => Some(Severity::Error),
        () if sum == "合计" && !is_short && !is_likely => Some(Severity::Error),
        () if sum == "合计" || is_money && !is_short && !is_likely => Some(Severity::Warning),
        () => None,
    }
}

/// 两项合计: how many figures are summed up. It is a figure itself.
fn counted(context: &Context, sentence: &Sentence, total: usize) -> Option<usize> {
    let said = &sentence.said;
    let count = &said[total - 1];
    let is_sum = SUMS.contains(&said[total].gap.trim_end_matches(['为', '达', '了', '是']));
    let is_count = is_sum && count.words().is_empty() && matches!(count.unit, UnitKey::Counted(_));
    let value = context.figure(count.figure).quantity.value().to_i128()?;
    (is_count && (2..=9).contains(&value)).then_some(value as usize)
}

/// The figures directly before `end`, as long as they are amounts of a total's unit; how much they grew may stand between.
fn run_before(sentence: &Sentence, total: usize, end: usize) -> Vec<usize> {
    let said = &sentence.said;
    let fits = |&at: &usize| said[at].is_amount() && !said[at].hedged && said[at].unit == said[total].unit;
    let own = (0..end).rev().filter(|&at| !matches!(said[at].role, Role::Growth(_)));
    let mut parts: Vec<usize> = own.take_while(fits).collect();
    parts.reverse();
    parts
}

/// Parts that each have a clause and a name, none of them being one of another.
fn is_list(sentence: &Sentence, parts: &[usize]) -> bool {
    let said = &sentence.said;
    let is_inner = |&at: &usize| {
        ["其中", "包括", "含", "另", "比", "较", "由", "从"].iter().any(|word| said[at].gap.contains(word))
    };
    let apart = parts.windows(2).all(|pair| said[pair[0]].clause != said[pair[1]].clause);
    let named = parts.iter().all(|&at| (1..=16).contains(&said[at].words().chars().count()));
    apart && named && !parts.iter().any(is_inner) && !is_open(sentence, parts) && !is_netted(sentence, parts)
}
