//! Fonts: which characters the codes of a text stand for, and how wide they are.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use rustc_hash::FxHashMap;

use super::ideograph;
use super::measure::Real;
use super::unpack;

/// The fonts of a document that have been met.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    /// By the place of the font's dictionary in memory, which does not move.
    met: FxHashMap<usize, Option<Rc<Face<'a>>>>,
}

/// A font as texts use it.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// Whether its letters are bold.
    pub bold: bool,
    /// Whether the document holds its glyphs.
    embedded: bool,
    /// From codes to characters where the font itself does not say.
    by_collection: Option<Collection>,
    known: RefCell<FxHashMap<u32, Known>>,
}

/// What is known of a code.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub text: Text,
    /// The width, as a share of the font's size.
    pub width: Real,
}

/// What a glyph stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Nobody knows.
    Unknown,
    /// One character.
    One(char),
    /// Several: a ligature.
    Several(Rc<str>),
}

impl<'a> Fonts<'a> {
    pub fn new() -> Self {
        let programs: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(standard) => Some(standard.get_font_data()),
            FontQuery::Fallback(other) => Some(other.pick_standard_font().get_font_data()),
        });
        Self { cache: FontCache::new(), programs, maps: Arc::new(hayro_cmap::load_embedded), met: FxHashMap::default() }
    }

    /// The font of a dictionary; `None` if it cannot be read.
    pub fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let key = dict.data().as_ptr() as usize;
        if let Some(face) = self.met.get(&key) {
            return face.clone();
        }
        let font = is_sound(dict).then(|| self.cache.font(dict, &self.programs, &self.maps)).flatten();
        let face = font.map(|font| {
            let (bold, embedded, by_collection) = (is_bold(dict), is_embedded(dict), Collection::of(dict));
            Rc::new(Face { font, bold, embedded, by_collection, known: RefCell::default() })
        });
        self.met.insert(key, face.clone());
        face
    }
}

impl Face<'_> {
    /// The code at the start of `bytes`, and how many bytes it takes, one at least.
    pub fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, 0);
        (code, length.max(1))
    }

    /// Whether text runs from left to right (and not from top to bottom).
    pub fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// What is known of a code.
    pub fn known(&self, code: u32) -> Known {
        self.known.borrow_mut().entry(code).or_insert_with(|| self.find_out(code)).clone()
    }

    fn find_out(&self, code: u32) -> Known {
        let advance = self.font.code_advance(code);
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let (told, drawn) = match &glyph {
            FontGlyph::Outline(outline) => (outline.as_unicode(), Some(outline)),
            FontGlyph::Type3(drawn) => (drawn.as_unicode(), None),
        };
        let told = told.or_else(|| self.by_collection.as_ref()?.unicode(code));
        let mut text = told.map_or(Text::Unknown, |told| Text::of(&told));
        let outline = drawn.filter(|_| self.embedded).map(|glyph| glyph.outline().control_box().area() > 1.0);
        match outline {
            // A font that calls a visible glyph a blank hides what is printed.
            Some(true) if text.is_blank() && code != 32 => text = Text::Unknown,
            // What draws nothing is a blank, whatever it is called.
            Some(false) if text == Text::Unknown => text = Text::One(' '),
            _ => {}
        }
        Known { text, width: advance.x / 1000.0 }
    }
}

impl Text {
    fn of(told: &BfString) -> Text {
        let known = |c: char| c != '\u{fffd}' && !is_private(c) && (c >= ' ' || c == '\t' || c == '\n' || c == '\r');
        match told {
            BfString::Char('\0') => Text::One(' '),
            BfString::Char(c) if known(*c) => Text::One(ideograph::meant(*c)),
            BfString::String(s) if !s.is_empty() && s.chars().all(known) => {
                Text::Several(s.chars().map(ideograph::meant).collect::<String>().into())
            }
            _ => Text::Unknown,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Text::Unknown => false,
            Text::One(c) => c.is_whitespace(),
            Text::Several(s) => s.trim().is_empty(),
        }
    }
}

/// Whether a character means something only to the font's maker.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// How the characters of a collection (Adobe-GB1 and the like) are numbered.
struct Collection {
    /// From codes to numbers; `None`: codes are numbers.
    encoding: Option<CMap>,
    /// From numbers to Unicode.
    unicode: CMap,
}

impl Collection {
    fn of(dict: &Dict<'_>) -> Option<Self> {
        let descendant = descendant(dict)?;
        let name = dict.get::<Name<'_>>("Encoding")?;
        let encoding = match CMapName::from_bytes(name.as_ref()) {
            CMapName::IdentityH | CMapName::IdentityV => None,
            known => Some(CMap::parse(hayro_cmap::load_embedded(known)?, hayro_cmap::load_embedded)?),
        };
        let family =
            encoding.as_ref().and_then(|map| Some(map.metadata().character_collection.as_ref()?.family.clone()));
        let family = family.or_else(|| {
            let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
            let text = |key: &str| info.get::<hayro_syntax::object::String<'_>>(key);
            Some(CidFamily::from_registry_ordering(text("Registry")?.as_bytes(), text("Ordering")?.as_bytes()))
        })?;
        let data = hayro_cmap::load_embedded(family.ucs2_cmap()?)?;
        Some(Self { encoding, unicode: CMap::parse(data, hayro_cmap::load_embedded)? })
    }

    fn unicode(&self, code: u32) -> Option<BfString> {
        let number = match &self.encoding {
            Some(encoding) => (1..=4).find_map(|length| encoding.lookup_cid_code(code, length))?,
            None => code,
        };
        self.unicode.lookup_bf_string(number)
    }
}

/// The font that a composite font is made of.
fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'a>>().next()
}

const PROGRAMS: [&str; 3] = ["FontFile", "FontFile2", "FontFile3"];

fn is_embedded(dict: &Dict<'_>) -> bool {
    let descriptor = descendant(dict).as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    PROGRAMS.iter().any(|program| descriptor.contains_key(*program))
}

/// Whether the parts of a font unpack to no more than a font can be, and its lists of widths name no more codes than there
/// are: reading it otherwise takes unbounded memory.
fn is_sound(dict: &Dict<'_>) -> bool {
    let descendant = descendant(dict);
    let all = || std::iter::once(dict).chain(&descendant);
    let bounded =
        |dict: &Dict<'_>, key: &str| dict.get::<Stream<'_>>(key).is_none_or(|s| unpack::is_bounded(&s, unpack::MOST));
    all().all(|dict| {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        ["ToUnicode", "Encoding", "CIDToGIDMap"].iter().all(|key| bounded(dict, key))
            && PROGRAMS.iter().all(|key| bounded(&descriptor, key))
            && ["W", "W2"].iter().all(|key| dict.get::<Array<'_>>(*key).is_none_or(|widths| has_codes(&widths)))
    })
}

/// Whether a list of widths names only codes that there can be.
fn has_codes(widths: &Array<'_>) -> bool {
    const CODES: i64 = 0x1_0000;
    widths.iter::<Object<'_>>().filter_map(Object::into_number).all(|number| number.as_i64() < CODES)
}

fn is_bold(dict: &Dict<'_>) -> bool {
    const FORCE_BOLD: u32 = 1 << 18;
    let descriptor = descendant(dict).as_ref().unwrap_or(dict).get::<Dict<'_>>("FontDescriptor");
    let forced = descriptor.is_some_and(|d| d.get::<u32>("Flags").is_some_and(|flags| flags & FORCE_BOLD != 0));
    let named = dict.get::<Name<'_>>("BaseFont").is_some_and(|name| {
        let name = String::from_utf8_lossy(name.as_ref()).to_ascii_lowercase();
        ["bold", "black", "heavy", "黑体", "simhei", "heiti"].iter().any(|word| name.contains(word))
    });
    forced || named
}
