//! Labels of rows and columns: how rules compare them, and what they say of the figures beside or below them.

use std::sync::LazyLock;

use super::super::declared::with_plain_blanks;
use super::super::{DeclaredUnit, Dimension, Scale, Unit, declared_unit};
use crate::calendar::{MONTHS, is_year};
use crate::text::{Needles, folded, is_currency_sign};

/// A label as rules compare it: without list marks (一、, (1), 其中:, "Of which:"), without a unit in brackets behind it, and
/// folded.
pub fn clean_label(text: &str) -> String {
    folded(bare_label(text))
}

/// A label without list marks and without a unit in brackets behind it, as it is printed.
pub fn bare_label(text: &str) -> &str {
    without_unit(without_marks(text))
}

/// Whether a label is that of a total.
pub fn is_total(label: &str) -> bool {
    const TOTALS: [&str; 3] = ["合计", "小计", "总计"];
    let label = bare_label(label);
    TOTALS.iter().any(|total| label.starts_with(total) || label.ends_with(total))
        || label.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("total"))
}

/// What a label says of the figures beside or below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Says {
    /// The unit that it declares.
    pub unit: Option<DeclaredUnit>,
    /// They are rates or shares, printed in percent where nothing else is said.
    pub rate: bool,
    /// They are printed in percent: the label names it.
    pub percent: bool,
    /// They are amounts for one share.
    pub per_share: bool,
    /// They are what comes to one of something: revenue per user.
    pub of_one: bool,
    /// The scale that it declares is not meant for what comes to one of something.
    pub excepts_of_one: bool,
    /// They are numbers of things.
    pub count: bool,
    /// They are numbers of shares.
    pub shares: bool,
    /// Below it stand numbers of shares; of a row it may say what became of them (Shares issued), in a column of amounts too.
    pub shares_below: bool,
    /// They are what others changed by.
    pub change: bool,
    /// They are amounts of money: the label names it.
    pub money: bool,
    /// The unit that a row which heads it declares.
    pub of_group: Option<DeclaredUnit>,
    /// The unit that it declares is but a currency's sign at its end, which may be the figure's, or the name of a currency.
    pub bare_currency: bool,
}

static COUNTS: LazyLock<Needles> = LazyLock::new(|| Needles::new(&["numberof", "headcount"]));

static CHANGES: LazyLock<Needles> = LazyLock::new(|| {
    let words = ["change", "differ", "increase", "decrease", "variance", "points", "增减", "变动", "相差", "差额"];
    Needles::new(&words)
});

impl Says {
    /// What a label says.
    pub fn of(text: &str) -> Says {
        let label = clean_label(text);
        let ends = |words: &[&str]| words.iter().any(|word| label.ends_with(word));
        let unit = declared(text).filter(|unit| unit.scale != Scale::Percent || !names_amounts(&label));
        let ends_in_sign = text.trim_end().ends_with(is_currency_sign);
        Says {
            unit,
            percent: names_percent(&label),
            rate: ends(&["率", "占比", "比重", "比例", "增幅", "降幅", "百分比"]) && !ends(NO_RATES)
                || names_percent(&label),
            per_share: is_per_share(&label) || names_price(&label),
            of_one: names_one_of_something(text),
            excepts_of_one: unit.is_some() && excepts_of_one(text),
            shares: names_shares(&label),
            shares_below: names_shares(&label)
                || label.starts_with("shares")
                || label.ends_with("shares")
                || label.ends_with("stocknumber"),
            count: ends(&["人数", "户数", "件数", "个数", "次数", "数量", "人口"]) || COUNTS.any(&label),
            change: CHANGES.any(&label),
            money: names_money(&label),
            of_group: None,
            bare_currency: unit.is_some_and(|unit| unit.exponent == 0) && (ends_in_sign || is_currency(text)),
        }
    }

    /// The same of a row that another heads: what stands below "Earnings per share:" are amounts for one share, too.
    pub fn below(self, heading: &Says) -> Says {
        let is_number = self.shares || self.count;
        Says {
            per_share: self.per_share || heading.per_share && !is_number && !self.rate,
            shares: self.shares || heading.shares && !self.per_share,
            of_group: self.of_group.or(heading.unit),
            ..self
        }
    }

    /// Whether such figures take a unit from a label further away.
    pub fn takes(&self, unit: &DeclaredUnit) -> bool {
        !(self.rate || self.per_share || self.count && unit.unit.dimension() == Dimension::Money)
    }
}

/// Whether a label is the name of a currency and says nothing else: Euro, 美元.
fn is_currency(text: &str) -> bool {
    let name = text.trim();
    let names_nothing_else = |unit: &DeclaredUnit| {
        let entry = unit.unit.entry();
        unit.exponent == 0 && entry.is_some_and(|entry| entry.dimension == Dimension::Money)
    };
    !name.is_empty()
        && name.chars().all(char::is_alphabetic)
        && declared(name).is_some_and(|unit| names_nothing_else(&unit))
}

/// Whether a folded label tells amounts for one share. "Cash dividends declared ($0.38 per common share)" tells it of the label's own
/// figure; those beside it are what was paid in all. "In millions, except per share data" tells it of others.
pub fn is_per_share(label: &str) -> bool {
    static NAMES: LazyLock<Needles> =
        LazyLock::new(|| Needles::new(&["pershare", "percommonshare", "每股", "dilutedeps", "basiceps"]));
    let is_excepted =
        |before: &str| ["except", "excluding", "excluded", "otherthan"].iter().any(|word| before.contains(word));
    NAMES.found(label).any(|(_, at)| {
        let before = &label[..at];
        !tells_own(before, &label[at..]) && !is_excepted(before) && !is_purpose(before) && !names_shares(before)
    })
}

/// Whether "per share" tells what the label's own figure is: ($0.38 per share), $0.01 par value per share, (per share - 2025: $0.51).
fn tells_own(before: &str, from: &str) -> bool {
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let within = from.split(')').next().unwrap_or_default();
    before.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(|c: char| c.is_ascii_digit())
        || before.ends_with("parvalue") && has_digit(before)
        || before.ends_with('(') && has_digit(within)
}

/// Whether an amount is said to be there to find that of one share: net income for basic earnings, income used to compute them.
fn is_purpose(before: &str) -> bool {
    const PURPOSES: [&str; 8] =
        ["incomefor", "lossfor", "(loss)for", "usedin", "usedto", "usedfor", "allocatedto", "onwhich"];
    before.ends_with("for") || PURPOSES.iter().any(|purpose| before.contains(purpose))
}

/// Whether a statement of units leaves out what comes to one of something: "in thousands, except revenue per membership".
pub(super) fn excepts_of_one(text: &str) -> bool {
    let text = with_plain_blanks(text).to_ascii_lowercase();
    text.split_once("except").is_some_and(|(_, excepted)| excepted.contains(" per ") || excepted.contains(" per-"))
}

/// Whether a label names what comes to one of something that is no share: revenue per user, 每人.
fn names_one_of_something(text: &str) -> bool {
    const OF_SHARES: [&str; 6] = ["share", "common", "ordinary", "class", "basic", "diluted"];
    text.contains('每')
        || text.split_once(" per ").is_some_and(|(before, one)| {
            !before.ends_with(|c: char| c.is_ascii_digit())
                && !OF_SHARES.iter().any(|word| one.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word)))
        })
}

/// Whether a folded label names the price or the value of one thing (exercise price, weighted average grant date fair value), which no
/// statement of a scale is meant for.
fn names_price(label: &str) -> bool {
    static PRICES: LazyLock<Needles> =
        LazyLock::new(|| Needles::new(&["exerciseprice", "strikeprice", "averageprice", "pricepaid"]));
    let is_average =
        || label.contains("average") && ["fairvalue", "price", "cost"].iter().any(|word| label.ends_with(word));
    PRICES.any(label) || label.ends_with(",parvalue") || is_average()
}

/// Whether a folded label tells numbers of shares: those outstanding, or used to find an amount for one. Where it tells how many are
/// authorized and issued, the figures beside it are what was paid for them.
fn names_shares(label: &str) -> bool {
    const ENDS: [&str; 4] = [",shares", ",sharesissued", ",sharesauthorized", "(inshares)"];
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let has_digits = || label.contains(|c: char| c.is_ascii_digit());
    if ENDS.iter().any(|end| label.ends_with(end)) && !has_digits() {
        return true;
    }
    label.contains("shares")
        && has(&["numberof", "outstanding", "sharesused", "average"])
        && !has(&["parvalue", "authorized", "issued"])
}

/// Whether a label names an amount of money.
pub(super) fn names_money(label: &str) -> bool {
    static WORDS: LazyLock<Needles> = LazyLock::new(|| {
        Needles::new(&["金额", "单价", "总价", "合价", "价格", "造价", "原值", "净值", "元", "price", "cost"])
    });
    WORDS.any(label)
}

/// Whether a row's label says that rates stand beside it.
pub(super) fn names_rate(label: &str) -> bool {
    const LAST: [&str; 12] = [
        "margin",
        "margins",
        "rate",
        "rates",
        "ratio",
        "ratios",
        "yield",
        "yields",
        "percentage",
        "percentages",
        "percent",
        "return",
    ];
    let says = Says::of(label);
    let label = folded(bare_label(label));
    says.rate || says.percent || LAST.iter().any(|word| label.ends_with(word))
}

/// What ends like a rate and is printed in other ways.
const NO_RATES: &[&str] = &["汇率", "容积率", "周转率", "市盈率", "市净率", "频率", "功率", "倍率", "比率"];

/// Whether percent is named, but not as part of a number (5% Senior Notes). A year is none (1996 % of turnover), but "2020 % Change" may
/// be the titles of two columns.
fn names_percent(label: &str) -> bool {
    let is_number = |before: &str, behind: &str| {
        let may_be_two = || ["ch", "var", "inc", "dec"].iter().any(|change| behind.starts_with(change));
        before.ends_with(|c: char| c.is_ascii_digit()) && (!ends_in_year(before) || may_be_two())
    };
    let named =
        |sign: &str| label.match_indices(sign).any(|(at, _)| !is_number(&label[..at], &label[at + sign.len()..]));
    // Nearly every label holds neither, and a letter is sought faster than a word.
    (label.contains('%') && named("%") || label.contains('p') && named("percent")) && !names_amounts(label)
}

/// Whether a label says that amounts stand there, so that "percent" in it is a word of the column beside it (2021 percent / Amount).
fn names_amounts(label: &str) -> bool {
    label.ends_with("amount") || label.ends_with("amounts")
}

/// Whether the last number of a text is a year's: four digits, from 1900 to 2099.
fn ends_in_year(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    is_year(&text[before.len()..])
}

/// The unit that a label or a caption declares. A lone letter is the name of a line or the mark of a note, no million and no
/// metre, and U.S. is a country unless dollars are named.
pub fn declared(text: &str) -> Option<DeclaredUnit> {
    // 编制单位：某局 单位：元 names an office first.
    let mut text = text.rfind("单位").map_or(text, |at| &text[at..]).trim();
    while let Some(rest) = without_note_mark(text) {
        text = rest;
    }
    let is_letter = text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
    let unit = declared_unit(text).filter(|_| !is_letter)?;
    let names_dollars = || text.contains('$') || folded(text).contains("dollar") || folded(text).contains("usd");
    let is_country = unit.unit == Unit::named("$") && text.contains("U.S.") && !names_dollars();
    let scale = DeclaredUnit { unit: Unit::Unknown, ..unit };
    if is_country { Some(scale).filter(|scale| scale.exponent != 0) } else { Some(unit) }
}

/// The unit that the corner of a table declares for all of it. A word alone says what the labels are (Year, 部门), unless it is one of
/// money or has a scale.
pub(super) fn declared_in_corner(text: &str) -> Option<DeclaredUnit> {
    let stated = || text.contains(['(', '（', '[']) || text.contains("单位") || folded(text).starts_with("in");
    let is_amount = |unit: &DeclaredUnit| {
        unit.exponent != 0 || unit.scale != Scale::Plain || unit.unit.dimension() == Dimension::Money
    };
    declared(text).filter(|unit| stated() || is_amount(unit))
}

/// Drops a mark of a note at the end: (a), (1), `[b]`.
fn without_note_mark(text: &str) -> Option<&str> {
    let inner = text.strip_suffix([')', '）', ']'])?;
    let open = inner.rfind(['(', '（', '['])?;
    let mark = inner[open..].trim_start_matches(['(', '（', '[']);
    let is_mark = mark.len() <= 2 && !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit())
        || mark.len() == 1 && mark.starts_with(|c: char| c.is_ascii_lowercase());
    // "net of tax of $6 and $(13)": an amount.
    let before = text[..open].trim_end();
    (is_mark && !before.ends_with(is_currency_sign)).then_some(before)
}

/// Whether a header names a column that holds the rows' units.
pub(super) fn names_units(header: &str) -> bool {
    matches!(clean_label(header).as_str(), "单位" | "计量单位" | "unit" | "units")
}

/// Whether a label says that what stands beside or below it are years or dates: Year built, Maturity, 年份. Columns of a year
/// (current year, Year ended 2024, 上年) hold amounts.
pub(super) fn names_dates(label: &str) -> bool {
    const ENGLISH: [&str; 21] = [
        "date",
        "dates",
        "maturity",
        "maturities",
        "due",
        "expires",
        "expiry",
        "expiration",
        "founded",
        "established",
        "opened",
        "closed",
        "since",
        "born",
        "built",
        "vintage",
        "acquired",
        "issued",
        "edition",
        "model",
        "term",
    ];
    const CHINESE: [&str; 15] = [
        "年份", "日期", "时间", "期限", "到期", "届满", "成立", "建成", "竣工", "出生", "起始", "截止", "投产", "开工",
        "年代",
    ];
    let key = clean_label(label);
    matches!(key.as_str(), "年" | "年度" | "year" | "years" | "fiscalyear" | "baseyear")
        || CHINESE.iter().any(|word| key.contains(word))
        || words(label).any(|word| ENGLISH.contains(&word.as_str()))
}

/// Whether a column's header tells a period, and nothing else but a unit in brackets behind it: "Year Ended December 31, 2019 (in
/// thousands)".
pub(super) fn names_only_period(header: &str) -> bool {
    let title = bare_label(header);
    words(title).any(|word| word.bytes().all(|byte| byte.is_ascii_digit())) && tells_only_time(title)
}

/// Whether words tell a time, or the kind of one, and nothing else: "Year Ended December 31,".
pub fn tells_only_time(text: &str) -> bool {
    const WORDS: [&str; 25] = [
        "for", "the", "year", "years", "ended", "ending", "fiscal", "calendar", "month", "months", "quarter", "week",
        "weeks", "as", "of", "at", "and", "three", "six", "nine", "twelve", "first", "second", "third", "fourth",
    ];
    let is_month = |word: &str| word.len() > 2 && MONTHS.iter().any(|month| month.to_lowercase().starts_with(word));
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    text.is_ascii() && words(text).all(|word| WORDS.contains(&word.as_str()) || is_number(&word) || is_month(&word))
}

/// Whether a row's label is that of a period, which the years beside it complete: "Year ended December 31,".
pub(super) fn names_period(label: &str) -> bool {
    const WORDS: [&str; 18] = [
        "year",
        "years",
        "ended",
        "ending",
        "fiscal",
        "calendar",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    words(label).any(|word| WORDS.contains(&word.as_str()))
}

fn words(label: &str) -> impl Iterator<Item = String> + '_ {
    label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

const LEADS: [&str; 10] =
    ["其中：", "其中:", "其中", "其他：", "of which:", "of which", "including:", "thereof:", "包括：", "包括:"];

/// Numerals that list marks are made of.
const NUMERALS: &str = "一二三四五六七八九十0123456789０１２３４５６７８９";

fn without_marks(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let next = without_lead(rest).or_else(|| without_mark(rest)).map(str::trim_start);
        match next {
            // A label that is only a mark keeps it.
            Some(next) if !next.is_empty() => rest = next,
            _ => return rest,
        }
    }
}

fn without_lead(text: &str) -> Option<&str> {
    LEADS.iter().find_map(|lead| {
        let head = text.get(..lead.len())?;
        head.eq_ignore_ascii_case(lead).then(|| &text[lead.len()..])
    })
}

fn without_mark(text: &str) -> Option<&str> {
    let bracket = text.strip_prefix(['(', '（']);
    let inner = bracket.unwrap_or(text);
    if bracket.is_none() {
        if let Some(rest) = text.strip_prefix(|c: char| ('①'..='⑳').contains(&c) || "•·●■◆○".contains(c))
        {
            return Some(rest);
        }
        if let Some(rest) = text.strip_prefix(['-', '–', '—', '*']) {
            return rest.starts_with(' ').then_some(rest);
        }
    }
    let rest = inner.trim_start_matches(|c| NUMERALS.contains(c));
    let numeral = &inner[..inner.len() - rest.len()];
    if numeral.is_empty() || numeral.chars().count() > 3 {
        return None;
    }
    if bracket.is_some() {
        return rest.strip_prefix([')', '）']);
    }
    let after = rest.strip_prefix(['、', '．', '.'])?;
    // 1.5 is no mark, nor is 3、5.
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some(after)
}

/// Drops a last bracket that holds a unit, and a colon.
fn without_unit(text: &str) -> &str {
    let text = text.trim_end_matches([':', '：']).trim_end();
    let Some(inner) = text.strip_suffix([')', '）']) else { return text };
    let Some(open) = inner.rfind(['(', '（']) else { return text };
    let label = text[..open].trim_end();
    let bracket = inner[open..].trim_start_matches(['(', '（']).trim();
    let is_unit = bracket == "%" || declared(&text[open..]).is_some();
    if label.is_empty() || !is_unit { text } else { label }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_marks_and_units() {
        for (label, clean) in [
            ("其中：税收收入", "税收收入"),
            ("一、一般公共服务支出（万元）", "一般公共服务支出"),
            ("(1) Of which: Trade ", "trade"),
            ("1. 国内增值税", "国内增值税"),
            ("其中: 1.税收", "税收"),
            ("1.5 degrees", "1.5degrees"),
            ("占比（%）", "占比"),
            ("Revenue (in millions)", "revenue"),
            ("Total (restated)", "total(restated)"),
            ("合计：", "合计"),
            ("十", "十"),
            ("其中", "其中"),
            ("2020年", "2020年"),
        ] {
            assert_eq!(clean_label(label), clean, "{label}");
        }
    }
}
