//! What is shown: findings and problems as plain views, with the excerpts that show them. Knows no rule, reader or output.

mod body;
mod coverage;

pub use body::{Body, BodyBlock, BodyCell, BodyCheck, BodyFigure, BodyPart, BodyTable, FigureState, Passage};
pub use coverage::{CheckCounts, Coverage, FigureCounts, SectionCoverage};

use std::fmt;

use crate::document::Language;

/// All that a run gave.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The reports, in the order in which they were given.
    pub reports: Vec<Report>,
    /// What belongs to no report: errors in rule files and in figlint.toml, rules that found nothing anywhere.
    pub problems: Vec<Problem>,
    /// The rules that ran, each once.
    pub rules: Vec<Rule>,
    /// Findings that a baseline has and the reports no longer.
    pub absent: Vec<Absent>,
}

/// A finding that a baseline has and its report no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// The report's path.
    pub report: String,
    /// The rule's id.
    pub rule: String,
    /// What the baseline says of it.
    pub text: String,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// A rule that ran, as it is told to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// What a failure says, or the check itself.
    pub about: String,
    /// What is checked and why.
    pub help: Option<String>,
    /// What a failure counts as.
    pub severity: Severity,
}

/// A run in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings, and problems that are only told.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// What could not be read or run.
    pub fatal: usize,
    /// Reports.
    pub reports: usize,
    /// Findings taken away by suppressions.
    pub suppressed: usize,
    /// Findings that a baseline has.
    pub known: usize,
    /// How the figures of all reports are covered.
    pub figures: FigureCounts,
    /// How the checks of all reports came out.
    pub checks: CheckCounts,
}

impl Run {
    /// Counts findings, problems, checks and figures.
    pub fn summary(&self) -> Summary {
        let mut sum = Summary::default();
        self.reports.iter().for_each(|report| sum.add_report(report));
        self.problems.iter().for_each(|problem| sum.add_problem(problem));
        sum
    }
}

impl Summary {
    /// Counts what a report gave.
    fn add_report(&mut self, report: &Report) {
        self.reports += 1;
        self.suppressed += report.suppressed;
        self.known += report.findings.iter().filter(|finding| finding.known == Some(true)).count();
        self.figures.add(report.figures);
        self.checks.add(report.checks);
        for finding in report.findings.iter().filter(|finding| finding.known != Some(true)) {
            match finding.severity {
                Some(Severity::Error) => self.errors += 1,
                Some(Severity::Warning) => self.warnings += 1,
                Some(Severity::Note) => self.notes += 1,
                None => {}
            }
        }
        report.problems.iter().for_each(|problem| self.add_problem(problem));
    }

    /// Counts a problem.
    fn add_problem(&mut self, problem: &Problem) {
        *if problem.fatal { &mut self.fatal } else { &mut self.warnings } += 1;
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Odd or undecided; hidden unless asked for.
    Note,
    /// Worth a look.
    Warning,
    /// Cannot be true.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// The verdict of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// True of the figures as printed.
    Holds,
    /// True of some values that print so.
    WithinRounding,
    /// True of no values that print so.
    Fails,
    /// Nothing could be concluded.
    #[default]
    Untestable,
    /// The rule found no figures.
    Unbound,
}

impl Verdict {
    /// Whether the figures can all be right.
    pub fn passes(self) -> bool {
        matches!(self, Verdict::Holds | Verdict::WithinRounding)
    }

    /// The name in text and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::WithinRounding => "within-rounding",
            Verdict::Fails => "fails",
            Verdict::Untestable => "untestable",
            Verdict::Unbound => "unbound",
        }
    }
}

/// A report's outcome.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The path as given.
    pub path: String,
    /// What it is written in: the language of what is said of it, unless another is asked for.
    pub language: Language,
    /// What its messages are in.
    pub told_in: Language,
    /// How its figures are covered.
    pub figures: FigureCounts,
    /// How its checks came out.
    pub checks: CheckCounts,
    /// What does not pass (and what does, where asked for), in order of place.
    pub findings: Vec<Finding>,
    /// What could not be read or run.
    pub problems: Vec<Problem>,
    /// Things worth telling with `-v` (the encoding that was detected, code blocks left out).
    pub remarks: Vec<String>,
    /// Findings taken away by suppressions.
    pub suppressed: usize,
    /// Which figures are checked, by section; only where it is asked for.
    pub coverage: Option<Coverage>,
    /// The whole report as it reads, with all its checks; only where it is asked for.
    pub body: Option<Body>,
}

impl Report {
    /// Counts findings, problems, checks and figures.
    pub fn summary(&self) -> Summary {
        let mut sum = Summary::default();
        sum.add_report(self);
        sum
    }
}

/// A finding as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// `None` for a check that passes.
    pub severity: Option<Severity>,
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, in a sentence: the rule's own message where it has one.
    pub message: String,
    /// The check as written.
    pub check: Option<String>,
    /// The check with the figures in place of the names: `96.5% = 510 / 528`.
    pub arithmetic: Option<String>,
    /// The figures of the check.
    pub figures: Vec<FigureView>,
    /// What the stated figure should be.
    pub computed: Option<Computed>,
    /// How far off the stated figure is, in its own unit.
    pub off: Option<String>,
    /// The likely slip.
    pub slip: Option<String>,
    /// The figures to blame, likeliest first; one: that one is named; none: nothing singles one out.
    pub culprits: Vec<FigureView>,
    /// What to write instead.
    pub suggestion: Option<Suggestion>,
    /// Why nothing could be concluded, and other remarks, each a sentence.
    pub notes: Vec<String>,
    /// Made of the rule and the words around the figures, so that it survives edits elsewhere.
    pub fingerprint: String,
    /// Where its first figure stands, as an offset into the report's text, for the order of findings; `None`: nowhere.
    pub at: Option<u32>,
    /// Whether a baseline has it; `None`: there is no baseline.
    pub known: Option<bool>,
    /// Its check, as an index into [`Body::checks`]; `None` without a body.
    pub body_check: Option<usize>,
    /// What to show of the report, the stated figure's place first, and of the rule file last.
    pub excerpts: Vec<Excerpt>,
}

impl Finding {
    /// The figure that the finding is about, where one alone is to blame.
    pub fn culprit(&self) -> Option<&FigureView> {
        match &self.culprits[..] {
            [culprit] => Some(culprit),
            _ => None,
        }
    }

    /// The figure at which every output shows the finding: the culprit where one alone is to blame, else the one that its
    /// excerpts mark first, else the likeliest culprit, else the first.
    pub fn main(&self) -> Option<&FigureView> {
        let own = |culprit: &FigureView| self.figures.iter().find(|one| *one == culprit);
        let culprit = self.culprit().and_then(own).or_else(|| self.marked());
        culprit.or_else(|| self.culprits.first().and_then(own)).or(self.figures.first())
    }

    /// The figure that the excerpts mark first.
    fn marked(&self) -> Option<&FigureView> {
        let mut labels =
            self.excerpts.iter().flat_map(|excerpt| excerpt.labels.iter().map(move |label| (excerpt, label)));
        let (excerpt, label) = labels.find(|(_, label)| label.primary)?;
        let at = excerpt.line_column(label);
        let here = |one: &&FigureView| one.path.is_none() && at.is_some() && one.place.line_column == at;
        // In containers there are no lines.
        let named = |one: &&FigureView| label.text.split(": ").next() == Some(one.name.as_str());
        self.figures.iter().find(here).or_else(|| self.figures.iter().find(named))
    }
}

/// A figure of a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureView {
    /// The rule's name for it.
    pub name: String,
    /// The same in the report's language, to be shown.
    pub role: String,
    /// As printed.
    pub text: String,
    /// The exact value; `None` for a hedged figure.
    pub value: Option<String>,
    /// The range's lower end; `None`: unbounded.
    pub low: Option<String>,
    /// The range's upper end; `None`: unbounded.
    pub high: Option<String>,
    /// Which ends are left out: "", "low", "high", "low high".
    pub open: &'static str,
    /// The path of the file, where it is not the report itself.
    pub path: Option<String>,
    /// What the revision that the report is compared with printed in its place; `None`: the same, or nothing to compare.
    pub earlier: Option<String>,
    /// Where it stands.
    pub place: PlaceView,
}

/// Where a thing stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceView {
    /// Byte offsets in the file; `None` in containers.
    pub bytes: Option<(u64, u64)>,
    /// Line and column from 1; `None` in containers.
    pub line_column: Option<(u32, u32)>,
    /// Line and column one past its last character; `None` in containers, and where only its start is known.
    pub end: Option<(u32, u32)>,
    /// `Sheet1!B7` and the like.
    pub place: Option<String>,
}

/// What the stated figure should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Computed {
    /// To two more digits than stated: `96.590…%`.
    pub value: String,
    /// As it would be printed: `96.6%`.
    pub shown: String,
}

/// A replacement, in the file's bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The first byte to replace; `None` in containers.
    pub bytes: Option<(u64, u64)>,
    /// Line and column of what it replaces; `None` in containers.
    pub line_column: Option<(u32, u32)>,
    /// What it replaces.
    pub old: String,
    /// The figure as it should be printed.
    pub text: String,
}

/// Something that could not be read or run.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What, and what to do about it.
    pub message: String,
    /// The file.
    pub path: Option<String>,
    /// Where in the file.
    pub place: PlaceView,
    /// Further advice ("did you mean").
    pub help: Option<String>,
    /// The place, shown.
    pub excerpts: Vec<Excerpt>,
    /// Whether something was not checked because of it (exit status 2); otherwise it counts as a warning.
    pub fatal: bool,
}

impl Problem {
    /// A problem of a file as a whole: it was not checked.
    pub fn of_file(path: &str, message: impl Into<String>) -> Self {
        Self { path: Some(path.to_owned()), ..Self::new(message) }
    }

    /// A problem without a place: something was not done.
    pub fn new(message: impl Into<String>) -> Self {
        let place = PlaceView::default();
        Self { message: message.into(), path: None, place, help: None, excerpts: Vec::new(), fatal: true }
    }
}

/// The figures of a report, as `figlint figures` lists them.
#[derive(Clone, Debug, Default)]
pub struct FigureList {
    /// The path as given.
    pub path: String,
    /// What it is written in.
    pub language: Language,
    /// Everything that was read as a figure or recognised as none, in reading order.
    pub rows: Vec<FigureRow>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A figure as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureRow {
    /// As printed, hedge and unit included.
    pub text: String,
    /// quantity, date, time, ordinal, reference, range or phrase.
    pub class: &'static str,
    /// The exact value; `None` for a hedged figure and for what is no quantity.
    pub value: Option<String>,
    /// The range's lower end; `None`: unbounded, or no quantity.
    pub low: Option<String>,
    /// The range's upper end; `None`: unbounded, or no quantity.
    pub high: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// What widens it: odd (余, 多), at-least, over, at-most, under, nearly or about.
    pub hedge: Option<String>,
    /// The words that name it.
    pub label: Option<String>,
    /// Where it stands.
    pub place: PlaceView,
}

/// A piece of a text with labels: a sentence of a report, a line of a rule file.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The file.
    pub path: String,
    /// The place in a container or table; `None` for text files.
    pub place: Option<String>,
    /// The line on which `text` starts, from 1 (0 where there are no lines).
    pub line: u32,
    /// The column at which `text` starts, in characters from 1.
    pub column: u32,
    /// The sentence, or the line. Holds no line break.
    pub text: String,
    /// What is marked in it, in order of place.
    pub labels: Vec<Label>,
}

impl Excerpt {
    /// The line and column at which a label starts; `None` where there are no lines.
    pub fn line_column(&self, label: &Label) -> Option<(u32, u32)> {
        if label.at.is_some() {
            return label.at;
        }
        let before = self.text.char_indices().take_while(|&(at, _)| at < label.start).count();
        (self.line > 0).then_some((self.line, self.column + before as u32))
    }
}

/// A marked place in an excerpt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The first byte in the excerpt's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is said of it.
    pub text: String,
    /// Whether it is what the finding is about.
    pub primary: bool,
    /// The line and column at which it starts in the file, where the text of the excerpt leaves out or changes what stands
    /// there (a row of a table); `None`: they follow from the excerpt's.
    pub at: Option<(u32, u32)>,
}
