//! Tags: what they do to the text around them, for HTML inside Markdown.

use std::ops::Range;

use super::entity;

/// A piece of HTML text, with its place.
pub(super) enum Piece {
    /// Text to take over.
    Text(Range<usize>),
    /// A character reference and its character.
    Reference(char, Range<usize>),
    /// A tag.
    Tag(Tag, Range<usize>),
    /// A comment; the range covers its marks too.
    Comment(Range<usize>),
}

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A line break.
    Break,
    /// The start or end of a block: text before and after it does not belong together.
    Block,
    /// Superscript begins.
    Raise,
    /// Superscript ends.
    Lower,
    /// Nothing.
    Inline,
}

/// What a tag does, from its text (`<br/>`, `</p>`).
pub(super) fn tag(text: &str) -> Tag {
    let closing = text.starts_with("</");
    let name = name(text);
    match name.as_str() {
        "br" => Tag::Break,
        "sup" if closing => Tag::Lower,
        "sup" => Tag::Raise,
        _ if BLOCKS.contains(&name.as_str()) => Tag::Block,
        _ => Tag::Inline,
    }
}

/// The pieces of `html`, in order; `offset` is added to their places. Scripts and styles are left out.
pub(super) fn pieces(html: &str, offset: usize, mut each: impl FnMut(Piece)) {
    let shift = |range: Range<usize>| range.start + offset..range.end + offset;
    // Beyond the last `>` nothing is a tag; knowing it keeps the search linear.
    let last_close = memchr::memrchr(b'>', html.as_bytes()).unwrap_or(0);
    let (mut at, mut text_start) = (0, 0);
    while let Some(found) = memchr::memchr2(b'<', b'&', &html.as_bytes()[at..]) {
        let start = at + found;
        let Some((piece, end)) = markup(html, start, last_close) else {
            at = start + 1;
            continue;
        };
        if text_start < start {
            each(Piece::Text(shift(text_start..start)));
        }
        each(match piece {
            Markup::Reference(c) => Piece::Reference(c, shift(start..end)),
            Markup::Comment => Piece::Comment(shift(start..end)),
            Markup::Tag(tag) => Piece::Tag(tag, shift(start..end)),
        });
        (at, text_start) = (end, end);
    }
    if text_start < html.len() {
        each(Piece::Text(shift(text_start..html.len())));
    }
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

enum Markup {
    Reference(char),
    Comment,
    Tag(Tag),
}

fn markup(html: &str, start: usize, last_close: usize) -> Option<(Markup, usize)> {
    let rest = &html[start..];
    if rest.starts_with('&') {
        let (c, length) = entity::decode(rest)?;
        return Some((Markup::Reference(c), start + length));
    }
    if rest.starts_with("<!--") {
        let end = memchr::memmem::find(rest.as_bytes(), b"-->").map_or(html.len(), |at| start + at + 3);
        return Some((Markup::Comment, end));
    }
    let follows = rest.as_bytes().get(1)?;
    if start > last_close || !(follows.is_ascii_alphabetic() || matches!(follows, b'/' | b'!' | b'?')) {
        return None;
    }
    let end = start + memchr::memchr(b'>', rest.as_bytes())? + 1;
    let text = &html[start..end];
    Some((Markup::Tag(tag(text)), raw_end(html, text, end)))
}

/// Where the tag ends, or, for a script or style, where its content does.
fn raw_end(html: &str, tag: &str, end: usize) -> usize {
    let close: &[u8] = match name(tag).as_str() {
        "script" => b"</script",
        "style" => b"</style",
        _ => return end,
    };
    if tag.starts_with("</") || tag.ends_with("/>") {
        return end;
    }
    memchr::memmem::find(&html.as_bytes()[end..], close).map_or(html.len(), |at| end + at)
}

fn name(tag: &str) -> String {
    let inner = tag.trim_start_matches(['<', '/']);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    inner[..end].to_ascii_lowercase()
}
