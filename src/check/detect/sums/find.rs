//! Which lines make a total: the readings that are tried for a line, and which of them the table teaches.

use super::additive::{bare, is_telling};
use super::lines::{Line, Lines};
use super::stack::{SIGNED, Stack};
use super::weigh::{Outcome, Part, Sum, Weight, is_loose, nearly, weigh};
use crate::calendar;
use crate::check::detect::grid::{Kind, Value};

/// A sum that a table teaches, or that its labels claim.
#[derive(Clone, Debug)]
pub struct Taught {
    /// The line of the total.
    pub total: usize,
    /// Whether its parts stand before it.
    pub forward: bool,
    /// What it is the sum of.
    pub parts: Vec<Part>,
    /// What the positions say.
    pub weight: Weight,
    /// How sure that makes.
    pub ground: Ground,
    /// The next lines behind its parts, which it might have used as well.
    pub beyond: Vec<usize>,
}

/// What a sum rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// The label alone.
    Label,
    /// Digits that agree; too few of them to accuse others.
    Hint,
    /// Digits that agree by no chance, some with a label.
    Digits,
    /// They agree at many positions.
    Many,
}

/// Windows longer than this are tried only where a label asks for whole blocks.
const WINDOW: usize = 256;

/// Windows longer than this are tried only where a label says that the line is some kind of sum.
const NARROW: usize = 64;

/// How many positions are looked at to find the readings worth weighing.
const PROBES: usize = 4;

/// How many readings of one line are weighed.
const CANDIDATES: usize = 12;

/// So many bits of one position are no chance.
const SURE: u32 = 10;

/// The sum that a line is, if there is one.
pub fn find(lines: &Lines, total: usize, stack: &Stack) -> Option<Taught> {
    let line = &lines.all[total];
    let kind = line.kind?;
    let probes = probes(lines, total, kind);
    if stack.lines.is_empty() || probes.is_empty() {
        return None;
    }
    let called = line.name.total || line.name.result || !line.labelled || !line.code.is_empty();
    // Nothing is taught by figures of one digit's worth.
    let telling = |&at: &usize| lines.value(total, at).is_some_and(|value| value.bits() > 0);
    if !called && !probes.iter().any(telling) {
        return None;
    }
    let window = if called { WINDOW } else { NARROW };
    lines.spend(stack.cost(probes.len(), window, line.name.total || !line.labelled))?;
    let mut best: Option<(Rank, Taught)> = None;
    // What is called a rate is no part of a sum, unless the figures say so.
    let is_rate = |line: usize| lines.all[line].name.rate;
    let without = if lines.has_rates() && stack.has_near(is_rate) {
        lines.spend(stack.lines.len())?;
        Some(stack.without(is_rate))
    } else {
        None
    };
    for (stack, more) in without.iter().map(|stack| (stack, 0)).chain([(stack, u32::from(without.is_some()))]) {
        let mut search = Search { lines, total, kind, stack, probes: &probes, more, found: Vec::new() };
        search.all(window)?;
        for reading in search.found {
            lines.spend(reading.parts.len() * lines.positions())?;
            if reading.parts.iter().any(|&(part, _)| is_lost(lines, total, part)) {
                continue;
            }
            let weight = weigh(lines, total, &reading.parts);
            let Some(ground) = ground(lines, total, &reading, &weight) else { continue };
            let (beyond, forward) = (stack.beyond(reading.parts.len()), stack.is_before(total));
            let taught = Taught { total, forward, beyond, parts: reading.parts, weight, ground };
            let rank = rank(&taught, reading.claimed);
            if best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, taught));
            }
        }
    }
    best.map(|(_, best)| best)
}

/// How good a reading is. What the figures do not tell the label does: lines that are blank wherever the sum holds are parts, too, if they
/// stand in the block that it is the total of.
type Rank = (i64, bool, bool, i64);

fn rank(taught: &Taught, claimed: bool) -> Rank {
    let weight = &taught.weight;
    let plain = taught.parts.iter().all(|&(_, sign)| sign > 0);
    (i64::from(weight.bits) - 16 * weight.fails as i64, claimed, plain, -(taught.parts.len() as i64))
}

/// What a reading rests on; `None` if chance may explain it.
fn ground(lines: &Lines, at: usize, reading: &Reading, weight: &Weight) -> Option<Ground> {
    let (total, parts) = (&lines.all[at], &reading.parts);
    let told = weight.bits.saturating_sub(reading.cost);
    let is_coded = is_coded(total, lines, parts);
    let called = total.name.total || total.name.result || is_coded || lines.are_rows() && !total.labelled;
    let (holds, fails) = (weight.holds, weight.fails);
    if is_coded && parts.len() == 1 {
        let same = weight.outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Holds { .. })).count();
        return (same > fails).then_some(if same > 2 * fails { Ground::Digits } else { Ground::Hint });
    }
    let total = &lines.all[at];
    let called_total = total.name.total || is_coded || lines.are_rows() && !total.labelled;
    let near = || fails == 1 && is_nearly(lines, at, parts, weight);
    // A total that comes to what its label claims, in small figures: it waits for the next total in the place of its parts.
    let comes_to = || called_total && total.labelled && holds > 0 && fails == 0;
    let by_label = || reading.claimed && ((total.labelled || holds > 0) && near() || comes_to());
    // One position alone is a matter of chance where many lines are tried.
    let needed = if called_total {
        3
    } else if called {
        if holds > 1 { 5 } else { 8 }
    } else if holds > 1 {
        10
    } else {
        14
    };
    let is_taught =
        holds > 0 && fails <= holds && told >= needed && (called || 3 * fails <= holds || holds >= 2 && told >= 12);
    if !is_taught {
        let is_sure_of_one = lines.are_rows() && is_sure_of_one(lines, at, reading, weight, told);
        return if is_sure_of_one { Some(Ground::Digits) } else { by_label().then_some(Ground::Label) };
    }
    let sure = match called {
        true => told >= 5 && fails <= holds.div_ceil(2),
        false => told >= 12 && holds >= 2 && fails * 2 <= holds,
    };
    let sure = sure && (called_total || !is_of_other_periods(lines, at, parts));
    // Where figures go together closely, some mixture of signs nearly always fits.
    let sure = sure && (called || !reading.is_mixed());
    Some(match sure {
        true if holds >= 4 && fails == 1 && told >= 30 => Ground::Many,
        true => Ground::Digits,
        false if by_label() || called_total && near() => Ground::Label,
        false => Ground::Hint,
    })
}

/// Whether one position leaves no doubt of a sum that no word tells, and one slip explains the only other, in figures so long that
/// chance hardly does: tables of two years have no more.
fn is_sure_of_one(lines: &Lines, total: usize, reading: &Reading, weight: &Weight, told: u32) -> bool {
    let fails = || (0..weight.outcomes.len()).find(|&at| weight.outcomes[at] == Outcome::Fails);
    let is_long =
        || fails().and_then(|at| lines.value(total, at)).is_some_and(|value| is_telling(value, reading.parts.len()));
    (weight.holds, weight.fails) == (1, 1)
        && told >= SURE
        && !reading.is_mixed()
        && is_long()
        && is_nearly(lines, total, &reading.parts, weight)
}

/// Whether nothing of a line is seen in a total that is printed in a larger scale: numbers of shares among millions.
fn is_lost(lines: &Lines, total: usize, part: usize) -> bool {
    let both = |at| Some((lines.value(total, at)?, lines.value(part, at)?));
    let mut told = (0..lines.positions()).filter_map(both).filter(|(_, part)| part.units() != 0).peekable();
    told.peek().is_some() && told.all(|(total, part)| part.units().abs() <= total.slack())
}

/// Whether a line and its parts are called by nothing but their periods, of several years: half of one year is not two quarters of two,
/// though it comes near.
fn is_of_other_periods(lines: &Lines, total: usize, parts: &[Part]) -> bool {
    let own = lines.title(total);
    let year = |title: &str| calendar::years_in(title).next();
    let is_period = |title: &str| year(title).is_some() && bare(title).is_empty();
    is_period(own)
        && parts.iter().all(|&(part, _)| is_period(lines.title(part)))
        && parts.iter().any(|&(part, _)| year(lines.title(part)) != year(own))
}

/// Whether one slip explains the only position that fails. Small numbers are all alike.
pub fn is_nearly(lines: &Lines, total: usize, parts: &[Part], weight: &Weight) -> bool {
    let fails = |&at: &usize| weight.outcomes[at] == Outcome::Fails && !is_loose(lines, total, parts, at);
    let Some(at) = (0..weight.outcomes.len()).find(fails) else { return false };
    let bits = lines.value(total, at).map_or(0, Value::bits);
    bits >= if weight.holds > 0 { 4 } else { 6 } && nearly(lines, total, parts, at)
}

fn is_coded(total: &Line, lines: &Lines, parts: &[Part]) -> bool {
    let below = |&(part, _): &Part| {
        lines.all[part].code.len() > total.code.len() && lines.all[part].code.starts_with(&total.code)
    };
    !total.code.is_empty() && parts.iter().all(below)
}

/// The positions whose figures tell most, those of unlike values first: where a single item and its total print the same, either may
/// be wrong.
fn probes(lines: &Lines, total: usize, kind: Kind) -> Vec<usize> {
    let mut best: Vec<(&Value, usize)> = Vec::with_capacity(PROBES);
    let mut alike: Vec<usize> = Vec::new();
    for at in 0..lines.positions() {
        let Some(value) = lines.value(total, at).filter(|value| value.units() != 0 && value.kind == kind) else {
            continue;
        };
        let is_full = best.len() == PROBES;
        if is_full && best.last().is_some_and(|(least, _)| value.bits() <= least.bits()) {
            continue;
        }
        match best.iter().position(|(other, _)| other.units() == value.units()) {
            Some(same) if best[same].0.bits() >= value.bits() => {
                if alike.len() < PROBES {
                    alike.push(at);
                }
                continue;
            }
            Some(same) => drop(best.remove(same)),
            None if is_full => drop(best.pop()),
            None => {}
        }
        let place = best.partition_point(|(other, _)| other.bits() >= value.bits());
        best.insert(place, (value, at));
    }
    best.into_iter().map(|(_, at)| at).chain(alike).take(PROBES).collect()
}

impl Reading {
    /// Whether it adds and takes off in no order: neither two lines, nor all others taken off the first or from the sum.
    fn is_mixed(&self) -> bool {
        let Some((&(_, last), rest)) = self.parts.split_last() else { return false };
        let alike = rest.iter().all(|&(_, sign)| sign == rest[0].1);
        let nearest = self.parts[0].1;
        let one_off = nearest < 0 && self.parts[1..].iter().all(|&(_, sign)| sign > 0);
        self.parts.len() > 2 && !(alike && (rest[0].1 == last || last > 0)) && !one_off
    }
}

/// The readings of a line that are worth weighing.
struct Search<'a> {
    lines: &'a Lines<'a>,
    total: usize,
    kind: Kind,
    stack: &'a Stack,
    probes: &'a [usize],
    /// What a reading of these lines costs besides.
    more: u32,
    found: Vec<Reading>,
}

/// A position of a total and of the nearest lines: what these come to with every mixture of signs, as far as their numbers alone tell.
struct Column {
    at: usize,
    /// The numbers of the nearest lines and how far off each may be, nought where there is none.
    parts: [(i128, i128); SIGNED],
    /// By the lines that are taken off, as bits: how far the lines added so far are from the total.
    gaps: [i128; 1 << SIGNED],
    /// How far off all of these may be together.
    slack: i128,
}

impl Column {
    fn of(lines: &Lines, total: usize, window: &[usize], at: usize) -> Option<Self> {
        let total = lines.value(total, at)?;
        let mut column = Self { at, parts: [(0, 0); SIGNED], gaps: [0; 1 << SIGNED], slack: total.slack() };
        column.gaps[0] = -total.units();
        for (part, &line) in column.parts.iter_mut().zip(window) {
            *part = lines.value(line, at).map_or((0, 0), |value| (value.units(), value.slack()));
        }
        Some(column)
    }

    /// Adds the next line to all mixtures, and takes it off.
    fn add(&mut self, index: usize) {
        let (units, off) = self.parts[index];
        let (added, taken_off) = self.gaps.split_at_mut(1 << index);
        for (added, taken_off) in added.iter_mut().zip(taken_off) {
            *taken_off = *added - units;
            *added += units;
        }
        self.slack += off;
    }

    /// Whether the lines added so far come to the total, those in `minus` taken off.
    fn may_fit(&self, minus: u32) -> bool {
        self.gaps[minus as usize].abs() <= self.slack
    }
}

/// A reading of a line: what it may be the sum of.
struct Reading {
    parts: Vec<Part>,
    /// How many readings were tried to find it, in bits.
    cost: u32,
    /// The label itself claims it.
    claimed: bool,
}

impl Search<'_> {
    fn all(&mut self, window: usize) -> Option<()> {
        self.by_label();
        self.by_code();
        self.plain(window, false);
        if self.window(window).iter().any(|&part| self.lines.all[part].name.less) {
            self.lines.spend(window)?;
            self.plain(window, true);
        }
        self.signed();
        Some(())
    }

    /// The last lines of the stack, nearest first.
    fn window(&self, most: usize) -> Vec<usize> {
        self.stack.lines.iter().rev().take(most).copied().collect()
    }

    fn sign(&self, part: usize, by_label: bool) -> i8 {
        // What is printed below nought is taken off already.
        let units = || self.probes.iter().filter_map(|&at| self.lines.value(part, at)).map(Value::units);
        let is_signed = || units().any(|units| units < 0) && units().all(|units| units <= 0);
        if by_label && self.lines.all[part].name.less && !is_signed() { -1 } else { 1 }
    }

    /// The nearest lines, as many as it takes.
    fn plain(&mut self, most: usize, by_label: bool) {
        let window = self.window(most);
        let cost = window.len().max(1).ilog2() + 1;
        let mut fits: Vec<(usize, usize)> = Vec::new();
        for &at in self.probes {
            let Some(total) = self.lines.value(self.total, at) else { continue };
            if !self.may_be_sum(&window, by_label, total, at) {
                continue;
            }
            let mut sum = Sum::default();
            for (index, &part) in window.iter().enumerate() {
                if !sum.add(self.lines.cell(part, at), self.sign(part, by_label), self.kind) {
                    break;
                }
                if is_told(&sum, total) {
                    match fits.iter_mut().find(|(count, _)| *count == index + 1) {
                        Some((_, times)) => *times += 1,
                        None => fits.push((index + 1, 1)),
                    }
                }
            }
        }
        fits.sort_by_key(|&(count, times)| (std::cmp::Reverse(times), count));
        for (count, _) in fits.into_iter().take(CANDIDATES) {
            // All lines since a heading or the last total are what one would try first.
            let is_block = self.stack.blocks().iter().any(|block| block.len() == count);
            let parts = window[..count].iter().map(|&part| (part, self.sign(part, by_label))).collect();
            self.push(parts, if is_block { 1 } else { cost }, false);
        }
    }

    /// Whether the nearest lines, however many, come to a total at a position, as far as their numbers alone tell: nearly always none do,
    /// and that is told at little cost.
    fn may_be_sum(&self, window: &[usize], by_label: bool, total: &Value, at: usize) -> bool {
        let (mut gap, mut slack) = (-total.units(), total.slack());
        let most = slack + window.len() as i128 * self.lines.most_slack;
        let goes_up = !by_label && !self.lines.has_negative[at];
        for &part in window {
            if let Some(value) = self.lines.value(part, at) {
                gap += value.units() * i128::from(self.sign(part, by_label));
                slack += value.slack();
            }
            if gap.abs() <= slack {
                return true;
            }
            // What goes beyond the total does not come back to it.
            if goes_up && gap > most {
                return false;
            }
        }
        false
    }

    /// The lines whose code starts with that of the total.
    fn by_code(&mut self) {
        let code = &self.lines.all[self.total].code;
        let below = |part: &usize| {
            let own = &self.lines.all[*part].code;
            own.len() > code.len() && own.starts_with(code.as_str())
        };
        if !code.is_empty() {
            let parts: Vec<Part> =
                self.stack.lines.iter().rev().copied().take_while(below).map(|part| (part, 1)).collect();
            self.push(parts, 0, false);
        }
    }

    /// The nearest lines with signs: what is taken off is often printed without one.
    fn signed(&mut self) {
        let window = self.window(SIGNED);
        let mut columns: Vec<Column> =
            self.probes.iter().take(2).filter_map(|&at| Column::of(self.lines, self.total, &window, at)).collect();
        for count in 1..=window.len() {
            columns.iter_mut().for_each(|column| column.add(count - 1));
            for minus in 1u32..(1 << count) - 1 {
                if !columns.iter().any(|column| column.may_fit(minus)) {
                    continue;
                }
                let sign = |index: usize| if minus >> index & 1 == 1 { -1 } else { 1 };
                let parts = || window[..count].iter().enumerate().map(|(index, &part)| (part, sign(index)));
                let fits = |column: &Column| {
                    let mut sum = Sum::default();
                    parts().all(|(part, sign)| sum.add(self.lines.cell(part, column.at), sign, self.kind))
                        && self.lines.value(self.total, column.at).is_some_and(|total| is_told(&sum, total))
                };
                if columns.iter().any(fits) {
                    let parts = parts().collect();
                    self.push(parts, if count > 2 { count as u32 + 5 } else { 4 }, false);
                }
            }
        }
    }

    /// All lines since the last total or heading, where the label says that it is a total, or a balance after another.
    fn by_label(&mut self) {
        let name = self.lines.all[self.total].name;
        let unnamed = self.lines.are_rows() && !self.lines.all[self.total].labelled;
        let blocks = if name.total || unnamed {
            self.stack.blocks()
        } else if name.end {
            let from = self.stack.lines.iter().rposition(|&part| self.lines.all[part].name.start);
            from.map(|from| &self.stack.lines[from..]).filter(|block| block.len() > 1).into_iter().collect()
        } else {
            Vec::new()
        };
        let signed = |block: &&[usize]| block.iter().rev().map(|&part| (part, self.sign(part, true))).collect();
        let readings: Vec<Vec<Part>> = blocks.iter().map(signed).collect();
        // 减：所得税, and in the next line 少数股东权益, which is taken off too.
        let taken_off: Vec<Vec<Part>> = readings.iter().filter_map(|parts| all_taken_off(self.lines, parts)).collect();
        readings.into_iter().for_each(|parts| self.push(parts, 0, true));
        taken_off.into_iter().for_each(|parts| self.push(parts, 1, true));
    }

    fn push(&mut self, parts: Vec<Part>, cost: u32, claimed: bool) {
        if !parts.is_empty()
            && self.found.len() < 3 * CANDIDATES
            && !self.found.iter().any(|other| other.parts == parts)
        {
            self.found.push(Reading { parts, cost: cost + self.more, claimed });
        }
    }
}

/// Whether a sum agrees with a total in more than chance gives.
fn is_told(sum: &Sum, total: &Value) -> bool {
    matches!(sum.against(total), Outcome::Holds { bits: 1.., .. })
}

/// The same parts, nearest first, with all taken off that stand behind one whose label says "less"; `None` if that changes nothing.
pub fn all_taken_off(lines: &Lines, parts: &[Part]) -> Option<Vec<Part>> {
    let less = parts.iter().rposition(|&(part, _)| lines.all[part].name.less)?;
    let all: Vec<Part> =
        parts.iter().enumerate().map(|(at, &(part, sign))| (part, if at <= less { -1 } else { sign })).collect();
    (all != parts).then_some(all)
}
