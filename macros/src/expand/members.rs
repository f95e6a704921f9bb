//! The members of a class in JavaScript, and the class itself.

use std::fmt::Write;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Path;

use super::glue::Names;
use super::{dts, jsdoc, plugin, section};
use crate::members::Class;
use crate::model::{Function, MemberKind};
use crate::{mode, names, unique};

/// How `lend.callRust` calls it: with the instance as the first parameter.
pub fn by_name(function: &Function) -> String {
    let shim = function.shim_ident();
    match function.member.as_ref().map(|member| member.kind) {
        Some(MemberKind::Constructor) => format!("(...args) => make$({shim}(...args))"),
        Some(_) if function.has_receiver() => format!("on$({shim})"),
        _ => shim,
    }
}

/// Adds the shims to the class, whose tag comes after those of the elements.
pub fn extension(functions: &[Function], elements: usize) -> String {
    let of_kind = |kind: MemberKind| {
        let of_kind = functions
            .iter()
            .filter(|function| function.member.as_ref().is_some_and(|member| member.kind == kind));
        of_kind
            .map(|function| format!("{}: {}", function.name, function.shim_name()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let constructor = functions.iter().find(|function| {
        function.member.as_ref().is_some_and(|member| member.kind == MemberKind::Constructor)
    });
    let mut js = format!("  class$ = tags$[{elements}];\n");
    js.push_str("  runtime.$extendClass(class$, (of, make) => { of$ = of; make$ = make; }, {\n");
    if let Some(constructor) = constructor {
        let _ = writeln!(js, "    construct: {},", constructor.shim_name());
    }
    for (key, kind) in [
        ("methods", MemberKind::Method),
        ("statics", MemberKind::Static),
        ("getters", MemberKind::Getter),
        ("setters", MemberKind::Setter),
    ] {
        let _ = writeln!(js, "    {key}: {{ {} }},", of_kind(kind));
    }
    // What `console.log` and `JSON.stringify` show of an instance.
    let fields: Vec<_> = functions
        .iter()
        .filter_map(|function| {
            let member = function.member.as_ref()?;
            (member.kind == MemberKind::Getter && member.field.is_some())
                .then(|| format!("'{}'", function.name))
        })
        .collect();
    if !fields.is_empty() {
        let _ = writeln!(js, "    fields: [{}],", fields.join(", "));
    }
    js + "  });\n"
}

/// The snippet of a class. Nothing outside of it can set a handle.
fn snippet(name: &str) -> String {
    format!(
        "const early$ = () => {{ throw new Error('wasm-lend: this package is not initialised yet: await init() first'); }};
const token$ = Symbol('{name}');
var construct$ = early$, made$ = early$, home$, of$, state$, set$;

export const {name}$ = class {name} {{
  $lent = home$;
  #home = home$;
  #handle;
  #state = 0;

  constructor(...args) {{
    this.#handle = args[0] === token$ ? args[1] : construct$(this, args);
    made$(this);
  }}

  static {{
    of$ = (value) => {{
      try {{
        return value.#home === home$ ? value.#handle : 0;
      }} catch {{
        return 0;
      }}
    }};
    state$ = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : -1);
    set$ = (value, handle, state) => {{
      value.#handle = handle;
      value.#state = state;
    }};
  }}
}};

export function bind$(runtime, tag) {{
  const make = (handle) => new {name}$(token$, handle >>> 0);
  ({{ construct: construct$, made: made$, home: home$ }} = runtime.$defineClass({name}$, tag, '{name}', {{ of: of$, state: state$, set: set$, make }}, '{}'));
}}
",
        mode::crate_name()
    )
}

/// What comes beside an exported struct.
pub fn class(path: &Path, class: &Class) -> TokenStream {
    let (ident, name) = (&class.ident, names::plain(&class.ident));
    let snippet = snippet(&name);
    let declaration = (!class.skip_typescript).then(|| {
        format!(
            "{}export interface {name} extends LendDisposable {{\n  /** Drops the Rust value: now, or when the calls that borrow it have returned. */\n  free(): void;\n}}\nexport interface {name}Constructor {{\n  readonly prototype: {name};\n}}\nexport const {name}: {name}Constructor;\n",
            jsdoc::plain_comment(&class.docs, "")
        )
    });
    let glue = if mode::PLUGIN {
        plugin::class(ident, &name, &snippet, declaration)
    } else {
        bindgen(path, ident, &name, &snippet, declaration)
    };
    in_rust(path, ident, &glue)
}

/// What makes a struct a class for the runtime, and what ships it.
pub fn in_rust(path: &Path, ident: &Ident, glue: &TokenStream) -> TokenStream {
    let name = names::plain(ident);
    // SAFETY: of the `unsafe impl`: the number is a static inside of the impl, so no other type has it.
    quote! {
        #[doc(hidden)]
        #[allow(missing_docs, clippy::all, clippy::pedantic)]
        const _: () = {
            #[allow(unused_imports)]
            use #path::__private as __lend;

            // SAFETY: the static is inside the function of this one type, so its number is nobody else's, and never changes.
            #[automatically_derived]
            unsafe impl __lend::Class for #ident {
                const NAME: &'static __lend::primitive::str = #name;

                fn id() -> &'static __lend::ClassId {
                    static ID: __lend::ClassId = __lend::ClassId::new();
                    &ID
                }
            }

            #[automatically_derived]
            impl __lend::IntoJs for #ident {
                const TS: __lend::Ts = __lend::Ts::Text(#name);

                fn into_js(self) -> __lend::Result<__lend::JsValue, __lend::ConversionError> {
                    __lend::instance_into_js(self)
                }
            }

            #glue
        };
    }
}

/// Ships a class with wasm-bindgen's public features, as `glue` does functions.
fn bindgen(
    path: &Path,
    ident: &Ident,
    name: &str,
    snippet: &str,
    declaration: Option<String>,
) -> TokenStream {
    let wasm_bindgen = quote!(wasm_bindgen = #path::__private::wasm_bindgen);
    let attribute = quote!(__lend::wasm_bindgen::prelude::wasm_bindgen);
    let Names { bind, start, reexport } = Names::new(name, &unique::id(&format!("class {name}")));
    let local = format!("{name}$");
    let declaration = declaration.map(|text| {
        let section = quote!(#attribute(#wasm_bindgen, typescript_custom_section));
        section::constant(&section, &[dts::Piece::Text(text)])
    });
    quote! {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            #[#attribute(#wasm_bindgen, inline_js = #snippet)]
            extern "C" {
                #[wasm_bindgen(reexport = #name, js_name = #local, skip_typescript)]
                fn #reexport();
                #[wasm_bindgen(js_name = "bind$")]
                fn #bind(runtime: &__lend::JsValue, tag: __lend::primitive::u32);
            }

            #[#attribute(#wasm_bindgen, start, private, skip_typescript)]
            fn #start() {
                let runtime = __lend::attach();
                __lend::attach_classes(&runtime);
                #bind(&runtime, __lend::class_tag::<#ident>());
            }

            #[allow(unused_imports)]
            use __lend::wasm_bindgen;
            #declaration
        };
    }
}
