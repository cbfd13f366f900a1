//! What a part of a document holds, before it is laid out as text: paragraphs, tables, text boxes.

use std::ops::Range;

/// Paragraphs, tables and text boxes in order.
pub(super) type Flow = Vec<Item>;

/// One of them.
#[derive(Debug)]
pub(super) enum Item {
    Paragraph(Paragraph),
    Table(Vec<Row>),
    /// A text box, after the paragraph or table that it is anchored in.
    Box(Flow),
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text, the mark of its list in front.
    pub text: String,
    /// Parts of the text that only number something: list marks, page numbers, numbers of captions.
    pub ordinals: Vec<Range<usize>>,
    pub role: Role,
    /// In steps of about one character.
    pub indent: u16,
    /// Whether all of its text is.
    pub bold: bool,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Role {
    #[default]
    Body,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A caption of a table or picture, by its style.
    Caption,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// It is repeated on each page.
    pub header: bool,
    /// Columns of the grid before its first cell.
    pub skipped: u32,
    pub cells: Vec<Cell>,
    /// A tracked deletion.
    pub deleted: bool,
}

/// A cell of a row.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub flow: Flow,
    /// Columns of the grid that it covers.
    pub columns: u32,
    /// It goes on with the cell above.
    pub joins_above: bool,
    /// It goes on with the cell to the left.
    pub joins_left: bool,
    /// A tracked deletion.
    pub deleted: bool,
}
