//! Characters of symbol fonts (`w:sym`), which have codes of their own.

/// What a character of a symbol font shows, as text. Pictures become a bullet.
pub(super) fn shown(font: &str, code: u32) -> String {
    // The fonts' own codes are found in the private area too.
    let own = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let character = match font.to_ascii_lowercase().as_str() {
        "symbol" => symbol(own),
        font if font.starts_with("wingdings") || font.starts_with("webdings") => Some(wingdings(font, own)),
        _ => char::from_u32(own),
    };
    character.filter(|c| !c.is_control()).map(String::from).unwrap_or_default()
}

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0x2d => '−',
        0xa3 => '≤',
        0xa5 => '∞',
        0xb0 => '°',
        0xb1 => '±',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xd6 => '√',
        0xd7 => '·',
        0xe5 => '∑',
        0x20..=0x40 | 0x5b | 0x5d | 0x7b..=0x7d => return char::from_u32(code),
        _ => '•',
    })
}

/// Digits in circles are numbers of items; all else are pictures.
fn wingdings(font: &str, code: u32) -> char {
    let circled = |first: u32| char::from_u32('①' as u32 + code - first);
    match code {
        0x81..=0x8a if font == "wingdings" => circled(0x81).unwrap_or('•'),
        0x8c..=0x95 if font == "wingdings" => circled(0x8c).unwrap_or('•'),
        _ => '•',
    }
}
