//! Sums that no word announces: what a reader would see all the same, though no built-in check may claim it.

use crate::check::bind::Reading;
use crate::check::{Relation, Session};
use crate::diagnostic::Verdict;
use crate::document::BlockKind;
use crate::exact::Rational;
use crate::figure::{Class, Dimension, Figure, Hedge, Scale};

/// The least total: smaller ones are sums of their neighbours too often.
const LEAST: i64 = 10;

/// Sums of prose whose total stands first, each part behind it in a clause of its own, where the unit of them stands at nothing
/// else in the same part of the sentence: `线索16起,移送2起,立案14起,结案8件`. That a list of all figures of a unit adds up to
/// the first of them by chance is unlikely; that some of them do is not, so those are not offered.
pub fn sums(session: &Session, reading: &Reading) -> Vec<Relation> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < reading.lexed {
        let first = reading.figures.at(start);
        let rest = reading.figures.range(start..reading.lexed);
        let end = start + rest.take_while(|figure| !is_apart(reading, &first, figure)).count();
        found.extend(of_part(session, reading, start, end));
        start = end;
    }
    found
}

/// Whether a figure stands in another part of a sentence than one before it.
fn is_apart(reading: &Reading, first: &Figure, figure: &Figure) -> bool {
    let between = || {
        let text = reading.document.text();
        &text[first.span.end as usize..figure.span.start.max(first.span.end) as usize]
    };
    figure.block != first.block || between().contains(['。', '；', ';', '!', '！', '?', '？'])
}

fn of_part(session: &Session, reading: &Reading, start: usize, end: usize) -> Option<Relation> {
    let block = reading.document.blocks.get(reading.figures.block(start) as usize)?;
    if matches!(block.kind, BlockKind::Cell { .. }) {
        return None;
    }
    let all: Vec<usize> = (start..end).filter(|&at| reading.figures.class(at) == Class::Quantity).collect();
    // The first figure whose unit stands at two or more directly behind it, and nowhere else in this part.
    let runs = all.iter().enumerate().filter_map(|(at, &total)| {
        let unit = unit(reading, total)?;
        let same = |&&other: &&usize| self::unit(reading, other) == Some(unit);
        let run = all[at + 1..].iter().take_while(same).count();
        let everywhere = all.iter().filter(same).count();
        (run > 1 && everywhere == run + 1).then(|| (total, all[at + 1..=at + run].to_vec()))
    });
    let mut holding = runs.filter(|(total, parts)| adds_up(reading, *total, parts));
    let (total, parts) = holding.next()?;
    let figures = |list: &[usize]| list.iter().map(|&figure| figure as u32).collect::<Vec<_>>();
    let names = [("total", figures(&[total])), ("parts", figures(&parts))];
    session.relation(reading, "breakdown", &names).filter(|relation| relation.verdict == Verdict::Holds)
}

/// The unit of a count that is printed without a hedge.
fn unit<'a>(reading: &'a Reading, figure: usize) -> Option<&'a str> {
    let figure = &reading.figures.at(figure);
    let plain = figure.quantity.scale == Scale::Plain && figure.quantity.hedge == Hedge::None;
    let counts = plain && figure.unit.dimension() == Dimension::Count;
    let printed = &reading.document.text()[figure.digits.end as usize..figure.span.end.max(figure.digits.end) as usize];
    (counts && !printed.trim().is_empty()).then(|| printed.trim())
}

fn adds_up(reading: &Reading, total: usize, parts: &[usize]) -> bool {
    let value = |figure: usize| reading.figures.at(figure).quantity.value();
    let clauses = parts.iter().zip(std::iter::once(&total).chain(parts)).all(|(&part, &before)| {
        let (before, part) = (&reading.figures.at(before), &reading.figures.at(part));
        let between = &reading.document.text()[before.span.end as usize..part.span.start.max(before.span.end) as usize];
        between.contains([',', '，', '、'])
    });
    let sum = parts.iter().fold(Rational::ZERO, |sum, &part| &sum + &value(part));
    clauses
        && value(total) >= Rational::from(LEAST)
        && sum == value(total)
        && parts.iter().all(|&part| !value(part).is_zero())
}
