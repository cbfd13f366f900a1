//! Binding: which figures of a report the names of a rule stand for, at every place where the rule is found.

mod equation;
mod index;
mod key;
mod matcher;
mod named;
mod operand;
mod places;
mod program;
mod scan;
mod sift;
mod table;

pub use named::Disagreement;
pub use operand::{Operands, operand};
pub use places::{Absent, Binder, Binding, BoundRule, Trouble};

use std::sync::Arc;

use crate::check::evaluate::{Operand, Value};
use crate::diagnostic::FigureView;
use crate::document::{Document, Message};
use crate::figure::table::{Kept as KeptTables, TableShape};
use crate::figure::{Figures, Rounding};
use crate::rule::{Label, NamedPlace, Pattern, Rule, RuleSet};
use named::Named;
use scan::{Patterns, Wanted};

/// A report with its figures: what rules are bound to.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its figures in order of place; behind them those that only a rule's brace reads as quantities.
    pub figures: Figures,
    /// How many of `figures` the lexer found.
    pub lexed: usize,
    /// How many quantities stand where no rule is found: they are in no check, and not among `figures`.
    pub passed_over: usize,
    /// Its tables as the figures in them tell.
    pub shapes: Vec<TableShape>,
}

impl<'a> Reading<'a> {
    /// Lexes a document, with all its figures.
    pub fn new(document: &'a Document) -> Self {
        Self::again(document, None)
    }

    /// The same; `kept` is what was found in its tables last time.
    pub fn again(document: &'a Document, kept: Option<&mut KeptTables>) -> Self {
        let (figures, shapes) = crate::figure::lex_again(document, kept);
        Self { document, lexed: figures.len(), figures, passed_over: 0, shapes }
    }

    /// What a figure means where nothing says more.
    pub fn plainly(&self, figure: u32, rounding: Rounding) -> Operand {
        operand(&self.figures.at(figure as usize), rounding, false)
    }
}

/// One place where a rule is found: what its names stand for there.
#[derive(Clone, Debug)]
pub struct Place {
    /// By the index of the name; `None` for a name of a part of a pattern that is not there.
    pub bound: Vec<Option<Bound>>,
    /// Where the place stands, for the order of findings: an offset into the document's text.
    pub at: u32,
    /// The table, for a place in one.
    pub table: Option<u32>,
    /// The number that an equation misses, and stands-in for which a figure is bound.
    pub missing: Option<Missing>,
}

/// The term of an equation that is not printed where the others stand.
#[derive(Clone, Debug)]
pub struct Missing {
    /// The term's index.
    pub term: usize,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Bound {
    /// One figure.
    One(Cited),
    /// A list of figures.
    List(Vec<Cited>),
    /// A list of words: how many.
    Words(usize),
}

/// A figure as a check uses it.
#[derive(Clone, Debug)]
pub enum Cited {
    /// A figure of the report that means what it says, as an index into [`Reading::figures`]. Large tables have millions of
    /// them: what they mean is found where a check is judged, and not kept.
    Plain(u32),
    /// One whose rule, words or other file say more.
    Meant(Arc<Meant>),
}

/// A figure with what it means to those who cite it.
#[derive(Clone, Debug)]
pub struct Meant {
    /// What it means.
    pub operand: Arc<Operand>,
    /// Where it stands.
    pub at: At,
}

/// Where a figure stands that means more than it says.
#[derive(Clone, Debug)]
pub enum At {
    /// In the report, once or several times, as indices into [`Reading::figures`]; the first decides what is shown.
    Here(Vec<u32>),
    /// In another file.
    There(Box<FigureView>),
}

/// What the figures of a report mean where nothing says more, by their index.
pub type Plainly<'a> = &'a dyn Fn(u32) -> Operand;

impl Place {
    /// How many figures its names stand for, and itself.
    pub fn size(&self) -> usize {
        1 + self.bound.iter().flatten().map(|bound| bound.cited().len()).sum::<usize>()
    }

    /// What expressions see, by the index of the name. A name that stands for nothing here is an empty list of words.
    pub fn values(&self, plainly: Plainly) -> Vec<Value> {
        let value = |bound: &Option<Bound>| bound.as_ref().map_or(Value::Words(0), |bound| bound.value(plainly));
        self.bound.iter().map(value).collect()
    }
}

impl Meant {
    /// The figure in the report, if it is one.
    pub fn here(&self) -> Option<u32> {
        self.all_here().first().copied()
    }

    /// All figures in the report that it stands for.
    pub fn all_here(&self) -> &[u32] {
        match &self.at {
            At::Here(figures) => figures,
            At::There(_) => &[],
        }
    }
}

impl Cited {
    /// The figure in the report, if it is one.
    pub fn here(&self) -> Option<u32> {
        self.all_here().first().copied()
    }

    /// All figures in the report that it stands for.
    pub fn all_here(&self) -> &[u32] {
        match self {
            Cited::Plain(figure) => std::slice::from_ref(figure),
            Cited::Meant(meant) => meant.all_here(),
        }
    }

    /// The figure as another file has it, if it stands there.
    pub fn elsewhere(&self) -> Option<&FigureView> {
        match self {
            Cited::Plain(_) => None,
            Cited::Meant(meant) => match &meant.at {
                At::Here(_) => None,
                At::There(view) => Some(view),
            },
        }
    }

    /// What it means.
    pub fn operand(&self, plainly: Plainly) -> Arc<Operand> {
        match self {
            Cited::Plain(figure) => Arc::new(plainly(*figure)),
            Cited::Meant(meant) => meant.operand.clone(),
        }
    }

    /// Counts its figures anew.
    pub fn shift(&mut self, shift: impl Fn(&mut u32)) {
        match self {
            Cited::Plain(figure) => shift(figure),
            Cited::Meant(meant) => {
                if let At::Here(figures) = &mut Arc::make_mut(meant).at {
                    figures.iter_mut().for_each(shift);
                }
            }
        }
    }
}

/// The figure that a pattern finds in a document; found several times, all must agree.
pub fn find_figure(reading: &mut Reading, pattern: &Pattern, rounding: Rounding) -> Result<Meant, Message> {
    let mut patterns = Patterns::default();
    let number = patterns.add(pattern);
    let found = patterns.scan(reading.document, &reading.figures, &Wanted { patterns: vec![true] });
    let operands = Operands { rounding, unit: None };
    match named::agree(named::all_meant(&operands, reading, &found, number)) {
        Ok(Named::Found(meant)) => Ok(meant),
        Ok(_) => Err(Message::new("the pattern is not found in that file", "在该文件中没有找到这个模式")),
        Err(_) => Err(Message::new(
            "the pattern is found several times in that file, with values that disagree",
            "这个模式在该文件中找到多处，数值不一致",
        )),
    }
}

/// The figure in a cell of a document's table.
pub fn cell_figure(
    reading: &mut Reading,
    table: Option<&str>,
    row: &Label,
    column: &Label,
    rounding: Rounding,
) -> Result<Meant, Message> {
    match table::cell(reading, table, row, column) {
        Ok(Some(figure)) => Ok(Operands { rounding, unit: None }.mean(reading, matcher::Slot::Read(figure), false)),
        Ok(None) => Err(Message::new("no table has a figure in that row and column", "没有表格在该行该列有数字")),
        Err(_) => Err(Message::new(
            "that row or column name fits several lines of the table",
            "该行名或列名与表中多行或多列相符",
        )),
    }
}

impl Bound {
    /// The figures in it.
    pub fn cited(&self) -> &[Cited] {
        match self {
            Bound::One(cited) => std::slice::from_ref(cited),
            Bound::List(list) => list,
            Bound::Words(_) => &[],
        }
    }

    /// What an expression sees.
    pub fn value(&self, plainly: Plainly) -> Value {
        match self {
            Bound::One(cited) => Value::One(cited.operand(plainly)),
            Bound::List(list) => Value::List(list.iter().map(|cited| cited.operand(plainly)).collect()),
            Bound::Words(count) => Value::Words(*count),
        }
    }
}

/// All rules of a run, made ready for binding: their patterns in one index, with the way back to the rules.
#[derive(Debug, Default)]
pub struct Book {
    patterns: Patterns,
    /// The owner of every pattern.
    owners: Vec<Owner>,
    /// The rule of every equation: file and rule.
    equations: Vec<(u32, u32)>,
    files: Vec<Links>,
}

/// A rule file's way into the index.
#[derive(Debug, Default)]
struct Links {
    /// The pattern of each named figure that stands in the report.
    names: Vec<Option<u32>>,
    rules: Vec<RuleLinks>,
    /// Rules that no pattern, no equation and no detector finds: tables, and checks of named figures only.
    unled: Vec<u32>,
}

#[derive(Debug, Default)]
struct RuleLinks {
    finds: Vec<u32>,
    equation: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Owner {
    file: u32,
    /// The rule; `None` for a named figure's pattern.
    rule: Option<u32>,
}

impl Book {
    /// Indexes all patterns and equations of a rule set.
    pub fn new(rules: &RuleSet) -> Self {
        let mut book = Self::default();
        for (number, file) in rules.files.iter().enumerate() {
            let mut links = Links::default();
            for named in &file.names {
                let pattern = match &named.place {
                    NamedPlace::Find(pattern) => Some(book.add(pattern, Owner { file: number as u32, rule: None })),
                    NamedPlace::FindIn(..) | NamedPlace::Cell { .. } => None,
                };
                links.names.push(pattern);
            }
            for (index, rule) in file.rules.iter().enumerate() {
                let owner = Owner { file: number as u32, rule: Some(index as u32) };
                let added = book.add_rule(rule, owner);
                if added.finds.is_empty() && added.equation.is_none() && !rule.detected {
                    links.unled.push(index as u32);
                }
                links.rules.push(added);
            }
            book.files.push(links);
        }
        book
    }

    fn add(&mut self, pattern: &Pattern, owner: Owner) -> u32 {
        self.owners.push(owner);
        self.patterns.add(pattern)
    }

    fn add_rule(&mut self, rule: &Rule, owner: Owner) -> RuleLinks {
        let finds = rule.finds.iter().map(|pattern| self.add(pattern, owner)).collect();
        let equation = rule.equation.as_ref().map(|equation| {
            self.equations.push((owner.file, owner.rule.unwrap_or_default()));
            self.patterns.add_equation(equation.terms.iter().map(|term| &term.quantity))
        });
        RuleLinks { finds, equation }
    }

    /// What `files` (by index) want to be looked for.
    fn wanted(&self, files: &[bool]) -> Wanted {
        Wanted { patterns: self.owners.iter().map(|owner| files[owner.file as usize]).collect() }
    }

    /// The rules of the wanted files that something was found for, or that nothing has to be found for, in order.
    fn touched(&self, files: &[bool], found: &scan::Found) -> Vec<(u32, u32)> {
        let by_pattern = found.hits.iter().map(|hit| self.owners[hit.pattern as usize]);
        let by_pattern = by_pattern.filter_map(|owner| owner.rule.map(|rule| (owner.file, rule)));
        let by_term = found.terms.iter().map(|hit| self.equations[hit.equation as usize]);
        let unled = self
            .files
            .iter()
            .enumerate()
            .flat_map(|(file, links)| links.unled.iter().map(move |&rule| (file as u32, rule)));
        let mut rules: Vec<(u32, u32)> = by_pattern.chain(by_term).chain(unled).collect();
        rules.retain(|&(file, _)| files[file as usize]);
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}
