//! Word processors' documents (.docx): the text as it is shown, with tracked changes accepted.
//!
//! `story` reads the XML of a part into paragraphs and tables (`flow`), `styles` and `numbering` say what they have from
//! their styles and lists, `grid` places the cells of tables, and `layout` makes one text of all parts: the body, then notes,
//! then page headers and footers.

mod fields;
mod flow;
mod frame;
mod grid;
mod layout;
mod numbering;
mod ordinals;
mod paragraph;
mod properties;
mod seen;
mod story;
mod styles;
mod symbols;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::captions;
use super::package::Package;
use super::rels::Relationships;
use super::xml;
use crate::document::{Block, BlockKind, Document, Format, Message, Problem};
use crate::error::{Error, Result};
use flow::Flow;
use layout::{Layout, Where};
use numbering::Numbering;
use story::{Shared, Story};
use styles::Styles;

/// Reads a document of the .docx family. `limit` is how many bytes are unpacked of it at most.
///
/// # Errors
/// It is no such document, or so damaged that it has no body.
pub(super) fn read(path: &Path, bytes: &[u8], limit: u64) -> Result<Document> {
    let mut reader = Reader { package: Package::open(bytes, limit)?, problems: Vec::new() };
    let root = reader.relationships("", "_rels/.rels");
    let main = root.of_type("officeDocument").unwrap_or("word/document.xml").to_owned();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let name = main.rsplit('/').next().unwrap_or_default();
    let rels = reader.relationships(&folder, &format!("{folder}/_rels/{name}.rels"));
    let body = reader.text(&main).ok_or_else(|| {
        Error::message("holds no document; it is damaged, or no .docx", "文件中没有正文：已损坏，或不是 .docx")
    })?;
    let mut shared = reader.shared(&folder, &rels);

    let story = reader.story(&main, &body, &mut shared);
    drop(body);
    let mut layout = Layout::default();
    layout.flow(&story.flow, Where::Body);
    drop(story);
    layout.end_body();
    reader.notes(&folder, &rels, &mut shared, &mut layout);
    reader.margins(&rels, &mut shared, &mut layout);
    Ok(document(path, layout, &shared, reader.problems))
}

fn document(path: &Path, layout: Layout, shared: &Shared, mut problems: Vec<Problem>) -> Document {
    let Layout { text, blocks, tables, places, ordinals, captions, cut, .. } = layout;
    problems.extend(shared.seen.problems().into_iter().map(problem));
    problems.extend(cut.then(|| {
        problem(Message::new(
            "cells of a table cover too many columns; they were read as covering fewer",
            "表格单元格所跨的列过多，按较少的列读取",
        ))
    }));
    let remarks = shared.seen.remarks();
    let document = Document::in_container(path, Format::Word, text, places);
    let mut document = Document { blocks, tables, ordinals, problems, remarks, ..document };
    captions::name_tables(&mut document);
    name_by_style(&mut document, &captions);
    document
}

/// A caption by its style names the table below it, or the one above where that has none.
fn name_by_style(document: &mut Document, captions: &[usize]) {
    let table_at = |at: Option<usize>| match at.and_then(|at| document.blocks.get(at)) {
        Some(Block { kind: BlockKind::Cell { table, .. }, .. }) => Some(table as usize),
        _ => None,
    };
    let named: Vec<_> = captions
        .iter()
        .filter_map(|&at| {
            let below = table_at(Some(at + 1));
            Some((below.or_else(|| table_at(at.checked_sub(1)))?, below.is_some(), document.blocks.at(at).span))
        })
        .collect();
    for (table, below, span) in named {
        let captions = &mut document.tables[table].captions;
        if !captions.contains(&span) && (below || captions.is_empty()) {
            captions.push(span);
        }
    }
}

struct Reader<'a> {
    package: Package<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// The text of a part, if there is one; that it ends too early is a problem.
    fn text(&mut self, name: &str) -> Option<String> {
        let part = self.package.part(name)?;
        if let Some(why) = part.cut {
            self.problems.push(problem(Message::new(
                format!("{name} cannot be read to its end: {}", why.english),
                format!("{name} 未能读完：{}", why.chinese),
            )));
        }
        Some(xml::decode(part.bytes))
    }

    fn relationships(&mut self, folder: &str, name: &str) -> Relationships {
        self.text(name).map(|text| Relationships::parse(&text, folder)).unwrap_or_default()
    }

    /// A part that the main one relates to.
    fn related(&mut self, folder: &str, rels: &Relationships, kind: &str) -> Option<String> {
        let name = rels.of_type(kind).map_or_else(|| format!("{folder}/{kind}.xml"), str::to_owned);
        self.text(&name)
    }

    fn shared(&mut self, folder: &str, rels: &Relationships) -> Shared {
        let mut shared = Shared::default();
        if let Some(text) = self.related(folder, rels, "styles") {
            let (styles, cut) = Styles::parse(&text);
            shared.styles = styles;
            self.tell_cut(&Message::new("the styles", "样式"), cut);
        }
        if let Some(text) = self.related(folder, rels, "numbering") {
            let (numbering, cut) = Numbering::parse(&text);
            shared.numbering = numbering;
            self.tell_cut(&Message::new("the numbers of lists", "列表编号"), cut);
        }
        shared
    }

    fn story(&mut self, name: &str, text: &str, shared: &mut Shared) -> Story {
        let mut story = story::read(text, shared);
        self.tell_cut(&Message::verbatim(name.to_owned()), story.cut.take());
        story
    }

    /// Tells that a part ends too early, for what a library says of it.
    fn tell_cut(&mut self, part: &Message, cut: Option<String>) {
        if let Some(why) = cut {
            self.problems.push(problem(Message::new(
                format!("{} cannot be read to the end: {why}; what follows was not checked", part.english),
                format!("{} 未能读完：{why}；其后的内容未检查", part.chinese),
            )));
        }
    }

    /// Lays out footnotes, then endnotes, in the order of their marks.
    fn notes(&mut self, folder: &str, rels: &Relationships, shared: &mut Shared, layout: &mut Layout) {
        for (kind, at) in [("footnotes", Where::Footnote as fn(u32) -> Where), ("endnotes", Where::Endnote)] {
            let marks = if kind == "footnotes" { &mut shared.seen.footnotes } else { &mut shared.seen.endnotes };
            let marks = std::mem::take(marks);
            if marks.is_empty() {
                continue;
            }
            let Some(text) = self.related(folder, rels, kind) else { continue };
            let mut notes: HashMap<i64, Flow> = self.story(kind, &text, shared).notes.into_iter().collect();
            for (number, id) in (1..).zip(marks) {
                if let Some(flow) = notes.remove(&id) {
                    layout.flow(&flow, at(number));
                }
            }
        }
    }

    /// Lays out page headers and footers. Each part is read once, and one that repeats another's text is left out.
    fn margins(&mut self, rels: &Relationships, shared: &mut Shared, layout: &mut Layout) {
        let (headers, footers) = (std::mem::take(&mut shared.seen.headers), std::mem::take(&mut shared.seen.footers));
        for (ids, at) in [(headers, Where::Header as fn(u32) -> Where), (footers, Where::Footer)] {
            let (mut names, mut texts) = (HashSet::new(), HashSet::new());
            for name in ids.iter().filter_map(|id| rels.target(id)) {
                let new = names.insert(name);
                let Some(text) = new.then(|| self.text(name)).flatten().filter(|text| !texts.contains(text)) else {
                    continue;
                };
                let story = self.story(name, &text, shared);
                texts.insert(text);
                layout.flow(&story.flow, at(texts.len() as u32));
            }
        }
    }
}

fn problem(message: Message) -> Problem {
    Problem { message, source_span: None, place: None, unchecked: true }
}
