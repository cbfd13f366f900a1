//! One `[[rule]]` from its TOML table.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Severity;

use crate::figure::{self, DeclaredUnit};

use super::error::{Fault, Sink};
use super::expression_parser;
use super::fields::{Fields, Value, string, strings, wrong};
use super::file::{label, rounding};
use super::keys::{EXAMPLE, RULE};
use super::names::{FileNames, RuleNames};
use super::operands::NamedOperands;
use super::pattern::{Pattern, PatternKind};
use super::pattern_parser::parse_words;
use super::regex_parser::parse_regex;
use super::toml_text::Text;
use super::{Axis, Check, Example, Expect, Label, NameFrom, NameKind, Outcome, Rule, Scope, Selector, TableRule};

/// Reads a rule. Everything wrong goes to the sink; the caller leaves out a rule of which something was told.
pub(super) fn parse_rule(
    source: &str,
    table: &DeTable,
    header: Range<usize>,
    names: &FileNames,
    sink: &mut Sink,
) -> Option<Rule> {
    let fields = Fields::new(source, table, RULE, header.clone(), sink);
    let id = fields.filled_text("id", sink).filter(|id| is_id(id, sink));
    let mut reader = Reader { source, fields, names: RuleNames::new(names), sink };
    let finds = reader.finds();
    let table = reader.table();
    let detected = reader.detected();
    let (checks, mut used) = reader.checks("check");
    let (filters, used_by_filter) = reader.checks("where");
    used |= used_by_filter;
    reader.is_about_something(&header, !checks.is_empty() && !used);
    let scope = reader.scope(finds.len());
    let expect = reader.expect();
    let unit = reader.unit();
    let examples = reader.examples();
    let Reader { fields, names, sink, .. } = reader;
    let set = fields.choice("severity", sink).map(|(name, _)| severity(name));
    let rounding = rounding(&fields, sink);
    let mut said = |key| fields.filled_text(key, sink).map(|text| text.value);
    let (message, message_zh, about) = (said("message"), said("message-zh"), said("about"));
    let id = id.filter(|_| !names.used_broken)?;
    Some(Rule {
        id: id.value,
        id_span: id.span,
        finds,
        scope,
        table,
        equation: None,
        names: names.names,
        filter: filters.into_iter().next().map(|filter| filter.expr),
        checks,
        expect,
        unit,
        rounding,
        severity: set.unwrap_or(Severity::Error),
        // Rules of the program's own have no user.
        severity_set: set.is_some() && !detected,
        message,
        message_zh,
        about,
        detected,
        examples,
    })
}

/// A severity by its name.
pub(super) fn severity(name: &str) -> Severity {
    match name {
        "note" => Severity::Note,
        "warning" => Severity::Warning,
        _ => Severity::Error,
    }
}

struct Reader<'r, 's> {
    source: &'r str,
    fields: Fields<'r>,
    names: RuleNames<'r>,
    sink: &'r mut Sink<'s>,
}

impl Reader<'_, '_> {
    /// `find` or `regex`.
    fn finds(&mut self) -> Vec<Pattern> {
        if let (Some(_), Some(key)) = (self.fields.value("find"), self.fields.key_range("regex")) {
            self.sink.push(Fault::new(key, "a rule has either `find` or `regex`"));
            self.names.uncertain = true;
        }
        let (key, is_regex) = if self.fields.value("regex").is_some() { ("regex", true) } else { ("find", false) };
        let texts = self.fields.texts(key, self.sink);
        let unread = texts.is_empty() && self.fields.value(key).is_some();
        let finds: Vec<_> = texts
            .iter()
            .enumerate()
            .filter_map(|(at, text)| self.pattern(text, NameFrom::Find(at), is_regex))
            .collect();
        self.names.uncertain |= unread || finds.len() < texts.len();
        finds
    }

    fn pattern(&mut self, text: &Text, from: NameFrom, is_regex: bool) -> Option<Pattern> {
        let names = &mut self.names;
        let mut declare = |name: &str, kind, range: Range<usize>| {
            let shift =
                |fault: Fault| Fault { range: range.start + fault.range.start..range.start + fault.range.end, ..fault };
            names.define(name, kind, from).map_err(shift)
        };
        let kind = if is_regex {
            parse_regex(&text.value, &mut declare)
        } else {
            parse_words(&text.value, &mut declare).map(PatternKind::Words)
        };
        let kind = self.report(text, kind)?;
        Some(Pattern { text: text.value.clone(), span: text.span, kind })
    }

    /// `table` with `rows`, `columns` or `cells`.
    fn table(&mut self) -> Option<TableRule> {
        const AXES: [(&str, Axis); 3] = [("rows", Axis::Rows), ("columns", Axis::Columns), ("cells", Axis::Cells)];
        let mut named = AXES.iter().filter(|(key, _)| self.fields.value(key).is_some());
        let first = named.next();
        if let (Some((first, _)), Some((second, _))) = (first, named.next()) {
            let range = self.fields.key_range(second).unwrap_or_default();
            self.sink.push(Fault::new(range, format!("a rule has `{first}` or `{second}`, not both")));
            self.names.uncertain = true;
        }
        let name = self.fields.filled_text("table", self.sink).map(label);
        let Some(&(key, axis)) = first else {
            if let Some(range) = self.fields.key_range("table") {
                self.sink.push(Fault::new(range, "`table` needs `rows`, `columns` or `cells`"));
                self.names.uncertain = true;
            }
            return None;
        };
        let entries = self.fields.entries(key, self.sink);
        if entries.is_empty() {
            let range = self.fields.key_range(key).unwrap_or_default();
            self.sink.push(Fault::new(range, format!("`{key}` names nothing")));
        }
        let selectors: Vec<_> = entries
            .iter()
            .enumerate()
            .filter_map(|(at, (name, value))| self.selector(at, name, value, axis == Axis::Cells))
            .collect();
        self.names.uncertain |= selectors.is_empty() || selectors.len() < entries.len();
        Some(TableRule { name, axis, selectors })
    }

    fn selector(&mut self, at: usize, name: &Text, value: &Value, is_cell: bool) -> Option<Selector> {
        let list = !is_cell && value.get_ref().is_array();
        let mut labels = if is_cell { self.pair(value)? } else { self.labels(value) };
        if labels.is_empty() {
            return None;
        }
        let column = if is_cell { labels.pop() } else { None };
        let kind = match () {
            () if list => NameKind::List,
            () if !is_cell && labels[0].text.contains('…') => NameKind::Either,
            () => NameKind::Figure,
        };
        match self.names.define(&name.value, kind, NameFrom::Table(at)) {
            Ok(index) => Some(Selector { name: index, labels, column, list }),
            Err(fault) => {
                let whole = fault.range.is_empty();
                let fault = name.fault(fault);
                self.sink.push(if whole { Fault { range: name.span.range(), ..fault } } else { fault });
                None
            }
        }
    }

    fn labels(&mut self, value: &Value) -> Vec<Label> {
        let texts = strings(self.source, value, true, self.sink);
        for text in texts.iter().filter(|text| text.value.trim().is_empty()) {
            self.sink.push(Fault::new(text.span.range(), "a label is empty"));
        }
        texts.into_iter().map(label).collect()
    }

    /// A cell's row and column.
    fn pair(&mut self, value: &Value) -> Option<Vec<Label>> {
        let is_pair = value.get_ref().as_array().is_some_and(|array| array.len() == 2);
        if !is_pair {
            let fault = Fault::new(value.span(), "a cell is told by its row's and its column's label");
            self.sink.push(fault.help("such as [\"合计\", \"2020年\"]"));
            return None;
        }
        let labels = self.labels(value);
        (labels.len() == 2).then_some(labels)
    }

    /// `detect`: the names that a detector of the program finds figures for.
    fn detected(&mut self) -> bool {
        let key = self.fields.key_range("detect");
        let Some(key) = key.or_else(|| self.fields.key_range("detect-zh")) else { return false };
        if !self.names.is_builtin() {
            self.sink.push(Fault::new(key, "only the built-in checks have detectors").help("use `find` or `table`"));
            self.names.uncertain = true;
        }
        for text in self.fields.texts("detect", self.sink) {
            let (name, kind) = match text.value.strip_suffix("...") {
                Some(name) => (name, NameKind::List),
                None => (&*text.value, NameKind::Figure),
            };
            if let Err(fault) = self.names.define(name, kind, NameFrom::Detector) {
                self.sink.push(text.fault(fault));
            }
        }
        let chinese = self.fields.texts("detect-zh", self.sink);
        self.names.say_in_chinese(chinese.into_iter().map(|text| text.value));
        true
    }

    /// The expressions of `check` or `where`, and whether they use a figure.
    fn checks(&mut self, key: &str) -> (Vec<Check>, bool) {
        let texts = match key {
            "where" => self.fields.text(key, self.sink).into_iter().collect(),
            _ => self.fields.texts(key, self.sink),
        };
        let mut any_used = false;
        let mut checks = Vec::new();
        for text in texts {
            let mut operands = NamedOperands { names: &mut self.names, used: false };
            let expr = expression_parser::parse(&text.value, &mut operands, &|range| text.place(range));
            any_used |= operands.used;
            if let Some(expr) = self.report(&text, expr) {
                checks.push(Check { expr, text: text.value, span: text.span });
            }
        }
        (checks, any_used)
    }

    /// A rule must look at the report somehow.
    fn is_about_something(&mut self, header: &Range<usize>, constant: bool) {
        let sought = ["find", "regex", "rows", "columns", "cells", "detect"];
        let constant = constant && !self.names.uncertain;
        if constant && sought.iter().all(|key| self.fields.value(key).is_none()) {
            let fault = Fault::new(header.clone(), "this rule looks at no figure");
            self.sink.push(fault.help("give it `find`, `regex` or `table`, or use names of [figures] in its check"));
        } else if constant && let Some(check) = self.fields.value("check") {
            let fault = Fault::new(check.span(), "this check uses no figure");
            self.sink.push(Fault { help: self.names.help(""), ..fault });
        }
    }

    fn scope(&mut self, finds: usize) -> Scope {
        if let (0, Some(key)) = (finds, self.fields.key_range("scope"))
            && !self.names.uncertain
        {
            self.sink.push(Fault::new(key, "`scope` says where the patterns of `find` are sought, and there is none"));
        }
        match self.fields.choice("scope", self.sink) {
            Some(("sentence", _)) => Scope::Sentence,
            Some(("paragraph", _)) => Scope::Paragraph,
            Some(("section", _)) => Scope::Section,
            None if finds < 2 => Scope::Sentence,
            _ => Scope::Report,
        }
    }

    fn expect(&mut self) -> Expect {
        let default = Expect { min: 1, max: None };
        let Some(value) = self.fields.value("expect") else { return default };
        let read = match value.get_ref() {
            DeValue::Integer(number) => parse_expect(number.as_str()).filter(|_| number.radix() == 10),
            DeValue::String(text) => parse_expect(text),
            _ => {
                self.sink.push(wrong(value, "\"any\", a number, or a range such as \"2..\""));
                return default;
            }
        };
        read.unwrap_or_else(|| {
            let fault = Fault::new(value.span(), "this is no number of places");
            self.sink.push(fault.help("write \"any\", 1, \"2..\" or \"1..3\""));
            default
        })
    }

    fn unit(&mut self) -> Option<DeclaredUnit> {
        let text = self.fields.filled_text("unit", self.sink)?;
        let unit = figure::declared_unit(&text.value);
        if unit.is_none() {
            let fault = Fault::new(text.span.range(), "this is not a known unit");
            self.sink.push(fault.help("such as \"万元\", \"件\", \"%\" or \"$ in millions\""));
        }
        unit
    }

    fn examples(&mut self) -> Vec<Example> {
        let tables = self.fields.tables("example", self.sink);
        tables.into_iter().filter_map(|(table, header)| self.example(table, header)).collect()
    }

    fn example(&mut self, table: &DeTable, header: Range<usize>) -> Option<Example> {
        const OUTCOMES: [(&str, Outcome); 3] =
            [("holds", Outcome::Holds), ("fails", Outcome::Fails), ("none", Outcome::None)];
        let fields = Fields::new(self.source, table, EXAMPLE, header.clone(), self.sink);
        let given: Vec<_> = OUTCOMES.iter().filter(|(key, _)| fields.value(key).is_some()).collect();
        let [&(key, outcome)] = given[..] else {
            let range = given.get(1).and_then(|(key, _)| fields.key_range(key)).unwrap_or(header);
            self.sink.push(Fault::new(range, "an example has exactly one of `holds`, `fails` and `none`"));
            return None;
        };
        let text = string(self.source, fields.value(key)?, self.sink)?;
        Some(Example { text: text.value, outcome, span: text.span })
    }

    fn report<T>(&mut self, text: &Text, outcome: Result<T, Vec<Fault>>) -> Option<T> {
        let record = |faults: Vec<Fault>| faults.into_iter().for_each(|fault| self.sink.push(text.fault(fault)));
        outcome.map_err(record).ok()
    }
}

/// Whether an id can be named on the command line and in comments; the first bad character is told.
fn is_id(id: &Text, sink: &mut Sink) -> bool {
    let bad = id.value.char_indices().find(|&(_, c)| !(c.is_alphanumeric() || "-_./".contains(c)));
    if let Some((at, c)) = bad {
        let message = format!("an id cannot hold `{}`", c.escape_debug());
        let fault = Fault::new(at..at + c.len_utf8(), message).help("ids are letters, digits, `-`, `_`, `.` and `/`");
        sink.push(id.fault(fault));
    }
    bad.is_none()
}

/// `any`, `3`, `2..`, `..3` or `1..3`, both ends included.
fn parse_expect(text: &str) -> Option<Expect> {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let text = text.trim();
    if text == "any" {
        return Some(Expect { min: 0, max: None });
    }
    let Some((min, max)) = text.split_once("..") else {
        let exact = number(text)?;
        return Some(Expect { min: exact, max: Some(exact) });
    };
    let min = if min.trim().is_empty() { 0 } else { number(min)? };
    let max = if max.trim().is_empty() { None } else { Some(number(max)?) };
    (max.is_none_or(|max| min <= max)).then_some(Expect { min, max })
}
