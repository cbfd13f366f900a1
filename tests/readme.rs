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
