//! What Chinese income statements are made of: 营业总成本 of the rows that 其中 opens below it, 营业利润 of 营业总收入 without it and with the gains and
//! losses between. Two years are all that such a table has, so that the labels say which rows belong together.

use super::find::{Ground, Taught};
use super::lines::Lines;
use super::weigh::{Part, weigh};
use crate::check::detect::grid::Kind;
use crate::text::folded;

/// So many bits at the years where it holds.
const BITS: u32 = 16;
/// A statement has no more rows between its costs and its profit.
const MOST: usize = 60;

/// The sums of an income statement, if the rows are those of one.
pub fn all(lines: &Lines) -> Vec<Taught> {
    let rows: Vec<(usize, String)> = if lines.are_rows() { named(lines) } else { Vec::new() };
    let find =
        |from: usize, name: &str| rows[from..].iter().position(|(_, label)| label.contains(name)).map(|at| from + at);
    let all = || {
        let cost = find(0, "营业总成本")?;
        let profit = find(cost, "营业利润").filter(|profit| profit - cost <= MOST)?;
        let income = find(0, "营业总收入").or_else(|| find(0, "营业收入")).filter(|&income| income < cost)?;
        Some((income, cost, profit))
    };
    let Some((income, cost, profit)) = all() else { return Vec::new() };
    let own = |at: usize| (rows[at].0, sign(lines, rows[at].0));
    let between: Vec<usize> = (cost + 1..profit).filter(|&at| at == cost + 1 || !is_inner(lines, &rows[at])).collect();
    let costs = (3..=between.len()).map(|count| between[..count].iter().map(|&at| own(at)).collect());
    let gains = (0..between.len().saturating_sub(2)).map(|count| {
        let gains = between[between.len() - count..].iter().map(|&at| own(at));
        gains.chain([(rows[cost].0, -1), (rows[income].0, 1)]).collect()
    });
    [best(lines, rows[cost].0, costs), best(lines, rows[profit].0, gains)].into_iter().flatten().collect()
}

/// The rows with amounts, and what they are called.
fn named(lines: &Lines) -> Vec<(usize, String)> {
    let rows = (lines.first..lines.all.len()).filter(|&row| lines.all[row].kind == Some(Kind::Amount));
    rows.map(|row| (row, folded(lines.title(row)))).collect()
}

/// A row that only says what another one holds; the second of such a pair has no mark of its own.
fn is_inner(lines: &Lines, (row, label): &(usize, String)) -> bool {
    const INNER: [&str; 4] = ["利息费用", "利息收入", "终止确认", "联营企业"];
    lines.all[*row].name.among || INNER.iter().any(|name| label.contains(name))
}

fn sign(lines: &Lines, row: usize) -> i8 {
    if lines.all[row].name.less { -1 } else { 1 }
}

/// The reading that holds best, if it holds at as many positions as it fails at.
fn best(lines: &Lines, total: usize, readings: impl Iterator<Item = Vec<Part>>) -> Option<Taught> {
    let mut best: Option<Taught> = None;
    for parts in readings {
        lines.spend(parts.len() * lines.positions())?;
        let weight = weigh(lines, total, &parts);
        let rank = |one: &Taught| i64::from(one.weight.bits) - 16 * one.weight.fails as i64;
        let forward = parts.iter().any(|&(part, _)| part < total);
        let taught = Taught { total, forward, parts, weight, ground: Ground::Digits, beyond: Vec::new() };
        if best.as_ref().is_none_or(|best| rank(&taught) > rank(best)) {
            best = Some(taught);
        }
    }
    best.filter(|best| best.weight.bits >= BITS && best.weight.fails <= best.weight.holds)
}
