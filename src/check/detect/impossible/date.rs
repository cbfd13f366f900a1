//! Days that no calendar has: 2023年2月30日, 31 April, 13月; and days of the week that do not fit their date.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::super::{Claim, Context, pattern};
use super::check;
use crate::calendar::{CHINESE_WEEKDAYS, MONTHS, WEEKDAYS, days_of_month, days_since_epoch, weekday_of};
use crate::span::Span;
use crate::text::Needles;

/// 2023年2月30日(星期四), 2月30日, 4月28日至31日.
static CHINESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?:(?P<year>[12][0-9]{3})\s?年\s?)?(?P<month>[0-9]{1,2})\s?月(?:\s?(?P<day>[0-9]{1,2})\s?(?:日|号)(?:\s?[至到—–-]{1,2}\s?(?P<end>[0-9]{1,2})\s?(?:日|号))?(?:\s?[(（]\s?(?P<inside>(?:星期|周|礼拜)[一二三四五六日天])\s?[)）]|\s?(?P<open>(?:星期|礼拜)[一二三四五六日天]))?)?",
    )
});

/// 2021-02-29, 2021/2/29, 2021.02.29.
static NUMERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?P<year>(?:19|20)[0-9]{2})(?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})|/(?P<month2>[0-9]{1,2})/(?P<day2>[0-9]{1,2})|\.(?P<month3>[0-9]{2})\.(?P<day3>[0-9]{2}))",
    )
});

/// Monday, 3 March 2020; February 30, 2021; 31 April.
static ENGLISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";
    let weekday = r"(?:(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)\.?,?\s)?";
    let day = "[0-9]{1,2}";
    let year = "[12][0-9]{3}";
    pattern(&format!(
        r"\b{weekday}(?:the\s)?(?:(?P<day>{day})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{month})\b\.?(?:,?\s(?P<year>{year}))?|(?P<month2>{month})\.?\s(?P<day2>{day})(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>{year})\b)?)"
    ))
});

/// What every Chinese date holds.
static MONTH: LazyLock<Needles> = LazyLock::new(|| Needles::new(&["月"]));

/// Calendars of the moon have other months, and quotations of mistakes are none.
static OTHER_CALENDARS: LazyLock<Needles> =
    LazyLock::new(|| Needles::new(&["农历", "阴历", "旧历", "藏历", "回历", "lunar", "Lunar", "fictional"]));

/// The dates of all blocks: those that do not exist, and those that name a day of the week.
pub fn claims(context: &Context, claims: &mut Vec<Claim>) {
    for (block, span, text) in context.worded() {
        let may = Kinds::of(text);
        if !may.any() || OTHER_CALENDARS.any(text) {
            continue;
        }
        let place = Place { context, block, start: span.start as usize, text };
        if may.chinese {
            place.chinese(claims);
        }
        if may.numeric {
            place.numeric(claims);
        }
        if may.english {
            place.english(claims);
        }
    }
}

/// Which kinds of dates may stand in a text, told at little cost: nearly all cells of tables hold none.
struct Kinds {
    chinese: bool,
    numeric: bool,
    english: bool,
}

impl Kinds {
    fn of(text: &str) -> Self {
        static ENGLISH: LazyLock<Needles> = LazyLock::new(|| Needles::new(&MONTHS.map(|month| &month[..3])));
        let digits = text.bytes().any(|byte| byte.is_ascii_digit());
        Self {
            chinese: digits && MONTH.any(text),
            numeric: digits && text.len() >= 8 && memchr::memchr3(b'-', b'/', b'.', text.as_bytes()).is_some(),
            english: digits && text.len() >= 5 && ENGLISH.any(text),
        }
    }

    fn any(&self) -> bool {
        self.chinese || self.numeric || self.english
    }
}

/// Where the digits of a date start whose 月 stands at byte `month`; `month` itself where no digit stands before it.
fn start_of_date(text: &str, month: usize) -> usize {
    let part = |c: &char| c.is_ascii_digit() || c.is_whitespace() || *c == '年';
    let before = text[..month].trim_end();
    if !before.ends_with(|c: char| c.is_ascii_digit()) {
        return month;
    }
    let parts = text[..month].chars().rev().take(LONGEST_START).take_while(part);
    month - parts.map(char::len_utf8).sum::<usize>()
}

/// The characters of a year and a month, white space between them included.
const LONGEST_START: usize = 20;

/// A block.
struct Place<'a> {
    context: &'a Context<'a>,
    block: usize,
    start: usize,
    text: &'a str,
}

/// A date as it is printed.
struct Date<'t> {
    year: Option<i64>,
    month: i64,
    day: i64,
    /// Where the day stands.
    place: Match<'t>,
}

impl Place<'_> {
    fn chinese(&self, claims: &mut Vec<Claim>) {
        let Some(dates) = &*CHINESE else { return };
        let mut from = 0;
        for month in MONTH.found(self.text).map(|(_, at)| at) {
            let start = from.max(start_of_date(self.text, month));
            let Some(found) = (start < month).then(|| dates.captures_at(self.text, start)).flatten() else { continue };
            let Some(whole) = found.get(0) else { continue };
            from = whole.end();
            let mut before = self.text[..whole.start()].chars().rev();
            let mark = before.next();
            let is_joined = mark.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '第' | '每'));
            // 9月1日至9月31日 and 截至9月31日 name a day; 7—9月31日 may be anything.
            let is_range = mark.is_some_and(|c| matches!(c, '-' | '—' | '、' | '～' | '~' | '至'));
            let goes_on = is_range && before.next().is_none_or(|c| c.is_ascii_alphanumeric() || c == '第');
            if is_joined || goes_on || is_range && found.name("day").is_none() {
                continue;
            }
            let year = number(&found, "year");
            let (Some(month), Some(place)) = (number(&found, "month"), found.name("month")) else { continue };
            if month == 0 || month > 12 {
                claims.extend(year.map(|_| self.month(month, place)));
                continue;
            }
            let days = [found.name("day"), found.name("end")].into_iter().flatten();
            let dates: Vec<Date> =
                days.map(|place| Date { year, month, day: place.as_str().parse().unwrap_or(0), place }).collect();
            claims.extend(dates.iter().filter_map(|date| self.day(date)));
            let weekday = found.name("inside").or(found.name("open"));
            if let (Some(date), Some(weekday)) = (dates.last(), weekday) {
                let sign = weekday.as_str().chars().next_back().map(|c| if c == '天' { '日' } else { c });
                let told = CHINESE_WEEKDAYS.iter().position(|&day| Some(day) == sign).map_or(0, |at| at as i64 + 1);
                claims.extend(self.weekday(date, told, weekday));
            }
        }
    }

    fn numeric(&self, claims: &mut Vec<Claim>) {
        let Some(dates) = &*NUMERIC else { return };
        for found in dates.captures_iter(self.text) {
            let Some(whole) = found.get(0) else { continue };
            let joined =
                |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'));
            let after = self.text[whole.end()..].trim_start_matches('.').chars().next();
            if joined(self.text[..whole.start()].chars().next_back()) || joined(after) {
                continue;
            }
            let month = number(&found, "month").or(number(&found, "month2")).or(number(&found, "month3"));
            let place = found.name("day").or(found.name("day2")).or(found.name("day3"));
            let (Some(month), Some(place)) = (month, place) else { continue };
            let day = place.as_str().parse().unwrap_or(0);
            let date = Date { year: number(&found, "year"), month, day, place };
            // What cannot be a date by far is something else.
            if (1..=12).contains(&month) && (1..=31).contains(&day) {
                claims.extend(self.day(&date));
            }
        }
    }

    fn english(&self, claims: &mut Vec<Claim>) {
        let Some(dates) = &*ENGLISH else { return };
        for found in dates.captures_iter(self.text) {
            let (Some(whole), Some(month)) = (found.get(0), found.name("month").or(found.name("month2"))) else {
                continue;
            };
            let Some(place) = found.name("day").or(found.name("day2")) else { continue };
            let year = number(&found, "year").or(number(&found, "year2"));
            let Some(month) = month_of(month.as_str()) else { continue };
            let day = place.as_str().parse().unwrap_or(0);
            let date = Date { year, month, day, place };
            let before = self.text[..whole.start()].chars().next_back();
            let spoilt = before.is_some_and(|c| matches!(c, '-' | '–' | '/' | '.' | ',' | '$'));
            let followed = self.text[whole.end()..].trim_start_matches(['.', ',', ';', ')', '\'', ':']).is_empty()
                || self.text[whole.end()..].starts_with(['.', ',', ';', ')', ':', '\n']);
            // In April 31 people came; without a year only what is closed by a mark is a date.
            let surely = found.name("day").is_some() || is_dated(&self.text[..whole.start()], &found);
            if day <= 31 && !spoilt && (year.is_some() || followed && surely) {
                claims.extend(self.day(&date));
            }
            if let Some(weekday) = found.name("weekday") {
                let told = weekday_named(weekday.as_str());
                claims.extend(self.weekday(&date, told, weekday));
            }
        }
    }

    /// A claim about a day that its month does not have.
    fn day(&self, date: &Date) -> Option<Claim> {
        let days = days_of_month(date.year, date.month);
        if (1..=days).contains(&date.day) {
            return None;
        }
        let context = self.context;
        let name = self.month_name(date);
        let told = context
            .say(format!("{name} has {days} days: there is no such date"), format!("{name}只有{days}天，日期不存在"));
        let names = vec![
            ("day", context.one(self.forced(date.place, date.day))),
            ("days", context.computed(crate::exact::Range::exact(days.into()), days.to_string())),
        ];
        Some(context.claim(check::DAY, names).saying(told).unblamed())
    }

    fn month(&self, month: i64, place: Match) -> Claim {
        let told = self.context.say("there is no such month", "没有这样的月份");
        let names = vec![("month", self.context.one(self.forced(place, month)))];
        self.context.claim(check::MONTH, names).saying(told).unblamed()
    }

    /// A claim about the day of the week of a date with its year.
    fn weekday(&self, date: &Date, told: i64, place: Match) -> Option<Claim> {
        let year = date.year.filter(|year| (1900..2200).contains(year))?;
        if !(1..=days_of_month(date.year, date.month)).contains(&date.day) {
            return None;
        }
        let actual = weekday_of(days_since_epoch(year, date.month, date.day)) as i64 + 1;
        let context = self.context;
        let names = vec![
            ("weekday", context.one(self.forced(place, told))),
            (
                "actual",
                context.computed(crate::exact::Range::exact(actual.into()), self.weekday_name(actual, place.as_str())),
            ),
        ];
        let said = context.say("the day of the week does not fit the date", "星期与日期不符");
        Some(context.claim(check::WEEKDAY, names).saying(said).unblamed())
    }

    fn forced(&self, place: Match, value: i64) -> usize {
        self.context.forced(self.block, Span::new(self.start + place.start(), self.start + place.end()), value)
    }

    fn month_name(&self, date: &Date) -> String {
        let month = date.month as usize;
        let english = format!(
            "{}{}",
            MONTHS.get(month - 1).unwrap_or(&""),
            date.year.map_or(String::new(), |year| format!(" {year}"))
        );
        let chinese = format!("{}{month}月", date.year.map_or(String::new(), |year| format!("{year}年")));
        self.context.say(english, chinese)
    }

    /// A day of the week in the words of the one that is printed.
    fn weekday_name(&self, day: i64, printed: &str) -> String {
        let day = (day - 1) as usize;
        match printed.is_ascii() {
            true => WEEKDAYS[day].to_owned(),
            false => {
                let name = printed.trim_end_matches(['一', '二', '三', '四', '五', '六', '日', '天']);
                name.chars().chain([CHINESE_WEEKDAYS[day]]).collect()
            }
        }
    }
}

fn number(found: &Captures, name: &str) -> Option<i64> {
    found.name(name)?.as_str().parse().ok()
}

/// Whether a month with a number behind it, and no year, is a day: in June 31 may have come.
fn is_dated(before: &str, found: &Captures) -> bool {
    const LEADS: [&str; 11] =
        ["on", "until", "till", "by", "before", "after", "since", "dated", "due", "ends", "ending"];
    let word = before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let ordinal =
        found.get(0).is_some_and(|whole| ["st", "nd", "rd", "th"].iter().any(|end| whole.as_str().ends_with(end)));
    ordinal || found.name("weekday").is_some() || LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead))
}

fn month_of(name: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|month| month.starts_with(&name[..3.min(name.len())]));
    at.map(|at| at as i64 + 1)
}

fn weekday_named(name: &str) -> i64 {
    WEEKDAYS.iter().position(|day| day.starts_with(&name[..3])).map_or(0, |at| at as i64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_cut_short() {
        assert_eq!((month_of("Sept"), weekday_named("Tues")), (Some(9), 2));
    }
}
