//! Collects mistakes, so that one compile shows all of them. Their words are in the modules below.

mod enums;
mod old_spelling;
mod options;
mod plain_data;
mod plugin;
mod signature;
mod types;
mod worker;

pub use enums::*;
pub use old_spelling::*;
pub use options::*;
pub use plain_data::*;
pub use plugin::*;
pub use signature::*;
pub use types::*;
pub use worker::*;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// Collects mistakes. Its owner must call [`Errors::finish`].
#[derive(Default)]
pub struct Errors(Vec<Error>);

impl Errors {
    pub fn push(&mut self, error: Error) {
        self.0.push(error);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends the collection.
    ///
    /// # Errors
    ///
    /// If there is a mistake: all of them as one error, each under its own tokens.
    pub fn finish(mut self) -> syn::Result<()> {
        let all = core::mem::take(&mut self.0);
        all.into_iter()
            .reduce(|mut first, next| {
                first.combine(next);
                first
            })
            .map_or(Ok(()), Err)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.is_empty(), "forgot to report {} errors", self.0.len());
        }
    }
}

fn at(tokens: &dyn ToTokens, message: impl core::fmt::Display) -> Error {
    let mut stream = TokenStream::new();
    tokens.to_tokens(&mut stream);
    Error::new_spanned(stream, message)
}

/// Tokens as a person would write them in a message.
pub fn show(tokens: &dyn ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let mut text = String::with_capacity(spaced.len());
    let tight_after = ['&', '<', '[', '(', '\'', '*'];
    let tight_before = ['<', '>', ']', ')', ',', ':', ';'];
    for word in words(&spaced) {
        let glue = text.is_empty()
            || text.ends_with(tight_after)
            || text.ends_with("::")
            || word.starts_with(tight_before);
        if !glue {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// The words between spaces. The compiler breaks long types into lines. A space in a string is part of its word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut is_inside = false;
    text.split(move |letter: char| {
        is_inside ^= letter == '"';
        letter.is_whitespace() && !is_inside
    })
    .filter(|word| !word.is_empty())
}
