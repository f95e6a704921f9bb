//! Ships the JavaScript half of an expansion: its snippet, its exports, its declarations.

mod package;
mod plugin;

pub use plugin::import;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Path;

use crate::backend::Backend;
use crate::expand::snippet::Snippet;
use crate::typescript::Piece;
use crate::unique;

/// Everything that one expansion ships.
pub struct Shipment<'a> {
    pub backend: Backend,
    /// Where wasm-lend is.
    pub path: &'a Path,
    /// The name that its symbols are made of, and the id of the expansion.
    pub name: String,
    pub id: String,
    pub snippet: Snippet,
    /// The names that it exports. The snippet has each with a `$` behind it.
    pub exports: Vec<String>,
    pub learns: Learns,
    /// A line for each function, for the loader of plugins.
    pub described: Vec<String>,
    pub declarations: Vec<Vec<Piece>>,
}

/// What a snippet learns at its start, beside the runtime.
pub enum Learns {
    /// The tags of element types and of the class that its functions are members of.
    Tags(Vec<TokenStream>),
    /// The tag of the class that it defines.
    Class(TokenStream),
    /// The tag, size and fields of the record that it defines.
    Record(Ident),
}

impl Shipment<'_> {
    pub fn expand(&self) -> TokenStream {
        if self.backend.is_plugin() { plugin::ship(self) } else { package::ship(self) }
    }

    /// A symbol that no other expansion of the package has.
    fn symbol(&self, what: &str, name: &str) -> Ident {
        format_ident!("__lend_{}_{}_{}", what, unique::ascii(name), self.id)
    }
}

/// Ships declarations alone. Unlike an attribute, a derive is the same for packages and plugins, so wasm-lend takes one of the two.
pub fn declarations(path: &Path, declarations: &[Vec<Piece>]) -> TokenStream {
    let (package, plugin) = (package::declarations(path, declarations), plugin::declarations(declarations));
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            __lend::in_package! { #package }
            __lend::in_plugin! { #plugin }
        };
    }
}

/// The constants that put a declaration together: its text, if the compiler has to fill in something.
fn pieces(pieces: &[Piece]) -> TokenStream {
    let expressions = pieces.iter().map(Piece::expression);
    quote! {
        #[allow(unused_imports)]
        use __lend::dispatch::*;
        const PIECES: &[__lend::Ts] = &[#(#expressions),*];
        const LENGTH: __lend::primitive::usize = __lend::ts_length(PIECES);
    }
}
