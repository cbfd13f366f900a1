//! Groups of failing checks that share figures, and the fewest figures that explain each.

use std::cmp::Reverse;

use super::likelihood::Evidence;
use super::repair::{Repair, repairs};
use super::{Blame, Report, relation_slip};
use crate::check::printed;
use crate::check::slip::{Origin, Slip, Stated};
use crate::figure::quantity::Rounding;

/// The most failing checks that are looked at together.
const MAX_CASES: usize = 64;

/// The most figures of a group that no equality clears: among more of them, some seem wrong by chance.
const MAX_SUSPECTS: usize = 128;

/// The most figures that are ranked where none is named.
const MAX_RANKED: usize = 3;

/// The failing cases, those that share figures which no equality clears together.
pub fn groups(report: &Report<'_>) -> Vec<Vec<usize>> {
    let mut seen = vec![false; report.cases.len()];
    let mut visited = vec![false; report.figures.len()];
    let mut groups = Vec::new();
    for start in 0..report.cases.len() {
        if seen[start] || !report.fails(start) {
            continue;
        }
        seen[start] = true;
        let mut group = vec![start];
        let mut next = 0;
        while next < group.len() {
            for figure in report.suspects(group[next]) {
                if std::mem::replace(&mut visited[figure], true) {
                    continue;
                }
                for &case in &report.cases_of[figure] {
                    if report.fails(case) && !std::mem::replace(&mut seen[case], true) {
                        group.push(case);
                    }
                }
            }
            next += 1;
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// Whom the cases of a group blame.
pub fn blamed(report: &mut Report<'_>, group: &[usize]) -> Vec<(usize, Blame)> {
    if group.len() > MAX_CASES {
        return Vec::new();
    }
    let Ok(mut candidates) = candidates(report, group) else { return Vec::new() };
    let mut open: Vec<usize> = group.to_vec();
    let mut told = Vec::new();
    while !open.is_empty() {
        candidates.retain(|candidate| candidate.explains.iter().all(|case| open.contains(case)));
        let Some(most) = candidates.iter().map(|candidate| candidate.explains.len()).max() else { break };
        let Some(first) = candidates.iter().position(|candidate| candidate.explains.len() == most) else { break };
        let explained = candidates[first].explains.clone();
        // Those that explain as many checks, one of them the same: where they explain different ones, neither is the one.
        let rivals: Vec<&Candidate> = candidates
            .iter()
            .filter(|rival| rival.explains.len() == most && rival.explains.iter().any(|case| explained.contains(case)))
            .collect();
        let blame = judged(report, &rivals, &explained);
        open.retain(|case| !explained.contains(case));
        told.extend(explained.into_iter().map(|case| (case, blame.clone())));
    }
    told
}

/// A figure that may be the culprit.
struct Candidate {
    figure: usize,
    /// The failing cases that its repair makes hold.
    explains: Vec<usize>,
    repair: Repair,
}

fn candidates(report: &mut Report<'_>, group: &[usize]) -> Result<Vec<Candidate>, ()> {
    let mut candidates = Vec::new();
    for figure in suspects(report, group)? {
        let all = report.cases_of[figure].iter().copied();
        let explains: Vec<usize> = all.filter(|&case| report.fails(case)).collect();
        match repairs(report, figure, &explains)? {
            Some(repair) => candidates.push(Candidate { figure, explains, repair }),
            // It may still be one of several wrong figures, and so stands in the way of naming another.
            None if explains.len() > 1 => candidates.extend(explains.iter().map(|&case| Candidate {
                figure,
                explains: vec![case],
                repair: Repair::unknown(),
            })),
            None => {}
        }
    }
    Ok(candidates)
}

/// The figures of a group that no equality clears, each once; `Err` where they are too many.
fn suspects(report: &mut Report<'_>, group: &[usize]) -> Result<Vec<usize>, ()> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut all = Vec::new();
    for &case in group {
        report.spend(report.size(case)).ok_or(())?;
        all.extend(report.suspects(case).into_iter().filter(|&figure| seen.insert(figure)));
        if all.len() > MAX_SUSPECTS {
            return Err(());
        }
    }
    Ok(all)
}

/// The blame among figures that explain the same number of checks.
fn judged(report: &Report<'_>, rivals: &[&Candidate], explained: &[usize]) -> Blame {
    if let [only] = rivals
        && only.repair.is_known()
    {
        return named(report, only);
    }
    let mut ranked: Vec<&Candidate> = rivals.to_vec();
    // That the wrong base was taken, or a difference for a rate, says more than a slip in a digit.
    let is_other_relation =
        |&case: &usize| matches!(relation_slip(&report.cases[case]), Some(Slip::Base | Slip::PercentagePoints));
    let is_relation = explained.iter().any(is_other_relation);
    let evidence = if is_relation { Evidence::None } else { rank(&mut ranked) };
    if let (Evidence::Clear, [first, ..]) = (evidence, &ranked[..]) {
        return named_by_slip(report, first);
    }
    let slipped: Vec<&Candidate> = ranked.iter().filter(|rival| rival.repair.slip.is_some()).copied().collect();
    let likely = match (evidence, slipped.len()) {
        (Evidence::None, 1..) => &slipped,
        _ => &ranked,
    };
    let suspects: usize = explained.iter().map(|&case| report.size(case) - 1).max().unwrap_or(0);
    let singles_out = match evidence {
        Evidence::None => (2..=MAX_RANKED).contains(&likely.len()) && likely.len() < suspects,
        _ => likely.len() > 1,
    };
    let culprits = likely.iter().take(if singles_out { MAX_RANKED } else { 0 }).map(|rival| rival.figure).collect();
    let slip =
        slipped.iter().find_map(|rival| rival.repair.slip.filter(|&slip| speaks_for_itself(slip, &rival.repair)));
    Blame { culprits, slip, replacement: None }
}

/// What speaks for one of several rivals by its slip; then they are put in order, the likeliest first.
fn rank(rivals: &mut [&Candidate]) -> Evidence {
    let likelihood = |at: usize| &rivals[at].repair.likelihood;
    let Some(first) = (0..rivals.len()).rev().max_by_key(|&at| likelihood(at).of_a_slip()) else {
        return Evidence::None;
    };
    let figure = rivals[first].figure;
    let others = (0..rivals.len()).filter(|&at| rivals[at].figure != figure);
    let evidence = likelihood(first).compared(others.map(likelihood));
    rivals.sort_by_cached_key(|rival| Reverse(rival.repair.likelihood.whole()));
    if evidence != Evidence::None {
        rivals.sort_by_key(|rival| rival.figure != figure);
    }
    evidence
}

/// Whether a slip is worth telling where no figure is named. Cut off are the digits of what is computed; half of all others would look
/// so.
fn speaks_for_itself(slip: Slip, repair: &Repair) -> bool {
    slip == Slip::CutOff && repair.is_result || matches!(slip, Slip::Swapped | Slip::Sign | Slip::PowerOfTen(_))
}

/// A figure that stands out by its slip; which one, and what it should be, is told if a single origin is likely.
fn named_by_slip(report: &Report<'_>, culprit: &Candidate) -> Blame {
    let figure = &report.figures[culprit.figure];
    let rewritten = |origin: &Origin| {
        let decimals = printed::form(figure.text, &figure.quantity).0.checked_add_signed(origin.finer)?;
        printed::rewrite_with(figure.text, &figure.quantity, &origin.value, decimals)
    };
    let origin = culprit.repair.likelihood.only_origin();
    Blame {
        culprits: vec![culprit.figure],
        slip: origin.map(|origin| origin.slip),
        replacement: origin.and_then(rewritten),
    }
}

fn named(report: &Report<'_>, culprit: &Candidate) -> Blame {
    let figure = &report.figures[culprit.figure];
    let meant = culprit.repair.meant.as_ref();
    let replacement = meant.and_then(|value| printed::rewrite(figure.text, &figure.quantity, value, Rounding::Exact));
    let slip_from_meant =
        || meant.and_then(|value| Stated::new(&figure.quantity, figure.rounding).slip_from(value, None));
    Blame { culprits: vec![culprit.figure], slip: culprit.repair.slip.or_else(slip_from_meant), replacement }
}
