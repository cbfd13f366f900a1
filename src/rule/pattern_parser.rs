//! The syntax of `find` and `regex`.

use std::ops::Range;

use super::NameKind;
use super::error::Fault;
use super::pattern::Node;

/// How deep `[…]` may be nested in a pattern.
pub const MAX_PATTERN_DEPTH: usize = 64;

/// Gives a slot its index, or says why it cannot stand there. The range is the name's.
pub(super) type Declare<'a> = dyn FnMut(&str, NameKind, Range<usize>) -> Result<usize, Fault> + 'a;

/// Parses a pattern of the report's words. `declare` is asked for the index of every slot.
pub(super) fn parse_words(text: &str, declare: &mut Declare) -> Result<Vec<Node>, Vec<Fault>> {
    let mut parser = Parser { text, at: 0, open: vec![Open::default()], literal: String::new(), faults: Vec::new() };
    while let Some(c) = parser.peek() {
        parser.step(c, declare);
    }
    parser.finish()
}

/// A bracket that is open (the first: the pattern itself), with what stands in it so far.
#[derive(Default)]
struct Open {
    start: usize,
    done: Vec<Vec<Node>>,
    current: Vec<Node>,
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    literal: String,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn step(&mut self, c: char, declare: &mut Declare) {
        let start = self.at;
        self.at += c.len_utf8();
        let doubled = self.peek() == Some(c);
        let nested = self.open.len() > 1;
        match c {
            '{' | '}' | '[' if doubled => self.double(c),
            // Two closing brackets close two open ones where there are two.
            ']' if doubled && self.open.len() < 3 => self.double(c),
            '{' => self.slot(start, declare),
            '}' => self.stray(start, "this `}` closes nothing", "a literal brace is doubled: `}}`"),
            '｛' | '｝' => self.stray(start, "a full-width brace", "names stand in `{}`; a literal brace is doubled"),
            '[' => self.open_bracket(start),
            ']' if nested => self.close_bracket(),
            ']' => self.stray(start, "this `]` closes nothing", "a literal bracket is doubled: `[[` and `]]`"),
            '|' if nested => self.next_branch(),
            '…' => self.push(Node::Gap),
            _ => self.literal.push(c),
        }
    }

    fn double(&mut self, c: char) {
        self.at += c.len_utf8();
        self.literal.push(c);
    }

    fn stray(&mut self, start: usize, message: &str, help: &str) {
        self.faults.push(Fault::new(start..self.at, message).help(help));
    }

    /// `{name}`, `{±name}`, `{name...}` or `{name*}`, its brace already taken.
    fn slot(&mut self, start: usize, declare: &mut Declare) {
        let length = self.text[self.at..].find(['{', '}', '\n']).unwrap_or(self.text.len() - self.at);
        let inside = self.at..self.at + length;
        if !self.text[inside.end..].starts_with('}') {
            let fault = Fault::new(start..start + 1, "this `{` is not closed").help("a literal brace is doubled: `{{`");
            return self.faults.push(fault);
        }
        self.at = inside.end + 1;
        let slot = Slot::read(&self.text[inside.clone()]);
        let name = inside.start + slot.name.start..inside.start + slot.name.end;
        if slot.signed && slot.kind != NameKind::Figure {
            return self.stray(start, "`±` is for one figure, not for a list", "leave it out");
        }
        match declare(&self.text[name.clone()], slot.kind, name) {
            Ok(at) => self.push(slot.node(at)),
            Err(fault) if fault.range.is_empty() => self.faults.push(Fault { range: start..self.at, ..fault }),
            Err(fault) => self.faults.push(fault),
        }
    }

    fn open_bracket(&mut self, start: usize) {
        self.flush();
        if self.open.len() > MAX_PATTERN_DEPTH {
            let message = format!("brackets nested more than {MAX_PATTERN_DEPTH} deep are not supported");
            self.faults.push(Fault::new(start..self.at, message));
            // What follows cannot be told apart any more.
            self.at = self.text.len();
            self.open.truncate(1);
            return;
        }
        self.open.push(Open { start, ..Open::default() });
    }

    fn next_branch(&mut self) {
        self.flush();
        if let Some(open) = self.open.last_mut() {
            let branch = std::mem::take(&mut open.current);
            open.done.push(branch);
        }
    }

    fn close_bracket(&mut self) {
        self.next_branch();
        let Some(open) = self.open.pop() else { return };
        let single = open.done.len() == 1;
        let mut branches = open.done;
        let count = branches.len();
        branches.retain(|branch| !branch.is_empty());
        if branches.is_empty() {
            let help = "`[甲]` is optional text; a literal bracket is doubled: `[[` and `]]`";
            return self.stray(open.start, "nothing stands in these brackets", help);
        }
        let optional = single || branches.len() < count;
        self.push(Node::Choice { branches, optional });
    }

    fn push(&mut self, node: Node) {
        self.flush();
        let current = self.current();
        if !(node == Node::Gap && current.last() == Some(&Node::Gap)) {
            current.push(node);
        }
    }

    fn flush(&mut self) {
        if !self.literal.is_empty() {
            let literal = std::mem::take(&mut self.literal);
            self.current().push(Node::Literal(literal));
        }
    }

    fn current(&mut self) -> &mut Vec<Node> {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last].current
    }

    fn finish(mut self) -> Result<Vec<Node>, Vec<Fault>> {
        self.flush();
        for open in &self.open[1..] {
            let fault = Fault::new(open.start..open.start + 1, "this `[` is not closed");
            self.faults.push(fault.help("a literal bracket is doubled: `[[`"));
        }
        let nodes = self.open.swap_remove(0).current;
        if nodes.is_empty() && self.faults.is_empty() {
            self.faults.push(Fault::new(0..self.text.len(), "an empty pattern fits everywhere"));
        }
        if self.faults.is_empty() { Ok(nodes) } else { Err(self.faults) }
    }
}

/// What stands between braces; `name` is a range of it.
struct Slot {
    name: Range<usize>,
    kind: NameKind,
    signed: bool,
}

impl Slot {
    fn read(inside: &str) -> Self {
        let rest = inside.trim_start();
        let signed = rest.starts_with('±');
        let rest = rest.strip_prefix('±').unwrap_or(rest).trim_start();
        let start = inside.len() - rest.len();
        let rest = rest.trim_end();
        let list = rest.strip_suffix("...").or_else(|| rest.strip_suffix('…'));
        let (name, kind) = match (list, rest.strip_suffix('*')) {
            (Some(name), _) => (name, NameKind::List),
            (None, Some(name)) => (name, NameKind::Words),
            (None, None) => (rest, NameKind::Figure),
        };
        Self { name: start..start + name.trim_end().len(), kind, signed }
    }

    fn node(&self, name: usize) -> Node {
        match self.kind {
            NameKind::List => Node::List { name },
            NameKind::Words => Node::Words { name },
            NameKind::Figure | NameKind::Either => Node::Figure { name, signed: self.signed },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Vec<Node>, Vec<Fault>> {
        let mut slots = 0;
        parse_words(text, &mut |_, _, _| {
            slots += 1;
            Ok(slots - 1)
        })
    }

    /// A pattern as text: literals in quotes, choices as `(…|…)`, with `?` if they are optional.
    fn shown(nodes: &[Node]) -> String {
        let node = |node: &Node| match node {
            Node::Literal(text) => format!("'{text}'"),
            Node::Figure { name, signed } => format!("{}#{name}", if *signed { "±" } else { "" }),
            Node::List { name } => format!("#{name}..."),
            Node::Words { name } => format!("#{name}*"),
            Node::Gap => "…".to_owned(),
            Node::Choice { branches, optional } => {
                let branches: Vec<_> = branches.iter().map(|branch| shown(branch)).collect();
                format!("({}){}", branches.join("|"), if *optional { "?" } else { "" })
            }
        };
        nodes.iter().map(node).collect()
    }

    #[test]
    fn each_construct_is_parsed() {
        let cases = [
            ("受理{total}项,约{rate}%", "'受理'#0'项,约'#1'%'"),
            ("{±a}({ b... }){c*}{d…}", "±#0'('#1...')'#2*#3..."),
            ("甲…{a}……乙", "'甲'…#0…'乙'"),
            ("[其中]{a}[甲|乙]", "('其中')?#0('甲'|'乙')"),
            ("[甲|]{a}", "('甲')?#0"),
            ("甲[乙[丙[丁]]]{a}", "'甲'('乙'('丙'('丁')?)?)?#0"),
            ("{{甲}}[[乙]]{{{a}}}", "'{甲}[乙]{'#0'}'"),
            ("甲|乙{a}", "'甲|乙'#0"),
        ];
        for (text, expected) in cases {
            let found = parsed(text).map(|nodes| shown(&nodes));
            assert_eq!(found.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn many_optional_parts_are_fine_and_deep_nesting_is_told() {
        assert_eq!(parsed(&"[甲]{a}".repeat(1000)).map(|nodes| nodes.len()), Ok(2000));
        let nested = |depth: usize| format!("{}{{a}}{}", "[甲".repeat(depth), "]".repeat(depth));
        assert!(parsed(&nested(MAX_PATTERN_DEPTH)).is_ok());
        let told = parsed(&nested(100_000)).unwrap_err();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].message, "brackets nested more than 64 deep are not supported");
    }
}
