//! Programs that a test runs and that a machine may lack: browsers, editors, shells.
//!
//! A test that needs one begins with `let Some(program) = programs::find("nvim") else { return };`, under
//! `#[path = "support/programs.rs"] mod programs;`. Where the program is missing, the test says that it is skipped. `.ci/run`
//! installs all of them and sets `FIGLINT_CI`, and there the lack is a failure.

use std::env;
use std::io::Write as _;
use std::path::PathBuf;

/// Where a program stands on `PATH`; the first of several names that is there. `None`: the test is to be skipped, and that was
/// said.
///
/// # Panics
///
/// With `FIGLINT_CI` set, if none of them is there.
pub fn find(names: &str) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let places = names.split('|').flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = places.into_iter().find(|place| place.is_file());
    if found.is_none() {
        missing(&format!("no {names} on PATH"));
    }
    found
}

/// Says that a test is skipped, and why.
///
/// # Panics
///
/// With `FIGLINT_CI` set.
pub fn missing(why: &str) {
    assert!(env::var_os("FIGLINT_CI").is_none(), "{why}; .ci/run is to install it");
    // Not `eprintln!`, which the harness keeps to itself for tests that pass.
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    _ = writeln!(std::io::stderr(), "skipped: {name}: {why}");
}
