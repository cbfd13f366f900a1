//! The `figlint` program: the library over files, folders and terminals.

mod arguments;
mod baseline;
mod check;
mod checker;
mod discover;
mod explain;
mod figures;
mod git;
mod init;
mod lsp;
mod manual;
mod memory;
mod mend;
mod rules;
mod run;
mod schema;
mod sessions;
mod settings;
mod since;
mod suggest;
mod terminal;
mod test;
mod texts;
mod walk;
mod watch;
mod write;

use std::error::Error;
use std::io;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// Something could not be checked or done.
    Trouble = 2,
}

/// What a command gives: its status, or what kept it from its work.
pub type Outcome = Result<Status, Box<dyn Error>>;

fn main() -> ExitCode {
    manual::complete();
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        None => check::run(&arguments.check),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Figures(figures)) => figures::run(&figures),
        Some(Command::Rules(rules)) => rules::run(&rules),
        Some(Command::Explain(explain)) => explain::run(&explain),
        Some(Command::Test(test)) => test::run(&test),
        Some(Command::Init(init)) => init::run(&init),
        Some(Command::Suggest(suggest)) => suggest::run(&suggest),
        Some(Command::Schema(schema)) => schema::run(&schema),
        Some(Command::Completions(completions)) => manual::completions(&completions),
        Some(Command::Man(man)) => manual::man(&man),
        Some(Command::Lsp(_)) => lsp::run(),
    };
    match outcome {
        Ok(status) => ExitCode::from(status as u8),
        // Who reads the output has seen enough.
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("figlint: {error}");
            ExitCode::from(Status::Trouble as u8)
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
