//! What explains by how much a sum is off: something that is printed, or that nothing says it is a sum of these lines.

use super::Sums;
use crate::check::detect::sums::{Ground, Outcome, Taught, is_loose, round};

/// Sums with signs have at least so many parts where most of what teaches them must be exact.
const SIGNED: usize = 4;

/// A gap of one digit is printed somewhere in most tables.
const TELLING: i128 = 10;

/// Larger tables are not looked through for a gap.
const LARGE: usize = 20_000;

/// A slip can change each digit of a figure in so many ways.
const WAYS: i128 = 12;

/// In longer sums no run is left out.
const SHORT: usize = 16;

impl Sums<'_> {
    /// Whether something that is printed is what a sum is off by.
    pub(super) fn is_gap_explained(&self, taught: &Taught, at: usize) -> bool {
        self.is_gap_elsewhere(taught, at)
            || self.is_sum_of_gaps(taught, at)
            || self.is_gap_printed(taught, at)
            || self.is_shifted(taught, at)
    }

    /// Whether what a part has beside its figure, where the total has nothing, makes the sum right: its cells stand one column off, behind the
    /// number of a note or a cell that was torn.
    fn is_shifted(&self, taught: &Taught, at: usize) -> bool {
        let gap = self.gap(taught, at);
        let positions = self.lines.positions();
        let is_beyond = |&other: &usize| other < positions && self.lines.value(taught.total, other).is_none();
        let mut beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(is_beyond);
        beside.any(|other| {
            taught.parts.iter().any(|&(line, sign)| {
                let values = self.lines.value(line, at).zip(self.lines.value(line, other));
                values.is_some_and(|(own, next)| (next.units() - own.units()) * i128::from(sign) == gap)
            })
        })
    }

    /// What the total has at a position that its parts have not.
    fn gap(&self, taught: &Taught, at: usize) -> i128 {
        let units = |line: usize| self.lines.value(line, at).map_or(0, |value| value.units());
        units(taught.total) - taught.parts.iter().map(|&(line, sign)| units(line) * i128::from(sign)).sum::<i128>()
    }

    /// Whether the gap is what the total has at another position where no part has anything: not all is distributed there. Or the
    /// sum fails by as much at another position: something that is not printed goes through the table.
    fn is_gap_elsewhere(&self, taught: &Taught, at: usize) -> bool {
        let own = self.gap(taught, at).abs();
        let near = 2 * self.lines.value(taught.total, at).map_or(0, |value| value.place());
        let is_loose = |other: usize| is_loose(self.lines, taught.total, &taught.parts, other);
        let mut others = taught.weight.outcomes.iter().enumerate().filter(|&(other, _)| other != at);
        others.any(|(other, outcome)| match outcome {
            Outcome::Untestable => self.gap(taught, other).abs() == own,
            Outcome::Fails => !is_loose(other) && (self.gap(taught, other).abs() - own).abs() <= near,
            Outcome::Holds { .. } => false,
        })
    }

    /// Whether a position is the sum of others, and the sum is off there by what it is off at several of these together: each of them was
    /// rounded for itself.
    fn is_sum_of_gaps(&self, taught: &Taught, at: usize) -> bool {
        let gap = self.gap(taught, at);
        let is_sum = |across: &&Taught| across.total == at && across.ground != Ground::Label;
        let mut sums = self.tables.across_sums.iter().filter(is_sum);
        gap != 0
            && sums.any(|across| {
                let gaps = across.parts.iter().map(|&(other, sign)| self.gap(taught, other) * i128::from(sign));
                gaps.clone().filter(|&gap| gap != 0).count() > 1 && gaps.sum::<i128>() == gap
            })
    }

    /// Whether the gap is printed in a line that is no part, but may be one here: it has nothing at the position (the effect of a change in
    /// accounting, told in the column of its own day), something here alone, or something anywhere where a balance goes on to the next.
    fn is_gap_printed(&self, taught: &Taught, at: usize) -> bool {
        let gap = self.gap(taught, at).abs();
        let place = self.lines.value(taught.total, at).map_or(1, |value| value.place());
        let units = |line: usize, at: usize| self.lines.value(line, at).map_or(0, |value| value.units().abs());
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { .. });
        let is_here_alone = |line: usize| {
            let mut taught_at = (0..self.lines.positions()).filter(holds).peekable();
            units(line, at) == gap && taught_at.peek().is_some() && taught_at.all(|other| units(line, other) == 0)
        };
        let name = |line: usize| self.lines.all[line].name;
        let mut names = taught.parts.iter().map(|&(line, _)| name(line)).chain([name(taught.total)]);
        let is_balance = names.any(|name| name.start || name.end);
        let is_anywhere = |line: usize| {
            let may_be_part = is_balance || self.lines.value(line, at).is_none();
            may_be_part && gap >= TELLING * place && (0..self.lines.positions()).any(|other| units(line, other) == gap)
        };
        let is_other = |line: &usize| *line != taught.total && !taught.parts.iter().any(|part| part.0 == *line);
        let mut lines = (self.lines.first..self.lines.all.len()).filter(is_other);
        gap != 0
            && self.lines.all.len().saturating_mul(self.lines.positions()) <= LARGE
            && lines.any(|line| is_here_alone(line) || is_anywhere(line))
    }

    /// Whether too little says that a sum is one: it is two others in one, or its label alone claims it and more speaks against it.
    pub(super) fn tells_too_little(&self, taught: &Taught, at: usize) -> bool {
        self.contains_another(taught)
            || is_loosely_taught(taught)
            || taught.weight.exact == 0 && self.holds_without_run(taught, at)
            || taught.weight.holds == 0
                && (self.is_one_of_its_parts(taught)
                    || self.is_next_empty(taught, at)
                    || !taught.forward && self.is_slip_likely(taught, at))
    }

    /// Whether a sum with signs holds another one whole, so that it says no more than what is left: all = north + south where the dead of
    /// all are those of north and south.
    fn contains_another(&self, taught: &Taught) -> bool {
        let sign_of = |line: usize| taught.parts.iter().find(|part| part.0 == line).map(|part| part.1);
        let is_inside = |other: &Taught| {
            sign_of(other.total).is_some_and(|own| {
                other.parts.len() > 1 && other.parts.iter().all(|&(line, sign)| sign_of(line) == Some(-own * sign))
            })
        };
        taught.parts.iter().any(|part| part.1 < 0) && self.tables.sums.iter().any(is_inside)
    }

    /// Whether a part is called a total too, in all words but one as the total is: total revenue of milestone one, two, three.
    fn is_one_of_its_parts(&self, taught: &Taught) -> bool {
        let words: Vec<&str> = self.lines.title(taught.total).split_whitespace().collect();
        let is_like = |line: usize| {
            let other: Vec<&str> = self.lines.title(line).split_whitespace().collect();
            let differ = || words.iter().zip(&other).filter(|(a, b)| a != b).count();
            words.len() > 2 && other.len() == words.len() && differ() == 1
        };
        taught.parts.iter().any(|&(line, _)| self.lines.all[line].name.total && is_like(line))
    }

    /// Whether the line next to the total is empty at the position, and has figures elsewhere: the parts are told in other columns. Or, next
    /// to a balance, empty throughout: a heading, below which another balance begins.
    fn is_next_empty(&self, taught: &Taught, at: usize) -> bool {
        let document = self.context.reading.document;
        let cells = &document.tables[self.table].cells;
        let is_empty = |line: usize, at: usize| {
            let index = self.lines.cell_index(line, at).filter(|&index| index < cells.len());
            index.is_none_or(|index| document.slice(cells.at(index).span).trim().is_empty())
        };
        let next = if taught.forward { taught.total.checked_sub(1) } else { Some(taught.total + 1) };
        let next = next.filter(|&next| (self.lines.first..self.lines.all.len()).contains(&next));
        next.filter(|&next| self.lines.all[next].labelled && is_empty(next, at)).is_some_and(|next| {
            let mut others = 0..self.lines.positions();
            match others.any(|other| self.lines.value(next, other).is_some()) {
                true => true,
                false => {
                    self.lines.all[taught.total].name.end && (0..self.lines.positions()).all(|at| is_empty(next, at))
                }
            }
        })
    }

    /// Whether the sum holds without some of its parts that follow each other: they say what another is made of.
    fn holds_without_run(&self, taught: &Taught, at: usize) -> bool {
        let parts = &taught.parts;
        let most = if parts.len() <= SHORT { parts.len() } else { 0 };
        let mut runs = (0..most).flat_map(|start| (start + 1..=most).map(move |end| (start, end)));
        runs.any(|(start, end)| {
            parts.len() - (end - start) > 1
                && self.holds_exactly(taught.total, &[&parts[..start], &parts[end..]].concat(), at)
        })
    }

    /// Whether figures that have nothing to do with each other would look like a slip as likely as not: round ones with few digits.
    fn is_slip_likely(&self, taught: &Taught, at: usize) -> bool {
        let lines = taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let values: Vec<_> = lines.filter_map(|line| self.lines.value(line, at)).collect();
        let step = round(values.iter().map(|value| value.units()), 1);
        let digits = |units: i128| (units.abs() / step).checked_ilog10().map_or(0, |last| i128::from(last) + 1);
        let slips: i128 = values.iter().map(|value| WAYS * digits(value.units())).sum();
        let room = self.lines.value(taught.total, at).map_or(0, |value| value.units().abs() / step);
        2 * slips > room
    }
}

/// Whether a long sum with signs seldom holds to the last digit: rounding alone leaves several readings of so many lines room to come near.
fn is_loosely_taught(taught: &Taught) -> bool {
    let has_signs = taught.parts.iter().any(|part| part.1 < 0);
    has_signs && taught.parts.len() >= SIGNED && 3 * taught.weight.exact <= 2 * taught.weight.holds
}
