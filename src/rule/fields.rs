//! Reading the values of a TOML table by the table of its keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Fault, Sink, nearest};
use super::keys::{CONFIG, FILE, Key, RULE, Shape};
use super::toml_text::Text;

/// A TOML value with its span.
pub(super) type Value<'v> = Spanned<DeValue<'v>>;

/// A table of a file, its keys checked.
pub(super) struct Fields<'v> {
    source: &'v str,
    table: &'v DeTable<'v>,
    keys: &'static [Key],
}

impl<'v> Fields<'v> {
    /// Checks the keys of a table: unknown ones, and required ones that are missing, which is told at `header`.
    pub fn new(
        source: &'v str,
        table: &'v DeTable<'v>,
        keys: &'static [Key],
        header: Range<usize>,
        sink: &mut Sink,
    ) -> Self {
        for key in table.keys().filter(|key| keys.iter().all(|known| known.name != key.get_ref().as_ref())) {
            let fault = Fault::new(key.span(), format!("unknown key `{}`", shown(key.get_ref())));
            sink.push(if sink.is_full() { fault } else { key_advice(fault, key.get_ref(), keys) });
        }
        for key in keys.iter().filter(|key| key.required && !table.contains_key(key.name)) {
            sink.push(Fault::new(header.clone(), format!("`{}` is missing", key.name)).help(key.about));
        }
        Self { source, table, keys }
    }

    /// The value of a key.
    pub fn value(&self, key: &str) -> Option<&'v Value<'v>> {
        debug_assert!(self.keys.iter().any(|known| known.name == key), "{key} is in no table of keys");
        self.table.get(key)
    }

    /// Where a key is written.
    pub fn key_range(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }

    /// The string of a key.
    pub fn text(&self, key: &str, sink: &mut Sink) -> Option<Text> {
        string(self.source, self.value(key)?, sink)
    }

    /// The string of a key, which must hold something.
    pub fn filled_text(&self, key: &str, sink: &mut Sink) -> Option<Text> {
        let text = self.text(key, sink)?;
        if text.value.trim().is_empty() {
            sink.push(Fault::new(self.value(key)?.span(), format!("`{key}` is empty")));
            return None;
        }
        Some(text)
    }

    /// The strings of a key: a list, or a single one where the key takes one. Empty if it is absent.
    pub fn texts(&self, key: &str, sink: &mut Sink) -> Vec<Text> {
        let single = matches!(self.shape(key), Some(Shape::TextOrTexts));
        self.value(key).map(|value| strings(self.source, value, single, sink)).unwrap_or_default()
    }

    /// The choice of a key, and where it is written.
    pub fn choice(&self, key: &str, sink: &mut Sink) -> Option<(&'static str, Text)> {
        let text = self.text(key, sink)?;
        match self.shape(key) {
            Some(Shape::Choice(options)) => Some((choose(&text, options, sink)?, text)),
            _ => None,
        }
    }

    /// The tables of a key that takes a list of them.
    pub fn tables(&self, key: &str, sink: &mut Sink) -> Vec<(&'v DeTable<'v>, Range<usize>)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            sink.push(wrong(value, "a list of tables"));
            return Vec::new();
        };
        array.iter().filter_map(|value| Some((table(value, sink)?, value.span()))).collect()
    }

    /// The entries of a key whose value is a table of names, in the order of the file.
    pub fn entries(&self, key: &str, sink: &mut Sink) -> Vec<(Text, &'v Value<'v>)> {
        let Some(table) = self.value(key).and_then(|value| table(value, sink)) else { return Vec::new() };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let named = |(key, value): (&Spanned<_>, _)| (name_text(self.source, key), value);
        entries.into_iter().map(named).collect()
    }

    fn shape(&self, key: &str) -> Option<&'static Shape> {
        self.keys.iter().find(|known| known.name == key).map(|known| &known.shape)
    }
}

/// The string that a value must be.
pub(super) fn string(source: &str, value: &Value, sink: &mut Sink) -> Option<Text> {
    match value.get_ref() {
        DeValue::String(text) => Some(Text::new(source, value.span(), text)),
        _ => {
            sink.push(wrong(value, "a string"));
            None
        }
    }
}

/// The strings that a value must be: a list that holds something, or one where `single`.
pub(super) fn strings(source: &str, value: &Value, single: bool, sink: &mut Sink) -> Vec<Text> {
    match value.get_ref() {
        DeValue::Array(array) if array.is_empty() => {
            sink.push(Fault::new(value.span(), "an empty list"));
            Vec::new()
        }
        DeValue::Array(array) => array.iter().filter_map(|item| string(source, item, sink)).collect(),
        DeValue::String(_) if single => string(source, value, sink).into_iter().collect(),
        _ => {
            sink.push(wrong(value, if single { "a string or a list of strings" } else { "a list of strings" }));
            Vec::new()
        }
    }
}

/// The table that a value must be.
pub(super) fn table<'v>(value: &'v Value<'v>, sink: &mut Sink) -> Option<&'v DeTable<'v>> {
    if value.get_ref().as_table().is_none() {
        sink.push(wrong(value, "a table"));
    }
    value.get_ref().as_table()
}

/// The one of `options` that a text says.
pub(super) fn choose(text: &Text, options: &[&'static str], sink: &mut Sink) -> Option<&'static str> {
    let found = options.iter().copied().find(|option| *option == text.value);
    if found.is_none() {
        let message = format!("`{}` is not one of {}", shown(&text.value), options.join(", "));
        let fault = Fault::new(text.span.range(), message);
        sink.push(fault.suggest(nearest(&text.value, options.iter().copied())));
    }
    found
}

/// The fault that a value is of the wrong kind.
pub(super) fn wrong(value: &Value, wanted: &str) -> Fault {
    Fault::new(value.span(), format!("{wanted} is expected here, not {}", kind(value.get_ref())))
}

/// A user's text, cut for a message.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A key as a text with its place; a bare key has no quotes.
fn name_text(source: &str, key: &Spanned<std::borrow::Cow<'_, str>>) -> Text {
    Text::new(source, key.span(), key.get_ref())
}

/// What to say of an unknown key: the known one that was most likely meant, where it belongs, or those that there are.
fn key_advice(fault: Fault, name: &str, keys: &'static [Key]) -> Fault {
    if let Some(meant) = nearest(name, keys.iter().map(|known| known.name)) {
        return fault.suggest(Some(meant));
    }
    let is_in = |other: &[Key]| other.iter().any(|known| known.name == name);
    let names: Vec<_> = keys.iter().map(|known| known.name).collect();
    fault.help(match name {
        _ if is_in(FILE) && std::ptr::eq(keys, RULE) => {
            format!("`{name}` belongs at the top of the file, before any [table]")
        }
        _ if is_in(RULE) && std::ptr::eq(keys, FILE) => format!("`{name}` belongs into a [[rule]]"),
        _ if is_in(CONFIG) && std::ptr::eq(keys, FILE) => format!("`{name}` belongs into figlint.toml"),
        _ => format!("the keys here are {}", names.join(", ")),
    })
}
