//! Suggesting: relations that hold between a report's figures become a rule file that a person would have written.
//!
//! The relations are those of the built-in checks. Each becomes a rule in the report's own words (`prose`, `table`), or,
//! where these do not single its figures out, an equation in its own numbers. Every rule is run on the report before it is
//! offered: one that does not find the figures it was made of, or finds others that do not hold, is not.

pub mod pattern;
mod prose;
mod search;
mod table;
mod trial;

use std::fmt::Write;
use std::path::Path;

use rustc_hash::FxHashSet;

use crate::check::bind::Reading;
use crate::check::{Options, Reach, Relation, Session, detect};
use crate::diagnostic::Verdict;
use crate::document::{Document, Language};
use trial::Form;

/// Checks whose relations make no rule: what they speak of is found anew in every edition of a report, or is no equation.
const WITHOUT_RULES: [&str; 4] = ["count", "impossible", "scale", "statistics"];

/// A rule file made from a report.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The rule file.
    pub text: String,
    /// How many relations hold by its rules.
    pub relations: usize,
    /// How many relations that hold could not be told in rules.
    pub left_out: usize,
    /// How many figures of the report its rules check, and how many there are.
    pub covered: (usize, usize),
}

/// Makes a rule file from the relations that hold in a report. What nearly holds is told at its top.
pub fn suggest(document: &Document, language: Option<Language>) -> Draft {
    let language = language.unwrap_or(document.language);
    let files = detect::rule_files(|id| !WITHOUT_RULES.contains(&id));
    let files = files.into_iter().map(|file| (file, Reach::Every)).collect();
    let session = Session::new(files, Options { language: Some(language), ..Options::default() });
    let reading = Reading::new(document);
    let mut relations = session.relations(&reading, language);
    let known: FxHashSet<u32> = relations.iter().flat_map(Relation::figures).collect();
    let unannounced = search::sums(&session, &reading).into_iter();
    let unannounced = unannounced.filter(|one| !one.figures().any(|figure| known.contains(&figure)));
    let why = match language {
        Language::English => "no words announce it; all figures of this unit here add up to the first",
        Language::Chinese => "没有字句说明；此处该单位的各数恰好合为第一个数",
    };
    relations.extend(unannounced.map(|mut one| {
        one.evidence = Some(why.to_owned());
        one
    }));
    let holding: Vec<&Relation> = relations.iter().filter(|one| one.verdict.passes()).collect();
    let maker = Maker { reading: &reading, language };
    let mut candidates = table::candidates(&maker, &holding);
    candidates.extend(prose::candidates(&maker, &holding));
    candidates.sort_by_key(|candidate| candidate.at);
    let made = trial::run(document, candidates);
    let near = session.check(document);
    let near: Vec<_> = near.findings.iter().filter(|one| one.verdict == Verdict::Fails).collect();
    let mut text = head(document, language, &near);
    write_equations(&mut text, &made);
    for one in &made.kept {
        if let Form::Rule { toml, .. } = one.form() {
            _ = write!(text, "\n{}[[rule]]\n{toml}", comment(&one.evidence));
        }
    }
    let kept = made.kept.iter().flat_map(|one| &one.figures).collect::<FxHashSet<_>>();
    let all = reading.figures.iter().filter(|figure| figure.class == crate::figure::Class::Quantity).count();
    let relations = made.kept.iter().map(|one| one.relations).sum();
    Draft { text, relations, left_out: holding.len().saturating_sub(relations), covered: (kept.len(), all) }
}

/// What rules are made with.
struct Maker<'a> {
    reading: &'a Reading<'a>,
    language: Language,
}

impl Maker<'_> {
    fn say(&self, english: &str, chinese: &str) -> String {
        if self.language == Language::Chinese { chinese } else { english }.to_owned()
    }

    /// A figure's digits as they are printed.
    fn digits(&self, figure: u32) -> &str {
        self.reading.document.slice(self.reading.figures.at(figure as usize).digits)
    }

    /// The relation in the report's own numbers, as an entry of `equations`.
    fn equation(&self, relation: &Relation) -> Form {
        let printed = |name: usize, item: usize| self.digits(relation.names[name].1[item]).replace(['\n', '\r'], "");
        Form::Equation(relation.written(&printed))
    }

    /// What speaks for a relation, in a line.
    fn evidence(&self, relation: &Relation) -> String {
        let printed = |name: usize, item: usize| self.digits(relation.names[name].1[item]).replace(['\n', '\r'], "");
        let arithmetic = relation.written(&printed);
        let how = match relation.verdict {
            Verdict::Holds => self.say("holds", "成立"),
            _ => self.say("holds within rounding", "在舍入范围内成立"),
        };
        let why = relation.evidence.as_ref().map(|why| format!("; {why}")).unwrap_or_default();
        format!("{}: {arithmetic} {how}{why}", relation.id)
    }
}

fn head(document: &Document, language: Language, near: &[&crate::diagnostic::Finding]) -> String {
    let name = document.source.path.file_name().map(Path::new).unwrap_or(Path::new("report"));
    let mut out = match language {
        Language::English => {
            "# Relations that hold in the report, found by figlint. Keep those that must hold.\n".to_owned()
        }
        Language::Chinese => "# figlint 在报告中找到的、成立的勾稽关系。保留其中必须成立的。\n".to_owned(),
    };
    for finding in near {
        let place = finding.culprits.first().or(finding.figures.first()).map(|figure| &figure.place);
        let place = match place.map(|place| (place.line_column, place.place.as_deref())) {
            Some((Some((line, column)), _)) => format!("{line}:{column}: "),
            Some((_, Some(place))) => format!("{place}: "),
            _ => String::new(),
        };
        let computed = finding.computed.as_ref().map(|c| format!(" → {}", c.shown)).unwrap_or_default();
        let title = if language == Language::Chinese { "不成立" } else { "does not hold" };
        let arithmetic = finding.arithmetic.as_deref().unwrap_or_default();
        _ = writeln!(out, "# {title}: {place}{} [{}]{computed}", one_line(arithmetic), finding.rule);
    }
    _ = writeln!(out, "\nfiles = [{}]", pattern::quoted(&format!("**/{}", name.display())));
    out
}

fn write_equations(out: &mut String, made: &trial::Made) {
    let equations = made.kept.iter().filter_map(|one| match one.form() {
        Form::Equation(text) => Some((text, &one.evidence)),
        Form::Rule { .. } => None,
    });
    let lines: Vec<String> =
        equations.map(|(text, why)| format!("  {},{}\n", pattern::quoted(text), trailing(why))).collect();
    if !lines.is_empty() {
        _ = write!(out, "\nequations = [\n{}]\n", lines.concat());
    }
}

fn comment(evidence: &[String]) -> String {
    evidence.iter().map(|line| format!("# {}\n", one_line(line))).collect()
}

fn trailing(evidence: &[String]) -> String {
    let id = evidence.first().and_then(|line| line.split(':').next()).unwrap_or_default();
    format!("    # {}", one_line(id))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(|c: char| c.is_control(), " ")
}
