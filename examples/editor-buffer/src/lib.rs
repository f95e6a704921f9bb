//! A text buffer for an editor: a piece table with undo, as a JavaScript class.

mod pieces;

use pieces::PieceTable;
use wasm_lend::{Callback, Exception, Function, Iter, export};

/// A text that can be edited. Positions are in UTF-16 code units from 0, as in JavaScript.
///
/// The cost of an edit depends on the number of earlier edits that are still in the text, and not on the length of the text.
#[export]
pub struct TextBuffer {
    table: PieceTable,
    listener: Option<Function<(u32, u32, String)>>,
}

#[export]
impl TextBuffer {
    /// A buffer with this text. One copy.
    pub fn new(text: &str) -> Self {
        TextBuffer { table: PieceTable::new(text.encode_utf16().collect()), listener: None }
    }

    /// The length of the text.
    #[lend(getter)]
    pub fn length(&self) -> u32 {
        self.table.len() as u32
    }

    /// The number of pieces.
    #[lend(getter)]
    pub fn pieces(&self) -> u32 {
        self.table.pieces() as u32
    }

    /// The number of lines.
    #[lend(getter, name = "lineCount")]
    pub fn line_count(&self) -> u32 {
        self.table.units().filter(|unit| *unit == u16::from(b'\n')).count() as u32 + 1
    }

    /// Replaces the text between two positions.
    ///
    /// # Errors
    ///
    /// When the positions are not in the text or in the wrong order. If the listener throws, the edit has been made, and the error is
    /// that of the listener.
    pub fn replace(&mut self, from: u32, to: u32, text: String) -> Result<(), EditError> {
        let length = self.length();
        if from > to || to > length {
            return Err(EditError::Range { from, to, length });
        }
        self.table.replace(from as usize..to as usize, &text);
        self.tell(from, to, text)
    }

    /// Inserts `text` at a position.
    ///
    /// # Errors
    ///
    /// As for `replace`.
    pub fn insert(&mut self, at: u32, text: String) -> Result<(), EditError> {
        self.replace(at, at, text)
    }

    /// Undoes the last edit. Returns false if nothing was edited.
    pub fn undo(&mut self) -> bool {
        self.table.undo()
    }

    /// Makes the last undone edit again. Returns false if nothing was undone, or if another edit came after it.
    pub fn redo(&mut self) -> bool {
        self.table.redo()
    }

    /// The text between two positions, or all of it. One copy.
    ///
    /// # Errors
    ///
    /// When the positions are not in the text or in the wrong order.
    pub fn text(&self, #[lend(default = 0)] from: u32, to: Option<u32>) -> Result<String, EditError> {
        let length = self.length();
        let to = to.unwrap_or(length);
        if from > to || to > length {
            return Err(EditError::Range { from, to, length });
        }
        Ok(self.table.text(from as usize..to as usize))
    }

    /// The positions of a text. The iterator finds each position when it is asked for it. It works on a snapshot, so later edits do not
    /// change the result.
    pub fn find(&self, text: &str) -> Iter<u32> {
        let (needle, all): (Vec<u16>, Vec<u16>) =
            (text.encode_utf16().collect(), self.table.units().collect());
        Iter::new(
            (0..all.len())
                .filter(move |at| !needle.is_empty() && all[*at..].starts_with(&needle))
                .map(|at| at as u32),
        )
    }

    /// Calls `f` with the number and text of each line. During this call the text cannot be edited.
    ///
    /// # Errors
    ///
    /// What `f` throws.
    #[lend(name = "eachLine")]
    pub fn each_line(&self, f: Callback<'_, (u32, &str)>) -> Result<(), Exception> {
        let text = self.table.text(0..self.table.len());
        text.split('\n').zip(0..).try_for_each(|(line, number)| f.call((number, line)))
    }

    /// All text that was ever typed, over the memory of this object, without a copy. The text cannot be edited while this buffer is held.
    pub fn typed(&self) -> &[u16] {
        self.table.added()
    }

    /// Calls `f` after each edit with the start, the end and the new text. `undefined` removes the listener.
    #[lend(name = "onEdit")]
    pub fn on_edit(&mut self, f: Option<Function<(u32, u32, String)>>) {
        self.listener = f;
    }

    fn tell(&self, from: u32, to: u32, text: String) -> Result<(), EditError> {
        match &self.listener {
            Some(listener) => Ok(listener.call((from, to, text))?),
            None => Ok(()),
        }
    }
}

/// The reason why there was no edit, or the error that the listener has thrown.
pub enum EditError {
    /// Positions that are not in the text.
    Range {
        /// The start.
        from: u32,
        /// The end.
        to: u32,
        /// The length of the text.
        length: u32,
    },
    /// The error of the listener.
    Listener(Exception),
}

impl From<Exception> for EditError {
    fn from(exception: Exception) -> Self {
        EditError::Listener(exception)
    }
}

impl From<EditError> for wasm_lend::JsValue {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Range { from, to, length } => {
                let message = format!("from {from} to {to} is not in a text of length {length}");
                wasm_bindgen::JsError::new(&message).into()
            }
            EditError::Listener(exception) => exception.into(),
        }
    }
}
