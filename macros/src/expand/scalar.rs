//! How a single number, `bool` or `char` crosses: its place or places on the wasm stack, and the code on either side.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::element::{NO_SMALL, NO_WORD, Optional, Scalar};

/// The type as the expansion names it, whatever the user's crate calls `u8`.
pub fn rust_type(scalar: Scalar) -> TokenStream {
    let name = format_ident!("{}", scalar.rust());
    quote!(__lend::primitive::#name)
}

/// The raw parameters of an argument `local`.
pub fn parameters(scalar: Scalar, option: bool, local: &Ident) -> Vec<(Ident, TokenStream)> {
    let primitive = |name: &str| {
        let name = format_ident!("{}", name);
        quote!(__lend::primitive::#name)
    };
    let mut parameters = Vec::new();
    match scalar.optional() {
        Optional::Word if option => return vec![(local.clone(), primitive("f64"))],
        Optional::Flag if option => parameters.push((format_ident!("{}_present", local), primitive("u32"))),
        _ => {}
    }
    let raw = match scalar {
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::Isize => "i32",
        Scalar::U64 | Scalar::U128 | Scalar::I128 => "u64",
        Scalar::I64 => "i64",
        _ => "u32",
    };
    parameters.push((local.clone(), primitive(raw)));
    if scalar.is_wide() {
        parameters.push((format_ident!("{}_high", local), primitive("u64")));
    }
    parameters
}

/// The Rust expression that makes the argument of its raw parameters.
pub fn from_raw(scalar: Scalar, option: bool, local: &Ident) -> TokenStream {
    let ty = rust_type(scalar);
    let from = |raw: TokenStream| match scalar {
        Scalar::Bool => quote!(#raw != 0),
        Scalar::Char => quote!(__lend::char(#raw)),
        _ => quote!(#raw as #ty),
    };
    let high = format_ident!("{}_high", local);
    let value =
        if scalar.is_wide() { quote!(__lend::wide(#local, #high) as #ty) } else { from(quote!(#local)) };
    if !option {
        return value;
    }
    let mapped = from(quote!(raw));
    match scalar.optional() {
        Optional::Small => quote!(__lend::small(#local as __lend::primitive::u32).map(|raw| #mapped)),
        Optional::Word => quote!(__lend::word(#local).map(|raw| #mapped)),
        Optional::Flag => {
            let present = format_ident!("{}_present", local);
            quote!(__lend::flagged(#present, #value))
        }
    }
}

/// A JavaScript expression that is true for the values of a type. The `typeof` comes first, for the operators would
/// convert.
pub fn valid(scalar: Scalar, name: &str) -> String {
    let integer = |same: String| format!("typeof {name} === 'number' && {same} === {name}");
    let bigint = |cut: &str| format!("typeof {name} === 'bigint' && BigInt.{cut}, {name}) === {name}");
    match scalar {
        Scalar::U8 => integer(format!("({name} & 0xff)")),
        Scalar::U16 => integer(format!("({name} & 0xffff)")),
        Scalar::U32 | Scalar::Usize => integer(format!("({name} >>> 0)")),
        Scalar::I8 => integer(format!("({name} << 24 >> 24)")),
        Scalar::I16 => integer(format!("({name} << 16 >> 16)")),
        Scalar::I32 | Scalar::Isize => integer(format!("({name} | 0)")),
        Scalar::F32 | Scalar::F64 => format!("typeof {name} === 'number'"),
        Scalar::Bool => format!("typeof {name} === 'boolean'"),
        Scalar::Char => format!("$isChar({name})"),
        Scalar::U64 => bigint("asUintN(64"),
        Scalar::I64 => bigint("asIntN(64"),
        Scalar::U128 => bigint("asUintN(128"),
        Scalar::I128 => bigint("asIntN(128"),
    }
}

/// The JavaScript expressions for the raw parameters.
pub fn passed(scalar: Scalar, option: bool, name: &str) -> Vec<String> {
    let own = match scalar {
        Scalar::Char => format!("{name}.codePointAt(0)"),
        // A number that is `NO_WORD` rounds to another.
        Scalar::F32 if option => format!("Math.fround({name})"),
        _ => name.to_owned(),
    };
    if !option {
        // The lower half is what wasm makes of a larger number by itself.
        return if scalar.is_wide() { vec![own, format!("{name} >> 64n")] } else { vec![own] };
    }
    match scalar.optional() {
        Optional::Small => vec![format!("{name} == null ? {NO_SMALL} : {own}")],
        Optional::Word => vec![format!("{name} == null ? {NO_WORD} : {own}")],
        Optional::Flag => {
            let zero = if scalar == Scalar::F64 { "0" } else { "0n" };
            let mut parts = vec![format!("{name} == null ? 0 : 1"), format!("{name} ?? {zero}")];
            if scalar.is_wide() {
                parts.push(format!("{name} == null ? 0n : {name} >> 64n"));
            }
            parts
        }
    }
}

/// The JavaScript expression that makes the result of `raw`, an expression that may stand there once.
pub fn result(scalar: Scalar, option: bool, raw: &str) -> String {
    let value = |raw: &str| match scalar {
        Scalar::Bool => format!("{raw} !== 0"),
        Scalar::U32 | Scalar::Usize => format!("{raw} >>> 0"),
        Scalar::U64 => format!("BigInt.asUintN(64, {raw})"),
        Scalar::U128 => format!("$wide({raw}, 6)"),
        Scalar::I128 => format!("$wide({raw}, 7)"),
        Scalar::Char => format!("String.fromCodePoint({raw})"),
        _ => raw.to_owned(),
    };
    if !option {
        return value(raw);
    }
    match scalar.optional() {
        Optional::Small => format!("result$ === {NO_SMALL} ? undefined : {}", value("result$")),
        Optional::Word => format!("result$ === {NO_WORD} ? undefined : result$"),
        Optional::Flag => format!("$absent() ? undefined : {}", value("result$")),
    }
}
