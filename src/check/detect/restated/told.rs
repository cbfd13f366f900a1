//! The quantities that a report tells, each with the words that identify it: in sentences, and in tables.

use std::cell::OnceCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Context;
use super::words::{self, Words};
use crate::document::BlockKind;
use crate::figure::table::TableShape;
use crate::figure::{Class, Dimension, Direction, Figure, Scale};
use crate::text::{self, Needles};

/// What identifies a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    measure: String,
    period: Vec<String>,
    owners: Vec<String>,
    qualifiers: Vec<&'static str>,
    unit: String,
}

/// A figure that tells a quantity.
#[derive(Clone, Debug)]
pub struct Told {
    /// The index in the reading's figures.
    pub figure: usize,
    /// What it tells.
    pub key: Key,
}

impl Key {
    /// The words as a message shows them.
    pub fn shown(&self) -> String {
        let period = self.period.iter().filter(|period| *period != "this").map(String::as_str);
        let all: Vec<&str> = period.chain([self.measure.as_str()]).collect();
        all.join(" ")
    }
}

/// The longest sentence before a figure, in bytes, that is looked at.
const LONGEST: usize = 400;

/// All quantities whose words tell enough, in order of place.
pub fn all(context: &Context) -> Vec<Told> {
    let endings = Endings::of(context);
    if !endings.repeat() {
        return Vec::new();
    }
    let report = Report::of(context);
    let mut all = in_sentences(context, &report, &endings);
    all.extend(in_tables(context, &report));
    all.sort_by_key(|told| told.figure);
    all
}

/// What holds for a report as a whole.
struct Report {
    /// The year that it is about, if its first lines name just one.
    year: Option<String>,
    /// 全市, 我市 and the like all mean its owner.
    one_self: bool,
}

impl Report {
    fn of(context: &Context) -> Self {
        let text = context.reading.document.text();
        let head = &text[..text::boundary(text, 240)];
        let mut periods = Vec::new();
        words::without_periods(head, &mut periods);
        let is_year = |period: &&String| period.len() == 4 && period.bytes().all(|byte| byte.is_ascii_digit());
        let mut years: Vec<&String> = periods.iter().filter(is_year).collect();
        years.dedup();
        let year = if let [year] = years[..] { Some(year.clone()) } else { None };
        // Two words in a row are of one kind.
        let mut kinds = OWN.found(text).map(|(word, _)| word / 2);
        let first = kinds.next();
        Self { year, one_self: kinds.all(|kind| Some(kind) == first) }
    }

    /// The key of a figure, if its words tell enough.
    fn key(&self, context: &Context, figure: &Figure, words: Words) -> Option<Key> {
        let mut period: Vec<String> = words.periods;
        for one in &mut period {
            if one == "this"
                && let Some(year) = &self.year
            {
                one.clone_from(year);
            }
        }
        period.sort();
        period.dedup();
        let mut owners = words.owners;
        let mut measure = words.measure;
        if self.one_self {
            let is_self = |owner: &String| owner.chars().count() == 2 && owner.starts_with(['全', '我', '本']);
            owners.retain(|owner| !is_self(owner));
            measure = without_self(&measure).to_owned();
        }
        let measure = text::folded(&measure);
        let enough = !period.is_empty() && words::is_long(&measure) | (measure.len() >= 8 && measure.is_ascii());
        enough.then(|| Key { measure, period, owners, qualifiers: words.qualifiers, unit: unit(context, figure) })
    }
}

static OWN: LazyLock<Needles> = LazyLock::new(|| {
    let words = KINDS.iter().flat_map(|kind| [format!("全{kind}"), format!("我{kind}")]);
    Needles::new(&words.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
});

/// What an owner can be.
const KINDS: [char; 11] = ['国', '省', '市', '州', '县', '区', '镇', '乡', '村', '校', '院'];

fn without_self(measure: &str) -> &str {
    let mut chars = measure.chars();
    let own =
        matches!(chars.next(), Some('全' | '我' | '本')) && chars.next().is_some_and(|kind| KINDS.contains(&kind));
    if own { chars.as_str() } else { measure }
}

/// What a figure is counted or measured in, so that equal ones can be compared.
fn unit(context: &Context, figure: &Figure) -> String {
    match (figure.quantity.scale, figure.unit.dimension()) {
        (Scale::Plain, Dimension::Count) => figure.unit.name(context.reading.document.text()).unwrap_or_default(),
        (Scale::Plain, dimension) => format!("{dimension:?} {}", figure.unit.kind()),
        (scale, _) => format!("{scale:?}"),
    }
}

fn is_told(figure: &Figure) -> bool {
    figure.class == Class::Quantity
        && figure.quantity.direction == Direction::None
        && figure.quantity.upper.is_none()
        && figure.quantity.divisor == 1
        && !figure.quantity.numerator.is_zero()
        && (figure.unit.dimension() != Dimension::Unknown || figure.quantity.scale == Scale::Percent)
}

/// The ends of the names before the figures of sentences: most stand there once, and need no closer look.
struct Endings {
    /// By the index of the figure, in order.
    figures: Vec<(usize, u64)>,
    counts: FxHashMap<u64, usize>,
}

impl Endings {
    fn of(context: &Context) -> Self {
        let (mut figures, mut counts) = (Vec::new(), FxHashMap::default());
        for (block, span, text) in context.prose() {
            for index in context.figures_of(block) {
                let figure = &context.reading.figures[index];
                if is_told(figure)
                    && let Some(ending) = words::ending(&text[..(figure.span.start - span.start) as usize])
                {
                    *counts.entry(ending).or_default() += 1;
                    figures.push((index, ending));
                }
            }
        }
        // A row of a table may tell the same.
        for label in context.reading.shapes.iter().flat_map(|shape| &shape.row_titles) {
            if let Some(count) = words::ending(label).and_then(|ending| counts.get_mut(&ending)) {
                *count += 1;
            }
        }
        Self { figures, counts }
    }

    fn repeat(&self) -> bool {
        self.counts.values().any(|&count| count > 1)
    }

    /// Whether another name ends as the one before a figure.
    fn is_repeated(&self, figure: usize) -> bool {
        let at = self.figures.binary_search_by_key(&figure, |(index, _)| *index);
        at.is_ok_and(|at| self.counts.get(&self.figures[at].1).is_some_and(|&count| count > 1))
    }
}

fn in_sentences(context: &Context, report: &Report, endings: &Endings) -> Vec<Told> {
    let mut all = Vec::new();
    let mut heading = Passed::new("");
    for (block, span, text) in context.prose() {
        if matches!(context.reading.document.blocks[block].kind, BlockKind::Heading(_)) {
            heading = Passed::new(text);
            continue;
        }
        let mut sentence = 0..0;
        let mut earlier = Earlier { heading: &heading, passed: Vec::new() };
        for index in context.figures_of(block).filter(|&i| endings.is_repeated(i)) {
            let figure = &context.reading.figures[index];
            let at = figure.span.start as usize - span.start as usize;
            if at >= sentence.end {
                let next = text::sentence_around(text, at);
                earlier.passed.push(Passed::new(&text[sentence.start..next.start]));
                sentence = next;
            }
            let from = text::boundary(text, sentence.start.max(at.saturating_sub(LONGEST)));
            let Some(mut words) = words::read(&text[from..at]) else { continue };
            let end = (figure.span.end as usize - span.start as usize).min(sentence.end);
            words.qualifiers.extend(words::behind(&text[end..sentence.end]));
            words.qualifiers.sort_unstable();
            words.qualifiers.dedup();
            if words.periods.is_empty() || words.owners.is_empty() {
                let earlier = earlier.words();
                if words.periods.is_empty() {
                    words.periods.extend(earlier.periods.last().cloned());
                }
                if words.owners.is_empty() {
                    words.owners = earlier.owners;
                }
            }
            all.extend(report.key(context, figure, words).map(|key| Told { figure: index, key }));
        }
    }
    all
}

/// A text that was passed, whose words are read only where a figure needs them.
struct Passed<'t> {
    text: &'t str,
    words: OnceCell<Words>,
}

impl<'t> Passed<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, words: OnceCell::new() }
    }
}

/// What stands before a sentence: the heading, and what was passed of its block.
struct Earlier<'t> {
    heading: &'t Passed<'t>,
    passed: Vec<Passed<'t>>,
}

impl Earlier<'_> {
    /// The last period and the last owners before the sentence.
    fn words(&self) -> Words {
        let mut found = Words::default();
        for passed in self.passed.iter().rev().chain([self.heading]) {
            let own = passed.words.get_or_init(|| words::lowered(passed.text));
            if found.periods.is_empty() {
                found.periods.clone_from(&own.periods);
            }
            if found.owners.is_empty() {
                found.owners.clone_from(&own.owners);
            }
            if !found.periods.is_empty() && !found.owners.is_empty() {
                break;
            }
        }
        found
    }
}

/// The largest table, in cells, that restated figures are looked for in.
const LARGEST: usize = 20_000;

fn in_tables(context: &Context, report: &Report) -> Vec<Told> {
    let mut all = Vec::new();
    for (table, shape) in context.reading.shapes.iter().enumerate() {
        if shape.rows() * shape.columns() > LARGEST {
            continue;
        }
        let columns: Vec<Option<Words>> =
            (0..shape.columns()).map(|column| header(&shape.column_titles[column])).collect();
        if columns.iter().all(Option::is_none) {
            continue;
        }
        let (owners, editions) = caption_words(context, table);
        let labels = unique_labels(shape);
        for (row, column, index) in shape.body() {
            let figure = &context.reading.figures[index];
            let Some(header) = columns[column].as_ref().filter(|_| is_told(figure)) else { continue };
            let Some(label) = labels[row] else { continue };
            let mut words = header.clone();
            let own = words::lowered(&shape.row_titles[row]);
            if !own.periods.is_empty() {
                continue;
            }
            words.measure = label.to_owned();
            words.owners.extend(own.owners);
            words.owners.extend(owners.iter().cloned());
            words.owners.sort();
            words.owners.dedup();
            words.qualifiers.extend(own.qualifiers.iter().chain(&editions));
            words.qualifiers.sort_unstable();
            words.qualifiers.dedup();
            all.extend(report.key(context, figure, words).map(|key| Told { figure: index, key }));
        }
    }
    all
}

/// A header that names one period and nothing that is measured.
fn header(title: &str) -> Option<Words> {
    let mut words = words::lowered(title);
    let mut periods = Vec::new();
    let rest = words::without_periods(title, &mut periods);
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    let plain =
        rest.is_empty() || ["金额", "数", "amount", "total", "合计", "绝对数"].contains(&rest.to_lowercase().as_str());
    words.owners.clear();
    (plain && periods.len() == 1).then_some(words)
}

/// The owners that a table's captions name, and the qualifiers that hold for all its figures.
fn caption_words(context: &Context, table: usize) -> (Vec<String>, Vec<&'static str>) {
    let document = context.reading.document;
    let table = &document.tables[table];
    let captions = table.captions.iter().chain(&table.heading).map(|&span| document.slice(span));
    let owners = captions.clone().flat_map(|text| words::lowered(text).owners).collect();
    (owners, captions.flat_map(words::behind).collect())
}

/// By row: its label, if no other row has it.
fn unique_labels(shape: &TableShape) -> Vec<Option<&str>> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for label in &shape.row_labels {
        *counts.entry(label).or_default() += 1;
    }
    shape.row_labels.iter().map(|label| Some(label.as_str()).filter(|label| counts[label] == 1)).collect()
}
