//! Workbooks made here and the files of fixtures/workbook, by subject; this file holds what the tests share.

mod binary;
mod damage;
mod sheets;
mod shown;

use std::path::Path;

use super::read as read_workbook;
use crate::document::{Block, BlockKind, Document};

/// A workbook file of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        std::io::Write::write_all(&mut zip, content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/><sheet name="Old" sheetId="2" state="hidden" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/styles" Target="styles.xml"/><Relationship Id="rId3" Type="x/sharedStrings" Target="/xl/strings.xml"/></Relationships>"#;
const STYLES: &str = r##"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0.0,&quot; k&quot;"/></numFmts>
    <fonts><font/><font><b/></font></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="10" fontId="1"><alignment indent="2"/></xf><xf numFmtId="170" fontId="0"/></cellXfs></styleSheet>"##;
const STRINGS: &str = r#"<sst><si><t>Total &amp; rest</t></si><si><r><t>Ri</t></r><r><t xml:space="preserve">ch </t></r><rPh><t>no</t></rPh></si></sst>"#;

/// An .xlsx with one sheet, of which this is inside `worksheet`.
fn xlsx(sheet: &str) -> Vec<u8> {
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    package(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/strings.xml", STRINGS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn read(bytes: &[u8]) -> Document {
    read_workbook(Path::new("a.xlsx"), bytes, 1 << 20).unwrap()
}

/// Rows of cells, of which numbers are numbers and the rest texts.
fn rows(rows: &[(u32, &[(char, &str)])]) -> String {
    let cell = |row: &u32, &(column, text): &(char, &str)| match text.parse::<rust_decimal::Decimal>() {
        Ok(_) => format!(r#"<c r="{column}{row}"><v>{text}</v></c>"#),
        Err(_) => format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#),
    };
    let row = |(row, cells): &(u32, &[(char, &str)])| {
        format!("<row r=\"{row}\">{}</row>", cells.iter().map(|c| cell(row, c)).collect::<String>())
    };
    format!("<sheetData>{}</sheetData>", rows.iter().map(row).collect::<String>())
}

/// The blocks: paragraphs as they are, cells with table, row, column and what they cover.
fn blocks(document: &Document) -> Vec<String> {
    let block = |block: Block| {
        let text = document.slice(block.span);
        let place = document.origin(block.span).place.unwrap();
        match block.kind {
            BlockKind::Cell { table, cell } => {
                let cell = document.tables[table as usize].cells.at(cell as usize);
                let spans = if cell.row_span * cell.column_span > 1 {
                    format!(" {}x{}", cell.row_span, cell.column_span)
                } else {
                    String::new()
                };
                format!("{place} {table}:{},{}{spans} {text}", cell.row, cell.column)
            }
            BlockKind::Heading(_) => format!("{place} # {text}"),
            _ => format!("{place} {text}"),
        }
    };
    document.blocks.iter().map(block).collect()
}

/// A file of fixtures/workbook.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workbook").join(name)).unwrap()
}
