//! The stated figure of a failing check: the single figure that one side of the comparison is, against what the other side
//! comes to.

use super::bind::{Bound, Cited, Reading};
use super::evaluate;
use super::judge::Judged;
use super::present::Presenter;
use super::printed;
use crate::diagnostic::{Finding, Verdict};
use crate::document::Language;
use crate::exact::Rational;
use crate::figure;
use crate::rule::expression::{Comparison, Expr, Relation};
use crate::span::Span;

/// The stated figure and what it is compared with.
pub struct Stated<'a> {
    /// The index of its name.
    pub name: usize,
    /// The figure.
    pub cited: &'a Cited,
    /// The other side.
    pub other: &'a Expr,
    /// How the two are compared, the stated figure on the left.
    pub relation: Relation,
}

impl Stated<'_> {
    /// Name and item, as figures of a finding are told apart.
    pub fn figure(&self) -> (usize, usize) {
        (self.name, 0)
    }

    /// What the other side comes to by the figures as printed.
    pub fn computed(&self, reading: &Reading, judged: &Judged) -> Option<Rational> {
        evaluate::nominal(self.other, &judged.values(reading))
    }
}

/// The stated figure of the link that fails (of the first link, where none fails alone): the left side if it is a single
/// figure, otherwise the right.
pub fn of<'a>(reading: &Reading, judged: &Judged<'a>) -> Option<Stated<'a>> {
    let rule = judged.rule;
    let Expr::Compare(first, links) = &rule.checks[judged.check].expr else { return None };
    let lefts = std::iter::once(&**first).chain(links.iter().map(|link| &link.right));
    let pairs: Vec<(&Expr, &Comparison)> = lefts.zip(links).collect();
    let failing = pairs.iter().find(|(left, link)| links.len() == 1 || fails(left, link, reading, judged));
    let &(left, link) = failing.or(pairs.first())?;
    let single = |expr: &Expr| match expr {
        Expr::Name(name) => match &judged.place.bound[*name] {
            Some(Bound::One(cited)) => Some((*name, cited)),
            _ => None,
        },
        _ => None,
    };
    if let Some((name, cited)) = single(left) {
        return Some(Stated { name, cited, other: &link.right, relation: link.relation });
    }
    let (name, cited) = single(&link.right)?;
    Some(Stated { name, cited, other: left, relation: mirrored(link.relation) })
}

/// Writes what the stated figure of an equality should be, and how far off it is, into a finding. A figure that is only
/// bounded need not be any one value.
pub fn compute(presenter: &Presenter, judged: &Judged, stated: &Stated, finding: &mut Finding) {
    let reading = presenter.reading;
    let (Some(index), Some(value)) = (stated.cited.here(), stated.computed(reading, judged)) else { return };
    if stated.relation != Relation::Equal {
        return;
    }
    let document = reading.document;
    let figure = &reading.figures.at(index as usize);
    let text = document.slice(figure.digits);
    let block = &document.blocks.at(figure.block as usize);
    let mut computed = printed::computed(text, &figure.quantity, &value, judged.rounding);
    computed.value = document.in_print(computed.value, block.span);
    computed.shown = document.in_print(computed.shown, block.span);
    finding.computed = Some(computed);
    if let Some(nominal) = &stated.cited.operand(&judged.plainly(reading)).nominal {
        let should = judged.rounding.printed(&value, &figure.quantity.place()).unwrap_or(value);
        // A cell's digits count what its header or caption says (thousands of $), which the unit alone would misname.
        let raw = figure::printed_at(document, block, figure.span.start as usize);
        let own = raw.is_some_and(|raw| raw.quantity.numerator == figure.quantity.numerator);
        let unit = figure.unit_name(document.text()).filter(|_| own);
        // Units of measure have one name in both languages: an English report shows its own word for it.
        let suffix = Span { start: figure.digits.end, end: figure.span.end.max(figure.digits.end) };
        let word = document.slice(suffix).trim();
        let is_foreign = presenter.language == Language::English && unit.as_ref().is_some_and(|unit| !unit.is_ascii());
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        // What is printed there in Chinese is the report's own word.
        let is_own = || unit.as_ref().is_some_and(|unit| word.contains(unit.as_str()));
        let unit = match is_foreign {
            true if is_word => Some(word.to_owned()),
            true if !is_own() => None,
            _ => unit,
        };
        let off = &should - nominal;
        let off = printed::off(text, &figure.quantity, unit.as_deref(), &off, presenter.language);
        finding.off = Some(document.in_print(off, block.span));
    }
}

fn fails(left: &Expr, link: &Comparison, reading: &Reading, judged: &Judged) -> bool {
    let alone = Expr::Compare(Box::new(left.clone()), vec![link.clone()]);
    evaluate::evaluate(&alone, &judged.values(reading)).verdict == Verdict::Fails
}

/// How the figures of a failing check stand to each other, where it says which of them is larger: the opposite of what should hold.
pub fn contradicted(reading: &Reading, judged: &Judged) -> Option<Expr> {
    let Expr::Compare(first, links) = judged.expr() else { return None };
    if judged.evaluation.verdict != Verdict::Fails {
        return None;
    }
    let lefts = std::iter::once(&**first).chain(links.iter().map(|link| &link.right));
    let (left, link) = lefts.zip(links).find(|(left, link)| links.len() == 1 || fails(left, link, reading, judged))?;
    let relation = opposite(link.relation).filter(|_| link.tolerance.is_none())?;
    Some(Expr::Compare(Box::new(left.clone()), vec![Comparison { relation, ..link.clone() }]))
}

fn opposite(relation: Relation) -> Option<Relation> {
    Some(match relation {
        Relation::Less => Relation::GreaterOrEqual,
        Relation::LessOrEqual => Relation::Greater,
        Relation::Greater => Relation::LessOrEqual,
        Relation::GreaterOrEqual => Relation::Less,
        Relation::NotEqual => Relation::Equal,
        Relation::Equal => return None,
    })
}

fn mirrored(relation: Relation) -> Relation {
    match relation {
        Relation::Less => Relation::Greater,
        Relation::LessOrEqual => Relation::GreaterOrEqual,
        Relation::Greater => Relation::Less,
        Relation::GreaterOrEqual => Relation::LessOrEqual,
        same => same,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::check::{Options, Reach, Session};
    use crate::read;
    use crate::rule;

    #[test]
    fn an_english_report_shows_its_own_words_for_units() {
        let rules = "[[rule]]\nid = \"sum\"\nfind = \"{a}, {b} and {total} in all\"\ncheck = \"total = a + b\"\n";
        let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
        assert!(errors.is_empty(), "{errors:?}");
        let session = Session::new(vec![(file, Reach::Every)], Options::default());
        let text = "The work took 10 hours, 60 hours and 95 hours in all.".as_bytes().to_vec();
        let document = read::bytes(Path::new("report.txt"), text, &read::Options::default()).unwrap();
        assert_eq!(session.check(&document).findings[0].off.as_deref(), Some("25 hours"));
        let off = |text: &str| {
            let document = read::bytes(Path::new("report.txt"), text.into(), &read::Options::default()).unwrap();
            session.check(&document).findings[0].off.clone()
        };
        // No word of another language stands in for the report's.
        assert_eq!(off("The work took 10-year, 60-year and 95-year in all.").as_deref(), Some("25"));
        assert_eq!(off("It cost $1.1 million, $2.2 million and $7.2 million in all.").as_deref(), Some("$3.9 million"));
    }

    #[test]
    fn bounds_that_fail_tell_how_the_figures_stand() {
        let rules =
            "[[rule]]\nid = \"sum\"\nfind = \"{a}, {b} and {c}\"\ncheck = [\"a <= b\", \"1 <= c <= 12\", \"a != c\"]\n";
        let (file, errors) = rule::parse(Path::new("rules.toml"), rules);
        assert!(errors.is_empty(), "{errors:?}");
        let session = Session::new(vec![(file, Reach::Every)], Options::default());
        let text = "We met 13 people, 9 people and 13 people.".into();
        let document = read::bytes(Path::new("report.txt"), text, &read::Options::default()).unwrap();
        let told = session.check(&document).findings.into_iter().filter_map(|finding| finding.arithmetic);
        assert_eq!(told.collect::<Vec<_>>(), ["13 people > 9 people", "13 people = 13 people", "13 people > 12"]);
    }
}
