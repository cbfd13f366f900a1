//! Findings for people: what is wrong, the clauses it stands in with the figures underlined, the rule's line, and advice.
//! Drawn by miette; which colours and characters are used is decided by the caller and never probed here.

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};

use super::excerpt::Excerpts;
use super::{Color, TextOptions, clean, concise, coverage, words};
use crate::diagnostic::{Excerpt, Finding, Problem, Run, Severity};
use crate::document::Language;

/// Writes findings and problems as blocks, and the closing line if it is wanted.
pub fn write(out: &mut dyn Write, run: &Run, options: &TextOptions) -> io::Result<()> {
    for report in &run.reports {
        let language = options.language.unwrap_or(report.language);
        for problem in &report.problems {
            write_block(out, &Block::of_problem(problem, Some(&report.path), language, options), options)?;
        }
        for finding in report.findings.iter().filter(|finding| options.shows(finding)) {
            write_block(out, &Block::of_finding(finding, language, options), options)?;
        }
        if options.remarks {
            concise::write_remarks(out, report, language)?;
        }
        coverage::write(out, report, options)?;
    }
    let language = options.run_language(run);
    for problem in &run.problems {
        write_block(out, &Block::of_problem(problem, None, language, options), options)?;
    }
    if options.summary {
        let summary = run.summary();
        let worst = match (summary.errors + summary.fatal, summary.warnings) {
            (0, 0) => None,
            (0, _) => Some(Severity::Warning),
            _ => Some(Severity::Error),
        };
        writeln!(out, "{}", options.paint(Color::of(worst), &words::summary(language, &summary)))?;
    }
    Ok(())
}

/// What miette draws.
#[derive(Debug)]
struct Block {
    title: String,
    severity: Option<Severity>,
    excerpts: Excerpts,
    advice: String,
}

impl Block {
    fn of_finding(finding: &Finding, language: Language, options: &TextOptions) -> Self {
        let head = format!("{}[{}]", words::severity(language, finding.severity), clean::line(&finding.rule));
        let mut title =
            format!("{} {}", options.paint(Color::of(finding.severity), &head), clean::line(&finding.message));
        if let Some(computation) = words::computation(language, finding) {
            title = format!("{title}\n{computation}");
        }
        let advice = words::advice(language, finding).join("\n");
        Self::new(title, finding.severity, &finding.excerpts, advice, options)
    }

    fn of_problem(problem: &Problem, path: Option<&str>, language: Language, options: &TextOptions) -> Self {
        let severity = Some(if problem.fatal { Severity::Error } else { Severity::Warning });
        let head = options.paint(Color::of(severity), words::severity(language, severity));
        let message = clean::line(&problem.message);
        // An excerpt tells the path itself.
        let path = problem.path.as_deref().or(path).filter(|_| problem.excerpts.is_empty());
        let title = match path {
            Some(path) => format!("{head} {} {message}", concise::place(path, &problem.place)),
            None => format!("{head} {message}"),
        };
        Self::new(title, severity, &problem.excerpts, clean::line(problem.help.as_deref().unwrap_or("")), options)
    }

    fn new(
        title: String,
        severity: Option<Severity>,
        excerpts: &[Excerpt],
        advice: String,
        options: &TextOptions,
    ) -> Self {
        Self { title, severity, excerpts: Excerpts::new(excerpts, options.width, options.ascii), advice }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Block {}

impl Diagnostic for Block {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Some(Severity::Error) => miette::Severity::Error,
            Some(Severity::Warning) => miette::Severity::Warning,
            Some(Severity::Note) | None => miette::Severity::Advice,
        })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels().cloned()))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpts)
    }
}

fn write_block(out: &mut dyn Write, block: &Block, options: &TextOptions) -> io::Result<()> {
    let mut handler = GraphicalReportHandler::new_themed(theme(block, options))
        .with_width(options.width.max(40))
        .with_links(false)
        .with_context_lines(0)
        .without_primary_span_start()
        .without_syntax_highlighting();
    if !block.advice.is_empty() {
        handler = handler.with_footer(block.advice.clone());
    }
    let mut text = String::new();
    handler.render_report(&mut text, block).map_err(io::Error::other)?;
    let mut drawn = 0;
    for line in text.lines().map(str::trim_end) {
        let number = number(line);
        drawn += usize::from(number.is_some());
        match number.filter(|_| !block.excerpts.is_numbered(drawn - 1)) {
            Some(at) => writeln!(out, "{}{}{}", &line[..at.start], " ".repeat(at.len()), &line[at.end..])?,
            None => writeln!(out, "{line}")?,
        }
    }
    writeln!(out)
}

/// Where a line of an excerpt has its number: miette draws one for cells and paragraphs of a container, too, which have none.
fn number(line: &str) -> Option<Range<usize>> {
    let text = line.trim_start_matches(' ');
    let text = text.strip_prefix(DIM).unwrap_or(text);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = rest.strip_prefix(PLAIN).unwrap_or(rest);
    let is_line =
        rest.len() < text.len() && text.len() < line.len() && [" │", " |"].iter().any(|bar| after.starts_with(bar));
    is_line.then(|| line.len() - text.len()..line.len() - rest.len())
}

/// How miette sets off the numbers of lines, and ends that.
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// Primary labels have the severity's colour, others the one of links.
fn theme(block: &Block, options: &TextOptions) -> GraphicalTheme {
    let mut characters = if options.ascii { ThemeCharacters::ascii() } else { ThemeCharacters::unicode() };
    if block.severity.is_none() {
        characters.advice = if options.ascii { "+" } else { "✓" }.to_owned();
    }
    let mut styles = if options.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let primary = match block.severity {
        Some(Severity::Error) => styles.error,
        Some(Severity::Warning) => styles.warning,
        Some(Severity::Note) | None => styles.advice,
    };
    let style = |label: &LabeledSpan| if label.primary() { primary } else { styles.help };
    let highlights: Vec<_> = block.excerpts.labels().map(style).collect();
    if !highlights.is_empty() {
        styles.highlights = highlights;
    }
    GraphicalTheme { characters, styles }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::diagnostic::{Label, Report};

    fn written(options: &TextOptions) -> String {
        let mut out = Vec::new();
        write(&mut out, &sample::run(), options).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn chinese_at_80_columns() {
        insta::assert_snapshot!(written(&TextOptions::default()), @r#"
          × 错误[performance-rate] 调解协议履行率应为成功履行数与调处成功数之比
          │ 96.5% = 510 / 528：算得 96.590…%，应写作 96.6%，相差 0.1 个百分点
            ╭─[fixtures/text/mediation.txt:57:21]
         57 │ 今年全区共调处各类纠纷561件,调处成功528件,…
            ·                                     ─┬─
            ·                                      ╰── settled
            ╰────
            ╭─[fixtures/text/mediation.txt:57:96]
         57 │ …成功履行510件,成功率94.1%,调解协议履行率96.5%。
            ·          ──┬──                           ──┬──
            ·            │                               ╰── rate: 应为 96.6%
            ·            ╰── performed
            ╰────
            ╭─[rules/mediation.toml:31:10]
         31 │ check = "rate = performed / settled"
            ·          ──────────────────────────
            ╰────

          可能的失误：截去了尾数，没有四舍五入
          有误的是 96.5%
          建议：改为 96.6%

          ✓ 成立[94.1% = 528 / 561] 勾稽相符
          │ 94.1% = 528 / 561

          × error reports/missing.txt: No such file or directory (os error 2)

          × 错误 unknown name `preformed`
            ╭─[rules/mediation.toml:31:17]
         31 │ check = "rate = preformed / settled"
            ·                 ─────────
            ╰────

          did you mean `performed`?

        2 处未能检查，1 处错误，1 处提示 · 14 项检查成立，2 项在舍入范围内 · 47 个数字：31 个勾稽相符，4 个有界，2 个有误，10 个未核对
        "#);
    }

    #[test]
    fn chinese_at_120_columns_with_notes() {
        insta::assert_snapshot!(written(&TextOptions { width: 120, notes: true, ..TextOptions::default() }), @r#"
          × 错误[performance-rate] 调解协议履行率应为成功履行数与调处成功数之比
          │ 96.5% = 510 / 528：算得 96.590…%，应写作 96.6%，相差 0.1 个百分点
            ╭─[fixtures/text/mediation.txt:57:21]
         57 │ 今年全区共调处各类纠纷561件,调处成功528件,…
            ·                                     ─┬─
            ·                                      ╰── settled
            ╰────
            ╭─[fixtures/text/mediation.txt:57:96]
         57 │ …成功履行510件,成功率94.1%,调解协议履行率96.5%。
            ·          ──┬──                           ──┬──
            ·            │                               ╰── rate: 应为 96.6%
            ·            ╰── performed
            ╰────
            ╭─[rules/mediation.toml:31:10]
         31 │ check = "rate = performed / settled"
            ·          ──────────────────────────
            ╰────

          可能的失误：截去了尾数，没有四舍五入
          有误的是 96.5%
          建议：改为 96.6%

          ☞ 提示[count] 招聘次数无从核对
           ╭─[fixtures/text/mediation.txt:9:120]
         9 │ 部署线上招聘�[31m�3次。
           ·                   ─┬─
           ·                    ╰── times
           ╰────

          文中没有逐次列出。

          ✓ 成立[94.1% = 528 / 561] 勾稽相符
          │ 94.1% = 528 / 561

          × error reports/missing.txt: No such file or directory (os error 2)

          × 错误 unknown name `preformed`
            ╭─[rules/mediation.toml:31:17]
         31 │ check = "rate = preformed / settled"
            ·                 ─────────
            ╰────

          did you mean `performed`?

        2 处未能检查，1 处错误，1 处提示 · 14 项检查成立，2 项在舍入范围内 · 47 个数字：31 个勾稽相符，4 个有界，2 个有误，10 个未核对
        "#);
    }

    #[test]
    fn english_in_ascii() {
        let options = TextOptions { ascii: true, language: Some(Language::English), ..TextOptions::default() };
        insta::assert_snapshot!(written(&options), @r#"
          x error[performance-rate] 调解协议履行率应为成功履行数与调处成功数之比
          | 96.5% = 510 / 528: computed 96.590…%, which prints as 96.6%; off by 0.1 个
          | 百分点
            ,-[fixtures/text/mediation.txt:57:21]
         57 | 今年全区共调处各类纠纷561件,调处成功528件,...
            :                                     ^|^
            :                                      `-- settled
            `----
            ,-[fixtures/text/mediation.txt:57:96]
         57 | ...成功履行510件,成功率94.1%,调解协议履行率96.5%。
            :            ^^|^^                           ^^|^^
            :              |                               `-- rate: 应为 96.6%
            :              `-- performed
            `----
            ,-[rules/mediation.toml:31:10]
         31 | check = "rate = performed / settled"
            :          ^^^^^^^^^^^^^^^^^^^^^^^^^^
            `----

          likely slip: 截去了尾数，没有四舍五入
          the wrong figure is 96.5%
          suggestion: write 96.6%

          + holds[94.1% = 528 / 561] 勾稽相符
          | 94.1% = 528 / 561

          x error reports/missing.txt: No such file or directory (os error 2)

          x error unknown name `preformed`
            ,-[rules/mediation.toml:31:17]
         31 | check = "rate = preformed / settled"
            :                 ^^^^^^^^^
            `----

          did you mean `performed`?

        2 problems, 1 error, 1 note · 14 checks hold, 2 within rounding · 47 figures: 31 tied, 4 bound, 2 failing, 10 unchecked
        "#);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 50..140 {
            for line in written(&TextOptions { width, notes: true, ..TextOptions::default() }).lines() {
                // The closing line is told whole, whatever the width; so are paths.
                assert!(
                    clean::width(line) <= width || line.contains("项检查") || line.contains("╭─["),
                    "{width}: {line}"
                );
            }
        }
    }

    #[test]
    fn underlines_stand_under_what_they_mark() {
        let text = written(&TextOptions::default());
        let lines: Vec<_> = text.lines().collect();
        let at = lines.iter().position(|line| line.contains("履行率96.5%")).unwrap();
        let column = clean::width(&lines[at][..lines[at].find("96.5%").unwrap()]);
        let under = lines[at + 1];
        let last = under.rfind("──┬──").unwrap();
        assert_eq!(clean::width(&under[..last]), column);
    }

    #[test]
    fn colours_only_where_asked_for() {
        assert!(!written(&TextOptions::default()).contains('\u{1b}'));
        assert!(written(&TextOptions { color: true, ..TextOptions::default() }).contains("\u{1b}[31m"));
    }

    proptest::proptest! {
        /// Labels may overlap, be empty, be out of order, or lie anywhere: something is drawn all the same.
        #[test]
        fn any_excerpts_can_be_drawn(
            texts in proptest::collection::vec(("[一-龥0-9,、 a\u{202e}\u{200b}\n]{0,60}", 0..5u32), 0..4),
            labels in proptest::collection::vec((0..60usize, 0..9usize, "[一-龥a ]{0,30}"), 0..5),
            width in 0..130usize,
        ) {
            let excerpts = texts.iter().map(|(text, line)| {
                let at = |n: usize| text.char_indices().map(|(i, _)| i).nth(n).unwrap_or(text.len());
                let label = |(start, len, said): &(usize, usize, String)| {
                    Label { start: at(*start), end: at(start + len), text: said.clone(), primary: *len == 1, at: None }
                };
                let labels = labels.iter().map(label).collect();
                Excerpt { path: "r".into(), place: None, line: *line, column: 1, text: text.clone(), labels }
            });
            let finding = Finding { excerpts: excerpts.collect(), ..sample::run().reports[0].findings[0].clone() };
            let report = Report { findings: vec![finding], ..Report::default() };
            let run = Run { reports: vec![report], ..Run::default() };
            write(&mut Vec::new(), &run, &TextOptions { width, ..TextOptions::default() }).unwrap();
        }
    }
}
