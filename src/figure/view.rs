//! A block's text under the reader's eye: bounded looks forward and back, never past the block.

use crate::span::Span;

/// A block of a document. Offsets are bytes of the whole document's text; nothing outside the block is ever seen.
#[derive(Clone, Copy)]
pub(super) struct View<'t> {
    pub text: &'t str,
    /// The text's bytes up to the block's end.
    pub bytes: &'t [u8],
    pub start: usize,
    pub end: usize,
    /// Whether the block is a table's cell.
    pub cell: bool,
}

/// The longest English word that is looked up in a table; longer ones are cut, and so found in none.
const WORD: usize = 20;

/// An English word in lower case, with where it stands.
pub(super) struct Word {
    letters: [u8; WORD],
    length: usize,
    pub start: usize,
    pub end: usize,
    /// Whether it starts with a capital letter.
    pub capital: bool,
}

impl Word {
    /// The letters, in lower case; empty if no word stands there.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or("")
    }
}

impl<'t> View<'t> {
    pub fn new(text: &'t str, block: Span, cell: bool) -> Self {
        let end = (block.end as usize).min(text.len());
        Self { text, bytes: &text.as_bytes()[..end], start: (block.start as usize).min(end), end, cell }
    }

    /// The byte at `i`, 0 outside of the block.
    #[inline(always)]
    pub fn byte(&self, i: usize) -> u8 {
        if let Some(&byte) = self.bytes.get(i) { byte } else { 0 }
    }

    /// The byte before `i`, 0 outside of the block.
    #[inline(always)]
    pub fn byte_before(&self, i: usize) -> u8 {
        if i > self.start { self.byte(i - 1) } else { 0 }
    }

    /// The character at `i`; NUL outside of the block.
    #[inline(always)]
    pub fn char_at(&self, i: usize) -> char {
        match self.byte(i) {
            byte @ 0..0x80 => byte as char,
            0xe0..0xf0 => self.three(i),
            _ => self.other_at(i),
        }
    }

    /// The character that ends at `i`; NUL outside of the block.
    #[inline(always)]
    pub fn char_before(&self, i: usize) -> char {
        match self.byte_before(i) {
            byte @ 0..0x80 => byte as char,
            _ if i >= self.start + 3 && matches!(self.byte(i - 3), 0xe0..0xf0) => self.three(i - 3),
            _ => self.other_before(i),
        }
    }

    #[cold]
    fn other_at(&self, i: usize) -> char {
        self.text.get(i..self.end).and_then(|rest| rest.chars().next()).unwrap_or('\0')
    }

    #[cold]
    fn other_before(&self, i: usize) -> char {
        self.text.get(self.start..i).and_then(|rest| rest.chars().next_back()).unwrap_or('\0')
    }

    /// The character of three bytes at `i`, as most Chinese ones are; decoded here because the lexer does little else.
    #[inline(always)]
    fn three(&self, i: usize) -> char {
        match self.bytes.get(i..i + 3) {
            Some(&[a, b, c]) => {
                let code = u32::from(a & 0xf) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f);
                char::from_u32(code).unwrap_or('\0')
            }
            _ => '\0',
        }
    }

    /// Where the character at `i` ends.
    #[inline]
    pub fn after(&self, i: usize) -> usize {
        (i + self.char_at(i).len_utf8()).min(self.end)
    }

    /// Where the character that ends at `i` starts.
    #[inline]
    pub fn before(&self, i: usize) -> usize {
        i.saturating_sub(self.char_before(i).len_utf8()).max(self.start)
    }

    /// Whether `words` stand at `i`.
    #[inline]
    pub fn starts(&self, i: usize, words: &str) -> bool {
        self.bytes.get(i..).is_some_and(|rest| rest.starts_with(words.as_bytes()))
    }

    /// Whether `words` end at `i`.
    #[inline]
    pub fn ends(&self, i: usize, words: &str) -> bool {
        self.bytes.get(self.start..i).is_some_and(|before| before.ends_with(words.as_bytes()))
    }

    /// The first of `words` that stands at `i`: where it ends.
    pub fn any(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|word| self.starts(i, word)).map(|word| i + word.len())
    }

    /// Where the blanks from `i` on end (line breaks too).
    pub fn skip_blanks(&self, mut i: usize) -> usize {
        while is_blank(self.char_at(i)) && i < self.end {
            i = self.after(i);
        }
        i
    }

    /// Where the blanks that end at `i` start.
    pub fn skip_blanks_back(&self, mut i: usize) -> usize {
        while i > self.start && is_blank(self.char_before(i)) {
            i = self.before(i);
        }
        i
    }

    /// `i`, or the place after the one blank that stands there.
    #[inline]
    pub fn skip_one_blank(&self, i: usize) -> usize {
        match self.byte(i) {
            b' ' => i + 1,
            // The first bytes of the other blanks.
            0xc2 | 0xe2 if matches!(self.char_at(i), '\u{a0}' | '\u{2009}' | '\u{202f}') => self.after(i),
            _ => i,
        }
    }

    /// `i`, or the place before the one blank that ends there.
    #[inline]
    pub fn skip_one_blank_back(&self, i: usize) -> usize {
        if matches!(self.char_before(i), ' ' | '\u{a0}') { self.before(i) } else { i }
    }

    /// The English word at `i` (empty if none starts there).
    pub fn word_at(&self, i: usize) -> Word {
        let mut end = i;
        while self.byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        self.word(i, end)
    }

    /// The English word that ends at `i`, blanks and a full stop between left out.
    pub fn word_before(&self, i: usize) -> Word {
        let end = self.skip_blanks_back(i);
        let end = if self.byte_before(end) == b'.' && end < i { end - 1 } else { end };
        let mut start = end;
        while self.byte_before(start).is_ascii_alphabetic() {
            start -= 1;
        }
        self.word(start, end)
    }

    fn word(&self, start: usize, end: usize) -> Word {
        let mut letters = [0; WORD];
        let length = end.saturating_sub(start).min(WORD);
        for (k, letter) in letters[..length].iter_mut().enumerate() {
            *letter = self.byte(start + k).to_ascii_lowercase();
        }
        Word { letters, length, start, end, capital: self.byte(start).is_ascii_uppercase() && length > 0 }
    }

    /// Whether a line, or the block, starts at `i` (blanks and Markdown marks before it left out).
    pub fn is_line_start(&self, i: usize) -> bool {
        let mut i = i;
        while matches!(self.char_before(i), ' ' | '\t' | '\u{3000}' | '\u{a0}' | '#' | '*' | '>') {
            i = self.before(i);
        }
        matches!(self.char_before(i), '\0' | '\n' | '\r')
    }
}

/// Whether a character is white space of any kind.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200b}' | '\u{202f}')
}

/// Whether a character is a Chinese one.
#[inline]
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '〇')
}

/// Whether a character is a decimal digit, half- or full-width, and which.
#[inline]
pub(super) fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((c as u32 - '０' as u32) as u8),
        _ => None,
    }
}
