//! The review page as a file: what stands in it, and that it needs nothing else.

use std::path::Path;

use figlint::check::{Options, Reach, Session};
use figlint::diagnostic::{Problem, Report, Run};
use figlint::output::{TextOptions, page};
use figlint::{document::Language, read, rule};

fn report(name: &str, text: &str) -> Report {
    let (file, errors) = rule::parse(Path::new("rules.toml"), RULES);
    assert!(errors.is_empty(), "{errors:?}");
    let session = Session::new(vec![(file, Reach::Every)], Options { body: true, ..Options::default() });
    let document = read::bytes(Path::new(name), text.as_bytes().to_vec(), &read::Options::default()).unwrap();
    session.check(&document)
}

fn written(run: &Run, language: Option<Language>) -> String {
    let mut out = Vec::new();
    page::write(&mut out, run, &TextOptions { language, ..TextOptions::default() }).unwrap();
    String::from_utf8(out).unwrap()
}

/// The page without its style and its script, a tag a line where that helps.
fn plain(page: &str) -> String {
    let mut page = page.replace(include_str!("../src/output/page/page.css"), "");
    page = page.replace(include_str!("../src/output/page/page.js"), "");
    let words = page.find("<script id=\"words\"").unwrap();
    page.truncate(words);
    ["<p", "<div", "<tr", "<article", "<script", "<li", "<label", "<h2", "</main"]
        .iter()
        .fold(page, |page, tag| page.replace(tag, &format!("\n{tag}")))
}

const RULES: &str = r#"
[[rule]]
id    = "settled"
find  = "Of {all} letters {settled} ({rate}) were settled"
check = "rate = settled / all"

[[rule]]
id    = "total"
table = "Letters"
rows  = { total = "Total", parts = ["roads", "parks"] }
check = "total = sum(parts)"
"#;

const TEXT: &str = "## Letters\n\nOf 561 letters 528 (94.4%) were settled. On 3 May R&D was well.\n\n| item | n |\n| --- | --- |\n\
                    | roads | 12 |\n| parks | 3 |\n| Total | 15 |\n";

#[test]
fn a_page_of_a_small_report() {
    let run = Run { reports: vec![report("r.md", TEXT)], ..Run::default() };
    let page = plain(&written(&run, None));
    let body = page.find("<main").unwrap();
    insta::assert_snapshot!(&page[body..], @r##"
    <main id="main">
    <article id="r0"><header class="report">
    <h2 lang="en">r.md</h2></header><details class="body" open><summary>The report</summary>
    <div class="text" lang="en">
    <div class="chunk"><h3>Letters</h3>

    <div class="p">Of <span id="f0-0" class="x">561 letters</span> <span id="f0-1" class="x">528</span> (<span id="f0-2" class="x">94.4%</span>) were settled.
    <div class="note error" id="n0-0" role="note" lang="en" tabindex="-1">
    <div class="kind"><span class="icon" aria-hidden="true">✗</span>error <code>settled</code></div>
    <p class="says">these figures cannot all be right</p>
    <p class="sum">94.4% = 528 / 561 letters: computed 94.117…%, which prints as 94.1%; off by 0.3 percentage points</p>
    <p>one of these is wrong, likeliest first: 94.4%, 561 letters, 528</p>
    <p class="parts">Figures: <a href="#f0-0" title="all">561 letters</a> <a href="#f0-1" title="settled">528</a> <a href="#f0-2" title="rate">94.4%</a></p>
    <p class="at">line 3, column 21</p></div> On <span id="f0-3" class="n">3 May</span> R&amp;D was well.</div>

    <div class="grid">
    <div class="wrap"><table aria-label="Table"><thead>
    <tr><th scope="col">item</th><th class="r" scope="col">n</th></tr></thead><tbody>
    <tr><th scope="row">roads</th><td class="r"><span id="f0-4" class="h">12</span></td></tr>
    <tr><th scope="row">parks</th><td class="r"><span id="f0-5" class="h">3</span></td></tr>
    <tr><th scope="row">Total</th><td class="r"><span id="f0-6" class="h">15</span></td></tr></tbody></table></div></div>
    </div></div></details>
    <script id="d0" type="application/json">{"figures":{"0":{"value":"561","unit":"letter","at":"line 3, column 4","checks":[0]},"1":{"value":"528","range":["527.5","528.5",""],"label":"letters","at":"line 3, column 16","checks":[0]},"2":{"value":"0.944","range":["0.9435","0.9445",""],"at":"line 3, column 21","checks":[0]},"3":{"class":"date","at":"line 3, column 45"},"4":{"value":"12","range":["11.5","12.5",""],"label":"roads / n","at":"line 7, column 11","checks":[1]},"5":{"value":"3","range":["2.5","3.5",""],"label":"parks / n","at":"line 8, column 11","checks":[1]},"6":{"value":"15","range":["14.5","15.5",""],"label":"total / n","at":"line 9, column 11","checks":[1]}},"checks":[{"rule":"settled","verdict":"fails","message":"these figures cannot all be right","arithmetic":"94.4% = 528 / 561 letters","computed":["94.117…%","94.1%"],"parts":[["all",0],["settled",1],["rate",2]],"finding":0},{"rule":"total","verdict":"holds","message":"the figures agree","arithmetic":"15 = 12 + 3","computed":["15","15"],"parts":[["total",6],["parts[1]",4],["parts[2]",5]]}]}</script></article>
    </main></div><aside class="panel" id="panel" hidden aria-label="The figure and its checks" tabindex="-1"></aside>
    <div class="away" id="live" aria-live="polite"></div>
    "##);
}

#[test]
fn what_a_baseline_has_is_told_from_what_is_new() {
    let mut own = report("r.md", TEXT);
    let text = |report: &Report| written(&Run { reports: vec![report.clone()], ..Run::default() }, None);
    assert!(text(&own).contains("class=\"note error\""));
    own.findings[0].known = Some(true);
    let page = text(&own);
    assert!(!page.contains("class=\"note error\"") && page.contains("class=\"note known\""));
    assert!(page.contains("in the baseline</span>"));
    let off = TEXT.replace("Of 561", "<!-- figlint: off settled: rounded elsewhere -->\n\nOf 561");
    let page = text(&report("r.md", &off));
    assert!(
        !page.contains("class=\"note ")
            && page.contains("\"suppressed\":true")
            && page.contains("1 finding suppressed")
    );
}

#[test]
fn a_page_needs_nothing_else_and_is_the_same_again() {
    let mut unread = Report { path: "missing.md".into(), ..Report::default() };
    unread.problems.push(Problem::of_file("missing.md", "No such file"));
    let run = Run { reports: vec![report("r.md", TEXT), unread], ..Run::default() };
    let page = written(&run, None);
    assert_eq!(page, written(&run, None));
    for outside in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("<html lang=\"en\">") && page.contains("No such file"));
    assert!(written(&run, Some(Language::Chinese)).contains("<html lang=\"zh-Hans\">"));
}

#[test]
fn the_script_of_a_page_ends_where_it_should() {
    let run =
        Run { reports: vec![report("r.md", "`</script>` has 3 of 4 cases (75%) \u{1b}[31m\n")], ..Run::default() };
    let page = written(&run, None);
    assert_eq!(page.matches("</script>").count(), page.matches("<script").count());
    assert!(!page.contains('\u{1b}'));
}
