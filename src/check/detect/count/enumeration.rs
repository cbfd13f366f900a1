//! A number of items told before a list: 三个方面：一是…二是…三是; the following three reasons: (1) …; (2) …; and (3) ….

use std::sync::LazyLock;

use regex::Regex;

use super::super::{Claim, Context, pattern};
use super::check;
use super::mark::{Kind, Mark, ORDINALS, chinese};
use crate::check::numerals;
use crate::diagnostic::Severity;
use crate::exact::Range;
use crate::span::Span;

static COUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let nouns = "方面|问题|原因|特点|阶段|环节|步骤|重点|目标|层面|维度|原则|要点|建议|意见|要求|倡议|希望|措施|任务|工作|举措|内容|制度|行动|工程|板块|亮点|经验|体会|主张|成效|变化";
    let english = "reasons|ways|points|steps|factors|aspects|areas|principles|priorities|objectives|recommendations|components|categories|criteria|goals|themes|conclusions|findings|risks|measures|questions|stages|phases|parts|options|conditions|requirements|tasks|actions|sources|elements|segments";
    pattern(&format!(
        r"(?P<chinese>[一二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九]|[0-9]{{1,2}})(?:个?方面|点(?:\p{{Han}}{{0,2}})?|(?:项|条|大|个|类|种)\p{{Han}}{{0,6}}?(?:{nouns}))|\b(?i:(?P<english>two|three|four|five|six|seven|eight|nine|ten|[2-9]) (?:[a-z-]+ ){{0,3}}(?:{english})\b)"
    ))
});

/// How far before a list, in bytes, its number is told.
const LEAD: usize = 160;

/// How far the end of that number's words may stand from the first mark, where nothing else confirms it.
const CLOSE: usize = 45;

/// The longest part between two marks of a list in a paragraph, in bytes.
const ITEM: usize = 4000;

/// The most marks of other lists that stand inside of one.
const INSIDE: usize = 400;

/// The lists of all prose that a number is told for.
pub fn claims(context: &Context, marks: &[Mark]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (first, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.value == 1) {
        if mark.kind == Kind::Comma || matches!(mark.kind, Kind::Section(_)) {
            continue;
        }
        let Some(last) = run(marks, first) else { continue };
        if last > first && !holds_second(context, mark) {
            claims.extend(claim(context, marks, first, last));
        }
    }
    claims
}

/// Whether a paragraph that starts with the first mark holds the second one written alike, too: its line only happens to start there, and what
/// later paragraphs start with is another list.
fn holds_second(context: &Context, first: &Mark) -> bool {
    let document = context.reading.document;
    let written = document.slice(first.span).trim().trim_end_matches(char::is_alphabetic).trim_end();
    let text = document.slice(document.blocks.at(first.block).span);
    first.leads && written.contains('1') && text.contains(&format!(" {} ", written.replace('1', "2")))
}

/// The last mark of the list that starts at `first`; `None` where it cannot be told. Items of paragraphs may be long; what
/// stands in one paragraph is a list while its marks are near.
fn run(marks: &[Mark], first: usize) -> Option<usize> {
    let kind = &marks[first].kind;
    let mut last = first;
    for (index, mark) in marks.iter().enumerate().skip(first + 1) {
        let far = mark.span.start as usize - marks[last].span.end as usize > ITEM;
        if far && !marks[first].leads {
            break;
        }
        if mark.kind == *kind && mark.value == marks[last].value + 1 {
            last = index;
        } else if mark.kind == *kind {
            break;
        } else if index - last > INSIDE {
            return None;
        }
    }
    Some(last)
}

fn claim(context: &Context, marks: &[Mark], first: usize, last: usize) -> Option<Claim> {
    let (start, lead) = lead(context, &marks[first])?;
    let found: Vec<_> = COUNT.as_ref()?.captures_iter(lead).collect();
    let count = marks[last].value;
    let told = |captures: &regex::Captures| {
        let number = captures.name("chinese").or(captures.name("english"))?;
        // The last digit of a larger number (一百二十个, 2.5项) is none.
        let before = lead[..number.start()].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十百千万〇零第.超近约逾".contains(c))
        {
            return None;
        }
        Some((numerals::small(number.as_str())?, Span::new(start + number.start(), start + number.end())))
    };
    let numbers: Vec<(i64, Span)> = found.iter().filter_map(told).collect();
    let block = block_at(context, start, &marks[first]);
    // Of a list that goes on in later paragraphs the first may be told for itself.
    let own = marks[first..=last].iter().take_while(|mark| mark.block == marks[first].block).last();
    let own = own.filter(|_| !marks[first].leads).map(|mark| mark.value);
    if own.is_some_and(|own| own < count && numbers.iter().any(|&(number, _)| number == own)) {
        return None;
    }
    if let Some(&(_, span)) = numbers.iter().rev().find(|(number, _)| *number == count) {
        return Some(judged(context, block, marks, (first, last), (count, span)));
    }
    let [(number, span)] = numbers[..] else { return None };
    let end = found.first()?.get(0)?.end();
    let introduces = introduces(&lead[end..]);
    let further = number > count && (goes_on(context, &marks[last], count + 1) || is_cut_short(context, &marks[last]));
    (introduces && !further && number > 1).then(|| judged(context, block, marks, (first, last), (number, span)))
}

/// Whether the text between a number's words and the first mark leads over to the list, and tells no other number.
fn introduces(gap: &str) -> bool {
    const NUMBERS: [&str; 9] =
        [" two ", " three ", " four ", " five ", " six ", " seven ", " eight ", " nine ", " ten "];
    let gap = gap.trim_end();
    let number = NUMBERS.iter().any(|word| gap.contains(word)) || gap.contains(|c: char| c.is_ascii_digit());
    let Some(mark) = gap.chars().next_back() else { return false };
    let words = &gap[..gap.len() - mark.len_utf8()];
    let longest = if matches!(mark, '：' | ':' | '—') { CLOSE } else { CLOSE / 2 };
    let one_sentence = !words.contains(['。', '；', '：', ':', ';']) && !words.contains(". ");
    !number && one_sentence && words.len() <= longest && matches!(mark, '：' | ':' | '。' | '，' | ',' | '—' | '.')
}

/// The text before a list: of its block, or where its block starts with the mark, of the block before. With its offset.
fn lead<'a>(context: &'a Context, mark: &Mark) -> Option<(usize, &'a str)> {
    let document = context.reading.document;
    let at = if mark.leads { mark.block.checked_sub(1)? } else { mark.block };
    let block = document.blocks.at(at);
    let end = if mark.leads { block.span.end } else { mark.span.start + first_mark(context, mark) };
    if mark.leads && matches!(block.kind, crate::document::BlockKind::Cell { .. } | crate::document::BlockKind::Code) {
        return None;
    }
    let text = document.text();
    let start = text.floor_char_boundary((end as usize).saturating_sub(LEAD).max(block.span.start as usize));
    Some((start, &text[start..end as usize]))
}

/// The length of the punctuation that the pattern of a mark takes in before it.
fn first_mark(context: &Context, mark: &Mark) -> u32 {
    context.reading.document.slice(mark.span).chars().next().map_or(0, |c| c.len_utf8() as u32)
}

fn block_at(context: &Context, at: usize, mark: &Mark) -> usize {
    let blocks = &context.reading.document.blocks;
    let start = blocks.at(mark.block).span.start as usize;
    if at >= start { mark.block } else { mark.block - 1 }
}

/// "And number three".
const NUMBERED: [&str; 7] =
    ["number one", "number two", "number three", "number four", "number five", "number six", "number seven"];

/// Whether something behind the last item looks like a further one, written otherwise.
fn goes_on(context: &Context, last: &Mark, next: i64) -> bool {
    let text = context.reading.document.text();
    let start = last.span.end as usize;
    let rest = &text[start..text.floor_char_boundary(start + ITEM)];
    let sign = chinese(next);
    let others = ["最后", "此外", "另外", "Finally", "finally", "Lastly", "lastly", "In addition", "Last,", "last, "]
        .map(String::from);
    let marks = [
        format!("{sign}是"),
        format!("{sign}要"),
        format!("第{sign}"),
        format!("（{sign}"),
        format!("({sign}"),
        format!("{sign}、"),
    ];
    let numbers =
        [format!("({next})"), format!("（{next}）"), format!("\n{next}."), format!("\n{next}、"), format!(" {next}) ")];
    let told = others.iter().chain(&marks).chain(&numbers).any(|mark| rest.contains(mark.as_str()));
    // In its own paragraph a further item may be told in any words.
    let block = context.reading.document.blocks.at(last.block).span.end as usize;
    let own = rest[..block.saturating_sub(start).min(rest.len())].to_lowercase();
    // What is spoken goes on in the next paragraph: "And the third one", "number three".
    let spoken = if last.kind == Kind::Word { rest.to_lowercase() } else { String::new() };
    let names =
        |words: &[&str]| words.get(next as usize - 1).is_some_and(|word| own.contains(word) || spoken.contains(word));
    let ordinal = names(&ORDINALS) || names(&NUMBERED);
    const FURTHER: [&str; 10] =
        ["还要", "还需", "还应", "还有", "还将", "再就是", "同时，", "also ", "another ", "the last "];
    told || ordinal || FURTHER.iter().any(|word| own.contains(word))
}

/// Whether the paragraph of a mark is cut short: 三是该战术在实际比赛中的应...
fn is_cut_short(context: &Context, last: &Mark) -> bool {
    let text = context.reading.document.slice(context.reading.document.blocks.at(last.block).span).trim_end();
    text.ends_with("...") || text.ends_with('…')
}

fn judged(context: &Context, block: usize, marks: &[Mark], ends: (usize, usize), told: (i64, Span)) -> Claim {
    let (number, span) = told;
    let document = context.reading.document;
    let count = marks[ends.1].value;
    let quantity = context.quantity_at(span.start as usize);
    let is_number = |&index: &usize| context.figure(index).quantity.nominal() == Some(number.into());
    let stated = quantity.filter(is_number).unwrap_or_else(|| context.forced(block, span, number));
    let text = |mark: usize| {
        document
            .slice(marks[mark].span)
            .trim_matches(|c: char| !c.is_alphanumeric() && !"()（）①②③④⑤⑥⑦⑧⑨⑩".contains(c))
            .to_owned()
    };
    let (from, to) = (text(ends.0), text(ends.1));
    let names = vec![
        ("stated", context.one(stated)),
        ("items", context.computed(Range::exact(count.into()), count.to_string())),
    ];
    let told = context.say("the list has another number of items than is told", "列出的项数与所称不符");
    let evidence = context.say(format!("the list goes from {from} to {to}"), format!("所列从“{from}”到“{to}”"));
    context.claim(check::COUNT, names).at_most(Severity::Warning).saying(told).because(evidence).unblamed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(value: i64, at: usize, leads: bool) -> Mark {
        let span = Span::new(at, at + 3);
        Mark { kind: Kind::Bracketed, value, block: 0, span, numeral: span, leads }
    }

    #[test]
    fn lists_of_paragraphs_reach_far_and_those_of_a_paragraph_do_not() {
        let all = |leads| [mark(1, 0, leads), mark(2, 100, leads), mark(3, 9000, leads), mark(1, 9100, leads)];
        assert_eq!(run(&all(true), 0), Some(2));
        assert_eq!(run(&all(false), 0), Some(1));
        let buried: Vec<Mark> = [mark(1, 0, true)]
            .into_iter()
            .chain((1..1000).map(|at| Mark { kind: Kind::Clause, ..mark(1, at * 3, true) }))
            .collect();
        assert_eq!(run(&buried, 0), None);
    }
}
