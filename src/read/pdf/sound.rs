//! Whether the text of a page is what is printed on it. Where it may not be, the page is not read.

use super::glyph::{Print, UNKNOWN};
use super::lines::Line;
use super::measure::Length;
use super::words::{Word, hundredths};
use crate::document::Message;

/// Why a page cannot be read, if what is printed on it tells.
pub(super) fn refuse(print: &Print) -> Option<Message> {
    /// Pictures that cover less of the page are ornaments.
    const ORNAMENT: u32 = 25;
    let seen: usize = print.glyphs.iter().map(Vec::len).sum();
    if print.given_up {
        return Some(Message::new(
            "it is damaged, or holds more than can be read",
            "页面已损坏，或内容超出可读取的范围",
        ));
    }
    if print.invisible > seen {
        return Some(Message::new(
            "its text is an invisible layer under a picture (a scan), and may not be what is printed",
            "文字是图片（扫描件）下的隐藏文字层，可能与所印不符",
        ));
    }
    if print.lost > 0 && print.lost * 50 > seen {
        return Some(Message::new(
            "the font of a text on it cannot be read, or the text runs from top to bottom",
            "页上有文字的字体无法读取，或文字为竖排",
        ));
    }
    if seen == 0 && print.pictures >= ORNAMENT {
        return Some(Message::new("it is a picture without text (a scan)", "是没有文字的图片（扫描件）"));
    }
    None
}

/// Why a page cannot be read, if its lines tell: words beyond all measure, characters that nobody knows, or figures that fell apart.
pub(super) fn refuse_lines(lines: &[Line]) -> Option<Message> {
    /// No line on paper has more words.
    const MOST_WORDS: usize = 1000;
    if lines.iter().any(|line| line.words.len() > MOST_WORDS) {
        return Some(Message::new(
            format!("a line on it has more than {MOST_WORDS} words"),
            format!("页上有一行超过 {MOST_WORDS} 个词"),
        ));
    }
    let words = || lines.iter().flat_map(|line| &line.words);
    let among_digits = words().find(|word| is_damaged(&word.text));
    if let Some(word) = among_digits {
        return Some(Message::new(
            format!("characters of its figures are not known (“{}”): its font does not tell them", word.text),
            format!("数字中有无法辨认的字符（“{}”）：字体没有说明是什么字", word.text),
        ));
    }
    // A sign alone is a bullet.
    let unknown: usize = words().map(|word| unknown(&word.text)).filter(|&count| count > 1).sum();
    let all: usize = words().map(|word| word.text.chars().count()).sum();
    if unknown > 2 && unknown * 50 > all {
        return Some(Message::new(
            "many of its characters are not known: its fonts do not tell them",
            "许多字符无法辨认：字体没有说明是什么字",
        ));
    }
    let apart = lines.iter().find_map(|line| line.words.windows(2).find(|pair| fell_apart(line, &pair[0], &pair[1])));
    apart.map(|pair| {
        let (a, b) = (&pair[0].text, &pair[1].text);
        Message::new(
            format!("figures on it fell apart (“{a} {b}”): digits may be missing"),
            format!("页上的数字断开（“{a} {b}”），可能缺了数位"),
        )
    })
}

fn unknown(word: &str) -> usize {
    word.chars().filter(|&c| c == UNKNOWN).count()
}

fn is_damaged(word: &str) -> bool {
    word.contains(UNKNOWN) && word.contains(|c: char| c.is_ascii_digit())
}

/// Closes the gaps in figures that are so narrow that no digit is missing, where the parts are none by themselves and make one together:
/// 1,2 07.40. Where further digits stand as close, 8 3 8 ,4 3 3, all figures fell apart.
pub(super) fn mend(lines: &mut [Line]) {
    /// Digits are wider in every font, in hundredths of its size.
    const NARROW: Length = 32;
    for line in lines {
        let near = |part: Length| hundredths(line.size, part);
        let follows = |pair: &[Word]| {
            let are_digits = pair[0].text.ends_with(is_digit) && pair[1].text.starts_with(is_digit);
            are_digits && gap(&pair[0], &pair[1]) <= near(APART)
        };
        let words = &line.words;
        let is_broken = |at: &usize| {
            let (a, b) = (&words[at - 1], &words[*at]);
            let goes_on = *at > 1 && follows(&words[at - 2..*at]) || words[*at..].get(..2).is_some_and(follows);
            gap(a, b) <= near(NARROW) && a.size == b.size && are_parts(&a.text, &b.text) && !goes_on
        };
        let broken: Vec<usize> = (1..words.len()).filter(is_broken).collect();
        if broken.is_empty() {
            continue;
        }
        for (at, word) in std::mem::take(&mut line.words).into_iter().enumerate() {
            match line.words.last_mut() {
                Some(last) if broken.binary_search(&at).is_ok() => last.take_rest(&word),
                _ => line.words.push(word),
            }
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether two words are no figures by themselves, but one together: the first ends within a group of digits, and the second starts within
/// one or with a comma.
fn are_parts(a: &str, b: &str) -> bool {
    /// No figure has more characters.
    const LONGEST: usize = 32;
    let starts_within = || b.starts_with('0') && b[1..].starts_with(|c: char| c.is_ascii_digit()) || !is_grouped(b);
    let is_open = a.ends_with(|c: char| c.is_ascii_digit());
    let is_cut = || b.starts_with(',') || !is_grouped(a) && starts_within();
    let whole = || format!("{a}{b}");
    a.len() + b.len() <= LONGEST && is_open && is_cut() && whole().contains(',') && is_grouped(&whole())
}

fn gap(a: &Word, b: &Word) -> Length {
    b.x0 - a.x1
}

/// How wide the blanks of a line are that have words beside them, for the most part.
fn blank(line: &Line) -> Option<Length> {
    let is_word = |word: &Word| word.text.contains(char::is_alphabetic);
    let pairs = line.words.windows(2).filter(|pair| pair.iter().any(is_word) && !pair[0].touches(pair[1].x0));
    let mut gaps: Vec<_> = pairs.map(|pair| gap(&pair[0], &pair[1])).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied()
}

/// Parts of a figure stand no further apart, in hundredths of the font's size.
const APART: Length = 60;

/// Whether two words are one figure with a gap in it: together they are printed as a figure is and apart they are not, or
/// neither of them is.
fn fell_apart(line: &Line, first: &Word, second: &Word) -> bool {
    let (a, b) = (&*first.text, &*second.text);
    let is_digits = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    // Points alone lead to what stands at their right, or are those of a formula.
    let has_digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    if ![a, b].iter().all(|word| is_digits(word) && has_digit(word)) {
        return false;
    }
    let (whole, both) = (format!("{a}{b}"), [a, b].map(is_grouped));
    whole.contains(',')
        && (both == [false, false] && !are_two(a, b) || both != [true, true] && is_grouped(&whole))
        && !is_blank(line, a, gap(first, second))
}

/// Whether a gap behind a word is a blank: it is wider than a digit, or the word ends with a comma or point, and it is as wide as blanks
/// are, or as others of its line.
fn is_blank(line: &Line, before: &str, gap: Length) -> bool {
    if !before.ends_with([',', '.']) {
        return gap > hundredths(line.size, APART);
    }
    gap > hundredths(line.size, 18) || blank(line).is_some_and(|blank| gap >= blank / 3 * 2)
}

/// Whether two words are numbers of their own in a sentence, each with its comma, the last with the full stop: January 5, 2023, or notes
/// 1, 3, 4.
fn are_two(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (a.strip_suffix(','), b.strip_suffix([',', '.'])) else { return false };
    is_grouped(a) && is_grouped(b) && !is_grouped(&format!("{a},{b}"))
}

/// Whether digits are grouped by commas as figures are: 1,234,567.89.
pub(super) fn is_grouped(text: &str) -> bool {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut rest = groups.peekable();
    let single = rest.peek().is_none();
    digits(first)
        && digits(decimals)
        && (single
            || first.len() <= 3 && !first.starts_with('0') && rest.all(|group| group.len() == 3 && digits(group)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_commas_of_a_sentence_are_two() {
        assert!(are_two("5,", "2023,") && are_two("1,", "3,") && are_two("31,", "2025."));
        for (a, b) in [("2,0", "0,000,"), ("5,", "202,"), ("5", "2023,"), ("1,23", "4,"), ("5,", "202.")] {
            assert!(!are_two(a, b), "{a} {b}");
        }
    }

    #[test]
    fn parts_of_a_figure_are_told() {
        for (a, b) in [("1,2", "07.40"), ("220,219", ",247.12"), ("1", ",987,756.04")] {
            assert!(are_parts(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("8,52", "6,81"),
            ("8,52", "6,810"),
            ("1,2", "345"),
            ("12,", "345"),
            ("", ",4"),
            ("5", "07"),
            ("1,234", "567"),
        ] {
            assert!(!are_parts(a, b), "{a} {b}");
        }
    }

    #[test]
    fn grouped_figures_are_told() {
        for good in ["1", "12345", "1,234", "12,345,678.90", "0.5"] {
            assert!(is_grouped(good), "{good}");
        }
        for bad in ["2,0", "0,000", "0,000,", ",000", "1,2345", "1234,567", "", "1."] {
            assert!(!is_grouped(bad), "{bad}");
        }
    }
}
