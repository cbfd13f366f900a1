//! The JSON Schemas of rule files and of figlint.toml, made of the tables by which they are read.

use serde_json::{Map, Value, json};

use super::keys::{CONFIG, FILE, Key, Shape};

/// The JSON Schema (draft 2020-12) of rule files.
pub fn rule_file_schema() -> Value {
    document("figlint rule file", FILE)
}

/// The JSON Schema (draft 2020-12) of figlint.toml.
pub fn config_schema() -> Value {
    document("figlint.toml", CONFIG)
}

fn document(title: &str, keys: &[Key]) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), title.into());
    schema.extend(table(keys));
    Value::Object(schema)
}

fn table(keys: &[Key]) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut property = shape(&key.shape);
        property.insert("description".into(), key.about.into());
        (key.name.to_owned(), Value::Object(property))
    };
    let properties: Map<_, _> = keys.iter().map(property).collect();
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = object(json!({ "type": "object", "properties": properties, "additionalProperties": false }));
    if !required.is_empty() {
        schema.insert("required".into(), required.into());
    }
    schema
}

fn shape(shape: &Shape) -> Map<String, Value> {
    let texts = json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 });
    object(match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Texts => texts,
        Shape::TextOrTexts => json!({ "anyOf": [{ "type": "string" }, texts] }),
        Shape::Choice(options) => json!({ "enum": options }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Count => json!({ "anyOf": [
            { "type": "integer", "minimum": 0 },
            { "type": "string", "pattern": r"^\s*(any|[0-9]+|[0-9]*\s*\.\.\s*[0-9]*)\s*$" },
        ] }),
        Shape::Pair => json!({ "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 }),
        Shape::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        Shape::Named(entry) => json!({ "type": "object", "additionalProperties": self::shape(entry) }),
        Shape::TextOrTable(keys) => json!({ "anyOf": [{ "type": "string" }, table(keys)] }),
    })
}

/// The members of a value that is written as an object.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => Map::from_iter([("const".to_owned(), other)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The schema and the reader must know the same keys: each key of the schema is read, and no other.
    #[test]
    fn the_reader_knows_the_keys_of_the_schema() {
        let told = |text: &str| -> Vec<String> {
            let (_, errors) = super::super::parse(Path::new("r.toml"), text);
            errors.into_iter().map(|error| error.message).collect()
        };
        let schema = rule_file_schema();
        let rule = &schema["properties"]["rule"]["items"];
        for key in rule["properties"].as_object().unwrap().keys() {
            let unknown = format!("unknown key `{key}`");
            assert!(!told(&format!("[[rule]]\n{key} = true")).contains(&unknown), "{key}");
        }
        for key in schema["properties"].as_object().unwrap().keys() {
            assert!(!told(&format!("{key} = true")).contains(&format!("unknown key `{key}`")), "{key}");
        }
        assert_eq!(rule["required"], json!(["id", "check"]));
        assert_eq!(told("[[rule]]")[..2], ["`id` is missing", "`check` is missing"]);
        assert_eq!(told("nonsense = 1"), ["unknown key `nonsense`"]);
        assert_eq!(rule["properties"]["severity"]["enum"], json!(["error", "warning", "note"]));
        assert_eq!(config_schema()["properties"]["suppress"]["items"]["required"], json!(["reason"]));
    }
}
