//! What is open while a part's XML goes by: elements, and the cells and text boxes that they are.

use super::fields::Field;
use super::flow::{Cell, Flow, Item, Row};
use super::paragraph::{Line, Run};

/// What an open element is to its end and to what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Other,
    /// The element that is left out with all in it.
    Aside,
    Paragraph,
    ParagraphProperties,
    /// The properties of a paragraph's mark.
    MarkProperties,
    Run,
    RunProperties,
    /// Text; whether the blanks around it count.
    Text(bool),
    /// What a field is to compute.
    Instruction,
    SimpleField,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Box,
    Note,
    Alternate,
    Section,
    Math,
    /// Brackets around mathematics.
    Brackets,
}

/// A story, cell, text box or note that is being read.
#[derive(Default)]
pub(super) struct Frame {
    pub flow: Flow,
    pub line: Option<Line>,
    /// What stands before a paragraph mark that a tracked change deletes.
    pub carried: Option<Line>,
    pub run: Run,
    /// The rows of the open table, and its open row.
    pub table: Option<(Vec<Row>, Option<Row>)>,
    /// The cell's own properties.
    pub cell: Cell,
    /// Text boxes to follow the open paragraph.
    pub boxes: Vec<Flow>,
    pub fields: Vec<Field>,
    pub note: i64,
}

impl Frame {
    /// Adds to its flow. A cell holds one paragraph as a rule: room for more would be most of what a large table takes.
    pub fn add(&mut self, item: Item) {
        if self.flow.is_empty() {
            self.flow.reserve_exact(1);
        }
        self.flow.push(item);
    }
}
