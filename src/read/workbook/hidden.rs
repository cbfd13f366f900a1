//! What hidden rows and columns leave out of a sheet, and where that leaves gaps in its tables.

use super::sheet::Position;
use crate::document::Gaps;

/// The cells of a sheet that were left out.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut {
    /// How many cells with content.
    pub cells: usize,
    rows: Vec<Gap>,
    columns: Vec<Gap>,
}

/// A place between two lines of a sheet, as it is seen, where lines with figures are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    /// The line that is seen next.
    line: u32,
    /// The first and the last line across in which the hidden ones have figures.
    from: u32,
    to: u32,
}

impl LeftOut {
    /// Notes a cell that was left out, with the row and the column that are seen there or next behind it, whether each of
    /// them is hidden, and whether it holds a figure.
    pub fn push(&mut self, (row, column): Position, row_hidden: bool, column_hidden: bool, is_figure: bool) {
        self.cells += 1;
        // Where both are hidden, no line that is seen goes through the cell.
        match (row_hidden, column_hidden) {
            (true, false) if is_figure => add(&mut self.rows, row, column),
            (false, true) if is_figure => add(&mut self.columns, column, row),
            _ => {}
        }
    }

    /// Puts the gaps in order.
    pub fn settle(&mut self) {
        for gaps in [&mut self.rows, &mut self.columns] {
            gaps.sort_unstable();
            gaps.dedup_by(|next, gap| {
                let same = next.line == gap.line;
                if same {
                    gap.to = gap.to.max(next.to);
                }
                same
            });
        }
    }

    /// The gaps in a table that consists of these rows and columns of the sheet.
    pub fn gaps(&self, rows: &[u32], columns: &[u32]) -> Gaps {
        Gaps { rows: within(&self.rows, rows, columns), columns: within(&self.columns, columns, rows) }
    }
}

fn add(gaps: &mut Vec<Gap>, line: u32, across: u32) {
    match gaps.last_mut() {
        Some(gap) if gap.line == line => (gap.from, gap.to) = (gap.from.min(across), gap.to.max(across)),
        _ => gaps.push(Gap { line, from: across, to: across }),
    }
}

/// The gaps between the lines of a table or directly beside them, as numbers of its lines.
fn within(gaps: &[Gap], lines: &[u32], across: &[u32]) -> Vec<u32> {
    let (Some(&first), Some(&last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let (Some(&from), Some(&to)) = (across.first(), across.last()) else { return Vec::new() };
    let start = gaps.partition_point(|gap| gap.line < first);
    let near = gaps[start..].iter().take_while(|gap| gap.line <= last.saturating_add(1));
    let touching = near.filter(|gap| gap.from <= to && from <= gap.to);
    let mut within: Vec<u32> = touching.map(|gap| lines.partition_point(|&line| line < gap.line) as u32).collect();
    within.dedup();
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_those_in_a_table_or_beside_it() {
        let mut left_out = LeftOut::default();
        for row in [2, 5, 5, 9] {
            left_out.push((row, 3), true, false, true);
        }
        left_out.push((4, 4), false, true, true);
        left_out.push((6, 1), false, true, false);
        left_out.push((7, 7), true, true, true);
        left_out.settle();
        assert_eq!(left_out.cells, 7);
        let gaps = |rows: &[u32], columns: &[u32]| {
            let Gaps { rows, columns } = left_out.gaps(rows, columns);
            (rows, columns)
        };
        assert_eq!(gaps(&[2, 3, 4, 6], &[2, 3]), (vec![0, 3], vec![2]));
        assert_eq!(gaps(&[3, 4], &[1, 5]), (vec![2], vec![1]));
        assert_eq!(gaps(&[5, 8], &[4, 5]), (vec![], vec![]));
    }
}
