//! The keys of rule files and of figlint.toml: one table for reading them, for "did you mean", and for the JSON Schema.

/// A key of a TOML table.
pub(super) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// What it means, for the schema.
    pub about: &'static str,
}

/// What a key's value looks like.
pub(super) enum Shape {
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// A string or a list of strings.
    TextOrTexts,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A date.
    Date,
    /// A whole number, "any", "2.." or "1..3".
    Count,
    /// A row's and a column's label.
    Pair,
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// A table from names to this.
    Named(&'static Shape),
    /// A string or a table with these keys.
    TextOrTable(&'static [Key]),
}

/// The values of `rounding`.
pub(super) const ROUNDINGS: &[&str] = &["nearest", "down", "exact"];
/// The values of `severity`.
pub(super) const SEVERITIES: &[&str] = &["error", "warning", "note"];
/// The values of `scope`.
pub(super) const SCOPES: &[&str] = &["sentence", "paragraph", "section", "report"];
/// The values in `[checks]`.
pub(super) const LEVELS: &[&str] = &["off", "note", "warning", "error"];
/// The values of `fail-on`.
pub(super) const FAIL_ON: &[&str] = &["error", "warning", "note", "never"];

const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, about }
}

const fn required(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, about }
}

/// The keys of a rule file.
pub(super) static FILE: &[Key] = &[
    optional("title", Shape::Text, "What the rules are for, for people."),
    optional(
        "files",
        Shape::Texts,
        "Globs, relative to this file, of the reports it is for; left out: every report it is run on.",
    ),
    optional("rounding", Shape::Choice(ROUNDINGS), "How the report rounds what it prints."),
    optional(
        "equations",
        Shape::Texts,
        "Equations in the report's own numbers, such as \"17660 = 1338 + 2723 + 13599\"; constants in backquotes.",
    ),
    optional(
        "figures",
        Shape::Named(&Shape::TextOrTable(FIGURE)),
        "Figures named once for the whole report: a pattern with one {}, or a place in a table or another file.",
    ),
    optional("rule", Shape::Tables(RULE), "The rules."),
];

/// The keys of a figure of `[figures]` that is no plain pattern.
pub(super) static FIGURE: &[Key] = &[
    optional("file", Shape::Text, "Another file, relative to this one."),
    optional("find", Shape::Text, "A pattern with one {}."),
    optional("table", Shape::Text, "What the table's caption, heading or header holds."),
    optional("row", Shape::Text, "The row's label."),
    optional("column", Shape::Text, "The column's label."),
];

/// The keys of a rule.
pub(super) static RULE: &[Key] = &[
    required("id", Shape::Text, "The rule's name, unique across a run."),
    optional("find", Shape::TextOrTexts, "The report's words, with names in braces where figures stand."),
    optional(
        "regex",
        Shape::TextOrTexts,
        "Regular expressions with named groups in place of `find`; {figure} stands for a figure.",
    ),
    optional("scope", Shape::Choice(SCOPES), "Where several patterns are sought together."),
    optional("table", Shape::Text, "What the table's caption, the heading above it or a cell of its header holds."),
    optional(
        "rows",
        Shape::Named(&Shape::TextOrTexts),
        "Rows by their labels; the check runs for every column of amounts.",
    ),
    optional("columns", Shape::Named(&Shape::TextOrTexts), "Columns by their labels; the check runs for every row."),
    optional("cells", Shape::Named(&Shape::Pair), "Cells by their row's and column's labels."),
    optional("unit", Shape::Text, "The unit of the figures, where the report does not say it."),
    optional("where", Shape::Text, "A condition on the figures as printed; where it is false, the place is no match."),
    required("check", Shape::TextOrTexts, "What must hold; each with a verdict of its own."),
    optional(
        "expect",
        Shape::Count,
        "How many places are expected: \"any\", 1, \"2..\", \"1..3\"; left out: one or more.",
    ),
    optional("message", Shape::Text, "What a failure says."),
    optional("message-zh", Shape::Text, "The same in Chinese, for reports in Chinese."),
    optional("about", Shape::Text, "What is checked and why, for `figlint explain`."),
    optional("detect", Shape::Texts, "Of built-in checks only: the names that the program itself finds figures for."),
    optional("detect-zh", Shape::Texts, "Of built-in checks only: the same names in Chinese, for what is shown."),
    optional("severity", Shape::Choice(SEVERITIES), "What a failure counts as; error, if left out."),
    optional("rounding", Shape::Choice(ROUNDINGS), "How these figures are rounded."),
    optional("example", Shape::Tables(EXAMPLE), "The rule's tests."),
];

/// The keys of a rule's example.
pub(super) static EXAMPLE: &[Key] = &[
    optional("holds", Shape::Text, "A text in which the rule is found and every check passes."),
    optional("fails", Shape::Text, "A text in which the rule is found and a check fails."),
    optional("none", Shape::Text, "A text in which the rule is not found."),
];

/// The keys of figlint.toml.
pub(super) static CONFIG: &[Key] = &[
    optional("rules", Shape::Texts, "Globs of rule files, relative to this file."),
    optional("include", Shape::Texts, "Globs of the reports to check; left out: all."),
    optional("exclude", Shape::Texts, "Globs of what to leave out."),
    optional("rounding", Shape::Choice(ROUNDINGS), "How the reports round what they print."),
    optional("fail-on", Shape::Choice(FAIL_ON), "From which severity on findings make the exit status 1."),
    optional("checks", Shape::Named(&Shape::Choice(LEVELS)), "Built-in checks: off, or what a failure counts as."),
    optional("suppress", Shape::Tables(SUPPRESS), "Findings that are accepted."),
];

/// The keys of a suppression.
pub(super) static SUPPRESS: &[Key] = &[
    optional("file", Shape::Text, "A glob of the reports, relative to this file; left out: all."),
    optional("rule", Shape::Text, "The rule's id; left out: all."),
    optional("text", Shape::Text, "The words at the finding; left out: any."),
    required("reason", Shape::Text, "Why it is accepted."),
    optional("until", Shape::Date, "The last day on which it counts."),
];
