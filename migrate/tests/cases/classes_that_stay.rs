use wasm_bindgen::prelude::*;

#[wasm_bindgen(extends = Parent)]
pub struct Child {
    pub value: u32,
}

#[wasm_bindgen]
impl Child {
    pub fn value(&self) -> u32 {
        self.value
    }
}

/// Stays, because a method of `Child` would take it.
#[wasm_bindgen]
pub struct Parent;

#[wasm_bindgen]
impl Child {
    pub fn parent(&self) -> Parent {
        Parent
    }
}

#[wasm_bindgen]
pub struct Getters {
    #[wasm_bindgen(inspectable)]
    pub field: u32,
}

#[wasm_bindgen]
impl Getters {
    #[wasm_bindgen(constructor)]
    pub async fn make() -> Getters {
        todo!()
    }

    #[wasm_bindgen(getter)]
    pub fn moving(self) -> u32 {
        1
    }

    #[wasm_bindgen(setter)]
    pub async fn set_later(&self, value: u32) {}

    pub fn new() -> u32 {
        1
    }

    #[wasm_bindgen(getter)]
    fn private(&self) -> u32 {
        1
    }
}

#[wasm_bindgen(js_namespace = shapes, js_name = "Inner")]
pub struct InNamespace;

#[wasm_bindgen(private)]
pub struct Hidden;

#[wasm_bindgen(js_class = Another)]
impl Plain {
    #[wasm_bindgen(js_name = "[Symbol.iterator]")]
    pub fn iterate(&self) {}
}

#[wasm_bindgen]
pub struct Plain;

#[wasm_bindgen]
impl FromNowhere {
    pub fn nothing(&self) {}
}

#[wasm_bindgen]
impl crate::Plain {
    pub fn by_path(&self) {}
}

#[wasm_bindgen]
pub struct UsedByImport;

#[wasm_bindgen]
extern "C" {
    fn show(value: UsedByImport);
}

#[wasm_bindgen]
pub struct UsedByMacro;

macro_rules! methods {
    ($class:ident) => {
        #[wasm_bindgen]
        impl $class {
            pub fn length(&self) -> u32 {
                0
            }
        }
    };
}

methods!(UsedByMacro);

/// Moves: wasm-lend knows the classes of wasm-bindgen.
#[wasm_bindgen]
pub fn uses_a_class_that_stays(plain: Plain) -> Plain {
    plain
}

#[wasm_bindgen]
pub fn borrows_a_class_that_stays(plain: Option<&Plain>) {}
