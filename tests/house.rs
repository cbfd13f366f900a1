//! House rules as tests: imports run one way, files stay readable, no floats stand near figures.

use std::fs;
use std::path::{Path, PathBuf};

/// The files that may use floats: pages of PDF are measured in them and made whole numbers there; the tails of distributions
/// are no rationals, and come back as ranges that are widened by more than floats err.
const FLOATS: &[&str] = &["src/read/pdf/measure.rs", "src/check/detect/statistics/tail.rs"];

/// What a module may not import.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("src/exact", ABOVE_ALL),
    ("src/span", ABOVE_ALL),
    ("src/text", ABOVE_ALL),
    ("src/calendar", ABOVE_ALL),
    ("src/compact", ABOVE_ALL),
    ("src/kept", ABOVE_ALL),
    ("src/document", &["figure", "rule", "read", "check", "suggest", "output", "diagnostic"]),
    ("src/diagnostic", &["figure", "rule", "read", "check", "suggest", "output"]),
    ("src/figure", &["rule", "check", "suggest", "output"]),
    ("src/read", &["rule", "check", "suggest", "output"]),
    ("src/rule", &["read", "check", "suggest", "output"]),
    ("src/check", &["suggest", "output"]),
    ("src/fix", &["figure", "rule", "read", "check", "suggest", "output"]),
    ("src/suggest", &["output"]),
    ("src/output", &["figure", "rule", "read", "check", "suggest"]),
];
const ABOVE_ALL: &[&str] = &["figure", "rule", "read", "check", "suggest", "output", "document", "diagnostic"];

/// Readers of formats, none of which imports another.
const READERS: &[&str] = &["html", "markdown", "pdf", "word", "workbook", "delimited"];

/// Whether a file is a module's or stands in its folder.
fn is_of(name: &str, module: &str) -> bool {
    name.strip_prefix(module).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The code of a file without its tests, which stand at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("it is text");
    let tests = text.match_indices("#[cfg(test)]\nmod ").find(|&(at, _)| {
        let line = text[at..].lines().nth(1).unwrap_or_default();
        line.ends_with('{')
    });
    tests.map_or(text.as_str(), |(at, _)| &text[..at]).to_owned()
}

/// The modules of the crate that some code names: `crate::figure`, `crate::{figure::Unit, span}`.
fn named(code: &str) -> Vec<&str> {
    let first = |path: &str| path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    let mut found = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let path = &code[at + start.len()..];
        let Some(list) = path.strip_prefix('{') else {
            found.push(&path[..first(path)]);
            continue;
        };
        let mut depth = 0;
        let mut is_start = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_start = true,
                c if is_start && c.is_alphanumeric() => {
                    found.push(&list[at..at + first(&list[at..])]);
                    is_start = false;
                }
                _ => {}
            }
        }
    }
    found
}

fn own_sources() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = sources(&root.join("src")).into_iter();
    all.map(|path| (path.strip_prefix(root).expect("inside").display().to_string(), path))
        .filter(|(name, _)| !name.ends_with("tests.rs") && !name.ends_with("sample.rs"))
        .collect()
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (name, path) in own_sources() {
        let text = code(&path);
        let imported = named(&text);
        for (_, forbidden) in FORBIDDEN.iter().filter(|(module, _)| is_of(&name, module)) {
            let found = forbidden.iter().filter(|module| imported.contains(module));
            wrong.extend(found.map(|module| format!("{name} imports {module}")));
        }
        let readers = READERS.iter().filter(|reader| is_of(&name, &format!("src/read/{reader}")));
        for own in readers {
            let others = READERS.iter().filter(|other| *other != own);
            let found = others.filter(|other| {
                let paths = ["super", "read"].map(|from| format!("{from}::{other}"));
                paths.iter().any(|path| [';', ':'].iter().any(|end| text.contains(&format!("{path}{end}"))))
            });
            wrong.extend(found.map(|other| format!("{name} imports the reader of {other}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let code = "use crate::{\n    figure::{Unit, view},\n    span::Span,\n};\nfn f() { crate::rule::parse() }";
    assert_eq!(named(code), ["figure", "span", "rule"]);
    assert!(is_of("src/document/kinds.rs", "src/document") && is_of("src/document.rs", "src/document"));
    assert!(!is_of("src/documents.rs", "src/document"));
}

#[test]
fn no_file_is_too_long_and_no_float_stands_near_figures() {
    let mut wrong = Vec::new();
    for (name, path) in own_sources() {
        let text = fs::read_to_string(&path).expect("it is text");
        if text.lines().count() > 600 {
            wrong.push(format!("{name} has {} lines", text.lines().count()));
        }
        if !FLOATS.contains(&name.as_str())
            && code(&path).split(|c: char| !c.is_alphanumeric()).any(|word| word == "f64" || word == "f32")
        {
            wrong.push(format!("{name} uses a float"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
