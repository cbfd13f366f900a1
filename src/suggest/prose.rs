//! Relations between figures of sentences, as patterns in the report's own words.

use std::collections::BTreeMap;

use super::Maker;
use super::pattern::{self, quoted};
use super::table::{self, Cell};
use super::trial::{Candidate, Form};
use crate::check::{Relation, place_view};
use crate::figure::{self, Figure};
use crate::span::Span;
use crate::text;

/// Text between two figures that is longer, in characters, is told by `…` and the words before the second.
const LONGEST_GAP: usize = 36;

/// How many words of a label, and how many of its characters, make an id.
const ID_WORDS: usize = 5;
const ID_LENGTH: usize = 24;

/// Sentences with the figures of a relation in each and what they are called, by block and place.
type Sentences = BTreeMap<(u32, u32), (Span, Vec<(u32, String)>)>;

/// A candidate for every relation that has a figure outside of tables, or figures in several tables.
pub fn candidates(maker: &Maker, relations: &[&Relation]) -> Vec<Candidate> {
    let apart = relations.iter().filter(|relation| table::of(maker, relation).is_none());
    apart.map(|relation| candidate(maker, relation)).collect()
}

/// What all candidates made of one relation have in common.
pub fn base(maker: &Maker, relation: &Relation) -> Candidate {
    let figures: Vec<u32> = relation.figures().collect();
    let place = |&figure: &u32| place_view(maker.reading.document, maker.reading.figures.span(figure as usize));
    Candidate {
        at: figures.iter().map(|&figure| maker.reading.figures.span(figure as usize).start).min().unwrap_or_default(),
        relations: 1,
        places: figures.iter().map(place).collect(),
        figures,
        evidence: vec![maker.evidence(relation)],
        ..Candidate::default()
    }
}

/// What the figures of a relation are called in a rule: the names of the check, and letters for the items of lists.
pub fn names(relation: &Relation) -> Vec<Vec<String>> {
    let taken: Vec<&str> = relation.names.iter().map(|(name, _)| name.as_str()).collect();
    let mut letters = (0..).map(pattern::letter).filter(|letter| !taken.contains(&letter.as_str()));
    let mut of = |(name, figures): &(String, Vec<u32>)| match figures.len() {
        0 | 1 => vec![name.clone(); figures.len()],
        count => letters.by_ref().take(count).collect(),
    };
    relation.names.iter().map(&mut of).collect()
}

/// An id made of the words that name the first of the relation's figures that has a name.
pub fn id(maker: &Maker, relation: &Relation) -> String {
    let is_small = |word: &str| word.is_ascii() && (word.len() < 3 || ["the", "these"].contains(&word));
    let is_name = |word: &&str| !word.is_empty() && !is_small(&word.to_lowercase());
    let label = relation
        .figures()
        .filter_map(|figure| maker.label(figure))
        .find(|label| label.split(|c: char| !c.is_alphanumeric()).any(|word| is_name(&word)));
    let words = label.unwrap_or_default().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.skip_while(|word| !is_name(word));
    let slug = words.take(ID_WORDS).collect::<Vec<_>>().join("-").to_lowercase();
    let slug: String = slug.chars().take(ID_LENGTH).collect();
    if slug.is_empty() { relation.id.clone() } else { slug }
}

fn candidate(maker: &Maker, relation: &Relation) -> Candidate {
    let names = names(relation);
    let mut sentences = Sentences::new();
    let mut cells: Vec<(String, Cell)> = Vec::new();
    for ((_, figures), own) in relation.names.iter().zip(&names) {
        for (&figure, name) in figures.iter().zip(own) {
            match table::cell(maker, figure) {
                Some(cell) => cells.push((name.clone(), cell)),
                None => {
                    let (block, span) = maker.sentence(figure);
                    let entry = sentences.entry((block, span.start)).or_insert_with(|| (span, Vec::new()));
                    entry.1.push((figure, name.clone()));
                }
            }
        }
    }
    let mut candidate = base(maker, relation);
    let check = relation.written(&|name, item| names[name][item].clone());
    let example = example(maker, &sentences, &cells);
    let blocks: Vec<u32> = sentences.keys().map(|(block, _)| *block).collect();
    let scope = if blocks.iter().all(|block| *block == blocks[0]) { "paragraph" } else { "report" };
    let finds: Vec<String> = sentences.into_values().map(|(span, figures)| find(maker, span, figures)).collect();
    let find = match &finds[..] {
        [one] => format!("find  = {}\n", quoted(one)),
        many => {
            let all: Vec<_> = many.iter().map(|one| format!("  {},\n", quoted(one))).collect();
            format!("find  = [\n{}]\nscope = {}\n", all.concat(), quoted(scope))
        }
    };
    if let Some(cells) = table::cells_toml(maker, &cells) {
        let toml = format!("{find}{cells}check = {}\n", quoted(&check));
        candidate.forms.push(Form::Rule { id: id(maker, relation), toml, example });
    }
    if cells.is_empty() && finds.len() == 1 {
        candidate.forms.push(maker.equation(relation));
    }
    candidate
}

/// The sentences of a rule that are all of its text, if it looks at one paragraph only.
fn example(maker: &Maker, sentences: &Sentences, cells: &[(String, Cell)]) -> Option<String> {
    let ((first, _), (start, _)) = sentences.first_key_value()?;
    let ((last, _), (end, _)) = sentences.last_key_value()?;
    let is_one = cells.is_empty() && first == last;
    is_one.then(|| super::one_line(maker.reading.document.printed(start.to(*end))))
}

/// A pattern for figures of one sentence.
fn find(maker: &Maker, sentence: Span, mut figures: Vec<(u32, String)>) -> String {
    figures.sort_by_key(|(figure, _)| *figure);
    let own = |figure: u32| maker.reading.figures.at(figure as usize);
    let mut out = String::new();
    let mut before: Option<Figure> = None;
    for (figure, name) in &figures {
        let figure = own(*figure);
        out.push_str(&match before {
            None => maker.literal(maker.anchor(sentence, &figure), figure.digits.start),
            Some(before) => gap(maker, &before, &figure, sentence),
        });
        out.push_str(&format!("{{{name}}}"));
        before = Some(figure);
    }
    if let Some(last) = before {
        let end = last.span.end.max(last.digits.end);
        out.push_str(&maker.literal(last.digits.end, end));
        // A bracket that the pattern opens is closed where the report closes it.
        let behind = &maker.reading.document.text()[end as usize..sentence.end.max(end) as usize];
        let opened = out.matches(['(', '（']).count() > out.matches([')', '）']).count();
        out.extend(behind.chars().next().filter(|c| opened && matches!(c, ')' | '）')));
    }
    out.trim().to_owned()
}

/// What stands between two figures: the words themselves, or `…` and the last of them.
fn gap(maker: &Maker, before: &Figure, after: &Figure, sentence: Span) -> String {
    let (start, end) = (before.digits.end, after.digits.start.max(before.digits.end));
    let text = maker.reading.document.printed(Span { start, end });
    let has_figures = text.chars().any(char::is_numeric);
    if !has_figures && text.chars().count() <= LONGEST_GAP {
        return pattern::escaped(text);
    }
    let unit_end = before.span.end.clamp(start, end);
    let anchor = maker.anchor(sentence, after).clamp(unit_end, end);
    format!("{}…{}", maker.literal(start, unit_end), maker.literal(anchor, end))
}

impl Maker<'_> {
    /// The words that name a figure.
    pub(super) fn label(&self, figure: u32) -> Option<&str> {
        if let Some(cell) = table::cell(self, figure) {
            return Some(&self.reading.shapes[cell.table].row_titles_of(cell.column)[cell.row]);
        }
        let figure = &self.reading.figures.at(figure as usize);
        let document = self.reading.document;
        let block = document.blocks.at(figure.block as usize).span;
        figure::label(document.text(), block, figure).map(|span| document.printed(span))
    }

    /// The sentence of a figure, and the block it stands in.
    fn sentence(&self, figure: u32) -> (u32, Span) {
        let figure = &self.reading.figures.at(figure as usize);
        let block = self.reading.document.blocks.at(figure.block as usize).span;
        let at = figure.span.start.saturating_sub(block.start) as usize;
        let around = text::sentence_around(self.reading.document.slice(block), at);
        (figure.block, Span::new(block.start as usize + around.start, block.start as usize + around.end))
    }

    /// Where the words before a figure start by which it is found: those that name it, or the last few before it.
    fn anchor(&self, sentence: Span, figure: &Figure) -> u32 {
        const CHARACTERS: usize = 8;
        let document = self.reading.document;
        let block = document.blocks.at(figure.block as usize).span;
        let end = figure.digits.start.max(sentence.start);
        let label = figure::label(document.text(), block, figure).filter(|label| label.end <= end);
        let text = &document.text()[sentence.start as usize..end as usize];
        let few = text.char_indices().rev().nth(CHARACTERS - 1).map_or(0, |(at, _)| at) as u32;
        let start = label.map_or(sentence.start + few, |label| label.start);
        // A numeral between the words and the figure would be part of the words.
        let words = &document.text()[start.max(sentence.start) as usize..end as usize];
        let behind =
            words.rfind(char::is_numeric).map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
        start.max(sentence.start) + behind as u32
    }

    /// A part of the text as a literal of a pattern.
    fn literal(&self, start: u32, end: u32) -> String {
        pattern::escaped(self.reading.document.printed(Span { start, end: end.max(start) }))
    }
}
