//! Relations between the cells of a table, as rules on its rows or columns.

use std::collections::BTreeMap;

use super::Maker;
use super::pattern::quoted;
use super::prose;
use super::trial::{Candidate, Form};
use crate::check::Relation;
use crate::document::BlockKind;
use crate::rule::Axis;
use crate::text;

/// The longest text that names a table, in characters.
const LONGEST_NAME: usize = 60;

/// Where a figure stands in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The table.
    pub table: usize,
    /// The row on its grid.
    pub row: usize,
    /// The column on its grid.
    pub column: usize,
}

/// The cell of a figure.
pub fn cell(maker: &Maker, figure: u32) -> Option<Cell> {
    let document = maker.reading.document;
    let figure = &maker.reading.figures.at(figure as usize);
    match document.blocks.get(figure.block as usize)?.kind {
        BlockKind::Cell { table, cell } => {
            let cell = document.tables[table as usize].cells.at(cell as usize);
            Some(Cell { table: table as usize, row: cell.row as usize, column: cell.column as usize })
        }
        _ => None,
    }
}

/// The only table of a relation's figures.
pub fn of(maker: &Maker, relation: &Relation) -> Option<usize> {
    let mut tables = relation.figures().map(|figure| cell(maker, figure).map(|cell| cell.table));
    let first = tables.next()??;
    tables.all(|other| other == Some(first)).then_some(first)
}

/// Relations of one table that are the same on other lines: the check and the lines that its names stand for.
type Key = (usize, bool, Vec<Vec<usize>>, String);

/// A candidate for all relations that say the same of the same rows, or of the same columns, of a table.
pub fn candidates(maker: &Maker, relations: &[&Relation]) -> Vec<Candidate> {
    let mut groups: BTreeMap<Key, Vec<&Relation>> = BTreeMap::new();
    let mut single = Vec::new();
    for relation in relations {
        let Some(table) = of(maker, relation) else { continue };
        match key(maker, table, relation) {
            Some(key) => groups.entry(key).or_default().push(relation),
            None => single.push(one(maker, relation)),
        }
    }
    let grouped = groups.iter().map(|(key, relations)| group(maker, key, relations));
    grouped.chain(single).collect()
}

fn key(maker: &Maker, table: usize, relation: &Relation) -> Option<Key> {
    let names = prose::names(relation);
    let check = relation.written(&|name, item| names[name][item].clone());
    let cells: Vec<Cell> = relation.figures().filter_map(|figure| cell(maker, figure)).collect();
    let first = cells.first()?;
    let axis = match () {
        () if cells.iter().all(|cell| cell.column == first.column) => Axis::Rows,
        () if cells.iter().all(|cell| cell.row == first.row) => Axis::Columns,
        () => return None,
    };
    let line =
        |&figure: &u32| cell(maker, figure).map_or(0, |cell| if axis == Axis::Rows { cell.row } else { cell.column });
    let lines = relation.names.iter().map(|(_, figures)| figures.iter().map(line).collect()).collect();
    Some((table, axis == Axis::Rows, lines, check))
}

fn group(maker: &Maker, key: &Key, relations: &[&Relation]) -> Candidate {
    let (table, is_rows, lines, check) = key;
    let mut candidate =
        Candidate { instead: relations.iter().map(|one| self::one(maker, one)).collect(), ..Candidate::default() };
    for (number, relation) in relations.iter().enumerate() {
        let base = prose::base(maker, relation);
        if number == 0 {
            (candidate.at, candidate.evidence) = (base.at, base.evidence);
        }
        candidate.figures.extend(base.figures);
        candidate.places.extend(base.places);
        candidate.relations += 1;
    }
    if relations.len() > 1 {
        let more = relations.len() - 1;
        candidate.evidence.push(maker.say(&format!("and so {more} more times"), &format!("另有 {more} 处同样成立")));
    }
    let names = prose::names(relations[0]);
    let column = relations[0].figures().next().and_then(|figure| cell(maker, figure)).map_or(0, |cell| cell.column);
    let key = if *is_rows { "rows" } else { "columns" };
    let mut toml = name(maker, *table).map(|name| format!("table = {}\n", quoted(&name))).unwrap_or_default();
    for (names, lines) in names.iter().zip(lines) {
        for (name, &line) in names.iter().zip(lines) {
            let Some(label) = unique_label(maker, *table, *is_rows, column, line) else { return candidate };
            toml.push_str(&format!("{key}.{name} = {}\n", quoted(label)));
        }
    }
    toml.push_str(&format!("check = {}\n", quoted(check)));
    candidate.forms.push(Form::Rule { id: prose::id(maker, relations[0]), toml, example: None });
    candidate
}

/// A relation alone: by its cells' names, or in the table's own numbers.
fn one(maker: &Maker, relation: &Relation) -> Candidate {
    let mut candidate = prose::base(maker, relation);
    let names = prose::names(relation);
    let all = names.iter().flatten().cloned().zip(relation.figures());
    let cells: Option<Vec<_>> = all.map(|(name, figure)| Some((name, cell(maker, figure)?))).collect();
    candidate.forms.push(maker.equation(relation));
    if let Some(toml) = cells.and_then(|cells| cells_toml(maker, &cells)) {
        let check = relation.written(&|name, item| names[name][item].clone());
        let toml = format!("{toml}check = {}\n", quoted(&check));
        candidate.forms.push(Form::Rule { id: prose::id(maker, relation), toml, example: None });
    }
    candidate
}

/// The keys `table` and `cells` for cells of one table; nothing for none. `None` where labels do not single them out.
pub fn cells_toml(maker: &Maker, cells: &[(String, Cell)]) -> Option<String> {
    let Some((_, first)) = cells.first() else { return Some(String::new()) };
    let mut toml = name(maker, first.table).map(|name| format!("table = {}\n", quoted(&name))).unwrap_or_default();
    for (name, cell) in cells {
        if cell.table != first.table {
            return None;
        }
        let row = unique_label(maker, cell.table, true, cell.column, cell.row)?;
        let column = unique_label(maker, cell.table, false, cell.column, cell.column)?;
        toml.push_str(&format!("cells.{name} = [{}, {}]\n", quoted(row), quoted(column)));
    }
    Some(toml)
}

/// A line's label as it is printed, if no other line of the table has it.
fn unique_label<'a>(maker: &'a Maker, table: usize, is_row: bool, column: usize, line: usize) -> Option<&'a str> {
    let shape = &maker.reading.shapes[table];
    let (labels, titles) = match is_row {
        true => (shape.row_labels_of(column), shape.row_titles_of(column)),
        false => (&shape.column_labels, &shape.column_titles),
    };
    let own = labels.get(line).filter(|label| !label.is_empty())?;
    let is_unique = labels.iter().filter(|label| *label == own).count() == 1;
    titles.get(line).filter(|title| is_unique && !title.contains('…'))
}

/// A text that names a table and no other: a caption, the heading above, a cell of its header.
fn name(maker: &Maker, table: usize) -> Option<String> {
    let document = maker.reading.document;
    let holds = |number: usize, wanted: &str| {
        let own = &document.tables[number];
        let header_rows = maker.reading.shapes[number].header_rows;
        let header = own.cells.iter().filter(|cell| (cell.row as usize) < header_rows).map(|cell| cell.span);
        let mut spans = own.captions.iter().copied().chain(own.heading).chain(header);
        spans.any(|span| text::folded(document.slice(span)).contains(wanted))
    };
    let own = &document.tables[table];
    let header_rows = maker.reading.shapes[table].header_rows;
    let header = own.cells.iter().filter(|cell| (cell.row as usize) < header_rows).map(|cell| cell.span);
    let spans = own.captions.iter().rev().copied().chain(own.heading).chain(header);
    let texts = spans.map(|span| super::one_line(document.printed(span)));
    let fits = |text: &String| {
        let wanted = text::folded(text);
        let short = !wanted.is_empty() && wanted.chars().count() <= LONGEST_NAME;
        short && (0..document.tables.len()).all(|other| other == table || !holds(other, &wanted))
    };
    texts.take(64).find(fits)
}
