//! Patterns as programs: a parsed pattern flattened into steps, and the part of it by which candidates are found.

use crate::rule::pattern::Node;
use crate::text;

/// A pattern ready to run. Step 0 is the entry; every path ends in [`Step::Accept`].
#[derive(Debug)]
pub struct Program {
    /// The steps.
    pub steps: Vec<Step>,
    /// How candidates are found.
    pub anchor: Anchor,
}

/// One step; where it goes on is the next step, but for the last two.
#[derive(Debug)]
pub enum Step {
    /// This folded text, white space aside.
    Literal(Box<[char]>),
    /// A figure.
    Figure {
        /// The variable.
        name: usize,
        /// Takes its sign from the words.
        signed: bool,
    },
    /// A list of figures, up to one of the literals that may follow.
    List {
        /// The variable.
        name: usize,
        /// The folded literals at which the list ends.
        until: Vec<Box<[char]>>,
    },
    /// A list of words, up to one of the literals that may follow.
    Words {
        /// The variable.
        name: usize,
        /// The folded literals at which the list ends.
        until: Vec<Box<[char]>>,
    },
    /// Any text inside the sentence, as short as can be.
    Gap,
    /// Goes on at each of these, the first that matches.
    Split(Vec<usize>),
    /// The pattern has matched.
    Accept,
}

/// How the places where a pattern may match are found without trying it everywhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The pattern starts with this literal and its first figure follows: a figure after the literal is the only place, and
    /// where the program has no alternatives it runs from there.
    Lead(Box<[char]>),
    /// The pattern starts with a figure and this literal follows it: a quantity before the literal is the only place, and the
    /// program runs from there. Where the lexer read no quantity, the block is searched.
    Trail(Box<[char]>),
    /// Somewhere in the pattern a figure follows this literal: the block of such a figure is searched.
    Before(Box<[char]>),
    /// Somewhere in the pattern this literal follows a figure: likewise.
    After(Box<[char]>),
    /// Any block may match.
    Anywhere,
}

impl Program {
    /// Flattens a parsed pattern.
    pub fn new(nodes: &[Node]) -> Self {
        let mut steps = Vec::new();
        flatten(nodes, &mut steps);
        steps.push(Step::Accept);
        for at in 0..steps.len() {
            let follow = match steps[at] {
                Step::List { .. } | Step::Words { .. } => following_literals(&steps, at + 1),
                _ => continue,
            };
            if let Step::List { until, .. } | Step::Words { until, .. } = &mut steps[at] {
                *until = follow;
            }
        }
        Self { steps, anchor: anchor(nodes) }
    }

    /// Whether every step has one way to go on, so that the program never has to remember where it failed.
    pub fn is_straight(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step, Step::Gap | Step::Split(_)))
    }
}

fn flatten(nodes: &[Node], steps: &mut Vec<Step>) {
    for node in nodes {
        match node {
            Node::Literal(literal) => push_literal(literal, steps),
            Node::Figure { name, signed } => steps.push(Step::Figure { name: *name, signed: *signed }),
            Node::List { name } => steps.push(Step::List { name: *name, until: Vec::new() }),
            Node::Words { name } => steps.push(Step::Words { name: *name, until: Vec::new() }),
            Node::Gap => steps.push(Step::Gap),
            Node::Choice { branches, optional } => flatten_choice(branches, *optional, steps),
        }
    }
}

fn push_literal(literal: &str, steps: &mut Vec<Step>) {
    let folded = fold_literal(literal);
    if !folded.is_empty() {
        steps.push(Step::Literal(folded));
    }
}

fn fold_literal(literal: &str) -> Box<[char]> {
    text::folded(literal).chars().collect()
}

/// `Split(branch 1, branch 2, …, past all)`; each branch but the last ends in a `Split` to past all.
fn flatten_choice(branches: &[Vec<Node>], optional: bool, steps: &mut Vec<Step>) {
    let split = steps.len();
    steps.push(Step::Split(Vec::new()));
    let mut starts = Vec::new();
    let mut exits = Vec::new();
    for branch in branches {
        starts.push(steps.len());
        flatten(branch, steps);
        exits.push(steps.len());
        steps.push(Step::Split(Vec::new()));
    }
    let past = steps.len();
    for exit in exits {
        steps[exit] = Step::Split(vec![past]);
    }
    if optional {
        starts.push(past);
    }
    steps[split] = Step::Split(starts);
}

/// The literals that must follow at `at`, whichever way the program goes; none where something else may follow.
fn following_literals(steps: &[Step], at: usize) -> Vec<Box<[char]>> {
    let mut found = Vec::new();
    let mut seen = vec![false; steps.len()];
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        match &steps[at] {
            Step::Literal(literal) => found.push(literal.clone()),
            Step::Split(targets) => open.extend(targets),
            _ => return Vec::new(),
        }
    }
    found
}

/// Only top-level nodes serve as anchors: every match passes through them.
fn anchor(nodes: &[Node]) -> Anchor {
    let parts: Vec<Part> = nodes.iter().filter_map(Part::new).collect();
    match &parts[..] {
        [Part::Literal(literal), Part::Figure, ..] => return Anchor::Lead(literal.clone()),
        [Part::Figure, Part::Literal(literal), ..] => return Anchor::Trail(literal.clone()),
        _ => {}
    }
    let pairs = parts.windows(2).filter_map(|pair| match pair {
        [Part::Literal(literal), Part::Figure] => Some(Anchor::Before(literal.clone())),
        [Part::Figure, Part::Literal(literal)] => Some(Anchor::After(literal.clone())),
        _ => None,
    });
    pairs.max_by_key(Anchor::strength).unwrap_or(Anchor::Anywhere)
}

/// A top-level node as the choice of an anchor sees it.
enum Part {
    Literal(Box<[char]>),
    Figure,
    Other,
}

impl Part {
    fn new(node: &Node) -> Option<Self> {
        match node {
            Node::Literal(literal) => {
                let folded = fold_literal(literal);
                (!folded.is_empty()).then_some(Part::Literal(folded))
            }
            Node::Figure { .. } => Some(Part::Figure),
            _ => Some(Part::Other),
        }
    }
}

impl Anchor {
    fn strength(&self) -> usize {
        match self {
            Anchor::Lead(literal) | Anchor::Trail(literal) | Anchor::Before(literal) | Anchor::After(literal) => {
                literal.len()
            }
            Anchor::Anywhere => 0,
        }
    }
}
