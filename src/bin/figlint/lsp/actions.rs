//! What can be done about a finding or with a sentence: write the suggested figure, accept the finding with a reason, make a
//! rule of the sentence. Nothing is written here; the client makes the edits, and what it has to save is left to it.

use std::path::{Path, PathBuf};

use figlint::diagnostic::{Body, BodyBlock, FigureView, Finding, Passage, PlaceView};
use figlint::document::Language::{self, Chinese, English};
use figlint::span::{Position, Span, Units};
use figlint::suggest::pattern::quoted;
use figlint::text;
use serde_json::{Value, json};

use super::documents::Document;
use super::protocol::{Range, Snapshot};
use super::server::State;
use super::worker::{Checked, Explained};
use super::{findings, sentence, uri};
use crate::settings;

/// What is offered for a range of a report.
pub fn of_report(state: &State, checked: &Checked, explained: &Explained, range: Range, context: &Value) -> Value {
    let offer = Offer { state, checked, explained };
    let mut actions = Vec::new();
    for finding in checked.report.findings.iter().filter(|finding| finding.severity.is_some()) {
        let Some(figure) = finding.main().filter(|figure| figure.path.is_none()) else { continue };
        let place = findings::range(&figure.place, &checked.job.snapshot, state.client.units);
        if figure.place.bytes.is_none() || place.start > range.end || place.end < range.start {
            continue;
        }
        let told: Vec<&Value> = context["diagnostics"].as_array().into_iter().flatten().collect();
        let told: Vec<&Value> = told.into_iter().filter(|one| one["code"] == finding.rule.as_str()).collect();
        let with = |mut action: Value| {
            action["diagnostics"] = json!(told);
            action
        };
        actions.extend(offer.write(finding).map(with));
        actions.extend(offer.accept_by_comment(finding, figure).map(with));
        actions.extend(offer.accept_in_settings(finding, figure).map(with));
    }
    actions.extend(offer.make_rule(range.start));
    json!(actions)
}

struct Offer<'a> {
    state: &'a State,
    checked: &'a Checked,
    explained: &'a Explained,
}

impl Offer<'_> {
    /// Writes what a figure should be.
    fn write(&self, finding: &Finding) -> Option<Value> {
        let suggestion = finding.suggestion.as_ref()?;
        let place = PlaceView { bytes: Some(suggestion.bytes?), ..PlaceView::default() };
        let range = findings::range(&place, self.snapshot(), self.units());
        let title = self.say(&format!("Write {}", suggestion.text), &format!("改为 {}", suggestion.text));
        let edit = self.edit(&self.checked.job.path, json!([{ "range": range, "newText": suggestion.text }]), false)?;
        Some(json!({ "title": title, "kind": "quickfix", "isPreferred": true, "edit": edit }))
    }

    /// Puts a comment before the block, its reason still to be written. Only where the block starts a line of Markdown: in a
    /// list the comment would end it.
    fn accept_by_comment(&self, finding: &Finding, figure: &FigureView) -> Option<Value> {
        let path = &self.checked.job.path;
        let is_markdown = path.extension().is_some_and(|extension| extension == "md" || extension == "markdown");
        let block = block_start(&self.explained.body, figure.place.bytes?.0).filter(|_| is_markdown)?;
        let snapshot = self.snapshot();
        let at = snapshot.range(findings::span(block, block), self.units()).start;
        let line = Position { line: at.line, character: 0 };
        let before = snapshot.offset(line, self.units()) as usize;
        let before = snapshot.text.get(before..usize::try_from(block).ok()?)?;
        let before = before.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if !matches!(before, "" | "#" | "##" | "###" | "####" | "#####" | "######") {
            return None;
        }
        let start = format!("<!-- figlint: off {}: ", finding.rule);
        let edits = json!([{ "range": Range { start: line, end: line }, "newText": format!("{start} -->\n") }]);
        let title = self.say("Accept this finding in a comment (write the reason)", "在注释中豁免（须写明理由）");
        let cursor = Position { line: line.line, character: self.width(&start) };
        self.action(&title, "quickfix", path, edits, cursor)
    }

    /// Adds an entry to the nearest figlint.toml, its reason still to be written; a new one where there is none.
    fn accept_in_settings(&self, finding: &Finding, figure: &FigureView) -> Option<Value> {
        let report = self.file()?;
        let path = self.settings_of(report);
        let file = path.parent().and_then(|folder| report.strip_prefix(folder).ok())?;
        let file = file.to_string_lossy().replace('\\', "/");
        let mut entry = format!("\n[[suppress]]\nfile   = {}\n", quoted(&glob_escaped(&file)));
        entry += &format!("rule   = {}\n", quoted(&finding.rule));
        if let Some(words) = words_at(finding, figure) {
            entry += &format!("text   = {}\n", quoted(&words));
        }
        let title =
            self.say("Accept this finding in figlint.toml (write the reason)", "在 figlint.toml 中豁免（须写明理由）");
        self.append(&title, "quickfix", &path, &format!("{entry}reason = \""), "\"\n")
    }

    /// Starts a rule of the sentence at a position, in the rule file beside the report.
    fn make_rule(&self, position: Position) -> Option<Value> {
        let at = u64::from(self.snapshot().offset(position, self.units()));
        let passage = passages(&self.explained.body).find(|passage| {
            passage.place.bytes.is_some_and(|(start, end)| start <= at && at <= end) && !passage.figures.is_empty()
        })?;
        let offset = passage_offset(passage, at);
        let sentence = passage.text.get(text::sentence_around(&passage.text, offset))?;
        let ids: Vec<&str> = self.state.workspace.rules.iter().map(|rule| rule.id.as_str()).collect();
        let rule = sentence::rule(sentence, &ids)?;
        let path = self.file()?.with_extension("figlint.toml");
        let title = self.say("Make a rule of this sentence", "用这句话建立规则");
        self.append(&title, "refactor.rewrite", &path, &format!("\n{}", rule.before), &rule.after)
    }

    /// The file of the report. A text that has none yet is known to no other file by its name.
    fn file(&self) -> Option<&Path> {
        let path = &self.checked.job.path;
        uri::path(&self.state.documents.uri(path)).map(|_| path.as_path())
    }

    /// An action that adds text at the end of a file, or makes it; the cursor is to stand between the two texts.
    fn append(&self, title: &str, kind: &str, path: &Path, before: &str, after: &str) -> Option<Value> {
        let open = self.state.documents.get(path).map(|document| document.snapshot.clone());
        let on_disk = || std::fs::read_to_string(path).ok().map(Snapshot::new);
        let snapshot = open.or_else(on_disk).unwrap_or_else(|| Snapshot::new(String::new()));
        let end = snapshot.text.len() as u32;
        let at = snapshot.range(Span { start: end, end }, self.units()).start;
        let before = match snapshot.text.as_str() {
            "" => before.trim_start().to_owned(),
            text if text.ends_with('\n') => before.to_owned(),
            _ => format!("\n{before}"),
        };
        let edits = json!([{ "range": Range { start: at, end: at }, "newText": format!("{before}{after}") }]);
        let lines = before.matches('\n').count() as u32;
        let last = before.rsplit('\n').next().unwrap_or_default();
        let character = self.width(last) + if lines == 0 { at.character } else { 0 };
        self.action(title, kind, path, edits, Position { line: at.line + lines, character })
    }

    /// An action that edits a file and then shows where the person goes on writing.
    fn action(&self, title: &str, kind: &str, path: &Path, edits: Value, cursor: Position) -> Option<Value> {
        let is_new = self.state.documents.get(path).is_none() && !path.is_file();
        let edit = self.edit(path, edits, is_new)?;
        let mut action = json!({ "title": title, "kind": kind, "edit": edit });
        if self.state.client.shows {
            let arguments = json!([self.state.documents.uri(path), cursor]);
            action["command"] = json!({ "title": title, "command": SHOW, "arguments": arguments });
        }
        Some(action)
    }

    /// Edits of a file as the client takes them; `None`: it cannot make a new file.
    fn edit(&self, path: &Path, edits: Value, is_new: bool) -> Option<Value> {
        let uri = self.state.documents.uri(path);
        if !self.state.client.makes_files {
            return (!is_new).then(|| json!({ "changes": { uri: edits } }));
        }
        let version = self.state.documents.get(path).map(|document: &Document| document.version);
        let mut changes = vec![json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })];
        if is_new {
            changes.insert(0, json!({ "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } }));
        }
        Some(json!({ "documentChanges": changes }))
    }

    /// The nearest figlint.toml upward; where there is none, one in the folder that is open, or else beside the report.
    fn settings_of(&self, report: &Path) -> PathBuf {
        let folders = || report.ancestors().skip(1);
        let is_there = |path: &PathBuf| path.is_file() || self.state.documents.get(path).is_some();
        let found = folders().map(|folder| folder.join(settings::NAME)).find(is_there);
        found.unwrap_or_else(|| {
            let root = &self.state.documents.root;
            let folder = if report.starts_with(root) { root } else { report.parent().unwrap_or(root) };
            folder.join(settings::NAME)
        })
    }

    fn say(&self, english: &str, chinese: &str) -> String {
        let language: Language = self.checked.report.language;
        match language {
            English => english.to_owned(),
            Chinese => chinese.to_owned(),
        }
    }

    fn snapshot(&self) -> &Snapshot {
        &self.checked.job.snapshot
    }

    fn units(&self) -> Units {
        self.state.client.units
    }

    fn width(&self, text: &str) -> u32 {
        match self.units() {
            Units::Utf8 => text.len() as u32,
            Units::Utf16 => text.encode_utf16().count() as u32,
        }
    }
}

/// The command by which a client has a place shown after an edit.
pub const SHOW: &str = "figlint.show";

/// The params of `window/showDocument` for the arguments of [`SHOW`].
pub fn shown(arguments: &Value) -> Option<Value> {
    let (uri, cursor) = (arguments[0].as_str()?, &arguments[1]);
    uri::path(uri)?;
    Some(json!({ "uri": uri, "takeFocus": true, "selection": { "start": cursor, "end": cursor } }))
}

fn passages(body: &Body) -> impl Iterator<Item = &Passage> {
    body.blocks.iter().flat_map(BodyBlock::passages)
}

/// Where the block that holds a byte of the file starts: a paragraph, or a whole table.
fn block_start(body: &Body, byte: u64) -> Option<u64> {
    let holds = |passage: &Passage| passage.place.bytes.is_some_and(|(start, end)| start <= byte && byte < end);
    let block = body.blocks.iter().find(|block| block.passages().any(holds))?;
    block.passages().filter_map(|passage| passage.place.bytes).map(|(start, _)| start).min()
}

/// About where a byte of the file stands in a passage's text, which has no markup.
fn passage_offset(passage: &Passage, byte: u64) -> usize {
    let start = passage.place.bytes.map_or(0, |(start, _)| start);
    let offset = usize::try_from(byte.saturating_sub(start)).unwrap_or(usize::MAX).min(passage.text.len());
    passage.text.floor_char_boundary(offset)
}

/// The words by which an entry of figlint.toml knows a finding: those before its figure, and the figure.
fn words_at(finding: &Finding, figure: &FigureView) -> Option<String> {
    const BEFORE: usize = 12;
    let excerpt = finding.excerpts.iter().find(|excerpt| excerpt.text.contains(&figure.text))?;
    let label = excerpt.labels.iter().find(|label| excerpt.text.get(label.start..label.end) == Some(&figure.text));
    let start = label.map_or_else(|| excerpt.text.find(&figure.text).unwrap_or_default(), |label| label.start);
    let from = excerpt.text[..start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    Some(excerpt.text[from..start + figure.text.len()].trim_start_matches('…').trim().to_owned())
}

/// A path as a glob that fits it alone.
fn glob_escaped(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        if matches!(c, '?' | '*' | '[' | ']' | '{' | '}') {
            out.extend(['[', c, ']']);
        } else {
            out.push(c);
        }
    }
    out
}
