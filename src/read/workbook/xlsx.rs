//! Office Open XML workbooks (.xlsx, .xlsm): the parts of the package, one pass over each sheet.
//!
//! Read here and not by a library because one pass gives all that is needed: values as they are written, in decimal, the
//! style of each cell, formulas without a value, hidden rows and columns, merged cells, and no grid.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rust_decimal::Decimal;

use super::Budget;
use super::format::{KEPT_DIGITS, times_ten, to_digits};
use super::sheet::{Area, Position, Sheet};
use super::styles::{self, Styles};
use super::writer::{Writer, ended_early};
use crate::document::Message;
use crate::error::{Error, Result};
use crate::read::package::{Package, Part};
use crate::read::rels::Relationships;
use crate::read::xml::{self, attribute};

/// Reads a workbook's visible sheets.
pub(super) fn read(package: &mut Package, budget: &Budget) -> Result<Writer> {
    let workbook = Workbook::open(package, budget)?;
    let mut writer = Writer::of(&workbook.styles);
    for (name, state, part) in &workbook.sheets {
        if state != "visible" {
            writer.hidden(name);
            continue;
        }
        let part = part.as_deref().and_then(|part| package.part(part));
        // Figures in a part that does not unpack may not be what was written.
        let Some(Part { bytes, cut: None }) = part else {
            writer.unreadable(name, part.and_then(|part| part.cut));
            continue;
        };
        let text = xml::decode(bytes);
        let mut reader = SheetReader { workbook: &workbook, sheet: Sheet::new(name), budget, size: writer.size() };
        let damage = reader.read(&text)?;
        drop(text);
        writer.sheet(reader.sheet, damage);
    }
    Ok(writer)
}

/// What the sheets share.
struct Workbook {
    /// Name, state and part of each sheet.
    sheets: Vec<(String, String, Option<String>)>,
    strings: Strings,
    styles: Styles,
    /// Days are counted from 1904 on.
    since_1904: bool,
}

impl Workbook {
    fn open(package: &mut Package, budget: &Budget) -> Result<Self> {
        let root = relationships(package, "", "_rels/.rels")?;
        let main = root.of_type("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
        let text = text(package, &main)?.ok_or_else(|| {
            Error::message("holds no workbook; it is damaged, or no .xlsx", "文件中没有工作簿：已损坏，或不是 .xlsx")
        })?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = relationships(package, folder, &format!("{folder}/_rels/{file}.rels"))?;
        let mut part = |kind| match relations.of_type(kind) {
            Some(target) => self::text(package, target).map(Option::unwrap_or_default),
            None => Ok(String::new()),
        };
        let mut workbook = Self {
            sheets: Vec::new(),
            strings: Strings::read(&part("sharedStrings")?),
            styles: styles::read(&part("styles")?).styles(budget)?,
            since_1904: false,
        };
        workbook.read_sheets(&text, &relations);
        Ok(workbook)
    }

    fn read_sheets(&mut self, text: &str, relations: &Relationships) {
        let start = |element: &BytesStart| match element.local_name().as_ref() {
            "sheet" => {
                let value = |name| attribute(element, name).map(|value| value.into_owned());
                let target = value("id").and_then(|id| relations.get(&id));
                // Sheets that are charts or dialogs have no cells.
                if target.is_none_or(|(kind, _)| kind == "worksheet") {
                    let state = value("state").unwrap_or_else(|| "visible".to_owned());
                    let part = target.map(|(_, target)| target.to_owned());
                    self.sheets.push((value("name").unwrap_or_default(), state, part));
                }
            }
            "workbookPr" => self.since_1904 = is_true(attribute(element, "date1904").as_deref()),
            _ => {}
        };
        xml::walk(text, start, |_| {});
    }
}

/// The text of a part that everything hangs on.
fn text(package: &mut Package, name: &str) -> Result<Option<String>> {
    match package.part(name) {
        Some(Part { cut: Some(why), .. }) => Err(Error::message(
            format!("is damaged: {name} cannot be read ({}); get it again, or open and save it anew", why.english),
            format!("已损坏：{name} 无法读取（{}）；请重新获取，或打开后另存", why.chinese),
        )),
        part => Ok(part.map(|part| xml::decode(part.bytes))),
    }
}

fn relationships(package: &mut Package, folder: &str, name: &str) -> Result<Relationships> {
    Ok(text(package, name)?.map(|text| Relationships::parse(&text, folder)).unwrap_or_default())
}

fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

/// The texts that cells share.
#[derive(Default)]
struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Strings {
    fn read(text: &str) -> Self {
        let mut strings = Self::default();
        let mut reader = xml::reader(text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) if element.local_name().as_ref() == "si" => {
                    read_text(&mut reader, "si", &mut strings.text);
                    strings.ends.push(strings.text.len());
                }
                Ok(Event::Eof) | Err(_) => return strings,
                Ok(_) => {}
            }
        }
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }
}

/// Reads the text inside an element up to its end: what stands in `t`, but not how it is pronounced (`rPh`).
fn read_text(reader: &mut Reader<&[u8]>, element: &str, text: &mut String) {
    let (mut in_text, mut spoken, start) = (false, false, text.len());
    loop {
        match reader.read_event() {
            Ok(Event::Start(inner)) => match inner.local_name().as_ref() {
                "t" => in_text = true,
                "rPh" => spoken = true,
                _ => {}
            },
            Ok(Event::End(inner)) => match inner.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => spoken = false,
                name if name == element => break,
                _ => {}
            },
            Ok(Event::Text(part)) if in_text && !spoken => text.push_str(&part.xml10_content()),
            Ok(Event::CData(part)) if in_text && !spoken => text.push_str(&part.xml10_content()),
            Ok(Event::GeneralRef(part)) if in_text && !spoken => text.push(xml::character_or_mark(&part)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if text[start..].contains("_x") {
        let plain = without_escapes(&text[start..]);
        text.truncate(start);
        text.push_str(&plain);
    }
}

/// Characters that XML cannot hold are written `_x000D_`.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let escaped = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let length = if escaped.is_some() { 7 } else { 2 };
        plain.push_str(&rest[..at]);
        plain.extend(escaped);
        plain.push_str(if escaped.is_some() { "" } else { "_x" });
        rest = &rest[at + length..];
    }
    plain + rest
}

/// Reads one sheet.
struct SheetReader<'w> {
    workbook: &'w Workbook,
    sheet: Sheet,
    budget: &'w Budget,
    /// How much text the sheets before it have.
    size: usize,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    kind: Kind,
    style: usize,
    value: String,
    has_formula: bool,
}

/// What a cell's value is (`t`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Date,
}

impl SheetReader<'_> {
    /// Reads a sheet's XML. Gives what is to be told if it ends too early.
    fn read(&mut self, text: &str) -> Result<Option<Message>> {
        let mut reader = xml::reader(text);
        // Where a row or a cell does not say where it stands, it stands behind the one before.
        let (mut row, mut column) = (0u32, 0u32);
        let mut cell = Cell::default();
        let mut ended = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "c" => {
                        let at = self.start_cell(&element, &mut cell).unwrap_or((row, column));
                        read_cell(&mut reader, &mut cell);
                        self.push(at, &cell)?;
                        column = at.1.saturating_add(1);
                    }
                    "row" => (row, column) = (self.row(&element, row), 0),
                    name => self.other(&element, name),
                },
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "row" => row = row.saturating_add(1),
                    "worksheet" => ended = true,
                    _ => {}
                },
                Ok(Event::Eof) if ended => return Ok(None),
                Ok(Event::Eof) => return Ok(Some(ended_early())),
                Err(error) => {
                    return Ok(Some(Message::new(
                        format!("the sheet is damaged ({error}); save it anew"),
                        format!("工作表已损坏（{error}）；请重新保存"),
                    )));
                }
                Ok(_) => {}
            }
        }
    }

    /// The row that an element stands for.
    fn row(&mut self, element: &BytesStart, next: u32) -> u32 {
        let (mut row, mut hidden) = (next, false);
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => row = attribute.value.parse::<u32>().map_or(next, |row| row.saturating_sub(1)),
                "hidden" => hidden |= matches!(&*attribute.value, "1" | "true"),
                "ht" => hidden |= attribute.value.parse::<Decimal>().is_ok_and(|height| height.is_zero()),
                _ => {}
            }
        }
        if hidden {
            self.sheet.hidden_rows.push(row, row);
        }
        row
    }

    fn other(&mut self, element: &BytesStart, name: &str) {
        match name {
            "col" => {
                let number = |name| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
                let is_narrow = || {
                    attribute(element, "width").is_some_and(|width| width.parse::<Decimal>().is_ok_and(|w| w.is_zero()))
                };
                if let (Some(first), Some(last)) = (number("min"), number("max"))
                    && (is_true(attribute(element, "hidden").as_deref()) || is_narrow())
                {
                    self.sheet.hidden_columns.push(first, last);
                }
            }
            "mergeCell" => {
                let area = attribute(element, "ref").and_then(|text| {
                    let (first, last) = text.split_once(':')?;
                    Some(Area { first: position(first)?, last: position(last)? })
                });
                area.into_iter().for_each(|area| self.sheet.merge(area));
            }
            _ => {}
        }
    }

    /// Takes a cell's kind and style; gives its place if it says it.
    fn start_cell(&self, element: &BytesStart, cell: &mut Cell) -> Option<Position> {
        let mut at = None;
        (cell.kind, cell.style, cell.has_formula) = (Kind::Number, 0, false);
        cell.value.clear();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => at = position(&attribute.value),
                "s" => cell.style = attribute.value.parse().unwrap_or(0),
                "t" => {
                    cell.kind = match &*attribute.value {
                        "s" => Kind::Shared,
                        "str" | "inlineStr" => Kind::Text,
                        "b" => Kind::Boolean,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        at
    }

    fn push(&mut self, at: Position, cell: &Cell) -> Result<()> {
        let (format, look) = self.workbook.styles.get(cell.style);
        let value = cell.value.trim();
        match cell.kind {
            Kind::Number | Kind::Shared | Kind::Boolean | Kind::Error if value.is_empty() => {
                if cell.has_formula {
                    self.sheet.unvalued.push(at);
                }
            }
            Kind::Number if format.shows_as_written(value) => self.sheet.push(at, value, look),
            Kind::Number => {
                let shown = decimal(value).map(|number| format.number(number, self.workbook.since_1904));
                self.sheet.push(at, shown.as_deref().unwrap_or(value), look);
            }
            Kind::Shared => {
                let text = value.parse().ok().and_then(|index| self.workbook.strings.get(index)).unwrap_or("");
                self.sheet.push(at, &format.text(text), look);
            }
            Kind::Text | Kind::Date => self.sheet.push(at, &format.text(&cell.value), look),
            Kind::Boolean => self.sheet.push(at, if is_true(Some(value)) { "TRUE" } else { "FALSE" }, look),
            Kind::Error => self.sheet.push_error(at, value, look),
        }
        self.budget.check(self.size + self.sheet.size())
    }
}

/// Reads a cell up to its end.
fn read_cell(reader: &mut Reader<&[u8]>, cell: &mut Cell) {
    let mut in_value = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "v" => in_value = true,
                "f" => cell.has_formula = true,
                "is" => read_text(reader, "is", &mut cell.value),
                _ => {}
            },
            Ok(Event::End(element)) => match element.local_name().as_ref() {
                "v" => in_value = false,
                "c" => return,
                _ => {}
            },
            Ok(Event::Text(text)) if in_value => cell.value.push_str(&text),
            Ok(Event::CData(text)) if in_value => cell.value.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(part)) if in_value => cell.value.push(xml::character_or_mark(&part)),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// A number as it is written in the file, rounded to the 15 digits that a spreadsheet program keeps; `None` if it cannot be
/// held.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let number = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let exponent: i64 = exponent.parse().ok()?;
            match mantissa.parse::<Decimal>().ok()? {
                // What is below all decimals that can be held is zero on every sheet.
                _ if exponent < -28 => Decimal::ZERO,
                number => times_ten(number, exponent)?,
            }
        }
        None => text.parse().ok()?,
    };
    Some(to_digits(number, KEPT_DIGITS))
}

/// A place in A1 notation.
fn position(text: &str) -> Option<Position> {
    let (mut column, mut row) = (0u32, 0u32);
    for byte in text.bytes().filter(|&byte| byte != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let letter = u32::from(byte.to_ascii_uppercase() - b'A' + 1);
                column = column.checked_mul(26)?.checked_add(letter)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        assert_eq!(position("A1"), Some((0, 0)));
        assert_eq!(position("$AB$12"), Some((11, 27)));
        assert_eq!(position("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["A", "1", "", "A0", "1A", "ZZZZZZZZ1", "A99999999999"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_keep_fifteen_digits() {
        let shown = |text| decimal(text).map(|number| number.normalize().to_string());
        assert_eq!(shown("0.30000000000000004").as_deref(), Some("0.3"));
        assert_eq!(shown("1234567.8900000001").as_deref(), Some("1234567.89"));
        assert_eq!(shown("3.5300000000000002E-2").as_deref(), Some("0.0353"));
        assert_eq!(shown("-12").as_deref(), Some("-12"));
        assert_eq!(shown("1e300"), None);
        assert_eq!(shown("abc"), None);
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(without_escapes("a_x000D_b_xyz_x005F_x_x00"), "a\rb_xyz_x_x00");
    }
}
