//! The table of known units, and how their spellings are found.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Dimension;

/// A known unit.
#[derive(Debug)]
pub struct Entry {
    /// The name that is shown.
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// The unit that it is converted to: units with one base fit one another. A unit that converts to no other is its own.
    pub base: &'static str,
    /// How many of the base make one of it: a numerator and a denominator.
    pub factor: (u32, u32),
    /// How reports spell it: Chinese spellings, and English ones in lower case with singular and plural.
    pub spellings: &'static [&'static str],
    /// Whether a Chinese numeral without a scale may count it: false for characters that start too many other words.
    pub measure: bool,
}

use Dimension::{Area, Count, Energy, Length, Mass, Money, Other, Pure, Time, Volume};

/// A unit that converts to no other.
const fn own(name: &'static str, dimension: Dimension, spellings: &'static [&'static str]) -> Entry {
    Entry { name, dimension, base: name, factor: (1, 1), spellings, measure: true }
}

/// A unit that converts.
const fn of(
    name: &'static str,
    dimension: Dimension,
    (base, numerator, denominator): (&'static str, u32, u32),
    spellings: &'static [&'static str],
) -> Entry {
    Entry { name, dimension, base, factor: (numerator, denominator), spellings, measure: true }
}

/// A Chinese counting word.
const fn count(name: &'static str) -> Entry {
    Entry { name, dimension: Count, base: name, factor: (1, 1), spellings: &[], measure: true }
}

/// A Chinese counting word that a bare Chinese numeral does not count, since it starts too many other words (三门, 五台).
const fn weak(name: &'static str) -> Entry {
    Entry { name, dimension: Count, base: name, factor: (1, 1), spellings: &[], measure: false }
}

/// The name of every quantity of one thing for each of another.
pub(super) const PER: &str = "/";

/// The known units; [`super::Unit::Known`] holds an index into it. The name is a spelling too.
pub static UNITS: &[Entry] = &[
    // Money. One currency has one base, whatever its spelling.
    of("元", Money, ("元", 1, 1), &["块钱", "人民币", "rmb", "cny", "yuan", "renminbi", "元人民币"]),
    of("¥", Money, ("元", 1, 1), &["￥"]),
    Entry { measure: false, ..of("角", Money, ("元", 1, 10), &[]) },
    of("美元", Money, ("$", 1, 1), &["美金"]),
    of("$", Money, ("$", 1, 1), &["dollar", "dollars", "usd", "us$", "us dollars", "u.s. dollars", "u.s. dollar"]),
    of("cents", Money, ("$", 1, 100), &["cent", "¢", "美分"]),
    of("€", Money, ("€", 1, 1), &["euro", "euros", "eur", "欧元"]),
    of("£", Money, ("£", 1, 1), &["gbp", "pounds sterling", "英镑"]),
    of("港元", Money, ("HK$", 1, 1), &["港币", "hk$", "hkd"]),
    of("日元", Money, ("JPY", 1, 1), &["jpy", "yen"]),
    of("卢布", Money, ("RUB", 1, 1), &["rub", "rubles"]),
    of("韩元", Money, ("KRW", 1, 1), &["krw"]),
    of("澳元", Money, ("A$", 1, 1), &["a$", "aud"]),
    of("加元", Money, ("C$", 1, 1), &["c$", "cad"]),
    of("瑞郎", Money, ("CHF", 1, 1), &["chf", "瑞士法郎"]),
    of("₹", Money, ("₹", 1, 1), &["inr"]),
    of("Rs", Money, ("₹", 1, 1), &["rupee", "rupees"]),
    of("新台币", Money, ("NT$", 1, 1), &["nt$", "twd"]),
    // Pure numbers that are no scale.
    of("倍", Pure, ("倍", 1, 1), &["times", "fold", "x"]),
    of("番", Pure, ("番", 1, 1), &[]),
    // Length
    of("公里", Length, ("米", 1000, 1), &["千米", "km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"]),
    Entry { measure: false, ..of("里", Length, ("米", 500, 1), &[]) },
    of("海里", Length, ("米", 1852, 1), &["nautical miles"]),
    of("米", Length, ("米", 1, 1), &["meter", "meters", "metre", "metres", "m"]),
    of("延米", Length, ("米", 1, 1), &[]),
    of("分米", Length, ("米", 1, 10), &[]),
    of("厘米", Length, ("米", 1, 100), &["公分", "cm", "centimeters", "centimetres"]),
    of("毫米", Length, ("米", 1, 1000), &["mm", "millimeters", "millimetres"]),
    of("微米", Length, ("米", 1, 1_000_000), &["μm"]),
    of("纳米", Length, ("米", 1, 1_000_000_000), &["nm", "nanometers"]),
    of("miles", Length, ("miles", 1, 1), &["mile", "英里"]),
    of("feet", Length, ("feet", 1, 1), &["foot", "ft", "英尺"]),
    of("inches", Length, ("inches", 1, 1), &["inch", "英寸"]),
    // Area
    of(
        "平方公里",
        Area,
        ("平方米", 1_000_000, 1),
        &["km²", "square kilometers", "square kilometres", "sq km", "平方千米"],
    ),
    of("平方米", Area, ("平方米", 1, 1), &["平米", "㎡", "m²", "square meters", "square metres", "sq m", "sqm"]),
    of("公顷", Area, ("平方米", 10_000, 1), &["hectare", "hectares", "ha"]),
    of("亩", Area, ("平方米", 2000, 3), &["亩次", "mu"]),
    of("square feet", Area, ("square feet", 1, 1), &["sq ft", "square foot", "平方英尺"]),
    of("square miles", Area, ("square miles", 1, 1), &[]),
    of("acres", Area, ("acres", 1, 1), &["acre", "英亩"]),
    // Volume
    of("立方米", Volume, ("升", 1000, 1), &["m³", "cubic meters", "cubic metres"]),
    Entry { measure: false, ..of("方", Volume, ("升", 1000, 1), &["立方"]) },
    of("升", Volume, ("升", 1, 1), &["公升", "liter", "liters", "litre", "litres"]),
    of("毫升", Volume, ("升", 1, 1000), &["ml"]),
    of("gallons", Volume, ("gallons", 1, 1), &["gallon", "加仑"]),
    of("barrels", Volume, ("barrels", 1, 1), &["barrel", "bbl", "mmbbl", "bbls", "boe", "桶"]),
    of("cubic feet", Volume, ("cubic feet", 1, 1), &[]),
    // Mass
    of("吨", Mass, ("公斤", 1000, 1), &["tonne", "tonnes", "公吨", "metric tons", "metric tonnes"]),
    of("tons", Mass, ("tons", 1, 1), &["ton"]),
    of("公斤", Mass, ("公斤", 1, 1), &["千克", "kg", "kgs", "kilograms", "kilogram"]),
    of("斤", Mass, ("公斤", 1, 2), &["市斤"]),
    of("克", Mass, ("公斤", 1, 1000), &["g", "gram", "grams"]),
    of("毫克", Mass, ("公斤", 1, 1_000_000), &["mg"]),
    of("微克", Mass, ("公斤", 1, 1_000_000_000), &["μg"]),
    of("pounds", Mass, ("pounds", 1, 1), &["lb", "lbs", "pound"]),
    of("ounces", Mass, ("ounces", 1, 1), &["ounce", "oz", "盎司"]),
    own("吨标准煤", Mass, &["吨标煤"]),
    // Energy and power
    of("千瓦时", Energy, ("千瓦时", 1, 1), &["度电", "kwh", "千瓦小时", "kilowatt-hours"]),
    of("兆瓦时", Energy, ("千瓦时", 1000, 1), &["mwh", "megawatt-hours"]),
    of("吉瓦时", Energy, ("千瓦时", 1_000_000, 1), &["gwh", "gigawatt-hours"]),
    of("太瓦时", Energy, ("千瓦时", 1_000_000_000, 1), &["twh"]),
    of("千瓦", Other, ("千瓦", 1, 1), &["kw", "kilowatts"]),
    of("兆瓦", Other, ("千瓦", 1000, 1), &["mw", "megawatts"]),
    of("吉瓦", Other, ("千瓦", 1_000_000, 1), &["gw", "gigawatts"]),
    of("瓦", Other, ("千瓦", 1, 1000), &["watts"]),
    own("千伏安", Other, &["kva"]),
    own("千伏", Other, &["kv"]),
    own("大卡", Energy, &["千卡"]),
    own("焦耳", Energy, &["joules"]),
    // Time
    of("年", Time, ("月", 12, 1), &["year", "years", "周岁"]),
    of("个月", Time, ("月", 1, 1), &["month", "months"]),
    own("个季度", Time, &["quarters"]),
    of("周", Time, ("天", 7, 1), &["week", "weeks", "个星期", "星期", "个礼拜"]),
    of("天", Time, ("天", 1, 1), &["日", "day", "days"]),
    own("个工作日", Time, &["工作日", "business days", "working days", "trading days"]),
    own("课时", Time, &["学时"]),
    of("小时", Time, ("分钟", 60, 1), &["个小时", "hour", "hours", "个钟头"]),
    of("分钟", Time, ("分钟", 1, 1), &["minute", "minutes", "min", "mins"]),
    of("秒", Time, ("分钟", 1, 60), &["second", "seconds", "秒钟"]),
    own("岁", Time, &["years old"]),
    own("世纪", Time, &["个世纪", "centuries"]),
    own("年代", Time, &["decades"]),
    // Measured otherwise
    own("shares", Count, &["share"]),
    own("points", Other, &["point", "pts"]),
    Entry { measure: false, ..own("点", Other, &["个点"]) },
    Entry { measure: false, ..own("分", Other, &[]) },
    Entry { measure: false, ..own("度", Other, &["℃", "摄氏度", "°c", "°f", "°"]) },
    Entry { measure: false, ..own("级", Other, &[]) },
    own("标准箱", Count, &["标箱", "teu", "teus"]),
    own("分贝", Other, &["db"]),
    own("赫兹", Other, &["hz"]),
    own("马力", Other, &["horsepower"]),
    own("比特", Other, &["bits"]),
    own("GB", Other, &["gb"]),
    own("TB", Other, &["tb"]),
    own("MB", Other, &["mb"]),
    own("Mbps", Other, &["mbps", "gbps"]),
    own("PB", Other, &["pb"]),
    own("流明", Other, &[]),
    own("万卡", Other, &[]),
    own("EFlops", Other, &["eflops", "pflops"]),
    // Counted things
    Entry { spellings: &["件（次）", "件(次)"], ..count("件") },
    own("件次", Count, &[]),
    own("人次", Count, &["人（次）", "人(次)"]),
    own("户次", Count, &["户（次）", "户(次)"]),
    count("人"),
    count("名"),
    Entry { measure: false, ..own("口", Count, &["口人"]) },
    count("位"),
    count("户"),
    count("项"),
    count("次"),
    own("场次", Count, &["场（次）", "场(次)"]),
    own("架次", Count, &[]),
    own("班次", Count, &[]),
    own("家次", Count, &["家（次）", "家(次)"]),
    own("批次", Count, &["批（次）", "批(次)"]),
    count("车次"),
    count("辆次"),
    count("台次"),
    count("艘次"),
    count("剂次"),
    count("剂"),
    count("席"),
    count("尾"),
    weak("盆"),
    weak("档"),
    weak("部门"),
    weak("夜"),
    count("起"),
    count("宗"),
    count("个"),
    count("家"),
    count("所"),
    count("条"),
    count("份"),
    Entry { spellings: &["套（件）"], ..count("套") },
    count("辆"),
    Entry { spellings: &["台（套）", "台(套)", "台套"], ..weak("台") },
    count("架"),
    count("艘"),
    count("列"),
    count("栋"),
    count("幢"),
    count("座"),
    count("处"),
    count("块"),
    count("片"),
    count("批"),
    count("期"),
    count("场"),
    count("轮"),
    count("种"),
    count("类"),
    count("篇"),
    count("册"),
    weak("本"),
    weak("部"),
    count("幅"),
    count("首"),
    count("张"),
    count("支"),
    count("只"),
    count("头"),
    count("匹"),
    weak("株"),
    count("棵"),
    weak("门"),
    count("例"),
    count("笔"),
    count("单"),
    count("票"),
    count("款"),
    count("枚"),
    weak("颗"),
    count("粒"),
    count("层"),
    count("间"),
    count("间次"),
    weak("床"),
    own("张床位", Count, &["床位"]),
    weak("组"),
    weak("队"),
    weak("班"),
    weak("团"),
    count("对"),
    weak("双"),
    weak("副"),
    weak("排"),
    weak("股"),
    weak("道"),
    weak("面"),
    weak("把"),
    weak("根"),
    weak("节"),
    weak("段"),
    weak("章"),
    weak("声"),
    weak("盏"),
    weak("箱"),
    weak("袋"),
    weak("包"),
    weak("瓶"),
    weak("盒"),
    weak("杯"),
    weak("句"),
    weak("字"),
    weak("页"),
    weak("集"),
    weak("步"),
    weak("代"),
    weak("届"),
    weak("国"),
    weak("省"),
    weak("市"),
    weak("县"),
    weak("区"),
    weak("乡"),
    weak("镇"),
    weak("村"),
    weak("社区"),
    weak("城"),
    weak("校"),
    weak("员"),
    weak("枪"),
    count("环节"),
    count("余例"),
    own("方面", Count, &[]),
    own("频道", Count, &[]),
    own("门类", Count, &[]),
    own("梯次", Count, &[]),
    own("英亩尺", Volume, &["acre-feet"]),
    // A quantity of one thing for each of another (元/吨).
    own(PER, Other, &[]),
];

/// The place of a unit in [`UNITS`] by its name.
pub(super) fn index_of(name: &str) -> Option<u16> {
    UNITS.iter().position(|entry| entry.name == name).and_then(|at| u16::try_from(at).ok())
}

/// Spellings by their first character, longest first.
pub(super) struct Index {
    /// By the character of the basic plane that a spelling starts with: its list in `lists`; 0 where none does.
    first: Vec<u16>,
    lists: Vec<Vec<(&'static str, u16)>>,
    words: FxHashMap<&'static str, Vec<(&'static str, u16)>>,
}

impl Index {
    /// The index of all spellings, made once.
    pub fn get() -> &'static Index {
        static INDEX: OnceLock<Index> = OnceLock::new();
        INDEX.get_or_init(Index::new)
    }

    /// The spellings that start with `first`, a character that is no ASCII letter; longest first.
    pub fn by_character(&self, first: char) -> &[(&'static str, u16)] {
        self.first.get(first as usize).map_or(&[], |&list| self.lists[usize::from(list)].as_slice())
    }

    /// The rest of the spellings whose first word is `word` (lower case), longest first.
    pub fn by_word(&self, word: &str) -> &[(&'static str, u16)] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    fn new() -> Self {
        let mut index = Self { first: vec![0; 0x10000], lists: vec![Vec::new()], words: FxHashMap::default() };
        for (at, entry) in (0u16..).zip(UNITS) {
            let name = std::iter::once(&entry.name).filter(|&&name| name != PER);
            for &spelling in entry.spellings.iter().chain(name) {
                index.insert(spelling, at);
            }
        }
        for list in index.lists.iter_mut().chain(index.words.values_mut()) {
            list.sort_by_key(|(spelling, _)| std::cmp::Reverse(spelling.len()));
        }
        index
    }

    fn insert(&mut self, spelling: &'static str, at: u16) {
        let letters = spelling.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters > 0 {
            let (word, rest) = spelling.split_at(letters);
            self.words.entry(word).or_default().push((rest, at));
        } else if let Some(first) = spelling.chars().next() {
            let list = &mut self.first[first as usize & 0xffff];
            if *list == 0 {
                *list = self.lists.len() as u16;
                self.lists.push(Vec::new());
            }
            self.lists[usize::from(*list)].push((spelling, at));
        }
    }
}
