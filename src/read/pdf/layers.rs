//! Layers (optional content) that are switched off: what is in them is not printed.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use rustc_hash::FxHashSet;

/// The layers of a document that are off.
#[derive(Default)]
pub(super) struct Layers {
    off: FxHashSet<ObjectIdentifier>,
}

impl Layers {
    pub fn of(pdf: &Pdf) -> Self {
        Self { off: Self::find(pdf).unwrap_or_default() }
    }

    fn find(pdf: &Pdf) -> Option<FxHashSet<ObjectIdentifier>> {
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
        let properties = catalog.get::<Dict<'_>>("OCProperties")?;
        let config = properties.get::<Dict<'_>>("D")?;
        let mut off = FxHashSet::default();
        if config.get::<Name<'_>>("BaseState").is_some_and(|state| state.as_ref() == b"OFF") {
            off.extend(ids(&properties, "OCGs"));
            for id in ids(&config, "ON") {
                off.remove(&id);
            }
        }
        off.extend(ids(&config, "OFF"));
        Some(off)
    }

    /// Whether what belongs to the entry `key` of a dictionary is off.
    pub fn is_off(&self, dict: &Dict<'_>, key: &[u8]) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if dict.get_ref(key).is_some_and(|id| self.off.contains(&id.into())) {
            return true;
        }
        // A set of layers is shown if one of them is.
        let set = dict.get::<Dict<'_>>(key);
        let members = set.map_or_else(Vec::new, |set| match set.get_ref("OCGs") {
            Some(id) if set.get::<Array<'_>>("OCGs").is_none() => vec![id.into()],
            _ => ids(&set, "OCGs"),
        });
        !members.is_empty() && members.iter().all(|id| self.off.contains(id))
    }
}

fn ids(dict: &Dict<'_>, key: &str) -> Vec<ObjectIdentifier> {
    let Some(array) = dict.get::<Array<'_>>(key) else { return Vec::new() };
    let id = |member: MaybeRef<Object<'_>>| member.as_obj_ref().map(ObjectIdentifier::from);
    array.raw_iter().filter_map(id).collect()
}
