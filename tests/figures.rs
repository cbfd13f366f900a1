//! What figures are read in a text, and what they mean: one row a case, by the tables of `docs/figures.md`.
//!
//! A row is a text and the figures in it: `17,660件: 17660 in [17660, 17660] 件` for a quantity (its text, value, range and
//! unit; `in` stands before the range, `(` and `)` are open ends), `2020年: date` for what is no quantity. Numerals in
//! ordinary words (一般) are left out.

use figlint::exact::End;
use figlint::figure::{Class, Direction, Figure, Hedge, Rounding, declared_unit, label, lex_block, read_at};
use figlint::span::Span;

fn figures(text: &str, in_cell: bool) -> Vec<Figure> {
    let mut out = Vec::new();
    lex_block(text, Span::new(0, text.len()), 0, in_cell, &mut out);
    out
}

fn shown(text: &str, figure: &Figure) -> String {
    let printed = &text[figure.span.range()];
    let class = match figure.class {
        Class::Quantity => return format!("{printed}: {}", meaning(text, figure)),
        Class::Range => return format!("{printed}: range {}", meaning(text, figure)),
        Class::Date => "date",
        Class::Time => "time",
        Class::Ordinal => "ordinal",
        Class::Reference => "reference",
        Class::Phrase => "phrase",
        Class::Word => "word",
    };
    format!("{printed}: {class}")
}

fn meaning(text: &str, figure: &Figure) -> String {
    let range = figure.quantity.range(figure.is_exact(), Rounding::Nearest);
    let end = |end: &Option<End>, infinite: &str| {
        end.as_ref().map_or(infinite.to_string(), |end| end.value.to_big().to_string())
    };
    let open = |end: &Option<End>| end.as_ref().is_none_or(|end| end.open);
    let unit = figure.unit_name(text).map_or(String::new(), |name| format!(" {name}"));
    format!(
        "{} in {}{}, {}{}{unit}",
        figure.quantity.value().to_big(),
        if open(&range.low) { '(' } else { '[' },
        end(&range.low, "-∞"),
        end(&range.high, "∞"),
        if open(&range.high) { ')' } else { ']' },
    )
}

fn check(in_cell: bool, rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let found: Vec<String> = figures(text, in_cell)
            .iter()
            .filter(|figure| figure.class != Class::Word)
            .map(|figure| shown(text, figure))
            .collect();
        if found != *expected {
            wrong.push(format!("{text:?}\n  found    {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn digits_and_chinese_numerals() {
    check(
        false,
        &[
            ("受理17660件", &["17660件: 17660 in [17660, 17660] 件"]),
            ("受理17,660件", &["17,660件: 17660 in [17660, 17660] 件"]),
            ("受理17 660件", &["17 660件: 17660 in [17660, 17660] 件"]),
            ("受理１７６６０件", &["１７６６０件: 17660 in [17660, 17660] 件"]),
            ("六十条", &["六十条: 60 in [60, 60] 条"]),
            ("二百零五户", &["二百零五户: 205 in [205, 205] 户"]),
            ("壹佰贰拾元", &["壹佰贰拾元: 120 in [239/2, 241/2] 元"]),
            ("一点五亿元", &["一点五亿元: 150000000 in [145000000, 155000000] 元"]),
            ("三百六十五天", &["三百六十五天: 365 in [729/2, 731/2] 天"]),
            ("三千万元", &["三千万元: 30000000 in [25000000, 35000000] 元"]),
            ("1.2", &["1.2: 6/5 in [23/20, 5/4]"]),
            // A list is no number, white space joins nothing else, superscripts and circled digits are none.
            ("3,5", &["3: 3 in [5/2, 7/2]", "5: 5 in [9/2, 11/2]"]),
            ("甲12 345乙", &["12: 12 in [23/2, 25/2]", "345: 345 in [689/2, 691/2]"]),
            ("5²①③", &["5: 5 in [9/2, 11/2]"]),
            ("losses of ($61) million", &["($61) million: -61000000 in [-61500000, -60500000] $"]),
            ("a 401(k) plan", &["401(k): reference"]),
            ("一百亿亿次", &["一百亿亿次: 1000000000000000000 in [500000000000000000, 1500000000000000000] 次"]),
            ("一百亿亿亿", &["一百亿亿: 1000000000000000000 in [500000000000000000, 1500000000000000000]"]),
            // A power of ten is neither its ten nor what stands before it.
            (
                "1.5×10⁶, 3.2 x 10^-6, 10⁶人, 10⁻³ g",
                &["1.5×10⁶: reference", "3.2 x 10^-6: reference", "10⁶: reference", "10⁻³: reference"],
            ),
            ("2×10 m, 110² m", &["2: 2 in [3/2, 5/2]", "10 m: 10 in [19/2, 21/2] 米", "110: 110 in [219/2, 221/2]"]),
        ],
    );
}

#[test]
fn words_and_hyphens_before_values_make_them_negative() {
    check(
        false,
        &[
            ("净利润-1.2亿元", &["-1.2亿元: -120000000 in [-125000000, -115000000] 元"]),
            ("净利润-2.37 亿元", &["-2.37 亿元: -237000000 in [-237500000, -236500000] 元"]),
            ("由上年的-5%提高", &["-5%: -1/20 in [-11/200, -9/200]"]),
            ("气温零下15℃", &["零下15℃: -15 in [-31/2, -29/2] 度"]),
            ("降至负2.5%", &["负2.5%: -1/40 in [-51/2000, -49/2000]"]),
            // What is measured stands outside of the brackets.
            ("a loss of $(12.7) billion", &["$(12.7) billion: -12700000000 in [-12750000000, -12650000000] $"]),
            ("net of $(55) and", &["$(55): -55 in [-111/2, -109/2] $"]),
            ("rates of (32.6)% and", &["(32.6)%: -163/500 in [-653/2000, -651/2000]"]),
            ("as told in (5) and", &["5: ordinal"]),
            ("8亿多元优先", &["8亿多元: 800000000 in (800000000, 900000000) 元"]),
            ("3多元解纷", &["3: 3 in [5/2, 7/2]"]),
            // Other hyphens and words.
            ("负15件", &["15件: 15 in [15, 15] 件"]),
            ("甲公司-5家", &["5家: 5 in [5, 5] 家"]),
            ("10元-20元", &["10元-20元: range 10 in [10, 20] 元"]),
            ("以下5%", &["5%: 1/20 in [9/200, 11/200]"]),
        ],
    );
}

#[test]
fn letters_before_digits_are_names_or_say_what_is_counted() {
    check(
        false,
        &[
            ("GDP1258.6亿元", &["1258.6亿元: 125860000000 in [125855000000, 125865000000] 元"]),
            ("CT3200人次", &["3200人次: 3200 in [3200, 3200] 人次"]),
            ("B超120例", &["120例: 120 in [120, 120] 例"]),
            ("G20国", &["20: reference"]),
            ("PM2.5达标", &["2.5: reference"]),
            ("TOP10家", &["10: reference"]),
            ("GDP2024", &["2024: date"]),
        ],
    );
}

#[test]
fn scales_and_units() {
    check(
        false,
        &[
            ("授信2.5358亿元", &["2.5358亿元: 253580000 in [253575000, 253585000] 元"]),
            ("12万人", &["12万人: 120000 in [115000, 125000] 人"]),
            ("1.2万亿元", &["1.2万亿元: 1200000000000 in [1150000000000, 1250000000000] 元"]),
            ("3亿5000万元", &["3亿5000万元: 350000000 in [349995000, 350005000] 元"]),
            ("5萬億美元", &["5萬億美元: 5000000000000 in [4500000000000, 5500000000000] 美元"]),
            ("3千人, 20千瓦", &["3千人: 3000 in [2500, 3500] 人", "20千瓦: 20 in [39/2, 41/2] 千瓦"]),
            ("94.1%", &["94.1%: 941/1000 in [1881/2000, 1883/2000]"]),
            ("3‰", &["3‰: 3/1000 in [1/400, 7/2000]"]),
            ("3成群众, 3成功", &["3成: 3/10 in [1/4, 7/20]", "3: 3 in [5/2, 7/2]"]),
            ("0.8个百分点", &["0.8个百分点: 1/125 in [3/400, 17/2000]"]),
            ("3个工作日", &["3个工作日: 3 in [5/2, 7/2] 个工作日"]),
            ("137件(次)", &["137件(次): 137 in [137, 137] 件"]),
            ("4500人次", &["4500人次: 4500 in [4500, 4500] 人次"]),
            ("2亩", &["2亩: 2 in [3/2, 5/2] 亩"]),
            ("每吨30元/吨", &["30元/吨: 30 in [59/2, 61/2] 元/吨"]),
            ("降至38微克／立方米以下", &["38微克／立方米以下: 38 in (-∞, 38] 微克／立方米"]),
            ("10余万吨/年以上", &["10余万吨/年以上: 100000 in (100000, 200000) 吨/年"]),
            ("$1.2 million", &["$1.2 million: 1200000 in [1150000, 1250000] $"]),
            ("of $1.2\nmillion", &["$1.2\nmillion: 1200000 in [1150000, 1250000] $"]),
            ("of $1.2 \r\n  million", &["$1.2 \r\n  million: 1200000 in [1150000, 1250000] $"]),
            ("grew 5\nper cent", &["5\nper cent: 1/20 in [9/200, 11/200]"]),
            ("$5\nm", &["$5: 5 in [9/2, 11/2] $"]),
            ("共12.5\n万元", &["12.5\n万元: 125000 in [124500, 125500] 元"]),
            ("受理5\n万某办结4", &["5: 5 in [9/2, 11/2]", "4: 4 in [7/2, 9/2]"]),
            ("US$300, HK$20", &["US$300: 300 in [599/2, 601/2] $", "HK$20: 20 in [39/2, 41/2] 港元"]),
            ("€3.2bn and £4k", &["€3.2bn: 3200000000 in [3150000000, 3250000000] €", "£4k: 4000 in [3500, 4500] £"]),
            ("RMB500 mn", &["RMB500 mn: 500000000 in [499500000, 500500000] 元"]),
            ("$2 trillion", &["$2 trillion: 2000000000000 in [1500000000000, 2500000000000] $"]),
            ("12 per cent, 3 percent", &["12 per cent: 3/25 in [23/200, 1/8]", "3 percent: 3/100 in [1/40, 7/200]"]),
            ("25 bps", &["25 bps: 1/400 in [49/20000, 51/20000]"]),
            ("1.5 percentage points", &["1.5 percentage points: 3/200 in [29/2000, 31/2000]"]),
            ("34 cases", &["34 cases: 34 in [34, 34] case"]),
            ("34 new cases", &["34: 34 in [34, 34] case"]),
            ("2.5 points", &["2.5 points: 5/2 in [49/20, 51/20] points"]),
            ("5 km", &["5 km: 5 in [9/2, 11/2] 公里"]),
            ("3.5m people", &["3.5m people: 3500000 in [3450000, 3550000] people"]),
            ("a 5m pool, 50m races", &["5m: 5 in [9/2, 11/2] 米", "50m: 50 in [99/2, 101/2] 米"]),
        ],
    );
}

#[test]
fn english_number_words() {
    check(
        false,
        &[
            ("twelve cases", &["twelve cases: 12 in [12, 12] case"]),
            ("twenty-five people", &["twenty-five people: 25 in [25, 25] people"]),
            ("three hundred and two", &["three hundred and two: 302 in [603/2, 605/2]"]),
            ("510 of the 528 cases", &["510: 510 in [510, 510] case", "528 cases: 528 in [528, 528] case"]),
            ("growth was –3.5%", &["–3.5%: -7/200 in [-71/2000, -69/2000]"]),
            ("pages 5 –7", &["5: ordinal", "7: 7 in [13/2, 15/2]"]),
            ("510 of them", &["510: 510 in [1019/2, 1021/2]"]),
            ("two million people", &["two million people: 2000000 in [1500000, 2500000] people"]),
            ("one of them, hundreds of people", &[]),
            // One counts before a scale and a span of time.
            ("one million people", &["one million people: 1000000 in [500000, 1500000] people"]),
            ("up by one percent", &["one percent: 1/100 in [1/200, 3/200]"]),
            ("within one week", &["one week: 1 in [1/2, 3/2] 周"]),
            ("over one year", &["over one year: 1 in (1, ∞) 年"]),
            ("in one day", &["one day: 1 in [1/2, 3/2] 天"]),
            ("one day we will, in no one year, one order, one PCT application", &[]),
            ("the six and three months ended", &["six: 6 in [11/2, 13/2] 个月", "three months: 3 in [5/2, 7/2] 个月"]),
            ("sold six and three were left", &["six: 6 in [11/2, 13/2]", "three: 3 in [5/2, 7/2]"]),
        ],
    );
}

#[test]
fn hedges() {
    check(
        false,
        &[
            ("60余万元", &["60余万元: 600000 in (600000, 700000) 元"]),
            ("4500余人次", &["4500余人次: 4500 in (4500, 4600) 人次"]),
            ("40多位", &["40多位: 40 in (40, 50) 位"]),
            ("六十余条", &["六十余条: 60 in (60, 70) 条"]),
            ("万余名", &["万余名: 10000 in (10000, 20000) 名"]),
            ("十几个", &["十几个: 10 in (10, 20) 个"]),
            ("1.2万余户", &["1.2万余户: 12000 in (12000, 13000) 户"]),
            ("三个多月", &["三个多月: 3 in (3, 4) 个月"]),
            ("近116万元", &["近116万元: 1160000 in (1150000, 1160000) 元"]),
            ("50%以上", &["50%以上: 1/2 in [1/2, ∞)"]),
            ("15 years and over", &["15 years and over: 15 in [15, ∞) 年"]),
            ("15 years and over in the North", &["15 years and over: 15 in [15, ∞) 年"]),
            ("people aged 65 and over living alone", &["65 and over: 65 in [65, ∞)"]),
            ("aged 5 and under in care", &["5 and under: 5 in (-∞, 5]"]),
            ("15 years and over the next year", &["15 years: 15 in [29/2, 31/2] 年"]),
            ("for 15 years and under contract", &["15 years: 15 in [29/2, 31/2] 年"]),
            (
                "15 years and over 200 shops",
                &["15 years: 15 in [29/2, 31/2] 年", "over 200 shops: 200 in (200, ∞) shop"],
            ),
            ("5 shops and over 200 staff", &["5 shops: 5 in [5, 5] shop", "over 200: 200 in (200, ∞)"]),
            ("aged 2 and older", &["2 and older: 2 in [2, ∞)"]),
            ("价格100万元（含）以上", &["100万元（含）以上: 1000000 in [1000000, ∞) 元"]),
            ("价格30件(含)以下", &["30件(含)以下: 30 in (-∞, 30] 件"]),
            ("100元以下", &["100元以下: 100 in (-∞, 100] 元"]),
            ("3天以内", &["3天以内: 3 in (-∞, 3] 天"]),
            ("超5亿元", &["超5亿元: 500000000 in (500000000, ∞) 元"]),
            ("超过100件", &["超过100件: 100 in (100, ∞) 件"]),
            ("逾百人", &["逾百人: 100 in (100, ∞) 人"]),
            ("突破3万户", &["突破3万户: 30000 in (30000, ∞) 户"]),
            ("不足30人", &["不足30人: 30 in (-∞, 30) 人"]),
            ("不到3年", &["不到3年: 3 in (-∞, 3) 年"]),
            ("约50%", &["约50%: 1/2 in [9/20, 11/20]"]),
            ("大约5万人", &["大约5万人: 50000 in [45000, 55000] 人"]),
            ("30人左右", &["30人左右: 30 in [25, 35] 人"]),
            ("30人上下", &["30人上下: 30 in [25, 35] 人"]),
            ("至少3名", &["至少3名: 3 in [3, ∞) 名"]),
            ("至多3名", &["至多3名: 3 in (-∞, 3] 名"]),
            ("不超过5%", &["不超过5%: 1/20 in (-∞, 1/20]"]),
            ("不少于5家", &["不少于5家: 5 in [5, ∞) 家"]),
            // Words that only end like a hedge.
            ("节约60万元", &["60万元: 600000 in [595000, 605000] 元"]),
            ("签约3家, 附近3家", &["3家: 3 in [3, 3] 家", "3家: 3 in [3, 3] 家"]),
            ("近3年, 最近3年", &["3年: 3 in [5/2, 7/2] 年", "3年: 3 in [5/2, 7/2] 年"]),
            ("about 50", &["about 50: 50 in [45, 55]"]),
            ("around 50, some 50", &["around 50: 50 in [45, 55]", "some 50: 50 in [45, 55]"]),
            ("approximately $5 million", &["approximately $5 million: 5000000 in [4500000, 5500000] $"]),
            ("nearly 3,000 people", &["nearly 3,000 people: 3000 in (2000, 3000) people"]),
            ("almost 40", &["almost 40: 40 in (30, 40)"]),
            ("over 100 cases", &["over 100 cases: 100 in (100, ∞) case"]),
            ("more than 5%", &["more than 5%: 1/20 in (1/20, ∞)"]),
            ("at least 20", &["at least 20: 20 in [20, ∞)"]),
            ("up to 30", &["up to 30: 30 in (-∞, 30]"]),
            ("no more than 30", &["no more than 30: 30 in (-∞, 30]"]),
            ("under 30", &["under 30: 30 in (-∞, 30)"]),
            ("fewer than 10 firms", &["fewer than 10 firms: 10 in (-∞, 10) firm"]),
            ("100+ countries", &["100+ countries: 100 in [100, ∞) country"]),
            ("5 or more", &["5 or more: 5 in [5, ∞)"]),
        ],
    );
}

#[test]
fn fractions_and_multiples() {
    check(
        false,
        &[
            ("三分之二", &["三分之二: 2/3 in [1/2, 5/6]"]),
            ("百分之十二", &["百分之十二: 3/25 in [23/200, 1/8]"]),
            ("百分之3.5", &["百分之3.5: 7/200 in [69/2000, 71/2000]"]),
            ("一半", &["一半: 1/2 in [1/4, 3/4]"]),
            ("翻一番", &["一番: 2 in [3/2, 5/2] 番"]),
            ("翻了两番", &["两番: 4 in [7/2, 9/2] 番"]),
            ("增长2倍", &["2倍: 3 in [5/2, 7/2] 倍"]),
            (
                "增长1.5倍、2.5倍和4倍",
                &["1.5倍: 5/2 in [49/20, 51/20] 倍", "2.5倍: 7/2 in [69/20, 71/20] 倍", "4倍: 5 in [9/2, 11/2] 倍"],
            ),
            ("提高1.1、1.2个百分点", &["1.1: 11/1000 in [21/2000, 23/2000]", "1.2个百分点: 3/250 in [23/2000, 1/80]"]),
            ("1.1、1.2%", &["1.1: 11/10 in [21/20, 23/20]", "1.2%: 3/250 in [23/2000, 1/80]"]),
            ("增长到2倍", &["2倍: 2 in [3/2, 5/2] 倍"]),
            ("1/3", &["1/3: 1/3 in [1/6, 1/2]"]),
            ("two-thirds", &["two-thirds: 2/3 in [1/2, 5/6]"]),
            ("half of it", &["half: 1/2 in [1/4, 3/4]"]),
            ("one in four", &["one in four: 1/4 in [1/8, 3/8]"]),
            ("1 in 4", &["1 in 4: 1/4 in [1/8, 3/8]"]),
            ("doubled", &["doubled: 2 in [3/2, 5/2]"]),
            ("threefold", &["threefold: 3 in [5/2, 7/2]"]),
            ("the first half, a half-year", &["half: date"]),
        ],
    );
}

#[test]
fn dates_and_times_are_no_quantities() {
    check(
        false,
        &[
            ("2020年3月2日", &["2020年3月2日: date"]),
            ("2020年度, 3月8日, 4月份, 11月底", &["2020年度: date", "3月8日: date", "4月份: date", "11月底: date"]),
            ("二〇二〇年三月二日", &["二〇二〇年三月二日: date"]),
            ("2021-01-24 09:25", &["2021-01-24: date", "09:25: time"]),
            ("9时25分", &["9时25分: time"]),
            ("一季度, 第三季度", &["一季度: date", "三: ordinal"]),
            ("21世纪", &["21世纪: date"]),
            ("2015-2020年", &["2015-2020年: range 2015 in [4029/2, 4031/2]"]),
            ("1—8月", &["1—8月: range 1 in [1/2, 3/2]"]),
            ("FY2020, Q3, 1H20", &["FY2020: date", "Q3: date", "1H20: date"]),
            (
                "FY24/25 and Q3'24, FY'23, fiscal '21 was",
                &["FY24/25: date", "Q3'24: date", "FY'23: date", "fiscal '21: date"],
            ),
            ("March 2, 2020 and 2 March 2019", &["March 2, 2020: date", "2 March 2019: date"]),
            (
                "February 16-13, March 16–18, 2021 and May 5-12% more",
                &["February 16-13: date", "March 16–18, 2021: date", "May 5: date", "12%: 3/25 in [23/200, 1/8]"],
            ),
            ("April 1 - 30, 2020", &["April 1 - 30, 2020: date"]),
            ("on May 5 - 10 people came", &["May 5: date", "10 people: 10 in [10, 10] people"]),
            ("Dec. 31, in 2018 and 2019", &["Dec. 31: date", "2018: date", "2019: date"]),
            ("12/31/01", &["12/31/01: date"]),
            (
                "2016–2018, 2020-21",
                &["2016–2018: range 2016 in [4031/2, 4033/2]", "2020-21: range 2020 in [4039/2, 4041/2]"],
            ),
            ("3:30 pm, 3 p.m.", &["3:30: time", "3 p.m.: time"]),
            // Not every four digits are a year.
            ("2020人, $2020", &["2020人: 2020 in [2020, 2020] 人", "$2020: 2020 in [4039/2, 4041/2] $"]),
        ],
    );
}

#[test]
fn ordinals_and_references_are_no_quantities() {
    check(
        false,
        &[
            ("第3次", &["3次: ordinal"]),
            ("(一)甲", &["一: ordinal"]),
            ("一、甲", &["一: ordinal"]),
            ("3.2.1 甲", &["3.2.1: ordinal"]),
            ("1.甲", &["1: ordinal"]),
            ("十九届", &["十九届: ordinal"]),
            ("二期工程, 三级医院", &["二期: ordinal", "三级: ordinal"]),
            ("图3, 附件2", &["3: ordinal", "2: ordinal"]),
            ("Table 4, Note 12, No. 5", &["4: ordinal", "12: ordinal", "5: reference"]),
            ("Notes 4 and 5", &["4: ordinal", "5: ordinal"]),
            ("Level 2 and 3 assets", &["2: ordinal", "3: ordinal"]),
            ("Note 2 and 7 assets", &["2: ordinal", "7 assets: 7 in [7, 7] asset"]),
            ("see PR #220", &["220: reference"]),
            ("Revenue in 2020 % Change", &["2020: date"]),
            ("a rate of 20 % of all", &["20 %: 1/5 in [39/200, 41/200]"]),
            ("a Rule 10b5-1 plan, Rule 12b-2", &["10b5-1: reference", "12b-2: reference"]),
            ("Agricultural region 1 or 2", &["1: ordinal", "2: ordinal"]),
            ("ASU 2016-13 and ASU No. 2018-19", &["2016-13: reference", "2018-19: reference"]),
            ("the three- and nine-month periods", &["three: phrase", "nine-month: phrase"]),
            ("an $800 364-day facility", &["$800: 800 in [1599/2, 1601/2] $", "364-day: phrase"]),
            ("$8.75per share", &["$8.75: 35/4 in [1749/200, 1751/200] $"]),
            ("1st, 22nd", &["1st: ordinal", "22nd: ordinal"]),
            ("as shown [12]", &["12: reference"]),
            ("Total(1)", &["1: ordinal"]),
            ("subsidiaries1", &["1: reference"]),
            ("(国办发〔2019〕39号)", &["2019〕39号: reference"]),
            ("3.0系统, 2.0版, 工业4.0", &["3.0: reference", "2.0版: reference", "4.0: reference"]),
            (
                "COVID-19, G20, 5G, 4K, 歼-20",
                &["19: reference", "20: reference", "5G: reference", "4K: reference", "20: reference"],
            ),
            ("027-88889999, 13800001111", &["027-88889999: reference", "13800001111: reference"]),
            ("(555) 123-4567", &["555) 123-4567: reference"]),
            ("+86 27 8888 9999", &["86 27 8888 9999: reference"]),
            ("3:1, 24/7", &["3:1: reference", "24/7: reference"]),
            ("Sentence id: 44, Order ID 45, the ID cards", &["44: reference", "45: reference"]),
            ("编号：77, 序号 3", &["77: reference", "3: reference"]),
            ("the 777X programme", &["777X: reference"]),
            ("3x, 100X faster", &["3x: 3 in [5/2, 7/2] 倍", "100: 100 in [199/2, 201/2]"]),
            ("S&P 500, a 12-month note, 10-K", &["500: reference", "12-month: phrase", "10: phrase"]),
            ("https://example.org/2023/09/12-34.html", &[]),
            ("表1 支出决算表", &["1: ordinal"]),
            ("表1支出决算表", &["1: ordinal"]),
            ("有代表5人", &["5人: 5 in [5, 5] 人"]),
            (
                "市委五次、六次全会, 六次、七次、八次全会",
                &["五次: ordinal", "六次: ordinal", "六次: ordinal", "七次: ordinal", "八次: ordinal"],
            ),
            ("收入比缩小至2.31:1, 2.04∶1", &["2.31:1: reference", "2.04∶1: reference"]),
            ("国道307山西段, 国道307公里", &["307: reference", "307公里: 307 in [613/2, 615/2] 公里"]),
            ("核电1、2号机组", &["1: reference", "2号: reference"]),
            ("12345便民热线", &["12345: reference"]),
            (
                "算力2000P, 7000PF, 1080P",
                &["2000: 2000 in [3999/2, 4001/2]", "7000: 7000 in [13999/2, 14001/2]", "1080P: reference"],
            ),
        ],
    );
}

#[test]
fn list_marks_touch_the_figures_behind_them() {
    let amount = "3.5万元: 35000 in [34500, 35500] 元";
    check(
        false,
        &[
            ("4．2025年部门预算", &["4: ordinal", "2025年: date"]),
            ("10．2025年单位收支", &["10: ordinal", "2025年: date"]),
            ("４．２０２５年预算", &["４: ordinal", "２０２５年: date"]),
            ("包括：1．2025年甲表；2．2024年乙表。", &["1: ordinal", "2025年: date", "2: ordinal", "2024年: date"]),
            ("包括1.2025年甲表", &["1: ordinal", "2025年: date"]),
            ("2．12月起实行", &["2: ordinal", "12月: date"]),
            ("5．8月起", &["5: ordinal", "8月: date"]),
            ("7．30日前完成", &["7: ordinal", "30日: date"]),
            ("2．3.5万元用于培训", &["2: ordinal", amount]),
            ("2．1,500元用于培训", &["2: ordinal", "1,500元: 1500 in [2999/2, 3001/2] 元"]),
            ("2．3个试点单位", &["2: ordinal", "3个: 3 in [3, 3] 个"]),
            ("2．95%以上的单位", &["2: ordinal", "95%以上: 19/20 in [19/20, ∞)"]),
            ("安排：1．甲；2．3个乙；3．丙", &["1: ordinal", "2: ordinal", "3个: 3 in [3, 3] 个", "3: ordinal"]),
            ("1．甲\n2．3个", &["1: ordinal", "2: ordinal", "3个: 3 in [3, 3] 个"]),
            ("4、2025年收入总表", &["4: ordinal", "2025年: date"]),
            ("包括：1、2025年表", &["1: ordinal", "2025年: date"]),
            ("2、3.5万元用于培训", &["2: ordinal", amount]),
            // Decimals: in full-width digits, within sentences, without words behind them, below one and with noughts behind the point.
            ("２．３个百分点", &["２．３个百分点: 23/1000 in [9/400, 47/2000]"]),
            ("增长2．5%", &["2．5%: 1/40 in [49/2000, 51/2000]"]),
            ("增幅：2．5%", &["2．5%: 1/40 in [49/2000, 51/2000]"]),
            ("2．5", &["2．5: 5/2 in [49/20, 51/20]"]),
            ("0．5个百分点", &["0．5个百分点: 1/200 in [9/2000, 11/2000]"]),
            ("2．05万元用于培训", &["2．05万元: 20500 in [20450, 20550] 元"]),
            ("共计\n2．5万元", &["2．5万元: 25000 in [24500, 25500] 元"]),
            ("2.3个试点单位", &["2.3个: 23/10 in [9/4, 47/20] 个"]),
            ("2．1．1 目标", &["2．1．1: ordinal"]),
            ("5、6个单位", &["5: 5 in [9/2, 11/2]", "6个: 6 in [6, 6] 个"]),
        ],
    );
    check(
        true,
        &[
            ("2．5", &["2．5: 5/2 in [49/20, 51/20]"]),
            ("2．5万元", &["2．5万元: 25000 in [24500, 25500] 元"]),
            ("4．2025年部门预算", &["4: ordinal", "2025年: date"]),
        ],
    );
}

#[test]
fn ranges_are_one_figure() {
    check(
        false,
        &[
            ("3—5个", &["3—5个: range 3 in [3, 5] 个"]),
            ("3-5万元", &["3-5万元: range 30000 in [30000, 50000] 元"]),
            ("10%—15%", &["10%—15%: range 1/10 in [1/10, 3/20]"]),
            ("3至5天", &["3至5天: range 3 in [3, 5] 天"]),
            ("七八个, 三五年", &["七八个: range 7 in [7, 8] 个", "三五年: range 3 in [3, 5] 年"]),
            ("-二三%", &["-二三%: range -3/100 in [-3/100, -1/50]"]),
            ("5 to 7 days", &["5 to 7 days: range 5 in [5, 7] 天"]),
            ("for one to three years", &["one to three years: range 1 in [1, 3] 年"]),
            ("range in terms from one to 12 years", &["one to 12 years: range 1 in [1, 12] 年"]),
            ("from two to three years", &["two: 2 in [3/2, 5/2]", "three years: 3 in [5/2, 7/2] 年"]),
            ("people aged 5 to 7 took", &["5 to 7: range 5 in [5, 7]"]),
            ("$1.2-$1.4 billion", &["$1.2-$1.4 billion: range 1200000000 in [1200000000, 1400000000] $"]),
            ("Rs.4,57,434 crore", &["Rs.4,57,434 crore: 4574340000000 in [4574335000000, 4574345000000] Rs"]),
            ("₹2.5 lakh crore", &["₹2.5 lakh crore: 2500000000000 in [2450000000000, 2550000000000] ₹"]),
            ("Rs 35 lakhs", &["Rs 35 lakhs: 3500000 in [3450000, 3550000] Rs"]),
            ("12,34,567 visitors", &["12,34,567 visitors: 1234567 in [1234567, 1234567] visitor"]),
            ("编号：77、3—5个", &["77: reference", "3—5个: range 3 in [3, 5] 个"]),
            ("Note 4, 3—5个", &["4: ordinal", "3—5个: range 3 in [3, 5] 个"]),
            ("CHF 12.5m", &["CHF 12.5m: 12500000 in [12450000, 12550000] 瑞郎"]),
            ("从5件到7件", &["5件: 5 in [5, 5] 件", "7件: 7 in [7, 7] 件"]),
            ("from 5 to 7 days", &["5: 5 in [9/2, 11/2]", "7 days: 7 in [13/2, 15/2] 天"]),
            ("between 5% and 9%", &["5% and 9%: range 1/20 in [1/20, 9/100]"]),
            (
                "between $151.0 billion and $155.5 billion",
                &["$151.0 billion and $155.5 billion: range 151000000000 in [151000000000, 155500000000] $"],
            ),
            ("between $5 and $7 million", &["$5 and $7 million: range 5000000 in [5000000, 7000000] $"]),
            ("between two and five years", &["two and five years: range 2 in [2, 5] 年"]),
            ("between 20 and 30 days", &["20 and 30 days: range 20 in [20, 30] 天"]),
            // Neither what lies between two things, nor numbers of which it is not told what they measure.
            ("the gap between 5% and 9%", &["5%: 1/20 in [9/200, 11/200]", "9%: 9/100 in [17/200, 19/200]"]),
            ("between 5 and 9", &["5: 5 in [9/2, 11/2]", "9: 9 in [17/2, 19/2]"]),
            ("between 5 shops and 9%", &["5 shops: 5 in [5, 5] shop", "9%: 9/100 in [17/200, 19/200]"]),
            ("between 9% and 5%", &["9%: 9/100 in [17/200, 19/200]", "5%: 1/20 in [9/200, 11/200]"]),
            ("between 2019 and 2020", &["2019: date", "2020: date"]),
        ],
    );
}

#[test]
fn numerals_of_set_phrases_and_words() {
    check(
        false,
        &[
            ("一网通办, 一般, 统一, 十分重要, 十四五, 二十大", &[]),
            ("“双随机、一公开”", &[]),
            ("百名干部进百企", &["百: phrase"]),
            ("“四大家”, 四大家", &[]),
            ("“三项制度”, 三项制度", &["三项: phrase", "三项: phrase"]),
            ("五位一体", &["五位: phrase"]),
            ("3个千万千瓦级基地", &["3个: 3 in [3, 3] 个", "千万千瓦: phrase"]),
            ("一个, 一批, 一次性", &["一个: phrase", "一批: phrase", "一次: phrase"]),
            ("仅一人", &["一人: 1 in [1, 1] 人"]),
            ("四种方式", &["四种: 4 in [4, 4] 种"]),
            ("两项工作", &["两项: 2 in [2, 2] 项"]),
            ("三个方面", &["三个: 3 in [3, 3] 个"]),
            ("数十家, 几百人", &["十: phrase", "百: phrase"]),
            ("1(社会工作者)+2(民警)+N", &["1: phrase", "2: phrase"]),
            ("“365+1”, “622”", &["365: phrase", "1: phrase", "622: phrase"]),
            ("500强, 90后", &["500强: phrase", "90后: phrase"]),
            ("“415X”集群, “双一流196”工程", &["415X: reference", "196: phrase"]),
            ("“4×4”体系", &["4: phrase", "4: phrase"]),
            ("两位数增长, 三位数学家", &["两位数: phrase", "三位: 3 in [3, 3] 位"]),
            ("大陆首部", &[]),
        ],
    );
}

#[test]
fn signs_in_prose() {
    check(
        false,
        &[
            ("为-3.5%", &["-3.5%: -7/200 in [-71/2000, -69/2000]"]),
            ("(-3)", &["-3: -3 in [-7/2, -5/2]"]),
            ("3-2", &["3-2: reference"]),
        ],
    );
}

#[test]
fn cells() {
    check(
        true,
        &[
            ("(1,234)", &["(1,234): -1234 in [-2469/2, -2467/2]"]),
            ("（1,234）", &["（1,234）: -1234 in [-2469/2, -2467/2]"]),
            ("$(786)", &["$(786): -786 in [-1573/2, -1571/2] $"]),
            ("(1.2%)", &["(1.2%): -3/250 in [-1/80, -23/2000]"]),
            ("(1.2)%", &["(1.2)%: -3/250 in [-1/80, -23/2000]"]),
            ("(5)", &["(5): -5 in [-11/2, -9/2]"]),
            ("(0.3)x", &["(0.3)x: -3/10 in [-7/20, -1/4] 倍"]),
            ("(0.7) pts", &["(0.7) pts: -7/10 in [-3/4, -13/20] points"]),
            ("(12) bps", &["(12) bps: -3/2500 in [-1/800, -23/20000]"]),
            ("3½", &["3½: reference"]),
            (">(100)%", &[">(100)%: -1 in (-∞, -1)"]),
            ("> $(100)", &["> $(100): -100 in (-∞, -100) $"]),
            (">100%", &[">100%: 1 in (1, ∞)"]),
            ("△3", &["△3: -3 in [-7/2, -5/2]"]),
            ("▲3.5", &["▲3.5: -7/2 in [-71/20, -69/20]"]),
            ("-3", &["-3: -3 in [-7/2, -5/2]"]),
            ("–3", &["–3: -3 in [-7/2, -5/2]"]),
            ("17 660", &["17 660: 17660 in [35319/2, 35321/2]"]),
            ("17 660.5", &["17 660.5: 35321/2 in [353209/20, 353211/20]"]),
            ("0", &["0: 0 in [-1/2, 1/2]"]),
            ("2020", &["2020: date"]),
            ("Other assets (1)", &["1: ordinal"]),
            ("–", &[]),
            ("—", &[]),
            ("—$ 27", &["$ 27: 27 in [53/2, 55/2] $"]),
            ("—27", &["—27: -27 in [-55/2, -53/2]"]),
            ("n/a", &[]),
            ("", &[]),
        ],
    );
}

#[test]
fn rounding_and_sign_give_the_range() {
    let range = |text: &str, rounding| {
        let figure = figures(text, true)[0];
        let range = figure.quantity.range(figure.is_exact(), rounding);
        let show = |end: Option<End>| end.map(|end| (end.value.to_big().to_string(), end.open));
        (show(range.low), show(range.high))
    };
    let ends = |low: &str, low_open, high: &str, high_open| {
        (Some((low.to_string(), low_open)), Some((high.to_string(), high_open)))
    };
    assert_eq!(range("1.2%", Rounding::Down), ends("3/250", false, "13/1000", true));
    assert_eq!(range("-1.2%", Rounding::Down), ends("-13/1000", true, "-3/250", false));
    assert_eq!(range("0", Rounding::Down), ends("-1", true, "1", true));
    assert_eq!(range("1.2%", Rounding::Exact), ends("3/250", false, "3/250", false));
    assert_eq!(range("5件", Rounding::Down), ends("5", false, "5", false));
    assert_eq!(range("60余元", Rounding::Exact), ends("60", true, "70", true));
}

#[test]
fn directions() {
    let rows = [
        ("下降1.87%", Direction::Down),
        ("减少5件", Direction::Down),
        ("降低了约3%", Direction::Down),
        ("同比增长3%", Direction::Up),
        ("提高0.3个百分点", Direction::Up),
        ("下降到3%", Direction::None),
        ("增加值3%", Direction::None),
        ("a decrease of 3%", Direction::Down),
        ("costs fell by 3%", Direction::Down),
        ("an increase in costs of 3%", Direction::Up),
        ("up 3.5%", Direction::Up),
        ("decreased to 3%", Direction::None),
        ("a 3% increase", Direction::Up),
    ];
    for (text, direction) in rows {
        let figure = figures(text, false)[0];
        assert_eq!(figure.quantity.direction, direction, "{text}");
        assert!(!figure.quantity.numerator.is_sign_negative(), "{text}");
    }
}

#[test]
fn a_brace_overrides_the_class() {
    let rows = [
        ("2020年", 0, "2020年: 2020 in [4039/2, 4041/2] 年"),
        ("第3次", 3, "3次: 3 in [3, 3] 次"),
        ("四大家", 0, "四: 4 in [7/2, 9/2]"),
        ("3—5个", 0, "3—5个: 3 in [3, 5] 个"),
        ("近116万元", 0, "近116万元: 1160000 in (1150000, 1160000) 元"),
        ("近116万元", 3, "近116万元: 1160000 in (1150000, 1160000) 元"),
        ("不超过5%", 0, "不超过5%: 1/20 in (-∞, 1/20]"),
        ("more than $5 million", 0, "more than $5 million: 5000000 in (5000000, ∞) $"),
        ("$(786)", 0, "$(786): -786 in [-1573/2, -1571/2] $"),
        ("twelve cases", 0, "twelve cases: 12 in [12, 12] case"),
    ];
    for (text, at, expected) in rows {
        let figure = read_at(text, Span::new(0, text.len()), at).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(shown(text, &figure), expected);
        assert_eq!(figure.class, Class::Quantity);
    }
    for (text, at) in [("件17660", 0), ("17660", 1), ("甲乙", 1), ("甲乙", 3), ("5", 9), ("甲", 0)] {
        assert!(read_at(text, Span::new(0, text.len()), at).is_none(), "{text} at {at}");
    }
}

#[test]
fn hedged_figures_have_no_nominal_value() {
    assert_eq!(figures("60余件", false)[0].quantity.nominal(), None);
    assert_eq!(figures("3—5件", false)[0].quantity.nominal(), None);
    let figure = figures("60件", false)[0];
    assert_eq!(
        (figure.quantity.hedge, figure.quantity.nominal().map(|value| value.to_string())),
        (Hedge::None, Some("60".into()))
    );
}

#[test]
fn declared_units() {
    let rows = [
        ("万元", Some(("元", 4))),
        ("单位:万元", Some(("元", 4))),
        ("单位：人民币亿元", Some(("元", 8))),
        ("合计（亿元）", Some(("元", 8))),
        ("人口(万人)", Some(("人", 4))),
        ("增速(%)", Some(("", -2))),
        ("%", Some(("", -2))),
        ("‰", Some(("", -3))),
        ("‱", Some(("", -4))),
        ("$ in millions", Some(("$", 6))),
        ("$000’", Some(("$", 3))),
        ("US$000", Some(("$", 3))),
        ("£'000", Some(("£", 3))),
        ("Balance Sheets - USD ($) $ in Millions", Some(("$", 6))),
        ("Revenue ($)", Some(("$", 0))),
        ("(in thousands of dollars)", Some(("$", 3))),
        ("(in millions, except per share data)", Some(("", 6))),
        ("(Dollars in thousands)", Some(("$", 3))),
        ("All amounts expressed in thousands of U.S. Dollars, except share data", Some(("$", 3))),
        ("thousands", Some(("", 3))),
        ("(Millions of dollars)", Some(("$", 6))),
        ("RMB'000", Some(("元", 3))),
        ("(in $000’s)", Some(("$", 3))),
        ("US$’000", Some(("$", 3))),
        ("€m", Some(("€", 6))),
        ("2019 £m", Some(("£", 6))),
        ("Revenue", None),
        ("in 2019", None),
        ("Total (1)", None),
        ("US$ b", Some(("$", 9))),
        ("(£b)", Some(("£", 9))),
        ("North Water (a) (b)", None),
        ("合计", None),
        ("2020年", None),
        ("Changes in working capital", None),
        ("Supplemental 401(k) Plan", None),
    ];
    for (text, expected) in rows {
        let found = declared_unit(text).map(|found| (found.unit.name(text).unwrap_or_default(), found.exponent));
        assert_eq!(found, expected.map(|(unit, exponent)| (unit.to_string(), exponent)), "{text}");
    }
}

#[test]
fn labels() {
    let rows = [
        ("全区共调处各类纠纷561件", "调处各类纠纷"),
        ("甲5件,其中劳动纠纷6件", "劳动纠纷"),
        ("处罚22件29人", "处罚"),
        ("成功率达到94.1%", "成功率"),
        ("sales of $2 million and rents of $4", "and rents"),
        ("Revenue increased, and operating costs were $5", "and operating costs"),
    ];
    for (text, expected) in rows {
        let figure = *figures(text, false).last().unwrap_or_else(|| panic!("{text}"));
        let span = label(text, Span::new(0, text.len()), &figure);
        assert_eq!(span.map(|span| &text[span.range()]), Some(expected), "{text}");
    }
}

#[test]
fn overlong_numbers_are_references() {
    for digits in [
        "9".repeat(29),
        "9".repeat(10_000),
        format!("0.{}", "3".repeat(10_000)),
        "1,234".to_string() + &",567".repeat(3000),
    ] {
        let found = figures(&digits, false);
        assert_eq!(found[0].class, Class::Reference, "{} digits", digits.len());
    }
    for many in [
        "一二三".repeat(10_000),
        "百千万".repeat(10_000),
        "1 234".repeat(10_000),
        "3.".repeat(10_000),
        "(1".repeat(10_000),
    ] {
        figures(&many, true);
    }
    let largest = figures("9999999999999999999999999999件", false);
    assert_eq!(largest[0].quantity.numerator.to_string(), "9999999999999999999999999999");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Texts of the characters that figures are made of.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "1",
            "20",
            "300",
            "2019",
            "0",
            ",",
            ".",
            " ",
            "-",
            "—",
            "–",
            "~",
            "/",
            ":",
            "+",
            "(",
            ")",
            "（",
            "）",
            "%",
            "‰",
            "$",
            "€",
            "一",
            "二",
            "两",
            "三",
            "十",
            "百",
            "千",
            "万",
            "亿",
            "零",
            "〇",
            "点",
            "分之",
            "半",
            "余",
            "多",
            "几",
            "近",
            "约",
            "超过",
            "以上",
            "左右",
            "不",
            "件",
            "人",
            "个",
            "元",
            "年",
            "月",
            "日",
            "第",
            "号",
            "时",
            "倍",
            "番",
            "成",
            "增长",
            "至",
            "到",
            "“",
            "”",
            "〔",
            "〕",
            "one",
            "two",
            "hundred",
            "million",
            "half",
            "third",
            "in",
            "to",
            "about",
            "more than",
            "March",
            "Table",
            "cases",
            "k",
            "G",
            "\n",
            "é",
            "👍",
            "²",
            "①",
            "１",
            "，",
            "、",
            "。",
        ]);
        prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn figures_are_in_order_inside_the_block(text in texts(), in_cell: bool) {
            let block = Span::new(0, text.len());
            let mut end = 0;
            for figure in figures(&text, in_cell) {
                prop_assert!(figure.span.start >= end, "{text:?} {figure:?}");
                prop_assert!(figure.span.contains(figure.digits), "{text:?} {figure:?}");
                prop_assert!(text.get(figure.span.range()).is_some() && text.get(figure.digits.range()).is_some());
                end = figure.span.end;
                let range = figure.quantity.range(figure.is_exact(), Rounding::Nearest);
                if let (Some(low), Some(high)) = (range.low, range.high) {
                    prop_assert!(low.value <= high.value, "{text:?} {figure:?}");
                }
                label(&text, block, &figure);
            }
            prop_assert!(end as usize <= text.len());
        }

        #[test]
        fn reading_anywhere_never_panics(text in texts()) {
            for at in 0..=text.len() + 1 {
                if let Some(figure) = read_at(&text, Span::new(0, text.len()), at) {
                    prop_assert!(figure.span.contains(figure.digits));
                    prop_assert!(text.get(figure.span.range()).is_some());
                }
            }
            declared_unit(&text);
        }

        #[test]
        fn any_text_is_lexed(text in ".{0,60}") {
            figures(&text, false);
            figures(&text, true);
            declared_unit(&text);
        }

        #[test]
        fn whole_numbers_come_back(value in 0u64..10_000_000) {
            let text = format!("共{value}件");
            let found = figures(&text, false);
            prop_assert_eq!(found[0].quantity.value().to_string(), value.to_string());
        }
    }
}
