//! The documents cannot drift: the README's command prints what it shows, and every rule file in the documents is read.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../README.md");
const RULES: &str = include_str!("../docs/rules.md");

/// The text of every block that opens with ```` ```language ````.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let open = format!("```{language}\n");
    text.split(open.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_readme_shows_what_figlint_prints() {
    let shown = blocks(README, "console");
    assert_eq!(shown.len(), 1);
    let (command, expected) = shown[0].split_once('\n').expect("a command and its output");
    let arguments = command.strip_prefix("$ figlint ").expect("the command is figlint's").split_whitespace();
    let output = Command::new(env!("CARGO_BIN_EXE_figlint"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .expect("figlint runs");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), expected.trim_end());
}

#[test]
fn the_readme_names_the_two_commands() {
    let commands = blocks(README, "sh");
    assert!(commands[0].starts_with("cargo run --release -- check fixtures/"), "{commands:?}");
    assert_eq!(commands[1], "cargo test");
    let fixture = commands[0].split_whitespace().last().expect("a path");
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture).is_file());
}

#[test]
fn the_first_rule_file_does_what_the_readme_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("letters.md");
    std::fs::write(&report, blocks(README, "markdown")[0]).expect("the report is written");
    std::fs::write(folder.path().join("letters.figlint.toml"), blocks(README, "toml")[0])
        .expect("the rules are written");
    let output = Command::new(env!("CARGO_BIN_EXE_figlint"))
        .args(["check", "--diff"])
        .arg(&report)
        .output()
        .expect("figlint runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("+In 2024") && text.contains("(96.6%)"), "{text}");
}

#[test]
fn rule_files_in_the_documents_are_read() {
    let all = blocks(README, "toml").into_iter().chain(blocks(RULES, "toml"));
    let mut count = 0;
    for text in all {
        let errors = match text.starts_with("# figlint.toml") {
            true => figlint::rule::config::parse(Path::new("figlint.toml"), text).1,
            false => figlint::rule::parse(Path::new("rules.toml"), text).1,
        };
        assert!(errors.is_empty(), "{text}\n{errors:?}");
        count += 1;
    }
    assert!(count >= 8);
}

/// The rule files of the tutorial, in the order of its steps, and what is told of small reports by them. The files are written into
/// a folder, and all that is in it is checked.
#[test]
fn the_tutorial_works_as_printed() {
    let (tutorial, _) = RULES.split_once("## Reference").expect("a tutorial and a reference");
    let steps = blocks(tutorial, "toml");
    assert_eq!(steps.len(), 6);
    let tables = "# Spending by department\n\n| | 2025 |\n|---|---|\n| Police | 3 |\n| Fire | 4 |\n| Total spending | 80 |\n\n\
        # Revenues\n\nCouncil adopted a budget of $120 for 2026.\n\n\
        | | 2026 | 2025 | Change % |\n|---|---|---|---|\n| Fees | 60 | 50 | 25% |\n| Total revenues | 110 | 100 | 10% |\n";
    let opening = &[
        ("report.md", "上年结转8件。"),
        ("report-2019.md", "结转下年度9件。"),
        ("data/cases.csv", "项目,受理\n来信,3\n来访,6\n合计,9\n"),
    ][..];
    let rates = |rate: &str| format!("共调处成功528件，成功履行510件，成功率94.1%，调解协议履行率{rate}。");
    /// The files of a folder, and the rules that fail on the report among them.
    type Step<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
    let expected: [Step; 6] = [
        (
            &[("report.md", "共17660件，其中甲1338件、乙2723件、丙13589件；调处成功528件，成功率94.1%，共561件。")],
            &["17660 = 1338 + 2723 + 13599"],
        ),
        (&[("report.md", &rates("96.5%"))], &["performance-rate"]),
        (&[("report.md", &rates("96.5%"))], &["rate"]),
        (&[("report.md", "认领10项(区级1项,镇级2项,村级8项)。")], &["items"]),
        (&[("report.md", tables)], &["spending", "text-and-table", "change"]),
        (opening, &["opening"]),
    ];
    for (step, (files, wanted)) in steps.iter().zip(expected) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files.iter().chain(&[("report.figlint.toml", *step)]) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            std::fs::write(path, text).expect("it is written");
        }
        let run = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
            command.args(arguments).current_dir(folder.path()).output().expect("figlint runs")
        };
        let tested = run(&["test", "report.figlint.toml"]);
        assert_eq!(tested.status.code(), Some(0), "{step}\n{}", String::from_utf8_lossy(&tested.stdout));
        let checked = run(&["--select", "none", "--format", "concise", "--quiet", "report.md"]);
        let told = String::from_utf8_lossy(&checked.stdout);
        let ids: Vec<&str> = told.lines().filter_map(|line| line.split("error[").nth(1)?.split(']').next()).collect();
        assert_eq!(ids, wanted, "{step}\n{told}{}", String::from_utf8_lossy(&checked.stderr));
        assert_eq!(told.lines().count(), wanted.len(), "{step}\n{told}");
    }
}
