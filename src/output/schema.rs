//! The JSON Schema of the JSON output.

use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of what `--format json` prints for `check` and `figures`.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "figlint's JSON output",
        "anyOf": [{ "$ref": "#/$defs/check" }, { "$ref": "#/$defs/figures" }],
        "$defs": {
            "check": object(json!({
                "figlint": string(),
                "schema": { "const": super::json::SCHEMA },
                "reports": array("report"),
                "problems": array("problem"),
                "summary": counts(&["errors", "warnings", "notes", "reports"]),
            }), &[]),
            "figures": object(json!({
                "figlint": string(),
                "schema": { "const": super::json::SCHEMA },
                "reports": array("list"),
            }), &[]),
            "report": object(json!({
                "path": string(),
                "figures": counts(&["total", "tied", "bound", "failing", "unchecked"]),
                "checks": counts(&["holds", "within-rounding", "fails", "untestable", "unbound"]),
                "findings": array("finding"),
                "problems": array("problem"),
                "coverage": object(json!({ "sections": array("section"), "unchecked": array("unchecked") }), &[]),
            }), &["coverage"]),
            "section": with_place(json!({
                "heading": nullable("string"),
                "figures": counts(&["total", "tied", "bound", "failing", "unchecked"]),
            }), &[]),
            "unchecked": with_place(json!({ "text": string(), "label": nullable("string") }), &[]),
            "finding": finding(),
            "figure": with_place(json!({
                "name": string(), "text": string(), "value": nullable("string"),
                "low": nullable("string"), "high": nullable("string"),
                "open": { "enum": ["", "low", "high", "low high"] }, "path": string(), "earlier": string(),
            }), &["path", "earlier"]),
            "problem": with_place(json!({
                "path": nullable("string"), "message": string(), "help": nullable("string"), "fatal": { "type": "boolean" },
            }), &[]),
            "list": object(json!({ "path": string(), "problems": array("problem"), "figures": array("row") }), &[]),
            "row": with_place(json!({
                "text": string(),
                "class": { "enum": ["quantity", "date", "time", "ordinal", "reference", "range", "phrase"] },
                "value": nullable("string"), "low": nullable("string"), "high": nullable("string"),
                "unit": nullable("string"), "hedge": nullable("string"), "label": nullable("string"),
            }), &[]),
        },
    })
}

fn finding() -> Value {
    let culprit = object(
        json!({
            "name": string(), "start": nullable("integer"), "end": nullable("integer"), "place": nullable("string"),
            "path": string(),
        }),
        &["path"],
    );
    let computed = object(json!({ "value": string(), "shown": string() }), &[]);
    let suggestion = object(json!({ "start": nullable("integer"), "end": nullable("integer"), "text": string() }), &[]);
    object(
        json!({
            "rule": string(),
            "severity": { "enum": ["error", "warning", "note", null] },
            "verdict": { "enum": ["holds", "within-rounding", "fails", "untestable", "unbound"] },
            "message": string(),
            "check": nullable("string"),
            "figures": array("figure"),
            "computed": { "anyOf": [computed, { "type": "null" }] },
            "off": nullable("string"),
            "slip": nullable("string"),
            "culprits": { "type": "array", "items": culprit },
            "suggestion": { "anyOf": [suggestion, { "type": "null" }] },
            "fingerprint": string(),
            "baseline": { "enum": ["new", "unchanged"] },
        }),
        &["baseline"],
    )
}

/// An object with these properties, all of them required but those named.
fn object(properties: Value, optional: &[&str]) -> Value {
    let keys = properties.as_object().into_iter().flat_map(Map::keys);
    let required: Vec<_> = keys.filter(|key| !optional.contains(&key.as_str())).cloned().collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// An object that says where it stands.
fn with_place(mut properties: Value, optional: &[&str]) -> Value {
    for key in ["start", "end", "line", "column"] {
        properties[key] = nullable("integer");
    }
    properties["place"] = nullable("string");
    object(properties, optional)
}

fn counts(keys: &[&str]) -> Value {
    let count = |key: &&str| (key.to_string(), json!({ "type": "integer", "minimum": 0 }));
    object(Value::Object(keys.iter().map(count).collect()), &[])
}

fn array(of: &str) -> Value {
    json!({ "type": "array", "items": { "$ref": format!("#/$defs/{of}") } })
}

fn string() -> Value {
    json!({ "type": "string" })
}

fn nullable(kind: &str) -> Value {
    json!({ "type": [kind, "null"] })
}

#[cfg(test)]
mod tests {
    use super::super::{figures, json as output, sample};
    use super::*;

    /// Enough of a validator for [`schema`]. Keys that the schema does not name are errors here, though not to readers of
    /// the output, so that a key that is added is described too.
    fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            let target = root.pointer(name.trim_start_matches('#')).ok_or(format!("{at}: no {name}"))?;
            return check(root, target, value, at);
        }
        if let Some(any) = schema["anyOf"].as_array() {
            let errors: Vec<_> = any.iter().filter_map(|one| check(root, one, value, at).err()).collect();
            return if errors.len() < any.len() { Ok(()) } else { Err(errors.join("; ")) };
        }
        let allowed = schema["enum"].as_array().is_none_or(|all| all.contains(value));
        let constant = schema.get("const").is_none_or(|one| one == value);
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let typed = match &schema["type"] {
            Value::String(one) => one == kind,
            Value::Array(all) => all.iter().any(|one| one == kind),
            _ => true,
        };
        if !(allowed && constant && typed) {
            return Err(format!("{at}: {value} does not fit {schema}"));
        }
        for item in value.as_array().into_iter().flatten() {
            check(root, &schema["items"], item, &format!("{at}[]"))?;
        }
        if let Some(object) = value.as_object() {
            for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                object.get(key).ok_or(format!("{at}: {key} is missing"))?;
            }
            for (key, inner) in object {
                let schema = schema["properties"].get(key).ok_or(format!("{at}: {key} is not described"))?;
                check(root, schema, inner, &format!("{at}.{key}"))?;
            }
        }
        Ok(())
    }

    #[test]
    fn real_outputs_fit_the_schema() {
        let schema = schema();
        let mut check_output = Vec::new();
        output::write(&mut check_output, &sample::run()).unwrap();
        let mut figures_output = Vec::new();
        figures::write_json(&mut figures_output, &sample::figures()).unwrap();
        for (name, bytes) in [("check", check_output), ("figures", figures_output)] {
            let value = serde_json::from_slice(&bytes).unwrap();
            check(&schema, &schema["$defs"][name], &value, name).unwrap();
            check(&schema, &schema, &value, name).unwrap();
            check(&schema, &schema, &json!({ "figlint": "0" }), name).unwrap_err();
        }
    }
}
