//! The body of a report: the whole report as it reads, with every figure and every check, as plain views.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::states_of;
use super::judge::{Judged, figures_of};
use super::listing;
use super::present::{Presenter, open_ends, place_view};
use crate::diagnostic::{
    Body, BodyBlock, BodyCell, BodyCheck, BodyFigure, BodyPart, BodyTable, FigureState, FigureView, Finding, Passage,
    Report,
};
use crate::document::{Block, BlockKind, Cell, Document};
use crate::figure::{Class, Figure, Rounding};
use crate::span::Span;

/// The body of a report whose checks were judged. The checks stand in the order of `judged`. `rounding` is how the report rounds
/// where no rule says it.
pub fn build(presenter: &Presenter, judged: &[Judged], rounding: Rounding) -> Body {
    let kept = Kept::new(presenter, judged);
    let mut figures = kept.views(presenter, judged, rounding);
    let checks: Vec<_> = judged.iter().map(|one| view_of(presenter, one, &kept)).collect();
    for (number, check) in checks.iter().enumerate() {
        for part in &check.parts {
            let own = &mut figures[part.figure].checks;
            if own.last() != Some(&number) {
                own.push(number);
            }
        }
    }
    let blocks = Blocks { presenter, kept: &kept }.all();
    Body { blocks, figures, checks }
}

/// Ties the body's checks and the report's findings together, once these are in their order and the suppressed ones gone. Findings
/// that no check gave (a quantity told twice with different values) are added to the checks, so that their figures know of them.
pub fn link(report: &mut Report) {
    let Some(body) = &mut report.body else { return };
    for (number, finding) in report.findings.iter().enumerate() {
        if let Some(check) = finding.body_check.and_then(|check| body.checks.get_mut(check)) {
            check.finding = Some(number);
        }
    }
    for check in body.checks.iter_mut().filter(|check| check.severity.is_some()) {
        check.suppressed = check.finding.is_none();
    }
    let unchecked = report.findings.iter_mut().enumerate().filter(|(_, finding)| finding.body_check.is_none());
    for (number, finding) in unchecked.filter(|(_, finding)| !finding.figures.is_empty()) {
        finding.body_check = Some(body.checks.len());
        add_check(body, finding, number);
    }
}

fn add_check(body: &mut Body, finding: &Finding, number: usize) {
    let check = body.checks.len();
    let mut parts = Vec::new();
    for view in &finding.figures {
        let is_it = |one: &BodyFigure| one.row.place == view.place && one.row.text == view.text;
        let Some(figure) = body.figures.iter().position(is_it) else { continue };
        body.figures[figure].checks.push(check);
        parts.push(BodyPart { name: view.name.clone(), role: view.role.clone(), figure });
    }
    body.checks.push(BodyCheck {
        rule: finding.rule.clone(),
        verdict: finding.verdict,
        severity: finding.severity,
        message: finding.message.clone(),
        parts,
        finding: Some(number),
        ..BodyCheck::default()
    });
}

/// The figures that a body shows, in its order: those that the lexer lists, and what only a check reads as a figure.
struct Kept {
    /// Indices into the reading's figures.
    order: Vec<u32>,
    /// The way back, for all that stand for the same text.
    numbers: FxHashMap<u32, usize>,
    /// The same figures as blocks and starts, to find those of a block.
    blocks: Vec<u32>,
}

impl Kept {
    fn new(presenter: &Presenter, judged: &[Judged]) -> Self {
        let figures = &presenter.reading.figures;
        let used: FxHashSet<u32> = judged
            .iter()
            .flat_map(|one| figures_of(one).flat_map(|(.., cited)| cited.all_here().iter().copied()))
            .collect();
        let listed = |&index: &u32| {
            let is_listed = (index as usize) < presenter.reading.lexed && figures.class(index as usize) != Class::Word;
            is_listed || used.contains(&index)
        };
        let mut order: Vec<u32> = (0..figures.len() as u32).filter(listed).collect();
        let key = |index: u32| {
            let figure = figures.at(index as usize);
            (figure.block, figure.span.start, std::cmp::Reverse(figure.span.end))
        };
        // What a check uses goes before what was read at the same place as something else.
        order.sort_by_key(|&index| (key(index), !used.contains(&index)));
        let mut kept = Self { order: Vec::new(), numbers: FxHashMap::default(), blocks: Vec::new() };
        for index in order {
            let same = kept.order.last().is_some_and(|&last| key(last) == key(index));
            if !same {
                kept.order.push(index);
                kept.blocks.push(figures.block(index as usize));
            }
            kept.numbers.insert(index, kept.order.len() - 1);
        }
        kept
    }

    fn of_block(&self, block: u32) -> Range<usize> {
        let below = |limit: u32| self.blocks.partition_point(|&one| one < limit);
        below(block)..below(block.saturating_add(1))
    }

    fn views(&self, presenter: &Presenter, judged: &[Judged], rounding: Rounding) -> Vec<BodyFigure> {
        let reading = presenter.reading;
        let states = states_of(reading.figures.len(), judged);
        let mut views: Vec<_> = self
            .order
            .iter()
            .map(|&index| {
                let figure = &reading.figures.at(index as usize);
                BodyFigure { row: listing::row(reading, figure, rounding), ..view(reading.document, figure, rounding) }
            })
            .collect();
        for (index, &number) in &self.numbers {
            let view: &mut BodyFigure = &mut views[number];
            view.state = view.state.max(states.get(*index as usize).copied().unwrap_or(FigureState::Unchecked));
        }
        views
    }
}

fn view(document: &Document, figure: &Figure, rounding: Rounding) -> BodyFigure {
    let start = document.blocks.get(figure.block as usize).map_or(0, |block| block.span.start);
    let inside = |at: u32| at.saturating_sub(start) as usize;
    BodyFigure {
        open: match figure.class {
            Class::Quantity => open_ends(&figure.quantity.range(figure.is_exact(), rounding)),
            _ => "",
        },
        span: inside(figure.span.start)..inside(figure.span.end),
        source: document.places.is_none().then(|| document.source_span(figure.span).range()),
        ..BodyFigure::default()
    }
}

fn view_of(presenter: &Presenter, judged: &Judged, kept: &Kept) -> BodyCheck {
    let mut parts = Vec::new();
    let mut elsewhere = Vec::new();
    for (name, item, cited) in figures_of(judged) {
        let (name, role) = presenter.name_of(judged, name, item);
        parts.extend(cited.all_here().iter().filter_map(|index| {
            let figure = *kept.numbers.get(index)?;
            Some(BodyPart { name: name.clone(), role: role.clone(), figure })
        }));
        elsewhere.extend(cited.elsewhere().map(|view| FigureView { name, role, ..view.clone() }));
    }
    let mut finding = Finding::default();
    presenter.compute(judged, &mut finding);
    BodyCheck {
        rule: judged.rule.id.clone(),
        verdict: judged.evaluation.verdict,
        severity: presenter.severity(judged),
        message: presenter.message(judged),
        check: Some(judged.rule.checks[judged.check].text.clone()),
        arithmetic: Some(presenter.arithmetic(judged)),
        computed: finding.computed,
        stated: presenter.stated(judged).and_then(|index| kept.numbers.get(&index).copied()),
        parts,
        elsewhere,
        ..BodyCheck::default()
    }
}

struct Blocks<'a> {
    presenter: &'a Presenter<'a>,
    kept: &'a Kept,
}

impl Blocks<'_> {
    fn all(&self) -> Vec<BodyBlock> {
        let document = self.presenter.reading.document;
        let captions: FxHashSet<Span> =
            document.tables.iter().flat_map(|table| table.captions.iter().copied()).collect();
        let cells = self.blocks_of_cells();
        let mut begun = FxHashSet::default();
        let mut blocks = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            let passage = || self.passage(number as u32, &block);
            blocks.push(match block.kind {
                BlockKind::Paragraph if captions.contains(&block.span) => BodyBlock::Caption(passage()),
                BlockKind::Paragraph => BodyBlock::Paragraph(passage()),
                BlockKind::Heading(level) => BodyBlock::Heading(level, passage()),
                BlockKind::Code => BodyBlock::Code(passage()),
                BlockKind::Cell { table, .. } if begun.insert(table) => BodyBlock::Table(self.table(table, &cells)),
                BlockKind::Cell { .. } => continue,
            });
        }
        blocks
    }

    /// By table and cell: the block.
    fn blocks_of_cells(&self) -> FxHashMap<(u32, u32), u32> {
        let blocks = self.presenter.reading.document.blocks.iter().enumerate();
        let cells = blocks.filter_map(|(number, block)| match block.kind {
            BlockKind::Cell { table, cell } => Some(((table, cell), number as u32)),
            _ => None,
        });
        cells.collect()
    }

    fn table(&self, number: u32, blocks: &FxHashMap<(u32, u32), u32>) -> BodyTable {
        let reading = self.presenter.reading;
        let table = &reading.document.tables[number as usize];
        let shape = reading.shapes.get(number as usize);
        let cells = table.cells.iter().enumerate();
        let mut cells: Vec<_> =
            cells.map(|(at, cell)| self.cell(&cell, blocks.get(&(number, at as u32)).copied())).collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        BodyTable {
            rows: table.rows,
            columns: table.columns,
            header_rows: shape.map_or(table.declared_header_rows, |shape| shape.header_rows as u32),
            label_columns: shape.map_or(0, |shape| shape.label_columns as u32),
            cells,
        }
    }

    fn cell(&self, cell: &Cell, block: Option<u32>) -> BodyCell {
        let document = self.presenter.reading.document;
        let passage = match block {
            Some(number) => self.passage(number, &document.blocks.at(number as usize)),
            None => Passage { text: document.printed(cell.span).to_owned(), ..Passage::default() },
        };
        BodyCell {
            row: cell.row,
            column: cell.column,
            row_span: cell.row_span.max(1),
            column_span: cell.column_span.max(1),
            indent: cell.indent,
            bold: cell.bold,
            passage,
        }
    }

    fn passage(&self, number: u32, block: &Block) -> Passage {
        let document = self.presenter.reading.document;
        Passage {
            text: document.printed(block.span).to_owned(),
            place: place_view(document, block.span),
            figures: self.kept.of_block(number),
        }
    }
}
