//! A rule file from its TOML text.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Severity;
use crate::figure::Rounding;
use crate::span::Span;

use super::equation::parse_equation;
use super::error::{Fault, RuleError, Sink};
use super::fields::{Fields, Value, string, wrong};
use super::keys::{FIGURE, FILE};
use super::names::{FileNames, MAX_NAMES, check_name};
use super::pattern::{Node, Pattern, PatternKind};
use super::pattern_parser::parse_words;
use super::rule_parser::parse_rule;
use super::sections::Sections;
use super::toml_text::Text;
use super::{Expect, Label, NameKind, NamedFigure, NamedPlace, Rule, RuleFile, RuleSource, Scope};

/// How large a rule file may be, in bytes.
pub const MAX_FILE: usize = 16 << 20;

/// Reads a rule file: its good rules, and everything that is wrong in it. Paths in it start from the folder of `path`.
///
/// A rule with an error is left out, and so are rules that use a name of `[figures]` with an error. Where `files` or `rounding`
/// cannot be read, or the top of the file has a syntax error, all rules are.
pub fn parse(path: &Path, text: &str) -> (RuleFile, Vec<RuleError>) {
    parse_file(path, text, false)
}

/// Reads a rule file that is built into the program: its rules may leave their figures to a detector.
pub fn parse_builtin(path: &Path, text: &str) -> (RuleFile, Vec<RuleError>) {
    parse_file(path, text, true)
}

fn parse_file(path: &Path, text: &str, builtin: bool) -> (RuleFile, Vec<RuleError>) {
    let mut sink = Sink::new(path, text);
    let source = RuleSource::new(path, text);
    let mut file = RuleFile { source, title: None, files: None, rounding: None, names: Vec::new(), rules: Vec::new() };
    if text.len() > MAX_FILE {
        sink.push(Fault::new(0..0, format!("a rule file can have {} MB at most", MAX_FILE >> 20)));
        return (file, sink.finish());
    }
    let (table, syntax) = DeTable::parse_recoverable(text);
    let sections = Sections::new(text, table.get_ref(), &syntax);
    syntax.iter().for_each(|error| sink.push(syntax_fault(error)));
    Reader { path, text, sections, builtin, sink: &mut sink }.read(table.get_ref(), &mut file);
    (file, sink.finish())
}

/// A syntax error of the TOML library as a fault of the file.
pub(super) fn syntax_fault(error: &toml::de::Error) -> Fault {
    Fault::new(error.span().unwrap_or_default(), format!("TOML: {}", error.message()))
}

/// `rounding`, in a file, a rule or figlint.toml.
pub(super) fn rounding(fields: &Fields, sink: &mut Sink) -> Option<Rounding> {
    fields.choice("rounding", sink).map(|(name, _)| match name {
        "down" => Rounding::Down,
        "exact" => Rounding::Exact,
        _ => Rounding::Nearest,
    })
}

struct Reader<'r, 's> {
    path: &'r Path,
    text: &'r str,
    sections: Sections,
    builtin: bool,
    sink: &'r mut Sink<'s>,
}

impl Reader<'_, '_> {
    fn read(&mut self, table: &DeTable, file: &mut RuleFile) {
        self.sink.mute(self.sections.is_top_broken());
        let fields = Fields::new(self.text, table, FILE, 0..0, self.sink);
        file.title = fields.text("title", self.sink).map(|title| title.value);
        let before = self.sink.total();
        file.files = fields.value("files").and_then(|_| globs(&fields.texts("files", self.sink), self.sink));
        file.rounding = rounding(&fields, self.sink);
        let settled = self.sink.total() == before && !self.sections.is_top_broken();
        let equations = fields.texts("equations", self.sink);
        file.rules.extend(equations.iter().filter_map(|equation| self.equation(equation)));
        let names = self.figures(&fields, file);
        self.sink.mute(false);
        for (table, header) in fields.tables("rule", self.sink) {
            self.sink.mute(self.sections.is_broken(header.start));
            let before = self.sink.total();
            let rule = parse_rule(self.text, table, header.clone(), &names, self.sink);
            let good = self.sink.total() == before && !self.sections.is_broken(header.start);
            file.rules.extend(rule.filter(|_| good));
        }
        self.sink.mute(false);
        if !settled {
            // Under another rounding, or on other reports, good rules would raise wrong alarms.
            file.rules.clear();
        }
    }

    /// `[figures]`: the good ones go to the file.
    fn figures(&mut self, fields: &Fields, file: &mut RuleFile) -> FileNames {
        let mut names = FileNames::default();
        names.builtin = self.builtin;
        names.uncertain = self.sections.may_lose_names();
        let start = fields.value("figures").map_or(0, |value| value.span().start);
        let broken = self.sections.is_broken(start);
        self.sink.mute(broken);
        for (name, value) in fields.entries("figures", self.sink) {
            let before = self.sink.total();
            let span = name.span;
            if let Err(fault) = check_name(&name.value) {
                self.sink.push(name.fault(fault));
            }
            if names.known.len() >= MAX_NAMES {
                self.sink.push(Fault::new(span.range(), format!("[figures] can have {MAX_NAMES} names at most")));
                names.uncertain = true;
                break;
            }
            let place = self.named_place(value).filter(|_| self.sink.total() == before && !broken);
            let Some(place) = place else {
                names.broken.insert(name.value);
                continue;
            };
            names.known.insert(name.value.clone(), file.names.len());
            file.names.push(NamedFigure { name: name.value, span, place });
        }
        names
    }

    fn named_place(&mut self, value: &Value) -> Option<NamedPlace> {
        match value.get_ref() {
            DeValue::String(_) => {
                let text = string(self.text, value, self.sink)?;
                self.figure_pattern(&text).map(NamedPlace::Find)
            }
            DeValue::Table(table) => self.table_place(table, value.span()),
            _ => {
                self.sink.push(wrong(value, "a pattern or a table with `file`, `find`, `row` and `column`"));
                None
            }
        }
    }

    fn table_place(&mut self, table: &DeTable, place: Range<usize>) -> Option<NamedPlace> {
        let fields = Fields::new(self.text, table, FIGURE, place.clone(), self.sink);
        let file = fields.filled_text("file", self.sink).map(|file| self.resolve(&file.value));
        let find = fields.filled_text("find", self.sink);
        let [name, row, column] = ["table", "row", "column"].map(|key| fields.filled_text(key, self.sink));
        if let Some(find) = find {
            if let Some(key) = ["table", "row", "column"].iter().find_map(|key| fields.key_range(key)) {
                self.sink.push(Fault::new(key, "a figure has either `find`, or `row` and `column`"));
            }
            let pattern = self.figure_pattern(&find)?;
            return Some(match file {
                Some(file) => NamedPlace::FindIn(file, pattern),
                None => NamedPlace::Find(pattern),
            });
        }
        let (Some(row), Some(column)) = (row, column) else {
            let help = "such as { file = \"data.csv\", row = \"合计\", column = \"受理\" }";
            self.sink.push(Fault::new(place, "a figure needs `find`, or `row` and `column`").help(help));
            return None;
        };
        Some(NamedPlace::Cell { file, table: name.map(|name| name.value), row: label(row), column: label(column) })
    }

    /// A pattern with one figure: `{}`, or `{±}`.
    fn figure_pattern(&mut self, text: &Text) -> Option<Pattern> {
        let mut slots = 0;
        let mut declare = |name: &str, kind: NameKind, range: Range<usize>| {
            slots += 1;
            match kind {
                _ if slots > 1 => Err(Fault::new(range, "a figure of [figures] has one `{}` only")),
                NameKind::Figure if name.is_empty() => Ok(0),
                NameKind::Figure => Err(Fault::new(range, "the name stands before the `=`; write `{}` here")),
                _ => Err(Fault::new(range, "a figure of [figures] is one figure, not a list")),
            }
        };
        let nodes = self.report(text, parse_words(&text.value, &mut declare))?;
        if !has_plain_figure(&nodes) {
            let message = if slots == 0 {
                "a `{}` is missing: where does the figure stand?"
            } else {
                "the `{}` cannot be optional"
            };
            self.sink.push(Fault::new(text.span.range(), message));
            return None;
        }
        Some(Pattern { text: text.value.clone(), span: text.span, kind: PatternKind::Words(nodes) })
    }

    fn equation(&mut self, text: &Text) -> Option<Rule> {
        let parsed = self.report(text, parse_equation(text))?;
        Some(Rule {
            id: text.value.trim().to_owned(),
            id_span: text.span,
            finds: Vec::new(),
            scope: Scope::Sentence,
            table: None,
            equation: Some(parsed.equation),
            names: parsed.names,
            filter: None,
            checks: vec![parsed.check],
            expect: Expect { min: 1, max: Some(1) },
            unit: None,
            rounding: None,
            severity: Severity::Error,
            severity_set: false,
            message: None,
            message_zh: None,
            about: None,
            detected: false,
            examples: Vec::new(),
        })
    }

    /// The good outcome; faults of `text` go to the sink.
    fn report<T>(&mut self, text: &Text, outcome: Result<T, Vec<Fault>>) -> Option<T> {
        let record = |faults: Vec<Fault>| faults.into_iter().for_each(|fault| self.sink.push(text.fault(fault)));
        outcome.map_err(record).ok()
    }

    /// A path of the file, which is relative to the file's folder.
    fn resolve(&self, path: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

/// A label of a row or column.
pub(super) fn label(text: Text) -> Label {
    Label { text: text.value, span: text.span }
}

/// A set of globs; one that cannot be read is told and fits nothing.
pub(super) fn globs(texts: &[Text], sink: &mut Sink) -> Option<globset::GlobSet> {
    let mut set = globset::GlobSetBuilder::new();
    texts.iter().filter_map(|text| glob(text, sink)).for_each(|glob| {
        set.add(glob);
    });
    match set.build() {
        Ok(set) => Some(set),
        Err(error) => {
            let span = texts.first().map_or(Span::default(), |text| text.span);
            sink.push(Fault::new(span.range(), format!("these globs cannot be used together: {}", error.kind())));
            None
        }
    }
}

/// A glob in which `*` stays inside a folder and `**` does not.
pub(super) fn glob(text: &Text, sink: &mut Sink) -> Option<globset::Glob> {
    let glob = globset::GlobBuilder::new(&text.value).literal_separator(true).build();
    if let Err(error) = &glob {
        sink.push(Fault::new(text.span.range(), format!("this glob cannot be read: {}", error.kind())));
    }
    glob.ok()
}

/// Whether a figure stands in a pattern outside optional parts.
fn has_plain_figure(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| matches!(node, Node::Figure { .. }))
}
