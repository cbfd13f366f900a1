//! What reading a PDF of 200 pages costs, as a ratio to `pdftotext -layout` on the same file, in one run: `cargo bench --bench
//! pdf` needs `pdftotext` (poppler-utils). docs/architecture.md holds what was measured.

#[path = "support/clock.rs"]
mod clock;
#[allow(dead_code)]
mod support;

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use clock::{median, time};
use figlint::{figure, read};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use support::Random;

const RUNS: usize = 7;
const PAGES: u32 = 200;

fn main() {
    if Command::new("pdftotext").arg("-v").stderr(Stdio::null()).status().is_err() {
        println!("skipped: pdftotext is not installed");
        return;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.pdf");
    std::fs::write(&path, report()).expect("the file can be written");
    let read = || read::file(&path, &read::Options::default()).expect("it is a PDF");
    let document = read();
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    println!("{PAGES} pages, {} tables, {} blocks", document.tables.len(), document.blocks.len());
    row("reading", || drop(black_box(read())), &path);
    row("reading and lexing", || drop(black_box(figure::lex(&read()))), &path);
}

fn row(name: &str, mut ours: impl FnMut(), path: &Path) {
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let pair = (time(&mut ours), time(|| pdftotext(path)));
        if run > 0 {
            own.push(pair.0);
            other.push(pair.1);
        }
    }
    let (own, other) = (median(own), median(other));
    println!("{name:<24} {own:>10.1?} {other:>10.1?}   ratio {:.2} (bar 4)", own.as_secs_f64() / other.as_secs_f64());
}

fn pdftotext(path: &Path) {
    let status = Command::new("pdftotext").arg("-layout").arg(path).arg("-").stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()));
}

/// A report whose pages hold prose, a table without ruling and a ruled one, packed as printers of PDF pack them.
fn report() -> Vec<u8> {
    let mut r = Random::new(11);
    let kids: String = (0..PAGES).map(|i| format!("{} 0 R ", 4 + 2 * i)).collect();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let mut add = |object: &[u8]| {
        places.push(file.len());
        writeln!(file, "{} 0 obj", places.len()).expect("memory can be written");
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    };
    add(b"<</Type/Catalog/Pages 2 0 R>>");
    let resources = "/Resources<</Font<</F1 3 0 R>>>>";
    add(format!("<</Type/Pages/Count {PAGES}/Kids[{kids}]/MediaBox[0 0 595 842]{resources}>>").as_bytes());
    add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    for page in 0..PAGES {
        add(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 5 + 2 * page).as_bytes());
        let content = packed(content(&mut r, page).as_bytes());
        let head = format!("<</Filter/FlateDecode/Length {}>>stream\n", content.len());
        add(&[head.as_bytes(), &content, b"\nendstream"].concat());
    }
    let start = file.len();
    write!(file, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).expect("memory can be written");
    places.iter().for_each(|place| writeln!(file, "{place:010} 00000 n ").expect("memory can be written"));
    let end = format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    file.extend_from_slice(end.as_bytes());
    file
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(content).expect("memory can be written");
    packer.finish().expect("memory can be written")
}

fn content(r: &mut Random, page: u32) -> String {
    let mut content = String::new();
    let mut text = |x: u32, y: u32, words: &str| {
        // Words in pieces with kerning between them, as typesetters print them.
        let pieces: Vec<_> = words.split_inclusive(' ').map(|word| format!("({word})-12")).collect();
        _ = writeln!(content, "BT /F1 9 Tf {x} {y} Td [{}] TJ ET", pieces.concat());
    };
    for i in 0..18 {
        let (a, b) = (r.between(100, 9_999), r.between(10, 99));
        text(
            50,
            790 - 12 * i,
            &format!("In the district of number {a} the office settled {b} cases of the year, and as many were new in"),
        );
    }
    let mut tables = |top: u32, rows: u32| {
        for i in 0..rows {
            text(50, top - 12 * i, &format!("Item {i} of the budget"));
            for column in 0..5 {
                let (thousands, rest) = (r.between(1, 999), r.between(100, 999));
                text(220 + 70 * column, top - 12 * i, &format!("{thousands},{rest}.{column}"));
            }
        }
    };
    tables(560, 18);
    tables(310, 18);
    text(290, 30, &format!("- {page} -"));
    for i in 0..=18 {
        let y = 320 - 12 * i;
        _ = writeln!(content, "48 {y} m 560 {y} l S");
    }
    for x in [48, 215, 285, 355, 425, 495, 560] {
        _ = writeln!(content, "{x} 104 m {x} 320 l S");
    }
    content
}
