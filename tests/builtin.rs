//! The built-in checks: the examples in their rule files come out as they say, each with that check alone.

use figlint::check::example::{self, Outcome};
use figlint::check::{Options, Reach, Session, detect};

#[test]
fn the_examples_of_the_built_in_checks_come_out_as_they_say() {
    let mut wrong = Vec::new();
    for id in detect::ids() {
        let files = detect::rule_files(|other| other == id);
        let files = files.into_iter().map(|file| (file, Reach::Every)).collect();
        let session = Session::new(files, Options { show_holds: true, ..Options::default() });
        for rule in session.rules().files.iter().flat_map(|file| &file.rules) {
            for one in &rule.examples {
                let outcome = example::run(&session, rule, one);
                if outcome != Outcome::Validated {
                    wrong.push(format!("{id} {:?} is {outcome:?}:\n{}", one.outcome, one.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
