//! What a report itself says of how it rounds.

use std::sync::LazyLock;

use regex::Regex;

use super::Rounding;
use crate::text::{Needles, sentence_around};

/// What such a sentence holds, sought in the whole report at little cost.
static WORDS: LazyLock<Needles> = LazyLock::new(|| {
    Needles::new(&["截尾", "舍去", "舍弃", "去尾", "四舍五入", "truncated", "rounded down", "cut off"])
});

/// Figures whose last digits are cut off: said of figures as such, not of shares of stock or of one quantity.
static CUT_OFF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let chinese = "(?:数据|数字|数值|百分比|比率|金额|小数|尾数|位数)";
    let cut = "(?:截尾|去尾|舍[去弃](?:了)?(?:尾数|其后|以后|零头)|尾数(?:均|一律|全部|已)?舍[去弃])";
    let never = "(?:均|一律|全部)?(?:不|未)(?:作|做|再|经|进行)?四舍五入(?:处理)?";
    let english = r"(?i:\b(?:figures|numbers|percentages|amounts|decimals|digits)\b[^.;,]{0,60}\b(?:are|were|is|have been|been) (?:truncated|rounded down|cut off)\b)";
    Regex::new(&format!("{chinese}[^。；;]{{0,30}}(?:{cut}|{never})|{cut}[^。；;，,]{{0,12}}{chinese}|{english}")).ok()
});

/// "Figures less than one million yen are rounded down": said of amounts below a unit, not of rates.
fn says_of_amounts(sentence: &str) -> bool {
    ["less than", "smaller than", "below", "under", "不足", "不满", "以下"].iter().any(|word| sentence.contains(word))
}

/// 所得收益=份额×每份收益（保留两位小数，去尾）: said of one quantity, in its formula or without a word of figures as such.
fn says_of_one(sentence: &str) -> bool {
    const ALL: [&str; 12] =
        ["数据", "数字", "数值", "百分比", "比率", "占比", "各项", "均", "报告", "文中", "表中", "本表"];
    let is_chinese = sentence.chars().any(|c| ('一'..='龥').contains(&c));
    sentence.contains(['=', '＝', '×']) || is_chinese && !ALL.iter().any(|word| sentence.contains(word))
}

/// How a report says that it rounds; `None` where it says nothing of it.
pub fn said_rounding(text: &str) -> Option<Rounding> {
    WORDS.found(text).find_map(|(_, at)| {
        let sentence = &text[sentence_around(text, at)];
        let cut_off = CUT_OFF.as_ref()?;
        let says = cut_off.is_match(sentence) && !says_of_one(sentence);
        says.then(|| if says_of_amounts(sentence) { Rounding::Either } else { Rounding::Down })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_all_figures_counts() {
        for text in [
            "注：本报告数据保留一位小数，尾数舍去。",
            "说明：各项百分比均截尾取一位小数，不四舍五入。",
            "表中数据未作四舍五入处理。",
            "Note: percentages are truncated to one decimal.",
            "All figures in this report have been rounded down.",
        ] {
            assert_eq!(said_rounding(text), Some(Rounding::Down), "{text}");
        }
        for text in ["Figures less than one million yen are rounded down.", "不足一百万日元的数字舍去尾数。"]
        {
            assert_eq!(said_rounding(text), Some(Rounding::Either), "{text}");
        }
        for text in [
            "部分数据因四舍五入的原因，存在总计与分类合计不等的情况。",
            "合计数与分项之和的差异系四舍五入所致，未作调整。",
            "The number of shares is rounded down to the nearest whole share.",
            "Fractional shares are rounded down; the figures are in millions.",
            "Power was cut off to 5,000 homes.",
            "群众的烦心事舍去了不少。",
            "待分配收益=产品当日总收益÷总份额×持有份额（保留两位小数，去尾后再次分配）。",
            "每份收益保留两位小数，尾数舍去后并入下一日。",
        ] {
            assert_eq!(said_rounding(text), None, "{text}");
        }
    }
}
