//! Coverage: every quantity is failing, tied, bound or unchecked.

use super::bind::Reading;
use super::judge::{Judged, figures_of, is_equality};
use super::listing;
use super::present::place_view;
use crate::diagnostic::{Coverage, FigureCounts, FigureState as State, SectionCoverage, Verdict};
use crate::document::BlockKind;
use crate::figure::{Class, Figure, Rounding};

/// The state of every figure that the lexer found.
pub fn states(reading: &Reading, judged: &[Judged]) -> Vec<State> {
    states_of(reading.lexed, judged)
}

/// The states of the first `count` figures of a reading.
pub fn states_of(count: usize, judged: &[Judged]) -> Vec<State> {
    let mut states = vec![State::Unchecked; count];
    for one in judged.iter().filter(|one| !one.odd) {
        let state = match one.evaluation.verdict {
            Verdict::Fails if !one.evaluation.excluded_end => State::Failing,
            Verdict::Holds if is_equality(one.expr()) => State::Holds,
            Verdict::WithinRounding if is_equality(one.expr()) => State::WithinRounding,
            Verdict::Holds | Verdict::WithinRounding => State::Bound,
            _ => continue,
        };
        for (_, _, cited) in figures_of(one) {
            for &figure in cited.all_here() {
                if let Some(old) = states.get_mut(figure as usize) {
                    *old = (*old).max(state);
                }
            }
        }
    }
    states
}

/// The counts of a report's quantities by state.
pub fn count(reading: &Reading, states: &[State]) -> FigureCounts {
    let passed_over = reading.passed_over;
    let mut counts = FigureCounts { total: passed_over, unchecked: passed_over, ..FigureCounts::default() };
    quantities(reading, states).for_each(|(_, state)| add(&mut counts, state));
    counts
}

/// The counts by section, and the quantities that are unchecked.
pub fn by_section(reading: &Reading, states: &[State]) -> Coverage {
    let document = reading.document;
    let mut coverage = Coverage::default();
    let mut blocks = document.blocks.iter().enumerate().peekable();
    let mut section = SectionCoverage::default();
    for (figure, state) in quantities(reading, states) {
        while let Some((_, block)) = blocks.next_if(|(at, _)| *at <= figure.block as usize) {
            if matches!(block.kind, BlockKind::Heading(_)) {
                let heading = Some(document.printed(block.span).trim().to_owned());
                let next =
                    SectionCoverage { heading, place: place_view(document, block.span), ..SectionCoverage::default() };
                coverage.sections.push(std::mem::replace(&mut section, next));
            }
        }
        add(&mut section.figures, state);
        if state == State::Unchecked {
            coverage.unchecked.push(listing::row(reading, &figure, Rounding::Nearest));
        }
    }
    coverage.sections.push(section);
    coverage.sections.retain(|section| section.figures.total > 0);
    coverage
}

fn quantities<'a>(reading: &'a Reading, states: &'a [State]) -> impl Iterator<Item = (Figure, State)> {
    let all = reading.figures.iter().zip(states.iter().copied());
    all.filter(|(figure, _)| figure.class == Class::Quantity)
}

fn add(counts: &mut FigureCounts, state: State) {
    counts.total += 1;
    *match state {
        State::Unchecked => &mut counts.unchecked,
        State::Bound => &mut counts.bound,
        State::WithinRounding | State::Holds => &mut counts.tied,
        State::Failing => &mut counts.failing,
    } += 1;
}
