//! What each stage of a check costs on one report of 17 KB: `cargo bench --bench stages`.

mod support;

use std::path::Path;

use divan::Bencher;
use figlint::check::{Options, Reach, Session};
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

#[divan::bench]
fn rules(bencher: Bencher) {
    bencher.bench_local(|| session(RULES));
}
