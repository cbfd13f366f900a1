//! Spreadsheets: every visible sheet as the tables and paragraphs that are seen on it.
//!
//! `xlsx`, `xlsb`, `xls` and `ods` give the sheets with the text that each cell shows, which its number format decides (`format`)
//! where the file does not hold it; `layout` finds the tables on a sheet, `writer` makes the document. What a cell stores beyond what it shows is not used:
//! the shown figure's range holds the stored value, so a check that fails on what is shown fails on what is stored.

mod binary;
mod calendar;
mod compound;
mod format;
mod hidden;
mod layout;
mod ods;
mod places;
mod sheet;
mod styles;
mod writer;
mod xls;
mod xlsb;
mod xlsx;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::package::Package;
use crate::document::Document;
use crate::error::{Error, Result};
use writer::Writer;

/// Reads a workbook; at most `limit` bytes are unpacked, and the text is at most as long.
///
/// # Errors
/// It is damaged, encrypted, no workbook, or larger than the limit.
pub(super) fn read(path: &Path, bytes: &[u8], limit: u64) -> Result<Document> {
    // Places in the text of a sheet have 32 bits.
    let budget = Budget { limit: limit.min(u64::from(u32::MAX)) };
    // What a library may still stumble over in a damaged file must not end a run over many files.
    let read = catch_unwind(AssertUnwindSafe(|| read_as_it_is(bytes, limit, &budget)));
    let writer = read.map_err(|_| {
        Error::message("is damaged: it cannot be read; save it anew and check that", "已损坏，无法读取；请另存后再检查")
    })??;
    Ok(writer.finish(path))
}

/// Reads a workbook of the kind that its bytes show.
fn read_as_it_is(bytes: &[u8], limit: u64, budget: &Budget) -> Result<Writer> {
    if !bytes.starts_with(b"PK") {
        return xls::read(bytes, budget);
    }
    let mut package = Package::open(bytes, limit)?;
    let has = |part: &str| package.names().any(|name| name == part);
    if has("content.xml") && !has("xl/workbook.xml") {
        return ods::read(&mut package, budget);
    }
    if has("xl/workbook.bin") {
        return xlsb::read(&mut package, budget);
    }
    xlsx::read(&mut package, budget)
}

/// How long the text may become: cells share texts, so that a small file may show any amount.
struct Budget {
    limit: u64,
}

impl Budget {
    fn check(&self, size: usize) -> Result<()> {
        if size as u64 > self.limit {
            let limit = self.limit >> 20;
            return Err(Error::message(
                format!("holds more than the limit of {limit} MB; --max-size raises it"),
                format!("内容超过 {limit} MB 的上限；可用 --max-size 提高上限"),
            ));
        }
        Ok(())
    }
}
