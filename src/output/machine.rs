//! What the formats for services have in common.

use super::words;
use crate::diagnostic::{Finding, Severity};
use crate::document::Language;

/// A severity as SARIF names it.
pub fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Note) => "note",
        None => "none",
    }
}

/// What a finding says in one text: message, arithmetic, slip, culprit and suggestion.
pub fn message(finding: &Finding, language: Language) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(words::computation(language, finding));
    lines.extend(words::earlier(language, finding));
    lines.extend(words::advice(language, finding));
    lines.join("\n")
}

/// A path as a URI reference: what may not stand in one is escaped, separators stay; an absolute path is a file's URI.
pub fn uri(path: &str) -> String {
    let path = relative(path);
    let mut out = match path.as_bytes() {
        [b'/', ..] => "file://".to_owned(),
        [letter, b':', b'/', ..] if letter.is_ascii_alphabetic() => return format!("file:///{}", escaped(&path)),
        _ => String::new(),
    };
    out.push_str(&escaped(&path));
    out
}

/// A path with `/` between its parts and no `./` before them, as services compare paths with those of a repository.
pub fn relative(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.strip_prefix("./").map_or_else(|| path.clone(), str::to_owned)
}

fn escaped(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Where a finding stands: line and column of its main figure.
pub fn line_column(finding: &Finding) -> Option<(u32, u32)> {
    finding.main().and_then(|figure| figure.place.line_column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("reports/年报 2020#1.md"), "reports/%E5%B9%B4%E6%8A%A5%202020%231.md");
        assert_eq!(uri("./a:b.md"), "a%3Ab.md");
        assert_eq!(uri("/srv/a b.md"), "file:///srv/a%20b.md");
        assert_eq!(uri("../a.md"), "../a.md");
    }
}
