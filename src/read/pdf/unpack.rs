//! Packed data, unpacked within bounds. A few kilobytes can stand for gigabytes; what is too much is not unpacked at all.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// The most that one stream may unpack to: 64 MB.
pub(super) const MOST: usize = 64 << 20;

/// The data of a stream; `None` if it cannot be unpacked, or is more than `most` bytes.
pub(super) fn unpack<'a>(stream: &Stream<'a>, most: usize) -> Option<Cow<'a, [u8]>> {
    is_bounded(stream, most).then(|| stream.decoded_data().ok()).flatten()
}

/// Whether a stream unpacks to `most` bytes at most.
pub(super) fn is_bounded(stream: &Stream<'_>, most: usize) -> bool {
    let filters = stream.filters();
    let is_packed = |filter: &&Filter| {
        !matches!(filter, Filter::AsciiHexDecode | Filter::Ascii85Decode | Filter::Crypt | Filter::RunLengthDecode)
    };
    let packed: Vec<_> = filters.iter().filter(is_packed).collect();
    let raw = stream.raw_data();
    match packed[..] {
        [] => raw.len() <= most / 64,
        [Filter::FlateDecode] => raw.len() <= most / DEFLATE || filters.len() == 1 && is_deflated_within(&raw, most),
        [Filter::LzwDecode] => raw.len() <= most / LZW,
        // Packing twice multiplies the bounds.
        _ => false,
    }
}

/// The most bytes that one byte of deflated data stands for.
const DEFLATE: usize = 1032;

/// The same of LZW, whose codes have nine bits at least and stand for 4,096 bytes at most.
const LZW: usize = 4096;

/// Whether deflated data stands for `most` bytes at most, found by unpacking it to nowhere.
pub(super) fn is_deflated_within(raw: &[u8], most: usize) -> bool {
    raw.len() <= most / DEFLATE || {
        let mut unpacked = ZlibDecoder::new(raw).take(most as u64 + 1);
        // Damaged data ends with an error; up to there it was counted.
        let length = std::io::copy(&mut unpacked, &mut std::io::sink());
        length.is_ok_and(|length| length <= most as u64) || unpacked.limit() > 0
    }
}
