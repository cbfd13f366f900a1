use std::path::Path;

use super::format::{NumberFormat, general};
use super::sheet::{Area, Look, Sheet};
use super::xlsx::decimal;
use crate::document::{Block, BlockKind, Document, Gaps, Table};

fn shown(code: &str, value: &str) -> String {
    NumberFormat::new(code).number(decimal(value).unwrap(), false)
}

#[test]
fn numbers_are_shown_by_their_formats() {
    const ACCOUNTING: &str = r#"_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"??_);_(@_)"#;
    for (code, value, expected) in [
        ("General", "1234.5", "1234.5"),
        ("0", "1234.5", "1235"),
        ("0", "-0.4", "0"),
        ("0.00", "1.005", "1.01"),
        ("0.00", "-1.005", "-1.01"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "12", "12"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("#,##0_);(#,##0)", "-1234.5", "(1,235)"),
        ("#,##0_);[Red]\\(#,##0\\)", "1234", "1,234"),
        (ACCOUNTING, "2250000", "$2,250,000"),
        (ACCOUNTING, "-5", "$(5)"),
        (ACCOUNTING, "0", "$-"),
        ("0%", "0.1234", "12%"),
        ("0.0%", "0.12345", "12.3%"),
        ("#,##0,", "1234567", "1,235"),
        ("#,##0.0,,\" m\"", "1234567890", "1,234.6 m"),
        ("0.0,\"k\"", "1234", "1.2k"),
        ("0\"万元\"", "35", "35万元"),
        ("\"约\"0", "35", "约35"),
        ("¥#,##0.00", "1234.5", "¥1,234.50"),
        ("[$€-407] #,##0.00", "1234.5", "€ 1,234.50"),
        ("#,##0.00 [$€-1]", "1234.5", "1,234.50 €"),
        ("#", "0", ""),
        ("#.##", "0.5", ".5"),
        ("0.##", "3", "3"),
        ("0.0?", "1.5", "1.5"),
        ("000000", "42", "000042"),
        ("0,000", "5", "0,005"),
        ("000-0000", "1234567", "123-4567"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.00E+00", "0.00012345", "1.23E-04"),
        ("@", "12.5", "12.5"),
        (";;;", "12", ""),
        ("0;-0;\"nil\"", "0", "nil"),
        ("[>=1000000]0.0,,\"M\";0", "2500000", "2.5M"),
        ("[>=1000000]0.0,,\"M\";0", "25", "25"),
        ("[<0]\"(\"0\")\";0", "-7", "(7)"),
        ("# ?/?", "0.5", "0.5"),
        ("0.00\\ %", "0.5", "50.00 %"),
        ("", "7", "7"),
    ] {
        assert_eq!(shown(code, value), expected, "{code} of {value}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_shown_as_written_is_shown_so(text in "-?[0-9]{0,11}(\\.[0-9]{0,11})?") {
        let general = NumberFormat::new("General");
        if general.shows_as_written(&text) {
            proptest::prop_assert_eq!(general.number(decimal(&text).unwrap(), false), text);
        }
    }
}

#[test]
fn general_shows_eleven_characters() {
    for (value, expected) in [
        ("33.333333333333336", "33.33333333"),
        ("0.1", "0.1"),
        ("1234567.891234", "1234567.891"),
        ("123456789012", "123456789012"),
        ("0.00001234567", "0.0000123457"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("100.0", "100"),
        ("28.000000000000004", "28"),
    ] {
        assert_eq!(general(decimal(value).unwrap()), expected);
    }
}

#[test]
fn days_are_dates() {
    for (code, value, expected) in [
        ("yyyy-mm-dd", "45292", "2024-01-01"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("d mmm yy", "45351", "29 Feb 24"),
        ("mmmm yyyy", "45351", "February 2024"),
        ("yyyy\"年\"m\"月\"d\"日\"", "45292.25", "2024年1月1日"),
        ("[$-804]yyyy\"年\"m\"月\";@", "45292", "2024年1月"),
        ("h:mm:ss", "0.75", "18:00:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("hh:mm", "0.0208333333333333", "00:30"),
        ("[h]:mm", "1.5", "36:00"),
        ("aaaa", "45292", "星期一"),
        ("dddd", "45292", "Monday"),
        ("m/d/yyyy h:mm", "45292.5", "1/1/2024 12:00"),
        ("yyyy-mm-dd", "-5", "-5"),
        ("yyyy-mm-dd", "99999999", "99999999"),
    ] {
        assert_eq!(shown(code, value), expected, "{code} of {value}");
    }
    assert_eq!(NumberFormat::new("yyyy-mm-dd").number(decimal("0").unwrap(), true), "1904-01-01");
}

#[test]
fn text_is_shown_by_the_section_for_text() {
    for (code, expected) in
        [("General", "a"), ("@", "a"), ("0;-0;0;\"(\"@\")\"", "(a)"), (";;;", ""), ("_(* 0_);_(@_)", " a ")]
    {
        assert_eq!(NumberFormat::new(code).text("a"), expected, "{code}");
    }
}

#[test]
fn a_point_behind_an_exponent_is_no_decimal_point() {
    for code in ["e+_G?.", "0E+0.0", "E+0.", ".E+0."] {
        NumberFormat::new(code).number(rust_decimal::Decimal::ONE, false);
    }
}

proptest::proptest! {
    #[test]
    fn any_format_shows_any_number(code in "[0#?.,%;@_*\\\\\"ymdhsEe+/$<>=\\[\\]GAa 月¥-]{0,20}", value in proptest::num::i64::ANY, scale in 0..20u32) {
        let value = rust_decimal::Decimal::new(value, scale);
        let format = NumberFormat::new(&code);
        format.number(value, false);
        format.text("text");
    }

    #[test]
    fn decimals_are_rounded_to_the_places_shown(value in -1_000_000_000i64..1_000_000_000, scale in 0..8u32, places in 0..5usize) {
        let value = rust_decimal::Decimal::new(value, scale);
        let code = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
        let shown: rust_decimal::Decimal = NumberFormat::new(&code).number(value, false).replace(',', "").parse().unwrap();
        let half = rust_decimal::Decimal::new(5, places as u32 + 1);
        proptest::prop_assert!((shown - value).abs() <= half, "{} {}", shown, value);
    }
}

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
    super::read(Path::new("a.xlsx"), bytes, 1 << 20).unwrap()
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
    let block = |block: &Block| {
        let text = document.slice(block.span);
        let place = document.origin(block.span).place.unwrap();
        match block.kind {
            BlockKind::Cell { table, cell } => {
                let cell = document.tables[table as usize].cells[cell as usize];
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

#[test]
fn cells_of_all_kinds() {
    let document = read(&xlsx(
        r#"<cols><col min="5" max="5" hidden="1"/></cols><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.12345</v></c><c r="C1" s="2"><v>1234567</v></c>
        <c r="D1" t="b"><v>1</v></c><c r="E1"><v>77</v></c></row>
        <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="2"/><c r="C2"><f>1/0</f></c><c r="D2" t="e"><f>A1</f><v>#REF!</v></c></row>
        <row r="3" hidden="1"><c r="A3"><v>3</v></c></row>
        <row><c t="str"><f>A1</f><v>a&lt;b</v></c><c><v>0.30000000000000004</v></c><c t="s"><v>99</v></c></row>
        </sheetData><mergeCells><mergeCell ref="C2:C4"/></mergeCells>"#,
    ));
    assert_eq!(
        blocks(&document),
        [
            "Sheet1!A1 0:0,0 Total & rest",
            "Sheet1!B1 0:0,1 12.35%",
            "Sheet1!C1 0:0,2 1,234.6 k",
            "Sheet1!D1 0:0,3 TRUE",
            "Sheet1!A2 0:1,0 Rich",
            "Sheet1!A4 0:2,0 a<b",
            "Sheet1!B4 0:2,1 0.3",
        ]
    );
    let cell = document.tables[0].cells[1];
    assert_eq!((cell.bold, cell.indent), (true, 4));
    assert_eq!(document.tables[0].gaps, Gaps { rows: vec![2], columns: vec![4] });
    let told: Vec<_> = document.problems.iter().map(|p| (p.place.as_ref().unwrap().to_string(), p.unchecked)).collect();
    assert_eq!(told, [("Sheet1!C2".to_owned(), true), ("Sheet1!D2".to_owned(), false)]);
    assert_eq!(
        document.remarks,
        ["sheet Sheet1: 2 cells in hidden rows or columns left out", "sheet Old left out: it is hidden"]
    );
}

#[test]
fn entities_are_not_expanded_and_join_nothing() {
    let document = read(&xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>5&x;6</t></is></c><c r="B1" t="str"><v>7&x;8</v></c></row></sheetData>"#,
    ));
    assert_eq!(blocks(&document), ["Sheet1!A1 0:0,0 5\u{fffd}6", "Sheet1!B1 0:0,1 7\u{fffd}8"]);
}

#[test]
fn a_table_goes_on_over_blank_rows() {
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "Outlays")]),
        (2, &[('A', "(in thousands)")]),
        (4, &[('A', "Item"), ('B', "2023"), ('C', "2024")]),
        (5, &[('A', "Roads"), ('B', "5"), ('C', "6")]),
        (7, &[('A', "Schools")]),
        (8, &[('A', "Meals"), ('B', "7"), ('C', "8")]),
        (10, &[('A', "Total"), ('B', "12"), ('C', "14")]),
        (11, &[('A', "Source: own accounts")]),
        (13, &[('A', "Staff"), ('B', "Full"), ('C', "Part")]),
        (14, &[('A', "Roads"), ('B', "3"), ('C', "1")]),
    ])));
    assert_eq!(
        blocks(&document),
        [
            "Sheet1!A1 Outlays",
            "Sheet1!A2 (in thousands)",
            "Sheet1!A4 0:0,0 Item",
            "Sheet1!B4 0:0,1 2023",
            "Sheet1!C4 0:0,2 2024",
            "Sheet1!A5 0:1,0 Roads",
            "Sheet1!B5 0:1,1 5",
            "Sheet1!C5 0:1,2 6",
            "Sheet1!A7 0:2,0 Schools",
            "Sheet1!A8 0:3,0 Meals",
            "Sheet1!B8 0:3,1 7",
            "Sheet1!C8 0:3,2 8",
            "Sheet1!A10 0:4,0 Total",
            "Sheet1!B10 0:4,1 12",
            "Sheet1!C10 0:4,2 14",
            "Sheet1!A11 Source: own accounts",
            "Sheet1!A13 1:0,0 Staff",
            "Sheet1!B13 1:0,1 Full",
            "Sheet1!C13 1:0,2 Part",
            "Sheet1!A14 1:1,0 Roads",
            "Sheet1!B14 1:1,1 3",
            "Sheet1!C14 1:1,2 1",
        ]
    );
    let captions =
        |table: usize| document.tables[table].captions.iter().map(|&span| document.slice(span)).collect::<Vec<_>>();
    assert_eq!((captions(0), captions(1)), (vec!["Outlays", "(in thousands)"], vec![]));
}

#[test]
fn tables_side_by_side_share_their_titles() {
    let document = read(&xlsx(&rows(&[
        (1, &[('A', "Budget")]),
        (2, &[('A', "Revenue"), ('B', "Amount"), ('D', "Outlay"), ('E', "Amount")]),
        (3, &[('A', "Tax"), ('B', "5"), ('D', "Roads"), ('E', "6")]),
        (4, &[('A', "Fees"), ('B', "3"), ('D', "Parks"), ('E', "2")]),
        (5, &[('D', "Total"), ('E', "8")]),
    ])));
    let shape = |table: &Table| (table.rows, table.columns, table.captions.len());
    assert_eq!(document.tables.iter().map(shape).collect::<Vec<_>>(), [(3, 2, 1), (4, 2, 1)]);
    // A blank column between the figures of one table does not part it.
    let document = read(&xlsx(&rows(&[
        (2, &[('A', "Revenue"), ('B', "2023"), ('D', "2024")]),
        (3, &[('A', "Tax"), ('B', "5"), ('D', "6")]),
        (4, &[('A', "Fees"), ('B', "3"), ('D', "2")]),
    ])));
    assert_eq!(document.tables.iter().map(shape).collect::<Vec<_>>(), [(3, 3, 0)]);
}

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
    assert!(document.problems[0].message.contains("limit of 1 MB") && document.problems[0].unchecked);
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
    let error = super::read(Path::new("a.xlsx"), &bomb, 1 << 20).unwrap_err().to_string();
    assert!(error.contains("limit of 1 MB"), "{error}");
    // A cell that is repeated.
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="a"><table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:document-content>"#;
    let error = super::read(Path::new("a.ods"), &package(&[("content.xml", content.as_bytes())]), 1 << 20).unwrap_err();
    assert!(error.to_string().contains("limit of 1 MB"), "{error}");
}

#[test]
fn damage_is_told() {
    let cut = xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c>").len();
    let whole = xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>");
    assert!(super::read(Path::new("a.xlsx"), &whole[..cut / 2], 1 << 20).unwrap_err().to_string().contains("damaged"));
    let missing =
        package(&[("xl/workbook.xml", WORKBOOK.as_bytes()), ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes())]);
    let document = read(&missing);
    assert!(document.problems[0].message.contains("missing") && document.problems[0].unchecked);
    let sheet = b"<worksheet><sheetData><row><c><v>1</v></c>";
    let ends = package(&[
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    assert!(read(&ends).problems[0].message.contains("ends in the middle"));
}

/// A file of fixtures/workbook.
fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/workbook").join(name)).unwrap()
}

#[test]
fn formats_show_the_same() {
    let of_xlsx = read(&fixture("harbour.xlsx"));
    assert_eq!(of_xlsx.tables.len(), 3);
    for name in ["harbour.xls", "harbour.ods"] {
        let other = read(&fixture(name));
        assert_eq!(blocks(&other), blocks(&of_xlsx), "{name}");
        let look = |document: &Document| {
            let cells = document.tables.iter().flat_map(|table| &table.cells);
            cells.map(|cell| (cell.bold, cell.indent > 0)).collect::<Vec<_>>()
        };
        assert_eq!(look(&other), look(&of_xlsx), "{name}");
        let told =
            |document: &Document| document.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>();
        assert_eq!(told(&other), told(&of_xlsx), "{name}");
        assert_eq!(other.remarks, of_xlsx.remarks, "{name}");
    }
}

/// A record of an .xlsb.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut record = if kind < 128 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
    record.extend([data.len() as u8 | 0x80, (data.len() >> 7) as u8]);
    record.extend(data);
    record
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    (units.len() as u32).to_le_bytes().into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn binary_workbooks_are_read() {
    let u32s = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let sheet = |state: u32, name: &str| record(156, &[u32s(&[state, 1]), wide("rId1"), wide(name)].concat());
    let workbook = [sheet(0, "Sheet1"), sheet(1, "Old")].concat();
    let style = |format: u16, font: u16, indent: u8| {
        let mut data = [0u16, format, font, 0, 0].iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        data.extend([0, indent, 0, 0, 0, 0]);
        record(47, &data)
    };
    let format = record(44, &[&170u16.to_le_bytes()[..], &wide("0.0\" t\"")].concat());
    let fonts = [record(43, &[0, 0, 0, 0, 0x90, 1]), record(43, &[0, 0, 0, 0, 0xbc, 2])].concat();
    let of_cells = [record(617, &[]), style(0, 0, 0), style(10, 1, 1), style(170, 0, 0), record(618, &[])].concat();
    let styles = [format, fonts, style(9, 0, 0), of_cells].concat();
    let row = |row: u32, hidden: bool| record(0, &[u32s(&[row, 0]), vec![0, 0, 0, u8::from(hidden) << 4, 0]].concat());
    let cell =
        |kind: u16, column: u32, style: u32, value: &[u8]| record(kind, &[&u32s(&[column, style])[..], value].concat());
    let sheet = [
        row(0, false),
        cell(7, 0, 0, &0u32.to_le_bytes()),
        cell(5, 1, 1, &0.125f64.to_le_bytes()),
        cell(2, 2, 2, &(1234u32 << 2 | 3).to_le_bytes()),
        row(1, false),
        cell(6, 0, 0, &wide("Rest")),
        cell(9, 1, 0, &2.5f64.to_le_bytes()),
        cell(3, 2, 0, &[0x17]),
        row(2, true),
        cell(5, 1, 0, &9f64.to_le_bytes()),
        record(130, &[]),
    ];
    let relations = RELATIONS.replace("worksheets/sheet1.xml", "worksheets/sheet1.bin").replace(".xml", ".bin");
    let strings = record(19, &[vec![0], wide("Total")].concat());
    let bytes = package(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/strings.bin", &strings),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
    ]);
    let document = read(&bytes);
    assert_eq!(
        blocks(&document),
        [
            "Sheet1!A1 0:0,0 Total",
            "Sheet1!B1 0:0,1 12.50%",
            "Sheet1!C1 0:0,2 12.3 t",
            "Sheet1!A2 0:1,0 Rest",
            "Sheet1!B2 0:1,1 2.5",
        ]
    );
    assert!(document.tables[0].cells[1].bold && document.tables[0].cells[1].indent > 0);
    assert!(document.problems[0].message.contains("Sheet1!C2 (#REF!)"), "{:?}", document.problems);
    let cut = &sheet.concat()[..40];
    let bytes = package(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", b""),
        ("xl/strings.bin", b""),
        ("xl/worksheets/sheet1.bin", cut),
    ]);
    assert!(read(&bytes).problems[0].message.contains("ends in the middle"));
}

/// Every span lies in the text, and every cell in its table.
fn check_shape(document: &Document) {
    for block in &document.blocks {
        assert!(document.text().get(block.span.range()).is_some() && document.origin(block.span).place.is_some());
    }
    for table in &document.tables {
        for cell in &table.cells {
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
        if let Ok(document) = super::read(Path::new(name), &changed(&fixture(name), &changes), 1 << 20) {
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
        if let Ok(document) = super::read(Path::new("a.xlsx"), &bytes, 1 << 20) {
            check_shape(&document);
        }
    }

    #[test]
    fn any_cells_have_a_layout(
        cells in proptest::collection::vec((0..12u32, 0..8u32, proptest::sample::select(vec!["1", "2023", "a", "Note: b", "合计", "—", "5%"])), 0..40),
        merges in proptest::collection::vec((0..12u32, 0..8u32, 0..4u32, 0..4u32), 0..4),
        hidden in proptest::collection::vec(0..12u32, 0..3),
    ) {
        let mut sheet = Sheet::new("Data");
        for (row, column, text) in &cells {
            sheet.push((*row, *column), text, Look::default());
        }
        for (row, column, down, right) in merges {
            sheet.merge(Area { first: (row, column), last: (row + down, column + right) });
        }
        hidden.iter().for_each(|&line| sheet.hidden_rows.push(line, line));
        hidden.iter().for_each(|&line| sheet.hidden_columns.push(line, line));
        let shown = sheet.filled().0.len();
        let mut writer = super::writer::Writer::default();
        writer.sheet(sheet, None);
        let document = writer.finish(Path::new("a.xlsx"));
        check_shape(&document);
        // Every cell that is seen is in the document once.
        let heading = usize::from(shown > 0);
        proptest::prop_assert_eq!(document.blocks.len(), shown + heading);
    }
}
