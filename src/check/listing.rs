//! The figures of a report as they were read, for `figlint figures`.

use super::bind::Reading;
use super::present::{Presenter, decimal, place_view};
use crate::diagnostic::{FigureList, FigureRow};
use crate::document::{BlockKind, Document, Language};
use crate::figure::{self, Class, Figure, Hedge, Rounding};

/// Lists every figure of a report, and what was recognised as none, in reading order. `rounding` is how the report rounds;
/// `language` that of messages, the report's own where it is `None`.
pub fn figures(document: &Document, rounding: Rounding, language: Option<Language>) -> FigureList {
    let reading = Reading::new(document);
    let listed = reading.figures.iter().filter(|figure| figure.class != Class::Word);
    let rows = listed.map(|figure| row(&reading, &figure, rounding)).collect();
    let presenter = Presenter { reading: &reading, language: language.unwrap_or(document.language), earlier: None };
    FigureList {
        path: document.source.path.display().to_string(),
        language: document.language,
        rows,
        problems: presenter.problems_of(document),
    }
}

pub(super) fn row(reading: &Reading, figure: &Figure, rounding: Rounding) -> FigureRow {
    let document = reading.document;
    let mut row = FigureRow {
        text: document.slice(figure.span).to_owned(),
        class: class_name(figure.class),
        place: place_view(document, figure.span),
        ..FigureRow::default()
    };
    if figure.class == Class::Quantity {
        let range = figure.quantity.range(figure.is_exact(), rounding);
        row.value = figure.quantity.nominal().as_ref().map(decimal);
        row.low = range.low.as_ref().map(|end| decimal(&end.value));
        row.high = range.high.as_ref().map(|end| decimal(&end.value));
        row.unit = figure.unit_name(document.text());
        row.hedge = hedge_name(figure.quantity.hedge).map(str::to_owned);
        row.label = label(reading, figure);
    }
    row
}

/// The words that name a figure: in a table its row's and its column's labels, elsewhere those before it.
fn label(reading: &Reading, figure: &Figure) -> Option<String> {
    let document = reading.document;
    let block = document.blocks.get(figure.block as usize)?;
    if let BlockKind::Cell { table, cell } = block.kind {
        let (shape, cell) =
            (reading.shapes.get(table as usize)?, document.tables.get(table as usize)?.cells.at(cell as usize));
        let row = shape.row_labels_of(cell.column as usize).get(cell.row as usize);
        let labels = [row, shape.column_labels.get(cell.column as usize)];
        let labels: Vec<_> = labels.into_iter().flatten().filter(|label| !label.is_empty()).collect();
        return (!labels.is_empty()).then(|| labels.join(" / "));
    }
    figure::label(document.text(), block.span, figure).map(|span| document.slice(span).to_owned())
}

/// A class as JSON names it.
fn class_name(class: Class) -> &'static str {
    match class {
        Class::Quantity => "quantity",
        Class::Date => "date",
        Class::Time => "time",
        Class::Ordinal => "ordinal",
        Class::Reference => "reference",
        Class::Range => "range",
        Class::Phrase | Class::Word => "phrase",
    }
}

/// A hedge as JSON names it.
fn hedge_name(hedge: Hedge) -> Option<&'static str> {
    Some(match hedge {
        Hedge::None => return None,
        Hedge::Odd => "odd",
        Hedge::AtLeast => "at-least",
        Hedge::Over => "over",
        Hedge::AtMost => "at-most",
        Hedge::Under => "under",
        Hedge::Nearly => "nearly",
        Hedge::About => "about",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn figures_are_listed_as_they_were_read() {
        let text = "2020年受理1,338件,办结率94.1%,培训近30人。".as_bytes().to_vec();
        let document = read::bytes(std::path::Path::new("r.txt"), text, &read::Options::default()).unwrap();
        let list = figures(&document, Rounding::Nearest, None);
        let shown: Vec<_> = list
            .rows
            .iter()
            .map(|row| (row.class, row.text.as_str(), row.value.as_deref(), row.hedge.as_deref(), row.label.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("date", "2020年", None, None, None),
                ("quantity", "1,338件", Some("1338"), None, Some("受理")),
                ("quantity", "94.1%", Some("0.941"), None, Some("办结率")),
                ("quantity", "近30人", None, Some("nearly"), Some("培训")),
            ]
        );
    }
}
