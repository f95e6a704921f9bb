//! `HashMap` and `BTreeMap` as values: a `Map` of JavaScript. An argument may also be a plain object.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use wasm_bindgen::prelude::*;

use super::Array;
use crate::PassAsValue;
use crate::ts::Ts;
use crate::value::{ConversionError, FromJs, Held, Holder, IntoArgument, IntoJs};

#[wasm_bindgen]
extern "C" {
    /// A `Map`.
    #[derive(Clone)]
    type Map;

    #[wasm_bindgen(constructor)]
    fn new() -> Map;

    #[wasm_bindgen(method)]
    fn set(this: &Map, key: &JsValue, value: &JsValue);
}

#[wasm_bindgen(module = "/js/maps.js")]
extern "C" {
    /// The keys and values of a `Map` or of a plain object, one after the other; else `undefined`.
    #[wasm_bindgen(catch, js_name = entriesOf)]
    fn entries_of(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// The entries. Reading one may run a getter.
fn entries(value: &JsValue) -> Result<Array, ConversionError> {
    let list = entries_of(value)
        .map_err(|error| ConversionError::new(format!("cannot be read: {}", crate::js::describe(&error))))?;
    Array::of(&list).ok_or_else(|| ConversionError::expected("a Map or a plain object", value))
}

/// The pairs of a map that a call holds.
fn hold_pairs<K: FromJs, V: FromJs>(
    value: &JsValue,
    holder: Holder,
) -> Result<Held<Vec<(K, V)>>, ConversionError> {
    let list = entries(value)?;
    let item = |index| list.get(index).unwrap_or_default();
    let mut pairs = Vec::new();
    for index in (0..list.length()).step_by(2) {
        let place = || format!("[{}]", crate::js::describe(&item(index)));
        let key = K::from_js(item(index)).map_err(|error| error.within(&format!(" key {}", place())))?;
        let value = V::hold(item(index + 1), holder).map_err(|error| error.within(&place()))?;
        pairs.push(value.map(|value| (key, value)));
    }
    Ok(Held::all(pairs))
}

fn map_into_js<K: IntoJs, V: IntoJs>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Result<JsValue, ConversionError> {
    let map = Map::new();
    for (key, value) in pairs {
        map.set(&key.into_js()?, &value.into_js()?);
    }
    Ok(map.into())
}

macro_rules! maps {
    ($($map:ident<K, V $(, $hasher:ident)?> where ($($bounds:tt)*);)*) => {$(
        impl<K: FromJs + $($bounds)*, V: FromJs $(, $hasher: BuildHasher + Default + 'static)?> FromJs
            for $map<K, V $(, $hasher)?>
        {
            const TS: Ts = Ts::Concat(&[
                Ts::Text("ReadonlyMap<"), K::TS, Ts::Text(", "), V::TS,
                Ts::Text("> | { readonly [key: string]: "), V::TS, Ts::Text(" }"),
            ]);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                Self::hold(value, Holder::NOBODY).map(Held::get)
            }

            const HAS_INSTANCES: bool = V::HAS_INSTANCES;

            fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
                Ok(hold_pairs(&value, holder)?.map(|pairs| pairs.into_iter().collect()))
            }
        }

        impl<K: IntoJs, V: IntoJs $(, $hasher)?> IntoJs for $map<K, V $(, $hasher)?> {
            const TS: Ts =
                Ts::Concat(&[Ts::Text("Map<"), K::TS, Ts::Text(", "), V::TS, Ts::Text(">")]);

            fn into_js(self) -> Result<JsValue, ConversionError> {
                map_into_js(self)
            }
        }

        impl<K: IntoJs, V: IntoJs $(, $hasher)?> PassAsValue for $map<K, V $(, $hasher)?> {}
    )*};
}

maps! {
    HashMap<K, V, S> where (Eq + Hash);
    BTreeMap<K, V> where (Ord);
}
