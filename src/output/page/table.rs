//! Tables on a page: cells with their spans, figures to the right, headers as such.

use maud::{Markup, html};

use super::text::Text;
use crate::diagnostic::{BodyCell, BodyTable, Passage};

/// From so many columns on a table may be wider than the page, and can be moved by keyboard.
const WIDE: u32 = 6;

/// A table. `name` is what it is called for who cannot see it; `passage` writes the text of a cell.
pub fn table(table: &BodyTable, name: &str, passage: &dyn Fn(&Passage) -> Markup) -> Markup {
    let numeric = numeric_columns(table);
    let rows = rows(table);
    let (header, body) = rows.split_at((table.header_rows as usize).min(rows.len()));
    let draw = |row: &[Piece], header: bool| {
        html! {
            tr {
                @for piece in row {
                    @match piece {
                        Piece::Gap(1) => td {},
                        Piece::Gap(columns) => td colspan=(columns) {},
                        Piece::Cell(cell) => {
                            @let is_label = cell.column < table.label_columns;
                            @let right = numeric[cell.column as usize] && !is_label;
                            (self::cell(cell, header, is_label, right, passage))
                        }
                    }
                }
            }
        }
    };
    let inner = html! {
        @if !header.is_empty() { thead { @for row in header { (draw(row, true)) } } }
        tbody { @for row in body { (draw(row, false)) } }
    };
    html! {
        @if table.columns >= WIDE {
            div .wrap role="region" tabindex="0" aria-label=(Text(name)) { table { (inner) } }
        } @else {
            div .wrap { table aria-label=(Text(name)) { (inner) } }
        }
    }
}

fn cell(cell: &BodyCell, header: bool, label: bool, right: bool, passage: &dyn Fn(&Passage) -> Markup) -> Markup {
    let spans = cell.column_span > 1;
    let class = match (right && !spans, cell.bold, header && spans) {
        (_, _, true) => Some("c"),
        (true, true, _) => Some("r s"),
        (true, false, _) => Some("r"),
        (false, true, _) => Some("s"),
        (false, false, _) => None,
    };
    let rows = (cell.row_span > 1).then_some(cell.row_span);
    let columns = spans.then_some(cell.column_span);
    let indent = (cell.indent > 0 && label).then(|| format!("padding-left:{}em", u32::from(cell.indent.min(20)) + 1));
    let text = passage(&cell.passage);
    let empty = cell.passage.text.trim().is_empty();
    html! {
        @if header && !empty {
            th class=[class] rowspan=[rows] colspan=[columns] style=[indent] scope="col" { (text) }
        } @else if label && !empty {
            th class=[class] rowspan=[rows] colspan=[columns] style=[indent] scope="row" { (text) }
        } @else {
            td class=[class] rowspan=[rows] colspan=[columns] style=[indent] { (text) }
        }
    }
}

/// A piece of a row.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// So many columns without a cell.
    Gap(u32),
    Cell(&'a BodyCell),
}

/// The cells by rows, with gaps where the grid has none.
fn rows(table: &BodyTable) -> Vec<Vec<Piece<'_>>> {
    let count = table.cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
    let mut rows: Vec<Vec<Piece>> = vec![Vec::new(); count as usize];
    // By column: the row from which on it is free of cells that began above.
    let mut free = vec![0u32; columns_of(table)];
    let (mut row, mut column) = (0, 0);
    for cell in &table.cells {
        if cell.row != row {
            (row, column) = (cell.row, 0);
        }
        let before = free.get(column..cell.column as usize).unwrap_or_default();
        let gap = before.iter().filter(|&&free| free <= row).count() as u32;
        let pieces = &mut rows[row as usize];
        pieces.extend((gap > 0).then_some(Piece::Gap(gap)));
        pieces.push(Piece::Cell(cell));
        let end = (cell.column + cell.column_span) as usize;
        if let Some(covered) = free.get_mut(cell.column as usize..end) {
            covered.fill(row + cell.row_span);
        }
        column = column.max(end);
    }
    rows
}

/// How many columns the cells reach over.
fn columns_of(table: &BodyTable) -> usize {
    table.cells.iter().map(|cell| cell.column + cell.column_span).max().unwrap_or(0) as usize
}

/// By column: whether most of its body is figures.
fn numeric_columns(table: &BodyTable) -> Vec<bool> {
    let mut counts = vec![(0usize, 0usize); columns_of(table)];
    let body = table.cells.iter().filter(|cell| cell.row >= table.header_rows && !cell.passage.text.trim().is_empty());
    for cell in body {
        let (figures, all) = &mut counts[cell.column as usize];
        *all += 1;
        *figures += usize::from(is_numeric(&cell.passage.text));
    }
    counts.iter().map(|(figures, all)| figures * 2 > *all).collect()
}

/// Whether a cell holds a number and little else.
fn is_numeric(text: &str) -> bool {
    const SIGNS: &str = ",.，．%％‰()（）+-–—−－*/$¥￥€£";
    let (mut signs, mut others) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()).take(64) {
        *if c.is_ascii_digit() || SIGNS.contains(c) { &mut signs } else { &mut others } += 1;
    }
    signs > 0 && others <= 2 && signs >= others
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(at: (u32, u32), span: (u32, u32), text: &str) -> BodyCell {
        let passage = Passage { text: text.into(), ..Passage::default() };
        BodyCell { row: at.0, column: at.1, row_span: span.0, column_span: span.1, passage, ..BodyCell::default() }
    }

    #[test]
    fn spans_and_gaps_stand_where_the_grid_has_them() {
        let cells = vec![
            cell((0, 0), (2, 1), "item"),
            cell((0, 1), (1, 2), "years"),
            cell((1, 2), (1, 1), "2024"),
            cell((2, 0), (1, 1), "roads"),
            cell((2, 2), (1, 1), "1,200"),
        ];
        let own = BodyTable { rows: 3, columns: 3, header_rows: 2, label_columns: 1, cells };
        let written = table(&own, "Table", &|passage| html! { (passage.text) }).into_string();
        insta::assert_snapshot!(written.replace("</tr>", "</tr>\n"), @r#"
        <div class="wrap"><table aria-label="Table"><thead><tr><th rowspan="2" scope="col">item</th><th class="c" colspan="2" scope="col">years</th></tr>
        <tr><td></td><th class="r" scope="col">2024</th></tr>
        </thead><tbody><tr><th scope="row">roads</th><td></td><td class="r">1,200</td></tr>
        </tbody></table></div>
        "#);
    }

    #[test]
    fn figures_are_told_from_words() {
        for (text, is) in
            [("1,200", true), ("(3.5)%", true), ("—", true), ("38 件", true), ("合计", false), ("Q1 2024 total", false)]
        {
            assert_eq!(is_numeric(text), is, "{text}");
        }
    }
}
