//! What stands around the reports: counts with a bar, the bar of controls, the list of reports, problems.

use maud::{Markup, html};

use super::note::excerpt;
use super::text::Text;
use super::words::Words;
use super::{Weight, data, weight_of};
use crate::diagnostic::{Body, FigureCounts, FigureState, Problem, Report, Run, Severity};
use crate::output::{TextOptions, words as told};

/// How many figures have each state.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub all: FigureCounts,
    /// Of those that are tied, how many only within rounding.
    pub rounding: usize,
    /// What was recognised as no quantity.
    pub none: usize,
}

impl Counts {
    pub fn of(report: &Report) -> Self {
        let figures = report.body.as_ref().map_or(&[][..], |body: &Body| &body.figures);
        let quantities = || figures.iter().filter(|figure| figure.row.class == "quantity");
        let rounding = quantities().filter(|figure| figure.state == FigureState::WithinRounding).count();
        Self {
            all: report.figures,
            // Figures that only a check reads as such are not counted.
            rounding: rounding.min(report.figures.tied),
            none: figures.len() - quantities().count(),
        }
    }

    pub fn of_run(run: &Run) -> Self {
        let mut sum = Self::default();
        for own in run.reports.iter().map(Self::of) {
            sum.all.add(own.all);
            sum.rounding += own.rounding;
            sum.none += own.none;
        }
        sum
    }

    /// The class of each state, its name and its count, as they stand in the bar.
    fn states(&self, words: &'static Words) -> [(&'static str, &'static str, usize); 5] {
        let [fails, rounding, holds, bound, unchecked] = words.states;
        [
            ("x", fails, self.all.failing),
            ("r", rounding, self.rounding),
            ("h", holds, self.all.tied - self.rounding),
            ("b", bound, self.all.bound),
            ("u", unchecked, self.all.unchecked),
        ]
    }
}

/// The share of each state as a bar.
pub fn bar(counts: &Counts, words: &'static Words) -> Markup {
    let states = counts.states(words);
    let said: Vec<String> = states.iter().map(|(_, name, count)| format!("{name} {count}")).collect();
    html! {
        @if counts.all.total > 0 {
            div .bar role="img" aria-label=(said.join(words.comma)) {
                @for (class, name, count) in states {
                    @if count > 0 {
                        span class={ "seg " (class) } style={ "flex-grow:" (count) } title={ (name) " " (count) } {}
                    }
                }
            }
        }
    }
}

/// The bar at the top: what the run came to, and the controls.
pub fn toolbar(run: &Run, words: &'static Words, options: &TextOptions) -> Markup {
    let counts = Counts::of_run(run);
    let sum = run.summary();
    let coverage = counts.all.percent().map(|percent| words.coverage(counts.all, percent));
    html! {
        a .skip href="#main" { (words.skip) }
        header .top {
            div .line {
                h1 { (words.title) }
                p .counts { (told::summary(words.language, &sum)) }
                div .buttons {
                    button #previous type="button" title=(words.previous) aria-label=(words.previous) { "↑" }
                    span #position { "–" }
                    button #next type="button" title=(words.next) aria-label=(words.next) { "↓" }
                    button #theme type="button" title=(words.theme) aria-label=(words.theme) { "◐" }
                    button #keys type="button" aria-expanded="false" aria-controls="help" title=(words.help) aria-label=(words.help) { "?" }
                }
            }
            (bar(&counts, words))
            div .line {
                @if counts.all.total + counts.none > 0 { (filters(run, &counts, words, options)) }
                @if let Some(coverage) = coverage { p .coverage { (coverage) } }
            }
            p #help .help hidden { (words.keys) }
        }
    }
}

/// The states with their counts; with the script each can be taken out.
fn filters(run: &Run, counts: &Counts, words: &'static Words, options: &TextOptions) -> Markup {
    let hints = run.reports.iter().flat_map(|report| &report.findings);
    let hints = hints.filter(|finding| finding.severity == Some(Severity::Note)).count();
    let filter = |class: &str, name: &str, count: usize, on: bool| {
        html! {
            label {
                input type="checkbox" data-state=(class) checked[on];
                @if class != "hint" { span class=(class) aria-hidden="true" { "12" } }
                (name) " " b { (count) }
            }
        }
    };
    html! {
        fieldset .filters {
            legend { (words.legend) }
            @for (class, name, count) in counts.states(words) { (filter(class, name, count, true)) }
            @if counts.none > 0 { (filter("n", words.none, counts.none, false)) }
            @if hints > 0 { (filter("hint", words.hints, hints, options.notes)) }
        }
    }
}

/// The list of reports.
pub fn contents(run: &Run, order: &[usize], words: &'static Words) -> Markup {
    let is_clean = |number: &&usize| weight_of(&run.reports[**number]) == Weight::Nothing;
    let (told, clean): (Vec<&usize>, Vec<&usize>) = order.iter().partition(|number| !is_clean(number));
    let list = |numbers: &[&usize]| {
        html! { ol { @for number in numbers { li { (entry(**number, &run.reports[**number], words)) } } } }
    };
    html! {
        nav .contents aria-label=(words.reports) {
            @if !told.is_empty() { h2 { (words.with_findings) " " b { (told.len()) } } (list(&told)) }
            @if !clean.is_empty() {
                details open[told.is_empty()] { summary { (words.without_findings) " " b { (clean.len()) } } (list(&clean)) }
            }
        }
    }
}

fn entry(number: usize, report: &Report, words: &'static Words) -> Markup {
    let sum = report.summary();
    let name = report.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let found = sum.errors + sum.warnings;
    html! {
        a href={ "#r" (number) } title=(Text(&report.path)) {
            (Text(name))
            @if found > 0 { " " span .badge { (found) span .away { " " (words.findings) } } }
            @if sum.fatal > 0 { " " span .badge { "⚠" span .away { (words.problems) } } }
        }
    }
}

/// What could not be read or checked; `own` is the report's path, which needs no telling there.
pub fn problems(problems: &[Problem], own: Option<&str>, words: &'static Words) -> Markup {
    html! {
        @if !problems.is_empty() {
            section .problems aria-label=(words.problems) {
                p .kind { span .icon aria-hidden="true" { "⚠" } (words.problems) }
                ul {
                    @for problem in problems {
                        li {
                            @if let Some(path) = problem.path.as_deref().filter(|path| Some(*path) != own) { code { (Text(path)) } " " }
                            @if let Some(place) = data::place(&problem.place, words) { (Text(&place)) ": " }
                            (Text(&problem.message))
                            @if let Some(help) = &problem.help { " (" (Text(help)) ")" }
                            @for one in &problem.excerpts { (excerpt(one)) }
                        }
                    }
                }
            }
        }
    }
}
