//! OpenDocument spreadsheets (.ods): each cell holds the text that it shows.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Budget;
use super::sheet::{Area, Look, Position, Sheet};
use super::writer::{self, Writer};
use crate::document::Message;
use crate::error::{Error, Result};
use crate::read::detect::encrypted;
use crate::read::package::{Package, Part};
use crate::read::xml::{self, attribute};

/// Reads a workbook's visible sheets.
pub(super) fn read(package: &mut Package, budget: &Budget) -> Result<Writer> {
    if is_encrypted(package) {
        return Err(encrypted());
    }
    let bytes = match package.part("content.xml") {
        Some(Part { bytes, cut: None }) => bytes,
        Some(Part { cut: Some(why), .. }) => {
            return Err(Error::message(
                format!("is damaged: {}; save it anew", why.english),
                format!("已损坏：{}；请重新保存", why.chinese),
            ));
        }
        None => {
            return Err(Error::message(
                "holds no workbook; it is damaged, or no .ods",
                "文件中没有工作簿：已损坏，或不是 .ods",
            ));
        }
    };
    let text = xml::decode(bytes);
    let mut content = Content {
        writer: Writer::default(),
        styles: FxHashMap::default(),
        hidden: FxHashSet::default(),
        repeats: MOST_REPEATS + text.len() as u64 / BYTES_OF_A_REPEAT,
        budget,
    };
    let damage = content.read(&mut xml::reader(&text))?;
    if let Some(message) = damage {
        let sheet = "content.xml".into();
        content.writer.problem(&sheet, (0, 0), message, true);
    }
    Ok(content.writer)
}

/// Encrypted parts are listed as such.
fn is_encrypted(package: &mut Package) -> bool {
    let manifest = package.part("META-INF/manifest.xml").map(|part| xml::decode(part.bytes)).unwrap_or_default();
    manifest.contains("encryption-data")
}

struct Content<'b> {
    writer: Writer,
    /// The looks of cells by the names of their styles.
    styles: FxHashMap<String, Look>,
    /// The names of table styles that are not shown.
    hidden: FxHashSet<String>,
    /// How many more cells may stand for others that they repeat.
    repeats: u64,
    budget: &'b Budget,
}

/// A cell may be repeated to the end of its sheet, a billion times. What is not written in the file must not take more memory than
/// other files of its size: so many repeated cells are read, and one more for so many bytes of the content.
const MOST_REPEATS: u64 = 250_000;
const BYTES_OF_A_REPEAT: u64 = 16;

impl Content<'_> {
    /// Reads the content. Gives what is to be told if it ends too early.
    fn read(&mut self, reader: &mut Reader<&[u8]>) -> Result<Option<Message>> {
        let mut style = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "style" => style = attribute(&element, "name").map(|name| name.into_owned()),
                    "table" => self.sheet(reader, &element)?,
                    _ => self.style(&element, style.as_deref()),
                },
                Ok(Event::End(element)) if element.local_name().as_ref() == "document-content" => return Ok(None),
                Ok(Event::Eof) => {
                    return Ok(Some(Message::new(
                        "the file ends in the middle; save it anew",
                        "文件中途断开；请重新保存",
                    )));
                }
                Err(error) => {
                    return Ok(Some(Message::new(
                        format!("the file is damaged ({error}); save it anew"),
                        format!("文件已损坏（{error}）；请重新保存"),
                    )));
                }
                Ok(_) => {}
            }
        }
    }

    /// What a style says of boldness, indent and whether a table is shown.
    fn style(&mut self, element: &BytesStart, name: Option<&str>) {
        let Some(name) = name else { return };
        let value = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "table-properties" if value("display").as_deref() == Some("false") => {
                self.hidden.insert(name.to_owned());
            }
            "text-properties" if value("font-weight").as_deref() == Some("bold") => {
                self.styles.entry(name.to_owned()).or_default().bold = true;
            }
            "paragraph-properties" => {
                if let Some(indent) = value("margin-left").and_then(|length| indent(&length)) {
                    self.styles.entry(name.to_owned()).or_default().indent = indent;
                }
            }
            _ => {}
        }
    }

    fn sheet(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart) -> Result<()> {
        let name = attribute(element, "name").unwrap_or_default();
        let is_hidden = attribute(element, "style-name").is_some_and(|style| self.hidden.contains(&*style));
        let mut rows =
            Rows { content: self, sheet: Sheet::new(&name), row: 0, column: 0, repeated: 1, skipped: 0, told: false };
        rows.read(reader)?;
        let sheet = rows.sheet;
        if is_hidden {
            self.writer.hidden(&name);
        } else {
            self.writer.sheet(sheet, None);
        }
        Ok(())
    }
}

/// A length as characters of indent.
fn indent(length: &str) -> Option<u16> {
    let end = length.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let (number, unit) = length.split_at(end);
    // About two characters for each step of indent, which is 10 points.
    let per_character = match unit {
        "cm" => Decimal::new(18, 2),
        "mm" => Decimal::new(18, 1),
        "in" => Decimal::new(7, 2),
        "pt" => Decimal::new(5, 0),
        _ => return None,
    };
    number.parse::<Decimal>().ok()?.checked_div(per_character)?.round().to_u16()
}

/// Reads the rows of a sheet.
struct Rows<'c, 'b> {
    content: &'c mut Content<'b>,
    sheet: Sheet,
    row: u32,
    column: u32,
    /// How often the row is repeated.
    repeated: u32,
    /// How many columns were told of.
    skipped: u32,
    /// Whether it was told that cells are repeated too often.
    told: bool,
}

impl Rows<'_, '_> {
    fn read(&mut self, reader: &mut Reader<&[u8]>) -> Result<()> {
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "table-column" => {
                        let first = self.skipped;
                        self.skipped = first.saturating_add(repeat(&element, "number-columns-repeated"));
                        if is_hidden(&element) {
                            self.sheet.hidden_columns.push(first, self.skipped.saturating_sub(1));
                        }
                    }
                    "table-row" => {
                        (self.column, self.repeated) = (0, repeat(&element, "number-rows-repeated"));
                        if is_hidden(&element) {
                            self.sheet.hidden_rows.push(self.row, self.row.saturating_add(self.repeated - 1));
                        }
                    }
                    "table-cell" => self.cell(reader, &element)?,
                    "covered-table-cell" => {
                        read_text(reader, "covered-table-cell");
                        self.column = self.column.saturating_add(repeat(&element, "number-columns-repeated"));
                    }
                    // Drawings over the sheet, and the data of charts in them.
                    "shapes" => drop(read_text(reader, "shapes")),
                    _ => {}
                },
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "table-row" => self.row = self.row.saturating_add(self.repeated),
                    "table" => return Ok(()),
                    _ => {}
                },
                // The reader of the whole content meets the same end and tells it.
                Ok(Event::Eof) | Err(_) => return Ok(()),
                Ok(_) => {}
            }
        }
    }

    fn cell(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart) -> Result<()> {
        let repeated = repeat(element, "number-columns-repeated");
        let has_formula = attribute(element, "formula").is_some();
        let has_value = attribute(element, "value-type").is_some();
        let style = attribute(element, "style-name");
        let look = style.and_then(|style| self.content.styles.get(&*style)).copied().unwrap_or_default();
        let (columns, rows) = (repeat(element, "number-columns-spanned"), repeat(element, "number-rows-spanned"));
        let first = (self.row, self.column);
        if columns > 1 || rows > 1 {
            let last = (first.0.saturating_add(rows - 1), first.1.saturating_add(columns - 1));
            self.sheet.merge(Area { first, last });
        }
        let text = read_text(reader, "table-cell");
        let is_error = has_formula && (text.starts_with('#') || text.starts_with("Err:"));
        if has_formula && !has_value && text.is_empty() {
            self.sheet.unvalued.push(first);
        }
        self.column = self.column.saturating_add(repeated);
        if text.trim().is_empty() {
            return Ok(());
        }
        let (rows, columns) = self.repeats(first, repeated);
        for row in first.0..first.0.saturating_add(rows) {
            for column in first.1..first.1.saturating_add(columns) {
                match is_error {
                    true => self.sheet.push_error((row, column), &text, look),
                    false => self.sheet.push((row, column), &text, look),
                }
                self.content.budget.check(self.content.writer.size() + self.sheet.size())?;
            }
        }
        Ok(())
    }

    /// How many rows and columns a cell with text fills. Where these are too many, the cell stands in its first place only, and in
    /// one that is left out, so that nothing is expected to add up there.
    fn repeats(&mut self, first: Position, columns: u32) -> (u32, u32) {
        let repeats = u64::from(self.repeated) * u64::from(columns) - 1;
        if let Some(left) = self.content.repeats.checked_sub(repeats) {
            self.content.repeats = left;
            return (self.repeated, columns);
        }
        if !std::mem::replace(&mut self.told, true) {
            let cell = writer::place(&self.sheet.name, first);
            let message = Message::new(
                format!(
                    "{cell} is repeated {repeats} times; it and others like it are read once: delete the repeated ones, or save the workbook as .xlsx"
                ),
                format!(
                    "{cell} 重复了 {repeats} 次，它和同类单元格都只读取一次；请删去重复的单元格，或将工作簿另存为 .xlsx"
                ),
            );
            self.content.writer.problem(&self.sheet.name, first, message, true);
        }
        let after = (first.0.saturating_add(1), first.1.saturating_add(1));
        self.sheet.hidden_rows.push(after.0, first.0.saturating_add(self.repeated - 1));
        self.sheet.hidden_columns.push(after.1, first.1.saturating_add(columns - 1));
        (self.repeated.min(2), columns.min(2))
    }
}

/// How often an element stands for itself.
fn repeat(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// The paragraphs inside an element, up to its end, without comments and drawings.
fn read_text(reader: &mut Reader<&[u8]>, name: &str) -> String {
    let (mut text, mut paragraphs, mut apart) = (String::new(), 0, 0usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "annotation" | "frame" | "custom-shape" | "table" => apart += 1,
                _ if apart > 0 => {}
                "p" => {
                    text.push_str(if paragraphs > 0 { "\n" } else { "" });
                    paragraphs += 1;
                }
                // The length is bounded: a number here may be any.
                "s" => text.extend(std::iter::repeat_n(' ', repeat(&element, "c").min(1000) as usize)),
                "tab" => text.push(' '),
                "line-break" => text.push('\n'),
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                inner if inner == name && apart == 0 => return text,
                "annotation" | "frame" | "custom-shape" | "table" => apart = apart.saturating_sub(1),
                _ => {}
            },
            Ok(Event::Text(part)) if apart == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
            Ok(Event::CData(part)) if apart == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
            Ok(Event::GeneralRef(part)) if apart == 0 && paragraphs > 0 => text.push(xml::character_or_mark(&part)),
            Ok(Event::Eof) | Err(_) => return text,
            Ok(_) => {}
        }
    }
}
