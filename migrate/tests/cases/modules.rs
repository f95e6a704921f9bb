//! Imports in modules.

use std::fmt;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, prelude::*};

#[wasm_bindgen]
pub fn outer(value: JsValue) -> bool {
    value.dyn_into::<js_sys::Array>().unwrap_throw().length() > 0
}

mod glob {
    use super::*;

    #[wasm_bindgen]
    pub fn with_glob() {}
}

mod own {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    pub fn with_own() {}

    mod inner {
        #[wasm_bindgen::prelude::wasm_bindgen]
        pub fn by_path() {}

        #[::wasm_bindgen::prelude::wasm_bindgen(js_name = x)]
        pub fn by_absolute_path() {}
    }
}

mod conflict {
    use crate::elsewhere::export;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    pub fn beside_another_export() {
        export();
    }
}

mod done {
    use wasm_bindgen::prelude::{wasm_bindgen, JsError};
    use wasm_lend::{Buffer, export};

    #[export]
    pub fn already() {}

    #[wasm_bindgen]
    pub fn not_yet() -> Result<(), JsError> {
        Ok(())
    }
}

mod first {
    /// The first item.
    #[wasm_bindgen]
    pub fn without_use() {}
}

mod renamed {
    use wasm_bindgen::prelude::wasm_bindgen as bindgen;

    #[bindgen]
    pub fn by_another_name() {}
}

mod by_name {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen::{Clamped, JsCast};

    #[wasm_bindgen]
    pub fn without_the_prelude(array: js_sys::Array) -> bool {
        array.dyn_into::<js_sys::Date>().is_ok()
    }
}

mod by_name_under_a_condition {
    #[cfg(feature = "js")]
    use wasm_bindgen::prelude::*;
    #[cfg(feature = "js")]
    use wasm_bindgen::{Clamped, JsCast};

    #[cfg_attr(feature = "js", wasm_bindgen)]
    pub fn without_the_prelude(array: Array) -> bool {
        array.dyn_into::<Date>().is_ok()
    }
}

mod under_another_condition {
    use wasm_bindgen::prelude::*;
    #[cfg(feature = "js")]
    use wasm_bindgen::JsCast;

    #[wasm_bindgen]
    pub fn with_the_prelude(array: Array) -> bool {
        array.dyn_into::<Date>().is_ok()
    }
}
