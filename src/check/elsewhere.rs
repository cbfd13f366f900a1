//! Figures from other files: read once, when a session is made.

use std::path::Path;

use super::bind::{self, At, Meant, Reading};
use super::present::{self, place_view};
use crate::diagnostic::{FigureView, PlaceView, Problem};
use crate::document::{Language, Message};
use crate::figure::Rounding;
use crate::read;
use crate::rule::{NamedFigure, NamedPlace, RuleFile, RuleSet};

/// For every rule file and name the figure from another file; what could not be had is told at its entry in the rule file.
pub fn load(rules: &RuleSet, rounding: Rounding, language: Language) -> (Vec<Vec<Option<Meant>>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let files = rules.files.iter().map(|file| {
        let rounding = file.rounding.unwrap_or(rounding);
        let names = file.names.iter().map(|name| match load_one(name, rounding)? {
            Ok(meant) => Some(meant),
            Err(why) => {
                problems.push(problem(file, name, why.in_language(language)));
                None
            }
        });
        names.collect()
    });
    (files.collect(), problems)
}

/// `None`: the figure stands in the report itself.
fn load_one(name: &NamedFigure, rounding: Rounding) -> Option<Result<Meant, Message>> {
    let path = match &name.place {
        NamedPlace::FindIn(path, _) | NamedPlace::Cell { file: Some(path), .. } => path,
        NamedPlace::Find(_) | NamedPlace::Cell { file: None, .. } => return None,
    };
    Some(look_up(name, path, rounding))
}

fn look_up(name: &NamedFigure, path: &Path, rounding: Rounding) -> Result<Meant, Message> {
    let document = read::file(path, &read::Options::default()).map_err(|error| error.told())?;
    let mut reading = Reading::new(&document);
    let meant = match &name.place {
        NamedPlace::FindIn(_, pattern) => bind::find_figure(&mut reading, pattern, rounding)?,
        NamedPlace::Cell { table, row, column, .. } => {
            bind::cell_figure(&mut reading, table.as_deref(), row, column, rounding)?
        }
        NamedPlace::Find(_) => {
            return Err(Message::new("the figure stands in the report itself", "这个数字就在报告里"));
        }
    };
    let index = meant.here().ok_or_else(|| Message::new("no figure stands there", "该处没有数字"))?;
    let figure = &reading.figures.at(index as usize);
    let range = &meant.operand.range;
    let view = FigureView {
        name: name.name.clone(),
        role: name.name.clone(),
        text: document.printed(figure.span).to_owned(),
        value: meant.operand.nominal.as_ref().map(present::decimal),
        low: range.low.as_ref().map(|end| present::decimal(&end.value)),
        high: range.high.as_ref().map(|end| present::decimal(&end.value)),
        open: present::open_ends(range),
        path: Some(path.display().to_string()),
        earlier: None,
        place: place_view(&document, figure.span),
    };
    Ok(Meant { at: At::There(Box::new(view)), ..meant })
}

fn problem(file: &RuleFile, name: &NamedFigure, why: &str) -> Problem {
    let at = file.source.line_column(name.span.start);
    Problem {
        path: Some(file.source.path.display().to_string()),
        place: PlaceView { line_column: Some((at.line, at.column)), ..PlaceView::default() },
        excerpts: vec![present::rule_excerpt(&file.source, name.span)],
        ..Problem::new(format!("`{}`: {why}", name.name))
    }
}
