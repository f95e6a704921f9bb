//! `Option`, lists, arrays and tuples as values.

use crate::JsValue;
use crate::ts::Ts;

use super::transfer::is_absent;
use super::{ConversionError, FromJs, Held, Holder, IntoArgument, IntoJs};
use crate::backend::Array;

impl<T: FromJs> FromJs for Option<T> {
    const TS: Ts = Ts::Concat(&[T::TS, Ts::Text(" | null | undefined")]);

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        if is_absent(&value) { Ok(None) } else { T::from_js(value).map(Some) }
    }

    const HAS_INSTANCES: bool = T::HAS_INSTANCES;

    #[inline]
    fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
        if is_absent(&value) { Ok(Held::ready(None)) } else { Ok(T::hold(value, holder)?.map(Some)) }
    }
}

impl<T: IntoJs> IntoJs for Option<T> {
    const TS: Ts = Ts::Concat(&[T::TS, Ts::Text(" | undefined")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        self.map_or(Ok(JsValue::UNDEFINED), T::into_js)
    }
}

/// The items of an `Array`. Reading one may run a getter; if it throws, the item is an error.
pub(crate) fn items(
    value: &JsValue,
) -> Result<impl ExactSizeIterator<Item = Result<JsValue, ConversionError>>, ConversionError> {
    let array = Array::of(value).ok_or_else(|| ConversionError::expected("an Array", value))?;
    Ok((0..array.length())
        .map(move |index| array.get(index).map_err(|error| ConversionError::unreadable(&error))))
}

pub(super) fn list_from_js<T: FromJs>(value: &JsValue) -> Result<Vec<T>, ConversionError> {
    items(value)?
        .enumerate()
        .map(|(index, item)| item.and_then(T::from_js).map_err(|error| error.within(&format!("[{index}]"))))
        .collect()
}

/// A list whose items are held.
fn hold_list<T: FromJs>(value: &JsValue, holder: Holder) -> Result<Held<Vec<T>>, ConversionError> {
    let hold = |item: Result<JsValue, ConversionError>| T::hold(item?, holder.deeper()?);
    let parts = items(value)?
        .enumerate()
        .map(|(index, item)| hold(item).map_err(|error| error.within(&format!("[{index}]"))));
    Ok(Held::all(parts.collect::<Result<_, _>>()?))
}

pub(super) fn list_into_js<T: IntoJs>(list: Vec<T>) -> Result<JsValue, ConversionError> {
    let array = Array::new();
    for item in list {
        array.push(&item.into_js()?);
    }
    Ok(array.into())
}

impl<T: FromJs> FromJs for Vec<T> {
    const TS: Ts = T::LIST_TS;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        if T::HAS_INSTANCES {
            return hold_list(&value, Holder::NOBODY).map(Held::get);
        }
        T::list_from_js(value)
    }

    const HAS_INSTANCES: bool = T::HAS_INSTANCES;

    #[inline]
    fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
        if T::HAS_INSTANCES { hold_list(&value, holder) } else { T::list_from_js(value).map(Held::ready) }
    }
}

impl<T: IntoJs> IntoJs for Vec<T> {
    const TS: Ts = T::LIST_TS;

    fn into_js(self) -> Result<JsValue, ConversionError> {
        T::list_into_js(self)
    }
}

impl<T: FromJs> FromJs for Box<[T]> {
    const TS: Ts = T::LIST_TS;

    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        Vec::from_js(value).map(Vec::into_boxed_slice)
    }

    const HAS_INSTANCES: bool = T::HAS_INSTANCES;

    #[inline]
    fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
        Ok(Vec::hold(value, holder)?.map(Vec::into_boxed_slice))
    }
}

impl<T: IntoJs> IntoJs for Box<[T]> {
    const TS: Ts = T::LIST_TS;

    fn into_js(self) -> Result<JsValue, ConversionError> {
        T::list_into_js(self.into_vec())
    }
}

impl<T: FromJs, const N: usize> FromJs for [T; N] {
    const TS: Ts = Ts::Concat(&[Ts::Text("ArrayLike<"), T::TS, Ts::Text(">")]);

    /// Converts the `N` elements of an `Array` or typed array one by one.
    fn from_js(value: JsValue) -> Result<Self, ConversionError> {
        Self::hold(value, Holder::NOBODY).map(Held::get)
    }

    const HAS_INSTANCES: bool = T::HAS_INSTANCES;

    fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
        let what = || format!("an Array of length {N}");
        let array = Array::of_list(&value).ok_or_else(|| ConversionError::expected(&what(), &value))?;
        if array.length() as usize != N {
            return Err(ConversionError::range(&what(), &value));
        }
        let list = hold_list(&array.into(), holder)?;
        // The list was read by its length, which is `N`.
        Ok(list.map(|list| list.try_into().unwrap_or_else(|_| crate::trap::never("the list has N items"))))
    }
}

impl<T: IntoJs, const N: usize> IntoJs for [T; N] {
    const TS: Ts = Ts::Concat(&[Ts::Text("Array<"), T::TS, Ts::Text(">")]);

    fn into_js(self) -> Result<JsValue, ConversionError> {
        list_into_js(self.into())
    }
}

/// An item of a tuple, with its place.
fn hold_item<T: FromJs>(
    (item, place): (Result<JsValue, ConversionError>, String),
    holder: Holder,
) -> Result<Held<T>, ConversionError> {
    item.and_then(|item| T::hold(item, holder)).map_err(|error| error.within(&place))
}

macro_rules! tuples {
    ($(($first:ident $($rest:ident)*) of $length:literal),* $(,)?) => {$(
        impl<$first: FromJs, $($rest: FromJs),*> FromJs for ($first, $($rest,)*) {
            const TS: Ts =
                Ts::Concat(&[Ts::Text("["), $first::TS, $(Ts::Text(", "), $rest::TS,)* Ts::Text("]")]);

            fn from_js(value: JsValue) -> Result<Self, ConversionError> {
                Self::hold(value, Holder::NOBODY).map(Held::get)
            }

            const HAS_INSTANCES: bool = $first::HAS_INSTANCES $(|| $rest::HAS_INSTANCES)*;

            #[allow(non_snake_case)]
            fn hold(value: JsValue, holder: Holder) -> Result<Held<Self>, ConversionError> {
                let mut items = items(&value)?;
                if items.len() != $length {
                    return Err(ConversionError::range(concat!("an Array of length ", $length), &value));
                }
                let mut index = 0;
                let mut next = || {
                    let place = format!("[{index}]");
                    index += 1;
                    (items.next().unwrap_or(Ok(JsValue::UNDEFINED)), place)
                };
                let $first = hold_item::<$first>(next(), holder)?;
                $(let $rest = hold_item::<$rest>(next(), holder)?;)*
                let take = move || ($first.get(), $($rest.get(),)*);
                Ok(if Self::HAS_INSTANCES { Held::later(take) } else { Held::ready(take()) })
            }
        }

        impl<$first: IntoJs, $($rest: IntoJs),*> IntoJs for ($first, $($rest,)*) {
            const TS: Ts =
                Ts::Concat(&[Ts::Text("["), $first::TS, $(Ts::Text(", "), $rest::TS,)* Ts::Text("]")]);

            #[allow(non_snake_case)]
            fn into_js(self) -> Result<JsValue, ConversionError> {
                let ($first, $($rest,)*) = self;
                let array = Array::new();
                array.push(&$first.into_js()?);
                $(array.push(&$rest.into_js()?);)*
                Ok(array.into())
            }
        }
    )*};
}

tuples! {
    (A) of 1,
    (A B) of 2,
    (A B C) of 3,
    (A B C D) of 4,
    (A B C D E) of 5,
    (A B C D E F) of 6,
    (A B C D E F G) of 7,
    (A B C D E F G H) of 8,
}
