//! The places of a rule: every match of its pattern, or one in each scope for several, or the lines of a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::named::Named;
use super::scan::{Found, Hit};
use super::{Book, Bound, Cited, Disagreement, Meant, Operands, Place, Plainly, Reading, equation, table};
use crate::check::evaluate;
use crate::document::{BlockKind, Document};
use crate::figure::Rounding;
use crate::figure::table::Kept as KeptTables;
use crate::rule::{NameFrom, Rule, RuleFile, RuleSet, Scope};
use crate::text;

/// Binds the rules of a set to reports.
pub struct Binder<'a> {
    /// The rules.
    pub rules: &'a RuleSet,
    /// Their index.
    pub book: &'a Book,
    /// The rounding of rule files and rules that say nothing.
    pub rounding: Rounding,
    /// The rounding that goes before all others (the command line's).
    pub forced_rounding: Option<Rounding>,
    /// The figures in other files: by rule file and name.
    pub elsewhere: &'a [Vec<Option<Meant>>],
}

/// What binding a report's rules came to.
#[derive(Debug, Default)]
pub struct Binding {
    /// The rules that were found, and those with trouble, in the order of the rule files.
    pub rules: Vec<BoundRule>,
    /// The named figures at odds, with their rule file.
    pub disagreements: Vec<(u32, Disagreement)>,
    /// Patterns that met their limit: pattern's owner (file, rule) and the block.
    pub too_long: Vec<(u32, Option<u32>, u32)>,
    /// Regular expressions that are too large, with the reason.
    pub broken: Vec<(u32, Option<u32>, String)>,
}

/// A rule and its places in a report.
#[derive(Debug)]
pub struct BoundRule {
    /// The rule file and the rule.
    pub id: (u32, u32),
    /// How the report rounds what the rule reads.
    pub rounding: Rounding,
    /// Where it was found.
    pub places: Vec<Place>,
    /// What keeps it from being decided, where something does.
    pub trouble: Option<Trouble>,
}

/// Why a rule cannot be decided although something of it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Figures that the rule's names stand for are at odds.
    AtOdds(Vec<u32>),
    /// A named figure of the report was not found (its index in the rule file's names).
    NameAbsent(usize),
    /// One of several patterns is found more than once in its scope: offsets of the matches.
    FoundAgain(Vec<u32>),
    /// An equation stands in a second sentence: offsets of both.
    SecondSentence(Vec<u32>),
    /// No table has a row or column of the name, or none is called as the rule says.
    NotInTable(Absent),
    /// A row or column name fits several lines of the table.
    AmbiguousLabel(String),
}

/// What a rule names and no table has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The label, as written in the rule.
    pub label: String,
    /// Whether it is the table's own name, and not that of a line.
    pub table: bool,
    /// The label that may have been meant.
    pub nearest: Option<String>,
}

impl Trouble {
    /// Whether the rule was not found at all.
    pub fn is_absence(&self) -> bool {
        matches!(self, Trouble::NameAbsent(_) | Trouble::NotInTable(_))
    }
}

impl Binder<'_> {
    /// Reads a report and finds where the patterns of the wanted files (by index) stand. Figures where none does are only
    /// counted, unless `all` are asked for. `kept` is what was found in its tables last time.
    pub fn read<'d>(
        &self,
        document: &'d Document,
        files: &[bool],
        all: bool,
        kept: Option<&mut KeptTables>,
    ) -> (Reading<'d>, Found) {
        let wanted = self.book.wanted(files);
        let patterns = &self.book.patterns;
        // What tables say of the figures in them takes all of those.
        if all || !document.tables.is_empty() {
            let reading = Reading::again(document, kept);
            let found = patterns.scan(document, &reading.figures, &wanted);
            return (reading, found);
        }
        patterns.sift(document, &wanted)
    }

    /// Binds the rules of the wanted files to what was found in a report.
    pub fn bind(&self, reading: &mut Reading, found: Found, files: &[bool]) -> Binding {
        let mut binding = Binding::default();
        let mut names: Vec<Vec<Named>> = Vec::new();
        for (number, file) in self.rules.files.iter().enumerate() {
            if !files[number] || file.names.is_empty() {
                names.push(Vec::new());
                continue;
            }
            let rounding = self.forced_rounding.unwrap_or(self.rounding);
            let elsewhere = self.elsewhere.get(number).map_or(&[][..], Vec::as_slice);
            let (named, odds) = self.book.named(number, file, reading, &found, rounding, elsewhere);
            binding.disagreements.extend(odds.into_iter().map(|odd| (number as u32, odd)));
            names.push(named);
        }
        for (file, rule) in self.book.touched(files, &found) {
            let bound = self.bind_rule(reading, &found, (file, rule), &names[file as usize]);
            if !bound.places.is_empty() || bound.trouble.is_some() {
                binding.rules.push(bound);
            }
        }
        let owner = |pattern: u32| self.book.owners[pattern as usize];
        binding.too_long = found.too_long.iter().map(|&(p, block)| (owner(p).file, owner(p).rule, block)).collect();
        binding.broken = found.broken.iter().map(|(p, why)| (owner(*p).file, owner(*p).rule, why.clone())).collect();
        binding
    }

    fn bind_rule(&self, reading: &mut Reading, found: &Found, id: (u32, u32), names: &[Named]) -> BoundRule {
        let file = &self.rules.files[id.0 as usize];
        let rule = &file.rules[id.1 as usize];
        let operands = Operands::new(rule, self.rounding_of(file, rule));
        let links = &self.book.files[id.0 as usize].rules[id.1 as usize];
        let outcome = if let Some(number) = links.equation {
            equation::places(rule, &operands, reading, found.terms_of(number))
        } else {
            self.find_places(rule, &operands, reading, found, &links.finds)
        };
        let outcome = outcome.and_then(|places| match &rule.table {
            Some(_) => table::places(rule, &operands, reading, places),
            None => Ok(places),
        });
        let outcome = outcome.and_then(|places| with_names(rule, places, names));
        match outcome {
            Ok(mut places) => {
                places.retain(|place| passes_filter(rule, place, &|figure| reading.plainly(figure, operands.rounding)));
                BoundRule { id, rounding: operands.rounding, places, trouble: None }
            }
            Err(trouble) => BoundRule { id, rounding: operands.rounding, places: Vec::new(), trouble: Some(trouble) },
        }
    }

    fn rounding_of(&self, file: &RuleFile, rule: &Rule) -> Rounding {
        self.forced_rounding.or(rule.rounding).or(file.rounding).unwrap_or(self.rounding)
    }

    fn find_places(
        &self,
        rule: &Rule,
        operands: &Operands,
        reading: &mut Reading,
        found: &Found,
        finds: &[u32],
    ) -> Result<Vec<Place>, Trouble> {
        match finds {
            [] => Ok(vec![Place { bound: vec![None; rule.names.len()], at: 0, table: None, missing: None }]),
            [find] => Ok(found.of(*find).iter().map(|hit| place_of(rule, operands, reading, &[hit])).collect()),
            _ => several(rule, operands, reading, found, finds),
        }
    }
}

/// One place in every scope in which each of several patterns is found exactly once.
fn several(
    rule: &Rule,
    operands: &Operands,
    reading: &mut Reading,
    found: &Found,
    finds: &[u32],
) -> Result<Vec<Place>, Trouble> {
    let sections = if rule.scope == Scope::Section { sections(reading) } else { Vec::new() };
    let mut scopes: BTreeMap<(u32, u32), Vec<Vec<&Hit>>> = BTreeMap::new();
    for (i, &find) in finds.iter().enumerate() {
        for hit in found.of(find) {
            let key = scope_key(rule.scope, reading, &sections, hit);
            scopes.entry(key).or_insert_with(|| vec![Vec::new(); finds.len()])[i].push(hit);
        }
    }
    let whole = scopes.into_values().filter(|scope| scope.iter().all(|hits| !hits.is_empty()));
    let mut places = Vec::new();
    for scope in whole {
        if let Some(again) = scope.iter().find(|hits| hits.len() > 1) {
            return Err(Trouble::FoundAgain(again.iter().map(|hit| hit.found.span.start).collect()));
        }
        let hits: Vec<&Hit> = scope.into_iter().flatten().collect();
        places.push(place_of(rule, operands, reading, &hits));
    }
    Ok(places)
}

fn scope_key(scope: Scope, reading: &Reading, sections: &[u32], hit: &Hit) -> (u32, u32) {
    match scope {
        Scope::Report => (0, 0),
        Scope::Section => (sections[hit.block as usize], 0),
        Scope::Paragraph => (hit.block, 0),
        Scope::Sentence => {
            let block = reading.document.blocks.at(hit.block as usize).span;
            let at = (hit.found.span.start - block.start) as usize;
            (hit.block, text::sentence_around(reading.document.slice(block), at).start as u32)
        }
    }
}

/// The section of every block: it changes at every heading.
fn sections(reading: &Reading) -> Vec<u32> {
    let mut section = 0;
    let blocks = reading.document.blocks.iter();
    blocks
        .map(|block| {
            section += u32::from(matches!(block.kind, BlockKind::Heading(_)));
            section
        })
        .collect()
}

fn place_of(rule: &Rule, operands: &Operands, reading: &mut Reading, hits: &[&Hit]) -> Place {
    let mut bound = vec![None; rule.names.len()];
    for (name, capture, signed) in hits.iter().flat_map(|hit| &hit.found.captures) {
        bound[*name] = Some(operands.bind(reading, capture, *signed));
    }
    Place { bound, at: hits[0].found.span.start, table: None, missing: None }
}

/// Adds the named figures of the report that the rule uses.
fn with_names(rule: &Rule, mut places: Vec<Place>, names: &[Named]) -> Result<Vec<Place>, Trouble> {
    if places.is_empty() {
        return Ok(places);
    }
    for (index, name) in rule.names.iter().enumerate() {
        let NameFrom::Report(report) = name.from else { continue };
        match names.get(report) {
            Some(Named::Found(meant)) => {
                let meant = Arc::new(meant.clone());
                for place in &mut places {
                    place.bound[index] = Some(Bound::One(Cited::Meant(meant.clone())));
                }
            }
            Some(Named::AtOdds) => return Err(Trouble::AtOdds(Vec::new())),
            Some(Named::Absent) | None => return Err(Trouble::NameAbsent(report)),
        }
    }
    Ok(places)
}

/// `where`: a place at which it is not true is no match; a value that is not there makes it not true.
fn passes_filter(rule: &Rule, place: &Place, plainly: Plainly) -> bool {
    let Some(filter) = &rule.filter else { return true };
    evaluate::truth(filter, &place.values(plainly)) == Some(true)
}
