//! Small PDFs written by hand: what their pages say is what is read.

mod captions;
mod cells;
mod gutters;
mod labels;
mod pages;
mod runs;
mod thousands;
mod titles;
mod wrapped;

use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::document::BlockKind;

/// A PDF whose pages have these contents. F1 is Helvetica, F2 Helvetica bold; pages are 600 points wide and 800 high.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|i| format!("{} 0 R ", 5 + 2 * i)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>",
            pages.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_string(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_string(),
    ];
    for (i, content) in pages.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 6 + 2 * i));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    file(&objects)
}

fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_string();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        writeln!(file, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    places.iter().for_each(|place| writeln!(file, "{place:010} 00000 n ").unwrap());
    write!(file, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).unwrap();
    file.into_bytes()
}

fn read_pages(pages: &[&str]) -> Document {
    read(Path::new("report.pdf"), pdf(pages)).unwrap()
}

/// A text of ten points at a place.
fn at(x: i32, y: i32, text: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Blocks that are no cells.
fn paragraphs(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Cell { .. }));
    blocks.map(|block| document.slice(block.span)).collect()
}

/// The rows of a table, their cells parted by bars.
fn rows(document: &Document, table: usize) -> Vec<String> {
    let table = &document.tables[table];
    let row = |row| table.cells.iter().filter(move |cell| cell.row == row).map(|cell| document.slice(cell.span));
    (0..table.rows).map(|r| row(r).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn kerning_breaks_no_words_and_gaps_do() {
    let document = read_pages(&[
        "BT /F1 10 Tf 50 700 Td [(Re) 40 (venue of 1) -60 (,2) 30 (34)] TJ [(,)20(567)-300(and 5)] TJ ET",
    ]);
    assert_eq!(paragraphs(&document), ["Revenue of 1,234,567 and 5"]);
    assert_eq!(document.origin(document.blocks.at(0).span).place.as_deref(), Some("page 1, line 1"));
}

#[test]
fn figures_of_neighbouring_columns_stay_apart() {
    let line = |y, label: &str, a: &str, b: &str| at(50, y, label) + &at(200, y, a) + &at(228, y, b);
    let page = line(700, "Cars", "1,100", "2,100")
        + &line(686, "Buses", "1,200", "2,200")
        + &line(672, "Total", "2,300", "4,300");
    let document = read_pages(&[&page]);
    assert_eq!(rows(&document, 0), ["Cars|1,100|2,100", "Buses|1,200|2,200", "Total|2,300|4,300"]);
    assert!(document.problems.is_empty());
}

#[test]
fn ruled_cells_hold_wrapped_labels() {
    let lines = [700, 660, 640].map(|y| format!("50 {y} m 350 {y} l S\n")).concat()
        + &[50, 200, 350].map(|x| format!("{x} 640 m {x} 700 l S\n")).concat();
    let page = lines
        + &at(55, 685, "Schools and")
        + &at(55, 672, "nurseries")
        + &at(300, 678, "1,234")
        + &at(55, 648, "Roads")
        + &at(300, 648, "56");
    let document = read_pages(&[&page]);
    assert_eq!(rows(&document, 0), ["Schools and nurseries|1,234", "Roads|56"]);
}

#[test]
fn paragraphs_go_over_lines_and_pages_but_not_over_page_numbers() {
    let filler = "words that fill the line up to its end so that it is as long as they come";
    let page = |number: i32, first: &str, last: &str| {
        let body: String = (0..20).map(|i| at(50, 700 - 14 * i, filler)).collect();
        at(50, 714, first) + &body + &at(50, 420, last) + &at(290, 30, &number.to_string())
    };
    let end = "this line is about as long as all of the others are, and goes on with a to-";
    let document = read_pages(&[
        &page(1, filler, end),
        &page(2, "tal of 528 letters, of which more than ninety parts were answered in", filler),
    ]);
    let [text] = &paragraphs(&document)[..] else { panic!("{:#?}", paragraphs(&document)) };
    assert!(text.contains("goes on with a total of 528 letters"), "{text}");
    let place = document.text().find("tal of 528").map(|at| document.origin(crate::span::Span::new(at, at + 3)).place);
    assert_eq!(place.flatten().as_deref(), Some("page 2, line 1"));
    let [remark] = &document.remarks[..] else { panic!("{:?}", document.remarks) };
    assert_eq!(remark.chinese, "页眉、页脚和页码共 2 行，未读取");
}

#[test]
fn a_table_goes_on_over_the_page() {
    let rules = |ys: &[i32]| {
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        ys.iter().map(|y| format!("50 {y} m 350 {y} l S\n")).collect::<String>()
            + &[50, 200, 350].map(|x| format!("{x} {bottom} m {x} {top} l S\n")).concat()
    };
    let row = |y, label: &str, value: &str| at(55, y, label) + &at(300, y, value);
    let first = rules(&[140, 120, 100]) + &row(125, "Item", "Cost") + &row(105, "Roads", "56");
    let second = rules(&[740, 720, 700]) + &row(725, "Item", "Cost") + &row(705, "Total", "56");
    let document = read_pages(&[&first, &second]);
    assert_eq!(rows(&document, 0), ["Item|Cost", "Roads|56", "Total|56"]);
    let total = document.text().find("Total").unwrap();
    assert_eq!(document.origin(crate::span::Span::new(total, total + 5)).place.as_deref(), Some("page 2, line 2"));
}

#[test]
fn pages_that_cannot_be_trusted_are_told_and_not_read() {
    let apart = at(50, 700, "Cost") + &at(200, 700, "2,0") + &at(219, 700, "0,000");
    let scan = "3 Tr BT /F1 10 Tf 50 700 Td (Cost 1,234) Tj ET".to_string();
    let document = read_pages(&[&apart, &scan, &at(50, 700, "Cost 12")]);
    assert_eq!(paragraphs(&document), ["Cost 12"]);
    let told: Vec<_> = document.problems.iter().map(|problem| problem.place.as_ref().unwrap().to_string()).collect();
    assert_eq!(told, ["page 1", "page 2"]);
    assert!(document.problems.iter().all(|problem| problem.unchecked));
    let chinese: Vec<_> = document.problems.iter().map(|problem| problem.message.chinese.as_ref()).collect();
    let scan = "本页未检查：文字是图片（扫描件）下的隐藏文字层，可能与所印不符";
    assert_eq!(chinese, ["本页未检查：页上的数字断开（“2,0 0,000”），可能缺了数位", scan]);
}

#[test]
fn what_is_printed_twice_or_outside_is_left_out() {
    let bold = at(50, 700, "Cost 12") + "BT /F1 10 Tf 50.3 700 Td (Cost 12) Tj ET\n";
    let page =
        bold + &at(700, 700, "999") + "q 50 600 100 20 re W n\n" + &at(50, 605, "Clip 5") + &at(200, 605, "77") + "Q";
    let document = read_pages(&[&page]);
    assert_eq!(paragraphs(&document), ["Cost 12", "Clip 5"]);
}

#[test]
fn tables_beside_a_page_that_is_not_read_may_go_on_there() {
    let page = |first: i32| {
        let line = |i: i32| {
            let y = 760 - 14 * i;
            let number = |x: i32, value: i32| at(x, y, &format!("{}", value * 37 + 1000));
            at(50, y, &format!("Item {}", ["one", "two", "three", "four", "five"][i as usize]))
                + &number(250, i + first)
                + &number(400, 2 * i + first)
        };
        (0..5).map(line).collect::<String>()
    };
    let unread = "BT /F1 10 Tf 3 Tr 50 700 Td (Total 12 of 34) Tj ET";
    let gaps = |pages: &[&str]| {
        let document = read_pages(pages);
        document.tables.iter().map(|table| (table.rows, table.gaps.rows.clone())).collect::<Vec<_>>()
    };
    let (a, b) = (page(1), page(50));
    assert_eq!(gaps(&[&a, unread, &b]), [(5, vec![5]), (5, vec![0])]);
    assert_eq!(gaps(&[&a, &b]), [(10, vec![])]);
}

#[test]
fn turned_pages_are_read_upright() {
    let turned = "BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Cost 12) Tj ET\nBT /F1 10 Tf 0 1 -1 0 112 50 Tm (Roads 56) Tj ET";
    assert_eq!(paragraphs(&read_pages(&[turned])).concat(), "Cost 12 Roads 56");
}

#[test]
fn raised_digits_are_no_digits_of_a_figure() {
    let page = "BT /F1 10 Tf 50 700 Td (Cost 12) Tj /F1 6 Tf 4 Ts (3) Tj ET";
    assert_eq!(paragraphs(&read_pages(&[page])), ["Cost 12³"]);
    let page = "BT /F1 10 Tf 50 700 Td (Cost 12) Tj /F1 6 Tf -2 Ts (3) Tj ET";
    assert_eq!(paragraphs(&read_pages(&[page])), ["Cost 12₃"]);
    // A mark in brackets that is smaller than its line need not be raised.
    let page = r"BT /F1 10 Tf 50 700 Td (Cost 12 ) Tj /F1 7 Tf (\(3\)) Tj ET";
    assert_eq!(paragraphs(&read_pages(&[page])), ["Cost 12 (³)"]);
}

const HARBOUR: &[u8] = include_bytes!("../../../fixtures/pdf/harbour.pdf");

#[test]
fn a_report_is_read_as_it_is_printed() {
    let document = read(Path::new("harbour.pdf"), HARBOUR.to_vec()).unwrap();
    assert!(paragraphs(&document)[2].ends_with("the others lay in the southern basins."));
    assert_eq!(rows(&document, 0)[6], "Total|2,086.7|2,219.6");
    assert_eq!(rows(&document, 1)[2], "South and old basin|672|56.0%");
    let table = &document.tables[0];
    assert_eq!(table.captions.iter().map(|&c| document.slice(c)).collect::<Vec<_>>(), ["(thousands of crowns)"]);
    assert_eq!(table.heading.map(|heading| document.slice(heading)), Some("1. Revenue"));
}

#[test]
fn packed_data_has_bounds() {
    let packed = |length: usize| {
        use std::io::Write as _;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b' '; length]).unwrap();
        packer.finish().unwrap()
    };
    assert!(unpack::is_deflated_within(&packed(1_000_000), 1_000_000));
    assert!(!unpack::is_deflated_within(&packed(1_000_001), 1_000_000));
}

proptest! {
    /// Blocks and cells lie in order in the text, and every place is one of a page, whatever became of the file.
    #[test]
    fn damaged_files_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20), cut: prop::sample::Index) {
        let mut bytes = HARBOUR.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut.index(4) == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(document) = read(Path::new("report.pdf"), bytes) {
            let mut end = 0;
            for block in document.blocks.iter() {
                prop_assert!(block.span.start >= end && !document.slice(block.span).is_empty());
                end = block.span.end;
                let place = document.origin(block.span).place.unwrap_or_default();
                prop_assert!(place.starts_with("page "), "{place}");
            }
        }
    }
}
