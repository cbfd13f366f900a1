//! Properties of paragraphs, rows and cells.

use quick_xml::events::BytesStart;

use super::flow::{Cell, Row};
use super::paragraph::Line;
use super::{styles, xml};

/// Takes over a property of a paragraph.
pub(super) fn paragraph_property(line: &mut Line, name: &str, element: &BytesStart) {
    let number = || xml::number(element, "val");
    match name {
        "pStyle" => line.style = xml::value(element).map(|id| id.into_owned()),
        "outlineLvl" => line.outline = number().and_then(|level| level.try_into().ok()),
        "numId" => line.list = number().and_then(|id| id.try_into().ok()),
        "ilvl" => line.level = number().and_then(|level| level.try_into().ok()),
        _ => line.indent = styles::indent(element),
    }
}

/// Takes over a property of a row.
pub(super) fn row_property(row: &mut Row, name: &str, element: &BytesStart) {
    match name {
        "tblHeader" => row.header = xml::is_on(element),
        "gridBefore" => row.skipped = span(element),
        _ => {}
    }
}

/// Takes over a property of a cell.
pub(super) fn cell_property(cell: &mut Cell, name: &str, element: &BytesStart) {
    let continues = || xml::value(element).as_deref() != Some("restart");
    match name {
        "gridSpan" => cell.columns = span(element).max(1),
        "vMerge" => cell.joins_above = continues(),
        "hMerge" => cell.joins_left = continues(),
        "cellDel" => cell.deleted = true,
        _ => {}
    }
}

fn span(element: &BytesStart) -> u32 {
    xml::number(element, "val").map_or(0, |n| n.clamp(0, i64::from(u32::MAX)) as u32)
}
