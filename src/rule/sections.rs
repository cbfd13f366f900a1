//! Which parts of a TOML file a syntax error may have garbled.

use toml::de::{DeTable, DeValue};

/// The parts of a file: the top, and what follows each header of a top-level table. What a recovering parser makes of a part
/// with a syntax error is not what was meant, so nothing else is told of it and no rule is taken from it.
pub(super) struct Sections {
    /// Where each part starts, whether it holds a syntax error, and whether it is a rule.
    parts: Vec<Part>,
}

struct Part {
    start: usize,
    broken: bool,
    rule: bool,
}

impl Sections {
    pub fn new(text: &str, root: &DeTable, errors: &[toml::de::Error]) -> Self {
        let mut parts = vec![Part { start: 0, broken: false, rule: false }];
        for (key, value) in root {
            let rule = key.get_ref() == "rule";
            let mut add = |start: usize| {
                if text.as_bytes().get(start) == Some(&b'[') {
                    parts.push(Part { start, broken: false, rule });
                }
            };
            match value.get_ref() {
                DeValue::Array(tables) => {
                    tables.iter().filter(|item| item.get_ref().is_table()).for_each(|table| add(table.span().start));
                }
                DeValue::Table(_) => add(value.span().start),
                _ => {}
            }
        }
        parts.sort_by_key(|part| part.start);
        let mut sections = Self { parts };
        for error in errors {
            let at = sections.find(error.span().map_or(0, |span| span.start));
            sections.parts[at].broken = true;
        }
        sections
    }

    /// Whether the top of the file, before any header, has a syntax error.
    pub fn is_top_broken(&self) -> bool {
        self.parts.first().is_some_and(|top| top.broken)
    }

    /// Whether the part that holds the byte `at` has a syntax error.
    pub fn is_broken(&self, at: usize) -> bool {
        self.parts[self.find(at)].broken
    }

    /// Whether a part that may define names for all rules has a syntax error.
    pub fn may_lose_names(&self) -> bool {
        self.parts.iter().any(|part| part.broken && !part.rule)
    }

    fn find(&self, at: usize) -> usize {
        self.parts.partition_point(|part| part.start <= at).saturating_sub(1)
    }
}
