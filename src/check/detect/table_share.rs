//! `table-share`: rows and columns that tell what part of others the figures are.

use super::rates::{self, Derived, Form, Ground, Manner, Sought};
use super::sums::Lines;
use super::{Claim, Context};
use crate::text::{self, folded};

/// The shares of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    let sought = Sought { forms: &[Form::Ratio], of_total: true, named, unnamed: true };
    rates::claims(context, sought, |context, lines, derived, at| {
        // The change over the earlier value is table-growth's.
        let is_change = lines.all[derived.line].name.change;
        (!is_change).then(|| claim(context, lines, derived, at)).flatten()
    })
}

fn claim(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> Option<Claim> {
    let figure = |line: usize, at: usize| lines.value(line, at).map(|value| context.one(value.figure()));
    let names = vec![
        ("rate", figure(derived.line, at)?),
        ("part", figure(derived.first, at)?),
        ("total", figure(derived.second, derived.whole_at.unwrap_or(at))?),
    ];
    match derived.outcomes[at]? {
        Some(follows) => Some(context.claim(usize::from(follows.manner == Manner::OfSize), names)),
        None if derived.ground == Ground::Hint || is_adjusted(context, lines, derived, at) => None,
        None => {
            let because = context.say(
                format!("it is the same ratio in {} other place{}", derived.holds, text::plural(derived.holds)),
                format!("在另外{}处均为同样的比率", derived.holds),
            );
            let claim = context.claim(0, names).because(because);
            let certain = derived.ground == Ground::Many && is_share(&folded(lines.title(derived.line)));
            Some(if certain { claim } else { claim.nearly() })
        }
    }
}

/// Whether a share is off by one in its last digit, as one is that was adjusted so that all come to 100%.
fn is_adjusted(context: &Context, lines: &Lines, derived: &Derived, at: usize) -> bool {
    let value =
        |line: usize, at: usize| lines.value(line, at).map(|value| context.reading.figures[value.figure()].quantity);
    let shares = || {
        let place = value(derived.line, at)?.place();
        let total = value(derived.second, derived.whole_at?)?.value();
        let share = value(derived.first, at)?.value().checked_div(&total)?.round_to(&place);
        Some((&share - &value(derived.line, at)?.value()).abs() == place)
    };
    shares().unwrap_or(false)
}

/// Whether a line is called a share or a rate.
fn named(title: &str) -> bool {
    let label = folded(title);
    const ENDS: &[&str] = &["率", "rate", "rate%", "rate(%)", "率%", "率(%)"];
    let is_percent = label.trim_start_matches(|c: char| c.is_ascii_digit()) == "%";
    is_share(&label) || is_percent || ENDS.iter().any(|end| label.ends_with(end))
}

/// Whether a folded label says that the line tells shares, so that one among many cannot be another kind of rate.
fn is_share(label: &str) -> bool {
    const NAMES: &[&str] = &["%of", "percentof", "percentageof", "share", "占", "比重", "比例", "完成"];
    NAMES.iter().any(|name| label.contains(name))
}
