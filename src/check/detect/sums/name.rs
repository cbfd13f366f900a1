//! What labels say of lines' places in sums.

use crate::figure::table::is_per_share;
use crate::text::folded;

/// What a label says of a line's place in sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// It is called a total and nothing else.
    pub total: bool,
    /// Its words fit a result: net, balance, profit.
    pub result: bool,
    /// A balance, with which what follows may start.
    pub start: bool,
    /// A balance after changes.
    pub end: bool,
    /// It is taken off, though printed without a sign.
    pub less: bool,
    /// It only says what another line holds (其中, of which).
    pub among: bool,
    /// An average, a rate, a price: never a part of a sum.
    pub rate: bool,
    /// It may well be such: it need not add up.
    pub loose: bool,
    /// It tells by how much others differ.
    pub change: bool,
    /// Its figures are averages over those of others, each for itself: a rate there does not follow from the values beside it.
    pub average: bool,
}

/// What a label may say. English words stand whole, Chinese ones anywhere.
struct Words {
    english: &'static [&'static str],
    chinese: &'static [&'static str],
}

const TOTALS: Words = Words {
    english: &["total", "totals", "subtotal", "sub total", "grand total"],
    chinese: &["合计", "总计", "小计", "共计", "总额"],
};

/// What is never a part of a sum.
const RATES: Words = Words {
    english: &["average", "averages", "ratio", "ratios", "weighted"],
    chinese: &["比例", "比率", "单价", "均价", "平均"],
};

/// What counts each but once, in however many parts it is.
const ONCE: Words = Words { english: &["unduplicated", "unique", "distinct"], chinese: &["去重"] };

/// What need not add up. Of a consensus each figure is an average of its own.
const LOOSE: Words = Words {
    english: &["price", "prices", "yield", "percent", "percentage", "index", "rate", "rates", "consensus", "cons"],
    chinese: &["%", "率", "一致预期"],
};

const CONSENSUS: Words = Words { english: &["consensus", "cons"], chinese: &["一致预期"] };

/// Lines of averages over others.
const AVERAGES: Words = Words {
    english: &["average", "averages", "mean", "median"],
    chinese: &["平均", "平均值", "均值", "中位数", "中值"],
};

const CHANGES: Words = Words {
    english: &["change", "changes", "increase", "decrease", "variance", "difference", "growth"],
    chinese: &["增减", "变动", "差额", "增长", "同比"],
};

const ENDS: Words = Words {
    english: &["ending", "end of", "at end", "closing"],
    chinese: &["期末", "年末", "月末", "结转下年"],
};

const STARTS: Words =
    Words { english: &["beginning", "opening", "start of"], chinese: &["期初", "年初", "月初", "上年结转"] };

const BALANCES: Words = Words {
    english: &["balance", "balances", "outstanding at", "outstanding as of", "unvested at", "nonvested at"],
    chinese: &["余额"],
};

const RESULTS: Words = Words {
    english: &["net", "profit", "gross margin", "income before", "income from", "ebitda"],
    chinese: &["净额"],
};

const LESS: Words = Words { english: &["less", "deduct", "deductions", "minus"], chinese: &["减"] };

const AMONG: Words =
    Words { english: &["of which", "including", "includes", "thereof"], chinese: &["其中", "包括"] };

/// What a line counts that others count too.
const INCLUDED: Words =
    Words { english: &["included above", "included in above", "already included"], chinese: &["已含在"] };

impl Name {
    /// Whether a title says that a line is a total, and of nothing in particular.
    pub fn is_bare_total(title: &str) -> bool {
        let label = folded(title);
        TOTALS.english.iter().any(|word| label == *word) || TOTALS.chinese.iter().any(|word| label == *word)
    }

    /// What a label says.
    pub fn of(title: &str) -> Self {
        let label = Label::new(title);
        let per_share = is_per_share(&label.folded);
        let rate = label.says(&RATES) || per_share || label.ends_in_rate() || label.says(&ONCE);
        let balance = label.says(&BALANCES) && !label.folded.contains("balancesheet");
        let (start, end) = (label.says(&STARTS), label.says(&ENDS));
        Self {
            total: !rate && (label.starts(&TOTALS) || label.ends(&TOTALS)),
            result: !rate && (label.says(&TOTALS) || label.says(&RESULTS) || balance || end),
            start: start || balance && !end,
            end: end || balance && !start,
            less: label.starts(&LESS),
            loose: rate || label.says(&LOOSE),
            change: label.says(&CHANGES),
            average: label.ends(&AVERAGES) || label.says(&CONSENSUS),
            among: label.starts(&AMONG) || label.says(&INCLUDED),
            rate,
        }
    }
}

/// A label made ready to look for words.
struct Label {
    folded: String,
    /// Its words in lower case, each between blanks.
    words: String,
    /// Whether it may hold Chinese words, or a sign among them.
    wide: bool,
}

impl Label {
    fn new(title: &str) -> Self {
        let mut words = String::from(" ");
        for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.push_str(&word.to_lowercase());
            words.push(' ');
        }
        let wide = title.contains(|c: char| !c.is_ascii() || c == '%');
        Self { folded: folded(title), words, wide }
    }

    fn says(&self, words: &Words) -> bool {
        // Every label is asked for all words: where none can start, it is not searched.
        let starts = self.words.bytes().enumerate().filter(|&(_, byte)| byte == b' ').map(|(at, _)| at + 1);
        let english = starts.take_while(|&at| at < self.words.len()).any(|at| {
            let rest = &self.words[at..];
            let same = |word: &&&str| word.as_bytes()[0] == rest.as_bytes()[0];
            words.english.iter().filter(same).any(|word| rest.starts_with(word) && self.is_whole(at, word))
        });
        english || self.wide && words.chinese.iter().any(|word| self.folded.contains(word))
    }

    fn starts(&self, words: &Words) -> bool {
        let clean = self.folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        let english = words.english.iter().any(|word| self.words[1..].starts_with(word) && self.is_whole(1, word));
        english || words.chinese.iter().any(|word| clean.starts_with(word))
    }

    fn ends(&self, words: &Words) -> bool {
        let tail = self.words.trim_end();
        let whole = |word: &str| tail.ends_with(word) && self.is_whole(tail.len() - word.len(), word);
        words.english.iter().any(|word| whole(word)) || words.chinese.iter().any(|word| self.folded.ends_with(word))
    }

    fn ends_in_rate(&self) -> bool {
        self.words.ends_with(" rate ") || self.words.ends_with(" rates ") || self.folded.ends_with('率')
    }

    fn is_whole(&self, at: usize, word: &str) -> bool {
        let bytes = self.words.as_bytes();
        at > 0 && bytes[at - 1] == b' ' && bytes.get(at + word.len()) == Some(&b' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_what_lines_are() {
        let says = |title: &str| {
            let name = Name::of(title);
            let all = [
                (name.total, "total"),
                (name.result, "result"),
                (name.start, "start"),
                (name.end, "end"),
                (name.less, "less"),
                (name.among, "among"),
                (name.rate, "rate"),
                (name.loose, "loose"),
                (name.change, "change"),
                (name.average, "average"),
            ];
            all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
        };
        for (title, expected) in [
            ("Total current assets", "total result"),
            ("Research and development - total", "total result"),
            ("Total tax rate", "rate loose"),
            ("合计", "total result"),
            ("  小计：", "total result"),
            ("Discontinued Operations(B)", ""),
            ("Form of amended award", ""),
            ("Less: interest", "less"),
            ("Lessor costs", ""),
            ("Balance at January 1", "result start end"),
            ("Ending balance", "result end"),
            ("Consolidated Balance Sheets", ""),
            ("Total (unduplicated)", "rate loose"),
            ("Online orders (included above)", "among"),
            ("Balance, beginning of year", "result start"),
            ("其中：政府性基金", "among"),
            ("of which: rents", "among"),
            ("% Change", "loose change"),
            ("2-5 Years", ""),
            ("Operating Leases", ""),
            ("增长率", "rate loose change"),
            ("Sector average", "rate loose average"),
            ("行业平均", "rate loose average"),
            ("Average price", "rate loose"),
            ("Median", "average"),
            ("Consensus 2026E", "loose average"),
        ] {
            assert_eq!(says(title), expected, "{title}");
        }
    }
}
