//! Classes in JavaScript. Their members are in `members`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use super::hidden::hidden;
use super::jsdoc;
use super::ship::{Learns, Shipment};
use super::snippet::Snippet;
use crate::backend::{Backend, crate_name};
use crate::model::{Function, Member};
use crate::parse::Class;
use crate::typescript::Piece;
use crate::unique;

/// The snippet of a class. Nothing outside of it can set a handle.
fn snippet(backend: Backend, name: &str) -> Snippet {
    let body = format!(
        "
const token$$ = Symbol('{name}');
var construct$$ = $early, made$$ = $early, home$$, of$$, state$$, set$$, held$$;

export const {name}$ = class {name} {{
  $lent = home$$;
  #home = home$$;
  #handle;
  #state = 0;
  #held = null;

  constructor(...args) {{
    this.#handle = args[0] === token$$ ? args[1] : construct$$(this, args);
    if (args[2] !== true) made$$(this);
  }}

  static {{
    of$$ = (value) => {{
      try {{
        return value.#home === home$$ ? value.#handle : 0;
      }} catch {{
        return 0;
      }}
    }};
    state$$ = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : -1);
    set$$ = (value, handle, state) => {{
      value.#handle = handle;
      value.#state = state;
    }};
    held$$ = (value, held) => (held ? (value.#held = held) : value.#held);
  }}
}};
"
    );
    let start = format!(
        "  const make = (handle, isLent) => new {name}$(token$$, handle >>> 0, isLent);
  const end = (gone) => {{ home$$ = null; construct$$ = gone; }};
  ({{ construct: construct$$, made: made$$, home: home$$ }} = $defineClass({name}$, tag, '{name}', {{ of: of$$, state: state$$, set: set$$, held: held$$, make, end }}, '{}'));
",
        crate_name()
    );
    Snippet { backend, head: String::new(), parameters: "tag", start, body }
}

/// The items beside an exported struct.
pub fn class(path: &Path, class: &Class) -> TokenStream {
    let (ident, name) = (&class.ident, class.name.clone());
    let declaration = format!(
        "{}export interface {name} extends LendDisposable {{\n  /** Drops the Rust value: now, or when the calls that borrow it have returned. */\n  free(): void;\n}}\nexport interface {name}Constructor {{\n  readonly prototype: {name};\n}}\nexport const {name}: {name}Constructor;\n",
        jsdoc::plain_comment(&class.docs, "")
    );
    let shipment = Shipment {
        backend: class.backend,
        path,
        name: name.clone(),
        id: unique::id(&format!("class {name}")),
        snippet: snippet(class.backend, &name),
        exports: vec![name.clone()],
        learns: Learns::Class(quote!(__lend::class_tag::<#ident>())),
        described: Vec::new(),
        declarations: if class.skip_typescript { Vec::new() } else { vec![vec![Piece::Text(declaration)]] },
    };
    let shipped = shipment.expand();
    let in_bindgen = (!class.backend.is_plugin()).then(|| {
        let (length, characters) = (name.chars().count() as u32, name.chars().map(u32::from));
        quote!(__lend::class_in_bindgen!(__lend, #ident, #length #(#characters)*);)
    });
    in_rust(path, ident, &name, &quote!(#shipped #in_bindgen))
}

/// Has the compiler check that the block of a member knows the name that its class has in JavaScript.
pub fn named(function: &Function) -> Option<TokenStream> {
    let Member { class, class_name, field, .. } = function.member.as_ref()?;
    // A field stands in the struct itself.
    if field.is_some() {
        return None;
    }
    let message = crate::errors::another_class_name(class_name);
    Some(quote_spanned! {class.span()=>
        #[allow(unused_imports)]
        const _: () = {
            use __lend::dispatch::*;
            if !__lend::is_class_name(__lend::Probe::<#class>::CLASS_NAME, #class_name) {
                ::core::panic!(#message);
            }
        };
    })
}

/// The traits that make a struct a class for the runtime, and what ships it.
pub fn in_rust(path: &Path, ident: &Ident, name: &str, shipped: &TokenStream) -> TokenStream {
    let items = quote! {
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

        __lend::class_lent!(__lend, #ident);

        #[automatically_derived]
        impl __lend::FromJs for #ident {
            const TS: __lend::Ts = __lend::Ts::Text(#name);
            const HAS_INSTANCES: __lend::primitive::bool = true;

            fn from_js(value: __lend::JsValue) -> __lend::Result<Self, __lend::ConversionError> {
                __lend::hold_instance(value, __lend::Holder::NOBODY).map(__lend::IntoArgument::get)
            }

            fn hold(
                value: __lend::JsValue,
                holder: __lend::Holder,
            ) -> __lend::Result<__lend::Held<Self>, __lend::ConversionError> {
                __lend::hold_instance(value, holder)
            }
        }

        #shipped
    };
    hidden(path, &items)
}
