//! What a `style` attribute says that matters to a reader.

/// What an element's own style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Its text is not shown.
    pub hidden: bool,
    /// Whether it says itself how it is displayed.
    pub displayed: bool,
    /// Whether it is a block, where it says so.
    pub block: Option<bool>,
    /// Whether its text is bold, where it says so.
    pub bold: Option<bool>,
    /// Its text is superscript.
    pub raised: bool,
    /// Its text is subscript.
    pub lowered: bool,
    /// How far its first line is indented, in tenths of a point; may be negative.
    pub indent: i32,
}

impl Style {
    /// Reads an attribute's value.
    pub fn of(value: &[u8]) -> Style {
        let mut style = Style::default();
        let (mut shift, mut indent) = (Shift::default(), Indent::default());
        for declaration in value.split(|&b| b == b';') {
            let Some(colon) = memchr::memchr(b':', declaration) else { continue };
            let (name, value) = (declaration[..colon].trim_ascii(), declaration[colon + 1..].trim_ascii());
            // Other properties are the most.
            if matches!(
                name.first(),
                Some(b'd' | b'D' | b'v' | b'V' | b'f' | b'F' | b'p' | b'P' | b'm' | b'M' | b't' | b'T')
            ) {
                let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
                style.declare(&name, &value);
                shift.declare(&name, &value);
                indent.declare(&name, &value);
            }
        }
        style.raised |= shift.raises();
        style.indent = indent.margin + indent.padding + indent.first_line;
        style
    }

    fn declare(&mut self, name: &[u8], value: &[u8]) {
        self.displayed |= name == b"display";
        match name {
            b"display" if value.starts_with(b"none") => self.hidden = true,
            b"display" if value.starts_with(b"inline") || value == b"contents" => self.block = Some(false),
            b"display" if value.starts_with(b"block") || value.starts_with(b"list") => self.block = Some(true),
            b"visibility" if value.starts_with(b"hidden") || value.starts_with(b"collapse") => self.hidden = true,
            b"font-weight" => self.bold = Some(is_bold(value)),
            b"vertical-align" if value.starts_with(b"super") => self.raised = true,
            b"vertical-align" if value.starts_with(b"sub") => self.lowered = true,
            _ => {}
        }
    }
}

/// What a style says of the indent of its first line, in tenths of a point: of what is said twice, the last counts.
#[derive(Default)]
struct Indent {
    margin: i32,
    padding: i32,
    first_line: i32,
}

impl Indent {
    fn declare(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"margin" => self.margin = left(value),
            b"margin-left" => self.margin = length(value),
            b"padding" => self.padding = left(value),
            b"padding-left" => self.padding = length(value),
            b"text-indent" => self.first_line = length(value),
            _ => {}
        }
    }
}

/// A relative position and a size of letters, which together may make text superscript.
#[derive(Default)]
struct Shift {
    is_relative: bool,
    /// Where its top comes to be, in tenths of a point.
    top: i32,
    size: i32,
}

impl Shift {
    fn declare(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"position" => self.is_relative = value.starts_with(b"relative"),
            b"top" => self.top = length(value),
            b"font-size" => self.size = length(value),
            _ => {}
        }
    }

    /// Whether the text is superscript: it stands higher by a third of its size, as programs that know no superscript write it
    /// (`font-size:6.5pt;position:relative;top:-3.5pt`).
    fn raises(&self) -> bool {
        self.is_relative && self.size > 0 && self.top < 0 && self.top.saturating_mul(-3) >= self.size
    }
}

fn is_bold(value: &[u8]) -> bool {
    value.starts_with(b"bold") || value.len() >= 3 && matches!(value[0], b'6'..=b'9') && value[1] == b'0'
}

/// The left one of the lengths of `padding` or `margin`.
fn left(value: &[u8]) -> i32 {
    let lengths: Vec<_> = value.split(u8::is_ascii_whitespace).filter(|part| !part.is_empty()).take(4).collect();
    let at = [None, Some(0), Some(1), Some(1), Some(3)][lengths.len()];
    at.map_or(0, |at| length(lengths[at]))
}

/// Longer lengths place a thing out of sight, and are no indent. In tenths of a point.
const LONGEST: i32 = 7200;

/// A length in tenths of a point; 0 for what is none.
fn length(value: &[u8]) -> i32 {
    let (negative, value) = match value.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, value),
    };
    let whole_end = value.iter().position(|b| !b.is_ascii_digit()).unwrap_or(value.len());
    let decimals = value[whole_end..].strip_prefix(b".").unwrap_or_default();
    let decimals = decimals.split(|b| !b.is_ascii_digit()).next().unwrap_or_default();
    let unit_at = whole_end + if value.get(whole_end) == Some(&b'.') { 1 + decimals.len() } else { 0 };
    let digits = |text: &[u8], most: usize| {
        text.iter().take(most).fold(0i32, |number, digit| number * 10 + i32::from(digit - b'0'))
    };
    let hundredths = digits(&value[..whole_end], 5) * 100 + digits(decimals, 1) * 10;
    let hundredths_of_unit = match value.get(unit_at..).unwrap_or_default() {
        unit if unit.starts_with(b"pt") => 10,
        unit if unit.starts_with(b"px") => 7,
        unit if unit.starts_with(b"em") || unit.starts_with(b"rem") => 90,
        unit if unit.starts_with(b"ex") || unit.starts_with(b"ch") => 45,
        unit if unit.starts_with(b"pc") => 120,
        unit if unit.starts_with(b"in") => 720,
        unit if unit.starts_with(b"cm") => 283,
        unit if unit.starts_with(b"mm") => 28,
        // Of a page some 600 points wide.
        unit if unit.starts_with(b"%") => 60,
        _ => 0,
    };
    let length = hundredths.saturating_mul(hundredths_of_unit) / 100;
    let length = if length > LONGEST { 0 } else { length };
    if negative { -length } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_tell_what_is_shown_and_how() {
        let style = Style::of(b"color:#000; DISPLAY : None;font-weight:700;padding:2px 1pt 2px 7pt;text-indent:-1.5pt");
        assert_eq!(style, Style { hidden: true, displayed: true, bold: Some(true), indent: 55, ..Style::default() });
        let indent = |style: &str| Style::of(style.as_bytes()).indent;
        assert_eq!(indent("margin-left:9pt;margin-left:2pt"), 20);
        assert_eq!(indent("margin-left:9pt;margin:1pt 2pt;padding:1pt;padding-left:3pt"), 50);
        assert_eq!(indent(&"margin:9in;".repeat(400_000)), 6480);
        assert_eq!(Style::of(b"display:inline-block;font-weight:400;vertical-align:super").bold, Some(false));
        for (style, raised) in [
            ("font-size:6.5pt;position:relative;top:-3.5pt;vertical-align:baseline", true),
            ("position: relative; top: -.4em; font-size: .65em", true),
            ("font-size:10pt;position:relative;top:-1pt", false),
            ("font-size:6.5pt;position:relative;top:3.5pt", false),
            ("font-size:6.5pt;position:absolute;top:-3.5pt", false),
            ("position:relative;top:-3.5pt", false),
        ] {
            assert_eq!(Style::of(style.as_bytes()).raised, raised, "{style}");
        }
        for (value, tenths) in [
            ("2em", 180),
            ("10px", 70),
            ("0", 0),
            ("1in", 720),
            ("99999px", 0),
            ("-9pt", -90),
            ("99999999999999pt", 0),
            (".5em", 45),
            ("x", 0),
            ("", 0),
        ] {
            assert_eq!(length(value.as_bytes()), tenths, "{value}");
        }
        assert_eq!(
            ["1pt", "1pt 2pt", "1pt 2pt 3pt", "1pt 2pt 3pt 4pt", ""].map(|v| left(v.as_bytes())),
            [10, 20, 20, 40, 0]
        );
    }
}
