//! GRIM: a mean or a percentage of N whole things is possible only if some whole number of them prints so.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::{Claim, Context, pattern};
use crate::diagnostic::Severity;
use crate::exact::Rational;
use crate::figure::{Hedge, Scale};
use crate::text::Needles;

/// 43.7% of the 35 participants; 35名被试中，43.7%为女性: persons, whose number is a whole one.
static SHARES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let people = "participants|patients|respondents|students|subjects|pupils|teachers|women|men|girls|boys|adults|interviewees|volunteers|nurses|employees";
    let persons = "被试|参与者|受试者|受访者|患者|病人|病例|学生|教师|志愿者|调查对象|研究对象";
    pattern(&format!(
        r"(?P<rate>[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?)(?:\s?%| percent| per cent) of (?:all |the |our |these |those ){{0,2}}(?P<n>[0-9]{{1,4}}) (?:\w+ )?(?:{people})\b|(?P<n2>[0-9]{{1,4}})\s?[名例位]\p{{Han}}{{0,6}}?(?:{persons})中[，,]?\s?(?:有\s?)?(?P<rate2>[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?)\s?[%％]的?"
    ))
});

/// M = 3.45, SD = 1.20, N = 20, in either order.
static MEANS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mean = r"(?:\bM|\bMean|均值|平均数|平均分)\s?[=＝]\s?(?P<mean>[0-9]{1,3}[.．][0-9]{1,4})";
    let size = r"\b[Nn]\s?[=＝]\s?(?P<n>[0-9]{1,4})";
    let other = r"(?:\s?[,，;；]\s?(?:SD|SE|标准差)\s?[=＝]\s?[0-9.]{1,7})?";
    pattern(&format!(r"{mean}{other}\s?[,，;；]\s?{size}"))
});

/// What says that each score is a whole number, and one number a person.
static WHOLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)single[- ]item|one[- ]item|single (?:\d-point )?(?:likert|question)|number of (?:errors|children|siblings|visits|correct|items recalled|words recalled|friends|trials|cigarettes|drinks|days)|whole[- ]number|integer|单一题目|单个题目|单题|整数|正确题数|错误个数|次数|子女数|个数",
    )
});

/// What makes a count that is no whole number of persons, or another base.
static DOUBT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)weighted|adjusted|imput|averag|composite|scale score|estimated|missing|valid|trimmed|加权|估计|缺失|有效|平均|均分|插补",
    )
});

/// Claims of a block that its percentages of persons are possible.
pub fn shares(context: &Context, block: usize, text: &str, claims: &mut Vec<Claim>) {
    if may_share(text)
        && let Some(shares) = &*SHARES
    {
        let found = shares.captures_iter(text).filter(|found| !is_doubtful(text, found) && !is_possessive(text, found));
        claims.extend(found.filter_map(|found| {
            let rate = found.name("rate").or(found.name("rate2"))?.start();
            claim(context, block, rate, found.name("n").or(found.name("n2"))?.start())
        }));
    }
}

/// Claims of a block that its means are possible.
pub fn means(context: &Context, block: usize, text: &str, claims: &mut Vec<Claim>) {
    if may_mean(text)
        && let Some(means) = &*MEANS
    {
        let whole = |found: &Captures| WHOLE.as_ref().is_some_and(|whole| whole.is_match(sentence(text, found)));
        let found = means.captures_iter(text).filter(|found| whole(found) && !is_doubtful(text, found));
        claims.extend(
            found.filter_map(|found| claim(context, block, found.name("mean")?.start(), found.name("n")?.start())),
        );
    }
}

/// Whether a percentage of persons may stand in a text, told at little cost.
fn may_share(text: &str) -> bool {
    static PERSONS: LazyLock<Needles> =
        LazyLock::new(|| Needles::new(&["% of ", "cent of ", "被试", "者中", "人中", "例中", "生中", "师中", "象中"]));
    text.len() > 10 && PERSONS.any(text)
}

/// Whether a mean with its number of cases may stand in a text.
fn may_mean(text: &str) -> bool {
    text.contains(['=', '＝']) && text.contains(['N', 'n']) && (text.contains('M') || text.contains('均'))
}

fn sentence<'a>(text: &'a str, found: &Captures) -> &'a str {
    let at = found.get(0).map_or(0, |whole| whole.start());
    &text[crate::text::sentence_around(text, at)]
}

/// Whether it is something of the persons that is shared out: 15.5% of 20 patients' visits.
fn is_possessive(text: &str, found: &Captures) -> bool {
    found.get(0).is_some_and(|whole| text[whole.end()..].starts_with(['\'', '’']))
}

fn is_doubtful(text: &str, found: &Captures) -> bool {
    DOUBT.as_ref().is_none_or(|doubt| doubt.is_match(sentence(text, found)))
}

/// The claim of one mean or rate; none where so many things make every value possible.
fn claim(context: &Context, block: usize, rate: usize, size: usize) -> Option<Claim> {
    let start = context.reading.document.blocks.at(block).span.start as usize;
    let (rate, size) = (context.quantity_at(start + rate)?, context.quantity_at(start + size)?);
    let (rated, sized) = (context.figure(rate).quantity, context.figure(size).quantity);
    let plain = rated.hedge == Hedge::None && sized.hedge == Hedge::None && sized.whole && sized.scale == Scale::Plain;
    let powerful = &rated.place() * &sized.value() < Rational::ONE;
    let told = context.say("no whole number of them gives this value", "没有哪个整数能得出这个数值");
    let names = vec![("rate", context.one(rate)), ("n", context.one(size))];
    (plain && powerful && sized.value().is_positive())
        .then(|| context.claim(1, names).at_most(Severity::Warning).saying(told).unblamed())
}
