//! Dates, periods and times: 2020年3月2日, 2021-01-24, March 2, 2020, April 1-30, 2020, FY2020, Q3, 2015-2020年, 09:25.

use super::Class;
use super::class::Classed;
use super::numeral::{self, Form, Numeral};
use super::view::{View, digit, is_han};

/// The date, period or time that `number` is a part of.
pub(super) fn read(view: &View, number: &Numeral) -> Option<Classed> {
    let short = number.digits < 8 && number.decimals == 0;
    if !short {
        return dotted(view, number);
    }
    chinese(view, number)
        .or_else(|| separated(view, number))
        .or_else(|| time(view, number))
        .or_else(|| english(view, number))
        .or_else(|| bare_year(view, number))
}

fn classed(class: Class, start: usize, end: usize) -> Option<Classed> {
    Some(Classed { class, start, end })
}

/// 2020年3月2日, 3月2日, 2日, 1—8月, 2015-2020年, 9时25分; in Chinese digits too (二〇二〇年三月二日).
pub(super) fn chinese(view: &View, number: &Numeral) -> Option<Classed> {
    let at = view.skip_one_blank(number.end);
    match view.char_at(at) {
        '年' => year(view, number, at),
        '月' if !matches!(view.char_at(at + 3), '球') && number.mantissa <= 12 => {
            day_after_month(view, number, at + 3)
        }
        '日' | '号' => day(view, number, at),
        '时' | '点' => clock(view, number, at),
        '世' if view.starts(at, "世纪") => classed(Class::Date, number.start, at + 6),
        '-' | '—' | '–' | '－' | '~' | '～' | '至' | '到' | '、' => period(view, number),
        _ => None,
    }
}

/// Behind a year comes 年; shorter numbers of 年 are durations, but 20年代 and 74周年 are not counted.
fn year(view: &View, number: &Numeral, at: usize) -> Option<Classed> {
    let end = at + '年'.len_utf8();
    let four = number.digits == 4 && number.form != Form::Grouped && (1000..2200).contains(&number.mantissa);
    let short = number.form == Form::Positional && number.digits == 2;
    if !four && !short {
        return view.starts(end, "代").then_some(Classed { class: Class::Date, start: number.start, end: end + 3 });
    }
    let end = view.any(end, &["度", "初", "底", "末"]).unwrap_or(end);
    let next = view.skip_one_blank(end);
    let end = month_day(view, next).unwrap_or(end);
    classed(Class::Date, number.start, end)
}

/// 3月2日 at `i`: where it ends.
fn month_day(view: &View, i: usize) -> Option<usize> {
    let month = super::amount::number_at(view, i)?;
    let at = view.skip_one_blank(month.end);
    if !view.starts(at, "月") || month.mantissa > 12 {
        return None;
    }
    Some(day_end(view, at + 3))
}

/// The end of a date whose 月 ends at `end`: after the day, if one follows.
fn day_end(view: &View, end: usize) -> usize {
    let next = view.skip_one_blank(end);
    let day = super::amount::number_at(view, next).filter(|day| day.mantissa <= 31 && day.digits <= 3);
    let Some(day) = day else { return view.any(end, &["份", "底", "初", "末"]).unwrap_or(end) };
    let at = view.skip_one_blank(day.end);
    match view.char_at(at) {
        '日' | '号' => at + 3,
        '-' | '—' | '–' | '至' | '、' => {
            // 3月2-5日
            let second = super::amount::number_at(view, view.skip_one_blank(view.after(at)));
            let end_of = |second: Numeral| view.any(view.skip_one_blank(second.end), &["日", "号"]);
            second.and_then(end_of).unwrap_or(end)
        }
        _ => end,
    }
}

fn day_after_month(view: &View, number: &Numeral, end: usize) -> Option<Classed> {
    classed(Class::Date, number.start, day_end(view, end))
}

/// 2日 is a day of the month, 3日内 a duration, 88号 a reference.
fn day(view: &View, number: &Numeral, at: usize) -> Option<Classed> {
    let end = at + 3;
    let day = (1..=31).contains(&number.mantissa) && number.divisor == 1;
    match view.char_at(at) {
        '号' => classed(Class::Reference, number.start, end),
        _ if !day || view.any(end, &["内", "以内", "之内", "游", "均", "以上"]).is_some() => None,
        _ => classed(Class::Date, number.start, end),
    }
}

/// 9时25分, 9点30分, 9点; a number of 点 in other places is no time.
fn clock(view: &View, number: &Numeral, at: usize) -> Option<Classed> {
    let hour = number.mantissa <= 24 && number.decimals == 0 && number.form == Form::Plain;
    let end = at + 3;
    if !hour || matches!(view.char_at(end), '代' | '间' | '点') {
        return None;
    }
    let minute = super::amount::number_at(view, end).filter(|minute| view.starts(minute.end, "分"));
    match minute {
        Some(minute) => classed(Class::Time, number.start, minute.end + 3),
        None if view.starts(end, "半") || view.starts(end, "整") => classed(Class::Time, number.start, end + 3),
        None => (view.starts(at, "时") || view.starts(end, "钟")).then_some(Classed {
            class: Class::Time,
            start: number.start,
            end: if view.starts(end, "钟") { end + 3 } else { end },
        }),
    }
}

/// 2015-2020年, 2016–2018, 1—8月, 2019-20, 3、4月: two numbers and a mark.
fn period(view: &View, number: &Numeral) -> Option<Classed> {
    let mark = view.skip_one_blank(number.end);
    let second = super::amount::number_at(view, view.skip_one_blank(view.after(mark)))?;
    if second.decimals > 0 || second.is_overlong() {
        return None;
    }
    let at = view.skip_one_blank(second.end);
    if view.starts(at, "月") && number.mantissa <= 12 && second.mantissa <= 12 {
        return classed(Class::Range, number.start, view.any(at + 3, &["份"]).unwrap_or(at + 3));
    }
    if view.starts(at, "日") && number.mantissa <= 31 && second.mantissa <= 31 {
        return classed(Class::Range, number.start, at + 3);
    }
    let dash = !matches!(view.char_at(mark), '、');
    let years = number.is_year() && second.is_year() && number.mantissa < second.mantissa;
    let school = number.is_year() && second.digits == 2 && (number.mantissa + 1) % 100 == second.mantissa;
    if !dash || !(years || school && digit(view.char_at(second.end)).is_none() && view.byte(second.end) != b'-') {
        return None;
    }
    let end = view.any(at, &["年度", "年"]).unwrap_or(second.end);
    classed(Class::Range, number.start, end)
}

/// 2021-01-24, 2021/1/24, 12/31/01.
fn separated(view: &View, number: &Numeral) -> Option<Classed> {
    let mark = view.byte(number.end);
    if !matches!(mark, b'-' | b'/') || digit(view.char_at(number.end + 1)).is_none() {
        return None;
    }
    let second = part(view, number.end + 1)?;
    let third = (view.byte(second.end) == mark).then(|| part(view, second.end + 1)).flatten();
    let end = third.map_or(second.end, |third| third.end);
    if view.byte(end) == mark || view.byte(end).is_ascii_alphanumeric() {
        return None;
    }
    let (a, b, c) = (number.mantissa, second.mantissa, third.map(|third| third.mantissa));
    let is_date = match c {
        Some(day) if number.is_year() => (1..=12).contains(&b) && (1..=31).contains(&day),
        Some(_) => mark == b'/' && (1..=31).contains(&a) && (1..=31).contains(&b),
        None => number.is_year() && second.digits == 2 && (1..=12).contains(&b),
    };
    if is_date { classed(Class::Date, number.start, end) } else { period(view, number) }
}

/// A run of at most four plain digits.
fn part(view: &View, i: usize) -> Option<Numeral> {
    numeral::read(view, i).filter(|part| part.digits <= 4 && part.decimals == 0 && part.form == Form::Plain)
}

/// 2021.01.24, 20210124
fn dotted(view: &View, number: &Numeral) -> Option<Classed> {
    let (year, month, day) = (number.mantissa / 10_000, number.mantissa / 100 % 100, number.mantissa % 100);
    let joined = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if number.is_plain_integer()
        && number.digits == 8
        && joined
        && !view.cell
        && super::unit::read(view, number.end).is_none()
    {
        return classed(Class::Date, number.start, number.end);
    }
    if number.form != Form::Dotted || !(6..=8).contains(&number.digits) {
        return None;
    }
    let mut parts = view.text[number.start..number.end].split('.').map(|part| part.parse::<u16>().unwrap_or(0));
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_date = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (is_date && parts.next().is_none()).then_some(Classed { class: Class::Date, start: number.start, end: number.end })
}

/// 09:25, 9:25:30, 3pm, 3 p.m.
fn time(view: &View, number: &Numeral) -> Option<Classed> {
    if number.digits > 2 || number.mantissa > 24 {
        return None;
    }
    if matches!(view.char_at(number.end), ':' | '：') {
        let minutes = part(view, view.after(number.end)).filter(|part| part.digits == 2 && part.mantissa < 60)?;
        let seconds = if view.byte(minutes.end) == b':' { part(view, minutes.end + 1) } else { None };
        return classed(Class::Time, number.start, seconds.map_or(minutes.end, |seconds| seconds.end));
    }
    let at = view.skip_one_blank(number.end);
    if !view.byte(at).is_ascii_alphabetic() {
        return None;
    }
    let end = view.any(at, &["a.m.", "p.m.", "am", "pm", "AM", "PM"])?;
    (!view.byte(end).is_ascii_alphanumeric()).then_some(Classed { class: Class::Time, start: number.start, end })
}

/// Whether a word is the name of a month, or its abbreviation.
fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// March 2, 2020; March 2020; 2 March 2020; FY2020; fiscal 2020; 1H20, 3Q19.
fn english(view: &View, number: &Numeral) -> Option<Classed> {
    if !number.is_plain_integer() || number.digits > 4 {
        return None;
    }
    let among_chinese = is_han(view.char_before(number.start));
    if among_chinese && !view.byte(view.skip_one_blank(number.end)).is_ascii_alphabetic() {
        return None;
    }
    let before = view.word_before(number.start);
    let day = (1..=31).contains(&number.mantissa) && number.digits <= 2;
    if before.capital && is_month(before.text()) && (day || number.is_year()) {
        let last =
            second_day(view, number.end).or_else(|| last_day(view, number)).filter(|_| day).unwrap_or(number.end);
        let end = year_after(view, last).filter(|_| day).unwrap_or(last);
        return classed(Class::Date, before.start, end);
    }
    let touching = before.end == number.start;
    let short = number.digits == 2 && (touching || number.end == view.end);
    if matches!(before.text(), "fy" | "fiscal" | "cy") && (number.is_year() || short) {
        return classed(Class::Date, before.start, next_year_end(view, number));
    }
    // FY'24, fiscal '24, Sept. '24
    if number.digits == 2 && matches!(view.char_before(number.start), '\'' | '’') {
        let period = view.word_before(view.before(number.start));
        if matches!(period.text(), "fy" | "fiscal" | "cy") || period.capital && is_month(period.text()) {
            return classed(Class::Date, period.start, next_year_end(view, number));
        }
    }
    if touching && before.capital && matches!(before.text(), "q" | "h") && (1..=4).contains(&number.mantissa) {
        let year = year_after(view, number.end).or_else(|| short_year(view, number.end));
        return classed(Class::Date, before.start, year.unwrap_or(number.end));
    }
    after(view, number, day)
}

/// The second day behind a month, March 16-18, or the second year of two digits, February 16-13: where it ends.
fn second_day(view: &View, i: usize) -> Option<usize> {
    let dash = view.char_at(i);
    let second = if matches!(dash, '-' | '–') { part(view, i + dash.len_utf8()) } else { None };
    let goes_on = |end: usize| view.byte(end).is_ascii_alphanumeric() || matches!(view.byte(end), b'%' | b'-' | b'/');
    second.filter(|second| second.digits <= 2 && !goes_on(second.end)).map(|second| second.end)
}

/// The last of some days of a month, behind a dash with blanks: May 1 - 31, 2025. Another number there may count what follows.
fn last_day(view: &View, first: &Numeral) -> Option<usize> {
    let mark = view.skip_one_blank(first.end);
    if !matches!(view.char_at(mark), '-' | '–' | '—' | '‑') {
        return None;
    }
    let last = part(view, view.skip_one_blank(view.after(mark)))?;
    let is_day = last.digits <= 2 && (first.mantissa + 1..=31).contains(&last.mantissa);
    let ends = last.end == view.end || year_after(view, last.end).is_some();
    (is_day && ends).then_some(last.end)
}

/// Where a year ends: FY24/25 is one.
fn next_year_end(view: &View, year: &Numeral) -> usize {
    let next = if matches!(view.byte(year.end), b'/' | b'-') { part(view, year.end + 1) } else { None };
    let next = next.filter(|next| next.digits == 2 && next.mantissa == (year.mantissa + 1) % 100);
    next.map_or(year.end, |next| next.end)
}

/// What follows says that it is a date: a month, or the letters of a quarter or half.
fn after(view: &View, number: &Numeral, day: bool) -> Option<Classed> {
    let word = view.word_at(view.skip_one_blank(number.end));
    if word.start == number.end {
        let period = matches!(word.text(), "q" | "h") && word.capital && number.mantissa <= 4;
        let year = || part(view, word.end).map(|year| year.end).or_else(|| short_year(view, word.end));
        let end = if period { year().unwrap_or(word.end) } else { 0 };
        return period.then_some(Classed { class: Class::Date, start: number.start, end });
    }
    if day && word.capital && is_month(word.text()) {
        return classed(Class::Date, number.start, year_after(view, word.end).unwrap_or(word.end));
    }
    None
}

/// The year of two digits after a quarter or half that ends the block, or behind an apostrophe: where it ends. Elsewhere it may
/// count things.
fn short_year(view: &View, i: usize) -> Option<usize> {
    let between = view.char_at(i);
    let separated = matches!(between, ' ' | '\u{a0}' | '\'' | '’' | '-' | '/');
    let number = numeral::read(view, i + between.len_utf8()).filter(|_| separated)?;
    let is_year = matches!(between, '\'' | '’') && !view.byte(number.end).is_ascii_alphanumeric();
    (number.digits == 2 && number.is_plain_integer() && (is_year || number.end == view.end)).then_some(number.end)
}

/// The year after a day or a quarter, a comma between them or not: where it ends.
fn year_after(view: &View, i: usize) -> Option<usize> {
    let i = if view.byte(i) == b',' { i + 1 } else { i };
    let at = view.skip_blanks(i);
    (at > i).then(|| numeral::read(view, at))?.filter(Numeral::is_year).map(|year| year.end)
}

/// A four-digit number that can be a year and is not said of anything else.
fn bare_year(view: &View, number: &Numeral) -> Option<Classed> {
    if !number.is_year() {
        return None;
    }
    let before = view.skip_blanks_back(number.start);
    let next = view.char_at(view.skip_one_blank(number.end));
    let money = super::unit::currency_before(view, before).is_some();
    let scaled = matches!(next, '‰' | '余' | '多' | '万' | '亿' | '千' | '百');
    let sign = number.start > view.start && matches!(view.char_before(number.start), '△' | '▲' | '<' | '>' | '≥' | '≤');
    if money || scaled || sign || view.byte(number.end) == b'+' {
        return None;
    }
    if view.byte(number.end) == b's' && !view.byte(number.end + 1).is_ascii_alphanumeric() {
        return classed(Class::Date, number.start, number.end + 1);
    }
    let unit = super::unit::known(view, view.skip_one_blank(number.end)).is_some();
    let scale = super::scale::read(view, number.end, number, false).exponent != 0;
    (!unit && !scale).then_some(Classed { class: Class::Date, start: number.start, end: number.end })
}
