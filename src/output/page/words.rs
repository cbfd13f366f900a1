//! What the page says itself, in English and Chinese.

use serde_json::{Value, json};

use crate::diagnostic::FigureCounts;
use crate::document::Language;

/// The words of a page in one language.
pub struct Words {
    pub language: Language,
    /// The language as HTML names it.
    pub tag: &'static str,
    pub title: &'static str,
    pub skip: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub theme: &'static str,
    pub help: &'static str,
    pub keys: &'static str,
    pub legend: &'static str,
    /// Fails, within rounding, holds, bounded, unchecked.
    pub states: [&'static str; 5],
    pub none: &'static str,
    pub hints: &'static str,
    pub reports: &'static str,
    pub with_findings: &'static str,
    pub without_findings: &'static str,
    pub findings: &'static str,
    pub problems: &'static str,
    pub text: &'static str,
    pub table: &'static str,
    pub known: &'static str,
    pub figures: &'static str,
    pub panel: &'static str,
    pub comma: &'static str,
}

/// The words of a language.
pub fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

const ENGLISH: Words = Words {
    language: Language::English,
    tag: "en",
    title: "Review of the figures",
    skip: "Skip to the report",
    previous: "Previous finding (p)",
    next: "Next finding (n)",
    theme: "Light or dark (t)",
    help: "Keys (?)",
    keys: "Click a figure to see its checks. Keys: n or j next finding, p or k previous, ← → from figure to figure, Enter \
           shows the figure, Esc closes, t light or dark.",
    legend: "Marked",
    states: ["does not agree", "agrees within rounding", "agrees", "only bounded", "unchecked"],
    none: "no quantity",
    hints: "hints",
    reports: "Reports",
    with_findings: "To look at",
    without_findings: "Nothing found",
    findings: "findings",
    problems: "Not checked",
    text: "The report",
    table: "Table",
    known: "in the baseline",
    figures: "Figures:",
    panel: "The figure and its checks",
    comma: ", ",
};

const CHINESE: Words = Words {
    language: Language::Chinese,
    tag: "zh-Hans",
    title: "数字核对",
    skip: "跳到正文",
    previous: "上一处问题 (p)",
    next: "下一处问题 (n)",
    theme: "浅色或深色 (t)",
    help: "快捷键 (?)",
    keys: "点击数字可查看它的核对。快捷键：n 或 j 下一处问题，p 或 k 上一处，← → 逐个移动，Enter 查看数字，Esc 关闭，t 切换浅色深色。",
    legend: "标出",
    states: ["不符", "舍入内相符", "相符", "仅有界", "未核对"],
    none: "非数量",
    hints: "提示",
    reports: "报告",
    with_findings: "需要查看",
    without_findings: "未发现问题",
    findings: "处问题",
    problems: "未能核对",
    text: "正文",
    table: "表",
    known: "已在基线中",
    figures: "涉及：",
    panel: "数字及其核对",
    comma: "，",
};

impl Words {
    /// A line and a column.
    pub fn line(&self, line: u32, column: u32) -> String {
        match self.language {
            Language::English => format!("line {line}, column {column}"),
            Language::Chinese => format!("第{line}行第{column}列"),
        }
    }

    /// A place in a container: in English as it is, in Chinese put into its words.
    pub fn place(&self, place: &str) -> String {
        let (parts, heading) =
            place.split_once(" (").map_or((place, ""), |(parts, _)| (parts, &place[parts.len() + 1..]));
        let said: Option<String> = parts.split(", ").map(in_chinese).collect();
        match (self.language, said) {
            (Language::Chinese, Some(said)) => said + heading,
            _ => place.to_owned(),
        }
    }

    /// How many figures are checked.
    pub fn coverage(&self, figures: FigureCounts, percent: usize) -> String {
        let (checked, total) = (figures.checked(), figures.total);
        match self.language {
            Language::English => format!("{checked} of {total} figures checked ({percent}%)"),
            Language::Chinese => format!("{total} 个数字已核对 {checked} 个（{percent}%）"),
        }
    }
}

/// `page 3` in Chinese; `None`: no such part of a place.
fn in_chinese(part: &str) -> Option<String> {
    let (name, number) = part.rsplit_once(' ')?;
    let number: u32 = number.parse().ok()?;
    Some(match name {
        "page" => format!("第{number}页"),
        "line" | "row" => format!("第{number}行"),
        "column" => format!("第{number}列"),
        "paragraph" => format!("第{number}段"),
        "table" => format!("表{number}"),
        "footnote" => format!("脚注{number}"),
        "endnote" => format!("尾注{number}"),
        "text box" => format!("文本框{number}"),
        "header" => format!("页眉{number}"),
        "footer" => format!("页脚{number}"),
        _ => return None,
    })
}

/// What the script says.
pub fn for_script(language: Language) -> Value {
    match language {
        Language::English => json!({
            "states": { "x": "does not agree", "w": "stands in a check that fails", "r": "agrees within rounding",
                "h": "agrees", "b": "only bounded by checks", "u": "in no check", "n": "no quantity" },
            "verdicts": { "holds": "holds", "within-rounding": "holds within rounding", "fails": "fails",
                "untestable": "cannot be decided", "unbound": "not found" },
            "classes": { "date": "a date", "time": "a time", "ordinal": "an ordinal or a mark of a list",
                "reference": "a reference", "range": "a range", "phrase": "part of a phrase" },
            "close": "Close", "value": "Stands for", "exactly": "exactly", "from": "from", "to": "to", "above": "above",
            "below": "below", "atLeast": "at least", "atMost": "at most", "place": "Place", "label": "Named by", "unchecked": "No check uses this figure.",
            "none": "This is read as {}, not as a quantity. It takes part in no check.", "computed": "computed {}",
            "prints": "computed {}, which prints as {}", "with": "With", "suppressed": "suppressed", "show": "To the note",
            "position": "{} of {}", "nothing": "nothing found", "checks": "Checks", "elsewhere": "in {}", "notPrinted": "not printed in the report",
        }),
        Language::Chinese => json!({
            "states": { "x": "不符", "w": "所在的核对不成立", "r": "舍入范围内相符", "h": "相符", "b": "仅受界限约束",
                "u": "未核对", "n": "非数量" },
            "verdicts": { "holds": "成立", "within-rounding": "舍入范围内成立", "fails": "不成立", "untestable": "无法判断",
                "unbound": "未找到" },
            "classes": { "date": "日期", "time": "时间", "ordinal": "序号", "reference": "编号或引用", "range": "区间",
                "phrase": "固定词语的一部分" },
            "close": "关闭", "value": "表示", "exactly": "恰为", "from": "从", "to": "到", "above": "大于", "below": "小于",
            "atLeast": "不小于", "atMost": "不大于", "place": "位置", "label": "名称", "unchecked": "没有任何核对用到这个数字。",
            "none": "这里读作{}，不是数量，不参与核对。", "computed": "算得 {}", "prints": "算得 {}，应写作 {}", "with": "与之核对",
            "suppressed": "已豁免", "show": "查看说明", "position": "{} / {}", "nothing": "未发现问题", "checks": "核对",
            "elsewhere": "见 {}", "notPrinted": "报告中未印出",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_the_language_of_the_page() {
        for (place, chinese) in [
            ("page 3, line 12", "第3页第12行"),
            ("paragraph 12 (收入, 支出)", "第12段(收入, 支出)"),
            ("table 2, row 4, column 3", "表2第4行第3列"),
            ("Sheet1!B7", "Sheet1!B7"),
            ("page 3!B7", "page 3!B7"),
        ] {
            assert_eq!(CHINESE.place(place), chinese);
            assert_eq!(ENGLISH.place(place), place);
        }
    }
}
