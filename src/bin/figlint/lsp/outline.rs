//! What stands where in the text of a rule file or figlint.toml, however unfinished it is: a person is typing it.

use std::ops::Range;

/// The keys and strings of a TOML text, in order.
#[derive(Debug, Default)]
pub struct Outline {
    /// The keys with their values.
    pub entries: Vec<Entry>,
    /// The headers of tables.
    headers: Vec<Header>,
}

/// `[name]` or `[[name]]`.
#[derive(Clone, Debug)]
struct Header {
    name: String,
    span: Range<usize>,
    /// Counts the rules: the tables in a rule have its number.
    group: usize,
}

/// A key and its value.
#[derive(Debug)]
pub struct Entry {
    /// The table it stands in: `rule`, `rule.example`, or nothing at the top.
    pub table: String,
    /// Entries of one rule, its examples included, have the same number.
    pub group: usize,
    /// The key.
    pub key: Range<usize>,
    /// All after its `=`, up to the end of the line where the value is at its end.
    pub value: Range<usize>,
    /// The strings in the value: what stands between the quotes, and the key of the inline table it is the value of.
    pub strings: Vec<(Range<usize>, Option<Range<usize>>)>,
    /// The keys of inline tables in the value.
    pub inner: Vec<Range<usize>>,
}

/// What stands at an offset.
#[derive(Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the brackets of a header: where its name starts.
    Header(usize),
    /// Where a key of a table is or may be, and where the word there starts.
    Key(usize),
    /// In a key of an inline table that is the value of an entry, and where the word there starts.
    Inner(usize, usize),
    /// In the value of an entry, outside of strings.
    Value(usize),
    /// In a string of an entry, both by their numbers.
    Text(usize, usize),
    /// In a comment, or where nothing of interest can stand.
    Nothing,
}

impl Outline {
    /// Goes through a text once.
    pub fn new(text: &str) -> Self {
        let mut scanner = Scanner { text, at: 0, outline: Self::default(), table: String::new(), group: 0 };
        while scanner.at < text.len() {
            scanner.line();
        }
        scanner.outline
    }

    /// The table that an offset stands in, and the number of its rule.
    pub fn table_at(&self, offset: usize) -> (&str, usize) {
        let header = self.headers.iter().rev().find(|header| header.span.end <= offset);
        header.map_or(("", 0), |header| (&header.name, header.group))
    }

    /// The name of the header at an offset.
    pub fn header_at(&self, offset: usize) -> Option<(&str, &Range<usize>)> {
        let header = self.headers.iter().find(|header| header.span.contains(&offset))?;
        Some((&header.name, &header.span))
    }

    /// What stands at an offset.
    pub fn spot(&self, text: &str, offset: usize) -> Spot {
        for (number, entry) in self.entries.iter().enumerate() {
            let inside = |range: &Range<usize>| range.start <= offset && offset <= range.end;
            if let Some(string) = entry.strings.iter().position(|(string, _)| inside(string)) {
                return Spot::Text(number, string);
            }
            if inside(&entry.value) {
                let before = &text[entry.value.start..offset];
                return match inner_word(before) {
                    _ if before.contains('#') => Spot::Nothing,
                    Some(word) => Spot::Inner(number, entry.value.start + word),
                    None => Spot::Value(number),
                };
            }
        }
        let line = text[..offset].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let before = &text[line..offset];
        let start = line + before.len() - before.trim_start().len();
        match before.trim_start() {
            before if before.starts_with('#') => Spot::Nothing,
            before if before.starts_with('[') && !before.contains(']') => {
                Spot::Header(start + before.len() - before.trim_start_matches('[').len())
            }
            before if before.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '"')) => Spot::Key(start),
            _ => Spot::Nothing,
        }
    }

    /// The entries of a rule: those with its number whose table is `rule`.
    pub fn rule(&self, group: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.group == group && entry.table == "rule")
    }
}

/// Where the key starts that is being written at the end of an unfinished inline table.
fn inner_word(before: &str) -> Option<usize> {
    let brace = before.rfind('{')?;
    let inside = &before[brace + 1..];
    let start = brace + 1 + inside.rfind(',').map_or(0, |comma| comma + 1);
    let word = before[start..].trim_start();
    let is_word = !inside.contains('}') && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_word.then_some(before.len() - word.len())
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    outline: Outline,
    table: String,
    group: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes a header, or a key with its value, which may go over several lines.
    fn line(&mut self) {
        self.skip(|c| c.is_whitespace());
        match self.rest().chars().next() {
            None => {}
            Some('#') => self.skip(|c| c != '\n'),
            Some('[') => self.header(),
            Some(_) => self.entry(),
        }
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !skipped(c)).unwrap_or(rest.len());
    }

    fn header(&mut self) {
        let start = self.at;
        self.skip(|c| c != '\n');
        let line = self.text[start..self.at].split('#').next().unwrap_or_default().trim_end();
        let name = line.trim_matches(|c: char| c == '[' || c == ']' || c.is_whitespace());
        if !line.ends_with(']') {
            return;
        }
        self.table = name.split('.').map(str::trim).collect::<Vec<_>>().join(".");
        if !self.table.contains('.') {
            self.group += 1;
        }
        let span = start..start + line.len();
        self.outline.headers.push(Header { name: self.table.clone(), span, group: self.group });
    }

    fn entry(&mut self) {
        let start = self.at;
        self.skip(|c| c != '=' && c != '\n' && c != '#');
        let key = self.text[start..self.at].trim_end();
        let key = start..start + key.len();
        if !self.rest().starts_with('=') {
            return self.skip(|c| c != '\n');
        }
        self.at += 1;
        let from = self.at;
        let (table, group) = (self.table.clone(), self.group);
        let mut entry = Entry { table, group, key, value: from..from, strings: Vec::new(), inner: Vec::new() };
        self.value(&mut entry);
        entry.value.end = self.at;
        self.outline.entries.push(entry);
    }

    /// Takes a value, up to the end of the line where no bracket is open any more. A header ends it too: whoever writes a
    /// list has not closed it yet.
    fn value(&mut self, entry: &mut Entry) {
        let mut depth = 0usize;
        let mut inner: Option<Range<usize>> = None;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' if depth == 0 => return,
                '\n' if ["\n[[", "\n[figures]", "\n[checks]"].iter().any(|next| self.rest().starts_with(next)) => {
                    return;
                }
                '#' => {
                    self.skip(|c| c != '\n');
                    continue;
                }
                '"' | '\'' => {
                    let string = self.string(c);
                    entry.strings.push((string, inner.clone()));
                    continue;
                }
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                ',' if depth == 1 => inner = None,
                c if depth > 0 && (c.is_alphabetic() || c == '_') => {
                    let start = self.at;
                    self.skip(|c| c.is_alphanumeric() || c == '_' || c == '-');
                    let word = start..self.at;
                    if self.rest().trim_start_matches([' ', '\t']).starts_with('=') {
                        entry.inner.push(word.clone());
                        inner = Some(word);
                    }
                    continue;
                }
                _ => {}
            }
            self.at += c.len_utf8();
        }
    }

    /// Takes a string; gives what stands between its quotes. One that is not closed ends with its line.
    fn string(&mut self, quote: char) -> Range<usize> {
        let long: String = [quote; 3].iter().collect();
        let mark = if self.rest().starts_with(&long) { long } else { quote.to_string() };
        self.at += mark.len();
        let start = self.at;
        let mut escaped = false;
        while let Some(c) = self.rest().chars().next() {
            if !escaped && self.rest().starts_with(&mark) {
                let end = self.at;
                self.at += mark.len();
                return start..end;
            }
            if c == '\n' && mark.len() == 1 {
                break;
            }
            escaped = c == '\\' && quote == '"' && !escaped;
            self.at += c.len_utf8();
        }
        start..self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands at the `‸` of a text.
    fn spot(text: &str) -> (Spot, String, Outline) {
        let offset = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let outline = Outline::new(&text);
        (outline.spot(&text, offset), text, outline)
    }

    #[test]
    fn places_are_told_apart() {
        let cases = [
            ("‸", "Key(0)"),
            ("title = \"a\"\nfi‸", "Key(12)"),
            ("title = ‸", "Value(0)"),
            ("title = \"a‸", "Text(0, 0)"),
            ("files = [\"a\", 'b‸']", "Text(0, 1)"),
            ("files = [\n  \"a\",\n  ‸\n]", "Value(0)"),
            ("[[ru‸", "Header(2)"),
            ("[[rule]]\n‸", "Key(9)"),
            ("[[rule]]\nid = \"a\" # b‸", "Nothing"),
            ("# a‸", "Nothing"),
            ("[figures]\na = { fi‸", "Inner(0, 16)"),
            ("[figures]\na = { file = \"x\", ‸ }", "Inner(0, 28)"),
            ("[figures]\na = { file = \"x‸\" }", "Text(0, 0)"),
            ("a = \"\"\"x\n\"y\"\n‸\"\"\"", "Text(0, 0)"),
            ("a = [\"x\"\n[[rule]]\nche‸", "Key(18)"),
        ];
        for (text, expected) in cases {
            assert_eq!(format!("{:?}", spot(text).0), expected, "{text}");
        }
    }

    #[test]
    fn entries_know_their_rule() {
        let text = "[figures]\nall = \"a{}\"\n[[rule]]\nid = \"a\"\n[[rule.example]]\nholds = \"x\"\n[[rule]]\nrows = { b = \"c\", d = [\"e\"] }\n‸";
        let (_, text, outline) = spot(text);
        let told: Vec<_> =
            outline.entries.iter().map(|one| (one.table.as_str(), one.group, &text[one.key.clone()])).collect();
        let expected = [("figures", 1, "all"), ("rule", 2, "id"), ("rule.example", 2, "holds"), ("rule", 3, "rows")];
        assert_eq!(told, expected);
        let rows = &outline.entries[3];
        let inner: Vec<_> = rows.inner.iter().map(|key| &text[key.clone()]).collect();
        let strings: Vec<_> = rows.strings.iter().map(|(one, _)| &text[one.clone()]).collect();
        assert_eq!((inner, strings), (vec!["b", "d"], vec!["c", "e"]));
        assert_eq!(outline.table_at(text.len()), ("rule", 3));
    }

    proptest::proptest! {
        #[test]
        fn every_text_has_an_outline(text in "[\\[\\]{}=\"'#\n \\\\ab数.,]{0,60}") {
            let outline = Outline::new(&text);
            for (offset, _) in text.char_indices() {
                outline.spot(&text, offset);
                outline.table_at(offset);
            }
        }
    }
}
