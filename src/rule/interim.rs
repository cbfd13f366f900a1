//! A plain reader of figures until the real one is merged.
use crate::figure::*;
use crate::span::Span;
use rust_decimal::Decimal;
/// Reads the figure at `at`.
pub fn read_at(text: &str, block: Span, at: usize) -> Option<Figure> {
    let end = block.end as usize;
    let len = text[at..end].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(end - at);
    let number: String = text[at..at + len].chars().filter(|&c| c != ',').collect();
    let numerator = Decimal::from_str_exact(&number).ok()?;
    let percent = text[at + len..end].starts_with('%');
    let quantity = Quantity {
        numerator,
        divisor: 1,
        place: 0,
        hedge: Hedge::None,
        direction: Direction::None,
        scale: if percent { Scale::Percent } else { Scale::Plain },
        whole: true,
        upper: None,
    };
    let unit = if percent || at + len == end { Unit::Unknown } else { Unit::Noun(Span::new(at + len, end)) };
    let tail = &text[at + len..end];
    if tail.contains(char::is_whitespace) {
        return None;
    }
    Some(Figure {
        span: Span::new(at, end),
        digits: Span::new(at, at + len),
        block: 0,
        class: Class::Quantity,
        quantity,
        unit,
    })
}
/// Reads a unit.
pub fn declared_unit(text: &str) -> Option<DeclaredUnit> {
    (text == "万元").then_some(DeclaredUnit { unit: Unit::Unknown, exponent: 4, scale: Scale::Plain })
}
