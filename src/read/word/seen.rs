//! What was met while the parts were read: notes and page headers to read after the body, and what is left out.

use quick_xml::events::BytesStart;

use super::xml;
use crate::document::Message;

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Runs of hidden text.
    pub hidden: usize,
    /// Cells, text boxes and fields that are nested too deeply.
    pub too_deep: usize,
    /// References to entities, which are not expanded.
    pub entities: usize,
    /// Footnotes and endnotes, by their ids, in the order of their marks in the body.
    pub footnotes: Vec<i64>,
    pub endnotes: Vec<i64>,
    /// Ids of page headers and footers that are shown, in order.
    pub headers: Vec<String>,
    pub footers: Vec<String>,
    cells: usize,
    pictures: usize,
    charts: usize,
    diagrams: usize,
    objects: usize,
    /// Parts in other formats that belong to the text.
    foreign: usize,
    /// The open section's page headers and footers: whether it is a footer, its type, its id.
    section: Vec<(bool, String, String)>,
    /// The open section has a first page of its own.
    title_page: bool,
}

/// No more cells are read of one document.
const CELLS: usize = 1_000_000;

impl Seen {
    /// Counts a cell; false if there are too many.
    pub fn cell(&mut self) -> bool {
        self.cells += 1;
        self.cells <= CELLS
    }

    /// Notes the mark of a footnote or endnote.
    pub fn note(&mut self, endnote: bool, id: i64) {
        if endnote { self.endnotes.push(id) } else { self.footnotes.push(id) }
    }

    /// Notes what is not text.
    pub fn element(&mut self, name: &str) {
        match name {
            "blip" | "imagedata" => self.pictures += 1,
            "chart" => self.charts += 1,
            "relIds" => self.diagrams += 1,
            "OLEObject" => self.objects += 1,
            "altChunk" | "subDoc" => self.foreign += 1,
            _ => {}
        }
    }

    pub fn start_section(&mut self) {
        self.section.clear();
        self.title_page = false;
    }

    pub fn section_property(&mut self, name: &str, element: &BytesStart) {
        let get = |name| xml::attribute(element, name).unwrap_or_default().into_owned();
        match name {
            "headerReference" | "footerReference" => {
                self.section.push((name == "footerReference", get("type"), get("id")));
            }
            "titlePg" => self.title_page = xml::is_on(element),
            _ => {}
        }
    }

    pub fn end_section(&mut self) {
        for (footer, kind, id) in self.section.drain(..) {
            if kind != "first" || self.title_page {
                if footer { self.footers.push(id) } else { self.headers.push(id) }
            }
        }
    }

    /// What is worth telling of what was left out.
    pub fn remarks(&self) -> Vec<Message> {
        let counted = [
            (self.hidden, "run of hidden text", "runs of hidden text", "left out", "处隐藏文字"),
            (self.pictures, "picture", "pictures", "not read", "幅图片"),
            (self.charts, "chart", "charts", "not read", "个图表"),
            (self.diagrams, "diagram", "diagrams", "not read", "个示意图"),
            (self.objects, "embedded object", "embedded objects", "not read", "个嵌入对象"),
        ];
        let told = counted.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, one, more, how, chinese)| {
            let english = format!("{count} {}: {how}", if count == 1 { one } else { more });
            Message::new(english, format!("{count} {chinese}未读取"))
        })
        .collect()
    }

    /// What means that something was not checked.
    pub fn problems(&self) -> Vec<Message> {
        let mut problems = Vec::new();
        if self.foreign > 0 {
            let parts = if self.foreign == 1 { "a part" } else { "parts" };
            problems.push(Message::new(
                format!("{parts} of this document in another format (altChunk) cannot be read; open it in a word processor and save it anew"),
                "文档中有其他格式的内容（altChunk），无法读取；请用文字处理软件打开后另存",
            ));
        }
        if self.cells > CELLS {
            let more = self.cells - CELLS;
            problems.push(Message::new(
                format!("{more} cells of tables beyond the first million are not read; split it"),
                format!("表格单元格超过一百万个，其余 {more} 个未读取；请拆分文档"),
            ));
        }
        if self.entities > 0 {
            problems.push(Message::new(
                format!("{} references to entities of XML are not expanded", self.entities),
                format!("{} 处 XML 实体引用未展开", self.entities),
            ));
        }
        if self.too_deep > 0 {
            problems.push(Message::new(
                "tables, text boxes or fields nested more than 64 deep are read as plain text",
                "表格、文本框或域嵌套超过 64 层，更深的按普通文字读取",
            ));
        }
        problems
    }
}
