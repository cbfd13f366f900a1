//! `figlint suggest`: a rule file from the relations found in a report.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use figlint::diagnostic::Problem;
use figlint::document::Message;
use figlint::error::Error;
use figlint::{read, suggest};

use crate::arguments::Suggest;
use crate::walk::Found;
use crate::{Outcome, Status, rules};

/// Runs the command. A file that is there already is never overwritten.
pub fn run(arguments: &Suggest) -> Outcome {
    let found = Found::named(&arguments.report);
    let path = found.path(arguments.reading.stdin_name.as_deref());
    let options = arguments.reading.options();
    let asked = arguments.lang.language();
    let document = found.read(&options).and_then(|bytes| read::bytes(&path, bytes, &options));
    let told = |error: Error| error.on(&path).told().in_language(asked.unwrap_or_default()).to_owned();
    let document = document.map_err(told)?;
    let language = asked.unwrap_or(document.language);
    let unread = document.problems.iter().map(|problem| Problem {
        fatal: problem.unchecked,
        ..Problem::of_file(&path.display().to_string(), problem.message.in_language(language))
    });
    let status = rules::tell(&unread.collect::<Vec<_>>())?;
    let draft = suggest::suggest(&document, asked);
    match &arguments.output {
        None => io::stdout().lock().write_all(draft.text.as_bytes())?,
        Some(path) => write_new(path, &draft.text)?,
    }
    let (covered, all) = draft.covered;
    let relations = draft.relations;
    let hold = if relations == 1 { "relation holds" } else { "relations hold" };
    eprintln!("figlint: {relations} {hold} by these rules, which check {covered} of {all} figures");
    if draft.left_out > 0 {
        let count = draft.left_out;
        eprintln!(
            "figlint: {count} more hold and are checked without rules; labels or sentences do not single them out"
        );
    }
    Ok(status.max(Status::Clean))
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        io::Error::new(error.kind(), format!("{}: {}", path.display(), Message::of_io(&error).english))
    })
}
