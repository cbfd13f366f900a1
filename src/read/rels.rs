//! Relationships: which part another part means by an id.

use std::collections::HashMap;

use super::xml;

/// The targets of a part's relationships.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    /// Type (the last word of its address) and target, by id.
    by_id: HashMap<String, (String, String)>,
}

impl Relationships {
    /// Reads a part `…/_rels/….rels`; `folder` is that of the part whose relationships they are.
    pub fn parse(text: &str, folder: &str) -> Self {
        let mut by_id = HashMap::new();
        xml::walk(
            text,
            |element| {
                if element.local_name().as_ref() != "Relationship"
                    || xml::attribute(element, "TargetMode").is_some_and(|mode| mode == "External")
                {
                    return;
                }
                let get = |name| xml::attribute(element, name).unwrap_or_default().into_owned();
                let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
                by_id.insert(get("Id"), (kind, resolve(folder, &get("Target"))));
            },
            |_| {},
        );
        Self { by_id }
    }

    /// The target of this id.
    pub fn target(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|(_, target)| target.as_str())
    }

    /// The type and the target of this id.
    pub fn get(&self, id: &str) -> Option<(&str, &str)> {
        self.by_id.get(id).map(|(kind, target)| (kind.as_str(), target.as_str()))
    }

    /// The target of this type.
    pub fn of_type(&self, kind: &str) -> Option<&str> {
        let mut targets: Vec<_> =
            self.by_id.values().filter(|(one, _)| one == kind).map(|(_, target)| target).collect();
        targets.sort();
        targets.first().map(|target| target.as_str())
    }
}

/// A target as the name of a part.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(part),
        }
    }
    path.join("/")
}
