//! What must be true of ranges and verdicts whatever the figures are, tried against brute force.

use std::sync::Arc;

use figlint::check::evaluate::{Operand, Value, evaluate, nominal, range};
use figlint::diagnostic::Verdict;
use figlint::exact::{End, Range, Rational};
use figlint::figure::Dimension;
use figlint::rule::Expr;
use figlint::rule::expression::{Comparison, Function, Part, Relation};
use figlint::span::Span;
use proptest::prelude::*;

// Ranges.

/// A range between small whole numbers, its ends open or closed.
fn bounded_range() -> impl Strategy<Value = Range> {
    (-4i64..=4, 0i64..=6, any::<bool>(), any::<bool>()).prop_map(|(low, width, low_open, high_open)| {
        // A single value has closed ends.
        let end = |value, open| End { value: Rational::from(value), open: open && width > 0 };
        Range { low: Some(end(low, low_open)), high: Some(end(low + width, high_open)) }
    })
}

fn any_range() -> impl Strategy<Value = Range> {
    (bounded_range(), 0usize..8).prop_map(|(range, style)| match style {
        0 => Range { low: None, ..range },
        1 => Range { high: None, ..range },
        2 => Range::ALL,
        _ => range,
    })
}

/// Points of a range: quarters from -12 to 12, with all its closed ends.
fn points(range: &Range) -> Vec<Rational> {
    (-48..=48).map(|quarters| Rational::ratio(quarters, 4)).filter(|point| range.contains(point)).collect()
}

/// The result of an operation holds all pointwise results, and each of its closed ends is one of them.
fn check_operation(
    a: &Range,
    b: &Range,
    result: &Range,
    apply: impl Fn(&Rational, &Rational) -> Rational,
) -> Result<(), TestCaseError> {
    let results: Vec<Rational> =
        points(a).iter().flat_map(|x| points(b).iter().map(|y| apply(x, y)).collect::<Vec<_>>()).collect();
    for value in &results {
        prop_assert!(result.contains(value), "{value} is not in {result:?}, of {a:?} and {b:?}");
    }
    for end in [&result.low, &result.high].into_iter().flatten().filter(|end| !end.open) {
        prop_assert!(results.contains(&end.value), "{:?} is not attained, of {a:?} and {b:?}", end.value);
    }
    Ok(())
}

proptest! {
    #[test]
    fn range_operations_are_exact(a in any_range(), b in any_range()) {
        check_operation(&a, &b, &(&a + &b), |x, y| x + y)?;
        check_operation(&a, &b, &(&a - &b), |x, y| x - y)?;
        check_operation(&a, &b, &(&a * &b), |x, y| x * y)?;
        check_operation(&a, &b, &a.min(&b), |x, y| x.min(y).clone())?;
        check_operation(&a, &b, &a.max(&b), |x, y| x.max(y).clone())?;
        check_operation(&a, &a, &a.abs(), |x, _| x.abs())?;
        check_operation(&a, &a, &-&a, |x, _| -x)?;
        if let Some(quotient) = a.checked_div(&b) {
            check_operation(&a, &b, &quotient, |x, y| x.checked_div(y).unwrap())?;
        } else {
            prop_assert!(b.contains_zero());
        }
    }

    #[test]
    fn intersections_and_hulls_agree_with_membership(a in any_range(), b in any_range()) {
        let (both, hull) = (a.intersection(&b), a.hull(&b));
        for point in points(&Range::ALL) {
            let (in_a, in_b) = (a.contains(&point), b.contains(&point));
            prop_assert_eq!(in_a && in_b, both.as_ref().is_some_and(|both| both.contains(&point)));
            prop_assert!(!(in_a || in_b) || hull.contains(&point));
        }
    }

    #[test]
    fn rounding_a_range_holds_every_rounded_point(a in any_range(), step in 1i64..=3) {
        let step = Rational::from(step);
        check_operation(&a, &a, &a.round_to(&step), |x, _| x.round_to(&step))?;
    }

    #[test]
    fn rationals_agree_with_big_ones(a in any::<(i64, i64)>(), b in any::<(i64, i64)>(), power in -40i32..40) {
        let scale = Rational::power_of_ten(power);
        let (a, b) = (&Rational::ratio(a.0, a.1) * &scale, Rational::ratio(b.0, b.1));
        let (big_a, big_b) = (a.to_big(), b.to_big());
        prop_assert_eq!((&a + &b).to_big(), &big_a + &big_b);
        prop_assert_eq!((&a - &b).to_big(), &big_a - &big_b);
        prop_assert_eq!((&a * &b).to_big(), &big_a * &big_b);
        prop_assert_eq!(a.cmp(&b), big_a.cmp(&big_b));
        prop_assert_eq!(a.floor().to_big(), big_a.floor().into());
        if let Some(quotient) = a.checked_div(&b) {
            prop_assert_eq!(quotient.to_big(), &big_a / &big_b);
        }
    }
}

// Figures.

/// How a true value is printed.
#[derive(Clone, Copy, Debug)]
enum Print {
    /// Rounded to so many places.
    Nearest(i32),
    /// Cut to so many places.
    Down(i32),
    /// In full.
    Exact,
    /// 以上: so much or more.
    AtLeast,
    /// 余: between two whole numbers.
    Odd,
}

fn print_style() -> impl Strategy<Value = Print> {
    prop_oneof![
        (0i32..=2).prop_map(Print::Nearest),
        (0i32..=2).prop_map(Print::Down),
        Just(Print::Exact),
        Just(Print::AtLeast),
        Just(Print::Odd),
    ]
}

/// The figure that a true value is printed as. A whole number cannot be printed as more than itself (余): it is then printed
/// in full.
fn printed(value: &Rational, style: Print) -> Operand {
    let (range, nominal) = match style {
        Print::Nearest(places) => {
            let step = Rational::power_of_ten(-places);
            let shown = value.round_to(&step);
            (Range::exact(shown.clone()).widen(&(&step * &Rational::ratio(1, 2))), Some(shown))
        }
        Print::Down(places) => {
            let step = Rational::power_of_ten(-places);
            let shown = value.cut_to(&step);
            (cut_range(&shown, &step), Some(shown))
        }
        Print::AtLeast => (Range::from_low(End::closed(value.floor())), None),
        Print::Odd if !value.is_whole() => {
            (Range::between(End::open(value.floor()), End::open(value.ceil())).unwrap(), None)
        }
        Print::Exact | Print::Odd => (Range::exact(value.clone()), Some(value.clone())),
    };
    Operand { range, nominal, printed: value.clone(), dimension: Dimension::Unknown, kind: 0 }
}

fn cut_range(shown: &Rational, step: &Rational) -> Range {
    let (below, above) = (shown - step, shown + step);
    match (shown.is_positive(), shown.is_negative()) {
        (true, _) => Range::between(End::closed(shown.clone()), End::open(above)),
        (_, true) => Range::between(End::open(below), End::closed(shown.clone())),
        _ => Range::between(End::open(below), End::open(above)),
    }
    .unwrap()
}

fn exactly(value: &Rational) -> Value {
    Value::One(Arc::new(printed(value, Print::Exact)))
}

// Expressions.

fn part(inverse: bool, expr: Expr) -> Part {
    Part { inverse, expr }
}

fn equal(left: Expr, right: Expr) -> Expr {
    compare(left, Relation::Equal, right)
}

fn compare(left: Expr, relation: Relation, right: Expr) -> Expr {
    Expr::Compare(Box::new(left), vec![Comparison { relation, right, tolerance: None, span: Span::default() }])
}

/// An expression over the names 1 to 4.
fn expression() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        4 => (1usize..=4).prop_map(Expr::Name),
        1 => (-3i64..=3).prop_map(|number| Expr::Number(Rational::from(number))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let chain = prop::collection::vec((any::<bool>(), inner.clone()), 1..=3)
            .prop_map(|parts| parts.into_iter().map(|(inverse, expr)| part(inverse, expr)).collect::<Vec<_>>());
        let function = prop_oneof![
            Just(Function::Sum),
            Just(Function::Min),
            Just(Function::Max),
            Just(Function::Mean),
            Just(Function::Abs),
            Just(Function::Round),
        ];
        prop_oneof![
            3 => chain.clone().prop_map(Expr::Sum),
            3 => chain.prop_map(Expr::Product),
            1 => inner.clone().prop_map(|inner| Expr::Negate(Box::new(inner))),
            1 => (function, prop::collection::vec(inner, 1..=3)).prop_map(|(function, mut arguments)| {
                match function {
                    Function::Abs => arguments.truncate(1),
                    Function::Round => {
                        arguments.truncate(1);
                        arguments.push(Expr::Number(Rational::ONE));
                    }
                    _ => {}
                }
                Expr::Call(function, arguments)
            }),
        ]
    })
}

fn hundredths() -> impl Strategy<Value = Rational> {
    (-400i64..=400).prop_map(|value| Rational::ratio(value, 100))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A check that the true values satisfy never fails, whatever it is and however the figures are printed.
    #[test]
    fn what_some_true_values_satisfy_never_fails(
        expr in expression(),
        truths in prop::collection::vec((hundredths(), print_style()), 4),
        style in print_style(),
    ) {
        let exact: Vec<Value> =
            std::iter::once(exactly(&Rational::ZERO)).chain(truths.iter().map(|(value, _)| exactly(value))).collect();
        let Some(result) = nominal(&expr, &exact) else { return Ok(()) };
        let figures = truths.iter().map(|(value, style)| Value::One(Arc::new(printed(value, *style))));
        let values: Vec<Value> = std::iter::once(Value::One(Arc::new(printed(&result, style)))).chain(figures).collect();
        if let Ok(range) = range(&expr, &values) {
            prop_assert!(range.contains(&result), "{result} is not in {range:?}");
        }
        for relation in [Relation::Equal, Relation::LessOrEqual, Relation::GreaterOrEqual] {
            let check = compare(Expr::Name(0), relation, expr.clone());
            prop_assert_ne!(evaluate(&check, &values).verdict, Verdict::Fails);
        }
    }

    /// A linear check in which each figure stands once fails exactly if no values that print so satisfy it.
    #[test]
    fn what_no_true_values_satisfy_fails(
        figures in prop::collection::vec(((-6i64..=6), 0usize..4), 3),
        signs in prop::collection::vec(any::<bool>(), 2),
    ) {
        let ranges: Vec<Range> = figures.iter().map(|&(value, style)| small_figure(value, style)).collect();
        let operand = |range: &Range| {
            Value::One(Arc::new(Operand { range: range.clone(), nominal: None, printed: Rational::ZERO, dimension: Dimension::Unknown, kind: 0 }))
        };
        let values: Vec<Value> = ranges.iter().map(operand).collect();
        let parts = vec![part(signs[0], Expr::Name(1)), part(signs[1], Expr::Name(2))];
        let check = equal(Expr::Name(0), Expr::Sum(parts));
        let satisfied = any_sixteenths_satisfy(&ranges, &signs);
        prop_assert_eq!(evaluate(&check, &values).verdict != Verdict::Fails, satisfied);
    }

    /// The range of a product-and-sum in which figures repeat has exactly the ends that the box of their ranges gives it.
    #[test]
    fn repeated_figures_have_exact_ranges(
        x in bounded_range(),
        y in bounded_range(),
        factors in prop::collection::vec(-3i64..=3, 4),
    ) {
        let number = |index: usize| Expr::Number(Rational::from(factors[index]));
        let product = |factors: Vec<Expr>| Expr::Product(factors.into_iter().map(|factor| part(false, factor)).collect());
        let (first, second) = (Expr::Name(0), Expr::Name(1));
        let expr = Expr::Sum(vec![
            part(false, product(vec![number(0), first.clone(), second.clone()])),
            part(false, product(vec![number(1), first])),
            part(true, product(vec![second, number(2)])),
            part(false, number(3)),
        ]);
        let operand = |range: &Range| Value::One(Arc::new(Operand { range: range.clone(), ..printed(&Rational::ZERO, Print::Exact) }));
        let result = range(&expr, &[operand(&x), operand(&y)]).unwrap();
        let at = |x: &Rational, y: &Rational| nominal(&expr, &[exactly(x), exactly(y)]).unwrap();
        check_operation(&x, &y, &result, at)?;
        let closed = range(&expr, &[operand(&x.closed()), operand(&y.closed())]).unwrap();
        prop_assert_eq!(result.closed(), closed.closed());
        check_operation(&x.closed(), &y.closed(), &closed, at)?;
    }

    /// De Morgan's laws, double negation and idempotence, for conditions that may be true, false, open or untestable.
    #[test]
    fn logic_keeps_its_laws(conditions in prop::collection::vec((-1i64..=1, 0usize..4), 2), divisor in 0i64..=3) {
        let values: Vec<Value> = conditions
            .iter()
            .map(|&(value, style)| Value::One(Arc::new(Operand { range: small_figure(value, style), ..printed(&Rational::ZERO, Print::Exact) })))
            .collect();
        let quotient = |name| Expr::Product(vec![part(false, Expr::Name(name)), part(true, Expr::Number(Rational::from(divisor)))]);
        let (a, b) = (equal(Expr::Name(0), Expr::Number(Rational::ZERO)), equal(quotient(1), Expr::Number(Rational::ZERO)));
        let not = |expr: &Expr| Expr::Not(Box::new(expr.clone()));
        let outcome = |expr: &Expr| {
            let verdict = evaluate(expr, &values).verdict;
            (verdict == Verdict::Fails, verdict == Verdict::Untestable)
        };
        let (and, or) = (Expr::And(vec![a.clone(), b.clone()]), Expr::Or(vec![a.clone(), b.clone()]));
        prop_assert_eq!(outcome(&not(&and)), outcome(&Expr::Or(vec![not(&a), not(&b)])));
        prop_assert_eq!(outcome(&not(&or)), outcome(&Expr::And(vec![not(&a), not(&b)])));
        prop_assert_eq!(outcome(&not(&not(&a))), outcome(&a));
        prop_assert_eq!(outcome(&Expr::And(vec![b.clone(), b.clone()])), outcome(&b));
        prop_assert_eq!(outcome(&Expr::And(vec![b.clone(), a.clone()])), outcome(&and));
    }
}

/// A small whole number as a figure: exact, rounded, cut, or 余.
fn small_figure(value: i64, style: usize) -> Range {
    let (value, one) = (Rational::from(value), Rational::ONE);
    match style {
        0 => Range::exact(value),
        1 => Range::exact(value).widen(&Rational::ratio(1, 2)),
        2 => cut_range(&value, &one),
        _ => Range::between(End::open(value.clone()), End::open(&value + &one)).unwrap(),
    }
}

/// Whether sixteenths in the ranges satisfy `a = ±b ±c`. The ranges end at halves, so if any values satisfy it, some of these do.
fn any_sixteenths_satisfy(ranges: &[Range], minus: &[bool]) -> bool {
    let inside = |range: &Range| -> Vec<i64> {
        (-160..=160).filter(|&sixteenths| range.contains(&Rational::ratio(sixteenths, 16))).collect()
    };
    let (totals, firsts, seconds) = (inside(&ranges[0]), inside(&ranges[1]), inside(&ranges[2]));
    let signed = |value: i64, minus: bool| if minus { -value } else { value };
    firsts.iter().any(|&b| seconds.iter().any(|&c| totals.contains(&(signed(b, minus[0]) + signed(c, minus[1])))))
}
