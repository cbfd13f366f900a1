//! Strings of a TOML file with a map from their decoded text to the file, so that an error inside one points at its character.

use std::ops::Range;

use crate::span::{OffsetMap, Span};

use super::error::Fault;

/// A string as decoded, with its place in the file.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The decoded text.
    pub value: String,
    /// The string in the file, inside its quotes.
    pub span: Span,
    map: OffsetMap,
}

impl Text {
    /// The string `decoded` that stands, quotes included, at `raw` in `source`.
    pub fn new(source: &str, raw: Range<usize>, decoded: &str) -> Self {
        let raw = raw.start.min(source.len())..raw.end.min(source.len());
        let (inside, escapes) = inside_quotes(source, raw);
        let map = map_escapes(&source[inside.clone()], inside.start, escapes);
        Self { value: decoded.to_owned(), span: Span::new(inside.start, inside.end), map }
    }

    /// The span in the file of a range of the decoded text.
    pub fn place(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.value.len());
        let place = self.map.to_origin(Span::new(range.start.min(end), end));
        let start = place.start.clamp(self.span.start, self.span.end);
        Span { start, end: place.end.clamp(start, self.span.end) }
    }

    /// A fault of the decoded text as one of the file.
    pub fn fault(&self, fault: Fault) -> Fault {
        Fault { range: self.place(fault.range).range(), ..fault }
    }
}

/// The text between the quotes of a TOML string, and whether backslashes in it escape. A newline right after a triple quote
/// is not part of the string.
fn inside_quotes(source: &str, raw: Range<usize>) -> (Range<usize>, bool) {
    let text = &source[raw.clone()];
    let escapes = text.starts_with('"');
    let triple = text.len() >= 6 && (text.starts_with("'''") || text.starts_with("\"\"\""));
    let quotes = if triple { 3 } else { 1 };
    // A bare key has no quotes, and a string that a syntax error cut off does not end with one.
    let quoted = text.starts_with(['"', '\'']) && text.len() >= 2 && text.ends_with(&text[..quotes]);
    if !quoted {
        return (raw, false);
    }
    let mut start = raw.start + quotes;
    let end = raw.end - quotes;
    if triple {
        let newline =
            if source[start..end].starts_with("\r\n") { 2 } else { source[start..end].starts_with('\n').into() };
        start += newline;
    }
    (start..end, escapes)
}

/// The map from decoded offsets to the file for a string's raw inside, which starts at `base` in the file.
fn map_escapes(raw: &str, base: usize, escapes: bool) -> OffsetMap {
    let mut map = OffsetMap::identity();
    map.push(0, base, 1, 1);
    let (mut at, mut decoded) = (0, 0);
    while escapes && let Some(next) = memchr::memchr(b'\\', &raw.as_bytes()[at..]) {
        decoded += next;
        at += next;
        let (length, character) = escape(&raw[at..]);
        if character > 0 {
            map.push(decoded, base + at, character as u16, length.min(u16::MAX.into()) as u16);
        }
        at += length;
        decoded += character;
        map.push(decoded, base + at, 1, 1);
    }
    map
}

/// The length of an escape as written and of what it stands for (0 for an escaped line break).
fn escape(raw: &str) -> (usize, usize) {
    let digits = match raw.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b' ' | b'\t' | b'\r' | b'\n') => {
            let rest = raw[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            return (raw.len() - rest.len(), 0);
        }
        Some(byte) if byte.is_ascii() => return (2, 1),
        _ => return (1, 1),
    };
    let code = raw.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let character = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    let length = if raw.is_char_boundary(2 + digits) { 2 + digits } else { 2 };
    (length, character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character of the decoded text must map to the place in the file where it is written.
    #[test]
    fn each_character_maps_to_where_it_is_written() {
        let cases: &[(&str, &[&str])] = &[
            (r#"a = "x总y""#, &["x", "总", "y"]),
            (r#"a = "\u603by\t\\\U0001F600z\x41.""#, &[r"\u603b", "y", r"\t", r"\\", r"\U0001F600", "z", r"\x41", "."]),
            (r"a = 'x\n总'", &["x", r"\", "n", "总"]),
            ("a = '''\nx\n总'''", &["x", "\n", "总"]),
            ("a = \"\"\"\r\nx \\\n   y\\\"z\"\"\"", &["x", " ", "y", "\\\"", "z"]),
        ];
        for (source, expected) in cases {
            let table = toml::de::DeTable::parse(source).unwrap();
            let value = &table.get_ref()["a"];
            let text = Text::new(source, value.span(), value.get_ref().as_str().unwrap());
            let written: Vec<_> =
                (text.value.char_indices()).map(|(at, c)| &source[text.place(at..at + c.len_utf8()).range()]).collect();
            assert_eq!(&written, expected, "{source}");
        }
    }
}
