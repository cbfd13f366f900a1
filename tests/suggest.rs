//! Suggested rule files: all of their rules are found in the report they were made of, and hold there.

use std::path::{Path, PathBuf};

use figlint::check::{Options, Reach, Session};
use figlint::diagnostic::Verdict;
use figlint::suggest::suggest;
use figlint::{read, rule};

/// Every report among the fixtures that can be read.
fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(fixtures(&path));
        } else if read::supports(&path) {
            found.push(path);
        }
    }
    found
}

#[test]
fn what_is_suggested_holds_and_is_found() {
    let mut relations = 0;
    for path in fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")) {
        let Ok(document) = read::file(&path, &read::Options::default()) else { continue };
        let draft = suggest(&document, None);
        relations += draft.relations;
        let (file, errors) = rule::parse(Path::new("suggested.toml"), &draft.text);
        assert!(errors.is_empty(), "{}: {errors:#?}\n{}", path.display(), draft.text);
        let rules = file.rules.len();
        let session = Session::new(vec![(file, Reach::Every)], Options { show_holds: true, ..Options::default() });
        let report = session.check(&document);
        for finding in &report.findings {
            let passes = matches!(finding.verdict, Verdict::Holds | Verdict::WithinRounding);
            assert!(passes, "{}: {} {:?}\n{}", path.display(), finding.rule, finding.verdict, draft.text);
        }
        let mut found: Vec<&str> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), rules, "{}\n{}", path.display(), draft.text);
        assert!(session.finish().is_empty(), "{}", path.display());
    }
    assert!(relations > 0, "nothing was suggested for any fixture");
}

#[test]
fn sums_that_no_word_announces_are_offered_only_where_all_figures_of_the_unit_make_them() {
    let offered = |text: &str| {
        let options = read::Options::default();
        let document = read::bytes(Path::new("r.txt"), text.as_bytes().to_vec(), &options).expect("it is text");
        suggest(&document, None).relations
    };
    assert_eq!(offered("市场局发现线索16起，移送2起，立案14起，结案8件。"), 1);
    // 16 + 5 = 21 is a coincidence, and so is what a part of a list makes.
    assert_eq!(offered("本级复议案件21件，受案18件，办结16件，答复5件。"), 0);
    assert_eq!(offered("发现线索16起，移送2起，立案14起，转办3起。"), 0);
    assert_eq!(offered("发现线索5起，移送2起，立案3起。"), 0);
}
