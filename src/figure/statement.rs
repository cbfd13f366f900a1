//! Statements of units that hold for more than the table below them: those below the title of the notes to financial statements, and
//! those of tables that others follow with nothing between them.

use std::ops::Range;

use rust_decimal::Decimal;

use super::table::{declared, is_measured, tells_only_time};
use super::{Class, DeclaredUnit, Dimension, Figure, Figures, declare};
use crate::document::{Block, BlockKind, Document, Format};
use crate::span::Span;
use crate::text::{self, is_in_brackets, is_lone_number};

/// The statements of units of a report that hold for more than the table below them.
#[derive(Debug, Default)]
pub struct Statements {
    /// By table: what holds for it, if it says nothing itself.
    of_tables: Vec<Option<Stated>>,
    /// The parts of the report, by their blocks, in which a statement may hold for the text as well.
    parts: Vec<(Range<u32>, Span)>,
}

/// A statement of units that holds for a table.
#[derive(Clone, Copy, Debug)]
pub struct Stated {
    /// Its text.
    pub span: Span,
    /// Whether it is that of the table directly before.
    pub is_near: bool,
}

impl Statements {
    /// Finds them.
    pub fn of(document: &Document) -> Self {
        if document.tables.is_empty() {
            return Self::default();
        }
        let mut walk =
            Walk { document, found: Self::default(), report: None, part: None, title: None, alone: None, before: None };
        walk.found.of_tables.resize(document.tables.len(), None);
        let mut next_table = 0;
        for (index, block) in (0..).zip(document.blocks.iter()) {
            match block.kind {
                BlockKind::Cell { table, .. } if table >= next_table => {
                    walk.table(table as usize);
                    next_table = table + 1;
                }
                BlockKind::Cell { .. } => {}
                BlockKind::Paragraph | BlockKind::Heading(_) => walk.paragraph(index, &block),
                BlockKind::Code => walk.before = None,
            }
        }
        walk.end_part(document.blocks.len() as u32);
        walk.found
    }

    /// What is stated for a table, by its index, somewhere above.
    pub fn of_table(&self, table: usize) -> Option<Stated> {
        self.of_tables.get(table).copied().flatten()
    }

    /// Gives amounts of money in the text of notes the scale that is stated for them all, if the text prints them so: far more of
    /// them without a scale of their own than with one.
    pub fn apply_to_text(&self, document: &Document, figures: &mut Figures) {
        let mut parts = Vec::new();
        for (blocks, statement) in &self.parts {
            let Some(unit) = declared(document.slice(*statement)) else { continue };
            let first = figures.partition_point_below(figures.len(), |figure| figure.block < blocks.start);
            let (mut bare, mut scaled) = (Vec::new(), 0);
            for index in (first..figures.len()).take_while(|&index| figures.block(index) < blocks.end) {
                match printed(document, figures, index) {
                    Printed::Bare => bare.push(index),
                    Printed::Scaled => scaled += 1,
                    Printed::Otherwise => {}
                }
            }
            parts.push((unit, bare, scaled));
        }
        let all = || parts.iter().flat_map(|(_, bare, _)| bare);
        let in_full = all().filter(|&&index| is_in_full(&figures.at(index))).count();
        if in_full > 1 && in_full * FULL >= all().count() {
            return;
        }
        for (unit, bare, scaled) in parts {
            if bare.len() >= FEW && bare.len() > 4 * scaled {
                bare.into_iter().for_each(|index| figures.change(index, |figure| *figure = declare(figure, &unit)));
            }
        }
    }
}

/// So many amounts show how a text prints them.
const FEW: usize = 5;

/// Where several amounts of a report's text, and one of so many, are printed in full, none is in thousands.
const FULL: usize = 5;

/// Whether an amount is printed with its thousands: $1,097,000 is not one of thousands of thousands.
fn is_in_full(figure: &Figure) -> bool {
    let value = figure.quantity.numerator.abs();
    figure.quantity.place == 0 && (value % Decimal::ONE_THOUSAND).is_zero() && value >= Decimal::from(10_000)
}

/// How an amount of money in a text is printed.
enum Printed {
    /// Without a scale.
    Bare,
    /// With one: $1.3 million.
    Scaled,
    /// It is none, is one of one share or of one thing, or stands in a table.
    Otherwise,
}

fn printed(document: &Document, figures: &Figures, index: usize) -> Printed {
    let figure = figures.at(index);
    let is_money = figure.class == Class::Quantity && figure.unit.dimension() == Dimension::Money;
    let is_in_text = || {
        let block = document.blocks.get(figure.block as usize);
        block.is_some_and(|block| !matches!(block.kind, BlockKind::Cell { .. }))
    };
    if !is_money || !is_in_text() {
        return Printed::Otherwise;
    }
    if is_measured(document, &figure) {
        return Printed::Scaled;
    }
    // Two decimals are cents: a price.
    if figure.quantity.place <= -2 || is_of_one(document, figure.span) { Printed::Otherwise } else { Printed::Bare }
}

/// Whether the words beside an amount say that it is that of one share or thing.
fn is_of_one(document: &Document, span: Span) -> bool {
    const BEFORE: [&str; 3] = ["par value of", "par value", "price of"];
    const BEHIND: [&str; 6] = ["per ", "a share", "par value", "for each", "/", "each"];
    let text = document.text();
    let behind = text.get(span.end as usize..).unwrap_or("").trim_start();
    let before = text.get(..span.start as usize).unwrap_or("").trim_end();
    BEHIND.iter().any(|words| behind.starts_with(words)) || BEFORE.iter().any(|words| before.ends_with(words))
}

/// The state of going through a report.
struct Walk<'d> {
    document: &'d Document,
    found: Statements,
    /// What a sentence says of all tables from there on.
    report: Option<Span>,
    /// The block from which on a statement holds for a part of the report, and the statement.
    part: Option<(u32, Span)>,
    /// The block that is the title of notes, if it stands near.
    title: Option<u32>,
    /// A statement that stands alone; a table below it makes it its caption, a sentence a part's.
    alone: Option<(u32, Span)>,
    /// What holds for the table before, as long as it may hold for the next.
    before: Option<Before>,
}

/// What holds for a table.
#[derive(Clone, Copy)]
struct Before {
    statement: Span,
    /// Whether it announces several tables.
    several: bool,
    /// How many columns the table has.
    columns: u32,
    /// Which table it is.
    table: usize,
    /// Whether a note or a period has followed: then it holds only for a table of as many columns, of another period.
    same: bool,
}

/// A statement stands so many blocks below the title at most.
const NEAR: u32 = 3;

/// How long titles and statements are, in bytes.
const LONGEST: usize = 300;

/// How long paragraphs are, in bytes, in which a sentence is sought that says of all tables what they are printed in.
const LONGEST_PARAGRAPH: usize = 6_000;

impl Walk<'_> {
    fn paragraph(&mut self, index: u32, block: &Block) {
        if is_edge_of_page(self.document, block) {
            return;
        }
        let text = self.document.slice(block.span);
        if is_alone(text) && self.states_scale(block.span) {
            self.alone = Some((index, block.span));
            if self.title.is_some_and(|title| index <= title + NEAR) {
                self.start_part(index, block.span);
            }
            return;
        }
        if is_note(text) {
            self.before = self.before.map(|before| Before { same: true, ..before });
            return;
        }
        if block.span.len() > LONGEST || ends_sentence(text) {
            self.before = None;
            if let Some((at, statement)) = self.alone.take() {
                self.start_part(at, statement);
            }
            self.sentences(block);
            return;
        }
        self.before = match self.before {
            Some(before) if before.several => Some(before),
            Some(before) if tells_only_time(text) || names_notes(text) => Some(Before { same: true, ..before }),
            _ => None,
        };
        if names_notes(text) {
            self.title = Some(index);
            self.start_part(index, block.span);
        } else if starts_part(text) {
            self.end_part(index);
        }
    }

    /// Looks for a sentence of a paragraph that says what all tables are printed in.
    fn sentences(&mut self, block: &Block) {
        let text = self.document.slice(block.span);
        if block.span.len() > LONGEST_PARAGRAPH || !SCALES.iter().any(|scale| text.contains(scale)) {
            return;
        }
        let start = block.span.start as usize;
        for sentence in text::sentences(text) {
            let span = Span::new(start + sentence.start, start + sentence.end);
            if is_of_all(&text[sentence]) && self.states_scale(span) {
                self.report = Some(span);
            }
        }
    }

    fn table(&mut self, table: usize) {
        let (captions, columns) = (&self.document.tables[table].captions, self.document.tables[table].columns);
        self.alone = self.alone.filter(|(_, statement)| !captions.contains(statement));
        let own = captions.iter().rev().copied().find(|&caption| self.states_scale(caption));
        if let Some(own) = own.or_else(|| self.corner(table)) {
            let announced = self.document.slice(own);
            let several = ["tables", "下列各表", "下列表格"].iter().any(|words| announced.contains(words));
            self.before = Some(Before { statement: own, several, columns, table, same: false });
            return;
        }
        self.before = self.before.filter(|before| !before.same || before.columns == columns);
        let near = self.before.map(|before| Stated {
            span: before.statement,
            is_near: before.several || !self.starts_another(before.table, table),
        });
        let far = self.part.map(|(_, statement)| statement).or(self.report);
        self.found.of_tables[table] = near.or(far.map(|span| Stated { span, is_near: false }));
    }

    /// Whether a table of a sheet has another header than one above it: nothing but blank rows needs to part them.
    fn starts_another(&self, above: usize, table: usize) -> bool {
        let header = |table: usize| {
            let cells = self.document.tables[table].cells.iter().take_while(|cell| cell.row == 0);
            cells.filter(|cell| cell.column > 0).map(|cell| self.document.slice(cell.span))
        };
        let has_header = || header(table).any(|text| text.contains(char::is_alphabetic));
        self.document.format == Format::Workbook && has_header() && !header(above).eq(header(table))
    }

    /// What the corner of a table states and does nothing else.
    fn corner(&self, table: usize) -> Option<Span> {
        const ROWS: u32 = 3;
        let cells = self.document.tables[table].cells.iter().take_while(|cell| cell.row < ROWS);
        let mut corner = cells.filter(|cell| cell.column == 0 && !cell.span.is_empty()).map(|cell| cell.span);
        corner.next().filter(|&corner| is_alone(self.document.slice(corner)) && self.states_scale(corner))
    }

    fn start_part(&mut self, index: u32, statement: Span) {
        let text = |span: Span| self.document.slice(span);
        // The head of a page says again what holds already.
        let is_new = self.part.is_none_or(|(_, current)| text(current) != text(statement));
        if is_new && self.states_scale(statement) {
            self.end_part(index);
            self.part = Some((index, statement));
        }
    }

    fn end_part(&mut self, index: u32) {
        if let Some((start, statement)) = self.part.take() {
            self.found.parts.push((start..index, statement));
        }
    }

    fn states_scale(&self, span: Span) -> bool {
        declared(self.document.slice(span)).is_some_and(|unit: DeclaredUnit| unit.exponent >= 2)
    }
}

/// What sentences name that say what all tables are printed in.
const SCALES: [&str; 8] = [" thousand", " million", " billion", "千元", "万元", "亿元", "Million", "Thousand"];

/// Whether a paragraph is what pages print at their edges: a number, a line that ends in one, a link to the contents.
fn is_edge_of_page(document: &Document, block: &Block) -> bool {
    let text = document.slice(block.span);
    let is_link = || {
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        words.eq_ignore_ascii_case("table of contents") || words.eq_ignore_ascii_case("contents")
    };
    let ends_in_page = || {
        let ordinals = &document.ordinals;
        let last = ordinals.partition_point(|ordinal| ordinal.start < block.span.end);
        last.checked_sub(1)
            .is_some_and(|last| ordinals[last].end == block.span.end && ordinals[last].start >= block.span.start)
    };
    text.is_empty() || text.len() <= 120 && (is_lone_number(text) || is_link() || ends_in_page())
}

/// Whether a paragraph is a note to the table above it: (1) Net of tax.
fn is_note(text: &str) -> bool {
    let marked = |inner: &str| inner.split_once(')').is_some_and(|(mark, _)| (1..=2).contains(&mark.len()));
    text.strip_prefix('(').is_some_and(marked) || text.starts_with(['*', '†', '‡'])
}

/// Whether a title is that of the notes to financial statements.
fn names_notes(text: &str) -> bool {
    let folded = text.to_lowercase();
    folded.contains("notes to") && folded.contains("statements")
        || text.contains("附注") && ["报表", "会计"].iter().any(|word| text.contains(word))
}

/// Whether a sentence says of all amounts, or of those in tables, what they are printed in: "Unless otherwise noted, tabular dollars are
/// presented in millions", "All amounts are in thousands of dollars".
fn is_of_all(sentence: &str) -> bool {
    const AMOUNTS: [&str; 5] = ["amounts", "tables", "tabular", "dollars", "figures"];
    const ALL: [&str; 8] = [
        "tables",
        "tabular",
        "all ",
        "otherwise",
        "this report",
        "annual report",
        "quarterly report",
        "financial statements",
    ];
    const SAID: [&str; 9] = [
        "presented in",
        "stated in",
        "expressed in",
        "shown in",
        "reported in",
        "given in",
        "are in ",
        "amounts in millions",
        "amounts in thousands",
    ];
    let folded = sentence.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let starts = || folded.trim_start().starts_with("amounts are ");
    has(&AMOUNTS) && has(&SAID) && (has(&ALL) || starts()) || has(&["注明外", "说明外"]) && has(&["单位", "金额"])
}

/// Whether a text does nothing but state a unit: "(Dollars in millions, except per share data)".
fn is_alone(text: &str) -> bool {
    const STARTS: [&str; 8] = ["in ", "dollars", "amounts", "$", "us$", "tabular", "millions", "thousands"];
    let bare = text.trim_start_matches(['(', '（']).to_lowercase();
    text.len() <= LONGEST
        && (is_in_brackets(text) || !ends_sentence(text) && STARTS.iter().any(|start| bare.starts_with(start)))
}

/// Whether a title starts another part of a report than its notes.
fn starts_part(text: &str) -> bool {
    const STARTS: [&str; 8] = [
        "item ",
        "part i",
        "report of independent",
        "independent auditor",
        "management’s discussion",
        "management's discussion",
        "signature",
        "exhibit",
    ];
    let folded = text.trim_start().to_lowercase();
    STARTS.iter().any(|start| folded.starts_with(start))
        || folded.starts_with('第') && folded.chars().take(6).any(|c| matches!(c, '章' | '节'))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '）']).ends_with(['.', '。', ';', '；'])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::figure::lex;
    use crate::read::{self, Options};

    /// The values of all quantities of a page, as they are printed and as they count.
    fn values(body: &str) -> Vec<String> {
        values_in(Format::Html, body)
    }

    /// The same, as if it stood in a report of a format.
    fn values_in(format: Format, body: &str) -> Vec<String> {
        let options = Options { format: Some(Format::Html), ..Options::default() };
        let page = format!("<html><body>{body}</body></html>");
        let document = read::bytes(Path::new("report"), page.into_bytes(), &options).unwrap();
        let document = Document { format, ..document };
        let figures = lex(&document).0;
        let quantities = figures.iter().filter(|figure| figure.class == Class::Quantity);
        quantities.map(|f| format!("{} {}", document.slice(f.span), f.quantity.numerator.normalize())).collect()
    }

    fn table(label: &str, first: &str, second: &str) -> String {
        format!(
            "<table><tr><td></td><td>2024</td><td>2023</td></tr><tr><td>{label}</td><td>${first}</td><td>{second}</td></tr></table>"
        )
    }

    const AMOUNTS: &str =
        "<p>Fees were $12 and $14. Rents were $15, $18 and $20. A right was sold for $31 in June.</p>";

    #[test]
    fn what_is_stated_below_the_title_of_notes_holds_for_their_tables_and_text() {
        let notes = |title: &str, behind: &str| {
            values(&format!(
                "{title}<p>Prices are those of the day.</p>{}{AMOUNTS}{behind}",
                table("Inventories", "310", "295")
            ))
        };
        let title = "<p>Notes to the Financial Statements</p><p>(Dollars in millions, except per share data)</p>";
        let found = notes(title, "<p>The grant price was $7 per share, and $3.25 at first.</p>");
        assert_eq!(found[..4], ["$310 310000000", "295 295000000", "$12 12000000", "$14 14000000"]);
        assert_eq!(found[8..], ["$7 7", "$3.25 3.25"]);
        let found = notes("<h2>Notes to the Consolidated Financial Statements (in thousands)</h2>", "");
        assert_eq!(found[..3], ["$310 310000", "295 295000", "$12 12000"]);
        let found = notes("<p>财务报表附注</p><p>（除特别注明外，金额单位：千美元）</p>", "");
        assert_eq!(found[..2], ["$310 310000", "295 295000"]);
        // A sentence that names the notes is no title of them.
        let found = notes("<p>See the notes to the financial statements (in millions).</p>", "");
        assert_eq!(found[..3], ["$310 310", "295 295", "$12 12"]);
    }

    #[test]
    fn text_that_prints_scales_of_its_own_takes_none() {
        let title = "<p>Notes to Financial Statements</p><p>(in thousands)</p>";
        let found = values(&format!(
            "{title}{AMOUNTS}<p>Cash was $1.2 million and $3.4 million.</p>{}",
            table("Cash", "3", "5")
        ));
        assert_eq!(found[0], "$12 12");
        assert_eq!(found.last().map(String::as_str), Some("5 5000"));
    }

    #[test]
    fn text_that_prints_its_amounts_in_full_takes_no_thousands() {
        let title = "<p>Notes to Financial Statements</p><p>(in thousands)</p>";
        let full = "<p>Rent was $1,041,000, $1,102,000 and $1,377,000. The fee is $84,500.</p>";
        let found = values(&format!("{title}{AMOUNTS}{full}{}", table("Cash", "3", "5")));
        assert_eq!((found[0].as_str(), found[6].as_str()), ("$12 12", "$1,041,000 1041000"));
        assert_eq!(found.last().map(String::as_str), Some("5 5000"));
        // One round amount among many is none in full.
        let found = values(&format!("{title}{AMOUNTS}<p>The bond is of $500,000.</p>{}", table("Cash", "3", "5")));
        assert_eq!(found[0], "$12 12000");
    }

    #[test]
    fn heads_of_pages_start_no_other_part() {
        let head = "<p>Notes to Financial Statements</p><p>(in thousands)</p>";
        let text = "<p>Fees were $12 and $14. Rents were $15.</p>";
        let found = values(&format!("{head}{text}<p>36</p>{head}{text}{}", table("Cash", "3", "5")));
        assert_eq!(found[0], "$12 12000");
        assert_eq!(found.iter().filter(|&figure| figure == "$15 15000").count(), 2);
    }

    #[test]
    fn it_ends_with_the_notes() {
        let title = "<p>Notes to Financial Statements</p><p>(in millions)</p>";
        let found =
            values(&format!("{title}{}<p>Item 9. Controls</p>{}", table("Cash", "3", "5"), table("Staff", "41", "44")));
        assert_eq!(found, ["$3 3000000", "5 5000000", "$41 41", "44 44"]);
    }

    #[test]
    fn a_table_takes_what_is_stated_for_the_one_before() {
        let announced = |announcement: &str, between: &str| {
            let (first, second) = (table("Cash", "3", "5"), table("Bonds", "7", "8"));
            let found = values(&format!("<p>{announcement}</p>{first}{between}{second}"));
            found[found.len() - 2].clone()
        };
        let one = "Our funds were as follows (in millions):";
        let several = "The following tables show our funds (in millions):";
        for (announcement, between, expected) in [
            (one, "", "$7 7000000"),
            (one, "<p>36</p><p>Table of Contents</p>", "$7 7000000"),
            (one, "<p>Bonds held</p>", "$7 7"),
            (several, "<p>Bonds held</p>", "$7 7000000"),
            (several, "<p>Bonds are held until they are due.</p>", "$7 7"),
            (one, "<p>(1) Without loans.</p><p>Six Months Ended June 30, 2023</p>", "$7 7000000"),
            (one, "<table><tr><td>Staff</td><td>41</td></tr></table>", "$7 7000000"),
            ("Our funds:", "", "$7 7"),
        ] {
            assert_eq!(announced(announcement, between), expected, "{announcement} {between}");
        }
    }

    #[test]
    fn it_may_be_stated_in_the_corner_of_the_table_before() {
        let row = |start: &str, end: &str| format!("<tr><td>Start<td>End</tr><tr><td>${start}<td>${end}</tr>");
        let both = |corner: &str| {
            let first = format!("<tr><td>{corner}<td></tr>{}", row("7", "8"));
            values(&format!("<table>{first}</table><table>{}</table>", row("5", "7")))[2].clone()
        };
        assert_eq!(both("(Dollars in millions)"), "$5 5000000");
        assert_eq!(both("Owed, in millions of dollars, at the end of all years"), "$5 5");
    }

    #[test]
    fn another_header_on_a_sheet_starts_a_table_that_takes_nothing() {
        let of = |name: &str| {
            let staff = format!(
                "<table><tr><td></td><td>{name}</td><td>2023</td></tr><tr><td>Staff</td><td>41</td><td>44</td></tr></table>"
            );
            let body = format!("<p>(in millions)</p>{}{staff}", table("Cash", "3", "5"));
            values_in(Format::Workbook, &body)[2].clone()
        };
        assert_eq!(of("2024"), "41 41000000");
        assert_eq!(of("Office"), "41 41");
    }

    #[test]
    fn only_what_is_stated_close_by_holds_for_a_table_without_money() {
        let staff = "<table><tr><td></td><td>2024</td></tr><tr><td>Wages</td><td>41.5</td></tr></table>";
        let caption = format!("<p>Our costs (in millions):</p>{}{staff}", table("Rents", "3", "5"));
        assert_eq!(values(&caption).last().map(String::as_str), Some("41.5 41500000"));
        let sentence = format!("<p>All amounts are in millions unless otherwise indicated.</p>{staff}");
        assert_eq!(values(&sentence), ["41.5 41.5"]);
    }

    #[test]
    fn a_sentence_may_state_it_for_all_tables() {
        let of = |sentence: &str| {
            values(&format!("<p>{sentence}</p><p>We sell ships.</p>{}", table("Sales", "7", "8")))[0].clone()
        };
        assert_eq!(of("Tabular amounts are presented in millions, except per share amounts."), "$7 7000000");
        let long = "We build ships. Unless otherwise noted, tables are presented in U.S. dollars in millions. Columns may not add.";
        assert_eq!(of(long), "$7 7000000");
        assert_eq!(of("All amounts are in thousands of dollars unless otherwise indicated."), "$7 7000");
        assert_eq!(of("Sales are given in millions."), "$7 7");
    }
}
