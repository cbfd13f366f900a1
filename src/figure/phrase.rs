//! Chinese numerals that count nothing: ordinals, list marks, dates, set phrases and ordinary words.

use super::class::{Classed, measure_end};
use super::numeral::{Form, Numeral};
use super::units::Index;
use super::view::{View, is_han};
use super::{Class, Hedge, chinese, date, hedge, scale, unit};
use crate::text::CharSet;

/// Set phrases in which a measure word seems to stand behind a numeral, by their first character.
const PHRASES: [(char, &[&str]); 12] = [
    ('一', &["一半"]),
    ('二', &["二次元", "二十国集团"]),
    (
        '两',
        &["两个维护", "两个确立", "两个毫不动摇", "两个一百年", "两个大局", "两个结合", "两个文明", "两票制", "两面人"],
    ),
    (
        '三',
        &[
            "三项制度",
            "三位一体",
            "三个代表",
            "三支一扶",
            "三部曲",
            "三个务必",
            "三个区分",
            "三次产业",
            "三天两头",
            "三番五次",
            "三项机制",
            "三条红线",
            "三年困难",
            "三家分晋",
            "三轮车",
        ],
    ),
    ('四', &["四大家", "四个意识", "四个自信", "四个全面", "四个服务", "四个伟大", "四个率先", "四位一体", "四面八方"]),
    ('五', &["五位一体", "五湖四海", "五花八门"]),
    ('六', &["六位一体", "六个一"]),
    ('八', &["八项规定"]),
    ('十', &["十年树木"]),
    ('百', &["百名干部", "百家争鸣", "百花齐放"]),
    ('千', &["千家万户", "千军万马"]),
    ('万', &["万里长城"]),
];

/// The common case, told at once: the single numeral of a word (统一, 一般), with nothing around it that could make it a
/// number, an ordinal or a date.
pub(super) fn is_plain_word(view: &View, i: usize) -> bool {
    let sign = view.char_at(i);
    let next = view.char_at(i + sign.len_utf8());
    is_han(next)
        && !MAKES_NUMBER.contains(next)
        && !LEADS_NUMBER.contains(view.char_before(i))
        && Index::get().by_character(next).is_empty()
        && !matches!(sign, '万' | '萬' | '亿' | '億')
}

/// What may stand before a numeral that names or dates something.
static LEADS_NUMBER: CharSet = CharSet::new(&['第', '其', '周', '期', '初']);

/// What may stand behind a numeral that is more than a part of a word: further numerals, dates, ordinals, hedges, scales.
static MAKES_NUMBER: CharSet = CharSet::new(chinese::SIGNS).and(&[
    '季', '届', '级', '年', '月', '日', '号', '时', '点', '世', '至', '到', '是', '分', '份', '半', '余', '多', '几',
    '来', '成', '个', '基',
]);

/// What a Chinese numeral is, if it is no quantity.
pub(super) fn class(view: &View, number: &Numeral) -> Option<Classed> {
    let done = |class, end| Some(Classed { class, start: number.start, end });
    if number.is_overlong() || number.form == Form::Word {
        return done(if number.is_overlong() { Class::Reference } else { Class::Word }, number.end);
    }
    if matches!(number.form, Form::Percent | Form::Permille | Form::Ratio) {
        return is_indefinite(view, number).then_some(Classed {
            class: Class::Word,
            start: number.start,
            end: number.end,
        });
    }
    if let Some(found) = ordinal(view, number).or_else(|| dates(view, number)) {
        return Some(found);
    }
    if number.form == Form::Positional {
        return done(Class::Word, number.end);
    }
    // 两位数增长 says how many digits; 陆, 伍 and the like are digits of amounts written out, and words elsewhere (大陆, 队伍).
    let places = view.starts(number.end, "位数") && !["学", "据", "字"].iter().any(|c| view.starts(number.end + 6, c));
    if places {
        return done(Class::Phrase, number.end + 6);
    }
    let formal =
        matches!(view.char_at(number.start), '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾');
    if formal && number.digits == 1 && !matches!(view.char_at(number.end), '元' | '圆' | '角' | '分') {
        return done(Class::Word, number.end);
    }
    let follow = Follow::read(view, number);
    match follow {
        Follow::Nothing => done(Class::Word, number.end),
        // 千万千瓦级: its unit begins with a sign of numerals.
        Follow::Measure(end) if is_indefinite(view, number) && chinese::sign(view.char_at(number.end)).is_some() => {
            done(Class::Phrase, end)
        }
        _ if is_indefinite(view, number) => done(Class::Phrase, number.end),
        Follow::Measure(end) if is_article(view, number) || is_phrase(view, number) => done(Class::Phrase, end),
        Follow::Scale if is_phrase(view, number) => done(Class::Phrase, number.end),
        _ => None,
    }
}

/// What stands behind a Chinese numeral.
enum Follow {
    Nothing,
    /// A scale in its words or behind them, or a hedge.
    Scale,
    /// A measure word, and where it ends.
    Measure(usize),
}

impl Follow {
    fn read(view: &View, number: &Numeral) -> Follow {
        let bare_scale = number.form == Form::Bare || number.exponent < 4;
        let inner = hedge::inside(view, number.end);
        let at = inner.map_or(number.end, |(_, end)| end);
        let scaled = scale::read(view, at, number, false);
        if scaled.end > at && scaled.scale != super::Scale::Plain || scaled.exponent >= 4 {
            return Follow::Scale;
        }
        let found = unit::known(view, scaled.end);
        let strong = found.filter(|(unit, _)| unit.entry().is_some_and(|entry| entry.measure || number.mantissa > 10));
        match strong {
            Some((_, _)) if inner.is_some() => Follow::Scale,
            Some((_, end)) => Follow::Measure(end),
            None if !bare_scale => Follow::Scale,
            None => Follow::Nothing,
        }
    }
}

/// 第一, 其一, 周一, (一), 一、, 一是, 十九届, 三级.
fn ordinal(view: &View, number: &Numeral) -> Option<Classed> {
    let done = |class, end| Some(Classed { class, start: number.start, end });
    let before = view.char_before(number.start);
    let after = view.char_at(number.end);
    match before {
        '第' => return done(Class::Ordinal, measure_end(view, number.end)),
        '其' if number.mantissa <= 10 && !is_han(after) => return done(Class::Ordinal, number.end),
        '周' if number.mantissa <= 6 && !is_han(after) => return done(Class::Date, number.end),
        '期' if view.ends(number.start, "星期") => return done(Class::Date, number.end),
        '初' if number.mantissa <= 10 && number.digits <= 1 => return done(Class::Word, number.end),
        '(' | '（' if matches!(after, ')' | '）') => return done(Class::Ordinal, number.end),
        _ => {}
    }
    let starts = || {
        matches!(before, '。' | '；' | ';' | '：' | ':' | '，' | ',' | '”' | '！' | '（' | '(')
            || view.is_line_start(number.start)
    };
    let list = match after {
        '、' => starts() && !matches!(before, '，' | ','),
        '是' => starts() && !is_han(before),
        '届' => return done(Class::Ordinal, number.end + 3),
        '周' if view.starts(number.end, "周年") => return done(Class::Ordinal, number.end + 6),
        '次' if is_session(view, number.end + 3)
            || (matches!(before, '届' | '大' | '委' | '协') || view.ends(number.start, "次、"))
                && is_meeting(view, number.end + 3) =>
        {
            return done(Class::Ordinal, number.end + 3);
        }
        // Things are counted with 两; 二期, 二轮 are the second.
        _ if view.starts(number.start, "二") && number.digits == 1 && measure_end(view, number.end) > number.end => {
            return done(Class::Ordinal, measure_end(view, number.end));
        }
        '期' if number.mantissa < 10 && view.char_at(number.start) != '两' => {
            return done(Class::Ordinal, number.end + 3);
        }
        '级' if view.char_at(number.start) != '两' => return done(Class::Ordinal, number.end + 3),
        _ => false,
    };
    list.then_some(Classed { class: Class::Ordinal, start: number.start, end: number.end })
}

/// Whether 全会 follows at `i`, perhaps after further numbers (六次、七次全会).
fn is_session(view: &View, mut i: usize) -> bool {
    for _ in 0..8 {
        if view.starts(i, "全会") {
            return true;
        }
        let next = if view.starts(i, "、") { chinese::read(view, view.after(i)) } else { None };
        match next {
            Some(next) if view.starts(next.end, "次") => i = view.after(next.end),
            _ => return false,
        }
    }
    false
}

/// 三次会议, 二次全会: the number of a session.
fn is_meeting(view: &View, i: usize) -> bool {
    view.any(i, &["会议", "全会", "全体", "、"]).is_some()
}

/// 二〇二〇年, 三月, 一季度, 三点半; 三年 and 三个月 are durations.
fn dates(view: &View, number: &Numeral) -> Option<Classed> {
    if view.starts(number.end, "季度") {
        return Some(Classed { class: Class::Date, start: number.start, end: number.end + 6 });
    }
    // A bare 一日 is a day, not the first of a month.
    if number.form == Form::Bare || view.starts(number.end, "、") || view.starts(number.end, "日") {
        return None;
    }
    date::chinese(view, number)
}

/// Numerals that name no number: 几十, 数百, 好几千, and a multiplier alone (百名干部, 千家企业) without a hedge.
fn is_indefinite(view: &View, number: &Numeral) -> bool {
    if matches!(view.char_before(number.start), '几' | '数' | '若' | '好' | '半' | '每' | '成') {
        return true;
    }
    number.form == Form::Bare
        && hedge::inside(view, number.end).is_none()
        && hedge::before(view, number.start).is_none_or(|(hedge, _)| hedge == Hedge::None)
        && hedge::after(view, unit::known(view, number.end).map_or(number.end, |(_, end)| end)).is_none()
}

/// 一个, 一批, 一项: an article, unless it clearly counts (仅一人, 共一件); 统一, 同一 and 之一 too.
fn is_article(view: &View, number: &Numeral) -> bool {
    let one = number.mantissa == 1 && number.digits == 1 && number.exponent == 0;
    let counts = ["仅", "共", "只有", "共计", "增长", "增加", "提高", "扩大", "有且仅有"];
    one && !view.starts(number.end, "倍")
        && !view.starts(number.end, "番")
        && !counts.iter().any(|word| view.ends(number.start, word))
}

/// Whether the numeral stands in a set phrase, or in a short name in quotation marks.
fn is_phrase(view: &View, number: &Numeral) -> bool {
    let first = view.char_at(number.start);
    let phrases = PHRASES.iter().find(|(start, _)| *start == first).map_or(&[][..], |(_, phrases)| phrases);
    phrases.iter().any(|phrase| view.starts(number.start, phrase)) || is_quoted(view, number)
}

/// Whether quotation marks stand around the numeral, with at most twelve characters on either side, and no digits: names of
/// programmes are printed so (“三项制度”), counts are not.
fn is_quoted(view: &View, number: &Numeral) -> bool {
    let mut i = number.start;
    let opened = (0..12).any(|_| {
        let c = view.char_before(i);
        i = view.before(i);
        matches!(c, '“' | '「' | '『' | '《')
    });
    let mut i = number.end;
    opened
        && (0..16).any(|_| {
            let c = view.char_at(i);
            i = view.after(i);
            matches!(c, '”' | '」' | '』' | '》')
        })
        && !crosses(view, number)
}

/// Whether a closing mark stands before the numeral, after the last opening one.
fn crosses(view: &View, number: &Numeral) -> bool {
    let mut i = number.start;
    for _ in 0..12 {
        match view.char_before(i) {
            '“' | '「' | '『' | '《' => return false,
            '”' | '」' | '』' | '》' | '\0' => return true,
            _ => i = view.before(i),
        }
    }
    true
}

/// What a Chinese numeral at `i` is read as when a rule asks for it, whatever it is.
pub(super) fn forced(view: &View, i: usize) -> Option<Numeral> {
    chinese::read(view, i).filter(|number| number.form != Form::Word)
}
