//! What reading a workbook of 100,000 cells costs, as ratios to calamine's pass over the same sheet, and to unpacking it and going
//! over its XML alone, in one run: `cargo bench --bench sheets`.

#[path = "support/clock.rs"]
mod clock;

use std::hint::black_box;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use clock::{median, time};
use figlint::read;
use zip::write::SimpleFileOptions;

const ROWS: u32 = 5000;
const RUNS: usize = 9;

fn main() {
    let bytes = workbook();
    let (mut ours, mut theirs, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(time(|| {
            let document = read::bytes(Path::new("a.xlsx"), bytes.clone(), &read::Options::default());
            assert_eq!(document.expect("it is a workbook").tables[0].rows, ROWS + 1);
        }));
        theirs.push(time(|| assert!(range(&bytes) > 100_000)));
        bare.push(time(|| assert!(pass(&bytes) > 100_000)));
    }
    let (ours, theirs, bare) = (median(ours), median(theirs), median(bare));
    for (name, other, bar) in
        [("calamine's range of it", theirs, " (bar 2)"), ("unpacking and its XML alone", bare, "")]
    {
        let ratio = ours.as_secs_f64() / other.as_secs_f64();
        println!("a workbook of 100,000 cells {ours:>10.1?}   {name:<28} {other:>10.1?}   ratio {ratio:.2}{bar}");
    }
}

/// A sheet of 20 columns: a name, and numbers in several formats.
fn workbook() -> Vec<u8> {
    let mut sheet = String::from("<worksheet><sheetData>");
    for row in 0..=ROWS {
        sheet.push_str(&format!("<row r=\"{}\"><c r=\"A{0}\" t=\"s\"><v>0</v></c>", row + 1));
        for (column, letter) in ('B'..='T').enumerate() {
            let cell = match row {
                0 => format!("<c r=\"{letter}1\" t=\"s\"><v>1</v></c>"),
                _ => format!(
                    "<c r=\"{letter}{}\" s=\"{}\"><v>{}.{column}5</v></c>",
                    row + 1,
                    column % 4,
                    row * 37 % 9973
                ),
            };
            sheet.push_str(&cell);
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"4\"/><xf numFmtId=\"9\"/><xf numFmtId=\"37\"/></cellXfs></styleSheet>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"),
        ("_rels/.rels", &relations(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(&[("worksheet", "sheet.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]),
        ),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", "<sst><si><t>Roads</t></si><si><t>Outlays</t></si></sst>"),
        ("xl/sheet.xml", sheet.as_str()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("the part is new");
        zip.write_all(content.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("the archive can be closed").into_inner()
}

/// The part that says what the others are for; the first is called `r0`.
fn relations(targets: &[(&str, &str)]) -> String {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let told = targets.iter().enumerate().map(|(number, (kind, target))| {
        format!("<Relationship Id=\"r{number}\" Type=\"{namespace}/{kind}\" Target=\"{target}\"/>")
    });
    format!("<Relationships>{}</Relationships>", told.collect::<String>())
}

/// Reads the sheet as the spreadsheet reader gives it, and counts its cells that are not empty.
fn range(bytes: &[u8]) -> usize {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
    let range = workbook.worksheet_range("Data").expect("it is there");
    range.used_cells().filter(|(_, _, value)| !matches!(value, Data::Empty)).count()
}

/// Unpacks the sheet and counts the events of its XML.
fn pass(bytes: &[u8]) -> usize {
    let mut text = String::new();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    zip.by_name("xl/sheet.xml").expect("it is there").read_to_string(&mut text).expect("it is text");
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut events = 0;
    while black_box(reader.read_event()).is_ok_and(|event| event != quick_xml::events::Event::Eof) {
        events += 1;
    }
    events
}
