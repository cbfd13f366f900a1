//! The Gregorian calendar: names of months and days, and how days are counted.

/// Whether a text is a year and nothing else: four digits, from 1900 to 2099.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The years that are printed in a text: numbers of four digits, from 1900 to 2100.
pub(crate) fn years_in(text: &str) -> impl Iterator<Item = u32> + '_ {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1900..=2100).contains(year))
}

/// The names of the months.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The names of the days of the week.
pub(crate) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What stands behind 星期 for each of [`WEEKDAYS`].
pub(crate) const CHINESE_WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// How many days a month has; February 29 where no year is told, and in every fourth year before the calendar was mended.
pub(crate) fn days_of_month(year: Option<i64>, month: i64) -> i64 {
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0 || year < 1930));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => 31,
    }
}

/// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a count of days since 1970-01-01, by the same author.
pub(crate) fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day of the week of a count of days since 1970-01-01, a Thursday: 0 is Monday.
pub(crate) fn weekday_of(days: i64) -> usize {
    (days + 3).rem_euclid(7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_both_ways() {
        for (date, days) in
            [((1970, 1, 1), 0), ((2000, 3, 1), 11_017), ((2020, 2, 29), 18_321), ((1899, 12, 31), -25_568)]
        {
            let (year, month, day) = date;
            assert_eq!(days_since_epoch(year, month, day), days);
            assert_eq!(date_of(days), date);
        }
        assert_eq!(WEEKDAYS[weekday_of(18_321)], "Saturday");
        let february = |year| days_of_month(year, 2);
        assert_eq!((february(Some(2100)), february(Some(2000)), february(None)), (28, 29, 29));
    }
}
