//! The command line, as clap reads it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use figlint::diagnostic::Severity;
use figlint::document::Language;
use figlint::figure::Rounding;
use rust_decimal::Decimal;

/// Check the figures in reports: totals against their parts, rates against their counts, balances against their flows.
///
/// A figure stands for every value that would be printed so; figlint reports a check only if no such values satisfy it.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    override_usage = "figlint [check] [OPTIONS] [PATHS]...\n       figlint <COMMAND>",
    after_help = "Exit status: 0 no finding fails, 1 findings, 2 something could not be checked or done."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub check: Check,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check reports; the default command
    Check(Box<Check>),
    /// Write a rule file from the relations found in a report
    Suggest(Suggest),
    /// List every figure as it was read
    Figures(Figures),
    /// List the rules that would run
    Rules(Rules),
    /// Tell what one rule checks, with its examples
    Explain(Explain),
    /// Run the rules' own examples
    Test(Test),
    /// Start a figlint.toml, and a first rule file from a report
    Init(Init),
    /// Print the JSON Schema of rule files, figlint.toml or the JSON output
    Schema(Schema),
    /// Print a script that completes figlint's commands and options in a shell
    Completions(Completions),
    /// Print a page of the manual
    Man(Man),
    /// Serve editors over standard input and output (LSP)
    Lsp(Lsp),
}

#[derive(Debug, Args)]
pub struct Check {
    /// Reports, folders or globs; - is standard input [default: the current folder]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub rules: RuleOptions,

    /// Built-in checks to run: ids, or all, or none
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub select: Vec<String>,

    /// Built-in checks to leave out: ids, or all, or none
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// How reports round, whatever rules and rule files say
    #[arg(long, value_name = "HOW")]
    pub rounding: Option<RoundingChoice>,

    /// What is printed
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    pub format: Format,

    /// Write to a file too, in the format named or told by its extension
    #[arg(long, value_name = "[FORMAT=]FILE")]
    pub output: Vec<String>,

    /// From which severity on findings make the exit status 1 [default: error]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,

    /// Show what is hidden otherwise: notes, and checks that hold
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub show: Vec<Show>,

    /// Tell the share of checked figures by section, and list the unchecked
    #[arg(long)]
    pub coverage: bool,

    /// Fail if a smaller share of all figures is checked
    #[arg(long, value_name = "N%", value_parser = percent)]
    pub min_coverage: Option<Decimal>,

    /// Let only findings fail that this file does not have
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write the errors and warnings found into this file, for --baseline
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,

    /// Check only reports that changed since a git revision, and tell what their figures were
    #[arg(long, value_name = "REVISION")]
    pub since: Option<String>,

    /// Write suggestions into the reports
    #[arg(long)]
    pub fix: bool,

    /// Print what --fix would change, and change nothing
    #[arg(long)]
    pub diff: bool,

    /// Check again whenever a report or a rule file is saved, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "diff", "write_baseline"])]
    pub watch: bool,

    /// How many reports are checked at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    pub reading: Reading,

    #[command(flatten)]
    pub terminal: Terminal,

    /// Language of messages: the report's own, unless told
    #[arg(long, value_name = "LANGUAGE", default_value = "auto")]
    pub lang: Lang,

    /// Print findings only, without the closing line
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Tell more: encodings that were detected, findings that were suppressed
    #[arg(short, long)]
    pub verbose: bool,
}

/// Which rules run.
#[derive(Debug, Args)]
pub struct RuleOptions {
    /// A rule file, or a folder of them; runs on every report, whatever its `files` says
    #[arg(long = "rules", value_name = "PATH")]
    pub rule_files: Vec<PathBuf>,

    /// Leave out figlint.toml and the rule files beside reports
    #[arg(long)]
    pub no_config: bool,
}

/// How reports are read.
#[derive(Debug, Args)]
pub struct Reading {
    /// Encoding of the reports: detected, unless told
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,

    /// The largest report to read, in MB [default: 256]
    #[arg(long, value_name = "MB")]
    pub max_size: Option<u64>,

    /// What standard input is called; the extension tells its format
    #[arg(long, value_name = "NAME")]
    pub stdin_name: Option<PathBuf>,
}

impl Reading {
    /// The same as the library takes it.
    pub fn options(&self) -> figlint::read::Options {
        let max_size = self.max_size.map(|megabytes| megabytes.saturating_mul(1 << 20));
        figlint::read::Options { encoding: self.encoding.clone(), max_size, ..figlint::read::Options::default() }
    }
}

/// How the terminal is used.
#[derive(Clone, Copy, Debug, Args)]
pub struct Terminal {
    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Draw with ASCII only
    #[arg(long)]
    pub ascii: bool,
}

#[derive(Debug, Args)]
pub struct Suggest {
    /// The report; - is standard input
    pub report: PathBuf,

    /// Write the rule file here, if there is none; else it is printed
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub reading: Reading,

    /// Language of comments and messages: the report's own, unless told
    #[arg(long, value_name = "LANGUAGE", default_value = "auto")]
    pub lang: Lang,
}

#[derive(Debug, Args)]
pub struct Figures {
    /// Reports, folders or globs; - is standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,

    /// What is printed
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,

    /// How reports round
    #[arg(long, value_name = "HOW", default_value = "nearest")]
    pub rounding: RoundingChoice,

    #[command(flatten)]
    pub reading: Reading,

    /// Language of messages: the report's own, unless told
    #[arg(long, value_name = "LANGUAGE", default_value = "auto")]
    pub lang: Lang,

    /// Leave out figlint.toml
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Debug, Args)]
pub struct Rules {
    /// The reports the rules would run on [default: the current folder]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub rules: RuleOptions,

    /// What is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: RulesFormat,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's id
    pub id: String,

    #[command(flatten)]
    pub rules: RuleOptions,

    /// Language of the message, where the rule has one in it
    #[arg(long, value_name = "LANGUAGE", default_value = "auto")]
    pub lang: Lang,
}

#[derive(Debug, Args)]
pub struct Test {
    /// Rule files or folders of them [default: those that figlint.toml names]
    pub paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Init {
    /// A report to start a rule file from
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// Of what
    #[arg(default_value = "rules")]
    pub of: SchemaOf,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    /// The command whose page is printed, figlint's own unless told
    pub command: Option<String>,
}

#[derive(Debug, Args)]
pub struct Lsp {
    /// What some editors add; it is the only way there is
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Blocks with excerpts, for people
    Pretty,
    /// One line a finding
    Concise,
    /// One JSON object
    Json,
    /// One JSON object a report, a line each
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab Code Quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// A review page: the report with every figure and finding, for people
    Html,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ListFormat {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RulesFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Show {
    Notes,
    Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Lang {
    Auto,
    En,
    Zh,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoundingChoice {
    /// To the nearest
    Nearest,
    /// Digits are cut off
    Down,
    /// Nothing is rounded
    Exact,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// Rule files
    Rules,
    /// figlint.toml
    Config,
    /// The JSON output
    Output,
}

impl Lang {
    /// The language asked for; `None`: the report's own.
    pub fn language(self) -> Option<Language> {
        match self {
            Lang::Auto => None,
            Lang::En => Some(Language::English),
            Lang::Zh => Some(Language::Chinese),
        }
    }
}

impl FailOn {
    /// The least severity that fails; `None`: none does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Note => Some(Severity::Note),
            FailOn::Never => None,
        }
    }
}

impl From<RoundingChoice> for Rounding {
    fn from(choice: RoundingChoice) -> Self {
        match choice {
            RoundingChoice::Nearest => Rounding::Nearest,
            RoundingChoice::Down => Rounding::Down,
            RoundingChoice::Exact => Rounding::Exact,
        }
    }
}

/// A number of reports that are checked at once.
fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "a whole number from 1 on is needed".to_owned())
}

/// A share of 0 to 100 percent, with or without its sign.
fn percent(text: &str) -> Result<Decimal, String> {
    let number = text.trim().trim_end_matches('%').trim_end();
    let value = Decimal::from_str_exact(number).map_err(|_| "a share such as 80% is needed".to_owned())?;
    let is_share = (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value);
    if is_share { Ok(value) } else { Err("a share lies between 0% and 100%".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn check_is_the_default_command() {
        for line in ["figlint check --ascii a.md b.md", "figlint --ascii a.md b.md", "figlint a.md b.md --ascii"] {
            let arguments = Arguments::parse_from(line.split(' '));
            let check = match arguments.command {
                Some(Command::Check(check)) => *check,
                _ => arguments.check,
            };
            assert_eq!((check.paths.len(), check.terminal.ascii), (2, true), "{line}");
        }
    }
}
