//! The styles of an xlsx file: number formats, boldness and indents by the index that cells give.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::format::NumberFormat;
use super::sheet::Look;
use crate::read::xml::{self, attribute};

/// How a cell is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// How its value is shown.
    pub format: NumberFormat,
    /// How its text looks.
    pub look: Look,
}

/// Styles as files write them: each names a format and a font.
#[derive(Default)]
pub(super) struct Looks {
    /// By font: whether it is bold.
    pub bold: Vec<bool>,
    /// By style: format, font and steps of indent.
    styles: Vec<(u32, usize, u16)>,
}

impl Looks {
    /// Adds a style: format, font and steps of indent.
    pub fn push(&mut self, style: (u32, usize, u16)) {
        self.styles.push(style);
    }

    /// The styles, with the codes of formats by their ids.
    pub fn styles(&self, codes: &FxHashMap<u32, String>) -> Vec<Style> {
        // Many styles share few formats.
        let mut formats: FxHashMap<u32, NumberFormat> = FxHashMap::default();
        let style = |&(format, font, indent): &(u32, usize, u16)| Style {
            format: formats
                .entry(format)
                .or_insert_with(|| NumberFormat::new(codes.get(&format).map_or(built_in(format), String::as_str)))
                .clone(),
            // A step of indent is as wide as three characters or so; two are enough to tell it from none.
            look: Look { bold: self.bold.get(font).copied().unwrap_or(false), indent: indent.min(250) * 2 },
        };
        self.styles.iter().map(style).collect()
    }
}

/// Reads `styles.xml`: the cells' styles (`cellXfs`), in order. What is damaged is left out.
pub(super) fn read(text: &str) -> Vec<Style> {
    let (mut looks, mut codes) = (Looks::default(), FxHashMap::default());
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
                    looks.push((number(&element, "numFmtId"), number(&element, "fontId") as usize, 0));
                }
                "alignment" if group == "cellXfs" => {
                    if let Some(style) = looks.styles.last_mut() {
                        style.2 = number(&element, "indent").min(250) as u16;
                    }
                }
                "numFmt" if group == "numFmts" => {
                    if let Some(code) = attribute(&element, "formatCode") {
                        codes.insert(number(&element, "numFmtId"), code.into_owned());
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return looks.styles(&codes),
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
