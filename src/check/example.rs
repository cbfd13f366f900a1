//! The examples of rules: each is a report of its own, checked with the rule it belongs to.

use std::path::Path;

use super::Session;
use crate::diagnostic::{Finding, Severity, Verdict};
use crate::document::Format;
use crate::read;
use crate::rule::{Example, Outcome as Expected, Rule};

/// How an example came out, in ast-grep's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Validated,
    /// Something was found, or failed, that should not.
    Noisy,
    /// Something was not found, or did not fail, that should.
    Missing,
    /// It was found, but nothing could be concluded.
    Undecided,
}

/// Runs an example of a rule of the session. The session must show what holds.
pub fn run(session: &Session, rule: &Rule, example: &Example) -> Outcome {
    judge(example.outcome, &findings(session, rule, example))
}

/// What the rule says of the example's text.
fn findings(session: &Session, rule: &Rule, example: &Example) -> Vec<Finding> {
    // Tables are written in Markdown; other texts are what they are, stars and underscores included.
    let format = if rule.table.is_some() || rule.detected { Format::Markdown } else { Format::Text };
    let options = read::Options { format: Some(format), ..read::Options::default() };
    let Ok(document) = read::bytes(Path::new("example"), example.text.clone().into_bytes(), &options) else {
        return Vec::new();
    };
    let findings = session.check(&document).findings;
    let shown = |finding: &Finding| finding.severity != Some(Severity::Note) || finding.verdict != Verdict::Fails;
    findings.into_iter().filter(|f| f.rule == rule.id && f.verdict != Verdict::Unbound && shown(f)).collect()
}

fn judge(expected: Expected, findings: &[Finding]) -> Outcome {
    let any = |verdicts: &[Verdict]| findings.iter().any(|finding| verdicts.contains(&finding.verdict));
    let fails = any(&[Verdict::Fails]);
    let decided = fails || any(&[Verdict::Holds, Verdict::WithinRounding]);
    match expected {
        Expected::None if findings.is_empty() => Outcome::Validated,
        Expected::None => Outcome::Noisy,
        _ if findings.is_empty() => Outcome::Missing,
        Expected::Fails if fails => Outcome::Validated,
        Expected::Holds if fails => Outcome::Noisy,
        _ if !decided => Outcome::Undecided,
        Expected::Holds if any(&[Verdict::Untestable]) => Outcome::Undecided,
        Expected::Holds => Outcome::Validated,
        Expected::Fails => Outcome::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_come_out_as_expected() {
        let text = "[[rule]]\nid = \"a\"\nfind = \"a{n}件\"\ncheck = \"n = 1\"\n";
        let (file, _) = crate::rule::parse(Path::new("r.toml"), text);
        assert_eq!(file.rules.len(), 1);
        assert_eq!(judge(Expected::None, &[]), Outcome::Validated);
        assert_eq!(judge(Expected::Holds, &[]), Outcome::Missing);
        assert_eq!(judge(Expected::Fails, &[]), Outcome::Missing);
    }
}
