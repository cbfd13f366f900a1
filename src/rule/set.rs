//! All rules of a run.

use rustc_hash::FxHashMap;

use super::error::{Fault, RuleError, Sink, nearest};
use super::{Rule, RuleFile};

/// All rules of a run.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rule files, in the order in which they were given.
    pub files: Vec<RuleFile>,
    /// Where each id was given.
    ids: FxHashMap<String, Place>,
}

/// Where an id was given: `files[file].rules[rule]`.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: usize,
    rule: usize,
}

impl RuleSet {
    /// Adds a rule file. Rules whose ids were given before are left out; each is told, at the second place.
    pub fn add(&mut self, mut file: RuleFile) -> Vec<RuleError> {
        let source = file.source.clone();
        let mut sink = Sink::new(&source.path, &source.text);
        let at = self.files.len();
        let mut kept = 0;
        file.rules.retain(|rule| {
            let place = self.ids.get(&rule.id).copied();
            match place {
                Some(first) => sink.push(self.repeated(rule, first, &source.path)),
                None => {
                    self.ids.insert(rule.id.clone(), Place { file: at, rule: kept });
                    kept += 1;
                }
            }
            place.is_none()
        });
        self.files.push(file);
        sink.finish()
    }

    /// The rule with an id, and its file.
    pub fn rule(&self, id: &str) -> Option<(&RuleFile, &Rule)> {
        let place = self.ids.get(id)?;
        let file = &self.files[place.file];
        Some((file, &file.rules[place.rule]))
    }

    /// Whether a rule has this id.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// The id that an unknown one was most likely meant to be.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let mut ids: Vec<_> = self.ids.keys().map(String::as_str).collect();
        ids.sort_unstable();
        nearest(id, ids)
    }

    fn repeated(&self, rule: &Rule, first: Place, path: &std::path::Path) -> Fault {
        let place = match self.files.get(first.file) {
            Some(file) if file.is_built_in() => "a built-in check has it".to_owned(),
            Some(file) => format!("a rule of {} has it", file.source.path.display()),
            None => format!("an earlier rule of {} has it", path.display()),
        };
        let message = format!("the id `{}` is taken: {place}", rule.id);
        Fault::new(rule.id_span.range(), message).help("ids are unique across a run")
    }
}
