//! HTML, XHTML and inline XBRL: the text that a browser shows, in reading order, every character with its place in the source.
//!
//! Two passes: `parse` resolves tags into paragraphs and tables whose text still stands in the source; `layout` finds what is a
//! table of data and what only places things, joins the cells that make one figure (`$` | `(1,234` | `)`), and writes the text.

mod grid;
mod joined;
mod layout;
mod numbers;
mod page;
mod parse;
mod sheet;
mod short;
mod style;
mod text;

#[cfg(test)]
mod tests;

use crate::document::{Document, Format, Source};

use super::captions;

/// Reads a page. What is not displayed is left out, as far as the page itself says so (`hidden`, `display:none`, simple rules of
/// its style sheets).
pub(super) fn read(source: Source) -> Document {
    let xml = source.text.trim_start().starts_with("<?xml");
    let page = parse::parse(&source.text, xml);
    let mut document = Document::new(source, Format::Html);
    layout::fill(&mut document, &page);
    document.ordinals = numbers::of_pages(&document);
    captions::name_tables(&mut document);
    document
}

/// The encoding that a page names itself, in a `meta` element or an XML declaration. UTF-16 is never named in a way that can be
/// read, so that such a name is wrong.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let named = |key: &str| {
        let value = head.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.'));
        let name = &value[..end.unwrap_or(value.len())];
        (!name.is_empty() && !name.starts_with("utf-16")).then(|| name.to_owned())
    };
    named("charset").or_else(|| named("encoding"))
}

/// Whether bytes begin as a page does: `<!doctype html`, `<html`, or an XML declaration with `<html` soon after.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    const HEAD: usize = 4096;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes[..bytes.len().min(HEAD)].trim_ascii_start().to_ascii_lowercase();
    let starts =
        |tag: &[u8]| head.starts_with(tag) && head.get(tag.len()).is_none_or(|b| b.is_ascii_whitespace() || *b == b'>');
    starts(b"<!doctype html") || starts(b"<html") || starts(b"<?xml") && memchr::memmem::find(&head, b"<html").is_some()
}
