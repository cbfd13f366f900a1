//! The whole program against bad input: it says what it could not check, ends with status 2 for it, checks the rest, and
//! neither panics nor takes more than linear time.

use std::path::Path;
use std::process::{Command, Output, Stdio};

const FIGLINT: &str = env!("CARGO_BIN_EXE_figlint");

const RULES: &str = r#"
[[rule]]
id    = "closed"
find  = "受理{received}件，办结{closed}件"
check = "closed <= received"
"#;

/// A report that fails the rule.
const WRONG: &str = "受理5件，办结6件。";

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let case = Self { folder: tempfile::tempdir().unwrap() };
        case.file("rules.toml", RULES);
        case
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path().join(name), content).unwrap();
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(FIGLINT);
        command.current_dir(self.path()).args(["--no-config", "--color", "never", "--lang", "en"]).args(arguments);
        command
    }

    /// The status and what was printed.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        told(&self.command(arguments).output().unwrap())
    }

    /// Checks a report's content under the rules.
    fn check(&self, name: &str, content: impl AsRef<[u8]>) -> (i32, String) {
        self.file(name, content).run(&["--format", "concise", "--rules", "rules.toml", name])
    }
}

fn told(output: &Output) -> (i32, String) {
    let text = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
    assert!(!text.contains("panicked") && !text.contains("itself failed"), "{text}");
    (output.status.code().expect("ended by a signal"), text)
}

/// A rule with a pattern and a check, run on the report that is wrong.
fn rule(find: &str, check: &str) -> (i32, String) {
    let case = Case::new();
    case.file("own.toml", format!("[[rule]]\nid = \"own\"\nfind = '{find}'\ncheck = '{check}'\n"));
    case.file("a.txt", WRONG);
    case.run(&["--format", "concise", "--rules", "own.toml", "--rules", "rules.toml", "a.txt"])
}

#[track_caller]
fn holds((status, text): (i32, String), expected: i32, part: &str) {
    assert!(
        status == expected && text.contains(part),
        "status {status}, expected {expected} and {part:?}: {text:.2000}"
    );
}

#[test]
fn bytes_of_all_kinds_are_read() {
    let wrong = "error[closed]";
    holds(Case::new().check("a.txt", format!("\u{feff}{WRONG}")), 1, wrong);
    holds(Case::new().check("a.txt", format!("一\r\n\r\n{WRONG}\r\n")), 1, "a.txt:3:");
    holds(Case::new().check("a.txt", format!("一\r\r{WRONG}\r")), 1, wrong);
    holds(Case::new().check("a.md", format!("# 一\r\r{WRONG}")), 1, wrong);
    for empty in ["", "\u{feff}", "\r", "\n\n\n", " "] {
        for name in ["a.txt", "a.md", "a.csv", "a.tsv"] {
            holds(Case::new().check(name, empty), 0, "0 figures");
        }
    }
}

#[test]
fn what_is_no_text_is_told() {
    holds(Case::new().check("a.txt", b"\0\0\x01\0"), 2, "a.txt: error: not text: it holds NUL bytes");
    let mut bytes = WRONG.as_bytes().to_vec();
    bytes.extend(b"\xff\xfe\x80 \xf0");
    let (_, text) = Case::new().check("a.txt", bytes);
    assert!(text.contains("read as �"), "{text}");
    // Random bytes read as GB18030, by a generator of few lines.
    let mut state = 1u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as u8
    })
    .take(1 << 20)
    .collect();
    let case = Case::new();
    case.file("a.txt", random).file("b.txt", WRONG);
    let all = ["--encoding", "gb18030", "--rules", "rules.toml", "--format", "concise", "a.txt"];
    holds(case.run(&all), 0, "no gb18030 text, read as �");
}

#[test]
fn other_reports_are_checked_all_the_same() {
    let case = Case::new();
    case.file("nul.txt", b"\0\0\x01\0").file("b.txt", WRONG);
    let (status, text) = case.run(&["--format", "concise", "--rules", "rules.toml", "nul.txt", "absent.txt", "b.txt"]);
    assert_eq!(status, 2, "{text}");
    for part in ["nul.txt: error", "absent.txt: error", "b.txt:1:8: error[closed]"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn rule_files_that_cannot_be_read_are_told() {
    let case = Case::new();
    case.file("b.txt", WRONG).file("latin.toml", b"title = \"\xff\xb0\"\n").file("big.toml", vec![b'#'; 17 << 20]);
    let run = |rules| case.run(&["--format", "concise", "--rules", rules, "--rules", "rules.toml", "b.txt"]);
    for (rules, part) in
        [("latin.toml", "is not UTF-8"), ("big.toml", "16 MB at most"), ("absent.toml", "absent.toml: error")]
    {
        holds(run(rules), 2, part);
        holds(run(rules), 2, "error[closed]");
    }
}

#[test]
fn rules_beyond_all_measure_are_bounded() {
    let other = "error[closed]";
    let parts = vec!["1"; 10_000].join(" + ");
    holds(rule("办结{a}件", &format!("a = {parts}")), 1, other);
    holds(rule("办结{a}件", &format!("a = {}", "1".repeat(10_000))), 2, "36 digits at most");
    let deep = format!("a = {}1{}", "(".repeat(100_000), ")".repeat(100_000));
    holds(rule("办结{a}件", &deep), 2, "nested more than 256 deep");
    holds(rule("办结{a}件", &format!("a = {}1", "-".repeat(100_000))), 2, "nested more than 256 deep");
    holds(rule("办结{a}件", &deep), 2, other);
    holds(rule(&format!("办结{{a}}件{}", "[，办]".repeat(1000)), "a = 1"), 1, "error[own]");
    holds(rule(&format!("{{a}}件{}", "[…办]".repeat(1000)), "a = 1"), 1, "error[own]");
}

#[test]
fn long_and_wide_reports_take_linear_time() {
    let case = Case::new();
    let line = "甲乙丙丁，".repeat((32 << 20) / "甲乙丙丁，".len());
    holds(case.check("a.txt", line + WRONG), 1, "error[closed]");
    holds(case.check("a.txt", format!("{}，{WRONG}", "1".repeat(10_000))), 1, "error[closed]");
    let (names, ones) = (vec!["列"; 100_000].join(","), vec!["1"; 100_000].join(","));
    holds(case.check("a.csv", format!("{names}\n{ones}\n")), 0, "100000 figures");
    holds(case.check("a.csv", "1\n".repeat(200_000)), 0, "figures");
    let md = |cells: &str| format!("|{}|\n", cells.replace(',', "|"));
    let rule = vec!["---"; 100_000].join(",");
    holds(case.check("a.md", md(&names) + &md(&rule) + &md(&ones)), 0, "100000 figures");
    holds(case.check("a.md", "|甲|乙|\n|---|---|\n".to_owned() + &"|丙|1|\n".repeat(200_000)), 0, "200000 figures");
}

#[test]
fn tables_that_are_too_large_for_the_built_in_checks_are_told() {
    let case = Case::new();
    let wide = vec!["1"; 1200].join(",");
    let ragged = format!("item,2023\n{}row,{wide}\n", "row,1\n".repeat(1500));
    case.file("ragged.csv", ragged);
    let (status, text) = case.run(&["--format", "concise", "ragged.csv"]);
    holds((status, text), 2, "ragged.csv:1:1: error: the table is too large for the built-in checks");
}

/// 500 rows of 210 amounts and their totals both ways, of which one amount is printed as another.
fn large_table(printed: Option<&str>) -> String {
    let mut state = 1u64;
    let mut amount = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        1000 + (state >> 33) % 8999
    };
    let rows: Vec<Vec<u64>> = (0..500).map(|_| (0..210).map(|_| amount()).collect()).collect();
    let name =
        |number: usize| [26 * 26, 26, 1].map(|power| char::from(b'a' + (number / power % 26) as u8)).iter().collect();
    let names = |count: usize| (0..count).map(name).collect::<Vec<String>>();
    let line = |label: &str, amounts: &[u64]| {
        let texts: Vec<String> = amounts.iter().chain([&amounts.iter().sum()]).map(u64::to_string).collect();
        format!("{label},{}\n", texts.join(","))
    };
    let sums: Vec<u64> = (0..210).map(|column| rows.iter().map(|row| row[column]).sum()).collect();
    let body = rows.iter().zip(names(500)).map(|(row, name)| line(&name, row)).collect::<String>();
    let text = format!("item,{},total\n{body}{}", names(210).join(","), line("total", &sums));
    match printed {
        Some(other) => text.replacen(&format!("{},", rows[77][33]), &format!("{other},"), 1),
        None => text,
    }
}

#[test]
fn the_figures_of_a_large_table_are_tied_and_the_wrong_one_is_named() {
    let case = Case::new();
    case.file("right.csv", large_table(None));
    let (status, text) = case.run(&["--format", "concise", "right.csv"]);
    assert!(status == 0 && text.contains("0 failing, 0 unchecked"), "{text:.2000}");
    case.file("wrong.csv", large_table(Some("99")));
    let (status, text) = case.run(&["-q", "wrong.csv"]);
    // The sum of its row and that of its column.
    assert!(status == 1 && text.matches("the wrong figure is 99\n").count() == 2, "{text:.2000}");
}

#[test]
fn figures_read_by_force_in_a_later_paragraph_are_shown() {
    let case = Case::new();
    case.file("year.toml", "[[rule]]\nid = \"year\"\nfind = \"截至{a}年\"\ncheck = \"a = 1\"\n");
    case.file("a.txt", "一\n\n二\n\n截至2020年");
    holds(case.run(&["--format", "concise", "--rules", "year.toml", "a.txt"]), 1, "a.txt:5:");
}

#[test]
fn brackets_and_lists_without_end_take_linear_time() {
    let case = Case::new();
    let text = |find| format!("[[rule]]\nid = \"own\"\nfind = \"{find}\"\ncheck = \"count(a) > 1\"\n");
    case.file("gap.toml", "[[rule]]\nid = \"gap\"\nfind = \"受理…{a}件\"\ncheck = \"a = 5\"\n");
    case.file("list.toml", text("其中{a...}"));
    case.file("brackets.txt", format!("受理{}5件", "（".repeat(300_000)));
    case.file("one.txt", format!("其中{}", "1件 ".repeat(100_000)));
    case.file("opened.txt", format!("其中{}、2件", "(1件".repeat(100_000)));
    let rules = ["--format", "concise", "--rules", "gap.toml", "--rules", "list.toml"];
    let (status, text) = case.run(&[&rules[..], &["brackets.txt", "one.txt", "opened.txt"]].concat());
    assert_eq!(status, 0, "{text:.2000}");
}

#[test]
#[cfg(unix)]
fn folders_without_permission_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let case = Case::new();
    let shut = case.path().join("shut");
    std::fs::create_dir(&shut).unwrap();
    case.file("b.txt", WRONG);
    let set = |mode| std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0);
    let readable = std::fs::read_dir(&shut).is_ok();
    let outcome = case.run(&["--format", "concise", "--rules", "rules.toml", "shut", "b.txt"]);
    set(0o755);
    if readable {
        eprintln!("skipped: this user reads folders without permission");
        return;
    }
    holds(outcome.clone(), 2, "shut: error");
    holds(outcome, 2, "error[closed]");
}

#[test]
fn outputs_that_cannot_be_written_are_told() {
    let case = Case::new();
    case.file("b.txt", WRONG);
    let run = |target| case.run(&["--format", "concise", "--rules", "rules.toml", "--output", target, "b.txt"]);
    holds(run("absent/out.json"), 2, "--output absent/out.json");
    holds(run("absent/out.json"), 2, "error[closed]");
}

#[test]
fn output_that_nobody_reads_is_no_failure() {
    let case = Case::new();
    case.file("b.txt", format!("{WRONG}\n\n").repeat(5_000));
    for format in ["pretty", "concise", "json", "jsonl"] {
        let mut command = case.command(&["--format", format, "--rules", "rules.toml", "b.txt"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        holds(told(&child.wait_with_output().unwrap()), 1, "");
    }
}
