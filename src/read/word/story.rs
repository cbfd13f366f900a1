//! A part's XML becomes a flow of paragraphs and tables, as they are shown once tracked changes are accepted.
//!
//! Nothing here calls itself: open cells and text boxes are frames on a stack, and what each open element does when it ends
//! is kept beside it. So the depth of elements costs a byte each, and none of the program's stack.

use quick_xml::events::{BytesStart, Event};

use super::fields::Field;
use super::flow::{Cell, Flow, Item, Row};
use super::frame::{Frame, Open};
use super::numbering::Numbering;
use super::paragraph::Run;
use super::properties::{cell_property, paragraph_property, row_property};
use super::seen::Seen;
use super::styles::Styles;
use super::{symbols, xml};

/// What all stories of a document share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub styles: Styles,
    pub numbering: Numbering,
    pub seen: Seen,
}

/// A story that was read.
#[derive(Debug, Default)]
pub(super) struct Story {
    /// The body, or the page header or footer.
    pub flow: Flow,
    /// Footnotes and endnotes with their ids, in the order of the file.
    pub notes: Vec<(i64, Flow)>,
    /// Why it ends too early, if it does.
    pub cut: Option<String>,
}

/// Reads a part.
pub(super) fn read(text: &str, shared: &mut Shared) -> Story {
    let mut reader = Reader {
        shared,
        frames: vec![Frame::default()],
        elements: Vec::new(),
        aside: None,
        piece: String::new(),
        alternates: Vec::new(),
        math: 0,
        notes: Vec::new(),
    };
    let cut = reader.read(text);
    let (flow, notes) = reader.finish();
    Story { flow, notes, cut }
}

/// Cells, text boxes and fields deeper than this are read as part of the one around them.
const DEPTH: usize = 64;

struct Reader<'s> {
    shared: &'s mut Shared,
    /// Never empty.
    frames: Vec<Frame>,
    elements: Vec<Open>,
    /// The depth of the element that is left out.
    aside: Option<usize>,
    /// The text of the open `w:t` so far.
    piece: String,
    /// For each open choice between alternatives: whether one was taken.
    alternates: Vec<bool>,
    /// How many enclosing elements hold mathematics.
    math: usize,
    notes: Vec<(i64, Flow)>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Option<String> {
        let mut reader = xml::reader(text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => self.begin(&element),
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(text)) => self.characters(&text.xml10_content()),
                Ok(Event::CData(text)) => self.characters(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => match xml::character(&reference) {
                    Some(c) => self.characters(c.encode_utf8(&mut [0; 4])),
                    None => {
                        // What it stands for is not known; the text around it must not close up.
                        self.shared.seen.entities += 1;
                        self.characters("\u{fffd}");
                    }
                },
                Ok(Event::Eof) if self.elements.is_empty() => return None,
                Ok(Event::Eof) => return Some("the text breaks off".to_owned()),
                Ok(_) => {}
                Err(error) => return Some(error.to_string()),
            }
        }
    }

    /// Ends what is still open.
    fn finish(mut self) -> (Flow, Vec<(i64, Flow)>) {
        while !self.elements.is_empty() {
            self.end();
        }
        let frame = self.frames.swap_remove(0);
        (frame.flow, self.notes)
    }

    fn begin(&mut self, element: &BytesStart) {
        let open = if self.aside.is_some() { Open::Other } else { self.start(element) };
        self.elements.push(open);
        if open == Open::Aside {
            self.aside = Some(self.elements.len());
        }
    }

    fn parent(&self) -> Open {
        self.elements.last().copied().unwrap_or(Open::Other)
    }

    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn start(&mut self, element: &BytesStart) -> Open {
        let name = element.local_name();
        let name: &str = name.as_ref();
        match name {
            "p" => self.start_paragraph(),
            "r" => {
                self.frame().run = Run::default();
                Open::Run
            }
            "t" => Open::Text(xml::attribute(element, "space").as_deref() == Some("preserve")),
            "rPr" => match self.parent() {
                Open::Run => Open::RunProperties,
                Open::ParagraphProperties => Open::MarkProperties,
                _ => Open::Aside,
            },
            "pPr" if self.parent() == Open::Paragraph => Open::ParagraphProperties,
            "del" | "moveFrom" => self.deletion(),
            "delText" | "delInstrText" | "tblGrid" | "sdtPr" | "sdtEndPr" | "smartTagPr" | "customXmlPr"
            | "fldData" | "ffData" | "rt" | "tblPrEx" => Open::Aside,
            "AlternateContent" => {
                self.alternates.push(false);
                Open::Alternate
            }
            "Choice" | "Fallback" => self.alternative(),
            "txbxContent" | "txBody" => self.start_frame(Open::Box),
            "footnote" | "endnote" => self.start_note(element),
            "tbl" | "tr" | "tc" => self.start_table(name),
            "trPr" if self.parent() == Open::Row => Open::RowProperties,
            "tcPr" if self.parent() == Open::Cell => Open::CellProperties,
            "sectPr" => {
                self.shared.seen.start_section();
                Open::Section
            }
            _ if name.ends_with("PrChange") || name == "tblGridChange" || name == "numberingChange" => Open::Aside,
            _ => self.start_inline(name, element),
        }
    }

    /// What stands in runs and properties.
    fn start_inline(&mut self, name: &str, element: &BytesStart) -> Open {
        match self.parent() {
            Open::Run => self.in_run(name, element),
            Open::RunProperties => {
                let Self { shared, frames, .. } = self;
                if let Some(frame) = frames.last_mut() {
                    frame.run.property(name, element, &shared.styles);
                }
                Open::Other
            }
            Open::RowProperties => {
                if let Some((_, Some(row))) = &mut self.frame().table {
                    row_property(row, name, element);
                }
                Open::Other
            }
            Open::CellProperties => {
                cell_property(&mut self.frame().cell, name, element);
                Open::Other
            }
            Open::Section => {
                self.shared.seen.section_property(name, element);
                Open::Other
            }
            _ => self.start_other(name, element),
        }
    }

    fn start_other(&mut self, name: &str, element: &BytesStart) -> Open {
        match name {
            "pStyle" | "outlineLvl" | "numId" | "ilvl" | "ind" => {
                if let Some(line) = &mut self.frame().line {
                    paragraph_property(line, name, element);
                }
            }
            "fldSimple" => {
                let instruction = xml::attribute(element, "instr").unwrap_or_default();
                let start = self.position();
                if self.start_field(Field::simple(&instruction, start)) {
                    return Open::SimpleField;
                }
            }
            "oMath" => {
                self.math += 1;
                return Open::Math;
            }
            "den" if self.math > 0 => self.write("/"),
            "sup" if self.math > 0 => self.write("^"),
            "rad" if self.math > 0 => self.write("√"),
            "d" if self.math > 0 => {
                self.write("(");
                return Open::Brackets;
            }
            _ => self.shared.seen.element(name),
        }
        Open::Other
    }

    fn in_run(&mut self, name: &str, element: &BytesStart) -> Open {
        match name {
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                let character = xml::attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = xml::attribute(element, "font").unwrap_or_default();
                self.write(&character.map(|code| symbols::shown(&font, code)).unwrap_or_default());
            }
            "instrText" => return Open::Instruction,
            "fldChar" => self.field(&xml::attribute(element, "fldCharType").unwrap_or_default()),
            "footnoteReference" | "endnoteReference" => {
                let id = xml::number(element, "id").unwrap_or_default();
                self.shared.seen.note(name == "endnoteReference", id);
            }
            _ => return self.start_other(name, element),
        }
        Open::Other
    }

    fn start_paragraph(&mut self) -> Open {
        let frame = self.frame();
        if frame.line.is_some() {
            return Open::Other;
        }
        let carried = frame.carried.take();
        frame.line = Some(carried.unwrap_or_default().next());
        frame.fields.iter_mut().for_each(|field| field.start = 0);
        Open::Paragraph
    }

    /// A tracked deletion: of text, of a paragraph's mark, or of a row.
    fn deletion(&mut self) -> Open {
        match self.parent() {
            Open::MarkProperties => {
                if let Some(line) = &mut self.frame().line {
                    line.joins_next = true;
                }
                Open::Other
            }
            Open::RowProperties => {
                if let Some((_, Some(row))) = &mut self.frame().table {
                    row.deleted = true;
                }
                Open::Other
            }
            _ => Open::Aside,
        }
    }

    /// The first of the alternatives is read; they show the same.
    fn alternative(&mut self) -> Open {
        let taken = self.alternates.last_mut().is_some_and(|taken| std::mem::replace(taken, true));
        if taken { Open::Aside } else { Open::Other }
    }

    fn start_note(&mut self, element: &BytesStart) -> Open {
        // Those with a type are the rules between text and notes.
        let kind = xml::attribute(element, "type");
        if kind.is_some_and(|kind| kind != "normal") {
            return Open::Aside;
        }
        let open = self.start_frame(Open::Note);
        self.frame().note = xml::number(element, "id").unwrap_or_default();
        open
    }

    fn start_frame(&mut self, open: Open) -> Open {
        if self.frames.len() > DEPTH {
            self.shared.seen.too_deep += 1;
            return Open::Other;
        }
        self.frames.push(Frame::default());
        open
    }

    fn start_table(&mut self, name: &str) -> Open {
        let too_deep = self.frames.len() > DEPTH;
        let frame = self.frame();
        match (name, &mut frame.table) {
            ("tbl", None) if frame.line.is_none() && !too_deep => {
                frame.table = Some((Vec::new(), None));
                Open::Table
            }
            ("tr", Some((_, row @ None))) => {
                *row = Some(Row::default());
                Open::Row
            }
            ("tc", Some((_, Some(_)))) => {
                if !self.shared.seen.cell() {
                    return Open::Aside;
                }
                let open = self.start_frame(Open::Cell);
                self.frame().cell.columns = 1;
                open
            }
            _ => {
                self.shared.seen.too_deep += usize::from(too_deep);
                Open::Other
            }
        }
    }

    fn end(&mut self) {
        let Some(open) = self.elements.pop() else { return };
        if self.aside.is_some_and(|depth| self.elements.len() >= depth) {
            return;
        }
        self.aside = None;
        match open {
            Open::Paragraph => self.end_paragraph(),
            Open::Text(preserve) => {
                let piece = std::mem::take(&mut self.piece);
                // Word drops blanks that are not to be preserved, others show them; dropping could join two numbers. Lines
                // that a program broke for its own sake are no text.
                self.write(if preserve || !piece.contains('\n') { &piece } else { piece.trim() });
            }
            Open::SimpleField => self.field("end"),
            Open::Row => {
                if let Some((rows, row)) = &mut self.frame().table {
                    rows.extend(row.take().filter(|row| !row.deleted));
                }
            }
            Open::Table => {
                if let Some((rows, _)) = self.frame().table.take() {
                    self.frame().add(Item::Table(rows));
                    self.place_boxes();
                }
            }
            Open::Cell | Open::Box | Open::Note => self.end_frame(open),
            Open::Alternate => drop(self.alternates.pop()),
            Open::Math => self.math -= 1,
            Open::Brackets => self.write(")"),
            Open::Section => self.shared.seen.end_section(),
            _ => {}
        }
    }

    fn end_frame(&mut self, open: Open) {
        self.place_boxes();
        let Some(mut frame) = self.frames.pop() else { return };
        if let Some(line) = frame.carried.take() {
            frame.add(Item::Paragraph(line.finish(self.shared)));
        }
        match open {
            Open::Cell => {
                let cell = Cell { flow: frame.flow, ..frame.cell };
                if let Some((_, Some(row))) = &mut self.frame().table {
                    row.cells.push(cell);
                }
            }
            Open::Note => self.notes.push((frame.note, frame.flow)),
            _ => {
                // A text box stands apart from the cell that it is anchored in.
                let outside = self.frames.iter().rposition(|frame| frame.cell.columns == 0).unwrap_or(0);
                self.frames[outside].boxes.push(frame.flow);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Self { shared, frames, .. } = self;
        let Some(frame) = frames.last_mut() else { return };
        let Some(mut line) = frame.line.take() else { return };
        line.contents |= frame.fields.iter().any(|field| field.first_word() == "TOC");
        // An instruction ends with its paragraph; where its end is lost, the text goes on.
        frame.fields.iter_mut().for_each(|field| field.shown = true);
        if line.joins_next {
            frame.carried = Some(line);
            return;
        }
        let paragraph = line.finish(shared);
        // An empty one only counts in its list.
        if !paragraph.text.trim().is_empty() {
            frame.add(Item::Paragraph(paragraph));
        }
        if frame.table.is_none() {
            self.place_boxes();
        }
    }

    fn place_boxes(&mut self) {
        let frame = self.frame();
        let boxes = std::mem::take(&mut frame.boxes);
        frame.flow.extend(boxes.into_iter().map(Item::Box));
    }

    fn field(&mut self, what: &str) {
        let start = self.position();
        let frame = self.frame();
        match what {
            "begin" => drop(self.start_field(Field::begun(start))),
            "separate" => {
                if let Some(field) = frame.fields.last_mut() {
                    (field.shown, field.start) = (true, start);
                }
            }
            "end" => {
                let Some(field) = frame.fields.pop() else { return };
                if let Some(line) = frame.line.as_mut().filter(|_| field.shown && field.numbers()) {
                    line.ordinal(field.start);
                }
            }
            _ => {}
        }
    }

    /// Whether a field is not nested too deeply; then it is open.
    fn start_field(&mut self, field: Field) -> bool {
        let fields = &mut self.frame().fields;
        let fits = fields.len() < DEPTH;
        if fits {
            fields.push(field);
        }
        self.shared.seen.too_deep += usize::from(!fits);
        fits
    }

    /// How long the open paragraph's text is.
    fn position(&mut self) -> usize {
        self.frame().line.as_ref().map_or(0, |line| line.text.len())
    }

    fn characters(&mut self, text: &str) {
        if self.aside.is_some() {
            return;
        }
        match self.parent() {
            Open::Text(_) => self.piece.push_str(text),
            Open::Instruction => {
                if let Some(field) = self.frame().fields.last_mut().filter(|field| !field.shown) {
                    field.instruct(text);
                }
            }
            _ => {}
        }
    }

    /// Writes shown text into the open paragraph.
    fn write(&mut self, text: &str) {
        let Self { shared, frames, .. } = self;
        let Some(frame) = frames.last_mut() else { return };
        if let Some(line) = frame.line.as_mut().filter(|_| frame.fields.iter().all(|field| field.shown)) {
            line.write(text, &frame.run, shared);
        }
    }
}
