//! Finding the places of all patterns in a document, in one pass over its figures.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::equation;
use super::index::Index;
use super::key::{Key, plain_key, value_key};
use super::matcher::{Capture, Match, Matcher, Run, Slot, TooLong};
use super::program::{Anchor, Program, Step};
use crate::document::{BlockKind, Document};
use crate::figure::{self, Class, Figure, Figures, Quantity, Seen};
use crate::parallel;
use crate::rule::Pattern;
use crate::rule::pattern::PatternKind;
use crate::span::Span;
use crate::text;

/// All patterns of a run, ready to be looked for together.
#[derive(Debug, Default)]
pub struct Patterns {
    programs: Vec<Runnable>,
    before: Index,
    after: Index,
    /// Patterns that no figure's neighbourhood gives away.
    anywhere: Vec<u32>,
    /// The numbers of equations by value: pattern number (of the equation) and term.
    terms: FxHashMap<Key, Vec<(u32, u32)>>,
    /// By equation: how many of its numbers must stand together for it to be found.
    equations: Vec<usize>,
}

#[derive(Debug)]
enum Runnable {
    Words(Program),
    Regex { source: String, slots: Vec<(String, usize)>, compiled: OnceLock<Result<Regex, String>> },
}

/// What was found in a document.
#[derive(Debug, Default)]
pub struct Found {
    /// The matches, by pattern and then in order of place.
    pub hits: Vec<Hit>,
    /// The figures that have the value of a term of an equation, by equation and then in order of place.
    pub terms: Vec<TermHit>,
    /// Patterns that met their limit, with the block.
    pub too_long: Vec<(u32, u32)>,
    /// Regular expressions that could not be compiled within their limit.
    pub broken: Vec<(u32, String)>,
}

/// A match of a pattern.
#[derive(Debug)]
pub struct Hit {
    /// The pattern's number.
    pub pattern: u32,
    /// The block it stands in.
    pub block: u32,
    /// What matched.
    pub found: Match,
}

/// A figure with the value of an equation's term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermHit {
    /// The equation's number.
    pub equation: u32,
    /// The figure's index.
    pub figure: u32,
    /// The term's index.
    pub term: u32,
}

impl Found {
    /// How many matches and term hits there are.
    pub fn len(&self) -> usize {
        self.hits.len() + self.terms.len()
    }

    /// Adds `by` to the indices of figures.
    pub fn rebase(&mut self, by: usize) {
        self.hits.iter_mut().for_each(|hit| rebase(&mut hit.found, by));
        self.terms.iter_mut().for_each(|hit| hit.figure += by as u32);
    }

    /// Sorts by pattern and equation what was found by place.
    pub fn put_in_order(&mut self) {
        self.hits.sort_by_key(|hit| hit.pattern);
        self.terms.sort_unstable();
        // Each block met the same expression.
        self.broken.sort_by_key(|broken| broken.0);
        self.broken.dedup_by_key(|broken| broken.0);
    }

    /// Adds what was found in the part of the document that follows.
    pub fn extend(&mut self, part: Found) {
        self.hits.extend(part.hits);
        self.terms.extend(part.terms);
        self.too_long.extend(part.too_long);
        self.broken.extend(part.broken);
    }

    /// The matches of one pattern, in order of place.
    pub fn of(&self, pattern: u32) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.pattern < pattern);
        let end = self.hits.partition_point(|hit| hit.pattern <= pattern);
        &self.hits[start..end]
    }

    /// The term hits of one equation, in order of place.
    pub fn terms_of(&self, equation: u32) -> &[TermHit] {
        let start = self.terms.partition_point(|hit| hit.equation < equation);
        let end = self.terms.partition_point(|hit| hit.equation <= equation);
        &self.terms[start..end]
    }
}

impl Patterns {
    /// Adds a pattern; returns its number.
    pub fn add(&mut self, pattern: &Pattern) -> u32 {
        let number = self.programs.len() as u32;
        let runnable = match &pattern.kind {
            PatternKind::Words(nodes) => {
                let program = Program::new(nodes);
                self.index(&program, number);
                Runnable::Words(program)
            }
            PatternKind::Regex { regex, slots } => {
                self.anywhere.push(number);
                Runnable::Regex { source: regex.clone(), slots: slots.clone(), compiled: OnceLock::new() }
            }
        };
        self.programs.push(runnable);
        number
    }

    fn index(&mut self, program: &Program, number: u32) {
        match &program.anchor {
            Anchor::Lead(literal) | Anchor::Before(literal) => self.before.add(literal.iter().rev().copied(), number),
            Anchor::Trail(literal) | Anchor::After(literal) => self.after.add(literal.iter().copied(), number),
            Anchor::Anywhere => self.anywhere.push(number),
        }
    }

    /// Adds an equation's numbers; returns the equation's number.
    pub fn add_equation<'a>(&mut self, terms: impl Iterator<Item = &'a Quantity>) -> u32 {
        let number = self.equations.len() as u32;
        let mut count = 0;
        for (i, quantity) in terms.enumerate() {
            self.terms.entry(value_key(quantity)).or_default().push((number, i as u32));
            count += 1;
        }
        self.equations.push(equation::least_together(count));
        number
    }

    /// Looks for all patterns that `wanted` names (by number, equations by theirs) among a document's figures.
    pub fn scan(&self, document: &Document, figures: &Figures, wanted: &Wanted) -> Found {
        if self.programs.is_empty() && self.equations.is_empty() {
            return Found::default();
        }
        let mut parts =
            parallel::by_blocks(document, |blocks| self.scan_blocks(document, figures, wanted, blocks)).into_iter();
        let mut found = parts.next().unwrap_or_default();
        parts.for_each(|part| found.extend(part));
        found.put_in_order();
        found
    }

    fn scan_blocks(&self, document: &Document, figures: &Figures, wanted: &Wanted, blocks: Range<usize>) -> Found {
        let mut found = Found::default();
        let (mut scratch, mut own) = (Scratch::default(), Vec::new());
        let mut next = figures.of_block(blocks.start as u32, figures.len()).start;
        for number in blocks {
            let block = document.blocks.at(number);
            let first = next;
            own.clear();
            own.extend(figures.range(first..figures.len()).take_while(|figure| figure.block as usize == number));
            next += own.len();
            if block.kind != BlockKind::Code {
                let here = Here { document, figures: &own, first, block: number as u32, span: block.span };
                self.scan_block(&here, wanted, &mut scratch, &mut found);
            }
        }
        found
    }

    /// Looks for the patterns in one block.
    pub fn scan_block(&self, here: &Here, wanted: &Wanted, scratch: &mut Scratch, found: &mut Found) {
        let text = here.document.text();
        let matcher = Matcher { text, block: here.span, figures: here.figures };
        scratch.tries.clear();
        let first_term = found.terms.len();
        for (i, figure) in matcher.figures.iter().enumerate() {
            self.around(&matcher, figure.class, figure.span, figure.digits, &mut scratch.tries);
            if !self.terms.is_empty() && figure.class == Class::Quantity {
                for &(equation, term) in self.terms.get(&value_key(&figure.quantity)).into_iter().flatten() {
                    let figure = (here.first + i) as u32;
                    found.terms.push(TermHit { equation, figure, term });
                }
            }
        }
        self.keep_terms(here, first_term, &mut found.terms);
        for &pattern in &self.anywhere {
            let needs_figure = match &self.programs[pattern as usize] {
                Runnable::Words(program) => {
                    program.steps.iter().any(|s| matches!(s, Step::Figure { .. } | Step::List { .. }))
                }
                Runnable::Regex { .. } => false,
            };
            if !needs_figure || !matcher.figures.is_empty() {
                scratch.tries.push((pattern, SEARCH));
            }
        }
        scratch.tries.sort_unstable();
        scratch.tries.dedup();
        let tries = std::mem::take(&mut scratch.tries);
        for group in tries.chunk_by(|a, b| a.0 == b.0) {
            if wanted.patterns[group[0].0 as usize] {
                self.run(&matcher, here, group, scratch, found);
            }
        }
        scratch.tries = tries;
    }

    /// How many quantities a block of prose has, if none of the patterns or equations can be found in it; `None` if one may be.
    pub fn count_if_passed_over(&self, text: &str, block: Span, scratch: &mut Scratch) -> Option<usize> {
        if !self.anywhere.is_empty() {
            return None;
        }
        let matcher = Matcher { text, block, figures: &[] };
        let Scratch { tries, terms, .. } = scratch;
        tries.clear();
        terms.clear();
        let count = figure::look_over(text, block, |seen| {
            let key = match seen {
                Seen::Plain(plain) => {
                    self.before(&matcher, plain.start, tries);
                    self.behind(&matcher, Some(plain.start), plain.digits_end..plain.end, tries);
                    (!self.terms.is_empty()).then(|| plain_key(plain.mantissa, plain.exponent))
                }
                Seen::Other { class, span, digits, quantity } => {
                    self.around(&matcher, class, span, digits, tries);
                    quantity.filter(|_| !self.terms.is_empty()).map(value_key)
                }
            };
            if let Some(hits) = key.and_then(|key| self.terms.get(&key)) {
                terms.extend(hits.iter().map(|&(equation, term)| TermHit { equation, figure: 0, term }));
            }
            tries.is_empty()
        });
        self.keep_groups(0, terms);
        count.filter(|_| terms.is_empty())
    }

    /// Forgets the terms from `first` on, those of a block, of which too few stand there. In tables they may stand in other cells.
    fn keep_terms(&self, here: &Here, first: usize, terms: &mut Vec<TermHit>) {
        let is_cell = matches!(here.document.blocks.at(here.block as usize).kind, BlockKind::Cell { .. });
        if !is_cell {
            self.keep_groups(first, terms);
        }
    }

    /// Keeps of the terms from `first` on those that enough others of their equation stand with.
    fn keep_groups(&self, first: usize, terms: &mut Vec<TermHit>) {
        if terms.len() == first {
            return;
        }
        let mut here = terms.split_off(first);
        here.sort_unstable();
        for group in here.chunk_by(|a, b| a.equation == b.equation) {
            if equation::distinct_terms(group) >= self.equations[group[0].equation as usize] {
                terms.extend_from_slice(group);
            }
        }
    }

    /// Notes which patterns to try because of the text around a figure of this class and place.
    fn around(&self, matcher: &Matcher, class: Class, span: Span, digits: Span, tries: &mut Vec<(u32, u32)>) {
        self.before(matcher, span.start as usize, tries);
        if digits.start != span.start {
            self.before(matcher, digits.start as usize, tries);
        }
        if !matches!(class, Class::Quantity | Class::Word) {
            // A brace may read any number inside a date, a range or a reference.
            let token = matcher.text[span.range()].as_bytes();
            let inner = (1..token.len()).filter(|&i| token[i].is_ascii_digit() && !token[i - 1].is_ascii_digit());
            inner.for_each(|i| self.before(matcher, span.start as usize + i, tries));
        }
        let quantity = (class == Class::Quantity).then_some(span.start as usize);
        self.behind(matcher, quantity, digits.end as usize..span.end as usize, tries);
    }

    /// Notes which patterns to try because of the text behind a figure's digits: a literal may start anywhere in its unit.
    /// `quantity`: where the figure starts, if it is one.
    #[inline]
    fn behind(&self, matcher: &Matcher, quantity: Option<usize>, unit: Range<usize>, tries: &mut Vec<(u32, u32)>) {
        if self.after.is_empty() {
            return;
        }
        let block_end = matcher.block.end as usize;
        let (mut at, text) = (unit.start, &matcher.text[..block_end]);
        while at <= unit.end && at < block_end {
            let (may_start, length) = self.after.may_start_at(text, at);
            if may_start {
                self.look_up_behind(matcher, quantity, at, tries);
            }
            at += length;
        }
    }

    fn look_up_behind(&self, matcher: &Matcher, quantity: Option<usize>, at: usize, tries: &mut Vec<(u32, u32)>) {
        let text = &matcher.text[at..matcher.block.end as usize];
        self.after.look_up(text.chars(), |pattern| {
            let start = match (&self.programs[pattern as usize], quantity) {
                (Runnable::Words(program), Some(start)) if matches!(program.anchor, Anchor::Trail(_)) => {
                    matcher.first_start(program, start) as u32
                }
                _ => SEARCH,
            };
            tries.push((pattern, start));
        });
    }

    /// Notes which patterns to try because of the text before `at`.
    #[inline]
    fn before(&self, matcher: &Matcher, at: usize, tries: &mut Vec<(u32, u32)>) {
        let before = &matcher.text[matcher.block.start as usize..at];
        if self.before.may_start_before(before) {
            self.look_up_before(matcher, before, at, tries);
        }
    }

    fn look_up_before(&self, matcher: &Matcher, before: &str, at: usize, tries: &mut Vec<(u32, u32)>) {
        self.before.look_up(before.chars().rev(), |pattern| {
            let Runnable::Words(program) = &self.programs[pattern as usize] else { return };
            match &program.anchor {
                Anchor::Lead(literal) => {
                    if let Some(start) = matcher.start_of_literal_before(at, literal) {
                        tries.push((pattern, start as u32));
                    }
                }
                _ => tries.push((pattern, SEARCH)),
            }
        });
    }

    fn run(&self, matcher: &Matcher, here: &Here, tries: &[(u32, u32)], scratch: &mut Scratch, found: &mut Found) {
        let pattern = tries[0].0;
        let outcome = match &self.programs[pattern as usize] {
            Runnable::Regex { source, slots, compiled } => {
                match compiled.get_or_init(|| {
                    regex::RegexBuilder::new(&text::simplified(source)).build().map_err(|e| e.to_string())
                }) {
                    Ok(regex) => Ok(search_regex(regex, slots, matcher)),
                    Err(error) => return found.broken.push((pattern, error.clone())),
                }
            }
            Runnable::Words(program) if tries.iter().any(|t| t.1 == SEARCH) => {
                matcher.search(program, &mut scratch.run)
            }
            Runnable::Words(program) => run_from(matcher, program, tries, &mut scratch.run),
        };
        match outcome {
            Ok(matches) => {
                found.hits.extend(matches.into_iter().map(|mut found| {
                    rebase(&mut found, here.first);
                    Hit { pattern, block: here.block, found }
                }));
            }
            Err(TooLong) => found.too_long.push((pattern, here.block)),
        }
    }
}

/// Which patterns and equations apply to a report.
#[derive(Debug)]
pub struct Wanted {
    /// By pattern number.
    pub patterns: Vec<bool>,
}

/// Stands for "search the whole block" among the places to try.
const SEARCH: u32 = u32::MAX;

/// A block that is looked at.
pub struct Here<'a> {
    pub document: &'a Document,
    /// Its figures.
    pub figures: &'a [Figure],
    /// Which of the document's the first of them is.
    pub first: usize,
    /// Its index.
    pub block: u32,
    pub span: Span,
}

/// Storage that blocks use one after another.
#[derive(Default)]
pub struct Scratch {
    tries: Vec<(u32, u32)>,
    run: Run,
    terms: Vec<TermHit>,
}

/// Runs a program from each place where its leading literal starts; the run remembers where it failed over all of them.
fn run_from(matcher: &Matcher, program: &Program, tries: &[(u32, u32)], run: &mut Run) -> Result<Vec<Match>, TooLong> {
    run.reset();
    let mut found: Vec<Match> = Vec::new();
    for &(_, start) in tries {
        if found.last().is_some_and(|last| start < last.span.end) {
            continue;
        }
        if let Some(hit) = matcher.run_at(program, start as usize, run)? {
            run.reset();
            found.push(hit);
        }
    }
    Ok(found)
}

fn search_regex(regex: &Regex, slots: &[(String, usize)], matcher: &Matcher) -> Vec<Match> {
    let block = &matcher.text[matcher.block.range()];
    let base = matcher.block.start as usize;
    let hits = regex.captures_iter(block).filter_map(|captures| {
        let whole = captures.get(0)?;
        let mut found = Vec::new();
        for (group, name) in slots {
            let group = captures.name(group)?;
            found.push((
                *name,
                Capture::Figure(figure_inside(matcher, base + group.start(), base + group.end())?),
                false,
            ));
        }
        Some(Match { span: Span::new(base + whole.start(), base + whole.end()), captures: found })
    });
    hits.collect()
}

/// The figure whose digits lie in a group, or the one that can be read at the group's start.
fn figure_inside(matcher: &Matcher, start: usize, end: usize) -> Option<Slot> {
    let first = matcher.figures.partition_point(|f| (f.digits.start as usize) < start);
    let inside = matcher.figures.get(first).filter(|f| (f.digits.start as usize) < end && f.class == Class::Quantity);
    match inside {
        Some(_) => Some(Slot::Read(first)),
        None => figure::read_at(matcher.text, matcher.block, start).map(Slot::Forced),
    }
}

fn rebase(hit: &mut Match, by: usize) {
    let shift = |slot: &mut Slot| {
        if let Slot::Read(index) = slot {
            *index += by;
        }
    };
    for (_, capture, _) in &mut hit.captures {
        match capture {
            Capture::Figure(slot) => shift(slot),
            Capture::List(slots) => slots.iter_mut().for_each(shift),
            Capture::Words(_) => {}
        }
    }
}
