//! Documents made here, part by part, and what is read of them.

use std::io::{Cursor, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

use super::super::{Options, bytes};
use crate::document::{BlockKind, Document, Message, Table};
use crate::figure::{self, Class};

const W: &str =
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:mc="mc" xmlns:m="m""#;

/// A document with this body, and other parts by their names.
fn pack(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let body = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    for (name, text) in [("word/document.xml", body.as_str())].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(body: &str, parts: &[(&str, &str)]) -> Document {
    bytes(Path::new("r.docx"), pack(body, parts), &Options::default()).unwrap()
}

/// Paragraphs of one run each.
fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect()
}

fn blocks(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.slice(block.span)).collect()
}

fn places(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|block| document.origin(block.span).place.unwrap()).collect()
}

/// The grid of a table: each cell's text, row, column and spans.
fn cells<'d>(document: &'d Document, table: &Table) -> Vec<(&'d str, [u32; 4])> {
    let of = |cell: crate::document::Cell| [cell.row, cell.column, cell.row_span, cell.column_span];
    table.cells.iter().map(|cell| (document.slice(cell.span), of(cell))).collect()
}

#[test]
fn runs_make_one_text() {
    let document = read(
        "<w:p><w:r><w:t>共17</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">660件 </w:t></w:r>\
         <w:r><w:tab/><w:t> A&amp;B &#x35;</w:t><w:br/><w:noBreakHyphen/><w:softHyphen/></w:r><w:r><w:t>8&#xad;9</w:t></w:r></w:p>",
        &[],
    );
    assert_eq!(blocks(&document), ["共17660件 \t A&B 5\n-89"]);
    assert_eq!(places(&document), ["paragraph 1"]);
}

#[test]
fn tracked_changes_are_accepted() {
    let document = read(
        "<w:p><w:r><w:t>受理</w:t></w:r><w:del><w:r><w:delText>5</w:delText><w:t>6</w:t></w:r></w:del>\
         <w:ins><w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>7</w:t></w:r></w:ins>\
         <w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo></w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc/><w:tc/></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        &[],
    );
    assert_eq!(blocks(&document), ["受理7件", "一二"]);
    assert_eq!(document.tables[0].rows, 1);
    assert!(document.remarks.is_empty());
}

#[test]
fn what_is_not_shown_is_not_read() {
    let document = read(
        "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>5</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>b</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText> =SUM(ABOVE) 7 </w:instrText><w:t>8</w:t><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/><w:t>c</w:t></w:r>\
         <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>\
         <w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>d</w:t></w:r></w:sdtContent></w:sdt>\
         <w:hyperlink><w:smartTag><w:r><w:t>e</w:t></w:r></w:smartTag></w:hyperlink></w:p>",
        &[],
    );
    assert_eq!(blocks(&document), ["ab12cde", "框"]);
    assert_eq!(places(&document), ["paragraph 1", "text box 1"]);
    assert_eq!(document.remarks, [Message::new("1 run of hidden text: left out", "1 处隐藏文字未读取")]);
}

#[test]
fn superscript_never_becomes_digits() {
    let raised =
        |text: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:r><w:t>5 km</w:t></w:r>{}<w:r><w:t>, 12</w:t></w:r>{}<w:r><w:t> cases, 5</w:t></w:r>{}\
        <w:r><w:t>, 10</w:t></w:r>{}<w:r><w:t>, 5</w:t></w:r>\
        <w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>1</w:t></w:r></w:p>",
        raised("2"),
        raised("[3]"),
        raised("th"),
        raised("-6"),
    );
    assert_eq!(blocks(&read(&body, &[])), ["5 km², 12 cases, 5th, 10⁻⁶, 5₁"]);
}

const STYLES: &str = r#"<w:styles>
    <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="x"><w:name w:val="Mine"/><w:basedOn w:val="y"/></w:style>
    <w:style w:type="paragraph" w:styleId="y"><w:name w:val="标题 2"/><w:basedOn w:val="x"/></w:style>
    <w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>
    <w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>
    <w:style w:type="character" w:styleId="h"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/><w:suff w:val="nothing"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:pStyle w:val="1"/><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1章"/><w:suff w:val="space"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    <w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>
</w:numbering>"#;

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn lists_show_their_numbers_which_are_no_quantities() {
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>";
    let none = "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>附则</w:t></w:r></w:p>";
    let body = [
        &item(1, 0, "5件，已办。"),
        &item(1, 1, "000件"),
        &item(1, 1, "乙"),
        &item(1, 0, "丙"),
        &item(1, 1, "丁"),
        &item(3, 0, "戊"),
        &item(4, 0, "己"),
        styled,
        styled,
        none,
    ];
    let document = read(&body.concat(), &[("word/numbering.xml", NUMBERING), ("word/styles.xml", STYLES)]);
    assert_eq!(
        blocks(&document),
        [
            "一、5件，已办。",
            "1.1\t000件",
            "1.2\t乙",
            "二、丙",
            "2.1\t丁",
            "五、戊",
            "己",
            "第1章 总则",
            "第2章 总则",
            "附则"
        ]
    );
    let (figures, _) = figure::lex(&document);
    let read: Vec<_> = figures.iter().map(|figure| (document.slice(figure.span), figure.class)).collect();
    assert_eq!(
        read,
        [
            ("一", Class::Ordinal),
            ("5件", Class::Quantity),
            ("1.1", Class::Ordinal),
            ("000", read[3].1),
            ("1.2", Class::Ordinal),
            ("二", Class::Ordinal),
            ("2.1", Class::Ordinal),
            ("五", Class::Ordinal),
            ("1章", Class::Ordinal),
            ("2章", Class::Ordinal),
        ]
    );
}

#[test]
fn headings_come_from_styles_and_marks() {
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let outlined = "<w:p><w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr><w:r><w:t>细目</w:t></w:r></w:p>";
    let body = [
        styled("1", "总则"),
        styled("x", "收入"),
        outlined.to_owned(),
        paragraphs(&["一、总体情况", "（一）受理5件。", "其他"]),
        styled("t", "总则<w:tab/>"),
        "<w:p><w:pPr><w:pStyle w:val=\"t\"/></w:pPr><w:r><w:t>支出</w:t><w:tab/><w:t>17</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:rStyle w:val=\"h\"/></w:rPr><w:t>密</w:t></w:r></w:p>".to_owned(),
    ];
    let document = read(&body.concat(), &[("word/styles.xml", STYLES)]);
    let levels: Vec<_> =
        document.blocks.iter().map(|b| if let BlockKind::Heading(l) = b.kind { l } else { 0 }).collect();
    assert_eq!(levels, [1, 2, 4, 2, 0, 0, 0, 0]);
    assert_eq!(places(&document)[4], "paragraph 5 (一、总体情况)");
    let (figures, _) = figure::lex(&document);
    assert_eq!(
        figures.iter().last().map(|figure| figure.class),
        Some(Class::Ordinal),
        "the page in a table of contents"
    );
}

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

#[test]
fn tables_have_a_grid() {
    let text = |text: &str| paragraphs(&[text]);
    let bold = "<w:p><w:pPr><w:ind w:left=\"420\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>合计</w:t></w:r></w:p>";
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &text("内")), cell("", &text("7")));
    let rows = [
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr>",
            cell("<w:vMerge w:val=\"restart\"/>", &text("项目")),
            cell("<w:gridSpan w:val=\"2\"/>", &text("金额"))
        ),
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}{}</w:tr>",
            cell("<w:vMerge/>", "<w:p/>"),
            cell("", &text("2023年")),
            cell("", &text("2024年"))
        ),
        format!("<w:tr>{}{}{}</w:tr>", cell("", bold), cell("", &paragraphs(&["1", "", "2"])), cell("", &inner)),
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("", &text("9"))),
    ];
    let body = format!("{}<w:tbl>{}</w:tbl>{}", paragraphs(&["表1 收支", "单位：万元"]), rows.concat(), text("后"));
    let document = read(&body, &[]);
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns, table.declared_header_rows), (4, 3, 2));
    assert_eq!(
        cells(&document, table),
        [
            ("项目", [0, 0, 2, 1]),
            ("金额", [0, 1, 1, 2]),
            ("2023年", [1, 1, 1, 1]),
            ("2024年", [1, 2, 1, 1]),
            ("合计", [2, 0, 1, 1]),
            ("1\n2", [2, 1, 1, 1]),
            ("", [2, 2, 1, 1]),
            ("9", [3, 1, 1, 1]),
        ]
    );
    assert_eq!((table.cells.at(4).indent, table.cells.at(4).bold), (2, true));
    assert_eq!((table.cells.at(0).indent, table.cells.at(0).bold), (0, false));
    assert_eq!(table.captions.iter().map(|&c| document.slice(c)).collect::<Vec<_>>(), ["表1 收支", "单位：万元"]);
    assert_eq!(cells(&document, &document.tables[1]), [("内", [0, 0, 1, 1]), ("7", [0, 1, 1, 1])]);
    let places = places(&document);
    assert_eq!(places[5], "table 1, row 2, column 3");
    assert_eq!(places[9], "table 2, row 1, column 1");
    assert_eq!(places[11], "paragraph 3");
}

#[test]
fn a_table_of_one_cell_is_a_frame_and_captions_may_stand_below() {
    let frame = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &paragraphs(&["甲5件。", "乙6件。"])));
    let table = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &paragraphs(&["5"])), cell("", "<w:p/>"));
    let caption = "<w:p><w:pPr><w:pStyle w:val=\"c\"/></w:pPr><w:r><w:t>Table </w:t></w:r><w:fldSimple w:instr=\" SEQ Table \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> 5 cases.</w:t></w:r></w:p>";
    let document = read(&[&frame, &table, caption].concat(), &[("word/styles.xml", STYLES)]);
    assert_eq!(blocks(&document), ["甲5件。", "乙6件。", "5", "Table 1 5 cases."]);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(document.tables[0].captions.len(), 1);
    let (figures, _) = figure::lex(&document);
    let classes: Vec<_> = figures.iter().map(|figure| figure.class).collect();
    assert_eq!(classes[3..], [Class::Ordinal, Class::Quantity]);
}

#[test]
fn notes_and_margins_follow_the_body() {
    let body = "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:t>乙</w:t><w:footnoteReference w:id=\"3\"/><w:endnoteReference w:id=\"1\"/></w:r></w:p>\
        <w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/><w:headerReference w:type=\"first\" r:id=\"h1\"/><w:footerReference w:type=\"default\" r:id=\"f\"/></w:sectPr>";
    let note = |id: u32, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", paragraphs(&[text]));
    let footnotes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote>{}{}{}</w:footnotes>",
        paragraphs(&["-"]),
        note(3, "三"),
        note(7, "七"),
        note(9, "九")
    );
    let page = "<w:ftr><w:p><w:r><w:t>第</w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>5</w:t><w:fldChar w:fldCharType=\"end\"/><w:t>页</w:t></w:r></w:p></w:ftr>";
    let rels = r#"<Relationships><Relationship Id="h" Type="x/header" Target="header1.xml"/><Relationship Id="h1" Type="x/header" Target="header2.xml"/><Relationship Id="f" Type="x/footer" Target="/word/footer1.xml"/></Relationships>"#;
    let document = read(
        body,
        &[
            ("word/footnotes.xml", &footnotes),
            (
                "word/endnotes.xml",
                &format!("<w:endnotes><w:endnote w:id=\"1\">{}</w:endnote></w:endnotes>", paragraphs(&["尾"])),
            ),
            ("word/header1.xml", &format!("<w:hdr>{}</w:hdr>", paragraphs(&["眉"]))),
            ("word/header2.xml", &format!("<w:hdr>{}</w:hdr>", paragraphs(&["首"]))),
            ("word/footer1.xml", page),
            ("word/_rels/document.xml.rels", rels),
        ],
    );
    assert_eq!(blocks(&document), ["甲乙", "七", "三", "尾", "眉", "第5页"]);
    assert_eq!(places(&document), ["paragraph 1", "footnote 1", "footnote 2", "endnote 1", "header 1", "footer 1"]);
    let (figures, _) = figure::lex(&document);
    assert!(figures.iter().all(|figure| figure.class != Class::Quantity));
}

#[test]
fn symbols_and_mathematics_are_text() {
    let document = read(
        "<w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B1\"/><w:t>5</w:t><w:sym w:font=\"Wingdings\" w:char=\"F08C\"/></w:r>\
         <m:oMath><m:f><m:num><m:r><m:t>510</m:t></m:r></m:num><m:den><m:r><m:t>528</m:t></m:r></m:den></m:f></m:oMath></w:p>",
        &[],
    );
    assert_eq!(blocks(&document), ["±5①510/528"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let document = read("<w:altChunk r:id=\"a\"/><w:p><w:r><w:t>a&evil;b</w:t></w:r></w:p>", &[]);
    assert_eq!(blocks(&document), ["a\u{fffd}b"]);
    let told: Vec<_> = document.problems.iter().map(|problem| problem.message.english.as_ref()).collect();
    assert!(told[0].contains("altChunk") && told[1].contains("entities"), "{told:?}");
    assert_eq!(document.problems[1].message.chinese, "1 处 XML 实体引用未展开");
    let whole = pack(&paragraphs(&["共5件"; 100]), &[]);
    let limit = Options { max_size: Some(3000), ..Options::default() };
    let document = bytes(Path::new("r.docx"), whole.clone(), &limit).unwrap();
    assert!(
        document.problems.iter().any(|problem| problem.unchecked && problem.message.english.contains("--max-size"))
    );
    assert!(
        document.problems.iter().any(|problem| problem.message.chinese.contains("MB 的上限；可用 --max-size 提高上限"))
    );
    assert!(!document.blocks.is_empty());
    let refused =
        |bytes_: &[u8]| bytes(Path::new("r.docx"), bytes_.to_vec(), &Options::default()).unwrap_err().to_string();
    assert!(refused(&whole[..whole.len() / 2]).contains("cut off"));
    assert!(refused(b"no zip").contains("damaged"));
    let no_zip = bytes(Path::new("r.docx"), b"no zip".to_vec(), &Options::default()).unwrap_err();
    assert_eq!(no_zip.reason().chinese, "不是 .docx 文件：已损坏，或扩展名有误");
    assert_eq!(no_zip.told().chinese, "r.docx: 不是 .docx 文件：已损坏，或扩展名有误");
    let compound = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &wide].concat()
    };
    assert!(refused(&compound("EncryptedPackage")).contains("encrypted"));
    assert!(refused(&compound("WordDocument")).contains("soffice"));
}

#[test]
fn wide_and_deep_tables_are_bounded() {
    let wide = cell("<w:gridSpan w:val=\"1000000\"/>", "<w:p/>");
    let rows = format!("<w:tr>{wide}{wide}</w:tr>").repeat(200);
    let document = read(&format!("<w:tbl>{rows}</w:tbl>"), &[]);
    let places: u64 = document.tables[0].cells.iter().map(|cell| u64::from(cell.column_span)).sum();
    assert!(places < 80_000, "{places}");
    let [told] = &document.problems[..] else { panic!("{:?}", document.problems) };
    assert!(told.message.english.contains("too many columns"), "{told:?}");
    let deep = "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>".repeat(10_000) + &paragraphs(&["底"]);
    let document = read(&deep, &[]);
    assert!(document.text().contains('底'));
    assert!(document.problems.iter().any(|problem| problem.message.english.contains("nested")));
    for field in ["<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>", "<w:fldSimple w:instr=\"PAGE\">"] {
        let document = read(&format!("<w:p>{}<w:r><w:t>底", field.repeat(65)), &[]);
        assert!(document.problems.iter().any(|problem| problem.message.english.contains("fields nested")), "{field}");
    }
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(10_000) + "<w:p><w:r><w:t>底";
    assert!(read(&boxes, &[]).text().contains('底'));
}
