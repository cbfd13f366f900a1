//! The review page: one HTML file that holds everything it needs, for a person who has never used a terminal.
//!
//! A report stands there as it reads, each figure marked by its state, each finding as a note beside its sentence. The page can be
//! read without its script; with it, a figure shows its checks. Style and script are files of their own (`page.css`,
//! `page.js`), and everything that comes from a report goes through `text`, which escapes it.

mod data;
mod head;
mod marks;
mod note;
mod report;
mod table;
mod text;
mod words;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::TextOptions;
use crate::diagnostic::{Report, Run, Severity};
use crate::document::Language;
use text::Text;
use words::Words;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page of a run. Reports need a [`Report::body`]; one without is shown with its findings alone.
pub fn write(out: &mut dyn Write, run: &Run, options: &TextOptions) -> io::Result<()> {
    let language = options.run_language(run);
    let words = words::of(language);
    let order = in_order(run);
    write!(out, "{}<html lang=\"{}\">", DOCTYPE.into_string(), words.tag)?;
    write!(out, "{}", head(run, words).into_string())?;
    let hints = if options.notes { "" } else { " no-hints" };
    write!(out, "<body class=\"no-none{hints}\">")?;
    write!(out, "{}", head::toolbar(run, words, options).into_string())?;
    write!(out, "<div class=\"page\">")?;
    if order.len() > 1 {
        write!(out, "{}", head::contents(run, &order, words).into_string())?;
    }
    write!(out, "<main id=\"main\">")?;
    write!(out, "{}", head::problems(&run.problems, None, words).into_string())?;
    for &number in &order {
        let own = options.language.unwrap_or(run.reports[number].language);
        report::Page { number, report: &run.reports[number], alone: order.len() == 1, words, language: own }
            .write(out)?;
    }
    write!(out, "</main></div>{}", foot(words, language).into_string())?;
    writeln!(out, "</body></html>")
}

/// The reports by number: those with something to look at first, each group in the order in which they were given.
fn in_order(run: &Run) -> Vec<usize> {
    let (first, rest): (Vec<usize>, Vec<usize>) =
        (0..run.reports.len()).partition(|&number| weight_of(&run.reports[number]) > Weight::Nothing);
    [first, rest].concat()
}

/// How much a report has to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Nothing,
    Told,
    Warning,
    Error,
}

fn weight_of(report: &Report) -> Weight {
    let sum = report.summary();
    let own = report.findings.iter().filter(|finding| finding.known != Some(true)).filter_map(|f| f.severity).max();
    match own {
        _ if sum.fatal > 0 => Weight::Error,
        Some(Severity::Error) => Weight::Error,
        Some(Severity::Warning) => Weight::Warning,
        _ if !report.problems.is_empty() => Weight::Told,
        _ => Weight::Nothing,
    }
}

fn head(run: &Run, words: &Words) -> Markup {
    let title = match &run.reports[..] {
        [one] => one.path.rsplit(['/', '\\']).next().unwrap_or_default(),
        _ => "",
    };
    let title = if title.is_empty() { words.title.to_owned() } else { format!("{title} · {}", words.title) };
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ "figlint " (env!("CARGO_PKG_VERSION")) };
            title { (Text(&title)) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

fn foot(words: &Words, language: Language) -> Markup {
    html! {
        aside #panel .panel hidden aria-label=(words.panel) tabindex="-1" {}
        div #live .away aria-live="polite" {}
        script #words type="application/json" { (PreEscaped(data::json(&words::for_script(language)))) }
        script { (PreEscaped(SCRIPT)) }
    }
}
