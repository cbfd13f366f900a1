//! What is ready to use is used: the action's steps, GitLab's job, the pre-commit hook, completions, manual, container file.

#[path = "support/programs.rs"]
mod programs;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use saphyr::{LoadableYamlNode, Yaml};

const FIGLINT: &str = env!("CARGO_BIN_EXE_figlint");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const WRONG: &str = "| item | 2024 |\n| --- | --- |\n| roads | 215 |\n| parks | 137 |\n| Total | 325 |\n";

fn parsed(text: &str) -> Yaml<'_> {
    Yaml::load_from_str(text).expect("it is YAML").remove(0)
}

fn root(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).expect("it is there")
}

/// A script as a CI service runs it, in a folder, with these variables.
fn bash(bash: &Path, script: &str, folder: &Path, variables: &HashMap<String, String>) -> Output {
    let mut command = Command::new(bash);
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder).envs(variables);
    command.env("NO_COLOR", "1").output().expect("bash runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A runner of GitHub Actions for composite actions: runs the `run` steps and knows `inputs` and `steps.*.outputs`.
struct Runner {
    folder: tempfile::TempDir,
    bash: PathBuf,
    variables: HashMap<String, String>,
    inputs: HashMap<String, String>,
    outputs: HashMap<String, String>,
}

impl Runner {
    fn new(bash: PathBuf, inputs: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("work")).expect("it is made");
        let of = |name: &str| folder.path().join(name).display().to_string();
        let variables = HashMap::from([
            ("GITHUB_ACTION_PATH".to_owned(), ROOT.to_owned()),
            ("RUNNER_TEMP".to_owned(), of("temp")),
            ("GITHUB_PATH".to_owned(), of("path")),
            ("GITHUB_OUTPUT".to_owned(), of("output")),
        ]);
        let inputs = inputs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Self { folder, bash, variables, inputs, outputs: HashMap::new() }
    }

    fn work(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// Runs the steps up to the first that fails; what they printed, and whether all passed.
    fn run(&mut self, action: &Yaml) -> (String, bool) {
        for (name, input) in action["inputs"].as_mapping().expect("inputs") {
            let (name, default) = (name.as_str().expect("a name"), input["default"].as_str().expect("a default"));
            assert!(input["description"].as_str().is_some_and(|text| text.len() > 10), "{name} is described");
            self.inputs.entry(name.to_owned()).or_insert_with(|| default.to_owned());
        }
        let mut printed = String::new();
        for step in action["runs"]["steps"].as_sequence().expect("steps") {
            let Some(script) = step.as_mapping_get("run").and_then(Yaml::as_str) else { continue };
            assert_eq!(step["shell"].as_str(), Some("bash"), "a composite action names its shell");
            assert!(!script.contains("${{"), "what users write is no part of a script");
            let mut variables = self.variables.clone();
            for (name, value) in step.as_mapping_get("env").and_then(Yaml::as_mapping).into_iter().flatten() {
                let value = self.evaluated(value.as_str().expect("text"));
                variables.insert(name.as_str().expect("a name").to_owned(), value);
            }
            let folders = fs::read_to_string(&self.variables["GITHUB_PATH"]).unwrap_or_default();
            let own = std::env::var("PATH").expect("a path");
            let path = folders.lines().rev().map(str::to_owned).chain(self.variables.get("PATH").cloned()).chain([own]);
            variables.insert("PATH".to_owned(), path.collect::<Vec<_>>().join(":"));
            let output = bash(&self.bash, script, &self.work(), &variables);
            printed += &(text(&output.stdout) + &text(&output.stderr));
            self.keep_outputs(step.as_mapping_get("id").and_then(Yaml::as_str));
            if !output.status.success() {
                return (printed, false);
            }
        }
        (printed, true)
    }

    fn keep_outputs(&mut self, step: Option<&str>) {
        let path = &self.variables["GITHUB_OUTPUT"];
        for line in fs::read_to_string(path).unwrap_or_default().lines() {
            let (name, value) = line.split_once('=').expect("a name and a value");
            self.outputs.insert(format!("steps.{}.outputs.{name}", step.unwrap_or_default()), value.to_owned());
        }
        _ = fs::remove_file(path);
    }

    fn evaluated(&self, text: &str) -> String {
        let Some(inner) = text.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
            return text.to_owned();
        };
        let input = inner.strip_prefix("inputs.").and_then(|name| self.inputs.get(name));
        input.or_else(|| self.outputs.get(inner)).unwrap_or_else(|| panic!("{inner} is known")).clone()
    }

    /// What an output of the action is.
    fn output(&self, action: &Yaml, name: &str) -> String {
        self.evaluated(action["outputs"][name]["value"].as_str().expect("a value"))
    }

    /// Puts the program where the action looks for a kept one.
    fn with_kept_program(self) -> Self {
        let bin = self.folder.path().join("temp/figlint/bin");
        fs::create_dir_all(&bin).expect("it is made");
        std::os::unix::fs::symlink(FIGLINT, bin.join("figlint")).expect("it is linked");
        self
    }
}

#[test]
fn the_action_annotates_and_writes_sarif() {
    let Some(bash) = programs::find("bash") else { return };
    let source = root("action.yml");
    let action = parsed(&source);
    let inputs =
        [("paths", "a b.md\nnew; touch x.md\n"), ("fail-on", "warning"), ("args", "--no-config\n--lang\nen\n")];
    let mut runner = Runner::new(bash, &inputs).with_kept_program();
    fs::write(runner.work().join("a b.md"), WRONG).expect("it is written");
    let (printed, passed) = runner.run(&action);
    assert!(!passed && printed.contains("::error file=a b.md,line=5,"), "{printed}");
    assert!(printed.contains("new; touch x.md") && !runner.work().join("x.md").exists(), "{printed}");
    assert_eq!(
        (runner.output(&action, "status"), runner.output(&action, "sarif-file")),
        ("2".into(), "figlint.sarif".into())
    );
    let sarif = fs::read_to_string(runner.work().join("figlint.sarif")).expect("it was written");
    assert!(sarif.contains("\"ruleId\": \"table-total\""), "{sarif}");
}

#[test]
fn the_action_takes_a_baseline_and_a_revision() {
    let (Some(bash), Some(git)) = (programs::find("bash"), programs::find("git")) else { return };
    let source = root("action.yml");
    let action = parsed(&source);
    let mut runner = Runner::new(bash, &[("baseline", "known.jsonl"), ("since", "HEAD")]).with_kept_program();
    fs::write(runner.work().join("a.md"), WRONG).expect("it is written");
    let run = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).current_dir(runner.work()).output().expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
    };
    run(Path::new(FIGLINT), &["a.md", "--write-baseline", "known.jsonl"]);
    run(&git, &["init", "-q"]);
    run(&git, &["add", "."]);
    run(&git, &["-c", "user.name=a", "-c", "user.email=a@b.invalid", "commit", "-q", "-m", "a"]);
    fs::write(runner.work().join("a.md"), format!("{WRONG}\nMore text.\n")).expect("it is written");
    let (printed, passed) = runner.run(&action);
    assert!(passed && printed.contains("1 of 1 reports changed since HEAD"), "{printed}");
    assert_eq!(runner.output(&action, "status"), "0");
}

#[test]
fn the_action_builds_what_is_not_kept() {
    let Some(bash) = programs::find("bash") else { return };
    let source = root("action.yml");
    let action = parsed(&source);
    let mut runner = Runner::new(bash, &[]);
    fs::write(runner.work().join("a.md"), "Nothing to check.\n").expect("it is written");
    // A cargo that writes down what it is asked, and installs the program that is tested.
    let tools = runner.folder.path().join("tools");
    fs::create_dir(&tools).expect("it is made");
    let script = format!(
        "#!/bin/sh\necho \"cargo $*\"\nmkdir -p \"$RUNNER_TEMP/figlint/bin\"\nln -s '{FIGLINT}' \"$RUNNER_TEMP/figlint/bin/figlint\"\n"
    );
    fs::write(tools.join("cargo"), script).expect("it is written");
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(tools.join("cargo"), executable).expect("it is set");
    runner.variables.insert("PATH".to_owned(), tools.display().to_string());
    let (printed, passed) = runner.run(&action);
    assert!(passed && printed.contains(&format!("cargo install --locked --path {ROOT} --root ")), "{printed}");
    // The program is kept before the reports are checked: they may be wrong for long.
    let steps: Vec<&Yaml> = action["runs"]["steps"].as_sequence().expect("steps").iter().collect();
    let of = |name: &str| steps.iter().position(|step| step["name"].as_str() == Some(name)).expect("a step");
    let (fetched, built, kept) = (of("Fetch the program that is kept"), of("Build figlint"), of("Keep the program"));
    assert!(fetched < built && built < kept && kept < of("Check reports"));
    assert_eq!(steps[fetched]["with"]["path"], steps[kept]["with"]["path"]);
    let key = &runner.outputs["steps.sources.outputs.key"];
    assert!(key.len() == 40 && key.chars().all(|c| c.is_ascii_hexdigit()), "{key}");
}

#[test]
fn the_gitlab_job_writes_its_reports() {
    let Some(bash_path) = programs::find("bash") else { return };
    let source = root("ci/figlint.gitlab-ci.yml");
    let job = &parsed(&source)["figlint"];
    let lines = job["script"].as_sequence().expect("a script").iter().map(|line| line.as_str().expect("a line"));
    let script = lines.collect::<Vec<_>>().join("\n");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), WRONG).expect("it is written");
    let text_of = |value: &Yaml| value.as_str().expect("text").to_owned();
    let of_job = job["variables"].as_mapping().expect("variables").iter();
    let mut variables: HashMap<String, String> = of_job.map(|(name, value)| (text_of(name), text_of(value))).collect();
    let bin = Path::new(FIGLINT).parent().expect("a folder").display();
    variables.insert("PATH".to_owned(), format!("{bin}:{}", std::env::var("PATH").expect("a path")));
    let output = bash(&bash_path, &script, folder.path(), &variables);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    for kind in ["codequality", "junit"] {
        let file = text_of(&job["artifacts"]["reports"][kind]);
        let written = fs::read_to_string(folder.path().join(&file)).expect("it was written");
        assert!(written.contains("table-total"), "{file}: {written}");
    }
    assert_eq!(job["artifacts"]["when"].as_str(), Some("always"), "a failing job keeps them too");
    // In a merge request the branch that it goes to is asked for.
    variables.insert("CI_MERGE_REQUEST_TARGET_BRANCH_NAME".to_owned(), "main".to_owned());
    let output = bash(&bash_path, &script, folder.path(), &variables);
    assert!(text(&output.stderr).contains("--since origin/main: there is no git repository here"), "{output:?}");
}

#[test]
fn the_hook_takes_every_format_that_is_read() {
    let source = root(".pre-commit-hooks.yaml");
    let hook = &parsed(&source)[0];
    let files = regex::Regex::new(hook["files"].as_str().expect("a pattern")).expect("it is a pattern");
    let extensions =
        "txt text md markdown csv tsv tab html htm xhtml docx docm pdf xlsx xlsm xltx xltm xls xlsb ods et";
    for name in
        extensions.split(' ').chain(["rs", "toml", "doc", "png", "json"]).map(|extension| format!("a.{extension}"))
    {
        assert_eq!(files.is_match(&name), figlint::read::supports(Path::new(&name)), "{name}");
    }
    let executable = Path::new(FIGLINT).file_name().and_then(|name| name.to_str());
    assert_eq!(hook["entry"].as_str().and_then(|entry| entry.split(' ').next()), executable);
}

#[test]
fn pre_commit_runs_the_hook() {
    let (Some(pre_commit), Some(git)) = (programs::find("pre-commit"), programs::find("git")) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let run = |program: &Path, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder.path()).env("PRE_COMMIT_HOME", folder.path().join(".git/cache"));
        let output = command.env("NO_COLOR", "1").output().expect("it runs");
        (output.status.success(), text(&output.stdout) + &text(&output.stderr))
    };
    let hooks = Path::new(ROOT).join(".pre-commit-hooks.yaml");
    let (valid, told) = run(&pre_commit, &["validate-manifest", hooks.to_str().expect("a path")]);
    assert!(valid, "{told}");
    // The hook as the manifest has it, but with the program that is tested in place of one that is built.
    let hook = root(".pre-commit-hooks.yaml").replace("entry: figlint", &format!("entry: {FIGLINT}"));
    let hook = hook.replace("language: rust", "language: system");
    let hook: String = hook.lines().map(|line| format!("  {line}\n")).collect();
    let config = format!("repos:\n- repo: local\n  hooks:\n{hook}");
    fs::write(folder.path().join(".pre-commit-config.yaml"), config).expect("it is written");
    fs::write(folder.path().join("a b.md"), WRONG).expect("it is written");
    fs::write(folder.path().join("code.rs"), "// 1 + 1 = 3\n").expect("it is written");
    assert!(run(&git, &["init", "-q"]).0 && run(&git, &["add", "."]).0);
    let (passed, told) = run(&pre_commit, &["run"]);
    assert!(!passed && told.contains("325 = 215 + 137") && told.contains("a b.md"), "{told}");
    fs::write(folder.path().join("a b.md"), WRONG.replace("325", "352")).expect("it is written");
    assert!(run(&git, &["add", "."]).0);
    let (passed, told) = run(&pre_commit, &["run"]);
    assert!(passed && told.contains("Passed"), "{told}");
}

fn figlint(arguments: &[&str]) -> String {
    let output = Command::new(FIGLINT).args(arguments).output().expect("figlint runs");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// What each shell itself offers for the last word of a line, by the script that figlint prints for it.
#[test]
fn shells_complete_commands_options_and_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let bin = Path::new(FIGLINT).parent().expect("a folder").display();
    let path = format!("{bin}:{}", std::env::var("PATH").expect("a path"));
    let asked = |shell: &str, script: &str| {
        let program = programs::find(shell)?;
        let completions = folder.path().join("_figlint");
        fs::write(&completions, figlint(&["completions", shell])).expect("it is written");
        let script = script.replace("COMPLETIONS", completions.to_str().expect("a path"));
        let mut command = Command::new(program);
        let arguments: &[&str] = if shell == "zsh" { &["-f", "-c"] } else { &["-c"] };
        command.args(arguments).arg(script).env("HOME", folder.path()).env("PATH", &path);
        let output = command.output().expect("it runs");
        assert!(output.stderr.is_empty(), "{shell}: {}", text(&output.stderr));
        Some(text(&output.stdout))
    };
    let bash = "source COMPLETIONS; complete -p figlint; COMP_TYPE=9; \
                for line in 'figlint ch' 'figlint --for' 'figlint --lang z' 'figlint completions po'; do \
                COMP_WORDS=($line) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \
                _clap_complete_figlint figlint ${COMP_WORDS[COMP_CWORD]} figlint; echo ${COMPREPLY[@]}; done";
    if let Some(offered) = asked("bash", bash) {
        let (how, offered) = offered.split_once('\n').expect("lines");
        assert!(how.contains(" -o filenames "), "spaces are escaped: {how}");
        assert_eq!(offered, "check\n--format\nzh\npowershell\n");
    }
    let fish = "source COMPLETIONS; for line in 'figlint ch' 'figlint --for' 'figlint --lang z' 'figlint completions po'; \
                complete -C $line; end";
    if let Some(offered) = asked("fish", fish) {
        let words: Vec<&str> = offered.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words, ["check", "--format", "zh", "powershell"]);
    }
    // zsh completes only in an editor; here what it would show is printed.
    let zsh = "autoload -Uz compinit && compinit -u -D && source COMPLETIONS; _describe() { print -rl - ${(P)@[-1]} }; \
               for line in 'figlint ch' 'figlint --for' 'figlint --lang z' 'figlint completions po'; \
               words=(${=line}) CURRENT=$#words $_comps[figlint]";
    if let Some(offered) = asked("zsh", zsh) {
        let words: Vec<&str> = offered.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(words, ["check", "--format", "zh", "powershell"]);
    }
    for shell in ["elvish", "powershell"] {
        assert!(figlint(&["completions", shell]).contains("FIGLINT_COMPLETE"), "{shell}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let pages = |name: Option<&str>| figlint(&["man"].into_iter().chain(name).collect::<Vec<_>>());
    let own = pages(None);
    let names: Vec<&str> =
        own.lines().filter_map(|line| line.strip_prefix("figlint\\-")?.strip_suffix("(1)")).collect();
    assert!(names.len() > 8 && names.contains(&"check"), "{names:?}");
    let titles = [pages(None), pages(Some("check"))].map(|page| page.lines().next().unwrap_or_default().to_owned());
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(titles, ["figlint", "figlint-check"].map(|name| format!(".TH {name} 1 \"\" \"figlint {version}\"")));
    let Some(groff) = programs::find("groff") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    for name in names.iter().copied().map(Some).chain([None]) {
        let page = folder.path().join("page.1");
        fs::write(&page, pages(name)).expect("it is written");
        let output =
            Command::new(&groff).args(["-man", "-Tutf8", "-P-cbou", "-ww"]).arg(&page).output().expect("groff runs");
        assert!(output.status.success() && output.stderr.is_empty(), "{name:?}: {}", text(&output.stderr));
        let shown = text(&output.stdout);
        assert!(shown.contains("NAME") && shown.contains("OPTIONS"), "{shown}");
        assert_eq!(shown.contains("EXIT STATUS"), matches!(name, None | Some("check")), "{name:?}");
    }
}

#[test]
fn the_container_file_copies_what_the_build_needs() {
    let file = root("Containerfile");
    let copied: Vec<&str> = file
        .lines()
        .filter_map(|line| line.strip_prefix("COPY "))
        .filter(|rest| !rest.starts_with("--from"))
        .flat_map(|rest| rest.split_whitespace().rev().skip(1))
        .collect();
    for path in &copied {
        assert!(Path::new(ROOT).join(path).exists(), "{path}");
    }
    for needed in ["Cargo.toml", "Cargo.lock", "src", "rules", "benches"] {
        assert!(copied.contains(&needed), "{needed}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let sources = copied.iter().map(|path| Path::new(ROOT).join(path));
    let status = Command::new("cp").arg("-r").args(sources).arg(folder.path()).status().expect("cp runs");
    assert!(status.success());
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--offline", "--locked", "--no-deps", "--format-version", "1"]);
    let output = cargo.current_dir(folder.path()).output().expect("cargo runs");
    assert!(output.status.success(), "the manifest names nothing else: {}", text(&output.stderr));
    let version = root("Cargo.toml").lines().find_map(|line| line.strip_prefix("rust-version = ").map(str::to_owned));
    let version = version.expect("a version").replace('"', "");
    assert!(file.contains(&format!("/rust:{version}-slim-")), "the image has Rust {version}");
}

#[test]
fn the_documents_say_what_there_is() {
    let (document, source) = (root("docs/ci.md"), root("action.yml"));
    let inputs = &parsed(&source)["inputs"];
    let blocks = document.split("```yaml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let blocks: Vec<Yaml> = blocks.map(parsed).collect();
    assert!(blocks.len() >= 3);
    let steps = blocks[0]["jobs"]["figlint"]["steps"].as_sequence().expect("steps");
    let uses = steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.contains("/figlint@")));
    for name in uses.expect("the action is used")["with"].as_mapping().expect("inputs").keys() {
        assert!(inputs.as_mapping_get(name.as_str().expect("a name")).is_some(), "{name:?}");
    }
    let help = figlint(&["check", "--help"]);
    let own = document.lines().filter(|line| !line.starts_with("podman ") && !line.starts_with("docker "));
    let words = own.flat_map(|line| line.split(|c: char| c.is_whitespace() || "`|=,;:[]()".contains(c)));
    for option in words.filter(|word| word.starts_with("--") && !word.starts_with("---") && word.len() > 2) {
        assert!(help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")), "{option}");
    }
}
