//! .xlsb, .xls and .ods show what .xlsx shows.

use super::*;

#[test]
fn formats_show_the_same() {
    let of_xlsx = read(&fixture("harbour.xlsx"));
    assert_eq!(of_xlsx.tables.len(), 3);
    for name in ["harbour.xls", "harbour.ods"] {
        let other = read(&fixture(name));
        assert_eq!(blocks(&other), blocks(&of_xlsx), "{name}");
        let look = |document: &Document| {
            let cells = document.tables.iter().flat_map(|table| table.cells.iter());
            cells.map(|cell| (cell.bold, cell.indent > 0)).collect::<Vec<_>>()
        };
        assert_eq!(look(&other), look(&of_xlsx), "{name}");
        let told = |document: &Document| {
            document.problems.iter().map(|problem| problem.message.english.clone()).collect::<Vec<_>>()
        };
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
    assert!(document.tables[0].cells.at(1).bold && document.tables[0].cells.at(1).indent > 0);
    assert!(document.problems[0].message.english.contains("Sheet1!C2 (#REF!)"), "{:?}", document.problems);
    let cut = &sheet.concat()[..40];
    let bytes = package(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/styles.bin", b""),
        ("xl/strings.bin", b""),
        ("xl/worksheets/sheet1.bin", cut),
    ]);
    assert!(read(&bytes).problems[0].message.english.contains("ends in the middle"));
}
