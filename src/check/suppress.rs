//! Suppressions: findings that someone has looked at and lets stand, in figlint.toml or in a comment before a block.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashSet;

use super::present::rule_excerpt;
use crate::diagnostic::{Excerpt, Finding, Label, PlaceView, Problem, Report};
use crate::document::{BlockKind, Comment, Document, Language};
use crate::rule::RuleSource;
use crate::rule::config::{Config, Suppression};
use crate::span::Span;
use crate::text;

/// A calendar day: year, month, day.
pub type Day = (i32, u8, u8);

/// The suppressions of a figlint.toml.
#[derive(Debug, Default)]
pub struct Suppressions {
    source: Option<RuleSource>,
    folder: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    suppression: Suppression,
    text: Option<String>,
    /// Past its date: it suppresses nothing any more.
    expired: bool,
}

/// What the suppressions of figlint.toml did with a report, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Those that name the report.
    reached: Vec<usize>,
    /// Those that took a finding away.
    used: Vec<usize>,
}

impl Suppressions {
    /// Takes the suppressions of a configuration; `today` decides which are past their date.
    pub fn new(config: &mut Config, today: Day) -> Self {
        let entries = std::mem::take(&mut config.suppressions).into_iter().map(|suppression| Entry {
            text: suppression.text.as_deref().map(text::folded),
            expired: suppression.until.is_some_and(|until| until < today),
            suppression,
        });
        // The folder of `figlint.toml` alone is the empty path, which nothing can make absolute: the file itself can be.
        let file = std::path::absolute(&config.source.path).unwrap_or_else(|_| config.source.path.clone());
        Self {
            folder: file.parent().unwrap_or(Path::new("")).to_path_buf(),
            entries: entries.collect(),
            source: Some(config.source.clone()),
        }
    }

    /// Takes suppressed findings out of a report and counts them; tells of comments that fit nothing.
    pub fn apply(&self, document: &Document, language: Language, report: &mut Report) -> Applied {
        let path = std::path::absolute(&document.source.path).unwrap_or_else(|_| document.source.path.clone());
        let own: Vec<(usize, &Entry)> =
            self.entries.iter().enumerate().filter(|(_, entry)| self.is_for(entry, &path)).collect();
        let mut applied = Applied { reached: own.iter().map(|(number, _)| *number).collect(), used: Vec::new() };
        let switches: Vec<Switch> = document.comments.iter().map(|comment| Switch::new(document, comment)).collect();
        if own.is_empty() && switches.is_empty() {
            return applied;
        }
        let before = report.findings.len();
        report.findings.retain(|finding| {
            if finding.severity.is_none() {
                return true;
            }
            if let Some((number, _)) = own.iter().find(|(_, entry)| entry.takes(finding)) {
                applied.used.push(*number);
                return false;
            }
            !switches.iter().any(|switch| switch.takes(finding))
        });
        report.suppressed += before - report.findings.len();
        let told = switches.iter().filter_map(|switch| switch.problem(document, language, &report.path));
        report.problems.extend(told);
        applied
    }

    /// The suppressions past their date, and those that fit nothing although their report was checked.
    pub fn stale(&self, applied: &[&Applied], language: Language) -> Vec<Problem> {
        let Some(source) = &self.source else { return Vec::new() };
        let among = |list: fn(&Applied) -> &[usize]| {
            applied.iter().flat_map(|one| list(one)).copied().collect::<FxHashSet<usize>>()
        };
        let (reached, used) = (among(|one| &one.reached), among(|one| &one.used));
        let stale = self.entries.iter().enumerate().filter_map(|(number, entry)| {
            let unused = reached.contains(&number) && !used.contains(&number);
            Some((entry, entry.staleness(unused, language)?))
        });
        stale.map(|(entry, message)| of_config(source, entry.suppression.span, message)).collect()
    }

    fn is_for(&self, entry: &Entry, path: &Path) -> bool {
        let Some(glob) = &entry.suppression.file else { return true };
        glob.is_match(path) || path.strip_prefix(&self.folder).is_ok_and(|inside| glob.is_match(inside))
    }
}

impl Entry {
    fn takes(&self, finding: &Finding) -> bool {
        let rule = self.suppression.rule.as_ref().is_none_or(|rule| rule.text == finding.rule);
        let words = |text: &String| finding.excerpts.iter().any(|excerpt| text::folded(&excerpt.text).contains(text));
        !self.expired && rule && self.text.as_ref().is_none_or(words)
    }

    fn staleness(&self, unused: bool, language: Language) -> Option<&'static str> {
        match (self.expired, unused, language) {
            (true, _, Language::English) => Some("this suppression is past its date"),
            (true, _, Language::Chinese) => Some("这条豁免已过期"),
            (false, true, Language::English) => Some("this suppression fits no finding"),
            (false, true, Language::Chinese) => Some("这条豁免没有对应的问题"),
            (false, false, _) => None,
        }
    }
}

/// A comment `<!-- figlint: off id, id: reason -->` and the block that it stands before.
struct Switch<'a> {
    comment: &'a Comment,
    ids: Vec<&'a str>,
    has_reason: bool,
    /// The block's bytes in the file.
    bytes: Option<(u64, u64)>,
    used: AtomicBool,
}

impl<'a> Switch<'a> {
    fn new(document: &Document, comment: &'a Comment) -> Self {
        let told = comment.text.strip_prefix("figlint").and_then(|rest| rest.strip_prefix([':', '：']));
        let told = told.and_then(|rest| rest.trim_start().strip_prefix("off"));
        let (ids, reason) =
            told.and_then(|rest| rest.split_once([':', '：'])).unwrap_or((told.unwrap_or_default(), ""));
        let bytes = block_span(document, comment.block).and_then(|span| document.origin(span).file);
        Self {
            comment,
            ids: ids.split([',', ' ', '，', '、']).filter(|id| !id.is_empty()).collect(),
            has_reason: !reason.trim().is_empty(),
            bytes: bytes.map(|span| (u64::from(span.start), u64::from(span.end))),
            used: AtomicBool::new(false),
        }
    }

    fn takes(&self, finding: &Finding) -> bool {
        let Some((start, end)) = self.bytes else { return false };
        let named = self.ids.iter().any(|id| *id == finding.rule || *id == "all");
        let inside = |bytes: Option<(u64, u64)>| bytes.is_some_and(|(s, e)| s < end && e > start);
        let takes = self.has_reason && named && finding.figures.iter().any(|figure| inside(figure.place.bytes));
        if takes {
            self.used.store(true, Ordering::Relaxed);
        }
        takes
    }

    fn problem(&self, document: &Document, language: Language, path: &str) -> Option<Problem> {
        let message = match (self.ids.is_empty(), self.has_reason, self.used.load(Ordering::Relaxed), language) {
            (false, true, true, _) => return None,
            (true, .., Language::English) => "write it as `figlint: off RULE: reason`: no rule is named here",
            (true, .., Language::Chinese) => "应写作 `figlint: off 规则: 理由`：这里没有写明规则",
            (_, false, _, Language::English) => "a suppression needs a reason: `figlint: off RULE: reason`",
            (_, false, _, Language::Chinese) => "豁免必须写明理由：`figlint: off 规则: 理由`",
            (.., false, Language::English) => "this suppression fits no finding in the block after it",
            (.., false, Language::Chinese) => "这条豁免在其后的段落中没有对应的问题",
        };
        let source = &document.source;
        let span = self.comment.source_span;
        let at = source.line_column(span.start);
        let file = source.map.to_origin(span);
        let text = source.text[span.range()].replace(['\n', '\r', '\t'], " ");
        let label = Label { start: 0, end: text.len(), text: String::new(), primary: true, at: None };
        let place = PlaceView {
            bytes: Some((u64::from(file.start), u64::from(file.end))),
            line_column: Some((at.line, at.column)),
            ..PlaceView::default()
        };
        let excerpt =
            Excerpt { path: path.to_owned(), place: None, line: at.line, column: at.column, text, labels: vec![label] };
        Some(Problem {
            path: Some(path.to_owned()),
            place,
            excerpts: vec![excerpt],
            fatal: false,
            ..Problem::new(message)
        })
    }
}

/// The span of a block, or of the whole table that starts with it.
fn block_span(document: &Document, block: usize) -> Option<Span> {
    let first = document.blocks.get(block)?;
    let BlockKind::Cell { table, .. } = first.kind else { return Some(first.span) };
    let cells = document.tables[table as usize].cells.iter().map(|cell| cell.span);
    Some(cells.fold(first.span, Span::to))
}

fn of_config(source: &RuleSource, span: Span, message: &str) -> Problem {
    let at = source.line_column(span.start);
    Problem {
        path: Some(source.path.display().to_string()),
        place: PlaceView { line_column: Some((at.line, at.column)), ..PlaceView::default() },
        excerpts: vec![rule_excerpt(source, span)],
        fatal: false,
        ..Problem::new(message)
    }
}
