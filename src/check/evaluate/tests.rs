use std::sync::Arc;

use super::*;
use crate::exact::End;
use crate::rule::expression::{Comparison, Function, Part, Relation};
use crate::span::Span;

fn name(index: usize) -> Expr {
    Expr::Name(index)
}

fn number(text: &str) -> Expr {
    Expr::Number(decimal(text))
}

fn sum(parts: &[(bool, Expr)]) -> Expr {
    Expr::Sum(parts.iter().map(|(inverse, expr)| Part { inverse: *inverse, expr: expr.clone() }).collect())
}

fn quotient(a: Expr, b: Expr) -> Expr {
    Expr::Product(vec![Part { inverse: false, expr: a }, Part { inverse: true, expr: b }])
}

fn compare(a: Expr, relation: Relation, b: Expr) -> Expr {
    chain(a, vec![(relation, b)])
}

fn chain(first: Expr, links: Vec<(Relation, Expr)>) -> Expr {
    let link = |(relation, right)| Comparison { relation, right, tolerance: None, span: Span::default() };
    Expr::Compare(Box::new(first), links.into_iter().map(link).collect())
}

fn within(a: Expr, b: Expr, tolerance: Expr) -> Expr {
    let link = Comparison { relation: Relation::Equal, right: b, tolerance: Some(tolerance), span: Span::default() };
    Expr::Compare(Box::new(a), vec![link])
}

fn decimal(text: &str) -> Rational {
    Rational::from(rust_decimal::Decimal::from_str_exact(text).unwrap())
}

/// `17660` exactly; `94.1~` rounded to its last digit; `(60,70)` and the like a range; `30..` from there upwards.
fn figure(text: &str) -> Operand {
    let whole = |range, nominal: Option<Rational>, printed| Operand {
        range,
        nominal,
        printed,
        dimension: Dimension::Unknown,
        kind: 0,
    };
    if let Some(low) = text.strip_suffix("..") {
        return whole(Range::from_low(End::closed(decimal(low))), None, decimal(low));
    }
    if let Some(digits) = text.strip_suffix('~') {
        let places = digits.split_once('.').map_or(0, |(_, after)| after.len() as i32);
        let half = &Rational::power_of_ten(-places) * &Rational::ratio(1, 2);
        let value = decimal(digits);
        return whole(Range::exact(value.clone()).widen(&half), Some(value.clone()), value);
    }
    if let Some((low, high)) = text.split_once(',') {
        let low = End { value: decimal(&low[1..]), open: low.starts_with('(') };
        let high = End { value: decimal(&high[..high.len() - 1]), open: high.ends_with(')') };
        let printed = low.value.clone();
        return whole(Range::between(low, high).unwrap(), None, printed);
    }
    whole(Range::exact(decimal(text)), Some(decimal(text)), decimal(text))
}

fn one(text: &str) -> Value {
    Value::One(Arc::new(figure(text)))
}

fn list(texts: &str) -> Value {
    Value::List(texts.split_whitespace().map(|text| Arc::new(figure(text))).collect())
}

fn verdict(check: &Expr, values: &[Value]) -> Verdict {
    let verdict = evaluate(check, values).verdict;
    if verdict != Verdict::Untestable {
        assert_eq!(passes(check, values), verdict != Verdict::Fails);
    }
    verdict
}

#[test]
fn rates_hold_where_they_print_so() {
    use Verdict::{Fails, Holds};
    let check = compare(name(0), Relation::Equal, quotient(name(1), name(2)));
    for (rate, part, whole, expected) in [
        ("0.941~", "528", "561", Holds),
        ("0.965~", "510", "528", Fails),
        ("0.966~", "510", "528", Holds),
        ("0.3..", "14", "34", Holds),
        ("0.5..", "14", "34", Fails),
    ] {
        assert_eq!(verdict(&check, &[one(rate), one(part), one(whole)]), expected, "{rate} = {part} / {whole}");
    }
    let zero = evaluate(&check, &[one("0.5~"), one("1"), one("0")]);
    assert_eq!((zero.verdict, zero.reason), (Verdict::Untestable, Some(Reason::DivisionByZero)));
}

#[test]
fn sums_hold_fail_or_need_rounding() {
    use Verdict::{Fails, Holds, WithinRounding};
    let check = compare(name(0), Relation::Equal, Expr::Call(Function::Sum, vec![name(1)]));
    for (total, parts, expected) in [
        ("17660", "1338 2723 13599", Holds),
        ("17661", "1338 2723 13599", Fails),
        ("10.1~", "3.3~ 3.3~ 3.4~", WithinRounding),
        ("10.0~", "3.3~ 3.3~ 3.4~", Holds),
        ("10.3~", "3.3~ 3.3~ 3.4~", Fails),
        ("(60,70)", "30 35", Holds),
        ("(60,70)", "30 30", Fails),
    ] {
        assert_eq!(verdict(&check, &[one(total), list(parts)]), expected, "{total} = {parts}");
    }
    assert!(evaluate(&check, &[one("(60,70)"), list("30 30")]).excluded_end);
    assert!(!evaluate(&check, &[one("(60,70)"), list("30 20")]).excluded_end);
}

#[test]
fn growth_uses_the_old_value_twice() {
    let change = quotient(sum(&[(false, name(1)), (true, name(2))]), name(2));
    let check = compare(name(0), Relation::Equal, change.clone());
    let at = |rate: &str, new: &str, old: &str| verdict(&check, &[one(rate), one(new), one(old)]);
    assert_eq!(at("0.25~", "5~", "4~"), Verdict::Holds);
    // 5.5 / 3.5 - 1 = 0.5714…, 4.5 / 4.5 - 1 = 0.
    assert_eq!(at("0.5714", "5~", "4~"), Verdict::WithinRounding);
    assert_eq!(at("0.5715", "5~", "4~"), Verdict::Fails);
    assert_eq!(at("0", "5~", "4~"), Verdict::WithinRounding);
    let exact = range(&change, &[one("0"), one("5~"), one("4~")]).unwrap();
    assert_eq!(exact.low, Some(End::closed(Rational::ZERO)));
    assert_eq!(exact.high, Some(End::closed(Rational::ratio(4, 7))));
}

#[test]
fn an_open_end_along_which_nothing_changes_leaves_the_range_closed() {
    // x*y - x is 0 all along x where y is 1.
    let product = Expr::Product(vec![Part { inverse: false, expr: name(0) }, Part { inverse: false, expr: name(1) }]);
    let expr = sum(&[(false, product), (true, name(0))]);
    let got = range(&expr, &[one("(2,3)"), one("[1,2]")]).unwrap();
    assert_eq!(got.low, Some(End::closed(Rational::ZERO)));
    assert_eq!(got.high, Some(End::open(Rational::from(3))));
}

#[test]
fn chains_need_one_common_value() {
    use Relation::{Equal, LessOrEqual};
    let check = chain(name(0), vec![(Equal, name(1)), (Equal, name(2))]);
    let values = |a: &str, b: &str, c: &str| vec![one(a), one(b), one(c)];
    assert_eq!(verdict(&check, &values("[1,2]", "[2,3]", "[3,4]")), Verdict::Fails);
    assert_eq!(verdict(&check, &values("[1,2]", "[2,3]", "[2,4]")), Verdict::WithinRounding);
    let check = chain(name(0), vec![(LessOrEqual, name(1)), (LessOrEqual, name(2))]);
    assert_eq!(verdict(&check, &values("5", "[0,10]", "3")), Verdict::Fails);
    assert_eq!(verdict(&check, &values("3", "[0,10]", "5")), Verdict::WithinRounding);
}

#[test]
fn tolerances_are_absolute() {
    let check = within(name(0), name(1), number("0.1"));
    assert_eq!(verdict(&check, &[one("5.1"), one("5")]), Verdict::Holds);
    assert_eq!(verdict(&check, &[one("5.2"), one("5")]), Verdict::Fails);
    assert_eq!(verdict(&check, &[one("5.2"), one("5~")]), Verdict::Holds);
    assert_eq!(verdict(&within(name(0), name(1), number("-1")), &[one("5"), one("5")]), Verdict::Fails);
}

#[test]
fn clashing_dimensions_are_untestable() {
    let with = |text, dimension, kind| Value::One(Arc::new(Operand { dimension, kind, ..figure(text) }));
    let total = compare(name(0), Relation::Equal, sum(&[(false, name(1)), (false, name(2))]));
    let reason = |values: &[Value]| evaluate(&total, values).reason;
    let (count, money) =
        (|text, kind| with(text, Dimension::Count, kind), |text, kind| with(text, Dimension::Money, kind));
    assert_eq!(reason(&[count("3", 1), count("1", 2), count("2", 3)]), None);
    assert_eq!(reason(&[count("3", 1), count("1", 1), money("2", 1)]), Some(Reason::Dimensions));
    assert_eq!(reason(&[money("3", 1), money("1", 1), money("2", 2)]), Some(Reason::Dimensions));
    assert_eq!(reason(&[money("3", 1), one("1"), money("2", 1)]), None);
    let rate = compare(name(0), Relation::Equal, quotient(name(1), name(2)));
    let values = [with("0.5", Dimension::Pure, 0), money("1", 1), money("2", 1)];
    assert_eq!(verdict(&rate, &values), Verdict::Holds);
    let values = [money("0.5", 1), money("1", 1), money("2", 1)];
    assert_eq!(evaluate(&rate, &values).reason, Some(Reason::Dimensions));
    let values = [money("0.5", 1), money("1", 1), count("2", 1)];
    assert_eq!(verdict(&rate, &values), Verdict::Holds);
}

#[test]
fn numbers_of_a_rule_take_the_unit_that_makes_it_possible() {
    let with = |text, dimension| Value::One(Arc::new(Operand { dimension, ..figure(text) }));
    let of = |right: Expr, values: [Value; 2]| evaluate(&compare(name(0), Relation::Equal, right), &values).reason;
    let (rate, count, money) =
        (|| with("0.5", Dimension::Pure), || with("5", Dimension::Count), || with("5", Dimension::Money));
    let over = || quotient(name(1), number("10"));
    let times = || Expr::Product([name(1), number("10")].map(|expr| Part { inverse: false, expr }).into());
    // 10 things, or a tenth.
    assert_eq!(of(over(), [rate(), count()]), None);
    assert_eq!(of(over(), [count(), count()]), None);
    assert_eq!(of(quotient(over(), number("2")), [rate(), count()]), None);
    assert_eq!(of(over(), [money(), count()]), Some(Reason::Dimensions));
    // A half of 10 things; ten times as many.
    assert_eq!(of(times(), [count(), rate()]), None);
    assert_eq!(of(times(), [count(), count()]), None);
    assert_eq!(of(times(), [count(), money()]), Some(Reason::Dimensions));
    let both = sum(&[(false, over()), (false, quotient(name(0), number("3")))]);
    assert_eq!(of(both, [count(), money()]), Some(Reason::Dimensions));
}

#[test]
fn ranges_too_wide_to_fail_are_untestable() {
    let at_most = compare(name(0), Relation::LessOrEqual, name(1));
    assert_eq!(evaluate(&at_most, &[one("120"), one("100..")]).reason, Some(Reason::TooWide));
    assert_eq!(verdict(&at_most, &[one("70"), one("100..")]), Verdict::Holds);
    let equal = compare(name(0), Relation::Equal, name(1));
    assert_eq!(evaluate(&equal, &[one("120.."), one("100..")]).reason, Some(Reason::TooWide));
}

#[test]
fn means_of_whole_things_must_be_possible() {
    let check = Expr::Call(Function::Possible, vec![name(0), name(1)]);
    assert_eq!(verdict(&check, &[one("3.45~"), one("20")]), Verdict::Holds);
    assert_eq!(verdict(&check, &[one("3.48~"), one("20")]), Verdict::Fails);
    assert_eq!(evaluate(&check, &[one("3.48~"), one("100")]).reason, Some(Reason::NoPower));
    assert_eq!(evaluate(&check, &[one("3.48~"), one("0")]).reason, Some(Reason::DivisionByZero));
}

#[test]
fn logic_is_kleenes() {
    let is = |value: &str| compare(name(0), Relation::Equal, number(value));
    let values = [one("[1,2]")];
    let (open, no) = (is("1"), is("5"));
    assert_eq!(verdict(&Expr::And(vec![open.clone(), no.clone()]), &values), Verdict::Fails);
    assert_eq!(verdict(&Expr::Or(vec![open.clone(), no.clone()]), &values), Verdict::Holds);
    assert_eq!(verdict(&Expr::Not(Box::new(no.clone())), &values), Verdict::Holds);
    assert_eq!(verdict(&Expr::Not(Box::new(open.clone())), &values), Verdict::WithinRounding);
    let untestable = compare(quotient(name(0), number("0")), Relation::Equal, number("1"));
    assert_eq!(verdict(&Expr::And(vec![untestable.clone(), no]), &values), Verdict::Fails);
    assert_eq!(verdict(&Expr::And(vec![untestable, open]), &values), Verdict::Untestable);
}

#[test]
fn functions_have_ranges() {
    let call = |function, arguments: &[Expr]| Expr::Call(function, arguments.to_vec());
    let values = [list("1 [2,3) 5")];
    let of = |function| range(&call(function, &[name(0)]), &values).unwrap();
    assert_eq!(of(Function::Max), Range::exact(Rational::from(5)));
    assert_eq!(of(Function::Min), Range::exact(Rational::ONE));
    assert_eq!(of(Function::Count), Range::exact(Rational::from(3)));
    assert_eq!(of(Function::Sum).high, Some(End::open(Rational::from(9))));
    assert_eq!(of(Function::Mean).low, Some(End::closed(Rational::ratio(8, 3))));
    let round = call(Function::Round, &[number("2.345"), number("2")]);
    assert_eq!(range(&round, &values), Ok(Range::exact(decimal("2.35"))));
    let round = call(Function::Round, &[name(0), number("0")]);
    assert_eq!(range(&round, &[one("(0.5,1.5)")]), Ok(Range::exact(Rational::ONE)));
}

#[test]
fn where_sees_the_printed_values() {
    let check = compare(Expr::Call(Function::Count, vec![name(0)]), Relation::GreaterOrEqual, number("3"));
    assert_eq!(truth(&check, &[list("1 2 3")]), Some(true));
    assert_eq!(truth(&check, &[Value::Words(2)]), Some(false));
    let check = compare(name(0), Relation::Greater, number("60"));
    assert_eq!(truth(&check, &[one("(60,70)")]), Some(false));
    let check = compare(quotient(name(0), number("0")), Relation::Greater, number("60"));
    assert_eq!(truth(&check, &[one("1")]), None);
}

#[test]
fn long_sums_are_linear() {
    let texts = vec!["1.5~"; 10_000].join(" ");
    let by_list = compare(name(0), Relation::Equal, Expr::Call(Function::Sum, vec![name(1)]));
    assert_eq!(verdict(&by_list, &[one("15000"), list(&texts)]), Verdict::Holds);
    let parts: Vec<(bool, Expr)> = (1..=10_000).map(|index| (false, name(index))).collect();
    let by_name = compare(name(0), Relation::Equal, sum(&parts));
    let values: Vec<Value> = std::iter::once(one("15000")).chain((0..10_000).map(|_| one("1.5~"))).collect();
    assert_eq!(verdict(&by_name, &values), Verdict::Holds);
    let links = (1..=10_000).map(|index| (Relation::Equal, name(index))).collect();
    let same: Vec<Value> = (0..10_001).map(|_| one("1.5~")).collect();
    assert_eq!(verdict(&chain(name(0), links), &same), Verdict::Holds);
}
