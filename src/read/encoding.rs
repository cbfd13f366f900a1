//! Decoding: which encoding a file is in, its text, and the exact map from the text to the file's bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::{Message, Problem};
use crate::error::{Error, Result};
use crate::span::{OffsetMap, Span};

/// A file's text.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text, a byte order mark left out.
    pub text: String,
    /// From offsets in the text to bytes in the file.
    pub map: OffsetMap,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
    /// The places that could not be decoded, each read as U+FFFD.
    pub problems: Vec<Problem>,
}

/// Decodes a file: as `label` says; else by its byte order mark; else as UTF-8, even with a few bad bytes in it; else as the
/// file itself says (`declared`), if that fits; else as its bytes look. Valid UTF-8 is taken over as it is.
///
/// # Errors
/// The label is unknown, or the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>, label: Option<&str>, declared: Option<&str>) -> Result<Decoded> {
    let forced = label.map(known).transpose()?;
    if forced.is_none() && UTF_32_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(Error::message(
            "is in UTF-32, which cannot be read; save it as UTF-8",
            "是 UTF-32 编码，无法读取；请另存为 UTF-8",
        ));
    }
    let (encoding, mark) = match (forced, Encoding::for_bom(&bytes)) {
        (Some(forced), Some((marked, mark))) if marked == forced || is_utf16(marked) && is_utf16(forced) => {
            (marked, mark)
        }
        (Some(forced), _) => (forced, 0),
        (None, Some(marked)) => marked,
        (None, None) => match take_utf8(bytes)? {
            Ok(decoded) => return Ok(decoded),
            Err(bytes) => {
                let encoding = detect(&bytes, declared)?;
                return Ok(transcode(&bytes, 0, encoding));
            }
        },
    };
    Ok(transcode(&bytes, mark, encoding))
}

/// How many undecodable places are told one by one.
const TOLD: usize = 10;

/// How much of a file is looked at for NUL bytes and for its encoding.
const SAMPLE: usize = 1 << 20;

/// The byte order marks of UTF-32, the first of which begins as that of UTF-16 does.
const UTF_32_MARKS: [[u8; 4]; 2] = [[0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]];

fn known(label: &str) -> Result<&'static Encoding> {
    match Encoding::for_label_no_replacement(label.as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(Error::message(
            format!("unknown encoding `{label}`; utf-8, gb18030, big5 and utf-16le are some"),
            format!("没有名为 `{label}` 的编码；可用的有 utf-8、gb18030、big5、utf-16le 等"),
        )),
    }
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Takes the bytes over as they are if they are UTF-8 text without a byte order mark; gives them back otherwise.
fn take_utf8(bytes: Vec<u8>) -> Result<std::result::Result<Decoded, Vec<u8>>> {
    let holds_nul = memchr::memchr(0, &bytes[..bytes.len().min(SAMPLE)]).is_some();
    if holds_nul || simdutf8::basic::from_utf8(&bytes).is_err() {
        return Ok(Err(bytes));
    }
    // SAFETY: simdutf8 has just found the bytes to be valid UTF-8. `String::from_utf8` would look at them again.
    let text = unsafe { String::from_utf8_unchecked(bytes) };
    Ok(Ok(Decoded { text, map: OffsetMap::identity(), encoding: UTF_8.name(), problems: Vec::new() }))
}

/// The encoding that bytes look like which are not plainly UTF-8.
fn detect(bytes: &[u8], declared: Option<&str>) -> Result<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SAMPLE)];
    if memchr::memchr(0, head).is_some() {
        return utf16(head).ok_or_else(|| {
            Error::message(
                "not text: it holds NUL bytes; if it is text, name its --encoding",
                "不是文本：含有 NUL 字节；如果确是文本，请用 --encoding 指明编码",
            )
        });
    }
    if mostly_utf8(bytes) {
        return Ok(UTF_8);
    }
    let declared = declared.and_then(|label| known(label).ok()).filter(|encoding| *encoding != UTF_8);
    if let Some(declared) = declared.filter(|encoding| fits(head, encoding)) {
        return Ok(declared);
    }
    let start = Encoding::ascii_valid_up_to(bytes);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, start + sample.len() == bytes.len());
    let guess = |hint: &[u8]| detector.guess(Some(hint), Utf8Detection::Deny);
    // The hint matters for short texts, and may be wrong: characters that the encoding has no name for tell.
    let [chinese, taiwanese] = [guess(b"cn"), guess(b"tw")];
    let east = if odd_characters(sample, taiwanese) < odd_characters(sample, chinese) { taiwanese } else { chinese };
    // Signs between English words (£, –, ’) are too little for the detector to tell Western from Central European.
    let rare = sample.iter().filter(|b| !b.is_ascii()).count() * 10 < sample.len() + start.min(SAMPLE);
    Ok(match east {
        _ if east.is_single_byte() && rare => WINDOWS_1252,
        _ if east.is_single_byte() => guess(b"com"),
        _ if east == GBK => GB18030,
        _ => east,
    })
}

/// Whether all of a sample is well-formed in an encoding; a character cut by its end is left out.
fn fits(sample: &[u8], encoding: &'static Encoding) -> bool {
    let end = if sample.len() < SAMPLE { None } else { sample.iter().rposition(u8::is_ascii_whitespace) };
    !encoding.decode_without_bom_handling(&sample[..end.unwrap_or(sample.len())]).1
}

/// How many characters of the sample's start come out undecodable, or as ones that no standard names.
fn odd_characters(sample: &[u8], encoding: &'static Encoding) -> usize {
    const ENOUGH: usize = 1 << 16;
    let (text, _) = encoding.decode_without_bom_handling(&sample[..sample.len().min(ENOUGH)]);
    text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}')).count()
}

/// One bad byte must not turn a whole UTF-8 file into something else: text in another encoding is bad nearly everywhere.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        good += valid.bytes().filter(|&b| b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// UTF-16 without a mark: the byte order under which the units look like text, if one does.
fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    let little = plausible(head, u16::from_le_bytes);
    let big = plausible(head, u16::from_be_bytes);
    let units = head.len() / 2;
    let best = little.max(big);
    let likely = best.1 * 10 >= units * 9 && units > 0;
    likely.then_some(if little >= big { UTF_16LE } else { UTF_16BE })
}

/// How much the units look like text (ASCII counts most: read in the wrong order it looks Chinese), and how many do.
fn plausible(head: &[u8], unit: fn([u8; 2]) -> u16) -> (usize, usize) {
    let (mut score, mut good) = (0, 0);
    for pair in head.chunks_exact(2) {
        let worth = match unit([pair[0], pair[1]]) {
            0x09 | 0x0a | 0x0d | 0x20..=0x7e => 2,
            0xa0..=0x17f | 0x2000..=0x206f | 0x20a0..=0x20bf | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xffef => 1,
            _ => 0,
        };
        score += worth;
        good += usize::from(worth > 0);
    }
    (score, good)
}

fn transcode(bytes: &[u8], start: usize, encoding: &'static Encoding) -> Decoded {
    let mut output = Output { text: String::with_capacity(bytes.len()), ..Output::default() };
    if encoding == UTF_8 {
        output.utf8(bytes, start);
    } else {
        output.step(bytes, start, encoding);
    }
    let problems = output.problems(encoding);
    Decoded { text: output.text, map: output.map, encoding: encoding.name(), problems }
}

#[derive(Default)]
struct Output {
    text: String,
    map: OffsetMap,
    bad: Vec<Span>,
    bad_count: usize,
}

impl Output {
    fn utf8(&mut self, bytes: &[u8], start: usize) {
        let mut at = start;
        for chunk in bytes[start..].utf8_chunks() {
            self.copy(chunk.valid(), at);
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.replacement(at, chunk.invalid().len());
                at += chunk.invalid().len();
            }
        }
    }

    /// Decodes piece by piece, and notes for every character where its bytes stand in the file.
    fn step(&mut self, bytes: &[u8], start: usize, encoding: &'static Encoding) {
        const PIECE: usize = 8192;
        let mut at = start;
        while at < bytes.len() {
            if encoding.is_ascii_compatible() {
                let run = &bytes[at..at + Encoding::ascii_valid_up_to(&bytes[at..])];
                self.copy(&String::from_utf8_lossy(run), at);
                at += run.len();
            }
            let piece = &bytes[at..bytes.len().min(at + PIECE)];
            at = match self.whole_piece(piece, at, encoding) {
                Some(length) => at + length,
                None => self.by_character(bytes, at, at + piece.len(), encoding),
            };
        }
    }

    /// Decodes a piece at once, if its bytes tell where each character starts and all are well-formed. Gives how many bytes
    /// were taken: characters cut by the piece's end are left.
    fn whole_piece(&mut self, piece: &[u8], origin: usize, encoding: &'static Encoding) -> Option<usize> {
        let mut lengths = Vec::with_capacity(piece.len());
        let mut end = 0;
        while let Some(length) = piece.get(end).and_then(|_| character_length(encoding, &piece[end..])) {
            if end + length > piece.len() {
                break;
            }
            lengths.push(length as u8);
            end += length;
        }
        let text = encoding.decode_without_bom_handling_and_without_replacement(&piece[..end])?;
        if end == 0 || text.chars().count() != lengths.len() {
            return None;
        }
        let (mut at, mut origin) = (self.text.len(), origin);
        for (c, length) in text.chars().zip(lengths) {
            self.map.push(at, origin, c.len_utf8() as u16, length.into());
            at += c.len_utf8();
            origin += usize::from(length);
        }
        self.text.push_str(&text);
        Some(end)
    }

    /// Feeds the decoder byte by byte from `at` until `end` is reached. Gives how far it came.
    fn by_character(&mut self, bytes: &[u8], mut at: usize, end: usize, encoding: &'static Encoding) -> usize {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        while at < end {
            match character(&mut decoder, bytes, at) {
                Step::Character(character, used) => {
                    self.map.push(self.text.len(), at, character.len() as u16, used as u16);
                    self.text.push_str(character.as_str());
                    at += used;
                }
                Step::Malformed(skipped, length) => {
                    self.replacement(at + skipped, length);
                    at += skipped + length;
                    decoder = encoding.new_decoder_without_bom_handling();
                }
                Step::End => return bytes.len(),
            }
        }
        at
    }

    fn copy(&mut self, text: &str, origin: usize) {
        if !text.is_empty() {
            self.map.push(self.text.len(), origin, 1, 1);
            self.text.push_str(text);
        }
    }

    fn replacement(&mut self, origin: usize, length: usize) {
        let start = self.text.len();
        self.map.push(start, origin, 3, length as u16);
        self.text.push('\u{fffd}');
        self.bad_count += 1;
        if self.bad.len() < TOLD {
            self.bad.push(Span::new(start, start + 3));
        }
    }

    fn problems(&self, encoding: &'static Encoding) -> Vec<Problem> {
        let name = encoding.name();
        let told = self.bad.iter().map(|&span| Problem {
            message: Message::new(
                format!("bytes that are no {name} text, read as \u{fffd}"),
                format!("此处字节不是 {name} 文本，读作 \u{fffd}"),
            ),
            source_span: Some(span),
            place: None,
            unchecked: false,
        });
        let rest = self.bad_count - self.bad.len();
        let summary = (rest > 0).then(|| Problem {
            message: Message::new(
                format!("{rest} more places are no {name} text; the file is damaged, or --encoding should be named"),
                format!("另有 {rest} 处不是 {name} 文本；文件已损坏，或需用 --encoding 指明编码"),
            ),
            source_span: None,
            place: None,
            unchecked: false,
        });
        told.chain(summary).collect()
    }
}

/// How many bytes the character at the start of `bytes` has, in the encodings that reports are in; `None` in others.
fn character_length(encoding: &'static Encoding, bytes: &[u8]) -> Option<usize> {
    let first = *bytes.first()?;
    let second = bytes.get(1).copied().unwrap_or(0);
    if encoding.is_single_byte() {
        return Some(1);
    }
    match encoding {
        _ if encoding == GB18030 => Some(match (first, second) {
            (0..=0x80, _) => 1,
            (_, b'0'..=b'9') => 4,
            _ => 2,
        }),
        _ if encoding == BIG5 => Some(if first < 0x80 { 1 } else { 2 }),
        _ if encoding == UTF_16LE => Some(if (0xd8..0xdc).contains(&second) { 4 } else { 2 }),
        _ if encoding == UTF_16BE => Some(if (0xd8..0xdc).contains(&first) { 4 } else { 2 }),
        _ => None,
    }
}

/// What comes next in a file.
enum Step {
    /// A character (for four pairs of Big5 two), and how many bytes it took.
    Character(Character, usize),
    /// Bytes that are none: how many to skip before them, and how many they are.
    Malformed(usize, usize),
    /// Nothing.
    End,
}

/// A decoded character, on the stack.
struct Character {
    bytes: [u8; 16],
    length: u8,
}

impl Character {
    fn len(&self) -> usize {
        usize::from(self.length)
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len()]).unwrap_or("\u{fffd}")
    }
}

/// Feeds the decoder byte by byte from `start` until a character comes out.
fn character(decoder: &mut Decoder, bytes: &[u8], start: usize) -> Step {
    let mut out = [0; 16];
    for end in start + 1.. {
        let last = end > bytes.len();
        let input = if last { &[][..] } else { &bytes[end - 1..end] };
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(input, &mut out, last);
        match result {
            DecoderResult::Malformed(length, after) => {
                let consumed = end - 1 + read - start;
                let length = usize::from(length).clamp(1, consumed.max(1));
                return Step::Malformed(consumed.saturating_sub(length + usize::from(after)), length);
            }
            _ if written > 0 => return Step::Character(Character { bytes: out, length: written as u8 }, end - start),
            _ if last => break,
            _ => {}
        }
    }
    Step::End
}
