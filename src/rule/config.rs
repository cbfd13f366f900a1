//! figlint.toml: which rules run on which reports, what failures count as, and which findings are accepted.

use std::ops::Range;
use std::path::Path;

use globset::{GlobMatcher, GlobSet};
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Severity;
use crate::figure::Rounding;
use crate::span::Span;

use super::error::{Fault, RuleError, Sink};
use super::fields::{Fields, choose, string, wrong};
use super::file::{MAX_FILE, glob, globs, rounding, syntax_fault};
use super::keys::{CONFIG, LEVELS, SUPPRESS};
use super::rule_parser::severity;
use super::sections::Sections;
use super::toml_text::Text;
use super::{Label, RuleSource};

/// The settings of a figlint.toml. Paths and globs in it are relative to its folder.
#[derive(Debug)]
pub struct Config {
    /// The file's text; all spans are byte offsets into it.
    pub source: RuleSource,
    /// Globs of rule files.
    pub rules: Option<Globs>,
    /// The reports to check; `None`: all.
    pub include: Option<Globs>,
    /// What to leave out.
    pub exclude: Option<Globs>,
    /// How the reports round what they print.
    pub rounding: Option<Setting<Rounding>>,
    /// From which severity on findings make the exit status 1; a value of `None`: never.
    pub fail_on: Option<Setting<Option<Severity>>>,
    /// `[checks]`, in the order of the file.
    pub checks: Vec<CheckSetting>,
    /// `[[suppress]]`, in the order of the file.
    pub suppressions: Vec<Suppression>,
}

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// A list of globs. `*` stays inside a folder, `**` does not.
#[derive(Debug)]
pub struct Globs {
    /// As written, each with its place.
    pub patterns: Vec<Label>,
    /// All of them, to match paths relative to the file's folder.
    pub set: GlobSet,
}

/// An entry of `[checks]`. Whether there is such a check is for the caller to tell ([`super::RuleSet::has`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckSetting {
    /// The check's id.
    pub id: String,
    /// Where the id is written.
    pub id_span: Span,
    /// What a failure counts as; `None`: the check is off.
    pub level: Option<Severity>,
}

/// Findings that are accepted: those that every key given here fits.
#[derive(Debug)]
pub struct Suppression {
    /// The reports; `None`: all.
    pub file: Option<GlobMatcher>,
    /// The rule.
    pub rule: Option<Label>,
    /// The words at the finding.
    pub text: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts: year, month, day.
    pub until: Option<(i32, u8, u8)>,
    /// Where the entry stands.
    pub span: Span,
}

/// Reads a figlint.toml: its good settings, and everything that is wrong in it.
pub fn parse(path: &Path, text: &str) -> (Config, Vec<RuleError>) {
    let mut sink = Sink::new(path, text);
    let mut config = Config {
        source: RuleSource::new(path, text),
        rules: None,
        include: None,
        exclude: None,
        rounding: None,
        fail_on: None,
        checks: Vec::new(),
        suppressions: Vec::new(),
    };
    if text.len() > MAX_FILE {
        sink.push(Fault::new(0..0, format!("figlint.toml can have {} MB at most", MAX_FILE >> 20)));
        return (config, sink.finish());
    }
    let (table, syntax) = DeTable::parse_recoverable(text);
    syntax.iter().for_each(|error| sink.push(syntax_fault(error)));
    let sections = Sections::new(text, table.get_ref(), &syntax);
    Reader { text, sections, sink: &mut sink }.read(table.get_ref(), &mut config);
    (config, sink.finish())
}

struct Reader<'r, 's> {
    text: &'r str,
    sections: Sections,
    sink: &'r mut Sink<'s>,
}

impl Reader<'_, '_> {
    fn read(&mut self, table: &DeTable, config: &mut Config) {
        self.sink.mute(self.sections.is_top_broken());
        let fields = Fields::new(self.text, table, CONFIG, 0..0, self.sink);
        config.rules = self.globs("rules", &fields);
        config.include = self.globs("include", &fields);
        config.exclude = self.globs("exclude", &fields);
        let span =
            |key| fields.value(key).map_or(Span::default(), |value| Span::new(value.span().start, value.span().end));
        config.rounding = rounding(&fields, self.sink).map(|value| Setting { value, span: span("rounding") });
        config.fail_on = fields.choice("fail-on", self.sink).map(|(name, text)| {
            let value = (name != "never").then(|| severity(name));
            Setting { value, span: text.span }
        });
        self.sink.mute(fields.value("checks").is_some_and(|value| self.sections.is_broken(value.span().start)));
        config.checks = self.checks(&fields);
        for (table, header) in fields.tables("suppress", self.sink) {
            let broken = self.sections.is_broken(header.start);
            self.sink.mute(broken);
            config.suppressions.extend(self.suppression(table, header).filter(|_| !broken));
        }
        self.sink.mute(false);
    }

    fn globs(&mut self, key: &str, fields: &Fields) -> Option<Globs> {
        fields.value(key)?;
        let texts = fields.texts(key, self.sink);
        let set = globs(&texts, self.sink)?;
        let label = |text: Text| Label { text: text.value, span: text.span };
        Some(Globs { patterns: texts.into_iter().map(label).collect(), set })
    }

    fn checks(&mut self, fields: &Fields) -> Vec<CheckSetting> {
        let mut checks = Vec::new();
        for (id, value) in fields.entries("checks", self.sink) {
            let level = string(self.text, value, self.sink).and_then(|text| choose(&text, LEVELS, self.sink));
            let Some(level) = level else { continue };
            let level = (level != "off").then(|| severity(level));
            checks.push(CheckSetting { id: id.value, id_span: id.span, level });
        }
        checks
    }

    fn suppression(&mut self, table: &DeTable, header: Range<usize>) -> Option<Suppression> {
        let before = self.sink.total();
        let fields = Fields::new(self.text, table, SUPPRESS, header.clone(), self.sink);
        let file = fields.filled_text("file", self.sink).and_then(|text| glob(&text, self.sink));
        let rule = fields.filled_text("rule", self.sink);
        let text = fields.filled_text("text", self.sink);
        let reason = fields.filled_text("reason", self.sink);
        let until = self.until(&fields);
        if ["file", "rule", "text"].iter().all(|key| fields.value(key).is_none()) {
            let fault = Fault::new(header.clone(), "this would accept every finding there is");
            self.sink.push(fault.help("say which: `file`, `rule` or `text`"));
        }
        let reason = reason.filter(|_| self.sink.total() == before)?;
        Some(Suppression {
            file: file.map(|glob| glob.compile_matcher()),
            rule: rule.map(|rule| Label { text: rule.value, span: rule.span }),
            text: text.map(|text| text.value),
            reason: reason.value,
            until,
            span: Span::new(header.start, header.end),
        })
    }

    fn until(&mut self, fields: &Fields) -> Option<(i32, u8, u8)> {
        let value = fields.value("until")?;
        let DeValue::Datetime(datetime) = value.get_ref() else {
            self.sink.push(wrong(value, "a date").help("without quotes: until = 2027-06-30"));
            return None;
        };
        match (datetime.date, datetime.time) {
            (Some(date), None) => Some((date.year.into(), date.month, date.day)),
            _ => {
                self.sink.push(Fault::new(value.span(), "a date without a time is expected here"));
                None
            }
        }
    }
}
