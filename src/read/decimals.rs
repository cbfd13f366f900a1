//! Reports whose decimals are printed with commas, as those in neither Chinese nor English are: read by points, they would say other
//! figures than they print.

/// So many numbers with a decimal comma tell it.
const LEAST: usize = 20;

/// For each number with a decimal point, or with commas between thousands, there must be so many.
const TIMES: usize = 4;

/// An English text has one of its commonest words in so many bytes, and mostly many.
const BYTES_A_WORD: usize = 2_000;

/// So much of a text tells its language, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Whether a text in Latin letters is no English one and prints its decimals with commas.
pub(super) fn are_commas(text: &str) -> bool {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let most = sample.len() / BYTES_A_WORD;
    let words = sample.split_ascii_whitespace().filter(|word| matches!(*word, "the" | "of" | "and"));
    if words.take(most + 1).count() > most {
        return false;
    }
    let (mut commas, mut others) = (0, 0);
    for number in text.split(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')) {
        match number.rsplit_once([',', '.']) {
            Some((whole, decimals)) if is_number(whole) => {
                let mark = number.as_bytes()[whole.len()];
                match (mark, decimals.len()) {
                    (b',', 1 | 2 | 4..) => commas += 1,
                    (b',', 3) | (b'.', 1..) => others += 1,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    commas >= LEAST && commas >= TIMES * others
}

/// Digits, perhaps with groups of thousands.
fn is_number(whole: &str) -> bool {
    let mut groups = whole.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    !first.is_empty() && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::are_commas;

    #[test]
    fn decimal_commas_are_told_by_the_numbers_and_the_language() {
        let french = "Actif net 318 851,09 et 728 567,93 en 2.022,50 euros, soit 12,5 % de plus. ".repeat(6);
        assert!(are_commas(&french));
        let english = "The cost of the works was 1,234.50 and 12.5 of 100, as [12,13] and [4,5] say. ".repeat(20);
        let points = "Umsatz 1,234.50 und 12.5 von 100. ".repeat(20);
        let lists = "Kap. 1,2,3 und 4,5 sowie 6,234 Seiten und 7,890 Wörter. ".repeat(20);
        for text in [&english[..], &points, &lists, "12,5", ""] {
            assert!(!are_commas(text), "{text}");
        }
    }
}
