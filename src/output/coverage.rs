//! Coverage as text: the share of checked figures by section, and the unchecked ones.

use std::io::{self, Write};

use super::{Color, TextOptions, clean, concise, words};
use crate::diagnostic::{Coverage, FigureCounts, Report};

/// Writes the coverage of a report, if it was asked for.
pub fn write(out: &mut dyn Write, report: &Report, options: &TextOptions) -> io::Result<()> {
    let Some(coverage) = &report.coverage else { return Ok(()) };
    let language = options.language.unwrap_or(report.language);
    let title = format!("{}: {}", clean::line(&report.path), words::coverage(language, report.figures));
    writeln!(out, "{}", options.paint(Color::Bold, &title))?;
    write_sections(out, coverage, language)?;
    if !coverage.unchecked.is_empty() {
        writeln!(out, "{}", options.paint(Color::Bold, words::unchecked(language)))?;
    }
    for row in &coverage.unchecked {
        let place = concise::place(&report.path, &row.place);
        let label = row.label.as_deref().map(|label| format!("  {}", clean::line(label))).unwrap_or_default();
        writeln!(out, "  {place} {}{label}", clean::line(&row.text))?;
    }
    writeln!(out)
}

fn write_sections(out: &mut dyn Write, coverage: &Coverage, language: crate::document::Language) -> io::Result<()> {
    let counts = |figures: &FigureCounts| format!("{}/{}", figures.checked(), figures.total);
    let width = coverage.sections.iter().map(|section| counts(&section.figures).len()).max().unwrap_or(0);
    for section in &coverage.sections {
        let percent = section.figures.percent().unwrap_or(100);
        let heading = section.heading.as_deref().unwrap_or(words::before_headings(language));
        writeln!(out, "  {percent:>3}%  {:>width$}  {}", counts(&section.figures), clean::line(heading))?;
    }
    Ok(())
}
