//! What a page's style sheets hide: elements by a class, an id or a name.
//!
//! Only selectors of a single element are followed (`.note`, `#draft`, `tr.detail`). Where a rule that is not followed (a
//! selector of several elements, a rule for some media) may show again what a simple one hides, nothing is hidden.

use rustc_hash::{FxHashMap, FxHashSet};

/// The rules of all style sheets so far.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    /// By selector: whether it hides, and the number of the rule.
    rules: FxHashMap<Selector, (bool, u32)>,
    /// Hashes of the names that rules which are not followed show.
    shown: FxHashSet<u64>,
    count: u32,
}

/// A selector of one element, as hashes of names; 0 where it names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Selector {
    tag: u64,
    class: u64,
    id: u64,
}

/// The names of an element, as hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The element's own.
    pub tag: u64,
    pub id: u64,
    pub classes: Vec<u64>,
}

/// More classes of an element are not looked at.
pub(super) const MOST_CLASSES: usize = 16;

impl StyleSheet {
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Reads a style sheet.
    pub fn read(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find(['{', ';']) {
            let selectors = rest[..open].trim();
            if rest.as_bytes()[open] == b';' {
                // @import, @charset.
                rest = &rest[open + 1..];
                continue;
            }
            let length = block_length(&rest[open..]);
            let block = &rest[open..open + length];
            match selectors.starts_with('@') {
                true => self.unfollowed(block),
                false => self.rule(selectors, block.trim_matches(['{', '}'])),
            }
            rest = &rest[open + length..];
        }
    }

    /// Whether an element is hidden; `None`: nothing is said of it.
    pub fn hides(&self, names: &Names) -> Option<bool> {
        let Names { tag, id, ref classes } = *names;
        let class = |class: &u64| Selector { class: *class, ..Selector::default() };
        let of_tag = |selector: Selector| Selector { tag, ..selector };
        let by_id = Selector { id, ..Selector::default() };
        let latest = |selectors: &mut dyn Iterator<Item = Selector>| {
            let rules = selectors.filter_map(|selector| self.rules.get(&selector));
            rules.max_by_key(|(_, number)| *number).map(|&(hides, _)| hides)
        };
        let named = |id: u64| id != 0;
        let ids = || named(id).then_some(by_id).into_iter();
        // The more a selector says the more it counts.
        latest(&mut ids().map(of_tag))
            .or_else(|| latest(&mut ids()))
            .or_else(|| latest(&mut classes.iter().map(class).map(of_tag)))
            .or_else(|| latest(&mut classes.iter().map(class)))
            .or_else(|| latest(&mut std::iter::once(of_tag(Selector::default()))))
            .filter(|_| ![tag, id].iter().chain(classes).any(|name| self.shown.contains(name)))
    }

    fn rule(&mut self, selectors: &str, block: &str) {
        let Some(hides) = hides(block) else { return };
        self.count += 1;
        for selector in selectors.split(',').map(str::trim) {
            match Selector::of(selector) {
                Some(selector) => drop(self.rules.insert(selector, (hides, self.count))),
                None if !hides => self.show(selector),
                None => {}
            }
        }
    }

    /// Notes what the rules in a block show that holds for some media only.
    fn unfollowed(&mut self, block: &str) {
        for rule in block.trim_start_matches('{').split('}') {
            if let Some((selectors, declarations)) = rule.split_once('{')
                && hides(declarations) == Some(false)
            {
                self.show(selectors);
            }
        }
    }

    /// The names in a selector, of which some are shown.
    fn show(&mut self, selectors: &str) {
        let names = selectors.split(|c: char| !is_name(c)).filter(|name| !name.is_empty());
        self.shown.extend(names.map(|name| hash(name.as_bytes())));
    }
}

impl Selector {
    fn of(text: &str) -> Option<Self> {
        let at = text.find(['.', '#']).unwrap_or(text.len());
        let (tag, rest) = text.split_at(at);
        let name = rest.get(1..).unwrap_or_default();
        if text.is_empty() || !tag.chars().chain(name.chars()).all(is_name) || rest.len() == 1 {
            return None;
        }
        let tag = if tag.is_empty() { 0 } else { hash(tag.to_ascii_lowercase().as_bytes()) };
        let own = if name.is_empty() { 0 } else { hash(name.as_bytes()) };
        let is_id = rest.starts_with('#');
        Some(Self { tag, class: if is_id { 0 } else { own }, id: if is_id { own } else { 0 } })
    }
}

/// The hash of a name.
pub(super) fn hash(name: &[u8]) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault};
    BuildHasherDefault::<rustc_hash::FxHasher>::default().hash_one(name)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Whether declarations hide an element; `None`: they say nothing of that.
fn hides(declarations: &str) -> Option<bool> {
    let mut said = None;
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        let hidden = match name.trim().to_ascii_lowercase().as_str() {
            "display" => value.starts_with("none"),
            "visibility" => value.starts_with("hidden") || value.starts_with("collapse"),
            _ => continue,
        };
        said = Some(hidden || said == Some(true));
    }
    said
}

/// How long the block in braces is that starts the text.
fn block_length(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest.trim_start_matches("<!--").trim_end_matches("-->"));
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a style sheet says of an element called `name`, written as a selector: `td.a.b#c`.
    fn said(css: &str, name: &str) -> Option<bool> {
        let mut sheet = StyleSheet::default();
        sheet.read(css);
        let mut names = Names::default();
        let (rest, id) = name.split_once('#').unwrap_or((name, ""));
        let mut parts = rest.split('.');
        names.tag = hash(parts.next().unwrap().as_bytes());
        names.classes = parts.map(|class| hash(class.as_bytes())).collect();
        names.id = if id.is_empty() { 0 } else { hash(id.as_bytes()) };
        sheet.hides(&names)
    }

    #[test]
    fn simple_selectors_hide() {
        let css = "@charset 'x'; /* .c{display:none} */ p, .a , tr.b{ color:red; DISPLAY : none !important }\n#d{visibility:hidden} .e{}";
        for hidden in ["td.a", "p", "tr.b", "td.x.a", "td#d"] {
            assert_eq!(said(css, hidden), Some(true), "{hidden}");
        }
        for other in ["td", "td.b", "td.c", "td.e", "td.A", "td#a"] {
            assert_eq!(said(css, other), None, "{other}");
        }
    }

    #[test]
    fn later_and_closer_rules_go_before() {
        assert_eq!(said(".a{display:none}.a{display:block}", "p.a"), Some(false));
        assert_eq!(said("#d{display:block}.a{display:none}", "p.a#d"), Some(false));
        assert_eq!(said("p.a{display:none}.b{display:block}", "p.a.b"), Some(true));
    }

    #[test]
    fn what_may_be_shown_again_is_not_hidden() {
        for css in [
            ".a{display:none} .open .a{display:block}",
            ".a{display:none} @media screen{x{} .a{display:block}}",
            "@media print{.a{display:none}}",
            ".open .a{display:none}",
            ".a:hover{display:none}",
        ] {
            assert_ne!(said(css, "p.a"), Some(true), "{css}");
        }
        assert_eq!(said("@media print{.b{display:block}} .a{display:none}", "p.a"), Some(true));
        for broken in ["{{{", "}", ".a{", "@", ".a{display:none", "/*", ",{display:none}", ".{display:none}"] {
            said(broken, "p");
        }
    }
}
