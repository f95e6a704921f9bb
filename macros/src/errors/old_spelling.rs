//! Options of `#[wasm_bindgen]` in an item of `#[export]`: what to write instead. `parse/old_spelling.rs` finds them.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Error, LitStr};

use super::{at, show};

/// Where an option stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Function,
    Module,
    Class,
    Block,
    Enum,
    /// A function of a module.
    InModule,
    Method,
    Field,
    Variant,
    Parameter,
}

impl Place {
    /// The attribute of wasm-lend that has the options of this place.
    fn attribute(self) -> &'static str {
        match self {
            Place::Function | Place::Module | Place::Class | Place::Block | Place::Enum => "export",
            Place::InModule | Place::Method | Place::Field | Place::Variant | Place::Parameter => "lend",
        }
    }

    /// True for the place of a function: free, in a module or in a class.
    fn is_callable(self) -> bool {
        matches!(self, Place::Function | Place::InModule | Place::Method)
    }
}

/// An option of `#[wasm_bindgen]`: `js_name = fooBar`.
pub struct Old {
    key: String,
    span: Span,
    /// What stands after the `=`.
    value: Option<TokenStream>,
    /// As the user wrote it.
    written: TokenStream,
}

/// What takes the place of an old option.
pub enum Answer {
    /// These options of wasm-lend.
    Write(TokenStream),
    /// Nothing: why, and the way out.
    Nothing(&'static str, &'static str),
}

const NO_CLASS_MEMBER: &str = "only a method of an exported `impl` is a constructor, getter or setter";
const ON_THE_BLOCK: &str = "put `#[export]` on the `impl` block";
const INHERITANCE: &str =
    "exported classes do not inherit from each other: an instance is one value of one Rust struct";
const NO_INHERITANCE: &str = "make the parent a field, and write methods that call its methods";
const OF_IMPORTS: &str = "this option of `#[wasm_bindgen]` is for imports";
const NO_IMPORT: &str = "remove it here; on an import in `#[wasm_bindgen] extern \"C\" { … }` it stays";
const NEEDLESS: &str = "this option of `#[wasm_bindgen]` is not needed";
const FLAT: &str = "a class is an export of its own, and is in no namespace: a namespace is one object, made with its functions";
const TYPESCRIPT: &str = "`#[wasm_bindgen(typescript_custom_section)]` goes on a `const` of its own";

impl Old {
    /// The option that the tokens are: a word, and perhaps a `=` with a value.
    pub fn new(written: TokenStream) -> Option<Self> {
        let mut tokens = written.clone().into_iter();
        let Some(TokenTree::Ident(key)) = tokens.next() else { return None };
        let value: TokenStream = match tokens.next() {
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => tokens.collect(),
            _ => TokenStream::new(),
        };
        let value = (!value.is_empty()).then_some(value);
        Some(Old {
            key: key.to_string().trim_start_matches("r#").to_owned(),
            span: key.span(),
            value,
            written,
        })
    }

    /// The options in a list.
    pub fn list(tokens: TokenStream) -> Vec<Self> {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        tokens.split(is_comma).filter_map(|option| Old::new(option.iter().cloned().collect())).collect()
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    pub fn has_value(&self) -> bool {
        self.value.is_some()
    }

    /// As the user wrote it.
    pub fn written(&self) -> &TokenStream {
        &self.written
    }

    /// True if the answer is the option itself.
    pub fn is_same(&self, answer: &Answer) -> bool {
        matches!(answer, Answer::Write(new) if new.to_string() == self.written.to_string())
    }

    /// The answer at a place. `None` if `#[wasm_bindgen]` has no such option.
    pub fn answer(&self, place: Place) -> Option<Answer> {
        use Answer::Nothing;

        Some(match self.key.as_str() {
            "js_name" => self.js_name(place),
            "js_class" => Nothing(NEEDLESS, "remove it: the block finds the name of its struct"),
            "js_namespace" => self.js_namespace(place),
            "constructor" | "getter" | "setter" if place == Place::Method => self.accessor(),
            "getter" | "setter" if place == Place::Field => Nothing(
                "a public field has a getter and a setter already",
                "remove it; `#[lend(readonly)]` leaves the setter out",
            ),
            "constructor" | "getter" | "setter" => Nothing(NO_CLASS_MEMBER, ON_THE_BLOCK),
            "readonly" if place == Place::Field => self.same(),
            "readonly" => {
                Nothing("only a field is `readonly`", "remove it; a getter without a setter is read-only too")
            }
            "skip" if matches!(place, Place::Field | Place::Method) => self.same(),
            "skip" => Nothing(
                "only a method or a field is left out with `skip`",
                "remove it, and make what JavaScript must not see private",
            ),
            "getter_with_clone" => Nothing(NEEDLESS, "remove it: the getter of a field clones it"),
            "inspectable" => Nothing(
                NEEDLESS,
                "remove it: every class has `toJSON()`, and the console shows its public fields",
            ),
            "skip_typescript" if !matches!(place, Place::Parameter | Place::Variant) => self.same(),
            "skip_jsdoc" if place.is_callable() || place == Place::Field => self.same(),
            "start" if matches!(place, Place::Function | Place::InModule) => self.same(),
            "start" | "main" => Nothing(
                "only a function without arguments runs at the start",
                "put `#[export(start)]` on a `pub fn`",
            ),
            "variadic" if place.is_callable() => self.same(),
            "unchecked_return_type" if place.is_callable() => self.text("ts_return"),
            "unchecked_param_type" | "unchecked_optional_param_type" if place == Place::Parameter => {
                self.text("ts")
            }
            "return_description" => Nothing(
                "the doc comment describes the result",
                "write it in the doc comment, under `# Returns`",
            ),
            "param_description" => Nothing(
                "the doc comment of the function describes its arguments",
                "write it there, in the list under `# Arguments`",
            ),
            "catch" => Nothing(NEEDLESS, "remove it: a function that returns a `Result` throws its `Err`"),
            "extends" | "extends_js_class" | "extends_js_namespace" => Nothing(INHERITANCE, NO_INHERITANCE),
            "private" => Nothing(
                "a package exports each of its classes, so that JavaScript can name them",
                "remove it",
            ),
            "this" => Nothing(
                "an exported function does not get JavaScript's `this`",
                "take the object as an argument",
            ),
            "slice" | "vec" | "slice_to_array" => Nothing(
                "an exported function takes slices and vectors in one way only",
                "remove it: a buffer crosses without a copy, and an array is copied once",
            ),
            "wasm_bindgen" | "js_sys" | "wasm_bindgen_futures" => {
                Nothing(NEEDLESS, "remove it; `crate = path` says where wasm-lend is, which finds the others")
            }
            "experimental_tokio" | "jspi" | "suspending" | "no_promising" => {
                Nothing(NEEDLESS, "remove it: an exported `async fn` returns a promise")
            }
            "typescript_custom_section" => Nothing(TYPESCRIPT, "move the text into such a constant"),
            "method"
            | "static_method_of"
            | "structural"
            | "final"
            | "indexing_getter"
            | "indexing_setter"
            | "indexing_deleter"
            | "module"
            | "raw_module"
            | "inline_js"
            | "reexport"
            | "is_type_of"
            | "no_deref"
            | "no_upcast"
            | "no_into_js_generic"
            | "vendor_prefix"
            | "typescript_type"
            | "static_string"
            | "thread_local"
            | "thread_local_v2"
            | "experimental_generic_mono"
            | "fallback"
            | "assert_no_shim" => Nothing(OF_IMPORTS, NO_IMPORT),
            "skip_typescript"
            | "skip_jsdoc"
            | "variadic"
            | "unchecked_return_type"
            | "unchecked_param_type"
            | "unchecked_optional_param_type" => {
                Nothing("this option of `#[wasm_bindgen]` does not belong here", "remove it")
            }
            _ => return None,
        })
    }

    fn same(&self) -> Answer {
        let key = syn::Ident::new(&self.key, self.span);
        Answer::Write(quote!(#key))
    }

    /// A text under another name.
    fn text(&self, key: &str) -> Answer {
        let (key, value) = (syn::Ident::new(key, self.span), LitStr::new(&self.words(), self.span));
        Answer::Write(quote!(#key = #value))
    }

    fn js_name(&self, place: Place) -> Answer {
        if self.words().starts_with('[') {
            return Answer::Nothing(
                "a member is not named by a symbol",
                "give it a name, and define the symbol in JavaScript: `Name.prototype[Symbol.iterator] = …`",
            );
        }
        match place {
            Place::Module => Answer::Nothing(
                "a module has no name in JavaScript, but each function inside has one",
                "put `#[lend(name = \"…\")]` on a function inside; `namespace = \"…\"` goes on the module",
            ),
            Place::Block => Answer::Nothing(
                "the struct has the name of the class",
                "put `#[export(name = \"…\")]` on the struct",
            ),
            _ => self.text("name"),
        }
    }

    fn js_namespace(&self, place: Place) -> Answer {
        match place {
            _ if self.words().contains('.') => Answer::Nothing(
                "a namespace is one object of the package",
                "give it one name: `namespace = \"…\"`",
            ),
            Place::Function | Place::Module => self.text("namespace"),
            Place::InModule => Answer::Nothing(
                "the functions of one module have one namespace",
                "write `#[export(namespace = \"…\")]` on the module",
            ),
            _ => Answer::Nothing(
                FLAT,
                "remove it, and put the functions beside it into a namespace if you like",
            ),
        }
    }

    /// `constructor`, `getter = name` or `setter`.
    fn accessor(&self) -> Answer {
        let Answer::Write(key) = self.same() else { unreachable!("it is one word") };
        if self.value.is_none() {
            return Answer::Write(key);
        }
        let name = LitStr::new(&self.words(), self.span);
        Answer::Write(quote!(#key, name = #name))
    }

    /// The value as a text: of a string, a word, or a list of strings.
    fn words(&self) -> String {
        let Some(value) = &self.value else { return String::new() };
        if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
            return text.value();
        }
        if let Ok(syn::Expr::Array(list)) = syn::parse2(value.clone()) {
            let texts = list.elems.iter().map(|element| match element {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
                other => show(other),
            });
            return texts.collect::<Vec<_>>().join(".");
        }
        show(value)
    }
}

// ===== the errors =====

/// One option of `#[wasm_bindgen]` in the list of another attribute.
pub fn old_option(old: &Old, answer: &Answer) -> Error {
    match answer {
        Answer::Write(new) => at(
            &old.written,
            format!("`{}` is an option of `#[wasm_bindgen]`\nhint: write `{}`", old.key, show(new)),
        ),
        Answer::Nothing(why, way_out) => at(&old.written, format!("{why}\nhint: {way_out}")),
    }
}

/// Options of a `#[wasm_bindgen]`, or of an inner `#[export]`, and all options that the item then has.
pub fn old_attribute(attribute: &str, olds: &[&Old], all: &TokenStream, place: Place) -> Error {
    let written: TokenStream = olds.iter().flat_map(|old| old.written.clone()).collect();
    let mistake = match (attribute, olds) {
        ("wasm_bindgen", [old]) => {
            format!("`{}` is an option of `#[wasm_bindgen]`, which `#[export]` does not read", old.key)
        }
        ("wasm_bindgen", _) => {
            let keys: Vec<_> = olds.iter().map(|old| format!("`{}`", old.key)).collect();
            let keys = keys.join(" and ");
            format!("{keys} are options of `#[wasm_bindgen]`, which `#[export]` does not read")
        }
        _ => "`#[export]` is for the item around this, and each part of it has a `#[lend]`".to_owned(),
    };
    at(&written, format!("{mistake}\nhint: write `#[{}({})]` instead", place.attribute(), show(all)))
}

/// A `#[wasm_bindgen]` or an inner `#[export]` without options.
pub fn needless_attribute(tokens: &dyn ToTokens, attribute: &str, place: Place) -> Error {
    let message = match (attribute, place.attribute()) {
        ("wasm_bindgen", "export") => "`#[wasm_bindgen]` and `#[export]` would both export this item",
        ("wasm_bindgen", _) => "`#[wasm_bindgen]` does nothing inside an item of `#[export]`",
        _ => "the `#[export]` around it exports this already",
    };
    at(tokens, format!("{message}\nhint: remove `#[{attribute}]`"))
}

/// An option that nobody knows.
pub fn strange_option(old: &Old) -> Error {
    at(&old.written, format!("`{}` is no option that `#[export]` reads\nhint: remove it", old.key))
}
