//! Text from reports made safe for a terminal: no control characters, nothing that turns the writing direction round.

use unicode_width::UnicodeWidthChar;

/// A character as it may be shown; `None`: it is invisible and left out.
pub fn character(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' => Some(' '),
        // Zero-width characters and variation selectors would make terminals disagree about columns.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        // Marks, embeddings, overrides and isolates of direction, and line separators.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Some('\u{fffd}'),
        '\u{e0000}'..='\u{e0fff}' => None,
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}

/// A text as it may be shown, on one line.
pub fn line(text: &str) -> String {
    text.chars().filter_map(character).collect()
}

/// How many columns a clean character takes.
pub fn width_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How many columns a clean text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// A text broken into lines of at most so many columns, at spaces where that is possible.
pub fn wrapped(text: &str, columns: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let last = lines.last().map_or(0, |line| width(line));
        if last > 0 && last + width(word.trim_end()) > columns && width(word) <= columns {
            lines.push(String::new());
        }
        for c in word.chars() {
            let used = lines.last().map_or(0, |line| width(line));
            if used + width_of(c) > columns && c != ' ' {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_reaches_the_terminal() {
        for (text, shown) in [
            ("受理38件", "受理38件"),
            ("a\u{1b}[31mb", "a\u{fffd}[31mb"),
            ("\u{202e}38\u{2066}", "\u{fffd}38\u{fffd}"),
            ("1\t2\r\n3", "1 2  3"),
            ("3\u{200b}8\u{feff}", "38"),
            ("\u{9b}31m", "\u{fffd}31m"),
        ] {
            assert_eq!(line(text), shown);
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(width("受理38件,"), 9);
    }
}
