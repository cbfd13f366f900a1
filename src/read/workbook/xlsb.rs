//! Binary workbooks (.xlsb): the parts of an .xlsx in records instead of XML (MS-XLSB).

use rust_decimal::Decimal;

use super::Budget;
use super::binary::{self, Bytes};
use super::sheet::{Area, Sheet};
use super::styles::{Looks, Named, Styles};
use super::writer::{Writer, ended_early};
use crate::document::Message;
use crate::error::{Error, Result};
use crate::read::package::{Package, Part};
use crate::read::rels::Relationships;
use crate::read::xml;

/// Reads a workbook's visible sheets.
pub(super) fn read(package: &mut Package, budget: &Budget) -> Result<Writer> {
    let workbook = Workbook::open(package, budget)?;
    let mut writer = Writer::of(&workbook.styles);
    for (name, part, is_shown) in &workbook.sheets {
        if !is_shown {
            writer.hidden(name);
            continue;
        }
        let part = package.part(part);
        let Some(Part { bytes, cut: None }) = part else {
            writer.unreadable(name, part.and_then(|part| part.cut));
            continue;
        };
        let mut reader = SheetReader { workbook: &workbook, sheet: Sheet::new(name), row: 0 };
        let ended = reader.read(&bytes, budget, writer.size())?;
        let sheet = reader.sheet;
        writer.sheet(sheet, (!ended).then(ended_early));
    }
    Ok(writer)
}

/// Record types.
mod kind {
    pub const ROW: u16 = 0;
    pub const PACKED: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOLEAN: u16 = 4;
    pub const NUMBER: u16 = 5;
    pub const TEXT: u16 = 6;
    pub const SHARED_TEXT: u16 = 7;
    pub const FORMULA_TEXT: u16 = 8;
    pub const FORMULA_NUMBER: u16 = 9;
    pub const FORMULA_BOOLEAN: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    pub const SHARED_STRING: u16 = 19;
    pub const FONT: u16 = 43;
    pub const FORMAT: u16 = 44;
    pub const STYLE: u16 = 47;
    pub const COLUMNS: u16 = 60;
    pub const END_SHEET: u16 = 130;
    pub const PROPERTIES: u16 = 153;
    pub const SHEET: u16 = 156;
    pub const MERGED: u16 = 176;
    pub const CELL_STYLES: u16 = 617;
    pub const END_CELL_STYLES: u16 = 618;
}

/// The records of a part: type and data. One that is cut off ends them.
struct Records<'s>(Bytes<'s>);

impl<'s> Iterator for Records<'s> {
    type Item = (u16, Bytes<'s>);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.number(2)? as u16;
        let length = self.number(4)?;
        Some((kind, Bytes(self.0.take(length)?)))
    }
}

impl Records<'_> {
    /// A number in groups of seven bits; the highest bit says that another group follows.
    fn number(&mut self, most: u32) -> Option<usize> {
        let mut number = 0;
        for group in 0..most {
            let byte = self.0.u8()?;
            number |= usize::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

/// What the sheets share.
struct Workbook {
    /// Name, part, and whether it is shown.
    sheets: Vec<(String, String, bool)>,
    strings: Vec<String>,
    styles: Styles,
    since_1904: bool,
}

impl Workbook {
    fn open(package: &mut Package, budget: &Budget) -> Result<Self> {
        let main = bytes(package, "xl/workbook.bin")?;
        let relations = xml::decode(bytes(package, "xl/_rels/workbook.bin.rels")?);
        let relations = Relationships::parse(&relations, "xl");
        let mut part = |kind| relations.of_type(kind).map_or(Ok(Vec::new()), |target| bytes(package, target));
        let mut workbook = Self {
            sheets: Vec::new(),
            strings: strings(&part("sharedStrings")?),
            styles: looks(&part("styles")?).styles(budget)?,
            since_1904: false,
        };
        for (kind, mut data) in Records(Bytes(&main)) {
            match kind {
                kind::SHEET => workbook.sheets.extend(sheet(data, &relations)),
                kind::PROPERTIES => workbook.since_1904 = data.u32().is_some_and(|flags| flags & 1 != 0),
                _ => {}
            }
        }
        Ok(workbook)
    }
}

/// A part that everything hangs on.
fn bytes(package: &mut Package, name: &str) -> Result<Vec<u8>> {
    match package.part(name) {
        Some(Part { bytes, cut: None }) => Ok(bytes),
        part => {
            let why = part.and_then(|part| part.cut).unwrap_or_else(|| Message::new("it is missing", "文件中没有"));
            Err(Error::message(
                format!("is damaged: {name} cannot be read ({}); get it again, or save it anew", why.english),
                format!("已损坏：{name} 无法读取（{}）；请重新获取，或重新保存", why.chinese),
            ))
        }
    }
}

/// A sheet's name and part; `None` for charts.
fn sheet(mut data: Bytes, relations: &Relationships) -> Option<(String, String, bool)> {
    let state = data.u32()?;
    data.u32()?;
    let (id, name) = (text(&mut data)?, text(&mut data)?);
    let (kind, target) = relations.get(&id)?;
    (kind == "worksheet").then(|| (name, target.to_owned(), state == 0))
}

fn text(data: &mut Bytes) -> Option<String> {
    let count = data.u32()?;
    data.wide(count as usize)
}

fn strings(part: &[u8]) -> Vec<String> {
    let items = Records(Bytes(part)).filter(|(kind, _)| *kind == kind::SHARED_STRING);
    items.map(|(_, mut data)| data.u8().and_then(|_| text(&mut data)).unwrap_or_default()).collect()
}

fn looks(part: &[u8]) -> Looks {
    let (mut looks, mut of_cells) = (Looks::default(), false);
    for (kind, mut data) in Records(Bytes(part)) {
        match kind {
            kind::CELL_STYLES => of_cells = true,
            kind::END_CELL_STYLES => of_cells = false,
            kind::FORMAT => {
                if let (Some(id), Some(code)) = (data.u16(), text(&mut data)) {
                    looks.codes.insert(id.into(), code);
                }
            }
            kind::FONT => {
                let weight = data.take(4).and_then(|_| data.u16());
                looks.bold.push(weight.is_some_and(|weight| weight >= 700));
            }
            kind::STYLE if of_cells => looks.styles.push(style(data).unwrap_or_default()),
            _ => {}
        }
    }
    looks
}

fn style(mut data: Bytes) -> Option<Named> {
    data.u16()?;
    let (format, font) = (data.u16()?, data.u16()?);
    data.take(5)?;
    Some(Named { format: format.into(), font: font.into(), indent: data.u8()?.into() })
}

/// Reads one sheet.
struct SheetReader<'w> {
    workbook: &'w Workbook,
    sheet: Sheet,
    row: u32,
}

impl SheetReader<'_> {
    /// Reads a sheet's records; whether they come to an end.
    fn read(&mut self, part: &[u8], budget: &Budget, size: usize) -> Result<bool> {
        for (kind, data) in Records(Bytes(part)) {
            if kind == kind::END_SHEET {
                return Ok(true);
            }
            // A record that is shorter than it should be says nothing.
            _ = self.record(kind, data);
            budget.check(size + self.sheet.size())?;
        }
        Ok(false)
    }

    fn record(&mut self, kind: u16, mut data: Bytes) -> Option<()> {
        match kind {
            kind::ROW => {
                self.row = data.u32()?;
                data.take(7)?;
                if data.u8()? & 0x10 != 0 {
                    self.sheet.hidden_rows.push(self.row, self.row);
                }
            }
            kind::COLUMNS => {
                let (first, last, width, _) = (data.u32()?, data.u32()?, data.u32()?, data.u32()?);
                if data.u16()? & 1 != 0 || width == 0 {
                    self.sheet.hidden_columns.push(first, last);
                }
            }
            kind::MERGED => {
                let (top, bottom, left, right) = (data.u32()?, data.u32()?, data.u32()?, data.u32()?);
                self.sheet.merge(Area { first: (top, left), last: (bottom, right) });
            }
            kind::PACKED..=kind::FORMULA_ERROR => self.cell(kind, data)?,
            _ => {}
        }
        Some(())
    }

    fn cell(&mut self, kind: u16, mut data: Bytes) -> Option<()> {
        let at = (self.row, data.u32()?);
        let index = data.u32()? & 0xff_ffff;
        let (format, look) = self.workbook.styles.get(index as usize);
        let number = |number: Option<Decimal>| {
            number.map_or_else(String::new, |number| format.number(number, self.workbook.since_1904))
        };
        let shown = match kind {
            kind::PACKED => number(binary::packed(data.u32()?)),
            kind::NUMBER | kind::FORMULA_NUMBER => number(binary::double(data.u64()?)),
            kind::TEXT | kind::FORMULA_TEXT => format.text(&text(&mut data)?).into_owned(),
            kind::SHARED_TEXT => {
                let text = self.workbook.strings.get(data.u32()? as usize)?;
                format.text(text).into_owned()
            }
            kind::BOOLEAN | kind::FORMULA_BOOLEAN => (if data.u8()? != 0 { "TRUE" } else { "FALSE" }).to_owned(),
            kind::ERROR | kind::FORMULA_ERROR => {
                self.sheet.push_error(at, binary::error(data.u8()?), look);
                return Some(());
            }
            _ => return None,
        };
        self.sheet.push(at, &shown, look);
        Some(())
    }
}
