//! What is known of the figure under the pointer.

use figlint::diagnostic::{BodyCheck, BodyFigure, Verdict};
use figlint::document::Language::{self, Chinese, English};
use figlint::span::Position;
use serde_json::{Value, json};

use super::client::Client;
use super::worker::Explained;
use super::{findings, navigate};

/// More checks of one figure are only counted.
const MOST_CHECKS: usize = 12;

/// The figure at a position: its value and what it stands for, and its checks with the arithmetic.
pub fn of_report(client: &Client, explained: &Explained, position: Position) -> Value {
    let Some(figure) = navigate::figure_at(explained, position, client.units) else { return Value::Null };
    let language = explained.language;
    let label = figure.row.label.as_ref().map(|label| format!(" — {}", escaped(label))).unwrap_or_default();
    let mut lines = vec![format!("**{}**{label}", escaped(&figure.row.text)), meaning(figure, language)];
    let checks: Vec<_> = navigate::checks_of(explained, figure).collect();
    lines.extend(checks.iter().take(MOST_CHECKS).map(|one| check(one, language)));
    if checks.len() > MOST_CHECKS {
        lines.push(match language {
            English => format!("… and {} more checks", checks.len() - MOST_CHECKS),
            Chinese => format!("…… 另有 {} 项检查", checks.len() - MOST_CHECKS),
        });
    }
    let range = findings::range(&figure.row.place, &explained.job.snapshot, client.units);
    json!({ "contents": markup(client, &lines.join("\n\n")), "range": range })
}

/// A text in Markdown as the client can show it.
pub fn markup(client: &Client, markdown: &str) -> Value {
    if client.markdown {
        return json!({ "kind": "markdown", "value": markdown });
    }
    let mut plain = String::new();
    let mut characters = markdown.replace("**", "").chars().collect::<Vec<_>>().into_iter().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => plain.extend(characters.next()),
            '`' => {}
            c => plain.push(c),
        }
    }
    json!({ "kind": "plaintext", "value": plain })
}

/// Text of a report in Markdown, as it is.
pub fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!');
    let mut out = String::new();
    for c in text.chars() {
        if special(c) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// What a figure means: its value, the range it stands for, its unit, what it was recognised as.
fn meaning(figure: &BodyFigure, language: Language) -> String {
    let row = &figure.row;
    let say = |english: String, chinese: String| if language == English { english } else { chinese };
    if row.class != "quantity" {
        let (english, chinese) = match row.class {
            "date" => ("a date", "日期"),
            "time" => ("a time", "时刻"),
            "ordinal" => ("an ordinal", "序数"),
            "reference" => ("a reference", "编号"),
            "range" => ("a range", "区间"),
            _ => ("a set phrase", "固定说法"),
        };
        return say(format!("{english}, no quantity"), format!("{chinese}，不是数量"));
    }
    let mut said = Vec::new();
    said.extend(row.value.as_ref().map(|value| say(format!("value {value}"), format!("数值 {value}"))));
    // As code: editors that hide what marks a link would hide the brackets.
    said.extend(range(figure).map(|range| say(format!("stands for `{range}`"), format!("可表示 `{range}`"))));
    said.extend(row.unit.as_deref().map(escaped).map(|unit| say(format!("unit {unit}"), format!("单位 {unit}"))));
    said.extend(
        row.hedge.as_deref().map(escaped).map(|hedge| say(format!("hedged: {hedge}"), format!("约数：{hedge}"))),
    );
    if figure.checks.is_empty() {
        said.push(say("in no check".to_owned(), "未核对".to_owned()));
    }
    said.join(" · ")
}

/// The range of a figure as an interval, `[0.9645, 0.9655)`; `None`: it is its value, or unbounded.
fn range(figure: &BodyFigure) -> Option<String> {
    let (low, high) = (figure.row.low.as_deref(), figure.row.high.as_deref());
    if low == high {
        return None;
    }
    let left = if low.is_none() || figure.open.contains("low") { '(' } else { '[' };
    let right = if high.is_none() || figure.open.contains("high") { ')' } else { ']' };
    Some(format!("{left}{}, {}{right}", low.unwrap_or("−∞"), high.unwrap_or("∞")))
}

/// A check of the figure, with its arithmetic.
fn check(check: &BodyCheck, language: Language) -> String {
    let (mark, english, chinese) = match check.verdict {
        Verdict::Holds => ("✓", "holds", "成立"),
        Verdict::WithinRounding => ("≈", "holds within rounding", "在舍入范围内成立"),
        Verdict::Fails => ("✗", "fails", "不成立"),
        Verdict::Untestable | Verdict::Unbound => ("?", "cannot be decided", "无法判断"),
    };
    let word = if language == English { english } else { chinese };
    let mut said = check.arithmetic.as_deref().or(check.check.as_deref()).unwrap_or(&check.message).to_owned();
    if let Some(computed) = &check.computed {
        let shown = match language {
            English => format!(": computed {}, which prints as {}", computed.value, computed.shown),
            Chinese => format!("：算得 {}，应写作 {}", computed.value, computed.shown),
        };
        said.push_str(if computed.value == computed.shown { "" } else { &shown });
    }
    let suppressed =
        if check.suppressed { if language == English { " (accepted)" } else { "（已豁免）" } } else { "" };
    format!("{mark} {word}{suppressed} **{}**: {}", escaped(&check.rule), escaped(&said))
}
