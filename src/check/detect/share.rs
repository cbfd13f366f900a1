//! `share`: percentages over the counts they are said of, in sentences.

use super::clause::{Role, Said, Sentence, UnitKey};
use super::settle::Outcome;
use super::{Claim, Context, named_rates, population, share_adjusted, share_english, share_list, share_whole, slips};
use crate::diagnostic::Severity;
use crate::exact::Rational;
use crate::figure::Unit;

/// The shares of a sentence, which may be of counts in the one before it.
pub fn claims(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    let before = before.filter(|before| before.chinese == sentence.chinese);
    let claims = match sentence.chinese {
        true => all_in_chinese(context, sentence, before),
        false => share_english::claims(context, sentence, before),
    };
    share_adjusted::left_out(context, claims)
}

fn all_in_chinese(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    let mut claims: Vec<Claim> =
        (2..sentence.said.len()).filter_map(|at| share_whole::of_base(context, sentence, at)).collect();
    let named =
        |before| (0..sentence.said.len()).filter_map(move |at| share_whole::of_names(context, sentence, before, at));
    claims.extend(before.into_iter().flat_map(named));
    claims.extend(population::claims(context, sentence, before));
    claims.extend(named_rates::claims(context, sentence));
    if sentence.said.len() > 2 {
        claims.extend(in_chinese(context, sentence, before));
    } else if let Some(before) = before {
        claims.extend(among(context, sentence, before).or_else(|| elsewhere(context, sentence, Some(before), 1)));
    }
    claims
}

/// What a percentage is said to be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'a> {
    /// 占比, 占总数的, 增长面: the figure before it over a whole.
    Part,
    /// 占...的: the same, over the whole that these words name.
    PartOf(&'a str),
    /// 完成预算的: what was done over what was planned.
    Done,
    /// 办结率: the figure said of 办结 over another.
    Rate(&'a str),
}

/// A percentage with the figure it is said of.
struct Told<'a> {
    rate: usize,
    part: usize,
    kind: Kind<'a>,
}

/// A share whose whole the sentence before tells, or all parts of a list make up.
fn elsewhere(context: &Context, sentence: &Sentence, before: Option<&Sentence>, rate: usize) -> Option<Claim> {
    let words = sentence.said.get(rate).filter(|said| said.role == Role::Share)?.words();
    let named = match kind(words)? {
        Kind::Part => "",
        Kind::PartOf(words) => words,
        Kind::Done | Kind::Rate(_) => return None,
    };
    let of_list = || named.is_empty().then(|| share_list::of_list(context, sentence, rate)).flatten();
    before.and_then(|before| share_whole::of_before(context, sentence, before, rate, named)).or_else(of_list)
}

fn in_chinese(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    let mut claims = Vec::new();
    let told: Vec<Told> = (0..sentence.said.len()).filter_map(|at| told(sentence, at)).collect();
    let mut settled = Settled::default();
    let mut open = Vec::new();
    for one in &told {
        let wholes = wholes(sentence, one);
        let held = wholes.iter().find(|&&whole| is_held(context, sentence, one, one.part, whole));
        match held {
            Some(&whole) => {
                settled.add(one, one.part, whole);
                claims.push(claim(context, sentence, one, one.part, whole));
            }
            None => match (elsewhere(context, sentence, before, one.rate), other_pair(context, sentence, one)) {
                (Some(told), _) => claims.push(told),
                (None, Some((part, whole))) => {
                    settled.add(one, part, whole);
                    claims.push(claim(context, sentence, one, part, whole));
                }
                (None, None) => open.push((one, wholes)),
            },
        }
    }
    claims.extend(of_wrong_wholes(context, sentence, &mut open, &settled));
    for (one, wholes) in open {
        claims.extend(accuse(context, sentence, one, &wholes, &settled));
    }
    claims
}

/// So many shares of one whole must say what it should be, so precisely together: one unit in so many.
const AGREEING: usize = 2;
const PRECISE: i64 = 10_000;

/// Shares of one whole, none of which holds, if one slip in it explains all but one in four of them. Takes them from those that are open.
fn of_wrong_wholes(
    context: &Context,
    sentence: &Sentence,
    open: &mut Vec<(&Told, Vec<usize>)>,
    settled: &Settled,
) -> Vec<Claim> {
    let is_plain = |one: &Told| {
        let is_hedged = sentence.said[one.rate].hedged || sentence.said[one.part].hedged;
        matches!(one.kind, Kind::Part) && is_next(sentence, one) && !is_hedged && !is_one_of_several(sentence, one)
    };
    let mut wholes: Vec<usize> = open.iter().flat_map(|(_, wholes)| wholes).copied().collect();
    wholes.sort_unstable();
    wholes.dedup();
    for whole in wholes.into_iter().filter(|whole| !settled.figures.contains(whole)) {
        let of_whole = |one: &&(&Told, Vec<usize>)| is_plain(one.0) && one.1.contains(&whole);
        let shares: Vec<&Told> = open.iter().filter(of_whole).map(|one| one.0).collect();
        let all: Vec<Claim> = shares.iter().map(|one| claim(context, sentence, one, one.part, whole)).collect();
        let agreeing = slips::explain_together(context, &all, sentence.said[whole].figure);
        let precision = |&at: &usize| {
            let rate = context.figure(sentence.said[shares[at].rate].figure).quantity;
            rate.value().checked_div(&rate.place()).unwrap_or(Rational::ONE)
        };
        let precise = agreeing.iter().fold(Rational::ONE, |product, at| &product * &precision(at));
        if agreeing.len() >= AGREEING && 4 * agreeing.len() >= 3 * all.len() && precise >= Rational::from(PRECISE) {
            let rates: Vec<usize> = agreeing.iter().map(|&at| shares[at].rate).collect();
            open.retain(|(one, _)| !rates.contains(&one.rate));
            let explained = all.into_iter().enumerate().filter(|(at, _)| agreeing.contains(at));
            return explained.map(|(_, claim)| claim).collect();
        }
    }
    Vec::new()
}

/// 共收到来信528件。其中咨询类300件，占56.8%: the whole stands in the sentence before.
fn among(context: &Context, sentence: &Sentence, before: &Sentence) -> Option<Claim> {
    let [part, rate] = &sentence.said[..] else { return None };
    let is_part = part.gap.starts_with("其中") && part.is_amount() && matches!(kind(rate.words()), Some(Kind::Part));
    if !is_part || rate.role != Role::Share || part.hedged || rate.hedged || part.unit == UnitKey::None {
        return None;
    }
    let wholes = before.said.iter().filter(|whole| whole.is_amount() && whole.unit == part.unit && !whole.hedged);
    let claim = |whole: &Said| {
        let names = [("rate", rate), ("part", part), ("whole", whole)];
        context.claim(0, names.map(|(name, said)| (name, context.one(said.figure))).into())
    };
    let mut claims: Vec<Claim> = wholes.map(claim).collect();
    if let Some(holding) = claims.iter().position(|claim| context.holds(claim)) {
        return Some(claims.swap_remove(holding));
    }
    (claims.len() == 1).then(|| claims.pop().map(|claim| context.plainly(claim)))?
}

/// Whether a share holds of two figures: a part of its whole, unless it was planned; 30%以上 holds of too many to be told of any
/// but the one whole that its words name.
fn is_held(context: &Context, sentence: &Sentence, one: &Told, part: usize, whole: usize) -> bool {
    let value = |at: usize| context.reading.figures.at(sentence.said[at].figure).quantity.value();
    let hedged = sentence.said[one.rate].hedged;
    let plain = !hedged
        || matches!(one.kind, Kind::Part | Kind::PartOf(_)) && part == one.part && is_explicit(sentence, one, whole);
    plain
        && (one.kind == Kind::Done || value(part) <= value(whole))
        && context.holds(&claim(context, sentence, one, part, whole))
}

/// The figures of shares that hold: they have reconciled something themselves.
#[derive(Default)]
struct Settled {
    figures: Vec<usize>,
    parts: Vec<usize>,
    wholes: Vec<(usize, bool)>,
}

impl Settled {
    fn add(&mut self, one: &Told, part: usize, whole: usize) {
        self.figures.extend([part, whole]);
        self.parts.push(part);
        self.wholes.push((whole, matches!(one.kind, Kind::Part | Kind::PartOf(_))));
    }

    fn parts_of(&self, whole: usize) -> usize {
        self.wholes.iter().filter(|(other, is_part)| *other == whole && *is_part).count()
    }
}

/// What fails of a share that no figure of the sentence makes right: said only where its whole is settled, by other shares or
/// because there is no other.
fn accuse(context: &Context, sentence: &Sentence, one: &Told, wholes: &[usize], settled: &Settled) -> Option<Claim> {
    let said = |at: usize| &sentence.said[at];
    if said(one.rate).hedged || said(one.part).hedged || is_one_of_several(sentence, one) {
        return None;
    }
    let wholes: Vec<usize> = wholes.iter().copied().filter(|&whole| is_meant(sentence, one, whole)).collect();
    let proven: Vec<usize> = wholes.iter().copied().filter(|&whole| settled.figures.contains(&whole)).collect();
    let free = !proven.is_empty() && !settled.parts.contains(&one.part);
    let only = if let [only] = wholes[..] { Some(only) } else { leading_over(sentence, one, &wholes) };
    if !is_own(sentence, one, only, free) {
        return None;
    }
    if let Some(&whole) = proven.iter().find(|&&whole| settled.parts_of(whole) >= 2)
        && matches!(one.kind, Kind::Part)
        && is_next(sentence, one)
    {
        // Several shares of one whole hold, told in the same words: this one is no other thing.
        return Some(claim(context, sentence, one, one.part, whole));
    }
    let whole = match (&proven[..], only) {
        ([first, rest @ ..], _) => nearest_near(context, sentence, one, *first, rest)?,
        ([], Some(only)) if is_explicit(sentence, one, only) && is_larger(context, sentence, one, only) => only,
        _ => return None,
    };
    // 安卓9.0…9.0的设备只占0.1%: one number, twice.
    let figures = [one.part, whole].map(|at| context.figure(said(at).figure));
    if figures[0].quantity.value() == figures[1].quantity.value() && figures[0].unit == Unit::Unknown {
        return None;
    }
    let is_certain = is_own(sentence, one, only, false) && is_of_intake(one);
    if !is_certain && !is_one_off(context, sentence, one, whole) {
        return None;
    }
    let claim = context.plainly(claim(context, sentence, one, one.part, whole));
    let severity =
        if proven.is_empty() && !is_named(sentence, one, whole) { Severity::Warning } else { Severity::Error };
    Some(claim.at_most(severity))
}

/// 157家公司中，已公布的有68家，其中增长的55家，占比80.88%: of several wholes the one that 其中 leads over from.
fn leading_over(sentence: &Sentence, one: &Told, wholes: &[usize]) -> Option<usize> {
    let whole = one.part.checked_sub(1).filter(|whole| wholes.contains(whole))?;
    let words = sentence.said[one.part].gap.trim_start_matches([',', ';', '(']);
    (matches!(one.kind, Kind::Part) && words.starts_with("其中")).then_some(whole)
}

/// 分别出资400万元（占57%）、300万元（占43%）; 6.33万瓶、3.45万瓶，分别占比24.53%、13.38%: several parts of one whole, told one after the other.
fn is_one_of_several(sentence: &Sentence, one: &Told) -> bool {
    let said = &sentence.said;
    let lists = |at: usize| said[at].gap.contains("分别") || said[at].gap.ends_with("各");
    let follows = |at: &usize| said[*at].unit == said[one.part].unit && said[*at].is_amount();
    let first = (0..one.part).rev().take_while(|at| follows(at) || said[*at].role == Role::Share).last();
    (first.unwrap_or(one.part)..=one.rate).any(lists)
}

/// Whether a rate is one of the counts beside it and of nothing else: what it is a rate of is what was counted (办结1180件,
/// 办结率), in the same words: 按时办结率, 上年办结率 and 重大隐患整改率 are others. `free`: another share proves the whole, and none
/// has used the part; then further words only say what was counted (履行510件, 协议履行率).
fn is_own(sentence: &Sentence, one: &Told, whole: Option<usize>, free: bool) -> bool {
    let stem = match one.kind {
        Kind::Done => return true,
        Kind::Part | Kind::PartOf(_) => return is_of_part(sentence, one),
        Kind::Rate(stem) => stem,
    };
    let words = sentence.said[one.rate].words().trim_end_matches(ENDS);
    let name = words.trim_end_matches('率').trim_end_matches(stem);
    let name = if NEUTRAL.contains(&name) { "" } else { name };
    let counted = || {
        let (part, noun) = (sentence.said[one.part].words(), sentence.noun(one.part));
        let at = part.rfind(stem).map(|at| &part[..at]).or_else(|| noun.find(stem).map(|at| &noun[..at]));
        at.is_some_and(|before| {
            // 受理投诉1044861件，解决836072件，投诉解决率80.02%
            let of_whole = whole.is_some_and(|whole| !name.is_empty() && sentence.said[whole].words().ends_with(name));
            free || name.is_empty() || of_whole || before.ends_with(name) || sentence.said[one.part].gap.contains(name)
        })
    };
    said_of(sentence, one.part, stem) && counted()
}

/// Whether a share is of the figure before it: nothing stands before 占 in its clause, or the name of what was counted. 手术2019例,
/// 三四级手术占比 is of others, which are not printed.
fn is_of_part(sentence: &Sentence, one: &Told) -> bool {
    let words = sentence.said[one.rate].words();
    let subject = words.rfind('占').map_or("", |at| &words[..at]);
    let subject = OPENING.iter().fold(subject, |subject, word| subject.trim_start_matches(word).trim_end_matches(word));
    let part = &sentence.said[one.part];
    // 民间投资215.0亿元；工业投资增长7.9%，占24.6%: another statement, of a part that is not printed.
    let among =
        sentence.said[one.part + 1..=one.rate].iter().any(|said| said.gap.contains("其中") || said.gap.contains(';'));
    !among && (subject.is_empty() || part.words().ends_with(subject) || sentence.noun(one.part).contains(subject))
}

/// Words before 占 that name nothing.
const OPENING: [&str; 18] = [
    "约", "仅", "所", "共", "其", "也", "均", "已", "就", "只", "大约", "合计", "总计", "分别", "各", "数量", "人数",
    "金额",
];

/// Whether a figure may be the whole that the words of a share name: 占全省的 is none of those printed.
fn is_meant(sentence: &Sentence, one: &Told, whole: usize) -> bool {
    let Kind::PartOf(words) = one.kind else { return true };
    if ["总数", "总量", "总额", "全部", "总体", "总", "其"].contains(&words) {
        return true;
    }
    let (words, label) = (&name_of(words)[..], &label(sentence, whole)[..]);
    let pairs = words.char_indices().rev().zip(label.chars().rev());
    let common = pairs.take_while(|((_, a), b)| a == b).last().map_or(words.len(), |((at, _), _)| at);
    let qualifier = &words[..common];
    let is_its_name = words.len() - common == label.len() && !qualifier.contains(['全', '同']);
    words.chars().count() - qualifier.chars().count() >= 2
        && (is_its_name
            || ["", "全部", "所有", "总"].contains(&qualifier)
            || sentence.said[whole].gap.contains(qualifier))
}

/// What the words of a share call its whole, and what a figure is called.
fn name_of(words: &str) -> String {
    let words = ["总数", "总量", "总额", "总值"].iter().fold(words, |words, end| words.trim_end_matches(end));
    share_whole::plain_name(words)
}

fn label(sentence: &Sentence, at: usize) -> String {
    name_of(share_whole::without_end(sentence.said[at].words()))
}

/// Whether the whole is told in the same statement, and not less than what is said to be done with it.
fn is_larger(context: &Context, sentence: &Sentence, one: &Told, whole: usize) -> bool {
    let value = |at: usize| context.figure(sentence.said[at].figure).quantity.value();
    let apart =
        sentence.said[whole + 1..=one.part].iter().any(|said| said.gap.contains(';') && !said.gap.contains("其中"));
    match one.kind {
        Kind::Done => true,
        Kind::Part => !apart,
        // Words that name the whole name it in the next statement, too, unless it is a part of that whole itself.
        Kind::PartOf(words) => {
            let name = name_of(words);
            let is_named = name.chars().count() > 2 && label(sentence, whole).ends_with(&name);
            !apart || is_named && !sentence.said[whole + 1].words().starts_with('占')
        }
        Kind::Rate(_) => !apart && value(one.part) <= value(whole),
    }
}

/// Whether the words say that the base is all that came in: what is done with all of it in the end. Appeals, mediation, hearings
/// and the like have bases of their own, which may not be printed.
fn is_of_intake(one: &Told) -> bool {
    let Kind::Rate(stem) = one.kind else { return true };
    INTAKE.contains(&stem)
}

/// What is done with all that comes in.
const INTAKE: [&str; 26] = [
    "办结", "结案", "审结", "整改", "合格", "完成", "履行", "回复", "答复", "销号", "处置", "处理", "修复", "解决",
    "成功", "达标", "就业", "入学", "优良", "优秀", "及格", "参保", "覆盖", "回收", "执行", "兑现",
];

/// Whether a percentage misses the share by no more than a unit of its last digit, as digits that were cut off do: chance hardly
/// makes that.
fn is_one_off(context: &Context, sentence: &Sentence, one: &Told, whole: usize) -> bool {
    let quantity = |at: usize| context.figure(sentence.said[at].figure).quantity;
    let rate = quantity(one.rate);
    let share = quantity(one.part).value().checked_div(&quantity(whole).value());
    share.is_some_and(|share| (&share - &rate.value()).abs() <= rate.place())
}

/// Words before the name of a rate that make no other rate of it.
const NEUTRAL: [&str; 8] = ["总", "总体", "综合", "全年", "全省", "全市", "全县", "全区"];

/// Of proven wholes the only one that a slip explains.
fn nearest_near(context: &Context, sentence: &Sentence, one: &Told, first: usize, rest: &[usize]) -> Option<usize> {
    let near = |&whole: &usize| context.outcome(&claim(context, sentence, one, one.part, whole)) == Outcome::Near;
    let mut all = std::iter::once(first).chain(rest.iter().copied()).filter(near);
    let found = all.next()?;
    all.next().is_none().then_some(found)
}

/// The percentage directly behind its part, in the next clause.
fn is_next(sentence: &Sentence, one: &Told) -> bool {
    one.rate == one.part + 1 && sentence.said[one.rate].clause <= sentence.said[one.part].clause + 1
}

/// The words leave no doubt which figures are meant, though nothing else proves it.
fn is_explicit(sentence: &Sentence, one: &Told, whole: usize) -> bool {
    let said = &sentence.said;
    let between = &said[whole + 1..one.part];
    let is_next = share_whole::part_of(sentence, one.rate) == Some(one.part);
    let between_them = (one.rate - one.part) as u32;
    let near_by = is_next && said[one.rate].clause <= said[one.part].clause + between_them;
    let digits = said[one.rate].clause.saturating_sub(said[whole].clause) <= 5;
    match one.kind {
        Kind::Part => {
            // 占34.2%，其中…: a whole that is itself a share of something else must be named as the whole.
            let named = said[whole + 1..=one.part].iter().any(|said| said.gap.contains("其中"));
            let plain = said[whole + 1].role != Role::Share || named;
            near_by
                && digits
                && plain
                && between.iter().all(|said| !said.is_amount() || said.unit != sentence.said[whole].unit)
        }
        Kind::PartOf(words) => near_by && names_same(sentence, whole, words, 3),
        Kind::Done => near_by,
        Kind::Rate(stem) => near_by && said_of(sentence, one.part, stem),
    }
}

/// Whether the words also say that the part is one of the whole: 其中, the whole's own name, 完成预算的.
fn is_named(sentence: &Sentence, one: &Told, whole: usize) -> bool {
    let among = sentence.said[whole + 1..=one.part].iter().any(|said| said.gap.contains("其中"));
    // 在41个行业中，有30个…
    let among = among || sentence.noun(whole).ends_with('中');
    match one.kind {
        Kind::Part => among || names_same(sentence, whole, sentence.said[one.part].words().trim_end_matches(ENDS), 2),
        Kind::PartOf(_) | Kind::Done => true,
        Kind::Rate(_) => among,
    }
}

/// Words at the end of a label that only lead over to its figure.
const ENDS: [char; 6] = ['为', '达', '共', '有', '是', '到'];

/// Whether the words before a figure name what `words` name, the last `least` characters at any rate.
fn names_same(sentence: &Sentence, whole: usize, words: &str, least: usize) -> bool {
    let (words, label) = (&name_of(words)[..], &label(sentence, whole)[..]);
    let common = |a: &str, b: &str| a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count();
    !words.is_empty()
        && (label.ends_with(words) || common(label, words) >= least || sentence.said[whole].gap.contains(words))
}

/// Whether what is counted is what the rate is a rate of: 办结 in the words before or behind the figure.
fn said_of(sentence: &Sentence, part: usize, stem: &str) -> bool {
    // 不合格 says nothing of 合格.
    let says = |words: &str| words.match_indices(stem).any(|(at, _)| !words[..at].ends_with(NEGATIONS));
    !stem.is_empty() && (says(sentence.said[part].words()) || says(sentence.noun(part)))
}

/// Characters that make the contrary of what follows.
const NEGATIONS: [char; 3] = ['不', '未', '非'];

fn claim(context: &Context, sentence: &Sentence, one: &Told, part: usize, whole: usize) -> Claim {
    let figure = |at: usize| context.one(sentence.said[at].figure);
    context.claim(0, vec![("rate", figure(one.rate)), ("part", figure(part)), ("whole", figure(whole))])
}

/// A percentage that is said of a figure before it.
fn told(sentence: &Sentence, at: usize) -> Option<Told<'_>> {
    let rate = &sentence.said[at];
    if rate.role != Role::Share {
        return None;
    }
    let kind = kind(rate.words())?;
    let amounts = (0..at).rev().filter(|&i| sentence.said[i].is_amount());
    let part = match kind {
        Kind::Rate(stem) => {
            let mut all = amounts.clone().filter(|&i| said_of(sentence, i, stem));
            all.next().or_else(|| amounts.clone().next())?
        }
        _ => amounts.clone().next()?,
    };
    let is_near = sentence.said[at].clause - sentence.said[part].clause <= 8;
    is_near.then_some(Told { rate: at, part, kind })
}

/// 增长面 and the like: the share of all branches that are counted in which something grows.
const BREADTHS: [&str; 8] = ["增长", "回升", "上涨", "下降", "改善", "盈利", "亏损", "受益"];

/// What the words before a percentage say it is.
fn kind(words: &str) -> Option<Kind<'_>> {
    let words = words.trim_end_matches(['为', '达', '到', '了', '约', '至', '近', '超']);
    if words.contains('较') || words.contains("比上年") || words.contains("同比") || words.contains("高于") {
        return None;
    }
    if let Some(stem) = words.strip_suffix('率') {
        return Some(Kind::Rate(last_two(stem.trim_start_matches('总'))));
    }
    if let Some(at) = words.rfind('占') {
        let of = words[at + '占'.len_utf8()..].trim_start_matches('到');
        let of = ["比重", "比例", "的"].iter().fold(of, |of, end| of.trim_end_matches(end));
        return Some(match of {
            "" | "比" => Kind::Part,
            _ => Kind::PartOf(of),
        });
    }
    if words.contains("完成")
        && (words.contains("预算") || words.contains("计划") || words.contains("目标") || words.contains("任务"))
    {
        return Some(Kind::Done);
    }
    if words.strip_suffix('面').is_some_and(|stem| BREADTHS.contains(&last_two(stem))) {
        return Some(Kind::Part);
    }
    ["面", "比例", "比重"].iter().find_map(|end| words.strip_suffix(end)).map(|stem| Kind::Rate(last_two(stem)))
}

/// The last two characters, and what negates them.
fn last_two(words: &str) -> &str {
    let start = words.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
    let start = words[..start].strip_suffix(NEGATIONS).map_or(start, str::len);
    &words[start..]
}

/// The figures before a percentage that it may be a share of, likeliest first.
fn wholes(sentence: &Sentence, one: &Told) -> Vec<usize> {
    let said = &sentence.said;
    let unit = &said[one.part].unit;
    if one.kind == Kind::Done {
        let planned = sentence
            .levels_before(one.part, unit)
            .find(|&i| said[i].words().contains("预算") || said[i].words().contains("计划"));
        return planned.into_iter().collect();
    }
    let mut wholes: Vec<usize> = sentence.levels_before(one.part, unit).take(6).collect();
    // What other parts of the same list are is no whole.
    let is_part = |i: usize| {
        let next = said.get(i + 1);
        next.is_some_and(|next| next.role == Role::Share && matches!(kind(next.words()), Some(Kind::Part)))
    };
    if matches!(one.kind, Kind::Part) {
        wholes.retain(|&i| !is_part(i));
    }
    wholes
}

/// Another pair of figures before the percentage that it is the share of: it holds, whatever the words say.
fn other_pair(context: &Context, sentence: &Sentence, one: &Told) -> Option<(usize, usize)> {
    let unit = &sentence.said[one.part].unit;
    let all: Vec<usize> = sentence.levels_before(one.rate, unit).take(8).collect();
    let pairs = all.iter().flat_map(|&part| all.iter().map(move |&whole| (part, whole)));
    let mut pairs = pairs.filter(|(part, whole)| part > whole);
    pairs.find(|&(part, whole)| is_held(context, sentence, one, part, whole))
}
