//! Excerpts cut to a terminal's width, in the form in which miette draws them.
//!
//! A Chinese report prints a paragraph of a thousand characters as one line, so only the clauses around the labels are
//! shown: each run of clauses that fits becomes a [`Segment`]. The segments of all excerpts of a finding are the lines of a
//! virtual text; labels are given in its offsets. A span that reaches over a segment's end is out of bounds, which makes
//! miette draw a block a segment; only segments on consecutive lines of a file (the rows of a table) form one block.

use std::ops::Range;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::clean::{self, wrapped};
use crate::diagnostic::{Excerpt, Label};

/// The excerpts of a finding, cut to a width.
#[derive(Debug)]
pub struct Excerpts {
    /// What is shown: a line a segment.
    text: String,
    segments: Vec<Segment>,
}

/// A piece of an excerpt that fits on a line.
#[derive(Debug)]
struct Segment {
    /// Where it stands in the virtual text, ellipses included.
    text: Range<usize>,
    /// The path and the place of the first primary label.
    name: String,
    /// The line in the file, from 1.
    line: u32,
    /// Whether it stands on the line after the segment before, in the same file.
    follows: bool,
    labels: Vec<LabeledSpan>,
}

impl Excerpts {
    /// Cuts excerpts so that no line is drawn wider than `width` columns. Excerpts without labels show nothing.
    pub fn new(excerpts: &[Excerpt], width: usize, ascii: bool) -> Self {
        let mut excerpts: Vec<&Excerpt> = excerpts.iter().collect();
        in_file_order(&mut excerpts);
        // miette draws ` 57 │ ` before the text.
        let gutter = excerpts.iter().map(|excerpt| excerpt.line).max().unwrap_or(0).max(1).to_string().len() + 4;
        let room = width.saturating_sub(gutter).max(16);
        let mut all = Self { text: String::new(), segments: Vec::new() };
        let mut before: Option<&Excerpt> = None;
        for excerpt in excerpts {
            let cutter = Cutter::new(excerpt, room, if ascii { "..." } else { "…" });
            for (at, group) in cutter.groups().iter().enumerate() {
                let follows = at == 0 && before.is_some_and(|b| b.path == excerpt.path && b.line + 1 == excerpt.line);
                let (text, labels) = cutter.cut(group, all.text.len());
                let range = all.text.len()..all.text.len() + text.len();
                all.text.push_str(&text);
                all.text.push('\n');
                let name = cutter.name(group);
                all.segments.push(Segment { text: range, name, line: excerpt.line, follows, labels });
                before = Some(excerpt);
            }
        }
        all
    }

    /// The labels of all segments, in offsets of the virtual text.
    pub fn labels(&self) -> impl Iterator<Item = &LabeledSpan> {
        self.segments.iter().flat_map(|segment| &segment.labels)
    }

    /// Whether a line of what is drawn, counted in their order, has a number in its file.
    pub fn is_numbered(&self, drawn: usize) -> bool {
        self.segments.get(drawn).is_none_or(|segment| segment.line > 0)
    }

    /// The segment in which an offset stands.
    fn at(&self, offset: usize) -> Option<usize> {
        let after = self.segments.partition_point(|segment| segment.text.start <= offset);
        after.checked_sub(1).filter(|&at| offset <= self.segments[at].text.end)
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let ends = self.at(span.offset()).zip(self.at(span.offset() + span.len()));
        let (first, last) = ends.ok_or(MietteError::OutOfBounds)?;
        if !self.segments[first + 1..=last].iter().all(|segment| segment.follows) {
            return Err(MietteError::OutOfBounds);
        }
        let segment = &self.segments[first];
        let text = segment.text.start..self.segments[last].text.end;
        let shown = SourceSpan::from(text.clone());
        let line = segment.line.saturating_sub(1) as usize;
        let (data, name) = (&self.text.as_bytes()[text], segment.name.clone());
        Ok(Box::new(MietteSpanContents::new_named(name, data, shown, line, 0, 1 + last - first)))
    }
}

/// Puts the excerpts of each file in the order of their places; the files stay as they are.
fn in_file_order(excerpts: &mut [&Excerpt]) {
    let mut files: Vec<&str> = Vec::new();
    for excerpt in excerpts.iter() {
        if !files.contains(&excerpt.path.as_str()) {
            files.push(&excerpt.path);
        }
    }
    excerpts.sort_by_key(|excerpt| {
        let file = files.iter().position(|path| *path == excerpt.path);
        (file, excerpt.line, excerpt.column)
    });
}

/// A character that is shown.
struct Glyph {
    /// Its byte in the excerpt's text.
    at: usize,
    /// How many characters stand before it in the excerpt's text, the invisible ones included.
    number: usize,
    shown: char,
}

/// A label in glyphs, its text broken into lines.
struct Mark<'a> {
    glyphs: Range<usize>,
    text: String,
    /// How many columns its text takes.
    width: usize,
    label: &'a Label,
}

/// Labels that are shown on one line, and the glyphs that are shown.
struct Group {
    marks: Range<usize>,
    glyphs: Range<usize>,
}

/// Finds what is shown of one excerpt.
struct Cutter<'a> {
    excerpt: &'a Excerpt,
    glyphs: Vec<Glyph>,
    /// The column at which each glyph starts, and where the last ends.
    columns: Vec<usize>,
    marks: Vec<Mark<'a>>,
    room: usize,
    ellipsis: &'static str,
}

impl<'a> Cutter<'a> {
    fn new(excerpt: &'a Excerpt, room: usize, ellipsis: &'static str) -> Self {
        let clean = |(number, (at, c))| clean::character(c).map(|shown| Glyph { at, number, shown });
        let glyphs: Vec<_> = excerpt.text.char_indices().enumerate().filter_map(clean).collect();
        let mut columns = vec![0];
        columns.extend(glyphs.iter().scan(0, |column, glyph| {
            *column += clean::width_of(glyph.shown);
            Some(*column)
        }));
        let mut cutter = Self { excerpt, glyphs, columns, marks: Vec::new(), room, ellipsis };
        cutter.marks = excerpt.labels.iter().map(|label| cutter.mark(label)).collect();
        cutter.marks.sort_by_key(|mark| mark.glyphs.start);
        cutter
    }

    fn mark(&self, label: &'a Label) -> Mark<'a> {
        let start = self.glyphs.partition_point(|glyph| glyph.at < label.start);
        let end = self.glyphs.partition_point(|glyph| glyph.at < label.end).max(start);
        let text = wrapped(&clean::line(&label.text), (self.room / 2).max(8));
        let width = text.lines().map(clean::width).max().unwrap_or(0);
        Mark { glyphs: start..end, text, width, label }
    }

    /// The labels in groups that each fit on a line with the clauses around them; one group where all fits.
    fn groups(&self) -> Vec<Group> {
        let whole = Group { marks: 0..self.marks.len(), glyphs: 0..self.glyphs.len() };
        if !self.marks.is_empty() && self.fits(&whole) {
            return vec![whole];
        }
        let mut groups: Vec<Group> = Vec::new();
        for (i, mark) in self.marks.iter().enumerate() {
            let clause = self.clause(mark.glyphs.clone());
            if let Some(last) = groups.last_mut() {
                let joined = Group {
                    marks: last.marks.start..i + 1,
                    glyphs: last.glyphs.start.min(clause.start)..last.glyphs.end.max(clause.end),
                };
                if self.fits(&joined) {
                    *last = joined;
                    continue;
                }
            }
            groups.push(self.narrowed(Group { marks: i..i + 1, glyphs: clause }));
        }
        groups.into_iter().map(|group| self.widened(group)).collect()
    }

    /// The clauses that hold a range of glyphs, as far as they could matter: a clause without end is not sought through.
    fn clause(&self, range: Range<usize>) -> Range<usize> {
        let first = range.start.saturating_sub(2 * self.room);
        let last = (range.end + 2 * self.room).min(self.glyphs.len());
        let start = (first..range.start).rev().find(|&i| self.is_break(i)).map_or(first, |i| i + 1);
        let end = (range.end.saturating_sub(1).max(range.start)..last).find(|&i| self.is_break(i));
        start..end.map_or(last, |i| i + 1)
    }

    /// Whether a clause ends with this glyph. The comma in 1,338 ends none.
    fn is_break(&self, i: usize) -> bool {
        let digit = |i: usize| self.glyphs.get(i).is_some_and(|glyph| glyph.shown.is_numeric());
        match self.glyphs[i].shown {
            ',' | '，' => !(i > 0 && digit(i - 1) && digit(i + 1)),
            ';' | '；' | '、' | '。' => true,
            _ => false,
        }
    }

    /// A clause too long for the line is cut down to what surrounds the label.
    fn narrowed(&self, group: Group) -> Group {
        if self.fits(&group) {
            return group;
        }
        let mark = self.marks[group.marks.start].glyphs.clone();
        let mut kept = Group { marks: group.marks, glyphs: mark.start..mark.end };
        // A label longer than the line is itself cut.
        while !self.fits(&kept) && kept.glyphs.len() > 1 {
            kept.glyphs.end -= 1 + (kept.glyphs.len() - 1) / 2;
        }
        let (mut left, mut right) = (true, true);
        while left || right {
            left = left && kept.glyphs.start > group.glyphs.start && self.grows(&mut kept, 1, 0);
            right = right && kept.glyphs.end < group.glyphs.end && self.grows(&mut kept, 0, 1);
        }
        kept
    }

    /// A short piece takes in the clauses before it, so that the reader knows where it stands.
    fn widened(&self, mut group: Group) -> Group {
        const ENOUGH: usize = 24;
        while group.glyphs.start > 0 && self.width(&group.glyphs) < ENOUGH {
            let before = self.clause(group.glyphs.start - 1..group.glyphs.start - 1);
            let more = group.glyphs.start - before.start;
            if !self.grows(&mut group, more, 0) {
                break;
            }
        }
        group
    }

    /// Takes in glyphs on both sides if the group still fits.
    fn grows(&self, group: &mut Group, before: usize, after: usize) -> bool {
        let glyphs = group.glyphs.start - before..group.glyphs.end + after;
        let grown = Group { marks: group.marks.clone(), glyphs };
        let fits = self.fits(&grown);
        if fits {
            *group = grown;
        }
        fits
    }

    /// Whether the text, its ellipses and the labels' texts below it stay within the line.
    fn fits(&self, group: &Group) -> bool {
        let start = self.columns[group.glyphs.start];
        let lead = self.lead(&group.glyphs).chars().count();
        self.width(&group.glyphs) <= self.room
            && self.marks[group.marks.clone()].iter().all(|mark| {
                // miette hangs the label's text, after `╰── `, below the middle of what is marked.
                let middle =
                    (self.columns[mark.glyphs.start] + self.columns[mark.glyphs.end.min(self.glyphs.len())]) / 2;
                lead + middle.saturating_sub(start) + 4 + mark.width <= self.room
            })
    }

    fn width(&self, glyphs: &Range<usize>) -> usize {
        let text = self.columns[glyphs.end] - self.columns[glyphs.start];
        text + self.lead(glyphs).chars().count() + self.tail(glyphs).chars().count()
    }

    fn lead(&self, glyphs: &Range<usize>) -> &'static str {
        if glyphs.start > 0 { self.ellipsis } else { "" }
    }

    fn tail(&self, glyphs: &Range<usize>) -> &'static str {
        if glyphs.end < self.glyphs.len() { self.ellipsis } else { "" }
    }

    /// The text of a group with its ellipses, and its labels, for a virtual text in which it starts at `base`.
    fn cut(&self, group: &Group, base: usize) -> (String, Vec<LabeledSpan>) {
        let mut text = self.lead(&group.glyphs).to_owned();
        let mut offsets = Vec::with_capacity(group.glyphs.len() + 1);
        for glyph in &self.glyphs[group.glyphs.clone()] {
            offsets.push(text.len());
            text.push(glyph.shown);
        }
        offsets.push(text.len());
        text.push_str(self.tail(&group.glyphs));
        let (first, last) = (group.glyphs.start, group.glyphs.end);
        let offset = |glyph: usize| base + offsets[glyph.clamp(first, last) - first];
        let label = |mark: &Mark| {
            let (start, end) = (offset(mark.glyphs.start), offset(mark.glyphs.end));
            let said = (!mark.text.is_empty()).then(|| mark.text.clone());
            let span = SourceSpan::from(start..end);
            let new = if mark.label.primary { LabeledSpan::new_primary_with_span } else { LabeledSpan::new_with_span };
            new(said, span)
        };
        let labels = self.marks[group.marks.clone()].iter().map(label).collect();
        (text, labels)
    }

    /// `path:line:column` of the first primary label, with the place in a container where there is one.
    fn name(&self, group: &Group) -> String {
        let marks = &self.marks[group.marks.clone()];
        let mark = marks.iter().find(|mark| mark.label.primary).or(marks.first());
        let glyph = mark.and_then(|mark| self.glyphs.get(mark.glyphs.start)).or(self.glyphs.last());
        let mut name = clean::line(&self.excerpt.path);
        if self.excerpt.line > 0 {
            let before = glyph.map_or(0, |glyph| glyph.number) as u32;
            let shown = (self.excerpt.line, self.excerpt.column + before);
            let (line, column) = mark.and_then(|mark| mark.label.at).unwrap_or(shown);
            name.push_str(&format!(":{line}:{column}"));
        }
        if let Some(place) = &self.excerpt.place {
            name.push_str(&format!(" {}", clean::line(place)));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, labels: &[(&str, &str)], width: usize) -> Vec<String> {
        let find = |(what, said): &(&str, &str)| {
            let start = text.find(what).unwrap();
            Label { start, end: start + what.len(), text: said.to_string(), primary: false, at: None }
        };
        let labels = labels.iter().map(find).collect();
        let excerpt = Excerpt { path: "r.txt".into(), place: None, line: 1, column: 1, text: text.into(), labels };
        let excerpts = Excerpts::new(&[excerpt], width, false);
        excerpts.segments.iter().map(|segment| excerpts.text[segment.text.clone()].to_owned()).collect()
    }

    #[test]
    fn clauses_are_cut_to_the_width() {
        let text = "全年受理1,338件,办结1,200件;经过一段很长的说明,这里没有数字,也没有别的内容,最后办结率89.7%。";
        let labels = [("1,338", "received"), ("89.7%", "rate")];
        assert_eq!(shown(text, &labels[..1], 60), ["全年受理1,338件,…"]);
        assert_eq!(shown(text, &labels, 60).len(), 2);
        assert_eq!(shown(text, &labels, 140), [text]);
    }

    #[test]
    fn a_long_clause_is_cut_around_the_label() {
        let text = format!("{}12件{}", "很".repeat(500), "长".repeat(500));
        let cut = &shown(&text, &[("12件", "there")], 60)[0];
        assert!(
            clean::width(cut) <= 55 && cut.contains("很12件长") && cut.starts_with('…') && cut.ends_with('…'),
            "{cut}"
        );
    }

    #[test]
    fn rows_of_a_table_form_one_block() {
        let excerpt = |path: &str, line, text: &str| {
            let labels = vec![Label { start: 0, end: 1, text: String::new(), primary: false, at: None }];
            Excerpt { path: path.into(), place: None, line, column: 1, text: text.into(), labels }
        };
        let all = [
            excerpt("r", 9, "3 c"),
            excerpt("r", 7, "1 a"),
            excerpt("r", 8, "2 b"),
            excerpt("r", 11, "4"),
            excerpt("s", 12, "5"),
        ];
        let excerpts = Excerpts::new(&all, 80, false);
        assert_eq!(excerpts.text, "1 a\n2 b\n3 c\n4\n5\n");
        assert!(excerpts.read_span(&(0..9).into(), 0, 0).is_ok());
        assert!(excerpts.read_span(&(0..13).into(), 0, 0).is_err());
        assert!(excerpts.read_span(&(12..15).into(), 0, 0).is_err());
        let block = excerpts.read_span(&(4..9).into(), 0, 0).unwrap();
        assert_eq!((block.data(), block.line(), block.line_count()), (&b"2 b\n3 c"[..], 7, 2));
    }

    #[test]
    fn long_label_texts_are_broken() {
        assert_eq!(wrapped("one two three", 7), "one two\nthree");
        assert_eq!(wrapped("共受理三十八件", 6), "共受理\n三十八\n件");
    }

    proptest::proptest! {
        #[test]
        fn never_wider_than_the_terminal(text in "[一-龥0-9,、; a\u{202e}]{0,200}", at in 0..200usize, len in 0..40usize, width in 30..140usize) {
            let at = text.char_indices().map(|(i, _)| i).nth(at).unwrap_or(text.len());
            let end = text[at..].char_indices().map(|(i, _)| at + i).nth(len).unwrap_or(text.len());
            let label = Label { start: at, end, text: "应为 12".into(), primary: true, at: None };
            let excerpt = Excerpt { path: "r".into(), place: None, line: 7, column: 1, text: text.clone(), labels: vec![label] };
            let excerpts = Excerpts::new(&[excerpt], width, false);
            for segment in &excerpts.segments {
                proptest::prop_assert!(clean::width(&excerpts.text[segment.text.clone()]) + 5 <= width);
            }
            for label in excerpts.labels() {
                proptest::prop_assert!(excerpts.read_span(label.inner(), 0, 0).is_ok());
            }
        }
    }
}
