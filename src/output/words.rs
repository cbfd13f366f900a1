//! What the outputs say themselves, in English and Chinese.

use super::clean;
use crate::diagnostic::{FigureCounts, Finding, Severity, Suggestion, Summary};
use crate::document::Language::{self, Chinese, English};

/// A severity, or what passes.
pub fn severity(language: Language, severity: Option<Severity>) -> &'static str {
    match (language, severity) {
        (English, Some(Severity::Error)) => "error",
        (English, Some(Severity::Warning)) => "warning",
        (English, Some(Severity::Note)) => "note",
        (English, None) => "holds",
        (Chinese, Some(Severity::Error)) => "错误",
        (Chinese, Some(Severity::Warning)) => "警告",
        (Chinese, Some(Severity::Note)) => "提示",
        (Chinese, None) => "成立",
    }
}

/// `96.5% = 510 / 528: computed 96.590…%, printed as 96.6%, off by 0.1 percentage points`; `None`: nothing was computed.
pub fn computation(language: Language, finding: &Finding) -> Option<String> {
    let arithmetic = finding.arithmetic.as_deref().or(finding.check.as_deref())?;
    let mut said = Vec::new();
    if let Some(computed) = &finding.computed {
        let digits = |text: &str| text.replace([',', '，', ' '], "");
        said.push(match language {
            _ if digits(&computed.value) == digits(&computed.shown) => self::computed(language, &computed.shown),
            English => format!("computed {}, which prints as {}", computed.value, computed.shown),
            Chinese => format!("算得 {}，应写作 {}", computed.value, computed.shown),
        });
    }
    if let Some(off) = &finding.off {
        said.push(match language {
            English => format!("off by {off}"),
            Chinese => format!("相差 {off}"),
        });
    }
    let said = said.join(if language == English { "; " } else { "，" });
    let colon = if language == English { ": " } else { "：" };
    Some(clean::line(&if said.is_empty() { arithmetic.to_owned() } else { format!("{arithmetic}{colon}{said}") }))
}

/// `computed 96.6%`.
pub fn computed(language: Language, shown: &str) -> String {
    match language {
        English => format!("computed {shown}"),
        Chinese => format!("算得 {shown}"),
    }
}

/// `528 was 526, 96.5% was 96.2%`: what the revision that the report is compared with printed; `None`: nothing else.
pub fn earlier(language: Language, finding: &Finding) -> Option<String> {
    let changed = finding.figures.iter().filter_map(|figure| Some((&figure.text, figure.earlier.as_ref()?)));
    let said: Vec<String> = changed
        .map(|(now, was)| match language {
            English => format!("{now} was {was}"),
            Chinese => format!("{now} 原为 {was}"),
        })
        .collect();
    (!said.is_empty()).then(|| clean::line(&said.join(if language == English { ", " } else { "，" })))
}

/// Slip, culprit, suggestion and remarks, a line each.
pub fn advice(language: Language, finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(slip) = &finding.slip {
        lines.push(match language {
            English => format!("likely slip: {slip}"),
            Chinese => format!("可能的失误：{slip}"),
        });
    }
    lines.extend(blame(language, finding));
    if let Some(suggestion) = &finding.suggestion {
        let text = with_sign(finding, suggestion);
        lines.push(match language {
            English => format!("suggestion: write {text}"),
            Chinese => format!("建议：改为 {text}"),
        });
    }
    lines.extend(finding.notes.iter().cloned());
    lines.iter().map(|line| clean::line(line)).collect()
}

/// What to write, with the sign or the brackets that stand around the digits and stay.
fn with_sign(finding: &Finding, suggestion: &Suggestion) -> String {
    let parts = finding.culprit().and_then(|culprit| culprit.text.split_once(suggestion.old.as_str()));
    let (before, behind) = parts.unwrap_or_default();
    let sign = before.chars().next_back().filter(|c| "-−－–(（".contains(*c));
    let close = behind.chars().next().filter(|c| ")）".contains(*c) && sign.is_some_and(|sign| "(（".contains(sign)));
    sign.into_iter().map(String::from).chain([suggestion.text.clone()]).chain(close.map(String::from)).collect()
}

/// Which figures may be wrong.
fn blame(language: Language, finding: &Finding) -> Option<String> {
    let names: Vec<_> = finding.culprits.iter().map(|figure| figure.text.as_str()).collect();
    Some(match (language, &names[..]) {
        (_, []) => return None,
        (English, [one]) => format!("the wrong figure is {one}"),
        (Chinese, [one]) => format!("有误的是 {one}"),
        (English, many) => format!("one of these is wrong, likeliest first: {}", many.join(", ")),
        (Chinese, many) => format!("有误的是其中之一（可能性从大到小）：{}", many.join("、")),
    })
}

/// How many findings suppressions took away.
pub fn suppressed(language: Language, count: usize) -> String {
    match language {
        English => format!("{} suppressed", counted(count, "finding")),
        Chinese => format!("已豁免 {count} 处"),
    }
}

/// The title of a report's coverage.
pub fn coverage(language: Language, figures: FigureCounts) -> String {
    let (checked, total) = (figures.checked(), figures.total);
    match language {
        English => format!("{checked} of {} are checked", counted(total, "figure")),
        Chinese => format!("{total} 个数字中 {checked} 个已核对"),
    }
}

/// The title of the list of unchecked figures.
pub fn unchecked(language: Language) -> &'static str {
    match language {
        English => "unchecked:",
        Chinese => "未核对：",
    }
}

/// What stands before the first heading.
pub fn before_headings(language: Language) -> &'static str {
    match language {
        English => "(before the first heading)",
        Chinese => "（首个标题之前）",
    }
}

/// The closing line: `1 error · 14 checks hold, 2 within rounding · 47 figures: 31 tied, 4 bound, 2 failing, 10 unchecked`.
/// Counts that are zero are left out where nothing is missed by it.
pub fn summary(language: Language, sum: &Summary) -> String {
    [findings(language, sum), checks(language, sum), figures(language, sum)].join(" · ")
}

fn findings(language: Language, sum: &Summary) -> String {
    let counts: Vec<_> = [
        (sum.fatal, "problem", "处未能检查"),
        (sum.errors, "error", "处错误"),
        (sum.warnings, "warning", "处警告"),
        (sum.notes, "note", "处提示"),
    ]
    .into_iter()
    .filter(|&(count, ..)| count > 0)
    .map(|(count, english, chinese)| match language {
        English => counted(count, english),
        Chinese => format!("{count} {chinese}"),
    })
    .collect();
    let known = match (sum.known, language) {
        (0, _) => String::new(),
        (known, English) => format!(", {known} in the baseline"),
        (known, Chinese) => format!("，另有 {known} 处已在基线中"),
    };
    let counted = match (language, counts.is_empty()) {
        (English, true) => "no findings".to_owned(),
        (Chinese, true) => "未发现问题".to_owned(),
        (English, false) => counts.join(", "),
        (Chinese, false) => counts.join("，"),
    };
    counted + &known
}

fn checks(language: Language, sum: &Summary) -> String {
    let holds = sum.checks.holds;
    let mut text = match language {
        English if holds == 1 => "1 check holds".to_owned(),
        English => format!("{holds} checks hold"),
        Chinese => format!("{holds} 项检查成立"),
    };
    let rounded = sum.checks.within_rounding;
    if rounded > 0 {
        text.push_str(&match language {
            English => format!(", {rounded} within rounding"),
            Chinese => format!("，{rounded} 项在舍入范围内"),
        });
    }
    text
}

fn figures(language: Language, sum: &Summary) -> String {
    let figures = sum.figures;
    let (tied, bound, failing, unchecked) = (figures.tied, figures.bound, figures.failing, figures.unchecked);
    match language {
        English => {
            let total = counted(figures.total, "figure");
            format!("{total}: {tied} tied, {bound} bound, {failing} failing, {unchecked} unchecked")
        }
        Chinese => {
            let total = figures.total;
            format!("{total} 个数字：{tied} 个勾稽相符，{bound} 个有界，{failing} 个有误，{unchecked} 个未核对")
        }
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::CheckCounts;
    use crate::output::sample;

    #[test]
    fn the_closing_line_counts() {
        let sum = Summary {
            errors: 1,
            reports: 1,
            checks: CheckCounts { holds: 14, within_rounding: 2, fails: 1, ..CheckCounts::default() },
            figures: FigureCounts { total: 47, tied: 31, bound: 4, failing: 2, unchecked: 10 },
            ..Summary::default()
        };
        insta::assert_snapshot!(summary(English, &sum), @"1 error · 14 checks hold, 2 within rounding · 47 figures: 31 tied, 4 bound, 2 failing, 10 unchecked");
        insta::assert_snapshot!(summary(Chinese, &sum), @"1 处错误 · 14 项检查成立，2 项在舍入范围内 · 47 个数字：31 个勾稽相符，4 个有界，2 个有误，10 个未核对");
        insta::assert_snapshot!(summary(English, &Summary::default()), @"no findings · 0 checks hold · 0 figures: 0 tied, 0 bound, 0 failing, 0 unchecked");
        insta::assert_snapshot!(summary(Chinese, &Summary { fatal: 1, notes: 2, ..sum }), @"1 处未能检查，1 处错误，2 处提示 · 14 项检查成立，2 项在舍入范围内 · 47 个数字：31 个勾稽相符，4 个有界，2 个有误，10 个未核对");
    }

    #[test]
    fn suggestions_show_the_signs_that_stay() {
        let shown = |text: &str, old: &str, new: &str| {
            let mut finding = sample::run().reports.remove(0).findings.remove(0);
            finding.culprits[0].text = text.to_owned();
            let suggestion = Suggestion { bytes: None, line_column: None, old: old.to_owned(), text: new.to_owned() };
            with_sign(&finding, &suggestion)
        };
        assert_eq!(shown("-37.82%", "37.82%", "37.81%"), "-37.81%");
        assert_eq!(shown("(502)", "502", "520"), "(520)");
        assert_eq!(shown("约37.82%", "37.82%", "37.81%"), "37.81%");
        assert_eq!(shown("$ 502", "502", "520"), "520");
    }
}
