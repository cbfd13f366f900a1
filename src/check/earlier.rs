//! What an earlier version of a report printed where a figure stands now.
//!
//! Two figures are the same figure if the same words stand around them: the whole sentence with its place among the
//! sentence's figures; else the words directly before and after; in a table the labels of row and column with the caption.
//! Words that are found twice in either version pair nothing: no old value is better than another figure's.

use rustc_hash::FxHashMap;

use crate::document::{BlockKind, Document};
use crate::figure::table::TableShape;
use crate::figure::{self, Class, Figure};
use crate::span::Span;
use crate::text;

/// How many letters before and after a figure tell it apart where its sentence was edited.
const BEFORE: usize = 10;
const AFTER: usize = 4;

/// Fewer letters than this around a figure tell nothing.
const LEAST: usize = 4;

/// What an earlier version printed, by where figures stand now.
#[derive(Debug, Default)]
pub struct Earlier {
    /// By the first byte of the figure in the text of the report: the old text.
    texts: FxHashMap<u32, String>,
}

impl Earlier {
    /// Compares a report with an earlier version of it.
    pub fn new(old: &Document, new: &Document) -> Self {
        let (old_spots, new_spots) = (spots(old), spots(new));
        let mut taken = vec![false; old_spots.len()];
        let mut texts = FxHashMap::default();
        for kind in 0..KINDS {
            let (old_keys, new_keys) = (unique(&old_spots, kind), unique(&new_spots, kind));
            for (key, &at) in &new_keys {
                let Some(&was) = old_keys.get(key).filter(|&&was| !taken[was]) else { continue };
                if let std::collections::hash_map::Entry::Vacant(entry) = texts.entry(new_spots[at].figure.start) {
                    taken[was] = true;
                    entry.insert((new_spots[at].figure, old_spots[was].figure));
                }
            }
        }
        let differs = |(now, was): &(Span, Span)| printed(new, *now) != printed(old, *was);
        let told = texts.into_iter().filter(|(_, pair)| differs(pair));
        Self { texts: told.map(|(at, (_, was))| (at, one_line(old.printed(was)))).collect() }
    }

    /// What stood where a figure stands now, if it was printed otherwise.
    pub fn of(&self, figure: &Figure) -> Option<&str> {
        self.texts.get(&figure.span.start).map(String::as_str)
    }
}

/// The kinds of keys, from the surest to the weakest: the whole sentence, or caption and labels; then the words beside it, or
/// labels.
const KINDS: usize = 2;

/// A figure and what tells it apart, by kind.
struct Spot {
    figure: Span,
    keys: [Option<String>; KINDS],
}

fn spots(document: &Document) -> Vec<Spot> {
    let (figures, shapes) = figure::lex(document);
    let mut spots = Vec::new();
    let mut all = figures.iter().peekable();
    while let Some(first) = all.next() {
        let mut of_block = vec![first];
        of_block.extend(std::iter::from_fn(|| all.next_if(|figure| figure.block == first.block)));
        match document.blocks.at(of_block[0].block as usize).kind {
            BlockKind::Cell { table, cell } => spots.extend(in_cell(document, &shapes, (table, cell), &of_block)),
            _ => in_text(document, &of_block, &mut spots),
        }
    }
    spots
}

/// The only figure of a cell, by its labels.
fn in_cell(document: &Document, shapes: &[TableShape], (table, cell): (u32, u32), figures: &[Figure]) -> Option<Spot> {
    let [figure] = figures else { return None };
    let (shape, table) = (shapes.get(table as usize)?, document.tables.get(table as usize)?);
    let place = table.cells.get(cell as usize)?;
    let row = words(shape.row_labels_of(place.column as usize).get(place.row as usize)?);
    let column = shape.column_labels.get(place.column as usize).map(words).unwrap_or_default();
    if figure.class != Class::Quantity || row.is_empty() {
        return None;
    }
    let captions = table.captions.iter().chain(&table.heading).map(|span| words(document.slice(*span)));
    let labels = format!("{row}|{column}");
    Some(Spot { figure: figure.span, keys: [Some(format!("{labels}|{}", captions.collect::<String>())), Some(labels)] })
}

/// The figures of a paragraph or heading, by the words of their sentence.
fn in_text(document: &Document, figures: &[Figure], spots: &mut Vec<Spot>) {
    let block = document.blocks.at(figures[0].block as usize).span;
    let quantities: Vec<Span> =
        figures.iter().filter(|figure| figure.class == Class::Quantity).map(|figure| figure.span).collect();
    for sentence in text::sentences(document.slice(block)) {
        let sentence = Span::new(block.start as usize + sentence.start, block.start as usize + sentence.end);
        let inside: Vec<Span> = quantities
            .iter()
            .copied()
            .filter(|span| sentence.start <= span.start && span.end <= sentence.end)
            .collect();
        let parts = between(document, sentence, &inside);
        for (at, figure) in inside.iter().enumerate() {
            let near = nearby(&parts[..=at].concat(), &parts[at + 1..].concat());
            spots.push(Spot { figure: *figure, keys: [whole(&parts, at), near] });
        }
    }
}

/// The words before, between and after figures of a sentence: one more part than figures.
fn between(document: &Document, sentence: Span, figures: &[Span]) -> Vec<String> {
    let ends = figures.iter().map(|figure| figure.start).chain([sentence.end]);
    let starts = [sentence.start].into_iter().chain(figures.iter().map(|figure| figure.end));
    starts.zip(ends).map(|(start, end)| words(document.slice(Span { start, end: end.max(start) }))).collect()
}

fn whole(parts: &[String], at: usize) -> Option<String> {
    let letters: usize = parts.iter().map(|part| part.chars().count()).sum();
    (letters >= LEAST).then(|| format!("{at}#{}", parts.join("#")))
}

fn nearby(before: &str, after: &str) -> Option<String> {
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let before: String = before.chars().skip(skipped).collect();
    let after: String = after.chars().take(AFTER).collect();
    (before.chars().count() >= LEAST).then(|| format!("{before}#{after}"))
}

/// The spots by a key that only one of them has, as indices.
fn unique(spots: &[Spot], kind: usize) -> FxHashMap<&str, usize> {
    let mut found: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for (at, spot) in spots.iter().enumerate() {
        if let Some(key) = &spot.keys[kind] {
            found.entry(key).and_modify(|one| *one = None).or_insert(Some(at));
        }
    }
    found.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

/// Letters and digits, folded: white space, punctuation and markup come and go.
fn words(text: &str) -> String {
    text.chars().filter_map(text::fold).filter(|c| c.is_alphanumeric()).collect()
}

/// A figure as printed, without what makes no difference.
fn printed(document: &Document, figure: Span) -> String {
    text::folded(document.slice(figure)).replace(',', "")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn document(name: &str, text: &str) -> Document {
        read::bytes(std::path::Path::new(name), text.as_bytes().to_vec(), &read::Options::default()).unwrap()
    }

    /// What is told of each figure of the new text that changed: `now<was`.
    fn told(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (document("r.md", old), document("r.md", new));
        let earlier = Earlier::new(&old, &new);
        let figures = figure::lex(&new).0;
        figures.iter().filter_map(|one| Some(format!("{}<{}", new.slice(one.span), earlier.of(&one)?))).collect()
    }

    #[test]
    fn figures_of_a_sentence_are_paired_by_its_words() {
        let old = "全年受理来信526件，办结510件，办结率96.9%。\n";
        assert_eq!(told(old, &old.replace("526", "528").replace("96.9", "96.6")), ["528件<526件", "96.6%<96.9%"]);
        assert!(told(old, old).is_empty());
        assert!(told(old, &old.replace("526件", "５２６ 件")).is_empty(), "printed otherwise only");
        // Wrapped anew, with another paragraph before it.
        let moved = format!("新增3人，共12人。\n\n{}", old.replace("526件，", "528件，\n"));
        assert_eq!(told(old, &moved), ["528件<526件"]);
        let english = "Of 528 letters 510 were settled by the office.";
        assert_eq!(told(english, &english.replace("528", "529")), ["529 letters<528 letters"]);
    }

    #[test]
    fn an_edited_sentence_is_paired_by_the_words_beside() {
        let old = "全区共调处各类矛盾纠纷561件，调处成功526件。";
        let new = "一年来，全区共调处各类矛盾纠纷561件，经努力，调处成功528件。";
        assert_eq!(told(old, new), Vec::<String>::new(), "the words before it are others");
        let new = "一年来，全区共调处各类矛盾纠纷563件，调处成功528件，成效好。";
        assert_eq!(told(old, new), ["563件<561件"]);
    }

    #[test]
    fn what_is_found_twice_pairs_nothing() {
        let old = "甲街道受理来信526件。乙街道受理来信311件。";
        assert_eq!(told(old, &old.replace("526", "528")), ["528件<526件"]);
        let old = "受理来信526件。受理来信311件。";
        assert!(told(old, &old.replace("526", "528")).is_empty());
        // Years tell sentences apart, and a sentence of another year is another sentence.
        let old = "2019年受理群众来信526件。";
        assert!(told(old, "2020年受理来信528件。").is_empty());
    }

    #[test]
    fn cells_are_paired_by_their_labels() {
        let old = "| item | 2024 | 2023 |\n| --- | --- | --- |\n| roads | 1200 | 1100 |\n| parks | 340 | 300 |\n";
        let new = "| item | 2025 | 2024 |\n| --- | --- | --- |\n| parks | 350 | 345 |\n| roads | 1250 | 1200 |\n";
        assert_eq!(told(old, new), ["345<340"]);
    }

    /// Every figure of the fixtures is changed, one after the other: nothing but the change is told, and most changes are.
    #[test]
    fn whatever_changes_is_told_as_it_was_or_not_at_all() {
        let (mut changes, mut told) = (0, 0);
        for name in ["text/jingzhou-2020.txt", "markdown/city-budget.md", "renderings/settlement.html", "csv/cases.csv"]
        {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
            let old = read::file(&path, &read::Options::default()).unwrap();
            let bytes = std::fs::read(&path).unwrap();
            for figure in figure::lex(&old).0.iter().filter(|figure| figure.class == Class::Quantity) {
                let origin = old.origin(figure.digits).file.unwrap().range();
                let Some(at) = bytes[origin.clone()].iter().rposition(u8::is_ascii_digit) else { continue };
                let mut edited = bytes.clone();
                edited[origin.start + at] = if edited[origin.start + at] == b'7' { b'6' } else { b'7' };
                let new = read::bytes(&path, edited, &read::Options::default()).unwrap();
                let earlier = Earlier::new(&old, &new);
                changes += 1;
                for (&start, was) in &earlier.texts {
                    assert_eq!(
                        (start, was.as_str()),
                        (figure.span.start, &*one_line(old.slice(figure.span))),
                        "{name}"
                    );
                    told += 1;
                }
            }
        }
        assert!(changes > 150 && told * 10 > changes * 9, "{told} of {changes}");
    }
}
