//! Units behind (and currencies before) a number.

use super::units::{Entry, Index, PER, UNITS, index_of};
use super::view::{View, is_han};
use super::{Dimension, Figure, Unit, hedge};
use super::{english, numeral};
use crate::span::Span;

impl Unit {
    /// The unit's row in the table of known units; `None` for the others.
    pub fn entry(&self) -> Option<&'static Entry> {
        match self {
            Unit::Known(at) => UNITS.get(usize::from(*at)),
            _ => None,
        }
    }

    /// What it measures.
    pub fn dimension(&self) -> Dimension {
        match self {
            Unit::Unknown => Dimension::Unknown,
            Unit::Noun(_) => Dimension::Count,
            Unit::Known(_) => self.entry().map_or(Dimension::Unknown, |entry| entry.dimension),
        }
    }

    /// Its name; a counted noun's is the word in `text` (the document's), in lower case and singular.
    pub fn name(&self, text: &str) -> Option<String> {
        match self {
            Unit::Unknown => None,
            Unit::Known(_) => self.entry().map(|entry| entry.name.to_string()),
            Unit::Noun(span) => text.get(span.range()).map(singular),
        }
    }

    /// A known unit by its name.
    pub(super) fn named(name: &str) -> Unit {
        index_of(name).map_or(Unit::Unknown, Unit::Known)
    }
}

impl Figure {
    /// The name of its unit; of one thing for each of another as it is printed (元/吨). `text` is the document's.
    pub fn unit_name(&self, text: &str) -> Option<String> {
        if self.unit != Unit::named(PER) {
            return self.unit.name(text);
        }
        let printed = || {
            let view = View::new(text, self.span, false);
            let start = hedge::inside(&view, self.digits.end as usize).map_or(self.digits.end as usize, |(_, end)| end);
            let start = view.skip_one_blank(start);
            let (unit, end) = known(&view, start)?;
            Some(text[start..compound(&view, unit, end).1].to_string())
        };
        printed().or_else(|| self.unit.name(text))
    }
}

/// A noun in lower case and singular, as far as simple rules go.
fn singular(noun: &str) -> String {
    let noun = noun.to_lowercase();
    let stem = match noun.as_str() {
        _ if noun.ends_with("ies") && noun.len() > 4 => return format!("{}y", &noun[..noun.len() - 3]),
        _ if noun.ends_with("sses") || noun.ends_with("xes") || noun.ends_with("ches") => noun.len() - 2,
        _ if noun.ends_with('s') && !noun.ends_with("ss") => noun.len() - 1,
        _ => noun.len(),
    };
    noun[..stem].to_string()
}

/// The unit that stands at `i`, perhaps after a blank, and where it ends.
pub(super) fn read(view: &View, i: usize) -> Option<(Unit, usize)> {
    let at = view.skip_one_blank(i);
    let found = known(view, at).or_else(|| noun(view, i, at)).or_else(|| of_many(view, i, at));
    let (unit, end) = found.or_else(|| of_next_span(view, i, at))?;
    Some(compound(view, unit, end))
}

/// A known unit exactly at `i`.
pub(super) fn known(view: &View, i: usize) -> Option<(Unit, usize)> {
    let i = if view.byte(i) == b'-' && view.byte(i + 1).is_ascii_alphabetic() { i + 1 } else { i };
    let first = view.char_at(i);
    if !first.is_ascii_alphabetic() {
        return spelled(view, i, first);
    }
    let word = view.word_at(i);
    // 5G and 4K are no grams and kelvins.
    if word.capital && word.text().len() == 1 {
        return None;
    }
    let found = Index::get()
        .by_word(word.text())
        .iter()
        .find(|(rest, _)| view.starts(word.end, rest) && !view.byte(word.end + rest.len()).is_ascii_alphanumeric())?;
    Some((Unit::Known(found.1), word.end + found.0.len()))
}

/// A known unit at `i` whose first character `first` is no letter.
pub(super) fn spelled(view: &View, i: usize, first: char) -> Option<(Unit, usize)> {
    // The first character is known to fit; the byte after it tells most spellings apart without a comparison.
    let width = first.len_utf8();
    let fits = |spelling: &str| match spelling.as_bytes().get(width) {
        Some(&next) => view.byte(i + width) == next && view.starts(i, spelling),
        None => true,
    };
    let found = Index::get().by_character(first).iter().find(|(spelling, _)| fits(spelling))?;
    let end = i + found.0.len();
    let whole = end > i + width || is_whole_word(view, first, end);
    whole.then_some((Unit::Known(found.1), end))
}

/// Whether a Chinese unit of one character is not only the start of another word (人民, 家庭, 次要).
fn is_whole_word(view: &View, unit: char, end: usize) -> bool {
    let next = view.char_at(end);
    match unit {
        '人' => !matches!(next, '民' | '均' | '工' | '类' | '口' | '力') || view.starts(end, "工作"),
        '家' => next != '庭' && (next != '长' || view.any(end, &["长三角", "长江", "长期"]).is_some()),
        '分' => !matches!(next, '之' | '别' | '类' | '级' | '析' | '布' | '公' | '局' | '行' | '会'),
        '度' => !matches!(next, '过'),
        '户' => next != '籍',
        '名' => !matches!(next, '单' | '称'),
        '次' => !matches!(next, '要' | '生'),
        '处' => !matches!(next, '理' | '置' | '罚' | '于'),
        '单' => !matches!(next, '位' | '元'),
        '场' => !matches!(next, '所' | '地' | '馆'),
        '点' => !matches!(next, '击'),
        '期' => !matches!(next, '间' | '末' | '限' | '货'),
        '条' => !matches!(next, '件' | '例'),
        '面' => !matches!(next, '积' | '向' | '对'),
        '方' => !matches!(next, '面' | '案' | '式' | '向' | '法'),
        '代' => !matches!(next, '表'),
        '组' => !matches!(next, '织'),
        '本' => !matches!(next, '级' | '市' | '省' | '区' | '年' | '地' | '科'),
        '部' => !matches!(next, '门' | '分' | '署' | '委'),
        '国' => !matches!(next, '家' | '务' | '际' | '有'),
        '市' => !matches!(next, '场'),
        '区' => !matches!(next, '域'),
        _ => true,
    }
}

/// 元/吨, 人/平方公里: one thing for each of another.
fn compound(view: &View, unit: Unit, end: usize) -> (Unit, usize) {
    let behind = view.any(end, &["/", "／"]);
    if let Some(behind) = behind.filter(|&behind| is_han(view.char_at(behind)))
        && let Some((_, end)) = known(view, behind)
    {
        return (Unit::named(PER), end);
    }
    (unit, end)
}

/// Words that are no counted noun and end the search for one.
const STOPS: &[&str] = &[
    "a",
    "about",
    "above",
    "after",
    "all",
    "an",
    "and",
    "are",
    "as",
    "at",
    "basis",
    "because",
    "been",
    "before",
    "below",
    "between",
    "but",
    "by",
    "compared",
    "during",
    "each",
    "except",
    "for",
    "from",
    "gross",
    "had",
    "has",
    "have",
    "if",
    "in",
    "increased",
    "into",
    "is",
    "it",
    "its",
    "less",
    "loss",
    "minus",
    "more",
    "net",
    "of",
    "on",
    "or",
    "our",
    "over",
    "per",
    "plus",
    "respectively",
    "since",
    "than",
    "that",
    "the",
    "their",
    "then",
    "these",
    "this",
    "through",
    "to",
    "under",
    "until",
    "versus",
    "was",
    "we",
    "were",
    "when",
    "which",
    "while",
    "who",
    "will",
    "with",
    "within",
    "would",
];

/// The counted noun of an English number: the first plural among the next three words.
fn noun(view: &View, i: usize, mut at: usize) -> Option<(Unit, usize)> {
    if at == i || !view.byte(at).is_ascii_lowercase() {
        return None;
    }
    let first = at;
    for _ in 0..3 {
        let word = view.word_at(at);
        let text = word.text();
        if text.is_empty() || STOPS.binary_search(&text).is_ok() {
            return None;
        }
        let plural = text.len() > 3 && text.ends_with('s') && !text.ends_with("ss") && !text.ends_with("us");
        if plural || matches!(text, "people" | "children" | "men" | "women" | "persons") {
            // Only a noun next to the digits lies in the figure: words between belong to the sentence.
            let end = if at == first { word.end } else { i };
            return Some((Unit::Noun(Span::new(word.start, word.end)), end));
        }
        at = if view.byte(word.end) == b'-' { word.end + 1 } else { view.skip_one_blank(word.end) };
        if at == word.end {
            return None;
        }
    }
    None
}

/// 510 of 528 cases: both count cases. The noun lies in the second figure.
fn of_many(view: &View, i: usize, mut at: usize) -> Option<(Unit, usize)> {
    if at == i || !matches!(view.byte(at), b'o') {
        return None;
    }
    for (word, needed) in [("out", false), ("of", true), ("the", false)] {
        let next = view.word_at(at);
        if next.text() == word {
            at = view.skip_one_blank(next.end);
        } else if needed {
            return None;
        }
    }
    let number = numeral::read(view, at).filter(|number| number.decimals == 0)?;
    let (unit, _) = noun(view, number.end, view.skip_one_blank(number.end))?;
    Some((unit, i))
}

/// The six and three months ended June 30: both are months, which lie in the second figure.
fn of_next_span(view: &View, i: usize, at: usize) -> Option<(Unit, usize)> {
    let joint = view.word_at(at);
    if at == i || !matches!(joint.text(), "and" | "or") {
        return None;
    }
    let next = view.skip_one_blank(joint.end);
    let number = numeral::read(view, next).or_else(|| english::read(view, next))?;
    let is_small = number.decimals == 0 && number.divisor == 1 && number.mantissa < 100;
    let (unit, end) = known(view, view.skip_one_blank(number.end)).filter(|_| is_small)?;
    let is_many = unit.dimension() == Dimension::Time && view.byte_before(end) == b's';
    is_many.then_some((unit, i))
}

/// The currency that ends at `i`, and where it starts.
pub(super) fn currency_before(view: &View, i: usize) -> Option<(Unit, usize)> {
    let sign = view.char_before(i);
    let start = view.before(i);
    let name = match sign {
        '$' | '＄' => {
            let letters = view.word_before(start);
            let (name, prefix) = match (letters.end == start, letters.text()) {
                (true, "us") => ("$", 2),
                (true, "hk") => ("港元", 2),
                (true, "nt") => ("新台币", 2),
                (true, "a") => ("澳元", 1),
                (true, "c") => ("加元", 1),
                _ => ("$", 0),
            };
            return Some((Unit::named(name), start - prefix));
        }
        '€' => "€",
        '£' => "£",
        '¥' | '￥' => "¥",
        '₹' => "₹",
        '.' if view.word_before(start).text() == "rs" => return currency_code_before(view, start),
        _ if sign.is_ascii_alphabetic() => return currency_code_before(view, i),
        _ => return None,
    };
    Some((Unit::named(name), start))
}

fn currency_code_before(view: &View, i: usize) -> Option<(Unit, usize)> {
    let word = view.word_before(i);
    let name = match word.text() {
        "rmb" | "cny" => "元",
        "usd" => "$",
        "eur" => "€",
        "gbp" => "£",
        "hkd" => "港元",
        "chf" => "瑞郎",
        "inr" => "₹",
        "rs" => "Rs",
        _ => return None,
    };
    (word.end == i).then(|| (Unit::named(name), word.start))
}
