//! Contents and lists of exhibits: columns of numbers without a header that says so.

use rust_decimal::Decimal;

use super::{Builder, Use};
use crate::figure::Figures;
use crate::figure::table::grid::NONE;
use crate::figure::table::naming::names_index;

impl Builder<'_> {
    /// The only column of values, if it tells the pages of what is named beside it: whole numbers that do not fall, most of them beside the
    /// mark of a section, or below a title that says so.
    pub(super) fn column_of_pages(&self, uses: &[Use], figures: &Figures) -> Option<usize> {
        const LEAST: usize = 6;
        const MOST_DIGITS: usize = 4;
        let mut columns = (0..uses.len()).filter(|&column| uses[column] == Use::Values);
        let (Some(column @ 1..), None) = (columns.next(), columns.next()) else { return None };
        let (mut pages, mut marked, mut last) = (0, 0, Decimal::ZERO);
        for row in self.header_rows..self.grid.rows() {
            let Some(cell) = self.grid.cell(row, column) else { continue };
            let Some(figure) = figures.get(self.values[cell] as usize) else { continue };
            let text = self.text(cell as u32);
            let is_bare = text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
            if !is_bare || figure.quantity.numerator < last {
                return None;
            }
            (pages, last) = (pages + 1, figure.quantity.numerator);
            marked += usize::from((0..column).any(|label| starts_section(self.text_at(row, label))));
        }
        (pages >= LEAST && (2 * marked >= pages || self.is_titled_page())).then_some(column)
    }

    /// Whether the first column has the numbers of exhibits (3.1, 10.12, 101) and no other one has values, below a title that names them.
    pub(super) fn numbers_exhibits(&self) -> bool {
        let titles = self.table.captions.last().into_iter().chain(self.table.heading.as_ref());
        let mut titles = titles.map(|&title| self.document.slice(title).to_ascii_lowercase());
        let is_number = |text: &str| {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            !whole.is_empty()
                && [whole, part].iter().all(|part| part.len() < 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let mut rows = (self.header_rows..self.grid.rows()).flat_map(|row| self.grid.row(row));
        titles.any(|title| title.contains("exhibit"))
            && rows
                .all(|(column, cell)| self.values[cell as usize] == NONE || column == 0 && is_number(self.text(cell)))
    }

    /// Whether what stands above the table as its title says that it tells pages.
    fn is_titled_page(&self) -> bool {
        self.table.captions.last().is_some_and(|&title| names_index(self.document.slice(title)))
    }
}

/// Whether a label starts with the mark of a section: Item 1A., Note 3, 2.01 Definitions, 第三章.
fn starts_section(label: &str) -> bool {
    const WORDS: [&str; 8] = ["item", "part", "note", "section", "article", "chapter", "exhibit", "appendix"];
    let (word, rest) = label.split_once(char::is_whitespace).unwrap_or((label, ""));
    let is_numbered = rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let is_number = word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number && rest.starts_with(char::is_alphabetic)
        || is_numbered && WORDS.iter().any(|own| own.eq_ignore_ascii_case(word))
        || label.starts_with('第') && label.chars().take(5).any(|c| matches!(c, '章' | '节' | '编' | '部'))
}
