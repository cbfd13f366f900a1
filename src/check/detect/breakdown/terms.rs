//! Sums and differences whose words name every term, without 其中: 进出口总额1000亿元，出口600亿元，进口400亿元; 收入100亿元，支出88亿元，结余12亿元.

use super::super::clause::{Said, Sentence};
use super::super::settle::Outcome;
use super::super::share::population;
use super::super::{Claim, Context};
use super::chance::chance;
use super::{DIFFERENCE, SUM};

/// What follows from two others: the words of all three.
struct Identity {
    /// The sum, or what is left.
    result: Term,
    /// The terms: both are added, or the second is taken off the first.
    terms: [Term; 2],
    check: usize,
}

/// The words of a figure: one of these, and none of those.
struct Term {
    words: &'static [&'static str],
    without: &'static [&'static str],
}

const fn term(words: &'static [&'static str], without: &'static [&'static str]) -> Term {
    Term { words, without }
}

const fn sum(result: Term, one: Term, other: Term) -> Identity {
    Identity { result, terms: [one, other], check: SUM }
}

const fn difference(result: Term, from: Term, less: Term) -> Identity {
    Identity { result, terms: [from, less], check: DIFFERENCE }
}

const IDENTITIES: [Identity; 10] = [
    sum(term(&["进出口"], &["差"]), term(&["出口"], &["进出口"]), term(&["进口"], &[])),
    sum(term(&["债务"], &["一般债", "专项债"]), term(&["一般债务"], &[]), term(&["专项债务"], &[])),
    sum(term(&["收入"], &["税"]), term(&["税收"], &["非税"]), term(&["非税"], &[])),
    sum(term(&PERSONS, &["男", "女", "人均"]), term(&["男"], &["女"]), term(&["女"], &["男"])),
    sum(
        term(&["人口", "零售", "就业"], &["城镇", "乡村", "农村", "均"]),
        term(&["城镇"], &["均"]),
        term(&["乡村", "农村"], &["均"]),
    ),
    difference(term(&["顺差"], &[]), term(&["出口"], &["进出口"]), term(&["进口"], &[])),
    difference(term(&["逆差"], &[]), term(&["进口"], &[]), term(&["出口"], &["进出口"])),
    difference(
        term(&["结余", "结存"], &["滚存", "累计", "年末", "期末", "结转", "历年"]),
        term(&["收入"], &[]),
        term(&["支出"], &[]),
    ),
    difference(
        term(&["结转下年"], &["使用"]),
        term(&["收入合计", "收入总计"], &[]),
        term(&["支出合计", "支出总计"], &[]),
    ),
    difference(
        term(&["净资产", "所有者权益"], &["归属", "归母"]),
        term(&["资产"], &["净资产", "固定", "流动", "无形"]),
        term(&["负债"], &["流动", "率"]),
    ),
];
/// Figures that count persons.
const PERSONS: [&str; 12] =
    ["人口", "人数", "职工", "学生", "教师", "员工", "人员", "党员", "代表", "患者", "农民工", "会员"];
/// Words of another time, or of what is planned: figures that do not share them are not told of one thing.
const APART: [&str; 14] =
    ["上年", "去年", "同期", "年初", "计划", "目标", "预算数", "预算为", "累计", "新增", "以上", "以下", "其中", "另"];
/// Words that no two figures of one thing have.
const CONTRARY: [(&str, &str); 2] = [("限额", "余额"), ("期初", "期末")];
/// Words before the name of a figure behind the first that name no other place or thing.
const PLAIN: [&str; 16] = [
    "全年",
    "当期",
    "总",
    "当年",
    "本年",
    "年末",
    "货物",
    "贸易",
    "进出口",
    "外贸",
    "收支相抵",
    "实现",
    "完成",
    "商品",
    "地方",
    "常住",
];
/// How likely a slip by chance may be, in percent.
const CHANCE: i128 = 40;

/// The sums and differences of a sentence, `before` being the one before it in its paragraph.
pub fn claims(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    if !sentence.chinese {
        return Vec::new();
    }
    let amounts: Vec<usize> = (0..sentence.said.len()).filter(|&at| sentence.said[at].is_amount()).collect();
    let mut claims: Vec<Claim> =
        amounts.windows(3).filter_map(|three| in_row(context, sentence, [three[0], three[1], three[2]])).collect();
    claims.extend(before.and_then(|before| left(context, sentence, before)));
    claims.extend(natural_growth(context, sentence));
    claims
}

/// 出生率为5.20‰；死亡率为9.54‰；自然增长率为-4.34‰.
fn natural_growth(context: &Context, sentence: &Sentence) -> Option<Claim> {
    let [growth, births, deaths] = population::natural_growth(context, sentence)?.map(|at| sentence.said[at].figure);
    let (births, deaths) = (context.list([births]), context.list([deaths]));
    let names = vec![("total", context.one(growth)), ("parts", births), ("less", deaths)];
    Some(context.plainly(context.claim(DIFFERENCE, names)))
}

/// Three amounts in a row that an identity names: where it fails, the sentence must tell no other amount of the unit.
fn in_row(context: &Context, sentence: &Sentence, three: [usize; 3]) -> Option<Claim> {
    let said = |at: usize| &sentence.said[at];
    let unit = &said(three[0]).unit;
    let fits = |at: &usize| !said(*at).hedged && said(*at).unit == *unit && said(*at).bracket == said(three[0]).bracket;
    let apart = three.windows(2).all(|pair| said(pair[0]).clause != said(pair[1]).clause);
    if !three.iter().all(fits) || !apart || three[2] - three[0] > MOST_BETWEEN {
        return None;
    }
    let orders = [[0, 1, 2], [0, 2, 1], [2, 0, 1], [2, 1, 0]].map(|order| order.map(|at| three[at]));
    let named = |one: &&Identity, order: &[usize; 3]| one.names(order.map(|at| said(at).words()));
    let found = IDENTITIES.iter().find_map(|one| Some((one, *orders.iter().find(|order| named(&one, order))?)));
    let (identity, order) = found?;
    let claim = identity.claim(context, order.map(said));
    if context.holds(&claim) {
        return Some(claim);
    }
    // 出口312.6亿元，进口340.3亿元，顺差27.7亿元: more came in than went out.
    if identity.check == DIFFERENCE && context.holds(&identity.claim(context, [order[0], order[2], order[1]].map(said)))
    {
        return Some(claim.saying(context.other_direction()).unblamed());
    }
    // What has been left over the years stands beside what is left of this one.
    let is_of_years = |other: &Said| ["累计", "滚存", "历年"].iter().any(|word| other.words().contains(word));
    let others = (0..sentence.said.len()).filter(|&at| {
        let other = said(at);
        !three.contains(&at) && other.is_amount() && other.unit == *unit && !is_of_years(other)
    });
    let others: Vec<Option<&Identity>> = others.map(|other| told_with(sentence, other, three)).collect();
    let is_near = context.outcome(&claim) == Outcome::Near;
    let is_entitled =
        others.iter().all(Option::is_some) && is_of_one_thing(three.map(|at| said(at).words())) && is_near;
    // Four amounts that two identities name leave chance little room.
    let is_likely = others.is_empty() && chance(context, sentence, order[0], &order[1..]) > CHANCE;
    (is_entitled && !is_likely).then_some(claim)
}

/// The identity by which an amount is named beside two of three others: 顺差 beside 进出口, 出口 and 进口.
fn told_with(sentence: &Sentence, other: usize, three: [usize; 3]) -> Option<&'static Identity> {
    let words = |at: usize| sentence.said[at].words();
    let pairs = || three.iter().flat_map(|&one| three.iter().map(move |&another| (one, another)));
    IDENTITIES.iter().find(|identity| {
        pairs().any(|(one, another)| one != another && identity.names([words(other), words(one), words(another)]))
    })
}

/// Between the first and the last of three amounts stand at most so many figures (rates, changes).
const MOST_BETWEEN: usize = 10;

/// 其中，出口600亿元；进口400亿元。贸易顺差200亿元: the difference opens the sentence behind its terms.
fn left(context: &Context, sentence: &Sentence, before: &Sentence) -> Option<Claim> {
    let result = sentence.said.first().filter(|said| said.is_amount() && !said.hedged)?;
    let words = result.words().trim_end_matches(ENDS);
    let bare = OPENING.iter().fold(words, |words, opening| words.trim_start_matches(opening));
    let identity = IDENTITIES.iter().find(|one| one.check == DIFFERENCE && one.result.words.contains(&bare))?;
    let only = |term: &Term| {
        let mut all = before.said.iter().filter(|said| said.is_amount() && term.names(said.words()));
        all.next().filter(|said| all.next().is_none() && said.unit == result.unit && !said.hedged)
    };
    let claim = identity.claim(context, [result, only(&identity.terms[0])?, only(&identity.terms[1])?]);
    (context.outcome(&claim) != Outcome::Far).then_some(claim)
}

/// Words before a difference that name nothing else.
const OPENING: [&str; 9] = ["全年", "货物", "进出口", "外贸", "对外贸易", "贸易", "收支相抵", "实现", "当年"];
/// Words behind a name.
const ENDS: [char; 6] = ['为', '达', '到', '了', '共', '是'];

impl Identity {
    /// Whether the words name the result and both terms.
    fn names(&self, words: [&str; 3]) -> bool {
        let [result, one, other] = words;
        self.result.names(result) && self.terms[0].names(one) && self.terms[1].names(other)
    }

    /// The claim of the result and both terms.
    fn claim(&self, context: &Context, [result, one, other]: [&Said; 3]) -> Claim {
        let (total, list) = (context.one(result.figure), |said: &[&Said]| context.list(said.iter().map(|s| s.figure)));
        let names = match self.check {
            SUM => vec![("total", total), ("parts", list(&[one, other]))],
            _ => vec![("total", total), ("parts", list(&[one])), ("less", list(&[other]))],
        };
        context.claim(self.check, names)
    }
}

impl Term {
    fn names(&self, words: &str) -> bool {
        let has = |all: &[&str]| all.iter().any(|word| words.contains(word));
        has(self.words) && !has(self.without) && !words.contains("其中")
    }
}

/// Whether three names, in the order of the text, share what they say of time, and those behind the first say nothing of place: 全市进出口,
/// 出口, 进口.
fn is_of_one_thing(names: [&str; 3]) -> bool {
    let all = |word: &str| names.iter().all(|own| own.contains(word));
    let some = |word: &str| names.iter().any(|own| own.contains(word));
    let is_bare = |own: &&str| {
        let own = PLAIN.iter().fold(*own, |own, word| own.trim_start_matches(word));
        let starts = |term: &Term| term.words.iter().any(|word| own.starts_with(word));
        own.is_empty() || IDENTITIES.iter().any(|one| one.terms.iter().chain([&one.result]).any(starts))
    };
    APART.iter().all(|word| all(word) || !some(word))
        && !CONTRARY.iter().any(|(one, other)| some(one) && some(other))
        && names[1..].iter().all(is_bare)
}
