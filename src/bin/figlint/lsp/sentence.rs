//! A rule made of one sentence of a report.

use std::path::Path;

use figlint::document::{Document, Format};
use figlint::figure::{self, Class};
use figlint::read;
use figlint::span::Span;
use figlint::suggest::pattern::{self, quoted};
use figlint::suggest::suggest;

/// A rule as TOML, in two parts: the person goes on writing between them.
#[derive(Debug, PartialEq, Eq)]
pub struct Started {
    pub before: String,
    pub after: String,
}

/// A rule of a sentence: its words as the pattern, with the relation between its figures where one is known to hold, and an
/// empty check, which is told until it is written, where none is. Its id is none of `ids`. `None`: it holds no figures.
pub fn rule(sentence: &str, ids: &[&str]) -> Option<Started> {
    let sentence = sentence.trim();
    let options = read::Options { format: Some(Format::Text), ..read::Options::default() };
    let document = read::bytes(Path::new("sentence.txt"), sentence.as_bytes().to_vec(), &options).ok()?;
    if let Some(rule) = known(&document) {
        return Some(Started { before: with_new_id(&rule, ids), after: String::new() });
    }
    let (figures, _) = figure::lex(&document);
    let quantities = figures.iter().filter(|figure| figure.class == Class::Quantity);
    let named: Vec<_> = quantities.zip((0..).map(pattern::letter)).collect();
    if named.is_empty() {
        return None;
    }
    let find = pattern::of_sentence(&document, Span::new(0, document.text().len()), &named);
    let rule = format!("[[rule]]\nid    = \"rule\"\nfind  = {}\ncheck = \"", quoted(&find));
    Some(Started { before: with_new_id(&rule, ids), after: "\"\n".to_owned() })
}

/// The first rule that the relations known to hold in the sentence make.
fn known(document: &Document) -> Option<String> {
    let draft = suggest(document, None).text;
    let start = draft.find("[[rule]]")?;
    let rule = &draft[start..];
    let end = rule[1..].find("\n[[rule]]").map_or(rule.len(), |end| end + 1);
    // A comment at the end is about the next rule.
    let lines = rule[..end].lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    Some(lines.map(|line| format!("{line}\n")).collect())
}

/// The rule with an id that no rule has.
fn with_new_id(rule: &str, ids: &[&str]) -> String {
    let Some((line, id)) = rule.lines().find_map(|line| Some((line, line.strip_prefix("id")?.split('"').nth(1)?)))
    else {
        return rule.to_owned();
    };
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.to_owned()).chain(numbered).find(|id| !ids.contains(&id.as_str()));
    let free = free.unwrap_or_default();
    rule.replacen(line, &line.replace(&quoted(id), &quoted(&free)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(sentence: &str, ids: &[&str]) -> String {
        let started = rule(sentence, ids).unwrap();
        format!("{}‸{}", started.before, started.after)
    }

    #[test]
    fn a_relation_that_holds_becomes_the_check() {
        let text = made("全年受理案件528件，其中民事300件、刑事228件。", &[]);
        assert!(text.contains("check = ") && text.ends_with('‸'), "{text}");
        let (file, errors) = figlint::rule::parse(Path::new("r.toml"), text.trim_end_matches('‸'));
        assert!(errors.is_empty() && file.rules.len() == 1, "{text} {errors:?}");
    }

    #[test]
    fn other_sentences_wait_for_their_check() {
        let text = made("受理{甲}38件,办结35件。", &["rule", "rule-2"]);
        assert_eq!(text, "[[rule]]\nid    = \"rule-3\"\nfind  = \"受理{{甲}}{a}件,办结{b}件。\"\ncheck = \"‸\"\n");
        assert_eq!(rule("没有数字。", &[]), None);
    }
}
