//! Breakdowns whose parts are numbered paragraphs: 支出预算3,121.42万元，主要内容如下： 1. … 2. …

use super::breakdown::SUM;
use super::clause::Sentence;
use super::{Claim, Context};
use crate::document::BlockKind;

/// A list ends after so many paragraphs.
const MOST_ITEMS: usize = 60;
/// The total stands at most so many blocks above the list.
const ABOVE: usize = 3;

/// The lists of numbered paragraphs below a total.
pub fn claims(context: &Context) -> Vec<Claim> {
    let opens = |at: &usize| {
        let placed = &context.paragraphs[*at];
        let kind = context.reading.document.blocks.at(placed.block()).kind;
        kind == BlockKind::Paragraph && announces(placed.text)
    };
    (0..context.paragraphs.len()).filter(opens).filter_map(|at| below(context, at)).collect()
}

/// 主要内容如下：
fn announces(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches([':', '：']);
    ["内容如下", "具体如下", "情况如下", "用于以下方面"].iter().any(|end| text.ends_with(end))
}

/// The list below a paragraph (an index into those of the report).
fn below(context: &Context, index: usize) -> Option<Claim> {
    let opening = &context.paragraphs[index];
    let mut parts = Vec::new();
    for (placed, block) in context.paragraphs[index + 1..].iter().zip(opening.block() + 1..).take(MOST_ITEMS) {
        if placed.block() != block || number(placed.text) != Some(parts.len() + 1) {
            break;
        }
        let first = placed.sentences(context.reading).into_iter().next()?;
        parts.push(first.said.into_iter().next().filter(|said| said.is_amount() && !said.hedged)?);
    }
    let unit = &parts.first()?.unit;
    if parts.len() < 3 || parts.iter().any(|part| part.unit != *unit) {
        return None;
    }
    let figures: Vec<usize> = parts.iter().map(|part| part.figure).collect();
    let subject = subject(opening.text);
    let claim = |total: usize| {
        context.claim(SUM, vec![("total", context.one(total)), ("parts", context.list(figures.iter().copied()))])
    };
    let above = context.paragraphs.partition_point(|placed| placed.block() + ABOVE < opening.block());
    let above = context.paragraphs[above..=index].iter();
    let sentences: Vec<Sentence> = above.flat_map(|placed| placed.sentences(context.reading)).collect();
    let said = sentences.iter().flat_map(|sentence| &sentence.said);
    let named =
        said.filter(|said| said.is_amount() && !said.hedged && said.unit == *unit && said.gap.contains(subject));
    let named: Vec<usize> = named.map(|said| said.figure).collect();
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
