//! Files that are damaged, or larger than they look.

use super::super::Budget;
use super::super::sheet::{Area, Look, Sheet};
use super::super::styles::{Looks, Named};
use super::super::writer;
use super::*;

#[test]
fn a_sheet_of_any_extent_takes_no_more_than_its_cells() {
    let document = read(&xlsx(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>
        <row r="1048576"><c r="A1048576"><v>3</v></c><c r="XFD1048576"><v>4</v></c><c r="ZZZZZ1048576"><v>5</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B1:XFD1048576"/></mergeCells>"#,
    ));
    assert!(document.tables.iter().all(|table| table.rows <= 2 && table.columns <= 3), "{:?}", document.tables);
}

#[test]
fn what_unpacks_to_more_than_the_limit_is_told() {
    let bomb = xlsx(&format!("<sheetData>{}</sheetData>", " ".repeat(2 << 20)));
    let document = read(&bomb);
    assert!(document.problems[0].message.english.contains("limit of 1 MB") && document.problems[0].unchecked);
    // Cells that share a long text.
    let long = format!("<sst><si><t>{}</t></si></sst>", "long ".repeat(4000));
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(1000);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    let bomb = package(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/strings.xml", long.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let error = read_workbook(Path::new("a.xlsx"), &bomb, 1 << 20).unwrap_err().to_string();
    assert!(error.contains("limit of 1 MB"), "{error}");
    // A long cell that is repeated.
    let row = format!("{}{}{}", repeated(1000, 20), "long ".repeat(100), END_OF_ROW);
    let error = read_workbook(Path::new("a.ods"), &ods(&row), 1 << 20).unwrap_err();
    assert!(error.to_string().contains("limit of 1 MB"), "{error}");
}

/// An .xlsx whose only cell, 0.5, has the last of these styles.
fn with_styles(formats: &str, count: usize) -> Vec<u8> {
    let styles = format!(
        "<styleSheet><numFmts>{formats}</numFmts><cellXfs>{}</cellXfs></styleSheet>",
        r#"<xf numFmtId="170"/>"#.repeat(count)
    );
    let sheet =
        format!("<worksheet><sheetData><row><c s=\"{}\"><v>0.5</v></c></row></sheetData></worksheet>", count - 1);
    package(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn styles_share_their_formats_and_long_codes_are_cut() {
    // Compiled for each style, these would take 60 GB.
    let code = "0%".to_owned() + &"!".repeat(100_000);
    let document = read(&with_styles(&format!(r#"<numFmt numFmtId="170" formatCode="{code}"/>"#), 20_000));
    assert_eq!(document.slice(document.blocks.at(0).span), "50%".to_owned() + &"!".repeat(253));
    let [problem] = &document.problems[..] else { panic!("{:?}", document.problems) };
    assert!(problem.unchecked && problem.message.english.contains("255 characters"), "{problem:?}");
    let code = "0%".to_owned() + &"!".repeat(253);
    assert!(read(&with_styles(&format!(r#"<numFmt numFmtId="170" formatCode="{code}"/>"#), 1)).problems.is_empty());
}

#[test]
fn formats_that_take_more_than_the_limit_are_told() {
    let styles = |count: u32| {
        let codes = (0..count).map(|id| (id, "0".repeat(200))).collect();
        let styles = (0..count).map(|format| Named { format, ..Named::default() }).collect();
        let looks = Looks { codes, styles, ..Looks::default() };
        looks.styles(&Budget { limit: 1 << 20 })
    };
    assert!(styles(50).is_ok());
    assert!(styles(200).err().is_some_and(|error| error.to_string().contains("limit of 1 MB")));
}

/// An .ods with one sheet of these rows.
fn ods(rows: &str) -> Vec<u8> {
    let (start, end) = (
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">",
        "</office:document-content>",
    );
    let content = format!("{start}<table:table table:name=\"Sheet1\">{rows}</table:table>{end}");
    package(&[("content.xml", content.as_bytes())])
}

/// A row of one cell, both repeated, up to the cell's text.
fn repeated(rows: u32, columns: u32) -> String {
    let cell = format!("<table:table-cell table:number-columns-repeated=\"{columns}\"><text:p>");
    format!("<table:table-row table:number-rows-repeated=\"{rows}\">{cell}")
}

const END_OF_ROW: &str = "</text:p></table:table-cell></table:table-row>";

#[test]
fn cells_without_end_are_read_once() {
    let rows = [(1, 2, 20), (1_000_000, 3, 30), (2, 1, 40), (1, 300_000, 50), (2_000_000, 2_000_000, 60), (1, 2, 70)];
    let rows: String =
        rows.map(|(rows, columns, text)| format!("{}{text}{END_OF_ROW}", repeated(rows, columns))).concat();
    let document = read_workbook(Path::new("a.ods"), &ods(&rows), 1 << 20).unwrap();
    let shown = [
        "Sheet1!A1 0:0,0 20",
        "Sheet1!A2 0:1,0 30",
        "Sheet1!A1000002 0:2,0 40",
        "Sheet1!A1000003 0:3,0 40",
        "Sheet1!A1000004 0:4,0 50",
        "Sheet1!A1000005 0:5,0 60",
        "Sheet1!A3000005 0:6,0 70",
    ];
    assert_eq!(blocks(&document), shown);
    // Nothing has to add up over what was left out.
    let gaps = &document.tables[0].gaps;
    assert_eq!((&gaps.rows[..], &gaps.columns[..]), (&[2, 6][..], &[1][..]));
    let told: Vec<_> = document
        .problems
        .iter()
        .map(|problem| (problem.place.as_ref().unwrap().to_string(), problem.unchecked))
        .collect();
    assert_eq!(told, [("Sheet1!A2".to_owned(), true)]);
}

#[test]
fn damage_is_told() {
    let cut = xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c>").len();
    let whole = xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>");
    assert!(
        read_workbook(Path::new("a.xlsx"), &whole[..cut / 2], 1 << 20).unwrap_err().to_string().contains("damaged")
    );
    let missing =
        package(&[("xl/workbook.xml", WORKBOOK.as_bytes()), ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes())]);
    let document = read(&missing);
    assert!(document.problems[0].message.english.contains("missing") && document.problems[0].unchecked);
    assert_eq!(document.problems[0].message.chinese, "工作表“Sheet1”无法读取：文件中缺少这部分内容");
    let sheet = b"<worksheet><sheetData><row><c><v>1</v></c>";
    let ends = package(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let message = &read(&ends).problems[0].message;
    assert!(message.english.contains("ends in the middle"));
    assert_eq!(message.chinese, "工作表的数据中途断开；请打开工作簿后另存");
}

#[test]
fn merged_cells_that_are_not_kept_are_told() {
    let told = |merges: &[Area]| {
        let mut sheet = Sheet::new("Data");
        (0..=200).for_each(|line| sheet.push((line, 0), "a", Look::default()));
        (1..=200).for_each(|line| sheet.push((0, line), "5", Look::default()));
        sheet.push((1, 1), "6", Look::default());
        merges.iter().for_each(|&area| sheet.merge(area));
        let mut writer = writer::Writer::default();
        writer.sheet(sheet, None);
        writer.problems.iter().map(|problem| problem.message.english.to_string()).collect::<Vec<_>>()
    };
    let area = |row: u32, down: u32| Area { first: (row, 1), last: (row + down, 1 + down) };
    let message = "merged cells are too many, or cover too many rows or columns; they were read as single cells";
    assert!(told(&[area(1, 20)]).is_empty());
    assert_eq!(told(&[area(1, 199)]), [message]);
    let many: Vec<_> = (0..=1 << 16).map(|at| area(1000 + 2 * at, 1)).collect();
    assert!(told(&many[1..]).is_empty());
    assert_eq!(told(&many), [message]);
}

/// Every span lies in the text, and every cell in its table.
fn check_shape(document: &Document) {
    for block in document.blocks.iter() {
        assert!(document.text().get(block.span.range()).is_some() && document.origin(block.span).place.is_some());
    }
    for table in &document.tables {
        for cell in table.cells.iter() {
            assert!(
                cell.row + cell.row_span <= table.rows && cell.column + cell.column_span <= table.columns,
                "{cell:?}"
            );
        }
    }
    crate::figure::lex(document);
}

/// A sheet's XML or a file with bytes changed.
fn changed(bytes: &[u8], changes: &[(proptest::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte, how) in changes {
        let at = at.index(bytes.len().max(1));
        match how {
            0 => drop(bytes.drain(at..(at + usize::from(*byte % 16)).min(bytes.len()))),
            1 => bytes.truncate(at),
            2 => bytes.splice(at..at, [*byte; 3]).for_each(drop),
            _ => bytes.get_mut(at).into_iter().for_each(|old| *old = *byte),
        }
    }
    bytes
}

proptest::proptest! {
    #[test]
    fn damaged_files_are_read_or_refused(
        kind in 0..3usize,
        changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0..=255u8, 1..9u8), 1..6),
    ) {
        let name = ["harbour.xlsx", "harbour.xls", "harbour.ods"][kind];
        if let Ok(document) = read_workbook(Path::new(name), &changed(&fixture(name), &changes), 1 << 20) {
            check_shape(&document);
        }
    }

    #[test]
    fn damaged_parts_are_read_or_refused(
        changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0..=255u8, 0..9u8), 1..6),
    ) {
        let sheet = rows(&[(1, &[('A', "Item"), ('B', "2024")]), (3, &[('A', "Total"), ('B', "12"), ('D', "x")]), (9, &[('A', "5")])]);
        let sheet = changed(format!("<worksheet>{sheet}<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>").as_bytes(), &changes);
        let styles = changed(STYLES.as_bytes(), &changes);
        let bytes = package(&[
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
            ("xl/styles.xml", &styles),
            ("xl/strings.xml", &changed(STRINGS.as_bytes(), &changes)),
            ("xl/worksheets/sheet1.xml", &sheet),
        ]);
        if let Ok(document) = read_workbook(Path::new("a.xlsx"), &bytes, 1 << 20) {
            check_shape(&document);
        }
    }

    #[test]
    fn any_cells_have_a_layout(
        cells in proptest::collection::vec((0..12u32, 0..8u32, proptest::sample::select(vec!["1", "2023", "a", "Note: b", "合计", "—", "5%"])), 0..40),
        merges in proptest::collection::vec((0..12u32, 0..8u32, 0..4u32, 0..4u32), 0..4),
        hidden in proptest::collection::vec(0..12u32, 0..3),
    ) {
        let sheet = || {
            let mut sheet = Sheet::new("Data");
            for (row, column, text) in &cells {
                sheet.push((*row, *column), text, Look::default());
            }
            for &(row, column, down, right) in &merges {
                sheet.merge(Area { first: (row, column), last: (row + down, column + right) });
            }
            hidden.iter().for_each(|&line| sheet.hidden_rows.push(line, line));
            hidden.iter().for_each(|&line| sheet.hidden_columns.push(line, line));
            sheet
        };
        let shown = sheet().filled().0.len();
        let mut writer = writer::Writer::default();
        writer.sheet(sheet(), None);
        let document = writer.finish(Path::new("a.xlsx"));
        check_shape(&document);
        // Every cell that is seen is in the document once.
        let heading = usize::from(shown > 0);
        proptest::prop_assert_eq!(document.blocks.len(), shown + heading);
    }
}
