//! Detectors: where figures stand that must obey a built-in check, though no rule of the user says so.
//!
//! A built-in check is a rule file under `rules/builtin`, built into the program whole: its message, its severity, what must
//! hold, its examples. Where the rule language cannot say where its figures stand, a detector finds them (the key `detect`
//! names the figures it gives). What a detector claims is judged, blamed and shown as any rule's check is.

mod balance;
mod breakdown;
mod catalog;
mod cell_shares;
mod claim;
pub mod clause;
mod count;
mod exactness;
mod grid;
mod growth;
mod growth_basis;
mod growth_basis_english;
mod growth_english;
mod growth_scale;
mod hidden_whole;
mod impossible;
mod items;
mod kept;
mod kinds;
mod money_list;
mod net;
mod paragraphs;
mod part_shares;
mod population;
mod rates;
mod restated;
mod settle;
mod share;
mod share_english;
mod share_list;
mod share_whole;
mod slips;
mod statistics;
mod sum_behind;
mod sums;
mod table_difference;
mod table_growth;
mod table_share;
mod table_total;
mod tables;
mod terms;
mod whole;
mod words;

#[cfg(test)]
mod tests;

pub use catalog::{ids, rule_files};
pub use claim::{Claim, Trust};
pub use kept::{Given, Kept};

use std::cell::{OnceCell, RefCell};
use std::sync::{Arc, OnceLock};

use clause::Sentence;
use grid::Grid;
use regex::Regex;
use sums::Lines;

use super::bind::{At, Bound, Cited, Meant, Place, Reading, operand};
use super::evaluate::{Operand, Value};
use super::{judge, present};
use crate::diagnostic::{FigureView, Severity};
use crate::document::{Block, BlockKind, Language};
use crate::exact::{End, Range, Rational};
use crate::figure::{Class, Dimension, Figure, Quantity, Rounding, Unit};
use crate::parallel;
use crate::rule::{Rule, RuleSet};
use crate::span::Span;
use crate::text::is_amount;

/// Finds the places of a built-in check in a report and says what must hold there.
#[derive(Clone, Copy)]
enum Detector {
    /// In a sentence; the second is the one before it in its paragraph. It sees nothing else of the report, so that what it finds
    /// is kept with the paragraph.
    Sentences(fn(&Context, &Sentence, Option<&Sentence>) -> Vec<Claim>),
    /// In a table (by its index), seen by its rows and by its columns. It sees nothing else of the report but what `tables` counts to
    /// the table's content.
    Table(fn(&Context, usize, &[Lines]) -> Vec<Claim>),
    /// In a whole report.
    Report(fn(&Context) -> Vec<Claim>),
}

use Detector::{Report, Sentences, Table};

/// The detectors by the ids of their checks.
const DETECTORS: &[(&str, Detector)] = &[
    ("balance", Sentences(balance::claims)),
    ("breakdown", Sentences(breakdown::claims)),
    ("breakdown", Report(items::claims)),
    ("count", Report(count::claims)),
    ("growth", Sentences(growth::claims)),
    ("impossible", Report(impossible::claims)),
    ("restated", Report(restated::claims)),
    ("scale", Report(restated::scales)),
    ("share", Sentences(share::claims)),
    ("table-difference", Table(table_difference::claims)),
    ("table-growth", Table(table_growth::claims)),
    ("table-share", Table(table_share::claims)),
    ("table-share", Report(cell_shares::claims)),
    ("statistics", Report(statistics::claims)),
    ("table-total", Table(table_total::claims)),
];

/// Detectors that share what they find: one thread runs them in order. Others may run beside them.
const TOGETHER: &[&str] = &["restated", "scale"];

/// What a detector sees.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The report with its figures and the shapes of its tables.
    pub reading: &'a Reading<'a>,
    /// How the report rounds.
    pub rounding: Rounding,
    /// The language of messages.
    pub language: Language,
    /// The paragraphs and headings of the report, with what was found in them.
    pub paragraphs: &'a [paragraphs::Placed<'a>],
    /// Its tables, with the same.
    pub tables: &'a [tables::Placed],
    /// The check's rule: its names and checks.
    rule: &'a Rule,
    id: (u32, u32),
    worded: &'a OnceLock<Vec<u32>>,
    shared: &'a Shared,
}

/// Classes of characters and what they stand for in the patterns of detectors: whole classes of Unicode take long to build,
/// and a report is often checked alone.
const CLASSES: [(&str, &str); 6] = [
    (r"\p{Han}", "[一-龥]"),
    (r"\p{Latin}", "[A-Za-zÀ-ɏ]"),
    (r"\p{Greek}", "[Α-ω]"),
    (r"\s", "[ \n\u{a0}\u{2009}\u{202f}\u{3000}]"),
    (r"\w", "[0-9A-Za-z]"),
    (r"\b", r"(?-u:\b)"),
];

/// A detector's pattern. `None` is never met: every pattern is made in the tests, where one that is wrong panics.
fn pattern(source: &str) -> Option<Regex> {
    let source = CLASSES.iter().fold(source.to_owned(), |source, (class, instead)| source.replace(class, instead));
    let made = Regex::new(&source);
    debug_assert!(made.is_ok(), "{source}");
    made.ok()
}

/// What the detectors found in a report.
#[derive(Default)]
pub struct Detected {
    /// What they claim.
    pub claims: Vec<Claim>,
    /// The figures that only they read as such: those stand behind the figures of the reading.
    pub forced: Vec<Figure>,
    /// The tables (by index) that are too large to be gone through whole.
    pub too_large: Vec<usize>,
}

/// What the detectors find in a report. `kept` is what they found in its parts at its last check, and takes what they find now.
pub fn claims(reading: &Reading, rules: &RuleSet, given: &Given, kept: Option<&mut Kept>) -> Detected {
    let wanted = rules.files.iter().enumerate().filter(|(at, _)| given.files[*at]);
    let rules_of =
        wanted.flat_map(|(at, file)| file.rules.iter().enumerate().map(move |(index, rule)| (at, index, rule)));
    let jobs = rules_of.filter(|(.., rule)| rule.detected).flat_map(|(at, index, rule)| {
        let own = DETECTORS.iter().filter(|(id, _)| *id == rule.id);
        own.map(move |(_, detector)| Job { id: (at as u32, index as u32), rule, detector: *detector })
    });
    let jobs: Vec<Job> = jobs.collect();
    if jobs.is_empty() {
        return Detected::default();
    }
    let (mut known_paragraphs, mut known_tables) = (None, None);
    if let Some(kept) = kept {
        kept.expect(given);
        (known_paragraphs, known_tables) = (Some(&mut kept.paragraphs), Some(&mut kept.tables));
    }
    let paragraphs = paragraphs::all(reading, known_paragraphs.as_deref_mut());
    let tables = tables::all(reading, known_tables.as_deref_mut());
    let (rounding, language) = (given.rounding, given.language);
    let worded = OnceLock::new();
    let seen = Seen { reading, rounding, language, paragraphs: &paragraphs, tables: &tables, worded: &worded };
    find_in_sentences(&jobs, &seen);
    find_in_tables(&jobs, &seen);
    let are_together = |a: &Job, b: &Job| [a, b].iter().all(|job| TOGETHER.contains(&job.rule.id.as_str()));
    let groups: Vec<&[Job]> = jobs.chunk_by(are_together).collect();
    let found = parallel::tasks(reading.document.text().len(), &groups, |jobs| detect(jobs, &seen));
    let too_large = tables.iter().filter(|placed| placed.is_too_large()).map(|placed| placed.table).collect();
    if let (Some(paragraphs), Some(tables)) = (known_paragraphs, known_tables) {
        paragraphs.forget_others();
        tables.forget_others();
    }
    let all = Detected { too_large, ..Detected::default() };
    found.into_iter().fold(all, |all, part| all.and(part, reading.figures.len()))
}

/// A detector, and the rule that it finds places of.
struct Job<'a> {
    id: (u32, u32),
    rule: &'a Rule,
    detector: Detector,
}

/// What all detectors see.
struct Seen<'a> {
    reading: &'a Reading<'a>,
    rounding: Rounding,
    language: Language,
    paragraphs: &'a [paragraphs::Placed<'a>],
    tables: &'a [tables::Placed],
    /// The blocks that hold more than numbers, once they were asked for.
    worded: &'a OnceLock<Vec<u32>>,
}

/// What detectors share that one thread runs.
#[derive(Default)]
struct Shared {
    /// What figures tell by their words, found by the first check that asks.
    told: OnceCell<Vec<restated::Pair>>,
    forced: RefCell<Vec<Figure>>,
}

/// What is new is looked at in so many parts, each core the next that is left.
const PARTS: usize = 8;

fn parts<T>(new: &[T]) -> Vec<&[T]> {
    new.chunks(new.len().div_ceil(PARTS).max(1)).collect()
}

/// Has the detectors of sentences look at the paragraphs that they have not seen yet.
fn find_in_sentences(jobs: &[Job], seen: &Seen) {
    let new: Vec<&paragraphs::Placed> = seen.paragraphs.iter().filter(|placed| placed.is_new()).collect();
    let jobs: Vec<&Job> = jobs.iter().filter(|job| matches!(job.detector, Sentences(_))).collect();
    if jobs.is_empty() {
        return;
    }
    let size = new.iter().map(|placed| placed.text.len()).sum();
    parallel::tasks(size, &parts(&new), |part| {
        let shared = Shared::default();
        for placed in *part {
            let sentences = placed.sentences(seen.reading);
            let found = jobs.iter().flat_map(|job| {
                let context = Context::new(seen, job.id, job.rule, &shared);
                let before = std::iter::once(None).chain(sentences.iter().map(Some));
                let of = |(one, before)| match job.detector {
                    Sentences(find) => find(&context, one, before),
                    _ => Vec::new(),
                };
                sentences.iter().zip(before).flat_map(of).map(|claim| context.judged(claim)).collect::<Vec<_>>()
            });
            placed.find(found.collect());
        }
    });
}

/// Has the detectors of tables look at those that they have not seen yet.
fn find_in_tables(jobs: &[Job], seen: &Seen) {
    let reading = seen.reading;
    let new: Vec<&tables::Placed> = seen.tables.iter().filter(|placed| placed.is_new()).collect();
    let jobs: Vec<&Job> = jobs.iter().filter(|job| matches!(job.detector, Table(_))).collect();
    if jobs.is_empty() {
        return;
    }
    parallel::tasks(reading.document.text().len(), &parts(&new), |part| {
        let shared = Shared::default();
        for placed in *part {
            let Some(grid) = Grid::new(reading, seen.rounding, placed.table) else {
                placed.find(Vec::new(), !Grid::fits(reading, placed.table));
                continue;
            };
            let lines = Lines::all_of(reading.document, placed.table, &grid);
            let found = jobs.iter().flat_map(|job| {
                let context = Context::new(seen, job.id, job.rule, &shared);
                let found = match job.detector {
                    Table(find) => find(&context, placed.table, &lines),
                    _ => Vec::new(),
                };
                found.into_iter().map(move |claim| context.judged(claim))
            });
            placed.find(found.collect(), lines.iter().any(Lines::is_exhausted));
        }
    });
}

/// What detectors find that run one after the other.
fn detect(jobs: &[Job], seen: &Seen) -> Detected {
    let shared = Shared::default();
    let mut claims = Vec::new();
    for job in jobs {
        match job.detector {
            Report(find) => claims.extend(find(&Context::new(seen, job.id, job.rule, &shared))),
            Sentences(_) => claims.extend(seen.paragraphs.iter().flat_map(|placed| placed.claims(job.id))),
            Table(_) => claims.extend(seen.tables.iter().flat_map(|placed| placed.claims(job.id))),
        }
    }
    Detected { claims, forced: shared.forced.into_inner(), too_large: Vec::new() }
}

impl Detected {
    /// Both, in order; the figures of the reading are so many.
    fn and(mut self, mut other: Detected, figures: usize) -> Detected {
        other.claims.iter_mut().for_each(|claim| claim.shift(figures as u32, self.forced.len() as u32));
        self.claims.append(&mut other.claims);
        self.forced.append(&mut other.forced);
        self
    }
}

/// A claim that the first check of a rule holds of figures that no detector found.
pub fn claim_on(reading: &Reading, rules: &RuleSet, id: &str, names: &[(&str, Vec<u32>)]) -> Option<Claim> {
    let all = rules.files.iter().enumerate();
    let mut all = all.flat_map(|(at, file)| file.rules.iter().enumerate().map(move |(index, rule)| (at, index, rule)));
    let (at, index, rule) = all.find(|(.., rule)| rule.id == id)?;
    let (rounding, language) = (Rounding::Nearest, reading.document.language);
    let worded = OnceLock::new();
    let seen = Seen { reading, rounding, language, paragraphs: &[], tables: &[], worded: &worded };
    let shared = Shared::default();
    let context = Context::new(&seen, (at as u32, index as u32), rule, &shared);
    let bound = names.iter().map(|(name, figures)| {
        let bound = match figures[..] {
            [one] => context.one(one as usize),
            _ => context.list(figures.iter().map(|&figure| figure as usize)),
        };
        (*name, bound)
    });
    Some(context.claim(0, bound.collect()))
}

impl<'a> Context<'a> {
    fn new(seen: &Seen<'a>, id: (u32, u32), rule: &'a Rule, shared: &'a Shared) -> Self {
        let &Seen { reading, rounding, language, paragraphs, tables, worded } = seen;
        Self { reading, rounding, language, paragraphs, tables, rule, id, worded, shared }
    }
}

impl Context<'_> {
    /// A claim that a check of the rule (by its index) holds of what the names stand for. Names left out stand for nothing:
    /// the check must not use them.
    pub fn claim(&self, check: usize, names: Vec<(&str, Bound)>) -> Claim {
        let mut bound = vec![None; self.rule.names.len()];
        for (name, value) in names {
            let index = self.rule.names.iter().position(|own| own.name == name);
            debug_assert!(index.is_some(), "{} has no name {name}", self.rule.id);
            if let Some(index) = index {
                bound[index] = Some(value);
            }
        }
        let cited = bound.iter().flatten().flat_map(Bound::cited).filter_map(|cited| cited.here());
        let at = cited.map(|figure| self.figure(figure as usize).span.start).min().unwrap_or_default();
        Claim {
            id: self.id,
            check,
            place: Place { bound, at, table: None, missing: None },
            rounding: self.rounding,
            severity: self.rule.severity,
            trust: Trust::Certain,
            exactly: false,
            evidence: None,
            message: None,
            unblamed: false,
            derived: false,
            unsigned: false,
            kept: None,
            evaluation: None,
        }
    }

    /// What stands at `span` of a block, read as the whole number `value`, though it is no quantity: the day of a date, a list
    /// mark. Gives the index that figures of the reading have.
    pub fn forced(&self, block: usize, span: Span, value: i64) -> usize {
        let quantity = Quantity { numerator: value.into(), ..Quantity::default() };
        let figure =
            Figure { span, digits: span, block: block as u32, class: Class::Quantity, quantity, unit: Unit::Unknown };
        self.force(figure)
    }

    /// A figure that the lexer did not find. Gives the index that figures of the reading have.
    pub fn force(&self, figure: Figure) -> usize {
        let mut forced = self.shared.forced.borrow_mut();
        forced.push(figure);
        self.reading.figures.len() + forced.len() - 1
    }

    /// A figure of the reading or a forced one, by its index.
    pub fn figure(&self, index: usize) -> Figure {
        let figures = &self.reading.figures;
        figures.get(index).unwrap_or_else(|| self.shared.forced.borrow()[index - figures.len()])
    }

    /// The quantity whose digits begin at an offset of the document, as an index into the reading's figures.
    pub fn quantity_at(&self, at: usize) -> Option<usize> {
        let (figures, lexed) = (&self.reading.figures, self.reading.lexed);
        let first = figures.partition_point_below(lexed, |figure| (figure.digits.start as usize) < at);
        let is_it = |figure: Figure| figure.digits.start as usize == at && figure.class == Class::Quantity;
        (first < lexed && is_it(figures.at(first))).then_some(first)
    }

    /// The figures of a block, as indices into the reading's.
    pub fn figures_of(&self, block: usize) -> std::ops::Range<usize> {
        self.reading.figures.of_block(block as u32, self.reading.lexed)
    }

    /// The blocks outside of tables and code, with their index and text.
    pub fn prose(&self) -> impl Iterator<Item = (usize, Span, &str)> {
        let document = self.reading.document;
        let all = document.blocks.iter().enumerate();
        let prose = all.filter(|(_, block)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)));
        prose.map(|(index, block)| (index, block.span, document.slice(block.span)))
    }

    /// The blocks that hold more than numbers, code aside, with their index and text: of a large table few do.
    pub fn worded(&self) -> impl Iterator<Item = (usize, Span, &str)> {
        let document = self.reading.document;
        let has_words = |block: &Block| block.kind != BlockKind::Code && !is_amount(document.slice(block.span));
        let all = self.worded.get_or_init(|| {
            (0..).zip(document.blocks.iter()).filter(|(_, block)| has_words(block)).map(|(index, _)| index).collect()
        });
        all.iter().map(|&index| {
            let span = document.blocks.at(index as usize).span;
            (index as usize, span, document.slice(span))
        })
    }

    /// A figure of the report, by its index in [`Reading::figures`].
    pub fn one(&self, figure: usize) -> Bound {
        Bound::One(self.cite(figure, false))
    }

    /// A figure of the report that is read as `meant`.
    pub fn one_as(&self, figure: usize, meant: &Figure) -> Bound {
        let operand = Arc::new(operand(meant, self.rounding, false));
        Bound::One(Cited::Meant(Arc::new(Meant { operand, at: At::Here(vec![figure as u32]) })))
    }

    /// A figure that takes its sign from the words beside it: a decrease is negative.
    pub fn signed(&self, figure: usize) -> Bound {
        Bound::One(self.cite(figure, true))
    }

    /// Figures of the report.
    pub fn list(&self, figures: impl IntoIterator<Item = usize>) -> Bound {
        Bound::List(figures.into_iter().map(|figure| self.cite(figure, false)).collect())
    }

    /// A value that the report does not print, such as a number of items counted or a probability computed: all values in
    /// `range`. `text` is how it is shown.
    pub fn computed(&self, range: Range, text: impl Into<String>) -> Bound {
        let nominal = range.single().cloned();
        let printed = nominal.clone().or_else(|| range.low.as_ref().map(|end| end.value.clone()));
        let operand = Operand {
            range,
            printed: printed.unwrap_or_else(|| Rational::from(0)),
            nominal,
            dimension: Dimension::Unknown,
            kind: 0,
        };
        let decimal = |end: &Option<End>| end.as_ref().map(|end| present::decimal(&end.value));
        let view = FigureView {
            text: text.into(),
            value: operand.nominal.as_ref().map(present::decimal),
            low: decimal(&operand.range.low),
            high: decimal(&operand.range.high),
            open: present::open_ends(&operand.range),
            ..FigureView::default()
        };
        Bound::One(Cited::Meant(Arc::new(Meant { operand: Arc::new(operand), at: At::There(Box::new(view)) })))
    }

    /// A value that the report does not print and that is known only within `range`; `nominal` is what the figures as printed
    /// give.
    pub fn estimated(&self, range: Range, nominal: Rational, text: impl Into<String>) -> Bound {
        let mut bound = self.computed(range, text);
        if let Bound::One(Cited::Meant(meant)) = &mut bound {
            let operand = Arc::make_mut(&mut Arc::make_mut(meant).operand);
            operand.printed = nominal.clone();
            operand.nominal = Some(nominal);
        }
        bound
    }

    /// The severity of the check, as it is set.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// One of two texts, by the language of messages.
    pub fn say(&self, english: impl Into<String>, chinese: impl Into<String>) -> String {
        if self.language == Language::Chinese { chinese.into() } else { english.into() }
    }

    fn cite(&self, figure: usize, signed: bool) -> Cited {
        if !signed {
            return Cited::Plain(figure as u32);
        }
        let operand = Arc::new(operand(&self.figure(figure), self.rounding, signed));
        Cited::Meant(Arc::new(Meant { operand, at: At::Here(vec![figure as u32]) }))
    }

    /// A claim with how it comes out.
    fn judged(&self, claim: Claim) -> Claim {
        let evaluation = judge::judge_one(self.rule, claim.check, &claim.place, &self.values(&claim));
        Claim { evaluation: Some(evaluation), ..claim }
    }

    /// What expressions see of a claim.
    fn values(&self, claim: &Claim) -> Vec<Value> {
        claim.place.values(&|figure| operand(&self.figure(figure as usize), self.rounding, false))
    }
}
