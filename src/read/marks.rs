//! What the start and the end of a line say about it: list marks, heading marks, sentence ends.

/// The mark a line starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// One that headings have too (第一章, 一、, (一), 1., Chapter 2), and the level it has as a heading.
    Level(u8),
    /// One that only items of a list have (•, ①, `[3]`).
    Item,
}

/// The mark that a line (without leading white space) starts with.
pub(super) fn mark(line: &str) -> Option<Mark> {
    let first = line.chars().next()?;
    match first {
        '第' => chapter(&line[first.len_utf8()..]),
        '(' | '（' => bracketed(&line[first.len_utf8()..]),
        '0'..='9' | '０'..='９' => numbered(line),
        '•' | '·' | '●' | '■' | '◆' | '○' | '▪' | '➢' | '①'..='⑳' | '❶'..='❿' => {
            Some(Mark::Item)
        }
        '-' | '*' | '+' | '–' | '—' => line[first.len_utf8()..].starts_with([' ', '\t']).then_some(Mark::Item),
        '[' | '［' | '〔' | '【' => Some(Mark::Item),
        _ if is_numeral(first) => listed(line),
        _ if first.is_ascii_alphabetic() => worded(line),
        _ => None,
    }
}

/// Whether a line ends a sentence or announces something, so that the next line does not go on with it.
pub(super) fn closes(line: &str) -> bool {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '：' | '!' | '?' | ';' | ':' | '.' | '…' | '｡');
    let tail = |c: &char| matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '"' | '\'' | '】' | ']' | '》');
    line.chars().rev().find(|c| !tail(c)).is_some_and(ends)
}

/// How many cells of a terminal a text takes, near enough to compare lines: two for a Chinese character.
pub(super) fn width(text: &str) -> usize {
    text.bytes().map(|b| usize::from(b < 0x80) + usize::from(b >= 0xc0) + usize::from(b >= 0xe0)).sum()
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '零'
            | '〇'
            | '壹'
            | '贰'
            | '叁'
    )
}

/// What follows the numeral at the start of `text`, if one stands there. A list has no more than a few thousand items.
fn after_numeral(text: &str) -> Option<&str> {
    let end = text.char_indices().take(5).find(|&(_, c)| !is_numeral(c) && !c.is_ascii_digit())?.0;
    (end > 0).then(|| &text[end..])
}

fn chapter(rest: &str) -> Option<Mark> {
    let after = after_numeral(rest)?;
    if after.starts_with(['章', '篇', '编', '卷']) || after.starts_with("部分") {
        return Some(Mark::Level(1));
    }
    match after.chars().next()? {
        '节' => Some(Mark::Level(2)),
        '条' | '款' | '项' => Some(Mark::Item),
        _ => None,
    }
}

fn bracketed(rest: &str) -> Option<Mark> {
    let after = after_numeral(rest)?;
    let level = if rest.starts_with(is_numeral) { 3 } else { 5 };
    after.starts_with([')', '）']).then_some(Mark::Level(level))
}

fn listed(line: &str) -> Option<Mark> {
    after_numeral(line)?.starts_with(['、', '．', '.', '，', '：']).then_some(Mark::Level(2))
}

/// `1.`, `1、`, `3.2.1 `; not `1.5亿元` or `1.5 million`.
fn numbered(line: &str) -> Option<Mark> {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let end = line.find(|c| !is_digit(c) && c != '.' && c != '．').unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    if number.chars().count() > 8 {
        return None;
    }
    let points = number.trim_end_matches(['.', '．']).matches(['.', '．']).count();
    let ends_in_point = number.ends_with(['.', '．']);
    let marked = match points {
        0 => ends_in_point && !rest.is_empty() || rest.starts_with('、'),
        _ => rest.trim_start().starts_with(|c: char| !c.is_lowercase()) && rest.starts_with([' ', '\u{3000}', '\t']),
    };
    marked.then_some(Mark::Level(4 + points.min(2) as u8))
}

/// `Chapter 3`, `PART II`, `Item 7.`, `Note 12`.
fn worded(line: &str) -> Option<Mark> {
    let (word, rest) = line.split_at(line.bytes().take(12).position(|b| b == b' ')?);
    let rest = &rest[1..];
    const WORDS: [(&str, u8); 7] =
        [("part", 1), ("chapter", 1), ("item", 2), ("section", 2), ("appendix", 2), ("annex", 2), ("note", 3)];
    let level = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?.1;
    let number = rest.split([' ', '.', ':']).next()?;
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "IVXLC".contains(c));
    is_number.then_some(Mark::Level(level))
}

/// Whether a text starts with the number of a table: Table 4, 表3.
pub(super) fn names_table(text: &str) -> bool {
    let number = ["Table ", "TABLE ", "表", "附表"].iter().find_map(|name| text.strip_prefix(name));
    number.is_some_and(|number| {
        number.trim_start().starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    })
}

/// Whether a text speaks of a unit, in simplified or traditional characters.
pub(super) fn says_unit(text: &str) -> bool {
    text.contains("单位") || text.contains("單位")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_numbers() {
        for (line, level) in [
            ("第一章 总则", 1),
            ("第二部分 决算表", 1),
            ("第三节 附则", 2),
            ("一、总体情况", 2),
            ("十二、其他", 2),
            ("（一）主动公开", 3),
            ("(十二)其他", 3),
            ("1. 收入预算", 4),
            ("1.收入预算", 4),
            ("5．支出", 4),
            ("2、支出", 4),
            ("3.2 方法", 5),
            ("3.2.1 Methods", 6),
            ("(1)收入", 5),
            ("Chapter 3 Results", 1),
            ("PART II", 1),
        ] {
            assert_eq!(mark(line), Some(Mark::Level(level)), "{line}");
        }
        for line in
            ["1.5亿元用于", "1.5 million people", "2020年", "一般公共预算", "(其中3件)", "第3次全会", "12", "-5%"]
        {
            assert_eq!(mark(line), None, "{line}");
        }
        for line in ["• one", "- two", "①三", "[4] four", "第五条 五"] {
            assert_eq!(mark(line), Some(Mark::Item), "{line}");
        }
    }
}
