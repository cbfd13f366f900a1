//! What the script knows of a report: its figures by the number of their marks, and its checks, as compact JSON.

use serde_json::{Map, Value, json};

use super::marks::{self, Marks};
use super::words::Words;
use crate::diagnostic::{Body, BodyCheck, BodyFigure, FigureView, PlaceView};

/// JSON that can stand in a script element.
pub fn json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A report's figures and checks.
pub fn of(body: &Body, marks: &Marks, words: &Words) -> Value {
    let mut figures = Map::new();
    for passage in body.blocks.iter().flat_map(|block| block.passages()) {
        for mark in marks::of_passage(body, passage) {
            let members = &body.figures[mark.figures.clone()];
            // Of figures that overlap the one that is checked is told.
            let Some(main) = members.iter().max_by_key(|figure| (figure.state, !figure.checks.is_empty())) else {
                continue;
            };
            let mut checks: Vec<usize> = members.iter().flat_map(|figure| figure.checks.iter().copied()).collect();
            checks.sort_unstable();
            checks.dedup();
            figures.insert(mark.figures.start.to_string(), figure(main, &checks, words));
        }
    }
    json!({ "figures": figures, "checks": body.checks.iter().map(|one| check(one, marks)).collect::<Vec<_>>() })
}

/// A figure; what it lacks is left out.
fn figure(figure: &BodyFigure, checks: &[usize], words: &Words) -> Value {
    let row = &figure.row;
    let mut told = Map::new();
    if row.class != "quantity" {
        told.insert("class".into(), json!(row.class));
    }
    for (key, value) in [("value", &row.value), ("unit", &row.unit), ("hedge", &row.hedge), ("label", &row.label)] {
        if let Some(value) = value {
            told.insert(key.into(), json!(value));
        }
    }
    if row.class == "quantity" && (row.low != row.value || row.high != row.value) {
        told.insert("range".into(), json!([row.low, row.high, figure.open]));
    }
    if let Some(place) = place(&row.place, words) {
        told.insert("at".into(), json!(place));
    }
    if !checks.is_empty() {
        told.insert("checks".into(), json!(checks));
    }
    Value::Object(told)
}

fn check(check: &BodyCheck, marks: &Marks) -> Value {
    let parts: Vec<Value> = check.parts.iter().map(|part| json!([part.name, marks.of(part.figure)])).collect();
    let mut told = Map::new();
    told.insert("verdict".into(), json!(check.verdict.name()));
    told.insert("rule".into(), json!(check.rule));
    told.insert("message".into(), json!(check.message));
    told.insert("parts".into(), json!(parts));
    for (key, value) in [("check", &check.check), ("arithmetic", &check.arithmetic)] {
        if let Some(value) = value {
            told.insert(key.into(), json!(value));
        }
    }
    if let Some(computed) = &check.computed {
        told.insert("computed".into(), json!([computed.value, computed.shown]));
    }
    if let Some(severity) = check.severity {
        told.insert("severity".into(), json!(severity.to_string()));
    }
    if let Some(finding) = check.finding {
        told.insert("finding".into(), json!(finding));
    }
    if check.suppressed {
        told.insert("suppressed".into(), json!(true));
    }
    if !check.elsewhere.is_empty() {
        let elsewhere = check.elsewhere.iter().map(|view: &FigureView| json!([view.name, view.text, view.path]));
        told.insert("elsewhere".into(), json!(elsewhere.collect::<Vec<_>>()));
    }
    Value::Object(told)
}

/// Where a thing stands, in words; `None`: nowhere.
pub fn place(place: &PlaceView, words: &Words) -> Option<String> {
    let line = place.line_column.map(|(line, column)| words.line(line, column));
    line.or_else(|| place.place.clone())
}
