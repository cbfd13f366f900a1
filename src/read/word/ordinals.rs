//! Numbers of list items as they are shown: 3, iii, C, 三, 叁, 丙, ③.

/// A number in one of the formats of `w:numFmt`. Unknown ones are shown as decimals, as word processors do.
pub(super) fn shown(format: &str, n: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" if n < 10 => format!("0{n}"),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => letters(n),
        "lowerLetter" => letters(n).to_lowercase(),
        "ordinal" => format!("{n}{}", ending(n)),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting"
        | "ideographLegalTraditional2" => counting(n, &PLAIN),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => counting(n, &LEGAL),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" | "koreanDigital" => {
            n.to_string().bytes().map(|b| PLAIN.digits[usize::from(b - b'0')]).collect()
        }
        "ideographTraditional" => cycle("甲乙丙丁戊己庚辛壬癸", n),
        "ideographZodiac" => cycle("子丑寅卯辰巳午未申酉戌亥", n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => enclosed('①', n),
        "decimalEnclosedParen" if (1..=20).contains(&n) => enclosed('⑴', n),
        "decimalEnclosedFullstop" if (1..=20).contains(&n) => enclosed('⒈', n),
        "decimalFullWidth" | "decimalFullWidth2" => {
            n.to_string().bytes().filter_map(|b| char::from_u32(u32::from('０') + u32::from(b - b'0'))).collect()
        }
        _ => n.to_string(),
    }
}

struct Numerals {
    digits: [char; 10],
    powers: [&'static str; 4],
    /// Ten is 十, and not 一十.
    bare_ten: bool,
}

const PLAIN: Numerals = Numerals {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    powers: ["", "十", "百", "千"],
    bare_ten: true,
};

const LEGAL: Numerals = Numerals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    powers: ["", "拾", "佰", "仟"],
    bare_ten: false,
};

fn counting(n: u32, numerals: &Numerals) -> String {
    if n == 0 || n > 9999 {
        return n.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for power in (0..4).rev() {
        let digit = (n / 10u32.pow(power)) % 10;
        if digit == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('零');
        }
        let bare = numerals.bare_ten && power == 1 && digit == 1 && text.is_empty();
        if !bare {
            text.push(numerals.digits[digit as usize]);
        }
        text.push_str(numerals.powers[power as usize]);
    }
    text
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    let mut rest = n;
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text.push_str(sign);
            rest -= worth;
        }
    }
    text
}

/// A to Z, then AA to ZZ, as word processors go on.
fn letters(n: u32) -> String {
    if n == 0 || n > 26 * 26 {
        return n.to_string();
    }
    let letter = char::from(b'A' + ((n - 1) % 26) as u8);
    std::iter::repeat_n(letter, (n as usize - 1) / 26 + 1).collect()
}

fn cycle(signs: &str, n: u32) -> String {
    let count = signs.chars().count();
    signs.chars().nth((n.max(1) as usize - 1) % count).into_iter().collect()
}

fn enclosed(first: char, n: u32) -> String {
    char::from_u32(first as u32 + n - 1).into_iter().collect()
}

fn ending(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn numbers_are_shown_as_in_lists() {
        for (format, n, text) in [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerLetter", 26, "z"),
            ("upperLetter", 28, "BB"),
            ("ordinal", 22, "22nd"),
            ("ordinal", 112, "112th"),
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 105, "一百零五"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseLegalSimplified", 13, "壹拾叁"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 11, "甲"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalFullWidth", 10, "１０"),
            ("none", 3, ""),
            ("neverHeardOf", 3, "3"),
            ("upperRoman", 0, "0"),
        ] {
            assert_eq!(shown(format, n), text, "{format} {n}");
        }
    }
}
