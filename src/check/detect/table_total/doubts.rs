//! What speaks against a sum at the position where it fails: then something else is printed there than a wrong figure.

use rustc_hash::FxHashSet;

use super::Sums;
use crate::check::detect::grid::Kind;
use crate::check::detect::rates::{Form, Manner, Terms};
use crate::check::detect::sums::{Outcome, Part, Taught, outcome, round};

/// At so many positions a sum must hold for each at which it fails, where it fails at several.
const RARE: usize = 8;

/// The power of ten of the last digit from which on figures are rounded: thousands.
const SCALED: i8 = 3;

/// Figures that all end in so many zeros are rounded to them, where there are several, and they are long enough to have been rounded.
const ZEROS: i128 = 1000;
/// The same where the total is told more finely than its parts.
const HUNDREDS: i128 = 100;
const ROUNDED: usize = 4;
/// The same where there is one figure less.
const FEW_ZEROS: i128 = 10_000;
const LONG: i128 = 100;

/// So many numbers of a position show whether it only numbers the lines.
const NUMBERED: usize = 64;

/// Figures with more digits than this are printed from binary numbers: their sums are off in the last of them.
const BINARY: i128 = 100_000_000_000_000;

/// A million yen in thousands of dollars, and more than it ever was worth.
const MILLION_YEN: i128 = 14;

/// One of the figures tells a rate of exchange to so many parts: where small figures leave each a wide range, these meet closely by chance.
const TOLD: i128 = 200;

/// All signs are tried of so many parts.
const SIGNED: usize = 6;

/// So many positions tell the sign of each part.
const MANY: usize = 8;

/// Positions further away are not held against one.
const REACH: usize = 8;

/// So many bits of a rate that agree are no chance.
const BITS: u32 = 5;

/// Tables with more positions are not looked through for words.
const MANY_CELLS: usize = 1000;

/// So many positions tell that a sum needs no rounding.
const EXACT: usize = 3;

/// In longer sums no part is looked at for itself.
const MOST: usize = 64;

/// In longer sums no subtotals are looked for among the parts.
const SHORT: usize = 16;

/// The sum of fewer lines is seldom off by two units.
const FEW: usize = 8;

impl Sums<'_> {
    /// Whether a sum that fails at a position is more likely none there.
    pub(super) fn is_doubtful(&self, taught: &Taught, at: usize) -> bool {
        self.may_be_rounding(taught, at)
            || is_none_of_the_table(taught)
            || self.is_finer(taught, at)
            || self.is_torn(taught, at)
            || self.is_numbering(at)
            || self.never_keeps.contains(&at)
            || self.lacks_a_difference(taught, at)
            || self.is_sum_of_its_block(taught, at)
            || self.is_not_meaningful(at)
            || self.is_growth_of_amounts(taught, at)
            || self.is_single(taught, at)
            || self.is_more_elsewhere(taught, at)
            || self.is_closed_by_another(taught, at)
            || self.reads_otherwise(taught, at)
            || self.is_gap_explained(taught, at)
            || self.tells_too_little(taught, at)
            || self.holds_without_subtotals(taught, at)
            || self.lacks_parts(taught)
            || self.has_open_signs(taught, at)
            || self.is_added_to_its_parts(taught, at)
    }

    /// Whether a sum fails by what figures that were rounded elsewhere may be off, or cannot be told to fail, as that of a list in several
    /// columns.
    pub(super) fn may_be_rounding(&self, taught: &Taught, at: usize) -> bool {
        self.lines.wrapped
            || self.is_rounded_so(taught, at)
            || self.is_rounded_to_zeros(taught, at)
            || self.is_converted(taught, at)
            || self.is_translated(taught, at)
    }

    /// Whether a total is printed more finely than all its parts, and so wherever the sum holds: earnings for a share below earnings and
    /// shares.
    fn is_finer(&self, taught: &Taught, at: usize) -> bool {
        let place = |line: usize, at: usize| self.lines.value(line, at).map(|value| value.place());
        let Some(total) = self.lines.value(taught.total, at) else { return false };
        let finest = taught.parts.iter().filter_map(|&(line, _)| place(line, at)).min();
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        let mut elsewhere = (0..self.lines.positions()).filter(holds).filter_map(|other| place(taught.total, other));
        finest.is_some_and(|finest| total.place() < finest && total.units() % finest != 0)
            && elsewhere.all(|other| other <= total.place())
    }

    /// Whether a figure starts with its point, and none does where the sum holds: what was wrapped in a narrow cell has its first digits elsewhere.
    fn is_torn(&self, taught: &Taught, at: usize) -> bool {
        let document = self.context.reading.document;
        let starts = |line: usize, at: usize| {
            let figure = self.lines.figure(line, at).map(|figure| self.context.figure(figure).span);
            figure.is_some_and(|span| {
                document.slice(span).trim_start_matches(|c: char| !c.is_ascii_digit() && c != '.').starts_with('.')
            })
        };
        let any = |at: usize| taught.parts.iter().any(|&(line, _)| starts(line, at)) || starts(taught.total, at);
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        any(at) && !(0..self.lines.positions()).filter(holds).any(any)
    }

    /// Whether a sum of rounded figures is off by little more than rounding explains: where amounts are printed in thousands or
    /// millions, totals are made to agree with those of other tables. Or by as little as binary fractions are.
    fn is_rounded_so(&self, taught: &Taught, at: usize) -> bool {
        let value = |line: usize| self.lines.value(line, at);
        let Some((total, figure)) = value(taught.total).zip(self.lines.figure(taught.total, at)) else { return false };
        let is_scaled = self.context.figure(figure).quantity.place >= SCALED;
        let (mut gap, mut slack) = (total.units(), total.slack());
        for (value, sign) in taught.parts.iter().filter_map(|&(line, sign)| Some((value(line)?, sign))) {
            gap -= value.units() * i128::from(sign);
            slack += value.slack();
        }
        is_scaled && gap.abs() <= slack + total.place() || gap.abs() <= total.units().abs() / BINARY
    }

    /// Whether rounding explains the gap of figures that are printed with their zeros: 4,481,000 for 285,000, 1,461,000 and so on.
    fn is_rounded_to_zeros(&self, taught: &Taught, at: usize) -> bool {
        let lines = taught.parts.iter().map(|&(line, sign)| (line, sign)).chain([(taught.total, -1)]);
        let values: Vec<_> = lines
            .filter_map(|(line, sign)| Some((self.lines.value(line, at)?, sign)))
            .filter(|(value, _)| value.units() != 0)
            .collect();
        let Some(place) = values.iter().map(|(value, _)| value.place()).max() else { return false };
        // The total of rounded parts may be told in full.
        let parts = &values[..values.len().saturating_sub(1)];
        let step = round(parts.iter().map(|(value, _)| value.units()), place);
        let gap: i128 = values.iter().map(|&(value, sign)| value.units() * i128::from(sign)).sum();
        let total = self.lines.value(taught.total, at).map_or(0, |value| value.units().abs());
        let is_finer = values.last().is_some_and(|(total, _)| total.units() % step != 0);
        let is_round = || {
            step >= if is_finer { HUNDREDS } else { ZEROS } * place
                || !is_finer && step > place && self.is_finer_elsewhere(taught, step)
        };
        // Of fewer figures not all end in so many noughts by chance.
        let are_enough = values.len() >= ROUNDED || values.len() + 1 == ROUNDED && step >= FEW_ZEROS * place;
        are_enough && total >= LONG * step && 2 * gap.abs() <= step * values.len() as i128 && is_round()
    }

    /// Whether the figures of a sum are less round at most positions where it holds.
    fn is_finer_elsewhere(&self, taught: &Taught, step: i128) -> bool {
        let lines = || taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let units = |at: usize| lines().filter_map(move |line| Some(self.lines.value(line, at)?.units()));
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        let (mut finer, mut round) = (0, 0);
        for at in (0..self.lines.positions()).filter(holds) {
            let is_finer = units(at).any(|units| units % step != 0);
            *(if is_finer { &mut finer } else { &mut round }) += 1;
        }
        finer > round
    }

    /// Whether a position only numbers the lines: 1, 2, 3 and so on.
    fn is_numbering(&self, at: usize) -> bool {
        let units = |line: usize| Some((self.lines.value(line, at)?.units(), self.lines.value(line, at)?.place()));
        let all: Vec<_> = (self.lines.first..self.lines.all.len()).filter_map(units).take(NUMBERED).collect();
        all.len() >= ROUNDED && all.windows(2).all(|two| two[1].0 == two[0].0 + two[0].1)
    }

    /// Whether a total that its label alone claims is the sum of all lines above it up to the nearest one without a figure.
    fn is_sum_of_its_block(&self, taught: &Taught, at: usize) -> bool {
        if taught.weight.holds > 0 || !taught.forward {
            return false;
        }
        let Some(total) = self.lines.value(taught.total, at) else { return false };
        let lines = (self.lines.first..taught.total).rev().map_while(|line| self.lines.value(line, at));
        let (count, sum) = lines.fold((0, 0), |(count, sum), value| (count + 1, sum + value.units()));
        count > taught.parts.len() && sum == total.units()
    }

    /// Whether a part has nothing at a position of a sum in which lines are taken off that no words say are.
    fn lacks_a_difference(&self, taught: &Taught, at: usize) -> bool {
        let is_filled = |line: usize, at: usize| self.lines.value(line, at).is_some();
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        let is_missing = |line: usize| {
            !is_filled(line, at) && (0..self.lines.positions()).filter(holds).any(|other| is_filled(line, other))
        };
        taught.parts.iter().any(|&(line, sign)| sign < 0 && !self.lines.all[line].name.less)
            && !self.lines.all[taught.total].name.result
            && taught.parts.iter().any(|&(line, _)| is_missing(line))
    }

    /// Whether a position holds what stands at another in another currency, all at one rate, and the sum misses by no more than was
    /// rounded before it was converted.
    fn is_converted(&self, taught: &Taught, at: usize) -> bool {
        let near = at.saturating_sub(REACH)..self.lines.positions().min(at + REACH + 1);
        near.into_iter()
            .filter(|&other| other != at)
            .any(|other| self.is_converted_from(taught, at, other).unwrap_or(false))
    }

    fn is_converted_from(&self, taught: &Taught, at: usize, other: usize) -> Option<bool> {
        let lines = taught.parts.iter().copied().chain([(taught.total, -1)]);
        // The largest of the least rates and the smallest of the largest, as fractions.
        let (mut least, mut most) = ((0i128, 1i128), (1i128, 0i128));
        let (mut gap, mut slack, mut place, mut count, mut is_told) = (0i128, 0i128, 0i128, 0i128, false);
        for (line, sign) in lines {
            let Some(own) = self.lines.value(line, at).filter(|value| value.units() != 0) else { continue };
            let from = self.lines.value(line, other).filter(|from| from.units().signum() == own.units().signum())?;
            // Shares of one whole are at one rate to it, too.
            if [own.kind, from.kind] != [Kind::Amount; 2] {
                return None;
            }
            let (size, base) = (own.units().abs(), from.units().abs());
            is_told |= 2 * own.slack() * TOLD <= size && from.place() * TOLD <= base;
            let low = (size - own.slack(), base + from.place());
            let high = (size + own.slack(), (base - from.place()).max(0));
            least = if low.0.checked_mul(least.1)? > least.0.checked_mul(low.1)? { low } else { least };
            most = if high.0.checked_mul(most.1)? < most.0.checked_mul(high.1)? { high } else { most };
            gap += own.units() * i128::from(sign);
            slack += own.slack();
            (place, count) = (place.max(from.place()), count + 1);
        }
        let (lowest, highest) = (least.0.checked_mul(most.1)?, most.0.checked_mul(least.1)?);
        // One rate fits all, it is told to three digits, and not by chance, and it is another currency's.
        let is_rate = lowest <= highest
            && is_told
            && (highest - lowest).checked_mul(1000)? <= lowest
            && !(least.0 <= least.1 && most.0 >= most.1);
        let missed = gap.abs().checked_mul(most.1)?;
        let room = slack.checked_mul(most.1)?.checked_add((count * place).checked_mul(most.0)?)?;
        Some(count > 2 && is_rate && missed <= room)
    }

    /// Whether a position has a cell that is called not meaningful, as only rates and changes are.
    fn is_not_meaningful(&self, at: usize) -> bool {
        let document = self.context.reading.document;
        let cells = &document.tables[self.table].cells;
        let is_marked = |line: usize| {
            let index = self.lines.cell_index(line, at).filter(|&index| index < cells.len());
            index
                .is_some_and(|index| ["NM", "N/M", "n.m.", "nm"].contains(&document.slice(cells.at(index).span).trim()))
        };
        self.lines.positions() <= MANY_CELLS && (self.lines.first..self.lines.all.len()).any(is_marked)
    }

    /// Whether a percentage of the sum is how much one amount there grew from another: beside points between shares the total has its rate.
    fn is_growth_of_amounts(&self, taught: &Taught, at: usize) -> bool {
        const MOST: usize = 8;
        let lines = self.lines.first..self.lines.all.len();
        let values = lines.filter_map(|line| self.lines.value(line, at));
        let amounts: Vec<_> = values.filter(|value| value.kind == Kind::Amount).take(MOST).collect();
        let Some(unit) = self.lines.percent_unit().filter(|_| amounts.len() > 1) else { return false };
        let lines = taught.parts.iter().map(|&(line, _)| line).chain([taught.total]);
        let mut rates = lines.filter_map(|line| self.lines.value(line, at)).filter(|value| value.kind == Kind::Percent);
        rates.any(|rate| {
            let pairs = amounts.iter().flat_map(|&first| amounts.iter().map(move |&second| Terms { first, second }));
            pairs.into_iter().any(|terms| {
                let follows = Form::Growth.test(rate, terms, unit).flatten();
                follows.is_some_and(|follows| follows.bits >= BITS && follows.manner == Manner::Straight)
            })
        })
    }

    /// Whether all parts but one are empty at a position, and are not where the sum holds: what stands there was not read, or is of
    /// another kind.
    fn is_single(&self, taught: &Taught, at: usize) -> bool {
        let is_filled = |line: usize, at: usize| self.lines.value(line, at).is_some_and(|value| value.units() != 0);
        let filled = |at: usize| taught.parts.iter().filter(|&&(line, _)| is_filled(line, at)).take(2).count();
        taught.parts.len() > 1 && filled(at) < 2
    }

    /// Whether the total of a sum that its label alone claims has something at a position where all its parts are nought: then it is that
    /// of more than these.
    fn is_more_elsewhere(&self, taught: &Taught, at: usize) -> bool {
        let units = |line: usize, at: usize| self.lines.value(line, at).map_or(0, |value| value.units());
        let is_more = |other: usize| {
            other != at
                && units(taught.total, other) != 0
                && taught.parts.iter().all(|&(line, _)| units(line, other) == 0)
        };
        taught.weight.holds == 0 && (0..self.lines.positions()).any(is_more)
    }

    fn is_closed_by_another(&self, taught: &Taught, at: usize) -> bool {
        let made_of = &self.made_of[usize::from(taught.forward)];
        let mut counted: FxHashSet<usize> = FxHashSet::default();
        let mut open: Vec<usize> = taught.parts.iter().map(|&(line, _)| line).collect();
        while let Some(line) = open.pop() {
            let parts = made_of.get(&line).copied().unwrap_or_default();
            open.extend(parts.iter().map(|&(line, _)| line).filter(|&line| counted.insert(line)));
        }
        self.lines.is_closed_by_another(taught.total, &taught.parts, at, |line| counted.contains(&line))
    }

    /// Whether the only position that teaches a sum of few lines is itself off by more than rounding mostly makes: then something that
    /// is not printed is part of it.
    fn lacks_parts(&self, taught: &Taught) -> bool {
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        let mut teachers = (0..taught.weight.outcomes.len()).filter(holds);
        let (Some(at), None) = (teachers.next(), teachers.next()) else { return false };
        let value = |line: usize| self.lines.value(line, at);
        let sum: i128 =
            taught.parts.iter().map(|&(line, sign)| value(line).map_or(0, |v| v.units()) * i128::from(sign)).sum();
        taught.parts.len() < FEW
            && value(taught.total).is_some_and(|total| (sum - total.units()).abs() >= 2 * total.place())
    }

    /// Whether the sum holds exactly with some signs, where a part has something here that it has nowhere else: nothing tells which sign it has, nor
    /// whether the others are what they are elsewhere.
    fn has_open_signs(&self, taught: &Taught, at: usize) -> bool {
        let parts = &taught.parts;
        let holds = |other: &usize| matches!(taught.weight.outcomes[*other], Outcome::Holds { bits: 1.., .. });
        let is_filled = |line: usize, at: usize| self.lines.value(line, at).is_some_and(|value| value.units() != 0);
        let is_new = |line: usize| {
            is_filled(line, at) && (0..self.lines.positions()).filter(holds).all(|other| !is_filled(line, other))
        };
        let signed = |minus: u32| -> Vec<Part> {
            let sign = |index: usize| if minus >> index & 1 == 1 { -1 } else { 1 };
            parts.iter().enumerate().map(|(index, &(line, _))| (line, sign(index))).collect()
        };
        taught.weight.holds > 0
            && (2..=SIGNED).contains(&parts.len())
            && parts.iter().any(|&(line, _)| is_new(line))
            && (0..1u32 << parts.len()).any(|minus| self.holds_exactly(taught.total, &signed(minus), at))
    }

    /// Whether the next line is what the total of a label alone and its parts come to together, with whichever sign: then it is one of
    /// them (the total fair value of a share held before, beside the net assets that were bought).
    fn is_added_to_its_parts(&self, taught: &Taught, at: usize) -> bool {
        let units = |line: usize| self.lines.value(line, at).map_or(0, |value| value.units());
        let parts: i128 = taught.parts.iter().map(|&(line, sign)| units(line) * i128::from(sign)).sum();
        let all = parts + units(taught.total);
        let next = taught.total + 1;
        taught.weight.holds == 0 && next < self.lines.all.len() && all != 0 && units(next).abs() == all.abs()
    }

    /// Whether dollars are off by no more than what was cut off the millions of yen that they were translated from, each for itself: a
    /// report that cuts off its digits and tells some of its amounts in U.S. dollars is one in yen.
    fn is_translated(&self, taught: &Taught, at: usize) -> bool {
        let document = self.context.reading.document;
        let captions = &document.tables[self.table].captions;
        let says_dollars = || {
            let titles = [self.tables.across.title(at), self.lines.title(taught.total)];
            let captions = captions.iter().map(|&caption| document.slice(caption));
            titles.into_iter().chain(captions).any(|text| text.to_lowercase().contains("u.s. dollar"))
        };
        let lines = taught.parts.iter().map(|&(line, sign)| (line, sign)).chain([(taught.total, -1)]);
        let values = lines.filter_map(|(line, sign)| Some((self.lines.value(line, at)?, i128::from(sign))));
        let gap: i128 = values.clone().map(|(value, sign)| value.units() * sign).sum();
        let room: i128 = values.map(|(value, _)| MILLION_YEN * value.place()).sum();
        self.cuts_off() && gap.abs() <= room && says_dollars()
    }

    /// Whether the sum holds at a position with a line less or more at the far end.
    fn reads_otherwise(&self, taught: &Taught, at: usize) -> bool {
        let parts = &taught.parts;
        // A label alone does not say where its parts begin.
        let most = if taught.weight.holds == 0 { parts.len() } else { 2 };
        let less = (1..=most).filter(|drop| parts.len() > drop + 1).map(|drop| parts[..parts.len() - drop].to_vec());
        let more = (1..=taught.beyond.len()).map(|count| {
            let beyond = taught.beyond[..count].iter().map(|&line| (line, 1));
            parts.iter().copied().chain(beyond).collect()
        });
        let size = |part: Part| self.lines.value(part.0, at).map(|value| value.units().abs());
        // One that is printed for itself only, or says what others of them are made of.
        let looked_at = if (3..=MOST).contains(&parts.len()) { parts.len() } else { 0 };
        let once = (0..looked_at).map(|index| [&parts[..index], &parts[index + 1..]].concat());
        let open_signs = (0..parts.len().min(MOST)).filter(|&index| !self.has_taught_sign(taught, parts[index].0, at));
        let turned_one = open_signs.map(|index| {
            let mut parts = parts.clone();
            parts[index].1 = -parts[index].1;
            parts
        });
        // The total of a single part repeats it; debts are printed below nought, and their total is not.
        let repeats = || parts.first().and_then(|&(line, _)| size((line, 1))) == size((taught.total, 1));
        let turned = || parts.iter().map(|&(line, sign)| (line, -sign)).collect::<Vec<_>>();
        let is_other_sign = || matches!(outcome(self.lines, taught.total, &turned(), at), Outcome::Holds { .. });
        // A label alone does not say either that what is printed with its sign is taken off once more.
        let most = if taught.weight.holds == 0 { parts.len() } else { 0 };
        let mut as_printed =
            (2..=most).map(|count| parts[..count].iter().map(|&(line, _)| (line, 1)).collect::<Vec<Part>>());
        // What is taken off may be one line only, and what stands before it be told twice.
        let named = |&(line, _): &Part| (line, if self.lines.all[line].name.less { -1 } else { 1 });
        let named: Vec<Part> = parts.iter().map(named).collect();
        let mut as_named = (0..most).filter(|drop| parts.len() > drop + 1).map(|drop| &named[..parts.len() - drop]);
        let comes_to =
            |parts: &[Part]| matches!(outcome(self.lines, taught.total, parts, at), Outcome::Holds { exact: true, .. });
        // Where nothing needs rounding, another reading does not either.
        let is_exact = taught.weight.exact == taught.weight.holds && taught.weight.exact >= EXACT;
        let reads = |parts: &[Part]| match is_exact {
            true => self.holds_exactly(taught.total, parts, at),
            false => self.holds(taught.total, parts, at),
        };
        less.chain(more).chain(once).chain(turned_one).any(|parts: Vec<Part>| reads(&parts))
            || taught.parts.iter().any(|part| part.1 < 0) && as_named.any(comes_to)
            || as_printed.any(|parts| self.holds_exactly(taught.total, &parts, at))
            || taught.weight.holds == 0 && repeats()
            || !self.has_taught_sign(taught, taught.total, at) && is_other_sign()
    }

    /// Whether the sum holds without lines that make up a subtotal beside them, or without that, too.
    fn holds_without_subtotals(&self, taught: &Taught, at: usize) -> bool {
        let mut parts = taught.parts.clone();
        parts.sort_unstable();
        let units: Vec<i128> = parts
            .iter()
            .map(|&(line, sign)| self.lines.value(line, at).map_or(0, |value| value.units() * i128::from(sign)))
            .collect();
        let most = if parts.len() <= SHORT { parts.len() } else { 0 };
        let runs = (0..most).flat_map(|start| (start + 2..most).map(move |end| (start, end)));
        let holds =
            |start: usize, end: usize| self.holds_exactly(taught.total, &[&parts[..start], &parts[end..]].concat(), at);
        runs.into_iter().any(|(start, end)| {
            let sum: i128 = units[start..end].iter().sum();
            let is_subtotal = sum != 0 && sum == units[end];
            is_subtotal && (holds(start, end) || holds(start, end + 1))
        })
    }

    /// Whether the sum tells that a line has another sign at a position than it should: it has the other somewhere where the sum holds, or the
    /// sum holds at many positions. Losses, debts and what is taken off are printed with a sign in one table and without in the next.
    fn has_taught_sign(&self, taught: &Taught, line: usize, at: usize) -> bool {
        let sign = |at: usize| self.lines.value(line, at).map_or(0, |value| value.units().signum());
        let holds = |at: &usize| matches!(taught.weight.outcomes[*at], Outcome::Holds { bits: 1.., .. });
        let mut others = (0..self.lines.positions()).filter(holds).map(sign);
        taught.weight.holds >= MANY || others.any(|other| other * sign(at) < 0)
    }

    /// Whether a sum holds to the last digit, though its smaller parts have few.
    pub(super) fn holds_exactly(&self, total: usize, parts: &[Part], at: usize) -> bool {
        matches!(outcome(self.lines, total, parts, at), Outcome::Holds { bits: 2.., exact: true })
    }

    pub(super) fn holds(&self, total: usize, parts: &[Part], at: usize) -> bool {
        matches!(outcome(self.lines, total, parts, at), Outcome::Holds { bits: 4.., .. })
    }
}

/// Whether a sum fails at more positions than slips are made: it is none that the table keeps, whatever brought it near at the others.
fn is_none_of_the_table(taught: &Taught) -> bool {
    let weight = &taught.weight;
    weight.fails > 1 && weight.fails * RARE > weight.holds
}
