//! Raised and lowered text: whether it is a mark of a note, an exponent, or text, and how it stands beside a figure so that
//! its digits never become the figure's.

/// What raised text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raised {
    /// The mark of a note, which is no part of what it stands behind: left out.
    Mark,
    /// Text that goes on with what stands before it (25th), or a passage of its own.
    Text,
    /// An exponent (m², R², 10⁶): kept in raised characters, which are no digits.
    Exponent,
}

/// How many characters before raised or lowered text tell what it is.
pub(super) const LOOK_BACK: usize = 4;

/// Raised text that is longer is no mark, in bytes.
const LONGEST_MARK: usize = 8;

/// What the raised `text` is behind `before`, of which the last [`LOOK_BACK`] characters count.
pub(super) fn raised(before: &str, text: &str) -> Raised {
    let text = text.trim();
    if is_of_unit(before, text) || is_squared(before, text) || is_power_of_ten(before, text) {
        Raised::Exponent
    } else if text.len() > LONGEST_MARK || matches!(text, "st" | "nd" | "rd" | "th") {
        Raised::Text
    } else {
        Raised::Mark
    }
}

/// A character of an exponent, raised.
pub(super) fn superscript(c: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c {
        '-' | '−' | '–' => '⁻',
        '+' => '⁺',
        c => c.to_digit(10).map_or(c, |digit| DIGITS[digit as usize]),
    }
}

/// A character of lowered text behind `before`: a digit that would go on with a figure becomes one that does not.
pub(super) fn subscript(before: char, c: char) -> char {
    let goes_on = before.is_ascii_digit() || ('₀'..='₉').contains(&before);
    let lowered = |digit| char::from_u32('₀' as u32 + digit).unwrap_or(c);
    c.to_digit(10).filter(|_| goes_on).map_or(c, lowered)
}

fn is_of_unit(before: &str, text: &str) -> bool {
    matches!(text, "2" | "3") && before.ends_with(['m', 'M', '米'])
}

/// χ², R², η²: letters that statistics square, alone.
fn is_squared(before: &str, text: &str) -> bool {
    let mut last = before.chars().rev();
    let squared = last.next().is_some_and(|c| matches!(c, 'χ' | 'Χ' | 'R' | 'r' | 'η' | 'ω' | 'σ' | 'ε'));
    text == "2" && squared && last.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Behind a ten that is no part of a longer number. A one is the mark of the first note.
fn is_power_of_ten(before: &str, text: &str) -> bool {
    let Some(rest) = before.strip_suffix("10") else { return false };
    let exponent = text.trim_start_matches(['-', '−', '–', '+']);
    !rest.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        && (1..=2).contains(&exponent.len())
        && exponent.bytes().all(|b| b.is_ascii_digit())
        && !matches!(text, "0" | "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_told_from_marks() {
        for (before, text) in
            [("25 m", "2"), ("米", "3"), ("×10", "6"), ("10", "-3"), ("(10", "−12"), (" χ", "2"), ("R", "2")]
        {
            assert_eq!(raised(before, text), Raised::Exponent, "{before}{text}");
        }
        for (before, text) in
            [("1,234", "2"), ("110", "6"), ("1.10", "6"), ("10", "1"), ("10", "(2)"), ("Labour", "2"), ("5", "*")]
        {
            assert_eq!(raised(before, text), Raised::Mark, "{before}{text}");
        }
        assert_eq!(raised("25", "th"), Raised::Text);
        assert_eq!(raised("5", "see the notes"), Raised::Text);
        let lowered = |before: &str, c| subscript(before.chars().next_back().unwrap(), c);
        assert_eq!([lowered("CO", '2'), lowered("5", '1'), lowered("5₁", '0')], ['2', '₁', '₀']);
    }
}
