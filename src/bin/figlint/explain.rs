//! `figlint explain`: what one rule checks, with its examples.

use std::io::{self, Write};

use figlint::document::Language;
use figlint::output;
use figlint::rule::{Outcome as Expected, Rule, RuleFile};

use crate::arguments::Explain;
use crate::discover::{Group, meant};
use crate::{Outcome, Status, rules, terminal};

/// Runs the command.
pub fn run(arguments: &Explain) -> Outcome {
    let (groups, _) = rules::discovered(&[], &arguments.rules);
    let files = groups.iter().flat_map(|group| &group.files);
    let mut rules = files.flat_map(|(file, _)| file.rules.iter().map(move |rule| (file, rule)));
    if let Some((file, rule)) = rules.find(|(_, rule)| rule.id == arguments.id) {
        let language = arguments.lang.language().unwrap_or_default();
        Printer { out: io::stdout().lock(), width: terminal::width() }.print(file, rule, language)?;
        return Ok(Status::Clean);
    }
    let ids: Vec<_> = groups.iter().flat_map(Group::ids).collect();
    let hint = meant(&arguments.id, &ids).map(|hint| format!(" ({hint})")).unwrap_or_default();
    Err(format!("there is no rule `{}`{hint}", arguments.id).into())
}

struct Printer<W> {
    out: W,
    /// How many columns a line has.
    width: usize,
}

impl<W: Write> Printer<W> {
    fn print(&mut self, file: &RuleFile, rule: &Rule, language: Language) -> io::Result<()> {
        self.text(&format!("{} ({})", rule.id, rule.severity))?;
        self.text(&rules::place(file, rule))?;
        if let Some(message) = rule.message_in(language) {
            writeln!(self.out)?;
            self.text(message)?;
        }
        if let Some(about) = &rule.about {
            // A line break is one of the file; blank lines part paragraphs.
            for paragraph in about.trim().split("\n\n") {
                writeln!(self.out)?;
                self.text(paragraph)?;
            }
        }
        writeln!(self.out)?;
        for find in &rule.finds {
            self.entry("find", &find.text)?;
        }
        if let Some(name) = rule.table.as_ref().and_then(|table| table.name.as_ref()) {
            self.entry("table", &name.text)?;
        }
        for check in &rule.checks {
            self.entry("check", &check.text)?;
        }
        if !rule.examples.is_empty() {
            writeln!(self.out, "\nExamples")?;
        }
        for example in &rule.examples {
            let expected = match example.outcome {
                Expected::Holds => "holds",
                Expected::Fails => "fails",
                Expected::None => "none",
            };
            self.entry(expected, &example.text)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", output::wrapped(&output::clean_line(text), self.width))
    }

    /// A word and what it is, which goes on below itself.
    fn entry(&mut self, word: &str, text: &str) -> io::Result<()> {
        const INDENT: usize = 9;
        let lines = output::wrapped(&output::clean_line(text), self.width.saturating_sub(INDENT).max(MOST_NARROW));
        lines
            .lines()
            .zip(std::iter::once(word).chain(std::iter::repeat("")))
            .try_for_each(|(line, word)| writeln!(self.out, "{word:INDENT$}{line}"))
    }
}

/// Text is not wrapped to less.
const MOST_NARROW: usize = 20;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_page_is_as_wide_as_the_terminal() {
        let text = "[[rule]]\nid = \"closed\"\nfind = \"received {a} cases and closed {b} of them in the year\"\n\
            check = \"b <= a\"\nmessage = \"no more\"\nmessage-zh = \"办结数不得多于受理数\"\n\
            about = \"\"\"\nWhat was closed was\nreceived before it.\n\nOr carried over.\n\"\"\"\n";
        let (file, errors) = figlint::rule::parse(Path::new("r.toml"), text);
        assert!(errors.is_empty(), "{errors:?}");
        let mut out = Vec::new();
        Printer { out: &mut out, width: 32 }.print(&file, &file.rules[0], Language::Chinese).unwrap();
        let expected = "closed (error)\nr.toml:2\n\n办结数不得多于受理数\n\n\
            What was closed was received\nbefore it.\n\nOr carried over.\n\n\
            find     received {a} cases and\n         closed {b} of them in\n         the year\ncheck    b <= a\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
