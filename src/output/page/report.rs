//! A report on a page: its counts, what could not be checked, and its text with marks and notes.

use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};
use rustc_hash::FxHashMap;

use super::data;
use super::head::{self, Counts};
use super::marks::{self, Look, Mark, Marks};
use super::note::note;
use super::table::table;
use super::text::{Flowing, Text, Verbatim};
use super::words::{self, Words};
use crate::diagnostic::{Body, BodyBlock, BodyTable, Passage, Report, Severity};
use crate::document::Language;
use crate::output::words as told;

/// How many blocks are laid out together: a browser skips those that are not on the screen.
const CHUNK: usize = 40;

/// A report and how it is shown.
pub struct Page<'a> {
    /// Its number in the run: part of all its ids.
    pub number: usize,
    pub report: &'a Report,
    /// Whether it is the only one.
    pub alone: bool,
    /// The words of the page.
    pub words: &'static Words,
    /// The language of what is said of the report.
    pub language: Language,
}

impl Page<'_> {
    /// The id of a figure (`f`) or a finding (`n`) of this report.
    pub fn id(&self, kind: char, number: usize) -> String {
        format!("{kind}{}-{number}", self.number)
    }

    /// Writes the report.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let report = self.report;
        // What has nothing to look at is folded, unless there is nothing else.
        let open = self.alone || super::weight_of(report) > super::Weight::Nothing;
        let class = match report.findings.iter().filter_map(|finding| finding.severity).max() {
            None => " class=\"bare\"",
            Some(Severity::Note) => " class=\"hinted\"",
            Some(_) => "",
        };
        write!(out, "<article id=\"r{}\"{class}>", self.number)?;
        write!(out, "{}", self.heading().into_string())?;
        let Some(body) = &report.body else {
            let notes = html! { @for number in 0..report.findings.len() { (note(self, number, None, false)) } };
            return write!(out, "{}</article>", notes.into_string());
        };
        let marks = Marks::new(report, body);
        let notes = notes_by_mark(report, body, &marks);
        let view = View { page: self, body, marks: &marks, notes, levels: levels(body) };
        let text = words::of(report.language).tag;
        write!(out, "<details class=\"body\"{}>", if open { " open" } else { "" })?;
        write!(out, "<summary>{}</summary>", self.words.text)?;
        write!(out, "<div class=\"text\" lang=\"{text}\">")?;
        write!(out, "{}", view.general().into_string())?;
        for chunk in body.blocks.chunks(CHUNK) {
            write!(out, "<div class=\"chunk\">")?;
            for block in chunk {
                writeln!(out, "{}", view.block(block).into_string())?;
            }
            write!(out, "</div>")?;
        }
        write!(out, "</div></details><script id=\"d{}\" type=\"application/json\">", self.number)?;
        data::write(out, body, &marks, self.words)?;
        write!(out, "</script></article>")
    }

    fn heading(&self) -> Markup {
        let report = self.report;
        let counts = Counts::of(report);
        let (folder, name) = report.path.rsplit_once(['/', '\\']).unwrap_or(("", &report.path));
        html! {
            header .report {
                h2 lang=(words::of(report.language).tag) {
                    @if !folder.is_empty() { span .folder { (Text(folder)) "/" } }
                    (Text(name))
                }
                // For one report alone the bar of controls says it.
                @if !self.alone {
                    (head::bar(&counts, self.words))
                    p .counts { (told::summary(self.words.language, &report.summary())) }
                }
                @if report.suppressed > 0 {
                    p .counts { (told::suppressed(self.words.language, report.suppressed)) }
                }
            }
            (head::problems(&report.problems, Some(&report.path), self.words))
        }
    }
}

/// The levels of a report's headings, each once, the highest first.
fn levels(body: &Body) -> Vec<u8> {
    let level = |block: &BodyBlock| if let BodyBlock::Heading(level, _) = block { Some(*level) } else { None };
    let mut levels: Vec<u8> = body.blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// The findings by the mark at which they are shown.
fn notes_by_mark(report: &Report, body: &Body, marks: &Marks) -> FxHashMap<usize, Vec<usize>> {
    let mut notes: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (number, finding) in report.findings.iter().enumerate().filter(|(_, finding)| finding.severity.is_some()) {
        if let Some(figure) = marks::anchor(body, finding) {
            notes.entry(marks.of(figure)).or_default().push(number);
        }
    }
    notes
}

struct View<'a> {
    page: &'a Page<'a>,
    body: &'a Body,
    marks: &'a Marks,
    notes: FxHashMap<usize, Vec<usize>>,
    /// The levels of its headings.
    levels: Vec<u8>,
}

impl View<'_> {
    /// The findings that stand at no figure of the report.
    fn general(&self) -> Markup {
        let findings = self.page.report.findings.iter().enumerate();
        let placeless =
            findings.filter(|(_, finding)| finding.severity.is_some() && marks::anchor(self.body, finding).is_none());
        self.notes(&placeless.map(|(number, _)| number).collect::<Vec<_>>())
    }

    /// Notes that stand together; what is said of the same culprit again is left out.
    fn notes(&self, numbers: &[usize]) -> Markup {
        let culprit = |at: usize| numbers.get(at).map(|&number| &self.page.report.findings[number].culprits);
        let again =
            |at: usize| at > 0 && culprit(at) == culprit(at - 1) && culprit(at).is_some_and(|all| !all.is_empty());
        let body = Some((self.body, self.marks));
        html! { @for (at, number) in numbers.iter().enumerate() { (note(self.page, *number, body, again(at))) } }
    }

    fn block(&self, block: &BodyBlock) -> Markup {
        match block {
            BodyBlock::Paragraph(passage) => self.paragraph(passage, "p"),
            BodyBlock::Caption(passage) => self.paragraph(passage, "p caption"),
            BodyBlock::Heading(level, passage) => self.heading(*level, passage),
            BodyBlock::Code(passage) => html! { pre tabindex="0" { (Verbatim(&passage.text)) } },
            BodyBlock::Table(own) => self.table(own),
        }
    }

    /// A paragraph; it is no `p`, because notes stand in it.
    fn paragraph(&self, passage: &Passage, class: &str) -> Markup {
        let marks = marks::of_passage(self.body, passage);
        let notes = self.notes_after(passage, &marks);
        html! {
            @if notes.is_empty() {
                p class=(class) { (self.piece(passage, &marks, 0..passage.text.len())) }
            } @else {
                div class=(class) {
                    @let mut ends = notes.iter().map(|(end, _)| *end);
                    @let starts = std::iter::once(0).chain(ends.clone());
                    @for (start, (end, numbers)) in starts.zip(&notes) {
                        (self.piece(passage, &marks, start..*end))
                        (self.notes(numbers))
                    }
                    (self.piece(passage, &marks, ends.next_back().unwrap_or(0)..passage.text.len()))
                }
            }
        }
    }

    fn heading(&self, level: u8, passage: &Passage) -> Markup {
        let marks = marks::of_passage(self.body, passage);
        let text = self.piece(passage, &marks, 0..passage.text.len());
        // Under the report's own name; levels that the report leaves out are left out.
        let heading = match self.levels.iter().position(|&own| own == level).unwrap_or(0) {
            0 => html! { h3 { (text) } },
            1 => html! { h4 { (text) } },
            2 => html! { h5 { (text) } },
            _ => html! { h6 { (text) } },
        };
        html! { (heading) @for (_, numbers) in self.notes_after(passage, &marks) { (self.notes(&numbers)) } }
    }

    fn table(&self, own: &BodyTable) -> Markup {
        let mut notes: Vec<usize> = Vec::new();
        for cell in &own.cells {
            let marks = marks::of_passage(self.body, &cell.passage);
            notes.extend(self.notes_after(&cell.passage, &marks).into_iter().flat_map(|(_, numbers)| numbers));
        }
        let cell = |passage: &Passage| {
            let marks = marks::of_passage(self.body, passage);
            self.piece(passage, &marks, 0..passage.text.len())
        };
        let written = table(own, self.page.words.table, &cell);
        html! {
            @if notes.is_empty() {
                div .grid { (written) }
            } @else {
                div .grid { (written) div .notes { (self.notes(&notes)) } }
            }
        }
    }

    /// Where notes go in a passage: behind their sentences, in order.
    fn notes_after(&self, passage: &Passage, marks: &[Mark]) -> Vec<(usize, Vec<usize>)> {
        let mut notes: Vec<(usize, Vec<usize>)> = Vec::new();
        for mark in marks {
            let Some(numbers) = self.notes.get(&mark.figures.start) else { continue };
            let end = marks::sentence_end(&passage.text, mark.span.end, marks);
            match notes.last_mut() {
                Some((last, all)) if *last >= end => all.extend(numbers),
                _ => notes.push((end, numbers.clone())),
            }
        }
        notes
    }

    /// A part of a passage, its figures marked.
    fn piece(&self, passage: &Passage, marks: &[Mark], part: std::ops::Range<usize>) -> Markup {
        let inside = marks.iter().filter(|mark| mark.span.start >= part.start && mark.span.end <= part.end);
        let mut at = part.start;
        let text = |range: std::ops::Range<usize>| passage.text.get(range).unwrap_or_default();
        let mut out = String::new();
        for mark in inside {
            let look = self.marks.look(self.body, mark);
            maud::Render::render_to(&Flowing(text(at..mark.span.start)), &mut out);
            out.push_str(&self.mark(mark, look, text(mark.span.clone())).into_string());
            at = mark.span.end;
        }
        maud::Render::render_to(&Flowing(text(at..part.end)), &mut out);
        PreEscaped(out)
    }

    fn mark(&self, mark: &Mark, look: Look, text: &str) -> Markup {
        html! { span #(self.page.id('f', mark.figures.start)) class=(look.class()) { (Text(text)) } }
    }
}
