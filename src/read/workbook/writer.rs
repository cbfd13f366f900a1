//! Sheets become a document: the text, its blocks and tables, and where they stand.

use std::path::Path;
use std::sync::Arc;

use super::hidden::LeftOut;
use super::layout::{Piece, pieces};
use super::sheet::{Content, Filled, Position, Sheet};
use super::styles::Styles;
use crate::compact::List;
use crate::document::{Block, BlockKind, Cell, Document, Format, Message, Place, Places, Problem, Table};
use crate::span::Span;

/// Collects the sheets of a workbook.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    places: Places,
    blocks: List<Block>,
    tables: Vec<Table>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// What was left out.
    pub remarks: Vec<Message>,
}

/// Paragraphs that name a table, at most.
const MOST_CAPTIONS: usize = 3;
/// How wide a line is at most that names a table, in terminal cells.
const LONGEST_CAPTION: usize = 240;

impl Writer {
    /// A writer of a workbook whose cells have these styles.
    pub fn of(styles: &Styles) -> Self {
        let problem = |message| Problem { message, source_span: None, place: None, unchecked: true };
        Self { problems: styles.problem().map(problem).into_iter().collect(), ..Self::default() }
    }

    /// Notes a sheet that is not shown.
    pub fn hidden(&mut self, name: &str) {
        self.remarks.push(Message::new(
            format!("sheet {name} left out: it is hidden"),
            format!("工作表“{name}”已隐藏，未读取"),
        ));
    }

    /// Tells a sheet whose part is missing, or does not unpack for the reason `cut`.
    pub fn unreadable(&mut self, name: &str, cut: Option<Message>) {
        let why = cut.unwrap_or_else(|| Message::new("it is missing in the file", "文件中缺少这部分内容"));
        let message = Message::new(
            format!("sheet {name} cannot be read: {}", why.english),
            format!("工作表“{name}”无法读取：{}", why.chinese),
        );
        self.problem(&name.into(), (0, 0), message, true);
    }

    /// Adds a sheet; `damage` tells why only a part of it could be read, if so.
    pub fn sheet(&mut self, mut sheet: Sheet, damage: Option<Message>) {
        let name = sheet.name.clone();
        if let Some(message) = damage {
            self.problem(&name, (0, 0), message, true);
        }
        let (filled, left_out) = sheet.filled();
        let hidden = left_out.cells;
        let mut cut = false;
        if !filled.is_empty() {
            let heading = self.heading(&name);
            let mut captions = Vec::new();
            for piece in pieces(&filled) {
                match piece {
                    Piece::Prose { cells, titles } => {
                        let lines = self.prose(&name, cells.iter().map(|&cell| &filled[cell as usize]));
                        captions = if titles { lines } else { Vec::new() };
                    }
                    Piece::Table { cells, beside } => {
                        if let (true, Some(table)) = (beside, self.tables.last()) {
                            captions.clone_from(&table.captions);
                        }
                        cut |= self.table(&name, (&filled, &left_out), &cells, captions.split_off(0), heading);
                    }
                }
            }
        }
        if cut || sheet.cut {
            let message = Message::new(
                "merged cells are too many, or cover too many rows or columns; they were read as single cells",
                "合并单元格过多，或所跨的行列过多，按单个单元格读取",
            );
            self.problem(&name, (0, 0), message, false);
        }
        self.tell(&sheet, hidden);
    }

    /// How much room the sheets take, in bytes: their text, and something for each block.
    pub fn size(&self) -> usize {
        self.text.len() + self.blocks.len() * 32
    }

    pub fn finish(self, path: &Path) -> Document {
        let Self { text, places, blocks, tables, problems, remarks } = self;
        let document = Document::in_container(path, Format::Workbook, text, places);
        Document { blocks, tables, problems, remarks, ..document }
    }

    /// Says that a cell cannot be checked, or what is the matter with it.
    pub fn problem(&mut self, sheet: &Arc<str>, at: Position, message: Message, unchecked: bool) {
        let place = Some(place(sheet, at));
        self.problems.push(Problem { message, source_span: None, place, unchecked });
    }

    /// A sheet's name is a heading, but for those that programs give (Sheet1).
    fn heading(&mut self, name: &Arc<str>) -> Option<Span> {
        const GIVEN: [&str; 6] = ["sheet", "工作表", "表", "tabelle", "feuil", "hoja"];
        let lower = name.to_lowercase();
        let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        if GIVEN.contains(&stem.trim_end()) || stem.trim().is_empty() {
            return None;
        }
        let span = self.push(name, (0, 0), name);
        self.blocks.push(Block { span, kind: BlockKind::Heading(1) });
        self.text.push_str("\n\n");
        Some(span)
    }

    /// Writes a text that stands at a place.
    fn push(&mut self, sheet: &Arc<str>, at: Position, text: &str) -> Span {
        let start = self.text.len();
        self.places.push(start, place(sheet, at));
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    /// Writes cells as paragraphs, one a line of text; gives those that may name a table.
    fn prose<'f>(&mut self, sheet: &Arc<str>, cells: impl Iterator<Item = &'f Filled<'f>>) -> Vec<Span> {
        let mut lines = Vec::new();
        for cell in cells.filter(|cell| cell.content != Content::Error) {
            for line in cell.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let span = self.push(sheet, cell.at, line);
                self.blocks.push(Block { span, kind: BlockKind::Paragraph });
                self.text.push('\n');
                if crate::read::marks::width(line) <= LONGEST_CAPTION {
                    lines.push(span);
                }
            }
        }
        self.text.push('\n');
        lines.split_off(lines.len().saturating_sub(MOST_CAPTIONS))
    }

    /// Writes a table. Blank rows and columns are no part of it. Whether merged cells of it cover fewer places than they say.
    fn table(
        &mut self,
        sheet: &Arc<str>,
        (filled, left_out): (&[Filled], &LeftOut),
        cells: &[u32],
        captions: Vec<Span>,
        heading: Option<Span>,
    ) -> bool {
        let lines = |of: fn(&Filled) -> u32| {
            let mut lines: Vec<u32> = cells.iter().map(|&cell| of(&filled[cell as usize])).collect();
            lines.dedup();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        let (rows, columns) = (lines(|cell| cell.row), lines(|cell| cell.column));
        let number = self.tables.len() as u32;
        let mut table = Table {
            captions,
            heading,
            rows: rows.len() as u32,
            columns: columns.len() as u32,
            gaps: left_out.gaps(&rows, &columns),
            ..Table::default()
        };
        // Merged cells may not cover more places than this beyond their own, or a few of them could make a grid of any size.
        let mut covered = cells.len() as u64 * 16 + 4096;
        let (mut row, mut last_row, mut cut) = (0, None, false);
        for &cell in cells {
            let cell = &filled[cell as usize];
            while rows.get(row as usize).is_some_and(|&seen| seen < cell.row) {
                row += 1;
            }
            let column = columns.partition_point(|&column| column < cell.column) as u32;
            // Cells that are not merged, which nearly all are, cover their own place only.
            let covers = |lines: &[u32], line: u32, first: u32, last: u32| match first == last {
                true => 1,
                false => (lines.partition_point(|&seen| seen <= last) as u32).max(line + 1) - line,
            };
            let mut row_span = covers(&rows, row, cell.row, cell.last_row());
            let mut column_span = covers(&columns, column, cell.column, cell.last_column());
            match covered.checked_sub(u64::from(row_span) * u64::from(column_span)) {
                Some(left) => covered = left,
                None => (row_span, column_span, cut) = (1, 1, true),
            }
            match last_row {
                Some(last) if last == row => self.text.push_str(" | "),
                Some(_) => self.text.push('\n'),
                None => {}
            }
            last_row = Some(row);
            let span = match cell.text.contains(['\n', '\r']) {
                true => self.push(sheet, cell.at, &cell.text.replace(['\n', '\r'], " ")),
                false => self.push(sheet, cell.at, cell.text),
            };
            if cell.content != Content::Error {
                self.blocks
                    .push(Block { span, kind: BlockKind::Cell { table: number, cell: table.cells.len() as u32 } });
            }
            let (indent, bold) = (cell.indent, cell.bold);
            table.cells.push(Cell { span, row, column, row_span, column_span, indent, bold });
        }
        self.text.push_str("\n\n");
        self.tables.push(table);
        cut
    }

    /// Tells what is the matter with a sheet's cells.
    fn tell(&mut self, sheet: &Sheet, hidden: usize) {
        let name = &sheet.name;
        if let Some(&first) = sheet.unvalued.first() {
            let cells = list(sheet.unvalued.iter().map(|&at| Message::verbatim(place(name, at).to_string())));
            let message = Message::new(
                format!(
                    "formulas without a stored value: {}; open the workbook in a spreadsheet program and save it, which stores the values",
                    cells.english
                ),
                format!("公式没有存下结果：{}；请用电子表格软件打开并保存，结果即存入文件", cells.chinese),
            );
            self.problem(name, first, message, true);
        }
        if let Some((first, _)) = sheet.errors.first() {
            let cells = list(sheet.errors.iter().map(|(at, error)| {
                let cell = place(name, *at);
                Message::new(format!("{cell} ({error})"), format!("{cell}（{error}）"))
            }));
            let message = Message::new(
                format!("cells that hold an error: {}", cells.english),
                format!("单元格为错误值：{}", cells.chinese),
            );
            self.problem(name, *first, message, false);
        }
        if hidden > 0 {
            self.remarks.push(Message::new(
                format!("sheet {name}: {hidden} cells in hidden rows or columns left out"),
                format!("工作表“{name}”：隐藏行列中的 {hidden} 个单元格未读取"),
            ));
        }
    }
}

/// What is the matter with a sheet whose data stop before its end.
pub(super) fn ended_early() -> Message {
    Message::new(
        "the sheet ends in the middle; open the workbook and save it anew",
        "工作表的数据中途断开；请打开工作簿后另存",
    )
}

/// Where a cell stands.
pub(super) fn place(sheet: &Arc<str>, (row, column): Position) -> Place {
    Place::Sheet { sheet: sheet.clone(), row: row.saturating_add(1), column: column.saturating_add(1) }
}

/// The first of the items, and how many more there are.
fn list(items: impl ExactSizeIterator<Item = Message>) -> Message {
    const SHOWN: usize = 5;
    let more = items.len().saturating_sub(SHOWN);
    let (english, chinese): (Vec<_>, Vec<_>) = items.take(SHOWN).map(|item| (item.english, item.chinese)).unzip();
    let (mut english, mut chinese) = (english.join(", "), chinese.join("、"));
    if more > 0 {
        english.push_str(&format!(" and {more} more"));
        chinese.push_str(&format!("，另有 {more} 个"));
    }
    Message { english: english.into(), chinese: chinese.into() }
}
