//! `figlint completions` and `figlint man`: what shells and manuals tell of the command line, made from its declaration.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::env::{CompleteEnv, Shells};

use crate::arguments::{Arguments, Completions, Man};
use crate::{Outcome, Status};

/// The variable by which a shell's script asks for what can stand at the cursor; its value is the shell's name.
const ASKED_BY: &str = "FIGLINT_COMPLETE";

/// Answers a shell that asks what can stand at the cursor, and ends the program then.
pub fn complete() {
    CompleteEnv::with_factory(Arguments::command).var(ASKED_BY).complete();
}

/// Runs `figlint completions`: the script asks the program itself at every completion. Scripts that hold all answers are no
/// choice: zsh takes the first path for the command in theirs, and fish loses the values of options.
pub fn completions(arguments: &Completions) -> Outcome {
    let (name, shells) = (arguments.shell.to_string(), Shells::builtins());
    let shell = shells.completer(&name).ok_or_else(|| format!("{name} is not known"))?;
    let mut script = Vec::new();
    shell.write_registration(ASKED_BY, "figlint", "figlint", "figlint", &mut script)?;
    // Told that they may be names of files, bash escapes their spaces.
    let script = String::from_utf8_lossy(&script).replace(" -o bashdefault ", " -o bashdefault -o filenames ");
    io::stdout().lock().write_all(script.as_bytes())?;
    Ok(Status::Clean)
}

/// Runs `figlint man`.
pub fn man(arguments: &Man) -> Outcome {
    // `figlint help` needs no page.
    let mut command = Arguments::command().disable_help_subcommand(true);
    // Tells subcommands their full name and gives them the version.
    command.build();
    let checks = arguments.command.as_deref().is_none_or(|name| name == "check");
    let page = match &arguments.command {
        None => command,
        Some(name) => page_of(&command, name)?,
    };
    let mut text = Vec::new();
    let has_commands = page.has_subcommands();
    let page = clap_mangen::Man::new(page);
    write(&mut text, &page, checks)?;
    if has_commands {
        page.render_subcommands_section(&mut text)?;
    }
    io::stdout().lock().write_all(&text)?;
    Ok(Status::Clean)
}

/// Writes a page; with `checks` it also tells what only checking has.
fn write(out: &mut dyn Write, page: &clap_mangen::Man, checks: bool) -> io::Result<()> {
    // Not `render_title`, which leaves out the empty date and so has the version take its place.
    let (file, version) = (page.get_filename(), env!("CARGO_PKG_VERSION"));
    writeln!(out, ".TH {} 1 \"\" \"figlint {version}\"", file.trim_end_matches(".1"))?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    if checks { out.write_all(CHECKING.as_bytes()) } else { Ok(()) }
}

/// What no option tells.
const CHECKING: &str = r#".SH "EXIT STATUS"
.TP
0
No finding fails.
.TP
1
There are findings at or above \fB\-\-fail\-on\fR that no baseline has, or fewer figures are checked than \fB\-\-min\-coverage\fR wants.
.TP
2
Something could not be checked or done: a bad option, a report that cannot be read, an error in a rule file, a file that cannot be written.
.SH FILES
.TP
.I figlint.toml
Settings of the reports in its folder and below; the nearest one counts.
.TP
.I REPORT.figlint.toml
Rules for the report beside it, such as
.I annual.figlint.toml
for
.IR annual.docx .
.SH ENVIRONMENT
.TP
.BR NO_COLOR ", " CLICOLOR ", " CLICOLOR_FORCE
Whether colours are used, where \fB\-\-color\fR does not say it.
.TP
.B COLUMNS
The width of what is printed.
.SH EXAMPLES
.TP
Check all reports in a folder:
figlint reports/
.TP
Check a report and write what was found for code scanning too:
figlint annual.docx \-\-output sarif=figlint.sarif
.TP
Check what changed on a branch, and fail only for what is new:
figlint \-\-since main \-\-baseline figlint\-baseline.jsonl
"#;

/// The command whose page is `figlint-NAME`.
fn page_of(command: &Command, name: &str) -> Result<Command, String> {
    let found = command.get_subcommands().find(|one| one.get_name() == name && !one.is_hide_set()).cloned();
    let found = found.ok_or_else(|| {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        format!("there is no command `{name}` ({})", names.join(", "))
    })?;
    Ok(found.version(env!("CARGO_PKG_VERSION")))
}
