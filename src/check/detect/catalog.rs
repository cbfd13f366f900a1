//! The built-in checks' rule files, built into the program.

use std::path::Path;

use crate::rule::{self, RuleFile};

/// A built-in check: its id, and its rule file.
macro_rules! files {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../../rules/builtin/", $id, ".toml")))),*]
    };
}

const FILES: &[(&str, &str)] = files![
    "balance",
    "breakdown",
    "count",
    "growth",
    "impossible",
    "restated",
    "scale",
    "share",
    "statistics",
    "table-difference",
    "table-growth",
    "table-share",
    "table-total",
];

/// The ids of all built-in checks.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// The rule files of the built-in checks that are wanted.
pub fn rule_files(wanted: impl Fn(&str) -> bool) -> Vec<RuleFile> {
    let wanted = FILES.iter().filter(|(id, _)| wanted(id));
    wanted.map(|(id, text)| rule::parse_builtin(Path::new(&format!("rules/builtin/{id}.toml")), text).0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::detect::DETECTORS;

    #[test]
    fn every_file_is_one_rule_with_its_name_and_all_kinds_of_examples() {
        use crate::rule::Outcome;
        for (id, text) in FILES {
            let (file, errors) = rule::parse_builtin(Path::new(id), text);
            assert!(errors.is_empty(), "{id}: {errors:#?}");
            let [rule] = &file.rules[..] else { panic!("{id} holds {} rules", file.rules.len()) };
            assert_eq!(rule.id, *id);
            assert!(
                rule.message.is_some() && rule.message_zh.is_some() && rule.about.is_some(),
                "{id} says too little"
            );
            assert!(!rule.detected || rule.names.iter().all(|name| name.name_zh.is_some()), "{id}: Chinese names");
            for outcome in [Outcome::Holds, Outcome::Fails, Outcome::None] {
                assert!(rule.examples.iter().any(|example| example.outcome == outcome), "{id}: no {outcome:?}");
            }
            assert_eq!(rule.detected, DETECTORS.iter().any(|(other, _)| other == id), "{id}");
            assert!(rule.expect.min == 0, "{id} may be found nowhere");
        }
        assert!(DETECTORS.iter().all(|(id, _)| ids().any(|other| other == *id)));
    }
}
