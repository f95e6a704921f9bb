//! The piece table: a text that is made of pieces of two other texts. The original text never changes. The added text only grows.

use std::ops::Range;

/// A range of the original text or of the added text.
#[derive(Clone)]
struct Piece {
    is_added: bool,
    range: Range<usize>,
}

/// A change of the list of pieces: at one place, some pieces are replaced by others.
struct Edit {
    place: usize,
    removed: Vec<Piece>,
    inserted: Vec<Piece>,
}

pub struct PieceTable {
    original: Vec<u16>,
    added: Vec<u16>,
    pieces: Vec<Piece>,
    length: usize,
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl PieceTable {
    pub fn new(original: Vec<u16>) -> Self {
        let length = original.len();
        let whole = Piece { is_added: false, range: 0..length };
        let pieces = if length == 0 { Vec::new() } else { vec![whole] };
        PieceTable { original, added: Vec::new(), pieces, length, done: Vec::new(), undone: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.length
    }

    pub fn pieces(&self) -> usize {
        self.pieces.len()
    }

    pub fn added(&self) -> &[u16] {
        &self.added
    }

    fn units_of(&self, piece: &Piece) -> &[u16] {
        let source = if piece.is_added { &self.added } else { &self.original };
        &source[piece.range.clone()]
    }

    pub fn units(&self) -> impl Iterator<Item = u16> + '_ {
        self.pieces.iter().flat_map(|piece| self.units_of(piece)).copied()
    }

    /// The text of a range. Half a surrogate pair becomes U+FFFD. The caller has checked the range.
    pub fn text(&self, range: Range<usize>) -> String {
        let mut units = Vec::with_capacity(range.len());
        let mut start = 0;
        for piece in &self.pieces {
            let end = start + piece.range.len();
            let (from, to) = (range.start.clamp(start, end), range.end.clamp(start, end));
            units.extend_from_slice(&self.units_of(piece)[from - start..to - start]);
            start = end;
        }
        String::from_utf16_lossy(&units)
    }

    /// Replaces a range. The caller has checked it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let from = self.added.len();
        self.added.extend(text.encode_utf16());
        let new = Piece { is_added: true, range: from..self.added.len() };
        let edit = self.edit(range, new);
        self.undone.clear();
        self.apply(&edit);
        self.done.push(edit);
    }

    /// The pieces that the range touches, and the pieces that replace them: the remainders with the new piece between them.
    fn edit(&self, range: Range<usize>, new: Piece) -> Edit {
        let (mut start, mut first) = (0, 0);
        while first < self.pieces.len() && start + self.pieces[first].range.len() <= range.start {
            start += self.pieces[first].range.len();
            first += 1;
        }
        let (mut end, mut last) = (start, first);
        while last < self.pieces.len() && end < range.end.max(range.start + 1) {
            end += self.pieces[last].range.len();
            last += 1;
        }
        let removed = self.pieces[first..last].to_vec();
        let mut inserted = Vec::with_capacity(3);
        if let Some(Piece { is_added, range: whole }) = removed.first() {
            inserted
                .push(Piece { is_added: *is_added, range: whole.start..whole.start + (range.start - start) });
        }
        inserted.push(new);
        if let Some(Piece { is_added, range: whole }) = removed.last() {
            inserted.push(Piece { is_added: *is_added, range: whole.end - (end - range.end)..whole.end });
        }
        inserted.retain(|piece| !piece.range.is_empty());
        Edit { place: first, removed, inserted }
    }

    fn apply(&mut self, Edit { place, removed, inserted }: &Edit) {
        self.length = self.length + length(inserted) - length(removed);
        self.pieces.splice(*place..place + removed.len(), inserted.iter().cloned());
    }

    pub fn undo(&mut self) -> bool {
        let Some(Edit { place, removed, inserted }) = self.done.pop() else { return false };
        let inverse = Edit { place, removed: inserted, inserted: removed };
        self.apply(&inverse);
        self.undone.push(Edit { place, removed: inverse.inserted, inserted: inverse.removed });
        true
    }

    pub fn redo(&mut self) -> bool {
        let Some(edit) = self.undone.pop() else { return false };
        self.apply(&edit);
        self.done.push(edit);
        true
    }
}

fn length(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.range.len()).sum()
}
