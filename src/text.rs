//! Text as readers compare it: folding of widths, punctuation, case and white space, and where sentences end.

use std::ops::Range;

/// Folds a character for comparison: full-width forms become half-width, punctuation variants one form, letters lower
/// case. `None`: the character makes no difference (white space, zero-width characters).
pub fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return if c.is_ascii_whitespace() || c == '\u{b}' { None } else { Some(c.to_ascii_lowercase()) };
    }
    if ('\u{4e00}'..='\u{9fff}').contains(&c) {
        return Some(c);
    }
    Some(match c {
        '\u{ff01}'..='\u{ff5e}' => return fold(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        '、' | '﹐' | '﹑' => ',',
        '。' | '｡' => '.',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' => '\'',
        '—' | '–' | '−' | '‐' | '‑' | '―' | '─' => '-',
        '【' | '〔' | '〖' => '[',
        '】' | '〕' | '〗' => ']',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '•' | '・' | '‧' => '·',
        '〜' => '~',
        '￥' => '¥',
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        _ if c.is_whitespace() => return None,
        _ => c.to_lowercase().next().unwrap_or(c),
    })
}

/// A text folded character by character.
pub fn folded(text: &str) -> String {
    text.chars().filter_map(fold).collect()
}

/// The sentence of `text` (a block's text) around byte offset `at`, closing quotes and brackets included.
pub fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].char_indices().rev().find_map(|(i, c)| {
        let end = sentence_end(text, i, c)?;
        (end <= at).then_some(end)
    });
    let start = start.unwrap_or(0);
    // The end is sought from the start on, since `at` may stand among the quotes and brackets that close the sentence.
    let end = text[start..].char_indices().find_map(|(i, c)| sentence_end(text, start + i, c).filter(|&end| end > at));
    start..end.unwrap_or(text.len())
}

/// The sentences of a block's text, in order; together they cover it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let end = text[start..].char_indices().find_map(|(i, c)| sentence_end(text, start + i, c));
        let sentence = start..end.unwrap_or(text.len());
        start = sentence.end;
        Some(sentence)
    })
}

/// Whether the character at byte `at` of a block's text closes a sentence.
pub fn ends_sentence(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| sentence_end(text, at, c).is_some())
}

/// Where the sentence ends that the character `c` at byte `at` closes; `None` if it closes none.
fn sentence_end(text: &str, at: usize, c: char) -> Option<usize> {
    let closes = match c {
        '。' | '！' | '？' | '!' | '?' | '｡' => true,
        '.' => is_full_stop(text, at),
        _ => false,
    };
    if !closes {
        return None;
    }
    let mut end = at + c.len_utf8();
    for next in text[end..].chars() {
        let tail = matches!(next, '”' | '’' | '」' | '』' | '）' | ')' | '"' | '】' | '。' | '！' | '？' | '!' | '?');
        if !tail {
            break;
        }
        end += next.len_utf8();
    }
    Some(end)
}

/// Whether the ASCII point at `at` ends a sentence: white space and a capital, a CJK character or nothing follows, and no
/// abbreviation, initial or list number stands before it.
fn is_full_stop(text: &str, at: usize) -> bool {
    let after = &text[at + 1..];
    let mut rest = after.chars().skip_while(|c| matches!(c, '"' | '\'' | ')' | '”' | '’')).peekable();
    match rest.peek() {
        None => return true,
        Some(c) if c.is_whitespace() => {}
        _ => return false,
    }
    let next = rest.find(|c| !c.is_whitespace());
    if next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() && text[..at].ends_with("No")) {
        return false;
    }
    let word_start = text[..at]
        .rfind(|c: char| !c.is_alphanumeric() && c != '.')
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let word = &text[word_start..at];
    let initial = word.chars().count() == 1 && word.chars().all(|c| c.is_uppercase());
    let dotted = word.contains('.') && word.chars().any(char::is_alphabetic);
    const ABBREVIATIONS: [&str; 16] =
        ["mr", "mrs", "ms", "dr", "no", "fig", "vs", "approx", "inc", "ltd", "corp", "co", "st", "jr", "etc", "eq"];
    !(initial || dotted || ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_full_stops_only() {
        let text = "受理3.0系统事项5件。其中“一网通办。”另有2件. Revenue rose 3.5% at Foo Inc. in May. It fell.";
        let all: Vec<_> = sentences(text).map(|r| &text[r]).collect();
        assert_eq!(
            all,
            [
                "受理3.0系统事项5件。",
                "其中“一网通办。”",
                "另有2件.",
                " Revenue rose 3.5% at Foo Inc. in May.",
                " It fell.",
            ]
        );
        for (i, _) in text.char_indices() {
            assert!(sentences(text).any(|s| s == sentence_around(text, i)), "{i}");
        }
    }

    #[test]
    fn folding_makes_variants_equal() {
        assert_eq!(folded("（ａ）， Ｂ　“１”"), folded("(A), b\"1\""));
    }
}
