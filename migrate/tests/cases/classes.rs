use wasm_bindgen::prelude::*;

/// A series.
#[wasm_bindgen(js_name = "Series", getter_with_clone, inspectable)]
pub struct SeriesOfSamples {
    pub name: String,
    #[wasm_bindgen(readonly)]
    pub length: u32,
    #[wasm_bindgen(skip)]
    pub hidden: Vec<u8>,
    #[wasm_bindgen(getter_with_clone)]
    pub title: String,
    #[wasm_bindgen(js_name = "maxValue", readonly)]
    pub max_value: f64,
    #[wasm_bindgen(readonly, getter_with_clone, js_name = unit)] pub the_unit: String,
    samples: Vec<f32>,
}

#[wasm_bindgen(js_class = "Series")]
impl SeriesOfSamples {
    #[wasm_bindgen(constructor)]
    pub fn new(name: String) -> SeriesOfSamples {
        todo!()
    }

    /// Static.
    pub fn zeros(length: u32) -> Self {
        todo!()
    }

    #[wasm_bindgen(getter)]
    pub fn mean(&self) -> f64 {
        0.0
    }

    #[wasm_bindgen(getter = theSum)]
    pub fn sum(&self) -> f64 {
        0.0
    }

    #[wasm_bindgen(getter, js_name = gainInDecibels)]
    pub fn gain(&self) -> f64 {
        0.0
    }

    #[wasm_bindgen(setter)]
    pub fn set_rate(&mut self, rate: f64) {}

    #[wasm_bindgen(setter = "theSum")]
    pub fn replace_sum(&mut self, #[wasm_bindgen(js_name = to)] sum: f64) {}

    #[wasm_bindgen(js_name = pushAll, unchecked_return_type = "void", variadic)]
    pub fn push_all(&mut self, samples: &[f32]) -> JsValue {
        JsValue::UNDEFINED
    }

    #[wasm_bindgen]
    pub fn bare(&self) {}

    #[wasm_bindgen(skip)]
    pub fn skipped(&self) {}

    fn private(&self) {}
}

/// Two blocks.
#[wasm_bindgen(js_class = Series)]
impl SeriesOfSamples {
    #[wasm_bindgen(js_name = delete)]
    pub fn remove(&mut self) {}
}

#[wasm_bindgen(js_class = Series)]
impl SeriesOfSamples {
    fn only_private(&self) {}
}

#[wasm_bindgen(skip_typescript)]
pub struct Untyped(#[wasm_bindgen(readonly)] pub u32, pub f64);

#[wasm_bindgen]
impl Untyped {
    #[wasm_bindgen(constructor, js_name = ignored)]
    pub fn create() -> Result<Untyped, JsError> {
        Ok(Untyped(1, 2.0))
    }
}

#[wasm_bindgen]
pub struct Factory;

#[wasm_bindgen]
impl Factory {
    pub fn new() -> Factory {
        Factory
    }
}

/// The block stands above its struct.
#[wasm_bindgen(js_class = "After")]
impl Below {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Option<Below> {
        None
    }

    #[wasm_bindgen(getter)]
    pub async fn later(&self) -> u32 {
        1
    }

    #[wasm_bindgen(getter, skip_jsdoc)]
    pub fn of_the_class() -> u32 {
        1
    }
}

#[wasm_bindgen(js_name = After)]
pub struct Below {
    #[wasm_bindgen(skip_typescript, readonly)]
    pub field: u32,
}
