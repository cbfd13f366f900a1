//! Which paragraphs and headings name a table.

use crate::document::{Block, BlockKind, Document};

use super::marks;
use crate::text::{is_in_brackets, is_lone_number};

/// Gives every table of a document its heading, the nearest above, and its captions: the paragraphs directly above that are
/// no sentences (表1 收支总表, 单位:万元, "($ in millions)"), or that announce it with a colon.
pub(super) fn name_tables(document: &mut Document) {
    let mut heading = None;
    let mut next_table = 0;
    for i in 0..document.blocks.len() {
        match document.blocks.at(i) {
            Block { span, kind: BlockKind::Heading(_) } => heading = Some(span).filter(|span| span.len() <= MOST_BYTES),
            Block { kind: BlockKind::Cell { table, .. }, .. } if table >= next_table => {
                let above = document.blocks.range(0..i).rev().take(MOST + MOST_MARKS);
                let above = above.filter(|block| !is_mark(document, block)).take(MOST);
                let above = above.take_while(|block| is_caption(document, block));
                let mut captions: Vec<_> = above.map(|block| block.span).collect();
                captions.reverse();
                let named = &mut document.tables[table as usize];
                // What the format itself calls a caption stands there too, whatever it looks like.
                let declared = named.captions.iter().filter(|caption| !captions.contains(caption));
                captions.splice(0..0, declared.copied().collect::<Vec<_>>());
                captions.sort_unstable();
                (named.captions, named.heading) = (captions, heading);
                next_table = table + 1;
            }
            _ => {}
        }
    }
}

/// How many paragraphs name a table at most: a title, a number, a unit.
const MOST: usize = 3;

/// How many bare numbers may stand between a table and what names it: the scale of a chart above it.
const MOST_MARKS: usize = 20;

/// How long a caption is at most, in terminal cells; one that ends in a colon, or stands in brackets as statements of units do, may be
/// longer, and one that ends in such a bracket and a colon as long as any.
const LONGEST: usize = 80;
const LONGEST_ANNOUNCEMENT: usize = 600;
const LONGEST_STATEMENT: usize = 200;

/// What is longer, in bytes, names no table: the words of a heading are read for each table below it.
const MOST_BYTES: usize = 3 * LONGEST_ANNOUNCEMENT;

fn is_caption(document: &Document, block: &Block) -> bool {
    // The check of the length in bytes comes first: long paragraphs are not looked at.
    if block.kind != BlockKind::Paragraph || block.span.len() > MOST_BYTES {
        return false;
    }
    let text = document.slice(block.span);
    let width = marks::width(text);
    match () {
        _ if text.ends_with("):") && states_scale(text) => true,
        _ if text.ends_with([':', '：']) || announces(text) => width <= LONGEST_ANNOUNCEMENT,
        _ if is_in_brackets(text) || ends_in_statement(text) => width <= LONGEST_STATEMENT,
        _ => width <= LONGEST && !marks::closes(text),
    }
}

/// Whether a title ends in a bracket and states a scale in one: Statements of Income (In millions, except per share data) (Note 1).
fn ends_in_statement(text: &str) -> bool {
    text.ends_with(')') && states_scale(text)
}

/// Whether a sentence announces what stands below it and states its scale: "Changes in warranties were as follows (in millions)."
fn announces(text: &str) -> bool {
    ["as follows (", "following (", "following table"].iter().any(|words| text.contains(words))
        && text.contains("(in ")
        && states_scale(text)
}

fn states_scale(text: &str) -> bool {
    let folded = text.to_lowercase();
    ["millions", "thousands", "billions"].iter().any(|scale| folded.contains(scale))
}

/// Whether a paragraph is a number at the scale of a chart.
fn is_mark(document: &Document, block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && is_lone_number(document.slice(block.span))
}
