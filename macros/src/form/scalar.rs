//! A single number, `bool` or `char`: its place or places on the wasm stack, and the code on either side.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{PathArguments, Type};

use super::{
    Argument, ArgumentForm, Crossing, Direct, Earlier, InJob, Parsed, ResultCrossing, ResultForm, ResultSite,
    Site,
};
use crate::errors;
use crate::numbers::{Element, NO_SMALL, NO_WORD, Optional, Scalar};
use crate::syntax::{named, plain};
use crate::typescript::TypeScript;

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    if let Type::Reference(reference) = plain(ty) {
        let name = named(&reference.elem)?.ident.to_string();
        return Scalar::named(&name).map(|_| Err(errors::reference_to_scalar(ty, &name)));
    }
    scalar(ty).map(|scalar| Ok(Box::new(scalar) as _))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    scalar(ty).map(|scalar| Ok(Box::new(scalar) as _))
}

fn scalar(ty: &Type) -> Option<Scalar> {
    let segment = named(ty).filter(|segment| matches!(segment.arguments, PathArguments::None))?;
    Scalar::named(&segment.ident.to_string())
}

/// The type as the expansion names it. The user's crate may have another type of this name.
fn rust_type(scalar: Scalar) -> TokenStream {
    primitive(scalar.rust())
}

fn primitive(name: &str) -> TokenStream {
    let name = format_ident!("{}", name);
    quote!(__lend::primitive::#name)
}

impl ArgumentForm for Scalar {
    fn crossing(&self) -> Crossing {
        Crossing::Number
    }

    fn shown(&self, _written: &Type) -> String {
        self.rust().to_owned()
    }

    // A number with an element type has that type's tag. `usize` and `isize` have the range of 32 bits in wasm.
    fn code(&self, _written: &Type) -> String {
        let number = match self {
            Scalar::U128 => return "U".to_owned(),
            Scalar::I128 => return "I".to_owned(),
            Scalar::Bool => return "b".to_owned(),
            Scalar::Char => return "c".to_owned(),
            Scalar::Usize => "u32",
            Scalar::Isize => "i32",
            _ => self.rust(),
        };
        format!("n{}", Element::number(number).map(|element| element.code()).unwrap_or_default())
    }

    fn direct(&self) -> Option<Direct> {
        Some(Direct { signature: self.rust().to_owned(), ty: rust_type(*self) })
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some((self, InJob::Held))
    }

    fn parameters(&self, site: &Site<'_>) -> Vec<(Ident, TokenStream)> {
        let local = site.local();
        let mut parameters = Vec::new();
        match self.optional() {
            Optional::Word if site.argument.may_be_absent() => return vec![(local, primitive("f64"))],
            Optional::Flag if site.argument.may_be_absent() => {
                parameters.push((format_ident!("{}_present", local), primitive("u32")));
            }
            _ => {}
        }
        let raw = match self {
            Scalar::F32 => "f32",
            Scalar::F64 => "f64",
            Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::Isize => "i32",
            Scalar::U64 | Scalar::U128 | Scalar::I128 => "u64",
            Scalar::I64 => "i64",
            _ => "u32",
        };
        let high = format_ident!("{}_high", local);
        parameters.push((local, primitive(raw)));
        if self.is_wide() {
            parameters.push((high, primitive("u64")));
        }
        parameters
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let (local, ty) = (site.local(), rust_type(*self));
        let from = |raw: TokenStream| match self {
            Scalar::Bool => quote!(#raw != 0),
            Scalar::Char => quote!(__lend::char(#raw)),
            _ => quote!(#raw as #ty),
        };
        let high = format_ident!("{}_high", local);
        let value =
            if self.is_wide() { quote!(__lend::wide(#local, #high) as #ty) } else { from(quote!(#local)) };
        if !site.argument.may_be_absent() {
            return value;
        }
        let mapped = from(quote!(raw));
        match self.optional() {
            Optional::Small => quote!(__lend::small(#local as __lend::primitive::u32).map(|raw| #mapped)),
            Optional::Word => quote!(__lend::word(#local).map(|raw| #mapped)),
            Optional::Flag => {
                let present = format_ident!("{}_present", local);
                quote!(__lend::flagged(#present, #value))
            }
        }
    }

    fn assumed(&self) -> Option<TokenStream> {
        Some(rust_type(*self))
    }

    // `typeof` comes first, because the operators convert other types.
    fn test(&self, name: &str) -> Option<String> {
        let integer = |same: String| format!("typeof {name} === 'number' && {same} === {name}");
        let bigint = |cut: &str| format!("typeof {name} === 'bigint' && BigInt.{cut}, {name}) === {name}");
        Some(match self {
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
        })
    }

    fn coerced(&self, name: &str, option: bool) -> Option<String> {
        match self {
            Scalar::Char | Scalar::U128 | Scalar::I128 => None,
            // A number is refused, and anything else becomes a BigInt.
            Scalar::U64 | Scalar::I64 => {
                Some(format!("typeof {name} === 'number' ? {name} : BigInt.asIntN(64, {name})"))
            }
            // Of a `bool` in an `Option`, wasm-bindgen asks only if it is truthy.
            Scalar::Bool if option => None,
            _ => Some(format!("+{name}")),
        }
    }

    // wasm converts everything else by itself, but for a BigInt it takes no number.
    fn coerced_test(&self, name: &str) -> Option<String> {
        match self {
            Scalar::Char => self.test(name),
            Scalar::U64 | Scalar::I64 => Some(format!("typeof {name} !== 'number'")),
            Scalar::U128 | Scalar::I128 => Some(format!("typeof {name} === 'bigint'")),
            _ => None,
        }
    }

    fn raw(&self, argument: &Argument, _earlier: &mut Earlier) -> Vec<String> {
        let (name, option) = (&argument.name, argument.may_be_absent());
        let own = match self {
            Scalar::Char => format!("{name}.codePointAt(0)"),
            // A number that is `NO_WORD` rounds to another.
            Scalar::F32 if option => format!("Math.fround({name})"),
            Scalar::Bool if option && argument.is_coerced => format!("{name} ? 1 : 0"),
            // A `None` of 32 bits needs a wider number, which wasm does not cut.
            Scalar::U32 | Scalar::Usize if option && argument.is_coerced => format!("{name} >>> 0"),
            Scalar::I32 | Scalar::Isize if option && argument.is_coerced => format!("{name} | 0"),
            _ => name.clone(),
        };
        if !option {
            // wasm itself takes the lower half of a larger number.
            return if self.is_wide() { vec![own, format!("{name} >> 64n")] } else { vec![own] };
        }
        match self.optional() {
            Optional::Small => vec![format!("{name} == null ? {NO_SMALL} : {own}")],
            Optional::Word => vec![format!("{name} == null ? {NO_WORD} : {own}")],
            Optional::Flag => {
                let zero = if *self == Scalar::F64 { "0" } else { "0n" };
                let mut raw = vec![format!("{name} == null ? 0 : 1"), format!("{name} ?? {zero}")];
                if self.is_wide() {
                    raw.push(format!("{name} == null ? 0n : {name} >> 64n"));
                }
                raw
            }
        }
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        ts.text(Scalar::typescript(*self));
    }
}

impl ResultForm for Scalar {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Number
    }

    fn direct(&self) -> Option<String> {
        Some(self.rust().to_owned())
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        rust_type(*self)
    }

    fn checked(&self) -> Option<&'static str> {
        match self {
            _ if self.is_wide() => None,
            Scalar::F32 | Scalar::F64 => Some("$checkedFloat"),
            Scalar::U64 | Scalar::I64 => Some("$checkedWide"),
            Scalar::U32 | Scalar::Usize => Some("$checkedWord"),
            _ => Some("$checked"),
        }
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        let value = |raw: &str| match self {
            // `$checkedWord` makes it unsigned. Firefox would not inline a shim that does so once more.
            Scalar::U32 | Scalar::Usize if site.was_checked => raw.to_owned(),
            Scalar::Bool => format!("{raw} !== 0"),
            Scalar::U32 | Scalar::Usize => format!("{raw} >>> 0"),
            Scalar::U64 => format!("BigInt.asUintN(64, {raw})"),
            Scalar::U128 => format!("$wide({raw}, 6)"),
            Scalar::I128 => format!("$wide({raw}, 7)"),
            Scalar::Char => format!("String.fromCodePoint({raw})"),
            _ => raw.to_owned(),
        };
        if !site.option {
            return Some(value(raw));
        }
        Some(match self.optional() {
            Optional::Small => format!("{raw} === {NO_SMALL} ? undefined : {}", value(raw)),
            Optional::Word => format!("{raw} === {NO_WORD} ? undefined : {raw}"),
            Optional::Flag => format!("$absent() ? undefined : {}", value(raw)),
        })
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text(Scalar::typescript(*self));
    }
}
