//! Coverage: every quantity is failing, tied, bound or unchecked.

use super::bind::{At, Reading};
use super::judge::{Judged, figures_of, is_equality};
use crate::diagnostic::{FigureCounts, Verdict};
use crate::figure::Class;

/// How a figure is covered; a figure in several checks has the greatest of their states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// In no check.
    #[default]
    Unchecked,
    /// In an inequality that holds.
    Bound,
    /// In an equality that holds.
    Tied,
    /// In a check that fails.
    Failing,
}

/// The state of every figure that the lexer found.
pub fn states(reading: &Reading, judged: &[Judged]) -> Vec<State> {
    let mut states = vec![State::Unchecked; reading.lexed];
    for one in judged.iter().filter(|one| !one.odd) {
        let state = match one.evaluation.verdict {
            Verdict::Fails if !one.evaluation.excluded_end => State::Failing,
            Verdict::Holds | Verdict::WithinRounding if is_equality(one.expr()) => State::Tied,
            Verdict::Holds | Verdict::WithinRounding => State::Bound,
            _ => continue,
        };
        for (_, _, cited) in figures_of(one) {
            let figures = match &cited.at {
                At::Here(figure) => std::slice::from_ref(figure),
                At::Several(figures) => figures,
                At::There(_) => &[],
            };
            for &figure in figures {
                if let Some(old) = states.get_mut(figure as usize) {
                    *old = (*old).max(state);
                }
            }
        }
    }
    states
}

/// The counts of a report's quantities by state.
pub fn count(reading: &Reading, judged: &[Judged]) -> FigureCounts {
    let mut counts = FigureCounts::default();
    for (figure, state) in reading.figures.iter().zip(states(reading, judged)) {
        if figure.class != Class::Quantity {
            continue;
        }
        counts.total += 1;
        match state {
            State::Unchecked => counts.unchecked += 1,
            State::Bound => counts.bound += 1,
            State::Tied => counts.tied += 1,
            State::Failing => counts.failing += 1,
        }
    }
    counts
}
