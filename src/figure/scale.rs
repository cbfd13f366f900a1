//! Scales behind a number: 万, 亿, million, bn, %, 个百分点.

use super::Scale;
use super::numeral::Numeral;
use super::view::View;

/// A scale: the power of ten and the kind of pure number, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    pub exponent: i32,
    pub scale: Scale,
    pub end: usize,
}

/// The scale at `i`, perhaps after one blank; a power of ten of 0 where there is none.
pub(super) fn read(view: &View, i: usize, number: &Numeral, currency: bool) -> Scaled {
    let at = view.skip_one_blank(i);
    let none = Scaled { exponent: 0, scale: Scale::Plain, end: i };
    let first = view.char_at(at);
    if first.is_ascii() {
        return match first {
            '%' if at > i && number.is_year() && heads_column(view, at) => none,
            '%' => pure(view, at).unwrap_or(none),
            '\n' | '\r' => on_the_next_line(view, at).unwrap_or(none),
            _ => english(view, i, at, currency).unwrap_or(none),
        };
    }
    pure(view, at).or_else(|| chinese(view, at, number)).unwrap_or(none)
}

/// "2020 % change": behind the header of one column stands that of the next.
fn heads_column(view: &View, percent: usize) -> bool {
    let behind = view.after(percent);
    view.skip_blanks(behind) > behind && view.char_at(view.skip_blanks(behind)).is_alphabetic()
}

/// A scale that a broken line has put at the start of the next one: only what can be nothing else, since lines may be a list.
fn on_the_next_line(view: &View, i: usize) -> Option<Scaled> {
    let newline = if view.starts(i, "\r\n") { i + 1 } else { i };
    let at = view.skip_blanks(newline + 1);
    let found = |exponent, length: usize| Some(Scaled { exponent, scale: Scale::Plain, end: at + length });
    match view.char_at(at) {
        '万' if view.starts(at, "万元") => found(4, 3),
        '亿' if view.starts(at, "亿元") => found(8, 3),
        '个' | '百' => pure(view, at),
        first if first.is_ascii_lowercase() && !matches!(view.word_at(at).end - at, 1 | 2) => {
            english(view, i, at, false)
        }
        _ => None,
    }
}

/// %, ‰, 个百分点, 成.
pub(super) fn pure(view: &View, i: usize) -> Option<Scaled> {
    let found = |exponent, scale, length: usize| Some(Scaled { exponent, scale, end: i + length });
    match view.char_at(i) {
        '%' | '％' if view.any(view.after(i), &["个百分点"]).is_some() => found(-2, Scale::PercentagePoint, 13),
        '%' => found(-2, Scale::Percent, 1),
        '％' | '﹪' => found(-2, Scale::Percent, 3),
        '‰' => found(-3, Scale::Permille, 3),
        '‱' => found(-4, Scale::BasisPoint, 3),
        '个' if view.starts(i, "个百分点") => found(-2, Scale::PercentagePoint, 12),
        '个' if view.starts(i, "个基点") => found(-4, Scale::BasisPoint, 9),
        '百' if view.starts(i, "百分点") => found(-2, Scale::PercentagePoint, 9),
        '基' if view.starts(i, "基点") => found(-4, Scale::BasisPoint, 6),
        '成' if !matches!(
            view.char_at(i + 3),
            '功' | '员'
                | '果'
                | '立'
                | '为'
                | '本'
                | '交'
                | '绩'
                | '效'
                | '熟'
                | '长'
                | '都'
                | '人'
                | '品'
                | '套'
                | '了'
                | '达'
                | '年'
        ) =>
        {
            found(-1, Scale::Tenth, 3)
        }
        _ => None,
    }
}

/// The scale behind a bracket that ends at `i`: (1.2)%, (12) bps, $(12.7) billion.
pub(super) fn behind_bracket(view: &View, i: usize) -> Option<Scaled> {
    let at = view.skip_blanks(i);
    pure(view, at).or_else(|| english(view, i, at, false))
}

/// 十, 百, 千, 万, 亿 in a row; units that start so (千瓦, 千米, 百分点) are left alone.
fn chinese(view: &View, mut i: usize, number: &Numeral) -> Option<Scaled> {
    let (start, mut exponent) = (i, 0);
    loop {
        let c = view.char_at(i);
        let next = view.char_at(view.after(i));
        exponent += match c {
            '万' | '萬' => 4,
            '亿' | '億' if number.exponent < 8 => 8,
            '千' if !matches!(next, '瓦' | '米' | '克' | '伏' | '卡' | '兆') => 3,
            '百' if next != '分' => 2,
            '十' => 1,
            _ => break,
        };
        i = view.after(i);
        if exponent > 12 {
            break;
        }
    }
    (i > start).then_some(Scaled { exponent, scale: Scale::Plain, end: i })
}

/// thousand, million, bn, per cent; single letters only where they touch the digits (`$5m`, `10k`).
fn english(view: &View, i: usize, at: usize, currency: bool) -> Option<Scaled> {
    let at = if view.byte(at) == b'-' { at + 1 } else { at };
    let word = view.word_at(at);
    let touches = at == i;
    let found = |exponent, scale, end| Some(Scaled { exponent, scale, end });
    match word.text() {
        "hundred" => found(2, Scale::Plain, word.end),
        "thousand" | "thousands" => found(3, Scale::Plain, word.end),
        "million" | "mn" | "mln" | "mio" | "millions" => found(6, Scale::Plain, word.end),
        "mm" if currency => found(6, Scale::Plain, word.end),
        "billion" | "bn" | "bln" | "billions" => found(9, Scale::Plain, word.end),
        "lakh" | "lakhs" if view.word_at(view.skip_blanks(word.end)).text().starts_with("crore") => {
            found(12, Scale::Plain, view.word_at(view.skip_blanks(word.end)).end)
        }
        "lakh" | "lakhs" => found(5, Scale::Plain, word.end),
        "crore" | "crores" => found(7, Scale::Plain, word.end),
        "trillion" | "tn" | "trn" => found(12, Scale::Plain, word.end),
        "k" if touches && (currency || !word.capital) => found(3, Scale::Plain, word.end),
        "m" if touches && (currency || counts_many(view, word.end)) => found(6, Scale::Plain, word.end),
        "b" if touches && currency => found(9, Scale::Plain, word.end),
        "bps" | "bp" => found(-4, Scale::BasisPoint, word.end),
        "pp" | "ppt" | "ppts" | "pps" => found(-2, Scale::PercentagePoint, word.end),
        "percent" | "pct" => found(-2, Scale::Percent, word.end),
        "per" | "percentage" | "basis" => english_pair(view, word.text(), word.end),
        _ => None,
    }
}

/// Whether a noun follows of which there are millions and no metres: 3.5m people.
fn counts_many(view: &View, end: usize) -> bool {
    const NOUNS: [&str; 24] = [
        "people",
        "users",
        "customers",
        "visitors",
        "passengers",
        "households",
        "homes",
        "jobs",
        "workers",
        "subscribers",
        "viewers",
        "children",
        "pupils",
        "students",
        "residents",
        "tourists",
        "voters",
        "adults",
        "citizens",
        "patients",
        "members",
        "tonnes",
        "barrels",
        "downloads",
    ];
    NOUNS.contains(&view.word_at(view.skip_one_blank(end)).text())
}

fn english_pair(view: &View, first: &str, end: usize) -> Option<Scaled> {
    let second = view.word_at(if view.byte(end) == b'-' { end + 1 } else { view.skip_one_blank(end) });
    let (exponent, scale) = match (first, second.text()) {
        ("per", "cent") => (-2, Scale::Percent),
        ("percentage", "point" | "points") => (-2, Scale::PercentagePoint),
        ("basis", "point" | "points") => (-4, Scale::BasisPoint),
        _ => return None,
    };
    Some(Scaled { exponent, scale, end: second.end })
}
