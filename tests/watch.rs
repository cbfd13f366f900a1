//! `figlint check --watch`: a process that is started, files that change, what it says.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

const RULES: &str = "[[rule]]\nid = \"rate\"\nfind = \"{settled} letters, {done} cases ({rate})\"\nexpect = \"any\"\ncheck = \"rate = done / settled\"\n";
const WRONG: &str = "528 letters, 510 cases (96.5%).\n";
const RIGHT: &str = "528 letters, 510 cases (96.6%).\n";

/// Nothing takes this long, even on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
        command.args(["check", "--watch", "--format", "concise"]).args(arguments).current_dir(folder);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let (out, errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let errors_to = sender.clone();
        std::thread::spawn(move || {
            BufReader::new(errors).lines().map_while(Result::ok).try_for_each(|line| errors_to.send(line))
        });
        std::thread::spawn(move || {
            BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// Waits until it has said all of this. The closing line and `watching` end a round on the two streams: who names both has
    /// all of it.
    fn says(&self, parts: &[&str]) {
        let (mut left, mut said) = (parts.to_vec(), Vec::new());
        while !left.is_empty() {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("no {left:?} in {said:#?}"));
            left.retain(|part| !line.contains(part));
            said.push(line);
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Writes as editors do: beside, and then in place of the file.
fn save(folder: &Path, name: &str, text: &str) {
    let beside = folder.join("4913~");
    std::fs::write(&beside, text).unwrap();
    std::fs::rename(&beside, folder.join(name)).unwrap();
}

#[test]
fn what_is_saved_is_checked_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    save(folder, "figlint.toml", "rules = [\"rate.toml\"]\n");
    save(folder, "rate.toml", RULES);
    save(folder, "a.md", WRONG);
    save(folder, "b.md", RIGHT);
    let watching = Watching::start(folder, &["."]);
    watching.says(&["--- figlint ---", "a.md:1:", "1 error", "watching 2 reports"]);

    save(folder, "a.md", RIGHT);
    watching.says(&["--- figlint ---", "no findings · 2 checks hold", "watching"]);
    std::fs::write(folder.join("b.md"), WRONG).unwrap();
    watching.says(&["--- figlint ---", "b.md:1:", "1 error · 1 check holds", "watching"]);

    // An error in a rule file is told, and the watch goes on.
    save(folder, "rate.toml", &RULES.replace("done /", "dome /"));
    watching.says(&["--- figlint ---", "did you mean `done`", "1 problem", "watching"]);
    save(folder, "rate.toml", &RULES.replace("rate = done / settled", "done <= settled"));
    watching.says(&["--- figlint ---", "no findings · 2 checks hold", "watching"]);

    // New reports, also in new folders, and reports that go.
    std::fs::create_dir(folder.join("more")).unwrap();
    save(folder, "more/c.md", "528 letters, 529 cases (9%).\n");
    watching.says(&["more/c.md:1:", "1 error", "watching 3 reports"]);
    std::fs::remove_file(folder.join("b.md")).unwrap();
    watching.says(&["--- figlint ---", "1 error · 1 check holds", "watching 2 reports"]);
}

#[test]
fn one_report_is_watched_with_the_rules_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    save(folder, "a.md", WRONG);
    let watching = Watching::start(folder, &["a.md"]);
    watching.says(&["--- figlint ---", "no findings", "watching 1 report;"]);
    save(folder, "a.figlint.toml", RULES);
    watching.says(&["--- figlint ---", "a.md:1:", "1 error ·", "watching"]);
    // A rule that is found no more is told, though the report's other state is remembered.
    save(folder, "a.figlint.toml", &RULES.replace("expect = \"any\"\n", ""));
    watching.says(&["--- figlint ---", "1 error", "watching"]);
    save(folder, "a.md", "Nothing.\n");
    watching.says(&["--- figlint ---", "found no figures", "1 error ·", "watching"]);
    std::fs::remove_file(folder.join("a.md")).unwrap();
    watching.says(&["--- figlint ---", "no such file", "1 problem", "watching"]);
    save(folder, "a.md", RIGHT);
    watching.says(&["--- figlint ---", "no findings · 1 check holds", "watching"]);
}

#[test]
fn results_in_the_folder_start_no_new_round() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    save(folder, "a.figlint.toml", RULES);
    save(folder, "a.md", WRONG);
    let watching = Watching::start(folder, &[".", "--output", "concise=found.txt"]);
    watching.says(&["1 error", "watching 1 report;"]);
    save(folder, "a.md", RIGHT);
    watching.says(&["no findings", "watching 1 report;"]);
    assert!(std::fs::read_to_string(folder.join("found.txt")).unwrap().contains("no findings"));
    let more = watching.lines.recv_timeout(Duration::from_millis(300));
    assert!(more.is_err(), "{more:?}");
}

#[cfg(unix)]
#[test]
fn it_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "a.md", RIGHT);
    let mut watching = Watching::start(folder.path(), &["a.md"]);
    watching.says(&["no findings", "watching 1 report;"]);
    let interrupt = format!("kill -INT {}", watching.child.id());
    assert!(Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
    assert_eq!(watching.child.wait().unwrap().code(), None);
    let rest: Vec<String> = watching.lines.iter().collect();
    assert!(rest.is_empty(), "{rest:?}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let refused = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_figlint")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--watch", "-"]).contains("standard input cannot be watched"));
    for other in ["--fix", "--diff", "--write-baseline=b"] {
        assert!(refused(&["--watch", other, "."]).contains("cannot be used with"));
    }
    assert!(refused(&["--watch", "--select", "nothing", "."]).contains("there is no built-in check"));
}
