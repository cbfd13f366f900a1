//! The words that name a figure.

use super::Figure;
use super::view::{View, digit, is_blank, is_han};
use crate::span::Span;

/// How many characters are looked at before a figure.
const REACH: usize = 40;

/// The words that name a figure: those before it in its clause, back to the previous mark or figure, without verbs such as
/// 达到 at their end. Directly behind another figure (22件29人) they are that figure's. `None` if there are none.
pub fn label(text: &str, block: Span, figure: &Figure) -> Option<Span> {
    let view = View::new(text, block, false);
    let mut end = trim_end(&view, figure.span.start as usize);
    // Another figure stands directly before: its unit and digits are stepped over.
    for _ in 0..2 {
        let start = clause_start(&view, end);
        let start = trim_start(&view, start, end);
        if let Some(span) = (start < end).then(|| Span::new(start, end)).filter(|_| has_words(&view, start, end)) {
            return Some(span);
        }
        end = trim_end(&view, before_number(&view, start)?);
    }
    None
}

/// Where the clause that ends at `end` starts: after a mark, or after a number and the unit behind it.
fn clause_start(view: &View, end: usize) -> usize {
    let mut start = end;
    for _ in 0..REACH {
        let c = view.char_before(start);
        if c == '\0' || is_mark(c) {
            break;
        }
        if digit(c).is_some() || c == '%' {
            return after_unit(view, start, end);
        }
        start = view.before(start);
    }
    start
}

/// The place after a unit that stands behind digits ending at `i`.
fn after_unit(view: &View, i: usize, end: usize) -> usize {
    let mut at = i;
    while matches!(view.char_at(at), '余' | '多' | '万' | '亿' | '千' | '百' | '年' | '月') {
        at = view.after(at);
    }
    let word = view.word_at(view.skip_one_blank(at));
    if ["hundred", "thousand", "million", "billion", "trillion", "percent"].contains(&word.text()) {
        at = word.end;
    }
    super::unit::known(view, at).map_or(at, |(_, after)| after).min(end)
}

/// Where the digits that end before `start` (behind an optional unit) begin, if a number stands there.
fn before_number(view: &View, start: usize) -> Option<usize> {
    let mut i = start;
    for _ in 0..8 {
        if digit(view.char_before(i)).is_some() {
            break;
        }
        if matches!(view.char_before(i), '\0') || is_mark(view.char_before(i)) {
            return None;
        }
        i = view.before(i);
    }
    let number = i;
    while digit(view.char_before(i)).is_some()
        || matches!(view.char_before(i), '.' | ',') && number - i < 24 && i < number
    {
        i = view.before(i);
    }
    (i < number).then_some(i)
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '，' | ','
            | '。'
            | '；'
            | ';'
            | '：'
            | ':'
            | '、'
            | '('
            | ')'
            | '（'
            | '）'
            | '！'
            | '？'
            | '!'
            | '?'
            | '\n'
            | '|'
            | '“'
            | '”'
            | '《'
            | '》'
    ) || c == '.'
}

/// Words at the end of a label that only lead over to the figure.
const VERBS: [&str; 28] = [
    "达到了",
    "达到",
    "达",
    "共计",
    "合计为",
    "总计为",
    "分别为",
    "分别是",
    "为",
    "是",
    "共有",
    "有",
    "共",
    "仅",
    "了",
    "约",
    "近",
    "超过",
    "已",
    "增长",
    "下降",
    "等",
    "到",
    "至",
    "的",
    "在",
    "占",
    "以",
];

fn trim_end(view: &View, mut end: usize) -> usize {
    for _ in 0..4 {
        end = view.skip_blanks_back(end);
        match VERBS.iter().find(|verb| view.ends(end, verb)) {
            Some(verb) => end -= verb.len(),
            None => break,
        }
    }
    let word = view.word_before(end);
    let verb = matches!(
        word.text(),
        "of" | "was"
            | "were"
            | "is"
            | "are"
            | "to"
            | "by"
            | "at"
            | "reached"
            | "totaled"
            | "totalled"
            | "about"
            | "a"
            | "the"
            | "with"
    );
    if verb && word.end == end { trim_end(view, word.start) } else { end }
}

/// Words at the start of a label that say nothing of the thing itself.
const OPENERS: [&str; 16] = [
    "其中",
    "包括",
    "全年",
    "今年",
    "目前",
    "截至目前",
    "同时",
    "累计",
    "全区共计",
    "全市共计",
    "全区共",
    "全市共",
    "我区",
    "我市",
    "分别",
    "共",
];

fn trim_start(view: &View, mut start: usize, end: usize) -> usize {
    for _ in 0..3 {
        start = view.skip_blanks(start).min(end);
        match OPENERS.iter().find(|opener| view.starts(start, opener) && start + opener.len() < end) {
            Some(opener) => start += opener.len(),
            None => break,
        }
    }
    start
}

/// Whether anything between is a letter.
fn has_words(view: &View, start: usize, end: usize) -> bool {
    view.text
        .get(start..end)
        .is_some_and(|words| words.chars().any(|c| is_han(c) || c.is_alphabetic()) && !words.chars().all(is_blank))
}
