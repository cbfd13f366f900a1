//! `figlint figures`: every figure as it was read.

use std::cell::RefCell;
use std::io::{self, BufWriter, Write};

use figlint::check::listing;
use figlint::diagnostic::{FigureList, Problem};
use figlint::{output, read};

use crate::arguments::{Figures, ListFormat};
use crate::settings::Settings;
use crate::walk::{self, Found};
use crate::{Outcome, rules, run};

/// Runs the command.
pub fn run(arguments: &Figures) -> Outcome {
    let settings = RefCell::new(Settings::new(arguments.no_config));
    let options = arguments.reading.options();
    let found = walk::find(&arguments.paths, &|path| settings.borrow_mut().wants(path), &options);
    let lists = run::in_order(&found, None, |found| list(found, arguments));
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        ListFormat::Table => output::figures::write_table(&mut out, &lists)?,
        ListFormat::Json => output::figures::write_json(&mut out, &lists)?,
        ListFormat::Csv => output::figures::write_csv(&mut out, &lists)?,
    }
    out.flush()?;
    let problems: Vec<Problem> = lists.into_iter().flat_map(|list| list.problems).collect();
    rules::tell(&problems)
}

fn list(found: &Found, arguments: &Figures) -> FigureList {
    let path = found.path(arguments.reading.stdin_name.as_deref());
    let options = arguments.reading.options();
    let language = arguments.lang.language();
    match found.read(&options).and_then(|bytes| read::bytes(&path, bytes, &options)) {
        Ok(document) => listing::figures(&document, arguments.rounding.into(), language),
        Err(error) => {
            let path = path.display().to_string();
            let why = error.reason();
            let problem = Problem::of_file(&path, why.in_language(language.unwrap_or_default()));
            FigureList { problems: vec![problem], path, ..FigureList::default() }
        }
    }
}
