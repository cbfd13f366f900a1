//! Shares that make up one whole: the three industries of an economy, two kinds without a third, and what remains.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::super::{Claim, Context, pattern};
use super::{check, structure};
use crate::diagnostic::Severity;
use crate::exact::Rational;
use crate::figure::{Class, Figure, Hedge, Quantity, Scale, Unit};
use crate::span::Span;
use crate::text::{self, Needles};

/// One to three digits of a share, perhaps with decimals.
const SHARE: &str = r"([0-9]{1,2}(?:\.[0-9]{1,2})?)";

/// 第一、二、三产业占比分别为7.1%、36.5%和56.4%; 第一产业就业人员占22.9%，第二产业就业人员占29.1%，第三产业就业人员占48.0%; the same of both sexes and
/// of town and country.
static KINDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let list = r"\s?[%％]\s?[、,，和]\s?";
    let of =
        |kind: &str| format!(r"{kind}[^，,。；;、0-9增降升提高低较比率]{{0,12}}占(?:比|的比重)?为?\s?{SHARE}\s?[%％]");
    let (one, two, three) = (of("第一产业"), of("第二产业"), of("第三产业"));
    let (men, women, town, country) = (of("男"), of("女"), of("城镇"), of("(?:乡村|农村)"));
    pattern(&format!(
        r"(?:三次产业|第一、?二、?三(?:次)?产业)[^。；;0-9]*(?:占|比重)[^。；;0-9增降升]*{SHARE}{list}{SHARE}{list}{SHARE}\s?[%％]|{one}[，,；;、]{two}[，,；;、]{three}|{men}[，,；;、]{women}|{town}[，,；;、]{country}"
    ))
});

/// What closes a whole.
static REST: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:the (?:remaining|other)|其余的?|剩余的?|余下的?)\s?(?:占|为)?\s?$"));

/// How far before a share, in bytes, the words stand that call it the remainder.
const LEAD: usize = 60;

/// What makes other wholes of the shares of a sentence: two of them are told in order, a share counts more than once or comes on top
/// of those of the sentence before ("Another 24%"), what remains is all that was not owned before, or is of a share ("half of the 20%").
const SEVERAL: [&str; 15] = [
    "respectively",
    "nother",
    "increments",
    "installments",
    "instalments",
    "each",
    "per year",
    "annually",
    "acqui",
    "purchase",
    "分别",
    "收购",
    "各",
    "alf of",
    "一半",
];

/// The most shares before a remainder: with more, some of them make up anything.
const MOST: usize = 6;

/// The wholes of a block.
pub fn claims(context: &Context, block: usize, span: Span, text: &str, claims: &mut Vec<Claim>) {
    static NAMED: LazyLock<Needles> =
        LazyLock::new(|| Needles::new(&["三次产业", "第一、", "第一二", "第一产业", "男", "城镇"]));
    if NAMED.any(text) {
        structure::claims(context, block, span, text, claims);
        if let Some(kinds) = &*KINDS {
            for found in kinds.captures_iter(text) {
                let shares = found.iter().skip(1).flatten().map(|share| {
                    let digits = Span::new(span.start as usize + share.start(), span.start as usize + share.end());
                    figure(context, block, digits, share.as_str())
                });
                let shares: Option<Vec<usize>> = shares.collect();
                claims.extend(shares.map(|shares| claim(context, shares)));
            }
        }
    }
    remainders(context, block, span, text, claims);
}

pub(super) fn claim(context: &Context, shares: Vec<usize>) -> Claim {
    let told = context.say("shares of one whole must come to 100%", "同一整体的各项占比之和应为100%");
    let names = vec![("shares", context.list(shares)), ("limit", super::limit(context))];
    context.claim(check::SHARES, names).nearly().saying(told)
}

/// A share as a percentage: the lexer's figure, or one read from a ratio.
pub(super) fn figure(context: &Context, block: usize, digits: Span, text: &str) -> Option<usize> {
    let percent = |index: &usize| context.figure(*index).quantity.scale == Scale::Percent;
    if let Some(index) = context.quantity_at(digits.start as usize).filter(percent) {
        return Some(index);
    }
    let value: Decimal = text.parse().ok()?;
    let quantity = Quantity {
        numerator: value.checked_div(Decimal::ONE_HUNDRED)?,
        place: -(value.scale() as i8) - 2,
        scale: Scale::Percent,
        whole: false,
        ..Quantity::default()
    };
    let figure =
        Figure { span: digits, digits, block: block as u32, class: Class::Quantity, quantity, unit: Unit::Unknown };
    Some(context.force(figure))
}

/// Sentences in which "the remaining 25%" closes the shares before it.
fn remainders(context: &Context, block: usize, span: Span, text: &str, claims: &mut Vec<Claim>) {
    let Some(words) = &*REST else { return };
    let figures = &context.reading.figures;
    let percents: Vec<usize> = context.figures_of(block).filter(|&i| is_share(&figures.at(i))).collect();
    for (position, &rest) in percents.iter().enumerate().skip(1) {
        let at = figures.span(rest).start as usize - span.start as usize;
        if !words.is_match(&text[text.floor_char_boundary(at.saturating_sub(LEAD))..at]) {
            continue;
        }
        let sentence = text::sentence_around(text, at);
        let inside = |&&i: &&usize| sentence.contains(&(figures.span(i).start as usize - span.start as usize));
        let before: Vec<usize> = percents[..position].iter().filter(inside).copied().collect();
        // Of about 60% no one knows what remains.
        let is_vague = |i: usize| {
            let quantity = &figures.at(i).quantity;
            let is_share = matches!(quantity.scale, Scale::Percent | Scale::Tenth);
            is_share && (quantity.hedge != Hedge::None || quantity.upper.is_some())
        };
        let in_sentence = |i: &usize| sentence.contains(&(figures.span(*i).start as usize - span.start as usize));
        if context.figures_of(block).filter(in_sentence).any(is_vague) {
            continue;
        }
        let rates = ["增长", "下降", "同比", "increase", "decrease", "grew", "fell", "rose"];
        let says = |words: &[&str]| words.iter().any(|word| text[sentence.clone()].contains(word));
        if before.is_empty() || before.len() > MOST || says(&rates) {
            continue;
        }
        let is_open = says(&SEVERAL);
        claims.extend(remainder(context, &before, rest).filter(|claim| !is_open || context.holds(claim)));
    }
}

/// The shares that, with the rest, make up the whole: all of them, or some of which the others are parts.
fn remainder(context: &Context, before: &[usize], rest: usize) -> Option<Claim> {
    let value = |index: usize| context.figure(index).quantity.value();
    let room = &Rational::from(before.len() as i64 + 1) * &Rational::ratio(1, 100);
    let whole = |some: &[usize]| {
        let sum = some.iter().fold(value(rest), |sum, &i| &sum + &value(i));
        (&sum - &Rational::ONE).abs() <= room
    };
    let all: Vec<usize> = before.iter().copied().chain([rest]).collect();
    if whole(before) {
        return Some(claim(context, all).at_most(Severity::Warning));
    }
    let subsets = 1..1usize << before.len();
    let some = |mask: usize| before.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1).map(|(_, &i)| i);
    let explained = subsets.into_iter().any(|mask| whole(&some(mask).collect::<Vec<_>>()));
    (!explained).then(|| claim(context, all).at_most(Severity::Warning))
}

fn is_share(figure: &Figure) -> bool {
    figure.class == Class::Quantity
        && figure.quantity.scale == Scale::Percent
        && figure.quantity.hedge == Hedge::None
        && figure.quantity.upper.is_none()
}
