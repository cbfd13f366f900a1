//! Long tables in parts: what the parser keeps of each cell until it is done takes more than all that is read of it.
//!
//! Rows of plain cells, as many as the header has, are taken out of the text. The parser reads what is left, and where it comes
//! to the row behind those that were taken out, it reads them below their header, some at a time. Every line is a row of its
//! own, and nothing in these refers to other parts of the text, so that all is read as it would be as a whole.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Shorter texts are read whole.
const LARGE: usize = 1 << 20;

/// So many bytes of rows are worth being read apart, and are read at a time.
const PART: usize = 64 << 10;

/// Parses a text: gives all events in order, with their places.
pub(super) fn parse(source: &str, options: Options, each: impl FnMut(Event, Range<usize>)) {
    let cuts = if source.len() < LARGE { Vec::new() } else { cuts(source, PART) };
    parse_parts(source, options, &cuts, PART, each);
}

/// Rows that are taken out, in the source.
#[derive(Debug)]
struct Cut {
    /// The header of their table and the line below it.
    head: Range<usize>,
    rows: Range<usize>,
    /// How many bytes are taken out before them.
    before: usize,
}

impl Cut {
    /// Where they are missed in the text without the cuts.
    fn place(&self) -> usize {
        self.rows.start - self.before
    }
}

fn parse_parts(source: &str, options: Options, cuts: &[Cut], part: usize, mut each: impl FnMut(Event, Range<usize>)) {
    let short = without(source, cuts);
    if cuts.is_empty() || !are_in_tables(&short, options, cuts) {
        let whole = Parser::new_ext(source, options).into_offset_iter();
        return whole.for_each(|(event, range)| each(event, range));
    }
    let mut left = cuts.iter().peekable();
    for (event, range) in Parser::new_ext(&short, options).into_offset_iter() {
        let range = in_source(cuts, range);
        let is_behind = |cut: &&Cut| matches!(event, Event::Start(Tag::TableRow)) && cut.rows.end == range.start;
        if let Some(cut) = left.next_if(is_behind) {
            parse_rows(source, options, cut, part, &mut each);
        }
        each(event, range);
    }
}

/// Parses rows below their header, some at a time.
fn parse_rows(source: &str, options: Options, cut: &Cut, part: usize, each: &mut impl FnMut(Event, Range<usize>)) {
    let mut text = source[cut.head.clone()].to_owned();
    let head = text.len();
    // A long header is not to be most of what is read.
    let part = part.max(8 * head);
    let mut start = cut.rows.start;
    while start < cut.rows.end {
        let least = cut.rows.end.min(start + part) - 1;
        let line_end = memchr::memchr(b'\n', &source.as_bytes()[least..cut.rows.end]);
        let end = line_end.map_or(cut.rows.end, |at| least + at + 1);
        text.truncate(head);
        text.push_str(&source[start..end]);
        let rows = Parser::new_ext(&text, options).into_offset_iter().filter(|(_, range)| range.start >= head);
        rows.for_each(|(event, range)| each(event, start + range.start - head..start + range.end - head));
        start = end;
    }
}

/// The characters by which inline elements begin.
pub(super) const MARKS: [char; 11] = ['\\', '`', '*', '_', '~', '[', '!', '<', '&', '^', ':'];

/// Parses cells from a bar on, to the end of their row: gives the events of each cell.
pub(super) fn parse_row(source: &str, options: Options, row: Range<usize>, mut each: impl FnMut(Event, Range<usize>)) {
    // As many columns as there are cells: one begins at each bar, but for the one that closes the row.
    let cells = source[row.clone()].trim_end().strip_suffix('|').filter(|rest| !rest.ends_with('\\'));
    let cells = cells.unwrap_or(source[row.clone()].trim_end());
    let columns = cells.bytes().zip(cells.bytes().skip(1).chain([0]));
    let columns =
        usize::from(cells.starts_with('|')) + columns.filter(|&pair| pair.1 == b'|' && pair.0 != b'\\').count();
    let mut text = format!("{}|\n{}|\n", "|x".repeat(columns), "|-".repeat(columns));
    let head = text.len();
    text.push_str(&source[row.clone()]);
    let cells = Parser::new_ext(&text, options).into_offset_iter().filter(|(_, range)| range.start >= head);
    let is_row = |event: &Event| matches!(event, Event::Start(Tag::TableRow) | Event::End(TagEnd::TableRow));
    for (event, range) in cells.filter(|(event, _)| !is_row(event)) {
        each(event, row.start + range.start - head..row.start + range.end - head);
    }
}

/// The rows of a text that can be read apart, at least so many bytes of them each time. Whether they are rows is seen later.
fn cuts(source: &str, least: usize) -> Vec<Cut> {
    let mut start = 0;
    let lines = source.split_inclusive('\n').map(|text| {
        start += text.len();
        Line { text, start: start - text.len(), cells: cells(text) }
    });
    let (mut lines, mut cuts) = (lines.peekable(), Vec::new());
    while let Some(header) = lines.next() {
        let below = |line: &Line| header.text.starts_with('|') && line.is_delimiter();
        let Some(Line { text, start, cells }) = lines.next_if(below) else { continue };
        let head = header.start..start + text.len();
        while let Some(first) = lines.next_if(|line| !line.text.trim().is_empty()) {
            let is_plain = |line: &Line| line.cells == cells;
            // The last one stays: it is where the others are missed.
            let mut last = first.start;
            while let Some(row) = lines.next_if(|line| is_plain(&first) && is_plain(line)) {
                last = row.start;
            }
            if last - first.start >= least {
                let before = taken_out(&cuts, |_| true);
                cuts.push(Cut { head: head.clone(), rows: first.start..last, before });
            }
        }
    }
    cuts
}

/// A line of the source, with its end.
struct Line<'a> {
    text: &'a str,
    start: usize,
    cells: Option<usize>,
}

impl Line<'_> {
    /// Whether it may stand below the header of a table.
    fn is_delimiter(&self) -> bool {
        self.cells.is_some()
            && self.text.trim_end().bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
    }
}

/// How many cells a line has between its bars; `None` where that cannot be told of the line alone, or it may refer to others.
fn cells(line: &str) -> Option<usize> {
    let row = line.trim_end_matches('\n');
    let row = row.strip_suffix('\r').unwrap_or(row).trim_end_matches([' ', '\t']);
    let inner = row.strip_prefix('|')?.strip_suffix('|')?;
    let is_other = |byte: u8| matches!(byte, b'\\' | b'[' | b'<' | b'`' | b'\r' | 0);
    (!inner.bytes().any(is_other)).then(|| 1 + inner.bytes().filter(|&byte| byte == b'|').count())
}

/// A text without the rows that are taken out.
fn without(source: &str, cuts: &[Cut]) -> String {
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.rows.end));
    let ends = cuts.iter().map(|cut| cut.rows.start).chain([source.len()]);
    starts.zip(ends).map(|(start, end)| &source[start..end]).collect()
}

/// Whether all rows that were taken out of a text stood in tables: where each of them was, a row of its table follows. Those between
/// that row and the header are rows then, too.
fn are_in_tables(short: &str, options: Options, cuts: &[Cut]) -> bool {
    let mut left = cuts.iter().peekable();
    let mut table = 0;
    for (event, range) in Parser::new_ext(short, options).into_offset_iter() {
        let start = in_source(cuts, range).start;
        match event {
            Event::Start(Tag::Table(_)) => table = start,
            Event::Start(Tag::TableRow) => drop(left.next_if(|cut| (cut.head.start, cut.rows.end) == (table, start))),
            _ => {}
        }
    }
    left.next().is_none()
}

/// The place in the source of something in the text without the cuts. What is empty stands at the end of a row: a cell that is missing.
fn in_source(cuts: &[Cut], range: Range<usize>) -> Range<usize> {
    let start = range.start + taken_out(cuts, |cut| cut.place() <= range.start);
    let end = range.end + taken_out(cuts, |cut| cut.place() < range.end);
    start.min(end)..end
}

/// How many bytes the first cuts take out, for which `is_before` is true.
fn taken_out(cuts: &[Cut], is_before: impl Fn(&Cut) -> bool) -> usize {
    let after = cuts.partition_point(is_before);
    after.checked_sub(1).map_or(0, |last| cuts[last].before + cuts[last].rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(source: &str, cuts: &[Cut], part: usize) -> Vec<String> {
        let mut events = Vec::new();
        parse_parts(source, super::super::options(), cuts, part, |event, range| {
            events.push(format!("{range:?} {event:?}"))
        });
        events
    }

    fn line() -> impl Strategy<Value = &'static str> {
        const ROWS: &[&str] = &["|1|2|\n", "|3|4|\n", "||*5*|\r\n", "| 6 |\t&lt;~7~ | \n", "|8 **9|0**|\n"];
        const OTHERS: &[&str] = &[
            "|1|\n",
            "|1|2|3|\n",
            "|\n",
            "1|2\n",
            "|`1|2`|\n",
            "|\\||2|\n",
            "|[x]|[y](z)|\n",
            "|<b>|<!--|\n",
            " |1|2|\n",
            "|1\r|2|\n",
            "    |1|2|\n",
            "|-|-|\n",
            "text\n",
            "\n",
            "\n",
            "```\n",
            "---\n",
            "- item\n",
            "> quote\n",
            "> |1|2|\n",
            "[x]: y\n",
            "[^x]: y\n",
            "-->\n",
            "# title\n",
            "<div>\n",
            "+++\n",
        ];
        prop_oneof![4 => prop::sample::select(ROWS), 2 => Just("|a|b|\n|-|:-|\n"), 2 => prop::sample::select(OTHERS)]
    }

    proptest! {
        #[test]
        fn parts_are_read_as_the_whole_is(lines in prop::collection::vec(line(), 0..40), part in 1..30usize, is_ended: bool) {
            let text = lines.concat();
            let source = if is_ended { &text } else { text.trim_end() };
            prop_assert_eq!(events(source, &cuts(source, 1), part), events(source, &[], part));
        }
    }

    #[test]
    fn plain_rows_of_a_table_are_read_apart() {
        let source = "Text.\n\n|[a]|b|\n|-|-|\n|1|2|\n|3|4|\n|5|6|\n|7|\n|8|9|\n|[a]|0|\n|1|2|\n|3|4|\n\n[a]: b\n";
        let cuts = super::cuts(source, 1);
        let rows: Vec<&str> = cuts.iter().map(|cut| &source[cut.rows.clone()]).collect();
        assert_eq!(rows, ["|1|2|\n|3|4|\n", "|1|2|\n"]);
        assert!(are_in_tables(&without(source, &cuts), super::super::options(), &cuts));
        let fenced = source.replace("Text.", "```");
        let cuts = super::cuts(&fenced, 1);
        assert!(!are_in_tables(&without(&fenced, &cuts), super::super::options(), &cuts));
    }
}
