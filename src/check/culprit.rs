//! Blame brought to findings: the culprits as figures of the report, the slip in words, the suggestion in the file's bytes.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bind::{Bound, Cited, Place, Reading};
use super::blame::{self, Blame, Budget, Case, Figure, blame};
use super::evaluate::Value;
use super::judge::{Judged, figures_of};
use super::present::{Presenter, place_view};
use crate::diagnostic::{Finding, Suggestion, Verdict};
use crate::exact::Rational;
use crate::figure::{Class, Rounding};
use crate::kept::Store;

/// Figures of a finding's sentences that are looked at as parts left out.
const NEARBY: usize = 32;

/// Stands for a figure of another file, which no check of this report can blame.
const ELSEWHERE: usize = usize::MAX;

/// What was told of checks that share figures, at the last check of the report.
pub type Kept = Store<OnceLock<Told>>;

/// Whom checks that share figures blame, in their order.
#[derive(Debug)]
pub struct Told {
    blames: Vec<Option<Blame>>,
    /// The index of the first of their figures.
    figure: u32,
    /// What it took to find that out.
    spent: usize,
}

/// Whom each failing check blames: figures are indices into [`Reading::figures`]; by the index of the judged check. `kept` is what
/// was told last time, and takes what is told now.
pub fn of(reading: &Reading, judged: &[Judged], mut kept: Option<&mut Kept>) -> FxHashMap<usize, Blame> {
    let mut budget = Budget::default();
    let mut all = FxHashMap::default();
    for group in groups(judged, reading.figures.len()) {
        let figure = group.iter().flat_map(|&i| cited(&judged[i])).next().unwrap_or_default();
        let known = kept.as_mut().and_then(|kept| Some(kept.of(&content(judged, &group)?)));
        let told = known.as_ref().and_then(|known| known.get()?.again(figure, &mut budget));
        let blames = told.unwrap_or_else(|| {
            let before = budget;
            let blames = blamed(reading, judged, &group, &mut budget);
            if let (Some(known), Some(spent)) = (known, budget.spent_since(&before)) {
                let _ = known.set(Told { blames: blames.clone(), figure, spent });
            }
            blames
        });
        all.extend(group.into_iter().zip(blames).filter_map(|(i, blame)| Some((i, blame?))));
    }
    kept.into_iter().for_each(Store::forget_others);
    all
}

impl Told {
    /// The same of the same checks, whose first figure has this index now; `None`: more work is not to be done.
    fn again(&self, figure: u32, budget: &mut Budget) -> Option<Vec<Option<Blame>>> {
        budget.spend(self.spent)?;
        let by = figure.wrapping_sub(self.figure);
        let mut blames = self.blames.clone();
        let culprits = blames.iter_mut().flatten().flat_map(|blame| &mut blame.culprits);
        culprits.for_each(|culprit| *culprit = (*culprit as u32).wrapping_add(by) as usize);
        Some(blames)
    }
}

/// What the blames of checks follow from: where all are of parts of the report that are kept, what those are known by.
fn content(judged: &[Judged], group: &[usize]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(13 * group.len());
    for &i in group {
        let (part, number) = judged[i].claim?.kept?;
        content.extend([u8::from(judged[i].place.table.is_some())]);
        content.extend(part.to_le_bytes());
        content.extend(number.to_le_bytes());
    }
    Some(content)
}

/// The failing checks and those that share figures with them; those that share some, themselves or by others, stand together.
/// There are so many `figures`.
fn groups(judged: &[Judged], figures: usize) -> Vec<Vec<usize>> {
    let usable =
        |one: &Judged| !one.odd && (one.place.missing.is_none() || one.place.bound.iter().all(Option::is_some));
    let fails = |one: &Judged| one.evaluation.verdict == Verdict::Fails;
    // Checks that share no figure with a failing one tell nothing of it.
    let mut suspects = vec![false; figures];
    let failing = judged.iter().filter(|one| usable(one) && fails(one));
    failing.flat_map(cited).for_each(|figure| suspects[figure as usize] = true);
    let told_of = |one: &Judged| cited(one).any(|figure| suspects[figure as usize]);
    let used: Vec<usize> =
        (0..judged.len()).filter(|&i| usable(&judged[i]) && (fails(&judged[i]) || told_of(&judged[i]))).collect();
    // By check the first one that it is known to stand with, and by figure the first that cites it.
    let mut firsts: Vec<usize> = (0..used.len()).collect();
    let mut citing = FxHashMap::default();
    for (at, &i) in used.iter().enumerate() {
        for figure in cited(&judged[i]) {
            let other = *citing.entry(figure).or_insert(at);
            let (a, b) = (first(&mut firsts, at), first(&mut firsts, other));
            firsts[a.max(b)] = a.min(b);
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); used.len()];
    for (at, i) in used.into_iter().enumerate() {
        groups[first(&mut firsts, at)].push(i);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first check that one stands with.
fn first(firsts: &mut [usize], mut at: usize) -> usize {
    while firsts[at] != at {
        firsts[at] = firsts[firsts[at]];
        at = firsts[at];
    }
    at
}

/// Whom the checks of a group blame.
fn blamed(reading: &Reading, judged: &[Judged], group: &[usize], budget: &mut Budget) -> Vec<Option<Blame>> {
    let values: Vec<Vec<Value>> = group.iter().map(|&i| judged[i].values(reading)).collect();
    let mut ids = Ids::default();
    let slots: Vec<Vec<Vec<usize>>> = group.iter().map(|&i| ids.slots(&judged[i])).collect();
    let nearby: Vec<Vec<Rational>> = group.iter().map(|&i| nearby(reading, &judged[i])).collect();
    let case = |(at, &i): (usize, &usize)| Case {
        check: judged[i].expr(),
        values: &values[at],
        slots: &slots[at],
        evaluation: &judged[i].evaluation,
        nearby: &nearby[at],
        unsigned: judged[i].is_unsigned(),
    };
    let cases: Vec<Case> = group.iter().enumerate().map(case).collect();
    let figures: Vec<Figure> = ids.order.iter().map(|&(index, rounding)| printed(reading, index, rounding)).collect();
    let mut blames = blame(&cases, &figures, budget);
    let culprits = blames.iter_mut().flatten().flat_map(|blame| &mut blame.culprits);
    culprits.for_each(|id| *id = ids.order[*id].0 as usize);
    blames
}

/// Whether one slip in one figure of a failing check explains it. `budget` bounds the work for a whole report.
pub fn has_slip(reading: &Reading, one: &Judged, budget: &mut Budget) -> bool {
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
    let block = reading.figures.block(first as usize);
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
            let document = self.reading.document;
            let old = document.printed(figure.digits).to_owned();
            let text = document.in_print(text.clone(), document.blocks.at(figure.block as usize).span);
            let (bytes, line_column) = (place.bytes, place.line_column);
            finding.suggestion = Some(Suggestion { bytes, line_column, old, text });
        }
    }
}
