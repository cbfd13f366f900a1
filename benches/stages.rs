//! What each stage of a check costs on one report of 17 KB and on a table of 10,000 cells: `cargo bench --bench stages`.

mod support;

use std::path::Path;

use divan::Bencher;
use figlint::check::{Options, Reach, Session, detect};
use figlint::document::Document;
use figlint::{figure, read, rule};

fn main() {
    divan::main();
}

fn document() -> Document {
    let bytes = support::report(1, 17_000).into_bytes();
    read::bytes(Path::new("report.txt"), bytes, &read::Options::default()).expect("the report is text")
}

fn session(text: &str) -> Session {
    let (file, errors) = rule::parse(Path::new("rules.toml"), text);
    assert!(errors.is_empty());
    Session::new(vec![(file, Reach::Every)], Options::default())
}

const RULES: &str = include_str!("../rules/examples/jingzhou-2020.toml");

#[divan::bench]
fn reading(bencher: Bencher) {
    let bytes = support::report(1, 17_000).into_bytes();
    bencher
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| read::bytes(Path::new("report.txt"), bytes, &read::Options::default()));
}

#[divan::bench]
fn lexing(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| figure::lex(&document));
}

#[divan::bench]
fn checking(bencher: Bencher) {
    let (document, session) = (document(), session(RULES));
    bencher.bench_local(|| session.check(&document));
}

/// The built-in checks on prose, what lexing takes included.
#[divan::bench]
fn built_in_prose(bencher: Bencher) {
    let (document, session) = (document(), built_in());
    bencher.bench_local(|| session.check(&document));
}

/// A table of 500 rows and 20 columns with totals.
fn table() -> Document {
    let mut text = format!("| item |{}Total |\n|---|{}\n", " part |".repeat(19), "---|".repeat(20));
    let mut sums = [0u64; 20];
    for row in 0..500u64 {
        let mut cells: Vec<u64> = (0..19).map(|column| (row * 7919 + column * 104_729) % 99_991 + 1).collect();
        cells.push(cells.iter().sum());
        sums.iter_mut().zip(&cells).for_each(|(sum, cell)| *sum += cell);
        text.push_str(&format!("| row {row} |{}\n", cells.iter().map(|cell| format!(" {cell} |")).collect::<String>()));
    }
    text.push_str(&format!("| Total |{}\n", sums.iter().map(|sum| format!(" {sum} |")).collect::<String>()));
    let options = read::Options::default();
    read::bytes(Path::new("table.md"), text.into_bytes(), &options).expect("the report is text")
}

#[divan::bench]
fn lexing_table(bencher: Bencher) {
    let document = table();
    bencher.bench_local(|| figure::lex(&document));
}

/// The built-in checks on a table, what lexing takes included.
#[divan::bench]
fn built_in_table(bencher: Bencher) {
    let (document, session) = (table(), built_in());
    bencher.bench_local(|| session.check(&document));
}

fn built_in() -> Session {
    let files = detect::rule_files(|_| true).into_iter().map(|file| (file, Reach::Every)).collect();
    Session::new(files, Options::default())
}

#[divan::bench]
fn rules(bencher: Bencher) {
    bencher.bench_local(|| session(RULES));
}
