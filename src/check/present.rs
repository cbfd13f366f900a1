//! Presenting: a finding with its sentences, its arithmetic and its words, in the report's language.

use super::bind::{Bound, Cited, Reading};
use super::earlier::Earlier;
use super::evaluate::Reason;
use super::judge::{Judged, figures_of};
use super::{arithmetic, stated};
use crate::diagnostic::{Excerpt, FigureView, Finding, Label, PlaceView, Problem, Severity, Verdict};
use crate::document::{self, BlockKind, Document, Language};
use crate::exact::Rational;
use crate::figure::{Figure, Rounding};
use crate::rule::{RuleFile, RuleSource};
use crate::span::Span;
use crate::text;
use rustc_hash::FxHashMap;

/// Turns what was judged into what is shown.
pub struct Presenter<'a> {
    /// The report with its figures.
    pub reading: &'a Reading<'a>,
    /// The language of messages.
    pub language: Language,
    /// What an earlier version of the report printed.
    pub earlier: Option<&'a Earlier>,
}

impl Presenter<'_> {
    /// A judged check as a finding: severity, words, figures and excerpts; blame is added by the caller.
    pub fn finding(&self, file: &RuleFile, judged: &Judged) -> Finding {
        let rule = judged.rule;
        let check = &rule.checks[judged.check];
        let figures: Vec<(usize, usize, &Cited)> = figures_of(judged).collect();
        let mut finding = Finding {
            rule: rule.id.clone(),
            severity: severity(judged),
            verdict: judged.evaluation.verdict,
            message: String::new(),
            check: Some(check.text.clone()),
            arithmetic: Some(self.arithmetic(judged)),
            figures: figures.iter().map(|&(name, item, cited)| self.view(judged, name, item, cited)).collect(),
            computed: None,
            off: None,
            slip: None,
            culprits: Vec::new(),
            suggestion: None,
            notes: self.notes(judged),
            fingerprint: String::new(),
            known: None,
            body_check: None,
            at: figures
                .iter()
                .find_map(|(.., cited)| cited.here())
                .map(|index| self.reading.figures.span(index as usize).start),
            excerpts: Vec::new(),
        };
        let stated = stated::of(self.reading, judged);
        if judged.evaluation.verdict == Verdict::Fails {
            self.compute(judged, &mut finding);
        }
        finding.message = self.message(judged);
        finding.excerpts = self.excerpts(&figures, judged, stated.as_ref().map(|stated| stated.figure()), &finding);
        if !rule.detected {
            finding.excerpts.push(rule_excerpt(&file.source, check.span));
        }
        finding.fingerprint = self.fingerprint(&finding, &figures);
        finding
    }

    /// What a check counts as; `None`: it passes.
    pub fn severity(&self, judged: &Judged) -> Option<Severity> {
        severity(judged)
    }

    /// What is said of a check: the rule's own message where it has one that fits the verdict.
    pub fn message(&self, judged: &Judged) -> String {
        let own = judged.claim.and_then(|claim| claim.message.as_deref());
        let said = own.or(judged.rule.message_in(self.language));
        let said = said.filter(|_| judged.evaluation.verdict == Verdict::Fails || !judged.rule.detected);
        said.map_or_else(|| self.default_message(judged), str::to_owned)
    }

    /// Writes what the stated figure comes to into a finding.
    pub fn compute(&self, judged: &Judged, finding: &mut Finding) {
        // What only a detector reads as a number (a list mark, a day of the week) has no other form to be printed in.
        let lexed = |stated: &stated::Stated| {
            judged.claim.is_none() || stated.cited.here().is_some_and(|at| (at as usize) < self.reading.lexed)
        };
        if let Some(stated) = stated::of(self.reading, judged).filter(lexed) {
            stated::compute(self, judged, &stated, finding);
        }
    }

    /// The figure of the report that a check is about, as an index into the reading's figures.
    pub fn stated(&self, judged: &Judged) -> Option<u32> {
        stated::of(self.reading, judged).and_then(|stated| stated.cited.here())
    }

    /// A name of a check's rule, and the same in the report's language; in a list with its item's number.
    pub fn name_of(&self, judged: &Judged, name: usize, item: usize) -> (String, String) {
        let own = &judged.rule.names[name];
        let numbered = |own: &str| match &judged.place.bound[name] {
            Some(Bound::List(_)) => format!("{own}[{}]", item + 1),
            _ => own.to_owned(),
        };
        (numbered(&own.name), numbered(own.said(self.language)))
    }

    /// The text of a cited figure as printed.
    pub fn text_of(&self, cited: &Cited) -> String {
        match (cited.elsewhere(), cited.here()) {
            (Some(view), _) => view.text.clone(),
            (_, Some(index)) => one_line(self.reading.document.printed(self.reading.figures.span(index as usize))),
            _ => String::new(),
        }
    }

    /// A check with the figures in place of the names. Of a bound that fails it is told how the figures stand to each other: 31 > 30.
    pub fn arithmetic(&self, judged: &Judged) -> String {
        let text = |name: usize, item: usize| {
            let cited = judged.place.bound[name].as_ref().and_then(|bound| bound.cited().get(item));
            cited.map_or_else(String::new, |cited| self.text_of(cited))
        };
        let contradicted = stated::contradicted(self.reading, judged);
        arithmetic::written_out(contradicted.as_ref().unwrap_or(judged.expr()), judged.place, &text)
    }

    fn view(&self, judged: &Judged, name: usize, item: usize, cited: &Cited) -> FigureView {
        let (name, role) = self.name_of(judged, name, item);
        let view = cited.elsewhere().cloned().unwrap_or_else(|| self.view_here(cited, judged.rounding));
        FigureView { name, role, ..view }
    }

    fn view_here(&self, cited: &Cited, rounding: Rounding) -> FigureView {
        let Some(index) = cited.here() else { return FigureView::default() };
        let figure = &self.reading.figures.at(index as usize);
        let operand = cited.operand(&|figure| self.reading.plainly(figure, rounding));
        let range = &operand.range;
        FigureView {
            text: one_line(self.reading.document.printed(figure.span)),
            value: operand.nominal.as_ref().map(decimal),
            low: range.low.as_ref().map(|end| decimal(&end.value)),
            high: range.high.as_ref().map(|end| decimal(&end.value)),
            open: open_ends(range),
            path: None,
            earlier: self.earlier(figure).map(str::to_owned),
            place: place_view(self.reading.document, figure.span),
            ..FigureView::default()
        }
    }

    fn earlier(&self, figure: &Figure) -> Option<&str> {
        self.earlier.and_then(|earlier| earlier.of(figure))
    }

    fn notes(&self, judged: &Judged) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(missing) = &judged.place.missing {
            let term = &judged.rule.names[missing.term].name;
            notes.push(match self.language == Language::English {
                true => format!("{term} is not printed where the other numbers of the equation stand"),
                false => format!("等式中的 {term} 没有与其他数字印在一处"),
            });
        }
        if judged.learned {
            notes.push(match self.language == Language::English {
                true => "the other totals of this table are exact to the unit, none needs rounding".to_owned(),
                false => "本表其他合计均精确到个位，没有一处需要舍入".to_owned(),
            });
        }
        notes.extend(judged.claim.and_then(|claim| claim.evidence.clone()));
        if judged.evaluation.excluded_end {
            notes.push(match self.language == Language::English {
                true => "it fails only at the very end that the hedge leaves out".to_owned(),
                false => "仅在限定词所不含的端点上不成立".to_owned(),
            });
        }
        if judged.evaluation.verdict == Verdict::Untestable {
            notes.push(reason(judged.evaluation.reason, self.language).to_owned());
        }
        notes
    }

    fn default_message(&self, judged: &Judged) -> String {
        let message = match (judged.evaluation.verdict, self.language) {
            (Verdict::Fails, Language::English) => "these figures cannot all be right",
            (Verdict::Fails, Language::Chinese) => "这些数字不可能都对",
            (Verdict::Untestable, Language::English) => "nothing could be concluded",
            (Verdict::Untestable, Language::Chinese) => "无法判断",
            (_, Language::English) => "the figures agree",
            (_, Language::Chinese) => "数字相符",
        };
        message.to_owned()
    }

    /// The sentences of the figures, the stated figure's first.
    fn excerpts(
        &self,
        figures: &[(usize, usize, &Cited)],
        judged: &Judged,
        stated: Option<(usize, usize)>,
        finding: &Finding,
    ) -> Vec<Excerpt> {
        let mut sentences: Vec<(Span, Vec<Mark>)> = Vec::new();
        let mut known: FxHashMap<Span, usize> = FxHashMap::default();
        let mut ordered: Vec<_> = figures.iter().collect();
        ordered.sort_by_key(|(name, item, _)| Some((*name, *item)) != stated);
        for (position, &&(name, item, cited)) in ordered.iter().enumerate() {
            let Some(figure) = cited.here().map(|index| self.reading.figures.at(index as usize)) else { continue };
            let primary = position == 0;
            let own = judged.rule.names[name].said(self.language);
            let computed = finding.computed.as_ref().filter(|_| primary && Some((name, item)) == stated);
            let text = self.label(own, computed.map(|computed| &*computed.shown), self.earlier(&figure));
            let sentence = self.sentence(&figure);
            let label = (figure.span, text, primary);
            let at = *known.entry(sentence).or_insert(sentences.len());
            match sentences.get_mut(at) {
                Some((_, labels)) if labels.iter().all(|(span, ..)| *span != figure.span) => labels.push(label),
                Some(_) => {}
                None => sentences.push((sentence, vec![label])),
            }
        }
        sentences.into_iter().map(|(span, labels)| excerpt(self.reading.document, span, labels)).collect()
    }

    /// `rate: should be 96.6%, was 96.4%`.
    fn label(&self, name: &str, should_be: Option<&str>, was: Option<&str>) -> String {
        let english = self.language == Language::English;
        let should_be = should_be.map(|it| if english { format!("should be {it}") } else { format!("应为 {it}") });
        let was = was.map(|it| if english { format!("was {it}") } else { format!("原为 {it}") });
        let said: Vec<_> = should_be.into_iter().chain(was).collect();
        let (comma, colon) = if english { (", ", ": ") } else { ("，", "：") };
        if said.is_empty() { name.to_owned() } else { format!("{name}{colon}{}", said.join(comma)) }
    }

    /// What could not be read of a document, shown at its place.
    pub fn problems_of(&self, document: &Document) -> Vec<Problem> {
        document.problems.iter().map(|problem| read_problem(document, problem, self.language)).collect()
    }

    /// What is worth telling only to those who ask: the encoding that was detected.
    pub fn remarks(&self, document: &Document, said: Option<Rounding>) -> Vec<String> {
        let encoding = document.source.encoding;
        let told = match self.language {
            Language::English => format!("read as {encoding}"),
            Language::Chinese => format!("按 {encoding} 读取"),
        };
        let rounding = said.map(|_| match self.language {
            Language::English => "the report says that it cuts digits off instead of rounding".to_owned(),
            Language::Chinese => "报告自述其数字为截尾，不是四舍五入".to_owned(),
        });
        let told = (encoding != "UTF-8").then_some(told).into_iter().chain(rounding);
        told.chain(document.remarks.iter().map(|remark| remark.in_language(self.language).to_owned())).collect()
    }

    /// The range of a figure that no rule rounds.
    pub fn range_view(&self, figure: &Figure) -> FigureView {
        let range = figure.quantity.range(figure.is_exact(), crate::figure::Rounding::Nearest);
        FigureView {
            value: figure.quantity.nominal().as_ref().map(decimal),
            low: range.low.as_ref().map(|end| decimal(&end.value)),
            high: range.high.as_ref().map(|end| decimal(&end.value)),
            open: open_ends(&range),
            ..FigureView::default()
        }
    }

    /// The sentence around an offset of the text; in a table its row.
    pub fn sentence_at(&self, at: u32) -> Span {
        let blocks = &self.reading.document.blocks;
        let after = blocks.partition_point(|block| block.span.start <= at);
        self.sentence_in(after.saturating_sub(1), at)
    }

    /// The sentence of a figure; in a table its row.
    fn sentence(&self, figure: &Figure) -> Span {
        self.sentence_in(figure.block as usize, figure.span.start)
    }

    fn sentence_in(&self, block: usize, at: u32) -> Span {
        let document = self.reading.document;
        let Some(block) = document.blocks.get(block) else { return Span { start: at, end: at } };
        if let BlockKind::Cell { table, cell } = block.kind {
            let cells = &document.tables[table as usize].cells;
            let (cell, row) = (cell as usize, cells.at(cell as usize).row);
            // The cells of a row stand together.
            let in_row = |other: &document::Cell| other.row == row;
            let before = cells.range(0..cell).rev().take_while(in_row);
            let row = before.chain(cells.range(cell..cells.len()).take_while(in_row));
            return row.map(|cell| cell.span).fold(block.span, Span::to);
        }
        let around = text::sentence_around(document.slice(block.span), at.saturating_sub(block.span.start) as usize);
        Span::new(block.span.start as usize + around.start, block.span.start as usize + around.end)
    }

    /// Made of the rule, the check and the words around the figures: no digits, and nothing that a line break, a table's
    /// rules or another format would change.
    fn fingerprint(&self, finding: &Finding, figures: &[(usize, usize, &Cited)]) -> String {
        let mut hash = Fnv::default();
        hash.add(&finding.rule);
        hash.add(finding.check.as_deref().unwrap_or_default());
        let mut last: Option<(Span, String)> = None;
        for (_, _, cited) in figures.iter().take(8) {
            let Some(index) = cited.here() else { continue };
            let sentence = self.sentence(&self.reading.figures.at(index as usize));
            // Figures of one check stand in one sentence as a rule.
            let words = last.take().filter(|(span, _)| *span == sentence).map(|(_, words)| words);
            let words = words.unwrap_or_else(|| {
                let folded = self.reading.document.slice(sentence).chars().filter_map(text::fold);
                folded.filter(|c| c.is_alphabetic()).collect()
            });
            hash.add(&words);
            last = Some((sentence, words));
        }
        format!("{:016x}", hash.0)
    }
}

/// The fingerprint of a finding that stands at no figures.
pub fn fingerprint_of(parts: &[&str]) -> String {
    let mut hash = Fnv::default();
    parts.iter().for_each(|part| hash.add(part));
    format!("{:016x}", hash.0)
}

fn read_problem(document: &Document, problem: &document::Problem, language: Language) -> Problem {
    let path = document.source.path.display().to_string();
    let mut shown =
        Problem { fatal: problem.unchecked, ..Problem::of_file(&path, problem.message.in_language(language)) };
    if let Some(place) = &problem.place {
        shown.place.place = Some(place.to_string());
    }
    if let Some(span) = problem.source_span {
        let at = document.source.line_column(span.start);
        let file = document.source.map.to_origin(span);
        shown.place = PlaceView {
            bytes: Some((u64::from(file.start), u64::from(file.end))),
            line_column: Some((at.line, at.column)),
            ..PlaceView::default()
        };
    }
    shown
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

fn severity(judged: &Judged) -> Option<Severity> {
    let claimed = judged.claim.map(|claim| claim.severity);
    match judged.evaluation.verdict {
        Verdict::Fails if judged.evaluation.excluded_end || judged.odd => Some(Severity::Note),
        Verdict::Fails if claimed == Some(Severity::Note) => claimed,
        Verdict::Fails if judged.rule.severity_set => Some(judged.rule.severity),
        Verdict::Fails if judged.learned => Some(judged.rule.severity.min(Severity::Warning)),
        Verdict::Fails => Some(claimed.unwrap_or(judged.rule.severity)),
        Verdict::Untestable => Some(Severity::Note),
        Verdict::Holds | Verdict::WithinRounding | Verdict::Unbound => None,
    }
}

fn reason(reason: Option<Reason>, language: Language) -> &'static str {
    match (reason, language) {
        (Some(Reason::DivisionByZero), Language::English) => "a divisor may be zero",
        (Some(Reason::DivisionByZero), Language::Chinese) => "除数可能为零",
        (Some(Reason::Dimensions), Language::English) => "the units cannot be added or compared",
        (Some(Reason::Dimensions), Language::Chinese) => "单位不同，不能相加或比较",
        (Some(Reason::TooWide), Language::English) => {
            "the figures are hedged so widely that nothing could contradict them"
        }
        (Some(Reason::TooWide), Language::Chinese) => "限定词太宽，任何数值都不会矛盾",
        (Some(Reason::NoPower), Language::English) => "with so many things every such rate is possible",
        (Some(Reason::NoPower), Language::Chinese) => "总数太大，任何这样的比率都可能出现",
        (None, Language::English) => "a figure that the check needs is not there",
        (None, Language::Chinese) => "缺少检查所需的数字",
    }
}

/// A rational as an exact decimal, or as a fraction where it has none.
pub fn decimal(value: &Rational) -> String {
    value.exact_decimal().unwrap_or_else(|| value.to_string())
}

/// Which ends of a range are left out, as JSON names them.
pub fn open_ends(range: &crate::exact::Range) -> &'static str {
    let open = |end: &Option<crate::exact::End>| end.as_ref().is_some_and(|end| end.open);
    match (open(&range.low), open(&range.high)) {
        (false, false) => "",
        (true, false) => "low",
        (false, true) => "high",
        (true, true) => "low high",
    }
}

/// Where a span of the document stands.
pub fn place_view(document: &Document, span: Span) -> PlaceView {
    if document.places.is_some() {
        return PlaceView { place: document.origin(span).place, ..PlaceView::default() };
    }
    let source = document.source_span(span);
    let file = document.source.map.to_origin(source);
    let line_column = |offset: u32| {
        let at = document.source.line_column(offset);
        (at.line, at.column)
    };
    PlaceView {
        bytes: Some((u64::from(file.start), u64::from(file.end))),
        line_column: Some(line_column(source.start)),
        end: Some(line_column(source.end)),
        place: None,
    }
}

/// What is marked in an excerpt: a span of the document, what is said of it, and whether it is the main one.
pub type Mark = (Span, String, bool);

/// A piece of the document with labels; line breaks in it become spaces.
pub fn excerpt(document: &Document, span: Span, labels: Vec<Mark>) -> Excerpt {
    let whole = document.slice(span);
    let span = Span::new(
        span.start as usize + (whole.len() - whole.trim_start().len()),
        span.start as usize + whole.trim_end().len().max(whole.len() - whole.trim_start().len()),
    );
    let origin = document.origin(span);
    // A row of a sheet has many places; that of what the excerpt is about is told.
    let main = labels.iter().find(|(_, _, primary)| *primary).or(labels.first());
    let place = main.map_or(origin.place, |(label, ..)| document.origin(*label).place);
    let inside = |at: u32| at.clamp(span.start, span.end) - span.start;
    let labels = labels.into_iter().map(|(label, text, primary)| Label {
        start: inside(label.start) as usize,
        end: inside(label.end) as usize,
        text,
        primary,
        at: document.origin(label).line_column.map(|at| (at.line, at.column)),
    });
    let mut labels: Vec<Label> = labels.collect();
    labels.sort_by_key(|label| label.start);
    Excerpt {
        path: document.source.path.display().to_string(),
        place,
        line: origin.line_column.map_or(0, |at| at.line),
        column: origin.line_column.map_or(0, |at| at.column),
        text: document.printed(span).replace(['\n', '\r', '\t'], " "),
        labels,
    }
}

/// The line of a rule file that holds a span, the span labelled.
pub fn rule_excerpt(source: &RuleSource, span: Span) -> Excerpt {
    let at = source.line_column(span.start);
    let line = source.line_span(at.line);
    let start = span.start.clamp(line.start, line.end) - line.start;
    let end = span.end.clamp(line.start, line.end) - line.start;
    Excerpt {
        path: source.path.display().to_string(),
        place: None,
        line: at.line,
        column: 1,
        text: source.text[line.range()].replace('\t', " "),
        labels: vec![Label { start: start as usize, end: end as usize, text: String::new(), primary: false, at: None }],
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
