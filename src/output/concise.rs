//! One line a finding, for grep and for editors: `path:line:column: severity[rule] message — arithmetic, computed …`. The
//! severity is always the English word, so that scripts need not know the report's language.

use std::io::{self, Write};

use super::{Color, TextOptions, clean, coverage, words};
use crate::diagnostic::{FigureView, Finding, PlaceView, Problem, Report, Run, Severity};
use crate::document::Language;

/// Writes findings and problems, a line each, and the closing line if it is wanted.
pub fn write(out: &mut dyn Write, run: &Run, options: &TextOptions) -> io::Result<()> {
    for report in &run.reports {
        let language = options.language.unwrap_or(report.language);
        for problem in &report.problems {
            write_problem(out, problem, Some(&report.path), options)?;
        }
        for finding in report.findings.iter().filter(|finding| options.shows(finding)) {
            write_finding(out, report, finding, language, options)?;
        }
        if options.remarks {
            write_remarks(out, report, language)?;
        }
        coverage::write(out, report, options)?;
    }
    for problem in &run.problems {
        write_problem(out, problem, None, options)?;
    }
    if options.summary {
        writeln!(out, "{}", words::summary(options.run_language(run), &run.summary()))?;
    }
    Ok(())
}

/// What is told of a report only where more is asked for, a line each: its encoding, what was left out, what is suppressed.
pub(super) fn write_remarks(out: &mut dyn Write, report: &Report, language: Language) -> io::Result<()> {
    let suppressed = (report.suppressed > 0).then(|| words::suppressed(language, report.suppressed));
    let told = report.remarks.iter().map(String::as_str).chain(suppressed.as_deref());
    { told }.try_for_each(|remark| writeln!(out, "{}: {}", clean::line(&report.path), clean::line(remark)))
}

fn write_finding(
    out: &mut dyn Write,
    report: &Report,
    finding: &Finding,
    language: Language,
    options: &TextOptions,
) -> io::Result<()> {
    let severity = words::severity(Language::English, finding.severity);
    let severity = options.paint(Color::of(finding.severity), &format!("{severity}[{}]", clean::line(&finding.rule)));
    let place = place_of(report, finding);
    write!(out, "{} {severity} {}", options.paint(Color::Bold, &place), clean::line(&finding.message))?;
    if let Some(arithmetic) = finding.arithmetic.as_deref().or(finding.check.as_deref()) {
        write!(out, " — {}", clean::line(arithmetic))?;
    }
    if let Some(computed) = &finding.computed {
        write!(out, ", {}", words::computed(language, &clean::line(&computed.shown)))?;
    }
    if let Some(earlier) = words::earlier(language, finding) {
        write!(out, "; {earlier}")?;
    }
    writeln!(out)
}

/// Where a finding stands: at its main figure.
fn place_of(report: &Report, finding: &Finding) -> String {
    let figure = |figure: &FigureView| place(figure.path.as_deref().unwrap_or(&report.path), &figure.place);
    finding.main().map_or_else(|| place(&report.path, &PlaceView::default()), figure)
}

fn write_problem(out: &mut dyn Write, problem: &Problem, path: Option<&str>, options: &TextOptions) -> io::Result<()> {
    let severity = if problem.fatal { Severity::Error } else { Severity::Warning };
    if let Some(path) = problem.path.as_deref().or(path) {
        write!(out, "{} ", options.paint(Color::Bold, &place(path, &problem.place)))?;
    }
    let word = options.paint(Color::of(Some(severity)), words::severity(Language::English, Some(severity)));
    write!(out, "{word}: {}", clean::line(&problem.message))?;
    if let Some(help) = &problem.help {
        write!(out, " ({})", clean::line(help))?;
    }
    writeln!(out)
}

/// `path:line:column:`, `path:Sheet1!B7:` or `path:`.
pub(super) fn place(path: &str, place: &PlaceView) -> String {
    let path = clean::line(path);
    match (place.line_column, &place.place) {
        (Some((line, column)), _) => format!("{path}:{line}:{column}:"),
        (None, Some(place)) => format!("{path}:{}:", clean::line(place)),
        (None, None) => format!("{path}:"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn written(run: &Run, options: &TextOptions) -> String {
        let mut out = Vec::new();
        write(&mut out, run, options).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_a_finding() {
        insta::assert_snapshot!(written(&sample::run(), &TextOptions::default()), @r"
        fixtures/text/mediation.txt:57:96: error[performance-rate] 调解协议履行率应为成功履行数与调处成功数之比 — 96.5% = 510 / 528, 算得 96.6%
        fixtures/text/mediation.txt:57:84: holds[94.1% = 528 / 561] 勾稽相符 — 94.1% = 528 / 561
        reports/missing.txt: error: No such file or directory (os error 2)
        rules/mediation.toml:31:17: error: unknown name `preformed` (did you mean `performed`?)
        2 处未能检查，1 处错误，1 处提示 · 14 项检查成立，2 项在舍入范围内 · 47 个数字：31 个勾稽相符，4 个有界，2 个有误，10 个未核对
        ");
        let all = TextOptions { notes: true, language: Some(Language::English), ..TextOptions::default() };
        insta::assert_snapshot!(written(&sample::run(), &all), @r"
        fixtures/text/mediation.txt:57:96: error[performance-rate] 调解协议履行率应为成功履行数与调处成功数之比 — 96.5% = 510 / 528, computed 96.6%
        fixtures/text/mediation.txt:9:120: note[count] 招聘次数无从核对
        fixtures/text/mediation.txt:57:84: holds[94.1% = 528 / 561] 勾稽相符 — 94.1% = 528 / 561
        reports/missing.txt: error: No such file or directory (os error 2)
        rules/mediation.toml:31:17: error: unknown name `preformed` (did you mean `performed`?)
        2 problems, 1 error, 1 note · 14 checks hold, 2 within rounding · 47 figures: 31 tied, 4 bound, 2 failing, 10 unchecked
        ");
    }

    #[test]
    fn colours_only_where_asked_for() {
        assert!(!written(&sample::run(), &TextOptions::default()).contains('\u{1b}'));
        let coloured = TextOptions { color: true, ..TextOptions::default() };
        assert!(written(&sample::run(), &coloured).contains("\u{1b}[31merror[performance-rate]\u{1b}[0m"));
    }
}
