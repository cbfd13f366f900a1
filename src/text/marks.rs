//! Points and commas in numbers: which of them stands before the decimals.

/// What the marks in a number tell of its decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Nothing: there are none.
    None,
    /// They stand behind a point.
    Point,
    /// They stand behind a comma.
    Comma,
    /// They may stand behind the only mark, or it may part thousands (1.234).
    Either,
    /// It is no number: a date, a version.
    Other,
}

impl Marks {
    /// What the marks in a run of digits, points and commas tell.
    pub fn of(number: &str) -> Marks {
        let marks: Vec<(usize, char)> = number.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
        let groups: Vec<&str> = number.split(['.', ',']).collect();
        let thousands = |groups: &[&str]| {
            let first = groups.first().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
            first && groups[1..].iter().all(|group| group.len() == 3)
        };
        let (Some(&(_, first)), Some(&(_, last))) = (marks.first(), marks.last()) else { return Marks::None };
        let whole = &groups[..groups.len() - 1];
        let by = |mark: char| if mark == ',' { Marks::Comma } else { Marks::Point };
        match marks.len() {
            1 if thousands(&groups) => Marks::Either,
            1 => by(last),
            // One kind of mark more than once parts thousands, so that the other one is left for decimals.
            _ if marks.iter().all(|&(_, mark)| mark == first) => match thousands(&groups) {
                true => by(if first == ',' { '.' } else { ',' }),
                false => Marks::Other,
            },
            _ if first != last
                && thousands(whole)
                && marks[..marks.len() - 1].iter().all(|&(_, mark)| mark == first) =>
            {
                by(last)
            }
            _ => Marks::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_where_decimals_start() {
        for (number, marks) in [
            ("1234", Marks::None),
            ("12,5", Marks::Comma),
            ("1.234,5", Marks::Comma),
            ("1.234.567", Marks::Comma),
            ("0,125", Marks::Comma),
            ("1234,567", Marks::Comma),
            ("12.5", Marks::Point),
            ("1,234.5", Marks::Point),
            ("1,234,567", Marks::Point),
            ("1.234", Marks::Either),
            ("123,456", Marks::Either),
            ("31.12.2024", Marks::Other),
            ("1.2.3", Marks::Other),
            ("1,23,456.7", Marks::Other),
            ("12.34,5", Marks::Other),
        ] {
            assert_eq!(Marks::of(number), marks, "{number}");
        }
    }
}
