//! XML of a part: its text whatever its encoding, attributes by their local names, values of switches.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// A part's text. Bytes that are no UTF-8 become U+FFFD.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return encoding_rs::UTF_16LE.decode(&bytes).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// A reader that goes on where tags do not match. Entities are not expanded, and empty elements end like others.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    reader
}

/// Gives each start of an element to `start` and each end to `end`; text is left out. Gives why it ends too early.
pub(super) fn walk(text: &str, mut start: impl FnMut(&BytesStart), mut end: impl FnMut(&[u8])) -> Option<String> {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => start(&element),
            Ok(Event::End(element)) => end(element.local_name().as_ref().as_ref()),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// An attribute by its local name, references decoded.
pub(super) fn attribute<'a>(element: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    let found = element.attributes().with_checks(false).flatten().find(|attribute| {
        let local = attribute.key.local_name();
        local.as_ref() == name
    })?;
    let value = found.value;
    Some(match quick_xml::escape::unescape(&value) {
        Ok(plain) => Cow::Owned(plain.into_owned()),
        Err(_) => Cow::Owned(value.to_string()),
    })
}

/// The attribute `val`.
pub(super) fn value<'a>(element: &'a BytesStart) -> Option<Cow<'a, str>> {
    attribute(element, "val")
}

/// An attribute that is a whole number.
pub(super) fn number(element: &BytesStart, name: &str) -> Option<i64> {
    // Some programs write 720.0.
    attribute(element, name)?.split('.').next()?.trim().parse().ok()
}

/// Whether a switch (`<w:b/>`, `<w:b w:val="0"/>`) is on.
pub(super) fn is_on(element: &BytesStart) -> bool {
    !matches!(value(element).as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The character that a reference stands for, or U+FFFD where that is not known: what stands around it must not close up.
pub(super) fn character_or_mark(reference: &BytesRef) -> char {
    character(reference).unwrap_or('\u{fffd}')
}

/// The character that a reference stands for; `None`: it names an entity, which is not expanded.
pub(super) fn character(reference: &BytesRef) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => Some(c),
        Ok(None) => match &**reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        },
        Err(_) => Some('\u{fffd}'),
    }
}
