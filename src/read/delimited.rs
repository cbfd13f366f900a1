//! CSV and TSV: one table, every field at its place. The csv crate says what the fields are; they are then found again in the
//! source, so that each keeps its exact place.

use crate::document::{Block, BlockKind, Cell, Document, Format, Message, Problem, Source, Table};
use crate::span::{OffsetMap, Span};

use super::builder::Builder;
use crate::text::Marks;

/// Reads separated values; `delimiter` `None`: it is found out.
///
/// The document's text is the source's, but for doubled quotes, which become single. Rows above the table with a single
/// cell are its captions.
pub(super) fn read(source: Source, delimiter: Option<u8>) -> Document {
    let format = if delimiter == Some(b'\t') { Format::Tsv } else { Format::Csv };
    let delimiter = delimiter.unwrap_or_else(|| sniff(&source.text));
    let (rows, problems) = rows(&source.text, delimiter);
    let (own_text, map) = without(&source.text, &rows.doubled);
    let mut document = Document { own_text, map, problems, ..Document::new(source, format) };
    fill(&mut document, &rows.rows);
    // Where commas part the fields, few use them for decimals, and where tabs do, both are common.
    if delimiter == b';' {
        find_decimals(&mut document);
    }
    document
}

/// Finds out whether numbers have a comma before their decimals; tells where that cannot be found out.
fn find_decimals(document: &mut Document) {
    let mut first = [None; 3];
    // The first column may number the rows (1.1, 1.2).
    let cells = document.tables.iter().flat_map(|table| table.cells.iter()).filter(|cell| cell.column > 0);
    for cell in cells {
        let at = match Marks::of(number_of(document.slice(cell.span))) {
            Marks::Comma => 0,
            Marks::Point => 1,
            Marks::Either => 2,
            Marks::None | Marks::Other => continue,
        };
        first[at] = first[at].or(Some(cell.span));
    }
    document.decimal_comma = matches!(first, [Some(_), None, _]);
    let text = |span: Span| document.slice(span).to_owned();
    let (message, span, unchecked) = match first {
        [Some(comma), Some(point), _] => {
            let (comma, point) = (text(comma), text(point));
            (
                Message::new(
                    format!(
                        "decimals stand behind a comma ({comma}) and behind a point ({point}); all are read as behind a point"
                    ),
                    format!("小数点有的写作逗号（{comma}），有的写作句点（{point}）；一律按句点读取"),
                ),
                first[0],
                true,
            )
        }
        [None, None, Some(either)] => {
            let number = text(either);
            (
                Message::new(
                    format!("whether {number} has decimals or thousands cannot be told; it is read as in English"),
                    format!("无法判断 {number} 中的分隔符是小数点还是千分位符；按英文习惯读取"),
                ),
                Some(either),
                false,
            )
        }
        _ => return,
    };
    let source_span = span.map(|span| document.source_span(span));
    document.problems.push(Problem { message, source_span, place: None, unchecked });
}

/// The digits and marks of a cell that is a number, with a sign, a currency, a percent sign or blanks around them; behind a blank
/// that parts thousands.
fn number_of(cell: &str) -> &str {
    let number = cell.trim_matches(|c: char| !c.is_ascii_digit());
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ','));
    if is_number { number.rsplit(char::is_whitespace).next().unwrap_or("") } else { "" }
}

/// The delimiter that splits most of the first lines into one number of fields.
fn sniff(text: &str) -> u8 {
    const LINES: usize = 20;
    let agreeing = |delimiter: u8| {
        let count = |line: &str| line.bytes().filter(|&b| b == delimiter).count();
        let counts: Vec<_> = text.lines().take(LINES).map(count).filter(|&n| n > 0).collect();
        counts.iter().map(|n| counts.iter().filter(|other| *other == n).count()).max().unwrap_or(0)
    };
    // The last of equals wins: commas stand inside texts and numbers more often than semicolons, and those more than tabs.
    let best = [b',', b';', b'\t'].into_iter().max_by_key(|&delimiter| agreeing(delimiter));
    best.filter(|&delimiter| agreeing(delimiter) > 0).unwrap_or(b',')
}

/// The fields of a file, by rows, in the coordinates of the document's text.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Span>>,
    /// Quotes inside fields that are not part of them (one of each doubled pair), in the source's coordinates.
    doubled: Vec<usize>,
}

fn rows(text: &str, delimiter: u8) -> (Rows, Vec<Problem>) {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut rows, mut problems) = (Rows::default(), Vec::new());
    let mut record = csv::StringRecord::new();
    let mut at = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => at = rows.push(text, at, delimiter, &record),
            Ok(false) => break,
            Err(error) => {
                let message = Message::verbatim(error.to_string());
                problems.push(Problem { message, source_span: None, place: None, unchecked: true });
                break;
            }
        }
    }
    (rows, problems)
}

impl Rows {
    /// Finds a record's fields in `text` from `start` on; gives where the record ends.
    fn push(&mut self, text: &str, start: usize, delimiter: u8, record: &csv::StringRecord) -> usize {
        let bytes = text.as_bytes();
        // Blank lines are no records.
        let mut at = start + bytes[start..].iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        let mut row = Vec::with_capacity(record.len());
        for field in record {
            let (span, end) = self.field(text, at, field);
            row.push(span);
            let quotes = bytes[end..].iter().take_while(|&&b| b == b'"').count();
            at = end + quotes + usize::from(bytes.get(end + quotes) == Some(&delimiter));
        }
        self.rows.push(row);
        at
    }

    /// Finds a field's bytes in `text` from `start` on. Gives its span in the document's text, trimmed, and where it ends in
    /// the source. The source has the field's bytes in the same order, with nothing but quotes between them.
    fn field(&mut self, text: &str, start: usize, field: &str) -> (Span, usize) {
        let bytes = text.as_bytes();
        let first = start + usize::from(bytes.get(start) == Some(&b'"'));
        let from = first - self.doubled.len();
        let mut end = first;
        if bytes[first..].starts_with(field.as_bytes()) {
            end += field.len();
        } else {
            for b in field.bytes() {
                while bytes.get(end).is_some_and(|&other| other != b) {
                    self.doubled.push(end);
                    end += 1;
                }
                end = (end + 1).min(bytes.len());
            }
        }
        let leading = field.len() - field.trim_start().len();
        (Span::new(from + leading, from + leading + field.trim().len()), end)
    }
}

/// The text without the bytes at `dropped`, and the map back to it.
fn without(text: &str, dropped: &[usize]) -> (Option<String>, OffsetMap) {
    if dropped.is_empty() {
        return (None, OffsetMap::identity());
    }
    let mut builder = Builder::new(text);
    let mut start = 0;
    for &at in dropped {
        builder.copy(start..at);
        start = at + 1;
    }
    builder.copy(start..text.len());
    let (text, map) = builder.finish();
    (Some(text), map)
}

/// Makes blocks and the table of the rows.
fn fill(document: &mut Document, rows: &[Vec<Span>]) {
    let filled = |row: &&Vec<Span>| row.iter().filter(|span| !span.is_empty()).count();
    let titles = rows.iter().position(|row| filled(&row) > 1).unwrap_or(0);
    let mut table = Table { rows: (rows.len() - titles) as u32, ..Table::default() };
    for span in rows[..titles].iter().flatten().filter(|span| !span.is_empty()) {
        table.captions.push(*span);
        document.blocks.push(Block { span: *span, kind: BlockKind::Paragraph });
    }
    for (row, spans) in rows[titles..].iter().enumerate() {
        table.columns = table.columns.max(spans.len() as u32);
        for (column, &span) in spans.iter().enumerate() {
            if !span.is_empty() {
                let kind = BlockKind::Cell { table: 0, cell: table.cells.len() as u32 };
                document.blocks.push(Block { span, kind });
            }
            let (row, column) = (row as u32, column as u32);
            table.cells.push(Cell { span, row, column, row_span: 1, column_span: 1, ..Cell::default() });
        }
    }
    if !table.cells.is_empty() {
        document.tables.push(table);
    }
}
