//! What every reader keeps to, whatever the bytes.

use std::path::Path;

use encoding_rs::Encoding;
use proptest::prelude::*;

use super::*;
use crate::document::BlockKind;
use crate::span::Span;

fn read_as(format: Format, bytes: &[u8], encoding: Option<&str>) -> Result<Document> {
    let options = Options { encoding: encoding.map(str::to_string), format: Some(format), max_size: None };
    super::bytes(Path::new("report"), bytes.to_vec(), &options)
}

fn markdown(text: &str) -> Document {
    read_as(Format::Markdown, text.as_bytes(), None).unwrap()
}

fn blocks(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.slice(block.span)).collect()
}

const FORMATS: [Format; 5] = [Format::Text, Format::Markdown, Format::Csv, Format::Tsv, Format::Html];

/// Blocks and cells lie in order, inside the text, on characters, without white space around them.
fn check_shape(document: &Document) {
    let mut end = 0;
    for block in document.blocks.iter() {
        assert!(block.span.start >= end, "{block:?} overlaps");
        end = block.span.end;
        let text = document.slice(block.span);
        assert!(!text.is_empty() && text == text.trim(), "{text:?}");
        if let BlockKind::Cell { table, cell } = block.kind {
            assert_eq!(document.tables[table as usize].cells.at(cell as usize).span, block.span);
        }
    }
    for table in &document.tables {
        let cells = table.cells.iter().map(|cell| (cell.row, cell.column));
        assert!(cells.is_sorted() && table.cells.iter().all(|c| c.row < table.rows && c.column < table.columns));
        assert!(table.cells.iter().all(|cell| document.text().get(cell.span.range()).is_some()));
    }
}

/// Every digit of the text stands in the file where the maps say.
fn check_digits(document: &Document, file: &[u8], encoding: &'static Encoding) {
    for (at, c) in document.text().char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let place = document.origin(Span::new(at, at + 1)).file.unwrap();
        let bytes = &file[place.range()];
        let found = encoding.decode_without_bom_handling(bytes).0;
        assert!(found.chars().eq([c]) || found.starts_with('&'), "{c} at {at} maps to {found:?}");
    }
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned(),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), format in 0..5usize) {
        if let Ok(document) = read_as(FORMATS[format], &bytes, None) {
            check_shape(&document);
        }
    }

    #[test]
    fn any_text_keeps_its_places(
        text in r#"([0-9 \r\n\t,;"|*~_`<>&#:()\[\]\\!-]|(a     5\n)|( {3,9}12)|[一二中件。，：\u{3000}é😀a-z]|(<sup>)|(</?(table|tr|td|p|b)>)|(&amp;)|(\n\|-\|-\|\n)|(<!--)){0,60}"#,
        format in 0..5usize,
        label in prop::sample::select(vec!["utf-8", "gb18030", "utf-16le", "utf-16be"]),
    ) {
        let bytes = encoded(&text, label);
        let document = read_as(FORMATS[format], &bytes, Some(label)).unwrap();
        prop_assert_eq!(&document.source.text, &text);
        prop_assert!(document.problems.iter().all(|p| !p.message.english.contains("bytes")));
        check_shape(&document);
        check_digits(&document, &bytes, Encoding::for_label(label.as_bytes()).unwrap());
    }

    #[test]
    fn damaged_text_keeps_its_places(
        bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x30..0x3au8, 0x81..0xffu8], 0..80),
        label in prop::sample::select(vec!["utf-8", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "iso-2022-jp"]),
    ) {
        let document = read_as(Format::Text, &bytes, Some(label)).unwrap();
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        if label == "utf-8" {
            prop_assert_eq!(&document.source.text, &encoding.decode_without_bom_handling(&bytes).0);
        }
        if label != "iso-2022-jp" && !bytes.starts_with(b"\xef\xbb\xbf") {
            check_digits(&document, &bytes, encoding);
        }
    }

    #[test]
    fn fields_are_those_of_the_csv_crate(text in r#"([0-9a ,"]|\r\n|\n|一){0,40}"#) {
        let document = read_as(Format::Tsv, text.replace(',', "\t").as_bytes(), None).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b',').from_reader(text.as_bytes());
        let fields = reader.records().flat_map(|r| r.unwrap().iter().map(|f| f.replace(',', "\t").trim().to_string()).collect::<Vec<_>>());
        let expected: Vec<_> = fields.filter(|f| !f.is_empty()).collect();
        prop_assert_eq!(blocks(&document), expected);
    }
}

#[test]
fn encodings_are_found_and_their_places_exact() {
    let text = "二、工作情况\r\n全區共認領發佈事項17660項，其中調處成功528件，履行率為96.5%。\n";
    let simple = "二、工作情况\r\n全区共认领发布事项17660项，其中调处成功528件，履行率为96.5%。\n";
    for (text, label, mark, name) in [
        (simple, "utf-8", &b""[..], "UTF-8"),
        (simple, "utf-8", b"\xef\xbb\xbf", "UTF-8"),
        (simple, "gb18030", b"", "gb18030"),
        (text, "big5", b"", "Big5"),
        (simple, "utf-16le", b"", "UTF-16LE"),
        (simple, "utf-16be", b"", "UTF-16BE"),
        (simple, "utf-16le", b"\xff\xfe", "UTF-16LE"),
        (simple, "utf-16be", b"\xfe\xff", "UTF-16BE"),
    ] {
        let text = if label == "big5" { text.replace("况", "況") } else { text.to_string() };
        let bytes = [mark, &encoded(&text, label)].concat();
        let document = read_as(Format::Text, &bytes, None).unwrap();
        assert_eq!((&document.source.text, document.source.encoding), (&text, name));
        assert_eq!(document.language, Language::Chinese);
        check_digits(&document, &bytes, Encoding::for_label(label.as_bytes()).unwrap());
    }
}

#[test]
fn western_text_is_not_read_as_chinese() {
    let document =
        read_as(Format::Text, b"The company\x92s revenue rose \x96 by \xa35 million \x96 in 2020.", None).unwrap();
    assert_eq!(document.source.text, "The company’s revenue rose – by £5 million – in 2020.");
}

#[test]
fn a_bad_byte_does_not_spoil_a_file() {
    let mut bytes = "全区共认领发布事项17660项，其中区级事项1338项".as_bytes().to_vec();
    bytes.insert(27, 0xff);
    let document = read_as(Format::Text, &bytes, None).unwrap();
    assert_eq!(document.source.text, "全区共认领发布事项\u{fffd}17660项，其中区级事项1338项");
    check_digits(&document, &bytes, encoding_rs::UTF_8);
    let [problem] = &document.problems[..] else { panic!("{:?}", document.problems) };
    assert_eq!((problem.source_span, problem.unchecked), (Some(Span::new(27, 30)), false));
    assert_eq!(problem.message.in_language(Language::English), "bytes that are no UTF-8 text, read as \u{fffd}");
    assert_eq!(problem.message.in_language(Language::Chinese), "此处字节不是 UTF-8 文本，读作 \u{fffd}");
}

/// The start of a file of Office 97 with a stream of this name.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend(stream.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn what_is_no_text_is_refused_with_advice() {
    let refused = |name: &str, bytes: &[u8]| {
        super::bytes(Path::new(name), bytes.to_vec(), &Options::default()).unwrap_err().to_string()
    };
    assert!(refused("a.pdf", b"").contains("no PDF"));
    assert!(refused("a.txt", b"%PDF-1.7 ...").contains("PDF is damaged"));
    assert!(refused("a", b"PK\x03\x04").contains("damaged"));
    assert!(refused("a.xlsx", b"").contains("empty"));
    assert!(refused("a.xlsx", b"Sales were 12.").contains("is no .xlsx"));
    assert!(refused("a.xls", b"Sales were 12.").contains("is no .xls"));
    assert!(refused("a.xls", &compound("WordDocument")).contains("doc"));
    assert!(refused("a.xlsx", &compound("EncryptedPackage")).contains("encrypted"));
    assert!(refused("a.ppt", &compound("PowerPoint Document")).contains("ppt format"));
    assert!(refused("a.msg", &compound("__properties_version1.0")).contains("holds no report"));
    assert!(refused("a.txt", b"\x89PNG\0\0\0\x0d\0\x01\x02\x03\xff").contains("not text"));
    assert!(read_as(Format::Text, b"", Some("klingon")).unwrap_err().to_string().contains("klingon"));
}

#[test]
fn lines_are_paragraphs_unless_wrapped() {
    let wrapped = "Revenue rose to $5.2 million in the second quarter of the year, of which\n\
                   $3.1 million came from services and the remaining $2.1 million came from\n\
                   products.\n\nIt fell.";
    let document = read_as(Format::Text, wrapped.as_bytes(), None).unwrap();
    assert_eq!(blocks(&document).len(), 2);
    let lines = "受理3119件，答复3050件。\n（一）办结案件12件\r\n（二）办结案件15件\r受理5件，\n其中3件。";
    let document = read_as(Format::Text, lines.as_bytes(), None).unwrap();
    assert_eq!(blocks(&document).len(), 5);
    let columns = "Total revenue of the group and its companies in the year    1,234   5,678\n\
                   Total expenses of the group and its companies in the year   1,134   5,078\n";
    let document = read_as(Format::Text, columns.as_bytes(), None).unwrap();
    assert_eq!(blocks(&document).len(), 2);
}

#[test]
fn aligned_columns_are_tables() {
    let text = "Statement of cash (in millions)\n                              2024       2023\n\
        Revenue\n  Sales                   $    1,234   $  1,180\n  Services                      56         61\n\
        Cost of sales               (1,000)      (950)\nTotal                     $      290   $    291\nGrowth                           (1)%     3.5%\n\
        The table ends here and goes on as prose.\n";
    let document = read_as(Format::Text, text.as_bytes(), None).unwrap();
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns), (7, 3));
    let cell = |row, column| {
        let found = table.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
        found.map_or("", |cell| document.slice(cell.span))
    };
    assert_eq!([cell(0, 1), cell(0, 2), cell(1, 0), cell(2, 1)], ["2024", "2023", "Revenue", "$    1,234"]);
    assert_eq!([cell(4, 2), cell(6, 1), cell(6, 2), cell(2, 0)], ["(950)", "(1)%", "3.5%", "Sales"]);
    assert_eq!(table.cells.iter().find(|cell| cell.row == 2).unwrap().indent, 2);
    assert_eq!(document.slice(table.captions[0]), "Statement of cash (in millions)");
    assert_eq!(blocks(&document).last(), Some(&"The table ends here and goes on as prose."));
    let chinese = "项目              决算数      比重\n一、税收收入        1234      85.2%\n二、非税收入         214      14.8%\n合计               1448     100.0%\n";
    let document = read_as(Format::Text, chinese.as_bytes(), None).unwrap();
    assert_eq!((document.tables[0].rows, document.tables[0].columns), (4, 3));
}

#[test]
fn gaps_alone_make_no_table() {
    for text in [
        "We sold 5 pumps.  In 2023 it was 4.\nWe sold 7 valves.  Last year it was 6.\nAll in all 12.  That is more.\n",
        "1.  First item of 5\n2.  Second item of 6\n3.  Third item of 7\n",
        "a   5\nb   6\n",
        "Name     Town\nAnna     Rome\nBob      Oslo\n",
        "left column text      right column 5 text\nmore of the left      12 more of the right\nand its end here      the end of that\n",
        "x        5\ny     6\nz                7\n",
    ] {
        let document = read_as(Format::Text, text.as_bytes(), None).unwrap();
        assert!(document.tables.is_empty(), "{text}: {:?}", blocks(&document));
    }
}

#[test]
fn headings_are_told_from_sentences() {
    let text = "2020年度工作报告\n\n一、总体情况,主要指标\n(一)主动公开。全年公开12件。\n(二)依申请公开\n正文。\n\n说明\n\n共5件\n";
    let document = read_as(Format::Text, text.as_bytes(), None).unwrap();
    let levels: Vec<_> =
        document.blocks.iter().map(|b| if let BlockKind::Heading(l) = b.kind { l } else { 0 }).collect();
    assert_eq!(levels, [1, 2, 0, 3, 0, 6, 0]);
}

#[test]
fn a_report_may_stand_in_a_fence() {
    let report = "# Tolls\n\n| road | 2031 |\n| --- | --- |\n| A1 | 12 |\n\nThe toll is **8** a day.\n";
    let copied = format!("Here is the table as Markdown:\n\n```markdown\n{report}```\n");
    let document = markdown(&copied);
    check_shape(&document);
    assert_eq!(document.tables.len(), 1);
    assert!(blocks(&document).contains(&"The toll is 8 a day."), "{:?}", blocks(&document));
    assert!(document.blocks.iter().all(|block| block.kind != BlockKind::Code));
    // What only shows how Markdown is written is code.
    let prose = "A table is written with bars. ".repeat(8);
    let shown = markdown(&format!("{prose}\n\n```markdown\n{report}```\n"));
    assert_eq!((shown.tables.len(), blocks(&shown).len()), (0, 2));
    // So is what stands in a list, and what is called something else.
    for other in [format!("- ```markdown\n  {}```\n", report.replace('\n', "\n  ")), format!("```text\n{report}```\n")]
    {
        assert_eq!(markdown(&other).tables.len(), 0, "{other}");
    }
    // It is not read again within itself.
    let nested = markdown(&format!("````md\n```md\n{report}```\n````\n"));
    assert_eq!(nested.tables.len(), 0);
}

#[test]
fn markup_is_no_part_of_the_text() {
    let text =
        "a **17**660 &lt;5 \\* `x y`[^1] m<sup>2</sup> 5<sup>1</sup><br>3~5 2*3*4 ~~old~~ ![9](p.png)\n\n[^1]: note\n";
    assert_eq!(blocks(&markdown(text)), ["a 17660 <5 * x y m² 5 3~5 2*3*4 old", "note"]);
    let text = "---\nid: 5\n---\n> one\n> two\n\n- item\n  - nested\n\n```\ncode 5\n```\n\n    indented 5\n";
    let document = markdown(text);
    assert_eq!(blocks(&document), ["one\ntwo", "item", "nested", "code 5", "indented 5"]);
    assert_eq!(document.blocks.at(3).kind, BlockKind::Code);
    let text = "<p><b>共</b>5件&nbsp;其中</p><p>3件<br/>x</p><script>7</script>\n";
    assert_eq!(blocks(&markdown(text)), ["共5件\u{a0}其中", "3件 x"]);
}

#[test]
fn html_in_markdown_is_read_as_in_pages() {
    let text = "<div title=\"12 > 5 cases\">7 cases &ge; 3 &notin; 4</div>\n";
    let document = markdown(text);
    assert_eq!(blocks(&document), ["7 cases ≥ 3 ∉ 4"]);
    let shown = document.text();
    for (sign, origin) in [("7", "7"), ("≥", "&ge;"), ("3", "3"), ("∉", "&notin;"), ("4", "4")] {
        let at = shown.find(sign).unwrap();
        let span = document.source_span(Span::new(at, at + sign.len()));
        assert_eq!(&document.source.text[span.range()], origin);
    }
    let inline = "a <span title='x > 9'>5</span>&nbsp;件 <noscript>6</noscript><button>7</button><x<y> 8";
    assert_eq!(blocks(&markdown(&format!("<p>{inline}</p>\n"))), ["a 5\u{a0}件", "7", "8"]);
    // A tag that is never closed is none; a comment is left out to its end, and so is a declaration.
    assert_eq!(blocks(&markdown("<div 5 cases\n\n6\n")), ["<div 5 cases", "6"]);
    assert_eq!(blocks(&markdown("<?php 5 ?><p>6<!-- 7 --> 8</p>\n")), ["6 8"]);
}

#[test]
fn tables_have_cells_captions_and_headings() {
    let document = markdown(
        "## 收入\n\n全年收入100万元。\n\n表1 收入\n\n单位：万元\n\n| 项目 | a \\| b |\n|---|---|\n| 合计 | 12 |\n| x |\n| y | 1 | *2* \\| |\n| z | | 3 | 4\n",
    );
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns, table.cells.len()), (5, 4, 13));
    assert_eq!(document.slice(table.heading.unwrap()), "收入");
    assert_eq!(table.captions.iter().map(|&c| document.slice(c)).collect::<Vec<_>>(), ["表1 收入", "单位：万元"]);
    assert_eq!(document.slice(table.cells.at(1).span), "a | b");
    let cell = |at: usize| (table.cells.at(at).column, document.slice(table.cells.at(at).span));
    assert_eq!([8, 9, 10, 11, 12].map(cell), [(2, "2 |"), (0, "z"), (1, ""), (2, "3"), (3, "4")]);
    let [problem] = &document.problems[..] else { panic!("{:?}", document.problems) };
    assert!(!problem.unchecked);
    assert_eq!(document.source.text[problem.source_span.unwrap().range()].trim(), "| *2* \\| |");
    assert_eq!(problem.message.chinese, "此行及另外 1 行的单元格多于表头：多出的已读取，但显示 Markdown 时会略去");
}

#[test]
fn plain_cells_beyond_the_header_are_read_as_those_with_marks() {
    for row in ["|1|2||3|", "|1 ||| 5 ", "|1||", "| 1 | 2 |3|\t|", "|1|||"] {
        let cells = |row: &str| {
            let document = markdown(&format!("|a|\n|-|\n{row}\n"));
            let cells: Vec<_> = document.tables[0]
                .cells
                .iter()
                .map(|cell| (cell.column, document.slice(cell.span).to_owned()))
                .collect();
            cells
        };
        let marked = cells(&row.replace('3', "*3*").replace('5', "*5*").replace("|2", "|*2*"));
        assert_eq!(cells(row), marked, "{row}");
    }
}

#[test]
fn comments_are_kept_with_the_block_after_them() {
    let document =
        markdown("one\n\n<!-- figlint: off a, b: why -->\ntwo\n\n<!-- other -->\n<!-- figlint: off -->three\n");
    let comments: Vec<_> = document.comments.iter().map(|c| (c.text.as_str(), c.block)).collect();
    assert_eq!(comments, [("figlint: off a, b: why", 1), ("figlint: off", 2)]);
    assert_eq!(blocks(&document), ["one", "two", "three"]);
}

#[test]
fn fields_keep_quotes_out_and_titles_above() {
    let text = "收支表,,\n单位：万元,,\n项目;类,\"a \"\"b\"\" c\",d\n\"x\ny\",\"1,234\",\n";
    let document = read_as(Format::Csv, text.as_bytes(), None).unwrap();
    assert_eq!(blocks(&document), ["收支表", "单位：万元", "项目;类", "a \"b\" c", "d", "x\ny", "1,234"]);
    let table = &document.tables[0];
    assert_eq!((table.rows, table.columns, table.captions.len()), (2, 3, 2));
    check_digits(&document, text.as_bytes(), encoding_rs::UTF_8);
    let document = read_as(Format::Csv, b"a;b\n1,5;2,5\n", None).unwrap();
    assert_eq!(blocks(&document), ["a", "b", "1,5", "2,5"]);
}

#[test]
fn semicolons_part_numbers_with_decimal_commas() {
    for (text, comma, problem) in [
        ("Posten;2024;2023\nMiete;1.234,5;0,75\n", true, None),
        ("Poste;2024\nLoyer;1\u{202f}234,5 €\nTotal;1.234\n", true, None),
        ("1.1;Miete;1.234.567\n1.2;Strom;12\n", true, None),
        ("item;2024\nrent;1,234.5\ntotal;1,234\n", false, None),
        ("item;2024\nrent;12\ntotal;1234\n", false, None),
        ("item;date\nrent;31.12.2024\n", false, None),
        ("item;2024\nrent;1.234\n", false, Some(("1.234", false))),
        ("item;2024\nrent;1,5\npower;1.25\n", false, Some(("1,5", true))),
        ("item,2024\nrent,\"1,5\"\n", false, None),
    ] {
        let document = read_as(Format::Csv, text.as_bytes(), None).unwrap();
        assert_eq!(document.decimal_comma, comma, "{text}");
        let told = document.problems.first().map(|problem| {
            let span = problem.source_span.expect("it has a place");
            assert!(problem.message.chinese.contains("小数点"), "{problem:?}");
            (&document.source.text[span.range()], problem.unchecked)
        });
        assert_eq!(told, problem, "{text}");
    }
}
