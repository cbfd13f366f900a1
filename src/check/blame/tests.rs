use std::sync::Arc;

use super::*;
use crate::check::evaluate::evaluate;
use crate::figure::Dimension;
use crate::figure::quantity::{Direction, Hedge, Scale};
use crate::rule::expression::{Comparison, Part, Relation};
use crate::span::Span;
use rust_decimal::Decimal;

/// A whole number is a count; `96.5%` a rate rounded to its last digit.
fn figure(text: &'static str) -> Figure<'static> {
    let digits = text.trim_end_matches('%');
    let percent = digits != text;
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len() as i8);
    let value = Decimal::from_str_exact(&digits.replace(',', "")).unwrap();
    let numerator = if percent { value / Decimal::ONE_HUNDRED } else { value };
    let place = if percent { -decimals - 2 } else { -decimals };
    let whole = place == 0;
    let scale = if percent { Scale::Percent } else { Scale::Plain };
    let quantity = Quantity {
        numerator,
        divisor: 1,
        place,
        hedge: Hedge::None,
        direction: Direction::None,
        scale,
        whole,
        upper: None,
    };
    Figure { text, quantity, rounding: if whole { Rounding::Exact } else { Rounding::Nearest } }
}

fn operand(figure: &Figure<'_>) -> Value {
    let value = figure.quantity.value();
    Value::One(Arc::new(Operand {
        range: figure.rounding.range(value.clone(), figure.quantity.place()),
        nominal: Some(value.clone()),
        printed: value,
        dimension: Dimension::Unknown,
        kind: 0,
    }))
}

#[derive(Clone, Copy)]
enum Check {
    /// The first is the sum of the others.
    Sum,
    /// The first is the second divided by the third.
    Rate,
    /// The first is at most the second.
    AtMost,
    /// The first is the growth from the third to the second.
    Growth,
}

fn part(inverse: bool, expr: Expr) -> Part {
    Part { inverse, expr }
}

fn expr(check: Check, count: usize) -> Expr {
    let name = Expr::Name;
    let (relation, right) = match check {
        Check::Sum => (Relation::Equal, Expr::Sum((1..count).map(|index| part(false, name(index))).collect())),
        Check::Rate => (Relation::Equal, Expr::Product(vec![part(false, name(1)), part(true, name(2))])),
        Check::AtMost => (Relation::LessOrEqual, name(1)),
        Check::Growth => {
            let change = Expr::Sum(vec![part(false, name(1)), part(true, name(2))]);
            (Relation::Equal, Expr::Product(vec![part(false, change), part(true, name(2))]))
        }
    };
    Expr::Compare(Box::new(name(0)), vec![Comparison { relation, right, tolerance: None, span: Span::default() }])
}

/// Blames for checks over figures, given by their positions in `texts`.
fn blames(texts: &[&'static str], checks: &[(Check, &[usize])], nearby: &[i64]) -> Vec<Option<Blame>> {
    let figures: Vec<Figure<'_>> = texts.iter().map(|text| figure(text)).collect();
    let nearby: Vec<Rational> = nearby.iter().map(|&value| Rational::from(value)).collect();
    let made: Vec<(Expr, Vec<Value>, Vec<Vec<usize>>)> = checks
        .iter()
        .map(|(check, names)| {
            let values = names.iter().map(|&index| operand(&figures[index])).collect();
            (expr(*check, names.len()), values, names.iter().map(|&index| vec![index]).collect())
        })
        .collect();
    let evaluations: Vec<Evaluation> = made.iter().map(|(check, values, _)| evaluate(check, values)).collect();
    let cases: Vec<Case<'_>> = made
        .iter()
        .zip(&evaluations)
        .map(|((check, values, slots), evaluation)| Case {
            check,
            values,
            slots,
            evaluation,
            nearby: &nearby,
            unsigned: false,
        })
        .collect();
    blame(&cases, &figures, &mut Budget::default())
}

/// The blame of the first check, its culprits as printed.
fn first(texts: &[&'static str], checks: &[(Check, &[usize])]) -> (Vec<&'static str>, Option<Slip>, Option<String>) {
    let blame = blames(texts, checks, &[])[0].clone().expect("the first check fails");
    (blame.culprits.iter().map(|&index| texts[index]).collect(), blame.slip, blame.replacement)
}

#[test]
fn a_rate_that_was_cut_off_is_named() {
    let told = first(&["96.5%", "510", "528"], &[(Check::Rate, &[0, 1, 2])]);
    assert_eq!(told, (vec!["96.5%"], Some(Slip::CutOff), Some("96.6%".to_owned())));
    // 528 is cleared by another rate, and the checks that hold go on holding.
    let checks: [(Check, &[usize]); 3] =
        [(Check::Rate, &[0, 1, 2]), (Check::Rate, &[3, 2, 4]), (Check::AtMost, &[1, 2])];
    let told = first(&["96.5%", "510", "528", "94.1%", "561"], &checks);
    assert_eq!(told, (vec!["96.5%"], Some(Slip::CutOff), Some("96.6%".to_owned())));
}

#[test]
fn of_several_values_the_one_that_a_slip_explains_is_suggested() {
    let sums: [(Check, &[usize]); 2] = [(Check::Sum, &[0, 1, 2, 3, 4]), (Check::Sum, &[0, 5, 6])];
    let told = |total| first(&[total, "340.1", "201.5", "99.9", "170.9", "642.3", "170.1"], &sums);
    // Rounded parts allow 812.3 and 812.5 too, but digits were swapped of 812.4 alone.
    assert_eq!(told("821.4"), (vec!["821.4"], Some(Slip::Swapped), Some("812.4".to_owned())));
    // Each of them may have lost its last digit but one.
    assert_eq!(told("813.0").2, None);
}

#[test]
fn swapped_digits_name_the_figure_wherever_it_stands() {
    for (texts, expected) in [
        (["17,606", "1338", "2723", "13599"], Some(("17,606", "17,660"))),
        (["17660", "1383", "2723", "13599"], Some(("1383", "1338"))),
        (["17660", "1338", "2732", "13599"], None),
        (["17660", "1338", "7223", "13599"], Some(("7223", "2723"))),
        (["17660", "1338", "2723", "31599"], Some(("31599", "13599"))),
    ] {
        let (culprits, slip, replacement) = first(&texts, &[(Check::Sum, &[0, 1, 2, 3])]);
        match expected {
            Some((wrong, right)) => {
                assert_eq!((culprits, replacement.as_deref()), (vec![wrong], Some(right)), "{texts:?}");
                assert_eq!(slip, Some(Slip::Swapped));
            }
            // 1338 - 9 = 1329, 13599 - 9 = 13590 and 17660 + 9 = 17669: two figures with one wrong digit each as well.
            None => assert_eq!(replacement, None, "{texts:?}"),
        }
    }
}

#[test]
fn among_many_values_only_the_computed_one_tells_a_slip() {
    let slip = |texts: &[&'static str]| first(texts, &[(Check::Rate, &[0, 1, 2])]).1;
    assert_eq!(slip(&["95.1%", "37.7", "41.2"]), Some(Slip::Swapped));
    // 91.6% would do, too, but the figures make 91.5%.
    assert_eq!(slip(&["61.9%", "37.7", "41.2"]), None);
    // Two digits are too few.
    assert_eq!(slip(&["97%", "1.7", "4.2"]), None);
}

#[test]
fn nothing_singles_out_one_of_three_by_a_gross_error() {
    assert_eq!(first(&["5000", "1234", "1111"], &[(Check::Sum, &[0, 1, 2])]), (vec![], None, None));
    // Small numbers: any of them has a digit that may be wrong.
    assert_eq!(first(&["10", "1", "2", "8"], &[(Check::Sum, &[0, 1, 2, 3])]).0, Vec::<&str>::new());
}

#[test]
fn a_wrong_cell_of_a_table_is_named_by_row_and_column() {
    // Rows 0-3, 4-7, 8-11 and 12-15; the last of each is its total.
    let right = ["11", "12", "13", "36", "21", "22", "23", "66", "31", "32", "33", "96", "63", "66", "69", "198"];
    let row = |at: usize| [4 * at + 3, 4 * at, 4 * at + 1, 4 * at + 2];
    let column = |at: usize| [12 + at, at, 4 + at, 8 + at];
    let lines: Vec<[usize; 4]> = (0..4).map(row).chain((0..4).map(column)).collect();
    let checks: Vec<(Check, &[usize])> = lines.iter().map(|line| (Check::Sum, &line[..])).collect();
    for wrong in 0..16 {
        let mut texts = right;
        texts[wrong] = "977";
        let told: Vec<Blame> = blames(&texts, &checks, &[]).into_iter().flatten().collect();
        assert_eq!(told.len(), 2, "cell {wrong}");
        for blame in told {
            assert_eq!(blame.culprits, [wrong]);
            assert_eq!(blame.replacement.as_deref(), Some(right[wrong]));
        }
    }
}

#[test]
fn a_figure_in_two_failing_checks_explains_both() {
    let checks: [(Check, &[usize]); 2] = [(Check::Sum, &[0, 1, 2]), (Check::Sum, &[3, 2, 4])];
    // 30 is meant: 50 = 20 + 30 and 64 = 30 + 34.
    for blame in blames(&["50", "20", "37", "64", "34"], &checks, &[]).into_iter().flatten() {
        assert_eq!((blame.culprits, blame.replacement.as_deref()), (vec![2], Some("30")));
    }
    // No one value mends both.
    for blame in blames(&["50", "20", "37", "65", "34"], &checks, &[]).into_iter().flatten() {
        assert_eq!((blame.culprits, blame.replacement), (vec![], None));
    }
    // Two figures stand in both.
    let checks: [(Check, &[usize]); 2] = [(Check::Sum, &[0, 1, 2]), (Check::Sum, &[3, 2, 4, 1])];
    for blame in blames(&["50", "20", "37", "84", "34"], &checks, &[]).into_iter().flatten() {
        assert_eq!(blame.replacement, None);
    }
}

#[test]
fn a_holding_equality_clears_its_figures() {
    let texts = ["100", "40", "70", "160", "90"];
    // 100 = 40 + 70 fails; 160 = 70 + 90 holds, and 40 is in neither: 30 or 110 is meant.
    let (culprits, ..) = first(&texts, &[(Check::Sum, &[0, 1, 2]), (Check::Sum, &[3, 2, 4])]);
    assert_eq!(culprits, ["40", "100"]);
    // Where 40 is cleared too, the total is left.
    let texts = ["100", "40", "70", "160", "90", "45", "5"];
    let checks: [(Check, &[usize]); 3] = [(Check::Sum, &[0, 1, 2]), (Check::Sum, &[3, 2, 4]), (Check::Sum, &[5, 1, 6])];
    let told = first(&texts, &checks);
    assert_eq!((told.0, told.2.as_deref()), (vec!["100"], Some("110")));
}

#[test]
fn a_rate_of_two_digits_clears_no_amount_of_five() {
    // 15,972 was 15,927: 7.7% holds with both, so the sum and the other rate may blame it.
    let texts = ["15,972", "14,698", "1,229", "63.0%", "25,290", "7.7%"];
    let checks: [(Check, &[usize]); 3] =
        [(Check::Sum, &[0, 1, 2]), (Check::Rate, &[3, 0, 4]), (Check::Rate, &[5, 2, 0])];
    for blame in blames(&texts, &checks, &[]).into_iter().flatten() {
        assert_eq!(blame.culprits, [0]);
        assert_eq!((blame.slip, blame.replacement.as_deref()), (Some(Slip::Swapped), Some("15,927")));
    }
    // One of six digits fixes it, and the total of the second rate is left.
    let texts = ["15,927", "62.9%", "25,230", "7.71645%", "1,229"];
    let told = blames(&texts, &[(Check::Rate, &[1, 0, 2]), (Check::Rate, &[3, 4, 0])], &[]);
    assert!(!told[0].as_ref().unwrap().culprits.contains(&0));
}

#[test]
fn a_repair_breaks_no_other_check() {
    // 30 would repair the sum in place of 40, but stands above 35.
    let texts = ["100", "40", "70", "160", "90", "35"];
    let checks: [(Check, &[usize]); 3] = [(Check::Sum, &[0, 1, 2]), (Check::Sum, &[3, 2, 4]), (Check::AtMost, &[5, 1])];
    let told = first(&texts, &checks);
    assert_eq!((told.0, told.2.as_deref()), (vec!["100"], Some("110")));
}

#[test]
fn a_part_left_out_blames_no_figure() {
    let texts = ["1000", "400", "350"];
    let told = blames(&texts, &[(Check::Sum, &[0, 1, 2])], &[250])[0].clone().unwrap();
    assert_eq!((told.culprits.len(), told.slip), (0, Some(Slip::LeftOut)));
    let told = blames(&["1150", "400", "350"], &[(Check::Sum, &[0, 1, 2])], &[])[0].clone().unwrap();
    assert_eq!((told.culprits.len(), told.slip), (0, Some(Slip::CountedTwice)));
}

#[test]
fn growth_over_the_wrong_year_is_told() {
    // (5000 - 4000) / 5000 = 20%.
    let told = blames(&["20.0%", "5000", "4000"], &[(Check::Growth, &[0, 1, 2])], &[])[0].clone().unwrap();
    assert_eq!(told.slip, Some(Slip::Base));
}

#[test]
fn many_failing_checks_take_bounded_time() {
    let texts: Vec<&'static str> = std::iter::repeat_n(["500", "100", "123"], 1000).flatten().collect();
    let lines: Vec<[usize; 3]> = (0..1000).map(|at| [3 * at, 3 * at + 1, 3 * at + 2]).collect();
    let checks: Vec<(Check, &[usize])> = lines.iter().map(|line| (Check::Sum, &line[..])).collect();
    assert_eq!(blames(&texts, &checks, &[]).iter().flatten().count(), 1000);
    let all: Vec<usize> = (0..3000).collect();
    let told = blames(&texts, &[(Check::Sum, &all[..])], &[])[0].clone().unwrap();
    assert!(told.culprits.is_empty());
}

#[test]
fn a_slip_in_a_long_amount_beside_a_rate_is_found_where_the_rate_leaves_it_little_room() {
    // 77,410,223.41 was meant, which grows by 3.65%; so it does from thousands of other values.
    let told = first(&["3.65%", "80,233,410.77", "74,710,223.41"], &[(Check::Growth, &[0, 1, 2])]);
    assert_eq!(told.0, ["74,710,223.41"]);
    assert_eq!((told.1, told.2.as_deref()), (Some(Slip::Swapped), Some("77,410,223.41")));
    // A rate of one digit leaves too much room.
    let told = first(&["4%", "80,233,410.77", "74,710,223.41"], &[(Check::Growth, &[0, 1, 2])]);
    assert_eq!(told.2, None);
}

#[test]
fn of_several_figures_the_one_is_named_whose_slip_is_likeliest() {
    // 2.13% = 651 / 30524. A digit of 318175 may be missing in 31175, too, but that is one of sixty.
    let rate = |rate: &'static str, part: &'static str| first(&[rate, part, "30524"], &[(Check::Rate, &[0, 1, 2])]);
    let told = rate("2.13%", "6651");
    assert_eq!(told, (vec!["6651"], Some(Slip::DoubledDigit), Some("651".to_owned())));
    // Digits behind the point, and the point itself.
    assert_eq!(rate("2.173%", "651"), (vec!["2.173%"], Some(Slip::WrongDigit), Some("2.133%".to_owned())));
    // 2.133 with a digit wrong, or 2.13 with one doubled.
    assert_eq!(rate("2.113%", "651"), (vec!["2.113%"], None, None));
    // Either point may stand elsewhere, or a zero be missing.
    assert_ne!(rate("0.213%", "651").0.len(), 1);
    assert_ne!(rate("21.3%", "651").0.len(), 1);
    assert_eq!(rate("2.1133%", "651").0, ["2.1133%"]);
}

#[test]
fn figures_of_one_scale_have_as_many_decimals() {
    let sum = |parts: [&'static str; 3]| first(&parts, &[(Check::Sum, &[0, 1, 2])]);
    // 20498.98 lost a digit, rather than that 8863.17 is wrong, which would leave 20498.8 with one decimal.
    assert_eq!(sum(["29362.15", "20498.8", "8863.17"]).0, ["29362.15", "20498.8", "8863.17"]);
}
