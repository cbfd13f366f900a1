//! A run made by hand, which the outputs' tests show.

use crate::diagnostic::*;
use crate::document::Language;

/// A Chinese report with an error, a note and a passing check, one that cannot be read, and a rule file with an error.
pub fn run() -> Run {
    let unreadable = Report {
        path: "reports/missing.txt".into(),
        problems: vec![Problem::of_file("reports/missing.txt", "No such file or directory (os error 2)")],
        ..Report::default()
    };
    let rule = Rule {
        id: "performance-rate".into(),
        about: "调解协议履行率应为成功履行数与调处成功数之比".into(),
        help: None,
        severity: Severity::Error,
    };
    Run { reports: vec![report(), unreadable], problems: vec![rule_problem()], rules: vec![rule], ..Run::default() }
}

/// A list of figures.
pub fn figures() -> Vec<FigureList> {
    let money = FigureRow {
        text: "2.5358亿元".into(),
        class: "quantity",
        value: Some("253580000".into()),
        low: Some("253575000".into()),
        high: Some("253585000".into()),
        unit: Some("元".into()),
        label: Some("集中授信".into()),
        place: place((9120, 9132), (33, 88)),
        ..FigureRow::default()
    };
    let year = FigureRow {
        text: "2020年".into(),
        class: "date",
        place: PlaceView { place: Some("Sheet1!B7".into()), ..PlaceView::default() },
        ..FigureRow::default()
    };
    vec![FigureList {
        path: "r.txt".into(),
        language: Language::Chinese,
        rows: vec![money, year],
        problems: Vec::new(),
    }]
}

fn report() -> Report {
    Report {
        path: "fixtures/text/mediation.txt".into(),
        language: Language::Chinese,
        told_in: Language::Chinese,
        figures: FigureCounts { total: 47, tied: 31, bound: 4, failing: 2, unchecked: 10 },
        checks: CheckCounts { holds: 14, within_rounding: 2, fails: 1, ..CheckCounts::default() },
        findings: vec![error(), note(), holds()],
        remarks: vec!["decoded from GB18030".into()],
        ..Report::default()
    }
}

fn error() -> Finding {
    let rate = figure("rate", "96.5%", "0.965", ("0.9645", "0.9655"), (14310, 14315), (57, 96));
    let performed = figure("performed", "510", "510", ("510", "510"), (14280, 14283), (57, 75));
    let settled = figure("settled", "528", "528", ("528", "528"), (14100, 14103), (57, 23));
    let text = "今年全区共调处各类纠纷561件,调处成功528件,涉及金额达510.74万元,其中疑难复杂的44件、涉及妇女和儿童的20件、\
                涉及劳动的6件,成功履行510件,成功率94.1%,调解协议履行率96.5%。";
    let labels = vec![
        label(text, "528", "settled", false),
        label(text, "510件", "performed", false),
        label(text, "96.5%", "rate: 应为 96.6%", true),
    ];
    let rule = "check = \"rate = performed / settled\"";
    Finding {
        rule: "performance-rate".into(),
        severity: Some(Severity::Error),
        verdict: Verdict::Fails,
        message: "调解协议履行率应为成功履行数与调处成功数之比".into(),
        check: Some("rate = performed / settled".into()),
        arithmetic: Some("96.5% = 510 / 528".into()),
        figures: vec![rate.clone(), performed, settled],
        computed: Some(Computed { value: "96.590…%".into(), shown: "96.6%".into() }),
        off: Some("0.1 个百分点".into()),
        slip: Some("截去了尾数，没有四舍五入".into()),
        culprits: vec![rate],
        suggestion: Some(Suggestion {
            bytes: Some((14310, 14315)),
            line_column: Some((57, 96)),
            old: "96.5%".into(),
            text: "96.6%".into(),
        }),
        notes: Vec::new(),
        fingerprint: "4f1d0c7a".into(),
        known: None,
        body_check: None,
        at: None,
        excerpts: vec![
            excerpt("fixtures/text/mediation.txt", (57, 1), text, labels),
            excerpt("rules/mediation.toml", (31, 1), rule, vec![label(rule, "rate = performed / settled", "", false)]),
        ],
    }
}

fn note() -> Finding {
    let text = "部署线上招聘\u{1b}[31m\u{202e}3次。";
    Finding {
        rule: "count".into(),
        severity: Some(Severity::Note),
        verdict: Verdict::Untestable,
        message: "招聘次数无从核对".into(),
        check: None,
        arithmetic: None,
        figures: vec![figure("times", "3次", "3", ("3", "3"), (300, 304), (9, 120))],
        computed: None,
        off: None,
        slip: None,
        culprits: Vec::new(),
        suggestion: None,
        notes: vec!["文中没有逐次列出。".into()],
        fingerprint: "00aa11bb".into(),
        known: None,
        body_check: None,
        at: None,
        excerpts: vec![excerpt("fixtures/text/mediation.txt", (9, 108), text, vec![label(text, "3次", "times", true)])],
    }
}

fn holds() -> Finding {
    Finding {
        rule: "94.1% = 528 / 561".into(),
        severity: None,
        verdict: Verdict::Holds,
        message: "勾稽相符".into(),
        check: Some("94.1% = 528 / 561".into()),
        arithmetic: Some("94.1% = 528 / 561".into()),
        figures: vec![figure("1", "94.1%", "0.941", ("0.9405", "0.9415"), (14290, 14295), (57, 84))],
        computed: None,
        off: None,
        slip: None,
        culprits: Vec::new(),
        suggestion: None,
        notes: Vec::new(),
        fingerprint: "77ee".into(),
        known: None,
        body_check: None,
        at: None,
        excerpts: Vec::new(),
    }
}

fn rule_problem() -> Problem {
    let text = "check = \"rate = preformed / settled\"";
    Problem {
        path: Some("rules/mediation.toml".into()),
        place: place((512, 521), (31, 17)),
        help: Some("did you mean `performed`?".into()),
        excerpts: vec![excerpt("rules/mediation.toml", (31, 1), text, vec![label(text, "preformed", "", true)])],
        ..Problem::new("unknown name `preformed`")
    }
}

fn figure(
    name: &str,
    text: &str,
    value: &str,
    range: (&str, &str),
    bytes: (u64, u64),
    line_column: (u32, u32),
) -> FigureView {
    FigureView {
        name: name.into(),
        role: name.into(),
        text: text.into(),
        value: Some(value.into()),
        low: Some(range.0.into()),
        high: Some(range.1.into()),
        open: "",
        path: None,
        earlier: None,
        place: place(bytes, line_column),
    }
}

fn place(bytes: (u64, u64), line_column: (u32, u32)) -> PlaceView {
    PlaceView { bytes: Some(bytes), line_column: Some(line_column), ..PlaceView::default() }
}

fn excerpt(path: &str, (line, column): (u32, u32), text: &str, labels: Vec<Label>) -> Excerpt {
    Excerpt { path: path.into(), place: None, line, column, text: text.into(), labels }
}

fn label(text: &str, marked: &str, said: &str, primary: bool) -> Label {
    let start = text.find(marked).unwrap();
    Label { start, end: start + marked.len(), text: said.into(), primary, at: None }
}
