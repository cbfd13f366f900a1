//! Requests about documents: what they need to be answered, and who answers them.

use std::path::PathBuf;

use figlint::span::Position;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::documents::Kind;
use super::protocol::{At, OfRange, Range};
use super::rules::{self, Editing};
use super::server::{INVALID_PARAMS, State};
use super::worker::{Checked, Explained};
use super::{actions, hover, navigate};

/// A request about a document.
#[derive(Debug)]
pub struct Query {
    pub id: Value,
    pub path: PathBuf,
    what: What,
    range: Range,
    /// What the client says of where it asks.
    context: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Hover,
    Definition,
    References,
    Highlight,
    Completion,
    Actions,
}

impl Query {
    /// Whether it waits for all that can be told of a report's figures.
    pub fn needs_figures(&self, state: &State) -> bool {
        self.what != What::Completion && explained(state, self).is_none()
    }
}

/// What an answer is, or the code and the words of an error.
pub type Answer = Result<Value, (i32, String)>;

/// Reads a request; `None`: the method is not known. An error says what is wrong with the params.
pub fn parse(state: &State, id: Value, method: &str, params: Value) -> Option<Result<Query, String>> {
    let what = match method {
        "textDocument/hover" => What::Hover,
        "textDocument/definition" => What::Definition,
        "textDocument/references" => What::References,
        "textDocument/documentHighlight" => What::Highlight,
        "textDocument/completion" => What::Completion,
        "textDocument/codeAction" => What::Actions,
        _ => return None,
    };
    let context = params["context"].clone();
    let place = if what == What::Actions {
        read(params).map(|params: OfRange| (params.text_document.uri, params.range))
    } else {
        let whole = |at: Position| Range { start: at, end: at };
        read(params).map(|params: At| (params.text_document.uri, whole(params.position)))
    };
    Some(place.map(|(uri, range)| Query { id, path: state.documents.path(&uri), what, range, context }))
}

/// The answer to a request; `None`: what it needs is not known yet.
pub fn answered(state: &State, query: &Query) -> Option<Answer> {
    let Some(document) = state.documents.get(&query.path) else {
        return Some(Err((INVALID_PARAMS, format!("{} is not open", query.path.display()))));
    };
    if !document.in_step {
        return Some(Ok(Value::Null));
    }
    match document.kind {
        Kind::Other => Some(Ok(Value::Null)),
        Kind::Config | Kind::Rules | Kind::Toml if !state.rules_current => None,
        Kind::Toml if !state.workspace.tomls.contains(&query.path) => Some(Ok(Value::Null)),
        Kind::Config | Kind::Rules | Kind::Toml => {
            Some(Ok(of_rules(&Editing::new(state, &query.path, document), query)))
        }
        Kind::Report(_) => of_report(state, query).map(Ok),
    }
}

fn of_report(state: &State, query: &Query) -> Option<Value> {
    let position = query.range.start;
    match query.what {
        What::Completion => Some(ids_in_comment(state, query)),
        What::Actions => {
            let (checked, explained) = (checked(state, query)?, explained(state, query)?);
            Some(actions::of_report(state, checked, explained, query.range, &query.context))
        }
        What::Hover => Some(hover::of_report(&state.client, explained(state, query)?, position)),
        What::Definition => Some(navigate::definition(state, explained(state, query)?, position)),
        What::References => Some(navigate::references(state, explained(state, query)?, position)),
        What::Highlight => Some(navigate::highlight(state, explained(state, query)?, position)),
    }
}

fn of_rules(editing: &Editing, query: &Query) -> Value {
    let position = query.range.start;
    match query.what {
        What::Hover => editing.hover(position),
        What::Definition => editing.definition(position),
        What::Completion => editing.completion(position),
        What::References | What::Highlight | What::Actions => json!([]),
    }
}

/// The ids of rules, in a comment that switches some off.
fn ids_in_comment(state: &State, query: &Query) -> Value {
    let Some(document) = state.documents.get(&query.path) else { return json!([]) };
    let snapshot = &document.snapshot;
    let at = snapshot.offset(query.range.start, state.client.units) as usize;
    let before = &snapshot.text[..at];
    let opened = before.rfind("<!--").map(|start| &before[start + 4..]).filter(|inside| !inside.contains("-->"));
    let ids = opened.and_then(|inside| inside.trim_start().strip_prefix("figlint:")).map(str::trim_start);
    match ids.and_then(|ids| ids.strip_prefix("off")) {
        Some(ids) if ids.starts_with(' ') && !ids.contains([':', '：']) => {
            json!(state.workspace.rules.iter().map(rules::item).collect::<Vec<_>>())
        }
        _ => json!([]),
    }
}

/// The last check of the report, if it is of the report as it is now.
fn checked<'s>(state: &'s State, query: &Query) -> Option<&'s Checked> {
    let document = state.documents.get(&query.path)?;
    state.checked.get(&query.path).filter(|one| one.job.revision == document.revision)
}

/// All that is known of the report's figures, if it is known of the report as it is now.
fn explained<'s>(state: &'s State, query: &Query) -> Option<&'s Explained> {
    let document = state.documents.get(&query.path)?;
    state.explained.get(&query.path).filter(|one| one.job.revision == document.revision)
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}
