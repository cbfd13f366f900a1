//! Running a program over a block: a backtracking matcher that never tries the same step at the same place twice, so that
//! its time is linear in the block's length.

use rustc_hash::FxHashSet;

use super::program::{Program, Step};
use crate::figure::{self, Class, Figure};
use crate::span::Span;
use crate::text;

/// What a slot of a pattern matched.
#[derive(Clone, Debug)]
pub enum Capture {
    /// A figure.
    Figure(Slot),
    /// A list of figures.
    List(Vec<Slot>),
    /// A list of words: how many.
    Words(usize),
}

impl Capture {
    /// The figures in it.
    pub fn slots(&self) -> &[Slot] {
        match self {
            Capture::Figure(slot) => std::slice::from_ref(slot),
            Capture::List(slots) => slots,
            Capture::Words(_) => &[],
        }
    }
}

/// A figure that a pattern matched.
#[derive(Clone, Copy, Debug)]
pub enum Slot {
    /// A quantity of the document: its index among the block's figures.
    Read(usize),
    /// A numeral that the lexer took for something else and the rule's brace reads as a quantity.
    Forced(Figure),
}

/// A match: its span in the document's text and its captures by variable.
#[derive(Debug)]
pub struct Match {
    /// The text that matched.
    pub span: Span,
    /// Variable, what it captured, and whether it takes its sign from the words.
    pub captures: Vec<(usize, Capture, bool)>,
}

/// A pattern took more steps than its limit on a block; the limit is linear in the block's length.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLong;

/// The longest list of figures in bytes; a list that goes on past it is not read as one.
const LIST_LIMIT: usize = 1 << 20;

/// How many steps a program may take on a block: so many, and so many more for each of its bytes.
const STEPS: usize = 1 << 20;
const STEPS_A_BYTE: usize = 128;

/// From this many failed steps on those that cannot matter any more are forgotten.
const REMEMBERED: usize = 1 << 20;

/// Runs programs over one block.
pub struct Matcher<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The block.
    pub block: Span,
    /// The block's figures, in order of place.
    pub figures: &'a [Figure],
}

/// What a run keeps: the captures so far, the way back, and where it failed before.
#[derive(Default)]
pub struct Run {
    captures: Vec<(usize, Capture, bool)>,
    jobs: Vec<Job>,
    failed: FxHashSet<(u32, u32)>,
    spent: usize,
}

enum Job {
    Try {
        step: usize,
        at: usize,
        depth: u32,
    },
    /// Forget the captures past this many.
    Forget(usize),
}

impl Run {
    /// Starts afresh, for another block or another program.
    pub fn reset(&mut self) {
        self.failed.clear();
        self.spent = 0;
    }
}

impl Matcher<'_> {
    /// Every match in the block, leftmost first, not overlapping.
    pub fn search(&self, program: &Program, run: &mut Run) -> Result<Vec<Match>, TooLong> {
        run.reset();
        let mut found = Vec::new();
        let mut at = self.block.start as usize;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            if !self.can_start(program, c) {
                at = next;
                continue;
            }
            match self.run_at(program, at, run)? {
                Some(hit) => {
                    at = next.max(hit.span.end as usize);
                    run.failed.clear();
                    found.push(hit);
                }
                None => at = next,
            }
        }
        Ok(found)
    }

    /// The first place from `at` on where a search would run the program.
    pub fn first_start(&self, program: &Program, at: usize) -> usize {
        let mut from = self.text[at..self.block.end as usize].char_indices();
        from.find(|&(_, c)| self.can_start(program, c)).map_or(at, |(after, _)| at + after)
    }

    fn can_start(&self, program: &Program, c: char) -> bool {
        match (text::fold(c), &program.steps[0]) {
            (None, _) => false,
            (Some(c), Step::Literal(literal)) => c == literal[0],
            (Some(_), Step::Figure { .. }) => figure::may_begin(c),
            _ => true,
        }
    }

    /// Where `literal` ends if it stands right before `at`, read backwards; `None` if it does not stand there.
    pub fn start_of_literal_before(&self, at: usize, literal: &[char]) -> Option<usize> {
        let mut start = at;
        let mut rest = literal;
        while let Some((&last, before)) = rest.split_last() {
            let c = self.text[self.block.start as usize..start].chars().next_back()?;
            start -= c.len_utf8();
            match text::fold(c) {
                None => {}
                Some(c) if c == last => rest = before,
                Some(_) => return None,
            }
        }
        Some(start)
    }

    /// The match that starts at `start`, if there is one.
    pub fn run_at(&self, program: &Program, start: usize, run: &mut Run) -> Result<Option<Match>, TooLong> {
        run.captures.clear();
        run.jobs.clear();
        run.jobs.push(Job::Try { step: 0, at: start, depth: 0 });
        let remembers = !program.is_straight();
        let budget = STEPS + STEPS_A_BYTE * self.block.len();
        if run.failed.len() > REMEMBERED {
            // No later start looks behind itself.
            run.failed.retain(|&(_, at)| at as usize >= start);
        }
        while let Some(job) = run.jobs.pop() {
            let (step, at, depth) = match job {
                Job::Forget(len) => {
                    run.captures.truncate(len);
                    continue;
                }
                Job::Try { step, at, depth } => (step, at, depth),
            };
            run.spent += 1;
            if run.spent > budget {
                return Err(TooLong);
            }
            if remembers && !run.failed.insert((step as u32, at as u32)) {
                continue;
            }
            if matches!(program.steps[step], Step::Accept) {
                return Ok(Some(Match { span: Span::new(start, at), captures: std::mem::take(&mut run.captures) }));
            }
            self.step(program, step, at, depth, run);
        }
        Ok(None)
    }

    fn step(&self, program: &Program, step: usize, at: usize, depth: u32, run: &mut Run) {
        match &program.steps[step] {
            Step::Literal(literal) => self.literal(literal, step, at, run),
            Step::Figure { name, signed } => self.figure(*name, *signed, step, at, run),
            Step::List { name, until } => self.list(*name, until, step, at, run),
            Step::Words { name, until } => self.words(*name, until, step, at, run),
            Step::Gap => self.gap(step, at, depth, run),
            Step::Split(targets) => {
                run.jobs.extend(targets.iter().rev().map(|&step| Job::Try { step, at, depth: 0 }));
            }
            Step::Accept => {}
        }
    }

    fn literal(&self, literal: &[char], step: usize, at: usize, run: &mut Run) {
        run.spent += literal.len() / 8;
        let Some(end) = self.end_of_literal(at, literal) else { return };
        if let Some(figure) = self.figure_with_suffix_at(end)
            && figure::is_hedge_suffix(&self.text[end..figure.span.end as usize])
        {
            run.jobs.push(Job::Try { step: step + 1, at: figure.span.end as usize, depth: 0 });
        }
        run.jobs.push(Job::Try { step: step + 1, at: end, depth: 0 });
    }

    fn end_of_literal(&self, at: usize, literal: &[char]) -> Option<usize> {
        let mut rest = literal;
        let mut end = at;
        for c in self.text[at..self.block.end as usize].chars() {
            let Some((&first, after)) = rest.split_first() else { break };
            end += c.len_utf8();
            match text::fold(c) {
                None => {}
                Some(c) if c == first => rest = after,
                Some(_) => return None,
            }
        }
        rest.is_empty().then_some(end)
    }

    /// The figure whose unit or closing hedge `at` stands inside.
    fn figure_with_suffix_at(&self, at: usize) -> Option<&Figure> {
        let after = self.figures.partition_point(|f| (f.span.start as usize) < at);
        let figure = self.figures[..after].last()?;
        (at > figure.digits.end as usize && at < figure.span.end as usize).then_some(figure)
    }

    fn figure(&self, name: usize, signed: bool, step: usize, at: usize, run: &mut Run) {
        let Some((slot, figure)) = self.figure_at(at) else { return };
        let (digits_end, end) = (figure.digits.end as usize, figure.span.end as usize);
        run.jobs.push(Job::Forget(run.captures.len()));
        run.captures.push((name, Capture::Figure(slot), signed));
        // A pattern may spell the unit or go on past it, and need not spell the hedge before the unit (17660余项).
        let suffix = &self.text[digits_end..end];
        let spelled =
            suffix.char_indices().map(|(i, _)| i).filter(|&i| i == 0 || figure::is_hedge_suffix(&suffix[..i]));
        let entries = spelled.map(|i| digits_end + i).chain([end]);
        run.jobs.extend(entries.map(|at| Job::Try { step: step + 1, at, depth: 0 }));
    }

    /// The figure whose digits, hedge, sign or currency start at `at`, white space aside.
    fn figure_at(&self, at: usize) -> Option<(Slot, Figure)> {
        let at = self.skip_space(at);
        let after = self.figures.partition_point(|f| f.span.start as usize <= at);
        if let Some(figure) = self.figures[..after].last()
            && figure.class == Class::Quantity
            && at < figure.digits.end as usize
        {
            return (at <= figure.digits.start as usize).then_some((Slot::Read(after - 1), *figure));
        }
        let figure = figure::read_at(self.text, self.block, at)?;
        Some((Slot::Forced(figure), figure))
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = &self.text[at..self.block.end as usize];
        at + rest.find(|c| text::fold(c).is_some()).unwrap_or(rest.len())
    }

    fn gap(&self, step: usize, at: usize, depth: u32, run: &mut Run) {
        if let Some(c) = self.char_at(at)
            && !text::ends_sentence(&self.text[self.block.range()], at - self.block.start as usize)
        {
            let inner = match c {
                '(' | '（' | '[' | '［' | '【' | '〔' | '《' | '「' | '『' => Some(depth + 1),
                ')' | '）' | ']' | '］' | '】' | '〕' | '》' | '」' | '』' => depth.checked_sub(1),
                _ => Some(depth),
            };
            if let Some(depth) = inner {
                run.jobs.push(Job::Try { step, at: at + c.len_utf8(), depth });
            }
        }
        run.jobs.push(Job::Try { step: step + 1, at, depth: 0 });
    }

    fn list(&self, name: usize, until: &[Box<[char]>], step: usize, at: usize, run: &mut Run) {
        let limit = self.list_limit(at, until, run);
        run.spent += limit - at;
        let Some((slots, end)) = self.items(at, limit, !until.is_empty()) else { return };
        run.jobs.push(Job::Forget(run.captures.len()));
        run.captures.push((name, Capture::List(slots), false));
        run.jobs.push(Job::Try { step: step + 1, at: end, depth: 0 });
    }

    fn words(&self, name: usize, until: &[Box<[char]>], step: usize, at: usize, run: &mut Run) {
        let limit = self.list_limit(at, until, run);
        let items = Items::new(&self.text[at..limit]);
        let count = items.filter(|item| item.chars().any(char::is_alphanumeric)).count();
        if count == 0 {
            return;
        }
        run.jobs.push(Job::Forget(run.captures.len()));
        run.captures.push((name, Capture::Words(count), false));
        run.jobs.push(Job::Try { step: step + 1, at: limit, depth: 0 });
    }

    /// Where a list that starts at `at` ends at the latest: at the sentence's end, at a bracket that it did not open, or at a
    /// literal that must follow it.
    fn list_limit(&self, at: usize, until: &[Box<[char]>], run: &mut Run) -> usize {
        let block = &self.text[self.block.range()];
        let mut depth = 0u32;
        for (i, c) in self.text[at..self.block.end as usize].char_indices() {
            let here = at + i;
            run.spent += 1;
            let follows = depth == 0 && until.iter().any(|literal| self.end_of_literal(here, literal).is_some());
            if follows || i > LIST_LIMIT || text::ends_sentence(block, here - self.block.start as usize) {
                return here;
            }
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' if depth == 0 => return here,
                ')' | '）' => depth -= 1,
                _ => {}
            }
        }
        self.block.end as usize
    }

    /// The figures of a list, one an item and all of one unit, and where the list ends. Without a literal that ends it, it
    /// ends before the first item that does not fit. `None` for fewer than two items.
    fn items(&self, at: usize, limit: usize, closed: bool) -> Option<(Vec<Slot>, usize)> {
        let list = &self.text[at..limit];
        let mut slots: Vec<Slot> = Vec::new();
        let mut end = at;
        for item in Items::new(list) {
            let start = item.as_ptr() as usize - list.as_ptr() as usize + at;
            let own = self.outer_figures(start, start + item.len());
            let fitting = own.iter().filter(|&&i| slots.first().is_none_or(|s| self.same_unit(s, i))).count();
            match (own.is_empty(), fitting) {
                (true, _) => {}
                (false, 1) => {
                    let index = own.into_iter().find(|&i| slots.first().is_none_or(|s| self.same_unit(s, i)))?;
                    slots.push(Slot::Read(index));
                    end = self.figures[index].span.end as usize;
                }
                (false, 0) if closed => {}
                (false, _) => break,
            }
        }
        (slots.len() >= 2).then_some((slots, if closed { limit } else { end }))
    }

    /// The quantities between two offsets that stand in no bracket.
    fn outer_figures(&self, start: usize, end: usize) -> Vec<usize> {
        let first = self.figures.partition_point(|f| (f.span.start as usize) < start);
        let inside = self.figures[first..].iter().enumerate().take_while(|(_, f)| f.span.end as usize <= end);
        // Brackets are counted once over all figures: an item may hold very many.
        let (mut depth, mut counted) = (0isize, start);
        let outer = inside.filter(|(_, f)| {
            let before = &self.text[counted..f.span.start as usize];
            depth += before.matches(['(', '（']).count() as isize - before.matches([')', '）']).count() as isize;
            counted = f.span.start as usize;
            f.class == Class::Quantity && depth <= 0
        });
        outer.map(|(i, _)| first + i).collect()
    }

    fn same_unit(&self, slot: &Slot, other: usize) -> bool {
        let Slot::Read(first) = *slot else { return false };
        let (a, b) = (self.figures[first].unit, self.figures[other].unit);
        a.fits(&b) && self.figures[first].quantity.scale == self.figures[other].quantity.scale
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..self.block.end as usize].chars().next()
    }
}

/// The items of a list: split at , 、 ; 和 及 以及 "and" outside brackets; at ; only where every item ends in one.
struct Items<'a> {
    rest: Option<&'a str>,
    semicolons: bool,
}

impl<'a> Items<'a> {
    fn new(list: &'a str) -> Self {
        let semicolons = list.contains([';', '；']) && !list.contains([',', '，', '、']);
        let list = if semicolons { list } else { list.split([';', '；']).next().unwrap_or(list) };
        Self { rest: Some(list), semicolons }
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let mut depth = 0u32;
        for (i, c) in rest.char_indices() {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 {
                continue;
            }
            if let Some(len) = separator(rest, i, c, self.semicolons) {
                self.rest = Some(&rest[i + len..]);
                return Some(&rest[..i]);
            }
        }
        self.rest = None;
        Some(rest)
    }
}

/// The length of the separator at byte `at`, if one stands there.
fn separator(text: &str, at: usize, c: char, semicolons: bool) -> Option<usize> {
    let after = &text[at..];
    match c {
        ',' if is_thousands_mark(text, at) => None,
        ',' | '，' | '、' => Some(c.len_utf8()),
        ';' | '；' if semicolons => Some(c.len_utf8()),
        '以' if after.starts_with("以及") => Some("以及".len()),
        '和' | '及' => Some(c.len_utf8()),
        ' ' if after.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(" and ")) => Some(5),
        _ => None,
    }
}

fn is_thousands_mark(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && (1..=3).all(|k| digit(at + k)) && !digit(at + 4)
}
