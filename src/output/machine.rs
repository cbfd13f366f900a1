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
    lines.extend(words::advice(language, finding));
    lines.join("\n")
}

/// A path as a URI reference: what may not stand in one is escaped; separators stay.
pub fn escaped_uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Where a finding stands: line and column of its culprit, else of its first figure.
pub fn line_column(finding: &Finding) -> Option<(u32, u32)> {
    finding.main().and_then(|figure| figure.place.line_column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_escaped() {
        assert_eq!(escaped_uri("reports/年报 2020#1.md"), "reports/%E5%B9%B4%E6%8A%A5%202020%231.md");
    }
}
