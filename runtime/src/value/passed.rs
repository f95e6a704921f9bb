//! Values that cross to a JavaScript function as objects: wide numbers and buffers.

use crate::element::Element;
use crate::js;
use crate::numbers::for_each_number;
use crate::object::{JsObject, OBJECT, Parameter, Pass};
use crate::ts::Ts;

/// A wide number crosses as a BigInt.
macro_rules! numbers {
    ($($tag:literal $type:ty as $raw:ty, $kind:ident, $array:literal;)*) => {
        $(number!($kind $type);)*
    };
}

macro_rules! number {
    (wide $type:ty) => {
        impl Pass for $type {
            const KIND: u32 = OBJECT;
            type Passed = JsObject;

            fn pass(self) -> JsObject {
                crate::JsValue::from(self).into()
            }

            fn number(passed: &JsObject) -> f64 {
                f64::from(passed.index())
            }
        }

        impl Parameter for $type {
            const TS: Ts = Ts::Text("bigint");
            type At<'a> = $type;
        }
    };
    ($kind:ident $type:ty) => {};
}

for_each_number!(numbers);
number!(wide u128);
number!(wide i128);

/// A buffer, which JavaScript holds from then on.
macro_rules! buffers {
    ($($buffer:ident $value:ident => $js_value:expr, $ts:literal;)*) => {$(
        impl<T: Element> Pass for crate::$buffer<T> {
            const KIND: u32 = OBJECT;
            type Passed = JsObject;

            fn pass(self) -> JsObject {
                let $value = self;
                $js_value
            }

            fn number(passed: &JsObject) -> f64 {
                f64::from(passed.index())
            }
        }

        impl<T: Element> Parameter for crate::$buffer<T> {
            const TS: Ts = Ts::Concat(&[
                Ts::Text(concat!($ts, "<")),
                T::TYPED_ARRAY,
                Ts::Text(">"),
            ]);
            type At<'a> = crate::$buffer<T>;
        }
    )*};
}

buffers! {
    // `undefined` if no handle is left.
    Buffer buffer => buffer.into_handle().map_or(JsObject::undefined(), |handle| js::read_only_buffer(handle, T::tag()).into()),
        "ReadOnlyBuffer";
    BufferMut buffer => js::mutable_buffer(buffer.into_handle(), T::tag()).into(), "MutableBuffer";
}
