//! Pages as people have them, and as nobody should.

use std::path::Path;

use proptest::prelude::*;

use crate::document::{BlockKind, Document, Format, Table};
use crate::read::{self, Options};

fn read_bytes(bytes: &[u8]) -> Document {
    let options = Options { format: Some(Format::Html), ..Options::default() };
    read::bytes(Path::new("page.html"), bytes.to_vec(), &options).unwrap()
}

fn page(text: &str) -> Document {
    read_bytes(text.as_bytes())
}

fn blocks(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.slice(block.span)).collect()
}

/// The cells of a table by rows, with their places where columns or rows are skipped or covered.
fn rows(document: &Document, table: &Table) -> Vec<String> {
    let mut rows = vec![Vec::new(); table.rows as usize];
    for cell in table.cells.iter() {
        let spans = [(cell.column_span, '>'), (cell.row_span, 'v')];
        let spans: String = spans.iter().filter(|(n, _)| *n > 1).map(|(n, c)| format!("{c}{n}")).collect();
        rows[cell.row as usize].push(format!("{}:{}{spans}", cell.column, document.slice(cell.span)));
    }
    rows.iter().map(|row| row.join(" | ")).collect()
}

/// Where a text of the document stands in the file.
fn place<'b>(document: &Document, file: &'b str, text: &str) -> &'b str {
    let at = document.text().find(text).unwrap();
    let span = crate::span::Span::new(at, at + text.len());
    &file[document.origin(span).file.unwrap().range()]
}

#[test]
fn blocks_come_in_reading_order_without_markup() {
    let text = "<!DOCTYPE html><html><head><title>Report 2024</title><style>p{margin:1px}</style>\
        <meta name=x content=\"5\"></head><body><h2>Cash &amp; more</h2>\n<p>It rose <b>by\n  3.5</b>%,<br>to &#36;1&#44;234&nbsp;m.\
        <p>One<div>two<ul><li>three<li>four<ul><li>five</ul></ul></div>six\
        <script>var a = 7 < 8;</script><noscript>9</noscript><template>10</template>\
        <p style=\"display: none\">11<p hidden>12<div><span style='visibility:hidden'>13</span>seven</div>\
        <pre>a\n  b</pre><pre><code>c 14</code></pre><ix:header><p>15</p></ix:header></body></html>";
    let document = page(text);
    let expected = [
        "Report 2024",
        "Cash & more",
        "It rose by 3.5%,\nto $1,234\u{a0}m.",
        "One",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "a",
        "b",
        "c 14",
    ];
    assert_eq!(blocks(&document), expected);
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!((kinds[1], kinds[12]), (BlockKind::Heading(2), BlockKind::Code));
    assert_eq!(place(&document, text, "1,234"), "1&#44;234");
    assert_eq!(place(&document, text, "3.5%"), "3.5</b>%");
    assert!(document.remarks[0].english.starts_with("3 texts"), "{:?}", document.remarks);
    assert_eq!(document.remarks[0].chinese, "3 处含数字的文字在页面上不显示，未读取");
}

#[test]
fn a_filing_is_read_as_it_looks() {
    let text = "<p>Net sales (in millions):</p><table>\
        <tr><td style=\"width:1%\"/><td/><td/><td/><td/><td/><td/><td/><td/></tr>\
        <tr><td colspan=3></td><td colspan=3>2024</td><td colspan=3></td><td colspan=3><b>2023</b></td></tr>\
        <tr><td colspan=3 style=\"padding:2px 1pt 2px 10pt\">Americas</td><td>$</td><td>167,045&#160;</td><td></td>\
            <td colspan=3></td><td>$</td><td>162,560</td><td></td></tr>\
        <tr><td colspan=3>Other</td><td colspan=2>(1,234</td><td>)</td><td colspan=3></td><td colspan=2>&#8212;</td><td></td></tr>\
        <tr><td colspan=12>&#160;</td></tr>\
        <tr><td colspan=3>&nbsp;&nbsp;Change</td><td colspan=2>(4</td><td>)%</td><td colspan=3></td><td>(</td><td>5.5</td><td>)&nbsp;%</td></tr>\
        </table>";
    let document = page(text);
    let [table] = &document.tables[..] else { panic!("{:?}", blocks(&document)) };
    let expected = [
        "1:2024 | 2:2023",
        "0:Americas | 1:$167,045 | 2:$162,560",
        "0:Other | 1:(1,234) | 2:—",
        "0:Change | 1:(4)% | 2:(5.5)\u{a0}%",
    ];
    assert_eq!(rows(&document, table), expected);
    assert_eq!((table.rows, table.columns), (4, 3));
    assert_eq!(document.slice(table.captions[0]), "Net sales (in millions):");
    assert_eq!(place(&document, text, "1,234"), "1,234");
    assert_eq!(place(&document, text, "(1,234)"), "(1,234</td><td>)");
    let cell = |text: &str| table.cells.iter().find(|cell| document.slice(cell.span) == text).unwrap();
    assert_eq!((cell("Americas").indent, cell("Change").indent, cell("Other").indent), (2, 2, 0));
    assert_eq!((cell("2023").bold, cell("2024").bold), (true, false));
}

#[test]
fn spans_and_implied_ends_make_a_grid() {
    let text = "<table><caption>Staff</caption><thead><tr><th rowspan=2>Office<th colspan=2>2024<th colspan=2>2023\
        <tr><th>Men<th>Women<th>Men<th>Women<tbody><tr><td>A<td>5<td>6<td>7<td>8<tr><td rowspan=0>B<td>1<td>2<td>3<td>4\
        <tr><td>9<td>10<td>11<td>12</table>after";
    let document = page(text);
    let expected = [
        "0:Officev2 | 1:2024>2 | 3:2023>2",
        "1:Men | 2:Women | 3:Men | 4:Women",
        "0:A | 1:5 | 2:6 | 3:7 | 4:8",
        "0:Bv2 | 1:1 | 2:2 | 3:3 | 4:4",
        "1:9 | 2:10 | 3:11 | 4:12",
    ];
    assert_eq!(rows(&document, &document.tables[0]), expected);
    assert_eq!(document.tables[0].declared_header_rows, 2);
    assert_eq!(document.slice(document.tables[0].captions[0]), "Staff");
    assert_eq!((blocks(&document)[0], *blocks(&document).last().unwrap()), ("Staff", "after"));
}

#[test]
fn a_foot_stands_below_its_body() {
    let document = page(
        "<table><thead><tr><th>Item<th>2024</thead><tfoot><tr><td>Total<td>15</tfoot>\
        <tbody><tr><td>a<td>7<tr><td>b<td>8</tbody></table>",
    );
    let table = &document.tables[0];
    assert_eq!(rows(&document, table), ["0:Item | 1:2024", "0:a | 1:7", "0:b | 1:8", "0:Total | 1:15"]);
    assert_eq!(table.declared_header_rows, 1);
    assert_eq!(blocks(&document), ["Item", "2024", "Total", "15", "a", "7", "b", "8"]);
}

#[test]
fn preformatted_columns_are_tables() {
    let document = page(
        "<pre>\n<b>Sales by region</b>\n\n                 2024      2023\nAmericas        1,234     1,000\n\
        Europe &amp; Asia     200       100\nOther             (15)      7%\n\nAll figures are in thousands.</pre>",
    );
    let table = &document.tables[0];
    let expected = [
        "1:2024 | 2:2023",
        "0:Americas | 1:1,234 | 2:1,000",
        "0:Europe & Asia | 1:200 | 2:100",
        "0:Other | 1:(15) | 2:7%",
    ];
    assert_eq!(rows(&document, table), expected);
    assert_eq!(
        (blocks(&document)[0], *blocks(&document).last().unwrap()),
        ("Sales by region", "All figures are in thousands.")
    );
    assert_eq!(table.heading.map(|heading| document.slice(heading)), Some("Sales by region"));
}

#[test]
fn what_a_style_sheet_hides_is_not_read() {
    let document = page(
        "<style>.draft, #old { display: none } td.x{visibility:hidden}</style><p class='note draft'>1</p><p id=old>2</p>\
        <p class=draft style='display:block'>3</p><table><tr><td class=x>4<td>a<td>5<tr class=draft><td>b<td>6<tr><td>c<td>7</table>\
        <style media=print>p{display:none}</style><p>8</p>",
    );
    assert_eq!(blocks(&document), ["3", "a", "5", "c", "7", "8"]);
    assert_eq!(document.tables[0].gaps.rows, [1]);
    assert_eq!(document.tables[0].gaps.columns, [0, 1, 2]);
}

#[test]
fn headers_of_signs_stay_headers() {
    let text = "<table><tr><th>Item<th>2024<th>%<th>2023<th>%<tr><td>a<td>100<td>12.5<td>90<td>11.5</table>";
    let document = page(text);
    let expected = ["0:Item | 1:2024 | 2:% | 3:2023 | 4:%", "0:a | 1:100 | 2:12.5 | 3:90 | 4:11.5"];
    assert_eq!(rows(&document, &document.tables[0]), expected);
}

#[test]
fn all_blocks_of_a_caption_are_captions() {
    let document =
        page("<p>A</p><table><caption><pre>B\n\nC</pre><p> </p></caption><tr><td>D<td>5<tr><td>E<td>6</table>");
    let captions: Vec<_> = document.tables[0].captions.iter().map(|&span| document.slice(span)).collect();
    assert_eq!(captions, ["B", "C"]);
}

#[test]
fn titles_inside_a_table_are_captions() {
    let text = "<table><tr><td colspan=3>Balance sheet<tr><td colspan=3>(in millions)<tr><td><td>2024<td>2023\
        <tr><td>Assets<td>5<td>6</table>";
    let document = page(text);
    let table = &document.tables[0];
    assert_eq!(rows(&document, table), ["1:2024 | 2:2023", "0:Assets | 1:5 | 2:6"]);
    let captions: Vec<_> = table.captions.iter().map(|&span| document.slice(span)).collect();
    assert_eq!(captions, ["Balance sheet", "(in millions)"]);
}

#[test]
fn tables_that_only_place_things_are_no_tables() {
    let text = "<table><tr><td><h1>Site</h1><p>Menu</td><td><table><tr><td>a<td>5</table></td></tr></table>\
        <table><tr><td colspan=2>As follows:</td></tr><tr><td>&#8226;</td><td>First item of 5</td></tr><tr><td>&bull;</td><td>Second</td></tr></table>\
        <table><tr><td>One cell of 7</table><table role=presentation><tr><td>x<td>9</table>";
    let document = page(text);
    assert_eq!(document.tables.len(), 1);
    let expected =
        ["Site", "Menu", "a", "5", "As follows:", "• First item of 5", "• Second", "One cell of 7", "x", "9"];
    assert_eq!(blocks(&document), expected);
}

#[test]
fn numbers_of_pages_are_ordinals() {
    let document = page(
        "<p>5</p><p>Report | 1</p><hr><p>a 7</p><p>11</p><hr><p>Report | 2</p><table><tr><td>Form<td>12</table>\
        <p>Report | 3</p><p>13</p><p>Report | 5</p><p>a 8</p><p>USD 1,2</p><p>No.3</p>",
    );
    let numbers: Vec<_> = document.ordinals.iter().map(|&span| document.slice(span)).collect();
    assert_eq!(numbers, ["1", "11", "2", "12", "3", "13"]);
}

#[test]
fn marks_of_notes_are_no_digits() {
    let document = page(
        "<p>Sales<sup>1</sup> 5<sup>(2)</sup> m<sup>2</sup> on the 25<sup>th</sup> \
        7<span style=\"vertical-align:super\">3</span>, 1.5×10<sup>6</sup> of 10<sup>&minus;3</sup> g, CO<sub>2</sub> 5<sub>12</sub></p>",
    );
    assert_eq!(blocks(&document), ["Sales 5 m² on the 25th 7, 1.5×10⁶ of 10⁻³ g, CO2 5₁₂"]);
}

#[test]
fn comments_for_figlint_stand_before_their_block() {
    let document = page(
        "<p>one</p><!-- figlint: off a: why --><p>two</p><!-- x --><table><tr><td>a<td>5</table><!--figlint: off-->",
    );
    let comments: Vec<_> = document.comments.iter().map(|comment| (comment.text.as_str(), comment.block)).collect();
    assert_eq!(comments, [("figlint: off a: why", 1), ("figlint: off", 4)]);
}

#[test]
fn encodings_are_those_the_page_names() {
    let text = "<html><head><meta charset=\"big5\"></head><p>全區受理38件</p></html>";
    let bytes = encoding_rs::BIG5.encode(text).0.into_owned();
    let document = read_bytes(&bytes);
    let printed = |document: &Document| document.printed(document.blocks.at(0).span).to_owned();
    assert_eq!((&printed(&document)[..], document.source.encoding), ("全區受理38件", "Big5"));
    let xml = "<?xml version='1.0' encoding='gb2312'?><html><body><div hidden=''/><p>受理38件</p><script/>5<title/></body></html>";
    let document = read_bytes(&encoding_rs::GB18030.encode(xml).0);
    assert_eq!((blocks(&document), document.source.encoding), (vec!["受理38件", "5"], "gb18030"));
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(printed(&read_bytes(&marked)), "全區受理38件");
    assert_eq!(read_bytes(b"<meta charset=utf-16><p>\xe5\x85\xa8").source.encoding, "UTF-8");
}

#[test]
fn pages_are_known_by_their_content() {
    let format = |name: &str, text: &str| {
        read::bytes(Path::new(name), text.as_bytes().to_vec(), &Options::default()).unwrap().format
    };
    for text in
        ["\u{feff} <!DocType HTML><p>5", "<html><p>5", "<?xml version='1.0'?>\n<!-- c -->\n<html xmlns='x'>5</html>"]
    {
        assert_eq!(format("page", text), Format::Html, "{text}");
    }
    assert_eq!(format("page.txt", "<htmlish> 5"), Format::Text);
    assert_eq!(format("page.htm", "5"), Format::Html);
}

#[test]
fn references_are_those_of_html() {
    let document = page("<p>&copy2024 &notanentity; AT&T &amp;lt; &#x35;&#54; &ndash;&#150; &NotEqualTilde;5 & 6 &");
    assert_eq!(blocks(&document), ["©2024 ¬anentity; AT&T &lt; 56 –– ≂\u{338}5 & 6 &"]);
}

proptest! {
    #[test]
    fn any_page_keeps_its_places(
        text in r#"([0-9 \r\n$%()&;-]|(<(/?(table|tr|td|th|p|div|b|li|ul|sup|sub|caption|thead|tfoot|tbody|br|pre|title|script|style)|td colspan=2|td rowspan=3|tr hidden|p style='display:none'|td/|!-- figlint: off -->|!|\?)>)|(&#4[0-9];)|(&[a-z]{1,4};?)|[é一\u{3000}\u{a0}]){0,60}"#,
        xml in any::<bool>(),
    ) {
        let text = if xml { format!("<?xml version='1.0'?>{text}") } else { text };
        let document = page(&text);
        let mut place = 0;
        for (at, c) in document.text().char_indices() {
            let origin = document.source_span(crate::span::Span::new(at, at + c.len_utf8()));
            prop_assert!(origin.start >= place && text.is_char_boundary(origin.start as usize), "{:?}", document.text());
            prop_assert!(text.is_char_boundary(origin.end as usize) && origin.end as usize <= text.len());
            place = origin.start;
        }
    }
}

#[test]
fn pages_without_end_or_measure_are_read() {
    let deep = |open: &str, close: &str| format!("{}5{}", open.repeat(10_000), close.repeat(10_000));
    let text = [
        deep("<div>", "</div>"),
        deep("<b><i>", "</i></b>"),
        deep("<table><tr><td>", "</table>"),
        deep("<p hidden>", ""),
        deep("<div><td><b>", "</div>"),
        deep("<ul><li>", "</ul>"),
        deep("<tr><th>", "</tr>"),
        deep("<a b=", ""),
        deep("&#", ";"),
        deep("<!--", "-->"),
        deep("<caption>", ""),
        deep("<table><caption>", "</caption>"),
    ];
    for text in text {
        let document = page(&text);
        assert!(document.tables.len() <= 10_000);
    }
    let deep = page(&deep("<table><tr><td>a<td>", "</table>"));
    assert!(deep.problems.iter().any(|problem| problem.message.english.contains("32 deep")));
    assert!(deep.problems.iter().any(|problem| problem.message.chinese.contains("嵌套超过 32 层")));
    assert!(deep.text().contains('5'));
}

#[test]
fn tables_without_measure_are_read() {
    let wide = page(&format!("<table><tr>{}", "<td>5".repeat(100_000)));
    assert_eq!(wide.tables[0].columns, 100_000);
    let cell = "<td colspan=1000000 rowspan=65534>5";
    let covering = page(&format!("<table>{}", format!("<tr>{}", cell.repeat(30)).repeat(1000)));
    let places: u64 = covering.tables[0].cells.iter().map(|c| u64::from(c.row_span) * u64::from(c.column_span)).sum();
    assert!(places < 2_000_000, "{places}");
    assert!(covering.problems.iter().any(|problem| problem.message.english.contains("cover")));
    let steps = page(&format!("<table><tr>{}{}", "<td rowspan=65534>5".repeat(20_000), "<tr><td>6".repeat(20_000)));
    assert_eq!(steps.blocks.len(), 40_000);
    let stairs: String = (0..3000).map(|i| format!("<tr><td colspan={}>5<td colspan=3>6", i % 1000 + 1)).collect();
    assert_eq!(page(&format!("<table>{stairs}")).tables.len(), 1);
}

#[test]
fn pages_cut_anywhere_are_read() {
    let text = "<!DOCTYPE html><table><caption>a</caption><tr><td colspan=\"2\" style='padding:1px'>&nbsp;$</td><td>(5<td>)%</table>\
        <!-- figlint: off --><script>1</script><p hidden>2</p><sup>3</sup>&copy";
    for end in 0..text.len() {
        page(&text[..end]);
        let wide: Vec<u8> = text[..end].encode_utf16().flat_map(u16::to_le_bytes).collect();
        read_bytes(&[&[0xff, 0xfe], &wide[..]].concat());
    }
    let nul: Vec<u8> = "<p>\0a5\0</p>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(read_bytes(&[&[0xfe, 0xff], &nul[..]].concat()).text().contains('5'));
    let options = Options { format: Some(Format::Html), ..Options::default() };
    assert!(read::bytes(Path::new("x"), b"<p>5\0</p>".to_vec(), &options).is_err());
}

#[test]
fn a_table_without_a_header_goes_on_with_the_one_directly_above() {
    let row = |label: &str, figure: &str| format!("<tr><td>{label}<td>{figure}<td>{figure}</tr>");
    let first = format!("<table><tr><td><td>2024<td>2023</tr>{}{}</table>", row("Cash", "$5"), row("Land", "7"));
    let tables = |between: &str, second: &str| {
        let document = page(&format!("<html>{first}{between}<table>{second}</table></html>"));
        let table = document.tables.last().unwrap();
        (document.tables.len(), rows(&document, table).join(" / "), table.gaps.rows.clone())
    };
    let debts = format!("{}{}", row("Debts", ""), row("Bonds", "3"));
    let whole = "1:2024 | 2:2023 / 0:Cash | 1:$5 | 2:$5 / 0:Land | 1:7 | 2:7 / 0:Debts / 0:Bonds | 1:3 | 2:3";
    // What stands in both need not add up.
    assert_eq!(tables("", &debts), (1, whole.to_owned(), vec![3]));
    for (between, second) in [
        ("<p>Debts:</p>", debts.clone()),
        ("", format!("{}{debts}", row("", "2022"))),
        ("", format!("{}{debts}", row("", "Owed"))),
        ("", "<tr><td>Bonds<td>3</tr><tr><td>Loans<td>4</tr>".to_owned()),
    ] {
        assert_eq!(tables(between, &second).0, 2, "{between}{second}");
    }
}
