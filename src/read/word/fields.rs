//! Fields: text that a program computes, of which the last result is shown.

/// A field that is being read.
#[derive(Default)]
pub(super) struct Field {
    instruction: String,
    /// Its result, which is what is shown, has begun.
    pub shown: bool,
    /// Where in the open paragraph's text it begins.
    pub start: usize,
}

/// No more of an instruction is kept, in bytes.
const INSTRUCTION: usize = 64;

impl Field {
    /// A field that begins at the byte `start` of the open paragraph's text.
    pub fn begun(start: usize) -> Self {
        Self { start, ..Self::default() }
    }

    /// A field whose whole instruction stands before its result.
    pub fn simple(instruction: &str, start: usize) -> Self {
        let mut field = Self { shown: true, start, ..Self::default() };
        field.instruct(instruction);
        field
    }

    /// Adds text to the instruction; what is longer than any that counts is cut.
    pub fn instruct(&mut self, text: &str) {
        let room = INSTRUCTION.saturating_sub(self.instruction.len());
        self.instruction.push_str(&text[..text.floor_char_boundary(room)]);
    }

    /// The kind of the field.
    pub fn first_word(&self) -> &str {
        self.instruction.split_whitespace().next().unwrap_or_default()
    }

    /// Whether its result only numbers something: pages, captions, items of lists.
    pub fn numbers(&self) -> bool {
        let switch = |name: &str| self.instruction.split_whitespace().any(|word| word == name);
        match self.first_word() {
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF" | "SECTION" | "SEQ" | "NOTEREF" | "LISTNUM"
            | "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" => true,
            "REF" | "STYLEREF" => ["\\r", "\\n", "\\w"].iter().any(|name| switch(name)),
            _ => false,
        }
    }
}
