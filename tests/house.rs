//! House rules as tests: imports run one way, files stay readable, no floats stand near figures.

use std::fs;
use std::path::{Path, PathBuf};

/// The files that may use floats: pages of PDF are measured in them and made whole numbers there; the tails of distributions
/// are no rationals, and come back as ranges that are widened by more than floats err.
const FLOATS: &[&str] = &["src/read/pdf/measure.rs", "src/check/detect/statistics/tail.rs"];

/// What a module may not import.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("src/exact", &["figure", "rule", "read", "check", "output", "document", "diagnostic"]),
    ("src/span.rs", &["figure", "rule", "read", "check", "output", "document", "diagnostic"]),
    ("src/document.rs", &["figure", "rule", "read", "check", "output", "diagnostic"]),
    ("src/diagnostic.rs", &["figure", "rule", "read", "check", "output"]),
    ("src/figure", &["rule", "check", "output"]),
    ("src/read", &["rule", "check", "output"]),
    ("src/rule", &["read", "check", "output"]),
    ("src/check", &["output"]),
    ("src/output", &["figure", "rule", "read", "check"]),
];

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

/// The code of a file without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("it is text");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
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
        for (_, forbidden) in FORBIDDEN.iter().filter(|(module, _)| name.starts_with(module)) {
            for module in *forbidden {
                if text.contains(&format!("crate::{module}")) {
                    wrong.push(format!("{name} imports {module}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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
