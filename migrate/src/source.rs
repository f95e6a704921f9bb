//! A file of Rust: its text, its tokens, and the places of the tokens in the text.

use std::ops::Range;

use proc_macro2::{LexError, Span, TokenStream};

/// Why a text cannot be parsed.
pub struct NoRust {
    pub line: usize,
    pub message: String,
}

/// A parsed file.
pub struct Source {
    pub text: String,
    pub tokens: TokenStream,
    pub file: syn::File,
    /// Where the tokens begin: after a byte order mark and a `#!` line.
    start: usize,
}

impl Source {
    /// # Errors
    ///
    /// If the text is no Rust.
    pub fn parse(text: String) -> Result<Self, NoRust> {
        let start = start_of_tokens(&text);
        let error = |message: String, span: Span| NoRust {
            line: line_of(&text, start + span.byte_range().start),
            message,
        };
        let tokens: TokenStream =
            text[start..].parse().map_err(|found: LexError| error(found.to_string(), found.span()))?;
        let file = syn::parse2(tokens.clone())
            .map_err(|found: syn::Error| error(found.to_string(), found.span()))?;
        Ok(Self { text, tokens, file, start })
    }

    /// The place of a token in the text.
    pub fn range(&self, span: Span) -> Range<usize> {
        let range = span.byte_range();
        range.start + self.start..range.end + self.start
    }

    /// The text of a place.
    pub fn at(&self, range: &Range<usize>) -> &str {
        &self.text[range.clone()]
    }

    /// The line of an offset; the first one is 1.
    pub fn line(&self, offset: usize) -> usize {
        line_of(&self.text, offset)
    }

    /// The white space before an offset, if nothing else is before it on its line.
    pub fn indentation(&self, offset: usize) -> Option<&str> {
        let before = &self.text[..offset];
        let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        line.chars().all(|letter| letter == ' ' || letter == '\t').then_some(line)
    }

    /// The end of a line, as most lines of the file have it.
    pub fn newline(&self) -> &'static str {
        let windows = self.text.matches("\r\n").count();
        if windows * 2 > self.text.matches('\n').count() { "\r\n" } else { "\n" }
    }

    /// The place of an item or attribute, with its whole line if nothing else is on the line, and else with the white space after it.
    pub fn with_its_line(&self, range: Range<usize>) -> Range<usize> {
        let rest = &self.text[range.end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let end = range.end + blank;
        let after = &self.text[end..];
        let newline = ["\r\n", "\n"].into_iter().find(|newline| after.starts_with(newline));
        match (self.indentation(range.start), newline) {
            (Some(indentation), Some(newline)) => range.start - indentation.len()..end + newline.len(),
            _ => range.start..end,
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    text.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count() + 1
}

fn start_of_tokens(text: &str) -> usize {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.len() - rest.len();
    // `#![…]` is an attribute. Every other `#!` in the first line belongs to a shell.
    let is_shebang = rest.strip_prefix("#!").is_some_and(|line| !line.trim_start().starts_with('['));
    if is_shebang { start + rest.find('\n').unwrap_or(rest.len()) } else { start }
}
