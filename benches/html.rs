//! What reading a filing of 2 MB costs, as ratios to a bare pass of the HTML tokenizer over it, in one run: `cargo bench --bench
//! html`. docs/architecture.md holds what was measured.

#[path = "support/clock.rs"]
mod clock;
#[allow(dead_code)]
mod support;

use std::convert::Infallible;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;

use clock::{median, time};
use figlint::{figure, read};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use support::Random;

const RUNS: usize = 9;

fn main() {
    let filing = filing(2_000_000);
    let path = Path::new("filing.html");
    let read = || read::bytes(path, filing.clone().into_bytes(), &read::Options::default()).expect("it is a page");
    let document = read();
    println!("{} bytes, {} tables, {} blocks", filing.len(), document.tables.len(), document.blocks.len());
    row("reading", || drop(black_box(read())), &filing, 4.0);
    row("reading and lexing", || drop(black_box(figure::lex(&read()))), &filing, 8.0);
}

fn row(name: &str, mut ours: impl FnMut(), filing: &str, bar: f64) {
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let pair = (time(&mut ours), time(|| tokenize(filing)));
        if run > 0 {
            own.push(pair.0);
            bare.push(pair.1);
        }
    }
    let (own, bare) = (median(own), median(bare));
    let ratio = own.as_secs_f64() / bare.as_secs_f64();
    println!("{name:<24} {own:>10.1?} {bare:>10.1?}   ratio {ratio:.2} (bar {bar})");
}

/// A bare pass: every token is made and nothing kept.
fn tokenize(filing: &str) {
    let mut events = 0u64;
    let mut emitter = CallbackEmitter::new(|_: CallbackEvent<'_>, _: html5gum::Span<usize>| -> Option<Infallible> {
        events += 1;
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(filing, emitter).finish();
    black_box(events);
}

/// A page in the shape of an inline-XBRL filing: long styles, tables whose figures have their signs in cells of their own.
fn filing(bytes: usize) -> String {
    let mut r = Random::new(7);
    let mut page = String::from(
        "<?xml version='1.0' encoding='ASCII'?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Report</title></head>\
         <body><div style=\"display:none\"><ix:header><ix:hidden>0000000000</ix:hidden></ix:header></div>",
    );
    while page.len() < bytes {
        for _ in 0..r.between(3, 9) {
            paragraph(&mut r, &mut page);
        }
        table(&mut r, &mut page);
    }
    page.push_str("</body></html>");
    page
}

const FONT: &str = "color:#000000;font-family:'Helvetica',sans-serif;font-size:9pt;font-weight:400;line-height:120%";

fn paragraph(r: &mut Random, page: &mut String) {
    _ = write!(
        page,
        "<div style=\"margin-top:6pt;text-align:justify\"><span style=\"{FONT}\">The group&#8217;s orders rose by {}.{}% to \
         ${}.{} million in the quarter, of which {} orders came from the new region &#8220;north&#8221;. The number of sites \
         went up from {} to {}, and the share of repairs stayed as it was.</span></div>",
        r.between(1, 19),
        r.between(0, 9),
        r.between(10, 990),
        r.between(0, 9),
        r.between(100, 9_000),
        r.between(10, 50),
        r.between(51, 90),
    );
}

fn table(r: &mut Random, page: &mut String) {
    page.push_str("<table style=\"border-collapse:collapse;display:inline-table;width:100.000%\"><tr>");
    for _ in 0..12 {
        page.push_str("<td style=\"width:8.3%\"/>");
    }
    page.push_str("</tr><tr><td colspan=\"3\" style=\"padding:0 1pt\"/>");
    for year in ["2024", "2023", "2022"] {
        cell(page, 3, year);
    }
    page.push_str("</tr>");
    for row in 0..r.between(5, 30) {
        page.push_str("<tr>");
        cell(page, 3, &format!("Segment {} and others", char::from(b'A' + (row % 26) as u8)));
        for _ in 0..3 {
            let (thousands, ones) = (r.between(1, 99), r.between(0, 999));
            match r.between(0, 3) {
                0 => {
                    cell(page, 1, "$");
                    cell(
                        page,
                        1,
                        &format!(
                            "<ix:nonFraction unitRef=\"usd\" contextRef=\"c-{ones}\" decimals=\"-6\" \
                        name=\"us-gaap:Revenue\" scale=\"6\" id=\"f-{thousands}\">{thousands},{ones:03}</ix:nonFraction>&#160;"
                        ),
                    );
                    cell(page, 1, "");
                }
                1 => {
                    cell(page, 2, &format!("({thousands},{ones:03}"));
                    cell(page, 1, ")");
                }
                _ => {
                    cell(page, 2, &format!("{thousands},{ones:03}&#160;"));
                    cell(page, 1, "");
                }
            }
        }
        page.push_str("</tr>");
    }
    page.push_str("</table>");
}

fn cell(page: &mut String, columns: u64, text: &str) {
    _ = write!(page, "<td colspan=\"{columns}\" style=\"padding:2px 1pt;text-align:left;vertical-align:bottom\">");
    if !text.is_empty() {
        _ = write!(page, "<span style=\"{FONT}\">{text}</span>");
    }
    page.push_str("</td>");
}
