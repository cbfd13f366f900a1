//! Equations: a sentence, or a row or column of a table, that prints all numbers of an equation, or all but one.

use std::collections::BTreeMap;

use super::matcher::Slot;
use super::places::Trouble;
use super::scan::TermHit;
use super::{Bound, Missing, Operands, Place, Reading};
use crate::document::BlockKind;
use crate::figure::{self, Class};
use crate::rule::{Equation, Rule, Term};
use crate::text;

/// With fewer numbers than this, all but one of them are no evidence that the equation was meant.
const ENOUGH_TERMS: usize = 3;

/// Where the equation stands: one place at most. `Err`: it stands in a second sentence.
pub fn places(
    rule: &Rule,
    operands: &Operands,
    reading: &mut Reading,
    hits: &[TermHit],
) -> Result<Vec<Place>, Trouble> {
    let Some(equation) = &rule.equation else { return Ok(Vec::new()) };
    let groups = groups(equation, reading, hits);
    let mut whole: Vec<&Group> = groups.iter().filter(|group| group.missing.is_empty()).collect();
    whole.dedup_by(|a, b| a.terms == b.terms);
    match whole[..] {
        [] => Ok(nearly(equation, reading, &groups)
            .map(|(group, other)| place(rule, operands, reading, group, other))
            .into_iter()
            .collect()),
        [group] => Ok(vec![place(rule, operands, reading, group, None)]),
        _ => Err(Trouble::SecondSentence(whole.iter().map(|group| group.at(reading)).collect())),
    }
}

/// How many of an equation's numbers must stand together for it to be found there.
pub fn least_together(count: usize) -> usize {
    if count < ENOUGH_TERMS { count } else { count - 1 }
}

/// How many terms of one equation the hits are of.
pub fn distinct_terms(hits: &[TermHit]) -> usize {
    let mut terms: Vec<u32> = hits.iter().map(|hit| hit.term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms.len()
}

/// Figures that stand together and have values of the equation's terms.
struct Group {
    /// By term: the figure.
    terms: Vec<Option<u32>>,
    /// The terms without one.
    missing: Vec<usize>,
    key: Key,
}

/// What figures stand in together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A sentence: block and offset.
    Sentence(u32, u32),
    /// A row of a table.
    Row(u32, u32),
    /// A column of a table.
    Column(u32, u32),
}

impl Group {
    fn at(&self, reading: &Reading) -> u32 {
        let first = self.terms.iter().flatten().min();
        first.map_or(0, |&figure| reading.figures.span(figure as usize).start)
    }
}

/// The groups that have at least all terms but one.
fn groups(equation: &Equation, reading: &Reading, hits: &[TermHit]) -> Vec<Group> {
    let count = equation.terms.len();
    let least = least_together(count);
    let mut keyed: BTreeMap<Key, Vec<TermHit>> = BTreeMap::new();
    for (key, hits) in by_neighbourhood(reading, hits) {
        // Telling sentences apart costs more than counting, so a neighbourhood must have enough terms first.
        if distinct_terms(&hits) >= least {
            for hit in hits {
                keyed.entry(sentence_key(reading, key, hit)).or_default().push(hit);
            }
        }
    }
    let groups = keyed.into_iter().map(|(key, hits)| assign(equation, reading, key, &hits));
    groups.filter(|group| count - group.missing.len() >= least).collect()
}

/// Hits by block, and in tables by row and column.
fn by_neighbourhood(reading: &Reading, hits: &[TermHit]) -> BTreeMap<Key, Vec<TermHit>> {
    let mut keyed: BTreeMap<Key, Vec<TermHit>> = BTreeMap::new();
    for &hit in hits {
        let block = reading.figures.block(hit.figure as usize);
        keyed.entry(Key::Sentence(block, 0)).or_default().push(hit);
        if let BlockKind::Cell { table, cell } = reading.document.blocks.at(block as usize).kind {
            let cell = &reading.document.tables[table as usize].cells.at(cell as usize);
            keyed.entry(Key::Row(table, cell.row)).or_default().push(hit);
            keyed.entry(Key::Column(table, cell.column)).or_default().push(hit);
        }
    }
    keyed
}

fn sentence_key(reading: &Reading, key: Key, hit: TermHit) -> Key {
    let Key::Sentence(block, _) = key else { return key };
    let span = reading.document.blocks.at(block as usize).span;
    let at = reading.figures.span(hit.figure as usize).start - span.start;
    Key::Sentence(block, text::sentence_around(reading.document.slice(span), at as usize).start as u32)
}

/// Gives every term the first figure of its value and unit that no other term has.
fn assign(equation: &Equation, reading: &Reading, key: Key, hits: &[TermHit]) -> Group {
    let mut terms: Vec<Option<u32>> = vec![None; equation.terms.len()];
    for hit in hits {
        let term = &equation.terms[hit.term as usize];
        let free = terms[hit.term as usize].is_none() && !terms.contains(&Some(hit.figure));
        if free && is_of(term, reading, hit.figure) {
            terms[hit.term as usize] = Some(hit.figure);
        }
    }
    let missing = (0..terms.len()).filter(|&i| terms[i].is_none()).collect();
    Group { terms, missing, key }
}

/// Whether a figure may be the term: of its scale, and of its unit where the equation writes one.
fn is_of(term: &Term, reading: &Reading, figure: u32) -> bool {
    let figure = &reading.figures.at(figure as usize);
    let same_unit = match term.unit {
        figure::Unit::Unknown => true,
        figure::Unit::Noun(_) => figure.unit.dimension() == figure::Dimension::Count,
        known => figure.unit == known,
    };
    same_unit && figure.quantity.scale == term.quantity.scale
}

/// The one group that has all terms but one, with the figure that stands in for the missing one; `None` if several groups
/// might be meant.
fn nearly<'g>(equation: &Equation, reading: &Reading, groups: &'g [Group]) -> Option<(&'g Group, Option<u32>)> {
    let near: Vec<_> = groups.iter().map(|group| (group, stand_in(equation, reading, group))).collect();
    let mut slips = near.iter().filter(|(_, other)| other.is_some_and(|(_, slip)| slip));
    let chosen = match (slips.next(), slips.next(), &near[..]) {
        (Some(one), None, _) => one,
        (None, _, [one]) => one,
        _ => return None,
    };
    Some((chosen.0, chosen.1.map(|(figure, _)| figure)))
}

/// The figure that stands where the missing term should, and whether it is a slip away from it.
fn stand_in(equation: &Equation, reading: &Reading, group: &Group) -> Option<(u32, bool)> {
    let term = &equation.terms[*group.missing.first()?];
    let taken: Vec<u32> = group.terms.iter().flatten().copied().collect();
    let (low, high) = (*taken.iter().min()?, *taken.iter().max()?);
    let wanted = digits_of(&term.text);
    let others = candidates(reading, group).filter(|figure| !taken.contains(figure) && is_of(term, reading, *figure));
    let ranked = others.map(|figure| {
        let printed = digits_of(reading.document.slice(reading.figures.at(figure as usize).digits));
        let slip = strsim::osa_distance(&wanted, &printed) <= 1;
        let outside = low.saturating_sub(figure).max(figure.saturating_sub(high));
        (!slip, outside, figure)
    });
    ranked.min().map(|(no_slip, _, figure)| (figure, !no_slip))
}

fn digits_of(text: &str) -> String {
    text.chars().filter_map(text::fold).filter(char::is_ascii_digit).collect()
}

/// The quantities of a group's sentence, row or column.
fn candidates<'r>(reading: &'r Reading, group: &Group) -> impl Iterator<Item = u32> + 'r {
    let key = group.key;
    let all = reading.figures.range(0..reading.lexed).enumerate();
    all.filter(move |(_, figure)| figure.class == Class::Quantity && stands_in(reading, figure, key))
        .map(|(i, _)| i as u32)
}

fn stands_in(reading: &Reading, figure: &figure::Figure, key: Key) -> bool {
    let block = &reading.document.blocks.at(figure.block as usize);
    match (key, block.kind) {
        (Key::Sentence(number, start), _) => {
            let at = figure.span.start.wrapping_sub(block.span.start) as usize;
            figure.block == number
                && text::sentence_around(reading.document.slice(block.span), at).start as u32 == start
        }
        (Key::Row(table, row), BlockKind::Cell { table: t, cell }) => {
            t == table && reading.document.tables[t as usize].cells.at(cell as usize).row == row
        }
        (Key::Column(table, column), BlockKind::Cell { table: t, cell }) => {
            t == table && reading.document.tables[t as usize].cells.at(cell as usize).column == column
        }
        _ => false,
    }
}

fn place(rule: &Rule, operands: &Operands, reading: &mut Reading, group: &Group, other: Option<u32>) -> Place {
    let at = group.at(reading);
    let bound = group.terms.iter().map(|figure| {
        let figure = figure.or(other)?;
        Some(Bound::One(operands.cite(reading, Slot::Read(figure as usize), false)))
    });
    let bound = bound.collect();
    debug_assert_eq!(rule.names.len(), group.terms.len());
    let missing = group.missing.first().map(|&term| Missing { term });
    Place { bound, at, table: None, missing }
}
