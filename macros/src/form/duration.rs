//! `Duration`: a number of milliseconds.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{PathArguments, Type};

use super::{
    Argument, ArgumentForm, Crossing, Earlier, InJob, Parsed, ResultCrossing, ResultForm, ResultSite, Site,
};
use crate::syntax::named;
use crate::typescript::TypeScript;

struct Duration;

/// Stands for `None`. A duration is never negative. It is `NO_DURATION` of `runtime/src/convert/duration.rs`.
const NO_DURATION: &str = "-1";

pub fn argument(ty: &Type) -> Parsed<dyn ArgumentForm> {
    is_duration(ty).then(|| Ok(Box::new(Duration) as _))
}

pub fn result(ty: &Type) -> Parsed<dyn ResultForm> {
    is_duration(ty).then(|| Ok(Box::new(Duration) as _))
}

fn is_duration(ty: &Type) -> bool {
    named(ty).is_some_and(|segment| {
        segment.ident == "Duration" && matches!(segment.arguments, PathArguments::None)
    })
}

impl ArgumentForm for Duration {
    fn crossing(&self) -> Crossing {
        Crossing::Number
    }

    fn code(&self, _written: &Type) -> String {
        "d".to_owned()
    }

    fn into_job(self: Box<Self>) -> Option<(Box<dyn ArgumentForm>, InJob)> {
        Some((self, InJob::Held))
    }

    fn parameters(&self, site: &Site<'_>) -> Vec<(Ident, TokenStream)> {
        vec![(site.local(), quote!(__lend::primitive::f64))]
    }

    fn passed(&self, site: &Site<'_>) -> TokenStream {
        let local = site.local();
        if site.argument.may_be_absent() {
            quote!(__lend::optional_duration(#local))
        } else {
            quote!(__lend::duration(#local))
        }
    }

    fn assumed(&self) -> Option<TokenStream> {
        Some(quote!(__lend::Duration))
    }

    // Below 2^64 milliseconds, which are 584 million years. NaN is not 0 or more.
    fn test(&self, name: &str) -> Option<String> {
        Some(format!("typeof {name} === 'number' && {name} >= 0 && {name} < 2 ** 64"))
    }

    fn raw(&self, argument: &Argument, _earlier: &mut Earlier) -> Vec<String> {
        let name = &argument.name;
        vec![if argument.may_be_absent() { format!("{name} ?? {NO_DURATION}") } else { name.clone() }]
    }

    fn type_of(&self, _argument: &Argument, ts: &mut TypeScript) {
        ts.text("number");
    }
}

impl ResultForm for Duration {
    fn crossing(&self) -> ResultCrossing {
        ResultCrossing::Number
    }

    fn rust_type(&self, _written: Option<&Type>) -> TokenStream {
        quote!(__lend::Duration)
    }

    fn checked(&self) -> Option<&'static str> {
        Some("$checkedFloat")
    }

    fn made(&self, raw: &str, site: &ResultSite<'_>) -> Option<String> {
        Some(if site.option { format!("{raw} < 0 ? undefined : {raw}") } else { raw.to_owned() })
    }

    fn typescript(&self, _written: Option<&Type>, ts: &mut TypeScript) {
        ts.text("number");
    }
}
