//! Numbers with a comma before their decimals (1.234,5), as the format of a report tells that they are printed in its cells.
//!
//! Their marks are exchanged, byte for byte, before the cell is read as any other.

use std::borrow::Cow;

use super::{Figure, Unit, lex_block, read_at};
use crate::document::{Block, BlockKind, Document};
use crate::span::Span;
use crate::text::Marks;

/// The figures of a cell of a document with decimal commas.
pub(super) fn lex_cell(text: &str, block: Span, index: u32, figures: &mut Vec<Figure>) {
    match exchanged(&text[block.range()]) {
        Cow::Borrowed(_) => lex_block(text, block, index, true, figures),
        Cow::Owned(cell) => {
            let from = figures.len();
            lex_block(&cell, Span::new(0, cell.len()), index, true, figures);
            figures[from..].iter_mut().for_each(|figure| *figure = moved(figure, block.start));
        }
    }
}

/// A figure as it is printed, without what a table says of it: the quantity whose digits (or the hedge, sign or currency before them)
/// begin at byte `at` of a block of the document. `None` if no numeral begins there.
pub fn printed_at(document: &Document, block: &Block, at: usize) -> Option<Figure> {
    let span = block.span;
    if document.decimal_comma
        && matches!(block.kind, BlockKind::Cell { .. })
        && let Cow::Owned(cell) = exchanged(document.slice(span))
    {
        let at = at.checked_sub(span.start as usize)?;
        return read_at(&cell, Span::new(0, cell.len()), at).map(|figure| moved(&figure, span.start));
    }
    read_at(document.text(), span, at)
}

/// A cell's text with points for commas and the other way round, if each of its numbers with marks may be one with a decimal comma.
fn exchanged(cell: &str) -> Cow<'_, str> {
    let numbers = cell.split(|c: char| !matches!(c, '0'..='9' | '.' | ',')).map(|run| run.trim_matches(['.', ',']));
    let all: Vec<Marks> = numbers.map(Marks::of).filter(|&marks| marks != Marks::None).collect();
    if all.is_empty() || !all.iter().all(|marks| matches!(marks, Marks::Comma | Marks::Either)) {
        return Cow::Borrowed(cell);
    }
    let bytes = cell.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let exchange = |(at, c): (usize, char)| match c {
        ',' | '.' if !is_digit(at.checked_sub(1)) || !is_digit(Some(at + 1)) => c,
        ',' => '.',
        '.' => ',',
        other => other,
    };
    Cow::Owned(cell.char_indices().map(exchange).collect())
}

/// A figure of a cell's own text, where the cell starts at a byte of the document.
fn moved(figure: &Figure, by: u32) -> Figure {
    let moved = |span: Span| Span { start: span.start + by, end: span.end + by };
    let unit = match figure.unit {
        Unit::Noun(span) => Unit::Noun(moved(span)),
        unit => unit,
    };
    Figure { span: moved(figure.span), digits: moved(figure.digits), unit, ..*figure }
}

#[cfg(test)]
mod tests {
    use super::super::Class;
    use super::*;

    #[test]
    fn cells_are_read_with_their_commas() {
        for (cell, printed, value) in [
            ("1.234,5", "1.234,5", "1234.5"),
            ("-12,50 %", "-12,50 %", "-0.1250"),
            ("1.234 €", "1.234 €", "1234"),
            ("(0,5)", "(0,5)", "-0.5"),
            ("1 234,5", "1 234,5", "1234.5"),
        ] {
            let text = format!("ä;{cell}");
            let mut figures = Vec::new();
            lex_cell(&text, Span::new("ä;".len(), text.len()), 7, &mut figures);
            let [figure] = figures[..] else { panic!("{cell}: {figures:?}") };
            assert_eq!(figure.class, Class::Quantity, "{cell}");
            assert_eq!(
                (&text[figure.span.range()], figure.quantity.numerator.to_string().as_str()),
                (printed, value),
                "{cell}"
            );
        }
        let text = "31.12.2024";
        let mut figures = Vec::new();
        lex_cell(text, Span::new(0, text.len()), 0, &mut figures);
        assert_ne!(figures[0].class, Class::Quantity);
    }
}
