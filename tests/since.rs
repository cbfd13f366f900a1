//! `--since`: what changed is checked, and what figures were is told, against real git repositories.

#[path = "support/programs.rs"]
mod programs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RULES: &str = "[[rule]]\nid = \"rate\"\nfind = \"受理{received}件，办结{closed}件，办结率{rate}\"\n\
                     check = \"rate = closed / received\"\n";
const RIGHT: &str = "全年受理526件，办结510件，办结率97.0%。\n";
const WRONG: &str = "全年受理528件，办结510件，办结率97.0%。\n";

/// A git repository in a folder of its own.
struct Repository {
    folder: tempfile::TempDir,
    git: PathBuf,
}

impl Repository {
    /// A repository with these files in its first commit; `None`: there is no git.
    fn new(files: &[(&str, &str)]) -> Option<Self> {
        let git = programs::find("git")?;
        let repository = Self { folder: tempfile::tempdir().expect("a folder"), git };
        repository.git(&["init", "-q", "-b", "main"]);
        repository.write(".gitignore", "ignored/\n");
        files.iter().for_each(|(name, text)| repository.write(name, text));
        repository.commit();
        Some(repository)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new(&self.git);
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
        let output = command.args(arguments).current_dir(self.path()).output().expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "change"]);
    }

    /// The reports that are checked, with what is told of them, and the exit status.
    fn since(&self, revision: &str, arguments: &[&str]) -> (i32, String) {
        figlint(self.path(), &[&["--since", revision, "--format", "concise"], arguments].concat())
    }

    /// The paths of the reports that are checked.
    fn checked(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
        let all = [&["--format", "json", "-q"], arguments].concat();
        let (_, text) = figlint(&self.path().join(folder), &all);
        let run: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let paths = run["reports"].as_array().expect("reports").iter().map(|one| one["path"].as_str().expect("a path"));
        paths.map(str::to_owned).collect()
    }
}

fn figlint(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.env("NO_COLOR", "1").env_remove("GIT_DIR").env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
    let output = command.args(arguments).current_dir(folder).output().expect("figlint runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a status"), String::from_utf8(text).expect("text"))
}

#[test]
fn a_figure_tells_what_it_was() {
    let Some(repository) = Repository::new(&[("r.md", RIGHT), ("r.figlint.toml", RULES)]) else { return };
    repository.write("r.md", format!("新的一段。\n\n{WRONG}"));
    let (status, text) = repository.since("HEAD", &[]);
    assert_eq!(status, 1);
    assert!(text.contains("528件 原为 526件"), "{text}");
    assert!(text.contains("figlint: 1 of 1 reports changed since HEAD"), "{text}");
    let (_, text) = figlint(repository.path(), &["--since", "HEAD", "-q"]);
    assert!(text.contains("── received：原为 526件"), "{text}");
    let (_, text) = figlint(repository.path(), &["--since", "HEAD", "-q", "--lang", "en"]);
    assert!(text.contains("── received: was 526件"), "{text}");
    let (_, text) = figlint(repository.path(), &["--since", "HEAD", "-q", "--format", "json"]);
    assert!(text.contains("\"earlier\": \"526件\""), "{text}");
    // Committed, it is found against the commit before, in whatever way that is named.
    repository.commit();
    repository.git(&["tag", "v1", "HEAD~1"]);
    for revision in ["HEAD~1", "v1", "main~1"] {
        assert!(repository.since(revision, &[]).1.contains("528件 原为 526件"), "{revision}");
    }
    assert_eq!(repository.since("HEAD", &[]).0, 0);
    assert!(!figlint(repository.path(), &["-q"]).1.contains("原为"), "only with --since");
}

#[test]
fn what_changed_is_checked() {
    let files = [("a.md", RIGHT), ("b.md", RIGHT), ("c.md", RIGHT), ("sub/d.md", RIGHT), ("sub/年报 e.md", RIGHT)];
    let Some(repository) = Repository::new(&files) else { return };
    assert_eq!(repository.checked("", &["--since", "HEAD"]), [""; 0]);
    // Changed, staged, untracked, ignored, renamed, committed.
    repository.write("a.md", WRONG);
    repository.write("b.md", WRONG);
    repository.git(&["add", "b.md"]);
    repository.write("new.md", RIGHT);
    repository.write("ignored/f.md", RIGHT);
    repository.git(&["mv", "sub/年报 e.md", "sub/g.md"]);
    assert_eq!(repository.checked("", &["--since", "HEAD"]), ["a.md", "b.md", "new.md", "sub/g.md"]);
    assert_eq!(repository.checked("sub", &["--since", "HEAD"]), ["g.md"]);
    assert_eq!(
        repository.checked("sub", &["--since", "HEAD", ".."]),
        ["../a.md", "../b.md", "../new.md", "../sub/g.md"]
    );
    assert_eq!(repository.checked("", &["--since", "HEAD", "ignored/f.md", "c.md"]), ["ignored/f.md"]);
    repository.commit();
    assert_eq!(repository.checked("", &["--since", "HEAD~1"]), ["a.md", "b.md", "new.md", "sub/g.md"]);
    assert_eq!(repository.checked("", &["--since", "HEAD"]), [""; 0]);
}

#[test]
fn a_renamed_report_tells_what_it_was() {
    let long = format!("{}{RIGHT}", "本年度各项工作有序推进。\n\n".repeat(9));
    let Some(repository) = Repository::new(&[("old.md", &long), ("rules/r.toml", RULES)]) else { return };
    repository.git(&["mv", "old.md", "new.md"]);
    repository.write("new.md", long.replace("526", "528"));
    let (_, text) = repository.since("HEAD", &["--rules", "rules", "new.md"]);
    assert!(text.contains("528件 原为 526件"), "{text}");
}

#[test]
fn the_other_branch_is_no_change_here() {
    let Some(repository) = Repository::new(&[("a.md", RIGHT), ("b.md", RIGHT)]) else { return };
    repository.git(&["checkout", "-q", "-b", "mine"]);
    repository.write("a.md", WRONG);
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("b.md", WRONG);
    repository.commit();
    repository.git(&["checkout", "-q", "mine"]);
    assert_eq!(repository.checked("", &["--since", "main"]), ["a.md"]);
}

#[test]
fn a_report_whose_rules_changed_is_checked() {
    let config = "rules = [\"rules/*.toml\"]\n";
    let named = format!("files = [\"**/b.md\"]\n{RULES}");
    let elsewhere = "[figures]\nreceived = { file = \"../../data/t.csv\", row = \"全年\", column = \"受理\" }\n";
    let files = [
        ("a.md", RIGHT),
        ("a.figlint.toml", RULES),
        ("b.md", RIGHT),
        ("in/c.md", RIGHT),
        ("in/figlint.toml", config),
        ("in/rules/c.toml", elsewhere),
        ("data/t.csv", "年,受理\n全年,526\n"),
        ("figlint.toml", config),
        ("rules/b.toml", &named),
    ];
    let Some(repository) = Repository::new(&files) else { return };
    let after = |name: &str, text: Option<&str>| {
        match text {
            Some(text) => repository.write(name, text),
            None => fs::remove_file(repository.path().join(name)).expect("it is removed"),
        }
        let checked = repository.checked("", &["--since", "HEAD"]);
        repository.git(&["checkout", "-q", "--", "."]);
        checked
    };
    assert_eq!(after("a.figlint.toml", Some("\n")), ["a.md"]);
    assert_eq!(after("a.figlint.toml", None), ["a.md"]);
    assert_eq!(after("rules/b.toml", Some(&format!("{named}\n"))), ["b.md"]);
    assert_eq!(after("figlint.toml", Some(&format!("{config}\n"))), ["a.md", "b.md", "data/t.csv"]);
    assert_eq!(after("data/t.csv", Some("年,受理\n全年,528\n")), ["data/t.csv", "in/c.md"]);
    assert_eq!(after("in/figlint.toml", None), ["in/c.md"]);
    assert_eq!(after("in/rules/c.toml", Some("\n")), ["in/c.md"]);
    assert_eq!(repository.checked("", &["--since", "HEAD"]), [""; 0]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let Some(repository) = Repository::new(&[("a.md", RIGHT), ("a.figlint.toml", RULES)]) else { return };
    for (revision, why) in [
        ("nonsense", "--since nonsense: there is no revision `nonsense` here"),
        ("", "--since : `` is no revision"),
        ("--exec=x", "`--exec=x` is no revision"),
        ("HEAD:a.md", "there is no revision `HEAD:a.md` here"),
    ] {
        let (status, text) = figlint(repository.path(), &[&format!("--since={revision}")]);
        assert!(status == 2 && text.contains(why), "{text}");
    }
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("r.md"), RIGHT).expect("it is written");
    let (status, text) = figlint(outside.path(), &["--since", "HEAD"]);
    assert!(status == 2 && text.contains("--since HEAD: there is no git repository here"), "{text}");
    // Together with a report that git knows it is checked, as all is that git does not know.
    let other = outside.path().join("r.md");
    let (status, text) = repository.since("HEAD", &["a.md", other.to_str().expect("a path")]);
    assert!(status == 0 && text.contains("1 of 2 reports changed"), "{text}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    let output = command.args(["--since", "HEAD"]).current_dir(repository.path()).env("PATH", "").output();
    let output = output.expect("figlint runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("git is needed for it, and is not there"));
}

#[test]
fn an_empty_repository_has_no_revision() {
    let Some(git) = programs::find("git") else { return };
    let repository = Repository { folder: tempfile::tempdir().expect("a folder"), git };
    repository.git(&["init", "-q"]);
    repository.write("a.md", RIGHT);
    let (status, text) = repository.since("HEAD", &[]);
    assert!(status == 2 && text.contains("there is no revision `HEAD` here"), "{text}");
}

#[test]
fn a_report_may_have_been_in_another_encoding_or_unreadable() {
    let Some(repository) = Repository::new(&[("a.txt", ""), ("a.figlint.toml", RULES), ("b.docx", "version")]) else {
        return;
    };
    let gbk = b"\xc8\xab\xc4\xea\xca\xdc\xc0\xed526\xbc\xfe\xa3\xac\xb0\xec\xbd\xe1510\xbc\xfe\xa3\xac\xb0\xec\xbd\xe1\xc2\xca97.0%\xa1\xa3\n";
    repository.write("a.txt", gbk);
    repository.commit();
    repository.write("a.txt", WRONG);
    let (status, text) = repository.since("HEAD", &["a.txt"]);
    assert!(status == 1 && text.contains("528件 原为 526件"), "{text}");
    let (_, text) = figlint(repository.path(), &["--since", "HEAD", "-v", "a.txt"]);
    assert!(text.contains("当时为 gb18030 编码，现为 UTF-8"), "{text}");
    let (_, text) = repository.since("HEAD", &["--encoding", "utf-8", "a.txt"]);
    assert!(text.contains("528件 原为 526件"), "the encoding told is today's: {text}");
    // Told, and today's report is checked all the same.
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/renderings/settlement.docx");
    repository.write("b.docx", fs::read(fixture).expect("the fixture is there"));
    let (status, text) = repository.since("HEAD", &["b.docx", "--fail-on", "error"]);
    assert!(text.contains("b.docx: warning: 无法给出它在 HEAD 时的内容：不是 .docx 文件"), "{status} {text}");
    let (_, english) = repository.since("HEAD", &["b.docx", "--fail-on", "error", "--lang", "en"]);
    assert!(english.contains("b.docx: warning: what it printed at HEAD is not told: is no .docx"), "{english}");
    assert!(text.contains("[table-"), "{text}");
}

/// Standard input is what an editor holds, not what lies on the disk under its name.
#[test]
fn standard_input_is_always_checked() {
    let Some(repository) = Repository::new(&[("a.md", RIGHT), ("a.figlint.toml", RULES)]) else { return };
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.args(["-", "--stdin-name", "a.md", "--since", "HEAD", "--rules", "a.figlint.toml", "--format", "concise"]);
    let typed = repository.path().join("typed");
    fs::write(&typed, WRONG).expect("it is written");
    command.current_dir(repository.path()).stdin(fs::File::open(typed).expect("it is there"));
    let output = command.output().expect("figlint runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.code() == Some(1) && text.contains("528件 原为 526件"), "{text}");
}

#[test]
fn rules_found_in_no_changed_report_are_no_problem() {
    let Some(repository) = Repository::new(&[("a.md", RIGHT), ("b.md", "只有9件。\n"), ("r.toml", RULES)]) else {
        return;
    };
    repository.write("b.md", "只有8件。\n");
    let arguments = ["--rules", "r.toml", "a.md", "b.md"];
    let (status, text) = repository.since("HEAD", &arguments);
    assert!(status == 0 && !text.contains("rate"), "{text}");
    let (_, text) = figlint(repository.path(), &["--rules", "r.toml", "b.md", "--format", "concise"]);
    assert!(text.contains("rate"), "checked as a whole it is told: {text}");
}
