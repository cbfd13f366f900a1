//! The figures of a text as they are marked: where several overlap, one mark stands for all of them.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Body, BodyFigure, FigureState, Finding, Passage, Report};

/// The marks of a report.
pub struct Marks {
    /// By figure: the one whose mark shows it.
    leaders: Vec<usize>,
    /// By figure: whether a finding blames it.
    blamed: FxHashSet<usize>,
}

/// A marked place of a passage.
pub struct Mark {
    /// Where it stands in the passage's text, in bytes.
    pub span: Range<usize>,
    /// The figures in it, as indices into [`Body::figures`]; the first one's number is the mark's.
    pub figures: Range<usize>,
}

/// How a mark looks; the letter is its class in the style sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    None,
    Unchecked,
    Bound,
    WithinRounding,
    Holds,
    Failing,
    Blamed,
}

impl Look {
    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Look::None => "n",
            Look::Unchecked => "u",
            Look::Bound => "b",
            Look::WithinRounding => "r",
            Look::Holds => "h",
            Look::Failing => "w",
            Look::Blamed => "x",
        }
    }
}

impl Marks {
    pub fn new(report: &Report, body: &Body) -> Self {
        let mut leaders: Vec<usize> = (0..body.figures.len()).collect();
        for passage in body.blocks.iter().flat_map(|block| block.passages()) {
            for mark in of_passage(body, passage) {
                leaders[mark.figures.clone()].fill(mark.figures.start);
            }
        }
        let findings = report.findings.iter().filter(|finding| finding.severity.is_some());
        let blamed = findings.flat_map(|finding| blamed(body, finding)).collect();
        Self { leaders, blamed }
    }

    /// The number of the mark that shows a figure.
    pub fn of(&self, figure: usize) -> usize {
        self.leaders.get(figure).copied().unwrap_or(figure)
    }

    /// How a mark looks.
    pub fn look(&self, body: &Body, mark: &Mark) -> Look {
        mark.figures.clone().map(|figure| self.look_of(figure, &body.figures[figure])).max().unwrap_or(Look::None)
    }

    fn look_of(&self, number: usize, figure: &BodyFigure) -> Look {
        match figure.state {
            FigureState::Failing if self.blamed.contains(&number) => Look::Blamed,
            FigureState::Failing => Look::Failing,
            FigureState::Holds => Look::Holds,
            FigureState::WithinRounding => Look::WithinRounding,
            FigureState::Bound => Look::Bound,
            FigureState::Unchecked if figure.row.class == "quantity" => Look::Unchecked,
            FigureState::Unchecked => Look::None,
        }
    }
}

/// The marks of a passage, in order.
pub fn of_passage(body: &Body, passage: &Passage) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for number in passage.figures.clone() {
        let span = body.figures[number].span.clone();
        match marks.last_mut() {
            Some(last) if span.start < last.span.end => {
                last.span.end = last.span.end.max(span.end);
                last.figures.end = number + 1;
            }
            _ => marks.push(Mark { span, figures: number..number + 1 }),
        }
    }
    marks
}

/// The figure at which a finding is shown.
pub fn anchor(body: &Body, finding: &Finding) -> Option<usize> {
    let check = &body.checks[finding.body_check?];
    let named = finding.culprits.first().and_then(|culprit| check.parts.iter().find(|part| part.name == culprit.name));
    named.map(|part| part.figure).or(check.stated).or(check.parts.first().map(|part| part.figure))
}

/// The figures that a finding blames; where it names none, the one at which it is shown.
fn blamed(body: &Body, finding: &Finding) -> Vec<usize> {
    let parts = finding.body_check.map_or(&[][..], |check| &body.checks[check].parts);
    let is_culprit = |name: &str| finding.culprits.iter().any(|culprit| culprit.name == name);
    let mut blamed: Vec<usize> = parts.iter().filter(|part| is_culprit(&part.name)).map(|part| part.figure).collect();
    if blamed.is_empty() {
        blamed.extend(anchor(body, finding));
    }
    blamed
}

/// Where the sentence around `at` ends: after the mark that ends it, never inside of a figure.
pub fn sentence_end(text: &str, at: usize, marks: &[Mark]) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let mut characters = rest.char_indices().peekable();
    let mut end = text.len();
    while let Some((offset, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let closes = matches!(c, '。' | '！' | '？' | '；' | ';' | '!' | '?')
            || c == '.' && next.is_none_or(char::is_whitespace)
            || c == '\n' && next == Some('\n');
        if closes {
            end = at + offset + c.len_utf8();
            break;
        }
    }
    // Quotation marks and brackets that close stay with their sentence.
    let after = text[end..].trim_start_matches(['”', '"', '）', ')', '」', '’']);
    let end = text.len() - after.len();
    marks.iter().find(|mark| mark.span.start < end && end < mark.span.end).map_or(end, |mark| mark.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_go_after_the_sentence() {
        let text = "收38件（含3.5万元。）办结。It is 3.5 high. Yes";
        let after = |at: &str| &text[..sentence_end(text, text.find(at).unwrap(), &[])];
        assert_eq!(after("38"), "收38件（含3.5万元。）");
        assert_eq!(after("办结"), "收38件（含3.5万元。）办结。");
        assert_eq!(after("It"), "收38件（含3.5万元。）办结。It is 3.5 high.");
        assert_eq!(after("Yes"), text);
    }
}
