//! Figures written anew in the form in which they are printed: the same kind of digits, separators, decimals and scale.

use rust_decimal::Decimal;

use super::numerals::{self, Style};
use crate::diagnostic::Computed;
use crate::document::Language;
use crate::exact::Rational;
use crate::figure::quantity::{Quantity, Rounding, Scale};
use crate::text::is_currency_sign;

/// Writes a figure with another value: `text` is what is printed (digits and scale, without hedge, currency and unit) and
/// `quantity` what it means. The value is rounded as said. `None` where the form is not known (words, fractions), or cannot
/// show the value.
pub fn rewrite(text: &str, quantity: &Quantity, to: &Rational, rounding: Rounding) -> Option<String> {
    if quantity.divisor != 1 || quantity.upper.is_some() {
        return None;
    }
    let form = Form::of(text, quantity)?;
    form.write(&rounding.printed(to, &quantity.place())?)
}

/// As [`rewrite`], with so many digits after the point.
pub fn rewrite_with(text: &str, quantity: &Quantity, to: &Rational, decimals: u32) -> Option<String> {
    let form = Form::of(text, quantity)?;
    Form { decimals, ..form }.write(to)
}

/// How many digits a figure has after its point, and on what scale it is printed: a power of ten and its words.
pub fn form<'t>(text: &'t str, quantity: &Quantity) -> (u32, (i32, &'t str)) {
    let (decimals, exponent, scale) = scale_of(text, quantity);
    (decimals, (exponent, scale))
}

/// A computed value as it would be printed in a figure's place, and to two more digits.
pub fn computed(text: &str, quantity: &Quantity, to: &Rational, rounding: Rounding) -> Computed {
    let (decimals, exponent, unit) = scale_of(text, quantity);
    let scaled = to * &Rational::power_of_ten(-exponent);
    let plain = || {
        let step = Rational::power_of_ten(-(decimals as i32));
        rounding.printed(&scaled, &step).unwrap_or_else(|| scaled.clone()).fixed(decimals) + unit
    };
    let shown = rewrite(text, quantity, to, rounding).unwrap_or_else(plain);
    // The sign of the figure stands outside of its digits: (167.12)%.
    let is_bare = to.is_negative() && shown.starts_with(|c: char| c.is_numeric());
    Computed { value: scaled.expansion(decimals + 2) + unit, shown: if is_bare { format!("-{shown}") } else { shown } }
}

/// By how much a figure is off, in its own unit: `0.1 percentage points`, `1件`. `unit` is the name of the figure's unit.
pub fn off(text: &str, quantity: &Quantity, unit: Option<&str>, by: &Rational, language: Language) -> String {
    let (decimals, exponent, scale) = scale_of(text, quantity);
    let amount = (&by.abs() * &Rational::power_of_ten(-exponent)).expansion(decimals + 2);
    let chinese = language == Language::Chinese;
    let name = match quantity.scale {
        Scale::Percent | Scale::PercentagePoint => {
            if chinese {
                "个百分点"
            } else {
                " percentage points"
            }
        }
        Scale::Permille => {
            if chinese {
                "个千分点"
            } else {
                " points per thousand"
            }
        }
        Scale::BasisPoint => {
            if chinese {
                "个基点"
            } else {
                " basis points"
            }
        }
        Scale::Tenth => {
            if chinese {
                "成"
            } else {
                " tenths"
            }
        }
        Scale::Plain | Scale::Ratio => {
            let unit = unit.unwrap_or_default();
            if unit.ends_with(is_currency_sign) {
                return format!("{unit}{amount}{scale}");
            }
            let apart = !unit.is_empty() && unit.is_ascii();
            return format!("{amount}{scale}{}{unit}", if apart { " " } else { "" });
        }
    };
    amount + name
}

/// Digits after the point, the power of ten of the scale, and the scale as printed.
fn scale_of<'t>(text: &'t str, quantity: &Quantity) -> (u32, i32, &'t str) {
    match Form::of(text, quantity) {
        Some(form) if form.before == "百分之" => (form.decimals, form.exponent, "%"),
        Some(form) if form.before == "千分之" => (form.decimals, form.exponent, "‰"),
        Some(form) => (form.decimals, form.exponent, form.after),
        None => (u32::from(quantity.place.min(0).unsigned_abs()), 0, ""),
    }
}

/// How a figure is printed.
struct Form<'t> {
    before: &'t str,
    digits: Digits,
    after: &'t str,
    /// Digits after the point.
    decimals: u32,
    /// The power of ten that the printed number is multiplied by.
    exponent: i32,
    /// Whether the quantity is negative while its digits show no sign (brackets, words).
    negative: bool,
}

enum Digits {
    Arabic {
        full_width: bool,
        /// Between groups of three.
        separator: Option<char>,
        /// Before the decimals.
        point: char,
        /// Zeros before the number fill it up to so many digits.
        width: usize,
    },
    Chinese(Style),
}

impl<'t> Form<'t> {
    /// The form of a printed quantity: one that gives the same text back for the quantity's own value.
    fn of(text: &'t str, quantity: &Quantity) -> Option<Self> {
        let own = quantity.value();
        let arabic = ['.', ','].into_iter().filter_map(|point| Self::arabic(text, quantity, point));
        arabic.chain(Self::chinese(text, quantity)).find(|form| form.write(&own).as_deref() == Some(text))
    }

    fn arabic(text: &'t str, quantity: &Quantity, point: char) -> Option<Self> {
        let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        let first = text.find(is_digit)?;
        // .05 has nothing before its point.
        let start = text[..first].strip_suffix(['.', '．']).map_or(first, str::len);
        let last = text.rfind(is_digit)?;
        let end = last + text[last..].chars().next()?.len_utf8();
        let core = &text[start..end];
        let is_point = |c: char| c == point || point == '.' && c == '．';
        let decimals_at = core.rfind(is_point);
        let whole = &core[..decimals_at.unwrap_or(core.len())];
        let decimals = decimals_at.map_or(0, |at| core[at..].chars().count() as u32 - 1);
        let separator = whole.chars().find(|&c| !is_digit(c));
        let padded = whole.starts_with(['0', '０']) && whole.chars().count() > 1;
        let digits = Digits::Arabic {
            full_width: core.ends_with(|c: char| !c.is_ascii()),
            separator,
            point,
            width: if padded || whole.is_empty() { whole.chars().count() } else { 1 },
        };
        Some(Self::new(&text[..start], digits, &text[end..], decimals, quantity))
    }

    fn chinese(text: &'t str, quantity: &Quantity) -> impl Iterator<Item = Self> {
        let before =
            ["百分之", "千分之"].into_iter().find_map(|part| text.strip_prefix(part).map(|_| &text[..part.len()]));
        let core = &text[before.map_or(0, str::len)..];
        let decimals = core.split_once(['点', '點']).map_or(0, |(_, after)| after.chars().count() as u32);
        let exponent = match before {
            None => 0,
            Some("百分之") => -2,
            Some(_) => -3,
        };
        let negative = quantity.numerator < Decimal::ZERO;
        Style::all().map(move |style| Self {
            before: before.unwrap_or_default(),
            digits: Digits::Chinese(style),
            after: "",
            decimals,
            exponent,
            negative,
        })
    }

    fn new(before: &'t str, digits: Digits, after: &'t str, decimals: u32, quantity: &Quantity) -> Self {
        let signed = before.ends_with(['-', '−', '－', '–']);
        Self {
            before: if signed { "" } else { before },
            digits,
            after,
            decimals,
            exponent: i32::from(quantity.place) + decimals as i32,
            negative: quantity.numerator < Decimal::ZERO && !signed,
        }
    }

    /// A multiple of the figure's last digit in this form.
    fn write(&self, value: &Rational) -> Option<String> {
        let sign = match (self.negative, value.is_negative()) {
            (true, true) | (false, false) => "",
            (true, false) if !value.is_zero() => return None,
            (true, false) => "",
            (false, true) if matches!(self.digits, Digits::Arabic { .. }) => "-",
            (false, true) => return None,
        };
        let number = (&value.abs() * &Rational::power_of_ten(-self.exponent)).fixed(self.decimals);
        let digits = match &self.digits {
            Digits::Arabic { full_width, separator, point, width } => {
                let text = arabic(&number, (*separator, *point), *width);
                if *full_width { text.chars().map(widened).collect() } else { text }
            }
            Digits::Chinese(style) => numerals::chinese(&number, *style)?,
        };
        Some(format!("{sign}{}{digits}{}", self.before, self.after))
    }
}

/// A number in Arabic digits, with these marks between thousands and before the decimals.
fn arabic(number: &str, (separator, point): (Option<char>, char), width: usize) -> String {
    let (whole, after) = number.split_once('.').map_or((number, None), |(whole, after)| (whole, Some(after)));
    let whole = if width == 0 && whole == "0" { String::new() } else { format!("{whole:0>width$}") };
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.extend(separator);
        }
        text.push(digit);
    }
    if let Some(after) = after {
        text.push(point);
        text.push_str(after);
    }
    text
}

fn widened(c: char) -> char {
    match c {
        '0'..='9' | '.' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::quantity::{Direction, Hedge};

    fn quantity(value: &str, place: i8, scale: Scale) -> Quantity {
        Quantity {
            numerator: Decimal::from_str_exact(value).unwrap(),
            divisor: 1,
            place,
            hedge: Hedge::None,
            direction: Direction::None,
            scale,
            whole: place == 0,
            upper: None,
        }
    }

    fn decimal(text: &str) -> Rational {
        Rational::from(Decimal::from_str_exact(text).unwrap())
    }

    #[test]
    fn figures_keep_their_form() {
        for (text, value, place, to, expected) in [
            ("96.5%", "0.965", -3, "0.96590909", Some("96.6%")),
            ("17,660", "17660", 0, "1017661", Some("1,017,661")),
            ("17660", "17660", 0, "17661", Some("17661")),
            ("１７６６０", "17660", 0, "17661", Some("１７６６１")),
            ("２．５", "2.5", -1, "3.04", Some("３．０")),
            ("2.5358亿", "253580000", 4, "253590000", Some("2.5359亿")),
            (".036", "0.036", -3, "0.2402", Some(".240")),
            (".5", "0.5", -1, "12.3", Some("12.3")),
            ("17 660", "17660", 0, "17661", Some("17 661")),
            ("1.234,5", "1234.5", -1, "1244.5", Some("1.244,5")),
            ("12,5", "12.5", -1, "1012.5", Some("1012,5")),
            ("1.234", "1234", 0, "1324", Some("1.324")),
            ("六十", "60", 0, "61", Some("六十一")),
            ("十二", "12", 0, "20", Some("二十")),
            ("二百零五", "205", 0, "1020", Some("一千零二十")),
            ("两千", "2000", 0, "3200", Some("三千二百")),
            ("一万二千", "12000", 0, "100500", Some("十万零五百")),
            ("壹佰贰拾", "120", 0, "121", Some("壹佰贰拾壹")),
            ("百分之九十六点五", "0.965", -3, "0.966", Some("百分之九十六点六")),
            ("-3.5%", "-0.035", -3, "-0.04", Some("-4.0%")),
            ("-3.5%", "-0.035", -3, "0.04", Some("4.0%")),
            ("1,234", "-1234", 0, "-1235", Some("1,235")),
            ("1,234", "-1234", 0, "1235", None),
            ("05", "5", 0, "6", Some("06")),
            ("twelve", "12", 0, "13", None),
            ("1/3", "1", 0, "2", None),
            ("12.3", "123000", 3, "124000", Some("12.4")),
        ] {
            let quantity = quantity(value, place, Scale::Plain);
            let got = rewrite(text, &quantity, &decimal(to), Rounding::Nearest);
            assert_eq!(got.as_deref(), expected, "{text} to {to}");
        }
    }

    #[test]
    fn computed_values_show_two_more_digits() {
        let rate = quantity("0.965", -3, Scale::Percent);
        let got = computed("96.5%", &rate, &Rational::ratio(510, 528), Rounding::Nearest);
        assert_eq!((got.value.as_str(), got.shown.as_str()), ("96.590…%", "96.6%"));
        let total = quantity("17661", 0, Scale::Plain);
        let got = computed("17661", &total, &Rational::from(17660), Rounding::Nearest);
        assert_eq!((got.value.as_str(), got.shown.as_str()), ("17660", "17660"));
        let loss = quantity("-1.671", -4, Scale::Percent);
        let got = computed("167.10%", &loss, &Rational::ratio(-167_120, 100_000), Rounding::Nearest);
        assert_eq!((got.value.as_str(), got.shown.as_str()), ("-167.12%", "-167.12%"));
        let amount = quantity("253580000", 4, Scale::Plain);
        let got = computed("2.5358亿", &amount, &Rational::from(253_586_543), Rounding::Down);
        assert_eq!((got.value.as_str(), got.shown.as_str()), ("2.535865…亿", "2.5358亿"));
    }

    #[test]
    fn differences_are_told_in_the_figures_unit() {
        let rate = quantity("0.965", -3, Scale::Percent);
        let by = Rational::ratio(1, 1000);
        assert_eq!(off("96.5%", &rate, None, &by, Language::English), "0.1 percentage points");
        assert_eq!(off("96.5%", &rate, None, &by, Language::Chinese), "0.1个百分点");
        let count = quantity("17661", 0, Scale::Plain);
        assert_eq!(off("17661", &count, Some("件"), &Rational::from(-1), Language::Chinese), "1件");
        assert_eq!(off("17661", &count, Some("cases"), &Rational::from(1), Language::English), "1 cases");
        let amount = quantity("253580000", 4, Scale::Plain);
        assert_eq!(off("2.5358亿", &amount, Some("元"), &Rational::from(10_000), Language::Chinese), "0.0001亿元");
    }

    #[test]
    fn what_is_printed_comes_from_the_range() {
        for rounding in [Rounding::Nearest, Rounding::Down, Rounding::Exact] {
            for hundredths in -30..=30 {
                let (value, step) = (Rational::ratio(hundredths, 100), Rational::ratio(1, 10));
                if let Some(shown) = rounding.printed(&value, &step) {
                    assert!(rounding.range(shown, step).contains(&value), "{value} {rounding:?}");
                }
            }
        }
    }
}
