//! Files that are zip archives inside: their parts by name, unpacked within a limit.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::document::Message;
use crate::error::{Error, Result};

/// A zip archive in memory. What is unpacked of it, all together, stays within a limit.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names in lower case, with `/` between folders; the last of equals counts.
    names: HashMap<String, usize>,
    limit: u64,
    left: u64,
}

/// A part that was unpacked.
#[derive(Debug)]
pub(super) struct Part {
    /// Its bytes, as far as they could be unpacked.
    pub bytes: Vec<u8>,
    /// Why they end too early, if they do.
    pub cut: Option<Message>,
}

impl<'a> Package<'a> {
    /// Opens an archive; `limit` is how many bytes are unpacked of it at most.
    ///
    /// # Errors
    /// It has no readable list of parts: it is cut off, or no archive.
    pub fn open(bytes: &'a [u8], limit: u64) -> Result<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Error::message(
                format!("is damaged or was cut off ({error}); get it again, or open and save it anew"),
                format!("已损坏或不完整（{error}）；请重新获取，或打开后另存"),
            )
        })?;
        let names = zip.file_names_raw().map(|name| plain(&name_of(name))).enumerate();
        let names = names.map(|(index, name)| (name, index)).collect();
        Ok(Self { zip, names, limit, left: limit })
    }

    /// The names of the parts, in lower case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Unpacks a part; `None` if there is none of that name.
    pub fn part(&mut self, name: &str) -> Option<Part> {
        let index = *self.names.get(&plain(name.trim_start_matches('/')))?;
        let (left, limit) = (self.left, self.limit);
        let part = match self.zip.by_index(index) {
            Ok(file) => unpack(file, left, limit),
            Err(error) => Part { bytes: Vec::new(), cut: Some(Message::verbatim(error.to_string())) },
        };
        self.left = left.saturating_sub(part.bytes.len() as u64);
        Some(part)
    }
}

/// Reads a part to its end, to an error in it, or to the limit.
fn unpack(file: impl Read, left: u64, limit: u64) -> Part {
    let mut bytes = Vec::new();
    let failed = file.take(left.saturating_add(1)).read_to_end(&mut bytes).err();
    let mut cut = failed.map(|error| Message::verbatim(error.to_string()));
    if bytes.len() as u64 > left {
        bytes.truncate(left as usize);
        let limit = limit >> 20;
        cut = Some(Message::new(
            format!("it unpacks to more than the limit of {limit} MB; --max-size raises it"),
            format!("解压后超过 {limit} MB 的上限；可用 --max-size 提高上限"),
        ));
    }
    Part { bytes, cut }
}

/// A name of an archive as text: UTF-8, or what Chinese systems write.
pub(super) fn name_of(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

fn plain(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}
