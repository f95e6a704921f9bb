//! A struct that derives `Record`, as the code generator sees it.

use syn::{DeriveInput, Expr, Type};

/// A struct that derives `Record`.
pub struct Record<'a> {
    pub input: &'a DeriveInput,
    /// `None` if it is no struct with named fields.
    pub fields: Option<Vec<Field<'a>>>,
}

pub struct Field<'a> {
    pub ident: &'a syn::Ident,
    pub name: String,
    pub docs: Vec<String>,
    /// The type, as the user wrote it.
    pub written: &'a Type,
    /// The type of the number, or of the array's numbers.
    pub element: &'a Type,
    /// The length of an array of numbers.
    pub length: Option<&'a Expr>,
}
