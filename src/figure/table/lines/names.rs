//! What the columns of a table are called.

use super::super::titles::Titles;
use super::uses::Use;
use super::{Builder, add_to_title};

/// How far a cell of a header reaches over the empty ones beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Over nothing: it is a title of the table.
    Title,
    /// Over itself alone: cells of its row say what they cover.
    Own,
    /// Over those at its right, as a group.
    Right,
    /// Over all figures: it stands alone above their middle.
    All(usize),
}

impl Builder<'_> {
    /// By column: the header cells from top to bottom. An empty one goes on with the group that reaches over it.
    pub(super) fn column_titles(&self) -> Titles {
        let columns = self.uses.len();
        // Whether a column has a header below the row; known from the bottom up.
        let mut below = vec![vec![false; columns]; self.header_rows];
        for row in (1..self.header_rows).rev() {
            let filled = |column: usize| !self.text_at(row, column).is_empty();
            below[row - 1] = (0..columns).map(|column| below[row][column] || filled(column)).collect();
        }
        let reaches: Vec<Reach> = (0..self.header_rows).map(|row| self.reach(row)).collect();
        let mut groups = vec![""; self.header_rows];
        let title = |column: usize| {
            let mut title = String::new();
            for row in 0..self.header_rows {
                let (text, below) = (self.text_at(row, column), below[row][column]);
                if !text.is_empty() {
                    groups[row] = if below { text } else { "" };
                }
                let text = match reaches[row] {
                    Reach::Title if column > 0 => "",
                    Reach::Right if text.is_empty() && below => groups[row],
                    Reach::All(middle) if self.uses[column] == Use::Values && below => self.text_at(row, middle),
                    _ => text,
                };
                add_to_title(&mut title, text);
            }
            title
        };
        (0..columns).map(title).collect()
    }

    /// How far the cells of a row reach. One that stands alone is a group if it stands above the first figures; above the labels it is a
    /// title, and between the others it cannot be told what it covers, but for the middle.
    fn reach(&self, row: usize) -> Reach {
        if self.title_in(row).is_some() {
            return Reach::Title;
        }
        if self.grid.row(row).any(|(_, cell)| self.table.cells.at(cell as usize).column_span > 1) {
            return Reach::Own;
        }
        let mut filled = self.grid.row(row).filter(|&(_, cell)| !self.text(cell).is_empty());
        let (Some((alone, _)), None) = (filled.next(), filled.next()) else { return Reach::Right };
        let is_values = |&column: &usize| self.uses[column] == Use::Values;
        let values: Vec<usize> = (0..self.uses.len()).filter(is_values).collect();
        match values.iter().position(|&column| column == alone as usize) {
            Some(0) => Reach::Right,
            Some(at) if 2 * at + 1 == values.len() => Reach::All(alone as usize),
            _ => Reach::Own,
        }
    }

    /// What a row of the header says, if it is all in one cell from the first column on, above other rows of it.
    pub(super) fn title_in(&self, row: usize) -> Option<&str> {
        let mut filled = self.grid.row(row).map(|(_, cell)| cell).filter(|&cell| !self.text(cell).is_empty());
        let alone = filled.next()?;
        let starts = self.table.cells.at(alone as usize).column == 0;
        (starts && row + 1 < self.header_rows && filled.all(|cell| cell == alone)).then(|| self.text(alone))
    }
}
