//! Words that make another quantity of the same thing: planned, cumulative, adjusted, per head, without something.

use std::sync::LazyLock;

use super::words::without_periods;
use crate::text::Needles;

/// Those that stand before a figure, or behind it: 1324万元（快报数）, $1,234 million before adjustment.
const EITHER: [&str; 22] = [
    "含",
    "口径",
    "equivalent",
    "预计",
    "快报",
    "初步",
    "初算",
    "调整",
    "调整前",
    "调整后",
    "adjust",
    "fter adjust",
    "efore adjust",
    "reliminary",
    "rovisional",
    "stimate",
    "evised",
    "estated",
    "revious",
    "edition",
    "ncluding",
    "excluding",
];

/// Those that stand before it.
const BEFORE: [&str; 44] = [
    "其中",
    "预算",
    "计划",
    "目标",
    "预期",
    "上报",
    "核定",
    "核算数",
    "力争",
    "累计",
    "人均",
    "平均",
    "月均",
    "年均",
    "日均",
    "新增",
    "净增",
    "同比",
    "环比",
    "可比",
    "决算",
    "执行",
    "不变价",
    "现价",
    "剔除",
    "扣除",
    "占",
    "比",
    "以来",
    "截至",
    "合同",
    "规划",
    "budget",
    "planned",
    "target",
    "expected",
    "forecast",
    "average",
    "per ",
    "cumulative",
    "original",
    "net of",
    "pro forma",
    "guidance",
];

static ALL: LazyLock<Needles> = LazyLock::new(|| Needles::overlapping(&[&EITHER[..], &BEFORE[..]].concat()));

/// All in a text, in order.
pub fn of(text: &str) -> Vec<&'static str> {
    ALL.every(text).into_iter().filter_map(|index| EITHER.iter().chain(&BEFORE).nth(index).copied()).collect()
}

/// The qualifiers of a figure's clause and of those before it: what says of another figure how it is counted (同比, 占) is not said
/// of this one.
pub fn before(earlier: &str, clause: &str) -> Vec<&'static str> {
    const LOCAL: [&str; 15] = [
        "同比", "环比", "可比", "占", "比", "人均", "平均", "月均", "年均", "日均", "新增", "净增", "以来", "average",
        "per ",
    ];
    let mut timeless = without_periods(clause, &mut Vec::new());
    let mut of_others = String::new();
    for part in earlier.split(['，', ',', '；', ';', '：', ':', '(', '（', '、', '\n']) {
        let part = without_periods(part, &mut Vec::new());
        let all = if part.contains(|c: char| c.is_ascii_digit()) { &mut of_others } else { &mut timeless };
        all.push('\n');
        all.push_str(&part);
    }
    let mut all = of(&timeless);
    all.extend(of(&of_others).into_iter().filter(|word| !LOCAL.contains(word)));
    all.sort_unstable();
    all.dedup();
    all
}

/// The qualifiers that the clause behind a figure names, as far as they tell of the figure before them.
pub fn behind(text: &str) -> Vec<&'static str> {
    let clause = text.split(['，', ',', '。', '；', ';', '.', '\n']).next().unwrap_or_default();
    of(clause).into_iter().filter(|word| EITHER.contains(word)).collect()
}

/// What a caption says of all figures of its table: that they were planned, or are means, or of which edition they are.
pub fn of_caption(text: &str) -> impl Iterator<Item = &'static str> {
    const PLANNED: [&str; 14] = [
        "预算", "计划", "目标", "预计", "预期", "规划", "人均", "平均", "budget", "planned", "target", "expected",
        "average", "per ",
    ];
    // 一般公共预算 is the name of an account.
    let text =
        ["公共预算", "基金预算", "经营预算"].iter().fold(text.to_lowercase(), |text, name| text.replace(name, ""));
    of(&text).into_iter().filter(|word| EITHER.contains(word) || PLANNED.contains(word))
}
