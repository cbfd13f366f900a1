//! Trouble: what was found but cannot be decided, and what of a rule is wrong in the light of the report.

use super::Session;
use super::bind::{Binding, Disagreement, Trouble};
use super::expectation::bare;
use super::present::{Presenter, excerpt, fingerprint_of, place_view, rule_excerpt};
use crate::diagnostic::{Excerpt, FigureView, Finding, PlaceView, Problem, Report, Severity, Verdict};
use crate::document::Language;
use crate::rule::{Rule, RuleFile};
use crate::span::Span;

/// How many places of a trouble are shown.
const SHOWN_PLACES: usize = 5;

/// Adds the troubles of a report's binding.
pub fn report(session: &Session, presenter: &Presenter, binding: &Binding, report: &mut Report) {
    for (file, odds) in &binding.disagreements {
        report.findings.push(disagreement(presenter, &session.rules.files[*file as usize], odds));
    }
    for bound in &binding.rules {
        let Some(trouble) = &bound.trouble else { continue };
        let (file, rule) = session.rule(bound.id);
        match trouble {
            Trouble::NameAbsent(_) | Trouble::NotInTable(_) => {}
            Trouble::AtOdds(_) => {
                report.checks.untestable += rule.checks.len();
                report.findings.push(at_odds(presenter.language, file, rule));
            }
            Trouble::FoundAgain(places) => {
                report.checks.untestable += rule.checks.len();
                report.findings.push(found_again(presenter, file, rule, places));
            }
            Trouble::SecondSentence(places) => report.problems.push(second_sentence(presenter, file, rule, places)),
            Trouble::AmbiguousLabel(label) => report.problems.push(ambiguous(presenter.language, file, rule, label)),
        }
    }
    let owner = |file: u32, rule: Option<u32>| rule.map(|rule| session.rule((file, rule)));
    for &(file, rule, block) in &binding.too_long {
        let id = owner(file, rule).map_or("[figures]", |(_, rule)| rule.id.as_str());
        let span = presenter.reading.document.blocks.at(block as usize).span;
        report.problems.push(Problem {
            path: Some(report.path.clone()),
            place: place_view(presenter.reading.document, Span { end: span.start, ..span }),
            ..Problem::new(match presenter.language {
                Language::English => format!(
                    "the pattern of `{id}` takes more steps on this paragraph ({} bytes) than the limit allows; break the \
                     paragraph up or make the pattern more definite",
                    span.len()
                ),
                Language::Chinese => format!(
                    "`{id}` 的模式在这一段（{} 字节）上超出步数限制；请拆分段落，或把模式写得更明确",
                    span.len()
                ),
            })
        });
    }
    for (file, rule, why) in &binding.broken {
        let source = &session.rules.files[*file as usize].source;
        let id = owner(*file, *rule).map_or("[figures]", |(_, rule)| rule.id.as_str());
        report.problems.push(Problem {
            path: Some(source.path.display().to_string()),
            ..Problem::new(match presenter.language {
                Language::English => format!("the regular expression of `{id}` cannot be used: {why}"),
                Language::Chinese => format!("`{id}` 的正则表达式无法使用：{why}"),
            })
        });
    }
}

/// Tells of tables that are too large to be gone through whole.
pub fn too_large(presenter: &Presenter, tables: &[usize], report: &mut Report) {
    let document = presenter.reading.document;
    for cell in tables.iter().filter_map(|&table| document.tables[table].cells.first()) {
        report.problems.push(Problem {
            path: Some(report.path.clone()),
            place: place_view(document, Span { end: cell.span.start, ..cell.span }),
            ..Problem::new(match presenter.language {
                Language::English => {
                    "the table is too large for the built-in checks: not all of its sums and rates were looked for; \
                     split it, or write rules for it"
                }
                Language::Chinese => "表格过大，内置检查未能查完其中所有合计与比率；请拆分表格，或为它编写规则",
            })
        });
    }
}

fn disagreement(presenter: &Presenter, file: &RuleFile, odds: &Disagreement) -> Finding {
    let document = presenter.reading.document;
    let name = &file.names[odds.name];
    let figures = odds.figures.iter().map(|&index| presenter.reading.figures.at(index as usize));
    let views = figures.clone().take(64).map(|figure| FigureView {
        name: name.name.clone(),
        text: document.printed(figure.span).to_owned(),
        place: place_view(document, figure.span),
        ..presenter.range_view(&figure)
    });
    let shown = figures.take(SHOWN_PLACES).enumerate().map(|(i, figure)| {
        let label = (figure.span, name.name.clone(), i == 0);
        excerpt(document, presenter.sentence_at(figure.span.start), vec![label])
    });
    let rule = format!("figures.{}", name.name);
    Finding {
        message: match presenter.language {
            Language::English => format!(
                "`{}` is printed with values that cannot be one: the report disagrees, or the pattern is loose",
                name.name
            ),
            Language::Chinese => {
                format!("`{}` 在文中各处的数值不一致：要么报告前后矛盾，要么模式太宽", name.name)
            }
        },
        severity: Some(Severity::Warning),
        verdict: Verdict::Untestable,
        fingerprint: fingerprint_of(&[&rule]),
        known: None,
        body_check: None,
        at: None,
        rule,
        check: None,
        arithmetic: None,
        figures: views.collect(),
        computed: None,
        off: None,
        slip: None,
        culprits: Vec::new(),
        suggestion: None,
        notes: Vec::new(),
        excerpts: shown.chain([rule_excerpt(&file.source, name.span)]).collect(),
    }
}

fn at_odds(language: Language, file: &RuleFile, rule: &Rule) -> Finding {
    let message = match language {
        Language::English => "untestable: a figure that it uses is printed with values that disagree",
        Language::Chinese => "无法判断：所用的数字在文中各处不一致",
    };
    bare(file, rule, Verdict::Untestable, Severity::Note, message.to_owned(), Vec::new())
}

fn found_again(presenter: &Presenter, file: &RuleFile, rule: &Rule, places: &[u32]) -> Finding {
    let message = match presenter.language {
        Language::English => {
            format!("untestable: one of its patterns is found {} times where once is needed", places.len())
        }
        Language::Chinese => format!("无法判断：其中一个模式找到 {} 处，应只有一处", places.len()),
    };
    let mut finding = bare(file, rule, Verdict::Untestable, Severity::Note, message, Vec::new());
    finding.excerpts.splice(0..0, place_excerpts(presenter, places));
    finding
}

fn second_sentence(presenter: &Presenter, file: &RuleFile, rule: &Rule, places: &[u32]) -> Problem {
    let message = match presenter.language {
        Language::English => format!(
            "the equation `{}` stands in {} sentences of this report; write a rule with a pattern instead",
            rule.id,
            places.len()
        ),
        Language::Chinese => format!("等式 `{}` 在本报告中出现 {} 处；请改写为带模式的规则", rule.id, places.len()),
    };
    let mut problem = of_rule(file, rule, message);
    problem.excerpts.extend(place_excerpts(presenter, places));
    problem
}

fn ambiguous(language: Language, file: &RuleFile, rule: &Rule, label: &str) -> Problem {
    let message = match language {
        Language::English => {
            format!("`{label}` fits several rows or columns of the table; write more of the label, or `…` for a list")
        }
        Language::Chinese => format!("`{label}` 与表中多行或多列相符；请写全名称，或用 `…` 表示列表"),
    };
    of_rule(file, rule, message)
}

fn of_rule(file: &RuleFile, rule: &Rule, message: String) -> Problem {
    let at = file.source.line_column(rule.id_span.start);
    Problem {
        path: Some(file.source.path.display().to_string()),
        place: PlaceView { line_column: Some((at.line, at.column)), ..PlaceView::default() },
        excerpts: vec![rule_excerpt(&file.source, rule.id_span)],
        ..Problem::new(message)
    }
}

fn place_excerpts(presenter: &Presenter, places: &[u32]) -> Vec<Excerpt> {
    let shown = places.iter().take(SHOWN_PLACES).map(|&at| {
        let mark = Span { start: at, end: at };
        excerpt(presenter.reading.document, presenter.sentence_at(at), vec![(mark, String::new(), false)])
    });
    shown.collect()
}
