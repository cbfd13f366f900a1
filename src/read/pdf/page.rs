//! Pages: from a page's objects to what is printed on it.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;

use super::content::Interpreter;
use super::font::Fonts;
use super::glyph::Print;
use super::layers::Layers;
use super::measure::{Area, Matrix, Real, length};
use super::unpack;

/// What is printed on a page, found in `steps` steps at most.
pub(super) fn print<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, layers: &Layers, steps: usize) -> Print {
    let (width, height) = page.render_dimensions();
    let area = Area { x0: 0, y0: 0, x1: length(width.into()), y1: length(height.into()) };
    let matrix = Matrix(page.initial_transform(true).as_coeffs());
    let mut interpreter = Interpreter::new(fonts, layers, matrix, area, steps);
    match contents(page, most(steps)) {
        Some(data) => interpreter.run(&data, page.resources()),
        None => interpreter.print.given_up = true,
    }
    match annotations(page) {
        Some(shown) => shown.iter().for_each(|(object, at)| interpreter.annotation(object, *at, page.resources())),
        None => interpreter.print.given_up = true,
    }
    interpreter.print
}

/// How many bytes the content of a page may have that takes `steps` steps at most.
pub(super) fn most(steps: usize) -> usize {
    steps.saturating_mul(24).min(unpack::MOST)
}

/// The content of a page; `None` if a part of it cannot be unpacked, or all of it is too large.
fn contents(page: &Page<'_>, most: usize) -> Option<Vec<u8>> {
    let raw = page.raw();
    let streams = match raw.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(parts)) => parts.iter::<Object<'_>>().filter_map(Object::into_stream).collect(),
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for stream in streams {
        all.extend_from_slice(&unpack::unpack(&stream, most)?);
        all.push(b'\n');
        if all.len() > most {
            return None;
        }
    }
    Some(all)
}

/// What annotations show on the page: the values of a form's fields, stamps. `None`: there are too many.
fn annotations<'a>(page: &Page<'a>) -> Option<Vec<(Stream<'a>, [Real; 4])>> {
    const HIDDEN: u32 = 1 << 1 | 1 << 5;
    const MOST: usize = 10_000;
    let annotations = page.raw().get::<Array<'a>>("Annots").unwrap_or_default();
    let all: Vec<Dict<'a>> = annotations.iter().take(MOST + 1).collect();
    let shown = all.iter().filter(|annotation| {
        let is_popup = annotation.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Popup");
        !is_popup && annotation.get::<u32>("F").unwrap_or(0) & HIDDEN == 0
    });
    let shown = shown.filter_map(|annotation| Some((appearance(annotation)?, annotation.get::<[Real; 4]>("Rect")?)));
    (all.len() <= MOST).then(|| shown.collect())
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => states.get::<Stream<'a>>(annotation.get::<Name<'a>>("AS")?),
        _ => None,
    }
}
