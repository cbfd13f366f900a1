//! What the client can do, and what it is told that the server can.

use std::path::PathBuf;

use figlint::span::Units;
use serde_json::{Value, json};

use super::{actions, uri};

/// What the client can do.
#[derive(Clone, Debug)]
pub struct Client {
    /// How it counts characters.
    pub units: Units,
    /// Whether hovers may be Markdown.
    pub markdown: bool,
    /// Whether edits may name versions and make new files.
    pub makes_files: bool,
    /// Whether it shows documents that the server names.
    pub shows: bool,
    watches: bool,
    root: Option<PathBuf>,
}

impl Default for Client {
    fn default() -> Self {
        Self::new(&Value::Null)
    }
}

impl Client {
    /// From the params of `initialize`.
    pub fn new(params: &Value) -> Self {
        let can = &params["capabilities"];
        let lists = |list: &Value, word: &str| list.as_array().is_some_and(|list| list.iter().any(|one| one == word));
        let utf8 = lists(&can["general"]["positionEncodings"], "utf-8");
        let edits = &can["workspace"]["workspaceEdit"];
        let folder = params["workspaceFolders"][0]["uri"].as_str().or(params["rootUri"].as_str());
        Self {
            units: if utf8 { Units::Utf8 } else { Units::Utf16 },
            markdown: lists(&can["textDocument"]["hover"]["contentFormat"], "markdown"),
            makes_files: lists(&edits["resourceOperations"], "create"),
            shows: can["window"]["showDocument"]["support"] == true,
            watches: can["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == true,
            root: folder.and_then(uri::path),
        }
    }

    /// The folder that is open, else the current one.
    pub fn root(&self) -> PathBuf {
        self.root.clone().or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    /// The answer to `initialize`.
    pub fn answer(&self) -> Value {
        let encoding = if self.units == Units::Utf8 { "utf-8" } else { "utf-16" };
        json!({
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
                "hoverProvider": true,
                "definitionProvider": true,
                "referencesProvider": true,
                "documentHighlightProvider": true,
                "completionProvider": { "triggerCharacters": ["\"", "[", "{", "="] },
                "executeCommandProvider": { "commands": [actions::SHOW] },
                "codeActionProvider": { "codeActionKinds": ["quickfix", "refactor.rewrite"] },
            },
            "serverInfo": { "name": "figlint", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    /// What files the client is asked to watch, where it can be asked.
    pub fn registration(&self) -> Option<Value> {
        let options = json!({ "watchers": [{ "globPattern": "**/*.toml" }] });
        let method = "workspace/didChangeWatchedFiles";
        self.watches
            .then(|| json!({ "registrations": [{ "id": "rules", "method": method, "registerOptions": options }] }))
    }
}
