//! A paragraph while its runs go by.

use std::ops::Range;

use quick_xml::events::BytesStart;

use super::super::marks::{self, Mark};
use super::super::raised::{self, Raised};
use super::flow::{Paragraph, Role};
use super::story::Shared;
use super::styles::{Named, Styles};
use super::xml;

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    pub style: Option<String>,
    pub outline: Option<u8>,
    pub list: Option<u32>,
    pub level: Option<u8>,
    pub indent: Option<i64>,
    /// A tracked change deletes its mark, so that the next paragraph goes on with it.
    pub joins_next: bool,
    /// It is an entry of a table of contents.
    pub contents: bool,
    /// What stands in the text and only numbers something.
    ordinals: Vec<Range<usize>>,
    /// Some of its text is not bold.
    light: bool,
    /// Whether the paragraph's style is bold or hidden, once it is asked for.
    styled: Option<(bool, bool)>,
}

/// How a run's text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    bold: Option<bool>,
    hidden: Option<bool>,
    raised: bool,
    lowered: bool,
}

impl Run {
    /// Takes over a property of the run.
    pub fn property(&mut self, name: &str, element: &BytesStart, styles: &Styles) {
        match name {
            "b" => self.bold = Some(xml::is_on(element)),
            "vanish" => self.hidden = Some(xml::is_on(element)),
            "vertAlign" => {
                let align = xml::value(element);
                self.raised = align.as_deref() == Some("superscript");
                self.lowered = align.as_deref() == Some("subscript");
            }
            "rStyle" => {
                let style = xml::value(element).map(|id| styles.of_run(&id)).unwrap_or_default();
                self.bold = self.bold.or(style.bold);
                self.hidden = self.hidden.or(style.hidden);
            }
            _ => {}
        }
    }
}

/// A line that is longer is no heading, in terminal cells.
const LONGEST_HEADING: usize = 80;

/// A step of indent, in twentieths of a point: about a character.
const STEP: i64 = 210;

impl Line {
    /// The paragraph after this one, whose mark was deleted: it has the text so far and its own properties.
    pub fn next(self) -> Line {
        Line { text: self.text, ordinals: self.ordinals, light: self.light, ..Line::default() }
    }

    /// Adds a run's text.
    pub fn write(&mut self, text: &str, run: &Run, shared: &mut Shared) {
        let style = self.style.as_deref();
        let (bold, hidden) = *self.styled.get_or_insert_with(|| {
            let style = shared.styles.get(style);
            (style.bold.unwrap_or_default(), style.hidden.unwrap_or_default())
        });
        let blank = text.trim().is_empty();
        if run.hidden.unwrap_or(hidden) {
            shared.seen.hidden += usize::from(!blank);
            return;
        }
        if !blank {
            self.light |= !run.bold.unwrap_or(bold);
        }
        if run.raised {
            return self.superscript(text);
        }
        for c in text.chars() {
            match c {
                '\u{ad}' | '\0' => {}
                '\r' => self.text.push(' '),
                c if run.lowered => {
                    let before = self.text.chars().next_back().unwrap_or(' ');
                    self.text.push(raised::subscript(before, c));
                }
                c => self.text.push(c),
            }
        }
    }

    /// Superscript is no part of the digits before it: marks of notes are left out, exponents keep raised characters.
    fn superscript(&mut self, text: &str) {
        match raised::raised(&self.text, text) {
            Raised::Exponent => self.text.extend(text.chars().map(raised::superscript)),
            Raised::Text => self.text.push_str(text),
            Raised::Mark => {}
        }
    }

    /// Marks the text from `start` on as a mere number of something.
    pub fn ordinal(&mut self, start: usize) {
        if start < self.text.len() {
            self.ordinals.push(start..self.text.len());
        }
    }

    /// The paragraph as it is shown.
    pub fn finish(mut self, shared: &mut Shared) -> Paragraph {
        let style = shared.styles.get(self.style.as_deref());
        self.contents |= style.named == Named::Contents;
        if self.contents {
            self.number_of_page();
        }
        let list = self.list.or(style.list).filter(|&list| list != 0);
        let mark = list.and_then(|list| {
            let of_style = || self.style.as_deref().and_then(|id| shared.numbering.level_of_style(list, id));
            let level = self.level.or_else(|| if self.list.is_none() { of_style() } else { None }).or(style.level);
            shared.numbering.next(list, level.unwrap_or(0))
        });
        let role = match style.role(self.outline) {
            Role::Body if !self.contents => self.heading(mark.as_ref().map(|(mark, _)| mark.as_str())),
            role => role,
        };
        let indent = self.indent.or(style.indent).unwrap_or(0).saturating_add(STEP / 2) / STEP;
        let bold = !self.light && !self.text.trim().is_empty();
        if let Some((mark, suffix)) = mark.filter(|(mark, _)| !mark.is_empty()) {
            self.number(&mark, suffix);
        }
        let indent = indent.clamp(0, i64::from(u16::MAX)) as u16;
        Paragraph { text: self.text, ordinals: self.ordinals, role, indent, bold }
    }

    /// In a table of contents, what stands behind the last tab is the number of a page.
    fn number_of_page(&mut self) {
        if let Some(tab) = self.text.rfind('\t') {
            self.ordinal(tab + 1);
        }
    }

    /// Puts the mark of the list before the text.
    fn number(&mut self, mark: &str, suffix: &str) {
        let shift = mark.len() + suffix.len();
        self.text.insert_str(0, suffix);
        self.text.insert_str(0, mark);
        for ordinal in &mut self.ordinals {
            *ordinal = ordinal.start + shift..ordinal.end + shift;
        }
        self.ordinals.insert(0, 0..mark.len());
    }

    /// Whether a paragraph without a style is a heading all the same, by the mark that it starts with. Items of numbered
    /// lists are not, unless they are numbered as chapters are.
    fn heading(&self, mark: Option<&str>) -> Role {
        const LAST_OF_CHAPTERS: u8 = 3;
        let text = self.text.trim();
        let whole = format!("{}{}", mark.unwrap_or_default(), text.get(..16).unwrap_or(text));
        if text.len() > 3 * LONGEST_HEADING
            || marks::width(text) > LONGEST_HEADING
            || marks::closes(text)
            || text.contains(['。', '；', '\t', '\n'])
        {
            return Role::Body;
        }
        match marks::mark(&whole) {
            Some(Mark::Level(level)) if mark.is_none() || level <= LAST_OF_CHAPTERS => Role::Heading(level),
            _ => Role::Body,
        }
    }
}
