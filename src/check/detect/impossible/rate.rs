//! Rates that cannot pass 100%: how many of those that were tested, asked or called did.

use super::super::{Claim, Context};
use super::check;
use crate::figure::table::{LineKind, TableShape};
use crate::figure::{Class, Figure, Hedge, Scale};
use crate::text::folded;

/// What ends the name of such a rate. A rate of plans fulfilled (完成率) may well pass 100%, one of courts (结案率) too, and one of
/// pupils that come from elsewhere (入园率, 巩固率).
const RATES: [&str; 31] = [
    "合格率",
    "出席率",
    "整改率",
    "办结率",
    "覆盖率",
    "满意率",
    "满意度",
    "出勤率",
    "到课率",
    "到会率",
    "参会率",
    "参与率",
    "就业率",
    "优良率",
    "优秀率",
    "及格率",
    "通过率",
    "答复率",
    "回复率",
    "按时率",
    "及时率",
    "准确率",
    "签约率",
    "抽检率",
    "抽查率",
    "识字率",
    "投票率",
    "治愈率",
    "有效率",
    "成活率",
    "达标率",
];

/// English names of such rates, folded.
const ENGLISH: [&str; 14] = [
    "passrate",
    "attendancerate",
    "completionrate",
    "responserate",
    "survivalrate",
    "satisfactionrate",
    "approvalrate",
    "literacyrate",
    "graduationrate",
    "turnout",
    "acceptancerate",
    "detectionrate",
    "unemploymentrate",
    "mortalityrate",
];

/// What makes another thing of it: ratios of unlike things, plans, changes.
const OTHERS: [&str; 24] = [
    "拨备",
    "准备",
    "计提",
    "利息",
    "流动性",
    "资产",
    "债务",
    "现金",
    "资金",
    "准备金",
    "偿",
    "目标",
    "计划",
    "任务",
    "指标",
    "预算",
    "毛",
    "每",
    "target",
    "plan",
    "quota",
    "goal",
    "budget",
    "gross",
];

/// What only leads over from a name to its figure, folded.
const VERBS: [&str; 26] = [
    "reached",
    "stoodat",
    "roseto",
    "fellto",
    "达到了",
    "分别为",
    "was",
    "hit",
    "达到",
    "高达",
    "均为",
    "均达",
    "超过",
    "is",
    "of",
    "at",
    "to",
    "达",
    "为",
    "是",
    "在",
    "约",
    "近",
    "均",
    "已",
    ":",
];

/// How many bytes before a figure are looked at.
const REACH: usize = 60;

/// The rates of a block.
pub fn claims(context: &Context, block: usize, claims: &mut Vec<Claim>) {
    for index in context.figures_of(block) {
        let figure = &context.reading.figures.at(index);
        let named = || is_named(context, block, figure) && !is_compared(context, block, figure);
        if is_percent(figure) && (named() || is_share_of_persons(context, block, figure)) {
            claims.push(claim(context, index));
        }
    }
}

/// The rates of tables that are over 100%: the rest is of no interest.
pub fn claims_of_tables(context: &Context, claims: &mut Vec<Claim>) {
    let may_hold_rates =
        |shape: &TableShape| shape.column_kinds.iter().any(|kind| !matches!(kind, LineKind::Empty | LineKind::Amounts));
    for (table, shape) in context.reading.shapes.iter().enumerate().filter(|(_, shape)| may_hold_rates(shape)) {
        for (row, column, index) in shape.body() {
            let figure = &context.reading.figures.at(index);
            let over = figure.quantity.numerator > rust_decimal::Decimal::ONE;
            let is_rate = || names_rate(&shape.row_labels_of(column)[row]) || names_rate(&shape.column_labels[column]);
            // A bare number in a list of words is no rate that is over 100%.
            let is_printed = || {
                let text = context.reading.document.slice(figure.span);
                let titles = [&shape.row_titles[row], &shape.column_titles[column]];
                text.ends_with(['%', '％'])
                    || titles.iter().any(|title| title.contains(['%', '％']))
                    || !is_whole(figure)
            };
            if over && is_percent(figure) && is_rate() && is_printed() {
                claims.push(claim(context, index).in_table(table));
            }
        }
    }
}

fn claim(context: &Context, index: usize) -> Claim {
    let told = context.say("a share of a whole cannot be over 100%", "这样的比率不可能超过100%");
    context.claim(check::RATE, vec![("rate", context.one(index)), ("limit", super::limit(context))]).saying(told)
}

/// Whether a percentage is printed without decimals.
fn is_whole(figure: &Figure) -> bool {
    figure.quantity.place >= -2
}

fn is_percent(figure: &Figure) -> bool {
    figure.class == Class::Quantity && figure.quantity.scale == Scale::Percent && figure.quantity.upper.is_none()
}

/// Whether the words before a figure name a rate.
fn is_named(context: &Context, block: usize, figure: &Figure) -> bool {
    let text = context.reading.document.text();
    let start = context.reading.document.blocks.at(block).span.start as usize;
    let end = figure.span.start as usize;
    let from = text.floor_char_boundary(end.saturating_sub(REACH).max(start));
    let clause = text[from..end].rsplit(['，', ',', '。', '；', ';', '、', '(', '（', '\n']).next().unwrap_or_default();
    let mut words = folded(clause);
    for _ in 0..2 {
        if let Some(verb) = VERBS.iter().find(|verb| words.ends_with(*verb)) {
            words.truncate(words.len() - verb.len());
        }
    }
    names_rate(&words)
}

/// Whether the words behind a figure hold it against another value: 101% of last year's, 110% that of 2020.
fn is_compared(context: &Context, block: usize, figure: &Figure) -> bool {
    const BASES: [&str; 9] = ["of ", "that ", "the ", "as ", "what ", "higher", "more", "above", "compared"];
    let rest = behind(context, block, figure);
    BASES.iter().any(|word| rest.starts_with(word))
}

/// The text of a block behind a figure.
fn behind<'a>(context: &'a Context, block: usize, figure: &Figure) -> &'a str {
    let end = context.reading.document.blocks.at(block).span.end as usize;
    context.reading.document.text()[figure.span.end as usize..end].trim_start()
}

/// Whether a folded label ends with the name of a rate, and nothing in it makes another thing of it.
fn names_rate(label: &str) -> bool {
    let named = RATES.iter().chain(&ENGLISH).any(|name| label.ends_with(name));
    named && !OTHERS.iter().any(|other| label.contains(other))
}

/// 103% of the respondents.
fn is_share_of_persons(context: &Context, block: usize, figure: &Figure) -> bool {
    let Some(rest) = behind(context, block, figure).strip_prefix("of ") else { return false };
    let rest = ["all ", "the ", "our "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let persons = ["respondents", "participants", "patients", "students", "voters", "households", "interviewees"];
    // What is of the respondents' income is no share of persons.
    let plain = |rest: &str| !rest.starts_with(['\'', '’']);
    figure.quantity.hedge == Hedge::None && persons.iter().any(|word| rest.strip_prefix(word).is_some_and(plain))
}
