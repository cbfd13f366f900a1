//! Large documents and long lists by parts, one a core; small ones as they are.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::document::Document;

/// Documents smaller than this are not worth a thread: a core goes through it in a millisecond or two.
const LARGE: usize = 128 << 10;

/// Runs `work` on consecutive ranges of a document's blocks that together hold all of them, and gives the results in order.
/// A document of less than a quarter of a megabyte is one range, and no thread is started.
pub fn by_blocks<T: Send>(document: &Document, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    match parts(document.text().len(), LARGE) {
        1 => vec![work(0..document.blocks.len())],
        parts => on_threads(ranges(document, parts), work),
    }
}

/// Less work than this is not worth a thread.
const MANY: usize = 1 << 13;

/// Runs `work` on consecutive parts of `items`, one a core, and gives all results in order. `size` is how much work all of them
/// are, in figures looked at: for less than some thousand no thread is started.
pub fn over<'i, T: Sync, R: Send>(items: &'i [T], size: usize, work: impl Fn(&'i [T]) -> Vec<R> + Sync) -> Vec<R> {
    match parts(size, MANY).min(items.len().max(1)) {
        1 => work(items),
        parts => {
            let chunks = items.chunks(items.len().div_ceil(parts)).collect();
            on_threads(chunks, work).into_iter().flatten().collect()
        }
    }
}

/// Texts smaller than this are not worth a thread, where all that is looked for in them is looked for.
const LONG: usize = 64 << 10;

/// Does tasks of unlike length over a text of `size` bytes, each core the next one that is left, and gives the results in order.
/// Over a text of less than some ten thousand bytes no thread is started.
pub fn tasks<'t, T: Sync, R: Send>(size: usize, tasks: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let threads = if tasks.len() < 2 { 1 } else { parts(size, LONG).min(tasks.len()) };
    if threads == 1 {
        return tasks.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let some = |()| {
        let mine =
            std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed)).map_while(|at| Some((at, tasks.get(at)?)));
        mine.map(|(at, task)| (at, work(task))).collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, R)> = on_threads(vec![(); threads], some).into_iter().flatten().collect();
    done.sort_unstable_by_key(|&(at, _)| at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Into how many parts something of a size is worth being split, if parts are to have `least`: no more than there are cores.
fn parts(size: usize, least: usize) -> usize {
    let parts = size / least;
    // Asking for the cores reads files on Linux, which costs as much as reading a small report.
    if parts < 2 { 1 } else { parts.min(std::thread::available_parallelism().map_or(1, usize::from)) }
}

/// The first part is done on this thread: what it needs has room where something was freed, which other threads' does not have.
fn on_threads<P: Send, T: Send>(parts: Vec<P>, work: impl Fn(P) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let mut parts = parts.into_iter();
        let first = parts.next();
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let first = first.map(work);
        let joined = threads.into_iter().map(|thread| thread.join());
        let others = joined.map(|outcome| outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        first.into_iter().chain(others).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_tasks_keep_their_order() {
        let tasks_of = |count: u64| (0..count).collect::<Vec<u64>>();
        // The first takes longest.
        let work = |task: &u64| (0..1_000 / (task + 1)).fold(*task, |a, b| a ^ b ^ a) + 10 * task;
        for (size, count) in [(0, 5), (1 << 20, 0), (1 << 20, 1), (1 << 20, 50)] {
            let expected: Vec<u64> = tasks_of(count).iter().map(work).collect();
            assert_eq!(tasks(size, &tasks_of(count), work), expected, "{size} {count}");
        }
    }
}
