//! What the user's function gets of each guard.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::rust::{local, wire_option};
use super::scalar;
use crate::model::{Access, Argument, ArgumentType, Object, Text};

/// The user's argument.
pub fn passed(path: &str, index: usize, argument: &Argument) -> TokenStream {
    let local = local(argument);
    let option = wire_option(argument);
    let map = |method: TokenStream| {
        if option { quote!(#local.map(|guard| guard.#method())) } else { quote!(#local.#method()) }
    };
    let value = match argument.kind {
        ArgumentType::Shared(_) if argument.is_array() => {
            if option {
                quote!(#local.as_ref().map(|guard| guard.view()))
            } else {
                quote!(#local.view())
            }
        }
        ArgumentType::Exclusive(_) if argument.is_array() => {
            if option {
                quote!(#local.as_mut().map(|guard| guard.view()))
            } else {
                quote!(#local.view())
            }
        }
        ArgumentType::Take(_) if argument.is_array() => map(quote!(into_array)),
        ArgumentType::Scalar(kind) => scalar::from_raw(kind, option, &local),
        ArgumentType::Text(Text::Borrowed) | ArgumentType::Shared(_) if option => quote!(#local.as_deref()),
        ArgumentType::Text(Text::Borrowed) | ArgumentType::Shared(_) => quote!(&#local),
        ArgumentType::Text(Text::String) => quote!(#local),
        ArgumentType::Text(Text::Boxed) => map(quote!(into_boxed_str)),
        ArgumentType::Text(Text::Cow) if option => quote!(#local.as_deref().map(__lend::Cow::Borrowed)),
        ArgumentType::Text(Text::Cow | Text::Inside) => quote!(__lend::Cow::Borrowed(&#local)),
        ArgumentType::Exclusive(_) if option => quote!(#local.as_deref_mut()),
        ArgumentType::Exclusive(_) => quote!(&mut #local),
        ArgumentType::Keep(_) if option => quote!(#local.as_ref().map(|guard| guard.buffer())),
        ArgumentType::Keep(_) => quote!(#local.buffer()),
        ArgumentType::Take(_) => map(quote!(into_buffer)),
        ArgumentType::TakeVec(_) => map(quote!(into_vec)),
        ArgumentType::Object(object) => {
            let value = if option { quote!(#local.optional()) } else { quote!(#local.object()) };
            let (class, index) = match object {
                Object::Callback => (quote!(Callback), index as u32),
                Object::Function => (quote!(Function), index as u32),
                Object::Borrowed | Object::Owned => return defaulted(argument, &value),
            };
            let span = argument.written.span();
            if option {
                quote_spanned!(span=> #value.map(|object| __lend::#class::from_argument(object, #path, #index)))
            } else {
                quote_spanned!(span=> __lend::#class::from_argument(#value, #path, #index))
            }
        }
        ArgumentType::This(Access::Shared) => return quote!(&#local),
        ArgumentType::This(Access::Exclusive) => return quote!(&mut #local),
        ArgumentType::This(Access::Owned) => return quote!(#local.into_value()),
        ArgumentType::Value => return quote!(__lend::Given::get(#local)),
        ArgumentType::Reference if option => return quote!(#local.as_ref().map(|guard| &**guard)),
        ArgumentType::Reference => return quote!(&*#local),
        ArgumentType::ExclusiveReference if option => return quote!(#local.as_deref_mut()),
        ArgumentType::ExclusiveReference => return quote!(&mut *#local),
    };
    defaulted(argument, &value)
}

/// The value, or what stands in for its absence.
fn defaulted(argument: &Argument, value: &TokenStream) -> TokenStream {
    match &argument.default {
        Some(default) => quote!(match #value { __lend::Some(value) => value, __lend::None => #default }),
        None => value.clone(),
    }
}
