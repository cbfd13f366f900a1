//! 三次产业结构由上年的13.7:46.4:39.9调整为12.4:48.3:39.3: the shares of the three industries come to 100%, and the last of them are those of the
//! values that the paragraph tells.

use std::sync::LazyLock;

use regex::Regex;

use super::super::clause::{self, INDUSTRIES, Said};
use super::super::{Claim, Context, pattern};
use super::{check, shares};
use crate::exact::Rational;
use crate::figure::Dimension;
use crate::span::Span;
use crate::text;

/// Three shares with colons, or with the commas of a list.
static SHARES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let share = r"([0-9]{1,2}(?:\.[0-9]{1,2})?)";
    let (colon, comma) = (r"\s?[:：∶]\s?", "、");
    pattern(&format!("{share}{colon}{share}{colon}{share}|{share}{comma}{share}{comma}{share}"))
});

/// What such shares are shares of where they are not those of the values.
const OTHERS: [&str; 12] =
    ["就业", "从业", "投资", "贡献", "拉动", "税", "用电", "劳动", "能耗", "贷款", "增速", "增长"];

/// The structures of a block.
pub fn claims(context: &Context, block: usize, span: Span, text: &str, claims: &mut Vec<Claim>) {
    let Some(pattern) = &*SHARES else { return };
    for (at, name) in text.match_indices("三次产业") {
        let end = text::sentence_around(text, at).end;
        let words = &text[at + name.len()..end];
        let opening = words.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let is_list = ["结构", "比例", "构成", "比重"].iter().any(|word| opening.contains(word));
        let base = span.start as usize + at + name.len();
        let mut last = None;
        for found in pattern.captures_iter(words) {
            let all: Vec<regex::Match> = found.iter().skip(1).flatten().collect();
            let told = all.iter().map(|share| {
                let digits = Span::new(base + share.start(), base + share.end());
                shares::figure(context, block, digits, share.as_str())
            });
            let is_list = is_list && !OTHERS.iter().any(|other| opening.contains(other));
            let goes_on = all.last().and_then(|share| words[share.end()..].chars().next());
            if all.iter().any(|share| share.as_str().is_empty())
                || words[all[0].end()..].starts_with('、') && !is_list
                || matches!(goes_on, Some(':' | '：' | '∶' | '、'))
            {
                continue;
            }
            if let Some(told) = told.collect::<Option<Vec<usize>>>() {
                claims.push(shares::claim(context, told.clone()));
                let before = &words[..all[0].start()];
                let is_now =
                    !before.ends_with(['的', '年']) && !["上年为", "去年为"].iter().any(|end| before.ends_with(end));
                last = (is_list && is_now).then_some(told);
            }
        }
        claims.extend(last.into_iter().flat_map(|told| of_values(context, block, span, &told)));
    }
}

/// That shares are those of the values of the three industries in the gross product.
fn of_values(context: &Context, block: usize, span: Span, shares: &[usize]) -> Vec<Claim> {
    let sentences = clause::sentences(context.reading, span, context.figures_of(block));
    let only = |names: &dyn Fn(&str) -> bool| {
        let is_meant = |said: &&Said| {
            let is_money = matches!(said.unit, clause::UnitKey::Measure(Dimension::Money, _));
            said.is_amount() && !said.hedged && is_money && names(said.words())
        };
        let mut all = sentences.iter().flat_map(|sentence| &sentence.said).filter(is_meant);
        all.next().map(|said| said.figure).filter(|_| all.next().is_none())
    };
    let is_product = |words: &str| (words.contains("生产总值") || words.contains("gdp")) && !words.contains("人均");
    let of = |industry: &'static str| only(&move |words: &str| words.contains(industry) && words.contains("增加值"));
    let values: Option<Vec<usize>> = INDUSTRIES.into_iter().map(of).collect();
    let (Some(values), Some(product)) = (values, only(&is_product)) else { return Vec::new() };
    let claims = shares.iter().zip(values).filter_map(|(&share, value)| of_value(context, share, value, product));
    claims.collect()
}

fn of_value(context: &Context, share: usize, value: usize, product: usize) -> Option<Claim> {
    let names = vec![("rate", context.one(share)), ("part", context.one(value)), ("whole", context.one(product))];
    let told = context.say("shares must follow from the values", "产业结构应由各产业增加值得出");
    let claim = context.claim(check::SHARE, names).saying(told);
    let quantity = |figure: usize| context.figure(figure).quantity;
    let computed = quantity(value).value().checked_div(&quantity(product).value())?;
    // One that is off by a unit was adjusted so that they come to 100%.
    let is_adjusted = (&computed - &quantity(share).value()).abs() <= &quantity(share).place() * &Rational::ratio(3, 2);
    (context.holds(&claim) || !is_adjusted).then(|| context.plainly(claim))
}
