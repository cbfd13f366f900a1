//! Work over all cores, its results in order.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// After this time a progress bar is shown, if standard error is a terminal.
const PATIENCE: Duration = Duration::from_secs(1);

/// The stack of a thread, in bytes; the main thread's on most systems.
const STACK: usize = 8 << 20;

/// Does `work` on each item, on as many threads as there are cores (or `jobs`), and gives the results in the items' order.
/// For one item no thread is started.
pub fn in_order<T: Sync, R: Send>(items: &[T], jobs: Option<NonZeroUsize>, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = jobs.map_or_else(cores, NonZeroUsize::get).min(items.len());
    let progress = Progress::new(items.len());
    let work = |item: &T| {
        let result = work(item);
        progress.step();
        result
    };
    let results = if threads <= 1 { items.iter().map(work).collect() } else { on_threads(items, threads, work) };
    progress.finish();
    results
}

fn on_threads<T: Sync, R: Send>(items: &[T], threads: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
            done.push((at, work(item)));
        }
        done
    };
    let mut results = thread::scope(|scope| {
        // Where no further thread can be had, the ones there are do the work.
        let start = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok();
        let helpers: Vec<_> = (1..threads).filter_map(start).collect();
        let mut results = take();
        for helper in helpers {
            match helper.join() {
                Ok(done) => results.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_by_key(|&(at, _)| at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// A progress bar that appears only when one has to wait.
struct Progress {
    total: usize,
    done: AtomicUsize,
    started: Instant,
    bar: Mutex<Option<ProgressBar>>,
}

impl Progress {
    fn new(total: usize) -> Self {
        Self { total, done: AtomicUsize::new(0), started: Instant::now(), bar: Mutex::new(None) }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.total < 2 || self.started.elapsed() < PATIENCE {
            return;
        }
        if let Ok(mut bar) = self.bar.try_lock() {
            if bar.is_none() && !std::io::stderr().is_terminal() {
                return;
            }
            bar.get_or_insert_with(|| ProgressBar::new(self.total as u64)).set_position(done as u64);
        }
    }

    fn finish(self) {
        if let Ok(Some(bar)) = self.bar.into_inner() {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order() {
        let items: Vec<usize> = (0..100).collect();
        for jobs in [None, NonZeroUsize::new(1), NonZeroUsize::new(7)] {
            assert_eq!(in_order(&items, jobs, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
        assert!(in_order(&[] as &[usize], None, |item| *item).is_empty());
    }
}
