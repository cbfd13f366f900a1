//! What the label of a share says that it is the share of: "Operating income as a percentage of net sales", 占营业收入比重.

use crate::text::folded;

/// The part and the whole that a label names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What stands before the words; empty where the share is that of the line above.
    part: String,
    whole: String,
}

/// The words between the part and the whole, folded; longer ones first.
const WORDS: [&str; 6] = ["asapercentageof", "asapercentof", "asa%of", "as%of", "percentageof", "%of"];

impl Said {
    /// What a label names, if it names a whole.
    pub fn of(title: &str) -> Option<Self> {
        let label = plain(title);
        let english = WORDS.iter().find_map(|word| label.split_once(word));
        let (part, whole) = english.or_else(|| {
            let (part, rest) = label.split_once('占')?;
            let ends = ["的比重", "的比例", "比重", "比例", "%"];
            Some((part, ends.iter().find_map(|end| rest.strip_suffix(end))?))
        })?;
        (!whole.is_empty()).then(|| Self { part: part.to_owned(), whole: total_of(whole).to_owned() })
    }

    /// Whether a line is called by the name of the whole.
    pub fn is_whole(&self, title: &str) -> bool {
        total_of(&plain(title)) == self.whole
    }

    /// Whether a line is called by the name of the part; a share of which no part is named is that of the line `above`.
    pub fn is_part(&self, title: &str, above: bool) -> bool {
        if self.part.is_empty() { above } else { total_of(&plain(title)) == total_of(&self.part) }
    }
}

/// A label folded, without what stands in brackets behind it and the marks of notes.
fn plain(title: &str) -> String {
    let label = folded(title);
    let end = label.find(['(', '[']).filter(|&at| at > 0).unwrap_or(label.len());
    label[..end].trim_end_matches(['*', ':', '†']).to_owned()
}

/// A name without the word that says that it is a total, and without a plural.
fn total_of(name: &str) -> &str {
    let name = name.strip_prefix("total").unwrap_or(name);
    let name = name.strip_suffix("合计").or_else(|| name.strip_suffix("总额")).unwrap_or(name);
    name.strip_suffix('s').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_the_part_and_the_whole() {
        for (title, part, whole) in [
            ("Operating income as a percentage of net sales", "Operating income", "Net sales"),
            ("Free cash flow as a percentage of revenue (GAAP)", "Free cash flow", "Total revenues"),
            ("Operating profit % of revenue", "Operating profit*", "Revenue"),
            ("工资占总支出比重", "工资", "总支出"),
        ] {
            let said = Said::of(title).unwrap();
            assert!(said.is_part(part, false) && said.is_whole(whole), "{title}: {said:?}");
            assert!(!said.is_part(whole, true) && !said.is_whole(part), "{title}: {said:?}");
        }
        let said = Said::of("% of net sales").unwrap();
        assert!(said.is_whole("Net sales") && !said.is_part("Gross profit", false));
        assert_eq!(Said::of("Gross margin"), None);
    }
}
