//! Joins and splits pieces by the columns of their table: an amount close behind its row's label, a minus or a note mark one blank
//! from its figure.

use super::columns::Columns;
use super::measure::Length;
use super::pieces::{Kind, Piece};
use super::words::{Word, hundredths};

/// Which of the pieces that stand close to a figure may be no values of their own.
#[derive(Clone, Copy)]
pub(super) struct Close {
    /// Small numbers in brackets behind figures: marks of notes where few figures have one, and figures (shares, deviations) else.
    marks: bool,
}

impl Close {
    /// What the rows of a table show.
    pub fn of<'r>(rows: impl ExactSizeIterator<Item = &'r Vec<Piece>>) -> Self {
        const FEW: usize = 3;
        let count = rows.len();
        let marked = rows.filter(|pieces| pieces.windows(2).any(|pair| is_mark(&pair[0], &pair[1]))).count();
        Self { marks: marked * FEW <= count }
    }

    /// The values of a row that are surely some of their own.
    pub fn clear(self, pieces: &[Piece]) -> impl Iterator<Item = &Piece> {
        let before = |at: usize| at.checked_sub(1).map(|before| &pieces[before]);
        let is_clear = move |&(at, piece): &(usize, &Piece)| {
            let is_minus = pieces.get(at + 1).is_some_and(|next| is_minus(piece, next));
            let is_mark = self.marks && before(at).is_some_and(|before| is_mark(before, piece));
            piece.is_value() && !is_minus && !is_mark
        };
        pieces.iter().enumerate().filter(is_clear).map(|(_, piece)| piece)
    }

    /// Puts the pieces of a row together, and parts them, as the columns tell.
    pub fn settle(self, pieces: Vec<Piece>, columns: &Columns) -> Vec<Piece> {
        let mut settled: Vec<Piece> = Vec::with_capacity(pieces.len());
        for mut piece in pieces {
            let last = settled.last_mut().filter(|last| {
                let one = columns.of(last).zip(columns.of(&piece)).is_none_or(|(last, own)| last == own);
                one && (is_minus(last, &piece) || self.marks && is_mark(last, &piece))
            });
            match last {
                Some(last) => {
                    if last.kind == Kind::Figure {
                        piece.words.iter_mut().for_each(Word::raise);
                    }
                    last.append(&piece.words);
                }
                None => settled.push(piece),
            }
        }
        part_label(&mut settled, columns);
        settled
    }
}

/// Where the texts behind the figures of a table start, for the rows of `body`, in order.
pub(super) fn text_starts<'r>(body: impl Iterator<Item = &'r Vec<Piece>>) -> Vec<Length> {
    let behind = body.flat_map(|pieces| pieces.iter().skip(1)).filter(|piece| piece.kind == Kind::Text);
    let mut starts: Vec<Length> = behind.map(Piece::x0).collect();
    starts.sort_unstable();
    starts
}

/// Parts figures from the texts of the next column that they stand close to: such texts of other rows start at the same place.
pub(super) fn part_texts(pieces: &mut Vec<Piece>, columns: &Columns, starts: &[Length]) {
    const OTHERS: usize = 2;
    let aligned = |text: &Piece| {
        let within = |slack: Length| starts.partition_point(|&start| start <= text.x0() + slack);
        let slack = hundredths(text.words.first().map_or(0, |word| word.size), 20);
        within(slack) - within(-slack - 1) >= OTHERS
    };
    for at in (1..pieces.len()).rev() {
        let parted = pieces[at].parted_behind().filter(|(value, text)| columns.fits(value) && aligned(text));
        if let Some((value, text)) = parted {
            pieces.splice(at..=at, [value, text]);
        }
    }
}

/// Parts the amount from a row's label that it stands close to, where it is aligned with a column that the row leaves empty.
fn part_label(pieces: &mut Vec<Piece>, columns: &Columns) {
    let Some(label) = pieces.first().filter(|label| label.kind == Kind::Text && columns.is_left(label)) else { return };
    let Some((label, amount)) = label.parted() else { return };
    let column = columns.of(&amount).filter(|_| columns.fits(&amount));
    let is_free = column.is_some() && pieces[1..].iter().all(|piece| columns.of(piece) != column);
    if is_free {
        pieces.splice(..1, [label, amount]);
    }
}

/// Whether a piece may be the minus of the figure that follows: German reports set a blank between them.
fn is_minus(piece: &Piece, next: &Piece) -> bool {
    piece.kind == Kind::Nothing && next.kind == Kind::Figure && piece.is_close(next) && piece.is_dash()
}

/// Whether a piece may be the mark of a note behind a figure: (3).
fn is_mark(before: &Piece, piece: &Piece) -> bool {
    let figures = [before.kind, piece.kind] == [Kind::Figure; 2];
    figures && before.is_close(piece) && piece.is_small_number()
}
