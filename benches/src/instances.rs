//! Classes: their methods, and their instances as arguments and as parameters of callbacks. Both sides do the same work.

use wasm_bindgen::prelude::*;
use wasm_lend::{Callback, Exception, export};

/// A counter with wasm-bindgen.
#[wasm_bindgen]
pub struct BindgenCounter {
    count: u32,
}

#[wasm_bindgen]
impl BindgenCounter {
    /// A counter that starts at 0.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { count: 0 }
    }

    /// The count.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The count plus a number.
    pub fn plus(&self, more: u32) -> u32 {
        self.count.wrapping_add(more)
    }

    /// Counts up.
    pub fn add(&mut self, more: u32) -> u32 {
        self.count = self.count.wrapping_add(more);
        self.count
    }
}

/// A counter with wasm-lend.
#[export]
pub struct LendCounter {
    count: u32,
}

#[export]
impl LendCounter {
    /// A counter that starts at 0.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { count: 0 }
    }

    /// The count.
    #[lend(getter)]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The count plus a number.
    pub fn plus(&self, more: u32) -> u32 {
        self.count.wrapping_add(more)
    }

    /// Counts up.
    pub fn add(&mut self, more: u32) -> u32 {
        self.count = self.count.wrapping_add(more);
        self.count
    }
}

macro_rules! instances_passed {
    ($attribute:ident $counter:ident: $seen:ident $counted:ident $two:ident $mixed:ident $taken:ident) => {
        /// An instance by reference.
        #[$attribute]
        pub fn $seen(counter: &$counter) -> u32 {
            counter.count
        }

        /// An instance that is changed.
        #[$attribute]
        pub fn $counted(counter: &mut $counter) -> u32 {
            counter.count = counter.count.wrapping_add(1);
            counter.count
        }

        /// Two instances by reference.
        #[$attribute]
        pub fn $two(one: &$counter, other: &$counter) -> u32 {
            one.count.wrapping_add(other.count)
        }

        /// One instance is read, another is changed.
        #[$attribute]
        pub fn $mixed(one: &$counter, other: &mut $counter) -> u32 {
            other.count = other.count.wrapping_add(one.count).wrapping_add(1);
            other.count
        }

        /// An instance by value.
        #[$attribute]
        pub fn $taken(counter: $counter) -> u32 {
            counter.count
        }
    };
}

instances_passed!(wasm_bindgen BindgenCounter: bindgen_seen bindgen_counted bindgen_two_seen bindgen_seen_and_counted bindgen_taken);
instances_passed!(export LendCounter: lend_seen lend_counted lend_two_seen lend_seen_and_counted lend_taken);

/// Calls a function 1,000 times, each time with a new instance.
#[wasm_bindgen]
pub fn bindgen_instances_out(f: &js_sys::Function) -> Result<f64, JsValue> {
    let mut sum = 0.0;
    for count in 0..1000 {
        let counter = JsValue::from(BindgenCounter { count });
        sum += f.call1(&JsValue::UNDEFINED, &counter)?.as_f64().unwrap_or_default();
    }
    Ok(sum)
}

/// The same.
#[export]
pub fn lend_instances_out(f: Callback<'_, (LendCounter,), f64>) -> Result<f64, Exception> {
    let mut sum = 0.0;
    for count in 0..1000 {
        sum += f.call((LendCounter { count },))?;
    }
    Ok(sum)
}
