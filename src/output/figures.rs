//! What `figlint figures` prints: everything that was read as a figure or recognised as none, in reading order.

use std::io::{self, Write};

use serde::Serialize;

use super::clean;
use super::json::{Place, Problem, SCHEMA, problems, write_pretty};
use crate::diagnostic::{FigureList, FigureRow};

/// Writes a table for people, its columns aligned.
pub fn write_table(out: &mut dyn Write, lists: &[FigureList]) -> io::Result<()> {
    let rows: Vec<_> = lists.iter().flat_map(|list| list.rows.iter().map(|row| cells(list, row))).collect();
    let widths: [usize; COLUMNS] =
        std::array::from_fn(|i| rows.iter().map(|row| clean::width(&row[i])).max().unwrap_or(0));
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - clean::width(cell) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Writes comma-separated values with a header row.
pub fn write_csv(out: &mut dyn Write, lists: &[FigureList]) -> io::Result<()> {
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    };
    let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    let header = [
        "path", "text", "class", "value", "low", "high", "unit", "hedge", "label", "start", "end", "line", "column",
        "place",
    ];
    csv.write_record(header).map_err(failed)?;
    for (list, row) in lists.iter().flat_map(|list| list.rows.iter().map(move |row| (list, row))) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (start, end) = row.place.bytes.unzip();
        let (line, column) = row.place.line_column.unzip();
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        csv.write_record([
            list.path.clone(),
            row.text.clone(),
            row.class.to_owned(),
            text(&row.value),
            text(&row.low),
            text(&row.high),
            text(&row.unit),
            text(&row.hedge),
            text(&row.label),
            number(start),
            number(end),
            number(line.map(u64::from)),
            number(column.map(u64::from)),
            text(&row.place.place),
        ])
        .map_err(failed)?;
    }
    csv.flush()
}

/// Writes one JSON object.
pub fn write_json(out: &mut dyn Write, lists: &[FigureList]) -> io::Result<()> {
    let reports = lists.iter().map(List::from).collect();
    write_pretty(out, &Output { figlint: env!("CARGO_PKG_VERSION"), schema: SCHEMA, reports })
}

const COLUMNS: usize = 6;

/// Place, text, value, range, class and label.
fn cells(list: &FigureList, row: &FigureRow) -> [String; COLUMNS] {
    let path = &list.path;
    let place = match (row.place.line_column, &row.place.place) {
        (Some((line, column)), _) => format!("{path}:{line}:{column}"),
        (None, Some(place)) => format!("{path}:{place}"),
        (None, None) => path.clone(),
    };
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "∞".to_owned());
    let range = if row.class != "quantity" || row.low == row.high && row.low.is_some() {
        String::new()
    } else {
        format!("{} … {}", if row.low.is_none() { "-∞".to_owned() } else { end(&row.low) }, end(&row.high))
    };
    let value = row.value.clone().unwrap_or_default();
    let label = row.label.clone().unwrap_or_default();
    [place, row.text.clone(), value, range, row.class.to_owned(), label].map(|cell| clean::line(&cell))
}

#[derive(Serialize)]
struct Output<'a> {
    figlint: &'static str,
    schema: u32,
    reports: Vec<List<'a>>,
}

#[derive(Serialize)]
struct List<'a> {
    path: &'a str,
    problems: Vec<Problem<'a>>,
    figures: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    class: &'a str,
    value: Option<&'a str>,
    low: Option<&'a str>,
    high: Option<&'a str>,
    unit: Option<&'a str>,
    hedge: Option<&'a str>,
    label: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

impl<'a> From<&'a FigureList> for List<'a> {
    fn from(list: &'a FigureList) -> Self {
        Self {
            path: &list.path,
            problems: problems(&list.problems),
            figures: list.rows.iter().map(Row::from).collect(),
        }
    }
}

impl<'a> From<&'a FigureRow> for Row<'a> {
    fn from(row: &'a FigureRow) -> Self {
        Self {
            text: &row.text,
            class: row.class,
            value: row.value.as_deref(),
            low: row.low.as_deref(),
            high: row.high.as_deref(),
            unit: row.unit.as_deref(),
            hedge: row.hedge.as_deref(),
            label: row.label.as_deref(),
            place: Place::from(&row.place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(write: fn(&mut dyn Write, &[FigureList]) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out, &sample::figures()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn figures_are_listed() {
        insta::assert_snapshot!(written(write_table), @r"
        r.txt:33:88      2.5358亿元  253580000  253575000 … 253585000  quantity  集中授信
        r.txt:Sheet1!B7  2020年                                        date
        ");
        insta::assert_snapshot!(written(write_csv), @r"
        path,text,class,value,low,high,unit,hedge,label,start,end,line,column,place
        r.txt,2.5358亿元,quantity,253580000,253575000,253585000,元,,集中授信,9120,9132,33,88,
        r.txt,2020年,date,,,,,,,,,,,Sheet1!B7
        ");
        insta::assert_snapshot!(written(write_json), @r#"
        {
          "figlint": "0.1.0",
          "schema": 1,
          "reports": [
            {
              "path": "r.txt",
              "problems": [],
              "figures": [
                {
                  "text": "2.5358亿元",
                  "class": "quantity",
                  "value": "253580000",
                  "low": "253575000",
                  "high": "253585000",
                  "unit": "元",
                  "hedge": null,
                  "label": "集中授信",
                  "start": 9120,
                  "end": 9132,
                  "line": 33,
                  "column": 88,
                  "place": null
                },
                {
                  "text": "2020年",
                  "class": "date",
                  "value": null,
                  "low": null,
                  "high": null,
                  "unit": null,
                  "hedge": null,
                  "label": null,
                  "start": null,
                  "end": null,
                  "line": null,
                  "column": null,
                  "place": "Sheet1!B7"
                }
              ]
            }
          ]
        }
        "#);
    }
}
