//! Signs that stand beside figures in cells of their own: `$` | `(1,234` | `)` | `%`.

use crate::text::is_currency_sign;
/// Whether a cell holds only what stands before a figure: a currency, an opening bracket, a sign.
pub(super) fn is_prefix(text: &str) -> bool {
    const CODES: [&str; 12] = ["US", "HK", "C", "CA", "A", "AU", "NZ", "S", "R", "NT", "RMB", "CNY"];
    let signs = |c: char| matches!(c, '(' | '（' | '-' | '−' | '–' | '+') || c.is_whitespace();
    let inner = text.trim_matches(signs);
    let code = inner.trim_end_matches(is_currency_sign);
    let currency = inner.len() > code.len() && (code.is_empty() || CODES.contains(&code)) || is_code(inner);
    currency || inner.is_empty() && text.contains(['(', '（'])
}

/// Whether a cell holds only what stands behind a figure: a closing bracket, a percent sign.
pub(super) fn is_suffix(text: &str) -> bool {
    let inner =
        text.trim_matches(|c: char| matches!(c, ')' | '）' | '%' | '％' | '‰' | '*' | '†') || c.is_whitespace());
    match inner {
        "" => !text.is_empty(),
        "pp" | "pts" | "pts." | "bps" | "bp" | "x" => true,
        _ => false,
    }
}

/// Whether a cell holds a figure or a dash in its place, and no words.
pub(super) fn is_numeric(text: &str) -> bool {
    let is_dash = |c: char| matches!(c, '—' | '–' | '-' | '−' | '―');
    let figure = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    let inner = text.trim_matches(|c: char| is_currency_sign(c) || matches!(c, '(' | ')' | '%') || c.is_whitespace());
    figure || !inner.is_empty() && inner.chars().all(is_dash)
}

/// Whether a bracket is opened in a cell and not closed.
pub(super) fn is_open(text: &str) -> bool {
    let count = |brackets: [char; 2]| text.matches(brackets).count();
    count(['(', '（']) > count([')', '）'])
}

fn is_code(text: &str) -> bool {
    matches!(
        text,
        "USD" | "EUR" | "GBP" | "JPY" | "CNY" | "RMB" | "CHF" | "HKD" | "CAD" | "AUD" | "Rs" | "Rs." | "Fr." | "kr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_words_and_figures() {
        for text in ["$", "US$", "$ (", "(", "€", "RMB", "-$", "(¥"] {
            assert!(is_prefix(text), "{text}");
        }
        for text in ["", "—", "$5", "Cash", "a (", "-", "A"] {
            assert!(!is_prefix(text), "{text}");
        }
        for text in [")", "%", ")%", ") %", "pp", "x"] {
            assert!(is_suffix(text), "{text}");
        }
        for text in ["", "5%", "(", "xx", "% of sales"] {
            assert!(!is_suffix(text), "{text}");
        }
        for text in ["1,234", "(4)", "$ 5", "—", "$ —", "(3", "2024", "12:30"] {
            assert!(is_numeric(text), "{text}");
        }
        for text in ["", "$", "Level 3", "n/a", ")"] {
            assert!(!is_numeric(text), "{text}");
        }
        assert!(is_open("(5") && is_open("$ (5") && !is_open("(5)") && !is_open("5)"));
    }
}
