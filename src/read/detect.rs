//! What a file is: its first bytes tell before its name does.

use std::path::Path;

use crate::document::Format;
use crate::error::{Error, Result};

/// Whether a file met while walking a folder is a report, by its extension.
pub fn supports(path: &Path) -> bool {
    matches!(extension(path).as_str(), "txt" | "text" | "md" | "markdown" | "csv" | "tsv" | "tab")
}

/// The format of a file.
///
/// # Errors
/// It is of a format that cannot be read; the message says what to do.
pub(super) fn format(path: &Path, bytes: &[u8]) -> Result<Format> {
    refuse_container(path, bytes)?;
    Ok(match extension(path).as_str() {
        "md" | "markdown" => Format::Markdown,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        _ => Format::Text,
    })
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Tells formats that hold no plain text by their first bytes, or by their name, and says what to do.
fn refuse_container(path: &Path, bytes: &[u8]) -> Result<()> {
    let extension = extension(path);
    let kind = match extension.as_str() {
        "docx" | "doc" | "xlsx" | "xls" | "pptx" | "odt" | "ods" | "rtf" | "wps" | "et" | "pdf" | "html" | "htm" => {
            extension.as_str()
        }
        _ if bytes.starts_with(b"%PDF-") => "pdf",
        _ if bytes.starts_with(b"PK\x03\x04") => "docx, xlsx or zip",
        _ if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => "doc or xls",
        _ => return Ok(()),
    };
    let advice = match kind {
        "xlsx" | "xls" | "ods" | "et" => "save the sheet as CSV (UTF-8) and check that",
        "html" | "htm" => "save it as text or Markdown and check that",
        _ => "save it as plain text (UTF-8) and check that",
    };
    Err(Error::message(format!("the {kind} format cannot be read; {advice}")))
}
