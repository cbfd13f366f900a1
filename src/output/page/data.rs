//! What the script knows of a report: its figures by the number of their marks, and its checks, as compact JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::marks::{self, Marks};
use super::words::Words;
use crate::diagnostic::{Body, BodyCheck, BodyFigure, PlaceView};

/// JSON that can stand in a script element.
pub fn json(value: &impl Serialize) -> String {
    // Views of strings and numbers always are JSON.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !text.contains(['<', '\u{2028}', '\u{2029}']) {
        return text;
    }
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Writes a report's figures and checks, one after the other: a large report has a hundred thousand.
pub fn write(out: &mut dyn Write, body: &Body, marks: &Marks, words: &Words) -> io::Result<()> {
    write!(out, "{{\"figures\":{{")?;
    let mut comma = "";
    for mark in body.blocks.iter().flat_map(|block| block.passages()).flat_map(|one| marks::of_passage(body, one)) {
        let members = &body.figures[mark.figures.clone()];
        // Of figures that overlap the one that is checked is told.
        let Some(main) = members.iter().max_by_key(|figure| (figure.state, !figure.checks.is_empty())) else {
            continue;
        };
        let mut checks: Vec<usize> = members.iter().flat_map(|figure| figure.checks.iter().copied()).collect();
        checks.sort_unstable();
        checks.dedup();
        write!(out, "{comma}\"{}\":{}", mark.figures.start, json(&Figure::new(main, checks, words)))?;
        comma = ",";
    }
    write!(out, "}},\"checks\":[")?;
    for (number, check) in body.checks.iter().enumerate() {
        write!(out, "{}{}", if number == 0 { "" } else { "," }, json(&Check::new(check, marks)))?;
    }
    write!(out, "]}}")
}

/// A figure; what it lacks is left out.
#[derive(Serialize)]
struct Figure<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    /// Low, high, and which ends are left out; where it is not the value alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<(Option<&'a str>, Option<&'a str>, &'a str)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<usize>,
}

impl<'a> Figure<'a> {
    fn new(figure: &'a BodyFigure, checks: Vec<usize>, words: &Words) -> Self {
        let row = &figure.row;
        let is_quantity = row.class == "quantity";
        let is_range = is_quantity && (row.low != row.value || row.high != row.value);
        Self {
            class: (!is_quantity).then_some(row.class),
            value: row.value.as_deref(),
            range: is_range.then_some((row.low.as_deref(), row.high.as_deref(), figure.open)),
            unit: row.unit.as_deref(),
            label: row.label.as_deref(),
            at: place(&row.place, words),
            checks,
        }
    }
}

/// A check; what it lacks is left out.
#[derive(Serialize)]
struct Check<'a> {
    rule: &'a str,
    verdict: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    arithmetic: Option<&'a str>,
    /// The value, and as it would be printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    computed: Option<(&'a str, &'a str)>,
    /// Names with the numbers of marks.
    parts: Vec<(&'a str, usize)>,
    /// Names, texts, and the files where they stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<(&'a str, &'a str, Option<&'a str>)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<usize>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suppressed: bool,
}

impl<'a> Check<'a> {
    fn new(check: &'a BodyCheck, marks: &Marks) -> Self {
        let elsewhere = check.elsewhere.iter().map(|view| (&*view.role, &*view.text, view.path.as_deref()));
        Self {
            rule: &check.rule,
            verdict: check.verdict.name(),
            message: &check.message,
            arithmetic: check.arithmetic.as_deref(),
            computed: check.computed.as_ref().map(|computed| (&*computed.value, &*computed.shown)),
            parts: check.parts.iter().map(|part| (&*part.role, marks.of(part.figure))).collect(),
            elsewhere: elsewhere.collect(),
            finding: check.finding,
            suppressed: check.suppressed,
        }
    }
}

/// Where a thing stands, in words; `None`: nowhere.
pub fn place(place: &PlaceView, words: &Words) -> Option<String> {
    let line = place.line_column.map(|(line, column)| words.line(line, column));
    line.or_else(|| place.place.as_deref().map(|place| words.place(place)))
}
