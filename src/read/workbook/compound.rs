//! Compound files (MS-CFB), the container of Office 97: streams by their names.

use super::binary::Bytes;

/// Where a chain of sectors ends; numbers from here on are no sectors.
const END: u32 = 0xffff_fffa;

/// A stream's bytes; `None` if there is no such stream, or the file is damaged.
pub(super) fn stream(file: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let compound = Compound::open(file)?;
    let folder = compound.chain(compound.first_folder, u64::MAX)?;
    let entries: Vec<Entry> = folder.chunks_exact(128).filter_map(Entry::read).collect();
    let entry = names.iter().find_map(|name| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name)))?;
    if entry.size >= compound.small_below {
        return compound.chain(entry.start, entry.size);
    }
    // Small streams stand in pieces of 64 bytes in the stream of the root.
    let root = entries.first()?;
    let pool = compound.chain(root.start, root.size)?;
    let table = compound.chain(compound.first_small, u64::MAX)?;
    let mut bytes = Vec::new();
    let mut at = entry.start;
    while (bytes.len() as u64) < entry.size && at < END && bytes.len() <= pool.len() {
        let start = (at as usize).checked_mul(64)?;
        bytes.extend_from_slice(pool.get(start..(start + 64).min(pool.len()))?);
        at = Bytes(table.get(at as usize * 4..)?).u32()?;
    }
    bytes.truncate(entry.size as usize);
    Some(bytes)
}

struct Compound<'f> {
    file: &'f [u8],
    /// How long a sector is, in bytes.
    sector: usize,
    /// The sector after each sector.
    next: Vec<u32>,
    first_folder: u32,
    first_small: u32,
    /// Shorter streams stand in small pieces.
    small_below: u64,
}

impl<'f> Compound<'f> {
    fn open(file: &'f [u8]) -> Option<Self> {
        let at = |offset: usize| Bytes(file.get(offset..).unwrap_or_default());
        let shift = at(30).u16()?;
        let sector = match shift {
            9 | 12 => 1usize << shift,
            _ => return None,
        };
        let mut compound = Self {
            file,
            sector,
            next: Vec::new(),
            first_folder: at(48).u32()?,
            small_below: at(56).u32()?.into(),
            first_small: at(60).u32()?,
        };
        let mut tables = Vec::new();
        let mut list = at(76);
        for _ in 0..109 {
            tables.push(list.u32()?);
        }
        // Further tables are listed in a chain of sectors, the last number of each is the next one.
        let mut more = at(68).u32()?;
        for _ in 0..=file.len() / sector {
            let Some(bytes) = compound.sector(more) else { break };
            let (listed, next) = bytes.split_at(bytes.len().checked_sub(4)?);
            tables.extend(listed.chunks_exact(4).filter_map(|number| Bytes(number).u32()));
            more = Bytes(next).u32()?;
        }
        for table in tables.into_iter().filter(|&table| table < END).take(file.len() / sector + 1) {
            let bytes = compound.sector(table)?;
            compound.next.extend(bytes.chunks_exact(4).filter_map(|number| Bytes(number).u32()));
        }
        Some(compound)
    }

    fn sector(&self, number: u32) -> Option<&'f [u8]> {
        if number >= END {
            return None;
        }
        let start = (number as usize + 1).checked_mul(self.sector)?;
        self.file.get(start..(start + self.sector).min(self.file.len())).filter(|bytes| !bytes.is_empty())
    }

    /// The bytes of a chain of sectors, at most `size`. A chain that goes in a circle ends with the file's length.
    fn chain(&self, start: u32, size: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < END && (bytes.len() as u64) < size && bytes.len() <= self.file.len() {
            bytes.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
        }
        bytes.truncate(size.min(bytes.len() as u64) as usize);
        Some(bytes)
    }
}

/// A stream as the folder lists it.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let length = Bytes(bytes.get(64..)?).u16()? as usize;
        let name = Bytes(bytes).wide((length / 2).saturating_sub(1).min(31))?;
        let start = Bytes(bytes.get(116..)?).u32()?;
        // The upper half of the size is rubbish in old files.
        let size = Bytes(bytes.get(120..)?).u32()?.into();
        Some(Self { name, start, size })
    }
}
