//! Content streams: operators become glyphs and rules.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::{Transform, TypedInstruction as Op};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use hayro_syntax::page::Resources;

use super::font::{Face, Fonts};
use super::glyph::{Glyph, Print, UNKNOWN};
use super::layers::Layers;
use super::measure::{Area, Direction, Matrix, POINT, Real, real};
use super::page;
use super::path::Path;
use super::unpack;

/// How deep forms may hold forms.
const DEEPEST: u32 = 24;

/// The most glyphs and rules that are kept of a page.
const MOST_KEPT: usize = 400_000;

/// Walks through the content of one page.
pub(super) struct Interpreter<'a, 'p> {
    fonts: &'p mut Fonts<'a>,
    layers: &'p Layers,
    pub print: Print,
    /// How much work may still be done: operators, glyphs, and bytes of forms.
    steps: usize,
    depth: u32,
    shows: u32,
    state: State<'a>,
    saved: Vec<State<'a>>,
    /// How many more were to be saved.
    unsaved: usize,
    path: Path,
    /// By open marked content: whether it hides what is in it.
    marked: Vec<bool>,
    text: Matrix,
    line: Matrix,
}

#[derive(Clone)]
struct State<'a> {
    matrix: Matrix,
    clip: Area,
    face: Option<Rc<Face<'a>>>,
    /// Whether a font was asked for that cannot be read.
    no_face: bool,
    size: Real,
    character_space: Real,
    word_space: Real,
    /// 1 is the normal width.
    stretch: Real,
    leading: Real,
    rise: Real,
    mode: i64,
}

impl<'a, 'p> Interpreter<'a, 'p> {
    /// An interpreter for a page that is shown by `matrix` within `area`, and takes `steps` steps at most.
    pub fn new(fonts: &'p mut Fonts<'a>, layers: &'p Layers, matrix: Matrix, area: Area, steps: usize) -> Self {
        let state = State {
            matrix,
            clip: area,
            face: None,
            no_face: false,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        Self {
            fonts,
            layers,
            print: Print { area, ..Print::default() },
            steps,
            depth: 0,
            shows: 0,
            state,
            saved: Vec::new(),
            unsaved: 0,
            path: Path::default(),
            marked: Vec::new(),
            text: Matrix::NONE,
            line: Matrix::NONE,
        }
    }

    /// Takes a number of steps; `false`: there are none left.
    fn take(&mut self, steps: usize) -> bool {
        self.print.given_up |= self.steps < steps || self.print.rules.len() > MOST_KEPT;
        self.steps = self.steps.saturating_sub(steps);
        !self.print.given_up
    }

    /// Runs a content stream.
    pub fn run(&mut self, data: &[u8], resources: &Resources<'a>) {
        if !self.take(data.len() / 16) {
            return;
        }
        let (saved, marked, unsaved) = (self.saved.len(), self.marked.len(), std::mem::take(&mut self.unsaved));
        let mut operators = TypedIter::new(data);
        while let Some(op) = operators.next() {
            if !self.take(1) {
                break;
            }
            self.operator(op, resources, saved);
        }
        self.marked.truncate(marked);
        self.unsaved = unsaved;
        if self.saved.len() > saved {
            self.state = self.saved[saved].clone();
            self.saved.truncate(saved);
        }
        self.path = Path::default();
    }

    fn operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>, floor: usize) {
        // More than that no page needs. Some pages save states that they never ask for.
        const MOST_SAVED: usize = 512;
        match op {
            Op::SaveState(_) if self.saved.len() < floor + MOST_SAVED => self.saved.push(self.state.clone()),
            Op::SaveState(_) => self.unsaved += 1,
            Op::RestoreState(_) if self.unsaved > 0 => self.print.given_up = true,
            Op::RestoreState(_) if self.saved.len() > floor => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            Op::Transform(by) => self.state.matrix = transform(&by).then(&self.state.matrix),
            Op::XObject(name) => {
                if let Some(object) = resources.get_x_object(name.0) {
                    self.object(&object, resources);
                }
            }
            Op::InlineImage(_) => self.picture(),
            Op::Shading(_) => self.print.drawn = true,
            Op::BeginMarkedContent(_) => self.marked.push(false),
            Op::BeginMarkedContentWithProperties(marks) => {
                let hides = marks.0.as_ref() == b"OC" && self.hides(marks.1, resources);
                self.marked.push(hides);
            }
            Op::EndMarkedContent(_) => {
                self.marked.pop();
            }
            Op::SetGraphicsState(name) => self.graphics_state(resources.get_ext_g_state(name.0)),
            op => {
                if !self.text_operator(&op, resources) {
                    self.path_operator(&op);
                }
            }
        }
    }

    fn hides(&self, properties: &Object<'_>, resources: &Resources<'a>) -> bool {
        match properties {
            Object::Name(name) => self.layers.is_off(&resources.properties, name.as_ref()),
            _ => false,
        }
    }

    fn graphics_state(&mut self, state: Option<Dict<'a>>) {
        let Some(font) = state.and_then(|state| state.get::<Array<'a>>("Font")) else { return };
        let mut parts = font.flex_iter();
        if let (Some(font), Some(size)) = (parts.next::<Dict<'a>>(), parts.next::<Number>()) {
            self.set_font(Some(&font), &size);
        }
    }

    /// A form or a picture. `outer` are the resources of what it stands in.
    pub fn object(&mut self, object: &Stream<'a>, outer: &Resources<'a>) {
        let dict = object.dict();
        if self.layers.is_off(dict, b"OC") || self.is_hidden() {
            return;
        }
        if dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Image") {
            return self.picture();
        }
        if self.depth >= DEEPEST || !self.take(object.raw_data().len() / 16 + 1) {
            self.print.given_up = true;
            return;
        }
        let Some(data) = unpack::unpack(object, page::most(self.steps)) else {
            self.print.given_up = true;
            return;
        };
        let kept = (self.state.clone(), self.text, self.line);
        if let Some(matrix) = dict.get::<[Real; 6]>("Matrix") {
            self.state.matrix = Matrix(matrix).then(&self.state.matrix);
        }
        if let Some([x0, y0, x1, y1]) = dict.get::<[Real; 4]>("BBox") {
            self.clip(Area::around(corners(&self.state.matrix, [x0, y0, x1, y1])));
        }
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        self.depth += 1;
        self.run(&data, own.as_ref().unwrap_or(outer));
        self.depth -= 1;
        (self.state, self.text, self.line) = kept;
    }

    /// Draws `object`, the appearance of an annotation, into a rectangle of the page.
    pub fn annotation(&mut self, object: &Stream<'a>, rectangle: [Real; 4], resources: &Resources<'a>) {
        let dict = object.dict();
        let matrix = Matrix(dict.get::<[Real; 6]>("Matrix").unwrap_or(Matrix::NONE.0));
        let Some(bounds) = dict.get::<[Real; 4]>("BBox") else { return };
        let kept = self.state.clone();
        self.state.matrix = matrix.fitted(bounds, rectangle).then(&self.state.matrix);
        self.object(object, resources);
        self.state = kept;
    }

    fn clip(&mut self, area: Option<Area>) {
        if let Some(area) = area {
            self.state.clip = self.state.clip.within(&area);
        }
    }

    fn is_hidden(&self) -> bool {
        self.marked.iter().any(|&hides| hides)
    }

    fn picture(&mut self) {
        let area = Area::around(corners(&self.state.matrix, [0.0, 0.0, 1.0, 1.0])).unwrap_or_default();
        let area = area.within(&self.state.clip);
        let square = |area: &Area| i64::from(area.width() / POINT) * i64::from(area.height() / POINT);
        let share = square(&area) * 100 / square(&self.print.area).max(1);
        self.print.pictures = (self.print.pictures + share as u32).min(100);
    }

    fn path_operator(&mut self, op: &Op<'_, '_>) {
        let place = |x: &Number, y: &Number| self.state.matrix.place(real(x), real(y));
        match op {
            Op::MoveTo(p) => self.path.move_to(place(&p.0, &p.1)),
            Op::LineTo(p) => self.path.line_to(place(&p.0, &p.1)),
            Op::CubicTo(p) => self.path.curve_to(place(&p.4, &p.5)),
            Op::CubicStartTo(p) => self.path.curve_to(place(&p.2, &p.3)),
            Op::CubicEndTo(p) => self.path.curve_to(place(&p.2, &p.3)),
            Op::RectPath(r) => {
                let (x, y, width, height) = (real(&r.0), real(&r.1), real(&r.2), real(&r.3));
                self.path.rectangle(corners(&self.state.matrix, [x, y, x + width, y + height]));
            }
            Op::ClosePath(_) => self.path.close(),
            Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => self.path.clips = true,
            Op::EndPath(_) => self.paint(false, false),
            Op::StrokePath(_) => self.paint(true, false),
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                self.paint(false, true);
            }
            Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => self.paint(true, true),
            Op::CloseAndStrokePath(_) => {
                self.path.close();
                self.paint(true, false);
            }
            Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                self.path.close();
                self.paint(true, true);
            }
            _ => {}
        }
    }

    fn paint(&mut self, stroke: bool, fill: bool) {
        let path = std::mem::take(&mut self.path);
        if (stroke || fill) && !self.is_hidden() {
            self.print.drawn = true;
            let strokes = path.strokes().filter(|_| stroke);
            let rules = strokes.chain(path.fills().filter(|_| fill));
            self.print.rules.extend(rules.filter_map(|rule| rule.within(&self.state.clip)));
        }
        if path.clips {
            self.clip(path.area);
        }
    }

    /// Whether an operator was one of text.
    fn text_operator(&mut self, op: &Op<'_, '_>, resources: &Resources<'a>) -> bool {
        match op {
            Op::BeginText(_) => (self.text, self.line) = (Matrix::NONE, Matrix::NONE),
            Op::TextFont(font) => self.set_font(resources.get_font(font.0).as_ref(), &font.1),
            Op::CharacterSpacing(space) => self.state.character_space = real(&space.0),
            Op::WordSpacing(space) => self.state.word_space = real(&space.0),
            Op::HorizontalScaling(percent) => self.state.stretch = real(&percent.0) / 100.0,
            Op::TextLeading(leading) => self.state.leading = real(&leading.0),
            Op::TextRise(rise) => self.state.rise = real(&rise.0),
            Op::TextRenderingMode(mode) => self.state.mode = mode.0.as_i64(),
            Op::SetTextMatrix(m) => {
                let m = Matrix([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5].map(real));
                (self.text, self.line) = (m, m);
            }
            Op::NextLine(by) => self.next_line(real(&by.0), real(&by.1)),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -real(&by.1);
                self.next_line(real(&by.0), real(&by.1));
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(text) => self.show_one(text.0),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show_one(text.0);
            }
            Op::ShowTextWithParameters(text) => {
                (self.state.word_space, self.state.character_space) = (real(&text.0), real(&text.1));
                self.next_line(0.0, -self.state.leading);
                self.show_one(text.2);
            }
            Op::ShowTexts(texts) => self.show_several(texts.0),
            _ => return false,
        }
        true
    }

    fn next_line(&mut self, x: Real, y: Real) {
        self.line = Matrix::shift(x, y).then(&self.line);
        self.text = self.line;
    }

    fn set_font(&mut self, font: Option<&Dict<'a>>, size: &Number) {
        self.state.face = font.and_then(|font| self.fonts.face(font));
        self.state.no_face = self.state.face.is_none();
        self.state.size = real(size);
    }

    fn show_one(&mut self, text: &Bytes<'_>) {
        self.shows = self.shows.wrapping_add(1);
        self.show(text.as_bytes());
    }

    fn show_several(&mut self, texts: &Array<'_>) {
        self.shows = self.shows.wrapping_add(1);
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(back) => {
                    let along = -real(&back) / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Matrix::shift(along, 0.0).then(&self.text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, mut bytes: &[u8]) {
        let Some(face) = self.state.face.clone().filter(|face| face.is_horizontal()) else {
            let seen = bytes.iter().filter(|b| !b.is_ascii_whitespace()).count();
            self.print.lost += if self.is_hidden() { 0 } else { seen };
            return;
        };
        while !bytes.is_empty() && self.take(1) {
            let (code, length) = face.code(bytes);
            bytes = &bytes[length.min(bytes.len())..];
            self.glyph(&face, code, length);
        }
    }

    fn glyph(&mut self, face: &Face<'a>, code: u32, length: usize) {
        let (state, known) = (&self.state, face.known(code));
        let width = known.width * state.size * state.stretch;
        let along = width + state.character_space * state.stretch;
        let word = if code == 32 && length == 1 { state.word_space * state.stretch } else { 0.0 };
        let matrix = self.text.then(&state.matrix);
        let [start, end, next] = [0.0, width, along].map(|x| matrix.place(x, state.rise));
        let middle = matrix.place(width / 2.0, state.rise + state.size * 0.3);
        self.text = Matrix::shift(along + word, 0.0).then(&self.text);
        let seen = state.clip.holds(middle, POINT);
        if !seen || self.is_hidden() {
            return;
        }
        let direction = matrix.direction();
        let Some(turn) = Direction::STRAIGHT.iter().position(|&straight| straight == direction) else {
            self.print.askew += 1;
            return;
        };
        if matches!(self.state.mode, 3 | 7) {
            self.print.invisible += 1;
            return;
        }
        let [start, end, next] = [start, end, next].map(|place| direction.turned(place));
        let glyph = Glyph {
            c: UNKNOWN,
            x0: start.x,
            x1: end.x.max(start.x),
            space: next.x - end.x,
            y: start.y,
            size: matrix.height(self.state.size),
            bold: face.bold || self.state.mode == 2,
            show: self.shows,
        };
        self.print.push(turn, glyph, &known.text);
    }
}

fn transform(by: &Transform) -> Matrix {
    Matrix([&by.0, &by.1, &by.2, &by.3, &by.4, &by.5].map(real))
}

/// The corners of a rectangle, once it is shown by `matrix`.
fn corners(matrix: &Matrix, [x0, y0, x1, y1]: [Real; 4]) -> [super::measure::Point; 4] {
    [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| matrix.place(x, y))
}
