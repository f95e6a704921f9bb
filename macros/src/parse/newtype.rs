//! `#[derive(FromJs)]` and `#[derive(IntoJs)]`: from a newtype to a model.

use syn::{Data, DeriveInput, Fields, Member, Path, Type};

use crate::errors;

pub struct Newtype<'a> {
    pub input: &'a DeriveInput,
    pub inner: &'a Type,
    /// `None` if the type has a mistake: then its field is not known.
    pub member: Option<Member>,
}

/// The newtype that derives.
///
/// # Errors
///
/// When it is not a struct of one field.
pub fn newtype(input: &DeriveInput) -> syn::Result<Newtype<'_>> {
    let Data::Struct(data) = &input.data else { return Err(errors::not_a_newtype(&input.ident)) };
    let mut fields = data.fields.members().zip(&data.fields);
    match (fields.next(), fields.next()) {
        (Some((member, field)), None) if !matches!(data.fields, Fields::Unit) => {
            Ok(Newtype { input, inner: &field.ty, member: Some(member) })
        }
        _ => Err(errors::not_a_newtype(&input.ident)),
    }
}

/// The path of `#[lend(crate = path)]` on a type that derives.
///
/// # Errors
///
/// When there is another option.
pub fn crate_path(input: &DeriveInput) -> syn::Result<Path> {
    let attribute = input.attrs.iter().find(|attribute| attribute.path().is_ident("lend"));
    let mut path = syn::parse_quote!(::wasm_lend);
    if let Some(attribute) = attribute {
        attribute.parse_args_with(|stream: syn::parse::ParseStream<'_>| {
            if !stream.peek(syn::Token![crate]) {
                return Err(errors::unknown_derive_option(stream.span()));
            }
            stream.parse::<syn::Token![crate]>()?;
            stream.parse::<syn::Token![=]>()?;
            path = stream.call(Path::parse_mod_style)?;
            Ok(())
        })?;
    }
    Ok(path)
}
