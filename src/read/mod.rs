//! Reading: bytes become a [`Document`].
//!
//! `encoding` decodes and keeps the map to the file's bytes; then one file a format. A reader gives what could be read and
//! a list of problems; it fails only where nothing can be read.

mod affix;
mod aligned;
mod archive;
mod builder;
mod captions;
mod columns;
mod decimals;
mod delimited;
mod detect;
mod encoding;
mod entity;
mod html;
mod inline_html;
mod lines;
mod markdown;
mod marks;
mod package;
mod pdf;
mod raised;
mod rels;
mod tag;
mod text;
mod word;
mod workbook;
mod xml;

#[cfg(test)]
mod tests;

pub use archive::{Archive, Entry};
pub use detect::supports;

use std::path::Path;

use crate::document::{Document, Format, Language, Message, Problem, Source};
use crate::error::{Error, Result};

/// How to read a report, where it is not to be found out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The label of the encoding (`--encoding`), as the WHATWG Encoding Standard lists them; `None`: it is detected.
    pub encoding: Option<String>,
    /// The format; `None`: the file's extension tells.
    pub format: Option<Format>,
    /// The largest file to be read, in bytes; `None`: [`MAX_SIZE`]. Text takes about twice its size, a table of the
    /// smallest cells some 35 times.
    pub max_size: Option<u64>,
}

impl Options {
    /// The largest file to be read, and the most that is unpacked of a container, in bytes.
    pub fn max_size(&self) -> u64 {
        self.max_size.unwrap_or(MAX_SIZE)
    }
}

/// The largest report that is read unless more is asked for: 256 MB.
pub const MAX_SIZE: u64 = 256 << 20;

/// Reads a report from a file.
///
/// # Errors
/// The file cannot be opened, is larger than the limit, is no text, or is of a format that cannot be read.
pub fn file(path: &Path, options: &Options) -> Result<Document> {
    let size = std::fs::metadata(path).map_err(|e| Error::from(e).on(path))?.len();
    check_size(size, options).map_err(|e| e.on(path))?;
    let bytes = std::fs::read(path).map_err(|e| Error::from(e).on(path))?;
    self::bytes(path, bytes, options)
}

/// Reads a report from its bytes; `path` is what it is called, and its extension tells the format.
///
/// # Errors
/// The bytes are more than the limit, are no text, or are of a format that cannot be read.
pub fn bytes(path: &Path, bytes: Vec<u8>, options: &Options) -> Result<Document> {
    read(path, bytes, options).map_err(|e| e.on(path))
}

fn read(path: &Path, bytes: Vec<u8>, options: &Options) -> Result<Document> {
    check_size(bytes.len() as u64, options)?;
    let format = options.format.map_or_else(|| detect::format(path, &bytes), Ok)?;
    let mut document = match format {
        Format::Text | Format::Markdown | Format::Csv | Format::Tsv | Format::Html => {
            from_text(format, path, bytes, options)?
        }
        Format::Pdf => pdf::read(path, bytes)?,
        Format::Word => word::read(path, &bytes, options.max_size())?,
        Format::Workbook => workbook::read(path, &bytes, options.max_size())?,
    };
    check_span(document.text().len() as u64)?;
    document.language = language(document.text());
    let is_running = !matches!(format, Format::Csv | Format::Tsv | Format::Workbook);
    if is_running && document.language == Language::English && decimals::are_commas(document.text()) {
        document.refuse(Message::new(
            "its decimals are printed with commas (12,5): it is not checked; such figures are read in CSV with semicolons only",
            "小数用逗号书写（如 12,5），未检查；这种数字只在以分号分隔的 CSV 中读取",
        ));
    }
    if document.text().trim_start().is_empty() && document.problems.iter().all(|problem| !problem.unchecked) {
        document.problems.push(without_text());
    }
    document.simplify();
    Ok(document)
}

/// Reads a text format: the bytes are decoded first.
fn from_text(format: Format, path: &Path, bytes: Vec<u8>, options: &Options) -> Result<Document> {
    let declared = if format == Format::Html { html::declared_encoding(&bytes) } else { None };
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), declared.as_deref())?;
    check_span(decoded.text.len() as u64)?;
    let source = Source::new(path, decoded.text, decoded.map, decoded.encoding);
    let mut document = match format {
        Format::Markdown => markdown::read(source),
        Format::Csv => delimited::read(source, None),
        Format::Tsv => delimited::read(source, Some(b'\t')),
        Format::Html => html::read(source),
        _ => text::read(source),
    };
    document.problems.splice(0..0, decoded.problems);
    Ok(document)
}

/// What is told of a report that shows nothing, or only pictures of text.
fn without_text() -> Problem {
    let message = Message::new(
        "holds no text, so that nothing was checked; if it shows some (a picture, drawn letters, a script), save that as text",
        "其中没有文字，未作任何检查；如果看得到文字（图片、描成曲线的字、脚本生成的内容），请把它另存为文本",
    );
    Problem { message, source_span: None, place: None, unchecked: false }
}

fn check_size(size: u64, options: &Options) -> Result<()> {
    let limit = options.max_size();
    if size > limit {
        let limit = limit >> 20;
        return Err(Error::message(
            format!("larger than the limit of {limit} MB; --max-size raises it, or split the file"),
            format!("超过 {limit} MB 的上限；可用 --max-size 提高上限，或拆分文件"),
        ));
    }
    check_span(size)
}

/// Spans hold 32 bits.
fn check_span(size: u64) -> Result<()> {
    if size > u64::from(u32::MAX) {
        return Err(Error::message(
            "larger than 4 GiB, the most that can be read; split it",
            "超过 4 GiB，这是能读取的上限；请拆分文件",
        ));
    }
    Ok(())
}

/// The main language, from the first part of the text: a Chinese character says about as much as three Latin letters.
fn language(text: &str) -> Language {
    let bytes = &text.as_bytes()[..text.floor_char_boundary(64 * 1024)];
    // A sum of so many bytes does not overflow.
    const PART: usize = 240;
    // U+4E00 to U+9FFF are E4 B8 80 to E9 BF BF.
    let starts_han = |a: u8, b: u8| (a == 0xe4) & (b >= 0xb8) | (0xe5..=0xe9).contains(&a);
    let pairs = bytes.chunks(PART).zip(bytes.get(1..).unwrap_or_default().chunks(PART));
    // No branches: every byte of most reports is looked at here, so the loops are to be vectorised.
    let han_of =
        |(part, after): (&[u8], &[u8])| part.iter().zip(after).map(|(&a, &b)| u8::from(starts_han(a, b))).sum::<u8>();
    let latin_of = |part: &[u8]| part.iter().map(|byte| u8::from(byte.is_ascii_alphabetic())).sum::<u8>();
    let han: usize = pairs.map(|pair| usize::from(han_of(pair))).sum();
    let latin: usize = bytes.chunks(PART).map(|part| usize::from(latin_of(part))).sum();
    if han * 3 > latin { Language::Chinese } else { Language::English }
}
