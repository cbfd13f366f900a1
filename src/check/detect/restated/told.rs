//! The quantities that a report tells, each with the words that identify it: in sentences, and in tables.

use std::cell::OnceCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::super::Context;
use super::super::tables::Placed;
use super::words::{self, Beside, Words};
use super::{Names, cells};
use crate::document::{Block, BlockKind};
use crate::figure::table::bare_label;
use crate::figure::{Class, Dimension, Direction, Figure, Scale};
use crate::text::Needles;

/// What identifies a quantity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    measure: String,
    period: Vec<String>,
    owners: Vec<String>,
    qualifiers: Vec<&'static str>,
    unit: UnitOf,
}

/// What a figure is counted or measured in, so that equal ones can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum UnitOf {
    /// Nothing tells.
    Bare,
    /// The name of what is counted.
    Count(String),
    /// What is measured, and how.
    Measure(String),
}

/// A figure that tells a quantity.
#[derive(Clone, Debug)]
pub struct Told {
    /// The index in the reading's figures.
    pub figure: usize,
    /// What it tells.
    pub key: Key,
    /// The table that it stands in, by its index.
    pub table: Option<u32>,
    /// What is said beside it and its name.
    pub beside: Beside,
    /// Where the heading begins under which it stands; `None` under the report's title.
    pub section: Option<u32>,
}

impl Key {
    /// The words as a message shows them.
    pub fn shown(&self) -> String {
        let period = self.period.iter().filter(|period| *period != "this").map(String::as_str);
        let all: Vec<&str> = period.chain([self.measure.as_str()]).collect();
        all.join(" ")
    }
}

/// All quantities whose words tell enough, in order of place.
pub fn all(context: &Context) -> Vec<Told> {
    let endings = Endings::of(context);
    if !endings.repeat() {
        return Vec::new();
    }
    let report = Report::of(context);
    let mut all = in_sentences(context, &report, &endings);
    let cells = cells::told(context, &report);
    all.extend(counted(&all, cells));
    all.sort_by_key(|told| told.figure);
    all
}

/// Cells print no unit where their label names what is counted: they are told in the unit that a sentence has under the same
/// words, where it is a count.
fn counted(sentences: &[Told], mut cells: Vec<Told>) -> Vec<Told> {
    let bare = |key: &Key| Key { unit: UnitOf::Bare, ..key.clone() };
    let counts = sentences.iter().filter(|told| matches!(told.key.unit, UnitOf::Count(_)));
    let units: FxHashMap<Key, &UnitOf> = counts.map(|told| (bare(&told.key), &told.key.unit)).collect();
    for told in cells.iter_mut().filter(|told| told.key.unit == UnitOf::Bare) {
        if let Some(&unit) = units.get(&told.key) {
            told.key.unit = unit.clone();
        }
    }
    cells
}

/// What holds for a report as a whole.
pub struct Report {
    /// The year that it is about, if its title or its first lines name just one.
    year: Option<String>,
    /// 全市, 我市 and the like all mean its owner.
    one_self: bool,
    /// Those whom its title names: it speaks of them where it says nothing else.
    owners: Vec<String>,
    /// Where its headings begin, the title left out.
    headings: Vec<u32>,
}

impl Report {
    fn of(context: &Context) -> Self {
        let document = context.reading.document;
        let text = document.text();
        let title = document.blocks.first().map_or("", |block| document.slice(block.span));
        let year = only_year(title).or_else(|| only_year(&text[..text.floor_char_boundary(240)]));
        // Two words in a row are of one kind.
        let mut kinds = OWN.found(text).map(|(word, _)| word / 2);
        let first = kinds.next();
        let is_heading = |(index, block): &(usize, Block)| match block.kind {
            BlockKind::Heading(_) => *index > 0,
            BlockKind::Paragraph => words::is_numbered_heading(document.slice(block.span)),
            _ => false,
        };
        let headings = document.blocks.iter().enumerate().filter(is_heading);
        let headings = headings.map(|(_, block)| block.span.start).collect();
        let owners = words::of_heading(title).owners;
        Self { year, one_self: kinds.all(|kind| Some(kind) == first), owners, headings }
    }

    /// Where the heading begins under which an offset lies; `None` under the title.
    pub fn section_at(&self, offset: u32) -> Option<u32> {
        let before = self.headings.partition_point(|&heading| heading <= offset);
        before.checked_sub(1).map(|at| self.headings[at])
    }

    /// The key of a figure, if its words tell enough.
    pub fn key(&self, context: &Context, figure: &Figure, words: Words) -> Option<Key> {
        let mut period: Vec<String> = words.periods;
        // 2024年全年 is 2024.
        if period.iter().any(|period| is_year(period)) {
            period.retain(|period| period != "this");
        }
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
            measure = words::without_openers(without_self(&measure)).to_owned();
        }
        // An owner that is part of the name is told by the name.
        owners.retain(|owner| !measure.contains(owner.as_str()) && !self.owners.contains(owner));
        let enough = !period.is_empty() && words::is_long(&measure) | (measure.len() >= 8 && measure.is_ascii());
        enough.then(|| Key { measure, period, owners, qualifiers: words.qualifiers, unit: unit(context, figure) })
    }
}

/// The year that a text names, if it is just one.
fn only_year(text: &str) -> Option<String> {
    let mut periods = Vec::new();
    words::without_periods(text, &mut periods);
    periods.retain(|period| is_year(period));
    periods.dedup();
    if let [year] = &periods[..] { Some(year.clone()) } else { None }
}

/// Whether a period is a year and nothing else.
pub fn is_year(period: &str) -> bool {
    period.len() == 4 && period.bytes().all(|byte| byte.is_ascii_digit())
}

static OWN: LazyLock<Needles> = LazyLock::new(|| {
    let words = KINDS.iter().flat_map(|kind| [format!("全{kind}"), format!("我{kind}")]);
    Needles::new(&words.collect::<Vec<_>>().iter().map(String::as_str).collect::<Vec<_>>())
});

/// What an owner can be.
const KINDS: [char; 11] = ['国', '省', '市', '州', '县', '区', '镇', '乡', '村', '校', '院'];

/// Whether a name starts with 全市, 我校 and the like.
pub fn is_of_self(name: &str) -> bool {
    let mut chars = name.chars();
    matches!(chars.next(), Some('全' | '我' | '本')) && chars.next().is_some_and(|kind| KINDS.contains(&kind))
}

fn without_self(measure: &str) -> &str {
    if is_of_self(measure) { measure.char_indices().nth(2).map_or("", |(at, _)| &measure[at..]) } else { measure }
}

fn unit(context: &Context, figure: &Figure) -> UnitOf {
    match (figure.quantity.scale, figure.unit.dimension()) {
        (Scale::Plain, Dimension::Unknown) => UnitOf::Bare,
        (Scale::Plain, Dimension::Count) => {
            UnitOf::Count(figure.unit.name(context.reading.document.text()).unwrap_or_default())
        }
        (Scale::Plain, dimension) => UnitOf::Measure(format!("{dimension:?} {}", figure.unit.kind())),
        (scale, _) => UnitOf::Measure(format!("{scale:?}")),
    }
}

/// Whether a figure can tell a quantity: a level, printed with all its digits.
pub fn is_told(figure: &Figure) -> bool {
    figure.class == Class::Quantity
        && figure.quantity.direction == Direction::None
        && figure.quantity.upper.is_none()
        && figure.quantity.divisor == 1
        && !figure.quantity.numerator.is_zero()
}

/// How often each end of a name stands in the report: most stand there once, and need no closer look.
struct Endings(FxHashMap<u64, usize>);

impl Endings {
    fn of(context: &Context) -> Self {
        let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
        let names = context.paragraphs.iter().filter_map(|placed| Names::of(context, placed));
        names.flat_map(Names::endings).for_each(|ending| *counts.entry(ending).or_default() += 1);
        // A row or a column of a table may tell the same.
        for ending in context.tables.iter().flat_map(|placed| of_labels(context, placed)) {
            if let Some(count) = counts.get_mut(ending) {
                *count += 1;
            }
        }
        Self(counts)
    }

    fn repeat(&self) -> bool {
        self.0.values().any(|&count| count > 1)
    }

    /// Whether another name ends so too.
    fn is_repeated(&self, ending: u64) -> bool {
        self.0.get(&ending).is_some_and(|&count| count > 1)
    }
}

/// How the labels of a table end.
fn of_labels<'t>(context: &Context, placed: &'t Placed) -> &'t [u64] {
    let shape = &context.reading.shapes[placed.table];
    placed.known.endings.get_or_init(|| {
        let labels = shape.row_titles.iter().chain(shape.column_titles.iter());
        labels.filter_map(|label| words::ending(bare_label(label))).collect()
    })
}

fn in_sentences(context: &Context, report: &Report, endings: &Endings) -> Vec<Told> {
    let mut all = Vec::new();
    let mut heading = Heading::new("");
    for placed in context.paragraphs {
        if matches!(context.reading.document.blocks.at(placed.block()).kind, BlockKind::Heading(_)) {
            heading = Heading::new(placed.text);
        }
        let Some(names) = Names::of(context, placed) else { continue };
        for (index, said) in names.said(context, placed, |ending| endings.is_repeated(ending)) {
            let figure = &context.reading.figures.at(index);
            let mut words = said.words.clone();
            if words.periods.is_empty() {
                words.periods.extend(heading.words().periods.last().cloned());
            }
            if words.owners.is_empty() {
                words.owners.clone_from(&heading.words().owners);
            }
            let section = report.section_at(figure.span.start);
            let key = report.key(context, figure, words);
            let beside = said.beside.clone();
            all.extend(key.map(|key| Told { figure: index, key, table: None, beside, section }));
        }
    }
    all
}

/// A heading, whose words are read only where a figure needs them.
struct Heading<'t> {
    text: &'t str,
    words: OnceCell<Words>,
}

impl<'t> Heading<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, words: OnceCell::new() }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| words::of_heading(self.text))
    }
}
