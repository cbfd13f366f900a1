//! Cells of a count and its percentage, as papers print them: 45 (37.5%) below "N = 120". What most cells of a column
//! are shares of, all are, or some of fewer: of those who answered. None is of more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Claim, Context, pattern, table_share};
use crate::exact::Rational;
use crate::figure::{Class, Figure, Hedge, Scale};
use crate::text;

/// How many there are, in a header: N = 120.
static SIZE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:^|[^A-Za-z])[nN]\s?=\s?([0-9][0-9,]*)\s?[)\]）]?$"));

/// Papers compare no more groups.
const MOST: usize = 64;
/// The size stands in one of so many rows.
const HEADER: u32 = 4;
/// So many cells of a column must be shares of its size.
const LEAST: usize = 4;
/// And so many for each one that is not.
const FOR_EACH: usize = 4;

/// A cell with a count and its percentage, as figures.
struct Shared {
    column: usize,
    count: usize,
    rate: usize,
}

/// The shares in the cells of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    (0..context.reading.shapes.len()).flat_map(|table| of_table(context, table)).collect()
}

fn of_table(context: &Context, table: usize) -> Vec<Claim> {
    let sizes = sizes(context, table);
    let cells = if (1..=MOST).contains(&sizes.len()) { cells(context, table) } else { Vec::new() };
    let all: Vec<usize> = sizes.values().copied().collect();
    let mut claims = Vec::new();
    for (&column, &size) in &sizes {
        let own = cells.iter().filter(|cell| cell.column == column);
        let (holds, fails): (Vec<&Shared>, Vec<&Shared>) =
            own.partition(|cell| context.holds(&claim(context, cell, size)));
        let told: BTreeSet<(Rational, Rational)> =
            holds.iter().map(|cell| (value(context, cell.count), value(context, cell.rate))).collect();
        if told.len() < LEAST {
            continue;
        }
        let is_rule = holds.len() >= FOR_EACH * fails.len();
        let because = context.say(
            format!("{} other cell{} of the column are shares of it", holds.len(), text::plural(holds.len())),
            format!("该列另有{}格为其占比", holds.len()),
        );
        let wrong = fails.into_iter().filter(|cell| is_rule && !may_be(context, cell, size, &all));
        let claim = |cell: &Shared| claim(context, cell, size).nearly().because(because.clone()).in_table(table);
        claims.extend(holds.into_iter().chain(wrong).map(claim));
    }
    claims
}

fn value(context: &Context, figure: usize) -> Rational {
    context.figure(figure).quantity.value()
}

fn claim(context: &Context, cell: &Shared, size: usize) -> Claim {
    let names = vec![("rate", context.one(cell.rate)), ("part", context.one(cell.count)), ("total", context.one(size))];
    let is_percent = context.figure(cell.rate).quantity.scale == Scale::Percent;
    let check = if is_percent { table_share::RATIO } else { table_share::INDEX };
    Claim { derived: true, ..context.claim(check, names) }
}

/// Whether a percentage may be one of fewer than there are, of another group, or is off by no more than a unit.
fn may_be(context: &Context, cell: &Shared, size: usize, sizes: &[usize]) -> bool {
    let (count, rate) = (value(context, cell.count), context.figure(cell.rate).quantity);
    let one = if rate.scale == Scale::Percent { Rational::ONE } else { Rational::from(100) };
    let (share, place) = (rate.value(), rate.place());
    let near = |whole: &Rational, room: &Rational| {
        let computed = (&count * &one).checked_div(whole);
        computed.is_some_and(|computed| (&computed - &share).abs() <= *room)
    };
    let half = &place * &Rational::ratio(1, 2);
    // The number of those that the share is of, if it is whole: the nearest one.
    let of_fewer = || {
        let of = (&count * &one).checked_div(&share)?;
        let whole = (&of + &Rational::ratio(1, 2)).floor();
        Some(whole <= value(context, size) && near(&whole, &half))
    };
    sizes.iter().any(|&size| near(&value(context, size), &place)) || of_fewer().unwrap_or(true)
}

/// How many there are in each column that tells it in its header: the column and the figure.
fn sizes(context: &Context, table: usize) -> BTreeMap<usize, usize> {
    let reading = context.reading;
    let (own, Some(size)) = (&reading.document.tables[table], &*SIZE) else { return BTreeMap::new() };
    let mut sizes = BTreeMap::new();
    // Rows whose cells hold two figures each look like a header.
    for cell in own.cells.iter().take_while(|cell| cell.row < HEADER) {
        let text = reading.document.slice(cell.span);
        let Some(found) = text.contains('=').then(|| size.captures(text)).flatten().and_then(|found| found.get(1))
        else {
            continue;
        };
        let Some(figure) = context.quantity_at(cell.span.start as usize + found.start()) else { continue };
        for column in cell.column..cell.column + cell.column_span.clamp(1, 64) {
            sizes.insert(column as usize, figure);
        }
    }
    sizes
}

/// The cells of a table that hold a count and its percentage in brackets.
fn cells(context: &Context, table: usize) -> Vec<Shared> {
    let reading = context.reading;
    let all = reading.document.tables[table].cells.iter().filter(|cell| !cell.span.is_empty());
    all.filter_map(|cell| {
        let words = reading.document.slice(cell.span);
        let (before, rest) = words.split_once(['(', '（'])?;
        let rate = rest.trim_end_matches([')', '）', '%', '％', ' ']);
        let is_number =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        if !is_number(before.trim()) || !is_number(rate.trim()) || rate.len() == rest.len() {
            return None;
        }
        let blanks = rest.len() - rest.trim_start().len();
        let bracket = words[before.len()..].chars().next().map_or(0, char::len_utf8);
        let start = cell.span.start as usize;
        let (count, rate) =
            (context.quantity_at(start)?, context.quantity_at(start + before.len() + bracket + blanks)?);
        let (whole, share) = (context.figure(count), context.figure(rate));
        (is_count(&whole) && is_share(&share)).then_some(Shared { column: cell.column as usize, count, rate })
    })
    .collect()
}

fn is_count(figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    figure.class == Class::Quantity
        && quantity.scale == Scale::Plain
        && quantity.place >= 0
        && quantity.hedge == Hedge::None
        && !quantity.numerator.is_zero()
}

/// A percentage with a decimal, or a sign.
fn is_share(figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    let is_percent = quantity.scale == Scale::Percent;
    let is_plain = quantity.scale == Scale::Plain && quantity.place < 0;
    quantity.hedge == Hedge::None && quantity.upper.is_none() && (is_percent || is_plain)
}
