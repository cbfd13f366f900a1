//! Workbooks of Excel 97 to 2003 (.xls, BIFF8): the records of the stream `Workbook` (MS-XLS).

use rust_decimal::Decimal;

use super::Budget;
use super::binary::{self, Bytes};
use super::compound;
use super::sheet::{Area, Position, Sheet};
use super::styles::{Looks, Named, Styles};
use super::writer::{Writer, ended_early};
use crate::error::{Error, Result};
use crate::read::detect::encrypted;

/// Reads a workbook's visible sheets.
pub(super) fn read(file: &[u8], budget: &Budget) -> Result<Writer> {
    let stream = compound::stream(file, &["Workbook", "Book"]).ok_or_else(|| {
        Error::message(
            "is damaged or was cut off; get it again, or open and save it anew",
            "已损坏或不完整；请重新获取，或打开后另存",
        )
    })?;
    let workbook = Globals::read(&stream, budget)?;
    let mut writer = Writer::of(&workbook.styles);
    for (name, offset, is_shown) in &workbook.sheets {
        if !is_shown {
            writer.hidden(name);
            continue;
        }
        let mut reader = SheetReader { workbook: &workbook, sheet: Sheet::new(name), awaits: None };
        let ended = reader.read(stream.get(*offset as usize..).unwrap_or_default(), budget, writer.size())?;
        let sheet = reader.sheet;
        writer.sheet(sheet, (!ended).then(ended_early));
    }
    Ok(writer)
}

/// Record types.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002f;
    pub const FONT: u16 = 0x0031;
    pub const CONTINUE: u16 = 0x003c;
    pub const COLUMNS: u16 = 0x007d;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00bd;
    pub const RICH_TEXT: u16 = 0x00d6;
    pub const STYLE: u16 = 0x00e0;
    pub const MERGED: u16 = 0x00e5;
    pub const STRINGS: u16 = 0x00fc;
    pub const SHARED_TEXT: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const TEXT: u16 = 0x0204;
    pub const BOOLEAN: u16 = 0x0205;
    pub const RESULT: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const PACKED: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const START: u16 = 0x0809;
}

/// The records of a stream: type and data. One that is cut off ends them.
struct Records<'s>(Bytes<'s>);

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (self.0.u16()?, self.0.u16()?);
        Some((kind, self.0.take(length.into())?))
    }
}

/// What the sheets share.
struct Globals {
    /// Name, place in the stream, and whether it is shown.
    sheets: Vec<(String, u32, bool)>,
    strings: Vec<String>,
    styles: Styles,
    since_1904: bool,
}

impl Globals {
    fn read(stream: &[u8], budget: &Budget) -> Result<Self> {
        let mut globals =
            Self { sheets: Vec::new(), strings: Vec::new(), styles: Styles::default(), since_1904: false };
        let mut looks = Looks::default();
        let mut strings: Vec<&[u8]> = Vec::new();
        let mut last = 0;
        for (at, (kind, data)) in Records(Bytes(stream)).enumerate() {
            let mut bytes = Bytes(data);
            match kind {
                kind::START if at == 0 && bytes.u16() != Some(0x0600) => {
                    return Err(Error::message(
                        "is of Excel 95 or older, which cannot be read; save it as .xlsx",
                        "是 Excel 95 或更早的格式，无法读取；请另存为 .xlsx",
                    ));
                }
                kind::FILE_PASS => {
                    return Err(encrypted());
                }
                kind::SHEET => globals.sheets.extend(sheet(bytes)),
                kind::DATE_MODE => globals.since_1904 = bytes.u16() == Some(1),
                kind::FORMAT => {
                    if let (Some(id), Some(code)) = (bytes.u16(), text(&mut bytes)) {
                        looks.codes.insert(id.into(), code);
                    }
                }
                kind::FONT => {
                    let weight = bytes.take(6).and_then(|_| bytes.u16());
                    looks.bold.push(weight.is_some_and(|weight| weight >= 700));
                    // There is no font 4.
                    if looks.bold.len() == 4 {
                        looks.bold.push(false);
                    }
                }
                kind::STYLE => looks.styles.push(style(bytes).unwrap_or_default()),
                kind::STRINGS => strings.push(data),
                kind::CONTINUE if last == kind::STRINGS => {
                    strings.push(data);
                    continue;
                }
                kind::END => break,
                _ => {}
            }
            last = kind;
        }
        globals.styles = looks.styles(budget)?;
        globals.strings = shared_strings(&strings);
        Ok(globals)
    }
}

/// A sheet's name and place; `None` for charts and macros.
fn sheet(mut bytes: Bytes) -> Option<(String, u32, bool)> {
    let (offset, state, kind) = (bytes.u32()?, bytes.u8()?, bytes.u8()?);
    let (length, flags) = (bytes.u8()?, bytes.u8()?);
    let name = characters(&mut bytes, length.into(), flags & 1 != 0)?;
    (kind == 0).then_some((name, offset, state & 3 == 0))
}

fn style(mut bytes: Bytes) -> Option<Named> {
    let (font, format) = (bytes.u16()?, bytes.u16()?);
    bytes.take(4)?;
    let indent = bytes.u8()? & 0xf;
    Some(Named { format: format.into(), font: font.into(), indent: indent.into() })
}

/// A text with its length before it.
fn text(bytes: &mut Bytes) -> Option<String> {
    let (length, flags) = (bytes.u16()?, bytes.u8()?);
    characters(bytes, length.into(), flags & 1 != 0)
}

fn characters(bytes: &mut Bytes, count: usize, wide: bool) -> Option<String> {
    if wide { bytes.wide(count) } else { Some(bytes.take(count)?.iter().map(|&byte| char::from(byte)).collect()) }
}

/// The shared texts, which go on from one record to the next; one that breaks off ends them.
fn shared_strings(records: &[&[u8]]) -> Vec<String> {
    let Some((first, rest)) = records.split_first() else { return Vec::new() };
    let mut pieces = Pieces { bytes: Bytes(first.get(8..).unwrap_or_default()), rest };
    let mut strings = Vec::new();
    while let Some(string) = pieces.string() {
        strings.push(string);
    }
    strings
}

/// Bytes in several records.
struct Pieces<'s> {
    bytes: Bytes<'s>,
    rest: &'s [&'s [u8]],
}

impl Pieces<'_> {
    fn string(&mut self) -> Option<String> {
        if self.bytes.0.is_empty() {
            self.go_on()?;
        }
        let (count, flags) = (self.bytes.u16()?, self.bytes.u8()?);
        let runs = if flags & 8 != 0 { usize::from(self.bytes.u16()?) * 4 } else { 0 };
        let extra = if flags & 4 != 0 { self.bytes.u32()? as usize } else { 0 };
        let (mut left, mut wide, mut text) = (usize::from(count), flags & 1 != 0, String::new());
        loop {
            let here = left.min(self.bytes.0.len() / if wide { 2 } else { 1 });
            text.push_str(&characters(&mut self.bytes, here, wide)?);
            left -= here;
            if left == 0 {
                break;
            }
            self.go_on()?;
            wide = self.bytes.u8()? & 1 != 0;
        }
        self.skip(runs.checked_add(extra)?)?;
        Some(text)
    }

    fn go_on(&mut self) -> Option<()> {
        let (next, rest) = self.rest.split_first()?;
        (self.bytes, self.rest) = (Bytes(next), rest);
        Some(())
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.bytes.0.len() {
            count -= self.bytes.0.len();
            self.go_on()?;
        }
        self.bytes.take(count).map(|_| ())
    }
}

/// What a cell holds.
enum Value {
    Number(Option<Decimal>),
    Text(String),
    Boolean(bool),
    Error(u8),
}

/// Reads one sheet.
struct SheetReader<'w> {
    workbook: &'w Globals,
    sheet: Sheet,
    /// The cell of a formula whose text comes in the next record, and its style.
    awaits: Option<(Position, usize)>,
}

impl SheetReader<'_> {
    /// Reads a sheet's records; whether they come to an end.
    fn read(&mut self, stream: &[u8], budget: &Budget, size: usize) -> Result<bool> {
        let mut depth = 0usize;
        for (kind, data) in Records(Bytes(stream)) {
            match kind {
                kind::START => depth += 1,
                kind::END if depth <= 1 => return Ok(true),
                kind::END => depth -= 1,
                // Charts on the sheet have cells of their own.
                _ if depth > 1 => {}
                _ => {
                    // A record that is shorter than it should be says nothing.
                    _ = self.record(kind, Bytes(data));
                    budget.check(size + self.sheet.size())?;
                }
            }
        }
        Ok(false)
    }

    fn record(&mut self, kind: u16, mut bytes: Bytes) -> Option<()> {
        match kind {
            kind::ROW => {
                let row = bytes.u16()?.into();
                bytes.take(10)?;
                if bytes.u32()? & 0x20 != 0 {
                    self.sheet.hidden_rows.push(row, row);
                }
            }
            kind::COLUMNS => {
                let (first, last, width, _, flags) =
                    (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
                if flags & 1 != 0 || width == 0 {
                    self.sheet.hidden_columns.push(first.into(), last.into());
                }
            }
            kind::MERGED => {
                for _ in 0..bytes.u16()? {
                    let (top, bottom, left, right) = (bytes.u16()?, bytes.u16()?, bytes.u16()?, bytes.u16()?);
                    self.sheet.merge(Area { first: (top.into(), left.into()), last: (bottom.into(), right.into()) });
                }
            }
            kind::RESULT => {
                let (at, style) = self.awaits.take()?;
                let text = text(&mut bytes)?;
                self.push(at, style, Value::Text(text));
            }
            kind::NUMBERS => {
                let (row, first) = (bytes.u16()?, bytes.u16()?);
                let mut column = u32::from(first);
                // The last two bytes name the last column.
                while bytes.0.len() >= 8 {
                    let (style, packed) = (bytes.u16()?, bytes.u32()?);
                    self.push((row.into(), column), style.into(), Value::Number(binary::packed(packed)));
                    column += 1;
                }
            }
            _ => self.cell(kind, bytes)?,
        }
        Some(())
    }

    fn cell(&mut self, kind: u16, mut bytes: Bytes) -> Option<()> {
        if !matches!(
            kind,
            kind::NUMBER
                | kind::PACKED
                | kind::SHARED_TEXT
                | kind::TEXT
                | kind::RICH_TEXT
                | kind::BOOLEAN
                | kind::FORMULA
        ) {
            return None;
        }
        let at = (bytes.u16()?.into(), bytes.u16()?.into());
        let style = bytes.u16()?.into();
        let value = match kind {
            kind::NUMBER => Value::Number(binary::double(bytes.u64()?)),
            kind::PACKED => Value::Number(binary::packed(bytes.u32()?)),
            kind::SHARED_TEXT => Value::Text(self.workbook.strings.get(bytes.u32()? as usize)?.clone()),
            kind::BOOLEAN => match (bytes.u8()?, bytes.u8()?) {
                (value, 0) => Value::Boolean(value != 0),
                (code, _) => Value::Error(code),
            },
            kind::FORMULA => self.result(at, style, bytes.u64()?)?,
            _ => Value::Text(text(&mut bytes)?),
        };
        self.push(at, style, value);
        Some(())
    }

    /// The stored value of a formula; `None` if its text comes in a record of its own.
    fn result(&mut self, at: Position, style: usize, bits: u64) -> Option<Value> {
        if bits >> 48 != 0xffff {
            return Some(Value::Number(binary::double(bits)));
        }
        let value = (bits >> 16) as u8;
        match bits as u8 {
            0 => {
                self.awaits = Some((at, style));
                None
            }
            1 => Some(Value::Boolean(value != 0)),
            2 => Some(Value::Error(value)),
            _ => Some(Value::Text(String::new())),
        }
    }

    fn push(&mut self, at: Position, style: usize, value: Value) {
        let (format, look) = self.workbook.styles.get(style);
        match value {
            Value::Number(Some(number)) => {
                let shown = format.number(number, self.workbook.since_1904);
                self.sheet.push(at, &shown, look);
            }
            Value::Number(None) => self.sheet.push_error(at, "a number too large to be held", look),
            Value::Text(text) => self.sheet.push(at, &format.text(&text), look),
            Value::Boolean(value) => self.sheet.push(at, if value { "TRUE" } else { "FALSE" }, look),
            Value::Error(code) => self.sheet.push_error(at, binary::error(code), look),
        }
    }
}
