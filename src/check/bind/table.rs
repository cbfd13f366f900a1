//! Tables: rows, columns and cells named by their labels.

use super::matcher::Slot;
use super::places::{Absent, Trouble};
use super::{Bound, Operands, Place, Reading};
use crate::figure::table::{LineKind, TableShape, Titles, clean_label};
use crate::rule::{Axis, Label, Rule, Selector, TableRule, nearest};
use crate::text;

/// The places of a rule's table part, each with what its patterns found besides.
pub fn places(
    rule: &Rule,
    operands: &Operands,
    reading: &mut Reading,
    besides: Vec<Place>,
) -> Result<Vec<Place>, Trouble> {
    let Some(table) = &rule.table else { return Ok(besides) };
    let base = match &besides[..] {
        [] => return Ok(Vec::new()),
        [one] => one.clone(),
        many => return Err(Trouble::FoundAgain(many.iter().map(|place| place.at).collect())),
    };
    let mut places = Vec::new();
    let is_meant = |reading: &Reading, number: usize| {
        table.name.as_ref().is_none_or(|name| is_called(reading, number, &name.text))
    };
    for number in 0..reading.document.tables.len() {
        if is_meant(reading, number) {
            let lines = Lines { table, shape: &reading.shapes[number] }.bind()?;
            for line in lines {
                let place = line.place(rule, table, operands, reading, number as u32, base.clone());
                places.extend(place);
            }
        }
    }
    if places.is_empty() {
        let meant = (0..reading.shapes.len()).filter(|&number| is_meant(reading, number));
        let shapes: Vec<&TableShape> = meant.map(|number| &reading.shapes[number]).collect();
        return absent(table, &shapes).map_or(Ok(places), |absent| Err(Trouble::NotInTable(absent)));
    }
    Ok(places)
}

/// What the rule names and none of the tables it may mean has.
fn absent(table: &TableRule, shapes: &[&TableShape]) -> Option<Absent> {
    if shapes.is_empty() {
        return table.name.as_ref().map(|name| Absent { label: name.text.clone(), table: true, nearest: None });
    }
    // Rows may have other labels for the columns at the right.
    let rows = |shape: &&'_ TableShape| [shape.label_columns, shape.columns().saturating_sub(1)];
    let rows = || shapes.iter().flat_map(|shape| rows(shape).map(|at| shape.row_labels_of(at))).collect::<Vec<_>>();
    let columns = || shapes.iter().map(|shape| &shape.column_labels).collect::<Vec<_>>();
    let missing = |label: &Label, titles: Vec<&Titles>| {
        let is_absent = titles.iter().all(|titles| matching(titles, label).is_empty());
        is_absent.then(|| Absent {
            label: label.text.clone(),
            table: false,
            nearest: nearest(&clean_label(&label.text), titles.iter().flat_map(|titles| titles.iter()))
                .map(str::to_owned),
        })
    };
    table.selectors.iter().find_map(|selector| {
        let lines = || if table.axis == Axis::Columns { columns() } else { rows() };
        let own = selector.labels.iter().find_map(|label| missing(label, lines()));
        own.or_else(|| missing(selector.column.as_ref()?, columns()))
    })
}

/// The figure of the cell in the row and the column of these labels, in the first table that has both.
pub fn cell(reading: &Reading, name: Option<&str>, row: &Label, column: &Label) -> Result<Option<usize>, Trouble> {
    for (number, shape) in reading.shapes.iter().enumerate() {
        if !name.is_none_or(|name| is_called(reading, number, name)) {
            continue;
        }
        let columns = matching(&shape.column_labels, column);
        let rows = matching(shape.row_labels_of(columns.first().copied().unwrap_or_default()), row);
        match (&rows[..], &columns[..]) {
            ([row], [column]) => {
                if let Some(figure) = shape.figure_at(*row, *column) {
                    return Ok(Some(figure));
                }
            }
            ([], _) | (_, []) => {}
            ([_], _) => return Err(Trouble::AmbiguousLabel(column.text.clone())),
            _ => return Err(Trouble::AmbiguousLabel(row.text.clone())),
        }
    }
    Ok(None)
}

/// Whether a table's caption, the heading above it or a cell of its header holds a text.
fn is_called(reading: &Reading, number: usize, name: &str) -> bool {
    let table = &reading.document.tables[number];
    let shape = &reading.shapes[number];
    let wanted = text::folded(name);
    let header = table.cells.iter().filter(|cell| (cell.row as usize) < shape.header_rows).map(|cell| cell.span);
    let spans = table.captions.iter().copied().chain(table.heading).chain(header);
    spans.into_iter().any(|span| text::folded(reading.document.slice(span)).contains(&wanted))
}

/// The named lines of one table.
struct Lines<'a> {
    table: &'a TableRule,
    shape: &'a TableShape,
}

/// What the names stand for on one line: a figure or several by selector.
struct Line {
    figures: Vec<(Vec<usize>, bool)>,
}

impl Lines<'_> {
    /// One entry for every column (or row) that has figures for all names.
    fn bind(&self) -> Result<Vec<Line>, Trouble> {
        let crossing = match self.table.axis {
            Axis::Rows => self.amount_columns(),
            Axis::Columns => (self.shape.header_rows..self.shape.rows()).collect(),
            Axis::Cells => vec![0],
        };
        let mut named: Option<Vec<(&Selector, Vec<usize>)>> = None;
        let mut lines = Vec::new();
        for at in crossing {
            // Rows may have other labels for the columns at the right (资产 … 负债 …); columns have one header for all rows.
            let named = match &mut named {
                Some(named) if self.table.axis != Axis::Rows => named,
                named => named.insert(self.named(at)?),
            };
            lines.extend(self.line(named, at));
        }
        Ok(lines)
    }

    fn named(&self, at: usize) -> Result<Vec<(&Selector, Vec<usize>)>, Trouble> {
        let selectors = self.table.selectors.iter();
        selectors.map(|selector| Ok((selector, self.lines_of(selector, at)?))).collect()
    }

    fn amount_columns(&self) -> Vec<usize> {
        let kinds = &self.shape.column_kinds;
        let columns = self.shape.label_columns..self.shape.columns();
        columns.filter(|&column| matches!(kinds[column], LineKind::Amounts | LineKind::Mixed)).collect()
    }

    fn lines_of(&self, selector: &Selector, at: usize) -> Result<Vec<usize>, Trouble> {
        let labels = match self.table.axis {
            Axis::Rows => self.shape.row_labels_of(at),
            Axis::Columns => &self.shape.column_labels,
            Axis::Cells => self.shape.row_labels_of(self.column_of(selector).unwrap_or_default()),
        };
        let mut lines = Vec::new();
        for label in &selector.labels {
            let found = matching(labels, label);
            if found.is_empty() {
                return Ok(Vec::new());
            }
            if found.len() > 1 && !label.text.contains('…') {
                return Err(Trouble::AmbiguousLabel(label.text.clone()));
            }
            lines.extend(found);
        }
        Ok(lines)
    }

    fn line(&self, named: &[(&Selector, Vec<usize>)], at: usize) -> Option<Line> {
        let mut figures = Vec::new();
        for (selector, lines) in named {
            let list = selector.list || lines.len() > 1;
            let own: Vec<usize> = lines.iter().filter_map(|&line| self.figure(selector, line, at)).collect();
            if own.is_empty() || !list && own.len() != 1 {
                return None;
            }
            figures.push((own, list));
        }
        Some(Line { figures })
    }

    fn figure(&self, selector: &Selector, line: usize, at: usize) -> Option<usize> {
        match self.table.axis {
            Axis::Rows => self.shape.figure_at(line, at),
            Axis::Columns => self.shape.figure_at(at, line),
            Axis::Cells => self.shape.figure_at(line, self.column_of(selector)?),
        }
    }

    /// The column of a cell, if its label fits one only.
    fn column_of(&self, selector: &Selector) -> Option<usize> {
        match matching(&self.shape.column_labels, selector.column.as_ref()?)[..] {
            [column] => Some(column),
            _ => None,
        }
    }
}

impl Line {
    fn place(
        self,
        rule: &Rule,
        table: &TableRule,
        operands: &Operands,
        reading: &mut Reading,
        number: u32,
        base: Place,
    ) -> Option<Place> {
        let mut place = Place { table: Some(number), ..base };
        debug_assert_eq!(place.bound.len(), rule.names.len());
        let first = *self.figures.first()?.0.first()?;
        place.at = reading.figures.span(first).start;
        for (selector, (figures, list)) in table.selectors.iter().zip(self.figures) {
            let cited = figures.into_iter().map(|figure| operands.cite(reading, Slot::Read(figure), false));
            let mut cited: Vec<_> = cited.collect();
            place.bound[selector.name] = match list {
                true => Some(Bound::List(cited)),
                false => cited.pop().map(Bound::One),
            };
        }
        Some(place)
    }
}

/// The lines whose label is the named one; `…` in it stands for any text.
fn matching(labels: &Titles, wanted: &Label) -> Vec<usize> {
    let parts: Vec<String> = wanted.text.split('…').map(text::folded).collect();
    let whole = clean_label(&wanted.text);
    let fits = |label: &str| match &parts[..] {
        [_] => !label.is_empty() && *label == whole,
        [first, middle @ .., last] => fits_parts(label, first, middle, last),
        [] => false,
    };
    (0..labels.len()).filter(|&line| fits(&labels[line])).collect()
}

fn fits_parts(label: &str, first: &str, middle: &[String], last: &str) -> bool {
    let Some(mut rest) = label.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    middle.iter().all(|part| match rest.find(part.as_str()) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}
