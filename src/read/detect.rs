//! What a file is: its first bytes tell before its name does.

use std::path::Path;

use super::html;
use super::package::Package;
use crate::document::Format;
use crate::error::{Error, Result};

/// Whether a file met while walking a folder is a report, by its extension.
pub fn supports(path: &Path) -> bool {
    let extension = extension(path);
    is_workbook(&extension)
        || matches!(extension.as_str(), "txt" | "text" | "md" | "markdown" | "csv" | "tsv" | "tab" | "docx" | "docm")
        || matches!(extension.as_str(), "html" | "htm" | "xhtml" | "pdf")
}

/// The format of a file.
///
/// # Errors
/// It is of a format that cannot be read; the message says what to do.
pub(super) fn format(path: &Path, bytes: &[u8]) -> Result<Format> {
    if let Some(format) = container(path, bytes)? {
        return Ok(format);
    }
    Ok(match extension(path).as_str() {
        "md" | "markdown" => Format::Markdown,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "html" | "htm" | "xhtml" => Format::Html,
        _ if html::looks_like(bytes) => Format::Html,
        extension if is_workbook(extension) && bytes.is_empty() => return Err(Error::message("is empty")),
        // Programs export tables with tabs under the name of an old workbook.
        "xls" if bytes.contains(&b'\t') => Format::Csv,
        extension if is_workbook(extension) => {
            let why =
                format!("is no .{extension}: it is damaged, or named wrongly; a text is to be called .csv or .txt");
            return Err(Error::message(why));
        }
        _ => Format::Text,
    })
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn is_workbook(extension: &str) -> bool {
    matches!(extension, "xlsx" | "xlsm" | "xltx" | "xltm" | "xls" | "xlsb" | "ods" | "et")
}

/// The format of a file that is no plain text, by its first bytes and what is in it; `None`: its name tells.
fn container(path: &Path, bytes: &[u8]) -> Result<Option<Format>> {
    if is_zip(bytes) {
        let archive = || Err(Error::message("is an archive of files; name it on the command line, or unpack it"));
        return in_zip(bytes)?.map_or_else(archive, |format| Ok(Some(format)));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return in_compound_file(path, bytes).map(Some);
    }
    let extension = extension(path);
    match extension.as_str() {
        _ if is_pdf(bytes) => Ok(Some(Format::Pdf)),
        "pdf" => Err(Error::message("it is no PDF, though it is called one: it does not start with %PDF-")),
        "docx" | "docm" | "dotx" | "dotm" => Err(Error::message("is no .docx: it is damaged, or named wrongly")),
        "doc" | "pptx" | "odt" | "rtf" | "wps" => Err(unread(&extension)),
        _ => Ok(None),
    }
}

/// Whether a file is a PDF: some start with other bytes (headers of mails and printers).
fn is_pdf(bytes: &[u8]) -> bool {
    const JUNK: usize = 1024;
    let start = &bytes[..bytes.len().min(JUNK)];
    start.starts_with(b"%PDF-") || memchr::memmem::find(start, b"\n%PDF-").is_some()
}

/// Whether the bytes start as a zip archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The document that a zip archive holds, by the names of its parts; `None`: files that are documents themselves.
///
/// # Errors
/// It is damaged, or a document that cannot be read.
pub(super) fn in_zip(bytes: &[u8]) -> Result<Option<Format>> {
    let package = Package::open(bytes, 0)?;
    let has = |start: &str| package.names().any(|name| name.starts_with(start));
    let opens = has("[content_types].xml") || has("_rels/.rels");
    // An OpenDocument file starts with its type, stored as it is.
    let is_sheet = || memchr::memmem::find(&bytes[..bytes.len().min(200)], b"opendocument.spreadsheet").is_some();
    match () {
        () if opens && has("xl/") => Ok(Some(Format::Workbook)),
        () if opens && has("ppt/") => Err(unread("pptx")),
        () if opens || has("word/document") => Ok(Some(Format::Word)),
        () if is_sheet() => Ok(Some(Format::Workbook)),
        () if has("mimetype") && has("content.xml") => Err(unread("odt")),
        () => Ok(None),
    }
}

/// What a compound file (the container of Word 97) holds. Its folder has names in UTF-16.
fn in_compound_file(path: &Path, bytes: &[u8]) -> Result<Format> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(Error::message("is encrypted; open it with its password and save it without"));
    }
    if has("Workbook") && is_workbook(&extension(path)) {
        return Ok(Format::Workbook);
    }
    if has("WordDocument") || extension(path) == "doc" {
        return Err(Error::message(
            "the doc format of Word 97 cannot be read; save it as .docx (or: soffice --headless --convert-to docx FILE)",
        ));
    }
    if ["Workbook", "WORKBOOK", "Book", "BOOK"].into_iter().any(has) {
        return Ok(Format::Workbook);
    }
    Err(unread("pptx"))
}

/// A format that cannot be read, with what to do.
fn unread(kind: &str) -> Error {
    let advice = match kind {
        "xlsx" | "xls" | "ods" | "et" => "save the sheet as CSV (UTF-8) and check that",
        "doc" | "odt" | "rtf" | "wps" | "odt or ods" => "save it as .docx and check that",
        _ => "save it as plain text (UTF-8) and check that",
    };
    Error::message(format!("the {kind} format cannot be read; {advice}"))
}
