//! Net figures: what is told behind them makes them up as a difference. 净投放12.35亿元（投放100.25亿元、回笼87.90亿元）; "net debt of $88
//! million consisted of debt of $100 million and cash of $12 million".

use super::super::clause::Sentence;
use super::super::{Claim, Context};
use super::DIFFERENCE;

/// Words of a figure that is left when something is taken off.
const NET: [&str; 19] = [
    "净", "差", "余", "盈", "亏", "赤字", "缺口", "毛利", "利润", "价值", "增长", "应纳", "应交", "实发", "节约", "减",
    "相抵", "财力", "增收",
];
const NET_ENGLISH: [&str; 6] = ["net", "surplus", "deficit", "gain", "profit", "margin"];
/// What is added and what is taken off: such two are no parts of one sum where their total is a net one.
const OPPOSITES: [(&str, &str); 32] = [
    ("收入", "支出"),
    ("收入", "成本"),
    ("流入", "流出"),
    ("投放", "回笼"),
    ("买入", "卖出"),
    ("资产", "负债"),
    ("出口", "进口"),
    ("增加", "减少"),
    ("新增", "核销"),
    ("新增", "减少"),
    ("新设", "注销"),
    ("发行", "偿还"),
    ("发行", "到期"),
    ("出生", "死亡"),
    ("迁入", "迁出"),
    ("购进", "销售"),
    ("销项", "进项"),
    ("应发", "扣"),
    ("原值", "折旧"),
    ("总额", "减值"),
    ("借方", "贷方"),
    ("需求", "供给"),
    ("预算", "中标"),
    ("预算", "决算"),
    ("送审", "审定"),
    ("debt", "cash"),
    ("export", "import"),
    ("inflow", "outflow"),
    ("asset", "liabilit"),
    ("revenue", "expens"),
    ("arriv", "depart"),
    ("opening", "closure"),
];
/// Differences that hold by what their words mean, whatever else is told: the total's words, what is added, what is taken off.
const MEANT: [(&[&str], &str, &str); 11] = [
    (&["净投放"], "投放", "回笼"),
    (&["净回笼"], "回笼", "投放"),
    (&["顺差"], "出口", "进口"),
    (&["逆差"], "进口", "出口"),
    (&["净资产", "所有者权益"], "资产", "负债"),
    (&["净流入"], "流入", "流出"),
    (&["结余"], "收入", "支出"),
    (&["赤字"], "支出", "收入"),
    (&["自然增长"], "出生", "死亡"),
    (&["trade surplus"], "export", "import"),
    (&["trade deficit"], "import", "export"),
];
/// What is left of several years, or of some owners, is more than a difference.
const CARRIED: [&str; 8] = ["滚存", "累计", "年末结余", "年终", "历年", "上年", "归属", "归母"];
/// Of more parts some choice of signs makes any total.
const MOST_PARTS: usize = 8;

/// The difference that a list makes up, where it makes up its total once one of its parts is taken off the others, or all others
/// off one. `Some(None)` where the words do not say that the total is a net one: it is no sum, and nothing is claimed.
pub fn held(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> Option<Option<Claim>> {
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return None;
    }
    let without = |one: usize| parts.iter().copied().filter(|&part| part != one).collect::<Vec<_>>();
    let readings = parts.iter().flat_map(|&one| [(vec![one], without(one)), (without(one), vec![one])]);
    let mut claims = readings.map(|(added, less)| claim(context, sentence, total, &added, &less));
    let claim = claims.find(|claim| context.holds(claim))?;
    Some(is_net(sentence, total).then_some(claim))
}

/// Whether a total and its parts are told as a difference.
pub fn is_told(sentence: &Sentence, total: usize, parts: &[usize]) -> bool {
    let named = |kind: &str| parts.iter().any(|&part| names(sentence, part, kind));
    is_net(sentence, total) && OPPOSITES.iter().any(|(added, less)| named(added) && named(less))
}

/// What fails of a list that its words tell as a difference.
pub fn accuse(context: &Context, sentence: &Sentence, total: usize, parts: &[usize]) -> Option<Claim> {
    let &[one, other] = parts else { return None };
    let words = own_words(sentence, total);
    if CARRIED.iter().any(|word| words.contains(word)) {
        return None;
    }
    let meant = MEANT.iter().filter(|(totals, ..)| totals.iter().any(|total| words.contains(total)));
    let mut pairs = meant.flat_map(|&(_, added, less)| {
        let fits = |a: usize, b: usize| names(sentence, a, added) && names(sentence, b, less);
        [(one, other), (other, one)].into_iter().find(|&(a, b)| fits(a, b))
    });
    let (added, less) = pairs.next()?;
    let claim = claim(context, sentence, total, &[added], &[less]);
    (!super::whole::is_open(sentence, parts)).then(|| context.plainly(claim))
}

fn claim(context: &Context, sentence: &Sentence, total: usize, added: &[usize], less: &[usize]) -> Claim {
    let figures = |all: &[usize]| context.list(all.iter().map(|&at| sentence.said[at].figure));
    let total = context.one(sentence.said[total].figure);
    context.claim(DIFFERENCE, vec![("total", total), ("parts", figures(added)), ("less", figures(less))])
}

/// Whether a figure's words say that something was taken off it.
pub fn is_net(sentence: &Sentence, at: usize) -> bool {
    let words = own_words(sentence, at);
    if sentence.chinese {
        return NET.iter().any(|word| words.contains(word));
    }
    words.split(|c: char| !c.is_ascii_alphabetic()).any(|word| NET_ENGLISH.contains(&word))
}

/// The words before a figure that may name it: in English all up to the figure before.
fn own_words(sentence: &Sentence, at: usize) -> &str {
    let said = &sentence.said[at];
    if sentence.chinese { said.words() } else { &said.gap }
}

/// Whether a part is named so, before or (in English) behind its figure.
fn names(sentence: &Sentence, part: usize, kind: &str) -> bool {
    sentence.said[part].words().contains(kind) || !sentence.chinese && sentence.noun(part).contains(kind)
}
