//! Lists in brackets behind a number: 全年3次（4月、7月、9月）, 3个区（甲区、乙区、丙区）, three plants (Leeds, York and Hull).

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::{Claim, Context, pattern};
use super::check;
use crate::check::numerals;
use crate::diagnostic::Severity;
use crate::exact::Range;
use crate::figure::Class;
use crate::span::Span;
use crate::text::Needles;

/// Measure words of things that are listed.
const UNITS: &str = "次期轮场个家名位所省座条项类种";

/// The longest noun behind one, in characters.
const NOUN: usize = 8;

static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<number>[0-9]{{1,2}}|[两二三四五六七八九十])(?P<unit>[{UNITS}])(?P<noun>\p{{Han}}{{0,{NOUN}}})\s?[(（](?:分别(?:是|为|在|于)?[:：]?)?(?P<list>[^()（）。；;]+)[)）]|\b(?P<english>(?i:two|three|four|five|six|seven|eight|nine|ten)|[2-9]) (?P<thing>[a-z]+(?: [a-z]+)?) \((?P<names>[A-Z][^()]+)\)",
    ))
});

static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^(?:[12][0-9]{3}年)?(?:[0-9]{1,2}月(?:份|[0-9]{1,2}[日号])?|[0-9]{1,2}[日号])$"));

/// What leaves a list open or makes other things of its items.
const OPEN: [&str; 22] = [
    "等", "如", "例", "其中", "含", "包括", "详见", "见", "以下", "以上", "每", "和", "及", "与", "或", "：", ":", "—",
    "共", "即", "约", "%",
];

/// What is said of any item of its kind, not a name: 31个省（自治区、直辖市）.
const KINDS: [&str; 16] = [
    "自治区",
    "直辖市",
    "自治州",
    "街道",
    "县级市",
    "旗",
    "单位",
    "部门",
    "乡镇",
    "社区",
    "个人",
    "集体",
    "女性",
    "男性",
    "兵团",
    "地区",
];

/// The longest bracket with its number, in bytes.
const LONGEST: usize = 300;

/// How far before its bracket a number may stand, in bytes.
const BEFORE: usize = 80;

/// The lists of all prose.
pub fn claims(context: &Context) -> Vec<Claim> {
    let (Some(list), Some(date)) = (&*LIST, &*DATE) else { return Vec::new() };
    let mut claims = Vec::new();
    for (block, span, text) in context.prose() {
        let mut from = 0;
        for bracket in brackets(text) {
            let window = from.max(text.floor_char_boundary(bracket.saturating_sub(BEFORE)))
                ..text.floor_char_boundary(bracket + LONGEST);
            let may = from <= bracket && may_count(&text[window.start..bracket]);
            let Some(found) = may.then(|| list.captures_at(&text[..window.end], window.start)).flatten() else {
                continue;
            };
            from = found.get(0).map_or(from, |whole| whole.end());
            claims.extend(claim(context, block, span.start as usize, text, &found, date));
        }
    }
    claims
}

/// Whether a number is one of a set phrase, as in 三轮车.
fn is_in_phrase(context: &Context, block: usize, at: usize) -> bool {
    let mut figures = context.figures_of(block).map(|index| context.figure(index));
    figures.any(|figure| figure.class == Class::Phrase && figure.span.range().contains(&at))
}

/// Whether the words before a bracket may start with a number of things, told at little cost: 12个区, three large plants.
fn may_count(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(|c: char| c.is_ascii_lowercase()) {
        return before.rsplit(' ').skip(1).take(2).any(|word| word.len() <= 5 && !word.is_empty());
    }
    let mut behind = None;
    for c in before.chars().rev().take(NOUN + 2) {
        if behind.is_some_and(|unit| UNITS.contains(unit)) && (c.is_ascii_digit() || "两二三四五六七八九十".contains(c))
        {
            return true;
        }
        behind = Some(c);
    }
    false
}

/// Where brackets open in a text, in order.
fn brackets(text: &str) -> Vec<usize> {
    static WIDE: LazyLock<Needles> = LazyLock::new(|| Needles::new(&["（"]));
    let narrow = memchr::memchr_iter(b'(', text.as_bytes());
    let mut all: Vec<usize> = narrow.chain(WIDE.found(text).map(|(_, at)| at)).collect();
    all.sort_unstable();
    all
}

fn claim(context: &Context, block: usize, start: usize, text: &str, found: &Captures, date: &Regex) -> Option<Claim> {
    let number = found.name("number").or(found.name("english"))?;
    let before = text[..number.start()].chars().next_back();
    if before
        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '第' | '十' | '百' | '千' | '万' | '-' | '余' | '—'))
    {
        return None;
    }
    // Three of the four business areas.
    let is_of_more = found.name("english").is_some() && names_others(&text[..number.start()]);
    if is_of_more {
        return None;
    }
    // "Wave 2 modules" are those of a wave.
    let word = text[..number.start()].trim_end().rsplit(' ').next().unwrap_or_default();
    let is_numbered = number.as_str().starts_with(|c: char| c.is_ascii_digit())
        && word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphabetic());
    if found.name("english").is_some() && is_numbered {
        return None;
    }
    // 三省一市: another number stands in the name.
    let counts_others = |noun: &str| noun.starts_with(|c| "一两二三四五六七八九十".contains(c));
    if found.name("noun").is_some_and(|noun| counts_others(noun.as_str()))
        || is_in_phrase(context, block, start + number.start())
    {
        return None;
    }
    let value = numerals::small(number.as_str())?;
    let whole = found.get(0)?;
    if whole.len() > LONGEST || is_continued(&text[whole.end()..]) {
        return None;
    }
    let (count, dates) = match found.name("list") {
        Some(list) => chinese_items(list.as_str(), date)?,
        None => (english_items(found.name("names")?.as_str(), found.name("thing")?.as_str())?, false),
    };
    // Far from the number the list is more likely another.
    let near = count == value || (count - value).abs() == 1;
    if !near || count < 2 {
        return None;
    }
    let span = Span::new(start + number.start(), start + number.end());
    let is_number = |&index: &usize| context.figure(index).quantity.nominal() == Some(value.into());
    let own = context.quantity_at(span.start as usize).filter(is_number);
    let stated = own.unwrap_or_else(|| context.forced(block, span, value));
    let names = vec![
        ("stated", context.one(stated)),
        ("items", context.computed(Range::exact(count.into()), count.to_string())),
    ];
    let told = context.say("the list has another number of items than is told", "列出的项数与所称不符");
    let severity = if dates { Severity::Error } else { Severity::Warning };
    Some(context.claim(check::COUNT, names).at_most(severity).saying(told).unblamed())
}

/// Whether some of what is counted are meant: "two of our ", "one of ".
fn names_others(before: &str) -> bool {
    let mut words = before.trim_end().rsplit(' ');
    let word = words.next().unwrap_or("");
    let ahead =
        if matches!(word, "the" | "our" | "its" | "their" | "these") { words.next().unwrap_or("") } else { word };
    matches!(ahead, "of" | "among")
}

/// Whether what stands directly behind a bracket goes on with the list: 五个区（…）及开发区.
fn is_continued(behind: &str) -> bool {
    let behind = behind.trim_start();
    ["及", "和", "与", "以及", "并", "、", "加", "and ", "plus ", "as well as "]
        .iter()
        .any(|word| behind.starts_with(word))
}

/// How many items a Chinese list has, and whether they are dates; `None` where it may be no complete list of names.
fn chinese_items(list: &str, date: &Regex) -> Option<(i64, bool)> {
    let parts: Vec<&str> = list.split(['、', '，', ',']).map(str::trim).collect();
    let last: Vec<&str> = parts.last()?.split(['和', '及']).map(str::trim).collect();
    let dated: Vec<&str> = parts[..parts.len() - 1].iter().chain(&last).copied().collect();
    if dated.iter().all(|item| date.is_match(item)) {
        return Some((dated.len() as i64, true));
    }
    let commas = list.contains(['，', ',']);
    if commas || OPEN.iter().any(|word| list.contains(word)) || list.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let named = |item: &&str| {
        let length = item.chars().count();
        (2..=12).contains(&length) && !KINDS.contains(item)
    };
    (parts.len() > 1 && parts.iter().all(named)).then_some((parts.len() as i64, false))
}

/// How many names an English list has: each is short and starts with a capital.
fn english_items(list: &str, thing: &str) -> Option<i64> {
    if !thing.ends_with('s') || list.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | ';' | '=' | '%' | '.'))
    {
        return None;
    }
    // Bosnia and Herzegovina is one; Class I, II or III are kinds.
    // So may "Marks & Spencer" be one, or two, and "Forex + options".
    if list.matches(" and ").count() > 1 || list.contains(" or ") || list.contains(['&', '+']) {
        return None;
    }
    let list = list.replace(", and ", ", ").replace(" and ", ", ");
    let parts: Vec<&str> = list.split(',').map(str::trim).collect();
    let named = |item: &&str| item.starts_with(|c: char| c.is_uppercase()) && item.split(' ').count() <= 3;
    (parts.len() > 1 && parts.iter().all(named)).then_some(parts.len() as i64)
}
