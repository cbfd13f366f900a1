//! A page as lines and lattices, and whether its text can be trusted.

use super::glyph::{Glyph, Print, Rule};
use super::gutter;
use super::lattice::{self, Lattice};
use super::lines::{self, Line};
use super::measure::Area;
use super::sound;
use super::words;
use crate::document::Message;

/// A page that was read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its number, from 1.
    pub number: u32,
    pub area: Area,
    /// Its lines, from top to bottom.
    pub lines: Vec<Line>,
    /// The same lines before raised marks and thousands were told, if the page may be set in columns.
    pub loose: Vec<Line>,
    pub lattices: Vec<Lattice>,
    /// Long level lines, whether in a lattice or not.
    pub rules: Vec<Rule>,
    /// Why it is not read, if it is not.
    pub refused: Option<Message>,
    /// What was left out of it.
    pub left_out: Vec<Message>,
}

impl Sheet {
    /// The page `number` from what is printed on it.
    pub fn of(print: Print, number: u32) -> Self {
        if let Some(reason) = sound::refuse(&print) {
            return Self { number, refused: Some(reason), ..Self::default() };
        }
        let askew = print.askew;
        let (glyphs, rules, area, others) = print.turned();
        let mut lines = lines::lines(words::words(&glyphs));
        lines::number(&mut lines, 1);
        let loose = if gutter::may_part(&lines) { lines.clone() } else { Vec::new() };
        lines::settle(&mut lines);
        if let Some(reason) = sound::refuse_lines(&lines) {
            return Self { number, refused: Some(reason), ..Self::default() };
        }
        let lattices = lattice::lattices(&rules);
        let mut sheet = Self { number, area, lines, loose, lattices, rules: lattice::level(&rules), ..Self::default() };
        if askew > 0 {
            sheet.left_out.push(Message::new(
                format!("page {number}: {askew} characters printed askew were left out"),
                format!("第 {number} 页：{askew} 个斜排的字符未读取"),
            ));
        }
        sheet.add_turned(&others);
        sheet
    }

    /// Text that runs in other directions than most is put below all else.
    fn add_turned(&mut self, others: &[Vec<Glyph>]) {
        for glyphs in others {
            let shift = self.lines.last().map_or(0, |line| line.y) + self.area.height().max(1);
            let mut turned = lines::lines(words::words(glyphs));
            lines::number(&mut turned, 1);
            let first = turned.first().map_or(0, |line| line.y);
            let count = self.lines.len() as u32;
            for line in &mut turned {
                line.y += shift - first;
                line.number += count;
                for word in &mut line.words {
                    word.y += shift - first;
                    word.line += count;
                }
            }
            if !self.loose.is_empty() {
                self.loose.extend(turned.iter().cloned());
            }
            lines::settle(&mut turned);
            self.lines.append(&mut turned);
        }
    }
}
