//! `figlint init`: starts a figlint.toml, and a rule file from a report.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use figlint::document::{BlockKind, Document};
use figlint::figure::{self, Class, Figure};
use figlint::span::Span;
use figlint::suggest::pattern::{self, quoted};
use figlint::{read, text};

use crate::arguments::Init;
use crate::settings;
use crate::{Outcome, Status};

/// Runs the command. What is there already is never overwritten.
pub fn run(arguments: &Init) -> Outcome {
    let rules = match &arguments.report {
        Some(report) => {
            let options = arguments.reading.options();
            let document = read::file(report, &options)?;
            let stem = report.file_stem().unwrap_or(report.as_os_str());
            Some((Path::new("rules").join(stem).with_extension("toml"), rule_file(report, &document)))
        }
        None => None,
    };
    let mut written = write_new(Path::new(settings::NAME), &config(rules.is_some()))?;
    if let Some((path, text)) = rules {
        std::fs::create_dir_all("rules")?;
        written |= write_new(&path, &text)?;
    }
    Ok(if written { Status::Clean } else { Status::Trouble })
}

fn write_new(path: &Path, text: &str) -> io::Result<bool> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes())?;
            println!("{}: written", path.display());
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            eprintln!("{}: is there already, and left as it is", path.display());
            Ok(false)
        }
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
    }
}

fn config(has_rules: bool) -> String {
    let off = if has_rules { "" } else { "# " };
    format!(
        r##"# Settings of figlint for the reports in this folder and below. `figlint schema config` describes all of them.
{off}rules    = ["rules/*.toml"]
# include  = ["reports/**"]         # the reports to check; left out: all
# exclude  = ["drafts/**"]
# rounding = "nearest"              # how the reports round: nearest | down | exact
# fail-on  = "error"                # error | warning | note | never

# [[suppress]]                      # a finding that was looked at and stands
# rule   = "performance-rate"
# text   = "the words at the finding"
# reason = "why"
"##
    )
}

/// A rule file with the report's sentences that hold several figures, as patterns to be completed.
fn rule_file(report: &Path, document: &Document) -> String {
    let name = report.file_name().map(PathBuf::from).unwrap_or_default();
    let mut out = String::from(
        "# Take away the # before a rule, give the braces names, and write what must hold between them.\n\
         # `figlint explain ID` shows a rule, `figlint check` runs it.\n\n",
    );
    _ = writeln!(out, "files = [{}]\n", quoted(&format!("**/{}", name.display())));
    _ = writeln!(out, "# equations = [\n#   \"17660 = 1338 + 2723 + 13599\",    # in the report's own numbers\n# ]");
    let (figures, _) = figure::lex(document);
    let mut rules = 0;
    for (number, block) in document.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            continue;
        }
        let own: Vec<_> = figures.range(figures.of_block(number as u32, figures.len())).collect();
        for (span, quantities) in sentences(document, block.span, &own) {
            rules += 1;
            let line = document.origin(span).line_column.map_or(0, |at| at.line);
            let named = (0..).map(pattern::letter);
            let quantities: Vec<_> = quantities.into_iter().zip(named).collect();
            let find = quoted(&pattern::of_sentence(document, span, &quantities));
            _ = writeln!(out, "\n# line {line}\n# [[rule]]\n# id    = \"rule-{rules}\"");
            _ = writeln!(out, "# find  = {find}\n# check = \"a = b + c\"");
        }
    }
    out
}

/// The sentences of a block that hold several quantities, with these.
fn sentences(document: &Document, block: Span, figures: &[Figure]) -> Vec<(Span, Vec<Figure>)> {
    let start = block.start as usize;
    let spans = text::sentences(document.slice(block)).map(|range| Span::new(start + range.start, start + range.end));
    let with_figures = spans.map(|span| {
        let within = |figure: &&Figure| figure.class == Class::Quantity && span.contains(figure.span);
        (span, figures.iter().filter(within).copied().collect::<Vec<_>>())
    });
    with_figures.filter(|(_, quantities)| quantities.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_become_patterns() {
        let text = "全年受理1,338件,办结1,200件[不含{结转}],办结率89.7%。另有3人。".as_bytes().to_vec();
        let document = read::bytes(Path::new("r.txt"), text, &read::Options::default()).unwrap();
        let file = rule_file(Path::new("reports/r.txt"), &document);
        assert!(file.contains("find  = \"全年受理{a}件,办结{b}件[[不含{{结转}}]],办结率{c}。\""), "{file}");
        assert!(!file.contains("另有"));
        let lines = file.lines().skip(2).filter(|line| !line.starts_with("# line"));
        let uncommented: String = lines.map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let (rules, errors) = figlint::rule::parse(
            Path::new("r.toml"),
            &uncommented.replace("#   \"", "\"").replace("a = b + c", "c = b / a"),
        );
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(rules.rules.len(), 2);
    }
}
