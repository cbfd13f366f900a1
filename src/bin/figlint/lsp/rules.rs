//! Rule files and figlint.toml as they are written: what can stand at a place, what it means, and what it refers to.

use std::ops::Range;
use std::path::Path;

use figlint::diagnostic::Severity;
use figlint::rule;
use figlint::span::{Position, Span};
use serde_json::{Value, json};

use super::documents::Document;
use super::hover::{escaped, markup};
use super::outline::{Entry, Outline, Spot};
use super::protocol::Location;
use super::server::State;
use super::workspace::Known;
use crate::settings;

/// The functions and words of expressions, and what they mean.
const WORDS: [(&str, &str); 11] = [
    ("sum", "`sum(list)`: the list's figures added up."),
    ("count", "`count(list)`: how many there are in the list, of figures or of words."),
    ("min", "`min(list)`: the least of the list's figures."),
    ("max", "`max(list)`: the greatest of the list's figures."),
    ("mean", "`mean(list)`: the list's mean."),
    ("abs", "`abs(x)`: without its sign."),
    ("round", "`round(x, places)`: rounded to so many decimals."),
    ("possible", "`possible(rate, n)`: some whole number of n things gives that rate or mean (GRIM)."),
    ("and", "Both must hold."),
    ("or", "One must hold."),
    ("not", "Must not hold."),
];

/// The kinds of completion items that the protocol counts.
const FUNCTION: u8 = 3;
const VARIABLE: u8 = 6;
const MODULE: u8 = 9;
const PROPERTY: u8 = 10;
const VALUE: u8 = 12;

/// A rule file that is being edited.
pub struct Editing<'s> {
    state: &'s State,
    document: &'s Document,
    text: &'s str,
    outline: Outline,
    schema: Value,
}

impl<'s> Editing<'s> {
    /// A document that is a rule file or figlint.toml.
    pub fn new(state: &'s State, path: &Path, document: &'s Document) -> Self {
        let is_config = path.file_name().is_some_and(|name| name == settings::NAME);
        let schema = if is_config { rule::config_schema() } else { rule::rule_file_schema() };
        let text = document.snapshot.text.as_str();
        Self { state, document, text, outline: Outline::new(text), schema }
    }

    /// What can stand at a position.
    pub fn completion(&self, position: Position) -> Value {
        let at = self.offset(position);
        let word = self.word_before(at);
        let items = match self.outline.spot(self.text, at) {
            Spot::Header(start) => self.headers(start..at),
            Spot::Key(start) => self.keys(start..at),
            Spot::Inner(entry, start) => self.inner_keys(&self.outline.entries[entry], start..at),
            Spot::Value(entry) => self.values(&self.outline.entries[entry], word, true),
            Spot::Text(entry, string) => self.texts(&self.outline.entries[entry], string, at),
            Spot::Nothing => Vec::new(),
        };
        json!(items)
    }

    /// What stands at a position, and what it means.
    pub fn hover(&self, position: Position) -> Value {
        let at = self.offset(position);
        let (range, said) = match self.meaning(at) {
            Some(found) => found,
            None => return Value::Null,
        };
        json!({ "contents": markup(&self.state.client, &said), "range": self.range(range) })
    }

    /// What a position refers to: a name's place in a pattern, a rule.
    pub fn definition(&self, position: Position) -> Value {
        let at = self.offset(position);
        if let Some((entry, _)) = self.string_at(at).filter(|(entry, key)| self.is_expression(entry, *key)) {
            let name = &self.text[self.word_at(at)];
            let places = self.names(entry.group).into_iter().filter(|(known, _)| *known == name);
            let location = |range| Location { uri: self.document.uri.clone(), range: self.range(range) };
            return json!(places.map(|(_, range)| location(range)).collect::<Vec<_>>());
        }
        let id = self.id_at(at).and_then(|(_, id)| self.known(id));
        json!(id.and_then(|rule| rule.place.clone()).into_iter().collect::<Vec<_>>())
    }

    fn meaning(&self, at: usize) -> Option<(Range<usize>, String)> {
        if let Some((name, span)) = self.outline.header_at(at) {
            let (table, key) = name.rsplit_once('.').unwrap_or(("", name));
            return Some((span.clone(), self.about(table, key)?));
        }
        if let Some((range, rule)) = self.id_at(at).and_then(|(range, id)| Some((range, self.known(id)?))) {
            return Some((range, explained(rule)));
        }
        let inside = |range: &Range<usize>| range.start <= at && at <= range.end;
        if let Some(entry) = self.outline.entries.iter().find(|entry| inside(&entry.key)) {
            return Some((entry.key.clone(), self.about(&entry.table, &self.text[entry.key.clone()])?));
        }
        if let Some(key) = self.outline.entries.iter().flat_map(|entry| &entry.inner).find(|key| inside(key)) {
            return Some((key.clone(), self.about("figures.*", &self.text[key.clone()])?));
        }
        let (entry, key) = self.string_at(at)?;
        let word = self.word_at(at);
        let name = &self.text[word.clone()];
        if !self.is_expression(entry, key) || name.is_empty() {
            return None;
        }
        if let Some((_, about)) = WORDS.iter().find(|(known, _)| *known == name) {
            return Some((word, (*about).to_owned()));
        }
        let (_, place) = self.names(entry.group).into_iter().find(|(known, _)| *known == name)?;
        let line = self.document.snapshot.lines.line_column(self.text, place.start as u32).line;
        let written = self.document.snapshot.line(line);
        Some((word, format!("**{}** (line {line}): {}", escaped(name), escaped(&self.text[written.range()]))))
    }

    /// What the schema says of a key of a table.
    fn about(&self, table: &str, key: &str) -> Option<String> {
        let property = &self.table(table)?["properties"][key];
        let about = property["description"].as_str()?;
        let choices = choices(property);
        let choices = if choices.is_empty() { String::new() } else { format!("\n\n{}", choices.join(" · ")) };
        Some(format!("**{}** — {}{}", escaped(key), escaped(about), escaped(&choices)))
    }

    /// The schema of a table: `rule`, `rule.example`; `figures.*` for what is named in `[figures]`.
    fn table(&self, name: &str) -> Option<&Value> {
        let mut schema = &self.schema;
        for part in name.split('.').filter(|part| !part.is_empty()) {
            let inside = if part == "*" { &schema["additionalProperties"] } else { &schema["properties"][part] };
            schema = if inside["items"].is_object() { &inside["items"] } else { inside };
            // Where a string may stand too, the table is what has keys.
            let any = schema["anyOf"].as_array().and_then(|any| any.iter().find(|one| one["properties"].is_object()));
            schema = any.unwrap_or(schema);
        }
        schema.is_object().then_some(schema)
    }

    fn headers(&self, word: Range<usize>) -> Vec<Value> {
        let mut items = Vec::new();
        let top = self.schema["properties"].as_object();
        for (name, property) in top.into_iter().flatten() {
            let about = property["description"].as_str().unwrap_or_default();
            if property["items"]["properties"].is_object() || property["additionalProperties"].is_object() {
                items.push(self.item(name, MODULE, about, word.clone(), name));
            }
            for (inner, property) in property["items"]["properties"].as_object().into_iter().flatten() {
                if property["items"]["properties"].is_object() {
                    let name = format!("{name}.{inner}");
                    items.push(self.item(
                        &name,
                        MODULE,
                        property["description"].as_str().unwrap_or_default(),
                        word.clone(),
                        &name,
                    ));
                }
            }
        }
        items
    }

    /// The keys that a table can still have; in `[checks]` the ids of rules.
    fn keys(&self, word: Range<usize>) -> Vec<Value> {
        let (table, group) = self.outline.table_at(word.start);
        if table == "checks" {
            return self.ids(word, |id| format!("{id} = \"\""));
        }
        let written = |name: &str| {
            let own = self.outline.entries.iter().filter(|entry| entry.group == group && entry.table == table);
            own.filter(|entry| !entry.key.contains(&word.start)).any(|entry| &self.text[entry.key.clone()] == name)
        };
        let Some(properties) = self.table(table).and_then(|table| table["properties"].as_object()) else {
            return Vec::new();
        };
        let missing = properties.iter().filter(|(name, _)| !written(name) || table == "rule.example");
        let item = |(name, property): (&String, &Value)| {
            let about = property["description"].as_str().unwrap_or_default();
            self.item(name, PROPERTY, about, word.clone(), &format!("{name} = "))
        };
        missing.filter(|(_, property)| !property["items"]["properties"].is_object()).map(item).collect()
    }

    fn inner_keys(&self, entry: &Entry, word: Range<usize>) -> Vec<Value> {
        let properties = (entry.table == "figures").then(|| self.table("figures.*")).flatten();
        let properties = properties.and_then(|table| table["properties"].as_object());
        let item = |(name, property): (&String, &Value)| {
            let about = property["description"].as_str().unwrap_or_default();
            self.item(name, PROPERTY, about, word.clone(), &format!("{name} = "))
        };
        properties.into_iter().flatten().map(item).collect()
    }

    /// The values of a key that has some to choose from; `quoted`: the quotes are to be written too.
    fn values(&self, entry: &Entry, word: Range<usize>, quoted: bool) -> Vec<Value> {
        let key = &self.text[entry.key.clone()];
        let Some(table) = self.table(&entry.table) else { return Vec::new() };
        let property =
            if table["properties"].is_object() { &table["properties"][key] } else { &table["additionalProperties"] };
        let written = |value: &str| if quoted { format!("\"{value}\"") } else { value.to_owned() };
        choices(property).iter().map(|value| self.item(value, VALUE, "", word.clone(), &written(value))).collect()
    }

    fn texts(&self, entry: &Entry, string: usize, at: usize) -> Vec<Value> {
        let (span, inner) = &entry.strings[string];
        let key = &self.text[entry.key.clone()];
        if self.is_expression(entry, inner.as_ref()) {
            return self.expression(entry.group, self.word_before(at));
        }
        if (entry.table.as_str(), key) == ("suppress", "rule") {
            return self.ids(span.start..at, str::to_owned);
        }
        self.values(entry, span.start..at, false)
    }

    /// The names, functions and words of an expression of a rule, its own names first.
    fn expression(&self, group: usize, word: Range<usize>) -> Vec<Value> {
        let mut names: Vec<&str> = self.names(group).into_iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        let names = names.into_iter().map(|name| self.item(name, VARIABLE, "", word.clone(), name));
        let words = WORDS.iter().map(|(name, about)| self.item(name, FUNCTION, about, word.clone(), name));
        let in_this_order = |(at, mut item): (usize, Value)| {
            item["sortText"] = json!(format!("{at:04}"));
            item
        };
        names.chain(words).enumerate().map(in_this_order).collect()
    }

    /// The ids of all rules that run, and of the built-in checks.
    fn ids(&self, word: Range<usize>, written: impl Fn(&str) -> String) -> Vec<Value> {
        let item = |rule: &Known| {
            let about = rule.message.as_deref().or(rule.about.as_deref()).unwrap_or_default();
            self.item(&rule.id, VALUE, about, word.clone(), &written(&rule.id))
        };
        self.state.workspace.rules.iter().map(item).collect()
    }

    fn item(&self, label: &str, kind: u8, about: &str, word: Range<usize>, new: &str) -> Value {
        let mut item = json!({
            "label": label,
            "kind": kind,
            "filterText": new,
            "textEdit": { "range": self.range(word), "newText": new },
        });
        if !about.is_empty() {
            item["documentation"] = json!({ "kind": "markdown", "value": about });
        }
        item
    }

    /// The names that the expressions of a rule can use, each where it is given: those in the braces of its patterns, those
    /// of its rows, columns or cells, and those of `[figures]`.
    fn names(&self, group: usize) -> Vec<(&'s str, Range<usize>)> {
        let mut names = Vec::new();
        for entry in self.outline.rule(group) {
            match &self.text[entry.key.clone()] {
                "find" => entry.strings.iter().for_each(|(string, _)| self.slots(string.clone(), '{', '}', &mut names)),
                "regex" => {
                    entry.strings.iter().for_each(|(string, _)| self.slots(string.clone(), '<', '>', &mut names))
                }
                "rows" | "columns" | "cells" => {
                    names.extend(entry.inner.iter().map(|key| (&self.text[key.clone()], key.clone())));
                }
                _ => {}
            }
        }
        let figures = self.outline.entries.iter().filter(|entry| entry.table == "figures");
        names.extend(figures.map(|entry| (&self.text[entry.key.clone()], entry.key.clone())));
        names
    }

    fn slots(&self, string: Range<usize>, open: char, close: char, names: &mut Vec<(&'s str, Range<usize>)>) {
        let text = &self.text[string.clone()];
        for (at, _) in text.match_indices(open) {
            let inside = text[at + 1..].split(close).next().unwrap_or_default();
            let name = inside.trim_start_matches('±').trim_end_matches("...").trim_end_matches(['*', '…']);
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
            let start = string.start + at + 1 + (inside.len() - inside.trim_start_matches('±').len());
            if is_name {
                names.push((&self.text[start..start + name.len()], start..start + name.len()));
            }
        }
    }

    /// The id at an offset, where one can stand, and its range.
    fn id_at(&self, at: usize) -> Option<(Range<usize>, &'s str)> {
        let inside = |range: &Range<usize>| range.start <= at && at <= range.end;
        let of = |range: &Range<usize>| (range.clone(), &self.text[range.clone()]);
        if let Some(entry) = self.outline.entries.iter().find(|one| one.table == "checks" && inside(&one.key)) {
            return Some(of(&entry.key));
        }
        let names_rule = |entry: &&Entry| {
            matches!((entry.table.as_str(), &self.text[entry.key.clone()]), ("suppress", "rule") | ("rule", "id"))
        };
        let entries = self.outline.entries.iter().filter(names_rule);
        let strings = entries.flat_map(|entry| &entry.strings).map(|(string, _)| string);
        strings.filter(|string| inside(string)).map(of).next()
    }

    fn string_at(&self, at: usize) -> Option<(&Entry, Option<&Range<usize>>)> {
        match self.outline.spot(self.text, at) {
            Spot::Text(entry, string) => {
                let entry = &self.outline.entries[entry];
                Some((entry, entry.strings[string].1.as_ref()))
            }
            _ => None,
        }
    }

    fn is_expression(&self, entry: &Entry, inner: Option<&Range<usize>>) -> bool {
        inner.is_none() && entry.table == "rule" && matches!(&self.text[entry.key.clone()], "check" | "where")
    }

    fn known(&self, id: &str) -> Option<&'s Known> {
        self.state.workspace.rule(id)
    }

    fn word_before(&self, at: usize) -> Range<usize> {
        let before = &self.text[..at];
        let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
        word.len()..at
    }

    fn word_at(&self, at: usize) -> Range<usize> {
        let after = &self.text[at..];
        let rest = after.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        self.word_before(at).start..at + after.len() - rest.len()
    }

    fn offset(&self, position: Position) -> usize {
        self.document.snapshot.offset(position, self.state.client.units) as usize
    }

    fn range(&self, range: Range<usize>) -> super::protocol::Range {
        self.document.snapshot.range(Span::new(range.start, range.end), self.state.client.units)
    }
}

/// A rule's id as a completion item.
pub fn item(rule: &Known) -> Value {
    json!({ "label": rule.id, "kind": VALUE, "documentation": { "kind": "markdown", "value": explained(rule) } })
}

/// What a rule checks, as `figlint explain` tells it.
pub fn explained(rule: &Known) -> String {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let builtin = if rule.builtin { ", built in" } else { "" };
    let mut lines = vec![format!("**{}** ({severity}{builtin})", escaped(&rule.id))];
    lines.extend(rule.message.iter().chain(&rule.about).map(|text| escaped(text.trim())));
    lines.extend(rule.checks.iter().filter(|_| !rule.builtin).map(|(text, _)| format!("check: {}", escaped(text))));
    lines.join("\n\n")
}

/// The values to choose from, where there are some.
fn choices(property: &Value) -> Vec<String> {
    let values = property["enum"].as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_expressions_are_those_that_rules_know() {
        for (word, _) in WORDS {
            let call = match word {
                "and" | "or" => format!("a = 1 {word} a = 2"),
                "not" => "not a = 1".to_owned(),
                "round" => "round(a, 1) = 1".to_owned(),
                "possible" => "possible(a, a)".to_owned(),
                "sum" | "mean" | "count" | "min" | "max" => format!("{word}(l) = a"),
                _ => format!("{word}(a) = 1"),
            };
            let text = format!("[[rule]]\nid = \"x\"\nfind = \"a{{a}}b{{l...}}\"\ncheck = \"{call}\"\n");
            let (_, errors) = rule::parse(Path::new("r.toml"), &text);
            assert!(errors.is_empty(), "{word}: {errors:?}");
        }
    }
}
