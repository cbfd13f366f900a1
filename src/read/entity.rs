//! Character references of HTML (`&nbsp;`, `&#165;`), in HTML and in HTML inside Markdown.

use std::cell::RefCell;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as TokenSpan, Tokenizer};
use rustc_hash::FxHashMap;

/// What a character reference stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    characters: [Option<char>; 2],
    /// How long it is, in bytes.
    pub length: usize,
}

impl Reference {
    /// The characters that it stands for: two at most.
    pub fn characters(self) -> impl Iterator<Item = char> {
        self.characters.into_iter().flatten()
    }

    fn new(text: &str, length: usize) -> Self {
        let mut characters = text.chars();
        Self { characters: [characters.next(), characters.next()], length }
    }
}

/// The reference at the start of `text`, which begins with `&`; `None`: that is text.
pub(super) fn decode(text: &str) -> Option<Reference> {
    if let Some((c, length)) = text.strip_prefix("&#").and_then(numeric) {
        return Some(Reference { characters: [Some(c), None], length: length + 2 });
    }
    let name = text[1..].bytes().take(LONGEST_NAME).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    if text.as_bytes().get(1 + name) != Some(&b';') {
        return named(&text[..1 + name]);
    }
    let text = &text[..name + 2];
    MET.with_borrow_mut(|met| {
        if let Some(&reference) = met.get(text) {
            return Some(reference);
        }
        let reference = named(text)?;
        // Names only, of which there are some two thousand; not what stands behind one.
        if reference.length == text.len() {
            met.insert(text.into(), reference);
        }
        Some(reference)
    })
}

thread_local! {
    /// The names that were met so far: pages repeat the same few ten thousand times.
    static MET: RefCell<FxHashMap<Box<str>, Reference>> = RefCell::default();
}

/// No name of a character is longer.
const LONGEST_NAME: usize = 34;

/// A reference at the start of `text` as the tokenizer decodes it, which knows all names.
fn named(text: &str) -> Option<Reference> {
    let decoded = decoded(text);
    // `&copy2024`: what follows the name is text.
    let kept = text.bytes().rev().zip(decoded.bytes().rev()).take_while(|(a, b)| a == b).count();
    let length = text.len() - kept;
    (length > 0).then(|| Reference::new(&decoded[..decoded.len() - kept], length))
}

fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: TokenSpan<()>| -> Option<Infallible> {
        if let CallbackEvent::String { value } = event {
            decoded.push_str(&String::from_utf8_lossy(value));
        }
        None
    });
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    decoded
}

/// The character of a number (`165;`, `xA5;`), and the length of that.
fn numeric(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 9;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let code = match text[..end].strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => text[..end].parse().ok()?,
    };
    // Old pages mean the signs of Windows by the numbers of control characters.
    if let 0x80..0xa0 = code {
        let byte = [code as u8];
        let (sign, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        return Some((sign.chars().next()?, end + 1));
    }
    let c = char::from_u32(code).filter(|&c| c != '\0')?;
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_browsers_do() {
        let told = |text: &str| decode(text).map(|one| (one.characters().collect::<String>(), one.length));
        let is = |text: &str, characters: &str, length| assert_eq!(told(text), Some((characters.to_owned(), length)));
        for _ in 0..2 {
            is("&ge; 3", "≥", 4);
            is("&nbsp;5", "\u{a0}", 6);
            is("&copy2024", "©", 5);
            is("&notin;x", "∉", 7);
            is("&NotEqualTilde;", "≂\u{338}", 15);
        }
        is("&#165;", "¥", 6);
        is("&#xA5;", "¥", 6);
        is("&#151;", "—", 6);
        is("&#x0;", "\u{fffd}", 5);
        is("&#165 5", "¥", 5);
        for text in ["&", "& 5", "&;", "&nosuch;", "&#;", "&#x;"] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
