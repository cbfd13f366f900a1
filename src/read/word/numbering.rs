//! Numbers of lists: the definitions of `numbering.xml`, and the counters while the paragraphs go by.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use super::ordinals::shown;
use super::xml;

/// A list has nine levels.
const LEVELS: usize = 9;

/// A mark is no longer than this, in bytes.
const LONGEST: usize = 64;

/// The lists of a document, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    /// By definition: the number of each level so far; `None` before its first item.
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists whose overrides have been applied.
    started: HashSet<u32>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The levels are those of a list that has this style.
    linked: Option<String>,
    /// The style of that list.
    named: Option<String>,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    /// What is shown, with %1 for the number of the first level.
    text: String,
    /// What stands behind it.
    suffix: &'static str,
    /// All numbers in it are decimals.
    decimal: bool,
    /// The level, counted from 1, whose items make this one begin anew; 0: none does.
    restart: Option<u8>,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        let (format, text) = ("decimal".to_owned(), String::new());
        Self { start: 1, format, text, suffix: "\t", decimal: false, restart: None, style: None }
    }
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<u8, Level>,
}

impl Numbering {
    /// Reads `numbering.xml`; gives why it ends too early, if it does.
    pub fn parse(text: &str) -> (Self, Option<String>) {
        let parser = std::cell::RefCell::new(Parser::default());
        let cut = xml::walk(
            text,
            |element| {
                let name = element.local_name();
                parser.borrow_mut().start(name.as_ref(), element);
            },
            |name| parser.borrow_mut().end(name),
        );
        let mut numbering = parser.into_inner().numbering;
        numbering.link();
        (numbering, cut)
    }

    /// The level of paragraphs of this style in a list.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let definition = self.definitions.get(&self.lists.get(&list)?.definition)?;
        let level = definition.levels.iter().position(|level| level.style.as_deref() == Some(style))?;
        Some(level as u8)
    }

    /// The mark of the next item of a list, with what stands behind it. Empty for bullets.
    pub fn next(&mut self, list: u32, level: u8) -> Option<(String, &'static str)> {
        let at = usize::from(level).min(LEVELS - 1);
        let of = self.lists.get(&list)?;
        let definition = self.definitions.get(&of.definition)?;
        let counters = self.counters.entry(of.definition).or_default();
        if self.started.insert(list) {
            for (counter, start) in counters.iter_mut().zip(of.starts) {
                if start.is_some() {
                    *counter = None;
                }
            }
        }
        let level_at = |at: usize| of.levels.get(&(at as u8)).unwrap_or(&definition.levels[at]);
        let start_of = |at: usize| of.starts[at].unwrap_or_else(|| level_at(at).start);
        counters[at] = Some(counters[at].map_or_else(|| start_of(at), |n| n.saturating_add(1)));
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            let restarts = level_at(deeper).restart.is_none_or(|after| usize::from(after) > at);
            if restarts {
                *counter = None;
            }
        }
        let shown_level = level_at(at);
        let numbers: Vec<(u32, &str)> = (0..=at)
            .map(|k| (counters[k].unwrap_or_else(|| start_of(k)), level_at(k).format.as_str()))
            .map(|(n, format)| (n, if shown_level.decimal { "decimal" } else { format }))
            .collect();
        let is_bullet = shown_level.format == "bullet";
        Some((if is_bullet { String::new() } else { mark(&shown_level.text, &numbers) }, shown_level.suffix))
    }

    /// Gives definitions that only name a style the levels of the list that has that style.
    fn link(&mut self) {
        let named: HashMap<String, u32> =
            self.definitions.iter().filter_map(|(id, one)| Some((one.named.clone()?, *id))).collect();
        let links: HashMap<u32, u32> = self
            .definitions
            .iter()
            .filter_map(|(id, one)| Some((*id, *named.get(one.linked.as_ref()?)?)))
            .filter(|(id, target)| id != target)
            .collect();
        for list in self.lists.values_mut() {
            list.definition = *links.get(&list.definition).unwrap_or(&list.definition);
        }
    }
}

/// The text of a mark: %1 to %9 become the numbers of the levels.
fn mark(text: &str, numbers: &[(u32, &str)]) -> String {
    let mut mark = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars.peek().and_then(|digit| digit.to_digit(10)).filter(|&level| c == '%' && level > 0);
        match level {
            Some(level) => {
                chars.next();
                if let Some((n, format)) = numbers.get(level as usize - 1) {
                    mark.push_str(&shown(format, *n));
                }
            }
            None => mark.push(c),
        }
        if mark.len() > LONGEST {
            return String::new();
        }
    }
    mark
}

#[derive(Default)]
struct Parser {
    numbering: Numbering,
    definition: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
    /// The level of the open `lvlOverride`.
    overridden: Option<usize>,
}

impl Parser {
    fn start(&mut self, name: &str, element: &BytesStart) {
        let id = |attribute| xml::number(element, attribute).and_then(|id| u32::try_from(id).ok());
        let level =
            || xml::number(element, "ilvl").and_then(|level| usize::try_from(level).ok()).filter(|&l| l < LEVELS);
        match name {
            "abstractNum" => {
                self.definition = id("abstractNumId");
                if let Some(id) = self.definition {
                    self.numbering.definitions.insert(id, Definition::default());
                }
            }
            "num" => {
                self.list = id("numId");
                if let Some(id) = self.list {
                    self.numbering.lists.insert(id, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(id)) = (self.list.and_then(|id| self.numbering.lists.get_mut(&id)), id("val"))
                {
                    list.definition = id;
                }
            }
            "lvlOverride" => self.overridden = level(),
            "startOverride" => {
                let list = self.list.and_then(|id| self.numbering.lists.get_mut(&id));
                if let (Some(list), Some(at)) = (list, self.overridden) {
                    list.starts[at] = id("val");
                }
            }
            "lvl" => {
                self.level = level();
                let list = self.list.and_then(|id| self.numbering.lists.get_mut(&id));
                if let (Some(at), Some(list)) = (self.level, list) {
                    list.levels.insert(at as u8, Level::default());
                }
            }
            _ => self.take(name, element),
        }
    }

    /// What stands in a level or directly in a definition.
    fn take(&mut self, name: &str, element: &BytesStart) {
        let text = || xml::value(element).map(|text| text.into_owned());
        let number = || xml::number(element, "val").and_then(|n| u32::try_from(n).ok());
        let definition = self.definition.and_then(|id| self.numbering.definitions.get_mut(&id));
        let Some(at) = self.level else {
            match (name, definition) {
                ("numStyleLink", Some(definition)) => definition.linked = text(),
                ("styleLink", Some(definition)) => definition.named = text(),
                _ => {}
            }
            return;
        };
        let list = self.list.and_then(|id| self.numbering.lists.get_mut(&id));
        let level = match list {
            Some(list) => list.levels.get_mut(&(at as u8)),
            None => definition.map(|definition| &mut definition.levels[at]),
        };
        let Some(level) = level else { return };
        match name {
            "start" => level.start = number().unwrap_or(level.start),
            "numFmt" => level.format = text().unwrap_or_default(),
            "lvlText" => level.text = text().unwrap_or_default(),
            "isLgl" => level.decimal = xml::is_on(element),
            "lvlRestart" => level.restart = number().and_then(|n| n.try_into().ok()),
            "pStyle" => level.style = text(),
            "suff" => {
                level.suffix = match xml::value(element).as_deref() {
                    Some("space") => " ",
                    Some("nothing") => "",
                    _ => "\t",
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"abstractNum" => self.definition = None,
            b"num" => self.list = None,
            b"lvlOverride" => self.overridden = None,
            b"lvl" => self.level = None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_take_the_levels_of_the_style_that_they_link() {
        // The lists from 0 on link the styles of the definitions from 10,000 on.
        const COUNT: u32 = 2_000;
        let linking =
            |id| format!(r#"<w:abstractNum w:abstractNumId="{id}"><w:numStyleLink w:val="S{id}"/></w:abstractNum>"#);
        let linked = |id| {
            let level = format!(r#"<w:lvl w:ilvl="0"><w:lvlText w:val="{id}-%1"/></w:lvl>"#);
            let own = id + 10_000;
            format!(r#"<w:abstractNum w:abstractNumId="{own}"><w:styleLink w:val="S{id}"/>{level}</w:abstractNum>"#)
        };
        let list = |id| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#);
        let parts = (0..COUNT).map(linking).chain((0..COUNT).map(linked)).chain((0..COUNT).map(list));
        let (mut numbering, cut) = Numbering::parse(&parts.collect::<String>());
        assert_eq!(cut, None);
        for id in 0..COUNT {
            assert_eq!(numbering.next(id, 0).map(|(mark, _)| mark), Some(format!("{id}-1")));
        }
    }
}
