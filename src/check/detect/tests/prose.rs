//! Sentences: whom a check blames, and what it suggests.

use std::path::Path;

use super::super::rule_files;
use crate::check::{Options, Reach, Session};
use crate::diagnostic::Finding;
use crate::read;

/// What all built-in checks say of a text.
fn findings(text: &str) -> Vec<Finding> {
    let files = rule_files(|_| true).into_iter().map(|file| (file, Reach::Every)).collect();
    let document = read::bytes(Path::new("report.txt"), text.into(), &read::Options::default()).unwrap();
    Session::new(files, Options::default()).check(&document).findings
}

#[test]
fn of_two_scales_none_is_the_likelier() {
    let text = |one: &str, other: &str| {
        format!("2031年，全区固定资产投资总额{one}。\n\n2031年，全区固定资产投资总额{other}。\n")
    };
    for (one, other) in [("258.36亿元", "258.36万元"), ("258.36万元", "258.36亿元")] {
        let [finding] = &findings(&text(one, other))[..] else { panic!("{one}, {other}") };
        assert_eq!(finding.rule, "scale");
        assert!(finding.culprits.is_empty() && finding.suggestion.is_none(), "{finding:?}");
    }
}

#[test]
fn words_of_direction_leave_no_sign_to_write() {
    for text in [
        "Membership rose by 180 from 1,420 to 1,240.",
        "Sales rose by $180 million from $1,420 million to $1,240 million.",
    ] {
        let all = findings(text);
        assert!(!all.is_empty(), "{text}");
        let written = all.iter().filter_map(|finding| finding.suggestion.as_ref()).map(|one| one.text.as_str());
        assert!(!written.into_iter().any(|written| written.contains('-')), "{all:?}");
    }
}
