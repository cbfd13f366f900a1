//! Sums that the outline of the rows claims: 一、 is made of 1. and 2., the total of 一、 and 二、; so are rows and those indented
//! below them.
//!
//! A table of one column has a single position for each sum, where digits that agree tell little. But all levels of an outline
//! are made alike: what holds at some speaks for the others.

use super::find::{Ground, Taught, is_nearly};
use super::lines::Lines;
use super::weigh::{Outcome, weigh};
use crate::check::numerals;
use crate::text::folded;

/// So many bits, over all sums of an outline, leave no doubt that its levels add up: there is one reading of each.
const BITS: u32 = 8;

/// The sums of the rows' outline, if the figures say that its levels add up.
pub fn all(lines: &Lines) -> Vec<Taught> {
    if !lines.are_rows() {
        return Vec::new();
    }
    let marks = by_marks(lines);
    let is_marked = marks.is_some();
    let Some(nodes) = marks.or_else(|| by_indents(lines)).map(|depths| nodes(lines, &depths)) else {
        return Vec::new();
    };
    let mut taught = Vec::new();
    for (total, parts) in nodes {
        if lines.spend(parts.len() * lines.positions()).is_none() {
            return Vec::new();
        }
        let forward = parts[0] < total;
        let parts: Vec<(usize, i8)> = parts.into_iter().map(|part| (part, sign(lines, part))).collect();
        let weight = weigh(lines, total, &parts);
        taught.push(Taught { total, forward, parts, weight, ground: Ground::Digits, beyond: Vec::new() });
    }
    let holds = taught.iter().map(|one| one.weight.holds).sum::<usize>();
    let bits = taught.iter().fold(0u32, |bits, one| bits.saturating_add(one.weight.bits));
    let adds_up = bits >= BITS && holds > 0 && fail_together(&taught);
    if adds_up {
        return taught;
    }
    // Two labels together, a total and marks that count what it is made of, say as much as that of a total above which all rows
    // are parts.
    let is_claimed = |one: &Taught| {
        let alone = one.weight.fails == 1 && one.weight.holds == 0;
        is_marked && alone && lines.all[one.total].name.total && is_nearly(lines, one.total, &one.parts, &one.weight)
    };
    taught.retain(is_claimed);
    taught.iter_mut().for_each(|one| one.ground = Ground::Label);
    taught
}

/// Whether one figure may be why sums fail: there is one that does, or two at one position that have a line in common.
fn fail_together(taught: &[Taught]) -> bool {
    let failing: Vec<&Taught> = taught.iter().filter(|one| one.weight.fails > 0).collect();
    let at = |one: &Taught| one.weight.outcomes.iter().position(|&outcome| outcome == Outcome::Fails);
    let lines = |one: &Taught| one.parts.iter().map(|part| part.0).chain([one.total]).collect::<Vec<_>>();
    match failing[..] {
        [] => true,
        [one] => one.weight.fails == 1,
        [one, other] => {
            let own = lines(one);
            let single = one.weight.fails == 1 && other.weight.fails == 1 && at(one) == at(other);
            single && lines(other).iter().any(|line| own.contains(line))
        }
        _ => false,
    }
}

fn sign(lines: &Lines, line: usize) -> i8 {
    if lines.all[line].name.less { -1 } else { 1 }
}

/// A row's place in the outline; `None` for rows that hold no level: totals, what 其中 names.
type Depths = Vec<Option<usize>>;

/// The totals and what they are made of, the nearest first. Of several rows called totals it is not told which are made of others, but of
/// 总计 below 合计: of that and the rows between.
fn nodes(lines: &Lines, depths: &Depths) -> Vec<(usize, Vec<usize>)> {
    let rows: Vec<usize> = (lines.first..lines.all.len()).filter(|&row| lines.all[row].kind.is_some()).collect();
    let is_total = |row: usize| lines.all[row].name.total && depths[row].is_none();
    let mut nodes = Vec::new();
    for (at, &row) in rows.iter().enumerate() {
        let Some(depth) = depths[row] else { continue };
        let behind = rows[at + 1..].iter().copied();
        let below = behind.take_while(|&other| !is_total(other) && depths[other].is_none_or(|other| other > depth));
        let children: Vec<usize> = below.filter(|&other| depths[other] == Some(depth + 1)).collect();
        if children.len() > 1 {
            nodes.push((row, children));
        }
    }
    let totals: Vec<usize> = rows.iter().copied().filter(|&row| is_total(row)).collect();
    let mut top: Vec<usize> = rows.iter().copied().filter(|&row| depths[row] == Some(0)).collect();
    match totals[..] {
        [total] => {
            let above = top.iter().filter(|&&row| row < total).count();
            if above == top.len() {
                top.reverse();
            }
            if (above == 0 || above == top.len()) && top.len() > 1 {
                nodes.push((total, top));
            }
        }
        [subtotal, total] if is_grand(lines, subtotal, total) && top.last().is_some_and(|&last| last < total) => {
            top.reverse();
            let (between, above) = top.split_at(top.partition_point(|&row| row > subtotal));
            let parts: Vec<usize> = between.iter().copied().chain([subtotal]).collect();
            nodes.extend([(subtotal, above.to_vec()), (total, parts)].into_iter().filter(|(_, parts)| parts.len() > 1));
        }
        _ => {}
    }
    nodes
}

/// Whether one row is called 总计 and another above it 合计.
fn is_grand(lines: &Lines, subtotal: usize, total: usize) -> bool {
    folded(lines.title(subtotal)).ends_with("合计") && folded(lines.title(total)).ends_with("总计")
}

/// The kind of a row's mark and its number: 一、 (一) 1. (1) A、.
fn mark(title: &str) -> Option<(u8, i64)> {
    let title = title.trim_start();
    if let &[letter @ b'A'..=b'Z', ..] = title.as_bytes()
        && title[1..].starts_with(['、', '．'])
    {
        return Some((LETTER, i64::from(letter - b'A') + 1));
    }
    let open = title.starts_with(['(', '（']);
    let rest = title.trim_start_matches(['(', '（']);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !NUMERALS.contains(&c))?;
    let (number, after) = rest.split_at(end);
    let closed = if open { after.starts_with([')', '）']) } else { after.starts_with(['、', '．', '.']) };
    let decimals = after[after.chars().next().map_or(0, char::len_utf8)..].starts_with(|c: char| c.is_ascii_digit());
    let arabic = number.bytes().all(|b| b.is_ascii_digit());
    let value = numerals::small(number)?;
    (closed && !decimals && !number.is_empty()).then_some((u8::from(open) * 2 + u8::from(arabic), value))
}

/// The kind of marks that are letters.
const LETTER: u8 = 4;

/// The kind of rows that have no mark.
const PLAIN: u8 = 5;

const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Levels by the marks before the labels: each level counts up from 1, below rows without a mark that follow a total too. `None` where they
/// do not, or other rows stand between that belong to no level.
fn by_marks(lines: &Lines) -> Option<Depths> {
    let mut depths = vec![None; lines.all.len()];
    // The kinds of marks that are open, and the number that each has come to.
    let mut open: Vec<(u8, i64)> = Vec::new();
    let (mut marked, mut among, mut behind_total) = (0, false, false);
    for (row, depth) in depths.iter_mut().enumerate().skip(lines.first) {
        let line = &lines.all[row];
        let title = lines.title(row);
        if line.name.total || !line.labelled {
            open.clear();
            behind_total |= line.name.total;
        } else if line.name.among {
            among = true;
        } else if let Some((kind, number)) = mark(title) {
            among = false;
            match open.iter().position(|&(other, _)| other == kind) {
                Some(at) if open[at].1 + 1 == number => {
                    open.truncate(at + 1);
                    open[at].1 = number;
                }
                None if number == 1 => open.push((kind, 1)),
                _ => return None,
            }
            *depth = Some(open.len() - 1);
            marked += 1;
        } else if !among && line.kind.is_some() {
            if !behind_total || open.first().is_some_and(|&(kind, _)| kind != PLAIN) {
                return None;
            }
            open = vec![(PLAIN, 0)];
            *depth = Some(0);
        }
    }
    (marked > 1).then_some(depths)
}

/// Levels by how far the labels are indented.
fn by_indents(lines: &Lines) -> Option<Depths> {
    let mut depths = vec![None; lines.all.len()];
    let mut open: Vec<u16> = Vec::new();
    let mut deepest = 0;
    for (row, depth) in depths.iter_mut().enumerate().skip(lines.first) {
        let line = &lines.all[row];
        if line.name.total || line.kind.is_none() {
            open.clear();
            continue;
        }
        if line.name.among {
            continue;
        }
        open.retain(|&indent| indent < line.indent);
        *depth = Some(open.len());
        deepest = deepest.max(open.len());
        open.push(line.indent);
    }
    (deepest > 0).then_some(depths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_have_a_kind_and_a_number() {
        for (title, expected) in [
            ("一、税收", Some((0, 1))),
            ("十二、其他", Some((0, 12))),
            ("（二）公用", Some((2, 2))),
            ("3. Rent", Some((1, 3))),
            ("(4) Other", Some((3, 4))),
            ("C、养老机构", Some((4, 3))),
            ("A. Rent", None),
            ("3.5 degrees", None),
            ("三家公司", None),
            ("2019", None),
            ("(in millions)", None),
            ("Rent", None),
        ] {
            assert_eq!(mark(title), expected, "{title}");
        }
    }
}
