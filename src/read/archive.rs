//! Archives of reports: a zip whose entries are reports by themselves.

use std::fmt;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;

use super::package::name_of;
use super::{Options, detect};
use crate::document::Message;
use crate::error::{Error, Result};

/// A zip archive that is no document itself. Entries are read one by one, from any thread; nothing is written anywhere.
#[derive(Clone)]
pub struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    limit: u64,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the archive, without steps upward.
    pub path: PathBuf,
    index: usize,
    /// Why it cannot be read, if that is known beforehand.
    pub refused: Option<Message>,
}

impl Archive {
    /// Opens an archive; `None` if the bytes are no archive, a document in a zip archive (docx, xlsx), or damaged: reading
    /// them as a report tells what they are.
    pub fn open(bytes: Vec<u8>, options: &Options) -> Option<Self> {
        let is_archive = detect::is_zip(&bytes) && matches!(detect::in_zip(&bytes), Ok(None));
        let zip = is_archive.then(|| ZipArchive::new(Cursor::new(Arc::from(bytes))).ok()).flatten()?;
        Some(Self { zip, limit: options.max_size() })
    }

    /// The files in it that are reports by their names, sorted by path, and the archives in it, which are not opened. What
    /// they unpack to is bounded in sum.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.zip.file_names_raw().enumerate().filter_map(entry).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        let mut left = self.limit;
        for entry in entries.iter_mut().filter(|entry| entry.refused.is_none()) {
            let size = self.zip.by_index_data(entry.index).map_or(0, |data| data.size());
            match left.checked_sub(size) {
                Some(rest) => left = rest,
                None => entry.refused = Some(self.too_large()),
            }
        }
        entries
    }

    /// Unpacks an entry.
    ///
    /// # Errors
    /// It is damaged, encrypted, or larger than the archive says.
    pub fn read(&self, entry: &Entry) -> Result<Vec<u8>> {
        if let Some(why) = &entry.refused {
            return Err(why.clone().into());
        }
        let mut zip = self.zip.clone();
        let file = zip.by_index(entry.index).map_err(|error| Error::from(Message::verbatim(error.to_string())))?;
        let size = file.size();
        let mut bytes = Vec::new();
        file.take(size.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > size {
            return Err(Error::message(
                "unpacks to more than the archive says; it is damaged",
                "解压后大于压缩包所载的大小：已损坏",
            ));
        }
        Ok(bytes)
    }

    fn too_large(&self) -> Message {
        let limit = self.limit >> 20;
        Message::new(
            format!(
                "the archive's reports unpack to more than the limit of {limit} MB; --max-size raises it, or unpack it"
            ),
            format!("压缩包内的报告解压后超过 {limit} MB 的上限；可用 --max-size 提高上限，或先行解压"),
        )
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").field("entries", &self.zip.len()).finish()
    }
}

/// An entry by its name, if it is a report or an archive.
fn entry((index, raw): (usize, &[u8])) -> Option<Entry> {
    let name = name_of(raw).replace('\\', "/");
    if name.ends_with('/') {
        return None;
    }
    // Steps upward and roots are left out, so that the path stays below the archive's own.
    let named = |part: Component| if let Component::Normal(name) = part { Some(PathBuf::from(name)) } else { None };
    let path: PathBuf = Path::new(&name).components().filter_map(named).collect();
    let hidden = |part: Component| {
        let part = part.as_os_str().to_string_lossy();
        part.starts_with('.') || part == "__MACOSX"
    };
    if path.components().any(hidden) {
        return None;
    }
    let is_archive = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let refused = is_archive.then(|| {
        Message::new(
            "is an archive inside an archive, which is not opened; unpack it",
            "压缩包内的压缩包不会打开；请先行解压",
        )
    });
    (is_archive || detect::supports(&path)).then_some(Entry { path, index, refused })
}
