//! Plain text, without copying anything.

use crate::document::{Document, Format, Source};

use super::{captions, lines};

/// Reads plain text.
pub(super) fn read(source: Source) -> Document {
    let lines::Structure { blocks, tables } = lines::structure(&source.text, 0);
    let mut document = Document { blocks, tables, ..Document::new(source, Format::Text) };
    if !document.tables.is_empty() {
        captions::name_tables(&mut document);
    }
    document
}
