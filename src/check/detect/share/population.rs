//! What bulletins and censuses derive from the people they count: 城镇化率, 性别比, 每户人口, 自然增长率.

use super::super::clause::{Said, Sentence, UnitKey};
use super::super::{Claim, Context};
use super::whole::without_end;
use crate::exact::{Range, Rational};
use crate::figure::Scale;

/// The checks of `share`, by index.
const OF_WHOLE: usize = 0;
const TIMES: usize = 3;

/// The rates of a sentence that follow from people counted in it, or in the one before it.
pub fn claims(context: &Context, sentence: &Sentence, before: Option<&Sentence>) -> Vec<Claim> {
    let found = (0..sentence.said.len()).filter_map(|at| {
        let said = &sentence.said[at];
        let words = without_end(said.words());
        match () {
            () if said.hedged => None,
            () if words.ends_with("城镇化率") => urban(context, sentence, before, said, words),
            () if said.is_amount() && is_household(words) => household(context, sentence, before, said),
            () if is_ratio(sentence, at) => ratio(context, sentence, before, said),
            () => None,
        }
    });
    found.collect()
}

/// 常住人口70.14万人，其中城镇人口35.16万人，常住人口城镇化率为50.13%.
fn urban(context: &Context, sentence: &Sentence, before: Option<&Sentence>, rate: &Said, words: &str) -> Option<Claim> {
    let is_registered = words.contains("户籍");
    let is_of_place = |said: &Said| said.gap.contains("户籍") == is_registered;
    let is_urban = |said: &Said| said.words().contains("城镇") && is_person(said) && !said.words().contains("新增");
    let is_all = |said: &Said| {
        let words = without_end(said.words());
        let is_part =
            ["城镇", "乡村", "农村", "男", "女", "出生", "死亡", "家庭户"].iter().any(|part| words.contains(part));
        words.ends_with("人口") && is_person(said) && !is_part && is_of_place(said)
    };
    let (part, whole) = (only(sentence, before, is_urban)?, only(sentence, before, is_all)?);
    let names = [("rate", rate), ("part", part), ("whole", whole)];
    let is_part = part.unit == whole.unit && value(context, part) <= value(context, whole);
    is_part.then(|| {
        let names = names.map(|(name, said)| (name, context.one(said.figure)));
        context.plainly(context.claim(OF_WHOLE, names.into()))
    })
}

fn is_household(words: &str) -> bool {
    let is_average = words.contains("平均") || words.contains("户均") || words.contains("每户");
    is_average && words.contains('户') && ["人口", "人数", "家庭户"].iter().any(|end| words.ends_with(end))
}

/// 家庭户294617户，家庭户人口为703095人。平均每个家庭户的人口为2.39人.
fn household(context: &Context, sentence: &Sentence, before: Option<&Sentence>, rate: &Said) -> Option<Claim> {
    let named = |said: &Said, end: &str| without_end(said.words()).ends_with(end) && !said.words().contains("平均");
    let persons = only(sentence, before, |said| is_person(said) && named(said, "家庭户人口"))?;
    let homes = only(sentence, before, |said| named(said, "家庭户"))?;
    let told = context.say("an average must be the quotient of the two counts", "平均数应等于两数之商");
    (homes.unit != persons.unit).then(|| times(context, 1, [rate, persons, homes]).saying(told))
}

/// That a figure is the quotient of two others, times a number.
fn times(context: &Context, base: i64, [rate, part, whole]: [&Said; 3]) -> Claim {
    let names = [("rate", rate), ("part", part), ("whole", whole)];
    let mut names: Vec<_> = names.map(|(name, said)| (name, context.one(said.figure))).into();
    names.push(("base", context.computed(Range::exact(Rational::from(base)), base.to_string())));
    context.plainly(context.claim(TIMES, names))
}

/// 性别比（以女性为100，男性对女性的比例）为105.07; what it was before stands behind 由.
fn is_ratio(sentence: &Sentence, at: usize) -> bool {
    let said = &sentence.said[at];
    let opens = said.gap.contains("性别比") && !said.gap.contains("出生");
    let before = at.checked_sub(1).map(|before| &sentence.said[before]);
    let earlier = at.checked_sub(2).map(|before| &sentence.said[before]);
    let base = |said: &Said| said.words().starts_with("以女性为") && said.gap.contains("性别比");
    let goes_on = before.is_some_and(|before| base(before) && !before.gap.contains("出生"));
    let is_told = said.words().ends_with(['为', '是', '比', '达']) && !said.words().contains(['由', '从', '与']);
    // 由97.45下降为91.45
    let moves = before.is_some_and(|before| before.words().contains(['由', '从']) && before.unit == UnitKey::None)
        && earlier.is_some_and(|earlier| base(earlier) && !earlier.gap.contains("出生"))
        && ["下降为", "下降到", "降为", "降至", "上升为", "上升到", "升为", "升至", "变为", "提高到"]
            .contains(&said.words());
    said.unit == UnitKey::None && !base(said) && (said.is_amount() && is_told && (opens || goes_on) || moves)
}

/// 男性人口为72334万人；女性人口为68844万人。总人口性别比为105.07.
fn ratio(context: &Context, sentence: &Sentence, before: Option<&Sentence>, ratio: &Said) -> Option<Claim> {
    let is_of = |said: &Said, sex: char| is_person(said) && without_end(said.words()).starts_with(sex);
    let men = only(sentence, before, |said| is_of(said, '男'))?;
    let women = only(sentence, before, |said| is_of(said, '女'))?;
    let told = context.say("a ratio of the sexes must follow from both counts", "性别比应由男女人数得出");
    (men.unit == women.unit).then(|| times(context, 100, [ratio, men, women]).saying(told))
}

/// Whether a figure counts persons, and stands for itself.
fn is_person(said: &Said) -> bool {
    let counts = matches!(said.unit, UnitKey::Counted(_) | UnitKey::Measure(..) | UnitKey::Noun(_));
    said.is_amount() && !said.hedged && counts
}

/// The only figure of a sentence that is so called, or else of the one before.
pub fn only<'a>(
    sentence: &'a Sentence,
    before: Option<&'a Sentence>,
    is_meant: impl Fn(&Said) -> bool,
) -> Option<&'a Said> {
    let in_one = |sentence: &'a Sentence| -> Option<Option<&'a Said>> {
        let mut all = sentence.said.iter().filter(|said| is_meant(said));
        all.next().map(|first| Some(first).filter(|_| all.next().is_none()))
    };
    in_one(sentence).or_else(|| before.and_then(in_one)).flatten()
}

fn value(context: &Context, said: &Said) -> Rational {
    context.figure(said.figure).quantity.value()
}

/// 出生率为5.20‰；死亡率为9.54‰；自然增长率为-4.34‰: what is left of births, as places in a sentence.
pub fn natural_growth(context: &Context, sentence: &Sentence) -> Option<[usize; 3]> {
    let of = |name: &str| {
        let is_meant = |at: &usize| {
            let said = &sentence.said[*at];
            let scale = context.figure(said.figure).quantity.scale;
            let words = without_end(said.words());
            matches!(scale, Scale::Permille | Scale::Percent)
                && !said.hedged
                && words.trim_start_matches("人口") == name
        };
        let mut all = (0..sentence.said.len()).filter(is_meant);
        all.next().filter(|_| all.next().is_none())
    };
    let all = [of("自然增长率")?, of("出生率")?, of("死亡率")?];
    let scale = |at: usize| context.figure(sentence.said[at].figure).quantity.scale;
    all.iter().all(|&at| scale(at) == scale(all[0])).then_some(all)
}
