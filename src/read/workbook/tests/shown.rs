//! What cells show by their number formats.

use super::super::format::{NumberFormat, general};
use super::super::xlsx::decimal;

fn shown(code: &str, value: &str) -> String {
    NumberFormat::new(code).number(decimal(value).unwrap(), false)
}

#[test]
fn numbers_are_shown_by_their_formats() {
    const ACCOUNTING: &str = r#"_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"??_);_(@_)"#;
    for (code, value, expected) in [
        ("General", "1234.5", "1234.5"),
        ("0", "1234.5", "1235"),
        ("0", "-0.4", "0"),
        ("0.00", "1.005", "1.01"),
        ("0.00", "-1.005", "-1.01"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "12", "12"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("#,##0_);(#,##0)", "-1234.5", "(1,235)"),
        ("#,##0_);[Red]\\(#,##0\\)", "1234", "1,234"),
        (ACCOUNTING, "2250000", "$2,250,000"),
        (ACCOUNTING, "-5", "$(5)"),
        (ACCOUNTING, "0", "$-"),
        ("0%", "0.1234", "12%"),
        ("0.0%", "0.12345", "12.3%"),
        ("#,##0,", "1234567", "1,235"),
        ("#,##0.0,,\" m\"", "1234567890", "1,234.6 m"),
        ("0.0,\"k\"", "1234", "1.2k"),
        ("0\"万元\"", "35", "35万元"),
        ("\"约\"0", "35", "约35"),
        ("¥#,##0.00", "1234.5", "¥1,234.50"),
        ("[$€-407] #,##0.00", "1234.5", "€ 1,234.50"),
        ("#,##0.00 [$€-1]", "1234.5", "1,234.50 €"),
        ("#", "0", ""),
        ("#.##", "0.5", ".5"),
        ("0.##", "3", "3"),
        ("0.0?", "1.5", "1.5"),
        ("000000", "42", "000042"),
        ("0,000", "5", "0,005"),
        ("000-0000", "1234567", "123-4567"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.00E+00", "0.00012345", "1.23E-04"),
        ("@", "12.5", "12.5"),
        (";;;", "12", ""),
        ("0;-0;\"nil\"", "0", "nil"),
        ("[>=1000000]0.0,,\"M\";0", "2500000", "2.5M"),
        ("[>=1000000]0.0,,\"M\";0", "25", "25"),
        ("[<0]\"(\"0\")\";0", "-7", "(7)"),
        ("# ?/?", "0.5", "0.5"),
        ("0.00\\ %", "0.5", "50.00 %"),
        ("", "7", "7"),
    ] {
        assert_eq!(shown(code, value), expected, "{code} of {value}");
    }
}

proptest::proptest! {
    #[test]
    fn what_is_shown_as_written_is_shown_so(text in "-?[0-9]{0,11}(\\.[0-9]{0,11})?") {
        let general = NumberFormat::new("General");
        if general.shows_as_written(&text) {
            proptest::prop_assert_eq!(general.number(decimal(&text).unwrap(), false), text);
        }
    }
}

proptest::proptest! {
    #[test]
    fn every_number_is_shown_in_every_format(
        text in "-?[0-9]{1,20}(\\.[0-9]{0,20})?(E-?[0-9]{1,2})?",
        code in proptest::sample::select(&["General", "0", "0.00", "0.00%", "#,##0.0,", "0.00E+00", "##0.0E+0", "# ?/?", "yyyy-mm-dd"][..]),
    ) {
        if let Some(number) = decimal(&text) {
            let shown = NumberFormat::new(code).number(number, false);
            proptest::prop_assert!(!shown.is_empty());
        }
    }
}

#[test]
fn general_shows_eleven_characters() {
    for (value, expected) in [
        ("33.333333333333336", "33.33333333"),
        ("0.1", "0.1"),
        ("1234567.891234", "1234567.891"),
        ("123456789012", "123456789012"),
        ("0.00001234567", "0.0000123457"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("100.0", "100"),
        ("28.000000000000004", "28"),
        ("1.2345678901234567E-14", "0.0000000000000123457"),
        ("-2.5E-26", "-0.000000000000000000000000025"),
        ("1.2E-40", "0"),
    ] {
        assert_eq!(general(decimal(value).unwrap()), expected);
    }
}

#[test]
fn days_are_dates() {
    for (code, value, expected) in [
        ("yyyy-mm-dd", "45292", "2024-01-01"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("d mmm yy", "45351", "29 Feb 24"),
        ("mmmm yyyy", "45351", "February 2024"),
        ("yyyy\"年\"m\"月\"d\"日\"", "45292.25", "2024年1月1日"),
        ("[$-804]yyyy\"年\"m\"月\";@", "45292", "2024年1月"),
        ("h:mm:ss", "0.75", "18:00:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ("hh:mm", "0.0208333333333333", "00:30"),
        ("[h]:mm", "1.5", "36:00"),
        ("aaaa", "45292", "星期一"),
        ("dddd", "45292", "Monday"),
        ("m/d/yyyy h:mm", "45292.5", "1/1/2024 12:00"),
        ("yyyy-mm-dd", "-5", "-5"),
        ("yyyy-mm-dd", "99999999", "99999999"),
    ] {
        assert_eq!(shown(code, value), expected, "{code} of {value}");
    }
    assert_eq!(NumberFormat::new("yyyy-mm-dd").number(decimal("0").unwrap(), true), "1904-01-01");
}

#[test]
fn text_is_shown_by_the_section_for_text() {
    for (code, expected) in
        [("General", "a"), ("@", "a"), ("0;-0;0;\"(\"@\")\"", "(a)"), (";;;", ""), ("_(* 0_);_(@_)", " a ")]
    {
        assert_eq!(NumberFormat::new(code).text("a"), expected, "{code}");
    }
}

#[test]
fn a_point_behind_an_exponent_is_no_decimal_point() {
    for code in ["e+_G?.", "0E+0.0", "E+0.", ".E+0."] {
        NumberFormat::new(code).number(rust_decimal::Decimal::ONE, false);
    }
}

proptest::proptest! {
    #[test]
    fn any_format_shows_any_number(code in "[0#?.,%;@_*\\\\\"ymdhsEe+/$<>=\\[\\]GAa 月¥-]{0,20}", value in proptest::num::i64::ANY, scale in 0..20u32) {
        let value = rust_decimal::Decimal::new(value, scale);
        let format = NumberFormat::new(&code);
        format.number(value, false);
        format.text("text");
    }

    #[test]
    fn decimals_are_rounded_to_the_places_shown(value in -1_000_000_000i64..1_000_000_000, scale in 0..8u32, places in 0..5usize) {
        let value = rust_decimal::Decimal::new(value, scale);
        let code = if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) };
        let shown: rust_decimal::Decimal = NumberFormat::new(&code).number(value, false).replace(',', "").parse().unwrap();
        let half = rust_decimal::Decimal::new(5, places as u32 + 1);
        proptest::prop_assert!((shown - value).abs() <= half, "{} {}", shown, value);
    }
}
