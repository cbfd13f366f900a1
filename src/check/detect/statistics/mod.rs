//! `statistics`: probabilities that do not follow from their test, and means and percentages that no whole counts give.

mod grim;
mod notation;
mod tail;

use std::sync::LazyLock;

use regex::Regex;

use super::{Claim, Context, pattern};
use crate::diagnostic::Severity;
use crate::exact::{End, Range, Rational};
use crate::figure::{Class, Figure, Hedge, Quantity, Unit};
use crate::span::Span;
use crate::text::Needles;
use notation::{Printed, Report};
use tail::Test;

/// All tests with their probabilities, and all means and percentages of a stated number of whole things.
pub fn claims(context: &Context) -> Vec<Claim> {
    let document = context.reading.document;
    let mut claims = Vec::new();
    let mut methods = None;
    for (index, span, text) in context.worded() {
        grim::shares(context, index, text, &mut claims);
        if !compares(text) {
            continue;
        }
        for report in notation::reports(text) {
            let methods = methods.get_or_insert_with(|| Methods::of(document.text()));
            claims.extend(Tested { context, block: index, start: span.start, text, report }.claim(methods));
        }
        grim::means(context, index, text, &mut claims);
    }
    claims
}

/// Whether a text compares a name with a number, told at little cost: nearly no block of nearly all reports does.
fn compares(text: &str) -> bool {
    static WIDE: LazyLock<Needles> = LazyLock::new(|| Needles::new(&["＝", "＜", "＞", "≤", "≥"]));
    memchr::memchr3(b'=', b'<', b'>', text.as_bytes()).is_some() || WIDE.any(text)
}

/// What a paper says of its methods, anywhere.
struct Methods {
    /// Some tests have one side.
    one_sided: bool,
    /// Probabilities were made larger, for many comparisons or for what a test assumes.
    corrected: bool,
}

static ONE_SIDED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:one|1)[- ]?(?:tailed|sided|tail\b)|directional (?:hypothes|test)|单侧|单尾"));

static CORRECTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)bonferroni|\bholm\b|tukey|scheff|[sš]id[aá]k|\bFDR\b|benjamini|hochberg|greenhouse|huynh|sphericity|multiple comparison|multiple testing|p[- ]values? (?:were|was|are) (?:adjusted|corrected)|(?:adjusted|corrected) p|family-?wise|多重比较|事后比较|球形|校正|矫正",
    )
});

/// Probabilities that do not come from the distribution of the test.
static RESAMPLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)permut|bootstrap|monte carlo|randomi[sz]ation test|\bexact\b|mann|wilcoxon|\bU ?=|\bW ?=|fisher|yates|continuity|置换|精确|秩和|非参数",
    )
});

fn says(words: &Option<Regex>, text: &str) -> bool {
    words.as_ref().is_some_and(|words| words.is_match(text))
}

impl Methods {
    fn of(text: &str) -> Methods {
        Methods { one_sided: says(&ONE_SIDED, text), corrected: says(&CORRECTED, text) }
    }
}

/// A test in a block.
struct Tested<'a> {
    context: &'a Context<'a>,
    block: usize,
    start: u32,
    text: &'a str,
    report: Report,
}

/// What a test gives: all probabilities that its printed statistic allows, and the one of the statistic as printed.
#[derive(Clone)]
struct Implied {
    range: Range,
    nominal: Rational,
}

impl Tested<'_> {
    fn claim(&self, methods: &Methods) -> Option<Claim> {
        if says(&RESAMPLED, self.sentence()) {
            return None;
        }
        let both = self.implied()?;
        let (p, stated) = self.probability();
        let fits = |implied: &Implied| implied.range.intersection(&stated).is_some();
        let one = both.one_sided();
        let other = one.other_side();
        let fits_one = fits(&one) || self.has_sides() && fits(&other);
        let one_sided = self.report.one_sided || methods.one_sided;
        let (implied, sided) = match one_sided && fits_one && !fits(&both) || self.report.one_sided && !fits(&both) {
            true if !fits(&one) && fits(&other) => (other, true),
            true => (one, true),
            false => (both, false),
        };
        let fails = !fits(&implied);
        let larger = implied.range.high.as_ref().zip(stated.low.as_ref()).is_some_and(|(a, b)| a.value <= b.value);
        if fails && larger && methods.corrected {
            return None;
        }
        let severity = if decision_changes(&stated, &implied.range) { Severity::Error } else { Severity::Warning };
        Some(self.judged(p, &implied, sided, severity, fails && !sided && fits_one && self.has_sides()))
    }

    fn judged(&self, p: usize, implied: &Implied, sided: bool, severity: Severity, halved: bool) -> Claim {
        let context = self.context;
        let statistic = self.figure(&self.report.statistic, Hedge::None);
        let shown = shown(implied);
        let names = vec![
            ("p", context.one(p)),
            ("statistic", context.one(statistic)),
            ("implied", context.estimated(implied.range.clone(), implied.nominal.clone(), &*shown)),
        ];
        let test = self.text[self.report.span.start as usize..self.report.statistic.span.end as usize].trim();
        let decides = severity == Severity::Error;
        let mut told = context.say(
            format!("{test} gives p = {shown} ({})", if sided { "one-sided" } else { "two-sided" }),
            format!("由 {test} 得 p = {shown}({})", if sided { "单侧" } else { "双侧" }),
        );
        if !self.has_sides() {
            told = context.say(format!("{test} gives p = {shown}"), format!("由 {test} 得 p = {shown}"));
        }
        if halved {
            told += &context.say(
                "; a one-sided test would fit, but the text does not say that it is one",
                "；单侧检验则相符，但文中没有说明是单侧检验",
            );
        }
        if decides {
            told += &context.say("; the result changes sides of .05", "；以 .05 为界，结论随之改变");
        }
        context.claim(0, names).at_most(if halved { Severity::Warning } else { severity }).because(told).unblamed()
    }

    /// The probability as a figure, and its range.
    fn probability(&self) -> (usize, Range) {
        let index = self.figure(&self.report.p, self.report.hedge);
        (index, self.context.figure(index).quantity.range(false, self.context.rounding))
    }

    fn has_sides(&self) -> bool {
        self.report.tests.iter().any(Test::has_sides)
    }

    /// What the printed statistic allows, over all readings of the degrees of freedom.
    fn implied(&self) -> Option<Implied> {
        let value = Rational::from(self.report.statistic.value);
        if value.is_negative() && !self.has_sides() {
            return None;
        }
        let half = &Rational::power_of_ten(-(self.report.statistic.value.scale() as i32)) * &Rational::ratio(1, 2);
        let size = value.abs();
        let least = if self.report.below || size < half { Rational::ZERO } else { &size - &half };
        let most = if self.report.below { size.clone() } else { &size + &half };
        let mut all: Option<Range> = None;
        for test in self.report.tests.iter().flat_map(rounded) {
            let (Some(high), Some(low)) = (test.tail(&least), test.tail(&most)) else { continue };
            let range = low.hull(&high);
            all = Some(all.map_or(range.clone(), |all| all.hull(&range)));
        }
        let nominal = self.report.tests.first()?.tail(&size)?;
        let middle = &(&nominal.low.as_ref()?.value + &nominal.high.as_ref()?.value) * &Rational::ratio(1, 2);
        Some(Implied { range: all?, nominal: middle })
    }

    /// A printed number as a figure of the reading; what the lexer took for something else, or did not find, is forced.
    fn figure(&self, printed: &Printed, hedge: Hedge) -> usize {
        let at = |offset: u32| self.start + offset;
        let digits = Span { start: at(printed.span.start), end: at(printed.span.end) };
        let (figures, lexed) = (&self.context.reading.figures, self.context.reading.lexed);
        let first = figures.partition_point_below(lexed, |figure| figure.span.end <= digits.start);
        let found = (first..lexed).take_while(|&i| figures.span(i).start < digits.end).find(|&i| {
            let figure = &figures.at(i);
            figure.class == Class::Quantity
                && figure.quantity.numerator == printed.value
                && figure.quantity.hedge == hedge
                && figure.quantity.upper.is_none()
        });
        found.unwrap_or_else(|| {
            let quantity = Quantity {
                numerator: printed.value,
                place: -(printed.value.scale() as i8),
                hedge,
                whole: printed.value.scale() == 0,
                ..Quantity::default()
            };
            let block = self.block as u32;
            self.context.force(Figure {
                span: digits,
                digits,
                block,
                class: Class::Quantity,
                quantity,
                unit: Unit::Unknown,
            })
        })
    }

    fn sentence(&self) -> &str {
        &self.text[crate::text::sentence_around(self.text, self.report.span.start as usize)]
    }
}

impl Implied {
    fn one_sided(&self) -> Implied {
        let half = Rational::ratio(1, 2);
        Implied { range: &self.range * &Range::exact(half.clone()), nominal: &self.nominal * &half }
    }

    /// The other tail: the effect lies where it was not expected.
    fn other_side(&self) -> Implied {
        Implied { range: &Range::exact(Rational::ONE) - &self.range, nominal: &Rational::ONE - &self.nominal }
    }
}

/// A test at the ends of what its printed degrees of freedom may stand for: whole ones are exact.
fn rounded(test: &Test) -> Vec<Test> {
    let ends = |df: &Rational| {
        if df.is_whole() {
            return vec![df.clone()];
        }
        let places = (1..=4).find(|&n| (df * &Rational::power_of_ten(n)).is_whole()).unwrap_or(4);
        let half = &Rational::power_of_ten(-places) * &Rational::ratio(1, 2);
        vec![df - &half, df + &half]
    };
    match test {
        Test::T(df) => ends(df).into_iter().map(Test::T).collect(),
        Test::R(df) => ends(df).into_iter().map(Test::R).collect(),
        Test::ChiSquare(df) => ends(df).into_iter().map(Test::ChiSquare).collect(),
        Test::F(first, second) => {
            let seconds = ends(second);
            ends(first).into_iter().flat_map(|a| seconds.iter().map(move |b| Test::F(a.clone(), b.clone()))).collect()
        }
        Test::Z => vec![Test::Z],
    }
}

/// Whether one of the ranges lies below .05 and the other above.
fn decision_changes(stated: &Range, implied: &Range) -> bool {
    let level = Rational::ratio(5, 100);
    let below = |range: &Range| range.high.as_ref().is_some_and(|high| high.value <= level);
    let above = |range: &Range| range.low.as_ref().is_some_and(|low| low.value >= level);
    below(stated) && above(implied) || above(stated) && below(implied)
}

/// The probability to four places, or as smaller than one of them.
fn shown(implied: &Implied) -> String {
    let places = Rational::power_of_ten(-4);
    let ends = |end: &Option<End>| end.as_ref().map_or(Rational::ZERO, |end| end.value.round_to(&places));
    let (low, high) = (ends(&implied.range.low), ends(&implied.range.high));
    let text = |value: &Rational| {
        let text = value.exact_decimal().unwrap_or_else(|| value.to_string());
        text.strip_prefix('0').filter(|rest| !rest.is_empty()).map_or(text.clone(), str::to_owned)
    };
    if high.is_zero() {
        "< .0001".to_owned()
    } else if low == high {
        text(&low)
    } else {
        format!("{} … {}", text(&low), text(&high))
    }
}
