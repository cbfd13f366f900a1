//! How papers print a test: t(28) = 2.20, p = .036; F(2, 57) = 3.1, MSE = 0.4, p < .05; χ²(1, N = 90) = 0.89, ns.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::pattern;
use rust_decimal::Decimal;

use super::tail::Test;
use crate::exact::Rational;
use crate::figure::Hedge;
use crate::span::Span;

/// A test as a text prints it. Spans are offsets into that text.
#[derive(Debug)]
pub struct Report {
    /// The whole of it, from the statistic's name to p.
    pub span: Span,
    /// The readings of its degrees of freedom, the usual one first, and by how much each may be off.
    pub tests: Vec<Test>,
    /// The statistic, with its sign.
    pub statistic: Printed,
    /// It is printed as smaller than this (F < 1).
    pub below: bool,
    /// The probability.
    pub p: Printed,
    /// How p is compared with its number.
    pub hedge: Hedge,
    /// The text beside it says that the test is one-sided.
    pub one_sided: bool,
}

/// A printed decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Where it stands.
    pub span: Span,
    /// Its value.
    pub value: Decimal,
}

/// A decimal without its sign.
const NUMBER: &str = r"(?:[0-9０-９]{1,7}(?:[.．][0-9０-９]{1,9})?|[.．][0-9０-９]{1,9})";

/// A test's name and its degrees of freedom in brackets, or behind the statistic.
static STATISTIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let df = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}(?:\.[0-9]{1,4})?";
    let is = r"\s?(?:=|＝)\s?";
    let open = r"[_~^]?\s?[(（{]{1,2}\s?(?:df\s?=\s?)?";
    let close = r"\s?[)）}]{1,2}~?";
    let chi = r"(?:[χΧ𝜒xX]\s?(?:\^?\{?[2²]\}?\^?)|chi-?\s?(?:squared?|sq|[2²])|Chi-?\s?(?:squared?|[2²])|χ|卡方值?)";
    let after = r"\s?[,，;；(（]\s?(?:df|自由度)\s?[=＝为]\s?";
    let n = r"(?:\s?[,，;；]\s?[Nn]\s?[=＝]\s?[0-9,]{1,9})?";
    let value = format!(r"(?P<value>[-−–‐﹣－]?\s?{NUMBER})");
    pattern(&format!(
        "(?:\
         (?P<t>t){open}(?P<t1>{df}){close}|(?P<r>r){open}(?P<r1>{df}){close}|\
         (?P<f>F){open}(?P<f1>[0-9]{{1,5}}(?:\\.[0-9]{{1,4}})?)\\s?[,，;；]\\s?(?:df2?\\s?=\\s?)?(?P<f2>{df}){close}|\
         (?P<c>{chi}|Q[A-Za-z_]{{0,8}}){open}(?P<c1>{df}){n}{close}|\
         (?P<z>[zZ])\
         )(?:{is}|(?P<below>\\s?[<＜]\\s?)){value}|\
         (?P<bare>t|{chi}){is}(?P<value2>[-−–‐﹣－]?\\s?{NUMBER}){after}(?P<b1>{df})[)）]?|\
         (?P<bf>F){is}(?P<value3>{NUMBER}){after}(?P<bf1>[0-9]{{1,5}})\\s?[,，;；]\\s?(?P<bf2>[0-9]{{1,7}})[)）]?"
    ))
});

/// What may stand between a statistic and its p: effect sizes, standard errors, intervals.
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let value = r"[-−–]?\s?[0-9.,]{1,9}%?";
    let named = format!(r"[\p{{Latin}}\p{{Greek}}][\p{{Latin}}\p{{Greek}}0-9²₂_' ]{{0,20}}\s?[=＝<≈]\s?{value}");
    let interval = format!(r"9[059]%\s?CI\s?[:=]?\s?[\[(（]\s?{value}\s?[,，;；–~to-]{{1,2}}\s?{value}\s?[\])）]");
    pattern(&format!(
        r"^(?:\s*[,，;；]\s*(?:{named}|{interval}))*?\s*[)）]?\s*[,，;；]?\s*[(（\[]?\s*(?:with\s+|at\s+|and\s+|two-tailed\s+|双侧)?(?:a\s+)?(?P<sided>one-(?:tailed|sided)\s+|单[侧尾])?(?:$|(?P<p>[pP](?:\s?-?\s?value|\s?值)?\s?(?P<kind>[(（][^()（）]{{1,20}}[)）])?\s?(?P<op><=|>=|[=＝<＜>＞≤≥])\s?(?P<number>{NUMBER}))|(?P<ns>n\.\s?s\.|ns\b|not significant))"
    ))
});

/// How far behind a statistic its p is looked for, in bytes.
const REACH: usize = 120;

/// What a text says behind p of a test with one side.
const ONE_SIDED: [&str; 6] = ["one-tailed", "one-sided", "one tailed", "one sided", "单侧", "单尾"];

/// The tests that a block's text prints, in order.
pub fn reports(text: &str) -> Vec<Report> {
    if !may_report(text) {
        return Vec::new();
    }
    let (Some(statistic), Some(between)) = (&*STATISTIC, &*BETWEEN) else { return Vec::new() };
    let found = statistic.captures_iter(text);
    found.filter_map(|captures| report(text, &captures, between)).collect()
}

/// Whether a probability may stand in a text that compares something, told at little cost: nearly no block of nearly all
/// reports holds one.
fn may_report(text: &str) -> bool {
    let mut signs = text.match_indices(['=', '＝', '<', '＜', '>', '＞', '≤', '≥']);
    let names = ["p", "P", "value", "值", "tailed)", "sided)", "侧)", "侧）", "尾)", "尾）"];
    let is_p = |(at, _): (usize, &str)| names.iter().any(|name| text[..at].trim_end().ends_with(name));
    signs.any(is_p)
        || text.contains(['=', '＝', '<', '＜'])
            && [" ns", "(ns", "（ns", "n.s", "not sig"].iter().any(|word| text.contains(word))
}

fn report(text: &str, found: &Captures, between: &Regex) -> Option<Report> {
    let whole = found.get(0)?;
    let before = text[..whole.start()].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '\'') || ('α'..='ω').contains(&c))
    {
        return None;
    }
    let value = ["value", "value2", "value3"].iter().find_map(|name| found.name(name))?;
    let statistic = printed(value.as_str(), value.start())?;
    if ends_in_number(text, whole.end()) {
        return None;
    }
    let tests = tests(found)?;
    let window = &text[whole.end()..text.floor_char_boundary(whole.end() + REACH)];
    let behind = between.captures(window)?;
    // "z=3  P=0.0131722" are columns of numbers; a test is told with a mark between the two.
    let is_apart = behind.get(0)?.as_str().contains([',', '，', ';', '；', '(', '（', '[']);
    if found.name("z").is_some() && !is_apart {
        return None;
    }
    let (p, hedge, is_ns) = probability(&behind, whole.end())?;
    if !is_ns && ends_in_number(text, p.span.end as usize) {
        return None;
    }
    let rest = &text[p.span.end as usize..text.floor_char_boundary(p.span.end as usize + 20)];
    let kind = behind.name("kind").map_or("", |kind| kind.as_str());
    if ["adj", "corr", "bonf", "holm", "fdr", "perm", "boot", "MC", "exact"].iter().any(|word| kind.contains(word)) {
        return None;
    }
    let says_one = |text: &str| ONE_SIDED.iter().any(|word| text.contains(word));
    let below = found.name("below").is_some();
    Some(Report {
        span: Span::new(whole.start(), p.span.end as usize),
        statistic,
        below,
        p,
        hedge,
        one_sided: behind.name("sided").is_some() || says_one(rest) || says_one(kind),
        tests,
    })
    .filter(|report| !report.below || found.name("f").is_some())
}

fn probability(behind: &Captures, offset: usize) -> Option<(Printed, Hedge, bool)> {
    if let Some(ns) = behind.name("ns") {
        let span = Span::new(offset + ns.start(), offset + ns.end());
        return Some((Printed { span, value: Decimal::new(5, 2) }, Hedge::Over, true));
    }
    let number = behind.name("number")?;
    let hedge = match behind.name("op")?.as_str() {
        "<" | "＜" => Hedge::Under,
        "<=" | "≤" => Hedge::AtMost,
        ">" | "＞" => Hedge::Over,
        ">=" | "≥" => Hedge::AtLeast,
        _ => Hedge::None,
    };
    let p = printed(number.as_str(), offset + number.start())?;
    (p.value <= Decimal::ONE).then_some((p, hedge, false))
}

/// The test with its degrees of freedom, in the readings that they allow.
fn tests(found: &Captures) -> Option<Vec<Test>> {
    let df = |name: &str| {
        let text = found.name(name)?.as_str().replace(',', "");
        text.parse::<Decimal>().ok().map(Rational::from)
    };
    if let Some(nu) = df("t1") {
        return Some(vec![Test::T(nu)]);
    }
    if let Some(nu) = df("r1") {
        // Some print the number of pairs in the place of the degrees of freedom.
        let pairs = Test::R(&nu - &Rational::from(2));
        return Some(vec![Test::R(nu), pairs]);
    }
    if let (Some(first), Some(second)) = (df("f1").or(df("bf1")), df("f2").or(df("bf2"))) {
        return Some(vec![Test::F(first, second)]);
    }
    if let Some(nu) = df("c1") {
        return Some(vec![Test::ChiSquare(nu)]);
    }
    if let Some(nu) = df("b1") {
        let is_t = found.name("bare").is_some_and(|name| name.as_str() == "t");
        return Some(vec![if is_t { Test::T(nu) } else { Test::ChiSquare(nu) }]);
    }
    found.name("z").map(|_| vec![Test::Z])
}

/// A decimal as printed, its sign and full-width digits included.
fn printed(text: &str, start: usize) -> Option<Printed> {
    let plain: String = text.chars().filter_map(plain).collect();
    let value = plain.parse().ok()?;
    let digits = start + text.find(|c: char| c.is_numeric() || matches!(c, '.' | '．'))?;
    Some(Printed { span: Span::new(digits, start + text.len()), value })
}

fn plain(c: char) -> Option<char> {
    match c {
        '－' | '−' | '–' | '‐' | '﹣' => Some('-'),
        '．' => Some('.'),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// Whether what looked like a number's end at `at` is none: 3.2 × 10⁻⁵, 3e-5, 1.234.5, 5%.
fn ends_in_number(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let mut next = rest.trim_start_matches(' ').chars();
    match next.next() {
        Some('×' | '·' | '^' | '%') => true,
        Some('x' | '*' | 'e' | 'E') => next.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | '−' | ' ')),
        Some('.' | ',') => next.next().is_some_and(|c| c.is_ascii_digit()) && !rest.starts_with(' '),
        Some(c) => c.is_ascii_digit() && !rest.starts_with(' '),
        None => false,
    }
}

#[cfg(test)]
mod tests_of_notation {
    use super::*;

    #[test]
    fn notations_are_read() {
        for (text, value, p) in [
            ("t(28) = 2.20, p = .036", "2.20", ".036"),
            ("t(28) = −2.20, p=.04", "-2.20", ".04"),
            ("t(df = 28)=2.2; p < 0.05", "2.2", "0.05"),
            ("F(2, 57) = 3.1, MSE = 0.4, p < .05", "3.1", ".05"),
            ("F(2,1,234) = 3.1, p < .05", "3.1", ".05"),
            ("F（2，57）＝3.1，P＜０．０５", "3.1", "0.05"),
            ("F2,57 = 3.1", "", ""),
            ("F_{2,57} = 3.1, p = .05", "3.1", ".05"),
            ("χ²(1, N = 90) = 0.89, p = .35", "0.89", ".35"),
            ("χ2 (1) = 0.89 (p = .35)", "0.89", ".35"),
            ("chi-square(1) = 0.89, p = .35", "0.89", ".35"),
            ("χ²=0.89，df=1，P=0.35", "0.89", "0.35"),
            ("t=2.20，df=28，P=0.036", "2.20", "0.036"),
            ("r(55) = .49, 95% CI [.26, .67], p < .001", ".49", ".001"),
            ("z = 2.1, p = .036", "2.1", ".036"),
            ("z=3  P=0.0131722", "", ""),
            ("Q(12) = 14.2, ns", "14.2", "0.05"),
            ("Q_b(2) = 14.2, n.s.", "14.2", "0.05"),
            ("F(1, 22) < 1, ns", "1", "0.05"),
            ("t(28) = 2.20, d = 0.82, p = .036", "2.20", ".036"),
            ("t(28) = 2.20, p = 3.2 × 10-5", "", ""),
            ("t(28) = 2.20, p = 3e-5", "", ""),
            ("t(28) = 2.20. It was p = .3", "", ""),
            ("rs(55) = .49, p = .2", "", ""),
            ("t(28) = 2.20, F(1, 2) = 3, p = .2", "3", ".2"),
            ("dt(28) = 2.20, p = .2", "", ""),
        ] {
            let found = reports(text);
            let told = found.first().map(|report| (report.statistic.value, report.p.value));
            let expected = value.parse::<Decimal>().ok().zip(p.parse::<Decimal>().ok());
            assert_eq!(told, expected, "{text}: {found:?}");
        }
    }
}
