//! A finding as a note in the margin.

use maud::{Markup, html};

use super::data::place;
use super::marks::{Marks, anchor};
use super::report::Page;
use super::text::Text;
use crate::diagnostic::{Body, Excerpt, Finding, Severity};
use crate::output::words as told;

/// How many figures of a finding are listed; the rest is told by its count.
const LISTED: usize = 12;

/// A finding, by its number in the report. `body` is the report's with its marks, if it has one; `again` leaves out whom it
/// blames.
pub fn note(page: &Page, number: usize, body: Option<(&Body, &Marks)>, again: bool) -> Markup {
    let finding = &page.report.findings[number];
    let words = page.words;
    let known = finding.known == Some(true);
    let class = match finding.severity {
        _ if known => "note known",
        Some(Severity::Error) => "note error",
        Some(Severity::Warning) => "note warning",
        Some(Severity::Note) => "note hint",
        None => "note passes",
    };
    let tag = super::words::of(page.language).tag;
    let at = body.and_then(|(body, _)| Some(&body.figures[anchor(body, finding)?].row.place));
    html! {
        div #(page.id('n', number)) .(class) role="note" lang=(tag) tabindex="-1" {
            div .kind {
                span .icon aria-hidden="true" { (icon(finding.severity)) }
                (told::severity(page.language, finding.severity))
                " " code { (Text(&finding.rule)) }
                @if known { " " span .tag { (words.known) } }
            }
            p .says { (Text(&finding.message)) }
            @if let Some(computation) = told::computation(page.language, finding) {
                p .sum { (Text(&computation)) }
            }
            @if let Some(earlier) = told::earlier(page.language, finding) { p { (Text(&earlier)) } }
            @if !again { @for line in told::advice(page.language, finding) { p { (Text(&line)) } } }
            @if let Some((body, marks)) = body { (figures(page, finding, body, marks)) }
            @if body.is_none() || finding.body_check.is_none() {
                @for excerpt in &finding.excerpts { (self::excerpt(excerpt)) }
            }
            @if let Some(at) = at.and_then(|at| place(at, words)) { p .at { (Text(&at)) } }
        }
    }
}

fn icon(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "✗",
        Some(Severity::Warning) => "!",
        Some(Severity::Note) => "i",
        None => "✓",
    }
}

/// The figures of a finding, each a link to where it stands.
fn figures(page: &Page, finding: &Finding, body: &Body, marks: &Marks) -> Markup {
    let parts = finding.body_check.map_or(&[][..], |check| &body.checks[check].parts);
    html! {
        @if !parts.is_empty() {
            p .parts {
                (page.words.figures)
                @for part in parts.iter().take(LISTED) {
                    " " a href={ "#" (page.id('f', marks.of(part.figure))) } title=(Text(&part.role)) {
                        (Text(&body.figures[part.figure].row.text))
                    }
                }
                @if parts.len() > LISTED { " … (" (parts.len()) ")" }
            }
        }
    }
}

/// A piece of the report or of a rule file, with what is marked in it.
pub fn excerpt(excerpt: &Excerpt) -> Markup {
    let mut at = 0;
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    for label in &excerpt.labels {
        let (start, end) = (label.start.max(at), label.end.max(at));
        if let (Some(before), Some(marked)) = (excerpt.text.get(at..start), excerpt.text.get(start..end)) {
            pieces.extend([(before, false), (marked, true)]);
            at = end;
        }
    }
    pieces.push((excerpt.text.get(at..).unwrap_or_default(), false));
    html! {
        p .excerpt {
            code { (Text(&excerpt.path)) @if excerpt.line > 0 { ":" (excerpt.line) } } " "
            @for (text, marked) in pieces {
                @if marked { mark { (Text(text)) } } @else { (Text(text)) }
            }
        }
    }
}
