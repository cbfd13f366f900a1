//! The language server, over the wire.

#[path = "support/editor.rs"]
mod editor;

use std::path::Path;

use editor::{Editor, span, uri};
use serde_json::{Value, json};

const RULES: &str = r#"[[rule]]
id    = "carried-out"
find  = ["{settled} letters were settled", "of these, {done} cases ({rate}) were carried out"]
scope = "paragraph"
check = "rate = done / settled"
"#;

/// A report whose rate is cut off instead of rounded, with Chinese characters and one beyond U+FFFF before it.
const REPORT: &str = "# Letters\n\n信件𝟗: 528 letters were settled; of these, 510 cases (96.5%) were carried out.\n";

/// A folder with the rules beside a report that is not on disk.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letters.figlint.toml"), RULES).unwrap();
    folder
}

fn report_uri(folder: &Path) -> String {
    uri(&folder.join("letters.md"))
}

fn of_rule<'d>(list: &'d [Value], rule: &str) -> Vec<&'d Value> {
    list.iter().filter(|one| one["code"] == rule).collect()
}

#[test]
fn findings_come_while_typing_in_both_encodings() {
    for (encodings, encoding, before) in [
        (json!(["utf-8", "utf-16"]), "utf-8", [59, 64]),
        (json!(["utf-16"]), "utf-16", [53, 58]),
        (json!(null), "utf-16", [53, 58]),
    ] {
        let folder = folder();
        let capabilities = json!({ "general": { "positionEncodings": encodings } });
        let (mut editor, server) = Editor::ready(folder.path(), capabilities);
        assert_eq!(server["capabilities"]["positionEncoding"], encoding);
        let report = report_uri(folder.path());
        editor.open(&report, "markdown", REPORT);
        let list = editor.diagnostics(&report, Some(1), |list| !list.is_empty());
        let [one] = of_rule(&list, "carried-out")[..] else { panic!("{list:#?}") };
        assert_eq!(one["range"], span([2, before[0], 2, before[1]]), "{encoding}");
        assert_eq!((&one["severity"], &one["source"]), (&json!(1), &json!("figlint")));
        assert!(one["message"].as_str().unwrap().contains("96.6%"), "{one}");
        let related = one["relatedInformation"].as_array().unwrap();
        assert_eq!(related.len(), 3);
        let rules = uri(&folder.path().join("letters.figlint.toml"));
        assert_eq!(related[2]["location"], json!({ "uri": rules, "range": span([4, 9, 4, 30]) }));
        assert_eq!(one["codeDescription"]["href"], format!("{rules}#L5"));

        // The figure's last digit is mended, then a line is put before it all.
        editor.change(&report, 2, Some([2, before[1] - 2, 2, before[1] - 1]), "6");
        assert!(editor.diagnostics(&report, Some(2), |_| true).is_empty());
        editor.change(&report, 3, Some([0, 0, 0, 0]), "说明𝟗\n");
        assert!(editor.diagnostics(&report, Some(3), |_| true).is_empty());
        editor.change(&report, 4, Some([3, before[1] - 2, 3, before[1] - 1]), "5");
        let list = editor.diagnostics(&report, Some(4), |_| true);
        assert_eq!(list[0]["range"], span([3, before[0], 3, before[1]]));
        assert_eq!(editor.leave(), 0);
    }
}

#[test]
fn nonsense_is_told_and_nothing_is_lost() {
    let folder = folder();
    let mut editor = Editor::start(folder.path());
    let early = editor.request("textDocument/hover", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    let params = json!({ "rootUri": uri(folder.path()), "capabilities": {} });
    assert!(editor.request("initialize", params.clone())["result"].is_object());
    assert_eq!(editor.request("initialize", params)["error"]["code"], -32600);
    let report = report_uri(folder.path());
    editor.open(&report, "markdown", REPORT);

    editor.send_raw(b"Content-Length: 12\r\n\r\n{\"id\":1,\"me}Content-Length: many\r\n\r\nhello\r\n\r\n");
    for _ in 0..3 {
        assert_eq!(editor.answer(Value::Null)["error"]["code"], -32700);
    }
    editor.send(&json!([1, 2]));
    assert_eq!(editor.answer(Value::Null)["error"]["code"], -32600);
    assert_eq!(editor.request("textDocument/baking", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.request("textDocument/hover", json!({ "position": -1 }))["error"]["code"], -32602);
    editor.change("file:///never/opened.md", 2, None, "x");
    editor.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    editor.notify("figlint/unheardOf", json!({}));
    for word in ["never opened", "cannot be read", "unheardOf"] {
        editor.wait_for(|message| {
            message["method"] == "window/logMessage" && message["params"]["message"].as_str().unwrap().contains(word)
        });
    }
    assert_eq!(editor.at("textDocument/hover", &report, 4_000_000_000, 4_000_000_000), Value::Null);

    // A change that ends before it starts cannot be made: the report is not checked until its whole text comes.
    editor.change(&report, 2, Some([2, 3, 1, 0]), "x");
    editor.wait_for(|message| message["method"] == "window/showMessage");
    assert_eq!(editor.at("textDocument/hover", &report, 2, 60), Value::Null);
    editor.change(&report, 3, None, REPORT);
    assert_eq!(editor.diagnostics(&report, Some(3), |_| true).len(), 1);
    editor.change(&report, 4, Some([900, 0, 4_000_000_000, 7]), "\n\nEnd.");
    assert_eq!(editor.diagnostics(&report, Some(4), |_| true).len(), 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn leaving_is_orderly() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    assert_eq!(editor.request("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(editor.request("textDocument/hover", json!({}))["error"]["code"], -32600);
    assert_eq!(editor.vanish(), 0);
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.vanish(), 1);
    assert_eq!(Editor::start(folder.path()).vanish(), 1);
}

#[test]
fn what_is_asked_can_be_cancelled() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let report = report_uri(folder.path());
    // A report that takes a while, so that the question is still open when it is taken back.
    let long = "In 2024, 120 letters came, of which 70 were old and 50 new, 41.7% of all.\n\n".repeat(4000);
    editor.open(&report, "markdown", &long);
    let at = json!({ "textDocument": { "uri": report }, "position": { "line": 0, "character": 10 } });
    let asked = editor.ask("textDocument/hover", at.clone());
    editor.notify("$/cancelRequest", json!({ "id": asked }));
    assert_eq!(editor.answer(asked)["error"]["code"], -32800);
    editor.notify("$/cancelRequest", json!({ "id": 4711 }));
    let asked = editor.ask("textDocument/hover", at);
    let left = editor.ask("shutdown", Value::Null);
    assert_eq!(editor.answer(asked)["error"]["code"], -32800);
    assert!(editor.answer(left).get("error").is_none());
}

#[test]
fn checks_that_are_overtaken_are_not_shown() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let report = report_uri(folder.path());
    editor.open(&report, "markdown", REPORT);
    for version in 2..60 {
        editor.change(&report, version, Some([0, 9, 0, 9]), "x");
    }
    let mut last = 0;
    while last < 59 {
        let message = editor.wait_for(|message| message["method"] == "textDocument/publishDiagnostics");
        if message["params"]["uri"] == report {
            let version = message["params"]["version"].as_i64().unwrap();
            assert!(version > last, "{version} after {last}");
            last = version;
        }
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn rule_files_are_checked_and_what_they_say_counts_at_once() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let report = report_uri(folder.path());
    let rules = uri(&folder.path().join("letters.figlint.toml"));
    editor.open(&report, "markdown", REPORT);
    assert_eq!(editor.diagnostics(&report, None, |list| !list.is_empty()).len(), 1);

    // Not saved: the text of the editor counts.
    editor.open(&rules, "toml", RULES);
    editor.change(&rules, 2, Some([4, 16, 4, 20]), "dome");
    let list = editor.diagnostics(&rules, Some(2), |list| !list.is_empty());
    assert_eq!(list[0]["range"], span([4, 16, 4, 20]));
    assert!(list[0]["message"].as_str().unwrap().contains("did you mean `done`?"), "{list:#?}");
    editor.diagnostics(&report, None, <[Value]>::is_empty);
    editor.change(&rules, 3, Some([4, 16, 4, 20]), "settled - done");
    editor.diagnostics(&rules, Some(3), <[Value]>::is_empty);
    let list = editor.diagnostics(&report, None, |list| !list.is_empty());
    assert!(list[0]["message"].as_str().unwrap().contains("(528 - 510)") || list[0]["code"] == "carried-out");

    // Closed without saving: what is on disk counts again, and when that changes, the client says so.
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": rules } }));
    editor.diagnostics(&report, None, |list| {
        list.len() == 1 && list[0]["message"].as_str().unwrap().contains("510 cases / 528")
    });
    std::fs::write(folder.path().join("letters.figlint.toml"), RULES.replace("done / settled", "done / settled ± 1%"))
        .unwrap();
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": rules, "type": 2 }] }));
    editor.diagnostics(&report, None, <[Value]>::is_empty);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn settings_are_found_and_checked() {
    let folder = folder();
    let config = folder.path().join("figlint.toml");
    std::fs::write(&config, "rules = [\"no/*.toml\"]\nexclude = [\"left/**\"]\n").unwrap();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let report = report_uri(folder.path());
    editor.open(&report, "markdown", REPORT);
    // It is not open, but wrong; where, is told all the same.
    let list = editor.diagnostics(&uri(&config), None, |list| !list.is_empty());
    assert_eq!(list[0]["range"], span([0, 10, 0, 19]));
    let left = uri(&folder.path().join("left/letters.md"));
    editor.open(&left, "markdown", "528 letters, of which 520 old and 9 new, were 528 letters.");
    assert!(editor.diagnostics(&left, None, |_| true).is_empty());

    let text = "[[suppress]]\nrule = \"carried-out\"\nreason = \"signed off\"\n[checks]\nshaer = \"off\"\n";
    editor.open(&uri(&config), "toml", text);
    let list = editor.diagnostics(&uri(&config), Some(1), |_| true);
    assert_eq!((list.len(), &list[0]["range"]), (1, &span([4, 0, 4, 5])));
    editor.diagnostics(&report, None, <[Value]>::is_empty);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn texts_without_a_file_and_strange_uris_are_checked_too() {
    let folder = folder();
    let edits = json!({ "resourceOperations": ["create"] });
    let (mut editor, _) = Editor::ready(folder.path(), json!({ "workspace": { "workspaceEdit": edits } }));
    let text =
        "| item | 2023 | 2024 |\n|-|-|-|\n| roads | 1150 | 1210 |\n| parks | 377 | 340 |\n| Total | 1527 | 1505 |\n";
    let raw = format!("file://{}/报告 1.md", folder.path().display());
    for uri in ["untitled:Untitled-1", &raw] {
        editor.open(uri, "markdown", text);
        let list = editor.diagnostics(uri, Some(1), |list| !list.is_empty());
        assert_eq!(of_rule(&list, "table-total").len(), 1, "{list:#?}");
        // What has no file is known to no rule file or figlint.toml.
        let params =
            json!({ "textDocument": { "uri": uri }, "range": list[0]["range"], "context": { "diagnostics": list } });
        let actions = editor.request("textDocument/codeAction", params);
        assert_eq!(actions.to_string().contains("figlint.toml"), uri.starts_with("file:"), "{actions:#?}");
    }
    // Plain text is what editors call whatever they do not know. It is a report by its name, or where it has no file yet.
    let lock = format!("file://{}/LICENSE", folder.path().display());
    editor.open(&lock, "plaintext", text);
    editor.open("untitled:Untitled-2", "plaintext", "Revenue rose from 100 to 120, up 30%.\n");
    editor.diagnostics("untitled:Untitled-2", Some(1), |list| of_rule(list, "growth").len() == 1);
    assert_eq!(editor.at("textDocument/hover", &lock, 2, 11), Value::Null);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn figures_explain_themselves() {
    let folder = folder();
    let capabilities = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
    let (mut editor, _) = Editor::ready(folder.path(), capabilities);
    let report = report_uri(folder.path());
    editor.open(&report, "markdown", REPORT);
    let hover = editor.at("textDocument/hover", &report, 2, 54);
    assert_eq!(hover["range"], span([2, 53, 2, 58]));
    let text = hover["contents"]["value"].as_str().unwrap();
    for part in
        ["**96.5%**", "value 0.965", "`[0.9645, 0.9655]`", "✗ fails **carried-out**", "96.5% = 510 cases / 528 letters"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(editor.at("textDocument/hover", &report, 0, 3), Value::Null);
    let rules = uri(&folder.path().join("letters.figlint.toml"));
    let place = json!([{ "uri": rules, "range": span([4, 9, 4, 30]) }]);
    assert_eq!(editor.at("textDocument/definition", &report, 2, 54), place);
    let partners = [[2, 6, 2, 17], [2, 42, 2, 51], [2, 53, 2, 58]];
    let references = editor.at("textDocument/references", &report, 2, 54);
    assert_eq!(references.as_array().unwrap().len(), 3, "{references:#?}");
    let lit = editor.at("textDocument/documentHighlight", &report, 2, 7);
    let mut ranges: Vec<_> = lit.as_array().unwrap().iter().map(|one| one["range"].clone()).collect();
    ranges.sort_by_key(|range| range["start"]["character"].as_u64());
    assert_eq!(ranges, partners.map(span));
    assert_eq!(editor.leave(), 0);
}

/// The labels of completion items, and what the one called `label` would write.
fn completed(items: &Value, label: &str) -> (Vec<String>, Value) {
    let items = items.as_array().unwrap();
    let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    let one = items.iter().find(|item| item["label"] == label).cloned().unwrap_or_default();
    (labels, one["textEdit"].clone())
}

#[test]
fn rule_files_complete_and_explain_themselves() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let rules = uri(&folder.path().join("letters.figlint.toml"));
    let text = format!(
        "{RULES}me\n\n[[rule]]\nid = \"b\"\nfind = \"{{第一}}件\"\ncheck = \"第\"\nscope = \"\"\n\n[figures]\nall = {{ fi }}\n"
    );
    editor.open(&rules, "toml", &text);
    editor.open(&report_uri(folder.path()), "markdown", REPORT);
    let (labels, edit) = completed(&editor.at("textDocument/completion", &rules, 5, 2), "message");
    assert_eq!(edit, json!({ "range": span([5, 0, 5, 2]), "newText": "message = " }));
    assert!(labels.contains(&"about".to_owned()) && !labels.contains(&"check".to_owned()), "{labels:?}");
    let (labels, edit) = completed(&editor.at("textDocument/completion", &rules, 10, 10), "第一");
    assert_eq!(edit, json!({ "range": span([10, 9, 10, 10]), "newText": "第一" }));
    assert!(["sum", "and", "all"].iter().all(|word| labels.contains(&(*word).to_owned())), "{labels:?}");
    assert!(!labels.contains(&"settled".to_owned()));
    let items = editor.at("textDocument/completion", &rules, 10, 10);
    let first = items.as_array().unwrap().iter().min_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    assert_eq!(first.unwrap()["label"], "all", "the rule's own names come first");
    let (labels, _) = completed(&editor.at("textDocument/completion", &rules, 11, 9), "");
    assert_eq!(labels, ["sentence", "paragraph", "section", "report"]);
    let (labels, _) = completed(&editor.at("textDocument/completion", &rules, 14, 10), "");
    assert_eq!(labels, ["column", "file", "find", "row", "table"]);

    for (line, character, word) in [(3, 2, "sought together"), (4, 24, "settled"), (0, 3, "The rules")] {
        let hover = editor.at("textDocument/hover", &rules, line, character);
        assert!(hover["contents"]["value"].as_str().is_some_and(|text| text.contains(word)), "{word}: {hover}");
    }
    let done = json!([{ "uri": rules, "range": span([2, 55, 2, 59]) }]);
    assert_eq!(editor.at("textDocument/definition", &rules, 4, 17), done);

    editor.change(&rules, 2, None, RULES);
    // In figlint.toml the ids of checks, built-in ones and others; in a report in the comments that switch them off.
    let config = uri(&folder.path().join("figlint.toml"));
    editor.open(&config, "toml", "[checks]\nsh\n[[suppress]]\nrule = \"\"\nreason = \"x\"\n");
    let (_, edit) = completed(&editor.at("textDocument/completion", &config, 1, 2), "share");
    assert_eq!(edit["newText"], "share = \"\"");
    editor.diagnostics(&config, Some(1), |_| true);
    let (labels, _) = completed(&editor.at("textDocument/completion", &config, 3, 8), "");
    assert!(labels.contains(&"carried-out".to_owned()) && labels.contains(&"table-total".to_owned()), "{labels:?}");
    let hover = editor.at("textDocument/hover", &config, 1, 1);
    assert_eq!(hover, Value::Null);
    editor.change(&config, 2, Some([1, 2, 1, 2]), "are = \"off\"");
    let hover = editor.at("textDocument/hover", &config, 1, 1);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("built in"), "{hover}");
    editor.change(&report_uri(folder.path()), 2, Some([1, 0, 1, 0]), "\n<!-- figlint: off  -->\n");
    let (labels, _) = completed(&editor.at("textDocument/completion", &report_uri(folder.path()), 2, 18), "");
    assert!(labels.contains(&"carried-out".to_owned()), "{labels:?}");
    assert_eq!(editor.leave(), 0);
}

/// A text with an edit of `edits` made in it, as a client makes it.
fn edited(text: &str, edits: &Value) -> String {
    let [edit] = &edits.as_array().unwrap()[..] else { panic!("{edits}") };
    let at = |place: &Value| {
        let (line, character) =
            (place["line"].as_u64().unwrap() as usize, place["character"].as_u64().unwrap() as usize);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        let inside = text[start..].chars().take_while(|c| {
            units += c.len_utf16();
            units <= character
        });
        start + inside.map(char::len_utf8).sum::<usize>()
    };
    let (start, end) = (at(&edit["range"]["start"]), at(&edit["range"]["end"]));
    format!("{}{}{}", &text[..start], edit["newText"].as_str().unwrap(), &text[end..])
}

#[test]
fn a_finding_in_a_table_is_accepted_before_the_table() {
    let folder = folder();
    let (mut editor, _) = Editor::ready(folder.path(), json!({}));
    let report = uri(&folder.path().join("table.md"));
    for start in ["| ", "|", ""] {
        let text =
            format!("Spent.\n\n{start}item | 2024 |\n|---|---|\n| roads | 215 |\n| parks | 137 |\n| Total | 325 |\n");
        editor.open(&report, "markdown", &text);
        let found = editor.diagnostics(&report, Some(1), |list| !list.is_empty());
        let params = json!({
            "textDocument": { "uri": report }, "range": found[0]["range"], "context": { "diagnostics": found },
        });
        let actions = editor.request("textDocument/codeAction", params)["result"].as_array().unwrap().clone();
        let accept =
            &actions.iter().find(|action| action.to_string().contains("in a comment")).expect("it is offered")["edit"];
        let commented = edited(&text, &accept["changes"][&report]);
        assert!(
            commented.starts_with(&format!("Spent.\n\n<!-- figlint: off table-total:  -->\n{start}item")),
            "{commented}"
        );
        editor.change(&report, 2, None, &commented.replace(":  -->", ": signed off -->"));
        assert!(editor.diagnostics(&report, Some(2), |_| true).is_empty());
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": report } }));
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn code_actions_write_figures_accept_findings_and_make_rules() {
    let folder = folder();
    // Neovim makes files, which only `documentChanges` can say, and does not name these.
    let edits = json!({ "resourceOperations": ["create"] });
    let capabilities =
        json!({ "workspace": { "workspaceEdit": edits }, "window": { "showDocument": { "support": true } } });
    let (mut editor, _) = Editor::ready(folder.path(), capabilities);
    let report = report_uri(folder.path());
    editor.open(&report, "markdown", REPORT);
    let found = editor.diagnostics(&report, Some(1), |list| !list.is_empty());
    let ask = |editor: &mut Editor, range: [u32; 4]| {
        let params = json!({
            "textDocument": { "uri": report }, "range": span(range), "context": { "diagnostics": found },
        });
        editor.request("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
    };
    let actions = ask(&mut editor, [2, 54, 2, 54]);
    let titles: Vec<_> = actions.iter().map(|action| action["title"].as_str().unwrap()).collect();
    let expected = [
        "Write 96.6%",
        "Accept this finding in a comment (write the reason)",
        "Accept this finding in figlint.toml (write the reason)",
        "Make a rule of this sentence",
    ];
    assert_eq!(titles, expected);
    assert_eq!(actions[0]["diagnostics"][0], found[0]);
    let changes = |action: &Value| action["edit"]["documentChanges"].clone();
    let write = changes(&actions[0]);
    assert_eq!(edited(REPORT, &write[0]["edits"]), REPORT.replace("96.5%", "96.6%"));
    assert_eq!(write[0]["textDocument"], json!({ "uri": report, "version": 1 }));

    let commented = edited(REPORT, &changes(&actions[1])[0]["edits"]);
    assert!(commented.contains("\n\n<!-- figlint: off carried-out:  -->\n信件"), "{commented}");
    // Without a reason nothing is accepted, and that is told; with one it is.
    editor.change(&report, 2, None, &commented);
    assert_eq!(editor.diagnostics(&report, Some(2), |_| true).len(), 2);
    editor.change(&report, 3, None, &commented.replace(":  -->", ": signed off -->"));
    assert!(editor.diagnostics(&report, Some(3), |_| true).is_empty());
    editor.change(&report, 4, None, REPORT);
    editor.diagnostics(&report, Some(4), |_| true);

    let accept = changes(&actions[2]);
    let config = uri(&folder.path().join("figlint.toml"));
    assert_eq!(accept[0], json!({ "kind": "create", "uri": config, "options": { "ignoreIfExists": true } }));
    let entry = edited("", &accept[1]["edits"]);
    let expected = "[[suppress]]\nfile   = \"letters.md\"\nrule   = \"carried-out\"\ntext   = \"510 cases (96.5%\"\nreason = \"\"\n";
    assert_eq!(entry, expected);
    assert_eq!(actions[2]["command"]["arguments"], json!([config, { "line": 4, "character": 10 }]));
    let shown = editor.ask("workspace/executeCommand", actions[2]["command"].clone());
    let request = editor.wait_for(|message| message["method"] == "window/showDocument");
    assert_eq!(request["params"]["uri"], config);
    assert!(editor.answer(shown).get("error").is_none());
    editor.open(&config, "toml", &entry);
    let told = editor.diagnostics(&config, Some(1), |list| !list.is_empty());
    assert_eq!(told[0]["range"]["start"]["line"], 4, "{told:#?}");
    editor.change(&config, 2, Some([4, 10, 4, 10]), "signed off");
    assert!(editor.diagnostics(&config, Some(2), |_| true).is_empty());
    editor.diagnostics(&report, Some(4), <[Value]>::is_empty);

    let make = changes(&actions[3]);
    let rules = edited(RULES, &make[0]["edits"]);
    assert!(rules.starts_with(RULES) && rules.contains("\n[[rule]]\nid    = \"rule\"\nfind  = \"信件𝟗"), "{rules}");
    assert_eq!(editor.request("workspace/executeCommand", json!({ "command": "rm" }))["error"]["code"], -32602);
    assert_eq!(editor.leave(), 0);
}
