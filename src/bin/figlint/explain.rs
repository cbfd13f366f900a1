//! `figlint explain`: what one rule checks, with its examples.

use std::io::{self, Write};

use figlint::output::clean_line;
use figlint::rule::{Outcome as Expected, Rule, RuleFile};

use crate::arguments::Explain;
use crate::discover::{Group, meant};
use crate::{Outcome, Status, rules};

/// Runs the command.
pub fn run(arguments: &Explain) -> Outcome {
    let (groups, _) = rules::discovered(&[], &arguments.rules);
    let files = groups.iter().flat_map(|group| &group.files);
    let mut rules = files.flat_map(|(file, _)| file.rules.iter().map(move |rule| (file, rule)));
    if let Some((file, rule)) = rules.find(|(_, rule)| rule.id == arguments.id) {
        print(&mut io::stdout().lock(), file, rule)?;
        return Ok(Status::Clean);
    }
    let ids: Vec<_> = groups.iter().flat_map(Group::ids).collect();
    let hint = meant(&arguments.id, &ids).map(|hint| format!(" ({hint})")).unwrap_or_default();
    Err(format!("there is no rule `{}`{hint}", arguments.id).into())
}

fn print(out: &mut dyn Write, file: &RuleFile, rule: &Rule) -> io::Result<()> {
    writeln!(out, "{} ({})", clean_line(&rule.id), rule.severity)?;
    writeln!(out, "{}", clean_line(&rules::place(file, rule)))?;
    if let Some(message) = &rule.message {
        writeln!(out, "\n{}", clean_line(message))?;
    }
    if let Some(about) = &rule.about {
        writeln!(out)?;
        about.trim().lines().try_for_each(|line| writeln!(out, "{}", clean_line(line)))?;
    }
    writeln!(out)?;
    for find in &rule.finds {
        writeln!(out, "find     {}", clean_line(&find.text))?;
    }
    if let Some(name) = rule.table.as_ref().and_then(|table| table.name.as_ref()) {
        writeln!(out, "table    {}", clean_line(&name.text))?;
    }
    for check in &rule.checks {
        writeln!(out, "check    {}", clean_line(&check.text))?;
    }
    if !rule.examples.is_empty() {
        writeln!(out, "\nExamples")?;
    }
    for example in &rule.examples {
        let expected = match example.outcome {
            Expected::Holds => "holds",
            Expected::Fails => "fails",
            Expected::None => "none ",
        };
        writeln!(out, "{expected}    {}", clean_line(&example.text))?;
    }
    Ok(())
}
