//! A type that derives `FromJs` or `IntoJs`, as the code generator sees it.

use proc_macro2::Ident;
use syn::{DeriveInput, Expr, Member, Path, Type};

pub struct PlainData<'a> {
    pub input: &'a DeriveInput,
    /// The path of wasm-lend.
    pub path: Path,
    /// The name in the `.d.ts`.
    pub name: String,
    pub docs: Vec<String>,
    pub skip_typescript: bool,
    pub shape: Shape<'a>,
}

/// What a value is in JavaScript.
pub enum Shape<'a> {
    /// The value inside. `None` if the type has a mistake: then its field is not known.
    Newtype { inner: &'a Type, member: Option<Member> },
    /// An `Array` of the fields, which have no names.
    Tuple(Vec<&'a Type>),
    /// An object.
    Object(Vec<Field<'a>>),
    /// An object whose property `tag` names the variant.
    Union { tag: String, variants: Vec<Variant<'a>> },
}

pub struct Field<'a> {
    pub ident: &'a Ident,
    pub ty: &'a Type,
    /// The property in JavaScript.
    pub name: String,
    pub docs: Vec<String>,
    /// The declaration's type, if the user gives one.
    pub ts: Option<String>,
    /// The value for a property that is missing.
    pub default: Option<Expr>,
}

pub struct Variant<'a> {
    pub ident: &'a Ident,
    /// The tag in JavaScript.
    pub name: String,
    pub docs: Vec<String>,
    pub content: Content<'a>,
}

/// What an object has beside its tag.
pub enum Content<'a> {
    Nothing,
    /// The property `value`: a field without a name, or an `Array` of several.
    Value(Vec<&'a Type>),
    Fields(Vec<Field<'a>>),
}

/// The property with the fields of a variant that have no names.
pub const VALUE: &str = "value";

/// Fields without names cross as a tuple, and the runtime converts tuples of so many elements.
pub const LONGEST_TUPLE: usize = 8;
