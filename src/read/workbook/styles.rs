//! The styles of an xlsx file: number formats, boldness and indents by the index that cells give.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::Budget;
use super::format::NumberFormat;
use super::sheet::Look;
use crate::document::Message;
use crate::error::Result;
use crate::read::xml::{self, attribute};

/// How the cells of a workbook are shown, by the index of the style that each gives.
#[derive(Default)]
pub(super) struct Styles {
    /// Many styles share few formats.
    formats: Vec<NumberFormat>,
    /// By style: which of the formats it has, and how its text looks.
    styles: Vec<(u32, Look)>,
    /// Whether codes of formats were cut.
    cut: bool,
}

/// What a cell has whose style is not there.
static GENERAL: NumberFormat = NumberFormat::GENERAL;

impl Styles {
    /// A style's format and look.
    pub fn get(&self, style: usize) -> (&NumberFormat, Look) {
        self.styles
            .get(style)
            .map_or((&GENERAL, Look::default()), |&(format, look)| (&self.formats[format as usize], look))
    }

    /// What is to be told of them.
    pub fn problem(&self) -> Option<Message> {
        self.cut.then(|| {
            Message::new(
                format!(
                    "number formats longer than {LONGEST} characters are cut: cells that have them may be shown wrongly"
                ),
                format!("数字格式超过 {LONGEST} 个字符，超出部分未用：相应单元格的显示可能有误"),
            )
        })
    }
}

/// Excel takes no longer code of a format, in characters.
const LONGEST: usize = 255;

/// How much room a character of a format takes at most once it is compiled, in bytes.
const ROOM_OF_A_CHARACTER: usize = 64;

/// A style as files write it.
#[derive(Clone, Copy, Default)]
pub(super) struct Named {
    /// The id of its format.
    pub format: u32,
    /// The index of its font.
    pub font: usize,
    /// Steps of indent.
    pub indent: u16,
}

/// Styles as files write them: each names a format and a font.
#[derive(Default)]
pub(super) struct Looks {
    /// By font: whether it is bold.
    pub bold: Vec<bool>,
    /// The codes of formats by their ids.
    pub codes: FxHashMap<u32, String>,
    pub styles: Vec<Named>,
}

impl Looks {
    /// The styles with their formats compiled.
    ///
    /// # Errors
    /// The formats take more room than the budget has.
    pub fn styles(&self, budget: &Budget) -> Result<Styles> {
        let mut styles = Styles::default();
        let mut known: FxHashMap<u32, u32> = FxHashMap::default();
        let mut size = 0;
        for &Named { format: id, font, indent } in &self.styles {
            let format = match known.get(&id) {
                Some(&format) => format,
                None => {
                    let code = self.codes.get(&id).map_or(built_in(id), String::as_str);
                    let end = code.char_indices().nth(LONGEST).map(|(end, _)| end);
                    styles.cut |= end.is_some();
                    let code = &code[..end.unwrap_or(code.len())];
                    size += code.len() * ROOM_OF_A_CHARACTER;
                    budget.check(size)?;
                    styles.formats.push(NumberFormat::new(code));
                    let format = styles.formats.len() as u32 - 1;
                    known.insert(id, format);
                    format
                }
            };
            // A step of indent is as wide as three characters or so; two are enough to tell it from none.
            let look = Look { bold: self.bold.get(font).copied().unwrap_or(false), indent: indent.min(250) * 2 };
            styles.styles.push((format, look));
        }
        Ok(styles)
    }
}

/// Reads `styles.xml`: the cells' styles (`cellXfs`), in order. What is damaged is left out.
pub(super) fn read(text: &str) -> Looks {
    let mut looks = Looks::default();
    let mut reader = xml::reader(text);
    let mut group = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "fonts" | "numFmts" | "cellXfs" | "cellStyleXfs" | "dxfs" => {
                    group = element.local_name().as_ref().to_owned();
                }
                "font" if group == "fonts" => looks.bold.push(has_bold(&mut reader)),
                "xf" if group == "cellXfs" => {
                    let (format, font) = (number(&element, "numFmtId"), number(&element, "fontId") as usize);
                    looks.styles.push(Named { format, font, indent: 0 });
                }
                "alignment" if group == "cellXfs" => {
                    if let Some(style) = looks.styles.last_mut() {
                        style.indent = number(&element, "indent").min(250) as u16;
                    }
                }
                "numFmt" if group == "numFmts" => {
                    if let Some(code) = attribute(&element, "formatCode") {
                        looks.codes.insert(number(&element, "numFmtId"), code.into_owned());
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return looks,
            Ok(_) => {}
        }
    }
}

fn number(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

/// Whether a font is bold; reads up to its end.
fn has_bold(reader: &mut Reader<&[u8]>) -> bool {
    let mut bold = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "b" => bold = xml::is_on(&element),
            Ok(Event::End(element)) if element.local_name().as_ref() == "font" => return bold,
            Ok(Event::Eof) | Err(_) => return bold,
            Ok(_) => {}
        }
    }
}

/// The formats that have no code in the file. Dates whose look depends on the system are shown as ISO dates; the ids from 27
/// on are those of Chinese systems.
fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 => "$#,##0_);\\($#,##0\\)",
        6 => "$#,##0_);[Red]\\($#,##0\\)",
        7 => "$#,##0.00_);\\($#,##0.00\\)",
        8 => "$#,##0.00_);[Red]\\($#,##0.00\\)",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "h\"时\"mm\"分\"",
        35 | 56 => "h\"时\"mm\"分\"ss\"秒\"",
        37 => "#,##0_);\\(#,##0\\)",
        38 => "#,##0_);[Red]\\(#,##0\\)",
        39 => "#,##0.00_);\\(#,##0.00\\)",
        40 => "#,##0.00_);[Red]\\(#,##0.00\\)",
        41 => "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
        42 => "_($* #,##0_);_($* \\(#,##0\\);_($* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
        44 => "_($* #,##0.00_);_($* \\(#,##0.00\\);_($* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}
