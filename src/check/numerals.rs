//! Numerals in words: Chinese ones written, small ones read.

/// The habits in which written Chinese numerals differ.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// 壹贰叁 and 拾佰仟, as on cheques.
    financial: bool,
    /// 十二 in place of 一十二.
    short_ten: bool,
    /// 两百 in place of 二百.
    liang: bool,
    /// 〇 in place of 零.
    ring: bool,
}

impl Style {
    /// All of them, the usual ones first.
    pub fn all() -> impl Iterator<Item = Style> {
        (0..16u8).map(|bits| Style {
            financial: bits & 8 != 0,
            short_ten: bits & 1 == 0,
            liang: bits & 2 != 0,
            ring: bits & 4 != 0,
        })
    }

    fn digit(self, digit: u64) -> char {
        const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        const FINANCIAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
        match digit {
            0 if self.ring => '〇',
            _ if self.financial => FINANCIAL[digit as usize % 10],
            _ => PLAIN[digit as usize % 10],
        }
    }

    fn power(self, power: usize) -> &'static str {
        const PLAIN: [&str; 4] = ["", "十", "百", "千"];
        const FINANCIAL: [&str; 4] = ["", "拾", "佰", "仟"];
        if self.financial { FINANCIAL[power] } else { PLAIN[power] }
    }
}

/// A number in ASCII digits, with or without a point, in Chinese numerals; `None` from 10^16 on.
pub fn chinese(number: &str, style: Style) -> Option<String> {
    let (whole, after) = number.split_once('.').map_or((number, None), |(whole, after)| (whole, Some(after)));
    let mut text = whole_number(whole.parse().ok()?, style)?;
    if let Some(after) = after {
        text.push('点');
        text.extend(after.chars().filter_map(|c| c.to_digit(10)).map(|digit| style.digit(u64::from(digit))));
    }
    Some(text)
}

fn whole_number(value: u64, style: Style) -> Option<String> {
    match value {
        0 => Some(style.digit(0).to_string()),
        10_000_000_000_000_000.. => None,
        _ => Some(split(value, 100_000_000, "亿", true, style)),
    }
}

/// A number above 0, written in two parts where it reaches `worth`, a power of 10^4 whose name is 万 or 亿.
fn split(value: u64, worth: u64, name: &str, first: bool, style: Style) -> String {
    let part = |value, first| match worth {
        100_000_000 => split(value, 10_000, "万", first, style),
        _ => group_of_four(value, first, style),
    };
    let (high, low) = (value / worth, value % worth);
    if high == 0 {
        return part(low, first);
    }
    let mut text = part(high, first) + name;
    if low > 0 {
        // A gap between the parts is told by one zero.
        if low < worth / 10 {
            text.push(style.digit(0));
        }
        text.push_str(&part(low, false));
    }
    text
}

fn group_of_four(group: u64, first: bool, style: Style) -> String {
    let mut text = String::new();
    let mut gap = false;
    for power in (0..4).rev() {
        let digit = group / 10u64.pow(power as u32) % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(style.digit(0));
            gap = false;
        }
        let bare_ten = first && text.is_empty() && power == 1 && digit == 1 && style.short_ten;
        if !bare_ten {
            let liang = style.liang && first && text.is_empty() && digit == 2 && power >= 2;
            text.push(if liang { '两' } else { style.digit(digit) });
        }
        text.push_str(style.power(power));
    }
    text
}

/// The whole number that a numeral of few digits stands for: 3, 三, 两, 十二, three.
pub fn small(text: &str) -> Option<i64> {
    const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    if let Some(value) = WORDS.iter().position(|word| text.eq_ignore_ascii_case(word)) {
        return Some(value as i64);
    }
    let sign = |c: char| "一二三四五六七八九".chars().position(|sign| sign == c).map(|at| at as i64 + 1);
    let signs: Vec<char> = text.chars().collect();
    match signs[..] {
        ['两'] => Some(2),
        ['十'] => Some(10),
        [one] => sign(one),
        ['十', one] => Some(10 + sign(one)?),
        [ten, '十'] => Some(10 * sign(ten)?),
        [ten, '十', one] => Some(10 * sign(ten)? + sign(one)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numerals_have_their_values() {
        let values = ["3", "三", "两", "十", "十二", "二十", "三十一", "Four", "百"].map(super::small);
        assert_eq!(values, [Some(3), Some(3), Some(2), Some(10), Some(12), Some(20), Some(31), Some(4), None]);
    }
}
