//! Reports with varied figures on which the rules of `rules/examples/jingzhou-2020.toml` bind, for benchmarks.

use std::fmt::Write;

/// A small generator of pseudo-random numbers (the constants are Knuth's MMIX), so that every run measures the same reports.
pub struct Random(u64);

impl Random {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (self.0 >> 33) % (high - low + 1)
    }
}

/// `part / whole` in percent to one decimal, rounded half up.
fn percent(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 + whole) / (2 * whole);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A report of about `bytes` bytes; every relation that the rules check holds in it.
pub fn report(seed: u64, bytes: usize) -> String {
    let mut r = Random::new(seed);
    let mut text = format!("某区第{seed}号年度法治工作情况\n\n");
    head(&mut r, &mut text);
    let mut section = 2;
    while text.len() < bytes.saturating_sub(1600) {
        filler(&mut r, section, &mut text);
        section += 1;
    }
    tail(&mut r, &mut text);
    text
}

fn head(r: &mut Random, text: &mut String) {
    let (all, calls, closed) = (r.between(100, 900), r.between(30, 60), r.between(10, 29));
    let (passed, filed) = (r.between(2, 9), r.between(10, 40));
    let (a, b, c) = (r.between(1, 5), r.between(1, 9), r.between(1, 9));
    let people = a + b + c + r.between(0, 30);
    let epidemic = r.between(5, 20);
    let punished = epidemic + r.between(1, 9);
    _ = writeln!(
        text,
        "（一）依法处置案件。全年共接到各类投诉举报{all}件（次），已全部办结，办结率100%；接到市长热线{calls}次，已经办结\
         {closed}件；发现违章违法线索{}起，移送{passed}起，立案{filed}起，结案{}件；接到公众诉求{calls}件，已经办结{closed}件。\
         区公安分局受理案件{}件，行政处罚{punished}件{people}人，其中涉疫行政案件{epidemic}件，分别予以行政拘留{a}人，罚款{b}人，\
         治安警告{c}人。\n",
        passed + filed,
        filed - r.between(0, 9),
        punished + r.between(1, 90),
    );
    let kinds = [r.between(1, 9), r.between(1, 9), r.between(10, 30), r.between(40, 99)];
    let levels = [r.between(1000, 1999), r.between(2000, 3999), r.between(9000, 20000)];
    _ = writeln!(
        text,
        "（二）推进改革。全省{}项涉企行政审批实施事项，其中直接取消审批{}项、审批改为备案{}项、实行告知承诺{}项、优化准入服务{}项等\
         四种方式，已全部落地。全区共认领发布事项{}项（区级事项{}项，镇级事项{}项，村级事项{}项），另外梳理发布高频事项清单{}项。\n",
        kinds.iter().sum::<u64>(),
        kinds[0],
        kinds[1],
        kinds[2],
        kinds[3],
        levels.iter().sum::<u64>(),
        levels[0],
        levels[1],
        levels[2],
        r.between(100, 300),
    );
}

fn filler(r: &mut Random, section: u64, text: &mut String) {
    _ = writeln!(
        text,
        "（三）服务第{section}批项目。组织{}余名干部联系{}家企业，授信{}.{:04}亿元，落实奖补{}万元，同比增长{}.{}%；开展培训{}次，\
         发放资料{}余份，接受咨询{}人次，办理国办发〔2019〕{}号文件交办的事项{}项，截至{}月底节约成本{}万元。各单位按照三项制度要求，\
         坚持问题导向和目标导向相结合，统一规范办事流程，进一步提升群众的满意度和获得感，一体推进平台建设、队伍建设和制度建设。\n",
        r.between(2, 9) * 10,
        r.between(30, 300),
        r.between(1, 9),
        r.between(1, 9999),
        r.between(100, 999),
        r.between(1, 30),
        r.between(0, 9),
        r.between(2, 40),
        r.between(1, 9) * 1000,
        r.between(100, 9999),
        r.between(1, 99),
        r.between(2, 60),
        r.between(2, 12),
        r.between(10, 999),
    );
}

fn tail(r: &mut Random, text: &mut String) {
    let joint = r.between(12, 20);
    let all = joint + r.between(5, 20);
    let entities = [r.between(100, 500), r.between(100, 200), r.between(5, 20), r.between(20, 90)];
    _ = writeln!(
        text,
        "（四）严格执法。今年创建抽查任务抽查{all}个，其中联合抽查任务{joint}个，联合抽查任务占比达到30%以上；抽查各类市场主体共计{}户，\
         其中企业{}户，个体户{}户，农民专业合作社{}户，非市场主体{}户，结果均已公示。\n",
        entities.iter().sum::<u64>(),
        entities[0],
        entities[1],
        entities[2],
        entities[3],
    );
    let closed = r.between(10, 20);
    let accepted = closed + r.between(0, 5);
    let settled = r.between(400, 600);
    let disputes = settled + r.between(5, 60);
    let performed = settled - r.between(5, 30);
    _ = writeln!(
        text,
        "（五）化解纠纷。行政复议案件{}件，受案{accepted}件，办结{closed}件。发生行政诉讼案件55件，其中以区政府为被告的案件16件，\
         以部门为被告的案件30件，以乡镇政府为被告的案件9件。全区共调处各类矛盾纠纷{disputes}件，调处成功{settled}件，其中疑难复杂纠纷\
         {}件、涉及妇女儿童纠纷{}件、涉及劳动纠纷{}件，成功履行{performed}件，成功率{}%，调解协议履行率{}%。共办理各类法律援助案件256件\
         （其中民事案件35件、刑事案件221件）。",
        accepted + r.between(0, 9),
        r.between(10, 99),
        r.between(10, 99),
        r.between(1, 50),
        percent(settled, disputes),
        percent(performed, settled),
    );
}
