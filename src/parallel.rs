//! Large documents by parts, one a core; small ones as they are.

use std::ops::Range;

use crate::document::Document;

/// Documents smaller than this are not worth a thread.
const LARGE: usize = 4 << 20;

/// Runs `work` on consecutive ranges of a document's blocks that together hold all of them, and gives the results in order.
/// A document of less than 4 MB is one range, and no thread is started.
pub fn by_blocks<T: Send>(document: &Document, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let parts = document.text().len() / LARGE;
    // Asking for the cores reads files on Linux, which costs as much as reading a small report.
    let parts = if parts < 2 { 1 } else { parts.min(std::thread::available_parallelism().map_or(1, usize::from)) };
    if parts == 1 {
        return vec![work(0..document.blocks.len())];
    }
    let ranges = ranges(document, parts);
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = ranges.into_iter().map(|range| scope.spawn(move || work(range))).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.map(|outcome| outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// Ranges of blocks with about the same amount of text each.
fn ranges(document: &Document, parts: usize) -> Vec<Range<usize>> {
    let length = document.text().len();
    let starts = (0..=parts).map(|part| {
        let at = (length / parts * part) as u32;
        document.blocks.partition_point(|block| block.span.start < at)
    });
    let mut starts: Vec<usize> = starts.collect();
    starts[parts] = document.blocks.len();
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}
