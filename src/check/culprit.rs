//! Blame brought to findings: the culprits as figures of the report, the slip in words, the suggestion in the file's bytes.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bind::{Bound, Cited, Place, Reading};
use super::blame::{self, Blame, Case, Figure, blame};
use super::evaluate::Value;
use super::judge::{Judged, figures_of};
use super::present::{Presenter, place_view};
use crate::diagnostic::{Finding, Suggestion, Verdict};
use crate::exact::Rational;
use crate::figure::{Class, Rounding};

/// Figures of a finding's sentences that are looked at as parts left out.
const NEARBY: usize = 32;

/// Stands for a figure of another file, which no check of this report can blame.
const ELSEWHERE: usize = usize::MAX;

/// Whom each failing check blames: figures are indices into [`Reading::figures`]; by the index of the judged check.
pub fn of(reading: &Reading, judged: &[Judged]) -> FxHashMap<usize, Blame> {
    let usable =
        |one: &Judged| !one.odd && (one.place.missing.is_none() || one.place.bound.iter().all(Option::is_some));
    // Checks that share no figure with a failing one tell nothing of it.
    let failing = judged.iter().filter(|one| usable(one) && one.evaluation.verdict == Verdict::Fails);
    let suspects: FxHashSet<u32> = failing.flat_map(cited).collect();
    let told_of = |one: &Judged| cited(one).any(|figure| suspects.contains(&figure));
    let used = |one: &Judged| usable(one) && (one.evaluation.verdict == Verdict::Fails || told_of(one));
    let used: Vec<usize> = (0..judged.len()).filter(|&i| used(&judged[i])).collect();
    let values: Vec<Vec<Value>> = used.iter().map(|&i| judged[i].values(reading)).collect();
    let mut ids = Ids::default();
    let slots: Vec<Vec<Vec<usize>>> = used.iter().map(|&i| ids.slots(&judged[i])).collect();
    let nearby: Vec<Vec<Rational>> = used.iter().map(|&i| nearby(reading, &judged[i])).collect();
    let cases: Vec<Case> = used
        .iter()
        .enumerate()
        .map(|(at, &i)| Case {
            check: judged[i].expr(),
            values: &values[at],
            slots: &slots[at],
            evaluation: &judged[i].evaluation,
            nearby: &nearby[at],
            unsigned: judged[i].is_unsigned(),
        })
        .collect();
    let figures: Vec<Figure> = ids.order.iter().map(|&(index, rounding)| printed(reading, index, rounding)).collect();
    let told = blame(&cases, &figures).into_iter().zip(used);
    let mut all: FxHashMap<usize, Blame> = told.filter_map(|(blame, i)| Some((i, blame?))).collect();
    for blame in all.values_mut() {
        blame.culprits.iter_mut().for_each(|id| *id = ids.order[*id].0 as usize);
    }
    all
}

/// Whether one slip in one figure of a failing check explains it. `budget` bounds the work for a whole report.
pub fn has_slip(reading: &Reading, one: &Judged, budget: &mut usize) -> bool {
    let mut ids = Ids::default();
    let slots = ids.slots(one);
    let (check, values, evaluation) = (one.expr(), one.values(reading), &one.evaluation);
    let case = Case { check, values: &values, slots: &slots, evaluation, nearby: &[], unsigned: one.is_unsigned() };
    let figures: Vec<Figure> = ids.order.iter().map(|&(index, rounding)| printed(reading, index, rounding)).collect();
    blame::has_slip(case, &figures, budget)
}

/// The figures of the report that a check's names stand for.
fn cited<'a>(judged: &Judged<'a>) -> impl Iterator<Item = u32> + use<'a> {
    let place: &'a Place = judged.place;
    place.bound.iter().flatten().flat_map(Bound::cited).filter_map(Cited::here)
}

/// The figures that checks use, numbered densely.
#[derive(Default)]
struct Ids {
    by_figure: FxHashMap<u32, usize>,
    order: Vec<(u32, Rounding)>,
}

impl Ids {
    fn slots(&mut self, judged: &Judged) -> Vec<Vec<usize>> {
        let bound = judged.place.bound.iter();
        let cited = bound.map(|bound| bound.as_ref().map_or(&[][..], Bound::cited));
        cited.map(|list| list.iter().map(|cited| self.id(cited, judged)).collect()).collect()
    }

    fn id(&mut self, cited: &Cited, judged: &Judged) -> usize {
        let Some(figure) = cited.here() else { return ELSEWHERE };
        *self.by_figure.entry(figure).or_insert_with(|| {
            self.order.push((figure, if judged.learned { Rounding::Exact } else { judged.rounding }));
            self.order.len() - 1
        })
    }
}

fn printed<'a>(reading: &'a Reading, index: u32, rounding: Rounding) -> Figure<'a> {
    let figure = &reading.figures.at(index as usize);
    let rounding = if figure.is_exact() { Rounding::Exact } else { rounding };
    Figure { text: reading.document.slice(figure.digits), quantity: figure.quantity, rounding }
}

/// The values of other figures in the blocks of a failing check.
fn nearby(reading: &Reading, judged: &Judged) -> Vec<Rational> {
    if judged.evaluation.verdict != Verdict::Fails {
        return Vec::new();
    }
    let own: FxHashSet<u32> = figures_of(judged).filter_map(|(.., cited)| cited.here()).collect();
    let Some(&first) = own.iter().min() else { return Vec::new() };
    let block = reading.figures.at(first as usize).block;
    let of_block = reading.figures.of_block(block, reading.lexed);
    let others = of_block.clone().zip(reading.figures.range(of_block));
    let others = others.filter(|(i, figure)| figure.class == Class::Quantity && !own.contains(&(*i as u32)));
    others.take(NEARBY).map(|(_, figure)| figure.quantity.value()).collect()
}

impl Presenter<'_> {
    /// Adds slip, culprits and suggestion to a finding.
    pub fn add_blame(&self, judged: &Judged, blame: &Blame, finding: &mut Finding) {
        finding.slip = blame.slip.map(|slip| slip.text(self.language).to_owned());
        let figures: Vec<_> = figures_of(judged).collect();
        let view = |culprit: &usize| {
            let own = figures.iter().position(|(.., cited)| cited.here() == Some(*culprit as u32));
            own.and_then(|at| finding.figures.get(at)).cloned()
        };
        let mut culprits: Vec<_> = blame.culprits.iter().filter_map(view).collect();
        if let Some(instead) = &judged.place.missing
            && let Some(view) = finding.figures.get(instead.term)
        {
            culprits = vec![view.clone()];
        }
        finding.culprits = culprits;
        if let (Some(text), [culprit]) = (&blame.replacement, &blame.culprits[..]) {
            let figure = &self.reading.figures.at(*culprit);
            let mut place = place_view(self.reading.document, figure.digits);
            if self.reading.document.holds_markup(figure.digits) {
                // Writing over tags would break the page.
                (place.bytes, place.line_column) = (None, None);
            }
            let old = self.reading.document.slice(figure.digits).to_owned();
            let (bytes, line_column) = (place.bytes, place.line_column);
            finding.suggestion = Some(Suggestion { bytes, line_column, old, text: text.clone() });
        }
    }
}
