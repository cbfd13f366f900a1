//! Styles: what a paragraph or a run has from its style and the styles that one is based on.

use std::collections::HashMap;

use super::flow::Role;
use super::xml;

/// What a style says, that of the styles it is based on included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// The outline level, 0 the highest; 9 is body text.
    pub outline: Option<u8>,
    /// The list and the level in it.
    pub list: Option<u32>,
    pub level: Option<u8>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// Twentieths of a point, from the left.
    pub indent: Option<i64>,
    pub named: Named,
}

/// What the name of a style says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Named {
    #[default]
    Nothing,
    Heading(u8),
    Title,
    Caption,
    /// An entry of a table of contents.
    Contents,
}

impl Style {
    /// What a paragraph of this style is.
    pub fn role(&self, outline: Option<u8>) -> Role {
        match (outline.or(self.outline), self.named) {
            (Some(level @ 0..=8), _) => Role::Heading((level + 1).min(6)),
            (None, Named::Heading(level)) => Role::Heading(level.clamp(1, 6)),
            (None, Named::Title) => Role::Heading(1),
            (_, Named::Caption) => Role::Caption,
            _ => Role::Body,
        }
    }

    fn over(self, base: Style) -> Style {
        Style {
            outline: self.outline.or(base.outline),
            list: self.list.or(base.list),
            level: self.level.or(base.level),
            bold: self.bold.or(base.bold),
            hidden: self.hidden.or(base.hidden),
            indent: self.indent.or(base.indent),
            named: if self.named == Named::Nothing { base.named } else { self.named },
        }
    }
}

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The paragraphs' own where they name none.
    default: Style,
}

/// A style is based on another, that on a third: more steps than these are not gone.
const STEPS: usize = 32;

#[derive(Default)]
struct Written {
    style: Style,
    based_on: Option<String>,
    default: bool,
}

impl Styles {
    /// Reads `styles.xml`; gives why it ends too early, if it does.
    pub fn parse(text: &str) -> (Self, Option<String>) {
        let mut written: HashMap<String, Written> = HashMap::new();
        let mut open: Option<(String, Written)> = None;
        // Conditional formats of tables, and properties before a tracked change, are not the style's.
        let mut aside = 0usize;
        let starts = |name: &str| matches!(name, "tblStylePr") || name.ends_with("PrChange");
        let events = std::cell::RefCell::new((&mut written, &mut open, &mut aside));
        let cut = xml::walk(
            text,
            |element| {
                let (_, open, aside) = &mut *events.borrow_mut();
                let name = element.local_name();
                let name: &str = name.as_ref();
                **aside += usize::from(starts(name));
                if name == "style" {
                    let id = xml::attribute(element, "styleId").unwrap_or_default().into_owned();
                    let paragraph = xml::attribute(element, "type").is_some_and(|kind| kind == "paragraph");
                    let default = xml::attribute(element, "default").is_some_and(|on| on == "1" || on == "true");
                    **open = Some((id, Written { default: default && paragraph, ..Written::default() }));
                } else if let (Some((_, style)), 0) = (&mut **open, **aside) {
                    style.take(name, element);
                }
            },
            |name| {
                let (written, open, aside) = &mut *events.borrow_mut();
                let name = std::str::from_utf8(name).unwrap_or_default();
                **aside = aside.saturating_sub(usize::from(starts(name)));
                if name == "style"
                    && let Some((id, style)) = open.take()
                {
                    written.insert(id, style);
                }
            },
        );
        (Self::resolve(&written), cut)
    }

    /// The style of this id.
    pub fn get(&self, id: Option<&str>) -> Style {
        id.and_then(|id| self.styles.get(id)).copied().unwrap_or(self.default)
    }

    /// The character style of this id.
    pub fn of_run(&self, id: &str) -> Style {
        self.styles.get(id).copied().unwrap_or_default()
    }

    fn resolve(written: &HashMap<String, Written>) -> Self {
        let whole = |id: &String| {
            let mut style = Style::default();
            let mut next = Some(id);
            for _ in 0..STEPS {
                let Some(one) = next.and_then(|id| written.get(id)) else { break };
                style = style.over(one.style);
                next = one.based_on.as_ref();
            }
            style
        };
        let styles: HashMap<String, Style> = written.keys().map(|id| (id.clone(), whole(id))).collect();
        let default = written.iter().find(|(_, style)| style.default).and_then(|(id, _)| styles.get(id)).copied();
        Self { styles, default: default.unwrap_or_default() }
    }
}

impl Written {
    fn take(&mut self, name: &str, element: &quick_xml::events::BytesStart) {
        match name {
            "name" => self.style.named = named(&xml::value(element).unwrap_or_default()),
            "basedOn" => self.based_on = xml::value(element).map(|id| id.into_owned()),
            "outlineLvl" => self.style.outline = xml::number(element, "val").and_then(|level| level.try_into().ok()),
            "numId" => self.style.list = xml::number(element, "val").and_then(|id| id.try_into().ok()),
            "ilvl" => self.style.level = xml::number(element, "val").and_then(|level| level.try_into().ok()),
            "b" => self.style.bold = Some(xml::is_on(element)),
            "vanish" => self.style.hidden = Some(xml::is_on(element)),
            "ind" => self.style.indent = indent(element).or(self.style.indent),
            _ => {}
        }
    }
}

/// The indent that an element `ind` says, in twentieths of a point.
pub(super) fn indent(element: &quick_xml::events::BytesStart) -> Option<i64> {
    // A hundredth of a character is some two twentieths of a point.
    let chars = |name: &str| xml::number(element, name).filter(|&n| n != 0).map(|n| n.saturating_mul(21) / 10);
    let side = |chars_name: &str, name: &str| chars(chars_name).or_else(|| xml::number(element, name));
    let left = side("leftChars", "left").or_else(|| side("startChars", "start"));
    let first = side("firstLineChars", "firstLine");
    let hanging = side("hangingChars", "hanging");
    if left.is_none() && first.is_none() && hanging.is_none() {
        return None;
    }
    Some(left.unwrap_or(0).saturating_add(first.unwrap_or(0)).saturating_sub(hanging.unwrap_or(0)))
}

fn named(name: &str) -> Named {
    let name = name.trim().to_lowercase();
    let level = |prefix: &str| name.strip_prefix(prefix)?.trim().parse::<u8>().ok();
    if let Some(level) = level("heading").or_else(|| level("标题")) {
        return Named::Heading(level);
    }
    match name.as_str() {
        "title" | "标题" => Named::Title,
        "caption" | "题注" | "table caption" | "表题" | "表标题" => Named::Caption,
        _ if level("toc").or_else(|| level("目录")).is_some() => Named::Contents,
        _ => Named::Nothing,
    }
}
