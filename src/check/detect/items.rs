//! Breakdowns whose parts are numbered paragraphs: 支出预算3,121.42万元，主要内容如下： 1. … 2. …

use super::breakdown::{SUM, first_amount};
use super::clause::Sentence;
use super::{Claim, Context};
use crate::document::BlockKind;

/// A list ends after so many paragraphs.
const MOST_ITEMS: usize = 60;
/// The total stands at most so many blocks above the list.
const ABOVE: usize = 3;

/// The lists of numbered paragraphs below a total.
pub fn claims(context: &Context) -> Vec<Claim> {
    let document = context.reading.document;
    let mut claims = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let opens = matches!(block.kind, BlockKind::Paragraph) && announces(document.slice(block.span));
        if opens && let Some(claim) = below(context, index) {
            claims.push(claim);
        }
    }
    claims
}

/// 主要内容如下：
fn announces(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([':', '：']);
    ["内容如下", "具体如下", "情况如下", "用于以下方面"].iter().any(|end| text.ends_with(end))
}

fn below(context: &Context, index: usize) -> Option<Claim> {
    let document = context.reading.document;
    let mut parts = Vec::new();
    for at in index + 1..document.blocks.len().min(index + 1 + MOST_ITEMS) {
        let text = document.slice(document.blocks[at].span);
        if number(text) != Some(parts.len() + 1) {
            break;
        }
        parts.push(first_amount(first_sentence(context, at)?)?);
    }
    let unit = &parts.first()?.unit;
    if parts.len() < 3 || parts.iter().any(|part| part.unit != *unit) {
        return None;
    }
    let figures: Vec<usize> = parts.iter().map(|part| part.figure).collect();
    let subject = subject(document.slice(document.blocks[index].span));
    let claim = |total: usize| {
        context.claim(SUM, vec![("total", context.one(total)), ("parts", context.list(figures.iter().copied()))])
    };
    let above = index.saturating_sub(ABOVE) as u32..=index as u32;
    let totals = context.sentences.iter().filter(|sentence| above.contains(&sentence.block));
    let totals = totals.flat_map(|sentence| {
        sentence.said.iter().filter(|said| said.is_amount() && !said.hedged && said.unit == *unit)
    });
    let named: Vec<usize> = totals.filter(|said| said.gap.contains(subject)).map(|said| said.figure).collect();
    if let Some(&total) = named.iter().find(|&&total| context.holds(&claim(total))) {
        return Some(claim(total));
    }
    named.first().map(|&total| context.plainly(claim(total)))
}

/// The number that a paragraph starts with: 1. 2、 (3).
fn number(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(['(', '（']);
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let mark = text[digits..].chars().next()?;
    matches!(mark, '.' | '、' | '．' | ')' | '）').then(|| text[..digits].parse().ok())?
}

fn first_sentence<'a>(context: &Context<'a>, block: usize) -> Option<&'a Sentence> {
    let start = context.sentences.partition_point(|sentence| (sentence.block as usize) < block);
    context.sentences.get(start).filter(|sentence| sentence.block as usize == block)
}

/// What the list is of: 财政拨款支出 of 财政拨款支出主要内容如下.
fn subject(text: &str) -> &str {
    let start =
        text.rfind(['。', '，', ',', '；']).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let words = &text[start..];
    let end = ["主要", "具体", "内容", "情况", "用于"]
        .iter()
        .filter_map(|word| words.find(word))
        .min()
        .unwrap_or(words.len());
    &words[..end]
}
