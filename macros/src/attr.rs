//! The attribute's own arguments: `#[export(crate = path)]`.

use syn::parse::{Parse, ParseStream};
use syn::{Path, Token};

use crate::errors;

pub struct Options {
    /// Where wasm-lend is.
    pub crate_path: Path,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut crate_path = None;
        while !input.is_empty() {
            if !input.peek(Token![crate]) {
                return Err(errors::unknown_option(input.span()));
            }
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            crate_path = Some(input.call(Path::parse_mod_style)?);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(Options { crate_path: crate_path.unwrap_or_else(|| syn::parse_quote!(::wasm_lend)) })
    }
}
