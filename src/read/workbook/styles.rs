//! The styles of an xlsx file: number formats, boldness and indents by the index that cells give.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::format::NumberFormat;
use crate::read::xml::{self, attribute};

/// The look of a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// How its value is shown.
    pub format: NumberFormat,
    /// Whether its text is bold.
    pub bold: bool,
    /// How far its text is indented.
    pub indent: u16,
}

/// Reads `styles.xml`: the cells' styles (`cellXfs`), in order. What is damaged is left out.
pub(super) fn read(text: &str) -> Vec<Style> {
    let mut parts = Parts::default();
    let mut reader = xml::reader(text);
    let mut group = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "fonts" | "numFmts" | "cellXfs" | "cellStyleXfs" | "dxfs" => {
                    group = element.local_name().as_ref().to_owned();
                }
                "font" if group == "fonts" => parts.bold.push(has_bold(&mut reader)),
                "xf" if group == "cellXfs" => parts.start(&element),
                _ => parts.element(&element, &group),
            },
            Ok(Event::Eof) | Err(_) => return parts.styles(),
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Parts {
    bold: Vec<bool>,
    formats: FxHashMap<u32, String>,
    cells: Vec<Look>,
}

/// A style as it is written.
struct Look {
    format: u32,
    font: usize,
    indent: u16,
}

impl Parts {
    fn start(&mut self, element: &BytesStart) {
        self.cells.push(Look {
            format: number(element, "numFmtId"),
            font: number(element, "fontId") as usize,
            indent: 0,
        });
    }

    fn element(&mut self, element: &BytesStart, group: &str) {
        match (element.local_name().as_ref(), group) {
            ("numFmt", "numFmts") => {
                if let Some(code) = attribute(element, "formatCode") {
                    self.formats.insert(number(element, "numFmtId"), code.into_owned());
                }
            }
            ("alignment", "cellXfs") => {
                if let Some(look) = self.cells.last_mut() {
                    // A step of indent is as wide as three characters or so; two are enough to tell it from none.
                    look.indent = (number(element, "indent").min(250) * 2) as u16;
                }
            }
            _ => {}
        }
    }

    fn styles(self) -> Vec<Style> {
        let style = |look: &Look| Style {
            format: match self.formats.get(&look.format) {
                Some(code) => NumberFormat::new(code),
                None => NumberFormat::new(built_in(look.format)),
            },
            bold: self.bold.get(look.font).copied().unwrap_or(false),
            indent: look.indent,
        };
        self.cells.iter().map(style).collect()
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
