//! Patterns made of a report's own sentences, as rule files write them.

use std::fmt::Write;

use crate::document::Document;
use crate::figure::Figure;
use crate::span::Span;

/// A piece of the text with braces in place of the digits of the figures named. The figures stand in it, in order.
pub fn of_sentence(document: &Document, piece: Span, figures: &[(Figure, String)]) -> String {
    let mut out = String::new();
    let mut copied = piece.start as usize;
    for (figure, name) in figures {
        let before = copied.max(figure.digits.start as usize);
        out.push_str(&escaped(&document.text()[copied..before]));
        _ = write!(out, "{{{name}}}");
        copied = before.max(figure.digits.end as usize);
    }
    out.push_str(&escaped(&document.text()[copied..piece.end as usize]));
    out.trim().to_owned()
}

/// a … z, then a1 … z1 and so on.
pub fn letter(number: usize) -> String {
    let letter = char::from(b'a' + (number % 26) as u8);
    match number / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// Text as a pattern's literal: braces and square brackets doubled, line breaks as the white space they are.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' | '[' | ']' => out.extend([c, c]),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text as a TOML string.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_on_after_z() {
        assert_eq!([0, 25, 26, 53].map(letter), ["a", "z", "a1", "b2"]);
    }
}
