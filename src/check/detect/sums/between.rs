//! Lines that stand among those of a sum and take no part in it.
//!
//! A sum that is taught where such a line is empty says nothing of the positions where it is not: net income is what taxes leave,
//! but for the share of others, which most companies of a table have not; a dividend told "per share" is an amount all the same.

use super::lines::Lines;
use super::weigh::Part;

impl Lines<'_> {
    /// Whether the figure of a line that stands among those of a sum, or next to them, and is not counted in it, is what it fails by at a position.
    /// `counted` tells of a line whether one of the parts is made of it.
    pub fn is_closed_by_another(
        &self,
        total: usize,
        parts: &[Part],
        at: usize,
        counted: impl Fn(usize) -> bool,
    ) -> bool {
        let Some(result) = self.value(total, at) else { return false };
        let (mut gap, mut slack) = (result.units(), result.slack());
        let (mut first, mut last) = (total, total);
        for &(line, sign) in parts {
            (first, last) = (first.min(line), last.max(line));
            if let Some(value) = self.value(line, at) {
                gap -= value.units() * i128::from(sign);
                slack += value.slack();
            }
        }
        let is_other = |line: &usize| *line != total && parts.iter().all(|part| part.0 != *line) && !counted(*line);
        let reach = first.saturating_sub(1).max(self.first)..=(last + 1).min(self.all.len() - 1);
        let mut others = reach.filter(is_other).filter_map(|line| self.value(line, at));
        // Rounding rarely makes more of it than that of three figures.
        let slack = slack.min(3 * result.place() / 2);
        let closes = |units: i128, slack: i128| units != 0 && (units.abs() - gap.abs()).abs() <= slack;
        others.any(|value| closes(value.units(), slack + value.slack()))
    }
}
