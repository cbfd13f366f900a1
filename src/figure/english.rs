//! English number words: twelve, twenty-five, three hundred and two, two-thirds, half, one in four, doubled, threefold, two dozen.

use super::class::named_by_word;
use super::numeral::{self, Form, Numeral, Script};
use super::view::{View, Word};
use super::{Class, Dimension, scale, unit};

/// What a word does in a numeral.
#[derive(Clone, Copy)]
enum Part {
    /// one … nineteen
    Unit(u8),
    /// twenty … ninety
    Ten(u8),
    Hundred,
    /// The power of ten of thousand, million, …
    Large(u8),
    /// third, fifth …: a denominator after a numeral.
    Denominator(u8),
    /// doubled: times so many.
    Multiple(u8),
    Half,
}

/// Whether the first letters at `i` are those of a numeral: most words are told apart by them.
pub(super) fn can_start(bytes: &[u8], i: usize) -> bool {
    let letter = |k| bytes.get(i + k).map_or(0, |byte| byte | 0x20);
    match letter(0) {
        b'o' => letter(1) == b'n' && letter(2) == b'e',
        b't' => match letter(1) {
            b'h' => matches!(letter(2), b'i' | b'r'),
            b'w' | b'r' => true,
            b'e' => letter(2) == b'n',
            _ => false,
        },
        b'f' => matches!(letter(1), b'o' | b'i'),
        b's' => matches!(letter(1), b'i' | b'e'),
        b'e' => matches!(letter(1), b'i' | b'l'),
        b'n' => letter(1) == b'i',
        b'h' => letter(1) == b'a' && letter(2) == b'l',
        b'd' => letter(1) == b'o' && letter(2) == b'u',
        b'q' => letter(1) == b'u' && letter(2) == b'a',
        _ => false,
    }
}

/// Reads the number words at `i`, the start of a word.
pub(super) fn read(view: &View, i: usize) -> Option<Numeral> {
    let word = view.word_at(i);
    let mut number = Numeral::new(i, Script::English);
    number.end = word.end;
    number.digits = 1;
    match part(word.text())? {
        Part::Half => {
            (number.mantissa, number.divisor, number.form) = (1, 2, Form::Ratio);
            Some(number)
        }
        Part::Multiple(times) => {
            (number.mantissa, number.form) = (times.into(), Form::Ratio);
            Some(number)
        }
        Part::Unit(_) | Part::Ten(_) => {
            sum(view, &mut number);
            Some(ratio(view, number))
        }
        Part::Hundred | Part::Large(_) | Part::Denominator(_) => None,
    }
}

/// What number words are, if they are no quantity.
pub(super) fn class(view: &View, number: &Numeral) -> Option<Class> {
    if number.is_overlong() {
        return Some(Class::Reference);
    }
    if let Some(found) = named_by_word(view, number) {
        return Some(found.class);
    }
    let next = view.word_at(view.skip_one_blank(number.end));
    let whole = number.divisor == 1 && number.form == Form::Plain;
    let word = view.word_at(number.start);
    let is_word = match word.text() {
        // "one" stands for a thing more often than for a count.
        "one" if whole && number.mantissa == 1 => !counts_one(view, number, &next),
        "half" => return half(view, number, next.text()),
        "twice" => !matches!(next.text(), "the" | "as" | "that" | "its"),
        // Nine months, or three fourths: it is not told which.
        _ => whole && matches!(next.text(), "quarters" | "halves"),
    };
    is_word.then_some(Class::Word)
}

/// Whether "one" counts: before a scale (one million, one percent) or a span of time (within one week, one to three years). "One day" is
/// told of days to come, and of no one year anything.
fn counts_one(view: &View, number: &Numeral, next: &Word) -> bool {
    // One PCT application is no percent.
    if scale::read(view, number.end, number, false).end > number.end {
        return next.text() != "pct";
    }
    let before = view.word_before(number.start);
    match next.text() {
        "hour" | "week" | "month" | "year" => {
            !matches!(before.text(), "no" | "any" | "every" | "each" | "that" | "this" | "which")
        }
        "to" => {
            let at = view.skip_one_blank(next.end);
            let last = numeral::read(view, at).or_else(|| read(view, at));
            let span = last.and_then(|last| unit::read(view, last.end));
            span.is_some_and(|(unit, _)| unit.dimension() == Dimension::Time)
        }
        "day" => matches!(
            before.text(),
            "within" | "in" | "for" | "over" | "than" | "least" | "most" | "about" | "of" | "after" | "under" | "only"
        ),
        _ => false,
    }
}

/// "half of", "half the" are quantities; "first half", "half-year" are not.
fn half(view: &View, number: &Numeral, next: &str) -> Option<Class> {
    let before = view.word_before(number.start);
    // "half a million", "half a dozen" are no halves.
    let article = view.word_at(view.skip_one_blank(number.end));
    let of = if matches!(next, "a" | "an") { view.word_at(view.skip_one_blank(article.end)) } else { article };
    if matches!(of.text(), "dozen") || matches!(part(of.text()), Some(Part::Hundred | Part::Large(_))) {
        return Some(Class::Word);
    }
    if matches!(before.text(), "first" | "second" | "latter" | "other") {
        return Some(Class::Date);
    }
    let said_of =
        matches!(next, "of" | "the" | "a" | "an" | "its" | "their" | "all" | "our") && view.byte(number.end) == b' ';
    let by = matches!(before.text(), "by" | "nearly" | "almost" | "about" | "than" | "over");
    (!said_of && !by).then_some(Class::Word)
}

fn part(word: &str) -> Option<Part> {
    Some(match word {
        "one" => Part::Unit(1),
        "two" => Part::Unit(2),
        "three" => Part::Unit(3),
        "four" => Part::Unit(4),
        "five" => Part::Unit(5),
        "six" => Part::Unit(6),
        "seven" => Part::Unit(7),
        "eight" => Part::Unit(8),
        "nine" => Part::Unit(9),
        "ten" => Part::Unit(10),
        "eleven" => Part::Unit(11),
        "twelve" => Part::Unit(12),
        "thirteen" => Part::Unit(13),
        "fourteen" => Part::Unit(14),
        "fifteen" => Part::Unit(15),
        "sixteen" => Part::Unit(16),
        "seventeen" => Part::Unit(17),
        "eighteen" => Part::Unit(18),
        "nineteen" => Part::Unit(19),
        "twenty" => Part::Ten(20),
        "thirty" => Part::Ten(30),
        "forty" => Part::Ten(40),
        "fifty" => Part::Ten(50),
        "sixty" => Part::Ten(60),
        "seventy" => Part::Ten(70),
        "eighty" => Part::Ten(80),
        "ninety" => Part::Ten(90),
        "hundred" => Part::Hundred,
        "thousand" => Part::Large(3),
        "million" => Part::Large(6),
        "billion" => Part::Large(9),
        "trillion" => Part::Large(12),
        "half" => Part::Half,
        "third" | "thirds" => Part::Denominator(3),
        "quarter" | "quarters" | "fourth" | "fourths" => Part::Denominator(4),
        "fifth" | "fifths" => Part::Denominator(5),
        "sixth" | "sixths" => Part::Denominator(6),
        "seventh" | "sevenths" => Part::Denominator(7),
        "eighth" | "eighths" => Part::Denominator(8),
        "ninth" | "ninths" => Part::Denominator(9),
        "tenth" | "tenths" => Part::Denominator(10),
        "doubled" | "twofold" | "twice" => Part::Multiple(2),
        "tripled" | "threefold" => Part::Multiple(3),
        "quadrupled" | "fourfold" => Part::Multiple(4),
        "fivefold" => Part::Multiple(5),
        "sixfold" => Part::Multiple(6),
        "sevenfold" => Part::Multiple(7),
        "eightfold" => Part::Multiple(8),
        "ninefold" => Part::Multiple(9),
        "tenfold" => Part::Multiple(10),
        _ => return None,
    })
}

/// Adds up the words from the numeral's start on: "two million three hundred and five". A trailing million is left to
/// whoever reads scales, so that it counts as one.
fn sum(view: &View, number: &mut Numeral) {
    let (mut total, mut section, mut last, mut i) = (0u128, 0u128, u128::MAX, number.start);
    let mut large_before = u8::MAX;
    loop {
        let word = view.word_at(i);
        match part(word.text()) {
            Some(Part::Unit(value)) if last > 19 && section % 100 == 0 || (20..100).contains(&last) && value < 10 => {
                section += u128::from(value);
                last = value.into();
            }
            Some(Part::Ten(value)) if last >= 100 => {
                section += u128::from(value);
                last = value.into();
            }
            Some(Part::Hundred) if section > 0 && section < 20 => {
                section *= 100;
                last = 100;
            }
            Some(Part::Large(power)) if section > 0 && power < large_before && goes_on(view, word.end) => {
                total += section * 10u128.pow(power.into());
                (section, last, large_before) = (0, u128::MAX, power);
            }
            _ => break,
        }
        number.end = word.end;
        i = next_word(view, word.end);
    }
    number.mantissa = total + section;
    dozens(view, number);
}

/// Two dozen are 24.
fn dozens(view: &View, number: &mut Numeral) {
    let word = view.word_at(view.skip_one_blank(number.end));
    if word.text() == "dozen" {
        (number.mantissa, number.end) = (number.mantissa * 12, word.end);
    }
}

/// Where the next word of a numeral starts: after a hyphen or a blank, and "and".
fn next_word(view: &View, end: usize) -> usize {
    let i = if view.byte(end) == b'-' { end + 1 } else { view.skip_one_blank(end) };
    let and = view.word_at(i);
    let hundred = view.ends(end, "hundred") || view.ends(end, "thousand") || view.ends(end, "million");
    if hundred && and.text() == "and" { view.skip_one_blank(and.end) } else { i }
}

/// Whether number words follow a scale word that ends at `end`.
fn goes_on(view: &View, end: usize) -> bool {
    let word = view.word_at(next_word(view, end));
    matches!(part(word.text()), Some(Part::Unit(_) | Part::Ten(_)))
}

/// two-thirds, one-half, one in four, two-fold.
fn ratio(view: &View, number: Numeral) -> Numeral {
    let i = if view.byte(number.end) == b'-' { number.end + 1 } else { view.skip_one_blank(number.end) };
    let word = view.word_at(i);
    let whole = Numeral { end: word.end, form: Form::Ratio, ..number };
    match part(word.text()) {
        // "three quarters" may be nine months: only the hyphen makes it a fraction.
        Some(Part::Denominator(divisor))
            if number.mantissa < u128::from(divisor) && (divisor != 4 || view.byte(number.end) == b'-') =>
        {
            Numeral { divisor: divisor.into(), ..whole }
        }
        Some(Part::Half) if number.mantissa == 1 => Numeral { divisor: 2, ..whole },
        _ if word.text() == "fold" => whole,
        _ if word.text() == "in" || word.text() == "out" => one_in(view, whole).unwrap_or(number),
        _ => number,
    }
}

/// "one in four", "three out of five"; the numeral ends after in or out.
fn one_in(view: &View, number: Numeral) -> Option<Numeral> {
    let mut i = view.skip_one_blank(number.end);
    if view.ends(number.end, "out") {
        let of = view.word_at(i);
        i = view.skip_one_blank((of.text() == "of").then_some(of.end)?);
    }
    let word = view.word_at(i);
    let divisor = match part(word.text())? {
        Part::Unit(value) | Part::Ten(value) => u32::from(value),
        _ => return None,
    };
    (u128::from(divisor) > number.mantissa).then_some(Numeral { end: word.end, divisor, ..number })
}
