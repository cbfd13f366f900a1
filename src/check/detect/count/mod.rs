//! `count`: a stated number of items against the items that follow, and list marks without a gap.

mod bracket;
mod enumeration;
mod mark;

use super::{Claim, Context};

/// The checks of the rule file, by their index.
mod check {
    pub const COUNT: usize = 0;
    pub const MARK: usize = 1;
}

/// All lists whose number is told, and all marks that miss one.
pub fn claims(context: &Context) -> Vec<Claim> {
    let marks = mark::all(context);
    let mut claims = enumeration::claims(context, &marks);
    claims.extend(mark::claims(context, &marks));
    claims.extend(bracket::claims(context));
    claims
}

/// The whole number that a numeral of few digits stands for: 3, 三, 两, 十二, three.
fn numeral(text: &str) -> Option<i64> {
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
        let values = ["3", "三", "两", "十", "十二", "二十", "三十一", "Four", "百"].map(super::numeral);
        assert_eq!(values, [Some(3), Some(3), Some(2), Some(10), Some(12), Some(20), Some(31), Some(4), None]);
    }
}
