//! Whether the totals of a table teach that its figures are exact, so that one that is off by a unit is wrong.
//!
//! Amounts in millions come out to the unit too, mostly: three totals prove little, and audited reports are adjusted until all
//! but one do. So it is learned only where the table says that it counts, and not in thousands.

use std::sync::LazyLock;

use super::sums::{Lines, Outcome, Taught};
use crate::check::bind::Reading;
use crate::text::Needles;

/// What a table says that counts.
static COUNTS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::new(&[
        "数量", "人数", "件数", "户数", "个数", "次数", "（件", "(件", "（人", "(人", "（户", "(户", "申请",
        "umber of", "No. of", "eadcount", "Count",
    ])
});

/// What a table says that rounds its counts, or holds amounts.
static ROUNDS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::new(&[
        "万",
        "亿",
        "千",
        "百万",
        "金额",
        "四舍五入",
        "舍入",
        "尾差",
        "illion",
        "ILLION",
        "housand",
        "HOUSAND",
        "'000",
        "’000",
        "000s",
        "$",
        "€",
        "£",
        "¥",
        "￥",
        "ounded",
        "ounding",
        "share",
        "Share",
    ])
});

/// Exactness is learned from at least this many totals.
const TEACHERS: usize = 3;

/// Whether a table's totals teach that its figures are exact: whole numbers that count, all but one total to the unit.
pub fn is_learned(reading: &Reading, table: usize, lines: &Lines, taught: &[Taught]) -> bool {
    let is_whole =
        |line: usize, at: usize| lines.figure(line, at).is_none_or(|figure| reading.figures.at(figure).quantity.whole);
    let (mut teachers, mut odd) = (0, 0);
    for taught in taught {
        for (at, outcome) in taught.weight.outcomes.iter().enumerate() {
            // What needs rounding speaks against it however little it tells.
            let counter = match outcome {
                Outcome::Holds { exact: false, .. } => &mut odd,
                Outcome::Holds { bits: 1.., .. } => &mut teachers,
                _ => continue,
            };
            if !is_whole(taught.total, at) || !taught.parts.iter().all(|&(part, _)| is_whole(part, at)) {
                return false;
            }
            *counter += 1;
        }
    }
    odd == 1 && teachers >= TEACHERS && counts(reading, table)
}

/// Whether a table says that it counts, and not in thousands.
fn counts(reading: &Reading, table: usize) -> bool {
    let table = &reading.document.tables[table];
    let spans = || table.cells.iter().map(|cell| cell.span).chain(table.captions.iter().copied());
    let texts = || spans().map(|span| reading.document.slice(span));
    texts().any(|text| COUNTS.any(text)) && !texts().any(|text| ROUNDS.any(text))
}
