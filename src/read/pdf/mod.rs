//! PDF: pages become glyphs and rules, glyphs words, words lines, and lines tables and paragraphs.
//!
//! hayro reads the file's objects and fonts; the content of pages is interpreted here, with a bound on its steps. Pages whose
//! text may not be what is printed are told and not read.

mod build;
mod columns;
mod content;
mod font;
mod glyph;
mod gutter;
mod ideograph;
mod lattice;
mod layers;
mod layout;
mod lines;
mod margins;
mod measure;
mod page;
mod paragraphs;
mod parts;
mod path;
mod pieces;
mod rows;
mod runs;
mod sections;
mod settle;
mod sheet;
mod sound;
mod table;
mod thousands;
mod titles;
mod unpack;
mod words;
mod wrapped;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread::ScopedJoinHandle;

use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use self::font::Fonts;
use self::layers::Layers;
use self::layout::Layout;
use self::sections::Shared;
use self::sheet::Sheet;
use crate::document::{Document, Message, Place, Problem};
use crate::error::{Error, Result};

/// More pages are not read.
const MOST_PAGES: usize = 20_000;

/// The stack is as large as the deepest nesting of objects asks for.
const STACK: usize = 32 << 20;

/// Reads a PDF.
///
/// # Errors
/// It is encrypted with a password, or no page of it can be found.
pub(super) fn read(path: &Path, bytes: Vec<u8>) -> Result<Document> {
    let reader = std::thread::Builder::new().stack_size(STACK);
    std::thread::scope(|scope| {
        let read = || catch_unwind(AssertUnwindSafe(|| read_here(path, bytes))).unwrap_or_else(|_| Err(damaged()));
        let thread = reader.spawn_scoped(scope, read).map_err(Error::from)?;
        thread.join().unwrap_or_else(|_| Err(damaged()))
    })
}

fn damaged() -> Error {
    Error::message(
        "the PDF is damaged and cannot be read; print it to a new PDF and check that",
        "PDF 已损坏，无法读取；请打印成新的 PDF 再检查",
    )
}

fn read_here(path: &Path, bytes: Vec<u8>) -> Result<Document> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Error::message(
            "the PDF is encrypted; save it without a password and check that",
            "PDF 已加密；请取消密码，另存后再检查",
        ),
        LoadPdfError::Invalid => damaged(),
    })?;
    let mut sheets = sheets(&pdf);
    let (mut problems, mut unread) = (Vec::new(), Vec::new());
    for sheet in &mut sheets {
        if let Some(reason) = sheet.refused.take() {
            problems.push(refused(sheet.number, &reason));
            unread.push(sheet.number);
        }
    }
    if pdf.pages().len() > MOST_PAGES {
        let message = Message::new(
            format!("only the first {MOST_PAGES} pages were read; split the PDF"),
            format!("只读取了前 {MOST_PAGES} 页；请拆分 PDF"),
        );
        problems.push(Problem { message, source_span: None, place: None, unchecked: true });
    }
    let mut remarks: Vec<_> = sheets.iter_mut().flat_map(|sheet| std::mem::take(&mut sheet.left_out)).collect();
    let lines = margins::set_apart(&mut sheets);
    if lines > 0 {
        remarks.push(Message::new(
            format!("{lines} lines of page headers, footers and page numbers were left out"),
            format!("页眉、页脚和页码共 {lines} 行，未读取"),
        ));
    }
    let shared = Shared::of(&sheets);
    let pages = sheets.into_iter().flat_map(|sheet| Layout::of(sheet, &shared)).collect();
    let document = build::document(path, pages, &unread);
    Ok(Document { problems, remarks, ..document })
}

fn refused(page: u32, reason: &Message) -> Problem {
    let message =
        Message::new(format!("the page is not checked: {}", reason.english), format!("本页未检查：{}", reason.chinese));
    Problem { message, source_span: None, place: Some(Place::Page { page, line: 0 }), unchecked: true }
}

/// The pages of a PDF, some of them at the same time.
fn sheets(pdf: &Pdf) -> Vec<Sheet> {
    // Fewer pages are read faster than a thread is made and its fonts are loaded.
    const FEWEST: usize = 4;
    let pages = &pdf.pages()[..pdf.pages().len().min(MOST_PAGES)];
    let (layers, steps) = (Layers::of(pdf), steps(pages.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(pages.len().div_ceil(FEWEST)).max(1);
    let size = pages.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let layers = &layers;
        let read = |(part, pages)| {
            let start = part * size + 1;
            let work = move || part_of_sheets(pages, start, layers, steps);
            (std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work), work)
        };
        let running: Vec<_> = pages.chunks(size).enumerate().map(read).collect();
        running.into_iter().flat_map(|(thread, work)| joined(thread, work)).collect()
    })
}

/// What a thread gives; where it could not start or came to no end, its work is done here.
fn joined<T>(thread: std::io::Result<ScopedJoinHandle<'_, T>>, work: impl FnOnce() -> T) -> T {
    thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(work)
}

/// Reads pages one by one; the first has the number `start`. One that makes a library fail is told, and the others read.
fn part_of_sheets(pages: &[Page<'_>], start: usize, layers: &Layers, steps: usize) -> Vec<Sheet> {
    let mut fonts = Fonts::new();
    let mut sheets = Vec::with_capacity(pages.len());
    for (number, page) in (start as u32..).zip(pages) {
        let read = || Sheet::of(page::print(page, &mut fonts, layers, steps), number);
        sheets.push(catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            fonts = Fonts::new();
            Sheet { number, refused: Some(Message::new("it is damaged", "页面已损坏")), ..Sheet::default() }
        }));
    }
    sheets
}

/// How many steps a page may take: fewer where there are many, so that a file is read in bounded time.
fn steps(pages: usize) -> usize {
    const ALL: usize = 200_000_000;
    (ALL / pages.max(1)).clamp(20_000, 4_000_000)
}
