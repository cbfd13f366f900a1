//! What machines read: one run writes every format, and each is held against its schema; SARIF's regions cut out the figures.

#[path = "support/programs.rs"]
mod programs;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use boon::{Compiler, Draft, Schemas};
use serde_json::Value;

/// Astral characters, a combining one, full-width forms, and figures on two lines.
const EMOJI: &str = "🏙️ 全市👩‍👩‍👧共受理信访件\u{301}５２８件，办结５１０件，办结率96.5%。\n\n\
                     Of 528 letters 🎉🎉 510 were settled, a rate of 97.5%.\n";
const EMOJI_RULES: &str = r#"
[[rule]]
id    = "rate-zh"
find  = "{received}件，办结{closed}件，办结率{rate}"
check = "rate = closed / received"
[[rule]]
id    = "rate-en"
find  = "Of {received} letters 🎉🎉 {closed} were settled, a rate of {rate}"
check = "rate = closed / received"
"#;
const PAGE: &str = "<meta charset=utf-8><table><caption>Costs</caption><tr><th>item<th>2024<tr><td>roads<td>1,200\n\
                    <tr><td>parks<td><b>3</b>40<tr><td>Total<td>1,4<i\n>50</i></table>";

/// Runs figlint in a folder, without a configuration of its surroundings.
fn figlint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.args(arguments).current_dir(folder).env("NO_COLOR", "1").output().expect("figlint runs")
}

/// A folder of reports in all formats, some of them wrong.
fn reports() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("it is written");
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/renderings")).expect("fixtures") {
        let path = entry.expect("a file").path();
        write(&path.file_name().expect("a name").to_string_lossy(), &fs::read(&path).expect("it is read"));
    }
    write("emoji.md", EMOJI.as_bytes());
    let wide: Vec<u8> = ["\u{feff}", EMOJI].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("年报 #1.txt", &wide);
    write("emoji.figlint.toml", EMOJI_RULES.as_bytes());
    write("年报 #1.figlint.toml", EMOJI_RULES.as_bytes());
    write("page.html", PAGE.as_bytes());
    write("unread.docx", b"PK\x03\x04 no archive");
    folder
}

/// Every output of one run.
fn outputs(folder: &Path, more: &[&str]) -> HashMap<&'static str, String> {
    let files = [
        "out.sarif",
        "out.json",
        "out.jsonl",
        "gitlab=quality.json",
        "junit=junit.xml",
        "github=github.txt",
        "out.html",
    ];
    let mut arguments = vec!["--format", "pretty", "--show", "holds,notes", "."];
    files.iter().for_each(|file| arguments.extend(["--output", file]));
    arguments.extend(more);
    let output = figlint(folder, &arguments);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("it was written");
    let names = files.map(|file| file.split_once('=').map_or(file, |(_, name)| name));
    let all: HashMap<_, _> = names.into_iter().map(|name| (name, read(name))).collect();
    names.iter().for_each(|name| fs::remove_file(folder.join(name)).expect("it is removed"));
    all
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// Everything that a value breaks of a schema.
fn broken(schema: &str, value: &Value) -> Option<String> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(Draft::V2020_12);
    compiler.add_resource("https://figlint.invalid/schema.json", json(schema)).expect("it has an address");
    let index = compiler.compile("https://figlint.invalid/schema.json", &mut schemas).expect("it is a schema");
    schemas.validate(value, index).err().map(|error| format!("{error:#}"))
}

const SARIF: &str = include_str!("schemas/sarif-schema-2.1.0.json");

#[test]
fn sarif_is_what_its_schema_says() {
    let folder = reports();
    let log = json(&outputs(folder.path(), &[])["out.sarif"]);
    assert_eq!(broken(SARIF, &log), None);
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(broken(SARIF, &wrong).is_some(), "the schema is one that refuses");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for rule in rules {
        assert!(rule["help"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
    }
    for result in run["results"].as_array().expect("results") {
        assert_eq!(rules[result["ruleIndex"].as_u64().expect("an index") as usize]["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["figlint/v1"].is_string());
    }
}

#[test]
fn sarif_tells_every_figure_of_a_check_at_its_place() {
    let folder = reports();
    let all = outputs(folder.path(), &[]);
    let (log, own) = (json(&all["out.sarif"]), json(&all["out.json"]));
    let findings: Vec<(&Value, &Value)> = own["reports"]
        .as_array()
        .expect("reports")
        .iter()
        .flat_map(|report| report["findings"].as_array().expect("findings").iter().map(move |one| (report, one)))
        .collect();
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), findings.len());
    let (mut regions, mut names, mut fixes) = (0, 0, 0);
    for (result, (report, finding)) in results.iter().zip(findings) {
        let path = report["path"].as_str().expect("a path");
        let related = result["relatedLocations"].as_array().map_or(&[][..], Vec::as_slice);
        let locations: Vec<_> = result["locations"].as_array().expect("one").iter().chain(related).collect();
        // A bound such as 100% stands nowhere.
        let stands = |figure: &&Value| !(figure["line"].is_null() && figure["place"].is_null());
        let figures: Vec<_> = finding["figures"].as_array().expect("figures").iter().filter(stands).collect();
        assert_eq!(locations.len(), figures.len().max(1), "{path}: {finding}");
        for figure in figures {
            let (name, text) = (figure["name"].as_str().expect("a name"), figure["text"].as_str().expect("text"));
            // In Chinese reports a built-in check's names are told in Chinese.
            let is_told = |told: &str| {
                let role = told.strip_suffix(text).and_then(|role| role.strip_suffix(": "));
                role.is_some_and(|role| role == name || !role.is_ascii())
            };
            let stands_there = |one: &Value| {
                figure["place"].is_null() || one["logicalLocations"][0]["fullyQualifiedName"] == figure["place"]
            };
            let is_it = |one: &&&Value| one["message"]["text"].as_str().is_some_and(is_told) && stands_there(one);
            let location = locations.iter().find(is_it).expect("the figure is told");
            match figure["place"].as_str() {
                Some(_) => {
                    assert!(location["physicalLocation"]["region"].is_null());
                    names += 1;
                }
                None => {
                    let shown = cut(&folder.path().join(path), &location["physicalLocation"]["region"]);
                    assert_eq!(text_of(&shown), text_of(figure["text"].as_str().expect("text")), "{path}");
                    regions += 1;
                }
            }
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let replaced = &fix["artifactChanges"][0]["replacements"][0];
            let old = cut(&folder.path().join(path), &replaced["deletedRegion"]);
            assert!(fix["description"]["text"].as_str().is_some_and(|text| text.starts_with(&old)), "{old}: {fix}");
            fixes += 1;
        }
    }
    assert!(regions > 40 && names > 40 && fixes > 2, "{regions} {names} {fixes}");
}

/// The characters of a file in a region that counts code points.
fn cut(path: &Path, region: &Value) -> String {
    let bytes = fs::read(path).expect("it is read");
    let text = match bytes.strip_prefix(b"\xff\xfe") {
        Some(wide) => wide.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect::<Vec<_>>(),
        None => String::from_utf8(bytes).expect("it is UTF-8").encode_utf16().collect(),
    };
    let text = String::from_utf16(&text).expect("it is text");
    let number = |key: &str| region[key].as_u64().map(|number| number as usize);
    assert!(region.is_object(), "{}", path.display());
    let (first, start) = (number("startLine").expect("a line"), number("startColumn").expect("a column"));
    let (last, end) = (number("endLine").unwrap_or(first), number("endColumn").expect("a column"));
    let mut shown = String::new();
    for (number, line) in text.split_inclusive('\n').enumerate().map(|(at, line)| (at + 1, line)) {
        let from = if number == first { start - 1 } else { 0 };
        let to = if number == last { end - 1 } else { usize::MAX };
        if (first..=last).contains(&number) {
            shown.extend(line.chars().take(to).skip(from));
        }
    }
    shown
}

/// A text without tags, entities and white space.
fn text_of(shown: &str) -> String {
    let parts = shown.split('<').enumerate().map(|(at, part)| match at {
        0 => part,
        _ => part.split_once('>').map_or(part, |(_, text)| text),
    });
    parts.collect::<String>().split_whitespace().collect()
}

#[test]
fn sarif_tells_what_is_new_unchanged_and_absent() {
    let folder = reports();
    figlint(folder.path(), &["--write-baseline", "known.jsonl", "emoji.md", "page.html"]);
    fs::write(folder.path().join("page.html"), PAGE.replace("1,4<i\n>50</i>", "1,540")).expect("it is written");
    fs::write(folder.path().join("emoji.md"), EMOJI.replace("Of 528", "Of 529")).expect("it is written");
    let all = outputs(folder.path(), &["--baseline", "known.jsonl"]);
    let log = json(&all["out.sarif"]);
    assert_eq!(broken(SARIF, &log), None);
    let results = log["runs"][0]["results"].as_array().expect("results").iter();
    let mut states: Vec<String> = results
        .filter(|one| one["kind"] == "fail" || one["baselineState"] == "absent")
        .filter(|one| {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                .as_str()
                .is_some_and(|uri| ["emoji.md", "page.html"].contains(&uri))
        })
        .map(|one| {
            format!(
                "{} {}",
                one["ruleId"].as_str().unwrap_or_default(),
                one["baselineState"].as_str().unwrap_or("none")
            )
        })
        .collect();
    states.sort();
    assert_eq!(states, ["rate-en absent", "rate-en new", "rate-zh unchanged", "table-total absent"]);
}

#[test]
fn json_is_what_the_schema_command_says() {
    let folder = reports();
    let schema = String::from_utf8(figlint(folder.path(), &["schema", "output"]).stdout).expect("text");
    let all = outputs(folder.path(), &["--coverage"]);
    assert_eq!(broken(&schema, &json(&all["out.json"])), None);
    let figures = figlint(folder.path(), &["figures", "--format", "json", "emoji.md", "settlement.pdf"]);
    let figures = json(&String::from_utf8(figures.stdout).expect("text"));
    assert_eq!(broken(&schema, &figures), None);
    assert!(broken(&schema, &json(r#"{"figlint": "0"}"#)).is_some());
    for line in all["out.jsonl"].lines() {
        let whole = format!(
            r#"{{"figlint":"0","schema":1,"reports":[{line}],"problems":[],"summary":{{"errors":0,"warnings":0,"notes":0,"reports":1}}}}"#
        );
        assert_eq!(broken(&schema, &json(&whole)), None);
    }
}

/// The report format that GitLab documents for Code Quality.
const CODE_QUALITY: &str = r#"{
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": { "type": "string", "minLength": 1 },
            "check_name": { "type": "string", "minLength": 1 },
            "fingerprint": { "type": "string", "minLength": 1 },
            "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": { "type": "string", "not": { "pattern": "^(\\./|/)" } },
                    "lines": { "type": "object", "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } }
                }
            }
        }
    }
}"#;

#[test]
fn gitlab_gets_what_it_documents() {
    let folder = reports();
    let issues = json(&outputs(folder.path(), &["./emoji.md"])["quality.json"]);
    assert_eq!(broken(CODE_QUALITY, &issues), None);
    let issues = issues.as_array().expect("issues");
    let prints: std::collections::HashSet<_> = issues.iter().map(|one| one["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), issues.len(), "no two issues have one fingerprint");
    assert!(issues.iter().any(|one| one["severity"] == "critical" && one["location"]["path"] == "unread.docx"));
}

#[test]
fn junit_is_what_its_schema_says() {
    let folder = reports();
    let xml = &outputs(folder.path(), &[])["junit.xml"];
    let Some(xmllint) = programs::find("xmllint") else { return };
    let path = folder.path().join("junit.xml");
    fs::write(&path, xml).expect("it is written");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/junit-10.xsd");
    let output = Command::new(xmllint).args(["--noout", "--nonet", "--schema"]).arg(schema).arg(&path).output();
    let output = output.expect("xmllint runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn annotations_are_one_line_each() {
    let folder = reports();
    let text = &outputs(folder.path(), &[])["github.txt"];
    assert!(text.lines().count() > 5);
    for line in text.lines() {
        let command = ["::error ", "::warning ", "::notice "].iter().find_map(|start| line.strip_prefix(start));
        let (properties, message) = command.and_then(|rest| rest.split_once("::")).expect(line);
        assert!(!message.is_empty() && properties.split(',').all(|one| one.contains('=')), "{line}");
    }
}

#[test]
fn one_run_writes_all_of_them_and_prints_for_people() {
    let folder = reports();
    let all = outputs(folder.path(), &[]);
    assert!(all.len() == 7 && all["out.html"].starts_with("<!DOCTYPE html>"), "{:.80}", all["out.html"]);
    let printed = figlint(folder.path(), &["--format", "pretty", "--output", "out.sarif", "emoji.md"]);
    let alone = figlint(folder.path(), &["emoji.md"]);
    assert_eq!(printed.stdout, alone.stdout, "what is printed is the same");
}
